package score_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// part is a target that is met by two dialogues, by the figure of a fact.
func part(id, fact string, change ...func(*plan.Target)) plan.Target {
	return target(value(fact), goal(plan.AtLeast, "2"), append([]func(*plan.Target){func(t *plan.Target) {
		t.ID, t.Title = id, lang.Same(strings.ToUpper(id))
	}}, change...)...)
}

func met(ids ...string) plan.Measure { return plan.Measure{Op: plan.MetOf, Targets: ids} }

// evaluate judges a department by several targets, of which the last is the one
// that is asked about.
func evaluate(t *testing.T, f figures, targets ...plan.Target) (*score.Card, *score.Result) {
	t.Helper()
	card := score.Evaluate(newPlan(targets...), reports(f), day(2024, 1, 15))
	return &card, &card.Results[len(targets)-1]
}

func TestMetCountsTargets(t *testing.T) {
	later := func(t *plan.Target) { t.Published = day(2025, 1, 1) }
	elsewhere := func(t *plan.Target) { t.Levels = []string{"province"} }
	for _, tt := range []struct {
		name    string
		facts   figures
		goal    plan.Goal
		measure plan.Measure
		change  func(*plan.Target) // of c
		want    score.Outcome
		value   string
		reason  string
	}{
		{"two of three", figures{"dialogues": "2", "inspected": "2", "online": "0"}, goal(plan.AtLeast, "2"), met("a", "b", "c"), nil,
			score.Met, "2", "2 of 3 targets met (not met: “C”), goal at least 2: reached"},
		{"one of three", figures{"dialogues": "2", "inspected": "1", "online": "0"}, goal(plan.AtLeast, "2"), met("a", "b", "c"), nil,
			score.Missed, "1", "1 of 3 targets met (not met: “B”, “C”), goal at least 2: 1 target short"},
		{"enough without the one that is missing", figures{"dialogues": "2", "inspected": "2", "online": "?"}, goal(plan.AtLeast, "2"), met("a", "b", "c"), nil,
			score.Met, "2", "2 of 3 targets met (not known: “C”), goal at least 2: reached"},
		{"too few even with the one that is missing", figures{"dialogues": "0", "inspected": "0", "online": "?"}, goal(plan.AtLeast, "2"), met("a", "b", "c"), nil,
			score.Missed, "0", "0 of 3 targets met (not met: “A”, “B”; not known: “C”), goal at least 2: 2 targets short"},
		{"the one that is missing decides", figures{"dialogues": "2", "inspected": "0", "online": "?"}, goal(plan.AtLeast, "2"), met("a", "b", "c"), nil,
			score.Missing, "", "“C” is missing"},
		{"one that cannot be used decides", figures{"dialogues": "2", "inspected": "0", "online": "!"}, goal(plan.AtLeast, "2"), met("a", "b", "c"), nil,
			score.Invalid, "", "“C” is invalid"},
		{"one that is not due decides", figures{"dialogues": "2", "inspected": "0", "online": "?"}, goal(plan.AtLeast, "2"), met("a", "b", "c"), later,
			score.Pending, "", "“C” is not due yet"},
		{"one that does not apply is not met", figures{"dialogues": "2", "inspected": "2"}, goal(plan.AtLeast, "3"), met("a", "b", "c"), elsewhere,
			score.Missed, "2", "2 of 3 targets met (not applicable: “C”), goal at least 3: 1 target short"},
		{"all of those that apply", figures{"dialogues": "2", "inspected": "2"}, goal(plan.AtLeast, "100%"),
			plan.Measure{Op: plan.MetOf, Targets: []string{"a", "b", "c"}, Of: plan.Applicable}, elsewhere,
			score.Met, "1", "2 of 2 targets met (not applicable: “C”) = 100%, goal at least 100%: reached"},
		{"at most one", figures{"dialogues": "2", "inspected": "2", "online": "?"}, goal(plan.AtMost, "1"), met("a", "b", "c"), nil,
			score.Missed, "2", "2 of 3 targets met (not known: “C”), goal at most 1: 1 target over"},
		{"inside another measure it settles nothing", figures{"dialogues": "2", "inspected": "0", "online": "?"}, goal(plan.AtLeast, "15"),
			plan.Measure{Op: plan.ProductOf, Args: []plan.Measure{{Op: plan.ConstantOf, Value: number.Int(10)}, met("a", "b", "c")}}, nil,
			score.Missing, "", "“C” is missing"},
		{"exactly two is not settled by an end", figures{"dialogues": "2", "inspected": "?", "online": "?"}, goal(plan.Is, "2"), met("a", "b", "c"), nil,
			score.Missing, "", "“B” is missing; “C” is missing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			change := func(*plan.Target) {}
			if tt.change != nil {
				change = tt.change
			}
			_, r := evaluate(t, tt.facts, part("a", "dialogues"), part("b", "inspected"), part("c", "online", change), target(tt.measure, tt.goal))
			value := ""
			if r.Value != nil {
				value = r.Value.Exact.String()
			}
			if r.Outcome != tt.want || value != tt.value || r.Reason.In(lang.EN) != tt.reason {
				t.Errorf("got %s, %q: %s\nwant %s, %q: %s", r.Outcome, value, r.Reason.In(lang.EN), tt.want, tt.value, tt.reason)
			}
			if len(r.Counts) != 3 || r.Counts[2].Target != "c" {
				t.Errorf("it counts %v", r.Counts)
			}
		})
	}
}

