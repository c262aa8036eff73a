package score

import (
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/term"
)

// Status is the state of a unit's submission. The zero value claims nothing.
type Status uint8

// The statuses.
const (
	NotSubmitted Status = iota // on the roster, and no card
	Submitted
	Late        // submitted after its deadline
	Ambiguous   // several submissions that differ: none of them counts
	Unreadable  // a file of the unit is there and cannot be read
	WrongFormat // a file of a kind that is not read, such as a PDF, and no other
	OtherRules  // judged by another plan, or by other definitions of its targets
	FromUnits   // handed in nothing itself: its card is made of those of the units below it
	OffRoster   // submitted, and there is a roster that the unit is not on
)

// Title names the status as a report does.
func (s Status) Title() lang.Text {
	switch s {
	case Submitted:
		return lang.T("submitted", "đã nộp")
	case Late:
		return lang.T("submitted late", "nộp muộn")
	case Ambiguous:
		return term.Several
	case Unreadable:
		return lang.T("unreadable", "không đọc được")
	case WrongFormat:
		return lang.T("wrong format", "nộp sai định dạng")
	case OtherRules:
		return lang.T("judged by other rules", "chấm theo quy tắc khác")
	case FromUnits:
		return lang.T("rolled up", "tổng hợp từ đơn vị trực thuộc")
	case OffRoster:
		return term.NotOnRoster
	case NotSubmitted:
	}
	return lang.T("not submitted", "chưa nộp")
}

// LedgerOrder is the order of the parts of a ledger, which add up to the units
// of the roster.
var LedgerOrder = []Status{Submitted, Late, Ambiguous, Unreadable, WrongFormat, NotSubmitted, OtherRules, FromUnits}

// Ledger counts units by the state of their submission. Every unit of the
// roster is in exactly one count, so that the counts of LedgerOrder add up to
// Units; units off the roster are counted apart.
type Ledger struct {
	Units        int `json:"units"` // on the roster
	Submitted    int `json:"submitted"`
	Late         int `json:"late"`
	Ambiguous    int `json:"several"`
	Unreadable   int `json:"unreadable"`
	WrongFormat  int `json:"wrongFormat"`
	NotSubmitted int `json:"notSubmitted"`
	OtherRules   int `json:"otherRules"`
	FromUnits    int `json:"rolledUp,omitempty"`
	OffRoster    int `json:"offRoster"`
}

// Count adds a unit.
func (l *Ledger) Count(s Status) {
	if s != OffRoster {
		l.Units++
	}
	*l.counter(s)++
}

// Of returns how many units have a status.
func (l *Ledger) Of(s Status) int { return *l.counter(s) }

func (l *Ledger) counter(s Status) *int {
	switch s {
	case Submitted:
		return &l.Submitted
	case Late:
		return &l.Late
	case Ambiguous:
		return &l.Ambiguous
	case Unreadable:
		return &l.Unreadable
	case WrongFormat:
		return &l.WrongFormat
	case OtherRules:
		return &l.OtherRules
	case FromUnits:
		return &l.FromUnits
	case OffRoster:
		return &l.OffRoster
	case NotSubmitted:
	}
	return &l.NotSubmitted
}

// Line is the ledger as a sum: "units on the roster: 3 = submitted 2 + ...".
// Nothing stands for cards by other rules where there are none: only stored
// results can be.
func (l *Ledger) Line() lang.Text {
	var parts []lang.Text
	for _, s := range LedgerOrder {
		if n := l.Of(s); n > 0 || s != OtherRules && s != FromUnits {
			parts = append(parts, lang.F("%s %d", "%s %d", s.Title(), n))
		}
	}
	return lang.F("units on the roster: %d = %s; %s: %d", "đơn vị trong danh sách: %d = %s; %s: %d",
		l.Units, lang.Join(parts, " + "), OffRoster.Title(), l.OffRoster)
}
