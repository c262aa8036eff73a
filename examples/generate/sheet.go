package main

import (
	"bytes"
	"time"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/sheets"
)

// theme is that of forms which people fill in.
var theme = sheets.Theme{Font: "Times New Roman", Size: 12, Line: "808080", Narrow: 0.95, Leading: 16.5, Row: 16.5}

const (
	grouped = "#,##0"
	days    = "dd/mm/yyyy"
	percent = "0.0%"
	heading = "DDEBF7" // background of headers
	summary = "F2F2F2" // background of groups and totals
)

// invented is said in each workbook, so that nobody takes it for a report.
const invented = "Số liệu trong tệp này là số liệu giả định, chỉ dùng để minh họa; không phải số liệu của cơ quan nào."

// book is a workbook that is being laid out.
type book struct {
	title  string
	sheets []*sheet
}

func newBook(title string) *book { return &book{title: title} }

// finish writes the workbook.
func (b *book) finish() ([]byte, error) {
	w := sheets.New(lang.VI, theme)
	for _, s := range b.sheets {
		s.write(w)
	}
	var out bytes.Buffer
	made, _ := date.Of(2024, 1, 31)
	err := w.Write(&out, sheets.Properties{
		Title: b.title, Subject: "Invented figures, written by `go run ./examples/generate`.", Creator: "parcheck", Day: made,
	})
	return out.Bytes(), err
}

// sheet is a sheet that is laid out from the top down.
type sheet struct {
	name   string
	cols   int
	widths []float64
	row    int // last row laid out
	rows   map[int][]cell
	merges [][4]int
	frozen int // rows that stay in sight
	hidden bool
}

// cell is a cell of a row; a style without a value is a blank cell with its
// frame.
type cell struct {
	value any
	style sheets.Style
}

// sheet begins a sheet; widths are those of its columns, in characters.
func (b *book) sheet(name string, widths ...float64) *sheet {
	s := &sheet{name: name, cols: len(widths), widths: widths, rows: map[int][]cell{}}
	b.sheets = append(b.sheets, s)
	return s
}

func (s *sheet) write(b *sheets.Book) {
	out := b.Sheet(b.Name(s.name), sheets.Page{Widths: s.widths, FreezeRow: s.frozen, Hidden: s.hidden, Shared: true})
	for row := 1; row <= s.row; row++ {
		for _, c := range s.rows[row] {
			out.Formula(c.style, "", c.value)
		}
		out.EndRow(0)
	}
	for _, m := range s.merges {
		out.Merge(m[0], m[1], m[2], m[3])
	}
	out.End()
}

// share is a number that is shown as a percentage.
type share float64

// put lays out one cell. nil leaves it blank, with its frame.
func (s *sheet) put(col, row int, value any, st sheets.Style) {
	st.Wrap = true
	switch v := value.(type) {
	case share:
		value, st.Num = float64(v), percent
	case percents:
		value, st.Num = float64(v), "0.0"
	case int:
		if st.Num == "" {
			st.Num = grouped
		}
	case time.Time:
		st.Num = days
	}
	for len(s.rows[row]) < col {
		s.rows[row] = append(s.rows[row], cell{})
	}
	s.rows[row][col-1] = cell{value, st}
}

func (s *sheet) merge(row, col, toRow, toCol int) {
	s.merges = append(s.merges, [4]int{row, col, toRow, toCol})
}

// line writes a text over the whole width, on the next row.
func (s *sheet) line(text string, st sheets.Style) {
	s.row++
	s.put(1, s.row, text, st)
	s.merge(s.row, 1, s.row, s.cols)
}

func (s *sheet) skip() { s.row++ }

// caption writes what stands above a table: its title, who reports and when.
func (s *sheet) caption(title, unit string) {
	s.line(title, sheets.Style{Bold: true, Center: true})
	s.line("Kỳ báo cáo: Năm 2023 (Từ ngày 01/01/2023 đến ngày 31/12/2023)", sheets.Style{Italic: true, Center: true})
	s.line("Đơn vị báo cáo: "+unit, sheets.Style{Center: true})
	s.skip()
}

// block is a heading of a table: a text over some columns and rows.
type block struct {
	text       string
	col, row   int // from the table's first cell, beginning with 1
	cols, rows int
}

// header writes merged headings of a number of rows.
func (s *sheet) header(rows int, blocks ...block) {
	st := sheets.Style{Bold: true, Center: true, Boxed: true, Fill: heading}
	for _, h := range blocks {
		row, col := s.row+h.row, h.col
		for i := range h.rows * h.cols {
			s.put(col+i%h.cols, row+i/h.cols, nil, st)
		}
		s.put(col, row, h.text, st)
		s.merge(row, col, row+h.rows-1, col+h.cols-1)
	}
	s.row += rows
}

// columns writes a header of one row.
func (s *sheet) columns(names ...string) {
	var blocks []block
	for i, name := range names {
		blocks = append(blocks, block{name, i + 1, 1, 1, 1})
	}
	s.header(1, blocks...)
}

// numbers writes the row of column numbers below a header.
func (s *sheet) numbers(names ...string) {
	s.row++
	for i, name := range names {
		s.put(i+1, s.row, name, sheets.Style{Italic: true, Center: true, Boxed: true})
	}
}

// detail writes a row of a table; group and total are those that head others
// and sum them up.
func (s *sheet) detail(values ...any) { s.values(sheets.Style{Boxed: true}, values) }

func (s *sheet) group(values ...any) {
	s.values(sheets.Style{Boxed: true, Bold: true, Fill: summary}, values)
}

func (s *sheet) total(values ...any) { s.group(values...) }

func (s *sheet) values(st sheets.Style, values []any) {
	s.row++
	for i := range max(s.cols, len(values)) {
		var v any
		if i < len(values) {
			v = values[i]
		}
		s.put(i+1, s.row, v, st)
	}
}

// freeze keeps the rows down to the present one in sight.
func (s *sheet) freeze() { s.frozen = s.row }

// cover writes the first sheet: whose workbook it is, and that it is invented.
func (b *book) cover(title, unit string) {
	s := b.sheet("Ghi chú", 90)
	s.line(title, sheets.Style{Bold: true, Center: true})
	s.skip()
	s.line("Đơn vị báo cáo: "+unit, sheets.Style{})
	s.line("Kỳ báo cáo: Năm 2023 (Từ ngày 01/01/2023 đến ngày 31/12/2023)", sheets.Style{})
	s.skip()
	s.line(invented, sheets.Style{Italic: true})
	s.line("The figures in this file are invented, to show how parcheck works; they are no agency's figures.", sheets.Style{Italic: true})
}

// signature writes what stands below a table.
func (s *sheet) signature(place, right string) {
	s.skip()
	from := max(3, s.cols-4)
	for i, text := range []string{place + ", ngày 15 tháng 01 năm 2024", right, "(Ký, đóng dấu)"} {
		s.row++
		st := sheets.Style{Bold: i == 1, Italic: i != 1, Center: true}
		s.put(from, s.row, text, st)
		s.merge(s.row, from, s.row, s.cols)
		if i > 0 {
			s.put(2, s.row, []string{"NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)"}[i-1], st)
		}
	}
}
