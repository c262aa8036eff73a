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
	areaPassed // what it leaves to what it is a part of, as nothing of it applies
	areaFigures
)

// parts are the formulas of an area's points, maximum and points evaluated.
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
	if a.Fallen != nil && *a.Fallen == plan.Shared {
		p = p.shared()
	} else {
		p[areaPassed] = "0"
	}
	passed := p.passed(a)
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
		for _, i := range []int{areaPoints, areaJudged} {
			p[i] = fmt.Sprintf("IF((%[1]s)=0,%[2]s,(%[2]s)/(%[1]s)*%[3]s)", whole, p[i], a.Weight)
		}
		p[areaMax] = fmt.Sprintf("IF((%s)=0,0,%s)", whole, a.Weight)
	}
	p[areaPassed] = passed
	return p.rounded(a.Round)
}

// shared spreads the points of targets that do not apply over the rest, in
// proportion; where there is no rest they are passed on.
func (p parts) shared() parts {
	fallen := p[areaPassed]
	if fallen == "0" || fallen == "" {
		return p
	}
	rest := p[areaMax]
	for _, i := range []int{areaPoints, areaJudged} {
		p[i] = fmt.Sprintf("IF((%s)=0,%s,(%s)*(%s+%s)/(%s))", rest, p[i], p[i], rest, fallen, rest)
	}
	p[areaMax] = fmt.Sprintf("IF((%s)=0,0,%s+%s)", rest, rest, fallen)
	p[areaPassed] = fmt.Sprintf("IF((%s)=0,%s,0)", rest, fallen)
	return p
}

// passed is what an area of which nothing applies would have counted for.
func (p parts) passed(a *plan.AreaRules) string {
	switch fallen := p[areaPassed]; {
	case fallen == "0":
	case a.Weight != nil:
		return fmt.Sprintf("IF((%s)=0,0,%s)", fallen, a.Weight)
	case a.Cap != nil:
		return fmt.Sprintf("MIN(%s,%s)", fallen, a.Cap)
	}
	return p[areaPassed]
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
	return [areaFigures]number.Exact{areaPoints: t.Points.Exact, areaMax: t.Max.Exact, areaJudged: judged}
}

// areaFiguresOf is subtotal with what the area passes on.
func areaFiguresOf(a *score.Area) [areaFigures]number.Exact {
	figures := subtotal(&a.Tally)
	if a.Passes != nil {
		figures[areaPassed] = a.Passes.Exact
	}
	return figures
}

// perArea is how many columns an area has: what it passes on has one where areas
// share the points of targets that do not apply.
func perArea(areas []score.Area) int {
	if slices.ContainsFunc(areas, func(a score.Area) bool { return a.Fallen != nil && *a.Fallen == plan.Shared }) {
		return areaFigures
	}
	return areaFigures - 1
}

// areaTable writes the formulas of all areas, from the cells of their figures and
// the sums of their own targets. A figure without a cell is written into the
// formula itself.
func areaTable(areas []score.Area, cell func(area, figure int) string, own func(area int) parts) (rows []parts, total parts) {
	rows = make([]parts, len(areas))
	refer := func(i int) (p parts) {
		for f := range p {
			if p[f] = cell(i, f); p[f] == "" {
				p[f] = rows[i][f]
			}
		}
		return p
	}
	for i := range slices.Backward(areas) { // those within others first
		rows[i] = own(i)
		for j := range areas {
			if areas[j].Within == areas[i].ID {
				rows[i] = rows[i].plus(refer(j))
			}
		}
		rows[i] = rows[i].ruled(&areas[i].AreaRules)
	}
	for i := range areas {
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
		if perArea(x.m.scored) > areaPassed {
			titles = append(titles, title+x.Say("points that others share", "điểm chia cho phần khác"))
		}
	}
	return titles
}

// matrixSubtotals writes the formulas of a row's areas, and of what they come
// to together.
func (x *writer) matrixSubtotals(u *Unit, row int) (rows []parts, total parts) {
	m := &x.m
	width := perArea(m.scored)
	cell := func(area, figure int) string {
		if figure >= width {
			return "0"
		}
		return diag.A1(row, m.areas+width*area+figure)
	}
	rows, total = areaTable(m.scored, cell, func(i int) parts { return x.ownParts(u, m.scored[i].ID, row) })
	return rows, total.whole(u.Card)
}

// whole is the sum of all areas. Deductions never make it negative.
func (p parts) whole(c *score.Card) parts {
	if c.Fallen == plan.Shared {
		p = p.shared()
	}
	if c.Total.Adjusted != nil {
		p[areaPoints] = "MAX(0," + p[areaPoints] + ")"
	}
	return p.rounded(c.Round)
}

// ownParts adds up the targets of one area in a row of the matrix.
func (x *writer) ownParts(u *Unit, area string, row int) (p parts) {
	m := &x.m
	p = x.fallenParts(u, area, row)
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
		most := m.mostOf(row, first, i)
		by := func(list []score.Outcome) string {
			var terms []string
			for _, o := range list {
				terms = append(terms, "SUMIF("+across(m.outcomes)+","+quote(x.word(o))+","+most+")")
			}
			return strings.Join(terms, "+")
		}
		p = p.plus(parts{areaPoints: "SUM(" + across(m.points) + ")", areaMax: by(applicableOutcomes), areaJudged: by(applicableOutcomes[:2])})
	}
	return p
}

// fallenParts adds up the targets of an area that may not apply to a unit that
// they bind, while they do not.
func (x *writer) fallenParts(u *Unit, area string, row int) (p parts) {
	m, rule := &x.m, x.s.in.Plan.FallenIn(area)
	if rule == plan.Dropped {
		return p
	}
	for i := range m.targets {
		t := x.s.targets[i].target
		if r := x.s.result(u, i); t.Area != area || !t.MayFall() || r == nil || unbound(r, t, u) {
			continue
		}
		points := fmt.Sprintf("IF(%s=%s,%s,0)", diag.A1(row, m.outcomes+i), quote(x.word(score.NotApplicable)), m.mostOf(row, i, i))
		p = p.plus(fell(rule, points))
	}
	return p
}

// fell is where the points of targets that do not apply count.
func fell(rule plan.Fallen, points string) (p parts) {
	switch rule {
	case plan.Dropped:
	case plan.Shared:
		p[areaPassed] = points
	case plan.Given:
		p[areaMax], p[areaJudged] = points, points // among those earned they stand by themselves
	}
	return p
}

// scoredRows writes a row for each area of a card whose areas make up the score,
// and a row for their sum. An area within another one has a row of its own.
func (x *writer) scoredRows(s *sheets.Sheet, a *areaSheet, u *Unit, titles []string) {
	areas := x.s.scored()
	cell := func(area, figure int) string {
		switch figure {
		case areaJudged:
			return "0" // the card shows none
		case areaPassed:
			return "" // nor this, and areas need it
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
	p := parts{areaPoints: by(a.col.points, append(applicableOutcomes[:4:4], score.Tracked)...), areaMax: by(a.col.max, applicableOutcomes...), areaJudged: "0"}
	rule := x.s.in.Plan.FallenIn(area)
	if rule == plan.Given {
		p[areaPoints] += "+" + by(a.col.points, score.NotApplicable)
	}
	return p.plus(fell(rule, by(a.col.max, score.NotApplicable)))
}
