package report

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// judged reports whether any card holds results: a validation judges nothing.
func judged(cards []score.Card) bool {
	return slices.ContainsFunc(cards, func(c score.Card) bool { return len(c.Results) > 0 })
}

// validation writes what is wrong with each file, and how many are sound.
func (t *terminal) validation(doc *Document) {
	sound := 0
	for i := range doc.Cards {
		c := &doc.Cards[i]
		if i > 0 {
			t.blank()
		}
		t.para(bold, 0, "", Plain(c.Input.File))
		t.para(dim, 2, "", t.in(lang.Join(nonEmpty(unitName(c), c.Unit.LevelTitle, c.Period.Days()), " · ")))
		switch n := c.Diagnostics; {
		case n.HasErrors():
			t.para(red, 2, "✗ ", t.in(lang.F("%s, %s", "%s, %s", severityCount(n, diag.Error), severityCount(n, diag.Warning))))
		case n.Count(diag.Warning) > 0:
			t.para(yellow, 2, "! ", t.in(severityCount(n, diag.Warning)))
			sound++
		default:
			t.para(green, 2, "✓ ", t.in(lang.T("sound, complete and consistent", "hợp lệ, đầy đủ và nhất quán")))
			sound++
		}
		if len(c.Diagnostics) > 0 {
			t.findings(term.InFile, c.Diagnostics, c.Input.File)
		}
	}
	if len(doc.Diagnostics) > 0 {
		if len(doc.Cards) > 0 {
			t.blank()
		}
		t.findings(wordUnread, doc.Diagnostics, "")
	}
	if len(doc.Cards) > 0 {
		t.blank()
		t.para(bold, 0, "", t.in(lang.F("%d of %d submissions without errors", "%d trong %d tệp không có lỗi", sound, len(doc.Cards))))
	}
}

var wordUnread = lang.T("findings of the run", "phát hiện chung")

func severityCount(l diag.List, s diag.Severity) lang.Text {
	n := l.Count(s)
	switch s {
	case diag.Error:
		return lang.F("errors: %d", "lỗi: %d", n)
	case diag.Warning:
		return lang.F("warnings: %d", "cảnh báo: %d", n)
	case diag.Note:
	}
	return lang.F("notes: %d", "ghi chú: %d", n)
}
