package fact

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/account"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
	"github.com/parcheck/parcheck/pkg/table"
)

// totalRow returns the row that totals the table, or nil.
func (t *body) totalRow() *table.Row {
	if t.account == nil || t.account.Total < 0 {
		return nil
	}
	return &t.rows[t.account.Total]
}

// doubtful returns the header that several columns have, of those that a
// source reads or finds its rows by; "" where there is none.
func (t *located) doubtful(src *plan.Source) string {
	for i, f := range t.header.Columns {
		if len(f.Also) == 0 {
			continue
		}
		col := &t.Columns[i]
		labels := src.Op == plan.TotalSource || slices.ContainsFunc(src.Row, func(m plan.RowMatch) bool { return len(m.Under) > 0 })
		named := slices.ContainsFunc(src.Row, func(m plan.RowMatch) bool { return m.Column == col.ID })
		if col.ID == src.Column || named || col.Role == plan.UnitRole || labels && col.Role == plan.LabelRole {
			return f.Path
		}
	}
	return ""
}

// figure returns the number that a row has in a column, and the column of the
// sheet, where it has one.
func (t *body) figure(row *table.Row, column string) (x number.Exact, col int, ok bool) {
	v, col, ok := t.value(row, column)
	return v.number, col, ok && v.state == Reported
}

// value reads what a row has in a column, where it can be told which cell that
// is.
func (t *body) value(row *table.Row, column string) (v value, col int, ok bool) {
	c, f := t.column(column)
	if c == nil || f.Col == 0 || len(f.Also) > 0 {
		return value{}, 0, false
	}
	cl, crowded := f.Cell(row.Row)
	if crowded {
		return value{}, 0, false
	}
	return readCell(cl, c, t.money[c.ID]), cl.Col, true
}

// checkRows reports figures that count nowhere: of rows without a label, and
// below the end of the table.
func (c *checker) checkRows(t *body) {
	var unnamed, beyond records.Span
	for i := range t.rows {
		switch r := &t.rows[i]; r.Role {
		case account.Unnamed:
			unnamed.Add(r.Number)
		case account.Beyond:
			beyond.Add(r.Number)
		case account.Nothing, account.Detail, account.Heading, account.Subtotal, account.Total, account.Part, account.Aside, account.Note:
		}
	}
	if unnamed.N > 0 {
		c.diags.Add(diag.BlankCell, c.rowsAt(t, unnamed), lang.F(
			"%s of %s with figures and no label, the first in row %d: they are not counted; label them or clear them",
			"%s của bảng %s có số liệu nhưng không có tên, đầu tiên ở hàng %d: không được tính; hãy ghi tên dòng hoặc xóa số liệu",
			rowCount(unnamed.N), t.Title, unnamed.First))
	}
	if beyond.N > 0 {
		d := diag.New(diag.TwoTables, c.rowsAt(t, beyond), lang.F(
			"%s with figures below the end of %s, the first in row %d: they are not counted; move what stands there to another sheet",
			"%s có số liệu nằm dưới bảng %s, đầu tiên ở hàng %d: không được tính; hãy chuyển phần đó sang trang tính khác",
			rowCount(beyond.N), t.Title, beyond.First))
		d.Severity = diag.Warning
		c.diags = append(c.diags, d)
	}
}

func (c *content) rowsAt(t *body, s records.Span) diag.Pos {
	return diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: diag.Area{Row: s.First, ToRow: s.Last}}
}
