package plan

import (
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/term"
)

func (m *Measure) yaml() value { return later(m, m.described) }

func (m *Measure) described() value {
	lead := func(op MeasureOp, v value, en, vi string) key {
		return required(op.String(), setting(&m.Op, op, v), en, vi)
	}
	return fresh(m, placed(&m.Pos, named("measure", byKind(m, map[yaml.Kind]value{
		yaml.ScalarNode: m.scalar(),
		yaml.MappingNode: m.simplified(oneOf(m, term.Measure, func() [][]key {
			args := func() value { return sequence(&m.Args, 2, 0, (*Measure).yaml) }
			return [][]key{
				{lead(ValueOf, factID(&m.Fact), "a fact itself", "chính số liệu đó")},
				{lead(ShareOf, m.arg(0, 2), "the part: a fact, or a measure", "tử số: một số liệu hoặc đại lượng"),
					required("of", m.arg(1, 2), "the whole: a fact, or a measure", "mẫu số: một số liệu hoặc đại lượng")},
				{lead(RatioOf, m.arg(0, 2), "a figure that is divided, without an upper end", "số bị chia, thương không có mức tối đa"),
					required("of", m.arg(1, 2), "what it is divided by", "số chia"),
					optional("per", m.per(), "for so many of it: per 1000", "tính trên ngần này: trên 1000"),
					optional("unit", text(&m.Unit), "what the number counts; none: a percentage", "đơn vị của thương; không ghi là phần trăm")},
				{lead(ChangeOf, m.arg(0, 2), "the new measure", "đại lượng mới"),
					required("from", m.arg(1, 2), "the old measure, which is taken off", "đại lượng cũ, bị trừ đi")},
				{lead(GrowthOf, m.arg(0, 2), "the new measure", "đại lượng mới"),
					required("from", m.arg(1, 2), "the old measure, of which it has grown by a share", "đại lượng cũ, làm gốc để tính tăng bao nhiêu phần trăm")},
				{lead(OneMinus, m.arg(0, 1), "a share that is taken off 100%", "tỷ lệ bị trừ khỏi 100%")},
				{lead(MinOf, args(), "the smallest of some", "nhỏ nhất trong các đại lượng")},
				{lead(MaxOf, args(), "the largest of some", "lớn nhất trong các đại lượng")},
				{lead(SumOf, args(), "the sum of some", "tổng các đại lượng")},
				{lead(MeanOf, args(), "the mean of some", "trung bình các đại lượng")},
				{lead(ProductOf, args(), "the product of some", "tích các đại lượng")},
				{lead(QuotientOf, sequence(&m.Args, 2, 2, (*Measure).yaml), "the first divided by the second", "đại lượng đầu chia cho đại lượng sau")},
				{lead(FirstOf, args(), "the first that is known and not 0", "đại lượng đầu tiên có số liệu và khác 0")},
				{lead(MetOf, words(&m.Targets), "how many of these targets are met", "bao nhiêu trong số các chỉ tiêu này đạt"),
					optional("of", option(&m.Of, metBaseNames), "a share of those that apply: applicable", "tính tỷ lệ trên số chỉ tiêu có áp dụng: applicable")},
				{lead(ParamOf, word(&m.Param), "the value of a param", "giá trị của tham số")},
			}
		})),
	}))))
}

// scalar reads the id of a fact, or a number.
func (m *Measure) scalar() value {
	v := factID(&m.Fact)
	parse := v.parse
	v.parse = func(r *reader, n *yaml.Node) bool {
		if x, percent, wrong := figure(n.Value); wrong == nil && n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0 {
			m.Op, m.Value, m.Percent = ConstantOf, x, percent
			return true
		}
		return parse(r, n)
	}
	return v
}

func (m *Measure) per() value {
	return scalar(&m.Per, numberSchema, func(raw string) (*number.Exact, *mistake) {
		x, wrong := plainFigure(raw)
		if wrong == nil && x.IsZero() {
			wrong = &mistake{check: diag.PlanRange, message: lang.F("per is above 0: here it is %s", "per phải lớn hơn 0: ở đây là %s", quoted(raw))}
		}
		return &x, wrong
	})
}

