package summary

import (
	"fmt"
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

const (
	trendTop   = 10 // header row of the units
	trendFirst = 5  // first column of a period
)

func (x *writer) trendEnd() int { return trendTop + max(len(x.s.Units), 1) }

// trendColumn is a column of the trend's units as other sheets refer to it.
func (x *writer) trendColumn(col int) string {
	return diag.QuoteSheet(x.trend) + "!" + area(trendTop+1, col, x.trendEnd(), col)
}

// The rows of the trend that stand for all ranked units.
const (
	trendHead = 5 + iota
	trendMean
	trendPooled
	trendCoverage
	trendUnits
)

// writeTrend writes scores by period. Those of earlier periods are stored
// figures: their counts are in the cards of those periods.
func (x *writer) writeTrend() {
	periods := len(x.s.Periods)
	widths := []float64{6, x.unitWidth(), x.groupWidth(), 7}
	for range periods + 1 {
		widths = append(widths, 13)
	}
	s := x.sheet(x.trend, page{widths: widths, last: x.trendEnd(), freezeRow: trendTop, freezeCol: 2, titleFirst: trendTop, tab: navy})
	x.headline(s, x.say("Trend by period", "Xu hướng theo kỳ"))
	s.say(style{italic: true, color: midGrey},
		"Units that are ranked now. Earlier periods are the scores of their own cards.",
		"Các đơn vị đang được xếp hạng. Kỳ trước lấy điểm số của thẻ điểm kỳ đó.")
	s.endRow(15)
	x.trendTotals(s)
	x.trendHeader(s, "Unit", "Đơn vị")
	for i := range x.s.Units {
		x.trendRow(s, &x.s.Units[i])
	}
	s.filter(trendTop, 1, x.trendEnd(), trendFirst+periods)
	change := trendFirst + periods
	cell := diag.A1(trendTop+1, change)
	s.rules(trendTop+1, change, x.trendEnd(), change,
		rule{fmt.Sprintf("AND(ISNUMBER(%s),%s>0)", cell, cell), style{color: "1F4E79", fill: paleBlue}},
		rule{fmt.Sprintf("AND(ISNUMBER(%s),%s<0)", cell, cell), style{color: darkRust, fill: amber}})
	s.end()
}

func (x *writer) trendHeader(s *sheet, en, vi string) {
	s.say(head, "No", "Số")
	s.say(headLeft, en, vi)
	s.say(head, "Group", "Nhóm")
	s.say(head, "Rank", "Hạng")
	for _, p := range x.s.Periods {
		s.text(head, x.title(periodTitle(p)))
	}
	s.say(head, "Change (pp)", "Tăng, giảm (điểm %)")
	s.endRow(32)
}

// trendTotals writes the figures of all ranked units together.
func (x *writer) trendTotals(s *sheet) {
	x.trendHeader(s, "All ranked units", "Tất cả đơn vị xếp hạng")
	ranked := x.trendLocal(4)
	last := len(x.s.Trend) - 1
	row := func(title string, value func(p *Progress) *number.Exact, live func(col int) string, all bool) {
		s.blank(body, 1)
		s.text(body.with(func(st *style) { st.bold = true }), title)
		s.blank(body, 2)
		for i := range x.s.Trend {
			v := optionalNumber(value(&x.s.Trend[i]))
			if i == last || all {
				s.formula(percent, live(trendFirst+i), v)
			} else {
				s.maybe(percent, "", v)
			}
		}
		x.trendChange(s, last-1, value(&x.s.Trend[last-1]), value(&x.s.Trend[last]))
		s.endRow(16)
	}
	in := func(col int) string { return x.rankingColumn(col) }
	key := in(x.r.key) + `,">=0"`
	row(x.official(plan.Mean, "Mean of scores", "Điểm số bình quân"), func(p *Progress) *number.Exact { return p.Mean },
		func(col int) string {
			return fmt.Sprintf(`IFERROR(AVERAGEIFS(%s,%s,">0"),"")`, x.trendLocal(col), ranked)
		}, true)
	row(x.official(plan.Pooled, "Pooled score", "Điểm số gộp"), func(p *Progress) *number.Exact { return p.Total.Score() },
		func(int) string {
			return fmt.Sprintf(`IFERROR(SUMIFS(%s,%s)/SUMIFS(%s,%s),"")`, in(x.r.points), key, in(x.r.max), key)
		}, false)
	row(x.say("Coverage", "Độ phủ"), func(p *Progress) *number.Exact { return p.Total.Coverage() },
		func(int) string { return x.pooledCoverage(key) }, false)
	s.blank(body, 1)
	s.say(body, "Units with a card", "Số đơn vị có thẻ điểm")
	s.blank(body, 2)
	for i := range x.s.Trend {
		s.formula(whole, fmt.Sprintf(`COUNTIFS(%s,">0",%s,">=0")`, ranked, x.trendLocal(trendFirst+i)), x.s.Trend[i].Units)
	}
	s.blank(body, 1)
	s.endRow(16)
}

// pooledCoverage is coverage over several rows of the ranking: each unit's,
// weighted by what its applicable targets can earn.
func (x *writer) pooledCoverage(criteria string) string {
	return fmt.Sprintf(`IFERROR(SUMIFS(%s,%s)/SUMIFS(%s,%s),"")`,
		x.rankingColumn(x.r.judged), criteria, x.rankingColumn(x.r.max), criteria)
}

func (x *writer) trendLocal(col int) string { return area(trendTop+1, col, x.trendEnd(), col) }

func (x *writer) trendRow(s *sheet, u *Unit) {
	row := s.next()
	s.int(key, u.No)
	s.text(body.with(shrink), u.Name.In(x.lang))
	s.text(body.with(shrink), x.title(u.GroupTitle))
	find := fmt.Sprintf("MATCH($A%d,%s,0)", row, x.rankingColumn(x.r.no))
	var rank any = "–"
	if u.Ranked {
		rank = u.Rank
	}
	s.formula(centered, fmt.Sprintf("INDEX(%s,%s)", x.rankingColumn(x.r.rank), find), rank)
	last := len(x.s.Periods) - 1
	for i, c := range u.cards {
		switch {
		case c == nil:
			s.blank(body, 1)
		case i == last:
			s.formula(percent, fmt.Sprintf("INDEX(%s,%s)", x.rankingColumn(x.r.score), find), optionalNumber(u.Total.Score()))
		default:
			s.maybe(percent, "", optionalNumber(sumsOf(c, anyCommitment).Score()))
		}
	}
	var now *number.Exact
	if u.Card != nil {
		now = u.Total.Score()
	}
	x.trendChange(s, slices.Index(u.cards, u.before), u.Before(), now)
	s.endRow(0)
}

// trendChange is the last period's figure less that of an earlier one.
func (x *writer) trendChange(s *sheet, period int, before, now *number.Exact) {
	if before == nil || now == nil {
		s.blank(body, 1)
		return
	}
	row := s.next()
	then, current := diag.A1(row, trendFirst+period), diag.A1(row, trendFirst+len(x.s.Periods)-1)
	s.formula(points.format("+0.00;-0.00;0.00"), fmt.Sprintf(`IF(ISNUMBER(%s),(%s-%s)*100,"")`, current, current, then),
		stored(now.Sub(*before).Mul(number.Int(100))))
}
