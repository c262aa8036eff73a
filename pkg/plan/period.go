package plan

import (
	"slices"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/lang"
)

// periodKeys name the parts of a year for which a form may have a column.
var periodKeys = []string{"m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10", "m11", "m12",
	"q1", "q2", "q3", "q4", "h1", "h2", "9m", "year"}

// partOfYear reads the key of a part of a year.
func partOfYear(into *string) value {
	return scalar(into, schema{"enum": periodKeys}, func(raw string) (string, *mistake) {
		if !slices.Contains(periodKeys, raw) {
			return "", wrong("%s is no period%s", "%s không phải kỳ%s", quoted(raw), choices(raw, periodKeys))
		}
		return raw, nil
	})
}

// Part returns the days that a key of Column.Periods means in the year in
// which p begins: a month "m1".."m12", a quarter "q1".."q4", a half "h1" or
// "h2", the first nine months "9m", or the "year"; false for other keys.
func (p Period) Part(key string) (Period, bool) {
	switch {
	case !slices.Contains(periodKeys, key):
		return Period{}, false
	case key == "year":
		return Months(p.From.Year, 1, 12)
	case key == "9m":
		return Months(p.From.Year, 1, 9)
	}
	length := map[byte]int{'m': 1, 'q': 3, 'h': 6}[key[0]]
	n, _ := strconv.Atoi(key[1:]) // a number in all of them
	return Months(p.From.Year, (n-1)*length+1, n*length)
}

// Key is the key by which Part gives the period; "" for any other period.
func (p Period) Key() string {
	for _, key := range periodKeys {
		if part, ok := p.Part(key); ok && part == p {
			return key
		}
	}
	return ""
}

// parts lists how a time is made up of parts of one length, by the keys of
// Column.Periods, the longest first.
func (p Period) parts() [][]string {
	first, last := p.From.Month, p.To.Month
	if whole, ok := Months(p.From.Year, first, last); !ok || whole != p {
		return nil
	}
	var ways [][]string
	add := func(length int, key func(n int) string) {
		if (first-1)%length != 0 || last%length != 0 {
			return
		}
		var keys []string
		for n := (first-1)/length + 1; n*length <= last; n++ {
			keys = append(keys, key(n))
		}
		ways = append(ways, keys)
	}
	numbered := func(letter string) func(int) string {
		return func(n int) string { return letter + strconv.Itoa(n) }
	}
	add(12, func(int) string { return "year" })
	if first == 1 && last == 9 {
		ways = append(ways, []string{"9m"})
	}
	add(6, numbered("h"))
	add(3, numbered("q"))
	add(1, numbered("m"))
	return ways
}

// Months is the range of months of a year from first to last; false where there
// is no such month or year.
func Months(year, first, last int) (Period, bool) {
	from, ok := date.Of(year, first, 1)
	if !ok || last < first {
		return Period{}, false
	}
	for day := 31; day >= 28; day-- {
		if to, ok := date.Of(year, last, day); ok {
			return Period{from, to}, true
		}
	}
	return Period{}, false
}

// ParsePeriod reads a period as --period takes it: "2023", "2023-Q3",
// "2023-H1", "2023-09" or "2023-01-01..2023-09-30".
func ParsePeriod(s string) (Period, error) {
	fail := lang.Errorf(
		"%q is no period: want 2023, 2023-H1, 2023-Q3, 2023-09 or 2023-01-01..2023-09-30",
		"%q không phải kỳ báo cáo: cần 2023, 2023-H1 (6 tháng đầu năm), 2023-Q3 (quý III), 2023-09 hoặc 2023-01-01..2023-09-30", s)
	if from, to, ok := strings.Cut(s, ".."); ok {
		f, err1 := date.Parse(from)
		t, err2 := date.Parse(to)
		if err1 != nil || err2 != nil || t.Before(f) {
			return Period{}, fail
		}
		return Period{f, t}, nil
	}
	year, part, parted := strings.Cut(s, "-")
	y, err := strconv.Atoi(year)
	if err != nil || len(year) != 4 || parted && len(part) != 2 {
		return Period{}, fail
	}
	key := "year"
	switch {
	case !parted:
	case part[0] == 'Q' || part[0] == 'H':
		key = strings.ToLower(part)
	default:
		key = "m" + strings.TrimPrefix(part, "0")
	}
	p, ok := Period{From: date.Date{Year: y}}.Part(key)
	if !ok {
		return Period{}, fail
	}
	return p, nil
}

// Words name the period: "quarter 3 of 2023", "quý III năm 2023". A period that
// is no usual part of a year is named by its days.
func (p Period) Words() lang.Text {
	year, n := strconv.Itoa(p.From.Year), strconv.Itoa(p.To.Month)
	key := p.Key()
	begun, _ := Months(p.From.Year, 1, p.To.Month)
	switch {
	case key == "year":
		return lang.T(year, "năm "+year)
	case key == "h2":
		return lang.T("the last 6 months of "+year, "6 tháng cuối năm "+year)
	case key != "" && key[0] == 'q':
		return lang.T("quarter "+key[1:]+" of "+year, "quý "+p.quarter()+" năm "+year)
	case key != "" && key[0] == 'm':
		return lang.T("month "+n+" of "+year, "tháng "+n+" năm "+year)
	case begun == p:
		return lang.T("the first "+n+" months of "+year, n+" tháng đầu năm "+year)
	}
	return p.Days()
}

// partWords name a part of any year, by one of the periodKeys: "quarter 3",
// "quý III".
func partWords(key string) lang.Text {
	switch p, _ := (Period{}).Part(key); {
	case key == "year":
		return lang.T("the whole year", "cả năm")
	case key == "9m":
		return lang.T("the first 9 months", "9 tháng đầu năm")
	case key == "h1":
		return lang.T("the first 6 months", "6 tháng đầu năm")
	case key == "h2":
		return lang.T("the last 6 months", "6 tháng cuối năm")
	case key[0] == 'q':
		return lang.T("quarter "+key[1:], "quý "+p.quarter())
	}
	return lang.T("month "+key[1:], "tháng "+key[1:])
}

// Title names the period shortly, as the head of a column: "Q3 2023",
// "Quý III/2023".
func (p Period) Title() lang.Text {
	year := strconv.Itoa(p.From.Year)
	switch key := p.Key(); {
	case p.From.IsZero() || p.To.IsZero():
		return lang.T("period not stated", "không ghi kỳ")
	case key != "" && key[0] == 'q':
		return lang.T("Q"+key[1:]+" "+year, "Quý "+p.quarter()+"/"+year)
	case key != "" && key[0] == 'm':
		return lang.T(p.From.String()[:len("2023-09")], "Tháng "+key[1:]+"/"+year)
	}
	words := p.Words()
	return lang.T(strings.TrimPrefix(words.In(lang.EN), "the "), lang.Sentence(words.In(lang.VI)))
}

// Days names the first and the last day: "2023-07-01 to 2023-09-30",
// "01/07/2023 đến 30/09/2023"; nothing for the zero period.
func (p Period) Days() lang.Text {
	if p.From.IsZero() && p.To.IsZero() {
		return lang.Text{}
	}
	return lang.F("%s to %s", "%s đến %s", p.From.Shown(), p.To.Shown())
}

// quarter is the Roman numeral of the quarter in which the period ends, as
// Vietnamese documents write it.
func (p Period) quarter() string { return []string{"I", "II", "III", "IV"}[(p.To.Month-1)/3] }
