package summary

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// The overview is a grid of twelve columns of one width; charts stand below
// the tables.
const (
	overviewColumns = 12
	columnChars     = 13
	titleColumns    = 4 // that the title of a table's row takes

	// What excelize takes a column and a row for when it places a chart. What
	// spreadsheet programs draw is as many cells, a little narrower and higher.
	columnPixels = 104
	rowPixels    = 18

	overviewScale = 86  // percent, at which the grid fills a page's width
	pagePoints    = 598 // of a page's height at that scale
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
	o.charts = o.areas + len(x.areas) + 2
	if x.crowded() {
		o.bands = o.charts + 1
		o.charts = o.bands + len(bandEnds) + 2
	}
	return o
}

func (x *writer) writeOverview() {
	o := x.layOverview()
	rows, last := x.overviewCharts(o)
	widths := make([]float64, overviewColumns)
	for i := range widths {
		widths[i] = columnChars
	}
	s := x.sheet(x.overview, page{widths: widths, last: last, hideGrid: true, tab: navy, printCols: overviewColumns, scale: overviewScale})
	x.headline(s, x.s.in.Plan.Title.In(x.lang))
	x.overviewLinks(s)
	x.tiles(s)
	x.submissions(s)
	x.scopeTable(s)
	x.areaTable(s)
	if x.crowded() {
		s.keep(bandPoints)
		x.bandTable(s)
	}
	for _, r := range rows {
		s.row = r[0].row - 1
		s.keep(float64(r[0].rows() * rowPoints))
		s.tall += float64(r[0].rows() * rowPoints)
		for _, c := range r {
			s.chart(c)
		}
	}
	s.end()
}

// overviewLinks lead to the other sheets.
func (x *writer) overviewLinks(s *sheet) {
	st := linkStyle.with(func(st *style) { st.center, st.fill = true, grey })
	for _, name := range []string{x.ranking, x.matrix, x.groups, x.trend, x.findings, x.method} {
		if name == "" {
			continue
		}
		col := len(s.cells) + 1
		s.text(st, name)
		s.blank(st, 1)
		s.merge(s.next(), col, s.next(), col+1)
		s.link(s.next(), col, diag.QuoteSheet(name)+"!A1", name)
	}
	s.blank(st, overviewColumns-len(s.cells))
	s.endRow(18)
	s.skip(1)
}

// tile is one headline figure.
type tile struct {
	label   string
	style   style
	formula string
	value   any
}

func (x *writer) tiles(s *sheet) {
	status, ranked := x.rankingColumn(x.r.status), x.rankingColumn(x.r.key)+`,">=0"`
	says := func(t Status) string { return quote(x.title(t.Title())) }
	all := &x.s.Scopes[0]
	submitted := x.s.Counts.Status[Submitted] + x.s.Counts.Status[Late]
	label := x.say("units submitted", "đơn vị đã nộp")
	if x.s.in.Roster != nil {
		label = lang.F("units submitted; %d on the roster", "đơn vị đã nộp; danh sách có %d", x.s.Counts.Owed).In(x.lang)
	}
	sum := func(offset int) string {
		return "SUMIFS(" + x.rankingColumn(x.r.counts+offset) + "," + ranked + ")"
	}
	ratio := func(a, b int) string {
		return fmt.Sprintf(`IFERROR(SUMIFS(%s,%s)/SUMIFS(%s,%s),"")`, x.rankingColumn(a), ranked, x.rankingColumn(b), ranked)
	}
	rate, count := bigFigure.format("0.0%"), bigFigure.format("#,##0")
	tiles := []tile{
		{label, count, "COUNTIF(" + status + "," + says(Submitted) + ")+COUNTIF(" + status + "," + says(Late) + ")", submitted},
		{x.official(plan.Mean, "mean of scores", "điểm số bình quân"), rate,
			fmt.Sprintf(`IFERROR(AVERAGEIFS(%s,%s),"")`, x.rankingColumn(x.r.score), ranked), optionalNumber(all.Mean)},
		{x.official(plan.Pooled, "pooled score", "điểm số gộp"), rate, ratio(x.r.points, x.r.max), optionalNumber(all.Total.Score())},
		{x.say("coverage: points that could be evaluated", "độ phủ: điểm đánh giá được"), rate, ratio(x.r.judged, x.r.max), optionalNumber(all.Total.Coverage())},
		{x.say("results met", "lượt chỉ tiêu đạt"), count, sum(0), all.Total.Met},
		{x.say("results missed", "lượt chỉ tiêu không đạt"), count, sum(1), all.Total.Missed},
	}
	x.writeTiles(s, tiles)
	s.skip(1)
}

