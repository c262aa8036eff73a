package score

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Judge judges units by a sound plan, which must not change from then on. What
// the plan alone decides, such as its goals and their words, is worked out
// once for all units, and their cards share it: nobody may change it in a card.
// Several goroutines may use one Judge.
type Judge struct {
	plan    *plan.Plan
	facts   map[string]*plan.Fact
	levels  map[string]lang.Text // titles
	targets []compiled
	order   []int     // of evaluation, as indexes of targets
	areas   []Area    // of the plan, without figures
	settled *sync.Map // judges by the settled plan's params; nil unless a param has several values
}

// compiled is a target with everything evaluated that does not depend on the
// unit.
type compiled struct {
	target   *plan.Target
	base     Result    // what the plan alone decides
	binds    lang.Text // whom
	byLevel  perLevel
	lacking  []string // the params that its credit lacks
	facts    []string // that decide
	applies  []string // facts that tell whether it applies
	fallen   plan.Fallen
	readings []compiledReading
	round    *plan.Decimals // of its points
}

// compiledReading is another reading of the target, likewise.
type compiledReading struct {
	*plan.Reading
	byLevel perLevel
}

// judgement is a measure and the goal that it is compared with.
type judgement struct {
	measure  plan.Measure
	quantity quantity // that the measure gives
	aim      aim
	goal     Goal
	wanted   lang.Text      // the goal as a sentence says it; none of a goal that cannot be worked out
	beside   []number.Exact // what the value is printed beside: the bounds of the credit and of the goal
}

// averaged is the judgement of a mean of the units below: its measure has no parts,
// and a mean of whole numbers is no whole number.
func (by *judgement) averaged() *judgement {
	out := *by
	out.measure = plan.Measure{Op: plan.MeanOf}
	if out.quantity.kind == plan.CountFact {
		out.quantity.kind = plan.AmountFact
	}
	return &out
}

// perLevel is the judgement of each level; others holds for levels without one of
// their own.
type perLevel struct {
	others *judgement
	levels map[string]*judgement
}

func (x perLevel) of(level string) *judgement {
	if a, ok := x.levels[level]; ok {
		return a
	}
	return x.others
}

// NewJudge prepares to judge by a plan.
func NewJudge(p *plan.Plan) *Judge {
	if p.Varies() || len(p.GoalFacts()) > 0 {
		return &Judge{plan: p, settled: new(sync.Map)}
	}
	return newJudge(p)
}

func newJudge(p *plan.Plan) *Judge {
	j := &Judge{plan: p, facts: make(map[string]*plan.Fact, len(p.Facts)), levels: map[string]lang.Text{}}
	for _, l := range p.Levels {
		j.levels[l.ID] = p.LevelTitle(l.ID)
	}
	for i := range p.Facts {
		f := &p.Facts[i]
		if j.facts[f.ID] == nil {
			j.facts[f.ID] = f
		}
	}
	j.areas = outline(p)
	j.targets = make([]compiled, len(p.Targets))
	for i := range p.Targets {
		j.targets[i] = j.compile(&p.Targets[i])
	}
	j.order = p.EvaluationOrder()
	return j
}

// of returns the judge for a unit and a period: where params have several
// values, the plan differs.
func (j *Judge) of(set *fact.Set) *Judge {
	if j.settled == nil {
		return j
	}
	p := Settled(j.plan, set.Unit, set.Period, set.Facts)
	if p.Given != nil {
		return newJudge(p)
	}
	var key strings.Builder
	for _, q := range p.Params {
		if q.Chosen != nil {
			fmt.Fprintf(&key, "%s=%s;", q.ID, q.Chosen.Pos)
		}
	}
	if known, ok := j.settled.Load(key.String()); ok {
		return known.(*Judge)
	}
	made, _ := j.settled.LoadOrStore(key.String(), newJudge(p))
	return made.(*Judge)
}

// Settled is the plan for one unit and period: each param has the value that
// applies, and goals that name a fact have the unit's figure.
func Settled(p *plan.Plan, u fact.Unit, period plan.Period, facts []fact.Fact) *plan.Plan {
	settled := p.Settled(plan.Case{Unit: u.ID, UnitName: u.Name.In(lang.VI), Level: u.Level, Period: period})
	named := p.GoalFacts()
	if len(named) == 0 {
		return settled
	}
	whole := *settled
	whole.Given = map[string]number.Exact{}
	for _, f := range facts {
		if slices.Contains(named, f.ID) && f.State == fact.Reported && f.Choice == "" {
			whole.Given[f.ID] = f.Value
		}
	}
	return &whole
}

