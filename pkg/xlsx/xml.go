package xlsx

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
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
	spaceNone    space = iota
	spaceMain          // SpreadsheetML
	spaceOffice        // relationships, as attributes name them
	spacePackage       // relationships, the parts that list them
	spaceTypes         // content types
	spaceXML           // xml:space
	spaceForeign       // any other
	spaceUnbound       // the prefix is not declared
)

var spaces = map[string]space{
	"": spaceNone,
	"http://schemas.openxmlformats.org/spreadsheetml/2006/main":           spaceMain,
	"http://purl.oclc.org/ooxml/spreadsheetml/main":                       spaceMain,
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships": spaceOffice,
	"http://purl.oclc.org/ooxml/officeDocument/relationships":             spaceOffice,
	"http://schemas.openxmlformats.org/package/2006/relationships":        spacePackage,
	"http://schemas.openxmlformats.org/package/2006/content-types":        spaceTypes,
}

// attr is an attribute; the value is as it stands in the part.
type attr struct{ name, value []byte }

// binding is a namespace prefix declared by the element at a depth.
type binding struct {
	prefix string
	space  space
	depth  int
}

// xmlReader reads one part as XML 1.0 with namespaces, in UTF-8, without a
// document type. It holds no more of the part than a block and a token, and
// checks that all of it is well-formed, also what its caller skips. Names
// outside ASCII, which no spreadsheet part has, are refused.
type xmlReader struct {
	ctx      context.Context
	src      *stream
	progress func(int64)

	block *block
	buf   []byte // what is left of the block, after what was left before
	pos   int    // of the next token in buf
	valid int    // up to where buf is known to be characters of XML
	base  int64  // offset in the part of buf[0]
	spill []byte // buf when more is left than the headroom holds
	ended bool   // the part has no more blocks

	name  []byte // local name of the present element
	ns    space
	attrs []attr
	text  []byte
	cdata bool

	open     []byte // the names of the open elements, one after the other
	marks    []int  // where each begins
	bound    []binding
	plain    space // the namespace of names without a prefix
	hollow   bool  // the present element is <a/>: its end comes next
	rootSeen bool
	err      error
}

// openXML starts to read a part as XML.
func (f *File) openXML(ctx context.Context, p *part) (*xmlReader, error) {
	src, err := f.open(p)
	if err != nil {
		return nil, err
	}
	x := &xmlReader{ctx: ctx, src: src, progress: f.read}
	if err := x.prolog(); err != nil {
		x.close()
		return nil, err
	}
	return x, nil
}

func (x *xmlReader) close() {
	x.src.release(x.block)
	x.block = nil
	x.src.close()
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
	return x.fail(wrong("the part %q is no well-formed XML at byte %d: "+en,
		"thành phần %q không phải XML hợp lệ tại byte %d: "+vi, args...))
}

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
	if x.progress != nil {
		x.progress(b.taken)
	}
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
	x.valid -= x.pos
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

