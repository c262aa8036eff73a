package score

import (
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// points returns what an answer earns, from 0 to the target's points. Credit
// is a layer of its own beside the outcome: a missed target may earn some
// points, and a missing one all of them, where the plan says so.
//
// What a param without a value decides earns nothing, and the result's note
// says so.
func (e *evaluation) points(t *plan.Target, a answer) number.Exact {
	none := number.Exact{}
	if t.Adjust != plan.NoAdjustment {
		return e.adjusted(t, a)
	}
	switch {
	case a.assumed == plan.AsMet && (a.outcome == Met || a.outcome == Missing):
		return t.Points
	case a.assumed != plan.AsMissing || !a.outcome.Judged():
		return none
	}
	earned := e.credit(t, a)
	return number.Max(none, number.Min(earned, t.Points))
}

// credit computes the points of a judged answer, before they are capped.
func (e *evaluation) credit(t *plan.Target, a answer) number.Exact {
	switch t.Credit.Kind {
	case plan.AllOrNothing:
		return allOrNothing(t, a)
	case plan.Proportional:
		if share, ok := proportion(a); ok {
			return t.Points.Mul(share)
		}
		return allOrNothing(t, a)
	case plan.Linear:
		if share, ok := e.linear(t.Credit, a); ok {
			return t.Points.Mul(share)
		}
		return allOrNothing(t, a)
	case plan.Banded:
		for _, b := range t.Credit.Bands {
			if bounds, ok := e.bandBounds(b); ok && b.Cmp.Holds(a.got.value, bounds) {
				return bandPoints(t, b, bounds, a)
			}
		}
	case plan.EachOf:
		return t.Credit.Each.Mul(number.Max(number.Exact{}, a.got.value))
	case plan.ByChoice:
		for _, c := range t.Credit.Choices {
			if c.Choice == a.got.choice {
				return c.Points
			}
		}
	case plan.ByPlace, plan.OfBest, plan.OfSpan: // Relate works them out
	}
	return number.Exact{}
}

// bandPoints are the points of a value in the band.
func bandPoints(t *plan.Target, b plan.Band, bounds []number.Exact, a answer) number.Exact {
	switch b.Earns {
	case plan.BandProportional:
		if share, ok := proportion(a); ok {
			return t.Points.Mul(share)
		}
		return allOrNothing(t, a)
	case plan.BandSloped:
		return b.Along(a.got.value, bounds)
	case plan.BandFixed:
	}
	return b.Points
}

// adjusted is what a target adds or, below 0, deducts; 0 for a missing figure.
func (e *evaluation) adjusted(t *plan.Target, a answer) number.Exact {
	if a.outcome != Tracked {
		return number.Exact{}
	}
	x := number.Max(number.Exact{}, e.credit(t, a))
	if t.Most != nil {
		x = number.Min(x, *t.Most)
	}
	if t.Adjust == plan.Deduction {
		return x.Neg()
	}
	return x
}

func allOrNothing(t *plan.Target, a answer) number.Exact {
	if a.outcome == Met {
		return t.Points
	}
	return number.Exact{}
}

// proportion is value over goal. It is defined for goals that are a positive
// number to reach; for every other goal proportional credit is all or nothing.
func proportion(a answer) (number.Exact, bool) {
	upward := a.aim.cmp == plan.AtLeast || a.aim.cmp == plan.MoreThan
	if !upward || a.aim.bounds[0].Sign() <= 0 {
		return number.Exact{}, false
	}
	return a.got.value.Quo(a.aim.bounds[0]), true
}

// linear is the share of the way from the floor to the goal that the value has
// covered; either may be the larger. For a goal with two ends, or equal to the
// floor, there is no such way and the credit is all or nothing.
func (e *evaluation) linear(c plan.Credit, a answer) (number.Exact, bool) {
	var unknown []string
	floor, ok := e.amount(c.Floor, &unknown)
	if !ok || len(a.aim.bounds) != 1 || a.aim.cmp == plan.Is || floor.Equal(a.aim.bounds[0]) {
		return number.Exact{}, false
	}
	return a.got.value.Sub(floor).Quo(a.aim.bounds[0].Sub(floor)), true
}

func (j *Judge) bandBounds(b plan.Band) ([]number.Exact, bool) {
	a := j.aim(plan.Goal{Cmp: b.Cmp, Bounds: b.Bounds})
	return a.bounds, !a.blocked
}

// creditBounds are the numbers by which a value earns points, and the params
// without a value among them.
func (j *Judge) creditBounds(c plan.Credit) (bounds []number.Exact, unknown []string) {
	var amounts []plan.Amount
	if c.Kind == plan.Linear {
		amounts = append(amounts, c.Floor)
	}
	for _, b := range c.Bands {
		amounts = append(amounts, b.Bounds...)
	}
	for _, a := range amounts {
		if x, ok := j.amount(a, &unknown); ok {
			bounds = append(bounds, x)
		}
	}
	return bounds, unknown
}

// creditWords words how a target earns its points.
func (j *Judge) creditWords(t *plan.Target) lang.Text {
	if t.Adjust != plan.NoAdjustment {
		return j.adjustWords(t)
	}
	if t.Points.IsZero() {
		return lang.T("tracked only, no points", "chỉ theo dõi, không tính điểm")
	}
	return j.earningWords(t)
}

// adjustWords words how points are deducted or added.
func (j *Judge) adjustWords(t *plan.Target) lang.Text {
	words := lang.F("deducted: %s", "trừ điểm: %s", j.earningWords(t))
	if t.Adjust == plan.Bonus {
		words = lang.F("added: %s", "điểm thưởng: %s", j.earningWords(t))
	}
	if t.Most != nil {
		words = lang.F("%s, %s at most", "%s, tối đa %s", words, number.Short(*t.Most, mostDecimals))
	}
	return words
}

func (j *Judge) earningWords(t *plan.Target) lang.Text {
	q := j.quantityOf(t.Measure)
	switch t.Credit.Kind {
	case plan.EachOf:
		each := number.Short(t.Credit.Each, mostDecimals)
		if q.unit.IsZero() {
			return lang.F("%s for each", "mỗi đơn vị %s điểm", each)
		}
		return lang.F("%s for each of the %s", "%s điểm cho mỗi %s", each, q.unit)
	case plan.AllOrNothing:
		return lang.T("all or nothing", "đạt được đủ điểm, không đạt không có điểm")
	case plan.Proportional:
		return lang.T("in proportion to the goal, all points at the goal", "theo tỷ lệ so với chỉ tiêu, đạt chỉ tiêu được đủ điểm")
	case plan.Linear:
		return lang.F("none at %s, all at the goal, straight between", "%s: không có điểm; đạt chỉ tiêu: đủ điểm; ở giữa: nội suy tuyến tính",
			j.amountShown(t.Credit.Floor, q))
	case plan.Banded:
		var bands []lang.Text
		for _, b := range t.Credit.Bands {
			bands = append(bands, lang.F("%s: %s", "%s: %s", j.bandShown(b, q), bandEarns(b)))
		}
		return lang.Join(bands, "; ")
	case plan.ByChoice:
		var choices []lang.Text
		for _, c := range t.Credit.Choices {
			choices = append(choices, lang.F("%s: %s", "%s: %s",
				j.choiceTitle(t.Measure.Fact, c.Choice), number.Short(c.Points, mostDecimals)))
		}
		return lang.Join(choices, "; ")
	case plan.ByPlace:
		var places []lang.Text
		for _, p := range t.Credit.Places {
			places = append(places, lang.F("first %s: %s", "%s đầu nhóm: %s", number.Shown(p.Within, p.Percent), number.Short(p.Points, mostDecimals)))
		}
		return lang.F("by place in the group: %s", "theo thứ hạng trong nhóm: %s", lang.Join(places, "; "))
	case plan.OfBest:
		return lang.T("in proportion to the best unit of the group", "theo tỷ lệ so với đơn vị tốt nhất trong nhóm")
	case plan.OfSpan:
		return lang.T("none for the last unit of the group, all for the best, straight between", "đơn vị cuối nhóm: không có điểm; đơn vị tốt nhất: đủ điểm; ở giữa: nội suy tuyến tính")
	}
	return lang.Text{}
}

// bandEarns words how many points a band gives.
func bandEarns(b plan.Band) lang.Text {
	switch b.Earns {
	case plan.BandProportional:
		return lang.T("in proportion to the goal", "theo tỷ lệ so với chỉ tiêu")
	case plan.BandSloped:
		return lang.F("%s to %s, straight between", "%s đến %s, nội suy tuyến tính", number.Short(b.Ends[0], mostDecimals), number.Short(b.Ends[1], mostDecimals))
	case plan.BandFixed:
	}
	return number.Short(b.Points, mostDecimals)
}

func (j *Judge) bandShown(b plan.Band, q quantity) lang.Text {
	bounds, ok := j.bandBounds(b)
	if !ok {
		return lang.Same(b.Cmp.Symbol() + "?")
	}
	var figures []Figure
	for _, x := range bounds {
		figures = append(figures, q.bound(x))
	}
	return ranged(b.Cmp, figures)
}

func (j *Judge) amountShown(a plan.Amount, q quantity) lang.Text {
	var unknown []string
	if x, ok := j.amount(a, &unknown); ok {
		return q.bound(x).Shown
	}
	return lang.Same("?")
}

// pointsFigure prints points so that rounding never makes fewer than all look
// like all, or some like none.
func pointsFigure(x, max number.Exact) Figure {
	return Figure{Exact: x, Shown: between(x, max, number.AsDigits)}
}

// between prints a number from 0 to max, and only those ends as they are.
func between(x, max number.Exact, form number.Form) lang.Text {
	if x.IsZero() || x.Equal(max) {
		return form.Print(x, leastDecimals)
	}
	return number.Beside(x, []number.Exact{{}, max}, leastDecimals, form)
}
