package summary

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
)

// writer writes a summary's sheets. Where they stand in one another's formulas
// is decided before the first is written.
type writer struct {
	*book
	s         *Summary
	areas     []*areaSheet
	showLevel bool
	alone     bool // the workbook is one unit's card
	live      bool // ranks can be calculated: see separable

	overview, ranking, matrix, groups, trend, findings, method string // names of sheets

	m matrixColumns
	r rankingColumns

	rankingTable sheets.Table[*Unit]
}

// Write writes the summary as a workbook (ECMA-376). The same summary gives
// the same bytes.
func (s *Summary) Write(w io.Writer) error {
	x := s.writer()
	x.overview = x.Name(x.Say("Overview", "Tổng quan"))
	x.ranking = x.Name(x.Say("Ranking", "Xếp hạng"))
	x.matrix = x.Name(x.Say("Matrix", "Ma trận"))
	x.groups = x.Name(x.Say("Groups", "Số liệu nhóm"))
	x.nameAreas()
	if len(s.Periods) > 1 {
		x.trend = x.Name(x.Say("Trend", "Xu hướng"))
	}
	x.findings = x.Name(x.Say("Findings", "Phát hiện"))
	x.method = x.Name(x.Say("Method", "Phương pháp"))
	x.layMatrix()
	x.layRanking()

	x.writeOverview()
	x.writeRanking()
	x.writeMatrix()
	x.writeGroups()
	for _, a := range x.areas {
		x.writeArea(a)
	}
	if x.trend != "" {
		x.writeTrend()
	}
	x.writeFindings()
	x.writeMethod()
	return x.finish(w)
}

func (s *Summary) writer() *writer {
	x := &writer{s: s, areas: s.areas(), live: s.separable()}
	x.book = newBook(s.in.Lang)
	x.showLevel = s.byLevel && len(s.groups()) > 0
	return x
}

// sheet starts a sheet whose pages name the plan.
func (x *writer) sheet(name string, p sheets.Page) *sheets.Sheet {
	p.Footer = x.s.heading()
	return x.Sheet(name, p)
}

func (x *writer) nameAreas() {
	for _, a := range x.areas {
		a.name = x.Name(x.title(a.title))
		a.columns(x.showLevel, x.alone)
	}
	x.compileAll()
}

func (x *writer) finish(w io.Writer) error {
	day := x.s.AsOf
	if day.IsZero() {
		day = x.s.in.Plan.Period.To
	}
	return x.Write(w, sheets.Properties{
		Title:   x.s.in.Plan.Title.In(x.Lang) + " – " + x.name(),
		Subject: x.s.heading(), Creator: x.s.in.Program, Day: day,
	})
}

// name is what the workbook is.
func (x *writer) name() string {
	if x.alone {
		return x.s.Units[0].Name.In(x.Lang)
	}
	return x.Say("summary of results", "tổng hợp kết quả")
}

// heading names the plan, its document and the period, for every sheet.
func (s *Summary) heading() string {
	p := s.in.Plan
	t := p.Title
	if p.Document.Number != "" {
		t = lang.F("%s (%s)", "%s (%s)", t, p.Document.Number)
	}
	return t.In(s.in.Lang)
}

// headline starts a sheet: what it is, of what, and the way back.
func (x *writer) headline(s *sheets.Sheet, title string) {
	s.Text(titleStyle, title)
	s.EndRow(26)
	s.Text(subtitle, x.s.heading()+" · "+x.title(periodTitle(x.s.Period))+x.asOf())
	s.EndRow(15)
	if s.Name != x.overview {
		s.Text(linkStyle, "← "+x.overview)
		s.Link(s.Next(), 1, diag.QuoteSheet(x.overview)+"!A1", x.overview)
		s.EndRow(15)
	}
}

func (x *writer) asOf() string {
	if x.s.AsOf.IsZero() {
		return ""
	}
	return " · " + lang.F("as of %s", "tính đến ngày %s", day(x.s.AsOf)).In(x.Lang)
}

