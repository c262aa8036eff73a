package date

import (
	"strings"

	"github.com/parcheck/parcheck/pkg/label"
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
	ErrWeekday = &TextError{lang.T("the day of the week is not that of the date: mend one of them", "thứ trong tuần không đúng với ngày: hãy sửa lại")}
	ErrOrder   = &TextError{lang.T("AM or PM beside it: it could be day/month or month/day; write dd/mm/yyyy without AM or PM",
		"có AM hoặc PM: không rõ ngày/tháng hay tháng/ngày; hãy ghi dd/mm/yyyy, không kèm AM, PM")}
	ErrZone = &TextError{lang.T("at the time of its zone the day in Vietnam is another one: write the day in Vietnam",
		"theo múi giờ ghi kèm thì ở Việt Nam là ngày khác: hãy ghi ngày theo giờ Việt Nam")}
)

// ParseText reads a day that a person or a web system typed as text:
// day/month/year as Vietnamese write it, "31/12/2023", "1-2-2023" or
// "01.02.2023", in words, "ngày 31 tháng 12 năm 2023", or "2023-12-31". A time
// and a day of the week on either side are left out, once they are known not to
// contradict the day: "08:30, 31/12/2023", "31/12/2023 - 08:30:00", "Chủ nhật,
// 31/12/2023", "2023-12-31T08:30:00Z". A year of two digits is ErrCentury, and
// "01/05/2023 8:30 AM" ErrOrder, never a guess. The error is a *TextError.
func ParseText(s string) (Date, error) {
	if d, ok := usual(s); ok {
		return d, nil
	}
	const longest = 100 // bytes of a date
	if len(s) > longest {
		return Date{}, ErrNotDate
	}
	if !isBare(s) {
		s = label.Key(strings.Clone(s)) // so that the caller's bytes need not be copied in the usual case
	}
	p := parser{text: s}
	return p.date()
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

// isBare reports whether a text has only what stays as it is when it is
// folded: digits, signs and single spaces, and the T and Z of ISO 8601.
func isBare(s string) bool {
	if strings.HasPrefix(s, " ") || strings.HasSuffix(s, " ") {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9', c == '/', c == '-', c == '.', c == ':', c == ',', c == '+', c == 'Z', c == 'T' && i > 0, c == ' ' && s[i-1] != ' ':
		default:
			return false
		}
	}
	return true
}

// parser reads a folded text from left to right.
type parser struct {
	text    string
	at      int  // how much of it has been read: no part is kept, so that the text need not be copied
	weekday int  // 1 to 7, Sunday first; 0: none is named
	clock   bool // a time is named
	half    bool // it has AM or PM, as English writes it
	minutes int  // of the day
	zoned   bool // the time names its zone
	offset  int  // of the zone, in minutes
}

// rest is what has not been read yet.
func (p *parser) rest() string { return p.text[p.at:] }

// date reads what stands before the day, the day and what stands behind it.
func (p *parser) date() (Date, error) {
	p.beside()
	day, month, year, ok := p.day()
	if !ok {
		return Date{}, ErrNotDate
	}
	if rest := p.rest(); rest != "" {
		if p.cut("t") || p.cut("T") {
			if p.clock = p.time(); !p.clock {
				return Date{}, ErrNotDate
			}
		} else if strings.IndexByte(" ,-(.", rest[0]) < 0 {
			return Date{}, ErrNotDate
		}
		p.cut(" (")
		p.cut("(")
		p.beside()
		p.cut(")")
	}
	if strings.Trim(p.rest(), " .,") != "" {
		return Date{}, ErrNotDate
	}
	d, err := dayMonthYear(day, month, year)
	if err != nil {
		return Date{}, err
	}
	return d, p.contradiction(d)
}

// contradiction says why the day cannot be the one that is meant.
func (p *parser) contradiction(d Date) error {
	const vietnam, wholeDay = 7 * 60, 24 * 60
	switch local := p.minutes - p.offset + vietnam; {
	case p.weekday > 0 && p.weekday != weekday(d):
		return ErrWeekday
	case p.half && d.Day <= 12 && d.Day != d.Month:
		return ErrOrder
	case p.zoned && (local < 0 || local >= wholeDay):
		return ErrZone
	}
	return nil
}

