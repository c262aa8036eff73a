package cell

import (
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
)

// State is whether a sheet is shown.
type State uint8

// The states of a sheet.
const (
	Visible State = iota
	Hidden
	VeryHidden // hidden so that the program's menus do not show it
)

// Stale says why the stored results of formulas may not be those that the
// formulas give.
type Stale uint8

// The reasons, from the least to the worst. The zero value is none.
const (
	Fresh            Stale = iota
	RecalcOnLoad           // the program that wrote the file leaves calculating to the one that opens it
	ManualRecalc           // results are calculated when somebody asks for it
	RecalcUnfinished       // the file was saved before all results were there
)

// Limits bounds what a file may cost its reader. A field that is zero bounds
// nothing beside the limits of the reader's own.
type Limits struct {
	FileBytes     int64 // size of the file
	InflatedBytes int64 // bytes of all parts that are read, after inflating
	Cells         int64 // cells that hold something, of one workbook, counted at every reading
	StringBytes   int64 // bytes that the string table takes in memory
	Sheets        int
}

// Tail is what a file says of a sheet beside its rows; it is complete once all
// rows are read.
type Tail struct {
	Merges        []diag.Area
	HiddenColumns []diag.Area // whole columns
}

// FontCodeOf tells the legacy Vietnamese fonts by their names.
func FontCodeOf(name string) FontCode {
	name = strings.ToLower(strings.TrimSpace(name))
	switch {
	case strings.HasPrefix(name, ".vn"):
		return TCVN3Font
	case strings.HasPrefix(name, "vni-"), strings.HasPrefix(name, "vni "):
		return VNIFont
	}
	return UnicodeFont
}
