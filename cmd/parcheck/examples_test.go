package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/targets"
)

// command runs the program as a user does, from the project's root.
func command(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	code = execute(args, strings.NewReader(""), &out, &errs)
	return out.String(), errs.String(), code
}

func atRoot(t *testing.T) {
	t.Helper()
	t.Chdir(filepath.Join("..", ".."))
	t.Setenv("LC_ALL", "en_US.UTF-8")
	t.Setenv("COLUMNS", "100")
	t.Setenv("NO_COLOR", "1")
}

// TestBoundariesOfEveryGoal checks that tests are made at each goal of the plans
// here, whatever they measure, and that they pass.
func TestBoundariesOfEveryGoal(t *testing.T) {
	atRoot(t)
	plans, err := filepath.Glob("examples/*/plan.yaml")
	if err != nil || len(plans) == 0 {
		t.Fatal("no plans", err)
	}
	for _, plan := range append(targets.Names(), plans...) {
		tests, stderr, code := command(t, "targets", "test", "--boundaries", "--plan", plan)
		if code != exitOK || stderr != "" {
			t.Errorf("%s: exit code %d: %s", plan, code, stderr)
		}
		file := filepath.Join(t.TempDir(), "tests.yaml")
		if err := os.WriteFile(file, []byte(tests), 0o600); err != nil {
			t.Fatal(err)
		}
		if stdout, stderr, code := command(t, "targets", "test", file, "--plan", plan); code != exitOK {
			t.Errorf("%s: exit code %d: %s%s", plan, code, stdout, stderr)
		}
	}
}

// TestExamples runs the command of each example and compares what it prints
// with what is kept.
func TestExamples(t *testing.T) {
	atRoot(t)
	folders, err := filepath.Glob("examples/*/command")
	if err != nil || len(folders) < 4 {
		t.Fatalf("examples: %v, %v", folders, err)
	}
	for _, file := range folders {
		dir := filepath.Dir(file)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			line, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			words := strings.Fields(string(line))
			stdout, stderr, code := command(t, words[1:]...)
			unread := filepath.Base(dir) == "submissions" // two of its files cannot be read, on purpose
			if unread != (code == exitInput) || !unread && code != exitOK && code != exitGate {
				t.Fatalf("exit code %d: %s", code, stderr)
			}
			compareFile(t, filepath.Join(dir, "expected.txt"), stdout)
		})
	}
}

func compareFile(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s: -want +got\n%s", path, d)
	}
}

const department = "examples/department/agency.xlsx"

// TestOneCellOneFigure changes single cells of an example and finds that
// exactly the facts that name the cell as evidence change, and exactly the
// targets that are made of those facts.
func TestOneCellOneFigure(t *testing.T) {
	atRoot(t)
	before := scoreJSON(t, department)
	cells := singleCells(&before)
	if len(cells) < 20 {
		t.Fatalf("only %d single cells are evidence", len(cells))
	}
	for i := 0; i < len(cells); i += len(cells)/8 + 1 { // each takes a whole run
		at := cells[i]
		t.Run(at.Sheet+"!"+at.Cells, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "agency.xlsx")
			changeCell(t, path, at, func(old string) string { return addOne(t, old) })
			after := scoreJSON(t, path)
			if d := cmp.Diff(naming(&before, at), changedFacts(&before, &after)); d != "" {
				t.Errorf("facts that name the cell, and facts that changed:\n%s", d)
			}
			checkTargets(t, &before, &after)
		})
	}
}

// TestOneRecordOneFigure does the same with a record of the dossier list: the
// facts that change are among those whose evidence is its column.
func TestOneRecordOneFigure(t *testing.T) {
	atRoot(t)
	before := scoreJSON(t, department)
	at := fact.Evidence{}
	for _, f := range before.Facts {
		if f.ID == "dossiers-partial" {
			at = f.Sources[0].Evidence[0]
		}
	}
	first, _, ok := strings.Cut(at.Cells, ":")
	if !ok {
		t.Fatalf("no area of records: %+v", at)
	}
	at.Cells = first
	path := filepath.Join(t.TempDir(), "agency.xlsx")
	changeCell(t, path, at, func(old string) string {
		if old != "Một phần" {
			t.Fatalf("the first record that counts says %q", old)
		}
		return "Toàn trình"
	})
	after := scoreJSON(t, path)
	changed, named := changedFacts(&before, &after), naming(&before, at)
	if !slices.Contains(changed, "dossiers-partial") || !slices.Contains(changed, "dossiers-full") {
		t.Errorf("changed: %v", changed)
	}
	for _, id := range changed {
		if !slices.Contains(named, id) {
			t.Errorf("%s changed and does not name the column", id)
		}
	}
	checkTargets(t, &before, &after)
}

