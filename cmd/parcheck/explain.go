package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/report"
)

func (a *app) explainCommand() *cobra.Command {
	var plans planFlags
	var collect collectFlags
	cmd := &cobra.Command{
		Use: "explain " + a.text("FILE TARGET...", "TỆP CHỈ_TIÊU..."),
		Short: a.text(
			"Follow the figures of targets to their clause, their arithmetic and their cells",
			"Cho biết vì sao chỉ tiêu đạt hoặc không đạt: theo điều khoản nào, cách tính nào, ô nào"),
		Example: a.text(
			"  parcheck explain agency.xlsx online-partial-dossiers",
			"  parcheck explain bao-cao.xlsx online-partial-dossiers --lang vi"),
		Args: func(_ *cobra.Command, args []string) error {
			if _, names := collect.database.split(args); len(names) == 0 || len(args) < 2 && collect.database.bind == "" {
				return usagef(
					"want a FILE and at least one TARGET: `parcheck targets list` lists them",
					"cần một TỆP và ít nhất một CHỈ_TIÊU: `parcheck targets list --lang vi` liệt kê mã chỉ tiêu")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := collect.day(a)
			if err != nil {
				return err
			}
			files, names := collect.database.split(args)
			run, err := a.prepareBatch(cmd.Context(), files, &plans, &collect, &inputFlags{})
			if err != nil {
				return err
			}
			run.AsOf = day
			var ids []string
			for _, name := range names {
				t, err := findTarget(run.Plan, name)
				if err != nil {
					return err
				}
				ids = append(ids, t.ID)
			}
			doc, unread, err := run.scored(cmd.Context())
			if err != nil {
				return err
			}
			opt := report.Options{Lang: a.lang.Lang, Width: a.width(), Color: a.colored()}
			if err := a.print(func(w io.Writer) error { return report.Explain(w, doc, ids, opt) }); err != nil {
				return err
			}
			return a.unread(doc, unread)
		},
	}
	plans.register(a, cmd)
	collect.register(a, cmd)
	collect.mapping.register(a, cmd)
	collect.database.register(a, cmd)
	return cmd
}
