package main

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/term"
)

// goalBrief prints a goal by the number that it comes to: "≥ 90%".
func goalBrief(p *plan.Plan, m plan.Measure, g plan.Goal) lang.Text {
	if g.IsZero() {
		return term.Tracked
	}
	if len(g.Bounds) == 1 {
		if x, _, err := p.Evaluate(g.Bounds[0]); err == nil {
			g.Bounds = []plan.Amount{{Value: x, Percent: percent(p, g.Bounds[0]), Day: p.MeasureKind(m) == plan.DateKind}}
		}
	}
	return goalWords(p, m, g)
}

// goalWords prints a goal as the plan has it, with what it comes to.
func goalWords(p *plan.Plan, m plan.Measure, g plan.Goal) lang.Text {
	if g.IsZero() {
		return lang.T("none: tracked only", "không có: chỉ theo dõi")
	}
	if g.Choice != "" {
		return lang.F("= %s", "= %s", goalChoice(p, m.Fact, g.Choice))
	}
	if g.Cmp == plan.Between {
		return lang.F("%s to %s", "%s đến %s", amountWords(p, g.Bounds[0]), amountWords(p, g.Bounds[1]))
	}
	return lang.F("%s%s", "%s%s", g.Cmp.Symbol(), boundValue(p, g.Bounds[0]))
}

// pointsWords prints the points of a target.
func pointsWords(p *plan.Plan, t *plan.Target) lang.Text {
	if t.PointsOf != "" {
		return boundValue(p, plan.Amount{Op: plan.ParamValue, Param: t.PointsOf})
	}
	return number.Short(t.Points, 6)
}

// boundValue prints an amount and, where it is worked out, what it comes to.
func boundValue(p *plan.Plan, a plan.Amount) lang.Text {
	words := amountWords(p, a)
	if q := p.FindParam(a.Param); q != nil && len(q.Values) > 0 {
		return lang.F("%s: %s", "%s: %s", words, valueWords(q))
	}
	x, _, err := p.Evaluate(a)
	if a.Op == plan.Literal || err != nil {
		return words
	}
	if a.Op == plan.ShiftedDay || p.IsDay(a) {
		return lang.F("%s (%s)", "%s (%s)", plan.ShownDay(x), words)
	}
	return lang.F("%s (%s)", "%s (%s)", number.Shown(x, percent(p, a)), words)
}

// valueWords lists the values of a param that has several.
func valueWords(q *plan.Param) lang.Text {
	const most = 12
	var list []lang.Text
	for i := range q.Values {
		if i == most {
			list = append(list, lang.F("and %d more", "và %d giá trị khác", len(q.Values)-most))
			break
		}
		v := &q.Values[i]
		list = append(list, lang.F("%s %s", "%s %s", v.Shown(), v.Words()))
	}
	if q.Value != nil {
		list = append(list, lang.F("%s for others", "%s cho trường hợp khác", q.Shown()))
	}
	return lang.Join(list, "; ")
}

// percent reports whether an amount is written in percents.
func percent(p *plan.Plan, a plan.Amount) bool {
	if q := p.FindParam(a.Param); a.Op == plan.ParamValue && q != nil {
		return q.Percent
	}
	return a.Percent || slices.ContainsFunc(a.Args, func(b plan.Amount) bool { return percent(p, b) })
}

func amountWords(p *plan.Plan, a plan.Amount) lang.Text {
	switch a.Op {
	case plan.Literal:
		return a.Shown()
	case plan.ParamValue:
		if q := p.FindParam(a.Param); q != nil && !q.Title.IsZero() {
			return lang.F("“%s”", "“%s”", q.Title)
		}
		return lang.Same(a.Param)
	case plan.FactAmount:
		if f := p.FindFact(a.Fact); f != nil {
			return lang.F("“%s”", "“%s”", f.Title)
		}
		return lang.Same(a.Fact)
	case plan.ShiftedDay:
		words := amountWords(p, a.Args[0])
		if a.Plus.N < 0 {
			return lang.F("%s − %s", "%s − %s", words, plan.Days{N: -a.Plus.N, Working: a.Plus.Working}.Words())
		}
		if !a.Plus.IsZero() {
			words = lang.F("%s + %s", "%s + %s", words, a.Plus.Words())
		}
		return words
	case plan.MaxAmount, plan.MinAmount, plan.SumAmount, plan.ProductAmount:
	}
	var args []lang.Text
	for _, arg := range a.Args {
		args = append(args, amountWords(p, arg))
	}
	switch a.Op {
	case plan.Literal, plan.ParamValue, plan.FactAmount, plan.ShiftedDay: // above
	case plan.SumAmount:
		return lang.Join(args, " + ")
	case plan.ProductAmount:
		return lang.Join(args, " × ")
	case plan.MinAmount:
		return lang.F("the smaller of %s", "số nhỏ hơn trong %s", lang.Join(args, ", "))
	case plan.MaxAmount:
		return lang.F("the larger of %s", "số lớn hơn trong %s", lang.Join(args, ", "))
	}
	return lang.Text{}
}

