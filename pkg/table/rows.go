package table

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/parcheck/parcheck/pkg/account"
	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/label"
)

// Row is one row of a table's body.
type Row struct {
	*cell.Row
	Role   account.Role
	Label  string   // as the sheet has it; under a merge, that of the merge
	Code   string   // the numbering: "1.1", "I"
	Dated  bool     // the numbering became a date when it was typed
	Indent int      // spaces before the label, or two for each step of its cell
	Owned  bool     // it has no number of its own, and stands below a row that has one for several
	Above  []string // labels of the rows that head this one, the outermost first
}

// Body reads the rows below a header, down to the row before end (0: to the
// end of the grid), and tells those that figures may be read from. next is the
// row at which another block with the same header begins, or 0: the rows
// behind it are left out.
func Body(g *Grid, h Header, spec Spec, end int) (rows []Row, next int) {
	b := newBody(g, h, spec)
	for i := range g.Rows {
		r := &g.Rows[i]
		if r.Number <= h.Bottom || end > 0 && r.Number >= end {
			continue
		}
		if spec.Added && b.counted && b.repeats(r) && b.begins(g.Rows[i:], rows) {
			return rows, r.Number
		}
		rows = append(rows, b.read(r))
	}
	return rows, 0
}

// body reads the rows of a table from the top down.
type body struct {
	keys      *label.Memo
	header    Header
	spec      Spec
	heads     [][]string // by column of the spec: the keys of the texts above it
	numbers   []string   // by column of the spec: its text in the row of column numbers
	cover     *Cover
	epoch1904 bool
	first     int // the first column that holds figures

	last       int // the row that was read last
	repeatedAt int // the last row that was the header once more
	counted    bool
	totalled   bool // a total has been read below details
	apart      bool // the row stands apart from the details above it
	closed     bool // the table has ended
	label      held
	code       held
	coded      []int // the columns of texts of the last row that has a number
}

// held is the text of a cell that may be merged downwards.
type held struct {
	row  int
	text string
}

