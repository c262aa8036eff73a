package xls

import (
	"encoding/binary"
	"io"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// kind is the type of a record ([MS-XLS] 2.3).
type kind uint16

// The records that matter.
const (
	recFormula     kind = 0x0006
	recEOF         kind = 0x000a
	recCalcMode    kind = 0x000d
	recExternSheet kind = 0x0017
	recDateMode    kind = 0x0022
	recFilePass    kind = 0x002f
	recFont        kind = 0x0031
	recContinue    kind = 0x003c
	recCodePage    kind = 0x0042
	recWriteAccess kind = 0x005c
	recUncalced    kind = 0x005e
	recColInfo     kind = 0x007d
	recBoundSheet  kind = 0x0085
	recPalette     kind = 0x0092
	recFilterMode  kind = 0x009b
	recMulRK       kind = 0x00bd
	recMulBlank    kind = 0x00be
	recRString     kind = 0x00d6
	recXF          kind = 0x00e0
	recMergeCells  kind = 0x00e5
	recSST         kind = 0x00fc
	recLabelSST    kind = 0x00fd
	recSupBook     kind = 0x01ae
	recRecalcID    kind = 0x01c1
	recBlank       kind = 0x0201
	recNumber      kind = 0x0203
	recLabel       kind = 0x0204
	recBoolErr     kind = 0x0205
	recString      kind = 0x0207
	recRow         kind = 0x0208
	recArray       kind = 0x0221
	recDefaultRow  kind = 0x0225
	recTable       kind = 0x0236
	recRK          kind = 0x027e
	recFormat      kind = 0x041e
	recShared      kind = 0x04bc
	recBOF         kind = 0x0809

	// The beginning of a stream of Excel 2 to 4, and cells of those.
	recBOF2     kind = 0x0009
	recBOF3     kind = 0x0209
	recBOF4     kind = 0x0409
	recBlank2   kind = 0x0001
	recInteger2 kind = 0x0002
	recNumber2  kind = 0x0003
	recLabel2   kind = 0x0004
	recBoolErr2 kind = 0x0005
	recString2  kind = 0x0007
	recInteger3 kind = 0x0202
	recFormula3 kind = 0x0206
	recFormula4 kind = 0x0406
)

const (
	recordHeader = 4
	windowSize   = 1 << 17 // holds any record
	jumpSize     = 1 << 10 // what is read behind a jump
)

// records reads the records of a stream one after the other.
type records struct {
	src    io.ReaderAt
	size   int64
	taken  func(int64) // told of the bytes that are read
	window []byte
	from   int64 // where the window lies
	at     int64 // the next record
	jumped bool

	// The present record. The body is valid until the next one is read.
	kind  kind
	body  []byte
	place int64
}

// jump makes the record at a place the next one.
func (r *records) jump(at int64) { r.at, r.jumped = at, true }

// look returns n bytes from a place on, or fewer at the end of the stream.
func (r *records) look(at int64, n int) ([]byte, error) {
	if n = int(max(0, min(int64(n), r.size-at))); n == 0 {
		return nil, nil
	}
	if at < r.from || at+int64(n) > r.from+int64(len(r.window)) {
		want := windowSize
		if r.jumped {
			want = max(n, jumpSize)
		}
		want = int(min(int64(want), r.size-at))
		if cap(r.window) < want {
			r.window = make([]byte, want)
		}
		r.window, r.from = r.window[:want], at
		if err := readFull(r.src, r.window, at); err != nil {
			r.window = nil
			return nil, err
		}
		r.taken(int64(want))
	}
	return r.window[at-r.from:][:n], nil
}

// next moves to the next record.
func (r *records) next() error {
	head, err := r.look(r.at, recordHeader)
	if err != nil {
		return err
	}
	if len(head) < recordHeader {
		return diag.Damaged("the workbook inside the file ends at byte %d, before its end is marked",
			"sổ bảng tính trong tệp dừng ở byte %d, trước dấu kết thúc", r.size)
	}
	r.kind = kind(binary.LittleEndian.Uint16(head))
	size := int(binary.LittleEndian.Uint16(head[2:]))
	r.place = r.at
	if r.body, err = r.look(r.at+recordHeader, size); err != nil {
		return err
	}
	if len(r.body) < size {
		return diag.Damaged("the workbook inside the file ends at byte %d, inside a record",
			"sổ bảng tính trong tệp dừng ở byte %d, giữa một bản ghi", r.size)
	}
	r.at += recordHeader + int64(size)
	return nil
}

// peek returns the kind of the next record; 0 at the end.
func (r *records) peek() (kind, error) {
	head, err := r.look(r.at, recordHeader)
	if err != nil || len(head) < recordHeader {
		return 0, err
	}
	return kind(binary.LittleEndian.Uint16(head)), nil
}

// need fails when the present record is shorter than n bytes.
func (r *records) need(n int, what lang.Text) error {
	if len(r.body) >= n {
		return nil
	}
	return diag.Damaged("the record of %s at byte %d has %d bytes and needs %d", "bản ghi %s ở byte %d có %d byte, cần %d",
		what, r.place, len(r.body), n)
}

func (r *records) u16(at int) int    { return int(binary.LittleEndian.Uint16(r.body[at:])) }
func (r *records) u32(at int) uint32 { return binary.LittleEndian.Uint32(r.body[at:]) }

// segments reads what is left of a record and the CONTINUE records behind it
// as one.
type segments struct {
	*records
	data []byte
}

// more goes on with the CONTINUE record that must follow.
func (s *segments) more() error {
	next, err := s.peek()
	if err != nil {
		return err
	}
	if next != recContinue {
		return errCutText(s.place)
	}
	if err := s.next(); err != nil {
		return err
	}
	s.data = s.body
	return nil
}

func errCutText(place int64) error {
	return diag.Damaged("the text at byte %d is cut short", "đoạn chữ ở byte %d bị cắt ngắn", place)
}

// byte reads one byte.
func (s *segments) byte() (byte, error) {
	for len(s.data) == 0 {
		if err := s.more(); err != nil {
			return 0, err
		}
	}
	b := s.data[0]
	s.data = s.data[1:]
	return b, nil
}

// uint reads an unsigned number of n bytes.
func (s *segments) uint(n int) (uint32, error) {
	var out uint32
	for i := range n {
		b, err := s.byte()
		if err != nil {
			return 0, err
		}
		out |= uint32(b) << (8 * i)
	}
	return out, nil
}

// skip passes over n bytes.
func (s *segments) skip(n int64) error {
	for n > int64(len(s.data)) {
		n -= int64(len(s.data))
		if err := s.more(); err != nil {
			return err
		}
	}
	s.data = s.data[n:]
	return nil
}
