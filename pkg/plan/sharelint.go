package plan

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
)

// ends reports a share whose part is no part of its whole: the same fact, the
// two exchanged, or records of one list that are taken from the period by
// different days, or figures of one table of different times.
func (l *linter) ends(target string, m Measure) {
	part, whole := l.plan.FindFact(m.Part), l.plan.FindFact(m.Whole)
	if part != nil && whole != nil {
		l.end(target, m, part, whole)
	}
	for _, a := range m.Args {
		l.ends(target, a)
	}
}

func (l *linter) end(target string, m Measure, part, whole *Fact) {
	if part == whole {
		l.warn(diag.PlanShare, m.Pos, "the target %q divides %q by itself: the share is always 100%%", "chỉ tiêu %q chia %q cho chính nó: tỷ lệ luôn là 100%%", target, part.ID)
		return
	}
	if l.plan.differentTimes(part, whole) {
		l.warn(diag.PlanShare, m.Pos, "the target %q measures %q and %q, of which only one is over the year to date: give both the same \"over\"",
			"chỉ tiêu %q dùng %q và %q, nhưng chỉ một số tính từ đầu năm: hãy ghi \"over\" giống nhau cho cả hai", target, part.ID, whole.ID)
	}
	a, b := sameList(part, whole)
	switch {
	case a == nil:
	case a.During == b.During:
		if len(a.Where) == 0 && len(b.Where) > 0 {
			l.warn(diag.PlanShare, m.Pos, "the target %q divides all records, %q, by some of them, %q: are they exchanged?",
				"chỉ tiêu %q chia toàn bộ hồ sơ, %q, cho một phần, %q: có phải bị đảo ngược không?", target, part.ID, whole.ID)
		}
	case b.During == "":
	case a.During == "":
		l.warn(diag.PlanShare, m.Pos, "the target %q counts %q of all days and %q within the period: give the first one \"during\", too",
			"chỉ tiêu %q đếm %q của mọi ngày còn %q chỉ trong kỳ: hãy ghi \"during\" cho cả số thứ nhất", target, part.ID, whole.ID)
	default:
		l.warn(diag.PlanShare, m.Pos, "the target %q counts %q by the day %q and %q by the day %q: the part may hold records that are not of the whole",
			"chỉ tiêu %q đếm %q theo ngày %q còn %q theo ngày %q: tử số có thể gồm hồ sơ không thuộc mẫu số",
			target, part.ID, a.During, whole.ID, b.During)
	}
}

// sameList returns sources of two facts that count the records of one list: of
// several, two that take them from the period by the same day.
func sameList(part, whole *Fact) (a, b *Source) {
	lists := []SourceOp{CountSource, SumSource}
	for i := range part.From {
		for j := range whole.From {
			p, w := &part.From[i], &whole.From[j]
			if p.Table == w.Table && slices.Contains(lists, p.Op) && slices.Contains(lists, w.Op) && (a == nil || p.During == w.During) {
				a, b = p, w
			}
		}
	}
	return a, b
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
