package score

import (
	"fmt"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/term"
)

var outcomeNames = [...]string{
	Missing:       "missing",
	Met:           "met",
	Missed:        "missed",
	Pending:       "pending",
	NotApplicable: "not_applicable",
	Invalid:       "invalid",
	Tracked:       "tracked",
}

var outcomeTitles = [...]lang.Text{
	Missing:       term.Missing,
	Met:           term.Met,
	Missed:        term.Missed,
	Pending:       term.Pending,
	NotApplicable: term.NotApplicable,
	Invalid:       term.Invalid,
	Tracked:       term.Tracked,
}

// String returns "missing", "met", "missed", "pending", "not_applicable",
// "invalid" or "tracked".
func (o Outcome) String() string { return outcomeNames[o] }

// Title names the outcome as a report does.
func (o Outcome) Title() lang.Text { return outcomeTitles[o] }

// MarshalText writes the outcome's name.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads the outcome's name.
func (o *Outcome) UnmarshalText(b []byte) error {
	for i, name := range outcomeNames {
		if name == string(b) {
			*o = Outcome(i)
			return nil
		}
	}
	return fmt.Errorf("unknown outcome %q", b)
}

// Judged reports whether the figures were present and valid: met or missed.
func (o Outcome) Judged() bool { return o == Met || o == Missed }

// Applicable reports whether a result of that outcome counts for the score:
// met, missed, missing or invalid.
func (o Outcome) Applicable() bool { return o != Pending && o != NotApplicable && o != Tracked }

// Failing reports whether an outcome needs action: missed, missing or invalid.
func (o Outcome) Failing() bool { return o.Applicable() && o != Met }
