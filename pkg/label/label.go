// Package label compares names the way a reader of Vietnamese would: after
// Unicode composition, without regard to case, white space, the place of the
// tone mark or "Tỉ lệ"/"Tỷ lệ". It also recognises text in the legacy TCVN3
// and VNI font encodings.
package label

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Key folds a name so that two names that mean the same are equal: NFC (never
// NFKC), lower case, every kind of white space and line break as one space and
// none at the ends, no Invisible characters, no trailing ":" "*"
// ".", full-width forms as ASCII, tỉ→tỷ, hoà→hòa, uỷ→ủy, Ð→Đ (which Icelandic
// keyboards type), typographic dashes and quotes as ASCII, no superscript digits
// that refer to notes.
//
// The key is itself in the spelling that official documents use most, so that
// the key of "Tổng cộng:" is "tổng cộng", of "TOÀN TỈNH" "toàn tỉnh" and of
// "Quí I" "quý i". "tỉ" is folded wherever it is a whole syllable (tỉ lệ, tỉ
// trọng, tỉ đồng), for no two words differ by it, and with it the other
// syllables that are written with i by one school rule and with y by custom
// (lí, kì, kí, kĩ, kỉ, mĩ, quí, quĩ). A tone mark that a closed syllable has in
// the wrong place (tòan for toàn) is moved too.
//
// Of a text that is longer than any name only the beginning is folded; the rest
// tells two of them apart as it stands.
func Key(s string) string {
	if len(s) > maxName/3 { // composing makes no text longer than three times
		if s = compose(s); len(s) > maxName {
			return keyOfLong(s)
		}
	}
	key := strings.TrimRight(strings.Trim(fold(s), " "), " :*.")
	if len(key) > maxName {
		return keyOfLong(key)
	}
	return key
}

// Bounds of what is folded, in bytes.
const (
	maxName   = 1 << 10
	beginning = 1 << 8
)

func keyOfLong(s string) string {
	end := beginning
	for !utf8.RuneStart(s[end]) && end > beginning-utf8.UTFMax {
		end--
	}
	rest := sha256.Sum256([]byte(s[end:]))
	return strings.Trim(fold(s[:end]), " ") + " …" + hex.EncodeToString(rest[:8])
}

// Match reports whether a name fits a pattern. Both are folded with Key; "*"
// stands for any run of characters.
func Match(pattern, name string) bool { return Compile(pattern).Fits(Key(name)) }

// Pattern is a pattern that is folded once and matched with many names.
type Pattern struct {
	parts []string // between the "*"; one part where there is none
}

// Compile folds a pattern.
func Compile(pattern string) Pattern {
	if !strings.Contains(pattern, "*") {
		return Pattern{[]string{Key(pattern)}}
	}
	return Pattern{strings.Split(strings.TrimRight(strings.Trim(fold(pattern), " "), " :."), "*")}
}

// Fits reports whether the key of a name fits the pattern.
func (p Pattern) Fits(key string) bool {
	last := len(p.parts) - 1
	if last <= 0 {
		return last == 0 && p.parts[0] == key
	}
	rest, ok := strings.CutPrefix(key, p.parts[0])
	if !ok {
		return false
	}
	rest, ok = strings.CutSuffix(rest, p.parts[last])
	if !ok {
		return false
	}
	for _, part := range p.parts[1:last] {
		i := strings.Index(rest, part)
		if i < 0 {
			return false
		}
		rest = rest[i+len(part):]
	}
	return true
}

// Literal returns the only key that fits, where the pattern has no "*".
func (p Pattern) Literal() (key string, ok bool) {
	if len(p.parts) != 1 {
		return "", false
	}
	return p.parts[0], true
}

// fold does what Key does within a name; white space at the ends is left as
// one space.
func fold(s string) string {
	if isASCII(s) {
		return spaces(strings.ToLower(s))
	}
	if runes, ok := quickFold(s); ok {
		return spaces(spell(runes))
	}
	return slowFold(s)
}

func slowFold(s string) string {
	s = strings.Map(plain, withoutNotes(norm.NFC.String(s)))
	s = norm.NFC.String(s) // again: what plain drops may have stood before a mark
	return spaces(spell([]rune(s)))
}

// compose returns the NFC of a text.
func compose(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return int(r) >= len(quick) || quick[r] == 0 }) {
		return norm.NFC.String(s)
	}
	return s
}

// quickFold does what plain and NFC do to a text of characters that no mark
// follows: almost all text in Vietnamese is.
func quickFold(s string) (runes []rune, ok bool) {
	runes = make([]rune, 0, len(s))
	for _, r := range s {
		if int(r) >= len(quick) || quick[r] == 0 {
			return nil, false
		}
		runes = append(runes, rune(quick[r]))
	}
	return runes, true
}

