package fact

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// Questions is a plan prepared for reading workbooks, with its names folded
// once. Several goroutines may use it at once.
type Questions struct {
	plan       *plan.Plan
	roster     *plan.Roster
	keys       *label.Memo
	speller    *label.Speller
	specs      []table.Spec // of the plan's tables, with the columns of every period
	names      *table.Vocabulary
	facts      map[string]int // indexes of the plan's facts
	shown      [][]int        // of each target: the facts that it measures, in any reading, or shows beside
	matches    map[*plan.RowMatch]rowMatch
	rooms      sync.Pool // of *table.Room
	titles     lineMemo[titleRead]
	letterLine lineMemo[letterKind]
	moneyLines lineMemo[string]
	sheets     map[*plan.Table][]label.Pattern

	levels   [][]label.Pattern // of the plan: the names of their units
	rostered *label.Candidates // the names of the roster's units
	forms    *forms            // of a mapping; nil: none
}

// rowMatch is a plan.RowMatch with its names folded.
type rowMatch struct {
	names, under []label.Pattern
}

// Prepare folds the names of a plan. roster may be nil.
func Prepare(p *plan.Plan, roster *plan.Roster) *Questions {
	q := &Questions{
		plan: p, roster: roster, keys: &label.Memo{}, speller: &label.Speller{},
		facts:   map[string]int{},
		matches: map[*plan.RowMatch]rowMatch{},
		sheets:  map[*plan.Table][]label.Pattern{},
	}
	for _, l := range p.Levels {
		q.levels = append(q.levels, compile(l.Names))
	}
	var names []string
	if roster != nil {
		for _, u := range roster.Units {
			names = append(names, u.Name.In(lang.VI))
		}
	}
	q.rostered = label.NewCandidates(names)
	for i := range p.Tables {
		t := &p.Tables[i]
		q.sheets[t] = compile(t.Sheets)
		q.specs = append(q.specs, newSpec(t, anyPeriod))
	}
	q.names = table.NewVocabulary(q.specs...)
	for i := range p.Facts {
		q.facts[p.Facts[i].ID] = i
		for j := range p.Facts[i].From {
			src := &p.Facts[i].From[j]
			for k := range src.Row {
				q.matches[&src.Row[k]] = rowMatch{compile(src.Row[k].Names), compile(src.Row[k].Under)}
			}
		}
	}
	for i := range p.Targets {
		t := &p.Targets[i]
		var shown []int
		for _, id := range t.Needs() {
			shown = append(shown, q.facts[id])
		}
		q.shown = append(q.shown, shown)
	}
	return q
}

func compile(names []string) []label.Pattern {
	var out []label.Pattern
	for _, n := range names {
		out = append(out, label.Compile(n))
	}
	return out
}

// Collect reads the facts of the plan from an open workbook. The mistakes of
// the file are in the diagnostics of the reading; the error is the context's,
// or a *diag.Refusal that makes the whole file unusable.
func (q *Questions) Collect(ctx context.Context, w *workbook.Workbook, in Input, opt Options) (*Reading, error) {
	room, _ := q.rooms.Get().(*table.Room)
	if room == nil {
		room = &table.Room{}
	}
	c := &job{Questions: q, book: w, file: w.Name, room: room}
	reading, err := c.collect(ctx, in, opt)
	room.Clear() // no cell outlives its workbook
	q.rooms.Put(room)
	return reading, err
}

// anyPeriod selects the columns of every period: tables are found by them
// before the period is known.
const anyPeriod = "any"

// newSpec describes a table whose columns may depend on the period.
func newSpec(t *plan.Table, period string) table.Spec {
	spec := table.Spec{ID: t.ID, Label: -1, Code: -1, Totals: t.Totals, Added: t.Shape == plan.Cross}
	for i := range t.Columns {
		col := &t.Columns[i]
		headers := append(slices.Clone(col.Headers), col.Periods[period]...)
		if period == anyPeriod {
			for _, key := range slices.Sorted(maps.Keys(col.Periods)) {
				headers = append(headers, col.Periods[key]...)
			}
		}
		spec.Columns = append(spec.Columns, table.Column{ID: col.ID, Headers: headers, Optional: col.Optional || len(headers) == 0})
		switch col.Role {
		case plan.LabelRole:
			spec.Label = i
		case plan.CodeRole:
			spec.Code = i
		case plan.NoRole:
			if col.Type != plan.Text {
				spec.Values = append(spec.Values, i)
			}
		case plan.UnitRole, plan.KeyRole:
		}
	}
	if spec.Label < 0 {
		spec.Label = slices.IndexFunc(t.Columns, func(c plan.Column) bool { return c.Role == plan.UnitRole })
	}
	return spec
}
