package summary_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/summary"
)

// always makes LibreOffice calculate each formula when it opens a file,
// instead of trusting the stored values.
const always = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`

// recalculated opens workbooks in LibreOffice, and returns them as it stores
// them after calculating every formula.
func recalculated(t *testing.T, books ...[]byte) []*excelize.File {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("CI") == "" {
			t.Skip("LibreOffice is not installed")
		}
		t.Fatal(err)
	}
	dir := t.TempDir()
	profile := filepath.Join(dir, "profile", "user")
	if err := os.MkdirAll(profile, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(profile, "registrymodifications.xcu"), []byte(always), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	args := []string{"-env:UserInstallation=file://" + filepath.ToSlash(filepath.Dir(profile)), "--headless", "--convert-to", "xlsx", "--outdir", filepath.Join(dir, "out")}
	for i, b := range books {
		name := filepath.Join(dir, fmt.Sprintf("%d.xlsx", i))
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	if out, err := exec.CommandContext(ctx, soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var files []*excelize.File
	for i := range books {
		f, err := excelize.OpenFile(filepath.Join(dir, "out", fmt.Sprintf("%d.xlsx", i)))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		files = append(files, f)
	}
	return files
}

func opened(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// grid is a sheet's values as they are stored.
func grid(t *testing.T, f *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func at(rows [][]string, row, col int) string {
	if row >= len(rows) || col >= len(rows[row]) {
		return ""
	}
	return rows[row][col]
}

// alike reports whether two stored values are one: texts letter by letter,
// numbers to the twelfth significant digit, more than any cell shows.
func alike(a, b string) bool {
	if a == b {
		return true
	}
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && math.Abs(x-y) <= 2e-12*max(1, math.Abs(x))
}

// differences lists the cells of two workbooks that are not alike, and those
// that hold an error.
func differences(t *testing.T, stored, calculated *excelize.File) (list []string, cells int) {
	t.Helper()
	for _, sheet := range stored.GetSheetList() {
		a, b := grid(t, stored, sheet), grid(t, calculated, sheet)
		for r := range max(len(a), len(b)) {
			width := 0
			if r < len(a) {
				width = len(a[r])
			}
			if r < len(b) {
				width = max(width, len(b[r]))
			}
			for c := range width {
				cells++
				x, y := at(a, r, c), at(b, r, c)
				if !alike(x, y) || strings.HasPrefix(y, "#") {
					ref := diag.A1(r+1, c+1)
					formula, _ := stored.GetCellFormula(sheet, ref)
					list = append(list, fmt.Sprintf("%s!%s: stored %q, calculated %q by =%s", sheet, ref, x, y, formula))
				}
			}
		}
	}
	return list, cells
}

// TestCalculatingChangesNothing has LibreOffice calculate every formula, and
// finds every stored value as it was.
func TestCalculatingChangesNothing(t *testing.T) {
	quarters := sample(30, 28, quarterOf(2023, 2), quarterOf(2023, 3), quarterOf(2023, 4))
	english := sample(24, 28, quarterOf(2023, 3), quarterOf(2023, 4))
	english.Lang = lang.EN
	english.Plan.Official, english.Plan.Ties = plan.Mean, plan.TieDense
	names := []string{"quarters", "English, means, dense ranks", "no roster", "boundaries", "ties", "ties, dense", "hostile", "card", "card, English"}
	one := sample(60, 28)
	unlucky := slices.IndexFunc(one.Cards, func(c score.Card) bool {
		return slices.ContainsFunc(c.Results, func(r score.Result) bool { // an empty denominator
			return r.Outcome == score.NotApplicable && r.Denominator != nil && r.Denominator.State == fact.Reported
		})
	})
	books := [][]byte{
		written(t, quarters), written(t, english), written(t, withoutRoster(sample(6, 14))), written(t, boundaries()),
		written(t, ties(plan.TieShare)), written(t, ties(plan.TieDense)), written(t, hostile()),
		writtenCard(t, one.Plan, one.Cards[unlucky], lang.VI), writtenCard(t, one.Plan, one.Cards[unlucky], lang.EN),
	}
	for i, f := range recalculated(t, books...) {
		list, cells := differences(t, opened(t, books[i]), f)
		if len(list) > 0 || cells < 400 {
			t.Errorf("%s: %d of %d cells differ, among them\n%s", names[i], len(list), cells, strings.Join(list[:min(len(list), 12)], "\n"))
		}
	}
}

// boundaries is a share target at every goal's edge: for denominators from 1
// to 100, the counts just below, at and above it.
func boundaries() summary.Input {
	p := samplePlan(0)
	p.Facts = []plan.Fact{{ID: "whole"}}
	goals := [][2]int64{{65, 100}, {98, 100}, {1, 3}}
	for i, goal := range goals {
		part := fmt.Sprintf("part-%d", i)
		p.Facts = append(p.Facts, plan.Fact{ID: part})
		for _, credit := range []plan.CreditKind{plan.AllOrNothing, plan.Proportional} {
			p.Targets = append(p.Targets, plan.Target{
				ID: fmt.Sprintf("t%d-%d", i, credit), Area: "procedures", Levels: []string{"department"}, Points: number.Int(1),
				Measure: share(part, "whole"), Goal: atLeast(goal[0], goal[1]), Credit: plan.Credit{Kind: credit},
			})
		}
	}
	in := summary.Input{Plan: p, Program: "parcheck 1.0.0"}
	for den := int64(1); den <= 100; den++ {
		for _, off := range []int64{-1, 0, 1} {
			set := fact.Set{Unit: fact.Unit{Name: lang.Same(fmt.Sprintf("%d, %d", den, off)), Level: "department"}, Period: p.Period,
				Facts: []fact.Fact{reported("whole", den)}}
			for i, goal := range goals {
				num := (den*goal[0]+goal[1]-1)/goal[1] + off
				set.Facts = append(set.Facts, reported(fmt.Sprintf("part-%d", i), min(max(num, 0), den)))
			}
			in.Cards = append(in.Cards, score.Evaluate(p, set, p.Period.To))
		}
	}
	return in
}

func reported(id string, n int64) fact.Fact {
	return fact.Fact{ID: id, Kind: plan.CountFact, State: fact.Reported, Value: number.Int(n), Shown: number.Short(number.Int(n), 0)}
}

// ties is units whose scores are equal as fractions and are made of thirds
// and sevenths, which no spreadsheet adds up exactly.
func ties(rule plan.TieRule) summary.Input {
	p := samplePlan(0)
	p.Ties = rule
	for i, id := range []string{"a", "b", "c", "d", "e", "f"} {
		p.Facts = append(p.Facts, plan.Fact{ID: id})
		if i%2 == 1 {
			p.Targets = append(p.Targets, plan.Target{ID: "t" + id, Area: "procedures", Levels: []string{"department"}, Points: number.Int(1),
				Measure: share(p.Facts[i-1].ID, id), Goal: atLeast(1, 1), Credit: plan.Credit{Kind: plan.Proportional}})
		}
	}
	in := summary.Input{Plan: p, Program: "parcheck 1.0.0"}
	for i, counts := range [][6]int64{{1, 3, 2, 7, 3, 11}, {3, 11, 1, 3, 2, 7}, {2, 7, 3, 11, 1, 3}, {1, 2, 1, 2, 1, 2}, {2, 3, 2, 3, 1, 6}, {1, 9, 1, 9, 1, 9}} {
		set := fact.Set{Unit: fact.Unit{Name: lang.Same(fmt.Sprintf("Sở %d", i+1)), Level: "department"}, Period: p.Period}
		for j, n := range counts {
			set.Facts = append(set.Facts, reported(p.Facts[j].ID, n))
		}
		in.Cards = append(in.Cards, score.Evaluate(p, set, p.Period.To))
	}
	return in
}

// TestChangedCountMovesScoreAndRank changes one count in the file, as an
// auditor would, and sees the share, the outcome, the points, the score and
// the ranks follow.
func TestChangedCountMovesScoreAndRank(t *testing.T) {
	data := written(t, ties(plan.TieShare))
	f := opened(t, data)
	areaSheet, ranking := "Cải cách thủ tục hành chính", "Xếp hạng"
	rows := grid(t, f, areaSheet)
	row := find(t, rows, map[int]string{0: "1", 3: "Sở 6"})
	if err := f.SetCellInt(areaSheet, diag.A1(row+1, 7), 9); err != nil {
		t.Fatal(err)
	}
	var changed bytes.Buffer
	if err := f.Write(&changed); err != nil {
		t.Fatal(err)
	}
	both := recalculated(t, data, changed.Bytes())
	before, after := grid(t, both[0], ranking), grid(t, both[1], ranking)
	for _, unit := range []struct{ name, rank, newRank, score, newScore string }{
		{"Sở 4", "1", "1", "0.5", "0.5"},
		{"Sở 5", "1", "1", "0.5", "0.5"},
		{"Sở 6", "6", "3", "0.111111111111111", "0.407407407407407"},
		{"Sở 1", "3", "4", "0.297258297258297", "0.297258297258297"},
		{"Sở 3", "3", "4", "0.297258297258297", "0.297258297258297"},
	} {
		b, a := before[find(t, before, map[int]string{1: unit.name})], after[find(t, after, map[int]string{1: unit.name})]
		if b[0] != unit.rank || a[0] != unit.newRank {
			t.Errorf("%s: rank %s, then %s: want %s, then %s", unit.name, b[0], a[0], unit.rank, unit.newRank)
		}
		if !alike(b[5], unit.score) || !alike(a[5], unit.newScore) {
			t.Errorf("%s: score %s, then %s: want %s, then %s", unit.name, b[5], a[5], unit.score, unit.newScore)
		}
	}
	line := grid(t, both[1], areaSheet)[row]
	if got := strings.Join(line[6:13], " "); got != "9 9 1 1 Đạt  1" {
		t.Errorf("the row of the changed count: %q", got)
	}
	if moved, _ := differences(t, both[0], both[1]); len(moved) < 12 {
		t.Errorf("only these cells moved: %s", strings.Join(moved, "\n"))
	}
}

// find is the row that holds some texts in some columns.
func find(t *testing.T, rows [][]string, want map[int]string) int {
	t.Helper()
	for i := range rows {
		all := true
		for col, text := range want {
			all = all && at(rows, i, col) == text
		}
		if all {
			return i
		}
	}
	t.Fatalf("no row holds %v", want)
	return -1
}
