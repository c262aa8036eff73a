package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/mapping"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/pkg/term"
	"github.com/parcheck/parcheck/targets"
)

func (a *app) targetsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "targets",
		Short: a.text("Show and check plans", "Xem và kiểm tra kế hoạch"),
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.targetsListCommand(), a.targetsShowCommand(), a.targetsExportCommand(), a.targetsLintCommand(), a.targetsNewCommand(), a.targetsTextsCommand(), a.targetsTestCommand(), a.targetsDiffCommand(), a.targetsSchemaCommand())
	return cmd
}

func (a *app) targetsListCommand() *cobra.Command {
	var plans planFlags
	cmd := &cobra.Command{
		Use: "list",
		Short: a.text(
			"List the targets of a plan, and the built-in plans",
			"Liệt kê chỉ tiêu của một kế hoạch và các kế hoạch có sẵn"),
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			p, _, err := plans.load(a)
			if err != nil {
				return err
			}
			return a.print(func(w io.Writer) error {
				a.listTargets(w, p)
				return nil
			})
		},
	}
	plans.register(a, cmd)
	return cmd
}

func (a *app) listTargets(w io.Writer, p *plan.Plan) {
	l := a.lang.Lang
	fmt.Fprintf(w, "%s: %s (%s)\n", p.ID, plainLine(p.Title.In(l)), p.Document.Number)
	areas, _ := p.Outline()
	for _, area := range areas {
		fmt.Fprintf(w, "\n%s\n", plainLine(lang.F("%s%s", "%s%s", area.Title, areaRules(p, area)).In(l)))
		for i := range p.Targets {
			if t := &p.Targets[i]; t.Area == area.ID {
				goal := goalBrief(p, t.Measure, t.Goal).In(l)
				fmt.Fprintf(w, "  %-36s %-10s %s\n", t.ID, goal, plainLine(t.Title.In(l)))
			}
		}
	}
	fmt.Fprintf(w, "\n%s: %s\n", lang.T("built-in plans", "kế hoạch có sẵn").In(l), strings.Join(targets.Names(), ", "))
}

func (a *app) targetsShowCommand() *cobra.Command {
	var plans planFlags
	cmd := &cobra.Command{
		Use: "show " + a.text("TARGET...", "CHỈ_TIÊU..."),
		Short: a.text(
			"Show targets in full: clause, goal, facts, readings",
			"Xem đầy đủ từng chỉ tiêu: căn cứ, mức cần đạt, số liệu, cách hiểu"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("no target named: `parcheck targets list` lists them", "chưa nêu chỉ tiêu nào: `parcheck targets list --lang vi` liệt kê mã chỉ tiêu")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			p, _, err := plans.load(a)
			if err != nil {
				return err
			}
			var targets []*plan.Target
			for _, name := range args {
				t, err := findTarget(p, name)
				if err != nil {
					return err
				}
				targets = append(targets, t)
			}
			return a.print(func(w io.Writer) error {
				for i, t := range targets {
					if i > 0 {
						fmt.Fprintln(w)
					}
					a.showTarget(w, p, t)
				}
				return nil
			})
		},
	}
	plans.register(a, cmd)
	return cmd
}

// mostOffered is how many targets a message offers to choose from.
const mostOffered = 5

// findTarget finds a target by its id, by its title in either language, or by
// a part of the title that no other title has; marks and capitals do not count
// in titles.
func findTarget(p *plan.Plan, name string) (*plan.Target, error) {
	if t := p.FindTarget(name); t != nil {
		return t, nil
	}
	var whole, part []*plan.Target
	known := make([]string, 0, 3*len(p.Targets))
	wanted := label.Bare(name)
	for i := range p.Targets {
		t := &p.Targets[i]
		vi, en := t.Title.In(lang.VI), t.Title.In(lang.EN)
		known = append(known, t.ID, vi, en)
		switch bareVI, bareEN := label.Bare(vi), label.Bare(en); {
		case wanted == "":
		case wanted == bareVI || wanted == bareEN:
			whole = append(whole, t)
		case strings.Contains(bareVI, wanted) || strings.Contains(bareEN, wanted):
			part = append(part, t)
		}
	}
	fits := whole
	if len(fits) == 0 {
		fits = part
	}
	switch len(fits) {
	case 0:
		return nil, usagef("the plan %s has no target %q%s", "kế hoạch %s không có chỉ tiêu %q%s", p.ID, name, nearest(name, known))
	case 1:
		return fits[0], nil
	}
	return nil, usagef("%q fits %d targets of the plan %s: %s; name one of them", "%q khớp với %d chỉ tiêu của kế hoạch %s: %s; hãy nêu rõ một chỉ tiêu",
		name, len(fits), p.ID, offered(fits))
}

