package summary

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

// rankingFirst is the first row of the ranking's data.
const rankingFirst = 7

// rankingColumns are where the columns of the ranking stand that formulas refer
// to; 0: it has none.
type rankingColumns struct {
	unit, level, group, points, max, score int
	grade                                  int
	counts                                 int // met, and on its right missed, missing, invalid, pending, not applicable
	before, change, status, note           int
	no, key, row, judged, rank             int
	counted                                [scopeKinds]int
}

// layRanking lists the columns of the ranking. Those behind the note are for
// calculation, and are not printed.
func (x *writer) layRanking() {
	r := &x.r
	rating, counts := x.title(term.Score), x.title(term.Targets)
	before, behind := x.Say("Period before", "So với kỳ trước"), x.Say("For calculation", "Dùng để tính")
	total := func(s *sheets.Sheet, n int) string {
		return fmt.Sprintf("INDEX(%s,$%s)", x.matrixColumn(x.m.totals+n), s.At(r.row))
	}
	// ofCard adds a cell that follows from the unit's card.
	ofCard := func(st sheets.Style, cell func(*sheets.Sheet, *Unit) (string, any)) func(*sheets.Sheet, *Unit) {
		return func(s *sheets.Sheet, u *Unit) {
			if u.Card == nil {
				s.Blank(unitStyle(u), 1)
				return
			}
			formula, value := cell(s, u)
			s.Formula(st, formula, value)
		}
	}
	taken := func(st sheets.Style, n int, value func(*Unit) any) func(*sheets.Sheet, *Unit) {
		return ofCard(st, func(s *sheets.Sheet, u *Unit) (string, any) { return total(s, n), value(u) })
	}
	ratio := func(a, b *int, value func(Sums) *number.Exact) func(*sheets.Sheet, *Unit) {
		return ofCard(percent, func(s *sheets.Sheet, u *Unit) (string, any) {
			return fmt.Sprintf(`IF(%s=0,"",%s/%s)`, s.At(*b), s.At(*a), s.At(*b)), optionalNumber(value(u.Total))
		})
	}
	list := sheets.Table[*Unit]{
		{Title: x.title(term.Rank), Width: 7, At: &r.rank, Cell: x.rankCell},
		{Title: x.title(term.Unit), Width: x.unitWidth(), At: &r.unit, Cell: x.rankedName},
		{Title: x.title(term.Level), Width: 12, At: &r.level, Not: !x.showLevel,
			Cell: func(s *sheets.Sheet, u *Unit) { s.Text(unitStyle(u), x.title(u.LevelTitle)) }},
		{Title: x.title(term.Group), Width: x.groupWidth(), At: &r.group,
			Cell: func(s *sheets.Sheet, u *Unit) { s.Text(unitStyle(u).With(shrink), x.title(u.GroupTitle)) }},
		{Title: x.title(term.Points), Over: rating, Width: 8.5, At: &r.points,
			Cell: taken(points, totalPoints, func(u *Unit) any { return sheets.Stored(u.Total.Points) })},
		{Title: x.title(term.AtMost), Over: rating, At: &r.max,
			Cell: taken(points, totalMax, func(u *Unit) any { return sheets.Stored(u.Total.Max) })},
		{Title: x.title(term.Score), Over: rating, Width: 9.5, At: &r.score, Cell: ratio(&r.points, &r.max, Sums.Score)},
		{Title: x.title(term.Coverage), Over: rating, Width: 9.5, Cell: ratio(&r.judged, &r.max, Sums.Coverage)},
		{Title: x.title(term.Grade), Over: rating, Width: x.gradeWidth(), At: &r.grade, Not: !x.graded(), Cell: x.gradeCell},
	}
	for i, o := range outcomes {
		c := sheets.Column[*Unit]{Title: x.word(o), Over: counts, Cell: taken(whole, totalMet+i, func(u *Unit) any { return *u.Total.counter(o) })}
		if o == score.Met {
			c.At = &r.counts
		}
		list = append(list, c)
	}
	for _, part := range []struct {
		over  string
		first int
		sums  func(*Unit) *Sums
	}{
		{x.Say("Mandatory targets", "Chỉ tiêu bắt buộc"), mandatoryPoints, func(u *Unit) *Sums { return &u.Mandatory }},
		{x.Say("Aspirational targets", "Chỉ tiêu phấn đấu"), aspirationalPoints, func(u *Unit) *Sums { return &u.Aspirational }},
	} {
		list = append(list, sheets.Table[*Unit]{
			{Title: x.title(term.Met), Over: part.over, Cell: taken(whole, part.first+2, func(u *Unit) any { return part.sums(u).Met })},
			{Title: x.Say("Applic-able", "Áp dụng"), Over: part.over, Cell: taken(whole, part.first+3, func(u *Unit) any { return part.sums(u).Applicable() })},
			{Title: x.title(term.Score), Over: part.over, Width: 9.5, Cell: ofCard(percent, func(s *sheets.Sheet, u *Unit) (string, any) {
				most := total(s, part.first+1)
				return fmt.Sprintf(`IF(%s=0,"",%s/%s)`, most, total(s, part.first), most), optionalNumber(part.sums(u).Score())
			})},
		}...)
	}
	list = append(list, sheets.Table[*Unit]{
		{Title: x.Say("Score before", "Điểm số kỳ trước"), Over: before, Width: 9.5, At: &r.before, Not: x.trend == "", Cell: x.scoreBefore},
		{Title: x.title(term.Change), Over: before, Width: 9.5, At: &r.change, Not: x.trend == "", Cell: x.scoreChange},
		{Title: x.Say("Submission", "Tình hình nộp"), Width: 22, At: &r.status, Cell: func(s *sheets.Sheet, u *Unit) {
			s.Text(unitStyle(u).With(func(st *sheets.Style) { st.Center, st.Shrunk = true, true }), x.title(u.Status.Title()))
		}},
		{Title: x.title(term.Note), Width: x.noteWidth(), At: &r.note, Cell: func(s *sheets.Sheet, u *Unit) { s.Text(unitStyle(u), x.remark(u)) }},
		{Title: x.title(term.Ordinal), Over: behind, Width: 6, At: &r.no, Cell: func(s *sheets.Sheet, u *Unit) { s.Int(key, u.No) }},
		{Title: x.Say("Rounded score", "Điểm số làm tròn"), Over: behind, Width: 14, At: &r.key, Cell: x.scoreKey},
		{Title: x.Say("Row", "Dòng"), Over: behind, Width: 7, At: &r.row, Cell: x.behind(key, func(s *sheets.Sheet, u *Unit) (string, any) {
			return fmt.Sprintf("MATCH(%s,%s,0)", s.At(r.no), x.matrixColumn(x.m.no)), x.m.rows[u.No] - matrixFirst + 1
		})},
		{Title: x.title(term.PointsEvaluated), Over: behind, At: &r.judged, Cell: x.behind(key.Format("0.00"), func(s *sheets.Sheet, u *Unit) (string, any) {
			return total(s, totalJudged), sheets.Stored(u.Total.Judged)
		})},
	}...)
	list = append(list, countedIn(x, behind, &r.counted, func(u *Unit, k scopeKind) bool { return u.apart[k] })...)
	for i := range list {
		list[i].Width = cmp.Or(list[i].Width, 7.5)
	}
	x.rankingTable = list.Place(head)
}

