package numfmt_test

import (
	"fmt"

	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/numfmt"
)

// The section that a number falls into decides what it is.
func ExampleFormat_Section() {
	f := numfmt.Parse(`[=0]"-";[<1]0%;0`)
	for _, x := range []number.Exact{number.Int(0), number.Frac(13, 20), number.Int(65)} {
		s := f.Section(x)
		fmt.Printf("%v: %q, a share: %v\n", x, s.Show(x), s.Kind == numfmt.Percent)
	}
	// Output:
	// 0: "-", a share: false
	// 13/20: "65%", a share: true
	// 65: "65", a share: false
}

// What is shown may be another figure than what is stored.
func ExampleParse() {
	x := number.Int(1_234_567)
	for _, code := range []string{"#,##0", "#,##0,", `0.0,," tỷ"`, `0"0"`, ";;;"} {
		f := numfmt.Parse(code)
		fmt.Printf("%-12s %-12q plain: %v, times 10^%d\n", code, f.Show(x), f.Plain(), f.Section(x).Shift)
	}
	// Output:
	// #,##0        "1,234,567"  plain: true, times 10^0
	// #,##0,       "1,235"      plain: false, times 10^-3
	// 0.0,," tỷ"   "1.2 tỷ"     plain: false, times 10^-6
	// 0"0"         "12345670"   plain: false, times 10^0
	// ;;;          ""           plain: false, times 10^0
}
