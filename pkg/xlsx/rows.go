package xlsx

import (
	"cmp"
	"context"
	"math"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
)

// Rows walks over the rows of one sheet that hold cells.
type Rows struct {
	f      *File
	ctx    context.Context
	sheet  *Sheet
	x      *xmlReader // nil for a sheet without cells, and when closed
	wanted []bool     // by column; nil for all
	step   step
	err    error

	mostCells int64

	row       cell.Row
	values    []byte // the texts of the row's cells
	room      *rowRoom
	at        int             // the row that is read, or the last one
	rowSuffix uint64          // the row's number in digits and the quote behind it, packed little-endian: an address is checked with one comparison
	suffixPad uint            // the unused high bits of rowSuffix
	formula   []byte          // the text of the last formula
	visible   map[string]bool // the shared formulas that leave hidden rows out
	plain     bool            // plainRow has entered the row
	col       int             // the column that is read, or the last one
	keep      bool            // xml:space of the sheet

	merges        []diag.Area
	hiddenColumns []diag.Area
}

// step is how far into the sheet the reading is.
type step uint8

const (
	beforeSheetData step = iota
	inSheetData
	finished
)

// Scan starts to read a sheet. One is read at a time.
func (f *File) Scan(ctx context.Context, sheet int) (*Rows, error) {
	s := &f.Sheets[sheet]
	r := &Rows{f: f, ctx: ctx, sheet: s, mostCells: cmp.Or(f.limits.Cells, math.MaxInt64)}
	if !s.cells {
		r.step = finished
		return r, nil
	}
	x, err := f.openXML(ctx, s.part)
	if err != nil {
		return nil, Refuse(err, r.pos())
	}
	r.x = x
	r.room = rowRooms.Get().(*rowRoom)
	r.row.Cells, r.values = r.room.cells[:0], r.room.values[:0]
	return r, nil
}

// pos is the place that is read: the cell, the row or the sheet.
func (r *Rows) pos() diag.Pos {
	p := diag.Pos{File: r.f.name, Sheet: r.sheet.Name}
	if r.step == inSheetData && r.at > 0 {
		p.Area = diag.Area{Row: r.at, Col: r.col, ToRow: r.at, ToCol: r.col}
	}
	return p
}

// Only leaves all columns but these (1-based) out from the next row on. What
// is left out is still checked for its place, and is not decoded.
func (r *Rows) Only(cols []int) {
	r.wanted = make([]bool, maxCol+1)
	for _, c := range cols {
		if c > 0 && c <= maxCol {
			r.wanted[c] = true
		}
	}
}

// Row is the present row, valid until Next or Close is called.
func (r *Rows) Row() *cell.Row { return &r.row }

// Tail returns the merged areas and hidden columns; complete after Next was
// false.
func (r *Rows) Tail() cell.Tail { return cell.Tail{Merges: r.merges, HiddenColumns: r.hiddenColumns} }

// Err is what ended the reading early: a *diag.Refusal or the context's error.
func (r *Rows) Err() error { return r.err }

// Close frees what the reading holds, the present row included.
func (r *Rows) Close() error {
	if r.x != nil {
		r.x.close()
		r.room.cells, r.room.values = r.row.Cells, r.values
		giveRowRoom(r.room)
		r.x, r.room, r.row, r.values = nil, nil, cell.Row{}, nil
	}
	r.step = finished
	return nil
}

// fail ends the reading.
func (r *Rows) fail(err error) bool {
	if r.err == nil {
		r.err = Refuse(err, r.pos())
	}
	r.step = finished
	return false
}

// Next moves to the next row that holds cells. It returns false at the end and
// on an error.
func (r *Rows) Next() bool {
	if r.step == beforeSheetData && !r.begin() {
		return false
	}
	for r.step == inSheetData {
		r.row.Cells, r.values = r.row.Cells[:0], r.values[:0]
		ok := true
		if r.plainRow() {
			ok = r.readCells()
		} else {
			switch r.x.next() {
			case tokenError:
				ok = false
			case tokenText:
				ok = blank(r.x.text) || r.x.stray()
			case tokenEnd:
				r.step, r.at = finished, 0
				return r.end()
			case tokenStart:
				ok = r.element("row", r.readRow)
			}
		}
		if !ok {
			return r.fail(r.x.err)
		}
		if len(r.row.Cells) > 0 {
			return true
		}
	}
	return false
}

// element reads the present element with read when it has the name, passes
// over it when it is foreign or an extension, and fails otherwise.
func (r *Rows) element(name string, read func() bool) bool {
	x := r.x
	switch {
	case x.is(name):
		return read()
	case x.ns != spaceMain || string(x.name) == "extLst":
		return x.pass("row", "c", "v", "f", "is")
	}
	x.fail(diag.Wrong("<%s> stands where <%s> is expected in %q", "<%s> nằm ở chỗ của <%s> trong %q", shorten(x.name), name, x.src.part.name))
	return false
}