func (j *Judge) compile(t *plan.Target) compiled {
	q := compiled{target: t, base: j.describe(t), binds: j.plan.Whom(t), facts: slices.Concat([]string{}, t.Measure.Facts(), t.GoalFacts()),
		applies: t.AppliesFacts(), fallen: j.plan.FallenIn(t.Area), round: j.plan.RoundingOf(t)}
	var credit []number.Exact
	credit, q.lacking = j.creditBounds(t.Credit)
	q.byLevel = j.perLevel(t.Measure, t.Goal, t.LevelGoals, credit)
	for i := range t.Readings {
		r := &t.Readings[i]
		goal, levels := r.Goal, map[string]plan.Goal(nil)
		if j.sameGoal(goal, t.Goal) { // one that leaves the goal as it is follows the unit's level
			goal, levels = t.Goal, t.LevelGoals
		}
		q.readings = append(q.readings, compiledReading{r, j.perLevel(r.Measure, goal, levels, credit)})
	}
	return q
}

func (j *Judge) perLevel(m plan.Measure, most plan.Goal, levels map[string]plan.Goal, credit []number.Exact) perLevel {
	x := perLevel{others: j.judgement(m, most, credit), levels: make(map[string]*judgement, len(levels))}
	for level, goal := range levels {
		x.levels[level] = j.judgement(m, goal, credit)
	}
	return x
}

func (j *Judge) judgement(m plan.Measure, g plan.Goal, credit []number.Exact) *judgement {
	a := &judgement{measure: m, quantity: j.quantityOf(m), aim: j.aim(g)}
	a.goal = j.goal(a.aim, a.quantity, m.Fact)
	if !a.aim.blocked && !g.IsZero() {
		a.wanted = j.wanted(a)
	}
	a.beside = slices.Concat(credit, a.aim.bounds)
	return a
}

// describe fills in the plan's texts for a target.
func (j *Judge) describe(t *plan.Target) Result {
	r := Result{
		Target:     t.ID,
		Definition: t.Definition,
		Title:      t.Title,
		Area:       t.Area,
		Clause:     t.Clause,
		Quote:      t.Quote,
		Commitment: t.Commitment,
		Points:     pointsFigure(number.Exact{}, t.Points),
		Max:        pointsFigure(t.Points, t.Points),
		Credit:     j.creditWords(t),
		Adjust:     t.Adjust,
		Adopted:    t.Adopted,
		Note:       joinNotes(append([]lang.Text{t.Note}, j.chosen(t)...)...),
		Remedy:     t.Remedy,
		Facts:      []string{},
	}
	if area := j.plan.FindArea(t.Area); area != nil {
		r.AreaTitle = area.Title
	}
	r.Kind, r.Unit = j.plan.MeasureKind(t.Measure), j.quantityOf(t.Measure).unit
	return r
}

// chosen names the values of params that became the goal and the points of a
// target.
func (j *Judge) chosen(t *plan.Target) []lang.Text {
	var notes []lang.Text
	var look func([]plan.Amount)
	look = func(amounts []plan.Amount) {
		for _, a := range amounts {
			if q := j.plan.FindParam(a.Param); q != nil && q.Chosen != nil {
				notes = append(notes, lang.F("%s: %s %s (%s)", "%s: %s %s (%s)", q.Name(), q.Shown(), q.Chosen.Words(), q.Source))
			}
			look(a.Args)
		}
	}
	look(append(slices.Clone(t.Goal.Bounds), plan.Amount{Param: t.PointsOf}))
	return append(notes, j.shifts(t.Goal.Bounds)...)
}

// needsParams explains which unknown params prevent the judgement.
func (j *Judge) needsParams(ids []string) lang.Text {
	return lang.F("cannot be judged without %s, which %s", "chưa đánh giá được khi chưa có %s: %s", j.paramTitles(ids), j.unknownBecause(ids))
}

// withoutParams discloses that a result was computed without some params.
func (j *Judge) withoutParams(ids []string) lang.Text {
	if len(ids) == 0 {
		return lang.Text{}
	}
	return lang.F("judged without %s, which %s", "đánh giá khi chưa có %s: %s", j.paramTitles(ids), j.unknownBecause(ids))
}

// unknownBecause explains why params are unknown.
func (j *Judge) unknownBecause(ids []string) lang.Text {
	if len(j.lacks(ids)) == 0 {
		return lang.T("the submission does not report", "tệp nộp không báo cáo")
	}
	return lang.T("is not known", "số liệu chưa biết")
}

// lacks lists the params among figures from outside the plan, each once: those
// that are given with the plan and not by the submission.
func (j *Judge) lacks(ids []string) []string {
	var params []string
	for _, id := range ids {
		if !slices.Contains(params, id) && (j.facts[id] == nil || j.plan.FindParam(id) != nil) {
			params = append(params, id)
		}
	}
	return params
}

// paramTitles names params and the facts that stand for one, each once.
func (j *Judge) paramTitles(ids []string) lang.Text {
	var names []lang.Text
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			continue
		}
		name := lang.Same(id)
		if q := j.plan.FindParam(id); q != nil {
			name = q.Name()
		} else if f := j.facts[id]; f != nil {
			name = f.Title
		}
		names = append(names, lang.F("“%s”", "“%s”", name))
	}
	return lang.Join(names, ", ")
}

// joinNotes puts notes after one another.
func joinNotes(notes ...lang.Text) lang.Text {
	notes = slices.DeleteFunc(notes, lang.Text.IsZero)
	return lang.Join(notes, "; ")
}
