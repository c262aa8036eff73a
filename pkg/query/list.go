package query

import (
	"cmp"
	"slices"

	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
	"github.com/parcheck/parcheck/pkg/table"
)

// List is a list of a plan that is bound to a relation, cut into cubes. To count
// its records by all columns at once would multiply the groups; a cube holds the
// columns that some source or check needs together.
type List struct {
	Plan    *plan.Plan
	Table   *plan.Table // with a column for the unit, where one is bound
	Binding *plan.Binding
	Period  plan.Period

	unit  string // id of the column of the unit; ""
	cubes []cube
}

// cube is some columns of a list, and the sources that count by them.
type cube struct {
	columns []string
	sources []*plan.Source
	period  bool // it counts the records outside the period by every day that counts
	ids     bool // it has the ids alone, which are asked for apart
}

// unitID is the id of the column of the unit, where the plan's list has none.
const unitID = "of unit"

// NewList cuts a bound list into cubes: one for each source that counts it, and
// for each column, order of days and period in which something may be wrong.
func NewList(p *plan.Plan, b *plan.Binding, period plan.Period) *List {
	l := &List{Plan: p, Table: p.FindTable(b.Table), Binding: b, Period: period}
	if !b.Unit.IsZero() {
		l.addUnit()
	}
	outside := cube{}
	for i := range p.Facts {
		for j := range p.Facts[i].From {
			src := &p.Facts[i].From[j]
			needs := records.Needs(src)
			if src.Table != l.Table.ID || !src.Op.OfRecords() || len(src.Lacks()) > 0 || slices.ContainsFunc(needs, func(id string) bool { return l.bound(id) == nil }) {
				continue
			}
			if src.During != "" && !slices.ContainsFunc(outside.sources, func(s *plan.Source) bool { return s.During == src.During && s.Over == src.Over }) {
				outside.columns, outside.period = append(outside.columns, src.During), true
				outside.sources = append(outside.sources, &plan.Source{Op: plan.CountSource, Table: src.Table, During: src.During, Over: src.Over})
			}
			if l.unit != "" {
				needs = append(needs, l.unit)
			}
			l.cubes = append(l.cubes, cube{columns: needs, sources: []*plan.Source{src}})
		}
	}
	l.cubes = append(l.cubes, outside)
	var ids []cube
	for i := range l.Table.Columns {
		col := &l.Table.Columns[i]
		if l.bound(col.ID) == nil {
			continue
		}
		if col.Unique {
			ids = append(ids, cube{columns: []string{col.ID}, ids: true})
			continue
		}
		l.cubes = append(l.cubes, cube{columns: []string{col.ID}})
		if col.NotBefore != "" && l.bound(col.NotBefore) != nil {
			l.cubes = append(l.cubes, cube{columns: []string{col.ID, col.NotBefore}})
		}
	}
	l.merge()
	l.cubes = append(l.cubes, ids...)
	return l
}

// addUnit notes the column of the unit, or adds one to the list.
func (l *List) addUnit() {
	for i := range l.Table.Columns {
		if l.Table.Columns[i].Role == plan.UnitRole {
			l.unit = l.Table.Columns[i].ID
			return
		}
	}
	l.unit = unitID
	t := *l.Table
	t.Columns = append(slices.Clone(t.Columns), plan.Column{ID: unitID, Headers: []string{"unit"}, Role: plan.UnitRole})
	l.Table = &t
}

// bound returns what a column is bound to; nil where it is not.
func (l *List) bound(id string) *plan.Bound {
	if id == l.unit && id != "" {
		return &l.Binding.Unit
	}
	return l.Binding.Find(id)
}

// merge drops each cube whose columns are all in another one, which takes over its
// sources.
func (l *List) merge() {
	for i := range l.cubes {
		slices.Sort(l.cubes[i].columns)
		l.cubes[i].columns = slices.Compact(l.cubes[i].columns)
	}
	slices.SortStableFunc(l.cubes, func(a, b cube) int { return cmp.Compare(len(b.columns), len(a.columns)) })
	var out []cube
	for _, c := range l.cubes {
		i := slices.IndexFunc(out, func(o cube) bool {
			return !slices.ContainsFunc(c.columns, func(id string) bool { return !slices.Contains(o.columns, id) })
		})
		if i < 0 {
			out = append(out, c)
			continue
		}
		out[i].sources = append(out[i].sources, c.sources...)
		out[i].period = out[i].period || c.period
	}
	l.cubes = out
}

// counter prepares the counters of a cube: for pkg/records, a list with the columns
// of the cube alone.
func (c *cube) counter(l *List) *records.List {
	h := table.Header{Columns: make([]table.Found, len(l.Table.Columns))}
	for i := range l.Table.Columns {
		col := &l.Table.Columns[i]
		if slices.Contains(c.columns, col.ID) {
			h.Columns[i] = table.Found{Col: i + 1, Path: header(col)}
		}
	}
	return records.New(records.Spec{Table: l.Table, Sources: c.sources, Period: l.Period, Header: h})
}

// all prepares the counters of all cubes together.
func (l *List) all() *records.List {
	all := cube{}
	for _, c := range l.cubes {
		if !c.ids {
			all.columns, all.sources = append(all.columns, c.columns...), append(all.sources, c.sources...)
		}
	}
	return all.counter(l)
}

// header names a column in messages, as a sheet does.
func header(col *plan.Column) string {
	if len(col.Headers) > 0 {
		return col.Headers[0]
	}
	return col.ID
}
