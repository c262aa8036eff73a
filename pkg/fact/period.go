package fact

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/label"
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

// readPeriod reads a period as reports write it. Days take precedence over
// words, and a text that cannot be read completely is not read at all.
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
		return plan.Months(atoi(m[3]), 3*first-2, 3*last)
	}
	if m := monthRange.FindStringSubmatch(key); m != nil {
		first, last := atoi(m[1]), atoi(m[2])
		if m[2] == "" {
			last = first
		}
		return plan.Months(atoi(m[3]), first, last)
	}
	if m := monthsOfYear.FindStringSubmatch(key); m != nil {
		return monthCount(m[1], m[2], atoi(m[3]))
	}
	if m := wholeYear.FindStringSubmatch(key); m != nil {
		return plan.Months(atoi(m[1]), 1, 12)
	}
	p, err := plan.ParsePeriod(strings.ToUpper(strings.TrimSpace(text)))
	return p, err == nil
}

// readDays reads a range of days. found without ok means that a day does not
// exist or that there are several ranges.
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
		return plan.Months(year, 13-n, 12)
	}
	return plan.Months(year, 1, n)
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
