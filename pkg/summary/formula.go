package summary

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// formulas are the live cells of one result, without the equals sign. An empty
// one means that the cell keeps the figure of the card.
type formulas struct {
	value, outcome, gap, points string
}

// cells says where the parts of a result stand on its row.
type cells struct {
	facts               []string // "G7", "H7": one for each fact of the measure, side by side
	more                []string // of facts that tell whether the target applies
	related             []string // of the outcomes of other targets, side by side
	value, outcome, max string
	relative            relativeCells
}

// compiler writes the rules of one target as spreadsheet formulas, and
// evaluates each exactly on the card's figures. A formula that does not yield
// the card's own value is not written: calculating the file changes nothing.
type compiler struct {
	plan      *plan.Plan
	target    *plan.Target
	pending   bool // the figure is not due yet
	result    *score.Result
	measure   plan.Measure
	ids       []string // facts of the measure
	facts     []*fact.Fact
	moreIDs   []string // facts that only tell whether the target applies
	moreFacts []*fact.Fact
	related   []related // as c.cells.related
	elsewhere bool      // the card's outcome is not that of the measure: its target does not apply, or perhaps not
	atMostMet bool      // a count of met targets is to be the most that it can be
	cells     cells
	word      func(score.Outcome) string
	choice    func(factID, choice string) string
	bounds    map[number.Exact][2]operand // that were split before; may be nil
	relation  *relation                   // with the other units, of points that depend on them; nil: the workbook does not compare them
	close     bool                        // two sides of a comparison are nearer than a spreadsheet tells apart
}

// compile returns the formulas of the row.
func (c *compiler) compile() formulas {
	a := c.appliesIf(c.target.AppliesIf)
	c.elsewhere = !a.surely.holds
	var f formulas
	switch {
	case c.measure.Op == plan.MetOf:
		f = c.compileMet()
	case c.result.Averaged: // over the units below, as the card says
	case len(c.ids) == 0, len(c.measure.Others()) > 0, !c.dated(): // counts of met targets among figures: as the card says
	case c.isChoice():
		f = c.compileChoice()
	default:
		f = c.compileNumber()
	}
	f = c.given(c.gated(c.whereApplies(f, a)))
	if f.outcome != "" {
		f.gap = c.gap()
	}
	return f
}

func (c *compiler) isChoice() bool { return c.result.Kind == plan.ChoiceKind }

// reported reports whether all figures are there.
func (c *compiler) reported() bool {
	if c.measure.Op == plan.MetOf {
		return c.result.Value != nil
	}
	return len(c.facts) > 0 && c.known(c.measure)
}

// compileNumber writes the formulas of a measure that is a number.
func (c *compiler) compileNumber() formulas {
	var f formulas
	invalid, empty := c.faults()
	sound := c.reported() && !c.elsewhere && !c.holdsAny(invalid) && !c.holdsAny(empty)
	value := c.value(c.measure)
	if sound && (c.result.Value == nil || !c.result.Value.Exact.Equal(value.exact)) {
		return f
	}
	f.value = c.whenSound(invalid, empty, c.scaled(value))
	if c.target.Tracked() {
		if !sound || c.result.Outcome == score.Tracked {
			f.outcome = c.whenReported(invalid, empty, quote(c.word(score.Tracked)))
		}
		if c.target.Adjust != plan.NoAdjustment {
			f.points = c.adjustment(sound)
		}
		return f
	}

	judged, exact, ok := c.judge(c.result.Goal.Comparator, c.result.Goal.Bounds)
	alone := c.relation != nil && c.result.Outcome == score.Pending
	if !ok || c.close || sound && !alone && (exact != (c.result.Outcome == score.Met) || !c.result.Outcome.Judged()) {
		return f
	}
	outcome := fmt.Sprintf("IF(%s,%s,%s)", judged, quote(c.word(score.Met)), quote(c.word(score.Missed)))
	if c.relation != nil {
		outcome = c.whenCompared(outcome)
	}
	f.outcome = c.whenReported(invalid, empty, outcome)
	f.points = c.pointsFormula(sound, exact)
	return f
}

// condition is a test of figures that makes a share unusable or empty.
type condition struct {
	text  string
	holds bool
}

