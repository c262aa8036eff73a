package label

import (
	"slices"
	"strings"
	"unicode"
)

const (
	raisedDigits  = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	loweredDigits = "₀₁₂₃₄₅₆₇₈₉"
)

// isRaised reports whether a character is a superscript digit or parenthesis.
func isRaised(r rune) bool { return strings.ContainsRune(raisedDigits+"⁽⁾", r) }

// isLowered reports whether a character is a subscript digit or parenthesis.
func isLowered(r rune) bool { return strings.ContainsRune(loweredDigits+"₍₎", r) }

// powers are the units of length whose squares and cubes are units as well.
var powers = []string{"mm", "cm", "dm", "m", "dam", "hm", "km"}

// withoutNotes drops the references to notes that a name has as superscript
// digits, "Số hồ sơ¹" and "Số hồ sơ⁽¹⁾". Those of areas and volumes become
// digits (m² is m2), as subscript ones do (CO₂ is CO2). A digit behind a digit
// may be an exponent, 10³, and stays.
func withoutNotes(s string) string {
	other := func(r rune) bool { return r >= '²' && (isRaised(r) || isLowered(r)) }
	if !strings.ContainsFunc(s, other) {
		return s
	}
	in := []rune(s)
	var out []rune
	for i := 0; i < len(in); i++ {
		r := in[i]
		switch {
		case isLowered(r):
			out = append(out, plainDigit(r, loweredDigits+"₍₎"))
		case isRaised(r) && len(out) > 0 && unicode.IsDigit(out[len(out)-1]):
			for ; i < len(in) && isRaised(in[i]); i++ {
				out = append(out, in[i])
			}
			i--
		case isRaised(r) && (r == '²' || r == '³') && slices.Contains(powers, lastWord(out)):
			out = append(out, plainDigit(r, raisedDigits))
		case isRaised(r):
			i = endOfNotes(in, i) - 1
			if n := len(out); n > 0 && out[n-1] == '(' && i+1 < len(in) && in[i+1] == ')' {
				out = out[:n-1]
				i++
			}
		default:
			out = append(out, r)
		}
	}
	if strings.TrimSpace(string(out)) == "" { // nothing but a note: it is the name
		return strings.Map(func(r rune) rune {
			if isRaised(r) {
				return plainDigit(r, raisedDigits+"⁽⁾")
			}
			return r
		}, s)
	}
	return string(out)
}

// plainDigit returns the ASCII form of one of ten digits and two parentheses.
func plainDigit(r rune, all string) rune {
	return rune("0123456789()"[slices.Index([]rune(all), r)])
}

// lastWord returns the letters at the end of a text.
func lastWord(s []rune) string {
	i := len(s)
	for i > 0 && unicode.IsLetter(s[i-1]) {
		i--
	}
	return strings.ToLower(string(s[i:]))
}

// endOfNotes returns where the references that begin at i end: "¹", "¹,²" and
// "¹ ²" are one run of them.
func endOfNotes(s []rune, i int) int {
	end := i
	for ; i < len(s) && (isRaised(s[i]) || s[i] == ',' || s[i] == ' '); i++ {
		if isRaised(s[i]) {
			end = i + 1
		}
	}
	return end
}
