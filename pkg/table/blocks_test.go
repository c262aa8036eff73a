package table

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBlocks(t *testing.T) {
	spec := Spec{ID: "t", Label: 0, Code: -1, Columns: []Column{
		{ID: "name", Headers: []string{"Tên"}}, {ID: "a", Headers: []string{"Kế hoạch"}}, {ID: "b", Headers: []string{"Thực hiện"}},
	}}
	for name, c := range map[string]struct {
		text string
		want []string // the area of each block
	}{
		"above figures":          {"STT|Tên|Kế hoạch\n1|x|5", []string{"A1:C1"}},
		"with a blank row":       {"STT|Tên|Kế hoạch\n\n1|x|5", nil},
		"above column numbers":   {"STT|Tên|Kế hoạch\n1|2|3\n1|x|5", []string{"A1:C1"}},
		"two rows":               {"STT|Tên|Vốn|\n||Giao|Chi\n1|x|5|6", []string{"A1:D2"}},
		"below a letterhead":     {"UBND TỈNH|CỘNG HÒA\nSỞ XÂY DỰNG|Độc lập\n\nSTT|Tên|Kế hoạch\n1|x|5", []string{"A4:C4"}},
		"below a caption":        {"Đơn vị:|Sở Xây dựng\nSTT|Tên|Kế hoạch\n1|x|5", []string{"A2:C2"}},
		"over a group":           {"STT|Tên|Kế hoạch\nI|Đất đai\n1|x|5\nII|Xây dựng\n2|y|6", []string{"A1:C1"}},
		"of a list of words":     {"Tên|Nơi|Ghi chú\na|b|c\na|b|c\na|b|c", []string{"A1:C1"}},
		"of few words":           {"Tên|Nơi|Ghi chú\na|b|c", nil},
		"with years":             {"Tên|2022|2023\nx|5|6", []string{"A1:C1"}},
		"of two tables":          {"Tên|Kế hoạch\nx|5\n\nTên|Thực hiện\ny|6", []string{"A1:B1", "A4:B4"}},
		"of figures and no name": {"1|2|3\n4|5|6", nil},
	} {
		t.Run(name, func(t *testing.T) {
			blocks, _ := NewHead(sheet(c.text), NewVocabulary(spec)).Blocks()
			var got []string
			for _, b := range blocks {
				got = append(got, b.Area.String())
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestBlocksTellWhatFits(t *testing.T) {
	spec := Spec{Label: 0, Code: -1, Columns: []Column{
		{ID: "name", Headers: []string{"Tên"}}, {ID: "a", Headers: []string{"Kế hoạch"}}, {ID: "b", Headers: []string{"Thực hiện"}},
		{ID: "c", Headers: []string{"Ghi chú"}, Optional: true},
	}}
	blocks, _ := NewHead(sheet("STT|Tên|Kế hoạch|Ghi chú\n1|x|5|y"), NewVocabulary(spec)).Blocks()
	want := []Fit{{Spec: 0, Found: 2, Of: 3, Missing: spec.Columns[2:3]}}
	if len(blocks) != 1 {
		t.Fatalf("%d blocks", len(blocks))
	}
	if d := cmp.Diff(want, blocks[0].Fits); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestBlocksAreFew(t *testing.T) {
	text := ""
	for range 50 {
		text += "Tên|Kế hoạch\nx|5\n\n"
	}
	blocks, further := NewHead(sheet(text), NewVocabulary()).Blocks()
	if len(blocks) != maxBlocks || further != 50-maxBlocks {
		t.Errorf("%d blocks and %d further", len(blocks), further)
	}
}
