package page_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/batch"
)

// TestBytes holds that the page's program gives the bytes of the command line
// for every example and for every file of the folders that PARCHECK_FILES names:
// `.ci/run` puts there the workbooks that scripts make, and the hostile ones.
// PARCHECK_PROGRAM names the program, which runs under node.
func TestBytes(t *testing.T) {
	wasm := os.Getenv("PARCHECK_PROGRAM")
	if wasm == "" {
		t.Skip("PARCHECK_PROGRAM names no program: go run ./cmd/parcheck-web/build -program parcheck.wasm")
	}
	node := executable(t, "node", "nodejs")
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	files := submissions(t, append(filepath.SplitList(os.Getenv("PARCHECK_FILES")), examples)...)
	t.Logf("%d files", len(files))

	type wish struct {
		Path    string   `json:"path"`
		Name    string   `json:"name"`
		Day     string   `json:"day"`
		Formats []string `json:"formats"`
	}
	formats := []string{"json", "xlsx"}
	var list []wish
	for _, f := range files {
		list = append(list, wish{f, filepath.Base(f), day, formats})
	}
	data, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	cmd := exec.Command(node, "--stack-size=4096", "testdata/node.js", filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"), wasm, out)
	cmd.Stdin = bytes.NewReader(data)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text[max(0, len(text)-4000):])
	}
	for i, f := range files {
		if said, err := os.ReadFile(filepath.Join(out, fmt.Sprintf("%d.error", i))); err == nil {
			t.Errorf("%s: the page says %q", f, said)
		}
		want := reports(t, f, formats)
		for _, format := range formats {
			got, err := os.ReadFile(filepath.Join(out, fmt.Sprintf("%d.%s", i, format)))
			if err != nil || !bytes.Equal(got, want[format]) {
				t.Errorf("%s: %s of %d bytes, which are not those of the command line, %d (%v)", f, format, len(got), len(want[format]), err)
			}
		}
	}
}

// submissions lists the files of folders that would be read in a folder.
func submissions(t *testing.T, dirs ...string) (files []string) {
	t.Helper()
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && batch.RoleOf(d.Name()) == batch.Submission {
				path, err = filepath.Abs(path)
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(files)
	if len(files) < 10 {
		t.Fatalf("only %d files in %q", len(files), dirs)
	}
	return files
}

// reports are what the command line writes of a file.
func reports(t *testing.T, file string, formats []string) map[string][]byte {
	t.Helper()
	exe, err := program()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	args := []string{"score", filepath.Base(file), "--as-of", day, "--lang", "vi", "--quiet", "--format", "json"}
	for _, f := range formats {
		args = append(args, "--report", f+"="+filepath.Join(dir, f))
	}
	cmd := exec.Command(exe, args...)
	cmd.Dir = filepath.Dir(file)
	if text, err := cmd.CombinedOutput(); err != nil && cmd.ProcessState.ExitCode() > 3 {
		t.Fatalf("%s: %v: %s", file, err, text)
	}
	out := map[string][]byte{}
	for _, f := range formats {
		if out[f], err = os.ReadFile(filepath.Join(dir, f)); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
	}
	return out
}
