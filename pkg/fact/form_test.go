package fact

import (
	"strings"
	"testing"
)

// rowPlan finds rows by label, by code, and by label below a group.
const rowPlan = `
tables:
  form:
    shape: form
    title: Form
    columns:
      code: {headers: [STT], role: code, optional: true}
      label: {headers: [Chỉ tiêu], role: label}
      kind: {headers: [Loại], optional: true}
      value: {headers: [Số liệu], type: number, style: vi}
      other: {headers: [Năm trước], type: number, style: vi, optional: true}
facts:
  label: {title: Label, from: [{cell: form, row: {label: [Số hồ sơ, Tổng số hồ sơ]}, column: value}]}
  code: {title: Code, from: [{cell: form, row: {code: ["1.1"]}, column: value}]}
  under: {title: Under, from: [{cell: form, row: {label: [Đã giải quyết], under: [Đất đai]}, column: value}]}
  both: {title: Both, from: [{cell: form, row: {label: [Đã giải quyết], kind: [Trực tuyến]}, column: value}]}
  wild: {title: Wild, from: [{cell: form, row: {label: ["Số * đối thoại"]}, column: value}]}
  other: {title: Other, from: [{cell: form, row: {label: [Số hồ sơ]}, column: other}]}
`

func TestRows(t *testing.T) {
	const header = "STT | Chỉ tiêu | Loại | Số liệu\n"
	for name, c := range map[string]struct{ fact, text, want string }{
		"a label":                      {"label", "1 | Số hồ sơ | | 5", "label = 5 in 'S'!D2"},
		"an alias":                     {"label", "1 | TỔNG SỐ HỒ SƠ: | | 5", "label = 5 in 'S'!D2"},
		"with a dash":                  {"label", "1 | - Số hồ sơ | | 5", "label = 5 in 'S'!D2"},
		"with a number":                {"label", "1 | 1.2. Số hồ sơ | | 5", "label = 5 in 'S'!D2"},
		"with a letter":                {"label", "1 | a) Số hồ sơ | | 5", "label = 5 in 'S'!D2"},
		"in another place":             {"label", "1 | x | | 5\n\n\n9 | Số hồ sơ | | 6", "label = 6 in 'S'!D5"},
		"not by its beginning":         {"label", "1 | Số hồ sơ quá hạn | | 5", `label missing (missing-row): no row "Số hồ sơ" in 'S'; the nearest is "Số hồ sơ quá hạn"`},
		"twice alike":                  {"label", "1 | Số hồ sơ | | 5\n2 | Tổng số hồ sơ | | 5", "label = 5 in 'S'!D2, 'S'!D3"},
		"twice, one is blank":          {"label", "1 | Số hồ sơ\n2 | Số hồ sơ | | 5", "label = 5 in 'S'!D3"},
		"twice, one is a dash":         {"label", "1 | Số hồ sơ | | 5\n2 | Số hồ sơ | | -", "label = 5 in 'S'!D2"},
		"twice otherwise":              {"label", "1 | Số hồ sơ | | 5\n2 | Số hồ sơ | | 6", "label invalid: Label stands in two rows with different figures, 'S'!D2 and 'S'!D3: keep one"},
		"twice, one is a word":         {"label", "1 | Số hồ sơ | | 5\n2 | Số hồ sơ | | năm", "label invalid: Label stands in two rows with different figures, 'S'!D2 and 'S'!D3: keep one"},
		"a code":                       {"code", "1.1 | x | | 5", "code = 5 in 'S'!D2"},
		"a code with a dot":            {"code", "1.1. | x | | 5", "code = 5 in 'S'!D2"},
		"a code as a number":           {"code", "1.1000000000000001 | x | | 5", "code = 5 in 'S'!D2"},
		"a code as text":               {"code", "'1.1 | x | | 5", "code = 5 in 'S'!D2"},
		"another code":                 {"code", "1.10 | x | | 5\n'1.1.1 | y | | 6\n'11 | z | | 7", "code = 5 in 'S'!D2"}, // the number 1.10 is 1.1
		"no such code":                 {"code", "'1.10 | x | | 5", `code missing (missing-row): no row "1.1" in 'S'`},
		"under a group":                {"under", "I | Nhà\n1 | Đã giải quyết | | 3\nII | Đất đai\n1 | Đã giải quyết | | 5", "under = 5 in 'S'!D5"},
		"under a numbered group":       {"under", "I | Nhà\n1 | Đã giải quyết | | 3\n | II. Đất đai\n1 | Đã giải quyết | | 5", "under = 5 in 'S'!D5"},
		"under a wide heading":         {"under", "Nhà\n1 | Đã giải quyết | | 3\nĐất đai\n1 | Đã giải quyết | | 5\nmerge A2:D2\nmerge A4:D4", "under = 5 in 'S'!D5"},
		"under none":                   {"under", "1 | Đã giải quyết | | 3", `under missing (missing-row): no row "Đã giải quyết" in 'S': row 2 has this name, and does not stand under "Đất đai"`},
		"by two columns":               {"both", "1 | Đã giải quyết | Trực tiếp | 3\n2 | Đã giải quyết | Trực tuyến | 5", "both = 5 in 'S'!D3"},
		"by two columns, one is none":  {"both", "1 | Đã giải quyết | Trực tiếp | 3", `both missing (missing-row): no row "Đã giải quyết", "Trực tuyến" in 'S'`},
		"another row of two columns":   {"both", "1 | Đã giải quyết | Trực tiếp | 3\n2 | Tiếp nhận | Trực tuyến | 5", `both missing (missing-row): no row "Đã giải quyết", "Trực tuyến" in 'S': row 3 has this name, and does not say "Đã giải quyết"`},
		"a Cyrillic letter":            {"label", "1 | Số hồ s\u043e | | 5", "label missing (missing-row): no row \"Số hồ sơ\" in 'S'; the nearest is \"Số hồ s\u043e\""},
		"a Cyrillic letter alike":      {"label", "1 | \u0405ố hồ sơ | | 5", "label missing (missing-row): no row \"Số hồ sơ\" in 'S'; \"\u0405ố hồ sơ\" is there with the letter \"\u0455\" (U+0455), which only looks like \"s\": type it again"},
		"a pattern":                    {"wild", "1 | Số cuộc đối thoại | | 5", "wild = 5 in 'S'!D2"},
		"no such column":               {"other", "1 | Số hồ sơ | | 5", `other missing (missing-column): no column "Năm trước" in 'S'`},
		"a blank":                      {"label", "1 | Số hồ sơ", "label missing (blank-required): 'S'!D2: the cell is blank"},
		"under a merge":                {"label", "1 | x | | 5\n2 | Số hồ sơ\nmerge D2:D3", "label missing (blank-required): 'S'!D3 lies under merged cells"},
		"a label merged over two rows": {"label", "1 | Số hồ sơ | a | 5\n | | b | 6\nmerge B2:B3", "label invalid: Label stands in two rows with different figures, 'S'!D2 and 'S'!D3: keep one"},
	} {
		t.Run(name, func(t *testing.T) {
			wantText(t, factsOf(read(t, rowPlan, header+c.text), c.fact), c.want)
		})
	}
}

