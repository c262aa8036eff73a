package number

import "errors"

// Style is the way in which a number typed as text is written.
type Style uint8

// The styles. With Undeclared, one separator that could be either a group or a
// decimal separator is ErrAmbiguous.
const (
	Undeclared Style = iota
	StyleVI          // 1.234,5
	StyleEN          // 1,234.5
)

// Errors of reading.
var (
	ErrNotNumber = errors.New("no number")
	ErrAmbiguous = errors.New("could be read in two ways")
	ErrRange     = errors.New("number out of range")
)

// ParseCell reads the raw content of a numeric cell (an XML Schema double
// without its special values), rounded half-even to 15 significant digits, as
// spreadsheet programs show it: "0.65000000000000002" is 0.65. It refuses NaN,
// INF, hexadecimal digits, `_`, white space, and exponents outside 10^±308.
func ParseCell(raw []byte) (Exact, error) { return Exact{}, ErrNotNumber }

// ParseText reads a number that a person typed as text, by the style that its
// column declares. percent reports a trailing percent sign, by which the value
// has then been divided by 100 ("65,5 %" in StyleVI is 0.655, true).
// Full-width digits, NBSP and thin spaces as group separators, the minus sign
// U+2212 and a leading "+" are read; letters and currency are not.
func ParseText(s string, style Style) (x Exact, percent bool, err error) {
	return Exact{}, false, ErrNotNumber
}

// ParsePlain reads a number as a plan writes it: "20", "0.5", "65%", "12.5%",
// "-3". The point is the decimal separator and there is no group separator.
func ParsePlain(s string) (x Exact, percent bool, err error) {
	return Exact{}, false, ErrNotNumber
}

// IsPlaceholder reports whether a text stands for "not reported": "-", "x",
// "...", "…", "/", "N/A", "không có số liệu" and the like; never 0.
func IsPlaceholder(s string) bool { return false }
