package plan

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTemplateVersion(t *testing.T) {
	before, _ := whole(t)
	if v := before.TemplateVersion(); len(v) != 8 || strings.Trim(v, "0123456789abcdef") != "" || v != before.TemplateVersion() {
		t.Fatalf("version %q: want 8 hexadecimal digits, the same each time", v)
	}
	for _, test := range []struct {
		name, old, new string
		changed        bool
	}{
		{"threshold", "goal: {at_least: 65%}", "goal: {at_least: 66%}", false},
		{"points", "points: 1\n", "points: 1.5\n", false},
		{"remedy", "remedy: {vi: Hướng dẫn", "remedy: {vi: Nhắc", false},
		{"clause", "clause: I.2,", "clause: I.2a,", false},
		{"position", "targets:\n", "\n\n# a comment\ntargets:\n", false},
		{"another spelling of a header", "headers: [Mức độ]", "headers: [Mức độ, Mức độ DVC]", false},
		{"another spelling of a choice", "full: [Toàn trình]", "full: [Toàn trình, Mức độ 4]", false},
		{"another name of a sheet", `"Phụ lục*"`, `"PL*"`, false},
		{"another spelling of a row", "{label: [Đối thoại]}", "{label: [Đối thoại, Số cuộc đối thoại]}", false},
		{"condition of a count", "where: {level: [partial]}", "where: {level: [partial, full]}", false},

		{"header of a column", "headers: [Phí]", "headers: [Lệ phí]", true},
		{"row of a fact", "{label: [PAR INDEX]}", "{label: [SIPAS]}", true},
		{"name of a sheet", `"Thống kê*"`, `"TK*"`, true},
		{"level that is bound", "levels: [province]\n    measure: dialogues", "levels: [province, department]\n    measure: dialogues", true},
		{"unit that is bound", "units: [so-xay-dung]", "units: [so-noi-vu]", true},
		{"shown beside", "    also: [late]\n", "", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			after := edited(t, test.old, test.new)
			if got := after.TemplateVersion() != before.TemplateVersion(); got != test.changed {
				t.Errorf("the version changed: %v, want %v", got, test.changed)
			}
		})
	}
}

func TestFormulas(t *testing.T) {
	table := Table{
		Shape: Cross,
		Sums: []ColumnSum{
			{Column: "all", Of: []string{"a", "b"}},
			{Column: "all", Of: []string{"c", "d"}}, // a second rule is a check, no formula
			{Column: "a", Of: []string{"all", "b"}}, // a circle
			{Column: "b", Of: []string{"b", "c"}},   // itself
			{Column: "e", Of: []string{"all", "c"}}, // on top of another
		},
		Ratios: []ColumnRatio{{Column: "rate", Part: "a", Whole: "all"}, {Column: "other", Part: "a", Whole: "absent"}},
	}
	has := func(id string) bool { return id != "absent" }
	want := []Formula{
		{Column: "all", Sum: []string{"a", "b"}},
		{Column: "e", Sum: []string{"all", "c"}},
		{Column: "rate", Part: "a", Whole: "all"},
	}
	if diff := cmp.Diff(want, table.Formulas(has)); diff != "" {
		t.Error(diff)
	}
	without := func(id string) bool { return has(id) && id != "b" }
	want = []Formula{
		{Column: "all", Sum: []string{"c", "d"}},
		{Column: "e", Sum: []string{"all", "c"}},
		{Column: "rate", Part: "a", Whole: "all"},
	}
	if diff := cmp.Diff(want, table.Formulas(without)); diff != "" {
		t.Error(diff)
	}
	table.Shape = List
	if got := table.Formulas(has); got != nil {
		t.Errorf("formulas in a list: %v", got)
	}
}

func TestNeeds(t *testing.T) {
	target := Target{
		Measure:  Measure{Op: ShareOf, Part: "a", Whole: "b"},
		Readings: []Reading{{Measure: Measure{Op: ShareOf, Part: "c", Whole: "b"}}},
		Also:     []string{"d", "a"},
	}
	if got, want := target.Needs(), []string{"a", "b", "c", "d"}; !slices.Equal(got, want) {
		t.Errorf("needs %v, want %v", got, want)
	}
}
