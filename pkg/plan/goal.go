package plan

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/term"
)

func (g *Goal) yaml() value { return inWords(later(g, g.described)) }

// inWords also says how a goal that is written in words, "≥ 80%", is written in
// a plan.
func inWords(v value) value {
	parse := v.parse
	v.parse = func(r *reader, n *yaml.Node) bool {
		words, ok := GoalOf(n.Value)
		if n.Kind != yaml.ScalarNode || !ok {
			return parse(r, n)
		}
		m := wrong("%s stands here: write %s", "ở đây là %s: hãy ghi %s", quoted(n.Value), words)
		if strings.Trim(n.Value, "0123456789.,% ") != "" { // it says which way
			m.meant.value = words
		}
		r.fail(m.check, r.pos(n), m.message)
		r.means(r.pos(n), m.meant)
		return false
	}
	return v
}

func (g *Goal) described() value {
	return fresh(g, placed(&g.Pos, named("goal", oneOf(g, term.Goal, func() [][]key {
		var variants [][]key
		for _, k := range append(comparisons(&g.Cmp, &g.Bounds), dayComparisons(&g.Cmp, &g.Days, &g.Bounds)...) {
			variants = append(variants, []key{k})
		}
		return append(variants, []key{required(Is.String(), setting(&g.Cmp, Is, g.is()),
			"exactly this: a choice, a number or a day", "đúng bằng: một lựa chọn, một số hoặc một ngày")})
	}))))
}

// comparisons are the keys that compare with one number or two.
func comparisons(cmp *Comparator, bounds *[]Amount) []key {
	lead := func(c Comparator, n int, en, vi string) key {
		v := sequence(bounds, n, n, (*Amount).yaml)
		if n == 1 {
			v = single(bounds)
		}
		return required(c.String(), setting(cmp, c, v), en, vi)
	}
	return []key{
		lead(AtLeast, 1, "this or more", "từ mức này trở lên"),
		lead(MoreThan, 1, "more than this", "trên mức này"),
		lead(AtMost, 1, "this or less", "không quá mức này"),
		lead(LessThan, 1, "less than this", "dưới mức này"),
		lead(Between, 2, "from the first to the second, ends included", "từ mức đầu đến mức sau, kể cả hai đầu"),
	}
}

// single reads one amount as a list of one.
func single(into *[]Amount) value {
	return value{into,
		func(r *reader, n *yaml.Node) bool {
			*into = make([]Amount, 1)
			return (*into)[0].yaml().read(r, n)
		},
		func(d definitions) schema { return new(Amount).yaml().schema(d) },
	}
}

// is reads a number or a day, or else a choice.
func (g *Goal) is() value {
	s := schema{"type": []string{"string", "number"}}
	one := single(&g.Bounds)
	return value{&g.Bounds,
		func(r *reader, n *yaml.Node) bool {
			if n.Kind == yaml.ScalarNode {
				if _, f, m := anyFigure(n.Value); m != nil && f != dayForm {
					return word(&g.Choice).read(r, n)
				}
			}
			return one.parse(r, n)
		},
		func(d definitions) schema { return schema{"anyOf": []schema{s, one.schema(d)}} },
	}
}

func (a *Amount) yaml() value { return later(a, a.described) }

