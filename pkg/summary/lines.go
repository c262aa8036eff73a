package summary

import (
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

// line is one unit's answer to one target, as a row of an area's sheet.
type line struct {
	unit     *Unit
	target   *targetRow
	first    bool // of its target
	result   *score.Result
	ids      []string     // facts of the row
	facts    []*fact.Fact // nil where the card has none
	live     formulas
	relation *relation // with the other units, of points that depend on them; nil: the workbook does not compare them
	related  []related // outcomes of other targets
	below    *below    // the rows that this one is made of; nil: none
	sums     []string  // formulas of figures that are sums of theirs; "" of others
}

// areaTop is the header row of an area's sheet.
const areaTop = 5

// areaSheet is the sheet of one area of the plan: a row for each target and
// unit.
type areaSheet struct {
	title    lang.Text
	name     string
	lines    []line
	col      areaColumns
	top      int // header row
	table    sheets.Table[*line]
	refs     []string // of the columns' data, as other sheets write them
	relative bool     // has columns by which units are compared
}

// areaColumns are where the columns of an area's sheet stand that formulas
// refer to; 0: the sheet has none.
type areaColumns struct {
	no, area, title, commitment, unit, level, group int
	facts, factCount                                int // first, and how many
	value, outcome, max, points, key                int
	counted                                         [scopeKinds]int
	league, merit, alike, place, best, last         int // of points that depend on other units
}

// first and end are the rows of the data.
func (a *areaSheet) first() int { return a.top + 1 }
func (a *areaSheet) end() int   { return a.top + max(len(a.lines), 1) }

// column is a column's data as other sheets refer to it.
func (a *areaSheet) column(col int) string { return a.refs[col] }

// keyStep separates the target's number from the unit's in the key of a row, by
// which other sheets find the row however the sheet is sorted.
const keyStep = 100000

func (l *line) key() int { return l.target.no*keyStep + l.unit.No }

// areas distributes the results over the plan's areas. A target that does not
// bind a unit has no row.
func (s *Summary) areas() []*areaSheet {
	var out []*areaSheet
	index := map[string]*areaSheet{}
	facts := s.factsByUnit()
	for t := range s.targets {
		target := &s.targets[t]
		id, title := target.target.Area, s.areaTitle(target.target.Area)
		if s.together {
			id, title = "", term.Targets
		}
		a := index[id]
		if a == nil {
			a = &areaSheet{title: title, top: areaTop}
			index[id] = a
			out = append(out, a)
		}
		for i := range s.Units {
			u := &s.Units[i]
			r := s.result(u, t)
			if r == nil || unbound(r, target.target, u) {
				continue
			}
			l := line{unit: u, target: target, result: r, ids: target.facts()}
			for _, id := range l.ids {
				l.facts = append(l.facts, facts[i][id])
			}
			l.first = len(a.lines) == 0 || a.lines[len(a.lines)-1].target != target
			a.lines = append(a.lines, l)
			a.col.factCount = max(a.col.factCount, len(l.ids)+len(target.others()))
		}
	}
	return slices.DeleteFunc(out, func(a *areaSheet) bool { return len(a.lines) == 0 })
}

func (s *Summary) factsByUnit() []map[string]*fact.Fact {
	all := make([]map[string]*fact.Fact, len(s.Units))
	for i := range s.Units {
		if c := s.Units[i].Card; c != nil {
			all[i] = make(map[string]*fact.Fact, len(c.Facts))
			for j := range c.Facts {
				all[i][c.Facts[j].ID] = &c.Facts[j]
			}
		}
	}
	return all
}

func (s *Summary) areaTitle(id string) lang.Text {
	if a := s.in.Plan.FindArea(id); a != nil && !a.Title.IsZero() {
		return a.Title
	}
	if id == "" {
		return term.Targets
	}
	return lang.Same(id)
}

// unbound reports whether a target does not concern a unit at all.
func unbound(r *score.Result, t *plan.Target, u *Unit) bool {
	return r.Outcome == score.NotApplicable && r.Value == nil && len(r.Facts) == 0 && !t.Binds(u.Level, u.ID)
}

// compileAll writes the formulas of all rows, several at a time.
func (x *writer) compileAll() {
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, a := range x.areas {
		for from := 0; from < len(a.lines); from += compileBatch {
			g.Go(func() error {
				for i := from; i < min(from+compileBatch, len(a.lines)); i++ {
					a.lines[i].live = a.lines[i].formulas(x, a, a.first()+i)
				}
				return nil
			})
		}
	}
	_ = g.Wait() // no job fails
}

const compileBatch = 512

// formulas compiles the row's formulas for where it stands.
func (l *line) formulas(x *writer, a *areaSheet, row int) formulas {
	at := func(col int) string { return diag.A1(row, col) }
	l.related = x.relatedTo(l, a, row)
	p, target := l.settled(x.s.in.Plan), l.target.target
	if target.PointsOf != "" {
		target = p.FindTarget(target.ID)
	}
	c := compiler{
		plan: p, target: target, lang: x.Lang, alone: x.alone,
		pending: l.unit.Card.AsOf.Before(l.target.target.Published),
		result:  l.result, level: l.unit.Level, ids: l.ids, facts: l.facts,
		relation: l.relation,
		value:    valueCell(at(a.col.value), l.figure(x.Lang), l.result),
		outcome:  textCell(at(a.col.outcome), x.word(l.result.Outcome)),
		max:      numberCell(at(a.col.max), l.result.Max.Exact),
		word:     x.word,
		choice: func(id, choice string) string {
			return sheets.Clean(choiceTitle(x.s.in.Plan, l.facts, id, choice).In(x.Lang))
		},
	}
	counted := len(l.target.target.Measure.Others())
	for i := range l.ids {
		c.cells = append(c.cells, at(a.col.facts+i))
		l.sums = append(l.sums, l.sumOf(a, row, i))
	}
	for i, r := range l.related {
		cell := textCell(at(a.col.facts+len(l.ids)+i), x.word(r.outcome))
		if i < counted {
			c.counted = append(c.counted, cell)
		} else {
			c.gates = append(c.gates, cell)
		}
	}
	if r := l.relation; r != nil {
		c.relative = relativeCells{leagues: a.down(a.col.league), league: numberCell(at(a.col.league), number.Int(int64(r.now()))),
			place: numberCell(at(a.col.place), number.Int(int64(r.place))), merit: numberCell(at(a.col.merit), r.merit),
			best: numberCell(at(a.col.best), r.best), last: numberCell(at(a.col.last), r.last)}
	}
	if c.averaged = l.averaged(); c.averaged {
		c.mean = x.meanOf(l, a, row)
	}
	return c.compile()
}

// valueCell is the cell of the row's figure.
func valueCell(ref string, stored any, r *score.Result) expr {
	if text, ok := stored.(string); ok {
		return textCell(ref, text)
	}
	return numberCell(ref, displayOf(r).cell(r.Value.Exact))
}

// settled is the plan as it stands for the unit, where the credit's numbers or the
// measure's may differ by unit.
func (l *line) settled(p *plan.Plan) *plan.Plan {
	t := l.target.target
	if t.Measure.Params() || t.PointsOf != "" || t.Credit.Kind == plan.Linear || t.Credit.Kind == plan.Banded || len(t.AppliesIf)+len(t.GoalFacts()) > 0 {
		return score.Settled(p, l.unit.Card.Unit, l.unit.Card.Period, l.unit.Card.Facts)
	}
	return p
}

// choiceTitle names the value of a choice, as the plan does, or as a card's
// own fact does.
func choiceTitle(p *plan.Plan, facts []*fact.Fact, id, choice string) lang.Text {
	if f := p.FindFact(id); f != nil {
		for _, v := range f.Values {
			if v.ID == choice {
				return v.Name()
			}
		}
	}
	for _, f := range facts {
		if f != nil && f.ID == id && f.Choice == choice && !f.Shown.IsZero() {
			return f.Shown
		}
	}
	return lang.Same(choice)
}

// counted names what the figures count.
func (l *line) counted() lang.Text {
	if l.result.Numerator != nil {
		return l.result.Numerator.Unit
	}
	return l.result.Unit
}

// others lists the readings of the clause that give another outcome.
func (l *line) others(b *book) string {
	var parts []string
	for _, r := range l.result.Readings {
		if !l.result.Outcome.Judged() || !r.Outcome.Judged() || r.Outcome == l.result.Outcome {
			continue
		}
		said := r.Note.In(b.Lang)
		if said == "" {
			said = r.ID
		}
		part := b.word(r.Outcome)
		if r.Value != nil {
			part += " (" + r.Value.Shown.In(b.Lang) + ", " + r.Goal.Shown.In(b.Lang) + ")"
		}
		parts = append(parts, part+": "+said)
	}
	return strings.Join(parts, "; ")
}

// note says what the figures do not: why a result was not judged, figures
// shown beside, what was assumed, a waiver.
func (l *line) note(lg lang.Lang) string {
	r := l.result
	var parts []string
	if !r.Outcome.Judged() || r.Value == nil {
		parts = append(parts, r.Reason.In(lg))
	}
	for _, p := range r.Also {
		shown := p.Shown.In(lg)
		if p.State != fact.Reported {
			shown = score.Missing.Title().In(lg)
		} else if unit := p.Unit.In(lg); unit != "" {
			shown += " " + unit
		}
		parts = append(parts, p.Title.In(lg)+": "+shown)
	}
	if w := r.Waiver; w != nil {
		parts = append(parts, lang.F("waived until %s: %s (%s)", "được miễn đến %s: %s (%s)",
			w.Expires.Shown(), w.Reason, w.Approver).In(lg))
	}
	if !r.Note.Equal(l.target.target.Note) {
		parts = append(parts, r.Note.In(lg))
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	return lang.Sentence(strings.Join(parts, "; "))
}

// figure is the result's value as a cell stores it: a number as it is in the
// card, a choice by its title, and nothing for none.
func (l *line) figure(lg lang.Lang) any {
	r := l.result
	switch {
	case r.Value == nil:
		return ""
	case r.Kind == plan.ChoiceKind, r.Kind == plan.DateKind && !isDate(r.Value.Exact):
		return r.Value.Shown.In(lg)
	}
	return sheets.Stored(displayOf(r).cell(r.Value.Exact))
}

func (l *line) goal(lg lang.Lang) (number.Exact, string, bool) {
	g := &l.result.Goal
	symbol := g.Comparator.Symbol()
	if symbol == "" || len(g.Bounds) != 1 || g.Bounds[0].Format.Fraction {
		return number.Exact{}, "", false
	}
	if l.result.Kind == plan.DateKind {
		return g.Bounds[0].Exact, `"` + symbol + `"` + dayFormat(lg), isDate(g.Bounds[0].Exact)
	}
	d := shownAs(&g.Bounds[0], l.result.Kind)
	d.signed = false
	return d.cell(g.Bounds[0].Exact), `"` + symbol + `"` + d.exactly(d.decimals), true
}
