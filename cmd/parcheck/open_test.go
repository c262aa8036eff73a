package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"
)

// seen is what a program sees of a sheet.
type seen struct {
	Name   string            `json:"name"`
	Cells  map[string]string `json:"cells"`  // by address; numbers as JavaScript prints them
	Widths []float64         `json:"widths"` // of the columns; SheetJS is not asked
}

// TestOtherProgramsOpenWorkbooks holds that exceljs and SheetJS open every kind
// of workbook that is written here, and see the sheets, cells and widths of
// columns that are in it.
func TestOtherProgramsOpenWorkbooks(t *testing.T) {
	modules := os.Getenv("PARCHECK_NODE_MODULES")
	if modules == "" {
		t.Skip("set PARCHECK_NODE_MODULES to a folder into which npm installed exceljs@4.4.0 and xlsx@0.18.5")
	}
	files := writtenWorkbooks(t)
	cmd := exec.Command("node", append([]string{filepath.Join("testdata", "open.js"), modules}, files...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string][]seen
	if err := json.Unmarshal(out, &all); err != nil {
		t.Fatal(err)
	}
	for i, file := range files {
		want := inside(t, file)
		for program, got := range all[i] {
			if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(seen{}, "Widths")); diff != "" {
				t.Errorf("%s sees another %s (-written +seen):\n%.2000s", program, filepath.Base(file), diff)
			}
		}
		for j, sheet := range all[i]["exceljs"] {
			n := min(len(sheet.Widths), len(want[j].Widths)) // beyond the last cell nobody counts
			if diff := cmp.Diff(want[j].Widths[:n], sheet.Widths[:n]); diff != "" {
				t.Errorf("exceljs sees other widths in %s, %s (-written +seen):\n%s", filepath.Base(file), sheet.Name, diff)
			}
		}
	}
}

// writtenWorkbooks writes a workbook of each kind.
func writtenWorkbooks(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	var files []string
	for name, args := range map[string][]string{
		"summary.xlsx":  {"summary", "../../examples/department", "../../examples/district", "../../examples/province", "-o"},
		"template.xlsx": {"template", "--unit", "Sở Xây dựng", "-o"},
		"list.xlsx":     {"template", "--plan", "../../examples/own-plan/plan.yaml", "-o"},
		"copy.xlsx":     {"annotate", "../../examples/department/agency.xlsx", "-o"},
		"points.xlsx":   {"summary", "--plan", "../../examples/par-index/plan.yaml", "../../examples/par-index", "-o"},
		"mapping.xlsx":  {"map", "../../examples/forms/nop", "-o"},
		"card.xlsx":     {"score", "../../examples/department/agency.xlsx", "--report", "xlsx"},
	} {
		path := filepath.Join(dir, name)
		if args[0] == "score" {
			args[len(args)-1] += "=" + path
		} else {
			args = append(args, path)
		}
		var out, errs bytes.Buffer
		execute(append(args, "--lang", "vi"), strings.NewReader(""), &out, &errs)
		if _, err := os.Stat(path); err != nil {
			t.Fatalf("%v: %s", err, errs.String())
		}
		files = append(files, path)
	}
	examples, err := filepath.Glob("../../examples/*/*.xlsx")
	if err != nil || len(examples) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	return append(files, examples...)
}

// inside reads a workbook with the library that wrote it.
func inside(t *testing.T, file string) []seen {
	t.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []seen
	for _, sheet := range f.GetSheetList() {
		s := seen{Name: sheet, Cells: map[string]string{}}
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		columns := 0
		for r, row := range rows {
			columns = max(columns, len(row))
			for c, text := range row {
				if text == "" {
					continue
				}
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				if kind, err := f.GetCellType(sheet, at); err == nil && kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString && kind != excelize.CellTypeFormula {
					if x, err := strconv.ParseFloat(text, 64); err == nil {
						text = javaScript(x)
					}
				}
				s.Cells[at] = text
			}
		}
		for c := range columns {
			name, err := excelize.ColumnNumberToName(c + 1)
			if err != nil {
				t.Fatal(err)
			}
			width, err := f.GetColWidth(sheet, name)
			if err != nil {
				t.Fatal(err)
			}
			s.Widths = append(s.Widths, width)
		}
		out = append(out, s)
	}
	return out
}

// javaScript prints a number as JavaScript does.
func javaScript(x float64) string {
	b, err := json.Marshal(x)
	if err != nil {
		panic(err)
	}
	return string(b)
}
