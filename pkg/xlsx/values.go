package xlsx

import (
	"bytes"

	"github.com/parcheck/parcheck/pkg/diag"
)

// parseRef reads a cell's address, "XFD1048576": capitals, then digits that do
// not begin with 0.
func parseRef(b []byte) (row, col int, ok bool) {
	i := 0
	for ; i < len(b) && i < 3 && b[i] >= 'A' && b[i] <= 'Z'; i++ {
		col = col*26 + int(b[i]-'A') + 1
	}
	digits := b[i:]
	if i == 0 || len(digits) == 0 || len(digits) > 7 || digits[0] == '0' {
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

// parseRange reads "A1:B2", or "A1" for one cell.
func parseRange(b []byte) (a diag.Area, ok bool) {
	from, to, ranged := bytes.Cut(b, []byte(":"))
	if !ranged {
		to = from
	}
	var ok1, ok2 bool
	a.Row, a.Col, ok1 = parseRef(from)
	a.ToRow, a.ToCol, ok2 = parseRef(to)
	return a, ok1 && ok2 && a.Row <= a.ToRow && a.Col <= a.ToCol
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

// validISODate reports whether b is a day, a day with a time, or a time:
// "2023-12-31", "2023-12-31T17:30:00.5Z", "17:30:00".
func validISODate(b []byte) bool {
	if matches(b, "dddd-dd-dd") {
		return true
	}
	if len(b) > 11 && matches(b[:11], "dddd-dd-ddT") {
		b = b[11:]
	}
	b = bytes.TrimSuffix(b, []byte("Z"))
	if len(b) > 9 && b[8] == '.' && len(b) < 20 {
		for _, c := range b[9:] {
			if c < '0' || c > '9' {
				return false
			}
		}
		b = b[:8]
	}
	return matches(b, "dd:dd") || matches(b, "dd:dd:dd")
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
