package records

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/table"
)

// IsMerged reports whether a merge hides cells of the columns that the list
// reads.
func (l *List) IsMerged(merges []diag.Area) bool {
	wanted := l.Wanted()
	return slices.ContainsFunc(merges, func(m diag.Area) bool {
		return slices.ContainsFunc(wanted, func(col int) bool {
			return col >= m.Col && col <= m.ToCol && (col > m.Col || m.ToRow > m.Row)
		})
	})
}

// Cover makes the list read as blank the cells that merges hide. It calls bury
// for each of them that holds something.
func (l *List) Cover(merges []diag.Area, bury func(row, col int, under diag.Area)) {
	l.cover, l.bury = table.NewCover(merges), bury
}

// uncover reads as blank the cells of a row that merges hide. A unit that is
// written once, in cells merged downwards, is the unit of all their records.
func (l *List) uncover(row *cell.Row) {
	l.cover.Walk(row.Number)
	if u := l.Units; u != nil {
		u.above = ""
		if m, hidden := l.cover.Under(u.At); hidden && m.Col == u.At && m.Row == u.named {
			u.above = u.name
		} else if text := table.Text(row.At(u.At)); !hidden && text != "" {
			u.named, u.name = row.Number, text
		}
	}
	for _, col := range l.Columns {
		m, hidden := l.cover.Under(col.At)
		col.merged = hidden && m.Col == col.At && m.Row == col.filledAt
		if !hidden && row.At(col.At).Kind != cell.Blank {
			col.filledAt = row.Number
		}
	}
	for i := range row.Cells {
		cl := &row.Cells[i]
		m, hidden := l.cover.Under(cl.Col)
		if !hidden {
			continue
		}
		if cl.Kind != cell.Blank || cl.Formula != cell.NoFormula {
			l.bury(row.Number, cl.Col, m)
		}
		*cl = cell.Cell{Col: cl.Col}
	}
}
