package score

import (
	"fmt"
	"slices"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/term"
)

// Try judges the facts that a test of a plan gives, and says in which targets
// the plan decides otherwise than the test expects; nothing where it passes.
func Try(p *plan.Plan, t *plan.Test) []lang.Text {
	settled := p.With(t.Params)
	card := Evaluate(settled, given(p, t, t.Facts), t.AsOf)
	if len(t.Below) > 0 {
		card = tryAbove(settled, t, card)
	}
	cards := []*Card{&card}
	for i, facts := range t.Others {
		other := tryOther(settled, t, i, facts)
		cards = append(cards, &other)
	}
	Relate(settled, nil, cards)
	return Unexpected(&card, t)
}

// tryOther is the card of another unit of a test.
func tryOther(p *plan.Plan, t *plan.Test, i int, facts []plan.TestFact) Card {
	set := given(p, t, facts)
	set.Unit.ID, set.Unit.Name = "", lang.F("other unit %d", "đơn vị khác %d", i+1)
	return Evaluate(p, set, t.AsOf)
}

// tryAbove rolls up the units of a test to the one that stands above them; own is
// its card without them.
func tryAbove(p *plan.Plan, t *plan.Test, own Card) Card {
	roster := &plan.Roster{}
	var cards []Card
	var add func(u *plan.TestUnit, number, parent string)
	add = func(u *plan.TestUnit, number, parent string) {
		unit := plan.Unit{ID: u.Unit, Name: lang.F("unit %s", "đơn vị %s", number), Level: u.Level, Parent: parent}
		if unit.ID == "" {
			unit.ID = "#" + number // no id of a roster has this sign
		}
		roster.Units = append(roster.Units, unit)
		if len(u.Facts) > 0 {
			set := given(p, t, u.Facts)
			set.Unit.ID, set.Unit.Name, set.Unit.Level, set.Unit.LevelTitle = unit.ID, unit.Name, unit.Level, p.LevelTitle(unit.Level)
			set.Facts = slices.DeleteFunc(set.Facts, func(f fact.Fact) bool { return !p.Wants(f.ID, unit.Level, unit.ID) })
			cards = append(cards, Evaluate(p, set, t.AsOf))
		}
		for i := range u.Below {
			add(&u.Below[i], fmt.Sprintf("%s.%d", number, i+1), unit.ID)
		}
	}
	add(&plan.TestUnit{Level: t.Level, Unit: t.Unit, Facts: t.Facts, Below: t.Below}, "1", "")
	cards = RollUp(p, roster, cards, t.AsOf)
	if i := slices.IndexFunc(cards, func(c Card) bool { return c.Unit.ID == roster.Units[0].ID }); i >= 0 {
		return cards[i]
	}
	return own
}

// Unexpected says in what a card differs from what a test expects of it.
func Unexpected(card *Card, t *plan.Test) []lang.Text {
	var u unexpected
	for _, want := range t.Expect {
		got := card.Find(want.Target)
		if want.Outcome != "" && got.Outcome.String() != want.Outcome {
			u = append(u, lang.F("%s is %s, expected %s: %s", "%s là %s, mong đợi %s: %s",
				want.Target, got.Outcome.String(), want.Outcome, got.Reason))
		}
		u.figure(want.Points, &got.Points, lang.F("the points of %s", "điểm của %s", want.Target))
		u.value(want.Value, got)
	}
	areas := Areas(card)
	for _, want := range t.Areas {
		var got Tally
		if i := slices.IndexFunc(areas, func(a Area) bool { return a.ID == want.Area }); i >= 0 {
			got = areas[i].Tally
		}
		u.tally(want.ExpectedScore, got, lang.F("the area %s", "lĩnh vực %s", want.Area))
	}
	if got := card.graded(); t.Grade != "" && got != t.Grade {
		u = append(u, lang.F("the grade: %s, expected %s", "xếp loại: %s, mong đợi %s", got, t.Grade))
	}
	u.tally(t.Total, card.Total, term.AllTargets)
	return u
}

// unexpected is in what a card differs.
type unexpected []lang.Text

func (u *unexpected) tally(want plan.ExpectedScore, got Tally, whose lang.Text) {
	u.figure(want.Points, &got.Points, lang.F("the points of %s", "điểm của %s", whose))
	u.figure(want.Max, &got.Max, lang.F("the points that can be earned in %s", "điểm tối đa của %s", whose))
	u.figure(want.Share, got.Score, lang.F("the score of %s", "tỷ lệ điểm của %s", whose))
}

func (u *unexpected) figure(want plan.ExpectedFigure, got *Figure, what lang.Text) {
	switch {
	case want.Written == "" || got != nil && want.Fits(got.Exact):
	case got == nil:
		*u = append(*u, lang.F("%s: none, expected %s", "%s: không có, mong đợi %s", what, want.Written))
	default:
		*u = append(*u, lang.F("%s: %s, expected %s", "%s: %s, mong đợi %s", what, inFull(*got), want.Written))
	}
}

// value compares the value of a measure, days as days.
func (u *unexpected) value(want plan.ExpectedFigure, got *Result) {
	what := lang.F("the value of %s", "giá trị của %s", got.Target)
	if got.Kind == plan.DateKind && got.Value != nil && !want.Fits(got.Value.Exact) {
		*u = append(*u, lang.F("%s: %s, expected %s", "%s: %s, mong đợi %s", what, got.Value.Shown, want.Written))
		return
	}
	u.figure(want, got.Value, what)
}

// inFull prints a figure exactly, and a fraction as it is shown, too.
func inFull(f Figure) lang.Text {
	if f.Exact.IsInt() {
		return lang.Same(f.Exact.String())
	}
	return lang.F("%s (%s)", "%s (%s)", f.Exact.String(), f.Shown)
}

// given is the facts of a test; those that it does not give are missing.
func given(p *plan.Plan, t *plan.Test, facts []plan.TestFact) fact.Set {
	set := fact.Set{Unit: fact.Unit{ID: t.Unit, Level: t.Level}, Period: p.Period}
	if !t.Period.To.IsZero() {
		set.Period = t.Period
	}
	if l := p.FindLevel(t.Level); l != nil {
		set.Unit.LevelTitle = l.Title
	}
	for _, pf := range p.Facts {
		f := fact.Fact{ID: pf.ID, Title: pf.Title, Unit: pf.Unit, Kind: pf.Kind}
		for _, g := range facts {
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
