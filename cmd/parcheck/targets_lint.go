package main

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/mapping"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/pkg/term"
	"github.com/parcheck/parcheck/targets"
)

// lintFormats are the formats of what is wrong with a plan: it has no units
// and no figures to write.
var lintFormats = []string{"text", "json", "github", "gitlab", "sarif"}

// lintRun is one call of `targets lint`.
type lintRun struct {
	*app
	stdinName string
	fix       bool
	dryRun    bool
	filter    bool        // standard output takes the file that is fixed
	kinds     []lang.Text // what the files are, in their order
	list      diag.List
}

func (a *app) targetsLintCommand() *cobra.Command {
	run := lintRun{app: a}
	var out outputFlags
	cmd := &cobra.Command{
		Use: "lint " + a.text("FILE.yaml|ID|-...", "TỆP.yaml|MÃ|-..."),
		Short: a.text(
			"Check plans, rosters, waivers, tests, mappings and bindings: every mistake at once, each with line and column",
			"Kiểm tra kế hoạch, danh sách đơn vị, miễn trừ, ca kiểm thử, bảng đối chiếu, liên kết: nêu mọi lỗi cùng lúc, kèm số dòng, số cột"),
		Long: a.text(
			"Check plans, rosters, waivers, tests, mappings and bindings: every mistake at once,\n"+
				"with line and column, and what is allowed and doubtful. A file's first keys tell what\n"+
				"it is. - is standard input. \"severities\" in a plan set how much a finding weighs.\n\n"+
				"--fix changes in the files what can only be meant in one way: quotation marks and\n"+
				"spaces of a word processor, numbers and days written as in a letter (80 %, 0,5,\n"+
				"31/12/2024), a text that a comma within braces has cut, names in other letters, and\n"+
				"what an earlier version wrote otherwise. It tells each change; what it leaves is\n"+
				"told as without it. The mended text of - goes to standard output.",
			"Kiểm tra kế hoạch, danh sách đơn vị, miễn trừ, ca kiểm thử, bảng đối chiếu và liên kết:\n"+
				"nêu mọi lỗi cùng lúc, kèm số dòng, số cột, và những điểm đáng ngờ. Loại tệp được nhận ra theo\n"+
				"các khóa đầu tệp. - là đầu vào chuẩn. Mức độ của từng phát hiện đặt ở khóa\n"+
				"\"severities\" của kế hoạch.\n\n"+
				"--fix sửa ngay trong tệp những chỗ chỉ có một cách hiểu: dấu ngoặc kép và dấu cách dán từ\n"+
				"phần mềm soạn thảo, số và ngày viết như trong văn bản (80 %, 0,5, 31/12/2024), đoạn chữ bị\n"+
				"dấu phẩy trong ngoặc nhọn cắt ra, tên viết khác kiểu chữ, và cách ghi của phiên bản trước.\n"+
				"Mỗi chỗ sửa đều được nêu; chỗ chưa sửa được nêu như khi không có --fix. Nội dung đã sửa của -\n"+
				"ra đầu ra chuẩn."),
		Example: a.text(
			"  parcheck targets lint my-plan.yaml my-plan.tests.yaml\n"+
				"  parcheck targets lint my-plan.yaml --format github\n"+
				"  parcheck targets lint - < my-plan.yaml\n"+
				"  parcheck targets lint --fix --dry-run my-plan.yaml",
			"  parcheck targets lint ke-hoach.yaml ke-hoach.tests.yaml --lang vi\n"+
				"  parcheck targets lint ke-hoach.yaml --format github --lang vi\n"+
				"  parcheck targets lint - --lang vi < ke-hoach.yaml\n"+
				"  parcheck targets lint --fix --dry-run ke-hoach.yaml --lang vi"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("no file named: want a YAML file or the id of a built-in plan", "chưa nêu tệp nào: cần tệp YAML hoặc mã của kế hoạch có sẵn")
			}
			if run.dryRun && !run.fix {
				return usagef("--dry-run shows what --fix would change: want both", "--dry-run cho xem --fix sẽ sửa gì: cần ghi cả hai")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			run.filter = run.fix && !run.dryRun && slices.Contains(args, "-")
			outputs, err := run.outputs(cmd, &out)
			if err != nil {
				return err
			}
			for _, name := range args {
				if err := run.file(name); err != nil {
					return err
				}
			}
			doc := &report.Document{Schema: report.Schema, Program: program(), Diagnostics: run.list}
			if err := a.write(outputs, doc, out.options(a)); err != nil {
				return err
			}
			return run.conclude()
		},
	}
	out.registerFormats(a, cmd, lintFormats, nil)
	cmd.Flags().BoolVar(&run.fix, "fix", false, a.text("change in the files what can only be meant in one way", "sửa trong tệp những chỗ chỉ có một cách hiểu"))
	cmd.Flags().BoolVar(&run.dryRun, "dry-run", false, a.text("with --fix: tell what would change, and change nothing", "đi với --fix: chỉ nêu những chỗ sẽ sửa, không ghi tệp"))
	cmd.Flags().StringVar(&run.stdinName, "stdin-name", "", a.text("the `NAME` of standard input in findings", "`TÊN` của đầu vào chuẩn trong các phát hiện"))
	return cmd
}

