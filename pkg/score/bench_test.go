package score_test

import (
	"math/rand/v2"
	"testing"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// BenchmarkEvaluate judges a unit by a plan of sixty targets.
func BenchmarkEvaluate(b *testing.B) {
	p := newPlan()
	var set fact.Set
	for seed := range uint64(5) {
		var drawnPlan *plan.Plan
		drawnPlan, set = drawn(rand.New(rand.NewPCG(seed, 1)))
		p.Targets = append(p.Targets, drawnPlan.Targets...)
	}
	b.ReportAllocs()
	for b.Loop() {
		score.Evaluate(p, set, day(2024, 1, 15))
	}
}
