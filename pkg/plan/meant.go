package plan

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/number"
)

// Numbers as letters have them. Of 1.000 and 1,000 nobody knows whether they
// are 1 or 1000; those below have one meaning.
var (
	dotThousands   = regexp.MustCompile(`^([0-9]{1,3}(?:\.[0-9]{3}){2,}|[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,},[0-9]+)$`)
	commaThousands = regexp.MustCompile(`^([1-9][0-9]{0,2}(?:,[0-9]{3}){2,}|[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+)$`)
	blankThousands = regexp.MustCompile(`^[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.,][0-9]+)?$`)
	commaDecimals  = regexp.MustCompile(`^(?:0|[1-9][0-9]*),[0-9]+$`)
	commaDoubtful  = regexp.MustCompile(`^[1-9][0-9]{0,2},[0-9]{3}$`)
)

// meantNumber is a number as plans write it, for one that is written as in a
// letter: "80 %", "0,5", "1.000.000", "1.234,5"; "" where it may mean two.
func meantNumber(raw string) string {
	s := strings.Join(strings.Fields(strings.ReplaceAll(raw, "％", "%")), " ") // no-break spaces as well
	s, percent := strings.CutSuffix(s, "%")
	s, minus := strings.CutPrefix(strings.TrimSpace(s), "-")
	if blankThousands.MatchString(s) {
		s = strings.ReplaceAll(s, " ", "")
	}
	switch {
	case dotThousands.MatchString(s):
		s = strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", ".")
	case commaThousands.MatchString(s):
		s = strings.ReplaceAll(s, ",", "")
	case commaDecimals.MatchString(s) && !commaDoubtful.MatchString(s):
		s = strings.Replace(s, ",", ".", 1)
	}
	if minus {
		s = "-" + s
	}
	if percent {
		s += "%"
	}
	if _, _, err := number.ParsePlain(s); err != nil || s == raw {
		return ""
	}
	return s
}

var (
	dayFirst  = regexp.MustCompile(`^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})$`)
	yearFirst = regexp.MustCompile(`^([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})$`)
)

// daysMeant are the days that a date in another order may be: with the day
// before the month, as Vietnamese has it, and the other way about; "" where there
// is no such day. ok is false where it is in no order.
func daysMeant(raw string) (day, other string, ok bool) {
	iso := func(year, month, day string) string {
		two := func(s string) string { return strings.Repeat("0", 2-len(s)) + s }
		s := year + "-" + two(month) + "-" + two(day)
		if _, err := date.Parse(s); err != nil {
			return ""
		}
		return s
	}
	if m := yearFirst.FindStringSubmatch(raw); m != nil {
		return iso(m[1], m[2], m[3]), "", true
	}
	m := dayFirst.FindStringSubmatch(raw)
	if m == nil {
		return "", "", false
	}
	day, other = iso(m[3], m[2], m[1]), iso(m[3], m[1], m[2])
	if day == other {
		other = ""
	}
	return day, other, true
}

// meantDay is the day of a date in another order, unless its day and its month
// can be taken for one another.
func meantDay(raw string) string {
	day, other, _ := daysMeant(raw)
	if other != "" {
		return ""
	}
	return day
}

// meantID is an id for a name that has other letters or dashes than ids have.
func meantID(raw string) string {
	s := strings.NewReplacer("_", "-", ".", "-").Replace(strings.ToLower(raw))
	if !isID(s) {
		return ""
	}
	return s
}

// meantName is the one of some names that a name spells with other letters or
// dashes.
func meantName(raw string, known []string) string {
	fold := func(s string) string {
		return strings.NewReplacer("_", "", "-", "", ".", "", " ", "").Replace(strings.ToLower(s))
	}
	found := ""
	for _, name := range known {
		if fold(name) == fold(raw) && fold(raw) != "" {
			if found != "" {
				return ""
			}
			found = name
		}
	}
	return found
}