// begin reads up to the rows.
func (r *Rows) begin() bool {
	x := r.x
	if !x.root(spaceMain, "worksheet") {
		return r.fail(x.err)
	}
	r.keep = x.keepsSpace(false)
	for {
		switch x.next() {
		case tokenError:
			return r.fail(x.err)
		case tokenEnd:
			return r.fail(diag.Damaged("the sheet has no rows section (sheetData)", "trang tính không có phần chứa các hàng (sheetData)"))
		case tokenStart:
			if x.is("sheetData") {
				r.step = inSheetData
				return true
			}
			if !r.aside() {
				return r.fail(x.err)
			}
		}
	}
}

// end reads what follows the rows.
func (r *Rows) end() bool {
	x := r.x
	for {
		switch x.next() {
		case tokenError:
			return r.fail(x.err)
		case tokenEnd:
			if !x.finish() {
				return r.fail(x.err)
			}
			return false
		case tokenStart:
			if x.is("sheetData") {
				return r.fail(diag.Wrong("the sheet has two rows sections (sheetData)", "trang tính có hai phần chứa các hàng (sheetData)"))
			}
			if !r.aside() {
				return r.fail(x.err)
			}
		}
	}
}

// aside reads an element beside the rows.
func (r *Rows) aside() bool {
	switch x := r.x; {
	case x.is("cols"):
		return x.eachOf([]string{"col"}, r.readColumn)
	case x.is("mergeCells"):
		return x.eachOf([]string{"mergeCell"}, r.readMerge)
	}
	return r.x.pass("sheetData", "cols", "mergeCells")
}

// readColumn notes hidden columns.
func (r *Rows) readColumn(x *xmlReader) {
	if !x.flag("hidden") && !zero(x.get("width")) {
		return
	}
	from, _ := x.get("min")
	to, _ := x.get("max")
	first, ok1 := parseIndex(from)
	last, ok2 := parseIndex(to)
	if !ok1 || !ok2 || first < 1 || first > last || last > maxCol {
		x.fail(diag.Wrong("the hidden columns from %q to %q are no columns", "các cột ẩn từ %q đến %q không phải là cột", shorten(from), shorten(to)))
		return
	}
	if x.room(len(r.hiddenColumns), maxCol, "col") {
		r.hiddenColumns = append(r.hiddenColumns, diag.Area{Col: first, ToCol: last})
	}
}

// zero reports whether a width or height is there and is 0, by which programs
// hide as well.
func zero(value []byte, ok bool) bool {
	if !ok || len(value) == 0 {
		return false
	}
	for _, c := range value {
		if c != '0' && c != '.' {
			return false
		}
	}
	return true
}

// readMerge notes merged cells.
func (r *Rows) readMerge(x *xmlReader) {
	ref, _ := x.get("ref")
	area, ok := parseRange(ref)
	if !ok {
		x.fail(diag.Wrong("the merged cells %q are no range", "vùng ô gộp %q không phải một vùng", shorten(ref)))
		return
	}
	if x.room(len(r.merges), maxMerges, "mergeCell") {
		r.merges = append(r.merges, area)
	}
}

// readRow reads <row>.
func (r *Rows) readRow() bool {
	at, hidden, ok := r.rowAttributes()
	if !ok {
		return false
	}
	r.at, r.col = at, 0
	r.row.Number, r.row.Hidden, r.plain = at, hidden, false
	r.rowSuffix, r.suffixPad = '"', 56
	for ; at > 0; at /= 10 {
		r.rowSuffix = r.rowSuffix<<8 | uint64('0'+at%10)
		r.suffixPad -= 8
	}
	return r.readCells()
}

// readCells reads the cells of the present row.
func (r *Rows) readCells() bool {
	x := r.x
	for {
		if r.plainCells(); r.plainRowEnd() {
			r.col = 0
			return true
		}
		switch x.next() {
		case tokenError:
			return false
		case tokenEnd:
			r.col = 0
			return true
		case tokenText:
			if !blank(x.text) {
				return x.stray()
			}
		case tokenStart:
			if !r.element("c", r.readCell) {
				return false
			}
		}
	}
}

// rowAttributes reads where a row stands and whether it is shown.
func (r *Rows) rowAttributes() (at int, hidden, ok bool) {
	x := r.x
	at = r.at + 1
	if ref, given := x.get("r"); given {
		n, ok := parseIndex(ref)
		if !ok || n < 1 || n > maxRow || ref[0] == '0' {
			x.fail(diag.Wrong("%q is no row number", "%q không phải số thứ tự hàng", shorten(ref)))
			return 0, false, false
		}
		if n <= r.at {
			x.fail(diag.Wrong("row %d comes after row %d", "hàng %d đứng sau hàng %d", n, r.at))
			return 0, false, false
		}
		at = n
	}
	if at > maxRow {
		x.fail(diag.Wrong("a row after row %d", "có hàng nằm sau hàng %d", maxRow))
		return 0, false, false
	}
	hidden = x.flag("hidden") || zero(x.get("ht"))
	return at, hidden, x.err == nil
}
