package table

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
)

// Cover tells which cells lie under merges, row by row: one walk down a sheet
// costs what its merges cost, however many they are. It knows the first
// MaxColumns columns. Where merges overlap, which no spreadsheet program
// writes, the upper one counts.
type Cover struct {
	merges []diag.Area // in order of their rows
	next   int         // the first that has not been reached
	row    int
	until  []int // by column: the last row of the merge that was reached last
	by     []int // by column: its index
}

// NewCover prepares a walk over a sheet with these merges.
func NewCover(merges []diag.Area) *Cover {
	right := 0
	for _, m := range merges {
		right = max(right, min(m.ToCol, MaxColumns))
	}
	c := &Cover{merges: slices.Clone(merges), until: make([]int, right+1), by: make([]int, right+1)}
	slices.SortStableFunc(c.merges, func(a, b diag.Area) int { return a.Row - b.Row })
	return c
}

// Walk moves to a row; rows only go down.
func (c *Cover) Walk(row int) {
	c.row = row
	for ; c.next < len(c.merges) && c.merges[c.next].Row <= row; c.next++ {
		m := c.merges[c.next]
		for col := m.Col; col <= min(m.ToCol, MaxColumns); col++ {
			if c.until[col] < m.Row {
				c.until[col], c.by[col] = m.ToRow, c.next
			}
		}
	}
}

// Under returns the merge that hides a column's cell of the present row; the
// cell at the merge's upper left is not hidden.
func (c *Cover) Under(col int) (m diag.Area, hidden bool) {
	m, ok := c.merge(col)
	return m, ok && (c.row != m.Row || col != m.Col)
}

// merge returns the merge to which a column's cell of the present row belongs.
func (c *Cover) merge(col int) (m diag.Area, ok bool) {
	if col >= len(c.until) || c.until[col] < c.row {
		return diag.Area{}, false
	}
	return c.merges[c.by[col]], true
}
