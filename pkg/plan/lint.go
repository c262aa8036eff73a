package plan

import (
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
)

// Lint looks at a sound plan for what is allowed and doubtful: unused facts,
// tables, params, areas and levels; keys of tables and columns that have no
// effect; headers that two columns may have; figures that are not known and decide;
// bands that overlap, and bands or choices that never earn all points; a target
// without a remedy; a text in one language only; parts and wholes that count
// different things or by different days; readings that equal the target; goals
// that differ from their quotes; targets that are alike; goals that are met
// without earning all points; "*" where it is no pattern; working days without
// holidays. It returns warnings,
// sorted by place. What the values do not show any more, such as 1.000, Parse
// warns of.
func Lint(p *Plan) diag.List {
	l := linter{plan: p}
	l.texts()
	l.missingTexts()
	l.draft()
	l.unused()
	l.areas()
	l.fallen()
	l.literal()
	l.calendar()
	for i := range p.Tables {
		l.table(&p.Tables[i])
		l.scaled(&p.Tables[i])
	}
	for i := range p.Facts {
		l.fact(&p.Facts[i])
	}
	for i := range p.Targets {
		l.target(&p.Targets[i])
	}
	l.list.Sort()
	return l.list
}

type linter struct {
	plan   *Plan
	list   diag.List
	drafts []diag.Pos // of texts that are still to be written
}

func (l *linter) warn(rule diag.CheckID, pos diag.Pos, en, vi string, args ...any) {
	l.list.Add(rule, pos, lang.F(en, vi, args...))
}

// texts reports what is written in one language only.
func (l *linter) texts() {
	p := l.plan
	file := diag.InFile(p.File)
	l.both(file, "title", p.Title)
	l.both(file, "issuer", p.Issuer)
	l.both(file, "note", p.Note)
	for _, v := range p.Levels {
		l.both(v.Pos, v.ID, v.Title)
	}
	for _, a := range p.Areas {
		l.both(a.Pos, a.ID, a.Title)
	}
	for _, g := range p.Grades {
		l.both(g.Pos, g.ID, g.Title)
	}
	for _, q := range p.Params {
		l.both(q.Pos, q.ID, q.Title)
		l.both(q.Pos, "source", q.Source)
	}
	for _, t := range p.Tables {
		l.both(t.Pos, t.ID, t.Title)
		for _, c := range t.Columns {
			for _, v := range c.Values {
				l.both(c.Pos, v.ID, v.Title)
			}
		}
	}
	for _, f := range p.Facts {
		l.both(f.Pos, f.ID, f.Title)
		l.both(f.Pos, "unit", f.Unit)
	}
	for _, t := range p.Targets {
		l.both(t.Pos, t.ID, t.Title)
		l.both(t.Pos, "note", t.Note)
		l.both(t.Pos, "adopted", t.Adopted)
		l.both(t.Pos, "remedy", t.Remedy)
		for _, g := range t.Readings {
			l.both(g.Pos, g.ID, g.Note)
		}
	}
}

// missingTexts reports the texts that the file beside the plan lacks, all at once.
func (l *linter) missingTexts() {
	if list := l.plan.Lacking; len(list) > 0 {
		l.warn(diag.PlanText, list[0], "%s lacks the text that stands here, and %d in all: `parcheck targets texts` adds them",
			"%s thiếu đoạn chữ ghi ở đây, tổng cộng thiếu %d đoạn: lệnh `parcheck targets texts` bổ sung", l.plan.TextFile, len(list))
	}
}

// toWrite stands in a draft of a plan where a person must write something.
const toWrite = "TODO"

// draft reports texts that are still to be written, all at once.
func (l *linter) draft() {
	p := l.plan
	for i := range p.Targets {
		if t := &p.Targets[i]; t.Clause == toWrite || t.Quote == toWrite {
			l.drafts = append(l.drafts, t.Pos)
		}
	}
	if p.Document.Number == toWrite {
		l.drafts = append(l.drafts, diag.InFile(p.File))
	}
	if len(l.drafts) == 0 {
		return
	}
	first := slices.MinFunc(l.drafts, diag.Pos.Compare)
	l.warn(diag.PlanDraft, first, "texts that are still TODO: %d, the first one here", "số đoạn chữ còn ghi TODO: %d, chỗ đầu tiên ở đây", len(l.drafts))
}

