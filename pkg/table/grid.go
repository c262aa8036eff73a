package table

import (
	"sort"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
)

// Grid is the rows of a sheet, or of its beginning, held in memory.
type Grid struct {
	Rows      []cell.Row  // in order of their numbers
	Merges    []diag.Area // merged areas, where they are known
	Keys      *label.Memo // folds names; may be nil
	Epoch1904 bool        // days are counted from 1904
	Room      *Room       // where Add puts cells; nil: its own
}

// Add appends a copy of a row; its texts are looked up.
func (g *Grid) Add(r *cell.Row) {
	if g.Room == nil {
		g.Room = &Room{}
	}
	if g.Rows == nil {
		const most = 64 // rows of most forms
		g.Rows = make([]cell.Row, 0, most)
	}
	cells := g.Room.cells.copy(r.Cells)
	for i := range cells {
		if c := &cells[i]; c.Kind == cell.Text {
			c.Word = g.Keys.Word(c.Raw)
			c.Raw = c.Word.Raw
		} else {
			c.Raw = g.Room.bytes.copy(c.Raw)
		}
	}
	g.Rows = append(g.Rows, cell.Row{Number: r.Number, Hidden: r.Hidden, Cells: cells, Record: r.Record})
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
	switch {
	case c.Word != nil:
		return c.Word.Text
	case c.Kind == cell.Blank:
		return ""
	}
	if words := c.Words(); words != "" {
		return label.Tidy(words)
	}
	return label.Tidy(string(c.Content(nil)))
}

// key returns a cell's text, folded.
func (g *Grid) key(c cell.Cell) string {
	if c.Word != nil {
		return c.Word.Key
	}
	return g.Keys.Key(Text(c))
}
