package label

import (
	"bytes"
	"strings"
	"unicode"
)

// Invisible reports whether a character shows nothing and takes no room:
// format characters (zero-width spaces and joiners, soft hyphens, direction
// marks, byte order marks), control characters that are no white space,
// variation selectors, the combining grapheme joiner and the fillers of
// Hangul. Two texts that differ only by such characters look the same.
func Invisible(r rune) bool {
	switch {
	case r < 0x7F:
		return r < ' ' && !unicode.IsSpace(r)
	case r < 0x300:
		return r <= 0x9F && r != '\u0085' || r == '\u00ad'
	}
	switch r {
	case 0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0:
		return true
	}
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

// empty reports whether a character leaves a cell looking empty: white space,
// and what is Invisible.
func empty(r rune) bool { return unicode.IsSpace(r) || Invisible(r) }

// Trim cuts the characters that leave a cell looking empty off both ends of a text, where
// copying from other programs leaves them.
func Trim(s string) string { return strings.TrimFunc(s, empty) }

// IsEmpty reports whether a text has nothing that can be seen.
func IsEmpty(text []byte) bool {
	if len(text) > 0 && text[0] > ' ' && text[0] < 0x7F { // most texts
		return false
	}
	return len(bytes.TrimLeftFunc(text, empty)) == 0
}
