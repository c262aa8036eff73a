package summary

import (
	"fmt"
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

// The overview is a grid of twelve columns of one width, printed on one page;
// charts stand below the tables, and on a sheet of their own.
const (
	overviewColumns = 12
	columnChars     = 13
	titleColumns    = 4 // that the title of a table's row takes

	columnPixels = 104 // of a column, where a chart is placed; what programs draw is a little narrower

)

const (
	crowd     = 35 // units above which a chart shows the best and the last ones only
	crowdHead = 20 // how many of each
)

func (x *writer) crowded() bool { return x.s.Counts.Ranked > crowd }

// overviewLayout is where the tables of the overview stand: their header rows.
type overviewLayout struct {
	scopes, areas, bands int
	charts               int // first row below the tables
}

func (x *writer) layOverview() overviewLayout {
	var o overviewLayout
	o.scopes = 13
	o.areas = o.scopes + len(x.s.Scopes) + 3
	if x.s.keepsApart(ofAll) {
		o.areas++ // says who is not counted
	}
	o.charts = o.areas + len(x.areas) + 2
	if x.crowded() {
		o.bands = o.charts + 1
		o.charts = o.bands + len(bandEnds) + 2
	}
	if x.graded() {
		o.charts += len(x.s.in.Plan.Grades) + 3
	}
	return o
}

func (x *writer) writeOverview() {
	o := x.layOverview()
	half, full := overviewColumns/2*columnPixels-24, overviewColumns*columnPixels-24
	var charts []sheets.Chart
	last := o.charts
	if x.s.Counts.Ranked > 0 {
		charts = x.partCharts(o, half, full)
		last = lay(o.charts, charts)
	}
	widths := make([]float64, overviewColumns)
	for i := range widths {
		widths[i] = columnChars
	}
	s := x.sheet(x.overview, sheets.Page{Widths: widths, Last: last, HideGrid: true, Tab: navy, PrintCols: overviewColumns, Portrait: true, OnePage: true})
	x.headline(s, x.s.in.Plan.Title.In(x.Lang))
	x.overviewLinks(s)
	x.tiles(s)
	x.submissions(s)
	x.scopeTable(s)
	x.areaTable(s)
	if x.crowded() {
		x.bandTable(s)
	}
	if x.graded() {
		x.gradeTable(s)
	}
	for _, c := range charts {
		s.Chart(c)
	}
	s.End()
}

// hasCharts reports whether there is anything to draw but areas and groups.
func (x *writer) hasCharts() bool { return x.s.Counts.Ranked > 0 || len(x.s.Periods) > 1 }

// writeCharts draws the units and the trend, on one page.
func (x *writer) writeCharts() {
	o := x.layOverview()
	half, full := overviewColumns/2*columnPixels-24, overviewColumns*columnPixels-24
	var rows [][]sheets.Chart
	if x.s.Counts.Ranked > 0 {
		rows = x.unitCharts(half)
		if x.crowded() {
			rows = append(rows, []sheets.Chart{x.bandChart(o, full)})
		}
	}
	if x.trend != "" {
		rows = append(rows, []sheets.Chart{x.trendChart(full)})
	}
	const first = 5
	last := first
	for _, r := range rows {
		last = lay(last, r)
	}
	widths := make([]float64, overviewColumns)
	for i := range widths {
		widths[i] = columnChars
	}
	s := x.sheet(x.charts, sheets.Page{Widths: widths, Last: last, HideGrid: true, Tab: navy, PrintCols: overviewColumns, Portrait: true, OnePage: true})
	x.headline(s, x.Say("Charts of the units", "Biểu đồ các đơn vị"))
	for _, r := range rows {
		for _, c := range r {
			s.Chart(c)
		}
	}
	s.End()
}

// lay places charts of one height beside each other, and returns the row below
// them.
func lay(row int, charts []sheets.Chart) int {
	for i := range charts {
		charts[i].Row, charts[i].Col = row, 1+i*overviewColumns/2
	}
	return row + charts[0].Rows()
}

// overviewLinks lead to the other sheets.
func (x *writer) overviewLinks(s *sheets.Sheet) {
	st := linkStyle.With(func(st *sheets.Style) { st.Center, st.Fill = true, grey })
	names := slices.DeleteFunc([]string{x.ranking, x.kinds, x.groups, x.matrix, x.charts, x.trend, x.evidence, x.findings, x.method}, func(name string) bool { return name == "" })
	for i, name := range names {
		cols := 2
		if overviewColumns-s.Filled() <= len(names)-i {
			cols = 1
		}
		s.Link(s.Next(), s.Filled()+1, diag.QuoteSheet(name)+"!A1", name)
		s.Across(st, name, cols)
	}
	s.Blank(st, overviewColumns-s.Filled())
	s.EndRow(18)
	s.Skip(1)
}

// tile is one headline figure.
type tile struct {
	label   string
	style   sheets.Style
	formula string
	value   any
}

func (x *writer) tiles(s *sheets.Sheet) {
	status, ranked := x.rankingColumn(x.r.status), x.counting(ofAll)
	says := func(t Status) string { return quote(x.title(t.Title())) }
	all := &x.s.Scopes[0]
	submitted := x.s.Counts.Submitted + x.s.Counts.Late
	label := x.Say("units submitted", "đơn vị đã nộp")
	if x.s.in.Roster != nil {
		label = lang.F("units submitted; %d on the roster", "đơn vị đã nộp; danh sách có %d", x.s.Counts.Units).In(x.Lang)
	}
	sum := func(offset int) string {
		return "SUMIFS(" + x.rankingColumn(x.r.counts+offset) + "," + ranked + ")"
	}
	ratio := func(a, b int) string {
		return fmt.Sprintf(`IFERROR(SUMIFS(%s,%s)/SUMIFS(%s,%s),"")`, x.rankingColumn(a), ranked, x.rankingColumn(b), ranked)
	}
	rate, count := bigFigure.Format("0.00%"), bigFigure.Format("#,##0")
	tiles := []tile{
		{label, count, "COUNTIF(" + status + "," + says(Submitted) + ")+COUNTIF(" + status + "," + says(Late) + ")", submitted},
		{x.official(plan.Mean, term.MeanScore), rate,
			fmt.Sprintf(`IFERROR(AVERAGEIFS(%s,%s),"")`, x.rankingColumn(x.r.score), ranked), optionalNumber(all.Mean)},
		{x.official(plan.Pooled, term.PooledScore), rate, ratio(x.r.points, x.r.max), optionalNumber(all.Total.Score())},
		{term.CoverageMeans.In(x.Lang), rate, ratio(x.r.judged, x.r.max), optionalNumber(all.Total.Coverage())},
		{x.Say("results met", "lượt chỉ tiêu đạt"), count, sum(0), all.Total.Met},
		{x.Say("results missed", "lượt chỉ tiêu không đạt"), count, sum(1), all.Total.Missed},
	}
	x.writeTiles(s, tiles)
	s.Skip(1)
}

// writeTiles writes headline figures beside each other, each over its label.
func (x *writer) writeTiles(s *sheets.Sheet, tiles []tile) {
	for _, t := range tiles {
		col := s.Filled() + 1
		s.Formula(t.style, t.formula, t.value)
		s.Blank(t.style, 1)
		s.Merge(s.Next(), col, s.Next(), col+1)
	}
	s.EndRow(34)
	for _, t := range tiles {
		s.Across(tileLabel, t.label, 2)
	}
	s.EndRow(28)
}

// tableTitle starts a table of the overview.
func (x *writer) tableTitle(s *sheets.Sheet, title string) {
	s.Text(section, title)
	s.Blank(section, overviewColumns-1)
	s.EndRow(20)
}

// rowTitle is the first cell of a table's row, over several columns.
func rowTitle(s *sheets.Sheet, st sheets.Style, title string) {
	s.Across(st.With(func(st *sheets.Style) { st.Wrap = true }), title, titleColumns)
}

// submissions counts the units by how they stand with their submission.
func (x *writer) submissions(s *sheets.Sheet) {
	x.tableTitle(s, x.title(term.Submissions))
	status := x.rankingColumn(x.r.status)
	if x.s.in.Roster != nil {
		s.Say(head, "On the roster", "Phải nộp")
	}
	for _, st := range score.LedgerOrder {
		s.Text(head, x.title(st.Title()))
	}
	if x.s.in.Roster != nil {
		s.Text(head, x.title(OffRoster.Title()))
	}
	s.Say(head, "Files that cannot be read", "Tệp không đọc được")
	s.Say(head, "Units ranked", "Đơn vị xếp hạng")
	s.EndRow(32)
	if x.s.in.Roster != nil {
		s.Int(whole, x.s.Counts.Units)
	}
	for _, st := range score.LedgerOrder {
		s.Formula(whole, "COUNTIF("+status+","+quote(x.title(st.Title()))+")", x.s.Counts.Of(st))
	}
	if x.s.in.Roster != nil {
		s.Formula(whole, "COUNTIF("+status+","+quote(x.title(OffRoster.Title()))+")", x.s.Counts.OffRoster)
	}
	s.Int(whole, x.s.Counts.Files)
	s.Formula(whole, "COUNTIF("+x.rankingColumn(x.r.key)+`,">=0")`, x.s.Counts.Ranked)
	s.EndRow(0)
	s.Skip(1)
}

// scopeTable compares all units, levels and groups.
func (x *writer) scopeTable(s *sheets.Sheet) {
	x.tableTitle(s, x.Say("Scores of all units and of groups", "Điểm số chung và theo nhóm"))
	rowTitle(s, headLeft, x.title(term.Scope))
	s.Text(head, x.title(term.UnitCount))
	s.Text(head, x.official(plan.Mean, term.MeanScore.Capital()))
	s.Text(head, x.official(plan.Pooled, term.PooledScore.Capital()))
	s.Text(head, x.title(term.Coverage))
	for o := range countsInOrder(Sums{}) {
		if o != score.NotApplicable && o != score.Pending {
			s.Text(head, x.word(o))
		}
	}
	s.EndRow(32)
	for i := range x.s.Scopes {
		x.scopeRow(s, &x.s.Scopes[i])
	}
	if x.s.keepsApart(ofAll) {
		s.Across(sheets.Style{Italic: true, Color: midGrey}, x.title(term.CountedOnce), overviewColumns)
		s.EndRow(15)
	}
	s.Skip(1)
}

func (x *writer) scopeRow(s *sheets.Sheet, c *Scope) {
	r := &x.r
	title := body
	in := x.counting(c.kind())
	switch part := criterion(x.title(c.Title)); {
	case c.level != "" && r.level > 0:
		in += "," + x.rankingColumn(r.level) + "," + part
	case c.level != "" || c.group != "":
		in += "," + x.rankingColumn(r.group) + "," + part
	default:
		title.Bold = true
	}
	ratio := func(a, b int) string {
		return fmt.Sprintf(`IFERROR(SUMIFS(%s,%s)/SUMIFS(%s,%s),"")`, x.rankingColumn(a), in, x.rankingColumn(b), in)
	}
	if to := x.signedLink(c); to != "" {
		title.Underlined, title.Color = true, input
		s.Link(s.Next(), 1, to, x.title(c.Title))
	}
	rowTitle(s, title, x.title(c.Title))
	s.Formula(whole, "COUNTIFS("+in+")", c.Units)
	s.Formula(percent, fmt.Sprintf(`IFERROR(AVERAGEIFS(%s,%s),"")`, x.rankingColumn(r.score), in), optionalNumber(c.Mean))
	s.Formula(percent, ratio(r.points, r.max), optionalNumber(c.Total.Score()))
	s.Formula(percent, ratio(r.judged, r.max), optionalNumber(c.Total.Coverage()))
	col := r.counts
	for o, n := range countsInOrder(c.Total) {
		if o != score.NotApplicable && o != score.Pending {
			s.Formula(whole, "SUMIFS("+x.rankingColumn(col)+","+in+")", n)
		}
		col++
	}
	s.EndRow(0)
}

// areaTable compares the plan's areas, and leads to their sheets.
func (x *writer) areaTable(s *sheets.Sheet) {
	x.tableTitle(s, x.Say("Results by area, of all ranked units", "Kết quả theo lĩnh vực, của các đơn vị xếp hạng"))
	rowTitle(s, headLeft, x.title(term.Area))
	s.Text(head, x.title(term.Targets))
	for o := range countsInOrder(Sums{}) {
		s.Text(head, x.word(o))
	}
	s.Say(head, "Met, of applicable", "Tỷ lệ đạt / áp dụng")
	s.EndRow(32)
	for _, a := range x.areas {
		x.areaTotals(s, a)
	}
	s.Skip(1)
}

func (x *writer) areaTotals(s *sheets.Sheet, a *areaSheet) {
	var sums Sums
	targets := map[int]bool{}
	for i := range a.lines {
		targets[a.lines[i].target.no] = true
		if u := a.lines[i].unit; !u.GroupTitle.Equal(unranked) && !x.s.doubles(u, a.lines[i].target.target, ofAll) {
			sums.tick(a.lines[i].result.Outcome)
		}
	}
	row := s.Next()
	st := body.With(func(st *sheets.Style) { st.Underlined, st.Color = true, deepBlue })
	s.Link(row, 1, diag.QuoteSheet(a.name)+"!A1", a.name)
	rowTitle(s, st, x.title(a.title))
	s.Int(whole, len(targets))
	first := s.Filled() + 1
	in := a.column(a.col.group) + `,"<>` + x.title(unranked) + `",`
	if col := a.col.counted[ofAll]; col > 0 {
		in += a.column(col) + ",1,"
	}
	in += a.column(a.col.outcome) + ","
	for o, n := range countsInOrder(sums) {
		s.Formula(whole, "COUNTIFS("+in+quote(x.word(o))+")", n)
	}
	applicable := diag.A1(row, first) + ":" + diag.A1(row, first+3)
	s.Formula(percent, fmt.Sprintf(`IF(SUM(%s)=0,"",%s/SUM(%s))`, applicable, diag.A1(row, first), applicable),
		optionalNumber(rate(number.Int(int64(sums.Met)), number.Int(int64(sums.Applicable())))))
	s.EndRow(0)
}

// bandEnds are the upper ends of the bands of scores, in percent.
var bandEnds = []int{50, 60, 70, 80, 90, 100}

// bandTable counts the units by bands of their scores.
func (x *writer) bandTable(s *sheets.Sheet) {
	x.tableTitle(s, x.title(term.UnitsByScore))
	rowTitle(s, headLeft, x.title(term.Score))
	s.Text(head, x.title(term.UnitCount))
	s.EndRow(18)
	from := 0
	for i, to := range bandEnds {
		title := lang.F("%d%% to less than %d%%", "từ %d%% đến dưới %d%%", from, to)
		in, keys := x.counting(ofAll), x.rankingColumn(x.r.key)
		formula := fmt.Sprintf(`COUNTIFS(%s,%s,">="&%d/100,%s,"<"&%d/100)`, in, keys, from, keys, to)
		last := i == len(bandEnds)-1
		if last {
			title = lang.F("%d%% to %d%%", "từ %d%% đến %d%%", from, to)
			formula = fmt.Sprintf(`COUNTIFS(%s,%s,">="&%d/100)`, in, keys, from)
		}
		rowTitle(s, body, x.title(title))
		s.Formula(whole, formula, x.inBand(number.Frac(int64(from), 100), number.Frac(int64(to), 100), last))
		s.EndRow(0)
		from = to
	}
	s.Skip(1)
}

func (x *writer) inBand(from, to number.Exact, last bool) int {
	n := 0
	for i := range x.s.Units {
		if u := &x.s.Units[i]; x.s.Scopes[0].counts(u) {
			if v := *u.Total.Score(); v.Cmp(from) >= 0 && (last || v.Cmp(to) < 0) {
				n++
			}
		}
	}
	return n
}

func (x *writer) overviewRange(col, from, rows int) string {
	return diag.QuoteSheet(x.overview) + "!" + sheets.Range(from, col, from+rows-1, col)
}

func (x *writer) overviewCell(row, col int) string { return x.overviewRange(col, row, 1) }

// The stacked series, and the colours that stand for them everywhere.
var outcomeColors = []struct{ fill, ink string }{{deepBlue, white}, {"B5500F", white}, {"6E6E6E", white}, {"8A6700", white}}

// partCharts show the areas, and the groups where there are several.
func (x *writer) partCharts(o overviewLayout, half, full int) []sheets.Chart {
	n := len(x.areas)
	width := half
	if len(x.s.Scopes) < 2 {
		width = full
	}
	rows := max(n, len(x.s.Scopes))
	height := 150 + rows*34
	areas := sheets.Chart{
		Kind: sheets.PercentBars, Legend: true, Labels: true,
		Title:      x.title(term.ResultsByArea),
		Categories: x.overviewRange(1, o.areas+1, n), Width: width, Height: height,
	}
	most := 0
	for i := range x.areas {
		most = max(most, len(x.areas[i].lines))
	}
	areas.LabelFrom = max(most/25, 1)
	for i, c := range outcomeColors {
		col := titleColumns + 2 + i
		areas.Series = append(areas.Series, sheets.Series{Name: x.overviewCell(o.areas, col), Values: x.overviewRange(col, o.areas+1, n), Color: c.fill, Ink: c.ink})
	}
	if len(x.s.Scopes) < 2 {
		return []sheets.Chart{areas}
	}
	scopes := sheets.Chart{
		Kind: sheets.Bars, Percent: true, Labels: true, Legend: true,
		Title:      x.Say("Scores of groups", "Điểm số theo nhóm"),
		Categories: x.overviewRange(1, o.scopes+1, len(x.s.Scopes)), Width: width, Height: height,
		Series: []sheets.Series{
			{Name: x.overviewCell(o.scopes, titleColumns+2), Values: x.overviewRange(titleColumns+2, o.scopes+1, len(x.s.Scopes)), Color: "4A8AC9"},
			{Name: x.overviewCell(o.scopes, titleColumns+3), Values: x.overviewRange(titleColumns+3, o.scopes+1, len(x.s.Scopes)), Color: navy},
		},
	}
	return []sheets.Chart{areas, scopes}
}

// unitCharts show the scores and outcomes of each group's units in the order of
// the ranking: all of them, or where they are many the first and the last ones.
func (x *writer) unitCharts(half int) [][]sheets.Chart {
	column := func(col, first, rows int) string {
		return diag.QuoteSheet(x.ranking) + "!" + sheets.Range(rankingFirst+first, col, rankingFirst+first+rows-1, col)
	}
	header := func(col int) string {
		return diag.QuoteSheet(x.ranking) + "!" + sheets.Range(rankingFirst-1, col, rankingFirst-1, col)
	}
	scores := func(title string, first, rows int) sheets.Chart {
		return sheets.Chart{Kind: sheets.Bars, Percent: true, Labels: true, Title: title, Categories: column(x.r.unit, first, rows),
			Series: []sheets.Series{{Name: header(x.r.score), Values: column(x.r.score, first, rows), Color: deepBlue}},
			Width:  half, Height: 110 + rows*18}
	}
	outcomes := func(title string, first, rows int) sheets.Chart {
		c := sheets.Chart{Kind: sheets.StackedBars, Legend: true, Labels: true, LabelFrom: 1, Title: title,
			Categories: column(x.r.unit, first, rows), Width: half, Height: 110 + rows*18}
		for i, color := range outcomeColors[:3] {
			c.Series = append(c.Series, sheets.Series{Name: header(x.r.counts + i), Values: column(x.r.counts+i, first, rows), Color: color.fill, Ink: color.ink})
		}
		return c
	}
	rated, what := term.Score.In(x.Lang), term.Targets.In(x.Lang)
	blocks := x.s.blocks()
	var rows [][]sheets.Chart
	pair := func(title string, first, n int) {
		rows = append(rows, []sheets.Chart{scores(title+": "+rated, first, n), outcomes(title+": "+what, first, n)})
	}
	for _, b := range blocks[:min(len(blocks), maxSigned)] {
		group := x.title(b.title)
		if b.rows <= crowd {
			pair(group, b.first, b.rows)
			continue
		}
		pair(group+x.Say(", the first ones", ", các đơn vị đứng đầu"), b.first, crowdHead)
		pair(group+x.Say(", the last ones", ", các đơn vị đứng cuối"), b.first+b.rows-crowdHead, crowdHead)
	}
	return rows
}

func (x *writer) bandChart(o overviewLayout, full int) sheets.Chart {
	return sheets.Chart{
		Kind: sheets.Columns, Labels: true, Title: x.title(term.UnitsByScore),
		Categories: x.overviewRange(1, o.bands+1, len(bandEnds)), Width: full, Height: 300,
		Series: []sheets.Series{{Name: x.overviewCell(o.bands, titleColumns+1), Values: x.overviewRange(titleColumns+1, o.bands+1, len(bandEnds)), Color: deepBlue}},
	}
}

// trendChart draws the figures of all ranked units by period.
func (x *writer) trendChart(full int) sheets.Chart {
	last := trendFirst + len(x.s.Periods) - 1
	row := func(r int) string { return diag.QuoteSheet(x.trend) + "!" + sheets.Range(r, trendFirst, r, last) }
	name := func(r int) string { return diag.QuoteSheet(x.trend) + "!" + sheets.Range(r, 2, r, 2) }
	official := trendPooled
	if x.s.in.Plan.Official == plan.Mean {
		official = trendMean
	}
	return sheets.Chart{
		Kind: sheets.Lines, Percent: true, Labels: true, Legend: true,
		Title:      x.Say("All ranked units by period", "Các đơn vị xếp hạng theo kỳ"),
		Categories: row(trendHead), Width: full, Height: 320,
		Series: []sheets.Series{
			{Name: name(official), Values: row(official), Color: deepBlue},
			{Name: name(trendCoverage), Values: row(trendCoverage), Color: midGrey, Dash: true},
		},
	}
}
