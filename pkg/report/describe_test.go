package report

import (
	"flag"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"
	"testing"
)

// TestDescriptionsAreTheComments holds the descriptions of the schema against the
// comments of the fields that it describes.
func TestDescriptionsAreTheComments(t *testing.T) {
	var lines []string
	for _, name := range []string{"score", "fact", "plan", "diag", "report", "number"} {
		files, err := filepath.Glob("../" + name + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatal("no files", err)
		}
		for _, path := range files {
			file, err := parser.ParseFile(gotoken.NewFileSet(), path, nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				spec, ok := n.(*ast.TypeSpec)
				if !ok {
					return true
				}
				of, ok := spec.Type.(*ast.StructType)
				if !ok {
					return true
				}
				for _, f := range of.Fields.List {
					about := strings.Join(strings.Fields(f.Doc.Text()+" "+f.Comment.Text()), " ")
					if f.Tag == nil || about == "" {
						continue
					}
					key, _, _ := strings.Cut(reflect.StructTag(strings.Trim(f.Tag.Value, "`")).Get("json"), ",")
					if key != "" && key != "-" {
						lines = append(lines, name+"."+spec.Name.Name+"."+key+"\t"+about)
					}
				}
				return true
			})
		}
	}
	sort.Strings(lines)
	got := strings.Join(lines, "\n") + "\n"
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile("descriptions.tsv", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != descriptions {
		t.Error("descriptions.tsv differs from the comments: go test -run TestDescriptionsAreTheComments -update writes it")
	}
}
