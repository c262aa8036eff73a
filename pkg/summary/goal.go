package summary

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// goal is what a measure is compared with.
type goal struct {
	cmp    plan.Comparator
	bounds []bound
	known  expr // all bounds are
	choice string
}

// bound is a number that a measure is compared with, also as a fraction of whole
// numbers.
type bound struct {
	figure, num, den expr
	known            expr
}

func fixedBound(x number.Exact, day bool) bound {
	b := bound{figure: literal(x), known: yes}
	b.num, b.den = fraction(x)
	if day && isDate(x) {
		b.figure.text, b.figure.binds = dateCall(x), stands
		b.num = b.figure
	}
	return b
}

// goal is the target's goal for the unit. Where it names no figures of the unit it
// is that of the card.
func (c *compiler) goal() goal {
	g := goal{cmp: c.result.Goal.Comparator, known: yes}
	amounts := c.target.GoalFor(c.level).Bounds
	switch {
	case c.result.Goal.Choice != "":
		g.choice = c.choice(c.target.Measure.Fact, c.result.Goal.Choice)
	case slices.ContainsFunc(amounts, ofFacts):
		return c.comparison(g.cmp, amounts)
	case len(c.result.Goal.Bounds) == 0:
		g.known = no // a param has no value
	}
	for _, b := range c.result.Goal.Bounds {
		g.bounds = append(g.bounds, fixedBound(b.Exact, c.result.Kind == plan.DateKind))
	}
	return g
}

// ofFacts reports whether an amount depends on figures of the unit.
func ofFacts(a plan.Amount) bool { return a.Fact != "" || slices.ContainsFunc(a.Args, ofFacts) }

// comparison is with amounts of the plan.
func (c *compiler) comparison(cmp plan.Comparator, amounts []plan.Amount) goal {
	g := goal{cmp: cmp, known: yes}
	for _, a := range amounts {
		b := c.amount(a)
		g.bounds, g.known = append(g.bounds, b), and(g.known, b.known)
	}
	return g
}

// amount writes an amount of the plan.
func (c *compiler) amount(a plan.Amount) bound {
	if !ofFacts(a) {
		x, _, err := c.plan.Evaluate(a)
		b := fixedBound(x, c.plan.IsDay(a))
		if err != nil {
			b.known = no
		}
		return b
	}
	if a.Op == plan.FactAmount {
		cell, _ := c.cell(a.Fact)
		return figureBound(cell, countNumbers([]expr{cell}).compare("=", one))
	}
	all := make([]bound, len(a.Args))
	for i := range a.Args {
		all[i] = c.amount(a.Args[i])
	}
	b := all[0]
	switch a.Op {
	case plan.ShiftedDay:
		return c.shifted(b, a.Plus)
	case plan.SumAmount, plan.ProductAmount:
		with := expr.plus
		if a.Op == plan.ProductAmount {
			with = expr.times
		}
		for _, o := range all[1:] {
			b = figureBound(with(b.figure, o.figure), and(b.known, o.known))
		}
	case plan.MaxAmount, plan.MinAmount: // of those that are known
		of := most
		if a.Op == plan.MinAmount {
			of = least
		}
		for _, o := range all[1:] {
			b = figureBound(iff(b.known, iff(o.known, of(b.figure, o.figure), b.figure), o.figure), or(b.known, o.known))
		}
	case plan.Literal, plan.ParamValue, plan.FactAmount: // above
	}
	return b
}

func figureBound(figure, known expr) bound {
	return bound{figure: figure, num: figure, den: one, known: known}
}

