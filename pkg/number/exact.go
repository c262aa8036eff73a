// Package number is exact arithmetic on what spreadsheets and plans say:
// rational numbers, the reading of digits typed by people and stored by
// programs, and the printing of figures by language. No float64 takes part.
package number

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Exact is an immutable rational number of any size. The zero value is 0.
//
// Values of ordinary size live in the struct itself, so that a list of a
// million figures is read and added up without allocating. == does not
// compare values: use Equal.
type Exact struct {
	num, den int64    // the value in lowest terms when r is nil; a den of 0 means 1
	r        *big.Rat // the value when it does not fit into num and den
}

// Int returns a whole number.
func Int(n int64) Exact {
	if n == math.MinInt64 { // has no opposite
		return Exact{r: new(big.Rat).SetInt64(n)}
	}
	return Exact{num: n}
}

// Frac returns num/den; den must not be 0.
func Frac(num, den int64) Exact {
	if num == math.MinInt64 || den == math.MinInt64 || den == 0 {
		return own(big.NewRat(num, den))
	}
	return lowest(num, den)
}

// FromRat returns the value of r, which is copied.
func FromRat(r *big.Rat) Exact { return own(new(big.Rat).Set(r)) }

// own returns the value of r, which the caller must not change afterwards.
func own(r *big.Rat) Exact {
	num, den := r.Num(), r.Denom()
	if num.IsInt64() && den.IsInt64() && num.Int64() != math.MinInt64 {
		return Exact{num: num.Int64(), den: den.Int64()}
	}
	return Exact{r: r}
}

// lowest reduces num/den; neither is the smallest int64, den is not 0.
func lowest(num, den int64) Exact {
	if den < 0 {
		num, den = -num, -den
	}
	if d := gcd(num, den); d > 1 {
		num, den = num/d, den/d
	}
	return Exact{num: num, den: den}
}

func gcd(a, b int64) int64 {
	if a < 0 {
		a = -a
	}
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// small returns the value's terms, and whether they fit.
func (x Exact) small() (num, den int64, ok bool) {
	return x.num, max(x.den, 1), x.r == nil
}

// rat returns the value; it must not be changed.
func (x Exact) rat() *big.Rat {
	if x.r == nil {
		return x.Rat()
	}
	return x.r
}

// Rat returns a copy of the value.
func (x Exact) Rat() *big.Rat {
	num, den, ok := x.small()
	if !ok {
		return new(big.Rat).Set(x.r)
	}
	r := new(big.Rat).SetInt64(num)
	r.Denom().SetInt64(den) // its own; there is nothing to reduce
	return r
}

// Add returns x + y.
func (x Exact) Add(y Exact) Exact {
	if sum, ok := x.addSmall(y); ok {
		return sum
	}
	return own(new(big.Rat).Add(x.rat(), y.rat()))
}

// addSmall returns x + y where all that it takes fits.
func (x Exact) addSmall(y Exact) (_ Exact, ok bool) {
	a, b, okX := x.small()
	c, d, okY := y.small()
	if !okX || !okY {
		return Exact{}, false
	}
	ad, ok1 := times(a, d)
	cb, ok2 := times(c, b)
	bd, ok3 := times(b, d)
	sum, ok4 := plus(ad, cb)
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return Exact{}, false
	}
	return lowest(sum, bd), true
}

// Sub returns x - y.
func (x Exact) Sub(y Exact) Exact { return x.Add(y.Neg()) }

// Mul returns x * y.
func (x Exact) Mul(y Exact) Exact {
	a, b, okX := x.small()
	c, d, okY := y.small()
	if okX && okY {
		ac, ok1 := times(a, c)
		bd, ok2 := times(b, d)
		if ok1 && ok2 {
			return lowest(ac, bd)
		}
	}
	return own(new(big.Rat).Mul(x.rat(), y.rat()))
}

