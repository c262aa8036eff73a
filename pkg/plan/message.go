package plan

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
)

// kindNames say what a YAML node is to somebody who writes a plan.

var kindNames = map[yaml.Kind]lang.Text{
	yaml.ScalarNode:   lang.T("a single value", "một giá trị đơn"),
	yaml.SequenceNode: lang.T("a list", "một danh sách"),
	yaml.MappingNode:  lang.T("a group of keys", "một nhóm khóa"),
}

// choices is the end of a message about an unknown name: what was perhaps
// meant, and what there is.
func choices(name string, known []string) lang.Text {
	var t lang.Text
	known = slices.DeleteFunc(slices.Clone(known), func(s string) bool { return s == "" }) // of ids that could not be read
	near := nearest(name, known)
	if near != "" {
		t = lang.F(": did you mean %q?", ": có phải %q không?", near)
	}
	switch {
	case len(known) == 0:
		return lang.T(": none is defined", ": chưa khai báo mục nào")
	case near == "" && len(known) <= 30:
		return lang.F(": want %s", ": cần %s", either(known))
	case len(known) > 1 && len(known) <= 8:
		return lang.F("%s (%s)", "%s (%s)", t, either(known))
	}
	return t
}

// nearest returns the name that was perhaps meant, or "".
func nearest(name string, known []string) string {
	if len(known) > maxCompared {
		return ""
	}
	return label.Nearest(name, known)
}

// either lists names: `"a", "b" or "c"`.
func either(list []string) lang.Text {
	q := make([]string, len(list))
	for i, s := range list {
		q[i] = quoted(s)
	}
	if len(q) == 1 {
		return lang.Same(q[0])
	}
	last := len(q) - 1
	return lang.F("%s or %s", "%s hoặc %s", strings.Join(q[:last], ", "), q[last])
}

const (
	maxQuoted   = 60   // characters of a user's text that a message repeats
	maxCompared = 1000 // names among which the nearest is looked for
)

// quoted shows a user's text in a message: in quotes, escaped, cut when long.
func quoted(s string) string { return strconv.Quote(shortened(s)) }

func shortened(s string) string {
	if utf8.RuneCountInString(s) <= maxQuoted {
		return s
	}
	return string([]rune(s)[:maxQuoted]) + "…"
}
