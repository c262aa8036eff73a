package date

import (
	"math/rand"
	"testing"
	"time"
)

// naive walks day by day on package time's calendar.
type naive struct{ off, on map[Date]bool }

func (n naive) works(d Date) bool {
	switch time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Weekday() {
	case time.Saturday, time.Sunday:
		return n.on[d]
	case time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday:
	}
	return !n.off[d]
}

func (n naive) add(d Date, days int) Date {
	step := 1
	if days < 0 {
		step, days = -1, -days
	}
	if days == 0 {
		for !n.works(d) {
			d, _ = d.Add(1)
		}
		return d
	}
	for days > 0 {
		d, _ = d.Add(step)
		if n.works(d) {
			days--
		}
	}
	return d
}

// Working days are those that a walk from day to day finds, whatever days are
// holidays or worked.
func TestCalendarAgainstAWalk(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	start := Date{2025, 12, 1}
	for range 300 {
		oracle := naive{map[Date]bool{}, map[Date]bool{}}
		var off, on []Date
		for range r.Intn(60) {
			d, _ := start.Add(r.Intn(120))
			off = append(off, d)
			oracle.off[d] = true
		}
		for range r.Intn(8) {
			d, _ := start.Add(r.Intn(120))
			on = append(on, d)
			oracle.on[d] = true
		}
		c := NewCalendar(off, on)
		d, _ := start.Add(r.Intn(150) - 20)
		if got := c.Works(d); got != oracle.works(d) {
			t.Fatalf("%s works: %t", d, got)
		}
		n := r.Intn(80) - 40
		got, ok := c.Add(d, n)
		if want := oracle.add(d, n); !ok || got != want {
			t.Fatalf("%d working days after %s: %s, want %s (holidays %v, worked %v)", n, d, got, want, off, on)
		}
		if n > 0 && c.Between(d, got) != n {
			t.Fatalf("%d working days between %s and %s, want %d", c.Between(d, got), d, got, n)
		}
	}
}

func TestCalendar(t *testing.T) {
	tet := []Date{{2026, 2, 16}, {2026, 2, 17}, {2026, 2, 18}, {2026, 2, 19}, {2026, 2, 20}}
	for _, c := range []struct {
		holidays, worked []Date
		from             string
		n                int
		want             string
	}{
		{nil, nil, "2026-03-13", 1, "2026-03-16"}, // a Friday
		{nil, nil, "2026-03-15", 0, "2026-03-16"}, // a Sunday
		{nil, nil, "2026-03-16", 0, "2026-03-16"},
		{nil, nil, "2026-03-16", -1, "2026-03-13"},
		{nil, nil, "2026-03-15", -1, "2026-03-13"},
		{nil, nil, "2026-03-14", 5, "2026-03-20"},
		{tet, nil, "2026-02-13", 1, "2026-02-23"},
		{tet, []Date{{2026, 2, 21}}, "2026-02-13", 1, "2026-02-21"}, // worked in place of a holiday
		{nil, nil, "9999-12-31", 1, ""},
		{nil, nil, "0001-01-01", -1, ""},
		{nil, nil, "2024-02-28", 3660, "2038-03-10"},
	} {
		d, _ := Parse(c.from)
		got, ok := NewCalendar(c.holidays, c.worked).Add(d, c.n)
		if got.String() != c.want || ok != (c.want != "") {
			t.Errorf("%d working days after %s: %s, %t, want %s", c.n, c.from, got, ok, c.want)
		}
	}
}

func TestAdd(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2024-02-28", 1, "2024-02-29"},
		{"2024-03-01", -1, "2024-02-29"},
		{"1900-02-28", 1, "1900-03-01"},
		{"9999-12-31", 1, ""},
		{"0001-01-01", -1, ""},
		{"0001-01-01", 0, "0001-01-01"},
	} {
		d, _ := Parse(c.from)
		got, ok := d.Add(c.n)
		if got.String() != c.want || ok != (c.want != "") {
			t.Errorf("%d days after %s: %s, %t, want %s", c.n, c.from, got, ok, c.want)
		}
		if ok && d.Days(got) != c.n {
			t.Errorf("from %s to %s: %d days", d, got, d.Days(got))
		}
	}
}
