package xlsx

import (
	"bytes"
	"context"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
)

// token is what the XML reader met.
type token uint8

const (
	tokenError token = iota // x.err says why
	tokenStart              // x.name, x.ns, x.attrs
	tokenEnd                // x.name, x.ns
	tokenText               // x.text; CDATA when x.cdata
	tokenEOF
)

// space is a namespace, as far as the reader tells them apart.
type space uint8

const (
	spaceNone          space = iota
	spaceMain                // SpreadsheetML
	spaceOffice              // relationships, as attributes name them
	spacePackage             // relationships, the parts that list them
	spaceTypes               // content types
	spaceXML                 // xml:space
	spaceCompatibility       // content in several versions
	spaceODFOffice           // OpenDocument: see Space
	spaceODFTable
	spaceODFText
	spaceODFStyle
	spaceODFNumber
	spaceODFFormat
	spaceODFSVG
	spaceODFManifest
	spaceODFDrawing
	spaceCalcExt
	spaceForeign // any other
	spaceUnbound // the prefix is not declared
)

var spaces = map[string]space{
	"": spaceNone,
	"http://schemas.openxmlformats.org/spreadsheetml/2006/main":            spaceMain,
	"http://purl.oclc.org/ooxml/spreadsheetml/main":                        spaceMain,
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships":  spaceOffice,
	"http://purl.oclc.org/ooxml/officeDocument/relationships":              spaceOffice,
	"http://schemas.openxmlformats.org/package/2006/relationships":         spacePackage,
	"http://schemas.openxmlformats.org/package/2006/content-types":         spaceTypes,
	"http://schemas.openxmlformats.org/markup-compatibility/2006":          spaceCompatibility,
	"urn:oasis:names:tc:opendocument:xmlns:office:1.0":                     spaceODFOffice,
	"urn:oasis:names:tc:opendocument:xmlns:table:1.0":                      spaceODFTable,
	"urn:oasis:names:tc:opendocument:xmlns:text:1.0":                       spaceODFText,
	"urn:oasis:names:tc:opendocument:xmlns:style:1.0":                      spaceODFStyle,
	"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0":                  spaceODFNumber,
	"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0":          spaceODFFormat,
	"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0":             spaceODFSVG,
	"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0":                    spaceODFDrawing,
	"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0":                   spaceODFManifest,
	"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": spaceCalcExt,
}

// attr is an attribute; the value is as it stands in the part.
type attr struct{ name, value []byte }

// binding is a namespace prefix declared by the element at a depth.
type binding struct {
	prefix []byte
	space  space
	depth  int
}

// xmlReader reads one part as XML 1.0 with namespaces, in UTF-8, without a
// document type. It holds no more of the part than a block and a token, and
// checks that all of it is well-formed, also what its caller skips. Names
// outside ASCII, which no spreadsheet part has, are refused.
type xmlReader struct {
	ctx  context.Context
	src  *stream
	file *File // is told how much has been read

	block *block
	buf   []byte     // what is left of the block, after what was left before: characters, but for a cut off last one
	pos   int        // of the next token in buf
	base  int64      // offset in the part of buf[0]
	spill []byte     // buf when more is left than the headroom holds
	wide  *utf16Text // of a part in UTF-16
	ended bool       // the part has no more blocks

	name  []byte // local name of the present element
	ns    space
	attrs []attr
	text  []byte
	cdata bool

	versions  []int  // the depths of the versions that are read, of content in several
	open      []byte // the names of the open elements, one after the other
	marks     []int  // where each begins
	bound     []binding
	defaultNS space // of names without a prefix
	hollow    bool  // the present element is <a/>: its end comes next
	rootSeen  bool
	err       error
}

// openXML starts to read a part as XML.
func (f *File) openXML(ctx context.Context, p *part) (*xmlReader, error) {
	src, err := f.open(p)
	if err != nil {
		return nil, err
	}
	x := takeReader()
	x.ctx, x.src, x.file = ctx, src, f
	if err := x.prolog(); err != nil {
		x.close()
		return nil, err
	}
	return x, nil
}

// close ends the reading; x must not be used any more.
func (x *xmlReader) close() {
	x.src.release(x.block)
	x.src.close()
	giveReader(x)
}

// depth is the number of open elements.
func (x *xmlReader) depth() int { return len(x.marks) }

// fail records what is wrong and ends the reading.
func (x *xmlReader) fail(err error) token {
	if x.err == nil {
		x.err = err
	}
	return tokenError
}

// malformed fails with the place in the part.
func (x *xmlReader) malformed(en, vi string, args ...any) token {
	args = append([]any{x.src.part.name, x.base + int64(x.pos)}, args...)
	return x.fail(diag.Wrong("the part %q is no well-formed XML at byte %d: "+en,
		"thành phần %q không phải XML hợp lệ tại byte %d: "+vi, args...))
}

// token moves to the next token, whatever it is.
func (x *xmlReader) token() token {
	if x.hollow {
		x.hollow = false
		return x.closeElement()
	}
	for x.err == nil {
		if x.pos == len(x.buf) && !x.more() {
			return x.end()
		}
		if x.buf[x.pos] != '<' {
			if t := x.chars(); t != tokenEOF {
				return t
			}
			continue
		}
		if x.pos+1 == len(x.buf) && !x.more() {
			return x.cut()
		}
		switch x.buf[x.pos+1] {
		default:
			return x.startTag()
		case '/':
			return x.endTag()
		case '?':
			x.instruction()
		case '!':
			if t := x.declared(); t != tokenEOF {
				return t
			}
		}
	}
	return tokenError
}

