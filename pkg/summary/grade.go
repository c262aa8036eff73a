package summary

import (
	"fmt"
	"slices"

	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

func (x *writer) graded() bool { return len(x.s.in.Plan.Grades) > 0 }

// mostGrades bounds how deep the formula of a grade nests: programs take 64.
const mostGrades = 60

// gradeCell names a unit's score. It follows the score; the conditions that
// withhold a grade are those of the files.
func (x *writer) gradeCell(s *sheets.Sheet, u *Unit) {
	st, grades, value := unitStyle(u).With(shrink), x.s.in.Plan.Grades, ""
	if u.Card != nil && u.Card.Grade != nil {
		value = x.title(u.Card.Grade.Title)
	}
	long := slices.ContainsFunc(grades, func(g plan.Grade) bool { return !inFormula(x.title(g.Title)) })
	if value == "" || long || len(grades) > mostGrades {
		s.Text(st, value)
		return
	}
	s.Formula(st, x.gradeFormula(s, u), value)
}

// gradeFormula tries the grades from the best on. Scores are rounded to twelve
// decimals, as they are for the rank.
func (x *writer) gradeFormula(s *sheets.Sheet, u *Unit) string {
	formula := `""`
	for i := len(x.s.in.Plan.Grades) - 1; i >= 0; i-- {
		g := &x.s.in.Plan.Grades[i]
		if u.Card.Withholds(g) {
			continue
		}
		title := quote(x.title(g.Title))
		if g.AtLeast == nil {
			formula = title
			continue
		}
		of := x.r.points
		if g.Percent {
			of = x.r.score
		}
		formula = fmt.Sprintf("IF(ROUND(%s,12)>=%s,%s,%s)", s.At(of), decimal(*g.AtLeast), title, formula)
	}
	return fmt.Sprintf(`IF(ISNUMBER(%s),%s,"")`, s.At(x.r.score), formula)
}

// gradeWidth fits the names of the grades.
func (x *writer) gradeWidth() float64 {
	width := 10.0
	for _, g := range x.s.in.Plan.Grades {
		width = max(width, theme.Fit(x.title(g.Title)))
	}
	return min(width, 24)
}

// gradeRule says what the grades of the ranking follow.
func (x *writer) gradeRule() string {
	if !slices.ContainsFunc(x.s.in.Plan.Grades, func(g plan.Grade) bool { return len(g.Unless) > 0 }) {
		return ""
	}
	return x.Say(" Grades follow the score; the conditions that withhold a grade are taken as they were in the files.",
		" Xếp loại tính theo điểm số; các trường hợp không được xếp một mức lấy theo số liệu trong tệp.")
}

// gradeTable counts the ranked units by their grades.
func (x *writer) gradeTable(s *sheets.Sheet) {
	x.tableTitle(s, x.Say("Units by grade", "Số đơn vị theo xếp loại"))
	rowTitle(s, headLeft, x.title(term.Grade))
	s.Text(head, x.title(term.UnitCount))
	s.EndRow(18)
	for _, g := range x.s.in.Plan.Grades {
		title, n := x.title(g.Title), 0
		for i := range x.s.Units {
			if u := &x.s.Units[i]; u.Ranked && u.Card.Grade != nil && u.Card.Grade.ID == g.ID {
				n++
			}
		}
		rowTitle(s, body, title)
		s.Formula(whole, fmt.Sprintf(`COUNTIFS(%s,%s,%s,">=0")`, x.rankingColumn(x.r.grade), criterion(title), x.rankingColumn(x.r.key)), n)
		s.EndRow(0)
	}
	s.Skip(1)
}
