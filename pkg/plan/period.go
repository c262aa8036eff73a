package plan

import (
	"strconv"

	"github.com/parcheck/parcheck/pkg/date"
)

// periodKeys name the parts of a year for which a form may have a column.
var periodKeys = []string{"m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10", "m11", "m12",
	"q1", "q2", "q3", "q4", "h1", "h2", "9m", "year"}

// Part returns the days that a key of Column.Periods means in the year in
// which p begins: a month "m1".."m12", a quarter "q1".."q4", a half "h1" or
// "h2", the first nine months "9m", or the "year"; false for other keys.
func (p Period) Part(key string) (Period, bool) {
	switch {
	case key == "year":
		return p.months(1, 12), true
	case key == "9m":
		return p.months(1, 9), true
	case len(key) < 2:
		return Period{}, false
	}
	length := map[byte]int{'m': 1, 'q': 3, 'h': 6}[key[0]]
	n, err := strconv.Atoi(key[1:])
	if err != nil || length == 0 || n < 1 || n*length > 12 || key[1:] != strconv.Itoa(n) {
		return Period{}, false
	}
	return p.months((n-1)*length+1, n*length), true
}

// months is the range of months from first to last.
func (p Period) months(first, last int) Period {
	year := p.From.Year
	for day := 31; ; day-- {
		if end, ok := date.Of(year, last, day); ok || day < 28 {
			return Period{date.Date{Year: year, Month: first, Day: 1}, end}
		}
	}
}

// parts lists how a time is made up of parts of one length, by the keys of
// Column.Periods, the longest first.
func (p Period) parts() [][]string {
	first, last := p.From.Month, p.To.Month
	if p.From.Year != p.To.Year || p != p.months(first, last) {
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
