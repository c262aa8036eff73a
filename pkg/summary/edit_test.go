package summary_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
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

// The columns of an area's sheet that follow from the counts, by their titles.
var following = []string{"Value", "Outcome", "Gap", "Points"}

// TestEditingEqualsScoringAgain changes counts in a workbook, as an auditor
// would, and has LibreOffice calculate it: it comes to the workbook that the
// changed cards make.
func TestEditingEqualsScoringAgain(t *testing.T) {
	for _, official := range []plan.Grouping{plan.Pooled, plan.Mean} {
		in := sample(24, 28)
		in.Lang, in.Plan.Official = lang.EN, official
		before := opened(t, written(t, in))
		edits := edit(in, rand.New(rand.NewPCG(7, uint64(official))))
		apply(t, before, in.Plan, edits)
		var b bytes.Buffer
		if err := before.Write(&b); err != nil {
			t.Fatal(err)
		}
		for i := range in.Cards {
			in.Cards[i] = rescored(in.Plan, &in.Cards[i])
		}
		want := opened(t, written(t, in))
		got := recalculated(t, b.Bytes())[0]
		for _, sheet := range want.GetSheetList() {
			if strings.HasPrefix(sheet, "Results ") {
				compareSigned(t, sheet, grid(t, want, sheet), grid(t, got, sheet))
				continue
			}
			switch sheet {
			case "Method", "Findings", "Findings by kind", "Evidence":
			case "Ranking":
				compareByUnit(t, grid(t, want, sheet), grid(t, got, sheet))
			case "Overview", "Charts", "Matrix", "Figures of groups":
				compareAll(t, sheet, grid(t, want, sheet), grid(t, got, sheet))
			default:
				compareColumns(t, sheet, grid(t, want, sheet), grid(t, got, sheet))
			}
		}
	}
}

// edited is a figure with a new value; no value takes it away.
type edited struct {
	unit  string
	fact  string
	value *number.Exact
}

// edit changes one figure in five of the cards: other counts, a denominator of
// 0, a part above its whole, a missing figure filled in, a figure taken away.
func edit(in summary.Input, random *rand.Rand) []edited {
	var edits []edited
	for i := range in.Cards {
		c := &in.Cards[i]
		for j := range c.Facts {
			f := &c.Facts[j]
			if f.Kind == plan.ChoiceFact || random.IntN(5) > 0 {
				continue
			}
			e := edited{unit: c.Unit.Name.In(lang.VI), fact: f.ID}
			switch random.IntN(6) {
			case 0:
				f.State, f.Value, f.Shown, f.Sources = fact.Missing, number.Exact{}, lang.Text{}, nil
			default:
				n := number.Int([]int64{0, random.Int64N(10), random.Int64N(3000), random.Int64N(3000), 2}[random.IntN(5)])
				f.State, f.Value, f.Shown = fact.Reported, n, number.Short(n, 0)
				e.value = &n
			}
			edits = append(edits, e)
		}
	}
	return edits
}

func rescored(p *plan.Plan, c *score.Card) score.Card {
	return score.Evaluate(p, fact.Set{Input: c.Input, Unit: c.Unit, Period: c.Period, Facts: c.Facts, Diagnostics: c.Diagnostics}, c.AsOf)
}

