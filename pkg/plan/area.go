package plan

import (
	"slices"
	"strconv"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"gopkg.in/yaml.v3"
)

// AreaRules say how the points of an area are computed from its targets and
// subareas, in this order: the points are added up, those of targets that do
// not apply are shared or given, the sum is cut to the cap, raised to the
// floor, scaled to the weight and rounded.
type AreaRules struct {
	Within string        `json:"within,omitempty"` // the area that it is a part of; empty: none
	Cap    *number.Exact `json:"cap,omitempty"`    // the most points that its parts can add up to; it is also their maximum
	Floor  *number.Exact `json:"floor,omitempty"`  // the least, which deductions cannot take away
	Weight *number.Exact `json:"weight,omitempty"` // the points that all of its parts together count for
	Round  *Decimals     `json:"round,omitempty"`  // nil: as the area that it is within, or the plan
	Fallen *Fallen       `json:"fallen,omitempty"` // what becomes of the points of targets that do not apply; nil: likewise
}

// Decimals is how many decimals a number is rounded to, half up.
type Decimals uint8

// mostDecimals is how many decimals points can be rounded to.
const mostDecimals = 6

// Apply rounds a number.
func (d *Decimals) Apply(x number.Exact) number.Exact {
	if d == nil {
		return x
	}
	return number.HalfUp(x, int(*d))
}

func (a *AreaRules) keys() []key {
	return []key{
		optional("within", word(&a.Within), "the area that it is a part of", "lĩnh vực cấp trên chứa lĩnh vực này"),
		optional("cap", exactly(&a.Cap), "the most points that its parts can come to", "tổng điểm các phần không vượt quá mức này"),
		optional("floor", exactly(&a.Floor), "the least points, which deductions cannot take away", "trừ điểm không làm tổng điểm thấp hơn mức này"),
		optional("weight", exactly(&a.Weight), "the points that its parts together count for", "số điểm mà cả lĩnh vực được quy đổi về"),
		optional("round", decimals(&a.Round), "decimals that points are rounded to, half up", "số chữ số thập phân khi làm tròn điểm"),
		optional("fallen", fallenKey(&a.Fallen), "what becomes of the points of targets that do not apply", "xử lý điểm của chỉ tiêu không áp dụng (không phát sinh)"),
	}
}

// signed reads a plain number, which may be below 0.
func signed(into *number.Exact) value {
	return doubted(scalar(into, amountSchema, func(raw string) (number.Exact, *mistake) {
		x, percent, m := figure(raw)
		if m == nil && percent {
			m = wrong("%s is a percentage: want a plain number", "%s là phần trăm: cần số thường", quoted(raw))
		}
		return x, m
	}), thousands)
}

// decimals reads a number of decimals.
func decimals(into **Decimals) value {
	s := schema{"type": "integer", "minimum": 0, "maximum": mostDecimals}
	return scalar(into, s, func(raw string) (*Decimals, *mistake) {
		n, err := strconv.ParseUint(raw, 10, 8)
		if err != nil || n > mostDecimals {
			return nil, wrong("%s decimals: want a whole number from 0 to %d", "làm tròn %s chữ số thập phân: cần số nguyên từ 0 đến %d", quoted(raw), mostDecimals)
		}
		d := Decimals(n)
		return &d, nil
	})
}

// Rounding is how the points of an area are rounded; nil: they are not.
func (p *Plan) Rounding(area string) *Decimals {
	for range p.Areas { // no chain is longer
		a := p.FindArea(area)
		if a == nil {
			break
		}
		if a.Round != nil {
			return a.Round
		}
		area = a.Within
	}
	return p.Round
}

// RoundingOf is how the points of a target are rounded; nil: they are not.
func (p *Plan) RoundingOf(t *Target) *Decimals {
	if t.Round != nil {
		return t.Round
	}
	return p.Rounding(t.Area)
}

// Outline lists the areas in the order of reports: the plan's order, with
// subareas after the area that they are within. depth counts the areas around
// each.
func (p *Plan) Outline() (areas []*Area, depth []int) {
	var add func(within string, level int)
	add = func(within string, level int) {
		for i := range p.Areas {
			if a := &p.Areas[i]; a.Within == within && !slices.Contains(areas, a) {
				areas, depth = append(areas, a), append(depth, level)
				add(a.ID, level+1)
			}
		}
	}
	add("", 0)
	return areas, depth
}

