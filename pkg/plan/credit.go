package plan

import (
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/term"
)

func (c *Credit) yaml() value { return later(c, c.described) }

func (c *Credit) described() value {
	lead := func(kind CreditKind, v value, en, vi string) key {
		return required(kind.String(), setting(&c.Kind, kind, v), en, vi)
	}
	standing := names[CreditKind]{AllOrNothing: AllOrNothing.String(), Proportional: Proportional.String(),
		OfBest: OfBest.String(), OfSpan: OfSpan.String()}
	return fresh(c, placed(&c.Pos, named("credit", byKind(c, map[yaml.Kind]value{
		yaml.ScalarNode: optionOr(&c.Kind, standing, lang.T("a group with linear, bands, choices, rank or each", "nhóm khóa linear, bands, choices, rank hoặc each")),
		yaml.MappingNode: oneOf(c, term.Credit, func() [][]key {
			return [][]key{
				{lead(Linear, c.linear(), "no points at a floor, all at the goal, straight between", "không điểm ở mức sàn, đủ điểm ở mục tiêu, tăng đều ở giữa")},
				{lead(Banded, list(&c.Bands, (*Band).yaml), "the points of the first band that holds", "điểm của khung đầu tiên thỏa mãn")},
				{lead(ByChoice, entries(&c.Choices, (*ChoicePoints).yaml), "the points of each choice", "điểm của từng lựa chọn")},
				{lead(ByPlace, list(&c.Places, (*Place).yaml), "the points of the first units of the group", "điểm theo thứ hạng trong nhóm đơn vị")},
				{lead(EachOf, points(&c.Each), "points for each of what the measure counts", "điểm cho mỗi đơn vị của đại lượng")},
			}
		}),
	}))))
}

func (c *Credit) linear() value {
	return mapping(&c.Floor, lang.T("linear credit", "điểm tuyến tính"), func() []key {
		return []key{required("from", c.Floor.yaml(), "the floor, which earns nothing", "mức sàn, chưa có điểm")}
	})
}

func (b *Band) yaml() value {
	return placed(&b.Pos, named("band", oneOf(b, lang.T("band", "khung điểm"), func() [][]key {
		earned := required("points", b.earned(), "what it earns: a number, [1, 2] from its lower to its upper end, or proportional", "điểm của khung: một số, [1, 2] từ đầu dưới đến đầu trên, hoặc proportional")
		var variants [][]key
		for _, k := range append(comparisons(&b.Cmp, &b.Bounds), dayComparisons(&b.Cmp, &b.Days, &b.Bounds)...) {
			variants = append(variants, []key{k, earned})
		}
		return variants
	})))
}

func (p *Place) yaml() value {
	within := scalar(&p.Within, amountSchema, func(raw string) (number.Exact, *mistake) {
		x, percent, m := figure(raw)
		p.Percent = percent
		return x, m
	})
	return placed(&p.Pos, mapping(p, lang.T("points by place", "điểm theo thứ hạng"), func() []key {
		return []key{
			required("within", within, "how many of the first units, or what share of the group: 1, 25%", "mấy đơn vị đầu, hoặc tỷ lệ của nhóm: 1, 25%"),
			required("points", points(&p.Points), "what each of them earns", "điểm của mỗi đơn vị đó"),
		}
	}))
}

func (c *ChoicePoints) yaml() entry {
	return entry{key: word(&c.Choice), value: points(&c.Points)}
}

// credit checks that a target's credit can be computed from its measure and
// goals.
func (c *checker) credit(t *Target, q quantity, goals []Goal) {
	switch t.Credit.Kind {
	case AllOrNothing:
	case ByChoice:
		c.choicePoints(t, q)
	case EachOf:
		c.each(t, q)
	case Banded:
		c.bands(t, q)
	case Proportional:
		for _, g := range goals {
			c.proportional(t, q, g)
		}
	case Linear:
		for _, g := range goals {
			c.linear(t, q, g)
		}
	case ByPlace, OfBest, OfSpan:
		for _, g := range goals {
			c.relative(t, q, g)
		}
		c.placePoints(t)
	}
}

