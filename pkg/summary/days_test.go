package summary_test

import (
	"bytes"
	"fmt"
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

const dayPlan = `plan: days
title: Days
document: {number: 1/KH, date: 2026-01-05}
period: {from: 2026-01-01, to: 2026-03-31}
levels: {department: {title: Department}}
areas: {all: {title: Everything}}
holidays: [2026-03-17]
facts:
  came: {title: Day of receipt, from: [{submission: received}]}
  due: {title: Deadline, from: [{roster: deadline}]}
targets:
  - {id: until, area: all, title: Until, source: {clause: "1", quote: q}, levels: [department], measure: came, goal: {not_after: {day: 2026-03-13, plus: 2 working days}}, points: 2}
  - {id: bands, area: all, title: Bands, source: {clause: "2", quote: q}, levels: [department], measure: came, goal: {before: {day: due, plus: 1 day}}, points: 2,
     credit: {bands: [{not_after: {fact: due}, points: 2}, {not_after: {day: due, plus: 5 working days}, points: 1}, {after: {day: due, plus: 5 working days}, points: 0}]}}
  - {id: linear, area: all, title: Linear, source: {clause: "3", quote: q}, levels: [department], measure: came, goal: {not_after: 2026-03-10}, points: 3, credit: {linear: {from: 2026-03-20}}}
  - {id: between, area: all, title: Between, source: {clause: "4", quote: q}, levels: [department], measure: came, goal: {between: [2026-03-14, 2026-03-16]}, points: 1}
  - {id: last, area: all, title: Last, source: {clause: "5", quote: q}, levels: [department], measure: {max: [came, due]}, goal: {after: 2026-03-15}, points: 1}
`

// daysOf is fourteen units whose submissions came from so many days after 8 March
// 2026 on, one on each day, then one that nobody knows of and one of 1900.
func daysOf(t *testing.T, l lang.Lang, shift int) summary.Input {
	t.Helper()
	p, list := plan.Parse("days.yaml", []byte(dayPlan))
	if list.HasErrors() {
		t.Fatal(list)
	}
	in := summary.Input{Plan: p, Lang: l, Program: "parcheck 1.0.0"}
	due := date.Date{Year: 2026, Month: 3, Day: 15}
	for i := range 16 {
		came, _ := date.Date{Year: 2026, Month: 3, Day: 8}.Add(i + shift)
		f := fact.Fact{ID: "came", Kind: plan.DateFact, State: fact.Reported, Value: plan.OfDay(came), Shown: came.Shown()}
		switch i {
		case 14:
			f = fact.Fact{ID: "came", Kind: plan.DateFact}
		case 15:
			f.Value, f.Shown = number.Int(2), lang.Same("1900-01-01")
		}
		set := fact.Set{Unit: fact.Unit{Name: lang.Same(fmt.Sprintf("Unit %d", i+1)), Level: "department"}, Period: p.Period,
			Facts: []fact.Fact{f, {ID: "due", Kind: plan.DateFact, State: fact.Reported, Value: plan.OfDay(due), Shown: due.Shown()}}}
		in.Cards = append(in.Cards, score.Evaluate(p, set, p.Period.To))
	}
	return in
}

// Days are dates in their cells, and what follows from them is calculated: a
// changed day comes to the workbook that the changed cards make.
func TestDaysAreCalculated(t *testing.T) {
	en, vi := written(t, daysOf(t, lang.EN, 0)), written(t, daysOf(t, lang.VI, 0))
	edited := opened(t, en)
	rows := grid(t, edited, "Everything")
	first := 0
	for c, title := range rows[4] {
		if title == "Numerator or figure" {
			first = c
		}
	}
	changed := 0
	for r := 5; r < len(rows); r++ {
		unit, column := at(rows, r, 4), at(rows, r, first)
		if serial := len(column); serial != len("46089") || unit == "" {
			continue
		}
		var n int
		if _, err := fmt.Sscan(column, &n); err != nil {
			t.Fatal(err)
		}
		cell := fmt.Sprintf("%c%d", 'A'+first, r+1)
		if shown, _ := edited.GetCellValue("Everything", cell); !strings.HasPrefix(shown, "2026-03-") {
			t.Errorf("%s shows %q: want a date", cell, shown)
		}
		if err := edited.SetCellValue("Everything", cell, n+1); err != nil {
			t.Fatal(err)
		}
		changed++
	}
	if changed != 5*14 {
		t.Errorf("%d cells hold dates, want %d", changed, 5*14)
	}
	var b bytes.Buffer
	if err := edited.Write(&b); err != nil {
		t.Fatal(err)
	}
	books := recalculated(t, en, vi, b.Bytes())
	for i, data := range [][]byte{en, vi} {
		if list, _ := differences(t, opened(t, data), books[i]); len(list) > 0 {
			t.Errorf("%d cells differ, among them\n%s", len(list), strings.Join(list[:min(len(list), 12)], "\n"))
		}
	}
	compareColumns(t, "Everything", grid(t, opened(t, written(t, daysOf(t, lang.EN, 1))), "Everything"), grid(t, books[2], "Everything"))
}
