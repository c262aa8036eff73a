package table

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var classNames = map[Class]string{
	Other: "other", Detail: "detail", Group: "group", Total: "total", Part: "part", Unnamed: "unnamed", Beyond: "beyond",
}

// twoSpec is a cross-table with a numbering, labels and two figures.
var twoSpec = Spec{
	Code: 0, Label: 1, Values: []int{2, 3}, Added: true,
	Columns: []Column{
		{ID: "code", Headers: []string{"STT"}, Optional: true},
		{ID: "label", Headers: []string{"Lĩnh vực"}},
		{ID: "received", Headers: []string{"Tiếp nhận"}},
		{ID: "done", Headers: []string{"Giải quyết"}},
	},
}

// classes prints the rows of a table's body, one a line: its number, class and
// label, and the labels above it.
func classes(t *testing.T, g *Grid, spec Spec) string {
	t.Helper()
	h, complete, ok := Locate(g, spec)
	if !ok || !complete {
		t.Fatalf("no header: complete %v, ok %v", complete, ok)
	}
	var b strings.Builder
	for _, r := range Body(g, h, spec, 0) {
		line := fmt.Sprintf("%d %s %s", r.Number, classNames[r.Class], r.Label)
		if len(r.Above) > 0 {
			line += " < " + strings.Join(r.Above, " < ")
		}
		b.WriteString(strings.TrimSpace(line) + "\n")
	}
	return b.String()
}

func TestBody(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		merges []string
		want   string
	}{
		"numbers restart in groups": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
I | Tỉnh | 30 | 20
1 | Đất | 10 | 5
2 | Nhà | 20 | 15
II | Huyện
1 | Đất | 1 | 1
 | Tổng cộng (I+II) | 31 | 21
`, want: `
2 group Tỉnh
3 detail Đất < Tỉnh
4 detail Nhà < Tỉnh
5 group Huyện
6 detail Đất < Huyện
7 total Tổng cộng (I+II)
`},
		"letters, Roman numbers, numbers": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
A | Khối | 3 | 3
I | Sở | 3 | 3
1 | Đất | 3 | 3
1.1 | Giao | 1 | 1
1.2. | Thuê | 2 | 2
B | Khác
1 | Nhà | 1 | 1
`, want: `
2 group Khối
3 group Sở < Khối
4 group Đất < Khối < Sở
5 detail Giao < Khối < Sở < Đất
6 detail Thuê < Khối < Sở < Đất
7 group Khác
8 detail Nhà < Khác
`},
		"numbers under Roman ones": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
I | Sở | 6 | 6
I.1 | Đất | 3 | 3
I.1.1 | Giao | 1 | 1
I.1.2 | Thuê | 2 | 2
I.2 | Nhà | 3 | 3
II | Huyện | 1 | 1
`, want: `
2 group Sở
3 group Đất < Sở
4 detail Giao < Sở < Đất
5 detail Thuê < Sở < Đất
6 detail Nhà < Sở
7 detail Huyện
`},
		"the numbering stands in the label": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
 | I. Sở | 3 | 3
 | 1. Đất | 1 | 1
 | a) Giao | 1 | 1
 | 2) Nhà | 2 | 2
 | II - Huyện | 4 | 4
 | 1.1 Xã | 4 | 4
 | X. An Phú | 1 | 1
 | 1.500 hộ | 1 | 1
 | P. Tân An | 1 | 1
`, want: `
2 group I. Sở
3 detail 1. Đất < I. Sở
4 part a) Giao < I. Sở < 1. Đất
5 detail 2) Nhà < I. Sở
6 group II - Huyện
7 detail 1.1 Xã < II - Huyện
8 part X. An Phú < II - Huyện < 1.1 Xã
9 part 1.500 hộ < II - Huyện < 1.1 Xã
10 part P. Tân An < II - Huyện < 1.1 Xã
`},
		"parts": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
1 | Đất | 10 | 10
 | Trong đó: trực tuyến | 4 | 4
 | - trực tiếp | 6 | 6
2 | Nhà | 5 | 5
 | Bao gồm: | |
 | + ở | 5 | 5
`, want: `
2 detail Đất
3 part Trong đó: trực tuyến < Đất
4 part - trực tiếp < Đất
5 detail Nhà
6 part Bao gồm: < Nhà
7 part + ở < Nhà
`},
		"dashes without numbers": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
 | Đất | 10 | 10
 | - trực tuyến | 4 | 4
 | – trực tiếp | 6 | 6
 | Nhà | 5 | 5
 | Khối khác
 | - Sở A | 1 | 1
 | - Sở B | 2 | 2
`, want: `
2 detail Đất
3 part - trực tuyến
4 part – trực tiếp
5 detail Nhà
6 group Khối khác
7 detail - Sở A < Khối khác
8 detail - Sở B < Khối khác
`},
		"all have dashes": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
 | - Sở A | 1 | 1
 | - Sở B | 2 | 2
