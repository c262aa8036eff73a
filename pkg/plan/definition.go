package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/number"
)

// definitionDigits is how many hexadecimal digits of a hash are kept.
const definitionDigits = 16

// define gives each target its Definition: a hash of what decides its outcome
// and points, so that two results are compared only when they answer the same
// question. It covers the measure, the goals with the values of their params,
// the credit, points, what empty and missing mean, the day of publication, whom
// the target binds, and the facts that decide with the columns they are read
// from, when it applies, and the definitions of the targets that it depends on.
//
// It does not cover what a target is called, why it is there, or where it
// stands in a file: ids of areas, titles, clauses, notes, readings, remedies.
// Nor does it cover how a figure is spelled: of the names of a column, a row
// or a choice only the first counts, which names the thing; the others are
// ways to write it, and adding one must not make last quarter's results
// incomparable. Sheets, number styles and units of money are not covered
// either.
func (p *Plan) define() {
	for _, i := range p.EvaluationOrder() {
		t := &p.Targets[i]
		d := definition{}
		p.defineTarget(d, t)
		sum := sha256.Sum256([]byte(strings.Join(slices.Sorted(maps.Keys(d)), "\n")))
		t.Definition = hex.EncodeToString(sum[:])[:definitionDigits]
	}
}

// definition is the set of lines that decide a target. A set ignores the order
// of a plan's parts where it decides nothing.
type definition map[string]bool

func (d definition) add(parts ...string) { d[strings.Join(parts, " ")] = true }

func (p *Plan) defineTarget(d definition, t *Target) {
	d.add("measure", t.Measure.String())
	if !t.Tracked() {
		p.defineGoal(d, "goal", t.Goal)
	}
	for level, g := range t.LevelGoals {
		p.defineGoal(d, "goal of "+level, g)
	}
	if t.PointsOf == "" {
		d.add("points", t.Points.String())
	} else {
		d.add("points of", t.PointsOf)
		p.defineParams(d, Amount{Op: ParamValue, Param: t.PointsOf})
	}
	if round := p.RoundingOf(t); round != nil {
		d.add("round", strconv.Itoa(int(*round)))
	}
	d.add("credit", t.Credit.String())
	if t.Adjust != NoAdjustment {
		d.add(t.Adjust.String(), "at most", orNone(t.Most))
	}
	p.defineParams(d, t.Credit.Floor)
	for _, b := range t.Credit.Bands {
		p.defineParams(d, b.Bounds...)
	}
	for _, w := range t.AppliesIf {
		d.add("applies_if", w.String())
		p.defineCondition(d, w)
	}
	for _, id := range t.Requires {
		d.add("requires", id)
	}
	for _, id := range t.DependsOn() {
		if other := p.FindTarget(id); other != nil {
			d.add("depends on", other.Definition)
		}
	}
	if fallen := p.FallenIn(t.Area); fallen == Given && t.MayFall() {
		d.add("fallen", fallen.String())
	}
	d.add("when_empty", t.WhenEmpty.String())
	d.add("when_missing", t.WhenMissing.String())
	if t.Rollup != NoRollup {
		d.add("rollup", t.Rollup.String(), p.Defaults.UnitsLack.String())
	}
	d.add("published", t.Published.String())
	for _, l := range t.Levels {
		d.add("level", l)
	}
	for _, u := range t.Units {
		d.add("unit", u)
	}
	p.defineMeasure(d, t.Measure)
	for _, id := range slices.Concat(t.Measure.Facts(), t.AppliesFacts()) {
		p.defineFact(d, id)
	}
}

// defineMeasure adds the values of the params that a measure is made of.
func (p *Plan) defineMeasure(d definition, m Measure) {
	if m.Op == ParamOf {
		p.defineParams(d, Amount{Op: ParamValue, Param: m.Param})
	}
	for _, a := range m.Args {
		p.defineMeasure(d, a)
	}
}

func (p *Plan) defineGoal(d definition, name string, g Goal) {
	d.add(name, g.String())
	p.defineParams(d, g.Bounds...)
}

// defineParams adds the values of the params that amounts are made of.
func (p *Plan) defineParams(d definition, amounts ...Amount) {
	for _, a := range amounts {
		if a.Fact != "" {
			p.defineFact(d, a.Fact)
		}
		if a.Plus.Working {
			p.defineHolidays(d, a)
		}
		if q := p.FindParam(a.Param); q != nil {
			if q.Value != nil {
				d.add("param", q.ID, q.Value.String())
			}
			d.defineValues(q, p.Period)
		}
		p.defineParams(d, a.Args...)
	}
}

