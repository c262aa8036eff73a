package main

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/pkg/score"
)

func (a *app) scoreCommand() *cobra.Command {
	var plans planFlags
	var collect collectFlags
	var out outputFlags
	var gates gateFlags
	var inputs inputFlags
	cmd := &cobra.Command{
		Use:   "score " + a.files(),
		Short: a.text("Score workbooks against a plan", "Chấm điểm tệp số liệu theo kế hoạch"),
		Example: a.text(
			"  parcheck score agency.xlsx\n"+
				"  parcheck score submissions/ --report html=scores.html --report json=scores.json\n"+
				"  parcheck score agency.xlsx --as-of 2024-01-31 --lang vi",
			"  parcheck score bao-cao.xlsx --lang vi\n"+
				"  parcheck score thu-muc --report html=ket-qua.html --report json=ket-qua.json --lang vi\n"+
				"  parcheck score bao-cao.xlsx --as-of 2024-01-31 --lang vi"),
		Args: wantFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			run, err := a.prepare(cmd, args, &plans, &collect, &out, &gates, &inputs)
			if err != nil {
				return err
			}
			doc, unread, err := run.scored(cmd.Context())
			if err != nil {
				return err
			}
			run.Account(doc)
			changes, err := gates.compare(doc, run.previous)
			if err != nil {
				return err
			}
			if err := a.write(run.outputs, doc, out.options(a)); err != nil {
				return err
			}
			return a.judge(doc, changes, unread, run)
		},
	}
	plans.register(a, cmd)
	collect.register(a, cmd)
	collect.mapping.register(a, cmd)
	collect.database.register(a, cmd)
	out.register(a, cmd, report.Printable(), append(report.Files(), xlsxFormat, groupsFormat))
	gates.register(a, cmd)
	inputs.register(a, cmd)
	return cmd
}

func (f *collectFlags) register(a *app, cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.unit, "unit", "", a.text(
		"the reporting unit, whatever the file says: a `NAME` or an id of the roster",
		"đơn vị báo cáo, bất kể tệp ghi gì: `TÊN` hoặc mã trong danh sách đơn vị"))
	cmd.Flags().StringVar(&f.level, "level", "", a.text(
		"the unit's `LEVEL` in the plan, whatever the roster says",
		"`CẤP` của đơn vị trong kế hoạch, bất kể danh sách ghi gì"))
	cmd.Flags().StringVar(&f.period, "period", "", a.text(
		"the `PERIOD` reported on: 2023, 2023-H1, 2023-Q3, 2023-09 or 2023-01-01..2023-09-30",
		"`KỲ` báo cáo: 2023, 2023-H1 (6 tháng đầu năm), 2023-Q3 (quý III), 2023-09 hoặc 2023-01-01..2023-09-30"))
	cmd.Flags().StringVar(&f.previous, "previous", "", a.text(
		"an earlier JSON result, `FILE`, for figures that a plan takes from last year",
		"`TỆP` kết quả JSON kỳ trước, cho những số liệu mà kế hoạch lấy từ năm trước"))
	cmd.Flags().StringVar(&f.asOf, "as-of", "", a.text(
		"the `DAY` of the judgement, by which a figure not yet published is pending (default: today)",
		"`NGÀY` đánh giá, dạng 2024-01-31; số liệu đến ngày đó chưa công bố là chưa đến hạn (mặc định: hôm nay)"))
	f.received.register(a, cmd)
	f.registerCost(a, cmd)
}

// registerCost registers what changes no result.
func (f *collectFlags) registerCost(a *app, cmd *cobra.Command) {
	cmd.Flags().IntVarP(&f.jobs, "jobs", "j", 0, a.text(
		"`N` files read side by side (default: one a processor)",
		"đọc cùng lúc `N` tệp (mặc định: bằng số bộ xử lý)"))
	f.limits.register(a, cmd.Flags())
}

// files is how help calls the arguments that inputFlags.find understands.
func (a *app) files() string { return a.text("FILE|FOLDER|GLOB...", "TỆP|THƯ_MỤC|MẪU_TÊN...") }

func wantFiles(cmd *cobra.Command, args []string) error {
	if bind := cmd.Flags().Lookup("bind"); len(args) == 0 && (bind == nil || !bind.Changed) {
		return usagef("no file named: want FILE, FOLDER or GLOB", "chưa nêu tệp nào: hãy ghi TỆP, THƯ_MỤC hoặc MẪU_TÊN (như *.xlsx) sau tên lệnh")
	}
	return nil
}

// run is a command line that has been understood.
type run struct {
	*batch.Batch
	files    []input
	previous []score.Card // of an earlier period, where a result of it is named
	progress *progress
	database *database // nil: none
	outputs  []output
	gate     score.Gate
	unsaid   bool // nobody set a gate, and the text or the page tells what it is about
	told     bool // standard output names each file that could not be read
}

