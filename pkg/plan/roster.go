package plan

import (
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// Roster is the list of the units that owe a submission.
type Roster struct {
	ID       string
	File     string
	SHA256   string
	Title    lang.Text
	Deadline date.Date // of all units that have none of their own; zero: none
	Groups   []Area    // groups that units are ranked in: id and title
	Units    []Unit
}

// Unit is an agency.
type Unit struct {
	ID       string
	Name     lang.Text // the Vietnamese name is the official one
	Level    string
	Group    string
	Code     string   // the official identifier (mã định danh), when known
	Aliases  []string // other names that submissions use
	Deadline date.Date
	Pos      diag.Pos
}

// ParseRoster reads a roster; the mistakes are as in Parse. levels are the ids
// of the plan's levels; nil does not check them. Two units whose names or
// aliases are equal after folding are a mistake.
func ParseRoster(file string, data []byte, levels []string) (*Roster, diag.List) { return nil, nil }

// Find returns the unit that a name, alias, id or code means, after folding;
// nil when there is none. A nil roster has no units.
func (r *Roster) Find(name string) *Unit { return nil }
