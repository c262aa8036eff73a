package fact

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Complete checks whether a set holds everything that the plan needs of its
// unit as of a day, and whether a part exceeds its whole. Figures that are
// published later are not missing before that day.
//
// What one table lacks is reported once, with the number of figures and of
// targets that need them: a submission of one annex of ten lacks nine tables,
// not forty figures.
func Complete(p *plan.Plan, set *Set, survey *Survey, asOf date.Date) diag.List {
	c := completeness{plan: p, set: set, survey: survey, said: map[string]bool{}}
	for i := range p.Targets {
		t := &p.Targets[i]
		if !t.Binds(set.Unit.Level, set.Unit.ID) || asOf.Before(t.Published) {
			continue
		}
		for _, id := range t.Measure.Facts() {
			if t.WhenMissing != plan.AsNotApplicable {
				c.fact(t, set.Find(id))
			}
		}
		c.shares(t.Measure)
	}
	c.tables()
	for i := range c.lacks {
		c.lacking(&c.lacks[i])
	}
	for i := range c.list {
		c.list[i].Unit = set.Unit.Name.In(lang.VI)
	}
	p.Weigh(c.list)
	c.list.Sort()
	return c.list
}

type completeness struct {
	plan   *plan.Plan
	set    *Set
	survey *Survey
	said   map[string]bool // facts and shares that have been reported
	lacks  []lack          // in the order of the targets
	list   diag.List
}

// lack is figures that are missing for one reason.
type lack struct {
	check   diag.CheckID
	tables  []*plan.Table // none of which is there, or the one that lacks rows or a column
	facts   []*Fact
	needs   []*plan.Target // of each fact: the first target that needs it
	targets []*plan.Target // all that do
}

func (c *completeness) found(id string) bool {
	return slices.ContainsFunc(c.survey.Tables, func(s TableSurvey) bool { return s.ID == id && s.Sheet != "" })
}

// tables reports the tables that a unit of this level must hand in.
func (c *completeness) tables() {
	for i := range c.plan.Tables {
		t := &c.plan.Tables[i]
		if c.found(t.ID) || !slices.Contains(t.Levels, c.set.Unit.Level) {
			continue
		}
		need := lack{}
		c.lacks = slices.DeleteFunc(c.lacks, func(l lack) bool {
			own := l.check == diag.MissingTable && slices.Contains(l.tables, t)
			if own {
				need.facts = append(need.facts, l.facts...)
				for _, target := range l.targets {
					need.need(target)
				}
			}
			return own
		})
		wanted := lang.Text{}
		if len(need.facts) > 0 {
			wanted = lang.F("; %s of it are needed for %s", "; cần %s của bảng này cho %s", countFigures(len(need.facts)), need.wanted())
		}
		c.list.Add(diag.MissingTable, diag.InFile(c.set.Input.File), lang.F(
			"the table %q is not there%s: add it, with the headers %s%s",
			"thiếu bảng %q%s: hãy bổ sung, với các tiêu đề %s%s", t.Title, onSheets(t), quoted(requiredHeaders(t)), wanted))
	}
}

func countFigures(n int) lang.Text { return number.Count(int64(n), "figure", "figures", "số liệu") }

// need adds a target that needs a figure.
func (l *lack) need(t *plan.Target) {
	if !slices.Contains(l.targets, t) {
		l.targets = append(l.targets, t)
	}
}

// wanted names the targets that need the figures.
func (l *lack) wanted() lang.Text {
	t := l.targets[0]
	if len(l.targets) == 1 {
		return lang.F("%q (%s)", "chỉ tiêu %q (%s)", t.Title, t.Clause)
	}
	return lang.F("%d targets, the first %q (%s)", "%d chỉ tiêu, đầu tiên là %q (%s)", len(l.targets), t.Title, t.Clause)
}

// lacking reports the figures that are missing for one reason: up to three of
// them one by one, more of them together.
func (c *completeness) lacking(l *lack) {
	const few = 3
	if len(l.facts) <= few && (len(l.facts) == 1 || l.check != diag.MissingTable) {
		for i, f := range l.facts {
			c.missing(f, l.needs[i])
		}
		return
	}
	pos := diag.InFile(c.set.Input.File)
	if l.check == diag.MissingTable {
		c.list.Add(l.check, pos, lang.F(
			"no table %s: %s of it are missing; they are needed for %s",
			"không có bảng %s: thiếu %s; cần cho %s", orTables(l.tables), countFigures(len(l.facts)), l.wanted()))
		return
	}
	var first []lang.Text
	for _, f := range l.facts[:few] {
		first = append(first, f.Title)
	}
	c.list.Add(l.check, pos, lang.F(
		"%s are missing in the table %q: %s and %d more, which `parcheck inspect` lists; they are needed for %s",
		"thiếu %s trong bảng %q: %s và %d số liệu khác, xem bằng `parcheck inspect`; cần cho %s",
		countFigures(len(l.facts)), l.tables[0].Title, lang.Join(first, ", "), len(l.facts)-few, l.wanted()))
}

