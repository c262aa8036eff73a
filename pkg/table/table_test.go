package table

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
)

// sheet makes a grid of rows whose cells are separated by "|"; rows are
// numbered from 1, a blank line is a row without cells.
func sheet(text string, merges ...string) *Grid {
	g := &Grid{}
	for i, line := range strings.Split(strings.Trim(text, "\n"), "\n") {
		row := cell.Row{Number: i + 1}
		for j, s := range strings.Split(line, "|") {
			if s = strings.TrimSpace(s); s != "" {
				kind := cell.Text
				if strings.Trim(s, "0123456789.") == "" {
					kind = cell.Number
				}
				row.Cells = append(row.Cells, cell.Cell{Col: j + 1, Kind: kind, Raw: []byte(s)})
			}
		}
		if len(row.Cells) > 0 {
			g.Rows = append(g.Rows, row)
		}
	}
	for _, m := range merges {
		a, ok := diag.ParseArea(m)
		if !ok {
			panic(m)
		}
		g.Merges = append(g.Merges, a)
	}
	return g
}

var dossierSpec = Spec{
	ID: "tthc", Code: 0, Label: 1, Values: []int{2, 3, 4, 5, 6, 7},
	Columns: []Column{
		{ID: "code", Headers: []string{"TT", "STT"}},
		{ID: "field", Headers: []string{"Lĩnh vực*"}},
		{ID: "received", Headers: []string{"Tiếp nhận / Tổng số"}},
		{ID: "online", Headers: []string{"Tiếp nhận / Trong kỳ / Trực tuyến"}},
		{ID: "direct", Headers: []string{"Tiếp nhận / Trực tiếp, dịch vụ bưu chính"}},
		{ID: "carried", Headers: []string{"Từ kỳ trước"}},
		{ID: "resolved", Headers: []string{"Số lượng hồ sơ đã giải quyết / Tổng số"}},
		{ID: "late", Headers: []string{"Số lượng hồ sơ đã giải quyết / Quá hạn"}},
	},
}

const dossierForm = `
Biểu số II.06a/VPCP/KSTT
TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH
TT | Lĩnh vực, công việc giải quyết theo cấp | Tiếp nhận | | | | Số lượng hồ sơ đã giải quyết | |
 | | Tổng số | Trong kỳ | | Từ kỳ trước | Tổng số | Trước hạn | Quá hạn
 | | | Trực tuyến | Trực tiếp, dịch vụ bưu chính | | | |
1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
I | Cấp tỉnh
1 | Xây dựng | 10 | 4 | 5 | 1 | 9 | 8 | 1
2 | Đất đai | 20 | 10 | 10 | 0 | 20 | 20 | 0
 | Tổng số | 30 | 14 | 15 | 1 | 29 | 28 | 1

 | Người lập biểu
`

var dossierMerges = []string{"A3:A5", "B3:B5", "C3:F3", "G3:I3", "C4:C5", "D4:E4", "F4:F5", "G4:G5", "H4:H5", "I4:I5"}

// The header is found with its merges, and alike by its blanks alone, as of a
// long sheet whose merges are known only at its end.
func TestLocateThreeRows(t *testing.T) {
	want := Header{Top: 3, Bottom: 5, Numbers: 6, Columns: []Found{
		{Col: 1, Path: "TT"},
		{Col: 2, Path: "Lĩnh vực, công việc giải quyết theo cấp"},
		{Col: 3, Path: "Tiếp nhận / Tổng số"},
		{Col: 4, Path: "Tiếp nhận / Trong kỳ / Trực tuyến"},
		{Col: 5, Path: "Tiếp nhận / Trong kỳ / Trực tiếp, dịch vụ bưu chính"},
		{Col: 6, Path: "Tiếp nhận / Từ kỳ trước"},
		{Col: 7, Path: "Số lượng hồ sơ đã giải quyết / Tổng số"},
		{Col: 9, Path: "Số lượng hồ sơ đã giải quyết / Quá hạn"},
	}}
	for name, merges := range map[string][]string{"merged": dossierMerges, "blank": nil} {
		t.Run(name, func(t *testing.T) {
			h, complete, ok := Locate(sheet(dossierForm, merges...), dossierSpec)
			if !ok || !complete {
				t.Fatalf("complete %v, ok %v", complete, ok)
			}
			if d := cmp.Diff(want, h); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestAmbiguousColumn(t *testing.T) {
	spec := Spec{Code: -1, Label: -1, Columns: []Column{{ID: "name", Headers: []string{"Tên"}}, {ID: "total", Headers: []string{"Tổng số"}}}}
	h, _, ok := Locate(sheet("Tên | Tiếp nhận | | Giải quyết |\n | Tổng số | Quá hạn | Tổng số | Quá hạn\nA | 1 | 2 | 3 | 4"), spec)
	if !ok {
		t.Fatal("no header")
	}
	if d := cmp.Diff(Found{Col: 2, Path: "Tiếp nhận / Tổng số", Also: []int{4}}, h.Columns[1]); d != "" {
		t.Error(d)
	}
}

func TestMissingColumn(t *testing.T) {
	spec := dossierSpec
	g := sheet("TT | Lĩnh vực | Tiếp nhận\n1 | A | 3")
	if _, complete, ok := Locate(g, spec); complete || ok {
		t.Errorf("two of eight columns are no header: complete %v, ok %v", complete, ok)
	}
	spec.Columns = append([]Column{}, spec.Columns[:3]...)
	spec.Columns[2].Headers = []string{"Đã giải quyết"}
	h, complete, ok := Locate(g, spec)
	if complete || !ok {
		t.Fatalf("complete %v, ok %v", complete, ok)
	}
	missing := h.Missing(spec)
	if len(missing) != 1 || missing[0].ID != "received" {
		t.Errorf("missing: %v", missing)
	}
}

// A million-column sheet costs what its first columns cost.
func TestWideSheetIsBounded(t *testing.T) {
	g := sheet("Tên | Số liệu\nA | 1")
	g.Rows[0].Cells = append(g.Rows[0].Cells, cell.Cell{Col: 16384, Kind: cell.Text, Raw: []byte("Số liệu")})
	g.Merges = append(g.Merges, diag.Area{Row: 1, Col: 3, ToRow: 1 << 20, ToCol: 16384})
	h, complete, ok := Locate(g, Spec{Code: -1, Label: 0, Columns: []Column{{Headers: []string{"Tên"}}, {Headers: []string{"Số liệu"}}}})
	if !ok || !complete || h.Columns[1].Col != 2 || len(h.Columns[1].Also) > 0 {
		t.Errorf("%+v %v %v", h, complete, ok)
	}
}
