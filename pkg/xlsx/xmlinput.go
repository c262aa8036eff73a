package xlsx

import (
	"bytes"
	"encoding/binary"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/parcheck/parcheck/pkg/diag"
)

// more appends the next bytes of the part to what is left of buf. It returns
// false at the end of the part and on an error.
func (x *xmlReader) more() bool {
	if x.ended || x.err != nil {
		return false
	}
	if len(x.buf)-x.pos > maxToken {
		x.malformed("a tag or a text of more than %d bytes", "một thẻ hoặc đoạn chữ dài hơn %d byte", maxToken)
		return false
	}
	b, err := x.src.next(x.ctx)
	if err != nil {
		x.fail(err)
		return false
	}
	x.file.read(b.taken)
	x.append(b)
	x.ended = b.err != nil
	if x.ended && b.err != io.EOF {
		x.fail(b.err)
		return false
	}
	return x.check() && b.n > 0
}

// append puts what is left of buf before the bytes of a new block.
func (x *xmlReader) append(b *block) {
	left := x.buf[x.pos:]
	x.base += int64(x.pos)
	x.pos = 0
	if x.wide != nil {
		x.spill = x.wide.decode(append(x.spill[:0], left...), b.data[headroom:headroom+b.n])
		x.buf = x.spill
	} else if len(left) <= headroom {
		copy(b.data[headroom-len(left):], left)
		x.buf = b.data[headroom-len(left) : headroom+b.n]
	} else {
		x.spill = append(append(x.spill[:0], left...), b.data[headroom:headroom+b.n]...)
		x.buf = x.spill
	}
	x.src.release(x.block)
	x.block = b
}

// check fails when what has been appended last is not made of characters.
func (x *xmlReader) check() bool {
	b := x.block
	if x.wide != nil {
		n, ok := validChars(x.buf, false)
		if ok && n == len(x.buf) && (!x.ended || len(x.wide.cut) == 0) {
			return true
		}
		x.pos = n
	} else {
		if b.bad == b.n {
			return true
		}
		x.pos = len(x.buf) - b.n + b.bad
	}
	x.malformed("a byte that is no %s or a character that XML does not allow",
		"byte không phải %s hoặc ký tự mà XML không cho phép", x.encoding())
	return false
}

// prolog reads the byte order mark and the XML declaration.
func (x *xmlReader) prolog() error {
	// The first bytes tell UTF-16 before they are looked at as characters.
	b, err := x.src.next(x.ctx)
	if err != nil {
		return err
	}
	head := b.data[headroom : headroom+b.n]
	if len(head) >= 2 && (head[0] == 0 || head[1] == 0 || head[0] >= 0xfe) {
		if len(head) >= 4 && head[2] == 0 && head[3] == 0 || head[0] == 0 && head[1] == 0 {
			x.src.release(b)
			return x.encodingFault("UTF-32")
		}
		x.wide = &utf16Text{order: binary.LittleEndian}
		if head[0] == 0 || head[0] == 0xfe {
			x.wide.order = binary.BigEndian
		}
	}
	x.file.read(b.taken)
	x.append(b)
	if x.ended = b.err != nil; x.ended && b.err != io.EOF {
		return b.err
	}
	if !x.check() {
		return x.err
	}
	if bytes.HasPrefix(x.buf, []byte("\xef\xbb\xbf")) {
		x.pos = 3
	}
	if d := x.buf[x.pos:]; len(d) > 5 && string(d[:5]) == "<?xml" && isSpace[d[5]] {
		return x.declaration()
	}
	return nil
}

func (x *xmlReader) encodingFault(name string) error {
	return diag.Wrong("the part %q says that its letters are written in the encoding %q; only UTF-8 and UTF-16, which spreadsheet programs write, are read",
		"thành phần %q ghi chữ bằng bảng mã %q; chỉ đọc UTF-8 và UTF-16 như phần mềm bảng tính vẫn ghi", x.src.part.name, name)
}

// encoding names that in which the part is read.
func (x *xmlReader) encoding() string {
	if x.wide != nil {
		return "UTF-16"
	}
	return "UTF-8"
}

// readableEncoding reports whether a declared encoding is that in which the
// part is written, or a part of it.
func (x *xmlReader) readableEncoding(name string) bool {
	switch strings.ToUpper(name) {
	case "UTF-8", "UTF8", "US-ASCII":
		return x.wide == nil
	case "UTF-16", "UTF-16LE", "UTF-16BE":
		return x.wide != nil
	}
	return false
}

// utf16Text makes UTF-8 of UTF-16, block by block.
type utf16Text struct {
	order binary.ByteOrder
	cut   []byte // what the end of the last block has cut off: less than two units
}

// decode appends a block as UTF-8. Half a surrogate pair becomes a character
// that XML does not allow.
func (w *utf16Text) decode(dst, block []byte) []byte {
	block = append(w.cut, block...)
	for len(block) >= 2 {
		r, size := rune(w.order.Uint16(block)), 2
		if utf16.IsSurrogate(r) {
			if len(block) < 4 {
				break
			}
			if r = utf16.DecodeRune(r, rune(w.order.Uint16(block[2:]))); r == utf8.RuneError {
				r = 0xfffe
			}
			size = 4
		}
		dst = utf8.AppendRune(dst, r)
		block = block[size:]
	}
	w.cut = slices.Clone(block)
	return dst
}

// usualDeclarations are the XML declarations that Excel and other programs write.
var usualDeclarations = [...]string{
	`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`,
	`<?xml version="1.0" encoding="UTF-8"?>`,
}

// declaration reads <?xml version="1.0" encoding="UTF-8"?>.
func (x *xmlReader) declaration() error {
	for _, usual := range usualDeclarations {
		if x.wide == nil && bytes.HasPrefix(x.buf[x.pos:], []byte(usual)) {
			x.pos += len(usual)
			return nil
		}
	}
	end := bytes.Index(x.buf[x.pos:], []byte("?>"))
	if end < 0 {
		x.malformed("an XML declaration without end", "khai báo XML không kết thúc")
		return x.err
	}
	stop := x.pos + end
	i, _, _ := x.attributes(x.pos+5, stop)
	if x.err == nil && i != stop {
		x.malformed("an XML declaration that cannot be read", "khai báo XML không đọc được")
	}
	expected := []string{"version", "encoding", "standalone"}
	for i, a := range x.attrs {
		n := slices.Index(expected, string(a.name))
		if n < 0 || i == 0 && n != 0 {
			x.malformed("an XML declaration that cannot be read", "khai báo XML không đọc được")
			break
		}
		expected[n] = "" // each once
		switch value := string(a.value); {
		case n == 0 && value != "1.0":
			x.malformed("XML version %q", "XML phiên bản %q", value)
		case n == 1 && !x.readableEncoding(value):
			x.fail(x.encodingFault(value))
		}
	}
	x.pos = stop + 2
	return x.err
}
