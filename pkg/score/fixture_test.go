package score_test

import (
	"testing"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// exact reads "65%", "0.5", "1/3" or "20".
func exact(s string) number.Exact {
	if x, _, err := number.ParsePlain(s); err == nil {
		return x
	}
	var x number.Exact
	if err := x.UnmarshalText([]byte(s)); err != nil {
		panic(err)
	}
	return x
}

func literal(s string) plan.Amount { return plan.Amount{Value: exact(s)} }

func param(id string) plan.Amount { return plan.Amount{Op: plan.ParamValue, Param: id} }

func made(op plan.AmountOp, args ...plan.Amount) plan.Amount { return plan.Amount{Op: op, Args: args} }

func goal(cmp plan.Comparator, bounds ...string) plan.Goal {
	g := plan.Goal{Cmp: cmp}
	for _, b := range bounds {
		g.Bounds = append(g.Bounds, literal(b))
	}
	return g
}

func chosen(choice string) plan.Goal { return plan.Goal{Cmp: plan.Is, Choice: choice} }

func value(id string) plan.Measure { return plan.Measure{Fact: id} }

func share(part, whole string) plan.Measure {
	return plan.Measure{Op: plan.ShareOf, Part: part, Whole: whole}
}

func of(op plan.MeasureOp, args ...plan.Measure) plan.Measure {
	return plan.Measure{Op: op, Args: args}
}

// the plan's facts: two of each kind.
var planFacts = []plan.Fact{
	{ID: "online", Kind: plan.CountFact, Title: lang.T("Dossiers online", "Hồ sơ trực tuyến"), Unit: lang.T("dossiers", "hồ sơ")},
	{ID: "resolved", Kind: plan.CountFact, Title: lang.T("Dossiers resolved", "Hồ sơ đã giải quyết"), Unit: lang.T("dossiers", "hồ sơ")},
	{ID: "inspected", Kind: plan.CountFact, Title: lang.T("Agencies inspected", "Cơ quan đã kiểm tra"), Unit: lang.T("agencies", "cơ quan")},
	{ID: "dialogues", Kind: plan.CountFact, Title: lang.T("Dialogues", "Cuộc đối thoại"), Unit: lang.T("dialogues", "cuộc")},
	{ID: "dialogues-before", Kind: plan.CountFact, Title: lang.T("Dialogues last year", "Cuộc đối thoại năm trước"), Unit: lang.T("dialogues", "cuộc")},
	{ID: "disbursed", Kind: plan.AmountFact, Title: lang.T("Disbursed", "Đã giải ngân"), Unit: lang.T("million dong", "triệu đồng")},
	{ID: "assigned", Kind: plan.AmountFact, Title: lang.T("Assigned", "Kế hoạch giao"), Unit: lang.T("million dong", "triệu đồng")},
	{ID: "capex", Kind: plan.ShareFact, Title: lang.T("Investment share", "Tỷ trọng chi đầu tư")},
	{ID: "capex-before", Kind: plan.ShareFact, Title: lang.T("Investment share last year", "Tỷ trọng chi đầu tư năm trước")},
	{ID: "rank", Kind: plan.RankFact, Title: lang.T("PAR INDEX", "Chỉ số CCHC")},
	{ID: "rank-before", Kind: plan.RankFact, Title: lang.T("PAR INDEX last year", "Chỉ số CCHC năm trước")},
	{ID: "status", Kind: plan.ChoiceFact, Title: lang.T("Plan issued", "Ban hành kế hoạch"), Values: []plan.ChoiceValue{
		{ID: "done", Title: lang.T("done", "hoàn thành")},
		{ID: "in-progress", Names: []string{"Đang thực hiện"}},
		{ID: "not-done"},
	}},
	{ID: "came", Kind: plan.DateFact, Title: lang.T("Day of receipt", "Ngày nộp")},
	{ID: "due", Kind: plan.DateFact, Title: lang.T("Deadline", "Hạn nộp")},
}

// newPlan is a plan of two levels and two params, one of them without a value.
func newPlan(targets ...plan.Target) *plan.Plan {
	known := exact("70%")
	return &plan.Plan{
		ID:       "test-2023",
		SHA256:   "ab",
		Title:    lang.T("A plan", "Kế hoạch"),
		Document: plan.Document{Number: "1/KH", Date: date.Date{Year: 2022, Month: 12, Day: 23}},
		Levels: []plan.Level{
			{ID: "province", Title: lang.T("province", "cấp tỉnh")},
			{ID: "department", Title: lang.T("department", "sở, ban, ngành")},
		},
		Areas: []plan.Area{{ID: "procedures", Title: lang.T("Procedures", "Thủ tục hành chính")}},
		Params: []plan.Param{
			{ID: "known", Title: lang.T("a known figure", "mức đã biết"), Value: &known},
			{ID: "government", Title: lang.T("the Government's figure", "mức Chính phủ giao")},
		},
		Facts:   planFacts,
		Targets: targets,
	}
}

// target is one that binds departments and is worth 2 points, all or nothing.
func target(m plan.Measure, g plan.Goal, change ...func(*plan.Target)) plan.Target {
	t := plan.Target{
		ID:         "t",
		Area:       "procedures",
		Title:      lang.T("Target", "Chỉ tiêu"),
		Clause:     "I.2",
		Quote:      "đạt",
		Levels:     []string{"department"},
		Measure:    m,
		Goal:       g,
		Points:     number.Int(2),
		Definition: "d1",
	}
	for _, c := range change {
		c(&t)
	}
	return t
}

// reports makes a department's facts: "65%" or "20" are figures, "is done" is
// a choice, "?" is missing, "!" is invalid.
func reports(figures map[string]string) fact.Set {
	set := fact.Set{
		Input: fact.Input{File: "agency.xlsx", Kind: "xlsx", SHA256: "cd", Bytes: 1},
		Unit:  fact.Unit{ID: "so-noi-vu", Name: lang.T("Home Affairs", "Sở Nội vụ"), Level: "department"},
	}
	for _, pf := range planFacts {
		s, ok := figures[pf.ID]
		if !ok {
			continue
		}
		f := fact.Fact{ID: pf.ID, Title: pf.Title, Unit: pf.Unit, Kind: pf.Kind, State: fact.Reported}
		switch {
		case s == "?":
			f.State, f.Reason = fact.Missing, lang.T("no column “Online”", "không có cột “Trực tuyến”")
		case s == "!":
			f.State, f.Reason = fact.Invalid, lang.T("'S'!D17 holds #REF!", "ô 'S'!D17 chứa #REF!")
		case len(s) > 3 && s[:3] == "is ":
			f.Choice = s[3:]
		default:
			f.Value = exact(s)
		}
		set.Facts = append(set.Facts, f)
	}
	return set
}

type figures = map[string]string

func judge(t *testing.T, tt plan.Target, f figures) score.Result {
	t.Helper()
	card := score.Evaluate(newPlan(tt), reports(f), date.Date{Year: 2024, Month: 1, Day: 15})
	if len(card.Results) != 1 {
		t.Fatalf("%d results for one target", len(card.Results))
	}
	return card.Results[0]
}

func day(y, m, d int) date.Date { return date.Date{Year: y, Month: m, Day: d} }

// shownIn is a figure as printed, "" for none.
func shownIn(l lang.Lang, f *score.Figure) string {
	if f == nil {
		return ""
	}
	return f.Shown.In(l)
}
