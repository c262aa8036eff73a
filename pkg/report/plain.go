package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many combining marks one letter may carry. Vietnamese needs
// two; towers of them would run over the lines above and below.
const maxMarks = 4

// plain makes a text safe to show on one line of anything: control characters,
// escape sequences, bidirectional overrides and other invisible characters are
// dropped, white space of every kind becomes one space (no-break spaces stay),
// and bytes that are no UTF-8 become U+FFFD.
func plain(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	marks, space := 0, true // space: at the start, or after one
	for _, r := range s {
		switch {
		case r == '\u00a0' || r == '\u202f': // they hold "≥ 65%" and "1 234" together
			r, marks = '\u00a0', 0
		case unicode.IsSpace(r):
			if !space {
				b.WriteByte(' ')
			}
			space, marks = true, 0
			continue
		case unicode.Is(unicode.M, r):
			if marks++; marks > maxMarks {
				continue
			}
		case !unicode.IsGraphic(r):
			continue
		default:
			marks = 0
		}
		space = false
		b.WriteRune(r)
	}
	return strings.TrimSuffix(b.String(), " ")
}

// isPlain reports whether plain would change nothing, for the common text:
// ASCII, with single spaces inside.
func isPlain(s string) bool {
	space := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c >= utf8.RuneSelf-1 || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space || s == ""
}
