package score_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// carded is one unit's card with one target.
func carded(tt plan.Target, f figures) []score.Card {
	return []score.Card{score.Evaluate(newPlan(tt), reports(f), day(2024, 1, 15))}
}

func TestKindOfChange(t *testing.T) {
	capex := func(cmp plan.Comparator, bounds ...string) plan.Target {
		return target(value("capex"), goal(cmp, bounds...), func(x *plan.Target) { x.WhenMissing = plan.AsMissing })
	}
	half := capex(plan.AtLeast, "50%")
	redefined, proportionally := half, half
	redefined.Definition = "d2"
	proportionally.Credit = proportional
	pending := half
	pending.Published = day(2024, 4, 1)
	for _, tt := range []struct {
		name     string
		old, new plan.Target
		was, is  string
		want     string
	}{
		{"the same", half, half, "60%", "60%", "unchanged"},
		{"met, and nearer", half, half, "60%", "61%", "better"},
		{"met, and further", half, half, "61%", "60%", "worse"},
		{"met, now missed", half, half, "60%", "40%", "new"},
		{"met, now missing", half, half, "60%", "?", "new"},
		{"met, now invalid", half, half, "60%", "!", "new"},
		{"missed, now met", half, half, "40%", "60%", "resolved"},
		{"missing, now met", half, half, "?", "60%", "resolved"},
		{"missed, and nearer", half, half, "40%", "41%", "better"},
		{"missed, and further", half, half, "41%", "40%", "worse"},
		{"missed, now missing", half, half, "40%", "?", "worse"},
		{"missing, now invalid", half, half, "?", "!", "worse"},
		{"missing, now missed", half, half, "?", "40%", "better"},
		{"missing still", half, half, "?", "?", "unchanged"},
		{"pending, now missing", pending, half, "?", "?", "new"},
		{"pending, now met", pending, half, "?", "60%", "better"},
		{"met, now pending", half, pending, "60%", "?", "worse"},
		{"missing, now pending", half, pending, "?", "?", "resolved"},
		{"at most, lower", capex(plan.AtMost, "50%"), capex(plan.AtMost, "50%"), "40%", "30%", "better"},
		{"less than, higher", capex(plan.LessThan, "50%"), capex(plan.LessThan, "50%"), "60%", "70%", "worse"},
		{"more than, higher", capex(plan.MoreThan, "50%"), capex(plan.MoreThan, "50%"), "60%", "70%", "better"},
		{"between, both inside", capex(plan.Between, "50%", "60%"), capex(plan.Between, "50%", "60%"), "50%", "60%", "unchanged"},
		{"between, from below to nearer above", capex(plan.Between, "50%", "60%"), capex(plan.Between, "50%", "60%"), "40%", "61%", "better"},
		{"exactly, further off", capex(plan.Is, "50%"), capex(plan.Is, "50%"), "49%", "52%", "worse"},
		{"another credit shows in the points", proportionally, half, "40%", "40%", "worse"},
		{"another definition", half, redefined, "60%", "40%", "incomparable"},
		{"another goal", half, capex(plan.AtLeast, "60%"), "60%", "40%", "incomparable"},
		{"another comparator", half, capex(plan.MoreThan, "50%"), "60%", "40%", "incomparable"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			changes := score.Compare(carded(tt.old, figures{"capex": tt.was}), carded(tt.new, figures{"capex": tt.is}))
			if len(changes) != 1 || changes[0].Kind.String() != tt.want {
				t.Errorf("got %v, want one that is %s", changes[0].Kind, tt.want)
			}
		})
	}
}

func TestChoicesAreComparedByOutcomeAndPoints(t *testing.T) {
	task := target(value("status"), chosen("done"), func(x *plan.Target) { x.Credit = choices })
	for is, want := range map[string]string{"done": "resolved", "in-progress": "unchanged", "not-done": "worse"} {
		changes := score.Compare(carded(task, figures{"status": "is in-progress"}), carded(task, figures{"status": "is " + is}))
		if got := changes[0].Kind.String(); got != want {
			t.Errorf("in-progress, now %s: %s, want %s", is, got, want)
		}
	}
}

// unit is a card of a unit with targets of these ids, all met.
func unit(id, name, file string, from date.Date, targets ...string) score.Card {
	var all []plan.Target
	for _, s := range targets {
		all = append(all, target(value("capex"), goal(plan.AtLeast, "50%"), func(x *plan.Target) { x.ID = s }))
	}
	set := reports(figures{"capex": "60%"})
	set.Unit.ID, set.Unit.Name, set.Input.File = id, lang.Same(name), file
	set.Period.From = from
	return score.Evaluate(newPlan(all...), set, day(2024, 1, 15))
}

func told(changes []score.Change) []string {
	var lines []string
	for _, c := range changes {
		lines = append(lines, fmt.Sprintf("%s %s %s %s", c.UnitID, c.Unit.In(lang.EN), c.Target, c.Kind))
	}
	return lines
}

