package fact

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Two days as reports write them: "từ ngày 01/07/2023 đến hết ngày
// 30/09/2023", "01/01 - 31/12/2023", "ngày 1 tháng 1 năm 2023 đến ngày 31
// tháng 12 năm 2023". The first may leave its year to the second.
const (
	dayDigits = `(\d{1,2}) ?[/.-] ?(\d{1,2})(?: ?[/.-] ?(\d{4}))?`
	dayWords  = `(\d{1,2}) tháng (\d{1,2})(?:,? năm (\d{4}))?`
	until     = ` ?(?:đến|tới|-) ?(?:hết )?(?:ngày )?`
)

var dayRanges = []*regexp.Regexp{
	regexp.MustCompile(`(?:^|[^\d/.-])` + dayDigits + until + dayDigits),
	regexp.MustCompile(`(?:^|[^\d/.-])` + dayWords + until + dayWords),
}

// Parts of a year in words. Each is the whole caption: "Quý I và quý II năm
// 2023" is no quarter.
const inYear = `[ ,/-]*(?:năm )?(\d{4})$`

var (
	inParentheses = regexp.MustCompile(`\([^()]*\)`)
	introduction  = regexp.MustCompile(`^(?:kỳ |báo cáo |số liệu |trong )+`)
	wholeYear     = regexp.MustCompile(`^(?:cả )?(?:năm )?(\d{4})$`)
	quarters      = regexp.MustCompile(`^(?:từ )?quý (iv|iii|ii|i|[1-4])(?: ?(?:đến|tới|-) ?(?:hết )?(?:quý )?(iv|iii|ii|i|[1-4]))?` + inYear)
	monthRange    = regexp.MustCompile(`^(?:từ )?tháng (\d{1,2})(?: ?(?:đến|tới|-) ?(?:hết )?(?:tháng )?(\d{1,2}))?` + inYear)
	monthsOfYear  = regexp.MustCompile(`^(\d{1,2}|ba|sáu|chín) tháng(?: (đầu|cuối))?` + inYear)
)

// readPeriod reads a period as reports write it; the days named go before the
// words. What it cannot read whole it does not read at all.
func readPeriod(text string) (plan.Period, bool) {
	key := label.Key(text)
	if p, found, ok := readDays(key); found {
		return p, ok
	}
	key = strings.Trim(inParentheses.ReplaceAllString(key, ""), " .,;:")
	key = introduction.ReplaceAllString(key, "")
	if m := quarters.FindStringSubmatch(key); m != nil {
		first, last := quarterNumber(m[1]), quarterNumber(m[2])
		if m[2] == "" {
			last = first
		}
		return months(atoi(m[3]), 3*first-2, 3*last)
	}
	if m := monthRange.FindStringSubmatch(key); m != nil {
		first, last := atoi(m[1]), atoi(m[2])
		if m[2] == "" {
			last = first
		}
		return months(atoi(m[3]), first, last)
	}
	if m := monthsOfYear.FindStringSubmatch(key); m != nil {
		return monthCount(m[1], m[2], atoi(m[3]))
	}
	if m := wholeYear.FindStringSubmatch(key); m != nil {
		return months(atoi(m[1]), 1, 12)
	}
	p, err := ParsePeriod(strings.ToUpper(strings.TrimSpace(text)))
	return p, err == nil
}

// readDays reads a range of days. It is found, and not ok, where days do not
// exist or more than one range is named.
func readDays(key string) (p plan.Period, found, ok bool) {
	for _, re := range dayRanges {
		for _, m := range re.FindAllStringSubmatch(key, -1) {
			if m[6] == "" { // two days without a year
				continue
			}
			if m[3] == "" {
				m[3] = m[6]
			}
			from, ok1 := date.Of(atoi(m[3]), atoi(m[2]), atoi(m[1]))
			to, ok2 := date.Of(atoi(m[6]), atoi(m[5]), atoi(m[4]))
			one := plan.Period{From: from, To: to}
			if !ok1 || !ok2 || to.Before(from) || found && one != p {
				return plan.Period{}, true, false
			}
			p, found = one, true
		}
	}
	return p, found, found
}

func quarterNumber(s string) int {
	return map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}[s]
}

