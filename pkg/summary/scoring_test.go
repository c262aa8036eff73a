package summary_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/summary"
)

// scoringPlan scores by areas: nested, capped, weighted, with rounded parts.
const scoringPlan = `plan: scoring
title: Chấm điểm
document: {number: 1/KH, date: 2023-01-01}
period: {from: 2023-01-01, to: 2023-12-31}
round: 2
levels: {department: {title: Sở}}
areas:
  services: {title: Dịch vụ công, weight: 40}
  payment: {title: Thanh toán, within: services, cap: 10, round: 1}
  results: {title: Kết quả}
grades:
  - {id: best, title: Xuất sắc, at_least: 90%, unless: [{target: t3, is: missed}, {area: payment, less_than: 50%}]}
  - {id: good, title: Tốt, at_least: 85%, unless: [{area: results, less_than: 9}]}
  - {id: fair, title: '"Khá"*', at_least: 40%}
  - {id: poor, title: Yếu}
defaults: {credit: proportional, when_empty: missed}
facts:
  a: {title: A, unit: hồ sơ, from: [{cell: form, row: {label: [A]}, column: value}]}
  b: {title: B, unit: hồ sơ, from: [{cell: form, row: {label: [B]}, column: value}]}
  c: {title: C, unit: hồ sơ, from: [{cell: form, row: {label: [C]}, column: value}]}
  d: {title: D, unit: hồ sơ, from: [{cell: form, row: {label: [D]}, column: value}]}
  e: {title: E, unit: phút, kind: amount, from: [{cell: form, row: {label: [E]}, column: value}]}
tables:
  form: {shape: form, columns: {label: {headers: [Tên], role: label}, value: {headers: [Số], type: number}}}
targets:
  - {id: m1, area: results, title: M1, source: {clause: "1m", quote: q}, levels: [department], measure: e, goal: {at_least: 9.2}, points: 1}
  - {id: t1, area: services, title: T1, source: {clause: "1", quote: q}, levels: [department], measure: {share: a, of: b}, goal: {at_least: 80%}, points: 7}
  - {id: t2, area: payment, title: T2, source: {clause: "2", quote: q}, levels: [department], measure: {share: a, of: c}, goal: {at_least: 50%}, points: 6}
  - {id: t3, area: payment, title: T3, source: {clause: "3", quote: q}, levels: [department], measure: {share: b, of: d}, goal: {at_least: 100%}, points: 6.5}
  - {id: t4, area: results, title: T4, source: {clause: "4", quote: q}, levels: [department], measure: c, goal: {at_least: 9}, points: 3, round: 0}
  - {id: t5, area: results, title: T5, source: {clause: "5", quote: q}, levels: [department], measure: {share: c, of: d}, points: 0, when_empty: not_applicable}
  - {id: q1, area: results, title: Q1, source: {clause: "6", quote: q}, levels: [department], measure: {ratio: a, of: b}, goal: {at_least: 110%}, points: 2, round: 2}
  - {id: q2, area: results, title: Q2, source: {clause: "7", quote: q}, levels: [department], measure: {ratio: a, of: {sum: [b, c]}, per: 1000, unit: hồ sơ}, goal: {at_most: 300}, points: 2, credit: all_or_nothing}
  - {id: q3, area: results, title: Q3, source: {clause: "8", quote: q}, levels: [department], measure: {share: a, of: {first: [c, {quotient: [d, 2]}, {param: rest}]}}, goal: {at_least: 70%}, points: 5}
  - {id: q4, area: results, title: Q4, source: {clause: "9", quote: q}, levels: [department], measure: {sum: [{product: [6, {share: a, of: b}]}, {min: [2, {product: [2.5, {share: a, of: {max: [c, d]}}]}]}]}, goal: {at_least: 8}, points: 8}
  - {id: q5, area: results, title: Q5, source: {clause: "10", quote: q}, levels: [department], measure: {sum: [a, {product: [b, {param: third}]}]}, goal: {more_than: 4}, points: 1, credit: {bands: [{more_than: 4, points: 1}, {at_most: 4, points: 0.5}]}}
  - {id: q6, area: results, title: Q6, source: {clause: "11", quote: q}, levels: [department], measure: {share: {sum: [a, b]}, of: {sum: [c, d]}}, goal: {at_least: 50%}, points: 1}
  - {id: q7, area: results, title: Q7, source: {clause: "11a", quote: q}, levels: [department], measure: {share: a, of: b}, goal: {at_least: 80%}, points: 2, credit: {bands: [{at_least: 60%, points: proportional}, {between: [10%, 60%], points: [0.3, 1]}, {less_than: 10%, points: 0}]}}
  - {id: d1, area: results, title: D1, source: {clause: "12", quote: q}, levels: [department], measure: b, deduct: {each: 0.3, most: 2}}
  - {id: d4, area: results, title: D4, source: {clause: "12a", quote: q}, levels: [department], measure: b, deduct: {bands: [{between: [0, 7], points: [0, 0.7]}, {more_than: 7, points: 1}]}}
  - {id: d2, area: services, title: D2, source: {clause: "13", quote: q}, levels: [department], measure: {share: a, of: d}, bonus: {bands: [{at_least: 50%, points: 1.5}, {less_than: 50%, points: 0}]}}
  - {id: d3, area: results, title: D3, source: {clause: "14", quote: q}, levels: [department], measure: d, goal: {at_least: 4}, points: 2, credit: {each: 0.25}}
params:
  third: {title: Hệ số, value: 0.5, source: s}
  rest: {title: Số còn lại, value: 20, source: s}
`

