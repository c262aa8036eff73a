package fact

import (
	"errors"
	"regexp"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// readShare reads a share: a number that is shown as a percentage, a text with a
// percent sign, or a bare number by the scale that its column declares.
func readShare(c cell.Cell, text string, col *plan.Column) value {
	var v value
	switch c.Kind {
	case cell.Number:
		x, err := number.ParseCell(c.Raw)
		if err != nil {
			return notNumber(text)
		}
		v = bareShare(x, text, col)
		if !c.Format.Plain() {
			v = readShown(c, x, text, col, nil)
		}
	case cell.Text:
		if v = readShareText(text, col); v.state == Reported {
			v.typed, v.share = text, true
			if v.check == "" {
				v.check = diag.TextNumber
			}
		}
	case cell.Blank, cell.Bool, cell.Error, cell.Date:
		return notNumber(text)
	}
	if v.state == Reported && (v.number.Sign() < 0 || v.number.Cmp(number.Int(1)) > 0) {
		return wrong(diag.ShareRange, lang.F("%s is %s: a share lies between 0%% and 100%%",
			"%s là %s: tỷ lệ phải từ 0%% đến 100%%", clip(text), number.Percent(v.number, 4)))
	}
	return v
}

// bareShare reads a number without a percent sign by the scale that its column
// declares; without one it is refused. A fraction where percents are declared
// is read as such, and doubted.
func bareShare(x number.Exact, text string, col *plan.Column) value {
	switch col.Scale {
	case plan.Percents:
		v := value{state: Reported, number: x.Quo(number.Int(100)), how: lang.T("number of percents", "số phần trăm")}
		if x.Sign() > 0 && x.Cmp(number.Int(1)) <= 0 {
			v.check = diag.DoubtfulNumber
			v.reason = lang.F("%s is read as %s, for the column states percents: is %s meant? write it with a percent sign",
				"%s được đọc là %s vì cột ghi theo phần trăm: có phải là %s không? hãy ghi kèm dấu phần trăm",
				clip(text), number.Percent(v.number, 6), number.Percent(x, 6))
		}
		return v
	case plan.Ones:
		return value{state: Reported, number: x, how: lang.T("number, 1 is 100%", "số, 1 là 100%")}
	case plan.NoScale:
	}
	return wrong(diag.AmbiguousText, lang.F(
		"%s could be %[1]s%% or %[2]s: write a percent sign, or declare the column's scale in the plan",
		"%s có thể là %[1]s%% hoặc %[2]s: hãy ghi dấu phần trăm, hoặc khai báo scale của cột trong kế hoạch",
		clip(text), number.Percent(x, 4)))
}

// behindPercent is what may follow a share: the end of a sentence, marks of a
// note, or its counts, "(45/45 hồ sơ)".
var behindPercent = regexp.MustCompile(`^[\s\p{Z}]*(?:[.;]|\*+|\(\*+\)|[\[(]\d{1,2}[\])]|[¹²³⁴⁵⁶⁷⁸⁹]|[\[(]([\d.,]+)[\s\p{Z}]*/[\s\p{Z}]*([\d.,]+)[^\d%/]*[\])])$`)

// readShareText reads a share that is typed as text. A number that is
// impossible in the column's style is read in the other one: "98.5%" has no
// thousands. A note may follow the percent sign, or counts that give the same
// share.
func readShareText(text string, col *plan.Column) value {
	text = strings.TrimSpace(text)
	for _, words := range []string{"phần trăm", "Phần trăm", "PHẦN TRĂM"} {
		text = strings.Replace(text, words, "%", 1)
	}
	stated, rest, sign := strings.Cut(text, "%")
	var part, whole string
	if sign && strings.TrimSpace(rest) != "" {
		m := behindPercent.FindStringSubmatch(rest)
		if m == nil {
			return notNumber(text)
		}
		part, whole = m[1], m[2]
		text = stated + "%"
	}
	x, percent, err := parseEither(text, col.Style)
	if err != nil {
		return badText(text, err)
	}
	if !percent {
		return bareShare(x, text, col)
	}
	if part != "" && !gives(part, whole, x, col.Style) {
		return wrong(diag.AmbiguousText, lang.F(
			"%q states a share and counts that give another one: state one of them",
			"%q ghi tỷ lệ và số đếm cho tỷ lệ khác: hãy ghi một trong hai", clip(stated+"%"+rest)))
	}
	return value{state: Reported, number: x}
}

// parseEither reads a number in a style or, where it is none in that, in the
// other one.
func parseEither(text string, style number.Style) (x number.Exact, percent bool, err error) {
	x, percent, err = number.ParseText(text, style)
	if !errors.Is(err, number.ErrNotNumber) {
		return x, percent, err
	}
	switch style {
	case number.StyleVI:
		return number.ParseText(text, number.StyleEN)
	case number.StyleEN:
		return number.ParseText(text, number.StyleVI)
	case number.Undeclared:
	}
	return x, percent, err
}

// gives reports whether counts give a share, as far as its decimals tell.
func gives(part, whole string, share number.Exact, style number.Style) bool {
	p, _, err1 := number.ParseText(part, style)
	w, _, err2 := number.ParseText(whole, style)
	if err1 != nil || err2 != nil || w.Sign() <= 0 {
		return false
	}
	percents := share.Mul(number.Int(100))
	low, high := number.Interval(percents, decimals(cell.Cell{}, percents))
	got := p.Quo(w).Mul(number.Int(100))
	return got.Cmp(low) >= 0 && got.Cmp(high) <= 0
}
