package label

import (
	"testing"
	"unicode"
)

func TestInvisibleCharacters(t *testing.T) {
	for _, r := range []rune{0, 7, 0x1B, 0x7F, 0x80, 0xAD, 0x34F, 0x61C, 0x115F, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x202E, 0x2060, 0x2066, 0x3164, 0xFE0F, 0xFEFF, 0xFFA0, 0xE0001, 0xE0100} {
		if !Invisible(r) || !empty(r) {
			t.Errorf("%U is seen", r)
		}
	}
	for _, r := range []rune{' ', '\t', '\n', 0x85, 0xA0, 0x2003, 0x2028, 0x202F, 0x3000} {
		if Invisible(r) || !empty(r) {
			t.Errorf("%U: invisible %t, empty %t; want white space", r, Invisible(r), empty(r))
		}
	}
	for _, r := range []rune{'a', '0', '-', 'Đ', 'ệ', 0x301, '٣', '日', 0xFFFD} {
		if Invisible(r) || empty(r) {
			t.Errorf("%U is not seen", r)
		}
	}
	for r := rune(0); r <= unicode.MaxRune; r++ { // the short ways agree with the tables
		want := unicode.IsControl(r) && !unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
		if r < 0x300 && Invisible(r) != want {
			t.Fatalf("%U: %t", r, !want)
		}
		if want && !Invisible(r) {
			t.Fatalf("%U is seen", r)
		}
	}
}

func TestIsEmpty(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, " ": true, "\u00a0\u200b": true, "\t\n": true, "x": false, "\u200bx": false, "-": false, "\u0301": false,
	} {
		if got := IsEmpty([]byte(text)); got != want {
			t.Errorf("%q: %t", text, got)
		}
		if got := Trim(text) == ""; got != want {
			t.Errorf("Trim(%q) = %q", text, Trim(text))
		}
	}
}
