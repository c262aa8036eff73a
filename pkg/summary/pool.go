package summary

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// Scope is a set of ranked units whose figures are combined: all of them, one
// level, or one group.
type Scope struct {
	Title lang.Text
	Units int
	Total Sums          // of all their cards
	Mean  *number.Exact // mean of their scores
	Pools []Pool        // one a target, in the plan's order

	level, group string // ids; both empty: all units
}

// scopeKind is what the units of a scope share.
type scopeKind int

const (
	ofAll scopeKind = iota
	ofLevel
	ofGroup
	scopeKinds
)

func (c *Scope) kind() scopeKind {
	switch {
	case c.level != "":
		return ofLevel
	case c.group != "":
		return ofGroup
	}
	return ofAll
}

func (c *Scope) holds(u *Unit) bool {
	return u.Ranked && (c.level == "" || u.Level == c.level) && (c.group == "" || u.Group == c.group)
}

// counts reports whether a unit is in the sums and means of a scope: one that is
// made of others of the scope would count their figures twice.
func (c *Scope) counts(u *Unit) bool { return c.holds(u) && !u.apart[c.kind()] }

// Pool is one target's figures in a scope. A unit whose figure is missing or
// cannot be used is in neither of the two rates.
type Pool struct {
	Units                        int // with a usable figure
	Averaged                     int // of these, those whose figure is a mean of the units below: there is nothing to add up
	Numerator, Denominator       number.Exact
	Pooled                       *number.Exact // sum of numerators of sum of denominators; the sum, where the figure is no share
	Mean                         *number.Exact // mean of the units' own figures
	Met, Missed, Missing, Others int           // Others: invalid, pending
	Goal                         *score.Goal   // nil where the units have different ones
	Outcome                      score.Outcome // of the official figure of a share
}

// targetRow is one target of the plan, and what its figures are.
type targetRow struct {
	no      int // 1-based
	target  *plan.Target
	kind    plan.ValueKind
	sample  *score.Result
	uniform bool // one goal for all units
}

// pool puts the figures of each scope together.
func (s *Summary) pool() {
	s.describeTargets()
	s.Scopes = []Scope{{Title: term.AllUnits}}
	levels, groups := s.levels(), s.groups()
	s.byLevel = len(levels) > 1 && (len(groups) == 0 || !s.sameParts())
	if s.byLevel {
		for _, l := range levels {
			s.Scopes = append(s.Scopes, Scope{Title: plan.TitleOf(levels, l.ID), level: l.ID})
		}
	}
	if len(groups) > 1 {
		for _, g := range groups {
			s.Scopes = append(s.Scopes, Scope{Title: plan.TitleOf(groups, g.ID), group: g.ID})
		}
	}
	s.keepApart()
	for i := range s.Scopes {
		s.fill(&s.Scopes[i])
	}
}

// keepApart finds the units that are not counted together with others, of which
// their cards are made.
func (s *Summary) keepApart() {
	cards, ids := make([]*score.Card, len(s.Units)), make([]string, len(s.Units))
	for i := range s.Units {
		cards[i], ids[i] = s.Units[i].Card, s.Units[i].ID
	}
	for i, below := range score.MadeOf(cards, ids) {
		u := &s.Units[i]
		u.below = below
		for k := range s.Scopes {
			if c := &s.Scopes[k]; c.holds(u) && slices.ContainsFunc(below, func(j int) bool { return c.holds(&s.Units[j]) }) {
				u.apart[c.kind()] = true
			}
		}
	}
}

// doubles reports whether a unit's result of a target would count twice in scopes
// of a kind: units below it that share the scope have that target, too.
func (s *Summary) doubles(u *Unit, t *plan.Target, k scopeKind) bool {
	return u.apart[k] && slices.ContainsFunc(u.below, func(j int) bool {
		o := &s.Units[j]
		return o.Ranked && (k != ofLevel || o.Level == u.Level) && (k != ofGroup || o.Group == u.Group) && t.Binds(o.Level, o.ID)
	})
}

// keepsApart reports whether scopes of a kind leave units out.
func (s *Summary) keepsApart(k scopeKind) bool {
	return slices.ContainsFunc(s.Units, func(u Unit) bool { return u.apart[k] })
}

// sameParts reports whether groups and levels divide the units alike.
func (s *Summary) sameParts() bool {
	group, level := map[string]string{}, map[string]string{}
	for i := range s.Units {
		u := &s.Units[i]
		if !u.Ranked {
			continue
		}
		if l, ok := group[u.Group]; ok && l != u.Level {
			return false
		}
		if g, ok := level[u.Level]; ok && g != u.Group {
			return false
		}
		group[u.Group], level[u.Level] = u.Level, u.Group
	}
	return true
}

