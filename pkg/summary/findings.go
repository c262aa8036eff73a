package summary

import (
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
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
	s := x.sheet(x.findings, page{
		widths: []float64{12, 22, 34, 30, 24, 14, 90}, last: end, freezeRow: findingsTop, titleFirst: findingsTop, tab: rust,
	})
	x.headline(s, x.say("Findings", "Phát hiện"))
	errors, warnings := x.s.Found.Count(diag.Error), x.s.Found.Count(diag.Warning)
	summary := lang.F("%d errors, %d warnings, %d notes.", "%d lỗi, %d cảnh báo, %d lưu ý.",
		errors, warnings, len(x.s.Found)-errors-warnings).In(x.lang)
	if left > 0 {
		summary += lang.F(" The last %d are left out.", " Không liệt kê %d mục cuối.", left).In(x.lang)
	}
	s.text(style{italic: true, color: midGrey}, summary)
	s.endRow(15)
	for _, t := range [][2]string{{"Severity", "Mức độ"}, {"Check", "Mã kiểm tra"}, {"Unit", "Đơn vị"}, {"File", "Tệp"},
		{"Sheet", "Trang tính"}, {"Cells", "Ô"}, {"What is wrong, and what is wanted", "Vấn đề và yêu cầu"}} {
		s.say(headLeft, t[0], t[1])
	}
	s.endRow(20)
	for i := range found {
		x.findingRow(s, &found[i])
	}
	if len(found) == 0 {
		s.say(body, "None", "Không có")
		s.blank(body, 6)
		s.endRow(0)
	}
	s.filter(findingsTop, 1, end, 7)
	first := "$" + diag.A1(findingsTop+1, 1)
	s.rules(findingsTop+1, 1, end, 1,
		rule{first + "=" + quote(x.severity(diag.Error)), style{fill: amber, color: darkRust, bold: true}},
		rule{first + "=" + quote(x.severity(diag.Warning)), style{fill: yellow, color: brown}})
	s.end()
}

func (x *writer) severity(s diag.Severity) string {
	switch s {
	case diag.Error:
		return x.say("Error", "Lỗi")
	case diag.Warning:
		return x.say("Warning", "Cảnh báo")
	}
	return x.say("Note", "Lưu ý")
}

func (x *writer) findingRow(s *sheet, d *diag.Diagnostic) {
	top := body.with(func(st *style) { st.top = true })
	s.text(top, x.severity(d.Severity))
	s.text(top, string(d.Check))
	s.text(wrapped, d.Unit)
	s.text(wrapped, d.Pos.File)
	s.text(wrapped, d.Pos.Sheet)
	cells := d.Pos.Area.String()
	if d.Pos.Line > 0 {
		cells = strconv.Itoa(d.Pos.Line) + ":" + strconv.Itoa(d.Pos.Col)
	}
	s.text(top, cells)
	message := []string{x.title(d.Message)}
	for _, r := range d.Related {
		message = append(message, r.Pos.String()+": "+r.Message.In(x.lang))
	}
	s.text(wrapped, strings.Join(message, "\n"))
	s.endRow(0)
}
