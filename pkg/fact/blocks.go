package fact

import (
	"slices"
	"strings"
	"unicode"

	"github.com/parcheck/parcheck/pkg/account"
	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
)

// Block is a header block of a visible sheet, whether the plan reads it or not.
// Mappings are made from blocks.
type Block struct {
	Sheet    string
	Area     diag.Area
	Layout   table.Layout
	Contents []Content // of each column, what stands below its heading
	Words    [][]Word  // of each column, its texts, where they are few
	Table    string    // the id of the plan's table that is read there; ""
	Columns  []string  // of each heading the id of the column that is read there; ""
	Whole    bool      // every required column of the table is there
	Mapped   bool      // a mapping says what it is
	Fits     []BlockFit
	Labels   []string // of the rows below it, where they are words; none of a record list
	Totals   []string // the labels of the rows that total the table
	Taken    Taken    // what its rows are taken as; none of a record list
	Money    Money    // what its amounts are counted in; none where the plan reads no amounts there
	Unit     string   // the id of the unit that its sheet names, by its own name or its letterhead; ""
	Digest   string   // of what stands from the header on, where the sheet was read whole
	Month    int      // that the sheet's name says; 0
	label    int      // the position of the column that names the rows, or -1
}

// Word is a text of a column, with the number of rows that hold it.
type Word struct {
	Text string
	N    int64
}

// Taken counts the rows of a table by their role.
type Taken struct{ Details, Subtotals, Totals int }

// Money is the unit of money that a table states.
type Money struct {
	Asked   bool     // the plan reads amounts in the table
	Units   []string // the plan's names of the units, each once
	Unclear bool     // a unit is not known, or contradicts another one
	Silent  bool     // some amounts have none
}

// BlockFit is how well a block fits a table of the plan: the columns that are
// found by the plan's own names.
type BlockFit struct {
	Table   string
	Columns []string // of each heading the id of the column; ""
}

// Content is what most cells of a column hold.
type Content uint8

// The contents.
const (
	NoContent Content = iota
	WordContent
	NumberContent
	DateContent
)

// Bounds of what is read below a header.
const (
	maxBlockRows   = 400
	maxBlockLabels = 300
	maxBlocksFile  = 300 // of a file
)

// blocks lists the header blocks of the visible sheets.
func (c *content) blocks() []Block {
	var out []Block
	for _, s := range c.sheets {
		if s.State != cell.Visible || len(s.grid.Rows) == 0 {
			continue
		}
		head := table.NewHead(&s.grid, c.names)
		seen, _ := head.Blocks()
		first := len(out)
		for i, t := range c.tables {
			switch {
			case t.sheet != s || len(out) >= maxBlocksFile:
			case t.complete || t.form != nil:
				out = append(out, c.tableBlock(head, t))
			case !c.isSeen(t, seen) && !slices.ContainsFunc(c.tables[:i], func(o *body) bool { return o.sheet == s && overlap(o.header, t.header) }):
				out = append(out, c.newBlock(head, s, t.header.Top, t.header.Bottom))
			}
		}
		for _, b := range seen {
			if !c.isRead(s, b.Area) && len(out) < maxBlocksFile {
				block := c.newBlock(head, s, b.Area.Row, b.Area.ToRow)
				c.takeUnread(&block, s, nextBelow(seen, b.Area))
				out = append(out, block)
			}
		}
		unit, month := c.unitIn(s), monthIn(c.keys.Key(s.Name))
		for i := first; i < len(out); i++ {
			if out[i].Unit, out[i].Month = unit, month; s.whole {
				out[i].Digest = s.digest(out[i].Area.Row)
			}
		}
	}
	return out
}

// isSeen reports whether a header that the plan found only in part is also
// among those recognised by their layout.
func (c *content) isSeen(t *body, seen []table.Block) bool {
	return slices.ContainsFunc(seen, func(b table.Block) bool { return t.header.Top <= b.Area.ToRow && b.Area.Row <= t.header.Bottom })
}

// isRead reports whether rows are the header of a table that is read, or stand in
// the body of one.
func (c *content) isRead(s *sheet, area diag.Area) bool {
	return slices.ContainsFunc(c.tables, func(t *body) bool {
		own := t.header.Top <= area.ToRow && area.Row <= t.header.Bottom
		return t.sheet == s && (own && (t.complete || t.form != nil) || t.complete && t.holds(area.Row))
	})
}

