package summary

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

// The columns of an area's subtotal in the matrix and on a card, in order.
const (
	areaPoints = iota
	areaMax
	areaJudged
	areaFigures
)

// parts are what the points, the maximum and the points evaluated of an area
// are made of, as formulas.
type parts [areaFigures]string

func (p parts) plus(o parts) parts {
	for i := range p {
		switch {
		case p[i] == "":
			p[i] = o[i]
		case o[i] != "":
			p[i] += "+" + o[i]
		}
	}
	return p
}

// ruled applies the rules of an area, in the order that plan.AreaRules tells.
func (p parts) ruled(a *plan.AreaRules) parts {
	for i := range p {
		if p[i] == "" {
			p[i] = "0"
		}
	}
	if a.Cap != nil {
		for i := range p {
			p[i] = fmt.Sprintf("MIN(%s,%s)", p[i], a.Cap)
		}
	}
	if a.Floor != nil {
		p[areaPoints] = fmt.Sprintf("MAX(%s,%s)", p[areaPoints], a.Floor)
	}
	if a.Weight != nil {
		whole := p[areaMax]
		for i := range p {
			p[i] = fmt.Sprintf("IF((%s)=0,0,(%s)/(%s)*%s)", whole, p[i], whole, a.Weight)
		}
		p[areaMax] = fmt.Sprintf("IF((%s)=0,0,%s)", whole, a.Weight)
	}
	return p.rounded(a.Round)
}

// rounded rounds what is rounded of a subtotal.
func (p parts) rounded(d *plan.Decimals) parts {
	if d != nil {
		for _, i := range []int{areaPoints, areaMax} {
			p[i] = fmt.Sprintf("ROUND(%s,%d)", p[i], *d)
		}
	}
	return p
}

// scored lists the areas where they make up the score: none where that is the
// plain sum of the targets.
func (s *Summary) scored() []score.Area {
	for i := range s.Units {
		if c := s.Units[i].Card; c != nil && c.Scored() {
			return c.Areas
		}
	}
	return nil
}

// subtotalled lists the areas whose subtotals stand in the matrix: those that
// make up the score, or that can withhold a grade.
func (s *Summary) subtotalled() []score.Area {
	if areas := s.scored(); len(areas) > 0 {
		return areas
	}
	for _, g := range s.in.Plan.Grades {
		if !slices.ContainsFunc(g.Unless, func(o plan.Obstacle) bool { return o.Area != "" }) {
			continue
		}
		for i := range s.Units {
			if c := s.Units[i].Card; c != nil {
				return score.Areas(c)
			}
		}
	}
	return nil
}

// subtotal is the stored figures of an area.
func subtotal(t *score.Tally) [areaFigures]number.Exact {
	judged := number.Exact{}
	if t.Coverage != nil {
		judged = t.Coverage.Exact.Mul(t.Max.Exact)
	}
	return [areaFigures]number.Exact{t.Points.Exact, t.Max.Exact, judged}
}

// areaTable writes the formulas of all areas, where the figures of each stand
// and what its own targets come to.
func areaTable(areas []score.Area, cell func(area, figure int) string, own func(area int) parts) (rows []parts, total parts) {
	rows = make([]parts, len(areas))
	refer := func(i int) (p parts) {
		for f := range p {
			p[f] = cell(i, f)
		}
		return p
	}
	for i := range areas {
		rows[i] = own(i)
		for j := range areas {
			if areas[j].Within == areas[i].ID {
				rows[i] = rows[i].plus(refer(j))
			}
		}
		rows[i] = rows[i].ruled(&areas[i].AreaRules)
		if areas[i].Within == "" {
			total = total.plus(refer(i))
		}
	}
	return rows, total
}

// subtotalTitles head the areas' columns in the matrix.
func (x *writer) subtotalTitles() []string {
	var titles []string
	for _, a := range x.m.scored {
		title := x.title(a.Title) + ": "
		titles = append(titles, title+term.Points.In(x.Lang), title+term.PointsAtMost.In(x.Lang), title+term.PointsEvaluated.In(x.Lang))
	}
	return titles
}

// matrixSubtotals writes the formulas of a row's areas, and of what they come
// to together.
func (x *writer) matrixSubtotals(u *Unit, row int) (rows []parts, total parts) {
	m := &x.m
	cell := func(area, figure int) string { return diag.A1(row, m.areas+areaFigures*area+figure) }
	rows, total = areaTable(m.scored, cell, func(i int) parts { return x.ownParts(m.scored[i].ID, row) })
	return rows, total.whole(u.Card)
}

