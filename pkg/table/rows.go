package table

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/label"
)

// Class is what a row of a table's body is.
type Class uint8

// The classes. The zero value counts for nothing.
const (
	Other   Class = iota // blank, a repeated header, column numbers, a signature
	Detail               // figures of one thing
	Group                // heads the details below it, with or without their subtotal
	Total                // the sum of the whole table
	Part                 // a part of the row above it ("trong đó"), which no sum counts twice
	Unnamed              // figures without a label: nobody knows what of
	Beyond               // figures below the table's end, of another table
)

// Row is one row of a table's body.
type Row struct {
	*cell.Row
	Class Class
	Label string   // as the sheet has it; under a merge, that of the merge
	Code  string   // the numbering: "1.1", "I"
	Above []string // labels of the rows that head this one, the outermost first
}

// usualTotals are the labels of total rows, folded.
var usualTotals = []string{
	"tổng số", "tổng cộng", "tổng", "cộng", "toàn tỉnh", "toàn huyện", "toàn xã", "toàn ngành", "total", "grand total",
}

// IsTotal reports whether a label heads a total row: one of the usual words or
// of more, alone or followed by a formula in parentheses, "Tổng cộng (I+II)",
// or by how many they are, "Tổng cộng: 25 hồ sơ".
func IsTotal(text string, more []string) bool { return isTotal(label.Key(text), more) }

func isTotal(key string, more []string) bool {
	if i := strings.IndexAny(key, "(0123456789"); i > 0 {
		key = strings.TrimRight(key[:i], " :-")
	}
	return slices.Contains(usualTotals, key) ||
		slices.ContainsFunc(more, func(t string) bool { return label.Key(t) == key })
}

// Body classifies the rows below a header, down to the row before end (0: to
// the end of the grid).
func Body(g *Grid, h Header, spec Spec, end int) []Row {
	b := newBody(g, h, spec)
	var out []Row
	for i := range g.Rows {
		if r := &g.Rows[i]; r.Number > h.Bottom && (end == 0 || r.Number < end) {
			out = append(out, b.read(r))
		}
	}
	group(out)
	return out
}

// body reads the rows of a table from the top down.
type body struct {
	keys    *label.Memo
	header  Header
	spec    Spec
	heads   [][]string // by column of the spec: the keys of the texts above it
	numbers []string   // by column of the spec: its text in the row of column numbers
	cover   *Cover

	last       int // the row that was read last
	repeatedAt int // the last row that was the header once more
	counted    bool
	totalled   bool // a total has been read below details
	apart      bool // the row stands apart from the details above it
	closed     bool // the table has ended
	label      held
	code       held
}

// held is the text of a cell that may be merged downwards.
type held struct {
	row  int
	text string
}

func newBody(g *Grid, h Header, spec Spec) *body {
	b := &body{
		keys: g.Keys, header: h, spec: spec, cover: NewCover(g.Merges), last: h.Bottom,
		heads: make([][]string, len(h.Columns)), numbers: make([]string, len(h.Columns)),
	}
	for i, f := range h.Columns {
		for n := h.Top; n <= h.Bottom; n++ {
			if text := f.text(g.Row(n)); text != "" {
				b.heads[i] = append(b.heads[i], b.keys.Key(text))
			}
		}
		if h.Numbers > 0 {
			b.numbers[i] = f.text(g.Row(h.Numbers))
		}
	}
	return b
}

// read classifies the next row.
func (b *body) read(r *cell.Row) Row {
	b.cover.Walk(r.Number)
	row := Row{Row: r, Label: b.text(r, b.spec.Label, &b.label), Code: b.text(r, b.spec.Code, &b.code)}
	b.apart = b.apart || r.Number > b.last+1
	b.last = r.Number
	b.classify(&row)
	switch row.Class {
	case Total:
		b.totalled = b.totalled || b.counted
	case Detail:
		b.counted, b.apart, b.totalled = true, false, false
	case Other:
		b.apart = true
	case Group, Part, Unnamed, Beyond:
	}
	return row
}

// text is what a row says in a column of the spec; a cell that is merged with
// those above it says what they say.
func (b *body) text(r *cell.Row, column int, above *held) string {
	if column < 0 {
		return ""
	}
	f := b.header.Columns[column]
	text := f.text(r)
	if text != "" {
		*above = held{r.Number, text}
		return text
	}
	if m, hidden := b.cover.Under(f.Col); hidden && m.Row == above.row && m.Col == f.Col {
		return above.text
	}
	return ""
}