// faults lists when the measure cannot be worked out: a part above its whole
// or below 0; a whole, or what something has grown from, that is 0.
func (c *compiler) faults() (invalid, empty []condition) {
	var walk func(plan.Measure)
	walk = func(m plan.Measure) {
		if m.Op == plan.ShareOf {
			part, whole := c.fact(m.Part), c.fact(m.Whole)
			p, w := part.exact, whole.exact
			below := condition{"MIN(" + part.text + "," + whole.text + ")<0", c.both(m) && (p.Sign() < 0 || w.Sign() < 0)}
			above := condition{part.text + ">" + whole.text, c.both(m) && p.Cmp(w) > 0}
			if len(c.ids) > 2 {
				pair := fmt.Sprintf("AND(COUNT(%s,%s)=2,OR(%s,%s))", part.text, whole.text, below.text, above.text)
				invalid = append(invalid, condition{pair, below.holds || above.holds})
			} else {
				invalid = append(invalid, below, above)
			}
			empty = append(empty, condition{whole.text + "=0", w.IsZero()})
		}
		for _, a := range m.Args {
			walk(a)
		}
		if m.Op == plan.FractionOf || m.Op == plan.RatioOf || m.Op == plan.QuotientOf {
			unfit, nothing := c.divisor(m)
			invalid, empty = append(invalid, unfit...), append(empty, nothing)
		}
		if m.Op == plan.GrowthOf { // from nothing there is no growth
			before, _, ok := c.fraction(m.Args[1])
			if !ok {
				before = c.value(m.Args[1])
			}
			empty = append(empty, condition{before.text + "=0", before.exact.IsZero()})
		}
	}
	walk(c.measure)
	return invalid, empty
}

// both reports whether the two figures of a share are there.
func (c *compiler) both(m plan.Measure) bool {
	there := 0
	for i, id := range c.ids {
		if f := c.facts[i]; (id == m.Part || id == m.Whole) && f != nil && f.State == fact.Reported {
			there++
		}
	}
	return there == 2 || there == 1 && m.Part == m.Whole
}

func (c *compiler) holdsAny(list []condition) bool {
	for _, x := range list {
		if x.holds {
			return true
		}
	}
	return false
}

func anyOf(list []condition) string {
	texts := make([]string, len(list))
	for i, x := range list {
		texts[i] = x.text
	}
	return joined("OR", texts)
}

// joined writes a function over terms, or the one term alone.
func joined(function string, terms []string) string {
	if len(terms) == 1 {
		return terms[0]
	}
	return function + "(" + strings.Join(terms, ",") + ")"
}

// counted is true where figures are missing.
func (c *compiler) counted() string {
	if c.measure.Op == plan.MetOf {
		return c.cells.value + `=""`
	}
	if chooses(c.measure) {
		return "NOT(" + c.there(c.measure) + ")"
	}
	first, last := c.cells.facts[0], c.cells.facts[len(c.ids)-1]
	if first != last {
		first += ":" + last
	}
	return fmt.Sprintf("COUNT(%s)<%d", first, len(c.ids))
}

// whenSound gives a figure where the measure can be worked out.
func (c *compiler) whenSound(invalid, empty []condition, figure string) string {
	if faults := append(invalid[:len(invalid):len(invalid)], empty...); len(faults) > 0 {
		figure = fmt.Sprintf(`IF(%s,"",%s)`, anyOf(faults), figure)
	}
	return fmt.Sprintf(`IF(%s,"",%s)`, c.counted(), figure)
}

// whenReported gives the outcome's word for each way in which a measure can have
// no value, and otherwise the result of judged.
func (c *compiler) whenReported(invalid, empty []condition, judged string) string {
	unless := func(when string, o score.Outcome) {
		judged = fmt.Sprintf("IF(%s,%s,%s)", when, quote(c.word(o)), judged)
	}
	if len(empty) > 0 {
		unless(anyOf(empty), c.whenEmpty(invalid, empty))
	}
	absent := c.absent(c.holdsAny(invalid))
	switch {
	case len(invalid) == 0:
		unless(c.counted(), absent)
	case len(c.ids) > 2: // what is wrong with two figures weighs more than a third that is missing
		unless(c.counted(), absent)
		unless(anyOf(invalid), score.Invalid)
	default:
		unless(anyOf(invalid), score.Invalid)
		unless(c.counted(), absent)
	}
	return judged
}