// outcomeRules colour a cell by the outcome that another cell of its row says.
// The word or the figure always stands in it.
func (x *writer) outcomeRules(cell string) []sheets.Rule {
	says := func(o score.Outcome) string { return cell + "=" + quote(x.word(o)) }
	return []sheets.Rule{
		sheets.When(says(score.Met), sheets.Style{Fill: paleBlue, Color: navy}),
		sheets.When(says(score.Missed), sheets.Style{Fill: amber, Color: darkRust, Bold: true}),
		sheets.When(says(score.Missing), sheets.Style{Fill: grey, Color: "404040", Italic: true}),
		sheets.When(says(score.Invalid), sheets.Style{Fill: yellow, Color: brown, Bold: true}),
		sheets.When(says(score.Pending), sheets.Style{Color: midGrey, Italic: true}),
		sheets.When(says(score.NotApplicable), sheets.Style{Color: midGrey}),
	}
}

// writeArea writes the sheet of one area.
func (x *writer) writeArea(a *areaSheet) {
	c := a.col
	p := sheets.Page{Widths: x.areaWidths(a), Last: a.end(), FreezeRow: a.top, FreezeCol: max(c.unit, c.title), Tab: deepBlue, TitleFirst: a.top}
	if c.key > 0 {
		p.PrintCols = c.key - 1
	}
	s := x.sheet(a.name, p)
	x.headline(s, x.title(a.title))
	s.Text(sheets.Style{Italic: true, Color: input}, x.whatFollows())
	s.EndRow(15)
	x.areaHeader(s, a)
	for i := range a.lines {
		x.writeLine(s, a, &a.lines[i])
	}
	if len(a.lines) == 0 {
		s.Blank(body, c.last)
		s.EndRow(0)
	}
	s.Filter(a.top, 1, a.end(), c.last)
	x.areaRules(s, a)
	s.End()
}

// whatFollows says what is calculated anew when a figure is changed.
func (x *writer) whatFollows() string {
	switch {
	case x.s.cardOnly:
		return x.Say("Blue figures may be changed: shares, outcomes, gaps and counts follow. Points are stored figures.",
			"Số màu xanh có thể sửa: tỷ lệ, đánh giá, chênh lệch và số chỉ tiêu sẽ tính lại theo. Điểm là số lưu sẵn.")
	case x.alone:
		return x.Say("Blue figures may be changed: shares, outcomes, gaps, points and totals follow.",
			"Số màu xanh có thể sửa: tỷ lệ, đánh giá, chênh lệch, điểm và tổng điểm sẽ tính lại theo.")
	}
	return x.Say("Blue figures may be changed: shares, outcomes, gaps, points, totals and ranks follow.",
		"Số màu xanh có thể sửa: tỷ lệ, đánh giá, chênh lệch, điểm, tổng điểm và thứ hạng sẽ tính lại theo.")
}

func (x *writer) areaWidths(a *areaSheet) []float64 {
	c := a.col
	w := make([]float64, c.last)
	set := func(col int, width float64) {
		if col > 0 {
			w[col-1] = width
		}
	}
	set(c.no, 5)
	set(c.clause, 7)
	set(c.area, 22)
	set(c.title, 38)
	set(c.commitment, 11)
	set(c.unit, min(x.unitWidth(), 34))
	set(c.level, 12)
	set(c.group, min(x.groupWidth(), 24))
	set(c.counted, 9)
	for i := range c.factCount {
		set(c.facts+i, a.factWidth(i))
	}
	set(c.value, a.width(9.5, func(l *line) *score.Figure { return l.result.Value }))
	set(c.goal, 10)
	set(c.outcome, 15)
	set(c.gap, a.width(9.5, func(l *line) *score.Figure { return l.result.Gap }))
	set(c.max, 7.5)
	set(c.points, 7.5)
	set(c.other, a.textWidth(func(l *line) string { return l.others(x.book) }))
	set(c.note, a.textWidth(func(l *line) string { return l.note(x.Lang) }))
	set(c.key, 9)
	return w
}

