package mapping

import (
	"strings"
	"unicode"

	"github.com/parcheck/parcheck/pkg/label"
)

// Names of one thing differ in words that say nothing ("Số hồ sơ" and "Tổng số
// hồ sơ"), in abbreviations ("TTHC") and in words of one meaning ("xử lý" and
// "giải quyết"). How alike two names are is the share of their words that they
// have in common, words that say little counting for less.

// wording is a name taken apart.
type wording struct {
	words  map[string]float64 // by weight
	weight float64
}

// shortened are abbreviations of the field, without marks, and what they stand
// for.
var shortened = map[string]string{
	"tthc": "thu tuc hanh chinh", "hs": "ho so", "hshc": "ho so hanh chinh", "dvc": "dich vu cong", "dvctt": "dich vu cong truc tuyen",
	"dvcqg": "dich vu cong quoc gia", "qg": "quoc gia", "cchc": "cai cach hanh chinh", "vbqppl": "van ban quy pham phap luat",
	"kq": "ket qua", "gq": "giai quyet", "ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "kh": "ke hoach", "sl": "so luong",
	"tl": "ty le", "tttt": "thanh toan truc tuyen", "nvtc": "nghia vu tai chinh", "bpmc": "bo phan mot cua", "mc": "mot cua",
	"cbccvc": "can bo cong chuc vien chuc", "bcci": "buu chinh cong ich", "tphs": "thanh phan ho so", "pakn": "phan anh kien nghi",
	"vb": "van ban", "tt": "so thu tu", "stt": "so thu tu", "dvt": "don vi tinh", "nsnn": "ngan sach nha nuoc", "cdt": "chu dau tu",
	"ttcp": "thu tuong chinh phu", "gn": "giai ngan", "qt": "quyet toan",
}

// alikeWords are words of one meaning, without marks: the left one is read as
// the right one.
var alikeWords = strings.NewReplacer(
	" xu ly ", " giai quyet ", " tra ket qua ", " giai quyet ", " tre han ", " qua han ", " muon ", " qua han ", " som han ", " truoc han ",
	" online ", " truc tuyen ", " qua mang ", " truc tuyen ", " chuyen sang ", " tu ky truoc ", " ky truoc chuyen qua ", " tu ky truoc ",
	" ton ky truoc ", " tu ky truoc ", " nhan moi ", " tiep nhan ", " nhan giai quyet ", " tiep nhan ", " da nhan ", " tiep nhan ", " chi tieu thong ke ", " chi tieu ",
	" noi dung bao cao ", " chi tieu ", " von giao ", " ke hoach von ", " duoc giao ", " ke hoach ", " da chi ", " giai ngan ", " cong trinh ", " du an ",
	" dung thoi han ", " dung han ", " chua den han ", " trong han ", " con han ", " trong han ", " ty trong ", " ty le ",
)

// lightWords say little about what a name means.
var lightWords = map[string]bool{
	"so": true, "luong": true, "tong": true, "cac": true, "cua": true, "va": true, "duoc": true, "theo": true, "trong": true, "tren": true,
	"ve": true, "tai": true, "cho": true, "la": true, "nam": true, "ky": true, "co": true, "thuc": true, "hien": true, "o": true, "voi": true,
}

const lightWeight = 0.25