// quick has what plain makes of the characters that NFC leaves as they are
// wherever they stand, and withoutNotes too; 0 for others.
var quick = func() (t [0x2040]uint16) {
	for _, of := range [][2]rune{{'\t', '\r'}, {' ', '~'}, {'\u00a0', '\u01b4'}, {'\u1ea0', '\u1ef9'}, {'\u2010', '\u2033'}} {
		for r := of[0]; r <= of[1]; r++ {
			if l := plain(r); l > 0 && !isRaised(r) && norm.NFC.IsNormalString(string(r)) && norm.NFC.IsNormalString(string(l)) {
				t[r] = uint16(l)
			}
		}
	}
	return t
}()

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// plain folds one character; what it drops is negative.
func plain(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	case r >= '！' && r <= '～': // the full-width forms of ! to ~
		r -= '！' - '!'
	case r == 'Ð' || r == 'ð' || r == 'Ɖ' || r == 'ɖ':
		return 'đ'
	case r >= '‐' && r <= '―' || r == '−':
		return '-'
	case r >= '‘' && r <= '‛' || r == '′':
		return '\''
	case r >= '“' && r <= '‟' || r == '″' || r == '«' || r == '»':
		return '"'
	case Invisible(r):
		return -1
	}
	return unicode.ToLower(r)
}

// spaces makes every run of white space one space.
func spaces(s string) string {
	other := func(r rune) bool { return r != ' ' && unicode.IsSpace(r) }
	if !strings.Contains(s, "  ") && !strings.ContainsFunc(s, other) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			if !gap {
				b.WriteByte(' ')
			}
			gap = true
			continue
		}
		gap = false
		b.WriteRune(r)
	}
	return b.String()
}

// spell brings each syllable into its customary spelling.
func spell(runes []rune) string {
	for i := 0; i < len(runes); {
		end := i
		for end < len(runes) && unicode.IsLetter(runes[end]) {
			end++
		}
		placeTone(runes[i:end])
		writeY(runes[i:end])
		i = end + 1
	}
	return string(runes)
}

// placeTone puts the tone mark of oa, oe and uy on the first vowel where they
// end the syllable (hòa, thủy) and on the second elsewhere (toàn, huỳnh, quý).
func placeTone(syllable []rune) {
	for i := 0; i+1 < len(syllable); i++ {
		second, tone2 := tone(syllable[i+1])
		if second != 'a' && second != 'e' && second != 'y' {
			continue
		}
		first, tone1 := tone(syllable[i])
		pair := first == 'o' && (second == 'a' || second == 'e') || first == 'u' && second == 'y'
		if !pair || (tone1 > 0) == (tone2 > 0) {
			continue
		}
		mark := tone1 + tone2
		if ends := i+2 == len(syllable); ends && (i == 0 || syllable[i-1] != 'q') {
			syllable[i], syllable[i+1] = toned(first, mark), second
		} else {
			syllable[i], syllable[i+1] = first, toned(second, mark)
		}
	}
}

// tones has a row for each vowel that placeTone moves a mark from or to: the
// bare vowel and its five tones.
const tones = "aàáảãạ" + "eèéẻẽẹ" + "oòóỏõọ" + "uùúủũụ" + "yỳýỷỹỵ"

var toneTable = []rune(tones)

// tone takes a vowel apart; the tone is 0 when there is none.
func tone(r rune) (vowel rune, mark int) {
	if r < '\u00e0' || r > 'ỹ' {
		return r, 0
	}
	for i, t := range toneTable {
		if r == t {
			return toneTable[i-i%6], i % 6
		}
	}
	return r, 0
}

// toned puts a tone on one of the vowels of the table.
func toned(vowel rune, mark int) rune {
	for i, t := range toneTable {
		if vowel == t {
			return toneTable[i+mark]
		}
	}
	return vowel
}

// writeY rewrites the syllables that are spelt with i as well as y.
func writeY(syllable []rune) {
	if n := len(syllable); n != len("tỉ")-2 && n != len("quí")-1 {
		return
	}
	switch string(syllable) {
	case "tỉ", "kỉ":
		syllable[1] = 'ỷ'
	case "lí", "kí":
		syllable[1] = 'ý'
	case "kì":
		syllable[1] = 'ỳ'
	case "kĩ", "mĩ":
		syllable[1] = 'ỹ'
	case "quí":
		syllable[2] = 'ý'
	case "quĩ":
		syllable[2] = 'ỹ'
	}
}
