package summary

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
)

// The outcomes of other targets that a row depends on stand in cells of it,
// behind its figures: first of those that its measure counts, then of those that
// it requires.

// others lists these targets by their ids.
func (t *targetRow) others() []string {
	if t.target.Measure.Op != plan.MetOf {
		return t.target.Requires
	}
	return slices.Concat(t.target.Measure.Targets, t.target.Requires)
}

// moreFacts lists the facts that only tell whether the target applies.
func (t *targetRow) moreFacts() []string {
	measured := t.target.Measure.Facts()
	return slices.DeleteFunc(t.target.AppliesFacts(), func(id string) bool { return slices.Contains(measured, id) })
}

// related is a cell that holds the outcome of another target of the same unit.
type related struct {
	formula string // none: the target does not bind the unit
	outcome score.Outcome
}

// relatedTo finds the outcomes that a row depends on. Another row is found by its
// key, wherever sorting has put it, and by an offset: the range of all outcomes
// holds the one that depends on this cell, which would be a circle.
func (x *writer) relatedTo(l *line, a *areaSheet, row int) []related {
	var list []related
	for _, id := range l.target.others() {
		i := slices.IndexFunc(x.s.targets, func(t targetRow) bool { return t.target.ID == id })
		if i < 0 {
			continue
		}
		t := &x.s.targets[i]
		r := x.s.result(l.unit, i)
		if r == nil || unbound(r, t.target, l.unit) {
			list = append(list, related{outcome: score.NotApplicable})
			continue
		}
		b := x.areaOf(t)
		wanted, keys := fmt.Sprint(t.no), b.col.no
		if b.col.key > 0 {
			wanted, keys = fmt.Sprintf("$%s%+d", diag.A1(row, a.col.key), (t.no-l.target.no)*keyStep), b.col.key
		}
		head := diag.QuoteSheet(b.name) + "!" + sheets.Range(b.top, b.col.outcome, b.top, b.col.outcome)
		head, _, _ = strings.Cut(head, ":")
		list = append(list, related{fmt.Sprintf("OFFSET(%s,MATCH(%s,%s,0),0)", head, wanted, b.column(keys)), r.Outcome})
	}
	return list
}

// areaOf is the sheet that a target's rows stand on. It copies no line, for others
// are being compiled beside it.
func (x *writer) areaOf(t *targetRow) *areaSheet {
	for _, a := range x.areas {
		for i := range a.lines {
			if a.lines[i].target.no == t.no {
				return a
			}
		}
	}
	return nil
}

// counts is a count over cells that hold outcomes.
func (c *compiler) counts(cells []string, outcomes ...score.Outcome) string {
	var terms []string
	for _, o := range outcomes {
		terms = append(terms, fmt.Sprintf("COUNTIF(%s:%s,%s)", cells[0], cells[len(cells)-1], quote(c.word(o))))
	}
	return strings.Join(terms, "+")
}

// countedCells and requiredCells are the cells of other targets' outcomes.
func (c *compiler) countedCells() []string {
	if c.measure.Op != plan.MetOf {
		return nil
	}
	return c.cells.related[:len(c.measure.Targets)]
}

func (c *compiler) requiredCells() []string { return c.cells.related[len(c.countedCells()):] }

// met is how many of the counted targets are met, or can still be.
func (c *compiler) met() operand {
	cells, outcomes := c.countedCells(), []score.Outcome{score.Met}
	if c.atMostMet {
		outcomes = append(outcomes, score.Missing, score.Invalid, score.Pending)
	}
	return operand{text: c.counts(cells, outcomes...), loose: len(outcomes) > 1, exact: c.countedNow(outcomes...)}
}

// applicable is how many of the counted targets apply.
func (c *compiler) applicable() operand {
	n := len(c.countedCells())
	return operand{text: fmt.Sprintf("%d-%s", n, c.counts(c.countedCells(), score.NotApplicable)), loose: true,
		exact: number.Int(int64(n)).Sub(c.countedNow(score.NotApplicable))}
}

