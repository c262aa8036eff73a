package xlsx

import (
	"bytes"
	"math/bits"

	"github.com/parcheck/parcheck/pkg/cell"
)

// Nearly all rows, cells and strings of large files are written in one way:
//
//	<row r="7" spans="1:12">
//	<c r="B7" s="1" t="s"><v>12</v></c>
//	<si><t>Sở Nội vụ</t></si>
//
// What follows reads these in place. Whatever looks different in any way, and
// whatever is wrong, it leaves to the general reader, which alone complains.

// general reports whether what comes next is for the general reader.
func (x *xmlReader) general() bool {
	return x.hollow || x.defaultNS != spaceMain || len(x.versions) > 0
}

// plainText returns where the plain text that begins at i ends, and whether it
// holds a "_", which may begin an escape. It ends before what the general
// reader must see: markup, line ends that become others, and the bracket of
// "]]>". Eight bytes are looked at together, for any of these and for what else
// is below " ".
func plainText(b []byte, i int) (end int, underscore bool) {
	const (
		ones = 0x0101010101010101
		high = 0x80 * ones
	)
	for i < len(b) {
		if i+8 <= len(b) {
			w := le.Uint64(b[i:])
			// (x - ones) &^ x has the high bit of each byte of x that is zero, up
			// to the lowest of them for sure.
			tag, entity, late := w^'<'*ones, w^'&'*ones, (w|2*ones)^'_'*ones // "_" and "]" differ in one bit
			odd := ((tag-ones)&^tag | (entity-ones)&^entity | (late-ones)&^late | (w-' '*ones)&^w) & high
			if odd == 0 {
				i += 8
				continue
			}
			i += bits.TrailingZeros64(odd) / 8
		}
		switch b[i] {
		case '<', '&', '\r', ']':
			return i, underscore
		case '_':
			underscore = true
		}
		i++
	}
	return i, underscore
}

// asIs reports whether a plain text is what <t> means: nothing to trim and no
// escapes.
func asIs(text []byte, underscore bool) bool {
	return len(text) == 0 || !isSpace[text[0]] && !isSpace[text[len(text)-1]] &&
		(!underscore || !bytes.Contains(text, []byte("_x")))
}

// plainRow enters the row that comes next.
func (r *Rows) plainRow() bool {
	const opening = `<row r="`
	x := r.x
	b := x.buf[x.pos:]
	if x.general() || len(b) < longestRowTag || string(b[:len(opening)]) != opening {
		return false
	}
	at, i := 0, len(opening)
	for i < len(opening)+7 && b[i]-'0' <= 9 {
		at = at*10 + int(b[i]-'0')
		i++
	}
	if b[len(opening)] == '0' || b[i] != '"' || at <= r.at || at > maxRow {
		return false
	}
	n := plainRowAttributes(b, i+1)
	if n == 0 {
		return false
	}
	r.at, r.col = at, 0
	r.row.Number, r.row.Hidden = at, false
	r.suffixPad = 64 - 8*uint(i+1-len(opening))
	r.rowSuffix = le.Uint64(b[len(opening):]) << r.suffixPad >> r.suffixPad
	x.marks = append(x.marks, len(x.open))
	x.open = append(x.open, 'r', 'o', 'w')
	x.pos += n
	r.plain = true
	return true
}

// plainRowEnd leaves a row that plainRow has entered.
func (r *Rows) plainRowEnd() bool {
	const closing = "</row>"
	x := r.x
	if rest := x.buf[x.pos:]; !r.plain || x.hollow || len(x.versions) > 0 || len(rest) < len(closing) || string(rest[:len(closing)]) != closing {
		return false
	}
	x.open = x.open[:len(x.open)-len("row")]
	x.marks = x.marks[:len(x.marks)-1]
	x.pos += len(closing)
	return true
}

// longestRowTag is more than where an attribute of a plain row may begin, and
// the longest name behind it.
const (
	lastRowAttribute = 200
	longestRowTag    = lastRowAttribute + 32
)

