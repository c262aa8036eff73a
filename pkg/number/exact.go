// Package number is exact arithmetic on what spreadsheets and plans say:
// rational numbers, the reading of digits typed by people and stored by
// programs, and the printing of figures by language. No float64 takes part.
package number

import (
	"fmt"
	"math/big"
	"strings"
)

// Exact is an immutable rational number of any size. The zero value is 0.
type Exact struct {
	r *big.Rat
}

// Int returns a whole number.
func Int(n int64) Exact { return Exact{new(big.Rat).SetInt64(n)} }

// Frac returns num/den; den must not be 0.
func Frac(num, den int64) Exact { return Exact{big.NewRat(num, den)} }

// FromRat returns the value of r, which is copied.
func FromRat(r *big.Rat) Exact { return Exact{new(big.Rat).Set(r)} }

func (x Exact) rat() *big.Rat {
	if x.r == nil {
		return new(big.Rat)
	}
	return x.r
}

// Rat returns a copy of the value.
func (x Exact) Rat() *big.Rat { return new(big.Rat).Set(x.rat()) }

// Add returns x + y.
func (x Exact) Add(y Exact) Exact { return Exact{new(big.Rat).Add(x.rat(), y.rat())} }

// Sub returns x - y.
func (x Exact) Sub(y Exact) Exact { return Exact{new(big.Rat).Sub(x.rat(), y.rat())} }

// Mul returns x * y.
func (x Exact) Mul(y Exact) Exact { return Exact{new(big.Rat).Mul(x.rat(), y.rat())} }

// Quo returns x / y; y must not be 0.
func (x Exact) Quo(y Exact) Exact { return Exact{new(big.Rat).Quo(x.rat(), y.rat())} }

// Neg returns -x.
func (x Exact) Neg() Exact { return Exact{new(big.Rat).Neg(x.rat())} }

// Cmp returns -1, 0 or +1 as x is less than, equal to or greater than y.
func (x Exact) Cmp(y Exact) int { return x.rat().Cmp(y.rat()) }

// Equal reports whether x and y are the same number.
func (x Exact) Equal(y Exact) bool { return x.Cmp(y) == 0 }

// Sign returns -1, 0 or +1.
func (x Exact) Sign() int { return x.rat().Sign() }

// IsZero reports whether x is 0.
func (x Exact) IsZero() bool { return x.Sign() == 0 }

// IsInt reports whether x is a whole number.
func (x Exact) IsInt() bool { return x.rat().IsInt() }

// Floor returns the largest whole number that is not above x.
func (x Exact) Floor() Exact {
	q := new(big.Int)
	q.Div(x.rat().Num(), x.rat().Denom()) // Euclidean, and the denominator is positive
	return Exact{new(big.Rat).SetInt(q)}
}

// Ceil returns the smallest whole number that is not below x.
func (x Exact) Ceil() Exact { return x.Neg().Floor().Neg() }

// String prints the exact value: "1299/2000", or "3" for a whole number.
func (x Exact) String() string { return x.rat().RatString() }

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
	x.r = r
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
