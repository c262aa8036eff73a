package fact

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Complete looks whether a set holds everything that the plan needs of its
// unit as of a day, and whether no part is larger than its whole. Figures that
// are published later are not missed before.
func Complete(p *plan.Plan, set *Set, survey *Survey, asOf date.Date) diag.List {
	c := completeness{plan: p, set: set, said: map[string]bool{}}
	c.tables(survey)
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
		c.shares(t, t.Measure)
	}
	for i := range c.list {
		c.list[i].Unit = set.Unit.Name.In(lang.VI)
		if s, ok := p.Severities[c.list[i].Check]; ok {
			c.list[i].Severity = s
		}
	}
	c.list.Sort()
	return c.list
}

type completeness struct {
	plan *plan.Plan
	set  *Set
	said map[string]bool // tables and facts that have been reported
	list diag.List
}

// tables reports the tables that a unit of this level must hand in.
func (c *completeness) tables(survey *Survey) {
	for i := range c.plan.Tables {
		t := &c.plan.Tables[i]
		found := slices.ContainsFunc(survey.Tables, func(s TableSurvey) bool { return s.ID == t.ID && s.Sheet != "" })
		if found || !slices.Contains(t.Levels, c.set.Unit.Level) {
			continue
		}
		c.said[t.ID] = true
		c.list.Add(diag.MissingTable, diag.InFile(c.set.Input.File), lang.F(
			"the table %q is not there%s: add it, with the headers %s",
			"thiếu bảng %q%s: hãy bổ sung, với các tiêu đề %s", t.Title, onSheets(t), quoted(requiredHeaders(t))))
	}
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

// fact reports a figure that is not there.
func (c *completeness) fact(t *plan.Target, f *Fact) {
	if f == nil || f.State != Missing || c.said[f.ID] {
		return
	}
	c.said[f.ID] = true
	if f.Lacks == diag.MissingTable && c.tableSaid(f.ID) {
		return
	}
	pos := diag.InFile(c.set.Input.File)
	if f.Blank != nil {
		pos = f.Blank.pos(pos.File)
	}
	c.list.Add(f.Lacks, pos, lang.F(
		"%s is missing: %s; it is needed for %q (%s)",
		"thiếu %s: %s; cần cho chỉ tiêu %q (%s)", f.Title, f.Reason, t.Title, t.Clause))
}

// tableSaid reports whether the absence of a fact's tables has been said.
func (c *completeness) tableSaid(id string) bool {
	f := c.plan.FindFact(id)
	return slices.ContainsFunc(f.From, func(s plan.Source) bool {
		return c.said[s.Table] || slices.ContainsFunc(s.Facts, c.tableSaid)
	})
}

// shares reports parts that are larger than their wholes.
func (c *completeness) shares(t *plan.Target, m plan.Measure) {
	for _, a := range m.Args {
		c.shares(t, a)
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
