package fact

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// records gives the count or sum of a record list for the unit. A list that
// stands in several sheets is added up.
func (r *reader) records(pf *plan.Fact, src *plan.Source) sourced {
	tables := r.tablesFor(src.Table)
	if len(tables) == 0 {
		return r.noTable(src.Table)
	}
	first := tables[0]
	tables = slices.DeleteFunc(tables, func(t *located) bool { return t.list.records == 0 })
	if len(tables) == 0 {
		return missing(diag.BlankCell, lang.F("%s in %s holds no record", "bảng %s ở %s không có hồ sơ nào", first.Title, diag.QuoteSheet(first.sheet.Name)))
	}
	tables = slices.DeleteFunc(tables, func(t *located) bool { return !t.list.speaks(r.unit) })
	if len(tables) == 0 {
		return r.noUnit(src.Table)
	}
	lacking := slices.IndexFunc(tables, func(t *located) bool { return t.list.find(src) == nil })
	if lacking < 0 {
		return r.count(pf, src, tables)
	}
	t := tables[lacking]
	out := r.noColumn(t, t.lacks(src))
	if slices.ContainsFunc(tables, func(t *located) bool { return t.list.find(src) != nil }) {
		// a part of the list is there: nothing may stand in for it
		return invalid(out.reason, describe(t.Table, src, r.period))
	}
	return out
}

// count adds up what the lists say, each of which has the columns.
func (r *reader) count(pf *plan.Fact, src *plan.Source, tables []*located) sourced {
	out := sourced{state: Reported, Source: Source{How: describe(tables[0].Table, src, r.period)}}
	total, counted, figures := number.Exact{}, int64(0), int64(0)
	for _, t := range tables {
		m := t.list.find(src)
		g := t.list.of(m, r.unit)
		r.noteFormulas(t, m.columns(t.list.columns))
		e := t.list.evidence(r.file, t, m, g)
		if reason, bad := t.list.unusable(t, m, g); bad {
			return invalid(reason, out.How, e)
		}
		counted, figures = counted+g.n, figures+g.figures
		switch {
		case m.sum < 0:
			total = total.Add(number.Int(g.n))
		case pf.Kind != plan.AmountFact:
			total = total.Add(g.total.exact())
		case !t.scaleOf(src.Column).known():
			return invalid(t.scaleOf(src.Column).why, out.How, e)
		default:
			total = total.Add(g.total.exact().Mul(t.scaleOf(src.Column).times))
		}
		out.Evidence = append(out.Evidence, e)
	}
	if src.Op == plan.SumSource && counted > 0 && figures == 0 {
		return missing(diag.BlankCell, lang.F("%s of %q have no figure in the column %q", "%s của bảng %q không có số liệu ở cột %q",
			records(counted), tables[0].Title, header(tables[0].Table, src.Column)))
	}
	out.Value = total
	if v := checkKind(value{state: Reported, number: total}, pf.Kind); v.state == Invalid {
		out.state, out.reason = Invalid, v.reason
		r.diags.Add(v.check, r.place(out.Source), lang.F("%s (%s): %s", "%s (%s): %s", pf.Title, out.How, v.reason))
	}
	return out
}

// find returns the measure of a source, or nil where the list lacks a column
// of it.
func (l *list) find(src *plan.Source) *measure {
	i := slices.IndexFunc(l.measures, func(m *measure) bool { return m.source == src })
	if i < 0 {
		return nil
	}
	return l.measures[i]
}

// lacks returns a column that a source needs and the list does not have.
func (t *located) lacks(src *plan.Source) string {
	m := newMeasure(src, func(id string) int {
		if _, f := t.column(id); f.Col > 0 {
			return 0
		}
		return -1
	})
	id, _ := m.lacks()
	return id
}

// speaks reports whether a list has records of a unit.
func (l *list) speaks(u unit) bool {
	return l.units == nil || len(u.keys) == 0 || slices.ContainsFunc(u.keys, func(key string) bool {
		_, ok := l.units.keys[key]
		return ok
	})
}

// of returns what a measure has found of a unit, by all of its names; without
// names, of all.
func (l *list) of(m *measure, u unit) aggregate {
	all := aggregate{}
	if l.units == nil || len(u.keys) == 0 {
		for _, g := range m.units {
			all.merge(g)
		}
		return all
	}
	for _, key := range u.keys {
		if i, ok := l.units.keys[key]; ok && i < len(m.units) {
			all.merge(m.units[i])
		}
	}
	return all
}

// unusable says why a measure's figure cannot be used.
func (l *list) unusable(t *located, m *measure, g aggregate) (lang.Text, bool) {
	doubtful := l.doubtful
	for _, col := range m.columns(l.columns) {
		doubtful = max(doubtful, col.doubtful)
	}
	if doubtful != "" {
		return twoColumns(t, doubtful), true
	}
	if g.unsure > 0 {
		var names []string
		for _, col := range l.columns { // in the order of the plan, whichever record came first
			if slices.Contains(g.because, col) {
				names = append(names, col.path)
			}
		}
		count, column := number.Count(g.unsure, "record counts", "records count", "hồ sơ"), "column"
		if len(names) > 1 {
			column = "columns"
		}
		return lang.F(
			"it cannot be told whether %[1]s: the %[2]s %[3]s cannot be read there (see the findings)",
			"không xác định được %[1]s có được tính không: cột %[3]s không đọc được ở đó (xem phần phát hiện)", count, column, quoted(names)), true
	}
	if l.twice > 0 {
		return lang.F(
			"%s with an id that another one has: it cannot be told how many there are (see the findings)",
			"%s trùng mã với hồ sơ khác: không xác định được số lượng (xem phần phát hiện)", records(l.twice)), true
	}
	return lang.Text{}, false
}

// evidence names the column in which the records that counted stand: the area
// from the first to the last of them, and how many they are.
func (l *list) evidence(file string, t *located, m *measure, g aggregate) Evidence {
	e := Evidence{File: file, Sheet: t.sheet.Name, Count: g.n, Read: lang.T("records counted", "hồ sơ được đếm")}
	col := l.leading()
	switch {
	case m.sum >= 0:
		col, e.Read = l.columns[m.sum].at, lang.T("numbers added up", "cộng các số")
	case len(m.conds) > 0:
		col = l.columns[m.conds[0].column].at
	case m.during >= 0:
		col = l.columns[m.during].at
	}
	if g.n > 0 {
		e.Cells = diag.Area{Row: g.rows.first, Col: col, ToRow: g.rows.last, ToCol: col}.String()
	} else {
		e.Cells = diag.Area{Col: col, ToCol: col}.String()
	}
	return e
}

// leading returns the column of the ids or, without one, the leftmost that is
// read.
func (l *list) leading() int {
	if l.keyed >= 0 {
		return l.columns[l.keyed].at
	}
	first := slices.MinFunc(l.columns, func(a, b *column) int { return a.at - b.at })
	return first.at
}
