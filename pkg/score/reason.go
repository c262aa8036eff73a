package score

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// comparison is a measure beside its goal, and the sentence about it.
type comparison struct {
	e *evaluation
	answer
}

// sentence is the arithmetic and its end: "1,299 of 2,000 dossiers = 64.95%,
// goal at least 65%: 1 dossier short (1,300 needed)".
func (c comparison) sentence(met bool) (reason lang.Text, gap *Figure) {
	end := lang.T("reached", "đạt")
	if !met {
		end, gap = c.shortfall()
	}
	if c.quantity.day() && c.aim.cmp == plan.AtMost {
		return lang.F("%s, due %s: %s", "%s, hạn %s: %s", c.arithmetic(), c.goal.Bounds[0].Shown, end), gap
	}
	return lang.F("%s, goal %s: %s", "%s, chỉ tiêu %s: %s",
		c.arithmetic(), c.wanted, end), gap
}

// wanted is the goal as a sentence says it: "at least 65%".
func (j *Judge) wanted(a *judgement) lang.Text {
	if a.aim.choice != "" {
		return lang.F("“%s”", "“%s”", j.choiceTitle(a.measure.Fact, a.aim.choice))
	}
	x := a.goal.Bounds[0].Shown
	if a.quantity.day() {
		return wantedDay(a.aim.cmp, a.goal.Bounds)
	}
	switch a.aim.cmp {
	case plan.AtLeast:
		if a.measure.Op == plan.ShareOf && a.aim.bounds[0].Equal(number.Int(1)) {
			return x // there is no more than all
		}
		return lang.F("at least %s", "từ %s trở lên", x)
	case plan.MoreThan:
		return lang.F("more than %s", "trên %s", x)
	case plan.AtMost:
		if a.quantity.rank() {
			return lang.F("within the first %s", "trong nhóm %s", x)
		}
		return lang.F("at most %s", "không quá %s", x)
	case plan.LessThan:
		return lang.F("less than %s", "dưới %s", x)
	case plan.Between:
		return lang.F("from %s to %s", "từ %s đến %s", x, a.goal.Bounds[1].Shown)
	case plan.Is:
		return lang.F("exactly %s", "đúng %s", x)
	}
	return lang.Text{}
}

// arithmetic is how the value came about.
func (c comparison) arithmetic() lang.Text {
	if !c.got.units.IsZero() {
		return lang.F("%s %s %s", "%s %s %s", c.got.units, c.sign(), number.WithUnit(c.value.Exact, c.value.Shown, c.quantity.unit))
	}
	if c.got.choice != "" {
		return lang.F("“%s”", "“%s”", c.e.choiceTitle(c.measure.Fact, c.got.choice))
	}
	if c.measure.Op == plan.MetOf && c.measure.Of == plan.NoBase {
		return c.e.counting(c.measure)
	}
	if c.measure.Op == plan.ValueOf {
		if c.quantity.rank() {
			return lang.F("rank %s", "xếp thứ %s", c.value.Shown)
		}
		if f := c.e.facts[c.measure.Fact]; f != nil && len(f.From) > 0 && f.From[0].Op == plan.SubmissionSource {
			return lang.F("submitted %s", "nộp %s", c.value.Shown)
		}
		return number.WithUnit(c.value.Exact, c.value.Shown, c.quantity.unit)
	}
	if c.measure.Op == plan.ConstantOf || c.measure.Op == plan.ParamOf {
		return c.value.Shown
	}
	return lang.F("%s %s %s", "%s %s %s", c.e.formula(c.measure, c.beside), c.sign(), c.value.Shown)
}

// sign is what stands before the printed value: it is not always all of it.
func (c comparison) sign() lang.Text {
	return lang.Of(sign{c.value.Shown, c.quantity.bound(c.value.Exact).Shown})
}

// sign is "=" where a printed number is the whole of it, and otherwise "≈".
type sign struct{ shown, whole lang.Text }

