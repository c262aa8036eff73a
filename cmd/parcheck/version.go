package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/batch"
)

// program names the program and its version in reports.
func program() string { return batch.Program }

// revision is the commit that the program was built from, where Go stamped it,
// with what was changed since: "1f2e3d4c5b6a, changed, ".
func revision() string {
	var commit, changed string
	info, _ := debug.ReadBuildInfo()
	if info == nil {
		return ""
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			commit = s.Value[:min(len(s.Value), 12)] + ", "
		case "vcs.modified":
			if s.Value == "true" {
				changed = "changed, "
			}
		}
	}
	if commit == "" {
		return ""
	}
	return commit + changed
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: a.text("Print the version", "In số phiên bản"),
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			return a.print(func(w io.Writer) error {
				_, err := fmt.Fprintf(w, "%s (%s%s, %s/%s)\n", program(), revision(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
				return err
			})
		},
	}
}
