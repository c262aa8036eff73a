package account

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// mark is the numbering of a row: "I", "1.2", "a)", "-". Rows whose marks have
// one rank are siblings; a mark of a higher rank is below one of a lower rank.
type mark struct {
	rank int
	seq  int    // 1 for "I", "1", "a"; 0 where the mark orders nothing
	dots string // of "1.2.3": "1.2"
}

// The ranks. Dots and indents put others between them.
const (
	rankChapter = 5  // Phần 1
	rankLetter  = 10 // A
	rankRoman   = 20 // I
	rankSection = 25 // Mục 1
	rankNumber  = 30 // 1; 1.1 is 31
	rankParen   = 45 // (1)
	rankSmall   = 50 // a
	rankOther   = 55 // a code that is no numbering
	rankNone    = 60 // no mark; indents of its label are added
	rankPart    = 75 // "trong đó"
	rankDash    = 80 // "-"; indents are added
	rankPlus    = 90 // "+"
	rankBullets = 95
	maxIndent   = 9
)

// Bullets as fonts of symbols have them.
const (
	symbolBullet = '\uf0b7'
	symbolSquare = '\uf0a7'
)

var (
	romans   = regexp.MustCompile(`^[IVXL]+$`)
	letters  = regexp.MustCompile(`^[A-ZĐ]$`)
	dotted   = regexp.MustCompile(`^\d+(\.\d+)*$`)
	mixed    = regexp.MustCompile(`^([IVXL]+|[A-ZĐ])((?:\.\d+)+)$`)
	small    = regexp.MustCompile(`^[a-zđ]$`)
	inParens = regexp.MustCompile(`^\((\d+|[a-zđ]|[ivx]+)\)$`)
	bigParen = regexp.MustCompile(`^\(([IVXL]+|[A-ZĐ])\)$`)
	sections = regexp.MustCompile(`^(?i:mục|phần|nhóm|chương|khối) +([IVXL]+|[A-ZĐ]|\d+)$`)

	// A label may begin with its numbering. "X." and other letters may be
	// abbreviations, "1.500" is none.
	leading = regexp.MustCompile(`^(?:((?i:mục|phần|chương) +(?:[IVXL]+|[A-ZĐ]|\d{1,2}))[.:)/ –-]|(I{1,3}|IV|VI{0,3}|IX|X[IVX]+) ?[.)/–-]|([A-E]|\d{1,2}(?:\.\d{1,2})*|[a-eđ])[.)/]|(\d{1,2}(?:\.\d{1,2})+) |(\(\d{1,2}\)|\([a-eđ]\)))[^\d]`)
)

// mark returns the mark of a row: its numbering or, without one, the mark that
// its label begins with.
func (r *Row) mark() mark {
	if code := strings.TrimSpace(r.Code); code != "" {
		return codeMark(code, r.Indent)
	}
	label := strings.TrimSpace(r.Label)
	switch first, _ := utf8.DecodeRuneInString(label); first {
	case '-', '–', '—', '−', '+', '•', '●', '○', '▪', '·', symbolBullet, symbolSquare:
		return codeMark(string(first), r.Indent)
	}
	if m := leading.FindStringSubmatch(label); m != nil {
		return codeMark(m[1]+m[2]+m[3]+m[4]+m[5], r.Indent)
	}
	return mark{rank: rankNone + min(r.Indent/2, maxIndent)}
}

func codeMark(code string, indent int) mark {
	if m := inParens.FindStringSubmatch(code); m != nil {
		return mark{rank: rankParen, seq: order(m[1])}
	}
	if m := bigParen.FindStringSubmatch(code); m != nil {
		code = m[1]
	}
	if m := sections.FindStringSubmatch(code); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil {
			rank := rankSection
			if key := strings.ToLower(code); strings.HasPrefix(key, "phần") || strings.HasPrefix(key, "chương") {
				rank = rankChapter
			}
			return mark{rank: rank, seq: n}
		}
		code = m[1]
	}
	code = strings.TrimRight(code, ".)/:-– ")
	if code == "" {
		return mark{rank: rankDash + min(indent/2, maxIndent)}
	}
	switch {
	case romans.MatchString(code):
		return mark{rank: rankRoman, seq: Roman(code)}
	case letters.MatchString(code):
		return mark{rank: rankLetter, seq: order(code)}
	case dotted.MatchString(code):
		dots, last := "", code
		if i := strings.LastIndexByte(code, '.'); i >= 0 {
			dots, last = code[:i], code[i+1:]
		}
		n, err := strconv.Atoi(last)
		if err != nil {
			return mark{rank: rankOther}
		}
		return mark{rank: rankNumber + min(strings.Count(code, "."), 9), seq: n, dots: dots}
	case mixed.MatchString(code):
		m := mixed.FindStringSubmatch(code)
		n, _ := strconv.Atoi(code[strings.LastIndexByte(code, '.')+1:])
		return mark{rank: rankNumber - 1 + min(strings.Count(m[2], "."), 9), seq: n}
	case small.MatchString(code):
		return mark{rank: rankSmall, seq: order(code)}
	}
	switch first, _ := utf8.DecodeRuneInString(code); first {
	case '-', '–', '—', '−':
		return mark{rank: rankDash + min(indent/2, maxIndent)}
	case '+':
		return mark{rank: rankPlus}
	case '•', '●', '○', '▪', '·', symbolBullet, symbolSquare:
		return mark{rank: rankBullets}
	}
	return mark{rank: rankOther}
}

// order is the place of a letter, a Roman numeral in small letters or a number.
func order(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	if len(s) > 1 && strings.Trim(s, "ivx") == "" {
		return Roman(strings.ToUpper(s))
	}
	const alphabet = "abcdđefghijklmnopqrstuvwxyz"
	i := strings.Index(alphabet, strings.ToLower(s))
	return utf8.RuneCountInString(alphabet[:max(i, 0)]) + 1
}

// Roman reads a Roman numeral of I, V, X and L. An ill-formed one gives some
// number.
func Roman(s string) int {
	value := map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50}
	n := 0
	for i := range len(s) {
		v := value[s[i]]
		if i+1 < len(s) && value[s[i+1]] > v {
			v = -v
		}
		n += v
	}
	return n
}

// numbered reports whether the mark is a number or a letter that orders rows.
func (m mark) numbered() bool { return m.seq > 0 }

// dashed reports whether the mark is a dash or the like: parts have them.
func (m mark) dashed() bool { return m.rank >= rankDash }

// none reports whether there is no mark.
func (m mark) none() bool { return m.rank >= rankNone && m.rank < rankPart }

// IsNumber reports whether a text is the numbering of a row: "I", "1.2", "a)".
func IsNumber(code string) bool {
	code = strings.TrimSpace(code)
	return code != "" && codeMark(code, 0).numbered()
}
