package summary

import (
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// comparable reports whether a card was judged by the plan's own rules. A
// card of another plan, or of other definitions, cannot be ranked beside the
// others.
func (s *Summary) comparable(u *Unit, c *score.Card, found *diag.List) bool {
	wrong := func(message lang.Text) bool {
		found.Add(diag.WrongPlan, diag.InFile(c.Input.File), message)
		(*found)[len(*found)-1].Unit = u.Name.In(lang.VI)
		return false
	}
	if c.Plan.ID != s.in.Plan.ID {
		return wrong(lang.F("judged by plan %q, not %q: score the workbook again with this plan",
			"chấm theo kế hoạch %q, không phải %q: chấm lại tệp theo kế hoạch này", c.Plan.ID, s.in.Plan.ID))
	}
	p := s.in.Plan.Settled(plan.Case{Unit: c.Unit.ID, UnitName: c.Unit.Name.In(lang.VI), Level: c.Unit.Level, Period: c.Period}) // of which points may differ
	for i := range p.Targets {
		t := &p.Targets[i]
		r := c.Find(t.ID)
		if r == nil || r.Definition != t.Definition || !r.Max.Exact.Equal(t.Points) {
			return wrong(lang.F("target %q has another definition in this result than in the plan: score the workbook again",
				"chỉ tiêu %q trong kết quả này có định nghĩa khác với kế hoạch: chấm lại tệp", t.ID))
		}
	}
	if len(c.Results) != len(s.in.Plan.Targets) {
		return wrong(lang.T("the result has targets that the plan does not know: score the workbook again",
			"kết quả có chỉ tiêu không có trong kế hoạch: chấm lại tệp"))
	}
	return true
}

// deadline is the last day on which the unit may submit; zero: none.
func (s *Summary) deadline(u *Unit) date.Date {
	if s.in.Roster == nil || !u.OnRoster {
		return date.Date{}
	}
	for i := range s.in.Roster.Units {
		if r := &s.in.Roster.Units[i]; r.ID == u.ID && !r.Deadline.IsZero() {
			return r.Deadline
		}
	}
	return s.in.Roster.Deadline
}

// Progress is where all ranked units together stood in one period. Units that
// have no card for it are left out.
type Progress struct {
	Period plan.Period
	Units  int
	Mean   *number.Exact // mean of the units' scores
	Total  Sums
}

// follow works out the trend. It counts the units that all of them together count now, so that
// no period looks better or worse for units that came or went.
func (s *Summary) follow() {
	for i, p := range s.Periods {
		step := Progress{Period: p}
		var scores []number.Exact
		var totals []Sums
		for j := range s.Units {
			u := &s.Units[j]
			if !s.Scopes[0].counts(u) || u.cards[i] == nil {
				continue
			}
			sums := sumsOf(u.cards[i])
			if x := sums.Score(); x != nil {
				step.Units++
				totals = append(totals, sums)
				scores = append(scores, *x)
			}
		}
		step.Total = together(totals)
		step.Mean = rate(number.Sum(scores), number.Int(int64(step.Units)))
		s.Trend = append(s.Trend, step)
	}
}
