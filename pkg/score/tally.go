package score

import (
	"cmp"

	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// tally sums the card's results up, anew.
func (c *Card) tally() {
	all := func(*Result) bool { return true }
	committed := func(k plan.Commitment) func(*Result) bool {
		return func(r *Result) bool { return r.Commitment == k }
	}
	c.Total, c.Areas = c.total(all)
	c.Mandatory = sum(c.Results, committed(plan.Mandatory))
	c.Aspirational = sum(c.Results, committed(plan.Aspirational))
	c.Grade = c.grade()
	c.Waived = nil
	if c.Total.Waived > 0 {
		without, _ := c.total(func(r *Result) bool { return r.Waiver == nil })
		without.NotApplicable += c.Total.Waived
		without.Waived = c.Total.Waived
		c.Waived = &without
	}
}

// total tallies the results that count by area, and what the areas come to
// together.
func (c *Card) total(counts func(*Result) bool) (Tally, []Area) {
	t, whole := added(c.Results, counts)
	areas, top := c.subtotals(counts)
	if len(c.Areas) > 0 {
		if c.Fallen == plan.Shared {
			top = top.share()
		}
		whole.points, whole.most, whole.judged = c.Round.Apply(top.points), c.Round.Apply(top.most), top.judged
	}
	whole.points = number.Max(number.Exact{}, whole.points) // deductions take no more than there is
	t.set(whole)
	return t, areas
}

// sum tallies the results that count, each for itself: no area cuts them.
func sum(results []Result, counts func(*Result) bool) Tally {
	t, s := added(results, counts)
	t.set(s)
	return t
}

// sums are what results come to in points.
type sums struct {
	points, most, judged number.Exact
	adjusted             *number.Exact // of points; nil: no target adds or takes off any
	fallen               *number.Exact // points of targets that do not apply, shared or given; nil: none
	unshared             number.Exact  // of fallen, what nobody has shared yet
}

func (s sums) plus(o sums) sums {
	total := sums{s.points.Add(o.points), s.most.Add(o.most), s.judged.Add(o.judged), together(s.adjusted, o.adjusted),
		together(s.fallen, o.fallen), s.unshared.Add(o.unshared)}
	return total
}

// together adds two numbers of which each may be none.
func together(a, b *number.Exact) *number.Exact {
	if a == nil || b == nil {
		return cmp.Or(a, b)
	}
	return new(a.Add(*b))
}

// fall adds a target that does not apply.
func (s *sums) fall(r *Result) {
	x := r.Max.Exact
	switch r.Fallen {
	case plan.Dropped:
		return
	case plan.Shared:
		s.unshared = s.unshared.Add(x)
	case plan.Given:
		s.points, s.most, s.judged = s.points.Add(r.Points.Exact), s.most.Add(x), s.judged.Add(x)
	}
	s.fallen = together(s.fallen, &x)
}

// share spreads the points of what does not apply over the rest, in proportion.
// Where there is no rest, they are left to what it is a part of.
func (s sums) share() sums {
	if s.most.Sign() <= 0 || s.unshared.IsZero() {
		return s
	}
	times := s.most.Add(s.unshared).Quo(s.most)
	s.points, s.most, s.judged, s.unshared = s.points.Mul(times), s.most.Mul(times), s.judged.Mul(times), number.Exact{}
	return s
}

// added counts the results that count, and adds their points up.
func added(results []Result, counts func(*Result) bool) (Tally, sums) {
	var t Tally
	var s sums
	for i := range results {
		r := &results[i]
		if !counts(r) {
			continue
		}
		t.count(r)
		if r.Adjust != plan.NoAdjustment && r.Outcome != NotApplicable {
			s.points = s.points.Add(r.Points.Exact)
			s.adjusted = together(s.adjusted, &r.Points.Exact)
			continue
		}
		if !r.Outcome.Applicable() {
			s.fall(r)
			continue
		}
		s.points, s.most = s.points.Add(r.Points.Exact), s.most.Add(r.Max.Exact)
		if r.Outcome.Judged() {
			s.judged = s.judged.Add(r.Max.Exact)
		}
	}
	return t, s
}

// set prints the sums.
func (t *Tally) set(s sums) {
	t.Points, t.Max = pointsFigure(s.points, s.most), pointsFigure(s.most, s.most)
	t.Score, t.Coverage, t.Adjusted = rate(s.points, s.most), rate(s.judged, s.most), nil
	if s.adjusted != nil {
		t.Adjusted = new(pointsFigure(*s.adjusted, s.most))
	}
	if t.FellAway = nil; s.fallen != nil {
		t.FellAway = new(pointsFigure(*s.fallen, s.most))
	}
}

// count adds one result to the counts.
func (t *Tally) count(r *Result) {
	switch r.Outcome {
	case Met:
		t.Met++
	case Missed:
		t.Missed++
	case Missing:
		t.Missing++
	case Pending:
		t.Pending++
	case NotApplicable:
		t.NotApplicable++
	case Invalid:
		t.Invalid++
	case Tracked:
		t.Tracked++
	}
	if r.Waiver != nil {
		t.Waived++
	}
	if r.Disagree {
		t.Disagree++
	}
}

// rate is a share of the points: nil of none, and never printed as all or
// none when it is not.
func rate(of, most number.Exact) *Figure {
	if most.IsZero() {
		return nil
	}
	x := of.Quo(most)
	return &Figure{Exact: x, Shown: between(x, number.Int(1), number.AsPercent)}
}
