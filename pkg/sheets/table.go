package sheets

import "fmt"

// Column is one column of a table of rows R: all that is said of it stands in
// one place.
type Column[R any] struct {
	Title string
	Over  string // what it belongs to, together with neighbours that say the same, in a row above the titles
	Head  Style  // of the title; zero: the table's
	Width float64
	Cell  func(*Sheet, R) // adds the column's cell: one, and always one
	At    *int            // where its number is kept, for formulas that refer to it; may be nil
	Not   bool            // the table does without it
}

// Table is the columns of a table, from left to right.
type Table[R any] []Column[R]

// Place drops the columns that the table does without and keeps the numbers
// of the others, the first of which is 1. The style is that of titles.
func (t Table[R]) Place(head Style) Table[R] {
	var out Table[R]
	for _, c := range t {
		if c.Not {
			continue
		}
		if c.Head == (Style{}) {
			c.Head = head
		}
		out = append(out, c)
		if c.At != nil {
			*c.At = len(out)
		}
	}
	return out
}

// Widths are the widths of the columns.
func (t Table[R]) Widths() []float64 {
	var out []float64
	for _, c := range t {
		out = append(out, c.Width)
	}
	return out
}

// Header writes the titles.
func (t Table[R]) Header(s *Sheet, height float64) {
	for _, c := range t {
		s.Text(c.Head, c.Title)
	}
	s.EndRow(height)
}

// Overs writes the row above the titles.
func (t Table[R]) Overs(s *Sheet, st Style, height float64) {
	for i := 0; i < len(t); {
		run := i + 1
		for run < len(t) && t[run].Over == t[i].Over {
			run++
		}
		if t[i].Over == "" {
			s.Blank(st, run-i)
		} else {
			s.Across(st, t[i].Over, run-i)
		}
		i = run
	}
	s.EndRow(height)
}

// Row writes a row.
func (t Table[R]) Row(s *Sheet, r R, height float64) {
	for i, c := range t {
		if c.Cell(s, r); len(s.cells) != i+1 {
			s.book.Fail(fmt.Errorf("column %q has added %d cells", c.Title, len(s.cells)-i))
			return
		}
	}
	s.EndRow(height)
}

// Rows writes the rows, or one of blank cells where there are none.
func (t Table[R]) Rows(s *Sheet, rows []R, blank Style) {
	for _, r := range rows {
		t.Row(s, r, 0)
	}
	if len(rows) == 0 {
		s.Blank(blank, len(t))
		s.EndRow(0)
	}
}
