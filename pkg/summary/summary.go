// Package summary puts the cards of many units side by side: who submitted and
// who did not, how the units rank, the figures of groups, and how all that
// changed from period to period; and writes it all as the annual workbook.
//
// Build is pure and exact: no clock, no floating point and no map order
// reaches what it returns. Write gives the same bytes for the same input. In
// the workbook, what follows from the counts is a live formula with its value
// stored beside; a formula is only written where it yields the figure of the
// card, so that calculating the file changes nothing.
package summary

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// Input is everything that a summary is made from. It is never changed.
type Input struct {
	Plan        *plan.Plan           // that the cards were judged by
	Roster      *plan.Roster         // who owes a submission; nil: whoever submitted
	Cards       []score.Card         // of several units, and possibly several periods
	Diagnostics diag.List            // of files that gave no card, and of the run
	Period      plan.Period          // that is ranked; zero: the latest that the plan's own period contains
	Submitted   map[string]date.Date // when each file came, by score.Card.Input.File; a file that is not in it is not late
	Program     string               // "parcheck 1.2.0"
	Lang        lang.Lang
}

// Status is how a unit stands with its submission: score.Status.
type Status = score.Status

// The statuses, by the names that this package uses most.
const (
	NotSubmitted = score.NotSubmitted
	Submitted    = score.Submitted
	Late         = score.Late
	Ambiguous    = score.Ambiguous
	Unreadable   = score.Unreadable
	WrongFormat  = score.WrongFormat
	OtherRules   = score.OtherRules
	FromUnits    = score.FromUnits
	OffRoster    = score.OffRoster
)

// Unit is one agency's line in the summary.
type Unit struct {
	No         int // 1-based: the roster's order, then the others in input order
	ID         string
	Name       lang.Text
	Level      string
	LevelTitle lang.Text
	Group      string
	GroupTitle lang.Text // what the unit is ranked among
	OnRoster   bool
	Status     Status
	Card       *score.Card // of the period that is ranked; nil when none counts
	Files      []string    // of the unit's submissions in that period

	// Ranked tells units that are compared with others. A unit is not when it
	// has no score, is on no roster where there is one, or is in none of the
	// groups where the roster has groups: the body that the others report to.
	Ranked bool
	Rank   int // within the group: 1 is best; 0: not ranked

	Total, Mandatory, Aspirational Sums

	apart  [scopeKinds]bool // it is not counted in scopes of the kind, for they hold units that its card is made of
	below  []int            // indexes of the units that its card is made of
	why    lang.Text        // it is not ranked; none while it has no card
	before *score.Card      // of the period before
	cards  []*score.Card    // by period, as Summary.Periods has them; nil: none
}

// Before returns the unit's score in the period before, or nil.
func (u *Unit) Before() *number.Exact {
	if u.before == nil {
		return nil
	}
	return sumsOf(u.before).Score()
}

// Sums adds results up.
type Sums struct {
	Points, Max, Judged                                   number.Exact // Judged: of Max, what could be evaluated
	Met, Missed, Missing, Invalid, Pending, NotApplicable int
	Tracked                                               int // without a goal: no sheet counts them
}

// Applicable returns how many targets count for the score.
func (s Sums) Applicable() int { return s.Met + s.Missed + s.Missing + s.Invalid }

// Score returns Points of Max, or nil when nothing counts.
func (s Sums) Score() *number.Exact { return rate(s.Points, s.Max) }

// Coverage returns Judged of Max, or nil when nothing counts.
func (s Sums) Coverage() *number.Exact { return rate(s.Judged, s.Max) }

func rate(part, whole number.Exact) *number.Exact {
	if whole.IsZero() {
		return nil
	}
	return new(part.Quo(whole))
}

// together adds up what results of several units add up to.
func together(all []Sums) Sums {
	var s Sums
	var points, most, judged []number.Exact
	for _, t := range all {
		points, most, judged = append(points, t.Points), append(most, t.Max), append(judged, t.Judged)
		s.Met += t.Met
		s.Missed += t.Missed
		s.Missing += t.Missing
		s.Invalid += t.Invalid
		s.Pending += t.Pending
		s.NotApplicable += t.NotApplicable
		s.Tracked += t.Tracked
	}
	s.Points, s.Max, s.Judged = number.Sum(points), number.Sum(most), number.Sum(judged)
	return s
}

// sumsOf adds up a card's results of some commitments; of none named, all.
func sumsOf(c *score.Card, of ...plan.Commitment) Sums {
	var s Sums
	for i := range c.Results {
		if r := &c.Results[i]; len(of) == 0 || slices.Contains(of, r.Commitment) {
			s.count(r)
		}
	}
	if len(of) == 0 && c.Scored() {
		whole := subtotal(&c.Total)
		s.Points, s.Max, s.Judged = whole[areaPoints], whole[areaMax], whole[areaJudged]
	}
	return s
}

// count adds a result.
func (s *Sums) count(r *score.Result) {
	s.tick(r.Outcome)
	if r.Adjust != plan.NoAdjustment && r.Outcome != score.NotApplicable {
		s.Points = s.Points.Add(r.Points.Exact)
		return
	}
	if r.Fallen == plan.Given {
		s.Points, s.Max, s.Judged = s.Points.Add(r.Points.Exact), s.Max.Add(r.Max.Exact), s.Judged.Add(r.Max.Exact)
	}
	if !r.Outcome.Applicable() {
		return
	}
	if !r.Points.Exact.IsZero() {
		s.Points = s.Points.Add(r.Points.Exact)
	}
	s.Max = s.Max.Add(r.Max.Exact)
	if r.Outcome.Judged() {
		s.Judged = s.Judged.Add(r.Max.Exact)
	}
}

