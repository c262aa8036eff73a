package form

import "github.com/parcheck/parcheck/pkg/sheets"

// The colours. No colour stands alone: formulas are in italics, headings bold,
// and each severity is named in a note.
const (
	ink      = "1F2933"
	midGrey  = "6B7280"
	headFill = "DCE6F1"
	typed    = "FFFBE6" // where the agency types
	reckoned = "EFEFEF" // where a formula stands
	hairline = "8C8C8C"
	linkBlue = "1F4E9E"
)

// theme is that of official forms.
var theme = sheets.Theme{Font: "Times New Roman", Size: 11, Ink: ink, Line: hairline, Title: ink, Narrow: 1.08, Leading: 15, Row: 18}

const (
	wholeFormat  = "#,##0"
	amountFormat = "#,##0.00"
	shareFormat  = "0.00%"
	dayFormat    = "dd/mm/yyyy"
	textFormat   = "@"
)

var (
	plain       = sheets.Style{}
	titleStyle  = sheets.Style{Bold: true, Size: 14, Center: true, Wrap: true}
	middleStyle = sheets.Style{Italic: true, Center: true, Wrap: true}
	bold        = sheets.Style{Bold: true}
	section     = sheets.Style{Bold: true, Size: 12}
	small       = sheets.Style{Size: 9, Color: midGrey}
	scaleStyle  = sheets.Style{Italic: true, Right: true, Fill: typed}
	hint        = sheets.Style{Size: 9, Italic: true, Color: midGrey, Wrap: true}
	head        = sheets.Style{Bold: true, Center: true, Wrap: true, Boxed: true, Fill: headFill}
	numberStyle = sheets.Style{Italic: true, Center: true, Boxed: true, Size: 9, Wrap: true}
	groupStyle  = sheets.Style{Bold: true, Wrap: true, Boxed: true}
	groupCode   = sheets.Style{Bold: true, Center: true, Boxed: true}
	textStyle   = sheets.Style{Wrap: true, Boxed: true}
	codeStyle   = sheets.Style{Center: true, Boxed: true}
	boxed       = sheets.Style{Boxed: true}
	cellStyle   = sheets.Style{Boxed: true, Wrap: true, Top: true}
	signer      = sheets.Style{Bold: true, Center: true}
	signing     = sheets.Style{Italic: true, Center: true}
)

// filled is a style of cells that the agency types into, asFormula one of
// cells with a formula.
func filled(st sheets.Style) sheets.Style { st.Fill = typed; return st }

func asFormula(st sheets.Style) sheets.Style {
	st.Fill, st.Italic = reckoned, true
	return st
}

func centered(st *sheets.Style) { st.Center = true }
func right(st *sheets.Style)    { st.Right = true }