// A form may continue on another sheet, which need not have its optional
// columns.
func TestFormOnTwoSheets(t *testing.T) {
	r := read(t, rowPlan, "== A\nChỉ tiêu | Số liệu\nSố cuộc đối thoại | 2\n== B\nChỉ tiêu | Số liệu | Năm trước\nSố hồ sơ | 5 | 4")
	wantText(t, factsOf(r, "wild", "label", "other"), "wild = 2 in 'A'!B2\nlabel = 5 in 'B'!B2\nother = 4 in 'B'!C2")
}

// Hidden rows, columns and sheets are told; what hidden rows and columns hold
// is counted, what hidden sheets hold is not.
func TestHidden(t *testing.T) {
	r := read(t, rowPlan, `
== A
Chỉ tiêu | Số liệu | Năm trước
Số hồ sơ | 5 | 4
Số cuộc đối thoại | 2 | 3
hide 2
hide 3
hide C:D
== B (hidden)
Chỉ tiêu | Số liệu
Đã giải quyết | 9
`)
	wantText(t, factsOf(r, "wild", "label", "other", "both"), `
wild = 2 in 'A'!B3
label = 5 in 'A'!B2
other = 4 in 'A'!C2
both missing (missing-row): no row "Đã giải quyết", "Trực tuyến" in 'A'`)
	wantText(t, printFindings(r), `
warning 'A'!C:C: the column "Năm trước" is hidden: its figures are counted; show it, so that everybody sees what is reported [hidden-row]
warning 'A'!2:3: 2 rows of Form hidden, by hand or by a filter: counted all the same; show them, so that everybody sees what is reported [hidden-row]
warning 'B': the sheet is hidden and holds "Form": its figures are not counted; show the sheet or delete it [hidden-sheet]`)
}

// Long forms are read whole.
func TestLongForm(t *testing.T) {
	text := "Chỉ tiêu | Số liệu\n" + strings.Repeat("x | 1\n", 500) + "Số hồ sơ | 5"
	wantText(t, factsOf(read(t, rowPlan, text), "label"), "label = 5 in 'S'!B502")
}
