package records

import (
	"hash/maphash"
	"slices"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
)

// Spec describes a list: what is counted, and where its columns stand.
type Spec struct {
	Table   *plan.Table
	Totals  []string       // labels of its total rows, beside the usual ones
	Sources []*plan.Source // the counts and sums of the table that facts ask for
	Period  plan.Period
	Working *date.Calendar // of the plan; nil: Monday to Friday
	Header  table.Header   // where the columns of the table stand
	Grid    *table.Grid    // the sheet's beginning, with the header; nil of a list that is counted by groups
	Seed    maphash.Seed   // of the hashes of ids: one for all sheets of a list

	// Numbers returns a reader of the cells of a column of numbers; nil for a
	// list that is counted by groups.
	Numbers func(*plan.Column) Numbers
}

// List counts the records of one sheet in one pass, for all facts at once. It
// keeps no row: rows hold names and identity numbers.
type List struct {
	Columns  []*Column // those that some counter, check or key reads
	Key      *Column   // that of the record's id, or nil
	Units    *Units    // the column of units, or nil
	Doubtful string    // the header of ids or units that several columns have
	Orders   []Order

	Records   int64
	Hidden    Span // records in hidden rows
	Outside   Span // records whose date in a `during` column is outside the period
	OutsideAt int  // that column of the sheet, the leftmost
	Within    bool // some record's date in a `during` column is not outside
	Unitless  Span // records that name no unit
	Odd       Span // records that may in fact be headings or totals
	KeyOnly   Span // rows that hold an id and nothing else
	Signed    Span // rows set apart below the records that hold only text
	Texts     Span // such rows that are followed by more records
	Loose     Span // rows without an id, a date or a choice that are not totals

	totals   []string // labels of total rows, beside the usual ones
	counters []*Counter
	byDate   []dated
	pairs    []*Pair
	facets   []Facet // once they were asked for
	from, to int32   // the period, as day numbers
	year     int32   // the first day of the year to its end
	calendar *date.Calendar
	cover    *table.Cover // the merges, where they hide cells of the list
	bury     func(row, col int, under diag.Area)
	below    Span // rows set apart below the records: loose if more records follow

	numbers    int  // the row of column numbers
	repeatedAt int  // the last row that was the header once more
	last       int  // the row of the last record; before the first, that of the header
	plain      bool // some record has neither a digit in its id nor a date, a choice or a number
}

// Order is a pair of date columns, the second not before the first.
type Order struct {
	Earlier, Later *Column
	Bad            Span // records in which it is
	pair           *Pair
}

// New prepares a list for its pass over the rows.
func New(spec Spec) *List {
	h := spec.Header
	l := &List{
		totals: spec.Totals, from: dayNumber(spec.Period.From), to: dayNumber(spec.Period.To),
		year:    dayNumber(date.Date{Year: spec.Period.To.Year, Month: 1, Day: 1}),
		numbers: h.Numbers, last: max(h.Bottom, h.Numbers),
	}
	if l.calendar = spec.Working; l.calendar == nil {
		l.calendar = &date.Calendar{}
	}
	use := func(id string) *Column { return l.use(&spec, id) }
	for i := range spec.Table.Columns {
		col := &spec.Table.Columns[i]
		switch {
		case col.Role == plan.KeyRole:
			l.Key = use(col.ID)
		case col.Role == plan.UnitRole:
			if f := h.Columns[i]; f.Col > 0 {
				l.Units = newUnits(spec.newColumn(col, f))
				l.Doubtful = l.Units.Doubtful
			}
		case col.Unique || col.Required:
			use(col.ID)
		}
		if col.NotBefore == "" {
			continue
		}
		if later, earlier := use(col.ID), use(col.NotBefore); earlier != nil && later != nil {
			l.Orders = append(l.Orders, Order{Earlier: earlier, Later: later, pair: l.pair(Pair{A: earlier, B: later})})
		}
	}
	if l.Key != nil && l.Doubtful == "" {
		l.Doubtful = l.Key.Doubtful
	}
	for _, col := range l.Columns {
		if col.Unique {
			col.ids = &idSet{seed: spec.Seed}
		}
	}
	for _, src := range spec.Sources {
		if c := l.newCounter(src, use); !slices.ContainsFunc(Needs(src), func(id string) bool { return use(id) == nil }) {
			l.addCounter(c)
		}
	}
	for i := range spec.Table.Columns { // what is wrong with days and choices is told, whatever counts by them
		if col := &spec.Table.Columns[i]; spec.Grid == nil && (col.Type == plan.Date || col.Type == plan.Choice) {
			use(col.ID)
		}
	}
	if spec.Grid != nil {
		l.addColumns(&spec, use)
		for _, col := range l.Columns {
			col.head(spec.Grid, h)
		}
	}
	return l
}

