package main

import (
	"fmt"
	"io"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/batch"
)

// program names the program and its version in reports.
func program() string { return batch.Program }

// origin is what Go stamped of where the program comes from: the tag, if its
// commit has one, and the commit, with what was changed since: "v0.1.0,
// 1f2e3d4c5b6a, changed, ".
func origin() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	return originOf(info)
}

func originOf(info *debug.BuildInfo) string {
	var commit, changed string
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			commit = s.Value[:min(len(s.Value), 12)]
		case "vcs.modified":
			if s.Value == "true" {
				changed = "changed, "
			}
		}
	}
	var out string
	// A version that Go makes up of a commit without a tag ends with the commit.
	if tag, _, _ := strings.Cut(info.Main.Version, "+"); strings.HasPrefix(tag, "v") && !pseudoVersion.MatchString(tag) {
		out = tag + ", "
	}
	if commit != "" {
		out += commit + ", " + changed
	}
	return out
}

// pseudoVersion matches what Go calls a commit that has no tag.
var pseudoVersion = regexp.MustCompile(`[-.][0-9]{14}-[0-9a-f]{12}$`)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: a.text("Print the version", "In số phiên bản"),
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			return a.print(func(w io.Writer) error {
				_, err := fmt.Fprintf(w, "%s (%s%s, %s/%s)\n", program(), origin(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
				return err
			})
		},
	}
}
