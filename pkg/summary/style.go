package summary

import (
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
)

// The colours. Blue and orange are told apart by readers with any kind of
// colour vision, and a word or a weight always says the same.
const (
	ink      = "1F2933"
	navy     = "1F3864"
	white    = "FFFFFF"
	paleBlue = "DDEBF7"
	deepBlue = "2E75B6"
	amber    = "FCE4D6"
	orange   = "F4B183"
	rust     = "C55A11"
	darkRust = "833C0B"
	grey     = "F2F2F2"
	midGrey  = "595959"
	paleInk  = "6B6B6B" // of what is repeated
	hairline = "BFBFBF"
	yellow   = "FFF2CC"
	brown    = "7F6000"
	input    = "1F4E9E" // ink of figures that may be changed: the formulas follow them
)

var theme = sheets.Theme{Font: "Calibri", Size: 10, Ink: ink, Line: hairline, Title: navy, Narrow: 1.15, Leading: 13}

// Styles that all sheets share.
var (
	plain      = sheets.Style{}
	titleStyle = sheets.Style{Bold: true, Size: 16, Color: navy}
	subtitle   = sheets.Style{Color: midGrey}
	linkStyle  = sheets.Style{Underlined: true, Color: input}
	section    = sheets.Style{Bold: true, Size: 12, Color: navy, Ruled: true}
	head       = sheets.Style{Bold: true, Color: white, Fill: navy, Wrap: true, Center: true, Boxed: true}
	headLeft   = sheets.Style{Bold: true, Color: white, Fill: navy, Wrap: true, Boxed: true}
	body       = sheets.Style{Boxed: true}
	wrapped    = sheets.Style{Boxed: true, Wrap: true, Top: true}
	folded     = sheets.Style{Boxed: true, Wrap: true}
	centered   = sheets.Style{Boxed: true, Center: true}
	key        = sheets.Style{Boxed: true, Color: midGrey, Size: 8, Center: true}
	whole      = sheets.Style{Boxed: true, Num: "#,##0", Right: true}
	percent    = sheets.Style{Boxed: true, Num: "0.00%", Right: true}
	points     = sheets.Style{Boxed: true, Num: "0.00", Right: true}
	bigFigure  = sheets.Style{Bold: true, Size: 20, Color: navy, Fill: grey, Center: true}
	tileLabel  = sheets.Style{Size: 9, Color: midGrey, Fill: grey, Center: true, Wrap: true}
)

func shrink(st *sheets.Style) { st.Shrunk = true }

// book is a workbook of the summary: what it says of outcomes and of names.
type book struct {
	*sheets.Book
	words [score.Tracked + 1]string // of the outcomes
}

func newBook(l lang.Lang) *book {
	b := &book{Book: sheets.New(l, theme)}
	for o := range b.words {
		b.words[o] = lang.Sentence(score.Outcome(o).Title().In(l))
	}
	return b
}

// word is an outcome as a cell says it.
func (b *book) word(o score.Outcome) string { return b.words[o] }

// title is a name as cells show it, and as formulas that look for it say it:
// these take no more than 255 characters.
func (b *book) title(t lang.Text) string {
	return sheets.Cut(lang.Sentence(sheets.Clean(t.In(b.Lang))), 200)
}

// optionalNumber is a number as a cell stores it, or "" where there is none.
func optionalNumber(x *number.Exact) any {
	if x == nil {
		return ""
	}
	return sheets.Stored(*x)
}
