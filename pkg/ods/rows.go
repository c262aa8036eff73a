package ods

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/xlsx"
)

// reader reads the rows of one sheet, from the tag of its <table:table> on.
type reader struct {
	f     *File
	x     *xlsx.XML
	sheet string
	depth int // of the table

	columns []columnStyle // from the left; those behind the last have none
	groups  []bool        // the groups of rows that are open: whether they are hidden
	at      int           // the last row that has been passed over or given
	present int           // the row that is read, 0 between rows
	col     int           // the column that is read, 0 between cells
	wanted  []bool        // by column; nil is all
	values  []byte        // texts of the row

	row    cell.Row
	repeat int // how often the row stands there

	attributes attributes // of the present cell
	styled     string     // the style that a cell named last,
	look       look       // and what it says

	merges        []diag.Area
	hiddenColumns []diag.Area
	done          bool
}

// columnStyle is the style of the cells of columns that name none.
type columnStyle struct {
	to    int // the last column
	style string
}

func newReader(f *File, x *xlsx.XML, sheet string) *reader {
	return &reader{f: f, x: x, sheet: sheet, depth: x.Depth()}
}

// pos is the place that is read: the cell, the row or the sheet.
func (r *reader) pos() diag.Pos {
	p := diag.Pos{File: r.f.name, Sheet: r.sheet}
	if r.present > 0 {
		p.Area = diag.Area{Row: r.present, Col: r.col, ToRow: r.present, ToCol: r.col}
	}
	return p
}

// fail ends the reading with an error at the present place.
func (r *reader) fail(err error) bool {
	r.x.Fail(xlsx.Refuse(err, r.pos()))
	return false
}

// next reads up to the next row that holds cells. It returns false at the end
// of the table and on an error.
func (r *reader) next() bool {
	for !r.done {
		r.present, r.col = 0, 0
		switch r.x.Next() {
		case xlsx.Failed, xlsx.EOF:
			return false
		case xlsx.Chars:
			if !r.x.IsBlank() {
				return r.stray()
			}
		case xlsx.End:
			if r.x.Depth() < r.depth {
				r.done = true
				return false
			}
			if n := len(r.groups); n > 0 {
				r.groups = r.groups[:n-1]
			}
		case xlsx.Start:
			ok, filled := r.element()
			if !ok {
				return false
			}
			if filled {
				return true
			}
		}
	}
	return false
}

func (r *reader) stray() bool {
	return r.fail(diag.Wrong("text stands outside of the cells", "có chữ nằm ngoài các ô"))
}

// element takes an element inside of the table, and reports whether it was a
// row that holds cells.
func (r *reader) element() (ok, filled bool) {
	x := r.x
	if x.Space() == xlsx.ODFTable {
		switch string(x.Name()) {
		case "table-row":
			ok = r.readRow()
			return ok, ok && len(r.row.Cells) > 0
		case "table-column":
			return r.readColumn(), false
		case "table-columns", "table-header-columns", "table-column-group", "table-rows", "table-header-rows":
			r.groups = append(r.groups, false)
			return true, false
		case "table-row-group":
			shown, given := x.Get(xlsx.ODFTable, "display")
			r.groups = append(r.groups, given && string(shown) == "false")
			return x.Err() == nil, false
		case "table-source":
			r.f.Warnings.Add(diag.ExternalLink, r.pos(), linked)
			return x.Skip(), false
		case "table":
			return r.fail(diag.Wrong("a table stands inside of the table", "có bảng nằm trong bảng")), false
		}
	}
	if isBeside(x) {
		return x.Skip(), false
	}
	return r.aside(), false
}

// isBeside reports whether the present element is one that stands beside the
// rows of a sheet and may have texts.
func isBeside(x *xlsx.XML) bool {
	return x.Is(xlsx.ODFTable, "shapes") || x.Is(xlsx.ODFTable, "title") || x.Is(xlsx.ODFTable, "desc") || x.Is(xlsx.ODFOffice, "forms")
}

// aside passes over an element that is no row and no cell, and fails when one
// stands in it, or a text: no element of another kind makes them disappear.
func (r *reader) aside() bool { return pass(r.x, r.fail) }

