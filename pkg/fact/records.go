package fact

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
	"github.com/parcheck/parcheck/pkg/term"
)

// records returns the unit's figure from a record list. A list in several
// sheets is added up.
func (r *reader) records(pf *plan.Fact, src *plan.Source) sourced {
	if lacks := src.Lacks(); len(lacks) > 0 {
		return missing(diag.BlankCell, lang.F("records cannot be counted without %s, which is not known: give it with --param", "chưa đếm được hồ sơ khi chưa có %s: khai báo bằng --param", r.paramNames(lacks)))
	}
	if _, why, ok := r.timeOf(src); !ok {
		return why
	}
	tables := r.tablesFor(src.Table)
	if len(tables) == 0 {
		return r.noTable(src.Table)
	}
	first := tables[0]
	tables = slices.DeleteFunc(tables, func(t *body) bool { return t.list.Records == 0 })
	if len(tables) == 0 {
		return missing(diag.BlankCell, lang.F("%s in %s holds no record", "bảng %s ở %s không có hồ sơ nào", first.Title, diag.QuoteSheet(first.sheet.Name)))
	}
	tables = slices.DeleteFunc(tables, func(t *body) bool { return !t.list.Names(r.unit.keys) })
	if len(tables) == 0 {
		return r.noUnit(src.Table)
	}
	lacking := slices.IndexFunc(tables, func(t *body) bool { return t.list.Counter(src) == nil })
	if lacking < 0 {
		return r.count(pf, src, tables)
	}
	t := tables[lacking]
	out := r.noColumn(t, t.lacks(src))
	if slices.ContainsFunc(tables, func(t *body) bool { return t.list.Counter(src) != nil }) {
		// a part of the list is there: nothing may stand in for it
		return invalid(out.reason, describe(t.Table, src, r.period))
	}
	return out
}

// count combines the results of the sheets of a list, each of which has the
// columns.
func (r *reader) count(pf *plan.Fact, src *plan.Source, tables []*body) sourced {
	out := sourced{state: Reported, Source: Source{How: describe(tables[0].Table, src, r.period)}}
	all := records.Aggregate{Op: src.Op}
	for _, t := range tables {
		r.mapped = r.mapped || t.form != nil
		counter := t.list.Counter(src)
		found := t.list.Tally(counter, r.unit.keys)
		r.noteFormulas(t, counter.Columns())
		e := t.evidence(r.file, counter, found)
		if reason, bad := t.unusable(counter, found, t.doubles(&r.unit)); bad {
			return invalid(reason, out.How, e)
		}
		times := number.Int(1)
		if src.Op.OfNumbers() && pf.Kind == plan.AmountFact {
			scale := t.scaleOf(src.Column)
			if !scale.known() {
				return invalid(scale.why, out.How, e)
			}
			times = scale.times
		}
		all.Add(counter, found, times)
		out.Evidence = append(out.Evidence, e)
	}
	return r.finish(pf, src, tables[0].Table, out, &all)
}

// finish makes the figure from the results of all sheets of a list.
func (r *reader) finish(pf *plan.Fact, src *plan.Source, t *plan.Table, out sourced, all *records.Aggregate) sourced {
	if all.Crowded {
		return invalid(lang.F("the column %q of %q has more than %s different values: it holds no names of a few things",
			"cột %[1]q của bảng %[2]q có hơn %[3]s giá trị khác nhau: đây không phải cột tên gọi", header(t, src.Column), t.Title, number.Shown(number.Int(records.MaxValues), false)), out.How, out.Evidence...)
	}
	total, ok := all.Value()
	switch {
	case !ok && all.N == 0:
		return missing(diag.BlankCell, lang.F("no record counts: %s", "không có hồ sơ nào được tính: %s", out.How))
	case !ok && src.Op.OfNumbers():
		return missing(diag.BlankCell, lang.F("%s of %q have no figure in the column %q", "%s của bảng %q không có số liệu ở cột %q",
			recordCount(all.N), t.Title, header(t, src.Column)))
	case !ok:
		return missing(diag.BlankCell, lang.F("%s of %q have nothing in the column %q", "%s của bảng %q để trống cột %q",
			recordCount(all.N), t.Title, header(t, src.Column)))
	}
	if all.Blank() > 0 && src.Op.OfNumbers() && src.Op != plan.SumSource {
		out.How = lang.F("%s; %s with nothing in the column are left out", "%s; không tính %s để trống cột này", out.How, recordCount(all.Blank()))
	}
	out.Value = total
	if v := checkKind(value{state: Reported, number: total}, pf.Kind); v.state == Invalid {
		out.state, out.reason = Invalid, v.reason
		r.diags.Add(v.check, r.place(out.Source), lang.F("%s (%s): %s", "%s (%s): %s", pf.Title, out.How, v.reason))
	}
	return out
}

