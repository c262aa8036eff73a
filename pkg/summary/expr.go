package summary

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/number"
)

// expr is a part of a formula together with its result on the card's figures, as a
// spreadsheet calculates it. So it is known before a formula is written whether it
// yields what the card says.
type expr struct {
	text  string
	binds binding
	fixed bool   // it refers to no cell
	turn  string // of a comparison: the opposite one
	terms []expr // of a disjunction
	whole bool   // it is a whole number, whatever the figures are
	value
}

// binding tells how tightly the operator of an expression binds.
type binding uint8

const (
	compares binding = iota
	adds
	multiplies
	stands // a cell, a literal or a call
)

// value is the result of an expression.
type value struct {
	is   resultKind
	num  number.Exact
	word string
	yes  bool
	near bool // a spreadsheet may calculate another result: a comparison on the way is nearer than it tells apart, or no function gives it
}

type resultKind uint8

const (
	blank resultKind = iota // an empty cell
	numeric
	textual
	logical
	failing // an error, such as a division by 0
)

var (
	yes  = expr{text: "TRUE", binds: stands, fixed: true, value: value{is: logical, yes: true}}
	no   = expr{text: "FALSE", binds: stands, fixed: true, value: value{is: logical}}
	none = quoted("")
	zero = literal(number.Exact{})
	one  = literal(number.Int(1))
)

// literal is a number.
func literal(x number.Exact) expr {
	e := expr{text: decimal(x), binds: stands, fixed: true, whole: x.IsInt(), value: value{is: numeric, num: x}}
	if x.Sign() < 0 {
		e.binds = adds
	}
	e.near = len(e.text) > 34 // its digits are more than a spreadsheet keeps
	return e
}

// quoted is a text.
func quoted(text string) expr {
	return expr{text: quote(text), binds: stands, fixed: true, value: value{is: textual, word: text, near: !inFormula(text) && text != ""}}
}

// cellOf is a cell that holds a number, a text or nothing.
func cellOf(ref string, v value) expr { return expr{text: ref, binds: stands, value: v} }

func numberCell(ref string, x number.Exact) expr {
	return cellOf(ref, value{is: numeric, num: x})
}

func textCell(ref, text string) expr { return cellOf(ref, value{is: textual, word: text}) }

// in is the expression as an operand of an operator that binds so tightly.
func (a expr) in(b binding) string {
	if a.binds < b {
		return "(" + a.text + ")"
	}
	return a.text
}

// behind is the expression behind a minus or a division sign.
func (a expr) behind(b binding) string {
	if a.binds <= b {
		return "(" + a.text + ")"
	}
	return a.text
}

// isNumber reports whether the expression is just this number.
func (a expr) isNumber(n int64) bool {
	return a.fixed && a.is == numeric && a.num.Equal(number.Int(n))
}

// combined is the value of an operation on two numbers.
func (a value) combined(b value, with func(x, y number.Exact) (number.Exact, bool)) value {
	v := value{is: failing, near: a.near || b.near}
	for _, x := range []value{a, b} {
		if x.is != numeric && x.is != blank { // an empty cell counts as 0
			return v
		}
	}
	x, ok := with(a.num, b.num)
	if ok {
		v.is, v.num = numeric, x
	}
	return v
}

func always(with func(x, y number.Exact) number.Exact) func(x, y number.Exact) (number.Exact, bool) {
	return func(x, y number.Exact) (number.Exact, bool) { return with(x, y), true }
}

// operation writes an operator between two operands.
func operation(a, b expr, op string, binds binding, v value) expr {
	right := b.behind(binds)
	if op == "+" || op == "*" {
		right = b.in(binds)
	}
	return expr{text: a.in(binds) + op + right, binds: binds, fixed: a.fixed && b.fixed, whole: a.whole && b.whole && op != "/", value: v}.folded()
}

// folded is a number that is made of numbers alone.
func (a expr) folded() expr {
	if a.fixed && a.is == numeric && !a.near {
		return literal(a.num)
	}
	return a
}

func (a expr) plus(b expr) expr {
	switch {
	case a.isNumber(0):
		return b
	case b.isNumber(0):
		return a
	}
	return operation(a, b, "+", adds, a.combined(b.value, always(number.Exact.Add)))
}

func (a expr) minus(b expr) expr {
	if b.isNumber(0) {
		return a
	}
	return operation(a, b, "-", adds, a.combined(b.value, always(number.Exact.Sub)))
}

func (a expr) times(b expr) expr {
	switch {
	case a.isNumber(1), b.isNumber(0):
		return b
	case b.isNumber(1), a.isNumber(0):
		return a
	}
	return operation(a, b, "*", multiplies, a.combined(b.value, always(number.Exact.Mul)))
}

func (a expr) over(b expr) expr {
	if b.isNumber(1) {
		return a
	}
	return operation(a, b, "/", multiplies, a.combined(b.value, func(x, y number.Exact) (number.Exact, bool) {
		if y.IsZero() {
			return x, false
		}
		return x.Quo(y), true
	}))
}

