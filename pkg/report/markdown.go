package report

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// Markdown writes GitHub flavoured Markdown: the headline, a table an area,
// what to do with the clauses quoted, findings, and the evidence in a block
// that folds. With opt.Verbose the block is open and targets that do not apply
// are listed. Markup, links and mentions in any input stay text.
func Markdown(w io.Writer, doc *Document, opt Options) error {
	m := &markdown{out: bufio.NewWriter(w), lang: opt.Lang, verbose: opt.Verbose, level: 1}
	if len(doc.Cards) > 0 && !judged(doc.Cards) {
		m.validation(doc)
		return m.out.Flush()
	}
	if doc.Ledger != nil {
		m.gap()
		fmt.Fprintf(m.out, "%s\n", m.title(doc.Ledger.Line()))
	}
	if len(doc.Cards) > 1 {
		m.rankings(doc.Cards)
		m.level = 2
	}
	for i := range doc.Cards {
		m.card(&doc.Cards[i])
	}
	if len(doc.Diagnostics) > 0 {
		m.heading(0, m.title(term.OnFiles))
		m.findings(doc.Diagnostics, "")
	}
	m.asked(doc.Queries)
	return m.out.Flush()
}

// markdown is the Markdown format being written.
type markdown struct {
	out     *bufio.Writer // keeps the first error until it is flushed
	lang    lang.Lang
	verbose bool
	level   int // of a card's heading
	begun   bool
}

var (
	markup = strings.NewReplacer(
		`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "#", `\#`, "~", `\~`, "$", `\$`,
		"<", "&lt;", ">", "&gt;", "&", "&amp;", "|", "&#124;",
		"@", "@<!-- -->", "://", ":<!-- -->//") // no mentions, no links
	bareLink  = regexp.MustCompile(`(?i)\bwww\.`)
	blockMark = regexp.MustCompile(`^([-+=]|\d+[.)]( |$))`)
)

