package main

import (
	"strings"
	"unicode"
)

// anyCase makes an element of a file pattern match letters in either case:
// "*.XLSX" becomes "*.[Xx][Ll][Ss][Xx]". Classes stay as they are.
func anyCase(pattern string) string {
	var b strings.Builder
	class := false
	for _, r := range pattern {
		other := unicode.ToLower(r)
		if other == r {
			other = unicode.ToUpper(r)
		}
		switch {
		case class:
			class = r != ']'
		case r == '[':
			class = true
		case other != r:
			b.WriteString("[" + string(r) + string(other) + "]")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