// checkTargets finds that targets changed if and only if a fact of theirs did.
func checkTargets(t *testing.T, before, after *score.Card) {
	t.Helper()
	changed := changedFacts(before, after)
	for i := range before.Results {
		old, now := &before.Results[i], &after.Results[i]
		touched := slices.ContainsFunc(old.Facts, func(id string) bool { return slices.Contains(changed, id) })
		same := cmp.Equal(old.Value, now.Value) && cmp.Equal(old.Numerator, now.Numerator) && cmp.Equal(old.Denominator, now.Denominator)
		if touched == same {
			t.Errorf("%s: a fact of it changed: %v, the target: %v", old.Target, touched, !same)
		}
	}
}

func scoreJSON(t *testing.T, path string) score.Card {
	t.Helper()
	stdout, stderr, code := command(t, "score", path, "--as-of", "2024-02-15", "--format", "json", "--fail-on", "never")
	if code != exitOK {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	var doc report.Document
	if err := json.Unmarshal([]byte(stdout), &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Cards[0]
}

// singleCells lists the number cells that are evidence of the only source of
// some fact, and details of no total.
func singleCells(c *score.Card) []fact.Evidence {
	var out []fact.Evidence
	totals := map[string]bool{} // sheets with some
	for _, f := range c.Facts {
		for _, s := range f.Sources {
			if strings.HasPrefix(s.How.In(lang.EN), "total") {
				totals[s.Evidence[0].Sheet] = true
			}
		}
	}
	for _, f := range c.Facts {
		if len(f.Sources) == 1 && totals[f.Sources[0].Evidence[0].Sheet] {
			continue
		}
		if f.Kind.String() != "count" || len(f.Sources) != 1 || len(f.Parts) > 0 {
			continue
		}
		if e := f.Sources[0].Evidence[0]; e.Count == 1 && e.Kind == "number" && !strings.Contains(e.Cells, ":") {
			out = append(out, e)
		}
	}
	return out
}

// naming lists the facts whose adopted source has the cell in its evidence.
func naming(c *score.Card, at fact.Evidence) []string {
	var out []string
	cell, _ := diag.ParseArea(at.Cells)
	for _, f := range c.Facts {
		if len(f.Sources) == 0 {
			continue
		}
		if slices.ContainsFunc(f.Sources[0].Evidence, func(e fact.Evidence) bool {
			a, _ := diag.ParseArea(e.Cells)
			return e.Sheet == at.Sheet && a.Col <= cell.Col && cell.Col <= a.ToCol && a.Row <= cell.Row && cell.Row <= a.ToRow
		}) {
			out = append(out, f.ID)
		}
	}
	return out
}

func changedFacts(before, after *score.Card) []string {
	var out []string
	for i := range before.Facts {
		if !before.Facts[i].Value.Equal(after.Facts[i].Value) {
			out = append(out, before.Facts[i].ID)
		}
	}
	return out
}

func changeCell(t *testing.T, path string, at fact.Evidence, change func(string) string) {
	t.Helper()
	f, err := excelize.OpenFile(department)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	old, err := f.GetCellValue(at.Sheet, at.Cells, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if now := change(old); isNumber.MatchString(now) {
		err = f.SetCellDefault(at.Sheet, at.Cells, now)
	} else {
		err = f.SetCellStr(at.Sheet, at.Cells, now)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

func addOne(t *testing.T, old string) string {
	t.Helper()
	n, err := strconv.Atoi(old)
	if err != nil {
		t.Fatal(err)
	}
	return strconv.Itoa(n + 1)
}
