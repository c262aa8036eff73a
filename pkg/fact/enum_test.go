package fact

import (
	"strconv"
	"testing"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

const everySourcePlan = `
tables:
  form:
    shape: form
    title: Form
    columns: {name: {headers: [Chỉ tiêu], role: label}, value: {headers: [Số liệu], type: number}}
  cross:
    shape: cross
    title: Cross
    columns: {name: {headers: [Lĩnh vực], role: label}, in: {headers: [Tiếp nhận], type: number}, out: {headers: [Đã trả], type: number}}
  list:
    shape: list
    title: List
    columns: {id: {headers: [Mã], role: key}, day: {headers: [Ngày], type: date}, fee: {headers: [Phí], type: number}, kind: {headers: [Loại]}}
facts:
  cell: {title: Cell, from: [{cell: form, row: {name: [Số hồ sơ]}, column: value}]}
  total: {title: Total, from: [{total: cross, column: in}]}
  count: {title: Count, from: [{count: list, where: {day: filled}}]}
  sum: {title: Sum, kind: amount, from: [{sum: list, column: fee}]}
  add: {title: Add, from: [{add: [cell, total]}]}
  subtract: {title: Subtract, from: [{subtract: [total, cell]}]}
  distinct: {title: Distinct, from: [{distinct: list, column: kind}]}
  mean: {title: Mean, from: [{mean: list, column: fee}]}
  least: {title: Least, kind: amount, from: [{least: list, column: fee}]}
  most: {title: Most, kind: amount, from: [{most: list, column: fee}]}
  previous: {title: Previous, from: [{previous: {fact: cell}}]}
  submission: {title: Submission, from: [{submission: received}]}
  roster: {title: Roster, from: [{roster: deadline}]}
  days: {title: Days, from: [{days: roster, after: submission}]}
`

const everySourceBook = `
== Form
Chỉ tiêu | Số liệu
Số hồ sơ | 5
== Cross
Lĩnh vực | Tiếp nhận | Đã trả
Đất đai | 10 | 1
Nhà ở | 20 | 2
== List
Mã | Ngày | Phí | Loại
H1 | 2023-03-01 | 2.5 | Đất
H2 | | 1 | ĐẤT
H3 | 2023-04-01 | 3 | Nhà
`

// The table has a row for each kind of source; one that is added fails until it
// is read. Words in both languages are looked at in every reading.
func TestEverySourceIsReadAndHasWords(t *testing.T) {
	want := map[plan.SourceOp]string{
		plan.CellSource: "5", plan.TotalSource: "30", plan.CountSource: "2", plan.SumSource: "13/2",
		plan.AddSource: "35", plan.SubtractSource: "25", plan.PreviousSource: "4",
		plan.SubmissionSource: "44930", plan.RosterSource: "44936", plan.DaysSource: "6",
		plan.DistinctSource: "2", plan.MeanSource: "13/6", plan.LeastSource: "1", plan.MostSource: "3",
	}
	previous := func(Unit, plan.Period, plan.Earlier) Earlier {
		return Earlier{Found: true, Value: number.Int(4), File: "2022.json", From: lang.T("the result of 2022", "kết quả năm 2022")}
	}
	received := func(Unit) Receipt {
		return Receipt{Day: date.Date{Year: 2023, Month: 1, Day: 4}, From: diag.Pos{File: "received.csv", Line: 2}}
	}
	roster := parseRoster(t, `
roster: r
title: R
deadline: 2023-01-10
units: [{id: a, name: A, level: office}]
`)
	r := request{plan: parsePlan(t, everySourcePlan), file: parseBook(t, everySourceBook).xlsx(), roster: roster, opt: Options{Unit: "a", Previous: previous, Received: received}}.mustCollect(t)
	for op := plan.SourceOp(0); op.String() != strconv.Itoa(int(op)); op++ {
		value, ok := want[op]
		if !ok {
			t.Errorf("no row for the source %q: what does it give?", op)
			continue
		}
		f := r.Sets[0].Find(op.String())
		if f == nil || f.State != Reported || f.Value.String() != value || len(f.Sources[0].Evidence) == 0 {
			t.Errorf("%s gives %+v, want %s with its evidence", op, f, value)
		}
	}
}
