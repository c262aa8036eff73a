package label

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/parcheck/parcheck/pkg/lang"
)

// Encoding is how Vietnamese letters are written in a text.
type Encoding uint8

// The encodings. TCVN3 (also called ABC) and VNI text looks right only in its
// own fonts, .VnTime and VNI-Times; everywhere else its letters are those of
// Western Europe: "Tæng sè" and "Toång soá" for "Tổng số".
const (
	Unicode Encoding = iota
	TCVN3            // TCVN 5712:1993 VN3, one character a letter
	VNI              // VNI for Windows, a vowel and the character of its marks
)

// String returns the name by which the converters know the encoding.
func (e Encoding) String() string {
	switch e {
	case TCVN3:
		return "TCVN3 (ABC)"
	case VNI:
		return "VNI Windows"
	case Unicode:
	}
	return "Unicode"
}

// Remedy says how a workbook with such text is converted to Unicode.
func (e Encoding) Remedy() lang.Text {
	return lang.F(
		"text typed in the font encoding %s, not in Unicode: copy the cells, convert them with UniKey Toolkit "+
			"(Ctrl+Shift+F6: clipboard, from %[1]s to Unicode), paste them back and choose a Unicode font such as Times New Roman",
		"chữ gõ bằng bảng mã %s, không phải Unicode: sao chép các ô, chuyển mã bằng UniKey Toolkit "+
			"(Ctrl+Shift+F6: clipboard, nguồn %[1]s, đích Unicode dựng sẵn), dán lại và chọn phông Unicode như Times New Roman",
		e.String())
}

// Legacy recognises TCVN3 and VNI text by its letters: read in that encoding
// its words are Vietnamese syllables, and as they stand they are not. A single
// word is seldom enough, and what could be Unicode is held to be Unicode; text
// of several cells may be joined with spaces.
func Legacy(s string) Encoding {
	if isASCII(s) {
		return Unicode
	}
	for _, e := range []Encoding{TCVN3, VNI} {
		if weigh(s, e).convincing() {
			return e
		}
	}
	return Unicode
}

// evidence counts the words of a text that speak for a legacy encoding and
// against it.
type evidence struct {
	proof   int // syllables when converted, and not before
	strong  int // of these, words that hold a sign which no Western word holds
	neutral int // syllables both when converted and before
	against int // no syllables when converted, or with letters that no legacy text has
	foreign int // words of plain letters that are no syllables
}

func (e evidence) convincing() bool {
	if e.strong > 0 || e.proof > 2 {
		return 2*e.against+e.foreign <= 2*e.proof
	}
	return e.proof > 0 && e.proof+e.neutral > 1 && e.against+e.foreign == 0
}

func weigh(s string, encoding Encoding) evidence {
	var e evidence
	words := strings.FieldsFunc(s, func(r rune) bool {
		return r < utf8.RuneSelf && !unicode.IsLetter(r) || r >= '‐' && r <= '…' || r == '\u00a0'
	})
	for _, w := range words {
		switch {
		case utf8.RuneCountInString(w) < 2:
			// A sign that stands alone: a bullet, a quotation mark.
		case isASCII(w):
			if w != strings.ToUpper(w) && !isSyllable(w) {
				e.foreign++
			}
		case strings.ContainsFunc(w, notWestern), !isSyllable(convert(w, encoding)):
			e.against++
		case isSyllable(w):
			e.neutral++
		default:
			e.proof++
			if strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) }) {
				e.strong++
			}
		}
	}
	return e
}

// notWestern reports whether a letter is found in no legacy text.
func notWestern(r rune) bool { return r > '\u00ff' }

// convert reads a text in a legacy encoding; what that does not know is left
// as it is. The capitals that TCVN3 has by its font alone (.VnTimeH) come out
// as small letters.
func convert(s string, from Encoding) string {
	switch from {
	case TCVN3:
		return strings.Map(func(r rune) rune {
			if u, ok := tcvn3[r]; ok {
				return u
			}
			return r
		}, s)
	case VNI:
		return convertVNI(s)
	case Unicode:
	}
	return s
}

// tcvn3 has a Unicode letter for each character of TCVN 5712:1993 VN3.
var tcvn3 = pairs(
	"¡¢£¤¥¦§"+"¨©ª«¬\u00ad®"+
		"µ¸¶·¹"+"»¾¼½Æ"+"ÇÊÈÉË"+"ÌÐÎÏÑ"+"ÒÕÓÔÖ"+"×ÝØÜÞ"+
		"ßãáâä"+"åèæçé"+"êíëìî"+"ïóñòô"+"õøö÷ù"+"úýûüþ",
	"ĂÂÊÔƠƯĐ"+"ăâêôơưđ"+
		"àáảãạ"+"ằắẳẵặ"+"ầấẩẫậ"+"èéẻẽẹ"+"ềếểễệ"+"ìíỉĩị"+
		"òóỏõọ"+"ồốổỗộ"+"ờớởỡợ"+"ùúủũụ"+"ừứửữự"+"ỳýỷỹỵ")

// vniLetters has a letter for each VNI character that stands alone.
var vniLetters = pairs("ñÑôÔöÖìíæóòÌÍÆÓÒîÎ", "đĐơƠưƯìíỉĩịÌÍỈĨỊỵỴ")

// vniMarks has combining marks for each VNI character that follows a vowel: a
// tone alone, a circumflex with its tones, a breve with its tones. The breve
// goes on an a, the circumflex on a, e and o.
var vniMarks = map[rune]string{
	'ø': "\u0300", 'ù': "\u0301", 'û': "\u0309", 'õ': "\u0303", 'ï': "\u0323",
	'â': "\u0302", 'à': "\u0302\u0300", 'á': "\u0302\u0301", 'å': "\u0302\u0309", 'ã': "\u0302\u0303", 'ä': "\u0302\u0323",
	'ê': "\u0306", 'è': "\u0306\u0300", 'é': "\u0306\u0301", 'ú': "\u0306\u0309", 'ü': "\u0306\u0303", 'ë': "\u0306\u0323",
}

func pairs(from, to string) map[rune]rune {
	table, target := make(map[rune]rune), []rune(to)
	for i, r := range []rune(from) {
		table[r] = target[i]
	}
	return table
}

func convertVNI(s string) string {
	var b strings.Builder
	vowel := ' ' // the vowel that a mark may follow, or a space
	for _, r := range s {
		marks, isMark := vniMarks[unicode.ToLower(r)]
		if isMark && takes(vowel, marks) {
			b.WriteString(marks)
			vowel = ' '
			continue
		}
		if u, ok := vniLetters[r]; ok {
			r = u
		}
		b.WriteRune(r)
		vowel = unicode.ToLower(r)
	}
	return norm.NFC.String(b.String())
}

// takes reports whether VNI puts these marks on a vowel.
func takes(vowel rune, marks string) bool {
	switch []rune(marks)[0] {
	case '\u0302':
		return strings.ContainsRune("aeo", vowel)
	case '\u0306':
		return vowel == 'a'
	}
	return strings.ContainsRune("aeouyơư", vowel)
}
