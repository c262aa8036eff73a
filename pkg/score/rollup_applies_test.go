package score_test

import (
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// Whether a target applies to a unit above others is told by the sum of theirs.
func TestWhetherATargetAppliesRollsUp(t *testing.T) {
	for _, rule := range []plan.Rollup{plan.PooledRollup, plan.MeanRollup} {
		p := newPlan(part("a", "inspected", func(t *plan.Target) {
			t.Rollup, t.Levels = rule, []string{"department", "province"}
			t.AppliesIf = []plan.Condition{{Column: "online", Op: plan.Compares, Cmp: plan.AtLeast, Bounds: []plan.Amount{literal("3")}}}
		}))
		roster := &plan.Roster{Units: []plan.Unit{
			{ID: "above", Name: lang.Same("Tỉnh"), Level: "province"},
			{ID: "x", Name: lang.Same("X"), Level: "department", Parent: "above"},
			{ID: "y", Name: lang.Same("Y"), Level: "department", Parent: "above"},
		}}
		var cards []score.Card
		for _, id := range []string{"x", "y"} {
			set := reports(figures{"inspected": "4", "online": "2"})
			set.Unit.ID, set.Unit.Name, set.Input.SHA256 = id, lang.Same(id), id
			cards = append(cards, score.Evaluate(p, set, day(2024, 1, 15)))
		}
		all := score.RollUp(p, roster, cards, day(2024, 1, 15))
		if len(all) != 3 {
			t.Fatalf("%s: %d cards, want 3", rule, len(all))
		}
		above := score.Met
		if rule == plan.MeanRollup {
			above = score.Missing // it applies, and none of the units below has a value
		}
		for i, want := range []score.Outcome{above, score.NotApplicable, score.NotApplicable} {
			if got := all[i].Results[0]; got.Outcome != want {
				t.Errorf("%s: unit %d is %s, want %s: %s", rule, i, got.Outcome, want, got.Reason.In(lang.EN))
			}
		}
	}
}
