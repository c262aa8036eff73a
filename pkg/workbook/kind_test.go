package workbook

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
)

// Each constant of Kind has one row of the table, which says how messages call
// such a file and how it is found.
func TestEveryKindHasARow(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "kind.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if typ, ok := spec.Type.(*ast.Ident); !ok || typ.Name != "Kind" {
			return true
		}
		name, _ := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		k := Kind(name)
		seen++
		if row := k.row(); row.Kind != k || len(row.extensions) == 0 || k.Title().In(lang.VI) == "" {
			t.Errorf("the kind %q has no row of its own, no title or no extension", k)
		}
		return true
	})
	if seen < 7 {
		t.Errorf("found %d kinds", seen)
	}
}
