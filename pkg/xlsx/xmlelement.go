package xlsx

import (
	"bytes"
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
)

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
	for i < len(b) && !attributeEnd[b[i]] {
		i++
	}
	plain := i < len(b) && b[i] == quote // as nearly always
	if !plain {
		n := bytes.IndexByte(b[i:], quote)
		if n < 0 {
			return -1
		}
		i += n
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
		return x.malformed("the prefix of <%s> is not declared", "tiền tố của <%s> chưa được khai báo", string(raw))
	}
	x.pos = stop
	return tokenStart
}

// bind declares the prefix of an xmlns attribute for the present element.
func (x *xmlReader) bind(a attr) bool {
	prefix, named := bytes.CutPrefix(a.name[5:], []byte(":"))
	if !named && len(prefix) > 0 {
		return true // xmlnsfoo="" declares nothing
	}
	uri := unescape(a.value)
	s, known := spaces[string(uri)]
	if !known {
		s = spaceForeign
	}
	if len(x.bound) == maxBindings || named && (len(prefix) == 0 || len(uri) == 0 || string(prefix) == "xmlns") {
		x.malformed("a namespace declaration that cannot be read", "khai báo không gian tên không đọc được")
		return false
	}
	n := len(x.bound)
	x.bound = slices.Grow(x.bound, 1)[:n+1]
	b := &x.bound[n] // its prefix lies where another has lain, when there has been one
	b.prefix, b.space, b.depth = append(b.prefix[:0], prefix...), s, len(x.marks)
	if len(prefix) == 0 {
		x.defaultNS = s
	}
	return true
}

// resolve sets name and ns from a name as it stands in a tag.
func (x *xmlReader) resolve(raw []byte) {
	colon := bytes.IndexByte(raw, ':')
	if colon < 0 {
		x.name, x.ns = raw, x.defaultNS
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
		if string(x.bound[i].prefix) == string(prefix) {
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
	x.defaultNS = spaceNone
	for i := n - 1; i >= 0; i-- {
		if len(x.bound[i].prefix) == 0 {
			x.defaultNS = x.bound[i].space
			break
		}
	}
}

// is reports whether the present element has a local name in the namespace of
// spreadsheets.
func (x *xmlReader) is(name string) bool { return x.ns == spaceMain && string(x.name) == name }

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
		x.fail(diag.Wrong("the attribute %s of <%s> in %q is %q, and should be 0 or 1",
			"thuộc tính %s của <%s> trong %q là %q, đúng ra phải là 0 hoặc 1", name, string(x.name), x.src.part.name, shorten(value)))
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
