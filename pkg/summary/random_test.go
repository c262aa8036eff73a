package summary_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/summary"
)

// randomPlan draws plans of all constructs: what a target says is drawn until the
// plan with it is sound.
type randomPlan struct {
	*rand.Rand
	header string
	list   []string // targets
	ids    []string
}

// one draws one of several texts.
func (g *randomPlan) one(of ...string) string { return of[g.IntN(len(of))] }

// chance reports whether something that is drawn once in n is drawn.
func (g *randomPlan) chance(n int) bool { return g.IntN(n) == 0 }

// some draws keys that a group may have.
func (g *randomPlan) some(n int, keys ...string) string {
	var out strings.Builder
	for _, k := range keys {
		if g.chance(n) {
			out.WriteString(", " + k)
		}
	}
	return out.String()
}

const randomFacts = `
tables:
  form: {shape: form, columns: {label: {headers: [Name], role: label}, value: {headers: [Number], type: number},
    share: {headers: [Share], type: share, scale: ones}, choice: {headers: [Choice], type: choice, values: {good: [Good], fair: [Fair], bad: [Bad]}}}}
facts:
  c1: {title: C1, unit: u, from: {cell: form, row: {label: [c1]}, column: value}}
  c2: {title: C2, unit: u, from: {cell: form, row: {label: [c2]}, column: value}}
  c3: {title: C3, unit: u, from: {cell: form, row: {label: [c3]}, column: value}}
  c4: {title: C4, unit: v, from: {cell: form, row: {label: [c4]}, column: value}}
  m1: {title: M1, unit: w, kind: amount, from: {cell: form, row: {label: [m1]}, column: value}}
  m2: {title: M2, unit: w, kind: amount, from: {cell: form, row: {label: [m2]}, column: value}}
  s1: {title: S1, kind: share, from: {cell: form, row: {label: [s1]}, column: share}}
  s2: {title: S2, kind: share, from: {cell: form, row: {label: [s2]}, column: share}}
  r1: {title: R1, kind: rank, from: {cell: form, row: {label: [r1]}, column: value}}
  k1: {title: K1, kind: choice, from: {cell: form, row: {label: [k1]}, column: choice}}
  d1: {title: D1, from: {submission: received}}
  d2: {title: D2, from: {roster: deadline}}
`

// head draws all of a plan but its targets.
func (g *randomPlan) head() string {
	rules := func(more ...string) string {
		return g.some(3, append(more, fmt.Sprintf("round: %d", g.IntN(3)), "fallen: "+g.one("dropped", "shared", "given"))...)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "plan: random\ntitle: Random\ndocument: {number: 1/KH, date: 2026-01-02}\nperiod: {from: 2026-01-01, to: 2026-12-31}\nofficial: %s\nties: %s\n",
		g.one("pooled", "mean"), g.one("share", "dense"))
	if g.chance(3) {
		fmt.Fprintf(&b, "round: %d\n", g.IntN(4))
	}
	if g.chance(2) {
		fmt.Fprintf(&b, "fallen: %s\n", g.one("dropped", "shared", "given"))
	}
	fmt.Fprintf(&b, "defaults: {when_empty: %s, when_missing: %s, when_units_missing: %s}\n", g.absent(), g.absent(), g.one("left_out", "missing"))
	b.WriteString("levels: {office: {title: Office}, district: {title: District}}\nareas:\n")
	for i := range 4 {
		within := ""
		if i > 0 && g.chance(2) {
			within = fmt.Sprintf(", within: a%d", g.IntN(i))
		}
		fmt.Fprintf(&b, "  a%d: {title: Area %d%s%s}\n", i, i, within, rules(fmt.Sprintf("cap: %d", 2+g.IntN(9)), fmt.Sprintf("floor: %d", g.IntN(3)-1), fmt.Sprintf("weight: %d", 1+g.IntN(20))))
	}
	if g.chance(2) {
		fmt.Fprintf(&b, "grades:\n  - {id: best, title: Best, at_least: 70%%, unless: [{area: a%d, less_than: 40%%}]}\n  - {id: fair, title: Fair, at_least: 30%%}\n  - {id: poor, title: Poor}\n", g.IntN(4))
	}
	b.WriteString(`holidays: [2026-03-17]
params:
  share: {title: Share, source: s, value: 60%, values: [{level: district, value: 40%}, {unit: u3, value: 100/3%}]}
  number: {title: Number, source: s, value: 4, values: [{unit: u2, value: 7}, {period: year, level: office, value: 5}]}
  day: {title: Day, source: s, value: 2026-03-12}
  unknown: {title: Unknown}
  worth: {title: Worth, source: s, value: 2, values: [{level: district, value: 1.5}, {unit: u3, value: 4}]}
`)
	return strings.ReplaceAll(b.String(), "100/3%", "33%") + randomFacts
}

