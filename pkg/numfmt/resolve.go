package numfmt

import (
	"strings"
	"unicode"
)

// resolve works out what kind a section is and where its digits stand.
func (s *Section) resolve() {
	has := func(parts ...part) bool {
		for _, it := range s.items {
			for _, p := range parts {
				if it.part == p {
					return true
				}
			}
		}
		return false
	}
	switch {
	case has(elapsed, dayHalf):
		s.Kind = Date
	case has(dateUnit) && !s.digitsBesideSeconds():
		s.Kind = Date
	case has(general):
		s.Kind = General
	case has(text):
		s.Kind = Text
	case has(digit):
		s.Kind = Number
	default:
		s.Kind = Literal
	}
	switch s.Kind {
	case Date:
		s.resolveDate()
	case General, Text:
		s.keep(general, text)
	case Number:
		s.keep(digit, point, comma, exponent, slash)
		s.resolveNumber()
	case Literal, Percent:
		s.keep()
	}
	s.around()
}

// digitsBesideSeconds reports whether there are placeholders that are no
// fraction of a second: such a section shows a number, and its letters are
// text that nobody quoted.
func (s *Section) digitsBesideSeconds() bool {
	for i, it := range s.items {
		if it.part == digit && !s.inSecond(i) {
			return true
		}
	}
	return false
}

// inSecond reports whether a placeholder stands for a fraction of a second:
// .0, .00 or .000 behind s or [s].
func (s *Section) inSecond(i int) bool {
	for ; i > 0 && s.items[i].part == digit && s.items[i].text == "0"; i-- {
		if s.items[i-1].part == point {
			return i > 1 && (s.items[i-2].part == dateUnit || s.items[i-2].part == elapsed) && s.items[i-2].text[0] == 's'
		}
	}
	return false
}

// keep makes text of all items that are none of some parts, percent signs and
// padding apart.
func (s *Section) keep(parts ...part) {
	var out []item
	for _, it := range s.items {
		kept := it.part == percent || it.part == padding
		for _, p := range parts {
			kept = kept || it.part == p
		}
		if !kept {
			it.part = literal
		}
		if n := len(out); it.part == literal && n > 0 && out[n-1].part == literal {
			out[n-1].text += it.text
			continue
		}
		out = append(out, it)
	}
	s.items = out
}

// resolveNumber finds the point, the decimals, the commas and the percent signs.
func (s *Section) resolveNumber() {
	l := &s.layout
	l.point, l.exponent, l.slash = -1, -1, -1
	s.Decimals = 0
	lastWhole, lastDigit := -1, -1
	for i, it := range s.items {
		switch it.part {
		case point:
			if l.point < 0 && l.exponent < 0 && l.slash < 0 {
				l.point = i
			} else {
				s.items[i].part = literal
			}
		case exponent:
			if l.exponent < 0 && lastDigit >= 0 && l.slash < 0 {
				l.exponent = i
			} else {
				s.items[i].part = literal
			}
		case slash:
			if l.slash < 0 && lastDigit >= 0 && l.exponent < 0 && s.items[i-1].part == digit {
				l.slash = i
			} else {
				s.items[i].part = literal
			}
		case digit:
			switch {
			case l.exponent >= 0 || l.slash >= 0:
			case l.point >= 0:
				s.Decimals++
			default:
				l.whole++
				lastWhole = i
			}
			if l.exponent < 0 {
				lastDigit = i
			}
		case percent:
			s.Percents++
		case literal, padding, comma, general, text, dateUnit, dayHalf, elapsed, fraction:
		}
	}
	seen := false
	for i, it := range s.items {
		seen = seen || it.part == digit
		switch {
		case it.part != comma || !seen:
		case i < lastWhole:
			l.grouped = true
		case i > lastWhole && l.exponent < 0 && l.slash < 0 && (l.point < 0 || i < l.point || i > lastDigit):
			s.Shift -= 3
		}
	}
	s.Shift += 2 * s.Percents
	if s.Percents > 0 {
		s.Kind = Percent
	}
}

// around works out the text around the digits.
func (s *Section) around() {
	l := &s.layout
	l.first, l.last = -1, -1
	for i, it := range s.items {
		switch it.part {
		case literal, padding, percent, comma:
		case point, digit, exponent, slash, general, text, dateUnit, dayHalf, elapsed, fraction:
			if l.first < 0 {
				l.first = i
			}
			l.last = i
		}
	}
	var before, inside, after strings.Builder
	for i, it := range s.items {
		said := it.text
		switch it.part {
		case padding:
			said = " "
		case literal, percent:
		case point, digit, comma, exponent, slash, general, text, dateUnit, dayHalf, elapsed, fraction:
			continue
		}
		switch {
		case l.first < 0 || i < l.first:
			before.WriteString(said)
		case i > l.last:
			after.WriteString(said)
		default:
			inside.WriteString(said)
		}
	}
	s.Before, s.Inside, s.After = before.String(), inside.String(), after.String()
	if l.slash >= 0 && s.Kind == Number { // "1 2/3"
		s.Inside = strings.TrimSpace(s.Inside)
	}
	if s.Kind == Date {
		s.Digits = hasDigit(s.Before) || hasDigit(s.Inside) || hasDigit(s.After)
	} else {
		for _, text := range []string{s.Before, s.Inside, s.After} {
			s.Signs += strings.Count(text, "%") + strings.Count(text, "％")
		}
		s.Signs -= s.Percents
		s.Digits = (s.Kind == General || s.Kind == Text) && l.last != l.first || s.Kind != Literal && (hasDigit(s.Inside) || hasDigit(s.After[:runs(s.After)]) || hasDigit(s.Before[len(s.Before)-endRuns(s.Before):]))
	}
}

// ofNumber reports whether a character may belong to a number as people write
// it.
func ofNumber(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune(".,' \u00a0", r) }

// runs is how much of a text reads on from a number that stands before it.
func runs(s string) int {
	if i := strings.IndexFunc(s, func(r rune) bool { return !ofNumber(r) }); i >= 0 {
		return i
	}
	return len(s)
}

// endRuns is how much of the end of a text reads on into a number behind it.
func endRuns(s string) int {
	return len(s) - len(strings.TrimRightFunc(s, ofNumber))
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }
