package account

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var roleNames = [...]string{
	Nothing: "nothing", Detail: "detail", Heading: "heading", Subtotal: "subtotal", Total: "total", Part: "part",
	Aside: "aside", Note: "note", Unnamed: "unnamed", Beyond: "beyond",
}

var kindNames = [...]string{
	Mismatch: "mismatch", Exceeding: "exceeding", Contrary: "contrary", Unclear: "unclear", OpenParts: "open parts",
	Uncovered: "uncovered", Unsaid: "unsaid", Short: "short", AsParts: "as parts", Unchecked: "unchecked", Unnumbered: "unnumbered", Outside: "outside",
}

// parse reads rows as "code | label | figure | figure"; a "?" is a figure that
// cannot be read, and "Sở ..." is known by name.
func parse(text string) (rows []Row, columns []Column) {
	for line := range strings.SplitSeq(strings.Trim(text, "\n"), "\n") {
		cells := strings.Split(line, "|")
		label := strings.TrimRight(strings.TrimPrefix(cells[1], " "), " ")
		bare := strings.TrimLeft(label, " ")
		r := Row{Role: Heading, Code: strings.TrimSpace(cells[0]), Label: bare, Indent: len(label) - len(bare), Known: strings.HasPrefix(bare, "Sở ")}
		for _, c := range cells[2:] {
			f := Figure{}
			switch c = strings.TrimSpace(c); c {
			case "":
			case "?":
				f.State = Unreadable
			default:
				n, err := strconv.ParseInt(c, 10, 64)
				if err != nil {
					panic(err)
				}
				f = Figure{State: Known, N: n}
			}
			if f.State != Blank {
				r.Role = Detail
			}
			r.Figures = append(r.Figures, f)
		}
		rows = append(rows, r)
	}
	width := 0
	for i := range rows {
		width = max(width, len(rows[i].Figures))
	}
	for i := range rows {
		rows[i].Figures = append(rows[i].Figures, make([]Figure, width-len(rows[i].Figures))...)
	}
	return rows, make([]Column, width)
}

