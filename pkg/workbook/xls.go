package workbook

import (
	"context"
	"errors"
	"io"
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/term"
	"github.com/parcheck/parcheck/pkg/xls"
)

// xlsFile reads the sheets of an .xls workbook.
type xlsFile struct {
	workbook *Workbook
	file     *xls.File
}

// openXLS opens a workbook of Excel 5.0 to 2003, and refuses other compound
// files by name.
func openXLS(ctx context.Context, name string, r io.ReaderAt, size int64, opt Options) (*Workbook, error) {
	f, err := xls.Open(ctx, name, r, size, opt.Limits, opt.Progress)
	var other *xls.NotWorkbook
	if errors.As(err, &other) {
		c := &content{name: name}
		return nil, c.refuseCompound(other.Streams)
	}
	if err != nil {
		return nil, err
	}
	w := &Workbook{Name: name, Kind: XLS, Bytes: size, Warnings: f.Warnings}
	for i, s := range f.Sheets {
		w.Sheets = append(w.Sheets, Sheet{Index: i, Name: s.Name, State: s.State, Epoch1904: f.Epoch1904})
	}
	w.impl = &xlsFile{w, f}
	return w, nil
}

func (x *xlsFile) scan(ctx context.Context, sheet int) (Scanner, error) {
	rows, err := x.file.Scan(ctx, sheet)
	if err != nil {
		return nil, err
	}
	x.workbook.Warnings, x.workbook.Stale = x.file.Warnings, x.file.Stale
	return rows, nil
}

func (x *xlsFile) close() error { return nil }

// refuseCompound names a compound file ([MS-CFB]) that is no workbook by the
// streams at its top level.
func (c *content) refuseCompound(streams []string) error {
	has := func(name string) bool { return slices.Contains(streams, name) }
	switch {
	case has("EncryptedPackage") || has("EncryptionInfo") || has("\tDRMContent"):
		return c.refuse(term.Protected, diag.Unlock)
	case has("WordDocument"):
		return c.refuse(lang.T("this is a Word 97-2003 document (.doc)", "đây là văn bản Word 97-2003 (.doc)"), typeIntoSheet)
	case has("PowerPoint Document"):
		return c.refuse(lang.T("this is a PowerPoint 97-2003 presentation (.ppt)", "đây là bài trình chiếu PowerPoint 97-2003 (.ppt)"), typeIntoSheet)
	case has("__properties_version1.0"):
		return c.refuse(lang.T("this is an Outlook message (.msg)", "đây là thư Outlook (.msg)"),
			lang.T("save its attachments and give the workbooks among them", "hãy lưu các tệp đính kèm và dùng tệp bảng tính trong đó"))
	}
	return c.refuse(lang.T("this is an Office 97-2003 file that is no workbook", "đây là tệp Office 97-2003, không phải sổ bảng tính"), diag.SaveAsXLSX)
}
