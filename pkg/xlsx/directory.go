package xlsx

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
)

// part is one entry of the zip directory.
type part struct {
	name       string // as the directory has it, with "/" between folders
	rawName    string
	encrypted  bool
	method     uint16
	crc        uint32
	compressed int64
	size       int64
	offset     int64 // of the local header
	end        int64 // where the next entry or the directory begins
	inflated   bool  // it has been counted as read
}

// archive is the directory of a zip file (PKWARE APPNOTE 6.3), read strictly:
// no two entries share a name or a byte.
type archive struct {
	r        io.ReaderAt
	parts    map[string]*part // by folded name
	trailing int64            // bytes behind the end of the zip
	slashes  bool             // names are written with backslashes
	local    []byte           // the last local header
}

const (
	methodStored   = 0
	methodDeflated = 8

	flagEncrypted = 1 << 0

	endSize       = 22
	end64Size     = 56
	locatorSize   = 20
	entrySize     = 46
	localSize     = 30
	maxZipComment = 1<<16 - 1
)

var le = binary.LittleEndian

// errCut is what most often happened to a file without a sound directory.
func errCut() error {
	return diag.Damaged("the zip directory at the end of the file is missing or damaged, as when a file was cut off",
		"mục lục zip ở cuối tệp bị mất hoặc hỏng, như khi tệp bị cắt ngắn")
}

// openArchive reads the directory of a zip file of size bytes.
func openArchive(r io.ReaderAt, size int64) (*archive, error) {
	end, trailing, err := findEnd(r, size)
	if err != nil {
		return nil, err
	}
	if end.entries > maxParts || end.size > maxDirectory {
		return nil, diag.TooMuch("the file holds %d parts; at most %d are read",
			"tệp chứa %d thành phần; chỉ đọc tối đa %d", end.entries, maxParts)
	}
	raw := make([]byte, end.size)
	if err := readFull(r, raw, end.offset); err != nil {
		return nil, err
	}
	a := &archive{r: r, parts: make(map[string]*part, end.entries), trailing: trailing}
	all := make([]part, end.entries) // no more than the directory has bytes for
	byOffset := make([]*part, 0, end.entries)
	for i := range all {
		p := &all[i]
		n, ok := p.parse(raw)
		if !ok {
			return nil, errCut()
		}
		raw = raw[n:]
		byOffset = append(byOffset, p)
		if err := a.add(p); err != nil {
			return nil, err
		}
	}
	if len(raw) != 0 {
		return nil, errCut()
	}
	return a, separate(byOffset, int64(end.offset))
}

// add files a part under its name.
func (a *archive) add(p *part) error {
	if strings.HasSuffix(p.name, "/") {
		return nil // a folder
	}
	a.slashes = a.slashes || p.name != p.rawName
	key := fold(p.name)
	if q := a.parts[key]; q != nil {
		return diag.Damaged("the file holds two parts named %q and %q", "tệp có hai thành phần trùng tên %q và %q", q.name, p.name)
	}
	a.parts[key] = p
	return nil
}

// fold makes names that differ in ASCII case only alike, as the Open
// Packaging Conventions compare them.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, name)
}

// part finds a part by its name, without a slash at its beginning.
func (a *archive) part(name string) *part { return a.parts[fold(name)] }

// separate refuses entries that lie upon each other, by which a small file
// would inflate many times, and sets where each ends at the latest.
func separate(parts []*part, directory int64) error {
	slices.SortFunc(parts, func(a, b *part) int { return cmp.Compare(a.offset, b.offset) })
	for i, p := range parts {
		p.end = directory
		if i+1 < len(parts) {
			p.end = parts[i+1].offset
		}
		if p.offset+localSize+int64(len(p.rawName)) > p.end-p.compressed {
			return diag.Damaged("the part %q reaches into what follows it", "thành phần %q lấn sang phần tiếp theo", p.name)
		}
	}
	return nil
}

// zipEnd is where the directory lies.
type zipEnd struct {
	entries, size, offset int64
}

// findEnd finds the record at the end of a zip file; most have no comment
// behind it.
func findEnd(r io.ReaderAt, size int64) (end zipEnd, trailing int64, err error) {
	for _, most := range []int64{1 << 10, endSize + maxZipComment + 1} {
		tail := make([]byte, min(size, most))
		start := size - int64(len(tail))
		if err := readFull(r, tail, start); err != nil {
			return end, 0, err
		}
		for i := len(tail) - endSize; i >= 0; i-- {
			if i = bytes.LastIndex(tail[:i+4], []byte("PK\x05\x06")); i < 0 {
				break
			}
			trailing = int64(len(tail)-i-endSize) - int64(le.Uint16(tail[i+20:]))
			if trailing >= 0 {
				end, err = parseEnd(r, tail[i:], start+int64(i))
				return end, trailing, err
			}
		}
	}
	return end, 0, errCut()
}

// parseEnd reads the record b that stands at a place.
func parseEnd(r io.ReaderAt, b []byte, at int64) (end zipEnd, err error) {
	disks := le.Uint32(b[4:])
	end = zipEnd{int64(le.Uint16(b[10:])), int64(le.Uint32(b[12:])), int64(le.Uint32(b[16:]))}
	if end.entries == 1<<16-1 || end.size == 1<<32-1 || end.offset == 1<<32-1 {
		if end, at, err = findEnd64(r, at); err != nil {
			return end, err
		}
		disks = 0
	}
	if disks != 0 || end.size < 0 || end.offset < 0 || end.entries < 0 || end.offset > at-end.size ||
		end.entries > end.size/entrySize {
		return end, errCut()
	}
	return end, nil
}