// absent is the outcome while figures are not there. What the card says is
// right for the card's own figures, unless others of them are at fault.
func (c *compiler) absent(faulty bool) score.Outcome {
	for _, f := range c.facts {
		if f != nil && f.State == fact.Invalid {
			return score.Invalid
		}
	}
	switch {
	case !c.reported() && !faulty && !c.elsewhere:
		return c.result.Outcome
	case c.pending:
		return score.Pending
	case c.target.WhenMissing == plan.AsNotApplicable:
		return score.NotApplicable
	}
	return score.Missing
}

// whenEmpty is the outcome when a denominator is 0.
func (c *compiler) whenEmpty(invalid, empty []condition) score.Outcome {
	if c.reported() && !c.elsewhere && c.holdsAny(empty) && !c.holdsAny(invalid) {
		return c.result.Outcome
	}
	if c.target.Tracked() && c.target.WhenEmpty != plan.AsMissing {
		return score.NotApplicable // there is nothing to meet
	}
	return score.WhenAbsent(c.target.WhenEmpty)
}

// operand is a part of a formula, with its exact value.
type operand struct {
	text  string
	loose bool // needs brackets to be a factor or a subtrahend
	exact number.Exact
}

func (t operand) factor() string {
	if t.loose {
		return "(" + t.text + ")"
	}
	return t.text
}

// isOne reports whether the term is the constant 1 (of a fraction without a
// denominator).
func (t operand) isOne() bool { return t.text == "1" }

var one = operand{text: "1", exact: number.Int(1)}

func times(a, b operand) operand {
	switch {
	case a.isOne() || b.text == "0":
		return b
	case b.isOne() || a.text == "0":
		return a
	}
	return operand{text: a.factor() + "*" + b.factor(), exact: a.exact.Mul(b.exact)}
}

func plus(a, b operand) operand {
	return operand{text: a.text + "+" + b.text, loose: true, exact: a.exact.Add(b.exact)}
}

func minus(a, b operand) operand {
	if b.text == "0" {
		return a
	}
	return operand{text: a.text + "-" + b.factor(), loose: true, exact: a.exact.Sub(b.exact)}
}

// fact is the cell of a fact. One that is not reported counts as 0: it is only
// looked at where all are.
func (c *compiler) fact(id string) operand {
	for i, known := range c.ids {
		if known != id {
			continue
		}
		t := operand{text: c.cells.facts[i]}
		if f := c.facts[i]; f != nil && f.State == fact.Reported {
			t.exact = f.Value
		}
		return t
	}
	return operand{text: "0"}
}

// fraction writes a measure as one fraction of sums and products, so that it
// can be held against a bound by cross products. Measures that choose among
// others have none.
func (c *compiler) fraction(m plan.Measure) (num, den operand, ok bool) {
	switch m.Op {
	case plan.ValueOf:
		return c.fact(m.Fact), one, true
	case plan.ShareOf:
		return c.fact(m.Part), c.fact(m.Whole), true
	case plan.ConstantOf, plan.ParamOf:
		num, den = c.ratio(c.number(m))
		return num, den, true
	case plan.ProductOf:
		return c.multiplied(m.Args)
	case plan.QuotientOf, plan.FractionOf, plan.RatioOf:
		return c.quotientOf(m)
	case plan.FirstOf:
		return c.firstFraction(m)
	case plan.MetOf:
		num, den = c.metFraction()
		return num, den, true
	case plan.OneMinus:
		num, den, ok = c.fraction(m.Args[0])
		return minus(den, num), den, ok
	case plan.GrowthOf:
		num, den, ok = c.fraction(m.Args[0])
		n, d, okay := c.fraction(m.Args[1])
		before := times(n, den)
		return minus(times(num, d), before), before, ok && okay
	case plan.ChangeOf:
		return c.combined(m.Args, minus)
	case plan.SumOf:
		return c.combined(m.Args, plus)
	case plan.MeanOf:
		num, den, ok = c.combined(m.Args, plus)
		return num, times(constant(number.Int(int64(len(m.Args)))), den), ok
	case plan.MinOf, plan.MaxOf:
	}
	return num, den, false
}

// combined adds up fractions, or takes all from the first.
func (c *compiler) combined(args []plan.Measure, combine func(a, b operand) operand) (num, den operand, ok bool) {
	num, den, ok = c.fraction(args[0])
	for _, arg := range args[1:] {
		n, d, okay := c.fraction(arg)
		ok = ok && okay
		num, den = combine(times(num, d), times(n, den)), times(den, d)
	}
	return num, den, ok
}

