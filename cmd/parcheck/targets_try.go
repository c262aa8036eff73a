package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// testRun is one call of `targets test`.
type testRun struct {
	*app
	plans    planFlags
	format   string
	coverage bool
	boundary bool

	suites []*plan.Suite // in the order of the files
	cases  []report.Case // that were tried
}

// The formats in which tests are told.
const textFormat, junitFormat = "text", "junit"

func (a *app) targetsTestCommand() *cobra.Command {
	run := testRun{app: a}
	cmd := &cobra.Command{
		Use: "test " + a.text("TESTS.yaml...", "CA_KIỂM_THỬ.yaml..."),
		Short: a.text(
			"Run tests of a plan: facts or a workbook given, outcomes, points and scores expected",
			"Chạy các ca kiểm thử của kế hoạch: cho trước số liệu hoặc tệp bảng tính, mong đợi kết quả và điểm"),
		Example: a.text(
			"  parcheck targets test my-plan.tests.yaml\n"+
				"  parcheck targets test my-plan.tests.yaml --coverage\n"+
				"  parcheck targets test my-plan.tests.yaml --plan next-year.yaml --format junit",
			"  parcheck targets test ke-hoach.tests.yaml --lang vi\n"+
				"  parcheck targets test ke-hoach.tests.yaml --coverage --lang vi\n"+
				"  parcheck targets test ke-hoach.tests.yaml --plan nam-sau.yaml --format junit --lang vi"),
		Args: func(_ *cobra.Command, args []string) error {
			if run.boundary && len(args) > 0 {
				return usagef("--boundaries makes tests of the plan that --plan names: it takes no file", "--boundaries lập ca kiểm thử cho kế hoạch nêu ở --plan: không nhận tệp nào")
			}
			if len(args) == 0 && !run.boundary {
				return usagef("no file of tests named", "chưa nêu tệp ca kiểm thử nào")
			}
			if run.format != textFormat && run.format != junitFormat {
				return unknownFormat(run.format, textFormat, junitFormat)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if run.boundary {
				return run.makeBoundaries()
			}
			given, err := run.given(cmd)
			if err != nil {
				return err
			}
			for _, name := range args {
				if err := run.file(cmd.Context(), name, given); err != nil {
					return err
				}
			}
			if err := a.print(run.write); err != nil {
				return err
			}
			return run.judge()
		},
	}
	run.plans.register(a, cmd)
	cmd.Flags().Lookup("plan").Usage = a.text(
		"the plan: the `ID` of a built-in one, or a YAML file (default: the one that the file of tests names)",
		"kế hoạch: `MÃ` của kế hoạch có sẵn, hoặc tệp YAML (mặc định: kế hoạch mà tệp ca kiểm thử nêu)")
	cmd.Flags().Lookup("plan").DefValue = ""
	cmd.Flags().StringVarP(&run.format, "format", "f", textFormat, a.text("the `FORMAT` of standard output: text, junit", "`ĐỊNH_DẠNG` in ra màn hình: text, junit"))
	cmd.Flags().BoolVar(&run.coverage, "coverage", false, a.text("tell which targets no test expects to be met, or to be missed", "nêu những chỉ tiêu chưa có ca kiểm thử nào mong đợi là đạt, hoặc không đạt"))
	cmd.Flags().BoolVar(&run.boundary, "boundaries", false, a.text("print tests just below, at and just above each goal of the plan, as it decides them now", "in ra ca kiểm thử ngay dưới, đúng bằng và ngay trên từng mục tiêu, theo cách kế hoạch đang đánh giá"))
	return cmd
}

// makeBoundaries prints tests at the goals of the plan.
func (r *testRun) makeBoundaries() error {
	p, _, err := r.plans.load(r.app)
	if err != nil {
		return err
	}
	tests, without := score.Boundaries(p, r.lang.Lang)
	suite := plan.Suite{Plan: p, Tests: tests}
	err = r.print(func(w io.Writer) error {
		head := lang.T("# What the plan decides at its goals. Look at each: is it what the document says?",
			"# Kế hoạch đánh giá thế nào tại từng mục tiêu. Hãy xem từng ca có đúng với văn bản không.")
		_, err := fmt.Fprintf(w, "%s\n%s", head.In(r.lang.Lang), suite.YAML(filepath.ToSlash(r.plans.plan)))
		return err
	})
	if err == nil && len(without) > 0 && !r.quiet {
		r.tell(lang.F("no test for %s: their goals or measures have no next figure", "chưa lập ca kiểm thử cho %s: mục tiêu hoặc đại lượng không có số liền kề", strings.Join(without, ", ")))
	}
	return err
}

// given is the plan that the command line names; nil if it names none.
func (r *testRun) given(cmd *cobra.Command) (*plan.Plan, error) {
	if !cmd.Flags().Changed("plan") {
		return nil, nil
	}
	p, _, err := r.plans.load(r.app)
	return p, err
}

// file tries the cases of one file.
func (r *testRun) file(ctx context.Context, name string, given *plan.Plan) error {
	data, err := readBounded(name, plan.MaxBytes)
	if err != nil {
		return err
	}
	suite, mistakes := plan.ParseTests(filepath.ToSlash(name), data, given, besidePlan)
	if err := r.refusePlan(mistakes, plan.TestFile.Title()); err != nil {
		return err
	}
	if suite.Plan == nil {
		return usagef("%s names no plan: want \"plan: FILE\" in it, or --plan", "%s chưa nêu kế hoạch: cần \"plan: TỆP\" trong tệp, hoặc --plan", name)
	}
	if given == nil {
		if err := setParams(suite.Plan, r.plans.params); err != nil {
			return err
		}
	}
	r.suites = append(r.suites, suite)
	for i := range suite.Tests {
		t := &suite.Tests[i]
		failures, err := r.try(ctx, suite.Plan, t)
		if err != nil {
			return err
		}
		r.cases = append(r.cases, report.Case{Plan: suite.Plan.ID, Name: t.Name, Pos: t.Pos, Failures: failures})
	}
	return nil
}

// try judges one case.
func (r *testRun) try(ctx context.Context, p *plan.Plan, t *plan.Test) ([]lang.Text, error) {
	if t.File == "" {
		return score.Try(p, t), nil
	}
	roster, err := r.plans.loadRoster(r.app, p)
	if err != nil {
		return nil, err
	}
	path := filepath.FromSlash(t.File)
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(filepath.FromSlash(t.Pos.File)), path)
	}
	b := batch.Batch{
		Plan: p.With(t.Params), Roster: roster, Limits: workbook.DefaultLimits(), AsOf: t.AsOf, Program: program(),
		Options: fact.Options{Unit: t.Unit, Level: t.Level}, Inputs: openers([]input{{name: filepath.ToSlash(path), path: path}}),
	}
	if !t.Period.To.IsZero() {
		b.Options.Period = &t.Period
	}
	doc, _, err := b.Score(ctx)
	if err != nil {
		return nil, err
	}
	if len(doc.Cards) != 1 {
		return unusable(doc), nil
	}
	return score.Unexpected(&doc.Cards[0], t), nil
}

