package query

import (
	"strings"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/lang"
)

// quoteName writes a name as an SQL identifier.
func quoteName(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// quoteText writes a text as an SQL literal, for a server with standard
// conforming strings.
func quoteText(text string) string { return `'` + strings.ReplaceAll(text, `'`, `''`) + `'` }

// quoteDay writes a day as an SQL literal.
func quoteDay(d date.Date) string { return "DATE " + quoteText(d.String()) }

// relationName writes the name of a relation, with or without its schema, as
// SQL: each part is taken as it is written, or as it stands in quotes.
func relationName(name string) (string, error) {
	var parts []string
	rest := strings.TrimSpace(name)
	for {
		var part string
		if strings.HasPrefix(rest, `"`) {
			end := closing(rest, 0)
			if end < 0 {
				return "", lang.Errorf("a quote is not closed", "dấu ngoặc kép chưa đóng")
			}
			part, rest = strings.ReplaceAll(rest[1:end], `""`, `"`), rest[end+1:]
		} else {
			end := strings.IndexByte(rest, '.')
			if end < 0 {
				end = len(rest)
			}
			part, rest = rest[:end], rest[end:]
		}
		if part == "" {
			return "", lang.Errorf("a part of the name is empty", "tên có phần để trống")
		}
		parts = append(parts, quoteName(part))
		if rest == "" {
			return strings.Join(parts, "."), nil
		}
		if rest[0] != '.' {
			return "", lang.Errorf("%q stands behind a quote: want a dot", "%q đứng sau dấu ngoặc kép: cần dấu chấm", rest)
		}
		rest = rest[1:]
	}
}

// closing returns where the quote at i is closed, or -1. A doubled quote does
// not close it.
func closing(s string, i int) int {
	quote := s[i]
	for i++; i < len(s); i++ {
		if s[i] != quote {
			continue
		}
		if i+1 < len(s) && s[i+1] == quote {
			i++
			continue
		}
		return i
	}
	return -1
}

// fragment checks that a piece of SQL that a user wrote stays within the
// parentheses that it is put in: its quotes and brackets are closed, it holds no
// second statement and no parameter. Comments are left out.
func fragment(sql string) (string, error) {
	var out strings.Builder
	var open []byte
	for i := 0; i < len(sql); i++ {
		switch c := sql[i]; {
		case c == '\'' && escapes(sql, i):
			return "", lang.Errorf("an E'...' text: write it without backslashes, as '...'", "có chuỗi E'...': hãy viết không dùng dấu gạch chéo ngược, dạng '...'")
		case c == '\'' || c == '"':
			end := closing(sql, i)
			if end < 0 {
				return "", lang.Errorf("the quote %c is not closed", "dấu %c chưa đóng", c)
			}
			out.WriteString(sql[i : end+1])
			i = end
		case strings.HasPrefix(sql[i:], "--"):
			end := strings.IndexByte(sql[i:], '\n')
			if end < 0 {
				end = len(sql) - i
			}
			out.WriteByte('\n')
			i += end
		case strings.HasPrefix(sql[i:], "/*"):
			end := comment(sql[i:])
			if end < 0 {
				return "", lang.Errorf("a comment is not closed", "chú thích chưa đóng")
			}
			out.WriteByte(' ')
			i += end - 1
		case c == ';':
			return "", lang.Errorf(`a ";": want one expression or SELECT alone`, `có dấu ";": chỉ ghi một biểu thức hoặc một câu SELECT`)
		case c == '$' || c == '\\':
			return "", lang.Errorf("the character %c outside quotes", "ký tự %c nằm ngoài dấu ngoặc", c)
		case c == '(' || c == '[':
			open = append(open, c)
			out.WriteByte(c)
		case c == ')' || c == ']':
			last := len(open) - 1
			if last < 0 || open[last] != opening[c] {
				return "", lang.Errorf("%c closes nothing", "dấu %c không có dấu mở tương ứng", c)
			}
			open = open[:last]
			out.WriteByte(c)
		default:
			out.WriteByte(c)
		}
	}
	if len(open) > 0 {
		return "", lang.Errorf("%c is not closed", "dấu %c chưa đóng", open[len(open)-1])
	}
	text := strings.TrimSpace(out.String())
	if text == "" {
		return "", lang.Errorf("nothing stands there but comments", "chỉ có chú thích")
	}
	return text, nil
}

var opening = map[byte]byte{')': '(', ']': '['}

// escapes reports whether the quote at i begins a text in which backslashes
// escape: E'...'.
func escapes(sql string, i int) bool {
	if i == 0 || sql[i-1]|0x20 != 'e' {
		return false
	}
	return i == 1 || !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", rune(sql[i-2]))
}

// comment returns the length of the comment that a text begins with, or -1;
// comments nest.
func comment(s string) int {
	depth := 0
	for i := 0; i+1 < len(s); i++ {
		switch s[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			depth--
			i++
			if depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// list joins SQL expressions.
func list(parts []string) string { return strings.Join(parts, ", ") }