// outputs are the reports asked for, of which the text is that of this command.
func (r *lintRun) outputs(cmd *cobra.Command, out *outputFlags) ([]output, error) {
	outputs, err := out.outputs(cmd, nil)
	if err != nil {
		return nil, err
	}
	for i, o := range outputs {
		switch {
		case r.filter && o.path == "" && o.format != "text":
			return nil, usagef("--fix writes the text of - to standard output: want --report %s=FILE", "--fix ghi nội dung của - ra đầu ra chuẩn: cần --report %s=TỆP", o.format)
		case !slices.Contains(lintFormats, o.format):
			return nil, usagef("lint has no %s: it is for scores; want one of %s",
				"lint không có định dạng %s vì định dạng này dùng cho điểm số; cần một trong %s", o.format, strings.Join(lintFormats, ", "))
		case o.format == "text":
			outputs[i].write = r.text
		}
	}
	return outputs, nil
}

func (r *lintRun) text(w io.Writer, doc *report.Document, _ report.Options) error {
	if r.filter {
		w = r.stderr
	}
	for _, d := range doc.Diagnostics {
		if _, err := fmt.Fprintln(w, r.finding(d)); err != nil {
			return err
		}
	}
	return nil
}

// file reads one file, and finds what is wrong with it and what is doubtful.
func (r *lintRun) file(name string) error {
	file, data, err := r.read(name)
	if err != nil {
		return err
	}
	if mapping.IsYAML(data) {
		r.kinds = append(r.kinds, term.Mapping)
		r.list = append(r.list, findingsOfMapping(file, data)...)
		return nil
	}
	kind := plan.KindOf(data)
	if r.fix {
		if data, err = r.mend(name, kind, file, data); err != nil {
			return err
		}
	}
	r.kinds = append(r.kinds, kind.Title())
	r.list = append(r.list, findingsOf(kind, file, data)...)
	return nil
}

func (r *lintRun) read(name string) (file string, data []byte, err error) {
	if name != "-" {
		return readPlanFile(name)
	}
	data, err = io.ReadAll(io.LimitReader(r.stdin, plan.MaxBytes+1)) // one byte more is told as too much
	if err != nil {
		return "", nil, inputErrorf("cannot read standard input: %v", "không đọc được đầu vào chuẩn: %v", err)
	}
	return filepath.ToSlash(cmp.Or(r.stdinName, "stdin")), data, nil
}

func findingsOf(kind plan.FileKind, file string, data []byte) diag.List {
	var list diag.List
	switch kind {
	case plan.RosterFile:
		_, list = plan.ParseRoster(file, data, nil)
	case plan.WaiverFile:
		_, list = plan.ParseWaivers(file, data)
	case plan.TestFile:
		_, list = plan.ParseTests(file, data, nil, besidePlan)
	case plan.BindingsFile:
		_, list = plan.ParseBindings(file, data, nil)
	case plan.PlanFile:
		var p *plan.Plan
		p, list = plan.ParseBeside(file, data, besidePlan)
		if p != nil && !list.HasErrors() {
			list = append(list, plan.Lint(p)...)
			p.Weigh(list)
			list.Sort()
		}
	}
	return list
}

// findingsOfMapping holds a mapping against the built-in plan that it names; one
// of another plan is held against it where it is used.
func findingsOfMapping(file string, data []byte) diag.List {
	m, list := mapping.ParseYAML(file, data)
	planFile, text, ok := targets.Plan(m.Plan)
	if list.HasErrors() || !ok {
		return list
	}
	p, mistakes := plan.ParseBeside(planFile, text, besidePlan)
	if mistakes.HasErrors() {
		return mistakes
	}
	var roster *plan.Roster
	if rosterFile, text, ok := targets.Roster(p.ID); ok {
		roster, _ = plan.ParseRoster(rosterFile, text, nil)
	}
	_, found := m.Apply(p, roster)
	return append(list, found...)
}

// conclude says whether the files are sound.
func (r *lintRun) conclude() error {
	what, are, have := r.kinds[0], "is", "has"
	if len(r.kinds) > 1 {
		what, are, have = lang.F("%d files", "%d tệp", len(r.kinds)), "are", "have"
	}
	if n := r.list.Count(diag.Error); n > 0 {
		return &codeError{exitPlan, lang.Errorf("the %s %s %s", "%[1]s có %[3]s", what, have, number.Count(int64(n), "error", "errors", "lỗi"))}
	}
	if !r.quiet {
		r.tell(lang.F("the %s %s sound (%s)", "%[1]s hợp lệ (%[3]s)", what, are, number.Count(int64(r.list.Count(diag.Warning)), "warning", "warnings", "cảnh báo")))
	}
	return nil
}
