package xls

import (
	"context"
	"encoding/binary"

	"github.com/parcheck/parcheck/pkg/diag"
)

// stringTable holds the texts that cells share: blocks of text, each text
// after its length, and for each text where it begins.
type stringTable struct {
	blocks [][]byte
	refs   []uint32 // a block and a place in it
	rich   map[int]richness
	room   int64 // bytes of the blocks
}

const (
	textBlockBits = 20
	textBlock     = 1 << textBlockBits
)

// at returns text i, which must be in the table.
func (t *stringTable) at(i int) []byte {
	b := t.blocks[t.refs[i]>>textBlockBits][t.refs[i]&(textBlock-1):]
	size, n := binary.Uvarint(b)
	return b[n : n+int(size)]
}

// add appends a text of at most maxText bytes. most is how large a table can
// become.
func (t *stringTable) add(text []byte, most int64) {
	need := len(text) + binary.MaxVarintLen32
	last := len(t.blocks) - 1
	if last < 0 || cap(t.blocks[last])-len(t.blocks[last]) < need {
		room := max(min(textBlock, most), int64(need))
		t.blocks = append(t.blocks, make([]byte, 0, room))
		t.room += room
		last++
	}
	block := t.blocks[last]
	t.refs = append(t.refs, uint32(last<<textBlockBits|len(block)))
	block = binary.AppendUvarint(block, uint64(len(text)))
	t.blocks[last] = append(block, text...)
}

// bytes is the memory that the table takes, about.
func (t *stringTable) bytes() int64 {
	return t.room + int64(len(t.refs))*4 + int64(len(t.rich))*64
}

// readStrings reads the string table ([MS-XLS] 2.4.265).
func (f *File) readStrings(ctx context.Context, r *records) error {
	if f.stringsAt == 0 {
		return nil
	}
	r.at = f.stringsAt
	if err := r.next(); err != nil {
		return err
	}
	if err := r.need(8, theStrings); err != nil {
		return err
	}
	count := int64(r.u32(4))
	s := &segments{r, r.body[8:]}
	f.table.rich = map[int]richness{}
	var text []byte
	for n := int64(0); n < count; n++ {
		if n%betweenLook == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if done, err := s.end(); err != nil {
			return err
		} else if done {
			f.warn(diag.OddFile, diag.InFile(f.name), "the string table says that it holds %d texts, and holds %d",
				"bảng chuỗi dùng chung ghi có %d đoạn chữ nhưng chỉ có %d", count, n)
			return nil
		}
		var rich richness
		var err error
		if text, rich, err = f.richText(text[:0], s); err != nil {
			return err
		}
		if rich != (richness{}) {
			f.table.rich[len(f.table.refs)] = rich
		}
		f.table.add(text, 2*r.size)
		if most := f.limits.StringBytes; most > 0 && f.table.bytes() > most {
			return diag.TooMuch("the string table takes more than %d bytes", "bảng chuỗi dùng chung chiếm hơn %d byte", most)
		}
	}
	return nil
}

// end reports whether nothing is left of the record and those that continue it.
func (s *segments) end() (bool, error) {
	for len(s.data) == 0 {
		next, err := s.peek()
		if err != nil || next != recContinue {
			return true, err
		}
		if err := s.more(); err != nil {
			return true, err
		}
	}
	return false, nil
}

// richText reads a text with what follows it: the runs of its fonts, and how
// it is pronounced, which is left out ([MS-XLS] 2.5.293).
func (f *File) richText(dst []byte, s *segments) ([]byte, richness, error) {
	const wide, pronounced, inRuns = 1, 4, 8
	n, err := s.uint(2)
	if err != nil {
		return dst, richness{}, err
	}
	options, err := s.byte()
	if err != nil {
		return dst, richness{}, err
	}
	var runs, pronunciation uint32
	if options&inRuns != 0 {
		if runs, err = s.uint(2); err != nil {
			return dst, richness{}, err
		}
	}
	if options&pronounced != 0 {
		if pronunciation, err = s.uint(4); err != nil {
			return dst, richness{}, err
		}
	}
	start := len(dst)
	if dst, err = s.text(dst, int(n), options&wide != 0); err != nil {
		return dst, richness{}, err
	}
	list, err := f.runs(s, int(n), int(runs), 2)
	if err != nil {
		return dst, richness{}, err
	}
	dst, rich := enrich(dst, start, list, true)
	return dst, rich, s.skip(int64(pronunciation))
}
