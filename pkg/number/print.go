package number

import "github.com/parcheck/parcheck/pkg/lang"

// Decimal prints x with exactly that many decimals, rounded half-even, grouped
// by language: 1.234,50 and 1,234.50. It is for showing; nothing is decided by
// what it returns.
func Decimal(x Exact, decimals int) lang.Text { return lang.Text{} }

// Short prints x with as few decimals as show it exactly, and at most max,
// rounded half-even.
func Short(x Exact, max int) lang.Text { return lang.Text{} }

// Percent prints 100·x with at most max decimals and "%": "64,95%".
func Percent(x Exact, max int) lang.Text { return lang.Text{} }

// Beside prints x, by print, with the fewest decimals from least up that keep
// it on the same side of each bound as the exact values are: 0.6496 beside
// 0.65 is "64.96%" and never "65.0%". When no number of decimals up to 12
// does, the exact fraction is added: "65% (1299/1998)".
func Beside(x Exact, bounds []Exact, least int, print func(x Exact, max int) lang.Text) lang.Text {
	return lang.Text{}
}

// Interval returns the values that print as a shown decimal does: for "64.9"
// from 64.85 to 64.95, ends included, whichever way the writer rounded.
func Interval(shown Exact, decimals int) (low, high Exact) { return Exact{}, Exact{} }
