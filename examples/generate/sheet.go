package main

import (
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
)

// book is a workbook that is being written. The first error stops it, and
// finish returns it.
type book struct {
	f      *excelize.File
	styles map[look]int
	err    error
}

// look is how a cell is shown.
type look struct {
	format string // number format; "" is General
	bold   bool
	italic bool
	center bool
	frame  bool // with borders, as the cells of a table are
	fill   string
}

const (
	grouped = "#,##0"
	days    = "dd/mm/yyyy"
	percent = "0.0%"
	heading = "DDEBF7" // background of headers
	summary = "F2F2F2" // background of groups and totals
)

// invented is said in each workbook, so that nobody takes it for a report.
const invented = "Số liệu trong tệp này là số liệu giả định, chỉ dùng để minh họa; không phải số liệu của cơ quan nào."

func newBook(title string) *book {
	b := &book{f: excelize.NewFile(), styles: map[look]int{}}
	b.keep(b.f.SetDocProps(&excelize.DocProperties{
		Title:       title,
		Description: "Invented figures, written by `go run ./examples/generate`.",
		Creator:     "parcheck",
		Created:     "2024-01-31T00:00:00Z",
		Modified:    "2024-01-31T00:00:00Z",
		Language:    "vi-VN",
	}))
	return b
}

func (b *book) keep(err error) { b.err = errors.Join(b.err, err) }

// finish drops the sheet that every new workbook has, shows the first one and
// returns the workbook.
func (b *book) finish() (*excelize.File, error) {
	b.keep(b.f.DeleteSheet("Sheet1"))
	b.f.SetActiveSheet(0)
	return b.f, b.err
}

func (b *book) style(l look) int {
	if id, ok := b.styles[l]; ok {
		return id
	}
	s := excelize.Style{
		Font:      &excelize.Font{Family: "Times New Roman", Size: 12, Bold: l.bold, Italic: l.italic},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
	}
	if l.center {
		s.Alignment.Horizontal = "center"
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	if l.frame {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "808080", Style: 1})
		}
	}
	if l.fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	id, err := b.f.NewStyle(&s)
	b.keep(err)
	b.styles[l] = id
	return id
}

// sheet is a sheet that is written from the top down.
type sheet struct {
	*book
	name   string
	cols   int
	widths []float64
	row    int // last row written
}

// sheet begins a sheet; widths are those of its columns, in characters.
func (b *book) sheet(name string, widths ...float64) *sheet {
	_, err := b.f.NewSheet(name)
	b.keep(err)
	for i, w := range widths {
		col, err := excelize.ColumnNumberToName(i + 1)
		b.keep(err)
		b.keep(b.f.SetColWidth(name, col, col, w))
	}
	b.page(name)
	return &sheet{book: b, name: name, cols: len(widths), widths: widths}
}

// page sets a sheet up for print: A4 across, as wide as the paper.
func (b *book) page(name string) {
	const a4 = 9
	fit, orientation, paper, wide, high := true, "landscape", a4, 1, 0
	b.keep(b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	b.keep(b.f.SetPageLayout(name, &excelize.PageLayoutOptions{
		Orientation: &orientation, Size: &paper, FitToWidth: &wide, FitToHeight: &high,
	}))
}

func at(col, row int) string {
	cell, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err) // the places are those of this program
	}
	return cell
}

// share is a number that is shown as a percentage.
type share float64

// put writes one cell. nil leaves it blank, with its frame.
func (s *sheet) put(col, row int, value any, l look) {
	cell := at(col, row)
	switch v := value.(type) {
	case nil:
	case share:
		l.format = percent
		s.keep(s.f.SetCellFloat(s.name, cell, float64(v), -1, 64))
	case percents:
		l.format = "0.0"
		s.keep(s.f.SetCellFloat(s.name, cell, float64(v), -1, 64))
	case int:
		if l.format == "" {
			l.format = grouped
		}
		s.keep(s.f.SetCellInt(s.name, cell, int64(v)))
	case time.Time:
		l.format = days
		s.keep(s.f.SetCellValue(s.name, cell, v))
	case string:
		s.keep(s.f.SetCellStr(s.name, cell, v))
	}
	s.keep(s.f.SetCellStyle(s.name, cell, cell, s.style(l)))
}

