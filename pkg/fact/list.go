package fact

import (
	"bytes"
	"context"
	"slices"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
)

// list is one record list on its way through the reader: every measure that
// facts make of it is taken in one pass. Rows are never kept: they hold names
// and identity numbers.
type list struct {
	columns   []*column // those that some measure, check or key needs
	measures  []*measure
	groups    []group
	from, to  int32 // the period, as dayNumber
	orders    []order
	keyed     int // index of the column of the record's id, or -1
	units     *unitColumn
	ids       *idSet
	records   int64
	hidden    span
	outside   span // records whose date in a `during` column is outside the period
	outsideAt int
	keyOnly   span // rows that hold an id and nothing else
	numbers   int  // the row of column numbers
	headings  []string
}

// span counts rows and remembers the first and the last.
type span struct {
	n           int64
	first, last int
}

func (s *span) add(row int) {
	if s.n == 0 {
		s.first = row
	}
	s.last = row
	s.n++
}

// order is a pair of date columns, the second not before the first.
type order struct {
	earlier, later int
	bad            span
}

// newList prepares the pass over a located record list.
func (c *collector) newList(t *located) *list {
	l := &list{keyed: -1, numbers: t.header.Numbers, from: dayNumber(c.period.From), to: dayNumber(c.period.To)}
	index := map[string]int{}
	use := func(id string) int {
		if i, ok := index[id]; ok {
			return i
		}
		col, f := t.column(id)
		if col == nil || f.Col == 0 {
			return -1
		}
		index[id] = len(l.columns)
		l.columns = append(l.columns, newColumn(col, f, t.sheet.Epoch1904))
		return index[id]
	}
	for i := range t.Columns {
		col := &t.Columns[i]
		switch {
		case col.Role == plan.KeyRole:
			l.keyed = use(col.ID)
		case col.Role == plan.UnitRole:
			if n := t.header.Columns[i].Col; n > 0 {
				l.units = &unitColumn{col: n}
			}
		case col.Unique || col.Required:
			use(col.ID)
		}
		if later, earlier := use2(use, col.ID, col.NotBefore); earlier >= 0 && later >= 0 {
			l.orders = append(l.orders, order{earlier: earlier, later: later})
		}
	}
	if l.keyed >= 0 && l.columns[l.keyed].Unique {
		l.ids = newIDSet()
	}
	for i := range c.plan.Facts {
		for j := range c.plan.Facts[i].From {
			src := &c.plan.Facts[i].From[j]
			if src.Table == t.ID && (src.Op == plan.CountSource || src.Op == plan.SumSource) {
				m := newMeasure(src, use)
				for k := range m.conds {
					if cond := &m.conds[k]; cond.column >= 0 {
						cond.want = l.columns[cond.column].choices(src.Where[k].Values)
					}
				}
				l.measures = append(l.measures, m)
			}
		}
	}
	l.headings = l.heads(t)
	return l
}

func use2(use func(string) int, id, before string) (later, earlier int) {
	if before == "" {
		return -1, -1
	}
	return use(id), use(before)
}

// heads are the header's texts above the columns, by which a header that is
// printed again is told.
func (l *list) heads(t *located) []string {
	var out []string
	for _, col := range l.columns {
		text := ""
		for n := t.header.Top; n <= t.header.Bottom; n++ {
			if s := table.Text(t.sheet.grid.Row(n).At(col.at)); s != "" {
				text = s
			}
		}
		out = append(out, text)
	}
	return out
}

// readList streams a record list once. Where the sheet is long, merges are
// known only at its end: when they show that the header reads otherwise, the
// list is read again by the header as it is.
func (c *collector) readList(ctx context.Context, index int, t *located) error {
	for {
		if err := c.streamList(ctx, index, t); err != nil {
			return err
		}
		if t.sheet.whole || len(t.sheet.grid.Merges) > 0 {
			break
		}
		t.sheet.grid.Merges = t.sheet.tail.Merges
		h, complete, ok := table.NewHead(&t.sheet.grid).Locate(t.spec)
		if !ok || slices.EqualFunc(h.Columns, t.header.Columns, func(a, b table.Found) bool { return a.Col == b.Col }) && h.Bottom == t.header.Bottom {
			break
		}
		t.header, t.complete = h, complete
	}
	if t.list.ids != nil {
		if err := c.reportTwice(ctx, index, t); err != nil {
			return err
		}
	}
	c.reportList(t)
	if t.list.units != nil {
		for _, name := range t.list.units.names {
			c.noteUnit(name)
		}
	}
	return nil
}

