package fact

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
)

// A second reading of record lists, slow and by the rules alone: cells come
// with what they mean, records are maps, sums are big.Rat. The fuzzer holds
// the list engine against it.

// meaning is what a cell says to somebody who knows the rules.
type meaning struct {
	text string       // as the book has it
	bad  diag.CheckID // the check that must tell it; "" where it can be read
	void bool         // it says nothing, or "not reported"
	day  int          // of a date: yyyymmdd
	word string       // of a choice, a text, an id or a unit: what it is after folding
	num  *big.Rat     // of a number
	open bool         // it cannot even be told whether the cell is filled
}

// naiveRecord is a row of a list by its columns.
type naiveRecord struct {
	row   int
	cells map[string]meaning
	firm  bool // nobody can doubt that it is a record
	words bool // it has no id, holds texts only, and stands apart from what is above it
	sums  bool // it has no id, and holds a number only, as totals do
}

// naiveSheet is a list in one sheet.
type naiveSheet struct {
	name    string
	columns []string // ids, from the left
	records []naiveRecord
}

// naiveCondition is one `where` of a source.
type naiveCondition struct {
	column string
	op     string // is, not, filled, blank, after, not_after
	words  []string
	other  string
}

// naiveFact is a count or a sum.
type naiveFact struct {
	id     string
	sum    string // a column, or ""
	amount bool
	during string
	where  []naiveCondition
}

// naiveList is everything that the fuzzer makes up.
type naiveList struct {
	from, to int // yyyymmdd
	keyed    bool
	unique   []string
	required []string
	ordered  map[string]string // column -> the column that it is not before
	facts    []naiveFact
	sheets   []naiveSheet
}

// The three answers: 0 no, 1 perhaps, 2 yes. A record counts as surely as the
// least sure of what is asked of it.
const (
	isNot = iota
	perhaps
	isSo
)

func sure(b bool) int {
	if b {
		return isSo
	}
	return isNot
}

func (f *naiveFact) asks(r naiveRecord, l *naiveList) int {
	answer := isSo
	if f.during != "" {
		switch c := r.cells[f.during]; {
		case c.void:
			return isNot
		case c.bad != "":
			answer = perhaps
		default:
			answer = sure(c.day >= l.from && c.day <= l.to)
		}
	}
	for _, w := range f.where {
		answer = min(answer, w.asks(r))
	}
	if f.sum != "" && answer == isSo && r.cells[f.sum].bad != "" {
		return perhaps
	}
	return answer
}

func (w *naiveCondition) asks(r naiveRecord) int {
	c := r.cells[w.column]
	switch w.op {
	case "filled", "blank":
		if c.open {
			return perhaps
		}
		return sure(c.void == (w.op == "blank"))
	case "is", "not":
		switch {
		case c.void:
			return sure(w.op == "not")
		case c.bad != "":
			return perhaps
		}
		return sure(slices.Contains(w.words, c.word) == (w.op == "is"))
	}
	o := r.cells[w.other]
	switch {
	case c.void || o.void:
		return isNot // a day that is not there is neither before nor after another
	case c.bad != "" || o.bad != "":
		return perhaps
	}
	return sure((c.day > o.day) == (w.op == "after"))
}

