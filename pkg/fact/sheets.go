package fact

import (
	"context"
	"slices"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// Bounds on the rows of one sheet that are kept in memory. They do not apply to
// record lists, which are streamed.
const (
	headRows  = table.MaxHeaderRow // rows in which headers and captions are looked for
	headCells = 200_000            // cells of those rows
)

// Bounds on the rows of all sheets together. A file of a few bytes can hold a
// million rows, so the budget grows with the size of the file, above what real
// forms need.
const (
	mostCells    = 2_000_000
	freeCells    = 150_000 // that a file of any size may have
	bytesPerCell = 2       // and beyond them, bytes of the file for each
	mostRows     = 1 << 20
	freeRows     = 15_000
	bytesPerRow  = 8
	mostText     = 256 << 20 // bytes
	freeText     = 4 << 20
	textPerByte  = 20
)

// budget is how much may still be held.
type budget struct{ rows, cells, text int64 }

func newBudget(file int64) budget {
	return budget{
		rows:  min(freeRows+file/bytesPerRow, mostRows),
		cells: min(freeCells+file/bytesPerCell, mostCells),
		text:  min(freeText+file*textPerByte, mostText),
	}
}

// spend takes a row; it fails when the budget is spent.
func (b *budget) spend(r *cell.Row) bool {
	b.rows--
	b.cells -= int64(len(r.Cells))
	for i := range r.Cells {
		b.text -= int64(len(r.Cells[i].Raw))
	}
	return b.rows >= 0 && b.cells >= 0 && b.text >= 0
}

// tooLarge refuses a workbook whose budget is spent at a sheet.
func (c *job) tooLarge(s *sheet) error {
	most := newBudget(c.book.Bytes)
	return &diag.Refusal{Diagnostic: diag.New(diag.Unreadable, diag.Pos{File: c.file, Sheet: s.Name}, lang.F(
		"up to here the forms have more than %d rows, %d cells or %d MB of text, too much for forms in a file of this size: remove what does not belong to them",
		"đến trang tính này các biểu có hơn %d hàng, %d ô hoặc %d MB chữ, quá nhiều so với dung lượng tệp: hãy xóa phần không thuộc biểu", most.rows, most.cells, most.text>>20))}
}

// sheet is one sheet of the workbook, or its beginning.
type sheet struct {
	workbook.Sheet
	grid  table.Grid
	head  *table.Head // of grid, as tables are looked for in it
	forms *table.Head // of grid, as the forms of a mapping are looked for in it
	whole bool        // grid holds every row, tail is known
	hides bool        // rows of it are hidden, where a figure leaves those out
	tail  cell.Tail
}

// located is a table of the plan, found in a sheet: where it stands, and by which
// names.
type located struct {
	*plan.Table
	sheet     *sheet
	spec      table.Spec
	header    table.Header
	complete  bool
	sheetUnit *Unit             // whose its sheet is, where sheets are declared to be units
	month     int               // of its sheet, where sheets are declared to be months; 0: not known
	time      plan.Period       // whose columns are read, where it is not the period reported on; zero: it is
	form      *knownForm        // of a mapping, by which it was found
	plain     []table.Found     // its columns by the plan's own names, where it was found by these, too
	end       int               // the row at which the next table begins, or 0
	headed    *label.Candidates // the headers that no column of the plan has, once they were asked for
}

// readHeads reads the beginning of every sheet.
func (c *found) readHeads(ctx context.Context) error {
	for i, info := range c.book.Sheets {
		s := &sheet{Sheet: info, grid: table.Grid{Keys: c.keys, Room: c.room, Epoch1904: info.Epoch1904}}
		c.sheets = append(c.sheets, s)
		if err := c.readRows(ctx, i, s, headRows, headCells); err != nil {
			return err
		}
	}
	return nil
}

// readRows reads the rows of a sheet until a bound is reached, 0 meaning none.
func (c *job) readRows(ctx context.Context, index int, s *sheet, rows, cells int) error {
	sc, err := c.book.Scan(ctx, index)
	if err != nil {
		return err
	}
	defer sc.Close()
	s.grid.Rows = nil
	for sc.Next() {
		if !c.budget.spend(sc.Row()) {
			return c.tooLarge(s)
		}
		s.grid.Add(sc.Row())
		if cells -= len(sc.Row().Cells); rows > 0 && (len(s.grid.Rows) >= rows || cells <= 0) {
			return nil
		}
	}
	if err := sc.Err(); err != nil {
		return err
	}
	s.whole, s.tail = true, sc.Tail()
	s.grid.Merges = s.tail.Merges
	return nil
}

// locate finds the plan's tables in the sheets.
func (c *found) locate() {
	for _, s := range c.sheets {
		s.head = table.NewHead(&s.grid, c.names)
	}
	for i := range c.plan.Tables {
		t := &c.plan.Tables[i]
		for _, s := range c.sheets {
			if !c.namedFor(t, s.Name) {
				continue
			}
			h, complete, ok := s.head.Locate(i)
			if !ok {
				continue
			}
			if s.State != cell.Visible {
				if complete {
					c.reportHiddenTable(s, t)
				}
				continue
			}
			found := &located{Table: t, sheet: s, spec: c.specs[i]}
			found.standsAt(h, complete)
			c.tables = append(c.tables, found)
		}
	}
	c.locateForms()
	c.prune()
}

func (c *found) reportHiddenTable(s *sheet, t *plan.Table) {
	c.diags.Add(diag.HiddenSheet, diag.Pos{File: c.file, Sheet: s.Name}, lang.F(
		"the sheet is hidden and holds %q: its figures are not counted; show the sheet or delete it",
		"trang tính bị ẩn và có bảng %q: số liệu ở đây không được tính; hãy hiện trang tính hoặc xóa đi", t.Title))
}

// standsAt stores the header of a table. A list is read column by column, so a
// header merged over several columns applies to each.
func (t *located) standsAt(h table.Header, complete bool) {
	for i := range h.Columns {
		if f := &h.Columns[i]; t.Shape == plan.List {
			for ; f.Span > 0; f.Span-- {
				f.Also = append(f.Also, f.Col+f.Span)
			}
		}
	}
	t.header, t.complete = h, complete
}

// choosePeriod selects, in tables with a column for each period, the column of
// the period reported on.
func (c *found) choosePeriod() {
	for _, t := range c.tables {
		if slices.ContainsFunc(t.Columns, func(col plan.Column) bool { return len(col.Periods) > 0 }) {
			totals := t.spec.Totals
			t.spec = newSpec(t.Table, c.period.Key())
			t.spec.Totals = totals
			h := t.sheet.head.Again(t.spec, t.header)
			for i := range h.Columns {
				if t.mapsColumn(t.Columns[i].ID) {
					h.Columns[i] = t.header.Columns[i]
				}
			}
			t.standsAt(h, len(h.Missing(t.spec)) == 0)
		}
	}
}

// namesSheets reports whether a table is looked for by the names of sheets.
func (c *job) namesSheets(t *plan.Table) bool {
	return len(t.Sheets) > 0 && c.book.Kind.NamesSheets()
}

// namedFor reports whether a sheet's name is one that the table may have.
func (c *job) namedFor(t *plan.Table, sheet string) bool {
	return !c.namesSheets(t) ||
		slices.ContainsFunc(c.Questions.sheets[t], func(p label.Pattern) bool { return p.Fits(c.keys.Key(sheet)) })
}

// prune drops tables that were found in part where another was found whole, and
// tables found in part in one sheet and whole in another; it reports those that
// were probably meant. Then it bounds each table by the next one of its sheet.
func (c *found) prune() {
	all := c.tables
	c.tables = nil
	for _, t := range all {
		whole := func(fits func(o *located) bool) bool {
			return slices.ContainsFunc(all, func(o *located) bool { return o.complete && fits(o) })
		}
		sameRows := func(o *located) bool { return o.sheet == t.sheet && overlap(o.header, t.header) }
		elsewhere := whole(func(o *located) bool { return o.Table == t.Table })
		switch {
		case t.complete || !elsewhere && !whole(sameRows):
			c.tables = append(c.tables, t)
		case !whole(func(o *located) bool { return sameRows(o) && !beside(o.header, t.header) }):
			c.reportPartial(t)
		}
	}
	c.reportUnread(all)
	for _, t := range c.tables {
		for _, o := range c.tables {
			if o.sheet == t.sheet && o.header.Top > t.header.Bottom && (t.end == 0 || o.header.Top < t.end) {
				t.end = o.header.Top
			}
		}
	}
}

// reportPartial reports a table that looks like one that stands whole in
// another sheet: one of its headers may be misspelt.
func (c *found) reportPartial(t *located) {
	lacks := t.header.Missing(t.spec)
	if !c.isMeant(t, lacks) {
		return // other tables have headers in common
	}
	for _, col := range lacks {
		d := diag.New(diag.MissingColumn, c.headerAt(t), lang.F(
			"this looks like %q, and has no column %s%s: it is not counted; mend the header, or rename the others",
			"bảng này giống %q nhưng không có cột %s%s: không được tính; hãy sửa tiêu đề, hoặc đổi tên các cột kia",
			t.Title, quoted(col.Headers), c.nearestHeader(t, col.Headers)))
		d.Severity = diag.Warning
		c.diags = append(c.diags, d)
	}
}

// reportUnread reports the sheets that are named as those of a list that stands
// in others, and in which no table is found: their records are not counted.
func (c *found) reportUnread(found []*located) {
	for i := range c.plan.Tables {
		t := &c.plan.Tables[i]
		if t.Shape != plan.List || !c.namesSheets(t) || !slices.ContainsFunc(found, func(o *located) bool { return o.Table == t }) {
			continue
		}
		for _, s := range c.sheets {
			read := slices.ContainsFunc(found, func(o *located) bool { return o.sheet == s })
			if read || s.State != cell.Visible || len(s.grid.Rows) < 2 || !c.namedFor(t, s.Name) {
				continue
			}
			d := diag.New(diag.MissingTable, diag.Pos{File: c.file, Sheet: s.Name}, lang.F(
				"the sheet is named as those of %q are, and too few of its headers are there: nothing of it is counted; mend the headers, or rename the sheet",
				"trang tính có tên như các trang của %q nhưng có quá ít tiêu đề của bảng: không được tính; hãy sửa tiêu đề hoặc đổi tên trang tính", t.Title))
			d.Severity = diag.Warning
			c.diags = append(c.diags, d)
		}
	}
}

// isMeant reports whether a table that lacks columns is probably the plan's:
// its sheet is named for it, only one of several columns is missing, or other
// headers are similar to the missing ones.
func (c *found) isMeant(t *located, lacks []table.Column) bool {
	if c.namesSheets(t.Table) {
		return true
	}
	required := 0
	for _, col := range t.spec.Columns {
		if !col.Optional {
			required++
		}
	}
	return len(lacks) == 1 && required >= 3 ||
		!slices.ContainsFunc(lacks, func(col table.Column) bool {
			near, _ := c.nearest(t, col.Headers)
			return near == ""
		})
}

func overlap(a, b table.Header) bool { return a.Top <= b.Bottom && b.Top <= a.Bottom }

// beside reports whether two headers share no column of the sheet.
func beside(a, b table.Header) bool {
	return !slices.ContainsFunc(a.Columns, func(f table.Found) bool {
		return f.Col > 0 && slices.ContainsFunc(b.Columns, func(o table.Found) bool { return o.Col == f.Col })
	})
}

// column returns a column of the plan and where it was found.
func (t *located) column(id string) (*plan.Column, table.Found) {
	for i := range t.Columns {
		if t.Columns[i].ID == id {
			return &t.spelled().Columns[i], t.header.Columns[i]
		}
	}
	return nil, table.Found{}
}

// clip shortens a text from a workbook for a message.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	r := []rune(s)
	if len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
