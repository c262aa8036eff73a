package label

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// lookalikes has a Latin letter for each letter of another script that is drawn
// like it, small or capital. Keys are in small letters.
var lookalikes = pairs(
	"авекмнорстухіјѕԛԝ"+"αβεζηικμνορτυχ"+"ⅰⅴⅹⅼⅽⅾⅿ",
	"abekmhopctyxijsqw"+"abezhikmnoptyx"+"ivxlcdm")

// Latin returns the Latin letter that a letter of another script is drawn like,
// small or capital as that is; any other character is returned as it is.
func Latin(r rune) rune {
	if r < 0x80 {
		return r
	}
	small := unicode.ToLower(r)
	l, ok := lookalikes[small]
	switch {
	case !ok:
		return r
	case small != r:
		return unicode.ToUpper(l)
	}
	return l
}

// Lookalike reports whether two different names are drawn alike, because one
// has letters of another script, "Тổng số" with a Cyrillic Т. It returns the
// first such letter of the name and the letter that the other has in its place.
func Lookalike(name, other string) (has, wants rune, ok bool) {
	a, b := Key(name), Key(other)
	if a == b || latin(a) != latin(b) {
		return 0, 0, false
	}
	for _, r := range a {
		if l, ok := lookalikes[r]; ok && !strings.ContainsRune(b, r) {
			return r, l, true
		}
	}
	for _, r := range b {
		if l, ok := lookalikes[r]; ok {
			return l, r, true
		}
	}
	return 0, 0, false
}

// latin replaces what is drawn like Latin letters.
func latin(key string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if l, ok := lookalikes[r]; ok {
			return l
		}
		return r
	}, key))
}