// needs lists the columns that a fact is made of.
func (f *naiveFact) needs() []string {
	out := []string{f.sum, f.during}
	for _, w := range f.where {
		out = append(out, w.column, w.other)
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// unitsNamed lists the units of the records, folded, in order of appearance.
func (l *naiveList) unitsNamed() []string {
	var out []string
	for _, s := range l.sheets {
		for _, r := range s.records {
			if u := r.cells["unit"]; slices.Contains(s.columns, "unit") && !u.void && u.bad == "" && !slices.Contains(out, u.word) {
				out = append(out, u.word)
			}
		}
	}
	return out
}

// answer gives a fact of one unit, or of all ("") where records name none.
func (l *naiveList) answer(f *naiveFact, unit string) string {
	total, counted, figures, doubts, held, lacking := new(big.Rat), 0, 0, 0, 0, 0
	for _, s := range l.sheets {
		if len(s.records) == 0 {
			continue
		}
		named := slices.Contains(s.columns, "unit") && unit != ""
		if named && !slices.ContainsFunc(s.records, func(r naiveRecord) bool { return r.cells["unit"].word == unit }) {
			continue
		}
		held++
		if slices.ContainsFunc(f.needs(), func(id string) bool { return !slices.Contains(s.columns, id) }) {
			lacking++
			continue
		}
		for _, r := range s.records {
			if named && r.cells["unit"].word != unit {
				continue
			}
			switch f.asks(r, l) {
			case perhaps:
				doubts++
			case isSo:
				counted++
				if n := r.cells[f.sum].num; f.sum != "" && n != nil {
					total.Add(total, n)
					figures++
				}
			}
		}
	}
	if f.sum == "" {
		total.SetInt64(int64(counted))
	}
	switch {
	case held == lacking:
		return "missing"
	case doubts > 0 || lacking > 0 || slices.Contains(l.unique, "id") && l.doubts(unit):
		return "invalid"
	case f.sum != "" && counted > 0 && figures == 0:
		return "missing"
	case total.Sign() < 0 || !f.amount && !total.IsInt():
		return "invalid"
	}
	return fmt.Sprintf("%s by %d", total.RatString(), counted)
}

// repeats counts the records that have a value which an earlier one has.
func (l *naiveList) repeats(column string) int {
	n, seen := 0, map[string]bool{}
	for _, s := range l.sheets {
		for _, r := range s.records {
			c := r.cells[column]
			if c.void || c.word == "" || !slices.Contains(s.columns, column) {
				continue
			}
			if seen[c.word] {
				n++
			}
			seen[c.word] = true
		}
	}
	return n
}

// doubts reports whether a record of a unit has the id of another record; without
// a unit, whether any has.
func (l *naiveList) doubts(unit string) bool {
	type record struct{ unit, id string }
	var all []record
	for _, s := range l.sheets {
		for _, r := range s.records {
			if c := r.cells["id"]; !c.void && c.word != "" && slices.Contains(s.columns, "id") {
				all = append(all, record{r.cells["unit"].word, c.word})
			}
		}
	}
	for i, a := range all {
		for j, b := range all {
			if i != j && a.id == b.id && (unit == "" || a.unit == unit) {
				return true
			}
		}
	}
	return false
}

// told is what the diagnostics must say of a column of a sheet: how often, and
// where first and last.
type told struct {
	check       diag.CheckID
	sheet       string
	column      int
	n           int
	first, last int
}

// wanted lists the columns that must be read: by facts or by checks.
func (l *naiveList) wanted() []string {
	read := slices.Concat(l.unique, l.required)
	for later, earlier := range l.ordered {
		read = append(read, later, earlier)
	}
	for i := range l.facts {
		read = append(read, l.facts[i].needs()...)
	}
	if l.keyed {
		read = append(read, "id")
	}
	return read
}

// findings lists what must be told of the cells of the columns that are read.
func (l *naiveList) findings() []told {
	read := l.wanted()
	var out []told
	for _, s := range l.sheets {
		for i, id := range s.columns {
			by := map[diag.CheckID]*told{}
			add := func(check diag.CheckID, row int) {
				if by[check] == nil {
					by[check] = &told{check: check, sheet: s.name, column: i + 1, first: row}
				}
				by[check].n, by[check].last = by[check].n+1, row
			}
			for _, r := range s.records {
				c := r.cells[id]
				if c.bad != "" && slices.Contains(read, id) && id != "unit" {
					add(c.bad, r.row)
				}
				if c.void && slices.Contains(l.required, id) {
					add(diag.BlankCell, r.row)
				}
				if e, ok := r.cells[l.ordered[id]]; ok && slices.Contains(s.columns, l.ordered[id]) && e.day > 0 && c.day > 0 && c.day < e.day {
					add(diag.DateOrder, r.row)
				}
			}
			for _, t := range by {
				out = append(out, *t)
			}
		}
	}
	slices.SortFunc(out, func(a, b told) int { return strings.Compare(a.String(), b.String()) })
	return out
}

func (t told) String() string {
	return fmt.Sprintf("%s %s column %d: %d of rows %d to %d", t.check, t.sheet, t.column, t.n, t.first, t.last)
}

// without returns the list less some of its records.
func (l *naiveList) without(leave func(sheet string, r naiveRecord) bool) *naiveList {
	out := *l
	out.sheets = slices.Clone(l.sheets)
	for i := range out.sheets {
		s := &out.sheets[i]
		s.records = slices.DeleteFunc(slices.Clone(s.records), func(r naiveRecord) bool { return leave(s.name, r) })
	}
	return &out
}
