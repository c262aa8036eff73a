package summary

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// A unit that stands above others has rows whose figures are sums of theirs, or
// whose value is the mean of theirs. The rows of the units below are found by their
// keys, wherever sorting has put them, and by an offset: a range that holds the
// cell itself would be a circle.

// below is the rows of one target that the row of a unit is made of.
type below struct {
	lines  []*line
	cards  int             // units that have one
	pooled map[string]bool // facts that are sums
	whole  bool            // none may lack the figure
	short  bool            // units without a card would have to be there, too
}

// all reports whether each unit has its row.
func (b *below) all() bool { return len(b.lines) == b.cards && b.cards > 0 }

// findBelow finds the rows that rows of a sheet are made of.
func (x *writer) findBelow(a *areaSheet) {
	if x.alone {
		return
	}
	for i := range a.lines {
		l := &a.lines[i]
		r := l.unit.Card.RolledUp
		if r == nil {
			continue
		}
		l.below = &below{whole: x.s.in.Plan.Defaults.UnitsLack == plan.AlsoWhole, pooled: score.Pooled(x.s.in.Plan, l.unit.Level, l.unit.ID)}
		for _, u := range r.Units {
			if !u.Why.IsZero() {
				l.below.short = true
				continue
			}
			l.below.cards++
			for j := range a.lines {
				if o := &a.lines[j]; o.target == l.target && o.unit.ID == u.ID {
					l.below.lines = append(l.below.lines, o)
				}
			}
		}
	}
}

// cells lists the cells of a column of these rows.
func (l *line) cells(a *areaSheet, row, col int) string {
	cells := make([]string, len(l.below.lines))
	for i, o := range l.below.lines {
		cells[i] = fmt.Sprintf("OFFSET(%s$%d,MATCH($%s%+d,%s,0),0)", diag.ColumnName(col), a.top, diag.A1(row, a.col.key), o.key()-l.key(), a.down(a.col.key))
	}
	return strings.Join(cells, ",")
}

// sumOf is the formula of a figure that is the sum of those of the units below; ""
// where it is the unit's own, or not what their rows add up to.
func (l *line) sumOf(a *areaSheet, row, i int) string {
	f := l.facts[i]
	if l.below == nil || l.unit.Card.RolledUp.Own || f == nil || f.State == fact.Invalid || !f.Kind.Adds() || !l.below.pooled[f.ID] || !l.below.all() {
		return ""
	}
	n, sum := 0, number.Exact{}
	for _, o := range l.below.lines {
		if o.has(i) {
			n, sum = n+1, sum.Add(o.facts[i].Value)
		}
	}
	lacks := n == 0 || l.below.whole && (l.below.short || n < len(l.below.lines))
	if lacks != (f.State == fact.Missing) || !lacks && !sum.Equal(f.Value) || l.below.whole && l.below.short {
		return ""
	}
	cells, least := l.cells(a, row, a.col.facts+i), 1
	if l.below.whole {
		least = len(l.below.lines)
	}
	return fmt.Sprintf(`IF(COUNT(%s)<%d,"",SUM(%s))`, cells, least, cells)
}

// meanOf is the formula of a value that is the mean of those of the units below,
// likewise.
func (x *writer) meanOf(l *line, a *areaSheet, row int) string {
	if l.below == nil || !l.below.all() || l.below.whole && (l.below.short || l.target.target.Credit.Kind.Relative()) {
		return "" // outcomes by comparison would depend on this one
	}
	n, sum := 0, number.Exact{}
	for _, o := range l.below.lines {
		if v := o.result.Value; v != nil && o.result.Outcome != score.NotApplicable {
			n, sum = n+1, sum.Add(v.Exact)
		}
	}
	if v := l.result.Value; v != nil && (n == 0 || !sum.Quo(number.Int(int64(n))).Equal(v.Exact)) {
		return ""
	}
	values := l.cells(a, row, a.col.value)
	mean := fmt.Sprintf(`IFERROR(AVERAGE(%s),"")`, values)
	if l.below.whole {
		var fallen []string
		for _, outcome := range strings.SplitAfter(l.cells(a, row, a.col.outcome), ",0),0)") {
			if outcome = strings.TrimPrefix(outcome, ","); outcome != "" {
				fallen = append(fallen, "("+outcome+"="+quote(x.word(score.NotApplicable))+")")
			}
		}
		mean = fmt.Sprintf(`IF(COUNT(%s)+%s<%d,"",%s)`, values, strings.Join(fallen, "+"), len(l.below.lines), mean)
	}
	return mean
}

// averaged reports whether the row's value is the mean of the units below, also
// where that is not known.
func (l *line) averaged() bool {
	r := l.unit.Card.RolledUp
	return l.result.Averaged || r != nil && !r.Own && l.result.Value == nil && l.target.target.Rollup == plan.MeanRollup
}

// instead reports whether a figure of the row does not decide, for the mean of the
// units below stands in its place.
func (l *line) instead(i int) bool {
	t := l.target.target
	return l.averaged() && i < len(l.ids) && !slices.Contains(t.AppliesFacts(), l.ids[i]) && !slices.Contains(t.GoalFacts(), l.ids[i])
}
