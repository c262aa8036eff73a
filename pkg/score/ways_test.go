package score

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// missedBy is a card of ten points that are met, and targets that miss their
// goal: "gap points earned", with "-" for a distance that is no whole count.
func missedBy(targets ...string) *Card {
	c := &Card{Facts: []fact.Fact{{ID: "n", Kind: plan.CountFact}}}
	points := func(s string) Figure {
		var x number.Exact
		if err := x.UnmarshalText([]byte(s)); err != nil {
			panic(err)
		}
		return Figure{Exact: x, Shown: lang.Same(s)}
	}
	c.Results = append(c.Results, Result{Target: "met", Outcome: Met, Points: points("10"), Max: points("10")})
	for i, t := range targets {
		f := strings.Fields(t)
		r := Result{Target: string(rune('a' + i)), Outcome: Missed, Kind: plan.ShareKind, Max: points(f[1]), Points: points(f[2])}
		if f[0] != "-" {
			gap := points(f[0])
			r.Gap, r.Numerator = &gap, &Part{Fact: "n"}
		}
		c.Results = append(c.Results, r)
	}
	c.tally()
	return c
}

func waysOf(c *Card) []string {
	var got []string
	for _, w := range Ways(c) {
		var ids []string
		for _, r := range w.Targets {
			ids = append(ids, r.Target)
		}
		got = append(got, fmt.Sprintf("%d%%: %s, %s to go, %d others = %s", w.Percent, strings.Join(ids, ""), w.ToGo, w.Others, w.After.Score.Exact))
	}
	return got
}

func TestWays(t *testing.T) {
	tests := []struct {
		name    string
		targets []string
		want    []string
	}{
		{"none is missed", nil, nil},
		{"one dear target gives what two cheap ones give", []string{"1 2 0", "1 2 0", "9 4 0", "4 2 0"}, []string{
			"60%: a, 1 to go, 0 others = 3/5", "70%: ab, 2 to go, 0 others = 7/10", "80%: abd, 6 to go, 0 others = 4/5",
			"90%: abc, 11 to go, 0 others = 9/10", "100%: abcd, 15 to go, 0 others = 1"}},
		{"a cheap target that the dearer one makes needless", []string{"3 1 0", "4 9 0"}, []string{
			"55%: a, 3 to go, 0 others = 11/20", "95%: b, 4 to go, 0 others = 19/20", "100%: ab, 7 to go, 0 others = 1"}},
		{"what is no count comes last", []string{"- 5 0", "900 5 0"}, []string{
			"75%: b, 900 to go, 0 others = 3/4", "100%: ab, 900 to go, 1 others = 1"}},
		{"parts of points are earned already", []string{"2 10 19/2"}, []string{"100%: a, 2 to go, 0 others = 1"}},
		{"less than a percent", []string{"2 1000 999"}, []string{"100%: a, 2 to go, 0 others = 1"}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, waysOf(missedBy(test.targets...))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// No set of targets that reaches a score costs less than the way to it.
func TestWaysAreTheCheapest(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		var targets []string
		for range 1 + random.IntN(8) {
			gap := fmt.Sprint(1 + random.IntN(5))
			if random.IntN(4) == 0 {
				gap = "-"
			}
			targets = append(targets, fmt.Sprintf("%s %d/4 %d/8", gap, 1+random.IntN(8), random.IntN(2)))
		}
		c := missedBy(targets...)
		s := newSearch(c)
		ways := Ways(c)
		for percent := percentOf(s.before) + 1; percent <= 100; percent++ {
			var best *cost
			for mask := range 1 << len(s.steps) {
				var sum cost
				var results []int
				for k, x := range s.steps {
					if mask>>k&1 == 1 {
						sum, results = sum.add(x.cost), append(results, x.at)
					}
				}
				if s.tally(results).Score.Exact.Cmp(number.Frac(int64(percent), 100)) >= 0 && (best == nil || sum.cmp(*best) < 0) {
					best = &sum
				}
			}
			var got *cost
			for _, w := range ways {
				if w.Percent >= percent {
					got = &cost{w.Others, w.ToGo, len(w.Targets)}
					break
				}
			}
			if (best == nil) != (got == nil) || best != nil && best.cmp(*got) != 0 {
				t.Fatalf("%q to %d%%: the way costs %+v, the cheapest set %+v", targets, percent, got, best)
			}
		}
	}
}

// A card of which every set of targets costs and gains something else is searched
// within the bound, and the ways say that they are not proven.
func TestWaysAreBounded(t *testing.T) {
	var targets []string
	for i := range 20 {
		targets = append(targets, fmt.Sprintf("%d %d 0", 1<<i, 1<<i))
	}
	ways := Ways(missedBy(targets...))
	if len(ways) == 0 || ways[0].Proven {
		t.Fatalf("%d ways, the first of them proven", len(ways))
	}
	last := ways[len(ways)-1]
	if last.Percent != 100 || len(last.Targets) != 20 {
		t.Errorf("the last way reaches %d%% by %d targets, want all", last.Percent, len(last.Targets))
	}
	for _, w := range ways {
		if w.After.Score.Exact.Cmp(number.Frac(int64(w.Percent), 100)) < 0 {
			t.Errorf("a way to %d%% reaches %s", w.Percent, w.After.Score.Exact)
		}
	}
}

// Where an area caps what its targets gain, the ways reach what they say, take
// no target that they do not need, and are not called proven.
func TestWaysBelowACap(t *testing.T) {
	c := missedBy("1 2 0", "1 2 0", "2 2 0", "9 2 0")
	limit := number.Int(2)
	for i := range c.Results {
		c.Results[i].Area = "capped"
		if i == 0 || i == 4 {
			c.Results[i].Area = "other"
		}
	}
	c.Areas = []Area{{ID: "capped", AreaRules: plan.AreaRules{Cap: &limit}}, {ID: "other"}}
	c.tally()
	want := []string{"85%: a, 1 to go, 0 others = 6/7", "100%: ad, 10 to go, 0 others = 1"}
	if diff := cmp.Diff(want, waysOf(c)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, w := range Ways(c) {
		if w.Proven {
			t.Error("a way below a cap is proven")
		}
	}
}

// A day that is past cannot be made up for.
func TestNoWayLeadsOverADay(t *testing.T) {
	c := missedBy("1 5 0", "5 5 0")
	c.Results[2].Kind = plan.DateKind
	if diff := cmp.Diff([]string{"75%: a, 1 to go, 0 others = 3/4"}, waysOf(c)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
