// Package plan is one legal document's targets as YAML: the plan, the roster
// of the units it binds, the waivers granted, and the tests that a plan must
// pass. It reads the YAML, and says every mistake at once with its line and
// column. It opens no file.
package plan

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// Plan is one legal document's targets.
type Plan struct {
	ID       string     // "quang-nam-2023"
	File     string     // as given to Parse
	SHA256   string     // of the file's bytes, and those of the files it names, in hexadecimal
	Bases    []string   // the files of the plans that it extends, the nearest first
	TextFile string     // beside it, with its texts in the other language; "" has none
	Lacking  []diag.Pos // texts of the plan that are not in that file
	Title    lang.Text
	Issuer   lang.Text
	Document Document
	Period   Period
	Note     lang.Text // what a reader of any report must know: "one point a target"
	Official Grouping  // which group figure is the official one
	Ties     TieRule   // how equal scores are ranked
	Round    *Decimals // of points; nil: they stay exact
	Fallen   Fallen    // what becomes of the points of targets that do not apply
	Defaults Defaults

	Levels  []Level
	Areas   []Area
	Grades  []Grade // the best first
	Params  []Param
	Tables  []Table
	Facts   []Fact
	Targets []Target

	Holidays []Holiday      // on which nobody works
	Worked   []date.Date    // Saturdays and Sundays that are worked
	Calendar *date.Calendar // of these; nil: Monday to Friday are working days

	Given map[string]number.Exact // of a settled plan: the figures of facts that amounts name

	Severities map[diag.CheckID]diag.Severity // the plan's own severities of checks
}

// Document is the legal document that a plan encodes.
type Document struct {
	Number string // "3532/QĐ-UBND"
	Date   date.Date
}

// Period is a range of days, ends included.
type Period struct {
	From date.Date `json:"from"`
	To   date.Date `json:"to"`
}

// Contains reports whether a day lies in the period.
func (p Period) Contains(d date.Date) bool { return !d.Before(p.From) && !p.To.Before(d) }

// Grouping is how a figure of many units is made of theirs.
type Grouping uint8

// The groupings.
const (
	Pooled Grouping = iota // sum of numerators over sum of denominators
	Mean                   // mean of the units' rates
)

// TieRule is how equal scores are ranked.
type TieRule uint8

// The rules.
const (
	TieShare TieRule = iota // 1, 2, 2, 4
	TieDense                // 1, 2, 2, 3
)

// Defaults hold for targets that do not say otherwise.
type Defaults struct {
	Points      number.Exact
	Credit      Credit
	Goal        *Goal        // of targets that measure a choice; nil: each says its own
	Levels      []string     // that targets bind which name neither levels nor units
	Forms       []FormOf     // where rows stand that name no table
	Style       number.Style // of columns that do not say otherwise
	WhenEmpty   Absent
	WhenMissing Absent
	Rollup      Rollup
	UnitsLack   UnitsMissing // what a roll-up is when some of its units have no figure
}

// FormOf is the form in which facts of a kind stand, unless they say another.
type FormOf struct {
	Kind  FactKind
	Table string
	Pos   diag.Pos
}

// Level is a tier of units: province, department, district, commune.
type Level struct {
	ID    string
	Title lang.Text
	Names []string // patterns of unit names of this level, "UBND huyện *"
	Pos   diag.Pos
}

// Area groups targets: administrative procedures, public finance.
type Area struct {
	ID    string
	Title lang.Text
	AreaRules
	Pos diag.Pos
}

// Param is a figure that comes from outside the plan and the submissions, such
// as one that the Government assigns each year.
type Param struct {
	ID      string
	Title   lang.Text
	Value   *number.Exact   // nil while it is not known
	Percent bool            // Value was written with a percent sign
	Day     bool            // Value is the number of a day
	Values  []AssignedValue // for some units, levels, periods or from some day on; Value is that of the others
	Chosen  *AssignedValue  // of a settled plan: which of the values Value is
	Source  lang.Text       // where the value stands; required with a value
	Pos     diag.Pos
}

