package plan

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/term"
)

// Points that differ by unit, level, period or day are the value of a param, as
// goals that differ are.

// pointsOf reads the param that says the points of a target.
func (t *Target) pointsOf() value {
	return mapping(&t.PointsOf, term.Points, func() []key {
		return []key{required("param", word(&t.PointsOf), "the param that says them, for units, levels or periods", "tham số quy định điểm, theo đơn vị, cấp hoặc kỳ")}
	})
}

// pointsWritten is the points as plans write them.
func (t *Target) pointsWritten() string {
	if t.PointsOf != "" {
		return group(ParamValue.String(), t.PointsOf)
	}
	return decimal(t.Points, false)
}

// PointsRange is the least and the most points that a target can be worth.
func (p *Plan) PointsRange(t *Target) (least, most number.Exact) {
	q := p.FindParam(t.PointsOf)
	if t.PointsOf == "" || q == nil {
		return t.Points, t.Points
	}
	var all []number.Exact
	if q.Value != nil {
		all = append(all, *q.Value)
	}
	for i := range q.Values {
		all = append(all, q.Values[i].Value)
	}
	if len(all) == 0 {
		return t.Points, t.Points
	}
	return slices.MinFunc(all, number.Exact.Cmp), slices.MaxFunc(all, number.Exact.Cmp)
}

func (p *Plan) leastPoints(t *Target) number.Exact {
	least, _ := p.PointsRange(t)
	return least
}

// settlePoints gives the targets the points that params say, in a plan whose params
// have one value each.
func (p *Plan) settlePoints() {
	if !slices.ContainsFunc(p.Targets, func(t Target) bool { return t.PointsOf != "" }) {
		return
	}
	p.Targets = slices.Clone(p.Targets)
	for i := range p.Targets {
		if t := &p.Targets[i]; t.PointsOf != "" {
			_, t.Points = p.PointsRange(t)
		}
	}
}

// differingPoints checks that the param of a target's points says them for every
// unit that the target binds.
func (c *checker) differingPoints(t *Target) {
	if t.PointsOf == "" || !c.known(&t.PointsOf, nounParam, idsOf(c.plan.Params, func(q *Param) string { return q.ID })) {
		return
	}
	q := c.plan.FindParam(t.PointsOf)
	if (q.Value != nil || len(q.Values) > 0) && (q.Percent || q.Day) {
		c.fail(diag.PlanValue, c.at(&t.PointsOf), lang.F("the values of %q are no points: want plain numbers", "các giá trị của %q không phải điểm: cần số thường", q.ID))
		return
	}
	if q.Value == nil {
		unsaid := slices.Clone(t.Levels)
		for i := range q.Values {
			if v := &q.Values[i]; v.Unit == "" && v.Period == "" && v.From.IsZero() {
				unsaid = slices.DeleteFunc(unsaid, func(level string) bool { return v.Level == "" || v.Level == level })
			}
		}
		switch {
		case len(unsaid) > 0:
			c.fail(diag.PlanValue, c.at(&t.PointsOf), lang.F("the param %q says no points for the level %q: give it a value for that level, or \"value\" for everybody else",
				"tham số %q chưa quy định điểm cho cấp %q: hãy ghi giá trị cho cấp đó, hoặc \"value\" cho các đơn vị còn lại", q.ID, unsaid[0]))
			return
		case len(t.Units) > 0:
			c.fail(diag.PlanValue, c.at(&t.PointsOf), lang.F("the param %q says no points for units of other levels: give it \"value\" for everybody else",
				"tham số %q chưa quy định điểm cho đơn vị thuộc cấp khác: hãy ghi \"value\" cho các đơn vị còn lại", q.ID))
			return
		}
	}
	_, t.Points = c.plan.PointsRange(t)
	if t.Points.IsZero() {
		c.fail(diag.PlanRange, c.at(&t.PointsOf), lang.F("all values of %q are 0: write \"points: 0\"", "mọi giá trị của %q đều bằng 0: hãy ghi \"points: 0\"", q.ID))
	}
}