// factWidth is wide enough for the largest number of a column of facts.
// width is wide enough for a figure of each row.
func (a *areaSheet) width(least float64, figure func(*line) *score.Figure) float64 {
	for i := range a.lines {
		if f := figure(&a.lines[i]); f != nil {
			number, _, _ := strings.Cut(f.Shown.In(lang.EN), " ")
			least = max(least, float64(len(number)+3))
		}
	}
	return min(least, 26)
}

// textWidth is narrow where a column of texts is all but empty.
func (a *areaSheet) textWidth(text func(*line) string) float64 {
	const narrow, usual = 14, 38
	for i := range a.lines {
		if utf8.RuneCountInString(text(&a.lines[i])) > narrow {
			return usual
		}
	}
	return narrow
}

func (a *areaSheet) factWidth(i int) float64 {
	width := 12
	for j := range a.lines {
		l := &a.lines[j]
		if i < len(l.facts) && l.facts[i] != nil {
			width = max(width, utf8.RuneCountInString(l.facts[i].Shown.In(lang.EN))+3)
		}
	}
	return float64(min(width, 28))
}

func (x *writer) areaHeader(s *sheets.Sheet, a *areaSheet) {
	c := a.col
	s.Say(head, "No", "Số")
	s.Say(head, "Clause", "Mục")
	if c.area > 0 {
		s.Say(headLeft, "Area", "Lĩnh vực")
	}
	s.Say(headLeft, "Target", "Chỉ tiêu")
	if c.commitment > 0 {
		s.Say(head, "Commitment", "Cam kết")
	}
	if c.unit > 0 {
		s.Say(headLeft, "Unit", "Đơn vị")
	}
	if c.level > 0 {
		s.Say(head, "Level", "Cấp")
	}
	if c.group > 0 {
		s.Say(head, "Group", "Nhóm")
	}
	s.Say(head, "Counted in", "Đơn vị tính")
	s.Say(head, "Numerator or figure", "Tử số hoặc số liệu")
	s.Say(head, "Denominator", "Mẫu số")
	for i := 3; i <= c.factCount; i++ {
		s.Text(head, fmt.Sprintf("%s %d", x.Say("Figure", "Số liệu"), i))
	}
	s.Say(head, "Result", "Kết quả")
	s.Say(head, "Goal", "Mục tiêu")
	s.Say(head, "Outcome", "Đánh giá")
	s.Say(head, "Gap", "Chênh lệch")
	s.Say(head, "Points at most", "Điểm tối đa")
	s.Say(head, "Points", "Điểm")
	s.Say(headLeft, "Other readings that disagree", "Cách hiểu khác cho kết quả khác")
	s.Say(headLeft, "Note", "Ghi chú")
	if c.key > 0 {
		s.Say(head, "Row key", "Mã dòng")
	}
	s.EndRow(32)
}

func (x *writer) areaRules(s *sheets.Sheet, a *areaSheet) {
	c := a.col
	outcome := "$" + diag.A1(a.first(), c.outcome)
	s.Rules(a.first(), c.outcome, a.end(), c.outcome, x.outcomeRules(outcome)...)
	if c.unit > 0 && len(a.lines) > 1 {
		// The title is repeated on each row, so that filters and pivot tables work; it is read once.
		title := diag.ColumnName(c.no)
		same := fmt.Sprintf("$%s%d=$%s%d", title, a.first()+1, title, a.first())
		s.Rules(a.first()+1, c.no, a.end(), c.title, sheets.When(same, sheets.Style{Color: "8C8C8C"}))
	}
}

var inputStyle = sheets.Style{Boxed: true, Right: true, Color: input}

