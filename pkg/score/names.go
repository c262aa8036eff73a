package score

import (
	"fmt"

	"github.com/parcheck/parcheck/pkg/lang"
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
	Missing:       lang.T("missing", "thiếu số liệu"),
	Met:           lang.T("met", "đạt"),
	Missed:        lang.T("missed", "không đạt"),
	Pending:       lang.T("not due yet", "chưa đến hạn"),
	NotApplicable: lang.T("not applicable", "không áp dụng"),
	Invalid:       lang.T("invalid", "không dùng được"),
	Tracked:       lang.T("tracked", "theo dõi"),
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

// Judged reports whether the figures were there and usable: met or missed.
func (o Outcome) Judged() bool { return o == Met || o == Missed }

// Applicable reports whether a result of that outcome counts for the score:
// met, missed, missing or invalid.
func (o Outcome) Applicable() bool { return o != Pending && o != NotApplicable && o != Tracked }

// Failing reports whether an outcome is one that somebody has to mend: missed,
// missing or invalid.
func (o Outcome) Failing() bool { return o.Applicable() && o != Met }
