package plan

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUnknownKeys(t *testing.T) {
	for _, tt := range []struct{ name, from, to, want string }{
		{"a comma within braces", "{vi: Đơn thư, en: Letters}", "{vi: Đơn, thư, en: Letters}",
			`p.yaml:8:30: the text has no key "thư": within braces a comma ends a text: put the whole text in quotes [plan-key]
    đoạn chữ không có khóa "thư": trong ngoặc nhọn, dấu phẩy kết thúc đoạn chữ: hãy đặt cả đoạn trong dấu ngoặc kép "..."
`},
		{"a decimal comma", "quote: kịp thời", "quote: 0,5 điểm",
			`p.yaml:25:36: the source has no key "5 điểm": within braces a comma ends a text: put the whole text in quotes [plan-key]
    căn cứ không có khóa "5 điểm": trong ngoặc nhọn, dấu phẩy kết thúc đoạn chữ: hãy đặt cả đoạn trong dấu ngoặc kép "..."
`},
		{"behind a quoted text", "quote: kịp thời", `quote: "0", xyz`,
			`p.yaml:25:39: the source has no key "xyz": want "clause" or "quote" [plan-key]
    căn cứ không có khóa "xyz": cần "clause" hoặc "quote"
`},
		{"a name among others that could not be read", "  all: {title", "  All: {title",
			`p.yaml:19:3: "All" is no id: want small letters a-z, digits and single - between them, such as "all" [plan-value]
    "All" không phải mã hợp lệ: chỉ dùng chữ thường a-z không dấu, chữ số và dấu - ở giữa, ví dụ "all"
p.yaml:27:32: there is no fact "all": want "some" [plan-name]
    không có số liệu "all": cần "some"
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.NewReplacer(tt.from, tt.to, "MEASURE", "{share: some, of: all}", "GOAL", "{at_least: 80%}").Replace(
				strings.Replace(ruled, "QUOTE", "kịp thời", 1))
			_, list := Parse("p.yaml", []byte(text))
			if diff := cmp.Diff(tt.want, inBoth(list)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
