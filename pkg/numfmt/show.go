package numfmt

import (
	"strings"

	"github.com/parcheck/parcheck/pkg/number"
)

// unshown is what a cell holds whose number cannot be shown: as many of them
// as it is wide.
const unshown = "########"

// Show returns what a cell shows of x as an American Excel does in a column
// that is wide enough: "" where it shows nothing. Dates are those of the 1900
// epoch. It is for people; decisions are made by Section.
func (f *Format) Show(x number.Exact) string { return f.Section(x).Show(x) }

// ShowText returns what a cell shows of a text.
func (f *Format) ShowText(s string) string {
	if f == nil || f.text == nil {
		return s
	}
	var b strings.Builder
	for _, it := range f.text.items {
		switch it.part {
		case text, general:
			b.WriteString(s)
		case padding:
			b.WriteByte(' ')
		case literal, percent, digit, point, comma, exponent, slash, dateUnit, dayHalf, elapsed, fraction:
			b.WriteString(it.text)
		}
	}
	return b.String()
}

// Show returns what the section shows of x.
func (s *Section) Show(x number.Exact) string {
	if s == noSection {
		return unshown
	}
	b := &writer{s: s}
	size := x
	if x.Sign() < 0 {
		size = x.Neg()
		if !s.Unsigned && s.Kind != Date {
			b.WriteByte('-')
		}
	}
	switch s.Kind {
	case General, Text, Literal:
		b.fixed(func(item) { b.WriteString(generalText(size)) })
	case Number, Percent:
		b.figure(scaled(size, s.Shift))
	case Date:
		return s.date(x)
	}
	return b.String()
}

// writer puts what a section shows together.
type writer struct {
	strings.Builder
	s *Section
}

// fixed writes the fixed text, and what shows the number by put.
func (w *writer) fixed(put func(item)) {
	for _, it := range w.s.items {
		w.item(it, put)
	}
}

func (w *writer) item(it item, put func(item)) {
	switch it.part {
	case literal, percent:
		w.WriteString(it.text)
	case padding:
		w.WriteByte(' ')
	case digit, point, comma, exponent, slash, general, text, dateUnit, dayHalf, elapsed, fraction:
		put(it)
	}
}

// scaled returns x times 10^n.
func scaled(x number.Exact, n int) number.Exact {
	ten := number.Int(10)
	if n < 0 {
		ten, n = number.Frac(1, 10), -n
	}
	for ; n > 0; n >>= 1 { // square and multiply
		if n&1 == 1 {
			x = x.Mul(ten)
		}
		if n > 1 {
			ten = ten.Mul(ten)
		}
	}
	return x
}

// digitsOf returns the digits of x before and behind the point, rounded half
// up as spreadsheet programs do; before the point there are no leading zeros.
// x is not negative.
func digitsOf(x number.Exact, decimals int) (whole, behind string) {
	n := scaled(x, decimals).Add(number.Frac(1, 2)).Floor().String()
	if len(n) <= decimals {
		n = strings.Repeat("0", decimals-len(n)+1) + n
	}
	whole, behind = n[:len(n)-decimals], n[len(n)-decimals:]
	return strings.TrimLeft(whole, "0"), behind
}

// figure writes a number by its placeholders.
func (w *writer) figure(x number.Exact) {
	switch l := w.s.layout; {
	case l.slash >= 0:
		w.fractions(x)
	case l.exponent >= 0:
		w.scientific(x)
	default:
		whole, behind := digitsOf(x, w.s.Decimals)
		w.decimal(whole, behind, len(w.s.items))
	}
}

// decimal writes digits into the placeholders of the items before an end.
func (w *writer) decimal(whole, behind string, end int) {
	l := w.s.layout
	left := 0 // placeholders before the point that are still to come
	for i, it := range w.s.items[:end] {
		if it.part == digit && (l.point < 0 || i < l.point) {
			left++
		}
	}
	first, pointed, zero := true, false, false
	keep := w.forced(behind, end)
	n := 0 // digits behind the point that are written
	for i, it := range w.s.items[:end] {
		w.item(it, func(it item) {
			switch {
			case it.part == point && i == l.point:
				if l.whole == 0 {
					w.WriteString(whole)
				}
				w.WriteByte('.')
				pointed = true
			case it.part == point:
				w.WriteByte('.')
			case it.part != digit:
			case !pointed:
				zero = zero || it.text == "0"
				w.place(whole, it.text == "?", zero, left, first)
				left, first = left-1, false
			default:
				switch {
				case n < keep:
					w.WriteByte(behind[n])
				case it.text == "?":
					w.WriteByte(' ')
				}
				n++
			}
		})
	}
}

