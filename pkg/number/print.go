package number

import (
	"math"
	"math/big"
	"math/bits"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/lang"
)

// Form is how a number is printed.
type Form uint8

// The forms.
const (
	AsDigits  Form = iota // "0.6495"
	AsPercent             // "64.95%"
)

// Print prints x with as few decimals as show it exactly, and at most max,
// rounded half-even and grouped by language: "1.234,5" and "1,234.5". It is
// for display only: no decision depends on it.
func (f Form) Print(x Exact, max int) lang.Text {
	x = f.scale(x)
	decimals, _ := Decimals(x, max)
	return lang.Of(printed{x, decimals, f})
}

// Decimals is how many decimals Print prints.
func (f Form) Decimals(x Exact, max int) int {
	n, _ := Decimals(f.scale(x), max)
	return n
}

// scale is x as the digits of a form say it.
func (f Form) scale(x Exact) Exact {
	if f == AsPercent {
		return x.Mul(Int(100))
	}
	return x
}

// Short prints x as digits, with at most max decimals.
func Short(x Exact, max int) lang.Text { return AsDigits.Print(x, max) }

// Percent prints 100·x with at most max decimals and "%": "64,95%".
func Percent(x Exact, max int) lang.Text { return AsPercent.Print(x, max) }

// Shown prints a figure as plans and submissions give it: as a share or as it
// stands, with at most six decimals.
func Shown(x Exact, share bool) lang.Text {
	if share {
		return Percent(x, 6)
	}
	return Short(x, 6)
}

// Count prints how many things there are: "1 row", "1,234 rows", "1.234 hàng".
// Vietnamese has one form.
func Count(n int64, one, many, vi string) lang.Text {
	if n == 1 {
		many = one
	}
	return lang.F("%s "+many, "%s "+vi, Short(Int(n), 0))
}

// WithUnit puts the unit of a number behind its digits: "1 petition", "2 petitions".
// The unit is written in the plural, of which Vietnamese has none.
func WithUnit(x Exact, digits, unit lang.Text) lang.Text {
	if unit.IsZero() {
		return digits
	}
	if x.Equal(Int(1)) {
		unit = lang.T(singular(unit.In(lang.EN)), unit.In(lang.VI))
	}
	return lang.F("%s %s", "%s %s", digits, unit)
}

// singular is an English plural as it stands after "1". Irregular plurals stay
// as they are.
func singular(plural string) string {
	switch {
	case strings.HasSuffix(plural, "ies"):
		return strings.TrimSuffix(plural, "ies") + "y"
	case strings.HasSuffix(plural, "sses"), strings.HasSuffix(plural, "xes"), strings.HasSuffix(plural, "ches"):
		return strings.TrimSuffix(plural, "es")
	case strings.HasSuffix(plural, "ss"):
		return plural
	}
	return strings.TrimSuffix(plural, "s")
}

// AppendDigits adds x with exactly that many decimals for programs: a decimal
// point, and no group separators. It rounds half-even.
func AppendDigits(b []byte, x Exact, decimals int) []byte {
	return appendDecimal(b, x, max(decimals, 0), 0, '.')
}

// Decimals returns the least number of decimals that show x exactly; most and
// false when that many do not.
func Decimals(x Exact, most int) (n int, exact bool) {
	most = max(most, 0)
	_, den, ok := x.small()
	if !ok {
		if n, exact = x.r.FloatPrec(); exact && n <= most {
			return n, true
		}
		return most, false
	}
	for ; den > 1; n++ {
		switch {
		case n == most:
			return most, false
		case den%10 == 0:
			den /= 10
		case den%2 == 0:
			den /= 2
		case den%5 == 0:
			den /= 5
		default:
			return most, false
		}
	}
	return n, true
}

// maxBeside is how many decimals Beside tries.
const maxBeside = 12

// Beside prints x with the fewest decimals from least up that keep it on the
// same side of each bound as the exact values are: 0.6496 beside 0.65 is
// "64.96%" and never "65.0%". When no number of decimals up to 12 does, the
// exact fraction is added: "65% (1299/1998)".
//
// A bound that its own digits do not show exactly is compared both as it is
// and as it is printed, so that x beside its bound and the bound beside x
// never look equal unless they are.
func Beside(x Exact, bounds []Exact, least int, form Form) lang.Text {
	decimals, ok := form.DecimalsBeside(x, bounds, least)
	return form.PrintWith(x, decimals, ok)
}

// PrintWith prints x with the decimals that DecimalsBeside found, and the exact
// fraction behind where those were not enough.
func (f Form) PrintWith(x Exact, decimals int, ok bool) lang.Text {
	if !ok {
		return lang.F("%s (%s)", "%s (%s)", f.Print(x, decimals), x)
	}
	return f.Print(x, decimals)
}

