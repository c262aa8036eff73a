package summary

import (
	"fmt"
	"strings"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// gap writes how far a missed figure is from its goal, in units of the
// numerator or of the value. Where the rule at hand does not give what the
// card says, the card's figure is kept for as long as the target is missed.
func (c *compiler) gap() string {
	expr, exact, ok := c.distance()
	missed := c.result.Outcome == score.Missed && c.reported()
	switch {
	case missed && c.result.Gap == nil && !(ok && exact.IsZero()), !ok && !missed:
		return ""
	case missed && c.result.Gap != nil && (!ok || !exact.Equal(c.result.Gap.Exact)):
		expr = decimal(c.result.Gap.Exact)
	case !c.whole() && (c.measure.Op == plan.ShareOf || c.measure.Op == plan.ValueOf):
		// Amounts of money: the last bits of their difference are noise.
		if places := c.places(); places < 9 {
			expr = fmt.Sprintf("ROUND(%s,%d)", expr, places)
		}
	}
	if op := c.result.Goal.Comparator; (op == plan.MoreThan || op == plan.LessThan) && !c.whole() {
		expr = fmt.Sprintf(`IF(%s=0,"",%s)`, expr, expr) // on the bound: not enough, and no distance
	}
	return fmt.Sprintf(`IF(AND(%s=%s,ISNUMBER(%s)),%s,"")`, c.cells.outcome, quote(c.word(score.Missed)), c.cells.value, expr)
}

// places is how many decimals a gap can have: those of the figures and of the
// goal.
func (c *compiler) places() int {
	n, most := 0, 0
	for _, f := range c.facts {
		if f != nil && f.State == fact.Reported {
			n = max(n, decimals(f.Value))
		}
	}
	for _, b := range c.result.Goal.Bounds {
		if most = max(most, decimals(b.Exact)); !b.Exact.Mul(number.Int(1_000_000)).IsInt() {
			return 9
		}
	}
	return n + most
}

// decimals is how many decimals show x, up to six.
func decimals(x number.Exact) int {
	n, _ := number.Decimals(x, 6)
	return n
}

// distance writes the way to the nearest value that reaches the goal: upward
// to its lower end, downward to its upper end.
func (c *compiler) distance() (text string, exact number.Exact, ok bool) {
	if c.isChoice() || len(c.result.Goal.Bounds) == 0 {
		return "", exact, false
	}
	num, den, whole := c.value(c.measure), one, c.whole()
	if c.measure.Op == plan.ShareOf {
		num, den, _ = c.fraction(c.measure)
	}
	if c.divides() {
		num, den = c.value(c.measure.Args[0]), c.value(c.measure.Args[1])
		if den.text = den.factor(); c.measure.Per != nil {
			den = over(plan.Measure{}, den, constant(*c.measure.Per))
		}
	}
	low, high := c.result.Goal.Bounds[0].Exact, c.result.Goal.Bounds[len(c.result.Goal.Bounds)-1].Exact
	up, down := c.up(num, den, low, whole), c.down(num, den, high, whole)
	switch c.result.Goal.Comparator {
	case plan.AtLeast, plan.MoreThan:
		return up.text, up.exact, true
	case plan.AtMost, plan.LessThan:
		return down.text, down.exact, true
	case plan.Between, plan.Is:
	}
	below, isBelow := c.compare(c.measure, "<", low)
	if isBelow {
		down = up
		down.text = c.down(num, den, high, whole).text
	}
	return fmt.Sprintf("IF(%s,%s,%s)", below, up.text, down.text), down.exact, true
}

// whole reports whether what is counted goes up in steps of one.
func (c *compiler) whole() bool {
	if c.measure.Op == plan.ValueOf {
		return c.result.Kind == plan.CountKind || c.result.Kind == plan.RankKind || c.result.Kind == plan.DateKind
	}
	if c.measure.Op == plan.MetOf {
		return c.measure.Of == plan.NoBase
	}
	f := c.facts[0]
	if c.divides() {
		return f != nil && f.Kind == plan.CountFact
	}
	return c.measure.Op == plan.ShareOf && f != nil && f.Kind == plan.CountFact
}

// up is the least that the figure has to rise.
func (c *compiler) up(num, den operand, bound number.Exact, whole bool) operand {
	p, q := c.ratio(bound)
	need := quotientOf(times(p, den), q)
	open := c.result.Goal.Comparator == plan.MoreThan
	switch {
	case whole && open:
		need = need.rounded("INT(%s)", need.exact.Floor())
		need = plus(need, one)
	case whole:
		need = need.rounded("ROUNDUP(%s,0)", need.exact.Ceil())
	}
	return minus(need, num)
}

// down is the least that the figure has to fall.
func (c *compiler) down(num, den operand, bound number.Exact, whole bool) operand {
	p, q := c.ratio(bound)
	most := quotientOf(times(p, den), q)
	open := c.result.Goal.Comparator == plan.LessThan
	switch {
	case whole && open:
		most = minus(most.rounded("ROUNDUP(%s,0)", most.exact.Ceil()), one)
	case whole:
		most = most.rounded("INT(%s)", most.exact.Floor())
	}
	return minus(num, most)
}

// rounded is the term as a whole number, by a function where it has a
// fraction.
func (t operand) rounded(function string, exact number.Exact) operand {
	if !strings.Contains(t.text, "/") {
		return operand{text: t.text, loose: t.loose, exact: exact}
	}
	return operand{text: fmt.Sprintf(function, t.text), exact: exact}
}

func quotientOf(a, b operand) operand {
	if b.isOne() {
		return a
	}
	return operand{text: a.factor() + "/" + b.factor(), exact: a.exact.Quo(b.exact)}
}
