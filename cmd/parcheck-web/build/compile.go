package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// compile builds the program of the page, in a copy of the module that links
// no network code, and returns it and the root of the toolchain.
func compile() (wasm []byte, goroot string, err error) {
	dir, err := os.MkdirTemp("", "parcheck-web")
	if err != nil {
		return nil, "", err
	}
	defer os.RemoveAll(dir)
	if err := stage(dir); err != nil {
		return nil, "", err
	}
	out := filepath.Join(dir, "parcheck.wasm")
	build := goCommand(dir, "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid=", "-o", out, "./cmd/parcheck-web")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWASM=", "GOFLAGS=", "CGO_ENABLED=0")
	if _, err := output(build); err != nil {
		return nil, "", err
	}
	if goroot, err = output(goCommand(dir, "env", "GOROOT")); err != nil {
		return nil, "", err
	}
	wasm, err = os.ReadFile(out)
	return wasm, goroot, err
}

// stage copies the sources of this module to a folder, and excelize beside them
// without what cuts take out.
func stage(dir string) error {
	root, err := output(goCommand("", "list", "-m", "-f", "{{.Dir}}"))
	if err != nil {
		return err
	}
	library, err := output(goCommand("", "list", "-m", "-f", "{{.Dir}}", excelize))
	if err != nil {
		return err
	}
	if err := copySources(dir, root, "go.mod", "go.sum", "cmd/parcheck-web", "pkg", "targets"); err != nil {
		return err
	}
	const beside = "excelize"
	if err := copySources(filepath.Join(dir, beside), library, "."); err != nil {
		return err
	}
	changes, err := cutsOf(filepath.Join(dir, beside))
	if err != nil {
		return err
	}
	for _, c := range changes {
		if err := c.apply(filepath.Join(dir, beside)); err != nil {
			return err
		}
	}
	_, err = output(goCommand(dir, "mod", "edit", "-replace", excelize+"=./"+beside))
	return err
}

const excelize = "github.com/xuri/excelize/v2"

// cut changes a file of excelize, which has to be as it is known.
type cut struct{ file, old, new string }

// cuts take out what links net/http, by which excelize names the kind of a file
// that is embedded in a workbook.
var cuts = []cut{
	{"sheet.go", "\t\"net/http\"\n", ""},
	{"sheet.go", "http.DetectContentType(opts.File)", `"application/octet-stream"`},
}

// emptied are methods of excelize's File that parcheck never calls. html/template
// calls methods by name, so that the linker keeps all of them, and what they
// call: the first alone is the calculation of formulas, a fifth of excelize.
var emptied = []struct{ file, method string }{
	{"calc.go", "CalcCellValue"},
	{"pivotTable.go", "AddPivotTable"},
	{"pivotTable.go", "GetPivotTables"},
	{"pivotTable.go", "DeletePivotTable"},
	{"slicer.go", "AddSlicer"},
	{"slicer.go", "GetSlicers"},
	{"slicer.go", "DeleteSlicer"},
	{"sparkline.go", "AddSparkline"},
	{"picture.go", "AddPictureFromBytes"},
	{"picture.go", "GetPictures"},
	{"shape.go", "AddShape"},
	{"vml.go", "AddFormControl"},
	{"vml.go", "GetFormControls"},
	{"vml.go", "AddHeaderFooterImage"},
	{"sheet.go", "AddEmbeddedObjects"},
	{"sheet.go", "GetEmbeddedObjects"},
	{"sheet.go", "DeleteEmbeddedObjects"},
}

// cutsOf are all changes of a copy of excelize.
func cutsOf(dir string) ([]cut, error) {
	all := slices.Clone(cuts)
	for _, e := range emptied {
		text, err := os.ReadFile(filepath.Join(dir, e.file))
		if err != nil {
			return nil, err
		}
		head := regexp.MustCompile(`(?m)^func \(f \*File\) ` + e.method + `\(.*\{$`).Find(text)
		all = append(all, cut{e.file, string(head) + "\n", string(head) + "\n\tpanic(`it is not in the page`)\n"})
	}
	return all, nil
}

func (c cut) apply(dir string) error {
	path := filepath.Join(dir, c.file)
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if bytes.Count(text, []byte(c.old)) != 1 {
		return fmt.Errorf("%s of excelize does not have %q once: is it another version?", c.file, c.old)
	}
	return os.WriteFile(path, bytes.Replace(text, []byte(c.old), []byte(c.new), 1), 0o644)
}

// copySources copies files and folders, without tests and what they read.
func copySources(to, from string, names ...string) error {
	for _, name := range names {
		err := filepath.WalkDir(filepath.Join(from, name), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(from, path)
			if err != nil {
				return err
			}
			switch {
			case d.IsDir() && path != from && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".")):
				return filepath.SkipDir
			case d.IsDir():
				return os.MkdirAll(filepath.Join(to, rel), 0o755)
			case strings.HasSuffix(path, "_test.go"):
				return nil
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if err := os.MkdirAll(filepath.Dir(filepath.Join(to, rel)), 0o755); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(to, rel), data, 0o644)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func goCommand(dir string, args ...string) *exec.Cmd {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	return cmd
}

// output runs a command and returns what it prints, without the blanks around.
func output(cmd *exec.Cmd) (string, error) {
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", cmd, err, stderr.Bytes())
	}
	return strings.TrimSpace(string(out)), nil
}
