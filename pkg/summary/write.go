package summary

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
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

	overview, charts, ranking, matrix, groups, trend, kinds, findings, evidence, method string // names of sheets

	signing []*signedSheet

	m matrixColumns
	r rankingColumns
	g groupColumns

	rankingTable sheets.Table[*Unit]
}

// Write writes the summary as a workbook (ECMA-376). The same summary gives
// the same bytes.
func (s *Summary) Write(w io.Writer) error {
	x := s.writer()
	x.overview = x.Name(x.Say("Overview", "Tổng quan"))
	if x.hasCharts() {
		x.charts = x.Name(x.Say("Charts", "Biểu đồ"))
	}
	x.ranking = x.Name(x.title(term.Ranking))
	x.signing = x.signed()
	for _, g := range x.signing {
		g.name = x.Name(x.Say("Results ", "Kết quả ") + x.title(g.group))
	}
	x.matrix = x.Name(x.Say("Matrix", "Ma trận"))
	x.groups = x.Name(x.Say("Figures of groups", "Số liệu theo nhóm"))
	x.nameAreas()
	if len(s.Periods) > 1 {
		x.trend = x.Name(x.Say("Trend", "Xu hướng"))
	}
	x.kinds = x.Name(x.title(term.ByKind))
	x.findings = x.Name(x.title(term.Findings))
	x.evidence = x.Name(x.title(term.Evidence))
	x.method = x.Name(x.title(term.Method))
	x.layMatrix()
	x.layRanking()

	x.writeOverview()
	if x.charts != "" {
		x.writeCharts()
	}
	x.writeRanking()
	for _, g := range x.signing {
		x.writeSigned(g)
	}
	if x.trend != "" {
		x.writeTrend()
	}
	x.writeKinds()
	// What follows is looked up: printed, it is the appendix.
	x.writeProofs()
	x.writeFindings()
	x.writeMatrix()
	x.writeGroups()
	x.writeMethod()
	for _, a := range x.areas {
		x.writeArea(a)
	}
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
		x.relate(a)
		x.findBelow(a)
		x.layArea(a)
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
	s.Text(subtitle, x.s.heading()+" · "+x.title(x.s.Period.Title())+x.asOf())
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
	return " · " + lang.F("as of %s", "tính đến ngày %s", x.s.AsOf.Shown()).In(x.Lang)
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

// layArea lists the columns of an area's sheet. That of one unit's card names
// the areas, for it holds all of them; the others name the units.
func (x *writer) layArea(a *areaSheet) {
	c := &a.col
	text := func(st sheets.Style, of func(*line) string) func(*sheets.Sheet, *line) {
		return func(s *sheets.Sheet, l *line) { s.Text(st, of(l)) }
	}
	// The title stands on each row, so that filters and pivot tables work; it is
	// read once, and only there it may take several lines.
	title := func(s *sheets.Sheet, l *line) {
		st := body
		if l.first {
			st = folded
		}
		s.Text(st, l.target.target.Title.In(x.Lang))
	}
	others := func(l *line) string { return l.others(x.book) }
	note := func(l *line) string { return l.note(x.Lang) }
	list := sheets.Table[*line]{
		{Title: x.title(term.Ordinal), Width: 5, At: &c.no, Cell: func(s *sheets.Sheet, l *line) { s.Int(centered, l.target.no) }},
		{Title: x.title(term.Clause), Width: 7, Cell: text(centered, func(l *line) string { return l.result.Clause })},
		{Title: x.title(term.Area), Head: headLeft, Width: 22, At: &c.area, Not: !x.alone, Cell: text(folded, x.lineArea)},
		{Title: x.title(term.Target), Head: headLeft, Width: 38, At: &c.title, Cell: title},
		{Title: x.title(term.Commitment), Width: 11, At: &c.commitment, Not: !x.alone,
			Cell: text(folded, func(l *line) string { return x.commitment(l.target.target.Commitment) })},
		{Title: x.title(term.Unit), Head: headLeft, Width: min(x.unitWidth(), 34), At: &c.unit, Not: x.alone,
			Cell: text(body.With(shrink), func(l *line) string { return l.unit.Name.In(x.Lang) })},
		{Title: x.title(term.Level), Width: 12, At: &c.level, Not: !x.showLevel || x.alone,
			Cell: text(body, func(l *line) string { return x.title(l.unit.LevelTitle) })},
		{Title: x.title(term.Group), Width: min(x.groupWidth(), 24), At: &c.group, Not: x.alone,
			Cell: text(body.With(shrink), func(l *line) string { return x.title(l.unit.GroupTitle) })},
		{Title: x.title(term.CountedIn), Width: 9, Cell: text(centered.With(shrink), func(l *line) string { return l.counted().In(x.Lang) })},
	}
	c.factCount = max(c.factCount, 2)
	for i := range c.factCount {
		f := sheets.Column[*line]{Width: a.factWidth(i), Cell: func(s *sheets.Sheet, l *line) { x.writeFact(s, l, i) }}
		switch i {
		case 0:
			f.Title, f.At = x.Say("Numerator or figure", "Tử số hoặc số liệu"), &c.facts
		case 1:
			f.Title = x.Say("Denominator", "Mẫu số")
		default:
			f.Title = fmt.Sprintf("%s %d", x.title(term.Figure), i+1)
		}
		list = append(list, f)
	}
	list = append(list, sheets.Table[*line]{
		{Title: x.title(term.Value), Width: a.width(9.5, func(l *line) *score.Figure { return l.result.Value }), At: &c.value,
			Cell: func(s *sheets.Sheet, l *line) {
				s.Formula(body.With(func(st *sheets.Style) { st.Right, st.Shrunk = true, l.valueFormat(x.Lang) == "" }).Format(l.valueFormat(x.Lang)), l.live.value, l.figure(x.Lang))
			}},
		{Title: x.title(term.Goal), Width: 10, Cell: func(s *sheets.Sheet, l *line) {
			if goal, format, ok := l.goal(x.Lang); ok {
				s.Formula(whole.Format(format), l.live.goal, sheets.Stored(goal))
			} else {
				s.Text(centered.With(shrink), l.result.Goal.Shown.In(x.Lang))
			}
		}},
		{Title: x.title(term.Outcome), Width: 15, At: &c.outcome,
			Cell: func(s *sheets.Sheet, l *line) { s.Formula(centered, l.live.outcome, x.word(l.result.Outcome)) }},
		{Title: x.title(term.Gap), Width: a.width(9.5, func(l *line) *score.Figure { return l.result.Gap }),
			Cell: func(s *sheets.Sheet, l *line) {
				var gap any = ""
				if l.result.Gap != nil {
					gap = sheets.Stored(l.result.Gap.Exact)
				}
				s.Formula(whole.Format(l.gapFormat()), l.live.gap, gap)
			}},
		{Title: x.title(term.PointsAtMost), Width: 7.5, At: &c.max, Cell: func(s *sheets.Sheet, l *line) {
			s.Num(points.Format(pointsFormat(l.result.Max.Exact)), l.result.Max.Exact)
		}},
		{Title: x.title(term.Points), Width: 7.5, At: &c.points, Cell: func(s *sheets.Sheet, l *line) {
			s.Formula(points.Format(pointsFormat(l.result.Points.Exact)), l.live.points, sheets.Stored(l.result.Points.Exact))
		}},
		{Title: x.Say("Other readings that disagree", "Cách hiểu khác cho kết quả khác"), Head: headLeft, Width: a.textWidth(others), Cell: text(folded, others)},
		{Title: x.title(term.Note), Head: headLeft, Width: a.textWidth(note), Cell: text(folded, note)},
		{Title: x.Say("Row key", "Mã dòng"), Width: 9, At: &c.key, Not: x.alone, Cell: func(s *sheets.Sheet, l *line) { s.Int(key, l.key()) }},
	}...)
	list = append(list, countedIn(x, "", &c.counted, func(l *line, k scopeKind) bool { return x.s.doubles(l.unit, l.target.target, k) })...)
	a.table = append(list, x.relativeColumns(a)...).Place(head)
	a.refs = make([]string, len(a.table)+1)
	for col := 1; col <= len(a.table); col++ {
		a.refs[col] = diag.QuoteSheet(a.name) + "!" + sheets.Range(a.first(), col, a.end(), col)
	}
}

// writeArea writes the sheet of one area.
func (x *writer) writeArea(a *areaSheet) {
	c := a.col
	p := sheets.Page{Widths: a.table.Widths(), Last: a.end(), FreezeRow: a.top, FreezeCol: max(c.unit, c.title), Tab: deepBlue, TitleFirst: a.top, LookedUp: !x.alone}
	if c.key > 0 {
		p.PrintCols = c.key - 1
	}
	s := x.sheet(a.name, p)
	x.headline(s, x.title(a.title))
	s.Text(sheets.Style{Italic: true, Color: input}, x.whatFollows())
	s.EndRow(15)
	a.table.Header(s, 0)
	for i := range a.lines {
		a.table.Row(s, &a.lines[i], 0)
	}
	if len(a.lines) == 0 {
		s.Blank(body, len(a.table))
		s.EndRow(0)
	}
	s.Filter(a.top, 1, a.end(), len(a.table))
	x.areaRules(s, a)
	s.End()
}

// whatFollows says what is calculated anew when a figure is changed.
func (x *writer) whatFollows() string {
	if x.alone {
		return x.Say("Blue figures may be changed: shares, outcomes, gaps, points and totals follow.",
			"Số màu xanh có thể sửa: tỷ lệ, đánh giá, chênh lệch, điểm và tổng điểm sẽ tính lại theo.")
	}
	return x.Say("Blue figures may be changed: shares, outcomes, gaps, points, totals and ranks follow.",
		"Số màu xanh có thể sửa: tỷ lệ, đánh giá, chênh lệch, điểm, tổng điểm và thứ hạng sẽ tính lại theo.")
}

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

// factWidth is wide enough for the largest number of a column of facts.
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

func (x *writer) areaRules(s *sheets.Sheet, a *areaSheet) {
	c := a.col
	outcome := "$" + diag.A1(a.first(), c.outcome)
	s.Rules(a.first(), c.outcome, a.end(), c.outcome, x.outcomeRules(outcome)...)
	if c.unit > 0 && len(a.lines) > 1 {
		title := diag.ColumnName(c.no)
		same := fmt.Sprintf("$%s%d=$%s%d", title, a.first()+1, title, a.first())
		s.Rules(a.first()+1, c.no, a.end(), c.title, sheets.When(same, sheets.Style{Color: paleInk}))
	}
}

var inputStyle = sheets.Style{Boxed: true, Right: true, Color: input}

// writeFact writes a count that everything else on the row follows from.
func (x *writer) writeFact(s *sheets.Sheet, l *line, i int) {
	switch {
	case i >= len(l.facts)+len(l.related):
		s.Blank(body, 1)
	case l.instead(i):
		s.Blank(body, 1)
	case i >= len(l.facts):
		r := l.related[i-len(l.facts)]
		s.Formula(centered.With(shrink), r.formula, x.word(r.outcome))
	case l.facts[i] != nil && l.facts[i].State == fact.Invalid:
		s.Text(inputStyle, x.word(score.Invalid))
	case l.sums[i] != "":
		var sum any = ""
		if l.has(i) {
			sum = sheets.Stored(l.facts[i].Value)
		}
		s.Formula(inputStyle.With(func(st *sheets.Style) { st.Color = "" }).Format(amount(l.facts[i].Value)), l.sums[i], sum)
	case !l.has(i):
		s.Blank(inputStyle, 1)
	case l.facts[i].Kind == plan.ChoiceFact:
		s.Text(inputStyle, choiceTitle(x.s.in.Plan, l.facts, l.ids[i], l.facts[i].Choice).In(x.Lang))
	case l.facts[i].Kind == plan.DateFact && !isDate(l.facts[i].Value):
		s.Text(inputStyle, l.facts[i].Shown.In(x.Lang))
	case l.facts[i].Kind == plan.DateFact:
		s.Num(inputStyle.Format(dayFormat(x.Lang)), l.facts[i].Value)
	case l.facts[i].Kind == plan.ShareFact:
		s.Num(inputStyle.Format("0.00%"), l.facts[i].Value)
	default:
		s.Num(inputStyle.Format(amount(l.facts[i].Value)), l.facts[i].Value)
	}
}

func (l *line) has(i int) bool { return l.facts[i] != nil && l.facts[i].State == fact.Reported }

func (l *line) valueFormat(lg lang.Lang) string {
	switch l.result.Kind {
	case plan.ChoiceKind:
		return ""
	case plan.DateKind:
		return dayFormat(lg)
	case plan.NoKind, plan.ShareKind, plan.CountKind, plan.AmountKind, plan.RankKind, plan.ChangeKind, plan.RatioKind:
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
