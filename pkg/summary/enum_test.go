package summary

import (
	"strconv"
	"testing"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// liveFormulas compiles one target over the figures 6 and 3 and the choice
// "done".
func liveFormulas(t *testing.T, target plan.Target) formulas {
	t.Helper()
	target.ID, target.Area, target.Levels, target.Points = "t", "a", []string{"l"}, number.Int(2)
	other := sixAtLeast(5)
	other.ID, other.Area, other.Levels, other.Points = "other", "a", []string{"l"}, number.Int(2)
	p := &plan.Plan{
		ID: "p", Areas: []plan.Area{{ID: "a"}}, Levels: []plan.Level{{ID: "l", Title: lang.Same("L")}},
		Facts:   []plan.Fact{{ID: "six"}, {ID: "three"}, {ID: "choice", Kind: plan.ChoiceFact, Values: []plan.ChoiceValue{{ID: "done", Title: lang.Same("done")}}}},
		Targets: []plan.Target{target, other}, Params: []plan.Param{{ID: "two", Value: new(number.Int(2))}},
	}
	set := fact.Set{Unit: fact.Unit{Name: lang.Same("U"), Level: "l"}, Facts: []fact.Fact{
		{ID: "six", State: fact.Reported, Value: number.Int(6)}, {ID: "three", State: fact.Reported, Value: number.Int(3)},
		{ID: "choice", Kind: plan.ChoiceFact, State: fact.Reported, Choice: "done", Shown: lang.Same("done")},
	}}
	s, _ := Build(Input{Plan: p, Cards: []score.Card{score.Evaluate(p, set, date.Date{Year: 2024, Month: 1, Day: 1})}})
	x := s.writer()
	x.nameAreas()
	return x.areas[0].lines[0].live
}

func sixAtLeast(n int64) plan.Target {
	return plan.Target{Measure: plan.Measure{Fact: "six"}, Goal: plan.Goal{Bounds: []plan.Amount{{Value: number.Int(n)}}}}
}

// A credit kind that is added fails here until the workbook has a formula for
// its points.
func TestEveryCreditKindIsAFormula(t *testing.T) {
	banded, choice := sixAtLeast(12), sixAtLeast(12)
	banded.Credit.Bands = []plan.Band{{Bounds: []plan.Amount{{Value: number.Int(5)}}, Points: number.Int(1)}}
	choice.Measure.Fact, choice.Goal = "choice", plan.Goal{Cmp: plan.Is, Choice: "done"}
	choice.Credit.Choices = []plan.ChoicePoints{{Choice: "done", Points: number.Int(1)}}
	linear := sixAtLeast(12)
	linear.Credit.Floor.Value = number.Int(2)
	each := sixAtLeast(12)
	each.Credit.Each = number.Frac(1, 4)
	rows := map[plan.CreditKind]plan.Target{
		plan.AllOrNothing: sixAtLeast(12), plan.Proportional: sixAtLeast(12), plan.Linear: linear, plan.Banded: banded, plan.ByChoice: choice, plan.EachOf: each,
	}
	seen := map[string]plan.CreditKind{}
	for kind := plan.CreditKind(0); kind.String() != strconv.Itoa(int(kind)); kind++ {
		if kind.Relative() {
			continue // the figures of other units decide: TestRelativePointsAreCalculated has them
		}
		row, ok := rows[kind]
		if !ok {
			t.Errorf("no row for the credit kind %s: which formula has it?", kind)
			continue
		}
		row.Credit.Kind = kind
		live := liveFormulas(t, row)
		if live.outcome == "" || live.points == "" {
			t.Errorf("%s is written as %+v: want formulas of the outcome and the points", kind, live)
		}
		if other, twice := seen[live.points]; twice {
			t.Errorf("%s has the formula of %s: %s", kind, other, live.points)
		}
		seen[live.points] = kind
	}
}

func TestEveryComparatorIsAFormula(t *testing.T) {
	seen := map[string]bool{}
	for c := plan.Comparator(0); c.String() != strconv.Itoa(int(c)); c++ {
		row := sixAtLeast(5)
		if row.Goal.Cmp = c; c == plan.Between {
			row.Goal.Bounds = append(row.Goal.Bounds, plan.Amount{Value: number.Int(9)})
		}
		if live := liveFormulas(t, row); live.outcome == "" || seen[live.outcome] {
			t.Errorf("%s is written as %q: want a formula of its own", c, live.outcome)
		} else {
			seen[live.outcome] = true
		}
	}
}

func TestEveryMeasureIsAFormula(t *testing.T) {
	six, three := plan.Measure{Fact: "six"}, plan.Measure{Fact: "three"}
	half := plan.Measure{Op: plan.ShareOf, Part: "three", Whole: "six"}
	for op := plan.MeasureOp(0); op.String() != strconv.Itoa(int(op)); op++ {
		row := sixAtLeast(0)
		switch row.Measure = (plan.Measure{Op: op, Args: []plan.Measure{six, three}}); op {
		case plan.ValueOf:
			row.Measure = six
		case plan.ShareOf:
			row.Measure = half
		case plan.OneMinus:
			row.Measure.Args = []plan.Measure{half}
		case plan.FractionOf:
			row.Measure.Args = []plan.Measure{three, six}
		case plan.ConstantOf:
			row.Measure = plan.Measure{Op: plan.SumOf, Args: []plan.Measure{six, {Op: op, Value: number.Int(2)}}}
		case plan.ParamOf:
			row.Measure = plan.Measure{Op: plan.SumOf, Args: []plan.Measure{six, {Op: op, Param: "two"}}}
		case plan.MetOf:
			row.Measure = plan.Measure{Op: op, Targets: []string{"other"}}
		case plan.ChangeOf, plan.GrowthOf, plan.MinOf, plan.MaxOf, plan.SumOf, plan.MeanOf, plan.ProductOf, plan.QuotientOf, plan.FirstOf, plan.RatioOf:
		}
		if live := liveFormulas(t, row); live.outcome == "" || live.value == "" && op != plan.ValueOf {
			t.Errorf("%s is written as %+v: want formulas of the value and the outcome", op, live)
		}
	}
}
