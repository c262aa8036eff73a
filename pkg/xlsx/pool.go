package xlsx

import (
	"slices"
	"sync"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/inflate"
)

// What it takes to read a part is used again for the next part, of the same
// file or of another: most workbooks are small, and making all this anew costs
// more than reading them. A value must not be used after it is returned to its pool.
var (
	inflaters = sync.Pool{New: func() any { return new(inflate.Reader) }}
	blocks    = sync.Pool{New: func() any { return new(block) }}
	streams   = sync.Pool{New: func() any { return new(stream) }}
	readers   = sync.Pool{New: func() any { return new(xmlReader) }}
	rowRooms  = sync.Pool{New: func() any { return new(rowRoom) }}
)

// mostKept bounds what is kept of a slice that a file can make long, in
// elements.
const mostKept = 64 << 10

// rowRoom is memory for the cells of a row and their texts.
type rowRoom struct {
	cells  []cell.Cell
	values []byte
}

// takeBlock returns a block of a size.
func takeBlock(size int) *block {
	b := blocks.Get().(*block)
	b.data = slices.Grow(b.data[:0], size)[:size]
	return b
}

// takeReader returns a reader of nothing.
func takeReader() *xmlReader {
	x := readers.Get().(*xmlReader)
	*x = xmlReader{attrs: x.attrs[:0], open: x.open[:0], marks: x.marks[:0], bound: x.bound[:0], versions: x.versions[:0], spill: x.spill[:0]}
	return x
}

// giveReader gives a reader back.
func giveReader(x *xmlReader) {
	if cap(x.spill) > mostKept {
		x.spill = nil
	}
	readers.Put(x)
}

// giveRowRoom gives the memory of rows back.
func giveRowRoom(r *rowRoom) {
	if cap(r.cells) <= mostKept && cap(r.values) <= mostKept {
		rowRooms.Put(r)
	}
}
