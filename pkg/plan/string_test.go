package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
)

// reread reads what a String method wrote.
func reread(t testing.TB, text string, v value) {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	r := newReader("string")
	if v.read(r, doc.Content[0]); len(r.list) > 0 {
		t.Fatalf("%s:\n%s", text, inBoth(r.list))
	}
}

// sameAsWritten checks that what the parts of a plan print as is read as what
// they are.
func sameAsWritten(t testing.TB, p *Plan) {
	t.Helper()
	compare := func(want, got any) {
		t.Helper()
		if diff := cmp.Diff(want, got, cmpopts.IgnoreTypes(diag.Pos{}), cmpopts.IgnoreFields(Condition{}, "With", "Lacks")); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	goal := func(want Goal) {
		if want.IsZero() {
			return // tracked only
		}
		var got Goal
		reread(t, want.String(), got.yaml())
		compare(want, got)
	}
	measure := func(want Measure) {
		var got Measure
		reread(t, want.String(), got.yaml())
		compare(want, got)
	}
	for _, target := range p.Targets {
		measure(target.Measure)
		goal(target.Goal)
		for _, g := range target.LevelGoals {
			goal(g)
		}
		for _, g := range target.Readings {
			measure(g.Measure)
			goal(g.Goal)
		}
		var credit Credit
		reread(t, target.Credit.String(), credit.yaml())
		compare(target.Credit, credit)
	}
	for _, f := range p.Facts {
		for _, s := range f.From {
			for _, want := range s.Where {
				var got []Condition
				reread(t, want.String(), entries(&got, (*Condition).yaml))
				compare([]Condition{want}, got)
			}
		}
	}
}

func TestWrittenAsRead(t *testing.T) {
	p, _ := whole(t)
	sameAsWritten(t, p)
}

func TestString(t *testing.T) {
	for _, test := range []struct {
		got  interface{ String() string }
		want string
	}{
		{percent(65), "65%"},
		{Amount{Value: percent(1).Value.Quo(percent(8).Value), Percent: true}, "12.5%"},
		{plain(1, 3), "1/3"},
		{some(MaxAmount, percent(60), param("x")), "{max: [60%, {param: x}]}"},
		{share("a", "b"), "{share: a, of: b}"},
		{of(ChangeOf, fact("a"), fact("b")), "{change: {value: a}, from: {value: b}}"},
		{of(OneMinus, share("a", "b")), "{one_minus: {share: a, of: b}}"},
		{of(MinOf, fact("a"), fact("b")), "{min: [{value: a}, {value: b}]}"},
		{goal(Between, plain(2, 1), plain(3, 1)), "{between: [2, 3]}"},
		{Goal{Cmp: Is, Choice: "done"}, "{is: done}"},
		{Credit{Kind: Linear, Floor: percent(70)}, "{linear: {from: 70%}}"},
		{Condition{Column: "level", Op: IsNotOneOf, Values: []string{"a", `b "c"`}}, `{level: {not: ["a", "b \"c\""]}}`},
	} {
		if got := test.got.String(); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}
