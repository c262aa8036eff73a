package main

import (
	"strings"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

var comparators = map[plan.Comparator]string{
	plan.AtLeast: "≥ ", plan.MoreThan: "> ", plan.AtMost: "≤ ", plan.LessThan: "< ", plan.Is: "= ",
}

// goalWords prints a goal as the plan has it: "≥ max(60%, param)".
func goalWords(p *plan.Plan, m plan.Measure, g plan.Goal) lang.Text {
	if g.Choice != "" {
		if f := p.FindFact(m.Fact); f != nil {
			for _, v := range f.Values {
				if v.ID == g.Choice {
					return lang.F("= %s", "= %s", v.Title)
				}
			}
		}
		return lang.Same("= " + g.Choice)
	}
	if g.Cmp == plan.Between {
		return lang.F("%s to %s", "%s đến %s", amountWords(g.Bounds[0]), amountWords(g.Bounds[1]))
	}
	return lang.F("%s%s", "%s%s", comparators[g.Cmp], amountWords(g.Bounds[0]))
}

func amountWords(a plan.Amount) lang.Text {
	switch a.Op {
	case plan.Literal:
		if a.Percent {
			return number.Percent(a.Value, 6)
		}
		return number.Short(a.Value, 6)
	case plan.ParamValue:
		return lang.Same(a.Param)
	}
	var args []lang.Text
	for _, arg := range a.Args {
		args = append(args, amountWords(arg))
	}
	name := map[plan.AmountOp]string{plan.MaxAmount: "max", plan.MinAmount: "min", plan.SumAmount: "sum", plan.ProductAmount: "product"}[a.Op]
	return lang.F("%s(%s)", "%s(%s)", name, lang.Join(args, ", "))
}

// measureWords prints a measure by the titles of its facts.
func measureWords(p *plan.Plan, m plan.Measure) lang.Text {
	title := func(id string) lang.Text {
		if f := p.FindFact(id); f != nil {
			return f.Title
		}
		return lang.Same(id)
	}
	switch m.Op {
	case plan.ValueOf:
		return title(m.Fact)
	case plan.ShareOf:
		return lang.F("%s / %s", "%s / %s", title(m.Part), title(m.Whole))
	case plan.ChangeOf:
		return lang.F("(%s) − (%s)", "(%s) − (%s)", measureWords(p, m.Args[0]), measureWords(p, m.Args[1]))
	case plan.OneMinus:
		return lang.F("1 − (%s)", "1 − (%s)", measureWords(p, m.Args[0]))
	}
	var args []lang.Text
	for _, arg := range m.Args {
		args = append(args, measureWords(p, arg))
	}
	return lang.F("%s(%s)", "%s(%s)", strings.TrimSuffix(m.Op.String(), "_of"), lang.Join(args, ", "))
}
