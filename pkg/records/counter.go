package records

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Counter evaluates one source of one fact over the records of a list: it
// counts the records, or takes the sum, mean, least or most of a column or the
// number of its different values.
type Counter struct {
	Source *plan.Source

	during *Column // or nil
	from   int32   // number of the first day of During that counts, up to the end of the period
	conds  []condition
	of     *Column // the column whose numbers or values are taken; or nil
	units  []Tally // by unit index
}

// dated groups the counters of the records that fall into one time by one date
// column, or of all records.
type dated struct {
	during   *Column // or nil
	from     int32   // the first day
	wide     bool    // no counter of the column has an earlier first day
	counters []*Counter
}

// Tally is the result of a counter for one unit.
type Tally struct {
	N       int64     // the records that count
	Rows    Span      // they stand in these rows
	Figures int64     // those that have a value in the column of the figure
	Unsure  int64     // records that may or may not count
	Because []*Column // the unreadable columns that leave them undecided
	At      int       // the row of the least or the most; 0 where it is not known
	Crowded bool      // there are more different values than can be told apart
	total   sum
	extreme number.Exact
	values  map[int32]struct{} // by number in the column's interned
}

// Total is the sum of the numbers.
func (t *Tally) Total() number.Exact { return t.total.exact() }

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
	column *Column
	pair   *Pair  // of days: column and the other one
	want   []bool // choices that are named, by column.choice
	day    int32  // of days without another column
	cmp    plan.Comparator
	bounds []number.Exact // of Compares
	any    [][]condition  // of AnyOf and NoneOf
}

func (c *condition) names(choice int) bool { return uint(choice) < uint(len(c.want)) && c.want[choice] }

func (c *condition) holds() answer {
	a := c.column
	if c.op == plan.IsOneOf && a.state == Readable { // most conditions of most lists
		return truth(c.names(a.choice))
	}
	switch c.op {
	case plan.IsFilled, plan.IsBlank:
		if a.hasNoValue() {
			return unsure // a formula that failed may stand for a value or for none
		}
		return truth((a.state == Blank) == (c.op == plan.IsBlank))
	case plan.IsOneOf, plan.IsNotOneOf:
		switch a.state {
		case Unreadable:
			return unsure
		case Blank: // is none of the choices
			return truth(c.op == plan.IsNotOneOf)
		case Readable:
		}
		return truth(c.names(a.choice) == (c.op == plan.IsOneOf))
	case plan.AnyOf, plan.NoneOf:
		a, _ := c.either()
		switch {
		case a == unsure:
			return unsure
		case c.op == plan.NoneOf:
			return truth(a == no)
		}
		return a
	case plan.Compares:
		switch a.state {
		case Blank:
			return no
		case Unreadable:
			return unsure
		case Readable:
		}
		return truth(c.cmp.Holds(a.number, c.bounds))
	case plan.NotAfter, plan.After, plan.Before, plan.NotBefore:
		return c.comparesDays()
	}
	return no
}

// either reports whether one of the alternatives holds; where that is
// undecided, it returns the column that leaves it so.
func (c *condition) either() (answer, *Column) {
	out, because := no, (*Column)(nil)
	for _, all := range c.any {
		a, why := everyOne(all)
		if a == yes {
			return yes, nil
		}
		if a == unsure {
			out, because = unsure, why
		}
	}
	return out, because
}

// everyOne reports whether all conditions hold.
func everyOne(all []condition) (answer, *Column) {
	out, because := yes, (*Column)(nil)
	for i := range all {
		switch all[i].holds() {
		case no:
			return no, nil
		case unsure:
			out, because = unsure, all[i].unreadable()
		case yes:
		}
	}
	return out, because
}

// unreadable returns the column that leaves a condition undecided.
func (c *condition) unreadable() *Column {
	if c.any != nil {
		_, because := c.either()
		return because
	}
	if other := c.other(); other != nil && c.column.state != Unreadable {
		return other
	}
	return c.column
}

func truth(b bool) answer {
	if b {
		return yes
	}
	return no
}

// newCounter compiles a source. use returns a column of the table, nil where
// the sheet lacks it.
func (l *List) newCounter(src *plan.Source, use func(id string) *Column) *Counter {
	c := &Counter{Source: src, from: l.from}
	if src.Over == plan.YearToDate {
		c.from = l.year
	}
	if src.During != "" {
		c.during = use(src.During)
	}
	if src.Op != plan.CountSource {
		if c.of = use(src.Column); c.of != nil {
			c.of.asked(src.Op)
		}
	}
	c.conds = l.conditions(src.Where, use)
	return c
}

