package score_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// ratioGoals are those of the Quảng Nam plan of 2023, in percent.
var ratioGoals = []int64{30, 60, 65, 85, 90, 98, 100}

// naive are formulas that are found in spreadsheets and programs.
var naive = []struct {
	name string
	met  func(part, whole, percent float64) bool
}{
	{"part*(100/whole) >= goal", func(p, w, g float64) bool { return p*(100/w) >= g }},
	{"part*(1/whole) >= goal/100", func(p, w, g float64) bool { return p*(1/w) >= g/100 }},
	{"(whole-part)/whole <= 1-goal/100", func(p, w, g float64) bool { return (w-p)/w <= 1-g/100 }},
	{"round(100*part/whole, 1) >= goal", func(p, w, g float64) bool { return math.Round(1000*p/w)/10 >= g }},
	{"round(100*part/whole) >= goal", func(p, w, g float64) bool { return math.Round(100*p/w) >= g }},
}

// For every ratio goal and every denominator up to 1,000, the counts around
// the goal are judged as integer arithmetic says, the gap is the number of
// units that it says, and the printed share stands on its own side of the goal.
func TestEveryBoundaryIsExact(t *testing.T) {
	wrong := make([]int, len(naive))
	cases := 0
	for _, percent := range ratioGoals {
		tt := target(share("online", "resolved"), goal(plan.AtLeast, fmt.Sprintf("%d%%", percent)))
		p := newPlan(tt)
		for whole := int64(1); whole <= 1000; whole++ {
			need := (percent*whole + 99) / 100
			for part := max(need-1, 0); part <= min(need+1, whole); part++ {
				cases++
				met := part*100 >= percent*whole
				checkBoundary(t, p, part, whole, percent, need, met)
				for i, f := range naive {
					if f.met(float64(part), float64(whole), float64(percent)) != met {
						wrong[i]++
					}
				}
			}
		}
	}
	for i, f := range naive {
		t.Logf("%s misjudges %d of %d", f.name, wrong[i], cases)
		if wrong[i] == 0 {
			t.Errorf("%s is never wrong on these cases: they show nothing", f.name)
		}
	}
}

func checkBoundary(t *testing.T, p *plan.Plan, part, whole, percent, need int64, met bool) {
	t.Helper()
	r := score.Evaluate(p, counts(part, whole), day(2024, 1, 15)).Results[0]
	if (r.Outcome == score.Met) != met || !r.Outcome.Judged() {
		t.Errorf("%d of %d for %d%%: %v", part, whole, percent, r.Outcome)
	}
	if met && r.Gap != nil {
		t.Errorf("%d of %d for %d%% is met, and %s short", part, whole, percent, r.Gap.Exact)
	}
	if !met && (r.Gap == nil || !r.Gap.Exact.Equal(number.Int(need-part))) {
		t.Errorf("%d of %d for %d%%: the gap is not %d", part, whole, percent, need-part)
	}
	for _, l := range []lang.Lang{lang.EN, lang.VI} {
		style := number.StyleEN
		if l == lang.VI {
			style = number.StyleVI
		}
		shown, _, err := number.ParseText(r.Value.Shown.In(l), style)
		if err != nil {
			t.Fatal(err)
		}
		if c := shown.Cmp(number.Frac(percent, 100)); c != number.Frac(part, whole).Cmp(number.Frac(percent, 100)) {
			t.Errorf("%d of %d is printed as %s beside %d%%", part, whole, r.Value.Shown.In(l), percent)
		}
	}
}

func TestEveryBoundaryOfTheOtherComparatorsIsExact(t *testing.T) {
	for _, percent := range ratioGoals[:6] {
		bound := fmt.Sprintf("%d%%", percent)
		p := newPlan(
			target(share("online", "resolved"), goal(plan.MoreThan, bound)),
			target(share("online", "resolved"), goal(plan.AtMost, bound)),
			target(share("online", "resolved"), goal(plan.LessThan, bound)),
			target(share("online", "resolved"), goal(plan.Between, bound, "99%")),
			target(share("online", "resolved"), goal(plan.Is, bound)),
		)
		for whole := int64(1); whole <= 200; whole++ {
			around := percent * whole / 100
			for part := max(around-1, 0); part <= min(around+1, whole); part++ {
				x, g := 100*part, percent*whole
				want := []bool{x > g, x <= g, x < g, x >= g && x <= 99*whole, x == g}
				for i, r := range score.Evaluate(p, counts(part, whole), day(2024, 1, 15)).Results {
					if (r.Outcome == score.Met) != want[i] {
						t.Errorf("%d of %d, %s: %v", part, whole, r.Goal.Shown.In(lang.EN), r.Outcome)
					}
					checkGap(t, r, part, whole)
				}
			}
		}
	}
}

// checkGap holds that the gap is the least change of the numerator by which
// the goal is reached, found by trying.
func checkGap(t *testing.T, r score.Result, part, whole int64) {
	t.Helper()
	if r.Outcome == score.Met {
		return
	}
	low, high := r.Goal.Bounds[0].Exact, r.Goal.Bounds[len(r.Goal.Bounds)-1].Exact
	reached := func(n int64) bool {
		x := number.Frac(n, whole)
		switch r.Goal.Comparator {
		case plan.MoreThan:
			return x.Cmp(low) > 0
		case plan.AtMost:
			return x.Cmp(high) <= 0
		case plan.LessThan:
			return x.Cmp(high) < 0
		}
		return x.Cmp(low) >= 0 && x.Cmp(high) <= 0
	}
	want := int64(-1)
	for n := int64(0); n <= whole; n++ {
		if by := max(n-part, part-n); reached(n) && (want < 0 || by < want) {
			want = by
		}
	}
	got := int64(-1)
	if r.Gap != nil {
		got = r.Gap.Exact.Rat().Num().Int64()
	}
	if got != want {
		t.Errorf("%d of %d, %s: the gap is %d, and %d by trying (%s)", part, whole, r.Goal.Shown.In(lang.EN), got, want, r.Reason.In(lang.EN))
	}
}
