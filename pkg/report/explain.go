package report

import (
	"io"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// Explain writes targets of cards in full for a terminal: the clause and its
// words, the arithmetic, every reading, and the cells behind each figure.
func Explain(w io.Writer, doc *Document, targets []string, opt Options) error {
	t := newTerminal(w, opt)
	for i := range doc.Cards {
		for j := range doc.Cards[i].Results {
			r := &doc.Cards[i].Results[j]
			if slices.Contains(targets, r.Target) {
				t.explain(&doc.Cards[i], r)
			}
		}
	}
	t.asked(doc.Queries)
	return t.out.Flush()
}

var (
	wordArithmetic = lang.T("arithmetic", "cách tính")
	wordPointsRow  = term.Points
	wordText       = lang.T("text", "nguyên văn")
	wordRemedyRow  = term.Remedy
	wordNoteRow    = term.Note
)

func (t *terminal) explain(c *score.Card, r *score.Result) {
	t.para(bold, 0, mark(r.Outcome)+" ", t.in(r.Title)+": "+t.in(verdict(r)))
	t.para(dim, 2, "", t.in(unitName(c))+" · "+Plain(c.Input.File))
	rows := []about{
		{term.Clause, lang.Same(c.Plan.Document + ", " + r.Clause)},
		{wordText, lang.Same("“" + r.Quote + "”")},
		{term.Goal, r.Goal.Shown},
		{wordArithmetic, r.Reason},
		{term.CountedTargets, related(r.Counts)},
		{term.Requires, related(r.Requires)},
		{wordPointsRow, pointsInFull(r)},
		{wordNoteRow, r.Note},
		{term.AdoptedReading, r.Adopted},
		{wordRemedyRow, r.Remedy},
	}
	label := 0
	for _, f := range rows {
		label = max(label, width(t.title(f.label)))
	}
	for _, f := range rows {
		if v := t.title(f.value); v != "" {
			l := t.title(f.label)
			t.item(2, span{dim, l + strings.Repeat(" ", label-width(l)+gutter)}, span{normal, v})
		}
	}
	for i := range r.Readings {
		o := &r.Readings[i]
		t.reading(o.Outcome, term.OtherReading, o.Note, o.Value, o.Goal)
	}
	one := *c
	one.Results = []score.Result{*r}
	t.evidence(&one)
	t.blank()
}

// Changes writes a comparison of two runs for a terminal, what is worse first.
func Changes(w io.Writer, changes []score.Change, all bool, opt Options) error {
	t := newTerminal(w, opt)
	counts := map[score.ChangeKind]int{}
	unit := lang.Text{}
	for i := range changes {
		c := &changes[i]
		counts[c.Kind]++
		if c.Kind == score.Unchanged && !all {
			continue
		}
		if !c.Unit.Equal(unit) {
			unit = c.Unit
			t.section(t.in(c.Unit))
		}
		t.change(c)
	}
	t.blank()
	var parts []lang.Text
	for k := range score.Gone + 1 {
		if counts[k] > 0 {
			parts = append(parts, lang.F("%s: %d", "%s: %d", k.Title(), counts[k]))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, lang.T("nothing to compare", "không có gì để so sánh"))
	}
	t.para(bold, 0, "", t.in(lang.Join(parts, ", ")))
	return t.out.Flush()
}

func (t *terminal) change(c *score.Change) {
	side := func(r *score.Result) lang.Text {
		if r == nil {
			return lang.Same("–")
		}
		v := figure(r.Value)
		return lang.F("%s %s", "%s %s", r.Outcome.Title(), v)
	}
	t.para(normal, 0, "• ", t.in(c.Kind.Title())+": "+t.in(c.Title)+" ("+Plain(c.Target)+"): "+
		t.in(side(c.Old))+" → "+t.in(side(c.New)))
}

// related lists other targets with their outcomes.
func related(list []score.Related) lang.Text {
	var words []lang.Text
	for _, r := range list {
		words = append(words, lang.F("%s %s", "%s %s", mark(r.Outcome), lang.F("%s: %s", "%s: %s", r.Title, r.Outcome.Title())))
	}
	return lang.Join(words, "; ")
}

// pointsInFull tells the points of a result with how they are earned; those that
// are added or taken off are of no maximum.
func pointsInFull(r *score.Result) lang.Text {
	if r.Adjust != plan.NoAdjustment {
		return lang.F("%s (%s)", "%s (%s)", signed(r.Points), r.Credit)
	}
	words := lang.F("%s of %s (%s)", "%s trên %s (%s)", r.Points.Shown, r.Max.Shown, r.Credit)
	if r.Closed() {
		return lang.F("%s, %s: %s", "%s, %s: %s", words, term.Withheld, r.Withheld.Shown)
	}
	return words
}
