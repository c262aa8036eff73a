package records

import (
	"math"
	"slices"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Pair compares two columns of days. Records of a group agree in whether the
// day in A is after the day in B plus Plus, where both are readable.
type Pair struct {
	A, B *Column
	Plus plan.Days
	OrOn bool // A counts as after that day when it is the same day

	calendar *date.Calendar
	known    map[int32]int32 // days of B to which Plus was added before, with the results
	given    bool            // the answer comes from a group
	after    bool
}

// pair returns the pair that compares days as p does.
func (l *List) pair(p Pair) *Pair {
	i := slices.IndexFunc(l.pairs, func(o *Pair) bool { return o.A == p.A && o.B == p.B && o.Plus == p.Plus && o.OrOn == p.OrOn })
	if i < 0 {
		i = len(l.pairs)
		p.calendar, p.known = l.calendar, map[int32]int32{}
		l.pairs = append(l.pairs, &p)
	}
	return l.pairs[i]
}

func (p *Pair) isAfter() bool {
	if p.given {
		return p.after
	}
	day := p.B.day
	if !p.Plus.IsZero() {
		day = p.later(day)
	}
	return p.A.day > day || p.OrOn && p.A.day == day
}

// maxKnownDays bounds the cache of days.
const maxKnownDays = 1 << 12

// later adds Plus to a day. A result beyond the calendar is after every day.
func (p *Pair) later(day int32) int32 {
	if later, ok := p.known[day]; ok {
		return later
	}
	later := int32(math.MaxInt32)
	if p.Plus.N < 0 {
		later = math.MinInt32
	}
	if from, ok := date.OfSerial(int64(day)); ok {
		if to, ok := p.Plus.After(from, p.calendar); ok {
			later = dayNumber(to)
		}
	}
	if len(p.known) < maxKnownDays {
		p.known[day] = later
	}
	return later
}

// other is the other column of a condition on days, or nil.
func (c *condition) other() *Column {
	if c.pair == nil {
		return nil
	}
	return c.pair.B
}

// comparesDays reports whether the days of a record satisfy a condition. No
// condition holds for a blank day.
func (c *condition) comparesDays() answer {
	a, b := c.column, c.other()
	switch {
	case a.state == Blank || b != nil && b.state == Blank:
		return no
	case a.state == Unreadable || b != nil && b.state == Unreadable:
		return unsure
	case c.pair != nil:
		return truth(c.pair.isAfter() == (c.op == plan.After || c.op == plan.NotBefore))
	case c.op == plan.After:
		return truth(a.day > c.day)
	case c.op == plan.Before:
		return truth(a.day < c.day)
	case c.op == plan.NotBefore:
		return truth(a.day >= c.day)
	}
	return truth(a.day <= c.day)
}
