package score_test

import (
	"testing"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// What is empty, missing or not due is what the plan says it is.
func TestAbsentFigures(t *testing.T) {
	none := figures{"online": "0", "resolved": "0"}
	unreported := figures{"online": "?", "resolved": "5"}
	april := day(2024, 4, 1)
	for _, tt := range []struct {
		name        string
		whenEmpty   plan.Absent
		whenMissing plan.Absent
		published   date.Date
		asOf        date.Date
		facts       figures
		outcome     score.Outcome
		points      int64
		reason      string
		reasonVI    string
	}{
		{"empty is missing", plan.AsMissing, plan.AsMet, date.Date{}, april, none, score.Missing, 0,
			"“Dossiers resolved” is 0: there is nothing to measure; the plan takes that as missing",
			"“Hồ sơ đã giải quyết” bằng 0: không có gì để đo; theo kế hoạch coi là thiếu số liệu"},
		{"empty is not applicable", plan.AsNotApplicable, plan.AsMet, date.Date{}, april, none, score.NotApplicable, 0,
			"“Dossiers resolved” is 0: there is nothing to measure; the plan takes that as not applicable",
			"“Hồ sơ đã giải quyết” bằng 0: không có gì để đo; theo kế hoạch coi là không áp dụng"},
		{"empty is met", plan.AsMet, plan.AsMissing, date.Date{}, april, none, score.Met, 2,
			"“Dossiers resolved” is 0: there is nothing to measure; the plan takes that as met",
			"“Hồ sơ đã giải quyết” bằng 0: không có gì để đo; theo kế hoạch coi là đạt"},
		{"empty is missed", plan.AsMissed, plan.AsMissing, date.Date{}, april, none, score.Missed, 0,
			"“Dossiers resolved” is 0: there is nothing to measure; the plan takes that as missed",
			"“Hồ sơ đã giải quyết” bằng 0: không có gì để đo; theo kế hoạch coi là không đạt"},
		{"empty is no figure that is not due", plan.AsMissed, plan.AsMissing, april, day(2024, 1, 1), none, score.Missed, 0,
			"“Dossiers resolved” is 0: there is nothing to measure; the plan takes that as missed",
			"“Hồ sơ đã giải quyết” bằng 0: không có gì để đo; theo kế hoạch coi là không đạt"},

		{"missing is missing", plan.AsMet, plan.AsMissing, date.Date{}, april, unreported, score.Missing, 0,
			"Dossiers online: no column “Online”",
			"Hồ sơ trực tuyến: không có cột “Trực tuyến”"},
		{"missing is not applicable", plan.AsMet, plan.AsNotApplicable, date.Date{}, april, unreported, score.NotApplicable, 0,
			"Dossiers online: no column “Online”; the plan takes that as not applicable",
			"Hồ sơ trực tuyến: không có cột “Trực tuyến”; theo kế hoạch là không áp dụng"},
		{"missing stays missing though it earns", plan.AsMissing, plan.AsMet, date.Date{}, april, unreported, score.Missing, 2,
			"Dossiers online: no column “Online”; the plan gives full points all the same",
			"Hồ sơ trực tuyến: không có cột “Trực tuyến”; theo kế hoạch vẫn được đủ điểm"},
		{"missing stays missing though the plan blames it", plan.AsMet, plan.AsMissed, date.Date{}, april, unreported, score.Missing, 0,
			"Dossiers online: no column “Online”; the plan takes that as missed",
			"Hồ sơ trực tuyến: không có cột “Trực tuyến”; theo kế hoạch coi là không đạt"},

		{"missing before the day it is due", plan.AsMet, plan.AsMet, april, day(2024, 3, 31), unreported, score.Pending, 0,
			"published on 2024-04-01: on 2024-03-31 it is not due yet",
			"công bố ngày 01/04/2024: đến ngày 31/03/2024 chưa đến hạn"},
		{"missing on the day it is due", plan.AsMet, plan.AsMissing, april, april, unreported, score.Missing, 0,
			"Dossiers online: no column “Online”",
			"Hồ sơ trực tuyến: không có cột “Trực tuyến”"},
		{"there before it is due", plan.AsMet, plan.AsMissing, april, day(2024, 1, 1), figures{"online": "5", "resolved": "5"}, score.Met, 2,
			"5 of 5 dossiers = 100%, goal at least 65%: reached",
			"5 trên 5 hồ sơ = 100%, chỉ tiêu từ 65% trở lên: đạt"},
		{"invalid before it is due", plan.AsMet, plan.AsMet, april, day(2024, 1, 1), figures{"online": "!", "resolved": "5"}, score.Invalid, 0,
			"Dossiers online: 'S'!D17 holds #REF!",
			"Hồ sơ trực tuyến: ô 'S'!D17 chứa #REF!"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := newPlan(target(share("online", "resolved"), goal(plan.AtLeast, "65%"), func(x *plan.Target) {
				x.WhenEmpty, x.WhenMissing, x.Published = tt.whenEmpty, tt.whenMissing, tt.published
			}))
			r := score.Evaluate(p, reports(tt.facts), tt.asOf).Results[0]
			if r.Outcome != tt.outcome {
				t.Errorf("outcome %v, want %v", r.Outcome, tt.outcome)
			}
			if !r.Points.Exact.Equal(number.Int(tt.points)) {
				t.Errorf("%s points, want %d", r.Points.Exact, tt.points)
			}
			if r.Reason.In(lang.EN) != tt.reason || r.Reason.In(lang.VI) != tt.reasonVI {
				t.Errorf("\ngot  %s\n     %s\nwant %s\n     %s", r.Reason.In(lang.EN), r.Reason.In(lang.VI), tt.reason, tt.reasonVI)
			}
		})
	}
}