// tableBlock is the header of a table that is read.
func (c *content) tableBlock(head *table.Head, t *body) Block {
	b := c.newBlock(head, t.sheet, t.header.Top, t.header.Bottom)
	b.Table, b.Whole, b.Mapped = t.ID, t.complete, t.form != nil
	b.Columns = t.columnsAt(head, b)
	b.Money = c.moneyOf(t)
	if t.Shape == plan.List {
		t.countUnknown(head, &b)
		return b
	}
	b.Labels = nil
	for i := range t.rows {
		if r := &t.rows[i]; b.take(r) {
			b.addLabel(r.Label)
		}
	}
	return b
}

// countUnknown counts the unknown spellings of choices over all records of a
// list, not only the first ones.
func (t *body) countUnknown(head *table.Head, b *Block) {
	if t.list == nil {
		return
	}
	_, cols := head.Headings(b.Area.Row, b.Area.ToRow)
	for _, col := range t.list.Columns {
		at := slices.Index(cols, col.At)
		if at < 0 || col.Type != plan.Choice {
			continue
		}
		b.Words[at] = nil
		for _, p := range col.Problems {
			if p.Check == diag.UnknownChoice && p.Raw != "…" && len(p.Raw) <= maxWord {
				b.Words[at] = append(b.Words[at], Word{p.Raw, p.N})
			}
		}
	}
}

// moneyOf returns the unit that the amounts of a table are counted in.
func (c *content) moneyOf(t *body) Money {
	var out Money
	for i := range t.Columns {
		id := t.Columns[i].ID
		s, ok := t.scales[id]
		if !ok || !c.isAmount(t.Table, id) {
			continue
		}
		out.Asked = true
		switch name := scaleTitle(t.Table, s); {
		case !s.known():
			out.Unclear = true
		case !s.said:
			out.Silent = true
		case !slices.Contains(out.Units, name):
			out.Units = append(out.Units, name)
		}
	}
	return out
}

// scaleTitle is the plan's name of a unit of money or, where it has none, how
// many of the plan's own unit it is.
func scaleTitle(t *plan.Table, s scale) string {
	for _, named := range t.Scale {
		if named.Times.Equal(s.times) && len(named.Names) > 0 {
			return named.Names[0]
		}
	}
	return number.Short(s.times, 6).In(lang.VI)
}

// columnsAt are the columns of a table by the headings of its block.
func (t *body) columnsAt(head *table.Head, b Block) []string {
	_, cols := head.Headings(b.Area.Row, b.Area.ToRow)
	out := make([]string, len(cols))
	for i, f := range t.header.Columns {
		if at := slices.Index(cols, f.Col); f.Col > 0 && at >= 0 {
			out[at] = t.Columns[i].ID
		}
	}
	return out
}

// newBlock describes the rows of a header as if no table of the plan were read
// there.
func (c *content) newBlock(head *table.Head, s *sheet, top, bottom int) Block {
	layout, cols := head.Headings(top, bottom)
	b := Block{label: -1, Sheet: s.Name, Layout: layout, Columns: make([]string, len(layout)), Contents: make([]Content, len(layout))}
	b.Area = diag.Area{Row: top, ToRow: bottom, Col: 1, ToCol: 1}
	if len(cols) > 0 {
		b.Area.Col, b.Area.ToCol = cols[0], cols[len(cols)-1]
	}
	for i := range c.plan.Tables {
		t := &c.plan.Tables[i]
		fit := BlockFit{Table: t.ID, Columns: make([]string, len(layout))}
		found := false
		for j, f := range head.Again(c.specs[i], table.Header{Top: top, Bottom: bottom}).Columns {
			if at := slices.Index(cols, f.Col); at >= 0 && f.Col > 0 && len(f.Also) == 0 {
				fit.Columns[at] = t.Columns[j].ID
				found = true
			}
		}
		if found {
			b.Fits = append(b.Fits, fit)
		}
	}
	c.lookBelow(&b, s, cols)
	return b
}

