// Package score judges facts against a plan's targets. It is pure and exact:
// no input or output, no clock, no floating point, and no map order reaches a
// result. Decision and display are apart: outcomes compare exact rationals,
// and each figure carries the text that every report prints.
package score

import (
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Outcome is the result of judging one target. The zero value claims nothing.
type Outcome uint8

// The outcomes.
const (
	Missing       Outcome = iota // a figure that was due is not there
	Met                          // judged, and reached
	Missed                       // judged, and not reached
	Pending                      // not due before a day that has not come
	NotApplicable                // does not bind the unit, or has nothing to measure
	Invalid                      // a figure is there and cannot be used
	Tracked                      // the target has no goal: its figure is only shown
)

// Figure is an exact number, and the number as printed in each language.
type Figure struct {
	Exact  number.Exact `json:"exact"`
	Shown  lang.Text    `json:"shown"`
	Day    *date.Date   `json:"day,omitempty"`   // that Exact is the number of; nil: it is none
	Format Format       `json:"format,omitzero"` // of values and bounds
}

// Format is how the digits of a figure are printed, for what prints numbers by
// itself, such as a spreadsheet program. Whether it is a share, its kind says.
type Format struct {
	Decimals int  `json:"decimals,omitempty"`
	Percent  bool `json:"percent,omitempty"`  // of a change: a growth, 0.02 is printed as +2%; of a ratio: 1.2 is printed as 120%
	Points   bool `json:"points,omitempty"`   // of a change: a difference of shares, 0.02 is printed as +2 percentage points
	Fraction bool `json:"fraction,omitempty"` // the exact fraction stands behind: no decimals show it
}

// Card is all results of one unit under one plan for one period. It holds
// everything that a report needs, and survives a round trip through JSON.
type Card struct {
	Plan         PlanRef        `json:"plan"`
	Unit         fact.Unit      `json:"unit"`
	Period       plan.Period    `json:"period"`
	PeriodFrom   lang.Text      `json:"periodFrom,omitzero"`
	AsOf         date.Date      `json:"asOf"`
	Input        fact.Input     `json:"input"`
	RolledUp     *RolledUp      `json:"rolledUp,omitempty"` // what it was made of beside its input; nil: nothing
	Standing     *Standing      `json:"standing,omitempty"` // among the other cards of the run; nil: there is none
	Before       *Before        `json:"before,omitempty"`   // its total in an earlier result; nil: there is none
	Total        Tally          `json:"total"`
	Areas        []Area         `json:"areas,omitempty"`  // in the plan's order; none on cards of earlier versions
	Round        *plan.Decimals `json:"round,omitempty"`  // of Total; nil: exact
	Fallen       plan.Fallen    `json:"fallen,omitempty"` // what becomes of the points of an area that does not apply at all
	Grade        *Grade         `json:"grade,omitempty"`  // what Total is called; nil: the plan has no grades, or the card no score
	Grades       []plan.Grade   `json:"-"`                // of the plan
	Mandatory    Tally          `json:"mandatory"`
	Aspirational Tally          `json:"aspirational"`
	Waived       *Tally         `json:"waived,omitempty"` // Total as if waived targets were not applicable; nil when none is waived
	Results      []Result       `json:"results"`          // in the plan's order; every target of the plan
	Facts        []fact.Fact    `json:"facts"`
	Diagnostics  diag.List      `json:"diagnostics"`
}

// PlanRef names the plan that judged a card.
type PlanRef struct {
	ID       string    `json:"id"`
	Title    lang.Text `json:"title"`
	Issuer   lang.Text `json:"issuer,omitzero"`
	Document string    `json:"document"` // number
	Date     date.Date `json:"date"`     // of the document
	SHA256   string    `json:"sha256"`
	Note     lang.Text `json:"note,omitzero"`
}

// Result is the result of one target.
type Result struct {
	Target      string          `json:"target"`
	Definition  string          `json:"definition"` // plan.Target.Definition: changes when the target does
	Title       lang.Text       `json:"title"`
	Area        string          `json:"area"`
	AreaTitle   lang.Text       `json:"areaTitle"`
	Clause      string          `json:"clause"`
	Quote       string          `json:"quote"`
	Commitment  plan.Commitment `json:"commitment"`
	Kind        plan.ValueKind  `json:"kind"`          // what Value is
	Unit        lang.Text       `json:"unit,omitzero"` // what Value counts: "cuộc", "dialogues"; none for shares and ranks
	Outcome     Outcome         `json:"outcome"`
	Reason      lang.Text       `json:"reason"` // one sentence: the arithmetic, or why not judged
	Value       *Figure         `json:"value,omitempty"`
	Choice      string          `json:"choice,omitempty"`      // id, where Value is a choice
	Numerator   *Part           `json:"numerator,omitempty"`   // of a share
	Denominator *Part           `json:"denominator,omitempty"` // of a share
	Goal        Goal            `json:"goal"`
	Gap         *Figure         `json:"gap,omitempty"` // how far from the goal, never negative, printed with its unit: "1 dossier", "3 places"; none when met
	Points      Figure          `json:"points"`
	Adjust      plan.Adjustment `json:"adjust,omitempty"` // Points are added to the score, or below 0 taken off, outside the maximum
	Max         Figure          `json:"max"`              // points that the target can earn; 0: tracked only
	Credit      lang.Text       `json:"credit"`           // how points are earned, in words
	Readings    []ReadingResult `json:"readings,omitempty"`
	Adopted     lang.Text       `json:"adopted,omitzero"`
	Disagree    bool            `json:"disagree,omitempty"` // a reading gives another outcome
	Also        []Part          `json:"also,omitempty"`     // shown beside, decides nothing
	Facts       []string        `json:"facts"`              // ids of the facts that decide
	Lacks       []string        `json:"lacks,omitempty"`    // params that have no value
	Note        lang.Text       `json:"note,omitzero"`      // "judged without the Government's figure"
	Remedy      lang.Text       `json:"remedy,omitzero"`
	Counts      []Related       `json:"counts,omitempty"`   // the targets that the measure counts, in the plan's words
	Applies     []string        `json:"applies,omitempty"`  // ids of the facts that tell whether the target applies
	Requires    []Related       `json:"requires,omitempty"` // the targets without which, met, it earns no points
	Withheld    *Figure         `json:"withheld,omitempty"` // the points that it would earn were those met; nil: nothing is withheld
	Averaged    bool            `json:"averaged,omitempty"` // Value is the mean of the units below
	Fallen      plan.Fallen     `json:"fallen,omitempty"`   // of a target that binds the unit and does not apply: what becomes of its points
	Waiver      *Waiver         `json:"waiver,omitempty"`
	Alone       *Alone          `json:"-"` // of relative points: the result before Relate knows the other units
}

// Part is one fact of a result, as printed with its unit.
type Part struct {
	Fact  string     `json:"fact"`
	Title lang.Text  `json:"title"`
	Unit  lang.Text  `json:"unit,omitzero"`
	State fact.State `json:"state"`
	Figure
}

// Goal is a target's goal for the unit.
type Goal struct {
	Comparator plan.Comparator `json:"comparator"`
	Bounds     []Figure        `json:"bounds,omitempty"`
	Choice     string          `json:"choice,omitempty"`
	Shown      lang.Text       `json:"shown"` // "≥ 65%", "at most 20th"
}

// ReadingResult is the result under another reading of the clause.
type ReadingResult struct {
	ID      string    `json:"id"`
	Note    lang.Text `json:"note"`
	Outcome Outcome   `json:"outcome"`
	Value   *Figure   `json:"value,omitempty"`
	Goal    Goal      `json:"goal"`
	Reason  lang.Text `json:"reason"`
}

// Waiver is the waiver under which a result does not count for a gate.
type Waiver struct {
	Reason   string    `json:"reason"`
	Approver string    `json:"approver"`
	Issued   date.Date `json:"issued"`
	Expires  date.Date `json:"expires"`
}

// Tally sums results up. Points and coverage are over applicable targets:
// those that are met, missed, missing or invalid.
type Tally struct {
	Points        Figure  `json:"points"`             // earned, with what is added and taken off
	Adjusted      *Figure `json:"adjusted,omitempty"` // of Points, what is added and taken off outside the maximum; nil: nothing can be
	FellAway      *Figure `json:"fellAway,omitempty"` // points of targets that do not apply, which others share or which are given; nil: none
	Max           Figure  `json:"max"`                // that the applicable targets can earn
	Score         *Figure `json:"score,omitempty"`    // Points / Max; nil when Max is 0
	Coverage      *Figure `json:"coverage,omitempty"` // Max of the met and missed / Max; nil when Max is 0
	Met           int     `json:"met"`
	Missed        int     `json:"missed"`
	Missing       int     `json:"missing"`
	Pending       int     `json:"pending"`
	NotApplicable int     `json:"notApplicable"`
	Invalid       int     `json:"invalid"`
	Tracked       int     `json:"tracked,omitempty"`
	Waived        int     `json:"waived,omitempty"`
	Disagree      int     `json:"disagree,omitempty"`
}

// Applicable returns how many targets count for the score.
func (t Tally) Applicable() int { return t.Met + t.Missed + t.Missing + t.Invalid }

// Find returns the result of a target, or nil.
func (c *Card) Find(target string) *Result {
	for i := range c.Results {
		if c.Results[i].Target == target {
			return &c.Results[i]
		}
	}
	return nil
}