func (a expr) negated() expr {
	if a.fixed {
		return literal(a.num.Neg())
	}
	return expr{text: "-" + a.behind(adds), binds: adds, value: zero.combined(a.value, always(number.Exact.Sub))}
}

// call is a function of some arguments.
func call(name string, v value, args ...expr) expr {
	texts, fixed := make([]string, len(args)), true
	for i, a := range args {
		texts[i], fixed = a.text, fixed && a.fixed
		v.near = v.near || a.near
		if a.is == failing {
			v.is = failing
		}
	}
	return expr{text: name + "(" + strings.Join(texts, ",") + ")", binds: stands, fixed: fixed, value: v}.folded()
}

// least and most are MIN and MAX.
func least(args ...expr) expr { return extreme("MIN", number.Min, args) }
func most(args ...expr) expr  { return extreme("MAX", number.Max, args) }

func extreme(name string, with func(x, y number.Exact) number.Exact, args []expr) expr {
	if len(args) == 1 {
		return args[0]
	}
	v := value{is: numeric}
	first := true
	for _, a := range args {
		switch {
		case a.is == numeric && first:
			v.num, first = a.num, false
		case a.is == numeric:
			v.num = with(v.num, a.num)
		}
	}
	return call(name, v, args...)
}

// rounded is a number with so many decimals; below 0 they are digits before the
// point.
func (a expr) rounded(decimals int) expr {
	scale := number.Int(1)
	for range max(decimals, -decimals) {
		scale = scale.Mul(number.Int(10))
	}
	if decimals < 0 {
		scale = number.Int(1).Quo(scale)
	}
	v := a.value
	if v.is != textual {
		v.is, v.num = max(v.is, numeric), number.HalfUp(a.num.Mul(scale), 0).Quo(scale)
	}
	return call("ROUND", v, a, literal(number.Int(int64(decimals))))
}

// floor and up are the next whole numbers, towards minus infinity and away from 0.
func (a expr) floor() expr { return a.made("INT", number.Exact.Floor) }

func (a expr) up() expr {
	v := a.made("ROUNDUP", func(x number.Exact) number.Exact {
		if x.Sign() < 0 {
			return x.Floor()
		}
		return x.Ceil()
	})
	if strings.HasPrefix(v.text, "ROUNDUP(") && !v.fixed {
		v.text = strings.TrimSuffix(v.text, ")") + ",0)"
	}
	return v
}

// made is a number made whole by a function.
func (a expr) made(name string, of func(number.Exact) number.Exact) expr {
	if a.whole {
		return a
	}
	v := a.value
	v.num = of(a.num)
	return call(name, v, a)
}

// compare holds two values against each other.
func (a expr) compare(op string, b expr) expr {
	v := value{is: logical, near: a.near || b.near}
	switch {
	case a.is == failing || b.is == failing:
		v.is = failing
	case a.is == logical || b.is == logical:
		v.yes = holds(op, int(a.is)-int(b.is))
	case a.is == textual || b.is == textual && a.is == blank:
		v.yes = holds(op, compareTexts(a.value, b.value))
	case b.is == textual:
		v.yes = holds(op, -1) // a number stands before each text
	default:
		v.yes = holds(op, a.num.Cmp(b.num))
		v.near = v.near || tooNear(a.num, b.num)
	}
	e := expr{text: a.in(adds) + op + b.in(adds), turn: a.in(adds) + opposite[op] + b.in(adds), binds: compares, fixed: a.fixed && b.fixed, value: v}
	return e.decided()
}

var opposite = map[string]string{">=": "<", ">": "<=", "<=": ">", "<": ">=", "=": "<>", "<>": "="}

// compareTexts orders a text and a text, or an empty cell: neither letters' case
// nor emptiness tells them apart.
func compareTexts(a, b value) int {
	if b.is == numeric {
		return 1
	}
	return strings.Compare(strings.ToLower(a.word), strings.ToLower(b.word))
}

func holds(op string, sign int) bool {
	switch op {
	case ">=":
		return sign >= 0
	case ">":
		return sign > 0
	case "<=":
		return sign <= 0
	case "<":
		return sign < 0
	case "<>":
		return sign != 0
	}
	return sign == 0
}

// tooNear reports whether two numbers differ by less than a spreadsheet's fifteen
// digits tell.
func tooNear(a, b number.Exact) bool {
	if a.Equal(b) {
		return false
	}
	largest := number.Max(number.Max(a, a.Neg()), number.Max(b, b.Neg()))
	gap := a.Sub(b)
	return number.Max(gap, gap.Neg()).Mul(number.Int(1_000_000_000_000)).Cmp(largest) < 0
}

// decided is what depends on no cell.
func (a expr) decided() expr {
	switch {
	case !a.fixed || a.is != logical || a.near:
		return a
	case a.yes:
		return yes
	}
	return no
}

func (a expr) isYes() bool { return a.fixed && a.is == logical && a.yes }
func (a expr) isNo() bool  { return a.fixed && a.is == logical && !a.yes }