// lookBelow samples what the columns hold and the labels of the rows: the texts
// of the leftmost column with different words.
func (c *content) lookBelow(b *Block, s *sheet, cols []int) {
	counts := make([][4]int, len(cols))
	texts := make([][]words, len(cols))
	rows := 0
	figured := hasFigures(b, s, cols)
	for i := range s.grid.Rows {
		r := &s.grid.Rows[i]
		if r.Number <= b.Area.ToRow || rows == maxBlockRows {
			continue
		}
		if figured && !slices.ContainsFunc(cols, func(col int) bool { return isFigure(r.At(col)) }) {
			continue // a heading, a note, or those who sign
		}
		rows++
		figures := -1 // the last column that holds one
		for j, col := range cols {
			cl := r.At(col)
			kind := contentOf(cl)
			counts[j][kind]++
			switch kind {
			case WordContent:
				texts[j] = append(texts[j], words{table.Text(cl), r.Number, false})
			case NumberContent:
				figures = j
			case NoContent, DateContent:
			}
		}
		for j := range cols {
			if last := len(texts[j]) - 1; last >= 0 && texts[j][last].row == r.Number {
				texts[j][last].figures = figures > j
			}
		}
	}
	b.Words = make([][]Word, len(cols))
	for j := range cols {
		b.Words[j] = countWords(texts[j])
		b.Contents[j] = most(counts[j])
		if b.label < 0 && b.Contents[j] == WordContent && different(texts[j]) > 1 {
			b.label = j
		}
	}
	if b.label >= 0 {
		for _, w := range texts[b.label] {
			if w.figures {
				b.addLabel(w.text)
			}
		}
	}
}

// hasFigures reports whether a row below the header holds a number or a day.
func hasFigures(b *Block, s *sheet, cols []int) bool {
	for i := range s.grid.Rows {
		r := &s.grid.Rows[i]
		if r.Number > b.Area.ToRow && slices.ContainsFunc(cols, func(col int) bool { return isFigure(r.At(col)) }) {
			return true
		}
	}
	return false
}

func isFigure(c cell.Cell) bool {
	kind := contentOf(c)
	return kind == NumberContent || kind == DateContent
}

// addLabel adds a label once.
func (b *Block) addLabel(text string) {
	if text != "" && len(b.Labels) < maxBlockLabels && !slices.Contains(b.Labels, text) {
		b.Labels = append(b.Labels, text)
	}
}

func contentOf(c cell.Cell) Content {
	switch c.Kind {
	case cell.Number:
		return NumberContent
	case cell.Date:
		return DateContent
	case cell.Text:
		text := table.Text(c)
		switch {
		case strings.ContainsFunc(text, unicode.IsLetter) && !account.IsNumber(text):
			return WordContent
		case text != "" && beginsLikeNumber(text):
			return NumberContent
		}
	case cell.Blank, cell.Bool, cell.Error:
	}
	return NoContent
}

func beginsLikeNumber(text string) bool {
	return text[0] >= '0' && text[0] <= '9' || text[0] == '-' && len(text) > 1
}

func most(counts [4]int) Content {
	best := NoContent
	for _, kind := range []Content{WordContent, NumberContent, DateContent} {
		if counts[kind] > 0 && (best == NoContent || counts[kind] > counts[best]) {
			best = kind
		}
	}
	return best
}

// words are a text below a heading.
type words struct {
	text    string
	row     int
	figures bool // a figure stands at its right
}

// maxWords bounds the different texts of a column of choices, and maxWord their
// length.
const (
	maxWords = 30
	maxWord  = 60 // bytes
)

// countWords counts texts in the order of appearance; nil where there are too
// many for choices.
func countWords(texts []words) []Word {
	var out []Word
	for _, t := range texts {
		i := slices.IndexFunc(out, func(w Word) bool { return w.Text == t.text })
		switch {
		case i >= 0:
			out[i].N++
		case len(out) == maxWords || len(t.text) > maxWord:
			return nil
		default:
			out = append(out, Word{t.text, 1})
		}
	}
	return out
}

func different(texts []words) int {
	seen := map[string]bool{}
	for _, t := range texts {
		seen[t.text] = true
	}
	return len(seen)
}
