package date

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Every day number agrees with the calendar of package time.
func TestFromSerial(t *testing.T) {
	day := func(base time.Time, n int64) string {
		return base.AddDate(0, 0, int(n)).Format("2006-01-02")
	}
	before := time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	after := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	mac := time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := int64(1); n <= lastSerial; n++ {
		if n > 80_000 && n%997 != 0 && n < lastSerial-1000 {
			continue
		}
		base := after
		if n < 60 {
			base = before
		}
		d, ok := FromSerial(n, false)
		if want := day(base, n); n != 60 && (!ok || d.String() != want) {
			t.Fatalf("day %d is %s, want %s", n, d, want)
		}
		if back := d.Serial(); n > 60 && back != n {
			t.Fatalf("day %d comes back as %d", n, back)
		}
		d, ok = FromSerial(n, true)
		if want := day(mac, n); ok != (n <= lastSerial-epochsGap) || ok && d.String() != want {
			t.Fatalf("day %d of 1904 is %s, want %s", n, d, want)
		}
	}
}

func TestFromSerialEdges(t *testing.T) {
	for _, c := range []struct {
		serial    int64
		epoch1904 bool
		want      string // "" for none
	}{
		{-1, false, ""},
		{0, false, ""},
		{1, false, "1900-01-01"},
		{59, false, "1900-02-28"},
		{60, false, ""}, // 29 February 1900
		{61, false, "1900-03-01"},
		{45291, false, "2023-12-31"},
		{2958465, false, "9999-12-31"},
		{2958466, false, ""},
		{1 << 62, false, ""},
		{-1, true, ""},
		{0, true, "1904-01-01"},
		{43829, true, "2023-12-31"},
		{2957003, true, "9999-12-31"},
		{2957004, true, ""},
	} {
		d, ok := FromSerial(c.serial, c.epoch1904)
		if d.String() != c.want || ok != (c.want != "") {
			t.Errorf("FromSerial(%d, %t) = %s, %t, want %q", c.serial, c.epoch1904, d, ok, c.want)
		}
	}
}

func TestOf(t *testing.T) {
	for year := -1; year <= 2101; year++ {
		for month := 0; month <= 13; month++ {
			for day := 0; day <= 32; day++ {
				d, ok := Of(year, month, day)
				u := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
				want := year >= 1 && u.Year() == year && u.Month() == time.Month(month) && u.Day() == day
				if ok != want || ok && d != (Date{year, month, day}) || !ok && !d.IsZero() {
					t.Fatalf("Of(%d, %d, %d) = %s, %t", year, month, day, d, ok)
				}
			}
		}
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ s, want string }{
		{"2023-12-31", "2023-12-31"},
		{"2024-02-29", "2024-02-29"},
		{"2023-02-29", `"2023-02-29" is no date: want YYYY-MM-DD`},
		{"2023-2-9", `"2023-2-9" is no date: want YYYY-MM-DD`},
		{"31/12/2023", `"31/12/2023" is no date: want YYYY-MM-DD`},
		{"", `"" is no date: want YYYY-MM-DD`},
	} {
		d, err := Parse(c.s)
		if got := outcome(d, err); got != c.want {
			t.Errorf("Parse(%q) = %s, want %s", c.s, got, c.want)
		}
	}
}

func outcome(d Date, err error) string {
	if err != nil {
		return err.Error()
	}
	return d.String()
}

func TestText(t *testing.T) {
	for _, s := range []string{"", "2023-12-31", "0001-01-01"} {
		var d Date
		if err := d.UnmarshalText([]byte(s)); err != nil {
			t.Errorf("%q: %v", s, err)
		}
		if b, err := d.MarshalText(); err != nil || string(b) != s {
			t.Errorf("%q comes back as %q, %v", s, b, err)
		}
	}
	var d Date
	if err := d.UnmarshalText([]byte("x")); err == nil || err.Error() != `"x" is no date: want YYYY-MM-DD` {
		t.Errorf("x: %v", err)
	}
}

func TestCompare(t *testing.T) {
	days := []Date{{2022, 12, 31}, {2023, 1, 1}, {2023, 1, 2}, {2023, 2, 1}}
	for i, d := range days {
		for j, e := range days {
			if got, want := []bool{d.Before(e), d.Compare(e) == 0}, []bool{i < j, i == j}; !cmp.Equal(got, want) {
				t.Errorf("%s against %s: before, same = %v", d, e, got)
			}
		}
	}
}