// weekday returns the day of the week, 1 for Sunday.
func weekday(d Date) int {
	const saturday = 7 // 1899-12-30
	return int((d.Serial()%7+7+saturday-1)%7) + 1
}

// beside reads a day of the week, a time and the word for day, in any order.
func (p *parser) beside() {
	for {
		p.skip(" ,-")
		switch {
		case p.weekday == 0 && p.dayOfWeek():
		case !p.clock && p.time():
			p.clock = true
		case p.cut("ngày ") || p.cut("ngày: "):
		case p.cut("lúc ") || p.cut("vào lúc ") || p.cut("hồi "):
		default:
			return
		}
	}
}

// skip cuts characters of a set off the rest, and returns how many.
func (p *parser) skip(set string) int {
	before := p.at
	for p.at < len(p.text) && strings.IndexByte(set, p.text[p.at]) >= 0 {
		p.at++
	}
	return p.at - before
}

// cut cuts a text off the rest, where that begins with it.
func (p *parser) cut(text string) bool {
	if !strings.HasPrefix(p.rest(), text) {
		return false
	}
	p.at += len(text)
	return true
}

// weekdays are the names of the days of the week, Sunday first.
var weekdays = [7][]string{
	{"chủ nhật", "cn", "sunday", "sun"},
	{"thứ hai", "thứ 2", "t2", "monday", "mon"},
	{"thứ ba", "thứ 3", "t3", "tuesday", "tue"},
	{"thứ tư", "thứ 4", "t4", "wednesday", "wed"},
	{"thứ năm", "thứ 5", "t5", "thursday", "thu"},
	{"thứ sáu", "thứ 6", "t6", "friday", "fri"},
	{"thứ bảy", "thứ bẩy", "thứ 7", "t7", "saturday", "sat"},
}

func (p *parser) dayOfWeek() bool {
	if rest := p.rest(); rest == "" || rest[0] >= '0' && rest[0] <= '9' {
		return false
	}
	for i, names := range weekdays {
		for _, name := range names {
			rest, ok := strings.CutPrefix(p.rest(), name)
			if ok && (rest == "" || strings.IndexByte(" ,)-", rest[0]) >= 0) {
				p.at, p.weekday = p.at+len(name), i+1
				return true
			}
		}
	}
	return false
}

// time reads a time of day: "8:30", "08:30:00.000Z", "08:30:00+07:00", "8:30
// am", "8:30 ch", "8h30", "8 giờ 30 phút". Where the text is none it stays.
func (p *parser) time() bool {
	before := p.at
	if p.hours() && (p.rest() == "" || strings.IndexByte(" ,-)", p.rest()[0]) >= 0) {
		return true
	}
	p.at, p.minutes, p.half, p.zoned, p.offset = before, 0, false, false, 0
	return false
}

func (p *parser) hours() bool {
	hour, ok := p.run()
	if !ok || hour.digits > 2 || hour.value > 24 {
		return false
	}
	p.minutes = 60 * hour.value
	if p.cut(":") {
		return p.minute() && p.second() && p.suffix()
	}
	if !p.cut("h") && !p.cut(" giờ") {
		return false
	}
	before := p.at
	if p.cut(" "); p.minute() {
		if !p.cut("'") {
			p.cut(" phút")
		}
	} else {
		p.at = before // no minutes
	}
	return true
}

func (p *parser) minute() bool {
	minute, ok := p.run()
	p.minutes += minute.value
	return ok && minute.digits == 2 && minute.value <= 59
}

// second reads ":ss" or ":ss.fff", or nothing.
func (p *parser) second() bool {
	if !p.cut(":") {
		return true
	}
	second, ok := p.run()
	if !ok || second.digits != 2 || second.value > 60 {
		return false
	}
	if p.cut(".") {
		return p.skip("0123456789") > 0
	}
	return true
}

