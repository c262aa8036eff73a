package report

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// htmlDocument is what the page is made from.
type htmlDocument struct {
	Title   string
	Policy  string
	Style   template.CSS // trusted: the embedded file
	Script  template.JS  // trusted: the embedded file
	Program string
	Head    *score.Card   // the first: what all are of
	Period  plan.Period   // of all cards of several units; zero: they differ
	Ledger  *score.Ledger // nil: none
	Leagues []htmlLeague
	Checks  []htmlCheck
	Refused []htmlFinding
	Tools   htmlTools
	Cards   []htmlCard
	Queries []fact.Query // what databases were asked
}

// htmlTools is what the targets of the page are filtered by. Levels and areas
// that are fewer than two are no choice.
type htmlTools struct {
	Outcomes      []score.Outcome // those that some target has
	Levels, Areas []htmlChoice
}

// htmlChoice is something to filter by.
type htmlChoice struct {
	ID    string
	Title lang.Text
}

// htmlCard is one unit's part of the page.
type htmlCard struct {
	ID            string
	Alone         bool // the page has no other card
	Card          *score.Card
	Tools         htmlTools
	Place         *htmlPlace   // among the units of its group; nil: not ranked
	Subtotals     []score.Area // by area
	Areas         []htmlArea
	Steps         []htmlStep // the missed targets that can be won, the cheapest first
	WinsLine      lang.Text  // what the nearest of all gain
	Ways          []htmlWay
	Faults        []htmlFault
	Disagreeing   []*score.Result
	NotApplicable []*score.Result
	Appendix      []htmlFigure // every source of every figure
}

type htmlArea struct {
	ID      string
	Title   lang.Text
	Tally   score.Tally
	Targets []htmlTarget
}

type htmlTarget struct {
	ID       string // in the page: "so-xay-dung/online-partial-dossiers"
	Card     *score.Card
	Result   *score.Result
	Figures  []htmlFigure
	Decimals int // of the values that are percents
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
		Program: doc.Program, Ledger: doc.Ledger, Refused: findingsOf(doc.Diagnostics, ""), Queries: doc.Queries,
	}
	ids := unitIDs(doc.Cards)
	ranked := leagues(doc.Cards)
	if len(doc.Cards) > 1 {
		page.Period = commonPeriod(doc.Cards)
		for i := range ranked {
			page.Leagues = append(page.Leagues, newHTMLLeague(i, &ranked[i], ids, page.Period == plan.Period{}))
		}
		page.Checks = checksOf(doc, ids)
		page.Tools = htmlTools{outcomesOf(doc.Cards), levelsOf(doc.Cards), areasOf(doc.Cards)}
	}
	for i := range doc.Cards {
		page.Cards = append(page.Cards, newHTMLCard(doc, i, ids[i], ranked))
	}
	if len(doc.Cards) > 0 {
		page.Head = &doc.Cards[0]
	}
	page.Title = pageTitle(doc, l)
	return page
}

// pageTitle names the page in a browser's tab and in a list of files.
func pageTitle(doc *Document, l lang.Lang) string {
	if len(doc.Cards) == 0 {
		return lang.Sentence(plain(term.Unscored.In(l)))
	}
	c := &doc.Cards[0]
	first := unitName(c).In(l)
	if len(doc.Cards) > 1 {
		first = lang.Sentence(term.Ranking.In(l))
	}
	return plain(first + " · " + c.Plan.Title.In(l))
}

// pageIDs are the ids of the page that are no unit's.
var pageIDs = []string{"main", "find", "found", "unfold", "refused", "checks", "area", "level", "whole"}

// unitIDs names the units in addresses: by the roster's id or else by the name,
// so that a link holds whatever other files there are; a second submission of
// a unit has a number.
func unitIDs(cards []score.Card) []string {
	taken := map[string]bool{}
	for _, id := range pageIDs {
		taken[id] = true
	}
	ids := make([]string, len(cards))
	for i := range cards {
		c := &cards[i]
		base := slug(cmp.Or(c.Unit.ID, c.Unit.Name.In(lang.VI), c.Input.File))
		id := base
		for n := 2; taken[id]; n++ {
			id = fmt.Sprintf("%s-%d", base, n)
		}
		taken[id], ids[i] = true, id
	}
	return ids
}

// slug is a name in an address: small letters without marks, digits and hyphens.
func slug(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(label.Bare(name)) {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return cmp.Or(strings.TrimSuffix(b.String(), "-"), "unit")
}

func newHTMLCard(doc *Document, i int, id string, ranked []league) htmlCard {
	c := &doc.Cards[i]
	out := htmlCard{
		ID: id, Alone: len(doc.Cards) == 1, Card: c, Tools: htmlTools{Outcomes: outcomesOf(doc.Cards[i : i+1])},
		Place:         inGroup(i, ranked),
		Subtotals:     score.Areas(c),
		Steps:         stepsOf(c),
		WinsLine:      nearest(c, score.Wins(c)),
		Faults:        faultsOf(c),
		Disagreeing:   pick(c, func(r *score.Result) bool { return r.Disagree }),
		NotApplicable: pick(c, func(r *score.Result) bool { return !applies(r) }),
	}
	out.Ways = waysOf(c, out.Steps)
	tallies := map[string]score.Tally{}
	for _, a := range out.Subtotals {
		tallies[a.ID] = a.Tally
	}
	decimals := valueDecimals(c)
	for _, a := range byArea(c, applies) {
		area := htmlArea{ID: a.ID, Title: a.Title, Tally: tallies[a.ID]}
		for _, r := range a.Results {
			area.Targets = append(area.Targets, htmlTarget{ID: id + "/" + r.Target, Card: c, Result: r, Figures: figuresOf(c, r), Decimals: decimals})
		}
		out.Areas = append(out.Areas, area)
	}
	if out.Alone {
		out.Appendix = figuresOf(c, pick(c, applies)...)
	}
	return out
}

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

// figuresOf lists every source of every fact behind results.
func figuresOf(c *score.Card, results ...*score.Result) []htmlFigure {
	var out []htmlFigure
	for _, f := range evidenceOf(c, results) {
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
	for _, o := range []score.Outcome{score.Met, score.Missed, score.Missing, score.Invalid, score.Pending, score.Tracked} {
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
// holds its goal. A rank, a change, a choice and a day have no length.
func barOf(r *score.Result) *htmlBar {
	if r.Value == nil || len(r.Goal.Bounds) == 0 {
		return nil
	}
	whole := number.Int(1)
	switch r.Kind {
	case plan.ShareKind:
	case plan.CountKind, plan.AmountKind, plan.RatioKind:
		whole = r.Value.Exact
		for _, b := range r.Goal.Bounds {
			whole = number.Max(whole, b.Exact.Mul(number.Frac(10, 9)))
		}
		if whole.Sign() <= 0 {
			return nil
		}
	case plan.RankKind, plan.ChangeKind, plan.ChoiceKind, plan.DateKind, plan.NoKind:
		return nil
	}
	bar := &htmlBar{Value: filled(r.Value.Exact.Quo(whole), barUnits)}
	for _, b := range r.Goal.Bounds {
		bar.Goals = append(bar.Goals, min(filled(b.Exact.Quo(whole), barUnits), barUnits-tickUnits))
	}
	return bar
}
