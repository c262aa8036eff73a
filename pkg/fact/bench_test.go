package fact

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// BenchmarkCollect reads the forms of the district's example, as one of many
// workbooks of a run.
func BenchmarkCollect(b *testing.B) {
	beside := func(_, name string) (string, []byte, error) {
		data, err := os.ReadFile(filepath.Join("..", "..", "targets", name))
		return name, data, err
	}
	_, text, err := beside("", "quang-nam-2023.yaml")
	if err != nil {
		b.Fatal(err)
	}
	p, mistakes := plan.ParseBeside("quang-nam-2023.yaml", text, beside)
	if mistakes.HasErrors() {
		b.Fatal(mistakes)
	}
	file, err := os.ReadFile(filepath.Join("..", "..", "examples", "district", "district.xlsx"))
	if err != nil {
		b.Fatal(err)
	}
	q := Prepare(p, nil)
	b.ReportAllocs()
	for b.Loop() {
		w, err := workbook.Open(context.Background(), "district.xlsx", bytes.NewReader(file), int64(len(file)), workbook.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := q.Collect(context.Background(), w, Input{File: w.Name}, Options{}); err != nil {
			b.Fatal(err)
		}
		w.Close()
	}
}
