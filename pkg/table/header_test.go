package table

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// found prints where a header stands and its columns: "3:4 A=STT C=Số liệu".
func found(h Header, complete, ok bool) string {
	if !ok {
		return "none"
	}
	out := fmt.Sprintf("%d:%d", h.Top, h.Bottom)
	if h.Numbers > 0 {
		out += fmt.Sprintf(" numbers %d", h.Numbers)
	}
	for _, f := range h.Columns {
		switch {
		case f.Col == 0:
			out += " -"
			continue
		default:
			out += fmt.Sprintf(" %c=%s", 'A'+f.Col-1, f.Path)
		}
		if f.Span > 0 {
			out += fmt.Sprintf("+%d", f.Span)
		}
		for _, o := range f.Also {
			out += fmt.Sprintf("|%c", 'A'+o-1)
		}
	}
	if !complete {
		out += " partial"
	}
	return out
}

var formSpec = Spec{
	Code: 0, Label: 1, Values: []int{2},
	Columns: []Column{
		{ID: "code", Headers: []string{"STT", "TT"}, Optional: true},
		{ID: "label", Headers: []string{"Chỉ tiêu thống kê", "Chỉ tiêu", "Nội dung*"}},
		{ID: "value", Headers: []string{"Số liệu", "Số liệu năm 2023"}},
		{ID: "note", Headers: []string{"Ghi chú"}, Optional: true},
	},
}

