package report

import (
	"bufio"
	"io"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// The width of the text format, in terminal cells.
const (
	defaultWidth = 80
	minWidth     = 40 // what the narrowest terminals have
	maxWidth     = 160
)

// maxFindings is how many findings of one severity the text format lists,
// unless it is verbose.
const maxFindings = 40

// maxAllFindings is how many it lists in all: of further files it says how many
// they have.
const maxAllFindings = 400

// Text writes tables for a terminal: the headline, the targets by area, what
// to do, the findings, and of one unit last the score again, which a screen
// then still shows. Several units are ranked, with what is wrong in their files;
// verbose tells each in full. No line is wider than opt.Width, outcomes are told
// by a mark and a word beside the colour, and no control character of any
// input reaches the terminal.
func Text(w io.Writer, doc *Document, opt Options) error {
	t := newTerminal(w, opt)
	if !judged(doc.Cards) {
		t.validation(doc)
		return t.out.Flush()
	}
	if doc.Ledger != nil {
		t.para(bold, 0, "", t.title(doc.Ledger.Line()))
		t.blank()
	}
	if len(doc.Cards) > 1 {
		t.overview(doc.Cards)
	}
	if len(doc.Cards) == 1 || opt.Verbose {
		for i := range doc.Cards {
			if len(doc.Cards) > 1 {
				t.blank()
				t.line(dim, strings.Repeat("═", t.width))
				t.blank()
			}
			t.card(&doc.Cards[i])
		}
	} else {
		t.worst(doc.Cards)
	}
	if opt.Verbose {
		t.asked(doc.Queries)
	}
	if len(doc.Diagnostics) > 0 {
		if len(doc.Cards) > 0 {
			t.blank()
		}
		t.findings(term.OnFiles, doc.Diagnostics, "")
	}
	switch {
	case len(doc.Cards) == 1:
		t.closing(&doc.Cards[0])
	case !opt.Verbose && len(doc.Cards) > 1:
		t.blank()
		t.para(dim, 0, "", t.in(lang.T("--verbose shows every unit in full.", "--verbose nêu đầy đủ từng đơn vị.")))
		if doc.Ledger != nil {
			t.para(bold, 0, "", t.title(doc.Ledger.Line()))
		}
	}
	t.written(opt.Written)
	return t.out.Flush()
}

// terminal is the text format being written.
type terminal struct {
	out     *bufio.Writer // keeps the first error until it is flushed
	lang    lang.Lang
	width   int
	color   bool
	verbose bool
	found   int // findings that have been listed
}

func newTerminal(w io.Writer, opt Options) *terminal {
	t := &terminal{out: bufio.NewWriter(w), lang: opt.Lang, color: opt.Color, verbose: opt.Verbose, width: opt.Width}
	if t.width <= 0 {
		t.width = defaultWidth
	}
	t.width = min(max(t.width, minWidth), maxWidth)
	return t
}

func (t *terminal) in(x lang.Text) string { return Plain(x.In(t.lang)) }

func (t *terminal) title(x lang.Text) string { return lang.Sentence(t.in(x)) }

func (t *terminal) paint(s style, text string) string {
	if !t.color {
		return text
	}
	return paint(s, text)
}

func (t *terminal) blank() { t.out.WriteByte('\n') }

func (t *terminal) line(s style, text string) {
	t.out.WriteString(t.paint(s, text))
	t.out.WriteByte('\n')
}

// para writes a text, its first line after lead and the others under it.
func (t *terminal) para(s style, indent int, lead, text string) {
	t.item(indent, span{s, lead}, span{s, text})
}

// item is para with a lead of another style.
func (t *terminal) item(indent int, lead, text span) {
	hang := indent + width(lead.text)
	for i, l := range wrap(text.text, t.width-hang) {
		if i == 0 {
			t.out.WriteString(strings.Repeat(" ", indent) + t.paint(lead.style, lead.text))
		} else {
			t.out.WriteString(strings.Repeat(" ", hang))
		}
		t.line(text.style, l)
	}
}

// section writes a heading.
func (t *terminal) section(text string) {
	t.blank()
	for _, l := range wrap(strings.ToUpper(text), t.width) {
		t.line(bold, l)
	}
}

// table writes rows under a header; every row begins after indent cells.
func (t *terminal) table(indent int, cols []column, rows [][]entry) {
	even(cols, rows, t.lang)
	if broken(cols, rows, t.width-indent) {
		for _, row := range rows {
			t.stacked(indent, cols, row)
		}
		return
	}
	widths := layout(cols, rows, t.width-indent)
	t.header(indent, cols, widths)
	for _, row := range rows {
		t.row(indent, cols, widths, row)
	}
}

// header writes the heads of columns, and a rule under them.
func (t *terminal) header(indent int, cols []column, widths []int) {
	heads := make([]entry, len(cols))
	total := gutter * (len(cols) - 1)
	for i, c := range cols {
		heads[i] = entry{{dim, c.head}}
		total += widths[i]
	}
	t.row(indent, cols, widths, heads)
	t.line(dim, strings.Repeat(" ", indent)+strings.Repeat("─", total))
}

// row writes one row of a table, of as many lines as its longest field.
func (t *terminal) row(indent int, cols []column, widths []int, row []entry) {
	fields := make([][]span, len(row))
	height := 1
	for i, e := range row {
		for _, s := range e {
			for _, l := range s.lines(widths[i]) {
				fields[i] = append(fields[i], span{s.style, l})
			}
		}
		height = max(height, len(fields[i]))
	}
	for n := range height {
		var b strings.Builder
		owed := indent // spaces, written only when text follows
		for i := range fields {
			var s span
			if n < len(fields[i]) {
				s = fields[i][n]
			}
			free := widths[i] - width(s.text)
			if cols[i].right {
				owed += free
			}
			if s.text != "" {
				b.WriteString(strings.Repeat(" ", owed) + t.paint(s.style, s.text))
				owed = 0
			}
			if !cols[i].right {
				owed += free
			}
			owed += gutter
		}
		t.out.WriteString(b.String())
		t.blank()
	}
}

// stacked writes one row where a table does not fit: what the row is about, and
// under it each figure behind its head.
func (t *terminal) stacked(indent int, cols []column, row []entry) {
	about := 1
	for about < len(cols) && !cols[about].right {
		about++
	}
	var lead, figures []string
	for i, e := range row {
		var texts []string
		for _, s := range e {
			if s.text != "" {
				texts = append(texts, s.text)
			}
		}
		switch text := strings.Join(texts, " "); {
		case text == "":
		case i < about:
			lead = append(lead, text)
		default:
			figures = append(figures, cols[i].head+"\u00a0"+text)
		}
	}
	t.para(bold, indent, "", strings.Join(lead, " "))
	t.para(normal, indent+2, "", strings.Join(figures, ", "))
}

// gradeColumn is where the grade stands in a ranking: behind the coverage.
const gradeColumn = 4

// overview ranks the cards of one plan and period against each other.
func (t *terminal) overview(cards []score.Card) {
	for i, l := range leagues(cards) {
		if i > 0 {
			t.blank()
		}
		t.para(bold, 0, "", t.title(lang.Join(l.heading(), " · ")))
		t.blank()
		cols := []column{
			{head: t.title(term.Rank), right: true}, {head: t.title(term.Unit), min: 16},
			{head: t.title(term.Score), right: true, even: true}, {head: t.title(term.Coverage), right: true, even: true},
			{head: t.title(score.Met.Title()), right: true, max: 7}, {head: t.title(score.Missed.Title()), right: true, max: 7},
			{head: t.title(score.Missing.Title()), right: true, max: 7},
			{head: t.title(score.Invalid.Title()), right: true, max: 7},
		}
		var rows [][]entry
		for i := range l.Rows {
			rows = append(rows, t.standing(&l.Rows[i]))
		}
		if l.graded() {
			cols, rows = t.withGrades(&l, cols, rows)
		}
		t.table(0, cols, rows)
	}
}

// withGrades adds the grades of a ranking: as a column of their own, or under the
// names of the units where the terminal is too narrow for another column.
func (t *terminal) withGrades(l *league, cols []column, rows [][]entry) ([]column, [][]entry) {
	wide := slices.Insert(slices.Clone(cols), gradeColumn, column{head: t.title(term.Grade), max: 14})
	graded := make([][]entry, len(rows))
	for i := range rows {
		graded[i] = slices.Insert(slices.Clone(rows[i]), gradeColumn, entry{{bold, t.orDash(l.Rows[i].Grade())}})
	}
	if !broken(wide, graded, t.width) {
		return wide, graded
	}
	cols[1].head = t.title(lang.F("%s, %s", "%s, %s", term.Unit, term.Grade))
	for i := range rows {
		rows[i][1] = append(rows[i][1], span{normal, t.orDash(l.Rows[i].Grade())})
	}
	return cols, rows
}

func (t *terminal) standing(s *standing) []entry {
	tally := &s.Card.Total
	unit := entry{{bold, t.in(unitName(s.Card))}}
	if why := t.in(s.Why); why != "" {
		unit = append(unit, span{dim, "(" + why + ")"})
	}
	return []entry{
		{{normal, t.in(s.Place())}},
		unit,
		{{bold, t.orDash(figure(tally.Score))}},
		{{normal, t.orDash(figure(tally.Coverage))}},
		{{green, t.in(lang.F("%s/%s", "%s/%s", count(int64(tally.Met)), count(int64(tally.Applicable()))))}},
		t.number(red, tally.Missed), t.number(yellow, tally.Missing), t.number(red, tally.Invalid),
	}
}

// number is a count in a table; a zero is not coloured.
func (t *terminal) number(s style, n int) entry {
	if n == 0 {
		s = dim
	}
	return entry{{s, t.in(count(int64(n)))}}
}

func (t *terminal) orDash(x lang.Text) string {
	if s := t.in(x); s != "" {
		return s
	}
	return "–"
}

// findings lists diagnostics by severity, worst first.
func (t *terminal) findings(title lang.Text, l diag.List, file string) {
	t.section(t.in(title))
	styles := []style{diag.Error: red, diag.Warning: yellow, diag.Note: cyan}
	marks := []string{diag.Error: "! ", diag.Warning: "* ", diag.Note: "- "}
	for s, list := range bySeverity(l) {
		if len(list) == 0 {
			continue
		}
		word := t.title(severityWord(diag.Severity(s)))
		t.line(styles[s], word+" ("+t.in(count(int64(diag.List(list).Count(diag.Severity(s)))))+")")
		for i, d := range list {
			if (i == maxFindings || t.found >= maxAllFindings) && !t.verbose {
				rest := diag.List(list[i:])
				t.para(dim, 2, "", t.in(lang.F("and %s more", "và %s mục nữa", count(int64(rest.Count(diag.Severity(s)))))))
				break
			}
			t.finding(span{styles[s], marks[s]}, d, file)
			t.found++
		}
	}
}

func (t *terminal) finding(lead span, d diag.Diagnostic, file string) {
	text := t.in(d.Message) + " [" + Plain(string(d.Check)) + "]"
	if p := Plain(place(d.Pos, file)); p != "" {
		text = p + ": " + text
	}
	if d.Unit != "" && file == "" {
		text = Plain(d.Unit) + ": " + text
	}
	t.item(2, lead, span{normal, text})
	for _, r := range d.Related {
		text := t.in(r.Message)
		if p := Plain(place(r.Pos, file)); p != "" {
			text = p + ": " + text
		}
		t.para(dim, 6, "", text)
	}
}
