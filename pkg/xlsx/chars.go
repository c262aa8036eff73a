package xlsx

import (
	"bytes"
	"math/bits"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// The classes of ASCII bytes in XML.
var (
	isSpace      = bytesOf(" \t\r\n")
	nameByte     = bytesOf("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:")
	notNameStart = bytesOf("0123456789-.:")
	attributeEnd = bytesOf("\"'&<") // may end a value, or be wrong in it
)

func bytesOf(s string) (set [256]bool) {
	for i := range len(s) {
		set[s[i]] = true
	}
	return set
}

// blank reports whether b is nothing but white space.
func blank(b []byte) bool {
	for _, c := range b {
		if !isSpace[c] {
			return false
		}
	}
	return true
}

// trim cuts the white space of XML off both ends.
func trim(b []byte) []byte {
	for len(b) > 0 && isSpace[b[0]] {
		b = b[1:]
	}
	for len(b) > 0 && isSpace[b[len(b)-1]] {
		b = b[:len(b)-1]
	}
	return b
}

// shorten cuts a value that a message quotes.
func shorten(b []byte) string {
	const most = 40
	s := string(b[:min(len(b), 4*most)])
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "…"
		}
	}
	return s
}

// validChars reports how many bytes of b are whole characters that XML 1.0
// allows, in UTF-8, and whether all of them are. Unless last, a character that
// b's end cuts off is left for the next time.
func validChars(b []byte, last bool) (n int, ok bool) {
	const (
		high   = 0x8080808080808080
		lowest = 0x2020202020202020
	)
	for i := 0; i < len(b); {
		if i+32 <= len(b) {
			// The high bit is set of each byte that is not from " " to "\x7f"; of
			// those behind it in a word it says nothing.
			q := b[i : i+32 : i+32]
			w0, w1, w2, w3 := le.Uint64(q), le.Uint64(q[8:]), le.Uint64(q[16:]), le.Uint64(q[24:])
			w0 |= w0 - lowest
			w1 |= w1 - lowest
			w2 |= w2 - lowest
			w3 |= w3 - lowest
			if (w0|w1|w2|w3)&high == 0 {
				i += 32
				continue
			}
			if (w0|w1)&high == 0 {
				i += 16
				w0, w1 = w2, w3
			}
			if w0&high == 0 {
				i += 8
				w0 = w1
			}
			i += bits.TrailingZeros64(w0&high) / 8
		}
		if i+4 <= len(b) { // most of Vietnamese
			switch c := le.Uint32(b[i:]); {
			case c&0xc0c0f0 == 0x8080e0 && byte(c) > 0xe0 && byte(c) < 0xed:
				i += 3
				continue
			case c&0xc0e0 == 0x80c0 && byte(c) >= 0xc2:
				i += 2
				continue
			}
		}
		size := charSize(b[i:])
		if size == 0 {
			return i, !last && b[i] >= utf8.RuneSelf && !utf8.FullRune(b[i:])
		}
		i += size
	}
	return len(b), true
}

// charSize returns the length of the character at the beginning of b, 0 when
// it is cut off, no UTF-8, or not allowed in XML.
func charSize(b []byte) int {
	if c := b[0]; c < utf8.RuneSelf {
		if c >= ' ' || c == '\n' || c == '\r' || c == '\t' {
			return 1
		}
		return 0
	}
	r, size := utf8.DecodeRune(b)
	if r == utf8.RuneError && size == 1 || r == 0xfffe || r == 0xffff {
		return 0
	}
	return size
}

// validText reports whether a text holds only entities that are known, and no
// end of CDATA.
func validText(b []byte) bool {
	return validEntities(b) && !bytes.Contains(b, []byte("]]>"))
}

// validEntities reports whether each "&" begins an entity that is known.
func validEntities(b []byte) bool {
	for {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return true
		}
		_, n := entity(b[i:])
		if n == 0 {
			return false
		}
		b = b[i+n:]
	}
}

// entity reads the entity at the beginning of b: one of XML's five, or a
// number. n is its length, 0 when there is none.
func entity(b []byte) (r rune, n int) {
	const longest = 32
	end := bytes.IndexByte(b[:min(len(b), longest)], ';')
	if end < 0 {
		return 0, 0
	}
	switch name := string(b[1:end]); {
	case name == "lt":
		return '<', end + 1
	case name == "gt":
		return '>', end + 1
	case name == "amp":
		return '&', end + 1
	case name == "apos":
		return '\'', end + 1
	case name == "quot":
		return '"', end + 1
	case len(name) > 1 && name[0] == '#':
		digits, base := name[1:], 10
		if digits[0] == 'x' {
			digits, base = digits[1:], 16
		}
		code, err := strconv.ParseUint(digits, base, 21)
		if err != nil || !xmlChar(rune(code)) {
			return 0, 0
		}
		return rune(code), end + 1
	}
	return 0, 0
}

func xmlChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xd7ff ||
		r >= 0xe000 && r <= 0xfffd || r >= 0x10000 && r <= utf8.MaxRune
}

// unescape resolves the entities of an attribute value that is known to be
// sound.
func unescape(b []byte) []byte {
	if bytes.IndexByte(b, '&') < 0 {
		return b
	}
	return appendChars(nil, b, false)
}

// appendChars appends a text as its author meant it: entities resolved unless
// it is CDATA, line ends as one "\n" (XML 1.0, 2.11).
func appendChars(dst, b []byte, cdata bool) []byte {
	for {
		i := bytes.IndexAny(b, "&\r")
		if i < 0 {
			return append(dst, b...)
		}
		dst = append(dst, b[:i]...)
		switch {
		case b[i] == '\r':
			if i+1 == len(b) || b[i+1] != '\n' {
				dst = append(dst, '\n')
			}
			b = b[i+1:]
		case cdata:
			dst = append(dst, '&')
			b = b[i+1:]
		default:
			r, n := entity(b[i:])
			dst = utf8.AppendRune(dst, r)
			b = b[i+max(n, 1):]
		}
	}
}

// resolveEscapes resolves _xHHHH_ (ECMA-376 part 1, 22.9.2.19) in place: a
// UTF-16 code unit, of which two may make one character.
func resolveEscapes(b []byte) []byte {
	if !bytes.Contains(b, []byte("_x")) {
		return b
	}
	out := b[:0]
	for i := 0; i < len(b); {
		unit, ok := escapedUnit(b[i:])
		if !ok {
			out = append(out, b[i])
			i++
			continue
		}
		i += escapeLen
		r := rune(unit)
		if utf16.IsSurrogate(r) {
			low, _ := escapedUnit(b[i:])
			if r = utf16.DecodeRune(r, rune(low)); r != utf8.RuneError {
				i += escapeLen
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

const escapeLen = len("_x0000_")

// escapedUnit reads the escape at the beginning of b.
func escapedUnit(b []byte) (unit uint64, ok bool) {
	if len(b) < escapeLen || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return unit, err == nil
}
