package ods

import (
	"math/bits"
	"regexp"
	"strconv"

	"github.com/parcheck/parcheck/pkg/date"
)

// Days and times that are none of a spreadsheet's, as LibreOffice writes
// numbers that a date format shows: cells of them hold no day and no time.
var (
	farDate = regexp.MustCompile(`^(-[\d-]{1,12}|\d{5,9})-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}([.,]\d{1,18})?Z?)?$`)
	farTime = regexp.MustCompile(`^PT-\d{1,12}H\d{2}M\d{2}S$`)
)

const (
	second = int64(1e9) // nanoseconds
	day    = 86400      // seconds
)

// length is a length of time.
type length struct{ seconds, nanoseconds int64 }

// readDate reads a day, or a day with a time (ODF 1.3 part 3, 18.3.14), as the
// serial that other files store for it: what is told of dates is told alike.
func readDate(b []byte, epoch1904 bool) (raw []byte, ok bool) {
	if len(b) < 10 || b[4] != '-' || b[7] != '-' {
		return b, farDate.Match(b)
	}
	d, err := date.Parse(string(b[:10]))
	if err != nil {
		return b, farDate.Match(b)
	}
	clock, ok := clockOf(b[10:])
	if !ok {
		return b, false
	}
	const days1904 = 1462 // from the one epoch to the other
	n := d.Serial()
	if epoch1904 {
		n -= days1904
	}
	clock.seconds += n * day
	return clock.serial(), true
}

// clockOf reads "", or "T10:30:00.5" with or without a Z behind it.
func clockOf(b []byte) (length, bool) {
	if len(b) == 0 {
		return length{}, true
	}
	if b[len(b)-1] == 'Z' {
		b = b[:len(b)-1]
	}
	if len(b) < 9 || b[0] != 'T' || b[3] != ':' || b[6] != ':' {
		return length{}, false
	}
	h, ok1 := digits(b[1:3])
	m, ok2 := digits(b[4:6])
	s, ok3 := digits(b[7:9])
	fraction, ok4 := fractionOf(b[9:])
	return length{h*3600 + m*60 + s, fraction}, ok1 && ok2 && ok3 && ok4 && h < 25 && m < 60 && s < 61
}

// fractionOf reads "" or ".123" of a second.
func fractionOf(b []byte) (int64, bool) {
	if len(b) == 0 {
		return 0, true
	}
	if b[0] != '.' && b[0] != ',' || len(b) == 1 || len(b) > 19 {
		return 0, false
	}
	b = b[1:]
	if _, ok := digits(b[min(9, len(b)):]); !ok && len(b) > 9 {
		return 0, false
	}
	n, ok := digits(b[:min(9, len(b))])
	for i := len(b); i < 9; i++ {
		n *= 10
	}
	return n, ok
}

// digits reads a number of at most nine digits.
func digits(b []byte) (n int64, ok bool) {
	if len(b) == 0 || len(b) > 9 {
		return 0, false
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

// readTime reads a duration, "PT10H30M00S", as the number of days that a
// spreadsheet has for it.
func readTime(b []byte) (raw []byte, ok bool) {
	if farTime.Match(b) {
		return b, true
	}
	negative := len(b) > 0 && b[0] == '-'
	if negative {
		b = b[1:]
	}
	if len(b) < 3 || b[0] != 'P' {
		return nil, false
	}
	var total length
	b = b[1:]
	units := []struct {
		letter  byte
		seconds int64
	}{{'D', day}, {'T', 0}, {'H', 3600}, {'M', 60}, {'S', 1}}
	for len(b) > 0 {
		n := 0
		for n < len(b) && (b[n] >= '0' && b[n] <= '9' || b[n] == '.' || b[n] == ',') {
			n++
		}
		if n == len(b) {
			return nil, false
		}
		for len(units) > 0 && units[0].letter != b[n] {
			if units[0].letter == 'T' {
				return nil, false // hours and shorter stand behind a T
			}
			units = units[1:]
		}
		if len(units) == 0 || (n == 0) != (b[n] == 'T') || b[n] == 'T' && n+1 == len(b) {
			return nil, false
		}
		if n > 0 && !total.add(b[:n], units[0].seconds) {
			return nil, false
		}
		b, units = b[n+1:], units[1:]
	}
	if negative {
		total.seconds, total.nanoseconds = -total.seconds, -total.nanoseconds
	}
	return total.serial(), true
}

// add adds a number of units of so many seconds; only seconds have a fraction.
func (l *length) add(b []byte, seconds int64) bool {
	whole := 0
	for whole < len(b) && b[whole] != '.' && b[whole] != ',' {
		whole++
	}
	n, ok := digits(b[:whole])
	fraction, fits := fractionOf(b[whole:])
	l.seconds += n * seconds
	l.nanoseconds += fraction
	return ok && fits && (whole == len(b) || seconds == 1)
}

// serial prints a length of time in days, to 15 decimals.
func (l length) serial() []byte {
	var out []byte
	if l.seconds < 0 || l.nanoseconds < 0 {
		if l.seconds > 0 { // of a time on a day before the first
			l.seconds, l.nanoseconds = l.seconds-1, l.nanoseconds+second
		} else if l.nanoseconds > 0 {
			l.seconds, l.nanoseconds = l.seconds+1, l.nanoseconds-second
		}
		out, l.seconds, l.nanoseconds = append(out, '-'), -l.seconds, -l.nanoseconds
	}
	out = strconv.AppendInt(out, l.seconds/day, 10)
	hi, lo := bits.Mul64(uint64(l.seconds%day*second+l.nanoseconds), 1e15)
	fraction, rest := bits.Div64(hi, lo, uint64(day*second))
	if rest >= uint64(day*second)/2 {
		fraction++
	}
	if fraction == 0 {
		return out
	}
	tail := strconv.AppendUint(nil, 1e15+fraction, 10) // "1" stands for the point
	tail[0] = '.'
	for tail[len(tail)-1] == '0' {
		tail = tail[:len(tail)-1]
	}
	return append(out, tail...)
}
