package summary

import (
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// points is what the row earns.
func (c *compiler) points(m measured, g goal, a applies) expr {
	if c.target.Adjust != plan.NoAdjustment {
		return c.behindGates(iff(c.value.compare("=", none), zero, c.adjustment(m)))
	}
	full := c.allOrNothing()
	earned := c.credit(m, g)
	if earned.text != full.text {
		earned = iff(g.known, earned, zero)
		full = iff(c.value.compare("=", none), c.withoutFigure(m, full), earned)
	} else if c.target.WhenMissing == plan.AsMet {
		full = iff(c.value.compare("=", none), c.withoutFigure(m, full), full)
	}
	if d := c.plan.RoundingOf(c.target); d != nil {
		full = full.rounded(int(*d))
	}
	full = c.behindGates(full)
	if c.target.MayFall() && c.plan.FallenIn(c.target.Area) == plan.Given {
		full = iff(c.outcome.compare("=", c.say(score.NotApplicable)), c.max, full)
	}
	return full
}

// withoutFigure is what the row earns without a figure: full is by its outcome.
func (c *compiler) withoutFigure(m measured, full expr) expr {
	if c.target.WhenEmpty != plan.AsMet {
		full = zero
	}
	if c.target.WhenMissing == plan.AsMet {
		missing := c.outcome.compare("=", c.say(score.Missing))
		if c.target.WhenEmpty == plan.AsMissing {
			missing = and(missing, not(iff(m.absent(), no, m.empty)))
		}
		return iff(missing, c.max, full)
	}
	return full
}

// behindGates gives points while the targets that the row requires are met, or do
// not apply.
func (c *compiler) behindGates(points expr) expr {
	if len(c.gates) == 0 {
		return points
	}
	return iff(c.count(c.gates, score.Met, score.NotApplicable).compare("=", literal(number.Int(int64(len(c.gates))))), points, zero)
}

func (c *compiler) allOrNothing() expr {
	return iff(c.outcome.compare("=", c.say(score.Met)), c.max, zero)
}

// credit is the points of a figure.
func (c *compiler) credit(m measured, g goal) expr {
	switch credit := c.target.Credit; credit.Kind {
	case plan.AllOrNothing:
	case plan.Proportional:
		return c.proportion(m, g)
	case plan.Linear:
		return c.linear(m, g)
	case plan.Banded:
		if c.target.PointsOf != "" { // of some units they may be fewer than those of a band
			return least(c.bands(m, g), c.max)
		}
		return c.bands(m, g)
	case plan.ByChoice:
		return c.choices(m)
	case plan.ByPlace, plan.OfBest, plan.OfSpan:
		return c.compared()
	case plan.EachOf:
		return least(c.each(m), c.max)
	}
	return c.allOrNothing()
}

// proportion is the share of the points that the figure is of its goal; all or
// nothing where the goal is no number above 0 to come up to.
func (c *compiler) proportion(m measured, g goal) expr {
	if g.cmp != plan.AtLeast && g.cmp != plan.MoreThan || len(g.bounds) == 0 {
		return c.allOrNothing()
	}
	b := g.bounds[0]
	share := m.figure.times(b.den).over(b.num)
	if m.crosses {
		share = m.num.times(b.den).over(b.num.times(m.den))
	}
	return iff(b.figure.compare("<=", zero), c.allOrNothing(), c.capped(share))
}

// capped is a share of the points, from none to all of them.
func (c *compiler) capped(share expr) expr { return most(zero, least(c.max, c.max.times(share))) }

// linear is how far the figure has come from the floor to the goal.
func (c *compiler) linear(m measured, g goal) expr {
	floor := c.amount(c.target.Credit.Floor)
	if len(g.bounds) != 1 || g.cmp == plan.Is {
		return c.allOrNothing()
	}
	way := g.bounds[0].figure.minus(floor.figure)
	p, q := way, one
	if way.fixed {
		p, q = fraction(way.num)
	}
	share := m.figure.minus(floor.figure).times(q).over(p)
	return iff(floor.known, iff(floor.figure.compare("=", g.bounds[0].figure), c.allOrNothing(), c.capped(share)), c.allOrNothing())
}

// bands is the points of the first band that holds.
func (c *compiler) bands(m measured, g goal) expr {
	list := c.target.Credit.Bands
	points := zero
	for i := len(list) - 1; i >= 0; i-- {
		b := c.comparison(list[i].Cmp, list[i].Bounds)
		points = iff(iff(b.known, c.holds(c.target.Measure, m, b), no), c.bandPoints(list[i], b, m, g), points)
	}
	return points
}

// bandPoints is what a figure of the band earns.
func (c *compiler) bandPoints(b plan.Band, at goal, m measured, g goal) expr {
	switch b.Earns {
	case plan.BandProportional:
		return c.proportion(m, g)
	case plan.BandSloped:
		low, width := at.bounds[0].figure, at.bounds[1].figure.minus(at.bounds[0].figure)
		step := literal(b.Ends[1].Sub(b.Ends[0])).over(width)
		rise := literal(b.Ends[0]).plus(m.figure.minus(low).times(step))
		return iff(width.compare("=", zero), literal(b.Ends[1]), rise)
	case plan.BandFixed:
	}
	return literal(b.Points)
}

// choices is the points of each choice, by its title.
func (c *compiler) choices(m measured) expr {
	points := zero
	list := c.target.Credit.Choices
	for i := len(list) - 1; i >= 0; i-- {
		points = iff(m.figure.compare("=", quoted(c.choice(c.target.Measure.Fact, list[i].Choice))), literal(list[i].Points), points)
	}
	return points
}

// each is so many points for each of what the figure counts.
func (c *compiler) each(m measured) expr {
	return most(zero, m.figure.times(literal(c.target.Credit.Each)))
}

// adjustment is the points that a target adds or takes off.
func (c *compiler) adjustment(m measured) expr {
	points := zero
	switch c.target.Credit.Kind {
	case plan.EachOf:
		points = c.each(m)
	case plan.Banded:
		points = c.bands(m, goal{known: yes})
	case plan.ByChoice:
		points = c.choices(m)
	case plan.AllOrNothing, plan.Proportional, plan.Linear, plan.ByPlace, plan.OfBest, plan.OfSpan: // no plan says so
	}
	if c.target.Most != nil {
		points = least(points, literal(*c.target.Most))
	}
	if c.target.Adjust == plan.Deduction {
		points = points.negated()
	}
	if d := c.plan.RoundingOf(c.target); d != nil {
		points = points.rounded(int(*d))
	}
	return points
}