`, want: `
2 detail - Sở A
3 detail - Sở B
`},
		"totals": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
 | TỔNG SỐ | 3 | 3
1 | Đất | 1 | 1
Cộng | | 1 | 1
2 | Nhà | 2 | 2
 | Tổng cộng: 2 lĩnh vực | 3 | 3
Toàn tỉnh | | 3 | 3
`, want: `
2 total TỔNG SỐ
3 detail Đất
4 total Cộng
5 detail Nhà
6 total Tổng cộng: 2 lĩnh vực
7 total Toàn tỉnh
`},
		"a total at the left of the label": {text: `
Mã | STT | Lĩnh vực | Tiếp nhận | Giải quyết
x | 1 | Đất | 1 | 1
Tổng số | | | 1 | 1
`, want: `
2 detail Đất
3 total Tổng số
`},
		"the header and the column numbers again": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
1 | 2 | 3 | 4
1 | Đất | 10 | 8
STT | LĨNH VỰC | Tiếp nhận: | Giải quyết
1 | 2 | 3 | 4
2 | Nhà | 10 | 8
`, want: `
2 other 2
3 detail Đất
4 other LĨNH VỰC
5 other 2
6 detail Nhà
`},
		"labels merged downwards": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
1 | Đất | 10 | 8
 | | 5 | 4
2 | Nhà | 10 | 8
`, merges: []string{"A2:A3", "B2:B3"}, want: `
2 detail Đất
3 detail Đất
4 detail Nhà
`},
		"figures without a label": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
1 | Đất | 10 | 8
 | | 5 | 4
2 | | 3 | 3
`, want: `
2 detail Đất
3 unnamed
4 detail
`},
		"signatures below a total": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
1 | Đất | 10 | 8
 | Tổng số | 10 | 8
 | Người lập biểu | | Thủ trưởng
 | Nguyễn Văn A | | Trần Thị B
`, want: `
2 detail Đất
3 total Tổng số
4 other Người lập biểu
5 other Nguyễn Văn A
`},
		"signatures apart": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
1 | Đất | 10 | 8

 | | | Quảng Nam, ngày 31/12/2023
 | Người lập biểu | | Thủ trưởng
`, want: `
2 detail Đất
4 other
5 other Người lập biểu
`},
		"another table": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
1 | Đất | 10 | 8
 | Tổng số | 10 | 8

Biểu 2
STT | Phòng | Nam | Nữ
1 | Phòng A | 3 | 4
 | Tổng số | 3 | 4
`, want: `
2 detail Đất
3 total Tổng số
5 group Biểu 2
6 other Phòng
7 beyond Phòng A
8 beyond Tổng số
`},
		"words that stand for no figure": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
1 | Đất | 10 | 8

2 | Nhà | đang cập nhật | đang cập nhật

 | Xe | chưa có | x
 | Tàu | - | ...
 | Cầu | 1 | 1
`, want: `
2 detail Đất
4 detail Nhà
6 part Xe < Nhà
7 part Tàu < Nhà
8 part Cầu < Nhà
`},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(strings.TrimSpace(c.want), strings.TrimSpace(classes(t, sheet(c.text, c.merges...), twoSpec))); d != "" {
				t.Error(d)
			}
		})
	}
}

// A form has figures and words; none of its rows is the end of it.
func TestBodyOfForm(t *testing.T) {
	form := twoSpec
	form.Added = false
	const text = `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
1 | Tổng số | 10 | Hoàn thành

2 | Đã ban hành | Hoàn thành | Có

 | Đã công bố | Chưa | Có
`
	want := "2 total Tổng số\n4 detail Đã ban hành\n6 part Đã công bố < Đã ban hành"
	if d := cmp.Diff(want, strings.TrimSpace(classes(t, sheet(text), form))); d != "" {
		t.Error(d)
	}
}

func TestColumnNumbers(t *testing.T) {
	spec := Spec{Label: 0, Code: -1}
	for body, want := range map[string]int{
		"1 | 2 | 3":                          2,
		"(1) | (2) | (3)":                    2,
		"[1] | [2] | [3]":                    2,
		"A | B | 1 | 2":                      2,
		"1 | 2 | 3=4+5 | 4":                  2,
		"1 | 2 | 3 = 4 + 5 | 4":              2,
		"(1) | (2) | (3) | (4)=(3)/(2)x100%": 2,
		"1 | 2 | 3 | 3a | 4":                 2,
		"1 | 2":                              2,
		"A | 1":                              2,
		"(1) | (2)":                          2,
		"1 | Sở A | 3":                       0,
		"1 | 12 | 15":                        0,
		"1 | 3 | 4":                          0,
		"A | 5":                              0,
		"A | B":                              0,
		"1 | 2 | 1":                          0,
		"":                                   0,
	} {
		g := sheet("a | b | c | d | e\n" + body)
		h := Header{Top: 1, Bottom: 1, Columns: []Found{{Col: 1}, {Col: 2}, {Col: 3}}}
		if got := numberRow(g, h, spec); got != want {
			t.Errorf("%q: %d, want %d", body, got, want)
		}
	}
}

func TestDepth(t *testing.T) {
	for code, want := range map[string]int{
		"A": 0, "B.": 0, "I": 1, "IV.": 1, "1": 2, "01": 2, "12)": 2, "1.1": 3, "1.1.": 3, "1.1.10": 4, "I.1": 2, "A.2.3": 3,
		"": without, "-": beside, "a": beside, "a)": beside, "(1)": beside, "1/2": beside,
		"1.1000000000000001": 3, // as spreadsheet programs store 1.1
	} {
		if got := depth(code); got != want {
			t.Errorf("depth(%q) = %d, want %d", code, got, want)
		}
	}
}