func TestLocate(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		merges []string
		want   string
	}{
		"words below blanks":           {"STT | Chỉ tiêu | Số liệu | \n | | Kế hoạch | Thực hiện\n1 | A | 5 | 6", nil, "1:2 A=STT B=Chỉ tiêu C=Số liệu+1 -"},
		"two rows below blanks":        {"STT | Chỉ tiêu | Số liệu | | \n | | Năm 2022 | Năm 2023 | \n | | | Vốn tỉnh | Vốn huyện\n1 | A | 5 | 6 | 7", nil, "1:3 A=STT B=Chỉ tiêu C=Số liệu+2 -"},
		"years below blanks":           {"STT | Chỉ tiêu | Số liệu | \n | | 2022 | 2023\n1 | A | 5 | 6", nil, "1:2 A=STT B=Chỉ tiêu C=Số liệu+1 -"},
		"months below a merge":         {"STT | Chỉ tiêu | Số liệu | \n | | 6 tháng | 9 tháng\n1 | A | 5 | 6", []string{"C1:D1"}, "1:2 A=STT B=Chỉ tiêu C=Số liệu+1 -"},
		"a figure below a blank":       {"STT | Chỉ tiêu | Số liệu | \n | | 5 | 6\n1 | A | 5 | 6", nil, "1:1 A=STT B=Chỉ tiêu C=Số liệu -"},
		"words beside a label":         {"STT | Chỉ tiêu | Số liệu | \n | A | chưa có | đang làm\n1 | A | 5 | 6", nil, "1:1 A=STT B=Chỉ tiêu C=Số liệu -"},
		"plain":                        {"STT | Chỉ tiêu | Số liệu | Ghi chú\n1 | A | 5", nil, "1:1 A=STT B=Chỉ tiêu C=Số liệu D=Ghi chú"},
		"titles above":                 {"CỘNG HÒA\n\nPHỤ LỤC\nSTT | Chỉ tiêu | Số liệu\n1 | A | 5", nil, "4:4 A=STT B=Chỉ tiêu C=Số liệu -"},
		"columns swapped":              {"Số liệu | Ghi chú | Chỉ tiêu\n5 | x | A", nil, "1:1 - C=Chỉ tiêu A=Số liệu B=Ghi chú"},
		"another alias":                {"TT | Nội dung báo cáo | Số liệu năm 2023\n1 | A | 5", nil, "1:1 A=TT B=Nội dung báo cáo C=Số liệu năm 2023 -"},
		"the first alias wins":         {"Nội dung | Chỉ tiêu | Số liệu\nx | A | 5", nil, "1:1 - B=Chỉ tiêu C=Số liệu -"},
		"line breaks, capitals, colon": {"STT | CHỈ  TIÊU: | Số \u00a0liệu*\n1 | A | 5", nil, "1:1 A=STT B=CHỈ TIÊU: C=Số liệu* -"},
		"column numbers":               {"STT | Chỉ tiêu | Số liệu\n(1) | (2) | (3)\n1 | A | 5", nil, "1:1 numbers 2 A=STT B=Chỉ tiêu C=Số liệu -"},
		"two rows, merged": {"STT | Chỉ tiêu | Kết quả | \n | | Số liệu | Ghi chú\n1 | A | 5", []string{"A1:A2", "B1:B2", "C1:D1"},
			"1:2 A=STT B=Chỉ tiêu C=Kết quả / Số liệu D=Kết quả / Ghi chú"},
		"two rows, not merged": {"STT | Chỉ tiêu | Kết quả | \n | | Số liệu | Ghi chú\n1 | A | 5", nil,
			"1:2 A=STT B=Chỉ tiêu C=Kết quả / Số liệu D=Kết quả / Ghi chú"},
		"merged with a row above":   {"Biểu 1\nSTT | Chỉ tiêu | Số liệu\n1 | A | 5", []string{"A1:D1"}, "2:2 A=STT B=Chỉ tiêu C=Số liệu -"},
		"a header over two columns": {"STT | Chỉ tiêu | | Số liệu\n1 | A | | 5", []string{"B1:C1"}, "1:1 A=STT B=Chỉ tiêu+1 D=Số liệu -"},
		"over two columns and rows": {"STT | Chỉ tiêu | | Năm | \n | | | Số liệu | Ghi chú\n1 | A | | 5", []string{"A1:A2", "B1:C2", "D1:E1"},
			"1:2 A=STT B=Chỉ tiêu+1 D=Năm / Số liệu E=Năm / Ghi chú"},
		"a name twice": {"Chỉ tiêu | Số liệu | Số liệu\nA | 5 | 6", nil, "1:1 - A=Chỉ tiêu B=Số liệu|C -"},
		"a name under two headers": {"Chỉ tiêu | Năm 2022 | | Năm 2023 | \n | Số liệu | Ghi chú | Số liệu | Ghi chú\nA | 5 | | 6", nil,
			"1:2 - A=Chỉ tiêu B=Năm 2022 / Số liệu|D C=Năm 2022 / Ghi chú|E"},
		"the shorter heading":             {"Chỉ tiêu | Năm 2022 | Số liệu\n | Số liệu |\nA | 5 | 6", []string{"A1:A2", "C1:C2"}, "1:2 - A=Chỉ tiêu C=Số liệu -"},
		"other columns have a second row": {"STT | Chỉ tiêu | Số liệu | Trong đó |\n | | | Nam | Nữ\n1 | 2 | 3 | 4 | 5\n1 | A | 5 | 3 | 2", nil, "1:2 numbers 3 A=STT B=Chỉ tiêu C=Số liệu -"},
		"and a third one":                 {"STT | Chỉ tiêu | Số liệu | Trong đó |\n | | | Nam | Nữ\n | | | a | b\n1 | 2 | 3 | 4 | 5\n1 | A | 5 | 3 | 2", []string{"A1:A3", "B1:B3", "C1:C3"}, "1:3 numbers 4 A=STT B=Chỉ tiêu C=Số liệu -"},
		"a group below the header":        {"STT | Chỉ tiêu | Số liệu\n | Nhóm\n1 | A | 5", nil, "1:1 A=STT B=Chỉ tiêu C=Số liệu -"},
		"the better of two":               {"Chỉ tiêu | Ghi chú\nA | x\nChỉ tiêu | Số liệu\nB | 5", nil, "3:3 - A=Chỉ tiêu B=Số liệu -"},
		"the first of two":                {"Chỉ tiêu | Số liệu\nA | 5\nChỉ tiêu | Số liệu\nB | 5", nil, "1:1 - A=Chỉ tiêu B=Số liệu -"},
		"in part":                         {"STT | Chỉ tiêu | Kết quả\n1 | A | 5", nil, "1:1 A=STT B=Chỉ tiêu - - partial"},
		"only optional ones":              {"STT | Ghi chú\n1 | A", nil, "none"},
		"one column":                      {"Chỉ tiêu\nA", nil, "none"},
		"an empty row inside":             {"STT | Chỉ tiêu | Kết quả\n\n | | Số liệu\n1 | A | 5", nil, "1:1 A=STT B=Chỉ tiêu - - partial"},
		"too deep":                        {"Chỉ tiêu | a\n | b\n | c\n | d\n | Số liệu\nA | 5", nil, "none"},
		"in the last row":                 {strings.Repeat("x\n", 199) + "Chỉ tiêu | Số liệu\nA | 5", nil, "200:200 - A=Chỉ tiêu B=Số liệu -"},
		"below all headers":               {strings.Repeat("x\n", 200) + "Chỉ tiêu | Số liệu\nA | 5", nil, "none"},
		"units of money in headers":       {"Chỉ tiêu | Số liệu (tỷ đồng) | Ghi chú, trđ\nA | 5 | 6", nil, "1:1 - A=Chỉ tiêu B=Số liệu (tỷ đồng) C=Ghi chú, trđ"},
		"the name without a unit":         {"Chỉ tiêu | Số liệu (tỷ đồng) | Số liệu\nA | 5 | 6", nil, "1:1 - A=Chỉ tiêu C=Số liệu -"},
		"a row of units":                  {"Chỉ tiêu | Số liệu | Ghi chú\n | triệu đồng | %\n(1) | (2) | (3)\nA | 5 | 6", nil, "1:2 numbers 3 - A=Chỉ tiêu B=Số liệu C=Ghi chú"},
		"a row of other texts":            {"Chỉ tiêu | Số liệu\nVốn | triệu đồng\nA | 5", nil, "1:1 - A=Chỉ tiêu B=Số liệu -"},
		"words in the data":               {"STT | Chỉ tiêu | Số liệu\n1 | Ghi chú | 5\n2 | Số liệu | 6", nil, "1:1 A=STT B=Chỉ tiêu C=Số liệu -"},
		"nothing":                         {"x", nil, "none"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, text := range []string{c.text, norm.NFD.String(c.text)} {
				h, complete, ok := Locate(sheet(text, c.merges...), formSpec)
				if got := norm.NFC.String(found(h, complete, ok)); got != c.want {
					t.Errorf("got  %s\nwant %s", got, c.want)
				}
			}
		})
	}
}

