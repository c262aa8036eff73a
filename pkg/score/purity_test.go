package score

import (
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The package reaches no file, clock, chance or network, and no number of it
// is a binary fraction.
func TestSourceIsPure(t *testing.T) {
	allowed := []string{"cmp", "fmt", "slices", "strings", "sync"}
	const ours = "github.com/parcheck/parcheck/pkg/"
	ourAllowed := []string{"date", "diag", "fact", "label", "lang", "number", "plan", "term"}

	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		seen++
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range file.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if our, ok := strings.CutPrefix(path, ours); ok && !slices.Contains(ourAllowed, our) || !ok && !slices.Contains(allowed, path) {
				t.Errorf("%s imports %q", name, path)
			}
		}
		for _, word := range floats(source) {
			t.Errorf("%s says %s", name, word)
		}
	}
	if seen < 5 {
		t.Fatalf("only %d files were looked at", seen)
	}
	if got := floats([]byte("package p\nvar x = float64(1) + 0.5 + float32(2)")); len(got) != 3 {
		t.Fatalf("the scan does not see floats: %q", got)
	}
}

// floats lists the tokens of a source that make binary fractions.
func floats(source []byte) []string {
	var found []string
	var s scanner.Scanner
	files := token.NewFileSet()
	s.Init(files.AddFile("", files.Base(), len(source)), source, nil, 0)
	for {
		_, tok, literal := s.Scan()
		switch {
		case tok == token.EOF:
			return found
		case tok == token.FLOAT, tok == token.IMAG,
			tok == token.IDENT && (strings.HasPrefix(literal, "float") || strings.HasPrefix(literal, "Float") || strings.HasPrefix(literal, "complex")):
			found = append(found, literal)
		}
	}
}
