package main

import (
	"context"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/summary"
)

func (a *app) scoreCommand() *cobra.Command {
	var plans planFlags
	var collect collectFlags
	var out outputFlags
	var gates gateFlags
	var inputs inputFlags
	var received receivedFlag
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
			days, err := received.read()
			if err != nil {
				return err
			}
			run, err := a.prepare(cmd, args, &plans, &collect, &out, &gates, &inputs)
			if err != nil {
				return err
			}
			run.received = days
			doc, unread, err := run.score(cmd.Context())
			if err != nil {
				return err
			}
			run.account(doc)
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
	out.register(a, cmd, report.Printable(), append(report.Files(), xlsxFormat))
	gates.register(a, cmd)
	inputs.register(a, cmd)
	received.register(a, cmd)
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
	cmd.Flags().IntVarP(&f.jobs, "jobs", "j", 0, a.text(
		"`N` files read side by side (default: one a processor)",
		"đọc cùng lúc `N` tệp (mặc định: bằng số bộ xử lý)"))
	f.limits.register(a, cmd.Flags())
}

// files is how help calls the arguments that inputFlags.find understands.
func (a *app) files() string { return a.text("FILE|FOLDER|GLOB...", "TỆP|THƯ_MỤC|MẪU_TÊN...") }

func wantFiles(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usagef("no file named: want FILE, FOLDER or GLOB", "chưa nêu tệp nào: hãy ghi TỆP, THƯ_MỤC hoặc MẪU_TÊN (như *.xlsx) sau tên lệnh")
	}
	return nil
}

// run is a command line that has been understood.
type run struct {
	*batch
	outputs  []output
	waivers  []plan.Waiver
	gate     score.Gate
	unsaid   bool // nobody set a gate, and the text or the page tells what it is about
	told     bool // standard output names each file that could not be read
	asOf     date.Date
	received map[string]date.Date // when submissions came, by folded name or id of the unit
}

// prepare reads everything but the workbooks, so that a wrong command line or
// plan is known before the first of them.
func (a *app) prepare(cmd *cobra.Command, args []string, plans *planFlags, collect *collectFlags, out *outputFlags, gates *gateFlags, inputs *inputFlags) (*run, error) {
	run := &run{}
	var err error
	if run.gate, err = gates.gate(); err != nil {
		return nil, err
	}
	if _, err := out.outputs(cmd, nil); err != nil {
		return nil, err
	}
	if run.asOf, err = collect.day(a); err != nil {
		return nil, err
	}
	if run.waivers, err = gates.loadWaivers(a); err != nil {
		return nil, err
	}
	if run.batch, err = a.prepareBatch(cmd.Context(), args, plans, collect, inputs); err != nil {
		return nil, err
	}
	run.told = out.format == "text"
	run.unsaid = !gates.set() && (run.told || a.page)
	run.outputs, err = out.outputs(cmd, run.files)
	for i := range run.outputs {
		if run.outputs[i].format == xlsxFormat {
			run.outputs[i].write = run.cardWorkbook
		}
	}
	return run, err
}

// prepareBatch reads the plan and the roster and finds the files.
func (a *app) prepareBatch(ctx context.Context, args []string, plans *planFlags, collect *collectFlags, inputs *inputFlags) (*batch, error) {
	b := &batch{args: args, jobs: collect.jobs, limits: collect.limits.Limits}
	var err error
	if b.plan, b.roster, err = plans.load(a); err != nil {
		return nil, err
	}
	if b.options, b.previous, err = collect.options(b.plan); err != nil {
		return nil, err
	}
	if err := knownUnit(b.options, b.roster); err != nil {
		return nil, err
	}
	b.questions = fact.Prepare(b.plan, b.roster)
	if b.files, b.notes, err = inputs.find(ctx, a, args); err != nil {
		return nil, err
	}
	b.progress = a.newProgress(b.files)
	return b, nil
}

// score reads and judges every file. unread counts the files that gave no card.
func (r *run) score(ctx context.Context) (doc *report.Document, unread int, err error) {
	judge := score.NewJudge(r.plan)
	doc, unread, err = r.document(ctx, func(_ *fact.Reading, set *fact.Set) score.Card {
		return judge.Evaluate(*set, r.asOf)
	})
	if err != nil {
		return nil, 0, err
	}
	r.rank(doc.Cards)
	doc.Diagnostics = append(doc.Diagnostics, score.Waive(doc.Cards, r.waivers, r.asOf)...)
	doc.Diagnostics.Sort()
	return doc, unread, nil
}

// account counts how the units of the roster stand, where several files were
// handed in: one file says nothing about the others.
func (r *run) account(doc *report.Document) {
	handedIn := len(r.files)
	for _, d := range doc.Diagnostics {
		if d.Check == diag.WrongFormat {
			handedIn++
		}
	}
	if handedIn < 2 {
		return
	}
	ledger, late := summary.Ledger(summary.Input{
		Plan: r.plan, Roster: r.roster, Cards: doc.Cards, Diagnostics: doc.Diagnostics, Submitted: byFile(doc.Cards, r.received),
	})
	doc.Ledger = ledger
	for _, d := range late {
		for i := range doc.Cards {
			if c := &doc.Cards[i]; c.Input.File == d.Pos.File {
				c.Diagnostics = append(c.Diagnostics, d)
				c.Diagnostics.Sort()
			}
		}
	}
}

