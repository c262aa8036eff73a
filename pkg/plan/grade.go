package plan

import (
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/term"
)

// Grade is what a whole score is called: the first grade that holds.
type Grade struct {
	ID      string
	Title   lang.Text
	AtLeast *number.Exact // of the score; nil: every other score
	Percent bool          // AtLeast is a share of the maximum, and otherwise points
	Unless  []Obstacle    // what keeps a unit from the grade
	Pos     diag.Pos
}

// Obstacle keeps a unit from a grade: an area that is below a bound, or a target
// that is not met.
type Obstacle struct {
	Area     string
	LessThan number.Exact // of the area's score
	Percent  bool
	Target   string
	Is       string // the outcome of the target
	Pos      diag.Pos
}

func (g *Grade) yaml() value {
	return placed(&g.Pos, mapping(g, term.Grade, func() []key {
		return []key{
			required("id", id(&g.ID), "its id", "mã"),
			required("title", text(&g.Title), "its name", "tên mức xếp loại"),
			optional("at_least", bounded(&g.AtLeast, &g.Percent), "the least score, in percent or in points; none: every other score", "điểm thấp nhất, theo phần trăm hoặc số điểm; không ghi: mọi điểm còn lại"),
			optional("unless", list(&g.Unless, (*Obstacle).yaml), "what keeps a unit from it", "trường hợp không được xếp mức này"),
		}
	}))
}

func (o *Obstacle) yaml() value {
	return placed(&o.Pos, oneOf(o, term.Cond, func() [][]key {
		var least *number.Exact
		bound := bounded(&least, &o.Percent)
		parse := bound.parse
		bound.into, bound.parse = &o.LessThan, func(r *reader, n *yaml.Node) bool {
			if !parse(r, n) {
				return false
			}
			o.LessThan = *least
			return true
		}
		return [][]key{
			{required("area", word(&o.Area), "an area", "lĩnh vực"), required("less_than", bound, "that has less than this", "có điểm thấp hơn mức này")},
			{required("target", word(&o.Target), "a target", "chỉ tiêu"), required("is", outcomeName(&o.Is), "that has this outcome", "có kết quả này")},
		}
	}))
}

// bounded reads a number, or a percentage.
func bounded(into **number.Exact, percent *bool) value {
	return doubted(scalar(into, amountSchema, func(raw string) (*number.Exact, *mistake) {
		x, p, m := figure(raw)
		*percent = p
		return &x, m
	}), thousands)
}

// grades checks that each grade can be reached past those before it.
func (c *checker) grades() {
	p := c.plan
	var all []*string
	areas, targets := idsOf(p.Areas, func(a *Area) string { return a.ID }), idsOf(p.Targets, func(t *Target) string { return t.ID })
	for i := range p.Grades {
		g := &p.Grades[i]
		all = append(all, &g.ID)
		for j := range g.Unless {
			o := &g.Unless[j]
			_ = o.Area != "" && c.known(&o.Area, nounArea, areas)
			_ = o.Target != "" && c.known(&o.Target, nounTarget, targets)
		}
		last := i == len(p.Grades)-1
		switch {
		case !c.sound(&g.AtLeast):
		case g.AtLeast == nil && !last && len(g.Unless) == 0:
			c.fail(diag.PlanRange, g.Pos, lang.F("the grade %q takes every score: those behind it are never given", "mức %q nhận mọi điểm: các mức sau không bao giờ dùng đến", g.ID))
		case last && (g.AtLeast != nil || len(g.Unless) > 0):
			c.fail(diag.PlanRange, g.Pos, lang.F("the last grade, %q, does not take every score that is left: it has no \"at_least\" and no \"unless\"",
				"mức cuối %q phải nhận mọi điểm còn lại: không ghi \"at_least\" và \"unless\"", g.ID))
		case i > 0 && g.AtLeast != nil:
			c.descending(&p.Grades[i-1], g)
		}
	}
	c.unique(term.Grade, all)
}

func (c *checker) descending(before, g *Grade) {
	switch {
	case before.AtLeast == nil:
	case before.Percent != g.Percent:
		c.fail(diag.PlanValue, c.at(&g.AtLeast), lang.F("%s beside %s: grades are all in percent, or all in points", "%s bên cạnh %s: các mức phải cùng theo phần trăm hoặc cùng theo điểm",
			decimal(*g.AtLeast, g.Percent), decimal(*before.AtLeast, before.Percent)))
	case g.AtLeast.Cmp(*before.AtLeast) >= 0 && len(before.Unless) == 0:
		c.fail(diag.PlanRange, c.at(&g.AtLeast), lang.F("%s is not below %s of the grade before: the grade is never given", "%s không thấp hơn %s của mức trước: mức này không bao giờ dùng đến",
			decimal(*g.AtLeast, g.Percent), decimal(*before.AtLeast, before.Percent)))
	}
}

// names lists what keeps units from the grade, as plans write it.
func (g *Grade) names() []string {
	var names []string
	for _, o := range g.Unless {
		names = append(names, o.String())
	}
	return slices.Clip(names)
}

// String returns the condition as plans write it.
func (o Obstacle) String() string {
	if o.Area != "" {
		return group("area", o.Area, "less_than", decimal(o.LessThan, o.Percent))
	}
	return group("target", o.Target, "is", o.Is)
}