// whole is what all areas come to: deductions take no more than there is.
func (p parts) whole(c *score.Card) parts {
	if c.Total.Adjusted != nil {
		p[areaPoints] = "MAX(0," + p[areaPoints] + ")"
	}
	return p.rounded(c.Round)
}

// ownParts adds up the targets of one area in a row of the matrix.
func (x *writer) ownParts(area string, row int) (p parts) {
	m := &x.m
	for i := 0; i < m.targets; i++ {
		if x.s.targets[i].target.Area != area {
			continue
		}
		first := i
		for i+1 < m.targets && x.s.targets[i+1].target.Area == area {
			i++
		}
		across := func(block int) string {
			return diag.A1(row, block+first) + ":" + diag.A1(row, block+i)
		}
		most := sheets.Range(matrixMax, m.outcomes+first, matrixMax, m.outcomes+i)
		by := func(list []score.Outcome) string {
			var terms []string
			for _, o := range list {
				terms = append(terms, "SUMIF("+across(m.outcomes)+","+quote(x.word(o))+","+most+")")
			}
			return strings.Join(terms, "+")
		}
		p = p.plus(parts{"SUM(" + across(m.points) + ")", by(applicableOutcomes), by(applicableOutcomes[:2])})
	}
	return p
}

// scoredRows writes a card's areas where they make up the score, and all of
// them. What an area within another one comes to is found in its own row.
func (x *writer) scoredRows(s *sheets.Sheet, a *areaSheet, u *Unit, titles []string) {
	areas := x.s.scored()
	cell := func(area, figure int) string {
		if figure == areaJudged {
			return "0" // the card shows none
		}
		return diag.A1(cardTop+1+area, titleColumns+6+figure)
	}
	rows, total := areaTable(areas, cell, func(i int) parts { return x.cardParts(a, areas[i].ID) })
	for i := range areas {
		within := []string{areas[i].ID}
		for _, b := range areas[i+1:] {
			if b.Depth <= areas[i].Depth {
				break
			}
			within = append(within, b.ID)
		}
		x.scoredRow(s, a, body, titles[i], within, rows[i], &u.Card.Areas[i].Tally)
	}
	strong := body.With(func(st *sheets.Style) { st.Bold, st.Fill = true, grey })
	x.scoredRow(s, a, strong, x.title(term.AllTargets), nil, total.whole(u.Card), &u.Card.Total)
}

// scoredRow is one row: the targets of some areas, or all, by their outcomes.
func (x *writer) scoredRow(s *sheets.Sheet, a *areaSheet, st sheets.Style, title string, within []string, p parts, t *score.Tally) {
	row := s.Next()
	rowTitle(s, st, title)
	var sums Sums
	for i := range a.lines {
		if l := &a.lines[i]; within == nil || slices.Contains(within, l.target.target.Area) {
			sums.count(l.result)
		}
	}
	for o, n := range countsInOrder(sums) {
		if o == score.NotApplicable {
			continue
		}
		var terms []string
		for _, id := range within {
			terms = append(terms, "COUNTIFS("+a.column(a.col.area)+","+criterion(x.areaCell(id))+","+a.column(a.col.outcome)+","+quote(x.word(o))+")")
		}
		if within == nil {
			terms = []string{"COUNTIF(" + a.column(a.col.outcome) + "," + quote(x.word(o)) + ")"}
		}
		s.Formula(whole, strings.Join(terms, "+"), n)
	}
	s.Formula(points, p[areaPoints], sheets.Stored(t.Points.Exact))
	s.Formula(points, p[areaMax], sheets.Stored(t.Max.Exact))
	earned, most := diag.A1(row, titleColumns+6), diag.A1(row, titleColumns+7)
	var share *number.Exact
	if t.Score != nil {
		share = &t.Score.Exact
	}
	s.Formula(percent, fmt.Sprintf(`IF(%s=0,"",%s/%s)`, most, earned, most), optionalNumber(share))
	s.EndRow(0)
}

// areaCell is how the lines of an area name it.
func (x *writer) areaCell(id string) string { return x.title(x.s.areaTitle(id)) }

// cardParts adds up the lines of one area.
func (x *writer) cardParts(a *areaSheet, area string) parts {
	in := a.column(a.col.area) + "," + criterion(x.areaCell(area)) + "," + a.column(a.col.outcome) + ","
	by := func(col int, outcomes ...score.Outcome) string {
		var terms []string
		for _, o := range outcomes {
			terms = append(terms, "SUMIFS("+a.column(col)+","+in+quote(x.word(o))+")")
		}
		return strings.Join(terms, "+")
	}
	return parts{by(a.col.points, append(applicableOutcomes[:4:4], score.Tracked)...), by(a.col.max, applicableOutcomes...), "0"}
}