// measureWords prints a measure by the titles of its facts.
func measureWords(p *plan.Plan, m plan.Measure) lang.Text {
	title := func(id string) lang.Text {
		if f := p.FindFact(id); f != nil {
			return f.Title
		}
		return lang.Same(id)
	}
	var args []lang.Text
	for _, arg := range m.Args {
		args = append(args, measureWords(p, arg))
	}
	list := lang.Join(args, ", ")
	switch m.Op {
	case plan.ValueOf:
		return title(m.Fact)
	case plan.ShareOf:
		return lang.F("%s / %s", "%s / %s", title(m.Part), title(m.Whole))
	case plan.ChangeOf:
		return lang.F("(%s) − (%s)", "(%s) − (%s)", args[0], args[1])
	case plan.GrowthOf:
		return lang.F("(%s) / (%s) − 100%%", "(%s) / (%s) − 100%%", args[0], args[1])
	case plan.OneMinus:
		return lang.F("1 − (%s)", "1 − (%s)", args[0])
	case plan.FractionOf:
		return lang.F("(%s) / (%s)", "(%s) / (%s)", args[0], args[1])
	case plan.QuotientOf:
		return lang.F("(%s) / (%s)", "(%s) / (%s)", args[0], args[1])
	case plan.RatioOf:
		return ratioWords(m, args)
	case plan.ProductOf:
		return lang.F("product(%s)", "tích(%s)", list)
	case plan.FirstOf:
		return lang.F("the first that is not 0 of (%s)", "đại lượng đầu tiên khác 0 trong (%s)", list)
	case plan.ConstantOf:
		return number.Shown(m.Value, m.Percent)
	case plan.ParamOf:
		return amountWords(p, plan.Amount{Op: plan.ParamValue, Param: m.Param})
	case plan.MetOf:
		return metWords(p, m)
	case plan.MinOf:
		return lang.F("min(%s)", "nhỏ nhất(%s)", list)
	case plan.MaxOf:
		return lang.F("max(%s)", "lớn nhất(%s)", list)
	case plan.MeanOf:
		return lang.F("mean(%s)", "trung bình(%s)", list)
	case plan.SumOf:
		if n := len(args); len(slices.CompactFunc(slices.Clone(args), lang.Text.Equal)) == 1 && n > 1 {
			return lang.F("%d × (%s)", "%d × (%s)", n, args[0]) // a sum of equal terms
		}
		return lang.F("sum(%s)", "tổng(%s)", list)
	}
	return lang.Text{}
}

// metWords is a count of met targets, by their titles.
func metWords(p *plan.Plan, m plan.Measure) lang.Text {
	if m.Of == plan.Applicable {
		return lang.F("targets met, of those that apply: %s", "số chỉ tiêu đạt trên số chỉ tiêu có áp dụng: %s", targetTitles(p, m.Targets))
	}
	return lang.F("targets met, of %s", "số chỉ tiêu đạt trong %s", targetTitles(p, m.Targets))
}

// targetTitles names targets by their titles.
func targetTitles(p *plan.Plan, ids []string) lang.Text {
	var titles []lang.Text
	for _, id := range ids {
		title := lang.Same(id)
		if t := p.FindTarget(id); t != nil {
			title = t.Title
		}
		titles = append(titles, lang.F("“%s”", "“%s”", title))
	}
	return lang.Join(titles, ", ")
}