// relative checks that a goal has a direction, because units are compared by
// it.
func (c *checker) relative(t *Target, q quantity, g Goal) {
	switch {
	case q.kind == ChoiceKind, q.kind == RankKind && t.Credit.Kind != ByPlace, q.kind == DateKind && t.Credit.Kind == OfBest:
		c.unfit(t, diag.PlanValue, lang.F("%s credit is not for a measure of kind %q", "cách tính điểm %s không dùng cho đại lượng loại %q", t.Credit.Kind, q.kind))
	case g.Cmp == Between || g.Cmp == Is:
		c.unfit(t, diag.PlanValue, lang.F("%s credit needs a goal that says which way is better, at_least or at_most: here it is %q",
			"cách tính điểm %s cần mục tiêu cho biết lớn hơn hay nhỏ hơn là tốt, at_least hoặc at_most: ở đây là %q", t.Credit.Kind, g.Cmp))
	case t.Credit.Kind == OfBest && (q.values.low == nil || q.values.low.Sign() < 0):
		c.unfit(t, diag.PlanValue, lang.F("%s credit divides by the value of another unit, which may be below 0 here: want between_least_and_most",
			"cách tính điểm %s chia cho giá trị của đơn vị khác, ở đây có thể nhỏ hơn 0: cần between_least_and_most", t.Credit.Kind))
	}
}

// placePoints checks that later places include more units and earn less.
func (c *checker) placePoints(t *Target) {
	for i := range t.Credit.Places {
		p := &t.Credit.Places[i]
		c.atMost(t, &p.Points)
		if p.Within.Sign() <= 0 || p.Percent && p.Within.Cmp(one) > 0 || !p.Percent && !p.Within.IsInt() {
			c.fail(diag.PlanRange, c.near(p.Pos, &p.Within), lang.F("%s is no number of units: want one such as 1, or a share of the group such as 25%%",
				"%s không phải số đơn vị: cần số như 1, hoặc tỷ lệ của nhóm như 25%%", decimal(p.Within, p.Percent)))
			continue
		}
		if i == 0 {
			continue
		}
		before := t.Credit.Places[i-1]
		if before.Percent == p.Percent && before.Within.Cmp(p.Within) >= 0 || p.Points.Cmp(before.Points) >= 0 {
			c.fail(diag.PlanRange, p.Pos, lang.F("%v comes after %v: want places that reach further and earn less", "%v đứng sau %v: thứ hạng sau phải rộng hơn và ít điểm hơn", *p, before))
		}
	}
}

// unfit reports a credit that does not suit its target, which may have
// inherited it from the defaults.
func (c *checker) unfit(t *Target, check diag.CheckID, message lang.Text) {
	if t.Adjust != NoAdjustment {
		c.fail(check, t.Credit.Pos, message)
		return
	}
	if c.written(&t.Credit) {
		c.fail(check, c.at(&t.Credit), message)
		return
	}
	c.fail(check, t.Pos, message, diag.Related{Pos: t.Credit.Pos,
		Message: lang.T("the credit comes from the defaults: give the target its own", "cách tính điểm lấy từ mặc định: hãy ghi riêng cho chỉ tiêu")})
}

// divisible reports whether a part of a quantity can earn a part of the points.
// Ranks and choices have no parts; days only have them as a number of days
// between two.
func (c *checker) divisible(t *Target, q quantity) bool {
	if q.addable() || q.kind == DateKind && t.Credit.Kind == Linear {
		return true
	}
	c.unfit(t, diag.PlanValue, lang.F("%s credit is not for a measure of kind %q: want all_or_nothing or %s",
		"cách tính điểm %s không dùng cho đại lượng loại %q: cần all_or_nothing hoặc %s",
		t.Credit.Kind, q.kind, map[bool]string{true: "bands", false: "choices"}[q.kind != ChoiceKind]))
	return false
}

func (c *checker) proportional(t *Target, q quantity, g Goal) {
	if !c.divisible(t, q) || len(g.Bounds) == 0 {
		return
	}
	if g.Cmp != AtLeast && g.Cmp != MoreThan {
		c.unfit(t, diag.PlanValue, lang.F("proportional credit needs a goal at_least or more_than: here it is %q",
			"cách tính điểm proportional cần mục tiêu at_least hoặc more_than: ở đây là %q", g.Cmp))
		return
	}
	if x, _, err := c.plan.Evaluate(g.Bounds[0]); err == nil && x.Sign() <= 0 && c.sound(&g.Bounds[0]) {
		c.unfit(t, diag.PlanRange, lang.F("proportional credit needs a goal above 0: here it is %v",
			"cách tính điểm proportional cần mục tiêu lớn hơn 0: ở đây là %v", g.Bounds[0]))
	}
}

