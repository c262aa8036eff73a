package fact

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// measure is one count or sum: what one source of one fact asks for.
type measure struct {
	source *plan.Source
	during int // index of a column, or -1
	conds  []condition
	sum    int         // index of a column, or -1
	units  []aggregate // by unit index
}

// group is the measures of the records that fall into the period by one date
// column, or of all records.
type group struct {
	during   int // index of a column, or -1
	measures []*measure
}

// aggregate is what a measure has found of one unit.
type aggregate struct {
	n       int64
	rows    span
	total   sum
	figures int64     // records that have a number to add
	unsure  int64     // records of which it cannot be told whether they count
	because []*column // the columns that say so
}

// answer is whether a record meets a condition.
type answer uint8

const (
	no answer = iota
	yes
	unsure // the cell that decides cannot be read
)

// condition is a plan.Condition on the columns of the list.
type condition struct {
	op     plan.ConditionOp
	column int
	other  int
	want   []bool // choices that are named, by column.choice
}

func (c *condition) names(choice int) bool { return uint(choice) < uint(len(c.want)) && c.want[choice] }

func (c *condition) holds(cols []*column) answer {
	a := cols[c.column]
	if c.op == plan.IsOneOf && a.state == readable { // most conditions of most lists
		return truth(c.names(a.choice))
	}
	switch c.op {
	case plan.IsFilled, plan.IsBlank:
		if a.hasNoValue() {
			return unsure // a formula that failed may stand for a value or for none
		}
		return truth((a.state == blank) == (c.op == plan.IsBlank))
	case plan.IsOneOf, plan.IsNotOneOf:
		switch a.state {
		case unreadable:
			return unsure
		case blank: // is none of the choices
			return truth(c.op == plan.IsNotOneOf)
		case readable:
		}
		return truth(c.names(a.choice) == (c.op == plan.IsOneOf))
	case plan.NotAfter, plan.After:
		b := cols[c.other]
		switch {
		case a.state == blank || b.state == blank:
			return no
		case a.state == unreadable || b.state == unreadable:
			return unsure
		}
		return truth((a.day > b.day) == (c.op == plan.After))
	}
	return no
}

// unreadable returns the column that makes the answer unsure.
func (c *condition) unreadable(cols []*column) *column {
	if c.other >= 0 && cols[c.column].state != unreadable {
		return cols[c.other]
	}
	return cols[c.column]
}

func truth(b bool) answer {
	if b {
		return yes
	}
	return no
}

// newMeasure compiles a source. A column that is not there leaves the measure
// without a source; records reports it.
func newMeasure(src *plan.Source, use func(string) int) *measure {
	m := &measure{source: src, during: -1, sum: -1}
	if src.During != "" {
		m.during = use(src.During)
	}
	if src.Op == plan.SumSource {
		m.sum = use(src.Column)
	}
	for _, w := range src.Where {
		cond := condition{op: w.Op, column: use(w.Column), other: -1}
		if w.Other != "" {
			cond.other = use(w.Other)
		}
		m.conds = append(m.conds, cond)
	}
	return m
}

// lacks returns a column that the measure needs and the list does not have.
func (m *measure) lacks() (string, bool) {
	if m.source.During != "" && m.during < 0 {
		return m.source.During, true
	}
	if m.source.Op == plan.SumSource && m.sum < 0 {
		return m.source.Column, true
	}
	for i, c := range m.conds {
		if c.column < 0 {
			return m.source.Where[i].Column, true
		}
		if m.source.Where[i].Other != "" && c.other < 0 {
			return m.source.Where[i].Other, true
		}
	}
	return "", false
}

// columns lists the columns that the measure reads.
func (m *measure) columns(all []*column) []*column {
	var out []*column
	indexes := []int{m.during, m.sum}
	for _, c := range m.conds {
		indexes = append(indexes, c.column, c.other)
	}
	for _, i := range indexes {
		if i >= 0 {
			out = append(out, all[i])
		}
	}
	return out
}

// measure adds a record to the measures that it meets.
func (l *list) measure(row, unit int) {
	out := -1
	for i := range l.groups {
		g := &l.groups[i]
		in := yes
		if g.during >= 0 {
			switch col := l.columns[g.during]; {
			case col.state == blank:
				continue
			case col.state == unreadable:
				in = unsure
			case col.day < l.from || col.day > l.to:
				out = g.during
				continue
			}
			l.within = true
		}
		for _, m := range g.measures {
			m.take(l.columns, row, unit, in)
		}
	}
	if out >= 0 {
		l.outside.add(row)
		l.outsideAt = l.columns[out].at
	}
}

// take adds a record whose date is in the period, or may be.
func (m *measure) take(cols []*column, row, unit int, in answer) {
	var because *column
	if in == unsure {
		because = cols[m.during]
	}
	for i := range m.conds {
		c := &m.conds[i]
		switch c.holds(cols) {
		case no:
			return
		case unsure:
			in, because = unsure, c.unreadable(cols)
		case yes:
		}
	}
	m.add(cols, row, unit, in, because)
}

func (m *measure) add(cols []*column, row, unit int, a answer, because *column) {
	for unit >= len(m.units) {
		m.units = append(m.units, aggregate{})
	}
	g := &m.units[unit]
	if m.sum >= 0 && a == yes {
		switch col := cols[m.sum]; col.state {
		case readable:
			g.total.add(col.number)
			g.figures++
		case unreadable:
			a, because = unsure, col
		case blank:
		}
	}
	if a == unsure {
		g.unsure++
		g.blame(because)
		return
	}
	g.n++
	g.rows.add(row)
}

// sum adds exact numbers up; whole ones without allocating.
type sum struct {
	whole int64
	rest  number.Exact
}

func (s *sum) add(x number.Exact) {
	if n, ok := x.Int64(); ok {
		if t := s.whole + n; (t > s.whole) == (n > 0) {
			s.whole = t
			return
		}
	}
	s.rest = s.rest.Add(x)
}

func (s *sum) exact() number.Exact { return s.rest.Add(number.Int(s.whole)) }

// blame notes a column that makes records unsure.
func (a *aggregate) blame(col *column) {
	if !slices.Contains(a.because, col) {
		a.because = append(a.because, col)
	}
}

func (a *aggregate) merge(b aggregate) {
	if a.rows.n == 0 || b.rows.n > 0 && b.rows.first < a.rows.first {
		a.rows.first = b.rows.first
	}
	a.rows.last = max(a.rows.last, b.rows.last)
	a.rows.n += b.rows.n
	a.n += b.n
	a.figures += b.figures
	a.unsure += b.unsure
	for _, col := range b.because {
		a.blame(col)
	}
	a.total.add(b.total.exact())
}
