package ods

import (
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/numfmt"
	"github.com/parcheck/parcheck/pkg/xlsx"
)

var linked = lang.T("the sheet is linked to another file; no link is followed, the stored values are read",
	"trang tính liên kết tới tệp khác; parcheck không mở liên kết mà đọc giá trị đã lưu")

// attributes are those of a cell that matter; nil where one is not given.
type attributes struct {
	repeated, style                                           []byte
	kind, value, date, time, boolean, text, formula, extended []byte
	columns, rows                                             []byte
}

// slot returns where an attribute goes; nil for one that does not matter.
func (a *attributes) slot(space xlsx.Space, name []byte) *[]byte {
	switch space {
	case xlsx.ODFTable:
		switch string(name) {
		case "number-columns-repeated":
			return &a.repeated
		case "style-name":
			return &a.style
		case "formula":
			return &a.formula
		case "number-columns-spanned":
			return &a.columns
		case "number-rows-spanned":
			return &a.rows
		}
	case xlsx.ODFOffice:
		switch string(name) {
		case "value-type":
			return &a.kind
		case "value":
			return &a.value
		case "date-value":
			return &a.date
		case "time-value":
			return &a.time
		case "boolean-value":
			return &a.boolean
		case "string-value":
			return &a.text
		}
	case xlsx.CalcExt:
		if string(name) == "value-type" {
			return &a.extended
		}
	}
	return nil
}

// read reads the attributes of the present tag.
func (a *attributes) read(r *reader) bool {
	*a = attributes{}
	twice := ""
	r.x.EachAttribute(func(space xlsx.Space, name, value []byte) {
		if to := a.slot(space, name); to != nil {
			if *to != nil {
				twice = string(name)
			}
			*to = value
			if value == nil {
				*to = []byte{}
			}
		}
	})
	if twice != "" {
		return r.fail(diag.Wrong("the attribute %q stands twice in a tag", "thuộc tính %q lặp lại trong một thẻ", twice))
	}
	return r.x.Err() == nil
}

// lookOf returns the look of the present cell: that of the style that it names,
// or of its row or column. Cells of one style mostly follow each other.
func (r *reader) lookOf(style []byte, rowStyle string) look {
	if style == nil {
		return r.f.styles.look(cellFamily, r.styleOf(rowStyle, r.col))
	}
	if r.styled != string(style) || r.styled == "" {
		r.styled = string(style)
		r.look = r.f.styles.look(cellFamily, r.styled)
	}
	return r.look
}

// readCell reads <table:table-cell>. It returns the cell without its column, how
// often it stands there, and the area that it spans when that is more than one
// cell.
func (r *reader) readCell(rowStyle string) (c cell.Cell, times int, span diag.Area, ok bool) {
	a := &r.attributes
	if !a.read(r) {
		return c, 0, span, false
	}
	// The tag is valid until the next token: what is needed later is copied.
	if times, ok = r.times(a.repeated, a.repeated != nil, "number-columns-repeated"); !ok {
		return c, 0, span, false
	}
	if span, ok = r.span(a); !ok {
		return c, 0, span, false
	}
	l := r.lookOf(a.style, rowStyle)
	c = cell.Cell{Format: l.format, Font: l.font, Mark: l.mark}
	if a.formula != nil {
		c.Formula = formulaState(a.formula)
	}
	if len(a.kind) == 0 && (a.value != nil || a.date != nil || a.time != nil || a.boolean != nil || a.text != nil) {
		return c, 0, span, r.fail(diag.Wrong("the cell has a value and no type", "ô có giá trị nhưng không có kiểu"))
	}
	v := r.valueOf(a)
	from := len(r.values)
	p := paragraphs{r: r, look: l, from: from}
	if !p.read() {
		return c, 0, span, false
	}
	if c.Mark < p.mark {
		c.Mark = p.mark
	}
	if p.font != cell.UnicodeFont {
		c.Font = p.font
	}
	shown := r.values[from:]
	if len(r.values) > maxRowText {
		return c, 0, span, r.fail(diag.TooMuch("the row holds more than %d bytes of text", "hàng chứa hơn %d byte chữ", maxRowText))
	}
	if v.kind == "" && p.lines > 0 {
		v.kind = "string" // a text, or the empty one that a formula gave
	}
	if err := v.decode(&c, shown); err != nil {
		return c, 0, span, r.fail(err)
	}
	if l.lacks != "" && (c.Kind == cell.Number || c.Kind == cell.Date) {
		r.warnStyle(l.lacks)
	}
	return c, times, span, true
}

// warnStyle warns, once for each style, that a number may be shown otherwise.
func (r *reader) warnStyle(name string) {
	if len(r.f.lacking) >= maxWarnings || r.f.lacking[name] {
		return
	}
	if r.f.lacking == nil {
		r.f.lacking = map[string]bool{}
	}
	r.f.lacking[name] = true
	r.f.Warnings.Add(diag.OddFile, r.pos(), lang.F(
		"the cell has the style %q, which the file does not define: how its number is shown is not known; open and save the file in a spreadsheet program",
		"ô có kiểu %q mà tệp không định nghĩa: không rõ số được hiển thị thế nào; hãy mở và lưu lại tệp bằng phần mềm bảng tính", xlsx.Shorten([]byte(name))))
}

