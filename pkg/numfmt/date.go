package numfmt

// resolveDate tells minutes from months and finds fractions of a second; what
// else is no part of a date is text. Minutes become "n".
func (s *Section) resolveDate() {
	var out []item
	put := func(p part, text string) {
		if n := len(out); p == literal && n > 0 && out[n-1].part == literal {
			out[n-1].text += text
			return
		}
		out = append(out, item{p, text})
	}
	for i := 0; i < len(s.items); i++ {
		switch it := s.items[i]; it.part {
		case dateUnit, dayHalf, elapsed, padding:
			put(it.part, it.text)
		case point:
			n := 0
			for n < 3 && i+n+1 < len(s.items) && s.items[i+n+1].part == digit && s.inSecond(i+n+1) {
				n++
			}
			if n == 0 {
				put(literal, it.text)
				continue
			}
			put(fraction, "000"[:n])
			i += n
		case literal, digit, comma, percent, exponent, slash, general, text, fraction:
			put(literal, it.text)
		}
	}
	s.items = out
	s.findMinutes()
}

// findMinutes makes minutes of the m that follow hours or stand before seconds.
func (s *Section) findMinutes() {
	before := byte(0) // the unit before
	for i := range s.items {
		it := &s.items[i]
		if it.part != dateUnit && it.part != elapsed {
			continue
		}
		if unit := it.text[0]; it.part == dateUnit && unit == 'm' && len(it.text) <= 2 && (before == 'h' || s.unitBehind(i) == 's') {
			it.text = "nn"[:len(it.text)]
		}
		before = it.text[0]
	}
}

// unitBehind is the first letter of the date unit behind an item; 0 where
// there is none.
func (s *Section) unitBehind(i int) byte {
	for _, it := range s.items[i+1:] {
		if it.part == dateUnit || it.part == elapsed {
			return it.text[0]
		}
	}
	return 0
}
