package label

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// initials are the consonants that begin a Vietnamese syllable.
var initials = wordSet("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x")

// rhymes are what follows them, without tone.
var rhymes = wordSet(`
	a ac ach ai am an ang anh ao ap at au ay
	ăc ăm ăn ăng ăp ăt
	âc âm ân âng âp ât âu ây
	e ec em en eng eo ep et
	ê êch êm ên ênh êp êt êu
	i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
	o oc oi om on ong op ot oong
	oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
	ô ôc ôi ôm ôn ông ôp ôt
	ơ ơi ơm ơn ơp ơt
	u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uơ
	uy uya uych uynh uyt uyu uyên uyêt uôc uôi uôm uôn uông uôt
	ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
	y ych ynh yt yêm yên yêng yêt yêu`)

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// isSyllable reports whether a word is spelt as a Vietnamese syllable may be;
// the tone mark may stand on any of its vowels.
func isSyllable(word string) bool {
	var bare strings.Builder
	var mark rune
	for _, r := range norm.NFD.String(strings.Map(plain, word)) {
		switch r {
		case '\u0300', '\u0301', '\u0303', '\u0309', '\u0323':
			if mark != 0 {
				return false
			}
			mark = r
		default:
			bare.WriteRune(r)
		}
	}
	s := norm.NFC.String(bare.String())
	if !hasRhyme(s) {
		return false
	}
	// Syllables that end in a stop have the tones sắc or nặng only.
	stopped := strings.HasSuffix(s, "c") || strings.HasSuffix(s, "ch") || strings.HasSuffix(s, "p") || strings.HasSuffix(s, "t")
	return !stopped || mark == '\u0301' || mark == '\u0323'
}

func hasRhyme(s string) bool {
	if rhymes[s] {
		return true
	}
	for i := 1; i <= 3 && i < len(s); i++ {
		if initials[s[:i]] && rhymes[s[i:]] {
			return true
		}
	}
	return false
}
