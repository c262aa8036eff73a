package xlsx

import (
	"bytes"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
)

// kind is the attribute t of a cell.
type kind uint8

const (
	numberCell kind = iota
	sharedCell
	stringCell // the text that a formula made
	inlineCell
	boolCell
	errorCell
	dateCell // ISO 8601
)

var kinds = map[string]kind{"n": numberCell, "s": sharedCell, "str": stringCell, "inlineStr": inlineCell,
	"b": boolCell, "e": errorCell, "d": dateCell}

// cellTag is what the tag of a cell says beside its place.
type cellTag struct {
	kind  kind
	style int
}

// readCell reads <c>.
func (r *Rows) readCell() bool {
	x := r.x
	if r.f.cells++; r.f.cells > r.mostCells {
		x.fail(diag.TooMuch("the workbook has more than %d cells", "sổ bảng tính có hơn %d ô", r.mostCells))
		return false
	}
	ref, t, style, ok := r.cellAttributes()
	if !ok {
		r.col = min(r.col+1, maxCol)
		return false
	}
	if !r.moveTo(ref) {
		return false
	}
	var tag cellTag
	if t != nil {
		if tag.kind, ok = kinds[string(t)]; !ok {
			x.fail(diag.Wrong("the cell is of the unknown type %q", "ô có kiểu không rõ %q", shorten(t)))
			return false
		}
	}
	if !r.wants(r.col) {
		return x.skip()
	}
	switch {
	case style == nil:
	case len(style) == 0:
		r.f.oddly(oddStyle, r.pos(), "the cell names no style where one should stand (s=\"\"): it is read as without one",
			"ô không ghi kiểu định dạng ở chỗ phải có (s=\"\"): được đọc như không có kiểu")
	default:
		if tag.style, ok = parseIndex(style); !ok || !r.hasStyle(tag.style) && (!r.f.unstyled || tag.kind == numberCell) {
			x.fail(diag.Wrong("the cell has the style %q, and the workbook has %d styles",
				"ô có kiểu định dạng %q trong khi sổ bảng tính chỉ có %d kiểu", shorten(style), len(r.f.styles)))
			return false
		}
	}
	return r.readContent(tag)
}

// wants reports whether a column has been asked for.
func (r *Rows) wants(col int) bool { return r.wanted == nil || r.wanted[col] }

// cellAttributes finds the attributes of a cell that matter; nil for those
// that it does not have.
func (r *Rows) cellAttributes() (ref, t, style []byte, ok bool) {
	for _, a := range r.x.attrs {
		var to *[]byte
		switch string(a.name) {
		case "r":
			to = &ref
		case "t":
			to = &t
		case "s":
			to = &style
		default:
			continue
		}
		if *to != nil {
			r.x.malformed("the attribute %q stands twice in a tag", "thuộc tính %q lặp lại trong một thẻ", string(a.name))
			return nil, nil, nil, false
		}
		*to = a.value
	}
	return ref, t, style, true
}

// moveTo goes to the cell at an address, or to the next one when there is no
// address.
func (r *Rows) moveTo(ref []byte) bool {
	x := r.x
	if ref == nil {
		if r.col == maxCol {
			x.fail(diag.Wrong("a cell after column %s", "có ô nằm sau cột %s", diag.ColumnName(maxCol)))
			return false
		}
		r.col++
		return true
	}
	row, col, ok := parseRef(ref)
	switch {
	case !ok:
		col = min(r.col+1, maxCol)
		x.fail(diag.Wrong("%q is no cell address", "%q không phải địa chỉ ô", shorten(ref)))
	case row != r.at:
		x.fail(diag.Wrong("the cell %s stands in row %d", "ô %s nằm trong hàng %d", string(ref), r.at))
	case col <= r.col:
		x.fail(diag.Wrong("the cell %s comes after column %s", "ô %s đứng sau cột %s", string(ref), diag.ColumnName(r.col)))
	}
	r.col = col
	if x.err == nil && ref[0] >= 'a' {
		r.f.oddly(oddAddress, r.pos(), "the address %q is not written in capitals; it is read all the same",
			"địa chỉ %q không viết hoa; vẫn được đọc", string(ref))
	}
	return x.err == nil
}

// content is what stands in a cell: places in Rows.values.
type content struct {
	formula, value, inline bool
	visible                bool // the formula leaves hidden rows out
	style                  int
	start, middle          int // the first of value and inline begins, and ends
	valueFirst             bool
}

// readContent reads what a cell holds and adds it to the row.
func (r *Rows) readContent(tag cellTag) bool {
	x := r.x
	c := r.blank(tag.style)
	in := content{style: tag.style, start: len(r.values)}
	for {
		switch x.next() {
		case tokenError:
			return false
		case tokenText:
			if !blank(x.text) {
				return x.stray()
			}
		case tokenEnd:
			if in.formula {
				c.Formula = cell.Calculated
			}
			if in.visible {
				c.Formula = cell.VisibleOnly
			}
			raw, ok := r.choose(&tag, &in)
			return ok && r.add(&c, tag, raw, in.value || in.inline)
		case tokenStart:
			if !r.child(&c, &in) {
				return false
			}
		}
	}
}

