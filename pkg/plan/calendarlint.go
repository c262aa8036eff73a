package plan

import (
	"regexp"

	"golang.org/x/text/unicode/norm"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
)

// calendar reports working days that are counted without the holidays of the
// plan's years, and holidays that nothing counts.
func (l *linter) calendar() {
	p := l.plan
	first := p.firstWorking()
	if first == nil {
		l.idleCalendar()
		return
	}
	listed := map[int]bool{}
	for _, h := range p.Holidays {
		listed[h.From.Year], listed[h.To.Year] = true, true
	}
	for year := p.Period.From.Year; year <= p.Period.To.Year; year++ {
		if !listed[year] {
			l.warn(diag.PlanDays, *first, "working days are counted here, and the plan lists no holiday of %d: its days off would count as working days; write them in \"holidays\"",
				"ở đây tính ngày làm việc nhưng kế hoạch chưa ghi ngày nghỉ lễ nào của năm %d: các ngày nghỉ sẽ bị tính là ngày làm việc; hãy ghi vào \"holidays\"", year)
			return
		}
	}
}

// idleCalendar reports holidays in a plan that never compares days.
func (l *linter) idleCalendar() {
	p := l.plan
	for _, f := range p.Facts {
		if f.Kind == DateFact {
			return // reports tell lateness in working days
		}
	}
	if len(p.Holidays) > 0 {
		l.warn(diag.PlanNoEffect, p.Holidays[0].Pos, "the holidays have no effect: nothing in the plan counts working days", "các ngày nghỉ không có tác dụng: kế hoạch không tính ngày làm việc ở đâu")
	}
}

// firstWorking is the first place where the plan counts working days; nil:
// none.
func (p *Plan) firstWorking() *diag.Pos {
	var first *diag.Pos
	note := func(days Days, pos diag.Pos) {
		if days.Working && (first == nil || pos.Compare(*first) < 0) {
			first = &pos
		}
	}
	var amounts func([]Amount)
	amounts = func(list []Amount) {
		for _, a := range list {
			note(a.Plus, a.Pos)
			amounts(a.Args)
		}
	}
	var conditions func([]Condition)
	conditions = func(where []Condition) {
		for _, w := range where {
			note(w.Plus, w.Pos)
			amounts(w.Bounds)
			for _, all := range w.Any {
				conditions(all)
			}
		}
	}
	for _, f := range p.Facts {
		for _, s := range f.From {
			conditions(s.Where)
			note(Days{Working: s.Between.Working}, s.Pos)
		}
	}
	for i := range p.Targets {
		amounts(p.Targets[i].amounts())
	}
	return first
}

var quotedDay = regexp.MustCompile(`[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}|ngày [0-9]{1,2} tháng [0-9]{1,2} năm [0-9]{4}`)

// quoteDay reports a goal that differs from the only day in its quote. One day
// of difference is allowed: "before" a day equals "not after" the day before.
func (l *linter) quoteDay(t *Target) {
	g := t.Goal
	said := quotedDay.FindAllString(norm.NFC.String(t.Quote), 2)
	if len(said) != 1 || !g.Bounds[0].Day {
		return
	}
	day, err := date.ParseText(said[0])
	goal, ok := DayOf(g.Bounds[0].Value)
	if apart := day.Days(goal); err == nil && ok && (apart < -1 || apart > 1) {
		l.warn(diag.PlanQuote, g.Pos, "the quote of %q says %s, and the goal is %v: correct one of them, or say in \"adopted\" why they differ",
			"nguyên văn của %q ghi %s, còn mục tiêu là %v: hãy sửa một trong hai, hoặc ghi lý do khác nhau ở \"adopted\"", t.ID, said[0], g)
	}
}