// pass passes over an element, and fails when it holds what is read of a sheet.
func pass(x *xlsx.XML, fail func(error) bool) bool {
	outer := string(x.Name())
	drawn := 0 // the depth of a drawing, which has texts of its own
	for depth := x.Depth(); x.Depth() >= depth; {
		switch x.Next() {
		case xlsx.Failed, xlsx.EOF:
			return false
		case xlsx.Start:
			if drawn == 0 && isNote(x) {
				drawn = x.Depth()
			}
			if x.Is(xlsx.ODFTable, "table-row") || x.Is(xlsx.ODFTable, "table-cell") || drawn == 0 && x.Is(xlsx.ODFText, "p") {
				return fail(diag.Wrong("<%s> holds rows, cells or texts, and is not known", "<%s> chứa hàng, ô hoặc chữ, và không rõ là gì", xlsx.Shorten([]byte(outer))))
			}
		case xlsx.End:
			if x.Depth() < drawn {
				drawn = 0
			}
		case xlsx.Chars:
		}
	}
	return true
}

// times reads an attribute that says how often a row, column or cell stands
// there, or how many a cell spans; 1 when it is not given.
func (r *reader) times(value []byte, given bool, name string) (int, bool) {
	if !given {
		return 1, true
	}
	n, err := strconv.ParseUint(string(value), 10, 31)
	if err != nil || n == 0 {
		return 0, r.fail(diag.Wrong("the attribute %s is %q, and should be a number from 1 on", "thuộc tính %s là %q, đúng ra phải là số từ 1 trở lên",
			name, xlsx.Shorten(value)))
	}
	return int(n), true
}

// readColumn notes the style of columns and whether they are hidden.
func (r *reader) readColumn() bool {
	x := r.x
	value, given := x.Get(xlsx.ODFTable, "number-columns-repeated")
	n, ok := r.times(value, given, "number-columns-repeated")
	if !ok {
		return false
	}
	visibility, _ := x.Get(xlsx.ODFTable, "visibility")
	own, _ := x.Get(xlsx.ODFTable, "style-name")
	cells, _ := x.Get(xlsx.ODFTable, "default-cell-style-name")
	from := 1
	if k := len(r.columns); k > 0 {
		from = r.columns[k-1].to + 1
	}
	to := min(from+n-1, maxCol)
	if from <= maxCol {
		r.columns = append(r.columns, columnStyle{to, string(cells)})
		if isHidden(visibility) || r.f.styles.hides(columnFamily, string(own)) {
			r.hideColumns(from, to)
		}
	}
	return x.Err() == nil && x.Skip()
}

// hideColumns adds hidden columns, to those before when they adjoin.
func (r *reader) hideColumns(from, to int) {
	if k := len(r.hiddenColumns); k > 0 && r.hiddenColumns[k-1].ToCol == from-1 {
		r.hiddenColumns[k-1].ToCol = to
		return
	}
	r.hiddenColumns = append(r.hiddenColumns, diag.Area{Col: from, ToCol: to})
}

// isHidden reads table:visibility.
func isHidden(visibility []byte) bool {
	return string(visibility) == "collapse" || string(visibility) == "filter"
}

// readRow reads <table:table-row>.
func (r *reader) readRow() bool {
	x := r.x
	value, given := x.Get(xlsx.ODFTable, "number-rows-repeated")
	visibility, _ := x.Get(xlsx.ODFTable, "visibility")
	own, _ := x.Get(xlsx.ODFTable, "style-name")
	hidden := isHidden(visibility) || r.f.styles.hides(rowFamily, string(own))
	for _, g := range r.groups {
		hidden = hidden || g
	}
	style, _ := x.Get(xlsx.ODFTable, "default-cell-style-name")
	rowStyle := string(style)
	r.present = r.at + 1
	n, ok := r.times(value, given, "number-rows-repeated")
	if !ok || x.Err() != nil {
		return false
	}
	r.row = cell.Row{Number: r.present, Hidden: hidden, Cells: r.row.Cells[:0]}
	r.values = r.values[:0]
	filled, spans, ok := r.readCells(rowStyle)
	if !ok {
		return false
	}
	r.col = 0
	r.repeat = n
	r.at += n
	if filled == 0 && len(spans) == 0 {
		return true
	}
	switch {
	case r.at > maxRow:
		return r.fail(diag.Wrong("a row after row %d", "có hàng nằm sau hàng %d", maxRow))
	case !r.count(int64(filled)*int64(n), int64(filled)*int64(n-1)):
		return false
	}
	return r.merge(spans, n)
}

