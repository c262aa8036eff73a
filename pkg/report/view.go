package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// area is the results of one group of targets, in the plan's order.
type area struct {
	ID      string
	Title   lang.Text
	Results []*score.Result
}

// byArea groups a card's results, leaving out those that keep says no to, and
// areas that have none.
func byArea(c *score.Card, keep func(*score.Result) bool) []area {
	var areas []area
	index := map[string]int{}
	for i := range c.Results {
		r := &c.Results[i]
		if !keep(r) {
			continue
		}
		at, ok := index[r.Area]
		if !ok {
			at = len(areas)
			index[r.Area] = at
			areas = append(areas, area{ID: r.Area, Title: r.InArea()})
		}
		areas[at].Results = append(areas[at].Results, r)
	}
	return areas
}

func anyResult(*score.Result) bool { return true }

func applies(r *score.Result) bool { return r.Outcome != score.NotApplicable }

// aspired reports whether the plan only aspires to a target.
func aspired(r *score.Result) bool { return r.Commitment == plan.Aspirational }

// needsWork reports whether somebody has something to do about a result: it fails,
// or others that it requires keep it from its points.
func needsWork(r *score.Result) bool { return r.Outcome.Failing() || r.Closed() }

// pick lists the results that a condition holds for, in the plan's order.
func pick(c *score.Card, ok func(*score.Result) bool) []*score.Result {
	var out []*score.Result
	for i := range c.Results {
		if ok(&c.Results[i]) {
			out = append(out, &c.Results[i])
		}
	}
	return out
}

// tallyRow is one line of a card's headline.
type tallyRow struct {
	Word  lang.Text
	Tally *score.Tally
}

// tallies lists a card's totals: all, mandatory, aspirational, and all but the waived; a commitment
// that no target of the unit has is left out, and both where the score is no plain sum.
func tallies(c *score.Card) []tallyRow {
	rows := []tallyRow{{term.All, &c.Total}}
	for _, row := range []tallyRow{{term.Mandatory, &c.Mandatory}, {term.Aspirational, &c.Aspirational}} {
		if row.Tally.Applicable()+row.Tally.Pending > 0 && !c.Scored() {
			rows = append(rows, row)
		}
	}
	if c.Waived != nil {
		rows = append(rows, tallyRow{term.Unwaived, c.Waived})
	}
	return rows
}

// talliesByArea adds the areas where they make up the score.
func talliesByArea(c *score.Card) []tallyRow {
	rows := tallies(c)
	if c.Scored() {
		for i := range c.Areas {
			a := &c.Areas[i]
			rows = append(rows, tallyRow{indented(a), &a.Tally})
		}
	}
	return rows
}

// indented is the title of an area, behind a mark for each area that it is within.
func indented(a *score.Area) lang.Text {
	if a.Depth == 0 {
		return a.Title
	}
	return lang.F("%s%s", "%s%s", strings.Repeat("· ", a.Depth), a.Title)
}

