package label

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

var keys = []struct{ s, want string }{
	{"", ""},
	{"STT", "stt"},
	{"  Total \t of\r\nall: ", "total of all"},
	{"1.1.1.", "1.1.1"},
	{"Họ tên (*)", "họ tên (*)"},
	{"Họ tên *", "họ tên"},
	{"Ghi chú: *.", "ghi chú"},
	{"...", ""},
	{"Tổng số", "tổng số"},
	{"TỔNG SỐ:", "tổng số"},
	{norm.NFD.String("TỔNG SỐ"), "tổng số"},
	{"Tổng\u00a0số", "tổng số"},
	{"Tổng\u200b\u00a0\u2003số\ufeff", "tổng số"},
	{"Tổng\u2028\u3000số", "tổng số"},
	{"Số liệu\u00ad", "số liệu"},
	{"\u202aMã hồ sơ\u202c", "mã hồ sơ"},

	{"Tỉ lệ (%)", "tỷ lệ (%)"},
	{"TỶ LỆ （％）", "tỷ lệ (%)"},
	{"Tỉ trọng", "tỷ trọng"},
	{"tỉnh", "tỉnh"},
	{"Tỉnh Quảng Nam", "tỉnh quảng nam"},
	{"Xử lí, quản lí", "xử lý, quản lý"},
	{"Quí I", "quý i"},
	{"Quý Ⅰ", "quý ⅰ"}, // NFKC would make it an i
	{"kì báo cáo", "kỳ báo cáo"},
	{"lính", "lính"},

	{"số hoá", "số hóa"},
	{"số hóa", "số hóa"},
	{"HOÀ", "hòa"},
	{"hoè", "hòe"},
	{"uỷ ban", "ủy ban"},
	{"ỦY BAN", "ủy ban"},
	{"thuỷ, thuý, thuỳ, thuỹ, thuỵ", "thủy, thúy, thùy, thũy, thụy"},
	{"toàn tỉnh", "toàn tỉnh"},
	{"tòan tỉnh", "toàn tỉnh"},
	{"ngòai, ngoài, hoạch, họach", "ngoài, ngoài, hoạch, hoạch"},
	{"huỳnh, hùynh, khuỷu, khủyu", "huỳnh, huỳnh, khuỷu, khuỷu"},
	{"quý, qúy, quỹ, qũy", "quý, quý, quỹ, quỹ"},
	{"loe, hoa, uy", "loe, hoa, uy"},

	{"ÐƠN VỊ", "đơn vị"}, // U+00D0
	{"ĐƠN VỊ", "đơn vị"}, // U+0110
	{"ƉƠN VỊ", "đơn vị"}, // U+0189
	{"ðơn vị", "đơn vị"},
	{"１２ － ３", "12 - 3"},
	{"2022–2023", "2022-2023"},
	{"2022 — 2023", "2022 - 2023"},
	{"“một phần”", `"một phần"`},
	{"‘một phần’", "'một phần'"},
	{"x²", "x"}, // a reference to a note
	{"ﬁle", "ﬁle"},
	{"café", "café"},
	{"İ", "i"},
	{"I\u0307", "i"},
	{"a\u200b\u0301", "á"},
	{"\xff", "\ufffd"},
}

func TestKey(t *testing.T) {
	for _, c := range keys {
		if got := Key(c.s); got != c.want {
			t.Errorf("Key(%q) = %q, want %q", c.s, got, c.want)
		}
	}
}

func FuzzKey(f *testing.F) {
	for _, c := range keys {
		f.Add(c.s)
	}
	f.Add(strings.Repeat("Tỉ lệ ", 200))
	f.Fuzz(func(t *testing.T, s string) {
		key := Key(s)
		if again := Key(key); again != key {
			t.Errorf("Key(%q) = %q, and its own key is %q", s, key, again)
		}
		if nfd := Key(norm.NFD.String(s)); nfd != key {
			t.Errorf("Key(%q) = %q composed and %q decomposed", s, key, nfd)
		}
		if !Match(key, s) && key == s {
			t.Errorf("%q does not match itself", s)
		}
	})
}

func TestKeyOfALongText(t *testing.T) {
	long := strings.Repeat("Tổng số hồ sơ ", 100)
	for _, c := range []struct {
		other string
		same  bool
	}{
		{long, true},
		{norm.NFD.String(long), true},
		{"TỔNG" + long[len("Tổng"):], true},
		{long + "x", false},
		{strings.Replace(long, "số", "lý", 1), false},
	} {
		a, b := Key(long), Key(c.other)
		if (a == b) != c.same || len(a) > maxName || Key(a) != a {
			t.Errorf("the keys of long texts are %q and %q, want them equal: %t", a, b, c.same)
		}
	}
}

// Characters that are folded quickly are folded as all others are.
func TestQuickFold(t *testing.T) {
	for r := range rune(len(quick)) {
		s := "a" + string(r) + "o\u1ef7"
		if runes, ok := quickFold(s); ok && spaces(spell(runes)) != slowFold(s) {
			t.Errorf("%q is folded to %q, want %q", s, spaces(spell(runes)), slowFold(s))
		}
	}
}

