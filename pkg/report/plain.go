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
	return cleaned(s)
}

// cleaned is plain of any text.
func cleaned(s string) string {
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
// composed letters, signs and punctuation, with single spaces inside.
func isPlain[S string | []byte](s S) bool {
	space := true
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			// The slice is as long as a character, so no text is copied.
			r, n := utf8.DecodeRuneInString(string(s[i:min(i+utf8.UTFMax, len(s))]))
			if !isOrdinary(r) {
				return false
			}
			space = false
			i += n
			continue
		case c < ' ' || c == '\x7f' || c == ' ' && space:
			return false
		}
		space = c == ' '
		i++
	}
	return !space || len(s) == 0
}

// isOrdinary reports whether a character beyond ASCII is shown as it is: the
// letters of Vietnamese, and what this program prints between them.
func isOrdinary(r rune) bool {
	switch {
	case r >= 0xc0 && r <= 0x24f, r >= 0x1ea0 && r <= 0x1ef9: // Latin letters, × and ÷
		return true
	}
	return strings.ContainsRune("\u00a0§°·–—‘’“”…≈≤≥−", r)
}
