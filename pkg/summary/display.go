package summary

import (
	"strings"

	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// display is how a number is shown in a cell: with as many decimals as the
// card prints, for a figure may not look like its goal when it is not.
type display struct {
	percent  bool
	points   bool // percentage points, counted in hundredths
	signed   bool
	decimals int
}

// shownAs is how a figure is shown; kind is the result's.
func shownAs(f *score.Figure, kind plan.ValueKind) display {
	d := display{percent: kind == plan.ShareKind, signed: kind == plan.ChangeKind}
	if f != nil {
		d.percent = d.percent || f.Format.Percent
		d.points, d.decimals = f.Format.Points, f.Format.Decimals
	}
	return d
}

// displayOf is how a result's figure is shown: where it has none, as the goal.
func displayOf(r *score.Result) display {
	if r.Value != nil || len(r.Goal.Bounds) == 0 {
		return shownAs(r.Value, r.Kind)
	}
	return shownAs(&r.Goal.Bounds[0], r.Kind)
}

// format is the number format. Shares have at least two decimals, so that
// those of a column stand below each other.
func (d display) format() string {
	decimals := d.decimals
	if d.percent || d.points {
		decimals = max(decimals, 2)
	}
	return d.exactly(decimals)
}

func (d display) exactly(decimals int) string {
	digits := "0"
	if !d.percent && !d.points {
		digits = "#,##0"
	}
	if decimals > 0 {
		digits += "." + strings.Repeat("0", min(decimals, 12))
	}
	switch {
	case d.percent:
		digits += "%"
	case d.points:
		digits += `" pp"`
	}
	if d.signed {
		return "+" + digits + ";-" + digits + ";" + digits
	}
	return digits
}

// cell is the number as a cell stores it: percentage points times 100.
func (d display) cell(x number.Exact) number.Exact {
	if d.points {
		return x.Mul(number.Int(100))
	}
	return x
}

// amount is the format of a count or an amount of money, with the decimals
// that it has.
func amount(x number.Exact) string { return display{}.exactly(decimals(x)) }
