package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

func (a *app) targetsExportCommand() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use: "export",
		Short: a.text(
			"Print a plan whole: with what it extends, and its texts in both languages",
			"In toàn bộ kế hoạch: gồm cả kế hoạch gốc và đoạn chữ bằng hai ngôn ngữ"),
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			file, data, err := readPlanFile(name)
			if err != nil {
				return err
			}
			if _, mistakes := plan.ParseBeside(file, data, besidePlan); mistakes.HasErrors() {
				return a.refusePlan(mistakes, lang.T("plan", "kế hoạch"))
			}
			text, mistakes := plan.Whole(file, data, besidePlan)
			if text == nil {
				return a.refusePlan(mistakes, lang.T("plan", "kế hoạch"))
			}
			return a.print(func(w io.Writer) error {
				_, err := w.Write(text)
				return err
			})
		},
	}
	cmd.Flags().StringVar(&name, "plan", defaultPlan, a.text(
		"the plan: the `ID` of a built-in one, or a YAML file",
		"kế hoạch: `MÃ` của kế hoạch có sẵn, hoặc tệp YAML"))
	return cmd
}