// check validates the characters of what more has appended.
func (x *xmlReader) check() bool {
	n, ok := validChars(x.buf[x.valid:], x.ended)
	x.valid += n
	if !ok {
		x.pos = x.valid
		x.malformed("a byte that is no UTF-8 or a character that XML does not allow",
			"byte không phải UTF-8 hoặc ký tự mà XML không cho phép")
	}
	return ok
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
	if x.progress != nil {
		x.progress(b.taken)
	}
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

// declaration reads <?xml version="1.0" encoding="UTF-8"?>.
func (x *xmlReader) declaration() error {
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

// next moves to the next token. What it returns is valid until the next call.
func (x *xmlReader) next() token {
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
	return x.fail(damaged("the part %q ends too early, at byte %d, with elements open",
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
		return x.fail(wrong("the part %q has a document type (DOCTYPE), which no spreadsheet program writes",
			"thành phần %q có khai báo DOCTYPE, điều mà phần mềm bảng tính không bao giờ ghi", x.src.part.name))
	}
	return x.malformed("a declaration that cannot be read", "khai báo không đọc được")
}

// startTag reads <name attributes>.
func (x *xmlReader) startTag() token {
	for {
		i := x.pos + 1
		for i < len(x.buf) && nameByte[x.buf[i]] {
			i++
		}
		if i < len(x.buf) {
			raw := x.buf[x.pos+1 : i]
			if len(raw) == 0 || notNameStart[raw[0]] {
				return x.malformed("a tag without a name", "thẻ không có tên")
			}
			stop, hollow, whole := x.attributes(i, len(x.buf))
			if x.err != nil {
				return tokenError
			}
			if whole {
				x.hollow = hollow
				return x.openElement(raw, stop)
			}
		}
		if !x.more() {
			return x.cut()
		}
	}
}

// attributes reads from i on, up to stop, to the end of a tag. It returns
// where it came to, whether the tag ends in "/>", and whether it ends at all.
func (x *xmlReader) attributes(i, stop int) (end int, hollow, whole bool) {
	b := x.buf[:stop]
	x.attrs = x.attrs[:0]
	for {
		gap := i
		for i < len(b) && isSpace[b[i]] {
			i++
		}
		if i == len(b) {
			return i, false, false
		}
		switch {
		case b[i] == '>':
			return i + 1, false, true
		case b[i] == '/':
			if i+1 == len(b) {
				return i, false, false
			}
			if b[i+1] != '>' {
				x.malformed("\"/\" inside a tag", "dấu \"/\" nằm trong thẻ")
			}
			return i + 2, true, true
		case gap == i || len(x.attrs) == maxAttributes:
			x.malformed("a tag that cannot be read", "thẻ không đọc được")
			return i, false, true
		}
		if i = x.attribute(b, i); i < 0 || x.err != nil {
			return i, false, x.err != nil
		}
	}
}

// attribute reads name="value" at i and returns where it ends; -1 when b ends
// before.
func (x *xmlReader) attribute(b []byte, i int) int {
	start := i
	for i < len(b) && nameByte[b[i]] {
		i++
	}
	name := b[start:i]
	for i < len(b) && isSpace[b[i]] {
		i++
	}
	if i == len(b) {
		return -1
	}
	if len(name) == 0 || notNameStart[name[0]] || b[i] != '=' {
		x.malformed("an attribute that cannot be read", "thuộc tính không đọc được")
		return i
	}
	i++
	for i < len(b) && isSpace[b[i]] {
		i++
	}
	if i == len(b) {
		return -1
	}
	quote := b[i]
	if quote != '"' && quote != '\'' {
		x.malformed("an attribute without quotes", "thuộc tính không có dấu nháy")
		return i
	}
	i++
	start = i
	plain := true
	for ; i < len(b) && b[i] != quote; i++ {
		if b[i] == '&' || b[i] == '<' {
			plain = false
		}
	}
	if i == len(b) {
		return -1
	}
	value := b[start:i]
	if !plain && (bytes.IndexByte(value, '<') >= 0 || !validEntities(value)) {
		x.malformed("an attribute value with \"<\" or an entity that XML does not define",
			"giá trị thuộc tính có \"<\" hoặc thực thể mà XML không định nghĩa")
	}
	x.attrs = append(x.attrs, attr{name, value})
	return i + 1
}

// openElement enters the element whose tag has been read up to stop.
func (x *xmlReader) openElement(raw []byte, stop int) token {
	if len(x.marks) == 0 {
		if x.rootSeen {
			return x.malformed("a second root element", "có phần tử gốc thứ hai")
		}
		x.rootSeen = true
	}
	if len(x.marks) == maxDepth {
		return x.malformed("more than %d elements inside each other", "hơn %d phần tử lồng nhau", maxDepth)
	}
	x.marks = append(x.marks, len(x.open))
	x.open = append(x.open, raw...)
	for _, a := range x.attrs {
		if len(a.name) >= 5 && a.name[0] == 'x' && string(a.name[:5]) == "xmlns" && !x.bind(a) {
			return tokenError
		}
	}
	if x.resolve(raw); x.ns == spaceUnbound {
		return x.malformed("the prefix of <%s> is not declared", "tiền tố của <%s> chưa được khai báo", raw)
	}
	x.pos = stop
	return tokenStart
}

// bind declares the prefix of an xmlns attribute for the present element.
func (x *xmlReader) bind(a attr) bool {
	prefix, named := strings.CutPrefix(string(a.name[5:]), ":")
	if !named && prefix != "" {
		return true // xmlnsfoo="" declares nothing
	}
	uri := string(unescape(a.value))
	s, known := spaces[uri]
	if !known {
		s = spaceForeign
	}
	if len(x.bound) == maxBindings || named && (prefix == "" || uri == "" || prefix == "xmlns") {
		x.malformed("a namespace declaration that cannot be read", "khai báo không gian tên không đọc được")
		return false
	}
	x.bound = append(x.bound, binding{prefix, s, len(x.marks)})
	if prefix == "" {
		x.plain = s
	}
	return true
}

// resolve sets name and ns from a name as it stands in a tag.
func (x *xmlReader) resolve(raw []byte) {
	colon := bytes.IndexByte(raw, ':')
	if colon < 0 {
		x.name, x.ns = raw, x.plain
		return
	}
	x.name = raw[colon+1:]
	x.ns = x.lookup(raw[:colon])
	if len(x.name) == 0 || notNameStart[x.name[0]] || bytes.IndexByte(x.name, ':') >= 0 {
		x.ns = spaceUnbound
	}
}

func (x *xmlReader) lookup(prefix []byte) space {
	for i := len(x.bound) - 1; i >= 0; i-- {
		if x.bound[i].prefix == string(prefix) {
			return x.bound[i].space
		}
	}
	if string(prefix) == "xml" {
		return spaceXML
	}
	return spaceUnbound
}

// endTag reads </name>.
func (x *xmlReader) endTag() token {
	if n := len(x.marks); n > 0 { // written without white space, as nearly always
		name := x.open[x.marks[n-1]:]
		if tag := x.buf[x.pos+2:]; len(tag) > len(name) && tag[len(name)] == '>' && string(tag[:len(name)]) == string(name) {
			x.pos += len(name) + 3
			return x.closeElement()
		}
	}
	stop := x.find(2, ">")
	if stop < 0 {
		return tokenError
	}
	raw := x.buf[x.pos+2 : stop]
	for len(raw) > 0 && isSpace[raw[len(raw)-1]] {
		raw = raw[:len(raw)-1]
	}
	n := len(x.marks)
	if n == 0 || string(raw) != string(x.open[x.marks[n-1]:]) {
		return x.malformed("</%s> closes what is not open", "</%s> đóng một phần tử không mở", shorten(raw))
	}
	x.pos = stop + 1
	return x.closeElement()
}

// closeElement leaves the innermost element.
func (x *xmlReader) closeElement() token {
	n := len(x.marks)
	x.resolve(x.open[x.marks[n-1]:])
	x.open = x.open[:x.marks[n-1]]
	x.marks = x.marks[:n-1]
	if b := len(x.bound); b > 0 && x.bound[b-1].depth == n {
		x.unbind(n)
	}
	return tokenEnd
}

// unbind forgets the prefixes declared at a depth.
func (x *xmlReader) unbind(depth int) {
	n := len(x.bound)
	for n > 0 && x.bound[n-1].depth == depth {
		n--
	}
	x.bound = x.bound[:n]
	x.plain = spaceNone
	for i := n - 1; i >= 0; i-- {
		if x.bound[i].prefix == "" {
			x.plain = x.bound[i].space
			break
		}
	}
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

// is reports whether the present element has a local name in the namespace of
// spreadsheets.
func (x *xmlReader) is(name string) bool { return x.ns == spaceMain && string(x.name) == name }

// attribute values

// get returns an attribute without a namespace, unescaped. An attribute that
// stands twice in a tag is an error.
func (x *xmlReader) get(name string) (value []byte, ok bool) {
	for _, a := range x.attrs {
		if string(a.name) != name {
			continue
		}
		if ok {
			x.malformed("the attribute %q stands twice in a tag", "thuộc tính %q lặp lại trong một thẻ", name)
			return nil, false
		}
		value, ok = unescape(a.value), true
	}
	return value, ok
}

// getIn returns an attribute of a namespace, unescaped.
func (x *xmlReader) getIn(ns space, name string) (value []byte, ok bool) {
	for _, a := range x.attrs {
		prefix, local, found := bytes.Cut(a.name, []byte(":"))
		if !found || string(local) != name || x.lookup(prefix) != ns {
			continue
		}
		if ok {
			x.malformed("the attribute %q stands twice in a tag", "thuộc tính %q lặp lại trong một thẻ", name)
			return nil, false
		}
		value, ok = unescape(a.value), true
	}
	return value, ok
}

// flag reads an attribute that is true or false (xsd:boolean).
func (x *xmlReader) flag(name string) bool {
	value, ok := x.get(name)
	if !ok {
		return false
	}
	on, ok := parseBool(value)
	if !ok {
		x.fail(wrong("the attribute %s of <%s> in %q is %q, and should be 0 or 1",
			"thuộc tính %s của <%s> trong %q là %q, đúng ra phải là 0 hoặc 1", name, x.name, x.src.part.name, shorten(value)))
	}
	return on
}

func parseBool(b []byte) (on, ok bool) {
	switch string(b) {
	case "1", "true":
		return true, true
	case "0", "false":
		return false, true
	}
	return false, false
}
