package xlsx

import (
	"archive/zip"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// slowChars is validChars, rune by rune.
func slowChars(b []byte, last bool) (n int, ok bool) {
	for n < len(b) {
		r, size := utf8.DecodeRune(b[n:])
		if r == utf8.RuneError && size == 1 || !xmlChar(r) {
			return n, !last && !utf8.FullRune(b[n:])
		}
		n += size
	}
	return n, true
}

// FuzzChars looks for characters in any bytes.
func FuzzChars(f *testing.F) {
	for _, s := range []string{"", "a", "Nguyễn Văn Ất\r\n", "😀 \ufffd \ufffe", "\xff", "\xed\xa0\x80", "\xc0\x80", "\xe1\xbb", "\xf4\x90\x80\x80", "\x00\x1f\x7f\u0080"} {
		for _, before := range []int{0, 1, 7, 8, 15, 23, 31, 40} {
			f.Add([]byte(strings.Repeat("a", before)+s+strings.Repeat(" b", 20)), before%2 == 0)
			f.Add([]byte(strings.Repeat("a", before)+s), before%2 == 0)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte, last bool) {
		n, ok := validChars(b, last)
		if want, wantOK := slowChars(b, last); n != want || ok != wantOK {
			t.Errorf("%d bytes of %q, %v; want %d, %v", n, b, ok, want, wantOK)
		}
	})
}

// TestCutCharacters reads texts with characters that the end of a block cuts
// off at each of their bytes: sound ones, and some with a byte missing, which
// are refused at the place where they begin.
func TestCutCharacters(t *testing.T) {
	const row = `<row r="1"><c r="A1" t="inlineStr"><is><t>`
	filler := 2*blockSize - strings.Index(sheet(row), row) - len(row)
	for _, char := range []string{"é", "ễ", "😀"} {
		for before := range len(char) {
			for _, method := range []uint16{zip.Deflate, zip.Store} {
				// The comment fills what is before the text in the first two blocks.
				text := func(char string) parts {
					fill := "<!--" + strings.Repeat("x", filler-before-len("<!---->")) + "-->"
					return soundParts(fill + row + char + `</t></is></c></row>`)
				}
				got, err := read(text(char).zipWith(t, method))
				if want := fmt.Sprintf("A1 text %q", char); err != nil || !strings.Contains(got, want) {
					t.Errorf("%q cut after %d bytes: %v\n%.100s", char, before, err, got)
				}
				broken := parcheckSays(text(char[:len(char)-1]).zipWith(t, method))
				if want := fmt.Sprintf(`at byte %d: a byte that is no UTF-8`, 2*blockSize-before); !strings.Contains(broken, want) {
					t.Errorf("%q without its last byte, cut after %d: %s\nwant %s", char, before, broken, want)
				}
			}
		}
	}
}