func (x *writer) rankingEnd() int { return rankingFirst + max(len(x.s.Units), 1) - 1 }

// rankingColumn is a column of the ranking's data as other sheets refer to it.
func (x *writer) rankingColumn(col int) string {
	return diag.QuoteSheet(x.ranking) + "!" + sheets.Range(rankingFirst, col, x.rankingEnd(), col)
}

func (x *writer) writeRanking() {
	t := x.rankingTable
	s := x.sheet(x.ranking, sheets.Page{
		Widths: t.Widths(), Last: x.rankingEnd(), FreezeRow: rankingFirst - 1, FreezeCol: x.r.unit,
		TitleFirst: rankingFirst - 2, PrintCols: x.r.note, Tab: navy,
	})
	x.headline(s, x.title(term.Ranking))
	s.Text(sheets.Style{Italic: true, Color: midGrey}, x.tieRule())
	s.EndRow(15)
	t.Overs(s, head, 18)
	t.Header(s, 46)
	for _, i := range x.s.ranking {
		t.Row(s, &x.s.Units[i], 15)
	}
	s.Filter(rankingFirst-1, 1, x.rankingEnd(), len(t))
	x.rankingRules(s)
	s.End()
}

// unitWidth and groupWidth fit the names that stand in the columns.
func (x *writer) unitWidth() float64 {
	return x.fitting(22, 46, func(u *Unit) string { return u.Name.In(x.Lang) })
}

func (x *writer) groupWidth() float64 {
	return x.fitting(12, 24, func(u *Unit) string { return u.GroupTitle.In(x.Lang) })
}

func (x *writer) noteWidth() float64 { return x.fitting(10, 40, x.remark) }