// A blank beside a merged header is under nothing; beside one that is not
// merged it is under that.
func TestBlankBesideHeader(t *testing.T) {
	spec := Spec{Code: -1, Label: 0, Columns: []Column{
		{ID: "label", Headers: []string{"Tên"}},
		{ID: "in", Headers: []string{"Năm 2022 / Số"}, Optional: true},
		{ID: "out", Headers: []string{"Mã"}},
	}}
	const text = "Tên | Năm 2022 | | Mã\n | | Số |\nA | x | 5 | 6"
	for want, merges := range map[string][]string{
		"1:2 A=Tên C=Năm 2022 / Số D=Mã": nil,
		"1:2 A=Tên - D=Mã":               {"A1:A2", "B1:B2", "D1:D2"},
	} {
		if got := found(Locate(sheet(text, merges...), spec)); got != want {
			t.Errorf("merges %v: %s, want %s", merges, got, want)
		}
	}
}

// Years head columns as numbers.
func TestYears(t *testing.T) {
	for header, want := range map[string]string{
		"2023":     "1:1 A=Chỉ tiêu C=2023",
		"202*":     "1:1 A=Chỉ tiêu B=2022|C",
		"Năm 2023": "none",
		"2024":     "none",
	} {
		spec := Spec{Code: -1, Label: 0, Columns: []Column{{Headers: []string{"Chỉ tiêu"}}, {Headers: []string{header}}}}
		if got := found(Locate(sheet("Chỉ tiêu | 2022 | 2023\nA | 10 | 2024"), spec)); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
}

// Again finds the columns of another spec in the same header.
func TestAgain(t *testing.T) {
	any := Spec{Code: -1, Label: 0, Columns: []Column{{Headers: []string{"Chỉ tiêu"}}, {Headers: []string{"Quý I", "Quý II"}}}}
	head := NewHead(sheet("x\nChỉ tiêu | Quý I | Quý II\nA | 10 | 20"), NewVocabulary(any))
	h, _, ok := head.Locate(0)
	if !ok {
		t.Fatal("no header")
	}
	second := any
	second.Columns = []Column{any.Columns[0], {Headers: []string{"Quý II"}}}
	if got, want := found(head.Again(second, h), true, true), "2:2 A=Chỉ tiêu C=Quý II"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	second.Columns = []Column{any.Columns[0], {Headers: nil}}
	if got, want := found(head.Again(second, h), true, true), "2:2 A=Chỉ tiêu -"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// Under a header that is merged over several columns one cell may be filled.
func TestCellUnderWideHeader(t *testing.T) {
	f := Found{Col: 2, Span: 1}
	for text, want := range map[string]string{
		"a | b | | d": "b", "a | | c | d": "c", "a | b | c": "b, crowded", "a": "",
	} {
		c, crowded := f.Cell(sheet(text).Row(1))
		got := Text(c)
		if crowded {
			got += ", crowded"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
