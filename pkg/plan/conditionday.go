package plan

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// daysCompared checks a condition that compares the days of a column with a
// day, or with the days of another column plus some days.
func (c *checker) daysCompared(t *Table, w *Condition) {
	c.column(t, &w.Column, Date)
	if w.Other != "" && t.FindColumn(w.Other) == nil && c.plan.FindParam(w.Other) != nil {
		w.Bounds = []Amount{{Op: ShiftedDay, Args: []Amount{{Op: ParamValue, Param: w.Other, Pos: c.at(&w.Other)}}, Plus: w.Plus, Pos: c.at(&w.Other)}}
		w.Other, w.Plus = "", Days{}
	}
	if w.Other != "" {
		c.column(t, &w.Other, Date)
		return
	}
	for i := range w.Bounds {
		if b := &w.Bounds[i]; c.sound(b) && c.ofPlan(b) {
			c.figure(b, quantity{kind: DateKind})
		}
	}
}

// ofPlan checks that an amount is the same for every unit: records are counted
// once for all units.
func (c *checker) ofPlan(a *Amount) bool {
	if !c.sound(a) {
		return false
	}
	if a.Op == FactAmount {
		c.fail(diag.PlanValue, a.Pos, lang.F("%v stands here: records are compared with what the plan gives", "ở đây là %v: hồ sơ chỉ được so với số hoặc ngày ghi trong kế hoạch", *a))
		return false
	}
	if q := c.plan.FindParam(a.Param); q != nil && len(q.Values) > 0 {
		c.fail(diag.PlanValue, a.Pos, lang.F("the param %q has several values, and records are counted once for all units: name a param with one value, or count twice, once for each value", "tham số %q có nhiều giá trị, còn hồ sơ chỉ được đếm một lần cho mọi đơn vị: hãy dùng tham số có một giá trị, hoặc đếm riêng theo từng giá trị", q.ID))
		return false
	}
	for i := range a.Args {
		if !c.ofPlan(&a.Args[i]) {
			return false
		}
	}
	return true
}

// SetParam sets a param of the plan to its only value, given as on a command
// line. It returns false where the text is neither a figure nor a day. It
// updates the conditions on records and the points that depend on the param.
func (p *Plan) SetParam(q *Param, raw string) bool {
	if !q.set(raw) {
		return false
	}
	for i := range p.Facts {
		for j := range p.Facts[i].From {
			p.settle(p.Facts[i].From[j].Where)
		}
	}
	p.settlePoints()
	return true
}

// settle evaluates the right-hand sides of conditions.
func (p *Plan) settle(where []Condition) {
	for i := range where {
		w := &where[i]
		for _, all := range w.Any {
			p.settle(all)
		}
		w.With, w.Lacks = nil, nil
		if w.Op.OfDays() && !w.Day.IsZero() {
			w.With = []number.Exact{OfDay(w.Day)}
		}
		for _, b := range w.Bounds {
			x, unknown, err := p.Evaluate(b)
			if w.With = append(w.With, x); err != nil {
				w.Lacks = append(w.Lacks, unknown...)
			}
		}
	}
}

// Lacks lists the params without a value that the conditions of a source name.
func (s *Source) Lacks() []string {
	var ids []string
	var look func([]Condition)
	look = func(where []Condition) {
		for _, w := range where {
			ids = append(ids, w.Lacks...)
			for _, all := range w.Any {
				look(all)
			}
		}
	}
	look(s.Where)
	return ids
}

// ownFacts copies the facts whose conditions name a param, so that a settled
// plan can change them without affecting the original.
func (p *Plan) ownFacts() {
	p.Facts = slices.Clone(p.Facts)
	for i := range p.Facts {
		p.Facts[i].From = slices.Clone(p.Facts[i].From)
		for j := range p.Facts[i].From {
			s := &p.Facts[i].From[j]
			s.Where = cloned(s.Where)
			p.settle(s.Where)
		}
	}
}

func cloned(where []Condition) []Condition {
	where = slices.Clone(where)
	for i := range where {
		w := &where[i]
		w.Bounds = slices.Clone(w.Bounds)
		if w.Any != nil {
			w.Any = slices.Clone(w.Any)
			for j := range w.Any {
				w.Any[j] = cloned(w.Any[j])
			}
		}
	}
	return where
}

// byParams reports whether a condition compares with a param.
func (s *Source) byParams() bool {
	var named func([]Condition) bool
	named = func(where []Condition) bool {
		return slices.ContainsFunc(where, func(w Condition) bool {
			return slices.ContainsFunc(w.Bounds, func(a Amount) bool { return a.Op != Literal }) || slices.ContainsFunc(w.Any, named)
		})
	}
	return named(s.Where)
}
