package main

import (
	"bytes"
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
	plans     planFlags
	against   plan.Against
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
			if err := run.files(cmd, args); err != nil {
				return err
			}
			doc := &report.Document{Schema: report.Schema, Program: program(), Diagnostics: run.list}
			if err := a.write(outputs, doc, out.options(a)); err != nil {
				return err
			}
			return run.conclude()
		},
	}
	out.registerFormats(a, cmd, lintFormats, nil)
	run.plans.registerFiles(a, cmd)
	cmd.Flags().Lookup("plan").Usage = a.text(
		"the plan that names in the other files are held against: the `ID` of a built-in one, or a YAML file",
		"kế hoạch để đối chiếu tên ghi trong các tệp khác: `MÃ` của kế hoạch có sẵn, hoặc tệp YAML")
	cmd.Flags().Lookup("plan").DefValue = ""
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

// linted is a file that is checked.
type linted struct {
	name, file string
	data       []byte
	face       face
	kind       plan.FileKind // of ownYAML
}

// face is in what form a file was written. The zero value is YAML of this
// program's own kinds.
type face uint8

const (
	ownYAML face = iota
	mappingYAML
	mappingBook
)

func (f *linted) title() lang.Text {
	if f.face != ownYAML {
		return term.Mapping
	}
	return f.kind.Title()
}

// files reads the files, mends them, and finds what is wrong with each and what
// is doubtful.
func (r *lintRun) files(cmd *cobra.Command, names []string) error {
	var files []*linted
	for _, name := range names {
		f, err := r.read(name)
		if err != nil {
			return err
		}
		files = append(files, f)
		r.kinds = append(r.kinds, f.title())
	}
	if err := r.prepare(cmd, files); err != nil {
		return err
	}
	for _, f := range files {
		if r.fix {
			data, err := r.mend(f)
			if err != nil {
				return err
			}
			f.data = data
		}
		found, err := r.findings(f)
		if err != nil {
			return err
		}
		r.list = append(r.list, found...)
	}
	return nil
}

// zipped is how workbooks begin, and no text does.
const zipped = "PK\x03\x04"

func (r *lintRun) read(name string) (*linted, error) {
	f := &linted{name: name}
	var err error
	if name == "-" {
		f.file = filepath.ToSlash(cmp.Or(r.stdinName, "stdin"))
		f.data, err = io.ReadAll(io.LimitReader(r.stdin, plan.MaxBytes+1)) // one byte more is told as too much
		if err != nil {
			return nil, inputErrorf("cannot read standard input: %v", "không đọc được đầu vào chuẩn: %v", err)
		}
	} else if f.file, f.data, err = readPlanFile(name); err != nil {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(f.data, []byte(zipped)):
		f.face = mappingBook
	case mapping.IsYAML(f.data):
		f.face = mappingYAML
	default:
		f.kind = plan.KindOf(f.data)
	}
	return f, nil
}

// prepare finds the plan and the roster that the names in the files are held
// against: those of the flags or else, of one of each among the files, that one.
func (r *lintRun) prepare(cmd *cobra.Command, files []*linted) error {
	only := func(kind plan.FileKind) *linted {
		var found []*linted
		for _, f := range files {
			if f.face == ownYAML && f.kind == kind {
				found = append(found, f)
			}
		}
		if len(found) != 1 {
			return nil
		}
		return found[0]
	}
	switch f := only(plan.PlanFile); {
	case cmd.Flags().Changed("plan"):
		p, err := r.plans.loadPlan(r.app)
		if err != nil {
			return err
		}
		r.against.Plan = p
	case f != nil:
		if p, mistakes := plan.ParseBeside(f.file, f.data, besidePlan); !mistakes.HasErrors() {
			r.against.Plan = p
		}
	}
	var err error
	if r.against.Plan != nil {
		r.against.Roster, err = r.plans.loadRoster(r.app, r.against.Plan)
	}
	if f := only(plan.RosterFile); f != nil && r.plans.roster == "" {
		if o, mistakes := plan.ParseRoster(f.file, f.data, nil); !mistakes.HasErrors() {
			r.against.Roster = o
		}
	}
	return err
}

func (r *lintRun) findings(f *linted) (diag.List, error) {
	if f.face != ownYAML {
		return r.findingsOfMapping(f)
	}
	if f.kind != plan.PlanFile && f.kind != plan.TestFile && r.against.Plan == nil {
		r.unheld(f)
	}
	return plan.Check(f.kind, f.file, f.data, besidePlan, r.against), nil
}

// unheld says that the names in a file were held against no plan.
func (r *lintRun) unheld(f *linted) {
	if !r.quiet {
		r.tell(lang.F("%s: its names are held against no plan: give --plan PLAN", "%s: chưa đối chiếu tên với kế hoạch nào: hãy thêm --plan KẾ_HOẠCH", f.file))
	}
}

// findingsOfMapping holds a mapping against its plan: that of the flag or, where
// none is given, the built-in one that it names.
func (r *lintRun) findingsOfMapping(f *linted) (diag.List, error) {
	p, roster := r.against.Plan, r.against.Roster
	if p == nil {
		m, _ := mapping.Parse(f.file, f.data, &plan.Plan{}, nil)
		if m == nil || !slices.Contains(targets.Names(), m.Plan) {
			r.unheld(f)
			return unheldMapping(f), nil
		}
		plans := planFlags{plan: m.Plan, roster: r.plans.roster}
		var err error
		if p, roster, err = plans.load(r.app); err != nil {
			return nil, err
		}
	}
	m, list := mapping.Parse(f.file, f.data, p, roster)
	if list.HasErrors() {
		return list, nil
	}
	_, found := m.Apply(p, roster)
	if list = append(list, found...); !list.HasErrors() {
		list = append(list, m.Waiting()...)
	}
	p.Weigh(list)
	list.Sort()
	return list, nil
}

// unheldMapping is what is wrong with a mapping whose plan is not known.
func unheldMapping(f *linted) diag.List {
	if f.face == mappingBook {
		_, list := mapping.ParseWorkbook(f.file, f.data, &plan.Plan{}, nil)
		return slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return d.Check == diag.WrongPlan })
	}
	m, list := mapping.ParseYAML(f.file, f.data)
	if !list.HasErrors() {
		list = append(list, m.Waiting()...)
	}
	return list
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