// writeTiles writes headline figures beside each other, each over its label.
func (x *writer) writeTiles(s *sheet, tiles []tile) {
	for _, t := range tiles {
		col := len(s.cells) + 1
		s.formula(t.style, t.formula, t.value)
		s.blank(t.style, 1)
		s.merge(s.next(), col, s.next(), col+1)
	}
	s.endRow(34)
	for _, t := range tiles {
		col := len(s.cells) + 1
		s.text(tileLabel, t.label)
		s.blank(tileLabel, 1)
		s.merge(s.next(), col, s.next(), col+1)
	}
	s.endRow(28)
}

// tableTitle starts a table of the overview.
func (x *writer) tableTitle(s *sheet, title string) {
	s.text(section, title)
	s.blank(section, overviewColumns-1)
	s.endRow(20)
}

// rowTitle is the first cell of a table's row, over several columns.
func (s *sheet) rowTitle(st style, title string) {
	s.text(st, cut(title, columnChars*titleColumns*11/10))
	s.blank(st, titleColumns-1)
	s.merge(s.next(), 1, s.next(), titleColumns)
}

// submissions counts the units by how they stand with their submission.
func (x *writer) submissions(s *sheet) {
	x.tableTitle(s, x.say("Submissions", "Tình hình nộp"))
	status := x.rankingColumn(x.r.status)
	order := []Status{Submitted, Late, NotSubmitted, Unreadable, Ambiguous, OtherRules}
	if x.s.in.Roster != nil {
		s.say(head, "On the roster", "Phải nộp")
	}
	for _, st := range order {
		s.text(head, x.title(st.Title()))
	}
	if x.s.in.Roster != nil {
		s.say(head, "Submitted, not on the roster", "Nộp ngoài danh sách")
	}
	s.say(head, "Files that cannot be read", "Tệp không đọc được")
	s.say(head, "Units ranked", "Đơn vị xếp hạng")
	s.endRow(32)
	if x.s.in.Roster != nil {
		s.int(whole, x.s.Counts.Owed)
	}
	for _, st := range order {
		s.formula(whole, "COUNTIF("+status+","+quote(x.title(st.Title()))+")", x.s.Counts.Status[st])
	}
	if x.s.in.Roster != nil {
		s.int(whole, x.s.Counts.OffRoster)
	}
	s.int(whole, x.s.Counts.Files)
	s.formula(whole, "COUNTIF("+x.rankingColumn(x.r.key)+`,">=0")`, x.s.Counts.Ranked)
	s.endRow(16)
	s.skip(1)
}

// scopeTable compares all units, levels and groups.
func (x *writer) scopeTable(s *sheet) {
	x.tableTitle(s, x.say("Scores of all units and of groups", "Điểm số chung và theo nhóm"))
	s.rowTitle(headLeft, x.say("Of", "Phạm vi"))
	s.say(head, "Units", "Số đơn vị")
	s.text(head, x.official(plan.Mean, "Mean of scores", "Điểm số bình quân"))
	s.text(head, x.official(plan.Pooled, "Pooled score", "Điểm số gộp"))
	s.say(head, "Coverage", "Độ phủ")
	for o := range countsInOrder(Sums{}) {
		if o != score.NotApplicable && o != score.Pending {
			s.text(head, x.word(o))
		}
	}
	s.endRow(32)
	for i := range x.s.Scopes {
		x.scopeRow(s, &x.s.Scopes[i])
	}
	s.skip(1)
}

