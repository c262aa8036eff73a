package number

import (
	"errors"
	"math/big"
	"math/bits"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/parcheck/parcheck/pkg/label"
)

// Style is the way in which a number typed as text is written.
type Style uint8

// The styles. With Undeclared, one separator that could be either a group or a
// decimal separator is ErrAmbiguous.
const (
	Undeclared Style = iota
	StyleVI          // 1.234,5
	StyleEN          // 1,234.5
)

// Errors of reading.
var (
	ErrNotNumber = errors.New("no number")
	ErrAmbiguous = errors.New("could be read in two ways")
	ErrRange     = errors.New("number out of range")
)

const (
	// cellDigits is how many significant digits a spreadsheet program keeps.
	cellDigits = 15
	// maxExponent is the largest power of ten of an IEEE 754 double.
	maxExponent = 308
	// maxText is how long, in bytes, a number typed by a person may be.
	maxText = 128
)

// ParseCell reads the raw content of a numeric cell (an XML Schema double
// without its special values), rounded half-even to 15 significant digits, as
// spreadsheet programs show it: "0.65000000000000002" is 0.65. It refuses NaN,
// INF, hexadecimal digits, `_`, white space, and exponents outside 10^±308.
func ParseCell(raw []byte) (Exact, error) {
	d, ok := scanDecimal(raw)
	if !ok {
		return Exact{}, ErrNotNumber
	}
	d.round()
	if d.coef == 0 {
		return Exact{}, nil
	}
	if lead := d.exp + digitCount(d.coef) - 1; lead > maxExponent || lead < -maxExponent {
		return Exact{}, ErrRange
	}
	return d.exact(), nil
}

// decimal is ±coef·10^exp: the leading digits of a number, and what follows
// them.
type decimal struct {
	neg   bool
	coef  uint64
	exp   int
	next  byte // the first digit that coef does not hold
	rest  bool // a digit after next is not 0
	taken int  // significant digits in coef
}

// scanDecimal reads [sign] digits [. digits] [e [sign] digits], where one of
// the two runs of digits may be empty.
func scanDecimal(raw []byte) (d decimal, ok bool) {
	i := 0
	if i < len(raw) && (raw[i] == '-' || raw[i] == '+') {
		d.neg = raw[i] == '-'
		i++
	}
	digits, point := 0, false
scan:
	for ; i < len(raw); i++ {
		switch c := raw[i]; {
		case c >= '0' && c <= '9':
			d.push(c-'0', point)
			digits++
		case c == '.' && !point:
			point = true
		default:
			break scan
		}
	}
	if digits == 0 {
		return d, false
	}
	if i == len(raw) {
		return d, true
	}
	if raw[i] != 'e' && raw[i] != 'E' {
		return d, false
	}
	exp, ok := scanExponent(raw[i+1:])
	d.exp += exp
	return d, ok
}

// push adds one more digit, before or behind the point.
func (d *decimal) push(digit byte, behind bool) {
	switch {
	case d.taken < cellDigits:
		d.coef = d.coef*10 + uint64(digit)
		if d.coef > 0 {
			d.taken++
		}
		if behind {
			d.exp--
		}
		return
	case d.taken == cellDigits:
		d.next = digit
		d.taken++
	default:
		d.rest = d.rest || digit != 0
	}
	if !behind {
		d.exp++
	}
}

// scanExponent reads [sign] digits. A large one is cut off where it is out of
// range whatever stands before it.
func scanExponent(raw []byte) (exp int, ok bool) {
	const cut = 1 << 27
	neg := false
	if len(raw) > 0 && (raw[0] == '-' || raw[0] == '+') {
		neg = raw[0] == '-'
		raw = raw[1:]
	}
	for _, c := range raw {
		if c < '0' || c > '9' {
			return 0, false
		}
		exp = min(exp*10+int(c-'0'), cut)
	}
	if neg {
		exp = -exp
	}
	return exp, len(raw) > 0
}

// round rounds half-even to the digits that coef holds and strips its zeros.
func (d *decimal) round() {
	if d.next > 5 || d.next == 5 && (d.rest || d.coef%2 == 1) {
		d.coef++
	}
	for d.coef > 0 && d.coef%10 == 0 {
		d.coef /= 10
		d.exp++
	}
}

