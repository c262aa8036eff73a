package number

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/lang"
)

// exactly reads a fraction or a decimal; tests only.
func exactly(s string) Exact {
	var x Exact
	if err := x.UnmarshalText([]byte(s)); err != nil {
		panic(err)
	}
	return x
}

func TestDecimal(t *testing.T) {
	for _, c := range []struct {
		x        string
		decimals int
		en, vi   string
	}{
		{"0", 0, "0", "0"},
		{"0", 2, "0.00", "0,00"},
		{"1234.5", 2, "1,234.50", "1.234,50"},
		{"-1234.5", 2, "-1,234.50", "-1.234,50"},
		{"999", 0, "999", "999"},
		{"1000", 0, "1,000", "1.000"},
		{"1234567", 0, "1,234,567", "1.234.567"},
		{"123456789012345678901234567890", 0, "123,456,789,012,345,678,901,234,567,890", "123.456.789.012.345.678.901.234.567.890"},
		{"0.5", 0, "0", "0"}, // halves go to even
		{"1.5", 0, "2", "2"},
		{"2.5", 0, "2", "2"},
		{"-0.5", 0, "0", "0"},
		{"-1.5", 0, "-2", "-2"},
		{"-2.5", 0, "-2", "-2"},
		{"-2.51", 0, "-3", "-3"},
		{"0.005", 2, "0.00", "0,00"},
		{"0.015", 2, "0.02", "0,02"},
		{"0.0151", 2, "0.02", "0,02"},
		{"2/3", 4, "0.6667", "0,6667"},
		{"-2/3", 4, "-0.6667", "-0,6667"},
		{"999.999", 2, "1,000.00", "1.000,00"},
		{"7", -1, "7", "7"},
	} {
		if diff := cmp.Diff(lang.T(c.en, c.vi), fixed(exactly(c.x), c.decimals)); diff != "" {
			t.Errorf("fixed(%s, %d) (-want +got):\n%s", c.x, c.decimals, diff)
		}
	}
}

func TestShortAndPercent(t *testing.T) {
	for _, c := range []struct {
		x              string
		max            int
		short, percent string
	}{
		{"0", 2, "0", "0%"},
		{"0.65", 2, "0,65", "65%"},
		{"0.6495", 2, "0,65", "64,95%"},
		{"0.6495", 4, "0,6495", "64,95%"},
		{"0.649", 2, "0,65", "64,9%"},
		{"2/3", 2, "0,67", "66,67%"},
		{"2/3", 0, "1", "67%"},
		{"0.9999", 2, "1,00", "99,99%"},
		{"1", 2, "1", "100%"},
		{"1234.5", 2, "1.234,5", "123.450%"},
		{"-0.25", 1, "-0,2", "-25%"},
	} {
		got := []string{Short(exactly(c.x), c.max).In(lang.VI), Percent(exactly(c.x), c.max).In(lang.VI)}
		if diff := cmp.Diff([]string{c.short, c.percent}, got); diff != "" {
			t.Errorf("Short and Percent of %s with %d decimals (-want +got):\n%s", c.x, c.max, diff)
		}
	}
	if got := Percent(Frac(1299, 2000), 2).In(lang.EN); got != "64.95%" {
		t.Errorf("Percent in English = %q", got)
	}
}

func TestBeside(t *testing.T) {
	bounds := func(s ...string) (xs []Exact) {
		for _, s := range s {
			xs = append(xs, exactly(s))
		}
		return xs
	}
	for _, c := range []struct {
		x      string
		bounds []Exact
		least  int
		want   string
	}{
		{"0.6496", bounds("0.65"), 1, "64.96%"},
		{"0.6496", bounds("0.65"), 0, "64.96%"},
		{"0.6496", nil, 1, "65.0%"},
		{"0.65", bounds("0.65"), 1, "65%"},
		{"1299/2000", bounds("0.65"), 1, "64.95%"},
		{"0.6504", bounds("0.65"), 1, "65.04%"},
		{"0.6504", bounds("0.65", "0.7"), 0, "65.04%"},
		{"0.3", bounds("0.65"), 0, "30%"},
		{"0.99996", bounds("1"), 2, "99.996%"},
		{"99999999/100000000", bounds("1"), 2, "99.999999%"},
		{"2/3", bounds("2/3"), 1, "66.7% (2/3)"},
		{"66666/100000", bounds("2/3"), 1, "66.666%"},
		{"0.16", bounds("0.24"), 0, "16%"},
		{"199999999999999999/200000000000000000", bounds("1"), 2, "100.00% (199999999999999999/200000000000000000)"},
		{"-0.0001", bounds("0"), 1, "-0.01%"},
	} {
		if got := Beside(exactly(c.x), c.bounds, c.least, AsPercent).In(lang.EN); got != c.want {
			t.Errorf("Beside(%s, %v, %d) = %q, want %q", c.x, c.bounds, c.least, got, c.want)
		}
	}
	if got, want := Beside(Frac(64996, 100), []Exact{Int(650)}, 0, AsDigits), lang.T("649.96", "649,96"); !got.Equal(want) {
		t.Errorf("Beside with Short = %v, want %v", got, want)
	}
}

