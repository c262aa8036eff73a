package score

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Area is the subtotal of one area of the plan, under the area's own rules.
type Area struct {
	ID    string    `json:"id"`
	Title lang.Text `json:"title"`
	Depth int       `json:"depth,omitempty"` // how many areas it is within
	plan.AreaRules
	Tally
	Passes *Figure `json:"passes,omitempty"` // points that it leaves to what it is a part of, as nothing of it applies; nil: none
}

// InArea is the title of a target's area, or its id where a stored result has
// no title.
func (r *Result) InArea() lang.Text {
	if r.AreaTitle.IsZero() {
		return lang.Same(r.Area)
	}
	return r.AreaTitle
}

// Areas is a card's results by area. The areas stand in the plan's order, those
// within another one behind it, and every unit has all of them: an area that
// does not apply has no score. A card that an earlier version stored has none;
// there they stand in the order of the results.
func Areas(c *Card) []Area {
	if len(c.Areas) > 0 {
		return c.Areas
	}
	areas, _ := c.subtotals(func(*Result) bool { return true })
	return areas
}

// Scored reports whether the plan says how areas make up the score: it is then
// not the plain sum of all targets.
func (c *Card) Scored() bool {
	return c.Round != nil || c.Fallen != plan.Dropped || c.Total.Adjusted != nil || slices.ContainsFunc(c.Areas, func(a Area) bool { return a.AreaRules != plan.AreaRules{} })
}

// outline lists the areas that have targets, or hold areas that have.
func outline(p *plan.Plan) []Area {
	areas, depth := p.Outline()
	used := map[string]bool{}
	for i := range p.Targets {
		for a := p.FindArea(p.Targets[i].Area); a != nil && !used[a.ID]; a = p.FindArea(a.Within) {
			used[a.ID] = true
		}
	}
	var list []Area
	for i, a := range areas {
		if used[a.ID] {
			rules := a.AreaRules
			rules.Round, rules.Fallen = p.Rounding(a.ID), nil
			if fallen := p.FallenIn(a.ID); fallen != plan.Dropped {
				rules.Fallen = &fallen
			}
			list = append(list, Area{ID: a.ID, Title: a.Title, Depth: depth[i], AreaRules: rules})
		}
	}
	return list
}

// outlined is the card's areas, or those that its results name.
func (c *Card) outlined() []Area {
	if len(c.Areas) > 0 {
		return slices.Clone(c.Areas)
	}
	var areas []Area
	for i := range c.Results {
		r := &c.Results[i]
		if !slices.ContainsFunc(areas, func(a Area) bool { return a.ID == r.Area }) {
			areas = append(areas, Area{ID: r.Area, Title: r.InArea()})
		}
	}
	return areas
}

// subtotals tallies the results that count by area, from the innermost out, and
// adds up the areas that are within no other.
func (c *Card) subtotals(counts func(*Result) bool) (areas []Area, top sums) {
	areas = c.outlined()
	within := map[string]sums{}   // what the parts of an area come to
	counted := map[string]Tally{} // and their counts
	for i := range slices.Backward(areas) {
		a := &areas[i]
		t, own := added(c.Results, func(r *Result) bool { return r.Area == a.ID && counts(r) })
		a.Tally = t.with(counted[a.ID])
		s := made(&a.AreaRules, own.plus(within[a.ID]))
		a.Tally.set(s)
		if a.Passes = nil; !s.unshared.IsZero() {
			a.Passes = new(pointsFigure(s.unshared, s.unshared))
		}
		if a.Within == "" {
			top = top.plus(s)
			continue
		}
		within[a.Within] = within[a.Within].plus(s)
		counted[a.Within] = a.Tally.with(counted[a.Within])
	}
	return areas, top
}

// made applies the rules of an area to the sum of its parts, in the order that
// plan.AreaRules tells.
func made(a *plan.AreaRules, s sums) sums {
	if a.Fallen != nil && *a.Fallen == plan.Shared {
		s = s.share()
	} else {
		s.unshared = number.Exact{}
	}
	if a.Cap != nil {
		s.points, s.most, s.judged = number.Min(s.points, *a.Cap), number.Min(s.most, *a.Cap), number.Min(s.judged, *a.Cap)
	}
	if a.Floor != nil {
		s.points = number.Max(s.points, *a.Floor)
	}
	if a.Weight != nil && s.most.Sign() > 0 {
		times := a.Weight.Quo(s.most)
		s.points, s.most, s.judged = s.points.Mul(times), *a.Weight, s.judged.Mul(times)
	}
	s.unshared = whole(a, s.unshared)
	s.points, s.most = a.Round.Apply(s.points), a.Round.Apply(s.most)
	return s
}

// whole is what an area that does not apply at all would have counted for.
func whole(a *plan.AreaRules, points number.Exact) number.Exact {
	switch {
	case points.IsZero():
	case a.Weight != nil:
		return *a.Weight
	case a.Cap != nil:
		return number.Min(points, *a.Cap)
	}
	return points
}

// with adds the counts of another tally.
func (t Tally) with(o Tally) Tally {
	t.Met += o.Met
	t.Missed += o.Missed
	t.Missing += o.Missing
	t.Pending += o.Pending
	t.NotApplicable += o.NotApplicable
	t.Invalid += o.Invalid
	t.Tracked += o.Tracked
	t.Waived += o.Waived
	t.Disagree += o.Disagree
	return t
}