// prepare reads everything but the workbooks, so that a wrong command line or
// plan is known before the first of them.
func (a *app) prepare(cmd *cobra.Command, args []string, plans *planFlags, collect *collectFlags, out *outputFlags, gates *gateFlags, inputs *inputFlags) (*run, error) {
	gate, err := gates.gate()
	if err != nil {
		return nil, err
	}
	if _, err := out.outputs(cmd, nil); err != nil {
		return nil, err
	}
	asOf, err := collect.day(a)
	if err != nil {
		return nil, err
	}
	waivers, err := gates.loadWaivers(a)
	if err != nil {
		return nil, err
	}
	run, err := a.prepareBatch(cmd.Context(), args, plans, collect, inputs)
	if err != nil {
		return nil, err
	}
	run.gate, run.AsOf, run.Waivers = gate, asOf, waivers
	run.told = out.format == "text"
	run.unsaid = !gates.set() && (run.told || a.page)
	run.outputs, err = out.outputs(cmd, run.files)
	for i := range run.outputs {
		switch run.outputs[i].format {
		case xlsxFormat:
			run.outputs[i].write = run.Workbook
		case groupsFormat:
			if run.database == nil {
				return nil, usagef("--report groups: it is what databases answer; want --bind FILE beside it", "--report groups: là kết quả do cơ sở dữ liệu trả về; cần kèm --bind TỆP")
			}
			run.database.keeps = true
			run.outputs[i].write = run.database.writeGroups
		}
	}
	return run, err
}

// prepareBatch reads the plan and the roster and finds the files.
func (a *app) prepareBatch(ctx context.Context, args []string, plans *planFlags, collect *collectFlags, inputs *inputFlags) (*run, error) {
	p, roster, err := plans.load(a)
	if err != nil {
		return nil, err
	}
	options, previous, err := collect.options(p)
	if err != nil {
		return nil, err
	}
	if err := knownUnit(options, roster); err != nil {
		return nil, err
	}
	mapped, err := collect.mapping.load(a, p, roster)
	if err != nil {
		return nil, err
	}
	if mapped != nil {
		roster = mapped.Roster
	}
	lists, err := collect.database.load(a, p, options.Unit, &collect.limits)
	if err != nil {
		return nil, err
	}
	received, err := collect.received.read(roster)
	if err != nil {
		return nil, err
	}
	inputs.allowEmpty = inputs.allowEmpty || lists != nil
	files, notes, err := inputs.find(ctx, a, args)
	if err != nil {
		return nil, err
	}
	r := &run{files: files, previous: previous, progress: a.newProgress(files), database: lists}
	r.Batch = &batch.Batch{
		Plan: p, Roster: roster, Options: options, Mapping: mapped, Limits: collect.limits.Limits, Received: received,
		Inputs: openers(files), Notes: notes, Program: program(), Jobs: collect.jobs, Progress: r.progress,
	}
	for _, arg := range args {
		r.Folders = append(r.Folders, filepath.ToSlash(filepath.Clean(arg)))
	}
	return r, nil
}

// scored reads and judges every file. unread counts the files that gave no card.
func (r *run) scored(ctx context.Context) (doc *report.Document, unread int, err error) {
	return r.evaluate(ctx, r.Score)
}

// evaluate lets the databases count, and makes a document of them and the files.
func (r *run) evaluate(ctx context.Context, make func(context.Context) (*report.Document, int, error)) (doc *report.Document, unread int, err error) {
	defer r.progress.finish()
	refused, err := r.readLists(ctx)
	if err != nil {
		return nil, 0, err
	}
	r.Notes = append(r.Notes, refused...)
	doc, unread, err = make(ctx)
	return doc, unread + len(refused), err
}

// judge turns what was found into the exit code: unread inputs outrank the gate.
// A gate that nobody set decides the code without a word.
func (a *app) judge(doc *report.Document, changes []score.Change, unread int, r *run) error {
	if !a.quiet && slices.ContainsFunc(doc.Diagnostics, func(d diag.Diagnostic) bool { return d.Check == diag.UnknownUnit && d.Severity == diag.Error }) {
		a.tell(lang.F("a unit is named with --unit NAME, its level with --level LEVEL: %s",
			"khai báo đơn vị bằng --unit TÊN, cấp bằng --level CẤP: %s", batch.LevelNames(r.Plan)))
	}
	switch {
	case unread > 0 && r.told:
		return unreadError(unread)
	case unread > 0:
		return a.unread(doc, unread)
	}
	ok, why := r.gate.Check(doc.Cards, doc.Diagnostics, changes)
	switch {
	case ok:
	case r.unsaid:
		return &saidError{exitGate}
	default:
		return &gateError{why}
	}
	if !a.quiet && !r.unsaid && !why.IsZero() {
		a.tell(why)
	}
	return nil
}

// unread says which inputs could not be read or judged, if any.
func (a *app) unread(doc *report.Document, n int) error {
	if n == 0 {
		return nil
	}
	for _, d := range doc.Diagnostics {
		if d.Severity == diag.Error {
			a.say(diag.List{d})
		}
	}
	return unreadError(n)
}

func unreadError(n int) error {
	switch n {
	case 0:
		return nil
	case 1:
		return inputErrorf("one input could not be read or judged", "có một tệp không đọc được hoặc không đánh giá được")
	}
	return inputErrorf("%d inputs could not be read or judged", "có %d tệp không đọc được hoặc không đánh giá được", n)
}
