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
	checks := &cobra.Command{Use: "checks", Short: a.text(
		"What is looked at in a submission and in a plan",
		"Những gì được kiểm tra trong tệp đơn vị gửi và trong kế hoạch")}
	checks.SetHelpFunc(func(*cobra.Command, []string) { fmt.Fprint(a.stdout, checksHelp(a.lang.Lang)) })
	return []*cobra.Command{
		{Use: "exit-codes", Short: a.text("The exit codes", "Các mã thoát"), Long: exitCodesHelp.In(a.lang.Lang)},
		checks,
	}
}

func checksHelp(l lang.Lang) string {
	var b strings.Builder
	for _, c := range diag.Checks() {
		fmt.Fprintf(&b, "  %-22s %-8s %s\n", c.ID, c.Severity.Title().In(l), c.Meaning.In(l))
	}
	return b.String()
}
