package fact

import (
	"cmp"
	"context"
	"slices"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
)

// sheetsOf lists where a table of the plan stands.
func (c *content) sheetsOf(t *plan.Table) []*body {
	var out []*body
	for _, b := range c.tables {
		if b.Table == t {
			out = append(out, b)
		}
	}
	return out
}

// findTwice looks in all sheets that a list stands in for values that should be
// unique and are not, in one sheet and between two.
func (c *content) findTwice(ctx context.Context) error {
	for i := range c.plan.Tables {
		t := &c.plan.Tables[i]
		if t.Shape != plan.List {
			continue
		}
		lists := c.sheetsOf(t)
		for j := range t.Columns {
			if err := c.reportColumnTwice(ctx, lists, &t.Columns[j]); err != nil {
				return err
			}
		}
	}
	return nil
}

// reportUneven reports the columns that facts need and that one sheet of a list
// has and another lacks.
func (c *checker) reportUneven(lists []*body) {
	lists = slices.DeleteFunc(slices.Clone(lists), func(t *body) bool { return t.list.Records == 0 })
	if len(lists) < 2 {
		return
	}
	for _, t := range lists {
		for _, id := range c.lacking(t) {
			has := slices.IndexFunc(lists, func(o *body) bool { _, f := o.column(id); return f.Col > 0 })
			if has < 0 {
				continue
			}
			c.diags.Add(diag.MissingColumn, c.headerAt(t.located), lang.F(
				"%s has no column %s here, and has one in %s: its records cannot be counted by it; add it",
				"bảng %s ở đây không có cột %s, còn ở %s thì có: không tính được hồ sơ theo cột này; hãy bổ sung",
				t.Title, quoted(ColumnNames(t.FindColumn(id), c.period)), diag.QuoteSheet(lists[has].sheet.Name)))
		}
	}
}

// lacking lists the columns that facts need and a list does not have.
func (c *checker) lacking(t *body) []string {
	var out []string
	for i := range c.plan.Facts {
		for j := range c.plan.Facts[i].From {
			src := &c.plan.Facts[i].From[j]
			if src.Table != t.ID || t.list.Counter(src) != nil {
				continue
			}
			if id := t.lacks(src); !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// reportColumnTwice reads the lists once more, where hashes of a column are
// equal, and compares the records that have them.
func (c *content) reportColumnTwice(ctx context.Context, lists []*body, col *plan.Column) error {
	var all []*records.List
	for _, t := range lists {
		all = append(all, t.list)
	}
	repeats := records.NewRepeats(all, col)
	if repeats == nil {
		return nil
	}
	told := int64(0)
	for i, t := range lists {
		again := c.newList(t)
		f := again.Unique(col)
		if f == nil {
			continue
		}
		var more, cased records.Span
		err := c.eachRecord(ctx, t.sheet.Index, t, again, func(row *cell.Row) {
			const most = 10 // that are told one by one
			switch at, how := repeats.Note(i, f, row.Number, cmp.Or(t.onlyOwner(), again.Owner(row))); {
			case how == records.Another:
			case how == records.OtherCase:
				cased.Add(row.Number)
			case told < most:
				told++
				c.reportAgain(f, cellOf{t, row.Number, f.At}, cellOf{lists[at.Sheet], at.Row, at.Col}, how)
			default:
				told++
				more.Add(row.Number)
			}
		})
		if err != nil {
			return err
		}
		if cased.N > 0 {
			c.diags.Add(diag.OddID, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: cased.Area(f.At)}, lang.F(
				"%s whose %q differs from that of another one only by capitals%s: are they the same? write ids alike",
				"%s có %q chỉ khác hồ sơ khác ở chữ hoa, chữ thường%s: có phải cùng một mã? hãy ghi mã thống nhất",
				recordCount(cased.N), f.Path, firstRow(cased)))
		}
		if more.N > 0 {
			c.diags.Add(diag.NotUnique, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: more.Area(f.At)}, lang.F(
				"and %s more whose %q occurs above", "và %s nữa có %q đã xuất hiện ở trên", recordCount(more.N), f.Path))
		}
	}
	if col.Role == plan.KeyRole {
		for _, t := range lists {
			t.twice = &repeats.Doubles
		}
	}
	return nil
}

// reportingUnit owns the records of lists that name no units. No folded name has
// this form.
const reportingUnit = "\x00"

// onlyOwner is whose the records of a list are that names no units: those of the
// unit that its sheet stands for, or of the one that reports; "" where a column
// names them.
func (t *body) onlyOwner() string {
	switch {
	case t.sheetUnit != nil:
		return reportingUnit + label.Key(t.sheetUnit.Name.In(lang.VI))
	case t.list.Units == nil:
		return reportingUnit
	}
	return ""
}

// doubles counts the records of a unit with an id that another record has.
func (t *body) doubles(u *unit) int64 {
	if t.twice == nil {
		return 0
	}
	if owner := t.onlyOwner(); owner != "" {
		return t.twice.Of([]string{owner})
	}
	return t.twice.Of(u.keys)
}

// cellOf is a cell of a list.
type cellOf struct {
	table    *body
	row, col int
}

// reportAgain reports a value that a record above has, too.
func (c *content) reportAgain(col *records.Column, again, first cellOf, how records.Likeness) {
	where := lang.F("row %d", "dòng %d", first.row)
	if first.table != again.table {
		where = lang.F("row %d in %s", "hàng %d ở %s", first.row, diag.QuoteSheet(first.table.sheet.Name))
	}
	message := lang.F("the value in the column %q is that of %s: no two records have the same", "giá trị ở cột %q trùng với %s: mỗi hồ sơ có giá trị riêng", col.Path, where)
	if col.Role == plan.KeyRole {
		message = lang.F("the id in the column %q is that of %s: each record has its own", "mã ở cột %q trùng với %s: mỗi hồ sơ có mã riêng", col.Path, where)
	}
	if how == records.LooksSame {
		message = lang.F("%s; they differ only by what cannot be seen, such as spaces or zero-width characters: type one of them again",
			"%s; hai giá trị chỉ khác ở ký tự không nhìn thấy, như dấu cách đặc biệt hoặc ký tự rỗng: hãy gõ lại một trong hai", message)
	}
	c.diags.Add(diag.NotUnique, c.at(again.table.sheet, again.row, again.col), message,
		diag.Related{Pos: c.at(first.table.sheet, first.row, first.col), Message: lang.T("the first record with it", "hồ sơ đầu tiên có giá trị này")})
}
