package form

import (
	"github.com/parcheck/parcheck/pkg/account"
	"slices"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

// row is one row of a form or a cross-table.
type row struct {
	heading string                   // of a group row: nothing else stands in it
	code    string                   // its number
	cells   map[string]string        // texts by column
	kinds   map[figure]plan.FactKind // the figures that facts are read from
	unit    lang.Text                // of measure
	under   string                   // heading of the group that it belongs to
	area    string
	matches [][]plan.RowMatch // of the facts that are read from it
}

// figure is where a figure stands in a row.
type figure struct {
	column string
	time   plan.Period
}

// rows lays out the rows that the wished facts are read from, grouped by area
// where a form has several, and numbered.
func (o Order) rows(s *sheet, wishes []wish) []row {
	var rows []row
	for _, w := range wishes {
		for i := range w.From {
			if src := &w.From[i]; src.Op == plan.CellSource && src.Table == s.table.ID && !totals(s, src) {
				rows = answer(rows, src, w, src.Columns(s.table.FindColumn(src.Column), o.Period))
			}
		}
	}
	if unit := s.unitColumn(); unit != "" && o.Unit.Name.In(lang.VI) != "" {
		for i := range rows {
			rows[i].cells[unit] = o.Unit.Name.In(lang.VI)
		}
	}
	return o.arrange(s, rows)
}

// totals reports whether a source reads the total row, which is the last one.
func totals(s *sheet, src *plan.Source) bool {
	return s.total != "" && slices.ContainsFunc(src.Row, func(m plan.RowMatch) bool {
		return s.table.FindColumn(m.Column).Role == plan.LabelRole && account.IsTotal(m.Names[0], s.table.Totals)
	})
}

func (s *sheet) unitColumn() string {
	for _, c := range s.columns {
		if c.Role == plan.UnitRole {
			return c.ID
		}
	}
	return ""
}

// answer adds a source to the row that it reads, or to a new one. times are
// those of the columns that hold its figures.
func answer(rows []row, src *plan.Source, w wish, times []plan.Period) []row {
	at := slices.IndexFunc(rows, func(r row) bool { return r.takes(src.Row) })
	if at < 0 {
		at = len(rows)
		r := row{cells: map[string]string{}, kinds: map[figure]plan.FactKind{}, area: w.area}
		for _, m := range src.Row {
			r.cells[m.Column] = literal(m.Names[0])
			if len(m.Under) > 0 {
				r.under = literal(m.Under[0])
			}
		}
		rows = append(rows, r)
	}
	r := &rows[at]
	r.matches = append(r.matches, src.Row)
	for _, time := range times {
		at := figure{src.Column, time}
		if _, ok := r.kinds[at]; !ok {
			r.kinds[at] = w.Kind
		}
	}
	if r.unit.IsZero() {
		r.unit = w.Unit
	}
	return rows
}

// takes reports whether a source can read the same row as those that read it
// already. It then narrows the names of the row to those that all of them
// accept.
func (r *row) takes(want []plan.RowMatch) bool {
	if len(want) != len(r.cells) {
		return false
	}
	names := map[string]string{}
	for _, m := range want {
		if _, ok := r.cells[m.Column]; !ok || !r.grouped(m) {
			return false
		}
		common := r.common(m)
		if common == "" {
			return false
		}
		names[m.Column] = common
	}
	for id, name := range names {
		r.cells[id] = name
	}
	return true
}

// grouped reports whether the row is in the group that a match names.
func (r *row) grouped(m plan.RowMatch) bool {
	if len(m.Under) == 0 {
		return r.under == ""
	}
	return fits(m.Under, r.under)
}

// common returns the row's text in a match's column, where the match knows it,
// or a name of the match that the row's other matches know too; "" where there
// is none.
func (r *row) common(m plan.RowMatch) string {
	if have := r.cells[m.Column]; fits(m.Names, have) {
		return have
	}
	for _, n := range m.Names {
		name := literal(n)
		if !slices.ContainsFunc(r.matches, func(other []plan.RowMatch) bool {
			return slices.ContainsFunc(other, func(o plan.RowMatch) bool { return o.Column == m.Column && !fits(o.Names, name) })
		}) {
			return name
		}
	}
	return ""
}

func fits(names []string, text string) bool {
	return text != "" && slices.ContainsFunc(names, func(n string) bool { return label.Match(n, text) })
}

// arrange orders the rows by area and group, puts headings above them and
// numbers them as official forms do: I, then 1, then 1.1.
func (o Order) arrange(s *sheet, rows []row) []row {
	if !o.byArea(s, rows) {
		return inGroups(rows, false)
	}
	var out []row
	headings := 0
	for _, a := range o.Plan.Areas {
		var here []row
		for _, r := range rows {
			if r.area == a.ID {
				here = append(here, r)
			}
		}
		if len(here) > 0 {
			headings++
			out = append(out, row{heading: a.Title.In(o.Lang), code: roman(headings)})
			out = append(out, inGroups(here, true)...)
		}
	}
	return out
}

// inGroups puts the rows without a group first, then each group below its
// heading.
func inGroups(rows []row, nested bool) []row {
	var out []row
	var groups []string
	n := 0
	for _, r := range rows {
		if r.under == "" {
			n++
			r.code = strconv.Itoa(n)
			out = append(out, r)
		} else if !slices.Contains(groups, r.under) {
			groups = append(groups, r.under)
		}
	}
	for i, g := range groups {
		code, prefix := roman(i+1), ""
		if nested {
			n++
			code, prefix = strconv.Itoa(n), strconv.Itoa(n)+"."
		}
		out = append(out, row{heading: g, code: code})
		m := 0
		for _, r := range rows {
			if r.under == g {
				m++
				r.code = prefix + strconv.Itoa(m)
				out = append(out, r)
			}
		}
	}
	return out
}

// byArea reports whether the rows are grouped by area: in a form with
// rows of several, unless an area is called like a row that a fact asks for.
func (o Order) byArea(s *sheet, rows []row) bool {
	if s.table.Shape != plan.Form {
		return false
	}
	areas := map[string]bool{}
	for _, r := range rows {
		areas[r.area] = true
	}
	for _, a := range o.Plan.Areas {
		for _, r := range rows {
			for _, match := range r.matches {
				if slices.ContainsFunc(match, func(m plan.RowMatch) bool {
					return fits(m.Names, a.Title.In(o.Lang)) || fits(m.Under, a.Title.In(o.Lang))
				}) {
					return false
				}
			}
		}
	}
	return len(areas) > 1
}

// roman writes a number as the headings of forms do.
func roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		value int
		text  string
	}{{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.text)
		}
	}
	return b.String()
}

// literal is a name that fits a pattern: without its "*", or with "…" where
// the pattern wants something to stand there.
func literal(pattern string) string {
	bare := strings.Join(strings.Fields(strings.ReplaceAll(pattern, "*", " ")), " ")
	if strings.Contains(pattern, "*") && (bare == "" || !label.Match(pattern, bare)) {
		return strings.ReplaceAll(pattern, "*", "…")
	}
	return bare
}

// headerPath takes the first name of a column apart: "Tiếp nhận / Tổng số".
func headerPath(names []string) []string {
	var out []string
	for _, part := range strings.Split(names[0], " / ") {
		out = append(out, literal(part))
	}
	return out
}

// measures reports whether a column names the unit of measure of its row.
func measures(c *plan.Column) bool {
	return c.Type == plan.Text && c.Role == plan.NoRole && slices.ContainsFunc(c.Headers, func(h string) bool {
		return fits([]string{"Đơn vị tính", "ĐVT", "Unit", "Unit of measure"}, h)
	})
}