// What is printed beside a goal never contradicts the verdict: read back, it
// lies on the same side of the goal, also of the goal as it is printed.
func TestBesideNeverContradicts(t *testing.T) {
	goals := []Exact{Frac(60, 100), Frac(65, 100), Frac(85, 100), Frac(90, 100), Frac(98, 100), Int(1), Frac(2, 3)}
	last := 1000
	if testing.Short() {
		last = 150
	}
	for den := range int64(last) {
		for num := range den + 2 {
			x := Frac(num, den+1)
			for _, goal := range goals {
				checkBeside(t, x, goal)
			}
		}
	}
}

func checkBeside(t *testing.T, x, goal Exact) {
	t.Helper()
	// Far from the goal nothing rounds across it; skip what cannot fail.
	if d := x.Sub(goal); d.Cmp(Frac(6, 1000)) > 0 || d.Cmp(Frac(-6, 1000)) < 0 {
		return
	}
	figure := Beside(x, []Exact{goal}, 1, AsPercent)
	if strings.HasSuffix(figure.In(lang.EN), "("+x.String()+")") {
		return
	}
	for _, read := range []struct {
		text  string
		style Style
	}{{figure.In(lang.EN), StyleEN}, {figure.In(lang.VI), StyleVI}} {
		shown, percent, err := ParseText(read.text, read.style)
		if err != nil || !percent || shown.Cmp(goal) != x.Cmp(goal) {
			t.Fatalf("%s beside %s is printed as %q", x, goal, read.text)
		}
	}
	target := Beside(goal, []Exact{x}, 1, AsPercent)
	if figure.Equal(target) != x.Equal(goal) {
		t.Fatalf("%s and the goal %s are printed as %q and %q", x, goal, figure.In(lang.EN), target.In(lang.EN))
	}
}

func TestInterval(t *testing.T) {
	for _, c := range []struct {
		shown    string
		decimals int
		want     string
	}{
		{"64.9", 1, "1297/20 1299/20"},
		{"65", 0, "129/2 131/2"},
		{"65", -1, "129/2 131/2"},
		{"0.649", 3, "1297/2000 1299/2000"},
		{"-1", 0, "-3/2 -1/2"},
	} {
		low, high := Interval(exactly(c.shown), c.decimals)
		if got := low.String() + " " + high.String(); got != c.want {
			t.Errorf("Interval(%s, %d) = %s, want %s", c.shown, c.decimals, got, c.want)
		}
	}
}

// Whatever is printed without rounding is read back as the same number, in
// both styles.
func FuzzPrintedIsReadBack(f *testing.F) {
	f.Add(int64(0), uint8(0))
	f.Add(int64(-1234567), uint8(3))
	f.Add(int64(999999999999), uint8(12))
	f.Fuzz(func(t *testing.T, n int64, scale uint8) {
		scale %= 30
		x := FromRat(new(big.Rat).SetFrac(big.NewInt(n), power(int(scale))))
		for _, style := range []Style{StyleVI, StyleEN} {
			in := map[Style]lang.Lang{StyleVI: lang.VI, StyleEN: lang.EN}[style]
			for _, text := range []lang.Text{Short(x, 30), Percent(x, 30), fixed(x, 30)} {
				got, _, err := ParseText(text.In(in), style)
				if err != nil || !got.Equal(x) {
					t.Errorf("%s is printed as %q and read as %s", x, text.In(in), outcome(got, err))
				}
			}
		}
	})
}

