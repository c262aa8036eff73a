package score_test

import (
	"testing"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

func TestParseFailOn(t *testing.T) {
	for _, tt := range []struct {
		names []string
		want  score.FailOn
		err   string
	}{
		{nil, 0, ""},
		{[]string{"missed"}, score.FailOnMissed, ""},
		{[]string{"missed-mandatory", "missing", "invalid"}, score.FailOnMissedMandatory | score.FailOnMissing | score.FailOnInvalid, ""},
		{[]string{"warning", "error", "warning"}, score.FailOnWarning | score.FailOnError, ""},
		{[]string{"never"}, score.FailOnNever, ""},
		{[]string{"never", "missed"}, 0, `the gate "never" stands alone: take the others out`},
		{[]string{"misssed"}, 0, `unknown gate "misssed": want missed, missed-mandatory, missing, invalid, warning, error, never`},
	} {
		got, err := score.ParseFailOn(tt.names)
		message := ""
		if err != nil {
			message = err.Error()
		}
		if got != tt.want || message != tt.err {
			t.Errorf("ParseFailOn(%q) = %b, %q; want %b, %q", tt.names, got, message, tt.want, tt.err)
		}
	}
	if all, err := score.ParseFailOn([]string{"missed", "missed-mandatory", "missing", "invalid", "warning", "error"}); err != nil || all != score.FailOnNever-1 {
		t.Errorf("the names without never give %b, %v", all, err)
	}
}

// The units of submissions have a met, a missed and a missing target each.
func TestGate(t *testing.T) {
	third, half := exact("1/3"), exact("50%")
	nearly := exact("33.3333%")
	warning := diag.New(diag.HiddenRow, diag.At("a.xlsx", "S", 3, 1), lang.T("a hidden row", "hàng ẩn"))
	broken := diag.New(diag.Unreadable, diag.InFile("b.xlsx"), lang.T("cut off", "bị cắt"))
	baseline := submissions()
	worse := score.Compare([]score.Card{baseline[0]}, submissions())
	for _, tt := range []struct {
		name        string
		gate        score.Gate
		waivers     []plan.Waiver
		diagnostics diag.List
		changes     []score.Change
		ok          bool
		why, vi     string
	}{
		{"nothing is asked for", score.Gate{}, nil, diag.List{broken}, nil, true,
			"the gate holds (nothing is asked for)", "đạt điều kiện đặt ra: không đặt điều kiện nào"},
		{"never", score.Gate{FailOn: score.FailOnNever, MinScore: &half}, nil, nil, nil, true,
			"the gate holds: nothing fails it (never)", "đạt điều kiện đặt ra: không xét gì (never)"},
		{"the default", score.Gate{FailOn: score.FailOnMissed}, nil, nil, nil, false,
			"the gate does not hold: missed: 2, the first bad of Home Affairs (60%, goal at least 90%: 30 percentage points short)",
			"không đạt điều kiện đặt ra: chỉ tiêu không đạt (missed): 2, đầu tiên là bad của Sở Nội vụ (60%, chỉ tiêu từ 90% trở lên: còn thiếu 30 điểm phần trăm)"},
		{"one waived", score.Gate{FailOn: score.FailOnMissed}, []plan.Waiver{waiver("bad", "so-noi-vu")}, nil, nil, false,
			"the gate does not hold: missed: 1, the first bad of Sở Xây dựng (70%, goal at least 90%: 20 percentage points short)",
			"không đạt điều kiện đặt ra: chỉ tiêu không đạt (missed): 1, đầu tiên là bad của Sở Xây dựng (70%, chỉ tiêu từ 90% trở lên: còn thiếu 20 điểm phần trăm)"},
		{"all waived", score.Gate{FailOn: score.FailOnMissed}, []plan.Waiver{waiver("bad", "*")}, nil, nil, true,
			"the gate holds (missed)", "đạt điều kiện đặt ra: không có chỉ tiêu không đạt (missed)"},
		{"invalid holds", score.Gate{FailOn: score.FailOnInvalid | score.FailOnError}, nil, diag.List{warning}, nil, true,
			"the gate holds (error, invalid)", "đạt điều kiện đặt ra: không có lỗi (error), số liệu không dùng được (invalid)"},
		{"two conditions fail", score.Gate{FailOn: score.FailOnMissing | score.FailOnMissedMandatory}, nil, nil, nil, false,
			"the gate does not hold: missing: 2, the first gap of Home Affairs (Dossiers online: no column “Online”); missed-mandatory: 2, the first bad of Home Affairs (60%, goal at least 90%: 30 percentage points short)",
			"không đạt điều kiện đặt ra: chỉ tiêu thiếu số liệu (missing): 2, đầu tiên là gap của Sở Nội vụ (Hồ sơ trực tuyến: không có cột “Trực tuyến”); chỉ tiêu bắt buộc không đạt (missed-mandatory): 2, đầu tiên là bad của Sở Nội vụ (60%, chỉ tiêu từ 90% trở lên: còn thiếu 30 điểm phần trăm)"},
		{"a warning", score.Gate{FailOn: score.FailOnWarning}, nil, diag.List{warning, broken}, nil, false,
			"the gate does not hold: warning: 2, the first a.xlsx:'S'!A3: a hidden row [hidden-row]",
			"không đạt điều kiện đặt ra: lỗi hoặc cảnh báo (warning): 2, đầu tiên là a.xlsx:'S'!A3: hàng ẩn [hidden-row]"},
		{"an error", score.Gate{FailOn: score.FailOnError}, nil, diag.List{warning, broken}, nil, false,
			"the gate does not hold: error: 1, the first b.xlsx: cut off [unreadable]",
			"không đạt điều kiện đặt ra: lỗi (error): 1, đầu tiên là b.xlsx: bị cắt [unreadable]"},
		{"the score is just enough", score.Gate{MinScore: &third}, nil, nil, nil, true,
			"the gate holds (min-score 33.33% (1/3))", "đạt điều kiện đặt ra: không có điểm số dưới 33,33% (1/3) (min-score)"},
		{"the score is too low", score.Gate{MinScore: &half}, nil, nil, nil, false,
			"the gate does not hold: min-score 50%: 2, the first Home Affairs (33.33%)",
			"không đạt điều kiện đặt ra: điểm số dưới 50% (min-score): 2, đầu tiên là Sở Nội vụ (33,33%)"},
		{"the score with a waiver", score.Gate{MinScore: &half}, []plan.Waiver{waiver("bad", "so-noi-vu")}, nil, nil, false,
			"the gate does not hold: min-score 50%: 1, the first Sở Xây dựng (33.33%)",
			"không đạt điều kiện đặt ra: điểm số dưới 50% (min-score): 1, đầu tiên là Sở Xây dựng (33,33%)"},
		{"the score is enough by a hair", score.Gate{MinScore: &nearly}, nil, nil, nil, true,
			"the gate holds (min-score 33.3333%)", "đạt điều kiện đặt ra: không có điểm số dưới 33,3333% (min-score)"},
		{"the coverage holds", score.Gate{MinCoverage: &half}, nil, nil, nil, true,
			"the gate holds (min-coverage 50%)", "đạt điều kiện đặt ra: không có độ phủ dưới 50% (min-coverage)"},
		{"new failures", score.Gate{FailOnNew: true}, nil, nil, worse, false,
			"the gate does not hold: fail-on-new: 2, the first bad of Sở Xây dựng (70%, goal at least 90%: 20 percentage points short)",
			"không đạt điều kiện đặt ra: chỉ tiêu mới không đạt (fail-on-new): 2, đầu tiên là bad của Sở Xây dựng (70%, chỉ tiêu từ 90% trở lên: còn thiếu 20 điểm phần trăm)"},
		{"no new failures", score.Gate{FailOnNew: true}, nil, nil, score.Compare(submissions(), submissions()), true,
			"the gate holds (fail-on-new)", "đạt điều kiện đặt ra: không có chỉ tiêu mới không đạt (fail-on-new)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cards := submissions()
			score.Waive(cards, tt.waivers, day(2024, 1, 15))
			ok, why := tt.gate.Check(cards, tt.diagnostics, tt.changes)
			if ok != tt.ok || why.In(lang.EN) != tt.why || why.In(lang.VI) != tt.vi {
				t.Errorf("\ngot  %v, %s\n     %s\nwant %v, %s\n     %s", ok, why.In(lang.EN), why.In(lang.VI), tt.ok, tt.why, tt.vi)
			}
		})
	}
}

