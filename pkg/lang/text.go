package lang

import "strings"

// Words is what can be put into words in either language, and is never without.
// It must not change once it is part of a Text.
type Words interface {
	// AppendIn adds the words to b.
	AppendIn(b []byte, l Lang) []byte
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
// printed, so what they point to must not change; bytes, which readers use
// again, are copied.
func F(en, vi string, args ...any) Text {
	for i, a := range args {
		if b, ok := a.([]byte); ok {
			args[i] = string(b)
		}
	}
	return Text{words: &format{vi: vi, en: en, args: args}}
}

// Of is the text that w puts into words.
func Of(w Words) Text { return Text{words: w} }

// Join puts the parts together with a separator, language by language.
func Join(parts []Text, sep string) Text {
	switch len(parts) {
	case 0:
		return Text{}
	case 1:
		return parts[0]
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

// AppendIn adds what In returns to b.
func (t Text) AppendIn(b []byte, l Lang) []byte {
	if t.words == nil {
		return b
	}
	n := len(b)
	if b = t.words.AppendIn(b, l); len(b) == n {
		b = t.words.AppendIn(b, VI+EN-l)
	}
	return b
}

// sentence is how many bytes most texts have.
const sentence = 96

// Written returns the text as it was written in a language: "" when it was
// written in the other one only.
func (t Text) Written(l Lang) string {
	switch w := t.words.(type) {
	case nil:
		return ""
	case pair:
		return w.in(l)
	case same:
		return string(w)
	}
	return string(t.words.AppendIn(make([]byte, 0, sentence), l))
}

func (t Text) appendWritten(b []byte, l Lang) []byte {
	if t.words == nil {
		return b
	}
	return t.words.AppendIn(b, l)
}

// IsZero reports whether the text is empty in both languages.
func (t Text) IsZero() bool {
	switch w := t.words.(type) {
	case nil:
		return true
	case pair:
		return w == pair{}
	case same:
		return w == ""
	case *format:
		return !w.says() && len(t.AppendIn(nil, VI)) == 0
	case *joined:
		return w.sep == "" && len(t.AppendIn(nil, VI)) == 0
	}
	return false
}

// Equal reports whether both texts read alike in both languages.
func (t Text) Equal(u Text) bool {
	b := make([]byte, 0, 2*sentence)
	for _, l := range []Lang{VI, EN} {
		b = t.appendWritten(b[:0], l)
		n := len(b)
		b = u.appendWritten(b, l)
		if string(b[:n]) != string(b[n:]) {
			return false
		}
	}
	return true
}

// String shows both languages. It is for the messages of tests and panics:
// what a user reads is worded by In.
func (t Text) String() string { return "{" + t.Written(VI) + " " + t.Written(EN) + "}" }

// pair is a text as it was written in each language.
type pair struct{ vi, en string }

func (p pair) in(l Lang) string {
	if l == EN {
		return p.en
	}
	return p.vi
}

func (p pair) AppendIn(b []byte, l Lang) []byte { return append(b, p.in(l)...) }

// same is a text that is alike in both languages.
type same string

func (s same) AppendIn(b []byte, _ Lang) []byte { return append(b, s...) }

// joined is a list of texts.
type joined struct {
	parts []Text
	sep   string
}

func (j *joined) AppendIn(b []byte, l Lang) []byte {
	for i, p := range j.parts {
		if i > 0 {
			b = append(b, j.sep...)
		}
		b = p.AppendIn(b, l)
	}
	return b
}

// Capital is the text as a title or a sentence: it starts with a capital letter.
func (t Text) Capital() Text { return Of(capital{t}) }

type capital struct{ Text }

func (c capital) AppendIn(b []byte, l Lang) []byte { return append(b, Sentence(c.In(l))...) }

// Sentence starts a text with a capital letter: words are kept in lower case,
// as they stand inside a line.
func Sentence(s string) string {
	for _, r := range s {
		first := string(r)
		return strings.ToUpper(first) + s[len(first):]
	}
	return s
}