func (x *writer) scopeRow(s *sheet, c *Scope) {
	r := &x.r
	title := body
	in := x.rankingColumn(r.key) + `,">=0"`
	switch part := criterion(x.title(c.Title)); {
	case c.level != "" && r.level > 0:
		in += "," + x.rankingColumn(r.level) + "," + part
	case c.level != "" || c.group != "":
		in += "," + x.rankingColumn(r.group) + "," + part
	default:
		title.bold = true
	}
	ratio := func(a, b int) string {
		return fmt.Sprintf(`IFERROR(SUMIFS(%s,%s)/SUMIFS(%s,%s),"")`, x.rankingColumn(a), in, x.rankingColumn(b), in)
	}
	s.rowTitle(title, x.title(c.Title))
	s.formula(whole, "COUNTIFS("+in+")", c.Units)
	s.formula(percent, fmt.Sprintf(`IFERROR(AVERAGEIFS(%s,%s),"")`, x.rankingColumn(r.score), in), optionalNumber(c.Mean))
	s.formula(percent, ratio(r.points, r.max), optionalNumber(c.Total.Score()))
	s.formula(percent, ratio(r.judged, r.max), optionalNumber(c.Total.Coverage()))
	col := r.counts
	for o, n := range countsInOrder(c.Total) {
		if o != score.NotApplicable && o != score.Pending {
			s.formula(whole, "SUMIFS("+x.rankingColumn(col)+","+in+")", n)
		}
		col++
	}
	s.endRow(16)
}

// areaTable compares the plan's areas, and leads to their sheets.
func (x *writer) areaTable(s *sheet) {
	x.tableTitle(s, x.say("Results by area, of all ranked units", "Kết quả theo lĩnh vực, của các đơn vị xếp hạng"))
	s.rowTitle(headLeft, x.say("Area", "Lĩnh vực"))
	s.say(head, "Targets", "Số chỉ tiêu")
	for o := range countsInOrder(Sums{}) {
		s.text(head, x.word(o))
	}
	s.say(head, "Met, of applicable", "Tỷ lệ đạt / áp dụng")
	s.endRow(32)
	for _, a := range x.areas {
		x.areaTotals(s, a)
	}
	s.skip(1)
}

func (x *writer) areaTotals(s *sheet, a *areaSheet) {
	var sums Sums
	targets := map[int]bool{}
	for i := range a.lines {
		targets[a.lines[i].target.no] = true
		if !a.lines[i].unit.GroupTitle.Equal(unranked) {
			sums.tick(a.lines[i].result.Outcome)
		}
	}
	row := s.next()
	st := body.with(func(st *style) { st.link, st.color = true, deepBlue })
	s.link(row, 1, diag.QuoteSheet(a.name)+"!A1", a.name)
	s.rowTitle(st, x.title(a.title))
	s.int(whole, len(targets))
	first := len(s.cells) + 1
	in := a.column(a.col.group) + `,"<>` + x.title(unranked) + `",` + a.column(a.col.outcome) + ","
	for o, n := range countsInOrder(sums) {
		s.formula(whole, "COUNTIFS("+in+quote(x.word(o))+")", n)
	}
	applicable := diag.A1(row, first) + ":" + diag.A1(row, first+3)
	s.formula(percent, fmt.Sprintf(`IF(SUM(%s)=0,"",%s/SUM(%s))`, applicable, diag.A1(row, first), applicable),
		optionalNumber(rate(number.Int(int64(sums.Met)), number.Int(int64(sums.Applicable())))))
	s.endRow(16)
}

// bandPoints is how high the table of bands is.
const bandPoints = 150

// bandEnds are the upper ends of the bands of scores, in percent.
var bandEnds = []int{50, 60, 70, 80, 90, 100}

