package table

import (
	"math/bits"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/label"
)

// Bounds of the search for headers.
const (
	MaxHeaderRow = 200 // a header stands in the first rows of its sheet
	MaxDepth     = 4   // rows that a header takes, without the row of column numbers
	MaxColumns   = 512 // columns that are looked at for headers
)

// Spec is what a table looks like.
type Spec struct {
	ID      string
	Columns []Column
	Label   int      // index of the column that holds row labels, or -1
	Code    int      // index of the column that holds the numbering, or -1
	Values  []int    // indexes of the columns that hold figures
	Totals  []string // labels of total rows, beside the usual ones
	Added   bool     // its rows are added up: it ends where a signature or another header stands

	names names // of the columns, folded; nil: not prepared
}

// Prepared returns the spec with its names folded, for use in many sheets.
func (s Spec) Prepared() Spec {
	s.names = compile(s)
	return s
}

// Column is a column by the names that head it, in order of authority. A name
// with " / " is a path from an upper header to a lower one; upper ones may be
// left out; "*" stands for any run of characters.
type Column struct {
	ID       string
	Headers  []string
	Optional bool
}

// Header is where a table's header stands.
type Header struct {
	Top, Bottom int     // rows; the body begins below Bottom
	Columns     []Found // one for each column of the spec
	Numbers     int     // the row of column numbers below the header, or 0
}

// Found is a column of a sheet that carries a name.
type Found struct {
	Col  int    // 1-based; 0 when there is none
	Span int    // further columns at its right over which its header is merged
	Path string // the header as the sheet has it, "Tiếp nhận / Trong kỳ"
	Also []int  // further columns that carry the same name: the name is ambiguous
}

// Cell returns the cell of a row that stands under the header: where that is
// merged over several columns, the one that is filled. crowded reports that
// more than one is.
func (f Found) Cell(r *cell.Row) (c cell.Cell, crowded bool) {
	c = r.At(f.Col)
	for col := f.Col + 1; col <= f.Col+f.Span; col++ {
		switch next := r.At(col); {
		case isBlank(next):
		case isBlank(c):
			c = next
		default:
			crowded = true
		}
	}
	return c, crowded
}

func isBlank(c cell.Cell) bool { return Text(c) == "" && c.Formula != cell.Uncalculated }

func (f Found) text(r *cell.Row) string {
	if f.Col == 0 {
		return ""
	}
	c, _ := f.Cell(r)
	return Text(c)
}

// Missing lists the required columns that were not found.
func (h Header) Missing(spec Spec) []Column {
	var out []Column
	for i, c := range spec.Columns {
		if h.Columns[i].Col == 0 && !c.Optional {
			out = append(out, c)
		}
	}
	return out
}

// Right returns the last column that was found.
func (h Header) Right() int {
	right := 0
	for _, f := range h.Columns {
		right = max(right, f.Col)
	}
	return right
}

// Locate finds the place where most of the spec's columns carry their names.
// complete is false when a required column is missing there; ok is false when
// no place comes near: fewer than two columns, or fewer than half of the
// required ones.
func (head *Head) Locate(spec Spec) (h Header, complete, ok bool) {
	names := spec.names
	if names == nil {
		names = compile(spec)
	}
	hits := names.hits(head)
	best := rank{}
	need := spec.least()
	for top := range head.rows {
		here := set{}
		for depth := 1; depth <= MaxDepth && top+depth <= len(head.rows); depth++ {
			bottom := top + depth - 1
			if head.rows[bottom].number-head.rows[top].number != depth-1 {
				break // headers have no empty rows inside
			}
			here.add(hits[bottom])
			if n := here.count(); n < need || n < best.required+best.optional {
				continue // not even all these names together make it better
			}
			found := names.find(head, top, bottom)
			r := newRank(spec, found, depth)
			if r.better(best) {
				best = r
				h = Header{Top: head.rows[top].number, Bottom: head.rows[bottom].number, Columns: found}
			}
		}
	}
	if best.required < 1 || best.required+best.optional < need || best.required*2 < best.wanted {
		return Header{}, false, false
	}
	head.lower(&h)
	h.Numbers = numberRow(head.grid, h, spec)
	return h, best.required == best.wanted, true
}

// lower takes the rows below a header that belong to it though no column of
// the spec needs them: cells of the header are merged over them, or only other
// columns have headers there.
func (head *Head) lower(h *Header) {
	for h.Bottom < h.Top+MaxDepth-1 {
		r := head.grid.Row(h.Bottom + 1)
		if !head.mergedAcross(h) && !headsOthers(r, h) {
			return
		}
		h.Bottom++
	}
}