// fitting is the width of a column that holds a text of each unit.
func (x *writer) fitting(least, most float64, text func(*Unit) string) float64 {
	width := least
	for i := range x.s.Units {
		width = max(width, theme.Fit(text(&x.s.Units[i])))
	}
	return min(width, most)
}

// counting are the criteria by which sums over the ranking take the units that
// count in a scope.
func (x *writer) counting(k scopeKind) string {
	in := x.rankingColumn(x.r.key) + `,">=0"`
	if col := x.r.counted[k]; col > 0 {
		in += "," + x.rankingColumn(col) + ",1"
	}
	return in
}

// countedIn adds a column for each kind of scope that leaves units out: 1 tells
// formulas that the row counts.
func countedIn[T any](x *writer, over string, at *[scopeKinds]int, apart func(T, scopeKind) bool) (list sheets.Table[T]) {
	for k, title := range [scopeKinds]lang.Text{
		ofAll:   lang.T("Counts in all", "Tính vào chung"),
		ofLevel: lang.T("Counts in its level", "Tính vào cấp"),
		ofGroup: lang.T("Counts in its group", "Tính vào nhóm"),
	} {
		list = append(list, sheets.Column[T]{Title: title.In(x.Lang), Over: over, Width: 9, At: &at[k], Not: x.alone || !x.s.keepsApart(scopeKind(k)), Cell: func(s *sheets.Sheet, row T) {
			n := 1
			if apart(row, scopeKind(k)) {
				n = 0
			}
			s.Int(key, n)
		}})
	}
	return list
}

// tieRule says how equal scores are ranked.
func (x *writer) tieRule() string {
	if x.s.in.Plan.Ties == plan.TieDense {
		return x.Say("Ranked within the group by score = points / points that the applicable targets can earn. Equal scores share a rank, and the next rank follows without a gap: 1, 2, 2, 3.",
			"Xếp hạng trong từng nhóm theo điểm số = điểm / điểm tối đa của các chỉ tiêu áp dụng. Điểm số bằng nhau thì đồng hạng, hạng sau liền kề: 1, 2, 2, 3.")
	}
	return x.Say("Ranked within the group by score = points / points that the applicable targets can earn. Equal scores share a rank, and the next rank counts them: 1, 2, 2, 4.",
		"Xếp hạng trong từng nhóm theo điểm số = điểm / điểm tối đa của các chỉ tiêu áp dụng. Điểm số bằng nhau thì đồng hạng, hạng sau tính cả số đồng hạng: 1, 2, 2, 4.")
}

// unitStyle is that of texts about a unit.
func unitStyle(u *Unit) sheets.Style {
	if !u.Ranked {
		return body.With(func(st *sheets.Style) { st.Color, st.Italic = midGrey, true })
	}
	return body
}

// rankedName leads to the unit's row of the matrix.
func (x *writer) rankedName(s *sheets.Sheet, u *Unit) {
	st := unitStyle(u)
	if u.Card != nil {
		st.Underlined, st.Color = true, deepBlue
		s.Link(s.Next(), x.r.unit, diag.QuoteSheet(x.matrix)+"!A"+fmt.Sprint(x.m.rows[u.No]), x.matrix)
	}
	s.Text(st, u.Name.In(x.Lang))
}

func (x *writer) rankCell(s *sheets.Sheet, u *Unit) {
	st := centered.With(func(st *sheets.Style) { st.Bold = true })
	switch {
	case !u.Ranked:
		s.Text(centered.With(func(st *sheets.Style) { st.Color = midGrey }), "–")
	case !x.live:
		s.Int(st, u.Rank)
	default:
		s.Formula(st, x.rankFormula(s), u.Rank)
	}
}

// rankFormula counts the units of the group that stand higher. Scores are held
// against each other as rounded to twelve decimals: the last bits of a
// calculated score are noise.
func (x *writer) rankFormula(s *sheets.Sheet) string {
	key := s.At(x.r.key)
	keys := sheets.Range(rankingFirst, x.r.key, x.rankingEnd(), x.r.key)
	groups := sheets.Range(rankingFirst, x.r.group, x.rankingEnd(), x.r.group)
	higher := fmt.Sprintf("(%s=%s)*(%s>%s)", groups, s.At(x.r.group), keys, key)
	if x.s.in.Plan.Ties == plan.TieDense {
		return fmt.Sprintf(`IF(%s<0,"",ROUND(SUMPRODUCT(%s/COUNTIFS(%s,%s,%s,%s)),0)+1)`, key, higher, groups, groups, keys, keys)
	}
	return fmt.Sprintf(`IF(%s<0,"",SUMPRODUCT(%s)+1)`, key, higher)
}