// bandTable counts the units by bands of their scores.
func (x *writer) bandTable(s *sheet) {
	x.tableTitle(s, x.say("Units by score", "Số đơn vị theo điểm số"))
	s.rowTitle(headLeft, x.say("Score", "Điểm số"))
	s.say(head, "Units", "Số đơn vị")
	s.endRow(18)
	from := 0
	for i, to := range bandEnds {
		title := lang.F("%d%% to less than %d%%", "từ %d%% đến dưới %d%%", from, to)
		keys := x.rankingColumn(x.r.key)
		formula := fmt.Sprintf(`COUNTIFS(%s,">="&%d/100,%s,"<"&%d/100)`, keys, from, keys, to)
		last := i == len(bandEnds)-1
		if last {
			title = lang.F("%d%% to %d%%", "từ %d%% đến %d%%", from, to)
			formula = fmt.Sprintf(`COUNTIFS(%s,">="&%d/100)`, keys, from)
		}
		s.rowTitle(body, x.title(title))
		s.formula(whole, formula, x.inBand(number.Frac(int64(from), 100), number.Frac(int64(to), 100), last))
		s.endRow(16)
		from = to
	}
	s.skip(1)
}

func (x *writer) inBand(from, to number.Exact, last bool) int {
	n := 0
	for i := range x.s.Units {
		if u := &x.s.Units[i]; u.Ranked {
			if v := *u.Total.Score(); v.Cmp(from) >= 0 && (last || v.Cmp(to) < 0) {
				n++
			}
		}
	}
	return n
}

// overviewCharts places the charts, one row of them after the other, and
// returns the last row that they take.
func (x *writer) overviewCharts(o overviewLayout) (rows [][]chart, last int) {
	half, full := overviewColumns/2*columnPixels-24, overviewColumns*columnPixels-24
	if x.s.Counts.Ranked > 0 {
		rows = append(rows, x.partCharts(o, half, full))
		rows = append(rows, x.unitCharts(half)...)
		if x.crowded() {
			rows = append(rows, []chart{x.bandChart(o, full)})
		}
	}
	if x.trend != "" {
		rows = append(rows, []chart{x.trendChart(full)})
	}
	row := o.charts
	for i := range rows {
		for j := range rows[i] {
			rows[i][j].row, rows[i][j].col = row, 1+j*overviewColumns/2
		}
		row += rows[i][0].rows()
	}
	return rows, row
}

// rows is how many rows the chart and the space below it take.
func (c *chart) rows() int { return c.height/rowPixels + 2 }

// keep starts a new page where what comes next does not fit on this one.
func (s *sheet) keep(height float64) {
	if s.tall+height > pagePoints {
		s.pageBreak(s.next())
		s.tall = 0
	}
}

func (x *writer) overviewRange(col, from, rows int) string {
	return diag.QuoteSheet(x.overview) + "!" + area(from, col, from+rows-1, col)
}

func (x *writer) overviewCell(row, col int) string { return x.overviewRange(col, row, 1) }

// The stacked series, and the colours that stand for them everywhere.
var outcomeColors = []struct{ fill, ink string }{{deepBlue, white}, {orange, ink}, {"A6A6A6", ink}, {"FFD966", ink}}

// partCharts show the areas, and the groups where there are several.
func (x *writer) partCharts(o overviewLayout, half, full int) []chart {
	n := len(x.areas)
	width := half
	if len(x.s.Scopes) < 2 {
		width = full
	}
	rows := max(n, len(x.s.Scopes))
	height := 150 + rows*34
	areas := chart{
		kind: excelize.BarPercentStacked, stacked: true, legend: true, labels: true,
		title:      x.say("Results by area", "Kết quả theo lĩnh vực"),
		categories: x.overviewRange(1, o.areas+1, n), width: width, height: height, whole: true,
	}
	most := 0
	for i := range x.areas {
		most = max(most, len(x.areas[i].lines))
	}
	areas.labelFrom = max(most/25, 1)
	for i, c := range outcomeColors {
		col := titleColumns + 2 + i
		areas.series = append(areas.series, series{name: x.overviewCell(o.areas, col), values: x.overviewRange(col, o.areas+1, n), color: c.fill, ink: c.ink})
	}
	if len(x.s.Scopes) < 2 {
		return []chart{areas}
	}
	scopes := chart{
		kind: excelize.Bar, percent: true, labels: true, legend: true,
		title:      x.say("Scores of groups", "Điểm số theo nhóm"),
		categories: x.overviewRange(1, o.scopes+1, len(x.s.Scopes)), width: width, height: height,
		series: []series{
			{name: x.overviewCell(o.scopes, titleColumns+2), values: x.overviewRange(titleColumns+2, o.scopes+1, len(x.s.Scopes)), color: "9DC3E6"},
			{name: x.overviewCell(o.scopes, titleColumns+3), values: x.overviewRange(titleColumns+3, o.scopes+1, len(x.s.Scopes)), color: navy},
		},
	}
	return []chart{areas, scopes}
}