// choose returns what a cell holds: its value, or the text that stands inline.
// Of both, the inline text counts where the type says so, unless they are two
// numbers.
func (r *Rows) choose(tag *cellTag, in *content) (raw []byte, ok bool) {
	raw = r.values[in.start:]
	switch {
	case !in.inline && (!in.value || tag.kind != inlineCell):
		return raw, true
	case tag.kind != inlineCell:
		r.x.fail(diag.Wrong("the cell's type and what it holds do not fit", "kiểu của ô không khớp với nội dung"))
		return nil, false
	case !in.value:
		return raw, true
	case !in.inline:
		tag.kind = stringCell
	default:
		value, text := r.values[in.start:in.middle], r.values[in.middle:]
		if !in.valueFirst {
			value, text = text, value
		}
		if value, text = trim(value), trim(text); !bytes.Equal(value, text) && validNumber(value) && validNumber(text) {
			r.x.fail(diag.Wrong("the cell holds two figures, %q and %q", "ô chứa hai số liệu, %q và %q", shorten(text), shorten(value)))
			return nil, false
		}
		raw = text
	}
	r.f.oddly(oddInline, r.pos(), "the cell's text does not stand where its type says, as some programs write it: it is read all the same",
		"nội dung chữ của ô không nằm đúng chỗ theo kiểu của ô, như một số phần mềm ghi ra: vẫn được đọc")
	return raw, true
}

// child reads an element inside a cell.
func (r *Rows) child(c *cell.Cell, in *content) bool {
	x := r.x
	ok := true
	twice := func(seen *bool) bool {
		if *seen {
			x.fail(diag.Wrong("the cell holds two <%s>", "ô chứa hai <%s>", string(x.name)))
			return true
		}
		*seen = true
		return false
	}
	switch {
	case x.is("v"):
		if twice(&in.value) {
			return false
		}
		if in.valueFirst = !in.inline; in.inline {
			in.middle = len(r.values)
		}
		r.values, ok = x.content(r.values)
	case x.is("f"):
		if twice(&in.formula) {
			return false
		}
		in.visible, ok = r.readFormula()
	case x.is("is"):
		if twice(&in.inline) {
			return false
		}
		if in.value {
			in.middle = len(r.values)
		}
		rich := richText{keep: r.keep}
		if r.values, ok = rich.read(x, r.values); rich.font.code != cell.UnicodeFont {
			c.Font = rich.font.code
		}
		c.Mark = max(c.Mark, rich.font.markIn(r.style(in.style)))
	default:
		return r.element("v", nil)
	}
	return ok
}

// readFormula reads <f> as far as anybody asks: whether its result leaves hidden
// rows out. A shared formula is written out in one cell, and named in others.
func (r *Rows) readFormula() (visible, ok bool) {
	x := r.x
	kind, _ := x.get("t")
	shared, key := string(kind) == "shared", ""
	if shared {
		index, _ := x.get("si")
		key = string(trim(index))
	}
	if r.formula, ok = x.content(r.formula[:0]); !ok {
		return false, false
	}
	visible = leavesHiddenOut(r.formula)
	if cap(r.formula) > mostKept {
		r.formula = nil
	}
	switch {
	case !shared:
	case visible && len(r.visible) < maxShared:
		if r.visible == nil {
			r.visible = map[string]bool{}
		}
		r.visible[key] = true
	case !visible && r.visible != nil:
		visible = r.visible[key] || len(r.visible) == maxShared
	}
	return visible, true
}

// leavesHiddenOut reports whether a formula calls SUBTOTAL or AGGREGATE.
func leavesHiddenOut(formula []byte) bool {
	const name = len("SUBTOTAL") // and of AGGREGATE without its first letter
	for i := 0; ; i++ {
		n := bytes.IndexByte(formula[i:], '(')
		if n < 0 {
			return false
		}
		i += n
		called := bytes.TrimRight(formula[:i], " ")
		if len(called) < name {
			continue
		}
		switch last := called[len(called)-name:]; {
		case bytes.EqualFold(last, []byte("SUBTOTAL")):
			called = called[:len(called)-name]
		case bytes.EqualFold(last, []byte("GGREGATE")) && len(called) > name && called[len(called)-name-1]|0x20 == 'a':
			called = called[:len(called)-name-1]
		default:
			continue
		}
		if n := len(called); n == 0 || !nameByte[called[n-1]] || bytes.IndexByte([]byte(".-:"), called[n-1]) >= 0 {
			return true
		}
	}
}

// hasStyle reports whether a style index is in range. Style 0 always is: it is
// what a cell has that names none.
func (r *Rows) hasStyle(n int) bool { return n < len(r.f.styles) || n == 0 }

