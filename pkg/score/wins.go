package score

import (
	"cmp"
	"slices"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Win is a missed target that a whole count separates from its goal.
type Win struct {
	Result *Result
	After  Tally // of the card, once this win and those before it are met with all points
}

// Wins lists the nearest wins of a card: first those with the smallest gap, of
// these those that gain the most points, then in the plan's order. Targets that
// gain no points are left out. The other figures stay as they are.
func Wins(c *Card) []Win {
	then := *c
	then.Results = slices.Clone(c.Results)
	var near []int
	for i := range c.Results {
		if c.near(&c.Results[i]) {
			near = append(near, i)
		}
	}
	gain := func(i int) number.Exact {
		if r := &c.Results[i]; r.Max.Exact.Sign() > 0 {
			return r.Max.Exact.Sub(r.Points.Exact)
		}
		return c.after(i).Points.Exact.Sub(c.Total.Points.Exact) // by those that depend on it
	}
	near = slices.DeleteFunc(near, func(i int) bool { return gain(i).Sign() <= 0 })
	slices.SortStableFunc(near, func(a, b int) int {
		return cmp.Or(c.Results[a].Gap.Exact.Cmp(c.Results[b].Gap.Exact), gain(b).Cmp(gain(a)))
	})
	var wins []Win
	for _, i := range near {
		then.Results[i].reach()
		then.follow()
		then.tally()
		wins = append(wins, Win{&c.Results[i], then.Total})
	}
	return wins
}

// near reports whether a missed target gains points by a whole count: of the
// counted part of a share, or of the one fact that the target counts.
func (c *Card) near(r *Result) bool {
	if r.Outcome != Missed || r.Closed() || r.Gap == nil || !r.Gap.Exact.IsInt() || r.full() {
		return false
	}
	if r.Numerator == nil {
		return r.Kind == plan.CountKind && len(r.Facts) == 1
	}
	return slices.ContainsFunc(c.Facts, func(f fact.Fact) bool {
		return f.ID == r.Numerator.Fact && f.Kind == plan.CountFact
	})
}
