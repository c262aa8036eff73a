package diag

import (
	"context"
	"errors"

	"github.com/parcheck/parcheck/pkg/lang"
)

// Refusal is a file that is not read, with the place and the remedy.
type Refusal struct {
	Diagnostic Diagnostic
}

// Error prints the message in English.
func (r *Refusal) Error() string { return r.Diagnostic.Message.In(lang.EN) }

// Fault says why a file cannot be read, and the remedy. Refuse adds the place.
type Fault struct {
	What, Remedy lang.Text
}

// Error prints the fault in English.
func (f *Fault) Error() string { return f.text().In(lang.EN) }

func (f *Fault) text() lang.Text { return lang.Join([]lang.Text{f.What, f.Remedy}, ": ") }

// What a refusal of a workbook asks for.
var (
	SaveAsXLSX = lang.T("open it in a spreadsheet program and save it as .xlsx",
		"hãy mở bằng phần mềm bảng tính và lưu lại dạng .xlsx")
	Unlock = lang.T("open it with the password and save it as .xlsx without one",
		"hãy mở bằng mật khẩu rồi lưu lại dạng .xlsx không đặt mật khẩu")
	checkAndSave = lang.T("open the file in a spreadsheet program, check it, and save it as .xlsx",
		"hãy mở tệp bằng phần mềm bảng tính, kiểm tra rồi lưu lại dạng .xlsx")
	splitUp = lang.T("remove what is not needed or split the workbook, and save it as .xlsx",
		"hãy bỏ phần không cần thiết hoặc tách tệp, rồi lưu lại dạng .xlsx")
)

// Damaged is the fault of bytes that are not those that were written.
func Damaged(en, vi string, args ...any) error {
	return &Fault{lang.F(en, vi, args...), lang.T("the file is damaged: ask the sender for it again", "tệp bị hỏng: đề nghị đơn vị gửi lại")}
}

// Wrong is the fault of a file whose bytes are as they were written, by a
// program that wrote them badly.
func Wrong(en, vi string, args ...any) error {
	return &Fault{lang.F(en, vi, args...), checkAndSave}
}

// TooMuch is the fault of a file that costs more than its limits allow, as none
// does that was made to report figures.
func TooMuch(en, vi string, args ...any) error { return &Fault{lang.F(en, vi, args...), splitUp} }

// Refuse gives an error its place, and makes it a *Refusal. Refusals and the
// errors of a context stay as they are.
func Refuse(err error, pos Pos) error {
	var r *Refusal
	if err == nil || errors.As(err, &r) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var f *Fault
	if !errors.As(err, &f) {
		f = &Fault{lang.F("the file cannot be read (%v)", "không đọc được tệp (%v)", err),
			lang.T("check the disk or copy the file again", "hãy kiểm tra ổ đĩa hoặc sao chép lại tệp")}
	}
	return &Refusal{New(Unreadable, pos, f.text())}
}