func (c *checker) linear(t *Target, q quantity, g Goal) {
	if !c.divisible(t, q) || len(g.Bounds) == 0 {
		return
	}
	if g.Cmp == Between || g.Cmp == Is {
		c.unfit(t, diag.PlanValue, lang.F("linear credit needs a goal with one end: here it is %q",
			"cách tính điểm linear cần mục tiêu có một đầu: ở đây là %q", g.Cmp))
		return
	}
	floor, ok := c.figure(&t.Credit.Floor, q)
	goal, _, err := c.plan.Evaluate(g.Bounds[0])
	if !ok || err != nil || !c.sound(&g.Bounds[0]) {
		return
	}
	rising := g.Cmp == AtLeast || g.Cmp == MoreThan
	switch {
	case rising && floor.Cmp(goal) >= 0:
		c.fail(diag.PlanRange, t.Credit.Floor.Pos, lang.F("the floor %v is not below the goal %v",
			"mức sàn %v không thấp hơn mục tiêu %v", t.Credit.Floor, g))
	case !rising && floor.Cmp(goal) <= 0:
		c.fail(diag.PlanRange, t.Credit.Floor.Pos, lang.F("the floor %v is not above the goal %v",
			"mức sàn %v không cao hơn mục tiêu %v", t.Credit.Floor, g))
	}
}

// atMost checks that a part of a credit earns no more than the target.
func (c *checker) atMost(t *Target, points *number.Exact) {
	if least := c.plan.leastPoints(t); t.Adjust == NoAdjustment && points.Cmp(least) > 0 {
		c.fail(diag.PlanRange, c.near(t.Pos, points), lang.F("%s points are more than the target's %s",
			"%s điểm nhiều hơn điểm của chỉ tiêu là %s", decimal(*points, false), decimal(least, false)))
	}
}

func (c *checker) choicePoints(t *Target, q quantity) {
	if q.kind != ChoiceKind {
		c.unfit(t, diag.PlanValue, lang.F("points by choice are for a choice: the measure is of kind %q",
			"điểm theo lựa chọn chỉ dùng cho lựa chọn: đại lượng thuộc loại %q", q.kind))
		return
	}
	all := idsOf(q.choices, func(v *ChoiceValue) string { return v.ID })
	given := map[string]bool{}
	for i := range t.Credit.Choices {
		p := &t.Credit.Choices[i]
		given[p.Choice] = true
		c.known(&p.Choice, nounChoice, all)
		c.atMost(t, &p.Points)
	}
	for _, id := range all {
		if !given[id] {
			c.unfit(t, diag.PlanKey, lang.F("the choice %q has no points", "lựa chọn %q chưa có điểm", id))
		}
	}
}

// bands checks that every possible value of the measure lies in a band, and
// that no band is hidden by those before it.
func (c *checker) bands(t *Target, q quantity) {
	if q.kind == ChoiceKind {
		c.unfit(t, diag.PlanValue, lang.T("bands are not for a choice: want choices", "bands không dùng cho lựa chọn: cần choices"))
		return
	}
	rest, known := []span{q.values}, true
	for i := range t.Credit.Bands {
		b := &t.Credit.Bands[i]
		c.bandEarns(t, b, q)
		if !c.dayGoal(b.Cmp, b.Days, b.Pos, q) {
			return
		}
		s, ok := c.comparison(b.Cmp, b.Bounds, q)
		if known = known && ok; !known {
			continue
		}
		var left []span
		reached := false
		for _, r := range rest {
			reached = reached || !empty(r.meet(s), q)
			left = append(left, nonEmpty(r.minus(s), q)...)
		}
		if rest = left; !reached {
			c.fail(diag.PlanRange, b.Pos, lang.F("the band %v can never be reached: the bands before it take all of its values",
				"khung điểm %v không bao giờ dùng đến: các khung trước đã bao hết giá trị của nó", *b))
		}
	}
	if known && len(rest) > 0 {
		gap := rest[0]
		if q.whole {
			gap = gap.whole()
		}
		c.unfit(t, diag.PlanRange, lang.F("no band holds for values %s", "chưa có khung điểm cho giá trị %s", gap.text(q.form())))
	}
}

func nonEmpty(list []span, q quantity) []span {
	return slices.DeleteFunc(list, func(s span) bool { return empty(s, q) })
}
