package summary

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/sheets"
)

// rankingFirst is the first row of the ranking's data.
const rankingFirst = 7

// rankingColumns are the columns of the ranking; 0: it has none.
type rankingColumns struct {
	rank, unit, level, group, groupRank, levelRank int
	points, max, score, coverage                   int
	counts                                         int // met, missed, missing, invalid, pending, not applicable
	mandatoryMet, mandatoryOf, mandatoryScore      int
	aspirationMet, aspirationOf, aspirationScore   int
	before, change, status, note                   int
	no, key, row, judged, last                     int // for calculation, not printed
}

func (x *writer) layRanking() {
	r := &x.r
	next := 0
	take := func(wanted bool, cols ...*int) {
		for _, col := range cols {
			if wanted {
				next++
				*col = next
			}
		}
	}
	take(true, &r.rank, &r.unit)
	take(x.showLevel, &r.level)
	take(true, &r.group)
	take(len(x.s.Scopes) > 1, &r.groupRank)
	take(x.showLevel, &r.levelRank)
	take(true, &r.points, &r.max, &r.score, &r.coverage, &r.counts)
	next += 5
	take(true, &r.mandatoryMet, &r.mandatoryOf, &r.mandatoryScore, &r.aspirationMet, &r.aspirationOf, &r.aspirationScore)
	take(x.trend != "", &r.before, &r.change)
	take(true, &r.status, &r.note, &r.no, &r.key, &r.row, &r.judged)
	r.last = next
}

func (x *writer) rankingEnd() int { return rankingFirst + max(len(x.s.Units), 1) - 1 }

// rankingColumn is a column of the ranking's data as other sheets refer to it.
func (x *writer) rankingColumn(col int) string {
	return diag.QuoteSheet(x.ranking) + "!" + sheets.Range(rankingFirst, col, x.rankingEnd(), col)
}

func (x *writer) writeRanking() {
	r := &x.r
	s := x.sheet(x.ranking, sheets.Page{
		Widths: x.rankingWidths(), Last: x.rankingEnd(), FreezeRow: rankingFirst - 1, FreezeCol: r.unit,
		TitleFirst: rankingFirst - 2, PrintCols: r.note, Tab: navy,
	})
	x.headline(s, x.Say("Ranking", "Xếp hạng"))
	s.Text(sheets.Style{Italic: true, Color: midGrey}, x.tieRule())
	s.EndRow(15)
	x.rankingHeader(s)
	for _, i := range x.s.ranking {
		x.rankingRow(s, &x.s.Units[i])
	}
	s.Filter(rankingFirst-1, 1, x.rankingEnd(), r.last)
	x.rankingRules(s)
	s.End()
}