func constant(x number.Exact) operand {
	return operand{text: x.String(), loose: strings.Contains(x.String(), "/") || x.Sign() < 0, exact: x}
}

// value writes a measure as the figure that is shown.
func (c *compiler) value(m plan.Measure) operand {
	if m.Op == plan.ValueOf {
		return c.fact(m.Fact)
	}
	if m.Op == plan.ShareOf {
		part, whole := c.fact(m.Part), c.fact(m.Whole)
		t := operand{text: part.text + "/" + whole.text}
		if !whole.exact.IsZero() {
			t.exact = part.exact.Quo(whole.exact)
		}
		return t
	}
	all := make([]operand, len(m.Args))
	texts := make([]string, len(m.Args))
	for i, a := range m.Args {
		all[i] = c.value(a)
		texts[i] = all[i].text
	}
	combined := func(with func(x, y operand) operand) operand {
		x := all[0]
		for _, y := range all[1:] {
			x = with(x, y)
		}
		return x
	}
	exact := func(with func(x, y number.Exact) number.Exact) number.Exact {
		return combined(func(x, y operand) operand { return operand{exact: with(x.exact, y.exact)} }).exact
	}
	switch m.Op {
	case plan.ValueOf, plan.ShareOf: // above
	case plan.MetOf:
		if num, den := c.metFraction(); !den.isOne() {
			return over(plan.Measure{}, num, den)
		}
		return c.met()
	case plan.ConstantOf, plan.ParamOf:
		x := c.number(m)
		return operand{text: decimal(x), loose: x.Sign() < 0, exact: x}
	case plan.ProductOf:
		return combined(func(a, b operand) operand {
			return operand{text: a.factor() + "*" + b.factor(), exact: a.exact.Mul(b.exact)}
		})
	case plan.QuotientOf, plan.FractionOf, plan.RatioOf:
		return over(m, all[0], all[1])
	case plan.FirstOf:
		return c.pick(m, all)
	case plan.ChangeOf:
		return combined(minus)
	case plan.GrowthOf:
		return grown(all[0], all[1])
	case plan.OneMinus:
		return minus(one, all[0])
	case plan.MinOf:
		return operand{text: "MIN(" + strings.Join(texts, ",") + ")", exact: exact(number.Min)}
	case plan.MaxOf:
		return operand{text: "MAX(" + strings.Join(texts, ",") + ")", exact: exact(number.Max)}
	case plan.SumOf:
		return combined(plus)
	case plan.MeanOf:
		n, x := number.Int(int64(len(all))), combined(plus)
		return operand{text: x.factor() + "/" + n.String(), exact: x.exact.Quo(n)}
	}
	return operand{}
}

// grown writes how much larger a term is than another, as a share of that.
func grown(now, before operand) operand {
	t := operand{text: now.factor() + "/(" + before.text + ")-1", loose: true}
	if !before.exact.IsZero() {
		t.exact = now.exact.Quo(before.exact).Sub(number.Int(1))
	}
	return t
}

// scaled is the figure as its cell shows it: percentage points are counted in
// hundredths.
func (c *compiler) scaled(t operand) string {
	if displayOf(c.result).points {
		return t.factor() + "*100"
	}
	return t.text
}

// judge writes the comparison with a goal.
func (c *compiler) judge(comparator plan.Comparator, bounds []score.Figure) (text string, exact, ok bool) {
	if len(bounds) == 0 {
		return "", false, false
	}
	b := bounds[0].Exact
	switch comparator {
	case plan.AtLeast:
		text, exact = c.compare(c.measure, ">=", b)
	case plan.MoreThan:
		text, exact = c.compare(c.measure, ">", b)
	case plan.AtMost:
		text, exact = c.compare(c.measure, "<=", b)
	case plan.LessThan:
		text, exact = c.compare(c.measure, "<", b)
	case plan.Is:
		text, exact = c.compare(c.measure, "=", b)
	case plan.Between:
		if len(bounds) != 2 {
			return "", false, false
		}
		low, above := c.compare(c.measure, ">=", b)
		high, below := c.compare(c.measure, "<=", bounds[1].Exact)
		text, exact = "AND("+low+","+high+")", above && below
	default:
		return "", false, false
	}
	return text, exact, len(text) < 4000
}

