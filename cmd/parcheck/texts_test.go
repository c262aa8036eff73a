package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// bilingual are the functions that take an English and a Vietnamese text;
// those that are true format them with the arguments behind.
var bilingual = map[string]bool{
	"lang.T": false, "a.text": false, "lang.F": true, "lang.Errorf": true, "usagef": true, "inputErrorf": true,
}

// TestTextsAreWrittenTwice looks at each text of the program: both languages
// are there, and a format has the same verbs in both, one for each argument.
func TestTextsAreWrittenTwice(t *testing.T) {
	seen := 0
	eachSource(t, func(fset *token.FileSet, _ string, f *ast.File) {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) < 2 {
				return true
			}
			formats, ok := bilingual[nameOf(call.Fun)]
			en, literal := literalOf(call.Args[0])
			vi, also := literalOf(call.Args[1])
			if !ok || !literal || !also {
				return true
			}
			seen++
			at := fset.Position(call.Pos())
			if en == "" || vi == "" {
				t.Errorf("%s: a text of one language: %q, %q", at, en, vi)
			}
			if !formats {
				return true
			}
			if problem := compareFormats(en, vi, len(call.Args)-2); problem != "" && !call.Ellipsis.IsValid() {
				t.Errorf("%s: %s: %q, %q", at, problem, en, vi)
			}
			return true
		})
	})
	if seen < 500 {
		t.Errorf("%d texts were looked at: the functions that take them are called otherwise", seen)
	}
}

// homonyms are English words that stand for several things, each with a word of
// its own in Vietnamese.
var homonyms = []string{
	"groups",    // a sheet's name; a rule's
	"none",      // nothing there; a figure that is not rolled up
	"reached",   // a goal was; what was
	"source",    // a plan's key for a clause; for where a figure stands
	"text",      // a clause's; a cell's
	"the first", // unit; period
	"units",     // of a list; how many
	"value",     // of a target; of a figure
}

// TestOneWordForOneThing finds an English word or title that has several
// Vietnamese ones, anywhere in the program: "outcome" was three.
func TestOneWordForOneThing(t *testing.T) {
	type said struct{ vi, at string }
	first := map[string]said{}
	eachSource(t, func(fset *token.FileSet, _ string, f *ast.File) {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			name := nameOf(call.Fun)
			if !bilingual[name] && name != "lang.T" && !strings.HasSuffix(name, ".Say") && !strings.HasSuffix(name, ".say") && !strings.HasSuffix(name, ".words") {
				return true
			}
			for i := 0; i+1 < len(call.Args) && i < 2; i++ { // a style may stand before
				en, literal := literalOf(call.Args[i])
				vi, also := literalOf(call.Args[i+1])
				en, vi = strings.ToLower(strings.TrimRight(en, ":. ")), strings.ToLower(strings.TrimRight(vi, ":. "))
				if !literal || !also || strings.ContainsAny(en+vi, "%_") || slices.Contains(homonyms, en) {
					continue
				}
				at := fset.Position(call.Pos()).String()
				if one, ok := first[en]; ok && one.vi != vi {
					t.Errorf("%s: %q is %q here and %q at %s", at, en, vi, one.vi, one.at)
				} else if !ok {
					first[en] = said{vi, at}
				}
			}
			return true
		})
	})
	if len(first) < 300 {
		t.Errorf("%d words were looked at: the functions that take them are called otherwise", len(first))
	}
}

// TestErrorsSpeakBothLanguages keeps the errors of the command line from being
// written in English only.
func TestErrorsSpeakBothLanguages(t *testing.T) {
	eachSource(t, func(fset *token.FileSet, dir string, f *ast.File) {
		if dir != "cmd/parcheck" {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && slices.Contains([]string{"fmt.Errorf", "errors.New"}, nameOf(call.Fun)) {
				t.Errorf("%s: an error of English only: want lang.Errorf", fset.Position(call.Pos()))
			}
			return true
		})
	})
}

// eachSource parses the program's files, those of tests left out.
func eachSource(t *testing.T, do func(fset *token.FileSet, dir string, f *ast.File)) {
	t.Helper()
	root := filepath.Join("..", "..")
	fset := token.NewFileSet()
	for _, pattern := range []string{"cmd/*/*.go", "pkg/*/*.go"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", pattern, files, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			f, err := parser.ParseFile(fset, name, data, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			rel, _ := filepath.Rel(root, filepath.Dir(name))
			do(fset, filepath.ToSlash(rel), f)
		}
	}
}

// nameOf is what a function is called by: "usagef", "lang.F".
func nameOf(fun ast.Expr) string {
	switch fun := fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return nameOf(fun.X) + "." + fun.Sel.Name
	}
	return ""
}

// literalOf is a text that is written down, in one piece or in several.
func literalOf(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, ok1 := literalOf(e.X)
		right, ok2 := literalOf(e.Y)
		return left + right, ok1 && ok2 && e.Op == token.ADD
	}
	return "", false
}

// compareFormats says what is wrong with two formats of the same arguments.
// One language may leave an argument out, and says so by numbers.
func compareFormats(en, vi string, args int) string {
	ours, theirs := verbs(en), verbs(vi)
	all := slices.Sorted(slices.Values(append(slices.Clone(ours), theirs...)))
	switch {
	case len(slices.Compact(all)) != args:
		return fmt.Sprintf("the languages do not show the same %d arguments", args)
	case len(slices.Compact(ours)) != args && !strings.Contains(en, "%["):
		return "the English text leaves an argument out"
	case len(slices.Compact(theirs)) != args && !strings.Contains(vi, "%["):
		return "the Vietnamese text leaves an argument out"
	}
	return ""
}

var verbPattern = regexp.MustCompile(`%[-+# 0]*[0-9.]*(?:\[(\d+)\])?[0-9.]*([a-zA-Z%])`)

// verbs lists what a format shows, by the number of the argument.
func verbs(format string) []string {
	var out []string
	next := 1
	for _, m := range verbPattern.FindAllStringSubmatch(format, -1) {
		if m[2] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		out = append(out, strconv.Itoa(next)+m[2])
		next++
	}
	slices.Sort(out)
	return out
}
