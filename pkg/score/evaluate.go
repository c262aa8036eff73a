package score

import (
	"cmp"
	"slices"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Evaluate judges the facts of one unit against every target of a sound plan,
// as of a day. The same facts in any order give the same card. The plan and
// the set are not changed. To judge many units, make one Judge.
func Evaluate(p *plan.Plan, set fact.Set, asOf date.Date) Card {
	return NewJudge(p).Evaluate(set, asOf)
}

// Evaluate judges the facts of one unit, as the function of that name does.
func (j *Judge) Evaluate(set fact.Set, asOf date.Date) Card { return j.evaluate(set, asOf, nil) }

// evaluate judges the facts of one unit; means are those of the units below it, by
// target.
func (j *Judge) evaluate(set fact.Set, asOf date.Date, means map[string]measured) Card {
	j = j.of(&set)
	card := Card{
		Plan:        refer(j.plan),
		Unit:        set.Unit,
		Period:      set.Period,
		PeriodFrom:  set.PeriodFrom,
		AsOf:        asOf,
		Input:       set.Input,
		Areas:       j.areas,
		Round:       j.plan.Round,
		Fallen:      j.plan.Fallen,
		Grades:      j.plan.Grades,
		Results:     make([]Result, len(j.targets)),
		Facts:       inPlanOrder(j.plan, set.Facts),
		Diagnostics: append(diag.List{}, set.Diagnostics...),
	}
	card.Diagnostics.Sort()
	e := j.evaluation(&set, asOf, card.Results)
	e.means = means
	for _, i := range j.order {
		e.result(&card.Results[i], &j.targets[i])
	}
	card.tally()
	return card
}

func refer(p *plan.Plan) PlanRef {
	return PlanRef{
		ID:       p.ID,
		Title:    p.Title,
		Issuer:   p.Issuer,
		Document: p.Document.Number,
		Date:     p.Document.Date,
		SHA256:   p.SHA256,
		Note:     p.Note,
	}
}

func inPlanOrder(p *plan.Plan, facts []fact.Fact) []fact.Fact {
	sorted := append([]fact.Fact{}, facts...)
	found := 0
	for i := range p.Facts {
		if found < len(sorted) && sorted[found].ID == p.Facts[i].ID {
			found++
		}
	}
	if found == len(sorted) {
		return sorted // as they are collected
	}
	place := make(map[string]int, len(p.Facts))
	for i := range p.Facts {
		place[p.Facts[i].ID] = i
	}
	slices.SortStableFunc(sorted, func(a, b fact.Fact) int {
		return cmp.Or(cmp.Compare(place[a.ID], place[b.ID]), cmp.Compare(a.ID, b.ID))
	})
	return sorted
}

// evaluation is that of one unit: its facts, the day of judgement, and the results
// so far.
type evaluation struct {
	*Judge
	unit    fact.Unit
	asOf    date.Date
	figures map[string]*fact.Fact
	means   map[string]measured // of the units below, by target
	results map[string]*Result  // by target; those that another one depends on are there before it
}

// evaluation prepares to evaluate the targets of a unit; results are where theirs go,
// in the plan's order.
func (j *Judge) evaluation(set *fact.Set, asOf date.Date, results []Result) *evaluation {
	e := &evaluation{Judge: j, unit: set.Unit, asOf: asOf,
		figures: make(map[string]*fact.Fact, len(set.Facts)), results: make(map[string]*Result, len(results))}
	for i := range set.Facts {
		e.figures[set.Facts[i].ID] = &set.Facts[i]
	}
	for i := range results {
		e.results[j.plan.Targets[i].ID] = &results[i]
	}
	return e
}

// answer is the result of evaluating one target, or one other reading of it.
type answer struct {
	*judgement
	outcome Outcome
	value   *Figure
	choice  string
	gap     *Figure
	reason  lang.Text

	got     measured
	assumed plan.Absent // what the plan takes an absent figure as; AsMissing when nothing is assumed
}

// result evaluates one target.
func (e *evaluation) result(r *Result, q *compiled) {
	t := q.target
	*r = q.base
	a := answer{judgement: q.byLevel.of(e.unit.Level)}
	r.Goal = a.goal
	if !t.Binds(e.unit.Level, e.unit.ID) {
		r.Outcome, r.Reason = NotApplicable, e.unbound(q)
		return
	}
	r.Facts, r.Applies = q.facts, q.applies
	if v := e.applies(t.AppliesIf); v.standing == reported && !v.holds {
		r.Outcome, r.Reason = NotApplicable, lang.F("does not apply: %s", "không áp dụng: %s", v.because)
		r.fallAway(q.fallen)
		return
	}
	a = e.answer(t, a.judgement, e.means[t.ID])
	r.Averaged = !a.got.units.IsZero()
	r.Outcome, r.Reason, r.Value, r.Choice, r.Gap = a.outcome, a.reason, a.value, a.choice, a.gap
	r.Lacks = e.lacks(slices.Concat(a.aim.unknown, q.lacking))
	if unknown := slices.Concat(a.aim.unknown, q.lacking); r.Outcome.Judged() && len(unknown) > 0 {
		r.Note = joinNotes(e.withoutParams(unknown), r.Note)
	}
	if r.Outcome.Judged() || r.Outcome == Tracked {
		r.Note = joinNotes(e.taken(a.measure), r.Note)
	}
	if points := q.round.Apply(e.points(t, a)); !points.IsZero() {
		r.Points = pointsFigure(points, t.Points)
	}
	if t.Measure.Op == plan.ShareOf && !r.Averaged {
		r.Numerator, r.Denominator = e.part(t.Measure.Part), e.part(t.Measure.Whole)
	}
	for _, id := range t.Also {
		r.Also = append(r.Also, *e.part(id))
	}
	for i := range q.readings {
		r.Readings = append(r.Readings, e.reading(t, &q.readings[i]))
	}
	r.Disagree = disagree(r.Outcome, r.Readings)
	if t.Credit.Kind.Relative() && t.Points.Sign() > 0 && r.Outcome.Judged() && r.Value != nil {
		r.setAside()
	}
	r.Counts = related(e.find, t.Measure.Others())
	r.fallAway(q.fallen)
	gate(e.find, r, t)
}

// answer judges a measure by a goal, under a target's rules for what is
// absent.
//
// A mean of the units below is taken where the unit has no figure of its own: one
// that was added up for another target is none.
func (e *evaluation) answer(t *plan.Target, by *judgement, mean measured) answer {
	a := answer{judgement: by, got: e.applies(t.AppliesIf).measured}
	if a.got.standing == reported {
		a.got = by.aim.settle(e.measure(by.measure))
		if (a.got.standing == absent || mean.instead) && (!mean.units.IsZero() || len(mean.why) > 0) {
			a.judgement, a.got = by.averaged(), mean
		}
	}
	switch a.got.standing {
	case reported:
	case waiting:
		a.outcome, a.reason = Pending, a.got.reason()
		return a
	case unusable:
		a.outcome, a.reason = Invalid, a.got.reason()
		return a
	case absent:
		return e.missing(t, a)
	case empty:
		return e.empty(t, a)
	}
	a.choice = a.got.choice
	if a.choice != "" {
		a.value = &Figure{Shown: e.choiceTitle(a.measure.Fact, a.choice)}
	} else {
		f := a.quantity.figure(a.got.value, a.beside...)
		a.value = &f
	}
	if t.Tracked() {
		a.outcome, a.reason = Tracked, comparison{e, a}.arithmetic()
		return a
	}
	if a.aim.blocked {
		a.outcome, a.reason = Missing, e.needsParams(a.aim.unknown)
		return a
	}
	a.outcome = Missed
	if a.aim.reachedBy(a.got) {
		a.outcome = Met
	}
	a.reason, a.gap = comparison{e, a}.sentence(a.outcome == Met)
	return a
}

// missing is the answer for a missing figure. It stays missing on the card,
// even if the plan lets it earn points.
func (e *evaluation) missing(t *plan.Target, a answer) answer {
	why := a.got.reason()
	if e.asOf.Before(t.Published) {
		a.outcome = Pending
		a.reason = lang.F("published on %s: on %s it is not due yet", "công bố ngày %s: đến ngày %s chưa đến hạn",
			t.Published.Shown(), e.asOf.Shown())
		return a
	}
	a.outcome, a.reason, a.assumed = Missing, why, t.WhenMissing
	switch t.WhenMissing {
	case plan.AsMissing:
	case plan.AsNotApplicable:
		a.outcome = NotApplicable
		a.reason = lang.F("%s; the plan takes that as not applicable", "%s; theo kế hoạch là không áp dụng", why)
	case plan.AsMet:
		a.reason = lang.F("%s; the plan gives full points all the same", "%s; theo kế hoạch vẫn được đủ điểm", why)
	case plan.AsMissed:
		a.reason = lang.F("%s; the plan takes that as missed", "%s; theo kế hoạch coi là không đạt", why)
	}
	return a
}

// empty is the answer for a denominator of 0.
func (e *evaluation) empty(t *plan.Target, a answer) answer {
	as := t.WhenEmpty
	if t.Tracked() && as != plan.AsMissing {
		as = plan.AsNotApplicable // there is nothing to meet
	}
	a.outcome, a.assumed = WhenAbsent(as), as
	a.reason = lang.F("%s; the plan takes that as %s", "%s; theo kế hoạch coi là %s",
		a.got.reason(), a.outcome.Title())
	return a
}

// WhenAbsent is the outcome that a plan gives an absent figure.
func WhenAbsent(as plan.Absent) Outcome {
	switch as {
	case plan.AsMissing:
		return Missing
	case plan.AsNotApplicable:
		return NotApplicable
	case plan.AsMet:
		return Met
	case plan.AsMissed:
		return Missed
	}
	return Missing
}

// unbound explains why a target does not bind the unit.
func (e *evaluation) unbound(q *compiled) lang.Text {
	if e.unit.Level == "" {
		return lang.F("binds %s; of which level this unit is, is not known",
			"áp dụng cho %s; chưa rõ cấp của đơn vị này", q.binds)
	}
	level, ok := e.levels[e.unit.Level]
	if !ok {
		level = lang.Same(e.unit.Level)
	}
	return lang.F("binds %s; this unit is %s", "áp dụng cho %s; đơn vị này là %s", q.binds, level)
}
