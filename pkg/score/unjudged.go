package score

import (
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Unjudged is the card of a unit before any target is judged: what was read
// and what is wrong with it, and no results.
func Unjudged(p *plan.Plan, set fact.Set, asOf date.Date) Card {
	card := Card{
		Plan:        refer(p),
		Unit:        set.Unit,
		Period:      set.Period,
		PeriodFrom:  set.PeriodFrom,
		AsOf:        asOf,
		Input:       set.Input,
		Facts:       inPlanOrder(p, set.Facts),
		Diagnostics: append(diag.List{}, set.Diagnostics...),
	}
	card.Diagnostics.Sort()
	return card
}
