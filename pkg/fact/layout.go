package fact

import (
	"slices"
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

// checkColumns reports columns that are missing or ambiguous.
func (c *checker) checkColumns(t *body) {
	pos := c.headerAt(t.located)
	for i, f := range t.header.Columns {
		col := &t.Columns[i]
		switch {
		case f.Col == 0 && !t.spec.Columns[i].Optional:
			c.diags.Add(diag.MissingColumn, pos, lang.F(
				"%s has no column %s%s", "bảng %s không có cột %s%s",
				t.Title, quoted(t.spec.Columns[i].Headers), c.nearestHeader(t.located, t.spec.Columns[i].Headers)))
		case len(f.Also) > 0:
			names := []string{diag.ColumnName(f.Col)}
			for _, o := range f.Also {
				names = append(names, diag.ColumnName(o))
			}
			c.diags.Add(diag.TwoColumns, pos, lang.F(
				"%s: the columns %s are all headed %q: it cannot be told which is %q; give each its own header",
				"%s: các cột %s cùng có tiêu đề %q: không xác định được cột %q; hãy đặt tiêu đề riêng cho từng cột",
				t.Title, strings.Join(names, ", "), f.Path, columnName(col)))
		}
	}
}

// columnName is what people call a column of the plan.
func columnName(col *plan.Column) string {
	if len(col.Headers) > 0 {
		return col.Headers[0]
	}
	return col.ID
}

// headerAt is where the header of a table stands.
func (c *job) headerAt(t *located) diag.Pos {
	return diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: diag.Area{Row: t.header.Top, Col: 1, ToRow: t.header.Bottom, ToCol: max(t.header.Right(), 1)}}
}

// checkHidden reports figures in hidden rows and columns, and values that lie
// under a merge.
func (c *checker) checkHidden(t *body) {
	first, last, n := 0, 0, 0
	for _, r := range t.rows {
		if r.Hidden && r.Role != account.Nothing {
			if n == 0 {
				first = r.Number
			}
			last = r.Number
			n++
		}
	}
	if n > 0 {
		c.addHiddenRows(t, first, last, n)
	}
	for _, f := range t.header.Columns {
		hides := func(h diag.Area) bool { return f.Col >= h.Col && f.Col <= h.ToCol }
		if f.Col > 0 && slices.ContainsFunc(t.sheet.tail.HiddenColumns, hides) {
			c.diags.Add(diag.HiddenRow, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: diag.Area{Col: f.Col, ToCol: f.Col}}, lang.F(
				"the column %q is hidden: its figures are counted; show it, so that everybody sees what is reported",
				"cột %q bị ẩn: số liệu vẫn được tính; hãy hiện cột để mọi người thấy số liệu báo cáo", f.Path))
		}
	}
	c.reportBuried(t)
}

func (c *checker) addHiddenRows(t *body, first, last, n int) {
	c.diags.Add(diag.HiddenRow, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: diag.Area{Row: first, ToRow: last}}, lang.F(
		"%s of %s hidden, by hand or by a filter: counted all the same; show them, so that everybody sees what is reported",
		"%s của %s bị ẩn, thủ công hoặc do bộ lọc: vẫn được tính; hãy hiện hàng để mọi người thấy số liệu báo cáo", rowCount(int64(n)), t.Title))
}

// buried are values of one column that merges hide.
type buried struct {
	records.Span
	under diag.Area // the first of the merges
}

func (b *buried) add(row int, under diag.Area) {
	if b.N == 0 {
		b.under = under
	}
	b.Span.Add(row)
}

// hideMerged blanks the cells of a sheet that merges hide, because nobody sees
// what they hold. Values that a table would have read there are recorded.
func (s *sheet) hideMerged(tables []*body) {
	if len(s.tail.Merges) == 0 {
		return
	}
	cover := table.NewCover(s.tail.Merges)
	for i := range s.grid.Rows {
		r := &s.grid.Rows[i]
		cover.Walk(r.Number)
		for j := range r.Cells {
			cl := &r.Cells[j]
			m, hidden := cover.Under(cl.Col)
			if !hidden || cl.Kind == cell.Blank && cl.Formula == cell.NoFormula {
				continue
			}
			*cl = cell.Cell{Col: cl.Col}
			for _, t := range tables {
				if t.holds(r.Number) {
					t.bury(r.Number, cl.Col, m)
				}
			}
		}
	}
}

// holds reports whether a row may belong to the table's body.
func (t *located) holds(row int) bool {
	return row > t.header.Bottom && (t.end == 0 || row < t.end)
}

// bury records a value of a column that a merge hides.
func (t *body) bury(row, col int, under diag.Area) {
	if !slices.ContainsFunc(t.header.Columns, func(f table.Found) bool { return f.Col == col }) {
		return
	}
	if t.buried == nil {
		t.buried = map[int]*buried{}
	}
	if t.buried[col] == nil {
		t.buried[col] = &buried{}
	}
	t.buried[col].add(row, under)
}

// reportBuried reports the values that merges hide.
func (c *checker) reportBuried(t *body) {
	for i, f := range t.header.Columns {
		b := t.buried[f.Col]
		if b == nil || slices.ContainsFunc(t.header.Columns[:i], func(o table.Found) bool { return o.Col == f.Col }) {
			continue
		}
		pos := diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: b.Area(f.Col)}
		if b.N == 1 {
			c.diags.Add(diag.UnderMerge, pos, lang.F(
				"a value is hidden under the merged cells %s: it is not counted; unmerge them or clear it",
				"có giá trị bị che dưới ô gộp %s: không được tính; hãy bỏ gộp ô hoặc xóa giá trị", b.under))
			continue
		}
		c.diags.Add(diag.UnderMerge, pos, lang.F(
			"%s of the column %q are hidden under merged cells, the first under %s: they are not counted; unmerge them or clear them",
			"%s của cột %q bị che dưới ô gộp, đầu tiên dưới %s: không được tính; hãy bỏ gộp ô hoặc xóa giá trị",
			number.Count(b.N, "value", "values", "giá trị"), f.Path, b.under))
	}
}

// under reports whether a merge hides the cell.
func (s *sheet) under(row, col int) bool {
	return slices.ContainsFunc(s.tail.Merges, func(m diag.Area) bool {
		return row >= m.Row && row <= m.ToRow && col >= m.Col && col <= m.ToCol && (row != m.Row || col != m.Col)
	})
}

// quoted lists names as a message does: "A", "B".
func quoted(names []string) string {
	var out []string
	for _, n := range names {
		out = append(out, `"`+n+`"`)
	}
	return strings.Join(out, ", ")
}
