package main

import (
	"debug/elf"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"gopkg.in/yaml.v3"
)

// The files that bring parcheck into other people's CI are not run by this
// repository: these tests run the scripts and command lines that they hold.

// repository is the path of a file of this repository.
func repository(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func readRepository(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(repository(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// adoptionFolder is a folder of submissions: one fine, one that misses its
// targets and whose texts try to be commands of a CI system, one unreadable.
func adoptionFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"fine.xlsx": "== Biểu\nĐơn vị báo cáo: UBND huyện Phú Ninh\nKỳ báo cáo: Năm 2023\nSTT | Chỉ tiêu | Số liệu\n" +
			"1 | Tổng số hồ sơ đã giải quyết | 100\n2 | Hồ sơ một phần | 65\n",
		"missed.xlsx": "== Biểu\nĐơn vị báo cáo: Sở ##[error]owned\nKỳ báo cáo: Năm 2023\nSTT | Chỉ tiêu | Số liệu\n" +
			"1 | Tổng số hồ sơ đã giải quyết | 100\n2 | Hồ sơ một phần | ::error::owned\n",
	} {
		if err := writeWorkbook(filepath.Join(dir, name), text); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "broken.xlsx"), []byte("no workbook"), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir
}

// action is the part of action.yml that tests look at.
type action struct {
	Inputs  map[string]struct{ Default string }
	Outputs map[string]struct{ Value string }
	Runs    struct {
		Using string
		Steps []struct {
			ID, Uses, Shell, Run string
			Env                  map[string]string
		}
	}
}

func readAction(t *testing.T) action {
	t.Helper()
	var a action
	if err := yaml.Unmarshal([]byte(readRepository(t, ".github/actions/parcheck/action.yml")), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

const actionScript = ".github/actions/parcheck/run.sh"

// Every input reaches the script, by way of the environment, and every output
// is one that the script writes.
func TestActionFitsItsScript(t *testing.T) {
	a := readAction(t)
	script := readRepository(t, actionScript)
	if a.Runs.Using != "composite" {
		t.Errorf("the action runs using %q", a.Runs.Using)
	}
	step := a.Runs.Steps[len(a.Runs.Steps)-1]
	if step.Run != `bash "$GITHUB_ACTION_PATH/run.sh"` {
		t.Errorf("the last step runs %q", step.Run)
	}
	var given, used, inputs []string
	for name, value := range step.Env {
		given = append(given, name)
		input := regexp.MustCompile(`^\$\{\{ inputs\.([a-z-]+) \}\}$`).FindStringSubmatch(value)
		if input == nil {
			t.Fatalf("%s is %q: want one input", name, value)
		}
		inputs = append(inputs, input[1])
	}
	used = append(used, regexp.MustCompile(`PARCHECK_[A-Z_]+`).FindAllString(script, -1)...)
	var declared []string
	for name := range a.Inputs {
		declared = append(declared, name)
	}
	if diff := cmp.Diff(set(given), set(used)); diff != "" {
		t.Errorf("variables given and used (-given +used):\n%s", diff)
	}
	if diff := cmp.Diff(set(declared), set(inputs)); diff != "" {
		t.Errorf("inputs declared and passed on (-declared +passed):\n%s", diff)
	}
	for name, o := range a.Outputs {
		if o.Value != "${{ steps."+step.ID+".outputs."+name+" }}" || !strings.Contains(script, `"`+name+"=") {
			t.Errorf("the output %s is %q", name, o.Value)
		}
	}
}

// set sorts names and takes each once.
func set(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

// actionRun is what the action's script did.
type actionRun struct {
	code    int
	log     string
	outputs string
	summary string
}

// runAction runs the action's script in a folder, as the runner does.
func runAction(t *testing.T, dir string, inputs map[string]string) actionRun {
	t.Helper()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash here")
	}
	a := readAction(t)
	temp := t.TempDir()
	cmd := exec.Command(bash, repository(t, actionScript))
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "RUNNER_TEMP="+temp, "GITHUB_OUTPUT="+filepath.Join(temp, "output"),
		"GITHUB_STEP_SUMMARY="+filepath.Join(temp, "summary"))
	inputOf := regexp.MustCompile(`inputs\.([a-z-]+)`)
	for name, value := range a.Runs.Steps[len(a.Runs.Steps)-1].Env {
		input := inputOf.FindStringSubmatch(value)[1]
		value, ok := inputs[input]
		if !ok {
			value = a.Inputs[input].Default
		}
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	r := actionRun{code: cmd.ProcessState.ExitCode(), log: string(out)}
	for name, text := range map[string]*string{"output": &r.outputs, "summary": &r.summary} {
		data, err := os.ReadFile(filepath.Join(temp, name))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		*text = string(data)
	}
	return r
}

// workflowCommands lists the lines of a log that the runner takes for
// commands: those that begin with "::", and those that hold "##[", but for
// what stands between ::stop-commands::TOKEN and ::TOKEN::.
func workflowCommands(log string) []string {
	var commands []string
	stopped := ""
	for line := range strings.Lines(log) {
		line = strings.TrimSpace(line)
		token, stop := strings.CutPrefix(line, "::stop-commands::")
		switch {
		case stopped != "":
			if line == "::"+stopped+"::" {
				stopped = ""
			}
		case stop:
			stopped = token
		case strings.HasPrefix(line, "::"), strings.Contains(line, "##["):
			commands = append(commands, line)
		}
	}
	return commands
}

func TestActionRuns(t *testing.T) {
	plan := repository(t, "cmd/parcheck/testdata/plans/small.yaml")
	for _, test := range []struct {
		name        string
		inputs      map[string]string
		code        int
		annotations []string // how each begins
		sarif       bool
	}{
		{"fine", map[string]string{"files": "fine.xlsx"}, 0, nil, true},
		{"score", map[string]string{"files": "fine.xlsx\nmissed.xlsx\n", "command": "score", "fail-on": "missed\ninvalid\n"}, 1,
			[]string{"::error file=missed.xlsx,line=5,col=3,title="}, true},
		{"never", map[string]string{"files": "missed.xlsx", "command": "score", "fail-on": "never"}, 0,
			[]string{"::error file=missed.xlsx,line=5,col=3,title="}, true},
		{"batch", map[string]string{"files": "./"}, 3,
			[]string{"::error file=missed.xlsx,line=5,col=3,title=", "::error file=broken.xlsx,line=1,title=unreadable::"}, true},
		{"format", map[string]string{"files": "missed.xlsx", "format": "github", "fail-on": "never"}, 0,
			[]string{"::error file=missed.xlsx,line=5,col=3,title="}, true},
		{"gate", map[string]string{"files": "fine.xlsx", "fail-on": "sometimes"}, 2, nil, false},
		{"flag", map[string]string{"files": "--plan=missed.xlsx"}, 3,
			[]string{"::error file=--plan=missed.xlsx,line=1,title=unreadable::"}, true},
		{"plan", map[string]string{"files": "fine.xlsx", "plan": "missed.xlsx"}, 4, nil, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := adoptionFolder(t)
			inputs := map[string]string{"binary": "parcheck", "plan": plan, "lang": "en"}
			for name, value := range test.inputs {
				inputs[name] = value
			}
			r := runAction(t, dir, inputs)
			if r.code != test.code {
				t.Errorf("exit code %d, want %d:\n%s", r.code, test.code, r.log)
			}
			want := "exit-code=" + string(rune('0'+test.code)) + "\n"
			if test.sarif && !strings.Contains(r.summary, "| --- |") {
				t.Errorf("no table in the summary: %q", r.summary)
			}
			if test.sarif {
				want += "sarif=parcheck.sarif\n"
			}
			if diff := cmp.Diff(want, r.outputs); diff != "" {
				t.Errorf("outputs (-want +got):\n%s", diff)
			}
			wantCommands(t, test.annotations, workflowCommands(r.log))
			sarif, err := os.ReadFile(filepath.Join(dir, "parcheck.sarif"))
			if test.sarif != (err == nil) || test.sarif && !json.Valid(sarif) {
				t.Errorf("SARIF: %v", err)
			}
		})
	}
}

// wantCommands wants the first annotations to begin as told, and no command
// that is no annotation of a submission.
func wantCommands(t *testing.T, want, got []string) {
	t.Helper()
	for _, begins := range want {
		if !slices.ContainsFunc(got, func(line string) bool { return strings.HasPrefix(line, begins) }) {
			t.Errorf("no annotation %s in\n%s", begins, strings.Join(got, "\n"))
		}
	}
	if len(want) == 0 && len(got) > 0 {
		t.Errorf("commands that nobody wants:\n%s", strings.Join(got, "\n"))
	}
	annotation := regexp.MustCompile(`^::(error|warning|notice) file=[^:]+::`)
	for _, line := range got {
		if !annotation.MatchString(line) {
			t.Errorf("a text has become a command: %s", line)
		}
	}
}

// Without a binary the action builds the parcheck that it lies beside.
func TestActionBuilds(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command")
	}
	r := runAction(t, adoptionFolder(t), map[string]string{"files": "fine.xlsx", "plan": repository(t, "cmd/parcheck/testdata/plans/small.yaml")})
	if r.code != 0 {
		t.Errorf("exit code %d:\n%s", r.code, r.log)
	}
}

// hook is one hook of .pre-commit-hooks.yaml.
type hook struct {
	ID, Entry, Language, Files string
	Args, Types                []string
}

func TestPreCommitHooks(t *testing.T) {
	var hooks []hook
	if err := yaml.Unmarshal([]byte(readRepository(t, ".pre-commit-hooks.yaml")), &hooks); err != nil {
		t.Fatal(err)
	}
	plans := map[string]string{"parcheck-validate": repository(t, "cmd/parcheck/testdata/plans/small.yaml")}
	for _, h := range hooks {
		for _, test := range []struct {
			file string
			hook string
			code int
		}{
			{"fine.xlsx", "parcheck-validate", 0},
			{"missed.xlsx", "parcheck-validate", 1},
			{"broken.xlsx", "parcheck-validate", 3},
			{"--plan=fine.xlsx", "parcheck-validate", 3},
			{"plans/small.yaml", "parcheck-lint", 0},
			{"plans/broken.yaml", "parcheck-lint", 4},
		} {
			if test.hook != h.ID {
				continue
			}
			if !regexp.MustCompile(h.Files).MatchString(test.file) {
				t.Errorf("%s does not look at %s", h.ID, test.file)
			}
			dir := adoptionFolder(t)
			writePlans(t, dir)
			args := strings.Fields(h.Entry)
			if plans[h.ID] != "" { // as a user sets args
				args = append(args, "--plan", plans[h.ID])
			}
			args = append(append(args, h.Args...), test.file)
			cmd := exec.Command(args[0], args[1:]...)
			cmd.Dir = dir
			out, _ := cmd.CombinedOutput()
			if code := cmd.ProcessState.ExitCode(); code != test.code {
				t.Errorf("%s: exit code %d, want %d:\n%s", strings.Join(args, " "), code, test.code, out)
			}
		}
		if h.Language != "golang" || len(h.Args) == 0 || h.Args[len(h.Args)-1] != "--" {
			t.Errorf("%s: language %s, arguments %v", h.ID, h.Language, h.Args)
		}
	}
	if len(hooks) != 2 {
		t.Errorf("%d hooks, want 2", len(hooks))
	}
}

// writePlans puts a sound and a broken plan into a folder.
func writePlans(t *testing.T, dir string) {
	t.Helper()
	if err := os.Mkdir(filepath.Join(dir, "plans"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"small.yaml":  readRepository(t, "cmd/parcheck/testdata/plans/small.yaml"),
		"broken.yaml": "plan: broken\ntargts: []\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, "plans", name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// The container's command is what its build makes, static, and not run as root.
func TestContainer(t *testing.T) {
	file := readRepository(t, ".container/Containerfile")
	build := regexp.MustCompile(`(?m)^RUN (.*go build.*) -o (\S+) (\S+)$`).FindStringSubmatch(file)
	if build == nil {
		t.Fatal("nothing is built")
	}
	mod := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(readRepository(t, "go.mod"))
	_, last, _ := strings.Cut(file, "\nFROM scratch\n")
	for what, holds := range map[string]bool{
		"the image has the Go of go.mod":       strings.Contains(file, "/golang:"+mod[1]+" AS build\n"),
		"the command is copied from there":     strings.Contains(last, "COPY --from=build "+build[2]+" /parcheck\n"),
		"the command is what runs":             strings.Contains(last, "ENTRYPOINT [\"/parcheck\"]\n"),
		"a user who is not root runs it":       regexp.MustCompile(`(?m)^USER [1-9]\d+:[1-9]\d+$`).MatchString(last),
		"nothing is run in the last of stages": !strings.Contains(last, "\nRUN "),
	} {
		if !holds {
			t.Errorf("it does not hold that %s", what)
		}
	}
	if testing.Short() {
		t.Skip("builds the command")
	}
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh here")
	}
	binary := filepath.Join(t.TempDir(), "parcheck")
	cmd := exec.Command(sh, "-c", build[1]+" -o '"+binary+"' "+build[3])
	cmd.Dir = repository(t, ".")
	cmd.Env = append(os.Environ(), "GOOS=linux")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v:\n%s", err, out)
	}
	f, err := elf.Open(binary)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if slices.ContainsFunc(f.Progs, func(p *elf.Prog) bool { return p.Type == elf.PT_INTERP }) {
		t.Error("the command wants a loader, which an empty image has not")
	}
}

// gitlabJob is the job that the documents show.
type gitlabJob struct {
	Script    []string
	Artifacts struct {
		Reports struct{ Junit, Codequality string }
	}
}

func TestGitLabSnippet(t *testing.T) {
	block := regexp.MustCompile("(?s)```yaml\n([^`]*codequality:[^`]*)```").FindStringSubmatch(readRepository(t, "cmd/parcheck/README.md"))
	if block == nil {
		t.Fatal("the README of the command shows no GitLab job")
	}
	var jobs map[string]gitlabJob
	if err := yaml.Unmarshal([]byte(block[1]), &jobs); err != nil {
		t.Fatal(err)
	}
	for name, job := range jobs {
		dir := t.TempDir()
		if err := os.Rename(adoptionFolder(t), filepath.Join(dir, "submissions")); err != nil {
			t.Fatal(err)
		}
		line := job.Script[len(job.Script)-1]
		args := strings.Fields(line)
		if args[0] != "parcheck" {
			t.Fatalf("%s ends with %q", name, line)
		}
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Dir = dir
		out, _ := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code != exitInput { // one of the three cannot be read
			t.Errorf("%s: exit code %d:\n%s", line, code, out)
		}
		for _, report := range []string{job.Artifacts.Reports.Junit, job.Artifacts.Reports.Codequality} {
			if info, err := os.Stat(filepath.Join(dir, report)); err != nil || info.Size() == 0 {
				t.Errorf("the job hands in %s, which %q has not written", report, line)
			}
		}
	}
}

// Every flag in those files is one that the commands have.
func TestAdoptionFlagsExist(t *testing.T) {
	a := &app{}
	root := a.rootCommand()
	find := func(name string) *cobra.Command {
		c, _, err := root.Find([]string{name})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	flags := set(regexp.MustCompile(`--[a-z][a-z-]+`).FindAllString(readRepository(t, actionScript), -1))
	if len(flags) < 5 {
		t.Fatalf("only the flags %v", flags)
	}
	for _, command := range []string{"score", "validate"} {
		for _, flag := range flags {
			c := find(command)
			name := strings.TrimPrefix(flag, "--")
			if c.Flags().Lookup(name) == nil && c.InheritedFlags().Lookup(name) == nil {
				t.Errorf("%s has no %s", command, flag)
			}
		}
	}
	if d := readAction(t).Inputs["command"].Default; find(d).Name() != d {
		t.Errorf("there is no command %q", d)
	}
}
