package workbook

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"io"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/parcheck/parcheck/pkg/lang"
)

// maxDecoded is how many bytes of a file that must be decoded as a whole are
// read: a page in a data URI, text in UTF-16.
const maxDecoded = 64 << 20

// decoded is a file taken out of what it was wrapped in.
type decoded struct {
	content
	text bool // it is text, and may not be wrapped again
}

func (d *decoded) open(ctx context.Context) (*Workbook, error) {
	if d.text {
		return d.openText(ctx)
	}
	return Open(ctx, d.name, d.r, d.size, d.opt)
}

// decode unwraps text in UTF-16 with a byte order mark, and a data URI that a
// web page's "export" saved to a file as it stood. It returns nil for a file
// that is not wrapped.
func (c *content) decode(head []byte) (*decoded, error) {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(head, []byte("\x00\x00\xfe\xff")):
		return nil, c.refuse(lang.T("the text is in UTF-32", "văn bản ở mã UTF-32"), exportAgain)
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		order = binary.BigEndian
	case isDataURI(head):
		return c.decodeURI()
	default:
		return nil, nil
	}
	raw, err := c.whole()
	if err != nil {
		return nil, err
	}
	text, ok := fromUTF16(raw[2:], order)
	if !ok {
		return nil, c.refuse(lang.T("the text is no sound UTF-16", "văn bản UTF-16 bị hỏng"), exportAgain)
	}
	return &decoded{c.with(text), true}, nil
}

// with is the content in other bytes.
func (c *content) with(b []byte) content {
	return content{name: c.name, r: bytes.NewReader(b), size: int64(len(b)), opt: c.opt}
}

// whole reads all bytes.
func (c *content) whole() ([]byte, error) {
	if c.size > maxDecoded {
		return nil, c.refuse(lang.F("the file has %d bytes; in this encoding at most %d are read",
			"tệp có %d byte; với cách mã hóa này chỉ đọc tối đa %d", c.size, maxDecoded), exportAgain)
	}
	b := make([]byte, c.size)
	if n, err := c.r.ReadAt(b, 0); n < len(b) {
		return nil, cannotRead(c.name, err)
	}
	return b, nil
}

// fromUTF16 decodes text; a lone surrogate or half a unit is an error.
func fromUTF16(b []byte, order binary.ByteOrder) ([]byte, bool) {
	out := make([]byte, 0, len(b))
	for ; len(b) >= 2; b = b[2:] {
		r := rune(order.Uint16(b))
		if utf16.IsSurrogate(r) {
			if len(b) < 4 {
				return nil, false
			}
			r = utf16.DecodeRune(r, rune(order.Uint16(b[2:])))
			if r == utf8.RuneError {
				return nil, false
			}
			b = b[2:]
		}
		out = utf8.AppendRune(out, r)
	}
	return out, len(b) == 0
}

var dataURI = regexp.MustCompile(`(?i)^data:[\w.+-]+/[\w.+-]+(;[\w.+-]+(=[\w.+-]+)?)*,`)

func isDataURI(head []byte) bool { return dataURI.Match(head[:min(len(head), 256)]) }

// decodeURI decodes a data URI (RFC 2397).
func (c *content) decodeURI() (*decoded, error) {
	broken := c.refuse(lang.T("this is a data URI that is cut off or damaged", "đây là data URI bị cắt hoặc hỏng"), exportAgain)
	raw, err := c.whole()
	if err != nil {
		return nil, err
	}
	media, data, _ := strings.Cut(string(raw), ",")
	if strings.HasSuffix(strings.ToLower(media), ";base64") {
		data = strings.Map(dropSpace, data)
		if strings.Contains(data, "%") {
			if data, err = url.PathUnescape(data); err != nil {
				return nil, broken
			}
		}
		raw, err = base64.RawStdEncoding.DecodeString(strings.TrimRight(data, "="))
	} else {
		data, err = url.PathUnescape(data)
		raw = []byte(data)
	}
	if err != nil || isDataURI(raw) {
		return nil, broken
	}
	return &decoded{c.with(raw), false}, nil
}

func dropSpace(r rune) rune {
	if r == ' ' || r == '\t' || r == '\r' || r == '\n' {
		return -1
	}
	return r
}

// utf8Reader passes on UTF-8 text and fails where it is none.
type utf8Reader struct {
	r    io.Reader
	tail []byte // the beginning of a character that the last reading cut
	line int    // lines that ended before
}

var errNotUTF8 = errors.New("the text is not in UTF-8")

func (u *utf8Reader) Read(b []byte) (int, error) {
	n, err := u.r.Read(b)
	text := b[:n]
	if len(u.tail) > 0 {
		text = append(bytes.Clone(u.tail), text...)
	}
	u.tail = nil
	if whole := wholeCharacters(text); err == nil && whole < len(text) {
		u.tail = bytes.Clone(text[whole:])
		text = text[:whole]
	}
	valid := validLength(text)
	u.line += bytes.Count(text[:valid], []byte("\n"))
	if valid < len(text) || err == io.EOF && len(u.tail) > 0 {
		return 0, errNotUTF8
	}
	return n, err
}

// wholeCharacters returns how much of b is there before a character that its
// end cuts.
func wholeCharacters(b []byte) int {
	for i := 1; i <= min(utf8.UTFMax, len(b)); i++ {
		if utf8.RuneStart(b[len(b)-i]) {
			if !utf8.FullRune(b[len(b)-i:]) {
				return len(b) - i
			}
			break
		}
	}
	return len(b)
}

// validLength returns how much of b is UTF-8.
func validLength(b []byte) int {
	if utf8.Valid(b) {
		return len(b)
	}
	n := 0
	for {
		r, size := utf8.DecodeRune(b[n:])
		if r == utf8.RuneError && size <= 1 {
			return n
		}
		n += size
	}
}
