package sheets

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/lang"
)

func TestSheetNames(t *testing.T) {
	taken := names{}
	var got []string
	for _, title := range []string{
		"Cải cách thể chế", "CẢI CÁCH THỂ CHẾ", "Xây dựng và phát triển Chính quyền điện tử", "Xây dựng và phát triển Chính quyền số",
		"a/b\\c:d?e*f[g]h", "'quoted'", "History", "", "\x00\x01", "một hai ba bốn năm sáu bảy tám 😀😀",
	} {
		name := taken.make(title)
		if n := len(utf16.Encode([]rune(name))); n > 31 {
			t.Errorf("%q has %d units", name, n)
		}
		got = append(got, name)
	}
	want := []string{
		"Cải cách thể chế", "CẢI CÁCH THỂ CHẾ (2)", "Xây dựng và phát triển Chính…", "Xây dựng và…Chính quyền số",
		"a-b-c-d-e-f-g-h", "’quoted’", "History-", "-", "- (2)", "một hai ba bốn năm sáu bảy…",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"Sở Nội vụ":              "Sở Nội vụ",
		" a\tb\r\nc \n":          "a b \nc",
		"a\x00b\x1b[31mc\x7f":    "ab[31mc",
		"a\u202eb\u2066c\ufeffd": "abcd",
		"a\xffb":                 "a\uFFFDb",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
	long := Clean(strings.Repeat("😀 chữ ", 10000))
	if n := len(utf16.Encode([]rune(long))); n > maxText || n < maxText-10 {
		t.Errorf("a long text is cut to %d units", n)
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"", "=1+1", "a\x00\x1b", "\xff\xfe", "\u202e", strings.Repeat("ă", 20)} {
		f.Add(s, 10)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		limit = min(max(limit, 2), 300)
		got := Cut(Clean(s), limit)
		if n := len(utf16.Encode([]rune(got))); n > limit {
			t.Errorf("cut to %d, has %d", limit, n)
		}
		if again := Clean(got); again != got {
			t.Errorf("Clean(%q) = %q", got, again)
		}
	})
}

// FuzzLegal holds that whatever a plan calls a table, a sheet can be called by
// it: at most 31 UTF-16 units, none of the characters that are refused.
func FuzzLegal(f *testing.F) {
	for _, s := range []string{"", "Phụ lục thống kê", "Biểu II.06a/VPCP/KSTT: tình hình, kết quả", "'a'", "history", "[1]*?\\", "\x00\x1f", "𝔸𝔹ℂ" + strings.Repeat("𝔻", 40), "a\nb: c", "\xff\xfe"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		name := Legal(s)
		if name == "" || len(utf16.Encode([]rune(name))) > maxName || strings.ContainsAny(name, ":\\/?*[]'\n\x00") || strings.EqualFold(name, "history") {
			t.Errorf("%q gives %q", s, name)
		}
		if err := excelize.NewFile().SetSheetName("Sheet1", name); err != nil {
			t.Errorf("%q gives %q: %v", s, name, err)
		}
		b := New(lang.VI, Theme{})
		for range 12 {
			if again := b.Name(s); len(utf16.Encode([]rune(again))) > maxName {
				t.Errorf("%q gives %q", s, again)
			}
		}
		if len(b.names) != 12 {
			t.Errorf("%q: 12 sheets have %d names", s, len(b.names))
		}
	})
}
