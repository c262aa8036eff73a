package score

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// reading answers a target under another reading of its clause.
func (e *evaluation) reading(t *plan.Target, r *compiledReading) ReadingResult {
	a := e.answer(t, r.byLevel.of(e.unit.Level), e.means[readingKey(t.ID, r.ID)])
	note := r.Note
	if a.outcome.Judged() {
		note = joinNotes(note, e.withoutParams(a.aim.unknown))
	}
	return ReadingResult{
		ID:      r.ID,
		Note:    note,
		Outcome: a.outcome,
		Value:   a.value,
		Goal:    a.goal,
		Reason:  a.reason,
	}
}

func (j *Judge) sameGoal(g, e plan.Goal) bool {
	a, b := j.aim(g), j.aim(e)
	return a.cmp == b.cmp && a.choice == b.choice && a.blocked == b.blocked &&
		slices.EqualFunc(a.bounds, b.bounds, number.Exact.Equal)
}

// disagree reports whether a reading that could be judged has another outcome
// than the adopted one.
func disagree(adopted Outcome, readings []ReadingResult) bool {
	return adopted.Judged() && slices.ContainsFunc(readings, func(r ReadingResult) bool {
		return r.Outcome.Judged() && r.Outcome != adopted
	})
}
