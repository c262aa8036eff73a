package records

import "bytes"

// The server of a database compares plain ids itself; only the others are
// compared here.

// IDForms returns two normal forms of an id: without invisible differences, and
// also without those of case. ok is false for a text that is not an id: blank,
// or "-".
func IDForms(id string) (visible, folded string, ok bool) {
	text := bytes.TrimSpace([]byte(id))
	if noText(text) {
		return "", "", false
	}
	return string(visibleID(nil, text)), string(foldID(nil, text)), true
}

// LosesDigits reports whether an id stands as a spreadsheet program writes a
// large number into a text file: "1.23457E+11".
func LosesDigits(id string) bool { return hasExponent([]byte(id)) }
