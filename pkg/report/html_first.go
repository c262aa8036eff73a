package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/score"
)

// htmlPlace is where a unit stands in its group.
type htmlPlace struct {
	Rank   int
	Of     int // ranked units
	Group  lang.Text
	Spread score.Spread
	Own    int   // its score, in units of the drawing
	Others []int // those of the other units
}

func inGroup(card int, ranked []league) *htmlPlace {
	for i := range ranked {
		l := &ranked[i]
		at := slices.IndexFunc(l.Rows, func(s standing) bool { return s.Index == card })
		if at < 0 || l.Rows[at].Rank == 0 {
			continue
		}
		p := &htmlPlace{Rank: l.Rows[at].Rank, Group: l.Group}
		var cards []*score.Card
		for k, s := range l.Rows {
			if s.Rank == 0 {
				continue
			}
			p.Of++
			cards = append(cards, s.Card)
			if x := filled(s.Card.Total.Score.Exact, barUnits); k == at {
				p.Own = x
			} else {
				p.Others = append(p.Others, x)
			}
		}
		p.Spread = score.SpreadOf(cards)
		return p
	}
	return nil
}

// placeLine tells a place: "rank 3 of 18 units".
func placeLine(p *htmlPlace) lang.Text {
	return lang.F("rank %s of %s", "hạng %s trong %s đơn vị", count(int64(p.Rank)), count(int64(p.Of)))
}

// spreadLine tells how the group lies; nothing of a unit alone in it.
func spreadLine(p *htmlPlace) lang.Text {
	if p.Of < 2 {
		return lang.Text{}
	}
	return lang.F("lowest %s, median %s, highest %s", "thấp nhất %s, trung vị %s, cao nhất %s",
		figure(&p.Spread.Lowest), figure(&p.Spread.Median), figure(&p.Spread.Highest))
}

// beforeLine tells the score in an earlier result: "61% in 2022, +7 pp since".
func beforeLine(b *score.Before) lang.Text {
	was := lang.F("%s (%s)", "%s (%s)", b.Score.Shown, b.Period.Words())
	if b.Change == nil {
		return was
	}
	return lang.F("%s, since then %s", "%s, đến nay %s", was, b.Change.Shown)
}

// htmlStep is a missed target that can be won.
type htmlStep struct {
	No     int
	Result *score.Result
	Gain   lang.Text // points
	After  score.Tally
}

// firstSteps is how many steps the first screen lists without a script.
const firstSteps = 5

// stepsOf lists the targets that a way to a higher score may take, the cheapest
// first. After each stands the score that it gives together with those before.
func stepsOf(c *score.Card) []htmlStep {
	var steps []htmlStep
	for _, s := range score.Steps(c) {
		gain := s.Result.Max.Exact.Sub(s.Result.Points.Exact)
		steps = append(steps, htmlStep{No: len(steps) + 1, Result: s.Result, Gain: number.Short(gain, 2), After: s.After})
	}
	return steps
}

// htmlWay is the cheapest way to some scores.
type htmlWay struct {
	Percent int
	Set     string // the numbers of its steps: "1 2 3 5"
	Which   string // the same, for people: "1–3, 5"
	Line    lang.Text
	Round   bool // it is listed where no script asks for a score
}

func waysOf(c *score.Card, steps []htmlStep) []htmlWay {
	no := map[*score.Result]int{}
	for _, s := range steps {
		no[s.Result] = s.No
	}
	var ways []htmlWay
	tens := -1
	all := score.Ways(c)
	for i, w := range all {
		var set []int
		for _, r := range w.Targets {
			set = append(set, no[r])
		}
		slices.Sort(set)
		way := htmlWay{Percent: w.Percent, Set: strings.Trim(fmt.Sprint(set), "[]"), Which: spans(set), Line: wayLine(c, w)}
		way.Round = w.Percent/10 > tens && tens >= 0 || i == len(all)-1 || i == 0
		tens = w.Percent / 10
		ways = append(ways, way)
	}
	return ways
}

// spans prints ascending numbers: "1–3, 5".
func spans(list []int) string {
	var parts []string
	for i := 0; i < len(list); {
		k := i
		for k+1 < len(list) && list[k+1] == list[k]+1 {
			k++
		}
		switch k - i {
		case 0:
			parts = append(parts, fmt.Sprint(list[i]))
		case 1:
			parts = append(parts, fmt.Sprint(list[i]), fmt.Sprint(list[k]))
		default:
			parts = append(parts, fmt.Sprintf("%d–%d", list[i], list[k]))
		}
		i = k + 1
	}
	return strings.Join(parts, ", ")
}

