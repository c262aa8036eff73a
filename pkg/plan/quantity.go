package plan

import (
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// quantity is what a measure gives: its kind, and which values it can have.
// A rank and a choice are no quantities that can be added up or divided.
type quantity struct {
	kind    ValueKind
	share   bool // its figures are written with a percent sign
	whole   bool
	values  span
	choices []ChoiceValue
	targets int  // of a count of met targets: how many are counted
	free    bool // a number that a plan gives or works out: it goes with counts and amounts alike
}

// addable reports whether such quantities can be added up: not ranks, choices
// and days.
func (q quantity) addable() bool {
	return q.kind != RankKind && q.kind != ChoiceKind && q.kind != DateKind
}

// misfit is a measure of things that do not go together.
type misfit struct {
	pos     diag.Pos
	message lang.Text
}

// MeasureKind returns what a measure of the plan gives; NoKind when its facts
// are not in the plan or do not go together, which Parse refuses.
func (p *Plan) MeasureKind(m Measure) ValueKind {
	q, bad := p.quantities().of(m)
	if bad != nil {
		return NoKind
	}
	return q.kind
}

// quantities tells what a fact and a param give; no kind when that is not known.
type quantities struct{ fact, param func(id string) quantity }

func (p *Plan) quantities() quantities { return quantities{p.ofFact, p.ofParam} }

// of finds out what a measure gives. It is unknown, with no misfit, where that
// depends on a fact that is.
func (qs quantities) of(m Measure) (quantity, *misfit) {
	if m.Op == ValueOf {
		return qs.fact(m.Fact), nil
	}
	if m.Op == ShareOf {
		return shareOf(m, qs.fact(m.Part), qs.fact(m.Whole))
	}
	if m.Op == ConstantOf {
		return constant(&m.Value, m.Percent), nil
	}
	if m.Op == ParamOf {
		return qs.param(m.Param), nil
	}
	if m.Op == MetOf {
		return metOf(m), nil
	}
	args := make([]quantity, len(m.Args))
	for i, a := range m.Args {
		q, bad := qs.of(a)
		if bad != nil || q.kind == NoKind {
			return quantity{}, bad
		}
		args[i] = q
	}
	if len(args) == 0 || m.Op.pair() && len(args) != 2 {
		return quantity{}, nil
	}
	switch m.Op {
	case ChangeOf:
		return change(m, args[0], args[1])
	case GrowthOf:
		return growth(m, args[0], args[1])
	case OneMinus:
		return complement(m, args[0])
	case MinOf, MaxOf, SumOf, MeanOf, FirstOf:
		return combined(m, args)
	case ProductOf:
		return product(m, args)
	case QuotientOf, RatioOf, FractionOf:
		return divided(m, args[0], args[1])
	case ValueOf, ShareOf, ConstantOf, ParamOf, MetOf: // above
	}
	return quantity{}, nil
}

var one = number.Int(1)

// metOf is how many of some targets are met, or which share.
func metOf(m Measure) quantity {
	if m.Of == Applicable {
		return quantity{kind: ShareKind, share: true, values: within(number.Exact{}, one)}
	}
	return quantity{kind: CountKind, whole: true, values: within(number.Exact{}, number.Int(int64(len(m.Targets)))), targets: len(m.Targets)}
}

func (p *Plan) ofFact(id string) quantity {
	f := p.FindFact(id)
	if f == nil {
		return quantity{}
	}
	switch f.Kind {
	case CountFact:
		return quantity{kind: CountKind, whole: true, values: from(number.Exact{})}
	case AmountFact:
		return quantity{kind: AmountKind, values: from(number.Exact{})}
	case ShareFact:
		return quantity{kind: ShareKind, share: true, values: within(number.Exact{}, one)}
	case RankFact:
		return quantity{kind: RankKind, whole: true, values: from(one)}
	case ChoiceFact:
		return quantity{kind: ChoiceKind, choices: f.Values}
	case DateFact:
		return quantity{kind: DateKind, whole: true}
	}
	return quantity{}
}

func shareOf(m Measure, part, whole quantity) (quantity, *misfit) {
	for _, s := range []struct {
		id string
		q  quantity
	}{{m.Part, part}, {m.Whole, whole}} {
		if s.q.kind != CountKind && s.q.kind != AmountKind && s.q.kind != NoKind {
			return quantity{}, &misfit{m.Pos, lang.F("a share is of two counts or two amounts: %q is of kind %q",
				"tỷ lệ cần hai số đếm hoặc hai số tiền: %q thuộc loại %q", s.id, s.q.kind)}
		}
	}
	if part.kind != whole.kind && part.kind != NoKind && whole.kind != NoKind {
		return quantity{}, &misfit{m.Pos, lang.F("a share is of two counts or two amounts: %q is of kind %q, %q of kind %q",
			"tỷ lệ cần hai số đếm hoặc hai số tiền: %q thuộc loại %q, %q thuộc loại %q", m.Part, part.kind, m.Whole, whole.kind)}
	}
	return quantity{kind: ShareKind, share: true, values: within(number.Exact{}, one)}, nil
}

func change(m Measure, now, before quantity) (quantity, *misfit) {
	if now.kind == ChoiceKind || now.kind == ChangeKind || now.kind == DateKind {
		return quantity{}, &misfit{m.Pos, lang.F("a change of a %q cannot be measured", "không đo được mức thay đổi của loại %q", now.kind)}
	}
	if now.kind != before.kind && !now.anyNumber(before) && !before.anyNumber(now) {
		return quantity{}, &misfit{m.Pos, lang.F("a change is between two of one kind: here a %q and a %q",
			"mức thay đổi cần hai đại lượng cùng loại: ở đây là %q và %q", now.kind, before.kind)}
	}
	return quantity{kind: ChangeKind, share: now.share, whole: now.whole && before.whole,
		values: span{low: less(now.values.low, before.values.high), high: less(now.values.high, before.values.low)}}, nil
}

// growth is how much larger a quantity is than another, as a share of that: a
// change that has no upper end, and is -100% at the least.
func growth(m Measure, now, before quantity) (quantity, *misfit) {
	for _, q := range []quantity{now, before} {
		if q.kind != ShareKind && q.kind != CountKind && q.kind != AmountKind {
			return quantity{}, &misfit{m.Pos, lang.F("growth is of shares, counts or amounts: here is a %q",
				"mức tăng chỉ tính cho tỷ lệ, số đếm hoặc số tiền: ở đây có loại %q", q.kind)}
		}
	}
	if now.kind != before.kind {
		return quantity{}, &misfit{m.Pos, lang.F("growth is between two of one kind: here a %q and a %q",
			"mức tăng cần hai đại lượng cùng loại: ở đây là %q và %q", now.kind, before.kind)}
	}
	return quantity{kind: ChangeKind, share: true, values: from(one.Neg())}, nil
}

func complement(m Measure, q quantity) (quantity, *misfit) {
	if q.kind != ShareKind {
		return quantity{}, &misfit{m.Pos, lang.F("one_minus is of a share: here it is of a %q",
			"one_minus chỉ dùng cho tỷ lệ: ở đây là loại %q", q.kind)}
	}
	q.values = span{low: less(&one, q.values.high), high: less(&one, q.values.low)}
	return q, nil
}

// combined is the smallest, largest, sum or mean of quantities of one kind.
func combined(m Measure, args []quantity) (quantity, *misfit) {
	q := args[0]
	for _, a := range args {
		if q.free && !a.free && a.share == q.share {
			q.kind, q.free = a.kind, false // the first that is not only a number tells the kind
		}
	}
	for _, a := range args {
		switch {
		case a.kind == DateKind && q.kind == DateKind && m.Op != SumOf && m.Op != MeanOf:
		case a.free && a.share == q.share && q.addable():
			if !a.whole && q.kind == CountKind {
				q.kind = AmountKind
			}
		case !a.addable():
			return quantity{}, &misfit{m.Pos, lang.F("%s is of shares, counts or amounts: here is a %q",
				"%s chỉ dùng cho tỷ lệ, số đếm hoặc số tiền: ở đây có loại %q", m.Op, a.kind)}
		case a.share != q.share || !q.goesWith(a):
			return quantity{}, &misfit{m.Pos, lang.F("%s is of measures of one kind: here are a %q and a %q",
				"%s cần các đại lượng cùng loại: ở đây có %q và %q", m.Op, q.kind, a.kind)}
		}
		q.whole = q.whole && a.whole
	}
	for _, a := range args[1:] {
		switch m.Op {
		case SumOf:
			q.values = span{low: plus(q.values.low, a.values.low), high: plus(q.values.high, a.values.high)}
		case MaxOf:
			q.values = largest(q.values, a.values)
		case MinOf:
			q.values = smallest(q.values, a.values)
		case MeanOf, FirstOf:
			q.values = hull(q.values, a.values)
		case ValueOf, ShareOf, ChangeOf, GrowthOf, OneMinus, ProductOf, QuotientOf, FractionOf, RatioOf, ConstantOf, ParamOf, MetOf: // not combined
		}
	}
	if m.Op == MeanOf {
		q.whole = false
		if q.kind == CountKind {
			q.kind = AmountKind
		}
	}
	return q, nil
}

// less and plus are of ends of spans; a missing end stays missing.
func less(x, y *number.Exact) *number.Exact {
	if x == nil || y == nil {
		return nil
	}
	d := x.Sub(*y)
	return &d
}

func plus(x, y *number.Exact) *number.Exact {
	if x == nil || y == nil {
		return nil
	}
	s := x.Add(*y)
	return &s
}

// hull is the smallest closed span that holds two closed ones.
func hull(s, t span) span {
	var h span
	if s.low != nil && t.low != nil {
		low := number.Min(*s.low, *t.low)
		h.low = &low
	}
	if s.high != nil && t.high != nil {
		high := number.Max(*s.high, *t.high)
		h.high = &high
	}
	return h
}

// largest holds the larger of a value of s and one of t: nothing below either's
// lower end.
func largest(s, t span) span {
	low := s.low
	if low == nil || t.low != nil && t.low.Cmp(*low) > 0 {
		low = t.low
	}
	return span{low: low, high: hull(s, t).high}
}

// smallest holds the smaller of a value of s and one of t: nothing above
// either's upper end.
func smallest(s, t span) span {
	high := s.high
	if high == nil || t.high != nil && t.high.Cmp(*high) < 0 {
		high = t.high
	}
	return span{low: hull(s, t).low, high: high}
}

// anyNumber reports whether q is a number that the plan gives, which goes with a.
func (q quantity) anyNumber(a quantity) bool {
	return q.free && q.share == a.share && q.kind != DateKind && a.addable()
}

// goesWith reports whether two quantities can be added up: an amount that began
// as a count still is one of the same things.
func (q quantity) goesWith(a quantity) bool {
	return q.kind == a.kind || q.kind == AmountKind && a.kind == CountKind && !q.whole
}

// pair reports whether an operation takes two measures.
func (o MeasureOp) pair() bool {
	return o == ChangeOf || o == GrowthOf || o == QuotientOf || o == RatioOf || o == FractionOf
}

// ofParam is what a param gives: any number while its value is not known.
func (p *Plan) ofParam(id string) quantity {
	q := p.FindParam(id)
	switch {
	case q == nil:
		return quantity{}
	case q.Value != nil && len(q.Values) == 0:
		if q.Day {
			return quantity{kind: DateKind, whole: true}
		}
		return constant(q.Value, q.Percent)
	case q.Day:
		return quantity{kind: DateKind, whole: true}
	case q.Percent:
		return quantity{kind: ShareKind, share: true, values: from(number.Exact{}), free: true}
	}
	return quantity{kind: AmountKind, values: from(number.Exact{}), free: true}
}

func constant(x *number.Exact, percent bool) quantity {
	kind := AmountKind
	if percent {
		kind = ShareKind
	}
	return quantity{kind: kind, share: percent, whole: !percent && x.IsInt(), values: within(*x, *x), free: true}
}

// calculable refuses what cannot be multiplied or divided.
func calculable(m Measure, args ...quantity) *misfit {
	for _, q := range args {
		if !q.addable() || q.kind == ChangeKind {
			return &misfit{m.Pos, lang.F("%s is of shares, counts or amounts: here is a %q",
				"%s chỉ dùng cho tỷ lệ, số đếm hoặc số tiền: ở đây có loại %q", m.key(), q.kind)}
		}
	}
	return nil
}

// key is the word by which a plan calls the operation.
func (m Measure) key() MeasureOp {
	if m.Op == FractionOf {
		return ShareOf
	}
	return m.Op
}

// product is a share where all factors are, and otherwise a number.
func product(m Measure, args []quantity) (quantity, *misfit) {
	if bad := calculable(m, args...); bad != nil {
		return quantity{}, bad
	}
	q := args[0]
	for _, a := range args[1:] {
		q.share, q.whole, q.free = q.share && a.share, q.whole && a.whole, true
		q.values = span{low: times(q.values.low, a.values.low), high: times(q.values.high, a.values.high)}
	}
	switch q.kind = AmountKind; {
	case q.share && (q.values.high == nil || q.values.high.Cmp(one) > 0):
		q.kind = RatioKind
	case q.share:
		q.kind = ShareKind
	}
	return q, nil
}

// times is of ends of spans that are not below 0; a missing end stays missing.
func times(x, y *number.Exact) *number.Exact {
	if x == nil || y == nil || x.Sign() < 0 || y.Sign() < 0 {
		return nil
	}
	p := x.Mul(*y)
	return &p
}

// divided is a quotient, a ratio or a share of two quantities.
func divided(m Measure, part, whole quantity) (quantity, *misfit) {
	if bad := calculable(m, part, whole); bad != nil {
		return quantity{}, bad
	}
	if part.share != whole.share && m.Op != QuotientOf && (m.Op != RatioOf || m.Unit.IsZero()) {
		return quantity{}, &misfit{m.Pos, lang.F("a %s is of two figures of one kind: here are a %q and a %q",
			"%s cần hai đại lượng cùng loại: ở đây có %q và %q", m.key(), part.kind, whole.kind)}
	}
	values := from(number.Exact{})
	if part.values.low == nil || part.values.low.Sign() < 0 {
		values = span{}
	}
	switch {
	case m.Op == FractionOf:
		return quantity{kind: ShareKind, share: true, values: within(number.Exact{}, one)}, nil
	case m.Op == QuotientOf && part.share && !whole.share:
		return quantity{kind: RatioKind, share: true, values: values, free: true}, nil
	case m.Op == QuotientOf:
		return quantity{kind: AmountKind, values: values, free: true}, nil
	}
	return quantity{kind: RatioKind, share: m.Unit.IsZero(), values: values}, nil
}
