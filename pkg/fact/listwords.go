package fact

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
)

// reportList reports the mistakes of a list: each kind once, with its number
// and its first place. Values of free text are not shown: lists hold personal
// data.
func (c *checker) reportList(t *body) {
	l := t.list
	columns := l.Columns
	if l.Units != nil {
		columns = append(slices.Clone(columns), l.Units.Column)
	}
	for _, col := range columns {
		for _, p := range col.Problems {
			d := diag.New(p.Check, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: p.Area(col.At)}, problemText(col, p))
			if p.Check == diag.MarkedText && col.Type == plan.Text {
				d.Severity = diag.Warning // it is read as it stands
			}
			c.diags = append(c.diags, d)
		}
	}
	for _, col := range l.Columns {
		c.reportOddities(t, col)
	}
	for _, o := range l.Orders {
		c.reportOrder(diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: o.Bad.Area(o.Later.At)}, o)
	}
	c.reportOutside(diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: l.Outside.Area(l.OutsideAt)}, l.Outside, l.Outside.N == l.Records && !l.Within)
	c.reportRows(t)
	if l.Hidden.N > 0 {
		c.addHiddenRows(t, l.Hidden.First, l.Hidden.Last, int(l.Hidden.N))
	}
}

// reportOrder reports days that precede others and should not.
func (c *checker) reportOrder(at diag.Pos, o records.Order) {
	if o.Bad.N > 0 {
		c.diags.Add(diag.DateOrder, at, lang.F(
			"%s with %q before %q%s: one of the two dates is wrong",
			"%s có %q trước %q%s: một trong hai ngày bị sai", recordCount(o.Bad.N), o.Later.Path, o.Earlier.Path, firstRow(o.Bad)))
	}
}

// reportOutside reports records outside the period.
func (c *checker) reportOutside(at diag.Pos, outside records.Span, all bool) {
	switch {
	case outside.N == 0:
	case all:
		d := diag.New(diag.OutsidePeriod, at, lang.F(
			"every date of %s lies outside %s%s: none counts for that period; is it the list of another one?",
			"mọi ngày của %s đều ngoài %s%s: không hồ sơ nào được tính vào kỳ này; có phải danh sách của kỳ khác không?",
			recordCount(outside.N), c.period.Words(), firstRow(outside)))
		d.Severity = diag.Warning
		c.diags = append(c.diags, d)
	default:
		c.diags.Add(diag.OutsidePeriod, at, lang.F(
			"%s with a date outside %s%s: they do not count for that period",
			"%s có ngày ngoài %s%s: không tính vào kỳ này", recordCount(outside.N), c.period.Words(), firstRow(outside)))
	}
}

// reportRows reports the rows that are not taken as records; those between
// records are warnings.
func (c *checker) reportRows(t *body) {
	l := t.list
	say := func(severity diag.Severity, s records.Span, col int, en, vi string, args ...any) {
		if s.N == 0 {
			return
		}
		d := diag.New(diag.BlankCell, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: s.Area(col)},
			lang.F(en, vi, append([]any{rowCount(s.N), firstRow(s)}, args...)...))
		d.Severity = severity
		c.diags = append(c.diags, d)
	}
	say(diag.Note, l.Signed, 0,
		"%s below the records with neither a date, a choice nor a number%s: taken as signatures, not as records",
		"%s dưới danh sách không có ngày, lựa chọn hay số%s: coi là phần ký, không phải hồ sơ")
	say(diag.Warning, l.Texts, 0,
		"%s among the records with neither a date, a choice nor a number%s: taken as headings, not as records",
		"%s trong danh sách không có ngày, lựa chọn hay số%s: coi là dòng tiêu đề, không phải hồ sơ")
	if 2*l.Odd.N <= l.Records {
		say(diag.Warning, l.Odd, 0,
			"%s without a date, a choice or a number of its own, unlike the others%s: counted as records; clear what is a heading or a total, or label it as one",
			"%s không có ngày, lựa chọn hay mã số như các hàng khác%s: vẫn được tính là hồ sơ; nếu là dòng tiêu đề hoặc dòng tổng, hãy xóa hoặc ghi rõ")
	}
	if l.Key == nil {
		say(diag.Warning, l.Loose, 0,
			"%s among the records with a single cell or only numbers%s: taken as headings or totals, not as records",
			"%s trong danh sách chỉ có một ô hoặc chỉ có số%s: coi là dòng tiêu đề hoặc dòng tổng, không phải hồ sơ")
		return
	}
	say(diag.Note, l.KeyOnly, l.Key.At,
		"%[1]s with something in %[3]q and nothing else%[2]s: taken as headings, not as records",
		"%[1]s chỉ có nội dung ở %[3]q%[2]s: coi là dòng tiêu đề, không phải hồ sơ", l.Key.Path)
	say(diag.Warning, l.Loose, 0,
		"%s among the records without an id, a date or a choice that can be read%s: taken as headings or totals, not as records",
		"%s trong danh sách không có mã, ngày hay lựa chọn đọc được%s: coi là dòng tiêu đề hoặc dòng tổng, không phải hồ sơ")
}

