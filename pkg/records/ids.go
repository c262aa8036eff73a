package records

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/numfmt"
)

// Spreadsheet programs damage ids: "1-2" becomes a date, an id of 18 digits
// loses three, 000123 becomes 123 with a number format that shows the zeros,
// and copying adds invisible characters. What was typed is lost, so each case
// is a finding, and the id is taken as the sheet shows it.

// Oddity is the reason why an id may differ from what was typed.
type Oddity uint8

// The oddities.
const (
	Sound      Oddity = iota
	MadeDate          // a date: 1-2 may have been typed
	TooLong           // a number of more digits than spreadsheet programs keep
	InExponent        // 1.23457E+11
	Padded            // a number whose format shows zeros or letters before it
	NoID              // a truth value, a fraction, a negative number
	Oddities          // number of oddities
)

// readID checks an id, and sets raw to what the sheet shows.
func (c *Column) readID(cl *cell.Cell) {
	c.oddity = Sound
	switch cl.Kind {
	case cell.Date:
		c.oddity = MadeDate
	case cell.Number:
		const kept = 15 // digits that a spreadsheet program keeps
		switch {
		case bytes.IndexByte(c.raw, '.') >= 0 || bytes.IndexByte(c.raw, '-') == 0:
			c.oddity = NoID
		case c.pads(cl.Format):
			if x, err := number.ParseCell(cl.Raw); err == nil {
				c.oddity, c.raw = Padded, append(c.buf[:0], cl.Format.Show(x)...)
			}
		case len(c.raw) > kept && bytes.IndexByte(c.raw, '.') < 0:
			c.oddity = TooLong
		}
	case cell.Text:
		if bytes.IndexByte(c.raw, '+') >= 0 && hasExponent(c.raw) {
			c.oddity = InExponent
		}
	case cell.Bool:
		c.oddity = NoID
	case cell.Blank, cell.Error:
	}
}

// pads reports whether a number format adds leading zeros or letters.
func (c *Column) pads(f *numfmt.Format) bool {
	if f == nil {
		return false
	}
	if f != c.format {
		c.format = f
		shown := f.Show(number.Int(1))
		zeros := len(shown) > 1 && shown[0] == '0' && shown[1] >= '0' && shown[1] <= '9'
		c.padding = zeros || bytes.ContainsFunc([]byte(shown), unicode.IsLetter)
	}
	return c.padding
}

// hasExponent reports whether a text is a number as spreadsheet programs write
// large ones into text files: "1.23457E+11".
func hasExponent(text []byte) bool {
	mantissa, exponent, ok := bytes.Cut(bytes.TrimSpace(text), []byte("E+"))
	digits := func(b []byte) bool { return len(b) > 0 && len(bytes.Trim(b, "0123456789")) == 0 }
	whole, decimals, point := bytes.Cut(bytes.ReplaceAll(mantissa, []byte(","), []byte(".")), []byte("."))
	return ok && len(whole) == 1 && digits(whole) && (!point || digits(decimals)) && len(exponent) == 2 && digits(exponent)
}

// foldID normalises an id: any white space becomes one space, none at the ends,
// dashes become hyphens, look-alike Cyrillic letters become Latin, small letters
// become capitals. It may write into buf.
func foldID(buf, id []byte) []byte {
	id = bytes.TrimSpace(id)
	for i, b := range id {
		if b >= 0x7F || b >= 'a' && b <= 'z' || b < ' ' || b == ' ' && id[i-1] == ' ' {
			return bytes.ToUpper(visibleID(buf, id))
		}
	}
	return id
}

// visibleID is foldID that keeps small letters.
func visibleID(buf, id []byte) []byte {
	out, space, marks := buf[:0], true, false
	for len(id) > 0 {
		r, size := utf8.DecodeRune(id)
		switch {
		case label.Invisible(r):
		case unicode.IsSpace(r):
			if !space {
				out = append(out, ' ')
			}
			space = true
		default:
			if r >= '‐' && r <= '―' || r == '−' {
				r = '-'
			}
			marks = marks || unicode.Is(unicode.Mn, r)
			out = utf8.AppendRune(out, label.Latin(r))
			space = false
		}
		id = id[size:]
	}
	if marks {
		out = norm.NFC.Bytes(out)
	}
	return bytes.TrimSuffix(out, []byte(" "))
}
