package main

import (
	"fmt"
	"io"
	"runtime"

	"github.com/spf13/cobra"
)

// version is the release; reports name it, so that it is no build stamp.
const version = "0.1.0"

// program names the program and its version in reports.
func program() string { return "parcheck " + version }

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: a.text("Print the version", "In số phiên bản"),
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			return a.print(func(w io.Writer) error {
				_, err := fmt.Fprintf(w, "%s (%s, %s/%s)\n", program(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
				return err
			})
		},
	}
}
