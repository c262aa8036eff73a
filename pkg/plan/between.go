package plan

import (
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// Fallen is what becomes of the points of a target that binds a unit but does
// not apply to it (không phát sinh). The zero value takes them out of the
// maximum.
type Fallen uint8

// The rules.
const (
	Dropped Fallen = iota // the maximum is so much lower
	Shared                // the other targets of the area count for them, in proportion
	Given                 // the unit has them in full
)

// MetBase is the denominator of a count of met targets.
type MetBase uint8

// The bases. The zero value has none: the measure is the number itself.
const (
	NoBase     MetBase = iota
	Applicable         // the targets that apply to the unit: the measure is a share
)

func fallenKey(into **Fallen) value {
	f := new(Fallen)
	v := setting(into, f, option(f, fallenNames))
	v.into = into
	return v
}

// FallenIn is the rule for the points of an area's targets that do not apply:
// that of the area, of the one around it, or of the plan.
func (p *Plan) FallenIn(area string) Fallen {
	for range p.Areas { // no chain is longer
		a := p.FindArea(area)
		if a == nil {
			break
		}
		if a.Fallen != nil {
			return *a.Fallen
		}
		area = a.Within
	}
	return p.Fallen
}

// MayFall reports whether a target may not apply to a unit that it binds.
func (t *Target) MayFall() bool {
	return len(t.AppliesIf) > 0 || t.WhenEmpty == AsNotApplicable || t.WhenMissing == AsNotApplicable
}

// Others lists the ids of the targets that a measure counts, each once, in order
// of appearance.
func (m Measure) Others() []string {
	lists := [][]string{m.Targets}
	for _, a := range m.Args {
		lists = append(lists, a.Others())
	}
	return once(lists...)
}

// DependsOn lists the ids of the targets that must be evaluated before this
// one, each once: those that its measure counts, in any reading, and those that
// it requires.
func (t *Target) DependsOn() []string {
	lists := [][]string{t.Measure.Others()}
	for _, g := range t.Readings {
		lists = append(lists, g.Measure.Others())
	}
	return once(append(lists, t.Requires)...)
}

// EvaluationOrder lists the indexes of the targets in the plan's order, except
// that each target comes after those that it depends on. Targets in a circle,
// which Parse refuses, come in some order.
func (p *Plan) EvaluationOrder() []int {
	index := make(map[string]int, len(p.Targets))
	for i := range p.Targets {
		index[p.Targets[i].ID] = i
	}
	order := make([]int, 0, len(p.Targets))
	seen := make([]bool, len(p.Targets))
	var visit func(i int)
	visit = func(i int) {
		if seen[i] {
			return
		}
		seen[i] = true
		for _, id := range p.Targets[i].DependsOn() {
			if k, ok := index[id]; ok {
				visit(k)
			}
		}
		order = append(order, i)
	}
	for i := range p.Targets {
		visit(i)
	}
	return order
}

// AppliesFacts lists the ids of the facts that decide whether a target applies,
// each once: those of its conditions, and those that they are compared with.
func (t *Target) AppliesFacts() []string {
	var lists [][]string
	for _, c := range t.AppliesIf {
		lists = append(lists, c.Columns(), c.boundFacts())
	}
	return once(lists...)
}

// boundFacts lists the ids of the facts that a condition on a fact is compared with.
func (c Condition) boundFacts() []string {
	ids := factsOf(c.Bounds)
	for _, all := range c.Any {
		for _, w := range all {
			ids = append(ids, w.boundFacts()...)
		}
	}
	return ids
}

// between checks references between targets: names, whether targets that are
// counted or required can be met, and circles.
func (c *checker) between() {
	all := idsOf(c.plan.Targets, func(t *Target) string { return t.ID })
	for i := range c.plan.Targets {
		t := &c.plan.Targets[i]
		c.countedTargets(t, &t.Measure, all)
		for k := range t.Readings {
			if c.written(&t.Readings[k].Measure) {
				c.countedTargets(t, &t.Readings[k].Measure, all)
			}
		}
		for k := range t.Requires {
			if id := &t.Requires[k]; c.known(id, nounTarget, all) {
				c.meetable(t, id, lang.T("required", "yêu cầu"))
			}
		}
		if len(t.Requires) > 0 && t.Adjust == Deduction {
			c.fail(diag.PlanKey, c.at(&t.Requires), lang.T(`"requires" beside "deduct": it withholds points that are earned, and a deduction earns none`,
				`có "requires" bên cạnh "deduct": chỉ giữ lại được điểm đạt được, còn điểm trừ thì không`))
		}
		for k := range t.AppliesIf {
			c.appliesIf(&t.AppliesIf[k])
		}
	}
	c.targetCircles()
}

// countedTargets checks the targets that a measure counts.
func (c *checker) countedTargets(t *Target, m *Measure, all []string) {
	for i := range m.Targets {
		if id := &m.Targets[i]; c.known(id, nounTarget, all) {
			c.meetable(t, id, lang.T("counted", "đếm"))
		}
	}
	for i := range m.Args {
		c.countedTargets(t, &m.Args[i], all)
	}
}

// meetable checks that a target that another one counts or requires can be met.
func (c *checker) meetable(t *Target, id *string, how lang.Text) {
	other := c.plan.FindTarget(*id)
	if *id == t.ID || !other.Tracked() || !c.sound(&other.Goal, &other.Adjust) {
		return
	}
	c.fail(diag.PlanValue, c.at(id), lang.F("%s is %s here and has no goal: it is never met", "%s được %s ở đây nhưng không có mục tiêu: không bao giờ đạt",
		quoted(*id), how))
}

// targetCircles reports targets that depend on themselves, each circle once.
func (c *checker) targetCircles() {
	done := map[string]bool{}
	var path []string
	var visit func(t *Target)
	visit = func(t *Target) {
		path = append(path, t.ID)
		for _, id := range t.DependsOn() {
			if i := slices.Index(path, id); i >= 0 {
				c.circle(t, append(slices.Clone(path[i:]), id))
				continue
			}
			if next := c.plan.FindTarget(id); next != nil && !done[id] {
				visit(next)
			}
		}
		path = path[:len(path)-1]
		done[t.ID] = true
	}
	for i := range c.plan.Targets {
		if t := &c.plan.Targets[i]; !done[t.ID] {
			visit(t)
		}
	}
}

// circle reports a circle of targets at the target that closes it.
func (c *checker) circle(t *Target, path []string) {
	at := c.near(t.Pos, &t.Measure)
	if slices.Contains(t.Requires, path[len(path)-1]) {
		at = c.near(t.Pos, &t.Requires)
	}
	if len(path) == 2 {
		c.fail(diag.PlanValue, at, lang.F("the target %q requires or counts itself", "chỉ tiêu %q yêu cầu hoặc đếm chính nó", t.ID))
		return
	}
	c.fail(diag.PlanValue, at, lang.F("targets depend on each other in a circle: %s", "các chỉ tiêu phụ thuộc vòng tròn: %s", strings.Join(path, " → ")))
}

// appliesIf checks a condition on facts: choices by their ids, numbers in the
// figures of the fact.
func (c *checker) appliesIf(w *Condition) {
	if w.Op == AnyOf || w.Op == NoneOf {
		for _, all := range w.Any {
			for i := range all {
				c.appliesIf(&all[i])
			}
		}
		return
	}
	if !c.known(&w.Column, nounFact, c.facts) {
		return
	}
	f := c.plan.FindFact(w.Column)
	if !c.sound(&f.Kind) || f.Kind == ChoiceFact && f.Values == nil {
		return
	}
	switch w.Op {
	case IsFilled, IsBlank:
	case IsOneOf, IsNotOneOf:
		c.appliesChoice(f, w)
	case NotAfter, After, Before, NotBefore:
		c.appliesDay(f, w)
	case Compares:
		c.appliesNumber(f, w)
	case AnyOf, NoneOf: // above
	}
}

// appliesDay checks a comparison with a day, or with a fact that is one.
func (c *checker) appliesDay(f *Fact, w *Condition) {
	switch {
	case f.Kind != DateFact:
		c.fail(diag.PlanValue, w.Pos, lang.F("%q is of kind %q, and no day: want a number or a choice", "%q thuộc loại %q, không phải ngày: cần so với số hoặc lựa chọn", f.ID, f.Kind))
		return
	case w.Other != "":
		day := Amount{Op: ParamValue, Param: w.Other, Pos: c.at(&w.Other)}
		if c.plan.FindParam(w.Other) == nil {
			if !c.known(&w.Other, nounFact, c.facts) {
				return
			}
			day = Amount{Op: FactAmount, Fact: w.Other, Pos: c.at(&w.Other)}
		}
		if !w.Plus.IsZero() {
			day = Amount{Op: ShiftedDay, Args: []Amount{day}, Plus: w.Plus, Pos: day.Pos}
		}
		w.Bounds, w.Other, w.Plus = []Amount{day}, "", Days{}
	}
	_, bounds := w.Comparison()
	for i := range bounds {
		if b := &bounds[i]; c.sound(b) {
			c.figure(b, quantity{kind: DateKind})
		}
	}
}

// Comparison is the right-hand side of a condition on a number or a day.
func (c Condition) Comparison() (Comparator, []Amount) {
	bounds := c.Bounds
	if c.Op.OfDays() && len(bounds) == 0 {
		bounds = []Amount{{Op: Literal, Value: OfDay(c.Day), Pos: c.Pos}}
	}
	switch c.Op {
	case NotAfter:
		return AtMost, bounds
	case After:
		return MoreThan, bounds
	case Before:
		return LessThan, bounds
	case NotBefore:
		return AtLeast, bounds
	case IsOneOf, IsNotOneOf, IsFilled, IsBlank, Compares, AnyOf, NoneOf:
	}
	return c.Cmp, bounds
}

func (c *checker) appliesChoice(f *Fact, w *Condition) {
	if f.Kind != ChoiceFact {
		c.fail(diag.PlanValue, w.Pos, lang.F("%q is of kind %q, and no choice: want a comparison such as {at_least: 1}",
			"%q thuộc loại %q, không phải lựa chọn: cần so sánh, ví dụ {at_least: 1}", f.ID, f.Kind))
		return
	}
	all := idsOf(f.Values, func(v *ChoiceValue) string { return v.ID })
	for i := range w.Values {
		c.known(&w.Values[i], nounChoice, all)
	}
}

func (c *checker) appliesNumber(f *Fact, w *Condition) {
	if f.Kind == ChoiceFact {
		c.fail(diag.PlanValue, w.Pos, lang.F("%q is a choice: want a list of %s", "%q là lựa chọn: cần danh sách trong số %s",
			f.ID, either(idsOf(f.Values, func(v *ChoiceValue) string { return v.ID }))))
		return
	}
	if f.Kind == DateFact {
		c.fail(diag.PlanValue, w.Pos, lang.F("%q is a day: want not_after, before, after or not_before", "%q là ngày: cần not_after, before, after hoặc not_before", f.ID))
		return
	}
	if slices.Contains(w.boundFacts(), f.ID) {
		c.fail(diag.PlanValue, w.Pos, lang.F("%q is compared with itself: name another fact", "%q được so với chính nó: hãy ghi số liệu khác", f.ID))
		return
	}
	q := c.plan.ofFact(f.ID)
	s, ok := c.comparison(w.Cmp, w.Bounds, q)
	if ok && empty(s.meet(q.values), q) {
		c.fail(diag.PlanRange, w.Pos, lang.F("the condition can never hold: %q has values %s", "điều kiện không bao giờ thỏa mãn: %q chỉ có giá trị %s",
			f.ID, q.values.text(q.form())))
	}
}

// between reports references between targets that have no effect.
func (l *linter) between(t *Target) {
	p := l.plan
	if len(t.Requires) > 0 && t.Points.IsZero() && t.Adjust == NoAdjustment {
		l.warn(diag.PlanNoEffect, t.Pos, `"requires" of the target %q has no effect: it earns no points`, `"requires" của chỉ tiêu %q không có tác dụng: chỉ tiêu không tính điểm`, t.ID)
	}
	for _, id := range t.DependsOn() {
		other := p.FindTarget(id)
		if other == nil {
			continue
		}
		if len(t.Units) == 0 && len(other.Units) == 0 && !slices.ContainsFunc(t.Levels, func(level string) bool { return slices.Contains(other.Levels, level) }) {
			l.warn(diag.PlanNoEffect, t.Pos, "the target %q depends on %q, which binds none of its levels", "chỉ tiêu %q phụ thuộc vào %q, nhưng chỉ tiêu này không áp dụng cho cấp nào của nó", t.ID, id)
		}
		if p.Period.To.Before(other.Published) {
			l.warn(diag.PlanGoal, t.Pos, "the target %q depends on %q, which is not due before %s: until then it is pending, too",
				"chỉ tiêu %q phụ thuộc vào %q, chỉ tiêu này đến ngày %s mới đến hạn: trước ngày đó cũng chưa đến hạn", t.ID, id, other.Published.Shown())
		}
	}
	l.countable(t)
	l.applicable(t)
}

// countable reports a goal that a level cannot reach because too few of the
// counted targets bind it.
func (l *linter) countable(t *Target) {
	m := t.Measure
	if m.Op != MetOf || m.Of != NoBase {
		return
	}
	for _, level := range t.Levels {
		g, n := t.GoalFor(level), 0
		for _, id := range m.Targets {
			if other := l.plan.FindTarget(id); other != nil && (len(other.Units) > 0 || slices.Contains(other.Levels, level)) {
				n++
			}
		}
		least, _, err := l.plan.evaluateAll(g.Bounds)
		if err != nil || len(least) == 0 || g.Cmp == AtMost || g.Cmp == LessThan || n == len(m.Targets) {
			continue
		}
		if c := least[0].Cmp(number.Int(int64(n))); c > 0 || c == 0 && g.Cmp == MoreThan {
			l.warn(diag.PlanGoal, t.Goal.Pos, "the target %q can never be met at the level %q: only %d of the targets that it counts bind that level",
				"chỉ tiêu %q không thể đạt ở cấp %q: chỉ có %d chỉ tiêu được đếm áp dụng cho cấp này", t.ID, level, n)
		}
	}
}

// applicable reports conditions that always hold, and conditions on facts that
// the bound units do not report.
func (l *linter) applicable(t *Target) {
	var look func(all []Condition)
	look = func(all []Condition) {
		for _, w := range all {
			for _, alternative := range w.Any {
				look(alternative)
			}
			f := l.plan.FindFact(w.Column)
			if f == nil {
				continue
			}
			if !l.reports(f, t) {
				l.warn(diag.PlanNoEffect, w.Pos, "whether %q applies is told by %q, which none of the levels that it binds report",
					"%q có áp dụng hay không phụ thuộc %q, nhưng không cấp nào phải thực hiện báo cáo số liệu này", t.ID, f.ID)
			}
			if w.Op != Compares {
				continue
			}
			q := l.plan.ofFact(f.ID)
			if bounds, _, err := l.plan.evaluateAll(w.Bounds); err == nil && len(nonEmpty(q.values.minus(compared(w.Cmp, bounds)), q)) == 0 {
				l.warn(diag.PlanNoEffect, w.Pos, "the condition on %q always holds: it has values %s", "điều kiện về %q luôn thỏa mãn: giá trị %s", f.ID, q.values.text(q.form()))
			}
		}
	}
	look(t.AppliesIf)
}

// reports reports whether a level that a target binds may hand in a table that
// a fact is read from. Any level may hand in a table without levels.
func (l *linter) reports(f *Fact, t *Target) bool {
	if len(t.Units) > 0 || len(f.From) == 0 {
		return true
	}
	return slices.ContainsFunc(f.From, func(s Source) bool {
		table := l.plan.FindTable(s.Table)
		return table == nil || len(table.Levels) == 0 || slices.ContainsFunc(t.Levels, func(level string) bool { return slices.Contains(table.Levels, level) })
	})
}

// fallen reports rules for targets that do not apply where every target
// applies, or where the weight of the area has the same effect.
func (l *linter) fallen() {
	p := l.plan
	falls := func(area string) bool {
		return slices.ContainsFunc(p.Targets, func(t Target) bool { return (area == "" || p.inside(t.Area, area)) && t.MayFall() })
	}
	if p.Fallen != Dropped && !falls("") {
		l.warn(diag.PlanNoEffect, diag.InFile(p.File), `"fallen" has no effect: every target applies to whom it binds`, `"fallen" không có tác dụng: chỉ tiêu nào cũng áp dụng cho đơn vị phải thực hiện`)
	}
	for i := range p.Areas {
		switch a := &p.Areas[i]; {
		case a.Fallen == nil:
		case !falls(a.ID):
			l.warn(diag.PlanNoEffect, a.Pos, `"fallen" of the area %q has no effect: each of its targets applies to whom it binds`, `"fallen" của lĩnh vực %q không có tác dụng: chỉ tiêu nào cũng áp dụng cho đơn vị phải thực hiện`, a.ID)
		case *a.Fallen == Shared && a.Weight != nil:
			l.warn(diag.PlanNoEffect, a.Pos, `"fallen: shared" of the area %q has no effect: its "weight" shares the points already`, `"fallen: shared" của lĩnh vực %q không có tác dụng: "weight" đã quy đổi điểm`, a.ID)
		}
	}
}

// inside reports whether an area is another one, or within it.
func (p *Plan) inside(area, outer string) bool {
	for range p.Areas {
		if area == outer {
			return true
		}
		a := p.FindArea(area)
		if a == nil {
			return false
		}
		area = a.Within
	}
	return area == outer
}
