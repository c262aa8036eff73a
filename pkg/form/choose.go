package form

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/sheets"
)

// wish is a fact that the plan needs from the unit.
type wish struct {
	*plan.Fact
	area    string // of the first target that asks for it
	decides bool   // an outcome hangs on it; others are for other readings, or shown beside
	asked   bool   // by a target; the others are parts of such facts
}

// wishes lists the facts of the targets that bind the unit, with those that
// they are derived from, in the plan's order.
func (o Order) wishes() []wish {
	var out []wish
	var ask func(w wish)
	ask = func(w wish) {
		i := slices.IndexFunc(out, func(have wish) bool { return have.ID == w.ID })
		if i < 0 {
			i = len(out)
			out = append(out, w)
		}
		out[i].decides, out[i].asked = out[i].decides || w.decides, out[i].asked || w.asked
		for _, s := range w.From {
			for _, part := range s.Facts {
				ask(wish{Fact: o.Plan.FindFact(part), area: w.area})
			}
		}
	}
	for _, a := range o.Plan.Areas {
		for i := range o.Plan.Targets {
			t := &o.Plan.Targets[i]
			if t.Area != a.ID || o.Unit.Level != "" && !t.Binds(o.Unit.Level, o.Unit.ID) {
				continue
			}
			decisive := t.Facts()
			for _, id := range t.Needs() {
				ask(wish{o.Plan.FindFact(id), a.ID, slices.Contains(decisive, id), true})
			}
		}
	}
	slices.SortStableFunc(out, func(v, w wish) int { return cmp.Compare(o.place(v.ID), o.place(w.ID)) })
	return out
}

// place returns where the plan defines a fact; a whole comes before its parts.
func (o Order) place(fact string) int {
	return slices.IndexFunc(o.Plan.Facts, func(f plan.Fact) bool { return f.ID == fact })
}

// tables chooses the tables of the template: those that the level must hand in,
// and one for each fact that is in none of these.
func (o Order) tables(wishes []wish) []*plan.Table {
	chosen := map[string]bool{}
	for _, t := range o.Plan.Tables {
		if o.Unit.Level == "" && len(t.Levels) > 0 || slices.Contains(t.Levels, o.Unit.Level) {
			chosen[t.ID] = true
		}
	}
	for _, w := range wishes {
		if w.asked {
			o.house(w.Fact, w.decides, chosen)
		}
	}
	var out []*plan.Table
	for i := range o.Plan.Tables {
		if t := &o.Plan.Tables[i]; chosen[t.ID] {
			out = append(out, t)
		}
	}
	return out
}

// house chooses a table for a fact that is in none of the chosen ones: the
// first form that can hold it, or those of its parts. A list is chosen only
// where the fact decides an outcome, because it takes far more work to fill in.
func (o Order) house(f *plan.Fact, decides bool, chosen map[string]bool) {
	form, list := "", ""
	var parts []string
	for _, s := range f.From {
		switch {
		case chosen[s.Table]:
			return
		case len(s.Facts) > 0:
			parts = s.Facts
		case s.Op.OfRecords():
			list = cmp.Or(list, s.Table)
		default:
			form = cmp.Or(form, s.Table)
		}
	}
	switch {
	case form != "":
		chosen[form] = true
	case parts != nil:
		for _, id := range parts {
			o.house(o.Plan.FindFact(id), decides, chosen)
		}
	case decides && list != "":
		chosen[list] = true
	}
}

// sheet is a table as the template lays it out.
type sheet struct {
	table    *plan.Table
	month    int    // of the period, where each sheet is a month; 0: the whole
	title    string // its name in the workbook
	columns  []column
	formulas []plan.Formula
	rows     []row
	spare    int    // rows left to the agency
	total    string // label of the total row; "" where there is none
}

// column is one column of a sheet.
type column struct {
	*plan.Column
	time     plan.Period   // that its header names, where the plan's column has one for each period
	path     []string      // its headers, from the top down
	kind     plan.FactKind // of its figures, where a row does not say otherwise
	measures bool          // names the unit of measure of each row
}

// figure reports whether the cells of a column are there to be counted.
func (c *column) figure() bool { return c.Type != plan.Text && c.Role == plan.NoRole }

// layOut decides the columns and rows of a table.
func (o Order) layOut(t *plan.Table, wishes []wish) (sheet, error) {
	s := sheet{table: t, total: fact.TotalLabel(o.Plan, t)}
	used, err := o.usedColumns(t, wishes)
	if err != nil {
		return s, err
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		if !used[c.ID] {
			continue
		}
		times, _ := o.times(t, c, wishes)
		for _, time := range times {
			path := headerPath(fact.ColumnNames(c, time))
			s.columns = append(s.columns, column{Column: c, time: time, path: path, kind: kindOf(t, c, wishes), measures: measures(c)})
		}
	}
	s.formulas = t.Formulas(func(id string) bool { return used[id] })
	if t.Shape != plan.List {
		s.rows = o.rows(&s, wishes)
	}
	s.spare = s.spareRows()
	return s, nil
}