// firstRow names the first of some rows; it is empty for records in a database,
// which have no rows.
func firstRow(s records.Span) lang.Text {
	if s.First == 0 {
		return lang.Text{}
	}
	return lang.F(", the first in row %d", ", đầu tiên ở hàng %d", s.First)
}

func problemText(col *records.Column, p *records.Problem) lang.Text {
	switch p.Check {
	case diag.UnknownChoice:
		var names []string
		for _, v := range col.Values {
			names = append(names, v.Names[0])
		}
		return lang.F(
			"%s with %q in %q%s: want one of %s",
			"%s có %q ở cột %q%s: cần một trong %s", recordCount(p.N), clip(p.Raw), col.Path, firstRow(p.Span), quoted(names))
	case diag.NotDate:
		if _, err := date.ParseText(p.Raw); err != nil && !errors.Is(err, date.ErrNotDate) {
			return lang.F(
				"%s with %q in %q%s: %s",
				"%s có %q ở cột %q%s: %s", recordCount(p.N), clip(p.Raw), col.Path, firstRow(p.Span), err)
		}
		return lang.F(
			"%s with %q in %q, which is no date%s: want dd/mm/yyyy",
			"%s có %q ở cột %q, không phải ngày tháng%s: cần dạng dd/mm/yyyy", recordCount(p.N), clip(p.Raw), col.Path, firstRow(p.Span))
	case diag.NotCalculated:
		return lang.F(
			"%s in %q not calculated%s: open the file and save it in a spreadsheet program",
			"%s ở cột %q chưa được tính%s: hãy mở và lưu lại tệp bằng phần mềm bảng tính", number.Count(p.N, "formula", "formulas", "công thức"), col.Path, firstRow(p.Span))
	case diag.ErrorCell:
		return lang.F(
			"%s in %q with the error %s%s: mend their formulas",
			"%s ở cột %q chứa lỗi %s%s: hãy sửa công thức", cellCount(p.N), col.Path, p.Raw, firstRow(p.Span))
	case diag.BlankCell:
		return lang.F(
			"%s with nothing in %q%s: fill it in",
			"%s để trống cột %q%s: hãy điền", recordCount(p.N), col.Path, firstRow(p.Span))
	case diag.UnderMerge:
		return lang.F(
			"%s in %q merged with one above%s: it cannot be told whether what stands there is of each record; unmerge them and fill in each",
			"%s ở cột %q gộp với ô phía trên%s: không xác định được nội dung có áp dụng cho từng hồ sơ không; hãy bỏ gộp và điền từng ô", cellCount(p.N), col.Path, firstRow(p.Span))
	case diag.MarkedText:
		if col.Type == plan.Text {
			return lang.F(
				"%s in %q struck out or not shown, in part or as a whole%s: they count all the same; clear what does not count, and show the rest without the line",
				"%s ở cột %q bị gạch bỏ hoặc bị ẩn, một phần hay toàn bộ%s: vẫn được tính; hãy xóa phần không tính và bỏ gạch phần còn lại", cellCount(p.N), col.Path, firstRow(p.Span))
		}
		return lang.F(
			"%s in %q with parts struck out, superscript, hidden or of a link%s: %q; type the value alone",
			"%s ở cột %q có phần gạch bỏ, chỉ số trên, phần ẩn hoặc liên kết%s: %q; hãy chỉ nhập giá trị", cellCount(p.N), col.Path, firstRow(p.Span), clip(p.Raw))
	case diag.AmbiguousText:
		return lang.F(
			"%s in %q with a number that can be read in two ways, as it is typed or as it is shown%s: %q",
			"%s ở cột %q có số đọc được theo hai cách, do cách gõ hoặc cách hiển thị%s: %q", cellCount(p.N), col.Path, firstRow(p.Span), clip(p.Raw))
	case diag.ShownOtherwise:
		return lang.F(
			"%s in %q shown as something else than they store, or as nothing, by their number format or a white font%s; give them an ordinary format",
			"%s ở cột %q hiển thị khác với giá trị lưu hoặc không hiển thị, do định dạng số hoặc chữ trắng%s; hãy đặt lại định dạng", cellCount(p.N), col.Path, firstRow(p.Span))
	case diag.DoubtfulNumber:
		if col.Type == plan.Share {
			return lang.F(
				"%s in %q no larger than 1%s: %q; the column states percents: is 1 meant to be 100%%? write a percent sign",
				"%s ở cột %q không lớn hơn 1%s: %q; cột ghi theo phần trăm: có phải 1 nghĩa là 100%% không? hãy ghi kèm dấu phần trăm",
				number.Count(p.N, "number", "numbers", "số"), col.Path, firstRow(p.Span), clip(p.Example))
		}
		return lang.F(
			"%s in %q with three decimals, typed as text%s: %q; are thousands meant? type them as numbers",
			"%s ở cột %q gõ dạng chữ với ba chữ số thập phân%s: %q; có phải là hàng nghìn không? hãy nhập dạng số",
			number.Count(p.N, "number", "numbers", "số"), col.Path, firstRow(p.Span), clip(p.Example))
	case diag.TextNumber:
		return lang.F(
			"%s in %q typed as text%s: type them as numbers",
			"%s ở cột %q được gõ dạng chữ%s: nên nhập dạng số", number.Count(p.N, "number", "numbers", "số"), col.Path, firstRow(p.Span))
	}
	return lang.F(
		"%s in %q without a number that can be used%s: %q",
		"%s ở cột %q không phải số dùng được%s: %q", cellCount(p.N), col.Path, firstRow(p.Span), clip(p.Raw))
}