// plainRowAttributes reads what follows r up to the end of the tag, and returns
// where that is; 0 when an attribute is not known, or says that the row is
// hidden.
func plainRowAttributes(b []byte, i int) int {
	const height = ` ht="`
	// In the order in which programs write them.
	for _, name := range [...]string{` spans="`, ` s="`, ` customFormat="`, height, ` customHeight="`, ` x14ac:dyDescent="`} {
		if i > lastRowAttribute || string(b[i:i+len(name)]) != name {
			continue
		}
		i += len(name)
		if name == height && (b[i] < '1' || b[i] > '9') {
			return 0
		}
		for nameByte[b[i]] && i <= lastRowAttribute {
			i++
		}
		if b[i] != '"' {
			return 0
		}
		i++
	}
	if b[i] != '>' {
		return 0
	}
	return i + 1
}

// longestTag is more than the longest tag of a plain cell, up to its value.
const longestTag = 96

// plainCells reads the plain cells that come next.
func (r *Rows) plainCells() {
	x := r.x
	if x.general() {
		return
	}
	for len(x.buf)-x.pos >= longestTag && r.f.cells < r.mostCells {
		n := r.plainCell(x.buf[x.pos:])
		if n == 0 {
			return
		}
		r.f.cells++
		x.pos += n
	}
}

// plainCell reads the cell at the beginning of b, which has longestTag bytes,
// and returns its length, 0 when it is not plain.
func (r *Rows) plainCell(b []byte) int {
	col, tag, start := r.plainTag(b)
	switch {
	case start == 0 || r.wants(col) && !r.hasStyle(tag.style):
		return 0
	case b[start-2] == '/': // which no attribute ends in
		r.col = col
		return start
	case tag.kind == inlineCell:
		return r.plainInline(b, start, col, tag)
	}
	return r.plainNumber(b, start, col, tag)
}

// plainNumber reads <v>12</v></c>, or </c>, at start.
func (r *Rows) plainNumber(b []byte, start, col int, tag cellTag) int {
	const opening, closing, empty = "<v>", "</v></c>", "</c>"
	if string(b[start:start+len(opening)]) != opening {
		if string(b[start:start+len(empty)]) != empty {
			return 0
		}
		r.col = col
		return start + len(empty)
	}
	start += len(opening)
	end, n := start, 0 // n is right as far as anybody asks for it
	for end < len(b) && b[end]-'0' <= 9 {
		n = n*10 + int(b[end]-'0')
		end++
	}
	digits := end - start
	if end < len(b) && b[end] != '<' {
		digits = 0
		end, _ = plainText(b, end)
	}
	if len(b)-end < len(closing) || string(b[end:end+len(closing)]) != closing {
		return 0
	}
	if r.wants(col) && !r.plainValue(b[start:end], digits, n, col, tag) {
		return 0
	}
	r.col = col
	return end + len(closing)
}

// plainInline reads <is><t>text</t></is></c> at start.
func (r *Rows) plainInline(b []byte, start, col int, tag cellTag) int {
	const opening, closing = "<is><t>", "</t></is></c>"
	if string(b[start:start+len(opening)]) != opening {
		return 0
	}
	start += len(opening)
	end, underscore := plainText(b, start)
	if len(b)-end < len(closing) || string(b[end:end+len(closing)]) != closing {
		return 0
	}
	if r.wants(col) {
		text := b[start:end]
		if !asIs(text, underscore) || r.keep || len(text) > maxText || !r.hold(text, col, tag.style) {
			return 0
		}
		r.last().Kind = cell.Text
	}
	r.col = col
	return end + len(closing)
}

