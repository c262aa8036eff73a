package summary_test

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
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

// betweenPlan has counts of met targets, gates, and targets that may not apply,
// with each rule for their points.
const betweenPlan = `plan: between
title: Khung hiệu quả
document: {number: 1/KH, date: 2023-01-01}
period: {from: 2023-01-01, to: 2023-12-31}
fallen: shared
levels: {department: {title: Sở}, office: {title: Phòng}}
areas:
  services: {title: Dịch vụ công, cap: 30}
  inner: {title: Khiếu nại, within: services, cap: 4}
  people: {title: Nhân sự, fallen: given}
  money: {title: Tài chính, fallen: dropped}
  rest: {title: Khác}
facts:
  a: {title: A, unit: hồ sơ, from: [{cell: form, row: {label: [A]}, column: value}]}
  b: {title: B, unit: hồ sơ, from: [{cell: form, row: {label: [B]}, column: value}]}
  c: {title: C, unit: hồ sơ, from: [{cell: form, row: {label: [C]}, column: value}]}
  d: {title: D, unit: hồ sơ, from: [{cell: form, row: {label: [D]}, column: value}]}
tables:
  form: {shape: form, columns: {label: {headers: [Tên], role: label}, value: {headers: [Số], type: number}}}
defaults: {levels: [department]}
targets:
  - {id: k1, area: services, title: K1, source: {clause: "1", quote: q}, measure: {met: [t1, t2, t3, t4]}, goal: {at_least: 2}, points: 5, credit: proportional}
  - {id: k2, area: people, title: K2, source: {clause: "2", quote: q}, measure: {met: [t1, t2, t3], of: applicable}, goal: {at_least: 100%}, points: 4, requires: [t1]}
  - {id: k3, area: money, title: K3, source: {clause: "3", quote: q}, measure: {met: [k1, k2]}, goal: {between: [1, 1]}, points: 3}
  - {id: k4, area: rest, title: K4, source: {clause: "4", quote: q}, measure: {met: [t1, t2]}, goal: {at_most: 0}, points: 1, when_missing: met}
  - {id: t1, area: services, title: T1, source: {clause: "5", quote: q}, measure: a, goal: {at_least: 5}, points: 2}
  - {id: t2, area: services, title: T2, source: {clause: "6", quote: q}, measure: {share: a, of: b}, goal: {at_least: 80%}, points: 3, credit: proportional, requires: [t1, t3], when_empty: not_applicable}
  - {id: t3, area: inner, title: T3, source: {clause: "7", quote: q}, measure: c, goal: {at_least: 5}, points: 6, applies_if: {d: {at_least: 1}}}
  - {id: t4, area: people, title: T4, source: {clause: "8", quote: q}, measure: {share: c, of: d}, goal: {at_least: 50%}, points: 2, credit: proportional, applies_if: {any_of: [{a: {more_than: 3}}, {d: {between: [2, 9]}}]}, when_missing: missed}
  - {id: t5, area: people, title: T5, source: {clause: "9", quote: q}, measure: b, goal: {at_least: 1}, points: 2, applies_if: {none_of: [{c: {at_most: 6}}], d: filled}}
  - {id: t6, area: money, title: T6, source: {clause: "10", quote: q}, measure: b, goal: {at_least: 1}, points: 2, applies_if: {a: blank}}
  - {id: bonus, area: money, title: B1, source: {clause: "11", quote: q}, measure: c, bonus: {each: 0.5, most: 2}, requires: [t1], applies_if: {c: {at_least: 2}}}
  - {id: t7, area: rest, title: T7, source: {clause: "12", quote: q}, levels: [office], measure: b, goal: {at_least: 1}, points: 2}
  - {id: t8, area: rest, title: T8, source: {clause: "14", quote: q}, measure: b, goal: {at_least: 3}, points: 2, applies_if: {a: {more_than: {fact: c}}}}
  - {id: t9, area: money, title: T9, source: {clause: "15", quote: q}, measure: a, goal: {at_least: 3}, points: 2, applies_if: {none_of: [{d: {between: [{fact: c}, 9]}}]}}
  - {id: k5, area: rest, title: K5, source: {clause: "13", quote: q}, measure: {met: [t7, t1]}, goal: {at_least: 1}, points: 1, requires: [t7]}
`

// between is cards under that plan: a unit for each line, with its four figures,
// "-" for one that is missing, "!" for one that cannot be used.
func between(t *testing.T) summary.Input {
	t.Helper()
	p, list := plan.Parse("between.yaml", []byte(betweenPlan))
	if list.HasErrors() {
		t.Fatal(list)
	}
	in := summary.Input{Plan: p, Program: "parcheck 1.0.0"}
	for i, line := range betweenFigures {
		in.Cards = append(in.Cards, score.Evaluate(p, betweenSet(p, i, line), p.Period.To))
	}
	return in
}

