package summary

import (
	"fmt"
	"slices"

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
		if !x.s.countsCompared(t.target) && x.s.leagues(t, rows[t]) {
			a.relative = true
			continue
		}
		for _, l := range rows[t] {
			l.relation = nil
		}
	}
}

// countsCompared reports whether a target counts others that are compared between
// units themselves, or that depend on such: as cells that is a circle, for the
// columns of comparison hold the rows of all targets.
func (s *Summary) countsCompared(t *plan.Target) bool {
	var compared func(ids []string) bool
	compared = func(ids []string) bool {
		return slices.ContainsFunc(ids, func(id string) bool {
			o := s.in.Plan.FindTarget(id)
			return o != nil && (o.Credit.Kind.Relative() || compared(o.DependsOn()))
		})
	}
	return compared(t.Measure.Others())
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
		if l.relation.compared = l.result.Alone != nil; l.relation.compared {
			leagues[group] = append(leagues[group], l)
		}
	}
	decimals := map[int]int{} // rows that are not compared yet may be after a change
	for _, league := range leagues {
		if !s.league(t.target, league) {
			return false
		}
		decimals[league[0].relation.league] = league[0].relation.decimals
	}
	for _, l := range lines {
		known, ok := decimals[l.relation.league]
		if l.relation.decimals = known; !ok {
			l.relation.decimals = usualDecimals
		}
	}
	return len(numbers) < leagueStep
}

func (s *Summary) league(t *plan.Target, lines []*line) bool {
	upward := lines[0].relation.upward
	values, merits, all := make([]number.Exact, len(lines)), make([]number.Exact, len(lines)), make([]number.Exact, len(lines))
	for i, l := range lines {
		all[i] = l.result.Max.Exact
		values[i] = displayOf(l.result).cell(l.result.Value.Exact)
		if merits[i] = values[i]; !upward {
			merits[i] = values[i].Neg()
		}
	}
	best, last := merits[0], merits[0]
	for _, m := range merits {
		best, last = number.Max(best, m), number.Min(last, m)
	}
	places, points := score.Relative(s.in.Plan, t, values, all, upward)
	decimals, ok := tellingApart(merits, t.Measure.Op == plan.ValueOf && wholeKind(lines[0].result.Kind))
	if !ok {
		return false
	}
	for i, l := range lines {
		r := l.relation
		r.merit, r.best, r.last, r.place = merits[i], best, last, places[i]
		r.size, r.decimals = len(lines), decimals
		for _, p := range places {
			if p == places[i] {
				r.alike++
			}
		}
		if l.result.Outcome.Judged() && (len(lines) < 2 || !points[i].Equal(earnedOn(l.result))) {
			return false // other units were compared
		}
	}
	return true
}

// wholeKind reports whether figures of a kind are whole numbers.
func wholeKind(k plan.ValueKind) bool {
	switch k {
	case plan.CountKind, plan.RankKind, plan.DateKind:
		return true
	case plan.NoKind, plan.ShareKind, plan.AmountKind, plan.ChoiceKind, plan.ChangeKind, plan.RatioKind:
	}
	return false
}

// usualDecimals tell figures apart in a league that nobody is in yet.
const usualDecimals = 9

// tellingApart is how many decimals tell figures apart that a spreadsheet
// calculates: equal ones round to one number, others to two. Their last digits
// are noise, so that this is not always possible.
func tellingApart(figures []number.Exact, whole bool) (decimals int, ok bool) {
	const digits = 13 // of the fifteen that a spreadsheet keeps
	largest := number.Exact{}
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
		{Title: x.Say("Compared in", "Nhóm so sánh"), Width: 9, At: &c.league, Cell: func(s *sheets.Sheet, l *line) {
			if l.relation == nil {
				s.Blank(key, 1)
				return
			}
			s.Formula(key.Format("0"), fmt.Sprintf("IF(%s,%d,0)", l.live.compared, l.relation.league), l.relation.now())
		}},
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

// now is the league's number as the row's cell has it.
func (r *relation) now() int {
	if r.compared {
		return r.league
	}
	return 0
}

// relativeCells are the cells of a row by which it is compared with others.
type relativeCells struct {
	leagues                          string // the whole column
	league, place, merit, best, last expr
}

// size is how many rows are compared.
func (c *compiler) size() expr {
	at := &c.relative
	return expr{text: "COUNTIF(" + at.leagues + "," + at.league.text + ")", binds: stands, value: value{is: numeric, num: number.Int(int64(c.relation.size))}}
}

// whenCompared gives the outcome of a figure that is compared with others; one
// that stands alone is pending.
func (c *compiler) whenCompared(judged expr) expr {
	if c.relation == nil {
		return c.say(score.Pending)
	}
	alone := or(c.relative.league.compare("=", zero), c.size().compare("<", literal(number.Int(2))))
	return iff(alone, c.say(score.Pending), judged)
}

// compared is the points of a figure by those of the league.
func (c *compiler) compared() expr {
	if c.relation == nil {
		return zero
	}
	at, r, points := &c.relative, c.relation, zero
	same := func(a, b expr) expr { return a.minus(b).rounded(r.decimals).compare("=", zero) }
	switch c.target.Credit.Kind {
	case plan.ByPlace:
		points = c.placePoints()
	case plan.OfBest:
		part, whole := at.merit, at.best
		if !r.upward {
			part, whole = at.best, at.merit
		}
		points = c.capped(iff(same(at.best, at.merit), one, iff(whole.compare("=", zero), zero, part.over(whole))))
	case plan.OfSpan:
		points = c.capped(iff(same(at.best, at.last), one, at.merit.minus(at.last).over(at.best.minus(at.last))))
	case plan.AllOrNothing, plan.Proportional, plan.Linear, plan.Banded, plan.ByChoice, plan.EachOf: // not relative
	}
	return iff(c.outcome.compare("=", c.say(score.Pending)), zero, points)
}

// placePoints is the points of each place.
func (c *compiler) placePoints() expr {
	points := zero
	list := c.target.Credit.Places
	for i := len(list) - 1; i >= 0; i-- {
		within := literal(list[i].Within)
		if list[i].Percent {
			within = within.times(c.size()).rounded(9)
		}
		points = iff(c.relative.place.compare("<=", within), literal(number.Min(list[i].Points, c.target.Points)), points)
	}
	return points
}
