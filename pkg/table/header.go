package table

import (
	"cmp"
	"iter"
	"math/bits"
	"slices"

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
	Col    int      // 1-based; 0 when there is none
	Span   int      // further columns at its right over which its header is merged
	Path   string   // the header as the sheet has it, "Tiếp nhận / Trong kỳ"
	Also   []int    // further columns that carry the same name: the name is ambiguous
	Subs   []string // of a merged header: what stands below it over each of its columns, where that differs
	Beside []int    // the other columns below its header, once it is known which one is read
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

// Locate finds the place where most of the columns of the vocabulary's i-th
// spec carry their names. complete is false when a required column is missing
// there; ok is false when no place comes near: fewer than two columns, or fewer
// than half of the required ones.
func (h *Head) Locate(i int) (found Header, complete, ok bool) {
	spec, names := h.names.specs[i], h.names.names[i]
	hits := h.hits(i)
	need := spec.least()
	if !hits.reach(need) {
		return Header{}, false, false
	}
	best := rank{}
	for depth := 1; depth <= MaxDepth; depth++ {
		for top := range h.tops(hits, depth) {
			bottom := top + depth - 1
			here := hits.union(top, bottom)
			if most := newMost(spec, here, depth); most.required+most.optional < need || !most.better(best) {
				continue // not even all these names together make it better
			}
			columns := names.find(h, top, bottom)
			if r := newRank(spec, columns, depth); r.better(best) {
				best = r
				found = Header{Top: h.rows[top].Number, Bottom: h.rows[bottom].Number, Columns: columns}
			}
		}
	}
	if best.required < 1 || best.required+best.optional < need || best.required*2 < best.wanted {
		return Header{}, false, false
	}
	h.lower(&found)
	h.subHeadings(&found, spec)
	found.Numbers = NumberRow(h.grid, found, spec)
	return found, best.required == best.wanted, true
}

// Locate is Head.Locate for one table alone.
func Locate(g *Grid, spec Spec) (found Header, complete, ok bool) {
	return NewHead(g, NewVocabulary(spec)).Locate(0)
}

// hits are the rows that hold lowest headers of a spec, in order: most rows of
// a sheet are data and hold none.
type hits []hit

type hit struct {
	row     int // index
	columns set
}

func (h *Head) hits(spec int) hits {
	var out hits
	for _, m := range h.marks {
		if m.spec != spec {
			continue
		}
		if len(out) == 0 || out[len(out)-1].row != m.row {
			out = append(out, hit{row: m.row})
		}
		out[len(out)-1].columns.put(m.index)
	}
	return out
}

// union returns the columns of which the rows hold headers.
func (hs hits) union(top, bottom int) set {
	out := set{}
	for _, h := range hs {
		if h.row >= top && h.row <= bottom {
			out.add(h.columns)
		}
	}
	return out
}

// tops lists the rows at which a header of that depth may begin: it holds a
// lowest header, and no empty row.
func (h *Head) tops(hs hits, depth int) iter.Seq[int] {
	return func(yield func(int) bool) {
		top := 0
		for _, hit := range hs {
			for top = max(top, hit.row-depth+1); top <= hit.row && top+depth <= len(h.rows); top++ {
				whole := h.rows[top+depth-1].Number-h.rows[top].Number == depth-1
				if whole && !yield(top) {
					return
				}
			}
		}
	}
}

// reach reports whether all rows together hold headers of n columns.
func (hs hits) reach(n int) bool {
	all := set{}
	for _, h := range hs {
		all.add(h.columns)
	}
	return all.count() >= n
}

// Again matches the columns of another spec of the table with the header that
// was found.
func (h *Head) Again(spec Spec, found Header) Header {
	found.Columns = compile(spec).find(h, h.index(found.Top), h.index(found.Bottom))
	return found
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

func (s *set) has(column int) bool { return s[column/64]&(1<<(column%64)) != 0 }

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

// newMost is the rank of a place if every one of these columns were found
// there.
func newMost(spec Spec, columns set, depth int) rank {
	r := rank{depth: depth}
	for i := range min(len(spec.Columns), maxCounted) {
		switch {
		case !columns.has(i):
		case spec.Columns[i].Optional:
			r.optional++
		default:
			r.required++
		}
	}
	return r
}

func (r rank) better(than rank) bool {
	return cmp.Or(
		r.required-than.required,
		r.optional-than.optional,
		than.ambiguous-r.ambiguous,
		than.depth-r.depth,
	) > 0
}

// find matches every column of the spec with the columns of a header. One
// column of a sheet answers to one column of the spec: to that which names it
// without "*", where another only fits by one.
func (n names) find(h *Head, top, bottom int) []Found {
	headings := h.headings(top, bottom)
	out := make([]Found, len(n))
	named := map[int]bool{} // columns of the sheet
	for i, paths := range n {
		out[i] = pickFirst(paths, headings)
		if literal := slices.DeleteFunc(slices.Clone(paths), isPattern); pickFirst(literal, headings).Col > 0 {
			named[pickFirst(literal, headings).Col] = true
		}
	}
	for i, paths := range n {
		byName := !slices.ContainsFunc(paths, isPattern) || out[i].Col == 0 || pickFirst(slices.DeleteFunc(slices.Clone(paths), isPattern), headings).Col == out[i].Col
		if !byName && named[out[i].Col] {
			out[i] = pickFirst(paths, slices.DeleteFunc(slices.Clone(headings), func(hd heading) bool { return named[hd.col] }))
		}
	}
	plain := withoutMoney(headings)
	if plain == nil {
		return out
	}
	for i, paths := range n {
		if out[i].Col > 0 {
			continue
		}
		taken := func(f Found) bool { return slices.ContainsFunc(out, func(o Found) bool { return o.Col == f.Col }) }
		if f := pickFirst(paths, plain); f.Col > 0 && !taken(f) {
			out[i] = f
		}
	}
	return out
}

// isPattern reports whether the lowest part of a name has a "*".
func isPattern(p path) bool {
	_, literal := p[len(p)-1].Literal()
	return !literal
}

// withoutMoney returns the headings without the units of money that stand
// behind their names: "Kế hoạch (tỷ đồng)"; nil where there are none.
func withoutMoney(headings []heading) []heading {
	var out []heading
	for i := range headings {
		for j := range headings[i].parts[:headings[i].depth] {
			if name, ok := label.CutMoney(headings[i].parts[j].key); ok {
				if out == nil {
					out = slices.Clone(headings)
				}
				out[i].parts[j].key = name
			}
		}
	}
	return out
}

// pickFirst is pick for the first of several names that heads a column.
func pickFirst(paths []path, headings []heading) Found {
	for _, p := range paths {
		if f := pick(p, headings); f.Col > 0 {
			return f
		}
	}
	return Found{}
}

// pick returns the column whose heading a name means. A heading that is the
// name and nothing more goes before one that has further upper headers.
func pick(p path, headings []heading) Found {
	var first *heading
	f := Found{}
	for _, whole := range []bool{true, false} {
		for i := range headings {
			hd := &headings[i]
			switch {
			case hd.depth == len(p) != whole || !hd.fits(p):
			case first == nil:
				first = hd
				f = Found{Col: hd.col, Path: hd.path()}
			case hd.at == first.at:
				f.Span = hd.col - f.Col
			default:
				f.Also = append(f.Also, hd.col)
			}
		}
		if first != nil {
			break
		}
	}
	return f
}
