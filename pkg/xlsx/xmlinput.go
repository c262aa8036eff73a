package xlsx

import (
	"bytes"
	"io"
	"slices"
	"strings"
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
	if len(left) <= headroom {
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
	if b.bad == b.n {
		return true
	}
	x.pos = len(x.buf) - b.n + b.bad
	x.malformed("a byte that is no UTF-8 or a character that XML does not allow",
		"byte không phải UTF-8 hoặc ký tự mà XML không cho phép")
	return false
}

// prolog reads the byte order mark and the XML declaration.
func (x *xmlReader) prolog() error {
	// The first bytes tell UTF-16 before they are refused as characters.
	b, err := x.src.next(x.ctx)
	if err != nil {
		return err
	}
	head := b.data[headroom : headroom+b.n]
	if len(head) >= 2 && (head[0] == 0 || head[1] == 0 || head[0] >= 0xfe) {
		x.src.release(b)
		return x.encodingFault("UTF-16")
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
	return wrong("the part %q is written in %s; only UTF-8 is read",
		"thành phần %q được ghi bằng mã %s; chỉ đọc UTF-8", x.src.part.name, name)
}

// readableEncoding reports whether a declared encoding is UTF-8 or a part of it.
func readableEncoding(name string) bool {
	switch strings.ToUpper(name) {
	case "UTF-8", "UTF8", "US-ASCII":
		return true
	}
	return false
}

// usualDeclarations are what Excel and others write.
var usualDeclarations = [...]string{
	`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`,
	`<?xml version="1.0" encoding="UTF-8"?>`,
}

// declaration reads <?xml version="1.0" encoding="UTF-8"?>.
func (x *xmlReader) declaration() error {
	for _, usual := range usualDeclarations {
		if bytes.HasPrefix(x.buf[x.pos:], []byte(usual)) {
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
		case n == 1 && !readableEncoding(value):
			x.fail(x.encodingFault(value))
		}
	}
	x.pos = stop + 2
	return x.err
}
