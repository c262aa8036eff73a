package report

import (
	"fmt"
	"html/template"
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// htmlDocument is what the page is made from.
type htmlDocument struct {
	Title    string
	Policy   string
	Style    template.CSS // trusted: the embedded file
	Script   template.JS  // trusted: the embedded file
	Program  string
	Ledger   *score.Ledger // nil: none
	Leagues  []htmlLeague
	Refused  []htmlFinding
	Outcomes []score.Outcome // those that some target on the page has
	Cards    []htmlCard
}

// htmlLeague is a ranking on the page.
type htmlLeague struct {
	ID     string
	Plan   score.PlanRef
	Period plan.Period
	Group  lang.Text
	Word   lang.Text // the heading
	Rows   []htmlStanding
}

// htmlStanding is a row of a ranking, with the keys that columns of exact
// figures are sorted by: their place in the order, not their printed digits.
type htmlStanding struct {
	standing
	ID              string
	Order           int
	Score, Coverage int
}

// htmlCard is one unit's part of the page.
type htmlCard struct {
	ID            string
	Alone         bool // the page has no other card
	Card          *score.Card
	Outcomes      []score.Outcome // those that some target has
	Subtotals     []score.Area    // by area
	Areas         []htmlArea
	Wins          []score.Win // the nearest
	WinsLine      lang.Text   // what the nearest of all gain
	Disagreeing   []*score.Result
	NotApplicable []*score.Result
}

type htmlArea struct {
	Title   lang.Text
	Tally   score.Tally
	Targets []htmlTarget
}

type htmlTarget struct {
	Card    *score.Card
	Result  *score.Result
	Figures []htmlFigure
}

// htmlFigure is one source of one fact.
type htmlFigure struct {
	Title, Shown, Where, How lang.Text
	Differs                  bool // from what was adopted
}

type htmlFinding struct {
	Severity diag.Severity
	Place    string
	Message  lang.Text
	Check    diag.CheckID
	Related  []htmlRelated
}

type htmlRelated struct {
	Place   string
	Message lang.Text
}

func newHTMLPage(doc *Document, l lang.Lang) *htmlDocument {
	page := &htmlDocument{
		Policy: policy(), Style: template.CSS(htmlStyle), Script: template.JS(htmlScript),
		Program: doc.Program, Ledger: doc.Ledger, Refused: findingsOf(doc.Diagnostics, ""),
	}
	if len(doc.Cards) > 1 {
		for i, x := range leagues(doc.Cards) {
			page.Leagues = append(page.Leagues, newHTMLLeague(i, x))
		}
	}
	for i := range doc.Cards {
		page.Cards = append(page.Cards, newHTMLCard(doc, i))
	}
	page.Outcomes = outcomesOf(doc.Cards)
	page.Title = pageTitle(doc, l)
	return page
}

// pageTitle names the page in a browser's tab and in a list of files.
func pageTitle(doc *Document, l lang.Lang) string {
	if len(doc.Cards) == 0 {
		return sentence(plain(wordUnscored.In(l)))
	}
	c := &doc.Cards[0]
	first := unitName(c).In(l)
	if len(doc.Cards) > 1 {
		first = sentence(wordRanking.In(l))
	}
	return plain(first + " · " + c.Plan.Title.In(l))
}

func cardID(index int) string { return fmt.Sprintf("unit-%d", index+1) }

func newHTMLLeague(i int, l league) htmlLeague {
	out := htmlLeague{ID: fmt.Sprintf("ranking-%d", i+1), Plan: *l.Plan, Period: l.Period, Group: l.Group, Word: l.heading()[0]}
	coverage := func(c *score.Card) *score.Figure { return c.Total.Coverage }
	points := func(c *score.Card) *score.Figure { return c.Total.Score }
	for at, s := range l.Rows {
		out.Rows = append(out.Rows, htmlStanding{
			standing: s, ID: cardID(s.Index), Order: at,
			Score: above(l.Rows, s.Card, points), Coverage: above(l.Rows, s.Card, coverage),
		})
	}
	return out
}

// above counts the cards whose figure a card's is greater than: a whole number
// that sorts as the exact figures do; -1 for a card that has none.
func above(rows []standing, c *score.Card, of func(*score.Card) *score.Figure) int {
	f := of(c)
	if f == nil {
		return -1
	}
	n := 0
	for _, s := range rows {
		if other := of(s.Card); other != nil && f.Exact.Cmp(other.Exact) > 0 {
			n++
		}
	}
	return n
}

func newHTMLCard(doc *Document, i int) htmlCard {
	c := &doc.Cards[i]
	out := htmlCard{
		ID: cardID(i), Alone: len(doc.Cards) == 1, Card: c, Outcomes: outcomesOf(doc.Cards[i : i+1]),
		Subtotals:     score.Areas(c),
		Disagreeing:   pick(c, func(r *score.Result) bool { return r.Disagree }),
		NotApplicable: pick(c, func(r *score.Result) bool { return !applies(r) }),
	}
	wins := score.Wins(c)
	out.Wins, out.WinsLine = wins[:min(len(wins), mostWins)], nearest(c, wins)
	tallies := map[string]score.Tally{}
	for _, a := range out.Subtotals {
		tallies[a.ID] = a.Tally
	}
	for _, a := range byArea(c, applies) {
		area := htmlArea{Title: a.Title, Tally: tallies[a.ID]}
		for _, r := range a.Results {
			area.Targets = append(area.Targets, htmlTarget{Card: c, Result: r, Figures: figuresOf(c, r)})
		}
		out.Areas = append(out.Areas, area)
	}
	return out
}

// mostWins is how many nearest wins the page lists.
const mostWins = 5

// nearest tells what the wins with the smallest gap gain together: "4 targets
// miss by 1 each: 20/29 points become 24/29 = 82.76%". There is nothing to tell
// without wins.
func nearest(c *score.Card, wins []score.Win) lang.Text {
	n := 0
	for n < len(wins) && wins[n].Result.Gap.Exact.Equal(wins[0].Result.Gap.Exact) {
		n++
	}
	if n == 0 {
		return lang.Text{}
	}
	by, after := number.Short(wins[0].Result.Gap.Exact, 0), wins[n-1].After
	who := lang.F("%d targets miss by %s each", "%d chỉ tiêu cùng chênh lệch %s đơn vị đếm so với mục tiêu", n, by)
	if n == 1 {
		who = lang.F("1 target misses by %s", "1 chỉ tiêu chênh lệch %s so với mục tiêu", wins[0].Result.Gap.Shown)
	}
	return lang.F("%s: %s/%s points become %s/%s = %s", "%s: từ %s/%s điểm lên %s/%s = %s", who,
		c.Total.Points.Shown, c.Total.Max.Shown, after.Points.Shown, after.Max.Shown, figure(after.Score))
}

// figuresOf lists every source of every fact behind a result.
func figuresOf(c *score.Card, r *score.Result) []htmlFigure {
	var out []htmlFigure
	for _, f := range evidenceOf(c, []*score.Result{r}) {
		if len(f.Sources) == 0 {
			out = append(out, htmlFigure{Title: f.Title, Shown: factShown(f), How: f.Reason})
		}
		for i := range f.Sources {
			s := &f.Sources[i]
			row := htmlFigure{Title: f.Title, Shown: factShown(f), Where: where(s), How: howRead(c, f, s)}
			if !agrees(f, s) {
				row.Shown, row.Differs = sourceShown(f, s), true
			}
			if f.State == fact.Invalid && !f.Reason.IsZero() {
				row.How = lang.Join(nonEmpty(f.Reason, row.How), "; ")
			}
			out = append(out, row)
		}
	}
	return out
}

// outcomesOf lists the outcomes that some applicable target has.
func outcomesOf(cards []score.Card) []score.Outcome {
	var out []score.Outcome
	for _, o := range []score.Outcome{score.Met, score.Missed, score.Missing, score.Invalid, score.Pending} {
		if slices.ContainsFunc(cards, func(c score.Card) bool {
			return slices.ContainsFunc(c.Results, func(r score.Result) bool { return r.Outcome == o })
		}) {
			out = append(out, o)
		}
	}
	return out
}

func findingsOf(l diag.List, file string) []htmlFinding {
	var out []htmlFinding
	for _, list := range bySeverity(l) {
		for _, d := range list {
			f := htmlFinding{Severity: d.Severity, Place: plain(place(d.Pos, file)), Message: d.Message, Check: d.Check}
			for _, r := range d.Related {
				f.Related = append(f.Related, htmlRelated{plain(place(r.Pos, file)), r.Message})
			}
			out = append(out, f)
		}
	}
	return out
}

// outcomeCount is how many targets have an outcome.
type outcomeCount struct {
	Outcome score.Outcome
	N       int
}

func countsOf(t score.Tally) []outcomeCount {
	return []outcomeCount{
		{score.Met, t.Met}, {score.Missed, t.Missed}, {score.Missing, t.Missing},
		{score.Invalid, t.Invalid}, {score.Pending, t.Pending},
	}
}

// barUnits is how long a bar is, in units of its drawing.
const barUnits = 1000

// htmlMeter is the bar of a score: what was earned, on what could be judged.
type htmlMeter struct{ Earned, Judged int }

func meterOf(t score.Tally) htmlMeter {
	var m htmlMeter
	if t.Score != nil {
		m.Earned = filled(t.Score.Exact, barUnits)
	}
	if t.Coverage != nil {
		m.Judged = filled(t.Coverage.Exact, barUnits)
	}
	return m
}

// htmlBar is the bar of a target from nothing to its value, with a tick at each
// bound of its goal.
type htmlBar struct {
	Value int
	Goals []int
}

// tickUnits is how wide a tick is.
const tickUnits = 6

// barOf draws a share on 0 to 100 %, a count or an amount on a length that
// holds its goal. A rank, a change and a choice have no length.
func barOf(r *score.Result) *htmlBar {
	if r.Value == nil || len(r.Goal.Bounds) == 0 {
		return nil
	}
	whole := number.Int(1)
	switch r.Kind {
	case plan.ShareKind:
	case plan.CountKind, plan.AmountKind:
		whole = r.Value.Exact
		for _, b := range r.Goal.Bounds {
			whole = number.Max(whole, b.Exact.Mul(number.Frac(10, 9)))
		}
		if whole.Sign() <= 0 {
			return nil
		}
	case plan.RankKind, plan.ChangeKind, plan.ChoiceKind, plan.NoKind:
		return nil
	}
	bar := &htmlBar{Value: filled(r.Value.Exact.Quo(whole), barUnits)}
	for _, b := range r.Goal.Bounds {
		bar.Goals = append(bar.Goals, min(filled(b.Exact.Quo(whole), barUnits), barUnits-tickUnits))
	}
	return bar
}