// blank returns the present cell with a style and no content.
func (r *Rows) blank(n int) cell.Cell {
	s := r.style(n)
	return cell.Cell{Col: r.col, Format: s.format, Font: s.code, Mark: s.mark, Indent: s.indent}
}

// noStyle is the style of every cell in a workbook without styles.
var noStyle style

// style returns style n, which hasStyle.
func (r *Rows) style(n int) *style {
	if n >= len(r.f.styles) {
		return &noStyle
	}
	return &r.f.styles[n]
}

// slot adds a cell with a style and no content to the row. It is filled field
// by field where it stands: copying a cell just written makes the processor
// wait for the writing.
func (r *Rows) slot(col, style int) *cell.Cell {
	n := len(r.row.Cells)
	if n == cap(r.row.Cells) {
		r.row.Cells = append(r.row.Cells, cell.Cell{})
	}
	r.row.Cells = r.row.Cells[:n+1]
	c, s := &r.row.Cells[n], r.style(style)
	*c = cell.Cell{}
	c.Col, c.Format, c.Font, c.Mark = col, s.format, s.code, s.mark
	return c
}

// last is the cell that slot has added.
func (r *Rows) last() *cell.Cell { return &r.row.Cells[len(r.row.Cells)-1] }

// add gives a cell its kind and value, and adds it to the row when it holds
// something.
func (r *Rows) add(c *cell.Cell, tag cellTag, raw []byte, stored bool) bool {
	k := tag.kind
	if k != stringCell && k != inlineCell {
		raw = trim(raw)
	}
	if stored && len(raw) == 0 && k == sharedCell {
		r.f.oddly(oddString, r.pos(), "the cell refers to no text of the string table: it is read as blank",
			"ô không tham chiếu tới đoạn chữ nào của bảng chuỗi dùng chung: được đọc là ô trống")
	}
	if !stored || len(raw) == 0 && k != stringCell && k != inlineCell {
		if c.Formula == cell.NoFormula {
			return true
		}
		c.Formula = cell.Uncalculated
		r.row.Cells = append(r.row.Cells, *c)
		return true
	}
	err := r.decode(c, tag, raw)
	if err == nil && len(c.Raw) > maxText {
		err = errLongText()
	}
	if err != nil {
		r.x.fail(err)
		return false
	}
	r.row.Cells = append(r.row.Cells, *c)
	return true
}

// decode reads a value by the cell's type.
func (r *Rows) decode(c *cell.Cell, tag cellTag, raw []byte) error {
	ok := true
	c.Raw = raw
	switch tag.kind {
	case numberCell:
		c.Kind, ok = cell.NumberKind(c.Format, raw), validNumber(raw)
	case sharedCell:
		i, err := r.f.lookup(r.ctx, raw)
		if err != nil {
			return err
		}
		r.share(c, i, tag.style)
	case stringCell:
		c.Kind, c.Raw = cell.Text, resolveEscapes(raw)
	case inlineCell:
		c.Kind = cell.Text
	case boolCell:
		var on bool
		if on, ok = parseBool(raw); ok {
			c.Kind, c.Raw = cell.Bool, boolRaw[on]
		}
	case errorCell:
		c.Kind, ok = cell.Error, (raw[0] == '#' || bytes.HasPrefix(raw, []byte("Err:"))) && len(raw) <= maxNumber
	case dateCell:
		c.Kind, ok = cell.Date, validISODate(raw)
	}
	if !ok {
		return badValue(tag.kind, raw)
	}
	return nil
}

// share makes a cell that of string i of the string table.
func (r *Rows) share(c *cell.Cell, i, style int) {
	t := r.f.table
	c.Kind, c.Raw, c.Shared = cell.Text, t.at(i), i+1
	if len(t.fonts) > 0 {
		f, s := t.fonts[i], r.style(style)
		if f.code != cell.UnicodeFont {
			c.Font = f.code
		}
		c.Mark = max(c.Mark, f.markIn(s))
	}
}

var boolRaw = map[bool][]byte{false: []byte("0"), true: []byte("1")}

// badValue says that a cell's value is not what its type says.
func badValue(k kind, raw []byte) error {
	v := shorten(raw)
	switch k {
	case boolCell:
		return diag.Wrong("%q is no boolean (0 or 1)", "%q không phải giá trị đúng/sai (0 hoặc 1)", v)
	case errorCell:
		return diag.Wrong("%q is no error value such as #REF!", "%q không phải giá trị lỗi như #REF!", v)
	case dateCell:
		return diag.Wrong("%q is no ISO 8601 date", "%q không phải ngày theo ISO 8601", v)
	case numberCell, sharedCell, stringCell, inlineCell:
	}
	return diag.Wrong("%q is no number that a spreadsheet can hold", "%q không phải số mà bảng tính có thể chứa", v)
}
