package score

import (
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// FailOn is a set of things that a gate does not let pass.
type FailOn uint8

// The members of a FailOn.
const (
	FailOnMissed          FailOn = 1 << iota // a missed target of any commitment
	FailOnMissedMandatory                    // a missed mandatory target
	FailOnMissing                            // a target whose figure is missing
	FailOnInvalid                            // a target whose figure cannot be used
	FailOnWarning                            // a diagnostic of severity warning or error
	FailOnError                              // a diagnostic of severity error
	FailOnNever                              // nothing: the gate always holds
)

// ParseFailOn reads the names that --fail-on takes.
func ParseFailOn(names []string) (FailOn, error) { return 0, nil }

// Gate decides whether a run is good enough.
type Gate struct {
	FailOn      FailOn
	MinScore    *number.Exact // of each card, 0..1; nil: no such gate
	MinCoverage *number.Exact // of each card, 0..1; nil: no such gate
	FailOnNew   bool          // a result fails that did not fail in the baseline
}

// Check reports whether the gate holds, and why.
func (g Gate) Check(cards []Card, diagnostics diag.List, changes []Change) (ok bool, why lang.Text) {
	return true, lang.Text{}
}
