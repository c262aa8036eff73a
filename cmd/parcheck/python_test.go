package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestOtherProgramsInPythonOpenWhatIsWritten holds that openpyxl sees the cells
// of every workbook that is written here, and python-docx the tables of the
// official report.
func TestOtherProgramsInPythonOpenWhatIsWritten(t *testing.T) {
	python := os.Getenv("PARCHECK_PYTHON")
	if python == "" {
		t.Skip("set PARCHECK_PYTHON to a Python that has openpyxl and python-docx")
	}
	files := writtenWorkbooks(t)
	paper := filepath.Join(t.TempDir(), "report.docx")
	if _, stderr, code := command(t, "score", "../../examples/department/agency.xlsx", "--as-of", "2024-02-15", "--lang", "vi", "--fail-on", "never", "--report", "docx="+paper); code != 0 {
		t.Fatal(stderr)
	}
	cmd := exec.Command(python, append([]string{filepath.Join("testdata", "open.py"), paper}, files...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []json.RawMessage
	if err := json.Unmarshal(out, &all); err != nil {
		t.Fatal(err)
	}
	var tables [][][]string
	if err := json.Unmarshal(all[0], &tables); err != nil {
		t.Fatal(err)
	}
	holdsTables(t, tables)
	for i, file := range files {
		var sheets []struct {
			Name  string
			Cells map[string]any
		}
		if err := json.Unmarshal(all[i+1], &sheets); err != nil {
			t.Fatal(err)
		}
		var got []seen
		for _, s := range sheets {
			cells := map[string]string{}
			for at, v := range s.Cells {
				if x, ok := v.(float64); ok {
					v = javaScript(x)
				}
				cells[at] = fmt.Sprint(v)
			}
			got = append(got, seen{Name: s.Name, Cells: cells})
		}
		if diff := cmp.Diff(inside(t, file), got, cmpopts.IgnoreFields(seen{}, "Widths")); diff != "" {
			t.Errorf("openpyxl sees another %s (-written +seen):\n%.2000s", filepath.Base(file), diff)
		}
	}
}

// holdsTables finds the report's head, signature and a target in its tables.
func holdsTables(t *testing.T, tables [][][]string) {
	t.Helper()
	var rows []string
	for _, table := range tables {
		for _, row := range table {
			rows = append(rows, strings.Join(row, "|"))
		}
	}
	for _, want := range []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Nơi nhận:|THỦ TRƯỞNG CƠ QUAN", "1.299 / 2.000|64,95%|≥ 65%|0/1|Không đạt"} {
		if !slices.ContainsFunc(rows, func(row string) bool { return strings.Contains(row, want) }) {
			t.Errorf("python-docx sees no row with %q", want)
		}
	}
}
