package summary_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/summary"
)

// The ranking names each unit's grade and the overview counts them, both by
// formulas. TestCalculatingAScoringPlanChangesNothing calculates them.
func TestGrades(t *testing.T) {
	in := scoring(t)
	f := opened(t, written(t, in))
	counts, units := map[string]int{}, map[string]string{}
	for _, c := range in.Cards {
		if c.Grade == nil {
			t.Fatalf("%s has no grade", c.Unit.Name)
		}
		title := c.Grade.Title.In(lang.VI)
		counts[title]++
		units[c.Unit.Name.In(lang.VI)] = title
	}
	if len(counts) < 3 {
		t.Fatalf("grades %v: the plan of the test tells few apart", counts)
	}
	ranking := grid(t, f, "Xếp hạng")
	col := -1
	for i, head := range ranking[5] {
		if head == "Xếp loại" {
			col = i
		}
	}
	if col < 0 {
		t.Fatalf("the ranking has no grade: %q", ranking[5])
	}
	for r, row := range ranking {
		want, ok := units[at(ranking, r, 1)]
		if !ok {
			continue
		}
		delete(units, row[1])
		if formula, _ := f.GetCellFormula("Xếp hạng", diag.A1(r+1, col+1)); row[col] != want || formula == "" {
			t.Errorf("%s is %q by %q, want %q", row[1], row[col], formula, want)
		}
	}
	if len(units) > 0 {
		t.Errorf("the ranking has no %v", units)
	}
	signed := grid(t, f, "Kết quả Sở")
	col = slices.Index(signed[8], "Xếp loại")
	for i := range in.Cards {
		c := &in.Cards[i]
		r := find(t, signed, map[int]string{1: c.Unit.Name.In(lang.VI)})
		if got, want := at(signed, r, col), c.Grade.Title.In(lang.VI); got != want {
			t.Errorf("the sheet to be signed calls %s %q, want %q", c.Unit.Name, got, want)
		}
	}
	overview := grid(t, f, "Tổng quan")
	for _, g := range in.Plan.Grades {
		title, found := g.Title.In(lang.VI), false
		for r, row := range overview {
			if len(row) > 4 && row[0] == title {
				formula, _ := f.GetCellFormula("Tổng quan", diag.A1(r+1, 5))
				found = row[4] == fmt.Sprint(counts[title]) && formula != ""
			}
		}
		if !found {
			t.Errorf("the overview does not count %d units of %q", counts[title], title)
		}
	}
}

// gradedPlan withholds its grades: the areas are a plain sum.
const gradedPlan = `plan: graded
title: Graded
document: {number: 1/KH, date: 2023-01-01}
period: {from: 2023-01-01, to: 2023-12-31}
levels: {department: {title: Department}}
areas: {a: {title: First area}, b: {title: Second area}}
grades:
  - {id: best, title: Best, at_least: 80%, unless: [{area: a, less_than: 60%}, {target: b1, is: missing}]}
  - {id: good, title: Good, at_least: 50%, unless: [{area: b, less_than: 3}, {target: a1, is: missed}]}
  - {id: fair, title: Fair, unless: [{target: a1, is: invalid}]}
  - {id: poor, title: Poor}
tables:
  form: {shape: form, columns: {label: {headers: [Name], role: label}, value: {headers: [Number], type: number}}}
facts:
  a: {title: A, unit: u, from: [{cell: form, row: {label: [A]}, column: value}]}
  b: {title: B, unit: u, from: [{cell: form, row: {label: [B]}, column: value}]}
  c: {title: C, unit: u, from: [{cell: form, row: {label: [C]}, column: value}]}
targets:
  - {id: a1, area: a, title: A1, source: {clause: "1", quote: q}, levels: [department], measure: {share: a, of: b}, goal: {at_least: 60%}, points: 4, credit: proportional}
  - {id: b1, area: b, title: B1, source: {clause: "2", quote: q}, levels: [department], measure: c, goal: {at_least: 9}, points: 6, credit: proportional}
`

// A grade that areas and targets withhold follows figures that are changed.
func TestWithheldGradesAreCalculated(t *testing.T) {
	p, list := plan.Parse("graded.yaml", []byte(gradedPlan))
	if list.HasErrors() {
		t.Fatal(list)
	}
	under := func(lines ...string) summary.Input {
		in := summary.Input{Plan: p, Lang: lang.EN, Program: "parcheck 1.0.0"}
		for i, line := range lines {
			set := fact.Set{Unit: fact.Unit{Name: lang.Same(fmt.Sprintf("Unit %d", i+1)), Level: "department"}, Period: p.Period}
			for j, field := range strings.Fields(line) {
				f := reported(p.Facts[j].ID, 0)
				if field == "-" {
					f.State = fact.Missing
				} else if n := int64(0); true {
					fmt.Sscan(field, &n)
					f = reported(f.ID, n)
				}
				set.Facts = append(set.Facts, f)
			}
			in.Cards = append(in.Cards, score.Evaluate(p, set, p.Period.To))
		}
		return in
	}
	before := under("9 9 9", "9 9 9", "3 10 9", "9 9 4", "9 9 9", "9 3 9", "1 9 1")
	after := under("9 9 9", "2 9 9", "6 10 9", "9 9 5", "9 9 0", "2 3 9", "9 3 1")
	if a, b := gradesOf(before), gradesOf(after); a != "best best fair fair best good fair" || b != "best fair best good fair best poor" {
		t.Fatalf("the cards have the grades %s, then %s", a, b)
	}
	data := written(t, before)
	f := opened(t, data)
	typed := func(sheet string, facts ...int) {
		rows := grid(t, f, sheet)
		first := slices.Index(rows[4], "Numerator or figure")
		for i := range after.Cards {
			for k, j := range facts {
				n, _ := after.Cards[i].Facts[j].Value.Int64()
				if err := f.SetCellInt(sheet, diag.A1(6+i, first+k+1), n); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	typed("First area", 0, 1)
	typed("Second area", 2)
	var edited bytes.Buffer
	if err := f.Write(&edited); err != nil {
		t.Fatal(err)
	}
	books := recalculated(t, data, edited.Bytes())
	if list, _ := differences(t, opened(t, data), books[0]); len(list) > 0 {
		t.Error(strings.Join(list[:min(len(list), 12)], "\n"))
	}
	ranking := grid(t, books[1], "Ranking")
	col := slices.Index(ranking[5], "Grade")
	for i := range after.Cards {
		row := ranking[find(t, ranking, map[int]string{1: fmt.Sprintf("Unit %d", i+1)})]
		if want := after.Cards[i].Grade.Title.In(lang.EN); row[col] != want {
			t.Errorf("%s is calculated as %q, scored as %q", row[1], row[col], want)
		}
	}
}

func gradesOf(in summary.Input) string {
	var list []string
	for i := range in.Cards {
		list = append(list, in.Cards[i].Grade.ID)
	}
	return strings.Join(list, " ")
}
