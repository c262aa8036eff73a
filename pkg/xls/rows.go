package xls

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
	r      *records // nil for a sheet without cells, and when closed
	survey *survey
	wanted *[maxCol]bool // nil for all
	err    error
	done   bool

	mostCells int64
	seen      int // records, for looking at the context
	depth     int // groups that are open: the sheet, charts in it
	spot      int // the next of survey.order, for a sheet that does not keep its cells in order
	only      int // the column of it

	row    cell.Row
	values []byte // the texts and numbers of the row's cells
	at     diag.Area
}

// Scan starts to read a sheet. One is read at a time.
func (f *File) Scan(ctx context.Context, sheet int) (*Rows, error) {
	s := &f.Sheets[sheet]
	rows := &Rows{f: f, ctx: ctx, sheet: s, mostCells: cmp.Or(f.limits.Cells, math.MaxInt64), survey: &survey{}}
	if !s.cells {
		rows.done = true
		return rows, nil
	}
	rows.r = f.records(s.at)
	var err error
	rows.survey, err = f.survey(ctx, s, rows.r)
	if err != nil {
		f.release(rows.r)
		return nil, refuse(err, diag.Pos{File: f.name, Sheet: s.Name, Area: rows.survey.at})
	}
	f.Stale = max(f.Stale, rows.survey.stale())
	rows.r.at = s.at
	return rows, nil
}

// pos is the place that is read.
func (r *Rows) pos() diag.Pos { return diag.Pos{File: r.f.name, Sheet: r.sheet.Name, Area: r.at} }

// Only leaves all columns but these (1-based) out from the next row on. What
// is left out is still checked for its place, and is not decoded.
func (r *Rows) Only(cols []int) {
	r.wanted = new([maxCol]bool)
	for _, c := range cols {
		if c > 0 && c <= maxCol {
			r.wanted[c-1] = true
		}
	}
}

// Row is the present row, valid until Next or Close is called.
func (r *Rows) Row() *cell.Row { return &r.row }

// Tail returns the merged areas and hidden columns; complete after Next was
// false.
func (r *Rows) Tail() cell.Tail {
	return cell.Tail{Merges: r.survey.merges, HiddenColumns: r.survey.hiddenColumns}
}

// Err is what ended the reading early: a *diag.Refusal or the context's error.
func (r *Rows) Err() error { return r.err }

// Close frees what the reading holds, the present row included.
func (r *Rows) Close() error {
	if r.r != nil {
		r.f.release(r.r)
		r.r, r.row, r.values = nil, cell.Row{}, nil
	}
	r.done = true
	return nil
}

// Next moves to the next row that holds cells. It returns false at the end and
// on an error.
func (r *Rows) Next() bool {
	r.row.Cells, r.values = r.row.Cells[:0], r.values[:0]
	for !r.done {
		row, err := r.nextCells()
		if err == nil && row >= 0 && len(r.row.Cells) > 0 && row+1 != r.row.Number {
			r.again() // it is the first of another row
			return true
		}
		if err == nil && row >= 0 {
			r.row.Number, r.row.Hidden = row+1, r.survey.rowHidden(row)
			err = r.read()
		}
		if err != nil {
			r.err, r.done = refuse(err, r.pos()), true
			return false
		}
		r.done = row < 0
	}
	return len(r.row.Cells) > 0
}

// nextCells goes to the next record that holds cells and returns its row; -1
// at the end of the sheet.
func (r *Rows) nextCells() (int, error) {
	if r.seen++; r.seen%betweenLook == 0 && r.ctx.Err() != nil {
		return 0, r.ctx.Err()
	}
	if r.survey.shuffled {
		if r.spot == len(r.survey.order) {
			return -1, nil
		}
		spot := r.survey.order[r.spot]
		r.spot++
		r.r.jump(placeOf(spot))
		r.only = int(spot >> 32 & (maxCol - 1))
		return int(spot >> 40), r.r.next()
	}
	for {
		if err := r.r.next(); err != nil {
			return 0, err
		}
		switch r.r.kind {
		case recBOF:
			r.depth++
		case recEOF:
			if r.depth--; r.depth == 0 {
				return -1, nil
			}
		case recNumber, recRK, recLabel, recRString, recLabelSST, recBoolErr, recFormula, recMulRK:
			if r.depth == 1 {
				return r.r.u16(0), nil
			}
		default:
		}
	}
}

// again makes the present record the next one.
func (r *Rows) again() {
	r.r.at = r.r.place
	r.spot = max(0, r.spot-1)
}
