package draft

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
)

func TestTables(t *testing.T) {
	const words, number, day = fact.WordContent, fact.NumberContent, fact.DateContent
	blocks := []fact.Block{
		{Sheet: "Biểu 1", Layout: table.Layout{"STT", "Chỉ tiêu", "Năm nay", "Năm trước"}, Contents: []fact.Content{number, words, number, number}, Labels: []string{"Hồ sơ", "Số hóa", "hồ sơ"}},
		{Sheet: "Biểu 1", Layout: table.Layout{"Lĩnh vực", "Tiếp nhận / Tổng số", "Trả / Tổng số"}, Contents: []fact.Content{words, number, number}, Labels: []string{"Đất đai"}, Totals: []string{"Tổng cộng"}},
		{Sheet: "!", Layout: table.Layout{"Mã *", "Ngày nhận"}, Contents: []fact.Content{words, day}},
	}
	want := []Table{
		{ID: "bieu-1", Title: "Biểu 1", Shape: "form", Columns: []Column{
			{ID: "stt", Heading: "STT", Role: "code"}, {ID: "chi-tieu", Heading: "Chỉ tiêu", Role: "label"},
			{ID: "nam-nay", Heading: "Năm nay", Type: "number"}, {ID: "nam-truoc", Heading: "Năm trước", Type: "number"},
		}, Facts: []Fact{
			{ID: "ho-so", Title: "Hồ sơ", Source: `{cell: bieu-1, row: {chi-tieu: ["Hồ sơ"]}, column: nam-nay}`},
			{ID: "so-hoa", Title: "Số hóa", Source: `{cell: bieu-1, row: {chi-tieu: ["Số hóa"]}, column: nam-nay}`},
		}},
		{ID: "bieu-1-2", Title: "Biểu 1", Shape: "cross", Columns: []Column{
			{ID: "linh-vuc", Heading: "Lĩnh vực", Role: "label"},
			{ID: "tong-so", Heading: "Tiếp nhận / Tổng số", Type: "number"}, {ID: "tong-so-2", Heading: "Trả / Tổng số", Type: "number"},
		}, Facts: []Fact{
			{ID: "tiep-nhan-tong-so", Title: "Tiếp nhận / Tổng số", Source: "{total: bieu-1-2, column: tong-so}"},
			{ID: "tra-tong-so", Title: "Trả / Tổng số", Source: "{total: bieu-1-2, column: tong-so-2}"},
		}},
		{ID: "table", Title: "!", Shape: "list", Columns: []Column{{ID: "ma", Heading: "Mã"}, {ID: "ngay-nhan", Heading: "Ngày nhận", Type: "date"}},
			Facts: []Fact{{ID: "records", Title: "!", Source: "{count: table}"}}},
	}
	if d := cmp.Diff(want, Tables(blocks)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestTargets(t *testing.T) {
	list, ok := Targets([]Row{
		{"Kế hoạch năm 2024"},
		{"TT", "Chỉ tiêu", "Mục tiêu", "Điểm", "Căn cứ"},
		{"", "Thủ tục hành chính"},
		{"1", "Trực tuyến", "≥ 65%", "2,5", "II.1"},
		{"2", "Trễ hạn", "không quá 5%"},
		{"3", "Xếp hạng", "nhóm 20"},
		nil,
		{"", "Tài chính"},
		{"4", "Đối thoại", "2"},
	})
	want := []Target{
		{Title: "Trực tuyến", Area: "Thủ tục hành chính", Clause: "II.1", Quote: "≥ 65%", Points: "2.5", Goal: "{at_least: 65%}"},
		{Title: "Trễ hạn", Area: "Thủ tục hành chính", Quote: "không quá 5%", Goal: "{at_most: 5%}"},
		{Title: "Xếp hạng", Area: "Thủ tục hành chính", Quote: "nhóm 20"},
		{Title: "Đối thoại", Area: "Tài chính", Quote: "2", Goal: "{at_least: 2}"},
	}
	if d := cmp.Diff(want, list, cmp.AllowUnexported(Target{}, earning{})); d != "" || !ok {
		t.Errorf("ok %v (-want +got):\n%s", ok, d)
	}
	if _, ok := Targets([]Row{{"Chỉ tiêu", "Ghi chú"}, {"a", "b"}}); ok {
		t.Error("a list without goals is taken")
	}
}

// TestDraftIsRead checks that a draft of hostile names is YAML, of which nothing
// but what is TODO is wrong.
func TestDraftIsRead(t *testing.T) {
	names := []string{`a: "b" \ {c}`, "line\nbreak\u2028\x00\u202e", "- x", "# y", "'", "100%", "null", "*"}
	var b fact.Block
	b.Sheet = names[0]
	for _, n := range names {
		b.Layout = append(b.Layout, n)
		b.Contents = append(b.Contents, fact.WordContent)
		b.Labels = append(b.Labels, n)
	}
	b.Layout, b.Contents = append(b.Layout, "Số"), append(b.Contents, fact.NumberContent)
	p := Plan{ID: "new-plan", From: names, Tables: Tables([]fact.Block{b})}
	for _, n := range names {
		p.Targets = append(p.Targets, Target{Title: n, Area: n, Clause: n, Quote: n})
	}
	text := p.YAML(lang.EN)
	_, list := plan.Parse("draft.yaml", text)
	for _, d := range list {
		if d.Severity == diag.Error && !strings.Contains(d.Message.In(lang.EN), TODO) {
			t.Errorf("%s\n%s", d.In(lang.EN), text)
		}
	}
}
