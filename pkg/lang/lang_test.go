package lang_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/lang"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		tag  string
		want lang.Lang
		err  string
	}{
		{"vi", lang.VI, ""},
		{"en", lang.EN, ""},
		{"EN", lang.VI, `unknown language "EN": want vi or en`},
		{"", lang.VI, `unknown language "": want vi or en`},
		{"vi_VN", lang.VI, `unknown language "vi_VN": want vi or en`},
	} {
		got, err := lang.Parse(tt.tag)
		if message(err) != tt.err || got != tt.want {
			t.Errorf("Parse(%q) = %v, %q; want %v, %q", tt.tag, got, message(err), tt.want, tt.err)
		}
		if err == nil && got.String() != tt.tag {
			t.Errorf("Parse(%q).String() = %q", tt.tag, got)
		}
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestFromEnvironment(t *testing.T) {
	for _, tt := range []struct {
		name   string
		env    map[string]string
		system []string
		want   lang.Lang
	}{
		{"nothing is set", nil, nil, lang.EN},
		{"a Vietnamese locale", map[string]string{"LANG": "vi_VN.UTF-8"}, nil, lang.VI},
		{"the bare language", map[string]string{"LANG": "vi"}, nil, lang.VI},
		{"a BCP 47 tag", map[string]string{"LANG": "vi-VN"}, nil, lang.VI},
		{"the C locale", map[string]string{"LANG": "C.UTF-8"}, nil, lang.EN},
		{"Venda is not Vietnamese", map[string]string{"LANG": "ve_ZA.UTF-8"}, nil, lang.EN},
		{"vie is not vi", map[string]string{"LANG": "vie"}, nil, lang.EN},
		{"LC_ALL outranks LANG", map[string]string{"LC_ALL": "en_US.UTF-8", "LANG": "vi_VN.UTF-8"}, nil, lang.EN},
		{"LC_MESSAGES outranks LANG", map[string]string{"LC_MESSAGES": "vi_VN", "LANG": "en_US"}, nil, lang.VI},
		{"an empty variable is not set", map[string]string{"LC_ALL": "", "LANG": "vi_VN"}, nil, lang.VI},
		{"a Vietnamese system", nil, []string{"vi-VN"}, lang.VI},
		{"an English system with Vietnamese dates", nil, []string{"en-US", "vi-VN"}, lang.VI},
		{"another system", nil, []string{"en-US", "fr-FR"}, lang.EN},
		{"the environment outranks the system", map[string]string{"LANG": "en_US"}, []string{"vi-VN"}, lang.EN},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := lang.FromEnvironment(func(k string) string { return tt.env[k] }, func() []string { return tt.system }); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestText(t *testing.T) {
	dossiers := lang.T("dossiers", "hồ sơ")
	for _, tt := range []struct {
		name   string
		got    lang.Text
		vi, en string
	}{
		{"T takes English first", dossiers, "hồ sơ", "dossiers"},
		{"Same", lang.Same("65%"), "65%", "65%"},
		{"F puts a text in by language", lang.F("%d %s of %d", "%d %s trên %d", 3, dossiers, 5), "3 hồ sơ trên 5", "3 dossiers of 5"},
		{"F quotes a text by language", lang.F("%q", "%q", dossiers), `"hồ sơ"`, `"dossiers"`},
		{"F takes arguments in any order", lang.F("%[2]s %[1]s", "%[1]s %[2]s", "a", "b"), "a b", "b a"},
		{"F leaves other arguments alone", lang.F("%v%%", "%v%%", 65), "65%", "65%"},
		{"one language stands in for the other: Vietnamese", lang.T("", "đạt"), "đạt", "đạt"},
		{"one language stands in for the other: English", lang.T("met", ""), "met", "met"},
		{"Join", lang.Join([]lang.Text{dossiers, lang.Same("x"), lang.T("only", "")}, ", "), "hồ sơ, x, only", "dossiers, x, only"},
		{"Join of nothing", lang.Join(nil, ", "), "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.got.In(lang.VI) != tt.vi || tt.got.In(lang.EN) != tt.en {
				t.Errorf("got %q and %q, want %q and %q", tt.got.In(lang.VI), tt.got.In(lang.EN), tt.vi, tt.en)
			}
			if empty := tt.vi == "" && tt.en == ""; tt.got.IsZero() != empty {
				t.Errorf("IsZero is %v", tt.got.IsZero())
			}
		})
	}
}

func TestEqual(t *testing.T) {
	met := lang.T("met", "đạt")
	for _, tt := range []struct {
		name string
		a, b lang.Text
		want bool
	}{
		{"nothing", lang.Text{}, lang.T("", ""), true},
		{"another wording of the same", met, lang.F("%s", "%s", met), true},
		{"other Vietnamese", met, lang.T("met", "chưa đạt"), false},
		{"other English", met, lang.T("missed", "đạt"), false},
		{"one language only is not the same in both", lang.T("65%", ""), lang.Same("65%"), false},
	} {
		if got := tt.a.Equal(tt.b); got != tt.want {
			t.Errorf("%s: %v equals %v: %v", tt.name, tt.a, tt.b, got)
		}
	}
}

// counted counts how often it is worded.
type counted struct{ n *int }

func (c counted) AppendIn(b []byte, _ lang.Lang) []byte {
	*c.n++
	return append(b, "worded"...)
}

func TestTextIsWordedWhenItIsPrinted(t *testing.T) {
	n := 0
	text := lang.Join([]lang.Text{lang.F("a %s", "một %s", lang.Of(counted{&n})), lang.Of(counted{&n})}, ", ")
	if n != 0 {
		t.Errorf("worded %d times before anybody printed it", n)
	}
	if got, want := text.In(lang.EN), "a worded, worded"; got != want || n != 2 {
		t.Errorf("got %q, worded %d times; want %q and 2", got, n, want)
	}
}

func TestFKeepsBytes(t *testing.T) {
	b := []byte("A17")
	text := lang.F("%q", "%q", b)
	copy(b, "XXX")
	if got, want := text.In(lang.EN), `"A17"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestJoinKeepsItsParts(t *testing.T) {
	parts := []lang.Text{lang.Same("a"), lang.Same("b")}
	text := lang.Join(parts, "+")
	parts[0] = lang.Same("changed")
	if got := text.In(lang.EN); got != "a+b" {
		t.Errorf("the caller's change shows: %q", got)
	}
}

func TestTextJSON(t *testing.T) {
	for _, tt := range []struct {
		text lang.Text
		want string
	}{
		{lang.Text{}, `{}`},
		{lang.T("met", "đạt"), `{"vi":"đạt","en":"met"}`},
		{lang.T("", "đạt"), `{"vi":"đạt"}`},
		{lang.T("met", ""), `{"en":"met"}`},
		{lang.F("%d of %d", "%d trên %d", 1, 2), `{"vi":"1 trên 2","en":"1 of 2"}`},
		{lang.T(`"a"`, "b\\\n"), `{"vi":"b\\\n","en":"\"a\""}`},
		{lang.Same("<&>"), `{"vi":"\u003c\u0026\u003e","en":"\u003c\u0026\u003e"}`},
		{lang.T("", "\u2028"), `{"vi":"\u2028"}`},
		{lang.T("\xff", ""), `{"en":"\ufffd"}`},
	} {
		b, err := json.Marshal(tt.text)
		if err != nil {
			t.Fatal(err)
		}
		if string(b) != tt.want {
			t.Errorf("got %s, want %s", b, tt.want)
		}
		if strings.Contains(tt.want, "ufffd") {
			continue // no text of JSON
		}
		var got lang.Text
		if err := json.Unmarshal(b, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.text, got); diff != "" {
			t.Errorf("%s came back as another text:\n%s", b, diff)
		}
	}
}

// FuzzTextJSON holds that a text is stored byte for byte as a struct of two
// strings is, whether or not the page's characters are escaped.
func FuzzTextJSON(f *testing.F) {
	for _, s := range []string{"", "đạt", "<&>", "\"\\", "a\nb", "\x00", "\x7f", "\u2028\u2029", "\xff", "\xe2\x80"} {
		f.Add(s, "met")
		f.Add("đạt", s)
	}
	f.Fuzz(func(t *testing.T, vi, en string) {
		plain := struct {
			VI string `json:"vi,omitempty"`
			EN string `json:"en,omitempty"`
		}{vi, en}
		for _, escape := range []bool{true, false} {
			var want, got strings.Builder
			for w, v := range map[*strings.Builder]any{&want: plain, &got: lang.T(en, vi)} {
				e := json.NewEncoder(w)
				e.SetEscapeHTML(escape)
				if err := e.Encode(v); err != nil {
					t.Fatal(err)
				}
			}
			if got.String() != want.String() {
				t.Errorf("got %s, want %s", got.String(), want.String())
			}
		}
	})
}

// FuzzF holds that a text is formatted as fmt does it.
func FuzzF(f *testing.F) {
	for _, how := range []string{
		"", "%", "%%", "100%%", "%s of %d %q", "%q: %s", "%[2]s %[1]s", "%s", "%d %d %d %d", "%5d|%-5s|%x", "%s%", "%!", "% d", "%v %v %v",
	} {
		f.Add(how, "đạt", int64(-5))
	}
	f.Fuzz(func(t *testing.T, how, s string, n int64) {
		for _, args := range [][]any{{}, {s}, {s, n, s}, {n, s}, {int(n), n}, {s, 1.5}, {[]int{1}, s}} {
			texts := slices.Clone(args)
			for i, a := range args {
				if s, ok := a.(string); ok && i > 0 {
					texts[i] = lang.T("", s)
				}
			}
			want := fmt.Sprintf(how, args...)
			if got := lang.F(how, how, texts...).In(lang.EN); got != want {
				t.Errorf("%q with %v is %q, want %q", how, args, got, want)
			}
		}
	})
}
