package plan

import (
	"cmp"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// mistake is why a scalar cannot be read.
type mistake struct {
	check   diag.CheckID
	message lang.Text
	meant
}

// rather adds what the scalar was meant to be, if that makes the file better.
func (m *mistake) rather(value string) *mistake {
	m.meant.value = value
	return m
}

// certainly adds what the scalar means, whatever else is wrong with it.
func (m *mistake) certainly(value string) *mistake {
	m.meant.value, m.certain = value, true
	return m
}

func wrong(en, vi string, args ...any) *mistake {
	return &mistake{check: diag.PlanValue, message: lang.F(en, vi, args...)}
}

// scalar reads one scalar by its raw text, so that 012 stays 012 and no stays
// no.
func scalar[T any](into *T, s schema, parse func(raw string) (T, *mistake)) value {
	return value{into,
		func(r *reader, n *yaml.Node) bool {
			if n.Kind != yaml.ScalarNode {
				r.wrongKind(n, kindNames[yaml.ScalarNode])
				return false
			}
			v, m := parse(strings.TrimSpace(n.Value))
			if m != nil {
				r.fail(m.check, r.pos(n), m.message)
				r.means(r.pos(n), m.meant)
				return false
			}
			*into = v
			return true
		},
		func(definitions) schema { return s },
	}
}

var (
	// A text may look like a number or a truth value to a YAML reader.
	wordSchema   = schema{"type": []string{"string", "number", "boolean"}, "minLength": 1}
	idSchema     = schema{"type": []string{"string", "integer"}, "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
	numberSchema = schema{"type": []string{"number", "string"}, "pattern": `^[0-9]+(\.[0-9]+)?$`, "minimum": 0}
	amountSchema = schema{"type": []string{"number", "string"}, "pattern": `^-?[0-9]+(\.[0-9]+)?%?$`}
	daySchema    = schema{"type": "string", "format": "date"}
)

// word reads a text that is not empty.
func word(into *string) value {
	return doubted(scalar(into, wordSchema, func(raw string) (string, *mistake) { return raw, filled(raw) }), pasted)
}

// wording is the address of a text in one language.
type wording struct {
	text *lang.Text
	in   lang.Lang
}

// wordIn reads a text in one language and leaves the other.
func wordIn(into *lang.Text, l lang.Lang) value {
	var raw string
	v := word(&raw)
	parse := v.parse
	v.into = wording{into, l}
	v.parse = func(r *reader, n *yaml.Node) bool {
		if !parse(r, n) {
			return false
		}
		if l == lang.VI {
			*into = lang.T(into.Written(lang.EN), raw)
		} else {
			*into = lang.T(raw, into.Written(lang.VI))
		}
		return true
	}
	return v
}

func filled(raw string) *mistake {
	if raw == "" {
		return wrong("the text is empty", "chữ để trống")
	}
	return nil
}

// text reads a text in both languages: {vi: ..., en: ...}, or one that is
// alike in both.
func text(into *lang.Text) value {
	return later(into, func() value { return textDescribed(into) })
}

func textDescribed(into *lang.Text) value {
	one := doubted(scalar(into, wordSchema, func(raw string) (lang.Text, *mistake) { return lang.Same(raw), filled(raw) }), pasted)
	both := mapping(into, lang.T("text", "đoạn chữ"), func() []key {
		return []key{
			optional("vi", wordIn(into, lang.VI), "in Vietnamese", "bằng tiếng Việt"),
			optional("en", wordIn(into, lang.EN), "in English", "bằng tiếng Anh"),
		}
	})
	v := named("text", byKind(into, map[yaml.Kind]value{yaml.ScalarNode: one, yaml.MappingNode: both}))
	parse := v.parse
	v.parse = func(r *reader, n *yaml.Node) bool {
		r.texts[n] = true
		return parse(r, n)
	}
	return v
}

// id reads an id: small letters and digits, in parts joined by "-".
func id(into *string) value {
	return scalar(into, idSchema, func(raw string) (string, *mistake) {
		if !isID(raw) {
			return "", wrong("%s is no id: want small letters a-z, digits and single - between them, such as %q",
				"%s không phải mã hợp lệ: chỉ dùng chữ thường a-z không dấu, chữ số và dấu - ở giữa, ví dụ %q", quoted(raw), cmp.Or(IDOf(raw), "dossiers-resolved")).rather(meantID(raw))
		}
		return raw, nil
	})
}

// maxID is the greatest length of an id that is made from a title.
const maxID = 40

// IDOf makes an id from the words of a title, without diacritics:
// "ho-so-tiep-nhan"; "" where it has none that an id can have.
func IDOf(title string) string {
	words := strings.FieldsFunc(label.Bare(title), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	id := ""
	for _, w := range words {
		if next := strings.TrimPrefix(id+"-"+w, "-"); len(next) <= maxID {
			id = next
		}
	}
	if id == "null" { // which is no id in YAML
		return ""
	}
	return id
}

func isID(s string) bool {
	for _, part := range strings.Split(s, "-") {
		if part == "" || strings.Trim(part, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return false
		}
	}
	return true
}

// option reads a name of an enumeration.
func option[E ~uint8](into *E, all names[E]) value { return optionOr(into, all, lang.Text{}) }

// optionOr is option where something that is no name may stand as well.
func optionOr[E ~uint8](into *E, all names[E], or lang.Text) value {
	v := scalar(into, nil, func(raw string) (E, *mistake) {
		v, ok := all.value(raw)
		if ok {
			return v, nil
		}
		written := all.written()
		wanted := either(written)
		if !or.IsZero() {
			wanted = lang.F("%s, or %s", "%s, hoặc %s", wanted, or)
		}
		if near := nearest(raw, written); near != "" {
			return v, wrong("%s stands here: want %s: did you mean %q?", "ở đây là %s: cần %s: có phải %q không?", quoted(raw), wanted, near).rather(meantName(raw, written))
		}
		return v, wrong("%s stands here: want %s", "ở đây là %s: cần %s", quoted(raw), wanted)
	})
	v.schema = func(definitions) schema { return schema{"enum": all.written()} }
	return v
}

// truth reads true or false.
func truth(into *bool) value {
	return scalar(into, schema{"type": "boolean"}, func(raw string) (bool, *mistake) {
		if raw != "true" && raw != "false" {
			return false, wrong("%s stands here: want true or false", "ở đây là %s: cần true hoặc false", quoted(raw))
		}
		return raw == "true", nil
	})
}

// day reads an ISO date.
func day(into *date.Date) value {
	return scalar(into, daySchema, readDay)
}

func readDay(raw string) (date.Date, *mistake) {
	d, err := date.Parse(raw)
	if err != nil {
		return d, noDay(raw)
	}
	if d.Year < minYear || d.Year > maxYear {
		return d, &mistake{check: diag.PlanRange, message: lang.F("the year %d: want one from %d to %d",
			"năm %d: cần từ %d đến %d", d.Year, minYear, maxYear)}
	}
	return d, nil
}

// noDay says why a text is no day, and how it is written.
func noDay(raw string) *mistake {
	day, other, ok := daysMeant(raw)
	switch {
	case !ok:
		return wrong("%s is no date: want year-month-day, such as 2023-12-31", "%s không phải ngày: cần năm-tháng-ngày, ví dụ 2023-12-31", quoted(raw))
	case day == "" && other == "":
		return wrong("there is no day %s in the calendar", "lịch không có ngày %s", quoted(raw))
	case day != "" && other != "":
		return wrong("%s is no date: write %s or %s", "%s không đúng cách ghi ngày: hãy ghi %s hoặc %s", quoted(raw), day, other)
	}
	return wrong("%s is no date: write %s", "%s không đúng cách ghi ngày: hãy ghi %s", quoted(raw), cmp.Or(day, other)).certainly(meantDay(raw))
}

const minYear, maxYear = 1945, 2199

// figure reads a number as plans write it, "65%" or "0.5".
func figure(raw string) (x number.Exact, percent bool, m *mistake) {
	if len(raw) > maxDigits {
		return x, false, wrong("%s is too long for a number: at most %d characters",
			"%s quá dài đối với một số: tối đa %d ký tự", quoted(raw), maxDigits)
	}
	x, percent, err := number.ParsePlain(raw)
	switch {
	case err != nil && strings.Count(raw, "/") == 2:
		return x, false, wrong("%s is no number, and a day is written year-month-day, such as 2023-12-31",
			"%s không phải số, còn ngày viết năm-tháng-ngày, ví dụ 2023-12-31", quoted(raw))
	case err != nil && meantNumber(raw) != "":
		return x, false, wrong("%s is no number: write %s", "%s không đúng cách ghi số: hãy ghi %s", quoted(raw), meantNumber(raw)).certainly(meantNumber(raw))
	case err != nil:
		return x, false, wrong("%s is no number: want one such as 20, 0.5 or 65%%, with a point before decimals and no spaces",
			"%s không phải số: cần số như 20, 0.5 hoặc 65%%, dấu chấm trước phần thập phân, không dấu cách", quoted(raw))
	}
	return x, percent, nil
}

// points reads a plain number that is not below 0.
func points(into *number.Exact) value {
	return doubted(scalar(into, numberSchema, plainFigure), thousands)
}

func plainFigure(raw string) (number.Exact, *mistake) {
	x, percent, m := figure(raw)
	switch {
	case m != nil:
		return x, m
	case percent:
		return x, wrong("%s is a percentage: want a plain number", "%s là phần trăm: cần số thường", quoted(raw))
	case x.Sign() < 0:
		return x, &mistake{check: diag.PlanRange, message: lang.F("%s is below 0", "%s nhỏ hơn 0", quoted(raw))}
	}
	return x, nil
}
