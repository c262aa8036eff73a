package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
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
				t.Errorf("%s %s: %q%s", kind, list[i], got, changed(kind, i-len(files[kind])))
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

// changed names a mistake that was put in.
func changed(kind string, i int) string {
	if i < 0 {
		return ""
	}
	return " for " + commonMistakes[kind][i][1]
}

// commonMistakes are what ajv tells with one message each, by the kind of file.
var commonMistakes = map[string][][2]string{
	"bindings": {{"time_zone:", "timezone:"}},
	"mapping":  {{"unused: true", "unused: false"}},
	"result":   {{`"outcome": "met"`, `"outcome": "done"`}, {`"kind": "share"`, `"kind": "rate"`}},
	"roster":   {{"deadline: 20", "deadline: 20/"}, {"aliases: ", "alias: "}, {"id: ", "id: A "}},
	"tests":    {{"expect:", "expects:"}, {": met}", ": Met}"}, {"as_of: 20", "as_of: 1/20"}},
	"plan": {
		{"shape: form", "shape: from"}, {"role: label", "role: lable"}, {"type: number", "type: numeric"}, {"style: vi", "style: vn"},
		{"at_least: 65%", "at_least: 65 %"}, {"at_least: 65%", "at_least: 65,5%"}, {"at_least: 65%", "at_leest: 65%"}, {"at_least: 65%", "at_least: 65%, more: 1"},
		{"at_least: 65%", "at_least: [65%]"}, {"date: 20", "date: 02/"}, {"from: 20", "from: 1/20"}, {"kind: amount", "kind: money"},
		{"kind: choice", "kind: Choice"}, {"levels: [province]", "levels: province"}, {"commitment:", "commitmnt:"}, {"required: true", "required: yes"},
		{"unique: true", "unique: 1"}, {"commitment: aspirational", "commitment: hope"}, {"when_empty: met", "when_empty: pass"}, {"official: mean", "official: average"},
		{"ties: dense", "ties: none"}, {"points: 2", "points: two"}, {"{share:", "{shares:"},
	},
}

// mistaken puts one mistake at a time into a file of a kind.
func mistaken(t *testing.T, kind string, files []string) (wrong []string) {
	t.Helper()
	if kind == "plan" {
		files = []string{"pkg/plan/testdata/whole.yaml"}
	}
	for i, change := range commonMistakes[kind] {
		found := false
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if found = strings.Contains(string(data), change[0]); !found {
				continue
			}
			path := filepath.Join(t.TempDir(), strconv.Itoa(i)+".yaml")
			if err := os.WriteFile(path, []byte(strings.Replace(string(data), change[0], change[1], 1)), 0o600); err != nil {
				t.Fatal(err)
			}
			wrong = append(wrong, path)
			break
		}
		if !found {
			t.Errorf("no file of the kind %s has %q", kind, change[0])
		}
	}
	return wrong
}

// ajv holds files against a schema, and returns what is wrong with each.
func ajv(t *testing.T, modules, schema string, files []string) [][]string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "schema.json")
	if err := os.WriteFile(path, []byte(schema), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", append([]string{"cmd/parcheck/testdata/ajv.js", modules, path}, files...)...)
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
