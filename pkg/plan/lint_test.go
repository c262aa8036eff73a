package plan

import (
	"os"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/diag"
)

func TestLint(t *testing.T) {
	data, err := os.ReadFile("testdata/lint/doubtful.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, list := Parse("doubtful.yaml", data)
	if len(list) > 0 {
		t.Fatal(inBoth(list))
	}
	found := Lint(p)
	golden(t, "testdata/lint/doubtful.out", inBoth(found))
	for _, d := range found {
		if d.Severity != diag.Warning || d.Check.OfPlan() || !strings.HasPrefix(string(d.Check), "plan-") {
			t.Errorf("%s is a %v of %s", d.Pos, d.Severity, d.Check)
		}
	}
}

func TestLintFindsNothingInAWholePlan(t *testing.T) {
	p, _ := whole(t)
	if list := Lint(p); len(list) > 0 {
		t.Error(inBoth(list))
	}
}
