package fact

import (
	"slices"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
)

// totals returns the row that totals the table, or, where it cannot be told
// which of several does, all of them. Tables also have a total below each
// group, "Cộng", and some have theirs at the top.
func (t *located) totals() []*table.Row {
	if t.totalled {
		return t.totalRows
	}
	t.totalled = true
	for i := range t.rows {
		if t.rows[i].Class == table.Total {
			t.totalRows = append(t.totalRows, &t.rows[i])
		}
	}
	if len(t.totalRows) < 2 {
		return t.totalRows
	}
	var grand *table.Row
	for i := range t.Columns {
		row, ok := t.grandTotal(t.Columns[i].ID)
		switch {
		case !ok:
		case grand == nil || row == grand:
			grand = row
		default:
			return t.totalRows
		}
	}
	if grand != nil {
		t.totalRows = []*table.Row{grand}
	}
	return t.totalRows
}

// totalRow returns the row that totals the table, or nil where there is none
// or it cannot be told which one does.
func (t *located) totalRow() *table.Row {
	if rows := t.totals(); len(rows) == 1 {
		return rows[0]
	}
	return nil
}

// grandTotal tells by the figures of a column which total row is that of the
// whole table: the last one that is the sum of all details, or else the only
// one that is not the sum of the details since the total before it.
func (t *located) grandTotal(column string) (*table.Row, bool) {
	if c := t.FindColumn(column); c.Type != plan.Number {
		return nil, false
	}
	all, since := number.Exact{}, number.Exact{}
	var totals, others []*table.Row
	for i := range t.rows {
		r := &t.rows[i]
		x, _, ok := t.figure(r, column)
		switch {
		case !ok:
		case r.Class == table.Detail:
			all, since = all.Add(x), since.Add(x)
		case r.Class == table.Total:
			totals = append(totals, r)
			if !x.Equal(since) {
				others = append(others, r)
			}
			since = number.Exact{}
		}
	}
	if len(totals) != len(t.totalRows) {
		return nil, false // the column is blank in one of them
	}
	for _, r := range slices.Backward(totals) {
		if x, _, _ := t.figure(r, column); x.Equal(all) {
			return r, !all.IsZero()
		}
	}
	if len(others) == 1 {
		return others[0], true
	}
	return nil, false
}

// severalTotals says that it cannot be told which total row counts.
func severalTotals(t *located, rows []*table.Row) lang.Text {
	var numbers []string
	for _, r := range rows {
		numbers = append(numbers, strconv.Itoa(r.Number))
	}
	return lang.F("%s has several total rows, %s, and it cannot be told which one is that of the whole table: mend the one that is not the sum of its details, or label those of groups otherwise",
		"bảng %s có nhiều dòng tổng, ở hàng %s, không xác định được dòng nào là tổng của cả bảng: hãy sửa dòng không bằng tổng các dòng chi tiết, hoặc đặt tên khác cho dòng cộng của từng nhóm",
		t.Title, strings.Join(numbers, ", "))
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
func (t *located) figure(row *table.Row, column string) (x number.Exact, col int, ok bool) {
	v, col, ok := t.value(row, column)
	return v.number, col, ok && v.state == Reported
}

// value reads what a row has in a column, where it can be told which cell that
// is.
func (t *located) value(row *table.Row, column string) (v value, col int, ok bool) {
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
func (c *collector) checkRows(t *located) {
	var unnamed, beyond span
	for i := range t.rows {
		switch r := &t.rows[i]; r.Class {
		case table.Unnamed:
			unnamed.add(r.Number)
		case table.Beyond:
			beyond.add(r.Number)
		case table.Other, table.Detail, table.Group, table.Total, table.Part:
		}
	}
	if unnamed.n > 0 {
		c.diags.Add(diag.BlankCell, c.rowsAt(t, unnamed), lang.F(
			"%s of %s with figures and no label, the first in row %d: they are not counted; label them or clear them",
			"%s của bảng %s có số liệu nhưng không có tên, đầu tiên ở hàng %d: không được tính; hãy ghi tên dòng hoặc xóa số liệu",
			rows(unnamed.n), t.Title, unnamed.first))
	}
	if beyond.n > 0 {
		d := diag.New(diag.TwoTables, c.rowsAt(t, beyond), lang.F(
			"%s with figures below the end of %s, the first in row %d: they are not counted; move what stands there to another sheet",
			"%s có số liệu nằm dưới bảng %s, đầu tiên ở hàng %d: không được tính; hãy chuyển phần đó sang trang tính khác",
			rows(beyond.n), t.Title, beyond.first))
		d.Severity = diag.Warning
		c.diags = append(c.diags, d)
	}
}

func (c *collector) rowsAt(t *located, s span) diag.Pos {
	return diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: diag.Area{Row: s.first, ToRow: s.last}}
}
