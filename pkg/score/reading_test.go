package score_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// readings are two more ways to understand "at least 90%".
func readings(x *plan.Target) {
	x.Readings = []plan.Reading{
		{ID: "lower", Note: lang.Same("84% is enough"), Measure: x.Measure, Goal: goal(plan.AtLeast, "84%")},
		{ID: "agencies", Note: lang.Same("agencies count"), Measure: share("inspected", "resolved"), Goal: x.Goal},
	}
}

func TestReadings(t *testing.T) {
	for _, tt := range []struct {
		name     string
		facts    figures
		outcomes []score.Outcome // of the target and its readings
		disagree bool
	}{
		{"all agree on met", figures{"online": "95", "inspected": "90", "resolved": "100"}, []score.Outcome{score.Met, score.Met, score.Met}, false},
		{"all agree on missed", figures{"online": "83", "inspected": "9", "resolved": "100"}, []score.Outcome{score.Missed, score.Missed, score.Missed}, false},
		{"another goal is met", figures{"online": "86", "inspected": "86", "resolved": "100"}, []score.Outcome{score.Missed, score.Met, score.Missed}, true},
		{"another measure is missed", figures{"online": "95", "inspected": "89", "resolved": "100"}, []score.Outcome{score.Met, score.Met, score.Missed}, true},
		{"a reading without figures does not disagree", figures{"online": "95", "inspected": "?", "resolved": "100"}, []score.Outcome{score.Met, score.Met, score.Missing}, false},
		{"an invalid reading does not disagree", figures{"online": "95", "inspected": "101", "resolved": "100"}, []score.Outcome{score.Met, score.Met, score.Invalid}, false},
		{"nothing disagrees with a missing figure", figures{"online": "?", "inspected": "95", "resolved": "100"}, []score.Outcome{score.Missing, score.Missing, score.Met}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			card := score.Evaluate(newPlan(target(share("online", "resolved"), goal(plan.AtLeast, "90%"), readings)), reports(tt.facts), day(2024, 1, 15))
			r := card.Results[0]
			got := []score.Outcome{r.Outcome}
			for _, other := range r.Readings {
				got = append(got, other.Outcome)
			}
			if diff := cmp.Diff(tt.outcomes, got); diff != "" {
				t.Error(diff)
			}
			if r.Disagree != tt.disagree || (card.Total.Disagree == 1) != tt.disagree {
				t.Errorf("disagree is %v, and %d in the tally", r.Disagree, card.Total.Disagree)
			}
		})
	}
}

func TestReadingIsExplainedAsATargetIs(t *testing.T) {
	r := judge(t, target(share("online", "resolved"), goal(plan.AtLeast, "90%"), readings), figures{"online": "86", "resolved": "100", "inspected": "?"})
	want := score.ReadingResult{
		ID: "lower", Note: lang.Same("84% is enough"), Outcome: score.Met,
		Value:  &score.Figure{Exact: exact("86%"), Shown: lang.Same("86%")},
		Goal:   score.Goal{Comparator: plan.AtLeast, Bounds: []score.Figure{{Exact: exact("84%"), Shown: lang.Same("84%")}}, Shown: lang.Same("≥ 84%")},
		Reason: lang.T("86 of 100 dossiers = 86%, goal at least 84%: reached", "86 trên 100 hồ sơ = 86%, chỉ tiêu từ 84% trở lên: đạt"),
	}
	if diff := cmp.Diff(want, r.Readings[0]); diff != "" {
		t.Error(diff)
	}
}

// A level's own goal holds for the target, and for readings that leave the
// goal alone.
func TestLevelGoals(t *testing.T) {
	r := judge(t, target(share("online", "resolved"), goal(plan.AtLeast, "90%"), readings, func(x *plan.Target) {
		x.LevelGoals = map[string]plan.Goal{"department": goal(plan.AtLeast, "50%")}
	}), figures{"online": "60", "inspected": "55", "resolved": "100"})
	got := []string{r.Goal.Shown.In(lang.EN), r.Readings[0].Goal.Shown.In(lang.EN), r.Readings[1].Goal.Shown.In(lang.EN)}
	if diff := cmp.Diff([]string{"≥ 50%", "≥ 84%", "≥ 50%"}, got); diff != "" {
		t.Error(diff)
	}
	if r.Outcome != score.Met || r.Readings[0].Outcome != score.Missed || r.Readings[1].Outcome != score.Met {
		t.Errorf("%v, %v, %v", r.Outcome, r.Readings[0].Outcome, r.Readings[1].Outcome)
	}
}

func TestReadingWithoutAnUnknownFigureSaysSo(t *testing.T) {
	r := judge(t, target(share("online", "resolved"), goal(plan.AtLeast, "90%"), func(x *plan.Target) {
		x.Readings = []plan.Reading{
			{ID: "max", Note: lang.Same("the larger"), Measure: x.Measure, Goal: plan.Goal{Bounds: []plan.Amount{made(plan.MaxAmount, literal("60%"), param("government"))}}},
			{ID: "gov", Note: lang.Same("theirs"), Measure: x.Measure, Goal: plan.Goal{Bounds: []plan.Amount{param("government")}}},
		}
	}), figures{"online": "70", "resolved": "100"})
	want := []score.ReadingResult{
		{ID: "max", Outcome: score.Met, Note: lang.T(
			"the larger; judged without “the Government's figure”, which is not known",
			"the larger; đánh giá khi chưa có “mức Chính phủ giao”: số liệu chưa biết")},
		{ID: "gov", Outcome: score.Missing, Note: lang.Same("theirs")},
	}
	var got []score.ReadingResult
	for _, x := range r.Readings {
		got = append(got, score.ReadingResult{ID: x.ID, Outcome: x.Outcome, Note: x.Note})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !r.Disagree {
		t.Error("missed and met do not disagree")
	}
}
