package xls

import (
	"encoding/binary"
	"io"
	"math"
	"slices"
	"sort"
	"strings"
	"unicode/utf16"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/term"
)

// A compound file ([MS-CFB]) is a small file system: sectors of 512 or 4096
// bytes behind a header, an allocation table that says for each sector which
// one follows it, and a directory of streams. Streams of less than 4096 bytes
// lie in the sectors of 64 bytes of one stream that the root entry owns, with
// an allocation table of its own.
//
// Libraries follow a chain of sectors for as long as the stream's size tells
// them to, so that a chain that runs in a circle repeats cells. Here every
// sector belongs to one chain, once, or the file is refused.
const (
	compoundMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

	headerSize      = 512
	headerSlots     = 109 // sectors of the allocation table that the header lists
	entrySize       = 128
	smallSector     = 64
	smallStream     = 4096 // streams below this lie in the small sectors
	lastSector      = 0xfffffffa
	endOfChain      = 0xfffffffe
	noEntry         = 0xffffffff
	storageEntry    = 1
	streamEntry     = 2
	rootEntry       = 5
	entryNameLength = 0x40
	entryKind       = 0x42
	entryLeft       = 0x44
	entryRight      = 0x48
	entryChild      = 0x4c
	entryStart      = 0x74
	entryStreamSize = 0x78
)

// compound is an open compound file.
type compound struct {
	r     io.ReaderAt
	size  int64
	shift uint     // a sector has 1<<shift bytes
	count uint32   // sectors, the last of which may be cut
	table []uint32 // which sector follows a sector
	used  []bool   // sectors that belong to a chain
	small []uint32 // which small sector follows a small sector
	root  *stream  // of the small sectors; nil until they are needed

	header  []byte
	entries []byte // the directory
}

// stream is the content of a stream: pieces of the file.
type stream struct {
	r      io.ReaderAt
	pieces []piece
	size   int64
}

// piece is a run of sectors that lie one behind the other.
type piece struct {
	at   int64 // in the stream
	from int64 // in the file
	size int64
}

func errCompound(en, vi string, args ...any) error {
	return &diag.Fault{What: lang.F("this is an Office 97-2003 or password-protected file, and it is damaged ("+en+")",
		"đây là tệp Office 97-2003 hoặc tệp có mật khẩu, và đã bị hỏng ("+vi+")", args...), Remedy: term.AskSender}
}

func errCutOff() error { return errCompound("it is cut off", "bị cắt ngắn") }

// openCompound reads the allocation table and the directory.
func openCompound(r io.ReaderAt, size int64) (*compound, error) {
	c := &compound{r: r, size: size, header: make([]byte, headerSize)}
	if size < headerSize {
		return nil, errCutOff()
	}
	if err := readFull(r, c.header, 0); err != nil {
		return nil, err
	}
	switch shift := binary.LittleEndian.Uint16(c.header[0x1e:]); shift {
	case 9, 12:
		c.shift = uint(shift)
	default:
		return nil, errCompound("its sectors have 2^%d bytes, which they never have", "kích thước sector là 2^%d byte, không hợp lệ", shift)
	}
	if n := (size+1<<c.shift-1)>>c.shift - 1; n <= lastSector {
		c.count = uint32(max(n, 0))
	} else {
		return nil, errCompound("it is too large", "tệp quá lớn")
	}
	c.used = make([]bool, c.count)
	if err := c.readTable(); err != nil {
		return nil, err
	}
	directory, err := c.chain(c.field(0x30), math.MaxInt64)
	if err != nil {
		return nil, err
	}
	if directory.size < entrySize || directory.size > maxEntries*entrySize {
		return nil, errCompound("its directory has %d bytes", "thư mục bên trong có %d byte", directory.size)
	}
	c.entries, err = c.whole(directory)
	return c, err
}

// field is a number of the header.
func (c *compound) field(at int) uint32 { return binary.LittleEndian.Uint32(c.header[at:]) }

