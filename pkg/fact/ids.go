package fact

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/numfmt"
)

// Spreadsheet programs damage ids: "1-2" becomes a date, an id of 18 digits
// loses three, 000123 becomes 123 with a number format that shows the zeros, and
// copying brings characters that nobody sees. What was typed cannot be told any
// more, so each is a finding; an id is what the sheet shows.

// oddity is why an id may not be what was typed.
type oddity uint8

const (
	sound oddity = iota
	madeDate
	tooLong
	inExponent
	padded
	noID
	oddities
)

// readID looks at an id; raw becomes what the sheet shows.
func (c *column) readID(cl *cell.Cell) {
	c.oddity = sound
	switch cl.Kind {
	case cell.Date:
		c.oddity = madeDate
	case cell.Number:
		const kept = 15 // digits that a spreadsheet program keeps
		switch {
		case bytes.IndexByte(c.raw, '.') >= 0 || bytes.IndexByte(c.raw, '-') == 0:
			c.oddity = noID
		case c.pads(cl.Format):
			if x, err := number.ParseCell(cl.Raw); err == nil {
				c.oddity, c.raw = padded, append(c.buf[:0], cl.Format.Show(x)...)
			}
		case len(c.raw) > kept && bytes.IndexByte(c.raw, '.') < 0:
			c.oddity = tooLong
		}
	case cell.Text:
		if bytes.IndexByte(c.raw, '+') >= 0 && hasExponent(c.raw) {
			c.oddity = inExponent
		}
	case cell.Bool:
		c.oddity = noID
	case cell.Blank, cell.Error:
	}
}

// pads reports whether a number format adds zeros before a number, or letters.
func (c *column) pads(f *numfmt.Format) bool {
	if f == nil {
		return false
	}
	if f != c.format {
		c.format = f
		shown := f.Show(number.Int(1))
		zeros := len(shown) > 1 && shown[0] == '0' && shown[1] >= '0' && shown[1] <= '9'
		c.padding = zeros || bytes.ContainsFunc([]byte(shown), unicode.IsLetter)
	}
	return c.padding
}

// hasExponent reports whether a text is a number as spreadsheet programs write
// large ones into text files: "1.23457E+11".
func hasExponent(text []byte) bool {
	mantissa, exponent, ok := bytes.Cut(bytes.TrimSpace(text), []byte("E+"))
	digits := func(b []byte) bool { return len(b) > 0 && len(bytes.Trim(b, "0123456789")) == 0 }
	whole, decimals, point := bytes.Cut(bytes.ReplaceAll(mantissa, []byte(","), []byte(".")), []byte("."))
	return ok && len(whole) == 1 && digits(whole) && (!point || digits(decimals)) && len(exponent) == 2 && digits(exponent)
}

// reportOddities reports the ids of a column that may not be what was typed.
// They are not shown: ids may be those of persons.
func (c *collector) reportOddities(t *located, col *column) {
	for o := sound + 1; o < oddities; o++ {
		s := &col.odd[o]
		if s.n == 0 {
			continue
		}
		c.diags.Add(diag.OddID, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: s.area(col.at)},
			lang.F("%s in %q, the first in row %d: %s", "%s ở cột %q, đầu tiên ở hàng %d: %s", o.what(s.n), col.path, s.first, o.why()))
	}
}

// reportDated reports the numbers of rows that are dates.
func (c *collector) reportDated(t *located) {
	var s span
	code := ""
	for i := range t.rows {
		if r := &t.rows[i]; r.Dated {
			if s.n == 0 {
				code = r.Code
			}
			s.add(r.Number)
		}
	}
	if s.n == 0 {
		return
	}
	f := t.header.Columns[t.spec.Code]
	c.diags.Add(diag.OddID, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: s.area(f.Col)}, lang.F(
		"%s in %q, the first in row %d: a number such as %q becomes a date when it is typed, and is read as that; type it as text, with an apostrophe before it",
		"%s ở cột %q, đầu tiên ở hàng %d: số thứ tự như %q bị chuyển thành ngày khi gõ, và được đọc lại như vậy; hãy nhập dạng chữ, có dấu nháy đơn phía trước",
		madeDate.what(s.n), f.Path, s.first, code))
}

func (o oddity) what(n int64) lang.Text {
	switch o {
	case madeDate:
		return number.Count(n, "date", "dates", "ngày tháng")
	case tooLong:
		return number.Count(n, "number of more than 15 digits", "numbers of more than 15 digits", "số có hơn 15 chữ số")
	case inExponent:
		return number.Count(n, "id in exponent form", "ids in exponent form", "mã ở dạng số mũ")
	case padded:
		return number.Count(n, "number shown with zeros or letters that its format adds", "numbers shown with zeros or letters that their format adds", "số hiển thị kèm số 0 hoặc chữ do định dạng thêm vào")
	case noID:
		return number.Count(n, "truth value, fraction or negative number", "truth values, fractions or negative numbers", "giá trị đúng/sai, số lẻ hoặc số âm")
	case sound, oddities:
	}
	return lang.Text{}
}

func (o oddity) why() lang.Text {
	switch o {
	case madeDate:
		return lang.T("an id such as 1-2 becomes a date when it is typed; type it as text, with an apostrophe before it",
			"mã như 1-2 bị chuyển thành ngày khi gõ; hãy nhập dạng chữ, có dấu nháy đơn phía trước")
	case tooLong:
		return lang.T("spreadsheet programs keep 15, the others are lost; type ids as text, or export them again as text",
			"phần mềm bảng tính chỉ giữ 15 chữ số, phần còn lại bị mất; hãy nhập mã dạng chữ, hoặc xuất lại dạng chữ")
	case inExponent:
		return lang.T("the last digits are lost; export the column again as text", "các chữ số cuối đã mất; hãy xuất lại cột này dạng chữ")
	case padded:
		return lang.T("they are not in the cells, and are lost when the list is exported; type ids as text", "phần này không có trong ô và sẽ mất khi xuất danh sách; hãy nhập mã dạng chữ")
	case noID:
		return lang.T("an id such as 1.5 or TRUE is taken for something else when it is typed; type ids as text",
			"mã như 1.5 hoặc TRUE bị hiểu thành giá trị khác khi gõ; hãy nhập mã dạng chữ")
	case sound, oddities:
	}
	return lang.Text{}
}

// foldID returns an id without regard to capitals and to what cannot be seen:
// white space of any kind is a space, none at the ends, dashes are hyphens, a
// Cyrillic А is an A. It may be written into buf.
func foldID(buf, id []byte) []byte {
	id = bytes.TrimSpace(id)
	for i, b := range id {
		if b >= 0x7F || b >= 'a' && b <= 'z' || b < ' ' || b == ' ' && id[i-1] == ' ' {
			return bytes.ToUpper(visibleID(buf, id))
		}
	}
	return id
}

// visibleID is foldID with regard to capitals.
func visibleID(buf, id []byte) []byte {
	out, space, marks := buf[:0], true, false
	for len(id) > 0 {
		r, size := utf8.DecodeRune(id)
		switch {
		case label.Invisible(r):
		case unicode.IsSpace(r):
			if !space {
				out = append(out, ' ')
			}
			space = true
		default:
			if r >= '‐' && r <= '―' || r == '−' {
				r = '-'
			}
			marks = marks || unicode.Is(unicode.Mn, r)
			out = utf8.AppendRune(out, label.Latin(r))
			space = false
		}
		id = id[size:]
	}
	if marks {
		out = norm.NFC.Bytes(out)
	}
	return bytes.TrimSuffix(out, []byte(" "))
}
