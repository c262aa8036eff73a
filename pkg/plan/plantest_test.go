package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/number"
)

func TestTests(t *testing.T) {
	p, _ := whole(t)
	got, list := ParseTests("t.yaml", []byte(`tests:
  - name: just below
    level: province
    unit: so-xay-dung
    as_of: 2024-04-01
    facts: {partial: 649, resolved: 1000, stated: 64.9%, code-of-conduct: done, late: missing, fees: invalid}
    expect:
      partial-share: {outcome: missed, points: 0.5}
      rank: pending
`), p)
	if len(list) > 0 {
		t.Fatal(inBoth(list))
	}
	half := number.Frac(1, 2)
	want := []Test{{
		Name: "just below", Level: "province", Unit: "so-xay-dung", AsOf: date.Date{Year: 2024, Month: 4, Day: 1},
		Facts: []TestFact{
			{ID: "partial", State: "reported", Value: number.Int(649)},
			{ID: "resolved", State: "reported", Value: number.Int(1000)},
			{ID: "stated", State: "reported", Value: number.Frac(649, 1000), Percent: true},
			{ID: "code-of-conduct", State: "reported", Choice: "done"},
			{ID: "late", State: "missing"},
			{ID: "fees", State: "invalid"},
		},
		Expect: []Expectation{
			{Target: "partial-share", Outcome: "missed", Points: &half},
			{Target: "rank", Outcome: "pending"},
		},
	}}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreTypes(diag.Pos{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if pos := got[0].Expect[1].Pos.String(); pos != "t.yaml:9:7" {
		t.Errorf("the expectation stands at %s", pos)
	}
}

func TestTestMistakes(t *testing.T) {
	p, _ := whole(t)
	for _, test := range []struct{ name, yaml, want string }{
		{"names", `tests:
  - {name: a, level: provinces, facts: {partail: 1}, expect: {ranks: met}}
  - {name: a, expect: {rank: meet}}
`, `t.yaml:2:22: there is no level "provinces": did you mean "province"? ("province" or "department") [plan-name]
    không có cấp "provinces": có phải "province" không? ("province" hoặc "department")
t.yaml:2:41: there is no fact "partail": did you mean "partial"? [plan-name]
    không có số liệu "partail": có phải "partial" không?
t.yaml:2:63: there is no target "ranks": did you mean "rank"? [plan-name]
    không có chỉ tiêu "ranks": có phải "rank" không?
t.yaml:3:12: the test "a" is defined twice [plan-name]
    ca kiểm thử "a" được định nghĩa hai lần
    t.yaml:2:12: first here / lần đầu ở đây
t.yaml:3:30: "meet" is no outcome: did you mean "met"? ("met", "missed", "missing", "pending", "not_applicable", "invalid" or "tracked") [plan-value]
    "meet" không phải kết quả: có phải "met" không? ("met", "missed", "missing", "pending", "not_applicable", "invalid" hoặc "tracked")
`},
		{"kinds", `tests:
  - name: a
    facts: {partial: 50%, resolved: 1.5, stated: 50, fees: much, code-of-conduct: 1}
    expect: {rank: met}
`, `t.yaml:3:22: 50% is a percentage, and the measure is none: write a plain number [plan-value]
    50% là phần trăm, còn đại lượng không phải tỷ lệ: hãy viết số thường
t.yaml:3:37: 1.5 is no whole number: the measure is of kind "count" [plan-range]
    1.5 không phải số nguyên: đại lượng thuộc loại "count"
t.yaml:3:50: 50 is no percentage, and the measure is a share: write it with % [plan-value]
    50 không phải phần trăm, còn đại lượng là tỷ lệ: hãy viết kèm %
t.yaml:3:60: "much" is a choice, and the measure is of kind "amount": want a number [plan-value]
    "much" là một lựa chọn, còn đại lượng thuộc loại "amount": cần một số
t.yaml:3:83: the measure is a choice, no number: want is: "done", "in-progress" or "not-done" [plan-value]
    đại lượng là lựa chọn, không phải số: cần is: "done", "in-progress" hoặc "not-done"
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, list := ParseTests("t.yaml", []byte(test.yaml), p)
			if diff := cmp.Diff(test.want, inBoth(list)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
