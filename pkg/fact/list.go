package fact

import (
	"bytes"
	"context"
	"slices"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
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
	unsure  int64  // records of which it cannot be told whether they count
	because string // the column that says it
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
	mask   uint64 // choices that are wanted
}

func (c *condition) holds(cols []*column) answer {
	a := cols[c.column]
	if c.op == plan.IsOneOf && a.state == readable { // most conditions of most lists
		return truth(c.mask>>uint(a.choice)&1 == 1)
	}
	switch c.op {
	case plan.IsFilled:
		return truth(a.state != blank)
	case plan.IsBlank:
		return truth(a.state == blank)
	case plan.IsOneOf, plan.IsNotOneOf:
		switch a.state {
		case unreadable:
			return unsure
		case blank:
			return no
		}
		return truth((c.mask>>uint(a.choice)&1 == 1) == (c.op == plan.IsOneOf))
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

func truth(b bool) answer {
	if b {
		return yes
	}
	return no
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
				l.measures = append(l.measures, newMeasure(src, t, use))
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

// newMeasure compiles a source. A column that is not there leaves the measure
// without a source; records reports it.
func newMeasure(src *plan.Source, t *located, use func(string) int) *measure {
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
		if col, _ := t.column(w.Column); col != nil {
			cond.mask = choiceMask(col, w.Values)
		}
		m.conds = append(m.conds, cond)
	}
	return m
}

// choiceMask is the set of a column's choices as bits. Of a text column the
// texts that the plan names are the choices.
func choiceMask(col *plan.Column, ids []string) uint64 {
	var mask uint64
	for i, v := range col.Values {
		if slices.Contains(ids, v.ID) {
			mask |= 1 << uint(i)
		}
	}
	return mask
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
	because := ""
	if in == unsure {
		because = cols[m.during].ID
	}
	for i := range m.conds {
		c := &m.conds[i]
		switch c.holds(cols) {
		case no:
			return
		case unsure:
			in, because = unsure, cols[c.column].ID
		case yes:
		}
	}
	m.add(cols, row, unit, in, because)
}

func (m *measure) add(cols []*column, row, unit int, a answer, because string) {
	for unit >= len(m.units) {
		m.units = append(m.units, aggregate{})
	}
	g := &m.units[unit]
	if m.sum >= 0 && a == yes {
		switch col := cols[m.sum]; col.state {
		case readable:
			g.total.add(col.number)
		case unreadable:
			a, because = unsure, col.ID
		case blank:
		}
	}
	if a == unsure {
		g.unsure++
		g.because = because
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

// records gives the count or sum of a record list for the unit. A list that
// stands in several sheets is added up.
func (r *reader) records(pf *plan.Fact, src *plan.Source) sourced {
	tables := r.tablesFor(src.Table)
	if len(tables) == 0 {
		return r.noTable(src.Table)
	}
	out := sourced{state: Reported}
	total := number.Exact{}
	for _, t := range tables {
		out.How = describe(r.plan, t.Table, src, r.period)
		i := slices.IndexFunc(t.list.measures, func(m *measure) bool { return m.source == src })
		if i < 0 {
			m := newMeasure(src, t, func(id string) int {
				if _, f := t.column(id); f.Col > 0 {
					return 0
				}
				return -1
			})
			id, _ := m.lacks()
			return noColumn(t, id)
		}
		m := t.list.measures[i]
		g := t.list.of(m, r.unit)
		e := t.list.evidence(r.file, t, m, g)
		if reason, bad := t.list.unusable(m, g); bad {
			return invalid(reason, out.How, e)
		}
		if m.sum >= 0 {
			total = total.Add(g.total.exact().Mul(t.scale))
		} else {
			total = total.Add(number.Int(g.n))
		}
		out.Evidence = append(out.Evidence, e)
	}
	out.Value = total
	return out
}

// of returns what a measure has found of a unit.
func (l *list) of(m *measure, u unit) aggregate {
	i := 0
	if l.units != nil && u.column != "" {
		i = l.units.find(u.column)
	}
	if l.units != nil && u.column == "" {
		all := aggregate{}
		for _, g := range m.units {
			all.merge(g)
		}
		return all
	}
	if i < 0 || i >= len(m.units) {
		return aggregate{}
	}
	return m.units[i]
}

func (a *aggregate) merge(b aggregate) {
	if a.rows.n == 0 || b.rows.n > 0 && b.rows.first < a.rows.first {
		a.rows.first = b.rows.first
	}
	a.rows.last = max(a.rows.last, b.rows.last)
	a.rows.n += b.rows.n
	a.n += b.n
	a.unsure += b.unsure
	a.because = max(a.because, b.because)
	a.total.add(b.total.exact())
}

// unusable says why a measure's figure cannot be used.
func (l *list) unusable(m *measure, g aggregate) (lang.Text, bool) {
	if g.unsure > 0 {
		return lang.F(
			"it cannot be told whether %s counts: the column %q cannot be read there (see the findings)",
			"không xác định được %s có được tính không: cột %q không đọc được ở đó (xem phần phát hiện)", records(g.unsure), l.name(g.because)), true
	}
	if l.ids != nil && len(l.ids.twice) > 0 {
		return lang.F(
			"%s with an id that another one has: it cannot be told how many there are (see the findings)",
			"%s trùng mã với hồ sơ khác: không xác định được số lượng (xem phần phát hiện)", records(int64(len(l.ids.twice)))), true
	}
	return lang.Text{}, false
}

func (l *list) name(id string) string {
	for _, c := range l.columns {
		if c.ID == id {
			return c.path
		}
	}
	return id
}

// evidence names the column in which the records that counted stand: the area
// from the first to the last of them, and how many they are.
func (l *list) evidence(file string, t *located, m *measure, g aggregate) Evidence {
	e := Evidence{File: file, Sheet: t.sheet.Name, Count: g.n, Read: lang.T("records counted", "hồ sơ được đếm")}
	col := l.columns[0].at
	switch {
	case m.sum >= 0:
		col, e.Read = l.columns[m.sum].at, lang.T("numbers added up", "cộng các số")
	case len(m.conds) > 0:
		col = l.columns[m.conds[0].column].at
	case m.during >= 0:
		col = l.columns[m.during].at
	}
	if g.n > 0 {
		e.Cells = diag.Area{Row: g.rows.first, Col: col, ToRow: g.rows.last, ToCol: col}.String()
	} else {
		e.Cells = diag.Area{Col: col, ToCol: col}.String()
	}
	return e
}
