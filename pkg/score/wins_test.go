package score_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

func TestWins(t *testing.T) {
	named := func(id string, points int64) func(*plan.Target) {
		return func(x *plan.Target) { x.ID, x.Points = id, number.Int(points) }
	}
	p := newPlan(
		target(share("online", "resolved"), goal(plan.AtLeast, "65%"), named("one-dossier", 1)),
		target(value("dialogues"), goal(plan.AtLeast, "4"), named("three-dialogues", 2)),
		target(share("inspected", "resolved"), goal(plan.AtLeast, "5%"), named("one-agency-two-points", 2)),
		target(value("dialogues"), goal(plan.AtLeast, "1"), named("met", 3)),
		target(share("disbursed", "assigned"), goal(plan.AtLeast, "98%"), named("an-amount", 1)),
		target(value("rank"), goal(plan.AtMost, "20"), named("a-rank", 1)),
		target(value("status"), chosen("done"), named("a-choice", 1)),
		target(of(plan.MinOf, value("dialogues"), value("dialogues-before")), goal(plan.AtLeast, "2"), named("two-facts", 1)),
		target(value("dialogues"), goal(plan.AtLeast, "2"), named("tracked", 0)),
	)
	card := score.Evaluate(p, reports(figures{
		"online": "1299", "resolved": "2000", "inspected": "99", "dialogues": "1", "dialogues-before": "1",
		"disbursed": "97", "assigned": "100", "rank": "21", "status": "is in-progress",
	}), day(2024, 1, 15))
	if got := card.Total.Points.Exact.String() + "/" + card.Total.Max.Exact.String(); got != "3/12" {
		t.Fatalf("%s points, want 3/12", got)
	}
	var got []string
	for _, w := range score.Wins(&card) {
		got = append(got, fmt.Sprintf("%s %s: %s/%s = %s, met %d", w.Result.Target, w.Result.Gap.Shown.In(lang.EN),
			w.After.Points.Exact, w.After.Max.Exact, w.After.Score.Shown.In(lang.VI), w.After.Met))
	}
	want := []string{
		"one-agency-two-points 1 agency: 5/12 = 41,67%, met 2",
		"one-dossier 1 dossier: 6/12 = 50%, met 3",
		"three-dialogues 3 dialogues: 8/12 = 66,67%, met 4",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if r := card.Find("one-dossier"); r.Outcome != score.Missed || !r.Points.Exact.IsZero() || card.Total.Met != 1 {
		t.Errorf("the card has changed: %+v", card.Total)
	}
}