// tick counts an outcome.
func (s *Sums) tick(o score.Outcome) { *s.counter(o)++ }

// outcomes are in the order in which all sheets show them.
var outcomes = []score.Outcome{score.Met, score.Missed, score.Missing, score.Invalid, score.Pending, score.NotApplicable}

// counter is the count of an outcome.
func (s *Sums) counter(o score.Outcome) *int {
	switch o {
	case score.Met:
		return &s.Met
	case score.Missed:
		return &s.Missed
	case score.Missing:
		return &s.Missing
	case score.Invalid:
		return &s.Invalid
	case score.Pending:
		return &s.Pending
	case score.Tracked:
		return &s.Tracked
	case score.NotApplicable:
	}
	return &s.NotApplicable
}

// Counts is how the submissions stand. Without a roster the ledger is of the
// units that submitted.
type Counts struct {
	score.Ledger
	Files  int // files that could not be read
	Ranked int
}

// Summary is the cards of many units side by side.
type Summary struct {
	Period   plan.Period   // that is ranked
	Periods  []plan.Period // that have cards, earliest first, up to Period
	AsOf     date.Date     // the latest day as of which a card was judged
	Units    []Unit
	Counts   Counts
	Scopes   []Scope     // groups of ranked units, all of them first
	Trend    []Progress  // of all ranked units, by period
	Found    diag.List   // everything found, in the files and here, sorted
	ranking  []int       // indexes of Units as the ranking shows them
	targets  []targetRow // of the plan
	byLevel  bool        // levels are scopes of their own, beside the groups or instead of them
	in       Input
	together bool // one sheet holds all areas
}

// Build puts the cards side by side. The list says what the summary itself
// found: submissions of nobody on the roster, several for one unit, two units
// with one name, units that did not submit or came late, cards that were
// judged by other rules.
func Build(in Input) (*Summary, diag.List) {
	s, found := stand(in)
	found.Sort()
	s.tally()
	s.rank()
	s.pool()
	s.follow()
	s.Found = s.everything(found)
	return s, found
}

// Ledger counts the units by how they stand, as Build does; nil without a
// roster. The list says who came late.
func Ledger(in Input) (*score.Ledger, diag.List) {
	if in.Roster == nil {
		return nil, nil
	}
	s, found := stand(in)
	late := slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return d.Check != diag.Late })
	return &s.Counts.Ledger, late
}

// stand tells how each unit stands with its submission, and counts them.
func stand(in Input) (*Summary, diag.List) {
	s := &Summary{in: in}
	m := matchUnits(in)
	s.Units = m.units
	s.choosePeriods()
	found := m.found
	for i := range s.Units {
		found = append(found, s.settle(&s.Units[i], m.byUnit[i])...)
		if u := &s.Units[i]; u.OnRoster || in.Roster == nil || u.Status == OffRoster {
			s.Counts.Count(u.Status)
		}
	}
	in.Plan.Weigh(found)
	return s, found
}

// everything is what was found anywhere, sorted.
func (s *Summary) everything(own diag.List) diag.List {
	all := append(slices.Clone(s.in.Diagnostics), own...)
	for i := range s.in.Cards {
		c := &s.in.Cards[i]
		for _, d := range c.Diagnostics {
			if d.Pos.File == "" {
				d.Pos.File = c.Input.File
			}
			if d.Unit == "" {
				d.Unit = c.Unit.Name.In(s.in.Lang)
			}
			all = append(all, d)
		}
	}
	all.Sort()
	return all
}

// choosePeriods finds the period that is ranked, and those before it.
func (s *Summary) choosePeriods() {
	var all []plan.Period
	for i := range s.in.Cards {
		c := &s.in.Cards[i]
		if !slices.Contains(all, c.Period) {
			all = append(all, c.Period)
		}
		if s.AsOf.Before(c.AsOf) {
			s.AsOf = c.AsOf
		}
	}
	slices.SortFunc(all, earlier)
	s.Period = s.in.Period
	if s.Period == (plan.Period{}) {
		s.Period = latest(all, s.in.Plan.Period)
	}
	for _, p := range all {
		if earlier(p, s.Period) <= 0 {
			s.Periods = append(s.Periods, p)
		}
	}
	if !slices.Contains(s.Periods, s.Period) {
		s.Periods = append(s.Periods, s.Period)
	}
}

// earlier orders periods by their ends; of two that end on one day, the longer
// one comes later: a year sums up its last quarter.
func earlier(p, q plan.Period) int {
	if c := p.To.Compare(q.To); c != 0 {
		return c
	}
	return q.From.Compare(p.From)
}

// latest is the last period that the plan's own contains: a card that speaks
// for a day outside of it does not decide what is ranked.
func latest(sorted []plan.Period, own plan.Period) plan.Period {
	for _, p := range slices.Backward(sorted) {
		if own == (plan.Period{}) || own.Contains(p.From) && own.Contains(p.To) {
			return p
		}
	}
	if len(sorted) > 0 {
		return sorted[len(sorted)-1]
	}
	return own
}

func (s *Summary) tally() {
	for i := range s.Units {
		u := &s.Units[i]
		if u.Card == nil {
			continue
		}
		u.Total = sumsOf(u.Card)
		u.Mandatory = sumsOf(u.Card, plan.Mandatory)
		u.Aspirational = sumsOf(u.Card, plan.Aspirational)
	}
	files := map[string]bool{}
	for _, d := range s.in.Diagnostics {
		if d.Check == diag.Unreadable {
			files[d.Pos.File] = true
		}
	}
	s.Counts.Files = len(files)
}