// Quo returns x / y; y must not be 0.
func (x Exact) Quo(y Exact) Exact {
	if num, den, ok := y.small(); ok && num != 0 {
		return x.Mul(lowest(den, num))
	}
	return own(new(big.Rat).Quo(x.rat(), y.rat()))
}

// Neg returns -x.
func (x Exact) Neg() Exact {
	if num, den, ok := x.small(); ok {
		return Exact{num: -num, den: den}
	}
	return own(new(big.Rat).Neg(x.r))
}

// Cmp returns -1, 0 or +1 as x is less than, equal to or greater than y.
func (x Exact) Cmp(y Exact) int {
	a, b, okX := x.small()
	c, d, okY := y.small()
	if okX && okY {
		ad, ok1 := times(a, d)
		cb, ok2 := times(c, b)
		if ok1 && ok2 {
			switch {
			case ad < cb:
				return -1
			case ad > cb:
				return 1
			}
			return 0
		}
	}
	return x.rat().Cmp(y.rat())
}

// Equal reports whether x and y are the same number.
func (x Exact) Equal(y Exact) bool { return x.Cmp(y) == 0 }

// Sign returns -1, 0 or +1.
func (x Exact) Sign() int { return x.Cmp(Exact{}) }

// IsZero reports whether x is 0.
func (x Exact) IsZero() bool { return x.Sign() == 0 }

// IsInt reports whether x is a whole number.
func (x Exact) IsInt() bool {
	if _, den, ok := x.small(); ok {
		return den == 1
	}
	return x.r.IsInt()
}

// Floor returns the largest whole number that is not above x.
func (x Exact) Floor() Exact {
	if num, den, ok := x.small(); ok {
		n := num / den
		if num%den < 0 {
			n--
		}
		return Int(n)
	}
	r := x.r
	// Euclidean division, and the denominator is positive.
	q := new(big.Int).Div(r.Num(), r.Denom())
	return own(new(big.Rat).SetInt(q))
}

// Ceil returns the smallest whole number that is not below x.
func (x Exact) Ceil() Exact { return x.Neg().Floor().Neg() }

// String prints the exact value: "1299/2000", or "3" for a whole number.
func (x Exact) String() string {
	num, den, ok := x.small()
	switch {
	case !ok:
		return x.r.RatString()
	case den == 1:
		return strconv.FormatInt(num, 10)
	}
	return strconv.FormatInt(num, 10) + "/" + strconv.FormatInt(den, 10)
}

// MarshalText writes the exact value as String does.
func (x Exact) MarshalText() ([]byte, error) { return []byte(x.String()), nil }

// maxFraction bounds the digits of a stored fraction.
const maxFraction = 4096

// UnmarshalText reads a whole number, a fraction "a/b" or a decimal.
func (x *Exact) UnmarshalText(b []byte) error {
	s := string(b)
	if len(s) > maxFraction || strings.ContainsAny(s, "eEpPxX_") {
		return fmt.Errorf("%.40q is no exact number", s)
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return fmt.Errorf("%.40q is no exact number", s)
	}
	*x = own(r)
	return nil
}

// Max returns the larger of x and y.
func Max(x, y Exact) Exact {
	if x.Cmp(y) < 0 {
		return y
	}
	return x
}

// Min returns the smaller of x and y.
func Min(x, y Exact) Exact {
	if x.Cmp(y) > 0 {
		return y
	}
	return x
}

// plus returns a + b, and whether it is above the smallest int64 and not
// above the largest.
func plus(a, b int64) (int64, bool) {
	s := a + b
	return s, (s > a) == (b > 0) && s != math.MinInt64
}

// times returns a * b, and whether it is above the smallest int64 and not
// above the largest. Neither a nor b is the smallest.
func times(a, b int64) (int64, bool) {
	p := a * b
	if a == 0 || b == 1 {
		return p, true
	}
	return p, p/a == b && p != math.MinInt64
}
