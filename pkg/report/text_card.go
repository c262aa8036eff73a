package report

import (
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// The widths from which the table of targets has a column more.
const (
	widthClause  = 96
	widthFigures = 120
)

// meterWidth is how long the bar of the score is.
const meterWidth = 40

// card writes one unit's results.
func (t *terminal) card(c *score.Card) {
	t.headline(c)
	t.targets(c)
	t.todo(c)
	t.readings(c)
	t.notes(c)
	if t.verbose {
		t.evidence(c)
	}
	if len(c.Diagnostics) > 0 {
		t.findings(term.InFile, c.Diagnostics, c.Input.File)
	}
}

// headline writes who, when, by which plan, and how it went.
func (t *terminal) headline(c *score.Card) {
	t.para(bold, 0, "", t.in(unitName(c)))
	lines := slices.DeleteFunc(aboutCard(c), func(a about) bool { return a.value.IsZero() })
	label := 0
	for _, f := range lines {
		label = max(label, width(t.title(f.label)))
	}
	for _, f := range lines {
		l := t.title(f.label)
		t.item(0, span{dim, l + strings.Repeat(" ", label-width(l)+gutter)}, span{normal, t.in(f.value)})
	}
	t.blank()
	t.meter(c.Total.Score, c.Total.Coverage)
	t.blank()
	t.tallies(c)
}

// meter draws the score, and says how much of it could be judged.
func (t *terminal) meter(points, coverage *score.Figure) {
	label := t.title(term.Score) + " "
	if points == nil {
		t.para(bold, 0, label, t.in(lang.T("none: no target applies", "không có: không chỉ tiêu nào áp dụng")))
		return
	}
	shown := t.in(points.Shown)
	tail := t.in(term.Coverage) + " " + t.orDash(figure(coverage))
	room := min(t.width-width(label+shown+tail)-2*gutter, meterWidth)
	if room < 10 {
		t.para(bold, 0, "", label+shown+", "+tail)
		return
	}
	full := filled(points.Exact, room)
	t.line(normal, t.paint(bold, label+shown)+strings.Repeat(" ", gutter)+
		t.paint(green, strings.Repeat("█", full))+t.paint(dim, strings.Repeat("░", room-full))+
		strings.Repeat(" ", gutter)+tail)
}

// tallies writes the counts: all targets, the mandatory and the aspirational.
func (t *terminal) tallies(c *score.Card) {
	cols := []column{
		{head: ""}, {head: t.title(term.Score), right: true, even: true}, {head: t.title(term.Coverage), right: true, even: true},
		{head: t.title(term.Points), right: true}, {head: t.title(score.Met.Title()), right: true},
		{head: t.title(score.Missed.Title()), right: true, max: 7}, {head: t.title(score.Missing.Title()), right: true, max: 7},
		{head: t.title(score.Invalid.Title()), right: true, max: 7}, {head: t.title(lang.T("pending", "chưa đến hạn")), right: true, max: 7},
	}
	var rows [][]entry
	for _, row := range talliesByArea(c) {
		y := row.Tally
		rows = append(rows, []entry{
			{{normal, t.title(row.Word)}},
			{{bold, t.orDash(figure(y.Score))}},
			{{normal, t.orDash(figure(y.Coverage))}},
			{{normal, t.in(lang.F("%s/%s", "%s/%s", y.Points.Shown, y.Max.Shown))}},
			{{green, t.in(lang.F("%s/%s", "%s/%s", count(int64(y.Met)), count(int64(y.Applicable()))))}},
			t.number(red, y.Missed), t.number(yellow, y.Missing), t.number(red, y.Invalid), t.number(cyan, y.Pending),
		})
	}
	t.table(0, cols, rows)
	if line := pointsNote(c); !line.IsZero() {
		t.para(normal, 0, "", t.in(line))
	}
}

var outcomeStyles = [...]style{
	score.Missing: yellow, score.Met: green, score.Missed: red,
	score.Pending: cyan, score.NotApplicable: dim, score.Invalid: red, score.Tracked: dim,
}

// targets writes the table of targets, area by area, in the plan's order.
func (t *terminal) targets(c *score.Card) {
	keep := applies
	if t.verbose {
		keep = anyResult
	}
	areas := byArea(c, keep)
	cols := t.targetColumns()
	var rows [][]entry
	for _, a := range areas {
		for _, r := range a.Results {
			rows = append(rows, t.target(r))
		}
	}
	if len(rows) > 0 {
		t.blank()
		even(cols, rows, t.lang)
		stacked := broken(cols, rows, t.width)
		widths := layout(cols, rows, t.width)
		if !stacked {
			t.header(0, cols, widths)
		}
		for i, a := range areas {
			if i > 0 {
				t.blank()
			}
			t.para(bold, 0, "", strings.ToUpper(t.in(a.Title)))
			for _, row := range rows[:len(a.Results)] {
				if stacked {
					t.stacked(0, cols, row)
					continue
				}
				t.row(0, cols, widths, row)
			}
			rows = rows[len(a.Results):]
		}
	}
	if n := c.Total.NotApplicable; n > 0 && !t.verbose {
		t.blank()
		t.para(dim, 0, mark(score.NotApplicable)+" ", t.in(notApplicable(n)))
	}
}

func (t *terminal) targetColumns() []column {
	title := column{head: t.title(term.Target), min: 28}
	var more []column
	if t.width >= widthClause {
		title.min = 40
		more = append(more, column{head: t.title(term.Clause), max: 12})
	}
	if t.width >= widthFigures {
		title.min = 56
		more = append(more, column{head: t.title(term.Figures), right: true, min: 16, max: 24})
	}
	cols := append([]column{{head: "", min: 12}, title}, more...)
	return append(cols,
		column{head: t.title(term.Value), right: true, min: 7, max: 20, even: true},
		column{head: t.title(term.Goal), min: 8, max: 20},
		column{head: t.title(term.Gap), right: true, min: 10, max: 16},
		column{head: t.title(term.Points), right: true, min: 5, max: 12})
}

func (t *terminal) target(r *score.Result) []entry {
	s := outcomeStyles[r.Outcome]
	row := []entry{{{s, mark(r.Outcome) + "\u00a0" + t.in(judgedAs(r))}}, {{normal, t.targetTitle(r)}}}
	if t.width >= widthClause {
		row = append(row, entry{{dim, Plain(r.Clause)}})
	}
	if t.width >= widthFigures {
		row = append(row, entry{{dim, t.in(shareOf(r))}})
	}
	return append(row,
		entry{{bold, t.orDash(valueOf(r))}},
		entry{{normal, t.in(r.Goal.Shown)}},
		entry{{s, t.in(figure(r.Gap))}},
		entry{{normal, t.in(pointsOf(r))}})
}

// targetTitle is the title with what sets the target apart.
func (t *terminal) targetTitle(r *score.Result) string {
	title := t.in(r.Title)
	if aspired(r) {
		title += " (" + t.in(term.Aspirational) + ")"
	}
	if r.Waiver != nil {
		title += " [" + t.in(term.Waived) + "]"
	}
	if r.Closed() {
		title += " [" + t.in(term.Withheld) + "]"
	}
	return title
}

// todo lists what the unit misses: how much, by which clause, where the
// figures stand, and what helps.
func (t *terminal) todo(c *score.Card) {
	list := pick(c, needsWork)
	if len(list) == 0 {
		return
	}
	t.section(t.in(term.ToDo))
	for i, r := range list {
		if i > 0 {
			t.blank()
		}
		lead := t.in(r.Title)
		if r.Clause != "" {
			lead += " (" + t.in(term.Clause) + " " + Plain(r.Clause) + ")"
		}
		t.item(0, span{outcomeStyles[r.Outcome], mark(r.Outcome) + " "}, span{bold, lead + ": " + t.in(verdict(r))})
		t.para(normal, 2, "", t.title(r.Reason))
		for _, f := range factsOf(c, r.Facts) {
			t.para(dim, 2, "· ", t.in(standsAt(f, tells(r, f))))
		}
		if remedy := t.in(r.Remedy); remedy != "" {
			t.para(cyan, 2, "→ ", remedy)
		}
	}
}

// readings tells where another reading of a clause gives another outcome.
func (t *terminal) readings(c *score.Card) {
	list := pick(c, func(r *score.Result) bool { return r.Disagree })
	if len(list) == 0 {
		return
	}
	t.section(t.in(term.Disagreeing))
	for _, r := range list {
		t.para(bold, 0, "≠ ", t.in(r.Title)+" ("+t.in(term.Clause)+" "+Plain(r.Clause)+")")
		t.reading(r.Outcome, term.AdoptedReading, r.Adopted, r.Value, r.Goal)
		for i := range r.Readings {
			if o := &r.Readings[i]; o.Outcome != r.Outcome {
				t.reading(o.Outcome, term.OtherReading, o.Note, o.Value, o.Goal)
			}
		}
	}
}

func (t *terminal) reading(o score.Outcome, label, note lang.Text, value *score.Figure, goal score.Goal) {
	text := t.title(label) + ": " + t.in(o.Title())
	if v := t.in(figure(value)); v != "" {
		text += ", " + v
	}
	if g := t.in(goal.Shown); g != "" {
		text += ", " + t.in(term.Goal) + " " + g
	}
	t.item(2, span{outcomeStyles[o], mark(o) + " "}, span{normal, text})
	if n := t.in(note); n != "" {
		t.para(dim, 4, "", n)
	}
}

// notes tells what does not change an outcome and a reader should know.
func (t *terminal) notes(c *score.Card) {
	list := append(nonEmpty(c.Plan.Note), remarks(c)...)
	if give := params(c); len(give) > 0 {
		list = append(list, lang.F("what is not known is given with %s", "khai báo số liệu chưa biết bằng %s", lang.Join(give, " ")))
	}
	if len(list) == 0 {
		return
	}
	t.section(t.in(term.Knowing))
	for _, n := range list {
		t.para(normal, 0, "• ", t.in(n))
	}
}

// params lists the flags that give what the judgement lacks.
func params(c *score.Card) []lang.Text {
	var give []lang.Text
	var ids []string
	for i := range c.Results {
		for _, id := range c.Results[i].Lacks {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
				give = append(give, lang.F("--param %s=VALUE", "--param %s=GIÁ_TRỊ", id))
			}
		}
	}
	return give
}

// evidence lists every figure with the cells behind it.
func (t *terminal) evidence(c *score.Card) {
	list := evidenceOf(c, pick(c, anyResult))
	if len(list) == 0 {
		return
	}
	t.section(t.in(term.Evidence))
	for _, f := range list {
		t.para(bold, 0, "", t.in(f.Title)+": "+t.in(factShown(f)))
		if !f.Reason.IsZero() {
			t.para(normal, 2, "", t.in(f.Reason))
		}
		for i := range f.Sources {
			t.source(f, &f.Sources[i])
		}
		if len(f.Parts) > 0 {
			t.para(dim, 2, "= ", t.in(lang.Join(factTitles(c, f.Parts), "; ")))
		}
	}
}

func (t *terminal) source(f *fact.Fact, s *fact.Source) {
	text := t.in(s.How)
	if !agrees(f, s) {
		text = t.in(sourceShown(f, s)) + ": " + text
	}
	t.para(normal, 2, "• ", text)
	for i := range s.Evidence {
		e := &s.Evidence[i]
		line := t.in(where(&fact.Source{Evidence: s.Evidence[i : i+1]}))
		if cell := t.in(cellOf(e)); cell != "" {
			line += ": " + cell
		}
		t.para(dim, 4, "", line)
	}
}
