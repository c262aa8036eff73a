package score

import (
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Evaluate judges the facts of one unit against every target of a plan, as of
// a day.
func Evaluate(p *plan.Plan, set fact.Set, asOf date.Date) Card { return Card{} }
