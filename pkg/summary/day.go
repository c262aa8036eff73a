package summary

import (
	"fmt"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// dayFormat shows a day as reports of the language do.
func dayFormat(l lang.Lang) string {
	switch l {
	case lang.EN:
		return "yyyy-mm-dd"
	case lang.VI:
	}
	return "dd/mm/yyyy"
}

// firstDay is the number of 1900-03-01, from which on all spreadsheet programs
// count days alike.
var firstDay = number.Int(61)

// isDate reports whether a day can be a date of a cell.
func isDate(x number.Exact) bool { return x.Cmp(firstDay) >= 0 }

// dateCall writes a day inside a formula.
func dateCall(x number.Exact) string {
	d, ok := plan.DayOf(x)
	if !ok {
		return x.String()
	}
	return fmt.Sprintf("DATE(%d,%d,%d)", d.Year, d.Month, d.Day)
}
