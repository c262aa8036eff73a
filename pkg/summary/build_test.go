package summary_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/summary"
)

// simplePlan has one target: a of b, at least 60 %, in proportion.
func simplePlan() *plan.Plan {
	p := samplePlan(0)
	p.Facts = []plan.Fact{{ID: "a"}, {ID: "b"}}
	p.Targets = []plan.Target{{ID: "share", Area: "procedures", Levels: []string{"department", "district"}, Points: number.Int(1),
		Measure: share("a", "b"), Goal: atLeast(6, 10), Credit: plan.Credit{Kind: plan.Proportional}, Definition: "1"}}
	return p
}

type submission struct {
	id, name, level, group string
	file, sha              string
	a, b                   int64
	period                 plan.Period
}

// card judges a submission by a plan.
func (x submission) card(p *plan.Plan) score.Card {
	if x.period == (plan.Period{}) {
		x.period = p.Period
	}
	set := fact.Set{
		Input:  fact.Input{File: x.file, SHA256: x.sha},
		Unit:   fact.Unit{ID: x.id, Name: lang.Same(x.name), Level: x.level, Group: x.group},
		Period: x.period, Facts: []fact.Fact{reported("a", x.a), reported("b", x.b)},
	}
	return score.Evaluate(p, set, p.Period.To)
}

func smallRoster() *plan.Roster {
	r := &plan.Roster{ID: "small", File: "roster.yaml"}
	r.Deadline, _ = date.Of(2024, 1, 15)
	for i, name := range []string{"Sở Nội vụ", "Sở Y tế", "Sở Tài chính", "Sở Xây dựng"} {
		r.Units = append(r.Units, plan.Unit{ID: fmt.Sprintf("u%d", i+1), Name: lang.Same(name), Level: "department", Pos: diag.Pos{File: "roster.yaml", Line: 10 + i, Col: 5}})
	}
	late, _ := date.Of(2024, 2, 1)
	r.Units[3].Deadline = late
	return r
}

