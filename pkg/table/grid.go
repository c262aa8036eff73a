// Package table finds tables in sheets: where a header stands, which column
// carries which name, and what kind each row is. It reads cells and no files,
// and it interprets no value.
package table

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
)

// Grid is the rows of a sheet, or of its beginning, held in memory.
type Grid struct {
	Rows   []cell.Row  // in order of their numbers
	Merges []diag.Area // merged areas, where they are known
	Keys   *label.Memo // folds names; may be nil
}

// Row returns the row of a number; an empty one when the sheet has none.
func (g *Grid) Row(number int) *cell.Row {
	i := sort.Search(len(g.Rows), func(i int) bool { return g.Rows[i].Number >= number })
	if i < len(g.Rows) && g.Rows[i].Number == number {
		return &g.Rows[i]
	}
	return &cell.Row{Number: number}
}

// Last returns the number of the last row that holds a cell; 0 without rows.
func (g *Grid) Last() int {
	if len(g.Rows) == 0 {
		return 0
	}
	return g.Rows[len(g.Rows)-1].Number
}

// Text returns a cell's content as a header or a label is read: white space
// at the ends and line breaks inside do not count.
func Text(c cell.Cell) string {
	if c.Kind == cell.Blank {
		return ""
	}
	text := string(c.Raw)
	if tidy(text) {
		return text
	}
	return strings.Join(strings.Fields(text), " ")
}

// tidy reports whether a text has single spaces inside and no other white
// space, as most have.
func tidy(s string) bool {
	space := true
	for _, r := range s {
		if r == ' ' && space || r != ' ' && unicode.IsSpace(r) {
			return false
		}
		space = r == ' '
	}
	return !space || s == ""
}

// anchors maps the cells under merges of the first rows to their anchors.
type anchors map[[2]int][2]int

// resolve notes the anchors of the cells of the rows.
func (h *Head) resolve(merges []diag.Area) {
	h.anchors = anchors{}
	if len(merges) == 0 {
		return
	}
	cover := NewCover(merges)
	for i := range h.rows {
		r := &h.rows[i]
		cover.Walk(r.number)
		for col := 1; col <= MaxColumns; col++ {
			if m, ok := cover.merge(col); ok {
				h.anchors[[2]int{r.number, col}] = [2]int{m.Row, m.Col}
				r.merged = col
			}
		}
	}
}

// Head is the beginning of a grid as headers are looked for in it: texts
// folded once for all specs, merges resolved.
type Head struct {
	grid    *Grid
	rows    []headRow
	byKey   map[string][]int // indexes of the rows that hold a text, by its key
	anchors anchors
}

type headRow struct {
	number int
	cells  []headCell // in order of their columns
	merged int        // the last column of its merges
}

type headCell struct {
	col       int
	text, key string
}

func (r *headRow) width() int {
	if len(r.cells) == 0 {
		return 0
	}
	return r.cells[len(r.cells)-1].col
}

func (r *headRow) at(col int) (headCell, bool) {
	i, ok := slices.BinarySearchFunc(r.cells, col, func(c headCell, col int) int { return c.col - col })
	if !ok {
		return headCell{}, false
	}
	return r.cells[i], true
}

// NewHead prepares the first rows of a grid for Locate.
func NewHead(g *Grid) *Head {
	h := &Head{grid: g, byKey: map[string][]int{}}
	for i := range g.Rows {
		row := &g.Rows[i]
		if row.Number > MaxHeaderRow {
			break
		}
		hr := headRow{number: row.Number}
		for _, c := range row.Cells {
			if c.Col > MaxColumns {
				break
			}
			text := Text(c)
			if text == "" {
				continue
			}
			key := text
			if c.Kind == cell.Text {
				key = g.Keys.Key(text)
			}
			hr.cells = append(hr.cells, headCell{c.Col, text, key})
			if c.Kind == cell.Text || len(text) <= len("2023") { // years head columns, too
				h.byKey[key] = append(h.byKey[key], len(h.rows))
			}
		}
		h.rows = append(h.rows, hr)
	}
	h.resolve(g.Merges)
	return h
}

// at returns the header text of a cell: under a merge, that of the anchor.
// The position tells two cells with one text apart.
func (h *Head) at(top, index, col int) (headCell, [2]int, bool) {
	row := &h.rows[index]
	if anchor, merged := h.anchors[[2]int{row.number, col}]; merged {
		for i := top; i <= index; i++ {
			if h.rows[i].number == anchor[0] {
				c, ok := h.rows[i].at(anchor[1])
				return c, anchor, ok
			}
		}
		return headCell{}, anchor, false
	}
	c, ok := row.at(col)
	return c, [2]int{row.number, col}, ok
}
