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
}

// misfit is a measure of things that do not go together.
type misfit struct {
	pos     diag.Pos
	message lang.Text
}

// MeasureKind returns what a measure of the plan gives; NoKind when its facts
// are not in the plan or do not go together, which Parse refuses.
func (p *Plan) MeasureKind(m Measure) ValueKind {
	q, bad := quantities(p.ofFact).of(m)
	if bad != nil {
		return NoKind
	}
	return q.kind
}

// quantities tells what a fact gives; no kind when that is not known.
type quantities func(fact string) quantity

// of finds out what a measure gives. It is unknown, with no misfit, where that
// depends on a fact that is.
func (facts quantities) of(m Measure) (quantity, *misfit) {
	if m.Op == ValueOf {
		return facts(m.Fact), nil
	}
	if m.Op == ShareOf {
		return ratio(m, facts(m.Part), facts(m.Whole))
	}
	args := make([]quantity, len(m.Args))
	for i, a := range m.Args {
		q, bad := facts.of(a)
		if bad != nil || q.kind == NoKind {
			return quantity{}, bad
		}
		args[i] = q
	}
	if len(args) == 0 || (m.Op == ChangeOf || m.Op == GrowthOf) && len(args) != 2 {
		return quantity{}, nil
	}
	switch m.Op {
	case ChangeOf:
		return change(m, args[0], args[1])
	case GrowthOf:
		return growth(m, args[0], args[1])
	case OneMinus:
		return complement(m, args[0])
	case MinOf, MaxOf, SumOf, MeanOf:
		return combined(m, args)
	case ValueOf, ShareOf: // above
	}
	return quantity{}, nil
}

var one = number.Int(1)

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
	}
	return quantity{}
}

func ratio(m Measure, part, whole quantity) (quantity, *misfit) {
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
	if now.kind == ChoiceKind || now.kind == ChangeKind {
		return quantity{}, &misfit{m.Pos, lang.F("a change of a %q cannot be measured", "không đo được mức thay đổi của loại %q", now.kind)}
	}
	if now.kind != before.kind {
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
		switch {
		case a.kind == RankKind || a.kind == ChoiceKind:
			return quantity{}, &misfit{m.Pos, lang.F("%s is of shares, counts or amounts: here is a %q",
				"%s chỉ dùng cho tỷ lệ, số đếm hoặc số tiền: ở đây có loại %q", m.Op, a.kind)}
		case a.kind != q.kind || a.share != q.share:
			return quantity{}, &misfit{m.Pos, lang.F("%s is of measures of one kind: here are a %q and a %q",
				"%s cần các đại lượng cùng loại: ở đây có %q và %q", m.Op, q.kind, a.kind)}
		}
		q.whole = q.whole && a.whole
	}
	for _, a := range args[1:] {
		if m.Op == SumOf {
			q.values = span{low: plus(q.values.low, a.values.low), high: plus(q.values.high, a.values.high)}
		} else {
			q.values = hull(q.values, a.values)
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