func (l *linter) both(pos diag.Pos, name string, t lang.Text) {
	for _, in := range []lang.Lang{lang.VI, lang.EN} {
		if t.Written(in) == toWrite {
			l.drafts = append(l.drafts, pos)
		}
	}
	if l.plan.TextFile != "" {
		return // missingTexts tells
	}
	if t.Written(lang.VI) == "" && t.Written(lang.EN) != "" {
		l.warn(diag.PlanText, pos, "%q has no Vietnamese text", "%q chưa có tiếng Việt", name)
	}
	if t.Written(lang.EN) == "" && t.Written(lang.VI) != "" {
		l.warn(diag.PlanText, pos, "%q has no English text", "%q chưa có tiếng Anh", name)
	}
}

// unused reports what is defined and never used.
func (l *linter) unused() {
	p := l.plan
	used := p.used()
	report := func(pos diag.Pos, what lang.Text, id string) {
		if !used[use(what, id)] {
			l.warn(diag.PlanUnused, pos, "the %s %q is never used", "%s %q không được dùng đến", what, id)
		}
	}
	for _, v := range p.Levels {
		report(v.Pos, nounLevel, v.ID)
	}
	for _, a := range p.Areas {
		report(a.Pos, nounArea, a.ID)
	}
	for _, q := range p.Params {
		report(q.Pos, nounParam, q.ID)
	}
	for _, t := range p.Tables {
		report(t.Pos, nounTable, t.ID)
	}
	for _, f := range p.Facts {
		report(f.Pos, nounFact, f.ID)
	}
}

// reference is the use of a name.
type reference struct{ noun, id string }

func use(noun lang.Text, id string) reference { return reference{noun.In(lang.EN), id} }

type references map[reference]bool

// used collects what targets use, and what that is made of.
func (p *Plan) used() references {
	u := references{}
	for i := range p.Targets {
		t := &p.Targets[i]
		u.area(p, t.Area)
		for _, level := range t.Levels {
			u[use(nounLevel, level)] = true
		}
		u.facts(p, t.Also)
		u.facts(p, t.Measure.Facts())
		u.measure(t.Measure)
		u.facts(p, t.GoalFacts())
		u.facts(p, t.AppliesFacts())
		u.conditions(t.AppliesIf)
		u.amounts(append(t.amounts(), Amount{Param: t.PointsOf}))
		for _, r := range t.Readings {
			u.facts(p, r.Measure.Facts())
		}
	}
	return u
}

// area adds an area and those that it is within.
func (u references) area(p *Plan, id string) {
	for a := p.FindArea(id); a != nil && !u[use(nounArea, id)]; a = p.FindArea(id) {
		u[use(nounArea, id)] = true
		id = a.Within
	}
}

func (u references) facts(p *Plan, ids []string) {
	for _, id := range ids {
		f := p.FindFact(id)
		if f == nil || u[use(nounFact, id)] {
			continue
		}
		u[use(nounFact, id)] = true
		for _, s := range f.From {
			u[use(nounTable, s.Table)] = true
			u.conditions(s.Where)
			u.facts(p, s.Facts)
		}
	}
}

// conditions adds the params that records are compared with.
func (u references) conditions(where []Condition) {
	for _, w := range where {
		u.amounts(w.Bounds)
		for _, all := range w.Any {
			u.conditions(all)
		}
	}
}

// measure adds the params of a measure.
func (u references) measure(m Measure) {
	u[use(nounParam, m.Param)] = true
	for _, a := range m.Args {
		u.measure(a)
	}
}

func (u references) amounts(list []Amount) {
	for _, a := range list {
		u[use(nounParam, a.Param)] = true
		u.amounts(a.Args)
	}
}

// table reports keys that have no effect, and headers that two columns may
// have.
func (l *linter) table(t *Table) {
	if len(t.Scale) > 0 && !l.plan.reads(t, func(f *Fact, s *Source) bool { return f.Kind == AmountFact }) {
		l.warn(diag.PlanNoEffect, t.Pos, "the scale of the table %q has no effect: no fact of kind %q is read from it",
			"scale của bảng %q không có tác dụng: không có số liệu loại %q lấy từ bảng này", t.ID, AmountFact)
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		l.checks(t, c)
		ofColumn := func(_ *Fact, s *Source) bool { return s.Column == c.ID }
		stated := slices.ContainsFunc(t.Ratios, func(r ColumnRatio) bool { return r.Column == c.ID })
		if c.Scale != NoScale && t.Shape != List && !stated && !l.plan.reads(t, ofColumn) {
			l.warn(diag.PlanNoEffect, c.Pos, "the scale of the column %q has no effect: no fact and no ratio reads it",
				"scale của cột %q không có tác dụng: không có số liệu hay tỷ lệ nào đọc cột này", c.ID)
		}
		for j := range t.Columns {
			if o := &t.Columns[j]; i != j {
				l.shared(c, o)
			}
		}
	}
}