// line writes a text over the whole width, on the next row.
func (s *sheet) line(text string, l look) {
	s.row++
	s.put(1, s.row, text, l)
	if s.cols > 1 {
		s.keep(s.f.MergeCell(s.name, at(1, s.row), at(s.cols, s.row)))
	}
}

func (s *sheet) skip() { s.row++ }

// lineHeight is the height of one line of text, in points.
const lineHeight = 16.5

// raise makes a row high enough for a text in a cell of a width, in characters.
func (s *sheet) raise(row int, text string, width float64) {
	lines := 0
	for part := range strings.SplitSeq(text, "\n") {
		lines += 1 + int(float64(utf8.RuneCountInString(norm.NFC.String(part)))*1.05/width)
	}
	now, err := s.f.GetRowHeight(s.name, row)
	s.keep(err)
	if want := lineHeight * float64(lines); want > now {
		s.keep(s.f.SetRowHeight(s.name, row, want))
	}
}

// caption writes what stands above a table: its title, who reports and when.
func (s *sheet) caption(title, unit string) {
	s.line(title, look{bold: true, center: true})
	s.line("Kỳ báo cáo: Năm 2023 (Từ ngày 01/01/2023 đến ngày 31/12/2023)", look{italic: true, center: true})
	s.line("Đơn vị báo cáo: "+unit, look{center: true})
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
	l := look{bold: true, center: true, frame: true, fill: heading}
	for _, h := range blocks {
		from, to := at(h.col, s.row+h.row), at(h.col+h.cols-1, s.row+h.row+h.rows-1)
		s.keep(s.f.SetCellStyle(s.name, from, to, s.style(l)))
		s.put(h.col, s.row+h.row, h.text, l)
		if h.cols*h.rows > 1 {
			s.keep(s.f.MergeCell(s.name, from, to))
		}
		if h.cols == 1 && h.rows < 3 {
			s.raise(s.row+h.row+h.rows-1, h.text, 0.8*s.widths[h.col-1]) // bold letters are wider
		}
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
		s.put(i+1, s.row, name, look{italic: true, center: true, frame: true})
	}
}

// detail writes a row of a table; group and total are those that head others
// and sum them up.
func (s *sheet) detail(values ...any) { s.values(look{frame: true}, values) }

func (s *sheet) group(values ...any) { s.values(look{frame: true, bold: true, fill: summary}, values) }

func (s *sheet) total(values ...any) { s.group(values...) }

func (s *sheet) values(l look, values []any) {
	s.row++
	for i := range max(s.cols, len(values)) {
		var v any
		if i < len(values) {
			v = values[i]
		}
		s.put(i+1, s.row, v, l)
		if text, ok := v.(string); ok {
			s.raise(s.row, text, s.widths[i])
		}
	}
}

// freeze keeps the rows down to the present one in sight.
func (s *sheet) freeze() {
	s.keep(s.f.SetPanes(s.name, &excelize.Panes{
		Freeze: true, YSplit: s.row, TopLeftCell: at(1, s.row+1), ActivePane: "bottomLeft",
	}))
}

// cover writes the first sheet: whose workbook it is, and that it is invented.
func (b *book) cover(title, unit string) {
	s := b.sheet("Ghi chú", 90)
	s.line(title, look{bold: true, center: true})
	s.skip()
	s.line("Đơn vị báo cáo: "+unit, look{})
	s.line("Kỳ báo cáo: Năm 2023 (Từ ngày 01/01/2023 đến ngày 31/12/2023)", look{})
	s.skip()
	s.line(invented, look{italic: true})
	s.line("The figures in this file are invented, to show how parcheck works; they are no agency's figures.", look{italic: true})
}

// signature writes what stands below a table.
func (s *sheet) signature(place, right string) {
	s.skip()
	from := max(3, s.cols-4)
	for i, text := range []string{place + ", ngày 15 tháng 01 năm 2024", right, "(Ký, đóng dấu)"} {
		s.row++
		l := look{bold: i == 1, italic: i != 1, center: true}
		s.put(from, s.row, text, l)
		s.keep(s.f.MergeCell(s.name, at(from, s.row), at(s.cols, s.row)))
		if i > 0 {
			s.put(2, s.row, []string{"NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)"}[i-1], l)
		}
	}
}