// paramNames names params of the plan.
func (c *content) paramNames(ids []string) lang.Text {
	var names []lang.Text
	for _, id := range ids {
		name := lang.Same(id)
		if q := c.plan.FindParam(id); q != nil {
			name = q.Name()
		}
		names = append(names, lang.F("“%s”", "“%s”", name))
	}
	return lang.Join(names, ", ")
}

// lacks returns a column that a source needs and the sheet does not have.
func (t *body) lacks(src *plan.Source) string {
	for _, id := range records.Needs(src) {
		if _, f := t.column(id); f.Col == 0 {
			return id
		}
	}
	return ""
}

// unusable explains why the result of a counter cannot be used.
func (t *body) unusable(c *records.Counter, found records.Tally, twice int64) (lang.Text, bool) {
	doubtful := t.list.Doubtful
	for _, col := range c.Columns() {
		doubtful = max(doubtful, col.Doubtful)
	}
	if doubtful != "" {
		return twoColumns(t, doubtful), true
	}
	return unsure(t.Table, found, twice)
}

// unsure explains why the number of records is undecided: cells that decide are
// unreadable, or records share an id.
func unsure(t *plan.Table, found records.Tally, twice int64) (lang.Text, bool) {
	if found.Unsure > 0 {
		var names []string
		for i := range t.Columns { // in the order of the plan, whichever record came first
			at := slices.IndexFunc(found.Because, func(col *records.Column) bool { return col.ID == t.Columns[i].ID })
			if at >= 0 {
				names = append(names, found.Because[at].Path)
			}
		}
		count, column := number.Count(found.Unsure, "record counts", "records count", "hồ sơ"), "column"
		if len(names) > 1 {
			column = "columns"
		}
		return lang.F(
			"it cannot be told whether %[1]s: the %[2]s %[3]s cannot be read there (see the findings)",
			"không xác định được %[1]s có được tính không: cột %[3]s không đọc được ở đó (xem phần phát hiện)", count, column, quoted(names)), true
	}
	if twice > 0 {
		return lang.F(
			"%s with an id that another one has: it cannot be told how many there are (see the findings)",
			"%s trùng mã với hồ sơ khác: không xác định được số lượng (xem phần phát hiện)", recordCount(twice)), true
	}
	return lang.Text{}, false
}

// evidence is the area of a column from the first to the last record that
// counted, with their number. For the least and the most it is the one cell.
func (t *body) evidence(file string, c *records.Counter, found records.Tally) Evidence {
	e := Evidence{File: file, Sheet: t.sheet.Name, Count: found.N, Read: howCounted(t.Table, c.Source, found)}
	col := t.list.Leading(c)
	switch {
	case found.At > 0 && (c.Source.Op == plan.LeastSource || c.Source.Op == plan.MostSource):
		e.Cells, e.Count = diag.A1(found.At, col.At), 1
	case found.N > 0:
		e.Cells = found.Rows.Area(col.At).String()
	default:
		e.Cells = diag.Area{Col: col.At, ToCol: col.At}.String()
	}
	return e
}

// takesDays reports whether a source takes a day of a column.
func takesDays(t *plan.Table, src *plan.Source) bool {
	col := t.FindColumn(src.Column)
	return col != nil && col.Type == plan.Date && src.Op.OfNumbers()
}

// howCounted words how the figure follows from the records that counted.
func howCounted(t *plan.Table, src *plan.Source, found records.Tally) lang.Text {
	numbers := number.Count(found.Figures, "number", "numbers", "số")
	if takesDays(t, src) {
		days := number.Count(found.Figures, "day", "days", "ngày")
		if src.Op == plan.LeastSource {
			return lang.F("the earliest of %s", "sớm nhất trong %s", days)
		}
		return lang.F("the latest of %s", "muộn nhất trong %s", days)
	}
	switch src.Op {
	case plan.SumSource:
		return term.AddedUp
	case plan.DistinctSource:
		return lang.T("different values counted", "đếm các giá trị khác nhau")
	case plan.MeanSource:
		return lang.F("mean of %s", "trung bình của %s", numbers)
	case plan.LeastSource:
		return lang.F("the least of %s", "nhỏ nhất trong %s", numbers)
	case plan.MostSource:
		return lang.F("the most of %s", "lớn nhất trong %s", numbers)
	case plan.CountSource, plan.CellSource, plan.TotalSource, plan.AddSource, plan.SubtractSource, plan.DaysSource, plan.PreviousSource, plan.SubmissionSource, plan.RosterSource:
	}
	return term.Counted
}