func TestACountStandsBeforeWhatItCounts(t *testing.T) {
	card, _ := evaluate(t, figures{"dialogues": "2"}, target(met("a"), goal(plan.AtLeast, "1")), part("a", "dialogues"))
	if got := card.Results[0].Outcome; got != score.Met {
		t.Errorf("got %s: %s", got, card.Results[0].Reason.In(lang.EN))
	}
}

func TestGateWithholdsPoints(t *testing.T) {
	later := func(t *plan.Target) { t.Published = day(2025, 1, 1) }
	elsewhere := func(t *plan.Target) { t.Levels = []string{"province"} }
	for _, tt := range []struct {
		name   string
		gate   string // the figure of what is required
		change func(*plan.Target)
		want   score.Outcome
		points string
		held   string
		reason string
	}{
		{"open", "2", nil, score.Met, "2", "", "3 agencies, goal at least 2: reached"},
		{"closed", "1", nil, score.Met, "0", "2", "3 agencies, goal at least 2: reached; no points: “A” is missed"},
		{"missing", "?", nil, score.Met, "0", "2", "3 agencies, goal at least 2: reached; no points: “A” is missing"},
		{"not due", "?", later, score.Pending, "0", "", "3 agencies, goal at least 2: reached; its points wait: “A” is not due yet"},
		{"not applicable", "1", elsewhere, score.Met, "2", "", "3 agencies, goal at least 2: reached"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			change := func(*plan.Target) {}
			if tt.change != nil {
				change = tt.change
			}
			card, r := evaluate(t, figures{"dialogues": tt.gate, "inspected": "3"}, part("a", "dialogues", change),
				part("b", "inspected", func(t *plan.Target) { t.Requires = []string{"a"} }))
			held := ""
			if r.Withheld != nil {
				held = r.Withheld.Exact.String()
			}
			if r.Outcome != tt.want || r.Points.Exact.String() != tt.points || held != tt.held || r.Reason.In(lang.EN) != tt.reason {
				t.Errorf("got %s, %s points, %q withheld: %s", r.Outcome, r.Points.Exact, held, r.Reason.In(lang.EN))
			}
			if !card.Total.Points.Exact.Equal(card.Results[0].Points.Exact.Add(r.Points.Exact)) {
				t.Errorf("the total is %s", card.Total.Points.Exact)
			}
		})
	}
}

func TestWhatDependsOnRelativePointsIsEvaluatedBehindThem(t *testing.T) {
	p := newPlan(
		target(met("a"), goal(plan.AtLeast, "1"), func(t *plan.Target) { t.ID = "count" }),
		part("gated", "inspected", func(t *plan.Target) { t.Requires = []string{"a"} }),
		part("a", "dialogues", func(t *plan.Target) { t.Credit.Kind = plan.OfBest }),
		target(met("a", "gated"), goal(plan.AtLeast, "2"), func(t *plan.Target) {
			t.ID, t.Credit.Kind, t.Requires = "ranked", plan.OfBest, []string{"count"}
		}),
	)
	outcomes := func(c *score.Card) string {
		var words []string
		for _, r := range c.Results {
			words = append(words, fmt.Sprintf("%s %s", r.Outcome, r.Points.Exact))
		}
		return strings.Join(words, ", ")
	}
	alone := score.Evaluate(p, reports(figures{"dialogues": "4", "inspected": "2"}), day(2024, 1, 15))
	if got, want := outcomes(&alone), "pending 0, pending 0, pending 0, pending 0"; got != want {
		t.Errorf("alone: got %s, want %s", got, want)
	}
	cards := run(p, figures{"dialogues": "4", "inspected": "2"}, figures{"dialogues": "1", "inspected": "2"})
	for i, want := range []string{"met 2, met 2, met 2, met 2", "missed 0, met 0, missed 1/2, missed 0"} {
		if got := outcomes(cards[i]); got != want {
			t.Errorf("unit %d: got %s, want %s", i, got, want)
		}
	}
}

