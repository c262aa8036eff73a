package plan

import (
	"strconv"
	"unicode/utf8"
)

// maxQuoted is how many characters of a user's text a message repeats.
const maxQuoted = 60

// quoted shows a user's text in a message: in quotes, escaped, cut when long.
func quoted(s string) string { return strconv.Quote(shortened(s)) }

func shortened(s string) string {
	if utf8.RuneCountInString(s) <= maxQuoted {
		return s
	}
	return string([]rune(s)[:maxQuoted]) + "…"
}
