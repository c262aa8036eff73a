package summary

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// chooses reports whether a measure can be worked out without all of its facts.
func chooses(m plan.Measure) bool {
	return m.Op == plan.FirstOf || slices.ContainsFunc(m.Args, chooses)
}

// known reports whether the figures are there that a measure needs.
func (c *compiler) known(m plan.Measure) bool {
	if m.Op == plan.FirstOf {
		return slices.ContainsFunc(m.Args, c.known)
	}
	for _, id := range []string{m.Fact, m.Part, m.Whole} {
		if i := slices.Index(c.ids, id); id != "" && (i < 0 || c.facts[i] == nil || c.facts[i].State != fact.Reported) {
			return false
		}
	}
	return !slices.ContainsFunc(m.Args, func(a plan.Measure) bool { return !c.known(a) })
}

// there is a test of just that.
func (c *compiler) there(m plan.Measure) string {
	var tests []string
	if m.Op == plan.FirstOf {
		for _, a := range m.Args {
			tests = append(tests, c.there(a))
		}
		return joined("OR", tests)
	}
	var cells []string
	for _, id := range []string{m.Fact, m.Part, m.Whole} {
		if id != "" {
			cells = append(cells, c.fact(id).text)
		}
	}
	if len(cells) > 0 {
		tests = append(tests, fmt.Sprintf("COUNT(%s)=%d", strings.Join(cells, ","), len(cells)))
	}
	for _, a := range m.Args {
		if a.Op != plan.ConstantOf && a.Op != plan.ParamOf {
			tests = append(tests, c.there(a))
		}
	}
	if len(tests) == 0 {
		return "TRUE"
	}
	return joined("AND", tests)
}

// number is a number of the plan.
func (c *compiler) number(m plan.Measure) number.Exact {
	if m.Op == plan.ConstantOf {
		return m.Value
	}
	x, _, err := c.plan.Evaluate(plan.Amount{Op: plan.ParamValue, Param: m.Param})
	c.close = c.close || err != nil // nothing is written of what is not known
	return x
}

// divisor lists when one measure cannot be divided by another: when that is 0
// and, of a share, when the part is larger or one of them is below 0.
func (c *compiler) divisor(m plan.Measure) (invalid []condition, empty condition) {
	part, whole, known := c.value(m.Args[0]), c.value(m.Args[1]), c.known(m)
	guarded := func(text string, holds bool) condition {
		if len(c.ids) > 2 || chooses(c.measure) {
			text = fmt.Sprintf("IF(%s,%s,FALSE)", c.there(m), text)
		}
		return condition{text, known && holds}
	}
	if m.Op == plan.FractionOf {
		invalid = append(invalid,
			guarded("MIN("+part.text+","+whole.text+")<0", part.exact.Sign() < 0 || whole.exact.Sign() < 0),
			guarded(part.text+">"+whole.text, part.exact.Cmp(whole.exact) > 0))
	}
	return invalid, guarded(whole.text+"=0", whole.exact.IsZero())
}

// multiplied is a product of fractions.
func (c *compiler) multiplied(args []plan.Measure) (num, den operand, ok bool) {
	num, den, ok = c.fraction(args[0])
	for _, arg := range args[1:] {
		n, d, okay := c.fraction(arg)
		num, den, ok = times(num, n), times(den, d), ok && okay
	}
	return num, den, ok
}

// quotientOf is a fraction of two fractions.
func (c *compiler) quotientOf(m plan.Measure) (num, den operand, ok bool) {
	num, den, ok = c.fraction(m.Args[0])
	n, d, okay := c.fraction(m.Args[1])
	num, den = times(num, d), times(den, n)
	if m.Per != nil {
		p, q := c.ratio(*m.Per)
		num, den = times(num, p), times(den, q)
	}
	return num, den, ok && okay
}

// firstFraction chooses numerators and denominators by the same tests.
func (c *compiler) firstFraction(m plan.Measure) (num, den operand, ok bool) {
	nums, dens := make([]operand, len(m.Args)), make([]operand, len(m.Args))
	ok = true
	for i, a := range m.Args {
		n, d, okay := c.fraction(a)
		nums[i], dens[i], ok = n, d, ok && okay
	}
	return c.pick(m, nums), c.pick(m, dens), ok
}

// pick writes what belongs to the first of several measures that is known and
// not 0; where all that are known are 0, to the first of those.
func (c *compiler) pick(m plan.Measure, of []operand) operand {
	last := len(m.Args) - 1
	t := operand{text: of[last].text, exact: of[last].exact}
	for i := last; i >= 0; i-- { // all are 0: the first that is known
		if i < last {
			t.text = fmt.Sprintf("IF(%s,%s,%s)", c.there(m.Args[i]), of[i].text, t.text)
		}
		if c.known(m.Args[i]) {
			t.exact = of[i].exact
		}
	}
	for i := last; i >= 0; i-- {
		v := c.value(m.Args[i])
		t.text = fmt.Sprintf("IF(IF(%s,%s,0)<>0,%s,%s)", c.there(m.Args[i]), v.text, of[i].text, t.text)
		if c.known(m.Args[i]) && !v.exact.IsZero() {
			t.exact = of[i].exact
		}
	}
	return t
}

// over is the figure of a quotient.
func over(m plan.Measure, a, b operand) operand {
	t := operand{text: a.factor() + "/(" + b.text + ")"}
	if !strings.ContainsAny(b.text, "+-*/<>=,") {
		t.text = a.factor() + "/" + b.text
	}
	if !b.exact.IsZero() {
		t.exact = a.exact.Quo(b.exact)
	}
	if m.Per != nil {
		t = operand{text: t.text + "*" + decimal(*m.Per), exact: t.exact.Mul(*m.Per)}
	}
	return t
}

// divides reports whether the distance to the goal is counted in the figure
// that a ratio divides.
func (c *compiler) divides() bool {
	m := c.measure
	return (m.Op == plan.RatioOf || m.Op == plan.FractionOf) && m.Args[0].Op == plan.ValueOf && c.known(m) && c.value(m.Args[1]).exact.Sign() > 0
}
