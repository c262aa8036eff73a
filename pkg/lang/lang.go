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
// (LC_ALL, LC_MESSAGES, LANG: the first that is set). Where none is set, the
// languages of the system decide: Vietnamese among them gives VI, also beside
// English. A Vietnamese locale gives VI; any other, and none, gives EN.
func FromEnvironment(getenv func(string) string, system func() []string) Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			return ofLocale(v)
		}
	}
	for _, tag := range system() {
		if ofLocale(tag) == VI {
			return VI
		}
	}
	return EN
}

// ofLocale reads a locale's name: "vi_VN.UTF-8", "vi-VN" or "vi".
func ofLocale(name string) Lang {
	if name == "vi" || strings.HasPrefix(name, "vi_") || strings.HasPrefix(name, "vi-") {
		return VI
	}
	return EN
}
