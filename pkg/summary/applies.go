package summary

import (
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// applies is the conditions under which a target applies, written twice: as they
// hold for sure where figures are missing that decide, and as they may hold.
type applies struct {
	surely, perhaps expr
	invalid         expr // it cannot be told, for a figure cannot be used
}

// appliesIf writes conditions all of which must hold.
func (c *compiler) appliesIf(all []plan.Condition) applies {
	a := applies{yes, yes, no}
	for _, w := range all {
		one := c.appliesWhere(w)
		a.surely, a.perhaps, a.invalid = and(a.surely, one.surely), and(a.perhaps, one.perhaps), or(a.invalid, one.invalid)
	}
	return a
}

// unknown is the outcome where it cannot be told whether the target applies.
func (c *compiler) unknown(a applies) expr {
	return iff(a.invalid, c.say(score.Invalid), c.say(c.absent()))
}

// appliesWhere writes one condition.
func (c *compiler) appliesWhere(w plan.Condition) applies {
	switch w.Op {
	case plan.AnyOf, plan.NoneOf:
		return c.appliesAny(w)
	case plan.IsFilled, plan.IsBlank, plan.IsOneOf, plan.IsNotOneOf, plan.Compares, plan.NotAfter, plan.After, plan.Before, plan.NotBefore:
	}
	cell, f := c.cell(w.Column)
	filled, invalid := cell.compare("<>", none), no
	if w.Op == plan.IsFilled {
		return applies{filled, filled, no}
	}
	if w.Op == plan.IsBlank {
		blank := cell.compare("=", none)
		return applies{blank, blank, no}
	}
	if f != nil && f.State == fact.Invalid {
		invalid = cell.compare("=", c.say(score.Invalid))
	}
	test := goal{known: yes}
	holds := no
	compares := w.Op == plan.Compares || w.Op.OfDays()
	if compares {
		test = c.comparison(w.Comparison())
		holds = c.holds(plan.Measure{}, known(cell), test)
	} else {
		for _, choice := range w.Values {
			holds = or(holds, cell.compare("=", quoted(c.choice(w.Column, choice))))
		}
		if w.Op == plan.IsNotOneOf {
			holds = not(holds)
		}
	}
	if invalid.isNo() && !compares { // text where a figure is lacking cannot be reckoned with
		return applies{and(filled, holds), or(not(filled), holds), no}
	}
	told := and(filled, not(invalid), test.known)
	return applies{iff(told, holds, no), iff(told, holds, yes), invalid}
}

// appliesAny writes any_of and none_of; where none may hold, what perhaps holds
// and what surely does change places.
func (c *compiler) appliesAny(w plan.Condition) applies {
	a := applies{no, no, no}
	for _, all := range w.Any {
		one := c.appliesIf(all)
		unknown := and(one.perhaps, not(one.surely))
		a.surely, a.perhaps, a.invalid = or(a.surely, one.surely), or(a.perhaps, one.perhaps), or(a.invalid, and(unknown, one.invalid))
	}
	if !a.invalid.isNo() {
		a.invalid = and(a.perhaps, not(a.surely), a.invalid)
	}
	if w.Op == plan.NoneOf {
		a.surely, a.perhaps = not(a.perhaps), not(a.surely)
	}
	return a
}
