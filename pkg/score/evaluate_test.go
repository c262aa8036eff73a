package score_test

import (
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// Each row is a measure, a goal and figures, and everything that the result
// says of them.
func TestJudgement(t *testing.T) {
	for _, tt := range []struct {
		name    string
		measure plan.Measure
		goal    plan.Goal
		facts   figures
		outcome score.Outcome
		value   string // English
		gap     string
		en, vi  string
	}{
		{"a share just short", share("online", "resolved"), goal(plan.AtLeast, "65%"), figures{"online": "1299", "resolved": "2000"},
			score.Missed, "64.95%", "1 dossier",
			"1,299 of 2,000 dossiers = 64.95%, goal at least 65%: 1 dossier short (1,300 needed)",
			"1.299 trên 2.000 hồ sơ = 64,95%, chỉ tiêu từ 65% trở lên: còn thiếu 1 hồ sơ (cần 1.300)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := judge(t, target(tt.measure, tt.goal), tt.facts)
			if r.Outcome != tt.outcome {
				t.Errorf("outcome %v, want %v", r.Outcome, tt.outcome)
			}
			if got := shownIn(lang.EN, r.Value); got != tt.value {
				t.Errorf("value %q, want %q", got, tt.value)
			}
			if got := shownIn(lang.EN, r.Gap); got != tt.gap {
				t.Errorf("gap %q, want %q", got, tt.gap)
			}
			if got := r.Reason.In(lang.EN); got != tt.en {
				t.Errorf("\ngot  %s\nwant %s", got, tt.en)
			}
			if got := r.Reason.In(lang.VI); got != tt.vi {
				t.Errorf("\ngot  %s\nwant %s", got, tt.vi)
			}
		})
	}
}
