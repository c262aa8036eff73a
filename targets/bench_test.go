package targets_test

import (
	"runtime"
	"testing"

	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/targets"
)

// BenchmarkParse reads the built-in plan with its English texts. live-B is the
// heap that the plan keeps.
func BenchmarkParse(b *testing.B) {
	file, data, _ := targets.Plan(targets.Default)
	beside := targets.Named
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	kept, list := plan.ParseBeside(file, data, beside)
	if kept == nil || list.HasErrors() {
		b.Fatal(list)
	}
	live := heap() - before
	b.ReportAllocs()
	for b.Loop() {
		plan.ParseBeside(file, data, beside)
	}
	b.ReportMetric(float64(live), "live-B")
	runtime.KeepAlive(kept)
}