// meantText is a text without the quotation marks of a word processor around
// it, and without characters at its ends that nobody sees.
func meantText(raw string) string {
	s := strings.TrimSpace(strings.TrimFunc(raw, label.Invisible))
	for _, ends := range []string{"“”", "“\"", "\"”", "””", "““"} {
		open, closing := firstRune(ends), lastRune(ends)
		if inner, ok := strings.CutPrefix(s, open); ok {
			if inner, ok = strings.CutSuffix(inner, closing); ok && inner != "" && !strings.ContainsAny(inner, "“”\"") {
				return inner
			}
		}
	}
	if s == raw {
		return ""
	}
	return s
}

func firstRune(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

func lastRune(s string) string {
	_, size := utf8.DecodeLastRuneInString(s)
	return s[len(s)-size:]
}

// unseen takes out the characters that no file may have and nobody sees; those
// that break a line become blanks.
func unseen(data []byte) []edit {
	var edits []edit
	for i, c := range string(data) {
		if i == 0 || !unprintable(c) || c == '\r' || c >= 0x7F && c < 0xA0 {
			continue // of others nobody knows what they were
		}
		to := ""
		if c == '\v' || c == '\f' || c == 0x2028 || c == 0x2029 {
			to = " "
		}
		edits = append(edits, edit{start: i, end: i + utf8.RuneLen(c), to: to})
	}
	return edits
}

// noBreak are the spaces that a word processor puts in.
const noBreak = "\u00A0\u202F\u2007\u3000"

var (
	leadingSpaces = regexp.MustCompile(`(?m)^ *[` + noBreak + `][ ` + noBreak + `]*`)
	behindMark    = regexp.MustCompile(`(?m)^ *(?:- +)*(?:[\pL\pN_-]+:|-)[` + noBreak + `]`)
)

// spaces makes plain ones of no-break spaces that stand for indentation, or
// behind a key or a dash.
func spaces(data []byte) []edit {
	var edits []edit
	for _, at := range append(leadingSpaces.FindAllIndex(data, -1), behindMark.FindAllIndex(data, -1)...) {
		for i, c := range string(data[at[0]:at[1]]) {
			if strings.ContainsRune(noBreak, c) {
				start := at[0] + i
				edits = append(edits, edit{start: start, end: start + utf8.RuneLen(c), to: " "})
			}
		}
	}
	return inOrder(edits)
}

var (
	indented = regexp.MustCompile(`(?m)^ +[^ \t\r\n]`)
	tabbed   = regexp.MustCompile(`(?m)^\t+`)
	mixed    = regexp.MustCompile(`(?m)^(?:\t+ | +\t)`)
)

// tabs makes two spaces of each tab where a file is indented by tabs alone.
func tabs(data []byte) []edit {
	if indented.Match(data) || mixed.Match(data) {
		return nil
	}
	var edits []edit
	for _, at := range tabbed.FindAllIndex(data, -1) {
		edits = append(edits, edit{start: at[0], end: at[1], to: strings.Repeat("  ", at[1]-at[0])})
	}
	return edits
}

var curlyValue = regexp.MustCompile(`(?m)^ *(?:- +)*(?:[\pL\pN_-]+: +)?([“"]([^“”"\r\n]+)[”"]) *(?:#.*)?\r?$`)

// curlyValues puts a value that stands alone on its line between quotation marks
// of a word processor between those of YAML.
func curlyValues(data []byte) []edit {
	var edits []edit
	for _, at := range curlyValue.FindAllSubmatchIndex(data, -1) {
		if bytes.ContainsAny(data[at[2]:at[3]], "“”") {
			edits = append(edits, edit{start: at[2], end: at[3], to: Quote(string(data[at[4]:at[5]]))})
		}
	}
	return edits
}

// inOrder sorts edits, and drops those of a place that another one has.
func inOrder(edits []edit) []edit {
	seen := map[int]bool{}
	var out []edit
	for _, e := range edits {
		if !seen[e.start] {
			seen[e.start] = true
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b edit) int { return a.start - b.start })
	return out
}
