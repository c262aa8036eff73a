package number

import "math/big"

// Sum adds numbers up. The denominators of shares of different counts grow with
// each addition: they are reduced once, at the end.
func Sum(values []Exact) Exact {
	var small Exact // of what fits; most sums fit
	var large []Exact
	for _, x := range values {
		if sum, ok := small.addSmall(x); ok {
			small = sum
		} else {
			large = append(large, x)
		}
	}
	if len(large) == 0 {
		return small
	}
	num, den := sum(append(large, small))
	return own(new(big.Rat).SetFrac(num, den))
}

// sum adds up in pairs of pairs, so that numbers meet others of their size. It
// reduces nothing.
func sum(values []Exact) (num, den *big.Int) {
	if len(values) == 1 {
		r := values[0].rat()
		return new(big.Int).Set(r.Num()), new(big.Int).Set(r.Denom())
	}
	a, b := sum(values[:len(values)/2])
	c, d := sum(values[len(values)/2:])
	if b.Cmp(d) == 0 {
		return a.Add(a, c), b
	}
	a.Mul(a, d)
	return a.Add(a, c.Mul(c, b)), b.Mul(b, d)
}
