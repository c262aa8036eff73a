package table

import (
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
)

// Head is the beginning of a grid as headers are looked for in it.
type Head struct {
	grid  *Grid
	names *Vocabulary
	rows  []cell.Row // those of the grid up to MaxHeaderRow
	marks []mark     // in order of rows

	resolved bool     // merged is known, which it is when a header is looked at
	merged   [][]span // by row, in order of columns
	read     map[[2]int][]heading
}

// span is columns of a row that belong to one merge.
type span struct {
	from, to int
	merge    diag.Area
}

// mark notes that a row holds the lowest header of a column of a spec.
type mark struct {
	row int // index
	column
}

// NewHead looks through the first rows of a grid for the headers of the
// tables of a vocabulary.
func NewHead(g *Grid, v *Vocabulary) *Head {
	h := &Head{grid: g, names: v, rows: g.Rows}
	for i := range g.Rows {
		row := &g.Rows[i]
		if row.Number > MaxHeaderRow {
			h.rows = g.Rows[:i]
			break
		}
		for j := range row.Cells {
			c := &row.Cells[j]
			if c.Col > MaxColumns {
				break
			}
			switch {
			case c.Kind == cell.Text:
				h.mark(i, g.key(*c))
			case v.years && len(c.Raw) <= len("2023.00"):
				h.mark(i, Text(*c))
			}
		}
	}
	return h
}

// mark notes the columns that a text heads.
func (h *Head) mark(row int, key string) {
	if key == "" {
		return
	}
	if name, ok := label.CutMoney(key); ok {
		h.mark(row, name)
	}
	for _, c := range h.names.literal[key] {
		h.marks = append(h.marks, mark{row, c})
	}
	for i := range h.names.patterns {
		if p := &h.names.patterns[i]; p.Fits(key) {
			h.marks = append(h.marks, mark{row, p.column})
		}
	}
}

// resolve notes the merges of the rows.
func (h *Head) resolve() {
	if h.resolved {
		return
	}
	h.resolved, h.merged = true, make([][]span, len(h.rows))
	if len(h.grid.Merges) == 0 {
		return
	}
	cover := NewCover(h.grid.Merges)
	for i := range h.rows {
		cover.Walk(h.rows[i].Number)
		var spans []span
		for col := 1; col < len(cover.until); col++ {
			m, ok := cover.merge(col)
			switch last := len(spans) - 1; {
			case !ok:
			case last >= 0 && spans[last].merge == m && spans[last].to == col-1:
				spans[last].to = col
			default:
				spans = append(spans, span{col, col, m})
			}
		}
		h.merged[i] = spans
	}
}

// merge returns the merge that a cell belongs to.
func (h *Head) merge(index, col int) (m diag.Area, ok bool) {
	for _, s := range h.merged[index] {
		if col <= s.to {
			return s.merge, col >= s.from
		}
	}
	return diag.Area{}, false
}

// headCell is a text that may be a part of a header.
type headCell struct{ text, key string }

// cell returns what a row has in a column.
func (h *Head) cell(index, col int) (headCell, bool) {
	cells := h.rows[index].Cells
	i, ok := slices.BinarySearchFunc(cells, col, func(c cell.Cell, col int) int { return c.Col - col })
	if !ok {
		return headCell{}, false
	}
	c := headCell{text: Text(cells[i])}
	c.key = c.text
	if cells[i].Kind == cell.Text {
		c.key = h.grid.key(cells[i])
	}
	return c, c.text != ""
}

// at returns the header text of a cell: under a merge, that of the anchor.
// The position tells two cells with one text apart.
func (h *Head) at(top, index, col int) (headCell, [2]int, bool) {
	if m, merged := h.merge(index, col); merged {
		anchor := [2]int{m.Row, m.Col}
		for i := top; i <= index; i++ {
			if h.rows[i].Number == m.Row {
				c, ok := h.cell(i, m.Col)
				return c, anchor, ok
			}
		}
		return headCell{}, anchor, false
	}
	c, ok := h.cell(index, col)
	return c, [2]int{h.rows[index].Number, col}, ok
}

// width returns the last column of a row that holds a text, or is merged.
func (h *Head) width(index int) int {
	width := 0
	if spans := h.merged[index]; len(spans) > 0 {
		width = spans[len(spans)-1].to
	}
	cells := h.rows[index].Cells
	for i := len(cells) - 1; i >= 0; i-- {
		if cells[i].Col <= MaxColumns && Text(cells[i]) != "" {
			return max(cells[i].Col, width)
		}
	}
	return width
}

// heading is what stands above a column, from the top down.
type heading struct {
	col   int
	depth int
	parts [MaxDepth]headCell
	at    [2]int // where the lowest of them stands
}