// The arithmetic in machine words gives what big.Rat gives.
func TestExactAgreesWithRat(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	edges := []int64{0, 1, -1, 2, 10, 1 << 31, -1 << 31, 1<<62 - 1, 1 << 62, 1<<63 - 1, -1 << 63, -1<<63 + 1}
	pick := func() int64 {
		if n := rng.IntN(2 * len(edges)); n < len(edges) {
			return edges[n]
		}
		return int64(rng.Uint64()) >> rng.IntN(64)
	}
	for range 20000 {
		a, b, c, d := pick(), pick(), pick(), pick()
		if b == 0 || d == 0 {
			continue
		}
		x, y := Frac(a, b), Frac(c, d)
		p, q := big.NewRat(a, b), big.NewRat(c, d)
		checks := map[string][2]string{
			"x":     {x.String(), p.RatString()},
			"-x":    {x.Neg().String(), new(big.Rat).Neg(p).RatString()},
			"x+y":   {x.Add(y).String(), new(big.Rat).Add(p, q).RatString()},
			"x-y":   {x.Sub(y).String(), new(big.Rat).Sub(p, q).RatString()},
			"x*y":   {x.Mul(y).String(), new(big.Rat).Mul(p, q).RatString()},
			"x?y":   {fmt.Sprint(x.Cmp(y), x.Sign(), x.IsInt()), fmt.Sprint(p.Cmp(q), p.Sign(), p.IsInt())},
			"floor": {x.Floor().String(), new(big.Int).Div(p.Num(), p.Denom()).String()},
			"int":   {Int(a).String(), fmt.Sprint(a)},
			"rat":   {FromRat(p).Rat().RatString(), p.RatString()},
		}
		if c != 0 {
			checks["x/y"] = [2]string{x.Quo(y).String(), new(big.Rat).Quo(p, q).RatString()}
		}
		for name, pair := range checks {
			if pair[0] != pair[1] {
				t.Fatalf("%s for x = %d/%d, y = %d/%d: %s, want %s", name, a, b, c, d, pair[0], pair[1])
			}
		}
	}
}

func TestInt64(t *testing.T) {
	for _, c := range []struct {
		x    Exact
		want string
	}{
		{Exact{}, "0 true"},
		{Int(-7), "-7 true"},
		{Frac(14, 2), "7 true"},
		{Int(1<<63 - 1), "9223372036854775807 true"},
	} {
		if n, ok := c.x.Int64(); fmt.Sprint(n, ok) != c.want {
			t.Errorf("Int64 of %s = %d, %t, want %s", c.x, n, ok, c.want)
		}
	}
	for _, x := range []Exact{Frac(1, 2), Int(1<<63 - 1).Add(Int(1)), exactly("123456789012345678901234567890")} {
		if n, ok := x.Int64(); ok {
			t.Errorf("Int64 of %s = %d", x, n)
		}
	}
}

func TestExactText(t *testing.T) {
	for _, s := range []string{"0", "3", "-3", "1299/2000", "123456789012345678901234567891/7"} {
		x := exactly(s)
		if b, err := x.MarshalText(); err != nil || string(b) != s {
			t.Errorf("%s is written as %q, %v", s, b, err)
		}
	}
	for _, s := range []string{"", "1/0", "a", "1e5", "0x1F", "1_0", "NaN", strings.Repeat("9", 5000)} {
		var x Exact
		want := fmt.Sprintf("%.40q is no exact number", s)
		if err := x.UnmarshalText([]byte(s)); err == nil || err.Error() != want {
			t.Errorf("UnmarshalText(%.20q) = %v, want %s", s, err, want)
		}
	}
	if got := fmt.Sprint(Frac(7, -2).Ceil(), Frac(7, 2).Ceil(), Max(Int(1), Int(2)), Min(Int(1), Int(2))); got != "-3 4 2 1" {
		t.Errorf("Ceil, Max, Min = %s", got)
	}
}

func TestDecimals(t *testing.T) {
	for _, c := range []struct {
		x     string
		most  int
		n     int
		exact bool
	}{
		{"0", 0, 0, true},
		{"7", -1, 0, true},
		{"0.5", 0, 0, false},
		{"0.5", -1, 0, false},
		{"0.5", 1, 1, true},
		{"0.6495", 12, 4, true},
		{"1/65536", 12, 12, false},
		{"1/65536", 16, 16, true},
		{"1/3", 5, 5, false},
		{"0.0000000000000000000000001", 30, 25, true},
		{"0.0000000000000000000000001", 12, 12, false},
	} {
		if n, exact := Decimals(exactly(c.x), c.most); n != c.n || exact != c.exact {
			t.Errorf("Decimals(%s, %d) = %d, %v, want %d, %v", c.x, c.most, n, exact, c.n, c.exact)
		}
	}
}

// Programs read no groups.
func TestAppendDigits(t *testing.T) {
	for _, c := range []struct {
		x        string
		decimals int
		want     string
	}{
		{"1234567.5", 2, "1234567.50"},
		{"-1234567", 0, "-1234567"},
		{"2/3", 15, "0.666666666666667"},
		{"123456789012345678901234567890.25", 1, "123456789012345678901234567890.2"},
	} {
		if got := string(AppendDigits([]byte("x"), exactly(c.x), c.decimals)); got != "x"+c.want {
			t.Errorf("AppendDigits(%s, %d) = %q, want x%s", c.x, c.decimals, got, c.want)
		}
	}
}

