package score_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// submissions are two units with the same plan: one target met, one missed
// and one missing in each, of 2 points.
func submissions() []score.Card {
	p := newPlan(
		target(value("capex"), goal(plan.AtLeast, "50%"), func(x *plan.Target) { x.ID = "good" }),
		target(value("capex"), goal(plan.AtLeast, "90%"), func(x *plan.Target) { x.ID = "bad" }),
		target(value("online"), goal(plan.AtLeast, "1"), func(x *plan.Target) { x.ID = "gap" }),
	)
	first, second := reports(figures{"capex": "60%", "online": "?"}), reports(figures{"capex": "70%", "online": "?"})
	second.Unit.ID, second.Unit.Name = "", lang.Same("Sở Xây dựng")
	return []score.Card{score.Evaluate(p, first, day(2024, 1, 15)), score.Evaluate(p, second, day(2024, 1, 15))}
}

func waiver(target, unit string, change ...func(*plan.Waiver)) plan.Waiver {
	w := plan.Waiver{
		Target: target, Unit: unit, Reason: "flood", Approver: "the Chairman",
		Issued: day(2023, 6, 1), Expires: day(2024, 1, 15),
		Pos: diag.Pos{File: "waivers.yaml", Line: 2, Col: 5},
	}
	for _, c := range change {
		c(&w)
	}
	return w
}

func TestWaive(t *testing.T) {
	asOf := day(2024, 1, 15)
	line := func(n int) func(*plan.Waiver) { return func(w *plan.Waiver) { w.Pos.Line = n } }
	for _, tt := range []struct {
		name    string
		waivers []plan.Waiver
		waived  []string // unit/target
		list    []string
	}{
		{"nothing", nil, nil, nil},
		{"by id", []plan.Waiver{waiver("bad", "so-noi-vu")}, []string{"0/bad"}, nil},
		{"by name", []plan.Waiver{waiver("bad", "Sở Nội vụ")}, []string{"0/bad"}, nil},
		{"by folded name", []plan.Waiver{waiver("bad", "SỞ  XÂY DỰNG")}, []string{"1/bad"}, nil},
		{"by English name", []plan.Waiver{waiver("gap", "home affairs")}, []string{"0/gap"}, nil},
		{"every unit", []plan.Waiver{waiver("gap", "*")}, []string{"0/gap", "1/gap"}, nil},
		{"two targets", []plan.Waiver{waiver("gap", "*"), waiver("bad", "so-noi-vu")}, []string{"0/bad", "0/gap", "1/gap"}, nil},
		{"on the last day", []plan.Waiver{waiver("bad", "so-noi-vu", func(w *plan.Waiver) { w.Expires = asOf })}, []string{"0/bad"}, nil},
		{"on the first day", []plan.Waiver{waiver("bad", "so-noi-vu", func(w *plan.Waiver) { w.Issued = asOf })}, []string{"0/bad"}, nil},
		{"expired", []plan.Waiver{waiver("bad", "so-noi-vu", func(w *plan.Waiver) { w.Expires = day(2024, 1, 14) })}, nil, []string{
			`warning: waivers.yaml:2:5: the waiver of "bad" for "so-noi-vu" expired on 2024-01-14 and is not applied [waiver-expired]`}},
		{"not yet issued", []plan.Waiver{waiver("bad", "so-noi-vu", func(w *plan.Waiver) { w.Issued, w.Expires = day(2024, 1, 16), day(2024, 2, 1) })}, nil, []string{
			`warning: waivers.yaml:2:5: the waiver of "bad" for "so-noi-vu" holds from 2024-01-16 only and is not applied on 2024-01-15 [waiver-unused]`}},
		{"of a target that is met", []plan.Waiver{waiver("good", "so-noi-vu")}, nil, []string{
			`warning: waivers.yaml:2:5: the waiver of "good" for "so-noi-vu" is not used: the target does not fail, or another waiver covers it [waiver-unused]`}},
		{"of an unknown target", []plan.Waiver{waiver("bda", "so-noi-vu")}, nil, []string{
			`warning: waivers.yaml:2:5: no plan of this run has a target "bda": take the waiver out, or mend the target's id [waiver-unknown]`}},
		{"of a unit that is not in the run", []plan.Waiver{waiver("bad", "so-y-te")}, nil, []string{
			`note: waivers.yaml:2:5: the waiver of "bad" is not used: no unit "so-y-te" is in this run [waiver-unused]`}},
		{"twice", []plan.Waiver{waiver("bad", "so-noi-vu"), waiver("bad", "*", line(3)), waiver("bad", "so-noi-vu", line(4))}, []string{"0/bad", "1/bad"}, []string{
			`warning: waivers.yaml:4:5: the waiver of "bad" for "so-noi-vu" is not used: the target does not fail, or another waiver covers it [waiver-unused]`}},
		{"sorted by place", []plan.Waiver{waiver("x", "*", line(9)), waiver("y", "*", line(3))}, nil, []string{
			`warning: waivers.yaml:3:5: no plan of this run has a target "y": take the waiver out, or mend the target's id [waiver-unknown]`,
			`warning: waivers.yaml:9:5: no plan of this run has a target "x": take the waiver out, or mend the target's id [waiver-unknown]`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cards := submissions()
			var list, waived []string
			for _, d := range score.Waive(cards, tt.waivers, asOf) {
				list = append(list, d.Severity.String()+": "+d.In(lang.EN))
			}
			for i, c := range cards {
				for _, r := range c.Results {
					if r.Waiver != nil {
						waived = append(waived, fmt.Sprintf("%d/%s", i, r.Target))
					}
				}
			}
			if diff := cmp.Diff(tt.list, list); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.waived, waived); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A waiver hides nothing: the result and the score stay, and the score without
// it stands beside.
func TestWaivedTargetStaysInSight(t *testing.T) {
	before, cards := submissions(), submissions()
	score.Waive(cards, []plan.Waiver{waiver("bad", "so-noi-vu")}, day(2024, 1, 15))
	r := cards[0].Find("bad")
	want := &score.Waiver{Reason: "flood", Approver: "the Chairman", Issued: day(2023, 6, 1), Expires: day(2024, 1, 15)}
	if diff := cmp.Diff(want, r.Waiver); diff != "" {
		t.Error(diff)
	}
	r.Waiver = nil
	if diff := cmp.Diff(before[0].Results, cards[0].Results); diff != "" {
		t.Errorf("the result has changed:\n%s", diff)
	}
	total := before[0].Total
	total.Waived = 1
	if diff := cmp.Diff(total, cards[0].Total); diff != "" {
		t.Errorf("the total has changed:\n%s", diff)
	}
	figure := func(s, shown string) score.Figure { return score.Figure{Exact: exact(s), Shown: lang.Same(shown)} }
	half := figure("1/2", "50%")
	without := &score.Tally{
		Points: figure("2", "2"), Max: figure("4", "4"), Score: &half, Coverage: &half,
		Met: 1, Missing: 1, NotApplicable: 1, Waived: 1,
	}
	if diff := cmp.Diff(without, cards[0].Waived); diff != "" {
		t.Errorf("without the waived target:\n%s", diff)
	}
	if cards[1].Waived != nil {
		t.Error("a card without a waiver has a score without it")
	}
}

func TestWaivingNothingChangesNothing(t *testing.T) {
	want, got := submissions(), submissions()
	if list := score.Waive(got, nil, date.Date{}); len(list) != 0 {
		t.Errorf("%v", list)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
