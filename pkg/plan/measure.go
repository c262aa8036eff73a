package plan

import (
	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

func (m *Measure) yaml() value {
	lead := func(op MeasureOp, v value, en, vi string) key {
		return required(op.String(), setting(&m.Op, op, v), en, vi)
	}
	return fresh(m, placed(&m.Pos, named("measure", byKind(m, map[yaml.Kind]value{
		yaml.ScalarNode: factID(&m.Fact),
		yaml.MappingNode: oneOf(m, lang.T("measure", "đại lượng"), func() [][]key {
			args := func() value { return sequence(&m.Args, 2, 0, (*Measure).yaml) }
			return [][]key{
				{lead(ValueOf, factID(&m.Fact), "a fact itself", "chính số liệu đó")},
				{lead(ShareOf, factID(&m.Part), "the fact of the part", "số liệu tử số"),
					required("of", factID(&m.Whole), "the fact of the whole", "số liệu mẫu số")},
				{lead(ChangeOf, m.arg(0, 2), "the new measure", "đại lượng mới"),
					required("from", m.arg(1, 2), "the old measure, which is taken off", "đại lượng cũ, bị trừ đi")},
				{lead(GrowthOf, m.arg(0, 2), "the new measure", "đại lượng mới"),
					required("from", m.arg(1, 2), "the old measure, of which it has grown by a share", "đại lượng cũ, làm gốc để tính tăng bao nhiêu phần trăm")},
				{lead(OneMinus, m.arg(0, 1), "a share that is taken off 100%", "tỷ lệ bị trừ khỏi 100%")},
				{lead(MinOf, args(), "the smallest of some", "nhỏ nhất trong các đại lượng")},
				{lead(MaxOf, args(), "the largest of some", "lớn nhất trong các đại lượng")},
				{lead(SumOf, args(), "the sum of some", "tổng các đại lượng")},
				{lead(MeanOf, args(), "the mean of some", "trung bình các đại lượng")},
			}
		}),
	}))))
}

// arg binds one of so many args.
func (m *Measure) arg(i, of int) value {
	return value{argument{m, i},
		func(r *reader, n *yaml.Node) bool {
			if len(m.Args) != of {
				m.Args = make([]Measure, of)
			}
			return m.Args[i].yaml().read(r, n)
		},
		new(Measure).yaml().schema,
	}
}

// argument is the address of an arg that may not be there yet.
type argument struct {
	of *Measure
	i  int
}

// measure checks a measure and returns what it gives; no kind when that is
// not known.
func (c *checker) measure(m *Measure) quantity {
	c.measured(m)
	if !c.sound(m) {
		return quantity{}
	}
	q, bad := quantities(c.ofFact).of(*m)
	if bad != nil {
		c.fail(diag.PlanValue, bad.pos, bad.message)
	}
	return q
}

// measured checks that the facts of a measure are there.
func (c *checker) measured(m *Measure) {
	for _, id := range []*string{&m.Fact, &m.Part, &m.Whole} {
		c.known(id, nounFact, c.facts)
	}
	for i := range m.Args {
		c.measured(&m.Args[i])
	}
}

// ofFact is what a fact gives, when its kind could be read.
func (c *checker) ofFact(id string) quantity {
	f := c.plan.FindFact(id)
	if f == nil || !c.sound(&f.Kind) || f.Kind == ChoiceFact && f.Values == nil {
		return quantity{}
	}
	return c.plan.ofFact(id)
}
