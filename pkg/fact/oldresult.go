package fact

import (
	"context"
	"slices"

	"github.com/parcheck/parcheck/pkg/account"
	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/records"
)

// oldResults are the figures that decide and are results of formulas, in a file
// which says that its results may be outdated.
type oldResults struct {
	seen  map[cellAt]bool
	n     int64
	first cellAt
}

// cellAt is a cell of the workbook, or the first of the formulas of a column.
type cellAt struct{ sheet, row, col int }

func (a cellAt) before(b cellAt) bool {
	return a.sheet < b.sheet || a.sheet == b.sheet && (a.row < b.row || a.row == b.row && a.col < b.col)
}

// add records n formulas, the first of which is at a place.
func (o *oldResults) add(at cellAt, n int64) {
	if o.seen[at] {
		return
	}
	if o.seen == nil {
		o.seen = map[cellAt]bool{}
	}
	o.seen[at] = true
	if o.n == 0 || at.before(o.first) {
		o.first = at
	}
	o.n += n
}

// noteFormula records that a figure is the result of a formula.
func (r *reader) noteFormula(s *sheet, row int, cl cell.Cell) {
	if r.book.Stale != cell.Fresh && (cl.Formula == cell.Calculated || cl.Formula == cell.VisibleOnly) {
		r.old.add(cellAt{s.Index, row, cl.Col}, 1)
	}
}

// noteFormulas records the formulas in the columns by which a list is counted.
func (r *reader) noteFormulas(t *body, columns []*records.Column) {
	for _, col := range columns {
		if r.book.Stale != cell.Fresh && col.Formulas.N > 0 {
			r.old.add(cellAt{t.sheet.Index, col.Formulas.First, col.At}, col.Formulas.N)
		}
	}
}

// reportOld warns, once, of figures that may be outdated.
func (c *content) reportOld(old *oldResults) {
	if old.n == 0 {
		return
	}
	why := lang.T("the file asks to be calculated again when it is opened", "tệp yêu cầu tính lại khi mở")
	switch c.book.Stale {
	case cell.ManualRecalc:
		why = lang.T("the file is set to be calculated by hand", "tệp đặt chế độ tính thủ công")
	case cell.RecalcUnfinished:
		why = lang.T("the file was saved before it was calculated to the end", "tệp được lưu khi chưa tính xong")
	case cell.RecalcOnLoad, cell.Fresh:
	}
	at := old.first
	c.diags.Add(diag.OldResult, c.at(c.sheets[at.sheet], at.row, at.col), lang.F(
		"%s: %s that count may be old, the first here; open the file in a spreadsheet program, let it calculate, and save it",
		"%s: %s được tính có thể là kết quả cũ, đầu tiên ở đây; hãy mở tệp bằng phần mềm bảng tính, tính lại rồi lưu",
		why, number.Count(old.n, "result of a formula", "results of formulas", "kết quả công thức")))
}

// checkShown checks whether a formula that skips hidden rows (SUBTOTAL,
// AGGREGATE) does skip some. Hidden rows of its own table are expected, unless
// the figure is the sum of all rows anyway. Whether it skips rows that are
// hidden elsewhere cannot be known.
func (r *reader) checkShown(v value, h hit, cl cell.Cell, column string) value {
	if cl.Formula != cell.VisibleOnly || v.state != Reported {
		return v
	}
	t := h.table
	if h.row.Role == account.Total && t.isSum(v.number, column) {
		return v
	}
	if n := t.hiddenRows(); n > 0 {
		return wrong(diag.PartialTotal, lang.F(
			"the formula leaves hidden rows out (SUBTOTAL or AGGREGATE), and %[2]s has %[1]s hidden, by hand or by a filter: show all rows, or use SUM, and save the file again",
			"công thức bỏ qua hàng ẩn (SUBTOTAL hoặc AGGREGATE) mà %s của %s bị ẩn, thủ công hoặc do bộ lọc: hãy hiện tất cả các hàng hoặc dùng SUM, rồi lưu lại tệp",
			rowCount(int64(n)), t.Title))
	}
	at := reportedAt{diag.PartialTotal, t.sheet, h.row.Number, cl.Col}
	for _, s := range r.sheets {
		if s.hides && !r.reported[at] {
			r.noteReported(at)
			d := diag.New(diag.PartialTotal, r.at(t.sheet, h.row.Number, cl.Col), lang.F(
				"the formula leaves hidden rows out (SUBTOTAL or AGGREGATE), and %s has hidden rows: look whether they belong to it; show all rows, or use SUM, and save the file again",
				"công thức bỏ qua hàng ẩn (SUBTOTAL hoặc AGGREGATE) mà %s có hàng ẩn: hãy xem các hàng đó có thuộc phép tính không; hãy hiện tất cả các hàng hoặc dùng SUM, rồi lưu lại tệp", diag.QuoteSheet(s.Name)))
			d.Severity = diag.Warning
			r.diags = append(r.diags, d)
		}
	}
	return v
}

// hiddenRows counts the hidden rows of a table.
func (t *body) hiddenRows() int {
	n := 0
	for i := range t.rows {
		if t.rows[i].Hidden && t.rows[i].Role != account.Nothing {
			n++
		}
	}
	return n
}

// isSum reports whether a number is the sum of all details of a column.
func (t *body) isSum(x number.Exact, column string) bool {
	sum := number.Exact{}
	for i := range t.rows {
		if y, _, ok := t.figure(&t.rows[i], column); ok && t.rows[i].Role == account.Detail {
			sum = sum.Add(y)
		}
	}
	return sum.Equal(x)
}

// findHidden finds the sheets with hidden rows, where a figure skips hidden
// rows: it may refer to any sheet, even one without a table of the plan.
func (c *content) findHidden(ctx context.Context) error {
	if !slices.ContainsFunc(c.tables, (*body).leavesOut) {
		return nil
	}
	for i, s := range c.sheets {
		s.hides = slices.ContainsFunc(s.grid.Rows, func(r cell.Row) bool { return r.Hidden })
		streamed := false // to its end, as a list
		for _, t := range c.tables {
			if t.sheet == s && t.list != nil {
				streamed = true
				s.hides = s.hides || t.list.Hidden.N > 0
			}
		}
		if s.hides || s.whole || streamed {
			continue
		}
		var err error
		if s.hides, err = c.hidesRows(ctx, i); err != nil {
			return err
		}
	}
	return nil
}

// hidesRows reads a sheet up to the first hidden row.
func (c *content) hidesRows(ctx context.Context, sheet int) (bool, error) {
	rows, err := c.book.Scan(ctx, sheet)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	for rows.Next() {
		if rows.Row().Hidden {
			return true, nil
		}
	}
	return false, rows.Err()
}

// leavesOut reports whether a figure of the table skips hidden rows.
func (t *body) leavesOut() bool {
	for i := range t.rows {
		for _, f := range t.header.Columns {
			if cl, _ := f.Cell(t.rows[i].Row); cl.Formula == cell.VisibleOnly {
				return true
			}
		}
	}
	return false
}
