package numfmt

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/parcheck/parcheck/pkg/number"
)

// part is the meaning of an item of a section.
type part uint8

const (
	literal  part = iota
	padding       // _x: as wide as x
	digit         // 0, # or ?
	point         // the decimal point
	comma         // a group separator, or a thousand to divide by
	percent       // a bare %
	exponent      // E+ or E-
	slash         // of a fraction
	general       // General
	text          // @
	dateUnit      // a run of y, m, d, h, s, b, e, g or a
	dayHalf       // AM/PM or A/P
	elapsed       // [h], [m], [s]
	fraction      // of a second: .00
)

// item is one part of a section, in order.
type item struct {
	part part
	text string // of a literal; the letters of a date unit, small; the placeholder
}

// layout is where the digits of a section are; indices into its items, -1 where
// there is none.
type layout struct {
	text        bool // there is an @
	first, last int  // the first and the last item that shows something of the number
	point       int
	exponent    int
	slash       int
	grouped     bool
	whole       int // placeholders before the point
}

// scanner takes one section of a code apart.
type scanner struct {
	s    *Section
	code string
	at   int
}

// scan compiles one section.
func scan(code string) *Section {
	s := &Section{Decimals: -1}
	sc := scanner{s: s, code: code}
	for sc.at < len(code) {
		sc.next()
	}
	s.resolve()
	return s
}

func (sc *scanner) add(p part, text string) {
	items := sc.s.items
	if n := len(items); p == literal && n > 0 && items[n-1].part == literal {
		items[n-1].text += text
		return
	}
	sc.s.items = append(items, item{p, text})
}

// next takes the next piece.
func (sc *scanner) next() {
	rest := sc.code[sc.at:]
	_, size := utf8.DecodeRuneInString(rest)
	switch c := rest[0]; {
	case c == '"':
		n := skipTo(rest[1:], '"')
		sc.add(literal, strings.TrimSuffix(rest[1:1+n], `"`))
		sc.at += 1 + n
	case c == '\\':
		sc.escaped(literal)
	case c == '_':
		sc.escaped(padding)
	case c == '*':
		_, n := utf8.DecodeRuneInString(rest[1:])
		sc.at += 1 + n
	case c == '[':
		sc.bracket(rest)
	case strings.IndexByte("0#?", c) >= 0:
		sc.one(digit)
	case c == '.':
		sc.one(point)
	case c == ',':
		sc.one(comma)
	case c == '%':
		sc.one(percent)
	case c == '/':
		sc.one(slash)
	case c == '@':
		sc.s.layout.text = true
		sc.one(text)
	case sc.word(rest):
	default:
		sc.add(literal, rest[:size])
		sc.at += size
	}
}

func (sc *scanner) one(p part) {
	sc.add(p, sc.code[sc.at:sc.at+1])
	sc.at++
}

// escaped takes the character behind the present one.
func (sc *scanner) escaped(p part) {
	rest := sc.code[sc.at+1:]
	_, n := utf8.DecodeRuneInString(rest)
	sc.add(p, rest[:n])
	sc.at += 1 + n
}

// bracket takes [h], [>1], [Red], [$₫-42A] and the like.
func (sc *scanner) bracket(rest string) {
	n := skipTo(rest, ']')
	inside := strings.TrimSuffix(rest[1:n], "]")
	sc.at += n
	lower := strings.ToLower(inside)
	switch {
	case inside == "":
	case strings.Trim(lower, "h") == "", strings.Trim(lower, "m") == "", strings.Trim(lower, "s") == "":
		sc.add(elapsed, lower)
	case inside[0] == '$':
		symbol, _, _ := strings.Cut(inside[1:], "-")
		if symbol != "" {
			sc.add(literal, symbol)
		}
	case strings.IndexByte("<>=", inside[0]) >= 0:
		if c, ok := parseCondition(inside); ok {
			sc.s.condition = c
		}
	case isColour(lower):
		sc.s.Colour = inside
	}
}

func isColour(lower string) bool {
	switch lower {
	case "black", "blue", "cyan", "green", "magenta", "red", "white", "yellow":
		return true
	}
	number, ok := strings.CutPrefix(lower, "color")
	_, err := strconv.Atoi(strings.TrimSpace(number))
	return ok && err == nil
}

// operators, the longer ones first.
var operators = []struct {
	text string
	op   op
}{{"<=", lessEqual}, {"<>", notEqual}, {">=", greaterEqual}, {"<", less}, {">", greater}, {"=", equal}}

func parseCondition(inside string) (condition, bool) {
	for _, o := range operators {
		if limit, ok := strings.CutPrefix(inside, o.text); ok {
			x, err := number.ParseCell([]byte(strings.TrimSpace(limit)))
			return condition{o.op, x}, err == nil
		}
	}
	return condition{}, false
}

// generals are the names of General in files of other languages.
var generals = []string{"general", "g/通用格式", "g/標準", "g/표준", "standard", "estándar", "основной"}

// word takes letters: General, the letters of dates, or words that nobody
// quoted ("đồng", "USD"). It returns false where there are none.
func (sc *scanner) word(rest string) bool {
	for _, g := range generals {
		if len(rest) >= len(g) && strings.EqualFold(rest[:len(g)], g) && !latin(rest[len(g):]) {
			sc.add(general, "")
			sc.at += len(g)
			return true
		}
	}
	if half := dayHalfAt(rest); half > 0 {
		sc.add(dayHalf, rest[:half])
		sc.at += half
		return true
	}
	if len(rest) > 1 && (rest[0] == 'E' || rest[0] == 'e') && (rest[1] == '+' || rest[1] == '-') {
		sc.add(exponent, rest[:2])
		sc.at += 2
		return true
	}
	run := latinRun(rest)
	if run == "" {
		return false
	}
	lower := strings.ToLower(run)
	if strings.Trim(lower, "ymdhsbegt") != "" && strings.Trim(lower, "a") != "" {
		sc.add(literal, run)
		sc.at += len(run)
		return true
	}
	n := 1
	for n < len(lower) && lower[n] == lower[0] {
		n++
	}
	if lower[0] == 't' {
		sc.add(literal, run[:n])
	} else {
		sc.add(dateUnit, lower[:n])
	}
	sc.at += n
	return true
}

// latin reports whether a text begins with a Latin letter.
func latin(s string) bool { return latinRun(s) != "" }

// latinRun is the run of Latin letters at the beginning of a text, up to AM/PM
// or an exponent.
func latinRun(s string) string {
	for i, r := range s {
		if !unicode.Is(unicode.Latin, r) && !unicode.Is(unicode.Mn, r) || i > 0 && dayHalfAt(s[i:]) > 0 {
			return s[:i]
		}
	}
	return s
}

// dayHalfAt is the length of AM/PM or A/P at the beginning of a text.
func dayHalfAt(s string) int {
	for _, half := range []string{"am/pm", "a/p", "上午/下午"} {
		if len(s) >= len(half) && strings.EqualFold(s[:len(half)], half) {
			return len(half)
		}
	}
	return 0
}
