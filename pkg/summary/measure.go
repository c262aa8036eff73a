package summary

import (
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// measured is a measure as expressions: its figure, and the tests that tell
// whether it has one, in the order in which score.Evaluate makes them.
type measured struct {
	figure   expr // fails where there is none
	num, den expr // the figure as a fraction, to be held against a bound without a division; den is not below 0
	crosses  bool // there is such a fraction
	atLeast0 bool // the figure is never below 0

	cells   []expr // figures that must be there
	known   expr   // what else must hold for the figure to be known
	invalid expr   // it can be told, and makes no sense: also where figures are missing
	empty   expr   // where it is known: a denominator is 0
	waits   expr   // where it is known: another target is not due yet

	simply  expr // of a share of two cells: invalid, where it is known
	settled expr // of a count of met targets: the outcome is known although some are not judged
	most    expr // of such a count: what it can still come to
}

// known is a measure whose figure is always there.
func known(figure expr) measured {
	return measured{figure: figure, num: figure, den: one, crosses: true, atLeast0: figure.num.Sign() >= 0, known: yes, invalid: no, empty: no, waits: no, settled: no}
}

// absent tests whether some are not.
func (m *measured) absent() expr {
	if len(m.cells) == 0 {
		return not(m.known)
	}
	fewer := countNumbers(m.cells).compare("<", literal(number.Int(int64(len(m.cells)))))
	if m.known.isYes() {
		return fewer
	}
	return or(fewer, not(m.known))
}

// sound tests whether the measure has a figure; it never fails.
func (m *measured) sound() expr {
	there := not(m.invalid)
	if len(m.cells) > 0 {
		all := countNumbers(m.cells).compare("=", literal(number.Int(int64(len(m.cells)))))
		there = and(there, all)
	}
	there = and(there, m.known)
	return iff(there, not(or(m.empty, m.waits)), no)
}

// measure writes a measure.
func (c *compiler) measure(m plan.Measure) measured {
	switch m.Op {
	case plan.ValueOf:
		return c.ofFact(m.Fact)
	case plan.ShareOf:
		return c.divided(m, c.ofFact(m.Part), c.ofFact(m.Whole))
	case plan.ConstantOf:
		return c.constant(m.Value)
	case plan.ParamOf:
		x, _, err := c.plan.Evaluate(plan.Amount{Op: plan.ParamValue, Param: m.Param})
		out := c.constant(x)
		if err != nil {
			out.known = no
		}
		return out
	case plan.MetOf:
		return c.met(m)
	case plan.ChangeOf, plan.GrowthOf, plan.OneMinus, plan.MinOf, plan.MaxOf, plan.SumOf, plan.MeanOf, plan.ProductOf, plan.QuotientOf,
		plan.FirstOf, plan.FractionOf, plan.RatioOf:
	}
	all := make([]measured, len(m.Args))
	for i, a := range m.Args {
		all[i] = c.measure(a)
	}
	switch m.Op {
	case plan.FirstOf:
		return first(all)
	case plan.FractionOf, plan.QuotientOf, plan.RatioOf:
		return c.divided(m, all[0], all[1])
	case plan.GrowthOf:
		return grown(all[0], all[1])
	case plan.ChangeOf:
		return difference(all)
	case plan.OneMinus:
		return difference([]measured{known(one), all[0]})
	case plan.SumOf:
		return inTurn(all, expr.plus, addedUp)
	case plan.MeanOf:
		out, n := inTurn(all, expr.plus, addedUp), literal(number.Int(int64(len(all))))
		out.figure, out.den = out.figure.over(n), n.times(out.den)
		return out
	case plan.ProductOf:
		return inTurn(all, expr.times, func(a, b measured) (expr, expr) { return a.num.times(b.num), a.den.times(b.den) })
	case plan.MinOf:
		return extremeOf(all, least)
	case plan.MaxOf:
		return extremeOf(all, most)
	case plan.ValueOf, plan.ShareOf, plan.ConstantOf, plan.ParamOf, plan.MetOf: // above
	}
	return known(zero)
}

func addedUp(a, b measured) (num, den expr) {
	return a.num.times(b.den).plus(b.num.times(a.den)), a.den.times(b.den)
}

func (c *compiler) constant(x number.Exact) measured {
	out := known(literal(x))
	out.num, out.den = fraction(x)
	return out
}

// ofFact is a fact in its cell.
func (c *compiler) ofFact(id string) measured {
	cell, f := c.cell(id)
	out := known(cell)
	out.cells, out.atLeast0 = []expr{cell}, true
	if f != nil && f.State == fact.Invalid {
		out.invalid = cell.compare("=", quoted(c.word(score.Invalid)))
	}
	return out
}

// joined needs what all of several measures need.
func joined(all []measured) measured {
	out := measured{known: yes, invalid: no, empty: no, waits: no, settled: no, crosses: true, atLeast0: true}
	for _, m := range all {
		for _, cell := range m.cells {
			if !slices.ContainsFunc(out.cells, func(o expr) bool { return o.text == cell.text }) {
				out.cells = append(out.cells, cell)
			}
		}
		out.known, out.invalid, out.waits = and(out.known, m.known), or(out.invalid, m.invalid), or(out.waits, m.waits)
		out.empty = or(out.empty, m.empty)
		out.crosses, out.atLeast0 = out.crosses && m.crosses, out.atLeast0 && m.atLeast0
	}
	if varies := slices.DeleteFunc(slices.Clone(all), func(m measured) bool { return m.figure.fixed }); len(varies) == 1 {
		out.simply = varies[0].simply
	}
	return out
}

// inTurn combines the figures of several measures one after the other, and their
// fractions.
func inTurn(all []measured, figures func(a, b expr) expr, fractions func(a, b measured) (num, den expr)) measured {
	out, so := joined(all), all[0]
	for _, m := range all[1:] {
		so.figure = figures(so.figure, m.figure)
		so.num, so.den = fractions(so, m)
	}
	out.figure, out.num, out.den = so.figure, so.num, so.den
	return out
}

// difference is inTurn; it may be below 0.
func difference(all []measured) measured {
	out := inTurn(all, expr.minus, func(a, b measured) (expr, expr) {
		return a.num.times(b.den).minus(b.num.times(a.den)), a.den.times(b.den)
	})
	out.atLeast0 = false
	return out
}

func extremeOf(all []measured, of func(...expr) expr) measured {
	out := joined(all)
	var figures []expr
	for _, m := range all {
		figures = append(figures, m.figure)
	}
	out.figure, out.crosses = of(figures...), false
	return out
}

// divided is one measure by another: of a share neither may be below 0, and the
// first may not be larger.
func (c *compiler) divided(m plan.Measure, part, whole measured) measured {
	out := joined([]measured{part, whole})
	if m.Op == plan.ShareOf || m.Op == plan.FractionOf {
		unfit := or(least(part.figure, whole.figure).compare("<", zero), part.figure.compare(">", whole.figure))
		ofCells := len(out.cells) > 0 && out.known.isYes() && out.invalid.isNo() && out.empty.isNo()
		switch {
		case ofCells && isCell(part.figure) && isCell(whole.figure):
			out.simply = unfit
			out.invalid = and(countNumbers(out.cells).compare("=", literal(number.Int(int64(len(out.cells))))), unfit)
		default:
			out.simply = expr{}
			out.invalid = or(out.invalid, iff(out.sound(), unfit, no))
		}
	}
	out.empty = iff(out.empty, yes, whole.figure.compare("=", zero))
	out.figure = part.figure.over(whole.figure)
	out.num, out.den = part.num.times(whole.den), part.den.times(whole.num)
	out.crosses = out.crosses && whole.atLeast0
	if m.Per != nil {
		out.figure = out.figure.times(literal(*m.Per))
		p, q := fraction(*m.Per)
		out.num, out.den = out.num.times(p), out.den.times(q)
	}
	return out
}

func isCell(e expr) bool { return e.binds == stands && !e.fixed && !strings.ContainsAny(e.text, "(!") }

// grown is how much larger one measure is than another, as a share of that.
func grown(now, before measured) measured {
	out := joined([]measured{now, before})
	out.empty = iff(out.empty, yes, before.figure.compare("=", zero))
	out.figure = now.figure.over(before.figure).minus(one)
	was := before.num.times(now.den)
	out.num, out.den = now.num.times(before.den).minus(was), was
	out.crosses, out.atLeast0 = out.crosses && before.atLeast0, false
	return out
}

// first is the first of several measures that is known and not 0; where all that
// are known are 0, the first of those. One that cannot be used is not passed over.
func first(all []measured) measured {
	out := joined(all)
	sound, absent, counts := make([]expr, len(all)), make([]expr, len(all)), make([]expr, len(all))
	for i := range all {
		sound[i], absent[i] = all[i].sound(), all[i].absent()
		counts[i] = iff(sound[i], all[i].figure.compare("<>", zero), no)
	}
	pick := func(of func(*measured) expr) expr {
		x := of(&all[len(all)-1])
		for i := len(all) - 2; i >= 0; i-- {
			x = iff(sound[i], of(&all[i]), x)
		}
		for i := len(all) - 1; i >= 0; i-- {
			x = iff(counts[i], of(&all[i]), x)
		}
		return x
	}
	out.figure = pick(func(m *measured) expr { return m.figure })
	out.num, out.den = pick(func(m *measured) expr { return m.num }), pick(func(m *measured) expr { return m.den })
	some := or(sound...)
	out.cells, out.known = nil, or(some, not(or(absent...)))
	out.empty, out.waits = iff(some, no, out.empty), iff(some, no, out.waits)
	out.invalid = no
	for i := len(all) - 1; i >= 0; i-- {
		out.invalid = iff(all[i].invalid, yes, iff(counts[i], no, out.invalid))
	}
	return out
}