// scoring is cards under that plan: a unit for each line, with its four
// figures, "-" for one that is missing.
func scoring(t *testing.T) summary.Input {
	t.Helper()
	p, list := plan.Parse("scoring.yaml", []byte(scoringPlan))
	if list.HasErrors() {
		t.Fatal(list)
	}
	in := summary.Input{Plan: p, Program: "parcheck 1.0.0"}
	for i, line := range []string{"1 3 7 9", "5 7 9 11", "0 0 0 0", "7 7 9 9", "2 3 - 9", "1 8 8 -", "3 8 13 40"} {
		set := fact.Set{Unit: fact.Unit{Name: lang.Same(fmt.Sprintf("Sở %d", i+1)), Level: "department"}, Period: p.Period}
		for j, field := range strings.Fields(line) {
			f := reported(p.Facts[j].ID, 0)
			if _, err := fmt.Sscan(field, new(int)); err != nil {
				f.State = fact.Missing
			} else {
				f.Value, _, _ = number.ParsePlain(field)
				f.Shown = number.Short(f.Value, 0)
			}
			set.Facts = append(set.Facts, f)
		}
		mean := set.Facts[3] // a third of D, which has no end of decimals
		mean.ID, mean.Value = "e", mean.Value.Quo(number.Int(3))
		set.Facts = append(set.Facts, mean)
		in.Cards = append(in.Cards, score.Evaluate(p, set, p.Period.To))
	}
	return in
}

// A plan that scores by areas is calculated by the workbook as by the program.
func TestCalculatingAScoringPlanChangesNothing(t *testing.T) {
	in := scoring(t)
	books := [][]byte{written(t, in), writtenCard(t, in.Plan, in.Cards[1], lang.VI), writtenCard(t, in.Plan, in.Cards[4], lang.EN)}
	for i, f := range recalculated(t, books...) {
		list, cells := differences(t, opened(t, books[i]), f)
		if len(list) > 0 || cells < 150 {
			t.Errorf("book %d: %d of %d cells differ, among them\n%s", i, len(list), cells, strings.Join(list[:min(len(list), 12)], "\n"))
		}
	}
	live(t, opened(t, books[0]), in)
	for i := range in.Cards {
		whole := in.Cards[i].Total.Points.Exact
		found := false
		for _, row := range grid(t, opened(t, books[0]), "Xếp hạng") {
			found = found || at([][]string{row}, 0, 1) == fmt.Sprintf("Sở %d", i+1) && strings.Contains(strings.Join(row, " "), number.Short(whole, 4).In(lang.EN))
		}
		if !found && in.Cards[i].Total.Score != nil {
			t.Errorf("the ranking has no %s points of Sở %d", whole, i+1)
		}
	}
}

// live checks that what a target comes to for the second unit, whose figures are
// all there, is calculated in the workbook.
func live(t *testing.T, f *excelize.File, in summary.Input) {
	t.Helper()
	for _, target := range in.Plan.Targets {
		formulas := 0
		for _, sheet := range f.GetSheetList() {
			for r, row := range grid(t, f, sheet) {
				if !slices.Contains(row, target.Title.In(lang.VI)) || !slices.Contains(row, "Sở 2") {
					continue
				}
				for c := range row {
					if text, _ := f.GetCellFormula(sheet, diag.A1(r+1, c+1)); text != "" {
						formulas++
					}
				}
			}
		}
		want := 3 // the value or the gap, the outcome and the points
		if target.Tracked() {
			want = 1
		}
		if formulas < want {
			t.Errorf("%s has %d formulas, want %d", target.ID, formulas, want)
		}
	}
}
