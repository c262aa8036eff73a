package workbook

import (
	"context"
	"io"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// openOther opens or refuses what is no .xlsx workbook.
func openOther(ctx context.Context, name string, r io.ReaderAt, size int64, opt Options) (*Workbook, error) {
	return nil, &Refusal{diag.New(diag.Unreadable, diag.InFile(name), lang.T(
		"this is no workbook that parcheck reads: save it as .xlsx",
		"đây không phải sổ bảng tính mà parcheck đọc được: hãy lưu lại dạng .xlsx"))}
}