func (c *collector) streamList(ctx context.Context, index int, t *located) error {
	l := c.newList(t)
	t.list = l
	l.measures = slices.DeleteFunc(l.measures, func(m *measure) bool { _, lacks := m.lacks(); return lacks })
	l.group()
	if len(l.columns) == 0 {
		return nil
	}
	return c.eachRow(ctx, index, t, l.wanted(), func(row *cell.Row) { l.add(c, t, row) })
}

// group puts the measures together that count by the same date.
func (l *list) group() {
	for _, m := range l.measures {
		i := slices.IndexFunc(l.groups, func(g group) bool { return g.during == m.during })
		if i < 0 {
			i = len(l.groups)
			l.groups = append(l.groups, group{during: m.during})
		}
		l.groups[i].measures = append(l.groups[i].measures, m)
	}
}

// eachRow calls fn for the rows of a table's body.
func (c *collector) eachRow(ctx context.Context, index int, t *located, cols []int, fn func(*cell.Row)) error {
	if t.sheet.whole {
		for i := range t.sheet.grid.Rows {
			if r := &t.sheet.grid.Rows[i]; r.Number > t.header.Bottom && (t.end == 0 || r.Number < t.end) {
				fn(r)
			}
		}
		return nil
	}
	sc, err := c.book.Scan(ctx, index)
	if err != nil {
		return err
	}
	defer sc.Close()
	sc.Only(cols)
	for sc.Next() {
		if r := sc.Row(); r.Number > t.header.Bottom && (t.end == 0 || r.Number < t.end) {
			fn(r)
		}
	}
	t.sheet.tail = sc.Tail()
	return sc.Err()
}

// wanted lists the sheet columns that the list decodes, in order.
func (l *list) wanted() []int {
	var cols []int
	for _, c := range l.columns {
		cols = append(cols, c.at)
	}
	if l.units != nil {
		cols = append(cols, l.units.col)
	}
	slices.Sort(cols)
	return slices.Compact(cols)
}

// add takes one row into all measures.
func (l *list) add(c *collector, t *located, row *cell.Row) {
	if row.Number == l.numbers {
		return
	}
	filled := l.read(row)
	if !l.isRecord(row, filled) {
		return
	}
	l.records++
	if row.Hidden {
		l.hidden.add(row.Number)
	}
	if l.ids != nil {
		if key := l.columns[l.keyed]; key.state != blank {
			l.ids.add(key.raw)
		}
	}
	for _, col := range l.columns {
		if col.state == blank && col.Required {
			col.problem(diag.BlankCell, row.Number, nil)
		}
	}
	for i := range l.orders {
		o := &l.orders[i]
		a, b := l.columns[o.earlier], l.columns[o.later]
		if a.state == readable && b.state == readable && b.day < a.day {
			o.bad.add(row.Number)
		}
	}
	unit := 0
	if l.units != nil {
		unit = l.units.index(row.At(l.units.col))
	}
	l.measure(row.Number, unit)
}

// read decodes the columns of a row, and returns how many are filled.
func (l *list) read(row *cell.Row) int {
	filled := 0
	for _, col := range l.columns {
		col.state, col.raw = blank, nil
	}
	next := 0
	for _, col := range l.columns {
		// columns are mostly in the order of the sheet: go on where we are
		if next >= len(row.Cells) || row.Cells[next].Col > col.at {
			next = 0
		}
		for next < len(row.Cells) && row.Cells[next].Col < col.at {
			next++
		}
		if next < len(row.Cells) && row.Cells[next].Col == col.at {
			col.read(&row.Cells[next], row.Number)
			if col.state != blank {
				filled++
			}
		}
	}
	return filled
}

// isRecord tells records from group, total and signature rows, and from a
// header that is printed again. Without an id, a record has two filled cells.
func (l *list) isRecord(row *cell.Row, filled int) bool {
	if filled == 0 {
		return false
	}
	if l.keyed < 0 {
		return filled > 1 && !l.repeats()
	}
	key := l.columns[l.keyed]
	few := filled*2 <= len(l.columns) // a total row holds little beside its label
	switch {
	case few && key.state != blank && table.IsTotal(string(key.raw), nil):
		return false
	case key.state != blank && filled == 1 && len(l.columns) > 2:
		l.keyOnly.add(row.Number)
		return false
	case key.state != blank:
		return !l.repeats()
	}
	for _, col := range l.columns {
		if col.state == readable && (col.Type == plan.Date || col.Type == plan.Choice) {
			return true
		}
	}
	return false
}

// repeats reports whether the row is the header once more, as on each printed
// page: every filled column holds its heading.
func (l *list) repeats() bool {
	for i, col := range l.columns {
		if col.raw != nil && string(bytes.TrimSpace(col.raw)) != l.headings[i] {
			return false
		}
	}
	for _, col := range l.columns {
		col.unsay()
	}
	return true
}
