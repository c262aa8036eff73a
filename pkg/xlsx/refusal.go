package xlsx

import (
	"errors"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// ErrNotWorkbook says that a file is a sound zip with something else in it
// than an Office Open XML workbook.
var ErrNotWorkbook = errors.New("no Office Open XML workbook")

// The remedies that a message ends with.
var (
	// The bytes are as written, and a program wrote them badly.
	saveAgain = lang.T("open the file in a spreadsheet program, check it, and save it again as .xlsx",
		"hãy mở tệp bằng phần mềm bảng tính, kiểm tra rồi lưu lại dạng .xlsx")
	// Nobody writes such a file to report figures.
	splitUp = lang.T("remove what is not needed or split the workbook, and save it again as .xlsx",
		"hãy bỏ phần không cần thiết hoặc tách tệp, rồi lưu lại dạng .xlsx")
)

// Damaged is the error of a file whose bytes are not those that were written.
func Damaged(en, vi string, args ...any) error { return diag.Damaged(lang.F(en, vi, args...)) }

// Wrong is the error of a file that a program wrote badly.
func Wrong(en, vi string, args ...any) error {
	return &diag.Fault{What: lang.F(en, vi, args...), Remedy: saveAgain}
}

// TooMuch is the error of a file that costs more than its limits allow.
func TooMuch(en, vi string, args ...any) error {
	return &diag.Fault{What: lang.F(en, vi, args...), Remedy: splitUp}
}

// Password is the error of a file that is protected with a password.
func Password() error {
	return Wrong("the file is protected with a password; take the password off",
		"tệp được bảo vệ bằng mật khẩu; hãy gỡ mật khẩu")
}

// Refuse gives an error its place, and makes it a *diag.Refusal unless it is
// the context's, a refusal already, or ErrNotWorkbook.
func Refuse(err error, pos diag.Pos) error {
	if errors.Is(err, ErrNotWorkbook) {
		return err
	}
	return diag.Refuse(err, pos)
}