// use starts to read a column of the table, and returns it; nil where the sheet
// lacks it.
func (l *List) use(spec *Spec, id string) *Column {
	if i := slices.IndexFunc(l.Columns, func(c *Column) bool { return c.ID == id }); i >= 0 {
		return l.Columns[i]
	}
	for i := range spec.Table.Columns {
		if f := spec.Header.Columns[i]; spec.Table.Columns[i].ID == id && f.Col > 0 {
			col := spec.newColumn(&spec.Table.Columns[i], f)
			l.Columns = append(l.Columns, col)
			return col
		}
	}
	return nil
}

// addCounter adds a counter to those with the same date column and time.
func (l *List) addCounter(c *Counter) {
	l.counters = append(l.counters, c)
	i := slices.IndexFunc(l.byDate, func(g dated) bool { return g.during == c.during && g.from == c.from })
	if i < 0 {
		i = len(l.byDate)
		wide := true
		for j := range l.byDate {
			if g := &l.byDate[j]; g.during == c.during {
				wide, g.wide = wide && c.from < g.from, g.wide && g.from < c.from
			}
		}
		l.byDate = append(l.byDate, dated{during: c.during, from: c.from, wide: wide})
	}
	l.byDate[i].counters = append(l.byDate[i].counters, c)
}

// minColumns is the least number of columns to read besides the numbering. With
// fewer, a heading, total or signature cannot be told from a record.
const minColumns = 4

// addColumns adds columns that no counter needs, to recognise records: all days
// and choices of the plan, and, while these are fewer than minColumns, other
// columns of the plan, then any with a header. Without an id column it adds
// every column of the plan and the numbering, where "Tổng cộng" may stand.
func (l *List) addColumns(spec *Spec, use func(id string) *Column) {
	for i := range spec.Table.Columns {
		col := &spec.Table.Columns[i]
		tells := l.Key == nil || col.Type == plan.Date || col.Type == plan.Choice
		if (tells || len(l.Columns) < minColumns) && col.Role != plan.UnitRole && col.Role != plan.CodeRole {
			use(col.ID)
		}
	}
	least := max(minColumns, len(l.Columns))
	for n := spec.Header.Top; n <= spec.Header.Bottom; n++ {
		for _, cl := range spec.Grid.Row(n).Cells {
			text := table.Text(cl)
			if text == "" || l.has(cl.Col) {
				continue
			}
			numbering := IsNumbering(text)
			if numbering && l.Key != nil || !numbering && len(l.Columns) >= least {
				continue
			}
			if numbering {
				least++
			}
			col := spec.newColumn(&plan.Column{}, table.Found{Col: cl.Col, Path: text})
			col.numbering = numbering
			l.Columns = append(l.Columns, col)
		}
	}
}

// IsNumbering reports whether a header is that of the column that numbers the
// rows: it is filled in group rows as well.
func IsNumbering(header string) bool {
	return slices.Contains([]string{"stt", "tt", "số tt", "số thứ tự", "no", "#"}, label.Key(header))
}

// has reports whether a column of the sheet is read already.
func (l *List) has(col int) bool {
	return l.Units != nil && l.Units.At == col || slices.ContainsFunc(l.Columns, func(c *Column) bool { return c.At == col })
}

// head records the texts of the header above a column, including rows that
// stand on the header: they recur where the header is printed again.
func (c *Column) head(g *table.Grid, h table.Header) {
	top := h.Top
	for top > max(h.Top-table.MaxDepth, 1) && len(g.Row(top-1).Cells) > 0 {
		top--
	}
	for n := top; n <= h.Bottom; n++ {
		if text := table.Text(g.Row(n).At(c.At)); text != "" {
			c.headings = append(c.headings, text)
		}
	}
	if h.Numbers > 0 {
		c.numbered = table.Text(g.Row(h.Numbers).At(c.At))
	}
}

// Wanted lists the sheet columns that the list decodes, in order.
func (l *List) Wanted() []int {
	var cols []int
	for _, c := range l.Columns {
		cols = append(cols, c.At)
	}
	if l.Units != nil {
		cols = append(cols, l.Units.At)
	}
	slices.Sort(cols)
	return slices.Compact(cols)
}
