package engine_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/cmd/parcheck-web/engine"
	"github.com/parcheck/parcheck/pkg/report"
)

const levelsPlan = `
plan: levels
title: Hai cấp
document: {number: 1/KH, date: 2024-01-02}
period: {from: 2024-01-01, to: 2024-12-31}
defaults: {rollup: pooled, levels: [commune, district]}
levels:
  district: {title: Huyện, names: ["UBND huyện *"]}
  commune: {title: Xã, names: ["UBND xã *"]}
areas: {a: {title: Thủ tục}}
tables:
  form:
    shape: form
    title: Biểu
    columns: {name: {headers: [Chỉ tiêu], role: label}, value: {headers: [Số liệu], type: number}}
facts:
  meetings: {title: Cuộc họp, from: {cell: form, row: Số cuộc họp}}
  came: {title: Ngày nộp, from: {submission: received}}
targets:
  - {id: meetings, area: a, title: Đối thoại, source: {clause: "1", quote: 9 cuộc}, measure: meetings, goal: {at_least: 9}}
  - {id: handed-in, area: a, title: Nộp đúng hạn, source: {clause: "2", quote: "trước 10/01/2025"}, levels: [commune], measure: came, goal: {not_after: 2025-01-10}}
`

const levelsRoster = `
roster: units
title: Các đơn vị
deadline: 2025-01-10
units:
  - {id: huyen, name: UBND huyện Một, level: district}
  - {id: xa-a, name: UBND xã A, level: commune, parent: huyen}
  - {id: xa-b, name: UBND xã B, level: commune, parent: huyen, aliases: [Xã B]}
  - {id: xa-c, name: UBND xã C, level: commune, parent: huyen}
`

// The page rolls results up, and judges the day on which a file came, as the
// command does.
func TestRollUpAndDaysOfReceipt(t *testing.T) {
	settings := engine.Settings{
		Texts: []engine.Source{{Name: "plan.yaml", Data: []byte(levelsPlan)}}, Roster: &engine.Source{Name: "roster.yaml", Data: []byte(levelsRoster)},
		AsOf: "2025-01-20", Receipt: "2025-01-09", Came: &engine.Source{Name: "came.csv", Data: []byte("Đơn vị;Ngày\nXã B;15/01/2025\nXã Z;15/01/2025\n")},
	}
	commune := func(name, meetings string) engine.File {
		return file(name+".csv", []byte("Đơn vị báo cáo: UBND xã "+name+"\nKỳ báo cáo: Năm 2024\n\nChỉ tiêu;Số liệu\nSố cuộc họp;"+meetings+"\n"))
	}
	e := newEngine()
	a := ask(t, e, engine.Request{Do: "score", Settings: settings}, commune("A", "5"), commune("B", "4"))
	if a.Error != "" {
		t.Fatal(a.Error)
	}
	var findings strings.Builder
	for _, f := range a.Outcome.Findings {
		findings.WriteString(f.Place + ": " + f.Message + "\n")
	}
	for _, want := range []string{
		"roster.yaml: not in the roll-up of UBND huyện Một: UBND xã C (nothing handed in)",
		`came.csv:3: "Xã Z" is on no roster and handed in nothing`,
		`B.csv: "UBND xã B" came on 2025-01-15`,
	} {
		if !strings.Contains(findings.String(), want) {
			t.Errorf("no finding %q in:\n%s", want, findings.String())
		}
	}
	var doc report.Document
	if err := json.Unmarshal(ask(t, e, engine.Request{Do: "save", Format: "json"}).Data, &doc); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range doc.Cards {
		for _, r := range c.Results {
			got = append(got, c.Unit.ID+" "+r.Target+" "+r.Outcome.String())
		}
	}
	const want = "huyen meetings met, huyen handed-in not_applicable, xa-a meetings missed, xa-a handed-in met, xa-b meetings missed, xa-b handed-in missed"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("%s\nwant %s", s, want)
	}
}
