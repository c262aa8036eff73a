package score_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// naive is a second reading of what a roll-up is, from the definition: one unit, by
// what it handed in and by the units below it.
type naive struct {
	below    []*naive
	handedIn int               // how many times
	own      map[string]string // figures: "?" is missing, "!" is invalid
	whole    bool              // when_units_missing: missing
}

// carded reports whether the unit has one card.
func (n *naive) carded() bool {
	if n.handedIn != 0 {
		return n.handedIn == 1
	}
	for _, b := range n.below {
		if b.carded() {
			return true
		}
	}
	return false
}

// figure is a fact of the unit: "?" where it is missing, "!" where it is invalid.
func (n *naive) figure(id string) string {
	if n.handedIn == 1 && n.own[id] != "?" {
		return n.own[id]
	}
	sum, some := number.Exact{}, false
	for _, b := range n.below {
		f := "?"
		if b.carded() {
			f = b.figure(id)
		}
		switch {
		case f != "?" && f != "!":
			sum, some = sum.Add(exact(f)), true
		case n.whole:
			return "?"
		}
	}
	if !some {
		return "?"
	}
	return sum.String()
}

// rate is the value of a target whose measure is online / resolved, "" for none.
func (n *naive) rate(mean bool) string {
	of := n.figure
	if mean {
		of = func(id string) string {
			if n.handedIn == 1 {
				return n.own[id]
			}
			return "?"
		}
	}
	part, whole := of("online"), of("resolved")
	switch {
	case part == "!" || whole == "!":
		return ""
	case part != "?" && whole != "?":
		if whole == "0" || exact(part).Cmp(exact(whole)) > 0 {
			return ""
		}
		return exact(part).Quo(exact(whole)).String()
	case !mean:
		return ""
	}
	sum, count := number.Exact{}, 0
	for _, b := range n.below {
		rate := ""
		if b.carded() {
			rate = b.rate(true)
		}
		switch {
		case rate != "":
			sum, count = sum.Add(exact(rate)), count+1
		case n.whole:
			return ""
		}
	}
	if count == 0 {
		return ""
	}
	return sum.Quo(number.Int(int64(count))).String()
}

// A roll-up of random trees of units is what the definition says, whatever is
// missing, invalid, handed in twice or by a unit above others.
func TestRollUpIsAsDefined(t *testing.T) {
	levels := []string{"province", "department"}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := newPlan(
			part("pooled", "", func(t *plan.Target) {
				t.Rollup, t.Levels, t.Measure, t.Goal = plan.PooledRollup, levels, share("online", "resolved"), goal(plan.AtLeast, "50%")
			}),
			part("mean", "", func(t *plan.Target) {
				t.Rollup, t.Levels, t.Measure, t.Goal = plan.MeanRollup, levels, share("online", "resolved"), goal(plan.AtLeast, "50%")
			}))
		if seed%2 == 1 {
			p.Defaults.UnitsLack = plan.AlsoWhole
		}
		roster := &plan.Roster{File: "roster.yaml"}
		units := map[string]*naive{}
		var cards []score.Card
		var grow func(id, parent string, depth int) *naive
		grow = func(id, parent string, depth int) *naive {
			n := &naive{own: map[string]string{}, whole: seed%2 == 1}
			units[id] = n
			level := levels[min(depth, 1)]
			roster.Units = append(roster.Units, plan.Unit{ID: id, Name: lang.Same("Unit " + id), Level: level, Parent: parent})
			if depth < 3 {
				for i := range r.IntN(4 - depth/2) {
					n.below = append(n.below, grow(fmt.Sprintf("%s%d", id, i), id, depth+1))
				}
			}
			n.handedIn = []int{0, 1, 1, 1, 2}[r.IntN(5)]
			if len(n.below) > 0 {
				n.handedIn = []int{0, 0, 0, 1, 2}[r.IntN(5)]
			}
			for _, id := range []string{"online", "resolved"} {
				n.own[id] = []string{"?", "!", "0", "3", "7", "12", "5"}[r.IntN(7)]
			}
			for i := range n.handedIn {
				set := reports(n.own)
				set.Unit.ID, set.Unit.Name, set.Unit.Level = id, lang.Same("Unit "+id), level
				set.Input.File, set.Input.SHA256 = fmt.Sprintf("%s-%d.csv", id, i), fmt.Sprint(id, i)
				cards = append(cards, score.Evaluate(p, set, day(2024, 1, 15)))
			}
			return n
		}
		grow("u", "", 0)
		all := score.RollUp(p, roster, cards, day(2024, 1, 15))
		count := map[string]int{}
		for i := range all {
			c := &all[i]
			count[c.Unit.ID]++
			n := units[c.Unit.ID]
			if n.handedIn > 1 {
				continue
			}
			for k, want := range []string{n.rate(false), n.rate(true)} {
				got := ""
				if v := c.Results[k].Value; v != nil {
					got = v.Exact.String()
				}
				if got != want {
					t.Fatalf("seed %d: %s of %s is %q, want %q: %s", seed, c.Results[k].Target, c.Unit.ID, got, want, c.Results[k].Reason.In(lang.EN))
				}
			}
			tellsLacking(t, roster, c, n)
		}
		for id, n := range units {
			if n.carded() && count[id] != 1 || n.handedIn > 1 && count[id] != n.handedIn {
				t.Fatalf("seed %d: the unit %s has %d cards; it handed in %d", seed, id, count[id], n.handedIn)
			}
		}
	}
}

