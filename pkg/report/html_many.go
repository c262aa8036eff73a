package report

import (
	"fmt"
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// htmlLeague is a ranking on the page.
type htmlLeague struct {
	ID        string
	Title     lang.Text
	Rows      []htmlStanding
	Recalled  bool // some unit has an earlier score
	Graded    bool // the plan has final grades
	Spread    lang.Text
	Histogram []htmlBin
	Heat      []htmlHeat
}

// htmlStanding is a row of a ranking, with the keys that columns of exact
// figures are sorted by: their place in the order, not their printed digits.
type htmlStanding struct {
	standing
	ID                      string
	Order                   int
	Score, Coverage, Change int
	Lesser                  int // how many grades of the plan are below the unit's; -1: it has none
}

func newHTMLLeague(i int, l *league, ids []string, periods bool) htmlLeague {
	out := htmlLeague{ID: fmt.Sprintf("ranking-%d", i+1), Title: l.title(periods), Graded: l.graded()}
	var cards []*score.Card
	for at, s := range l.Rows {
		out.Rows = append(out.Rows, htmlStanding{
			standing: s, ID: ids[s.Index], Order: at,
			Score:    above(l.Rows, s.Card, func(c *score.Card) *score.Figure { return c.Total.Score }),
			Coverage: above(l.Rows, s.Card, func(c *score.Card) *score.Figure { return c.Total.Coverage }),
			Change:   above(l.Rows, s.Card, changeOf),
			Lesser:   lesser(s.Card),
		})
		cards = append(cards, s.Card)
		out.Recalled = out.Recalled || s.Card.Before != nil
	}
	if p := score.SpreadOf(cards); p.Units > 1 {
		out.Spread = lang.F("lowest %s, median %s, highest %s", "thấp nhất %s, trung vị %s, cao nhất %s",
			p.Lowest.Shown, p.Median.Shown, p.Highest.Shown)
	}
	out.Histogram = histogram(cards)
	for from := 0; from < len(out.Rows); from += heatUnits {
		heat := heatOf(out.Rows[from:min(from+heatUnits, len(out.Rows))])
		heat.Of = out.Title
		if len(out.Rows) > heatUnits {
			heat.Of = lang.F("%s (part %d)", "%s (phần %d)", out.Title, from/heatUnits+1)
		}
		out.Heat = append(out.Heat, heat)
	}
	return out
}

// title names a league among those of a page: its group, and its period where
// they have several.
func (l *league) title(periods bool) lang.Text {
	group := l.Group
	if group.IsZero() {
		group = term.NotRanked
	}
	if periods {
		return lang.Join(nonEmpty(group, l.Period.Days()), " · ")
	}
	return group
}

// lesser counts the grades below a card's: plans name the best first.
func lesser(c *score.Card) int {
	if c.Grade == nil {
		return -1
	}
	return len(c.Grades) - 1 - slices.IndexFunc(c.Grades, func(g plan.Grade) bool { return g.ID == c.Grade.ID })
}

func changeOf(c *score.Card) *score.Figure {
	if c.Before == nil {
		return nil
	}
	return c.Before.Change
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

// htmlBin is a bar of a histogram: the units whose score lies in ten percents.
type htmlBin struct {
	Range lang.Text
	N     int
	Width int
}

// histogram counts scores by tens of percents, 100 % with the last of them.
func histogram(cards []*score.Card) []htmlBin {
	var counts [10]int
	most := 0
	for _, c := range cards {
		if c.Total.Score == nil {
			continue
		}
		n, _ := c.Total.Score.Exact.Mul(number.Int(10)).Floor().Int64()
		at := int(min(max(n, 0), 9))
		counts[at]++
		most = max(most, counts[at])
	}
	var bins []htmlBin
	for i := 9; i >= 0 && most > 0; i-- {
		r := lang.F("%d%% to under %d%%", "từ %d%% đến dưới %d%%", i*10, i*10+10)
		if i == 9 {
			r = lang.T("90% and more", "từ 90% trở lên")
		}
		bins = append(bins, htmlBin{r, counts[i], counts[i] * barUnits / most})
	}
	return bins
}

// heatUnits is how many units a map has beside each other: what A4 holds.
const heatUnits = 22

// htmlHeat is a map of targets by units.
type htmlHeat struct {
	Of    lang.Text // its units: the group, and which part of it
	Units []htmlStanding
	Areas []htmlHeatArea
}

type htmlHeatArea struct {
	ID    string
	Title lang.Text
	Rows  []htmlHeatRow
}

type htmlHeatRow struct {
	Target   string
	Title    lang.Text
	Outcomes []score.Outcome // of the units; not applicable also where a card has no such target
}

// heatOf maps the targets that apply to some unit, in the order of the cards.
func heatOf(units []htmlStanding) htmlHeat {
	h := htmlHeat{Units: units}
	for k := range units {
		for _, r := range pick(units[k].Card, applies) {
			h.row(r, len(units)).Outcomes[k] = r.Outcome
		}
	}
	return h
}

// row finds the row of a target, or adds it.
func (h *htmlHeat) row(r *score.Result, units int) *htmlHeatRow {
	a := slices.IndexFunc(h.Areas, func(a htmlHeatArea) bool { return a.ID == r.Area })
	if a < 0 {
		a = len(h.Areas)
		h.Areas = append(h.Areas, htmlHeatArea{ID: r.Area, Title: r.InArea()})
	}
	rows := &h.Areas[a].Rows
	i := slices.IndexFunc(*rows, func(x htmlHeatRow) bool { return x.Target == r.Target })
	if i < 0 {
		i = len(*rows)
		*rows = append(*rows, htmlHeatRow{r.Target, r.Title, slices.Repeat([]score.Outcome{score.NotApplicable}, units)})
	}
	return &(*rows)[i]
}

// htmlCheck is the findings of one check over all units.
type htmlCheck struct {
	Severity diag.Severity
	Meaning  lang.Text
	ID       diag.CheckID
	N        int
	Units    []htmlUnit // that have some, in the order of the cards
	More     int        // units that are left out
	Without  int        // findings in files without a card
}

type htmlUnit struct {
	ID   string
	Name lang.Text
}

// checkUnits is how many units a check lists.
const checkUnits = 12

// checksOf groups the findings of all cards and files by check.
func checksOf(doc *Document, ids []string) []htmlCheck {
	all := slices.Clone(doc.Diagnostics)
	for i := range doc.Cards {
		all = append(all, doc.Cards[i].Diagnostics...)
	}
	var out []htmlCheck
	for _, g := range groupsByCheck(all) {
		c := htmlCheck{Severity: g.severity, Meaning: g.meaning(), ID: g.id, N: g.n}
		for i := range doc.Cards {
			if !slices.ContainsFunc(doc.Cards[i].Diagnostics, func(d diag.Diagnostic) bool { return d.Check == g.id }) {
				continue
			}
			if len(c.Units) == checkUnits {
				c.More++
				continue
			}
			c.Units = append(c.Units, htmlUnit{ids[i], unitName(&doc.Cards[i])})
		}
		for _, d := range doc.Diagnostics {
			if d.Check == g.id {
				c.Without += 1 + int(d.More)
			}
		}
		out = append(out, c)
	}
	return out
}

// levelsOf lists the levels of the units, in the order of the cards.
func levelsOf(cards []score.Card) []htmlChoice {
	var out []htmlChoice
	for i := range cards {
		u := &cards[i].Unit
		if !slices.ContainsFunc(out, func(c htmlChoice) bool { return c.ID == u.Level }) {
			out = append(out, htmlChoice{u.Level, u.LevelTitle})
		}
	}
	return out
}

// areasOf lists the areas of the targets, in the plan's order.
func areasOf(cards []score.Card) []htmlChoice {
	var out []htmlChoice
	for _, a := range score.Areas(&cards[0]) {
		out = append(out, htmlChoice{a.ID, a.Title})
	}
	return out
}

// commonPeriod is the period of all cards, or none.
func commonPeriod(cards []score.Card) plan.Period {
	for i := range cards {
		if cards[i].Period != cards[0].Period {
			return plan.Period{}
		}
	}
	return cards[0].Period
}