func (g *randomPlan) absent() string { return g.one("missing", "not_applicable", "met", "missed") }

// measure draws a measure of so many levels at most.
func (g *randomPlan) measure(depth int) string {
	if depth == 0 {
		return g.one("c1", "c2", "c3", "c4", "m1", "m2", "s1", "s2", "{share: c1, of: c2}", "{share: c3, of: c4}", "{share: m1, of: m2}", "2", "12", "50%", "{param: share}", "{param: number}")
	}
	m := func() string { return g.measure(g.IntN(depth)) }
	args := func() string {
		list := []string{m(), m()}
		if g.chance(3) {
			list = append(list, m())
		}
		return "[" + strings.Join(list, ", ") + "]"
	}
	switch g.IntN(14) {
	case 0:
		return fmt.Sprintf("{share: %s, of: %s}", m(), m())
	case 1:
		return fmt.Sprintf("{ratio: %s, of: %s%s}", m(), m(), g.one("", ", unit: x", ", unit: x, per: 100", ", unit: x, per: 0.3"))
	case 2:
		return fmt.Sprintf("{change: %s, from: %s}", m(), m())
	case 3:
		return fmt.Sprintf("{growth: %s, from: %s}", m(), m())
	case 4:
		return fmt.Sprintf("{one_minus: %s}", m())
	case 5:
		return fmt.Sprintf("{quotient: [%s, %s]}", m(), m())
	case 6:
		return fmt.Sprintf("{first: %s}", args())
	case 7:
		if len(g.ids) > 2 {
			return fmt.Sprintf("{met: [%s, %s, %s]%s}", g.one(g.ids...), g.one(g.ids...), g.one(g.ids...), g.one("", ", of: applicable"))
		}
	}
	return fmt.Sprintf("{%s: %s}", g.one("min", "max", "sum", "mean", "product"), args())
}

// amount draws a number of a goal or a band.
func (g *randomPlan) amount(kind string) string {
	var list []string
	switch kind {
	case "share":
		list = []string{"65%", "100%", "50%", "33%", "0%", "{param: share}", "{max: [{param: share}, {param: unknown}]}", "{fact: s1}", "{sum: [{param: share}, 20%]}", "{min: [{param: share}, 90%]}"}
	case "day":
		list = []string{"2026-03-10", "2026-03-15", "{fact: d2}", "{param: day}", "{day: d2, plus: 5 working days}", "{day: 2026-03-13, plus: 2 working days}", "{day: day, plus: 3 days}"}
	default:
		list = []string{"2", "5", "0", "1", "7.5", "0.3", "{param: number}", "{max: [{param: number}, 3]}", "{fact: c3}", "{fact: m2}", "{product: [1.2, {param: number}]}", "{sum: [{fact: c4}, 1]}"}
	}
	return g.one(list...)
}

// comparison draws the key of a goal or of a condition.
func (g *randomPlan) comparison(kind string) string {
	if kind == "day" {
		return g.one("not_after", "before", "after", "not_before") + ": " + g.amount(kind)
	}
	if g.chance(6) {
		return g.one("between: [20%, 80%]", "between: [2, 6]", "between: [0, 1]")
	}
	return g.one("at_least", "at_least", "more_than", "at_most", "less_than", "is") + ": " + g.amount(kind)
}

// bands draws bands that hold every value.
func (g *randomPlan) bands(kind string) string {
	points := func() string { return g.one("0", "0.5", "1", "2", "proportional") }
	low, high := "30%", "70%"
	switch kind {
	case "number":
		low, high = "3", "6"
	case "day":
		return fmt.Sprintf("bands: [{not_after: %[1]s, points: 1}, {after: %[1]s, points: 0.5}]", g.amount(kind))
	}
	if g.chance(3) {
		return fmt.Sprintf("bands: [{less_than: %s, points: 0}, {between: [%s, %s], points: [%s, 1]}, {more_than: %s, points: %s}]", low, low, high, g.one("0", "0.3"), high, points())
	}
	return fmt.Sprintf("bands: [{at_least: %s, points: %s}, {at_least: %s, points: %s}, {less_than: %s, points: %s}]", high, points(), low, points(), low, points())
}

