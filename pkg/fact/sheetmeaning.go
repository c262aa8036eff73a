package fact

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"regexp"
	"slices"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/term"
)

// One form may stand in many sheets of a workbook: one for each unit, or one
// for each month. The plan or a mapping declares which; it is never guessed.

// declare notes what the sheets of declared forms stand for: whose they are, or
// of which month. Of figures that grow only the last month's sheet is read.
func (c *found) declare(level string) {
	type kind struct {
		table *plan.Table
		form  *knownForm
	}
	last, first := map[kind]*located{}, map[kind]*located{}
	copies := map[*located]bool{}
	for _, t := range c.tables {
		switch meaning := t.meaning(); meaning {
		case plan.SheetsAlike:
		case plan.SheetsAreUnits:
			t.sheetUnit = c.unitOfSheet(t.sheet, level)
		case plan.SheetsAreCopies:
			if one := first[kind{t.Table, t.form}]; one == nil {
				first[kind{t.Table, t.form}] = t
			} else {
				copies[t] = c.isCopy(one, t)
			}
		case plan.SheetsAreMonths, plan.SheetsGrow:
			t.month = c.monthOfSheet(t)
			if one := last[kind{t.Table, t.form}]; t.month > 0 && (one == nil || one.month < t.month) {
				last[kind{t.Table, t.form}] = t
			}
		}
	}
	c.tables = slices.DeleteFunc(c.tables, func(t *located) bool {
		return copies[t] || t.meaning() == plan.SheetsGrow && t.month > 0 && t.month < last[kind{t.Table, t.form}].month
	})
}

// isCopy reports whether a table that is declared to be a copy of the first one
// has the same contents. One that has not is reported, and read as well.
func (c *found) isCopy(first, t *located) bool {
	if first.sheet.whole && t.sheet.whole && first.digest() == t.digest() {
		return true
	}
	c.diags.Add(diag.MappingContradicts, c.headerAt(t), lang.F(
		"each sheet with %q is declared to be a copy, and this one is not what stands in %s: keep one, or declare what the sheets are",
		"mỗi trang tính có %q được khai báo là bản sao, nhưng trang này khác với %s: hãy giữ một trang, hoặc khai báo lại mỗi trang tính là gì",
		t.Title, diag.QuoteSheet(first.sheet.Name)))
	return false
}

// digest is a hash of a sheet from the header of a table on.
func (t *located) digest() string { return t.sheet.digest(t.header.Top) }

func (s *sheet) digest(top int) string {
	h := sha256.New()
	for i := range s.grid.Rows {
		r := &s.grid.Rows[i]
		if r.Number < top {
			continue
		}
		for j := range r.Cells {
			if c := &r.Cells[j]; c.Kind != cell.Blank {
				fmt.Fprintf(h, "%d,%d,%d,%d:%s", r.Number-top, c.Col, c.Kind, len(c.Raw), c.Raw)
			}
		}
	}
	return string(h.Sum(nil))
}

// meaning is what the mapping says of the form or, where it says nothing, the
// plan of the table.
func (t *located) meaning() plan.SheetMeaning {
	if t.form != nil && t.form.Each != plan.SheetsAlike {
		return t.form.Each
	}
	return t.Each
}

// isMonth reports whether a table is that of one month.
func (t *located) isMonth() bool {
	return t.meaning() == plan.SheetsAreMonths || t.meaning() == plan.SheetsGrow
}

// standsForUnit reports whether a sheet is declared to be that of a unit.
func (c *found) standsForUnit(sheet string) bool {
	return slices.ContainsFunc(c.tables, func(t *located) bool { return t.sheet.Name == sheet && t.sheetUnit != nil })
}

// standsForMonth reports whether a sheet is declared to be a month.
func (c *found) standsForMonth(sheet string) bool {
	return slices.ContainsFunc(c.tables, func(t *located) bool { return t.sheet.Name == sheet && t.isMonth() })
}

// unitsIn are the units of the roster that a sheet names: by its name, by
// captions and words above its table, by its letterhead.
func (c *found) unitsIn(s *sheet) []caption {
	var names []caption
	if c.roster.Find(s.Name) != nil {
		names = append(names, caption{value: s.Name, pos: diag.Pos{File: c.file, Sheet: s.Name}})
	}
	for _, cp := range append(c.captions(unitCaptions), c.words(unitWords)...) {
		if cp.pos.Sheet == s.Name && c.roster.Find(cp.value) != nil {
			names = append(names, cp)
		}
	}
	if l, ok := c.letterhead(s); ok {
		names = append(names, caption{value: l.name, pos: l.pos})
	}
	return names
}