// rank gives the cards their standing, if there are several.
func (r *run) rank(cards []score.Card) {
	if len(cards) < 2 {
		return
	}
	all := make([]*score.Card, len(cards))
	for i := range cards {
		all[i] = &cards[i]
	}
	for i, s := range score.Rank(r.plan, r.roster, all) {
		cards[i].Standing = &s
	}
}

// document reads every file and makes a card of each set of facts.
func (r *run) document(ctx context.Context, card func(*fact.Reading, *fact.Set) score.Card) (doc *report.Document, unread int, err error) {
	readings, err := r.read(ctx, r.files)
	r.progress.finish()
	if err != nil {
		return nil, 0, err
	}
	doc = &report.Document{Schema: report.Schema, Program: program(), Diagnostics: r.notes}
	for _, in := range readings {
		doc.Diagnostics = append(doc.Diagnostics, in.diagnostics...)
		if in.refused {
			unread++
			continue
		}
		doc.Diagnostics = append(doc.Diagnostics, in.Diagnostics...)
		for i := range in.Sets {
			set := &in.Sets[i]
			if set.Unit.Level == "" {
				doc.Diagnostics = append(doc.Diagnostics, unknownLevel(r.plan, in.input.name, set.Unit.Name))
				unread++
				continue
			}
			doc.Cards = append(doc.Cards, card(in.Reading, set))
		}
	}
	markDuplicates(doc)
	unread += r.attribute(doc)
	doc.Diagnostics.Sort()
	return doc, unread, nil
}

// attribute says whose the files are that gave no card, where their names tell
// it. A file of another kind is the submission of a unit that has no card; it
// returns how many there are. Beside a workbook it is a copy to look at.
func (r *run) attribute(doc *report.Document) (unread int) {
	carded := map[string]bool{}
	for i := range doc.Cards {
		if u := score.OnRoster(r.roster, &doc.Cards[i]); u != nil {
			carded[u.ID] = true
		}
	}
	for i := range doc.Diagnostics {
		d := &doc.Diagnostics[i]
		if d.Unit != "" || d.Check != diag.Unreadable && d.Check != diag.WrongFormat {
			continue
		}
		u := r.namedBy(d.Pos.File)
		if u == nil {
			continue
		}
		d.Unit = u.Name.In(lang.VI)
		switch {
		case d.Check == diag.Unreadable:
		case carded[u.ID]:
			d.Severity = diag.Note
		default:
			d.Severity = diag.Error
			unread++
		}
	}
	return unread
}

// namedBy returns the unit of the roster that a file's name tells or, where it
// tells none, that of a folder which it lies in, below the one that was asked
// for.
func (r *run) namedBy(file string) *plan.Unit {
	for _, arg := range r.args {
		if below, ok := strings.CutPrefix(file, strings.TrimSuffix(filepath.ToSlash(filepath.Clean(arg)), "/")+"/"); ok {
			file = below
			break
		}
	}
	if u := r.roster.NamedBy(strings.TrimSuffix(path.Base(file), path.Ext(file))); u != nil {
		return u
	}
	for dir := path.Dir(file); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if u := r.roster.NamedBy(path.Base(dir)); u != nil {
			return u
		}
	}
	return nil
}

func unknownLevel(p *plan.Plan, file string, unit lang.Text) diag.Diagnostic {
	d := diag.New(diag.UnknownUnit, diag.InFile(file), lang.F(
		"%q is on no roster and its name tells no level, so it cannot be told which targets bind it: give --unit, or --level with one of %s",
		"%q không có trong danh sách và tên không cho biết cấp, nên không xác định được chỉ tiêu áp dụng: hãy dùng --unit, hoặc --level với một trong %s",
		unit, levelNames(p)))
	d.Severity = diag.Error
	return d
}

// levelNames lists the levels as --level takes them; in Vietnamese with their
// titles, for the ids are English.
func levelNames(p *plan.Plan) lang.Text {
	var names []lang.Text
	for _, l := range p.Levels {
		names = append(names, lang.F("%[1]s", "%[1]s (%[2]s)", l.ID, l.Title))
	}
	return lang.Join(names, ", ")
}

// markDuplicates reports two cards of one unit and period in one run.
func markDuplicates(doc *report.Document) {
	type key struct {
		unit   string
		period plan.Period
	}
	first := map[key]*score.Card{}
	for i := range doc.Cards {
		c := &doc.Cards[i]
		k := key{c.Unit.ID, c.Period}
		if k.unit == "" {
			k.unit = "name:" + label.Key(c.Unit.Name.In(lang.VI))
		}
		if one, ok := first[k]; ok {
			d := diag.New(diag.Duplicate, diag.InFile(c.Input.File), lang.F(
				"a second submission of %s for the same period: the first is %s; keep one",
				"%s nộp hai lần cho cùng một kỳ: tệp thứ nhất là %s; hãy giữ một tệp", c.Unit.Name, one.Input.File))
			c.Diagnostics = append(c.Diagnostics, d)
			c.Diagnostics.Sort()
			continue
		}
		first[k] = c
	}
}

// judge turns what was found into the exit code: unread inputs outrank the gate.
// A gate that nobody set decides the code without a word.
func (a *app) judge(doc *report.Document, changes []score.Change, unread int, r *run) error {
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