// span reads how many cells a merged cell takes.
func (r *reader) span(a *attributes) (area diag.Area, ok bool) {
	columns, ok := r.times(a.columns, a.columns != nil, "number-columns-spanned")
	if !ok {
		return area, false
	}
	rows, ok := r.times(a.rows, a.rows != nil, "number-rows-spanned")
	if !ok || columns == 1 && rows == 1 {
		return area, ok
	}
	return diag.Area{Row: r.present, Col: r.col, ToRow: min(r.present+rows-1, maxRow), ToCol: min(r.col+columns-1, maxCol)}, true
}

// formulaState tells the formulas that leave hidden rows out.
func formulaState(formula []byte) cell.Formula {
	upper := strings.ToUpper(string(formula))
	if strings.Contains(upper, "SUBTOTAL(") || strings.Contains(upper, "AGGREGATE(") {
		return cell.VisibleOnly
	}
	return cell.Calculated
}

// kinds are the types of values (ODF 1.3 part 3, 19.385).
var kinds = []string{"", "float", "string", "date", "percentage", "currency", "time", "boolean", "void"}

// value is what the attributes of a cell say that it holds.
type value struct {
	kind  string
	raw   []byte // of the kind; nil when it is not given
	isErr bool

	epoch1904 bool
}

// valueOf copies the value of a cell out of its tag.
func (r *reader) valueOf(a *attributes) value {
	v := value{epoch1904: r.f.Epoch1904, isErr: string(a.extended) == "error"}
	if i := slices.IndexFunc(kinds, func(k string) bool { return string(a.kind) == k }); i >= 0 {
		v.kind = kinds[i]
	} else {
		v.kind = string(a.kind)
	}
	var raw []byte
	switch v.kind {
	case "float", "percentage", "currency":
		raw = a.value
	case "date":
		raw = a.date
	case "time":
		raw = a.time
	case "boolean":
		raw = a.boolean
	case "string":
		raw = a.text
	}
	if raw != nil {
		from := len(r.values)
		r.values = append(r.values, raw...)
		v.raw = r.values[from:len(r.values):len(r.values)]
	}
	return v
}

// The formats of cells that have no format of their own.
var (
	percentFormat = numfmt.Builtin(9)
	dateFormat    = numfmt.Builtin(14)
	timeFormat    = numfmt.Builtin(46) // [h]:mm:ss
)

// decode gives a cell its kind and value. shown is the text in it.
func (v *value) decode(c *cell.Cell, shown []byte) error {
	if v.raw == nil && v.kind != "string" && v.kind != "" && v.kind != "void" {
		return diag.Wrong("the cell is of the type %q and has no value", "ô có kiểu %q nhưng không có giá trị", v.kind)
	}
	switch v.kind {
	case "float", "percentage", "currency":
		return v.number(c, shown)
	case "date":
		raw, ok := readDate(v.raw, v.epoch1904)
		if !ok {
			return diag.Wrong("%q is no date", "%q không phải ngày tháng", xlsx.Shorten(v.raw))
		}
		c.Kind, c.Raw = cell.Date, raw
		if c.Format == nil {
			c.Format = dateFormat
		}
	case "time":
		raw, ok := readTime(v.raw)
		if !ok {
			return diag.Wrong("%q is no time", "%q không phải thời gian", xlsx.Shorten(v.raw))
		}
		c.Kind, c.Raw = cell.Date, raw
		if c.Format == nil {
			c.Format = timeFormat
		}
	case "boolean":
		switch string(v.raw) {
		case "true":
			c.Kind, c.Raw = cell.Bool, []byte("1")
		case "false":
			c.Kind, c.Raw = cell.Bool, []byte("0")
		default:
			return diag.Wrong("%q is no boolean", "%q không phải giá trị lôgic", xlsx.Shorten(v.raw))
		}
	case "string":
		v.string(c, shown)
	case "", "void":
		if c.Formula != cell.NoFormula {
			c.Formula = cell.Uncalculated
		}
	default:
		return diag.Wrong("the cell is of the unknown type %q", "ô có kiểu không rõ %q", xlsx.Shorten([]byte(v.kind)))
	}
	return nil
}

// number reads a number. LibreOffice stores TRUE as the number 1.
func (v *value) number(c *cell.Cell, shown []byte) error {
	if !xlsx.ValidNumber(v.raw) {
		return diag.Wrong("%q is no number", "%q không phải là số", xlsx.Shorten(v.raw))
	}
	c.Raw = v.raw
	if text := string(shown); string(v.raw) == "1" && text == "TRUE" || string(v.raw) == "0" && text == "FALSE" {
		c.Kind = cell.Bool
		return nil
	}
	if c.Format == nil && v.kind == "percentage" {
		c.Format = percentFormat
	}
	c.Kind = cell.NumberKind(c.Format, v.raw)
	return nil
}

// string reads a text, or the error that a formula gave.
func (v *value) string(c *cell.Cell, shown []byte) {
	text := shown
	if len(v.raw) > 0 {
		text = v.raw
	}
	switch {
	case v.isErr, c.Formula != cell.NoFormula && spellsError(string(text)):
		c.Kind, c.Raw = cell.Error, shown
		if len(shown) == 0 {
			c.Raw = []byte("#N/A")
		}
	case len(text) > 0 || c.Formula != cell.NoFormula:
		c.Kind, c.Raw = cell.Text, text
	}
}

// spellsError reports whether a text is the error of a formula.
func spellsError(text string) bool {
	switch text {
	case "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!":
		return true
	}
	return false
}