// apply types the edits into the blue cells.
func apply(t *testing.T, f *excelize.File, p *plan.Plan, edits []edited) {
	t.Helper()
	done := 0
	for _, sheet := range f.GetSheetList() {
		rows := grid(t, f, sheet)
		if at(rows, 4, 0) != "No." || !slices.Contains(rows[4], "Numerator or figure") {
			continue
		}
		unit, first := slices.Index(rows[4], "Unit"), slices.Index(rows[4], "Numerator or figure")
		for r := 5; r < len(rows); r++ {
			no, _ := strconv.Atoi(at(rows, r, 0))
			for i, id := range p.Targets[no-1].Measure.Facts() {
				for _, e := range edits {
					if e.unit != at(rows, r, unit) || e.fact != id {
						continue
					}
					done++
					cell := diag.A1(r+1, first+i+1)
					var value any
					if e.value != nil {
						n, _ := strconv.Atoi(e.value.String())
						value = n
					}
					if err := f.SetCellValue(sheet, cell, value); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
	if done < 100 {
		t.Fatalf("only %d figures were changed", done)
	}
}

func compareAll(t *testing.T, sheet string, want, got [][]string) {
	t.Helper()
	bad := 0
	for r := range want {
		for c := range want[r] {
			if !alike(want[r][c], at(got, r, c)) && bad < 10 {
				bad++
				t.Errorf("%s!%s: %q, scored again %q", sheet, diag.A1(r+1, c+1), at(got, r, c), want[r][c])
			}
		}
	}
}

// compareByUnit compares the ranking, whose rows the edited file keeps in the
// order that they had.
func compareByUnit(t *testing.T, want, got [][]string) {
	t.Helper()
	for r := 6; r < len(want); r++ {
		i := find(t, got, map[int]string{1: want[r][1]})
		for c := range want[r] {
			if !alike(want[r][c], at(got, i, c)) {
				t.Errorf("ranking of %s, %s: %q, scored again %q", want[r][1], want[5][c], at(got, i, c), want[r][c])
			}
		}
	}
}

// compareSigned compares a sheet for signature, whose rows the edited file keeps
// in the order that they had.
func compareSigned(t *testing.T, sheet string, want, got [][]string) {
	t.Helper()
	for r := 9; r < len(want) && at(want, r, 1) != ""; r++ {
		i := find(t, got, map[int]string{1: want[r][1]})
		for c := range want[r] {
			if !alike(want[r][c], at(got, i, c)) {
				t.Errorf("%s of %s, %s: %q, scored again %q", sheet, want[r][1], want[8][c], at(got, i, c), want[r][c])
			}
		}
	}
}

func compareColumns(t *testing.T, sheet string, want, got [][]string) {
	t.Helper()
	bad := 0
	for _, title := range following {
		c := slices.Index(want[4], title)
		for r := 5; r < len(want); r++ {
			if !alike(at(want, r, c), at(got, r, c)) && bad < 10 {
				bad++
				t.Errorf("%s!%s, %s of %s: %q, scored again %q", sheet, diag.A1(r+1, c+1), title, strings.Join(got[r][:12], " | "), at(got, r, c), at(want, r, c))
			}
		}
	}
}

// TestSortedRowsAreFound turns the rows of each area's sheet upside down, as
// sorting them would, and finds every other sheet as it was.
func TestSortedRowsAreFound(t *testing.T) {
	data := written(t, sample(9, 14))
	f := opened(t, data)
	for _, sheet := range f.GetSheetList() {
		rows := grid(t, f, sheet)
		if slices.Contains(rows[min(4, len(rows)-1)], "Mã dòng") {
			reverse(t, f, sheet, 6, len(rows), len(rows[4]))
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	got, want := recalculated(t, b.Bytes())[0], opened(t, data)
	for _, sheet := range []string{"Tổng quan", "Xếp hạng", "Ma trận", "Số liệu theo nhóm"} {
		compareAll(t, sheet, grid(t, want, sheet), grid(t, got, sheet))
	}
	area := "Cải cách thủ tục hành chính"
	if top := at(grid(t, got, area), 5, 0); top == "1" {
		t.Error("the rows were not turned upside down")
	}
}

var ownRow = regexp.MustCompile(`\b([A-Z]{1,2})(\d+)\b`)

// reverse turns rows upside down; a formula keeps its own row's cells.
func reverse(t *testing.T, f *excelize.File, sheet string, first, last, columns int) {
	t.Helper()
	type cell struct {
		formula, value string
		kind           excelize.CellType
	}
	rows := map[int][]cell{}
	for r := first; r <= last; r++ {
		for c := 1; c <= columns; c++ {
			ref := diag.A1(r, c)
			formula, err := f.GetCellFormula(sheet, ref)
			if err != nil {
				t.Fatal(err)
			}
			value, _ := f.GetCellValue(sheet, ref, excelize.Options{RawCellValue: true})
			kind, _ := f.GetCellType(sheet, ref)
			rows[r] = append(rows[r], cell{formula, value, kind})
		}
	}
	for r := first; r <= last; r++ {
		to := first + last - r
		for c, old := range rows[r] {
			ref := diag.A1(to, c+1)
			var err error
			switch number, bad := strconv.ParseFloat(old.value, 64); {
			case old.formula != "":
				err = f.SetCellFormula(sheet, ref, ownRow.ReplaceAllString(old.formula, fmt.Sprintf("${1}%d", to)))
			case old.value == "":
				err = f.SetCellValue(sheet, ref, nil)
			case bad == nil && old.kind != excelize.CellTypeInlineString && old.kind != excelize.CellTypeSharedString:
				err = f.SetCellFloat(sheet, ref, number, -1, 64)
			default:
				err = f.SetCellStr(sheet, ref, old.value)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}
