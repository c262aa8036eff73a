package plan

import (
	"math/rand/v2"
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// TestSpans holds the arithmetic of ranges against numbers tried one by one.
func TestSpans(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	end := func() *number.Exact {
		if random.IntN(4) == 0 {
			return nil
		}
		x := number.Frac(random.Int64N(13)-6, 2)
		return &x
	}
	some := func() span { return span{end(), end(), random.IntN(2) == 0, random.IntN(2) == 0} }
	holds := func(s span, x number.Exact) bool {
		above := s.low == nil || x.Cmp(*s.low) > 0 || !s.openLow && x.Equal(*s.low)
		below := s.high == nil || x.Cmp(*s.high) < 0 || !s.openHigh && x.Equal(*s.high)
		return above && below
	}
	for range 2000 {
		s, u := some(), some()
		if s.empty() || u.empty() {
			continue
		}
		inside := false
		for n := int64(-32); n <= 32; n++ {
			x := number.Frac(n, 4)
			in, other := holds(s, x), holds(u, x)
			inside = inside || in && other
			left := false
			for _, piece := range s.minus(u) {
				left = left || holds(piece, x)
			}
			switch {
			case s.contains(x) != in:
				t.Fatalf("%v in %v: %v", x, s.text(plainForm).In(lang.EN), s.contains(x))
			case holds(s.meet(u), x) != (in && other):
				t.Fatalf("%v in both %v and %v: %v", x, s.text(plainForm).In(lang.EN), u.text(plainForm).In(lang.EN), holds(s.meet(u), x))
			case left != (in && !other):
				t.Fatalf("%v in %v and not in %v: %v", x, s.text(plainForm).In(lang.EN), u.text(plainForm).In(lang.EN), left)
			case x.IsInt() && holds(s.whole(), x) != in:
				t.Fatalf("%v in the whole numbers of %v: %v", x, s.text(plainForm).In(lang.EN), holds(s.whole(), x))
			}
		}
		if s.meet(u).empty() == inside {
			t.Fatalf("%v and %v have a number in common: %v", s.text(plainForm).In(lang.EN), u.text(plainForm).In(lang.EN), inside)
		}
	}
}

func TestSpanText(t *testing.T) {
	low, high := number.Frac(7, 10), number.Frac(9, 10)
	for _, test := range []struct {
		s      span
		en, vi string
	}{
		{span{low: &low, high: &high}, "from 70% up to 90%", "từ 70% đến 90%"},
		{span{low: &low, high: &high, openLow: true, openHigh: true}, "above 70% to below 90%", "trên 70% đến dưới 90%"},
		{span{low: &low}, "from 70%", "từ 70%"},
		{span{high: &high}, "up to 90%", "không quá 90%"},
		{span{high: &high, openHigh: true}, "below 90%", "dưới 90%"},
		{span{low: &low, high: &low}, "of exactly 70%", "đúng 70%"},
		{span{}, "of any size", "bất kỳ"},
	} {
		if got := test.s.text(percentForm); got.In(lang.EN) != test.en || got.In(lang.VI) != test.vi {
			t.Errorf("got %q, %q, want %q, %q", got.In(lang.EN), got.In(lang.VI), test.en, test.vi)
		}
	}
}
