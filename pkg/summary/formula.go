package summary

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// formulas are the live cells of one result, without the equals sign. An empty
// one means that the cell keeps the figure of the card.
type formulas struct {
	value, goal, outcome, gap, points string
	compared                          string // tests whether the figure can be compared with those of other units
	differ                            bool   // one would yield another figure than the card's: the rules here are not those of pkg/score
}

// compiler writes the rules of one target as spreadsheet formulas. Each part of
// them has its exact result on the card's figures beside it, and a formula that
// does not yield the card's own figure is not written: calculating the file
// changes nothing.
type compiler struct {
	plan     *plan.Plan
	target   *plan.Target
	lang     lang.Lang
	pending  bool // a figure that is missing is not due yet
	alone    bool // no other unit is in the workbook
	result   *score.Result
	level    string
	ids      []string // facts of the row
	facts    []*fact.Fact
	cells    []string // of the facts, side by side
	counted  []expr   // outcomes of the targets that the measure counts
	gates    []expr   // of those that the target requires
	averaged bool     // the value is the mean of the units below
	mean     string   // the formula of that mean; "": it stays a figure
	value    expr     // cells of the row
	outcome  expr
	max      expr
	word     func(score.Outcome) string
	choice   func(factID, choice string) string
	relation *relation // with the other units, of points that depend on them; nil: the workbook does not compare them
	relative relativeCells

	differ bool
}

// compile returns the formulas of the row.
func (c *compiler) compile() formulas {
	var f formulas
	if !c.dated() {
		return f
	}
	goal := c.goal()
	m := c.measured(goal)
	a := c.appliesIf(c.target.AppliesIf)
	f.goal = c.goalFormula(goal)
	f.value = c.checked(iff(a.surely, c.shown(m), none), c.value.value)
	if c.averaged && c.mean == "" {
		f.value = ""
	}
	if !c.target.Credit.Kind.Relative() || c.relation != nil || c.alone {
		f.outcome = c.checked(iff(a.perhaps, iff(a.surely, c.judged(m, goal), c.unknown(a)), c.say(score.NotApplicable)), c.outcome.value)
		f.gap = c.gap(m, goal)
		f.points = c.checked(c.points(m, goal, a), value{is: numeric, num: c.result.Points.Exact})
	}
	f.compared = and(c.isFigure(), goal.known).text
	f.differ = c.differ
	return f
}

// checked is the text of a formula that yields a value, and "" of one that does
// not: the last digits of a spreadsheet may decide otherwise than the card.
func (c *compiler) checked(e expr, want value) string {
	same := e.is == want.is && e.word == want.word && e.num.Equal(want.num)
	if e.is == textual || want.is == textual {
		same = e.is == want.is && e.word == want.word
	}
	c.differ = c.differ || !same && !e.near
	if !same || e.near {
		return ""
	}
	return e.text
}

func (c *compiler) say(o score.Outcome) expr { return quoted(c.word(o)) }

// cell is the cell of a fact, and the fact.
func (c *compiler) cell(id string) (expr, *fact.Fact) {
	i := slices.Index(c.ids, id)
	if i < 0 {
		return expr{text: "#N/A", binds: stands, value: value{is: failing}}, nil
	}
	f, cell := c.facts[i], cellOf(c.cells[i], value{})
	switch {
	case f == nil:
		return cell, nil
	case f.State == fact.Invalid:
		cell.value = value{is: textual, word: c.word(score.Invalid)}
	case f.State == fact.Reported && f.Kind == plan.ChoiceFact:
		cell.value = value{is: textual, word: c.choice(id, f.Choice)}
	case f.State == fact.Reported:
		cell.value = value{is: numeric, num: f.Value}
	}
	cell.whole = f.Kind == plan.CountFact || f.Kind == plan.RankFact || f.Kind == plan.DateFact
	return cell, f
}

// dated reports whether all days that the row reports can be dates of cells.
func (c *compiler) dated() bool {
	for _, f := range c.facts {
		if f != nil && f.Kind == plan.DateFact && f.State == fact.Reported && !isDate(f.Value) {
			return false
		}
	}
	return true
}

// measured is the target's measure.
func (c *compiler) measured(g goal) measured {
	if c.averaged {
		return c.ofMean()
	}
	m := c.target.Measure
	if c.result.Kind == plan.ChoiceKind {
		return c.ofChoice(m.Fact)
	}
	out := c.measure(m)
	if m.Op == plan.MetOf {
		out.settled = c.settled(out, g)
	}
	return out
}

// ofMean is the mean of the units below, which the cell of the value holds.
func (c *compiler) ofMean() measured {
	figure := c.value
	if c.inPoints() {
		figure = figure.over(literal(number.Int(100)))
	}
	out := known(figure)
	out.known, out.crosses = c.isFigure(), false
	return out
}

// ofChoice is a choice, by its title.
func (c *compiler) ofChoice(id string) measured {
	cell, f := c.cell(id)
	out := known(cell)
	out.known = cell.compare("<>", none)
	if f != nil && f.State == fact.Invalid {
		out.invalid = cell.compare("=", c.say(score.Invalid))
	}
	return out
}

