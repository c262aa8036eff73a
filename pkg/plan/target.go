package plan

import (
	"maps"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/term"
)

// target reads a target that starts from the plan's defaults.
func (p *Plan) target(t *Target) value {
	d := p.Defaults
	t.Points, t.Credit, t.WhenEmpty, t.WhenMissing, t.Rollup = d.Points, d.Credit, d.WhenEmpty, d.WhenMissing, d.Rollup
	return t.yaml()
}

func (t *Target) yaml() value {
	return placed(&t.Pos, t.cited(mapping(t, term.Target, t.keys)))
}

func (t *Target) keys() []key {
	return []key{
		required("id", id(&t.ID), "its id, the same in every year", "mã chỉ tiêu"),
		required("area", word(&t.Area), "the area it belongs to", "lĩnh vực"),
		required("title", text(&t.Title), "its name", "tên chỉ tiêu"),
		optional("source", t.source(), "where the document says it", "điều khoản trong văn bản"),
		optional("clause", word(&t.Clause), "the clause, in place of source", "điều khoản, thay cho source"),
		optional("quote", word(&t.Quote), "the document's words, in place of source", "nguyên văn, thay cho source"),
		optional("note", text(&t.Note), "what a reader must know", "điều người đọc cần biết"),
		optional("commitment", option(&t.Commitment, commitmentNames), "mandatory (default) or aspirational (phấn đấu)", "mandatory (bắt buộc, mặc định) hoặc aspirational (phấn đấu)"),
		optional("levels", ids(&t.Levels), "the levels that it binds", "các cấp phải thực hiện"),
		optional("units", ids(&t.Units), "units that it binds beside those levels, by roster id", "các đơn vị phải thực hiện ngoài các cấp trên, theo mã"),
		optional("task", taskKey(), "a task of a checklist, in place of measure: its row", "nhiệm vụ trong danh mục kiểm tra, thay cho measure: dòng của nó"),
		optional("applies_if", whereAll(&t.AppliesIf), "conditions on facts without which it does not apply", "điều kiện về số liệu; không thỏa mãn thì chỉ tiêu không áp dụng"),
		optional("requires", words(&t.Requires), "targets without which, met, it earns no points", "các chỉ tiêu phải đạt thì chỉ tiêu này mới được tính điểm"),
		required("measure", t.Measure.yaml(), "what is compared with the goal", "đại lượng so với mục tiêu"),
		optional("goal", t.Goal.yaml(), "what must be reached; none: tracked only", "mục tiêu phải đạt; không ghi: chỉ theo dõi"),
		optional("level_goals", dictionary(&t.LevelGoals, id, (*Goal).yaml), "another goal for a level", "mục tiêu riêng của một cấp"),
		optional("points", t.earns(), "points it can earn; 0: tracked only", "điểm tối đa; 0: chỉ theo dõi"),
		optional("round", decimals(&t.Round), "decimals that its points are rounded to", "số chữ số thập phân khi làm tròn điểm"),
		optional("credit", t.Credit.yaml(), "how points are earned", "cách tính điểm"),
		optional("deduct", t.adjustKey(Deduction), "points that it takes off, outside the maximum", "điểm trừ, ngoài điểm tối đa"),
		optional("bonus", t.adjustKey(Bonus), "points that it adds, outside the maximum", "điểm thưởng, ngoài điểm tối đa"),
		optional("when_empty", option(&t.WhenEmpty, absentNames), "what a denominator of 0 means", "khi mẫu số bằng 0"),
		optional("when_missing", option(&t.WhenMissing, absentNames), "what a missing figure means", "khi thiếu số liệu"),
		optional("rollup", option(&t.Rollup, rollupNames), "how the results of units make that of the unit above them", "cách tổng hợp kết quả của đơn vị trực thuộc thành kết quả của đơn vị cấp trên"),
		optional("published", day(&t.Published), "before that day a missing figure is pending", "trước ngày này, thiếu số liệu là chờ công bố"),
		optional("also", words(&t.Also), "facts that are shown beside, and decide nothing", "số liệu nêu kèm, không quyết định kết quả"),
		optional("adopted", text(&t.Adopted), "which reading of the clause is taken, and why", "cách hiểu được chọn và lý do"),
		optional("readings", list(&t.Readings, t.reading), "other ways to understand the clause", "các cách hiểu khác"),
		optional("remedy", text(&t.Remedy), "what a unit that misses it should do", "việc cần làm khi chưa đạt"),
	}
}

