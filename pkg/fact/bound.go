package fact

import (
	"context"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/query"
	"github.com/parcheck/parcheck/pkg/records"
	"github.com/parcheck/parcheck/pkg/term"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// Bound is the lists of the plan that databases hold, already counted there.
type Bound struct {
	File   string // of the bindings
	SHA256 string // of that file
	Lists  []*query.Counted
}

// Query is a statement that was sent to a database for a list, and the state of
// the database that answered.
type Query = query.Evidence

// Queries lists the statements that were sent to databases; nil without a
// database.
func (b *Bound) Queries() []Query {
	if b == nil {
		return nil
	}
	var out []Query
	for _, l := range b.Lists {
		out = append(out, l.Answers...)
	}
	return out
}

// Database is the kind of an input that is a database instead of a file.
const Database workbook.Kind = "database"

// FromUnits is the kind of an input that is the results of subordinate units
// instead of a file.
const FromUnits workbook.Kind = "roll-up"

// boundList is a list in a database, with the units that its records name.
type boundList struct {
	*query.Counted
	file string
	keys map[unitKey][]string // the names of a unit, folded
}

// bind adds the lists of databases to those of the workbook, where both are for
// the same period.
func (c *content) bind(b *Bound) {
	if b == nil {
		return
	}
	for _, counted := range b.Lists {
		if counted.Period != c.period {
			d := diag.New(diag.WrongPeriod, diag.InFile(c.file), lang.F(
				"the file reports on %s, and the list %q in the database is counted for %s: they are not compared; count it for the same period with --period",
				"tệp báo cáo cho %s, còn danh sách %q trong cơ sở dữ liệu được đếm cho %s: không đối chiếu hai bên; hãy dùng --period để đếm cùng kỳ",
				c.period.Words(), counted.Table.Title, counted.Period.Words()))
			d.Severity = diag.Warning
			c.diags = append(c.diags, d)
			continue
		}
		list := boundList{Counted: counted, file: b.File, keys: map[unitKey][]string{}}
		if units, _ := counted.Units(); units != nil {
			for _, name := range units.Names {
				if name != "" {
					unit := c.named(name, "", lang.Text{}).key()
					list.keys[unit] = append(list.keys[unit], label.Key(name))
				}
			}
		}
		c.bound = append(c.bound, list)
	}
}

// CollectBound makes facts of the lists that databases hold, for the units
// without a workbook, for which done is false. The findings on the lists are in
// the diagnostics of the reading.
func (q *Questions) CollectBound(ctx context.Context, opt Options, done func(Unit) bool) (*Reading, error) {
	f := &found{job: &job{Questions: q, file: opt.Bound.File}, period: q.plan.Period, periodFrom: lang.T("the plan", "kế hoạch")}
	if opt.Period != nil {
		f.period, f.periodFrom = *opt.Period, lang.Same("--period")
	}
	c := &content{found: f}
	c.bind(opt.Bound)
	reading := &Reading{Survey: Survey{Period: c.period, PeriodFrom: c.periodFrom}}
	in := Input{File: opt.Bound.File, Kind: Database, SHA256: opt.Bound.SHA256}
	for _, u := range c.boundUnits(opt) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if done(u.Unit) {
			continue
		}
		set := Set{Input: in, Unit: u.Unit, Period: c.period, PeriodFrom: c.periodFrom}
		u.collect(c, &oldResults{}, opt, &set)
		reading.Sets = append(reading.Sets, set)
	}
	checks := &checker{content: c}
	for i := range c.bound {
		checks.reportBound(&c.bound[i])
		reading.Survey.Tables = append(reading.Survey.Tables, surveyBound(&c.bound[i]))
	}
	c.diags = append(c.diags, checks.diags...)
	c.applySeverities(reading)
	return reading, nil
}

// boundUnits lists the units that the records of lists name, and the one that
// the user names.
func (c *content) boundUnits(opt Options) []unit {
	var out []unit
	seen := map[unitKey]bool{}
	add := func(u Unit, reporting bool) {
		if key := u.key(); !seen[key] {
			seen[key] = true
			out = append(out, unit{Unit: u, reporting: reporting})
		}
	}
	if opt.Unit != "" {
		add(c.resolve(opt.Unit, opt.Level, lang.Same("--unit")), true)
		return out
	}
	for _, list := range c.bound {
		units, _ := list.Counted.Units()
		if units == nil {
			continue
		}
		for _, name := range units.Names {
			if name != "" {
				add(c.resolve(name, opt.Level, term.ColumnOfUnits), false)
			}
		}
	}
	return out
}

// boundList returns the list in a database that a source counts, or nil.
func (r *reader) boundList(src *plan.Source) *boundList {
	if !src.Op.OfRecords() {
		return nil
	}
	for i := range r.bound {
		if b := &r.bound[i]; b.Binding.Table == src.Table {
			return b
		}
	}
	return nil
}