// FuzzPrint holds that numbers of ordinary size are printed as those of any
// size are, and that Beside decides as a reader of its digits would.
func FuzzPrint(f *testing.F) {
	f.Add(int64(0), int64(1), int64(1), int64(2), uint8(2))
	f.Add(int64(1299), int64(2000), int64(65), int64(100), uint8(1))
	f.Add(int64(-5), int64(2), int64(0), int64(1), uint8(0))
	f.Add(int64(math.MaxInt64), int64(1), int64(math.MaxInt64-1), int64(1), uint8(18))
	f.Add(int64(math.MinInt64), int64(3), int64(1), int64(math.MaxInt64), uint8(12))
	f.Add(int64(math.MaxInt64-1), int64(math.MaxInt64), int64(1), int64(1), uint8(12))
	f.Fuzz(func(t *testing.T, num, den, boundNum, boundDen int64, decimals uint8) {
		if den == 0 || boundDen == 0 {
			return
		}
		x, bound, n := Frac(num, den), Frac(boundNum, boundDen), int(decimals%20)
		if small, negative, ok := scaledSmall(x, n); ok {
			want := new(big.Int).SetUint64(small)
			if negative {
				want.Neg(want)
			}
			if got := scaled(x, n); got.Cmp(want) != 0 {
				t.Fatalf("%s with %d decimals is %s, and in 128 bits %s", x, n, got, want)
			}
		}
		if got, want := rounded(x, n), own(new(big.Rat).SetFrac(scaled(x, n), power(n))); !got.Equal(want) {
			t.Fatalf("%s rounded to %d decimals is %s, want %s", x, n, got, want)
		}
		if got, want := Short(x, n).In(lang.EN), slowShort(x, n); got != want {
			t.Fatalf("Short(%s, %d) = %q, want %q", x, n, got, want)
		}
		for _, form := range []Form{AsDigits, AsPercent} {
			if got, want := Beside(x, []Exact{bound}, n, form).In(lang.EN), slowBeside(x, bound, n, form); got != want {
				t.Fatalf("%s beside %s is %q, want %q", x, bound, got, want)
			}
		}
	})
}

// slowShort multiplies until nothing is left to show.
func slowShort(x Exact, most int) string {
	decimals := 0
	for y := x.rat(); decimals < most && !y.IsInt(); decimals++ {
		y = new(big.Rat).Mul(y, big.NewRat(10, 1))
	}
	s := new(big.Rat).SetFrac(scaled(x, decimals), power(decimals)).FloatString(decimals)
	whole, frac, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if frac != "" {
		whole += "." + frac
	}
	return s[:strings.Count(s, "-")] + whole
}

// slowBeside reads back what it prints.
func slowBeside(x, bound Exact, least int, form Form) string {
	read := func(x Exact, decimals int) Exact {
		y, _, err := ParseText(form.Print(x, decimals).In(lang.EN), StyleEN)
		if err != nil {
			panic(err)
		}
		return y
	}
	for decimals := least; decimals <= maxBeside; decimals++ {
		if want, shown := x.Cmp(bound), read(x, decimals); shown.Cmp(bound) == want && shown.Cmp(read(bound, decimals)) == want {
			return form.Print(x, decimals).In(lang.EN)
		}
	}
	return form.Print(x, least).In(lang.EN) + " (" + x.String() + ")"
}

func TestCount(t *testing.T) {
	for n, want := range map[int64]lang.Text{
		0:    lang.T("0 rows", "0 hàng"),
		1:    lang.T("1 row", "1 hàng"),
		2:    lang.T("2 rows", "2 hàng"),
		1234: lang.T("1,234 rows", "1.234 hàng"),
	} {
		if diff := cmp.Diff(want, Count(n, "row", "rows", "hàng")); diff != "" {
			t.Errorf("%d (-want +got):\n%s", n, diff)
		}
	}
}

// fixed prints x with exactly that many decimals.
func fixed(x Exact, decimals int) lang.Text { return lang.Of(printed{x, max(decimals, 0), AsDigits}) }

func TestOneOfAUnit(t *testing.T) {
	for plural, want := range map[string]string{
		"dossiers":          "dossier",
		"agencies":          "agency",
		"procedures":        "procedure",
		"services":          "service",
		"percentage points": "percentage point",
		"boxes":             "box",
		"branches":          "branch",
		"addresses":         "address",
		"success":           "success",
		"million dong":      "million dong",
		"people":            "people",
		"":                  "",
	} {
		if got := WithUnit(Int(1), lang.Same("1"), lang.Same(plural)).In(lang.EN); got != strings.TrimSpace("1 "+want) {
			t.Errorf("one of %q = %q, want %q", plural, got, want)
		}
	}
}