func TestKeyOfAKeyAllocatesNothing(t *testing.T) {
	for _, s := range []string{"ma ho so", "1.1", "stt"} {
		if n := testing.AllocsPerRun(100, func() { Key(s) }); n != 0 {
			t.Errorf("Key(%q) allocates %v times", s, n)
		}
	}
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"Thống kê", "THỐNG KÊ:", true},
		{"Thống kê", "Thống kê 2023", false},
		{"Thống kê*", "Thống kê 2023", true},
		{"Thống kê*", "thống  kê", true},
		{"Thống kê*", "Bảng thống kê", false},
		{"*thống kê", "Bảng Thống kê", true},
		{"*thống kê*", "Bảng Thống kê 2023", true},
		{"UBND tỉnh *", "UBND tỉnh Quảng Nam", true},
		{"UBND tỉnh *", "UBND tỉnh", false},
		{"Phụ lục * số liệu", "Phụ lục 02 - Số liệu", true},
		{"Phụ lục*số*liệu", "Phụ lục: Số liệu", true},
		{"Phụ lục*liệu*số", "Phụ lục: Số liệu", false},
		{"ab*ba", "aba", false}, // the ends do not overlap
		{"ab*ba", "abba", true},
		{"*", "", true},
		{"*", "gì cũng được", true},
		{"**", "x", true},
		{"Tỉ lệ*", "Tỷ lệ hài lòng", true},
		{"", "", true},
		{"", "x", false},
	} {
		if got := Match(c.pattern, c.name); got != c.want {
			t.Errorf("Match(%q, %q) = %t", c.pattern, c.name, got)
		}
	}
}

func TestNearest(t *testing.T) {
	headers := []string{"Mã hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Tỷ lệ (%)", "Số liệu năm 2023"}
	for _, c := range []struct {
		name       string
		candidates []string
		want       string
	}{
		{"tite", []string{"tables", "title", "targets"}, "title"},
		{"tilte", []string{"title", "tile"}, "title"}, // a swap is one mistake, as a gap is
		{"tilte", []string{"tile", "title"}, "tile"},
		{"Ma ho so", headers, "Mã hồ sơ"},
		{"Ngày tiếp nhân", headers, "Ngày tiếp nhận"},
		{"Ngày hẹn trả kết quả", headers, "Ngày hẹn trả"},
		{"TY LE", headers, "Tỷ lệ (%)"},
		{"Số liệu", headers, "Số liệu năm 2023"},
		{"Ngày tiếp nhận", headers, "Ngày tiếp nhận"},
		{"Ghi chú", headers, ""},
		{"x", []string{"y"}, ""},
		{"", headers, ""},
		{"a", nil, ""},
	} {
		if got := Nearest(c.name, c.candidates); got != c.want {
			t.Errorf("Nearest(%q) = %q, want %q", c.name, got, c.want)
		}
	}
}

// The bounds of the search decide nothing: it finds what measuring every
// distance finds.
func TestNearestIsTheNearestOfAll(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("hồ sơ tiếp nhận trong kỳ giải quyết đúng hạn quá hạn trực tuyến tổng số tỷ lệ năm 2023 của tỉnh")
	phrase := func() string {
		var b []string
		for range 1 + random.IntN(6) {
			b = append(b, words[random.IntN(len(words))])
		}
		return strings.Join(b, " ")
	}
	for range 500 {
		candidates := make([]string, 1+random.IntN(maxDistances))
		for i := range candidates {
			candidates[i] = phrase()
		}
		name := phrase()
		got, want := Nearest(name, candidates), nearestOfAll(name, candidates)
		if got != want {
			t.Fatalf("Nearest(%q, %q) = %q, want %q", name, candidates, got, want)
		}
	}
}

func nearestOfAll(name string, candidates []string) string {
	best, least := "", 1<<20
	a := letters(Key(name))
	for _, c := range candidates {
		b := letters(Key(c))
		if d := distance(a, b, 1<<20); d <= allowed(a, b) && d < least {
			best, least = c, d
		}
	}
	for i := 0; best == "" && i < len(candidates); i++ {
		if contains(bare(a), bare(letters(Key(candidates[i])))) {
			best = candidates[i]
		}
	}
	return best
}

// A long list of long names that are like each other costs little, and what it
// costs does not grow with the list.
func TestNearestIsBounded(t *testing.T) {
	work := func(n int) int {
		names := make([]string, n)
		for i := range names {
			names[i] = strings.Repeat("tổng số hồ sơ ", 20) + strconv.Itoa(i)
		}
		c := NewCandidates(names)
		for i := range 80 {
			c.Nearest(strings.Repeat("tổng hồ số sơ ", 18) + strconv.Itoa(i))
		}
		return c.work
	}
	few, many := work(maxCandidates), work(10*maxCandidates)
	if most := 80 * maxDistances * maxCompared * maxCompared; few > most || many > few {
		t.Errorf("compares %d letters in %d names and %d in %d, want at most %d", few, maxCandidates, many, 10*maxCandidates, most)
	}
}

func BenchmarkNearest(b *testing.B) {
	names := make([]string, maxCandidates)
	for i := range names {
		names[i] = "Thủ tục cấp giấy phép xây dựng công trình số " + strconv.Itoa(i) + " trên địa bàn tỉnh"
	}
	for b.Loop() {
		c := NewCandidates(names)
		for i := range 80 {
			c.Nearest("Tổng số hồ sơ thủ tục hành chính tiếp nhận trong kỳ thứ " + strconv.Itoa(i))
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"abc", "", 6},
		{"", "abc", 6},
		{"abc", "abc", 0},
		{"abc", "acb", 2},
		{"abcd", "badc", 4},
		{"kitten", "sitting", 6},
		{"tỷ lệ", "ty le", 2},
		{"đơn", "don", 2},
	} {
		if got := distance(letters(c.a), letters(c.b), 1000); got != c.want {
			t.Errorf("distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func BenchmarkKey(b *testing.B) {
	for _, s := range []string{"ma ho so", "STT", "Tổng số hồ sơ đã giải quyết"} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Key(s)
			}
		})
	}
}