// conditionWords prints conditions on facts, all of which must hold.
func conditionWords(p *plan.Plan, all []plan.Condition) lang.Text {
	var words []lang.Text
	for _, w := range all {
		title := lang.Same(w.Column)
		if f := p.FindFact(w.Column); f != nil {
			title = f.Title
		}
		switch w.Op {
		case plan.AnyOf, plan.NoneOf:
			var any []lang.Text
			for _, alternative := range w.Any {
				any = append(any, lang.F("(%s)", "(%s)", conditionWords(p, alternative)))
			}
			if w.Op == plan.AnyOf {
				words = append(words, lang.F("any of %s", "một trong %s", lang.Join(any, ", ")))
			} else {
				words = append(words, lang.F("none of %s", "không phải %s", lang.Join(any, ", ")))
			}
		case plan.IsOneOf:
			words = append(words, lang.F("%s = %s", "%s = %s", title, choiceTitles(p, w)))
		case plan.IsNotOneOf:
			words = append(words, lang.F("%s is not %s", "%s khác %s", title, choiceTitles(p, w)))
		case plan.IsFilled:
			words = append(words, lang.F("%s is reported", "có số liệu %s", title))
		case plan.IsBlank:
			words = append(words, lang.F("%s is not reported", "không có số liệu %s", title))
		case plan.Compares, plan.NotAfter, plan.After, plan.Before, plan.NotBefore:
			cmp, bounds := w.Comparison()
			words = append(words, lang.F("%s %s", "%s %s", title, goalWords(p, plan.Measure{Fact: w.Column}, plan.Goal{Cmp: cmp, Bounds: bounds})))
		}
	}
	return lang.Join(words, "; ")
}

// choiceTitles names the choices of a condition.
func choiceTitles(p *plan.Plan, w plan.Condition) lang.Text {
	var titles []lang.Text
	for _, choice := range w.Values {
		titles = append(titles, goalChoice(p, w.Column, choice))
	}
	return lang.Join(titles, ", ")
}

// goalChoice names one choice of a fact.
func goalChoice(p *plan.Plan, fact, choice string) lang.Text {
	if f := p.FindFact(fact); f != nil {
		for _, v := range f.Values {
			if v.ID == choice {
				return v.Name()
			}
		}
	}
	return lang.Same(choice)
}

// fallenWords says what becomes of the points of targets that do not apply.
func fallenWords(f plan.Fallen) lang.Text {
	switch f {
	case plan.Dropped:
		return lang.T("points of what does not apply are dropped", "không áp dụng thì bỏ điểm khỏi điểm tối đa")
	case plan.Shared:
		return lang.T("points of what does not apply are shared", "không áp dụng thì chia điểm cho chỉ tiêu khác")
	case plan.Given:
		return lang.T("points of what does not apply are given", "không áp dụng thì tính đủ điểm")
	}
	return lang.Text{}
}

// areaRules says how the points of an area are made, behind its title.
func areaRules(p *plan.Plan, a *plan.Area) lang.Text {
	var rules []lang.Text
	add := func(en, vi string, x any, written bool) {
		if written {
			rules = append(rules, lang.F(en, vi, x))
		}
	}
	short := func(x *number.Exact) lang.Text {
		if x == nil {
			return lang.Text{}
		}
		return number.Short(*x, 6)
	}
	if outer := p.FindArea(a.Within); outer != nil {
		add("within %s", "thuộc %s", outer.Title, true)
	}
	add("at most %s points", "tối đa %s điểm", short(a.Cap), a.Cap != nil)
	add("at least %s points", "tối thiểu %s điểm", short(a.Floor), a.Floor != nil)
	add("counts for %s points", "quy về %s điểm", short(a.Weight), a.Weight != nil)
	if a.Fallen != nil && *a.Fallen != p.Fallen {
		rules = append(rules, fallenWords(*a.Fallen))
	}
	if len(rules) == 0 {
		return lang.Text{}
	}
	return lang.F(" (%s)", " (%s)", lang.Join(rules, ", "))
}

// ratioWords is a quotient with what it counts.
func ratioWords(m plan.Measure, args []lang.Text) lang.Text {
	words := lang.F("%s / %s", "%s / %s", args[0], args[1])
	if m.Per != nil {
		words = lang.F("%s, per %s", "%s, tính trên %s", words, number.Short(*m.Per, 6))
	}
	if !m.Unit.IsZero() {
		words = lang.F("%s (%s)", "%s (%s)", words, m.Unit)
	}
	return words
}

func adjustmentWord(a plan.Adjustment) lang.Text {
	if a == plan.Bonus {
		return term.Bonus
	}
	return term.Deduction
}

// adjustmentWords prints the points that a target takes off or adds, as the plan
// has them; nothing for one that does neither.
func adjustmentWords(t *plan.Target) lang.Text {
	switch {
	case t.Adjust == plan.NoAdjustment:
		return lang.Text{}
	case t.Most == nil:
		return lang.Same(t.Credit.String())
	}
	return lang.F("%s, at most %s", "%s, tối đa %s", t.Credit.String(), number.Short(*t.Most, 6))
}
