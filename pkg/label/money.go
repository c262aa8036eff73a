package label

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Units of money (đơn vị tính) are written in many ways: "triệu đồng", "Tr.đ",
// "1.000 đồng", "Triệu VNĐ", "tỷ", "%, triệu đồng", without accents "trieu
// dong". They are read by their parts, a multiplier and a currency, not from a
// list.

// Money returns the units of money that a text names, each as the power of ten
// by which it multiplies one đồng, in order and each once: [6] for "Triệu đồng,
// %". Beside them may stand other units ("hồ sơ"), what they are counted by
// ("triệu đồng/người") and the words that announce them ("ĐVT:"). foreign
// reports that another currency is named.
func Money(text string) (powers []int, foreign bool) {
	return moneyOf(Key(text))
}

func moneyOf(key string) (powers []int, foreign bool) {
	per := false
	for phrase, sep := range phrases(key) {
		power, kind := readMoney(phrase)
		switch {
		case per:
		case kind == foreignMoney:
			foreign = true
		case kind == someMoney && !slices.Contains(powers, power):
			powers = append(powers, power)
		}
		per = sep == '/'
	}
	return powers, foreign
}

// IsMoney reports whether a text is units of money, of any currency, and nothing
// else than what announces them: "(ĐVT: triệu đồng)".
func IsMoney(text string) bool { return isMoney(Key(text)) }

func isMoney(key string) bool {
	found, per := false, false
	for phrase, sep := range phrases(key) {
		if len(phrase) > 0 && !per {
			if _, kind := readMoney(phrase); kind != noMoney {
				found = true
			} else if !announces(phrase) {
				return false
			}
		}
		per = sep == '/'
	}
	return found
}

// CutMoney cuts the unit of money off the end of a folded name: "kế hoạch (tỷ
// đồng)" and "kế hoạch, tỷ đồng" are "kế hoạch".
func CutMoney(key string) (name string, ok bool) {
	if !endsInMoney(key) {
		return "", false
	}
	i := -1
	switch {
	case strings.HasSuffix(key, ")"):
		i = strings.LastIndexByte(key, '(')
	case strings.HasSuffix(key, "]"):
		i = strings.LastIndexByte(key, '[')
	default:
		i = strings.LastIndexAny(key, ",;-")
		if i < 0 || !isMoney(key[i:]) {
			i = bareMoney(key)
		}
	}
	if i <= 0 || !isMoney(key[i:]) {
		return "", false
	}
	name = strings.TrimRight(key[:i], " :*.,;-")
	return name, name != ""
}

// endsInMoney rules out quickly that a text ends in a unit of money, as most do
// not.
func endsInMoney(key string) bool {
	const longest = 40 // bytes of such a unit
	if key == "" || strings.IndexByte(")]gudnmy\x91\xb7", key[len(key)-1]) < 0 {
		return false // what the units below end in
	}
	tail := key[max(len(key)-longest, 0):]
	return strings.Contains(tail, "đ") || strings.Contains(tail, "vn") || strings.Contains(tail, "dong") ||
		strings.Contains(tail, "triệu") || strings.Contains(tail, "tỷ") || strings.Contains(tail, "nghìn") || strings.Contains(tail, "usd")
}

// bareMoney finds where the unit at the end of a name begins that nothing sets
// apart: "kế hoạch triệu đồng", as where a line break did. It has a multiplier
// and a currency: "hợp đồng" and "vốn tỷ" are names.
func bareMoney(key string) int {
	end := len(key)
	for range 4 { // words
		i := strings.LastIndexByte(key[:end], ' ')
		if i < 0 {
			return -1
		}
		for phrase := range phrases(key[i:]) {
			if power, kind := readMoney(phrase); kind == someMoney && power > 0 {
				if _, currency := currencies[phrase[len(phrase)-1]]; currency || compact(phrase[len(phrase)-1]) != "" {
					return i
				}
			}
		}
		end = i
	}
	return -1
}

// phrases splits a folded text at its punctuation into phrases of words and
// numbers, each with the mark behind it. A point between letters only
// abbreviates ("tr.đ"); one between digits groups them.
func phrases(key string) func(yield func(phrase []string, sep rune) bool) {
	return func(yield func([]string, rune) bool) {
		var phrase []string
		end := func(sep rune) bool {
			words := phrase
			phrase = nil
			return yield(words, sep)
		}
		for i := 0; i < len(key); {
			r, size := utf8.DecodeRuneInString(key[i:])
			switch {
			case r >= '0' && r <= '9':
				n := digitGroups(key[i:])
				phrase = append(phrase, key[i:i+n])
				i += n
				continue
			case unicode.IsLetter(r) || r == '$':
				n := strings.IndexFunc(key[i:], func(r rune) bool { return !unicode.IsLetter(r) && r != '$' })
				if n < 0 {
					n = len(key) - i
				}
				word := key[i : i+n]
				i += n
				if word == "và" || word == "hoặc" {
					if !end(',') {
						return
					}
					continue
				}
				phrase = append(phrase, word)
				continue
			case r == ' ' || r == '.' || r == '\'':
			default:
				if !end(r) {
					return
				}
			}
			i += size
		}
		end(0)
	}
}

