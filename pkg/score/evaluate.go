package score

import (
	"cmp"
	"slices"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Evaluate judges the facts of one unit against every target of a sound plan,
// as of a day. The same facts in any order give the same card. The plan and
// the set are not changed.
func Evaluate(p *plan.Plan, set fact.Set, asOf date.Date) Card {
	j := &judge{plan: p, unit: set.Unit, asOf: asOf, facts: map[string]*fact.Fact{}}
	for i := range set.Facts {
		j.facts[set.Facts[i].ID] = &set.Facts[i]
	}
	card := Card{
		Plan:        refer(p),
		Unit:        set.Unit,
		Period:      set.Period,
		PeriodFrom:  set.PeriodFrom,
		AsOf:        asOf,
		Input:       set.Input,
		Results:     make([]Result, 0, len(p.Targets)),
		Facts:       inPlanOrder(p, set.Facts),
		Diagnostics: append(diag.List{}, set.Diagnostics...),
	}
	card.Diagnostics.Sort()
	for i := range p.Targets {
		card.Results = append(card.Results, j.result(&p.Targets[i]))
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
	place := make(map[string]int, len(p.Facts))
	for i, f := range p.Facts {
		place[f.ID] = i
	}
	sorted := append([]fact.Fact{}, facts...)
	slices.SortStableFunc(sorted, func(a, b fact.Fact) int {
		return cmp.Or(cmp.Compare(place[a.ID], place[b.ID]), cmp.Compare(a.ID, b.ID))
	})
	return sorted
}

// judge holds what every target is judged by.
type judge struct {
	plan  *plan.Plan
	unit  fact.Unit
	asOf  date.Date
	facts map[string]*fact.Fact
}

// answer is what a measure and a goal come to, of a target or of a reading.
type answer struct {
	outcome Outcome
	value   *Figure
	choice  string
	goal    Goal
	gap     *Figure
	reason  lang.Text

	got     measured
	aim     aim
	beside  []number.Exact // what the value is printed beside: the bounds of the goal and of the credit
	assumed plan.Absent    // what the plan takes an absent figure as; AsMissing when nothing is assumed
}

// result answers one target.
func (j *judge) result(t *plan.Target) Result {
	r := j.describe(t)
	goal := t.GoalFor(j.unit.Level)
	if !t.Binds(j.unit.Level, j.unit.ID) {
		r.Outcome, r.Reason = NotApplicable, j.unbound(t)
		r.Goal = j.goal(j.aim(goal), quantityOf(j.plan, t.Measure), t.Measure.Fact)
		return r
	}
	a := j.answer(t, t.Measure, goal)
	r.Outcome, r.Reason, r.Value, r.Choice = a.outcome, a.reason, a.value, a.choice
	r.Goal, r.Gap = a.goal, a.gap
	if r.Outcome.Judged() {
		_, lacking := j.creditBounds(t.Credit)
		r.Note = joinNotes(j.withoutParams(slices.Concat(a.aim.unknown, lacking)), t.Note)
	}
	r.Points = pointsFigure(j.points(t, a), t.Points)
	r.Facts = append(r.Facts, t.Measure.Facts()...)
	if t.Measure.Op == plan.ShareOf {
		r.Numerator, r.Denominator = j.part(t.Measure.Part), j.part(t.Measure.Whole)
	}
	for _, id := range t.Also {
		r.Also = append(r.Also, *j.part(id))
	}
	for _, reading := range t.Readings {
		r.Readings = append(r.Readings, j.reading(t, reading))
	}
	r.Disagree = disagree(r.Outcome, r.Readings)
	return r
}

// describe fills in what the plan says of a target.
func (j *judge) describe(t *plan.Target) Result {
	r := Result{
		Target:     t.ID,
		Definition: t.Definition,
		Title:      t.Title,
		Area:       t.Area,
		Clause:     t.Clause,
		Quote:      t.Quote,
		Commitment: t.Commitment.String(),
		Points:     pointsFigure(number.Exact{}, t.Points),
		Max:        pointsFigure(t.Points, t.Points),
		Credit:     j.creditWords(t),
		Adopted:    t.Adopted,
		Note:       t.Note,
		Remedy:     t.Remedy,
		Facts:      []string{},
	}
	if area := j.plan.FindArea(t.Area); area != nil {
		r.AreaTitle = area.Title
	}
	q := quantityOf(j.plan, t.Measure)
	r.Kind, r.Unit = j.plan.MeasureKind(t.Measure), q.unit
	return r
}

// answer judges a measure by a goal, under a target's rules for what is
// absent.
func (j *judge) answer(t *plan.Target, m plan.Measure, g plan.Goal) answer {
	q := quantityOf(j.plan, m)
	a := answer{got: j.measure(m), aim: j.aim(g)}
	a.goal = j.goal(a.aim, q, m.Fact)
	a.beside, _ = j.creditBounds(t.Credit)
	a.beside = append(a.beside, a.aim.bounds...)
	switch a.got.standing {
	case unusable:
		a.outcome, a.reason = Invalid, a.got.reason()
		return a
	case absent:
		return j.missing(t, a)
	case empty:
		return j.empty(t, a)
	}
	a.choice = a.got.choice
	if a.choice != "" {
		a.value = &Figure{Shown: j.choiceTitle(m.Fact, a.choice)}
	} else {
		f := q.figure(a.got.value, a.beside...)
		a.value = &f
	}
	if a.aim.blocked {
		a.outcome, a.reason = Missing, j.needsParams(a.aim.unknown)
		return a
	}
	a.outcome = Missed
	if a.aim.reachedBy(a.got) {
		a.outcome = Met
	}
	a.reason, a.gap = comparison{j, m, a, q}.sentence(a.outcome == Met)
	return a
}

// missing answers a target whose figure is not there. It stays missing on the
// card, whatever the plan lets it earn.
func (j *judge) missing(t *plan.Target, a answer) answer {
	why := a.got.reason()
	if j.asOf.Before(t.Published) {
		a.outcome = Pending
		a.reason = lang.F("published on %s: on %s it is not due yet", "công bố ngày %s: đến ngày %s chưa đến hạn",
			day(t.Published), day(j.asOf))
		return a
	}
	a.outcome, a.reason, a.assumed = Missing, why, t.WhenMissing
	switch t.WhenMissing {
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
func (j *judge) empty(t *plan.Target, a answer) answer {
	as := [...]Outcome{
		plan.AsMissing:       Missing,
		plan.AsNotApplicable: NotApplicable,
		plan.AsMet:           Met,
		plan.AsMissed:        Missed,
	}
	a.outcome, a.assumed = as[t.WhenEmpty], t.WhenEmpty
	a.reason = lang.F("%s; the plan takes that as %s", "%s; theo kế hoạch coi là %s",
		a.got.reason(), a.outcome.Title())
	return a
}

// unbound says why a target does not concern the unit.
func (j *judge) unbound(t *plan.Target) lang.Text {
	var binds []lang.Text
	for _, id := range t.Levels {
		binds = append(binds, j.levelTitle(id))
	}
	for _, id := range t.Units {
		binds = append(binds, lang.Same(id))
	}
	whom := lang.Join(binds, ", ")
	if j.unit.Level == "" {
		return lang.F("binds %s; of which level this unit is, is not known",
			"áp dụng cho %s; chưa rõ cấp của đơn vị này", whom)
	}
	return lang.F("binds %s; this unit is %s", "áp dụng cho %s; đơn vị này là %s", whom, j.levelTitle(j.unit.Level))
}

func (j *judge) levelTitle(id string) lang.Text {
	if l := j.plan.FindLevel(id); l != nil && !l.Title.IsZero() {
		return l.Title
	}
	return lang.Same(id)
}

// needsParams says which figures from outside the plan stop the judgement.
func (j *judge) needsParams(ids []string) lang.Text {
	titles, flags := j.params(ids)
	return lang.F("cannot be judged without %s: give it with %s", "chưa đánh giá được khi chưa có %s: khai báo bằng %s", titles, flags)
}

// withoutParams discloses that a result was worked out without some figures.
func (j *judge) withoutParams(ids []string) lang.Text {
	if len(ids) == 0 {
		return lang.Text{}
	}
	titles, flags := j.params(ids)
	return lang.F("judged without %s, which is not known: give it with %s", "đánh giá khi chưa có %s: khai báo bằng %s", titles, flags)
}

// params names params, each once, and the flags that give them.
func (j *judge) params(ids []string) (titles, flags lang.Text) {
	var names, give []lang.Text
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			continue
		}
		name := lang.Same(id)
		if q := j.plan.FindParam(id); q != nil && !q.Title.IsZero() {
			name = q.Title
		}
		names = append(names, lang.F("“%s”", "“%s”", name))
		give = append(give, lang.F("--param %s=VALUE", "--param %s=GIÁ_TRỊ", id))
	}
	return lang.Join(names, ", "), lang.Join(give, " ")
}

// joinNotes puts notes after one another.
func joinNotes(notes ...lang.Text) lang.Text {
	notes = slices.DeleteFunc(notes, lang.Text.IsZero)
	return lang.Join(notes, "; ")
}
