package lang_test

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
)

func TestErrorf(t *testing.T) {
	absent := &lang.Error{Text: lang.T("file does not exist", "không có tệp này"), Cause: fs.ErrNotExist}
	for _, tt := range []struct {
		name   string
		err    error
		en, vi string
		is     error // that it wraps
	}{
		{"words", lang.Errorf("want %d files", "cần %d tệp", 2), "want 2 files", "cần 2 tệp", nil},
		{"an argument of both languages", lang.Errorf("no %s", "không có %s", lang.T("plan", "kế hoạch")), "no plan", "không có kế hoạch", nil},
		{"an error of English only", lang.Errorf("cannot read %s: %v", "không đọc được %s: %v", "a", fs.ErrClosed),
			"cannot read a: file already closed", "không đọc được a: file already closed", fs.ErrClosed},
		{"an error of both languages", lang.Errorf("cannot read %s: %v", "không đọc được %s: %v", "a", absent),
			"cannot read a: file does not exist", "không đọc được a: không có tệp này", fs.ErrNotExist},
		{"its own words for another's error", absent, "file does not exist", "không có tệp này", fs.ErrNotExist},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var told *lang.Error
			if !errors.As(fmt.Errorf("wrapped: %w", tt.err), &told) {
				t.Fatalf("%v is no *lang.Error", tt.err)
			}
			if tt.err.Error() != tt.en || told.In(lang.EN) != tt.en || told.In(lang.VI) != tt.vi {
				t.Errorf("got %q, %q and %q; want %q and %q", tt.err, told.In(lang.EN), told.In(lang.VI), tt.en, tt.vi)
			}
			if tt.is != nil && !errors.Is(tt.err, tt.is) || errors.Is(tt.err, fs.ErrInvalid) {
				t.Errorf("%v wraps %v", tt.err, told.Cause)
			}
		})
	}
}
