package numfmt

import (
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/number"
)

// resolveDate tells minutes from months and finds fractions of a second; what
// else is no part of a date is text. Minutes become "n".
func (s *Section) resolveDate() {
	var out []item
	put := func(p part, text string) {
		if n := len(out); p == literal && n > 0 && out[n-1].part == literal {
			out[n-1].text += text
			return
		}
		out = append(out, item{p, text})
	}
	for i := 0; i < len(s.items); i++ {
		switch it := s.items[i]; it.part {
		case dateUnit, dayHalf, elapsed, padding:
			put(it.part, it.text)
		case point:
			n := 0
			for n < 3 && i+n+1 < len(s.items) && s.items[i+n+1].part == digit && s.inSecond(i+n+1) {
				n++
			}
			if n == 0 {
				put(literal, it.text)
				continue
			}
			put(fraction, "000"[:n])
			i += n
		case literal, digit, comma, percent, exponent, slash, general, text, fraction:
			put(literal, it.text)
		}
	}
	s.items = out
	s.findMinutes()
}

// findMinutes makes minutes of the m that follow hours or stand before seconds.
func (s *Section) findMinutes() {
	before := byte(0) // the unit before
	for i := range s.items {
		it := &s.items[i]
		if it.part != dateUnit && it.part != elapsed {
			continue
		}
		if unit := it.text[0]; it.part == dateUnit && unit == 'm' && len(it.text) <= 2 && (before == 'h' || s.unitBehind(i) == 's') {
			it.text = "nn"[:len(it.text)]
		}
		before = it.text[0]
	}
}

// unitBehind is the first letter of the date unit behind an item; 0 where
// there is none.
func (s *Section) unitBehind(i int) byte {
	for _, it := range s.items[i+1:] {
		if it.part == dateUnit || it.part == elapsed {
			return it.text[0]
		}
	}
	return 0
}

// lastDay is the serial of 9999-12-31.
const lastDay = 2958465

var (
	months   = [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	weekdays = [...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
)

// moment is a serial number taken apart, rounded to the parts of a second that
// are shown.
type moment struct {
	day   int64 // serial
	ticks int64 // since midnight
	per   int64 // ticks in a second
}

// date shows a day or a time. The days before 1900-03-01 are those of Excel,
// which has a 0 January and a 29 February in 1900.
func (s *Section) date(x number.Exact) string {
	per, half := int64(1), false
	for _, it := range s.items {
		switch it.part {
		case fraction:
			per = max(per, [...]int64{1, 10, 100, 1000}[len(it.text)])
		case dayHalf:
			half = true
		case literal, padding, digit, point, comma, percent, exponent, slash, general, text, dateUnit, elapsed:
		}
	}
	ticks := x.Mul(number.Int(86400 * per)).Add(number.Frac(1, 2)).Floor()
	n, ok := ticks.Int64()
	if !ok || x.Sign() < 0 || n >= (lastDay+1)*86400*per {
		return unshown
	}
	m := moment{day: n / (86400 * per), ticks: n % (86400 * per), per: per}
	var b strings.Builder
	for _, it := range s.items {
		switch it.part {
		case literal:
			b.WriteString(it.text)
		case padding:
			b.WriteByte(' ')
		case dateUnit:
			b.WriteString(m.unit(it.text, half))
		case dayHalf:
			b.WriteString(m.half(it.text))
		case elapsed:
			b.WriteString(zeros(n/per/map[byte]int64{'h': 3600, 'm': 60, 's': 1}[it.text[0]], len(it.text)))
		case fraction:
			b.WriteString("." + zeros(m.ticks%per/(per/[...]int64{1, 10, 100, 1000}[len(it.text)]), len(it.text)))
		case digit, point, comma, percent, exponent, slash, general, text:
		}
	}
	return b.String()
}

// unit shows one part of a date.
func (m moment) unit(letters string, half bool) string {
	n := len(letters)
	year, month, day := m.calendar()
	hour := m.ticks / m.per / 3600
	weekday := weekdays[(m.day+6)%7]
	switch letters[0] {
	case 'y', 'e':
		if n <= 2 && letters[0] == 'y' {
			return zeros(int64(year%100), 2)
		}
		return zeros(int64(year), 4)
	case 'b':
		if n <= 2 {
			return zeros(int64((year+543)%100), 2)
		}
		return zeros(int64(year+543), 4)
	case 'm':
		switch {
		case n <= 2:
			return zeros(int64(month), n)
		case n == 3:
			return months[month-1][:3]
		case n == 5:
			return months[month-1][:1]
		}
		return months[month-1]
	case 'd':
		switch {
		case n <= 2:
			return zeros(int64(day), n)
		case n == 3:
			return weekday[:3]
		}
		return weekday
	case 'a':
		if n == 3 {
			return weekday[:3]
		}
		return weekday
	case 'h':
		if half {
			hour = (hour+11)%12 + 1
		}
		return zeros(hour, min(n, 2))
	case 'n':
		return zeros(m.ticks/m.per/60%60, n)
	case 's':
		return zeros(m.ticks/m.per%60, min(n, 2))
	}
	return "" // g, the era of a calendar that is not the reader's
}

// calendar returns the day as Excel shows it.
func (m moment) calendar() (year, month, day int) {
	switch m.day {
	case 0:
		return 1900, 1, 0
	case 60:
		return 1900, 2, 29
	}
	d, _ := date.FromSerial(m.day, false)
	return d.Year, d.Month, d.Day
}

// half shows whether it is before noon.
func (m moment) half(letters string) string {
	am, pm, _ := strings.Cut(letters, "/")
	if m.ticks/m.per < 12*3600 {
		return am
	}
	return pm
}

// zeros prints a number with at least so many digits.
func zeros(n int64, digits int) string {
	s := strconv.FormatInt(n, 10)
	return strings.Repeat("0", max(digits-len(s), 0)) + s
}
