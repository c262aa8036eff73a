package summary

import (
	"testing"

	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// TestDisplay holds that a figure has the decimals that the card prints, so
// that it does not look like a goal that it misses.
func TestDisplay(t *testing.T) {
	for _, tt := range []struct {
		x, bound number.Exact
		kind     plan.ValueKind
		want     string
	}{
		{x: number.Frac(1299, 2000), bound: number.Frac(65, 100), kind: plan.ShareKind, want: "0.00%"},
		{x: number.Frac(99996, 100000), bound: number.Int(1), kind: plan.ShareKind, want: "0.000%"},
		{x: number.Frac(1, 2), bound: number.Frac(65, 100), kind: plan.ShareKind, want: "0.00%"},
		{x: number.Int(1234), bound: number.Int(2), kind: plan.CountKind, want: "#,##0"},
		{x: number.Frac(5, 2), bound: number.Int(2), kind: plan.AmountKind, want: "#,##0.0"},
	} {
		show := number.AsDigits
		if tt.kind == plan.ShareKind {
			show = number.AsPercent
		}
		decimals, ok := show.DecimalsBeside(tt.x, []number.Exact{tt.bound}, 2)
		f := &score.Figure{Exact: tt.x, Format: score.Format{Decimals: decimals, Fraction: !ok}}
		if got := shownAs(f, tt.kind).format(); got != tt.want {
			t.Errorf("%s beside %s is shown as %s: want %s", tt.x, tt.bound, got, tt.want)
		}
	}
	for want, f := range map[string]score.Format{
		`+0.00%;-0.00%;0.00%`:             {Percent: true},
		`+0.00" pp";-0.00" pp";0.00" pp"`: {Points: true, Decimals: 1},
		`+#,##0.0;-#,##0.0;#,##0.0`:       {Decimals: 1},
	} {
		if got := shownAs(&score.Figure{Format: f}, plan.ChangeKind).format(); got != want {
			t.Errorf("a change with %+v is shown as %s: want %s", f, got, want)
		}
	}
	for x, want := range map[string]string{"1": "#,##0.00", "1/3": "#,##0.00", "9999/10000": "#,##0.0000", "1/100000": "#,##0.00000"} {
		var exact number.Exact
		if err := exact.UnmarshalText([]byte(x)); err != nil {
			t.Fatal(err)
		}
		if got := pointsFormat(exact); got != want {
			t.Errorf("%s points are shown as %s: want %s", x, got, want)
		}
	}
}
