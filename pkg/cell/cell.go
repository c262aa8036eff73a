// Package cell is the typed cell: what every reader of workbooks gives and
// what tables are found in. It reads no file.
package cell

import (
	"unicode/utf8"

	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/numfmt"
)

// Kind is what a cell holds. The zero value is Blank.
type Kind uint8

// The kinds.
const (
	Blank  Kind = iota
	Number      // Raw is a decimal as the file stores it, "0.65000000000000002"
	Text        // Raw is the text, entities and escapes resolved
	Bool        // Raw is "0" or "1"
	Error       // Raw is "#REF!" and the like
	Date        // a number with a date format: Raw is the serial; or an ISO 8601 date cell: Raw is "2023-12-31..."
)

// Formula says whether a formula made the cell's value.
type Formula uint8

// The states of a formula.
const (
	NoFormula    Formula = iota
	Calculated           // Raw is the stored result
	VisibleOnly          // likewise, of SUBTOTAL or AGGREGATE, which leave hidden rows out
	Uncalculated         // the file stores no result: Kind is Blank
)

// Cell is one cell of a row.
type Cell struct {
	Col     int // 1-based
	Kind    Kind
	Formula Formula
	Font    FontCode
	Mark    Mark
	Indent  uint8          // steps by which the cell's alignment indents its text
	Format  *numfmt.Format // how the cell shows its number; nil is General
	Raw     []byte         // valid until the scanner moves on; UTF-8
	Shared  int            // 1 + the index in the workbook's string table, 0 when the text is inline
	Word    *label.Word    // of a text that has been looked up; nil otherwise
}

// Mark says why the characters of a cell are not one plain text: its parts are
// shown differently, or not shown. Whoever reads "64¹" sees the figure 64 and
// a reference to a note; the characters alone say 641.
type Mark uint8

// The marks. Of several, the worst is kept: the greatest.
const (
	Plain      Mark = iota
	Unseen          // all of it is written in the colour of its cell, white on white
	Parts           // several parts that look different
	Linked          // a part is a link
	Raised          // a part is superscript or subscript
	Options         // the choices of a drop-down list, one after the other
	PartHidden      // a part is not shown
	StruckOut       // a part or all is struck out
)

// NumberKind is the kind of a cell that stores a number: a date where its
// format shows this number as one.
func NumberKind(f *numfmt.Format, raw []byte) Kind {
	if f.Dates() && f.KindOf(raw) == numfmt.Date {
		return Date
	}
	return Number
}

// Percent reports whether the cell is a number that is shown multiplied by 100
// with a percent sign.
func (c *Cell) Percent() bool {
	return c.Kind == Number && !c.Format.Plain() && c.Format.KindOf(c.Raw) == numfmt.Percent
}

// Decimals is how many decimals the cell shows of its number; -1 where its
// format does not say.
func (c *Cell) Decimals() int {
	if c.Kind != Number || c.Format == nil {
		return -1
	}
	x, err := number.ParseCell(c.Raw)
	if err != nil {
		return -1
	}
	return c.Format.Section(x).Decimals
}

// Withdrawn reports whether some of the text is struck out or not shown: who
// wrote it may not mean it to count.
func (m Mark) Withdrawn() bool { return m >= PartHidden }

// AppendRaised appends a superscript or, when lowered, a subscript text: its
// digits and parentheses as the characters that Unicode has for those, so that 64
// with a raised 1 is the text "64¹". Other characters stay.
func AppendRaised(dst, text []byte, lowered bool) []byte {
	const super, sub = "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾", "₀₁₂₃₄₅₆₇₈₉₍₎"
	digits := []rune(super)
	if lowered {
		digits = []rune(sub)
	}
	for _, c := range text {
		switch {
		case c-'0' <= 9:
			dst = utf8.AppendRune(dst, digits[c-'0'])
		case c == '(' || c == ')':
			dst = utf8.AppendRune(dst, digits[10+c-'('])
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// FontCode tells a legacy font, whose text is no Unicode.
type FontCode uint8

// The font codes.
const (
	UnicodeFont FontCode = iota
	TCVN3Font            // .VnTime, .VnArial and their kin
	VNIFont              // VNI-Times and its kin
)

// Row is one row of a sheet: the cells that hold something, in order. Columns
// that nobody asked for are left out.
type Row struct {
	Number int // 1-based, the row number that the spreadsheet program shows
	Hidden bool
	Cells  []Cell
	Record Record // of a row of a text file
}

// Record is how a row stands in a text file. It is zero in other files.
type Record struct {
	Line   int // 1-based, of the file
	Fields int // how many there are, blank ones included
	Filled int // of them, up to the last that is not blank
}

// At returns the cell in a column, or a blank one.
func (r *Row) At(col int) Cell {
	for _, c := range r.Cells {
		if c.Col == col {
			return c
		}
		if c.Col > col {
			break
		}
	}
	return Cell{Col: col}
}
