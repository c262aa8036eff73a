package main

import (
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/parcheck/parcheck/"

// directions is the way that data goes: what each package may import of ours.
var directions = map[string]string{
	"pkg/lang":     "",
	"pkg/term":     "lang",
	"pkg/diag":     "lang term",
	"pkg/date":     "label lang",
	"pkg/number":   "label lang",
	"pkg/numfmt":   "date number",
	"pkg/cell":     "date diag label number numfmt",
	"pkg/label":    "lang",
	"pkg/plan":     "date diag label lang number term",
	"pkg/xls":      "cell diag lang numfmt term",
	"pkg/inflate":  "",
	"pkg/xlsx":     "cell diag inflate lang numfmt term",
	"pkg/ods":      "cell date diag lang numfmt xlsx",
	"pkg/workbook": "cell date diag label lang number numfmt ods term xls xlsx",
	"pkg/account":  "label",
	"pkg/table":    "account cell diag label",
	"pkg/records":  "account cell date diag label number numfmt plan table",
	"pkg/query":    "date diag label lang number plan records table",
	"pkg/fact":     "account cell date diag label lang number numfmt plan query records table term workbook",
	"pkg/mapping":  "cell date diag fact label lang number plan sheets table term workbook",
	"pkg/score":    "date diag fact label lang number plan term",
	"pkg/docx":     "",
	"pkg/report":   "date diag docx fact label lang number plan score term",
	"pkg/sheets":   "date diag lang number",
	"pkg/summary":  "date diag fact label lang number plan score sheets term",
	"pkg/form":     "account cell diag fact label lang plan score sheets term workbook",
	"pkg/draft":    "account fact label lang number plan records",
	"pkg/batch":    "cell date diag fact label lang mapping plan report score summary workbook",
	"targets":      "lang",
}

// only names the packages that may import a library.
var only = map[string][]string{
	"github.com/spf13/cobra":       {"cmd/parcheck"},
	"gopkg.in/yaml.v3":             {"pkg/plan"},
	"github.com/xuri/excelize/v2":  {"pkg/sheets", "pkg/form"},
	"golang.org/x/net/html":        {"pkg/workbook"},
	"os":                           {"cmd/parcheck", "cmd/parcheck-web/build", "examples/generate", ".release"},
	"net/http":                     {},
	"math/rand":                    {"examples/generate"},
	"github.com/google/go-cmp/cmp": {}, // tests only
	"github.com/stretchr/testify":  {},
	"github.com/spf13/viper":       {},
}

// TestDirection holds the imports of every package against the design.
func TestDirection(t *testing.T) {
	for dir, imports := range sourceImports(t) {
		allowed, known := directions[dir]
		for _, imp := range imports {
			if own, ours := strings.CutPrefix(imp, module); ours {
				name := strings.TrimPrefix(own, "pkg/")
				free := strings.HasPrefix(dir, "cmd/") || strings.HasPrefix(dir, "examples/")
				if !free && (!known || !slices.Contains(strings.Fields(allowed), name)) {
					t.Errorf("%s imports %s: data goes the other way", dir, own)
				}
				continue
			}
			for lib, dirs := range only {
				if (imp == lib || strings.HasPrefix(imp, lib+"/")) && !slices.Contains(dirs, dir) {
					t.Errorf("%s imports %s, which is for %v", dir, imp, dirs)
				}
			}
		}
	}
}

// TestDirectionsAreUsed keeps the table above true: no import in it is idle.
func TestDirectionsAreUsed(t *testing.T) {
	imports := sourceImports(t)
	for dir, allowed := range directions {
		if _, ok := imports[dir]; !ok {
			t.Errorf("there is no package %s", dir)
		}
		for _, name := range strings.Fields(allowed) {
			if !slices.Contains(imports[dir], module+"pkg/"+name) {
				t.Errorf("%s does not import %s any more: take it out of the table", dir, name)
			}
		}
	}
}

// TestReportsLinkNoNetwork holds network code out of pkg/report and all that it
// is made of: the page is these packages, too.
func TestReportsLinkNoNetwork(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", module+"pkg/report").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, dep := range strings.Fields(string(out)) {
		if dep == "net" || dep == "net/http" || dep == "crypto/tls" {
			t.Errorf("pkg/report links %s", dep)
		}
	}
}

// sourceImports lists the imports of each folder's non-test files.
func sourceImports(t *testing.T) map[string][]string {
	t.Helper()
	root := filepath.Join("..", "..")
	out := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir := filepath.ToSlash(rel)
		out[dir] = append(out[dir], "") // known, even where it imports nothing
		for _, spec := range f.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			out[dir] = append(out[dir], name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestOnlyTheAnnotatedCopyEditsWorkbooks holds that templates are written with
// pkg/sheets: of pkg/form, only what changes somebody else's workbook may use
// the library that does.
func TestOnlyTheAnnotatedCopyEditsWorkbooks(t *testing.T) {
	files, err := filepath.Glob("../../pkg/form/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, name := range files {
		base := filepath.Base(name)
		if strings.HasSuffix(base, "_test.go") || slices.Contains([]string{"annotate.go", "mark.go", "notes.go"}, base) {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range f.Imports {
			if strings.Contains(spec.Path.Value, "excelize") {
				t.Errorf("%s imports %s, which is for the annotated copy", base, spec.Path.Value)
			}
		}
	}
}

// TestTopLevel keeps the project's first page short.
func TestTopLevel(t *testing.T) {
	want := []string{"LICENSE", "README.md", "cmd", "examples", "go.mod", "go.sum", "pkg", "targets"}
	entries, err := os.ReadDir(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(want, e.Name()) {
			t.Errorf("%s stands at the top level: want only %v and dot-files", e.Name(), want)
		}
	}
}
