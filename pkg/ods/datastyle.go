package ods

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/xlsx"
)

// dataStyle is a number format as ODF describes it, element by element (ODF 1.3
// part 3, 16.29), written as the code that other formats have for it.
//
//	<number:percentage-style><number:number number:decimal-places="1"
//	  number:min-integer-digits="1"/><number:text>%</number:text>    0.0%
type dataStyle struct {
	kind string // of the element: "number-style", "percentage-style"
	code string // of its own section
	maps []condition
}

// condition is <style:map>: values for which another data style is used.
type condition struct {
	condition string // ">=0"
	style     string
}

// colourCode is the colour of a section, by which negative figures may be told.
func colourCode(rgb string) string {
	names := map[string]string{
		"#000000": "Black", "#ff0000": "Red", "#0000ff": "Blue", "#00ff00": "Green",
		"#ffff00": "Yellow", "#00ffff": "Cyan", "#ff00ff": "Magenta", "#ffffff": "White",
	}
	return "[" + cmp.Or(names[strings.ToLower(rgb)], "Color 1") + "]"
}

const maxMaps = 8 // conditions of a data style; number formats have three

// readData reads a data style.
func (s *styles) readData(x *xlsx.XML) bool {
	d := &dataStyle{kind: string(x.Name())}
	name, _ := x.Get(xlsx.ODFStyle, "name")
	elapsed, given := x.Get(xlsx.ODFNumber, "truncate-on-overflow")
	b := codeBuilder{kind: d.kind, elapsed: given && string(elapsed) == "false"}
	if x.Err() != nil || !s.room(x, len(s.data), "number:…-style") {
		return false
	}
	s.data[string(name)] = d
	ok := each(x, func() bool {
		if x.Is(xlsx.ODFStyle, "map") {
			cond, _ := x.Get(xlsx.ODFStyle, "condition")
			style, _ := x.Get(xlsx.ODFStyle, "apply-style-name")
			if c, ok := conditionOf(string(cond)); ok && len(d.maps) < maxMaps {
				d.maps = append(d.maps, condition{c, string(style)})
			}
			return x.Skip()
		}
		switch {
		case x.Is(xlsx.ODFStyle, "text-properties"):
			if colour, ok := x.Get(xlsx.ODFFormat, "color"); ok && b.Len() == 0 {
				b.WriteString(colourCode(string(colour)))
			}
			return x.Skip()
		case x.Space() != xlsx.ODFNumber:
			return x.Skip()
		}
		return b.element(x)
	})
	d.code = b.String()
	if !b.shows {
		d.code += `""`
	}
	return ok
}

// conditionOf reads "value()>=0".
func conditionOf(s string) (string, bool) {
	s = strings.ReplaceAll(s, " ", "")
	c, ok := strings.CutPrefix(s, "value()")
	c = strings.Replace(c, "!=", "<>", 1)
	return c, ok && c != ""
}

// codeBuilder writes the code of one section.
type codeBuilder struct {
	strings.Builder
	kind    string
	elapsed bool // the first unit of time goes beyond its usual bound
	shows   bool // something is written beside a colour
}

// element adds a child of a data style, and leaves it.
func (b *codeBuilder) element(x *xlsx.XML) bool {
	if b.Len() > maxCode {
		return x.Skip()
	}
	before := b.Len()
	defer func() { b.shows = b.shows || b.Len() > before }()
	long := false
	if style, ok := x.Get(xlsx.ODFNumber, "style"); ok {
		long = string(style) == "long"
	}
	switch string(x.Name()) {
	case "text":
		return b.text(x)
	case "currency-symbol":
		symbol, ok := content(x)
		b.WriteString(quote(cmp.Or(symbol, "¤"))) // of the locale, when it is not said
		return ok
	case "number":
		return b.number(x)
	case "scientific-number":
		b.digits(x)
		exponent := count(x, "min-exponent-digits", 2)
		b.WriteString("E+" + strings.Repeat("0", max(exponent, 1)))
	case "fraction":
		b.WriteString("# " + strings.Repeat("?", max(count(x, "min-numerator-digits", 1), 1)) + "/" + strings.Repeat("?", max(count(x, "min-denominator-digits", 1), 1)))
	case "text-content":
		b.WriteString("@")
	case "boolean":
		b.WriteString("General")
	case "fill-character":
		b.WriteString("*")
		return b.raw(x)
	case "day":
		b.unit("d", 1, long)
	case "month":
		textual, _ := x.Get(xlsx.ODFNumber, "textual")
		if string(textual) == "true" {
			b.unit("mmm", 1, long)
			break
		}
		b.unit("m", 1, long)
	case "year", "era":
		b.unit("yy", 2, long)
	case "day-of-week":
		b.unit("ddd", 1, long)
	case "hours":
		b.time("h", long)
	case "minutes":
		b.time("m", long)
	case "seconds":
		b.time("s", long)
		if n := count(x, "decimal-places", 0); n > 0 {
			b.WriteString("." + strings.Repeat("0", n))
		}
	case "am-pm":
		b.WriteString("AM/PM")
	case "quarter", "week-of-year":
		b.WriteString("d") // no code has it; it is of a date
	}
	return x.Skip()
}

const maxCode = 1 << 10 // bytes of a section

