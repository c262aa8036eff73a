package summary

import (
	"fmt"

	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// each is so many points for each of what the figure counts.
func (c *compiler) each() operand {
	v := c.value(c.measure)
	x := c.target.Credit.Each
	return operand{text: "MAX(0," + v.factor() + "*" + decimal(x) + ")", exact: number.Max(number.Exact{}, v.exact.Mul(x))}
}

// atMost cuts a term; limit is the text of what it is cut to.
func (c *compiler) atMost(t operand, most number.Exact, limit string) operand {
	return operand{text: fmt.Sprintf("MIN(%s,%s)", t.text, limit), exact: number.Min(t.exact, most)}
}

// adjustment writes the points that a target adds or takes off; "" where the
// card's figure has to stay.
func (c *compiler) adjustment(sound bool) string {
	var t operand
	switch c.target.Credit.Kind {
	case plan.EachOf:
		t = c.each()
	case plan.Banded:
		t = c.bands(c.target.Credit.Bands)
	case plan.ByChoice:
		var ok bool
		if t, ok = c.choices(); !ok {
			return ""
		}
	case plan.AllOrNothing, plan.Proportional, plan.Linear, plan.ByPlace, plan.OfBest, plan.OfSpan: // no plan says so
		return ""
	}
	if c.target.Most != nil {
		t = c.atMost(t, *c.target.Most, decimal(*c.target.Most))
	}
	if c.target.Adjust == plan.Deduction {
		t = operand{text: "-" + t.text, exact: t.exact.Neg()}
	}
	if d := c.plan.RoundingOf(c.target); d != nil {
		t = operand{text: fmt.Sprintf("ROUND(%s,%d)", t.text, *d), exact: d.Apply(t.exact)}
	}
	if c.close || sound && !t.exact.Equal(earnedOn(c.result)) {
		return ""
	}
	return fmt.Sprintf(`IF(%s="",0,%s)`, c.cells.value, t.text)
}

// choices writes the points of each choice, by its title.
func (c *compiler) choices() (t operand, ok bool) {
	t.text = "0"
	list := c.target.Credit.Choices
	for i := len(list) - 1; i >= 0; i-- {
		title := c.choice(c.ids[0], list[i].Choice)
		if !inFormula(title) {
			return t, false
		}
		t.text = fmt.Sprintf("IF(%s=%s,%s,%s)", c.cells.facts[0], quote(title), decimal(list[i].Points), t.text)
		if list[i].Choice == c.result.Choice {
			t.exact = list[i].Points
		}
	}
	return t, true
}
