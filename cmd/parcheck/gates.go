package main

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// gateFlags choose what makes a run fail.
type gateFlags struct {
	failOn      []string
	minScore    string
	minCoverage string
	baseline    string
	failOnNew   bool
	waivers     string
}

func (f *gateFlags) register(a *app, cmd *cobra.Command) {
	fl := cmd.Flags()
	fl.StringArrayVar(&f.failOn, "fail-on", nil, a.text(
		"the `GATE` that makes the exit code 1: missed, missed-mandatory, missing, invalid, warning, error or never; repeatable (default: missed)",
		"`ĐIỀU_KIỆN` làm mã thoát bằng 1: missed (không đạt), missed-mandatory (không đạt chỉ tiêu bắt buộc), missing (thiếu số liệu), invalid (không dùng được), warning (cảnh báo), error (lỗi) hoặc never (không xét); dùng được nhiều lần (mặc định: missed)"))
	fl.StringVar(&f.minScore, "min-score", "", a.text("the least score of each unit, `SHARE` (80%)", "điểm số tối thiểu của mỗi đơn vị, `TỶ_LỆ` (80%)"))
	fl.StringVar(&f.minCoverage, "min-coverage", "", a.text("the least coverage of each unit, `SHARE` (90%)", "độ phủ tối thiểu của mỗi đơn vị, `TỶ_LỆ` (90%)"))
	fl.StringVar(&f.baseline, "baseline", "", a.text("an earlier JSON result, `FILE`, to compare with", "`TỆP` kết quả JSON lần trước để so sánh"))
	fl.BoolVar(&f.failOnNew, "fail-on-new", false, a.text("fail only on what did not fail in the baseline", "chỉ xét những gì mới không đạt so với kết quả lần trước"))
	fl.StringVar(&f.waivers, "waivers", "", a.text("waivers granted, a YAML `FILE`", "các miễn trừ đã duyệt, `TỆP` YAML"))
}

// set reports whether the command line sets a gate.
func (f *gateFlags) set() bool {
	return len(f.failOn) > 0 || f.minScore != "" || f.minCoverage != "" || f.failOnNew
}

func (f *gateFlags) gate() (score.Gate, error) {
	g := score.Gate{FailOnNew: f.failOnNew}
	var err error
	names := f.failOn
	if len(names) == 0 && !f.failOnNew {
		names = []string{"missed"}
	}
	if g.FailOn, err = score.ParseFailOn(names); err != nil {
		return g, usagef("--fail-on: %v", "--fail-on: %v", err)
	}
	if g.MinScore, err = share("--min-score", f.minScore); err != nil {
		return g, err
	}
	if g.MinCoverage, err = share("--min-coverage", f.minCoverage); err != nil {
		return g, err
	}
	if f.failOnNew && f.baseline == "" {
		return g, usagef("--fail-on-new wants --baseline", "--fail-on-new cần có --baseline đi kèm")
	}
	return g, nil
}

// share reads a share of the command line: "80%", or "0.8".
func share(flag, text string) (*number.Exact, error) {
	if text == "" {
		return nil, nil
	}
	x, _, err := number.ParsePlain(text)
	if err != nil || x.Sign() < 0 || x.Cmp(number.Int(1)) > 0 {
		return nil, usagef("%s %q: want a share such as 80%% or 0.8", "%s %q: cần một tỷ lệ, ví dụ 80%% hoặc 0.8", flag, text)
	}
	return &x, nil
}

func (f *gateFlags) loadWaivers(a *app) ([]plan.Waiver, error) {
	if f.waivers == "" {
		return nil, nil
	}
	data, err := readBounded(f.waivers, plan.MaxBytes)
	if err != nil {
		return nil, err
	}
	w, mistakes := plan.ParseWaivers(filepath.ToSlash(f.waivers), data)
	return w, a.refusePlan(mistakes, term.Waivers)
}

// compare sets a run beside the baseline, when there is one, and beside the
// result of an earlier period, which goes before it.
func (f *gateFlags) compare(doc *report.Document, previous []score.Card) ([]score.Change, error) {
	score.Recall(doc.Cards, previous)
	if f.baseline == "" {
		return nil, nil
	}
	old, err := readResult(f.baseline)
	if err != nil {
		return nil, err
	}
	if previous == nil {
		score.Recall(doc.Cards, old.Cards)
	}
	return score.Compare(old.Cards, doc.Cards), nil
}

func readResult(name string) (*report.Document, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, cannotRead(name, err)
	}
	defer file.Close()
	doc, err := report.ReadJSON(file)
	if err != nil {
		return nil, inputErrorf("%s: %v", "%s: %v", name, err)
	}
	return doc, nil
}
