package score

import (
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// tally sums the card's results up, anew.
func (c *Card) tally() {
	all := func(*Result) bool { return true }
	committed := func(k plan.Commitment) func(*Result) bool {
		return func(r *Result) bool { return r.Commitment == k }
	}
	c.Total = sum(c.Results, all)
	c.Mandatory = sum(c.Results, committed(plan.Mandatory))
	c.Aspirational = sum(c.Results, committed(plan.Aspirational))
	c.Waived = nil
	if c.Total.Waived > 0 {
		without := sum(c.Results, func(r *Result) bool { return r.Waiver == nil })
		without.NotApplicable += c.Total.Waived
		without.Waived = c.Total.Waived
		c.Waived = &without
	}
}

// sum tallies the results that count.
func sum(results []Result, counts func(*Result) bool) Tally {
	var t Tally
	var points, most, judged number.Exact
	for i := range results {
		r := &results[i]
		if !counts(r) {
			continue
		}
		t.count(r)
		if !r.Outcome.Applicable() {
			continue
		}
		points, most = points.Add(r.Points.Exact), most.Add(r.Max.Exact)
		if r.Outcome.Judged() {
			judged = judged.Add(r.Max.Exact)
		}
	}
	t.Points, t.Max = pointsFigure(points, most), pointsFigure(most, most)
	t.Score, t.Coverage = rate(points, most), rate(judged, most)
	return t
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
