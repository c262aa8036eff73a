package summary

import (
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/sheets"
)

// maxFindings is how many findings a sheet lists; a worksheet has 1,048,576
// rows.
const maxFindings = 100_000

const findingsTop = 5 // header row

// writeFindings lists everything that was found, each with its place.
func (x *writer) writeFindings() {
	found := x.s.Found
	left := max(len(found)-maxFindings, 0)
	found = found[:len(found)-left]
	end := findingsTop + max(len(found), 1)
	s := x.sheet(x.findings, sheets.Page{
		Widths: []float64{12, 22, 34, 30, 24, 14, 90}, Last: end, FreezeRow: findingsTop, TitleFirst: findingsTop, Tab: rust,
	})
	x.headline(s, x.Say("Findings", "Phát hiện"))
	errors, warnings := x.s.Found.Count(diag.Error), x.s.Found.Count(diag.Warning)
	summary := lang.F("%d errors, %d warnings, %d notes.", "%d lỗi, %d cảnh báo, %d lưu ý.",
		errors, warnings, len(x.s.Found)-errors-warnings).In(x.Lang)
	if left > 0 {
		summary += lang.F(" The last %d are left out.", " Không liệt kê %d mục cuối.", left).In(x.Lang)
	}
	s.Text(sheets.Style{Italic: true, Color: midGrey}, summary)
	s.EndRow(15)
	for _, t := range [][2]string{{"Severity", "Mức độ"}, {"Check", "Mã kiểm tra"}, {"Unit", "Đơn vị"}, {"File", "Tệp"},
		{"Sheet", "Trang tính"}, {"Cells", "Ô"}, {"What is wrong, and what is wanted", "Vấn đề và yêu cầu"}} {
		s.Say(headLeft, t[0], t[1])
	}
	s.EndRow(20)
	for i := range found {
		x.findingRow(s, &found[i])
	}
	if len(found) == 0 {
		s.Say(body, "None", "Không có")
		s.Blank(body, 6)
		s.EndRow(0)
	}
	s.Filter(findingsTop, 1, end, 7)
	first := "$" + diag.A1(findingsTop+1, 1)
	s.Rules(findingsTop+1, 1, end, 1,
		sheets.When(first+"="+quote(x.severity(diag.Error)), sheets.Style{Fill: amber, Color: darkRust, Bold: true}),
		sheets.When(first+"="+quote(x.severity(diag.Warning)), sheets.Style{Fill: yellow, Color: brown}))
	s.End()
}

func (x *writer) severity(s diag.Severity) string {
	switch s {
	case diag.Error:
		return x.Say("Error", "Lỗi")
	case diag.Warning:
		return x.Say("Warning", "Cảnh báo")
	}
	return x.Say("Note", "Lưu ý")
}

func (x *writer) findingRow(s *sheets.Sheet, d *diag.Diagnostic) {
	top := body.With(func(st *sheets.Style) { st.Top = true })
	s.Text(top, x.severity(d.Severity))
	s.Text(top, string(d.Check))
	s.Text(wrapped, d.Unit)
	s.Text(wrapped, d.Pos.File)
	s.Text(wrapped, d.Pos.Sheet)
	cells := d.Pos.Area.String()
	if d.Pos.Line > 0 {
		cells = strconv.Itoa(d.Pos.Line) + ":" + strconv.Itoa(d.Pos.Col)
	}
	s.Text(top, cells)
	message := []string{x.title(d.Message)}
	for _, r := range d.Related {
		message = append(message, r.Pos.String()+": "+r.Message.In(x.Lang))
	}
	s.Text(wrapped, strings.Join(message, "\n"))
	s.EndRow(0)
}
