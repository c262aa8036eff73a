package score

import (
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// A figure's format says what its printed form shows.
func TestFormatIsThatOfTheDigits(t *testing.T) {
	share := quantity{kind: plan.ShareFact}
	numbers := []number.Exact{number.Int(0), number.Int(1), number.Int(2500), number.Frac(1, 3), number.Frac(65, 100), number.Frac(1299, 2000),
		number.Frac(99996, 100000), number.Frac(-1, 50), number.Frac(1, 1<<40), number.Frac(49999999, 100000000)}
	for _, q := range []quantity{share, {kind: plan.CountFact}, {kind: plan.AmountFact}, {kind: plan.RankFact},
		{kind: plan.ShareFact, change: true}, {kind: plan.ShareFact, growth: true}, {kind: plan.CountFact, change: true}} {
		for _, x := range numbers {
			for _, f := range []Figure{q.bound(x), q.figure(x, number.Frac(65, 100)), q.figure(x, number.Frac(1, 2), number.Int(1)), q.figure(x)} {
				text := f.Shown.In(lang.EN)
				digits, _, fraction := strings.Cut(text, " (")
				_, after, _ := strings.Cut(digits, ".")
				decimals := len(strings.TrimSuffix(strings.TrimSuffix(after, " pp"), "%"))
				want := Format{Decimals: decimals, Percent: q.growth, Points: q.points(), Fraction: fraction}
				if f.Format != want {
					t.Errorf("%s is printed %q and has the format %+v, want %+v", x, text, f.Format, want)
				}
			}
		}
	}
}
