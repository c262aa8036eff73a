package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write the expected output of scripts and examples anew")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"parcheck": main})
}

// TestScripts runs the real command, script by script.
func TestScripts(t *testing.T) {
	plans, err := filepath.Abs("testdata/plans")
	if err != nil {
		t.Fatal(err)
	}
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "en_US.UTF-8")
			env.Setenv("LC_ALL", "")
			env.Setenv("LC_MESSAGES", "")
			env.Setenv("COLUMNS", "100")
			env.Setenv("PLANS", plans)
			env.Setenv("EXAMPLES", examples)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"xlsx": makeWorkbook,
			"code": wantCode,
		},
	})
}

// makeWorkbook is `xlsx OUT.xlsx IN.txt`: a workbook from its text form.
func makeWorkbook(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: xlsx OUT.xlsx IN.txt")
	}
	ts.Check(writeWorkbook(ts.MkAbs(args[0]), ts.ReadFile(args[1])))
	if *workbooksDir != "" {
		kept := filepath.Join(*workbooksDir, ts.Name()+"-"+filepath.Base(args[0]))
		ts.Check(writeWorkbook(kept, ts.ReadFile(args[1])))
	}
}

var workbooksDir = flag.String("workbooks", "", "write the workbooks of the scripts to this folder, too")

// wantCode is `code N COMMAND...`: runs a command and wants an exit code.
func wantCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N COMMAND ARG...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

// TestScriptsAreNamed keeps the scripts findable: each says in its first line
// what it shows.
func TestScriptsAreNamed(t *testing.T) {
	files, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(data), "# ") {
			t.Errorf("%s does not begin with a comment that says what it shows", f)
		}
		if strings.Contains(string(data), "%!") {
			t.Errorf("%s expects a message with a wrong format verb", f)
		}
	}
}
