package fact

import (
	"errors"
	"strings"
	"unicode"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/numfmt"
	"github.com/parcheck/parcheck/pkg/plan"
)

// A cell stores one number and may show another one: its number format divides
// it by a million, adds a zero or a unit of money, or hides it. A reader of
// the sheet sees what is shown, a program that adds it up gets what is stored:
//
//	stores        shows         the figure of a column of amounts in triệu đồng
//	1000000000    1,000         as shown, with a finding: the format divides by the unit of the column
//	1000000000    1,000         under "ĐVT: đồng": refused, either may be meant
//	1.5           1.50 tỷ       refused, the column is in triệu đồng
//	1500          1.5 tỷ        (0.0, and "tỷ") as stored: both say the same
//	98000         (nothing)     as stored, with a finding
//	70            700           (0"0") refused
//
// Rounding, grouping, words that are no unit ("70 hồ sơ") and zeros shown as
// nothing or as a dash are the figure itself, without a finding.

// money is what a number column's figures are amounts of.
type money struct {
	amount bool         // some fact is an amount that stands in the column
	scale  scale        // how much one unit of its amounts is
	one    number.Exact // how much one đồng is; 0 where that is not known

	last  *numfmt.Section // the last section that was judged
	says  verdict
	times number.Exact
}

// verdict is how the figure of a cell is read, by the section of its number
// format.
type verdict uint8

const (
	asStored    verdict = iota // what it stores: the cell shows the same
	asShown                    // what it shows, in the unit of the column
	inOwnUnit                  // what it shows, in the unit that it shows
	inOtherCoin                // what it stores, though another currency is shown
	oddly                      // what it stores, though something stands among the digits, or a sign that makes them a bound
	otherFigure                // not to be told: the cell shows another figure
	otherUnit                  // not to be told: the cell shows another unit of money
)

// findMoney tells what the number columns of a table are amounts of.
func (c *content) findMoney(t *body) {
	t.money = map[string]*money{}
	for i := range t.Columns {
		col := &t.Columns[i]
		if col.Type != plan.Number {
			continue
		}
		m := &money{scale: t.scaleOf(col.ID)}
		m.one, _ = oneDong(t.Table)
		for _, f := range c.plan.Facts {
			if f.Kind != plan.AmountFact || !readsColumn(f, t.ID, col.ID) {
				continue
			}
			m.amount = true
			if powers, foreign := label.Money(f.Unit.In(lang.VI)); m.one.IsZero() && len(powers) == 1 && !foreign {
				m.one = number.Int(1).Quo(tenTo(powers[0]))
			}
		}
		t.money[col.ID] = m
	}
}

// showsItself reports whether a section shows every number as that number.
func (m *money) showsItself(s *numfmt.Section) bool {
	if s.Shift != 0 || signs(s) > 0 || s.Digits || pointed(s) || !signsFit(s) {
		return false
	}
	switch s.Kind {
	case numfmt.General, numfmt.Number, numfmt.Text:
		says, _ := m.judge(s)
		return says == asStored
	case numfmt.Percent, numfmt.Date, numfmt.Literal:
	}
	return false
}

// signs counts the percent signs that make a percentage of a number, real or
// fixed, and the words. A per mille sign counts as two, which no share has.
func signs(s *numfmt.Section) int {
	n := s.Percents + s.Signs
	for _, text := range []string{s.Before, s.After} {
		n += 2 * strings.Count(text, "‰")
		if key := strings.ToLower(text); n == 0 && (strings.Contains(key, "phần trăm") || strings.Contains(key, "percent")) {
			n++
		}
	}
	return n
}

// signsFit reports whether the fixed text of a section says no other sign than
// that of its numbers.
func signsFit(s *numfmt.Section) bool {
	if s.Unsigned {
		return s.Colour != "" || saysMinus(s) // red numbers are negative ones
	}
	return !saysMinus(s)
}

// saysMinus reports whether the fixed text of a section makes its numbers look
// negative: -5 or (5).
func saysMinus(s *numfmt.Section) bool {
	before, after := strings.TrimSpace(s.Before), strings.TrimSpace(s.After)
	return before == "-" || before == "−" || before == "" && after == "-" || strings.HasPrefix(before, "(") && strings.HasSuffix(after, ")")
}

