package score

import "github.com/parcheck/parcheck/pkg/lang"

// ChangeKind says how a result compares with an earlier one. The zero value
// claims nothing.
type ChangeKind uint8

// The kinds of change.
const (
	Incomparable ChangeKind = iota // the target's definition or goal is another one
	New                            // fails now, and did not
	Resolved                       // failed, and does not any more
	Worse                          // further from the goal, or judged less well
	Better                         // nearer to the goal, or judged better
	Unchanged                      // the same outcome, value and points
	Appeared                       // the unit or the target is only in the new cards
	Gone                           // the unit or the target is only in the old cards
)

// Change is one target of one unit in two runs.
type Change struct {
	UnitID string     `json:"unitId,omitempty"` // of the roster
	Unit   lang.Text  `json:"unit"`             // name
	Target string     `json:"target"`
	Title  lang.Text  `json:"title"`
	Kind   ChangeKind `json:"kind"`
	Old    *Result    `json:"old,omitempty"` // nil when it appeared
	New    *Result    `json:"new,omitempty"` // nil when it is gone
}

// Compare sets two runs side by side.
func Compare(old, new []Card) []Change { return nil }