// conditions compiles conditions that must all hold.
func (l *List) conditions(where []plan.Condition, use func(id string) *Column) []condition {
	var conds []condition
	for _, w := range where {
		cond := condition{op: w.Op, cmp: w.Cmp}
		for _, all := range w.Any {
			cond.any = append(cond.any, l.conditions(all, use))
		}
		if w.Any != nil {
			conds = append(conds, cond)
			continue
		}
		cond.column = use(w.Column)
		if w.Other != "" {
			if other := use(w.Other); cond.column != nil && other != nil {
				cond.pair = l.pair(Pair{A: cond.column, B: other, Plus: w.Plus, OrOn: w.Op == plan.Before || w.Op == plan.NotBefore})
			}
		}
		if cond.bounds = w.With; w.Op.OfDays() && w.Other == "" {
			n, _ := w.With[0].Int64()
			cond.day = int32(n)
		}
		if cond.column != nil {
			cond.want = cond.column.choices(w.Values)
		}
		conds = append(conds, cond)
	}
	return conds
}

// each calls a function for each condition on a column, alternatives too.
func each(conds []condition, do func(*condition)) {
	for i := range conds {
		if conds[i].any == nil {
			do(&conds[i])
		}
		for _, all := range conds[i].any {
			each(all, do)
		}
	}
}

// Needs lists the ids of the columns that a source reads.
func Needs(src *plan.Source) []string {
	var ids []string
	if src.During != "" {
		ids = append(ids, src.During)
	}
	if src.Op.OfRecords() && src.Op != plan.CountSource {
		ids = append(ids, src.Column)
	}
	for _, w := range src.Where {
		ids = append(ids, w.Columns()...)
	}
	return ids
}

// Columns lists the columns that the counter reads.
func (c *Counter) Columns() []*Column {
	out := []*Column{c.during, c.of}
	each(c.conds, func(cond *condition) {
		out = append(out, cond.column)
		if other := cond.other(); other != nil {
			out = append(out, other)
		}
	})
	return slices.DeleteFunc(out, func(col *Column) bool { return col == nil })
}

// Leading returns the column to point at for the records of a counter: the one
// of its numbers or values, of its first condition, or of its day; where all
// records count, the id column or else the leftmost.
func (l *List) Leading(c *Counter) *Column {
	switch {
	case c.of != nil:
		return c.of
	case len(c.conds) > 0 && c.conds[0].column != nil:
		return c.conds[0].column
	case c.during != nil:
		return c.during
	case l.Key != nil:
		return l.Key
	}
	return slices.MinFunc(l.Columns, func(a, b *Column) int { return a.At - b.At })
}

// count adds the record that was read last, or n equal ones, to every counter
// whose conditions it meets.
func (l *List) count(row int, n int64, unit int) {
	var out *Column
	for i := range l.byDate {
		g := &l.byDate[i]
		in := yes
		if col := g.during; col != nil {
			switch {
			case col.state == Blank:
				continue
			case col.state == Unreadable:
				in = unsure
			case col.day < g.from || col.day > l.to:
				if g.wide && (out == nil || col.At < out.At) {
					out = col
				}
				continue
			}
			l.Within = true
		}
		for _, c := range g.counters {
			c.take(row, n, unit, in)
		}
	}
	if out != nil {
		if l.Outside.add(row, n); l.OutsideAt == 0 || out.At < l.OutsideAt {
			l.OutsideAt = out.At
		}
	}
}

// take adds a record whose date is in the period or may be.
func (c *Counter) take(row int, n int64, unit int, in answer) {
	var because *Column
	if in == unsure {
		because = c.during
	}
	for i := range c.conds {
		cond := &c.conds[i]
		switch cond.holds() {
		case no:
			return
		case unsure:
			in, because = unsure, cond.unreadable()
		case yes:
		}
	}
	c.add(row, n, unit, in, because)
}

