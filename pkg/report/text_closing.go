package report

import (
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// closing ends the report of one unit with its score and what decides it, for the
// last lines stay in sight on a terminal.
func (t *terminal) closing(c *score.Card) {
	if c.Total.Score == nil {
		return
	}
	t.blank()
	t.line(dim, strings.Repeat("═", t.width))
	y := &c.Total
	t.para(bold, 0, "", t.in(lang.F("%s: score %s, %s of %s points", "%s: điểm số %s, đạt %s/%s điểm",
		unitName(c), y.Score.Shown, y.Points.Shown, y.Max.Shown)))
	if grade := gradeOf(c); !grade.IsZero() {
		t.para(bold, 2, "", t.title(term.Grade)+": "+t.in(grade))
	}
	var decided []lang.Text
	for _, n := range countsOf(*y) {
		if n.N > 0 {
			decided = append(decided, lang.F("%s %s", "%s %s", n.Outcome.Title(), count(int64(n.N))))
		}
	}
	t.para(normal, 2, "", t.title(lang.Join(decided, ", "))+"; "+t.in(term.Coverage)+" "+t.orDash(figure(y.Coverage)))
}

// written says where the reports are that were written to files.
func (t *terminal) written(paths []string) {
	if len(paths) > 0 {
		t.item(0, span{dim, t.title(lang.T("reports", "báo cáo")) + ": "}, span{normal, Plain(strings.Join(paths, ", "))})
	}
}

// worst lists the errors and warnings in the files of several units.
func (t *terminal) worst(cards []score.Card) {
	var found diag.List
	for i := range cards {
		for _, d := range cards[i].Diagnostics {
			if d.Severity > diag.Warning { // the severities stand worst first
				continue
			}
			if d.Pos.File == "" {
				d.Pos.File = cards[i].Input.File
			}
			found = append(found, d)
		}
	}
	if len(found) > 0 {
		t.findings(term.InFile, found, "")
	}
}
