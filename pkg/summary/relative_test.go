package summary_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/summary"
)

// relativePlan has points of each kind that depend on the other units.
const relativePlan = `plan: relative
title: Contest
document: {number: 1/KH, date: 2023-01-01}
period: {from: 2023-01-01, to: 2023-12-31}
levels: {department: {title: Department}}
areas: {all: {title: Everything}}
tables:
  form: {shape: form, columns: {label: {headers: [Name], role: label}, value: {headers: [Number], type: number}}}
facts:
  a: {title: A, from: [{cell: form, row: {label: [A]}, column: value}]}
  b: {title: B, from: [{cell: form, row: {label: [B]}, column: value}]}
targets:
  - {id: first, area: all, title: First, source: {clause: "1", quote: q}, levels: [department], measure: a, goal: {at_least: 5}, points: 5, credit: {rank: [{within: 1, points: 5}, {within: 30%, points: 2.5}, {within: 7, points: 1}]}}
  - {id: fewest, area: all, title: Fewest, source: {clause: "2", quote: q}, levels: [department], measure: {share: a, of: b}, goal: {at_most: 30%}, points: 4, credit: {rank: [{within: 2, points: 4}, {within: 50%, points: 2}]}}
  - {id: best, area: all, title: Best, source: {clause: "3", quote: q}, levels: [department], measure: {share: a, of: b}, goal: {at_least: 50%}, points: 3, credit: best}
  - {id: least, area: all, title: Least, source: {clause: "4", quote: q}, levels: [department], measure: a, goal: {at_most: 3}, points: 3, credit: best, when_missing: met}
  - {id: span, area: all, title: Span, source: {clause: "5", quote: q}, levels: [department], measure: {growth: a, from: b}, goal: {more_than: -60%}, points: 7, credit: between_least_and_most}
  - {id: rounded, area: all, title: Rounded, source: {clause: "6", quote: q}, levels: [department], measure: {ratio: b, of: a, per: 10, unit: b}, goal: {less_than: 30}, points: 7, round: 1, credit: between_least_and_most}
`

// contest is units of three groups under that plan; one of them has one unit.
func contest(t *testing.T, ties plan.TieRule) summary.Input {
	t.Helper()
	p, list := plan.Parse("relative.yaml", []byte(relativePlan))
	if list.HasErrors() {
		t.Fatal(list)
	}
	p.Ties = ties
	in := summary.Input{Plan: p, Lang: lang.EN, Program: "parcheck 1.0.0", Roster: &plan.Roster{
		ID: "r", Title: lang.Same("Roster"), Groups: []plan.Area{{ID: "x", Title: lang.Same("X")}, {ID: "y", Title: lang.Same("Y")}, {ID: "z", Title: lang.Same("Z")}},
	}}
	random := rand.New(rand.NewPCG(5, 5))
	for i := range 15 {
		u := plan.Unit{ID: fmt.Sprintf("u%d", i+1), Name: lang.Same(fmt.Sprintf("Unit %d", i+1)), Level: "department", Group: []string{"x", "y"}[i%2]}
		if i == 14 {
			u.Group = "z"
		}
		if i != 13 { // one that submits is not on the roster
			in.Roster.Units = append(in.Roster.Units, u)
		}
		set := fact.Set{Unit: fact.Unit{ID: u.ID, Name: u.Name, Level: u.Level, Group: u.Group}, Period: p.Period,
			Facts: []fact.Fact{reported("a", random.Int64N(9)), reported("b", 9+random.Int64N(4))}}
		if i == 4 {
			set.Facts[0].State = fact.Missing
		}
		in.Cards = append(in.Cards, score.Evaluate(p, set, p.Period.To))
	}
	related(&in)
	return in
}

func related(in *summary.Input) {
	var cards []*score.Card
	for i := range in.Cards {
		cards = append(cards, &in.Cards[i])
	}
	score.Relate(in.Plan, in.Roster, cards)
}

