package plan

import (
	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/lang"
)

func (c *Credit) yaml() value {
	lead := func(kind CreditKind, v value, en, vi string) key {
		return required(kind.String(), setting(&c.Kind, kind, v), en, vi)
	}
	standing := names[CreditKind]{AllOrNothing: AllOrNothing.String(), Proportional: Proportional.String()}
	return fresh(c, placed(&c.Pos, named("credit", byKind(c, map[yaml.Kind]value{
		yaml.ScalarNode: option(&c.Kind, standing),
		yaml.MappingNode: oneOf(c, lang.T("credit", "cách tính điểm"), func() [][]key {
			return [][]key{
				{lead(Linear, c.linear(), "no points at a floor, all at the goal, straight between", "không điểm ở mức sàn, đủ điểm ở mục tiêu, tăng đều ở giữa")},
				{lead(Banded, list(&c.Bands, (*Band).yaml), "the points of the first band that holds", "điểm của khung đầu tiên thỏa mãn")},
				{lead(ByChoice, entries(&c.Choices, (*ChoicePoints).yaml), "the points of each choice", "điểm của từng lựa chọn")},
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
		points := required("points", positive(&b.Points), "what it earns", "điểm của khung")
		var variants [][]key
		for _, k := range comparisons(&b.Cmp, &b.Bounds) {
			variants = append(variants, []key{k, points})
		}
		return variants
	})))
}

func (c *ChoicePoints) yaml() entry {
	return entry{key: word(&c.Choice), value: positive(&c.Points)}
}
