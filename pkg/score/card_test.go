package score_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// drawn makes a plan and a unit's facts of every kind, by chance.
func drawn(random *rand.Rand) (*plan.Plan, fact.Set) {
	percent := func() string { return fmt.Sprintf("%d%%", random.IntN(101)) }
	small := func() string { return fmt.Sprint(random.IntN(12)) }
	measures := []func() (plan.Measure, func() string){
		func() (plan.Measure, func() string) { return share("online", "resolved"), percent },
		func() (plan.Measure, func() string) { return share("disbursed", "assigned"), percent },
		func() (plan.Measure, func() string) { return value("dialogues"), small },
		func() (plan.Measure, func() string) { return value("rank"), small },
		func() (plan.Measure, func() string) { return value("capex"), percent },
		func() (plan.Measure, func() string) {
			return of(plan.ChangeOf, value("capex"), value("capex-before")), percent
		},
		func() (plan.Measure, func() string) {
			return of(plan.MinOf, share("online", "resolved"), of(plan.OneMinus, value("capex"))), percent
		},
		func() (plan.Measure, func() string) {
			return of(plan.MeanOf, value("dialogues"), value("dialogues-before")), small
		},
	}
	var targets []plan.Target
	for i := range 12 {
		m, bound := measures[random.IntN(len(measures))]()
		low, high := bound(), bound()
		if exact(low).Cmp(exact(high)) > 0 {
			low, high = high, low
		}
		c := plan.Comparator(random.IntN(6))
		g := goal(c, low)
		if c == plan.Between {
			g = goal(c, low, high)
		}
		if i == 0 {
			m, g = value("status"), chosen("done")
		}
		targets = append(targets, target(m, g, func(x *plan.Target) {
			x.ID = fmt.Sprintf("t%d", i)
			x.Commitment = plan.Commitment(random.IntN(2))
			x.Points = number.Frac(int64(random.IntN(9)), 3)
			x.WhenEmpty, x.WhenMissing = plan.Absent(random.IntN(4)), plan.Absent(random.IntN(4))
			if random.IntN(4) == 0 {
				x.Published = day(2024, 4, 1)
			}
			if random.IntN(5) == 0 {
				x.Levels = []string{"province"}
			}
			x.Credit = []plan.Credit{allOrNothing, proportional,
				{Kind: plan.Linear, Floor: literal(bound())},
				{Kind: plan.Banded, Bands: []plan.Band{band(plan.AtLeast, "2", high), band(plan.LessThan, "0.5", low)}},
				choices,
			}[random.IntN(5)]
			x.Also = []string{"inspected", "online"}
			x.Readings = []plan.Reading{
				{ID: "other", Note: lang.Same("another goal"), Measure: m, Goal: goal(plan.AtLeast, bound())},
			}
			if g.Choice != "" {
				x.Readings[0].Goal = chosen("in-progress")
			}
		}))
	}
	f := figures{}
	for _, pf := range planFacts {
		switch k := random.IntN(10); {
		case k == 0:
			f[pf.ID] = "?"
		case k == 1:
			f[pf.ID] = "!"
		case k == 2: // not collected
		case pf.Kind == plan.ChoiceFact:
			f[pf.ID] = "is " + []string{"done", "in-progress", "not-done"}[random.IntN(3)]
		case pf.Kind == plan.ShareFact:
			f[pf.ID] = percent()
		case pf.Kind == plan.RankFact:
			f[pf.ID] = fmt.Sprint(1 + random.IntN(12))
		default:
			f[pf.ID] = small()
		}
	}
	set := reports(f)
	set.Diagnostics.Add(diag.TextNumber, diag.At("agency.xlsx", "S", 3, 4), lang.Same("b"))
	set.Diagnostics.Add(diag.TextNumber, diag.At("agency.xlsx", "S", 3, 4), lang.Same("a"))
	set.Diagnostics.Add(diag.HiddenRow, diag.At("agency.xlsx", "S", 2, 9), lang.Same("c"))
	return newPlan(targets...), set
}

// eachDrawn runs a test on many plans and facts.
func eachDrawn(t *testing.T, n int, test func(*rand.Rand, *plan.Plan, fact.Set)) {
	t.Helper()
	for seed := range uint64(n) {
		random := rand.New(rand.NewPCG(seed, 2023))
		p, set := drawn(random)
		test(random, p, set)
		if t.Failed() {
			t.Fatalf("with seed %d", seed)
		}
	}
}

