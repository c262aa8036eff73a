// Package date is the civil calendar: days without a clock or a time zone.
// Figures are compared at the day, as the one-stop systems compare them.
package date

import (
	"cmp"
	"fmt"
	"time"

	"github.com/parcheck/parcheck/pkg/lang"
)

// Date is a day of the proleptic Gregorian calendar. The zero value is no day.
type Date struct {
	Year, Month, Day int
}

// Of returns the day of a year, month and day, and whether there is one.
func Of(year, month, day int) (Date, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return Date{}, false
	}
	return Date{year, month, day}, true
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// Parse reads an ISO 8601 day, "2023-12-31".
func Parse(s string) (Date, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return Date{}, lang.Errorf("%q is no date: want YYYY-MM-DD", "%q không phải ngày: cần dạng năm-tháng-ngày, ví dụ 2023-12-31", s)
	}
	return Date{t.Year(), int(t.Month()), t.Day()}, nil
}

// lastSerial is the day number of 9999-12-31 with the 1900 epoch, and how far
// apart the first days of the two epochs are.
const (
	lastSerial = 2958465
	epochsGap  = 1462
)

// FromSerial reads a spreadsheet's day number (ECMA-376 part 1, 18.17.4.1):
// day 1 is 1900-01-01 and the 29 February 1900 that never was is day 60 (it
// is refused), or, with the 1904 epoch, day 0 is 1904-01-01.
func FromSerial(serial int64, epoch1904 bool) (Date, bool) {
	first := int64(1)
	if epoch1904 {
		first = 0
	}
	if serial < first || serial > lastSerial {
		return Date{}, false
	}
	switch {
	case epoch1904:
		serial += epochsGap
	case serial == 60:
		return Date{}, false
	case serial < 60:
		serial++ // so that every day counts from 1899-12-30
	}
	if serial > lastSerial {
		return Date{}, false
	}
	return fromDays(int(serial) + daysTo18991230), true
}

// daysTo18991230 is how many days lie between 0000-03-01 and 1899-12-30.
const daysTo18991230 = 693899

// fromDays returns the day that lies so many days after 0000-03-01. Years are
// counted from March, so that the leap day is the last of its year.
func fromDays(days int) Date {
	const (
		in400, in100, in4 = 146097, 36524, 1461
	)
	year := 400 * (days / in400)
	days %= in400
	centuries := min(days/in100, 3)
	year += 100 * centuries
	days -= centuries * in100
	year += 4 * (days / in4)
	days %= in4
	years := min(days/365, 3)
	year += years
	days -= years * 365
	// From March on, five months have 153 days, again and again.
	month := (5*days + 2) / 153
	day := days - (153*month+2)/5 + 1
	if month < 10 {
		return Date{year, month + 3, day}
	}
	return Date{year + 1, month - 9, day}
}

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

// Shown prints the day as a reader of the language expects it: 31/12/2023 in
// Vietnamese, the unambiguous ISO form in English; nothing for the zero day.
func (d Date) Shown() lang.Text {
	if d.IsZero() {
		return lang.Text{}
	}
	return lang.T(d.String(), fmt.Sprintf("%02d/%02d/%04d", d.Day, d.Month, d.Year))
}
