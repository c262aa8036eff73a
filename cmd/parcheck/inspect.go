package main

import (
	"bufio"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/report"
)

func (a *app) inspectCommand() *cobra.Command {
	var plans planFlags
	var collect collectFlags
	var format string
	var verbose bool
	cmd := &cobra.Command{
		Use:   "inspect FILE|FOLDER|GLOB...",
		Short: "Show what is found where in a workbook, and what is not",
		Args:  wantFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			write := report.InspectText
			switch format {
			case "text":
			case "json":
				write = report.InspectJSON
			default:
				return usagef("unknown format %q: want text or json", format)
			}
			run, err := a.prepareBatch(cmd.Context(), args, &plans, &collect, &inputFlags{})
			if err != nil {
				return err
			}
			readings, err := run.read(cmd.Context(), run.files)
			run.progress.finish()
			if err != nil {
				return err
			}
			found, unread := inspected(readings)
			w := bufio.NewWriter(a.stdout)
			if err := errors.Join(write(w, found, report.Options{Lang: a.lang.Lang, Verbose: verbose}), w.Flush()); err != nil {
				return fmt.Errorf("cannot write to standard output: %w", err)
			}
			return unreadError(unread)
		},
	}
	plans.register(cmd)
	collect.register(cmd)
	cmd.Flags().StringVarP(&format, "format", "f", "text", "what standard output gets: text or json")
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "show what is not there and need not be, too")
	return cmd
}

func inspected(readings []reading) (found []report.Inspected, unread int) {
	for _, r := range readings {
		in := report.Inspected{File: r.input.name, Diagnostics: r.diagnostics}
		if r.refused {
			unread++
		} else {
			in.Survey = r.Survey
			in.Diagnostics = append(in.Diagnostics, r.Diagnostics...)
			for _, s := range r.Sets {
				in.Facts = append(in.Facts, s.Facts...)
				in.Diagnostics = append(in.Diagnostics, s.Diagnostics...)
			}
		}
		in.Diagnostics.Sort()
		found = append(found, in)
	}
	return found, unread
}
