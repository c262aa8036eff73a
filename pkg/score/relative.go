package score

import (
	"slices"

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
func Relate(p *plan.Plan, roster *plan.Roster, cards []*Card) {
	if !slices.ContainsFunc(p.Targets, func(t plan.Target) bool { return t.Credit.Kind.Relative() }) {
		return
	}
	standings, leagues := compared(p, roster, cards)
	for i := range p.Targets {
		t := &p.Targets[i]
		if !t.Credit.Kind.Relative() {
			continue
		}
		for k, c := range cards {
			if r := c.Find(t.ID); r != nil && r.Alone != nil && !standings[k].Why.IsZero() {
				r.Reason = lang.F("%s; points by comparison with other units: %s", "%s; điểm tính theo so sánh với đơn vị khác: %s", r.Alone.Reason, standings[k].Why)
			}
		}
		for _, list := range leagues {
			var results []*Result
			for _, k := range list {
				if r := cards[k].Find(t.ID); r != nil && r.Alone != nil {
					results = append(results, r)
				}
			}
			if len(results) > 1 {
				relate(p, t, results, standings[list[0]].Group)
			}
		}
	}
	for _, c := range cards {
		c.tally()
	}
}

// relate gives the units of one group their points for a target.
func relate(p *plan.Plan, t *plan.Target, results []*Result, group lang.Text) {
	merits := make([]number.Exact, len(results)) // the larger, the better
	upward := results[0].Goal.Comparator == plan.AtLeast || results[0].Goal.Comparator == plan.MoreThan
	for i, r := range results {
		merits[i] = r.Value.Exact
		if !upward {
			merits[i] = merits[i].Neg()
		}
	}
	best, last := merits[0], merits[0]
	for _, m := range merits {
		best, last = number.Max(best, m), number.Min(last, m)
	}
	places := Places(merits, p.Ties)
	for i, r := range results {
		earned := t.Points
		switch t.Credit.Kind {
		case plan.ByPlace:
			earned = placePoints(t.Credit.Places, places[i], len(results))
		case plan.OfBest:
			earned = t.Points.Mul(ofBest(merits[i], best, upward))
		case plan.OfSpan:
			if !best.Equal(last) {
				earned = t.Points.Mul(merits[i].Sub(last).Quo(best.Sub(last)))
			}
		case plan.AllOrNothing, plan.Proportional, plan.Linear, plan.Banded, plan.ByChoice, plan.EachOf: // not relative
		}
		r.Outcome, r.Gap = r.Alone.Outcome, r.Alone.Gap
		r.Reason = lang.F("%s; place %d of %d (%s)", "%s; thứ %d trong %d đơn vị (%s)", r.Alone.Reason, places[i], len(results), group)
		r.Points = pointsFigure(p.RoundingOf(t).Apply(number.Max(number.Exact{}, number.Min(earned, t.Points))), t.Points)
	}
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
