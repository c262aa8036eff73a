package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/pkg/score"
)

func (a *app) validateCommand() *cobra.Command {
	var plans planFlags
	var collect collectFlags
	var out outputFlags
	var inputs inputFlags
	var failOn []string
	var list bool
	cmd := &cobra.Command{
		Use:   "validate FILE|FOLDER|GLOB...",
		Short: "Check workbooks without scoring them: sound, complete, consistent, or which cells to mend",
		Example: "  parcheck validate submissions/ --report sarif=findings.sarif\n" +
			"  parcheck validate agency.xlsx --fail-on warning\n" +
			"  parcheck validate --list",
		Args: func(cmd *cobra.Command, args []string) error {
			if list {
				return noArgs(cmd, args)
			}
			return wantFiles(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if list {
				_, err := fmt.Fprint(a.stdout, checksHelp(a.lang.Lang))
				return err
			}
			run, err := a.prepareValidation(cmd, args, &plans, &collect, &out, &inputs, failOn)
			if err != nil {
				return err
			}
			doc, unread, err := run.validate(cmd.Context())
			if err != nil {
				return err
			}
			if err := a.write(run.outputs, doc, report.Options{Lang: a.lang.Lang, Verbose: out.verbose}); err != nil {
				return err
			}
			return a.judge(doc, nil, unread, run.gate)
		},
	}
	plans.register(cmd)
	collect.register(cmd)
	out.register(cmd, "text")
	inputs.register(cmd)
	cmd.Flags().StringArrayVar(&failOn, "fail-on", nil, "what makes the exit code 1: error, warning or never (default: error)")
	cmd.Flags().BoolVar(&list, "list", false, "list every check with its severity and meaning")
	return cmd
}

func (a *app) prepareValidation(cmd *cobra.Command, args []string, plans *planFlags, collect *collectFlags, out *outputFlags, inputs *inputFlags, failOn []string) (*run, error) {
	if len(failOn) == 0 {
		failOn = []string{"error"}
	}
	for _, name := range append([]string{out.format}, out.reports...) {
		format, _, _ := strings.Cut(name, "=")
		if format == "csv" || format == "html" || format == xlsxFormat {
			return nil, usagef("validate has no %s: it is for scores; want text, json, markdown, junit, sarif, github or gitlab", format)
		}
	}
	for _, name := range failOn {
		if name != "error" && name != "warning" && name != "never" {
			return nil, usagef("--fail-on %q: nothing is scored; want error, warning or never", name)
		}
	}
	return a.prepare(cmd, args, plans, collect, out, &gateFlags{failOn: failOn}, inputs)
}

// validate reads every file and looks whether it is complete.
func (r *run) validate(ctx context.Context) (*report.Document, int, error) {
	return r.document(ctx, func(in *fact.Reading, set *fact.Set) score.Card {
		set.Diagnostics = append(set.Diagnostics, fact.Complete(r.plan, set, &in.Survey, r.asOf)...)
		return score.Unjudged(r.plan, *set, r.asOf)
	})
}