// offered names targets to choose from, by id and title.
func offered(targets []*plan.Target) lang.Text {
	var list []lang.Text
	for _, t := range targets[:min(len(targets), mostOffered)] {
		list = append(list, lang.F("%s (%s)", "%s (%s)", t.ID, t.Title))
	}
	if len(targets) > mostOffered {
		list = append(list, lang.Same("..."))
	}
	return lang.Join(list, ", ")
}

// showTarget prints a target as its clause, what is compared with what, and
// where the figures come from.
func (a *app) showTarget(w io.Writer, p *plan.Plan, t *plan.Target) {
	l := a.lang.Lang
	row := func(name lang.Text, value string) {
		if value != "" {
			fmt.Fprintf(w, "  %-14s %s\n", name.In(l), plainLine(value))
		}
	}
	fmt.Fprintf(w, "%s\n%s\n", t.ID, plainLine(t.Title.In(l)))
	row(term.Clause, fmt.Sprintf("%s, %s: “%s”", p.Document.Number, t.Clause, t.Quote))
	row(term.Commitment, commitmentWord(t.Commitment).In(l))
	row(lang.T("binds", "áp dụng cho"), p.Whom(t).In(l))
	if t.Rollup != plan.NoRollup {
		row(lang.T("roll-up", "tổng hợp"), t.Rollup.Words().In(l))
	}
	row(term.AppliesIf, conditionWords(p, t.AppliesIf).In(l))
	if fallen := p.FallenIn(t.Area); t.MayFall() && fallen != plan.Dropped {
		row(lang.T("if it does not", "nếu không"), fallenWords(fallen).In(l))
	}
	row(term.Requires, targetTitles(p, t.Requires).In(l))
	row(term.Measure, measureWords(p, t.Measure).In(l))
	if t.Adjust == plan.NoAdjustment {
		row(term.Goal, goalWords(p, t.Measure, t.Goal).In(l))
	}
	for _, level := range p.Levels {
		if g, ok := t.LevelGoals[level.ID]; ok {
			row(level.Title, goalWords(p, t.Measure, g).In(l))
		}
	}
	row(term.Points, pointsWords(p, t).In(l))
	row(adjustmentWord(t.Adjust), adjustmentWords(t).In(l))
	row(lang.T("published", "công bố"), t.Published.String())
	row(term.Note, t.Note.In(l))
	row(term.Adopted, t.Adopted.In(l))
	for _, r := range t.Readings {
		row(term.Reading, fmt.Sprintf("%s [%s %s]", r.Note.In(l), measureWords(p, r.Measure).In(l), goalWords(p, r.Measure, r.Goal).In(l)))
	}
	var shown []string
	for _, id := range slices.Concat(t.Measure.Facts(), t.GoalFacts(), t.AppliesFacts()) {
		if slices.Contains(shown, id) {
			continue
		}
		shown = append(shown, id)
		f := p.FindFact(id)
		row(term.Fact, fmt.Sprintf("%s: %s (%s)", f.ID, f.Title.In(l), sourceWords(p, f).In(l)))
	}
	row(term.Remedy, t.Remedy.In(l))
}

func commitmentWord(c plan.Commitment) lang.Text {
	switch c {
	case plan.Mandatory:
		return term.Mandatory
	case plan.Aspirational:
		return term.Aspirational
	}
	return lang.Text{}
}

// sourceWords lists where a fact is looked for, in order of authority.
func sourceWords(p *plan.Plan, f *plan.Fact) lang.Text {
	out := make([]lang.Text, len(f.From))
	for i := range f.From {
		out[i] = f.From[i].Words(p)
	}
	return lang.Join(out, "; ")
}

func (a *app) targetsSchemaCommand() *cobra.Command {
	kinds := append(plan.FileKinds(), "mapping", "result")
	return &cobra.Command{
		Use: "schema [" + strings.Join(kinds, "|") + "]",
		Short: a.text(
			"Print the JSON Schema of plan files, or of rosters, waivers, tests, bindings, mappings or results",
			"In JSON Schema của tệp kế hoạch, hoặc của danh sách đơn vị, miễn trừ, ca kiểm thử, liên kết, bảng đối chiếu, kết quả"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("one schema at a time: want one of %s", "mỗi lần một schema: cần một trong %s", strings.Join(kinds, ", "))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			text := plan.Schema(plan.PlanFile)
			if len(args) == 1 {
				kind, ok := plan.ParseFileKind(args[0])
				switch {
				case ok:
					text = plan.Schema(kind)
				case args[0] == "mapping":
					text = mapping.Schema()
				case args[0] == "result":
					text = report.JSONSchema()
				default:
					return usagef("no schema %q: want one of %s%s", "không có schema %q: cần một trong %s%s",
						args[0], strings.Join(kinds, ", "), nearest(args[0], kinds))
				}
			}
			return a.print(func(w io.Writer) error {
				_, err := w.Write(text)
				return err
			})
		},
	}
}
