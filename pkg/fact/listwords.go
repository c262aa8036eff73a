package fact

import (
	"fmt"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// reportList says what is wrong with the records of a list: each kind of thing
// once, with how often and where first. Values of free text are not shown:
// lists hold personal data.
func (c *collector) reportList(t *located) {
	l := t.list
	for _, col := range l.columns {
		for _, p := range col.problems {
			if p.n > 0 {
				c.diags.Add(p.check, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: p.area(col.at)}, problemText(col, p))
			}
		}
	}
	for _, o := range l.orders {
		if o.bad.n > 0 {
			a, b := l.columns[o.earlier], l.columns[o.later]
			c.diags.Add(diag.DateOrder, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: o.bad.area(b.at)}, lang.F(
				"%s with %q before %q, the first in row %d: one of the two dates is wrong",
				"%s có %q trước %q, đầu tiên ở hàng %d: một trong hai ngày bị sai", records(o.bad.n), b.path, a.path, o.bad.first))
		}
	}
	if l.outside.n > 0 {
		c.diags.Add(diag.OutsidePeriod, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: l.outside.area(l.outsideAt)}, lang.F(
			"%s with a date outside %s, the first in row %d: they do not count for that period",
			"%s có ngày ngoài %s, đầu tiên ở hàng %d: không tính vào kỳ này", records(l.outside.n), PeriodText(c.period), l.outside.first))
	}
	if l.unitless.n > 0 && len(l.units.names) > 1 {
		c.diags.Add(diag.BlankCell, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: l.unitless.area(l.units.col)}, lang.F(
			"%s with nothing in %q, the first in row %d: they count for no unit; fill it in",
			"%s để trống cột %q, đầu tiên ở hàng %d: không được tính cho đơn vị nào; hãy điền",
			records(l.unitless.n), t.unitColumn().Path, l.unitless.first))
	}
	if l.keyOnly.n > 0 {
		c.diags.Add(diag.BlankCell, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: l.keyOnly.area(l.columns[l.keyed].at)}, lang.F(
			"%s with something in %q and nothing else, the first in row %d: taken as headings, not as records",
			"%s chỉ có nội dung ở %q, đầu tiên ở hàng %d: coi là dòng tiêu đề, không phải hồ sơ", rows(l.keyOnly.n), l.columns[l.keyed].path, l.keyOnly.first))
		c.diags[len(c.diags)-1].Severity = diag.Note
	}
	if l.signed.n > 0 {
		d := diag.New(diag.BlankCell, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: diag.Area{Row: l.signed.first, ToRow: l.signed.last}}, lang.F(
			"%s below the records with neither a date, a choice nor a number, the first in row %d: taken as signatures, not as records",
			"%s dưới danh sách không có ngày, lựa chọn hay số, đầu tiên ở hàng %d: coi là phần ký, không phải hồ sơ", rows(l.signed.n), l.signed.first))
		d.Severity = diag.Note
		c.diags = append(c.diags, d)
	}
	if l.hidden.n > 0 {
		c.addHiddenRows(t, l.hidden.first, l.hidden.last, int(l.hidden.n))
	}
}

// area is the column from the first to the last row of a span.
func (s span) area(col int) diag.Area {
	return diag.Area{Row: s.first, Col: col, ToRow: s.last, ToCol: col}
}