// count counts cells, and those of them that counts make.
func (r *reader) count(cells, repeated int64) bool {
	f := r.f
	f.cells += cells
	f.repeats -= repeated
	if most := f.limits.Cells; most > 0 && f.cells > most {
		return r.fail(diag.TooMuch("the workbook has more than %d cells", "sổ bảng tính có hơn %d ô", most))
	}
	if f.repeats < 0 {
		return r.fail(diag.TooMuch("repeats of rows and columns make more cells that hold something than a file of this size may have",
			"các hàng, cột lặp lại tạo ra nhiều ô có nội dung hơn mức cho phép đối với tệp cỡ này"))
	}
	return true
}

// merge notes the merged cells of a row that stands there n times.
func (r *reader) merge(spans []diag.Area, n int) bool {
	for i := range n {
		if i > 0 && len(spans) == 0 {
			break
		}
		for _, a := range spans {
			if len(r.merges) == maxMerges {
				return r.fail(diag.TooMuch("the sheet has more than %d merged cells", "trang tính có hơn %d vùng ô gộp", maxMerges))
			}
			a.Row, a.ToRow = a.Row+i, min(a.ToRow+i, maxRow)
			r.merges = append(r.merges, a)
		}
	}
	return true
}

// readCells reads the cells of a row. It returns how many hold something,
// whether they are wanted or not, and the areas of those that span several.
func (r *reader) readCells(rowStyle string) (filled int, spans []diag.Area, ok bool) {
	x := r.x
	col := 0
	for {
		switch x.Next() {
		case xlsx.Failed, xlsx.EOF:
			return 0, nil, false
		case xlsx.End:
			return filled, spans, true
		case xlsx.Chars:
			if !x.IsBlank() {
				return 0, nil, r.stray()
			}
		case xlsx.Start:
			if !x.Is(xlsx.ODFTable, "table-cell") && !x.Is(xlsx.ODFTable, "covered-table-cell") {
				if !r.aside() {
					return 0, nil, false
				}
				continue
			}
			r.col = min(col+1, maxCol)
			c, n, span, ok := r.readCell(rowStyle)
			if !ok {
				return 0, nil, false
			}
			holds := c.Kind != cell.Blank || c.Formula != cell.NoFormula
			if (holds || span != (diag.Area{})) && n > maxCol-col {
				return 0, nil, r.fail(diag.Wrong("a cell after column %s", "có ô nằm sau cột %s", diag.ColumnName(maxCol)))
			}
			if span != (diag.Area{}) {
				if n > 1 {
					return 0, nil, r.fail(diag.Wrong("a cell that spans others is repeated", "một ô gộp bị lặp lại"))
				}
				spans = append(spans, span)
			}
			if holds {
				filled += n
				if !r.count(0, int64(n-1)) {
					return 0, nil, false
				}
				r.add(c, col+1, n)
			}
			col = min(col+n, 2*maxCol)
		}
	}
}

// add adds a cell to the row, n times from a column on.
func (r *reader) add(c cell.Cell, col, n int) {
	for ; n > 0; n-- {
		if r.wanted == nil || r.wanted[col] {
			c.Col = col
			r.row.Cells = append(r.row.Cells, c)
		}
		col++
	}
}

// styleOf returns the style of a cell that names none: that of its row, or of
// its column.
func (r *reader) styleOf(rowStyle string, col int) string {
	if rowStyle != "" {
		return rowStyle
	}
	i, _ := slices.BinarySearchFunc(r.columns, col, func(c columnStyle, col int) int { return cmp.Compare(c.to, col) })
	if i < len(r.columns) {
		return r.columns[i].style
	}
	return ""
}