func (s *Summary) describeTargets() {
	for i := range s.in.Plan.Targets {
		row := targetRow{no: i + 1, target: &s.in.Plan.Targets[i], uniform: true}
		for j := range s.Units {
			r := s.result(&s.Units[j], i)
			if r == nil {
				continue
			}
			row.kind = r.Kind
			if r.Outcome == score.NotApplicable && len(r.Facts) == 0 {
				continue
			}
			if row.sample == nil || row.sample.Value == nil && r.Value != nil {
				row.uniform = row.uniform && (row.sample == nil || sameGoal(&row.sample.Goal, &r.Goal))
				row.sample = r
			}
			row.uniform = row.uniform && sameGoal(&row.sample.Goal, &r.Goal)
		}
		s.targets = append(s.targets, row)
	}
}

// result is a unit's answer to the target of an index, or nil. A card's
// results stand in the plan's order.
func (s *Summary) result(u *Unit, target int) *score.Result {
	if u.Card == nil {
		return nil
	}
	id := s.in.Plan.Targets[target].ID
	if target < len(u.Card.Results) && u.Card.Results[target].Target == id {
		return &u.Card.Results[target]
	}
	return u.Card.Find(id)
}

func sameGoal(a, b *score.Goal) bool {
	return a.Comparator == b.Comparator && a.Choice == b.Choice &&
		slices.EqualFunc(a.Bounds, b.Bounds, func(x, y score.Figure) bool { return x.Exact.Equal(y.Exact) })
}

func (s *Summary) fill(c *Scope) {
	var scores []number.Exact
	var totals []Sums
	for i := range s.Units {
		if u := &s.Units[i]; c.counts(u) {
			c.Units++
			totals = append(totals, u.Total)
			scores = append(scores, *u.Total.Score())
		}
	}
	c.Total = together(totals)
	c.Mean = rate(number.Sum(scores), number.Int(int64(c.Units)))
	for t := range s.targets {
		c.Pools = append(c.Pools, s.poolOf(c, t))
	}
}

func (s *Summary) poolOf(c *Scope, target int) Pool {
	var p Pool
	var values, parts, wholes []number.Exact // a value that is no share is a part of no whole
	uniform := true
	for i := range s.Units {
		u := &s.Units[i]
		r := s.result(u, target)
		if r == nil || !c.holds(u) || s.doubles(u, s.targets[target].target, c.kind()) {
			continue
		}
		p.count(r)
		if r.Outcome != score.NotApplicable {
			if p.Goal == nil {
				p.Goal = &r.Goal
			}
			uniform = uniform && sameGoal(p.Goal, &r.Goal)
		}
		if !usable(r) {
			continue
		}
		p.Units++
		values = append(values, r.Value.Exact)
		switch {
		case r.Averaged:
			p.Averaged++
		case r.Numerator != nil && r.Denominator != nil:
			parts, wholes = append(parts, r.Numerator.Exact), append(wholes, r.Denominator.Exact)
		default:
			parts = append(parts, r.Value.Exact)
		}
	}
	if !uniform {
		p.Goal = nil
	}
	p.Numerator, p.Denominator = number.Sum(parts), number.Sum(wholes)
	p.rates(s.targets[target], number.Sum(values), s.in.Plan.Official)
	return p
}

// usable reports whether a result has a number that can be combined with those
// of other units.
func usable(r *score.Result) bool {
	if r.Value == nil || !r.Kind.Adds() {
		return false
	}
	if r.Numerator != nil && r.Denominator != nil {
		return r.Numerator.State == fact.Reported && r.Denominator.State == fact.Reported
	}
	return true
}

func (p *Pool) count(r *score.Result) {
	switch r.Outcome {
	case score.Met:
		p.Met++
	case score.Missed:
		p.Missed++
	case score.Missing:
		p.Missing++
	case score.Invalid, score.Pending:
		p.Others++
	case score.NotApplicable, score.Tracked:
	}
}

// rates works out the two figures of a scope, and judges the official one.
func (p *Pool) rates(t targetRow, sum number.Exact, official plan.Grouping) {
	if p.Units == 0 {
		return
	}
	p.Mean = rate(sum, number.Int(int64(p.Units)))
	switch {
	case p.Averaged == p.Units:
	case t.pooledShare():
		p.Pooled = rate(p.Numerator, p.Denominator)
	case t.summed():
		p.Pooled = &p.Numerator
	}
	figure := p.Pooled
	if official == plan.Mean {
		figure = p.Mean
	}
	if t.pooledShare() && p.Goal != nil && figure != nil && len(p.Goal.Bounds) > 0 {
		p.Outcome = score.Missed
		var bounds []number.Exact
		for _, b := range p.Goal.Bounds {
			bounds = append(bounds, b.Exact)
		}
		if p.Goal.Comparator.Holds(*figure, bounds) {
			p.Outcome = score.Met
		}
	}
}

// pooledShare reports whether the target is a share of two counts: the counts of
// many units add up to one share.
func (t targetRow) pooledShare() bool { return t.target.Measure.Op == plan.ShareOf }

// summed reports whether figures of many units can be added up.
func (t targetRow) summed() bool {
	return t.target.Measure.Op == plan.ValueOf && (t.kind == plan.CountKind || t.kind == plan.AmountKind)
}
