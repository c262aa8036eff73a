package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// notes writes what is new, from the changelog, and how to make the same files.
func (r *release) notes() error {
	log, err := os.ReadFile(filepath.Join(r.dir, ".github", "CHANGELOG.md"))
	if err != nil {
		return err
	}
	heading := strings.TrimPrefix(r.tag, "v")
	if heading == "" {
		heading = "Unreleased"
	}
	text, err := section(string(log), heading)
	if err != nil {
		return err
	}
	again := "-ref " + r.revision
	if r.tag != "" {
		again = "-ref " + r.tag
	}
	return r.write(r.name("notes.md"), fmt.Appendf(nil, "%s\n\nMade from commit %s with %s. `go run ./.release %s` in a clone makes the same bytes; %s tells.\n",
		text, r.revision, r.toolchain, again, sumsName))
}

// section returns what a changelog has below a heading.
func section(log, heading string) (string, error) {
	_, text, found := strings.Cut(log, "\n## "+heading+"\n")
	if !found {
		return "", fmt.Errorf(".github/CHANGELOG.md has no heading \"## %s\"", heading)
	}
	if next := regexp.MustCompile(`(?m)^## `).FindStringIndex(text); next != nil {
		text = text[:next[0]]
	}
	return strings.TrimSpace(text), nil
}
