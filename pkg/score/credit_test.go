package score_test

import (
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

func band(cmp plan.Comparator, points string, bounds ...string) plan.Band {
	return plan.Band{Cmp: cmp, Bounds: goal(cmp, bounds...).Bounds, Points: exact(points)}
}

var (
	allOrNothing = plan.Credit{}
	proportional = plan.Credit{Kind: plan.Proportional}
	fromSeventy  = plan.Credit{Kind: plan.Linear, Floor: literal("70%")}
	rising       = plan.Credit{Kind: plan.Banded, Bands: []plan.Band{
		{Cmp: plan.Between, Bounds: []plan.Amount{literal("60%"), literal("90%")}, Earns: plan.BandSloped, Ends: []number.Exact{exact("0.5"), exact("2")}},
		{Cmp: plan.AtLeast, Bounds: []plan.Amount{literal("40%")}, Earns: plan.BandProportional}}}
	bands = plan.Credit{Kind: plan.Banded, Bands: []plan.Band{
		band(plan.MoreThan, "2", "90%"),
		band(plan.Between, "1", "70%", "90%"),
		band(plan.LessThan, "0.25", "70%"),
	}}
	choices = plan.Credit{Kind: plan.ByChoice, Choices: []plan.ChoicePoints{
		{Choice: "done", Points: exact("2")},
		{Choice: "in-progress", Points: exact("0.5")},
	}}
)

// The targets are worth 2 points.
func TestCredit(t *testing.T) {
	capex, unknown := value("capex"), plan.Credit{Kind: plan.Linear, Floor: param("government")}
	for _, tt := range []struct {
		name    string
		credit  plan.Credit
		measure plan.Measure
		goal    plan.Goal
		facts   figures
		outcome score.Outcome
		points  string
		shown   string
	}{
		{"all or nothing, met", allOrNothing, capex, goal(plan.AtLeast, "90%"), figures{"capex": "90%"}, score.Met, "2", "2"},
		{"all or nothing, missed", allOrNothing, capex, goal(plan.AtLeast, "90%"), figures{"capex": "89.9%"}, score.Missed, "0", "0"},

		{"proportional, half way", proportional, capex, goal(plan.AtLeast, "90%"), figures{"capex": "45%"}, score.Missed, "1", "1"},
		{"proportional, capped", proportional, capex, goal(plan.AtLeast, "50%"), figures{"capex": "100%"}, score.Met, "2", "2"},
		{"proportional, nothing", proportional, capex, goal(plan.AtLeast, "50%"), figures{"capex": "0"}, score.Missed, "0", "0"},
		{"proportional, a third", proportional, share("online", "resolved"), goal(plan.AtLeast, "100%"), figures{"online": "1", "resolved": "3"}, score.Missed, "2/3", "0.67"},
		{"proportional, nearly all is not all", proportional, share("online", "resolved"), goal(plan.AtLeast, "100%"), figures{"online": "99999", "resolved": "100000"}, score.Missed, "99999/50000", "1.99998"},
		{"proportional, hardly any is not none", proportional, share("online", "resolved"), goal(plan.AtLeast, "100%"), figures{"online": "1", "resolved": "100000"}, score.Missed, "1/50000", "0.00002"},
		{"proportional, below 0", proportional, of(plan.ChangeOf, capex, value("capex-before")), goal(plan.AtLeast, "5%"), figures{"capex": "1%", "capex-before": "2%"}, score.Missed, "0", "0"},
		{"proportional, a count", proportional, value("dialogues"), goal(plan.AtLeast, "3"), figures{"dialogues": "2"}, score.Missed, "4/3", "1.33"},
		{"proportional to 0 is all or nothing", proportional, of(plan.ChangeOf, capex, value("capex-before")), goal(plan.AtLeast, "0"), figures{"capex": "1%", "capex-before": "2%"}, score.Missed, "0", "0"},
		{"proportional at most is all or nothing: missed", proportional, value("dialogues"), goal(plan.AtMost, "3"), figures{"dialogues": "6"}, score.Missed, "0", "0"},
		{"proportional at most is all or nothing: met", proportional, value("dialogues"), goal(plan.AtMost, "3"), figures{"dialogues": "1"}, score.Met, "2", "2"},
		{"proportional between is all or nothing", proportional, value("dialogues"), goal(plan.Between, "2", "3"), figures{"dialogues": "1"}, score.Missed, "0", "0"},

		{"linear, at the floor", fromSeventy, capex, goal(plan.AtLeast, "90%"), figures{"capex": "70%"}, score.Missed, "0", "0"},
		{"linear, below the floor", fromSeventy, capex, goal(plan.AtLeast, "90%"), figures{"capex": "10%"}, score.Missed, "0", "0"},
		{"linear, a quarter of the way", fromSeventy, capex, goal(plan.AtLeast, "90%"), figures{"capex": "75%"}, score.Missed, "1/2", "0.5"},
		{"linear, at the goal", fromSeventy, capex, goal(plan.AtLeast, "90%"), figures{"capex": "90%"}, score.Met, "2", "2"},
		{"linear, beyond the goal", fromSeventy, capex, goal(plan.AtLeast, "90%"), figures{"capex": "95%"}, score.Met, "2", "2"},
		{"linear, downwards", fromSeventy, capex, goal(plan.AtMost, "50%"), figures{"capex": "60%"}, score.Missed, "1", "1"},
		{"linear, downwards, above the floor", fromSeventy, capex, goal(plan.AtMost, "50%"), figures{"capex": "80%"}, score.Missed, "0", "0"},
		{"linear from the goal itself is all or nothing", fromSeventy, capex, goal(plan.AtLeast, "70%"), figures{"capex": "69%"}, score.Missed, "0", "0"},
		{"linear to a range is all or nothing", fromSeventy, capex, goal(plan.Between, "80%", "90%"), figures{"capex": "75%"}, score.Missed, "0", "0"},
		{"linear from an unknown figure is all or nothing", unknown, capex, goal(plan.AtLeast, "90%"), figures{"capex": "80%"}, score.Missed, "0", "0"},

		{"bands, the first", bands, capex, goal(plan.AtLeast, "95%"), figures{"capex": "90.1%"}, score.Missed, "2", "2"},
		{"bands, an end", bands, capex, goal(plan.AtLeast, "95%"), figures{"capex": "90%"}, score.Missed, "1", "1"},
		{"bands, the other end", bands, capex, goal(plan.AtLeast, "95%"), figures{"capex": "70%"}, score.Missed, "1", "1"},
		{"bands, the last", bands, capex, goal(plan.AtLeast, "95%"), figures{"capex": "69.99%"}, score.Missed, "1/4", "0.25"},
		{"a band in proportion", rising, capex, goal(plan.AtLeast, "80%"), figures{"capex": "50%"}, score.Missed, "5/4", "1.25"},
		{"a band in proportion, past the goal", rising, capex, goal(plan.AtLeast, "40%"), figures{"capex": "50%"}, score.Met, "2", "2"},
		{"a rising band, its lower end", rising, capex, goal(plan.AtLeast, "80%"), figures{"capex": "60%"}, score.Missed, "1/2", "0.5"},
		{"a rising band", rising, capex, goal(plan.AtLeast, "80%"), figures{"capex": "75%"}, score.Missed, "5/4", "1.25"},
		{"a rising band, its upper end", rising, capex, goal(plan.AtLeast, "80%"), figures{"capex": "90%"}, score.Met, "2", "2"},
		{"bands that all miss", plan.Credit{Kind: plan.Banded, Bands: bands.Bands[:1]}, capex, goal(plan.AtLeast, "50%"), figures{"capex": "60%"}, score.Met, "0", "0"},
		{"a band above the points is capped", plan.Credit{Kind: plan.Banded, Bands: []plan.Band{band(plan.AtLeast, "9", "0")}}, capex, goal(plan.AtLeast, "50%"), figures{"capex": "60%"}, score.Met, "2", "2"},
		{"a band with an unknown end does not hold", plan.Credit{Kind: plan.Banded, Bands: []plan.Band{{Cmp: plan.AtLeast, Bounds: []plan.Amount{param("government")}, Points: exact("2")}}}, capex, goal(plan.AtLeast, "50%"), figures{"capex": "60%"}, score.Met, "0", "0"},

		{"by choice, all", choices, value("status"), chosen("done"), figures{"status": "is done"}, score.Met, "2", "2"},
		{"by choice, some", choices, value("status"), chosen("done"), figures{"status": "is in-progress"}, score.Missed, "1/2", "0.5"},
		{"by choice, none", choices, value("status"), chosen("done"), figures{"status": "is not-done"}, score.Missed, "0", "0"},

		{"missing earns nothing", proportional, capex, goal(plan.AtLeast, "50%"), figures{"capex": "?"}, score.Missing, "0", "0"},
		{"invalid earns nothing", proportional, capex, goal(plan.AtLeast, "50%"), figures{"capex": "!"}, score.Invalid, "0", "0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := judge(t, target(tt.measure, tt.goal, func(x *plan.Target) { x.Credit = tt.credit }), tt.facts)
			if r.Outcome != tt.outcome {
				t.Errorf("outcome %v, want %v: %s", r.Outcome, tt.outcome, r.Reason.In(lang.EN))
			}
			if got := r.Points.Exact.String(); got != tt.points || r.Points.Shown.In(lang.EN) != tt.shown {
				t.Errorf("%s points, printed %q; want %s, %q", got, r.Points.Shown.In(lang.EN), tt.points, tt.shown)
			}
			if !r.Max.Exact.Equal(number.Int(2)) {
				t.Errorf("of %s points", r.Max.Exact)
			}
		})
	}
}

