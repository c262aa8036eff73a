package fact

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/workbook"
)

// countdown is a context that is cancelled once it has been asked so often.
type countdown struct {
	context.Context
	left *int
}

func (c countdown) Err() error {
	if *c.left--; *c.left < 0 {
		return context.Canceled
	}
	return nil
}

// An interruption is heeded wherever it comes.
func TestCollectCanBeInterrupted(t *testing.T) {
	var text strings.Builder
	text.WriteString("Đơn vị | Chỉ tiêu | Số liệu\n")
	for i := range 40 {
		fmt.Fprintf(&text, "Sở %d | Số hồ sơ | 5\n", i)
	}
	p := parsePlan(t, rowPlan)
	file := parseBook(t, text.String()).xlsx()
	for asked := 0; ; asked++ {
		left := asked
		ctx := countdown{context.Background(), &left}
		w, err := workbook.Open(ctx, "x.xlsx", bytes.NewReader(file), int64(len(file)), workbook.Options{})
		if err == nil {
			_, err = Collect(ctx, p, nil, w, Input{}, Options{})
			w.Close()
		}
		if err == nil {
			if asked == 0 {
				t.Error("nobody asks the context")
			}
			return
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("after %d questions: %v", asked, err)
		}
	}
}
