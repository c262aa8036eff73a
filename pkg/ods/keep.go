package ods

import (
	"context"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/xlsx"
)

// keptSheet is the rows of a sheet in memory.
type keptSheet struct {
	rows          []keptRow
	merges        []diag.Area
	hiddenColumns []diag.Area
}

// keptRow is a row that stands there a number of times.
type keptRow struct {
	cell.Row
	times int
}

// What keeping takes, about, beside the texts.
const (
	cellSize = 64
	rowSize  = 80
)

// keepSheet reads a sheet whole, and keeps its rows while there is room.
func (f *File) keepSheet(x *xlsx.XML, index int) bool {
	s := &f.Sheets[index]
	r := newReader(f, x, s.Name)
	kept, before := &keptSheet{}, f.room
	for r.next() {
		if kept == nil {
			continue
		}
		row, size := copyRow(&r.row)
		if f.room -= size; f.room < 0 {
			kept, f.room = nil, before
			continue
		}
		kept.rows = append(kept.rows, keptRow{row, r.repeat})
	}
	if x.Err() != nil {
		return false
	}
	if kept != nil {
		kept.merges, kept.hiddenColumns = r.merges, r.hiddenColumns
	}
	s.kept = kept
	return true
}

// copyRow returns a copy of a row and how many bytes it takes. The texts of
// cells that are one cell repeated stay one text.
func copyRow(row *cell.Row) (cell.Row, int64) {
	texts := 0
	for i := range row.Cells {
		if !sameText(row.Cells, i) {
			texts += len(row.Cells[i].Raw)
		}
	}
	out := *row
	out.Cells = append(make([]cell.Cell, 0, len(row.Cells)), row.Cells...)
	own := make([]byte, 0, texts)
	for i := range out.Cells {
		c := &out.Cells[i]
		if sameText(row.Cells, i) {
			c.Raw = out.Cells[i-1].Raw
			continue
		}
		own = append(own, c.Raw...)
		c.Raw = own[len(own)-len(c.Raw) : len(own) : len(own)]
	}
	return out, rowSize + int64(len(out.Cells)*cellSize+texts)
}

// sameText reports whether the text of a cell is that of the one before it, in
// the same memory.
func sameText(cells []cell.Cell, i int) bool {
	if i == 0 {
		return false
	}
	a, b := cells[i-1].Raw, cells[i].Raw
	return len(a) > 0 && len(a) == len(b) && &a[0] == &b[0]
}

// cursor is a reading of content.xml that stands at or in a sheet.
type cursor struct {
	x     *xlsx.XML
	next  int // the sheet whose beginning comes next
	inner int // the depth of the sheet that it stands in, 0 between sheets
}

// Rows walks over the rows of one sheet that hold cells.
type Rows struct {
	f     *File
	ctx   context.Context
	sheet *Sheet

	kept   *keptSheet
	index  int // of the present kept row, plus 1
	reader *reader
	repeat int // how often the present row comes still
	count  int // rows until the context is looked at again

	row    cell.Row
	wanted []bool
	err    error
}

// Scan starts to read a sheet.
func (f *File) Scan(ctx context.Context, sheet int) (*Rows, error) {
	r := &Rows{f: f, ctx: ctx, sheet: &f.Sheets[sheet], kept: f.Sheets[sheet].kept}
	if r.kept != nil {
		return r, nil
	}
	if err := f.moveTo(ctx, sheet); err != nil {
		return nil, xlsx.Refuse(err, diag.Pos{File: f.name, Sheet: r.sheet.Name})
	}
	r.reader = newReader(f, f.cursor.x, r.sheet.Name)
	f.cursor.next, f.cursor.inner = sheet+1, r.reader.depth
	return r, nil
}

