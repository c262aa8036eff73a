package fact

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// twicePlan has a column of each kind in a table of each shape.
const twicePlan = `
tables:
  list:
    shape: list
    title: List
    sheets: [List]
    columns:
      id: {headers: [Mã], role: key, unique: true}
      unit: {headers: [Đơn vị], role: unit}
      in: {headers: [Ngày nhận], type: date}
      out: {headers: [Ngày trả], type: date, not_before: in}
      level: {headers: [Mức], type: choice, values: {p: [Một phần], f: [Toàn trình]}}
      note: {headers: [Ghi chú], required: true}
      receipt: {headers: [Biên lai], unique: true}
      fee: {headers: [Phí], type: number}
  form:
    shape: form
    title: Form
    sheets: [Form]
    columns:
      code: {headers: [STT], role: code}
      label: {headers: [Chỉ tiêu], role: label}
      kind: {headers: [Loại]}
      value: {headers: [Số liệu], type: number}
  cross:
    shape: cross
    title: Cross
    sheets: [Cross]
    columns:
      unit: {headers: [Đơn vị], role: unit}
      label: {headers: [Lĩnh vực], role: label}
      asked: {headers: [Yêu cầu], type: number}
      rate: {headers: [Tỷ lệ], type: share}
facts:
  all: {title: All, from: [{count: list}]}
  out: {title: Out, from: [{count: list, during: out}]}
  p: {title: P, from: [{count: list, where: {level: [p]}}]}
  late: {title: Late, from: [{count: list, where: {out: {after: in}}}]}
  void: {title: Void, from: [{count: list, where: {note: [Hủy]}}]}
  fees: {title: Fees, kind: amount, from: [{sum: list, column: fee}]}
  label: {title: Label, from: [{cell: form, row: {label: [Số hồ sơ]}, column: value}]}
  under: {title: Under, from: [{cell: form, row: {kind: [K], under: [Đất đai]}, column: value}]}
  code: {title: Code, from: [{cell: form, row: {code: ["1"]}, column: value}]}
  asked: {title: Asked, from: [{cell: cross, row: {label: [Đất]}, column: asked}]}
  total: {title: Total, from: [{total: cross, column: asked}]}
  rate: {title: Rate, kind: share, from: [{cell: cross, row: {label: [Đất]}, column: rate}]}
`

// Of two columns with one header neither is read in silence: whatever needs it
// is invalid, and nothing else.
func TestTwoColumnsOfOneName(t *testing.T) {
	p := parsePlan(t, twicePlan)
	for _, sheet := range []struct {
		name   string
		rows   []string
		needed map[string]string // by header: the facts that need the column
	}{
		{"List", []string{
			"Mã | Đơn vị | Ngày nhận | Ngày trả | Mức | Ghi chú | Biên lai | Phí",
			"H1 | Sở Y tế | 2023-01-02 | 2023-01-03 | Một phần | Hủy | 7 | 5",
			"H2 | Sở Y tế | 2023-01-02 | 2023-01-03 | Một phần | ok | 8 | 6",
		}, map[string]string{
			"Mã": "all out p late void fees", "Đơn vị": "all out p late void fees", "Ngày nhận": "late", "Ngày trả": "out late",
			"Mức": "p", "Ghi chú": "void", "Biên lai": "", "Phí": "fees",
		}},
		{"Form", []string{
			"STT | Chỉ tiêu | Loại | Số liệu",
			"I | Đất đai",
			"1 | Số hồ sơ | K | 5",
			"2 | Khác | L | 6",
		}, map[string]string{"STT": "code", "Chỉ tiêu": "label under", "Loại": "under", "Số liệu": "label under code"}},
		{"Cross", []string{
			"Đơn vị | Lĩnh vực | Yêu cầu | Tỷ lệ",
			"Sở Y tế | Đất | 5 | 50%",
			"Sở Y tế | Nhà | 6 | 60%",
		}, map[string]string{"Đơn vị": "asked total rate", "Lĩnh vực": "asked total rate", "Yêu cầu": "asked total", "Tỷ lệ": "rate"}},
	} {
		headers := strings.Split(sheet.rows[0], " | ")
		for i, header := range headers {
			text := "== " + sheet.name + "\n"
			for _, row := range sheet.rows {
				cells := slices.Concat(strings.Split(row, " | "), make([]string, len(headers)))[:len(headers)]
				text += strings.Join(append(cells, cells[i]), " | ") + "\n"
			}
			r := request{plan: p, file: parseBook(t, text).xlsx()}.mustCollect(t)
			var unusable []string
			for _, f := range r.Sets[0].Facts {
				if f.State == Invalid {
					unusable = append(unusable, f.ID)
				}
			}
			if got := strings.Join(unusable, " "); got != sheet.needed[header] {
				t.Errorf("%s twice: without %s, want %s", header, got, sheet.needed[header])
			}
			want := fmt.Sprintf("the columns %c, %c are all headed %q", 'A'+i, 'A'+len(headers), header)
			if findings := printFindings(r); strings.Count(findings, want) != 1 {
				t.Errorf("%s twice: %s", header, findings)
			}
		}
	}
}

// A column of the sheet answers to one column of the plan: that which names it.
func TestOneColumnForTwo(t *testing.T) {
	const plan = `
tables:
  list:
    shape: list
    title: List
    columns:
      id: {headers: [Mã], role: key}
      in: {headers: ["Ngày *"], type: date}
      out: {headers: [Ngày trả], type: date, optional: true}
facts:
  in: {title: In, from: [{count: list, during: in}]}
  out: {title: Out, from: [{count: list, during: out}]}
`
	r := read(t, plan, "Mã | Ngày trả | Tên\nH1 | 2023-01-01 | An")
	wantText(t, printFacts(r), "in missing (missing-column): no column \"Ngày *\" in 'S'\nout = 1 in 'S'!B2")
}
