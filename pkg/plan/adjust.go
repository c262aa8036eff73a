package plan

import (
	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// Adjustment says whether a target deducts or adds points outside the maximum,
// instead of earning points within it.
type Adjustment uint8

// The adjustments.
const (
	NoAdjustment Adjustment = iota
	Deduction
	Bonus
)

// adjustKey reads the key by which a target deducts or adds points: how many,
// by its measure, and how many at most. Such a target earns no points
// otherwise.
func (t *Target) adjustKey(a Adjustment) value {
	lead := func(kind CreditKind, v value, en, vi string) []key {
		return []key{
			required(kind.String(), setting(&t.Credit.Kind, kind, v), en, vi),
			optional("most", exactly(&t.Most), "the most points in all; no limit when left out", "tổng số điểm tối đa; không ghi là không giới hạn"),
		}
	}
	v := named("adjustment", oneOf(&t.Adjust, lang.T("deduction or bonus", "phần điểm trừ hoặc điểm thưởng"), func() [][]key {
		return [][]key{
			lead(EachOf, points(&t.Credit.Each), "points for each of what the measure counts", "điểm cho mỗi đơn vị của đại lượng"),
			lead(Banded, list(&t.Credit.Bands, (*Band).yaml), "the points of the first band that holds", "điểm của khung đầu tiên thỏa mãn"),
			lead(ByChoice, entries(&t.Credit.Choices, (*ChoicePoints).yaml), "the points of each choice", "điểm của từng lựa chọn"),
		}
	}))
	parse := v.parse
	v.parse = func(r *reader, n *yaml.Node) bool {
		second := t.Adjust != NoAdjustment
		t.Adjust, t.Credit, t.Points = a, Credit{Pos: r.pos(n)}, number.Exact{}
		if second {
			r.fail(diag.PlanKey, r.pos(n), lang.T(`the target has both "deduct" and "bonus": want one of them`, `chỉ tiêu có cả "deduct" và "bonus": chỉ chọn một`))
			return false
		}
		return parse(r, n)
	}
	return v
}

// adjustment checks that a target that deducts or adds points has no points to
// earn.
func (c *checker) adjustment(t *Target) {
	for _, k := range []struct {
		name    string
		address any
	}{{"goal", &t.Goal}, {"points", &t.Points}, {"credit", &t.Credit}} {
		if c.written(k.address) {
			c.fail(diag.PlanKey, c.at(k.address), lang.F(`%q beside %q: points that are deducted or added are outside the maximum, and have no goal`,
				`có %q bên cạnh %q: điểm trừ, điểm thưởng nằm ngoài điểm tối đa và không có mục tiêu`, k.name, t.Adjust))
		}
	}
	if t.Most != nil && t.Most.Sign() <= 0 {
		c.fail(diag.PlanRange, c.at(&t.Most), lang.F("the most is above 0: here it is %s", "most phải lớn hơn 0: ở đây là %s", decimal(*t.Most, false)))
	}
}

// adjusted reports whether an area, or one within it, has a target with such an
// adjustment.
func (p *Plan) adjusted(area string, by Adjustment) bool {
	for i := range p.Targets {
		t := &p.Targets[i]
		if t.Adjust != by {
			continue
		}
		for id := t.Area; id != ""; {
			if id == area {
				return true
			}
			a := p.FindArea(id)
			if a == nil {
				break
			}
			id = a.Within
		}
	}
	return false
}

// each checks that points for each of something have something to count.
func (c *checker) each(t *Target, q quantity) {
	c.divisible(t, q)
	if t.Credit.Each.Sign() <= 0 {
		c.fail(diag.PlanRange, c.near(t.Credit.Pos, &t.Credit.Each), lang.T("each is above 0 points", "each phải lớn hơn 0 điểm"))
	}
}
