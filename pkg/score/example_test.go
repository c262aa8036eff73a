package score_test

import (
	"fmt"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

const examplePlan = `
plan: district-2023
title: {vi: Kế hoạch 2023, en: Plan of 2023}
document: {number: 1/QĐ-UBND, date: 2022-12-23}
period: {from: 2023-01-01, to: 2023-12-31}
levels:
  district: {title: {vi: Huyện, en: District}, names: ["UBND huyện *"]}
areas:
  procedures: {title: {vi: Thủ tục hành chính, en: Administrative procedures}}
tables:
  form:
    shape: form
    title: {vi: Biểu 1, en: Form 1}
    columns:
      name: {headers: [Chỉ tiêu], role: label}
      value: {headers: [Số liệu], type: number}
facts:
  received: {title: {vi: Hồ sơ tiếp nhận, en: Dossiers received}, from: [{cell: form, row: {name: [Tiếp nhận]}, column: value}]}
  online: {title: {vi: Hồ sơ trực tuyến, en: Dossiers online}, from: [{cell: form, row: {name: [Trực tuyến]}, column: value}]}
targets:
  - id: online
    area: procedures
    title: {vi: Hồ sơ trực tuyến, en: Dossiers online}
    source: {clause: I.2, quote: từ 80% trở lên}
    levels: [district]
    measure: {share: online, of: received}
    goal: {at_least: 80%}
`

// A target is decided by exact numbers; the reason says what was compared, and
// the gap is counted in dossiers.
func ExampleEvaluate() {
	p, _ := plan.Parse("plan.yaml", []byte(examplePlan))
	set := fact.Set{Unit: fact.Unit{Name: lang.Same("UBND huyện Núi Thành"), Level: "district"}, Period: p.Period, Facts: []fact.Fact{
		{ID: "received", State: fact.Reported, Value: number.Int(250)},
		{ID: "online", State: fact.Reported, Value: number.Int(195)},
	}}
	card := score.Evaluate(p, set, date.Date{Year: 2024, Month: 1, Day: 31})
	for _, r := range card.Results {
		fmt.Printf("%s: %s\n%s\n", r.Target, r.Outcome, r.Reason.In(lang.EN))
	}
	// Output:
	// online: missed
	// 195 of 250 = 78%, goal at least 80%: 5 short (200 needed)
}