// readShown reads a number whose format may show another one.
func readShown(c cell.Cell, x number.Exact, text string, col *plan.Column, m *money) value {
	s := c.Format.Section(x)
	shown := strings.TrimSpace(s.Show(x))
	switch {
	case s.Kind == numfmt.Literal || !strings.ContainsAny(shown, "0123456789"):
		return readFixed(x, text, shown, col)
	case s.Digits && strings.ContainsAny(shown, "123456789"), pointed(s) && !x.IsZero(), x.Sign() > 0 && saysMinus(s), x.Sign() < 0 && !signsFit(s):
		return refuseShown(text, shown)
	case col.Type == plan.Share:
		return readShownShare(s, x, text, shown, col)
	case signs(s) > 0:
		return wrong(diag.NotNumber, lang.F(
			"%s is shown as a percentage, a count or an amount is wanted",
			"%s hiển thị dạng phần trăm, cần số lượng hoặc số tiền", clip(text)))
	case x.IsZero():
		return value{state: Reported, number: x, how: asNumber}
	}
	return m.read(s, x, text, shown)
}

func howShown(shown string) lang.Text {
	return lang.F("number, shown as %q", "số, hiển thị %q", clip(shown))
}

// readFixed reads a number in place of which a fixed text is shown, or nothing.
func readFixed(x number.Exact, text, shown string, col *plan.Column) value {
	v := value{state: Reported, number: x, how: howShown(shown)}
	if x.IsZero() && number.IsDash(shown) {
		return v
	}
	if col.Type == plan.Share {
		if v = bareShare(x, text, col); v.state != Reported {
			return v
		}
	}
	y, percent, err := number.ParseText(shown, col.Style)
	switch {
	case err == nil && y.Equal(v.number) && percent == (col.Type == plan.Share):
		return v
	case err == nil || errors.Is(err, number.ErrAmbiguous):
		return refuseShown(text, shown)
	case shown == "":
		v.check, v.reason = diag.ShownOtherwise, lang.F(
			"the cell stores %s and shows nothing, by its number format: it is counted all the same; give the cell an ordinary number format",
			"ô lưu giá trị %s nhưng định dạng số làm ô không hiển thị gì: vẫn được tính; hãy đặt lại định dạng số cho ô", clip(text))
	default:
		v.check, v.reason = diag.ShownOtherwise, storedCounts(text, shown)
	}
	return v
}

func storedCounts(text, shown string) lang.Text {
	return lang.F(
		"the cell stores %s and shows %q, by its number format: what it stores is counted; give the cell an ordinary number format",
		"ô lưu giá trị %s nhưng hiển thị %q do định dạng số: giá trị lưu được tính; hãy đặt lại định dạng số cho ô", clip(text), clip(shown))
}

// refuseShown refuses a number that is shown as another one.
func refuseShown(text, shown string) value {
	v := wrong(diag.AmbiguousText, lang.F(
		"the cell stores %s and shows %q, by its number format: nobody can tell which of the two is meant; type the figure and give the cell an ordinary number format",
		"ô lưu giá trị %s nhưng hiển thị %q do định dạng số: không xác định được số nào đúng; hãy nhập lại số và đặt lại định dạng số cho ô", clip(text), clip(shown)))
	v.shown = shown
	return v
}

// ofWhole reports whether the numbers of a section are shown as parts of a whole
// that is fixed text: 640 as "640 / 1000".
func ofWhole(s *numfmt.Section) bool {
	whole, found := strings.CutPrefix(strings.TrimSpace(s.After), "/")
	return found && strings.IndexFunc(strings.TrimSpace(whole), unicode.IsDigit) == 0
}

// pointed reports whether a fixed point or comma stands among the digits of a
// section: 640 as 64.0.
func pointed(s *numfmt.Section) bool { return strings.ContainsAny(s.Inside, ".,") }

// bounded reports whether something stands among the digits of a section, or a
// sign before or behind them that makes them a bound or leaves them open.
func bounded(s *numfmt.Section) bool {
	around := s.Before + s.After
	return strings.Trim(s.Inside, " \u00a0'") != "" || ofWhole(s) || strings.ContainsAny(s.Before, "<>≤≥≈~±") || strings.TrimSpace(s.After) == "+" ||
		strings.Count(around, "(") != strings.Count(around, ")")
}

// unitBeside reads the unit of money beside the numbers of a section; foreign
// are several of them, and those of other countries.
func unitBeside(s *numfmt.Section) (power int, found, foreign bool) {
	for _, text := range []string{s.Before, s.After} {
		text = strings.TrimSpace(strings.ReplaceAll(text, "₫", "đ"))
		powers, other := label.Money(text)
		if len(powers) == 0 { // 1.2M
			switch text {
			case "M", "mil", "million":
				powers = []int{6}
			case "B", "bn", "billion":
				powers = []int{9}
			}
		}
		foreign = foreign || other || len(powers) > 1
		if len(powers) == 1 {
			foreign = foreign || found && powers[0] != power
			power, found = powers[0], true
		}
	}
	return power, found, foreign
}

// judge returns how the figures of a section are read: its numbers, multiplied
// by times.
func (m *money) judge(s *numfmt.Section) (verdict, number.Exact) {
	if s != m.last {
		m.last = s
		m.says, m.times = m.weigh(s)
	}
	return m.says, m.times
}