// plainTag reads the tag of a cell: where the cell stands, and how long the
// tag is, 0 when it is not plain. Programs write its attributes in the order r,
// s, t, or r, t, s.
func (r *Rows) plainTag(b []byte) (col int, tag cellTag, i int) {
	b = b[:longestTag]
	if b[0] != '<' || b[1] != 'c' {
		return 0, tag, 0
	}
	col, i = r.col+1, len("<c")
	n := 1 // 0 once something is not plain
	if has(b, i, ` r="`) {
		col, n = r.plainRef(b[i+4:])
		i += 4 + n
	}
	styled := has(b, i, ` s="`)
	if styled && n > 0 {
		tag.style, n = plainStyle(b[i+4:])
		i += 4 + n
	}
	if has(b, i, ` t="`) && n > 0 {
		tag.kind, n = plainKind(b[i+4:])
		i += 4 + n
		if !styled && has(b, i, ` s="`) && n > 0 {
			tag.style, n = plainStyle(b[i+4:])
			i += 4 + n
		}
	}
	if b[i] == '/' {
		i++
	}
	if n == 0 || b[i] != '>' || col <= r.col || col > maxCol {
		return 0, tag, 0
	}
	return col, tag, i + 1
}

// has reports whether an attribute begins at i.
func has(b []byte, i int, attribute string) bool { return string(b[i:i+len(` r="`)]) == attribute }

// plainRef reads an address in the present row, up to the quote.
func (r *Rows) plainRef(b []byte) (col, n int) {
	for n < 3 && b[n]-'A' < 26 {
		col = col*26 + int(b[n]-'A') + 1
		n++
	}
	if n == 0 || (le.Uint64(b[n:])^r.rowSuffix)<<(r.suffixPad&63) != 0 {
		return 0, 0
	}
	return col, n + 8 - int(r.suffixPad)/8
}

// plainStyle reads a style index, up to the quote.
func plainStyle(b []byte) (style, n int) {
	for n < 6 && b[n]-'0' <= 9 {
		style = style*10 + int(b[n]-'0')
		n++
	}
	if n == 0 || b[n] != '"' {
		return 0, 0
	}
	return style, n + 1
}

// plainKind reads a cell's type, up to the quote.
func plainKind(b []byte) (k kind, n int) {
	switch {
	case b[1] == '"' && b[0] == 's':
		return sharedCell, 2
	case b[1] == '"' && b[0] == 'n':
		return numberCell, 2
	case b[1] == '"' && b[0] == 'b':
		return boolCell, 2
	case string(b[:4]) == `str"`:
		return stringCell, 4
	case string(b[:10]) == `inlineStr"`:
		return inlineCell, 10
	}
	return 0, 0
}

// plainValue adds a cell to the row unless there is something to say about it.
// digits is the length of its text when that is nothing but digits, which are
// the number n.
func (r *Rows) plainValue(text []byte, digits, n, col int, tag cellTag) bool {
	switch tag.kind {
	case sharedCell:
		if digits == 0 || digits > 9 || r.f.table == nil || n >= r.f.table.n {
			return false
		}
		r.share(r.slot(col, tag.style), n, tag.style)
		return true
	case numberCell:
		if (digits == 0 || digits > 308) && !validNumber(text) || !r.hold(text, col, tag.style) {
			return false
		}
		c := r.last()
		c.Kind = cell.NumberKind(c.Format, c.Raw)
		return true
	case stringCell, inlineCell, boolCell, errorCell, dateCell:
	}
	return false
}

// hold adds a cell with a text unless the row has too much of it.
func (r *Rows) hold(text []byte, col, style int) bool {
	if len(r.values)+len(text) > maxRowText {
		return false
	}
	start := len(r.values)
	r.values = append(r.values, text...)
	r.slot(col, style).Raw = r.values[start:]
	return true
}

// plainStrings reads the plain strings that come next. It returns false when
// add does.
func (x *xmlReader) plainStrings(add func(text []byte) bool) bool {
	const opening, closing = "<si><t>", "</t></si>"
	if x.general() || len(x.marks) != 1 {
		return true
	}
	for {
		b := x.buf[x.pos:]
		if len(b) < len(opening) || string(b[:len(opening)]) != opening {
			return true
		}
		end, underscore := plainText(b, len(opening))
		if len(b)-end < len(closing) || string(b[end:end+len(closing)]) != closing {
			return true
		}
		text := b[len(opening):end]
		if !asIs(text, underscore) || len(text) > maxText {
			return true
		}
		if !add(text) {
			return false
		}
		x.pos += end + len(closing)
	}
}
