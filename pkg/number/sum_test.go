package number

import (
	"math"
	"math/rand/v2"
	"testing"
)

// A sum is what adding one after another gives, in lowest terms.
func TestSum(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	draw := []func() Exact{
		func() Exact { return Int(random.Int64N(2000) - 1000) },
		func() Exact { return Frac(random.Int64N(2000)-1000, 1+random.Int64N(3000)) },
		func() Exact { return Frac(random.Int64N(1000), 1000) },
		func() Exact { return Frac(random.Int64()-math.MaxInt64/2, 1+random.Int64()) },
		func() Exact { return Int(math.MaxInt64 - random.Int64N(2)) },
		func() Exact { return Int(math.MaxInt64).Mul(Int(random.Int64())) },
	}
	for n := range 60 {
		for kind := range len(draw) + 1 {
			var values []Exact
			var want Exact
			for range n {
				k := kind
				if k == len(draw) {
					k = random.IntN(len(draw))
				}
				x := draw[k]()
				values = append(values, x)
				want = want.Add(x)
			}
			if got := Sum(values); got.String() != want.String() {
				t.Fatalf("the sum of %v is %s, want %s", values, got, want)
			}
		}
	}
}
