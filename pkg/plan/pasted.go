package plan

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
)

// doubted reports what is allowed and doubtful about a scalar as it is written,
// which its value no longer shows. The value is read all the same.
func doubted(v value, doubt func(raw string) *mistake) value {
	parse := v.parse
	v.parse = func(r *reader, n *yaml.Node) bool {
		ok := parse(r, n)
		if ok && n.Kind == yaml.ScalarNode {
			if m := doubt(strings.TrimSpace(n.Value)); m != nil {
				r.fail(m.check, r.pos(n), m.message)
				r.means(r.pos(n), m.meant)
			}
		}
		return ok
	}
	return v
}

// pasted doubts a text that has quotation marks of a word processor around it,
// or one of them at an end without its partner, or an invisible character
// there. Spaces at the ends, no-break ones as well, are no part of a text.
func pasted(raw string) *mistake {
	first, _ := utf8.DecodeRuneInString(raw)
	last, _ := utf8.DecodeLastRuneInString(raw)
	for _, c := range []rune{first, last} {
		if label.Invisible(c) {
			return &mistake{check: diag.PlanPasted, message: lang.F("the text has the invisible character U+%04X at an end: remove it",
				"đoạn chữ có ký tự không nhìn thấy U+%04X ở đầu hoặc cuối: hãy xóa đi", c), meant: meant{value: meantText(raw), quoted: true}}
		}
	}
	opened, closed := strings.Count(raw, "“"), strings.Count(raw, "”")
	around := first == '“' && last == '”' && strings.Index(raw, "”") == len(raw)-len("”")
	alone := opened != closed && (strings.ContainsRune("“”", first) || strings.ContainsRune("“”", last))
	if !around && !alone {
		return nil
	}
	return &mistake{check: diag.PlanPasted, message: lang.F("the quotation marks “ ” in %s are part of the text: for YAML write \"...\" instead, or leave them out",
		"dấu ngoặc kép “ ” trong %s là một phần của đoạn chữ: hãy thay bằng \"...\" của YAML, hoặc bỏ đi", quoted(raw)), meant: meant{value: meantText(raw), quoted: true}}
}

// grouped is a number that Vietnamese writes for thousands and YAML reads with
// decimals.
var grouped = regexp.MustCompile(`^[1-9][0-9]{0,2}\.[0-9]{3}$`)

// thousands doubts a plain number such as 1.000.
func thousands(raw string) *mistake {
	if !grouped.MatchString(raw) {
		return nil
	}
	large, small := strings.Replace(raw, ".", "", 1), strings.TrimRight(strings.TrimRight(raw, "0"), ".")
	clear := small
	if small == raw {
		clear += "0"
	}
	return &mistake{check: diag.PlanNumber, message: lang.F("%s is read as %s, not as %s: write %s or %s, so that nobody doubts it",
		"%s được đọc là %s, không phải %s: hãy ghi rõ %s hoặc %s", quoted(raw), small, large, large, clear)}
}
