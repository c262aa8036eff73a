package records

import "github.com/parcheck/parcheck/pkg/diag"

// Span counts rows, and keeps the first and the last.
type Span struct {
	N           int64
	First, Last int
}

// Add adds a row that lies below the others.
func (s *Span) Add(row int) { s.add(row, 1) }

// add adds n records: those of a group have no row.
func (s *Span) add(row int, n int64) {
	if s.N == 0 {
		s.First = row
	}
	s.Last = row
	s.N += n
}

// join adds the rows of a span that lies below.
func (s *Span) join(below Span) {
	if s.N == 0 {
		s.First = below.First
	}
	if below.N > 0 {
		s.Last = below.Last
	}
	s.N += below.N
}

// Area is the part of a column from the first to the last row.
func (s Span) Area(col int) diag.Area {
	return diag.Area{Row: s.First, Col: col, ToRow: s.Last, ToCol: col}
}
