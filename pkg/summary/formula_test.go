package summary_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestFormulas holds the formulas of one judged row of every kind of target,
// and some of the sheets that follow from it.
func TestFormulas(t *testing.T) {
	in := sample(9, len(kinds))
	in.Lang = lang.EN
	f := opened(t, written(t, in))
	rows := make([]strings.Builder, len(kinds))
	for _, sheet := range f.GetSheetList() {
		g := grid(t, f, sheet)
		if len(g) < 5 || !slices.Contains(g[4], "Numerator or figure") {
			continue
		}
		for r := 5; r < len(g); r++ {
			no, _ := strconv.Atoi(at(g, r, 0))
			outcome := at(g, r, slices.Index(g[4], "Outcome"))
			if b := &rows[no-1]; b.Len() == 0 && (outcome == "Met" || outcome == "Missed") {
				fmt.Fprintf(b, "%d. %s, goal %s\n", no, in.Plan.Targets[no-1].Measure, in.Plan.Targets[no-1].Goal)
				for _, title := range following {
					formula, err := f.GetCellFormula(sheet, diag.A1(r+1, slices.Index(g[4], title)+1))
					if err != nil {
						t.Fatal(err)
					}
					fmt.Fprintf(b, "   %-8s %s\n", title, formula)
				}
			}
		}
	}
	var all strings.Builder
	for i := range rows {
		all.WriteString(rows[i].String())
	}
	for _, cell := range []string{"Ranking!A7", "Ranking!E7", "Ranking!G7", "Ranking!H7", "Ranking!Y7", "Ranking!Z7", "Matrix!D10", "Matrix!S10",
		"Matrix!AW10", "Matrix!AX10", "Matrix!AZ10", "Matrix!BG10", "Figures of groups!E6", "Figures of groups!F6", "Figures of groups!H6", "Figures of groups!I6", "Figures of groups!K6", "Overview!A5", "Overview!C5", "Overview!E5"} {
		sheet, ref, _ := strings.Cut(cell, "!")
		formula, err := f.GetCellFormula(sheet, ref)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&all, "%s %s\n", cell, formula)
	}
	golden(t, "formulas.txt", all.String())
}

// golden compares a text with a file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}
