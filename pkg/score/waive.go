package score

import (
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Waive marks results that waivers take out of the gate, and returns what is
// wrong with the waivers.
func Waive(cards []Card, waivers []plan.Waiver, asOf date.Date) diag.List { return nil }
