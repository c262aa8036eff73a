package fact

import (
	"cmp"
	"context"
	"slices"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/numfmt"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
	"github.com/parcheck/parcheck/pkg/table"
)

// readList streams a record list once. In a long sheet, merges are known only
// at its end: if they change the header or hide cells of the list, it is read
// again.
func (c *content) readList(ctx context.Context, index int, t *body) error {
	if err := c.streamList(ctx, index, t); err != nil {
		return err
	}
	if merges := t.sheet.tail.Merges; !t.sheet.whole && len(merges) > 0 {
		t.sheet.grid.Merges = merges
		again := false
		h, complete, ok := c.locateAgain(t.located)
		if ok && (h.Bottom != t.header.Bottom || !slices.EqualFunc(h.Columns, t.header.Columns, func(a, b table.Found) bool { return a.Col == b.Col })) {
			t.located = t.headedBy(h, complete)
			again = true
		}
		if t.list.IsMerged(t.merges()) {
			t.covered, again = true, true
		}
		if again {
			if err := c.streamList(ctx, index, t); err != nil {
				return err
			}
		}
	}
	if t.list.Units != nil {
		if t.list.Units.Many {
			return tooManyUnits(c.file, t)
		}
		for _, name := range t.list.Units.Names {
			if err := c.noteUnit(t, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// merges lists the merges that overlap the table's body.
func (t *located) merges() []diag.Area {
	return slices.DeleteFunc(slices.Clone(t.sheet.tail.Merges), func(m diag.Area) bool { return !t.holds(m.ToRow) })
}

func (c *content) streamList(ctx context.Context, index int, t *body) error {
	t.list = c.newList(t)
	return c.eachRecord(ctx, index, t, t.list, t.list.Count)
}

// newList prepares the pass over a located record list.
func (c *content) newList(t *body) *records.List {
	spec := records.Spec{Table: t.spelled(), Totals: t.spec.Totals, Period: c.period, Working: c.plan.WorkingDays(), Header: t.header, Grid: &t.sheet.grid, Seed: c.seed, Numbers: t.numbers}
	for i := range c.plan.Facts {
		for j := range c.plan.Facts[i].From {
			if src := &c.plan.Facts[i].From[j]; src.Table == t.ID && src.Op.OfRecords() {
				spec.Sources = append(spec.Sources, src)
			}
		}
	}
	l := records.New(spec)
	if t.covered || t.sheet.whole && l.IsMerged(t.merges()) {
		l.Cover(t.sheet.tail.Merges, t.bury)
	}
	return l
}

// numbers gives what reads the cells of a column of numbers: as those of forms
// are read.
func (t *body) numbers(col *plan.Column) records.Numbers {
	return &listNumbers{col, cmp.Or(t.money[col.ID], &money{})}
}

type listNumbers struct {
	column *plan.Column
	money  *money
}

func (n *listNumbers) ShowsItself(s *numfmt.Section) bool { return n.money.showsItself(s) }

func (n *listNumbers) Read(cl *cell.Cell) records.Number {
	v := readCell(*cl, n.column, n.money)
	out := records.Number{Value: v.number, Check: v.check, Shown: v.shown}
	switch v.state {
	case Reported:
		out.State = records.Readable
	case Invalid:
		out.State = records.Unreadable
	case Missing:
	}
	return out
}

// eachRecord reads the rows of a list, and calls fn for those that are records.
func (c *content) eachRecord(ctx context.Context, index int, t *body, l *records.List, fn func(*cell.Row)) error {
	header := fieldsOf(&t.sheet.grid, t.header)
	var ragged error
	err := c.eachRow(ctx, index, t, l.Wanted(), func(row *cell.Row) {
		if l.Take(row) {
			fn(row)
			if row.Record.Line > 0 && ragged == nil {
				ragged = header.check(c.file, row.Record)
			}
		}
	})
	return cmp.Or(err, ragged)
}

// eachRow calls fn for the rows of a table's body.
func (c *content) eachRow(ctx context.Context, index int, t *body, cols []int, fn func(*cell.Row)) error {
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