// unit writes letters, and their last again for the long form.
func (b *codeBuilder) unit(letters string, more int, long bool) {
	b.WriteString(letters)
	if long {
		b.WriteString(strings.Repeat(letters[len(letters)-1:], more))
	}
}

// time writes a unit of time, the first in brackets where time is elapsed.
func (b *codeBuilder) time(letter string, long bool) {
	if long {
		letter += letter
	}
	if b.elapsed {
		b.elapsed = false
		letter = "[" + letter + "]"
	}
	b.WriteString(letter)
}

// count reads an attribute that counts digits.
func count(x *xlsx.XML, name string, other int) int {
	v, ok := x.Get(xlsx.ODFNumber, name)
	if !ok {
		return other
	}
	n, err := strconv.Atoi(string(v))
	if err != nil || n < 0 {
		return other
	}
	return min(n, 30)
}

// number writes <number:number>.
func (b *codeBuilder) number(x *xlsx.XML) bool {
	_, decimals := x.Get(xlsx.ODFNumber, "decimal-places")
	grouping, _ := x.Get(xlsx.ODFNumber, "grouping")
	_, factor := x.Get(xlsx.ODFNumber, "display-factor")
	if !decimals && !factor && string(grouping) != "true" && count(x, "min-integer-digits", 1) <= 1 {
		general := b.Len()
		b.WriteString("General")
		return b.embedded(x, general)
	}
	whole := b.digits(x)
	commas := 0
	if v, ok := x.Get(xlsx.ODFNumber, "display-factor"); ok {
		for n, err := strconv.ParseFloat(string(v), 64); err == nil && n >= 1000 && commas < 10; n /= 1000 {
			commas++
		}
	}
	b.WriteString(strings.Repeat(",", commas))
	return b.embedded(x, whole)
}

// digits writes placeholders, and returns where the decimals begin.
func (b *codeBuilder) digits(x *xlsx.XML) (whole int) {
	least := count(x, "min-integer-digits", 0)
	digits := strings.Repeat("0", least)
	grouping, _ := x.Get(xlsx.ODFNumber, "grouping")
	if string(grouping) == "true" {
		digits = strings.Repeat("#", max(4-least, 0)) + digits
		for i := len(digits) - 3; i > 0; i -= 3 {
			digits = digits[:i] + "," + digits[i:]
		}
	} else if least == 0 {
		digits = "#"
	}
	b.WriteString(digits)
	whole = b.Len()
	places := count(x, "decimal-places", 0)
	always := min(count(x, "min-decimal-places", places), places)
	if _, replaced := x.Get(xlsx.ODFNumber, "decimal-replacement"); replaced {
		always = 0
	}
	if places > 0 {
		b.WriteString("." + strings.Repeat("0", always) + strings.Repeat("#", places-always))
	}
	return whole
}

// embedded reads the fixed texts among the digits of a number, each so many
// digits before the decimals, which begin at whole in the code.
func (b *codeBuilder) embedded(x *xlsx.XML, whole int) bool {
	return each(x, func() bool {
		if !x.Is(xlsx.ODFNumber, "embedded-text") {
			return x.Skip()
		}
		position, _ := x.Get(xlsx.ODFNumber, "position")
		n, err := strconv.Atoi(string(position))
		text, ok := content(x)
		if !ok {
			return false
		}
		code := b.String()
		if err != nil || n < 0 || n > 30 || whole > len(code) {
			return true
		}
		at := whole
		for digits := 0; digits < n && at > 0; at-- {
			if c := code[at-1]; c == '0' || c == '#' || c == '?' {
				digits++
			} else if c != ',' {
				break
			}
		}
		b.Reset()
		b.WriteString(code[:at] + quote(text) + code[at:])
		return true
	})
}

// text writes a fixed text. A percent sign in a percentage multiplies.
func (b *codeBuilder) text(x *xlsx.XML) bool {
	text, ok := content(x)
	if !ok {
		return false
	}
	if b.kind == "percentage-style" {
		for i, part := range strings.Split(text, "%") {
			if i > 0 {
				b.WriteString("%")
			}
			b.WriteString(quote(part))
		}
		return true
	}
	b.WriteString(quote(text))
	return true
}

// raw writes the first character of an element as it stands.
func (b *codeBuilder) raw(x *xlsx.XML) bool {
	text, ok := content(x)
	for _, r := range text {
		b.WriteRune(r)
		return ok
	}
	b.WriteByte(' ')
	return ok
}

// content reads the text of an element, and leaves it.
func content(x *xlsx.XML) (string, bool) {
	var b []byte
	for {
		switch x.Next() {
		case xlsx.Chars:
			if len(b) < maxCode {
				b = x.AppendText(b)
			}
		case xlsx.Start:
			if !x.Skip() {
				return "", false
			}
		case xlsx.End:
			return string(b), true
		case xlsx.Failed, xlsx.EOF:
			return "", false
		}
	}
}

// quote writes a fixed text of a format code: signs that stand for themselves
// as they are, others in quotation marks.
func quote(text string) string {
	if strings.Trim(text, " -+()/:") == "" {
		return text
	}
	parts := strings.Split(text, `"`)
	for i, p := range parts {
		if p != "" {
			parts[i] = `"` + p + `"`
		}
	}
	return strings.Join(parts, `\"`)
}