func TestWhetherATargetApplies(t *testing.T) {
	atLeast := func(n string) plan.Condition {
		return plan.Condition{Column: "online", Op: plan.Compares, Cmp: plan.AtLeast, Bounds: []plan.Amount{literal(n)}}
	}
	status := func(op plan.ConditionOp, values ...string) plan.Condition {
		return plan.Condition{Column: "status", Op: op, Values: values}
	}
	any := func(op plan.ConditionOp, all ...plan.Condition) plan.Condition {
		c := plan.Condition{Column: op.String(), Op: op}
		for _, w := range all {
			c.Any = append(c.Any, []plan.Condition{w})
		}
		return c
	}
	for _, tt := range []struct {
		name   string
		if_    plan.Condition
		facts  figures
		want   score.Outcome
		reason string
	}{
		{"a figure", atLeast("1"), figures{"online": "1"}, score.Met, "3 agencies, goal at least 2: reached"},
		{"none", atLeast("1"), figures{"online": "0"}, score.NotApplicable, "does not apply: Dossiers online: 0 dossiers, and it applies only if that is ≥ 1"},
		{"not known", atLeast("1"), figures{"online": "?"}, score.Missing, "Dossiers online: no column “Online”"},
		{"not usable", atLeast("1"), figures{"online": "!"}, score.Invalid, "Dossiers online: 'S'!D17 holds #REF!"},
		{"a choice", status(plan.IsOneOf, "done"), figures{"status": "is done"}, score.Met, "3 agencies, goal at least 2: reached"},
		{"another choice", status(plan.IsNotOneOf, "not-done"), figures{"status": "is not-done"}, score.NotApplicable, "does not apply: Plan issued: “not-done”"},
		{"one of two", any(plan.AnyOf, atLeast("1"), status(plan.IsOneOf, "done")), figures{"online": "?", "status": "is done"}, score.Met, "3 agencies, goal at least 2: reached"},
		{"neither of two", any(plan.AnyOf, atLeast("1"), status(plan.IsOneOf, "done")), figures{"online": "0", "status": "is not-done"}, score.NotApplicable,
			"does not apply: Dossiers online: 0 dossiers, and it applies only if that is ≥ 1; Plan issued: “not-done”"},
		{"one of two is not known", any(plan.AnyOf, atLeast("1"), status(plan.IsOneOf, "done")), figures{"online": "?", "status": "is not-done"}, score.Missing, "Dossiers online: no column “Online”"},
		{"one that must not hold", any(plan.NoneOf, atLeast("5")), figures{"online": "6"}, score.NotApplicable, "does not apply: Dossiers online: 6 dossiers"},
		{"none that must not hold", any(plan.NoneOf, atLeast("5")), figures{"online": "4"}, score.Met, "3 agencies, goal at least 2: reached"},
		{"reported", plan.Condition{Column: "online", Op: plan.IsFilled}, figures{"online": "0"}, score.Met, "3 agencies, goal at least 2: reached"},
		{"not reported", plan.Condition{Column: "online", Op: plan.IsFilled}, figures{"online": "?"}, score.NotApplicable, "does not apply: Dossiers online is not reported"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.facts["inspected"] = "3"
			r := judge(t, part("a", "inspected", func(t *plan.Target) { t.AppliesIf = []plan.Condition{tt.if_} }), tt.facts)
			if r.Outcome != tt.want || r.Reason.In(lang.EN) != tt.reason {
				t.Errorf("got %s: %s\nwant %s: %s", r.Outcome, r.Reason.In(lang.EN), tt.want, tt.reason)
			}
		})
	}
}