// compare writes one comparison, without a division and without rounding.
func (c *compiler) compare(m plan.Measure, op string, bound number.Exact) (string, bool) {
	if m.Op == plan.MinOf || m.Op == plan.MaxOf {
		return c.compareEach(m, op, bound)
	}
	num, den, ok := c.fraction(m)
	if !ok {
		num, den = c.value(m), one
	}
	p, q := c.ratio(bound)
	c.close = c.close || len(p.text) > 15 || len(q.text) > 15 // more digits than a spreadsheet keeps
	if c.result.Kind == plan.DateKind && isDate(bound) {
		p.text = dateCall(bound)
	}
	left, right := times(num, q), times(p, den)
	c.close = c.close || !ok && left.exact.Equal(right.exact) // a division of the spreadsheet's may miss it
	c.near(left.exact, right.exact)
	return left.text + op + right.text, compares(left.exact.Cmp(right.exact), op)
}

// compareEach holds the least or the greatest of several measures against a
// bound: each of them, or any.
func (c *compiler) compareEach(m plan.Measure, op string, bound number.Exact) (string, bool) {
	if op == "=" {
		low, above := c.compareEach(m, ">=", bound)
		high, below := c.compareEach(m, "<=", bound)
		return "AND(" + low + "," + high + ")", above && below
	}
	every := (m.Op == plan.MinOf) == strings.HasPrefix(op, ">")
	function, exact := "OR", every
	if every {
		function = "AND"
	}
	var texts []string
	for _, a := range m.Args {
		text, holds := c.compare(a, op, bound)
		texts = append(texts, text)
		if every {
			exact = exact && holds
		} else {
			exact = exact || holds
		}
	}
	return joined(function, texts), exact
}

func compares(sign int, op string) bool {
	switch op {
	case ">=":
		return sign >= 0
	case ">":
		return sign > 0
	case "<=":
		return sign <= 0
	case "<":
		return sign < 0
	}
	return sign == 0
}

// near notes two numbers that differ by less than a spreadsheet's fifteen
// digits tell: a formula could then judge otherwise than the card.
func (c *compiler) near(a, b number.Exact) {
	if a.Equal(b) {
		return
	}
	largest := number.Max(number.Max(a, a.Neg()), number.Max(b, b.Neg()))
	gap := a.Sub(b)
	if number.Max(gap, gap.Neg()).Mul(number.Int(1_000_000_000_000)).Cmp(largest) < 0 {
		c.close = true
	}
}

// ratio splits a bound into a numerator and a denominator.
func (c *compiler) ratio(x number.Exact) (p, q operand) {
	known, ok := c.bounds[x]
	if !ok {
		r := x.Rat()
		known = [2]operand{constant(number.FromRat(new(big.Rat).SetInt(r.Num()))), constant(number.FromRat(new(big.Rat).SetInt(r.Denom())))}
		if c.bounds != nil {
			c.bounds[x] = known
		}
	}
	return known[0], known[1]
}

// pointsFormula writes how the row earns its points; "" where the card's
// figure has to stay.
func (c *compiler) pointsFormula(sound, met bool) string {
	if c.target.Credit.Kind.Relative() && c.relation == nil {
		return ""
	}
	earned := c.credit(met)
	full := fmt.Sprintf("IF(%s=%s,%s,0)", c.cells.outcome, quote(c.word(score.Met)), c.cells.max)
	formula := full
	if earned.text != "" {
		formula = fmt.Sprintf(`IF(%s="",%s,%s)`, c.cells.value, full, earned.text)
	}
	if d := c.plan.RoundingOf(c.target); d != nil {
		formula = fmt.Sprintf("ROUND(%s,%d)", formula, *d)
		earned.exact = d.Apply(earned.exact)
	}
	if !c.result.Max.Exact.Equal(c.target.Points) || sound && !earned.exact.Equal(earnedOn(c.result)) {
		return ""
	}
	// A figure that is not there earns what the plan says, whatever the word.
	absent := number.Exact{}
	switch {
	case !c.reported() && !c.elsewhere && c.result.Outcome != score.Invalid:
		absent = earnedOn(c.result)
	case c.target.WhenMissing == plan.AsMet && !c.pending:
		absent = c.target.Points
	}
	if !absent.IsZero() {
		formula = fmt.Sprintf("IF(AND(%s,%s<>%s),%s,%s)", c.counted(), c.cells.outcome, quote(c.word(score.Invalid)), decimal(absent), formula)
	}
	return formula
}