// defineHolidays adds what decides the result of working days: the resulting
// day where it is known, or else the holidays in the plan's period.
func (p *Plan) defineHolidays(d definition, a Amount) {
	if x, _, err := p.Evaluate(a); err == nil {
		d.add("day", dayForm.write(x))
		return
	}
	for i := range p.Holidays {
		if h := &p.Holidays[i]; !p.Period.To.Before(h.From) && !h.To.Before(p.Period.From) {
			d.add("holiday", h.String())
		}
	}
	for _, w := range p.Worked {
		if p.Period.Contains(w) {
			d.add("worked", w.String())
		}
	}
}

// defineValues adds the values of a param that can hold in the plan's period:
// for each unit, level and part of a year the last one. A value for next year
// therefore leaves this year's definitions unchanged.
func (d definition) defineValues(q *Param, period Period) {
	last := map[[3]string]*AssignedValue{}
	for i := range q.Values {
		v := &q.Values[i]
		key := [3]string{v.Unit, v.Level, v.Period}
		if w := last[key]; !period.To.Before(v.From) && (w == nil || w.From.Before(v.From)) {
			last[key] = v
		}
	}
	for key, v := range last {
		d.add("param", q.ID, texts(key[:]), v.Value.String())
	}
}

// defineFact adds a fact, its sources in their order, and the facts and columns
// that they are made of.
func (p *Plan) defineFact(d definition, id string) {
	f := p.FindFact(id)
	if f == nil || d["fact "+id] {
		return
	}
	d.add("fact", id)
	line := []string{"sources of", id, f.Kind.String()}
	for _, s := range f.From {
		line = append(line, p.defineSource(d, s))
	}
	d.add(line...)
}

func (p *Plan) defineSource(d definition, s Source) string {
	for _, part := range s.Facts {
		p.defineFact(d, part)
	}
	if b := sources[s.Op].basis; b == ofResult || b == ofDay || b == ofDays {
		if s.Between.Working {
			p.defineHolidays(d, Amount{Op: ParamValue})
		}
		return s.String()
	}
	t := p.FindTable(s.Table)
	if t == nil {
		return group(s.Op.String(), texts(s.Facts))
	}
	pairs := []string{s.Op.String(), t.ID, "shape", t.Shape.String(), "column", s.Column, "during", s.During}
	if s.Over != Unsaid { // definitions of plans without it stay
		pairs = append(pairs, "over", s.Over.String(), "combine", s.Combine.String())
	}
	columns := []string{s.Column, s.During}
	for _, m := range s.Row {
		pairs = append(pairs, m.Column, texts(first(m.Names)), rowGroup, texts(first(m.Under)))
		columns = append(columns, m.Column)
	}
	for _, w := range s.Where {
		pairs = append(pairs, "where", w.String())
		p.defineCondition(d, w)
		columns = append(columns, w.Columns()...)
	}
	for _, id := range columns {
		if c := t.FindColumn(id); c != nil {
			d.defineColumn(t, c)
		}
	}
	return group(pairs...)
}

// defineCondition adds the values of the params that records are compared with.
func (p *Plan) defineCondition(d definition, w Condition) {
	p.defineParams(d, w.Bounds...)
	if w.Plus.Working {
		p.defineHolidays(d, Amount{Op: ParamValue})
	}
	for _, all := range w.Any {
		for _, one := range all {
			p.defineCondition(d, one)
		}
	}
}

// defineColumn adds how the cells of a column are read.
func (d definition) defineColumn(t *Table, c *Column) {
	line := make([]string, 0, 6+len(periodKeys)+2*len(c.Values))
	line = append(line, "column", t.ID, c.ID, c.Type.String(), c.Scale.String(), texts(first(c.Headers)))
	for _, key := range periodKeys {
		line = append(line, texts(first(c.Periods[key])))
	}
	for _, v := range c.Values {
		line = append(line, v.ID, texts(first(v.Names)))
	}
	d.add(line...)
}

// first is the first of a thing's names, which identifies it.
func first(names []string) []string { return names[:min(len(names), 1)] }

func orNone(x *number.Exact) string {
	if x == nil {
		return ""
	}
	return x.String()
}