// usedColumns chooses the columns: the required ones, texts beside them, and
// the optional figures that a fact is read from or that are calculated from
// what is there. An optional column of units is left out: the captions name the
// unit.
func (o Order) usedColumns(t *plan.Table, wishes []wish) (map[string]bool, error) {
	used := map[string]bool{}
	for i := range t.Columns {
		c := &t.Columns[i]
		times, lacking := o.times(t, c, wishes)
		named := len(times) > 0
		read := slices.ContainsFunc(wishes, func(w wish) bool {
			return slices.ContainsFunc(w.From, func(s plan.Source) bool { return s.Table == t.ID && (s.Column == c.ID || s.LooksAt(c.ID)) })
		})
		if lacking || !named && read {
			return nil, lang.Errorf("the table %q has no column for %s: choose another period", "bảng %q không có cột cho kỳ %s: hãy chọn kỳ khác",
				t.Title, o.Period.Words())
		}
		text := c.Type == plan.Text && c.Role != plan.UnitRole
		used[c.ID] = named && (!c.Optional || read || text || t.Shape == plan.List && c.Role != plan.UnitRole)
	}
	if t.Shape == plan.List {
		return used, nil
	}
	for range t.Columns { // until nothing changes: one calculated column may need another
		for _, f := range t.Formulas(func(id string) bool { return len(fact.ColumnNames(t.FindColumn(id), o.Period)) > 0 }) {
			needed := used[f.Column]
			for _, id := range f.Inputs() {
				used[id] = used[id] || needed
			}
			used[f.Column] = needed || !slices.ContainsFunc(f.Inputs(), func(id string) bool { return !used[id] })
		}
	}
	return used, nil
}

// times lists the periods for which a table has a column on the template: the one
// that it is for, and those that facts add up. lacking reports whether a fact needs
// one that the plan does not name.
func (o Order) times(t *plan.Table, c *plan.Column, wishes []wish) (times []plan.Period, lacking bool) {
	if len(fact.ColumnNames(c, o.Period)) > 0 {
		times = append(times, o.Period)
	}
	for _, w := range wishes {
		for i := range w.From {
			src := &w.From[i]
			if src.Table != t.ID || src.Column != c.ID {
				continue
			}
			columns := src.Columns(c, o.Period)
			lacking = lacking || len(columns) == 0
			for _, time := range columns {
				if !slices.Contains(times, time) {
					times = append(times, time)
				}
			}
		}
	}
	slices.SortFunc(times, func(a, b plan.Period) int { return cmp.Or(a.To.Compare(b.To), b.From.Compare(a.From)) })
	return times, lacking
}

// kindOf is the kind of figures in a column: that of the first fact that is
// read from it, or else money where the table has units of money.
func kindOf(t *plan.Table, c *plan.Column, wishes []wish) plan.FactKind {
	switch c.Type {
	case plan.Share:
		return plan.ShareFact
	case plan.Choice:
		return plan.ChoiceFact
	case plan.Text, plan.Number, plan.Date:
	}
	for _, w := range wishes {
		for _, s := range w.From {
			if s.Table == t.ID && s.Column == c.ID && s.Op != plan.CountSource {
				return w.Kind
			}
		}
	}
	if len(t.Scale) > 0 {
		return plan.AmountFact
	}
	return plan.CountFact
}

// spareRows is how many rows are left for the agency to label: where a total
// covers more than the rows that facts name, and where no row is named.
func (s *sheet) spareRows() int {
	const page, least = 15, 5
	switch {
	case s.table.Shape == plan.List:
		return 0
	case s.total != "":
		return max(page-len(s.rows), least)
	case len(s.rows) == 0:
		return page
	}
	return 0
}

// nameFor chooses the name of a table's sheet: one that the plan looks for, or
// else the table's title.
func nameFor(b *sheets.Book, s *sheet) (string, error) {
	t, month := s.table, ""
	if s.month > 0 {
		month = fmt.Sprintf("Tháng %d", s.month)
	}
	if len(t.Sheets) == 0 && month != "" {
		return b.Name(month + " - " + cmp.Or(t.Title.In(b.Lang), t.ID)), nil
	}
	if len(t.Sheets) == 0 {
		if t.Title.IsZero() {
			return b.Name(t.ID), nil
		}
		return b.Name(t.Title.In(b.Lang)), nil
	}
	const most = 9
	for n := 1; n <= most; n++ {
		for _, pattern := range t.Sheets {
			name := sheets.Legal(strings.TrimSpace(literal(pattern) + " " + month))
			if n > 1 {
				name = sheets.Numbered(name, n)
			}
			if label.Match(pattern, name) && b.Take(name) {
				return name, nil
			}
		}
	}
	return "", lang.Errorf(
		"the plan wants the table %q on a sheet %q that another table has: give its sheets another name in the plan, or one with *",
		"kế hoạch đặt bảng %q ở trang tính %q đã có bảng khác: hãy đặt tên trang tính khác trong kế hoạch, hoặc tên có dấu *",
		t.Title, t.Sheets[0])
}