func (b *body) classify(row *Row) {
	r := row.Row
	key := b.keys.Key(row.Label)
	labelled := row.Label != "" || row.Code != ""
	switch {
	case b.repeats(r):
		b.repeatedAt = r.Number
		return
	case r.Number == b.header.Numbers || b.repeatedAt > 0 && b.repeatedAt == r.Number-1 && b.isNumbered(r):
		return
	case b.closed || b.closes(row):
		b.closed = true
		if b.hasFigure(r, false) {
			row.Class = Beyond
		}
		return
	case isTotal(key, b.spec.Totals):
		row.Class = Total
	case row.Label == "" && isTotal(b.keys.Key(b.leftmost(r)), b.spec.Totals):
		// the label is merged over the numbering: the text stands at the left
		row.Label, row.Code, row.Class = b.leftmost(r), "", Total
	case isPart(key):
		row.Class = Part
	case b.hasFigure(r, labelled):
		row.Class = Detail
		if !labelled && b.spec.Label >= 0 {
			row.Class = Unnamed
		}
	case labelled:
		row.Class = Group
	}
	if row.Label == "" && row.Class == Group && depth(row.Code) == beside {
		row.Label, row.Code = row.Code, "" // a heading merged over the whole width
	}
}

// repeats reports whether a row is the table's header once more, as on each
// printed page.
func (b *body) repeats(r *cell.Row) bool {
	same := 0
	for i, f := range b.header.Columns {
		text := f.text(r)
		if text == "" {
			continue
		}
		if !slices.Contains(b.heads[i], b.keys.Key(text)) {
			return false
		}
		same++
	}
	return same > 1
}

// isNumbered reports whether a row is that of the column numbers once more.
func (b *body) isNumbered(r *cell.Row) bool {
	for i, f := range b.header.Columns {
		if f.text(r) != b.numbers[i] {
			return false
		}
	}
	return b.header.Numbers > 0
}

// closes reports whether a row ends a table whose rows are added up: apart
// from its details, or below its total, and with words where figures stand. It
// is the header of another table or the line of those who sign.
func (b *body) closes(row *Row) bool {
	if !b.spec.Added || !b.counted || !b.apart && !b.totalled || depth(row.Code) < beside {
		return false
	}
	words := 0
	for _, i := range b.spec.Values {
		c, _ := b.header.Columns[i].Cell(row.Row)
		switch text := Text(c); {
		case text == "":
		case c.Kind != cell.Text || beginsWithDigit(text):
			return false
		case isWord(b.keys.Key(text)):
			words++
		}
	}
	return words > 0
}

// isWord reports whether a key is more than a mark for "not reported".
func isWord(key string) bool {
	return utf8.RuneCountInString(key) > 1 && strings.ContainsFunc(key, unicode.IsLetter) &&
		key != "n/a" && !strings.HasPrefix(key, "không") && !strings.HasPrefix(key, "chưa")
}

// leftmost returns the first text of a row that stands left of its figures.
func (b *body) leftmost(r *cell.Row) string {
	first := MaxColumns
	for _, i := range b.spec.Values {
		if col := b.header.Columns[i].Col; col > 0 {
			first = min(first, col)
		}
	}
	for _, c := range r.Cells {
		if c.Col >= first {
			break
		}
		if text := Text(c); text != "" {
			return text
		}
	}
	return ""
}

// hasFigure reports whether a row holds a figure. Without a label, text counts
// only when it begins like a number: below tables stand the names of signers.
func (b *body) hasFigure(r *cell.Row, labelled bool) bool {
	for _, i := range b.spec.Values {
		switch c, _ := b.header.Columns[i].Cell(r); {
		case c.Kind == cell.Blank && c.Formula != cell.Uncalculated:
		case c.Kind != cell.Text:
			return true
		default:
			if text := Text(c); text != "" && (labelled || beginsWithDigit(text)) {
				return true
			}
		}
	}
	return false
}

func beginsWithDigit(text string) bool { return text[0] >= '0' && text[0] <= '9' }

// isPart reports whether a label's key says that the row is a part of the one
// above.
func isPart(key string) bool {
	key = strings.TrimLeft(key, "-+ ")
	for _, word := range []string{"trong đó", "bao gồm", "chia ra"} {
		if strings.HasPrefix(key, word) {
			return true
		}
	}
	return false
}

var (
	roman  = regexp.MustCompile(`^[IVXL]+$`)
	letter = regexp.MustCompile(`^[A-Z]$`)
	dotted = regexp.MustCompile(`^\d+(\.\d+)*$`)
	mixed  = regexp.MustCompile(`^([IVXL]+|[A-Z])(\.\d+)+$`)

	// A label may begin with its numbering. "X." and other letters may be
	// abbreviations, "1.500" is none.
	numbered = regexp.MustCompile(`^(?:(I{1,3}|IV|VI{0,3}|IX|X[IVX]+) ?[.)/–-]|([A-E]|\d{1,2}(?:\.\d{1,2})*)[.)]|(\d{1,2}(?:\.\d{1,2})+) )[^\d]`)
)