// Shape is how a table holds its figures.
type Shape uint8

// The shapes.
const (
	Form  Shape = iota // one figure a row
	Cross              // fields or units as rows, several figures a row
	List               // one record a row
)

// SheetMeaning is what each sheet of a workbook stands for that holds one table
// several times. It is declared, and never guessed.
type SheetMeaning uint8

// The meanings.
const (
	SheetsAlike     SheetMeaning = iota // nothing is declared: the table stands once
	SheetsAreUnits                      // each sheet is that of one unit
	SheetsAreMonths                     // each sheet is one month: they are added up
	SheetsGrow                          // each sheet has the figures up to its month: the last one counts
	SheetsAreCopies                     // each sheet is a copy of the first, which is read
)

// Table is one table that submissions hold.
type Table struct {
	ID      string
	Shape   Shape
	Title   lang.Text
	Sheets  []string // patterns of sheet names; none means any sheet
	Each    SheetMeaning
	Levels  []string  // levels that must hand it in; none means no level must
	Kind    FactKind  // of the facts that stand in it, unless they say another
	Unit    lang.Text // what its figures count, likewise
	Columns []Column
	Totals  []string      // labels of total rows, beside the usual ones
	Scale   []Scale       // units of money that the caption may name ("ĐVT: triệu đồng")
	Sums    []ColumnSum   // column arithmetic
	Ratios  []ColumnRatio // stated ratios
	Pos     diag.Pos
}

// Scale is a unit that a table's caption may name, and how many base units it is.
type Scale struct {
	Names []string
	Times number.Exact
}

// ColumnSum says that a column is the sum of others in each row.
type ColumnSum struct {
	Column string
	Of     []string
	Pos    diag.Pos
}

// ColumnRatio says that a column states the share of one column in another.
type ColumnRatio struct {
	Column      string
	Part, Whole string
	Pos         diag.Pos
}

// ColumnType is what the cells of a column hold.
type ColumnType uint8

// The types.
const (
	Text ColumnType = iota
	Number
	Share // 0..1, however it is typed
	Date
	Choice
)

// Role is what a column is to its table beside its values.
type Role uint8

// The roles.
const (
	NoRole    Role = iota
	LabelRole      // holds the labels of rows, by which totals and groups are told
	CodeRole       // holds the numbering: 1.1, I, a)
	UnitRole       // holds the unit that a row belongs to: one card a unit
	KeyRole        // a record's id
)

// ShareScale is how a bare number in a share column is meant.
type ShareScale uint8

// The scales.
const (
	NoScale  ShareScale = iota // a bare number is refused
	Percents                   // 65 is 65 %
	Ones                       // 0.65 is 65 %
)

// Column is one column of a table.
type Column struct {
	ID        string
	Headers   []string            // names or paths, "Tiếp nhận / Trong kỳ / Trực tuyến"
	Periods   map[string][]string // headers by period, "q1": ["Quý I"]: the period asked for picks one
	Type      ColumnType
	Style     number.Style
	Scale     ShareScale
	Role      Role
	Unique    bool
	Required  bool // the cell of each detail row must be filled
	Optional  bool // the column may be absent
	Values    []ChoiceValue
	Choices   map[string]string // the ids of Values by the keys (pkg/label) of their names
	NotBefore string            // a date column whose day this one may not precede
	Pos       diag.Pos
}

// ChoiceValue is one value of a choice, and how cells spell it.
type ChoiceValue struct {
	ID    string
	Names []string
	Title lang.Text
}

// FactKind is what kind of quantity a fact is.
type FactKind uint8

// The kinds.
const (
	CountFact  FactKind = iota // a whole number of things
	AmountFact                 // money, hours: any number not below 0
	ShareFact                  // a stated share, 0..1
	RankFact                   // a place in a ranking, 1 is best
	ChoiceFact                 // one of named values
	DateFact                   // a day, by its number
)

// ValueKind is what a measure gives.
type ValueKind uint8