// digitGroups returns how long the number is that a text begins with: "1.000".
func digitGroups(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	for n+4 <= len(s) && strings.IndexByte("., ", s[n]) >= 0 && strings.Trim(s[n+1:n+4], "0") == "" {
		n += 4
	}
	return n
}

// moneyKind is whether a phrase is a unit of money.
type moneyKind uint8

const (
	noMoney moneyKind = iota
	someMoney
	foreignMoney
)

var (
	multipliers = map[string]int{
		"chục": 1, "trăm": 2, "nghìn": 3, "ngàn": 3, "nghin": 3, "ngan": 3, "ng": 3, "k": 3,
		"triệu": 6, "trieu": 6, "tr": 6, "tỷ": 9, "ty": 9,
		"thousand": 3, "thousands": 3, "million": 6, "millions": 6, "mil": 6, "mn": 6, "billion": 9, "billions": 9, "bn": 9,
	}
	currencies = map[string]bool{"đồng": true, "đ": true, "vnđ": true, "vnd": true, "dong": true, "d": true}
	foreigners = map[string]bool{
		"usd": true, "$": true, "đô": true, "dollar": true, "dollars": true, "eur": true, "euro": true, "euros": true,
		"jpy": true, "yên": true, "yen": true, "krw": true, "won": true, "cny": true, "rmb": true, "tệ": true, "gbp": true,
	}
	// announcers are the words before a unit: "ĐVT", "Đơn vị tính bằng".
	announcers = map[string]bool{
		"đơn": true, "vị": true, "tính": true, "đvt": true, "đv": true, "dvt": true, "don": true, "vi": true, "tinh": true,
		"bằng": true, "là": true, "theo": true, "tiền": true, "unit": true, "units": true, "of": true, "in": true, "x": true,
	}
)

// announces reports whether a phrase has only words that stand before a unit,
// or a percent.
func announces(phrase []string) bool {
	return !slices.ContainsFunc(phrase, func(word string) bool { return !announcers[word] })
}

// readMoney reads a phrase as a unit of money: how many, of what multiples, of
// which currency. A multiplier alone is one, too: "ĐVT: triệu".
func readMoney(phrase []string) (power int, kind moneyKind) {
	for len(phrase) > 1 && announcers[phrase[0]] {
		phrase = phrase[1:]
	}
	if slices.ContainsFunc(phrase, func(word string) bool { return foreigners[word] }) {
		return 0, foreignMoney
	}
	counted := false // a multiplier or a number stands before
	for i, word := range phrase {
		rest := phrase[i+1:]
		if p, ok := multipliers[word]; ok {
			const most = 12 // "nghìn tỷ đồng"
			if power, counted = power+p, true; power > most {
				return 0, noMoney
			}
			if len(rest) == 0 {
				return power, someMoney
			}
			continue
		}
		if short := compact(word); short != "" && ofVietnam(rest) {
			return power + multipliers[short], someMoney
		}
		switch {
		case word == "of" && counted: // "millions of VND"
		case word[0] >= '0' && word[0] <= '9' && i == 0 && isPower(word):
			power, counted = strings.Count(word, "0")-strings.Count(word[:strings.IndexByte(word, '1')], "0"), true
		case currencies[word] && (word != "d" || counted) && ofVietnam(rest):
			return power, someMoney
		case (word == "việt" || word == "vn") && len(rest) > 0 && currencies[rest[len(rest)-1]] && len(rest) <= 2:
			return power, someMoney // "Việt Nam đồng"
		default:
			return 0, noMoney
		}
	}
	return 0, noMoney
}

// ofVietnam reports whether nothing follows a currency but whose it is.
func ofVietnam(rest []string) bool {
	return len(rest) == 0 || len(rest) == 1 && rest[0] == "vn" || len(rest) == 2 && rest[0] == "việt" && rest[1] == "nam"
}

// isPower reports whether a number is one, ten, a hundred or the like.
func isPower(number string) bool {
	return strings.Trim(number, "0., ") == "1" && strings.IndexByte(number, '1') >= 0
}

// compact returns the multiplier of a unit that is written as one word:
// "trđ", "triệuđồng"; "" where the word is none.
func compact(word string) string {
	for _, short := range []string{"triệu", "trieu", "tr", "tỷ", "ty", "nghìn", "ngàn", "k"} {
		if rest, ok := strings.CutPrefix(word, short); ok && currencies[rest] && !(short == "k" && rest == "d") {
			return short
		}
	}
	return ""
}
