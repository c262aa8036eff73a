package numfmt

import (
	"testing"

	"github.com/parcheck/parcheck/pkg/number"
)

func exact(t testing.TB, s string) number.Exact {
	t.Helper()
	x, err := number.ParseCell([]byte(s))
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return x
}

func TestTheSectionThatANumberFallsIntoGivesItsKind(t *testing.T) {
	for _, c := range []struct {
		code, x string
		want    Kind
	}{
		{"", "1", General},
		{"General", "1", General},
		{"G/通用格式", "1", General},
		{"0", "1", Number},
		{`0"%"`, "65", Number},
		{`0\%`, "65", Number},
		{"0%", "0.65", Percent},
		{`[=0]"-";0.0%`, "0.65", Percent},
		{`[=0]"-";0.0%`, "0", Literal},
		{`[=0]"-";[<1]0%;0`, "0.95", Percent},
		{`[=0]"-";[<1]0%;0`, "95", Number},
		{"[>1]0;0%", "0.95", Percent},
		{"[>1]0;0%", "1", Percent},
		{"[>1]0;0%", "1.0000000001", Number},
		{"[<=1]0%;0\"%\"", "65", Number},
		{`[=0]"";dd/mm/yyyy`, "45300", Date},
		{`[=0]"";dd/mm/yyyy`, "0", Literal},
		{"[<1]hh:mm;0", "700", Number},
		{"[<1]hh:mm;0", "0.5", Date},
		{";;;", "1", Literal},
		{"0;;", "-1", Literal},
		{"@", "1", Text},
		{"[h]:mm", "1", Date},
		{"yyyy-mm-ddThh:mm:ss", "1", Date},
		{"#,##0 đồng", "1", Number},
		{"[$-42A]dd mmmm yyyy", "1", Date},
		{"[$₫-42A]#,##0", "1", Number},
		{"[Red]0", "1", Number},
		{"0.00E+00", "1", Number},
		{"# ?/?", "1", Number},
	} {
		f := Parse(c.code)
		if got := f.Section(exact(t, c.x)).Kind; got != c.want {
			t.Errorf("%s over %s is %d, want %d", c.code, c.x, got, c.want)
		}
		if got := f.KindOf([]byte(c.x)); got != c.want {
			t.Errorf("%s over the stored %s is %d, want %d", c.code, c.x, got, c.want)
		}
	}
}

func TestMostFormatsArePlain(t *testing.T) {
	for _, code := range []string{
		"General", "0", "#,##0", "0.00", "#,##0_);(#,##0)", "#,##0;-#,##0", "#,##0;[Red]#,##0",
		`_(* #,##0_);_(* \(#,##0\);_(* "-"??_);_(@_)`, "#,##0;-#,##0;", "#,##0;-#,##0;;@", `[=0]"";0`, `[=0]"-";#,##0`, "@",
	} {
		if !Parse(code).Plain() {
			t.Errorf("%s is not plain", code)
		}
	}
	for _, code := range []string{
		"0%", "dd/mm/yyyy", "#,##0,", `0"0"`, `0" tỷ"`, `"500"`, ";;;", "0;0", "0;;", "0-0", `0"%"`, `[=1]"";0`, "[>5]0",
	} {
		if code != "[>5]0" && Parse(code).Plain() {
			t.Errorf("%s is plain", code)
		}
	}
}
