package report

import (
	"bytes"
	"slices"
	"testing"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
)

// A format that validates tells a finding of an unscored file, and every format
// tells a target that fails: one that was added and prints neither fails here.
func TestEveryFormatTellsWhatItServes(t *testing.T) {
	card := district()
	card.Results, card.Diagnostics = nil, nil
	card.Diagnostics.Add(diag.BlankCell, diag.InFile(card.Input.File), lang.Same("nothing-is-there"))
	unscored := &Document{Schema: Schema, Program: "parcheck 1.0.0", Cards: []score.Card{card}}
	for _, f := range formats {
		for _, l := range []lang.Lang{lang.VI, lang.EN} {
			if f.Validates && !bytes.Contains(written(t, f.Write, unscored, Options{Lang: l}), []byte("nothing-is-there")) {
				t.Errorf("%s validates and does not tell a finding", f.Name)
			}
			title := []byte(onlinePartial().Title.In(l))
			if !bytes.Contains(bytes.ReplaceAll(written(t, f.Write, one(), Options{Lang: l, Width: 400}), []byte("\n"), []byte(" ")), title) {
				t.Errorf("%s does not tell a target that fails", f.Name)
			}
		}
	}
	if !slices.IsSorted(Names()) {
		t.Errorf("the formats stand as %v", Names())
	}
}