// factsOf lists the facts of some ids, then the parts of derived ones, each
// once.
func factsOf(c *score.Card, ids []string) []*fact.Fact {
	out := make([]*fact.Fact, 0, len(ids))
	add := func(ids []string) {
		for _, id := range ids {
			if f := findFact(c, id); f != nil && !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	add(ids)
	for i := 0; i < len(out); i++ {
		add(out[i].Parts)
	}
	return out
}

// evidenceOf lists the facts of some results: those that tell whether a target
// applies, those that decide, those shown beside, and the parts of derived ones, each once.
func evidenceOf(c *score.Card, results []*score.Result) []*fact.Fact {
	var ids []string
	for _, r := range results {
		ids = append(ids, r.Applies...)
		ids = append(ids, r.Facts...)
		for _, p := range r.Also {
			ids = append(ids, p.Fact)
		}
	}
	return factsOf(c, ids)
}

func findFact(c *score.Card, id string) *fact.Fact {
	for i := range c.Facts {
		if c.Facts[i].ID == id {
			return &c.Facts[i]
		}
	}
	return nil
}

// factShown prints a fact's value with its unit, or its state.
func factShown(f *fact.Fact) lang.Text {
	switch f.State {
	case fact.Missing:
		return score.Missing.Title()
	case fact.Invalid:
		return score.Invalid.Title()
	case fact.Reported:
	}
	return number.WithUnit(f.Value, f.Shown, f.Unit)
}

// sourceShown prints what a source says, where that is not what was adopted.
func sourceShown(f *fact.Fact, s *fact.Source) lang.Text {
	if s.Choice != "" {
		return lang.Same(s.Choice)
	}
	return number.Shown(s.Value, f.Kind == plan.ShareFact)
}

// agrees reports whether a source says what the fact adopted.
func agrees(f *fact.Fact, s *fact.Source) bool {
	return f.State != fact.Reported || s.Choice == f.Choice && s.Value.Equal(f.Value)
}

// where prints a source's cells: `'Hồ sơ'!K14:K1312, 1,198 cells`.
func where(s *fact.Source) lang.Text {
	switch e := s.Evidence; {
	case len(e) == 0, len(e) == 1 && e[0].Where() == "" && e[0].Count <= 1:
		return lang.Text{}
	}
	return lang.Of(places(s.Evidence))
}

// places are cells, put into words.
type places []fact.Evidence

// AppendIn adds what where prints.
func (p places) AppendIn(b []byte, l lang.Lang) []byte {
	for i := range p {
		e := &p[i]
		if i > 0 {
			b = append(b, "; "...)
		}
		b = append(b, e.Where()...)
		if e.Count > 1 {
			b = append(b, ", "...)
			b = e.Counted().AppendIn(b, l)
		}
	}
	return b
}

// trace prints where a fact stands, in one line:
// `'Hồ sơ'!K14:K1312, 1,198 cells; also 'Phụ lục'!D17 (1,234)`.
func trace(f *fact.Fact) lang.Text {
	for i := range f.Sources {
		if !where(&f.Sources[i]).IsZero() {
			return lang.Of(track{f})
		}
	}
	return lang.Text{}
}

// track is where a fact stands, put into words.
type track struct{ fact *fact.Fact }

// AppendIn adds what trace prints.
func (t track) AppendIn(b []byte, l lang.Lang) []byte {
	also := false
	for i := range t.fact.Sources {
		s := &t.fact.Sources[i]
		w := where(s)
		if w.IsZero() {
			continue
		}
		if also {
			b = append(b, "; "...)
			b = append(lang.T("also", "và").AppendIn(b, l), ' ')
		}
		b = w.AppendIn(b, l)
		if !agrees(t.fact, s) {
			b = append(b, " ("...)
			b = append(sourceShown(t.fact, s).AppendIn(b, l), ')')
		}
		also = true
	}
	return b
}

// cellOf prints what one cell held and how it was read; nothing where several
// cells or none were read, or there is nothing to tell.
func cellOf(e *fact.Evidence) lang.Text {
	var parts []lang.Text
	if e.Raw != "" && e.Count <= 1 {
		parts = append(parts, lang.F("holds “%s”", "ô ghi “%s”", e.Raw))
	}
	if !e.Read.IsZero() {
		parts = append(parts, lang.F("read as %s", "đọc là %s", e.Read))
	}
	if e.Formula {
		parts = append(parts, lang.T("made by a formula", "do công thức tính"))
	}
	return lang.Join(parts, ", ")
}

// bySeverity splits findings, worst first, each part sorted by place.
func bySeverity(l diag.List) [][]diag.Diagnostic {
	sorted := slices.Clone(l)
	sorted.Sort()
	out := make([][]diag.Diagnostic, 3)
	for _, d := range sorted {
		s := min(int(d.Severity), len(out)-1)
		out[s] = append(out[s], d)
	}
	return out
}

// place prints where a finding is: without the file's name inside that file's
// own card.
func place(p diag.Pos, file string) string {
	if p.File == file && p.Line == 0 {
		if s := p.InSheet(); s != "" {
			return s
		}
	}
	return p.String()
}

// league is the cards that are ranked against each other: of one plan, one
// period and one group. The one without a group holds those that are not
// ranked.
type league struct {
	Plan   *score.PlanRef
	Period plan.Period
	Group  lang.Text
	Rows   []standing
}

// heading says what a league is a ranking of.
func (l *league) heading() []lang.Text {
	first := term.Ranking
	if l.Group.IsZero() {
		first = term.NotRanked
	}
	return nonEmpty(first, l.Plan.Title, l.Period.Days(), l.Group)
}

// graded reports whether the plan has final grades.
func (l *league) graded() bool { return len(l.Rows[0].Card.Grades) > 0 }

// standing is a card in its league.
type standing struct {
	score.Standing
	Index int // of the card in the document
	Card  *score.Card
}

// Place prints a rank.
func (s standing) Place() lang.Text {
	if s.Rank == 0 {
		return lang.Same("–")
	}
	return count(int64(s.Rank))
}

// Grade is what the score is called; none: the card has no score.
func (s standing) Grade() lang.Text {
	if s.Card.Grade == nil {
		return lang.Text{}
	}
	return s.Card.Grade.Title
}

// leagues parts the cards of a document into leagues, best first and those
// without a rank last; equals keep the input's order.
func leagues(cards []score.Card) []league {
	var out []league
	for i := range cards {
		c := &cards[i]
		s := standing{Index: i, Card: c}
		if c.Standing != nil {
			s.Standing = *c.Standing
		}
		at := slices.IndexFunc(out, func(l league) bool {
			return l.Plan.ID == c.Plan.ID && l.Plan.SHA256 == c.Plan.SHA256 && l.Period == c.Period && l.Group.Equal(s.Group)
		})
		if at < 0 {
			at = len(out)
			out = append(out, league{Plan: &c.Plan, Period: c.Period, Group: s.Group})
		}
		out[at].Rows = append(out[at].Rows, s)
	}
	slices.SortStableFunc(out, func(a, b league) int { return last(a.Group.IsZero(), b.Group.IsZero()) })
	for _, l := range out {
		slices.SortStableFunc(l.Rows, func(a, b standing) int {
			return cmp.Or(last(a.Rank == 0, b.Rank == 0), cmp.Compare(a.Rank, b.Rank))
		})
	}
	return out
}

// last orders what a condition holds for behind what it does not hold for.
func last(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