// shifted is so many days after a day of the unit. No function of spreadsheets
// knows Saturdays that are worked.
func (c *compiler) shifted(b bound, by plan.Days) bound {
	n := literal(number.Int(int64(by.N)))
	if !by.Working {
		return figureBound(b.figure.plus(n), b.known)
	}
	day, ok := plan.DayOf(b.figure.num)
	shifted, there := by.After(day, c.plan.WorkingDays())
	e := expr{binds: stands, value: value{is: numeric, num: plan.OfDay(shifted), near: ok && there && len(c.plan.Worked) > 0}}
	if b.figure.is != numeric || !ok || !there {
		e.value = value{is: failing}
	}
	start := b.figure
	if by.N == 0 { // the day itself, or the next one that is worked
		start, n = b.figure.minus(one), one
	}
	e.text = "WORKDAY(" + start.text + "," + n.text + c.holidays() + ")"
	return figureBound(e, b.known)
}

// holidays is the plan's holidays as a last argument.
func (c *compiler) holidays() string {
	list := ""
	for _, h := range c.plan.Holidays {
		for d := h.From; !h.To.Before(d); d, _ = d.Add(1) {
			if !d.Weekend() {
				list += "," + literal(plan.OfDay(d)).text
			}
		}
	}
	if list == "" {
		return ""
	}
	return ",{" + list[1:] + "}"
}

func operator(cmp plan.Comparator) string {
	switch cmp {
	case plan.AtLeast:
		return ">="
	case plan.MoreThan:
		return ">"
	case plan.AtMost:
		return "<="
	case plan.LessThan:
		return "<"
	case plan.Is, plan.Between:
	}
	return "="
}

// holds compares a measure with a goal.
func (c *compiler) holds(of plan.Measure, m measured, g goal) expr {
	switch {
	case g.choice != "":
		return m.figure.compare("=", quoted(g.choice))
	case len(g.bounds) == 0:
		return no
	case g.cmp == plan.Between:
		return and(c.held(of, m, ">=", g.bounds[0]), c.held(of, m, "<=", g.bounds[1]))
	}
	return c.held(of, m, operator(g.cmp), g.bounds[0])
}

// held makes one comparison. The least or the greatest of several measures is held
// against a bound by each of them, so that none is divided.
func (c *compiler) held(of plan.Measure, m measured, op string, b bound) expr {
	if of.Op != plan.MinOf && of.Op != plan.MaxOf || c.averaged {
		return against(m, op, b)
	}
	if op == "=" {
		return and(c.held(of, m, ">=", b), c.held(of, m, "<=", b))
	}
	var tests []expr
	for _, a := range of.Args {
		tests = append(tests, c.held(a, c.measure(a), op, b))
	}
	if (of.Op == plan.MinOf) == (op[0] == '>') {
		return and(tests...)
	}
	return or(tests...)
}

// against compares by cross products, without a division, or by a difference that
// is rounded to the digits that a spreadsheet keeps.
func against(m measured, op string, b bound) expr {
	if m.crosses {
		return m.num.times(b.den).compare(op, b.num.times(m.den))
	}
	gap := m.figure.minus(b.figure)
	largest := number.Max(number.Max(m.figure.num, m.figure.num.Neg()), number.Max(b.figure.num, b.figure.num.Neg()))
	decimals := 12
	for scale := number.Int(1); decimals > -15 && scale.Cmp(largest) <= 0; scale = scale.Mul(number.Int(10)) {
		decimals--
	}
	rounded := gap.rounded(decimals)
	rounded.near = rounded.near || !gap.num.IsZero() && rounded.num.IsZero()
	return rounded.compare(op, zero)
}

// goalFormula is the goal of a unit that its own figures tell.
func (c *compiler) goalFormula(g goal) string {
	if len(g.bounds) != 1 || g.bounds[0].figure.fixed || len(c.result.Goal.Bounds) != 1 {
		return ""
	}
	l := line{result: c.result}
	x, _, ok := l.goal(c.lang)
	if !ok {
		return ""
	}
	e := g.bounds[0].figure
	if c.inPoints() {
		e = e.times(literal(number.Int(100)))
	}
	return c.checked(iff(g.known, e, none), value{is: numeric, num: x})
}