// tellsLacking checks that a card names each unit right below it that has no card.
func tellsLacking(t *testing.T, roster *plan.Roster, c *score.Card, n *naive) {
	t.Helper()
	if c.RolledUp == nil {
		return
	}
	var findings strings.Builder
	for _, d := range c.Diagnostics {
		findings.WriteString(d.Message.In(lang.EN))
	}
	for i, u := range roster.Below(c.Unit.ID) {
		if !n.below[i].carded() && !strings.Contains(findings.String(), u.Name.In(lang.EN)+" (") {
			t.Fatalf("nothing says that %s is not in the roll-up of %s: %s", u.ID, c.Unit.ID, findings.String())
		}
	}
}

// A mean stays when a target is evaluated again, after the units were compared.
func TestMeanIsKeptAmongRelativePoints(t *testing.T) {
	levels := []string{"province", "department"}
	p := newPlan(
		part("ranked", "inspected", func(t *plan.Target) {
			t.Rollup, t.Levels, t.Credit = plan.MeanRollup, levels, plan.Credit{Kind: plan.OfBest}
		}),
		part("mean", "dialogues", func(t *plan.Target) {
			t.Rollup, t.Levels, t.Requires = plan.MeanRollup, levels, []string{"ranked"}
		}))
	roster := &plan.Roster{Units: []plan.Unit{
		{ID: "north", Name: lang.Same("North"), Level: "province"}, {ID: "south", Name: lang.Same("South"), Level: "province"},
		{ID: "x", Name: lang.Same("X"), Level: "department", Parent: "north"}, {ID: "y", Name: lang.Same("Y"), Level: "department", Parent: "south"},
	}}
	var cards []score.Card
	for _, id := range []string{"x", "y"} {
		set := reports(figures{"inspected": "4", "dialogues": "9"})
		set.Unit.ID, set.Unit.Name, set.Input.SHA256 = id, lang.Same(id), id
		cards = append(cards, score.Evaluate(p, set, day(2024, 1, 15)))
	}
	cards = score.RollUp(p, roster, cards, day(2024, 1, 15))
	var all []*score.Card
	for i := range cards {
		all = append(all, &cards[i])
	}
	score.Relate(p, roster, all)
	for _, c := range all {
		if r := c.Find("mean"); r.Outcome != score.Met || r.Value == nil || r.Value.Exact.String() != "9" {
			t.Errorf("%s: %s, %v, want 9, met: %s", c.Unit.ID, r.Outcome, r.Value, r.Reason.In(lang.EN))
		}
	}
}
