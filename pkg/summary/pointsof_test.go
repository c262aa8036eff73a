package summary_test

import (
	"fmt"
	"math/rand/v2"
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

// worthPlan has points that differ by level and by unit, of each kind of credit.
const worthPlan = `plan: worth
title: Worth
document: {number: 1/KH, date: 2023-01-01}
period: {from: 2023-01-01, to: 2023-12-31}
levels: {district: {title: District}, commune: {title: Commune}}
defaults: {levels: [district, commune]}
areas: {first: {title: First}, second: {title: Second RULES}}
params:
  one: {source: s, values: [{level: district, value: 2}, {level: commune, value: 1.5}]}
  two: {source: s, value: 3, values: [{unit: u3, value: 6}]}
tables:
  form: {shape: form, columns: {label: {headers: [Name], role: label}, value: {headers: [Number], type: number}}}
facts:
  a: {title: A, from: [{cell: form, row: {label: [A]}, column: value}]}
  b: {title: B, from: [{cell: form, row: {label: [B]}, column: value}]}
targets:
  - {id: all, area: first, title: All, source: {clause: "1", quote: q}, measure: a, goal: {at_least: 5}, points: {param: one}}
  - {id: part, area: first, title: Part, source: {clause: "2", quote: q}, measure: {share: a, of: b}, goal: {at_least: 50%}, points: {param: two}, credit: proportional}
  - {id: plain, area: second, title: Plain, source: {clause: "3", quote: q}, commitment: aspirational, measure: {share: a, of: b}, goal: {at_least: 60%}, points: 3, credit: {linear: {from: 20%}}}
  - {id: banded, area: second, title: Banded, source: {clause: "4", quote: q}, measure: a, goal: {at_least: 6}, points: {param: one}, credit: {bands: [{at_least: 6, points: proportional}, {at_least: 2, points: 0.5}, {less_than: 2, points: 0}]}, when_missing: met}
  - {id: best, area: second, title: Best, source: {clause: "5", quote: q}, measure: a, goal: {at_least: 3}, points: {param: two}, credit: best}
  - {id: only, area: second, title: Only, source: {clause: "6", quote: q}, levels: [district], applies_if: {b: {at_least: 10}}, measure: a, goal: {at_least: 3}, points: {param: one}}
`

// Points that differ by unit are those of each unit's own row, in every sum of the
// workbook, as LibreOffice calculates it.
func TestPointsThatDifferAreCalculated(t *testing.T) {
	var books [][]byte
	var names []string
	for _, rules := range []string{"}", ", cap: 9}", ", fallen: shared}", ", fallen: given}"} {
		p, list := plan.Parse("worth.yaml", []byte(strings.Replace(worthPlan, " RULES}", rules, 1)))
		if list.HasErrors() {
			t.Fatal(list)
		}
		in := summary.Input{Plan: p, Lang: lang.EN, Program: "parcheck 1.0.0", Roster: &plan.Roster{ID: "r", Title: lang.Same("Roster")}}
		random := rand.New(rand.NewPCG(7, 7))
		for i := range 12 {
			u := plan.Unit{ID: fmt.Sprintf("u%d", i+1), Name: lang.Same(fmt.Sprintf("Unit %d", i+1)), Level: []string{"district", "commune"}[i%2]}
			in.Roster.Units = append(in.Roster.Units, u)
			set := fact.Set{Unit: fact.Unit{ID: u.ID, Name: u.Name, Level: u.Level}, Period: p.Period,
				Facts: []fact.Fact{reported("a", random.Int64N(9)), reported("b", 9+random.Int64N(4))}}
			if i == 4 {
				set.Facts[0].State = fact.Missing
			}
			in.Cards = append(in.Cards, score.Evaluate(p, set, p.Period.To))
		}
		related(&in)
		if most := in.Cards[2].Find("part").Max.Exact.String(); most != "6" {
			t.Errorf("the target is worth %s points for unit 3, want 6", most)
		}
		f := opened(t, written(t, in))
		for _, sheet := range f.GetSheetList() {
			if rows := grid(t, f, sheet); strings.HasPrefix(sheet, "First") || strings.HasPrefix(sheet, "Second") {
				for r := 5; r < len(rows); r++ {
					if text, _ := f.GetCellFormula(sheet, diag.A1(r+1, slices.Index(rows[4], "Points")+1)); text == "" {
						t.Errorf("points of %s are no formula", strings.Join(rows[r][:5], " | "))
					}
				}
			}
		}
		books, names = append(books, written(t, in)), append(names, rules)
	}
	for i, f := range recalculated(t, books...) {
		if list, cells := differences(t, opened(t, books[i]), f); len(list) > 0 || cells < 200 {
			t.Errorf("%s: %d of %d cells differ, among them\n%s", names[i], len(list), cells, strings.Join(list[:min(len(list), 12)], "\n"))
		}
	}
}
