package score

import (
	"fmt"
	"slices"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Boundaries makes tests of a plan at its goals: for each goal of each target the
// figures just below it, at it and just above, as far as there are such figures.
// What they expect is what the plan decides now: a person must look whether it is
// what the document says. Their names are in the language l. without lists the
// targets with a goal for which it makes none.
func Boundaries(p *plan.Plan, l lang.Lang) (tests []plan.Test, without []string) {
	for i := range p.Targets {
		t := &p.Targets[i]
		if t.Tracked() {
			continue // it is tracked, or takes points off
		}
		found := false
		for j, test := range boundUnits(p, t) {
			b := newBoundary(p, t, test)
			for _, facts := range b.facts() {
				r, ok := b.judged(facts)
				if !ok {
					continue
				}
				found = true
				test.Facts, test.AsOf = facts, b.test.AsOf
				if b.compares() {
					test.Others = [][]plan.TestFact{facts}
				}
				test.Name = r.Title.In(l) + ": " + r.Value.Shown.In(l) + " (" + r.Goal.Shown.In(l) + ")"
				if j > 0 {
					test.Name += ", " + p.LevelTitle(test.Level).In(l)
				}
				test.Name = unlike(tests, test.Name)
				test.Expect = []plan.Expectation{{Target: t.ID, Outcome: r.Outcome.String()}}
				tests = append(tests, test)
			}
		}
		if !found {
			without = append(without, t.ID)
		}
	}
	return tests, without
}

// unlike is a name that no other test has.
func unlike(tests []plan.Test, name string) string {
	taken := func(s string) bool { return slices.ContainsFunc(tests, func(t plan.Test) bool { return t.Name == s }) }
	out := name
	for n := 2; taken(out); n++ {
		out = fmt.Sprintf("%s, %d", name, n)
	}
	return out
}

// boundUnits are units that the target binds, one for each of its goals.
func boundUnits(p *plan.Plan, t *plan.Target) (units []plan.Test) {
	var goals []string
	for _, level := range t.Levels {
		if g := t.GoalFor(level); !slices.Contains(goals, g.String()) {
			goals = append(goals, g.String())
			units = append(units, plan.Test{Level: level})
		}
	}
	if len(units) == 0 && len(t.Units) > 0 && len(p.Levels) > 0 {
		units = append(units, plan.Test{Level: p.Levels[0].ID, Unit: t.Units[0]})
	}
	return units
}

// boundary finds figures around one goal of a target.
type boundary struct {
	plan   *plan.Plan // with no other targets than those that decide
	target *plan.Target
	test   plan.Test // whose unit is judged, and when
}

func newBoundary(p *plan.Plan, t *plan.Target, test plan.Test) boundary {
	small := *p
	small.Targets = nil
	wanted := []string{t.ID}
	for i := 0; i < len(wanted); i++ {
		o := p.FindTarget(wanted[i])
		small.Targets = append(small.Targets, *o)
		for _, id := range o.DependsOn() {
			if !slices.Contains(wanted, id) {
				wanted = append(wanted, id)
			}
		}
	}
	test.AsOf = p.Period.To
	for _, o := range small.Targets { // all are due
		if test.AsOf.Before(o.Published) {
			test.AsOf = o.Published
		}
	}
	return boundary{&small, t, test}
}

// judged is the outcome of the target; ok is false where it is neither met nor
// missed.
func (b *boundary) judged(facts []plan.TestFact) (r *Result, ok bool) {
	card := Evaluate(b.plan, given(b.plan, &b.test, facts), b.test.AsOf)
	if b.compares() {
		other := tryOther(b.plan, &b.test, 0, facts)
		Relate(b.plan, nil, []*Card{&card, &other})
	}
	r = card.Find(b.target.ID)
	return r, r.Outcome == Met || r.Outcome == Missed
}

// compares reports whether points compare the unit with another one, which then
// gets the same figures.
func (b *boundary) compares() bool {
	return slices.ContainsFunc(b.plan.Targets, func(t plan.Target) bool { return t.Credit.Kind.Relative() })
}

// facts are the figures around the goal: the adjacent ones where the goal
// determines them, or else those that a search finds.
func (b *boundary) facts() [][]plan.TestFact {
	next := boundaryFacts(b.plan, b.target, b.test.Level)
	if b.target.Measure.Op == plan.MetOf {
		next = b.countsAround()
	}
	for _, facts := range next {
		if _, ok := b.judged(facts); ok {
			return next
		}
	}
	return b.searched()
}

// boundaryFacts are the figures around the goal; none for kinds of goals and
// measures without adjacent figures.
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
	for _, f := range choicesOf(p, p.FindFact(id)) {
		if f.Choice != choice {
			out = append(out, []plan.TestFact{f})
			break
		}
	}
	return append(out, []plan.TestFact{{ID: id, State: fact.Reported.String(), Choice: choice}})
}

// choicesOf are the choices that a fact can be.
func choicesOf(p *plan.Plan, f *plan.Fact) (out []plan.TestFact) {
	for _, s := range f.From {
		t := p.FindTable(s.Table)
		if t == nil || t.FindColumn(s.Column) == nil {
			continue
		}
		for _, v := range t.FindColumn(s.Column).Values {
			out = append(out, plan.TestFact{ID: f.ID, State: fact.Reported.String(), Choice: v.ID})
		}
		return out
	}
	return []plan.TestFact{{ID: f.ID, State: fact.Missing.String()}}
}

// leastWhole is the smallest denominator of a share.
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
