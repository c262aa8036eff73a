package summary_test

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/summary"
)

var plans = flag.Int("summary.plans", 2, "how many drawn plans are calculated")

// Under plans that are drawn from all constructs each figure of a row is a
// formula, LibreOffice calculates the stored value from it, and after figures are
// typed over what scoring them again gives.
func TestDrawnPlansAreCalculated(t *testing.T) {
	var books [][]byte
	var wanted []summary.Input
	var texts []string
	for seed := range uint64(*plans) {
		in, text := randomInput(t, seed, 24, 9)
		book := written(t, in)
		s, _ := summary.Build(in)
		for _, l := range s.Differing() {
			t.Errorf("plan %d: %s\n%s", seed, l, text)
		}
		f := opened(t, book)
		for _, l := range bare(t, f, in.Plan) {
			t.Errorf("plan %d: %s\n%s", seed, l, text)
		}
		edited, again := typedOver(t, f, in, rand.New(rand.NewPCG(17, seed)))
		books, wanted, texts = append(books, book, edited), append(wanted, in, again), append(texts, text, text)
	}
	for i, f := range recalculated(t, books...) {
		want := opened(t, written(t, wanted[i]))
		if i%2 == 0 {
			if list, cells := differences(t, want, f); len(list) > 0 || cells < 2000 {
				t.Errorf("plan %d: %d of %d cells differ, among them\n%s\n%s", i/2, len(list), cells, strings.Join(list[:min(len(list), 12)], "\n"), texts[i])
			}
			continue
		}
		failed := t.Failed()
		for _, sheet := range want.GetSheetList() {
			switch rows := grid(t, want, sheet); {
			case sheet == "Matrix" && tooLong(t, f, rows):
			case sheet == "Matrix":
				compareAll(t, sheet, rows, grid(t, f, sheet))
			case len(rows) > 4 && slices.Contains(rows[4], "Numerator or figure"):
				compareColumns(t, sheet, rows, grid(t, f, sheet))
			}
		}
		if t.Failed() && !failed {
			t.Errorf("plan %d, typed over\n%s", i/2, texts[i])
		}
	}
}

// tooLong reports whether the matrix has points of an area, behind its last blank
// column, without a formula, as those have that Excel would refuse.
func tooLong(t *testing.T, f *excelize.File, rows [][]string) bool {
	t.Helper()
	const first = 9 // row of a unit
	for c := len(rows[first]) - 1; c > 0 && rows[first][c] != ""; c-- {
		formula, err := f.GetCellFormula("Matrix", diag.A1(first+1, c+1))
		if err != nil {
			t.Fatal(err)
		}
		if formula == "" {
			return true
		}
	}
	return false
}

// bare lists the rows of areas' sheets that hold a figure without a formula.
func bare(t *testing.T, f *excelize.File, p *plan.Plan) (list []string) {
	t.Helper()
	eachRow(t, f, p, func(sheet string, r int, rows [][]string, _ *plan.Target) {
		for _, title := range following {
			c := slices.Index(rows[4], title)
			formula, err := f.GetCellFormula(sheet, diag.A1(r+1, c+1))
			if err != nil {
				t.Fatal(err)
			}
			if formula == "" && at(rows, r, c) != "" {
				list = append(list, fmt.Sprintf("%s is no formula: %s", title, strings.Join(rows[r], "|")))
			}
		}
	})
	return list
}

// eachRow visits the rows of areas' sheets.
func eachRow(t *testing.T, f *excelize.File, p *plan.Plan, visit func(sheet string, r int, rows [][]string, target *plan.Target)) {
	t.Helper()
	for _, sheet := range f.GetSheetList() {
		rows := grid(t, f, sheet)
		if at(rows, 4, 0) != "No." || !slices.Contains(rows[4], "Numerator or figure") {
			continue
		}
		for r := 5; r < len(rows); r++ {
			no, _ := strconv.Atoi(at(rows, r, 0))
			visit(sheet, r, rows, &p.Targets[no-1])
		}
	}
}

// typedOver draws other figures for the offices, types them over those of the
// workbook, and scores them.
func typedOver(t *testing.T, f *excelize.File, in summary.Input, random *rand.Rand) ([]byte, summary.Input) {
	t.Helper()
	g := &randomPlan{Rand: random}
	again := in
	again.Cards = nil
	asOf := date.Date{Year: 2026, Month: 4, Day: 1}
	changed := map[string]fact.Fact{} // by unit and fact
	for i := range in.Cards {
		c := &in.Cards[i]
		if c.RolledUp != nil {
			continue
		}
		facts := slices.Clone(c.Facts)
		for j, other := range g.facts(in.Plan) {
			if g.chance(3) && facts[j].State != fact.Invalid && other.State != fact.Invalid {
				facts[j] = other
				changed[c.Unit.Name.In(lang.EN)+" "+other.ID] = other
			}
		}
		again.Cards = append(again.Cards, score.Evaluate(in.Plan, fact.Set{Unit: c.Unit, Period: c.Period, Facts: facts}, asOf))
	}
	again.Cards = score.RollUp(in.Plan, in.Roster, again.Cards, asOf)
	related(&again)
	eachRow(t, f, in.Plan, func(sheet string, r int, rows [][]string, target *plan.Target) {
		unit, first := at(rows, r, slices.Index(rows[4], "Unit")), slices.Index(rows[4], "Numerator or figure")
		for i, id := range rowFacts(target) {
			x, ok := changed[unit+" "+id]
			if !ok {
				continue
			}
			var value any
			if x.State == fact.Reported {
				value = x.Shown.In(lang.EN)
				if x.Choice == "" {
					value, _ = x.Value.Rat().Float64()
				}
			}
			if err := f.SetCellValue(sheet, diag.A1(r+1, first+i+1), value); err != nil {
				t.Fatal(err)
			}
		}
	})
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), again
}

// rowFacts lists the facts of a target's rows, in the order of their cells.
func rowFacts(t *plan.Target) []string {
	ids := t.Measure.Facts()
	for _, id := range slices.Concat(t.AppliesFacts(), t.GoalFacts()) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
