package summary

import (
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// gap is how far a missed figure is from its goal, in units of the numerator or
// of the value.
func (c *compiler) gap(m measured, g goal) string {
	if c.target.Tracked() || g.choice != "" || len(g.bounds) == 0 {
		return ""
	}
	by := c.distance(m, g)
	want := value{is: textual}
	if c.result.Gap != nil {
		want = value{is: numeric, num: c.result.Gap.Exact}
	}
	missed := and(c.outcome.compare("=", c.say(score.Missed)), c.isFigure())
	return c.checked(iff(missed, by, none), want)
}

// isFigure tests whether the row has a figure.
func (c *compiler) isFigure() expr {
	return call("ISNUMBER", value{is: logical, yes: c.value.is == numeric}, c.value)
}

// counts is what the goal's distance is counted in: a numerator, the figure that
// the goal is multiplied with to be one of it, and whether it goes up in steps of
// one and is a part.
func (c *compiler) counts(m measured) (num, times expr, whole, part bool) {
	of := c.target.Measure
	switch {
	case c.averaged:
	case of.Op == plan.ValueOf:
		return m.figure, one, c.whole(of), false
	case of.Op == plan.ShareOf:
		num, f := c.cell(of.Part)
		whole, _ := c.cell(of.Whole)
		return num, whole, f != nil && f.Kind == plan.CountFact, true
	case of.Op == plan.MetOf:
		return m.figure, one, of.Of == plan.NoBase, false
	case (of.Op == plan.RatioOf || of.Op == plan.FractionOf) && of.Args[0].Op == plan.ValueOf:
		num, f := c.cell(of.Args[0].Fact)
		times := c.measure(of.Args[1]).figure
		if of.Per != nil {
			times = times.over(literal(*of.Per))
		}
		if times.is == numeric && times.num.Sign() > 0 {
			return num, times, f != nil && f.Kind == plan.CountFact, of.Op == plan.FractionOf
		}
	}
	return m.figure, one, !c.averaged && c.whole(of), false
}

// whole reports whether figures of a measure go up in steps of one.
func (c *compiler) whole(m plan.Measure) bool {
	return wholeKind(c.plan.MeasureKind(m)) || m.Op == plan.ChangeOf && c.whole(m.Args[0])
}

// distance is the way to the nearest value that reaches the goal: upward to its
// lower end, downward to its upper end.
func (c *compiler) distance(m measured, g goal) expr {
	num, times, whole, part := c.counts(m)
	low, high := g.bounds[0], g.bounds[len(g.bounds)-1]
	from, to := low.in(times), high.in(times)
	if whole {
		from, to = steps(from, g.cmp == plan.MoreThan, one), steps(to, g.cmp == plan.LessThan, one.negated())
	}
	up, down := c.tidy(from.minus(num), whole), c.tidy(num.minus(to), whole)
	open := g.cmp == plan.MoreThan || g.cmp == plan.LessThan
	if open && !whole { // on the bound: not enough, and no distance
		up, down = iff(up.compare("=", zero), none, up), iff(down.compare("=", zero), none, down)
	}
	switch g.cmp {
	case plan.AtLeast, plan.MoreThan:
		if part && whole && (open || !isCell(times)) { // there is no more than all
			return iff(from.compare(">", times.floor()), none, up)
		}
		return up
	case plan.AtMost, plan.LessThan:
		if part && whole && open {
			return iff(to.compare("<", zero), none, down)
		}
		return down
	case plan.Between, plan.Is:
	}
	way := iff(against(m, "<", low), up, down)
	if whole {
		way = iff(from.compare(">", to), none, way) // no whole number reaches it
	}
	return way
}

// in is a bound of what is counted.
func (b bound) in(times expr) expr { return b.num.times(times).over(b.den) }

// steps is the next whole number that reaches an end, upward or downward by 1.
func steps(end expr, open bool, by expr) expr {
	switch upward := by.num.Sign() > 0; {
	case upward && open:
		return end.floor().plus(one)
	case upward:
		return end.up()
	case open:
		return end.up().minus(one)
	}
	return end.floor()
}

// tidy rounds an amount to the decimals that it can have: the last bits of a
// difference are noise.
func (c *compiler) tidy(by expr, whole bool) expr {
	if op := c.target.Measure.Op; whole || c.averaged || op != plan.ShareOf && op != plan.ValueOf {
		return by
	}
	n, places := 2, 0 // figures that are typed may have two, and shares of 100 two more
	if len(c.target.GoalFacts()) > 0 {
		places = 4
	}
	for _, f := range c.facts {
		if f != nil && f.State == fact.Reported {
			if n = max(n, decimals(f.Value)); !f.Value.Mul(number.Int(1_000_000)).IsInt() {
				return by // a mean
			}
		}
	}
	for _, b := range c.result.Goal.Bounds {
		if places = max(places, decimals(b.Exact)); !b.Exact.Mul(number.Int(1_000_000)).IsInt() {
			return by
		}
	}
	if n+places >= 9 {
		return by
	}
	return by.rounded(n + places)
}

// decimals is how many decimals show x, up to six.
func decimals(x number.Exact) int {
	n, _ := number.Decimals(x, 6)
	return n
}