// countedNow counts the outcomes on the card.
func (c *compiler) countedNow(outcomes ...score.Outcome) number.Exact {
	n := 0
	for _, r := range c.related[:len(c.countedCells())] {
		if slices.Contains(outcomes, r.outcome) {
			n++
		}
	}
	return number.Int(int64(n))
}

// metFraction is a count of met targets, over 1 or over those that apply.
func (c *compiler) metFraction() (num, den operand) {
	if c.measure.Of == plan.Applicable {
		return c.met(), c.applicable()
	}
	return c.met(), one
}

// compileMet writes the formulas of a count of met targets. While some of them
// are neither met nor missed, the outcome is known where it is the same whatever
// they turn out to be.
func (c *compiler) compileMet() formulas {
	var f formulas
	if len(c.countedCells()) == 0 || c.target.Adjust != plan.NoAdjustment {
		return f
	}
	least, leastHolds, ok := c.judge(c.result.Goal.Comparator, c.result.Goal.Bounds)
	c.atMostMet = true
	most, mostHolds, _ := c.judge(c.result.Goal.Comparator, c.result.Goal.Bounds)
	c.atMostMet = false
	if !ok || c.close {
		return f
	}
	all, never := condition{"AND(" + least + "," + most + ")", leastHolds && mostHolds}, condition{}
	switch low, high := c.result.Goal.Bounds[0].Exact, c.result.Goal.Bounds[len(c.result.Goal.Bounds)-1].Exact; c.result.Goal.Comparator {
	case plan.AtLeast, plan.MoreThan:
		all, never = condition{least, leastHolds}, condition{"NOT(" + most + ")", !mostHolds}
	case plan.AtMost, plan.LessThan:
		all, never = condition{most, mostHolds}, condition{"NOT(" + least + ")", !leastHolds}
	case plan.Between, plan.Is:
		above, isAbove := c.compare(c.measure, ">", high)
		c.atMostMet = true
		below, isBelow := c.compare(c.measure, "<", low)
		c.atMostMet = false
		never = condition{"OR(" + above + "," + below + ")", isAbove || isBelow}
	}
	open := c.whileOpen()
	outcome := score.Missed
	switch {
	case all.holds:
		outcome = score.Met
	case !never.holds:
		outcome = c.openNow()
	}
	value := c.value(c.measure)
	f.value = fmt.Sprintf(`IF(OR(%s,%s),%s,"")`, all.text, never.text, value.text)
	f.outcome = fmt.Sprintf("IF(%s,%s,IF(%s,%s,%s))", all.text, quote(c.word(score.Met)), never.text, quote(c.word(score.Missed)), open)
	if c.measure.Of == plan.Applicable {
		none := c.applicable()
		f.value = fmt.Sprintf(`IF(%s=0,"",%s)`, none.text, f.value)
		f.outcome = fmt.Sprintf("IF(%s=0,%s,%s)", none.text, quote(c.word(score.WhenAbsent(c.target.WhenEmpty))), f.outcome)
		if none.exact.IsZero() {
			outcome = score.WhenAbsent(c.target.WhenEmpty)
		}
	}
	decided := c.result.Value != nil && !c.elsewhere
	if !c.elsewhere && outcome != c.result.Outcome || decided && !c.result.Value.Exact.Equal(value.exact) {
		return formulas{}
	}
	f.points = c.pointsFormula(decided, all.holds)
	return f
}

// whileOpen is the outcome of a count that is not settled.
func (c *compiler) whileOpen() string {
	cells := c.countedCells()
	absent := score.Missing
	switch {
	case c.pending:
		absent = score.Pending
	case c.target.WhenMissing == plan.AsNotApplicable:
		absent = score.NotApplicable
	}
	return fmt.Sprintf("IF(%s>0,%s,IF(%s>0,%s,%s))", c.counts(cells, score.Invalid), quote(c.word(score.Invalid)),
		c.counts(cells, score.Missing), quote(c.word(absent)), quote(c.word(score.Pending)))
}

