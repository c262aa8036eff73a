package diag_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// declared lists the ids that checks.go names as constants.
func declared(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "checks.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		kind, ok := spec.Type.(*ast.Ident)
		if !ok || kind.Name != "CheckID" {
			return true
		}
		id, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
		return true
	})
	return ids
}

func TestEveryCheckIsExplainedOnce(t *testing.T) {
	var listed []string
	form := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	for _, c := range diag.Checks() {
		listed = append(listed, string(c.ID))
		if !form.MatchString(string(c.ID)) {
			t.Errorf("%q is no check id: want lower-case words with hyphens", c.ID)
		}
		if c.Meaning.Written(lang.VI) == "" || c.Meaning.Written(lang.EN) == "" {
			t.Errorf("%s is not explained in both languages", c.ID)
		}
		if got, ok := diag.FindCheck(c.ID); !ok || !cmp.Equal(got, c) {
			t.Errorf("FindCheck(%q) = %+v, %v", c.ID, got, ok)
		}
		if c.ID.Severity() != c.Severity {
			t.Errorf("%s has severity %v, and is listed with %v", c.ID, c.ID.Severity(), c.Severity)
		}
	}
	want := declared(t)
	slices.Sort(want)
	slices.Sort(listed)
	if diff := cmp.Diff(want, listed); diff != "" {
		t.Errorf("the constants and the list differ:\n%s", diff)
	}
	if len(slices.Compact(want)) != len(listed) {
		t.Error("two checks have one id")
	}
}

func TestUnknownCheckWeighsAsAnError(t *testing.T) {
	if _, ok := diag.FindCheck("no-such-check"); ok {
		t.Error("a check that nobody declared is found")
	}
	if got := diag.CheckID("no-such-check").Severity(); got != diag.Error {
		t.Errorf("its severity is %v", got)
	}
}

func TestChecksCannotBeChanged(t *testing.T) {
	diag.Checks()[0].ID = "changed"
	if got := diag.Checks()[0].ID; got != diag.Unreadable {
		t.Errorf("a caller has changed the list: %s", got)
	}
}
