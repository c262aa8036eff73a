package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// compile builds the program of the page, in a copy of the module that links
// no network code and calls no method by name, and returns it and the root of
// the toolchain.
func compile() (wasm []byte, goroot string, err error) {
	dir, err := os.MkdirTemp("", "parcheck-web")
	if err != nil {
		return nil, "", err
	}
	defer os.RemoveAll(dir)
	overlay, err := stage(dir)
	if err != nil {
		return nil, "", err
	}
	out := filepath.Join(dir, "parcheck.wasm")
	root := filepath.Join(dir, linked)
	build := exec.Command(filepath.Join(root, "bin", "go"), "build", "-overlay", overlay, "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid=", "-o", out, "./cmd/parcheck-web")
	build.Dir = dir
	build.Env = append(os.Environ(), "GOROOT="+root, "GOTOOLCHAIN=local", "GOOS=js", "GOARCH=wasm", "GOWASM=", "GOFLAGS=", "CGO_ENABLED=0")
	if _, err := output(build); err != nil {
		return nil, "", err
	}
	if goroot, err = output(goCommand(dir, "env", "GOROOT")); err != nil {
		return nil, "", err
	}
	wasm, err = os.ReadFile(out)
	return wasm, goroot, err
}

// stage copies the sources of this module to a folder, and beside them those
// modules that cuts change. It returns the file by which the compiler finds the
// changed files of the standard library.
func stage(dir string) (overlay string, err error) {
	root, err := output(goCommand("", "list", "-m", "-f", "{{.Dir}}"))
	if err != nil {
		return "", err
	}
	if err := copySources(dir, root, "go.mod", "go.sum", "cmd/parcheck-web", "pkg", "targets"); err != nil {
		return "", err
	}
	for _, module := range []string{excelize, deepcopy} {
		from, err := output(goCommand("", "list", "-m", "-f", "{{.Dir}}", module))
		if err != nil {
			return "", err
		}
		if err := copySources(filepath.Join(dir, module), from, "."); err != nil {
			return "", err
		}
		if _, err := output(goCommand(dir, "mod", "edit", "-replace", module+"=./"+module)); err != nil {
			return "", err
		}
	}
	goroot, err := output(goCommand("", "env", "GOROOT"))
	if err != nil {
		return "", err
	}
	if err := os.Symlink(goroot, filepath.Join(dir, linked)); err != nil {
		return "", err
	}
	from := filepath.Join(dir, linked, "src", templates)
	if err := copySources(filepath.Join(dir, templates), from, "exec.go"); err != nil {
		return "", err
	}
	for _, c := range cuts {
		if err := c.apply(filepath.Join(dir, c.in)); err != nil {
			return "", err
		}
	}
	replaced, err := json.Marshal(map[string]map[string]string{"Replace": {
		filepath.Join(from, "exec.go"): filepath.Join(dir, templates, "exec.go"),
	}})
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(dir, "overlay.json")
	return overlay, os.WriteFile(overlay, replaced, 0o644)
}

// linked is the toolchain in the folder of the copy. A toolchain that the go
// command fetched lies among its modules, where it lets nobody replace a file;
// by this name it does.
const linked = "goroot"

// The modules and the package that are cut.
const (
	excelize  = "github.com/xuri/excelize/v2"
	deepcopy  = "github.com/tiendc/go-deepcopy" // copies structs for excelize
	templates = "text/template"
)

// cut changes a file of a module or package, which has to be as it is known.
type cut struct{ in, file, old, new string }

// cuts take out what links net/http, by which excelize names the kind of a file
// that is embedded in a workbook, and all that calls methods by names which are
// only known when the program runs. While one such call stands, the linker keeps
// every exported method of every type that an interface may hold, and what they
// call: excelize's calculation of formulas, pivot tables, encryption. No
// template of ours calls a method, and no type of excelize has one that copies.
var cuts = []cut{
	{excelize, "sheet.go", "\t\"net/http\"\n", ""},
	{excelize, "sheet.go", "http.DetectContentType(opts.File)", `"application/octet-stream"`},
	{templates, "exec.go", "ptr.MethodByName(fieldName)", noMethod},
	{deepcopy, "util.go", "ptrType.Method(i)", "reflect.Method{}"},
	{deepcopy, "base_copier.go", "dst.Addr().Method(c.dstMethod)", noMethod},
	{deepcopy, "struct_copier.go", "dst.Addr().Method(c.dstMethod)", noMethod},
	{deepcopy, "struct_copier.go", "dst.Addr().Method(*c.postCopyMethod)", noMethod},
	{deepcopy, "struct_to_map_copier.go", "dst.Addr().Method(*c.postCopyMethod)", noMethod},
	{deepcopy, "map_to_struct_copier.go", "dstStruct.Addr().Method(*c.postCopyMethod)", noMethod},
}

// noMethod is what reflection gives for a name that no method has.
const noMethod = "(reflect.Value{})"

func (c cut) apply(dir string) error {
	path := filepath.Join(dir, c.file)
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if bytes.Count(text, []byte(c.old)) != 1 {
		return fmt.Errorf("%s of %s does not have %q once: is it another version?", c.file, c.in, c.old)
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