// show prints an account: each row's role and label with those that head it,
// what is given for each column, and the doubts.
func show(a *Account, rows []Row, columns []Column) string {
	var b strings.Builder
	for i, e := range a.Entries {
		fmt.Fprintf(&b, "%s %s", roleNames[e.Role], rows[i].Label)
		above := a.Above(i)
		for k := len(above) - 1; k >= 0; k-- {
			fmt.Fprintf(&b, " < %s", rows[above[k]].Label)
		}
		b.WriteString("\n")
	}
	for c := range columns {
		b.WriteString(given(a, rows, c) + "\n")
	}
	for _, d := range a.Doubts {
		fmt.Fprintf(&b, "%s: %s", kindNames[d.Kind], rows[d.Row].Label)
		if d.Column >= 0 {
			fmt.Fprintf(&b, " [%d]", d.Column)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// given is the figure that is given for a column.
func given(a *Account, rows []Row, column int) string {
	if _, ok := a.Undecided(column); ok {
		return "= undecided"
	}
	if a.Total >= 0 {
		if f := rows[a.Total].Figures[column]; f.State == Known {
			return fmt.Sprintf("= %d stated", f.N)
		}
		return "= blank"
	}
	sum := int64(0)
	for _, i := range a.Addends(column) {
		sum += rows[i].Figures[column].N
	}
	return fmt.Sprintf("= %d", sum)
}

func TestAccount(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"numbers restart in groups": {text: `
I | Tỉnh | 30 | 20
1 | Đất | 10 | 5
2 | Nhà | 20 | 15
II | Huyện
1 | Đất | 1 | 1
 | Tổng cộng (I+II) | 31 | 21
`, want: `
subtotal Tỉnh
detail Đất < Tỉnh
detail Nhà < Tỉnh
heading Huyện
detail Đất < Huyện
total Tổng cộng (I+II)
= 31 stated
= 21 stated
`},
		"letters, Roman numerals, numbers, small letters": {text: `
A | Khối | 3 | 3
I | Sở | 3 | 3
1 | Đất | 3 | 3
a) | Giao | 1 | 1
b) | Thuê | 2 | 2
B | Khác
1 | Nhà | 1 | 1
`, want: `
subtotal Khối
subtotal Sở < Khối
subtotal Đất < Sở < Khối
detail Giao < Đất < Sở < Khối
detail Thuê < Đất < Sở < Khối
heading Khác
detail Nhà < Khác
= 4
= 4
`},
		"the numbering stands in the label": {text: `
 | I. Sở | 3 | 3
 | 1. Đất | 1 | 1
 | a) Giao | 1 | 1
 | 2) Nhà | 2 | 2
 | II - Huyện | 4 | 4
 | 1.1 Xã | 4 | 4
`, want: `
subtotal I. Sở
subtotal 1. Đất < I. Sở
detail a) Giao < 1. Đất < I. Sở
detail 2) Nhà < I. Sở
subtotal II - Huyện
detail 1.1 Xã < II - Huyện
= 7
= 7
`},
		"I is a letter behind H": {text: `
G | Bảy | 1
H | Tám | 2
I | Chín | 4
K | Mười | 8
`, want: `
detail Bảy
detail Tám
detail Chín
detail Mười
= 15
`},
		"parts": {text: `
1 | Đất | 10 | 10
 | Trong đó: trực tuyến | 4 | 4
 | - trực tiếp | 6 | 6
2 | Nhà | 5 | 5
 | Bao gồm: | |
 | + ở | 3 | 3
`, want: `
detail Đất
part Trong đó: trực tuyến < Đất
part - trực tiếp < Đất
detail Nhà
part Bao gồm: < Nhà
part + ở < Bao gồm: < Nhà
= 15
= 15
`},
		"parts of rows without numbers, as many as add up": {text: `
 | Xây dựng | 100 | 90
 | Trong đó:
 | Vốn trung ương | 60 | 50
 | Vốn địa phương | 40 | 40
 | Y tế | 200 | 150
 | Trong đó:
 | Vốn trung ương | 100 | 50
 | Vốn địa phương | 100 | 100
`, want: `
detail Xây dựng
heading Trong đó: < Xây dựng
part Vốn trung ương < Xây dựng
part Vốn địa phương < Xây dựng
detail Y tế
heading Trong đó: < Y tế
part Vốn trung ương < Y tế
part Vốn địa phương < Y tế
= 300
= 240
`},
		"it cannot be told where parts end": {text: `
 | Xây dựng | 100
 | Trong đó:
 | Vốn trung ương | 60
 | Y tế | 200
`, want: `
detail Xây dựng
heading Trong đó: < Xây dựng
detail Vốn trung ương
detail Y tế
= undecided
open parts: Trong đó:
`},
		"parts that are more than the whole": {text: `
1 | Đất | 10
 | - trực tuyến | 4
 | - trực tiếp | 7
`, want: `
detail Đất
part - trực tuyến < Đất
part - trực tiếp < Đất
= undecided
exceeding: Đất [0]
`},
		"dashes below a heading are details": {text: `
 | Đất | 10 | 10
 | - trực tuyến | 4 | 4
 | Khối khác
 | - Sở A | 1 | 1
 | - Sở B | 2 | 2
`, want: `
detail Đất
part - trực tuyến < Đất
heading Khối khác
detail - Sở A < Khối khác
detail - Sở B < Khối khác
= 13
= 13
`},
		"a heading without a number, with its subtotal": {text: `
 | Cấp tỉnh | 300 | 240
1 | Dự án A | 100 | 90
2 | Dự án B | 200 | 150
 | Cấp huyện | 700 | 690
1 | Dự án C | 300 | 300
2 | Dự án D | 400 | 390
`, want: `
subtotal Cấp tỉnh
detail Dự án A < Cấp tỉnh
detail Dự án B < Cấp tỉnh
subtotal Cấp huyện
detail Dự án C < Cấp huyện
detail Dự án D < Cấp huyện
= 1000
= 930
`},
		"a heading told by the indent of its rows": {text: `
 | Chương trình I | 1500 | 1440
 |   Đường A | 1000 | 960
 |   Cầu B | 500 | 480
`, want: `
subtotal Chương trình I
detail Đường A < Chương trình I
detail Cầu B < Chương trình I
= 1500
= 1440
`},
		"headings that only the figures tell, below a total": {text: `
 | Cấp tỉnh | 300 | 240
 | Dự án A | 100 | 90
 | Dự án B | 200 | 150
 | Cấp huyện | 700 | 690
 | Dự án C | 300 | 300
 | Dự án D | 400 | 390
 | Tổng cộng | 1000 | 930
`, want: `
subtotal Cấp tỉnh
detail Dự án A < Cấp tỉnh
detail Dự án B < Cấp tỉnh
subtotal Cấp huyện
detail Dự án C < Cấp huyện
detail Dự án D < Cấp huyện
total Tổng cộng
= 1000 stated
= 930 stated
unsaid: Cấp tỉnh
unsaid: Cấp huyện
`},
		"a total that its words do not tell": {text: `
 | Đường A | 1013 | 962
 | Cầu B | 507 | 481
 | Trường C | 311 | 299
 | Ngân sách | 1831 | 1742
`, want: `
detail Đường A < Ngân sách
detail Cầu B < Ngân sách
detail Trường C < Ngân sách
total Ngân sách
= 1831 stated
= 1742 stated
unsaid: Ngân sách
`},
		"a row that may be a total": {text: `
 | A | 1
 | B | 2
 | C | 3
`, want: `
detail A
detail B
detail C
= undecided
unclear: C
`},
		"a numbered row is a detail where figures agree by chance": {text: `
1 | A | 1
2 | B | 2
3 | C | 3
`, want: `
detail A
detail B
detail C
= 6
`},
		"a numbered row whose figures agree by no chance": {text: `
1 | A | 1013 | 962
2 | B | 507 | 481
3 | C | 1520 | 1443
`, want: `
detail A
detail B
detail C
= undecided
= undecided
contrary: C
`},
		"an agency whose figures agree by chance": {text: `
 | Sở A | 1
 | Sở B | 2
 | Sở C | 3
`, want: `
detail Sở A
detail Sở B
detail Sở C
= 6
`},
		"a total in other words": {text: `
 | Đường A | 100 | 90
 | Cầu B | 200 | 150
 | Tổng hợp | 300 | 240
`, want: `
detail Đường A
detail Cầu B
total Tổng hợp
= 300 stated
= 240 stated
`},
		"words like those of a total that are a name": {text: `
1 | Tổng công ty Điện lực | 100
2 | Cộng đồng người Hoa | 20
3 | Toàn Thắng | 5
`, want: `
detail Tổng công ty Điện lực
detail Cộng đồng người Hoa
detail Toàn Thắng
= 125
`},
		"a numbered total": {text: `
1 | Đường A | 1000 | 960
2 | Cầu B | 500 | 480
3 | Tổng các dự án | 1500 | 1440
`, want: `
detail Đường A
detail Cầu B
total Tổng các dự án
= 1500 stated
= 1440 stated
`},
		"a total and what divides it": {text: `
 | 1. Tổng số | 10
 | 2. Chia theo trình độ | 10
 | a. Đại học | 7
 | b. Khác | 3
 | 3. Chia theo giới tính | 10
 | a. Nam | 6
 | b. Nữ | 4
`, want: `
total 1. Tổng số
part 2. Chia theo trình độ < 1. Tổng số
part a. Đại học < 2. Chia theo trình độ < 1. Tổng số
part b. Khác < 2. Chia theo trình độ < 1. Tổng số
part 3. Chia theo giới tính < 1. Tổng số
part a. Nam < 3. Chia theo giới tính < 1. Tổng số
part b. Nữ < 3. Chia theo giới tính < 1. Tổng số
= 10 stated
`},
		"a total that is none": {text: `
1 | A | 10 | 5
2 | B | 20 | 6
 | Tổng số | 31 | 11
`, want: `
detail A
detail B
total Tổng số
= undecided
= 11 stated
mismatch: Tổng số [0]
`},
		"a mean below the total": {text: `
1 | A | 1000
2 | B | 500
 | Tổng cộng | 1500
 | Bình quân | 750
`, want: `
detail A
detail B
total Tổng cộng
aside Bình quân
= 1500 stated
`},
		"a mean without a total": {text: `
 | A | 1000
 | B | 500
 | Trung bình | 750
`, want: `
detail A
detail B
aside Trung bình
= 1500
`},
		"a grade is no mean": {text: `
1 | Khá | 1000
2 | Trung bình | 900
3 | Kém | 20
`, want: `
detail Khá
detail Trung bình
detail Kém
= 1920
`},
		"last year below the total": {text: `
1 | A | 1000
2 | B | 500
 | Tổng cộng | 1500
 | Năm trước | 1400
`, want: `
detail A
detail B
total Tổng cộng
aside Năm trước
= 1500 stated
`},
		"a row below the total": {text: `
1 | A | 1000
2 | B | 500
 | Tổng cộng | 1500
 | Dự phòng | 70
`, want: `
detail A
detail B
total Tổng cộng
aside Dự phòng
= 1500 stated
outside: Dự phòng
`},
		"two totals that differ": {text: `
 | Toàn huyện | 1500 | 1400
1 | A | 1000 | 960
2 | B | 500 | 100
 | Tổng cộng | 1500 | 1060
`, want: `
subtotal Toàn huyện
detail A
detail B
total Tổng cộng
= 1500 stated
= 1060 stated
mismatch: Toàn huyện [1]
`},
		"a row without a number": {text: `
1 | A | 1000
2 | B | 500
 | Trường học C | 300
`, want: `
detail A
detail B
detail Trường học C
= 1800
unnumbered: Trường học C
`},
		"rows without numbers that add up to the one above": {text: `
1 | Đất | 10
 | Giao | 4
 | Thuê | 6
2 | Nhà | 5
`, want: `
detail Đất
part Giao < Đất
part Thuê < Đất
detail Nhà
= 15
`},
		"notes": {text: `
1 | A | 100
2 | B | 200
 | Ghi chú: số liệu đến 31/01
* | B giảm | 20
 | C | 7
`, want: `
detail A
detail B
note Ghi chú: số liệu đến 31/01
note B giảm
note C
= 300
outside: C
`},
		"a subtotal that is none": {text: `
I | Tỉnh | 31
1 | A | 10
2 | B | 20
`, want: `
subtotal Tỉnh
detail A < Tỉnh
detail B < Tỉnh
= undecided
mismatch: Tỉnh [0]
`},
		"numbered rows that the total takes as parts": {text: `
1 | A | 31
1.1 | A1 | 10
1.2 | A2 | 20
2 | B | 5
 | Tổng cộng | 36
`, want: `
detail A
part A1 < A
part A2 < A
detail B
total Tổng cộng
= 36 stated
as parts: A
`},
		"a blank is no figure": {text: `
1 | A | 10 | 5
2 | B | 20 |
`, want: `
detail A
detail B
= 30
= 5
`},
		"only the heading has a figure in a column": {text: `
I | Tỉnh | 30 | 7
1 | A | 10
2 | B | 20
`, want: `
subtotal Tỉnh
detail A < Tỉnh
detail B < Tỉnh
= 30
= 7
`},
		"totals of groups": {text: `
1 | A | 10
 | Cộng | 10
1 | B | 20
2 | C | 3
 | Cộng | 23
 | Tổng cộng | 33
`, want: `
detail A
subtotal Cộng
detail B
detail C
subtotal Cộng
total Tổng cộng
= 33 stated
`},
		"sections with Arabic numerals head numbers": {text: `
Mục 1 | Tỉnh | 300
1 | A | 100
2 | B | 200
Mục 2 | Huyện | 700
1 | C | 300
2 | D | 400
`, want: `
subtotal Tỉnh
detail A < Tỉnh
detail B < Tỉnh
subtotal Huyện
detail C < Huyện
detail D < Huyện
= 1000
`},
		"Roman numerals in brackets head numbers": {text: `
(I) | Tỉnh | 300
1 | A | 100
2 | B | 200
(II) | Huyện | 700
1 | C | 300
2 | D | 400
`, want: `
subtotal Tỉnh
detail A < Tỉnh
detail B < Tỉnh
subtotal Huyện
detail C < Huyện
detail D < Huyện
= 1000
`},
		"small letters head numbers": {text: `
a | Tỉnh | 300
1 | A | 100
2 | B | 200
b | Huyện | 700
1 | C | 300
2 | D | 400
`, want: `
subtotal Tỉnh
detail A < Tỉnh
detail B < Tỉnh
subtotal Huyện
detail C < Huyện
detail D < Huyện
= 1000
`},
		"codes that order nothing head numbers": {text: `
Phần thứ nhất | Tỉnh | 300
1 | A | 100
2 | B | 200
Phần thứ hai | Huyện | 700
1 | C | 300
2 | D | 400
`, want: `
subtotal Tỉnh
detail A < Tỉnh
detail B < Tỉnh
subtotal Huyện
detail C < Huyện
detail D < Huyện
= 1000
`},
		"a numbered trong đó": {text: `
1 | A | 100
2 | Trong đó: vốn vay | 60
3 | B | 200
`, want: `
detail A
detail Trong đó: vốn vay
detail B
= undecided
open parts: Trong đó: vốn vay
`},
		"a numbered trong đó that the total leaves out": {text: `
1 | A | 100
2 | Trong đó: vốn vay | 60
3 | B | 200
 | Tổng cộng | 300
`, want: `
detail A
part Trong đó: vốn vay
detail B
total Tổng cộng
= 300 stated
`},
		"trong đó below the total": {text: `
1 | A | 100
2 | B | 200
 | Tổng cộng | 300
 | Trong đó:
 | Vốn tỉnh | 180
 | Vốn huyện | 120
`, want: `
detail A
detail B
total Tổng cộng
part Trong đó: < Tổng cộng
part Vốn tỉnh < Trong đó: < Tổng cộng
part Vốn huyện < Trong đó: < Tổng cộng
= 300 stated
`},
		"a formula of numbers as a total": {text: `
I | A | 100
II | B | 200
 | I + II | 300
`, want: `
detail A
detail B
total I + II
= 300 stated
`},
		"a mean in other words": {text: `
1 | A | 100
2 | B | 200
 | Trung bình mỗi dự án | 150
`, want: `
detail A
detail B
aside Trung bình mỗi dự án
= 300
`},
		"a word like a mean that is a place": {text: `
 | Trung Bình xã | 170
 | A | 100
 | B | 200
`, want: `
detail Trung Bình xã
detail A
detail B
= 470
`},
		"groups that their own names close": {text: `
I | Đường
1 | A | 137
2 | B | 211
 | Đường | 348
II | Cầu
1 | C | 317
2 | D | 403
 | Cầu | 720
`, want: `
heading Đường
detail A < Đường
detail B < Đường
subtotal Đường
heading Cầu
detail C < Cầu
detail D < Cầu
subtotal Cầu
= 1068
`},
		"a group that a row closes without words": {text: `
I | Đường
1 | A | 1370 | 931
2 | B | 2110 | 1511
 | Loại một | 3480 | 2442
II | Cầu
1 | C | 3171 | 3011
2 | D | 4030 | 3910
`, want: `
heading Đường
detail A < Loại một < Đường
detail B < Loại một < Đường
subtotal Loại một < Đường
heading Cầu
detail C < Cầu
detail D < Cầu
= 10681
= 9363
unsaid: Loại một
`},
		"another year below the total": {text: `
1 | A | 100
2 | B | 200
 | Tổng cộng | 300
 | Thực hiện năm 2022 | 280
`, want: `
detail A
detail B
total Tổng cộng
aside Thực hiện năm 2022
= 300 stated
`},
		"parts in brackets": {text: `
1 | A | 100
 | (trong đó vốn vay) | 60
2 | B | 200
`, want: `
detail A
part (trong đó vốn vay) < A
detail B
= 300
`},
		"an abbreviation that is a name": {text: `
 | TC | 100
 | XD | 250
`, want: `
detail TC
detail XD
= 350
`},
		"a part with an Arabic numeral heads Roman ones": {text: `
Phần 1 | Vốn tỉnh | 30
I | Đường | 30
1 | A | 10
2 | B | 20
Phần 2 | Vốn huyện | 7
I | Cầu | 7
1 | C | 3
2 | D | 4
`, want: `
subtotal Vốn tỉnh
subtotal Đường < Vốn tỉnh
detail A < Đường < Vốn tỉnh
detail B < Đường < Vốn tỉnh
subtotal Vốn huyện
subtotal Cầu < Vốn huyện
detail C < Cầu < Vốn huyện
detail D < Cầu < Vốn huyện
= 37
`},
		"what cannot be read decides nothing": {text: `
1 | A | 10
2 | B | ?
 | Tổng cộng | 33
`, want: `
detail A
detail B
total Tổng cộng
= 33 stated
`},
	} {
		t.Run(name, func(t *testing.T) {
			rows, columns := parse(c.text)
			got := show(Take(rows, columns, Options{Added: true}), rows, columns)
			if d := cmp.Diff(strings.TrimSpace(c.want), strings.TrimSpace(got)); d != "" {
				t.Errorf("%s\n%s", d, got)
			}
		})
	}
}

// The details of a total that its figures alone tell are still there for those
// who ask for some of them.
func TestAddendsOfUnsaidTotal(t *testing.T) {
	rows, columns := parse("1 | A | 1370 | 931\n2 | B | 2110 | 1511\n3 | C | 317 | 301\n | Quảng Nam | 3797 | 2743")
	a := Take(rows, columns, Options{Added: true})
	if d := cmp.Diff([]int{0, 1, 2}, a.Addends(1)); a.Total != 3 || d != "" {
		t.Errorf("total %d, addends %s", a.Total, d)
	}
}

func TestIsTotal(t *testing.T) {
	for text, want := range map[string]bool{
		"Tổng số": true, "TỔNG CỘNG:": true, "Tổng cộng (I+II)": true, "Cộng": true, "Toàn tỉnh": true, "Tổng cộng: 25 hồ sơ": true, "Tổng số 2.000": true, "Toàn khối": true,
		"Tổng số hồ sơ đã giải quyết": false, "": false, "Cộng đồng": false, "Tổng số: hồ sơ": false, "25": false, "(1)": false,
	} {
		if got := IsTotal(text, []string{"Toàn khối"}); got != want {
			t.Errorf("IsTotal(%q) = %v", text, got)
		}
	}
}