// unitIn is the id of the unit that a sheet names first, or "".
func (c *found) unitIn(s *sheet) string {
	for _, name := range c.unitsIn(s) {
		if u := c.roster.Find(name.value); u != nil {
			return u.ID
		}
	}
	return ""
}

// unitOfSheet returns the unit that a sheet reports on. Its name and the lines
// above its table must not name different units.
func (c *found) unitOfSheet(s *sheet, level string) *Unit {
	names := c.unitsIn(s)
	if len(names) == 0 {
		u := c.resolve(s.Name, level, term.SheetName)
		return &u
	}
	first := c.resolve(names[0].value, level, lang.Same(names[0].pos.InSheet()))
	for _, other := range names[1:] {
		if u := c.named(other.value, "", lang.Text{}); u.ID != "" && u.ID != first.ID && u.Level == first.Level {
			c.diags.Add(diag.MappingContradicts, other.pos, lang.F(
				"the sheet is that of %q (%s), and %q stands here: the first is used; make them agree",
				"trang tính của %q (%s), còn ở đây ghi %q: đơn vị thứ nhất được dùng; hãy thống nhất", first.Name, first.From, clip(other.value)))
			break
		}
	}
	return &first
}

// sheetMonth finds the month in a sheet's name, folded: "t3", "tháng 03/2023", or
// the word with more before or behind it: "biểu 1 - tháng 3".
var sheetMonth = regexp.MustCompile(`^(?:tháng|thang|t)?[ ._-]*0?(\d{1,2})(?:[ ./_-]+(?:năm )?(?:20)?\d\d)?$|(?:^|[ ._-])(?:tháng|thang)[ ._-]*0?(\d{1,2})(?:$|[ ./_-])`)

// monthIn is the month that a sheet's name says, folded; 0 where it says none.
func monthIn(key string) int {
	m := sheetMonth.FindStringSubmatch(key)
	if m == nil {
		return 0
	}
	if month := atoi(cmp.Or(m[1], m[2])); month <= 12 {
		return month
	}
	return 0
}

// monthOfSheet returns the month in a sheet's name; 0 for none. A title above
// its table must not name another one.
func (c *found) monthOfSheet(t *located) int {
	month := monthIn(c.keys.Key(t.sheet.Name))
	pos := diag.Pos{File: c.file, Sheet: t.sheet.Name}
	if month == 0 {
		c.diags.Add(diag.MappingContradicts, pos, lang.F(
			"each sheet with %q is declared to be one month, and the sheet's name tells none: call it \"Tháng 1\" or the like, or take the form out of it",
			"mỗi trang tính có %q được khai báo là một tháng, nhưng tên trang tính không cho biết tháng: hãy đặt tên dạng \"Tháng 1\", hoặc bỏ biểu khỏi trang này", t.Title))
		return 0
	}
	for i := range c.captionLines {
		s := &c.captionLines[i]
		if s.at.Sheet != t.sheet.Name || !s.title || !hasYear(s.line) {
			continue
		}
		if periods, _ := readTitle(c.keys.Key(s.line)); len(periods) == 1 && periods[0].From.Month == periods[0].To.Month && periods[0].From.Month != month {
			c.diags.Add(diag.WrongPeriod, s.at, lang.F("the sheet is called %q, and its title speaks of %s: make them agree",
				"trang tính tên %q, còn tiêu đề ghi %s: hãy thống nhất", t.sheet.Name, periods[0].Words()))
			break
		}
	}
	return month
}

// periodOfMonths is the time from the first to the last month of the sheets; ok
// is false where none stands for a month.
func (c *found) periodOfMonths() (p plan.Period, from lang.Text, ok bool) {
	first, last, growing := 13, 0, false
	for _, t := range c.tables {
		if t.month > 0 {
			first, last = min(first, t.month), max(last, t.month)
			growing = growing || t.meaning() == plan.SheetsGrow
		}
	}
	if last == 0 {
		return p, from, false
	}
	if growing {
		first = 1
	}
	year := c.plan.Period.From.Year
	for i := range c.captionLines {
		if s := &c.captionLines[i]; c.standsForMonth(s.at.Sheet) && s.title && hasYear(s.line) {
			if periods, _ := readTitle(c.keys.Key(s.line)); len(periods) == 1 {
				year = periods[0].From.Year
				break
			}
		}
	}
	p, _ = plan.Months(year, first, last)
	return p, lang.F("the sheets of months %d to %d", "các trang tính tháng %d đến tháng %d", first, last), true
}

