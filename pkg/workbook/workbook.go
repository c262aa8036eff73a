// Package workbook opens a file of any accepted kind (.xlsx and .xlsm, .xls,
// .ods, an HTML table saved as .xls, CSV and TSV), decided by content and not
// by extension, and gives its sheets as streams of typed cells. What it does
// not read it refuses by name, with the remedy.
package workbook

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/xls"
	"github.com/parcheck/parcheck/pkg/xlsx"
)

// Sheet is one sheet of a workbook, in the order of its tabs.
type Sheet struct {
	Index     int // 0-based
	Name      string
	State     cell.State
	Epoch1904 bool
}

// Scanner walks over the rows of one sheet that hold cells.
type Scanner interface {
	// Next moves to the next row. It returns false at the end and on an error.
	Next() bool
	// Row is the present row, valid until Next or Close is called.
	Row() *cell.Row
	// Only leaves all columns but these (1-based) out from the next row on.
	// What is left out is still checked for its place, and is not decoded.
	Only(cols []int)
	// Tail returns merges and hidden columns; complete after Next was false.
	Tail() cell.Tail
	// Err is nil, the context's error, or a *diag.Refusal.
	Err() error
	// Close frees what the scanner holds, the present row included; it may be
	// called before the end.
	Close() error
}

// Workbook is an open file. Its methods may not be called concurrently.
type Workbook struct {
	Name     string // as given, for diagnostics
	Kind     Kind
	Bytes    int64
	Sheets   []Sheet
	Stale    cell.Stale // why stored results of formulas may be old; known of the sheets that were scanned
	Warnings diag.List  // odd, and read; may grow while sheets are scanned

	impl interface {
		scan(ctx context.Context, sheet int) (Scanner, error)
		close() error
	}
}

// Progress is called with how many bytes of the file, compressed as they are
// stored, have been read; a part that is read twice counts twice.
type Progress func(done int64)

// Options chooses how a workbook is opened.
type Options struct {
	Limits   cell.Limits // a field that is zero takes its value from DefaultLimits
	Progress Progress
}

// DefaultLimits are the limits that hold where none are given: above what
// agencies send, below what would hurt.
func DefaultLimits() cell.Limits {
	return cell.Limits{
		FileBytes:     512 << 20,
		InflatedBytes: 2<<30 - 1,
		Cells:         100_000_000,
		StringBytes:   256 << 20,
		Sheets:        1000,
	}
}

// withDefaults fills the fields that are zero.
func withDefaults(l cell.Limits) cell.Limits {
	d := DefaultLimits()
	return cell.Limits{
		FileBytes:     cmp.Or(l.FileBytes, d.FileBytes),
		InflatedBytes: cmp.Or(l.InflatedBytes, d.InflatedBytes),
		Cells:         cmp.Or(l.Cells, d.Cells),
		StringBytes:   cmp.Or(l.StringBytes, d.StringBytes),
		Sheets:        cmp.Or(l.Sheets, d.Sheets),
	}
}

// Open reads the directory of a workbook of size bytes. name is used in
// diagnostics only. A file that is refused gives a *diag.Refusal.
func Open(ctx context.Context, name string, r io.ReaderAt, size int64, opt Options) (*Workbook, error) {
	opt.Limits = withDefaults(opt.Limits)
	var magic [8]byte
	n, err := r.ReadAt(magic[:], 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, cannotRead(name, err)
	}
	if xls.Begins(magic[:n]) {
		return openXLS(ctx, name, r, size, opt)
	}
	if bytes.HasPrefix(magic[:n], []byte("PK\x03\x04")) {
		for _, open := range []opener{openXLSX, openODS} {
			w, err := open(ctx, name, r, size, opt)
			if !errors.Is(err, xlsx.ErrNotWorkbook) {
				return w, err
			}
		}
	}
	return openOther(ctx, name, r, size, opt)
}

// opener opens a workbook that is packed in a zip file.
type opener func(ctx context.Context, name string, r io.ReaderAt, size int64, opt Options) (*Workbook, error)

// cannotRead is the refusal of a file that the system fails to read.
func cannotRead(name string, err error) error {
	return diag.Refuse(err, diag.InFile(name))
}

// Scan starts to read a sheet. One scanner is open at a time.
func (w *Workbook) Scan(ctx context.Context, sheet int) (Scanner, error) {
	return w.impl.scan(ctx, sheet)
}

// Close frees what the workbook holds. It does not close the reader.
func (w *Workbook) Close() error { return w.impl.close() }
