package score_test

import (
	"testing"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// Growth is judged exactly and printed as a signed percentage: 1.2 times is
// +20%, and from nothing it cannot be told.
func TestGrowth(t *testing.T) {
	p := &plan.Plan{
		Facts: []plan.Fact{{ID: "now"}, {ID: "before"}},
		Targets: []plan.Target{{
			ID: "grown", Levels: []string{"x"}, Points: number.Int(1), WhenEmpty: plan.AsNotApplicable,
			Measure: plan.Measure{Op: plan.GrowthOf, Args: []plan.Measure{{Fact: "now"}, {Fact: "before"}}},
			Goal:    plan.Goal{Cmp: plan.AtLeast, Bounds: []plan.Amount{{Value: number.Frac(1, 5), Percent: true}}},
		}},
	}
	for _, c := range []struct {
		now, before   int64
		outcome       score.Outcome
		value, reason string
	}{
		{120, 100, score.Met, "+20%", "120 / 100 − 100% = +20%, goal at least +20%: reached"},
		{119, 100, score.Missed, "+19%", "119 / 100 − 100% = +19%, goal at least +20%: 1 percentage point short"},
		{119_999, 100_000, score.Missed, "+19.999%", "119,999 / 100,000 − 100% = +19.999%, goal at least +20%: 0.001 percentage points short"},
		{50, 100, score.Missed, "-50%", "50 / 100 − 100% = -50%, goal at least +20%: 70 percentage points short"},
		{5, 0, score.NotApplicable, "", "it was 0 before: from nothing, growth cannot be told; the plan takes that as not applicable"},
	} {
		set := fact.Set{Unit: fact.Unit{Level: "x"}, Facts: []fact.Fact{
			{ID: "now", State: fact.Reported, Value: number.Int(c.now)},
			{ID: "before", State: fact.Reported, Value: number.Int(c.before)},
		}}
		card := score.Evaluate(p, set, day(2024, 2, 1))
		r := card.Results[0]
		value := ""
		if r.Value != nil {
			value = r.Value.Shown.In(lang.EN)
		}
		if r.Outcome != c.outcome || value != c.value || r.Reason.In(lang.EN) != c.reason {
			t.Errorf("%d from %d: %s %s %q", c.now, c.before, r.Outcome, value, r.Reason.In(lang.EN))
		}
	}
}
