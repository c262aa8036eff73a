package numfmt

import (
	"math/big"
	"strings"

	"github.com/parcheck/parcheck/pkg/number"
)

// ratioLayout is where the parts of a fraction are, by index into the items.
type ratioLayout struct {
	whole    int // the end of the whole part; 0 where there is none
	over     int // the first placeholder of the numerator
	end      int // the end of the denominator
	numerals int // placeholders of the numerator
	under    int // placeholders of the denominator
	fixed    string
}

// ratio finds the parts of a section with a slash.
func (s *Section) ratio() ratioLayout {
	var r ratioLayout
	r.over = s.layout.slash
	for r.over > 0 && s.items[r.over-1].part == digit {
		r.over--
		if s.items[r.over].text != "#" {
			r.numerals++
		}
	}
	for i, it := range s.items[:r.over] {
		if it.part == digit {
			r.whole = i + 1
		}
	}
	for r.end = s.layout.slash + 1; r.end < len(s.items); r.end++ {
		it := s.items[r.end]
		numeral := it.part == literal && strings.Trim(it.text, "0123456789") == ""
		if it.part != digit && !numeral {
			break
		}
		if it.part == digit {
			r.under++
		}
		r.fixed += it.text
	}
	if strings.Trim(r.fixed, "0123456789") != "" || strings.Trim(r.fixed, "0") == "" {
		r.fixed = ""
	}
	return r
}

// fractions writes a number as a fraction, "1 2/3".
func (w *writer) fractions(x number.Exact) {
	s, r := w.s, w.s.ratio()
	whole := number.Int(0)
	if r.whole > 0 {
		whole = x.Floor()
	}
	num, den := approximate(x.Sub(whole), r)
	if r.whole > 0 && num == den {
		whole, num = whole.Add(number.Int(1)), "0"
	}
	none := r.whole > 0 && num == "0"
	if r.whole > 0 {
		digits, _ := digitsOf(whole, 0)
		if none && digits == "" {
			digits = "0"
		}
		w.decimal(digits, "", r.whole)
	}
	for _, it := range s.items[r.whole:r.over] {
		w.item(it, func(item) {})
	}
	pad := func(n int, text string) string { return strings.Repeat(" ", max(n-len(text), 0)) }
	if none {
		w.WriteString(strings.Repeat(" ", r.numerals+1+max(r.under, len(r.fixed))))
	} else {
		w.WriteString(pad(r.numerals, num) + num + "/" + den)
		if r.fixed == "" {
			w.WriteString(pad(r.under, den))
		}
	}
	for _, it := range s.items[r.end:] {
		w.item(it, func(item) {})
	}
}

// approximate returns the fraction that is near x, of a fixed denominator or
// of one of so many digits.
func approximate(x number.Exact, r ratioLayout) (num, den string) {
	if r.fixed != "" {
		d, _ := new(big.Int).SetString(r.fixed, 10)
		n, _ := digitsOf(x.Mul(number.FromRat(new(big.Rat).SetInt(d))), 0)
		if n == "" {
			n = "0"
		}
		return n, d.String()
	}
	most := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(min(max(r.under, 1), 9))), nil)
	// Continued fractions: each convergent is nearer than the one before.
	rest := x.Rat()
	p0, q0, p1, q1 := big.NewInt(0), big.NewInt(1), big.NewInt(1), big.NewInt(0)
	for {
		a := new(big.Int).Div(rest.Num(), rest.Denom())
		p2 := new(big.Int).Add(new(big.Int).Mul(a, p1), p0)
		q2 := new(big.Int).Add(new(big.Int).Mul(a, q1), q0)
		if q2.Cmp(most) >= 0 {
			break
		}
		p0, q0, p1, q1 = p1, q1, p2, q2
		if rest.Sub(rest, new(big.Rat).SetInt(a)); rest.Sign() == 0 {
			break
		}
		rest.Inv(rest)
	}
	return p1.String(), q1.String()
}