// AppendIn adds the sign.
func (s sign) AppendIn(b []byte, l lang.Lang) []byte {
	start := len(b)
	b = s.shown.AppendIn(b, l)
	middle := len(b)
	b = s.whole.AppendIn(b, l)
	same := string(b[start:middle]) == string(b[middle:])
	if b = b[:start]; same {
		return append(b, "="...)
	}
	return append(b, "≈"...)
}

// formula writes out what a measure is made of.
func (e *evaluation) formula(m plan.Measure, bounds []number.Exact) lang.Text {
	var terms []lang.Text
	for _, a := range m.Args {
		terms = append(terms, e.term(a, bounds))
	}
	switch m.Op {
	case plan.ValueOf, plan.ConstantOf, plan.ParamOf:
		return e.term(m, bounds)
	case plan.ShareOf:
		return e.ofWhole(m)
	case plan.MetOf:
		return e.counting(m)
	case plan.ProductOf:
		return lang.Join(terms, " × ")
	case plan.QuotientOf, plan.FractionOf:
		return lang.F("%s / %s", "%s / %s", terms[0], terms[1])
	case plan.RatioOf:
		if m.Per != nil {
			return lang.F("%s / %s × %s", "%s / %s × %s", terms[0], terms[1], number.Short(*m.Per, mostDecimals))
		}
		return lang.F("%s / %s", "%s / %s", terms[0], terms[1])
	case plan.FirstOf:
		taken, _ := e.first(m)
		return terms[taken]
	case plan.OneMinus:
		return lang.F("100%% − %s", "100%% − %s", terms[0])
	case plan.GrowthOf:
		return lang.F("%s / %s − 100%%", "%s / %s − 100%%", terms[0], terms[1])
	case plan.ChangeOf:
		return lang.F("%s − %s", "%s − %s", terms[0], terms[1])
	case plan.MinOf:
		if e.quantityOf(m).day() {
			return lang.F("the earliest of %s", "sớm nhất của %s", lang.Join(terms, "; "))
		}
		return lang.F("the least of %s", "nhỏ nhất của %s", lang.Join(terms, "; "))
	case plan.MaxOf:
		if e.quantityOf(m).day() {
			return lang.F("the latest of %s", "muộn nhất của %s", lang.Join(terms, "; "))
		}
		return lang.F("the greatest of %s", "lớn nhất của %s", lang.Join(terms, "; "))
	case plan.MeanOf:
		return lang.F("the mean of %s", "trung bình của %s", lang.Join(terms, "; "))
	case plan.SumOf:
		if n := len(terms); len(slices.CompactFunc(slices.Clone(terms), lang.Text.Equal)) == 1 {
			return lang.F("%d × %s", "%d × %s", n, terms[0]) // how a plan multiplies
		}
		return lang.Join(terms, " + ")
	}
	return lang.Text{}
}

// ofWhole writes a share's counts: "1,299 of 2,000 dossiers".
func (e *evaluation) ofWhole(m plan.Measure) lang.Text {
	part, whole := e.quantityOfFact(m.Part), e.quantityOfFact(m.Whole)
	n, of := e.shown(m.Part), number.WithUnit(e.figures[m.Whole].Value, e.shown(m.Whole), whole.unit)
	if !part.unit.Equal(whole.unit) {
		n = number.WithUnit(e.figures[m.Part].Value, n, part.unit)
	}
	return lang.F("%s of %s", "%s trên %s", n, of)
}

