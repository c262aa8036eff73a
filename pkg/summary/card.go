package summary

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

// WriteCard writes one unit's card as a workbook, made of the same parts as the
// summary. p is the plan that judged the card; another is an error.
func WriteCard(w io.Writer, p *plan.Plan, card score.Card, program string, l lang.Lang) error {
	s, _ := Build(Input{Plan: p, Cards: []score.Card{card}, Period: card.Period, Program: program, Lang: l})
	if s.Units[0].Card == nil {
		return lang.Errorf("the plan %s did not judge this card: score the workbook again", "kế hoạch %s không phải là kế hoạch đã chấm kết quả này: chấm lại tệp", p.ID)
	}
	s.together = true
	x := s.writer()
	x.alone = true
	x.overview = x.Name(x.Say("Card", "Thẻ điểm"))
	if len(x.areas) == 0 {
		x.areas = []*areaSheet{{title: term.Targets, top: areaTop}}
	}
	x.nameAreas()
	evidence := x.Name(x.title(term.Figures))
	x.findings = x.Name(x.title(term.Findings))
	x.method = x.Name(x.title(term.Method))
	x.writeCardFront(x.areas[0], evidence)
	x.writeArea(x.areas[0])
	x.writeEvidence(evidence)
	x.writeFindings()
	x.writeMethod()
	return x.finish(w)
}

// cardTop is the header row of the card's table of areas.
const cardTop = 9

// writeCardFront writes the page that an agency prints and pins up.
func (x *writer) writeCardFront(a *areaSheet, evidence string) {
	u := &x.s.Units[0]
	widths := make([]float64, overviewColumns)
	for i := range widths {
		widths[i] = columnChars
	}
	titles := x.areaTitles(a)
	at := cardTop + len(titles) + 6
	height := 150 + len(titles)*34
	s := x.sheet(x.overview, sheets.Page{Widths: widths, Last: at + (&sheets.Chart{Height: height}).Rows(), HideGrid: true, Tab: navy, PrintCols: overviewColumns, Portrait: true, OnePage: true})
	x.headline(s, u.Name.In(x.Lang))
	st := linkStyle.With(func(st *sheets.Style) { st.Center, st.Fill = true, grey })
	for _, name := range []string{a.name, evidence, x.findings, x.method} {
		s.Link(s.Next(), s.Filled()+1, diag.QuoteSheet(name)+"!A1", name)
		s.Across(st, name, 3)
	}
	s.EndRow(18)
	s.Skip(1)
	x.cardTiles(s, a, u)
	s.Skip(1)
	x.tableTitle(s, x.title(term.ResultsByArea))
	x.cardTable(s, a, u, titles)
	x.cardChart(s, titles, at, height)
	s.End()
}

// areaTitles lists the areas that the card's lines are of.
func (x *writer) areaTitles(a *areaSheet) []string {
	var titles []string
	for _, area := range x.s.scored() {
		titles = append(titles, strings.Repeat("· ", area.Depth)+x.title(area.Title))
	}
	if len(titles) > 0 {
		return titles
	}
	for i := range a.lines {
		if t := x.lineArea(&a.lines[i]); !slices.Contains(titles, t) {
			titles = append(titles, t)
		}
	}
	return titles
}

func (x *writer) lineArea(l *line) string {
	return x.title(x.s.areaTitle(l.target.target.Area))
}

func (x *writer) cardTiles(s *sheets.Sheet, a *areaSheet, u *Unit) {
	sums := u.Total
	earned, most := "SUM("+a.column(a.col.points)+")", x.sumByOutcome(a, a.col.max, applicableOutcomes)
	count := func(o score.Outcome) string {
		return "COUNTIF(" + a.column(a.col.outcome) + "," + quote(x.word(o)) + ")"
	}
	rate, whole := bigFigure.Format("0.00%"), bigFigure.Format("#,##0")
	tiles := []tile{
		{term.Score.In(x.Lang), rate, fmt.Sprintf(`IF(%s=0,"",%s/(%s))`, most, earned, most), optionalNumber(sums.Score())},
		{term.CoverageMeans.In(x.Lang), rate,
			fmt.Sprintf(`IF(%s=0,"",(%s)/(%s))`, most, x.sumByOutcome(a, a.col.max, applicableOutcomes[:2]), most), optionalNumber(sums.Coverage())},
		{lang.F("points, of %s", "điểm, trên %s", number.Short(sums.Max, 2)).In(x.Lang), bigFigure.Format("0.00"), earned, sheets.Stored(sums.Points)},
		{x.Say("targets met", "chỉ tiêu đạt"), whole, count(score.Met), sums.Met},
		{x.Say("targets missed", "chỉ tiêu không đạt"), whole, count(score.Missed), sums.Missed},
		{x.Say("figures missing", "chỉ tiêu thiếu số liệu"), whole, count(score.Missing), sums.Missing},
	}
	if areas := x.s.scored(); len(areas) > 0 { // as the table's last row has them
		points, most := x.cardTotal(areaPoints), x.cardTotal(areaMax)
		tiles[0].formula = fmt.Sprintf(`IF(%s=0,"",%s/%s)`, most, points, most)
		tiles[1].formula = ""
		tiles[2].formula = points
	}
	x.writeTiles(s, tiles)
}

