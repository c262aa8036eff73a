package fact

import (
	"bytes"
	"cmp"
	"context"
	"github.com/parcheck/parcheck/pkg/account"
	"slices"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
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
	units     *unitNames
	doubtful  string       // the header of ids or units that several columns have
	cover     *table.Cover // the merges, where they hide cells of the list
	twice     int64        // records with an id that another one has, in all sheets of the list
	records   int64
	hidden    span
	outside   span // records whose date in a `during` column is outside the period
	outsideAt int
	within    bool // some record's date in a `during` column is not outside
	keyOnly   span // rows that hold an id and nothing else
	unitless  span // records that name no unit
	signed    span // rows apart below the records that hold text and nothing else
	texts     span // such rows that more records follow
	loose     span // rows without an id, a date or a choice, that are no totals
	below     span // such rows apart below the records: loose if more follow
	odd       span // records that may be headings or totals

	numbers    int  // the row of column numbers
	repeatedAt int  // the last row that was the header once more
	last       int  // the row of the last record; before the first, that of the header
	plain      bool // some record has neither a digit in its id nor a date, a choice or a number
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

// join adds the rows of a span that lies below.
func (s *span) join(below span) {
	if s.n == 0 {
		s.first = below.first
	}
	if below.n > 0 {
		s.last = below.last
	}
	s.n += below.n
}

// order is a pair of date columns, the second not before the first.
type order struct {
	earlier, later int
	bad            span
}

// newList prepares the pass over a located record list.
func (c *collector) newList(t *located) *list {
	l := &list{keyed: -1, numbers: t.header.Numbers, last: max(t.header.Bottom, t.header.Numbers), from: dayNumber(c.period.From), to: dayNumber(c.period.To)}
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
		if m := t.money[id]; m != nil {
			l.columns[index[id]].money = m
		}
		return index[id]
	}
	for i := range t.Columns {
		col := &t.Columns[i]
		switch {
		case col.Role == plan.KeyRole:
			l.keyed = use(col.ID)
		case col.Role == plan.UnitRole:
			if f := t.header.Columns[i]; f.Col > 0 {
				l.units = newUnitNames(newColumn(col, f, t.sheet.Epoch1904))
				l.doubtful = doubt(f)
			}
		case col.Unique || col.Required:
			use(col.ID)
		}
		if later, earlier := use2(use, col.ID, col.NotBefore); earlier >= 0 && later >= 0 {
			l.orders = append(l.orders, order{earlier: earlier, later: later})
		}
	}
	if l.keyed >= 0 && l.doubtful == "" {
		l.doubtful = l.columns[l.keyed].doubtful
	}
	for _, col := range l.columns {
		if col.Unique {
			col.ids = &idSet{seed: c.seed}
		}
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
	l.addWitnesses(t, use)
	for _, col := range l.columns {
		col.head(&t.sheet.grid, t.header)
	}
	if t.covered || t.sheet.whole && l.isMerged(t) {
		l.cover = table.NewCover(t.sheet.tail.Merges)
	}
	l.measures = slices.DeleteFunc(l.measures, func(m *measure) bool { _, lacks := m.lacks(); return lacks })
	l.group()
	return l
}

// witnesses is how many columns are read at least beside the numbering, so
// that records are told from headings, totals and signatures.
const witnesses = 4

// addWitnesses reads more columns than the measures need: all days and choices
// of the plan, which tell a record that has no id, and, where these are few,
// other columns of the plan, and then any that has a header. Without ids every
// column of the plan bears witness, and the numbering, in which "Tổng cộng"
// may stand.
func (l *list) addWitnesses(t *located, use func(string) int) {
	for i := range t.Columns {
		col := &t.Columns[i]
		tells := l.keyed < 0 || col.Type == plan.Date || col.Type == plan.Choice
		if (tells || len(l.columns) < witnesses) && col.Role != plan.UnitRole && col.Role != plan.CodeRole {
			use(col.ID)
		}
	}
	least := max(witnesses, len(l.columns))
	for n := t.header.Top; n <= t.header.Bottom; n++ {
		for _, cl := range t.sheet.grid.Row(n).Cells {
			text := table.Text(cl)
			if text == "" || l.has(cl.Col) {
				continue
			}
			numbering := slices.Contains(numberings, label.Key(text))
			if numbering && l.keyed >= 0 || !numbering && len(l.columns) >= least {
				continue
			}
			if numbering {
				least++
			}
			col := newColumn(&plan.Column{}, table.Found{Col: cl.Col, Path: text}, t.sheet.Epoch1904)
			col.numbering = numbering
			l.columns = append(l.columns, col)
		}
	}
}

// numberings are the headers of the column that numbers the rows: it is filled
// in group rows as well.
var numberings = []string{"stt", "tt", "số tt", "số thứ tự", "no", "#"}

// has reports whether a column of the sheet is read already.
func (l *list) has(col int) bool {
	return l.units != nil && l.units.at == col || slices.ContainsFunc(l.columns, func(c *column) bool { return c.at == col })
}

func use2(use func(string) int, id, before string) (later, earlier int) {
	if before == "" {
		return -1, -1
	}
	return use(id), use(before)
}

// head notes the texts above a column, with those of the rows that stand on the
// header: they are printed again with it.
func (c *column) head(g *table.Grid, h table.Header) {
	top := h.Top
	for top > max(h.Top-table.MaxDepth, 1) && len(g.Row(top-1).Cells) > 0 {
		top--
	}
	for n := top; n <= h.Bottom; n++ {
		if text := table.Text(g.Row(n).At(c.at)); text != "" {
			c.headings = append(c.headings, text)
		}
	}
	if h.Numbers > 0 {
		c.numbered = table.Text(g.Row(h.Numbers).At(c.at))
	}
}

// readList streams a record list once. Where the sheet is long, merges are
// known only at its end: when they show that the header reads otherwise, or
// hide cells of the list, it is read again.
func (c *collector) readList(ctx context.Context, index int, t *located) error {
	if err := c.streamList(ctx, index, t); err != nil {
		return err
	}
	if merges := t.sheet.tail.Merges; !t.sheet.whole && len(merges) > 0 {
		t.sheet.grid.Merges = merges
		again := false
		h, complete, ok := table.Locate(&t.sheet.grid, t.spec)
		if ok && (h.Bottom != t.header.Bottom || !slices.EqualFunc(h.Columns, t.header.Columns, func(a, b table.Found) bool { return a.Col == b.Col })) {
			t.standsAt(h, complete)
			again = true
		}
		if t.list.isMerged(t) {
			t.covered, again = true, true
		}
		if again {
			if err := c.streamList(ctx, index, t); err != nil {
				return err
			}
		}
	}
	c.reportList(t)
	if t.list.units != nil {
		if t.list.units.many {
			return tooManyUnits(c.file, t)
		}
		for _, name := range t.list.units.names {
			if err := c.noteUnit(t, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// isMerged reports whether a merge hides cells of the columns that the list
// reads.
func (l *list) isMerged(t *located) bool {
	wanted := l.wanted()
	return slices.ContainsFunc(t.sheet.tail.Merges, func(m diag.Area) bool {
		return t.holds(m.ToRow) && slices.ContainsFunc(wanted, func(col int) bool {
			return col >= m.Col && col <= m.ToCol && (col > m.Col || m.ToRow > m.Row)
		})
	})
}

func (c *collector) streamList(ctx context.Context, index int, t *located) error {
	l := c.newList(t)
	t.list = l
	return c.eachRecord(ctx, index, t, l, l.add)
}

// eachRecord reads the rows of a list, and calls fn for those that are records.
func (c *collector) eachRecord(ctx context.Context, index int, t *located, l *list, fn func(*cell.Row)) error {
	header := fieldsOf(&t.sheet.grid, t.header)
	var ragged error
	err := c.eachRow(ctx, index, t, l.wanted(), func(row *cell.Row) {
		if l.cover != nil {
			l.uncover(t, row)
		}
		if l.take(t, row) {
			fn(row)
			if row.Record.Line > 0 && ragged == nil {
				ragged = header.check(c.file, row.Record)
			}
		}
	})
	return cmp.Or(err, ragged)
}

// uncover blanks the cells of a row that merges hide. The unit that is written
// once for several records, in cells merged downwards, is that of them all.
func (l *list) uncover(t *located, row *cell.Row) {
	l.cover.Walk(row.Number)
	if u := l.units; u != nil {
		u.above = ""
		if m, hidden := l.cover.Under(u.at); hidden && m.Col == u.at && m.Row == u.named {
			u.above = u.name
		} else if text := table.Text(row.At(u.at)); !hidden && text != "" {
			u.named, u.name = row.Number, text
		}
	}
	for _, col := range l.columns {
		m, hidden := l.cover.Under(col.at)
		col.merged = hidden && m.Col == col.at && m.Row == col.filledAt
		if !hidden && row.At(col.at).Kind != cell.Blank {
			col.filledAt = row.Number
		}
	}
	for i := range row.Cells {
		cl := &row.Cells[i]
		m, hidden := l.cover.Under(cl.Col)
		if !hidden {
			continue
		}
		if cl.Kind != cell.Blank || cl.Formula != cell.NoFormula {
			t.bury(row.Number, cl.Col, m)
		}
		*cl = cell.Cell{Col: cl.Col}
	}
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
			if r := &t.sheet.grid.Rows[i]; t.holds(r.Number) {
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
		if r := sc.Row(); t.holds(r.Number) {
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
		cols = append(cols, l.units.at)
	}
	slices.Sort(cols)
	return slices.Compact(cols)
}

// take reads a row, and reports whether it is a record.
func (l *list) take(t *located, row *cell.Row) bool {
	if row.Number == l.numbers || !l.isRecord(t, row, l.read(row)) {
		return false
	}
	l.records++
	l.last = row.Number
	if l.below.n+l.signed.n > 0 {
		l.loose.join(l.below)
		l.texts.join(l.signed)
		l.below, l.signed = span{}, span{}
	}
	return true
}

// add takes the record of a row into all measures.
func (l *list) add(row *cell.Row) {
	if row.Hidden {
		l.hidden.add(row.Number)
	}
	if l.isOdd() {
		l.odd.add(row.Number)
	}
	for _, col := range l.columns {
		if col.ids != nil && col.state != blank {
			col.ids.add(col.raw)
		}
		col.tell(row.Number)
	}
	if l.keyed >= 0 && l.columns[l.keyed].merged {
		l.columns[l.keyed].problem(diag.UnderMerge, row.Number, nil)
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
		unit = l.units.of(row)
		switch l.units.state {
		case readable:
		case unreadable:
			l.units.tell(row.Number)
		case blank:
			l.unitless.add(row.Number)
		}
	}
	l.measure(row.Number, unit)
}

// read decodes the columns of a row, and returns how many are filled; a number
// of the row alone does not count.
func (l *list) read(row *cell.Row) int {
	filled := 0
	for _, col := range l.columns {
		col.clear()
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
			col.read(&row.Cells[next])
			if row.Cells[next].Formula != cell.NoFormula {
				col.formulas.add(row.Number)
			}
			if col.state != blank && !col.numbering {
				filled++
			}
		}
	}
	if l.cover != nil {
		l.readMerged()
	}
	return filled
}

// readMerged reads cells that are merged with one above them. A unit is that of
// all the records; of a day, a choice or a text nobody knows whether it is. An
// amount is that of all together, and counts once.
func (l *list) readMerged() {
	for i, col := range l.columns {
		switch {
		case !col.merged || col.numbering || i == l.keyed || col.Type == plan.Number || col.Type == plan.Share:
		case l.units != nil && col.at == l.units.at:
			col.clear()
			col.read(&cell.Cell{Kind: cell.Text, Raw: []byte(l.units.above)})
		default:
			col.bad(diag.UnderMerge, nil)
		}
	}
}

// isRecord tells records from group, total and signature rows, and from a
// header that is printed again. Without ids, a record has two filled cells.
func (l *list) isRecord(t *located, row *cell.Row, filled int) bool {
	switch {
	case filled == 0:
		return false
	case l.repeats():
		l.repeatedAt = row.Number
		return false
	case l.repeatedAt > 0 && l.repeatedAt == row.Number-1 && l.isNumbered():
		return false
	case l.isTotal(t.Totals):
		return false
	}
	if l.keyed < 0 {
		if filled == 1 || l.adds() {
			l.setAside(row, filled, t.Totals)
			return false
		}
		return !l.isSignature(row)
	}
	key := l.columns[l.keyed]
	if key.state == blank {
		if !l.decides() {
			l.setAside(row, filled, t.Totals)
			return false
		}
		return true
	}
	if l.counts(key) {
		l.setAside(row, filled, t.Totals)
		return false
	}
	if filled == 1 && len(l.columns) > 2 && (l.units == nil || row.At(l.units.at).Kind == cell.Blank) {
		l.keyOnly.add(row.Number)
		return false
	}
	return !l.isSignature(row)
}

// repeats reports whether the row is the header once more, as on each printed
// page: every filled column holds a text that stands above it.
func (l *list) repeats() bool {
	for _, col := range l.columns {
		if col.raw != nil && !slices.ContainsFunc(col.headings, func(h string) bool { return sameText(col.raw, h) }) {
			return false
		}
	}
	return true
}

// isNumbered reports whether the row is that of the column numbers once more.
func (l *list) isNumbered() bool {
	for _, col := range l.columns {
		if string(bytes.TrimSpace(col.raw)) != col.numbered {
			return false
		}
	}
	return true
}

// sameText reports whether a cell's content says what a header says; white
// space and line breaks do not count.
func sameText(raw []byte, header string) bool {
	raw = bytes.TrimSpace(raw)
	if len(raw) < len(header) || len(raw) == 0 || raw[0] != header[0] {
		return false
	}
	return string(raw) == header || strings.Join(strings.Fields(string(raw)), " ") == header
}

// isTotal reports whether the row is a total row: its label stands among the
// ids or, in a list without ids, in any column of text.
func (l *list) isTotal(more []string) bool {
	if l.keyed >= 0 {
		key := l.columns[l.keyed]
		return key.state != blank && mayBeTotal(key.raw) && account.IsTotal(string(key.raw), more)
	}
	return l.namesTotal(more)
}

// namesTotal reports whether a column of text holds the label of a total.
func (l *list) namesTotal(more []string) bool {
	return slices.ContainsFunc(l.columns, func(c *column) bool {
		return c.Type == plan.Text && c.state != blank && account.IsTotal(string(c.raw), more)
	})
}

// mayBeTotal saves folding a million ids: the label of a total has no digits,
// or they stand behind a colon or in parentheses.
func mayBeTotal(raw []byte) bool {
	return !hasDigit(raw) || bytes.ContainsAny(raw, ":(")
}

// decides reports whether the row has a readable date or choice: a total row
// has neither.
func (l *list) decides() bool {
	return slices.ContainsFunc(l.columns, func(c *column) bool {
		return c.state == readable && (c.Type == plan.Date || c.Type == plan.Choice)
	})
}

// counts reports whether a row is a total whose count stands among the ids: it
// has no day and no choice, where the list has columns of them, and its id is
// how many records stand above it.
func (l *list) counts(key *column) bool {
	if l.records < 2 || l.decides() || !slices.ContainsFunc(l.columns, func(c *column) bool { return c.Type == plan.Date || c.Type == plan.Choice }) {
		return false
	}
	n, err := strconv.ParseInt(string(bytes.TrimSpace(key.raw)), 10, 64)
	return err == nil && n == l.records
}

// isOdd reports whether the record is numbered neither by its id nor otherwise,
// and has no date and no choice: headings and totals may look like that.
func (l *list) isOdd() bool {
	if l.keyed >= 0 && hasDigit(l.columns[l.keyed].raw) {
		return false
	}
	return !l.decides() && !slices.ContainsFunc(l.columns, func(c *column) bool { return c.numbering && hasDigit(c.raw) })
}

// adds reports whether the row has numbers and nothing else, not even its own,
// in a list of more than numbers: it is a total.
func (l *list) adds() bool {
	varied := false
	for _, c := range l.columns {
		number := c.Type == plan.Number || c.Type == plan.Share
		if c.state == unreadable || c.state == readable && !number {
			return false
		}
		varied = varied || !number && !c.numbering
	}
	return varied
}

// setAside notes a row that is taken as no record and may be meant as one: a
// total has numbers only, a heading one text. Texts that stand apart below the
// records are of those who sign.
func (l *list) setAside(row *cell.Row, filled int, more []string) {
	words, misfits := true, false
	for _, c := range l.columns {
		if c.state != blank && !c.numbering {
			words = words && row.At(c.at).Kind == cell.Text && (c.state == unreadable || c.Type == plan.Text)
			misfits = misfits || c.state == unreadable
		}
	}
	switch {
	case l.keyed >= 0 && (l.adds() || l.columns[l.keyed].state != blank) || l.namesTotal(more):
	case words && filled == 1 && !misfits:
	case words && row.Number > max(l.last, l.loose.last)+1:
		l.below.add(row.Number)
	default:
		l.loose.add(row.Number)
	}
}

// isSignature reports whether the row holds the offices or names of those who
// sign: it stands apart from the records, and while all of those have a digit
// in their ids, a date, a choice or a number, it has none.
func (l *list) isSignature(row *cell.Row) bool {
	strong := l.keyed >= 0 && hasDigit(l.columns[l.keyed].raw) || slices.ContainsFunc(l.columns, func(c *column) bool {
		return c.state == readable && c.Type != plan.Text
	})
	switch {
	case strong:
		return false
	case l.records > 0 && !l.plain && row.Number > l.last+1:
		l.signed.add(row.Number)
		return true
	}
	l.plain = true
	return false
}

func hasDigit(raw []byte) bool {
	for _, b := range raw {
		if b >= '0' && b <= '9' {
			return true
		}
	}
	return false
}
