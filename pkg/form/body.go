package form

import (
	"slices"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

// body writes the rows of the table, and notes what may be typed where.
func (w *tableWriter) body() {
	if w.table.Shape == plan.List {
		w.listRows()
		return
	}
	alone := slices.IndexFunc(w.rows, func(r row) bool { return r.heading != "" }) // rows of no group
	if alone < 0 {
		alone = len(w.rows)
	}
	for i := range w.rows[:alone] {
		w.namedRow(&w.rows[i])
	}
	for i := range w.spare {
		w.spareRow(alone + 1 + i)
	}
	for i := range w.rows[alone:] {
		if r := &w.rows[alone+i]; r.heading != "" {
			w.groupRow(r)
		} else {
			w.namedRow(r)
		}
	}
	w.last = w.row
	if w.total != "" {
		w.totalRow()
	}
}

// groupRow writes a heading: in the column of labels, for all of its width.
func (w *tableWriter) groupRow(r *row) {
	for i := range w.columns {
		switch c := &w.columns[i]; c.Role {
		case plan.CodeRole:
			w.add(groupCode, r.code)
		case plan.LabelRole:
			w.add(groupLook, r.heading)
		default:
			w.add(groupLook, nil)
		}
	}
	w.endRow(tall(lines(r.heading, w.labelWidth())))
}

// namedRow writes a row that facts are read from.
func (w *tableWriter) namedRow(r *row) {
	height := 1
	for i := range w.columns {
		c := &w.columns[i]
		text, named := r.cells[c.ID]
		kind, wanted := r.kinds[c.ID]
		switch {
		case named:
			w.add(textLook, text)
			height = max(height, lines(text, w.columnWidth(i)-1))
		case c.Role == plan.CodeRole:
			w.add(codeLook, r.code)
		case c.measures:
			w.add(codeLook.wrapped(), r.unit.In(w.order.Lang))
		case c.figure() && !wanted && w.table.Shape == plan.Form && w.formula(c.ID) == nil:
			w.add(emptyLook, nil) // nobody asks for it
		case c.figure():
			if !wanted {
				kind = c.kind
			}
			w.figure(c, kind)
		case c.Optional:
			w.add(textLook, nil)
		default:
			w.add(textLook.filled(), nil)
		}
	}
	w.endRow(tall(height))
}

// spareRow writes a row that is left to the agency. It is numbered: without a
// number it would be read as a part of the row above.
func (w *tableWriter) spareRow(n int) {
	for i := range w.columns {
		switch c := &w.columns[i]; {
		case c.Role == plan.CodeRole:
			w.add(codeLook, strconv.Itoa(n))
		case c.figure():
			w.figure(c, c.kind)
		case c.Optional:
			w.add(textLook, nil)
		default:
			w.add(textLook.filled(), nil)
		}
	}
	w.endRow(0)
}

// figure writes a cell that is typed or calculated.
func (w *tableWriter) figure(c *column, kind plan.FactKind) {
	l := figureLook(c, kind)
	if f := w.formula(c.ID); f != nil {
		w.calculate(l.calculated(), w.rowFormula(f, w.row+1))
		return
	}
	w.expect(c, kind, diag.Cell(w.row+1, len(w.cells)+1))
	w.add(l.filled(), nil)
}

// rowFormula calculates a column from others of a row. Where nothing is
// reported it gives nothing: no figure is not 0.
func (w *tableWriter) rowFormula(f *plan.Formula, row int) string {
	at := func(id string) string { return diag.A1(row, w.index(id)+1) }
	if f.Sum == nil {
		return "IF(N(" + at(f.Whole) + ")=0,\"\",N(" + at(f.Part) + ")/" + at(f.Whole) + ")"
	}
	var cells []string
	for _, id := range f.Sum {
		cells = append(cells, at(id))
	}
	return sumOf(strings.Join(cells, ","))
}

// totalRow writes the sums of the columns, and the shares of those.
func (w *tableWriter) totalRow() {
	first := w.bodyRow
	for i := range w.columns {
		c := &w.columns[i]
		l := figureLook(c, c.kind).calculated()
		l.bold = true
		switch f := w.formula(c.ID); {
		case c.Role == plan.LabelRole:
			w.add(groupLook, w.total)
		case f != nil && f.Sum == nil:
			w.calculate(l, w.rowFormula(f, w.row+1))
		case c.figure() && c.Type == plan.Number:
			w.calculate(l, sumOf(diag.Area{Row: first, Col: i + 1, ToRow: w.last, ToCol: i + 1}.String()))
		default:
			w.add(groupLook, nil)
		}
	}
	w.endRow(tall(1))
}

func sumOf(cells string) string { return "IF(COUNT(" + cells + ")=0,\"\",SUM(" + cells + "))" }

// listFrame is how many rows of a list are shown framed; below them the
// formats and choices go on.
const listFrame = 20

// maxRow is the last row that a sheet can have.
const maxRow = 1 << 20

func (w *tableWriter) listRows() {
	for range listFrame {
		for i := range w.columns {
			w.add(w.listLook(i), nil)
		}
		w.endRow(0)
	}
	for i := range w.columns {
		w.expect(&w.columns[i], w.columns[i].kind, diag.Area{Row: w.bodyRow, Col: i + 1, ToRow: maxRow, ToCol: i + 1})
	}
}

// columnLooks gives whole columns of a list their formats.
func (w *tableWriter) columnLooks() {
	for i := range w.columns {
		l := w.listLook(i)
		l.boxed, l.fill = false, ""
		if w.sw != nil {
			w.keep(w.sw.SetColStyle(i+1, i+1, w.look(l)))
		}
	}
}

func (w *tableWriter) listLook(i int) look {
	switch c := &w.columns[i]; {
	case c.Role == plan.CodeRole:
		return codeLook.filled()
	case c.figure():
		return figureLook(c, c.kind).filled()
	default:
		l := textLook.filled()
		l.num = textFormat
		return l
	}
}

func (l look) filled() look     { l.fill = typed; return l }
func (l look) wrapped() look    { l.wrap = true; return l }
func (l look) calculated() look { l.fill, l.italic = reckoned, true; return l }

// figureLook is how a figure of a kind is shown.
func figureLook(c *column, kind plan.FactKind) look {
	l := look{boxed: true, right: true}
	switch {
	case c.Type == plan.Date:
		l.num, l.right, l.center = dayFormat, false, true
	case c.Type == plan.Choice:
		l.right, l.center = false, true
	case c.Type == plan.Share:
		l.num = shareFormat
	case kind == plan.AmountFact:
		l.num = amountFormat
	default:
		l.num = wholeFormat
	}
	return l
}

func (w *tableWriter) labelWidth() float64 {
	if i := w.labelColumn(); i > 0 {
		return w.columnWidth(i-1) - 1
	}
	return w.width()
}

// signature writes where the head of the agency signs. A table with a column
// of units has none: what stands there would be taken for a unit.
func (w *tableWriter) signature() {
	if w.table.Shape == plan.List || w.unitColumn() != "" {
		return
	}
	w.row++
	last := len(w.columns)
	from := min(max(w.labelColumn(), last-3)+1, last)
	for i, text := range []lang.Text{
		lang.T("………, date ………", "………, ngày …… tháng …… năm ………"),
		lang.T("HEAD OF THE UNIT", "THỦ TRƯỞNG ĐƠN VỊ"),
		lang.T("(signature, full name, seal)", "(Ký, ghi rõ họ tên, đóng dấu)"),
	} {
		l := signingLook
		if i == 1 {
			l = signerLook
		}
		w.blank(look{}, from-1)
		w.add(l, text.In(w.order.Lang))
		w.blank(l, last-from)
		w.endRow(tall(1))
		w.merge(w.row, from, w.row, last)
	}
}