// term is a measure inside a formula.
func (e *evaluation) term(m plan.Measure, bounds []number.Exact) lang.Text {
	shown := e.quantityOf(m).beside(e.measure(m).value, bounds...)
	switch m.Op {
	case plan.ValueOf, plan.ConstantOf, plan.ParamOf, plan.MetOf:
		return shown
	case plan.FirstOf:
		taken, _ := e.first(m)
		return e.term(m.Args[taken], bounds)
	case plan.ShareOf, plan.ChangeOf, plan.GrowthOf, plan.OneMinus, plan.MinOf, plan.MaxOf, plan.SumOf, plan.MeanOf, plan.ProductOf,
		plan.QuotientOf, plan.FractionOf, plan.RatioOf:
	}
	if m.Op == plan.ShareOf {
		return lang.F("%s (%s/%s)", "%s (%s/%s)", shown, e.shown(m.Part), e.shown(m.Whole))
	}
	return lang.F("(%s)", "(%s)", e.formula(m, bounds))
}

// shortfall says how far a missed goal is.
func (c comparison) shortfall() (lang.Text, *Figure) {
	if c.aim.choice != "" {
		return lang.T("not reached", "chưa đạt"), nil
	}
	q, x, times, whole := c.quantity, c.got.value, number.Int(1), c.quantity.whole()
	share := c.measure.Op == plan.ShareOf
	if share {
		q = c.e.quantityOfFact(c.measure.Part)
		x, times = c.e.figures[c.measure.Part].Value, c.e.figures[c.measure.Whole].Value
		whole = q.whole()
	}
	if counted, t := c.counted(); counted != nil {
		q, x, times = c.e.quantityOf(*counted), c.e.measure(*counted).value, t
		whole, share = q.whole(), c.measure.Op == plan.FractionOf
	}
	g := c.aim.gap(x, times, whole, share)
	switch {
	case g.never && share:
		return lang.T("no count of this denominator reaches it", "với mẫu số này không thể đạt"), nil
	case g.never:
		return lang.T("no whole number reaches it", "không số nguyên nào đạt được"), nil
	case g.by.IsZero():
		return lang.T("exactly the bound, which is not enough", "bằng đúng mức, chưa đủ"), nil
	}
	if q.day() {
		return c.e.lateness(g), &Figure{Exact: g.by, Shown: q.distance(g.by, shortPoints)}
	}
	end := g.words(q)
	if counted, _ := c.counted(); share || counted != nil {
		end = g.needed(end, q)
	}
	return end, &Figure{Exact: g.by, Shown: q.distance(g.by, shortPoints)}
}

// counted is the fact that a ratio or a share of quantities divides, and what
// its goal has to be multiplied with to be a goal of that fact; nil of other
// measures.
func (c comparison) counted() (*plan.Measure, number.Exact) {
	m := c.measure
	if m.Op != plan.RatioOf && m.Op != plan.FractionOf || m.Args[0].Op != plan.ValueOf {
		return nil, number.Exact{}
	}
	times := c.e.measure(m.Args[1]).value
	if m.Per != nil {
		times = times.Quo(*m.Per)
	}
	if times.Sign() <= 0 {
		return nil, number.Exact{}
	}
	return &m.Args[0], times
}

// words says the distance and its direction.
func (g gap) words(q quantity) lang.Text {
	by := q.distance(g.by, spelledPoints)
	if g.open {
		by = lang.F("more than %s", "hơn %s", by)
	}
	switch {
	case q.rank() && g.over:
		return lang.F("%s short", "còn kém %s", by)
	case g.over:
		return lang.F("%s over", "vượt %s", by)
	case q.rank():
		return lang.F("%s above it", "cao hơn %s", by)
	}
	return lang.F("%s short", "còn thiếu %s", by)
}

// needed adds the count that a share's numerator has to come to.
func (g gap) needed(end lang.Text, q quantity) lang.Text {
	need := q.bound(g.need).Shown
	switch {
	case g.over && g.open:
		return lang.F("%s (less than %s allowed)", "%s (phải dưới %s)", end, need)
	case g.over:
		return lang.F("%s (at most %s allowed)", "%s (tối đa %s)", end, need)
	case g.open:
		return lang.F("%s (more than %s needed)", "%s (cần hơn %s)", end, need)
	}
	return lang.F("%s (%s needed)", "%s (cần %s)", end, need)
}
