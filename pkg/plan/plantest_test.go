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
      share-up: {value: {printed: 2.5%}}
    total: {points: 3, share: {printed: 64.9%}}
    params: {assigned: 60%}
`), p, nil)
	if len(list) > 0 {
		t.Fatal(inBoth(list))
	}
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
			{Target: "partial-share", Outcome: "missed", Points: ExpectedFigure{Value: number.Frac(1, 2), Written: "0.5"}},
			{Target: "rank", Outcome: "pending"},
			{Target: "share-up", Value: ExpectedFigure{Value: number.Frac(25, 1000), Written: "2.5%", Printed: true}},
		},
		Params: []TestParam{{ID: "assigned", Value: number.Frac(3, 5)}},
		Total: ExpectedScore{
			Points: ExpectedFigure{Value: number.Int(3), Written: "3"},
			Share:  ExpectedFigure{Value: number.Frac(649, 1000), Written: "64.9%", Printed: true},
		},
	}}
	if diff := cmp.Diff(want, got.Tests, cmpopts.IgnoreTypes(diag.Pos{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if pos := got.Tests[0].Expect[1].Pos.String(); pos != "t.yaml:9:7" {
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
		{"nothing expected", "tests: [{name: a}]", `t.yaml:1:9: the test expects nothing: give "expect", "areas", "total" or "grade" [plan-key]
    ca kiểm thử chưa có kết quả mong đợi: hãy ghi "expect", "areas", "total" hoặc "grade"
`},
		{"a workbook and facts", "tests: [{name: a, file: a.xlsx, facts: {partial: 1}, total: 1}]", `t.yaml:1:9: the test "a" has both "file" and "facts": want one of them [plan-key]
    ca kiểm thử "a" có cả "file" và "facts": chỉ dùng một
`},
		{"kinds", `tests:
  - name: a
    facts: {partial: 50%, resolved: 1.5, stated: 50, fees: much, code-of-conduct: 1}
    expect: {rank: met}
`, `t.yaml:3:22: 50% is a percentage, and the measure is none: write a plain number [plan-value]
    50% là phần trăm, còn đại lượng không phải tỷ lệ: hãy viết số thường
t.yaml:3:37: 1.5 is no whole number: the measure is of kind "count" [plan-range]
    1.5 không phải số nguyên: đại lượng thuộc loại "count"
t.yaml:3:50: 50 is no percentage, and the measure is a share: write 50% [plan-value]
    50 không phải phần trăm, còn đại lượng là tỷ lệ: hãy ghi 50%
t.yaml:3:60: "much" is a choice, and the measure is of kind "amount": want a number [plan-value]
    "much" là một lựa chọn, còn đại lượng thuộc loại "amount": cần một số
t.yaml:3:83: the measure is a choice, no number: want is: "done", "in-progress" or "not-done" [plan-value]
    đại lượng là lựa chọn, không phải số: cần is: "done", "in-progress" hoặc "not-done"
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, list := ParseTests("t.yaml", []byte(test.yaml), p, nil)
			if diff := cmp.Diff(test.want, inBoth(list)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestExpectedFigureFits(t *testing.T) {
	for _, tt := range []struct {
		want ExpectedFigure
		got  number.Exact
		fits bool
	}{
		{ExpectedFigure{}, number.Int(7), true},
		{ExpectedFigure{Value: number.Frac(522, 100), Written: "5.22"}, number.Frac(2891480, 553539), false},
		{ExpectedFigure{Value: number.Frac(522, 100), Written: "5.22", Printed: true}, number.Frac(2891480, 553539), true},
		{ExpectedFigure{Value: number.Int(5), Written: "5", Printed: true}, number.Frac(55, 10), true},
		{ExpectedFigure{Value: number.Int(5), Written: "5", Printed: true}, number.Frac(551, 100), false},
		{ExpectedFigure{Value: number.Frac(649, 1000), Written: "64.9%", Printed: true}, number.Frac(6494, 10000), true},
		{ExpectedFigure{Value: number.Frac(649, 1000), Written: "64.9%", Printed: true}, number.Frac(6496, 10000), false},
	} {
		if got := tt.want.Fits(tt.got); got != tt.fits {
			t.Errorf("%+v fits %v: %v", tt.want, tt.got, got)
		}
	}
}
