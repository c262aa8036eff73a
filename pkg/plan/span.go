package plan

import (
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// span is a range of numbers; an end may be missing, open or included.
type span struct {
	low, high         *number.Exact
	openLow, openHigh bool
}

func from(low number.Exact) span         { return span{low: &low} }
func within(low, high number.Exact) span { return span{low: &low, high: &high} }

// compared is the span of the values for which a comparison holds.
func compared(c Comparator, bounds []number.Exact) span {
	first, last := &bounds[0], &bounds[len(bounds)-1]
	switch c {
	case AtLeast:
		return span{low: first}
	case MoreThan:
		return span{low: first, openLow: true}
	case AtMost:
		return span{high: first}
	case LessThan:
		return span{high: first, openHigh: true}
	case Between, Is:
		return span{low: first, high: last}
	}
	return span{}
}

// whole shrinks a span to the whole numbers at its ends.
func (s span) whole() span {
	if s.low != nil {
		n := s.low.Ceil()
		if s.openLow && s.low.IsInt() {
			n = n.Add(number.Int(1))
		}
		s.low, s.openLow = &n, false
	}
	if s.high != nil {
		n := s.high.Floor()
		if s.openHigh && s.high.IsInt() {
			n = n.Sub(number.Int(1))
		}
		s.high, s.openHigh = &n, false
	}
	return s
}

func (s span) empty() bool {
	if s.low == nil || s.high == nil {
		return false
	}
	c := s.low.Cmp(*s.high)
	return c > 0 || c == 0 && (s.openLow || s.openHigh)
}

// point reports whether the span is one number.
func (s span) point() bool {
	return s.low != nil && s.high != nil && s.low.Equal(*s.high)
}

func (s span) contains(x number.Exact) bool { return !s.meet(within(x, x)).empty() }

// meet is the intersection of two spans.
func (s span) meet(t span) span {
	if t.low != nil {
		if s.low == nil || s.low.Cmp(*t.low) < 0 {
			s.low, s.openLow = t.low, t.openLow
		} else if s.low.Equal(*t.low) {
			s.openLow = s.openLow || t.openLow
		}
	}
	if t.high != nil {
		if s.high == nil || s.high.Cmp(*t.high) > 0 {
			s.high, s.openHigh = t.high, t.openHigh
		} else if s.high.Equal(*t.high) {
			s.openHigh = s.openHigh || t.openHigh
		}
	}
	return s
}

// minus is the difference of two spans: at most two spans.
func (s span) minus(t span) []span {
	var rest []span
	if t.low != nil {
		rest = append(rest, s.meet(span{high: t.low, openHigh: !t.openLow}))
	}
	if t.high != nil {
		rest = append(rest, s.meet(span{low: t.high, openLow: !t.openHigh}))
	}
	return rest
}

// text describes the span: "from 70% to below 90%".
func (s span) text(f form) lang.Text {
	var low, high string
	if s.low != nil {
		low = f.write(*s.low)
	}
	if s.high != nil {
		high = f.write(*s.high)
	}
	lower := lang.F("from %s", "từ %s", low)
	if s.openLow {
		lower = lang.F("above %s", "trên %s", low)
	}
	switch {
	case s.point():
		return lang.F("of exactly %s", "đúng %s", low)
	case s.low == nil && s.high == nil:
		return lang.T("of any size", "bất kỳ")
	case s.high == nil:
		return lower
	case s.low == nil && s.openHigh:
		return lang.F("below %s", "dưới %s", high)
	case s.low == nil:
		return lang.F("up to %s", "không quá %s", high)
	case s.openHigh:
		return lang.F("%s to below %s", "%s đến dưới %s", lower, high)
	}
	return lang.F("%s up to %s", "%s đến %s", lower, high)
}
