package plan_test

import (
	"fmt"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
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

// A plan is parsed as a whole: every mistake is told, with its place.
func ExampleParse() {
	p, mistakes := plan.Parse("plan.yaml", []byte(examplePlan))
	fmt.Println(p.Title.In(lang.EN), len(p.Targets), "target,", len(mistakes), "mistakes")

	_, mistakes = plan.Parse("short.yaml", []byte("plan: short\ntitle: Short\nperiod: 2023\n"))
	fmt.Println(mistakes[0].In(lang.EN))
	// Output:
	// Plan of 2023 1 target, 0 mistakes
	// short.yaml:1:1: the plan has no "areas": groups of targets, by id [plan-key]
}