func TestCreditInWords(t *testing.T) {
	for _, tt := range []struct {
		credit plan.Credit
		points string
		en, vi string
	}{
		{allOrNothing, "2", "all or nothing", "đạt được đủ điểm, không đạt không có điểm"},
		{proportional, "2", "in proportion to the goal, all points at the goal", "theo tỷ lệ so với chỉ tiêu, đạt chỉ tiêu được đủ điểm"},
		{fromSeventy, "2", "none at 70%, all at the goal, straight between", "70%: không có điểm; đạt chỉ tiêu: đủ điểm; ở giữa: nội suy tuyến tính"},
		{bands, "2", "> 90%: 2; 70%–90%: 1; < 70%: 0.25", "> 90%: 2; 70%–90%: 1; < 70%: 0,25"},
		{rising, "2", "60%–90%: 0.5 to 2, straight between; ≥ 40%: in proportion to the goal", "60%–90%: 0,5 đến 2, nội suy tuyến tính; ≥ 40%: theo tỷ lệ so với chỉ tiêu"},
		{plan.Credit{Kind: plan.Linear, Floor: param("government")}, "2", "none at ?, all at the goal, straight between", "?: không có điểm; đạt chỉ tiêu: đủ điểm; ở giữa: nội suy tuyến tính"},
		{bands, "0", "tracked only, no points", "chỉ theo dõi, không tính điểm"},
	} {
		r := judge(t, target(value("capex"), goal(plan.AtLeast, "90%"), func(x *plan.Target) {
			x.Credit, x.Points = tt.credit, exact(tt.points)
		}), figures{"capex": "95%"})
		if r.Credit.In(lang.EN) != tt.en || r.Credit.In(lang.VI) != tt.vi {
			t.Errorf("\ngot  %q, %q\nwant %q, %q", r.Credit.In(lang.EN), r.Credit.In(lang.VI), tt.en, tt.vi)
		}
	}
	r := judge(t, target(value("status"), chosen("done"), func(x *plan.Target) { x.Credit = choices }), figures{"status": "is done"})
	if want := "hoàn thành: 2; Đang thực hiện: 0,5"; r.Credit.In(lang.VI) != want {
		t.Errorf("got %q, want %q", r.Credit.In(lang.VI), want)
	}
}

