package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/form"
)

func (a *app) templateCommand() *cobra.Command {
	var plans planFlags
	var collect collectFlags
	var path string
	cmd := &cobra.Command{
		Use:   "template -o FILE.xlsx",
		Short: "Make a blank workbook for an agency to fill in, from the plan alone",
		Long: "Make a blank workbook for an agency to fill in, from the plan alone: a sheet for\n" +
			"each table that the plan wants of the unit or the level, with the rows, formulas\n" +
			"and choices that the plan names. A filled-in template is read without a finding.",
		Example: "  parcheck template --unit \"Sở Xây dựng\" -o so-xay-dung-2023.xlsx\n" +
			"  parcheck template --level district --period 2023-Q3 --lang vi -o huyen-q3.xlsx",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return a.makeTemplate(&plans, &collect, path) },
	}
	plans.register(cmd)
	cmd.Flags().StringVar(&collect.unit, "unit", "", "the unit that will report: a `NAME` or an id of the roster (default: left open)")
	cmd.Flags().StringVar(&collect.level, "level", "", "the `LEVEL` of the units that will report (default: the unit's; without a unit, the rows of all levels)")
	cmd.Flags().StringVar(&collect.period, "period", "", "the `PERIOD` to report on: 2023, 2023-H1, 2023-Q3, 2023-09 or 2023-01-01..2023-09-30 (default: the plan's)")
	cmd.Flags().StringVarP(&path, "output", "o", "", "the workbook to write, `FILE.xlsx`; one that exists is not overwritten: it may be filled in")
	return cmd
}

func (a *app) makeTemplate(plans *planFlags, collect *collectFlags, path string) error {
	if path == "" {
		return usagef("no workbook named to write: want -o FILE.xlsx")
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return usagef("%s exists, and may be filled in: choose another name or delete it", path)
	}
	order, err := a.templateOrder(plans, collect)
	if err != nil {
		return err
	}
	var refused error
	err = writeFile(path, func(w io.Writer) error {
		refused = form.Template(w, order)
		return refused
	})
	if refused != nil {
		return usage(refused)
	}
	return err
}

// templateOrder reads the plan and the roster, and finds the unit.
func (a *app) templateOrder(plans *planFlags, collect *collectFlags) (form.Order, error) {
	p, roster, err := plans.load(a)
	if err != nil {
		return form.Order{}, err
	}
	opt, err := collect.options(p)
	if err != nil {
		return form.Order{}, err
	}
	o := form.Order{Plan: p, Period: p.Period, Lang: a.lang.Lang, Program: program()}
	if opt.Period != nil {
		o.Period = *opt.Period
	}
	if o.Period.To.Before(p.Period.From) || p.Period.To.Before(o.Period.From) {
		return o, usagef("--period: the plan %s is for %s, not for %s", p.ID, fact.PeriodText(p.Period).In(a.lang.Lang), fact.PeriodText(o.Period).In(a.lang.Lang))
	}
	o.Unit.Level = opt.Level
	if opt.Unit == "" {
		return o, nil
	}
	unit, found := fact.FindUnit(p, roster, opt.Unit, opt.Level)
	if !a.quiet {
		a.say(found)
	}
	if o.Unit = unit; unit.Level == "" {
		return o, usage(fmt.Errorf("%q is on no roster and its name tells no level: give --level too", opt.Unit))
	}
	return o, nil
}
