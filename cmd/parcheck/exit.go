package main

import (
	"context"
	"errors"

	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/lang"
)

// The exit codes, the same under every flag.
const (
	exitOK          = 0   // evaluated, and the gate holds
	exitGate        = 1   // evaluated, and the gate does not hold
	exitUsage       = 2   // wrong command line
	exitInput       = 3   // an input could not be read, or no file matched
	exitPlan        = 4   // the plan is invalid
	exitInternal    = 5   // a fault of parcheck
	exitInterrupted = 130 // Ctrl-C
)

var exitCodesHelp = lang.T(`parcheck ends with one of these exit codes, the same under every flag:

  0    everything was evaluated and the gate holds
  1    everything was evaluated and the gate (--fail-on, --min-score, ...) does not hold
  2    the command line is wrong
  3    an input could not be read, or no file matched; the other files are still reported
  4    the plan, the roster or the waivers are invalid
  5    an internal error of parcheck
  130  interrupted

3, 4 and 5 outrank 1: a 1 means that everything was evaluated. The last line on
standard error says which gate decided, unless none was set and the text report
tells it.
`, `parcheck kết thúc với một trong các mã thoát sau, giống nhau với mọi tùy chọn:

  0    đã đánh giá tất cả và đạt điều kiện đặt ra
  1    đã đánh giá tất cả nhưng không đạt điều kiện đặt ra (--fail-on, --min-score, ...)
  2    dòng lệnh viết sai
  3    có tệp không đọc được, hoặc không có tệp nào; các tệp khác vẫn được báo cáo
  4    kế hoạch, danh sách đơn vị hoặc tệp miễn trừ có lỗi
  5    lỗi của chính parcheck
  130  người dùng dừng giữa chừng

Mã 3, 4 và 5 đứng trước mã 1: mã 1 nghĩa là đã đánh giá tất cả. Dòng thông báo cuối
cùng cho biết điều kiện nào quyết định, trừ khi không đặt điều kiện nào và báo cáo dạng
văn bản đã nêu rõ.
`)

// codeError is an error with the exit code that it gives.
type codeError struct {
	code int
	err  error
}

func (e *codeError) Error() string         { return e.err.Error() }
func (e *codeError) Unwrap() error         { return e.err }
func (e *codeError) In(l lang.Lang) string { return errorText(e.err).In(l) }

// errorText is what an error says: in both languages, where it can.
func errorText(err error) lang.Text { return lang.F("%v", "%v", err) }

func usage(err error) error { return &codeError{exitUsage, err} }

func usagef(en, vi string, args ...any) error { return usage(lang.Errorf(en, vi, args...)) }

func inputError(err error) error { return &codeError{exitInput, err} }

func inputErrorf(en, vi string, args ...any) error { return inputError(lang.Errorf(en, vi, args...)) }

// saidError is an error about which everything has been said.
type saidError struct{ code int }

func (e *saidError) Error() string { return "see above" }

// gateError is a gate that does not hold.
type gateError struct{ why lang.Text }

func (e *gateError) Error() string { return e.why.In(lang.EN) }

type internalError struct {
	value any
	stack []byte
}

func (e *internalError) Error() string { return e.In(lang.EN) }

func (e *internalError) In(l lang.Lang) string {
	return lang.F(
		"internal error: %v\nPlease report it with the command line that you used.\n%s",
		"lỗi của chính parcheck: %v\nHãy báo cho người phụ trách chương trình, kèm dòng lệnh đã gõ.\n%s", e.value, e.stack).In(l)
}

func exitCode(err error) int {
	var code *codeError
	var gate *gateError
	var said *saidError
	var internal *internalError
	var fault *batch.Panic
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &said):
		return said.code
	case errors.As(err, &code):
		return code.code
	case errors.As(err, &gate):
		return exitGate
	case errors.As(err, &internal), errors.As(err, &fault):
		return exitInternal
	}
	return exitInternal
}
