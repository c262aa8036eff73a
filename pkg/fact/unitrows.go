package fact

import (
	"iter"
	"slices"

	"github.com/parcheck/parcheck/pkg/plan"
)

// A sheet may speak of a thousand units in a hundred thousand rows: the rows of
// each are found once.

// unitRows are rows of a table by the folded name of the unit that they speak
// of, in order.
type unitRows map[string][]int

func (t *body) byUnit(rows iter.Seq[int]) unitRows {
	out := unitRows{}
	for i := range rows {
		out[t.unitOf[i]] = append(out[t.unitOf[i]], i)
	}
	return out
}

// of returns the rows of a unit, in order.
func (rows unitRows) of(u unit) []int {
	var out []int
	for _, key := range u.keys {
		out = append(out, rows[key]...)
	}
	if len(u.keys) > 1 {
		slices.Sort(out)
	}
	return out
}

// all reports whether every row of a table is about the unit.
func (r *reader) all(t *body) bool { return t.unitOf == nil || len(r.unit.keys) == 0 }

// rowsOf are the rows of a table that speak of the unit, in order.
func (r *reader) rowsOf(t *body) iter.Seq[int] {
	every := func(yield func(int) bool) {
		for i := range t.rows {
			if !yield(i) {
				return
			}
		}
	}
	if r.all(t) {
		return every
	}
	if t.ofUnit == nil {
		t.ofUnit = t.byUnit(every)
	}
	return slices.Values(t.ofUnit.of(r.unit))
}

// matching lists the rows of a table that a source asks for and that speak of
// the unit, in order.
func (r *reader) matching(t *body, src *plan.Source) []int {
	if r.all(t) {
		return r.findRows(t, src.Row)
	}
	rows, ok := t.matched[src]
	if !ok {
		if t.matched == nil {
			t.matched = map[*plan.Source]unitRows{}
		}
		rows = t.byUnit(slices.Values(r.findRows(t, src.Row)))
		t.matched[src] = rows
	}
	return rows.of(r.unit)
}
