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

// Damaged is the fault of bytes that are not those that were written.
func Damaged(what lang.Text) *Fault {
	return &Fault{what, lang.T("the file is damaged: ask the sender for it again", "tệp bị hỏng: đề nghị đơn vị gửi lại")}
}

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
