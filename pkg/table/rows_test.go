package table

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/account"
)

var roleNames = map[account.Role]string{
	account.Nothing: "other", account.Detail: "figures", account.Heading: "words", account.Unnamed: "unnamed", account.Beyond: "beyond",
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

// roles prints the rows of a table's body, one a line: its number, what it
// holds, and its numbering and label.
func roles(t *testing.T, g *Grid, spec Spec) string {
	t.Helper()
	h, complete, ok := Locate(g, spec)
	if !ok || !complete {
		t.Fatalf("no header: complete %v, ok %v", complete, ok)
	}
	var b strings.Builder
	rows, next := Body(g, h, spec, 0)
	for _, r := range rows {
		line := fmt.Sprintf("%d %s %s %s", r.Number, roleNames[r.Role], r.Code, r.Label)
		if r.Owned {
			line += " (owned)"
		}
		b.WriteString(strings.Join(strings.Fields(line), " ") + "\n")
	}
	if next > 0 {
		fmt.Fprintf(&b, "%d another block\n", next)
	}
	return b.String()
}

func TestBody(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		merges []string
		want   string
	}{
		"words and figures": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
I | Tỉnh
1 | Đất | 10 | 5
 | Tổng cộng (I+II) | 31 | 21
`, want: `
2 words I Tỉnh
3 figures 1 Đất
4 figures Tổng cộng (I+II)
`},
		"a total in the column of numbers": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
1 | Đất | 1 | 1
Toàn tỉnh | | 1 | 1
`, want: `
2 figures 1 Đất
3 figures Toàn tỉnh
`},
		"a total at the left of the label": {text: `
Mã | STT | Lĩnh vực | Tiếp nhận | Giải quyết
x | 1 | Đất | 1 | 1
Tổng số | | | 1 | 1
`, want: `
2 figures 1 Đất
3 figures Tổng số
`},
		"the header and the column numbers again": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
1 | 2 | 3 | 4
1 | Đất | 10 | 8
STT | LĨNH VỰC | Tiếp nhận: | Giải quyết
1 | 2 | 3 | 4
2 | Nhà | 10 | 8
`, want: `
2 other 1 2
3 figures 1 Đất
4 other STT LĨNH VỰC
5 other 1 2
6 figures 2 Nhà
`},
		"the header again over numbers that begin anew": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
1 | Đất | 10 | 8
2 | Nhà | 10 | 8

STT | Lĩnh vực | Tiếp nhận | Giải quyết
1 | Đất | 1 | 1
`, want: `
2 figures 1 Đất
3 figures 2 Nhà
5 another block
`},
		"the header again below a title, without numbers": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
 | Đất | 10 | 8

 | Chuyển sang
STT | Lĩnh vực | Tiếp nhận | Giải quyết
 | Nhà | 1 | 1
`, want: `
2 figures Đất
4 words Chuyển sang
5 another block
`},
		"the header again over groups whose numbers begin anew": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
I | Tỉnh
1 | Đất | 10 | 8
STT | Lĩnh vực | Tiếp nhận | Giải quyết
II | Huyện
1 | Đất | 1 | 1
`, want: `
2 words I Tỉnh
3 figures 1 Đất
4 other STT Lĩnh vực
5 words II Huyện
6 figures 1 Đất
`},
		"labels merged downwards": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
1 | Đất | 10 | 8
 | | 5 | 4
2 | Nhà | 10 | 8
`, merges: []string{"A2:A3", "B2:B3"}, want: `
2 figures 1 Đất
3 figures 1 Đất
4 figures 2 Nhà
`},
		"an owner who is written once": {text: `
STT | Chủ | Lĩnh vực | Tiếp nhận | Giải quyết
1 | Ban A | Đất | 10 | 8
 | | Nhà | 5 | 4
2 | Ban B | Xe | 10 | 8
`, want: `
2 figures 1 Đất
3 figures Nhà (owned)
4 figures 2 Xe
`},
		"figures without a label": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
1 | Đất | 10 | 8
 | | 5 | 4
2 | | 3 | 3
`, want: `
2 figures 1 Đất
3 unnamed
4 figures 2
`},
		"signatures below a total": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
1 | Đất | 10 | 8
 | Tổng số | 10 | 8
 | Người lập biểu | | Thủ trưởng
 | Nguyễn Văn A | | Trần Thị B
`, want: `
2 figures 1 Đất
3 figures Tổng số
4 other Người lập biểu
5 other Nguyễn Văn A
`},
		"signatures apart": {text: `
STT | Lĩnh vực | Tiếp nhận | Giải quyết
1 | Đất | 10 | 8

 | | | Quảng Nam, ngày 31/12/2023
 | Người lập biểu | | Thủ trưởng
`, want: `
2 figures 1 Đất
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
2 figures 1 Đất
3 figures Tổng số
5 words Biểu 2
6 other STT Phòng
7 beyond 1 Phòng A
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
2 figures 1 Đất
4 figures 2 Nhà
6 figures Xe
7 figures Tàu
8 figures Cầu
`},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(strings.TrimSpace(c.want), strings.TrimSpace(roles(t, sheet(c.text, c.merges...), twoSpec))); d != "" {
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
	want := "2 figures 1 Tổng số\n4 figures 2 Đã ban hành\n6 figures Đã công bố"
	if d := cmp.Diff(want, strings.TrimSpace(roles(t, sheet(text), form))); d != "" {
		t.Error(d)
	}
}

func TestColumnNumbers(t *testing.T) {
	spec := Spec{Label: 0, Code: -1}
	for body, want := range map[string]int{
		"1 | 2 | 3":                             2,
		"(1) | (2) | (3)":                       2,
		"[1] | [2] | [3]":                       2,
		"A | B | 1 | 2":                         2,
		"1 | 2 | 3=4+5 | 4":                     2,
		"1 | 2 | 3 = 4 + 5 | 4":                 2,
		"(1) | (2) | (3) | (4)=(3)/(2)x100%":    2,
		"1 | 2 | 3 | 3a | 4":                    2,
		"1 | 2":                                 2,
		"A | 1":                                 2,
		"(1) | (2)":                             2,
		"1 | Sở A | 3":                          0,
		"1 | 12 | 15":                           0,
		"1 | 3 | 4":                             0,
		"A | 5":                                 0,
		"A | B":                                 0,
		"1 | 2 | 1":                             0,
		"(1) | (2) |  | (4) | (5)":              2,
		"'(1) | '(2) | '(3) | '(3) = '(1)/'(2)": 0,
		"'(1) | '(2) | '(3) | '(4) = '(1)/'(2)": 2,
		"I | II | III | IV | V":                 2,
		"1 | 2 | 3 | 4(=2*100/3)":               2,
		"(1) | (2) | _ | (3)":                   2,
		"Cột 1 | Cột 2 | Cột 3":                 2,
		"\n1 | 2 | 3":                           3,
		"\n | Triệu đồng | Triệu đồng\n1 | 2 | 3": 4,
		"(1) | (3) | (5)": 2,
		"1 | 5 | 9":       0,
		"1. | 2. | 3.":    2,
		"{1} | {2} | {3}": 2,
		"<1> | <2> | <3>": 2,
		"- | (1) | (2)":   2,
		"a | b | c | d":   2,
		"- | 1 | - | 7":   0,
		"":                0,
	} {
		g := sheet("a | b | c | d | e\n" + body)
		h := Header{Top: 1, Bottom: 1, Columns: []Found{{Col: 1}, {Col: 2}, {Col: 3}}}
		if got := NumberRow(g, h, spec); got != want {
			t.Errorf("%q: %d, want %d", body, got, want)
		}
	}
}
