package sheets

import (
	"cmp"
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

func (n names) take(name string) bool {
	key := strings.ToLower(name)
	if n[key] {
		return false
	}
	n[key] = true
	return true
}

// make makes a legal name of a title that is not taken yet, and takes it.
func (n names) make(title string) string {
	name := Legal(title)
	if whole := legal(title); n[strings.ToLower(name)] && name != whole {
		name = bothEnds(whole)
	}
	for i := 2; !n.take(name); i++ {
		name = Numbered(Legal(title), i)
	}
	return name
}

// bothEnds shortens a name in its middle: names that begin alike are told apart
// by their ends.
func bothEnds(name string) string {
	words := strings.Fields(name)
	tail := ""
	for len(words) > 1 && len(utf16.Encode([]rune(words[len(words)-1]+" "+tail))) <= maxName*3/5 {
		tail = strings.TrimSpace(words[len(words)-1] + " " + tail)
		words = words[:len(words)-1]
	}
	if tail == "" {
		return Cut(name, maxName)
	}
	return Cut(strings.Join(words, " "), maxName-1-len(utf16.Encode([]rune(tail)))) + tail
}

// maxName is how many UTF-16 units the name of a sheet has at most.
const maxName = 31

// Legal makes a name of a sheet out of a title: none of the characters that
// spreadsheet programs refuse. An apostrophe is replaced too: not every writer
// of references doubles it. Of a long title the part before a colon will do.
func Legal(title string) string { return Cut(legal(title), maxName) }

func legal(title string) string {
	if short, _, ok := strings.Cut(title, ": "); ok && len([]rune(title)) > maxName {
		title = short
	}
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
	return name
}

// Numbered is the name of a sheet, told apart from others by a number.
func Numbered(name string, n int) string {
	suffix := fmt.Sprintf(" (%d)", n)
	return Cut(name, maxName-len(suffix)) + suffix
}

// Fit is the width of a column, in characters, that a text fits on one line.
func (t Theme) Fit(text string) float64 {
	return float64(utf8.RuneCountInString(text))/t.Narrow + 1.5
}

// Tall is the height of a row of so many lines, in points.
func (t Theme) Tall(lines int) float64 { return float64(lines)*t.Leading + 3 }

// Lines estimates on how many lines a text stands in a column of a width. Not
// every program sizes wrapped rows by itself.
func (t Theme) Lines(text string, width float64, st Style) int {
	width = max((width-1)*t.Narrow*t.Size/cmp.Or(st.Size, t.Size), 2)
	if st.Bold {
		width *= 0.9
	}
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		used := 0.0
		for word := range strings.FieldsSeq(line) {
			w := float64(utf8.RuneCountInString(word))
			switch {
			case used > 0 && used+1+w > width:
				n, used = n+1, w
			case used > 0:
				used += 1 + w
			default:
				used = w
			}
			for used > width {
				n, used = n+1, used-width
			}
		}
	}
	return n
}