// md escapes a text for Markdown: nothing in it is markup, in a table or out
// of one. Most texts hold nothing that needs it, and are not searched with a
// regular expression to find that out.
func md(s string) string {
	s = plain(s)
	if strings.ContainsAny(s, "\\`*_[]#~$<>&|@") || strings.Contains(s, "://") {
		s = markup.Replace(s)
	}
	if strings.ContainsAny(s, "wW") && strings.Contains(strings.ToLower(s), "www.") {
		s = bareLink.ReplaceAllString(s, "www<!-- -->.")
	}
	if s != "" && strings.IndexByte("-+=0123456789", s[0]) >= 0 && blockMark.MatchString(s) {
		at := strings.IndexAny(s, "-+=.)") // behind the digits
		s = s[:at] + `\` + s[at:]
	}
	return s
}

func (m *markdown) in(x lang.Text) string { return md(x.In(m.lang)) }

func (m *markdown) title(x lang.Text) string { return md(lang.Sentence(plain(x.In(m.lang)))) }

func (m *markdown) orDash(x lang.Text) string {
	if s := m.in(x); s != "" {
		return s
	}
	return "–"
}

// heading writes a heading so many levels under a card's.
func (m *markdown) heading(under int, text string) {
	m.gap()
	fmt.Fprintf(m.out, "%s %s\n\n", strings.Repeat("#", m.level+under), text)
}

// gap separates blocks; the document does not begin with one.
func (m *markdown) gap() {
	if m.begun {
		m.out.WriteByte('\n')
	}
	m.begun = true
}

// table writes the head of a table; a head that ends in ":" is of a column
// that is aligned to the right.
func (m *markdown) table(heads ...string) {
	rule := make([]string, len(heads))
	for i, h := range heads {
		rule[i] = "---"
		if strings.HasSuffix(h, ":") {
			heads[i], rule[i] = strings.TrimSuffix(h, ":"), "--:"
		}
	}
	m.row(heads...)
	m.row(rule...)
}

func (m *markdown) row(fields ...string) {
	fmt.Fprintf(m.out, "| %s |\n", strings.Join(fields, " | "))
}

// rankings writes a table of the units for each plan and period.
func (m *markdown) rankings(cards []score.Card) {
	for _, l := range leagues(cards) {
		m.heading(0, m.title(l.heading()[0]))
		fmt.Fprintf(m.out, "%s\n\n", strings.Join(m.texts(l.Plan.Title, document(*l.Plan), l.Period.Days(), l.Group), " · "))
		heads := []string{m.title(term.Rank) + ":", m.title(term.Unit), m.title(term.Score) + ":", m.title(term.Coverage) + ":",
			m.title(score.Met.Title()) + ":", m.title(score.Missed.Title()) + ":",
			m.title(score.Missing.Title()) + ":", m.title(score.Invalid.Title()) + ":"}
		if l.graded() {
			heads = slices.Insert(heads, gradeColumn, m.title(term.Grade))
		}
		m.table(heads...)
		for i := range l.Rows {
			m.standing(&l, &l.Rows[i])
		}
	}
}

func (m *markdown) standing(l *league, s *standing) {
	y, unit := &s.Card.Total, m.in(unitName(s.Card))
	if why := m.in(s.Why); why != "" {
		unit += " *(" + why + ")*"
	}
	row := []string{m.in(s.Place()), unit, m.orDash(figure(y.Score)), m.orDash(figure(y.Coverage)),
		m.number(y.Met) + "/" + m.number(y.Applicable()), m.number(y.Missed), m.number(y.Missing), m.number(y.Invalid)}
	if l.graded() {
		row = slices.Insert(row, gradeColumn, m.orDash(s.Grade()))
	}
	m.row(row...)
}

func (m *markdown) number(n int) string { return m.in(count(int64(n))) }

// texts are the texts that hold something.
func (m *markdown) texts(parts ...lang.Text) []string {
	var out []string
	for _, p := range nonEmpty(parts...) {
		out = append(out, m.in(p))
	}
	return out
}

func (m *markdown) card(c *score.Card) {
	m.headline(c)
	m.targets(c)
	m.todo(c)
	m.readings(c)
	m.notes(c)
	if len(c.Diagnostics) > 0 {
		m.heading(1, m.title(term.InFile))
		m.findings(c.Diagnostics, c.Input.File)
	}
	m.evidence(c)
}

func (m *markdown) headline(c *score.Card) {
	m.heading(0, m.in(unitName(c)))
	y := &c.Total
	fmt.Fprintf(m.out, "**%s %s** · %s %s · %s %s/%s\n\n", m.title(term.Score), m.orDash(figure(y.Score)),
		m.in(term.Coverage), m.orDash(figure(y.Coverage)), m.in(score.Met.Title()), m.number(y.Met), m.number(y.Applicable()))
	for _, f := range aboutCard(c) {
		if v := m.in(f.value); v != "" {
			fmt.Fprintf(m.out, "- **%s:** %s\n", m.title(f.label), v)
		}
	}
	m.gap()
	m.table("", m.title(term.Score)+":", m.title(term.Coverage)+":", m.title(term.Points)+":",
		m.title(score.Met.Title())+":", m.title(score.Missed.Title())+":", m.title(score.Missing.Title())+":",
		m.title(score.Invalid.Title())+":", m.title(score.Pending.Title())+":")
	for _, row := range talliesByArea(c) {
		y := row.Tally
		m.row(m.title(row.Word), m.orDash(figure(y.Score)), m.orDash(figure(y.Coverage)),
			m.in(y.Points.Shown)+"/"+m.in(y.Max.Shown), m.number(y.Met)+"/"+m.number(y.Applicable()),
			m.number(y.Missed), m.number(y.Missing), m.number(y.Invalid), m.number(y.Pending))
	}
	if line := m.in(pointsNote(c)); line != "" {
		fmt.Fprintf(m.out, "\n%s\n", line)
	}
	if note := m.in(c.Plan.Note); note != "" {
		fmt.Fprintf(m.out, "\n*%s*\n", note)
	}
}

func (m *markdown) targets(c *score.Card) {
	keep := applies
	if m.verbose {
		keep = anyResult
	}
	for _, a := range byArea(c, keep) {
		m.heading(1, m.title(a.Title))
		m.table("", m.title(term.Target), m.title(term.Clause), m.title(term.Figures)+":", m.title(term.Value)+":",
			m.title(term.Goal), m.title(term.Gap)+":", m.title(term.Points)+":")
		for _, r := range a.Results {
			m.row(mark(r.Outcome)+" "+m.in(judgedAs(r)), m.target(r), md(r.Clause), m.in(shareOf(r)),
				m.orDash(valueOf(r)), m.in(r.Goal.Shown), m.in(figure(r.Gap)), m.in(pointsOf(r)))
		}
	}
	if n := c.Total.NotApplicable; n > 0 && !m.verbose {
		m.gap()
		fmt.Fprintf(m.out, "%s %s\n", mark(score.NotApplicable), m.in(notApplicable(n)))
	}
}

// target is the title with what sets the target apart.
func (m *markdown) target(r *score.Result) string {
	title := m.in(r.Title)
	if aspired(r) {
		title += " *(" + m.in(term.Aspirational) + ")*"
	}
	if r.Waiver != nil {
		title += " *(" + m.in(term.Waived) + ")*"
	}
	if r.Closed() {
		title += " *(" + m.in(term.Withheld) + ")*"
	}
	return title
}

func (m *markdown) todo(c *score.Card) {
	list := pick(c, needsWork)
	if len(list) == 0 {
		return
	}
	m.heading(1, m.title(term.ToDo))
	for _, r := range list {
		fmt.Fprintf(m.out, "- **%s %s**: %s  \n  %s\n", mark(r.Outcome), m.in(r.Title), m.in(verdict(r)), m.title(r.Reason))
		for _, f := range factsOf(c, r.Facts) {
			fmt.Fprintf(m.out, "  - %s\n", m.in(standsAt(f, tells(r, f))))
		}
		if r.Quote != "" {
			fmt.Fprintf(m.out, "\n  > %s %s: “%s”\n", m.title(term.Clause), md(r.Clause), md(r.Quote))
		}
		if remedy := m.in(r.Remedy); remedy != "" {
			fmt.Fprintf(m.out, "\n  → %s\n", remedy)
		}
	}
}

func (m *markdown) readings(c *score.Card) {
	list := pick(c, func(r *score.Result) bool { return r.Disagree })
	if len(list) == 0 {
		return
	}
	m.heading(1, m.title(term.Disagreeing))
	m.table(m.title(term.Target), "", m.title(term.Reading), m.title(term.Value)+":", m.title(term.Goal))
	for _, r := range list {
		title := m.in(r.Title)
		m.row(title, mark(r.Outcome)+" "+m.in(r.Outcome.Title()), m.reading(term.AdoptedReading, r.Adopted),
			m.orDash(valueOf(r)), m.in(r.Goal.Shown))
		for i := range r.Readings {
			if o := &r.Readings[i]; o.Outcome != r.Outcome {
				m.row(title, mark(o.Outcome)+" "+m.in(o.Outcome.Title()), m.reading(term.OtherReading, o.Note),
					m.orDash(figure(o.Value)), m.in(o.Goal.Shown))
			}
		}
	}
}

func (m *markdown) reading(label, note lang.Text) string {
	if note.IsZero() {
		return m.title(label)
	}
	return m.title(label) + ": " + m.in(note)
}

func (m *markdown) notes(c *score.Card) {
	list := remarks(c)
	if len(list) == 0 {
		return
	}
	m.heading(1, m.title(term.Knowing))
	for _, n := range list {
		fmt.Fprintf(m.out, "- %s\n", m.in(n))
	}
}

func (m *markdown) findings(l diag.List, file string) {
	m.table("", m.title(term.Place), m.title(term.Finding), m.title(term.Check))
	for s, list := range bySeverity(l) {
		for _, d := range list {
			text := m.in(d.Message)
			for _, r := range d.Related {
				text += "<br>" + md(place(r.Pos, file)) + ": " + m.in(r.Message)
			}
			m.row(m.title(severityWord(diag.Severity(s))), md(place(d.Pos, file)), text, md(string(d.Check)))
		}
	}
}

// evidence writes every figure with the cells behind it, folded.
func (m *markdown) evidence(c *score.Card) {
	list := evidenceOf(c, pick(c, applies))
	if len(list) == 0 {
		return
	}
	m.gap()
	open := ""
	if m.verbose {
		open = " open"
	}
	fmt.Fprintf(m.out, "<details%s><summary>%s (%s)</summary>\n\n", open,
		html.EscapeString(lang.Sentence(term.Evidence.In(m.lang))), m.number(len(list)))
	m.table(m.title(term.Figures), m.title(term.Value)+":", m.title(term.Place), m.title(term.HowRead))
	for _, f := range list {
		m.figure(c, f)
	}
	m.out.WriteString("\n</details>\n")
}

// figure writes one row a source of a fact.
func (m *markdown) figure(c *score.Card, f *fact.Fact) {
	if len(f.Sources) == 0 {
		m.row(m.in(f.Title), m.in(factShown(f)), "–", m.in(f.Reason))
	}
	for i := range f.Sources {
		s := &f.Sources[i]
		shown := factShown(f)
		if !agrees(f, s) {
			shown = sourceShown(f, s)
		}
		m.row(m.in(f.Title), m.in(shown), m.orDash(where(s)), m.in(howRead(c, f, s)))
	}
}
