package lang

import (
	"fmt"
	"strconv"
	"strings"
)

// format is a text that is made of others.
type format struct {
	vi, en string
	args   []any
}

// speaker is an argument that has words of its own in each language.
type speaker interface{ In(Lang) string }

func (f *format) AppendIn(b []byte, l Lang) []byte {
	how := f.vi
	if l == EN {
		how = f.en
	}
	if out, ok := appendPlain(b, l, how, f.args); ok {
		return out
	}
	args := make([]any, len(f.args))
	for i, a := range f.args {
		if s, ok := a.(speaker); ok {
			a = s.In(l)
		}
		args[i] = a
	}
	return fmt.Appendf(b, how, args...)
}

// says reports whether the Vietnamese text is surely not empty: it has letters
// of its own, whatever its arguments are.
func (f *format) says() bool {
	how := f.vi
	for len(how) > 1 && how[0] == '%' && 'a' <= how[1] && how[1] <= 'z' {
		how = how[2:]
	}
	return how != "" && how[0] != '%'
}

// appendPlain formats as fmt does where nothing but %s, %d and %q of texts and
// whole numbers is asked for, which is nearly everywhere, and nested texts
// without strings in between; otherwise it is not ok.
func appendPlain(b []byte, l Lang, how string, args []any) (_ []byte, ok bool) {
	for {
		i := strings.IndexByte(how, '%')
		if i < 0 {
			return append(b, how...), len(args) == 0
		}
		if i+1 == len(how) {
			return nil, false
		}
		b = append(b, how[:i]...)
		verb := how[i+1]
		how = how[i+2:]
		if verb == '%' {
			b = append(b, '%')
			continue
		}
		if len(args) == 0 {
			return nil, false
		}
		if b, ok = appendArg(b, l, verb, args[0]); !ok {
			return nil, false
		}
		args = args[1:]
	}
}

func appendArg(b []byte, l Lang, verb byte, arg any) (_ []byte, ok bool) {
	switch a := arg.(type) {
	case Text:
		switch verb {
		case 's':
			return a.AppendIn(b, l), true
		case 'q':
			return strconv.AppendQuote(b, a.In(l)), true
		}
	case speaker:
		return appendArg(b, l, verb, a.In(l))
	case string:
		switch verb {
		case 's':
			return append(b, a...), true
		case 'q':
			return strconv.AppendQuote(b, a), true
		}
	case int:
		if verb == 'd' {
			return strconv.AppendInt(b, int64(a), 10), true
		}
	case int64:
		if verb == 'd' {
			return strconv.AppendInt(b, a, 10), true
		}
	}
	return nil, false
}