func (x *writer) rankingWidths() []float64 {
	r := &x.r
	w := make([]float64, r.last)
	for i := range w {
		w[i] = 7.5
	}
	for col, width := range map[int]float64{r.rank: 7, r.unit: x.unitWidth(), r.level: 12, r.group: x.groupWidth(), r.groupRank: 8, r.levelRank: 8,
		r.points: 8.5, r.score: 9.5, r.coverage: 9.5, r.mandatoryScore: 9.5, r.aspirationScore: 9.5,
		r.before: 9.5, r.change: 9.5, r.status: 15, r.note: x.noteWidth(), r.no: 6, r.key: 14, r.row: 7} {
		if col > 0 {
			w[col-1] = width
		}
	}
	return w
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

// tieRule says how equal scores are ranked.
func (x *writer) tieRule() string {
	if x.s.in.Plan.Ties == plan.TieDense {
		return x.Say("Ranked by score = points / points that the applicable targets can earn. Equal scores share a rank, and the next rank follows without a gap: 1, 2, 2, 3.",
			"Xếp hạng theo điểm số = điểm / điểm tối đa của các chỉ tiêu áp dụng. Điểm số bằng nhau thì đồng hạng, hạng sau liền kề: 1, 2, 2, 3.")
	}
	return x.Say("Ranked by score = points / points that the applicable targets can earn. Equal scores share a rank, and the next rank counts them: 1, 2, 2, 4.",
		"Xếp hạng theo điểm số = điểm / điểm tối đa của các chỉ tiêu áp dụng. Điểm số bằng nhau thì đồng hạng, hạng sau tính cả số đồng hạng: 1, 2, 2, 4.")
}

// rankingHeader writes two rows: what the columns belong to, and the columns.
func (x *writer) rankingHeader(s *sheets.Sheet) {
	r := &x.r
	over := make([]string, r.last)
	name := func(from, to int, en, vi string) {
		if from > 0 {
			over[from-1] = x.Say(en, vi)
			s.Merge(s.Next(), from, s.Next(), to)
		}
	}
	name(r.points, r.coverage, "Score", "Điểm")
	name(r.counts, r.counts+5, "Targets", "Số chỉ tiêu")
	name(r.mandatoryMet, r.mandatoryScore, "Mandatory targets", "Chỉ tiêu bắt buộc")
	name(r.aspirationMet, r.aspirationScore, "Aspirational targets", "Chỉ tiêu phấn đấu")
	if r.before > 0 {
		name(r.before, r.change, "Period before", "So với kỳ trước")
	}
	name(r.no, r.judged, "For calculation", "Dùng để tính")
	for _, t := range over {
		s.Text(head, t)
	}
	s.EndRow(18)

	titles := make([]string, r.last)
	set := func(col int, en, vi string) {
		if col > 0 {
			titles[col-1] = x.Say(en, vi)
		}
	}
	set(r.rank, "Rank", "Hạng")
	set(r.unit, "Unit", "Đơn vị")
	set(r.level, "Level", "Cấp")
	set(r.group, "Group", "Nhóm")
	set(r.groupRank, "Rank in group", "Hạng trong nhóm")
	set(r.levelRank, "Rank in level", "Hạng trong cấp")
	set(r.points, "Points", "Điểm đạt")
	set(r.max, "At most", "Tối đa")
	set(r.score, "Score", "Điểm số")
	set(r.coverage, "Coverage", "Độ phủ")
	col := r.counts
	for o := range countsInOrder(Sums{}) {
		titles[col-1] = x.word(o)
		col++
	}
	for _, first := range []int{r.mandatoryMet, r.aspirationMet} {
		set(first, "Met", "Đạt")
		set(first+1, "Applic-able", "Áp dụng")
		set(first+2, "Score", "Điểm số")
	}
	set(r.before, "Score before", "Điểm số kỳ trước")
	set(r.change, "Change (pp)", "Tăng, giảm (điểm %)")
	set(r.status, "Submission", "Tình hình nộp")
	set(r.note, "Note", "Ghi chú")
	set(r.no, "No", "Số")
	set(r.key, "Rounded score", "Điểm số làm tròn")
	set(r.row, "Row", "Dòng")
	set(r.judged, "Points evaluated", "Điểm đánh giá được")
	for _, t := range titles {
		s.Text(head, t)
	}
	s.EndRow(46)
}

func (x *writer) rankingRow(s *sheets.Sheet, u *Unit) {
	r, row := &x.r, s.Next()
	at := func(col int) string { return diag.A1(row, col) }
	text := body
	if !u.Ranked {
		text = body.With(func(st *sheets.Style) { st.Color, st.Italic = midGrey, true })
	}
	x.rankCell(s, u, u.Rank, x.rankFormula(at(r.key), "", 0))
	name := text
	if u.Card != nil {
		name.Underlined, name.Color = true, deepBlue
		s.Link(row, r.unit, diag.QuoteSheet(x.matrix)+"!A"+fmt.Sprint(x.m.rows[u.No]), x.matrix)
	}
	s.Text(name, u.Name.In(x.Lang))
	if r.level > 0 {
		s.Text(text, x.title(u.LevelTitle))
	}
	s.Text(text.With(shrink), x.title(u.GroupTitle))
	if r.groupRank > 0 {
		x.rankCell(s, u, u.GroupRank, x.rankFormula(at(r.key), at(r.group), r.group))
	}
	if r.levelRank > 0 {
		x.rankCell(s, u, u.LevelRank, x.rankFormula(at(r.key), at(r.level), r.level))
	}
	if u.Card == nil {
		s.Blank(text, r.aspirationScore-s.Filled())
	} else {
		x.rankingFigures(s, u, at)
	}
	if r.before > 0 {
		x.rankingChange(s, u, at)
	}
	s.Text(text.With(func(st *sheets.Style) { st.Center = true }), x.title(u.Status.Title()))
	s.Text(text, x.remark(u))
	s.Int(key, u.No)
	x.rankingKeys(s, u, at)
	s.EndRow(15)
}

func (x *writer) rankCell(s *sheets.Sheet, u *Unit, rank int, formula string) {
	st := centered.With(func(st *sheets.Style) { st.Bold = true })
	switch {
	case !u.Ranked:
		s.Text(centered.With(func(st *sheets.Style) { st.Color = midGrey }), "–")
	case !x.live:
		s.Int(st, rank)
	default:
		s.Formula(st, formula, rank)
	}
}

// rankFormula counts the units that stand higher, of all or of those with the
// same title in a column. Scores are held against each other as rounded to
// twelve decimals: the last bits of a calculated score are noise.
func (x *writer) rankFormula(key, part string, col int) string {
	keys := sheets.Range(rankingFirst, x.r.key, x.rankingEnd(), x.r.key)
	dense := x.s.in.Plan.Ties == plan.TieDense
	if part == "" && !dense {
		return fmt.Sprintf(`IF(%s<0,"",RANK(%s,%s))`, key, key, keys)
	}
	higher, alike := fmt.Sprintf("(%s>%s)", keys, key), fmt.Sprintf("COUNTIF(%s,%s)", keys, keys)
	if part != "" {
		parts := sheets.Range(rankingFirst, col, x.rankingEnd(), col)
		higher = fmt.Sprintf("(%s=%s)*%s", parts, part, higher)
		alike = fmt.Sprintf("COUNTIFS(%s,%s,%s,%s)", parts, parts, keys, keys)
	}
	if dense {
		return fmt.Sprintf(`IF(%s<0,"",ROUND(SUMPRODUCT(%s/%s),0)+1)`, key, higher, alike)
	}
	return fmt.Sprintf(`IF(%s<0,"",SUMPRODUCT(%s)+1)`, key, higher)
}

// rankingFigures takes the unit's totals from its row of the matrix.
func (x *writer) rankingFigures(s *sheets.Sheet, u *Unit, at func(int) string) {
	r := &x.r
	total := func(n int) string {
		return fmt.Sprintf("INDEX(%s,$%s)", x.matrixColumn(x.m.totals+n), at(r.row))
	}
	share := func(formula string, v *number.Exact) {
		var value any = ""
		if v != nil {
			value = sheets.Stored(*v)
		}
		s.Formula(percent, formula, value)
	}
	s.Formula(points, total(totalPoints), sheets.Stored(u.Total.Points))
	s.Formula(points, total(totalMax), sheets.Stored(u.Total.Max))
	share(fmt.Sprintf(`IF(%s=0,"",%s/%s)`, at(r.max), at(r.points), at(r.max)), u.Total.Score())
	share(fmt.Sprintf(`IF(%s=0,"",%s/%s)`, at(r.max), at(r.judged), at(r.max)), u.Total.Coverage())
	next := totalMet
	for _, n := range countsInOrder(u.Total) {
		s.Formula(whole, total(next), n)
		next++
	}
	for _, part := range []struct {
		first int
		sums  Sums
	}{{mandatoryPoints, u.Mandatory}, {aspirationalPoints, u.Aspirational}} {
		s.Formula(whole, total(part.first+2), part.sums.Met)
		s.Formula(whole, total(part.first+3), part.sums.Applicable())
		share(fmt.Sprintf(`IF(%s=0,"",%s/%s)`, total(part.first+1), total(part.first), total(part.first+1)), part.sums.Score())
	}
}

// rankingChange compares with the last period before that the unit has a card
// for.
func (x *writer) rankingChange(s *sheets.Sheet, u *Unit, at func(int) string) {
	r := &x.r
	before := u.Before()
	if before == nil {
		s.Blank(body, 2)
		return
	}
	column := slices.Index(u.cards, u.before)
	s.Formula(percent, fmt.Sprintf("INDEX(%s,MATCH(%s,%s,0))", x.trendColumn(trendFirst+column), at(r.no), x.trendColumn(1)), sheets.Stored(*before))
	change := points.Format("+0.00;-0.00;0.00")
	var value any = ""
	if now := u.Total.Score(); u.Card != nil && now != nil {
		value = sheets.Stored(now.Sub(*before).Mul(number.Int(100)))
	}
	s.Formula(change, fmt.Sprintf(`IF(AND(ISNUMBER(%s),ISNUMBER(%s)),(%s-%s)*100,"")`, at(r.score), at(r.before), at(r.score), at(r.before)), value)
}

// rankingKeys writes the cells by which the row is ranked and found.
func (x *writer) rankingKeys(s *sheets.Sheet, u *Unit, at func(int) string) {
	st := key.Format("0.000000000000")
	if !u.Ranked {
		s.Int(key, -1)
	} else {
		rounded := sheets.Stored(roundedTo12(*u.Total.Score()))
		s.Formula(st, fmt.Sprintf("IF(ISNUMBER(%s),ROUND(%s,12),-1)", at(x.r.score), at(x.r.score)), rounded)
	}
	if u.Card == nil {
		s.Blank(key, 2)
		return
	}
	s.Formula(key, fmt.Sprintf("MATCH(%s,%s,0)", at(x.r.no), x.matrixColumn(x.m.no)), x.m.rows[u.No]-matrixFirst+1)
	s.Formula(key.Format("0.00"), fmt.Sprintf("INDEX(%s,$%s)", x.matrixColumn(x.m.totals+totalJudged), at(x.r.row)), sheets.Stored(u.Total.Judged))
}

func roundedTo12(x number.Exact) number.Exact {
	scale := number.Int(1_000_000_000_000)
	return x.Mul(scale).Add(number.Frac(1, 2)).Floor().Quo(scale)
}

// remark says why a unit is not ranked, or which files speak for it.
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
		sheets.When(says(Ambiguous), sheets.Style{Fill: amber, Color: darkRust, Bold: true}),
		sheets.When(says(OtherRules), sheets.Style{Fill: amber, Color: darkRust, Bold: true}),
	}
}
