package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// source is one commit, checked out in a folder of its own.
type source struct {
	dir       string
	tag       string    // "v0.1.0", or "" where the commit has none
	revision  string    // of the commit, in full
	version   string    // "0.1.0", or "0.1.0-dev.1f2e3d4c5b6a" where there is no tag
	time      time.Time // of the commit
	toolchain string    // "go1.26.11", from go.mod
}

// versionFile says which version the program is, in reports as well.
const versionFile = "pkg/batch/version.go"

func checkout(dir, ref string) (*source, error) {
	s := &source{dir: dir}
	here, err := output(".", "git", "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	commit, err := output(here, "git", "rev-parse", "--verify", ref+"^{commit}")
	if err != nil {
		return nil, err
	}
	s.revision = commit
	for _, line := range [][]string{
		{"git", "clone", "--quiet", "--no-checkout", here, dir},
		{"git", "-C", dir, "checkout", "--quiet", "--detach", commit},
	} {
		if _, err := output(".", line...); err != nil {
			return nil, err
		}
	}
	seconds, err := output(dir, "git", "log", "-1", "--format=%ct")
	if err != nil {
		return nil, err
	}
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return nil, err
	}
	s.time = time.Unix(n, 0).UTC()
	if s.toolchain, err = s.find("go.mod", `(?m)^toolchain (go\S+)$`); err != nil {
		return nil, err
	}
	if s.version, err = s.find(versionFile, `(?m)^const Version = "(.+)"$`); err != nil {
		return nil, err
	}
	s.tag, _ = output(dir, "git", "describe", "--exact-match", "--tags", "--match", "v*") // most commits have none
	switch {
	case s.tag == "":
		s.version += "-dev." + s.revision[:12]
	case s.tag != "v"+s.version:
		return nil, fmt.Errorf("the tag is %s, and the program says %s: change %s", s.tag, s.version, versionFile)
	}
	return s, nil
}

// find returns what a pattern's group matches in a file of the source.
func (s *source) find(file, pattern string) (string, error) {
	data, err := os.ReadFile(filepath.Join(s.dir, file))
	if err != nil {
		return "", err
	}
	m := regexp.MustCompile(pattern).FindSubmatch(data)
	if m == nil {
		return "", fmt.Errorf("%s has no line like %s", file, pattern)
	}
	return string(m[1]), nil
}

// output runs a command in a folder and returns what it prints. Git takes a
// repository of another user, as a container's checkout is.
func output(dir string, line ...string) (string, error) {
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=safe.directory", "GIT_CONFIG_VALUE_0=*")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w: %s", strings.Join(line, " "), err, bytes.TrimSpace(errs.Bytes()))
	}
	return strings.TrimSpace(string(out)), nil
}
