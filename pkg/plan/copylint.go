package plan

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// alike reports a target that repeats an earlier one for the same units.
func (l *linter) alike(t *Target) {
	for i := range l.plan.Targets {
		o := &l.plan.Targets[i]
		if o == t {
			return
		}
		if o.Clause == t.Clause && o.Quote == t.Quote && o.Commitment == t.Commitment &&
			o.Measure.String() == t.Measure.String() && o.sharesUnits(t) {
			l.list.Add(diag.PlanAlike, t.Pos, lang.F("the target %q has the measure, the clause and the quote of %q: they count the same twice",
				"chỉ tiêu %q có cùng đại lượng, điều khoản và nguyên văn với %q: cùng một việc bị tính hai lần", t.ID, o.ID),
				diag.Related{Pos: o.Pos, Message: firstHere})
			return
		}
	}
}

// sharesUnits reports whether both targets bind some level or unit.
func (t *Target) sharesUnits(o *Target) bool {
	return slices.ContainsFunc(t.Levels, func(id string) bool { return slices.Contains(o.Levels, id) }) ||
		slices.ContainsFunc(t.Units, func(id string) bool { return slices.Contains(o.Units, id) })
}