func TestTheOrderOfFactsDoesNotShow(t *testing.T) {
	eachDrawn(t, 100, func(random *rand.Rand, p *plan.Plan, set fact.Set) {
		want := score.Evaluate(p, set, day(2024, 1, 15))
		random.Shuffle(len(set.Facts), func(i, k int) { set.Facts[i], set.Facts[k] = set.Facts[k], set.Facts[i] })
		slices.Reverse(set.Diagnostics)
		if diff := cmp.Diff(want, score.Evaluate(p, set, day(2024, 1, 15))); diff != "" {
			t.Errorf("another card:\n%s", diff)
		}
	})
}

func TestEvaluateChangesNothingItIsGiven(t *testing.T) {
	eachDrawn(t, 30, func(random *rand.Rand, p *plan.Plan, set fact.Set) {
		planBefore, setBefore := *p, set
		planBefore.Targets, setBefore.Facts = slices.Clone(p.Targets), slices.Clone(set.Facts)
		setBefore.Diagnostics = slices.Clone(set.Diagnostics)
		card := score.Evaluate(p, set, day(2024, 1, 15))
		for i := range card.Facts {
			card.Facts[i].ID = "changed"
		}
		if diff := cmp.Diff(planBefore, *p); diff != "" {
			t.Errorf("the plan has changed:\n%s", diff)
		}
		if diff := cmp.Diff(setBefore, set); diff != "" {
			t.Errorf("the facts have changed:\n%s", diff)
		}
	})
}

// One judge of many units gives each the card that it gets alone.
func TestJudgeIsUsedAgain(t *testing.T) {
	asOf := day(2024, 1, 15)
	eachDrawn(t, 30, func(random *rand.Rand, p *plan.Plan, set fact.Set) {
		judge := score.NewJudge(p)
		for range 3 {
			for i := range set.Facts {
				set.Facts[i].State = fact.State(random.IntN(3))
			}
			set.Unit.Level = []string{"", "province", "district"}[random.IntN(3)]
			if diff := cmp.Diff(score.Evaluate(p, set, asOf), judge.Evaluate(set, asOf)); diff != "" {
				t.Errorf("(-alone +again):\n%s", diff)
			}
		}
	})
}

