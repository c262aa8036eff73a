package main

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/mapping"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/term"
)

// mappingFlags say how forms that are not the plan's answer to it.
type mappingFlags struct {
	mapping string
	files   string
}

func (f *mappingFlags) register(a *app, cmd *cobra.Command) {
	f.registerMapping(a, cmd)
	cmd.Flags().StringVar(&f.files, "files", "", a.text(
		"whose files are, a CSV `FILE` of four columns: file (* for any letters), unit, period, received",
		"tệp của đơn vị nào, `TỆP` CSV bốn cột: file (* là chữ bất kỳ), unit, period, received"))
}

func (f *mappingFlags) registerMapping(a *app, cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.mapping, "mapping", "", a.text(
		"how other people's forms answer to the plan, a `FILE` that parcheck map wrote, .yaml or .xlsx",
		"bảng đối chiếu biểu của đơn vị với kế hoạch, `TỆP` .yaml hoặc .xlsx do parcheck map lập"))
}

// load reads the mapping and holds it against the plan and the roster; nil
// where none is named. Mistakes are said and give the exit code of a plan's.
func (f *mappingFlags) load(a *app, p *plan.Plan, roster *plan.Roster) (*mapping.Applied, error) {
	if f.mapping == "" && f.files == "" {
		return nil, nil
	}
	m := &mapping.Mapping{Plan: p.ID}
	if f.mapping != "" {
		var err error
		if m, err = a.readMapping(f.mapping, p, roster); err != nil {
			return nil, err
		}
	}
	if f.files != "" {
		data, err := readBounded(f.files, plan.MaxBytes)
		if err != nil {
			return nil, err
		}
		rules, mistakes := mapping.ParseFiles(filepath.ToSlash(f.files), data, roster)
		if err := a.refusePlan(mistakes, lang.T("list of files", "danh sách tệp")); err != nil {
			return nil, err
		}
		m.Files = append(m.Files, rules...)
	}
	applied, mistakes := m.Apply(p, roster)
	return applied, a.refusePlan(mistakes, term.Mapping)
}

// readMapping reads a mapping of either kind.
func (a *app) readMapping(name string, p *plan.Plan, roster *plan.Roster) (*mapping.Mapping, error) {
	file := filepath.ToSlash(name)
	data, err := readBounded(name, mapping.MaxBytes)
	if err != nil {
		return nil, err
	}
	m, mistakes := mapping.Parse(file, data, p, roster)
	return m, a.refusePlan(mistakes, term.Mapping)
}
