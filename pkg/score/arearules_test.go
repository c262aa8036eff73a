package score_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// In areas the points are added up, cut, raised, scaled and rounded, in this
// order, from the innermost area out.
func TestAreaRules(t *testing.T) {
	two := new(plan.Decimals(2))
	p := &plan.Plan{
		ID: "p", Round: two, Levels: []plan.Level{{ID: "department"}},
		Facts: planFacts,
		Areas: []plan.Area{
			{ID: "inner", AreaRules: plan.AreaRules{Within: "outer", Cap: new(number.Int(10))}},
			{ID: "outer", AreaRules: plan.AreaRules{Weight: new(number.Int(30))}},
			{ID: "beside"},
			{ID: "unused"},
		},
	}
	add := func(area, points string) {
		p.Targets = append(p.Targets, plan.Target{
			ID: area + points, Area: area, Levels: []string{"department"}, Points: exact(points),
			Measure: share("online", "resolved"), Goal: goal(plan.AtLeast, "1"), Credit: plan.Credit{Kind: plan.Proportional},
		})
	}
	add("inner", "6")
	add("inner", "6")
	add("outer", "5")
	add("beside", "1")
	card := score.Evaluate(p, reports(figures{"online": "2", "resolved": "3"}), date.Date{Year: 2023, Month: 6, Day: 30})
	var got []string
	for _, a := range append(score.Areas(&card), score.Area{ID: "total", Tally: card.Total}) {
		got = append(got, a.ID+" "+a.Points.Exact.String()+" of "+a.Max.Exact.String())
	}
	// 2/3 of 5 is 3.333..., as a part 3.33; 8 + 3.33 of 15 are 22.66 of 30; 2/3 of 1 is 0.67.
	want := []string{"outer 1133/50 of 30", "inner 8 of 10", "beside 67/100 of 1", "total 2333/100 of 31"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A target without a goal is neither met nor missed, and counts for nothing.
func TestTrackedTarget(t *testing.T) {
	tracked := target(share("online", "resolved"), plan.Goal{}, func(t *plan.Target) { t.Points = number.Exact{} })
	r := judge(t, tracked, figures{"online": "1", "resolved": "3"})
	if r.Outcome != score.Tracked || r.Outcome.Failing() || r.Outcome.Applicable() || r.Value == nil {
		t.Errorf("tracked is %s, failing %t, value %v", r.Outcome, r.Outcome.Failing(), r.Value)
	}
	if r := judge(t, tracked, figures{"resolved": "3"}); r.Outcome != score.Missing {
		t.Errorf("without its figure it is %s, want missing", r.Outcome)
	}
}
