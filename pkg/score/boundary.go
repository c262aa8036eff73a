package score

import (
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Boundaries makes tests of a plan at its goals: for each target whose measure is
// a fact, or a share of two, the figures just below the goal, at it and just
// above, as far as there are such figures. What they expect is what the plan
// decides now: a person must look whether it is what the document says. Their
// names are in the language l. without lists the targets for which it makes none.
func Boundaries(p *plan.Plan, l lang.Lang) (tests []plan.Test, without []string) {
	for i := range p.Targets {
		t := &p.Targets[i]
		level, unit := boundUnit(p, t)
		found := false
		for _, facts := range boundaryFacts(p, t, level) {
			test := plan.Test{Level: level, Unit: unit, AsOf: due(p, t), Facts: facts}
			card := Evaluate(p, given(p, &test, facts), test.AsOf)
			r := card.Find(t.ID)
			if r.Outcome != Met && r.Outcome != Missed {
				continue
			}
			found = true
			test.Name = r.Title.In(l) + ": " + r.Value.Shown.In(l) + " (" + r.Goal.Shown.In(l) + ")"
			test.Expect = []plan.Expectation{{Target: t.ID, Outcome: r.Outcome.String()}}
			tests = append(tests, test)
		}
		if !found {
			without = append(without, t.ID)
		}
	}
	return tests, without
}

// boundUnit is a unit that the target binds.
func boundUnit(p *plan.Plan, t *plan.Target) (level, unit string) {
	switch {
	case len(t.Levels) > 0:
		return t.Levels[0], ""
	case len(t.Units) > 0 && len(p.Levels) > 0:
		return p.Levels[0].ID, t.Units[0]
	}
	return "", ""
}

// due is a day on which the target is due.
func due(p *plan.Plan, t *plan.Target) date.Date {
	if p.Period.To.Before(t.Published) {
		return t.Published
	}
	return p.Period.To
}

// boundaryFacts are the figures around the goal; none where the goal or the
// measure is of a kind of which nobody can say which figures are next to it.
func boundaryFacts(p *plan.Plan, t *plan.Target, level string) [][]plan.TestFact {
	g := t.GoalFor(level)
	if g.Choice != "" && t.Measure.Op == plan.ValueOf {
		return choicesAround(p, t.Measure.Fact, g.Choice)
	}
	if len(g.Bounds) != 1 {
		return nil
	}
	x, unknown, err := p.Evaluate(g.Bounds[0])
	if f := p.FindFact(t.Measure.Fact); f != nil && f.Kind == plan.DateFact {
		return daysBeside(p, f, g.Bounds[0], unknown)
	}
	if err != nil || x.Sign() < 0 {
		return nil
	}
	if t.Measure.Op == plan.ShareOf {
		return sharesAround(t.Measure, x)
	}
	if t.Measure.Op == plan.ValueOf {
		return valuesAround(p.FindFact(t.Measure.Fact), x)
	}
	return nil
}

// choicesAround are the choice of the goal and, before it, another one.
func choicesAround(p *plan.Plan, id, choice string) (out [][]plan.TestFact) {
	given := func(choice string) []plan.TestFact {
		return []plan.TestFact{{ID: id, State: fact.Reported.String(), Choice: choice}}
	}
	for _, s := range p.FindFact(id).From {
		t := p.FindTable(s.Table)
		if t == nil || t.FindColumn(s.Column) == nil {
			continue
		}
		for _, v := range t.FindColumn(s.Column).Values {
			if v.ID != choice {
				return [][]plan.TestFact{given(v.ID), given(choice)}
			}
		}
	}
	return [][]plan.TestFact{given(choice)}
}

// leastWhole is how large the denominator of a share is at least.
const leastWhole = 100

func sharesAround(m plan.Measure, x number.Exact) [][]plan.TestFact {
	whole := number.Int(leastWhole)
	if d := x.Rat().Denom(); d.IsInt64() && d.Int64() < 1_000_000 { // the part is then a whole number
		n := d.Int64()
		whole = number.Int((leastWhole + n - 1) / n * n)
	}
	var out [][]plan.TestFact
	part := x.Mul(whole)
	for _, step := range []int64{-1, 0, 1} {
		v := part.Add(number.Int(step))
		if v.Sign() < 0 || v.Cmp(whole) > 0 || !v.IsInt() {
			continue
		}
		out = append(out, []plan.TestFact{givenFact(m.Part, v, false), givenFact(m.Whole, whole, false)})
	}
	return out
}

func valuesAround(f *plan.Fact, x number.Exact) [][]plan.TestFact {
	one, most := number.Int(1), number.Exact{}
	share := f.Kind == plan.ShareFact
	if share {
		one, most = number.Frac(1, 100), number.Int(1)
	}
	var out [][]plan.TestFact
	for _, step := range []number.Exact{one.Neg(), {}, one} {
		v := x.Add(step)
		if v.Sign() < 0 || f.Kind == plan.RankFact && v.IsZero() || share && v.Cmp(most) > 0 {
			continue
		}
		out = append(out, []plan.TestFact{givenFact(f.ID, v, share)})
	}
	return out
}

// daysBeside are the days around the goal of a day. Days of the submission that
// the goal counts from are the last one of the plan's period.
func daysBeside(p *plan.Plan, f *plan.Fact, bound plan.Amount, unknown []string) [][]plan.TestFact {
	given := *p
	given.Given = map[string]number.Exact{}
	var bases []plan.TestFact
	for _, id := range unknown {
		given.Given[id] = plan.OfDay(p.Period.To)
		base := givenFact(id, given.Given[id], false)
		base.Day = true
		bases = append(bases, base)
	}
	x, _, err := given.Evaluate(bound)
	if err != nil {
		return nil
	}
	out := daysAround(f.ID, x)
	for i := range out {
		out[i] = append(out[i], bases...)
	}
	return out
}

func givenFact(id string, x number.Exact, percent bool) plan.TestFact {
	return plan.TestFact{ID: id, State: fact.Reported.String(), Value: x, Percent: percent}
}