// exact returns the value; coef is not 0 and no multiple of 10.
func (d *decimal) exact() Exact {
	num := int64(d.coef)
	if d.neg {
		num = -num
	}
	if d.exp >= 0 && d.exp < len(powers) {
		if n, ok := times(num, powers[d.exp]); ok {
			return Exact{num: n}
		}
	}
	if d.exp < 0 && -d.exp < len(powers) {
		return tenths(num, -d.exp)
	}
	r := new(big.Rat).SetInt64(num)
	scale := new(big.Rat).SetInt(power(max(d.exp, -d.exp)))
	if d.exp < 0 {
		return own(r.Quo(r, scale))
	}
	return own(r.Mul(r, scale))
}

// tenths returns num/10^n in lowest terms. num is no multiple of 10, so that
// it shares either twos or fives with the denominator.
func tenths(num int64, n int) Exact {
	den := powers[n]
	if twos := min(bits.TrailingZeros64(uint64(num)), n); twos > 0 {
		return Exact{num: num >> twos, den: den >> twos}
	}
	for i := 0; i < n && num%5 == 0; i++ {
		num, den = num/5, den/5
	}
	return Exact{num: num, den: den}
}

// powers are the powers of ten that an int64 holds.
var powers = [...]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10,
	1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}

func power(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

func digitCount(n uint64) int {
	count := 1
	for ; n >= 10; n /= 10 {
		count++
	}
	return count
}

// ParseText reads a number that a person typed as text, by the style that its
// column declares. percent reports a trailing percent sign, by which the value
// has then been divided by 100 ("65,5 %" in StyleVI is 0.655, true).
// Full-width digits, NBSP and thin spaces as group separators, the minus sign
// U+2212 and a leading "+" are read; letters and currency are not.
//
// Groups have three digits, the first one to three and no leading zero, and
// one kind of separator: what breaks this is no number in any style. So with
// Undeclared "1.234.567", "65,5", "0.125" and "1234.567" have one reading
// only, and "3.216" has two.
func ParseText(s string, style Style) (x Exact, percent bool, err error) {
	if len(s) > maxText {
		return Exact{}, false, ErrNotNumber
	}
	s = label.Trim(strings.Map(asciiForm, s))
	if t, ok := strings.CutSuffix(s, "%"); ok {
		s, percent = label.Trim(t), true
	}
	neg := strings.HasPrefix(s, "-")
	if neg || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	whole, decimals, err := split(s, style)
	if err != nil {
		return Exact{}, false, err
	}
	x = digits(whole, decimals, percent)
	if neg {
		x = x.Neg()
	}
	return x, percent, nil
}

// ThreeDecimals reports whether a number typed as text has three decimals by its
// style, and would be thousands by the other one: "12,500" of StyleVI.
func ThreeDecimals(s string, style Style) bool {
	point := byte(',')
	switch style {
	case StyleVI:
	case StyleEN:
		point = '.'
	case Undeclared:
		return false // is ErrAmbiguous
	}
	s = strings.TrimLeft(label.Trim(strings.Map(asciiForm, s)), "-+")
	whole, decimals, ok := strings.Cut(s, string(point))
	return ok && len(decimals) == 3 && allDigits(decimals) && len(whole) <= 3 && allDigits(whole) && whole[0] != '0'
}

// groupSpace is white space between groups of digits.
const groupSpace = '\u00a0'

// asciiForm folds what a person may type for a digit or a sign.
func asciiForm(r rune) rune {
	switch {
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	case r == '\u2009' || r == '\u202f' || r == '\u2007':
		return groupSpace
	}
	switch r {
	case '，':
		return ','
	case '．':
		return '.'
	case '％':
		return '%'
	case '＋':
		return '+'
	case '−', '－':
		return '-'
	}
	return r
}

// split takes an unsigned number apart into its digits before and behind the
// decimal separator.
func split(s string, style Style) (whole, decimals string, err error) {
	point, err := decimalSeparator(s, style)
	if err != nil {
		return "", "", err
	}
	if point != 0 {
		i := strings.LastIndexByte(s, point)
		s, decimals = s[:i], s[i+1:]
		if !allDigits(decimals) {
			return "", "", ErrNotNumber
		}
	}
	whole, ok := ungroup(s, point)
	if !ok {
		return "", "", ErrNotNumber
	}
	return whole, decimals, nil
}

// decimalSeparator returns '.' or ',', or 0 when the number has no decimals.
func decimalSeparator(s string, style Style) (byte, error) {
	switch style {
	case StyleVI:
		return present(s, ','), nil
	case StyleEN:
		return present(s, '.'), nil
	case Undeclared:
	}
	dot, comma := strings.LastIndexByte(s, '.'), strings.LastIndexByte(s, ',')
	last := max(dot, comma)
	switch {
	case last < 0:
		return 0, nil
	case dot >= 0 && comma >= 0:
		return s[last], nil
	case strings.Count(s, s[last:last+1]) > 1:
		return 0, nil
	}
	if _, grouped := ungroup(s, 0); !grouped {
		return s[last], nil
	}
	return 0, ErrAmbiguous
}

func present(s string, c byte) byte {
	if strings.IndexByte(s, c) < 0 {
		return 0
	}
	return c
}

// ungroup takes the group separators out of a whole number; the decimal
// separator cannot be one of them.
func ungroup(s string, point byte) (string, bool) {
	i := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if i < 0 {
		return s, s != ""
	}
	var sep string
	switch {
	case strings.HasPrefix(s[i:], string(groupSpace)):
		sep = string(groupSpace)
	case (s[i] == '.' || s[i] == ',') && s[i] != point:
		sep = s[i : i+1]
	default:
		return "", false
	}
	groups := strings.Split(s, sep)
	for n, g := range groups {
		if !allDigits(g) || len(g) > 3 || n > 0 && len(g) != 3 {
			return "", false
		}
	}
	return strings.Join(groups, ""), groups[0][0] != '0'
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// digits returns the value of a run of digits and of the decimals behind it.
func digits(whole, decimals string, percent bool) Exact {
	scale := len(decimals)
	if percent {
		scale += 2
	}
	const most = 18 // digits that an int64 holds for sure
	if len(whole)+len(decimals) <= most && scale <= most {
		num, den := int64(0), int64(1)
		for _, run := range []string{whole, decimals} {
			for i := range len(run) {
				num = num*10 + int64(run[i]-'0')
			}
		}
		for range scale {
			den *= 10
		}
		return lowest(num, den)
	}
	n, _ := new(big.Int).SetString(whole+decimals, 10)
	return own(new(big.Rat).SetFrac(n, power(scale)))
}

// ParsePlain reads a number as a plan writes it: "20", "0.5", "65%", "12.5%",
// "-3". The point is the decimal separator and there is no group separator. A
// leading zero marks a code, such as "012", and no number.
func ParsePlain(s string) (x Exact, percent bool, err error) {
	if len(s) > maxText {
		return Exact{}, false, ErrNotNumber
	}
	s, percent = strings.CutSuffix(s, "%")
	s, neg := strings.CutPrefix(s, "-")
	whole, decimals, point := strings.Cut(s, ".")
	if !allDigits(whole) || point && !allDigits(decimals) || len(whole) > 1 && whole[0] == '0' {
		return Exact{}, false, ErrNotNumber
	}
	x = digits(whole, decimals, percent)
	if neg {
		x = x.Neg()
	}
	return x, percent, nil
}

// IsPlaceholder reports whether a text stands for "not reported": "-", "x",
// "...", "…", "/", "N/A", "không có số liệu" and the like; never 0. Words that
// may mean none as well as unknown ("không", "không có", "không phát sinh")
// are no placeholders.
func IsPlaceholder(s string) bool {
	if len(s) > maxText || strings.ContainsAny(s, "0123456789") {
		return false
	}
	words := strings.Fields(strings.ToLower(norm.NFC.String(label.Trim(s))))
	if len(words) == 0 {
		return false
	}
	marks := strings.Join(words, "")
	if strings.Trim(marks, `-–—−‐‑.…/\_?`) == "" {
		return true
	}
	switch strings.Trim(strings.Join(words, " "), ".()") {
	case "x", "×", "n/a", "na", "null", "no data", "not available", "not applicable", "not reported",
		"không có số liệu", "chưa có số liệu", "không số liệu", "không có dữ liệu", "chưa có dữ liệu",
		"chưa có kết quả", "chưa thống kê", "không thống kê", "chưa báo cáo", "không báo cáo",
		"chưa tổng hợp", "chưa xác định", "không xác định", "không áp dụng":
		return true
	}
	return false
}

// IsDash reports whether a shown text is blank or one of the dashes that stand
// for zero.
func IsDash(text string) bool { return strings.Trim(text, " \u00a0-–—−") == "" }
