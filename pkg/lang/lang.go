// Package lang holds the two languages that parcheck speaks, Vietnamese and
// English, and texts written in both. It reads nothing and decides nothing.
package lang

import (
	"fmt"
	"strings"
)

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
	return VI, fmt.Errorf("unknown language %q: want vi or en", s)
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

// Text is one sentence or title in both languages.
type Text struct {
	VI string `json:"vi,omitempty"`
	EN string `json:"en,omitempty"`
}

// T pairs an English and a Vietnamese text.
func T(en, vi string) Text { return Text{VI: vi, EN: en} }

// Same is a text that is alike in both languages: a name, a figure's digits.
func Same(s string) Text { return Text{VI: s, EN: s} }

// F formats both texts with the same arguments. An argument that is itself a
// Text, or a value with an In(Lang) string method, is shown in the language
// of the text it is put into.
func F(en, vi string, args ...any) Text {
	return Text{
		VI: fmt.Sprintf(vi, in(VI, args)...),
		EN: fmt.Sprintf(en, in(EN, args)...),
	}
}

func in(l Lang, args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		if t, ok := a.(interface{ In(Lang) string }); ok {
			out[i] = t.In(l)
		} else {
			out[i] = a
		}
	}
	return out
}

// In returns the text in a language, or in the other one when it was written
// in one only.
func (t Text) In(l Lang) string {
	if l == EN && t.EN != "" || t.VI == "" {
		return t.EN
	}
	return t.VI
}

// IsZero reports whether the text is empty in both languages.
func (t Text) IsZero() bool { return t == Text{} }

// Join puts the parts together with a separator, language by language.
func Join(parts []Text, sep string) Text {
	var vi, en []string
	for _, p := range parts {
		vi = append(vi, p.In(VI))
		en = append(en, p.In(EN))
	}
	return Text{VI: strings.Join(vi, sep), EN: strings.Join(en, sep)}
}
