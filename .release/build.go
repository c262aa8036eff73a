package main

import (
	"debug/buildinfo"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// target is a system that the program is built for.
type target struct{ os, arch string }

func (t target) String() string { return t.os + "/" + t.arch }

var allTargets = []target{
	{"windows", "amd64"}, {"windows", "arm64"},
	{"linux", "amd64"}, {"linux", "arm64"},
	{"darwin", "amd64"}, {"darwin", "arm64"},
}

// chosen returns the targets of a list with commas, or all for none.
func chosen(list string) ([]target, error) {
	if list == "" {
		return allTargets, nil
	}
	var out []target
	for _, name := range strings.Split(list, ",") {
		i := slices.IndexFunc(allTargets, func(t target) bool { return t.String() == name })
		if i < 0 {
			return nil, fmt.Errorf("no release is built for %q: want some of %v", name, allTargets)
		}
		out = append(out, allTargets[i])
	}
	return out, nil
}

// program is one that was built.
type program struct {
	target
	data []byte
	info *buildinfo.BuildInfo
}

// build makes the program for each target. Nothing of the machine gets into it:
// no path, no cgo, no setting of Go's but the defaults. The commit does, which
// `parcheck version` prints.
func (s *source) build(dir string, targets []target) ([]program, error) {
	var out []program
	for _, t := range targets {
		file := filepath.Join(dir, t.os+"_"+t.arch)
		cmd := s.goCommand("build", "-trimpath", "-buildvcs=true", "-ldflags=-s -w -buildid=", "-o", file, "./cmd/parcheck")
		cmd.Env = append(cmd.Env, "GOOS="+t.os, "GOARCH="+t.arch)
		if text, err := cmd.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("build for %v: %w\n%s", t, err, text)
		}
		p := program{target: t}
		var err error
		if p.data, err = os.ReadFile(file); err != nil {
			return nil, err
		}
		if p.info, err = buildinfo.ReadFile(file); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// goCommand runs Go on the source, with none of the machine's settings.
func (s *source) goCommand(args ...string) *exec.Cmd {
	cmd := exec.Command("go", args...)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOAMD64=v1", "GOARM64=v8.0", "GOFLAGS=", "GOEXPERIMENT=", "GOWORK=off", "GOTOOLCHAIN="+s.toolchain)
	return cmd
}

// page writes the program as one page for a browser. What it links is in the
// bill of materials, for the other programs link it, too.
func (r *release) page(file string, modules []module) error {
	if text, err := r.goCommand("run", "./cmd/parcheck-web/build", "-o", file).CombinedOutput(); err != nil {
		return fmt.Errorf("build the page: %w\n%s", err, text)
	}
	deps := r.goCommand("list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", "./cmd/parcheck-web")
	deps.Env = append(deps.Env, "GOOS=js", "GOARCH=wasm")
	text, err := deps.Output()
	if err != nil {
		return err
	}
	for _, path := range strings.Fields(string(text)) {
		if !slices.ContainsFunc(modules, func(m module) bool { return m.path == path }) {
			return fmt.Errorf("the page links %s, and no other program does: the bill of materials lacks it", path)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return r.write(r.name("page.html"), data)
}