func (g *randomPlan) credit(kind string) string {
	return g.one("all_or_nothing", "all_or_nothing", "proportional", "proportional", "best", "between_least_and_most",
		"{linear: {from: "+g.amount(kind)+"}}", "{linear: {from: "+g.amount(kind)+"}}", "{"+g.bands(kind)+"}", "{"+g.bands(kind)+"}",
		"{choices: {good: 1, fair: 0.5, bad: 0}}", "{rank: [{within: 2, points: 1}, {within: 50%, points: 0.5}]}", "{each: 0.25}")
}

// condition draws a condition of applies_if.
func (g *randomPlan) condition(depth int) string {
	if depth > 0 && g.chance(3) {
		return fmt.Sprintf("%s: [{%s}, {%s}]", g.one("any_of", "none_of"), g.condition(depth-1), g.condition(depth-1))
	}
	switch g.IntN(5) {
	case 0:
		return "k1: " + g.one("[good, fair]", "{not: [bad]}", "filled", "blank")
	case 1:
		return "d1: {" + g.comparison("day") + "}"
	case 2:
		return g.one("s1", "s2") + ": {" + g.comparison("share") + "}"
	}
	return g.one("c1", "c2", "c3", "c4", "m1") + ": " + g.one("filled", "blank", "{"+g.comparison("number")+"}", "{"+g.comparison("number")+"}")
}

// target draws a target.
func (g *randomPlan) target(id string) string {
	kind, measure := g.one("number", "share"), g.measure(g.IntN(4))
	switch g.IntN(12) {
	case 0:
		kind, measure = "day", g.one("d1", "{min: [d1, d2]}", "{max: [d1, d2]}", "{first: [d1, d2]}")
	case 1:
		kind, measure = "number", g.one("r1", "{change: r1, from: r1}")
	case 2:
		kind, measure = "choice", "k1"
	}
	text := fmt.Sprintf("{id: %s, area: a%d, title: %s, clause: \"1\", quote: q, levels: [office, district], measure: %s", id, g.IntN(4), strings.ToUpper(id), measure)
	switch {
	case g.chance(12):
		text += ", points: 0"
	case g.chance(8):
		text += ", " + g.one("deduct", "bonus") + ": {" + g.one("each: 0.25", "each: 3", "{choices: {good: 1, fair: 0.5, bad: 0}}", g.bands(kind)) + g.one("", ", most: 2") + "}"
	case kind == "choice":
		text += ", goal: {is: good}, points: 1" + g.one("", ", credit: {choices: {good: 1, fair: 0.4, bad: 0}}")
	default:
		text += fmt.Sprintf(", goal: {%s}, points: %s, credit: %s", g.comparison(kind), g.one("1", "2", "2.5", "{param: worth}"), g.credit(kind))
		if g.chance(6) {
			text += fmt.Sprintf(", level_goals: {district: {%s}}", g.comparison(kind))
		}
	}
	text += g.some(4, "when_empty: "+g.absent(), "when_missing: "+g.absent(), fmt.Sprintf("round: %d", g.IntN(3)), "rollup: "+g.one("pooled", "mean"),
		"applies_if: {"+g.condition(2)+"}", "commitment: aspirational", "published: 2026-05-01")
	if len(g.ids) > 0 && g.chance(5) {
		text += fmt.Sprintf(", requires: [%s]", g.one(g.ids...))
	}
	return text + "}"
}

func (g *randomPlan) text() string {
	return g.header + "targets:\n  - " + strings.Join(g.list, "\n  - ") + "\n"
}

