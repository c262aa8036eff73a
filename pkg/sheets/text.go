package sheets

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxText is how many UTF-16 units a cell holds.
const maxText = 32767

// Clean makes a text fit for a cell: no control characters, no marks that turn
// the direction of what follows, valid UTF-8, no blanks at its ends, no longer
// than a cell holds.
func Clean(s string) string {
	ok := utf8.ValidString(s)
	for _, r := range s {
		if r < ' ' && r != '\n' || unprintable(r) {
			ok = false
			break
		}
	}
	if !ok {
		s = strings.Map(func(r rune) rune {
			switch {
			case r == '\t' || r == '\r':
				return ' '
			case r < ' ' && r != '\n' || unprintable(r):
				return -1
			}
			return r
		}, strings.ToValidUTF8(s, "\uFFFD"))
	}
	return Cut(strings.Trim(s, " \n"), maxText)
}

func unprintable(r rune) bool {
	return r >= 0x7F && r <= 0x9F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 ||
		r == 0xFFFE || r == 0xFFFF || r == 0xFEFF
}

// Cut shortens a text to a number of UTF-16 units, between words where it can.
func Cut(s string, units int) string {
	if len(s) <= units {
		return s
	}
	n, end := 0, 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n < units {
			end = i + utf8.RuneLen(r) // room is left for the ellipsis
		}
	}
	if n <= units {
		return s
	}
	if i := strings.LastIndexByte(s[:end], ' '); i > end*2/3 {
		end = i
	}
	return strings.TrimRight(s[:end], " ,;-") + "…"
}

// headerText escapes a text for a page's header or footer.
func headerText(s string) string {
	return strings.ReplaceAll(Cut(Clean(s), 90), "&", "&&")
}

// names are the names that a workbook's sheets have taken, folded.
type names map[string]bool

// take makes a sheet name of a title: at most 31 UTF-16 units, none of the
// characters that spreadsheet programs refuse, not yet taken in any case. An
// apostrophe is replaced too: not every writer of references doubles it.
func (n names) take(title string) string {
	const limit = 31
	name := strings.Map(func(r rune) rune {
		switch {
		case r == '\'':
			return '’'
		case strings.ContainsRune(`:\/?*[]`, r):
			return '-'
		case r == '\n':
			return ' '
		}
		return r
	}, Clean(title))
	if name == "" || strings.EqualFold(name, "history") {
		name += "-"
	}
	base := Cut(name, limit)
	for i := 2; n[strings.ToLower(base)]; i++ {
		suffix := fmt.Sprintf(" (%d)", i)
		base = Cut(name, limit-len(suffix)) + suffix
	}
	n[strings.ToLower(base)] = true
	return base
}

// charsPerUnit is how many characters of running text fit on a unit of a
// column's width, which is the width of a digit.
const charsPerUnit = 1.15

// Fit is the width of a column, in characters, that a text fits on one line.
func Fit(text string) float64 { return float64(utf8.RuneCountInString(text))/charsPerUnit + 1.5 }

// lines estimates on how many lines a text stands in a column of so many
// characters. Not every program sizes wrapped rows by itself.
func lines(text string, width int) float64 {
	n := 0
	for part := range strings.SplitSeq(text, "\n") {
		n += max((utf8.RuneCountInString(part)+width-1)/width, 1)
	}
	return float64(n)
}

// Tall is the height in points of a row whose text wraps in a column of so
// many characters.
func Tall(text string, width int) float64 { return lines(text, width)*linePoints + 3 }
