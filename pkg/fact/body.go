package fact

import (
	"context"
	"slices"

	"github.com/parcheck/parcheck/pkg/account"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
	"github.com/parcheck/parcheck/pkg/table"
)

// body is a located table with the rows below its header.
type body struct {
	*located

	// of a form or a cross-table
	rows     []table.Row
	account  *account.Account // what each row is
	added    []added          // the columns that the account adds up
	unitOf   []string         // of each row: its unit, folded; nil without a unit column
	ofUnit   unitRows         // all rows, once they were asked for
	matched  map[*plan.Source]unitRows
	ofTime   map[plan.Period]*body // the table as it is read for parts of the year
	labelled *label.Candidates     // the labels of rows, once they were asked for
	indexes  map[string]*rowIndex  // by column, made when they are asked for

	conditions map[*plan.Source]*records.RowConditions // under which rows count

	// of a record list
	list    *records.List
	twice   *records.Doubles // records with an id that another one has, in all sheets of the list; nil: none
	covered bool             // merges hide cells of the list

	scales      map[string]scale  // of its amounts, by column; nil where the plan scales none
	money       map[string]*money // what its number columns are amounts of
	moneyMapped bool              // the mapping says the unit of its amounts
	buried      map[int]*buried   // values that merges hide, by the sheet's column
}

// headedBy is the table with its header found again, now that merges are known.
func (t *located) headedBy(h table.Header, complete bool) *located {
	again := *t
	again.standsAt(h, complete)
	return &again
}

// endingAt is the table with the row at which the next one begins.
func (t *located) endingAt(row int) *located {
	again := *t
	again.end = row
	return &again
}

// readTables reads the rows that readHeads left unread.
func (c *content) readTables(ctx context.Context) error {
	for _, t := range c.found.tables {
		c.tables = append(c.tables, &body{located: t})
	}
	for i, s := range c.sheets {
		var tables []*body
		for _, t := range c.tables {
			if t.sheet == s {
				tables = append(tables, t)
			}
		}
		if len(tables) == 0 {
			continue
		}
		if err := c.readSheet(ctx, i, s, tables); err != nil {
			return err
		}
	}
	return c.findTwice(ctx)
}

func (c *content) readSheet(ctx context.Context, index int, s *sheet, tables []*body) error {
	if !s.whole && slices.ContainsFunc(tables, func(t *body) bool { return t.Shape != plan.List && !s.reaches(t.located) }) {
		if err := c.readWhole(ctx, index, s, tables); err != nil {
			return err
		}
	}
	if s.whole {
		s.hideMerged(tables)
	}
	for i := 0; i < len(tables); i++ {
		t := tables[i]
		c.findScales(t)
		c.findMoney(t)
		if t.Shape == plan.List {
			if err := c.readList(ctx, index, t); err != nil {
				return err
			}
			continue
		}
		next := 0
		if t.rows, next = table.Body(&s.grid, t.header, t.spec, t.end); next > 0 {
			again := t.block(next)
			c.tables = append(c.tables, again)
			tables = append(tables, again)
			t.located = t.endingAt(next)
		}
		if err := t.checkRecords(c.file); err != nil {
			return err
		}
		c.takeAccount(t)
		if err := c.noteUnits(t); err != nil {
			return err
		}
	}
	return nil
}

// block is the same table once more, further down its sheet.
func (t *body) block(row int) *body {
	again := &body{located: &located{
		Table: t.Table, sheet: t.sheet, spec: t.spec, form: t.form, sheetUnit: t.sheetUnit, month: t.month, plain: t.plain, header: t.header, complete: t.complete, end: t.end,
	}}
	down := row - t.header.Top
	again.header.Top, again.header.Bottom = row, t.header.Bottom+down
	again.header.Numbers = table.NumberRow(&t.sheet.grid, again.header, t.spec)
	return again
}

// reaches reports whether the part of a sheet that has been read contains a
// whole table.
func (s *sheet) reaches(t *located) bool { return t.end > 0 && t.end <= s.grid.Last()+1 }

// readWhole reads a sheet to its end, and finds the headers of its tables
// again, because merges are known only then.
func (c *content) readWhole(ctx context.Context, index int, s *sheet, tables []*body) error {
	if err := c.readRows(ctx, index, s, 0, 0); err != nil {
		return err
	}
	for _, t := range tables {
		if h, complete, ok := c.locateAgain(t.located); ok {
			t.located = t.headedBy(h, complete)
		}
	}
	return nil
}
