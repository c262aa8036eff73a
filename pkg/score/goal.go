package score

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// aim is a goal with its numbers evaluated.
type aim struct {
	cmp     plan.Comparator
	bounds  []number.Exact
	choice  string   // id; of a goal that is a choice
	unknown []string // params without a value that the goal names
	blocked bool     // a bound cannot be worked out without them
}

// aim evaluates a goal with the plan's params.
func (j *Judge) aim(g plan.Goal) aim {
	a := aim{cmp: g.Cmp, choice: g.Choice}
	for _, amount := range g.Bounds {
		x, ok := j.amount(amount, &a.unknown)
		a.blocked = a.blocked || !ok
		a.bounds = append(a.bounds, x)
	}
	return a
}

// amount evaluates a number of the plan, and adds the params without a value
// that it needs.
func (j *Judge) amount(a plan.Amount, unknown *[]string) (number.Exact, bool) {
	x, missing, err := j.plan.Evaluate(a)
	for _, id := range missing {
		if !slices.Contains(*unknown, id) {
			*unknown = append(*unknown, id)
		}
	}
	return x, err == nil
}

// reachedBy reports whether a value reaches the goal.
func (a aim) reachedBy(m measured) bool {
	if a.choice != "" {
		return m.choice == a.choice
	}
	return a.cmp.Holds(m.value, a.bounds)
}

// goal is the aim as the goal on a card; q is the quantity of its numbers,
// factID the fact whose choice it names.
func (j *Judge) goal(a aim, q quantity, factID string) Goal {
	g := Goal{Comparator: a.cmp, Choice: a.choice}
	if a.choice != "" {
		g.Shown = lang.F("= %s", "= %s", j.choiceTitle(factID, a.choice))
		return g
	}
	if len(a.bounds) == 0 {
		return g // tracked only
	}
	if a.blocked {
		g.Shown = lang.Same(a.cmp.Symbol() + "?")
		return g
	}
	for _, b := range a.bounds {
		g.Bounds = append(g.Bounds, q.bound(b))
	}
	g.Shown = ranged(a.cmp, g.Bounds)
	return g
}

// ranged prints a comparison for a narrow table: "≥ 65%", "70%–90%".
func ranged(cmp plan.Comparator, bounds []Figure) lang.Text {
	if cmp == plan.Between {
		return lang.F("%s–%s", "%s–%s", bounds[0].Shown, bounds[1].Shown)
	}
	return lang.F("%s%s", "%s%s", cmp.Symbol(), bounds[0].Shown)
}

// limit is an end of the range of values that reach a goal.
type limit struct {
	at   number.Exact
	open bool // the value there does not reach it
}

// limits are the ends of the range of values that reach the goal; nil: no end.
func (a aim) limits() (low, high *limit) {
	switch a.cmp {
	case plan.AtLeast, plan.MoreThan:
		return &limit{a.bounds[0], a.cmp == plan.MoreThan}, nil
	case plan.AtMost, plan.LessThan:
		return nil, &limit{a.bounds[0], a.cmp == plan.LessThan}
	case plan.Between:
		return &limit{at: a.bounds[0]}, &limit{at: a.bounds[1]}
	case plan.Is:
		return &limit{at: a.bounds[0]}, &limit{at: a.bounds[0]}
	}
	return nil, nil
}

// gap is how far a value is from its goal.
type gap struct {
	by    number.Exact // 0 when the value stands on an open end
	need  number.Exact // the nearest value that reaches the goal, or the open end
	over  bool         // too much, not too little
	open  bool         // by alone is not enough
	never bool         // no value reaches the goal
}

// gap returns how far x is from the goal. times is the size of the whole that x
// is a part of (1 when x is no part); the goal's bounds are multiplied by it.
// If whole is set, values are integers. Parts do not exceed times.
func (a aim) gap(x, times number.Exact, whole, part bool) gap {
	low, high := a.limits()
	low, high = low.in(times), high.in(times)
	if whole {
		low, high = low.up(), high.down()
	}
	if part {
		low, high = low.or(number.Exact{}), high.or(times)
	}
	switch {
	case low != nil && high != nil && low.excludes(high):
		return gap{never: true}
	case low != nil && x.Cmp(low.at) <= 0:
		return gap{by: low.at.Sub(x), need: low.at, open: low.open}
	}
	return gap{by: x.Sub(high.at), need: high.at, over: true, open: high.open}
}

func (l *limit) in(times number.Exact) *limit {
	if l == nil {
		return nil
	}
	return &limit{l.at.Mul(times), l.open}
}

// or is the limit, or one at x where there is none.
func (l *limit) or(x number.Exact) *limit {
	if l == nil {
		return &limit{at: x}
	}
	return l
}

// excludes reports whether no value lies between a lower and an upper end.
func (l *limit) excludes(high *limit) bool {
	c := l.at.Cmp(high.at)
	return c > 0 || c == 0 && (l.open || high.open)
}

// up is the first whole number that is inside a lower end.
func (l *limit) up() *limit {
	switch {
	case l == nil:
		return nil
	case l.open:
		return &limit{at: l.at.Floor().Add(number.Int(1))}
	}
	return &limit{at: l.at.Ceil()}
}

// down is the last whole number that is inside an upper end.
func (l *limit) down() *limit {
	switch {
	case l == nil:
		return nil
	case l.open:
		return &limit{at: l.at.Ceil().Sub(number.Int(1))}
	}
	return &limit{at: l.at.Floor()}
}
