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
	op     string // is, not, filled, blank, after, not_after, any_of, none_of, or a comparison of numbers
	words  []string
	other  string
	day    int        // of after and not_after without another column
	bounds []*big.Rat // of a comparison
	any    [][]naiveCondition
}

// naiveFact is what a source makes of records.
type naiveFact struct {
	id     string
	op     string // count, sum, distinct, mean, least, most
	of     string // the column of the figure, or ""
	amount bool
	during string
	year   bool // during the year to the end of the period
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
			from := l.from
			if f.year {
				from = l.to/10000*10000 + 101
			}
			answer = sure(c.day >= from && c.day <= l.to)
		}
	}
	answer = min(answer, allAsk(f.where, r))
	if f.of != "" && answer == isSo && r.cells[f.of].bad != "" {
		return perhaps
	}
	return answer
}

func allAsk(where []naiveCondition, r naiveRecord) int {
	answer := isSo
	for _, w := range where {
		answer = min(answer, w.asks(r))
	}
	return answer
}

func (w *naiveCondition) asks(r naiveRecord) int {
	c := r.cells[w.column]
	switch w.op {
	case "any_of", "none_of":
		answer := isNot
		for _, all := range w.any {
			answer = max(answer, allAsk(all, r))
		}
		if w.op == "none_of" {
			return isSo - answer
		}
		return answer
	case "at_least", "more_than", "at_most", "less_than", "between":
		switch {
		case c.void:
			return isNot
		case c.bad != "":
			return perhaps
		}
		return sure(w.compares(c.num))
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
	if w.other == "" {
		o.day = w.day
	}
	switch {
	case c.void || o.void:
		return isNot // a day that is not there is neither before nor after another
	case c.bad != "" || o.bad != "":
		return perhaps
	}
	return sure((c.day > o.day) == (w.op == "after"))
}

// compares reports whether a number is as a condition says.
func (w *naiveCondition) compares(x *big.Rat) bool {
	c := x.Cmp(w.bounds[0])
	switch w.op {
	case "at_least":
		return c >= 0
	case "more_than":
		return c > 0
	case "at_most":
		return c <= 0
	case "less_than":
		return c < 0
	}
	return c >= 0 && x.Cmp(w.bounds[1]) <= 0
}

// needs lists the columns that a fact is made of.
func (f *naiveFact) needs() []string {
	out := append([]string{f.of, f.during}, columnsOf(f.where)...)
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

func columnsOf(where []naiveCondition) []string {
	var out []string
	for _, w := range where {
		out = append(out, w.column, w.other)
		for _, all := range w.any {
			out = append(out, columnsOf(all)...)
		}
	}
	return out
}

// naiveTally is what a fact has found.
type naiveTally struct {
	counted, doubts, evidence int
	numbers                   []*big.Rat
	words                     []string
}

// add counts what a fact asks for in some records of a sheet.
func (n *naiveTally) add(f *naiveFact, l *naiveList, records []naiveRecord) {
	before, figures := n.counted, len(n.numbers)
	for _, r := range records {
		switch f.asks(r, l) {
		case perhaps:
			n.doubts++
		case isSo:
			n.counted++
			if c := r.cells[f.of]; f.of != "" && !c.void {
				n.words = append(n.words, c.word)
				if c.num != nil {
					n.numbers = append(n.numbers, c.num)
				}
			}
		}
	}
	if (f.op == "least" || f.op == "most") && len(n.numbers) > figures {
		n.evidence++ // its cell
		return
	}
	n.evidence += n.counted - before
}

// value is the figure, or nil where there is none.
func (n *naiveTally) value(op string) *big.Rat {
	total := new(big.Rat)
	for _, x := range n.numbers {
		total.Add(total, x)
	}
	none := len(n.words) == 0
	switch {
	case op == "count":
		return total.SetInt64(int64(n.counted))
	case none && (n.counted > 0 || op != "sum" && op != "distinct"):
		return nil
	case op == "distinct":
		slices.Sort(n.words)
		return total.SetInt64(int64(len(slices.Compact(n.words))))
	case op == "mean":
		return total.Quo(total, big.NewRat(int64(len(n.numbers)), 1))
	case op == "least":
		return slices.MinFunc(n.numbers, (*big.Rat).Cmp)
	case op == "most":
		return slices.MaxFunc(n.numbers, (*big.Rat).Cmp)
	}
	return total
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
	n, held, lacking := naiveTally{}, 0, 0
	for _, s := range l.sheets {
		if len(s.records) == 0 {
			continue
		}
		own := s.records
		if slices.Contains(s.columns, "unit") && unit != "" {
			own = slices.DeleteFunc(slices.Clone(own), func(r naiveRecord) bool { return r.cells["unit"].word != unit })
			if len(own) == 0 {
				continue
			}
		}
		held++
		if slices.ContainsFunc(f.needs(), func(id string) bool { return !slices.Contains(s.columns, id) }) {
			lacking++
			continue
		}
		n.add(f, l, own)
	}
	value := n.value(f.op)
	switch {
	case held == lacking:
		return "missing"
	case n.doubts > 0 || lacking > 0 || slices.Contains(l.unique, "id") && l.doubts(unit):
		return "invalid"
	case value == nil:
		return "missing"
	case value.Sign() < 0 || !f.amount && !value.IsInt():
		return "invalid"
	}
	return fmt.Sprintf("%s by %d", value.RatString(), n.evidence)
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
