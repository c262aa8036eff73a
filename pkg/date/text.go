package date

import (
	"strings"
	"unicode"

	"github.com/parcheck/parcheck/pkg/lang"
)

// TextError is why a text is no date. It says so in both languages.
type TextError struct{ text lang.Text }

// Error says it in English.
func (e *TextError) Error() string { return e.text.In(lang.EN) }

// In says it in a language.
func (e *TextError) In(l lang.Lang) string { return e.text.In(l) }

// Errors of ParseText.
var (
	ErrNotDate = &TextError{lang.T("no date: want dd/mm/yyyy", "không phải ngày: cần dd/mm/yyyy")}
	ErrCentury = &TextError{lang.T("the year has two digits: write all four", "năm chỉ có hai chữ số: hãy viết đủ bốn chữ số")}
	ErrNoDay   = &TextError{lang.T("there is no such day: want day/month/year", "không có ngày này: cần ngày/tháng/năm")}
)

// ParseText reads a day that a person or a web system typed as text:
// day/month/year as Vietnamese write it, "31/12/2023", "1-2-2023" or
// "01.02.2023", or "2023-12-31". A time before or after the day is left out:
// "31/12/2023 08:30", "08:30:00 31/12/2023", "2023-12-31T08:30:00Z". A year of
// two digits is ErrCentury, never a guess. The error is a *TextError.
func ParseText(s string) (Date, error) {
	if d, ok := usual(s); ok {
		return d, nil
	}
	s = dropTime(strings.TrimFunc(s, isMargin))
	a, sep, s, ok := field(s, 0)
	if !ok || !strings.ContainsRune("/-.", rune(sep)) {
		return Date{}, ErrNotDate
	}
	b, _, s, ok := field(s, sep)
	if !ok {
		return Date{}, ErrNotDate
	}
	c, end, s, ok := field(s, 0)
	if !ok || end != 0 || s != "" {
		return Date{}, ErrNotDate
	}
	if a.digits == 4 && sep != '.' {
		a, c = c, a
	}
	return dayMonthYear(a, b, c)
}

// usual reads dd/mm/yyyy, the form of nearly every cell of a long list.
func usual(s string) (Date, bool) {
	if len(s) != len("31/12/2023") || s[2] != '/' || s[5] != '/' {
		return Date{}, false
	}
	var n [3]int
	for i, part := range [...]string{s[:2], s[3:5], s[6:]} {
		for j := range len(part) {
			c := part[j] - '0'
			if c > 9 {
				return Date{}, false
			}
			n[i] = n[i]*10 + int(c)
		}
	}
	return Of(n[2], n[1], n[0])
}

func dayMonthYear(day, month, year run) (Date, error) {
	switch {
	case day.digits > 2 || month.digits > 2:
		return Date{}, ErrNotDate
	case year.digits == 2:
		return Date{}, ErrCentury
	case year.digits != 4:
		return Date{}, ErrNotDate
	}
	d, ok := Of(year.value, month.value, day.value)
	if !ok {
		return Date{}, ErrNoDay
	}
	return d, nil
}

// isMargin reports whether a character may surround a date: white space, and
// the zero-width characters that copying leaves.
func isMargin(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// run is a number of one to four digits.
type run struct{ value, digits int }

// field cuts a run of digits and the separator behind it off s. A separator of
// 0 allows any; at the end of s it is 0.
func field(s string, want byte) (r run, sep byte, rest string, ok bool) {
	for r.digits < len(s) && s[r.digits] >= '0' && s[r.digits] <= '9' && r.digits < 5 {
		r.value = r.value*10 + int(s[r.digits]-'0')
		r.digits++
	}
	rest = s[r.digits:]
	if rest != "" {
		sep, rest = rest[0], rest[1:]
	}
	return r, sep, rest, r.digits > 0 && r.digits < 5 && (want == 0 || sep == want)
}

// dropTime cuts a time of day off either end of s.
func dropTime(s string) string {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		before, after := s[:i], strings.TrimFunc(s[i:], isMargin)
		if isTime(before) {
			return strings.TrimSuffix(after, ",")
		}
		if isTime(after) {
			return strings.TrimSuffix(before, ",")
		}
		return s
	}
	if day, clock, ok := strings.Cut(s, "T"); ok && isTime(clock) {
		return day
	}
	return s
}

// isTime reports whether s is a time of day: "8:30", "08:30:00.000Z",
// "08:30:00+07:00", "8:30 AM" or "8:30 CH".
func isTime(s string) bool {
	for _, suffix := range []string{"AM", "PM", "SA", "CH", "am", "pm", "Z"} {
		if t, ok := strings.CutSuffix(s, suffix); ok {
			s = strings.TrimFunc(t, isMargin)
			break
		}
	}
	if zone := strings.IndexAny(s, "+-"); zone > 0 && isClock(s[zone+1:]) {
		s = s[:zone]
	}
	return isClock(s)
}

// isClock reports whether s is h:mm, h:mm:ss or h:mm:ss.fff.
func isClock(s string) bool {
	hour, sep, s, ok := field(s, ':')
	if !ok || sep != ':' || hour.digits > 2 || hour.value > 24 {
		return false
	}
	minute, sep, s, ok := field(s, 0)
	if !ok || minute.digits != 2 || minute.value > 59 {
		return false
	}
	if sep == 0 {
		return true
	}
	second, dot, s, ok := field(s, 0)
	if !ok || sep != ':' || second.digits != 2 || second.value > 60 {
		return false
	}
	return dot == 0 || dot == '.' && s != "" && strings.Trim(s, "0123456789") == ""
}