// credit writes the points of a judged figure; an empty text means all or
// nothing.
func (c *compiler) credit(met bool) operand {
	allOrNothing := operand{}
	if met {
		allOrNothing.exact = c.target.Points
	}
	credit, goal := c.target.Credit, c.result.Goal
	switch credit.Kind {
	case plan.AllOrNothing, plan.ByChoice: // choicePoints writes those of a choice
	case plan.Proportional:
		if t := c.proportion(); t.text != "" {
			return t
		}
	case plan.Linear:
		floor, _, err := c.plan.Evaluate(credit.Floor)
		if err == nil && len(goal.Bounds) == 1 && goal.Comparator != plan.Is && !floor.Equal(goal.Bounds[0].Exact) {
			way := goal.Bounds[0].Exact.Sub(floor)
			v := minus(c.value(c.measure), constant(floor))
			p, q := c.ratio(way)
			return c.capped(operand{text: times(v, q).factor() + "/" + p.factor(), exact: v.exact.Quo(way)})
		}
	case plan.Banded:
		return c.bands(credit.Bands)
	case plan.ByPlace, plan.OfBest, plan.OfSpan:
		return c.comparison()
	case plan.EachOf:
		return c.atMost(c.each(), c.target.Points, c.cells.max)
	}
	return allOrNothing
}

// proportion is the share of the points that the figure is of its goal; an
// empty text where the goal is no number to come up to.
func (c *compiler) proportion() operand {
	goal := c.result.Goal
	upward := goal.Comparator == plan.AtLeast || goal.Comparator == plan.MoreThan
	if !upward || goal.Bounds[0].Exact.Sign() <= 0 {
		return operand{}
	}
	return c.capped(c.quotient(goal.Bounds[0].Exact))
}

// quotient is the figure over its goal.
func (c *compiler) quotient(goal number.Exact) operand {
	p, q := c.ratio(goal)
	num, den, ok := c.fraction(c.measure)
	if !ok {
		num, den = c.value(c.measure), one
	}
	below := times(p, den)
	t := operand{text: times(num, q).text}
	if !below.isOne() {
		below.loose = below.loose || strings.Contains(below.text, "*")
		t.text = times(num, q).factor() + "/" + below.factor()
	}
	if !den.exact.IsZero() {
		t.exact = num.exact.Quo(den.exact).Quo(goal)
	}
	return t
}

// capped is a share of the points, from none to all of them.
func (c *compiler) capped(share operand) operand {
	x := number.Max(number.Exact{}, number.Min(share.exact.Mul(c.target.Points), c.target.Points))
	share.loose = share.loose || strings.Contains(share.text, "+")
	return operand{text: fmt.Sprintf("MAX(0,MIN(%s,%s*%s))", c.cells.max, c.cells.max, share.factor()), exact: x}
}

// bands writes the points of the first band that holds.
func (c *compiler) bands(bands []plan.Band) operand {
	type step struct{ when, points string }
	var steps []step
	out := operand{}
	decided := false
	for _, b := range bands {
		var bounds []score.Figure
		blocked := false
		for _, a := range b.Bounds {
			x, _, err := c.plan.Evaluate(a)
			blocked = blocked || err != nil
			bounds = append(bounds, score.Figure{Exact: x})
		}
		when, holds, ok := c.judge(b.Cmp, bounds)
		if blocked || !ok {
			continue
		}
		earns := c.bandPoints(b, bounds)
		steps = append(steps, step{when, earns.text})
		if holds && !decided {
			out.exact, decided = earns.exact, true
		}
	}
	out.text = "0"
	for i := len(steps) - 1; i >= 0; i-- {
		out.text = fmt.Sprintf("IF(%s,%s,%s)", steps[i].when, steps[i].points, out.text)
	}
	return out
}

// bandPoints writes what a value of the band earns.
func (c *compiler) bandPoints(b plan.Band, bounds []score.Figure) operand {
	switch b.Earns {
	case plan.BandProportional:
		return c.proportion()
	case plan.BandSloped:
		rise, width := b.Ends[1].Sub(b.Ends[0]), bounds[1].Exact.Sub(bounds[0].Exact)
		if width.IsZero() {
			return constant(b.Ends[1])
		}
		step := rise.Quo(width)
		return plus(constant(b.Ends[0]), times(minus(c.value(c.measure), constant(bounds[0].Exact)), constant(step)))
	case plan.BandFixed:
	}
	earns := b.Points
	if c.target.Adjust == plan.NoAdjustment {
		earns = number.Max(number.Exact{}, number.Min(b.Points, c.target.Points))
	}
	return operand{text: decimal(earns), exact: earns}
}