func newBody(g *Grid, h Header, spec Spec) *body {
	b := &body{
		keys: g.Keys, epoch1904: g.Epoch1904, header: h, spec: spec, cover: NewCover(g.Merges), last: h.Bottom, first: MaxColumns,
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
	for _, i := range spec.Values {
		if col := h.Columns[i].Col; col > 0 {
			b.first = min(b.first, col)
		}
	}
	return b
}

// begins reports whether the header that stands in the first of the rows once
// more begins another block, and no other page of this one: the numbers begin
// anew or, without numbers, a title stands before it or the names come again.
func (b *body) begins(rows []cell.Row, before []Row) bool {
	was, is := firstCode(before), ""
	names := map[string]bool{}
	for i := range before {
		if before[i].Role == account.Detail {
			names[b.keys.Key(before[i].Label)] = true
		}
	}
	again := false
	for i := range rows {
		r := &rows[i]
		if b.repeats(r) || b.isNumbered(r) {
			continue
		}
		code, name := b.plain(r, b.spec.Code), b.plain(r, b.spec.Label)
		if code == "" && name == "" {
			continue
		}
		again = again || names[b.keys.Key(name)] && b.hasFigure(r, true)
		if is == "" {
			is = code
		}
		if is != "" || again {
			break
		}
	}
	if was != "" && is != "" {
		return was == is
	}
	last := len(before) - 1
	titled := last >= 0 && before[last].Role != account.Detail && before[last].Label+before[last].Code != "" && b.apart
	return again || titled
}

// firstCode is the number of the first row that has one.
func firstCode(rows []Row) string {
	for i := range rows {
		if r := &rows[i]; r.Code != "" && (r.Role == account.Detail || r.Role == account.Heading) {
			return r.Code
		}
	}
	return ""
}

// plain is what a row says in a column of the spec, merges left aside.
func (b *body) plain(r *cell.Row, column int) string {
	if column < 0 {
		return ""
	}
	return b.header.Columns[column].text(r)
}

// read tells what the next row is.
func (b *body) read(r *cell.Row) Row {
	b.cover.Walk(r.Number)
	row := Row{Row: r, Label: b.text(r, b.spec.Label, &b.label), Code: b.text(r, b.spec.Code, &b.code)}
	if code, ok := b.dated(r); ok {
		row.Code, row.Dated = code, true
	}
	b.apart = b.apart || r.Number > b.last+1
	b.last = r.Number
	b.classify(&row)
	switch {
	case row.Role == account.Detail && account.IsTotalKey(b.keys.Key(row.Label), b.spec.Totals):
		b.totalled = b.totalled || b.counted
	case row.Role == account.Detail:
		b.counted, b.apart, b.totalled = true, false, false
	case row.Role == account.Nothing:
		b.apart = true
	}
	return row
}

// dated returns the number of a row that became a date when it was typed.
func (b *body) dated(r *cell.Row) (code string, ok bool) {
	if b.spec.Code < 0 || b.header.Columns[b.spec.Code].Col == 0 {
		return "", false
	}
	c, _ := b.header.Columns[b.spec.Code].Cell(r)
	return c.DayMonth(b.epoch1904)
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
	switch {
	case b.repeats(r):
		b.repeatedAt = r.Number
		return
	case r.Number == b.header.Numbers || b.repeatedAt > 0 && b.repeatedAt == r.Number-1 && b.isNumbered(r):
		return
	case b.closed || b.closes(row):
		b.closed = true
		if b.hasFigure(r, false) {
			row.Role = account.Beyond
		}
		return
	}
	b.name(row)
	labelled := row.Label != "" || row.Code != ""
	switch {
	case b.hasFigure(r, labelled):
		row.Role = account.Detail
		if !labelled && b.spec.Label >= 0 {
			row.Role = account.Unnamed
		}
	case labelled:
		row.Role = account.Heading
	}
	b.own(row)
}

// name finds the label of a row that has none in the column of labels: a total
// or a heading merged over the numbering, or the name of one of the things of
// an owner that is written once.
func (b *body) name(row *Row) {
	if b.spec.Label >= 0 {
		c, _ := b.header.Columns[b.spec.Label].Cell(row.Row)
		row.Indent = indent(c) + 2*int(c.Indent)
	}
	if row.Label != "" || b.spec.Label < 0 {
		return
	}
	numbering := 0
	if b.spec.Code >= 0 {
		numbering = b.header.Columns[b.spec.Code].Col
	}
	for _, c := range row.Cells {
		if c.Col >= b.first {
			break
		}
		if text := Text(c); text != "" && c.Col != numbering && c.Kind == cell.Text {
			row.Label = text
			return
		}
	}
	if strings.ContainsFunc(row.Code, unicode.IsLetter) && !account.IsNumber(row.Code) || account.IsTotalKey(b.keys.Key(row.Code), b.spec.Totals) {
		row.Label, row.Code = row.Code, ""
	}
}

// own notes whether a row has its number together with those above it.
func (b *body) own(row *Row) {
	if row.Role != account.Detail || b.spec.Label < 0 || account.IsTotalKey(b.keys.Key(row.Label), b.spec.Totals) {
		return
	}
	var texts []int
	for _, c := range row.Cells {
		if c.Col < b.first && Text(c) != "" {
			texts = append(texts, c.Col)
		}
	}
	if row.Code != "" {
		b.coded = texts
		return
	}
	numbering := 0
	if b.spec.Code >= 0 {
		numbering = b.header.Columns[b.spec.Code].Col
	}
	for _, col := range b.coded {
		if col != numbering && !slices.Contains(texts, col) {
			row.Owned = true
		}
	}
}

// indent counts the spaces before a text.
func indent(c cell.Cell) int {
	if c.Kind != cell.Text {
		return 0
	}
	n := 0
	for _, r := range string(c.Raw) {
		switch r {
		case ' ', '\u00a0', '\u3000':
			n++
		case '\t':
			n += 4
		default:
			return n
		}
	}
	return 0
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
	if !b.spec.Added || !b.counted || !b.apart && !b.totalled || account.IsNumber(row.Code) {
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
