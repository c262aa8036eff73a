package summary

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

func (x *writer) graded() bool { return len(x.s.in.Plan.Grades) > 0 }

// gradeCell names a unit's score. It follows the score, and the areas and
// outcomes that withhold a grade.
func (x *writer) gradeCell(s *sheets.Sheet, u *Unit) {
	st, grades, value := unitStyle(u).With(shrink), x.s.in.Plan.Grades, x.gradeTitle(u).(string)
	long := slices.ContainsFunc(grades, func(g plan.Grade) bool { return !inFormula(x.title(g.Title)) })
	if value == "" || long || onEdge(u.Card) {
		s.Text(st, value)
		return
	}
	s.Formula(st, x.gradeFormula(s), value)
}

// gradeTitle is the name of a unit's grade, as a cell stores it.
func (x *writer) gradeTitle(u *Unit) any {
	if u.Card == nil || u.Card.Grade == nil {
		return ""
	}
	return x.title(u.Card.Grade.Title)
}

// gradeFormula tries the grades from the best on. Scores are rounded to twelve
// decimals, as they are for the rank.
func (x *writer) gradeFormula(s *sheets.Sheet) string {
	formula := `""`
	for i := len(x.s.in.Plan.Grades) - 1; i >= 0; i-- {
		g := &x.s.in.Plan.Grades[i]
		var tests []string
		if g.AtLeast != nil {
			of := x.r.points
			if g.Percent {
				of = x.r.score
			}
			tests = append(tests, fmt.Sprintf("ROUND(%s,12)>=%s", s.At(of), decimal(*g.AtLeast)))
		}
		for _, o := range g.Unless {
			tests = append(tests, "NOT("+x.obstacle(s, &o)+")")
		}
		formula = whenAll(tests, quote(x.title(g.Title)), formula)
	}
	return fmt.Sprintf(`IF(ISNUMBER(%s),%s,"")`, s.At(x.r.score), formula)
}

func whenAll(tests []string, then, otherwise string) string {
	if len(tests) == 0 {
		return then
	}
	return fmt.Sprintf("IF(%s,%s,%s)", "AND("+strings.Join(tests, ",")+")", then, otherwise)
}

// obstacle is what withholds a grade, in the unit's row of the matrix.
func (x *writer) obstacle(s *sheets.Sheet, o *plan.Obstacle) string {
	cell := func(col int) string { return fmt.Sprintf("INDEX(%s,$%s)", x.matrixColumn(col), s.At(x.r.row)) }
	if o.Target != "" {
		var outcome score.Outcome
		_ = outcome.UnmarshalText([]byte(o.Is)) // the plan is sound
		i := slices.IndexFunc(x.s.targets, func(t targetRow) bool { return t.target.ID == o.Target })
		return cell(x.m.outcomes+i) + "=" + quote(x.word(outcome))
	}
	i := slices.IndexFunc(x.m.scored, func(a score.Area) bool { return a.ID == o.Area })
	if i < 0 {
		return "FALSE" // no target is in it
	}
	points, most := cell(x.m.areas+perArea(x.m.scored)*i+areaPoints), cell(x.m.areas+perArea(x.m.scored)*i+areaMax)
	if o.Percent {
		return fmt.Sprintf("IF(%s=0,FALSE,ROUND(%s/%s,12)<%s)", most, points, most, decimal(o.LessThan))
	}
	return fmt.Sprintf("ROUND(%s,12)<%s", points, decimal(o.LessThan))
}

// onEdge reports whether a score is so near to a bound of a grade that the last
// digits of a spreadsheet would decide.
func onEdge(c *score.Card) bool {
	near := func(t *score.Tally, bound number.Exact, percent bool) bool {
		x := t.Points.Exact
		if percent {
			if t.Score == nil {
				return false
			}
			x = t.Score.Exact
		}
		gap := x.Sub(bound)
		return !gap.IsZero() && number.Max(gap, gap.Neg()).Mul(number.Int(100_000_000_000)).Cmp(number.Int(1)) < 0
	}
	for _, g := range c.Grades {
		if g.AtLeast != nil && near(&c.Total, *g.AtLeast, g.Percent) {
			return true
		}
		for _, o := range g.Unless {
			for _, a := range score.Areas(c) {
				if a.ID == o.Area && near(&a.Tally, o.LessThan, o.Percent) {
					return true
				}
			}
		}
	}
	return false
}

// gradeWidth fits the names of the grades.
func (x *writer) gradeWidth() float64 {
	width := 10.0
	for _, g := range x.s.in.Plan.Grades {
		width = max(width, theme.Fit(x.title(g.Title)))
	}
	return min(width, 24)
}

// gradeTable counts the units by their grades.
func (x *writer) gradeTable(s *sheets.Sheet) {
	x.tableTitle(s, x.title(term.UnitsByGrade))
	rowTitle(s, headLeft, x.title(term.Grade))
	s.Text(head, x.title(term.UnitCount))
	s.EndRow(18)
	for _, g := range x.s.in.Plan.Grades {
		title, n := x.title(g.Title), 0
		for i := range x.s.Units {
			if u := &x.s.Units[i]; x.s.Scopes[0].counts(u) && u.Card.Grade != nil && u.Card.Grade.ID == g.ID {
				n++
			}
		}
		rowTitle(s, body, title)
		s.Formula(whole, fmt.Sprintf(`COUNTIFS(%s,%s,%s)`, x.rankingColumn(x.r.grade), criterion(title), x.counting(ofAll)), n)
		s.EndRow(0)
	}
	s.Skip(1)
}