// The kinds.
const (
	NoKind ValueKind = iota // its facts are not known, or do not go together
	ShareKind
	CountKind
	AmountKind
	RankKind
	ChoiceKind
	ChangeKind // a difference or a growth of two measures of one kind
	RatioKind  // a quotient without an upper end: a percentage, or a number with a unit of its own
	DateKind   // a day
)

// Fact is a named quantity that workbooks report.
type Fact struct {
	ID     string
	Title  lang.Text
	Unit   lang.Text // "hồ sơ", "dossiers"
	Kind   FactKind
	Values []ChoiceValue // of a ChoiceFact: the values of its column
	From   []Source      // in order of authority
	Pos    diag.Pos
}

// Source is one place where a fact may stand.
type Source struct {
	Op      SourceOp
	Table   string
	Column  string      // of the figure, or of what the figure is made of
	Row     []RowMatch  // CellSource: all must match
	Where   []Condition // of records: all must hold
	During  string      // a date column that must lie in the time
	Over    Over        // the time
	Combine Combine     // CellSource, TotalSource: how the parts of the time make the figure
	Facts   []string    // AddSource, SubtractSource; those of Between
	Between DaysAfter   // DaysSource
	Earlier Earlier     // PreviousSource
	Pos     diag.Pos
}

// RowMatch finds a row by a column's content.
type RowMatch struct {
	Column string
	Names  []string
	Under  []string // labels of the nearest group row above, when the same label recurs
}

// ConditionOp is how a condition compares a record's cell.
type ConditionOp uint8

// The operations.
const (
	IsOneOf ConditionOp = iota // a choice column, or a text column
	IsNotOneOf
	IsFilled
	IsBlank
	NotAfter  // a date column is not after another date column, or a day
	After     // a date column is after another, or a day
	Compares  // a number column, or one of shares, as Cmp and Bounds say
	AnyOf     // one of the alternatives holds
	NoneOf    // none of the alternatives holds
	Before    // a date column is before another, or a day
	NotBefore // a date column is not before another, or a day
)

// Condition restricts the records that are counted.
type Condition struct {
	Column string
	Op     ConditionOp
	Values []string // IsOneOf, IsNotOneOf: ids of choices, or texts
	Other  string   // of days: the other column; empty: Day
	Plus   Days     // of days: added to those of Other
	Day    date.Date
	Cmp    Comparator    // Compares
	Bounds []Amount      // Compares; of days, what it is compared with where that is neither Other nor Day
	Any    [][]Condition // AnyOf, NoneOf: of an alternative all must hold
	Pos    diag.Pos

	With  []number.Exact // what Bounds or Day come to, a day by its number
	Lacks []string       // the params without a value that Bounds name
}

// OfDays reports whether an operation compares days.
func (o ConditionOp) OfDays() bool {
	switch o {
	case NotAfter, After, Before, NotBefore:
		return true
	case IsOneOf, IsNotOneOf, IsFilled, IsBlank, Compares, AnyOf, NoneOf:
	}
	return false
}

// Literal reports whether a condition compares a cell with a day or a number
// that the plan gives, or with a day that days are added to.
func (c Condition) Literal() bool {
	for _, all := range c.Any {
		if slices.ContainsFunc(all, Condition.Literal) {
			return true
		}
	}
	return c.Op == Compares || c.Op.OfDays() && (c.Other == "" || !c.Plus.IsZero())
}

// Columns lists the ids of the columns that a condition looks at.
func (c Condition) Columns() []string {
	var ids []string
	if c.Any == nil {
		ids = append(ids, c.Column)
	}
	if c.Other != "" {
		ids = append(ids, c.Other)
	}
	for _, all := range c.Any {
		for _, w := range all {
			ids = append(ids, w.Columns()...)
		}
	}
	return ids
}

// Commitment is how firmly a target is promised. The zero value binds.
type Commitment uint8

// The commitments.
const (
	Mandatory    Commitment = iota
	Aspirational            // "phấn đấu"
)

// Absent is what a target is when its figure is missing or its denominator 0.
type Absent uint8

