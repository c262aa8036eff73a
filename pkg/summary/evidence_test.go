package summary_test

import (
	"slices"
	"testing"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
)

// Every place that a missed result was read from is a row of the evidence, with
// the unit, the target and the cells; nothing else is.
func TestEvidenceHoldsTheCellsOfWhatIsMissed(t *testing.T) {
	in := sample(6, 12)
	in.Lang = lang.EN
	want := map[[3]string]bool{}
	for i := range in.Cards {
		c := &in.Cards[i]
		for f := range c.Facts {
			fact := &c.Facts[f]
			fact.Sources = evidenceOf(fact)
		}
		for _, r := range c.Results {
			if r.Outcome != score.Missed && r.Outcome != score.Invalid {
				continue
			}
			for _, id := range r.Facts {
				at := slices.IndexFunc(c.Facts, func(f fact.Fact) bool { return f.ID == id })
				if at < 0 {
					continue
				}
				for j := range max(len(c.Facts[at].Sources), 1) {
					cells := ""
					if len(c.Facts[at].Sources) > 0 {
						cells = c.Facts[at].Sources[j].Evidence[0].Where()
					}
					want[[3]string{c.Unit.Name.In(lang.EN), r.Title.In(lang.EN), cells}] = true
				}
			}
		}
	}
	if len(want) == 0 {
		t.Fatal("the sample misses nothing")
	}
	got := map[[3]string]bool{}
	g := grid(t, opened(t, written(t, in)), "Evidence")
	for _, row := range g[5:] {
		got[[3]string{at([][]string{row}, 0, 0), at([][]string{row}, 0, 2), at([][]string{row}, 0, 6)}] = true
	}
	for row := range want {
		if !got[row] {
			t.Errorf("no evidence says %q", row)
		}
	}
	for row := range got {
		if !want[row] {
			t.Errorf("evidence that nobody looks for: %q", row)
		}
	}
}

// evidenceOf puts a figure in a cell named after it.
func evidenceOf(f *fact.Fact) []fact.Source {
	if f.State != fact.Reported {
		return nil
	}
	return []fact.Source{{Value: f.Value, Choice: f.Choice, How: lang.Same("read"), Evidence: []fact.Evidence{{Sheet: "S " + f.ID, Cells: "D7", Count: 1}}}}
}
