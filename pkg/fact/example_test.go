package fact_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/workbook"
)

const (
	examplePlan = `
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
	exampleReport = "Đơn vị báo cáo: UBND huyện Núi Thành,\nChỉ tiêu,Số liệu\nTiếp nhận,250\nTrực tuyến,195\n"
)

// Facts come with the cells behind them.
func ExampleCollect() {
	ctx := context.Background()
	p, _ := plan.Parse("plan.yaml", []byte(examplePlan))
	w, err := workbook.Open(ctx, "report.csv", strings.NewReader(exampleReport), int64(len(exampleReport)), workbook.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer w.Close()
	reading, err := fact.Collect(ctx, p, nil, w, fact.Input{File: w.Name, Kind: w.Kind}, fact.Options{})
	if err != nil {
		log.Fatal(err)
	}
	set := reading.Sets[0]
	fmt.Println(set.Unit.Name.In(lang.EN))
	for _, f := range set.Facts {
		fmt.Println(f.ID, f.Value, f.Sources[0].Evidence[0].Where())
	}
	// Output:
	// UBND huyện Núi Thành
	// received 250 'report'!B3
	// online 195 'report'!B4
}
