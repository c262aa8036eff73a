// Package diag says where something is wrong, and what: positions in
// workbooks and in YAML files, diagnostics, and lists of them. It imports no
// other package of parcheck but the languages, and does no input or output.
//
// What is wrong with a user's file is data (a List); the error type is kept
// for what stops the program.
package diag

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/term"
)

// Pos is a place in a file: a line and column of a text file, or a sheet and
// an area of it. The zero value is no place.
type Pos struct {
	File  string `json:"file,omitempty"`
	Line  int    `json:"line,omitempty"`   // 1-based, in a text file
	Col   int    `json:"column,omitempty"` // 1-based, in a text file
	Sheet string `json:"sheet,omitempty"`
	Area  Area   `json:"area,omitzero"`
}

// InFile is a place that is a whole file.
func InFile(file string) Pos { return Pos{File: file} }

// At is one cell of a sheet; row and col are 1-based.
func At(file, sheet string, row, col int) Pos {
	return Pos{File: file, Sheet: sheet, Area: Area{row, col, row, col}}
}

// String prints `agency.xlsx:'Quý 3'!D17`, `plan.yaml:12:5`, or the file alone.
func (p Pos) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		b.WriteString(":" + strconv.Itoa(p.Line))
		if p.Col > 0 {
			b.WriteString(":" + strconv.Itoa(p.Col))
		}
	}
	if p.Sheet != "" || !p.Area.IsZero() {
		if b.Len() > 0 {
			b.WriteByte(':')
		}
		b.WriteString(p.InSheet())
	}
	return b.String()
}

// InSheet prints the place inside its file: `'Quý 3'!D17`, or `'Quý 3'` for a
// whole sheet.
func (p Pos) InSheet() string {
	var b strings.Builder
	if p.Sheet != "" {
		b.WriteString(QuoteSheet(p.Sheet))
		if !p.Area.IsZero() {
			b.WriteByte('!')
		}
	}
	b.WriteString(p.Area.String())
	return b.String()
}

// QuoteSheet writes a sheet's name as a reference does: in apostrophes, those
// inside doubled.
func QuoteSheet(name string) string {
	return "'" + strings.ReplaceAll(name, "'", "''") + "'"
}

// Compare orders places by file, and within a file as people read it.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(
		cmp.Compare(p.File, q.File),
		cmp.Compare(p.Line, q.Line),
		cmp.Compare(p.Col, q.Col),
		cmp.Compare(p.Sheet, q.Sheet),
		cmp.Compare(p.Area.Row, q.Area.Row),
		cmp.Compare(p.Area.Col, q.Area.Col),
		cmp.Compare(p.Area.ToRow, q.Area.ToRow),
		cmp.Compare(p.Area.ToCol, q.Area.ToCol),
	)
}

// Severity says how much a diagnostic weighs. The zero value is Error.
type Severity uint8

// The severities, worst first.
const (
	Error   Severity = iota // the figure cannot be used
	Warning                 // the figure is used, and somebody should look
	Note                    // worth knowing
)

var severityNames = []string{"error", "warning", "note"}

// String returns "error", "warning" or "note".
func (s Severity) String() string { return severityNames[s] }

// Title names the severity to people.
func (s Severity) Title() lang.Text {
	switch s {
	case Warning:
		return term.Warning
	case Note:
		return term.Note
	case Error:
	}
	return term.Error
}

// ParseSeverity reads the name of a severity.
func ParseSeverity(s string) (Severity, bool) {
	i := slices.Index(severityNames, s)
	return Severity(max(i, 0)), i >= 0
}

// MarshalText writes the severity's name.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the severity's name.
func (s *Severity) UnmarshalText(b []byte) error {
	v, ok := ParseSeverity(string(b))
	if !ok {
		return &unknownName{"severity", string(b)}
	}
	*s = v
	return nil
}

type unknownName struct{ what, name string }

func (e *unknownName) Error() string { return "unknown " + e.what + " " + strconv.Quote(e.name) }

// Diagnostic is one thing that is wrong with a file, at a place.
type Diagnostic struct {
	Check    CheckID   `json:"check"`
	Severity Severity  `json:"severity"`
	Pos      Pos       `json:"pos"`
	Message  lang.Text `json:"message"`           // what is wrong, the value quoted: what is wanted
	Related  []Related `json:"related,omitempty"` // the other places it speaks of
	Unit     string    `json:"unit,omitempty"`    // the agency it concerns, when one is known
	More     int64     `json:"more,omitempty"`    // how many others of its kind it stands for, which are not listed
}

// Related is another place that a diagnostic speaks of.
type Related struct {
	Pos     Pos       `json:"pos"`
	Message lang.Text `json:"message"`
}

// New makes a diagnostic of a check, with that check's own severity.
func New(check CheckID, pos Pos, message lang.Text) Diagnostic {
	return Diagnostic{Check: check, Severity: check.Severity(), Pos: pos, Message: message}
}

// In prints one line: `PLACE: what is wrong: what is wanted [check-id]`.
func (d Diagnostic) In(l lang.Lang) string {
	s := d.Message.In(l) + " [" + string(d.Check) + "]"
	if p := d.Pos.String(); p != "" {
		s = p + ": " + s
	}
	return s
}

// List holds the findings of one or more files.
type List []Diagnostic

// Add appends a diagnostic of a check.
func (l *List) Add(check CheckID, pos Pos, message lang.Text, related ...Related) {
	d := New(check, pos, message)
	d.Related = related
	*l = append(*l, d)
}

// Sort orders the list by place, then severity, check and message, so that the
// order in which things were found does not show.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Diagnostic) int {
		if c := cmp.Or(a.Pos.Compare(b.Pos), cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Check, b.Check)); c != 0 {
			return c
		}
		return cmp.Compare(a.Message.In(lang.EN), b.Message.In(lang.EN))
	})
}

// Count returns how many findings have a severity; those that one stands for
// count, too.
func (l List) Count(s Severity) int {
	n := 0
	for _, d := range l {
		if d.Severity == s {
			n += 1 + int(d.More)
		}
	}
	return n
}

// HasErrors reports whether any diagnostic is an error.
func (l List) HasErrors() bool { return l.Count(Error) > 0 }