// checks reports checks of cells where nothing is checked: they are of the
// records of lists.
func (l *linter) checks(t *Table, c *Column) {
	for _, k := range []struct {
		name    string
		written bool
	}{{"unique", c.Unique}, {"required", c.Required}, {"not_before", c.NotBefore != ""}} {
		switch {
		case !k.written:
		case t.Shape != List:
			l.warn(diag.PlanNoEffect, c.Pos, "%q of the column %q has no effect: only records of lists are checked, and the table %q is of shape %q",
				"%q của cột %q không có tác dụng: chỉ kiểm tra hồ sơ trong danh sách, còn bảng %q có dạng %q", k.name, c.ID, t.ID, t.Shape)
		case k.name == "unique" && c.Role == UnitRole:
			l.warn(diag.PlanNoEffect, c.Pos, "%q of the column %q has no effect: it names the unit of each record",
				"%q của cột %q không có tác dụng: cột ghi đơn vị của từng hồ sơ", k.name, c.ID)
		}
	}
}

// reads reports whether a source of some fact that fits reads a table.
func (p *Plan) reads(t *Table, fits func(*Fact, *Source) bool) bool {
	return slices.ContainsFunc(p.Facts, func(f Fact) bool {
		return slices.ContainsFunc(f.From, func(s Source) bool { return s.Table == t.ID && fits(&f, &s) })
	})
}

// shared reports a header of one column that also fits one of another: where
// only the other is there, it is read as both.
func (l *linter) shared(c, o *Column) {
	for _, name := range c.Headers {
		for _, other := range o.Headers {
			if !strings.Contains(other, "*") && headerFits(name, other) {
				l.warn(diag.PlanHeader, c.Pos, "the header %q of the column %q also fits %q of the column %q: a sheet that has only the latter is read as having both; write the header in full",
					"tiêu đề %q của cột %q cũng khớp với %q của cột %q: trang tính chỉ có cột sau sẽ bị đọc thành cả hai; hãy ghi tiêu đề đầy đủ", name, c.ID, other, o.ID)
				return
			}
		}
	}
}

// headerFits reports whether a name of a column means a heading, both as paths
// from the top down: the last parts are the same, and those above stand above.
func headerFits(name, heading string) bool {
	parts, texts := strings.Split(name, " / "), strings.Split(heading, " / ")
	last := len(parts) - 1
	if !label.Match(parts[last], texts[len(texts)-1]) {
		return false
	}
	above := texts[:len(texts)-1]
	for _, part := range slices.Backward(parts[:last]) {
		i := len(above) - 1
		for i >= 0 && !label.Match(part, above[i]) {
			i--
		}
		if i < 0 {
			return false
		}
		above = above[:i]
	}
	return true
}

func (l *linter) fact(f *Fact) {
	if f.Unit.IsZero() && (f.Kind == CountFact || f.Kind == AmountFact) {
		l.warn(diag.PlanUnit, f.Pos, "the fact %q has no unit: say what is counted", "số liệu %q chưa có đơn vị tính", f.ID)
	}
}

// scaled reports amounts that are no money and stand in a table of money: what
// the caption says (ĐVT: triệu đồng) multiplies them as well.
func (l *linter) scaled(t *Table) {
	if len(t.Scale) == 0 {
		return
	}
	var money *Fact
	for i := range l.plan.Facts {
		f := &l.plan.Facts[i]
		if f.Kind != AmountFact || f.Unit.IsZero() || !slices.ContainsFunc(f.From, func(s Source) bool { return s.Table == t.ID }) {
			continue
		}
		if money == nil {
			money = f
		}
		if f.Unit.In(lang.VI) != money.Unit.In(lang.VI) {
			l.warn(diag.PlanUnit, f.Pos, "the scale of the table %[1]q multiplies %[2]q as well, which counts %[3]q and not %[4]q: let it stand in a table of its own, without a scale",
				"hệ số đơn vị tính của bảng %[1]q nhân cả %[2]q, vốn tính bằng %[3]q chứ không phải %[4]q: hãy đặt số liệu này ở bảng riêng, không có scale", t.ID, f.ID, f.Unit, money.Unit)
		}
	}
}