// cardTotal is the cell of a figure of all targets, where areas make up the
// score.
func (x *writer) cardTotal(figure int) string {
	return diag.A1(cardTop+1+len(x.s.scored()), titleColumns+6+figure)
}

var applicableOutcomes = []score.Outcome{score.Met, score.Missed, score.Missing, score.Invalid}

// sumByOutcome adds up a column over the rows with one of several outcomes.
func (x *writer) sumByOutcome(a *areaSheet, col int, outcomes []score.Outcome) string {
	var terms []string
	for _, o := range outcomes {
		terms = append(terms, "SUMIF("+a.column(a.col.outcome)+","+quote(x.word(o))+","+a.column(col)+")")
	}
	return strings.Join(terms, "+")
}

// cardTable counts the targets of each area, and of each commitment.
func (x *writer) cardTable(s *sheets.Sheet, a *areaSheet, u *Unit, titles []string) {
	rowTitle(s, headLeft, x.title(term.Area))
	for o := range countsInOrder(Sums{}) {
		if o != score.NotApplicable {
			s.Text(head, x.word(o))
		}
	}
	s.Text(head, x.title(term.Points))
	s.Text(head, x.title(term.AtMost))
	s.Text(head, x.title(term.Score))
	s.EndRow(32)
	row := func(st sheets.Style, title string, sums Sums, column int) {
		in := ""
		if column > 0 {
			in = a.column(column) + "," + criterion(title) + ","
		}
		x.cardRow(s, a, st, title, sums, in)
	}
	if areas := x.s.scored(); len(areas) > 0 {
		x.scoredRows(s, a, u, titles)
		return
	}
	for _, title := range titles {
		var sums Sums
		for i := range a.lines {
			if x.lineArea(&a.lines[i]) == title {
				sums.count(a.lines[i].result)
			}
		}
		row(body, title, sums, a.col.area)
	}
	strong := body.With(func(st *sheets.Style) { st.Bold, st.Fill = true, grey })
	bound := func(of ...plan.Commitment) Sums { return sumsOf(u.Card, of...) }
	row(strong, x.title(term.AllTargets), bound(), 0)
	row(body, x.commitment(plan.Mandatory), bound(plan.Mandatory), a.col.commitment)
	row(body, x.commitment(plan.Aspirational), bound(plan.Aspirational), a.col.commitment)
}

func (x *writer) cardRow(s *sheets.Sheet, a *areaSheet, st sheets.Style, title string, sums Sums, in string) {
	row := s.Next()
	rowTitle(s, st, title)
	says := func(o score.Outcome) string { return a.column(a.col.outcome) + "," + quote(x.word(o)) }
	for o, n := range countsInOrder(sums) {
		if o != score.NotApplicable {
			s.Formula(whole, "COUNTIFS("+in+says(o)+")", n)
		}
	}
	sum := func(col int, outcomes []score.Outcome) string {
		var terms []string
		for _, o := range outcomes {
			terms = append(terms, "SUMIFS("+a.column(col)+","+in+says(o)+")")
		}
		return strings.Join(terms, "+")
	}
	s.Formula(points, sum(a.col.points, applicableOutcomes), sheets.Stored(sums.Points))
	s.Formula(points, sum(a.col.max, applicableOutcomes), sheets.Stored(sums.Max))
	earned, most := diag.A1(row, titleColumns+6), diag.A1(row, titleColumns+7)
	s.Formula(percent, fmt.Sprintf(`IF(%s=0,"",%s/%s)`, most, earned, most), optionalNumber(sums.Score()))
	s.EndRow(0)
}

func (x *writer) cardChart(s *sheets.Sheet, titles []string, row, height int) {
	if len(titles) == 0 {
		return
	}
	c := sheets.Chart{
		Kind: sheets.StackedBars, Legend: true, Labels: true,
		Title:      x.Say("Targets by area", "Số chỉ tiêu theo lĩnh vực"),
		Categories: x.overviewRange(1, cardTop+1, len(titles)), Row: row, Col: 1,
		Width: overviewColumns*columnPixels - 24, Height: height, LabelFrom: 1,
	}
	for i, color := range outcomeColors {
		col := titleColumns + 1 + i
		c.Series = append(c.Series, sheets.Series{Name: x.overviewCell(cardTop, col),
			Values: x.overviewRange(col, cardTop+1, len(titles)), Color: color.fill, Ink: color.ink})
	}
	s.Chart(c)
}

