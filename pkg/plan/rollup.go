package plan

import (
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/term"
)

// Rollup is how the results of the units below a unit make its own.
type Rollup uint8

// The roll-ups.
const (
	NoRollup     Rollup = iota // they do not
	PooledRollup               // their figures are added up, and the sums are judged
	MeanRollup                 // the mean of their values is judged, each counting alike
)

var rollupNames = names[Rollup]{NoRollup: "none", PooledRollup: "pooled", MeanRollup: "mean"}

// String returns "none", "pooled" or "mean".
func (r Rollup) String() string { return rollupNames.of(r) }

// Words say the roll-up.
func (r Rollup) Words() lang.Text {
	switch r {
	case PooledRollup:
		return lang.T("sums of the figures of the units below", "cộng số liệu của các đơn vị trực thuộc")
	case MeanRollup:
		return lang.T("mean of the values of the units below", "trung bình giá trị của các đơn vị trực thuộc")
	case NoRollup:
	}
	return lang.T("none", "không tổng hợp")
}

// UnitsMissing is what a roll-up is when some of its units have no figure.
type UnitsMissing uint8

// The answers.
const (
	LeftOut   UnitsMissing = iota // it is made of the others, and says so
	AlsoWhole                     // it is missing, too
)

var unitsMissingNames = names[UnitsMissing]{LeftOut: "left_out", AlsoWhole: "missing"}

// String returns "left_out" or "missing".
func (m UnitsMissing) String() string { return unitsMissingNames.of(m) }

// RollsUp reports whether results of units are rolled up in some target.
func (p *Plan) RollsUp() bool {
	return slices.ContainsFunc(p.Targets, func(t Target) bool { return t.Rollup != NoRollup })
}

// Wants reports whether a target that binds a unit needs a fact.
func (p *Plan) Wants(fact, level, unit string) bool {
	return slices.ContainsFunc(p.Targets, func(t Target) bool { return t.Binds(level, unit) && slices.Contains(t.Needs(), fact) })
}

// Adds reports whether figures of a kind add up over units.
func (k FactKind) Adds() bool { return k == CountFact || k == AmountFact }

// rollup checks that what a target measures can be rolled up as it says.
func (c *checker) rollup(t *Target, q quantity) {
	if !c.sound(&t.Rollup) {
		return
	}
	at := c.near(t.Pos, &t.Rollup)
	written := c.written(&t.Rollup) // what defaults say holds where it can
	switch t.Rollup {
	case NoRollup:
	case MeanRollup:
		if !q.addable() && !written {
			t.Rollup = NoRollup
		} else if !q.addable() {
			c.fail(diag.PlanValue, at, lang.F("a measure of kind %q has no mean over units: want rollup: none", "đại lượng loại %q không lấy trung bình qua các đơn vị được: cần rollup: none", q.kind))
		}
	case PooledRollup:
		for _, id := range slices.Concat(t.Measure.Facts(), t.GoalFacts()) {
			f := c.plan.FindFact(id)
			if f == nil || !c.sound(&f.Kind) {
				continue
			}
			if !f.Kind.Adds() && !written {
				t.Rollup = NoRollup
				return
			}
			if !f.Kind.Adds() {
				c.fail(diag.PlanValue, at, lang.F("the fact %q is of kind %q, which is not added up over units: want rollup: mean, or none",
					"số liệu %q thuộc loại %q, không cộng qua các đơn vị được: cần rollup: mean hoặc none", id, f.Kind))
				return
			}
			if op, bad := c.plan.unsummed(f, nil); bad {
				c.fail(diag.PlanValue, at, lang.F("the fact %q comes from %q, which is not added up over units: want rollup: mean, or none",
					"số liệu %q lấy bằng %q, không cộng qua các đơn vị được: cần rollup: mean hoặc none", id, op))
				return
			}
		}
	}
}

// unsummed finds a source of a fact, or of one that it is made of, whose figures
// do not add up over units: a mean of means is none of all.
func (p *Plan) unsummed(f *Fact, seen []string) (SourceOp, bool) {
	if slices.Contains(seen, f.ID) {
		return 0, false
	}
	for i := range f.From {
		s := &f.From[i]
		if s.Op.OfColumn() {
			return s.Op, true
		}
		for _, id := range s.Facts {
			if part := p.FindFact(id); part != nil {
				if op, bad := p.unsummed(part, append(seen, f.ID)); bad {
					return op, true
				}
			}
		}
	}
	return 0, false
}

// Below returns the units of the roster that have a unit as their parent, in its
// order.
func (o *Roster) Below(id string) []*Unit {
	var out []*Unit
	for i := range o.Units {
		if o.Units[i].Parent == id {
			out = append(out, &o.Units[i])
		}
	}
	return out
}

// parents checks that each parent is a unit of the roster, and that no unit stands
// above itself.
func (r *reader) parents(o *Roster) {
	ids := idsOf(o.Units, func(u *Unit) string { return u.ID })
	parent := map[string]*Unit{}
	for i := range o.Units {
		u := &o.Units[i]
		if u.Parent != "" && r.known(&u.Parent, term.Unit, ids) {
			parent[u.ID] = u
		}
	}
	told := map[string]bool{}
	for i := range o.Units {
		path := []string{o.Units[i].ID}
		for u := parent[path[0]]; u != nil; u = parent[u.Parent] {
			if slices.Contains(path, u.Parent) {
				circle := append(path[slices.Index(path, u.Parent):], u.Parent)
				if !told[u.Parent] {
					r.fail(diag.PlanName, r.at(&u.Parent), lang.F("the unit %q stands above itself: %s", "đơn vị %q là cấp trên của chính nó: %s", u.Parent, strings.Join(circle, " → ")))
				}
				for _, id := range circle {
					told[id] = true
				}
				break
			}
			path = append(path, u.Parent)
		}
	}
}
