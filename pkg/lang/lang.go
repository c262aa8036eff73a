// Package lang holds the two languages that parcheck speaks, Vietnamese and
// English, and texts written in both. It reads nothing and decides nothing.
package lang

import "strings"

// Lang is a language of output.
type Lang uint8

// The languages. Vietnamese is the zero value: the plan's own language.
const (
	VI Lang = iota
	EN
)

// String returns the tag that --lang takes: "vi" or "en".
func (l Lang) String() string {
	if l == EN {
		return "en"
	}
	return "vi"
}

// Parse reads a tag as --lang takes it.
func Parse(s string) (Lang, error) {
	switch s {
	case "vi":
		return VI, nil
	case "en":
		return EN, nil
	}
	return VI, Errorf("unknown language %q: want vi or en", "không có ngôn ngữ %q: cần vi hoặc en", s)
}

// FromEnvironment chooses a language from the POSIX locale variables
// (LC_ALL, LC_MESSAGES, LANG: the first that is set). A Vietnamese locale
// gives VI; any other, and none, gives EN.
func FromEnvironment(getenv func(string) string) Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			if v == "vi" || strings.HasPrefix(v, "vi_") || strings.HasPrefix(v, "vi-") {
				return VI
			}
			return EN
		}
	}
	return EN
}
