package cell

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/number"
)

// Content returns what a cell says as text, by which ids, codes, names, choices
// and conditions are compared: a number in its shortest decimal form, for some
// programs store 4 as 4.0, 4E0 or 4.0000000000000002, and a boolean as TRUE or
// FALSE. Other cells say what they hold. It may be written into buf.
func (c *Cell) Content(buf []byte) []byte {
	switch c.Kind {
	case Number:
		if isShortest(c.Raw) {
			return c.Raw
		}
		x, err := number.ParseCell(c.Raw)
		if err != nil {
			return c.Raw
		}
		const most = 320 // decimals of a double
		decimals, _ := number.Decimals(x, most)
		return number.AppendDigits(buf[:0], x, decimals)
	case Bool:
		if string(c.Raw) == "1" {
			return append(buf[:0], "TRUE"...)
		}
		return append(buf[:0], "FALSE"...)
	case Blank, Text, Error, Date:
	}
	return c.Raw
}

// isShortest reports whether a stored number is in its shortest form already.
// Of whole numbers all digits count: more than 15 are those of an id, which
// must not be rounded to that of another one.
func isShortest(raw []byte) bool {
	const kept = 15 // digits that a spreadsheet program keeps
	digits := raw
	if len(digits) > 0 && digits[0] == '-' {
		digits = digits[1:]
	}
	point := -1
	for i, b := range digits {
		switch {
		case b >= '0' && b <= '9':
		case b == '.' && point < 0:
			point = i
		default:
			return false
		}
	}
	switch n := len(digits); {
	case n == 0 || point == 0 || point == n-1:
		return false
	case digits[0] == '0' && n > 1 && point != 1:
		return false // a leading zero
	case point < 0:
		return digits[0] != '0' || len(raw) == 1 // not -0
	default:
		return digits[n-1] != '0' && n-1 <= kept
	}
}

// DayMonth returns the code that became the date of a cell: 1.2, typed where a
// day is written first, is stored as 1 February of the year. It is false of
// other cells and of dates with a time.
func (c *Cell) DayMonth(epoch1904 bool) (code string, ok bool) {
	if c.Kind != Date {
		return "", false
	}
	x, err := number.ParseCell(c.Raw)
	if err != nil || !x.IsInt() {
		return "", false
	}
	serial, _ := x.Int64()
	d, ok := date.FromSerial(serial, epoch1904)
	return fmt.Sprintf("%d.%d", d.Day, d.Month), ok
}

// Words returns what a cell shows of its number where words stand before it or
// in its place, by the number format: "Quý 1" or "Có" of a 1. It is "" where
// there are none: words behind a number are mostly units.
func (c *Cell) Words() string {
	if c.Kind != Number || c.Format.Plain() {
		return ""
	}
	x, err := number.ParseCell(c.Raw)
	if err != nil {
		return ""
	}
	s := c.Format.Section(x)
	if !strings.ContainsFunc(s.Before, unicode.IsLetter) {
		return ""
	}
	return strings.TrimSpace(s.Show(x))
}