// readFull reads all of b; what is behind the end of a file reads as zero.
func readFull(r io.ReaderAt, b []byte, at int64) error {
	n, err := r.ReadAt(b, at)
	if n == len(b) || err == io.EOF {
		clear(b[n:])
		return nil
	}
	return err
}

// sector reads a sector of the allocation table.
func (c *compound) sector(n uint32, b []byte) error {
	if err := c.take(n); err != nil {
		return err
	}
	at := (int64(n) + 1) << c.shift
	if at+int64(len(b)) > c.size {
		return errCutOff()
	}
	return readFull(c.r, b, at)
}

// take notes that a sector belongs to a chain.
func (c *compound) take(n uint32) error {
	switch {
	case n >= c.count:
		return errCutOff()
	case c.used[n]:
		return errCompound("its sector %d is used twice: a chain of sectors runs in a circle, or two chains share it",
			"sector %d được dùng hai lần: chuỗi sector chạy vòng tròn hoặc hai chuỗi dùng chung", n)
	}
	c.used[n] = true
	return nil
}

// readTable reads the allocation table. Its sectors are listed in the header,
// and behind those in the sectors of another chain.
func (c *compound) readTable() error {
	b, sector := make([]byte, 1<<c.shift), make([]byte, 1<<c.shift)
	left := c.field(0x2c)
	add := func(slots []byte) error {
		for ; len(slots) > 0 && left > 0; slots, left = slots[4:], left-1 {
			n := binary.LittleEndian.Uint32(slots)
			if n > lastSector {
				continue
			}
			if err := c.sector(n, sector); err != nil {
				return err
			}
			for rest := sector; len(rest) > 0 && uint32(len(c.table)) < c.count; rest = rest[4:] {
				c.table = append(c.table, binary.LittleEndian.Uint32(rest))
			}
		}
		return nil
	}
	if err := add(c.header[0x4c : 0x4c+4*headerSlots]); err != nil {
		return err
	}
	for n, more := c.field(0x44), c.field(0x48); more > 0 && n <= lastSector; more-- {
		if err := c.sector(n, b); err != nil {
			return err
		}
		if err := add(b[:len(b)-4]); err != nil {
			return err
		}
		n = binary.LittleEndian.Uint32(b[len(b)-4:])
	}
	return nil
}

// chain follows the sectors from the first one on, at most as many as size
// bytes take.
func (c *compound) chain(n uint32, size int64) (*stream, error) {
	s := &stream{r: c.r}
	for ; s.size < size && n != endOfChain; n = c.table[n] {
		if err := c.take(n); err != nil {
			return nil, err
		}
		if uint32(len(c.table)) <= n {
			return nil, errCompound("its allocation table is too short", "bảng phân bổ sector quá ngắn")
		}
		s.add((int64(n)+1)<<c.shift, 1<<c.shift)
	}
	return s, nil
}

// add appends a sector.
func (s *stream) add(from, size int64) {
	if last := len(s.pieces) - 1; last >= 0 && s.pieces[last].from+s.pieces[last].size == from {
		s.pieces[last].size += size
	} else {
		s.pieces = append(s.pieces, piece{s.size, from, size})
	}
	s.size += size
}

