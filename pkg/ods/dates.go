package ods

import (
	"math/big"
	"regexp"
	"strings"

	"github.com/parcheck/parcheck/pkg/date"
)

var (
	dateTime = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}([.,]\d{1,18})?Z?)?$`)
	// Days and times that are none of a spreadsheet's, as LibreOffice writes numbers that
	// a date format shows: cells of them hold no day and no time.
	farDate  = regexp.MustCompile(`^(-[\d-]{1,12}|\d{5,9})-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}([.,]\d{1,18})?Z?)?$`)
	farTime  = regexp.MustCompile(`^PT-\d{1,12}H\d{2}M\d{2}S$`)
	duration = regexp.MustCompile(`^(-?)P(?:(\d{1,7})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,](\d{1,18}))?S)?)?$`)
)

// isDate reports whether a text is a day, or a day with a time (ODF 1.3 part 3,
// 18.3.14).
func isDate(b []byte) bool {
	if !dateTime.Match(b) {
		return farDate.Match(b)
	}
	_, err := date.Parse(string(b[:10]))
	return err == nil
}

// timeOnly returns the serial of a time without a day, which LibreOffice writes
// as one of the day 0: before 1900 there are no days in a spreadsheet.
func timeOnly(b []byte) (serial []byte, ok bool) {
	if len(b) < 10 || string(b[:4]) >= "1900" || b[0] == '-' {
		return nil, false
	}
	d, err := date.Parse(string(b[:10]))
	if err != nil {
		return nil, false
	}
	total := new(big.Rat).SetInt64(int64(d.Serial()))
	if len(b) > 10 {
		clock := strings.NewReplacer("T", "PT", ",", ".", "Z", "")
		h, rest, _ := strings.Cut(clock.Replace(string(b[10:])), ":")
		m, s, _ := strings.Cut(rest, ":")
		total.Add(total, durationOf(h+"H"+m+"M"+s+"S"))
	}
	return decimal(total), true
}

// decimal prints a number of days to 15 digits.
func decimal(x *big.Rat) []byte {
	return []byte(new(big.Float).SetPrec(200).SetRat(x).Text('g', 15))
}

// serialOf reads a duration, "PT10H30M00S", as the number of days that
// spreadsheets have for it, to 15 digits.
func serialOf(s string) ([]byte, bool) {
	m := duration.FindStringSubmatch(s)
	if farTime.MatchString(s) {
		return []byte(s), true
	}
	if m == nil || strings.HasSuffix(s, "P") || strings.HasSuffix(s, "T") {
		return nil, false
	}
	return decimal(durationOf(s)), true
}

// durationOf returns a sound duration in days.
func durationOf(s string) *big.Rat {
	m := duration.FindStringSubmatch(s)
	total := new(big.Rat)
	for i, unit := range []int64{86400, 3600, 60, 1} {
		if m[2+i] != "" {
			n, _ := new(big.Rat).SetString(m[2+i])
			total.Add(total, n.Mul(n, new(big.Rat).SetInt64(unit)))
		}
	}
	if m[6] != "" {
		n, _ := new(big.Rat).SetString("0." + m[6])
		total.Add(total, n)
	}
	if m[1] == "-" {
		total.Neg(total)
	}
	return total.Quo(total, new(big.Rat).SetInt64(86400))
}