// Points by place, against the best and between the last and the best are
// calculated by the workbook as by the program, and follow figures that are
// changed in it: those of all units of the group.
func TestRelativePointsAreCalculated(t *testing.T) {
	var books [][]byte
	var ins []summary.Input
	for _, ties := range []plan.TieRule{plan.TieShare, plan.TieDense} {
		in := contest(t, ties)
		f := opened(t, written(t, in))
		everyRowIsLive(t, f.GetCellFormula, grid(t, f, "Everything"))
		books, ins = append(books, written(t, in)), append(ins, in)

		random := rand.New(rand.NewPCG(11, uint64(ties)))
		rows := grid(t, f, "Everything")
		unit, first := slices.Index(rows[4], "Unit"), slices.Index(rows[4], "Numerator or figure")
		changed := contest(t, ties)
		for i := range changed.Cards {
			c := &changed.Cards[i]
			for j := range c.Facts {
				if random.IntN(3) == 0 && i != 14 { // who is ranked at all does not change
					c.Facts[j] = reported(c.Facts[j].ID, random.Int64N(12))
				}
			}
			for r := 5; r < len(rows); r++ {
				if at(rows, r, unit) != c.Unit.Name.In(lang.EN) {
					continue
				}
				for k, id := range in.Plan.FindTarget(targetOf(in.Plan, rows[r])).Measure.Facts() {
					if known := c.Facts[strings.Index("ab", id)]; known.State == fact.Reported {
						n, _ := known.Value.Int64()
						if err := f.SetCellInt("Everything", diag.A1(r+1, first+k+1), n); err != nil {
							t.Fatal(err)
						}
					}
				}
			}
			changed.Cards[i] = rescored(in.Plan, c)
		}
		related(&changed)
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		books, ins = append(books, b.Bytes()), append(ins, changed)
	}
	for i, got := range recalculated(t, books...) {
		want := opened(t, written(t, ins[i]))
		if i%2 == 0 {
			if list, _ := differences(t, want, got); len(list) > 0 {
				t.Errorf("book %d: %d cells differ, among them\n%s", i, len(list), strings.Join(list[:min(len(list), 12)], "\n"))
			}
			continue
		}
		compareColumns(t, "Everything", grid(t, want, "Everything"), grid(t, got, "Everything"))
		compareByUnit(t, grid(t, want, "Ranking"), grid(t, got, "Ranking"))
	}
}

func targetOf(p *plan.Plan, row []string) string {
	for _, t := range p.Targets {
		if slices.Contains(row, t.Title.In(lang.EN)) {
			return t.ID
		}
	}
	return ""
}

// everyRowIsLive finds formulas of the outcome and the points in each row.
func everyRowIsLive(t *testing.T, formula func(sheet, cell string) (string, error), rows [][]string) {
	t.Helper()
	for _, title := range []string{"Outcome", "Points", "Compared in", "Rank"} {
		c := slices.Index(rows[4], title)
		for r := 5; r < len(rows); r++ {
			if text, _ := formula("Everything", diag.A1(r+1, c+1)); text == "" {
				t.Errorf("%s of %s is no formula", title, strings.Join(rows[r][:6], " | "))
			}
		}
	}
}

// Figures that differ in a digit that a spreadsheet does not keep are not
// compared by it.
func TestFiguresTooNearToTellApart(t *testing.T) {
	in := contest(t, plan.TieShare)
	for i := range in.Cards {
		in.Cards[i].Facts[0].Value = number.Frac(1, 3).Add(number.Frac(int64(i), 1_000_000_000_000_000))
		in.Cards[i].Facts[0].State = fact.Reported
		in.Cards[i] = rescored(in.Plan, &in.Cards[i])
	}
	related(&in)
	f := opened(t, written(t, in))
	rows := grid(t, f, "Everything")
	c := slices.Index(rows[4], "Points")
	for r := 5; r < len(rows); r++ {
		if targetOf(in.Plan, rows[r]) != "first" {
			continue
		}
		if text, _ := f.GetCellFormula("Everything", diag.A1(r+1, c+1)); text != "" {
			t.Errorf("the points of %s are calculated: %s", strings.Join(rows[r][:6], " | "), text)
		}
	}
}
