package records

import (
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/plan"
)

// shift is a column of days to whose days some are added before they are compared.
type shift struct {
	column   *Column
	days     plan.Days
	calendar *date.Calendar
	known    map[int32]int32 // days that were shifted before
}

// maxShifted bounds the days that are remembered.
const maxShifted = 1 << 12

// day is the day of the present record, shifted; false where no calendar reaches it.
func (s *shift) day() (int32, bool) {
	if day, ok := s.known[s.column.day]; ok {
		return day, true
	}
	from, ok := date.OfSerial(int64(s.column.day))
	if !ok {
		return 0, false
	}
	to, ok := s.days.After(from, s.calendar)
	if ok && len(s.known) < maxShifted {
		s.known[s.column.day] = dayNumber(to)
	}
	return dayNumber(to), ok
}

// compareDays sets the other column of a condition on days. Records of groups are
// known by whether one day is after another, so that before is told by the pair the
// other way round.
func (l *List) compareDays(c *condition, other *Column, plus plan.Days) {
	switch {
	case !plus.IsZero():
		c.shift = &shift{other, plus, l.calendar, map[int32]int32{}}
	case c.op == plan.Before || c.op == plan.NotBefore:
		c.pair = l.pair(other, c.column)
	default:
		c.pair = l.pair(c.column, other)
	}
}

// other is the other column of a condition on days, or nil.
func (c *condition) other() *Column {
	switch {
	case c.shift != nil:
		return c.shift.column
	case c.pair != nil && c.pair.A == c.column:
		return c.pair.B
	case c.pair != nil:
		return c.pair.A
	}
	return nil
}

// comparesDays reports whether the days of a record are as a condition says. Of
// blank ones nothing holds.
func (c *condition) comparesDays() answer {
	a, b := c.column, c.other()
	switch {
	case a.state == Blank || b != nil && b.state == Blank:
		return no
	case a.state == Unreadable || b != nil && b.state == Unreadable:
		return unsure
	case c.pair != nil:
		return truth(c.pair.isAfter() == (c.op == plan.After || c.op == plan.Before))
	}
	day := c.day
	if c.shift != nil {
		var ok bool
		if day, ok = c.shift.day(); !ok {
			return unsure
		}
	}
	switch {
	case c.op == plan.After:
		return truth(a.day > day)
	case c.op == plan.Before:
		return truth(a.day < day)
	case c.op == plan.NotBefore:
		return truth(a.day >= day)
	}
	return truth(a.day <= day)
}