func (x *writer) writeLine(s *sheets.Sheet, a *areaSheet, l *line) {
	c, r, t := a.col, l.result, l.target.target
	f := l.live
	text := body
	if x.alone {
		text = folded
	}
	s.Int(centered, l.target.no)
	s.Text(centered, r.Clause)
	title := t.Title.In(x.Lang)
	if !x.alone {
		title = sheets.Cut(title, 45)
	}
	if c.area > 0 {
		s.Text(text, x.lineArea(l))
	}
	s.Text(text, title)
	if c.commitment > 0 {
		s.Text(text, x.commitment(t.Commitment))
	}
	if c.unit > 0 {
		s.Text(body.With(shrink), l.unit.Name.In(x.Lang))
	}
	if c.level > 0 {
		s.Text(body, x.title(l.unit.LevelTitle))
	}
	if c.group > 0 {
		s.Text(body.With(shrink), x.title(l.unit.GroupTitle))
	}
	s.Text(centered.With(shrink), l.counted().In(x.Lang))
	x.writeFacts(s, a, l)

	s.Formula(body.With(func(st *sheets.Style) { st.Right = true; st.Num = l.valueFormat() }), f.value, l.figure(x.Lang))
	if goal, format, ok := l.goal(); ok {
		s.Num(whole.Format(format), goal)
	} else {
		s.Text(centered, r.Goal.Shown.In(x.Lang))
	}
	s.Formula(centered, f.outcome, x.word(r.Outcome))
	var gap any = ""
	if r.Gap != nil {
		gap = sheets.Stored(r.Gap.Exact)
	}
	s.Formula(whole.Format(l.gapFormat()), f.gap, gap)
	s.Num(points.Format(pointsFormat(t.Points)), t.Points)
	s.Formula(points.Format(pointsFormat(r.Points.Exact)), f.points, sheets.Stored(r.Points.Exact))
	s.Text(folded, l.others(x.book))
	s.Text(folded, l.note(x.Lang))
	if c.key > 0 {
		s.Int(key, l.key())
	}
	s.EndRow(0)
}

// writeFacts writes the counts that everything else on the row follows from.
func (x *writer) writeFacts(s *sheets.Sheet, a *areaSheet, l *line) {
	for i := range a.col.factCount {
		switch {
		case i >= len(l.facts):
			s.Blank(body, 1)
		case !l.has(i):
			s.Blank(inputStyle, 1)
		case l.facts[i].Kind == "choice":
			s.Text(inputStyle, choiceTitle(x.s.in.Plan, l.facts, l.ids[i], l.facts[i].Choice).In(x.Lang))
		case l.facts[i].Kind == "share":
			s.Num(inputStyle.Format("0.00%"), l.facts[i].Value)
		default:
			s.Num(inputStyle.Format(amount(l.facts[i].Value)), l.facts[i].Value)
		}
	}
}

func (l *line) has(i int) bool { return l.facts[i] != nil && l.facts[i].State == fact.Reported }

func (l *line) valueFormat() string {
	if l.result.Kind == plan.ChoiceKind {
		return ""
	}
	return displayOf(l.result).format()
}

// gapFormat shows a gap in the unit of the numerator, or in percent where the
// figure is a share and no counts are known.
func (l *line) gapFormat() string {
	if d := displayOf(l.result); l.result.Numerator == nil && (d.percent || d.points) {
		return "0.00%"
	}
	if l.result.Gap == nil {
		return "#,##0"
	}
	return amount(l.result.Gap.Exact)
}

// pointsFormat shows points with two decimals, or with as many more as keep
// them from looking whole.
func pointsFormat(x number.Exact) string {
	decimals := 2
	part := x.Sub(x.Floor())
	for half := int64(200); !part.IsZero() && decimals < 6; half *= 10 {
		if edge := number.Frac(1, half); part.Cmp(edge) > 0 && part.Cmp(number.Int(1).Sub(edge)) < 0 {
			break
		}
		decimals++
	}
	return display{}.exactly(decimals)
}
