package form

import (
	"slices"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

// body writes the rows of the table, and collects the rules for what may be
// typed where.
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
	w.last = w.Next() - 1
	if w.total != "" {
		w.totalRow()
	}
}

// groupRow writes a heading: in the column of labels, for all of its width.
func (w *tableWriter) groupRow(r *row) {
	for i := range w.columns {
		switch c := &w.columns[i]; c.Role {
		case plan.CodeRole:
			w.Text(groupCode, r.code)
		case plan.LabelRole:
			w.Text(groupStyle, r.heading)
		case plan.NoRole, plan.UnitRole, plan.KeyRole:
			w.Blank(groupStyle, 1)
		}
	}
	w.EndRow(0)
}

// namedRow writes a row that facts are read from.
func (w *tableWriter) namedRow(r *row) {
	for i := range w.columns {
		c := &w.columns[i]
		text, named := r.cells[c.ID]
		kind, wanted := r.kinds[figure{c.ID, c.time}]
		switch {
		case named:
			w.Text(textStyle, text)
		case c.Role == plan.CodeRole:
			w.Text(codeStyle, r.code)
		case c.measures:
			w.Text(codeStyle.With(func(st *sheets.Style) { st.Wrap = true }), r.unit.In(w.order.Lang))
		case c.figure() && !wanted && w.table.Shape == plan.Form && w.formula(c.ID) == nil:
			w.Blank(boxed, 1) // nobody asks for it
		case c.figure():
			if !wanted {
				kind = c.kind
			}
			w.figure(c, kind)
		case c.Optional:
			w.Blank(textStyle, 1)
		default:
			w.Blank(filled(textStyle), 1)
		}
	}
	w.EndRow(0)
}

// spareRow writes a row that is left to the agency. It is numbered: without a
// number it would be read as a part of the row above.
func (w *tableWriter) spareRow(n int) {
	for i := range w.columns {
		switch c := &w.columns[i]; {
		case c.Role == plan.CodeRole:
			w.Text(codeStyle, strconv.Itoa(n))
		case c.figure():
			w.figure(c, c.kind)
		case c.Optional:
			w.Blank(textStyle, 1)
		default:
			w.Blank(filled(textStyle), 1)
		}
	}
	w.EndRow(0)
}

// figure writes a cell that is typed or calculated.
func (w *tableWriter) figure(c *column, kind plan.FactKind) {
	l := figureStyle(c, kind)
	if f := w.formula(c.ID); f != nil {
		w.Formula(asFormula(l), w.rowFormula(f, c, w.Next()), "")
		return
	}
	w.expect(c, kind, diag.Cell(w.Next(), w.Filled()+1))
	w.Blank(filled(l), 1)
}

// rowFormula calculates a column from others of the same row and time. It
// yields a blank where nothing is reported: a missing figure is not 0.
func (w *tableWriter) rowFormula(f *plan.Formula, c *column, row int) string {
	at := func(id string) string { return diag.A1(row, w.index(id, c.time)+1) }
	if f.Sum == nil {
		return "IF(N(" + at(f.Whole) + ")=0,\"\",N(" + at(f.Part) + ")/" + at(f.Whole) + ")"
	}
	var cells []string
	for _, id := range f.Sum {
		cells = append(cells, at(id))
	}
	return sumOf(strings.Join(cells, ","))
}

// totalRow writes the sums of the columns, and the shares of these sums.
func (w *tableWriter) totalRow() {
	first := w.bodyRow
	for i := range w.columns {
		c := &w.columns[i]
		l := asFormula(figureStyle(c, c.kind))
		l.Bold = true
		switch f := w.formula(c.ID); {
		case c.Role == plan.LabelRole:
			w.Text(groupStyle, w.total)
		case f != nil && f.Sum == nil:
			w.Formula(l, w.rowFormula(f, c, w.Next()), "")
		case c.figure() && c.Type == plan.Number:
			w.Formula(l, sumOf(diag.Area{Row: first, Col: i + 1, ToRow: w.last, ToCol: i + 1}.String()), "")
		default:
			w.Blank(groupStyle, 1)
		}
	}
	w.EndRow(0)
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
			w.Blank(w.listStyle(i), 1)
		}
		w.EndRow(0)
	}
	for i := range w.columns {
		w.expect(&w.columns[i], w.columns[i].kind, diag.Area{Row: w.bodyRow, Col: i + 1, ToRow: maxRow, ToCol: i + 1})
	}
}

// columnStyles gives whole columns of a list their formats.
func (w *tableWriter) columnStyles() {
	for i := range w.columns {
		l := w.listStyle(i)
		l.Boxed, l.Fill = false, ""
		w.ColumnStyle(i+1, l)
	}
}

func (w *tableWriter) listStyle(i int) sheets.Style {
	switch c := &w.columns[i]; {
	case c.Role == plan.CodeRole:
		return filled(codeStyle)
	case c.figure():
		return filled(figureStyle(c, c.kind))
	default:
		l := filled(textStyle)
		l.Num = textFormat
		return l
	}
}

// figureStyle is how a figure of a kind is shown.
func figureStyle(c *column, kind plan.FactKind) sheets.Style {
	l := sheets.Style{Boxed: true, Right: true}
	switch {
	case c.Type == plan.Date:
		l.Num, l.Right, l.Center = dayFormat, false, true
	case c.Type == plan.Choice:
		l.Right, l.Center = false, true
	case c.Type == plan.Share:
		l.Num = shareFormat
	case kind == plan.AmountFact:
		l.Num = amountFormat
	default:
		l.Num = wholeFormat
	}
	return l
}

// signature writes the place for the signature of the head of the agency. A
// table with a column of units has none, because it would be read as a unit.
func (w *tableWriter) signature() {
	if w.table.Shape == plan.List || w.unitColumn() != "" {
		return
	}
	w.Skip(1)
	last := len(w.columns)
	from := min(max(w.labelColumn(), last-3)+1, last)
	for i, text := range []lang.Text{
		lang.T("………, date ………", "………, ngày …… tháng …… năm ………"),
		lang.T("HEAD OF THE UNIT", "THỦ TRƯỞNG ĐƠN VỊ"),
		term.SignHere,
	} {
		st := signing
		if i == 1 {
			st = signer
		}
		w.Blank(plain, from-1)
		w.Across(st, text.In(w.order.Lang), last-from+1)
		w.EndRow(0)
	}
}
