package summary

import (
	"fmt"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

// relation is a row of a target whose points depend on the other units of the
// group. The rows of one league are compared with one another.
type relation struct {
	league      int // number of the target and of the group; 0: the unit is ranked in no group
	compared    bool
	upward      bool
	merit       number.Exact // as the row's cell shows it, the larger, the better
	best, last  number.Exact // of the league
	place       int
	alike, size int // rows of the league that share the place, and all rows of it
	points      number.Exact
	decimals    int // that tell the figures of the league apart
}

// leagueStep keeps the leagues of one target apart from those of the next.
const leagueStep = 1000

// maxCompared bounds what a workbook compares: pairs of rows of one sheet.
const maxCompared = 40_000_000

// relate finds out which rows of a sheet are compared with one another. A target
// for which a spreadsheet would not give the points of the cards stays out, and
// keeps them as they are.
func (x *writer) relate(a *areaSheet) {
	if x.alone {
		return
	}
	rows := map[*targetRow][]*line{}
	var order []*targetRow
	for i := range a.lines {
		l := &a.lines[i]
		if !l.target.target.Credit.Kind.Relative() {
			continue
		}
		if rows[l.target] == nil {
			order = append(order, l.target)
		}
		rows[l.target] = append(rows[l.target], l)
	}
	pairs := 0
	for _, t := range order {
		if pairs += len(rows[t]) * len(a.lines); pairs > maxCompared {
			return
		}
		if x.s.leagues(t, rows[t]) {
			a.relative = true
			continue
		}
		for _, l := range rows[t] {
			l.relation = nil
		}
	}
}

// leagues compares the rows of one target, and reports whether that gives what
// the cards say.
func (s *Summary) leagues(t *targetRow, lines []*line) bool {
	leagues := map[string][]*line{}
	numbers := map[string]int{}
	for _, l := range lines {
		l.relation = &relation{upward: l.result.Goal.Upward()}
		if !l.unit.Ranked {
			continue
		}
		group := l.unit.GroupTitle.In(lang.VI)
		if numbers[group] == 0 {
			numbers[group] = len(numbers) + 1
		}
		l.relation.league = t.no*leagueStep + numbers[group]
		judged := l.result.Outcome.Judged() || l.result.Alone != nil
		if l.relation.compared = l.result.Value != nil; l.relation.compared != judged && !l.assumed() {
			return false
		}
		if l.relation.compared {
			leagues[group] = append(leagues[group], l)
		}
	}
	for _, league := range leagues {
		if !s.league(t.target, league) {
			return false
		}
	}
	return len(numbers) < leagueStep
}

// assumed reports whether the plan decides without the figure.
func (l *line) assumed() bool { return l.result.Value == nil && l.result.Outcome.Judged() }

func (s *Summary) league(t *plan.Target, lines []*line) bool {
	upward := lines[0].relation.upward
	values, merits, most := make([]number.Exact, len(lines)), make([]number.Exact, len(lines)), make([]number.Exact, len(lines))
	for i, l := range lines {
		most[i] = l.result.Max.Exact
		values[i] = displayOf(l.result).cell(l.result.Value.Exact)
		if merits[i] = values[i]; !upward {
			merits[i] = values[i].Neg()
		}
	}
	best, last := merits[0], merits[0]
	for _, m := range merits {
		best, last = number.Max(best, m), number.Min(last, m)
	}
	places, points := score.Relative(s.in.Plan, t, values, most, upward)
	decimals, ok := tellingApart(merits)
	if !ok {
		return false
	}
	for i, l := range lines {
		r := l.relation
		r.merit, r.best, r.last, r.place, r.points = merits[i], best, last, places[i], points[i]
		r.size, r.decimals = len(lines), decimals
		for _, p := range places {
			if p == places[i] {
				r.alike++
			}
		}
		alone := len(lines) < 2
		if alone {
			r.points = number.Exact{}
		}
		if alone == l.result.Outcome.Judged() || !r.points.Equal(earnedOn(l.result)) {
			return false
		}
	}
	return true
}

// tellingApart is how many decimals tell figures apart that a spreadsheet
// calculates: equal ones round to one number, others to two. Their last digits
// are noise, so that this is not always possible.
func tellingApart(figures []number.Exact) (decimals int, ok bool) {
	const digits = 13 // of the fifteen that a spreadsheet keeps
	largest, whole := number.Exact{}, true
	for _, x := range figures {
		largest, whole = number.Max(largest, number.Max(x, x.Neg())), whole && x.IsInt()
	}
	decimals = digits
	for scale := number.Int(1); decimals > 0 && scale.Cmp(largest) <= 0; scale = scale.Mul(number.Int(10)) {
		decimals--
	}
	if whole {
		return 0, largest.Cmp(number.Int(1_000_000_000_000_000)) < 0
	}
	unit := number.Int(1)
	for range decimals {
		unit = unit.Quo(number.Int(10))
	}
	edge := number.Frac(1, 50)
	for i, x := range figures {
		for _, y := range figures[:i] {
			gap := x.Sub(y)
			if gap = number.Max(gap, gap.Neg()); !gap.IsZero() && gap.Cmp(unit.Mul(number.Int(10))) < 0 {
				return 0, false
			}
			rest := x.Quo(unit).Sub(x.Quo(unit).Floor()).Sub(number.Frac(1, 2))
			if gap.IsZero() && number.Max(rest, rest.Neg()).Cmp(edge) < 0 {
				return 0, false
			}
		}
	}
	return decimals, true
}

// relativeColumns are the columns by which the rows of a sheet are compared.
func (x *writer) relativeColumns(a *areaSheet) sheets.Table[*line] {
	c := &a.col
	dense := x.s.in.Plan.Ties == plan.TieDense
	cell := func(format string, formula func(*sheets.Sheet, *relation) string, value func(*relation) any) func(*sheets.Sheet, *line) {
		return func(s *sheets.Sheet, l *line) {
			if l.relation == nil {
				s.Blank(key, 1)
				return
			}
			s.Formula(key.Format(format), formula(s, l.relation), value(l.relation))
		}
	}
	inLeague := func(s *sheets.Sheet, format string, args ...any) string {
		return fmt.Sprintf(`IF(%s=0,"",%s)`, s.At(c.league), fmt.Sprintf(format, args...))
	}
	known := func(r *relation, value any) any {
		if !r.compared {
			return ""
		}
		return value
	}
	list := sheets.Table[*line]{
		{Title: x.Say("Compared in", "Nhóm so sánh"), Width: 9, At: &c.league, Cell: cell("0",
			func(s *sheets.Sheet, r *relation) string {
				return fmt.Sprintf("IF(ISNUMBER(%s),%d,0)", s.At(c.value), r.league)
			},
			func(r *relation) any {
				if r.compared {
					return r.league
				}
				return 0
			})},
		{Title: x.Say("Figure compared", "Số liệu so sánh"), Width: 11, At: &c.merit, Cell: cell("General",
			func(s *sheets.Sheet, r *relation) string {
				sign := "-"
				if r.upward {
					sign = ""
				}
				return fmt.Sprintf("IF(%s=0,0,%s%s)", s.At(c.league), sign, s.At(c.value))
			},
			func(r *relation) any { return sheets.Stored(r.merit) })},
		{Title: x.Say("Share of its rank", "Phần của hạng"), Width: 9, At: &c.alike, Not: !dense, Cell: cell("0.00",
			func(s *sheets.Sheet, r *relation) string {
				return inLeague(s, "1/SUMPRODUCT(%s)", x.standing(s, a, r, "="))
			},
			func(r *relation) any { return known(r, sheets.Stored(number.Frac(1, int64(max(r.alike, 1))))) })},
		{Title: x.title(term.Rank), Width: 8, At: &c.place, Cell: cell("0",
			func(s *sheets.Sheet, r *relation) string {
				higher := "SUMPRODUCT(" + x.standing(s, a, r, ">") + ")"
				if dense {
					higher = fmt.Sprintf("ROUND(SUMPRODUCT(%s,%s),0)", x.standing(s, a, r, ">"), a.down(c.alike))
				}
				return inLeague(s, "%s+1", higher)
			},
			func(r *relation) any { return known(r, r.place) })},
		{Title: x.Say("Best of the group", "Cao nhất nhóm"), Width: 10, At: &c.best, Cell: cell("General",
			func(s *sheets.Sheet, r *relation) string {
				own := s.At(c.merit)
				return inLeague(s, "%s+SUMPRODUCT(MAX((%s=%s)*(%s-%s)))", own, a.down(c.league), s.At(c.league), a.down(c.merit), own)
			},
			func(r *relation) any { return known(r, sheets.Stored(r.best)) })},
		{Title: x.Say("Last of the group", "Thấp nhất nhóm"), Width: 10, At: &c.last, Cell: cell("General",
			func(s *sheets.Sheet, r *relation) string {
				own := s.At(c.merit)
				return inLeague(s, "%s-SUMPRODUCT(MAX((%s=%s)*(%s-%s)))", own, a.down(c.league), s.At(c.league), own, a.down(c.merit))
			},
			func(r *relation) any { return known(r, sheets.Stored(r.last)) })},
	}
	for i := range list {
		list[i].Not = list[i].Not || !a.relative
	}
	return list
}

// down is a column's data as formulas of the same sheet refer to it.
func (a *areaSheet) down(col int) string { return sheets.Range(a.first(), col, a.end(), col) }

// standing tells the rows of the league that stand higher, or as high.
func (x *writer) standing(s *sheets.Sheet, a *areaSheet, r *relation, op string) string {
	return fmt.Sprintf("(%s=%s)*(ROUND(%s,%d)%sROUND(%s,%d))",
		a.down(a.col.league), s.At(a.col.league), a.down(a.col.merit), r.decimals, op, s.At(a.col.merit), r.decimals)
}

// relativeCells are the cells of a row by which it is compared with others.
type relativeCells struct {
	leagues                          string // the whole column
	league, place, merit, best, last string
}

// whenCompared gives the outcome of a figure that is compared with others; one
// that stands alone is pending.
func (c *compiler) whenCompared(judged string) string {
	at := &c.cells.relative
	return fmt.Sprintf("IF(OR(%s=0,COUNTIF(%s,%s)<2),%s,%s)", at.league, at.leagues, at.league, quote(c.word(score.Pending)), judged)
}

// comparison writes the points of a figure by those of the league.
func (c *compiler) comparison() operand {
	at, r := &c.cells.relative, c.relation
	t := operand{exact: r.points}
	switch c.target.Credit.Kind {
	case plan.ByPlace:
		t.text = c.placePoints()
	case plan.OfBest:
		part, whole := at.merit, at.best
		if !r.upward {
			part, whole = at.best, at.merit
		}
		t.text = c.capped(operand{text: fmt.Sprintf("IF(ROUND(%s-%s,%d)=0,1,IF(%s=0,0,%s/%s))", at.best, at.merit, r.decimals, whole, part, whole)}).text
	case plan.OfSpan:
		t.text = c.capped(operand{text: fmt.Sprintf("IF(ROUND(%[1]s-%[3]s,%[4]d)=0,1,(%[2]s-%[3]s)/(%[1]s-%[3]s))", at.best, at.merit, at.last, r.decimals)}).text
	case plan.AllOrNothing, plan.Proportional, plan.Linear, plan.Banded, plan.ByChoice, plan.EachOf: // not relative
	}
	t.text = fmt.Sprintf("IF(%s=%s,0,%s)", c.cells.outcome, quote(c.word(score.Pending)), t.text)
	return t
}

// placePoints writes the points of each place.
func (c *compiler) placePoints() string {
	at := &c.cells.relative
	text := "0"
	list := c.target.Credit.Places
	for i := len(list) - 1; i >= 0; i-- {
		within := decimal(list[i].Within)
		if list[i].Percent {
			within = fmt.Sprintf("ROUND(%s*COUNTIF(%s,%s),9)", within, at.leagues, at.league)
		}
		text = fmt.Sprintf("IF(%s<=%s,%s,%s)", at.place, within, decimal(number.Min(list[i].Points, c.target.Points)), text)
	}
	return text
}