// suffix reads what half of the day or what zone a time is of, or nothing.
func (p *parser) suffix() bool {
	before := p.at
	p.cut(" ")
	switch {
	case p.cut("am"), p.cut("pm"):
		p.half = true
		return true
	case p.cut("sa"), p.cut("ch"):
		return true
	case p.cut("z"), p.cut("Z"):
		p.zoned = true
		return true
	}
	west := p.cut("-")
	if !west && !p.cut("+") {
		p.at = before
		return true
	}
	hour, ok := p.run()
	minutes := 0
	switch {
	case ok && hour.digits == 4: // +0700
		hour.value, minutes = hour.value/100, hour.value%100
	case ok && hour.digits == 2 && p.cut(":"):
		minute, ok := p.run()
		if !ok || minute.digits != 2 {
			return false
		}
		minutes = minute.value
	case !ok || hour.digits != 2 || west: // "08:30-05/01/2023"
		p.at = before
		return true
	}
	if hour.value > 14 || minutes > 59 {
		p.at = before
		return true
	}
	p.zoned, p.offset = true, 60*hour.value+minutes
	if west {
		p.offset = -p.offset
	}
	return true
}

// run is a number of one to four digits.
type run struct{ value, digits int }

// run cuts a number of one to four digits off the rest.
func (p *parser) run() (r run, ok bool) {
	for p.at < len(p.text) && p.text[p.at] >= '0' && p.text[p.at] <= '9' && r.digits < 5 {
		r.value = r.value*10 + int(p.text[p.at]-'0')
		r.digits++
		p.at++
	}
	return r, r.digits > 0 && r.digits < 5
}

// day reads the three parts of a day, in whatever order they stand.
func (p *parser) day() (day, month, year run, ok bool) {
	if month, ok = p.month(); ok { // "january 5, 2023"
		p.cut(" ")
		day, ok = p.run()
		p.cut(",")
		p.cut(" ")
		if ok {
			year, ok = p.run()
		}
		return day, month, year, ok
	}
	a, ok := p.run()
	if !ok {
		return a, a, a, false
	}
	if sep := p.separator("/-."); sep != 0 {
		b, ok := p.month()
		if !ok {
			if b, ok = p.run(); !ok {
				return a, a, a, false
			}
		}
		if p.separator(string(sep)) != sep && !(sep == '/' && (p.cut(" năm ") || p.cut(", năm "))) {
			return a, a, a, false
		}
		c, ok := p.run()
		if a.digits == 4 && sep != '.' {
			a, c = c, a
		}
		return a, b, c, ok
	}
	p.cut(" ")
	if !p.cut("tháng ") && !p.cut("thg ") && !p.cut("thg") {
		if month, ok = p.month(); !ok {
			return a, a, a, false
		}
	} else if month, ok = p.run(); !ok {
		return a, a, a, false
	}
	p.cut(",")
	p.cut(" ")
	p.cut("năm ")
	year, ok = p.run()
	return a, month, year, ok
}

// separator cuts a separator off, with a space on either side; 0 where there
// is none.
func (p *parser) separator(of string) byte {
	before := p.at
	p.cut(" ")
	if rest := p.rest(); rest != "" && strings.IndexByte(of, rest[0]) >= 0 {
		p.at++
		p.cut(" ")
		return rest[0]
	}
	p.at = before
	return 0
}

// months are the English names of months, of which three letters are enough.
var months = [12]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// month cuts the English name of a month off, or "thg1" as Excel writes it.
func (p *parser) month() (run, bool) {
	if rest := p.rest(); rest == "" || rest[0] < 'a' {
		return run{}, false
	}
	if before := p.at; p.cut("thg") {
		p.cut(" ")
		if m, ok := p.run(); ok {
			return m, true
		}
		p.at = before
		return run{}, false
	}
	for i, name := range months {
		if p.cut(name) || p.cut(name[:3]) {
			return run{i + 1, 2}, true
		}
	}
	return run{}, false
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