// openNow is that outcome on the card.
func (c *compiler) openNow() score.Outcome {
	switch {
	case !c.countedNow(score.Invalid).IsZero():
		return score.Invalid
	case c.countedNow(score.Missing).IsZero() || c.pending:
		return score.Pending
	case c.target.WhenMissing == plan.AsNotApplicable:
		return score.NotApplicable
	}
	return score.Missing
}

// gated withholds the points of a row while the targets that it requires are
// neither met nor without application.
func (c *compiler) gated(f formulas) formulas {
	cells := c.requiredCells()
	if len(cells) == 0 || f.points == "" {
		return f
	}
	f.points = fmt.Sprintf("IF(%s=%d,%s,0)", c.counts(cells, score.Met, score.NotApplicable), len(cells), f.points)
	return f
}

// earnedOn is the points of a result, or those that a closed gate withholds.
func earnedOn(r *score.Result) number.Exact {
	if r.Withheld != nil {
		return r.Withheld.Exact
	}
	return r.Points.Exact
}

// applies is the conditions under which the target applies, written twice: as
// they hold where figures are missing that decide, and as they may.
type applies struct {
	surely, perhaps condition
	ok              bool // they can be written
}

func (c *compiler) appliesIf(all []plan.Condition) applies {
	a := applies{condition{holds: true}, condition{holds: true}, true}
	var surely, perhaps []string
	for _, w := range all {
		one := c.appliesWhere(w)
		a.ok = a.ok && one.ok
		a.surely.holds, a.perhaps.holds = a.surely.holds && one.surely.holds, a.perhaps.holds && one.perhaps.holds
		surely, perhaps = append(surely, one.surely.text), append(perhaps, one.perhaps.text)
	}
	a.surely.text, a.perhaps.text = joined("AND", surely), joined("AND", perhaps)
	return a
}

// appliesWhere writes one condition.
func (c *compiler) appliesWhere(w plan.Condition) applies {
	switch w.Op {
	case plan.AnyOf, plan.NoneOf:
		return c.appliesAny(w)
	case plan.IsFilled, plan.IsBlank, plan.IsOneOf, plan.IsNotOneOf, plan.Compares, plan.NotAfter, plan.After, plan.Before, plan.NotBefore:
	}
	cell, f := c.factCell(w.Column)
	if cell == "" || f != nil && f.State == fact.Invalid { // its cell is blank, as if it were missing
		return applies{}
	}
	there := f != nil && f.State == fact.Reported
	if there && f.Kind == plan.DateFact && !isDate(f.Value) { // its cell holds a text
		return applies{}
	}
	if w.Op == plan.IsFilled || w.Op == plan.IsBlank {
		op := map[bool]string{true: "<>", false: "="}[w.Op == plan.IsFilled]
		is := condition{cell + op + `""`, there == (w.Op == plan.IsFilled)}
		return applies{is, is, true}
	}
	test, ok := c.factTest(w, cell, f, there)
	return applies{
		condition{fmt.Sprintf(`AND(%s<>"",%s)`, cell, test.text), there && test.holds},
		condition{fmt.Sprintf(`OR(%s="",%s)`, cell, test.text), !there || test.holds}, ok,
	}
}

// factTest compares the cell of a fact that is there.
func (c *compiler) factTest(w plan.Condition, cell string, f *fact.Fact, there bool) (condition, bool) {
	if w.Op == plan.Compares || w.Op.OfDays() {
		cmp, amounts := w.Comparison()
		var bounds []number.Exact
		for _, b := range amounts {
			x, _, err := c.plan.Evaluate(b)
			if err != nil {
				return condition{}, false
			}
			bounds = append(bounds, x)
		}
		return condition{compared(cell, cmp, bounds), there && cmp.Holds(f.Value, bounds)}, true
	}
	var tests []string
	for _, choice := range w.Values {
		title := c.choice(w.Column, choice)
		if !inFormula(title) {
			return condition{}, false
		}
		tests = append(tests, cell+"="+quote(title))
	}
	is := condition{joined("OR", tests), there && slices.Contains(w.Values, f.Choice)}
	if w.Op == plan.IsNotOneOf {
		is = condition{"NOT(" + is.text + ")", !is.holds}
	}
	return is, true
}

