package score

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// countsAround are the figures with which one target less, as many and one more
// are met than the goal of a count of targets wants.
func (b *boundary) countsAround() [][]plan.TestFact {
	var met, missed [][]plan.TestFact
	for _, id := range b.target.Measure.Targets {
		var with, without []plan.TestFact
		one := newBoundary(b.plan, b.plan.FindTarget(id), b.test)
		for _, facts := range one.facts() {
			switch r, ok := one.judged(facts); {
			case !ok:
			case r.Outcome == Met:
				with = facts
			default:
				without = facts
			}
		}
		met, missed = append(met, with), append(missed, without)
	}
	var all [][]plan.TestFact
	for n := 0; n <= len(met); n++ { // so many are met
		all = append(all, joinedFacts(slices.Concat(met[:n], missed[n:])))
	}
	for n := 1; n < len(all); n++ {
		below, ok := b.judged(all[n-1])
		at, also := b.judged(all[n])
		if ok && also && below.Outcome != at.Outcome {
			return all[n-1 : min(n+2, len(all))]
		}
	}
	return nil
}

// joinedFacts drops repeated facts, keeping the first figure.
func joinedFacts(lists [][]plan.TestFact) (out []plan.TestFact) {
	for _, f := range slices.Concat(lists...) {
		if !slices.ContainsFunc(out, func(o plan.TestFact) bool { return o.ID == f.ID }) {
			out = append(out, f)
		}
	}
	return out
}

// rests are the values of the other facts while one varies: how many, and which
// of the choices.
var rests = []int64{100, 10, 1, 1000, 0}

// searched are the figures around a change of the outcome while one fact varies
// and the others are constant.
func (b *boundary) searched() [][]plan.TestFact {
	var ids []string
	for i := range b.plan.Targets {
		t := &b.plan.Targets[i]
		for _, id := range slices.Concat(t.Measure.Facts(), t.GoalFacts(), t.AppliesFacts()) {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	for i, rest := range rests {
		still := make([]plan.TestFact, len(ids))
		for j, id := range ids {
			all := b.figures(b.plan.FindFact(id), []int64{rest})
			still[j] = all[i%len(all)]
		}
		for j, id := range ids {
			if found := b.moved(still, j, b.figures(b.plan.FindFact(id), samples)); found != nil {
				return found
			}
		}
	}
	return nil
}

// samples are the figures between which a change is searched.
var samples = []int64{0, 1, 2, 3, 5, 10, 20, 50, 99, 100, 101, 150, 200, 500, 1000, 10_000, 1_000_000}

// figures are values of a fact: for numbers these, as far as the kind has them,
// and otherwise all or some that it can have.
func (b *boundary) figures(f *plan.Fact, numbers []int64) (out []plan.TestFact) {
	for _, n := range numbers {
		switch f.Kind {
		case plan.CountFact, plan.AmountFact:
			out = append(out, givenFact(f.ID, number.Int(n), false))
		case plan.RankFact:
			out = append(out, givenFact(f.ID, number.Int(max(n, 1)), false))
		case plan.ShareFact:
			out = append(out, givenFact(f.ID, number.Frac(min(n, 100), 100), true))
		case plan.DateFact:
			day := givenFact(f.ID, plan.OfDay(b.plan.Period.To).Add(number.Int(n-100)), false)
			day.Day = true
			out = append(out, day)
		case plan.ChoiceFact:
			return choicesOf(b.plan, f)
		}
	}
	return out
}

// moved are the figures around the first change of the outcome while one fact
// takes the values in turn.
func (b *boundary) moved(still []plan.TestFact, at int, values []plan.TestFact) [][]plan.TestFact {
	with := func(f plan.TestFact) []plan.TestFact {
		facts := slices.Clone(still)
		facts[at] = f
		return facts
	}
	var last *plan.TestFact
	var before Outcome
	for i := range values {
		r, ok := b.judged(with(values[i]))
		switch {
		case !ok:
			last = nil
		case last != nil && r.Outcome != before:
			return b.narrowed(with, *last, values[i], before)
		default:
			last, before = &values[i], r.Outcome
		}
	}
	return nil
}

// narrowed are the last figures before a change, the first behind it, and the
// next ones.
func (b *boundary) narrowed(with func(plan.TestFact) []plan.TestFact, low, high plan.TestFact, before Outcome) [][]plan.TestFact {
	if low.Choice != "" {
		return [][]plan.TestFact{with(low), with(high)}
	}
	step := number.Int(1)
	if low.Percent {
		step = number.Frac(1, 100)
	}
	for high.Value.Sub(low.Value).Cmp(step) > 0 {
		middle := low
		steps := high.Value.Sub(low.Value).Quo(step).Quo(number.Int(2)).Floor()
		middle.Value = low.Value.Add(step.Mul(steps))
		if r, ok := b.judged(with(middle)); ok && r.Outcome == before {
			low = middle
		} else {
			high = middle
		}
	}
	next := high
	next.Value = high.Value.Add(step)
	return [][]plan.TestFact{with(low), with(high), with(next)}
}