// The answers. The zero value keeps it as what it is: missing.
const (
	AsMissing Absent = iota
	AsNotApplicable
	AsMet
	AsMissed
)

// Target is one promise of the plan.
type Target struct {
	ID          string
	Area        string
	Title       lang.Text
	Clause      string // "I.2"
	Quote       string // the document's words, letter by letter
	Note        lang.Text
	Commitment  Commitment
	Levels      []string    // levels it binds
	Units       []string    // units that it binds beside those levels, by roster id
	AppliesIf   []Condition // on facts, as Column names them; all must hold, or the target does not apply
	Requires    []string    // targets without which, met, it earns no points
	Measure     Measure
	Goal        Goal
	LevelGoals  map[string]Goal // another goal for a level
	Points      number.Exact    // 0: tracked only
	PointsOf    string          // the param that says Points: the most of its values, until the plan is settled; "" where they do not differ
	Round       *Decimals       // of its points; nil: as its area says
	Credit      Credit
	Adjust      Adjustment    // takes points off or adds some, by its credit; it has no goal and no points then
	Most        *number.Exact // how many points it takes off or adds at most; nil: no limit
	WhenEmpty   Absent
	WhenMissing Absent
	Rollup      Rollup    // how the results of the units below a unit make its own
	Published   date.Date // before that day a missing figure is pending; zero: no such day
	Also        []string  // facts that are shown beside, and decide nothing
	Readings    []Reading
	Adopted     lang.Text // which reading the target itself takes, and why
	Remedy      lang.Text
	Definition  string // hash of what decides the outcome; changes when the target does
	Pos         diag.Pos
}

// Reading is another way to understand a target's clause.
type Reading struct {
	ID      string
	Note    lang.Text
	Measure Measure
	Goal    Goal
	Pos     diag.Pos
}

// MeasureOp is how a measure is made.
type MeasureOp uint8

// The operations.
const (
	ValueOf  MeasureOp = iota // Fact
	ShareOf                   // Part / Whole
	ChangeOf                  // Args[0] - Args[1]
	GrowthOf                  // Args[0] / Args[1] - 1
	OneMinus                  // 1 - Args[0]
	MinOf
	MaxOf
	SumOf
	MeanOf
	ProductOf
	QuotientOf // Args[0] / Args[1]
	FirstOf    // the first of Args that is known and not 0
	FractionOf // Args[0] / Args[1], a share of two quantities
	RatioOf    // Args[0] / Args[1] x Per, without an upper end
	ConstantOf // Value
	ParamOf    // Param
	MetOf      // how many of Targets are met
)

// Measure is what is compared with a goal.
type Measure struct {
	Op          MeasureOp
	Fact        string // ValueOf
	Part, Whole string // ShareOf: fact ids
	Args        []Measure
	Per         *number.Exact // RatioOf: for so many of Args[1]; nil: for one
	Unit        lang.Text     // RatioOf: what the number counts; none: it is a percentage
	Value       number.Exact  // ConstantOf
	Percent     bool          // Value was written with a percent sign
	Param       string        // ParamOf
	Targets     []string      // MetOf: target ids
	Of          MetBase       // MetOf: what the number is a share of
	Pos         diag.Pos
}

