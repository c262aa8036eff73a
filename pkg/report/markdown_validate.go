package report

import (
	"fmt"
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// validation writes a table of the submissions that were read and not scored,
// then what is wrong with each.
func (m *markdown) validation(doc *Document) {
	sound := len(doc.Cards)
	for i := range doc.Cards {
		if doc.Cards[i].Diagnostics.HasErrors() {
			sound--
		}
	}
	m.heading(0, m.in(lang.F("%d of %d submissions without errors", "%d trong %d tệp không có lỗi", sound, len(doc.Cards))))
	if len(doc.Cards) > 0 {
		m.table("", m.title(term.Unit), m.title(wordFile), m.title(severityWord(diag.Error))+":",
			m.title(severityWord(diag.Warning))+":", m.title(severityWord(diag.Note))+":")
	}
	for _, c := range worstFirst(doc.Cards) {
		l := c.Diagnostics
		state := "✓"
		if l.HasErrors() {
			state = "✗"
		}
		m.row(state, m.in(unitName(c)), md(c.Input.File), m.number(l.Count(diag.Error)), m.number(l.Count(diag.Warning)), m.number(l.Count(diag.Note)))
	}
	if len(doc.Diagnostics) > 0 {
		m.heading(1, m.title(wordUnread))
		m.findings(doc.Diagnostics, "")
	}
	for _, c := range worstFirst(doc.Cards) {
		if len(c.Diagnostics) > 0 {
			m.heading(1, m.in(unitName(c)))
			fmt.Fprintf(m.out, "%s\n\n", md(c.Input.File))
			m.findings(c.Diagnostics, c.Input.File)
		}
	}
}

var wordFile = term.File

// worstFirst lists the cards that have errors before those that have none.
func worstFirst(cards []score.Card) []*score.Card {
	var list []*score.Card
	for i := range cards {
		list = append(list, &cards[i])
	}
	slices.SortStableFunc(list, func(a, b *score.Card) int {
		switch x, y := a.Diagnostics.HasErrors(), b.Diagnostics.HasErrors(); {
		case x == y:
			return 0
		case x:
			return -1
		}
		return 1
	})
	return list
}
