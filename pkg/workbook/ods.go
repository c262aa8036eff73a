package workbook

import (
	"context"
	"io"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/ods"
)

// odsFile reads the sheets of an .ods spreadsheet.
type odsFile struct{ file *ods.File }

// openODS opens an OpenDocument spreadsheet. The error is xlsx.ErrNotWorkbook
// for a zip file that is none.
func openODS(ctx context.Context, name string, r io.ReaderAt, size int64, opt Options) (*Workbook, error) {
	f, err := ods.Open(ctx, name, r, size, opt.Limits, opt.Progress)
	if err != nil {
		return nil, err
	}
	w := &Workbook{Name: name, Kind: ODS, Bytes: size, Warnings: f.Warnings, impl: odsFile{f}}
	for i, s := range f.Sheets {
		sheet := Sheet{Index: i, Name: s.Name, Epoch1904: f.Epoch1904}
		if s.Hidden {
			sheet.State = cell.Hidden
		}
		w.Sheets = append(w.Sheets, sheet)
	}
	return w, nil
}

func (o odsFile) scan(ctx context.Context, sheet int) (Scanner, error) {
	return o.file.Scan(ctx, sheet)
}

func (o odsFile) close() error {
	o.file.Close()
	return nil
}