func TestCompareKnowsUnitsAgain(t *testing.T) {
	q1, q2, none := day(2023, 1, 1), day(2023, 4, 1), date.Date{}
	for _, tt := range []struct {
		name     string
		old, new []score.Card
		want     []string
	}{
		{"nothing", nil, nil, nil},
		{"by id, whatever the name",
			[]score.Card{unit("a", "Old name", "x", none, "t")}, []score.Card{unit("a", "New name", "y", none, "t")},
			[]string{"a New name t unchanged"}},
		{"by folded name where there is no id",
			[]score.Card{unit("", "Sở  NỘI VỤ", "x", none, "t")}, []score.Card{unit("", "Sở Nội vụ", "y", none, "t")},
			[]string{" Sở Nội vụ t unchanged"}},
		{"by name where only one run has the id",
			[]score.Card{unit("", "Sở Nội vụ", "x", none, "t")}, []score.Card{unit("a", "Sở Nội vụ", "y", none, "t")},
			[]string{"a Sở Nội vụ t unchanged"}},
		{"namesakes with ids of their own are two",
			[]score.Card{unit("a", "Phòng Nội vụ", "x", none, "t")}, []score.Card{unit("b", "Phòng Nội vụ", "y", none, "t")},
			[]string{"b Phòng Nội vụ t appeared", "a Phòng Nội vụ t gone"}},
		{"by file where no unit is named",
			[]score.Card{unit("", "", "x", none, "t"), unit("", "", "y", none, "t")}, []score.Card{unit("", "", "y", none, "t")},
			[]string{"  t unchanged", "  t gone"}},
		{"targets by id",
			[]score.Card{unit("a", "A", "x", none, "t1", "t2", "t3")}, []score.Card{unit("a", "A", "x", none, "t3", "t0", "t1")},
			[]string{"a A t3 unchanged", "a A t0 appeared", "a A t1 unchanged", "a A t2 gone"}},
		{"one card of each period",
			[]score.Card{unit("a", "A", "x", q1, "t1"), unit("a", "A", "y", q2, "t2")},
			[]score.Card{unit("a", "A", "z", q2, "t2"), unit("a", "A", "w", q1, "t1")},
			[]string{"a A t2 unchanged", "a A t1 unchanged"}},
		{"another period of the only card",
			[]score.Card{unit("a", "A", "x", q1, "t")}, []score.Card{unit("a", "A", "y", q2, "t")},
			[]string{"a A t unchanged"}},
		{"a second period",
			[]score.Card{unit("a", "A", "x", q1, "t")}, []score.Card{unit("a", "A", "y", q2, "t"), unit("a", "A", "z", q1, "t")},
			[]string{"a A t appeared", "a A t unchanged"}},
		{"duplicates in the order of their files",
			[]score.Card{unit("a", "A", "2", none, "t2"), unit("a", "A", "1", none, "t1")},
			[]score.Card{unit("a", "A", "1", none, "t1"), unit("a", "A", "2", none, "t2")},
			[]string{"a A t1 unchanged", "a A t2 unchanged"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, told(score.Compare(tt.old, tt.new))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The order of the cards and of their targets changes the order of the
// changes, and nothing else.
func TestPositionsPlayNoPart(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	var old, new []score.Card
	for i := range 12 {
		_, set := drawn(random)
		p, again := drawn(random)
		set.Unit.ID, again.Unit.ID = fmt.Sprint("unit", i), fmt.Sprint("unit", i)
		old, new = append(old, score.Evaluate(p, set, day(2024, 1, 15))), append(new, score.Evaluate(p, again, day(2024, 1, 15)))
	}
	sorted := func() []string {
		lines := told(score.Compare(old, new))
		slices.Sort(lines)
		return lines
	}
	want := sorted()
	if len(want) != 12*12 {
		t.Fatalf("%d changes", len(want))
	}
	for range 20 {
		for _, cards := range [][]score.Card{old, new} {
			random.Shuffle(len(cards), func(i, k int) { cards[i], cards[k] = cards[k], cards[i] })
			for _, c := range cards {
				random.Shuffle(len(c.Results), func(i, k int) { c.Results[i], c.Results[k] = c.Results[k], c.Results[i] })
			}
		}
		if diff := cmp.Diff(want, sorted()); diff != "" {
			t.Fatalf("other changes:\n%s", diff)
		}
	}
}

func TestChangeNames(t *testing.T) {
	for k, want := range map[score.ChangeKind][3]string{
		score.Incomparable: {"incomparable", "incomparable", "không so sánh được"},
		score.New:          {"new", "new failure", "mới phát sinh"},
		score.Resolved:     {"resolved", "resolved", "đã khắc phục"},
		score.Worse:        {"worse", "worse", "kém hơn"},
		score.Better:       {"better", "better", "tốt hơn"},
		score.Unchanged:    {"unchanged", "unchanged", "không đổi"},
		score.Appeared:     {"appeared", "appeared", "mới có"},
		score.Gone:         {"gone", "gone", "không còn"},
	} {
		if got := [3]string{k.String(), k.Title().In(lang.EN), k.Title().In(lang.VI)}; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		b, err := json.Marshal(k)
		if err != nil {
			t.Fatal(err)
		}
		var back score.ChangeKind
		if err := json.Unmarshal(b, &back); err != nil || back != k {
			t.Errorf("%v is read back as %v, %v", k, back, err)
		}
	}
	var k score.ChangeKind
	if err := k.UnmarshalText([]byte("other")); err == nil || err.Error() != `unknown kind of change "other"` {
		t.Errorf("got %v", err)
	}
}
