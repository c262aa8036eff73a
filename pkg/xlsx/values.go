package xlsx

import (
	"bytes"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
)

// parseRef reads a cell's address, "XFD1048576": letters, then digits that do
// not begin with 0.
func parseRef(b []byte) (row, col int, ok bool) {
	row, col, ok = parseCorner(b)
	return row, col, ok && row > 0 && col > 0
}

// parseCorner reads an address, or the letters or digits of one alone: a row or
// column that is not there is 0.
func parseCorner(b []byte) (row, col int, ok bool) {
	i := 0
	for ; i < len(b) && i < 3 && b[i]|0x20 >= 'a' && b[i]|0x20 <= 'z'; i++ {
		col = col*26 + int(b[i]|0x20-'a') + 1
	}
	digits := b[i:]
	if len(b) == 0 || len(digits) > 7 || len(digits) > 0 && digits[0] == '0' {
		return 0, 0, false
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, 0, false
		}
		row = row*10 + int(c-'0')
	}
	return row, col, row <= maxRow && col <= maxCol
}

// parseRange reads "A1:B2", "A1" for one cell, "A:B" for whole columns, or "1:2"
// for whole rows.
func parseRange(b []byte) (a diag.Area, ok bool) {
	from, to, ranged := bytes.Cut(b, []byte(":"))
	if !ranged {
		to = from
	}
	var ok1, ok2 bool
	a.Row, a.Col, ok1 = parseCorner(from)
	a.ToRow, a.ToCol, ok2 = parseCorner(to)
	switch {
	case !ok1 || !ok2 || (a.Row == 0) != (a.ToRow == 0) || (a.Col == 0) != (a.ToCol == 0):
		return a, false
	case a.Row == 0 && ranged:
		a.Row, a.ToRow = 1, maxRow
	case a.Col == 0 && ranged:
		a.Col, a.ToCol = 1, maxCol
	}
	return a, 0 < a.Row && a.Row <= a.ToRow && 0 < a.Col && a.Col <= a.ToCol
}

// validNumber reports whether b is a decimal as xsd:double has it, without its
// special values, and in the range of a double: 0, or from 1e-308 to below
// 1e309.
func validNumber(b []byte) bool {
	if len(b) > maxNumber {
		return false
	}
	i := 0
	for i < len(b) && b[i]-'0' <= 9 {
		i++
	}
	if i == len(b) && 0 < i && i <= 308 {
		return true // most numbers
	}
	i = 0
	if i < len(b) && (b[i] == '-' || b[i] == '+') {
		i++
	}
	digits, magnitude := 0, 0
	significant := false
	for ; i < len(b) && b[i]-'0' <= 9; i++ {
		digits++
		if significant {
			magnitude++
		}
		significant = significant || b[i] != '0'
	}
	if i < len(b) && b[i] == '.' {
		for i++; i < len(b) && b[i]-'0' <= 9; i++ {
			digits++
			if !significant {
				magnitude--
			}
			significant = significant || b[i] != '0'
		}
	}
	if digits == 0 {
		return false
	}
	if i == len(b) {
		return !significant || magnitude >= -308 && magnitude <= 308
	}
	exponent, ok := parseExponent(b[i:])
	magnitude += exponent
	return ok && (!significant || magnitude >= -308 && magnitude <= 308)
}

// parseExponent reads "E+17".
func parseExponent(b []byte) (n int, ok bool) {
	if b[0] != 'e' && b[0] != 'E' {
		return 0, false
	}
	b = b[1:]
	sign := 1
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		if b[0] == '-' {
			sign = -1
		}
		b = b[1:]
	}
	if len(b) == 0 {
		return 0, false
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = min(n*10+int(c-'0'), 1<<20)
	}
	return sign * n, true
}

// validISODate reports whether b is a day, a day with a time, a time, or a
// duration: "2023-12-31", "2023-12-31T17:30:00.5Z", "17:30:00", "PT24H0M0.000S".
// Excel writes seconds with up to 17 digits behind the point.
func validISODate(b []byte) bool {
	if len(b) > maxNumber {
		return false
	}
	if b[0] == 'P' {
		return validDuration(b)
	}
	if matches(b, "dddd-dd-dd") {
		return true
	}
	if len(b) > 11 && matches(b[:11], "dddd-dd-ddT") {
		b = b[11:]
	}
	b = bytes.TrimSuffix(b, []byte("Z"))
	if len(b) > 9 && b[8] == '.' {
		for _, c := range b[9:] {
			if c < '0' || c > '9' {
				return false
			}
		}
		b = b[:8]
	}
	return matches(b, "dd:dd") || matches(b, "dd:dd:dd")
}

// validDuration reports whether b is a duration of ISO 8601, "P1DT2H3M4.5S": each
// unit at most once and in order, a fraction only of seconds.
func validDuration(b []byte) bool {
	units, timed, parts := "YMD", false, 0
	for b = b[1:]; len(b) > 0; parts++ {
		if b[0] == 'T' && !timed {
			units, timed, b = "HMS", true, b[1:]
		}
		whole := countDigits(b)
		n := whole
		if n < len(b) && b[n] == '.' {
			n += 1 + countDigits(b[n+1:])
		}
		if whole == 0 || n == len(b) || n > whole && b[n] != 'S' {
			return false
		}
		i := strings.IndexByte(units, b[n])
		if i < 0 {
			return false
		}
		units, b = units[i+1:], b[n+1:]
	}
	return parts > 0
}

// countDigits returns how many digits b begins with.
func countDigits(b []byte) int {
	n := 0
	for n < len(b) && b[n]-'0' <= 9 {
		n++
	}
	return n
}

// matches compares b with a pattern in which d is a digit.
func matches(b []byte, pattern string) bool {
	if len(b) != len(pattern) {
		return false
	}
	for i, c := range b {
		if p := pattern[i]; p == 'd' && (c < '0' || c > '9') || p != 'd' && c != p {
			return false
		}
	}
	return true
}
