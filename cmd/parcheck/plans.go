package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/term"
	"github.com/parcheck/parcheck/targets"
)

// defaultPlan is the built-in plan that is used when none is named.
const defaultPlan = targets.Default

// planFlags choose the plan, its roster and its params.
type planFlags struct {
	plan   string
	roster string
	params []string
}

func (f *planFlags) register(a *app, cmd *cobra.Command) {
	f.registerFiles(a, cmd)
	cmd.Flags().StringArrayVar(&f.params, "param", nil, a.text(
		"a figure that the plan leaves open, `ID=VALUE` (60%, 20); repeatable",
		"mức giao mà kế hoạch để ngỏ, `MÃ=GIÁ_TRỊ` (60%, 20); dùng được nhiều lần"))
}

func (f *planFlags) registerFiles(a *app, cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.plan, "plan", defaultPlan, a.text(
		"the plan: the `ID` of a built-in one, or a YAML file",
		"kế hoạch: `MÃ` của kế hoạch có sẵn, hoặc tệp YAML"))
	cmd.Flags().StringVar(&f.roster, "roster", "", a.text(
		"the roster of units, a YAML `FILE` (default: the built-in one of the plan)",
		"danh sách đơn vị, `TỆP` YAML (mặc định: danh sách có sẵn của kế hoạch)"))
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
	if err == nil && roster != nil {
		err = a.refusePlan(p.UnknownUnits(roster), term.Plan)
	}
	return p, roster, err
}

func (f *planFlags) loadPlan(a *app) (*plan.Plan, error) {
	file, data, err := readPlanFile(f.plan)
	if err != nil {
		return nil, err
	}
	p, mistakes := plan.ParseBeside(file, data, besidePlan)
	return p, a.refusePlan(mistakes, term.Plan)
}

// refusePlan says the mistakes of a YAML file, and makes errors among them an
// exit code.
func (a *app) refusePlan(mistakes diag.List, what lang.Text) error {
	if !mistakes.HasErrors() {
		return nil
	}
	a.say(mistakes)
	a.tell(lang.F("the %s has %s", "%s có %s", what, number.Count(int64(mistakes.Count(diag.Error)), "error", "errors", "lỗi")))
	return &saidError{exitPlan}
}

func readPlanFile(name string) (file string, data []byte, err error) {
	if file, data, ok := targets.Plan(name); ok {
		return file, data, nil
	}
	if !isFile(name) {
		return "", nil, usagef("no plan %q: neither a built-in one (%s) nor a file%s", "không có kế hoạch %q: không phải kế hoạch có sẵn (%s), cũng không phải tệp%s",
			name, strings.Join(targets.Names(), ", "), nearest(name, targets.Names()))
	}
	data, err = readBounded(name, plan.MaxBytes)
	return filepath.ToSlash(name), data, err
}

// besidePlan gives the files that a plan names: a built-in plan by its id, or a
// file, which is looked for where the naming file is.
func besidePlan(from, name string) (string, []byte, error) {
	file, data, err := targets.Named(from, name)
	if err == nil {
		return file, data, nil
	}
	path := filepath.FromSlash(name)
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(filepath.FromSlash(from)), path)
	}
	if !isFile(path) {
		return "", nil, err
	}
	data, err = readBounded(path, plan.MaxBytes)
	return filepath.ToSlash(path), data, err
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
	roster, mistakes := plan.ParseRoster(file, data, p.LevelIDs())
	return roster, a.refusePlan(mistakes, term.Roster)
}

// setParams gives params of the plan the values of the command line.
func setParams(p *plan.Plan, settings []string) error {
	for _, s := range settings {
		id, text, ok := strings.Cut(s, "=")
		if !ok {
			return usagef("--param %q: want ID=VALUE", "--param %q: cần MÃ=GIÁ_TRỊ", s)
		}
		q := p.FindParam(id)
		if q == nil {
			var ids []string
			for _, q := range p.Params {
				ids = append(ids, q.ID)
			}
			return usagef("--param: the plan has no param %q: it has %s", "--param: kế hoạch không có tham số %q: chỉ có %s", id, strings.Join(ids, ", "))
		}
		if !p.SetParam(q, text) {
			return usagef("--param %s: %q is no number: want 60%%, 20 or a day such as 2026-03-15", "--param %s: %q không phải là số: cần dạng 60%%, 20 hoặc ngày như 2026-03-15", id, text)
		}
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
		return nil, cannotRead(name, err)
	case info.IsDir():
		return nil, inputErrorf("%s is a folder: want a file", "%s là thư mục: cần một tệp", name)
	case info.Size() > max:
		return nil, inputErrorf("%s has %d bytes: at most %d are read", "%s có %d byte: chỉ đọc tối đa %d", name, info.Size(), max)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, cannotRead(name, err)
	}
	return data, nil
}

func cannotRead(name string, err error) error {
	return inputErrorf("cannot read %s: %v", "không đọc được %s: %v", name, pathless(err))
}

// pathless is an error of the file system without the path, which the message
// has already. The common ones are told in Vietnamese, too.
func pathless(err error) error {
	switch e := err.(type) {
	case *fs.PathError:
		err = e.Err
	case *os.LinkError:
		err = e.Err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &lang.Error{Text: lang.T(err.Error(), "không có tệp hoặc thư mục này"), Cause: err}
	case errors.Is(err, fs.ErrPermission), runtime.GOOS == "windows" && errors.Is(err, inUse):
		return &lang.Error{Text: lang.T(err.Error(), "không có quyền, hoặc tệp đang mở trong chương trình khác như Excel"), Cause: err}
	}
	return err
}

// inUse is how Windows refuses a file that Excel has open.
const inUse = syscall.Errno(32) // ERROR_SHARING_VIOLATION