// unassigned reports whether a param has no value at all.
func (l *linter) unassigned(id string) bool {
	q := l.plan.FindParam(id)
	return q != nil && q.Value == nil && len(q.Values) == 0
}

func (l *linter) target(t *Target) {
	p := l.plan
	if t.Remedy.IsZero() {
		l.warn(diag.PlanRemedy, t.Pos, "the target %q has no remedy", "chỉ tiêu %q chưa có hướng khắc phục", t.ID)
	}
	if _, unknown, err := p.evaluateAll(t.Goal.Bounds); err != nil && slices.ContainsFunc(unknown, l.unassigned) {
		l.warn(diag.PlanGoal, t.Goal.Pos, "the goal of %q needs the value of %s, which is not known",
			"mục tiêu của %q cần giá trị của %s, hiện chưa biết", t.ID, either(unknown))
	}
	for _, level := range p.Levels {
		if g, ok := t.LevelGoals[level.ID]; ok && !slices.Contains(t.Levels, level.ID) && len(t.Units) == 0 {
			l.warn(diag.PlanNoEffect, g.Pos, "a goal for the level %q, which the target %q does not bind",
				"mục tiêu cho cấp %q, nhưng chỉ tiêu %q không giao cho cấp này", level.ID, t.ID)
		}
	}
	l.quote(t)
	l.alike(t)
	l.units(t.ID, t.Measure)
	l.ends(t.ID, t.Measure)
	if t.Tracked() && t.Adjust == NoAdjustment && t.Credit.Pos != p.Defaults.Credit.Pos {
		l.warn(diag.PlanNoEffect, t.Credit.Pos, "the credit of %q has no effect: the target is only tracked", "credit của %q không có tác dụng: chỉ tiêu chỉ theo dõi", t.ID)
	}
	l.earnings(t)
	l.metFully(t)
	l.overlaps(t)
	l.between(t)
	for _, g := range t.Readings {
		if g.Measure.String() == t.Measure.String() && g.Goal.String() == t.Goal.String() {
			l.warn(diag.PlanAlike, g.Pos, "the reading %q is the same as the target %q", "cách hiểu %q giống hệt chỉ tiêu %q", g.ID, t.ID)
		}
	}
}

// units reports a share of things that are counted in different units.
func (l *linter) units(target string, m Measure) {
	part, whole := l.plan.FindFact(m.Part), l.plan.FindFact(m.Whole)
	if part != nil && whole != nil && !part.Unit.Equal(whole.Unit) {
		l.warn(diag.PlanShare, m.Pos, "the target %q divides %q by %q", "chỉ tiêu %q chia %q cho %q", target, part.Unit, whole.Unit)
	}
	for _, a := range m.Args {
		l.units(target, a)
	}
}

// earnings reports bands and choices of which none earns all points.
func (l *linter) earnings(t *Target) {
	var earned []string
	for _, b := range t.Credit.Bands {
		most := b.Most(t.Points)
		earned = append(earned, most.String())
	}
	for _, c := range t.Credit.Choices {
		earned = append(earned, c.Points.String())
	}
	if len(earned) > 0 && t.PointsOf == "" && t.Points.Sign() > 0 && !slices.Contains(earned, t.Points.String()) {
		l.warn(diag.PlanPoints, t.Credit.Pos, "nothing earns all %v points of the target %q",
			"không trường hợp nào đạt đủ %v điểm của chỉ tiêu %q", decimal(t.Points, false), t.ID)
	}
}

// overlaps reports two bands that share more than one value, unless the later
// one holds the earlier one whole: a staircase of at_least says what it means.
func (l *linter) overlaps(t *Target) {
	q, _ := l.plan.quantities().of(t.Measure)
	var before []span
	for _, b := range t.Credit.Bands {
		values, _, err := l.plan.evaluateAll(b.Bounds)
		if err != nil {
			return
		}
		s := compared(b.Cmp, values)
		for _, e := range before {
			common := s.meet(e)
			if !empty(common, q) && !common.point() && len(nonEmpty(e.minus(s), q)) > 0 {
				l.warn(diag.PlanBands, b.Pos, "the band %v of %q overlaps one before it, which counts for values %s",
					"khung điểm %v của %q chồng lên một khung trước, khung trước tính cho giá trị %s", b, t.ID, common.text(q.form()))
			}
		}
		before = append(before, s)
	}
}