// inOrder gives one of several results: where the figure makes no sense, is
// missing, has a denominator of 0, waits for another target, and is sound.
func (m *measured) inOrder(invalid, absent, empty, waits, sound expr) expr {
	other := iff(m.empty, empty, iff(m.waits, waits, sound))
	if m.simply.text != "" {
		other = iff(m.absent(), absent, iff(m.simply, invalid, other))
	} else {
		other = iff(m.invalid, invalid, iff(m.absent(), absent, other))
	}
	return iff(m.settled, sound, other)
}

// shown is the figure as its cell shows it: percentage points are counted in
// hundredths.
func (c *compiler) shown(m measured) expr {
	if c.averaged {
		return expr{text: c.mean, binds: stands, value: c.value.value}
	}
	figure := m.figure
	if c.inPoints() {
		figure = figure.times(literal(number.Int(100)))
	}
	invalid := m.invalid
	if m.simply.text != "" {
		invalid = m.simply
	}
	return iff(m.settled, figure, iff(m.absent(), none, iff(or(invalid, m.empty, m.waits), none, figure)))
}

// inPoints reports whether figures are shown as percentage points.
func (c *compiler) inPoints() bool {
	m := c.target.Measure
	return m.Op == plan.ChangeOf && c.plan.MeasureKind(m.Args[0]) == plan.ShareKind || displayOf(c.result).points
}

// judged is the outcome of a target that applies.
func (c *compiler) judged(m measured, g goal) expr {
	absent, empty := c.say(c.absent()), c.say(score.WhenAbsent(c.target.WhenEmpty))
	sound := iff(c.holds(c.target.Measure, m, g), c.say(score.Met), c.say(score.Missed))
	switch {
	case c.target.Tracked() && c.target.WhenEmpty != plan.AsMissing:
		sound, empty = c.say(score.Tracked), c.say(score.NotApplicable) // there is nothing to meet
	case c.target.Tracked():
		sound = c.say(score.Tracked)
	case c.target.Credit.Kind.Relative():
		sound = c.whenCompared(sound)
	}
	if !c.target.Tracked() {
		sound = iff(g.known, c.gated(sound), c.say(score.Missing))
		if c.target.WhenEmpty == plan.AsMet || c.target.WhenEmpty == plan.AsMissed {
			empty = c.gated(empty)
		}
	}
	return m.inOrder(c.say(score.Invalid), absent, empty, c.say(score.Pending), sound)
}

// gated leaves a result pending while none of the targets that it requires is
// against it and some are not due yet.
func (c *compiler) gated(judged expr) expr {
	if len(c.gates) == 0 {
		return judged
	}
	settled := c.count(c.gates, score.Met, score.NotApplicable)
	waits := c.count(c.gates, score.Pending)
	all := literal(number.Int(int64(len(c.gates))))
	return iff(and(waits.compare(">", zero), settled.plus(waits).compare("=", all)), c.say(score.Pending), judged)
}

// absent is the outcome while figures are not there.
func (c *compiler) absent() score.Outcome {
	switch {
	case c.pending:
		return score.Pending
	case c.target.WhenMissing == plan.AsNotApplicable:
		return score.NotApplicable
	}
	return score.Missing
}

// count counts cells that hold one of several outcomes.
func (c *compiler) count(cells []expr, outcomes ...score.Outcome) expr {
	sum := zero
	for _, o := range outcomes {
		sum = sum.plus(countWord(cells, c.word(o)))
	}
	return sum
}

// met is how many of some targets are met, or which share of those that apply.
func (c *compiler) met(m plan.Measure) measured {
	var cells []expr
	for _, id := range m.Targets {
		if i := slices.Index(c.target.Measure.Others(), id); i >= 0 {
			cells = append(cells, c.counted[i])
		}
	}
	out := known(c.count(cells, score.Met))
	out.most = c.count(cells, score.Met, score.Missing, score.Invalid, score.Pending)
	out.invalid = c.count(cells, score.Invalid).compare(">", zero)
	out.known = c.count(cells, score.Missing).compare("=", zero)
	out.waits = c.count(cells, score.Pending).compare(">", zero)
	if m.Of == plan.Applicable {
		apply := literal(number.Int(int64(len(cells)))).minus(c.count(cells, score.NotApplicable))
		out.empty = apply.compare("=", zero)
		out.num, out.den, out.figure = out.figure, apply, out.figure.over(apply)
	}
	return out
}

// settled tests whether a count is known although some of its targets are not
// judged yet: the outcome is the same whatever they turn out to be.
func (c *compiler) settled(m measured, g goal) expr {
	if len(g.bounds) == 0 {
		return no
	}
	low, high := g.bounds[0], g.bounds[len(g.bounds)-1]
	most := m
	most.num = m.most
	all, never := no, no
	switch g.cmp {
	case plan.AtLeast, plan.MoreThan:
		all, never = against(m, operator(g.cmp), low), not(against(most, operator(g.cmp), low))
	case plan.AtMost, plan.LessThan:
		all, never = against(most, operator(g.cmp), low), not(against(m, operator(g.cmp), low))
	case plan.Between, plan.Is:
		all = and(against(m, ">=", low), against(most, "<=", high))
		never = or(against(m, ">", high), against(most, "<", low))
	}
	return and(g.known, not(m.empty), or(all, never))
}
