package score

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

// TestBoundaries checks that the tests at goals stand on both sides of each, and
// that a file of them is read and passes.
func TestBoundaries(t *testing.T) {
	const text = `plan: p
title: {vi: Kế hoạch, en: Plan}
document: {number: 1/KH, date: 2023-01-01}
period: {from: 2023-01-01, to: 2023-12-31}
levels: {commune: {title: {vi: Xã, en: Commune}}}
areas: {a: {title: {vi: Chung, en: All}}}
params: {assigned: {title: {vi: Mức giao, en: Assigned}}}
tables:
  form: {shape: form, title: {vi: Biểu, en: Form}, columns: {label: {headers: [Nội dung], role: label}, n: {headers: [Số], type: number}, c: {headers: [Mức], type: choice, values: {done: [Xong], open: [Chưa]}}}}
facts:
  all: {title: {vi: Cả, en: All}, unit: {vi: đơn, en: letters}, from: [{cell: form, row: {label: [Cả]}, column: n}]}
  some: {title: {vi: Một số, en: Some}, unit: {vi: đơn, en: letters}, from: [{cell: form, row: {label: [Một số]}, column: n}]}
  state: {title: {vi: Mức, en: State}, kind: choice, from: [{cell: form, row: {label: [Mức]}, column: c}]}
targets:
  - {id: third, area: a, title: {vi: Tỷ lệ, en: Share}, source: {clause: "1", quote: q}, levels: [commune], measure: {share: some, of: all}, goal: {at_least: 62.5%}}
  - {id: few, area: a, title: {vi: Ít, en: Few}, source: {clause: "2", quote: q}, levels: [commune], measure: some, goal: {less_than: 1}}
  - {id: done, area: a, title: {vi: Xong, en: Done}, source: {clause: "3", quote: q}, levels: [commune], measure: state, goal: {is: done}}
  - {id: sum, area: a, title: {vi: Tổng, en: Sum}, source: {clause: "4", quote: q}, levels: [commune], measure: {sum: [some, all]}, goal: {at_least: 5}}
  - {id: both, area: a, title: {vi: Cả hai, en: Both}, source: {clause: "5", quote: q}, levels: [commune], measure: {met: [few, sum]}, goal: {at_least: 2}}
  - {id: open, area: a, title: {vi: Chưa giao, en: Open}, source: {clause: "6", quote: q}, levels: [commune], measure: some, goal: {at_least: {param: assigned}}}
  - {id: seen, area: a, title: {vi: Theo dõi, en: Seen}, source: {clause: "7", quote: q}, levels: [commune], measure: some, points: 0}
`
	p, mistakes := plan.Parse("p.yaml", []byte(text))
	if mistakes.HasErrors() {
		t.Fatal(mistakes)
	}
	tests, without := Boundaries(p, lang.EN)
	suite := plan.Suite{Plan: p, Tests: tests}
	const want = `plan: "p.yaml"
tests:
  - name: "Share: 61.54% (≥ 62.5%)"
    level: commune
    as_of: 2023-12-31
    facts: {some: 64, all: 104}
    expect: {third: missed}
  - name: "Share: 62.5% (≥ 62.5%)"
    level: commune
    as_of: 2023-12-31
    facts: {some: 65, all: 104}
    expect: {third: met}
  - name: "Share: 63.46% (≥ 62.5%)"
    level: commune
    as_of: 2023-12-31
    facts: {some: 66, all: 104}
    expect: {third: met}
  - name: "Few: 0 (< 1)"
    level: commune
    as_of: 2023-12-31
    facts: {some: 0}
    expect: {few: met}
  - name: "Few: 1 (< 1)"
    level: commune
    as_of: 2023-12-31
    facts: {some: 1}
    expect: {few: missed}
  - name: "Few: 2 (< 1)"
    level: commune
    as_of: 2023-12-31
    facts: {some: 2}
    expect: {few: missed}
  - name: "Done: Chưa (= Xong)"
    level: commune
    as_of: 2023-12-31
    facts: {state: open}
    expect: {done: missed}
  - name: "Done: Xong (= Xong)"
    level: commune
    as_of: 2023-12-31
    facts: {state: done}
    expect: {done: met}
  - name: "Sum: 4 (≥ 5)"
    level: commune
    as_of: 2023-12-31
    facts: {some: 3, all: 1}
    expect: {sum: missed}
  - name: "Sum: 5 (≥ 5)"
    level: commune
    as_of: 2023-12-31
    facts: {some: 4, all: 1}
    expect: {sum: met}
  - name: "Sum: 6 (≥ 5)"
    level: commune
    as_of: 2023-12-31
    facts: {some: 5, all: 1}
    expect: {sum: met}
  - name: "Both: 2 (≥ 2)"
    level: commune
    as_of: 2023-12-31
    facts: {some: 0, all: 100}
    expect: {both: met}
  - name: "Both: 1 (≥ 2)"
    level: commune
    as_of: 2023-12-31
    facts: {some: 1, all: 100}
    expect: {both: missed}
  - name: "Both: 1 (≥ 2), 2"
    level: commune
    as_of: 2023-12-31
    facts: {some: 2, all: 100}
    expect: {both: missed}
`
	if d := cmp.Diff(want, string(suite.YAML("p.yaml"))); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if got := strings.Join(without, " "); got != "open" {
		t.Errorf("without a test: %q", got)
	}
	read, found := plan.ParseTests("t.yaml", []byte(want), p, nil)
	if len(found) > 0 {
		t.Fatal(found)
	}
	for i := range read.Tests {
		for _, failure := range Try(p, &read.Tests[i]) {
			t.Error(failure.Written(lang.EN))
		}
	}
}