// read is a figure of the card, and one place that it was read from: index of
// Sources; -1: it was read from none.
type read struct {
	*fact.Fact
	source int
}

// writeEvidence lists the card's figures with the cells that they were read
// from.
func (x *writer) writeEvidence(name string) {
	const top = 4
	card := x.s.Units[0].Card
	var rows []read
	for i := range card.Facts {
		rows = append(rows, readsOf(&card.Facts[i])...)
	}
	text := func(st sheets.Style, of func(read) string) func(*sheets.Sheet, read) {
		return func(s *sheets.Sheet, r read) { s.Text(st, of(r)) }
	}
	table := sheets.Table[read]{
		{Title: x.title(term.Figure), Width: 44, Cell: text(wrapped, func(r read) string { return r.Title.In(x.Lang) })},
		{Title: x.Say("Figure read", "Giá trị"), Width: 16, Cell: x.readValue},
		{Title: x.title(term.CountedIn), Width: 14,
			Cell: text(centered.With(func(st *sheets.Style) { st.Top, st.Shrunk = true, true }), func(r read) string { return r.Unit.In(x.Lang) })},
		{Title: x.title(term.HowRead), Width: 46, Cell: text(wrapped, func(r read) string { return r.how(x.Lang) })},
		{Title: x.title(term.Cells), Width: 34, Cell: text(wrapped, read.where)},
		{Title: x.Say("One cell holds", "Nội dung ô"), Width: 22, Cell: text(wrapped, func(r read) string {
			return r.evidence(func(e *fact.Evidence) string {
				if e.Count > 1 {
					return ""
				}
				return e.Raw
			})
		})},
		{Title: x.title(term.Note), Width: 30, Cell: text(wrapped, x.readNote)},
	}.Place(headLeft)
	end := top + max(len(rows), 1)
	s := x.sheet(name, sheets.Page{Widths: table.Widths(), Last: end, FreezeRow: top, TitleFirst: top, Tab: navy})
	x.headline(s, x.Say("Figures and where they stand", "Số liệu và nơi ghi"))
	table.Header(s, 20)
	table.Rows(s, rows, body)
	s.Filter(top, 1, end, len(table))
	s.End()
}

// evidence says something of each cell or area that the figure was read from.
func (r read) evidence(of func(*fact.Evidence) string) string {
	if r.source < 0 {
		return ""
	}
	var parts []string
	for i := range r.Sources[r.source].Evidence {
		if part := of(&r.Sources[r.source].Evidence[i]); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "; ")
}

func (x *writer) readNote(r read) string {
	if r.source <= 0 {
		return r.Reason.In(x.Lang)
	}
	if src := &r.Sources[r.source]; src.Choice != r.Choice || !src.Value.Equal(r.Value) {
		return x.Say("Another source, which disagrees", "Nguồn khác, không khớp")
	}
	return x.Say("Another source", "Nguồn khác")
}

// state says why a figure has no value.
func (x *writer) state(s fact.State) string {
	if s == fact.Missing {
		return x.word(score.Missing)
	}
	return x.word(score.Invalid)
}

// readValue writes the value read at one place, or the fact's own.
func (x *writer) readValue(s *sheets.Sheet, r read) {
	if r.source < 0 {
		x.factValue(s, r.Fact, r.Value, r.Choice)
		return
	}
	x.factValue(s, r.Fact, r.Sources[r.source].Value, r.Sources[r.source].Choice)
}

func (x *writer) factValue(s *sheets.Sheet, f *fact.Fact, v number.Exact, choice string) {
	st := whole.With(func(st *sheets.Style) { st.Top = true })
	switch {
	case f.State != fact.Reported:
		s.Text(centered.With(func(st *sheets.Style) { st.Top = true }), x.state(f.State))
	case choice != "":
		s.Text(st, choiceTitle(x.s.in.Plan, []*fact.Fact{f}, f.ID, choice).In(x.Lang))
	case f.Kind == plan.DateFact && isDate(v):
		s.Num(st.Format(dayFormat(x.Lang)), v)
	case f.Kind == plan.DateFact:
		s.Text(st, plan.ShownDay(v).In(x.Lang))
	case f.Kind == plan.ShareFact:
		s.Num(st.Format("0.00%"), v)
	default:
		s.Num(st.Format(amount(v)), v)
	}
}