// mergedAcross reports whether a found header is merged with the cell below
// the header.
func (head *Head) mergedAcross(h *Header) bool {
	return slices.ContainsFunc(h.Columns, func(f Found) bool {
		upper, ok := head.anchors[[2]int{h.Bottom, f.Col}]
		lower, below := head.anchors[[2]int{h.Bottom + 1, f.Col}]
		return f.Col > 0 && ok && below && upper == lower
	})
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

// Again matches the columns of another spec of the table with the header that
// was found.
func (head *Head) Again(spec Spec, h Header) Header {
	at := func(number int) int {
		return slices.IndexFunc(head.rows, func(r headRow) bool { return r.number == number })
	}
	h.Columns = compile(spec).find(head, at(h.Top), at(h.Bottom))
	return h
}

// least is how many columns a place must have to come near: two, and half of
// the required ones.
func (s Spec) least() int {
	required := 0
	for _, c := range s.Columns {
		if !c.Optional {
			required++
		}
	}
	return min(max(min(2, len(s.Columns)), (required+1)/2), maxCounted)
}

// maxCounted bounds the columns of a spec that tell where its header may be.
const maxCounted = 256

// set is a set of columns of a spec, by index.
type set [maxCounted / 64]uint64

func (s *set) put(column int) {
	if column < maxCounted {
		s[column/64] |= 1 << (column % 64)
	}
}

func (s *set) add(t set) {
	for i := range s {
		s[i] |= t[i]
	}
}

func (s *set) count() int {
	n := 0
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// rank orders the places at which a header may stand.
type rank struct {
	wanted, required, optional, ambiguous, depth int
}

func newRank(spec Spec, found []Found, depth int) rank {
	r := rank{depth: depth}
	for i, c := range spec.Columns {
		if !c.Optional {
			r.wanted++
		}
		switch {
		case found[i].Col == 0:
		case c.Optional:
			r.optional++
		default:
			r.required++
		}
		if len(found[i].Also) > 0 {
			r.ambiguous++
		}
	}
	return r
}

func (r rank) better(than rank) bool {
	for _, d := range []int{
		r.required - than.required,
		r.optional - than.optional,
		than.ambiguous - r.ambiguous,
		than.depth - r.depth,
	} {
		if d != 0 {
			return d > 0
		}
	}
	return false
}

// names are a spec's columns, folded once.
type names [][]path

// path is one name of a column: folded, from the top down.
type path []label.Pattern

func compile(spec Spec) names {
	out := make(names, len(spec.Columns))
	for i, c := range spec.Columns {
		for _, h := range c.Headers {
			var p path
			for _, part := range strings.Split(h, " / ") {
				p = append(p, label.Compile(part))
			}
			out[i] = append(out[i], p)
		}
	}
	return out
}

// hits tells, row by row, of which columns a row holds the lowest header: most
// rows of a sheet are data and hold none.
func (n names) hits(h *Head) []set {
	out := make([]set, len(h.rows))
	for column, paths := range n {
		for _, p := range paths {
			last := p[len(p)-1]
			if key, ok := last.Literal(); ok {
				for _, row := range h.byKey[key] {
					out[row].put(column)
				}
				continue
			}
			for key, rows := range h.byKey {
				if last.Fits(key) {
					for _, row := range rows {
						out[row].put(column)
					}
				}
			}
		}
	}
	return out
}

// find matches every column of the spec with the columns of a header.
func (n names) find(h *Head, top, bottom int) []Found {
	headings := h.headings(top, bottom)
	out := make([]Found, len(n))
	for i, paths := range n {
		for _, p := range paths {
			if f := pick(p, headings); f.Col > 0 {
				out[i] = f
				break
			}
		}
	}
	return out
}

// pick returns the column whose heading a name means. A heading that is the
// name and nothing more goes before one that has further upper headers.
func pick(p path, headings []heading) Found {
	var whole, within []heading
	for _, hd := range headings {
		if !hd.fits(p) {
			continue
		}
		within = append(within, hd)
		if len(hd.keys) == len(p) {
			whole = append(whole, hd)
		}
	}
	if len(whole) > 0 {
		within = whole
	}
	if len(within) == 0 {
		return Found{}
	}
	f := Found{Col: within[0].col, Path: strings.Join(within[0].texts, " / ")}
	for _, hd := range within[1:] {
		if hd.at == within[0].at {
			f.Span = hd.col - f.Col
			continue
		}
		f.Also = append(f.Also, hd.col)
	}
	return f
}

// heading is what stands above a column, from the top down.
type heading struct {
	col         int
	texts, keys []string
	at          [2]int // where the lowest of them stands
}

// fits reports whether a name means the heading: its last part is the lowest
// header, and the others stand above it in order.
func (hd heading) fits(p path) bool {
	last := len(hd.keys) - 1
	if last < 0 || !p[len(p)-1].Fits(hd.keys[last]) {
		return false
	}
	above := hd.keys[:last]
	for i := len(p) - 2; i >= 0; i-- {
		j := len(above) - 1
		for j >= 0 && !p[i].Fits(above[j]) {
			j--
		}
		if j < 0 {
			return false
		}
		above = above[:j]
	}
	return true
}

// headings reads the rows of a header column by column. A blank cell of an
// upper row belongs to the text at its left, when neither is merged, both have
// the same headers above them and something stands below: writers that do not
// merge leave such blanks.
func (h *Head) headings(top, bottom int) []heading {
	width := 0
	for i := top; i <= bottom; i++ {
		width = max(width, h.rows[i].width(), h.rows[i].merged)
	}
	var out []heading
	left := make([]spot, bottom-top+1)
	for col := 1; col <= width; col++ {
		spots := make([]spot, bottom-top+1)
		lowest := -1
		for i := top; i <= bottom; i++ {
			c, at, ok := h.at(top, i, col)
			if ok {
				spots[i-top] = spot{c, at, true}
				lowest = i - top
			}
		}
		for i := 0; i < lowest; i++ {
			if spots[i].ok || !left[i].ok || h.merged(top+i, col) || h.merged(top+i, col-1) {
				continue
			}
			if slices.EqualFunc(spots[:i], left[:i], func(a, b spot) bool { return a.at == b.at }) {
				spots[i] = left[i]
			}
		}
		hd := heading{col: col}
		for i, s := range spots {
			if s.ok && (i == 0 || s.at != spots[i-1].at) {
				hd.texts = append(hd.texts, s.text)
				hd.keys = append(hd.keys, s.key)
				hd.at = s.at
			}
		}
		if len(hd.keys) > 0 {
			out = append(out, hd)
		}
		left = spots
	}
	return out
}

type spot struct {
	headCell
	at [2]int
	ok bool
}

func (h *Head) merged(index, col int) bool {
	_, ok := h.anchors[[2]int{h.rows[index].number, col}]
	return ok
}