// compared writes a comparison of a cell with one number or two.
func compared(cell string, cmp plan.Comparator, bounds []number.Exact) string {
	op := map[plan.Comparator]string{plan.AtLeast: ">=", plan.MoreThan: ">", plan.AtMost: "<=", plan.LessThan: "<", plan.Is: "="}[cmp]
	if cmp == plan.Between {
		return fmt.Sprintf("AND(%s>=%s,%s<=%s)", cell, decimal(bounds[0]), cell, decimal(bounds[1]))
	}
	return cell + op + decimal(bounds[0])
}

// appliesAny writes any_of and none_of; where none may hold, what perhaps holds
// and what surely does change places.
func (c *compiler) appliesAny(w plan.Condition) applies {
	a := applies{ok: true}
	var surely, perhaps []string
	for _, all := range w.Any {
		one := c.appliesIf(all)
		a.ok = a.ok && one.ok
		a.surely.holds, a.perhaps.holds = a.surely.holds || one.surely.holds, a.perhaps.holds || one.perhaps.holds
		surely, perhaps = append(surely, one.surely.text), append(perhaps, one.perhaps.text)
	}
	a.surely.text, a.perhaps.text = joined("OR", surely), joined("OR", perhaps)
	if w.Op == plan.NoneOf {
		a.surely, a.perhaps = condition{"NOT(" + a.perhaps.text + ")", !a.perhaps.holds}, condition{"NOT(" + a.surely.text + ")", !a.surely.holds}
	}
	return a
}

// factCell is the cell of a fact that tells whether the target applies.
func (c *compiler) factCell(id string) (cell string, f *fact.Fact) {
	if i := slices.Index(c.ids, id); i >= 0 {
		return c.cells.facts[i], c.facts[i]
	}
	if i := slices.Index(c.moreIDs, id); i >= 0 {
		return c.cells.more[i], c.moreFacts[i]
	}
	return "", nil
}

// whereApplies puts the formulas of a row under the conditions of its target.
func (c *compiler) whereApplies(f formulas, a applies) formulas {
	if len(c.target.AppliesIf) == 0 || f == (formulas{}) {
		return f
	}
	unknown := score.Missing
	switch {
	case slices.ContainsFunc(c.moreFacts, func(f *fact.Fact) bool { return f != nil && f.State == fact.Invalid }):
		return formulas{}
	case c.pending:
		unknown = score.Pending
	case c.target.WhenMissing == plan.AsNotApplicable:
		unknown = score.NotApplicable
	}
	now := c.result.Outcome
	switch {
	case !a.ok, !a.perhaps.holds && now != score.NotApplicable, a.perhaps.holds && !a.surely.holds && now != unknown:
		return formulas{}
	}
	if f.value != "" {
		f.value = fmt.Sprintf(`IF(%s,%s,"")`, a.surely.text, f.value)
	}
	if f.outcome != "" {
		f.outcome = fmt.Sprintf("IF(%s,IF(%s,%s,%s),%s)", a.perhaps.text, a.surely.text, f.outcome, quote(c.word(unknown)), quote(c.word(score.NotApplicable)))
	}
	if f.points == "" {
		return f
	}
	if !a.surely.holds && a.perhaps.holds && c.target.WhenMissing == plan.AsMet {
		f.points = "" // what it earns while that is not known, the card says
		return f
	}
	if f.outcome == "" {
		f.points = fmt.Sprintf("IF(%s,%s,0)", a.surely.text, f.points)
	}
	return f
}

// given gives the points of a target that does not apply where the plan says so,
// and otherwise none.
func (c *compiler) given(f formulas) formulas {
	if f.points == "" || f.outcome == "" || !c.target.MayFall() {
		return f
	}
	points := "0"
	if c.plan.FallenIn(c.target.Area) == plan.Given {
		points = c.cells.max
	}
	if points == "0" && len(c.target.AppliesIf) == 0 {
		return f // the formula says so already
	}
	f.points = fmt.Sprintf("IF(%s=%s,%s,%s)", c.cells.outcome, quote(c.word(score.NotApplicable)), points, f.points)
	return f
}