// TestSubmissions holds who is taken for submitted, and what is said of the
// others.
func TestSubmissions(t *testing.T) {
	p := simplePlan()
	other := simplePlan()
	other.ID = "another-plan"
	changed := simplePlan()
	changed.Targets[0].Definition = "2"
	good := submission{id: "u1", name: "Sở Nội vụ", level: "department", file: "a.xlsx", sha: "01", a: 7, b: 10}
	with := func(change func(*submission)) score.Card {
		x := good
		change(&x)
		return x.card(p)
	}
	for _, tt := range []struct {
		name    string
		cards   []score.Card
		broken  diag.List
		sent    map[string]date.Date
		want    map[string]string // by unit: status, and rank
		said    []string          // beside that the others did not submit
		offered int
	}{
		{name: "one", cards: []score.Card{good.card(p)}, want: map[string]string{"Sở Nội vụ": "submitted 1"}},
		{
			name:  "found by its name, folded",
			cards: []score.Card{with(func(x *submission) { x.id, x.name = "", "SỞ  NỘI VỤ" })},
			want:  map[string]string{"Sở Nội vụ": "submitted 1"},
		},
		{
			name:  "nobody on the roster",
			cards: []score.Card{good.card(p), with(func(x *submission) { x.id, x.name, x.file = "", "Sở Nội vu", "b.xlsx" })},
			want:  map[string]string{"Sở Nội vụ": "submitted 1", "Sở Nội vu": "not on the roster 0"},
			said:  []string{`b.xlsx: unit "Sở Nội vu" is not on the roster, and is shown without a rank: did you mean "Sở Nội vụ"? [unknown-unit]`},
		},
		{
			name:  "two that differ",
			cards: []score.Card{good.card(p), with(func(x *submission) { x.file, x.sha, x.a = "b.xlsx", "02", 9 })},
			want:  map[string]string{"Sở Nội vụ": "several submissions 0"},
			said:  []string{`b.xlsx: "Sở Nội vụ" submits twice, also in "a.xlsx", and the two differ: none of them counts; keep one [duplicate-submission]`},
		},
		{
			name:  "two names that fold to one",
			cards: []score.Card{good.card(p), with(func(x *submission) { x.id, x.name, x.file, x.sha = "", "sở nội vụ", "b.xlsx", "02" })},
			want:  map[string]string{"Sở Nội vụ": "several submissions 0"},
			said:  []string{`b.xlsx: "sở nội vụ" here and "Sở Nội vụ" in "a.xlsx" are one unit, "Sở Nội vụ", once names are folded: none of them counts; keep one or correct the name [duplicate-submission]`},
		},
		{
			name:  "a copy of the same bytes",
			cards: []score.Card{good.card(p), with(func(x *submission) { x.file = "copy.xlsx" })},
			want:  map[string]string{"Sở Nội vụ": "submitted 1"},
			said:  []string{`copy.xlsx: the same bytes as "a.xlsx": counted once [duplicate-submission]`},
		},
		{
			name:  "another plan",
			cards: []score.Card{good.card(other)},
			want:  map[string]string{"Sở Nội vụ": "judged by other rules 0"},
			said:  []string{`a.xlsx: judged by plan "another-plan", not "sample-2023": score the workbook again with this plan [wrong-plan]`},
		},
		{
			name:  "another definition",
			cards: []score.Card{good.card(changed)},
			want:  map[string]string{"Sở Nội vụ": "judged by other rules 0"},
			said:  []string{`a.xlsx: target "share" has another definition in this result than in the plan: score the workbook again [wrong-plan]`},
		},
		{
			name:   "a file that cannot be read, and whose it is",
			broken: diag.List{{Check: diag.Unreadable, Pos: diag.InFile("b.xlsx"), Unit: "u2", Message: lang.Same("broken")}},
			want:   map[string]string{"Sở Y tế": "unreadable 0"},
		},
		{
			name:  "late by the roster's deadline, and in time by the unit's own",
			cards: []score.Card{good.card(p), with(func(x *submission) { x.id, x.name, x.file, x.sha = "u4", "Sở Xây dựng", "d.xlsx", "04" })},
			sent:  map[string]date.Date{"a.xlsx": {Year: 2024, Month: 1, Day: 16}, "d.xlsx": {Year: 2024, Month: 2, Day: 1}},
			want:  map[string]string{"Sở Nội vụ": "submitted late 1", "Sở Xây dựng": "submitted 1"},
			said:  []string{`a.xlsx: "Sở Nội vụ" came on 2024-01-16: the deadline was 2024-01-15 [late-submission]`},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, found := summary.Build(summary.Input{Plan: p, Roster: smallRoster(), Cards: tt.cards, Diagnostics: tt.broken, Submitted: tt.sent})
			got := map[string]string{}
			for _, u := range s.Units {
				if u.Status != summary.NotSubmitted {
					got[u.Name.In(lang.VI)] = fmt.Sprintf("%s %d", u.Status.Title().In(lang.EN), u.Rank)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			var said []string
			for _, d := range found {
				if d.Check != diag.NotSubmitted {
					said = append(said, d.In(lang.EN))
				}
			}
			if diff := cmp.Diff(tt.said, said); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNotSubmittedNamesTheRoster(t *testing.T) {
	_, found := summary.Build(summary.Input{Plan: simplePlan(), Roster: smallRoster()})
	var got []string
	for _, d := range found {
		got = append(got, d.In(lang.VI))
	}
	want := []string{
		"roster.yaml:10:5: Sở Nội vụ chưa nộp [not-submitted]",
		"roster.yaml:11:5: Sở Y tế chưa nộp [not-submitted]",
		"roster.yaml:12:5: Sở Tài chính chưa nộp [not-submitted]",
		"roster.yaml:13:5: Sở Xây dựng chưa nộp [not-submitted]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestPlanSetsSeverities holds that the plan's own severities reach what the
// summary finds.
func TestPlanSetsSeverities(t *testing.T) {
	p := simplePlan()
	p.Severities = map[diag.CheckID]diag.Severity{diag.NotSubmitted: diag.Error}
	_, found := summary.Build(summary.Input{Plan: p, Roster: smallRoster()})
	if n := found.Count(diag.Error); n != 4 {
		t.Errorf("%d errors: want 4", n)
	}
}

// TestRanks holds both tie rules, within groups.
func TestRanks(t *testing.T) {
	for rule, want := range map[plan.TieRule][]string{
		plan.TieShare: {"A 1", "B 2", "C 2", "D 1", "E 4", "F 0"},
		plan.TieDense: {"A 1", "B 2", "C 2", "D 1", "E 3", "F 0"},
	} {
		p := simplePlan()
		p.Ties = rule
		r := &plan.Roster{Groups: []plan.Area{{ID: "x"}, {ID: "z"}}}
		in := summary.Input{Plan: p, Roster: r}
		for i, x := range []submission{
			{id: "A", group: "x", a: 6, b: 10}, {id: "B", group: "x", a: 1, b: 3}, {id: "C", group: "x", a: 2, b: 6},
			{id: "D", group: "z", a: 100, b: 300}, {id: "E", group: "x", a: 333, b: 1000}, {id: "F", group: "", a: 6, b: 10},
		} {
			x.name, x.level, x.file = x.id, "department", x.id
			r.Units = append(r.Units, plan.Unit{ID: x.id, Name: lang.Same(x.id), Level: x.level, Group: x.group})
			in.Cards = append(in.Cards, x.card(p))
			_ = i
		}
		s, _ := summary.Build(in)
		var got []string
		for _, u := range s.Units {
			got = append(got, fmt.Sprintf("%s %d", u.ID, u.Rank))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

// TestPools holds the two figures of a group apart, and leaves out units
// without a usable figure.
func TestPools(t *testing.T) {
	p := simplePlan()
	in := summary.Input{Plan: p}
	for i, x := range []submission{{a: 90, b: 100}, {a: 1, b: 10}, {a: 0, b: 0}, {a: 7, b: 5}} {
		x.id, x.name, x.level, x.file = fmt.Sprint(i), fmt.Sprint("Sở ", i), "department", fmt.Sprint(i)
		in.Cards = append(in.Cards, x.card(p))
	}
	for official, want := range map[plan.Grouping]string{plan.Pooled: "2 91/110 1/2 met", plan.Mean: "2 91/110 1/2 missed"} {
		p.Official = official
		s, _ := summary.Build(in)
		pool := s.Scopes[0].Pools[0]
		got := fmt.Sprintf("%d %s %s %s", pool.Units, pool.Pooled, pool.Mean, pool.Outcome)
		if got != want {
			t.Errorf("%s: %s: want %s", official, got, want)
		}
	}
}

// TestPeriods holds which period is ranked, and what a unit is compared with.
func TestPeriods(t *testing.T) {
	p := simplePlan()
	a := submission{id: "a", name: "Sở A", level: "department", b: 10}
	b := submission{id: "b", name: "Sở B", level: "department", b: 10}
	at := func(x submission, period plan.Period, n int64) score.Card {
		x.period, x.a, x.file, x.sha = period, n, fmt.Sprint(x.id, period.To), fmt.Sprint(x.id, period.To)
		return x.card(p)
	}
	in := summary.Input{Plan: p, Cards: []score.Card{
		at(a, quarterOf(2023, 4), 4), at(a, quarterOf(2023, 1), 2), at(a, quarterOf(2023, 2), 3), at(b, quarterOf(2023, 4), 6), at(b, quarterOf(2023, 1), 1),
		at(b, quarterOf(2024, 1), 9), // outside of the plan's period
	}}
	s, _ := summary.Build(in)
	if s.Period != quarterOf(2023, 4) {
		t.Errorf("period %v", s.Period)
	}
	var got []string
	for _, u := range s.Units {
		got = append(got, fmt.Sprintf("%s %s before %s", u.ID, u.Total.Score(), u.Before()))
	}
	for _, step := range s.Trend {
		got = append(got, fmt.Sprintf("%v: %d units, mean %s, pooled %s", step.Period.To, step.Units, step.Mean, step.Total.Score()))
	}
	want := []string{
		"a 2/3 before 1/2", "b 1 before 1/6",
		"2023-03-31: 2 units, mean 1/4, pooled 1/4",
		"2023-06-30: 1 units, mean 1/2, pooled 1/2",
		"2023-12-31: 2 units, mean 5/6, pooled 5/6",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	in.Period = quarterOf(2023, 1)
	if s, _ = summary.Build(in); s.Period != quarterOf(2023, 1) || len(s.Periods) != 1 {
		t.Errorf("asked for the first quarter: %v of %v", s.Period, s.Periods)
	}
}

// TestOrderDoesNotMatter holds that shuffled cards give the same standings.
func TestOrderDoesNotMatter(t *testing.T) {
	in := sample(20, 14)
	want := standings(in)
	for i := range in.Cards {
		j := (i*7 + 3) % len(in.Cards)
		in.Cards[i], in.Cards[j] = in.Cards[j], in.Cards[i]
	}
	if diff := cmp.Diff(want, standings(in)); diff != "" {
		t.Error(diff)
	}
}

func standings(in summary.Input) []string {
	s, _ := summary.Build(in)
	var out []string
	for _, u := range s.Units {
		out = append(out, fmt.Sprintf("%s %s %d %s", u.ID, u.Status.Title().In(lang.EN), u.Rank, u.Total.Score()))
	}
	return out
}
