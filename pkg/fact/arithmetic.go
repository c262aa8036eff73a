package fact

import (
	"strings"

	"github.com/parcheck/parcheck/pkg/account"
	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
	"github.com/parcheck/parcheck/pkg/table"
)

// checkTable checks whether a form or a cross-table is consistent: its total
// rows, the columns that are sums of others, stated ratios.
func (c *checker) checkTable(t *body) {
	c.checkColumns(t)
	c.checkHidden(t)
	if t.list != nil {
		c.reportList(t)
	}
	c.checkBeside(t)
	c.reportDated(t)
	if t.Shape == plan.Cross {
		c.checkRows(t)
		c.reportAccount(t)
	}
	for i := range t.rows {
		switch t.rows[i].Role {
		case account.Nothing, account.Unnamed, account.Beyond, account.Note:
			continue
		case account.Detail, account.Heading, account.Subtotal, account.Total, account.Part, account.Aside:
		}
		for _, s := range t.Sums {
			c.checkSum(t, &t.rows[i], s)
		}
		for _, q := range t.Ratios {
			c.checkRatio(t, &t.rows[i], q)
		}
	}
	for _, q := range t.Ratios {
		c.reportUnchecked(t, q)
	}
}

// reportUnchecked reports the stated shares of a column that cannot be read,
// and so could not be compared with their counts.
func (c *checker) reportUnchecked(t *body, q plan.ColumnRatio) {
	var unread records.Span
	var first value
	at := 0
	for i := range t.rows {
		row := &t.rows[i]
		if row.Role == account.Nothing || row.Role == account.Unnamed || row.Role == account.Beyond {
			continue
		}
		v, col, ok := t.value(row, q.Column)
		_, _, ok1 := t.figure(row, q.Part)
		_, _, ok2 := t.figure(row, q.Whole)
		if !ok || v.state != Invalid || !ok1 || !ok2 {
			continue
		}
		if unread.N == 0 {
			first, at = v, col
		}
		unread.Add(row.Number)
	}
	if unread.N == 0 {
		return
	}
	c.diags.Add(diag.StatedRatio, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: unread.Area(at)}, lang.F(
		"%s cannot be read and held against the counts, the first in row %d: %s",
		"%s không đọc được nên không đối chiếu được với số đếm, đầu tiên ở hàng %d: %s",
		number.Count(unread.N, "stated share", "stated shares", "tỷ lệ ghi trong biểu"), unread.First, first.reason))
}

// checkSum checks whether a column is the sum of others in a row.
func (c *checker) checkSum(t *body, row *table.Row, s plan.ColumnSum) {
	stated, at, ok := t.figure(row, s.Column)
	if !ok {
		return
	}
	sum, reported := number.Exact{}, false
	for _, id := range s.Of {
		v, _, ok := t.value(row, id)
		if !ok || v.state == Invalid {
			return
		}
		reported = reported || v.state == Reported
		sum = sum.Add(v.number)
	}
	if !reported || sum.Equal(stated) {
		return // where no part is reported there is nothing to add up
	}
	var parts []string
	for _, id := range s.Of {
		_, col, _ := t.value(row, id)
		parts = append(parts, diag.ColumnName(col))
	}
	c.repeated.add(diag.New(diag.Arithmetic, c.at(t.sheet, row.Number, at), lang.F(
		"column %s is %s, and %s is %s in this row: the form says that they are equal",
		"cột %s là %s, còn %s là %s ở dòng này: theo biểu mẫu hai số phải bằng nhau",
		diag.ColumnName(at), number.Short(stated, 6), strings.Join(parts, " + "), number.Short(sum, 6))))
}

// checkRatio recomputes a stated share from its counts. The stated figure is
// right when the recomputed one lies in the interval of its shown decimals.
func (c *checker) checkRatio(t *body, row *table.Row, q plan.ColumnRatio) {
	stated, col, ok := t.figure(row, q.Column)
	part, _, ok1 := t.figure(row, q.Part)
	whole, _, ok2 := t.figure(row, q.Whole)
	if !ok || !ok1 || !ok2 || whole.Sign() <= 0 {
		return
	}
	hundred := number.Int(100)
	low, high := number.Interval(stated.Mul(hundred), decimals(row.At(col), stated.Mul(hundred)))
	got := part.Quo(whole)
	if got.Mul(hundred).Cmp(low) >= 0 && got.Mul(hundred).Cmp(high) <= 0 {
		return
	}
	c.repeated.add(diag.New(diag.StatedRatio, c.at(t.sheet, row.Number, col), lang.F(
		"the stated share is %s, its counts give %s / %s = %s: the counts are used",
		"tỷ lệ ghi là %s, tính lại từ số đếm là %s / %s = %s: số đếm được dùng",
		number.Percent(stated, 6), number.Short(part, 6), number.Short(whole, 6), number.Percent(got, 4))))
}

// decimals returns how many decimals of a percentage were meant: those that are
// shown, or those that were typed.
func decimals(c cell.Cell, percents number.Exact) int {
	if d := c.Decimals(); d >= 0 && !c.Format.Plain() {
		return d
	}
	const most = 12
	scale := number.Int(1)
	for d := 0; d < most; d++ {
		if percents.Mul(scale).IsInt() {
			return d
		}
		scale = scale.Mul(number.Int(10))
	}
	return most
}

func distance(a, b number.Exact) number.Exact {
	if a.Cmp(b) < 0 {
		return b.Sub(a)
	}
	return a.Sub(b)
}