// scoreBefore is the score of the last period before that the unit has a card
// for.
func (x *writer) scoreBefore(s *sheets.Sheet, u *Unit) {
	before := u.Before()
	if before == nil {
		s.Blank(body, 1)
		return
	}
	period := x.trendColumn(trendFirst + slices.Index(u.cards, u.before))
	s.Formula(percent, fmt.Sprintf("INDEX(%s,MATCH(%s,%s,0))", period, s.At(x.r.no), x.trendColumn(1)), sheets.Stored(*before))
}

func (x *writer) scoreChange(s *sheets.Sheet, u *Unit) {
	before := u.Before()
	if before == nil {
		s.Blank(body, 1)
		return
	}
	var value any = ""
	if now := u.Total.Score(); u.Card != nil && now != nil {
		value = sheets.Stored(now.Sub(*before).Mul(number.Int(100)))
	}
	now, then := s.At(x.r.score), s.At(x.r.before)
	s.Formula(points.Format("+0.00;-0.00;0.00"), fmt.Sprintf(`IF(AND(ISNUMBER(%s),ISNUMBER(%s)),(%s-%s)*100,"")`, now, then, now, then), value)
}

// scoreKey is the number by which a unit is ranked.
func (x *writer) scoreKey(s *sheets.Sheet, u *Unit) {
	if !u.Ranked {
		s.Int(key, -1)
		return
	}
	score := s.At(x.r.score)
	s.Formula(key.Format("0.000000000000"), fmt.Sprintf("IF(ISNUMBER(%s),ROUND(%s,12),-1)", score, score), sheets.Stored(roundedTo12(*u.Total.Score())))
}

// behind adds a cell for calculation, of units with a card.
func (x *writer) behind(st sheets.Style, cell func(*sheets.Sheet, *Unit) (string, any)) func(*sheets.Sheet, *Unit) {
	return func(s *sheets.Sheet, u *Unit) {
		if u.Card == nil {
			s.Blank(key, 1)
			return
		}
		formula, value := cell(s, u)
		s.Formula(st, formula, value)
	}
}

func roundedTo12(x number.Exact) number.Exact {
	scale := number.Int(1_000_000_000_000)
	return x.Mul(scale).Add(number.Frac(1, 2)).Floor().Quo(scale)
}

// remark says why a unit is not ranked, or names its files.
func (x *writer) remark(u *Unit) string {
	switch {
	case u.Status == Ambiguous:
		return lang.F("%d files: %s", "%d tệp: %s", len(u.Files), strings.Join(u.Files, ", ")).In(x.Lang)
	case u.Card != nil && !u.Ranked:
		return x.title(u.why)
	case u.Status == OtherRules:
		return strings.Join(u.Files, ", ")
	}
	return ""
}

func (x *writer) rankingRules(s *sheets.Sheet) {
	r := &x.r
	end := x.rankingEnd()
	s.Rules(rankingFirst, r.status, end, r.status, x.statusRules(diag.A1(rankingFirst, r.status))...)
	missing := r.counts + 2
	s.Rules(rankingFirst, missing, end, missing+1, sheets.When(fmt.Sprintf("AND(ISNUMBER(%[1]s),%[1]s>0)", diag.A1(rankingFirst, missing)),
		sheets.Style{Fill: grey, Bold: true}))
	if r.change > 0 {
		cell := diag.A1(rankingFirst, r.change)
		s.Rules(rankingFirst, r.change, end, r.change,
			sheets.When(fmt.Sprintf("AND(ISNUMBER(%s),%s>0)", cell, cell), sheets.Style{Color: "1F4E79", Fill: paleBlue}),
			sheets.When(fmt.Sprintf("AND(ISNUMBER(%s),%s<0)", cell, cell), sheets.Style{Color: darkRust, Fill: amber}))
	}
}

func (x *writer) statusRules(cell string) []sheets.Rule {
	says := func(s Status) string { return cell + "=" + quote(x.title(s.Title())) }
	return []sheets.Rule{
		sheets.When(says(Late), sheets.Style{Fill: yellow, Color: brown}),
		sheets.When(says(NotSubmitted), sheets.Style{Fill: amber, Color: darkRust, Bold: true}),
		sheets.When(says(Unreadable), sheets.Style{Fill: amber, Color: darkRust, Bold: true}),
		sheets.When(says(WrongFormat), sheets.Style{Fill: amber, Color: darkRust, Bold: true}),
		sheets.When(says(Ambiguous), sheets.Style{Fill: amber, Color: darkRust, Bold: true}),
		sheets.When(says(OtherRules), sheets.Style{Fill: amber, Color: darkRust, Bold: true}),
	}
}
