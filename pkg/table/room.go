package table

import "github.com/parcheck/parcheck/pkg/cell"

// Room is memory for the cells of grids. It may be used again for the grids of
// another workbook when nobody needs those of the first any more.
type Room struct {
	cells slabs[cell.Cell]
	bytes slabs[byte]
}

// Clear makes the room free. What was copied into it must not be used again.
func (r *Room) Clear() {
	r.cells.clear()
	r.bytes.clear()
}

// slabs hands out parts of large slices.
type slabs[T any] struct {
	full [][]T
	last []T
}

// Bounds of slabs, in elements.
const (
	firstSlab = 1 << 8
	largest   = 1 << 12
	kept      = 1 << 15 // is the most that is kept to be used again
)

// copy returns a copy of some elements.
func (s *slabs[T]) copy(of []T) []T {
	n := len(of)
	if n > cap(s.last)-len(s.last) {
		if cap(s.last) > 0 {
			s.full = append(s.full, s.last)
		}
		s.last = make([]T, 0, max(n, min(2*cap(s.last), largest), firstSlab))
	}
	s.last = append(s.last, of...)
	return s.last[len(s.last)-n : len(s.last) : len(s.last)]
}

// clear leaves one slab, large enough for all that there was.
func (s *slabs[T]) clear() {
	if len(s.full) > 0 {
		all := cap(s.last)
		for _, f := range s.full {
			all += cap(f)
		}
		s.full, s.last = nil, make([]T, 0, min(all, kept))
	}
	s.last = s.last[:0]
}
