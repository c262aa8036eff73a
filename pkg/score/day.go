package score

import (
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// wantedDay words a goal of days within a sentence: "not after 2026-03-15".
func wantedDay(cmp plan.Comparator, bounds []Figure) lang.Text {
	x := bounds[0].Shown
	switch cmp {
	case plan.AtMost:
		return lang.F("not after %s", "không muộn hơn %s", x)
	case plan.LessThan:
		return lang.F("before %s", "trước ngày %s", x)
	case plan.AtLeast:
		return lang.F("not before %s", "không sớm hơn %s", x)
	case plan.MoreThan:
		return lang.F("after %s", "sau ngày %s", x)
	case plan.Between:
		return lang.F("from %s to %s", "từ %s đến %s", x, bounds[1].Shown)
	case plan.Is:
		return lang.F("on %s", "đúng ngày %s", x)
	}
	return lang.Text{}
}

// lateness says by how many days a day misses its goal, and how many working
// days they are: "3 days late (2 working days)".
func (e *evaluation) lateness(g gap) lang.Text {
	by, _ := g.by.Int64()
	words := lang.F("%s early", "sớm %s", plan.Days{N: int(by)}.Words())
	first, last := g.need.Sub(g.by), g.need
	if g.over {
		words = lang.F("%s late", "chậm %s", plan.Days{N: int(by)}.Words())
		first, last = g.need, g.need.Add(g.by)
	}
	from, ok := plan.DayOf(first)
	to, known := plan.DayOf(last)
	if !ok || !known {
		return words
	}
	working := plan.Days{N: e.plan.WorkingDays().Between(from, to), Working: true}
	return lang.F("%s (%s)", "%s (%s)", words, working.Words())
}

// shifts shows how the days of a goal were computed: "2026-03-10 + 5 working
// days = 2026-03-17".
func (j *Judge) shifts(amounts []plan.Amount) []lang.Text {
	var notes []lang.Text
	for _, a := range amounts {
		notes = append(notes, j.shifts(a.Args)...)
		if a.Op != plan.ShiftedDay || a.Plus.IsZero() {
			continue
		}
		base, _, err := j.plan.Evaluate(a.Args[0])
		day, _, failed := j.plan.Evaluate(a)
		if err != nil || failed != nil {
			continue
		}
		notes = append(notes, lang.F("%s%s %s = %s", "%s%s %s = %s", j.named(a.Args[0]), plan.ShownDay(base), plusWords(a.Plus), plan.ShownDay(day)))
	}
	return notes
}

// named is the name of a day, to stand before it; empty for a day that the plan
// gives.
func (j *Judge) named(a plan.Amount) lang.Text {
	switch a.Op {
	case plan.FactAmount:
		return lang.F("“%s” ", "“%s” ", j.titleOf(a.Fact))
	case plan.ParamValue:
		return lang.F("%s ", "%s ", j.paramTitles([]string{a.Param}))
	case plan.Literal, plan.MaxAmount, plan.MinAmount, plan.SumAmount, plan.ProductAmount, plan.ShiftedDay:
	}
	return lang.Text{}
}

// plusWords words how many days are added or subtracted.
func plusWords(d plan.Days) lang.Text {
	if d.N < 0 {
		return lang.F("− %s", "− %s", plan.Days{N: -d.N, Working: d.Working}.Words())
	}
	return lang.F("+ %s", "+ %s", d.Words())
}

// daysAround are the day of a goal and the days before and after it.
func daysAround(id string, x number.Exact) [][]plan.TestFact {
	var out [][]plan.TestFact
	for _, step := range []int64{-1, 0, 1} {
		f := givenFact(id, x.Add(number.Int(step)), false)
		f.Day = true
		out = append(out, []plan.TestFact{f})
	}
	return out
}
