package summary

import (
	"fmt"
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

const (
	trendTop   = 10 // header row of the units
	trendFirst = 5  // first column of a period
)

func (x *writer) trendEnd() int { return trendTop + max(len(x.s.Units), 1) }

// trendColumn is a column of the trend's units as other sheets refer to it.
func (x *writer) trendColumn(col int) string {
	return diag.QuoteSheet(x.trend) + "!" + sheets.Range(trendTop+1, col, x.trendEnd(), col)
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
	last := len(x.s.Periods) - 1
	find := func(s *sheets.Sheet) string {
		return fmt.Sprintf("MATCH($A%d,%s,0)", s.Next(), x.rankingColumn(x.r.no))
	}
	t := sheets.Table[*Unit]{
		{Title: x.title(term.Ordinal), Width: 6, Cell: func(s *sheets.Sheet, u *Unit) { s.Int(key, u.No) }},
		{Title: x.title(term.Unit), Head: headLeft, Width: x.unitWidth(), Cell: func(s *sheets.Sheet, u *Unit) { s.Text(body.With(shrink), u.Name.In(x.Lang)) }},
		{Title: x.title(term.Group), Width: x.groupWidth(), Cell: func(s *sheets.Sheet, u *Unit) { s.Text(body.With(shrink), x.title(u.GroupTitle)) }},
		{Title: x.title(term.Rank), Width: 7, Cell: func(s *sheets.Sheet, u *Unit) {
			var rank any = "–"
			if u.Ranked {
				rank = u.Rank
			}
			s.Formula(centered, fmt.Sprintf("INDEX(%s,%s)", x.rankingColumn(x.r.rank), find(s)), rank)
		}},
	}
	for i, p := range x.s.Periods {
		t = append(t, sheets.Column[*Unit]{Title: x.title(p.Title()), Width: 13, Cell: func(s *sheets.Sheet, u *Unit) {
			switch c := u.cards[i]; {
			case c == nil:
				s.Blank(body, 1)
			case i == last:
				s.Formula(percent, fmt.Sprintf("INDEX(%s,%s)", x.rankingColumn(x.r.score), find(s)), optionalNumber(u.Total.Score()))
			default:
				s.Formula(percent, "", optionalNumber(sumsOf(c).Score()))
			}
		}})
	}
	t = append(t, sheets.Column[*Unit]{Title: x.title(term.Change), Width: 13, Cell: func(s *sheets.Sheet, u *Unit) {
		var now *number.Exact
		if u.Card != nil {
			now = u.Total.Score()
		}
		x.trendChange(s, slices.Index(u.cards, u.before), u.Before(), now)
	}})
	change := len(t)
	t = append(t, countedIn(x, "", new([scopeKinds]int), func(u *Unit, k scopeKind) bool { return u.apart[k] })[:1]...).Place(head)
	s := x.sheet(x.trend, sheets.Page{Widths: t.Widths(), Last: x.trendEnd(), FreezeRow: trendTop, FreezeCol: 2, TitleFirst: trendTop, Portrait: last < 4, Tab: navy})
	x.headline(s, x.Say("Trend by period", "Xu hướng theo kỳ"))
	s.Say(sheets.Style{Italic: true, Color: midGrey},
		"Units that are ranked now. Earlier periods are the scores of their own cards.",
		"Các đơn vị đang được xếp hạng. Kỳ trước lấy điểm số của thẻ điểm kỳ đó.")
	s.EndRow(15)
	all := slices.Clone(t)
	all[1].Title = x.Say("All ranked units", "Tất cả đơn vị xếp hạng")
	all.Header(s, 32)
	x.trendTotals(s)
	t.Header(s, 32)
	for i := range x.s.Units {
		t.Row(s, &x.s.Units[i], 0)
	}
	s.Filter(trendTop, 1, x.trendEnd(), len(t))
	cell := diag.A1(trendTop+1, change)
	s.Rules(trendTop+1, change, x.trendEnd(), change,
		sheets.When(fmt.Sprintf("AND(ISNUMBER(%s),%s>0)", cell, cell), sheets.Style{Color: "1F4E79", Fill: paleBlue}),
		sheets.When(fmt.Sprintf("AND(ISNUMBER(%s),%s<0)", cell, cell), sheets.Style{Color: darkRust, Fill: amber}))
	s.End()
}

// trendTotals writes the figures of all ranked units together.
func (x *writer) trendTotals(s *sheets.Sheet) {
	ranked := x.trendLocal(4) + `,">0"`
	if x.s.keepsApart(ofAll) {
		ranked += "," + x.trendLocal(trendFirst+len(x.s.Periods)+1) + ",1"
	}
	last := len(x.s.Trend) - 1
	row := func(title string, value func(p *Progress) *number.Exact, live func(col int) string, all bool) {
		s.Blank(body, 1)
		s.Text(body.With(func(st *sheets.Style) { st.Bold = true }), title)
		s.Blank(body, 2)
		for i := range x.s.Trend {
			v := optionalNumber(value(&x.s.Trend[i]))
			if i == last || all {
				s.Formula(percent, live(trendFirst+i), v)
			} else {
				s.Formula(percent, "", v)
			}
		}
		x.trendChange(s, last-1, value(&x.s.Trend[last-1]), value(&x.s.Trend[last]))
		s.EndRow(16)
	}
	in := func(col int) string { return x.rankingColumn(col) }
	key := x.counting(ofAll)
	row(x.official(plan.Mean, term.MeanScore.Capital()), func(p *Progress) *number.Exact { return p.Mean },
		func(col int) string {
			return fmt.Sprintf(`IFERROR(AVERAGEIFS(%s,%s),"")`, x.trendLocal(col), ranked)
		}, true)
	row(x.official(plan.Pooled, term.PooledScore.Capital()), func(p *Progress) *number.Exact { return p.Total.Score() },
		func(int) string {
			return fmt.Sprintf(`IFERROR(SUMIFS(%s,%s)/SUMIFS(%s,%s),"")`, in(x.r.points), key, in(x.r.max), key)
		}, false)
	row(x.title(term.Coverage), func(p *Progress) *number.Exact { return p.Total.Coverage() },
		func(int) string { return x.pooledCoverage(key) }, false)
	s.Blank(body, 1)
	s.Say(body, "Units with a card", "Số đơn vị có thẻ điểm")
	s.Blank(body, 2)
	for i := range x.s.Trend {
		s.Formula(whole, fmt.Sprintf(`COUNTIFS(%s,%s,">=0")`, ranked, x.trendLocal(trendFirst+i)), x.s.Trend[i].Units)
	}
	s.Blank(body, 1)
	s.EndRow(16)
}

// pooledCoverage is coverage over several rows of the ranking: each unit's,
// weighted by what its applicable targets can earn.
func (x *writer) pooledCoverage(criteria string) string {
	return fmt.Sprintf(`IFERROR(SUMIFS(%s,%s)/SUMIFS(%s,%s),"")`,
		x.rankingColumn(x.r.judged), criteria, x.rankingColumn(x.r.max), criteria)
}

func (x *writer) trendLocal(col int) string { return sheets.Range(trendTop+1, col, x.trendEnd(), col) }

// trendChange is the last period's figure less that of an earlier one.
func (x *writer) trendChange(s *sheets.Sheet, period int, before, now *number.Exact) {
	if before == nil || now == nil {
		s.Blank(body, 1)
		return
	}
	row := s.Next()
	then, current := diag.A1(row, trendFirst+period), diag.A1(row, trendFirst+len(x.s.Periods)-1)
	s.Formula(points.Format("+0.00;-0.00;0.00"), fmt.Sprintf(`IF(ISNUMBER(%s),(%s-%s)*100,"")`, current, current, then),
		sheets.Stored(now.Sub(*before).Mul(number.Int(100))))
}
