package main

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/term"
	"github.com/parcheck/parcheck/targets"
)

func (a *app) targetsExportCommand() *cobra.Command {
	var name string
	var units bool
	cmd := &cobra.Command{
		Use: "export",
		Short: a.text(
			"Print a plan whole: with what it extends, and its texts in both languages",
			"In toàn bộ kế hoạch: gồm cả kế hoạch gốc và đoạn chữ bằng hai ngôn ngữ"),
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			if units {
				return a.exportRoster(name)
			}
			file, data, err := readPlanFile(name)
			if err != nil {
				return err
			}
			text, mistakes := plan.Whole(file, data, besidePlan)
			if text == nil {
				return a.refusePlan(mistakes, term.Plan)
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
	cmd.Flags().BoolVar(&units, "units", false, a.text(
		"print the built-in roster of the plan's units instead, to start a roster of one's own from",
		"in danh sách đơn vị có sẵn của kế hoạch thay cho kế hoạch, để từ đó lập danh sách riêng"))
	return cmd
}

// exportRoster prints the roster that is built in with a plan, as it stands.
func (a *app) exportRoster(plan string) error {
	_, data, ok := targets.Roster(plan)
	if !ok {
		return usagef("--units: no roster is built in with the plan %q: those that have one are %s",
			"--units: kế hoạch %q không có sẵn danh sách đơn vị: chỉ có ở %s", plan, strings.Join(plansWithRoster(), ", "))
	}
	return a.print(func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

func plansWithRoster() []string {
	return slices.DeleteFunc(targets.Names(), func(id string) bool {
		_, _, ok := targets.Roster(id)
		return !ok
	})
}
