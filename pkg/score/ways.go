package score

import (
	"cmp"
	"slices"

	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Way is a set of missed targets that, met with all points while all other
// figures stay as they are, brings a card to a score at the least cost. The cost
// is, in this order: targets whose distance is no whole count, what is to go in
// the others, each counted unit alike, and how many targets there are.
type Way struct {
	Targets []*Result    // in the plan's order
	ToGo    number.Exact // counted units, over the targets whose distance is a whole count
	Others  int          // targets whose distance is no whole count: an amount, a place, a task
	After   Tally        // of the card, once the targets are met
	Percent int          // the highest whole score that it reaches: 82 of 82.76%
	Proven  bool         // no set of targets costs less
}

// Ways lists the cheapest way to each whole score in percent above that of the
// card, the lowest first, and last the way to the most that missed targets give.
// One way stands for all scores above that of the way before it.
func Ways(c *Card) []Way {
	if c.Total.Score == nil {
		return nil
	}
	s := newSearch(c)
	if len(s.steps) == 0 {
		return nil
	}
	var ways []Way
	at, front := 0, s.front()
	most := front[len(front)-1]
	for at < len(front) && front[at].after.Cmp(s.before) <= 0 {
		at++
	}
	for percent := int64(percentOf(s.before)) + 1; at < len(front) && percent <= 100; {
		if front[at].after.Cmp(number.Frac(percent, 100)) < 0 {
			at++
			continue
		}
		w := s.way(s.without(front[at], number.Frac(percent, 100)))
		ways = append(ways, w)
		percent = max(percent, int64(w.Percent)) + 1
	}
	if n := len(ways); n == 0 || ways[n-1].After.Score.Exact.Cmp(most.after) < 0 {
		ways = append(ways, s.way(most))
	}
	return ways
}

// percentOf is a share in whole percents, rounded down.
func percentOf(share number.Exact) int {
	n, _ := share.Mul(number.Int(100)).Floor().Int64()
	return int(n)
}

// step is one target that can be won.
type step struct {
	at   int // of the result in the card
	gain number.Exact
	cost cost
}

// cost orders sets of targets; the costs of disjoint sets add up.
type cost struct {
	others  int
	toGo    number.Exact
	targets int
}

func (a cost) add(b cost) cost {
	return cost{a.others + b.others, a.toGo.Add(b.toGo), a.targets + b.targets}
}

func (a cost) cmp(b cost) int {
	return cmp.Or(cmp.Compare(a.others, b.others), a.toGo.Cmp(b.toGo), cmp.Compare(a.targets, b.targets))
}

// set is a set of steps: the last one and the set of the others.
type set struct {
	cost
	after number.Exact // the score
	last  int          // index of the step; -1: the empty set
	rest  *set
}

func (s *set) steps() []int {
	var list []int
	for ; s.last >= 0; s = s.rest {
		list = append(list, s.last)
	}
	slices.Reverse(list)
	return list
}

// search looks for the ways of one card.
type search struct {
	card   *Card
	before number.Exact // the score
	steps  []step       // the cheapest first
	proven bool
}

func newSearch(c *Card) *search {
	s := &search{card: c, before: c.Total.Score.Exact, proven: true}
	for i := range c.Results {
		r := &c.Results[i]
		if r.Outcome != Missed || r.full() || len(r.Counts) > 0 || r.Kind == plan.DateKind { // what came late stays late
			continue
		}
		gain := s.tally([]int{i}).Score.Exact.Sub(s.before)
		if gain.Sign() <= 0 && !r.Closed() { // one whose gate is closed may gain once it opens
			continue
		}
		one := cost{others: 1, targets: 1}
		if c.near(r) {
			one = cost{toGo: r.Gap.Exact, targets: 1}
		}
		s.steps = append(s.steps, step{i, gain, one})
	}
	slices.SortStableFunc(s.steps, func(a, b step) int { return cmp.Or(a.cost.cmp(b.cost), b.gain.Cmp(a.gain)) })
	return s
}

// tally sums the card up as if some results were met with all points.
func (s *search) tally(results []int) Tally { return s.card.after(results...) }

// front is the sets of which none reaches as much for less, the cheapest first.
func (s *search) front() []*set {
	if !addsUp(s.card) {
		return s.chain()
	}
	front := []*set{{after: s.before, last: -1}}
	for k := range s.steps {
		front = s.extend(front, k)
	}
	return front
}

// addsUp reports whether what targets gain adds up: no cap, floor or rounding
// stands between them and the score, and no target depends on another one.
func addsUp(c *Card) bool {
	depends := func(r Result) bool { return len(r.Counts) > 0 || len(r.Requires) > 0 }
	return c.Round == nil && !slices.ContainsFunc(c.Results, depends) && !slices.ContainsFunc(c.Areas, func(a Area) bool { return a.Cap != nil || a.Floor != nil || a.Round != nil })
}

// maxFront bounds the search: sets of which none is cheaper and reaches as much.
// Plans have few different points, and most cards stay below a hundred; a card
// whose gains are all odd fractions may not.
const maxFront = 4096

// extend sets each set of a front beside itself with one more step.
func (s *search) extend(front []*set, k int) []*set {
	x := &s.steps[k]
	with := make([]*set, len(front))
	for i, f := range front {
		with[i] = &set{f.cost.add(x.cost), f.after.Add(x.gain), k, f}
	}
	merged := make([]*set, 0, len(front)+len(with))
	add := func(f *set) {
		if n := len(merged); n == 0 || merged[n-1].after.Cmp(f.after) < 0 {
			merged = append(merged, f)
		}
	}
	i := 0
	for _, f := range with {
		for ; i < len(front) && dearer(f, front[i]); i++ {
			add(front[i])
		}
		add(f)
	}
	for ; i < len(front); i++ {
		add(front[i])
	}
	return s.thin(merged)
}

// dearer reports whether a costs more than b, or as much and reaches no more.
func dearer(a, b *set) bool {
	return cmp.Or(a.cost.cmp(b.cost), b.after.Cmp(a.after)) >= 0
}

// thin keeps a front within its bound: of neighbours, the one that reaches more.
func (s *search) thin(front []*set) []*set {
	if len(front) <= maxFront {
		return front
	}
	s.proven = false
	kept := front[:1]
	for i := 2; i < len(front); i += 2 {
		kept = append(kept, front[i])
	}
	if len(front)%2 == 0 {
		kept = append(kept, front[len(front)-1])
	}
	return kept
}

// chain is the sets of the cheapest steps: one, two, and so on. It stands in for
// a front where gains do not add up.
func (s *search) chain() []*set {
	s.proven = false
	var steps []int
	front := []*set{s.made(steps)}
	for k := range s.steps {
		steps = append(steps, k)
		front = append(front, s.made(steps))
	}
	return front
}

// without leaves the steps out of a set, the dearest first, that a score does not
// need. A front that is proven has none.
func (s *search) without(f *set, wish number.Exact) *set {
	steps := f.steps()
	for i := len(steps) - 1; i >= 0 && !s.proven; i-- {
		rest := s.made(slices.Delete(slices.Clone(steps), i, i+1))
		if rest.after.Cmp(wish) >= 0 {
			f, steps = rest, rest.steps()
		}
	}
	return f
}

// made is the set of some steps.
func (s *search) made(steps []int) *set {
	f := &set{after: s.before, last: -1}
	for _, k := range steps {
		f = &set{cost: f.cost.add(s.steps[k].cost), last: k, rest: f}
	}
	f.after = s.tally(s.results(f)).Score.Exact
	return f
}

func (s *search) results(f *set) []int {
	steps := f.steps()
	for i, k := range steps {
		steps[i] = s.steps[k].at
	}
	slices.Sort(steps)
	return steps
}

func (s *search) way(f *set) Way {
	results := s.results(f)
	w := Way{ToGo: f.toGo, Others: f.others, After: s.tally(results), Proven: s.proven}
	w.Percent = percentOf(w.After.Score.Exact)
	for _, i := range results {
		w.Targets = append(w.Targets, &s.card.Results[i])
	}
	return w
}

// Step is a missed target that a way may take.
type Step struct {
	Result *Result
	After  Tally // of the card, once this step and those before it are taken
}

// Steps lists all targets that ways are made of, the cheapest first.
func Steps(c *Card) []Step {
	if c.Total.Score == nil {
		return nil
	}
	s := newSearch(c)
	var steps []Step
	var taken []int
	for _, x := range s.steps {
		taken = append(taken, x.at)
		steps = append(steps, Step{&c.Results[x.at], s.tally(taken)})
	}
	return steps
}
