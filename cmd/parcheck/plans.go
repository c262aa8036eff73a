package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/targets"
)

// defaultPlan is the built-in plan that is used when none is named.
const defaultPlan = "quang-nam-2023"

// planFlags choose the plan, its roster and its params.
type planFlags struct {
	plan   string
	roster string
	params []string
}

func (f *planFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.plan, "plan", defaultPlan, "the plan: the `ID` of a built-in one, or a YAML file")
	cmd.Flags().StringVar(&f.roster, "roster", "", "the roster of units, a YAML `FILE` (default: the built-in one of the plan)")
	cmd.Flags().StringArrayVar(&f.params, "param", nil, "a figure that the plan leaves open, `ID=VALUE` (60%, 20); repeatable")
}

// load reads the plan and the roster; mistakes in them are said and give exit
// code 4.
func (f *planFlags) load(a *app) (*plan.Plan, *plan.Roster, error) {
	p, err := f.loadPlan(a)
	if err != nil {
		return nil, nil, err
	}
	if err := setParams(p, f.params); err != nil {
		return nil, nil, err
	}
	roster, err := f.loadRoster(a, p)
	return p, roster, err
}

func (f *planFlags) loadPlan(a *app) (*plan.Plan, error) {
	file, data, err := readPlanFile(f.plan)
	if err != nil {
		return nil, err
	}
	p, mistakes := plan.Parse(file, data)
	return p, a.refusePlan(mistakes, "plan")
}

// refusePlan says the mistakes of a YAML file, and makes errors among them an
// exit code.
func (a *app) refusePlan(mistakes diag.List, what string) error {
	if !mistakes.HasErrors() {
		return nil
	}
	a.say(mistakes)
	fmt.Fprintf(a.stderr, "parcheck: the %s has %d errors\n", what, mistakes.Count(diag.Error))
	return &saidError{exitPlan}
}

func readPlanFile(name string) (file string, data []byte, err error) {
	if file, data, ok := targets.Plan(name); ok {
		return file, data, nil
	}
	if !isFile(name) {
		did := ""
		if n := label.Nearest(name, targets.Names()); n != "" {
			did = fmt.Sprintf("; did you mean %q?", n)
		}
		return "", nil, usagef("no plan %q: neither a built-in one (%s) nor a file%s", name, strings.Join(targets.Names(), ", "), did)
	}
	data, err = readBounded(name, plan.MaxBytes)
	return filepath.ToSlash(name), data, err
}

func (f *planFlags) loadRoster(a *app, p *plan.Plan) (*plan.Roster, error) {
	file, data, ok := targets.Roster(p.ID)
	if f.roster != "" {
		var err error
		file = filepath.ToSlash(f.roster)
		if data, err = readBounded(f.roster, plan.MaxBytes); err != nil {
			return nil, err
		}
		ok = true
	}
	if !ok {
		return nil, nil
	}
	var levels []string
	for _, l := range p.Levels {
		levels = append(levels, l.ID)
	}
	roster, mistakes := plan.ParseRoster(file, data, levels)
	return roster, a.refusePlan(mistakes, "roster")
}

// setParams gives params of the plan the values of the command line.
func setParams(p *plan.Plan, settings []string) error {
	for _, s := range settings {
		id, text, ok := strings.Cut(s, "=")
		if !ok {
			return usagef("--param %q: want ID=VALUE", s)
		}
		q := p.FindParam(id)
		if q == nil {
			var ids []string
			for _, q := range p.Params {
				ids = append(ids, q.ID)
			}
			return usagef("--param: the plan has no param %q: it has %s", id, strings.Join(ids, ", "))
		}
		x, _, err := number.ParsePlain(text)
		if err != nil {
			return usagef("--param %s: %q is no number: want 60%% or 20", id, text)
		}
		q.Value = &x
	}
	return nil
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}

// readBounded reads a whole file that may not be larger than max bytes.
func readBounded(name string, max int64) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, inputError(fmt.Errorf("cannot read %s: %w", name, pathless(err)))
	case info.IsDir():
		return nil, inputError(fmt.Errorf("%s is a folder: want a file", name))
	case info.Size() > max:
		return nil, inputError(fmt.Errorf("%s has %d bytes: at most %d are read", name, info.Size(), max))
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, inputError(fmt.Errorf("cannot read %s: %w", name, pathless(err)))
	}
	return data, nil
}

// pathless is a file error without the path, which the message has already.
func pathless(err error) error {
	if pe, ok := err.(*os.PathError); ok {
		return pe.Err
	}
	return err
}
