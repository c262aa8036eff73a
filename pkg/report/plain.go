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
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' || c == '\x7f' || c == ' ' && space {
				return false
			}
			space = c == ' '
			i++
			continue
		}
		n := composed(s[i:])
		if n == 0 {
			return false
		}
		space = false
		i += n
	}
	return !space || len(s) == 0
}

// composed returns the length of the character that s begins with, if it is
// one of the letters of Vietnamese or of the signs that are printed between
// them; otherwise 0.
func composed[S string | []byte](s S) int {
	switch {
	case len(s) < 2:
	case s[0] == 0xc2:
		if strings.IndexByte("\xa0\xa7\xb0\xb7", s[1]) >= 0 { // no-break space, § ° ·
			return 2
		}
	case 0xc3 <= s[0] && s[0] <= 0xc9 && s[1]&0xc0 == 0x80: // U+00C0 to U+024F
		return 2
	case len(s) < 3 || s[2]&0xc0 != 0x80:
	case s[0] == 0xe1 && (s[1] == 0xba && s[2] >= 0xa0 || s[1] == 0xbb && s[2] <= 0xb9): // U+1EA0 to U+1EF9
		return 3
	case s[0] == 0xe2:
		if r, _ := utf8.DecodeRuneInString(string(s[:3])); strings.ContainsRune("–—‘’“”…≈≤≥−", r) {
			return 3
		}
	}
	return 0
}