// simplified turns a share of two facts into ShareOf, the older form, and any
// other one into FractionOf.
func (m *Measure) simplified(v value) value {
	parse := v.parse
	v.parse = func(r *reader, n *yaml.Node) bool {
		if child(n, "row") != nil || child(n, "title") != nil {
			return factID(&m.Fact).parse(r, n) // one that lacks its id
		}
		ok := parse(r, n)
		if m.Op != ShareOf || len(m.Args) != 2 {
			return ok
		}
		part, whole := &m.Args[0], &m.Args[1]
		if part.Op != ValueOf || whole.Op != ValueOf {
			m.Op = FractionOf
			return ok
		}
		for _, f := range []struct{ to, from *string }{{&m.Part, &part.Fact}, {&m.Whole, &whole.Fact}} {
			*f.to = *f.from
			if pos, known := r.places[f.from]; known {
				r.places[f.to] = pos
			}
			r.bad[f.to] = r.bad[f.from]
		}
		m.Args = nil
		return ok
	}
	return v
}

// arg binds the argument with index i of a measure that has so many.
func (m *Measure) arg(i, of int) value {
	return value{argument{m, i},
		func(r *reader, n *yaml.Node) bool {
			if len(m.Args) != of {
				m.Args = make([]Measure, of)
			}
			return m.Args[i].yaml().read(r, n)
		},
		func(d definitions) schema { return new(Measure).yaml().schema(d) },
	}
}

// argument is the address of an argument that may not exist yet.
type argument struct {
	of *Measure
	i  int
}

// measure checks a measure and returns its quantity; NoKind when that is
// unknown.
func (c *checker) measure(m *Measure) quantity {
	c.measured(m)
	if !c.sound(m) {
		return quantity{}
	}
	if m.figures() == 0 && m.Op != ConstantOf && m.Op != ParamOf { // these alone are a base that every unit has
		c.fail(diag.PlanValue, c.near(m.Pos, m), lang.T("the measure names no fact: want one, or for points that every unit has a number or a param alone",
			"đại lượng không dùng số liệu nào: cần số liệu, hoặc chỉ ghi một số hay một tham số khi đó là điểm nền đơn vị nào cũng có"))
		return quantity{}
	}
	q, bad := c.quantities().of(*m)
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
	if m.Op == ParamOf {
		c.known(&m.Param, nounParam, idsOf(c.plan.Params, func(q *Param) string { return q.ID }))
	}
	if m.Per != nil && m.Unit.IsZero() && c.sound(&m.Per, &m.Unit) {
		c.fail(diag.PlanKey, c.at(&m.Per), lang.T(`"per" without a "unit": a ratio without a unit is a percentage`,
			`có "per" nhưng thiếu "unit": thương không có đơn vị là phần trăm`))
	}
	if m.Op == ConstantOf {
		c.named(m)
	}
	for i := range m.Args {
		c.measured(&m.Args[i])
	}
}

// named turns a number that is the id of a fact into that fact.
func (c *checker) named(m *Measure) {
	if id := decimal(m.Value, m.Percent); slices.Contains(c.facts, id) {
		m.Op, m.Fact, m.Value = ValueOf, id, number.Exact{}
	}
}

// figures counts the figures in a measure that a unit reports.
func (m *Measure) figures() int {
	n := 0
	if m.Fact != "" || m.Part != "" || m.Whole != "" || m.Op == MetOf {
		n++
	}
	for i := range m.Args {
		n += m.Args[i].figures()
	}
	return n
}

func (c *checker) quantities() quantities { return quantities{c.ofFact, c.plan.ofParam} }

// ofFact is what a fact gives, when its kind could be read.
func (c *checker) ofFact(id string) quantity {
	f := c.plan.FindFact(id)
	if f == nil || !c.sound(&f.Kind) || f.Kind == ChoiceFact && f.Values == nil {
		return quantity{}
	}
	return c.plan.ofFact(id)
}