// Facts lists the ids of the facts that the measure is made of, each once, in
// order of appearance.
func (m Measure) Facts() []string {
	var ids []string
	seen := map[string]bool{}
	var walk func(Measure)
	walk = func(m Measure) {
		for _, id := range []string{m.Fact, m.Part, m.Whole} {
			if id != "" && !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
		for _, a := range m.Args {
			walk(a)
		}
	}
	walk(m)
	return ids
}

// Params reports whether the measure is made of params as well.
func (m Measure) Params() bool {
	return m.Op == ParamOf || slices.ContainsFunc(m.Args, Measure.Params)
}

// Comparator is how a measure is compared with a goal.
type Comparator uint8

// The comparators.
const (
	AtLeast Comparator = iota
	MoreThan
	AtMost
	LessThan
	Between // ends included
	Is      // a choice, or one exact number
)

// Goal is what a measure must reach.
type Goal struct {
	Cmp    Comparator
	Days   bool     // Cmp was written as it is of days: AtMost as not_after
	Bounds []Amount // one; two for Between
	Choice string   // Is, of a ChoiceFact
	Pos    diag.Pos
}

// AmountOp is how a number in a goal is made.
type AmountOp uint8

// The operations.
const (
	Literal AmountOp = iota
	ParamValue
	MaxAmount
	MinAmount
	SumAmount
	ProductAmount
	FactAmount // a figure of the unit itself: its goal is a column of the submission
	ShiftedDay // the day of Args[0], and Plus days
)

// Amount is a number in a goal, a credit or a band.
type Amount struct {
	Op      AmountOp
	Value   number.Exact // Literal
	Percent bool         // Literal was written with a percent sign
	Day     bool         // Literal is the number of a day
	Param   string
	Fact    string // FactAmount
	Args    []Amount
	Plus    Days // ShiftedDay
	Pos     diag.Pos
}

// CreditKind is how an outcome earns points.
type CreditKind uint8

// The kinds.
const (
	AllOrNothing CreditKind = iota
	Proportional            // points x value / goal, capped at the points
	Linear                  // 0 at the floor, all points at the goal, straight between
	Banded                  // the points of the first band that holds
	ByChoice                // the points of the choice
	ByPlace                 // the points of the place among the units of the group
	OfBest                  // points x value / that of the best unit of the group
	OfSpan                  // none for the last unit of the group, all for the best, straight between
	EachOf                  // points x value
)

// Relative reports whether the points depend on other units: they can be worked
// out for several units together, and not for one alone.
func (k CreditKind) Relative() bool {
	switch k {
	case ByPlace, OfBest, OfSpan:
		return true
	case AllOrNothing, Proportional, Linear, Banded, ByChoice, EachOf:
	}
	return false
}

// Credit is how an outcome earns points.
type Credit struct {
	Kind    CreditKind
	Floor   Amount       // Linear
	Each    number.Exact // EachOf
	Bands   []Band
	Choices []ChoicePoints
	Places  []Place // ByPlace, the first first
	Pos     diag.Pos
}

// Place gives points to the first units of a group.
type Place struct {
	Within  number.Exact // how many units, or what share of them
	Percent bool         // it is a share
	Points  number.Exact
	Pos     diag.Pos
}

// Holds reports whether a place among so many units is one of these.
func (p Place) Holds(place, of int) bool {
	most := p.Within
	if p.Percent {
		most = most.Mul(number.Int(int64(of)))
	}
	return number.Int(int64(place)).Cmp(most) <= 0
}

// Band gives points to a range of values.
type Band struct {
	Cmp    Comparator // AtLeast, MoreThan, AtMost, LessThan, Between
	Days   bool       // Cmp was written as it is of days
	Bounds []Amount
	Earns  BandEarning
	Points number.Exact   // BandFixed
	Ends   []number.Exact // BandSloped: at the first bound and at the second
	Pos    diag.Pos
}

// ChoicePoints gives points to a choice.
type ChoicePoints struct {
	Choice string
	Points number.Exact
}

// Binds reports whether the target binds a unit of a level.
func (t *Target) Binds(level, unit string) bool {
	for _, l := range t.Levels {
		if l == level {
			return true
		}
	}
	for _, u := range t.Units {
		if u == unit && unit != "" {
			return true
		}
	}
	return false
}

// IsZero reports whether there is no goal.
func (g Goal) IsZero() bool { return len(g.Bounds) == 0 && g.Choice == "" }

// Tracked reports whether a target has no goal: its figure is shown, and neither
// met nor missed.
func (t *Target) Tracked() bool { return t.Goal.IsZero() }

// GoalFor returns the goal for a level.
func (t *Target) GoalFor(level string) Goal {
	if g, ok := t.LevelGoals[level]; ok {
		return g
	}
	return t.Goal
}
