package plan

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
)

// days reports a share whose part and whole are records of one list, taken
// from the period by different days, or figures of one table of different times.
func (l *linter) days(target string, m Measure) {
	part, whole := l.plan.FindFact(m.Part), l.plan.FindFact(m.Whole)
	if part != nil && whole != nil {
		if p, w, differ := differentDays(part, whole); differ {
			l.warn(diag.PlanShare, m.Pos, "the target %q counts %q by the day %q and %q by the day %q: the part may hold records that are not of the whole",
				"chỉ tiêu %q đếm %q theo ngày %q còn %q theo ngày %q: tử số có thể gồm hồ sơ không thuộc mẫu số",
				target, part.ID, p, whole.ID, w)
		}
		if l.plan.differentTimes(part, whole) {
			l.warn(diag.PlanShare, m.Pos, "the target %q measures %q and %q, of which only one is over the year to date: give both the same \"over\"",
				"chỉ tiêu %q dùng %q và %q, nhưng chỉ một số tính từ đầu năm: hãy ghi \"over\" giống nhau cho cả hai", target, part.ID, whole.ID)
		}
	}
	for _, a := range m.Args {
		l.days(target, a)
	}
}

// differentDays returns the date columns of two facts' sources in one list,
// where no two sources in it agree.
func differentDays(part, whole *Fact) (p, w string, differ bool) {
	for _, a := range part.From {
		for _, b := range whole.From {
			switch {
			case a.Table == "" || a.Table != b.Table || a.During == "" || b.During == "":
			case a.During == b.During:
				return "", "", false
			case !differ:
				p, w, differ = a.During, b.During, true
			}
		}
	}
	return p, w, differ
}

// differentTimes reports whether of two facts that stand in one table for the period
// reported on only one is over the year to date, by their first sources.
func (p *Plan) differentTimes(part, whole *Fact) bool {
	if len(part.From) == 0 || len(whole.From) == 0 {
		return false
	}
	a, b := &part.From[0], &whole.From[0]
	timed := func(s *Source) bool {
		t := p.FindTable(s.Table)
		if t == nil || s.Op.OfRecords() {
			return s.During != ""
		}
		return t.Each == SheetsAreMonths || slices.ContainsFunc(t.Columns, func(c Column) bool { return c.ID == s.Column && len(c.Periods) > 0 })
	}
	return a.Table == b.Table && (a.Over == YearToDate) != (b.Over == YearToDate) && timed(a) && timed(b)
}
