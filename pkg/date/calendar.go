package date

import (
	"cmp"
	"slices"
	"sort"
)

// Add returns the day that lies so many days after d, or before it where n is
// below 0, and whether there is one.
func (d Date) Add(n int) (Date, bool) { return OfSerial(d.Serial() + int64(n)) }

// OfSerial returns the day of a number that Serial gives, and whether there is
// one.
func OfSerial(serial int64) (Date, bool) {
	if serial < firstSerial || serial > lastSerial {
		return Date{}, false
	}
	return fromDays(int(serial) + daysTo18991230), true
}

// firstSerial is the number of 0001-01-01.
const firstSerial = -693593

// Days counts the days from d to e, below 0 where e is before d.
func (d Date) Days(e Date) int { return int(e.Serial() - d.Serial()) }

// Calendar tells working days: Monday to Friday less the holidays, and the
// Saturdays and Sundays that are worked (làm bù). The zero value has no
// holidays.
//
// It counts working days from a fixed day on, by weeks and by looking up the
// exceptions, so that adding any number of working days costs the same.
type Calendar struct {
	off []int64 // numbers of the Mondays to Fridays that are holidays, sorted
	on  []int64 // numbers of the Saturdays and Sundays that are worked, sorted
}

// NewCalendar makes a calendar of holidays and of worked Saturdays and Sundays.
// A holiday at a weekend and a worked Monday to Friday change nothing.
func NewCalendar(holidays, worked []Date) *Calendar {
	c := &Calendar{}
	for _, d := range holidays {
		if !d.Weekend() {
			c.off = append(c.off, d.Serial())
		}
	}
	for _, d := range worked {
		if d.Weekend() {
			c.on = append(c.on, d.Serial())
		}
	}
	for _, list := range []*[]int64{&c.off, &c.on} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return c
}

// Exceptions lists the Mondays to Fridays that are holidays, and the Saturdays
// and Sundays that are worked.
func (c *Calendar) Exceptions() (holidays, worked []Date) {
	for _, s := range c.off {
		d, _ := OfSerial(s)
		holidays = append(holidays, d)
	}
	for _, s := range c.on {
		d, _ := OfSerial(s)
		worked = append(worked, d)
	}
	return holidays, worked
}

// First and Last are the days between which all others lie.
var (
	First, _ = OfSerial(firstSerial)
	Last, _  = OfSerial(lastSerial)
)

// Equal reports whether two calendars have the same working days.
func (c *Calendar) Equal(o *Calendar) bool {
	if c == nil || o == nil {
		return c == o
	}
	return slices.Equal(c.off, o.off) && slices.Equal(c.on, o.on)
}

// Weekend reports whether d is a Saturday or a Sunday.
func (d Date) Weekend() bool { return mod(d.Serial(), 7) < 2 } // day 0 is a Saturday

// Works reports whether d is a working day.
func (c *Calendar) Works(d Date) bool {
	s := d.Serial()
	return c.upTo(s) > c.upTo(s-1)
}

// Between counts the working days after d, up to and with e; below 0, those
// after e up to and with d, where e is before d.
func (c *Calendar) Between(d, e Date) int { return int(c.upTo(e.Serial()) - c.upTo(d.Serial())) }

// Add returns the n-th working day after d, which itself does not count, and
// whether there is one. Where n is below 0 it is the n-th working day before d,
// and where n is 0 it is d or, when d is no working day, the next one.
func (c *Calendar) Add(d Date, n int) (Date, bool) {
	s := d.Serial()
	wanted := c.upTo(s) + int64(n)
	if n <= 0 {
		wanted = c.upTo(s-1) + int64(n) + 1
	}
	reach := 2*(max(int64(n), -int64(n))+int64(len(c.off))) + 14 // of the wanted day from d, at most
	first := s - reach
	at := sort.Search(int(2*reach), func(i int) bool { return c.upTo(first+int64(i)) >= wanted })
	return OfSerial(first + int64(at))
}

// upTo counts the working days from day 1 up to and with a day, by their
// numbers; below 0 before day 1.
func (c *Calendar) upTo(s int64) int64 {
	week := (s - mod(s, 7)) / 7
	return week*5 + max(0, mod(s, 7)-1) - before(c.off, s+1) + before(c.on, s+1)
}

// before counts the numbers of a sorted list that are less than x.
func before(list []int64, x int64) int64 {
	at, _ := slices.BinarySearchFunc(list, x, cmp.Compare[int64])
	return int64(at)
}

// mod is the remainder of s and n, from 0 on.
func mod(s, n int64) int64 { return ((s % n) + n) % n }
