package records

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"slices"

	"github.com/parcheck/parcheck/pkg/plan"
)

// idSet finds values that occur twice among a million without keeping their
// texts: it keeps 48-bit hashes, and a second pass compares the texts of equal
// hashes. A collision therefore never reaches a result.
type idSet struct {
	seed   maphash.Seed
	buf    [64]byte
	chunks [][]byte // of hashes: one long slice would leave garbage behind as it grows
}

const (
	hashBytes = 6
	hashChunk = hashBytes << 14 // bytes of a chunk
)

// hash is that of the id as foldID has it.
func (s *idSet) hash(id []byte) uint64 {
	return maphash.Bytes(s.seed, foldID(s.buf[:0], id)) >> (64 - 8*hashBytes)
}

// add notes an id.
func (s *idSet) add(id []byte) {
	last := len(s.chunks) - 1
	if last < 0 || len(s.chunks[last]) == hashChunk {
		var chunk []byte
		if last++; last > 0 { // a small list has one chunk, of its size
			chunk = make([]byte, 0, hashChunk)
		}
		s.chunks = append(s.chunks, chunk)
	}
	h := s.hash(id)
	s.chunks[last] = append(s.chunks[last], byte(h), byte(h>>8), byte(h>>16), byte(h>>24), byte(h>>32), byte(h>>40))
}

// suspect finds the hashes that occur twice by sorting them, which costs a
// third of a hash table that exceeds the processor's cache. Large sets are
// sorted in parts, to bound the memory.
func suspect(chunks [][]byte) map[uint64]bool {
	const bits = 4
	parts, n := 1, 0
	for _, c := range chunks {
		n += len(c) / hashBytes
	}
	if len(chunks) > 1 {
		parts = 1 << bits
	}
	out := map[uint64]bool{}
	sorted := make([]uint64, 0, n/parts+n/parts/8)
	for part := range parts {
		sorted = sorted[:0]
		for _, c := range chunks {
			for ; len(c) > 0; c = c[hashBytes:] {
				h := uint64(binary.LittleEndian.Uint32(c)) | uint64(binary.LittleEndian.Uint16(c[4:]))<<32
				if parts == 1 || h>>(8*hashBytes-bits) == uint64(part) {
					sorted = append(sorted, h)
				}
			}
		}
		slices.Sort(sorted)
		for i := 1; i < len(sorted); i++ {
			if sorted[i] == sorted[i-1] {
				out[sorted[i]] = true
			}
		}
	}
	return out
}

// Unique returns the column whose values must be unique, or nil where the list
// lacks it.
func (l *List) Unique(col *plan.Column) *Column {
	i := slices.IndexFunc(l.Columns, func(o *Column) bool { return o.Column == col && o.ids != nil })
	if i < 0 {
		return nil
	}
	return l.Columns[i]
}

// Likeness is how an id equals an earlier one.
type Likeness uint8

// The likenesses.
const (
	Another   Likeness = iota // it does not
	Same                      // letter by letter
	LooksSame                 // apart from invisible characters
	OtherCase                 // apart from capitals
)

// Place is where a record has a value, and whose record it is.
type Place struct {
	Sheet    int // index of the list among those that are compared
	Row, Col int
	Owner    string
}

// Repeats finds the values of a unique column that several records of a list
// have, within one sheet or across two.
type Repeats struct {
	Doubles
	suspected map[uint64]bool
	places    [OtherCase + 1]map[string]Place // where values stand first, by likeness
	counted   map[Place]bool                  // first places that count among the doubles of their owner
}

// NewRepeats looks for equal hashes in a column of all sheets of a list. It
// returns nil if there are none; otherwise the caller reads the sheets once
// more and passes each record to Note.
func NewRepeats(lists []*List, col *plan.Column) *Repeats {
	var hashes [][]byte
	for _, l := range lists {
		if c := l.Unique(col); c != nil {
			hashes = append(hashes, c.ids.chunks...)
			c.ids.chunks = nil
		}
	}
	r := &Repeats{suspected: suspect(hashes), counted: map[Place]bool{}}
	if len(r.suspected) == 0 {
		return nil
	}
	for how := Same; how <= OtherCase; how++ {
		r.places[how] = map[string]Place{}
	}
	return r
}

// Note returns the first place of the value that is most like that of the
// record which was read last, or records it as the first of its kind. owner is
// the unit of the record.
func (r *Repeats) Note(sheet int, c *Column, row int, owner string) (first Place, how Likeness) {
	id := bytes.TrimSpace(c.raw)
	if c.state == Blank || len(id) == 0 || !r.suspected[c.ids.hash(id)] {
		return Place{}, Another
	}
	forms := [...]string{Same: string(id), LooksSame: string(visibleID(nil, id)), OtherCase: string(foldID(nil, id))}
	for how := Same; how <= OtherCase; how++ {
		if first, ok := r.places[how][forms[how]]; ok {
			if how != OtherCase {
				r.pair(r.places[LooksSame][forms[LooksSame]], owner)
			}
			return first, how
		}
		r.places[how][forms[how]] = Place{Sheet: sheet, Row: row, Col: c.At, Owner: owner}
	}
	return Place{}, Another
}

// pair counts a record whose value stood first elsewhere: the first of all that
// look the same, so that no record counts twice. If that one has another owner,
// it is a double of that owner, too.
func (r *Repeats) pair(first Place, owner string) {
	r.N++
	r.add(owner, 1)
	if first.Owner != owner && !r.counted[first] {
		r.counted[first] = true
		r.add(first.Owner, 1)
	}
}

// Doubles counts the records whose value another record has. Among records of
// one owner these are all but the first; across owners all of them, because it
// is unknown who is right.
type Doubles struct {
	N  int64 // of all owners: the records beyond the first
	of map[string]int64

	anybody int64 // of owners that are not known
}

// OfAnybody counts doubles without a known owner: they may belong to any.
func (d *Doubles) OfAnybody(n int64) { d.N, d.anybody = d.N+n, d.anybody+n }

// AddID counts the records that have one id, by their owners. It is for lists
// that are counted by groups.
func (d *Doubles) AddID(byOwner map[string]int64) {
	all := int64(0)
	for _, n := range byOwner {
		all += n
	}
	if all < 2 {
		return
	}
	d.N += all - 1
	for owner, n := range byOwner {
		if n == all {
			n--
		}
		d.add(owner, n)
	}
}

func (d *Doubles) add(owner string, n int64) {
	if d.of == nil {
		d.of = map[string]int64{}
	}
	d.of[owner] += n
}

// Of counts the doubles of some owners; without any, all.
func (d *Doubles) Of(owners []string) int64 {
	if len(owners) == 0 {
		return d.N
	}
	n := d.anybody
	for _, owner := range owners {
		n += d.of[owner]
	}
	return n
}
