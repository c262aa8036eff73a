// Package date is the civil calendar: days without a clock or a time zone.
// Figures are compared at the day, as the one-stop systems compare them.
package date

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a day of the proleptic Gregorian calendar. The zero value is no day.
type Date struct {
	Year, Month, Day int
}

// Of returns the day of a year, month and day, and whether there is one.
func Of(year, month, day int) (Date, bool) {
	d := Date{year, month, day}
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 {
		return Date{}, false
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day {
		return Date{}, false
	}
	return d, true
}

// Parse reads an ISO 8601 day, "2023-12-31".
func Parse(s string) (Date, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is no date: want YYYY-MM-DD", s)
	}
	return fromTime(t), nil
}

// FromSerial reads a spreadsheet's day number (ECMA-376 part 1, 18.17.4.1):
// day 1 is 1900-01-01 and the 29 February 1900 that never was is day 60 (it
// is refused), or, with the 1904 epoch, day 0 is 1904-01-01.
func FromSerial(serial int64, epoch1904 bool) (Date, bool) {
	var base time.Time
	switch {
	case epoch1904:
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case serial >= 61:
		base = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	case serial >= 1 && serial <= 59:
		base = time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	default:
		return Date{}, false
	}
	if serial < 0 || serial > 2958465 {
		return Date{}, false
	}
	t := base.AddDate(0, 0, int(serial))
	if t.Year() > 9999 {
		return Date{}, false
	}
	return fromTime(t), true
}

func fromTime(t time.Time) Date { return Date{t.Year(), int(t.Month()), t.Day()} }

// IsZero reports whether d is no day.
func (d Date) IsZero() bool { return d == Date{} }

// Compare orders days: -1 when d is before e, 0 when equal, +1 when after.
func (d Date) Compare(e Date) int { return cmp.Compare(d.number(), e.number()) }

func (d Date) number() int { return d.Year*10000 + d.Month*100 + d.Day }

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// String prints the ISO form, or "" for no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText writes the ISO form.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form, or no day from an empty text.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := Parse(string(b))
	*d = v
	return err
}
