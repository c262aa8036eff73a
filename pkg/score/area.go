package score

import "github.com/parcheck/parcheck/pkg/lang"

// Area is the subtotal of one area of the plan.
type Area struct {
	ID    string
	Title lang.Text
	Tally Tally
}

// InArea is the title of a target's area, or its id where a stored result has
// no title.
func (r *Result) InArea() lang.Text {
	if r.AreaTitle.IsZero() {
		return lang.Same(r.Area)
	}
	return r.AreaTitle
}

// Areas sums a card's results up by area. The areas stand in the plan's order,
// and every unit has all of them: an area that does not apply has no score.
func Areas(c *Card) []Area {
	var areas []Area
	seen := map[string]bool{}
	for i := range c.Results {
		r := &c.Results[i]
		if seen[r.Area] {
			continue
		}
		seen[r.Area] = true
		areas = append(areas, Area{r.Area, r.InArea(), sum(c.Results, func(x *Result) bool { return x.Area == r.Area })})
	}
	return areas
}