// wayLine tells what a way takes and gives: "4 targets, 4 to go: 20/29 points
// become 24/29 = 82.76%".
func wayLine(c *score.Card, w score.Way) lang.Text {
	who := lang.Join(nonEmpty(number.Count(int64(len(w.Targets)), "target", "targets", "chỉ tiêu"), toGo(w)), ", ")
	line := lang.F("%s: %s/%s points become %s/%s = %s", "%s: từ %s/%s điểm lên %s/%s = %s", who,
		c.Total.Points.Shown, c.Total.Max.Shown, w.After.Points.Shown, w.After.Max.Shown, figure(w.After.Score))
	if !w.Proven {
		return lang.F("%s (there may be a cheaper way)", "%s (có thể còn cách ít hơn)", line)
	}
	return line
}

// toGo tells the cost of a way: what is to be counted more, and how many targets
// have another distance.
func toGo(w score.Way) lang.Text {
	var parts []lang.Text
	if w.ToGo.Sign() > 0 {
		parts = append(parts, lang.F("%s counted units to go", "thêm %s đơn vị đếm", number.Short(w.ToGo, 0)))
	}
	if w.Others > 0 {
		parts = append(parts, lang.F("%d of them by another measure", "%d chỉ tiêu theo thước đo khác", w.Others))
	}
	return lang.Join(parts, ", ")
}

// htmlFault counts one kind of fault in a unit's data.
type htmlFault struct {
	Outcome score.Outcome // of targets; of findings: Met
	N       int
	What    lang.Text
}

// faultsOf counts the faults in a unit's data: targets without a figure, targets
// whose figure cannot be used, and errors and warnings by their remedy.
func faultsOf(c *score.Card) []htmlFault {
	var out []htmlFault
	if n := c.Total.Missing; n > 0 {
		out = append(out, htmlFault{score.Missing, n, lang.T("targets without a figure", "chỉ tiêu thiếu số liệu")})
	}
	if n := c.Total.Invalid; n > 0 {
		out = append(out, htmlFault{score.Invalid, n, lang.T("targets whose figure cannot be used", "chỉ tiêu có số liệu không dùng được")})
	}
	for _, g := range groupsByCheck(c.Diagnostics) {
		if g.severity != diag.Note {
			out = append(out, htmlFault{score.Met, g.n, lang.F("not as wanted: %s", "chưa đúng yêu cầu: %s", g.meaning())})
		}
	}
	return out
}

// checkGroup is the findings of one check.
type checkGroup struct {
	id       diag.CheckID
	severity diag.Severity // the worst
	n        int
	list     diag.List
}

func (g *checkGroup) meaning() lang.Text {
	if c, ok := diag.FindCheck(g.id); ok {
		return c.Meaning
	}
	return lang.Same(string(g.id))
}

// groupsByCheck groups findings, those with the worst and most first, then in the
// order in which they are met.
func groupsByCheck(l diag.List) []checkGroup {
	var groups []checkGroup
	at := map[diag.CheckID]int{}
	for _, d := range l {
		i, ok := at[d.Check]
		if !ok {
			i = len(groups)
			at[d.Check] = i
			groups = append(groups, checkGroup{id: d.Check, severity: d.Severity})
		}
		g := &groups[i]
		g.list = append(g.list, d)
		g.severity = min(g.severity, d.Severity)
	}
	for i := range groups {
		g := &groups[i]
		for s := diag.Error; s <= diag.Note; s++ {
			g.n += g.list.Count(s)
		}
	}
	slices.SortStableFunc(groups, func(a, b checkGroup) int {
		if a.severity != b.severity {
			return int(a.severity) - int(b.severity)
		}
		return b.n - a.n
	})
	return groups
}

// wholePercent is the score of a unit in whole percents.
func wholePercent(c htmlCard) int {
	if c.Card.Total.Score == nil {
		return 0
	}
	n, _ := c.Card.Total.Score.Exact.Mul(number.Int(100)).Floor().Int64()
	return int(n)
}

// The decimals that the percents of the page's columns have.

// leagueDecimals is those of a ranking's scores and coverages.
func leagueDecimals(l htmlLeague) int {
	var list []*score.Figure
	for _, r := range l.Rows {
		list = append(list, r.Card.Total.Score, r.Card.Total.Coverage)
	}
	return decimalsOf(list)
}

// scoreDecimals is those of the totals, areas and steps of a unit.
func scoreDecimals(c htmlCard) int {
	var list []*score.Figure
	for _, row := range talliesByArea(c.Card) {
		list = append(list, row.Tally.Score, row.Tally.Coverage)
	}
	for i := range c.Subtotals {
		list = append(list, c.Subtotals[i].Score)
	}
	for i := range c.Steps {
		list = append(list, c.Steps[i].After.Score)
	}
	return decimalsOf(list)
}

// valueDecimals is those of the targets' values.
func valueDecimals(c *score.Card) int {
	var list []*score.Figure
	for i := range c.Results {
		list = append(list, c.Results[i].Value)
	}
	return decimalsOf(list)
}

func decimalsOf(list []*score.Figure) int {
	var column []string
	for _, f := range list {
		column = append(column, figure(f).In(lang.EN))
	}
	return evenDecimals(column, lang.EN)
}