// fits reports whether a name means the heading: its last part is the lowest
// header, and the others stand above it in order.
func (hd *heading) fits(p path) bool {
	last := hd.depth - 1
	if last < 0 || !p[len(p)-1].Fits(hd.parts[last].key) {
		return false
	}
	above := hd.parts[:last]
	for i := len(p) - 2; i >= 0; i-- {
		j := len(above) - 1
		for j >= 0 && !p[i].Fits(above[j].key) {
			j--
		}
		if j < 0 {
			return false
		}
		above = above[:j]
	}
	return true
}

// path is the heading as the sheet has it: "Tiếp nhận / Trong kỳ".
func (hd *heading) path() string {
	texts := make([]string, hd.depth)
	for i, part := range hd.parts[:hd.depth] {
		texts[i] = part.text
	}
	return strings.Join(texts, " / ")
}

// headings reads the rows of a header column by column; once for all specs. A
// blank cell of an upper row belongs to the text at its left, when neither is
// merged, both have the same headers above them and something stands below:
// writers that do not merge leave such blanks.
func (h *Head) headings(top, bottom int) []heading {
	if out, ok := h.read[[2]int{top, bottom}]; ok {
		return out
	}
	h.resolve()
	width := 0
	for i := top; i <= bottom; i++ {
		width = max(width, h.width(i))
	}
	out := make([]heading, 0, width)
	var left, spots [MaxDepth]spot
	depth := bottom - top + 1
	for col := 1; col <= width; col++ {
		lowest := -1
		for i := range depth {
			c, at, ok := h.at(top, top+i, col)
			spots[i] = spot{}
			if ok {
				spots[i] = spot{c, at, true}
				lowest = i
			}
		}
		for i := 0; i < lowest; i++ {
			_, here := h.merge(top+i, col)
			_, before := h.merge(top+i, col-1)
			if spots[i].ok || !left[i].ok || here || before {
				continue
			}
			if slices.EqualFunc(spots[:i], left[:i], func(a, b spot) bool { return a.at == b.at }) {
				spots[i] = left[i]
			}
		}
		if hd := newHeading(col, spots[:depth]); hd.depth > 0 {
			out = append(out, hd)
		}
		left = spots
	}
	if h.read == nil {
		h.read = map[[2]int][]heading{}
	}
	h.read[[2]int{top, bottom}] = out
	return out
}

type spot struct {
	headCell
	at [2]int
	ok bool
}

func newHeading(col int, spots []spot) heading {
	hd := heading{col: col}
	for i, s := range spots {
		if s.ok && (i == 0 || s.at != spots[i-1].at) {
			hd.parts[hd.depth] = s.headCell
			hd.depth++
			hd.at = s.at
		}
	}
	return hd
}

// lower takes the rows below a header that belong to it though no column of
// the spec needs them: cells of the header are merged over them, only other
// columns have headers there, or the units of the columns stand there.
func (h *Head) lower(found *Header) {
	for found.Bottom < found.Top+MaxDepth-1 {
		r := h.grid.Row(found.Bottom + 1)
		if !h.mergedAcross(found) && !headsOthers(r, found) && !isUnits(r) {
			return
		}
		found.Bottom++
	}
}

// isUnits reports whether a row says in what units the columns above are, with
// one of money at least, and nothing else.
func isUnits(r *cell.Row) bool {
	money := false
	for _, c := range r.Cells {
		switch text := Text(c); {
		case text == "":
		case c.Kind != cell.Text:
			return false
		case label.IsMoney(text):
			money = true
		case !slices.Contains(otherUnits, strings.Trim(label.Key(text), "()[] ")):
			return false
		}
	}
	return money
}

// otherUnits are units, folded, that stand beside those of money.
var otherUnits = []string{"%", "hồ sơ", "người", "dự án", "công trình", "gói thầu", "văn bản", "cuộc", "lượt", "đvt", "đơn vị tính", "đơn vị", "tỷ lệ", "tỷ lệ %"}

// mergedAcross reports whether a found header is merged with the cell below
// the header.
func (h *Head) mergedAcross(found *Header) bool {
	bottom := h.index(found.Bottom)
	if bottom+1 == len(h.rows) || h.rows[bottom+1].Number != found.Bottom+1 {
		return false
	}
	return slices.ContainsFunc(found.Columns, func(f Found) bool {
		upper, ok := h.merge(bottom, f.Col)
		lower, _ := h.merge(bottom+1, f.Col)
		return f.Col > 0 && ok && upper == lower
	})
}

// index returns where the row of a number is among the rows.
func (h *Head) index(number int) int {
	return slices.IndexFunc(h.rows, func(r cell.Row) bool { return r.Number == number })
}

// headsOthers reports whether a row holds nothing but texts, and none in the
// columns of the header.
func headsOthers(r *cell.Row, h *Header) bool {
	for _, c := range r.Cells {
		if c.Kind != cell.Text || slices.ContainsFunc(h.Columns, func(f Found) bool { return c.Col >= f.Col && c.Col <= f.Col+f.Span && Text(c) != "" }) {
			return false
		}
	}
	return len(r.Cells) > 0
}