// moveTo moves the cursor into the tag of a sheet, from where it stands or,
// when the sheet lies before it, from the beginning.
func (f *File) moveTo(ctx context.Context, sheet int) error {
	c := f.cursor
	if c != nil && c.x.Err() == nil && c.next <= sheet && c.leave() {
		c.x.In(ctx)
	} else {
		f.Close()
		f.rereads -= f.pack.Size(contentPart)
		if f.rereads < 0 {
			return xlsx.TooMuch("the sheets are too large to be read one by one", "các trang tính quá lớn để đọc từng trang")
		}
		x, err := f.pack.XML(ctx, contentPart)
		if err != nil {
			return err
		}
		c = &cursor{x: x}
		f.cursor = c
	}
	for {
		switch c.x.Next() {
		case xlsx.Failed:
			return c.x.Err()
		case xlsx.EOF:
			return xlsx.Damaged("the sheet is not in the file", "tệp không chứa trang tính này")
		case xlsx.Start:
			switch {
			case c.x.Is(xlsx.ODFTable, "table"):
				if c.next == sheet {
					return nil
				}
				c.next++
			case c.x.Is(xlsx.ODFOffice, "document-content"), c.x.Is(xlsx.ODFOffice, "body"), c.x.Is(xlsx.ODFOffice, "spreadsheet"):
				continue
			}
			if !c.x.Skip() {
				return c.x.Err()
			}
		case xlsx.End, xlsx.Chars:
		}
	}
}

// leave reads to the end of the sheet that the cursor stands in.
func (c *cursor) leave() bool {
	for c.inner > 0 && c.x.Depth() >= c.inner {
		if t := c.x.Next(); t == xlsx.Failed || t == xlsx.EOF {
			return false
		}
	}
	c.inner = 0
	return true
}

// Close frees what the file holds.
func (f *File) Close() {
	if f.cursor != nil {
		f.cursor.x.Close()
		f.cursor = nil
	}
}

// Only leaves all columns but these (1-based) out from the next row on.
func (r *Rows) Only(cols []int) {
	r.wanted = make([]bool, maxCol+1)
	for _, c := range cols {
		if c > 0 && c <= maxCol {
			r.wanted[c] = true
		}
	}
	if r.reader != nil {
		r.reader.wanted = r.wanted
	}
}

// Next moves to the next row that holds cells. It returns false at the end and
// on an error.
func (r *Rows) Next() bool {
	const rows = 1 << 10
	if r.count++; r.count%rows == 0 && r.err == nil {
		r.err = r.ctx.Err()
	}
	for r.err == nil {
		if !r.step() {
			return false
		}
		if len(r.row.Cells) > 0 {
			return true
		}
	}
	return false
}

// step moves to the next row, of which nothing may be wanted.
func (r *Rows) step() bool {
	if r.repeat > 1 {
		r.repeat--
		number := r.row.Number + 1
		r.take()
		r.row.Number = number
		return true
	}
	if r.kept != nil {
		if r.index == len(r.kept.rows) {
			return false
		}
		r.index++
		r.repeat = r.kept.rows[r.index-1].times
		r.take()
		return true
	}
	if r.reader == nil || !r.reader.next() {
		if r.reader != nil && r.reader.x.Err() != nil {
			r.err = xlsx.Refuse(r.reader.x.Err(), r.reader.pos())
		}
		return false
	}
	r.repeat = r.reader.repeat
	r.take()
	return true
}

// take copies the cells that are wanted of the row that is read or kept: who
// uses them may change them.
func (r *Rows) take() {
	row := &r.row
	cells := row.Cells[:0]
	var from *cell.Row
	if r.kept != nil {
		from = &r.kept.rows[r.index-1].Row
	} else {
		from = &r.reader.row
	}
	*row = *from
	if r.wanted == nil {
		row.Cells = append(cells, from.Cells...)
		return
	}
	for _, c := range from.Cells {
		if r.wanted[c.Col] {
			cells = append(cells, c)
		}
	}
	row.Cells = cells
}

// Row is the present row, valid until Next or Close is called.
func (r *Rows) Row() *cell.Row { return &r.row }

// Merges returns the merged areas; complete after Next was false.
func (r *Rows) Merges() []diag.Area {
	if r.kept != nil {
		return r.kept.merges
	}
	if r.reader == nil {
		return nil
	}
	return r.reader.merges
}

// HiddenColumns returns the hidden columns; complete after Next was false.
func (r *Rows) HiddenColumns() []diag.Area {
	if r.kept != nil {
		return r.kept.hiddenColumns
	}
	if r.reader == nil {
		return nil
	}
	return r.reader.hiddenColumns
}

// Err is what ended the reading early: an *xlsx.Refusal or the context's error.
func (r *Rows) Err() error { return r.err }

// Close ends the reading.
func (r *Rows) Close() error {
	r.kept, r.reader = nil, nil
	return nil
}
