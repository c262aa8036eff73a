package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/mapping"
	"github.com/parcheck/parcheck/pkg/plan"
)

// TestOtherProgramsHoldExamplesToSchemas compiles each schema with ajv in its
// strict mode, which accepts every file of the examples and of the built-in
// plans, and every result of the examples, and tells a mistake once.
func TestOtherProgramsHoldExamplesToSchemas(t *testing.T) {
	modules := os.Getenv("PARCHECK_NODE_MODULES")
	if modules == "" {
		t.Skip("set PARCHECK_NODE_MODULES to a folder into which npm installed ajv@8.17.1 and js-yaml@4.1.0")
	}
	atRoot(t)
	files := yamlByKind(t)
	files["result"] = results(t)
	for _, kind := range append(plan.FileKinds(), "mapping", "result") {
		args := []string{"targets", "schema", kind}
		schema, stderr, code := command(t, args...)
		if code != exitOK {
			t.Fatal(stderr)
		}
		list := append(files[kind], mistaken(t, kind, files[kind])...)
		for i, got := range ajv(t, modules, schema, list) {
			wrong := i >= len(files[kind])
			if len(got) != 0 && !wrong || wrong && len(got) != 1 {
				t.Errorf("%s %s: %q", kind, list[i], got)
			}
		}
		if len(files[kind]) == 0 && kind != "waivers" {
			t.Errorf("no file of the kind %s was held against its schema", kind)
		}
	}
}

// yamlByKind finds the YAML files of the project that users write.
func yamlByKind(t *testing.T) map[string][]string {
	t.Helper()
	files := map[string][]string{}
	for _, pattern := range []string{"examples/*/*.yaml", "targets/*.yaml", "targets/testdata/*.yaml"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range found {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			kind := plan.FileKinds()[plan.KindOf(data)]
			switch {
			case mapping.IsYAML(data):
				kind = "mapping"
			case strings.HasSuffix(file, ".en.yaml"):
				continue // it repeats the keys of its plan
			}
			files[kind] = append(files[kind], file)
		}
	}
	return files
}

// results writes what each example scores as JSON.
func results(t *testing.T) []string {
	t.Helper()
	commands, err := filepath.Glob("examples/*/command")
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, file := range commands {
		line, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		words := strings.Fields(string(line))
		if words[1] != "score" {
			continue
		}
		stdout, _, _ := command(t, append(words[1:], "--format", "json")...)
		files = append(files, filepath.Join(t.TempDir(), "result.json"))
		if err := os.WriteFile(files[len(files)-1], []byte(stdout), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// mistaken puts one mistake into a file of some kinds.
func mistaken(t *testing.T, kind string, files []string) []string {
	t.Helper()
	change, ok := map[string][2]string{
		"bindings": {"time_zone:", "timezone:"},
		"mapping":  {"unused: true", "unused: false"},
		"result":   {`"outcome": "met"`, `"outcome": "done"`},
		"roster":   {"deadline: 20", "deadline: 20/"},
	}[kind]
	if !ok {
		return nil
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(data), change[0]) {
			continue
		}
		wrong := filepath.Join(t.TempDir(), "wrong.yaml")
		if err := os.WriteFile(wrong, []byte(strings.Replace(string(data), change[0], change[1], 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		return []string{wrong}
	}
	t.Errorf("no file of the kind %s has %q", kind, change[0])
	return nil
}

// ajv holds files against a schema, and returns what is wrong with each.
func ajv(t *testing.T, modules, schema string, files []string) [][]string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "schema.json")
	if err := os.WriteFile(path, []byte(schema), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", append([]string{"pkg/plan/testdata/ajv.js", modules, path}, files...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != len(files) {
		t.Fatal(cmp.Diff(len(files), len(got)))
	}
	return got
}