// ReadAt reads from the pieces.
func (s *stream) ReadAt(b []byte, at int64) (n int, err error) {
	i := sort.Search(len(s.pieces), func(i int) bool { return s.pieces[i].at > at }) - 1
	for ; n < len(b) && i >= 0 && i < len(s.pieces); i++ {
		p := s.pieces[i]
		skip := at + int64(n) - p.at
		part := b[n:min(int64(len(b)), int64(n)+p.size-skip)]
		if err := readFull(s.r, part, p.from+skip); err != nil {
			return n, err
		}
		n += len(part)
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

// whole reads a stream that is known to be small.
func (c *compound) whole(s *stream) ([]byte, error) {
	if !s.lies(c.size) {
		return nil, errCutOff()
	}
	b := make([]byte, s.size)
	return b, readFull(s, b, 0)
}

// lies reports whether a stream lies inside a file of size bytes. The last
// sector of a file may be cut behind the end of its stream.
func (s *stream) lies(size int64) bool {
	return !slices.ContainsFunc(s.pieces, func(p piece) bool { return p.from+min(p.size, s.size-p.at) > size })
}

// openSmall reads the allocation table of the small sectors, and finds these.
func (c *compound) openSmall() error {
	table, err := c.chain(c.field(0x3c), int64(c.field(0x40))<<c.shift)
	if err != nil {
		return err
	}
	b, err := c.whole(table)
	if err != nil {
		return err
	}
	for ; len(b) > 0; b = b[4:] {
		c.small = append(c.small, binary.LittleEndian.Uint32(b))
	}
	root := entry(c.entries)
	size := int64(root.link(entryStreamSize))
	if c.root, err = c.chain(root.link(entryStart), size); err != nil {
		return err
	}
	c.root.size = min(c.root.size, size)
	if !c.root.lies(c.size) {
		return errCutOff()
	}
	return nil
}

// entry is a stream or a storage of the directory.
type entry []byte

func (e entry) link(at int) uint32 { return binary.LittleEndian.Uint32(e[at:]) }

func (e entry) name() string {
	n := int(binary.LittleEndian.Uint16(e[entryNameLength:]))/2 - 1 // without the zero at the end
	units := make([]uint16, max(0, min(n, entryNameLength/2-1)))
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(e[2*i:])
	}
	return string(utf16.Decode(units))
}

// top lists the entries at the top level of the directory: those of a workbook
// that is embedded in a document lie deeper. They hang together as a tree.
func (c *compound) top() ([]entry, error) {
	var found []entry
	seen := make([]bool, len(c.entries)/entrySize)
	seen[0] = true
	for todo := []uint32{entry(c.entries).link(entryChild)}; len(todo) > 0; {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if n == noEntry {
			continue
		}
		if uint64(n) >= uint64(len(seen)) || seen[n] {
			return nil, errCompound("entry %d of its directory is not there, or twice", "mục %d của thư mục bên trong không có hoặc lặp lại", n)
		}
		seen[n] = true
		e := entry(c.entries[int(n)*entrySize:][:entrySize])
		if kind := e[entryKind]; kind == streamEntry || kind == storageEntry {
			found = append(found, e)
		}
		todo = append(todo, e.link(entryRight), e.link(entryLeft))
	}
	slices.SortFunc(found, func(a, b entry) int { return strings.Compare(a.name(), b.name()) })
	return found, nil
}

// open returns the content of a stream.
func (c *compound) open(e entry) (*stream, error) {
	size := int64(binary.LittleEndian.Uint32(e[entryStreamSize:]))
	if high := e.link(entryStreamSize + 4); c.shift == 12 && high > 0 || size > c.size {
		return nil, errCutOff()
	}
	start := e.link(entryStart)
	s, err := &stream{r: c.r}, error(nil)
	switch {
	case size == 0:
	case size < smallStream:
		s, err = c.smallChain(start, size)
	default:
		s, err = c.chain(start, size)
	}
	if err != nil {
		return nil, err
	}
	if s.size < size {
		return nil, errCutOff()
	}
	s.size = size
	if size >= smallStream && !s.lies(c.size) {
		return nil, errCutOff()
	}
	return s, nil
}

// smallChain follows the small sectors of a stream.
func (c *compound) smallChain(n uint32, size int64) (*stream, error) {
	if c.root == nil {
		if err := c.openSmall(); err != nil {
			return nil, err
		}
	}
	s := &stream{r: c.root}
	seen := map[uint32]bool{}
	for ; s.size < size && n != endOfChain; n = c.small[n] {
		switch at := int64(n) * smallSector; {
		case seen[n]:
			return nil, errCompound("its small sector %d is used twice: a chain of sectors runs in a circle",
				"sector nhỏ %d được dùng hai lần: chuỗi sector chạy vòng tròn", n)
		case uint64(n) >= uint64(len(c.small)), at+smallSector > c.root.size:
			return nil, errCutOff()
		default:
			seen[n] = true
			s.add(at, smallSector)
		}
	}
	return s, nil
}