// compileChoice writes the formulas of a measure that is a choice: its title
// stands in the figure's cell.
func (c *compiler) compileChoice() formulas {
	var f formulas
	if len(c.ids) == 1 && c.target.Adjust != plan.NoAdjustment {
		f.value = fmt.Sprintf(`IF(%s="","",%s)`, c.cells.facts[0], c.cells.facts[0])
		f.outcome = fmt.Sprintf(`IF(%s="",%s,%s)`, c.cells.facts[0], quote(c.word(c.absent(false))), quote(c.word(score.Tracked)))
		f.points = c.adjustment(c.reported() && !c.elsewhere)
		return f
	}
	if len(c.ids) != 1 || c.result.Goal.Choice == "" {
		return f
	}
	id, cell := c.ids[0], c.cells.facts[0]
	wanted := c.choice(id, c.result.Goal.Choice)
	if !inFormula(wanted) {
		return f
	}
	f.value = fmt.Sprintf(`IF(%s="","",%s)`, cell, cell)
	met := c.result.Choice == c.result.Goal.Choice
	if c.reported() && !c.elsewhere && met != (c.result.Outcome == score.Met) {
		return formulas{}
	}
	f.outcome = fmt.Sprintf(`IF(%s="",%s,IF(%s=%s,%s,%s))`, cell, quote(c.word(c.absent(false))),
		cell, quote(wanted), quote(c.word(score.Met)), quote(c.word(score.Missed)))
	f.points = c.choicePoints(cell, met)
	return f
}

func (c *compiler) choicePoints(cell string, met bool) string {
	if !c.result.Max.Exact.Equal(c.target.Points) {
		return ""
	}
	formula := fmt.Sprintf("IF(%s=%s,%s,0)", c.cells.outcome, quote(c.word(score.Met)), c.cells.max)
	var earned number.Exact
	if met {
		earned = c.target.Points
	}
	if c.target.Credit.Kind == plan.ByChoice {
		formula, earned = "0", number.Exact{}
		list := c.target.Credit.Choices
		for i := len(list) - 1; i >= 0; i-- {
			title := c.choice(c.ids[0], list[i].Choice)
			if !inFormula(title) {
				return ""
			}
			points := number.Max(number.Exact{}, number.Min(list[i].Points, c.target.Points))
			formula = fmt.Sprintf("IF(%s=%s,%s,%s)", cell, quote(title), decimal(points), formula)
			if list[i].Choice == c.result.Choice {
				earned = points
			}
		}
	}
	switch {
	case c.reported() && !c.elsewhere && !earned.Equal(earnedOn(c.result)):
		return ""
	case !c.reported() && !c.elsewhere && !earnedOn(c.result).IsZero():
		return fmt.Sprintf(`IF(%s="",%s,%s)`, cell, decimal(earnedOn(c.result)), formula)
	case c.reported() && c.target.WhenMissing == plan.AsMet:
		return fmt.Sprintf(`IF(%s="",%s,%s)`, cell, c.cells.max, formula)
	}
	return formula
}

// quote writes a text inside a formula.
func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// inFormula reports whether a text can stand inside a formula, which takes 255
// characters.
func inFormula(s string) bool { return len(s) > 0 && len([]rune(s)) <= 255 }

// decimal writes a number inside a formula: as a decimal where it is one, as a
// fraction otherwise.
func decimal(x number.Exact) string {
	if x.IsInt() {
		return x.String()
	}
	if n, exact := number.Decimals(x, 15); exact && x.Cmp(number.Int(1)) < 0 && x.Sign() > 0 {
		return string(number.AppendDigits(nil, x, n)) // no more digits than a cell holds
	}
	f, _ := x.Rat().Float64()
	text := strconv.FormatFloat(f, 'f', -1, 64)
	if back, ok := new(big.Rat).SetString(text); ok && number.FromRat(back).Equal(x) {
		return text
	}
	return "(" + x.String() + ")"
}
