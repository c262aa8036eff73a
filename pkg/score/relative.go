package score

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Alone is what a result with relative points is before the other units are
// known.
type Alone struct {
	Outcome Outcome
	Reason  lang.Text
	Gap     *Figure
}

// setAside keeps a judged result until the other units are known: its points
// depend on theirs.
func (r *Result) setAside() {
	r.Alone = &Alone{r.Outcome, r.Reason, r.Gap}
	r.Outcome, r.Gap = Pending, nil
	r.Reason = lang.F("%s; points by comparison with other units, which are not at hand", "%s; điểm tính theo so sánh với đơn vị khác, hiện chưa có số liệu", r.Alone.Reason)
}

// Relate works out the points that depend on other units, for all cards of a
// run: among the units that Rank compares, those that have the figure. A unit
// that is compared with nobody stays pending, and its result says why.
//
// It is a second pass in the order of evaluation: a target that counts or
// requires one with relative points is evaluated anew behind it.
func Relate(p *plan.Plan, roster *plan.Roster, cards []*Card) {
	if !slices.ContainsFunc(p.Targets, func(t plan.Target) bool { return t.Credit.Kind.Relative() }) {
		return
	}
	order := p.EvaluationOrder()
	late := later(p, order)
	pass := secondPass{plan: p, cards: cards}
	pass.standings, pass.leagues = compared(p, roster, cards)
	if slices.Contains(late, true) {
		j := NewJudge(p)
		for _, c := range cards {
			pass.evaluations = append(pass.evaluations, j.again(c))
		}
	}
	for _, i := range order {
		if late[i] {
			pass.evaluate(i)
		}
		if p.Targets[i].Credit.Kind.Relative() {
			pass.relate(&p.Targets[i])
		}
	}
	for _, c := range cards {
		c.tally()
	}
}

// later tells which targets depend on one whose points other units decide.
func later(p *plan.Plan, order []int) []bool {
	late := make([]bool, len(p.Targets))
	decided := map[string]bool{} // by other units, or by targets that they decide
	for _, i := range order {
		t := &p.Targets[i]
		late[i] = slices.ContainsFunc(t.DependsOn(), func(id string) bool { return decided[id] })
		decided[t.ID] = late[i] || t.Credit.Kind.Relative()
	}
	return late
}

// secondPass is the evaluation of targets whose results other units decide.
type secondPass struct {
	plan        *plan.Plan
	cards       []*Card
	standings   []Standing
	leagues     [][]int
	evaluations []*evaluation // one a card; none where no target is evaluated anew
}

// again prepares to evaluate targets of a card anew.
func (j *Judge) again(c *Card) *evaluation {
	set := fact.Set{Unit: c.Unit, Period: c.Period, Facts: c.Facts}
	e := j.of(&set).evaluation(&set, c.AsOf, c.Results)
	if c.RolledUp != nil {
		e.means = c.RolledUp.means
	}
	return e
}

func (s *secondPass) evaluate(target int) {
	id := s.plan.Targets[target].ID
	for _, e := range s.evaluations {
		if r := e.results[id]; r != nil {
			e.result(r, &e.targets[target])
		}
	}
}

// relate gives all units their points for a target.
func (s *secondPass) relate(t *plan.Target) {
	for k, c := range s.cards {
		if r := c.Find(t.ID); r != nil && r.Alone != nil && !s.standings[k].Why.IsZero() {
			r.Reason = lang.F("%s; points by comparison with other units: %s", "%s; điểm tính theo so sánh với đơn vị khác: %s", r.Alone.Reason, s.standings[k].Why)
		}
	}
	for _, list := range s.leagues {
		var results []*Result
		for _, k := range list {
			if r := s.cards[k].Find(t.ID); r != nil && r.Alone != nil {
				results = append(results, r)
			}
		}
		if len(results) > 1 {
			relate(s.plan, t, results, s.standings[list[0]].Group)
		}
	}
	for _, c := range s.cards {
		if r := c.Find(t.ID); r != nil {
			gate(c.Find, r, t)
		}
	}
}

// relate gives the units of one group their points for a target.
func relate(p *plan.Plan, t *plan.Target, results []*Result, group lang.Text) {
	values, most := make([]number.Exact, len(results)), make([]number.Exact, len(results))
	for i, r := range results {
		values[i], most[i] = r.Value.Exact, r.Max.Exact
	}
	places, points := Relative(p, t, values, most, results[0].Goal.Upward())
	for i, r := range results {
		r.Outcome, r.Gap = r.Alone.Outcome, r.Alone.Gap
		r.Reason = lang.F("%s; place %d of %d (%s)", "%s; thứ %d trong %d đơn vị (%s)", r.Alone.Reason, places[i], len(results), group)
		r.Points = pointsFigure(points[i], most[i])
	}
}

// Upward reports whether more is better under a goal.
func (g *Goal) Upward() bool { return g.Comparator == plan.AtLeast || g.Comparator == plan.MoreThan }

// Relative returns the place of each of a group's values, and what each of them
// earns, of so many points at most, for a target whose points depend on the others.
func Relative(p *plan.Plan, t *plan.Target, values, most []number.Exact, upward bool) (places []int, points []number.Exact) {
	merits := make([]number.Exact, len(values)) // the larger, the better
	for i, v := range values {
		if merits[i] = v; !upward {
			merits[i] = v.Neg()
		}
	}
	best, last := merits[0], merits[0]
	for _, m := range merits {
		best, last = number.Max(best, m), number.Min(last, m)
	}
	places, points = Places(merits, p.Ties), make([]number.Exact, len(values))
	for i, m := range merits {
		earned := most[i]
		switch t.Credit.Kind {
		case plan.ByPlace:
			earned = placePoints(t.Credit.Places, places[i], len(values))
		case plan.OfBest:
			earned = most[i].Mul(ofBest(m, best, upward))
		case plan.OfSpan:
			if !best.Equal(last) {
				earned = most[i].Mul(m.Sub(last).Quo(best.Sub(last)))
			}
		case plan.AllOrNothing, plan.Proportional, plan.Linear, plan.Banded, plan.ByChoice, plan.EachOf: // not relative
		}
		points[i] = p.RoundingOf(t).Apply(number.Max(number.Exact{}, number.Min(earned, most[i])))
	}
	return places, points
}

func placePoints(list []plan.Place, place, of int) number.Exact {
	for _, p := range list {
		if p.Holds(place, of) {
			return p.Points
		}
	}
	return number.Exact{}
}

// ofBest is a value as a share of the best one, where less is better the best
// one as a share of it. With 0 nothing can be divided: only the best has all.
func ofBest(merit, best number.Exact, upward bool) number.Exact {
	whole, part := best, merit
	if !upward {
		whole, part = merit, best
	}
	switch {
	case merit.Equal(best):
		return number.Int(1)
	case whole.IsZero():
		return number.Exact{}
	}
	return part.Quo(whole)
}