// sheetUnits adds the units that sheets stand for to those of the workbook.
func (c *content) sheetUnits(list []unit) []unit {
	own := slices.ContainsFunc(c.tables, func(t *body) bool { return t.sheetUnit == nil })
	if !own && slices.ContainsFunc(c.tables, func(t *body) bool { return t.sheetUnit != nil }) && len(c.unitNames) == 0 {
		list = nil // nothing is left for who sent the workbook
	}
	for _, t := range c.tables {
		if t.sheetUnit != nil && !slices.ContainsFunc(list, func(u unit) bool { return u.is(*t.sheetUnit) }) {
			list = append(list, unit{Unit: *t.sheetUnit, absent: true})
		}
	}
	return list
}

// monthly adds up the sheets of months; ok is false where the source is not of
// a form whose sheets are months.
func (r *reader) monthly(pf *plan.Fact, src *plan.Source) (out sourced, ok bool) {
	if src.Op.OfColumn() {
		return out, false // it is taken of the records of all months together
	}
	var tables []*body
	if r.only == nil {
		tables = r.tablesFor(src.Table)
	}
	if len(tables) == 0 || slices.ContainsFunc(tables, func(t *body) bool { return t.meaning() != plan.SheetsAreMonths }) {
		return out, false
	}
	tables = slices.Clone(tables)
	slices.SortStableFunc(tables, func(a, b *body) int { return cmp.Compare(a.month, b.month) })
	switch pf.Kind {
	case plan.CountFact, plan.AmountFact:
	case plan.ShareFact, plan.RankFact, plan.ChoiceFact, plan.DateFact:
		return invalid(lang.F("%q cannot be added up over months", "không cộng được %q qua các tháng", pf.Title), lang.Text{}), true
	}
	defer func() { r.only = nil }()
	out = sourced{state: Missing, lacks: diag.BlankCell}
	read := int64(0)
	for i, t := range tables {
		if t.month == 0 {
			return invalid(tellsNoMonth(t), lang.Text{}), true
		}
		if i > 0 && tables[i-1].month == t.month {
			return invalid(twoSheets(tables[i-1], t), lang.Text{}), true
		}
		r.only = []*body{t}
		s := r.sourceOf(pf, src)
		switch s.state {
		case Invalid:
			return s, true
		case Missing:
			out.reason, out.lacks = s.reason, s.lacks
			r.monthLacks(pf, t)
		case Reported:
			read++
			out.state, out.Value = Reported, out.Value.Add(s.Value)
			out.Evidence = append(out.Evidence, s.Evidence...)
			out.How = s.How
		}
	}
	out.How = lang.F("%s added up", "cộng %s", number.Count(read, "month", "months", "tháng"))
	r.reportGaps(tables)
	return out, true
}

func tellsNoMonth(t *body) lang.Text {
	return lang.F("the sheet %s tells no month", "trang tính %s không cho biết tháng", diag.QuoteSheet(t.sheet.Name))
}

func twoSheets(a, b *body) lang.Text {
	return lang.F("two sheets are those of month %d, %s and %s: keep one", "có hai trang tính của tháng %d, %s và %s: hãy giữ một",
		a.month, diag.QuoteSheet(a.sheet.Name), diag.QuoteSheet(b.sheet.Name))
}

// monthLacks reports a month without a figure where others have one.
func (r *reader) monthLacks(pf *plan.Fact, t *body) {
	d := diag.New(diag.BlankCell, diag.Pos{File: r.file, Sheet: t.sheet.Name}, lang.F(
		"%s: month %d has no figure, and what is not reported is not 0: the sum is of the other months", "%s: tháng %d không có số liệu, để trống không phải là 0: tổng chỉ gồm các tháng khác", pf.Title, t.month))
	d.Severity = diag.Warning
	r.diags = append(r.diags, d)
}

// reportGaps reports months of the period without a sheet.
func (r *reader) reportGaps(tables []*body) {
	for month := r.period.From.Month; month <= r.period.To.Month; month++ {
		at := reportedAt{check: diag.MissingTable, sheet: tables[0].sheet, row: month}
		if r.reported[at] || slices.ContainsFunc(tables, func(t *body) bool { return t.month == month }) {
			continue
		}
		r.noteReported(at)
		d := diag.New(diag.MissingTable, diag.InFile(r.file), lang.F(
			"no sheet of month %d holds %q: the sum is of the other months", "không có trang tính tháng %d của %q: tổng chỉ gồm các tháng khác", month, tables[0].Title))
		d.Severity = diag.Warning
		r.diags = append(r.diags, d)
	}
}