// unitCharts show the units' scores and outcomes in the order of the ranking:
// all of them, or where they are many the first and the last ones.
func (x *writer) unitCharts(half int) [][]chart {
	n := x.s.Counts.Ranked
	column := func(col, first, rows int) string {
		return diag.QuoteSheet(x.ranking) + "!" + area(rankingFirst+first, col, rankingFirst+first+rows-1, col)
	}
	header := func(col int) string {
		return diag.QuoteSheet(x.ranking) + "!" + area(rankingFirst-1, col, rankingFirst-1, col)
	}
	scores := func(title string, first, rows int) chart {
		return chart{kind: excelize.Bar, percent: true, labels: true, title: title, categories: column(x.r.unit, first, rows),
			series: []series{{name: header(x.r.score), values: column(x.r.score, first, rows), color: deepBlue}},
			width:  half, height: 110 + rows*18}
	}
	outcomes := func(title string, first, rows int) chart {
		c := chart{kind: excelize.BarStacked, stacked: true, legend: true, labels: true, labelFrom: 1, title: title,
			categories: column(x.r.unit, first, rows), width: half, height: 110 + rows*18}
		for i, color := range outcomeColors[:3] {
			c.series = append(c.series, series{name: header(x.r.counts + i), values: column(x.r.counts+i, first, rows), color: color.fill, ink: color.ink})
		}
		return c
	}
	if !x.crowded() {
		return [][]chart{{
			scores(x.say("Score by unit", "Điểm số theo đơn vị"), 0, n),
			outcomes(x.say("Targets met, missed and missing", "Số chỉ tiêu đạt, không đạt, thiếu số liệu"), 0, n),
		}}
	}
	best := lang.F("The first %d units", "%d đơn vị đứng đầu", crowdHead).In(x.lang)
	worst := lang.F("The last %d units", "%d đơn vị đứng cuối", crowdHead).In(x.lang)
	what := x.say(": targets", ": số chỉ tiêu")
	rated := x.say(": score", ": điểm số")
	return [][]chart{
		{scores(best+rated, 0, crowdHead), outcomes(best+what, 0, crowdHead)},
		{scores(worst+rated, n-crowdHead, crowdHead), outcomes(worst+what, n-crowdHead, crowdHead)},
	}
}

func (x *writer) bandChart(o overviewLayout, full int) chart {
	return chart{
		kind: excelize.Col, labels: true, title: x.say("Units by score", "Số đơn vị theo điểm số"),
		categories: x.overviewRange(1, o.bands+1, len(bandEnds)), width: full, height: 300,
		series: []series{{name: x.overviewCell(o.bands, titleColumns+1), values: x.overviewRange(titleColumns+1, o.bands+1, len(bandEnds)), color: deepBlue}},
	}
}

// trendChart draws the figures of all ranked units by period.
func (x *writer) trendChart(full int) chart {
	last := trendFirst + len(x.s.Periods) - 1
	row := func(r int) string { return diag.QuoteSheet(x.trend) + "!" + area(r, trendFirst, r, last) }
	name := func(r int) string { return diag.QuoteSheet(x.trend) + "!" + area(r, 2, r, 2) }
	official := trendPooled
	if x.s.in.Plan.Official == plan.Mean {
		official = trendMean
	}
	return chart{
		kind: excelize.Line, percent: true, labels: true, legend: true,
		title:      x.say("All ranked units by period", "Các đơn vị xếp hạng theo kỳ"),
		categories: row(trendHead), width: full, height: 320,
		series: []series{
			{name: name(official), values: row(official), color: deepBlue},
			{name: name(trendCoverage), values: row(trendCoverage), color: midGrey, dash: true},
		},
	}
}
