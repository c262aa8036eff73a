package report

import (
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// cells measures text in terminal cells: combining marks take none, ideographs
// two. Ambiguous characters take one whatever the locale says, so that output
// does not depend on the environment.
var cells = &runewidth.Condition{StrictEmojiNeutral: true}

func width(s string) int {
	n := 0
	for i := 0; i < len(s); n++ { // what composed knows takes one cell
		size := 1
		if c := s[i]; c < ' ' || c >= '\x7f' {
			size = composed(s[i:])
		}
		if size == 0 {
			return cells.StringWidth(s)
		}
		i += size
	}
	return n
}

// wrap breaks a plain text at its spaces into lines of at most n cells; a word
// that is longer is broken where it must be. An empty text is one empty line.
func wrap(s string, n int) []string {
	n = max(n, 2) // the widest character
	var lines []string
	start, used, begun := 0, 0, false // the line, which s[start:end] is; a mark on no letter takes no cell
	end := 0
	for word := range strings.SplitSeq(s, " ") {
		w := width(word)
		if begun && used+1+w <= n {
			used, end = used+1+w, end+1+len(word)
			continue
		}
		if begun {
			lines = append(lines, s[start:end])
			end++ // the space
		}
		for start = end; w > n; start = end {
			head := fit(word, n)
			lines = append(lines, head)
			end += len(head)
			word = word[len(head):]
			w = width(word)
		}
		end += len(word)
		used, begun = w, true
	}
	return append(lines, s[start:end])
}

// fit returns the longest start of s that fits n cells; at least one character.
// It prefers to end after a separator, so that paths and addresses stay legible.
func fit(s string, n int) string {
	head := cells.Truncate(s, n, "")
	if head == "" {
		for i := range s {
			if i > 0 {
				return s[:i]
			}
		}
		return s
	}
	if i := strings.LastIndexAny(head, "/\\,;:_-"); i > len(head)/4 && len(head) < len(s) {
		head = head[:i+1]
	}
	if _, last := utf8.DecodeLastRuneInString(head); last < len(head) && strings.HasPrefix(s[len(head):], "::") {
		return head[:len(head)-last] // no line starts so: Plain breaks only what starts a word
	}
	return head
}

// column is one column of a table for the terminal.
type column struct {
	head  string
	right bool // aligned to the right
	min   int  // it is not made narrower while another can
	max   int  // it is not made wider; 0: as wide as its content
	even  bool // its percents have as many decimals as each other
}

// entry is the content of one field: paragraphs, each of one style.
type entry []span

type span struct {
	style style
	text  string
}

// lines breaks a span into lines of at most n cells. What follows a mark and a
// no-break space hangs under itself, not under the mark.
func (s span) lines(n int) []string {
	mark, text, marked := strings.Cut(s.text, "\u00a0")
	if !marked || width(mark) != 1 {
		return wrap(s.text, n)
	}
	lines := wrap(text, n-2)
	for i, l := range lines {
		if i == 0 {
			lines[i] = mark + "\u00a0" + l
		} else {
			lines[i] = "  " + l
		}
	}
	return lines
}

// gutter is the space between columns.
const gutter = 2

// layout gives each column its width so that a row takes at most total cells:
// as wide as its content where that fits; otherwise the widest column that can
// gives way, and when none can, the widest.
func layout(cols []column, rows [][]entry, total int) []int {
	widths, least := make([]int, len(cols)), leastWidths(cols, rows)
	sum := gutter * (len(cols) - 1)
	for i, c := range cols {
		w := width(c.head)
		for _, row := range rows {
			for _, s := range row[i] {
				w = max(w, width(s.text))
			}
		}
		if c.max > 0 {
			w = min(w, c.max)
		}
		widths[i] = max(w, 1)
		sum += widths[i]
	}
	for ; sum > total; sum-- {
		i := widest(widths, func(i int) bool { return widths[i] > least[i] })
		if i < 0 {
			i = widest(widths, func(i int) bool { return widths[i] > 2 })
		}
		if i < 0 {
			break
		}
		widths[i]--
	}
	return widths
}

func widest(widths []int, ok func(int) bool) int {
	at := -1
	for i, w := range widths {
		if ok(i) && (at < 0 || w > widths[at]) {
			at = i
		}
	}
	return at
}

// style is how a run of text looks on a terminal that has colours.
type style uint8

const (
	normal style = iota
	bold
	dim
	green
	red
	yellow
	cyan
	heading
)

var sgr = [...]string{normal: "", bold: "1", dim: "2", green: "32", red: "31", yellow: "33", cyan: "36", heading: "1;4"}

// paint wraps a text in the escape sequences of a style.
func paint(s style, text string) string {
	if sgr[s] == "" || text == "" {
		return text
	}
	return "\x1b[" + sgr[s] + "m" + text + "\x1b[0m"
}

// filled is how many of n cells of a bar a share fills: never all before it is
// whole, never none once it is above nothing.
func filled(share number.Exact, n int) int {
	switch {
	case share.Sign() <= 0:
		return 0
	case share.Cmp(number.Int(1)) >= 0:
		return n
	}
	whole := share.Mul(number.Int(int64(n))).Floor().Rat().Num().Int64()
	return max(1, int(whole))
}

// mostEven is how many decimals percents get for the sake of others in their
// column; what needs more has more.
const mostEven = 2

// point stands before the decimals of a number.
var point = lang.T(".", ",")

// percentDecimals is how many decimals a printed percent has; -1: it is none.
func percentDecimals(s string, l lang.Lang) int {
	digits, ok := strings.CutSuffix(s, "%")
	if !ok || strings.Trim(digits, "-0123456789.,") != "" {
		return -1
	}
	if i := strings.LastIndex(digits, point.In(l)); i >= 0 {
		return len(digits) - i - 1
	}
	return 0
}

// padPercent gives a printed percent that many decimals, unless it has more.
func padPercent(s string, decimals int, l lang.Lang) string {
	has := percentDecimals(s, l)
	if has < 0 || has >= decimals {
		return s
	}
	digits := strings.TrimSuffix(s, "%")
	if has == 0 {
		digits += point.In(l)
	}
	return digits + strings.Repeat("0", decimals-has) + "%"
}

// evenDecimals is how many decimals the percents of a column have.
func evenDecimals(column []string, l lang.Lang) int {
	n := 0
	for _, s := range column {
		n = max(n, min(percentDecimals(s, l), mostEven))
	}
	return n
}

// even gives the percents of columns as many decimals as each other.
func even(cols []column, rows [][]entry, l lang.Lang) {
	for i, c := range cols {
		if !c.even {
			continue
		}
		var texts []string
		for _, row := range rows {
			for _, s := range row[i] {
				texts = append(texts, s.text)
			}
		}
		n := evenDecimals(texts, l)
		for _, row := range rows {
			for k := range row[i] {
				row[i][k].text = padPercent(row[i][k].text, n, l)
			}
		}
	}
}

// leastWidths is how narrow columns get while others can give way: their min and
// the longest word of their head and, of figures and where there is no min, of
// their content.
func leastWidths(cols []column, rows [][]entry) []int {
	least := make([]int, len(cols))
	for i, c := range cols {
		least[i] = max(c.min, longestWord(c.head))
		if c.min > 0 && !c.right {
			continue
		}
		for _, row := range rows {
			for _, s := range row[i] {
				least[i] = max(least[i], longestWord(s.text))
			}
		}
		if c.max > 0 {
			least[i] = min(least[i], c.max)
		}
	}
	return least
}

// leastTitle is how narrow a column of words gets before its table is told row
// by row.
const leastTitle = 18

// broken reports whether a table of at most total cells would break a figure or
// a word: it is then told row by row.
func broken(cols []column, rows [][]entry, total int) bool {
	need := gutter * (len(cols) - 1)
	for i, w := range leastWidths(cols, rows) {
		if !cols[i].right {
			w = min(w, leastTitle)
		}
		need += w
	}
	return need > total
}

func longestWord(s string) int {
	n := 0
	for word := range strings.FieldsSeq(s) {
		n = max(n, width(word))
	}
	return n
}
