package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// helpTopics are the pages that `parcheck help TOPIC` prints.
func (a *app) helpTopics() []*cobra.Command {
	checks := &cobra.Command{Use: "checks", Short: "What is looked at in a submission and in a plan"}
	checks.SetHelpFunc(func(*cobra.Command, []string) { fmt.Fprint(a.stdout, checksHelp(a.lang.Lang)) })
	return []*cobra.Command{
		{Use: "exit-codes", Short: "The exit codes", Long: exitCodesHelp},
		checks,
	}
}

func checksHelp(l lang.Lang) string {
	var b strings.Builder
	for _, c := range diag.Checks() {
		fmt.Fprintf(&b, "  %-22s %-8s %s\n", c.ID, c.Severity, c.Meaning.In(l))
	}
	return b.String()
}
