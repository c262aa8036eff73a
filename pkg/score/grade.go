package score

import (
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Grade is the name of a card's score.
type Grade struct {
	ID    string    `json:"id"`
	Title lang.Text `json:"title"`
	Kept  lang.Text `json:"kept,omitzero"` // why it is not the better grade that the score would give; none: nothing keeps the unit from it
}

// grade finds the first grade that holds; none for a card without a score. It
// also returns the first better grade that only its conditions withhold.
func (c *Card) grade() *Grade {
	if c.Total.Score == nil {
		return nil
	}
	var kept lang.Text
	for i := range c.Grades {
		g := &c.Grades[i]
		if g.AtLeast != nil && c.Total.below(*g.AtLeast, g.Percent) {
			continue
		}
		why := c.obstacle(g)
		if why.IsZero() {
			return &Grade{g.ID, g.Title, kept}
		}
		if kept.IsZero() {
			kept = lang.F("not “%s”: %s", "không xếp “%s”: %s", g.Title, why)
		}
	}
	return nil
}

// below reports whether a tally is less than a bound, which is a share of the
// maximum or a number of points. It is not if there is nothing to earn.
func (t *Tally) below(bound number.Exact, percent bool) bool {
	if !percent {
		return t.Points.Exact.Cmp(bound) < 0
	}
	return t.Score != nil && t.Score.Exact.Cmp(bound) < 0
}

// obstacle is the first condition that keeps the card from a grade.
func (c *Card) obstacle(g *plan.Grade) lang.Text {
	for _, o := range g.Unless {
		for _, a := range Areas(c) {
			if a.ID == o.Area && a.below(o.LessThan, o.Percent) {
				reached := a.Points.Shown
				if o.Percent {
					reached = a.Score.Shown
				}
				return lang.F("“%s” has %s, less than %s", "“%s” đạt %s, thấp hơn %s", a.Title, reached, number.Shown(o.LessThan, o.Percent))
			}
		}
		if r := c.Find(o.Target); r != nil && r.Outcome.String() == o.Is {
			return lang.F("“%s” is %s", "“%s” %s", r.Title, r.Outcome.Title())
		}
	}
	return lang.Text{}
}

// Withholds reports whether a condition keeps the card from a grade, whatever
// its score.
func (c *Card) Withholds(g *plan.Grade) bool { return !c.obstacle(g).IsZero() }

// graded is the id of the card's grade, or "none".
func (c *Card) graded() string {
	if c.Grade == nil {
		return "none"
	}
	return c.Grade.ID
}
