package plan

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

var update = flag.Bool("update", false, "write what is found to the golden files")

// inBoth prints diagnostics in English, each with its Vietnamese message below.
func inBoth(list diag.List) string {
	var b strings.Builder
	for _, d := range list {
		b.WriteString(d.In(lang.EN) + "\n    " + d.Message.In(lang.VI) + "\n")
		for _, r := range d.Related {
			b.WriteString("    " + r.Pos.String() + ": " + r.Message.In(lang.EN) + " / " + r.Message.In(lang.VI) + "\n")
		}
	}
	return b.String()
}

// golden compares text with a file.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; go test -update writes it):\n%s", path, diff)
	}
}

func TestMistakes(t *testing.T) {
	files, err := filepath.Glob("testdata/err/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, path := range files {
		name := strings.TrimSuffix(filepath.Base(path), ".yaml")
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			_, list := Parse(filepath.Base(path), data)
			if !list.HasErrors() {
				t.Error("no mistake is found")
			}
			golden(t, strings.TrimSuffix(path, ".yaml")+".out", inBoth(list))
		})
	}
}