func (a *Amount) described() value {
	lead := func(op AmountOp, v value, en, vi string) key {
		return required(op.String(), setting(&a.Op, op, v), en, vi)
	}
	literal := doubted(scalar(&a.Value, figureSchema, func(raw string) (number.Exact, *mistake) {
		x, f, m := anyFigure(raw)
		a.Percent, a.Day = f == percentForm, f == dayForm
		return x, m
	}), thousands)
	return placed(&a.Pos, named("amount", byKind(a, map[yaml.Kind]value{
		yaml.ScalarNode: literal,
		yaml.MappingNode: oneOf(a, lang.T("amount", "mức"), func() [][]key {
			args := func() value { return sequence(&a.Args, 2, 0, (*Amount).yaml) }
			return [][]key{
				{lead(ParamValue, word(&a.Param), "the value of a param", "giá trị của một tham số")},
				{lead(FactAmount, word(&a.Fact), "a figure of the unit: its goal stands in the submission", "số liệu của chính đơn vị: mức cần đạt ghi trong tệp nộp")},
				{lead(ShiftedDay, a.base(), "a day: 2026-03-15, or the id of a fact or a param", "một ngày: 2026-03-15, hoặc mã của số liệu hay tham số"),
					optional("plus", a.Plus.yaml(), "days that are added: 5 days, 5 working days", "số ngày cộng thêm: 5 days (ngày), 5 working days (ngày làm việc)")},
				{lead(MaxAmount, args(), "the largest of some", "lớn nhất trong các mức")},
				{lead(MinAmount, args(), "the smallest of some", "nhỏ nhất trong các mức")},
				{lead(SumAmount, args(), "the sum of some", "tổng các mức")},
				{lead(ProductAmount, args(), "the product of some", "tích các mức")},
			}
		}),
	})))
}

// goal checks that a goal can be compared with what a measure gives, and be
// reached.
func (c *checker) goal(g *Goal, q quantity) {
	switch {
	case q.kind == ChoiceKind:
		c.choiceGoal(g, q)
		return
	case g.Choice != "":
		if q.kind == DateKind {
			c.fail(diag.PlanValue, c.near(g.Pos, &g.Choice), lang.F("%s is a choice, and the measure is a day: want a day such as 2026-03-15",
				"%s là một lựa chọn, còn đại lượng là ngày: cần ngày như 2026-03-15", quoted(g.Choice)))
			return
		}
		c.fail(diag.PlanValue, c.near(g.Pos, &g.Choice), lang.F("%s is a choice, and the measure is of kind %q: want a number",
			"%s là một lựa chọn, còn đại lượng thuộc loại %q: cần một số", quoted(g.Choice), q.kind))
		return
	}
	if !c.dayGoal(g.Cmp, g.Days, g.Pos, q) {
		return
	}
	s, ok := c.comparison(g.Cmp, g.Bounds, q)
	if ok && empty(s.meet(q.values), q) {
		c.fail(diag.PlanRange, g.Pos, lang.F("the goal can never be reached: the measure has values %s",
			"mục tiêu không bao giờ đạt được: đại lượng chỉ có giá trị %s", q.values.text(q.form())))
	}
}

func (c *checker) choiceGoal(g *Goal, q quantity) {
	all := idsOf(q.choices, func(v *ChoiceValue) string { return v.ID })
	if g.Choice == "" {
		c.fail(diag.PlanValue, g.Pos, lang.F("the measure is a choice, no number: want is: %s",
			"đại lượng là lựa chọn, không phải số: cần is: %s", either(all)))
		return
	}
	if !slices.Contains(all, g.Choice) {
		c.fail(diag.PlanName, c.near(g.Pos, &g.Choice), lang.F("there is no %s %s%s", "không có %s %s%s",
			nounChoice, quoted(g.Choice), choices(g.Choice, all)))
	}
}

// comparison checks the bounds of a goal or a band, and returns the values for
// which it holds, when they are known.
func (c *checker) comparison(cmp Comparator, bounds []Amount, q quantity) (span, bool) {
	known := make([]number.Exact, 0, 2)
	for i := range bounds {
		if x, ok := c.figure(&bounds[i], q); ok {
			known = append(known, x)
		}
	}
	if len(known) == 0 || len(known) < len(bounds) {
		return span{}, false
	}
	if cmp == Between && known[1].Cmp(known[0]) < 0 {
		c.fail(diag.PlanRange, bounds[1].Pos, lang.F("%v is less than %v: between goes from the smaller to the larger",
			"%v nhỏ hơn %v: between đi từ số nhỏ đến số lớn", bounds[1], bounds[0]))
		return span{}, false
	}
	return compared(cmp, known), true
}

