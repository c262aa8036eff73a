package plan

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/lang"
)

// FuzzParse holds that Parse never panics, that it says what is wrong at places
// in order, and that a plan without errors keeps its promise: each name that it
// uses is defined, each measure has a kind, each amount a value or an unknown
// param, and what its parts print as is read as what they are.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range append(files, "testdata/whole.yaml") {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("a: # b\n  - # c\n# d\n"))
	f.Add([]byte("? [a]\n: {b: *c}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, list := Parse("f.yaml", data)
		for i, d := range list {
			if d.Message.Written(lang.EN) == "" || d.Message.Written(lang.VI) == "" || d.Pos.File != "f.yaml" {
				t.Errorf("a mistake without words or place: %+v", d)
			}
			if i > 0 && d.Pos.Line < list[i-1].Pos.Line {
				t.Errorf("%v stands after %v", d.Pos, list[i-1].Pos)
			}
		}
		if p == nil && !list.HasErrors() {
			t.Fatal("neither a plan nor a mistake")
		}
		if list.HasErrors() {
			return
		}
		promiseHolds(t, p)
		again, _ := Parse("f.yaml", data)
		if diff := cmp.Diff(p, again); diff != "" {
			t.Errorf("read twice (-first +second):\n%s", diff)
		}
	})
}

// FuzzSwap writes one value of the whole plan where another stands: the plan
// stays well-formed, and what is not refused must keep the promise.
func FuzzSwap(f *testing.F) {
	data, err := os.ReadFile("testdata/whole.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for i := range uint16(40) {
		f.Add(i*31, i*17)
	}
	f.Fuzz(func(t *testing.T, from, to uint16) {
		var doc yaml.Node
		if err := yaml.Unmarshal(data, &doc); err != nil {
			t.Fatal(err)
		}
		var all []*yaml.Node
		var walk func(n *yaml.Node)
		walk = func(n *yaml.Node) {
			all = append(all, n)
			for _, child := range n.Content {
				walk(child)
			}
		}
		walk(doc.Content[0])
		source := all[int(from)%len(all)]
		if source.Kind != yaml.ScalarNode {
			return // it could come to hold itself
		}
		*all[int(to)%len(all)] = *source
		swapped, err := yaml.Marshal(&doc)
		if err != nil {
			t.Fatal(err)
		}
		if p, list := Parse("f.yaml", swapped); !list.HasErrors() {
			promiseHolds(t, p)
		}
	})
}

// promiseHolds checks that all that a sound plan refers to is there, and that
// what its parts print as is read as what they are.
func promiseHolds(t *testing.T, p *Plan) {
	t.Helper()
	Lint(p)
	sameAsWritten(t, p)
	facts := func(ids ...string) {
		for _, id := range ids {
			if p.FindFact(id) == nil {
				t.Errorf("no fact %q", id)
			}
		}
	}
	for _, f := range p.Facts {
		if f.Kind == ChoiceFact && len(f.Values) == 0 {
			t.Errorf("the choice %q has no values", f.ID)
		}
		for _, s := range f.From {
			facts(s.Facts...)
			columnsHold(t, p, s)
		}
	}
	for i := range p.Targets {
		target := &p.Targets[i]
		facts(slices.Concat(target.Measure.Facts(), target.Also)...)
		if p.FindArea(target.Area) == nil || target.Clause == "" || target.Quote == "" || len(target.Definition) != definitionDigits {
			t.Errorf("the target %q lacks something: %+v", target.ID, target)
		}
		for _, level := range target.Levels {
			if p.FindLevel(level) == nil {
				t.Errorf("no level %q", level)
			}
			goalHolds(t, p, target.Measure, target.GoalFor(level))
		}
		for _, g := range target.Readings {
			facts(g.Measure.Facts()...)
			goalHolds(t, p, g.Measure, g.Goal)
		}
		for _, b := range target.Credit.Bands {
			if b.Points.Sign() < 0 || target.Points.Sign() > 0 && b.Points.Cmp(target.Points) > 0 {
				t.Errorf("a band of %q earns %v of %v points", target.ID, b.Points, target.Points)
			}
		}
	}
}

func columnsHold(t *testing.T, p *Plan, s Source) {
	t.Helper()
	if sources[s.Op].basis != ofTable {
		return
	}
	table := p.FindTable(s.Table)
	if table == nil {
		t.Errorf("no table %q", s.Table)
		return
	}
	columns := []string{s.Column, s.During}
	for _, m := range s.Row {
		columns = append(columns, m.Column)
	}
	for _, w := range s.Where {
		columns = append(columns, w.Columns()...)
	}
	for _, id := range columns {
		if id != "" && table.FindColumn(id) == nil {
			t.Errorf("no column %q in %q", id, s.Table)
		}
	}
}

func goalHolds(t *testing.T, p *Plan, m Measure, g Goal) {
	t.Helper()
	kind := p.MeasureKind(m)
	if g.IsZero() && kind != NoKind {
		return // tracked only
	}
	if kind == NoKind || (kind == ChoiceKind) != (g.Choice != "") {
		t.Errorf("the goal %v of a measure %v of kind %q", g, m, kind)
	}
	if want := map[bool]int{true: 2, false: 1}[g.Cmp == Between]; g.Choice == "" && len(g.Bounds) != want {
		t.Errorf("the goal %v has %d bounds", g, len(g.Bounds))
	}
	for _, b := range g.Bounds {
		if _, unknown, err := p.Evaluate(b); err != nil && len(unknown) == 0 {
			t.Errorf("%v: %v", b, err)
		}
	}
}
