package number

import (
	"math/big"
	"strings"

	"github.com/parcheck/parcheck/pkg/lang"
)

// Decimal prints x with exactly that many decimals, rounded half-even, grouped
// by language: 1.234,50 and 1,234.50. It is for showing; nothing is decided by
// what it returns.
func Decimal(x Exact, decimals int) lang.Text {
	decimals = max(decimals, 0)
	n := scaled(x, decimals)
	sign := ""
	if n.Sign() < 0 {
		sign = "-"
		n.Neg(n)
	}
	s := n.String()
	if pad := decimals + 1 - len(s); pad > 0 {
		s = strings.Repeat("0", pad) + s
	}
	whole, frac := s[:len(s)-decimals], s[len(s)-decimals:]
	if frac == "" {
		return lang.T(sign+group(whole, ","), sign+group(whole, "."))
	}
	return lang.T(sign+group(whole, ",")+"."+frac, sign+group(whole, ".")+","+frac)
}

// scaled returns x·10^decimals, rounded half-even.
func scaled(x Exact, decimals int) *big.Int {
	r := x.rat()
	num := new(big.Int).Mul(r.Num(), power(decimals))
	q, rest := new(big.Int).DivMod(num, r.Denom(), new(big.Int)) // 0 <= rest < denominator
	switch rest.Lsh(rest, 1).Cmp(r.Denom()) {
	case 1:
		q.Add(q, big.NewInt(1))
	case 0:
		if q.Bit(0) == 1 {
			q.Add(q, big.NewInt(1))
		}
	}
	return q
}

// group puts a separator between groups of three digits.
func group(digits, sep string) string {
	first := (len(digits)-1)%3 + 1
	var b strings.Builder
	b.WriteString(digits[:first])
	for i := first; i < len(digits); i += 3 {
		b.WriteString(sep)
		b.WriteString(digits[i : i+3])
	}
	return b.String()
}

// Short prints x with as few decimals as show it exactly, and at most max,
// rounded half-even.
func Short(x Exact, max int) lang.Text {
	decimals := 0
	for y := x; decimals < max && !y.IsInt(); decimals++ {
		y = y.Mul(Int(10))
	}
	return Decimal(x, decimals)
}

// Percent prints 100·x with at most max decimals and "%": "64,95%".
func Percent(x Exact, max int) lang.Text {
	t := Short(x.Mul(Int(100)), max)
	return lang.T(t.In(lang.EN)+"%", t.In(lang.VI)+"%")
}

// maxBeside is how many decimals Beside tries.
const maxBeside = 12

// Beside prints x, by print, with the fewest decimals from least up that keep
// it on the same side of each bound as the exact values are: 0.6496 beside
// 0.65 is "64.96%" and never "65.0%". When no number of decimals up to 12
// does, the exact fraction is added: "65% (1299/1998)".
//
// print is Short, Percent, or another one whose English text ParseText reads.
// A bound that its own digits do not show exactly is compared both as it is
// and as print shows it, so that x beside its bound and the bound beside x
// never look equal unless they are.
func Beside(x Exact, bounds []Exact, least int, print func(x Exact, max int) lang.Text) lang.Text {
	for decimals := least; decimals <= maxBeside; decimals++ {
		if t := print(x, decimals); faithful(x, t, bounds, decimals, print) {
			return t
		}
	}
	t := print(x, least)
	exact := " (" + x.String() + ")"
	return lang.T(t.In(lang.EN)+exact, t.In(lang.VI)+exact)
}

// faithful reports whether the text shows x on the right side of each bound.
func faithful(x Exact, text lang.Text, bounds []Exact, decimals int, print func(Exact, int) lang.Text) bool {
	shown, _, err := ParseText(text.In(lang.EN), StyleEN)
	if err != nil {
		return false
	}
	for _, b := range bounds {
		want := x.Cmp(b)
		bound, _, err := ParseText(print(b, decimals).In(lang.EN), StyleEN)
		if err != nil || shown.Cmp(b) != want || shown.Cmp(bound) != want {
			return false
		}
	}
	return true
}

// Interval returns the values that print as a shown decimal does: for "64.9"
// from 64.85 to 64.95, ends included, whichever way the writer rounded.
func Interval(shown Exact, decimals int) (low, high Exact) {
	half := own(new(big.Rat).SetFrac(big.NewInt(5), power(max(decimals, 0)+1)))
	return shown.Sub(half), shown.Add(half)
}
