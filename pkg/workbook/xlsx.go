package workbook

import (
	"context"
	"io"

	"github.com/parcheck/parcheck/pkg/xlsx"
)

// xlsxFile reads the sheets of an .xlsx workbook.
type xlsxFile struct {
	workbook *Workbook
	file     *xlsx.File
}

// openXLSX opens an Office Open XML workbook. The error is
// xlsx.ErrNotWorkbook for a zip file that is none.
func openXLSX(ctx context.Context, name string, r io.ReaderAt, size int64, opt Options) (*Workbook, error) {
	f, err := xlsx.Open(ctx, name, r, size, opt.Limits, opt.Progress)
	if err != nil {
		return nil, err
	}
	w := &Workbook{Name: name, Kind: Kind(f.Kind), Bytes: size, Stale: f.Stale, Warnings: f.Warnings}
	for i, s := range f.Sheets {
		w.Sheets = append(w.Sheets, Sheet{Index: i, Name: s.Name, State: s.State, Epoch1904: f.Epoch1904})
	}
	w.impl = &xlsxFile{w, f}
	return w, nil
}

func (x *xlsxFile) scan(ctx context.Context, sheet int) (Scanner, error) {
	rows, err := x.file.Scan(ctx, sheet)
	if err != nil {
		return nil, err
	}
	return &xlsxScanner{rows, x}, nil
}

func (x *xlsxFile) close() error { return nil }

// xlsxScanner is xlsx.Rows as a Scanner.
type xlsxScanner struct {
	*xlsx.Rows
	x *xlsxFile
}

func (s *xlsxScanner) Next() bool {
	ok := s.Rows.Next()
	s.x.workbook.Warnings = s.x.file.Warnings
	return ok
}
