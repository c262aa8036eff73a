package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
)

// days makes classes of days: blank, what lies in ranges between cuts that count
// alike, and what no sheet can hold. A day of a class stands for all of it.
func (c *code) days(period plan.Period, all *records.List, f records.Facet) {
	var cuts []date.Date
	if before, ok := period.From.Add(-1); ok {
		cuts = append(cuts, before)
	}
	cuts = append(append(cuts, period.To), f.Cuts...)
	slices.SortFunc(cuts, date.Date.Compare)
	cuts = slices.Compact(cuts)
	if all.Blank(f) == records.BlankClass {
		c.classes = []class{{}} // else the first one holds what is blank, too
	}
	index := map[string]int{}
	for i := range len(cuts) + 1 {
		on := cuts[min(i, len(cuts)-1)]
		if after, ok := on.Add(1); ok && i == len(cuts) {
			on = after
		}
		key := all.DayClass(f, on)
		at, known := index[key]
		if !known {
			at = len(c.classes)
			index[key], c.classes = at, append(c.classes, class{cell: records.GroupCell{State: records.Readable, On: on}})
		}
		if n := len(c.ranges); n > 0 && c.ranges[n-1] == at { // the range goes on
			c.cuts = c.cuts[:n-1]
		} else {
			c.ranges = append(c.ranges, at)
		}
		if i < len(cuts) {
			c.cuts = append(c.cuts, cuts[i])
		}
	}
	c.callDays(len(f.Cuts) > 0)
	for _, text := range []string{"infinity", "-infinity", "> " + date.Last.String(), "< " + date.First.String()} {
		c.classes = append(c.classes, class{name: text, cell: records.GroupCell{State: records.Unreadable, Check: diag.NotDate, Shown: []byte(text)}})
	}
}

// callDays names the classes of days. Without cuts of conditions they lie in the
// period, before or after it.
func (c *code) callDays(cut bool) {
	last := len(c.ranges) - 1
	for i, at := range c.ranges {
		var name string
		switch {
		case last == 0:
			name = "any"
		case !cut:
			name = []string{"before", "in", "after"}[i]
		case i == 0:
			name = "to " + c.cuts[0].String()
		case i == last:
			name = "after " + c.cuts[i-1].String()
		default:
			name = "after " + c.cuts[i-1].String() + " to " + c.cuts[i].String()
		}
		if cl := &c.classes[at]; cl.name == "" {
			cl.name = name
		} else {
			cl.name += " | " + name
		}
	}
}

// daySQL codes in which range a day lies.
func (c *code) daySQL(at func(class int) int) string {
	v := quoteName(c.id)
	last := len(c.ranges) - 1
	infinite := len(c.classes) - 4 // and what else no sheet can hold
	after := fmt.Sprintf("%s >= %s", v, quoteDay(date.First))
	var b strings.Builder
	b.WriteString("CASE")
	for i := 1; i < last; i++ {
		fmt.Fprintf(&b, " WHEN %s > %s AND %s <= %s THEN %d", v, quoteDay(c.cuts[i-1]), v, quoteDay(c.cuts[i]), at(c.ranges[i]))
	}
	if last > 0 {
		after = fmt.Sprintf("%s > %s", v, quoteDay(c.cuts[last-1]))
	}
	fmt.Fprintf(&b, " WHEN %s THEN CASE WHEN %s <= %s THEN %d WHEN %s = 'infinity' THEN %d ELSE %d END",
		after, v, quoteDay(date.Last), at(c.ranges[last]), v, at(infinite), at(infinite+2))
	fmt.Fprintf(&b, " WHEN %s IS NULL THEN 0", v)
	if last > 0 {
		fmt.Fprintf(&b, " WHEN %s >= %s THEN %d", v, quoteDay(date.First), at(c.ranges[0]))
	}
	fmt.Fprintf(&b, " WHEN %s = '-infinity' THEN %d ELSE %d END", v, at(infinite+1), at(infinite+3))
	return b.String()
}

// readable tests whether a day is one that a sheet can hold, too.
func readable(v string) string {
	return fmt.Sprintf("%s BETWEEN %s AND %s", v, quoteDay(date.First), quoteDay(date.Last))
}

// daySerial numbers days as date.Date.Serial does.
func daySerial(v string) string { return v + " - DATE '1899-12-30'" }

// dayNumberSQL is the number of a day; NULL of what is none.
func dayNumberSQL(v string) string {
	return fmt.Sprintf("CASE WHEN %s THEN %s END", readable(v), daySerial(v))
}

// laterSQL codes whether one day is after another, to which days are added. Days
// are not numbers to a server where they are infinite.
func (c *code) laterSQL(yes int, calendar *date.Calendar) string {
	a, b := quoteName(c.id), quoteName(c.other)
	than := ">"
	if c.orOn {
		than = ">="
	}
	if c.plus.IsZero() {
		return fmt.Sprintf("CASE WHEN %s %s %s THEN %d ELSE 0 END", a, than, b, yes)
	}
	test := fmt.Sprintf("%s - %s %s %d", a, b, than, c.plus.N)
	if c.plus.Working {
		test = c.laterWorking(a, b, calendar)
	}
	return fmt.Sprintf("CASE WHEN %s AND %s THEN CASE WHEN %s THEN %d ELSE 0 END ELSE 0 END", readable(a), readable(b), test, yes)
}

// laterWorking tests whether a is after the n-th working day after b. That day is
// the first up to which there are n working days more than up to b, so that it
// suffices to count the working days up to a, or up to the day before, and up to b.
// Where n is not above 0, b itself may be it.
func (c *code) laterWorking(a, b string, calendar *date.Calendar) string {
	backA, backB, n := 1, 0, c.plus.N
	if c.orOn {
		backA = 0
	}
	if n <= 0 {
		backB, n = 1, n+1
	}
	return fmt.Sprintf("%s - (%s) >= %d", workingUpTo(a, backA, calendar), workingUpTo(b, backB, calendar), n)
}

// workingUpTo counts the working days up to so many days before v, from a Saturday
// on before which no day lies.
func workingUpTo(v string, back int, calendar *date.Calendar) string {
	const saturday = 700_000 // days before that on which serials begin, which is a Saturday
	x := fmt.Sprintf("(%s + %d)", daySerial(v), saturday-back)
	out := fmt.Sprintf("%[1]s / 7 * 5 + greatest(%[1]s %% 7 - 1, 0)", x)
	holidays, worked := calendar.Exceptions()
	for _, e := range []struct {
		sign string
		days []date.Date
	}{{"-", holidays}, {"+", worked}} {
		if len(e.days) == 0 {
			continue
		}
		var serials []string
		for _, d := range e.days {
			serials = append(serials, fmt.Sprint(d.Serial()+saturday))
		}
		out += fmt.Sprintf(" %s pg_catalog.width_bucket(%s, ARRAY[%s])", e.sign, x, list(serials))
	}
	return out
}

// ofDays reports whether a measure is taken of days.
func (s *Statement) ofDays(m measure) bool {
	return s.list.Table.FindColumn(m.id).Type == plan.Date
}

// argument is what a measure is taken of.
func (s *Statement) argument(m measure) string {
	if s.ofDays(m) {
		return quoteName("day of " + m.id)
	}
	return quoteName(m.id)
}
