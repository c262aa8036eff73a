package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// growths are things that may be added, each in the few lines that declare it
// and no place that must know it: the linter or a test tells of each of those.
var growths = []struct {
	name    string
	edits   []edit
	missing string   // what the linter says is missing
	places  []string // files in which it does, among others
	tests   []string // package and test, of those that fail
}{
	{
		name: "credit",
		edits: []edit{
			{"pkg/plan/plan.go", "	ByChoice                // the points of the choice\n", "	Squared\n"},
			{"pkg/plan/names.go", `ByChoice: "choices"`, `, Squared: "squared"`},
		},
		missing: "plan.Squared",
		places:  []string{"pkg/plan/credit.go", "pkg/plan/string.go", "pkg/score/credit.go", "pkg/summary/credit.go"},
		tests:   []string{"pkg/score TestEveryCreditKindEarnsPointsAndHasWords", "pkg/summary TestEveryCreditKindIsAFormula"},
	},
	{
		name: "source of figures",
		edits: []edit{
			{"pkg/plan/source.go", "// the day by which the unit has to submit\n", "	MedianSource\n"},
			{"pkg/plan/source.go", "\"hạn nộp của đơn vị trong danh sách\")},\n", "	MedianSource: {name: \"median\", shapes: []Shape{List}, gives: []FactKind{CountFact}},\n"},
		},
		missing: "plan.MedianSource",
		places:  []string{"pkg/fact/source.go"},
		tests:   []string{"pkg/fact TestEverySourceIsReadAndHasWords"},
	},
	{
		name: "type of columns",
		edits: []edit{
			{"pkg/plan/plan.go", "	Date\n	Choice\n", "	Duration\n"},
			{"pkg/plan/names.go", `Date: "date", Choice: "choice"`, `, Duration: "duration"`},
		},
		missing: "plan.Duration",
		places:  []string{"pkg/fact/value.go", "pkg/form/choose.go", "pkg/form/template.go", "pkg/form/validation.go", "pkg/query/types.go", "pkg/records/column.go"},
	},
	{
		name:    "kind of file",
		edits:   []edit{{"pkg/workbook/kind.go", "	TSV  Kind = \"tsv\"\n", "	Numbers Kind = \"numbers\"\n"}},
		missing: "workbook.Numbers",
		places:  []string{"pkg/form/annotate.go"},
		tests:   []string{"pkg/workbook TestEveryKindHasARow"},
	},
	{
		name: "format",
		edits: []edit{
			{"pkg/report/report.go", "	{\"junit\", JUnit, true, false},\n", "	{\"list\", list, true, false},\n"},
			{"pkg/report/report.go", "type Writer func(w io.Writer, doc *Document, opt Options) error\n", "\nfunc list(io.Writer, *Document, Options) error { return nil }\n"},
		},
		tests: []string{"pkg/report TestEveryFormatTellsWhatItServes", "cmd/parcheck TestEveryDocumentIsHeld"},
	},
}

// edit puts text behind a place of a file.
type edit struct{ file, behind, text string }

// TestWhatIsAddedIsAskedForEverywhere adds a credit, a source, a type of
// columns, a kind of file and a format in a copy of the module, and wants each
// place that forgot them told.
func TestWhatIsAddedIsAskedForEverywhere(t *testing.T) {
	if os.Getenv("PARCHECK_GROW") == "" {
		t.Skip("builds a copy of the module: set PARCHECK_GROW")
	}
	dir := t.TempDir()
	copyModule(t, dir)
	for _, g := range growths {
		for _, e := range g.edits {
			path := filepath.Join(dir, e.file)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			after := bytes.Replace(before, []byte(e.behind), []byte(e.behind+e.text), 1)
			if bytes.Equal(before, after) {
				t.Fatalf("%s has no %q", e.file, e.behind)
			}
			if err := os.WriteFile(path, after, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	if out, ok := runIn(dir, "go", "vet", "./pkg/plan"); !ok {
		t.Fatalf("the copy does not build: %s", out)
	}
	linted, _ := runIn(dir, "go", "tool", "-modfile=.ci/tools.mod", "exhaustive", "-check=switch", "-test=false", "./cmd/...", "./pkg/...")
	for _, g := range growths {
		t.Run(g.name, func(t *testing.T) {
			places := lintedPlaces(linted, dir, g.missing)
			t.Logf("the linter tells of %d files: %s", len(places), strings.Join(places, " "))
			for _, place := range g.places {
				if !slices.Contains(places, place) {
					t.Errorf("the linter does not tell of %s", place)
				}
			}
			for _, test := range g.tests {
				pkg, name, _ := strings.Cut(test, " ")
				if out, ok := runIn(dir, "go", "test", "./"+pkg, "-run", "^"+name+"$"); ok || !strings.Contains(out, "--- FAIL: "+name) {
					t.Errorf("%s does not fail: %s", test, out)
				}
			}
		})
	}
}

// lintedPlaces lists the files in which a switch lacks a value.
func lintedPlaces(linted, dir, missing string) []string {
	if missing == "" {
		return nil
	}
	lacks := regexp.MustCompile(`(?m)^(\S+\.go):\d+:\d+: missing cases .*\b` + regexp.QuoteMeta(missing) + `\b`)
	var out []string
	for _, m := range lacks.FindAllStringSubmatch(linted, -1) {
		file, err := filepath.Rel(dir, m[1])
		if err != nil || strings.HasPrefix(file, "..") {
			file = m[1]
		}
		out = append(out, filepath.ToSlash(file))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func runIn(dir, name string, args ...string) (out string, ok bool) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	text, err := cmd.CombinedOutput()
	return string(text), err == nil
}

// copyModule copies the module, less what Git keeps.
func copyModule(t *testing.T, dir string) {
	t.Helper()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		to := filepath.Join(dir, rel)
		switch {
		case d.Name() == ".git":
			return filepath.SkipDir
		case d.IsDir():
			return os.MkdirAll(to, 0o777)
		case !d.Type().IsRegular():
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, data, 0o666)
	})
	if err != nil {
		t.Fatal(err)
	}
}
