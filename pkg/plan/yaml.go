package plan

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// Other packages describe their own files with the same building blocks, and
// read them as strictly.

// Value binds a place in a Go value to the YAML that is read into it.
type Value = value

// Key is a key of a YAML mapping.
type Key = key

// ReadYAML reads a file into a value; the mistakes are as in Parse. The value
// must not be used if there are errors.
func ReadYAML(file string, data []byte, v Value) diag.List {
	r := newReader(file)
	if root := r.document(data); root != nil {
		v.read(r, root)
	}
	return r.mistakes()
}

// Required is a key that must be present; en and vi describe it.
func Required(name string, v Value, en, vi string) Key { return required(name, v, en, vi) }

// Optional is a key that may be absent.
func Optional(name string, v Value, en, vi string) Key { return optional(name, v, en, vi) }

// Keys reads a mapping of known keys; what names the mapping in messages, and
// *at is set to its position.
func Keys(at *diag.Pos, what lang.Text, keys func() []Key) Value {
	return placed(at, mapping(at, what, keys))
}

// Items reads a sequence of one or more values.
func Items[T any](into *[]T, bind func(*T) Value) Value { return list(into, bind) }

// Word reads a text that is not empty.
func Word(into *string) Value {
	return scalar(into, wordSchema, func(raw string) (string, *mistake) { return raw, filled(raw) })
}

// ID reads an id.
func ID(into *string) Value { return id(into) }

// Truth reads true or false.
func Truth(into *bool) Value { return truth(into) }

// Yes reads true; false is written by leaving the key out.
func Yes(into *bool) Value {
	return scalar(into, schema{"const": true}, func(raw string) (bool, *mistake) {
		if raw != "true" {
			return false, wrong("%s stands here: want true, or leave the key out", "ở đây là %s: cần true, hoặc bỏ khóa này", quoted(raw))
		}
		return true, nil
	})
}

// Day reads a day.
func Day(into *date.Date) Value { return day(into) }

// Setting also sets *into to to when the value is written.
func Setting[E any](into *E, to E, v Value) Value { return setting(into, to, v) }

// OneSetting is Setting for keys of which only one may be written: all set the
// same *into. contrary is the message at the second one.
func OneSetting[E comparable](into *E, to E, contrary lang.Text, v Value) Value {
	var none E
	out := setting(into, to, v)
	parse := out.parse
	out.parse = func(r *reader, n *yaml.Node) bool {
		if *into != none {
			r.fail(diag.PlanKey, r.pos(n), contrary)
			return false
		}
		return parse(r, n)
	}
	return out
}

// Count reads a whole number that is not below 0.
func Count(into *int) Value {
	return scalar(into, schema{"type": "integer", "minimum": 0}, func(raw string) (int, *mistake) {
		n, err := strconv.Atoi(raw)
		if err != nil || n < 0 {
			return 0, wrong("%s is no whole number from 0 on", "%s không phải số nguyên từ 0 trở lên", quoted(raw))
		}
		return n, nil
	})
}

// Quote writes a text in YAML's double quotes, on one line.
func Quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(OneLine(s)) + `"`
}

// OneLine turns a text into one line. Invisible characters, which a file may
// not hold, become blanks.
func OneLine(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unprintable(r) || r == '\n' || r == '\t' || r == utf8.RuneError {
			return ' '
		}
		return r
	}, s)), " ")
}
