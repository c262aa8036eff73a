package records

import (
	"fmt"
	"slices"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// A database groups its records, and groups are counted instead of rows. A list
// that New makes of a Spec without a Grid says by its Facets and Pairs how to
// group the records, and CountGroup counts each group. Spellings are read as
// those of cells are, so that both ways give the same figures.

// Facet says what the records of a group have in common in one column, or which
// sum over the column a group carries. A column that decides nothing has no
// facet.
type Facet struct {
	Column   *Column // Column.At is Found.Col of the header that New was given
	Unit     bool    // it names the units; the facet of units is the last
	Spelling bool    // the records have one text in it: GroupCell.Text
	Period   bool    // days: GroupCell.State and Day
	Filled   bool    // whether it is filled: GroupCell.State
	Sum      bool    // GroupCell.Sum, Figures and Bad
	Least    bool    // GroupCell.Least, Figures and Bad
	Most     bool    // GroupCell.Most, Figures and Bad
	Distinct bool    // different texts are counted: Spelling holds the whole text

	Cuts   []date.Date    // days after which some condition decides otherwise: GroupCell.On
	Bounds []number.Exact // that some condition compares the numbers with: GroupCell.Number
}

// Group is a number of records that agree in all facets and pairs of a list.
type Group struct {
	N     int64
	Cells []GroupCell // one for each facet
	After []bool      // one for each pair
}

// GroupCell is what the records of a group have in the column of a facet.
type GroupCell struct {
	State Content // of a column without a Text
	Text  []byte  // the cells hold this text, which is read as that of a cell is; nil: see State
	Day   DayState
	On    date.Date    // a day on the same side of the period and of all Facet.Cuts; or zero
	Check diag.CheckID // of an unreadable one: what is wrong
	Shown []byte       // of an unreadable one: the value, where one may be shown

	Number  number.Exact // a number on the same side of all Facet.Bounds
	Sum     number.Exact // exact, of the records that have a number
	Least   number.Exact // of these numbers
	Most    number.Exact
	Figures int64 // how many have a number
	Bad     int64 // how many have something that is no number; told by Check and Shown
}

// DayState is where a day lies relative to the period of a list.
type DayState uint8

// The states of days.
const (
	InPeriod DayState = iota
	BeforePeriod
	AfterPeriod
)

// take adds to the facet of a column what a counter takes from it.
func (f *Facet) take(c *Counter) {
	if c.of != f.Column {
		return
	}
	switch c.Source.Op {
	case plan.SumSource, plan.MeanSource:
		f.Sum = true
	case plan.LeastSource:
		f.Least = true
	case plan.MostSource:
		f.Most = true
	case plan.DistinctSource, plan.CountSource, plan.CellSource, plan.TotalSource, plan.AddSource, plan.SubtractSource, plan.DaysSource, plan.PreviousSource, plan.SubmissionSource, plan.RosterSource:
	}
}

// cut separates the days up to a day from those after it.
func (f *Facet) cut(last int32) {
	if day, ok := date.OfSerial(int64(last)); ok && !slices.Contains(f.Cuts, day) {
		f.Cuts = append(f.Cuts, day)
	}
}

// compare adds to the facet of a column what a condition compares.
func (f *Facet) compare(cond *condition) {
	if cond.column != f.Column {
		return
	}
	f.Filled = f.Filled || !f.Spelling && !f.Period
	if cond.op.OfDays() && cond.other() == nil {
		last := cond.day
		if cond.op == plan.Before || cond.op == plan.NotBefore {
			last--
		}
		f.cut(last)
	}
	if cond.op != plan.Compares {
		return
	}
	for _, b := range cond.bounds {
		if !slices.ContainsFunc(f.Bounds, b.Equal) {
			f.Bounds = append(f.Bounds, b)
		}
	}
}

// Numbers reports whether the facet reads the numbers of the column.
func (f Facet) Numbers() bool { return f.Sum || f.Least || f.Most }

// Facets lists how the records must be grouped, column by column.
func (l *List) Facets() []Facet {
	if l.facets != nil {
		return l.facets
	}
	var out []Facet
	for _, col := range l.Columns {
		f := Facet{Column: col, Spelling: col.Type == plan.Choice || col.named || col.interned != nil, Period: col.Type == plan.Date, Distinct: col.interned != nil}
		f.Filled = !f.Spelling && !f.Period && col.Required
		for _, c := range l.counters {
			f.take(c)
			if c.during == col && c.from != l.from {
				f.cut(c.from - 1)
			}
			each(c.conds, func(cond *condition) { f.compare(cond) })
		}
		if f.Spelling || f.Period || f.Filled || f.Numbers() {
			out = append(out, f)
		}
	}
	if l.Units != nil {
		out = append(out, Facet{Column: l.Units.Column, Unit: true, Spelling: true})
	}
	l.facets = out
	return out
}

// Pairs lists the columns of days that conditions compare with each other.
func (l *List) Pairs() []*Pair { return l.pairs }

// Class partitions the texts of a facet: texts of one class count alike. ok is
// false for a text with a mistake in it, and for one that is neither a choice
// nor a text that a condition names.
func (l *List) Class(f Facet, text []byte) (class string, ok bool) {
	col := f.Column
	col.clear()
	col.read(&cell.Cell{Kind: cell.Text, Raw: text})
	switch {
	case col.check != "":
		return "", false
	case col.state == Blank:
		return BlankClass, true
	case col.state != Readable || col.choice < 0:
		return "", false
	}
	return l.class(f), true
}

// BlankClass is the class of an empty cell.
const BlankClass = "blank"

// Blank returns the class of the texts, or days, that count as an empty cell does:
// BlankClass where none do.
func (l *List) Blank(f Facet) string {
	col := f.Column
	told := col.Required
	for _, c := range l.counters {
		told = told || c.of == col || c.during == col
		each(c.conds, func(cond *condition) {
			named := cond.op == plan.IsOneOf || cond.op == plan.IsNotOneOf
			told = told || cond.other() == col || cond.column == col && !named
		})
	}
	if told {
		return BlankClass
	}
	col.clear()
	return l.class(f)
}

// DayClass tells days of a facet apart as far as the counters of the list do,
// pairs aside.
func (l *List) DayClass(f Facet, day date.Date) string {
	f.Column.clear()
	f.Column.state, f.Column.day = Readable, dayNumber(day)
	return l.class(f)
}

// class says what the conditions on a column, and the times in which records
// count, make of what its cell says.
func (l *List) class(f Facet) string {
	col := f.Column
	out := []byte("counted")
	if col.interned != nil {
		out = fmt.Appendf(out, " %d", col.value)
	}
	for _, c := range l.counters {
		if c.during == col {
			out = fmt.Appendf(out, " %t", col.day < c.from || col.day > l.to)
		}
		each(c.conds, func(cond *condition) {
			if cond.column == col && (cond.want != nil || cond.op.OfDays() && cond.pair == nil) {
				out = fmt.Appendf(out, " %d", cond.holds())
			}
		})
	}
	return string(out)
}

// CountGroup adds the records of a group to all counters, and counts their
// mistakes. Their rows are unknown, so spans only count.
func (l *List) CountGroup(g *Group) {
	for _, col := range l.Columns {
		col.clear()
	}
	unit := 0
	for i, f := range l.Facets() {
		c := &g.Cells[i]
		if f.Column.readGroup(c, l); f.Unit {
			unit = l.Units.of(cell.Cell{Kind: cell.Text, Raw: c.Text})
		}
	}
	for i, p := range l.pairs {
		p.given, p.after = true, g.After[i]
	}
	l.Records += g.N
	l.note(0, g.N, unit)
}

// readGroup reads what the records of a group have in a column.
func (c *Column) readGroup(g *GroupCell, l *List) {
	c.clear()
	c.group = g
	switch {
	case g.Text != nil:
		c.read(&cell.Cell{Kind: cell.Text, Raw: g.Text})
		return
	case g.State == Unreadable:
		c.bad(g.Check, g.Shown)
		return
	}
	c.state, c.number = g.State, g.Number
	if !g.On.IsZero() {
		c.day = dayNumber(g.On)
		return
	}
	switch g.Day {
	case InPeriod:
		c.day = l.from
	case BeforePeriod:
		c.day = l.from - 1
	case AfterPeriod:
		c.day = l.to + 1
	}
}
