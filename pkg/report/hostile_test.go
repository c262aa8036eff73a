package report

import (
	"reflect"
	"slices"
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
)

// attack is what a workbook may hold to break out of the place where a format
// puts it: markup, scripts, attributes, formulas, terminal escapes, overrides
// of the writing direction, workflow commands, links and mentions.
const attack = `=1+1</script></style></title><script>alert("x")</script>"'` + "`" + ` onmouseover=alert(1) ` +
	`<img src=x onerror=alert(2)><svg/onload=alert(3)> javascript:alert(4) {{.}} ${x} | a \| b ` +
	"\x1b[31mred\x1b]0;title\x07 \u202eevil\u202c \u200b\u2028\u2029\r\n::error::owned\n# h\n- i\n```\n</details>" +
	`]]> --> [l](https://evil.example/) https://evil.example/ www.evil.example @everyone #1 &lt; \` + "\x00\x85\xff"

// enumerations are the strings that hold one of a few words, never a text.
var enumerations = []string{"Schema", "Comparator", "Commitment", "Kind"}

// attacked returns a copy of a document in which attack stands in every text,
// by way of a change.
func attacked(t *testing.T, doc *Document, change func(string) string) *Document {
	t.Helper()
	out := *doc
	v := reflect.ValueOf(&out).Elem()
	texts := 0
	var walk func(v reflect.Value)
	replaced := func(s string) string {
		if s != "" {
			texts++
			s = change(s)
		}
		return s
	}
	walk = func(v reflect.Value) {
		if v.Type() == reflect.TypeFor[lang.Text]() && v.CanSet() {
			text := v.Interface().(lang.Text)
			v.Set(reflect.ValueOf(lang.T(replaced(text.Written(lang.EN)), replaced(text.Written(lang.VI)))))
			return
		}
		switch v.Kind() {
		case reflect.String:
			if v.CanSet() {
				v.SetString(replaced(v.String()))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if !slices.Contains(enumerations, v.Type().Field(i).Name) {
					walk(v.Field(i))
				}
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem())
			}
		}
	}
	walk(v)
	if texts < 100 {
		t.Fatalf("only %d texts were changed", texts)
	}
	return &out
}

// hostile is the document of several cards with the attack before every text.
func hostile(t *testing.T) *Document {
	return attacked(t, many(), func(s string) string { return attack + s })
}