// Depths of rows without a numbering, and of rows with one that orders
// nothing: "a", "-".
const (
	beside  = 98
	without = 99
)

// depth orders numberings: a letter heads Roman numerals, those head numbers,
// and 1 heads 1.1. A row without a numbering is below all.
func depth(code string) int {
	code = strings.TrimRight(code, ".) ")
	switch {
	case code == "":
		return without
	case roman.MatchString(code):
		return 1
	case letter.MatchString(code):
		return 0
	case dotted.MatchString(code):
		return 2 + strings.Count(code, ".")
	case mixed.MatchString(code):
		return 1 + strings.Count(code, ".")
	}
	return beside
}

// depth is that of the row's numbering, which may stand before its label.
func (r *Row) depth() int {
	if d := depth(r.Code); d != without {
		return d
	}
	if m := numbered.FindStringSubmatch(r.Label); m != nil {
		return depth(m[1] + m[2] + m[3])
	}
	return without
}

// isDashed reports whether a label begins with a dash, as parts of the row
// above do.
func (r *Row) isDashed() bool {
	return strings.HasPrefix(r.Label, "-") || strings.HasPrefix(r.Label, "–") || strings.HasPrefix(r.Label, "+")
}

// group fills in the labels above each row, and turns details that head others
// (subtotals: "I" over "1", "1" over "1.1") into groups. A row without
// numbering below a numbered detail is a part of that, and so is one with a
// dash below one without.
func group(rows []Row) {
	type level struct {
		depth, row int
	}
	var stack []level
	plain := false // the last detail of this depth has neither numbering nor dash
	for i := range rows {
		r := &rows[i]
		switch r.Class {
		case Other, Unnamed, Beyond:
			continue
		case Total:
			stack, plain = nil, false
			continue
		case Detail, Group, Part:
		}
		d := r.depth()
		if r.Class == Group && d >= beside {
			d = 1 // a heading without numbering
		}
		for len(stack) > 0 && stack[len(stack)-1].depth >= d {
			stack = stack[:len(stack)-1]
		}
		for _, s := range stack {
			r.Above = append(r.Above, rows[s.row].Label)
		}
		if r.Class == Detail {
			switch n := len(stack); {
			case d >= beside && (n > 0 && stack[n-1].depth >= 2 || plain && r.isDashed()):
				r.Class = Part
			case n > 0 && rows[stack[n-1].row].Class == Detail:
				rows[stack[n-1].row].Class = Group
			}
		}
		if d < beside {
			stack = append(stack, level{d, i})
			plain = false
		} else if r.Class == Detail {
			plain = !r.isDashed()
		}
	}
}

// numbering is the number of a column: "3", "(3)", "B", "3a", "3=4+5+6",
// "(5)=(4)/(3)x100%".
var numbering = regexp.MustCompile(`^[(\[]?(\d{1,3}[a-z]?|[A-Za-z])[)\]]?( *=[ 0-9A-Za-z()\[\]+\-*/:%×.,]*)?$`)

// numberRow returns the row below a header that numbers its columns, from 1 or
// A: at least three cells, each a number or letter, and nothing else. In a table
// of two columns the label itself must be one.
func numberRow(g *Grid, h Header, spec Spec) int {
	r := g.Row(h.Bottom + 1)
	var texts []string
	for _, c := range r.Cells {
		if text := Text(c); text != "" {
			texts = append(texts, text)
		}
	}
	if slices.ContainsFunc(texts, func(s string) bool { return !numbering.MatchString(s) }) {
		return 0
	}
	switch {
	case len(texts) >= 3 && ascend(texts):
		return r.Number
	case len(texts) == 2 && spec.Label >= 0 && h.Columns[spec.Label].text(r) == texts[0] && first(texts):
		return r.Number
	}
	return 0
}

// first reports whether two texts are the first two column numbers.
func first(texts []string) bool {
	pair := strings.Trim(texts[0], "()[]") + strings.Trim(texts[1], "()[]")
	return pair == "12" || pair == "A1"
}

// ascend reports whether numbers go up one by one, as column numbers do and
// figures hardly ever.
func ascend(texts []string) bool {
	if start := strings.Trim(texts[0], "()[]"); start != "1" && start != "A" && start != "a" {
		return false
	}
	last, seen := 0, 0
	for _, text := range texts {
		text = strings.TrimLeft(text, "([")
		n, digits := 0, 0
		for digits < len(text) && text[digits] >= '0' && text[digits] <= '9' {
			n = n*10 + int(text[digits]-'0')
			digits++
		}
		if digits == 0 {
			continue
		}
		same := n == last && digits < len(text) && text[digits] >= 'a' // "3a" after "3"
		if n != last+1 && !same {
			return false
		}
		last, seen = n, seen+1
	}
	return seen >= 2
}