func TestCardSurvivesJSON(t *testing.T) {
	eachDrawn(t, 100, func(random *rand.Rand, p *plan.Plan, set fact.Set) {
		cards := []score.Card{score.Evaluate(p, set, day(2024, 1, 15))}
		score.Waive(cards, []plan.Waiver{{Target: "t3", Unit: "*", Reason: "r", Approver: "a", Issued: day(2023, 1, 1), Expires: day(2025, 1, 1)}}, day(2024, 1, 15))
		b, err := json.Marshal(cards)
		if err != nil {
			t.Fatal(err)
		}
		var got []score.Card
		if err := json.Unmarshal(b, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(cards, got); diff != "" {
			t.Errorf("the card came back as another one:\n%s", diff)
		}
	})
}

// The tallies are those of the results, whichever way they are counted, and
// no result earns more than it can.
func TestTalliesAddUp(t *testing.T) {
	one := number.Int(1)
	eachDrawn(t, 300, func(random *rand.Rand, p *plan.Plan, set fact.Set) {
		card := score.Evaluate(p, set, day(2024, 1, 15))
		var points, most, judged number.Exact
		for _, r := range card.Results {
			if r.Points.Exact.Sign() < 0 || r.Points.Exact.Cmp(r.Max.Exact) > 0 {
				t.Errorf("%s earns %s of %s points", r.Target, r.Points.Exact, r.Max.Exact)
			}
			if !r.Outcome.Applicable() {
				if !r.Points.Exact.IsZero() {
					t.Errorf("%s is %v and earns points", r.Target, r.Outcome)
				}
				continue
			}
			points, most = points.Add(r.Points.Exact), most.Add(r.Max.Exact)
			if r.Outcome == score.Met || r.Outcome == score.Missed {
				judged = judged.Add(r.Max.Exact)
			}
		}
		total, parts := card.Total, []score.Tally{card.Mandatory, card.Aspirational}
		if !total.Points.Exact.Equal(points) || !total.Max.Exact.Equal(most) {
			t.Errorf("%s of %s points, want %s of %s", total.Points.Exact, total.Max.Exact, points, most)
		}
		if n := total.Applicable() + total.Pending + total.NotApplicable; n != len(card.Results) {
			t.Errorf("%d results are counted as %d", len(card.Results), n)
		}
		if total.Score != nil && (!total.Score.Exact.Mul(most).Equal(points) || total.Score.Exact.Cmp(one) > 0) {
			t.Errorf("score %s of %s / %s", total.Score.Exact, points, most)
		}
		if total.Coverage != nil && !total.Coverage.Exact.Mul(most).Equal(judged) {
			t.Errorf("coverage %s of %s / %s", total.Coverage.Exact, judged, most)
		}
		if most.IsZero() != (total.Score == nil) || most.IsZero() != (total.Coverage == nil) {
			t.Errorf("a score of %s points", most)
		}
		if diff := cmp.Diff(plain(total), plain(parts...)); diff != "" {
			t.Errorf("mandatory and aspirational are not the total:\n%s", diff)
		}
	})
}

// plain adds tallies up as plain counts.
func plain(tallies ...score.Tally) map[string]string {
	counts := map[string]int{}
	var points, most number.Exact
	for _, t := range tallies {
		points, most = points.Add(t.Points.Exact), most.Add(t.Max.Exact)
		counts["met"] += t.Met
		counts["missed"] += t.Missed
		counts["missing"] += t.Missing
		counts["pending"] += t.Pending
		counts["not applicable"] += t.NotApplicable
		counts["invalid"] += t.Invalid
		counts["disagree"] += t.Disagree
	}
	return map[string]string{"points": points.String(), "max": most.String(), "counts": fmt.Sprint(counts)}
}

func TestTally(t *testing.T) {
	third := number.Frac(1, 3)
	p := newPlan(
		target(value("capex"), goal(plan.AtLeast, "50%")),
		target(value("capex"), goal(plan.AtLeast, "90%"), func(x *plan.Target) { x.Points = third }),
		target(value("capex-before"), goal(plan.AtLeast, "1%"), func(x *plan.Target) { x.Commitment = plan.Aspirational }),
		target(value("online"), goal(plan.AtLeast, "1"), func(x *plan.Target) { x.Commitment = plan.Aspirational }),
		target(value("rank"), goal(plan.AtMost, "20"), func(x *plan.Target) { x.Published = day(2024, 4, 1) }),
		target(value("rank"), goal(plan.AtMost, "20"), func(x *plan.Target) { x.Levels = []string{"province"} }),
	)
	card := score.Evaluate(p, reports(figures{"capex": "60%", "capex-before": "?", "online": "!"}), day(2024, 1, 15))
	figure := func(s, shown, vi string) score.Figure { return score.Figure{Exact: exact(s), Shown: lang.T(shown, vi)} }
	pointer := func(f score.Figure) *score.Figure { return &f }
	want := score.Tally{
		Points: figure("2", "2", "2"), Max: figure("19/3", "6.33", "6,33"),
		Score: pointer(figure("6/19", "31.58%", "31,58%")), Coverage: pointer(figure("7/19", "36.84%", "36,84%")),
		Met: 1, Missed: 1, Missing: 1, Pending: 1, NotApplicable: 1, Invalid: 1,
	}
	if diff := cmp.Diff(want, card.Total); diff != "" {
		t.Errorf("total:\n%s", diff)
	}
	want = score.Tally{
		Points: figure("0", "0", "0"), Max: figure("4", "4", "4"),
		Score: pointer(figure("0", "0%", "0%")), Coverage: pointer(figure("0", "0%", "0%")),
		Missing: 1, Invalid: 1,
	}
	if diff := cmp.Diff(want, card.Aspirational); diff != "" {
		t.Errorf("aspirational:\n%s", diff)
	}
}

// A score that is nearly all or nearly none is not printed as all or none.
func TestScoreIsPrintedHonestly(t *testing.T) {
	p := newPlan(target(share("online", "resolved"), goal(plan.AtLeast, "100%"), func(x *plan.Target) { x.Credit = proportional }))
	for part, want := range map[string]string{"99999": "99.999%", "1": "0.001%", "100000": "100%", "0": "0%", "50001": "50.00%"} {
		card := score.Evaluate(p, reports(figures{"online": part, "resolved": "100000"}), day(2024, 1, 15))
		if got := card.Total.Score.Shown.In(lang.EN); got != want {
			t.Errorf("%s of 100,000 scores %s, want %s", part, got, want)
		}
	}
}

func TestResultTellsItsParts(t *testing.T) {
	p := newPlan(target(share("online", "resolved"), goal(plan.AtLeast, "65%"), func(x *plan.Target) {
		x.Also = []string{"disbursed", "status", "inspected"}
		x.Remedy = lang.T("do it", "làm đi")
		x.Note = lang.T("a note", "ghi chú")
		x.Commitment = plan.Aspirational
	}))
	set := reports(figures{"online": "1299", "resolved": "?", "disbursed": "12.5", "status": "is done"})
	set.Facts[0].Shown = lang.T("1,299", "1.299")
	got := score.Evaluate(p, set, day(2024, 1, 15)).Results[0]
	zero, two := score.Figure{Shown: lang.Same("0")}, score.Figure{Exact: number.Int(2), Shown: lang.Same("2")}
	want := score.Result{
		Target: "t", Definition: "d1", Title: lang.T("Target", "Chỉ tiêu"),
		Area: "procedures", AreaTitle: lang.T("Procedures", "Thủ tục hành chính"),
		Clause: "I.2", Quote: "đạt", Commitment: plan.Aspirational, Kind: plan.ShareKind,
		Outcome: score.Missing, Reason: lang.T("Dossiers resolved: no column “Online”", "Hồ sơ đã giải quyết: không có cột “Trực tuyến”"),
		Numerator: &score.Part{
			Fact: "online", Title: lang.T("Dossiers online", "Hồ sơ trực tuyến"), Unit: lang.T("dossiers", "hồ sơ"), State: fact.Reported,
			Figure: score.Figure{Exact: number.Int(1299), Shown: lang.T("1,299", "1.299")},
		},
		Denominator: &score.Part{
			Fact: "resolved", Title: lang.T("Dossiers resolved", "Hồ sơ đã giải quyết"), Unit: lang.T("dossiers", "hồ sơ"), State: fact.Missing,
		},
		Goal:   score.Goal{Comparator: plan.AtLeast, Bounds: []score.Figure{{Exact: number.Frac(65, 100), Shown: lang.Same("65%")}}, Shown: lang.Same("≥ 65%")},
		Points: zero, Max: two, Credit: lang.T("all or nothing", "đạt được đủ điểm, không đạt không có điểm"),
		Also: []score.Part{
			{Fact: "disbursed", Title: lang.T("Disbursed", "Đã giải ngân"), Unit: lang.T("million dong", "triệu đồng"), State: fact.Reported,
				Figure: score.Figure{Exact: number.Frac(25, 2), Shown: lang.T("12.5", "12,5")}},
			{Fact: "status", Title: lang.T("Plan issued", "Ban hành kế hoạch"), State: fact.Reported,
				Figure: score.Figure{Shown: lang.T("done", "hoàn thành")}},
			{Fact: "inspected", Title: lang.T("Agencies inspected", "Cơ quan đã kiểm tra"), Unit: lang.T("agencies", "cơ quan"), State: fact.Missing},
		},
		Facts: []string{"online", "resolved"}, Note: lang.T("a note", "ghi chú"), Remedy: lang.T("do it", "làm đi"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCardTellsWhereItComesFrom(t *testing.T) {
	p := newPlan()
	set := reports(figures{"rank": "3", "online": "1"})
	set.Period = plan.Period{From: day(2023, 1, 1), To: day(2023, 12, 31)}
	set.PeriodFrom = lang.Same("'S'!A3")
	slices.Reverse(set.Facts)
	got := score.Evaluate(p, set, day(2024, 1, 15))
	none := score.Tally{Points: score.Figure{Shown: lang.Same("0")}, Max: score.Figure{Shown: lang.Same("0")}}
	want := score.Card{
		Plan: score.PlanRef{ID: "test-2023", Title: p.Title, Document: "1/KH", Date: day(2022, 12, 23), SHA256: "ab"},
		Unit: set.Unit, Period: set.Period, PeriodFrom: set.PeriodFrom, AsOf: day(2024, 1, 15), Input: set.Input,
		Total: none, Mandatory: none, Aspirational: none,
		Results: []score.Result{}, Facts: []fact.Fact{set.Facts[1], set.Facts[0]}, Diagnostics: diag.List{},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got.Find("t") != nil {
		t.Error("a target that is not there is found")
	}
}

func TestOutcomeNames(t *testing.T) {
	for o, want := range map[score.Outcome][3]string{
		score.Missing:       {"missing", "missing", "thiếu số liệu"},
		score.Met:           {"met", "met", "đạt"},
		score.Missed:        {"missed", "missed", "không đạt"},
		score.Pending:       {"pending", "not due yet", "chưa đến hạn"},
		score.NotApplicable: {"not_applicable", "not applicable", "không áp dụng"},
		score.Invalid:       {"invalid", "invalid", "không dùng được"},
	} {
		if got := [3]string{o.String(), o.Title().In(lang.EN), o.Title().In(lang.VI)}; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		var back score.Outcome
		if err := back.UnmarshalText([]byte(o.String())); err != nil || back != o {
			t.Errorf("%v is read back as %v, %v", o, back, err)
		}
	}
	var o score.Outcome
	if err := o.UnmarshalText([]byte("passed")); err == nil || err.Error() != `unknown outcome "passed"` {
		t.Errorf("got %v", err)
	}
}
