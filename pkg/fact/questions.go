package fact

import (
	"context"
	"slices"

	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// Questions is what a plan asks of workbooks, with its names folded once. It
// may be used by many workbooks at a time.
type Questions struct {
	plan    *plan.Plan
	roster  *plan.Roster
	keys    *label.Memo
	speller *label.Speller
	specs   map[*plan.Table]table.Spec // of tables whose headers do not depend on the period
	matches map[*plan.RowMatch]rowMatch
	sheets  map[*plan.Table][]label.Pattern
}

// rowMatch is a plan.RowMatch with its names folded.
type rowMatch struct {
	names, under []label.Pattern
}

// Prepare folds the names of a plan. roster may be nil.
func Prepare(p *plan.Plan, roster *plan.Roster) *Questions {
	q := &Questions{
		plan: p, roster: roster, keys: &label.Memo{}, speller: &label.Speller{},
		specs:   map[*plan.Table]table.Spec{},
		matches: map[*plan.RowMatch]rowMatch{},
		sheets:  map[*plan.Table][]label.Pattern{},
	}
	for i := range p.Tables {
		t := &p.Tables[i]
		q.sheets[t] = compile(t.Sheets)
		if !slices.ContainsFunc(t.Columns, func(c plan.Column) bool { return len(c.Periods) > 0 }) {
			q.specs[t] = newSpec(t, "").Prepared()
		}
	}
	for i := range p.Facts {
		for j := range p.Facts[i].From {
			src := &p.Facts[i].From[j]
			for k := range src.Row {
				q.matches[&src.Row[k]] = rowMatch{compile(src.Row[k].Names), compile(src.Row[k].Under)}
			}
		}
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

// Collect reads the facts of the plan from an open workbook. What is wrong
// with the file is in the diagnostics of the reading; the error is the
// context's, or a *workbook.Refusal that makes the whole file unusable.
func (q *Questions) Collect(ctx context.Context, w *workbook.Workbook, in Input, opt Options) (*Reading, error) {
	c := &collector{Questions: q, book: w, file: w.Name}
	return c.collect(ctx, in, opt)
}

// spec describes a table of the plan as pkg/table looks for it.
func (c *collector) spec(t *plan.Table) table.Spec {
	if spec, ok := c.specs[t]; ok {
		return spec
	}
	return newSpec(t, periodKey(c.period)).Prepared()
}

// newSpec describes a table whose columns may depend on the period.
func newSpec(t *plan.Table, period string) table.Spec {
	spec := table.Spec{ID: t.ID, Label: -1, Code: -1, Totals: t.Totals}
	for i := range t.Columns {
		col := &t.Columns[i]
		headers := append(slices.Clone(col.Headers), col.Periods[period]...)
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