// monthCount is so many months of a year, its first ones or its last ones.
func monthCount(count, which string, year int) (plan.Period, bool) {
	n, ok := map[string]int{"ba": 3, "sáu": 6, "chín": 9}[count]
	if !ok {
		n = atoi(count)
	}
	if n < 1 || n > 12 {
		return plan.Period{}, false
	}
	if which == "cuối" {
		return months(year, 13-n, 12)
	}
	return months(year, 1, n)
}

func months(year, from, to int) (plan.Period, bool) {
	first, ok := date.Of(year, from, 1)
	if !ok || to < from {
		return plan.Period{}, false
	}
	last, found := date.Date{}, false
	for day := 31; day > 27 && !found; day-- {
		last, found = date.Of(year, to, day)
	}
	return plan.Period{From: first, To: last}, found
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// PeriodText prints a period in words: a year, a quarter, or its days.
func PeriodText(p plan.Period) lang.Text {
	switch key := periodKey(p); {
	case key == "year":
		return lang.F("%d", "năm %d", p.From.Year)
	case strings.HasPrefix(key, "q"):
		return lang.F("quarter %s of %d", "quý %s năm %d", key[1:], p.From.Year)
	case strings.HasPrefix(key, "m"):
		return lang.F("month %s of %d", "tháng %s năm %d", key[1:], p.From.Year)
	}
	return lang.T(p.From.String()+" to "+p.To.String(), Day(p.From)+" đến "+Day(p.To))
}

// Day prints a day as Vietnamese documents write it, 31/12/2023.
func Day(d date.Date) string { return fmt.Sprintf("%02d/%02d/%04d", d.Day, d.Month, d.Year) }

// periodKey names a period as a plan's columns do: "year", "h1", "q3", "m9"; ""
// for any other.
func periodKey(p plan.Period) string {
	from, to := p.From.Month, p.To.Month
	if whole, ok := months(p.From.Year, from, to); !ok || whole != p {
		return ""
	}
	switch {
	case from == 1 && to == 12:
		return "year"
	case from == 1 && to == 6:
		return "h1"
	case from == 7 && to == 12:
		return "h2"
	case from == 1 && to == 9:
		return "9m"
	case to == from:
		return fmt.Sprintf("m%d", from)
	case from%3 == 1 && to == from+2:
		return fmt.Sprintf("q%d", to/3)
	}
	return ""
}

// ParsePeriod reads a period as --period takes it: "2023", "2023-Q3",
// "2023-H1", "2023-09" or "2023-01-01..2023-09-30".
func ParsePeriod(s string) (plan.Period, error) {
	fail := lang.Errorf(
		"%q is no period: want 2023, 2023-H1, 2023-Q3, 2023-09 or 2023-01-01..2023-09-30",
		"%q không phải kỳ báo cáo: cần 2023, 2023-H1 (6 tháng đầu năm), 2023-Q3 (quý III), 2023-09 hoặc 2023-01-01..2023-09-30", s)
	if from, to, ok := strings.Cut(s, ".."); ok {
		f, err1 := date.Parse(from)
		t, err2 := date.Parse(to)
		if err1 != nil || err2 != nil || t.Before(f) {
			return plan.Period{}, fail
		}
		return plan.Period{From: f, To: t}, nil
	}
	year, part, parted := strings.Cut(s, "-")
	y, err := strconv.Atoi(year)
	if err != nil || len(year) != 4 {
		return plan.Period{}, fail
	}
	from, to := 1, 12
	switch {
	case !parted:
	case len(part) == 2 && part[0] == 'Q' && part[1] >= '1' && part[1] <= '4':
		to = 3 * int(part[1]-'0')
		from = to - 2
	case len(part) == 2 && part[0] == 'H' && (part[1] == '1' || part[1] == '2'):
		to = 6 * int(part[1]-'0')
		from = to - 5
	case len(part) == 2 && part[0] != '+':
		from, err = strconv.Atoi(part)
		if err != nil {
			return plan.Period{}, fail
		}
		to = from
	default:
		return plan.Period{}, fail
	}
	p, ok := months(y, from, to)
	if !ok {
		return plan.Period{}, fail
	}
	return p, nil
}
