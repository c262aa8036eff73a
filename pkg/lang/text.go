package lang

import (
	"fmt"
	"strings"
)

// Words is what can be put into words in either language. It must not change
// once it is part of a Text.
type Words interface {
	In(Lang) string
}

// Text is one sentence or title in both languages. It is worded when it is
// printed: a text that nobody prints costs no formatting, and nobody prints
// many of them in both languages. The zero value is the empty text.
//
// == does not compare texts, and does not compile: use Equal.
type Text struct {
	_     [0]func()
	words Words
}

// T pairs an English and a Vietnamese text.
func T(en, vi string) Text { return Text{words: pair{vi: vi, en: en}} }

// Same is a text that is alike in both languages: a name, a figure's digits.
func Same(s string) Text { return Text{words: same(s)} }

// F formats both texts with the same arguments. An argument that is itself a
// Text, or a value with an In(Lang) string method, is shown in the language
// of the text it is put into. The arguments are formatted when the text is
// printed: what they point to must not change, so a caller gives a copy of a
// slice that it goes on using.
func F(en, vi string, args ...any) Text { return Text{words: &format{vi: vi, en: en, args: args}} }

// Of is the text that w puts into words.
func Of(w Words) Text { return Text{words: w} }

// Join puts the parts together with a separator, language by language.
func Join(parts []Text, sep string) Text {
	if len(parts) == 0 {
		return Text{}
	}
	return Text{words: &joined{parts: append([]Text(nil), parts...), sep: sep}}
}

// In returns the text in a language, or in the other one when it was written
// in one only.
func (t Text) In(l Lang) string {
	if s := t.Written(l); s != "" {
		return s
	}
	return t.Written(VI + EN - l)
}

// Written returns the text as it was written in a language: "" when it was
// written in the other one only.
func (t Text) Written(l Lang) string {
	if t.words == nil {
		return ""
	}
	return t.words.In(l)
}

// IsZero reports whether the text is empty in both languages.
func (t Text) IsZero() bool {
	if f, ok := t.words.(*format); ok && f.begins() {
		return false
	}
	return t.Written(VI) == "" && t.Written(EN) == ""
}

// Equal reports whether both texts read alike in both languages.
func (t Text) Equal(u Text) bool {
	return t.Written(VI) == u.Written(VI) && t.Written(EN) == u.Written(EN)
}

// String shows both languages. It is for the messages of tests and panics:
// what a user reads is worded by In.
func (t Text) String() string { return "{" + t.Written(VI) + " " + t.Written(EN) + "}" }

// pair is a text as it was written in each language.
type pair struct{ vi, en string }

func (p pair) In(l Lang) string {
	if l == EN {
		return p.en
	}
	return p.vi
}

// same is a text that is alike in both languages.
type same string

func (s same) In(Lang) string { return string(s) }

// format is a text that is made of others.
type format struct {
	vi, en string
	args   []any
}

func (f *format) In(l Lang) string {
	how := f.vi
	if l == EN {
		how = f.en
	}
	args := make([]any, len(f.args))
	for i, a := range f.args {
		if w, ok := a.(Words); ok {
			args[i] = w.In(l)
		} else {
			args[i] = a
		}
	}
	return fmt.Sprintf(how, args...)
}

// begins reports whether the text begins with a letter of its own, and so is
// not empty, whatever its arguments are.
func (f *format) begins() bool { return f.vi != "" && f.vi[0] != '%' }

// joined is a list of texts.
type joined struct {
	parts []Text
	sep   string
}

func (j *joined) In(l Lang) string {
	parts := make([]string, len(j.parts))
	for i, p := range j.parts {
		parts[i] = p.In(l)
	}
	return strings.Join(parts, j.sep)
}