// figure checks an amount that is compared with a quantity, and returns its
// value when that is known.
func (c *checker) figure(a *Amount, q quantity) (number.Exact, bool) {
	if !c.sound(a) || !c.params(a) || !c.formed(a, q) {
		return number.Exact{}, false
	}
	c.eachValue(a, q)
	x, _, err := c.plan.Evaluate(*a)
	switch {
	case err != nil:
		return x, false
	case q.targets > 0 && !q.values.contains(x):
		c.fail(diag.PlanRange, a.Pos, lang.F("%v is out of range: %d targets are counted", "%v nằm ngoài khoảng: chỉ đếm %d chỉ tiêu", *a, q.targets))
		return x, false
	case !q.values.contains(x):
		c.fail(diag.PlanRange, a.Pos, lang.F("%v is out of range: the measure has values %s",
			"%v nằm ngoài khoảng: đại lượng chỉ có giá trị %s", *a, q.values.text(q.form())))
		return x, false
	case q.whole && a.Op == Literal && !x.IsInt():
		c.fail(diag.PlanRange, a.Pos, lang.F("%v is no whole number: the measure is of kind %q",
			"%v không phải số nguyên: đại lượng thuộc loại %q", *a, q.kind))
		return x, false
	}
	return x, true
}

// eachValue checks the values of a param that is compared with a quantity.
func (c *checker) eachValue(a *Amount, q quantity) {
	p := c.plan.FindParam(a.Param)
	if a.Op != ParamValue || p == nil {
		return
	}
	for _, v := range p.Values {
		one := Amount{Op: Literal, Value: v.Value, Percent: v.Percent, Day: v.Day, Pos: v.Pos}
		if !q.values.contains(v.Value) {
			c.fail(diag.PlanRange, v.Pos, lang.F("%v is out of range: the measure has values %s",
				"%v nằm ngoài khoảng: đại lượng chỉ có giá trị %s", one, q.values.text(q.form())))
		}
	}
}

// params checks the names of an amount's params.
func (c *checker) params(a *Amount) bool {
	c.dayBase(a)
	ok := (a.Fact == "" || c.known(&a.Fact, nounFact, c.facts)) && (a.Param == "" || c.known(&a.Param, nounParam, idsOf(c.plan.Params, func(q *Param) string { return q.ID })))
	for i := range a.Args {
		ok = c.params(&a.Args[i]) && ok
	}
	return ok
}

// formed checks that the figures of an amount are written as those of a
// quantity are: as percentages, as days, or as plain numbers.
func (c *checker) formed(a *Amount, q quantity) bool {
	wanted := q.form()
	switch a.Op {
	case Literal, ParamValue, FactAmount, ShiftedDay, ProductAmount:
		if c.plan.inForm(*a, wanted) {
			return a.Op != ShiftedDay || c.formed(&a.Args[0], quantity{kind: DateKind})
		}
		c.misformed(a, q)
		return false
	case SumAmount:
		if wanted == dayForm {
			c.misformed(a, q)
			return false
		}
	case MaxAmount, MinAmount:
	}
	ok := true
	for i := range a.Args {
		ok = c.formed(&a.Args[i], q) && ok
	}
	return ok
}

