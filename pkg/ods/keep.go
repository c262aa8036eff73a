package ods

import (
	"context"
	"slices"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/xlsx"
)

// keptSheet is the rows of a sheet in memory, or the first of them.
type keptSheet struct {
	rows          []keptRow
	whole         bool // there are no more
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

// Of a sheet that is not kept whole, so many rows and bytes are kept: headers
// are looked for in the first rows of every sheet.
const (
	headRows  = 256
	headBytes = 1 << 20
)

// keepSheet reads a sheet whole, and keeps its rows while there is room.
func (f *File) keepSheet(x *xlsx.XML, index int) bool {
	s := &f.Sheets[index]
	r := newReader(f, x, s.Name)
	kept, before := &keptSheet{whole: true}, f.room
	head, headSize := 0, int64(0)
	for r.next() {
		if !kept.whole {
			continue
		}
		row, size := copyRow(&r.row)
		if f.room -= size; f.room < 0 {
			kept.rows, kept.whole = slices.Clip(slices.Clone(kept.rows[:head])), false
			f.room = before - headSize
			continue
		}
		kept.rows = append(kept.rows, keptRow{row, r.repeat})
		if head < headRows && head == len(kept.rows)-1 && headSize+size <= headBytes {
			head, headSize = head+1, headSize+size
		}
	}
	if x.Err() != nil {
		return false
	}
	if kept.whole {
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
	f      *File
	ctx    context.Context
	number int
	sheet  *Sheet

	index  int     // of the present kept row, plus 1
	reader *reader // of what is not kept; nil before
	repeat int     // how often the present row comes still
	count  int     // rows until the context is looked at again

	row    cell.Row
	wanted []bool
	closed bool
	err    error
}

// Scan starts to read a sheet.
func (f *File) Scan(ctx context.Context, sheet int) (*Rows, error) {
	return &Rows{f: f, ctx: ctx, number: sheet, sheet: &f.Sheets[sheet]}, nil
}

// open moves to the rows behind those that are kept.
func (r *Rows) open() bool {
	if err := r.f.moveTo(r.ctx, r.number); err != nil {
		r.err = xlsx.Refuse(err, diag.Pos{File: r.f.name, Sheet: r.sheet.Name})
		return false
	}
	r.reader = newReader(r.f, r.f.cursor.x, r.sheet.Name)
	r.f.cursor.next, r.f.cursor.inner = r.number+1, r.reader.depth
	for range r.sheet.kept.rows {
		if !r.reader.next() {
			return r.failed()
		}
	}
	r.reader.wanted = r.wanted
	return true
}

// failed takes the error that ended the reading, if there is one.
func (r *Rows) failed() bool {
	if err := r.reader.x.Err(); err != nil {
		r.err = xlsx.Refuse(err, r.reader.pos())
	}
	return false
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
			return diag.TooMuch("the sheets are too large to be read one by one", "các trang tính quá lớn để đọc từng trang")
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
			return diag.Damaged("the sheet is not in the file", "tệp không chứa trang tính này")
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
	kept := r.sheet.kept
	switch {
	case r.closed:
		return false
	case r.index < len(kept.rows):
		r.index++
		r.repeat = kept.rows[r.index-1].times
		r.take()
		return true
	case kept.whole, r.reader == nil && !r.open():
		return false
	case !r.reader.next():
		return r.failed()
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
	if r.reader == nil {
		from = &r.sheet.kept.rows[r.index-1].Row
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

// Tail returns the merged areas and hidden columns; complete after Next was
// false.
func (r *Rows) Tail() cell.Tail {
	if r.reader != nil {
		return cell.Tail{Merges: r.reader.merges, HiddenColumns: r.reader.hiddenColumns}
	}
	return cell.Tail{Merges: r.sheet.kept.merges, HiddenColumns: r.sheet.kept.hiddenColumns}
}

// Err is what ended the reading early: a *diag.Refusal or the context's error.
func (r *Rows) Err() error { return r.err }

// Close ends the reading.
func (r *Rows) Close() error {
	r.closed = true
	return nil
}
