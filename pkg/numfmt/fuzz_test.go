package numfmt

import (
	"math/big"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/number"
)

// FuzzFormat tries codes and numbers: nothing panics, what is shown is bounded,
// and of simple formats it is what a naive second reading says.
func FuzzFormat(f *testing.F) {
	for i, code := range handmade {
		f.Add(code, values[i%len(values)])
	}
	for i, code := range generated() {
		if i%7 == 0 {
			f.Add(code, values[i%len(values)])
		}
	}
	f.Add(strings.Repeat("%", 2000), "1e308")
	f.Add("0."+strings.Repeat("0", 2000), "1e-308")
	f.Fuzz(func(t *testing.T, code, value string) {
		x, err := number.ParseCell([]byte(value))
		if err != nil {
			return
		}
		format := Parse(code)
		s := format.Section(x)
		shown := s.Show(x)
		if len(shown) > 8*maxCode+700 {
			t.Fatalf("%d bytes are shown", len(shown))
		}
		if again := Parse(format.Code()); again.Show(x) != shown || !again.Equal(format) {
			t.Fatalf("%q shows something else when it is compiled again", code)
		}
		if kind := format.KindOf([]byte(value)); kind != s.Kind {
			t.Fatalf("the stored number is of kind %d, the section of kind %d", kind, s.Kind)
		}
		if s.Kind == Date && !format.Dates() {
			t.Fatalf("%q shows a date and has none", code)
		}
		if format.Plain() {
			plainlyShown(t, code, x, shown)
		}
		if want, ok := naive(code, x); ok && shown != want {
			t.Fatalf("%q over %s shows %q, want %q", code, value, shown, want)
		}
	})
}

// plainlyShown holds what a plain format shows against the number: it is the
// number to within a unit of the last digit that is shown.
func plainlyShown(t *testing.T, code string, x number.Exact, shown string) {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune("0123456789.-Ee+", r) {
			return r
		}
		return -1
	}, strings.NewReplacer("(", "-").Replace(shown))
	if digits == "" || strings.Trim(digits, "-.") == "" || strings.ContainsAny(code, "/?Ee*_") && !strings.Contains(code, "General") {
		return // nothing or a dash; fractions and the like are held by the table
	}
	got, ok := new(big.Rat).SetString(digits)
	if !ok {
		t.Fatalf("%q is plain and shows %q", code, shown)
	}
	diff := got.Sub(got, x.Rat())
	tolerance := new(big.Rat).Abs(x.Rat())
	tolerance.Mul(tolerance, big.NewRat(1, 100_000)) // General has six digits
	if tolerance.Add(tolerance, big.NewRat(1, 2)); diff.Abs(diff).Cmp(tolerance) > 0 && !strings.Contains(code, "Red") && !strings.Contains(code, "olor") {
		t.Fatalf("%q is plain and shows %q of %s", code, shown, x)
	}
}

// naive reads the simplest formats in another way: #,##0 and 0 with decimals,
// commas and percent signs, by fixed steps and big.Rat's own printing.
func naive(code string, x number.Exact) (string, bool) {
	if x.Sign() < 0 {
		return "", false
	}
	rest, grouped := strings.CutPrefix(code, "#,##")
	rest, ok := strings.CutPrefix(rest, "0")
	if !ok {
		return "", false
	}
	decimals := 0
	if behind, point := strings.CutPrefix(rest, "."); point {
		rest = strings.TrimLeft(behind, "0")
		if decimals = len(behind) - len(rest); decimals == 0 || decimals > 50 {
			return "", false
		}
	}
	r := x.Rat()
	for ; strings.HasPrefix(rest, ","); rest = rest[1:] {
		r.Quo(r, big.NewRat(1000, 1))
	}
	signs := rest
	for ; strings.HasPrefix(rest, "%"); rest = rest[1:] {
		r.Mul(r, big.NewRat(100, 1))
	}
	if rest != "" || len(code) > 100 {
		return "", false
	}
	whole, behind, point := strings.Cut(r.FloatString(decimals), ".") // rounds halves away from zero
	if grouped {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + "," + whole[i:]
		}
	}
	if point {
		whole += "." + behind
	}
	return whole + signs, true
}

func FuzzFormatText(f *testing.F) {
	for _, code := range handmade {
		f.Add(code, "chữ")
	}
	f.Fuzz(func(t *testing.T, code, text string) {
		if shown := Parse(code).ShowText(text); len(shown) > maxCode*(len(text)+2) {
			t.Fatalf("%d bytes are shown", len(shown))
		}
	})
}
