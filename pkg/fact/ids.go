package fact

import (
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/records"
)

// reportOddities reports the ids of a column that may differ from what was
// typed. They are not shown: ids may be personal.
func (c *checker) reportOddities(t *body, col *records.Column) {
	for o := records.Sound + 1; o < records.Oddities; o++ {
		s := &col.Odd[o]
		if s.N == 0 {
			continue
		}
		c.diags.Add(diag.OddID, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: s.Area(col.At)},
			lang.F("%s in %q%s: %s", "%s ở cột %q%s: %s", oddIDs(o, s.N), col.Path, firstRow(*s), whyOdd(o)))
	}
}

// reportDated reports the numbers of rows that are dates.
func (c *checker) reportDated(t *body) {
	var s records.Span
	code := ""
	for i := range t.rows {
		if r := &t.rows[i]; r.Dated {
			if s.N == 0 {
				code = r.Code
			}
			s.Add(r.Number)
		}
	}
	if s.N == 0 {
		return
	}
	f := t.header.Columns[t.spec.Code]
	c.diags.Add(diag.OddID, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: s.Area(f.Col)}, lang.F(
		"%s in %q, the first in row %d: a number such as %q becomes a date when it is typed, and is read as that; type it as text, with an apostrophe before it",
		"%s ở cột %q, đầu tiên ở hàng %d: số thứ tự như %q bị chuyển thành ngày khi gõ, và được đọc lại như vậy; hãy nhập dạng chữ, có dấu nháy đơn phía trước",
		oddIDs(records.MadeDate, s.N), f.Path, s.First, code))
}

// oddIDs counts ids that may differ from what was typed.
func oddIDs(o records.Oddity, n int64) lang.Text {
	switch o {
	case records.MadeDate:
		return number.Count(n, "date", "dates", "ngày tháng")
	case records.TooLong:
		return number.Count(n, "number of more than 15 digits", "numbers of more than 15 digits", "số có hơn 15 chữ số")
	case records.InExponent:
		return number.Count(n, "id in exponent form", "ids in exponent form", "mã ở dạng số mũ")
	case records.Padded:
		return number.Count(n, "number shown with zeros or letters that its format adds", "numbers shown with zeros or letters that their format adds", "số hiển thị kèm số 0 hoặc chữ do định dạng thêm vào")
	case records.NoID:
		return number.Count(n, "truth value, fraction or negative number", "truth values, fractions or negative numbers", "giá trị đúng/sai, số lẻ hoặc số âm")
	case records.Sound, records.Oddities:
	}
	return lang.Text{}
}

// whyOdd explains the reason, and what to do.
func whyOdd(o records.Oddity) lang.Text {
	switch o {
	case records.MadeDate:
		return lang.T("an id such as 1-2 becomes a date when it is typed; type it as text, with an apostrophe before it",
			"mã như 1-2 bị chuyển thành ngày khi gõ; hãy nhập dạng chữ, có dấu nháy đơn phía trước")
	case records.TooLong:
		return lang.T("spreadsheet programs keep 15, the others are lost; type ids as text, or export them again as text",
			"phần mềm bảng tính chỉ giữ 15 chữ số, phần còn lại bị mất; hãy nhập mã dạng chữ, hoặc xuất lại dạng chữ")
	case records.InExponent:
		return lang.T("the last digits are lost; export the column again as text", "các chữ số cuối đã mất; hãy xuất lại cột này dạng chữ")
	case records.Padded:
		return lang.T("they are not in the cells, and are lost when the list is exported; type ids as text", "phần này không có trong ô và sẽ mất khi xuất danh sách; hãy nhập mã dạng chữ")
	case records.NoID:
		return lang.T("an id such as 1.5 or TRUE is taken for something else when it is typed; type ids as text",
			"mã như 1.5 hoặc TRUE bị hiểu thành giá trị khác khi gõ; hãy nhập mã dạng chữ")
	case records.Sound, records.Oddities:
	}
	return lang.Text{}
}
