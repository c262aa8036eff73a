package score_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// run judges several units by one target, and relates them.
func run(p *plan.Plan, all ...figures) []*score.Card {
	cards := make([]*score.Card, len(all))
	for i, f := range all {
		set := reports(f)
		set.Unit.ID, set.Unit.Name = fmt.Sprintf("unit-%d", i), lang.Same(fmt.Sprintf("Đơn vị %d", i))
		set.Input.SHA256 = set.Unit.ID
		card := score.Evaluate(p, set, day(2024, 1, 15))
		cards[i] = &card
	}
	score.Relate(p, nil, cards)
	return cards
}

// related is the result of the first of several units.
func related(t *testing.T, x plan.Target, all ...figures) score.Result {
	t.Helper()
	return run(newPlan(x), all...)[0].Results[0]
}

func TestRelativePointsAreThoseOfTheGroup(t *testing.T) {
	places := []plan.Place{{Within: exact("1"), Points: exact("2")}, {Within: exact("1/2"), Percent: true, Points: exact("1")}}
	for _, test := range []struct {
		name   string
		goal   plan.Comparator
		credit plan.Credit
		values string
		want   string
	}{
		{"places", plan.AtLeast, plan.Credit{Kind: plan.ByPlace, Places: places}, "9 7 5 3", "2 1 0 0"},
		{"ties share a place", plan.AtLeast, plan.Credit{Kind: plan.ByPlace, Places: places}, "9 9 5 3", "2 2 0 0"},
		{"less is better", plan.AtMost, plan.Credit{Kind: plan.ByPlace, Places: places}, "9 7 5 3", "0 0 1 2"},
		{"best", plan.AtLeast, plan.Credit{Kind: plan.OfBest}, "8 4 0", "2 1 0"},
		{"best of less", plan.AtMost, plan.Credit{Kind: plan.OfBest}, "8 4 2", "1/2 1 2"},
		{"all at 0", plan.AtLeast, plan.Credit{Kind: plan.OfBest}, "0 0", "2 2"},
		{"between least and most", plan.AtLeast, plan.Credit{Kind: plan.OfSpan}, "10 4 2", "2 1/2 0"},
		{"most to least", plan.AtMost, plan.Credit{Kind: plan.OfSpan}, "10 4 2", "0 3/2 2"},
		{"all alike", plan.AtLeast, plan.Credit{Kind: plan.OfSpan}, "3 3", "2 2"},
		{"a missing figure is compared with nobody", plan.AtLeast, plan.Credit{Kind: plan.OfSpan}, "10 ? 2", "2 0 0"},
		{"alone in having a figure", plan.AtLeast, plan.Credit{Kind: plan.OfBest}, "10 ?", "0 0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newPlan(target(value("dialogues"), goal(test.goal, "5"), func(t *plan.Target) { t.Credit = test.credit }))
			var all []figures
			for _, v := range strings.Fields(test.values) {
				all = append(all, figures{"dialogues": v})
			}
			var got []string
			for _, c := range run(p, all...) {
				got = append(got, c.Results[0].Points.Exact.String())
				if !c.Total.Points.Exact.Equal(c.Results[0].Points.Exact) {
					t.Errorf("the total is %s, of %s points", c.Total.Points.Exact, c.Results[0].Points.Exact)
				}
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("%v earn %v, want %s", test.values, got, test.want)
			}
		})
	}
}

func TestAUnitAloneIsPending(t *testing.T) {
	r := judge(t, target(value("dialogues"), goal(plan.AtLeast, "5"), func(t *plan.Target) { t.Credit.Kind = plan.OfBest }), figures{"dialogues": "6"})
	if r.Outcome != score.Pending || !r.Points.Exact.IsZero() || !strings.Contains(r.Reason.In(lang.EN), "points by comparison with other units") {
		t.Errorf("got %s with %s points: %s", r.Outcome, r.Points.Exact, r.Reason.In(lang.EN))
	}
	if r.Value == nil || r.Value.Exact.String() != "6" {
		t.Errorf("the value is %v", r.Value)
	}
}

// A unit whose points a gate withholds keeps its place, and the others theirs.
func TestAGateMovesNobodysPlace(t *testing.T) {
	p := newPlan(
		part("gate", "inspected"),
		part("placed", "dialogues", func(t *plan.Target) {
			t.Requires = []string{"gate"}
			t.Credit = plan.Credit{Kind: plan.ByPlace, Places: []plan.Place{{Within: exact("1"), Points: exact("2")}, {Within: exact("2"), Points: exact("1")}}}
		}))
	cards := run(p, figures{"dialogues": "9", "inspected": "0"}, figures{"dialogues": "5", "inspected": "2"})
	for i, want := range []string{"0", "1"} {
		if got := cards[i].Find("placed"); got.Points.Exact.String() != want {
			t.Errorf("unit %d has %s points, want %s: %s", i, got.Points.Exact, want, got.Reason.In(lang.EN))
		}
	}
}