// misformed says how an amount should be written.
func (c *checker) misformed(a *Amount, q quantity) {
	f := c.plan.FindFact(a.Fact)
	switch wanted := q.form(); {
	case wanted == dayForm && (a.Op == SumAmount || a.Op == ProductAmount):
		c.fail(diag.PlanValue, a.Pos, lang.F("%q is not of days: want {day: 2026-03-15, plus: 5 working days}", "không dùng %q cho ngày: cần {day: 2026-03-15, plus: 5 working days}", a.Op))
	case wanted == dayForm && f != nil:
		c.fail(diag.PlanValue, a.Pos, lang.F("%q is of kind %q, and the measure is a day: want a fact of kind %q", "%q thuộc loại %q, còn đại lượng là ngày: cần số liệu loại %q", f.ID, f.Kind, DateFact))
	case wanted == dayForm:
		c.fail(diag.PlanValue, a.Pos, lang.F("%v is no day, and the measure is one: write a day such as 2026-03-15", "%v không phải ngày, còn đại lượng là ngày: hãy ghi ngày như 2026-03-15", *a))
	case f != nil:
		c.fail(diag.PlanValue, a.Pos, lang.F("%q is of kind %q: a goal of a share is a fact of kind %q, and no other goal is",
			"%q thuộc loại %q: chỉ mức cần đạt của tỷ lệ mới là số liệu loại %q", f.ID, f.Kind, ShareFact))
	case c.plan.inForm(*a, dayForm):
		c.fail(diag.PlanValue, a.Pos, lang.F("%v is a day, and the measure is of kind %q: write a number", "%v là ngày, còn đại lượng thuộc loại %q: hãy ghi số", *a, q.kind))
	case wanted == percentForm && a.Op == Literal:
		c.fail(diag.PlanValue, a.Pos, lang.F("%v is no percentage, and the measure is a share: write %s", "%v không phải phần trăm, còn đại lượng là tỷ lệ: hãy ghi %s", *a, asPercent(a.Value)))
	case wanted == percentForm:
		c.fail(diag.PlanValue, a.Pos, lang.F("%v is no percentage, and the measure is a share: write it with %%",
			"%v không phải phần trăm, còn đại lượng là tỷ lệ: hãy viết kèm %%", *a))
	default:
		c.fail(diag.PlanValue, a.Pos, lang.F("%v is a percentage, and the measure is none: write a plain number",
			"%v là phần trăm, còn đại lượng không phải tỷ lệ: hãy viết số thường", *a))
	}
}

// inForm reports whether an amount is written in a form, or may be. A product
// is so when one of its factors is.
func (p *Plan) inForm(a Amount, wanted form) bool {
	switch a.Op {
	case Literal:
		return formOf(a.Percent, a.Day) == wanted
	case ParamValue:
		q := p.FindParam(a.Param)
		return q == nil || q.Value == nil && len(q.Values) == 0 || formOf(q.Percent, q.Day) == wanted
	case FactAmount:
		f := p.FindFact(a.Fact)
		return f == nil || formOf(f.Kind == ShareFact, f.Kind == DateFact) == wanted
	case ShiftedDay:
		return wanted == dayForm
	case ProductAmount:
		return slices.ContainsFunc(a.Args, func(b Amount) bool { return p.inForm(b, wanted) })
	case MaxAmount, MinAmount, SumAmount:
	}
	return !slices.ContainsFunc(a.Args, func(b Amount) bool { return !p.inForm(b, wanted) })
}

// empty reports whether no value of a quantity lies in a span.
func empty(s span, q quantity) bool {
	if q.whole {
		s = s.whole()
	}
	return s.empty()
}

// Holds compares exactly: shares as rationals of counts, by cross products.
// There is one bound; of Between two.
func (c Comparator) Holds(x number.Exact, bounds []number.Exact) bool {
	switch c {
	case AtLeast:
		return x.Cmp(bounds[0]) >= 0
	case MoreThan:
		return x.Cmp(bounds[0]) > 0
	case AtMost:
		return x.Cmp(bounds[0]) <= 0
	case LessThan:
		return x.Cmp(bounds[0]) < 0
	case Between:
		return x.Cmp(bounds[0]) >= 0 && x.Cmp(bounds[1]) <= 0
	case Is:
		return x.Equal(bounds[0])
	}
	return false
}

// asPercent is a number as the percentage that was likely meant: 80 is 80%, and
// so is 0.8.
func asPercent(x number.Exact) string {
	if x.Cmp(number.Int(1)) > 0 {
		x = x.Mul(number.Frac(1, 100))
	}
	return percentForm.write(x)
}