// unusable says why a workbook gives no card of one unit.
func unusable(doc *report.Document) []lang.Text {
	failures := []lang.Text{lang.F("the workbook speaks for %d units: want one", "tệp bảng tính có số liệu của %d đơn vị: cần đúng một", len(doc.Cards))}
	for _, d := range doc.Diagnostics {
		if d.Severity == diag.Error {
			failures = append(failures, d.Message)
		}
	}
	return failures
}

// write tells how the cases went.
func (r *testRun) write(w io.Writer) error {
	if r.format == junitFormat {
		return report.JUnitCases(w, r.cases, r.lang.Lang)
	}
	for _, c := range r.cases {
		if len(c.Failures) > 0 {
			fmt.Fprintf(w, "✗ %s (%s)\n", plainLine(c.Name), c.Pos)
		}
		for _, f := range c.Failures {
			fmt.Fprintf(w, "    %s\n", plainLine(f.In(r.lang.Lang)))
		}
	}
	if r.coverage {
		r.writeCoverage(w)
	}
	if r.failed() > 0 {
		return nil
	}
	_, err := fmt.Fprintln(w, number.Count(int64(len(r.cases)), "test passes", "tests pass", "ca kiểm thử đạt").In(r.lang.Lang))
	return err
}

func (r *testRun) failed() int {
	n := 0
	for _, c := range r.cases {
		if len(c.Failures) > 0 {
			n++
		}
	}
	return n
}

func (r *testRun) judge() error {
	if n := r.failed(); n > 0 {
		return &gateError{lang.F("%d of %d tests of the plan fail", "%d trong %d ca kiểm thử của kế hoạch không đạt", n, len(r.cases))}
	}
	return nil
}

// writeCoverage tells, plan by plan, which targets no test expects to be met,
// and which none expects to be missed.
func (r *testRun) writeCoverage(w io.Writer) {
	l := r.lang.Lang
	var told []string
	for _, s := range r.suites {
		if slices.Contains(told, s.Plan.ID) {
			continue
		}
		told = append(told, s.Plan.ID)
		expected := r.expected(s.Plan.ID)
		for _, outcome := range []score.Outcome{score.Met, score.Missed} {
			var without []string
			for _, t := range s.Plan.Targets {
				if !expected[expectation{t.ID, outcome.String()}] {
					without = append(without, t.ID)
				}
			}
			all := len(s.Plan.Targets)
			fmt.Fprintln(w, lang.F("%s: %d of %d targets are expected to be “%s” by a test", "%s: %d trong %d chỉ tiêu có ca kiểm thử mong đợi “%s”",
				s.Plan.ID, all-len(without), all, outcome.Title()).In(l))
			if len(without) > 0 {
				fmt.Fprintf(w, "    %s %s\n", noTest.In(l), strings.Join(without, ", "))
			}
		}
	}
}

var noTest = lang.T("none for:", "chưa có:")

// expectation is that some test expects an outcome of a target.
type expectation struct{ target, outcome string }

// expected collects what the tests of a plan expect.
func (r *testRun) expected(planID string) map[expectation]bool {
	found := map[expectation]bool{}
	for _, s := range r.suites {
		if s.Plan.ID != planID {
			continue
		}
		for _, t := range s.Tests {
			for _, e := range t.Expect {
				found[expectation{e.Target, e.Outcome}] = true
			}
		}
	}
	return found
}