func newWording(name string) wording {
	words := strings.FieldsFunc(label.Bare(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, w := range words {
		if long, ok := shortened[w]; ok {
			words[i] = long
		}
	}
	text := " " + strings.Join(words, " ") + " "
	for range 2 { // one replacement may lie against the next
		text = alikeWords.Replace(text)
	}
	out := wording{words: map[string]float64{}}
	for _, w := range strings.Fields(text) {
		if _, known := out.words[w]; known || isYear(w) {
			continue
		}
		weight := 1.0
		if lightWords[w] {
			weight = lightWeight
		}
		out.words[w] = weight
		out.weight += weight
	}
	return out
}

func isYear(word string) bool {
	return len(word) == 4 && (strings.HasPrefix(word, "19") || strings.HasPrefix(word, "20")) && strings.Trim(word, "0123456789") == ""
}

// likeness is from 0 to 1. It only orders suggestions: no figure depends on it.
func (a wording) likeness(b wording) float64 {
	if a.weight+b.weight == 0 {
		return 0
	}
	common := 0.0
	for w, weight := range a.words {
		if _, ok := b.words[w]; ok {
			common += weight
		}
	}
	return 2 * common / (a.weight + b.weight)
}

// contrary reports whether one name says the opposite of the other, or another
// part of the same whole: of such a pair none is suggested for the other.
func (a wording) contrary(b wording) bool {
	for _, pair := range contraries {
		if a.says(pair[0]) && !a.says(pair[1]) && b.says(pair[1]) && !b.says(pair[0]) ||
			a.says(pair[1]) && !a.says(pair[0]) && b.says(pair[0]) && !b.says(pair[1]) {
			return true
		}
	}
	return false
}

func (a wording) says(words string) bool {
	for _, w := range strings.Fields(words) {
		if _, ok := a.words[w]; !ok {
			return false
		}
	}
	return true
}

// contraries are words, without marks, that part two names.
var contraries = [][2]string{
	{"qua han", "dung han"}, {"qua han", "truoc han"}, {"qua han", "trong han"}, {"dung han", "truoc han"}, {"truc tuyen", "truc tiep"}, {"da", "dang"}, {"da", "chua"},
	{"khong", "rat"}, {"toan trinh", "phan"}, {"ty le", "ho so"}, {"mot phan", "toan trinh"}, {"phat ra", "thu ve"}, {"thu ve", "hop le"}, {"phat ra", "hop le"},
	{"ke hoach", "giai ngan"}, {"truoc", "nay"},
}

// heading is a heading taken apart, as a whole and by its lowest part. Where
// that only says that things are counted ("Hài lòng / Số phiếu"), counted is what
// stands above it.
type heading struct{ whole, lowest, counted wording }

func newHeading(path string) heading {
	parts := strings.Split(path, " / ")
	last := len(parts) - 1
	out := heading{whole: newWording(path), lowest: newWording(parts[last])}
	if last > 0 && out.lowest.onlyCounts() {
		out.counted = newWording(strings.Join(parts[:last], " / "))
	}
	return out
}

// countWords are words, without marks, of headings that only say that things are
// counted.
var countWords = map[string]bool{
	"so": true, "luong": true, "tong": true, "cong": true, "phieu": true, "luot": true, "ho": true, "nguoi": true, "tien": true, "von": true, "y": true, "kien": true,
}

func (a wording) onlyCounts() bool {
	for w := range a.words {
		if !countWords[w] {
			return false
		}
	}
	return len(a.words) > 0
}

// likest is how alike the heading is to the likest of some names.
func (h heading) likest(names []string) float64 {
	best := 0.0
	for _, name := range names {
		n := newHeading(strings.ReplaceAll(name, "*", " "))
		if h.whole.contrary(n.whole) || h.lowest.contrary(n.lowest) {
			continue
		}
		best = max(best, (2*h.whole.likeness(n.whole)+h.lowest.likeness(n.lowest))/3, 0.95*h.counted.likeness(n.whole))
	}
	return best
}

// bareLabel is a label without the dash or the number before it.
func bareLabel(text string) string {
	s := strings.TrimLeft(text, "-–+•*. ")
	if i := strings.IndexAny(s, ".)"); i > 0 && i <= 5 && strings.Trim(s[:i], "0123456789IVXabcd") == "" {
		s = strings.TrimLeft(s[i+1:], " .)0123456789")
	}
	return s
}

// initials are the first letters of a name's words, without marks: "sxd" of "Sở
// Xây dựng" and of "Sở XD", whose second word is initials already. "Và" has none.
func initials(name string) string {
	var out strings.Builder
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		bare := label.Bare(w)
		if bare == "va" {
			continue
		}
		short := strings.ToUpper(w) == w && len([]rune(w)) < 6
		if !short || strings.ToUpper(name) == name {
			bare = string([]rune(bare)[:1])
		}
		out.WriteString(bare)
	}
	return out.String()
}