// or and and combine tests. A spreadsheet calculates all of them, so none may fail.
func or(tests ...expr) expr  { return connected("OR", tests, expr.isNo, expr.isYes) }
func and(tests ...expr) expr { return connected("AND", tests, expr.isYes, expr.isNo) }

func connected(name string, tests []expr, idle, decides func(expr) bool) expr {
	var list []expr
	for _, t := range tests {
		switch {
		case decides(t):
			return t
		case idle(t):
		case name == "OR" && len(t.terms) > 0:
			list = append(list, t.terms...)
		default:
			list = append(list, t)
		}
	}
	list = slices.CompactFunc(list, func(a, b expr) bool { return a.text == b.text })
	switch {
	case len(list) == 0 && name == "OR":
		return no
	case len(list) == 0:
		return yes
	case len(list) == 1:
		return list[0]
	}
	v := value{is: logical, yes: name == "AND"}
	for _, t := range list {
		if t.yes != v.yes && t.is == logical {
			v.yes = name == "OR"
			break
		}
	}
	e := call(name, v, list...)
	if name == "OR" {
		e.terms = list
	}
	return e
}

func not(a expr) expr {
	switch {
	case a.isYes():
		return no
	case a.isNo():
		return yes
	}
	if a.turn != "" {
		a.text, a.turn, a.yes = a.turn, a.text, !a.yes
		return a
	}
	return call("NOT", value{is: logical, yes: !a.yes}, a)
}

// iff is one expression where a test holds, and another where it does not. A
// spreadsheet calculates only that one, so the other may fail.
func iff(test, then, otherwise expr) expr {
	switch {
	case test.isYes(), then.text == otherwise.text:
		return then
	case test.isNo():
		return otherwise
	}
	v := otherwise.value
	if test.yes {
		v = then.value
	}
	if test.is == failing {
		v.is = failing
	}
	v.near = v.near || test.near
	return expr{text: "IF(" + test.text + "," + then.text + "," + otherwise.text + ")", binds: stands, value: v}
}

// countNumbers counts the cells that hold a number.
func countNumbers(cells []expr) expr {
	n := 0
	for _, c := range cells {
		if c.is == numeric {
			n++
		}
	}
	return expr{text: "COUNT(" + rangeOf(cells) + ")", binds: stands, value: value{is: numeric, num: number.Int(int64(n))}}
}

// countWord counts the cells that hold a text.
func countWord(cells []expr, word string) expr {
	n := 0
	for _, c := range cells {
		if c.is == textual && strings.EqualFold(c.word, word) {
			n++
		}
	}
	v := value{is: numeric, num: number.Int(int64(n))}
	if cells := rangeOf(cells); !strings.Contains(cells, ",") {
		return expr{text: "COUNTIF(" + cells + "," + quote(word) + ")", binds: stands, value: v}
	}
	terms := make([]string, len(cells))
	for i, c := range cells {
		terms[i] = "(" + c.text + "=" + quote(word) + ")"
	}
	return expr{text: strings.Join(terms, "+"), binds: adds, value: v}
}

// rangeOf names cells of a row: as a range where they stand side by side.
func rangeOf(cells []expr) string {
	texts := make([]string, len(cells))
	adjacent := true
	for i, c := range cells {
		texts[i] = c.text
		adjacent = adjacent && (i == 0 || nextTo(cells[i-1].text, c.text))
	}
	if adjacent && len(cells) > 1 {
		return texts[0] + ":" + texts[len(texts)-1]
	}
	return strings.Join(texts, ",")
}

// nextTo reports whether one cell stands on the left of another.
func nextTo(a, b string) bool {
	i, j := strings.IndexAny(a, "0123456789"), strings.IndexAny(b, "0123456789")
	return i > 0 && j > 0 && a[i:] == b[j:] && columnNumber(a[:i])+1 == columnNumber(b[:j])
}

func columnNumber(letters string) int {
	n := 0
	for i := range len(letters) {
		n = n*26 + int(letters[i]-'A') + 1
	}
	return n
}

// fraction is a number as a numerator over a denominator, both whole.
func fraction(x number.Exact) (num, den expr) {
	r := x.Rat()
	return literal(number.FromRat(new(big.Rat).SetInt(r.Num()))), literal(number.FromRat(new(big.Rat).SetInt(r.Denom())))
}

// quote writes a text inside a formula.
func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// inFormula reports whether a text can stand inside a formula, which takes 255
// characters.
func inFormula(s string) bool { return len(s) > 0 && len([]rune(s)) <= 255 }

// decimal writes a number inside a formula: as a decimal where it is one, as a
// fraction otherwise.
func decimal(x number.Exact) string {
	if x.IsInt() {
		return x.String()
	}
	if n, exact := number.Decimals(x, 15); exact && x.Cmp(number.Int(1)) < 0 && x.Sign() > 0 {
		return string(number.AppendDigits(nil, x, n)) // no more digits than a cell holds
	}
	f, _ := x.Rat().Float64()
	text := strconv.FormatFloat(f, 'f', -1, 64)
	if back, ok := new(big.Rat).SetString(text); ok && number.FromRat(back).Equal(x) {
		return text
	}
	return fmt.Sprintf("(%s)", x)
}