// betweenFigures are the four figures of each unit.
var betweenFigures = []string{"5 6 7 9", "4 5 9 0", "0 0 0 0", "7 7 5 1", "- 3 7 9", "9 - 9 9", "9 9 - 3", "9 9 9 -", "4 0 1 0", "! 3 7 9", "5 5 9 !", "- - - -", "6 0 8 9"}

// betweenSet is the facts of a unit.
func betweenSet(p *plan.Plan, unit int, figures string) fact.Set {
	set := fact.Set{Unit: fact.Unit{Name: lang.Same(fmt.Sprintf("Sở %d", unit+1)), Level: "department"}, Period: p.Period}
	for j, field := range strings.Fields(figures) {
		f := reported(p.Facts[j].ID, 0)
		switch field {
		case "-":
			f.State = fact.Missing
		case "!":
			f.State = fact.Invalid
		default:
			f.Value, _, _ = number.ParsePlain(field)
			f.Shown = number.Short(f.Value, 0)
		}
		set.Facts = append(set.Facts, f)
	}
	return set
}

func TestCalculatingTargetsThatDependOnOthersChangesNothing(t *testing.T) {
	in := between(t)
	books := [][]byte{written(t, in)}
	for _, i := range []int{0, 1, 4, 8, 9} {
		books = append(books, writtenCard(t, in.Plan, in.Cards[i], lang.VI))
	}
	for i, f := range recalculated(t, books...) {
		list, cells := differences(t, opened(t, books[i]), f)
		if len(list) > 0 || cells < 50 {
			t.Errorf("book %d: %d of %d cells differ, among them\n%s", i, len(list), cells, strings.Join(list[:min(len(list), 12)], "\n"))
		}
	}
}

// Figures that are typed over in the workbook give what scoring them gives,
// wherever the change opens a gate, takes a target out, or settles a count.
func TestEditingTargetsThatDependOnOthersEqualsScoringAgain(t *testing.T) {
	for shift := 1; shift <= 2; shift++ {
		in := between(t)
		in.Lang = lang.EN
		book := opened(t, written(t, in))
		for i := range in.Cards {
			line := betweenFigures[(i+shift)%len(betweenFigures)]
			if strings.Contains(line+betweenFigures[i], "!") { // a cell cannot be made invalid, nor one that was be told to be sound
				continue
			}
			set := betweenSet(in.Plan, i, line)
			in.Cards[i] = score.Evaluate(in.Plan, set, in.Plan.Period.To)
			if typed := retype(t, book, in.Plan, set); typed < len(in.Plan.Targets)/2 {
				t.Fatalf("only %d figures of %s were typed", typed, set.Unit.Name.In(lang.VI))
			}
		}
		var b bytes.Buffer
		if err := book.Write(&b); err != nil {
			t.Fatal(err)
		}
		got, want := recalculated(t, b.Bytes())[0], opened(t, written(t, in))
		for _, sheet := range want.GetSheetList() {
			switch rows := grid(t, want, sheet); {
			case sheet == "Matrix" || sheet == "Overview":
				compareAll(t, sheet, rows, grid(t, got, sheet))
			case len(rows) > 4 && slices.Contains(rows[4], "Numerator or figure"):
				compareColumns(t, sheet, rows, grid(t, got, sheet))
			}
		}
	}
}

// retype writes the figures of a unit over those of its rows, and counts them.
func retype(t *testing.T, f *excelize.File, p *plan.Plan, set fact.Set) (typed int) {
	t.Helper()
	for _, sheet := range f.GetSheetList() {
		rows := grid(t, f, sheet)
		if len(rows) < 5 || !slices.Contains(rows[4], "Numerator or figure") {
			continue
		}
		unit, first := slices.Index(rows[4], "Unit"), slices.Index(rows[4], "Numerator or figure")
		for r := 5; r < len(rows); r++ {
			if at(rows, r, unit) != set.Unit.Name.In(lang.VI) {
				continue
			}
			no, _ := strconv.Atoi(at(rows, r, 0))
			ids := p.Targets[no-1].Measure.Facts()
			for _, id := range p.Targets[no-1].AppliesFacts() {
				if !slices.Contains(ids, id) {
					ids = append(ids, id)
				}
			}
			for i, id := range ids {
				for _, x := range set.Facts {
					var value any
					if x.State == fact.Reported {
						n, _ := strconv.Atoi(x.Value.String())
						value = n
					}
					if x.ID != id {
						continue
					}
					if err := f.SetCellValue(sheet, diag.A1(r+1, first+i+1), value); err != nil {
						t.Fatal(err)
					}
					typed++
				}
			}
		}
	}
	return typed
}
