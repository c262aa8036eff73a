package xls

import (
	"context"
	"errors"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// NotWorkbook says that a compound file holds something else than a workbook.
type NotWorkbook struct {
	Streams []string // the names of what it holds at its top level
}

// Error lists the streams.
func (n *NotWorkbook) Error() string {
	return "no workbook among the streams " + strings.Join(n.Streams, ", ")
}

// Refusal is a file that is not read, with the place and the remedy.
type Refusal struct {
	Diagnostic diag.Diagnostic
}

// Error prints the message in English.
func (r *Refusal) Error() string { return r.Diagnostic.Message.In(lang.EN) }

// The remedies that a message ends with.
var (
	// The bytes are not those that were written.
	askAgain = lang.T("the file is damaged: ask the sender for it again",
		"tệp bị hỏng: đề nghị đơn vị gửi lại")
	sendAgain = lang.T("ask the sender for it again", "đề nghị đơn vị gửi lại")
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

// fault is what is wrong with a file; the place is added where it is known.
type fault struct {
	what, remedy lang.Text
}

func (f *fault) Error() string { return f.text().In(lang.EN) }

func (f *fault) text() lang.Text { return lang.Join([]lang.Text{f.what, f.remedy}, ": ") }

func damaged(en, vi string, args ...any) error { return &fault{lang.F(en, vi, args...), askAgain} }
func wrong(en, vi string, args ...any) error   { return &fault{lang.F(en, vi, args...), saveAgain} }
func tooMuch(en, vi string, args ...any) error { return &fault{lang.F(en, vi, args...), splitUp} }

// refuse gives err its place. Errors of a context, refusals and what is no
// workbook stay as they are; any other error becomes a refusal.
func refuse(err error, pos diag.Pos) error {
	var r *Refusal
	var n *NotWorkbook
	if err == nil || errors.As(err, &r) || errors.As(err, &n) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var f *fault
	if !errors.As(err, &f) {
		f = &fault{lang.F("the file cannot be read (%v)", "không đọc được tệp (%v)", err),
			lang.T("check the disk or copy the file again", "hãy kiểm tra ổ đĩa hoặc sao chép lại tệp")}
	}
	return &Refusal{diag.New(diag.Unreadable, pos, f.text())}
}
