package xlsx

import (
	"bytes"

	"github.com/parcheck/parcheck/pkg/cell"
)

// Nearly all cells and strings of large files are written in one way:
//
//	<c r="B7" s="1" t="s"><v>12</v></c>
//	<si><t>Sở Nội vụ</t></si>
//
// What follows reads these in place. Whatever looks different in any way, and
// whatever is wrong, it leaves to the general reader, which alone complains.

// The classes of bytes in plain text. A byte without a class ends it.
const (
	classDigit byte = 1 << iota
	classOther
	classUnderscore // may begin an escape
)

// plainClass has no class for what the general reader must see: markup, line
// ends that become others, and the bracket of "]]>".
var plainClass = func() (class [256]byte) {
	for c := range class {
		class[c] = classOther
	}
	for c := '0'; c <= '9'; c++ {
		class[c] = classDigit
	}
	class['_'] = classUnderscore
	for _, c := range "<&\r]" {
		class[c] = 0
	}
	return class
}()

// plainText returns where the plain text that begins at i ends, and the
// classes of its bytes.
func plainText(b []byte, i int) (end int, classes byte) {
	for ; i < len(b); i++ {
		class := plainClass[b[i]]
		if class == 0 {
			return i, classes
		}
		classes |= class
	}
	return i, classes
}

// asIs reports whether a plain text is what <t> means: nothing to trim and no
// escapes.
func asIs(text []byte, classes byte) bool {
	return len(text) == 0 || !isSpace[text[0]] && !isSpace[text[len(text)-1]] &&
		(classes&classUnderscore == 0 || !bytes.Contains(text, []byte("_x")))
}

// longestTag is more than the longest tag of a plain cell, up to its value.
const longestTag = 96

// plainCells reads the plain cells that come next.
func (r *Rows) plainCells() {
	x := r.x
	if x.hollow || x.plain != spaceMain {
		return
	}
	for {
		b := x.buf[x.pos:]
		if len(b) < longestTag || b[0] != '<' || b[1] != 'c' || r.f.cells == r.mostCells {
			return
		}
		n := r.plainCell(b)
		if n == 0 {
			return
		}
		r.f.cells++
		x.pos += n
	}
}

// plainCell reads the cell at the beginning of b and returns its length, 0
// when it is not plain.
func (r *Rows) plainCell(b []byte) int {
	col, tag, i := r.plainTag(b)
	if i == 0 {
		return 0
	}
	if string(b[i-2:i]) == "/>" { // which no attribute ends in
		r.col = col
		return i
	}
	opening, closing := "<v>", "</v></c>"
	if tag.kind == inlineCell {
		opening, closing = "<is><t>", "</t></is></c>"
	}
	if string(b[i:i+len(opening)]) != opening {
		return 0
	}
	i += len(opening)
	end, classes := plainText(b, i)
	if len(b)-end < len(closing) || string(b[end:end+len(closing)]) != closing {
		return 0
	}
	text := b[i:end]
	i = end + len(closing)
	if !r.wants(col) {
		r.col = col
		return i
	}
	if !r.hasStyle(tag.style) {
		return 0
	}
	before := r.col
	r.col = col
	if !r.plainValue(tag, text, classes) {
		r.col = before
		return 0
	}
	return i
}

// plainTag reads the tag of a cell: where the cell stands, and how long the
// tag is, 0 when it is not plain.
func (r *Rows) plainTag(b []byte) (col int, tag cellTag, n int) {
	col = r.col + 1
	seen := 0
	i := len("<c")
	for b[i] == ' ' && b[i+2] == '=' && b[i+3] == '"' {
		name := b[i+1]
		i += len(` r="`)
		bit := 0
		switch name {
		case 'r':
			bit = 1
			col, n = r.plainRef(b[i:])
		case 's':
			bit = 2
			tag.style, n = plainStyle(b[i:])
		case 't':
			bit = 4
			tag.kind, n = plainKind(b[i:])
		}
		if n == 0 || seen&bit != 0 {
			return 0, tag, 0
		}
		seen |= bit
		i += n
	}
	if b[i] == '/' {
		i++
	}
	if b[i] != '>' || col <= r.col || col > maxCol {
		return 0, tag, 0
	}
	return col, tag, i + 1
}

// plainRef reads an address in the present row, up to the quote.
func (r *Rows) plainRef(b []byte) (col, n int) {
	for n < 3 && b[n]-'A' < 26 {
		col = col*26 + int(b[n]-'A') + 1
		n++
	}
	if n == 0 {
		return 0, 0
	}
	for _, d := range r.digits {
		if b[n] != d {
			return 0, 0
		}
		n++
	}
	if b[n] != '"' {
		return 0, 0
	}
	return col, n + 1
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
func (r *Rows) plainValue(tag cellTag, text []byte, classes byte) bool {
	c := r.blank(tag.style)
	switch tag.kind {
	case sharedCell:
		if classes != classDigit || len(text) > 9 || r.f.table == nil {
			return false
		}
		i := 0
		for _, d := range text {
			i = i*10 + int(d-'0')
		}
		if i >= r.f.table.n {
			return false
		}
		r.share(&c, i)
		r.row.Cells = append(r.row.Cells, c)
		return true
	case numberCell:
		if !validNumber(text) {
			return false
		}
		c.Kind = cell.Number
		if c.Format.Date {
			c.Kind = cell.Date
		}
	case inlineCell:
		if !asIs(text, classes) || r.keep || len(text) > maxText {
			return false
		}
		c.Kind = cell.Text
	default:
		return false
	}
	if len(r.values)+len(text) > maxRowText {
		return false
	}
	start := len(r.values)
	r.values = append(r.values, text...)
	c.Raw = r.values[start:]
	r.row.Cells = append(r.row.Cells, c)
	return true
}

// plainStrings reads the plain strings that come next. It returns false when
// add does.
func (x *xmlReader) plainStrings(add func(text []byte) bool) bool {
	const opening, closing = "<si><t>", "</t></si>"
	if x.hollow || x.plain != spaceMain || len(x.marks) != 1 {
		return true
	}
	for {
		b := x.buf[x.pos:]
		if len(b) < len(opening) || string(b[:len(opening)]) != opening {
			return true
		}
		end, classes := plainText(b, len(opening))
		if len(b)-end < len(closing) || string(b[end:end+len(closing)]) != closing {
			return true
		}
		text := b[len(opening):end]
		if !asIs(text, classes) || len(text) > maxText {
			return true
		}
		if !add(text) {
			return false
		}
		x.pos += end + len(closing)
	}
}
