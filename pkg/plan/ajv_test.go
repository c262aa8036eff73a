package plan

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/lang"
)

// TestSchemasInAjv compiles each schema with ajv in its strict mode, which must
// accept sound files, and tell a mistake where it stands, in one message or two.
func TestSchemasInAjv(t *testing.T) {
	modules := os.Getenv("PARCHECK_NODE_MODULES")
	if modules == "" {
		t.Skip("set PARCHECK_NODE_MODULES to a folder into which npm installed ajv@8.17.1 and js-yaml@4.1.0")
	}
	whole, err := os.ReadFile("testdata/whole.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		kind     FileKind
		from, to string // in the whole plan; none: the file as it is
		file     string
		want     []string
	}{
		{kind: PlanFile, file: "testdata/whole.yaml"},
		{kind: PlanFile, file: "../../targets/quang-nam-2023.yaml"},
		{kind: PlanFile, file: "../../examples/own-plan/plan.yaml"},
		{kind: RosterFile, file: "../../targets/quang-nam-2023.roster.yaml"},
		{kind: TestFile, file: "../../targets/testdata/quang-nam-2023.tests.yaml"},
		{kind: PlanFile, from: "shape: form", to: "shape: from", want: []string{"/tables/statistics/shape must be equal to one of the allowed values"}},
		{kind: PlanFile, from: "at_least: 65%", to: "at_least: 65 %", want: []string{`/targets/0/goal/at_least must match pattern "^(-?[0-9]+(\.[0-9]+)?%?|[0-9]{4}-[0-9]{2}-[0-9]{2})$"`}},
		{kind: PlanFile, from: "at_least: 65%", to: "at_leest: 65%", want: []string{"/targets/0/goal must be equal to one of the allowed values", "/targets/0/goal property name must be valid"}},
		{kind: PlanFile, from: "at_least: 65%", to: "at_least: 65%, more: 1", want: []string{"/targets/0/goal must NOT have additional properties"}},
		{kind: PlanFile, from: "date: 20", to: "date: 02/", want: []string{`/document/date must match pattern "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"`}},
		{kind: PlanFile, from: "role: label", to: "role: lable", want: []string{"/tables/statistics/columns/label/role must be equal to one of the allowed values"}},
	} {
		t.Run(tt.kind.Title().Written(lang.EN)+tt.file+tt.to, func(t *testing.T) {
			dir := t.TempDir()
			schema, file := filepath.Join(dir, "schema.json"), tt.file
			if err := os.WriteFile(schema, Schema(tt.kind), 0o600); err != nil {
				t.Fatal(err)
			}
			if file == "" {
				if !strings.Contains(string(whole), tt.from) {
					t.Fatalf("the plan has no %q", tt.from)
				}
				file = filepath.Join(dir, "plan.yaml")
				if err := os.WriteFile(file, []byte(strings.Replace(string(whole), tt.from, tt.to, 1)), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			cmd := exec.Command("node", "testdata/ajv.js", modules, schema, file)
			cmd.Stderr = os.Stderr
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			var got [][]string
			if err := json.Unmarshal(out, &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(append([]string{}, tt.want...), got[0]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