func recordCount(n int64) lang.Text { return number.Count(n, "record", "records", "hồ sơ") }
func rowCount(n int64) lang.Text    { return number.Count(n, "row", "rows", "hàng") }
func cellCount(n int64) lang.Text   { return number.Count(n, "cell", "cells", "ô") }

// describe words which records a count or sum is of.
func describe(t *plan.Table, src *plan.Source, period plan.Period) lang.Text {
	what := lang.F("records of %q", "hồ sơ trong %q", t.Title)
	column := header(t, src.Column)
	switch src.Op {
	case plan.SumSource:
		what = lang.F("sum of %q in %q", "tổng cột %q trong %q", column, t.Title)
	case plan.DistinctSource:
		what = lang.F("different values of %q in %q", "số giá trị khác nhau của cột %q trong %q", column, t.Title)
	case plan.MeanSource:
		what = lang.F("mean of %q in %q", "trung bình cột %q trong %q", column, t.Title)
	case plan.LeastSource, plan.MostSource:
		what = extreme(t, src)
	case plan.CountSource, plan.CellSource, plan.TotalSource, plan.AddSource, plan.SubtractSource, plan.DaysSource, plan.PreviousSource, plan.SubmissionSource, plan.RosterSource:
	}
	var conds []lang.Text
	if src.During != "" {
		time, _ := src.Time(period)
		conds = append(conds, lang.F("%q in %s", "%q trong %s", header(t, src.During), time.Words()))
	}
	for _, w := range src.Where {
		conds = append(conds, condText(t, w))
	}
	if len(conds) == 0 {
		return what
	}
	return lang.F("%s with %s", "%s có %s", what, joinAnd(conds))
}

// extreme words that a source is the least or the most of a column, of days the
// earliest or the latest.
func extreme(t *plan.Table, src *plan.Source) lang.Text {
	column := header(t, src.Column)
	switch days := takesDays(t, src); {
	case days && src.Op == plan.LeastSource:
		return lang.F("earliest of %q in %q", "ngày sớm nhất ở cột %q trong %q", column, t.Title)
	case days:
		return lang.F("latest of %q in %q", "ngày muộn nhất ở cột %q trong %q", column, t.Title)
	case src.Op == plan.LeastSource:
		return lang.F("least of %q in %q", "số nhỏ nhất ở cột %q trong %q", column, t.Title)
	}
	return lang.F("most of %q in %q", "số lớn nhất ở cột %q trong %q", column, t.Title)
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
	if w.Any != nil {
		return alternatives(t, w)
	}
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
		return lang.F("%q ≤ %s", "%q ≤ %s", name, dayOrHeader(t, w))
	case plan.After:
		return lang.F("%q > %s", "%q > %s", name, dayOrHeader(t, w))
	case plan.Before:
		return lang.F("%q < %s", "%q < %s", name, dayOrHeader(t, w))
	case plan.NotBefore:
		return lang.F("%q ≥ %s", "%q ≥ %s", name, dayOrHeader(t, w))
	case plan.Compares:
		if w.Cmp == plan.Between {
			return lang.F("%q from %s to %s", "%q từ %s đến %s", name, literal(t, w, 0), literal(t, w, 1))
		}
		return lang.F("%q %s%s", "%q %s%s", name, w.Cmp.Symbol(), literal(t, w, 0))
	case plan.AnyOf, plan.NoneOf: // alternatives
	}
	return lang.Text{}
}

// literal is the evaluated right-hand side of a condition.
func literal(t *plan.Table, w plan.Condition, i int) lang.Text {
	col := t.FindColumn(w.Column)
	return number.Shown(w.With[i], col != nil && col.Type == plan.Share)
}

func dayOrHeader(t *plan.Table, w plan.Condition) lang.Text {
	if w.Other == "" {
		return plan.ShownDay(w.With[0])
	}
	if !w.Plus.IsZero() {
		return lang.F("%q + %s", "%q + %s", header(t, w.Other), w.Plus.Words())
	}
	return lang.Same(strconv.Quote(header(t, w.Other)))
}

// alternatives says which of several conditions must hold, or must not.
func alternatives(t *plan.Table, w plan.Condition) lang.Text {
	var any []lang.Text
	for _, all := range w.Any {
		var conds []lang.Text
		for _, c := range all {
			conds = append(conds, condText(t, c))
		}
		any = append(any, joinAnd(conds))
	}
	if w.Op == plan.NoneOf {
		return lang.F("none of (%s)", "không thuộc trường hợp nào trong (%s)", lang.Join(any, "; "))
	}
	return lang.F("one of (%s)", "một trong (%s)", lang.Join(any, "; "))
}
