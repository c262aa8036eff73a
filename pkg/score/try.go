package score

import (
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Try judges the facts that a test of a plan gives, and says in which targets
// the plan decides otherwise than the test expects; nothing where it passes.
func Try(p *plan.Plan, t *plan.Test) []lang.Text {
	card := Evaluate(p, given(p, t), t.AsOf)
	var failures []lang.Text
	for _, want := range t.Expect {
		got := card.Find(want.Target)
		if want.Outcome != "" && got.Outcome.String() != want.Outcome {
			failures = append(failures, lang.F("%s is %s, expected %s: %s", "%s là %s, mong đợi %s: %s",
				want.Target, got.Outcome.String(), want.Outcome, got.Reason))
		}
		if want.Points != nil && !got.Points.Exact.Equal(*want.Points) {
			failures = append(failures, lang.F("%s earns %s points, expected %s", "%s được %s điểm, mong đợi %s",
				want.Target, got.Points.Exact.String(), want.Points.String()))
		}
	}
	for _, want := range t.Areas {
		got := number.Exact{}
		for _, a := range Areas(&card) {
			if a.ID == want.Area {
				got = a.Points.Exact
			}
		}
		if !got.Equal(want.Points) {
			failures = append(failures, lang.F("the area %s has %s points, expected %s", "lĩnh vực %s có %s điểm, mong đợi %s", want.Area, got.String(), want.Points.String()))
		}
	}
	if got := card.Total.Points.Exact; t.Total != nil && !got.Equal(*t.Total) {
		failures = append(failures, lang.F("%s points in all, expected %s", "tổng cộng %s điểm, mong đợi %s", got.String(), t.Total.String()))
	}
	return failures
}

// given is the facts of a test; those that it does not give are missing.
func given(p *plan.Plan, t *plan.Test) fact.Set {
	set := fact.Set{Unit: fact.Unit{ID: t.Unit, Level: t.Level}, Period: p.Period}
	if !t.Period.To.IsZero() {
		set.Period = t.Period
	}
	if l := p.FindLevel(t.Level); l != nil {
		set.Unit.LevelTitle = l.Title
	}
	for _, pf := range p.Facts {
		f := fact.Fact{ID: pf.ID, Title: pf.Title, Unit: pf.Unit, Kind: pf.Kind}
		for _, g := range t.Facts {
			switch {
			case g.ID != pf.ID:
			case g.State == fact.Reported.String():
				f.State, f.Value, f.Choice = fact.Reported, g.Value, g.Choice
			case g.State == fact.Invalid.String():
				f.State = fact.Invalid
			}
		}
		set.Facts = append(set.Facts, f)
	}
	return set
}