func (m *money) weigh(s *numfmt.Section) (verdict, number.Exact) {
	power, found, foreign := unitBeside(s)
	once, times := number.Int(1), tenToThe(s.Shift)
	stored := asStored
	if bounded(s) {
		stored = oddly
	}
	switch {
	case foreign && s.Shift == 0:
		return inOtherCoin, once
	case foreign:
		return otherFigure, once
	case !m.amount, m.one.IsZero():
		if s.Shift+power != 0 {
			return otherFigure, once
		}
		return stored, once
	case !m.scale.known(): // whoever wants the amount says why there is none
		return stored, once
	case !found && s.Shift == 0:
		return stored, once
	case !found && m.scale.said && m.scale.times.Mul(times).Equal(m.one):
		return asShown, times
	case !found:
		return otherFigure, once
	}
	unit, column := m.one.Mul(tenTo(power)), m.scale.times
	switch {
	case times.Mul(unit).Equal(column): // both say the same
		return stored, once
	case unit.Equal(column):
		return asShown, times
	case !m.scale.said:
		return inOwnUnit, times.Mul(unit).Quo(column)
	}
	return otherUnit, once
}

// read reads a number by the verdict on its section.
func (m *money) read(s *numfmt.Section, x number.Exact, text, shown string) value {
	says, times := m.judge(s)
	v := value{state: Reported, number: x.Mul(times), how: howShown(shown), check: diag.ShownOtherwise}
	switch says {
	case asStored:
		v.check, v.how = "", asNumber
	case asShown:
		v.converted, v.shown = true, shown
		v.reason = lang.F(
			"the cell stores %s and shows %q, which its number format divides: read as shown, in the unit of its column; type the figures in that unit",
			"ô lưu giá trị %s nhưng hiển thị %q do định dạng số chia nhỏ: đọc như hiển thị, theo đơn vị tính của cột; nên nhập số theo đúng đơn vị này", clip(text), clip(shown))
	case inOwnUnit:
		v.converted, v.shown = true, shown
		v.reason = lang.F(
			"the cell shows %q: read in the unit of money of its number format, as the table names none; write the unit above the table",
			"ô hiển thị %q: đọc theo đơn vị tiền trong định dạng số vì bảng không ghi đơn vị tính; hãy ghi đơn vị tính phía trên bảng", clip(shown))
	case inOtherCoin:
		v.reason = lang.F(
			"the cell shows %q, in another currency: what it stores is counted in the unit of its column; give the cell an ordinary number format",
			"ô hiển thị %q theo loại tiền khác: giá trị lưu được tính theo đơn vị tính của cột; hãy đặt lại định dạng số cho ô", clip(shown))
	case oddly:
		v.reason = storedCounts(text, shown)
	case otherFigure:
		return refuseShown(text, shown)
	case otherUnit:
		return wrong(diag.AmbiguousText, lang.F(
			"the cell stores %s and shows %q, and its column is in another unit of money: nobody can tell which of the two is meant; give the cell an ordinary number format",
			"ô lưu giá trị %s và hiển thị %q, còn cột ghi đơn vị tính khác: không xác định được đơn vị đúng; hãy đặt lại định dạng số cho ô", clip(text), clip(shown)))
	}
	return v
}

// tenToThe is 10^n.
func tenToThe(n int) number.Exact {
	if n < 0 {
		return number.Int(1).Quo(tenTo(-n))
	}
	return tenTo(n)
}

// readShownShare reads a share by the percent signs that are shown. A fixed
// one says what people read: 65 shown as 65% is 65 %.
func readShownShare(s *numfmt.Section, x number.Exact, text, shown string, col *plan.Column) value {
	power, found, foreign := unitBeside(s)
	v := value{}
	switch percents := signs(s); {
	case found && power != 0 || foreign:
	case s.Percents == 1 && percents == 1 && s.Shift == 2:
		v = value{state: Reported, number: x, how: asPercent}
	case percents == 0 && s.Shift == 0:
		v = bareShare(x, text, col)
	case s.Percents > 0 || percents != 1:
	case col.Scale == plan.Ones && !x.IsZero() && x.Cmp(number.Int(1)) <= 0: // the plan says that 0.65 is 65 %, the cell that it is 0.65 %
	default:
		v = value{state: Reported, number: x.Mul(tenToThe(s.Shift)).Quo(number.Int(100)), how: howShown(shown)}
	}
	switch {
	case v.state == Missing:
		return refuseShown(text, shown)
	case v.state == Reported && bounded(s):
		v.check, v.reason = diag.ShownOtherwise, storedCounts(text, shown)
	}
	return v
}