func (c *Counter) add(row int, n int64, unit int, a answer, because *Column) {
	for unit >= len(c.units) {
		c.units = append(c.units, Tally{})
	}
	t := &c.units[unit]
	if c.of != nil && a == yes {
		bad := int64(0)
		if c.Source.Op == plan.DistinctSource {
			bad = t.addValue(c.of, n)
		} else {
			bad = t.addFigure(c.Source.Op, c.of, row, n)
		}
		if bad > 0 {
			t.doubt(bad, c.of)
			n -= bad
		}
	}
	if a == unsure {
		t.doubt(n, because)
		return
	}
	if n > 0 {
		t.N += n
		t.Rows.add(row, n)
	}
}

// addFigure adds the number of a record, or of n equal ones, and returns how
// many have no number.
func (t *Tally) addFigure(op plan.SourceOp, col *Column, row int, n int64) (bad int64) {
	switch g := col.group; {
	case g != nil:
		t.total.add(g.Sum)
		if g.Figures > 0 && op == plan.LeastSource {
			t.take(op, g.Least, 0)
		} else if g.Figures > 0 {
			t.take(op, g.Most, 0)
		}
		t.Figures += g.Figures
		return g.Bad
	case col.state == Unreadable, col.merged && op != plan.SumSource:
		return n // an amount in merged cells is that of several records together
	case col.state == Readable:
		x := col.figure()
		t.total.add(x)
		t.take(op, x, row)
		t.Figures++
	}
	return 0
}

// take keeps the least or the most of the numbers, and its row.
func (t *Tally) take(op plan.SourceOp, x number.Exact, row int) {
	if t.Figures == 0 || beyond(op, x, t.extreme) {
		t.extreme, t.At = x, row
	}
}

// addValue adds the value of n equal records, and returns how many are
// unreadable.
func (t *Tally) addValue(col *Column, n int64) (bad int64) {
	switch col.state {
	case Blank:
		return 0
	case Unreadable:
		return n
	case Readable:
	}
	t.Figures += n
	if col.value == tooMany || len(t.values) >= MaxValues {
		t.Crowded = true
		return 0
	}
	if t.values == nil {
		t.values = map[int32]struct{}{}
	}
	t.values[col.value] = struct{}{}
	return 0
}

// doubt counts records that are undecided because of an unreadable column.
func (t *Tally) doubt(n int64, because *Column) {
	t.Unsure += n
	if !slices.Contains(t.Because, because) {
		t.Because = append(t.Because, because)
	}
}

// sum adds exact numbers; whole ones without allocating.
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

func (t *Tally) merge(op plan.SourceOp, o Tally) {
	if o.Figures > 0 && (t.Figures == 0 || beyond(op, o.extreme, t.extreme)) {
		t.extreme, t.At = o.extreme, o.At
	}
	t.Crowded = t.Crowded || o.Crowded
	for n := range o.values {
		if t.values == nil {
			t.values = map[int32]struct{}{}
		}
		t.values[n] = struct{}{}
	}
	if t.Rows.N == 0 || o.Rows.N > 0 && o.Rows.First < t.Rows.First {
		t.Rows.First = o.Rows.First
	}
	t.Rows.Last = max(t.Rows.Last, o.Rows.Last)
	t.Rows.N += o.Rows.N
	t.N += o.N
	t.Figures += o.Figures
	for _, col := range o.Because {
		t.doubt(0, col)
	}
	t.Unsure += o.Unsure
	t.total.add(o.total.exact())
}

// Counter returns the counter of a source, or nil where the sheet lacks a
// column that it needs.
func (l *List) Counter(src *plan.Source) *Counter {
	i := slices.IndexFunc(l.counters, func(c *Counter) bool { return c.Source == src })
	if i < 0 {
		return nil
	}
	return l.counters[i]
}

// Names reports whether some record belongs to a unit, given by its folded
// names. Without a column of units, or without names, every record does.
func (l *List) Names(keys []string) bool {
	return l.Units == nil || len(keys) == 0 || slices.ContainsFunc(keys, func(key string) bool {
		_, ok := l.Units.keys[key]
		return ok
	})
}

// Tally returns the result of a counter for a unit, given by its folded names;
// without names, for all records.
func (l *List) Tally(c *Counter, keys []string) Tally {
	all := Tally{}
	if l.Units == nil || len(keys) == 0 {
		for _, t := range c.units {
			all.merge(c.Source.Op, t)
		}
		return all
	}
	for _, key := range keys {
		if i, ok := l.Units.keys[key]; ok && i < len(c.units) {
			all.merge(c.Source.Op, c.units[i])
		}
	}
	return all
}