// boundRecords returns the unit's figure from a list in a database.
func (r *reader) boundRecords(pf *plan.Fact, src *plan.Source, b *boundList) sourced {
	if _, why, ok := r.timeOf(src); !ok {
		return why
	}
	if b.Records == 0 {
		return missing(diag.BlankCell, lang.F("%s in the database holds no record", "bảng %s trong cơ sở dữ liệu không có hồ sơ nào", b.Table.Title))
	}
	keys := b.keys[r.unit.key()]
	if names, _ := b.Counted.Units(); names != nil && len(keys) == 0 || names == nil && !r.unit.reporting {
		return missing(diag.MissingRow, lang.F("the table %q in the database has nothing of this unit", "bảng %q trong cơ sở dữ liệu không có số liệu của đơn vị này", b.Table.Title))
	}
	list, counter := b.Counter(src)
	if counter == nil {
		return missing(diag.MissingColumn, lang.F("the binding of %q lacks a column for it", "liên kết của bảng %q thiếu cột cần thiết", b.Table.Title))
	}
	found := list.Tally(counter, keys)
	var leading *records.Column
	if len(counter.Columns()) > 0 {
		leading = list.Leading(counter)
	}
	out := sourced{state: Reported, Source: Source{How: describe(b.Table, src, r.period), Evidence: []Evidence{b.evidence(leading, src, found)}}}
	if reason, bad := unsure(b.Table, found, b.twice(keys)); bad {
		return invalid(reason, out.How, out.Evidence...)
	}
	all := records.Aggregate{Op: src.Op}
	all.Add(counter, found, number.Int(1))
	return r.finish(pf, src, b.Table, out, &all)
}

// twice is how many records of a unit, given by its folded names, have the id
// of another record; without names, of all records.
func (b *boundList) twice(keys []string) int64 {
	for i := range b.Table.Columns {
		if col := &b.Table.Columns[i]; col.Role == plan.KeyRole {
			repeats := b.Repeats[col.ID]
			return repeats.Of(keys)
		}
	}
	return 0
}

// evidence names the records that counted, and the column to look for them in.
func (b *boundList) evidence(col *records.Column, src *plan.Source, found records.Tally) Evidence {
	e := Evidence{File: b.file, Count: found.N, Read: howCounted(b.Table, src, found), Relation: b.Source()}
	if col == nil { // all records count
		e.Line = b.Binding.Source.Line
		return e
	}
	bound := b.Place(col.ID)
	e.Column, e.Line = clip(bound.Name+bound.Expression), bound.Pos.Line
	return e
}

// reportBound reports the mistakes of a list in a database, as reportList does
// for a sheet. The places are those of the bindings.
func (c *checker) reportBound(b *boundList) {
	at := func(id string) diag.Pos { return b.Place(id).Pos }
	for _, col := range b.Columns() {
		for _, p := range col.Problems {
			c.diags.Add(p.Check, at(col.ID), problemText(col, p))
		}
		c.reportRepeats(b.Repeats[col.ID], at(col.ID), col)
	}
	for _, o := range b.Orders() {
		c.reportOrder(at(o.Later.ID), o)
	}
	outside, within := b.Outside()
	c.reportOutside(b.Binding.Source, outside, outside.N == b.Records && !within)
	if units, unitless := b.Counted.Units(); units != nil && unitless.N > 0 {
		c.diags.Add(diag.BlankCell, b.Binding.Unit.Pos, lang.F(
			"%s with nothing in %q%s: they count for no unit; fill it in",
			"%s để trống cột %q%s: không được tính cho đơn vị nào; hãy điền", recordCount(unitless.N), units.Path, firstRow(unitless)))
	}
}

// reportRepeats reports records that have the same id. The ids are not shown.
func (c *checker) reportRepeats(r query.Repeats, at diag.Pos, col *records.Column) {
	if r.N > 0 {
		c.diags.Add(diag.NotUnique, at, lang.F("%s whose %q another one has: no two records have the same",
			"%s có %q trùng với hồ sơ khác: mỗi hồ sơ có giá trị riêng", recordCount(r.N), col.Path))
	}
	if r.Cased > 0 {
		c.diags.Add(diag.OddID, at, lang.F(
			"%s whose %q differs from that of another one only by capitals%s: are they the same? write ids alike",
			"%s có %q chỉ khác hồ sơ khác ở chữ hoa, chữ thường%s: có phải cùng một mã? hãy ghi mã thống nhất",
			recordCount(r.Cased), col.Path, lang.Text{}))
	}
	if r.Exponent > 0 {
		c.diags.Add(diag.OddID, at, lang.F("%s in %q%s: %s", "%s ở cột %q%s: %s",
			oddIDs(records.InExponent, r.Exponent), col.Path, lang.Text{}, whyOdd(records.InExponent)))
	}
}

// surveyBound says what a list is bound to.
func surveyBound(b *boundList) TableSurvey {
	s := TableSurvey{ID: b.Binding.Table, Title: b.Table.Title, Relation: b.Source(), Records: b.Records, Queries: b.Answers}
	for i := range b.Table.Columns {
		col := &b.Table.Columns[i]
		bound := b.Place(col.ID)
		s.Columns = append(s.Columns, ColumnSurvey{ID: col.ID, Header: bound.Name + bound.Expression, Headers: col.Headers, Optional: col.Optional || col.Role == plan.CodeRole})
	}
	return s
}
