package records

import "bytes"

// Of ids in a database only those are compared here that are not plain: the
// server compares the others.

// IDForms returns an id as two that are the same are written alike: but for what
// cannot be seen, and but for capitals, too. ok is false for a text that is no
// id: blank, or "-".
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
