package plan

import (
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/number"
)

// metFully reports a target that a unit can meet without earning all points
// although some value earns them: the band with all points begins above the
// goal.
func (l *linter) metFully(t *Target) {
	if t.Points.Sign() <= 0 || t.PointsOf != "" || !t.fullPoints() {
		return
	}
	for _, c := range t.Credit.Choices {
		if c.Choice == t.Goal.Choice && c.Points.Cmp(t.Points) < 0 {
			l.metEarns(t, decimal(c.Points, false))
			return
		}
	}
	values, _, err := l.plan.evaluateAll(t.Goal.Bounds)
	if t.Credit.Kind != Banded || err != nil || len(values) == 0 {
		return
	}
	q, _ := l.plan.quantities().of(t.Measure)
	rest := []span{compared(t.Goal.Cmp, values).meet(q.values)}
	for _, b := range t.Credit.Bands {
		values, _, err := l.plan.evaluateAll(b.Bounds)
		if err != nil {
			return
		}
		s := compared(b.Cmp, values)
		var left []span
		for _, r := range rest {
			if b.lessOver(r.meet(s), values, t.Points) && !empty(r.meet(s), q) {
				l.warn(diag.PlanPoints, b.Pos, "the band %v of %q earns less than all %s points, and the goal %v is met there for values %s",
					"khung điểm %v của %q chưa đủ %s điểm, trong khi mục tiêu %v đã đạt ở giá trị %s",
					b, t.ID, decimal(t.Points, false), t.Goal, r.meet(s).text(q.form()))
				return
			}
			left = append(left, nonEmpty(r.minus(s), q)...)
		}
		rest = left
	}
}

// lessOver reports whether the band gives less than all points to some values
// of a span, all of which meet the goal.
func (b *Band) lessOver(s span, bounds []number.Exact, all number.Exact) bool {
	switch b.Earns {
	case BandProportional: // all at the goal and past it
		return false
	case BandSloped:
		if s.low == nil || s.high == nil {
			return false // the span is no part of the band
		}
		return number.Min(b.Along(*s.low, bounds), b.Along(*s.high, bounds)).Cmp(all) < 0
	case BandFixed:
	}
	return b.Points.Cmp(all) < 0
}

// metEarns reports the choice of a goal that earns less than all points.
func (l *linter) metEarns(t *Target, points string) {
	l.warn(diag.PlanPoints, t.Credit.Pos, "the choice %q meets the target %q and earns %s of its %s points",
		"lựa chọn %q là đạt chỉ tiêu %q nhưng chỉ được %s trên %s điểm", t.Goal.Choice, t.ID, points, decimal(t.Points, false))
}

// fullPoints reports whether some band or choice earns all points.
func (t *Target) fullPoints() bool {
	for _, b := range t.Credit.Bands {
		if most := b.Most(t.Points); most.Equal(t.Points) {
			return true
		}
	}
	for _, c := range t.Credit.Choices {
		if c.Points.Equal(t.Points) {
			return true
		}
	}
	return false
}