func TestUnitsThatAreNotBound(t *testing.T) {
	provincial := target(value("rank"), goal(plan.AtMost, "20"), func(x *plan.Target) {
		x.Levels, x.Units = []string{"province"}, []string{"so-tai-chinh"}
	})
	for _, tt := range []struct {
		name, level, unit string
		outcome           score.Outcome
		reason, reasonVI  string
	}{
		{"another level", "department", "so-noi-vu", score.NotApplicable,
			"binds province, so-tai-chinh; this unit is department",
			"áp dụng cho cấp tỉnh, so-tai-chinh; đơn vị này là sở, ban, ngành"},
		{"a level that is not known", "", "so-noi-vu", score.NotApplicable,
			"binds province, so-tai-chinh; of which level this unit is, is not known",
			"áp dụng cho cấp tỉnh, so-tai-chinh; chưa rõ cấp của đơn vị này"},
		{"the level", "province", "", score.Met,
			"rank 20, goal within the first 20: reached",
			"xếp thứ 20, chỉ tiêu trong nhóm 20: đạt"},
		{"the unit itself", "department", "so-tai-chinh", score.Met,
			"rank 20, goal within the first 20: reached",
			"xếp thứ 20, chỉ tiêu trong nhóm 20: đạt"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			set := reports(figures{"rank": "20"})
			set.Unit.Level, set.Unit.ID = tt.level, tt.unit
			r := score.Evaluate(newPlan(provincial), set, day(2024, 5, 1)).Results[0]
			if r.Outcome != tt.outcome || r.Reason.In(lang.EN) != tt.reason || r.Reason.In(lang.VI) != tt.reasonVI {
				t.Errorf("\ngot  %v: %s\n     %s\nwant %v: %s\n     %s", r.Outcome, r.Reason.In(lang.EN), r.Reason.In(lang.VI), tt.outcome, tt.reason, tt.reasonVI)
			}
			if r.Outcome == score.NotApplicable && (r.Value != nil || len(r.Facts) != 0 || !r.Points.Exact.IsZero()) {
				t.Error("a target that does not bind the unit has a value, facts or points")
			}
			if r.Goal.Shown.In(lang.EN) != "≤ 20" {
				t.Errorf("goal %q", r.Goal.Shown.In(lang.EN))
			}
		})
	}
}