// findEnd64 reads the record of a large zip file by the locator that stands
// before the small record.
func findEnd64(r io.ReaderAt, at int64) (end zipEnd, pos int64, err error) {
	var locator [locatorSize]byte
	if at < locatorSize {
		return end, 0, errCut()
	}
	if err := readFull(r, locator[:], at-locatorSize); err != nil {
		return end, 0, err
	}
	pos = int64(le.Uint64(locator[8:]))
	if string(locator[:4]) != "PK\x06\x07" || pos < 0 || pos > at-locatorSize-end64Size {
		return end, 0, errCut()
	}
	var b [end64Size]byte
	if err := readFull(r, b[:], pos); err != nil {
		return end, 0, err
	}
	if string(b[:4]) != "PK\x06\x06" || le.Uint64(b[16:]) != 0 {
		return end, 0, errCut()
	}
	return zipEnd{int64(le.Uint64(b[32:])), int64(le.Uint64(b[40:])), int64(le.Uint64(b[48:]))}, pos, nil
}

// parse reads the entry of the directory at the beginning of b and says how
// long it is.
func (p *part) parse(b []byte) (n int, ok bool) {
	if len(b) < entrySize || string(b[:4]) != "PK\x01\x02" {
		return 0, false
	}
	nameLen, extraLen, commentLen := int(le.Uint16(b[28:])), int(le.Uint16(b[30:])), int(le.Uint16(b[32:]))
	n = entrySize + nameLen + extraLen + commentLen
	if n > len(b) {
		return 0, false
	}
	raw := string(b[entrySize : entrySize+nameLen])
	*p = part{
		name:       strings.TrimPrefix(strings.ReplaceAll(raw, `\`, "/"), "/"),
		rawName:    raw,
		encrypted:  le.Uint16(b[8:])&flagEncrypted != 0,
		method:     le.Uint16(b[10:]),
		crc:        le.Uint32(b[16:]),
		compressed: int64(le.Uint32(b[20:])),
		size:       int64(le.Uint32(b[24:])),
		offset:     int64(le.Uint32(b[42:])),
	}
	ok = p.widen(b[entrySize+nameLen:][:extraLen]) && p.compressed >= 0 && p.size >= 0 && p.offset >= 0
	return n, ok
}

// widen takes the numbers that did not fit from the zip64 extra field.
func (p *part) widen(extra []byte) bool {
	narrow := []*int64{&p.size, &p.compressed, &p.offset}
	narrow = slices.DeleteFunc(narrow, func(v *int64) bool { return *v != 1<<32-1 })
	for len(narrow) > 0 && len(extra) >= 4 {
		tag, n := le.Uint16(extra), int(le.Uint16(extra[2:]))
		extra = extra[4:]
		if n > len(extra) {
			return false
		}
		if tag == 1 {
			if n < 8*len(narrow) {
				return false
			}
			for i, v := range narrow {
				*v = int64(le.Uint64(extra[8*i:]))
			}
			return true
		}
		extra = extra[n:]
	}
	return len(narrow) == 0
}

// start finds where the bytes of a part begin, and refuses a local header that
// says something else than the directory.
func (a *archive) start(p *part) (int64, error) {
	switch {
	case p.encrypted:
		return 0, Password()
	case p.method != methodStored && p.method != methodDeflated:
		return 0, diag.Wrong("the part %q is compressed in a way that spreadsheet programs do not use (method %d)",
			"thành phần %q được nén bằng cách mà phần mềm bảng tính không dùng (phương thức %d)", p.name, p.method)
	case p.method == methodStored && p.size != p.compressed || p.size/maxDeflateRatio > p.compressed:
		return 0, diag.Damaged("the part %q declares %d bytes, which its %d compressed bytes cannot hold",
			"thành phần %q khai báo %d byte, nhiều hơn mức mà %d byte nén có thể chứa", p.name, p.size, p.compressed)
	}
	a.local = slices.Grow(a.local[:0], localSize+len(p.rawName))[:localSize+len(p.rawName)]
	b := a.local
	if err := readFull(a.r, b, p.offset); err != nil {
		return 0, err
	}
	start := p.offset + localSize + int64(le.Uint16(b[26:])) + int64(le.Uint16(b[28:]))
	if string(b[:4]) != "PK\x03\x04" || int(le.Uint16(b[26:])) != len(p.rawName) ||
		string(b[localSize:]) != p.rawName || le.Uint16(b[8:]) != p.method || start > p.end-p.compressed {
		return 0, diag.Damaged("the header of the part %q is not what the zip directory says",
			"phần đầu của thành phần %q không khớp với mục lục zip", p.name)
	}
	return start, nil
}

// readFull reads all of b; a file that ends before is cut.
func readFull(r io.ReaderAt, b []byte, at int64) error {
	n, err := r.ReadAt(b, at)
	if n == len(b) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		return errCut()
	}
	return err
}
