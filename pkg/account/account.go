package account

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/label"
)

// Role is what a row of a table is. The zero value counts for nothing.
type Role uint8

// The roles.
const (
	Nothing  Role = iota // blank, a repeated header, column numbers, a signature
	Detail               // the figures of one thing: what sums are made of
	Heading              // heads the rows below it and has no figures
	Subtotal             // the sum of rows beside it
	Total                // the sum of the whole table
	Part                 // a part of a row above it ("trong đó"), which no sum counts twice
	Aside                // an average, a comparison, last year's figures: no addend
	Note                 // a footnote that holds a figure
	Unnamed              // figures without a name: nobody knows of what
	Beyond               // figures below the table's end, of another table
)

// Row is one row of a table's body as the account sees it: words and figures.
type Row struct {
	Role    Role   // Nothing, Note, Unnamed or Beyond where the reader of the table has decided; Detail otherwise
	Label   string // as the sheet has it
	Key     string // label.Key(Label), where it is known; otherwise ""
	Code    string // the numbering: "1.1", "I"
	Indent  int    // how far the label is indented: spaces, or two for each step of the cell's own indent
	Known   bool   // the label is the name of something that is on a list, such as an agency of the roster
	Owned   bool   // its number is written once for several rows: "1 | Ban QLDA | Dự án A", " | | Dự án B"
	Figures []Figure
}

// Figure is what a row has in one of the columns that are added up.
type Figure struct {
	State State
	N     int64 // in units of the column's last decimal
	Last  int64 // what a step of the figure's own last decimal is in those units; 0 is 1
}

// key is the label, folded.
func (r *Row) key() string {
	if r.Key == "" {
		return label.Key(r.Label)
	}
	return r.Key
}

// State is whether a figure is known. The zero value is a blank cell.
type State uint8

// The states.
const (
	Blank State = iota
	Known
	Unreadable // there is something, and it is no number
)

// Column is a column that is added up.
type Column struct {
	Rounded bool // figures may be rounded: a sum may differ by half of the last decimal of each addend and of itself
}

// Witness is the evidence for a role: words, arithmetic or both.
type Witness uint8

// The witnesses.
const (
	Words      Witness = 1 << iota // the label, the numbering, the indent, the place
	Arithmetic                     // the figures add up
)

// Entry is the account of one row.
type Entry struct {
	Role      Role
	Parent    int     // the row that heads it, or -1
	Witnesses Witness // of a subtotal, a total or a part
	First     int     // of a subtotal or a total that adds up: the first and last of the rows that it is made of
	Last      int
}

// DoubtKind is a kind of doubt.
type DoubtKind uint8

// The kinds of doubt, the worst first. Those before Unsaid leave figures
// undecided.
const (
	Mismatch   DoubtKind = iota // a total or a subtotal is not the sum of its rows
	Exceeding                   // parts are more than what they are parts of
	Contrary                    // a row is numbered as a detail, and is the sum of rows beside it
	Unclear                     // a row may be a detail or the sum of rows beside it
	Uncovered                   // a row is in none of the table's totals, of which none is that of all rows
	OpenParts                   // it cannot be told where a list of parts ends
	Unsaid                      // a row is the sum of rows beside it, and its words do not say so
	Short                       // parts add up to less than their whole, and all others of the table do not
	AsParts                     // rows below one are not its sum, and the total takes them as its parts
	Unchecked                   // a total cannot be checked: a figure of its rows cannot be read, or all are blank
	Unnumbered                  // a row has no number where others have one: taken as a detail
	Outside                     // a row stands outside the total, and its words do not say why
)

// Undecides reports whether a doubt of this kind leaves figures undecided.
func (k DoubtKind) Undecides() bool { return k < Unsaid }

// Doubt is something that the account has to tell of a row.
type Doubt struct {
	Kind        DoubtKind
	Row         int   // index of the row
	First, Last int   // the rows that it is held against
	Column      int   // the column that shows it, or -1: all
	Sum         int64 // of Mismatch and Exceeding: what those rows add up to, in units of the column's last decimal
	Addends     int   // how many they are
}

// Account is the role of each row of a table.
type Account struct {
	Entries []Entry // one for each row
	Total   int     // the row that totals the table, or -1
	Doubts  []Doubt // in order of rows

	rows []Row
	kids [][]int
	tops []int
}

// Undecided returns the doubt for which the sum of a column cannot be given.
// Where the table's total and its details agree, nothing else matters.
func (a *Account) Undecided(column int) (Doubt, bool) {
	confirmed := a.Total >= 0 && a.Entries[a.Total].Witnesses&Arithmetic != 0
	i := slices.IndexFunc(a.Doubts, func(d Doubt) bool {
		return d.Kind.Undecides() && (d.Column < 0 || d.Column == column) && (!confirmed || d.Row == a.Total)
	})
	if i < 0 {
		return Doubt{}, false
	}
	return a.Doubts[i], true
}

// Addends lists the rows that add up to a column's sum, in order: the details
// and, where those of a group have no figure in the column, the row that heads
// them.
func (a *Account) Addends(column int) []int {
	var out []int
	for _, i := range a.tops {
		out = a.addends(out, i, column)
	}
	slices.Sort(out)
	return out
}

func (a *Account) addends(out []int, i, column int) []int {
	role := a.Entries[i].Role
	if role != Detail && role != Heading && role != Subtotal && role != Total {
		return out
	}
	before := len(out)
	for _, k := range a.kids[i] {
		out = a.addends(out, k, column)
	}
	if role != Total && len(out) == before && a.rows[i].Figures != nil && a.rows[i].Figures[column].State != Blank {
		out = append(out, i)
	}
	return out
}

// Missing lists the details that have a figure in some column and none in this
// one.
func (a *Account) Missing(column int) []int {
	var out []int
	for i, e := range a.Entries {
		if e.Role == Detail && a.rows[i].Figures[column].State == Blank {
			out = append(out, i)
		}
	}
	return out
}

// Above lists the rows that head a row, the outermost first.
func (a *Account) Above(i int) []int {
	var out []int
	for p := a.Entries[i].Parent; p >= 0; p = a.Entries[p].Parent {
		out = append(out, p)
	}
	slices.Reverse(out)
	return out
}