// draw draws a sound plan of so many targets.
func (g *randomPlan) draw(t *testing.T, targets int) *plan.Plan {
	t.Helper()
	g.header = g.head()
	var sound *plan.Plan
	for tries := 0; len(g.list) < targets; tries++ {
		id := fmt.Sprintf("t%d", len(g.list)+1)
		g.list = append(g.list, g.target(id))
		p, list := plan.Parse("random.yaml", []byte(g.text()))
		if list.HasErrors() || slices.ContainsFunc(p.Targets, keptAsFigure) {
			if tries > 200*targets {
				t.Fatalf("no sound plan is drawn: %v\n%s", list, g.text())
			}
			g.list = g.list[:len(g.list)-1]
			continue
		}
		sound, g.ids = p, append(g.ids, id)
	}
	return sound
}

// keptAsFigure reports whether the workbook keeps figures of a target without a
// formula, which would be a circle: see the annual workbook in cmd/parcheck/README.md.
func keptAsFigure(t plan.Target) bool {
	return t.Credit.Kind.Relative() && (t.Rollup == plan.MeanRollup || len(t.Measure.Others()) > 0)
}

// facts draws the figures of a unit.
func (g *randomPlan) facts(p *plan.Plan) []fact.Fact {
	var list []fact.Fact
	for i := range p.Facts {
		f := fact.Fact{ID: p.Facts[i].ID, Title: p.Facts[i].Title, Unit: p.Facts[i].Unit, Kind: p.Facts[i].Kind, State: fact.Reported}
		switch f.Kind {
		case plan.ChoiceFact:
			f.Choice = g.one("good", "fair", "bad")
			f.Shown = lang.Same(strings.ToUpper(f.Choice[:1]) + f.Choice[1:])
		case plan.DateFact:
			day, _ := date.Date{Year: 2026, Month: 3, Day: 8}.Add(g.IntN(14))
			f.Value, f.Shown = plan.OfDay(day), day.Shown()
		case plan.ShareFact:
			f.Value = number.Frac(g.Int64N(21), 20)
			if g.chance(4) {
				f.Value = number.Frac(g.Int64N(1001), 1000)
			}
		case plan.RankFact:
			f.Value = number.Int(1 + g.Int64N(9))
		case plan.AmountFact:
			f.Value = number.Frac(g.Int64N(160), 20)
		case plan.CountFact:
			f.Value = number.Int(g.Int64N(9))
		}
		if f.Shown.IsZero() {
			f.Shown = number.Short(f.Value, 4)
		}
		switch g.IntN(24) {
		case 0, 1:
			f = fact.Fact{ID: f.ID, Title: f.Title, Unit: f.Unit, Kind: f.Kind, State: fact.Missing}
		case 2:
			if g.chance(3) {
				f = fact.Fact{ID: f.ID, Title: f.Title, Unit: f.Unit, Kind: f.Kind, State: fact.Invalid}
			}
		}
		list = append(list, f)
	}
	return list
}

// randomInput is the cards of a district and of so many offices, which stand below
// it, under a drawn plan.
func randomInput(t *testing.T, seed uint64, targets, offices int) (summary.Input, string) {
	t.Helper()
	g := &randomPlan{Rand: rand.New(rand.NewPCG(13, seed))}
	p := g.draw(t, targets)
	in := summary.Input{Plan: p, Lang: lang.EN, Program: "parcheck 1.0.0", Roster: &plan.Roster{ID: "r", Title: lang.Same("Roster")}}
	if g.chance(2) {
		in.Roster.Groups = []plan.Area{{ID: "x", Title: lang.Same("X")}, {ID: "y", Title: lang.Same("Y")}}
	}
	in.Roster.Units = []plan.Unit{{ID: "u0", Name: lang.Same("District"), Level: "district"}}
	for i := 1; i <= offices; i++ {
		u := plan.Unit{ID: fmt.Sprintf("u%d", i), Name: lang.Same(fmt.Sprintf("Office %d", i)), Level: "office", Parent: "u0"}
		if len(in.Roster.Groups) > 0 {
			u.Group = []string{"x", "y"}[i%2]
		}
		in.Roster.Units = append(in.Roster.Units, u)
		in.Cards = append(in.Cards, score.Evaluate(p, fact.Set{Unit: fact.Unit{ID: u.ID, Name: u.Name, Level: u.Level, Group: u.Group}, Period: p.Period, Facts: g.facts(p)}, date.Date{Year: 2026, Month: 4, Day: 1}))
	}
	in.Cards = score.RollUp(p, in.Roster, in.Cards, date.Date{Year: 2026, Month: 4, Day: 1})
	related(&in)
	return in, g.text()
}
