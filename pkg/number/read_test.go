package number

import (
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var cells = []struct {
	raw  string
	want string // the exact value, or the error's text
}{
	{"0", "0"},
	{"-0", "0"},
	{"65", "65"},
	{"-17", "-17"},
	{"+17", "17"},
	{"007", "7"},
	{"0.65", "13/20"},
	{"0.65000000000000002", "13/20"},
	{"0.64999999999999991", "13/20"},
	{"0.945", "189/200"},
	{"0.94499999999999995", "189/200"},
	{"0.64960000000000007", "406/625"},
	{".5", "1/2"},
	{"5.", "5"},
	{"1e5", "100000"},
	{"1E+5", "100000"},
	{"1.5e-3", "3/2000"},
	{"3.1415926535897931", "314159265358979/100000000000000"},
	{"1234567890123456789", "1234567890123460000"},
	{"12345678901234567890123", "12345678901234600000000"},
	{"1000000000000005", "1000000000000000"}, // halves go to even
	{"1000000000000015", "1000000000000020"},
	{"10000000000000050000000001", "10000000000000100000000000"},
	{"999999999999999.5", "1000000000000000"},
	{"9.999999999999999e22", "100000000000000000000000"},
	{"0.00000000000000000000000000001", "1/100000000000000000000000000000"},
	{"0e400", "0"},
	{"-0.0", "0"},

	{"1e309", "number out of range"},
	{"1e400", "number out of range"},
	{"-1e400", "number out of range"},
	{"1e-400", "number out of range"},
	{"0.1e-308", "number out of range"},
	{"9999999999999999e293", "number out of range"}, // rounds up to 1e309
	{"1e99999999999999999999", "number out of range"},
	{"1e-99999999999999999999", "number out of range"},

	{"", "no number"},
	{".", "no number"},
	{"+", "no number"},
	{"-", "no number"},
	{"e5", "no number"},
	{"1e", "no number"},
	{"1e+", "no number"},
	{"1e5.0", "no number"},
	{"1.2.3", "no number"},
	{"--1", "no number"},
	{" 1", "no number"},
	{"1 ", "no number"},
	{"1\n", "no number"},
	{"1,5", "no number"},
	{"65%", "no number"},
	{"1_000", "no number"},
	{"0x1F", "no number"},
	{"0x1p4", "no number"},
	{"1p4", "no number"},
	{"NaN", "no number"},
	{"INF", "no number"},
	{"-INF", "no number"},
	{"Infinity", "no number"},
	{"１２", "no number"},
	{"12\x00", "no number"},
}

func TestParseCell(t *testing.T) {
	for _, c := range cells {
		x, err := ParseCell([]byte(c.raw))
		if got := outcome(x, err); got != c.want {
			t.Errorf("ParseCell(%q) = %s, want %s", c.raw, got, c.want)
		}
	}
}

func outcome(x Exact, err error) string {
	if err != nil {
		return err.Error()
	}
	return x.String()
}

// readSlowly reads a cell by a grammar written as words and by big.Rat.
func readSlowly(raw string) string {
	const digits = "0123456789"
	s := strings.TrimLeft(raw, "+-")
	mantissa, exp, hasExp := strings.Cut(strings.ToLower(s), "e")
	expDigits := strings.TrimLeft(exp, "+-")
	whole, frac, _ := strings.Cut(mantissa, ".")
	switch {
	case len(raw)-len(s) > 1, len(exp)-len(expDigits) > 1, whole+frac == "",
		strings.Trim(whole+frac+expDigits, digits) != "", hasExp && expDigits == "":
		return ErrNotNumber.Error()
	case strings.Trim(whole+frac, "0") == "":
		return "0"
	case len(strings.TrimLeft(expDigits, "0")) > 3: // more than the digits of any raw can make up for
		return ErrRange.Error()
	}
	r, ok := new(big.Rat).SetString(raw)
	if !ok {
		return ErrNotNumber.Error()
	}
	// Scale to 15 digits before the point, round, and scale back.
	low, high := new(big.Rat).SetInt(power(14)), new(big.Rat).SetInt(power(15))
	ten, tenth := big.NewRat(10, 1), big.NewRat(1, 10)
	shift := 0
	for abs := new(big.Rat).Abs(r); abs.Cmp(low) < 0; shift++ {
		abs.Mul(abs, ten)
	}
	for abs := new(big.Rat).Abs(r); abs.Cmp(high) >= 0; shift-- {
		abs.Mul(abs, tenth)
	}
	back := new(big.Rat).SetInt(power(max(shift, -shift)))
	if shift < 0 {
		back.Inv(back)
	}
	n := scaled(FromRat(r.Mul(r, back)), 0)
	r.SetInt(n).Quo(r, back)
	abs := new(big.Rat).Abs(r)
	top := new(big.Rat).SetInt(power(309))
	bottom := new(big.Rat).SetFrac(big.NewInt(1), power(308))
	if abs.Cmp(top) >= 0 || abs.Cmp(bottom) < 0 {
		return ErrRange.Error()
	}
	return r.RatString()
}

func FuzzParseCell(f *testing.F) {
	for _, c := range cells {
		f.Add(c.raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		if len(raw) > 400 {
			return // the oracle is slow
		}
		x, err := ParseCell([]byte(raw))
		if got, want := outcome(x, err), readSlowly(raw); got != want {
			t.Errorf("ParseCell(%q) = %s, want %s", raw, got, want)
		}
	})
}

func TestParseCellAllocatesNothing(t *testing.T) {
	for _, raw := range []string{"0", "1234", "0.65", "98.7", "45291", "0.64960000000000007", "1234567.89"} {
		b := []byte(raw)
		sum := Exact{}
		if n := testing.AllocsPerRun(100, func() {
			x, _ := ParseCell(b)
			sum = sum.Add(x)
		}); n != 0 {
			t.Errorf("reading and adding %s allocates %v times", raw, n)
		}
	}
}

var texts = []struct {
	s                  string
	vi, en, undeclared string // exact value with "%" for a percent, or the error's text
}{
	{"20", "20", "20", "20"},
	{"02", "2", "2", "2"},
	{"-3", "-3", "-3", "-3"},
	{"+3", "3", "3", "3"},
	{"−3", "-3", "-3", "-3"},
	{" 12 ", "12", "12", "12"},
	{"\u200b12\ufeff", "12", "12", "12"},
	{"１２３", "123", "123", "123"},
	{"６５，５％", "131/200 %", "no number", "131/200 %"},
	{"－１．５", "no number", "-3/2", "-3/2"},

	{"1.234,5", "2469/2", "no number", "2469/2"},
	{"1,234.5", "no number", "2469/2", "2469/2"},
	{"1.234,567", "1234567/1000", "no number", "1234567/1000"},
	{"1.234.567", "1234567", "no number", "1234567"},
	{"1,234,567", "no number", "1234567", "1234567"},
	{"1.234.567,89", "123456789/100", "no number", "123456789/100"},
	{"3.216", "3216", "402/125", "could be read in two ways"},
	{"3,216", "402/125", "3216", "could be read in two ways"},
	{"-3.216", "-3216", "-402/125", "could be read in two ways"},
	{"65.500%", "655 %", "131/200 %", "could be read in two ways"},
	{"65,5", "131/2", "no number", "131/2"},
	{"65.5", "no number", "131/2", "131/2"},
	{"65,5 %", "131/200 %", "no number", "131/200 %"},
	{"65%", "13/20 %", "13/20 %", "13/20 %"},
	{"65\u00a0%", "13/20 %", "13/20 %", "13/20 %"},
	{"0,125", "1/8", "no number", "1/8"},
	{"0.125", "no number", "1/8", "1/8"},
	{"1234.567", "no number", "1234567/1000", "1234567/1000"},
	{"12,3456", "7716/625", "no number", "7716/625"},

	{"1\u00a0234\u00a0567", "1234567", "1234567", "1234567"},
	{"1\u202f234,5", "2469/2", "no number", "2469/2"},
	{"1\u2009234,567", "1234567/1000", "no number", "1234567/1000"},
	{"1\u2007234", "1234", "1234", "1234"},

	{"", "no number", "no number", "no number"},
	{"%", "no number", "no number", "no number"},
	{"65%%", "no number", "no number", "no number"},
	{"-", "no number", "no number", "no number"},
	{"--5", "no number", "no number", "no number"},
	{"- 5", "no number", "no number", "no number"},
	{"–5", "no number", "no number", "no number"},
	{"1 234", "no number", "no number", "no number"},
	{"1,5.2", "no number", "no number", "no number"},
	{"1.5,2", "no number", "no number", "no number"},
	{"1.23.456", "no number", "no number", "no number"},
	{"1.234.56", "no number", "no number", "no number"},
	{"12.34.567", "no number", "no number", "no number"},
	{"1234.567.890", "no number", "no number", "no number"},
	{"012.345", "no number", "2469/200", "2469/200"},
	{"1.234\u00a0567", "no number", "no number", "no number"},
	{"1,234,567,8", "no number", "no number", "no number"},
	{"1.234,567.8", "no number", "no number", "no number"},
	{"5.", "no number", "no number", "no number"},
	{".5", "no number", "no number", "no number"},
	{"5,", "no number", "no number", "no number"},
	{"..", "no number", "no number", "no number"},
	{"1e5", "no number", "no number", "no number"},
	{"0x1F", "no number", "no number", "no number"},
	{"1_000", "no number", "no number", "no number"},
	{"NaN", "no number", "no number", "no number"},
	{"12 hồ sơ", "no number", "no number", "no number"},
	{"12đ", "no number", "no number", "no number"},
	{"$12", "no number", "no number", "no number"},
	{"1'234", "no number", "no number", "no number"},
	{"½", "no number", "no number", "no number"},
	{"²", "no number", "no number", "no number"},
	{"١٢", "no number", "no number", "no number"},
	{strings.Repeat("9", 129), "no number", "no number", "no number"},
}

func TestParseText(t *testing.T) {
	for _, c := range texts {
		got := []string{readText(c.s, StyleVI), readText(c.s, StyleEN), readText(c.s, Undeclared)}
		if diff := cmp.Diff([]string{c.vi, c.en, c.undeclared}, got); diff != "" {
			t.Errorf("ParseText(%q) as vi, en, undeclared (-want +got):\n%s", c.s, diff)
		}
	}
}

func readText(s string, style Style) string {
	x, percent, err := ParseText(s, style)
	if percent && err == nil {
		return x.String() + " %"
	}
	return outcome(x, err)
}

func FuzzParseText(f *testing.F) {
	for _, c := range texts {
		f.Add(c.s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		vi, _, errVI := ParseText(s, StyleVI)
		en, _, errEN := ParseText(s, StyleEN)
		x, _, err := ParseText(s, Undeclared)
		// Undeclared is the one reading that the two styles allow.
		var want string
		switch {
		case errVI != nil && errEN != nil:
			want = ErrNotNumber.Error()
		case errVI != nil:
			want = en.String()
		case errEN != nil || vi.Equal(en):
			want = vi.String()
		default:
			want = ErrAmbiguous.Error()
		}
		if got := outcome(x, err); got != want {
			t.Errorf("ParseText(%q, Undeclared) = %s, but vi says %s and en %s", s, got, outcome(vi, errVI), outcome(en, errEN))
		}
	})
}

func TestParsePlain(t *testing.T) {
	for _, c := range []struct{ s, want string }{
		{"20", "20"},
		{"0", "0"},
		{"0.5", "1/2"},
		{"65%", "13/20 %"},
		{"12.5%", "1/8 %"},
		{"-3", "-3"},
		{"-0.5%", "-1/200 %"},
		{"012", "no number"},
		{"00", "no number"},
		{"+3", "no number"},
		{"1,5", "no number"},
		{"1.", "no number"},
		{".5", "no number"},
		{"1e5", "no number"},
		{"0x1F", "no number"},
		{"1_000", "no number"},
		{"65 %", "no number"},
		{"65%%", "no number"},
		{"", "no number"},
		{"%", "no number"},
		{"-", "no number"},
		{".inf", "no number"},
		{".nan", "no number"},
		{strings.Repeat("9", 129), "no number"},
	} {
		x, percent, err := ParsePlain(c.s)
		got := outcome(x, err)
		if percent && err == nil {
			got += " %"
		}
		if got != c.want {
			t.Errorf("ParsePlain(%q) = %s, want %s", c.s, got, c.want)
		}
	}
}

func TestIsPlaceholder(t *testing.T) {
	for _, s := range []string{"-", "--", "–", "—", "- - -", "x", "X", "×", "...", "…", ". . .", "/", "-/-", "…/…", "?",
		" - ", "\u00a0-\u00a0", "N/A", "n/a", "NA", "null", "Không có số liệu", "KHÔNG CÓ SỐ LIỆU.", "(chưa có số liệu)",
		"chưa  có\nsố liệu", "Kho\u0302ng co\u0301 so\u0302\u0301 lie\u0323\u0302u", "Không áp dụng"} {
		if !IsPlaceholder(s) {
			t.Errorf("IsPlaceholder(%q) = false", s)
		}
	}
	for _, s := range []string{"", " ", "0", "-1", "1/2", "0,0", "xx", "không", "Không có", "không phát sinh", "chưa có", "có", "12", "%",
		strings.Repeat("-", 200)} {
		if IsPlaceholder(s) {
			t.Errorf("IsPlaceholder(%q) = true", s)
		}
	}
}

func BenchmarkParseCell(b *testing.B) {
	for _, raw := range []string{"7", "45291", "0.65000000000000002", "123456.78"} {
		b.Run(raw, func(b *testing.B) {
			cell := []byte(raw)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ParseCell(cell); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