// cited checks that a target gives its source exactly once.
func (t *Target) cited(v value) value {
	parse := v.parse
	v.parse = func(r *reader, n *yaml.Node) bool {
		ok := parse(r, n)
		if n.Kind != yaml.MappingNode {
			return ok
		}
		source, clause, quote := child(n, "source"), child(n, "clause"), child(n, "quote")
		switch {
		case source != nil && (clause != nil || quote != nil):
			r.fail(diag.PlanKey, r.pos(source), lang.T(`the target has "source" beside "clause" or "quote": want one of the two ways`,
				`chỉ tiêu có "source" bên cạnh "clause" hoặc "quote": chỉ chọn một cách`))
		case source != nil, clause != nil && quote != nil:
			return ok
		case clause == nil && quote == nil:
			r.fail(diag.PlanKey, r.pos(n), lang.T(`the target has no "source": where the document says it`, `chỉ tiêu thiếu khóa "source": điều khoản trong văn bản`))
		case quote == nil:
			r.fail(diag.PlanKey, r.pos(n), lang.T(`the target has no "quote": the document's words, letter by letter`, `chỉ tiêu thiếu khóa "quote": nguyên văn trong văn bản`))
		default:
			r.fail(diag.PlanKey, r.pos(n), lang.T(`the target has no "clause": the clause, I.2`, `chỉ tiêu thiếu khóa "clause": điều khoản, I.2`))
		}
		return false
	}
	return v
}

// citation is the address of a target's source.
type citation struct{ of *Target }

func (t *Target) source() value {
	return mapping(citation{t}, lang.T("source", "căn cứ"), func() []key {
		return []key{
			required("clause", word(&t.Clause), "the clause, I.2", "điều khoản, I.2"),
			required("quote", word(&t.Quote), "the document's words, letter by letter", "nguyên văn trong văn bản"),
		}
	})
}

// reading reads another reading of the target's clause, which inherits from the
// target what it leaves out.
func (t *Target) reading(g *Reading) value {
	g.Measure, g.Goal = t.Measure, t.Goal
	return placed(&g.Pos, mapping(g, term.Reading, func() []key {
		return []key{
			required("id", id(&g.ID), "its id", "mã"),
			required("note", text(&g.Note), "how the clause is understood", "cách hiểu điều khoản"),
			optional("measure", g.Measure.yaml(), "its measure; the target's when left out", "đại lượng; không ghi là của chỉ tiêu"),
			optional("goal", g.Goal.yaml(), "its goal; the target's when left out", "mục tiêu; không ghi là của chỉ tiêu"),
		}
	}))
}

func (c *checker) targets() {
	p := c.plan
	areas := idsOf(p.Areas, func(a *Area) string { return a.ID })
	var ids []*string
	for i := range p.Targets {
		t := &p.Targets[i]
		ids = append(ids, &t.ID)
		c.known(&t.Area, nounArea, areas)
		c.binding(t)
		c.judgement(t)
		for j := range t.Also {
			c.known(&t.Also[j], nounFact, c.facts)
		}
		c.readings(t)
	}
	c.unique(nounTarget, ids)
	c.between()
}

// binding checks whom a target binds.
func (c *checker) binding(t *Target) {
	if len(t.Levels) == 0 && len(t.Units) == 0 && c.sound(&t.Levels, &t.Units) {
		t.Levels = slices.Clone(c.plan.Defaults.Levels)
	}
	for i := range t.Levels {
		c.known(&t.Levels[i], nounLevel, c.levels)
	}
	if len(t.Levels) == 0 && len(t.Units) == 0 && c.sound(&t.Levels, &t.Units) {
		c.fail(diag.PlanKey, t.Pos, lang.T(`the target binds nobody: give "levels" or "units"`,
			`chỉ tiêu không giao cho ai: hãy ghi "levels" hoặc "units"`))
	}
	for _, level := range slices.Sorted(maps.Keys(t.LevelGoals)) {
		if at := (mapKey{&t.LevelGoals, level}); level != "" && !slices.Contains(c.levels, level) {
			c.fail(diag.PlanName, c.at(at), lang.F("there is no level %s%s", "không có cấp %s%s", quoted(level), choices(level, c.levels)))
		}
	}
}

