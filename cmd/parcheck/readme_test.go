package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/pkg/workbook"
	"github.com/parcheck/parcheck/targets"
)

// The documents are run: their commands, plans, and tables of keys, flags and
// formats are held against the program. Of every document the blocks, links,
// flags, paths and names of tests are looked at, too.
var documents = []struct {
	path  string
	lines int // at most; 0: without bound
	holds []func(*testing.T, *document)
}{
	{path: "README.md", lines: 200, holds: []func(*testing.T, *document){holdsAccount}},
	{path: "cmd/parcheck/README.md", holds: []func(*testing.T, *document){holdsCommands, holdsFormats, holdsLimits, holdsBindings}},
	{path: "cmd/parcheck/README.vi.md", lines: 250, holds: []func(*testing.T, *document){holdsAccount}},
	{path: "cmd/parcheck-web/README.md", lines: 120},
	{path: "targets/README.md", holds: []func(*testing.T, *document){holdsPlanKeys, holdsFileKeys}},
	{path: "pkg/README.md", lines: 200, holds: []func(*testing.T, *document){holdsPackages, holdsDrawing}},
	{path: ".github/CONTRIBUTING.md"},
	{path: ".github/SECURITY.md"},
	{path: ".github/CHANGELOG.md"},
	{path: "examples/README.md"},
	{path: "examples/contest/README.md"},
	{path: "examples/database/README.md"},
	{path: "examples/department/README.md"},
	{path: "examples/digital-index/README.md"},
	{path: "examples/forms/README.md"},
	{path: "examples/district/README.md"},
	{path: "examples/own-plan/README.md"},
	{path: "examples/hospital/README.md"},
	{path: "examples/par-index/README.md"},
	{path: "examples/performance/README.md"},
	{path: "examples/province/README.md"},
	{path: "examples/submissions/README.md"},
}

// eachDocument runs a test of every document; the test runs at the root.
func eachDocument(t *testing.T, test func(*testing.T, *document)) {
	t.Helper()
	for _, d := range documents {
		t.Run(d.path, func(t *testing.T) { test(t, readDocument(t, d.path)) })
	}
}

