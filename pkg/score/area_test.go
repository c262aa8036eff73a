package score_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/score"
)

// answered is a result by hand.
func answered(id, area string, o score.Outcome, points, most string) score.Result {
	return score.Result{
		Target: id, Title: lang.Same(id), Area: area, Outcome: o,
		Points: score.Figure{Exact: exact(points)}, Max: score.Figure{Exact: exact(most)},
	}
}

func TestAreas(t *testing.T) {
	c := &score.Card{Results: []score.Result{
		answered("a", "procedures", score.Met, "1", "1"),
		answered("b", "finance", score.Missed, "0.5", "2"),
		answered("c", "procedures", score.Missing, "0", "1"),
		answered("d", "staff", score.NotApplicable, "0", "1"),
		answered("e", "procedures", score.Invalid, "0", "1"),
		answered("f", "procedures", score.Pending, "0", "1"),
		answered("g", "finance", score.Met, "1", "1"),
	}}
	var got []string
	points, most := number.Exact{}, number.Exact{}
	for _, a := range score.Areas(c) {
		share := "none"
		if a.Tally.Score != nil {
			share = a.Tally.Score.Exact.String() + " " + a.Tally.Score.Shown.In(lang.VI)
		}
		y := a.Tally
		got = append(got, fmt.Sprintf("%s %s/%s = %s, met %d of %d, pending %d", a.Title.In(lang.EN),
			y.Points.Exact, y.Max.Exact, share, y.Met, y.Applicable(), y.Pending))
		points, most = points.Add(y.Points.Exact), most.Add(y.Max.Exact)
	}
	want := []string{
		"procedures 1/3 = 1/3 33,33%, met 1 of 3, pending 1",
		"finance 3/2/3 = 1/2 50%, met 1 of 2, pending 0",
		"staff 0/0 = none, met 0 of 0, pending 0",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if points.String() != "5/2" || most.String() != "6" {
		t.Errorf("the areas add up to %s of %s points, want 5/2 of 6", points, most)
	}
}