func TestWhatBecomesOfPointsThatFallAway(t *testing.T) {
	falls := func(t *plan.Target) {
		t.AppliesIf = []plan.Condition{{Column: "online", Op: plan.Compares, Cmp: plan.AtLeast, Bounds: []plan.Amount{literal("1")}}}
	}
	points := func(n int64) func(*plan.Target) { return func(t *plan.Target) { t.Points = number.Int(n) } }
	in := func(area string) func(*plan.Target) { return func(t *plan.Target) { t.Area = area } }
	for _, tt := range []struct {
		rule         plan.Fallen
		whole, inner string // points of all and of the inner area
	}{
		{plan.Dropped, "2/5", "2/5"},
		{plan.Shared, "16/5/8", "16/5/8"}, // 2 of 5, for 3 more that fall away
		{plan.Given, "5/8", "5/8"},
	} {
		p := newPlan(part("a", "dialogues", points(2)), part("b", "inspected", points(3)), part("c", "resolved", falls, points(3)))
		p.Fallen = tt.rule
		card := score.Evaluate(p, reports(figures{"dialogues": "2", "inspected": "0", "online": "0"}), day(2024, 1, 15))
		for _, got := range []score.Tally{card.Total, card.Areas[0].Tally} {
			if s := got.Points.Exact.String() + "/" + got.Max.Exact.String(); s != tt.whole {
				t.Errorf("%s: got %s, want %s", tt.rule, s, tt.whole)
			}
		}
		if fell := card.Total.FellAway; (fell != nil) != (tt.rule != plan.Dropped) {
			t.Errorf("%s: %v fell away", tt.rule, fell)
		}
	}

	// An area of which nothing applies leaves its points, cut to its cap, to the whole.
	p := newPlan(part("a", "dialogues", points(2)), part("b", "inspected", points(2)), part("c", "resolved", falls, points(9), in("inner")))
	p.Fallen, p.Areas = plan.Shared, append(p.Areas, plan.Area{ID: "inner", AreaRules: plan.AreaRules{Cap: new(number.Int(4))}})
	card := score.Evaluate(p, reports(figures{"dialogues": "2", "inspected": "0", "online": "0"}), day(2024, 1, 15))
	if got := card.Total.Points.Exact.String() + "/" + card.Total.Max.Exact.String(); got != "4/8" {
		t.Errorf("an area that does not apply: got %s, want 4/8", got)
	}
}

func TestWaysOpenGates(t *testing.T) {
	card, _ := evaluate(t, figures{"dialogues": "1", "inspected": "3"}, part("a", "dialogues"),
		part("b", "inspected", func(t *plan.Target) { t.Requires = []string{"a"} }),
		target(met("a", "b"), goal(plan.AtLeast, "2")))
	ways := score.Ways(card)
	if len(ways) == 0 {
		t.Fatal("no way")
	}
	last := ways[len(ways)-1]
	if len(last.Targets) != 1 || last.Targets[0].Target != "a" || last.After.Points.Exact.String() != "6" {
		t.Errorf("the way is %d targets to %s points, want a to 6", len(last.Targets), last.After.Points.Exact)
	}
	wins := score.Wins(card)
	if len(wins) != 1 || wins[0].Result.Target != "a" || wins[0].After.Points.Exact.String() != "6" {
		t.Errorf("the wins are %v", wins)
	}
}

// A condition that earns nothing itself is worth what its gate withholds.
func TestAConditionIsWorthWhatItsGateWithholds(t *testing.T) {
	condition := func(t *plan.Target) { t.Points = number.Exact{} }
	card, _ := evaluate(t, figures{"dialogues": "1", "inspected": "0", "online": "5"}, part("a", "dialogues", condition), part("b", "inspected", condition),
		target(met("a", "b"), goal(plan.AtLeast, "1"), condition, func(t *plan.Target) { t.ID = "gate" }),
		part("c", "online", func(t *plan.Target) { t.Requires = []string{"gate"} }))
	if got := card.Total.Points.Exact; !got.IsZero() {
		t.Errorf("behind the gate are %s points", got)
	}
	wins := score.Wins(card)
	if len(wins) != 2 || wins[0].Result.Target != "a" || wins[0].After.Points.Exact.String() != "2" {
		t.Errorf("the nearest of %d wins is not a, to 2 points", len(wins))
	}
	ways := score.Ways(card)
	if len(ways) == 0 || len(ways[0].Targets) != 1 || ways[0].Targets[0].Target != "a" {
		t.Errorf("there are %d ways, of which the first is not a", len(ways))
	}
}