// A card on which nothing could be scored has no score that a gate could pass.
func TestNoScoreIsNotEnough(t *testing.T) {
	zero := exact("0")
	set := reports(nil)
	set.Unit.Level = "province"
	cards := []score.Card{score.Evaluate(newPlan(target(value("capex"), goal(plan.AtLeast, "50%"))), set, day(2024, 1, 15))}
	ok, why := score.Gate{MinCoverage: &zero}.Check(cards, nil, nil)
	if want := "the gate does not hold: min-coverage 0%: 1, the first Home Affairs (none)"; ok || why.In(lang.EN) != want {
		t.Errorf("%v, %s", ok, why.In(lang.EN))
	}
}

// The gate looks at the diagnostics of the cards, too.
func TestGateSeesDiagnosticsOfCards(t *testing.T) {
	set := reports(nil)
	set.Diagnostics.Add(diag.HiddenRow, diag.At("a.xlsx", "S", 3, 1), lang.Same("hidden"))
	cards := []score.Card{score.Evaluate(newPlan(), set, day(2024, 1, 15))}
	if ok, _ := (score.Gate{FailOn: score.FailOnWarning}).Check(cards, nil, nil); ok {
		t.Error("a warning of a card passes")
	}
	if ok, _ := (score.Gate{FailOn: score.FailOnError}).Check(cards, nil, nil); !ok {
		t.Error("a warning is taken for an error")
	}
}

// What fails anew is no more than what fails now and did not fail before.
func TestFailsAnew(t *testing.T) {
	passing := func() *score.Result { return &score.Result{Outcome: score.Met} }
	failing := func() *score.Result { return &score.Result{Outcome: score.Missed} }
	waived := failing()
	waived.Waiver = &score.Waiver{}
	for _, tt := range []struct {
		name     string
		old, new *score.Result
		want     bool
	}{
		{"failed and fails", failing(), failing(), false},
		{"passed and fails", passing(), failing(), true},
		{"was pending and fails", &score.Result{Outcome: score.Pending}, failing(), true},
		{"was not there and fails", nil, failing(), true},
		{"was not there and passes", nil, passing(), false},
		{"failed and is gone", failing(), nil, false},
		{"passed, fails and is waived", passing(), waived, false},
	} {
		if got := (score.Change{Old: tt.old, New: tt.new}).FailsAnew(); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}