// judgement checks that a target's measure, goals and credit suit each other.
func (c *checker) judgement(t *Target) {
	q := c.measure(&t.Measure)
	if q.kind == NoKind {
		return
	}
	c.rollup(t, q)
	c.differingPoints(t)
	goals := make([]Goal, 0, 1+len(t.LevelGoals))
	if !c.written(&t.Goal) && q.kind == ChoiceKind && c.plan.Defaults.Goal != nil && t.Adjust == NoAdjustment {
		t.Goal = *c.plan.Defaults.Goal
		c.places[&t.Goal] = c.places[c.plan.Defaults.Goal]
	}
	if c.sound(&t.Goal) && !c.tracked(t) {
		c.goal(&t.Goal, q)
		goals = append(goals, t.Goal)
	}
	for _, level := range slices.Sorted(maps.Keys(t.LevelGoals)) {
		g := t.LevelGoals[level]
		if c.sound(&t.LevelGoals) {
			c.goal(&g, q)
			goals = append(goals, g)
		}
	}
	if t.Adjust != NoAdjustment {
		c.adjustment(t)
	}
	if c.sound(&t.Credit, &t.Points, &t.Adjust, &c.plan.Defaults.Credit) && (t.Points.Sign() > 0 || t.Adjust != NoAdjustment) {
		c.credit(t, q, goals)
	}
}

// written reports whether a value stands in the file.
func (c *checker) written(address any) bool {
	_, ok := c.places[address]
	return ok
}

// tracked checks a target without a goal, and reports whether it has none.
func (c *checker) tracked(t *Target) bool {
	if c.written(&t.Goal) && t.Adjust == NoAdjustment {
		return false
	}
	switch {
	case t.Points.Sign() > 0 && c.sound(&t.Points):
		c.fail(diag.PlanKey, t.Pos, lang.T(`the target has no "goal": what must be reached; one that is only tracked has "points: 0"`,
			`chỉ tiêu thiếu khóa "goal": mục tiêu phải đạt; chỉ tiêu chỉ theo dõi thì ghi "points: 0"`))
	case len(t.LevelGoals) > 0:
		c.fail(diag.PlanKey, c.at(&t.LevelGoals), lang.T(`"level_goals" without a "goal": say what the other levels must reach`,
			`có "level_goals" nhưng thiếu "goal": hãy ghi mục tiêu của các cấp còn lại`))
	case c.written(&t.WhenEmpty) && (t.WhenEmpty == AsMet || t.WhenEmpty == AsMissed):
		c.fail(diag.PlanValue, c.near(t.Pos, &t.WhenEmpty), lang.F("a target without a goal is neither met nor missed: when_empty: %s does not suit it",
			"chỉ tiêu không có mục tiêu thì không xét đạt hay không đạt: không dùng được when_empty: %s", t.WhenEmpty))
	case c.written(&t.WhenMissing) && (t.WhenMissing == AsMet || t.WhenMissing == AsMissed):
		c.fail(diag.PlanValue, c.near(t.Pos, &t.WhenMissing), lang.F("a target without a goal is neither met nor missed: when_missing: %s does not suit it",
			"chỉ tiêu không có mục tiêu thì không xét đạt hay không đạt: không dùng được when_missing: %s", t.WhenMissing))
	}
	return true
}

func (c *checker) readings(t *Target) {
	var ids []*string
	for i := range t.Readings {
		g := &t.Readings[i]
		ids = append(ids, &g.ID)
		measured, aimed := c.written(&g.Measure), c.written(&g.Goal)
		if !measured && !aimed {
			c.fail(diag.PlanKey, g.Pos, lang.T(`the reading has neither "measure" nor "goal": it is the target itself`,
				`cách hiểu chưa có "measure" hoặc "goal": không khác gì chỉ tiêu`))
			continue
		}
		q := quantity{}
		if measured {
			q = c.measure(&g.Measure)
		} else if c.sound(&t.Measure) {
			q, _ = c.quantities().of(g.Measure)
		}
		if q.kind != NoKind && c.sound(&g.Goal, &t.Goal) {
			c.goal(&g.Goal, q)
		}
	}
	c.unique(term.Reading, ids)
}

// earns reads the points of a target, which are not negative, or the name of
// the param that holds them.
func (t *Target) earns() value {
	number := doubted(scalar(&t.Points, numberSchema, func(raw string) (number.Exact, *mistake) {
		x, m := plainFigure(raw)
		if m != nil && m.check == diag.PlanRange {
			m = &mistake{check: diag.PlanRange, message: lang.F(`%s is below 0: points that a target takes off stand in "deduct"`,
				`%s nhỏ hơn 0: điểm trừ ghi trong "deduct"`, quoted(raw))}
		}
		return x, m
	}), thousands)
	return byKind(&t.Points, map[yaml.Kind]value{yaml.ScalarNode: number, yaml.MappingNode: t.pointsOf()})
}
