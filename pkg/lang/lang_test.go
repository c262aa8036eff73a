package lang_test

import (
	"encoding/json"
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
		name string
		env  map[string]string
		want lang.Lang
	}{
		{"nothing is set", nil, lang.EN},
		{"a Vietnamese locale", map[string]string{"LANG": "vi_VN.UTF-8"}, lang.VI},
		{"the bare language", map[string]string{"LANG": "vi"}, lang.VI},
		{"a BCP 47 tag", map[string]string{"LANG": "vi-VN"}, lang.VI},
		{"the C locale", map[string]string{"LANG": "C.UTF-8"}, lang.EN},
		{"Venda is not Vietnamese", map[string]string{"LANG": "ve_ZA.UTF-8"}, lang.EN},
		{"vie is not vi", map[string]string{"LANG": "vie"}, lang.EN},
		{"LC_ALL outranks LANG", map[string]string{"LC_ALL": "en_US.UTF-8", "LANG": "vi_VN.UTF-8"}, lang.EN},
		{"LC_MESSAGES outranks LANG", map[string]string{"LC_MESSAGES": "vi_VN", "LANG": "en_US"}, lang.VI},
		{"an empty variable is not set", map[string]string{"LC_ALL": "", "LANG": "vi_VN"}, lang.VI},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := lang.FromEnvironment(func(k string) string { return tt.env[k] }); got != tt.want {
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
		{"one language stands in for the other: Vietnamese", lang.Text{VI: "đạt"}, "đạt", "đạt"},
		{"one language stands in for the other: English", lang.Text{EN: "met"}, "met", "met"},
		{"Join", lang.Join([]lang.Text{dossiers, lang.Same("x"), {EN: "only"}}, ", "), "hồ sơ, x, only", "dossiers, x, only"},
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

func TestTextJSON(t *testing.T) {
	for _, want := range []lang.Text{{}, lang.T("met", "đạt"), {VI: "đạt"}, {EN: "met"}, lang.Same(`"<&>`)} {
		b, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got lang.Text
		if err := json.Unmarshal(b, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s came back as another text:\n%s", b, diff)
		}
	}
}
