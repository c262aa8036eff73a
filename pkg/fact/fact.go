package fact

import (
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// State is whether a fact has a value.
type State uint8

// The states. The zero value is the honest one: nothing was found.
const (
	Missing  State = iota // no source of it is in the workbook, or it says "not reported"
	Reported              // Value or Choice holds it
	Invalid               // a source is there and cannot be used; Reason says why
)

// Fact is a named quantity that one workbook reports of one unit.
type Fact struct {
	ID      string        `json:"id"`
	Title   lang.Text     `json:"title"`
	Unit    lang.Text     `json:"unit,omitzero"`
	Kind    plan.FactKind `json:"kind"`
	State   State         `json:"state"`
	Value   number.Exact  `json:"value,omitzero"`    // unless a choice
	Day     *date.Date    `json:"day,omitempty"`     // that Value is the number of; nil: it is none
	Choice  string        `json:"choice,omitempty"`  // the id of the choice
	Shown   lang.Text     `json:"shown,omitzero"`    // the value as it is printed
	Reason  lang.Text     `json:"reason,omitzero"`   // why it is missing or invalid: what was looked for
	Lacks   diag.CheckID  `json:"lacks,omitempty"`   // of a missing one, what is not there: missing-table, missing-row or blank-required
	Sources []Source      `json:"sources,omitempty"` // every source that was read, the adopted one first
	Parts   []string      `json:"parts,omitempty"`   // the facts that a derived one is made of
	Blank   *Evidence     `json:"blank,omitempty"`   // of a missing one, the cell that should hold it
}

// Source is one reading of a fact.
type Source struct {
	Value    number.Exact `json:"value,omitzero"`
	Choice   string       `json:"choice,omitempty"`
	Mapped   bool         `json:"mapped,omitempty"` // found with the help of a mapping
	How      lang.Text    `json:"how"`              // "count of records of 'Hồ sơ' with level one of partial, resolved in the period"
	Evidence []Evidence   `json:"evidence"`
}

// Evidence is the cells behind a number.
type Evidence struct {
	File    string    `json:"file"`
	Sheet   string    `json:"sheet,omitempty"`
	Cells   string    `json:"cells"`          // A1 notation, areas separated by commas: "K14:K1312"
	Count   int64     `json:"count"`          // how many cells
	Raw     string    `json:"raw,omitempty"`  // what one cell held; empty where Count is over 1: lists hold personal data
	Kind    string    `json:"kind,omitempty"` // the cell's kind: number, text, date
	Read    lang.Text `json:"read"`           // how it was read: "number", "text read as 1.234,5"
	Formula bool      `json:"formula,omitempty"`

	Relation string `json:"relation,omitempty"` // of records in a database: what they stand in; File and Line are those of its binding
	Column   string `json:"column,omitempty"`   // likewise, where it is one column: what it is bound to
	Line     int    `json:"line,omitempty"`
}

// Where prints `'Sheet'!K14:K1312` or, of records in a database,
// "mcdt.ho_so (muc_do)".
func (e Evidence) Where() string {
	if e.Relation != "" {
		if e.Column == "" {
			return e.Relation
		}
		return e.Relation + " (" + e.Column + ")"
	}
	if e.Sheet == "" {
		return e.Cells
	}
	return diag.QuoteSheet(e.Sheet) + "!" + e.Cells
}

// Counted says how many cells or records the evidence is: "1,198 cells".
func (e Evidence) Counted() lang.Text {
	if e.Relation != "" {
		return recordCount(e.Count)
	}
	return cellCount(e.Count)
}

// Unit is the agency that a set of facts is about.
type Unit struct {
	ID         string    `json:"id,omitempty"` // of the roster; empty when it is not on it
	Name       lang.Text `json:"name"`
	Level      string    `json:"level,omitempty"`
	LevelTitle lang.Text `json:"levelTitle,omitzero"`
	Group      string    `json:"group,omitempty"`
	From       lang.Text `json:"from"` // how it was told: "'Phụ lục'!A3" or "--unit"
}

// Input is a file that facts were read from.
type Input struct {
	File   string        `json:"file"`
	Kind   workbook.Kind `json:"kind"`
	SHA256 string        `json:"sha256"` // in hexadecimal
	Bytes  int64         `json:"bytes"`
}

// Set is everything that one workbook reports of one unit.
type Set struct {
	Input       Input
	Unit        Unit
	Period      plan.Period // that the workbook reports on
	PeriodFrom  lang.Text   // how it was told
	Facts       []Fact      // in the plan's order; those of targets that bind the unit
	Diagnostics diag.List
}

// Find returns the fact of an id, or nil.
func (s *Set) Find(id string) *Fact {
	for i := range s.Facts {
		if s.Facts[i].ID == id {
			return &s.Facts[i]
		}
	}
	return nil
}
