package fact

import (
	"strings"
	"testing"
)

// partialPlan has tables of which a few headers tell.
const partialPlan = `
tables:
  list:
    shape: list
    title: List
    columns:
      id: {headers: [Mã hồ sơ], role: key}
      out: {headers: [Ngày trả], type: date}
      fee: {headers: [Phí], type: number, optional: true}
  form:
    shape: form
    title: Form
    columns:
      code: {headers: [STT], role: code, optional: true}
      label: {headers: [Chỉ tiêu], role: label}
      value: {headers: [Số liệu], type: number}
  cross:
    shape: cross
    title: Cross
    columns:
      field: {headers: [Lĩnh vực], role: label}
      received: {headers: [Tiếp nhận], type: number}
      online: {headers: [Trực tuyến], type: number}
      done: {headers: [Giải quyết], type: number}
      late: {headers: [Quá hạn], type: number}
facts:
  all: {title: All, from: [{count: list}]}
  a: {title: A, from: [{cell: form, row: {label: [A]}, column: value}]}
  late: {title: L, from: [{total: cross, column: late}]}
`

// What looks like a part of a table that stands elsewhere, and is not counted,
// is told; a table of other things is not.
func TestPartOfATable(t *testing.T) {
	const (
		list   = "== A\nMã hồ sơ | Ngày trả | Phí\nH1 | 2023-01-01 | 1\n"
		form   = "== A\nSTT | Chỉ tiêu | Số liệu\n1 | A | 5\n"
		cross  = "== A\nLĩnh vực | Tiếp nhận | Trực tuyến | Giải quyết | Quá hạn\nNhà | 1 | 1 | 1 | 0\n"
		counts = ": it is not counted; mend the header, or rename the others [missing-column]\n"
	)
	for name, c := range map[string]struct{ fact, text, want, findings string }{
		"one header of two": {"all", list + "== B\nMã hồ sơ | Ngày trả kq | Phí\nH2 | 2023-01-01 | 1", "all = 1 in 'A'!A2",
			`warning 'B'!A1:C1: this looks like "List", and has no column "Ngày trả"; the nearest is "Ngày trả kq"` + counts},
		"two headers of five": {"late", cross + "== B\nLĩnh vực | Tiếp nhận | Truc tuyến | Giải quyết | Qúa hạn\nĐất | 2 | 2 | 2 | 1", "late = 0 in 'A'!E2",
			`warning 'B'!A1:D1: this looks like "Cross", and has no column "Quá hạn"; the nearest is "Qúa hạn"` + counts +
				`warning 'B'!A1:D1: this looks like "Cross", and has no column "Trực tuyến"; the nearest is "Truc tuyến"` + counts},
		"the figures of a form": {"a", form + "== B\nSTT | Chỉ tiêu | Số liẹu\n2 | B | 6", "a = 5 in 'A'!C2",
			`warning 'B'!A1:B1: this looks like "Form", and has no column "Số liệu"; the nearest is "Số liẹu"` + counts},
		"beside another table": {"all", list + "== B\nSTT | Chỉ tiêu | Số liệu | | Mã hồ sơ | Ngày trà | Phí\n1 | A | 5 | | H2 | 2023-01-01 | 1", "all = 1 in 'A'!A2",
			`warning 'B'!A1:G1: this looks like "List", and has no column "Ngày trả"; the nearest is "Ngày trà"` + counts},
		"beside another table, nowhere whole": {"all", "STT | Chỉ tiêu | Số liệu | | Mã hồ sơ | Ngày trà | Phí\n1 | A | 5 | | H2 | 2023-01-01 | 1", `all missing (missing-table): no table "List"`,
			`warning 'S'!A1:G1: this looks like "List", and has no column "Ngày trả"; the nearest is "Ngày trà"` + counts},
		"nowhere whole": {"all", "Mã hồ sơ | Ngày trà | Phí\nH2 | 2023-01-01 | 1", "all = 1 in 'S'!A2",
			`error 'S'!A1:C1: List has no column "Ngày trả"; the nearest is "Ngày trà" [missing-column]`},
		"another table with such headers": {"a", form + "== B\nSTT | Chỉ tiêu | Kế hoạch\n2 | B | 6", "a = 5 in 'A'!C2", ""},
		"another list with such headers":  {"all", list + "== B\nMã hồ sơ | Người nộp | Phí\nH9 | An | 1", "all = 1 in 'A'!A2", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, partialPlan, c.text)
			wantText(t, factsOf(r, c.fact), c.want)
			wantText(t, printFindings(r), c.findings)
		})
	}
}

// Where the plan names the sheets of a list, a sheet of that name is meant.
func TestSheetsNamedForAList(t *testing.T) {
	plan := strings.Replace(partialPlan, "title: List", "title: List\n    sheets: [\"Danh sách*\"]", 1)
	const list = "== Danh sách 1\nMã hồ sơ | Ngày trả | Phí\nH1 | 2023-01-01 | 1\n"
	for name, c := range map[string]struct{ text, findings string }{
		"one header": {"== Danh sách 2\nMã hồ sơ | Người nộp | Phí\nH2 | An | 1",
			`warning 'Danh sách 2'!A1:C1: this looks like "List", and has no column "Ngày trả": it is not counted; mend the header, or rename the others [missing-column]`},
		"all headers": {"== Danh sách 2\nSố hồ sơ | Ngày | Lệ phí\nH2 | 2023-01-01 | 1",
			`warning 'Danh sách 2': the sheet is named as those of "List" are, and too few of its headers are there: nothing of it is counted; mend the headers, or rename the sheet [missing-table]`},
		"another table":    {"== Danh sách 2\nSTT | Chỉ tiêu | Số liệu\n1 | A | 5", ""},
		"a cover":          {"== Danh sách 2\nDanh sách hồ sơ năm 2023", ""},
		"a hidden sheet":   {"== Danh sách 2 (hidden)\nSố hồ sơ | Ngày | Lệ phí\nH2 | 2023-01-01 | 1", ""},
		"a sheet of notes": {"== Ghi chú\nSố hồ sơ | Ngày | Lệ phí\nH2 | 2023-01-01 | 1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, plan, list+c.text)
			wantText(t, factsOf(r, "all"), "all = 1 in 'Danh sách 1'!A2")
			wantText(t, printFindings(r), c.findings)
		})
	}
}
