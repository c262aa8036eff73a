package summary_test

import (
	"io"
	"testing"

	"github.com/parcheck/parcheck/pkg/summary"
)

// BenchmarkSummary builds and writes the workbook of 300 units and 60 targets.
func BenchmarkSummary(b *testing.B) {
	in := sample(300, 60)
	b.ReportAllocs()
	for b.Loop() {
		s, _ := summary.Build(in)
		if err := s.Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