func problemText(col *column, p *problem) lang.Text {
	switch p.check {
	case diag.UnknownChoice:
		var names []string
		for _, v := range col.Values {
			names = append(names, v.Names[0])
		}
		return lang.F(
			"%s with %q in %q, the first in row %d: want one of %s",
			"%s có %q ở cột %q, đầu tiên ở hàng %d: cần một trong %s", records(p.n), clip(p.raw), col.path, p.first, quoted(names))
	case diag.NotDate:
		return lang.F(
			"%s with %q in %q, which is no date, the first in row %d: want dd/mm/yyyy",
			"%s có %q ở cột %q, không phải ngày tháng, đầu tiên ở hàng %d: cần dạng dd/mm/yyyy", records(p.n), clip(p.raw), col.path, p.first)
	case diag.NotCalculated:
		return lang.F(
			"%s in %q not calculated, the first in row %d: open the file and save it in a spreadsheet program",
			"%s ở cột %q chưa được tính, đầu tiên ở hàng %d: hãy mở và lưu lại tệp bằng phần mềm bảng tính", things(p.n, "formula", "formulas", "công thức"), col.path, p.first)
	case diag.ErrorCell:
		return lang.F(
			"%s in %q with the error %s, the first in row %d: mend their formulas",
			"%s ở cột %q chứa lỗi %s, đầu tiên ở hàng %d: hãy sửa công thức", cells(p.n), col.path, p.raw, p.first)
	case diag.BlankCell:
		return lang.F(
			"%s with nothing in %q, the first in row %d: fill it in",
			"%s để trống cột %q, đầu tiên ở hàng %d: hãy điền", records(p.n), col.path, p.first)
	case diag.TextNumber:
		return lang.F(
			"%s in %q typed as text, the first in row %d: type them as numbers",
			"%s ở cột %q được gõ dạng chữ, đầu tiên ở hàng %d: nên nhập dạng số", things(p.n, "number", "numbers", "số"), col.path, p.first)
	}
	return lang.F(
		"%s in %q without a number that can be used, the first in row %d: %q",
		"%s ở cột %q không phải số dùng được, đầu tiên ở hàng %d: %q", cells(p.n), col.path, p.first, clip(p.raw))
}

// things prints a number of things: Vietnamese nouns have one form.
func things(n int64, one, many, vi string) lang.Text {
	if n == 1 {
		many = one
	}
	digits := number.Short(number.Int(n), 0)
	return lang.T(digits.In(lang.EN)+" "+many, digits.In(lang.VI)+" "+vi)
}

func records(n int64) lang.Text { return things(n, "record", "records", "hồ sơ") }
func rows(n int64) lang.Text    { return things(n, "row", "rows", "hàng") }
func cells(n int64) lang.Text   { return things(n, "cell", "cells", "ô") }

// describe says in words what a count or sum asks for.
func describe(p *plan.Plan, t *plan.Table, src *plan.Source, period plan.Period) lang.Text {
	what := lang.F("records of %q", "hồ sơ trong %q", t.Title)
	if src.Op == plan.SumSource {
		what = lang.F("sum of %q in %q", "tổng cột %q trong %q", header(t, src.Column), t.Title)
	}
	var conds []lang.Text
	if src.During != "" {
		conds = append(conds, lang.F("%q in %s", "%q trong %s", header(t, src.During), PeriodText(period)))
	}
	for _, w := range src.Where {
		conds = append(conds, condText(t, w))
	}
	if len(conds) == 0 {
		return what
	}
	return lang.F("%s with %s", "%s có %s", what, joinAnd(conds))
}

func joinAnd(parts []lang.Text) lang.Text {
	out := parts[0]
	for _, p := range parts[1:] {
		out = lang.F("%s and %s", "%s và %s", out, p)
	}
	return out
}

func header(t *plan.Table, id string) string {
	col := t.FindColumn(id)
	if col == nil || len(col.Headers) == 0 {
		return id
	}
	return col.Headers[0]
}

func condText(t *plan.Table, w plan.Condition) lang.Text {
	name := header(t, w.Column)
	var values []string
	for _, id := range w.Values {
		text := id
		for _, v := range t.FindColumn(w.Column).Values {
			if v.ID == id {
				text = v.Names[0]
			}
		}
		values = append(values, text)
	}
	list := strings.Join(values, ", ")
	switch w.Op {
	case plan.IsOneOf:
		return lang.Same(fmt.Sprintf("%q = %s", name, list))
	case plan.IsNotOneOf:
		return lang.Same(fmt.Sprintf("%q ≠ %s", name, list))
	case plan.IsFilled:
		return lang.F("%q filled", "%q có nội dung", name)
	case plan.IsBlank:
		return lang.F("%q blank", "%q để trống", name)
	case plan.NotAfter:
		return lang.Same(fmt.Sprintf("%q ≤ %q", name, header(t, w.Other)))
	case plan.After:
		return lang.Same(fmt.Sprintf("%q > %q", name, header(t, w.Other)))
	}
	return lang.Text{}
}