// forced is how many digits behind the point are shown: up to the last that is
// not 0 or stands in a 0 of the format.
func (w *writer) forced(behind string, end int) int {
	keep, n := len(strings.TrimRight(behind, "0")), 0
	for i, it := range w.s.items[:end] {
		if it.part == digit && w.s.layout.point >= 0 && i > w.s.layout.point {
			if n++; it.text == "0" {
				keep = max(keep, n)
			}
		}
	}
	return min(keep, len(behind))
}

// place writes the digit of one placeholder, with left placeholders up to the
// point; the first one takes all digits that have none of their own. Where
// there is no digit, a 0 of the format and what follows it are zeros.
func (w *writer) place(whole string, space, zero bool, left int, first bool) {
	for n := len(whole); first && n > left; n-- {
		w.WriteByte(whole[len(whole)-n])
		w.group(n)
	}
	switch {
	case left <= len(whole):
		w.WriteByte(whole[len(whole)-left])
	case zero:
		w.WriteByte('0')
	case space:
		w.WriteByte(' ')
		if w.s.layout.grouped && left > 1 && left%3 == 1 {
			w.WriteByte(' ')
		}
		return
	default:
		return
	}
	w.group(left)
}

// group writes a separator behind the n-th digit from the point.
func (w *writer) group(n int) {
	if w.s.layout.grouped && n > 1 && n%3 == 1 {
		w.WriteByte(',')
	}
}

// power returns the largest e with 10^e not above x, which is positive.
func power(x number.Exact) int {
	whole, _ := digitsOf(x.Floor(), 0)
	if whole != "" {
		return len(whole) - 1
	}
	e := 0
	for step := 256; step > 0; step /= 2 {
		if scaled(x, -e+step).Cmp(number.Int(10)) < 0 {
			e -= step
		}
	}
	if scaled(x, -e).Cmp(number.Int(1)) < 0 {
		e--
	}
	return e
}

// scientific writes digits and an exponent, a multiple of the number of
// placeholders before the point.
func (w *writer) scientific(x number.Exact) {
	s, l := w.s, w.s.layout
	step, e := max(l.whole, 1), 0
	if x.Sign() > 0 {
		e = power(x)
		e -= ((e % step) + step) % step
	}
	whole, behind := digitsOf(scaled(x, -e), s.Decimals)
	if len(whole) > step { // rounded up
		e += step
		whole, behind = digitsOf(scaled(x, -e), s.Decimals)
	}
	w.decimal(whole, behind, l.exponent)
	sign, digits := "", number.Int(int64(max(e, -e))).String()
	switch {
	case e < 0:
		sign = "-"
	case strings.HasSuffix(s.items[l.exponent].text, "+"):
		sign = "+"
	}
	w.WriteString("E" + sign)
	zeros := 0
	for _, it := range s.items[l.exponent:] {
		if it.part == digit && it.text == "0" {
			zeros++
		}
	}
	w.WriteString(strings.Repeat("0", max(zeros-len(digits), 0)) + digits)
	for _, it := range s.items[l.last+1:] {
		w.item(it, func(item) {})
	}
}

// generalText is General in a cell of eleven characters. x is not negative.
func generalText(x number.Exact) string {
	if x.IsZero() {
		return "0"
	}
	const width = 11
	e := power(x)
	switch {
	case e >= width:
	case e >= 0:
		return trimmed(x, max(width-e-2, 0))
	case e >= -4 || scaled(x, 9).IsInt():
		return trimmed(x, 9)
	}
	digits := trimmed(scaled(x, -e), 5)
	if strings.HasPrefix(digits, "10") {
		digits, e = "1", e+1
	}
	sign := "+"
	if e < 0 {
		sign, e = "-", -e
	}
	exponent := number.Int(int64(e)).String()
	return digits + "E" + sign + strings.Repeat("0", max(2-len(exponent), 0)) + exponent
}

// trimmed prints x with at most so many decimals.
func trimmed(x number.Exact, decimals int) string {
	whole, behind := digitsOf(x, decimals)
	if whole == "" {
		whole = "0"
	}
	if behind = strings.TrimRight(behind, "0"); behind != "" {
		behind = "." + behind
	}
	return whole + behind
}
