package plan

import (
	"strings"
	"testing"
)

// edited parses the whole plan with one text of it replaced.
func edited(t *testing.T, old, new string) *Plan {
	t.Helper()
	_, data := whole(t)
	if !strings.Contains(string(data), old) {
		t.Fatalf("the plan does not hold %q", old)
	}
	p, list := Parse("edited.yaml", []byte(strings.Replace(string(data), old, new, 1)))
	if list.HasErrors() {
		t.Fatal(inBoth(list))
	}
	return p
}

func TestDefinition(t *testing.T) {
	for _, test := range []struct {
		name, old, new string
		changed        string // ids of targets
	}{
		{"title", "title: {vi: Hồ sơ một phần, en: Partial dossiers}", "title: {vi: Khác, en: Other}", ""},
		{"remedy", "remedy: {vi: Hướng dẫn", "remedy: {vi: Nhắc", ""},
		{"note", "note: {vi: Ghi chú", "note: {vi: Lưu ý", ""},
		{"position", "targets:\n", "\n\n# a comment\ntargets:\n", ""},
		{"clause", "clause: I.2,", "clause: I.2a,", ""},
		{"reading", "goal: {more_than: {min: [70%,", "goal: {more_than: {min: [72%,", ""},
		{"shown beside", "    also: [late]\n", "", ""},
		{"commitment", "commitment: aspirational", "commitment: mandatory", ""},
		{"another spelling of a header", "headers: [Mức độ]", "headers: [Mức độ, Mức độ DVC]", ""},
		{"another spelling of a choice", "full: [Toàn trình]", "full: [Toàn trình, Mức độ 4]", ""},
		{"another spelling of a row", "{label: [Đối thoại]}", "{label: [Đối thoại, Số cuộc đối thoại]}", ""},
		{"sheet", `"Phụ lục*"`, `"PL*"`, ""},
		{"order of levels", "levels: [province, department]\n    units", "levels: [department, province]\n    units", ""},

		{"threshold", "goal: {at_least: 65%}", "goal: {at_least: 66%}", "partial-share"},
		{"comparator", "goal: {at_least: 50%}", "goal: {more_than: 50%}", "on-time-share"},
		{"level goal", "{more_than: {max: [60%,", "{more_than: {max: [61%,", "partial-share"},
		{"value of a param", "floor: {value: 62.5%", "floor: {value: 63%", "partial-share"},
		{"measure", "measure: {share: partial, of: resolved}", "measure: {share: online, of: resolved}", "partial-share"},
		{"points", "points: 1\n", "points: 1.5\n", "partial-share"},
		{"points of a band", "points: [0.5, 1]}", "points: [0.6, 1]}", "partial-share"},
		{"points in proportion", "{at_least: 40%, points: proportional}", "{at_least: 40%, points: 0.5}", "partial-share"},
		{"floor", "{linear: {from: 30%}}", "{linear: {from: 35%}}", "on-time-share"},
		{"points of a choice", "in-progress: 0.5", "in-progress: 0.75", "conduct most-of-them"},
		{"empty", "when_empty: met", "when_empty: missed", "partial-share"},
		{"published", "published: 2024-04-01", "published: 2024-05-01", "rank"},
		{"level", "levels: [province]\n    measure: dialogues", "levels: [province, department]\n    measure: dialogues", "dialogues"},
		{"unit", "units: [so-xay-dung]", "units: [so-noi-vu]", "partial-share"},
		{"default", "when_missing: missed", "when_missing: met", "on-time-share share-up rank conduct few-fees dialogues plan-issued costs-cut many late-reports initiatives conduct-bonus in-time most-of-them"},
		{"column of a fact", "row: {label: [Đối thoại]}, column: quarter", "row: {label: [Đối thoại]}, column: value", "dialogues late-reports initiatives most-of-them"},
		{"row of a fact", "{label: [PAR INDEX]}", "{label: [SIPAS]}", "rank"},
		{"condition of a fact", "where: {level: [partial]}", "where: {level: [partial, full]}", "partial-share on-time-share"},
		{"days of a fact", "column: fee, during: received", "column: fee, during: resolved", "few-fees most-of-them"},
		{"scale of a column", "style: vi, scale: percents", "style: vi, scale: ones", "on-time-share share-up costs-cut"},
		{"header of a column", "headers: [Phí]", "headers: [Lệ phí]", "few-fees many most-of-them"},
		{"part of a derived fact", "{subtract: [resolved, online]}", "{subtract: [resolved, full]}", "on-time-share"},
	} {
		t.Run(test.name, func(t *testing.T) {
			before, _ := whole(t)
			after := edited(t, test.old, test.new)
			var changed []string
			for i := range before.Targets {
				if before.Targets[i].Definition != after.Targets[i].Definition {
					changed = append(changed, before.Targets[i].ID)
				}
			}
			if got := strings.Join(changed, " "); got != test.changed {
				t.Errorf("the definitions of %q change, want %q", got, test.changed)
			}
		})
	}
	p, _ := whole(t)
	seen := map[string]string{}
	for _, target := range p.Targets {
		if other := seen[target.Definition]; other != "" || len(target.Definition) != definitionDigits {
			t.Errorf("%s: definition %q, also of %q", target.ID, target.Definition, other)
		}
		seen[target.Definition] = target.ID
	}
}
