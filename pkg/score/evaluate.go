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
// the set are not changed. Who judges many units makes one Judge.
func Evaluate(p *plan.Plan, set fact.Set, asOf date.Date) Card {
	return NewJudge(p).Evaluate(set, asOf)
}

// Evaluate judges the facts of one unit, as the function of that name does.
func (j *Judge) Evaluate(set fact.Set, asOf date.Date) Card {
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
		Results:     make([]Result, len(j.questions)),
		Facts:       inPlanOrder(j.plan, set.Facts),
		Diagnostics: append(diag.List{}, set.Diagnostics...),
	}
	card.Diagnostics.Sort()
	h := j.hearing(&set, asOf, card.Results)
	for _, i := range j.order {
		h.result(&card.Results[i], &j.questions[i])
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

// hearing holds what every target of one unit is judged by.
type hearing struct {
	*Judge
	unit    fact.Unit
	asOf    date.Date
	figures map[string]*fact.Fact
	results map[string]*Result // by target; those that another one depends on are there before it
}

// hearing prepares to evaluate the targets of a unit; results are where theirs go,
// in the plan's order.
func (j *Judge) hearing(set *fact.Set, asOf date.Date, results []Result) *hearing {
	h := &hearing{Judge: j, unit: set.Unit, asOf: asOf,
		figures: make(map[string]*fact.Fact, len(set.Facts)), results: make(map[string]*Result, len(results))}
	for i := range set.Facts {
		h.figures[set.Facts[i].ID] = &set.Facts[i]
	}
	for i := range results {
		h.results[j.plan.Targets[i].ID] = &results[i]
	}
	return h
}

// answer is what was asked comes to, of a target or of a reading.
type answer struct {
	*asked
	outcome Outcome
	value   *Figure
	choice  string
	gap     *Figure
	reason  lang.Text

	got     measured
	assumed plan.Absent // what the plan takes an absent figure as; AsMissing when nothing is assumed
}

// result answers one target.
func (h *hearing) result(r *Result, q *question) {
	t := q.target
	*r = q.told
	a := answer{asked: q.byLevel.of(h.unit.Level)}
	r.Goal = a.goal
	if !t.Binds(h.unit.Level, h.unit.ID) {
		r.Outcome, r.Reason = NotApplicable, h.unbound(q)
		return
	}
	r.Facts, r.Applies = q.facts, q.applies
	if v := h.applies(t.AppliesIf); v.standing == reported && !v.holds {
		r.Outcome, r.Reason = NotApplicable, lang.F("does not apply: %s", "không áp dụng: %s", v.because)
		r.fallAway(q.fallen)
		return
	}
	a = h.answer(t, a.asked)
	r.Outcome, r.Reason, r.Value, r.Choice, r.Gap = a.outcome, a.reason, a.value, a.choice, a.gap
	r.Lacks = h.lacks(slices.Concat(a.aim.unknown, q.lacking))
	if unknown := slices.Concat(a.aim.unknown, q.lacking); r.Outcome.Judged() && len(unknown) > 0 {
		r.Note = joinNotes(h.withoutParams(unknown), r.Note)
	}
	if r.Outcome.Judged() || r.Outcome == Tracked {
		r.Note = joinNotes(h.taken(a.measure), r.Note)
	}
	if points := q.round.Apply(h.points(t, a)); !points.IsZero() {
		r.Points = pointsFigure(points, t.Points)
	}
	if t.Measure.Op == plan.ShareOf {
		r.Numerator, r.Denominator = h.part(t.Measure.Part), h.part(t.Measure.Whole)
	}
	for _, id := range t.Also {
		r.Also = append(r.Also, *h.part(id))
	}
	for i := range q.readings {
		r.Readings = append(r.Readings, h.reading(t, &q.readings[i]))
	}
	r.Disagree = disagree(r.Outcome, r.Readings)
	if t.Credit.Kind.Relative() && t.Points.Sign() > 0 && r.Outcome.Judged() && r.Value != nil {
		r.setAside()
	}
	r.Counts = related(h.find, t.Measure.Others())
	r.fallAway(q.fallen)
	gate(h.find, r, t)
}

// answer judges a measure by a goal, under a target's rules for what is
// absent.
func (h *hearing) answer(t *plan.Target, ask *asked) answer {
	a := answer{asked: ask, got: h.applies(t.AppliesIf).measured}
	if a.got.standing == reported {
		a.got = ask.aim.settle(h.measure(ask.measure))
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
		return h.missing(t, a)
	case empty:
		return h.empty(t, a)
	}
	a.choice = a.got.choice
	if a.choice != "" {
		a.value = &Figure{Shown: h.choiceTitle(a.measure.Fact, a.choice)}
	} else {
		f := a.quantity.figure(a.got.value, a.beside...)
		a.value = &f
	}
	if t.Tracked() {
		a.outcome, a.reason = Tracked, comparison{h, a}.arithmetic()
		return a
	}
	if a.aim.blocked {
		a.outcome, a.reason = Missing, h.needsParams(a.aim.unknown)
		return a
	}
	a.outcome = Missed
	if a.aim.reachedBy(a.got) {
		a.outcome = Met
	}
	a.reason, a.gap = comparison{h, a}.sentence(a.outcome == Met)
	return a
}

// missing answers a target whose figure is not there. It stays missing on the
// card, whatever the plan lets it earn.
func (h *hearing) missing(t *plan.Target, a answer) answer {
	why := a.got.reason()
	if h.asOf.Before(t.Published) {
		a.outcome = Pending
		a.reason = lang.F("published on %s: on %s it is not due yet", "công bố ngày %s: đến ngày %s chưa đến hạn",
			t.Published.Shown(), h.asOf.Shown())
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

// empty answers a target whose denominator is 0.
func (h *hearing) empty(t *plan.Target, a answer) answer {
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

// unbound says why a target does not concern the unit.
func (h *hearing) unbound(q *question) lang.Text {
	if h.unit.Level == "" {
		return lang.F("binds %s; of which level this unit is, is not known",
			"áp dụng cho %s; chưa rõ cấp của đơn vị này", q.binds)
	}
	level, ok := h.levels[h.unit.Level]
	if !ok {
		level = lang.Same(h.unit.Level)
	}
	return lang.F("binds %s; this unit is %s", "áp dụng cho %s; đơn vị này là %s", q.binds, level)
}
