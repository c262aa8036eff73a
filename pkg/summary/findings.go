package summary

import (
	"strconv"

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
	top := body.With(func(st *sheets.Style) { st.Top = true })
	text := func(st sheets.Style, of func(*diag.Diagnostic) string) func(*sheets.Sheet, *diag.Diagnostic) {
		return func(s *sheets.Sheet, d *diag.Diagnostic) { s.Text(st, of(d)) }
	}
	table := sheets.Table[*diag.Diagnostic]{
		{Title: x.Say("Severity", "Mức độ"), Width: 12, Cell: text(top, func(d *diag.Diagnostic) string { return x.severity(d.Severity) })},
		{Title: x.Say("Check", "Mã kiểm tra"), Width: 22, Cell: text(top, func(d *diag.Diagnostic) string { return string(d.Check) })},
		{Title: x.Say("Unit", "Đơn vị"), Width: 34, Cell: text(wrapped, func(d *diag.Diagnostic) string { return d.Unit })},
		{Title: x.Say("File", "Tệp"), Width: 30, Cell: text(wrapped, func(d *diag.Diagnostic) string { return d.Pos.File })},
		{Title: x.Say("Sheet", "Trang tính"), Width: 24, Cell: text(wrapped, func(d *diag.Diagnostic) string { return d.Pos.Sheet })},
		{Title: x.Say("Cells", "Ô"), Width: 14, Cell: text(top, cellsOf)},
		{Title: x.Say("What is wrong, and what is wanted", "Vấn đề và yêu cầu"), Width: 90, Cell: text(wrapped, x.finding)},
	}.Place(headLeft)
	s := x.sheet(x.findings, sheets.Page{
		Widths: table.Widths(), Last: end, FreezeRow: findingsTop, TitleFirst: findingsTop, Tab: rust,
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
	table.Header(s, 20)
	for i := range found {
		table.Row(s, &found[i], 0)
	}
	if len(found) == 0 {
		s.Say(body, "None", "Không có")
		s.Blank(body, len(table)-1)
		s.EndRow(0)
	}
	s.Filter(findingsTop, 1, end, len(table))
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
	case diag.Note:
	}
	return x.Say("Note", "Ghi chú")
}

// cellsOf is where a finding stands: cells, or a line of a text file.
func cellsOf(d *diag.Diagnostic) string {
	if d.Pos.Line > 0 {
		return strconv.Itoa(d.Pos.Line) + ":" + strconv.Itoa(d.Pos.Col)
	}
	return d.Pos.Area.String()
}

// finding is the message, and on lines of their own those of other places.
func (x *writer) finding(d *diag.Diagnostic) string {
	message := x.title(d.Message)
	for _, r := range d.Related {
		message += "\n" + r.Pos.String() + ": " + r.Message.In(x.Lang)
	}
	return message
}
