package records

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"slices"

	"github.com/parcheck/parcheck/pkg/plan"
)

// idSet finds values that occur twice among a million without keeping their
// texts: it keeps 48-bit hashes, and what it suspects is compared letter by
// letter in a second pass. So a collision of hashes never reaches a result.
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

// suspect finds the hashes that occur twice. Sorting them costs a third of what
// a hash table costs that is too large for the processor's cache; of many, a
// part is sorted at a time, which takes that much less memory.
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

// Unique returns the column of which no two records have the same, or nil where
// the list lacks it.
func (l *List) Unique(col *plan.Column) *Column {
	i := slices.IndexFunc(l.Columns, func(o *Column) bool { return o.Column == col && o.ids != nil })
	if i < 0 {
		return nil
	}
	return l.Columns[i]
}

// Likeness is how an id is like one that stands before it.
type Likeness uint8

// The likenesses.
const (
	Another   Likeness = iota // it is not
	Same                      // letter by letter
	LooksSame                 // but for what cannot be seen
	OtherCase                 // but for capitals
)

// Place is where a record has a value, and whose record it is.
type Place struct {
	Sheet    int // index of the list among those that are compared
	Row, Col int
	Owner    string
}

// Repeats finds the values of a column that several records of a list have, in
// one of its sheets or in two.
type Repeats struct {
	Doubles
	suspected map[uint64]bool
	places    [OtherCase + 1]map[string]Place // where values stand first, by likeness
	counted   map[Place]bool                  // first places that count among the doubles of their owner
}

// NewRepeats looks for equal hashes in a column of all sheets of a list. Without
// any it returns nil; otherwise the sheets are to be read once more, and each
// record shown to Note.
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

// Note returns where a value stood first that is most like that of the record
// which was read last, or notes that it is the first of its kind. owner is whose
// the record is.
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

// pair counts a record whose value stood first in another place: the first of
// all that look the same, so that no record counts twice. Where that is of
// another owner, it is a double of that owner, too.
func (r *Repeats) pair(first Place, owner string) {
	r.N++
	r.add(owner, 1)
	if first.Owner != owner && !r.counted[first] {
		r.counted[first] = true
		r.add(first.Owner, 1)
	}
}

// Doubles counts the records whose value another record has, too. Of one owner
// they are those beyond the first, and all of them where the other record is of
// another owner: it cannot be told whose the record is.
type Doubles struct {
	N  int64 // of all owners: the records beyond the first
	of map[string]int64

	anybody int64 // of owners that are not known
}

// OfAnybody counts doubles whose owners are not known: they may be any.
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
