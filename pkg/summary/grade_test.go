package summary_test

import (
	"fmt"
	"testing"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
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