// TestEveryDocumentIsHeld finds the documents of the repository in the table
// above, within their bounds, and holds what the table says of each.
func TestEveryDocumentIsHeld(t *testing.T) {
	atRoot(t)
	var found, listed []string
	err := filepath.WalkDir(".", func(path string, d os.DirEntry, err error) error {
		if d != nil && d.IsDir() && (d.Name() == ".git" || d.Name() == "testdata" || d.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, ".md") {
			found = append(found, filepath.ToSlash(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range documents {
		listed = append(listed, d.path)
		t.Run(d.path, func(t *testing.T) {
			doc := readDocument(t, d.path)
			if n := strings.Count(doc.text, "\n"); d.lines > 0 && n > d.lines {
				t.Errorf("%d lines: want at most %d", n, d.lines)
			}
			for _, holds := range d.holds {
				holds(t, doc)
			}
			for _, m := range regexp.MustCompile(`(?m)^<!-- (.+) -->$`).FindAllStringSubmatch(doc.text, -1) {
				if !doc.asked[m[1]] {
					t.Errorf("no test looks at the table %q", m[1])
				}
			}
		})
	}
	slices.Sort(found)
	slices.Sort(listed)
	if d := cmp.Diff(found, listed); d != "" {
		t.Errorf("documents: -repository +table\n%s", d)
	}
}

// document is one of them, cut into what tests look at.
type document struct {
	path   string // from the root, with slashes
	file   string // absolute
	text   string
	fences []fence
	asked  map[string]bool // the tables that were looked at, by name
}

// fence is a block between ``` marks.
type fence struct {
	lang     string // "console"
	about    string // the rest of the first line: "plan petitions.yaml"
	line     int
	text     string
	from, to int // of the text, in the document
}

var fencePattern = regexp.MustCompile("(?ms)^```([a-z]+) ?([^\n]*)\n(.*?)^```$")

func readDocument(t *testing.T, name string) *document {
	t.Helper()
	file, err := filepath.Abs(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	r := &document{path: name, file: file, text: string(readFile(t, file)), asked: map[string]bool{}}
	for _, m := range fencePattern.FindAllStringSubmatchIndex(r.text, -1) {
		r.fences = append(r.fences, fence{
			lang: r.text[m[2]:m[3]], about: r.text[m[4]:m[5]], text: r.text[m[6]:m[7]],
			line: 1 + strings.Count(r.text[:m[0]], "\n"), from: m[6], to: m[7],
		})
	}
	if open := len(regexp.MustCompile("(?m)^```").FindAllString(r.text, -1)); open != 2*len(r.fences) {
		t.Errorf("%d lines with ```, and %d blocks: every block names its language", open, len(r.fences))
	}
	return r
}

// prose is the document without its blocks.
func (r *document) prose() string { return fencePattern.ReplaceAllString(r.text, "") }

// inReadersFolder changes to the folder in which a reader follows a document:
// it holds the examples, the built-in plans, the files that the document shows,
// a workbook agency.xlsx and a folder of submissions.
func inReadersFolder(t *testing.T, r *document) {
	t.Helper()
	t.Setenv("COLUMNS", "80")
	dir := t.TempDir()
	for _, folder := range []string{"examples", "targets"} {
		if err := os.CopyFS(filepath.Join(dir, folder), os.DirFS(folder)); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	for to, from := range map[string]string{
		"agency.xlsx":                  department,
		"submissions/so-xay-dung.xlsx": department,
		"submissions/thang-binh.xlsx":  "examples/district/district.xlsx",
		"submissions/quang-nam.xlsx":   "examples/province/province.xlsx",
	} {
		writeReadersFile(t, to, readFile(t, from))
	}
	for _, f := range r.fences {
		if name := f.file(); name != "" {
			writeReadersFile(t, name, []byte(f.text))
		}
	}
}

func writeReadersFile(t *testing.T, name string, data []byte) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(name), 0o777)
	if err == nil {
		err = os.WriteFile(name, data, 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// file is the name of the file that a block shows, the last word behind the
// language; "" when it has none.
func (f fence) file() string {
	words := strings.Fields(f.about)
	if len(words) > 0 && path.Ext(words[len(words)-1]) != "" {
		return words[len(words)-1]
	}
	return ""
}

// TestDocumentsRun runs the command lines of the documents in their order: what
// console blocks print is compared, and lines of sh blocks must be understood
// and end in a judgement.
func TestDocumentsRun(t *testing.T) {
	atRoot(t)
	blocks := 0
	eachDocument(t, func(t *testing.T, r *document) { blocks += runBlocks(t, r) })
	if blocks == 0 {
		t.Error("no console block was run")
	}
}

// runBlocks runs the blocks of a document and counts those of the console.
func runBlocks(t *testing.T, r *document) (blocks int) {
	inReadersFolder(t, r)
	var now strings.Builder
	last := 0
	for _, f := range r.fences {
		switch {
		case f.lang == "sh":
			runShell(t, r, f)
		case f.lang == "console" && isCommand(strings.TrimPrefix(f.text, "$ ")):
			got := runConsole(t, r, f)
			now.WriteString(r.text[last:f.from] + got)
			last = f.to
			blocks++
			if d := cmp.Diff(f.text, got); d != "" && !*update {
				t.Errorf("%s:%d: -want +got\n%s", r.path, f.line, d)
			}
		}
	}
	if *update && blocks > 0 {
		if err := os.WriteFile(r.file, []byte(now.String()+r.text[last:]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return blocks
}

var commandLine = regexp.MustCompile(`^(?:parcheck|go run \./cmd/parcheck) `)

// isCommand reports whether a line runs parcheck.
func isCommand(line string) bool { return commandLine.MatchString(line) }

// runShell runs the lines of a block that run parcheck.
func runShell(t *testing.T, r *document, f fence) {
	t.Helper()
	for line := range strings.Lines(f.text) {
		if !isCommand(line) {
			continue
		}
		if _, stderr, code := runLine(t, line); code != exitOK && code != exitGate {
			t.Errorf("%s:%d: %sexit code %d: %s", r.path, f.line, line, code, stderr)
		}
	}
}

// runConsole runs the lines of a block that begin with "$ " and returns the
// block as a terminal shows it. "echo $?" prints the last exit code.
func runConsole(t *testing.T, r *document, f fence) string {
	t.Helper()
	var out strings.Builder
	code := 0
	for line := range strings.Lines(f.text) {
		line, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "$ ")
		if !ok {
			continue
		}
		fmt.Fprintf(&out, "$ %s\n", line)
		if line == "echo $?" {
			fmt.Fprintln(&out, code)
			continue
		}
		if !isCommand(line) {
			t.Fatalf("%s:%d: %q is no command of parcheck: put it into a block of its own", r.path, f.line, line)
		}
		var stdout, stderr string
		stdout, stderr, code = runLine(t, line)
		if printed := strings.Trim(stdout, "\n"); printed != "" {
			fmt.Fprintln(&out, printed)
		}
		out.WriteString(stderr)
	}
	return out.String()
}

var shellWord = regexp.MustCompile(`'[^']*'|"[^"]*"|\S+`)

// runLine runs a line as a shell does, with its redirections.
func runLine(t *testing.T, line string) (stdout, stderr string, code int) {
	t.Helper()
	var args []string
	var in []byte
	words := shellWord.FindAllString(commandLine.ReplaceAllString(line, ""), -1)
	to := ""
	for i := 0; i < len(words); i++ {
		switch w := strings.Trim(words[i], `'"`); w {
		case "<":
			i++
			in = readFile(t, words[i])
		case ">":
			i++
			to = words[i]
		default:
			args = append(args, w)
		}
	}
	var out, errs bytes.Buffer
	code = execute(args, bytes.NewReader(in), &out, &errs)
	if to == "" {
		return out.String(), errs.String(), code
	}
	if err := os.WriteFile(to, out.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return "", errs.String(), code
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestDocumentsYAML reads the YAML that the documents show. The first word behind
// the language says what it is; fragments are parts of one plan.
func TestDocumentsYAML(t *testing.T) {
	atRoot(t)
	plans := 0
	eachDocument(t, func(t *testing.T, r *document) { plans += readBlocks(t, r) })
	if plans == 0 {
		t.Error("no plan was read")
	}
}

// defaultOf is the plan that is used when none is named.
func defaultOf(t *testing.T) *plan.Plan {
	file, data, _ := targets.Plan(defaultPlan)
	p, mistakes := plan.ParseBeside(file, data, targets.Named)
	if mistakes.HasErrors() {
		t.Fatal(mistakes)
	}
	return p
}

// readBlocks reads the YAML of a document and counts its plans and fragments.
func readBlocks(t *testing.T, r *document) (plans int) {
	var whole yaml.Node
	for _, f := range r.fences {
		if f.lang != "yaml" {
			continue
		}
		var mistakes diag.List
		kind, _, _ := strings.Cut(f.about, " ")
		switch kind {
		case "plan":
			var p *plan.Plan
			if p, mistakes = plan.Parse(f.file(), []byte(f.text)); !mistakes.HasErrors() {
				mistakes = plan.Lint(p)
			}
			plans++
			mergeYAML(t, &whole, f.text)
		case "fragment":
			plans++
			mergeYAML(t, &whole, f.text)
		case "roster":
			_, mistakes = plan.ParseRoster(f.file(), []byte(f.text), nil)
		case "waivers":
			_, mistakes = plan.ParseWaivers(f.file(), []byte(f.text))
		case "bindings":
			_, mistakes = plan.ParseBindings(f.file(), []byte(f.text), defaultOf(t))
		case "tests":
			_, mistakes = plan.ParseTests(f.file(), []byte(f.text), nil, nil)
		case "shorter":
			var p *plan.Plan
			if p, mistakes = plan.Parse(f.file(), []byte(f.text)); !mistakes.HasErrors() {
				mistakes = plan.Lint(p)
			}
		case "draft", "extending": // a console block shows what parcheck makes of it
		case "":
			var any yaml.Node
			if err := yaml.Unmarshal([]byte(f.text), &any); err != nil {
				t.Errorf("%s:%d: %v", r.path, f.line, err)
			}
		default:
			t.Errorf("%s:%d: a YAML block of unknown kind %q", r.path, f.line, kind)
		}
		for _, d := range mistakes {
			t.Errorf("%s:%d: %s", r.path, f.line, d.In(lang.EN))
		}
	}
	if plans == 0 {
		return 0
	}
	text, err := yaml.Marshal(&whole)
	if err != nil {
		t.Fatal(err)
	}
	if _, mistakes := plan.Parse("fragments", text); mistakes.HasErrors() {
		t.Errorf("the plan and the fragments together:\n%s\n%v", text, mistakes)
	}
	return plans
}

// mergeYAML adds a fragment of a plan to a plan: what is named in both is
// merged, lists are joined.
func mergeYAML(t *testing.T, whole *yaml.Node, text string) {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	if whole.IsZero() {
		*whole = doc
		return
	}
	merge(whole.Content[0], doc.Content[0])
}

func merge(into, from *yaml.Node) {
	if from.Kind != yaml.MappingNode {
		into.Content = append(into.Content, from.Content...)
		return
	}
	for i := 0; i < len(from.Content); i += 2 {
		name := from.Content[i]
		at := slices.IndexFunc(into.Content, func(n *yaml.Node) bool { return n.Value == name.Value })
		if at < 0 {
			into.Content = append(into.Content, name, from.Content[i+1])
		} else {
			merge(into.Content[at+1], from.Content[i+1])
		}
	}
}

// rows returns the rows of the table that stands behind the comment
// <!-- NAME -->, cell by cell, without its head.
func (r *document) rows(t *testing.T, name string) [][]string {
	t.Helper()
	r.asked[name] = true
	pattern := regexp.MustCompile(`(?m)^<!-- ` + regexp.QuoteMeta(name) + ` -->\n\n?((?:\|.*\n)+)`)
	m := pattern.FindStringSubmatch(r.text)
	if m == nil {
		t.Fatalf("there is no table behind <!-- %s -->", name)
	}
	var rows [][]string
	for line := range strings.Lines(m[1]) {
		var cells []string
		for _, c := range regexp.MustCompile(`[^\\]\|`).Split(" "+strings.TrimSpace(line), -1) {
			cells = append(cells, strings.TrimSpace(c))
		}
		rows = append(rows, cells[1:len(cells)-1])
	}
	return rows[2:]
}

var inBackticks = regexp.MustCompile("`([^`]+)`")

// quotedIn lists what stands in backticks.
func quotedIn(text string) []string {
	var out []string
	for _, m := range inBackticks.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	return out
}

// keyed is what the document or the schema says of one key.
type keyed struct {
	Required bool
	Values   []string // that may be written, where they are named
}

// holdsPlanKeys holds the reference of the plan file against its schema:
// no key is left out, invented, or said to be optional when it is not.
func holdsPlanKeys(t *testing.T, r *document) {
	var root schemaNode
	if err := json.Unmarshal(plan.Schema(plan.PlanFile), &root); err != nil {
		t.Fatal(err)
	}
	want := schemaKeys{}
	if root.Else != nil { // the schema of a plan that extends none
		defs := root.Defs
		root = *root.Else
		root.Defs = defs
	}
	root.loosen("", root.Defs)
	want.add("plan", &root, root.Defs)
	for name, def := range root.Defs {
		if def.loosen(name, root.Defs); !strings.Contains(name, ".") { // one way of several
			want.add(name, def, root.Defs)
		}
	}
	for _, where := range slices.Sorted(maps.Keys(want)) {
		if where == "group" || strings.HasPrefix(where, "group.") || strings.HasSuffix(where, ".row") && where != "source.row" || where == "amount.day" {
			continue // a group has the keys of its targets, a row is named alike everywhere, and so is an amount in another
		}
		got := map[string]keyed{}
		for _, row := range r.rows(t, "keys: "+where) {
			key := quotedIn(row[0])[0]
			k := keyed{Required: row[2] == "required"}
			for _, v := range want[where][key].Values {
				if slices.Contains(quotedIn(row[1]), v) {
					k.Values = append(k.Values, v)
				}
			}
			got[key] = k
		}
		if d := cmp.Diff(want[where], got); d != "" {
			t.Errorf("keys of %s: -schema +document\n%s", where, d)
		}
	}
	for _, m := range regexp.MustCompile(`<!-- keys: (\S+) -->`).FindAllStringSubmatch(r.text, -1) {
		if _, ok := want[m[1]]; !ok && fileKeys[m[1]] == nil {
			t.Errorf("a table of keys of %q, which no file has", m[1])
		}
	}
}

// schemaNode is what the test looks at in a JSON Schema.
type schemaNode struct {
	Ref        string                 `json:"$ref"`
	Defs       map[string]*schemaNode `json:"$defs"`
	Properties map[string]*schemaNode
	Required   []string
	Enum       []string
	AnyOf      []*schemaNode
	AllOf      []*schemaNode
	Then, Else *schemaNode
	Items      *schemaNode
	Additional any `json:"additionalProperties"` // a schema, or false

	loosened bool
	added    bool // its keys are being added
}

// loosen lists as ways of writing a value what the schema tells apart by "if";
// in names the definition of which those with a name of their own are ways.
func (n *schemaNode) loosen(in string, defs map[string]*schemaNode) {
	if n.loosened {
		return // one that holds itself
	}
	n.loosened = true
	var ways []*schemaNode
	for _, a := range append(n.AllOf, n) {
		if a.Then != nil && (a.Then.Ref != "" || a.Then.Properties != nil || a.Then.AllOf != nil || a.Then.Enum != nil) {
			ways = append(ways, a.Then)
		}
	}
	if n.Else != nil {
		ways = append(ways, n.Else)
	}
	for _, w := range ways {
		if name := strings.TrimPrefix(w.Ref, "#/$defs/"); in != "" && strings.HasPrefix(name, in+".") {
			w = defs[name]
		}
		if w.loosen(in, defs); len(w.AnyOf) > 0 {
			n.AnyOf = append(n.AnyOf, w.AnyOf...)
		} else {
			n.AnyOf = append(n.AnyOf, w)
		}
	}
	n.AllOf, n.Then, n.Else = nil, nil, nil
	for _, p := range n.Properties {
		p.loosen(in, defs)
	}
	if n.Items != nil {
		n.Items.loosen(in, defs)
	}
}

// schemaKeys are the keys of each mapping, by where it stands.
type schemaKeys map[string]map[string]keyed

func (s schemaKeys) add(where string, n *schemaNode, defs map[string]*schemaNode) {
	if n.added {
		return // one that holds itself
	}
	n.added = true
	defer func() { n.added = false }()
	for _, variant := range n.AnyOf {
		s.add(where, variant, defs)
	}
	for key, k := range s[where] { // a key of one variant only is not required
		for _, variant := range n.AnyOf {
			k.Required = k.Required && (variant.Properties == nil || slices.Contains(variant.Required, key))
		}
		s[where][key] = k
	}
	if n.Items != nil {
		s.add(where, n.Items, defs)
	}
	if entry, ok := n.Additional.(map[string]any); ok {
		var inner schemaNode
		data, _ := json.Marshal(entry) // it has just been decoded
		if json.Unmarshal(data, &inner) == nil {
			inner.loosen("", defs)
			s.add(where, &inner, defs)
		}
	}
	for key, value := range n.Properties {
		if s[where] == nil {
			s[where] = map[string]keyed{}
		}
		s[where][key] = keyed{Required: slices.Contains(n.Required, key), Values: value.values()}
		s.add(below(where, key), value, defs)
	}
}

// below names the mapping under a key: the plan's own keys go by their names.
func below(where, key string) string {
	if where == "plan" {
		return key
	}
	return where + "." + key
}

func (n *schemaNode) values() []string {
	values := n.Enum
	for _, variant := range n.AnyOf {
		values = append(values, variant.Enum...)
	}
	return values
}

// fileKeys reads a file with an unknown key in each mapping of the files that
// have no schema: the refusal lists the known ones.
var fileKeys = map[string]func() diag.List{
	"roster":  func() diag.List { _, l := plan.ParseRoster("", []byte("zzz: 1"), nil); return l },
	"units":   func() diag.List { _, l := plan.ParseRoster("", []byte("units: [{zzz: 1}]"), nil); return l },
	"waivers": func() diag.List { _, l := plan.ParseWaivers("", []byte("waivers: [{zzz: 1}]")); return l },
	"tests":   func() diag.List { _, l := plan.ParseTests("", []byte("tests: [{zzz: 1}]"), nil, nil); return l },
	"suite":   func() diag.List { _, l := plan.ParseTests("", []byte("zzz: 1"), nil, nil); return l },
	"tests.below": func() diag.List {
		_, l := plan.ParseTests("", []byte("tests: [{name: a, below: [{zzz: 1}]}]"), nil, nil)
		return l
	},
	"expected-score": func() diag.List {
		_, l := plan.ParseTests("", []byte("tests: [{name: a, total: {zzz: 1}}]"), nil, nil)
		return l
	},
	"expectation": func() diag.List {
		_, l := plan.ParseTests("", []byte("tests: [{expect: {a: {zzz: 1}}}]"), nil, nil)
		return l
	},
}

// bindingKeys does the same with a file of bindings.
var bindingKeys = map[string]func() diag.List{
	"bindings": func() diag.List {
		_, l := plan.ParseBindings("", []byte("zzz: 1"), &plan.Plan{})
		return l
	},
	"binding": func() diag.List {
		_, l := plan.ParseBindings("", []byte("bindings: {a: {zzz: 1}}"), &plan.Plan{})
		return l
	},
}

// holdsFileKeys does the same for rosters, waivers and tests of plans.
func holdsFileKeys(t *testing.T, r *document) { holdsKeysOf(t, r, fileKeys) }

// holdsBindings does the same for bindings.
func holdsBindings(t *testing.T, r *document) { holdsKeysOf(t, r, bindingKeys) }

func holdsKeysOf(t *testing.T, r *document, fileKeys map[string]func() diag.List) {
	lacks := regexp.MustCompile(`has no ("\w+"):`)
	known := regexp.MustCompile(`has no key "zzz": want (.*)`)
	for where, refusal := range fileKeys {
		want := map[string]bool{} // required or not
		for _, d := range refusal() {
			if m := known.FindStringSubmatch(d.Message.In(lang.EN)); m != nil {
				for _, q := range regexp.MustCompile(`"(\w+)"`).FindAllStringSubmatch(m[1], -1) {
					want[q[1]] = want[q[1]] || false
				}
			}
			if m := lacks.FindStringSubmatch(d.Message.In(lang.EN)); m != nil && strings.Contains(d.Message.In(lang.EN), nounOf[where]) {
				want[strings.Trim(m[1], `"`)] = true
			}
		}
		got := map[string]bool{}
		for _, row := range r.rows(t, "keys: "+where) {
			got[quotedIn(row[0])[0]] = row[2] == "required"
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("keys of %s: -file +document\n%s", where, d)
		}
	}
}

// nounOf is how messages call each of those mappings.
var nounOf = map[string]string{
	"bindings": "the file of bindings", "binding": "the binding",
	"roster": "the roster", "units": "the unit", "waivers": "the waiver", "tests": "the test", "expectation": "the expectation",
}

// flagsLeftOut are in no table of flags.
var flagsLeftOut = []string{"help", "no-descriptions"}

// holdsCommands holds the tables of commands and flags against the
// program.
func holdsCommands(t *testing.T, r *document) {
	commands, flags := commandsAndFlags()
	var shown []string
	for _, row := range r.rows(t, "commands") {
		shown = append(shown, strings.TrimPrefix(quotedIn(row[0])[0], "parcheck "))
	}
	slices.Sort(commands)
	slices.Sort(shown)
	if d := cmp.Diff(commands, shown); d != "" {
		t.Errorf("commands: -program +document\n%s", d)
	}
	told := map[string][]string{}
	for _, row := range r.rows(t, "flags") {
		names := quotedIn(row[0])
		name, _, _ := strings.Cut(strings.TrimPrefix(names[len(names)-1], "--"), " ")
		told[name] = strings.Split(row[1], ", ")
		slices.Sort(told[name])
		slices.Sort(flags[name])
	}
	if d := cmp.Diff(flags, told); d != "" {
		t.Errorf("flags and their commands: -program +document\n%s", d)
	}
}

// commandsAndFlags lists the commands of the program, and which of them have
// each flag.
func commandsAndFlags() (commands []string, flags map[string][]string) {
	root := (&app{}).rootCommand()
	root.InitDefaultCompletionCmd()
	flags = map[string][]string{}
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			walk(sub)
		}
		name, ours := strings.CutPrefix(c.CommandPath(), "parcheck ")
		if name, shell := strings.CutPrefix(name, "completion "); shell && ours {
			if name == "bash" {
				commands = append(commands, "completion SHELL")
			}
			return
		}
		if !ours || c.HasAvailableSubCommands() {
			return
		}
		if c.IsAdditionalHelpTopicCommand() {
			commands = append(commands, "help "+name)
			return
		}
		commands = append(commands, name)
		c.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) { flags[f.Name] = append(flags[f.Name], name) })
	}
	walk(root)
	root.PersistentFlags().VisitAll(func(f *pflag.Flag) { flags[f.Name] = []string{"all"} })
	maps.DeleteFunc(flags, func(name string, _ []string) bool { return slices.Contains(flagsLeftOut, name) })
	return commands, flags
}

// TestDocumentsSpeakOfFlagsThatExist looks for every flag in their prose.
func TestDocumentsSpeakOfFlagsThatExist(t *testing.T) {
	atRoot(t)
	_, flags := commandsAndFlags()
	eachDocument(t, func(t *testing.T, r *document) {
		for _, m := range regexp.MustCompile(`[^-!]--([a-z][a-z-]+)`).FindAllStringSubmatch(r.prose(), -1) {
			if flags[m[1]] == nil && !slices.Contains(flagsLeftOut, m[1]) {
				t.Errorf("the text speaks of a flag --%s, which no command has", m[1])
			}
		}
	})
}

// holdsFormats holds the table of formats against the program.
func holdsFormats(t *testing.T, r *document) {
	want := append(report.Names(), "xlsx", "groups") // which others write, for files only
	var got []string
	for _, row := range r.rows(t, "formats") {
		got = append(got, quotedIn(row[0])[0])
	}
	slices.Sort(want)
	slices.Sort(got)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("formats: -program +document\n%s", d)
	}
}

// holdsLimits holds the limits that the README names against those that
// hold.
func holdsLimits(t *testing.T, r *document) {
	l := workbook.DefaultLimits()
	for what, want := range map[string]string{
		"file":                           fmt.Sprintf("%d MiB", l.FileBytes>>20),
		"inflated":                       fmt.Sprintf("%d GiB", (l.InflatedBytes+1)>>30),
		"cells of a workbook":            fmt.Sprintf("%d million", l.Cells/1_000_000),
		"string table":                   fmt.Sprintf("%d MiB", l.StringBytes>>20),
		"sheets":                         fmt.Sprintf("%d,%03d", l.Sheets/1000, l.Sheets%1000),
		"plan, roster, waiver, bindings": fmt.Sprintf("%d MiB", plan.MaxBytes>>20),
		"stored result":                  fmt.Sprintf("%d MiB", report.MaxJSON>>20),
	} {
		found := false
		for _, row := range r.rows(t, "limits") {
			found = found || row[0] == what && row[1] == want
		}
		if !found {
			t.Errorf("no limit %q of %q", what, want)
		}
	}
}

// TestDocumentsLinks follows their links: to headings, of their own and of each
// other, and to files. A long document lists its parts.
func TestDocumentsLinks(t *testing.T) {
	atRoot(t)
	anchors := map[string]map[string]bool{}
	eachDocument(t, func(t *testing.T, r *document) {
		anchors[r.path] = map[string]bool{}
		for _, m := range headings(r) {
			anchor := "#" + headingAnchor(m[2])
			if anchors[r.path][anchor] {
				t.Errorf("two headings %q", m[2])
			}
			anchors[r.path][anchor] = true
			long := strings.Count(r.text, "\n") > 250
			if long && m[1] == "##" && m[2] != "Contents" && !strings.Contains(r.prose(), "]("+anchor+")") {
				t.Errorf("the contents leave out %q", m[2])
			}
		}
	})
	eachDocument(t, func(t *testing.T, r *document) {
		for _, link := range links(r) {
			to, heading, _ := strings.Cut(link, "#")
			if _, err := os.Stat(filepath.FromSlash(to)); err != nil {
				t.Errorf("a link to a file that is not there: %v", err)
			}
			if heading != "" && !anchors[to]["#"+heading] {
				t.Errorf("no heading %s", link)
			}
		}
	})
}

// headings are the headings of a document: their marks and words.
func headings(r *document) [][]string {
	return regexp.MustCompile(`(?m)^(#+) (.+)$`).FindAllStringSubmatch(r.prose(), -1)
}

// links are the links of a document to what the repository holds, from its root.
func links(r *document) []string {
	var out []string
	for _, m := range regexp.MustCompile(`\]\(([^)\s]+)\)`).FindAllStringSubmatch(r.prose(), -1) {
		if to, heading, _ := strings.Cut(m[1], "#"); strings.HasPrefix(m[1], "https://") {
			continue
		} else if to == "" {
			out = append(out, r.path+"#"+heading)
		} else if heading == "" {
			out = append(out, path.Join(path.Dir(r.path), to))
		} else {
			out = append(out, path.Join(path.Dir(r.path), to)+"#"+heading)
		}
	}
	return out
}

// TestReadmeLeadsToAllDocuments follows links from the README to all others.
func TestReadmeLeadsToAllDocuments(t *testing.T) {
	atRoot(t)
	r := readDocument(t, "README.md")
	reached := map[string]bool{r.path: true}
	for next := []*document{r}; len(next) > 0; next = next[1:] {
		for _, link := range links(next[0]) {
			to, _, _ := strings.Cut(link, "#")
			if strings.HasSuffix(to, ".md") && !reached[to] {
				reached[to] = true
				next = append(next, readDocument(t, to))
			}
		}
	}
	for _, d := range documents {
		if !reached[d.path] {
			t.Errorf("no way from %s to %s", r.path, d.path)
		}
	}
}

// TestDocumentsNameWhatIsThere looks for the paths and the tests that stand in
// backticks or blocks.
func TestDocumentsNameWhatIsThere(t *testing.T) {
	atRoot(t)
	var tests strings.Builder
	for _, pattern := range []string{"*/*_test.go", "*/*/*_test.go", "*/*/*/*_test.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			tests.Write(readFile(t, f))
		}
	}
	aPath := regexp.MustCompile(`^(?:\.ci|\.github|\.container|cmd|examples|pkg|targets)(?:/[\w.-]+)+$`)
	aTest := regexp.MustCompile(`\b(?:Test|Fuzz)[A-Z]\w+`)
	for _, d := range documents {
		r := readDocument(t, d.path)
		for _, quoted := range quotedIn(r.prose()) {
			if _, err := os.Stat(filepath.FromSlash(quoted)); aPath.MatchString(quoted) && err != nil {
				t.Errorf("%s: %v", r.path, err)
			}
		}
		for _, name := range aTest.FindAllString(r.text, -1) {
			if !strings.Contains(tests.String(), "func "+name+"(") {
				t.Errorf("%s: there is no test %s", r.path, name)
			}
		}
	}
}

// holdsPackages finds every package in the list of the code.
func holdsPackages(t *testing.T, r *document) {
	packages, err := filepath.Glob("pkg/*")
	if err != nil || len(packages) == 0 {
		t.Fatalf("packages: %v, %v", packages, err)
	}
	for _, dir := range packages {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			continue
		}
		if !strings.Contains(r.text, "\n"+filepath.ToSlash(dir)+" ") {
			t.Errorf("the list of the code leaves out %s", dir)
		}
	}
}

// holdsDrawing finds every package in the drawing of the architecture, and what
// it imports beside or below it.
func holdsDrawing(t *testing.T, r *document) {
	at := map[string]int{}
	for i, line := range strings.Split(r.block(t, "drawing"), "\n") {
		const margin = 20 // what each line is about
		for _, word := range regexp.MustCompile(`[a-z]+`).FindAllString(line[min(margin, len(line)):], -1) {
			if _, known := directions["pkg/"+word]; known && at[word] == 0 {
				at[word] = i + 1
			}
		}
	}
	for dir, imports := range directions {
		name, ours := strings.CutPrefix(dir, "pkg/")
		if !ours {
			continue
		}
		if at[name] == 0 {
			t.Errorf("the drawing leaves out %s", name)
		}
		for _, imp := range strings.Fields(imports) {
			if at[imp] < at[name] {
				t.Errorf("the drawing has %s above %s, which imports it", imp, name)
			}
		}
	}
}

// holdsAccount compares the picture of the row account with the one that the
// package shows.
func holdsAccount(t *testing.T, r *document) {
	source := string(readFile(t, "pkg/account/doc.go"))
	for line := range strings.Lines(r.block(t, "account")) {
		if !strings.Contains(source, "\n//\t"+line) {
			t.Errorf("pkg/account/doc.go does not show %q", line)
		}
	}
}

// block is the text of the block of that name.
func (r *document) block(t *testing.T, about string) string {
	t.Helper()
	for _, f := range r.fences {
		if f.about == about {
			return f.text
		}
	}
	t.Fatalf("%s has no block %q", r.path, about)
	return ""
}

// headingAnchor is the name by which GitHub links to a heading.
func headingAnchor(heading string) string {
	kept := regexp.MustCompile(`[^\p{L}\p{N}_ -]`).ReplaceAllString(strings.ToLower(heading), "")
	return strings.ReplaceAll(kept, " ", "-")
}