// DecimalsBeside is how many decimals Beside prints; not ok where no number of
// decimals is enough, and the exact fraction is printed behind.
func (f Form) DecimalsBeside(x Exact, bounds []Exact, least int) (n int, ok bool) {
	for decimals := least; decimals <= maxBeside; decimals++ {
		if f.faithful(x, bounds, decimals) {
			n, _ = Decimals(f.scale(x), decimals)
			return n, true
		}
	}
	n, _ = Decimals(f.scale(x), least)
	return n, false
}

// faithful reports whether x, printed with so many decimals, lies on the right
// side of each bound.
func (f Form) faithful(x Exact, bounds []Exact, decimals int) bool {
	x = f.scale(x)
	shown := rounded(x, decimals)
	for _, b := range bounds {
		b = f.scale(b)
		if want := x.Cmp(b); shown.Cmp(b) != want || shown.Cmp(rounded(b, decimals)) != want {
			return false
		}
	}
	return true
}

// printed is a number that is worded when it is printed.
type printed struct {
	x        Exact // as its digits say it: of a percent, 100 times the value
	decimals int
	form     Form
}

// room is where the digits of ordinary numbers fit.
const room = 48

func (p printed) AppendIn(b []byte, l lang.Lang) []byte {
	sep, point := byte('.'), byte(',')
	if l == lang.EN {
		sep, point = point, sep
	}
	b = appendDecimal(b, p.x, p.decimals, sep, point)
	if p.form == AsPercent {
		b = append(b, '%')
	}
	return b
}

// appendDecimal adds x with so many decimals, and a separator between groups of
// three digits unless it is 0.
func appendDecimal(b []byte, x Exact, decimals int, sep, point byte) []byte {
	var buf [room]byte
	digits := buf[:0]
	if n, negative, ok := scaledSmall(x, decimals); ok {
		digits = strconv.AppendUint(digits, n, 10)
		if negative && n > 0 {
			b = append(b, '-')
		}
	} else {
		n := scaled(x, decimals)
		if n.Sign() < 0 {
			b = append(b, '-')
		}
		digits = n.Abs(n).Append(digits, 10)
	}
	whole := len(digits) - decimals
	if whole <= 0 {
		b = append(b, '0')
	}
	for i := min(whole, 0); i < len(digits); i++ {
		switch {
		case i == whole:
			b = append(b, point)
		case i > 0 && i < whole && sep != 0 && (whole-i)%3 == 0:
			b = append(b, sep)
		}
		if i < 0 {
			b = append(b, '0')
		} else {
			b = append(b, digits[i])
		}
	}
	return b
}

// rounded is x with so many decimals, rounded half-even.
func rounded(x Exact, decimals int) Exact {
	if n, negative, ok := scaledSmall(x, decimals); ok && n <= math.MaxInt64 {
		if negative {
			return lowest(-int64(n), powers[decimals])
		}
		return lowest(int64(n), powers[decimals])
	}
	return own(new(big.Rat).SetFrac(scaled(x, decimals), power(decimals)))
}

// scaledSmall returns the magnitude of x·10^decimals, rounded half-even, and
// whether x is below 0; it is not ok when the steps do not fit 128 bits.
func scaledSmall(x Exact, decimals int) (n uint64, negative, ok bool) {
	num, den, ok := x.small()
	if !ok || decimals >= len(powers) {
		return 0, false, false
	}
	magnitude, d := uint64(max(num, -num)), uint64(den)
	high, low := bits.Mul64(magnitude, uint64(powers[decimals]))
	if high >= d {
		return 0, false, false
	}
	n, rest := bits.Div64(high, low, d)
	if n == math.MaxUint64 {
		return 0, false, false
	}
	if half := d - rest; rest > half || rest == half && n%2 == 1 {
		n++
	}
	return n, num < 0, true
}

// scaled is scaledSmall for numbers of any size.
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

// Interval returns the values that print as a shown decimal does: for "64.9"
// from 64.85 to 64.95, ends included, whichever way the writer rounded.
func Interval(shown Exact, decimals int) (low, high Exact) {
	half := own(new(big.Rat).SetFrac(big.NewInt(5), power(max(decimals, 0)+1)))
	return shown.Sub(half), shown.Add(half)
}

// HalfUp is x with so many decimals; a half is rounded away from 0.
func HalfUp(x Exact, decimals int) Exact {
	if x.Sign() < 0 {
		return HalfUp(x.Neg(), decimals).Neg()
	}
	scale := own(new(big.Rat).SetInt(power(decimals)))
	return x.Mul(scale).Add(Frac(1, 2)).Floor().Quo(scale)
}
