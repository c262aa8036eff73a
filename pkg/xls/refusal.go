package xls

import (
	"errors"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/term"
)

// NotWorkbook says that a compound file holds something else than a workbook.
type NotWorkbook struct {
	Streams []string // the names of what it holds at its top level
}

// Error lists the streams.
func (n *NotWorkbook) Error() string {
	return "no workbook among the streams " + strings.Join(n.Streams, ", ")
}

// The remedies that a message ends with.
var (
	sendAgain = term.AskSender
	// The bytes are as written, and a program wrote them badly.
	saveAgain = lang.T("open the file in a spreadsheet program, check it, and save it as .xlsx",
		"hãy mở tệp bằng phần mềm bảng tính, kiểm tra rồi lưu lại dạng .xlsx")
	// Nobody writes such a file to report figures.
	splitUp = lang.T("remove what is not needed or split the workbook, and save it as .xlsx",
		"hãy bỏ phần không cần thiết hoặc tách tệp, rồi lưu lại dạng .xlsx")
	unlock = lang.T("open it with the password and save it as .xlsx without one",
		"hãy mở bằng mật khẩu rồi lưu lại dạng .xlsx không đặt mật khẩu")
	convert = lang.T("open it in a spreadsheet program and save it as .xlsx",
		"hãy mở bằng phần mềm bảng tính và lưu lại dạng .xlsx")
)

func damaged(en, vi string, args ...any) error { return diag.Damaged(lang.F(en, vi, args...)) }
func wrong(en, vi string, args ...any) error {
	return &diag.Fault{What: lang.F(en, vi, args...), Remedy: saveAgain}
}
func tooMuch(en, vi string, args ...any) error {
	return &diag.Fault{What: lang.F(en, vi, args...), Remedy: splitUp}
}

// refuse gives an error its place; what is no workbook stays as it is.
func refuse(err error, pos diag.Pos) error {
	if n := (*NotWorkbook)(nil); errors.As(err, &n) {
		return err
	}
	return diag.Refuse(err, pos)
}