// orTables lists alternative tables.
func orTables(tables []*plan.Table) lang.Text {
	var out []lang.Text
	for _, t := range tables {
		out = append(out, lang.F("%q%s", "%q%s", t.Title, onSheets(t)))
	}
	if len(out) == 1 {
		return out[0]
	}
	return lang.F("%s or %s", "%s hoặc %s", lang.Join(out[:len(out)-1], ", "), out[len(out)-1])
}

func onSheets(t *plan.Table) lang.Text {
	if len(t.Sheets) == 0 {
		return lang.Text{}
	}
	return lang.F(" on a sheet named %s", " ở trang tính tên %s", quoted(t.Sheets))
}

func requiredHeaders(t *plan.Table) []string {
	var out []string
	for _, col := range t.Columns {
		if !col.Optional && len(col.Headers) > 0 {
			out = append(out, col.Headers[0])
		}
	}
	return out
}

// fact records a missing figure.
func (c *completeness) fact(t *plan.Target, f *Fact) {
	if f == nil || f.State != Missing {
		return
	}
	if c.said[f.ID] {
		for i := range c.lacks {
			if slices.Contains(c.lacks[i].facts, f) {
				c.lacks[i].need(t)
			}
		}
		return
	}
	c.said[f.ID] = true
	tables := c.lackingTables(f)
	if len(tables) == 0 || f.Blank != nil {
		c.missing(f, t)
		return
	}
	i := slices.IndexFunc(c.lacks, func(l lack) bool { return l.check == f.Lacks && slices.Equal(l.tables, tables) })
	if i < 0 {
		i = len(c.lacks)
		c.lacks = append(c.lacks, lack{check: f.Lacks, tables: tables})
	}
	c.lacks[i].facts, c.lacks[i].needs = append(c.lacks[i].facts, f), append(c.lacks[i].needs, t)
	c.lacks[i].need(t)
}

// missing reports one figure.
func (c *completeness) missing(f *Fact, t *plan.Target) {
	pos := diag.InFile(c.set.Input.File)
	if f.Blank != nil {
		pos = f.Blank.pos(pos.File)
	}
	c.list.Add(f.Lacks, pos, lang.F(
		"%s is missing: %s; it is needed for %q (%s)",
		"thiếu %s: %s; cần cho chỉ tiêu %q (%s)", f.Title, f.Reason, t.Title, t.Clause))
}

// lackingTables lists the alternative tables for a figure: all that its sources
// name where none is in the file, or else the first that is.
func (c *completeness) lackingTables(f *Fact) []*plan.Table {
	var all []*plan.Table
	seen := map[string]bool{}
	var visit func(id string)
	visit = func(id string) {
		pf := c.plan.FindFact(id)
		if seen[id] || pf == nil {
			return
		}
		seen[id] = true
		for i := range pf.From {
			if t := c.plan.FindTable(pf.From[i].Table); t != nil && !slices.Contains(all, t) {
				all = append(all, t)
			}
			for _, part := range pf.From[i].Facts {
				visit(part)
			}
		}
	}
	visit(f.ID)
	switch f.Lacks {
	case diag.MissingTable:
		return all
	case diag.MissingRow, diag.MissingColumn:
		if i := slices.IndexFunc(all, func(t *plan.Table) bool { return c.found(t.ID) }); i >= 0 {
			return all[i : i+1]
		}
	}
	return nil
}

// shares reports parts that exceed their wholes.
func (c *completeness) shares(m plan.Measure) {
	for _, a := range m.Args {
		c.shares(a)
	}
	if m.Op != plan.ShareOf {
		return
	}
	part, whole := c.set.Find(m.Part), c.set.Find(m.Whole)
	key := m.Part + "/" + m.Whole
	if part.State != Reported || whole.State != Reported || part.Value.Cmp(whole.Value) <= 0 || c.said[key] {
		return
	}
	c.said[key] = true
	d := diag.New(diag.PartOverWhole, place(c.set.Input.File, part.Sources[0]), lang.F(
		"%s is %s, more than %s, which is %s: a part cannot be larger than its whole",
		"%s là %s, lớn hơn %s là %s: phần không thể lớn hơn tổng", part.Title, part.Shown, whole.Title, whole.Shown))
	d.Related = []diag.Related{{Pos: place(c.set.Input.File, whole.Sources[0]), Message: whole.Title}}
	c.list = append(c.list, d)
}