// areas checks references between areas, and that the limits of each leave
// points to earn.
func (c *checker) areas() {
	p := c.plan
	ids := idsOf(p.Areas, func(a *Area) string { return a.ID })
	for i := range p.Areas {
		a := &p.Areas[i]
		c.known(&a.Within, nounArea, ids)
		c.areaLimits(a)
		if c.encloses(a) {
			c.fail(diag.PlanName, c.at(&a.Within), lang.F("the area %q is within itself", "lĩnh vực %q nằm trong chính nó", a.ID))
		}
	}
}

// encloses reports whether an area is a part of itself.
func (c *checker) encloses(a *Area) bool {
	within := a.Within
	for range c.plan.Areas {
		if within == a.ID {
			return true
		}
		outer := c.plan.FindArea(within)
		if outer == nil {
			return false
		}
		within = outer.Within
	}
	return false
}

func (c *checker) areaLimits(a *Area) {
	for _, l := range []struct {
		name string
		at   **number.Exact
	}{{"cap", &a.Cap}, {"weight", &a.Weight}} {
		if x := *l.at; x != nil && x.Sign() <= 0 {
			c.fail(diag.PlanRange, c.at(l.at), lang.F("the %s of an area is above 0: here it is %s", "%s của lĩnh vực phải lớn hơn 0: ở đây là %s",
				l.name, decimal(*x, false)))
		}
	}
	if a.Cap != nil && a.Floor != nil && a.Cap.Cmp(*a.Floor) <= 0 {
		c.fail(diag.PlanRange, c.at(&a.Floor), lang.F("the floor %s is not below the cap %s", "mức sàn %s không thấp hơn mức trần %s",
			decimal(*a.Floor, false), decimal(*a.Cap, false)))
	}
}

// areas reports limits of areas that have no effect. A cap equal to the sum of
// the parts is not reported: it repeats what the document says.
func (l *linter) areas() {
	for i := range l.plan.Areas {
		a := &l.plan.Areas[i]
		if most := l.plan.most(a.ID); a.Cap != nil && most.Sign() > 0 && a.Cap.Cmp(most) > 0 && !l.plan.adjusted(a.ID, Bonus) {
			l.warn(diag.PlanNoEffect, a.Pos, "the cap %s of the area %q has no effect: its parts come to %s points at most",
				"mức trần %s của lĩnh vực %q không có tác dụng: các phần cộng lại tối đa %s điểm", decimal(*a.Cap, false), a.ID, decimal(most, false))
		}
		if a.Floor != nil && a.Floor.Sign() <= 0 && !l.plan.adjusted(a.ID, Deduction) {
			l.warn(diag.PlanNoEffect, a.Pos, "the floor %s of the area %q has no effect: nothing is deducted in it",
				"mức sàn %s của lĩnh vực %q không có tác dụng: lĩnh vực không có điểm trừ", decimal(*a.Floor, false), a.ID)
		}
	}
}

// most is the most points that the parts of an area can add up to.
func (p *Plan) most(area string) number.Exact {
	var sum number.Exact
	for i := range p.Targets {
		if t := &p.Targets[i]; t.Area == area {
			sum = sum.Add(t.Points)
		}
	}
	for i := range p.Areas {
		if a := &p.Areas[i]; a.Within == area && a.ID != area {
			sum = sum.Add(p.mostOf(a))
		}
	}
	return sum
}

func (p *Plan) mostOf(a *Area) number.Exact {
	most := p.most(a.ID)
	if a.Cap != nil {
		most = number.Min(most, *a.Cap)
	}
	if a.Weight != nil && most.Sign() > 0 {
		most = *a.Weight
	}
	return most
}

// exactly reads a number that may be negative or absent.
func exactly(into **number.Exact) value {
	var x number.Exact
	v := signed(&x)
	parse := v.parse
	v.into, v.parse = into, func(r *reader, n *yaml.Node) bool {
		if !parse(r, n) {
			return false
		}
		*into = &x
		return true
	}
	return v
}
