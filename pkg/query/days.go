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

// days makes classes of days: blank, between two cuts, infinite. A day of a class
// stands for all of it.
func (c *code) days(period plan.Period, f records.Facet) {
	if before, ok := period.From.Add(-1); ok {
		c.cuts = append(c.cuts, before)
	}
	c.cuts = append(c.cuts, period.To)
	c.cuts = append(c.cuts, f.Cuts...)
	slices.SortFunc(c.cuts, date.Date.Compare)
	c.cuts = slices.Compact(c.cuts)
	c.classes = []class{{}}
	add := func(name string, on date.Date) {
		c.classes = append(c.classes, class{name: name, cell: records.GroupCell{State: records.Readable, On: on}})
	}
	for i, cut := range c.cuts {
		switch name := "to " + cut.String(); {
		case len(f.Cuts) > 0 && i > 0:
			add("after "+c.cuts[i-1].String()+" "+name, cut)
		case len(f.Cuts) > 0:
			add(name, cut)
		case period.Contains(cut):
			add("in", cut)
		default:
			add("before", cut)
		}
	}
	last, name := c.cuts[len(c.cuts)-1], "after"
	if len(f.Cuts) > 0 {
		name += " " + last.String()
	}
	if after, ok := last.Add(1); ok {
		last = after
	}
	add(name, last)
	for _, text := range []string{"infinity", "-infinity", "> " + date.Last.String(), "< " + date.First.String()} {
		c.classes = append(c.classes, class{name: text, cell: records.GroupCell{State: records.Unreadable, Check: diag.NotDate, Shown: []byte(text)}})
	}
}

// daySQL codes between which cuts a day lies.
func (c *code) daySQL(at func(class int) int) string {
	v := quoteName(c.id)
	n := len(c.cuts)
	var b strings.Builder
	b.WriteString("CASE")
	for i, cut := range c.cuts[1:] {
		fmt.Fprintf(&b, " WHEN %s > %s AND %s <= %s THEN %d", v, quoteDay(c.cuts[i]), v, quoteDay(cut), at(i+2))
	}
	fmt.Fprintf(&b, " WHEN %s > %s THEN CASE WHEN %s = 'infinity' THEN %d WHEN %s > %s THEN %d ELSE %d END",
		v, quoteDay(c.cuts[n-1]), v, at(n+2), v, quoteDay(date.Last), at(n+4), at(n+1))
	fmt.Fprintf(&b, " WHEN %s IS NULL THEN 0 WHEN %s = '-infinity' THEN %d WHEN %s < %s THEN %d ELSE %d END",
		v, v, at(n+3), v, quoteDay(date.First), at(n+5), at(1))
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
