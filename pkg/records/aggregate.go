package records

import (
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// MaxValues bounds how many different values of a column are told apart. A
// column with more does not hold names that people choose from.
const MaxValues = 100_000

// interned numbers the different values of a column by their folded texts.
type interned struct {
	index  map[string]int32 // by folded text
	keys   []string         // the folded texts by number
	shared []int32          // number + 1 by index in the workbook's string table; 0 unknown yet
	texts  map[string]int32 // of inline texts that recur
}

// tooMany is the number of each value beyond the first MaxValues.
const tooMany int32 = -1

func newInterned() *interned {
	return &interned{index: map[string]int32{}, texts: map[string]int32{}}
}

// of returns the number of a text: a shared one of the workbook's string table,
// by its index, or an inline one where shared is 0. A text that recurs is
// folded once.
func (v *interned) of(text []byte, shared int) int32 {
	if shared > 0 && shared < maxKnown {
		if shared >= len(v.shared) {
			v.shared = append(v.shared, make([]int32, shared+1-len(v.shared))...)
		}
		if v.shared[shared] == 0 {
			v.shared[shared] = v.fold(text) + 1
		}
		return v.shared[shared] - 1
	}
	n, ok := v.texts[string(text)]
	if !ok {
		n = v.fold(text)
		if len(v.texts) < maxTexts && len(text) <= maxName {
			v.texts[string(text)] = n
		}
	}
	return n
}

func (v *interned) fold(text []byte) int32 {
	key := label.Key(string(text))
	n, ok := v.index[key]
	switch {
	case ok:
		return n
	case len(v.keys) >= MaxValues:
		return tooMany
	}
	n = int32(len(v.keys))
	v.index[key], v.keys = n, append(v.keys, key)
	return n
}

// Aggregate is the figure of a source, combined from the tallies of one unit in
// one sheet of a list or in several.
type Aggregate struct {
	Op      plan.SourceOp
	N       int64 // the records that count
	Figures int64 // those of them that have a value in the column of the figure
	Crowded bool  // there are more different values than can be told apart

	total   number.Exact
	extreme number.Exact
	values  map[string]struct{}
}

// Add adds the tally of one sheet. Numbers are multiplied by times, the sheet's
// unit of money.
func (a *Aggregate) Add(c *Counter, t Tally, times number.Exact) {
	if t.Figures > 0 && c.of != nil {
		if x := t.extreme.Mul(times); a.Figures == 0 || beyond(a.Op, x, a.extreme) {
			a.extreme = x
		}
	}
	a.N, a.Figures, a.Crowded = a.N+t.N, a.Figures+t.Figures, a.Crowded || t.Crowded
	a.total = a.total.Add(t.Total().Mul(times))
	if a.values == nil {
		a.values = map[string]struct{}{}
	}
	for n := range t.values {
		a.values[c.of.interned.keys[n]] = struct{}{}
	}
}

// Blank is how many records count but have no value in the column of the
// figure.
func (a *Aggregate) Blank() int64 { return a.N - a.Figures }

// Value returns the figure. ok is false where it is undefined: no records have
// a mean, a least or a most, and these are not 0.
func (a *Aggregate) Value() (x number.Exact, ok bool) {
	switch a.Op {
	case plan.SumSource:
		return a.total, a.Figures > 0 || a.N == 0
	case plan.DistinctSource:
		return number.Int(int64(len(a.values))), a.Figures > 0 || a.N == 0
	case plan.MeanSource:
		if a.Figures == 0 {
			return number.Exact{}, false
		}
		return a.total.Quo(number.Int(a.Figures)), true
	case plan.LeastSource, plan.MostSource:
		return a.extreme, a.Figures > 0
	case plan.CountSource, plan.CellSource, plan.TotalSource, plan.AddSource, plan.SubtractSource, plan.DaysSource, plan.PreviousSource, plan.SubmissionSource, plan.RosterSource:
	}
	return number.Int(a.N), true
}

// beyond reports whether a number replaces the least or the most found so far.
func beyond(op plan.SourceOp, x, so number.Exact) bool {
	return op == plan.LeastSource && x.Cmp(so) < 0 || op == plan.MostSource && x.Cmp(so) > 0
}