// end is the end of the part, where everything must be closed.
func (x *xmlReader) end() token {
	switch {
	case x.err != nil:
		return tokenError
	case len(x.marks) > 0 || !x.rootSeen:
		return x.cut()
	}
	return tokenEOF
}

func (x *xmlReader) cut() token {
	if x.err != nil {
		return tokenError
	}
	return x.fail(diag.Damaged("the part %q ends too early, at byte %d, with elements open",
		"thành phần %q kết thúc quá sớm, ở byte %d, khi còn phần tử chưa đóng", x.src.part.name, x.base+int64(len(x.buf))))
}

// find returns where sep next stands, at or after from bytes behind pos, or -1
// after a failure.
func (x *xmlReader) find(from int, sep string) int {
	for {
		if from <= len(x.buf)-x.pos {
			if i := bytes.Index(x.buf[x.pos+from:], []byte(sep)); i >= 0 {
				return x.pos + from + i
			}
		}
		from = max(from, len(x.buf)-x.pos-len(sep)+1)
		if !x.more() {
			x.cut()
			return -1
		}
	}
}

// chars reads text up to the next tag. It returns tokenEOF for what stands
// outside the root element and is white space.
func (x *xmlReader) chars() token {
	from := 0
	for {
		if i := bytes.IndexByte(x.buf[x.pos+from:], '<'); i >= 0 {
			x.text = x.buf[x.pos : x.pos+from+i]
			break
		}
		from = len(x.buf) - x.pos
		if !x.more() {
			if x.err != nil {
				return tokenError
			}
			x.text = x.buf[x.pos:]
			break
		}
	}
	x.cdata = false
	if len(x.marks) == 0 {
		if !blank(x.text) {
			return x.malformed("text outside the root element", "có chữ nằm ngoài phần tử gốc")
		}
		x.pos += len(x.text)
		return tokenEOF
	}
	if !validText(x.text) {
		return x.malformed("an entity that XML does not define, or \"]]>\" in a text",
			"thực thể mà XML không định nghĩa, hoặc \"]]>\" trong đoạn chữ")
	}
	x.pos += len(x.text)
	return tokenText
}

// instruction passes over <?...?>.
func (x *xmlReader) instruction() {
	stop := x.find(2, "?>")
	if stop < 0 {
		return
	}
	target := x.buf[x.pos+2 : stop]
	n := 0
	for n < len(target) && nameByte[target[n]] {
		n++
	}
	if n == 0 || notNameStart[target[0]] || n < len(target) && !isSpace[target[n]] || strings.EqualFold(string(target[:n]), "xml") {
		x.malformed("a processing instruction that cannot be read", "chỉ thị xử lý không đọc được")
		return
	}
	x.pos = stop + 2
}

// declared reads what begins with <!: a comment, which it passes over, or
// CDATA.
func (x *xmlReader) declared() token {
	for len(x.buf)-x.pos < len("<![CDATA[") && x.more() {
	}
	if x.err != nil {
		return tokenError
	}
	switch rest := x.buf[x.pos:]; {
	case bytes.HasPrefix(rest, []byte("<!--")):
		stop := x.find(4, "--")
		if stop < 0 {
			return tokenError
		}
		for stop+2 == len(x.buf) {
			at := stop - x.pos
			if !x.more() {
				return x.cut()
			}
			stop = x.pos + at
		}
		if x.buf[stop+2] != '>' {
			return x.malformed("\"--\" inside a comment", "\"--\" nằm trong chú thích")
		}
		x.pos = stop + 3
		return tokenEOF
	case bytes.HasPrefix(rest, []byte("<![CDATA[")) && len(x.marks) > 0:
		stop := x.find(len("<![CDATA["), "]]>")
		if stop < 0 {
			return tokenError
		}
		x.text = x.buf[x.pos+len("<![CDATA[") : stop]
		x.cdata = true
		x.pos = stop + 3
		return tokenText
	case bytes.HasPrefix(rest, []byte("<!DOCTYPE")):
		return x.fail(diag.Wrong("the part %q has a document type (DOCTYPE), which no spreadsheet program writes",
			"thành phần %q có khai báo DOCTYPE, điều mà phần mềm bảng tính không bao giờ ghi", x.src.part.name))
	}
	return x.malformed("a declaration that cannot be read", "khai báo không đọc được")
}

// skip passes over what is left of the present element, its end included. The
// present token is its start.
func (x *xmlReader) skip() bool {
	for depth := len(x.marks); ; {
		switch x.next() {
		case tokenError:
			return false
		case tokenEnd:
			if len(x.marks) < depth {
				return true
			}
		}
	}
}

// finish reads what follows the root element, and so checks that the part is
// whole and sound.
func (x *xmlReader) finish() bool {
	for {
		switch x.next() {
		case tokenEOF:
			return true
		case tokenError:
			return false
		}
	}
}
