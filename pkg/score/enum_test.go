package score_test

import (
	"strconv"
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// values lists an enumeration: all values that have a name.
func values[E interface {
	~uint8
	String() string
}]() []E {
	var list []E
	for e := E(0); e.String() != strconv.Itoa(int(e)); e++ {
		list = append(list, e)
	}
	return list
}

func worded(t *testing.T, what string, x lang.Text) {
	t.Helper()
	if x.Written(lang.VI) == "" || x.Written(lang.EN) == "" {
		t.Errorf("%s is %q: want words in both languages", what, x.In(lang.EN))
	}
}

// The tables below have a row for each value of an enumeration; one that is
// added fails until it is judged and worded.

func TestEveryCreditKindEarnsPointsAndHasWords(t *testing.T) {
	rows := map[plan.CreditKind]struct {
		measure plan.Measure
		goal    plan.Goal
		credit  plan.Credit
		facts   figures
		earns   string // of 2 points, for half of the goal
	}{
		plan.AllOrNothing: {value("dialogues"), goal(plan.AtLeast, "10"), plan.Credit{}, figures{"dialogues": "5"}, "0"},
		plan.Proportional: {value("dialogues"), goal(plan.AtLeast, "10"), plan.Credit{}, figures{"dialogues": "5"}, "1"},
		plan.Linear:       {value("dialogues"), goal(plan.AtLeast, "10"), plan.Credit{Floor: literal("2")}, figures{"dialogues": "5"}, "3/4"},
		plan.Banded: {value("dialogues"), goal(plan.AtLeast, "10"), plan.Credit{Bands: []plan.Band{band(plan.AtLeast, "3/2", "5"), band(plan.LessThan, "0", "5")}},
			figures{"dialogues": "5"}, "3/2"},
		plan.ByChoice: {value("status"), chosen("done"), plan.Credit{Choices: []plan.ChoicePoints{{Choice: "in-progress", Points: exact("1/2")}}},
			figures{"status": "is in-progress"}, "1/2"},
		plan.ByPlace: {value("dialogues"), goal(plan.AtLeast, "10"), plan.Credit{Places: []plan.Place{{Within: exact("2"), Points: exact("1")}}}, figures{"dialogues": "5"}, "1"},
		plan.OfBest:  {value("dialogues"), goal(plan.AtLeast, "10"), plan.Credit{}, figures{"dialogues": "5"}, "5/4"},
		plan.OfSpan:  {value("dialogues"), goal(plan.AtLeast, "10"), plan.Credit{}, figures{"dialogues": "5"}, "1"},
		plan.EachOf:  {value("dialogues"), goal(plan.AtLeast, "10"), plan.Credit{Each: exact("0.25")}, figures{"dialogues": "5"}, "5/4"},
	}
	seen := map[string]plan.CreditKind{}
	for _, kind := range values[plan.CreditKind]() {
		row, ok := rows[kind]
		if !ok {
			t.Errorf("no row for the credit kind %s: how is it scored?", kind)
			continue
		}
		row.credit.Kind = kind
		x := target(row.measure, row.goal, func(t *plan.Target) { t.Credit = row.credit })
		r := judge(t, x, row.facts)
		if kind.Relative() { // beside units with 8 and 2
			r = related(t, x, row.facts, figures{"dialogues": "8"}, figures{"dialogues": "2"})
		}
		if r.Outcome != score.Missed || r.Points.Exact.String() != row.earns {
			t.Errorf("%s: %s with %s points, want missed with %s", kind, r.Outcome, r.Points.Exact, row.earns)
		}
		worded(t, "credit "+kind.String(), r.Credit)
		words := r.Credit.In(lang.EN)
		if other, twice := seen[words]; twice {
			t.Errorf("credit %s has the words of %s: %q", kind, other, words)
		}
		seen[words] = kind
	}
}

func TestEveryComparatorJudgesAndHasWords(t *testing.T) {
	rows := map[plan.Comparator]struct {
		bounds []string
		met    string // of 4, 5, 6
	}{
		plan.AtLeast:  {[]string{"5"}, "-++"},
		plan.MoreThan: {[]string{"5"}, "--+"},
		plan.AtMost:   {[]string{"5"}, "++-"},
		plan.LessThan: {[]string{"5"}, "+--"},
		plan.Between:  {[]string{"5", "6"}, "-++"},
		plan.Is:       {[]string{"5"}, "-+-"},
	}
	for _, c := range values[plan.Comparator]() {
		row, ok := rows[c]
		if !ok {
			t.Errorf("no row for the comparator %s: how is it judged?", c)
			continue
		}
		got := ""
		for _, n := range []string{"4", "5", "6"} {
			r := judge(t, target(value("dialogues"), goal(c, row.bounds...)), figures{"dialogues": n})
			got += map[score.Outcome]string{score.Met: "+", score.Missed: "-"}[r.Outcome]
			worded(t, c.String(), r.Goal.Shown)
			worded(t, c.String(), r.Reason)
		}
		if got != row.met {
			t.Errorf("%s %v of 4, 5, 6 is %s, want %s", c, row.bounds, got, row.met)
		}
	}
}

func TestEveryMeasureIsWorkedOutAndHasWords(t *testing.T) {
	a, b := value("dialogues"), value("dialogues-before")
	rows := map[plan.MeasureOp]struct {
		measure plan.Measure
		want    string // of 6 and 3
	}{
		plan.ValueOf:  {a, "6"},
		plan.ShareOf:  {share("dialogues-before", "dialogues"), "1/2"},
		plan.ChangeOf: {of(plan.ChangeOf, a, b), "3"},
		plan.GrowthOf: {of(plan.GrowthOf, a, b), "1"},
		plan.OneMinus: {of(plan.OneMinus, share("dialogues-before", "dialogues")), "1/2"},
		plan.MinOf:    {of(plan.MinOf, a, b), "3"},
		plan.MaxOf:    {of(plan.MaxOf, a, b), "6"},
		plan.SumOf:    {of(plan.SumOf, a, b), "9"},
		plan.MeanOf:   {of(plan.MeanOf, a, b), "9/2"},

		plan.ProductOf:  {of(plan.ProductOf, a, b), "18"},
		plan.QuotientOf: {of(plan.QuotientOf, a, b), "2"},
		plan.FirstOf:    {of(plan.FirstOf, value("inspected"), b, a), "3"},
		plan.FractionOf: {of(plan.FractionOf, b, of(plan.SumOf, a, b)), "1/3"},
		plan.RatioOf:    {plan.Measure{Op: plan.RatioOf, Args: []plan.Measure{a, b}, Per: new(number.Int(10)), Unit: lang.T("days", "ngày")}, "20"},
		plan.ConstantOf: {of(plan.SumOf, a, plan.Measure{Op: plan.ConstantOf, Value: number.Int(4)}), "10"},
		plan.ParamOf:    {of(plan.ProductOf, a, plan.Measure{Op: plan.ParamOf, Param: "known"}), "21/5"},
	}
	rows[plan.MetOf] = struct {
		measure plan.Measure
		want    string
	}{plan.Measure{Op: plan.MetOf}, "0"} // of no targets: TestMetCountsTargets has others
	for _, op := range values[plan.MeasureOp]() {
		row, ok := rows[op]
		if !ok {
			t.Errorf("no row for the measure %s: what does it come to?", op)
			continue
		}
		r := judge(t, target(row.measure, goal(plan.AtLeast, "0")), figures{"dialogues": "6", "dialogues-before": "3"})
		if r.Value == nil || r.Value.Exact.String() != row.want {
			t.Errorf("%s is %v, want %s", op, r.Value, row.want)
		}
		worded(t, op.String(), r.Reason)
	}
}

func TestEveryAnswerToAnAbsentFigureIsGiven(t *testing.T) {
	rows := map[plan.Absent]struct {
		missing, empty score.Outcome
		points         string // of a missing figure
	}{
		plan.AsMissing:       {score.Missing, score.Missing, "0"},
		plan.AsNotApplicable: {score.NotApplicable, score.NotApplicable, "0"},
		plan.AsMet:           {score.Missing, score.Met, "2"},
		plan.AsMissed:        {score.Missing, score.Missed, "0"},
	}
	for _, as := range values[plan.Absent]() {
		row, ok := rows[as]
		if !ok {
			t.Errorf("no row for %s: what is an absent figure then?", as)
			continue
		}
		change := func(t *plan.Target) { t.WhenMissing, t.WhenEmpty = as, as }
		missing := judge(t, target(value("dialogues"), goal(plan.AtLeast, "1"), change), figures{"dialogues": "?"})
		if missing.Outcome != row.missing || missing.Points.Exact.String() != row.points {
			t.Errorf("%s: a missing figure is %s with %s points, want %s with %s", as, missing.Outcome, missing.Points.Exact, row.missing, row.points)
		}
		empty := judge(t, target(share("online", "resolved"), goal(plan.AtLeast, "1/2"), change), figures{"online": "0", "resolved": "0"})
		if empty.Outcome != row.empty {
			t.Errorf("%s: an empty denominator is %s, want %s", as, empty.Outcome, row.empty)
		}
		worded(t, as.String(), empty.Reason)
	}
}

func TestEveryFactKindIsPrinted(t *testing.T) {
	rows := map[plan.FactKind]struct{ fact, holds, want string }{
		plan.CountFact:  {"dialogues", "1234", "1,234"},
		plan.AmountFact: {"disbursed", "5/2", "2.5"},
		plan.ShareFact:  {"capex", "1/4", "25%"},
		plan.RankFact:   {"rank", "3", "3"},
		plan.ChoiceFact: {"status", "is done", "done"},
		plan.DateFact:   {"came", "46099", "2026-03-18"},
	}
	for _, kind := range values[plan.FactKind]() {
		row, ok := rows[kind]
		if !ok {
			t.Errorf("no row for the kind %s: how is it printed?", kind)
			continue
		}
		wanted := goal(plan.AtLeast, "0")
		if kind == plan.ChoiceFact {
			wanted = chosen("done")
		}
		r := judge(t, target(value(row.fact), wanted), figures{row.fact: row.holds})
		if got := shownIn(lang.EN, r.Value); got != row.want {
			t.Errorf("%s %s is printed %q, want %q", kind, row.holds, got, row.want)
		}
		if r.Kind.String() != kind.String() {
			t.Errorf("a value of kind %s makes a result of kind %q", kind, r.Kind)
		}
	}
}

func TestEveryOutcomeIsCountedAndHasWords(t *testing.T) {
	seen := map[string]bool{}
	for o := range score.Tracked + 1 {
		worded(t, o.String(), o.Title())
		for _, l := range []lang.Lang{lang.VI, lang.EN} {
			if word := o.Title().In(l); seen[word] {
				t.Errorf("two outcomes are %q", word)
			} else {
				seen[word] = true
			}
		}
		var back score.Outcome
		if text, _ := o.MarshalText(); back.UnmarshalText(text) != nil || back != o {
			t.Errorf("%s is read back as %s", o, back)
		}
	}
}
