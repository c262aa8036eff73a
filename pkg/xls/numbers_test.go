package xls

import (
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/parcheck/parcheck/pkg/number"
)

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		x    float64
		want string
	}{
		{0, "0"}, {math.Copysign(0, -1), "0"}, {1, "1"}, {-1000, "-1000"}, {0.65, "0.65"}, {-12.34, "-12.34"}, {45291.5, "45291.5"},
		{999999999999999, "999999999999999"}, {1e15, "1000000000000000"}, {123456789012345680, "1.2345678901234568e+17"}, {1e20, "100000000000000000000"}, {-11500544441858690, "-1.1500544441858690e+16"}, {1234567890123455.5, "1234567890123455.5"},
		{1e21, "1e+21"}, {1.5e300, "1.5e+300"}, {1e-7, "0.0000001"}, {1.5e-8, "1.5e-08"}, {1.0 / 3, "0.33333333333333331"}, {2.0 / 3, "0.66666666666666663"},
		{math.Nextafter(0.3, 1), "0.30000000000000004"}, {1e300 / 3, "3.3333333333333335e+299"}, {math.MaxFloat64, "1.7976931348623157e+308"},
	} {
		if got, ok := appendNumber(nil, c.x); string(got) != c.want || !ok {
			t.Errorf("%v: got %q, %t, want %q", c.x, got, ok, c.want)
		}
	}
}

// What is written says the same number as the 17 digits by which Excel tells
// every double from its neighbours, read as package number reads cells; and it
// is the double itself.
func TestNumbersAreThoseOfXLSX(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 60_000 {
		var x float64
		switch random.IntN(4) {
		case 0:
			x = math.Float64frombits(random.Uint64())
		case 1:
			x = float64(random.IntN(1_000_000)) / float64(1+random.IntN(1_000_000))
		case 2:
			x = float64(random.IntN(100_000_000)) / math.Pow10(random.IntN(6))
		case 3:
			x = math.Nextafter(float64(random.IntN(100_000))/1000, float64(random.IntN(2)))
		}
		got, ok := appendNumber(nil, x)
		if !ok {
			if !math.IsNaN(x) && !math.IsInf(x, 0) && math.Abs(x) >= leastNumber {
				t.Fatalf("%v is refused", x)
			}
			continue
		}
		if back, err := strconv.ParseFloat(string(got), 64); err != nil || back != x {
			t.Fatalf("%v is written as %s", x, got)
		}
		// Excel writes 15 digits where they are enough.
		excel := strconv.FormatFloat(x, 'g', 15, 64)
		if back, _ := strconv.ParseFloat(excel, 64); back != x {
			excel = strconv.FormatFloat(x, 'g', 17, 64)
		}
		one, err1 := number.ParseCell(got)
		two, err2 := number.ParseCell([]byte(excel))
		if err1 != nil || err2 != nil || one.Cmp(two) != 0 {
			t.Fatalf("%s, and Excel writes %s", got, excel)
		}
	}
}

// Each short form is the number that it stands for: hundredths have two
// decimals, and no other digits.
func TestShortNumbers(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for i := range 50_000 {
		n := int32(random.Uint32()) >> 2
		switch i {
		case 0:
			n = 1<<29 - 1
		case 1:
			n = -1 << 29
		}
		for flags, hundredths := range map[uint32]bool{2: false, 3: true} {
			got, _ := appendNumber(nil, unpackRK(whole(n, flags)))
			want := new(big.Rat).SetInt64(int64(n))
			if hundredths {
				want.Quo(want, big.NewRat(100, 1))
			}
			if r, ok := new(big.Rat).SetString(string(got)); !ok || r.Cmp(want) != 0 {
				t.Fatalf("%d with flags %d: %s", n, flags, got)
			}
		}
	}
	for _, c := range []struct {
		rk   uint32
		want float64
	}{{0x3ff80000, 1.5}, {0xbff80000, -1.5}, {0x40590001, 1}, {0x40f86a01, 1000}, {0, 0}, {1, 0}} {
		if got := unpackRK(c.rk); got != c.want {
			t.Errorf("%#x: got %v, want %v", c.rk, got, c.want)
		}
	}
}
