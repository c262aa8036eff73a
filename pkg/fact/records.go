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

// records gives the count or sum of a record list for the unit. A list that
// stands in several sheets is added up.
func (r *reader) records(pf *plan.Fact, src *plan.Source) sourced {
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

// count adds up what the lists say, each of which has the columns.
func (r *reader) count(pf *plan.Fact, src *plan.Source, tables []*body) sourced {
	out := sourced{state: Reported, Source: Source{How: describe(tables[0].Table, src, r.period)}}
	total, counted, figures := number.Exact{}, int64(0), int64(0)
	for _, t := range tables {
		r.mapped = r.mapped || t.form != nil
		counter := t.list.Counter(src)
		found := t.list.Tally(counter, r.unit.keys)
		r.noteFormulas(t, counter.Columns())
		e := t.evidence(r.file, counter, found)
		if reason, bad := t.unusable(counter, found, t.doubles(&r.unit)); bad {
			return invalid(reason, out.How, e)
		}
		counted, figures = counted+found.N, figures+found.Figures
		switch {
		case src.Op == plan.CountSource:
			total = total.Add(number.Int(found.N))
		case pf.Kind != plan.AmountFact:
			total = total.Add(found.Total())
		case !t.scaleOf(src.Column).known():
			return invalid(t.scaleOf(src.Column).why, out.How, e)
		default:
			total = total.Add(found.Total().Mul(t.scaleOf(src.Column).times))
		}
		out.Evidence = append(out.Evidence, e)
	}
	return r.finish(pf, src, tables[0].Table, out, total, counted, figures)
}

// finish makes the figure of a count or a sum of so many records, of which some
// have a number.
func (r *reader) finish(pf *plan.Fact, src *plan.Source, t *plan.Table, out sourced, total number.Exact, counted, figures int64) sourced {
	if src.Op == plan.SumSource && counted > 0 && figures == 0 {
		return missing(diag.BlankCell, lang.F("%s of %q have no figure in the column %q", "%s của bảng %q không có số liệu ở cột %q",
			recordCount(counted), t.Title, header(t, src.Column)))
	}
	out.Value = total
	if v := checkKind(value{state: Reported, number: total}, pf.Kind); v.state == Invalid {
		out.state, out.reason = Invalid, v.reason
		r.diags.Add(v.check, r.place(out.Source), lang.F("%s (%s): %s", "%s (%s): %s", pf.Title, out.How, v.reason))
	}
	return out
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

// unusable says why what a counter found cannot be used.
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

// unsure says why it cannot be told how many records of a list count: some
// cannot be read where it matters, or twice of them have another one's id.
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

// evidence names the column in which the records that counted stand: the area
// from the first to the last of them, and how many they are.
func (t *body) evidence(file string, c *records.Counter, found records.Tally) Evidence {
	e := Evidence{File: file, Sheet: t.sheet.Name, Count: found.N, Read: term.Counted}
	if c.Source.Op == plan.SumSource {
		e.Read = term.AddedUp
	}
	col := t.list.Leading(c)
	if found.N > 0 {
		e.Cells = found.Rows.Area(col.At).String()
	} else {
		e.Cells = diag.Area{Col: col.At, ToCol: col.At}.String()
	}
	return e
}
