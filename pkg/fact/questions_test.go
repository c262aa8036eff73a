package fact

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// One reading of the plan serves many workbooks, side by side and one after
// another: what is said of one does not change when others are read.
func TestQuestionsAreAskedOfMany(t *testing.T) {
	p := parsePlan(t, crossPlan)
	text := func(n int) string {
		return fmt.Sprintf("Đơn vị báo cáo: Sở thứ %[1]d\nKỳ báo cáo: Năm 2023\nSTT | Lĩnh vực | Tiếp nhận | Giải quyết\n1 | Đất đai %[1]d | %[1]d | '%[1]d\n2 | Nhà | %[1]d0 | x\n | Tổng số | %[1]d5 | #REF!", n)
	}
	words := func(r *Reading) string {
		var b strings.Builder
		b.WriteString(printFacts(r) + printFindings(r))
		eachText(r, func(text lang.Text) { b.WriteString(text.In(lang.VI) + "\n") })
		return b.String()
	}
	shared := Prepare(p, nil)
	ask := func(q *Questions, n int) *Reading {
		file := parseBook(t, text(n)).xlsx()
		w, err := workbook.Open(context.Background(), "f.xlsx", bytes.NewReader(file), int64(len(file)), workbook.Options{})
		if err != nil {
			t.Error(err)
			return &Reading{}
		}
		defer w.Close()
		r, err := q.Collect(context.Background(), w, Input{File: w.Name}, Options{})
		if err != nil {
			t.Error(err)
			return &Reading{}
		}
		return r
	}
	readings := make([]*Reading, 40)
	var wait sync.WaitGroup
	for i := range readings {
		wait.Go(func() { readings[i] = ask(shared, 11+i) })
	}
	wait.Wait()
	for i, r := range readings {
		want := words(ask(Prepare(p, nil), 11+i))
		if !strings.Contains(want, fmt.Sprintf("%d5", 11+i)) {
			t.Fatalf("the workbook %d says %s", i, want)
		}
		if diff := cmp.Diff(want, words(r)); diff != "" {
			t.Errorf("workbook %d (-alone +among others):\n%s", i, diff)
		}
	}
}