// A target of no points is judged all the same, and changes no score.
func TestTrackedOnly(t *testing.T) {
	tracked := target(value("capex"), goal(plan.AtLeast, "90%"), func(x *plan.Target) {
		x.Points, x.Credit = number.Exact{}, bands
	})
	card := score.Evaluate(newPlan(tracked), reports(figures{"capex": "95%"}), day(2024, 1, 15))
	r := card.Results[0]
	if r.Outcome != score.Met || !r.Points.Exact.IsZero() || !r.Max.Exact.IsZero() {
		t.Errorf("%v with %s of %s points", r.Outcome, r.Points.Exact, r.Max.Exact)
	}
	if card.Total.Score != nil || card.Total.Coverage != nil {
		t.Error("there is a score of no points")
	}
	if card.Total.Met != 1 {
		t.Errorf("%d met", card.Total.Met)
	}
}

// A value near the end of a band is printed so that its points are plain.
func TestValueIsPrintedBesideTheBands(t *testing.T) {
	r := judge(t, target(share("online", "resolved"), goal(plan.AtLeast, "50%"), func(x *plan.Target) { x.Credit = bands }),
		figures{"online": "90001", "resolved": "100000"})
	if got := r.Value.Shown.In(lang.EN); got != "90.001%" || r.Points.Shown.In(lang.EN) != "2" {
		t.Errorf("%s earns %s", got, r.Points.Shown.In(lang.EN))
	}
}

func TestUnknownFigureInTheCreditIsDisclosed(t *testing.T) {
	r := judge(t, target(value("capex"), goal(plan.AtLeast, "90%"), func(x *plan.Target) {
		x.Credit = plan.Credit{Kind: plan.Linear, Floor: param("government")}
		x.Note = lang.T("A note.", "Ghi chú.")
	}), figures{"capex": "80%"})
	want := "judged without “the Government's figure”, which is not known; A note."
	if r.Note.In(lang.EN) != want {
		t.Errorf("\ngot  %s\nwant %s", r.Note.In(lang.EN), want)
	}
}
