package fact

import (
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
)

const crossPlan = `
tables:
  cross:
    shape: cross
    title: Cross
    columns:
      code: {headers: [STT], role: code, optional: true}
      label: {headers: [Lĩnh vực], role: label}
      received: {headers: [Tiếp nhận], type: number, style: vi}
      done: {headers: [Giải quyết], type: number, style: vi, optional: true}
      rate: {headers: [Tỷ lệ], type: share, style: vi, scale: percents, optional: true}
facts:
  received: {title: Received, from: [{total: cross, column: received}]}
  land: {title: Land, from: [{cell: cross, row: {label: [Đất đai]}, column: received}]}
`

// The total of a table is its total row, or the sum of its details where it
// has none; what stands in its way is said.
func TestTotals(t *testing.T) {
	const header = "STT | Lĩnh vực | Tiếp nhận\n"
	for name, c := range map[string]struct{ text, want, findings string }{
		"no total row":  {header + "1 | Đất đai | 10\n2 | Nhà | 20", "received = 30 in 'S'!C2:C3", ""},
		"a total row":   {header + "1 | Đất đai | 10\n2 | Nhà | 20\n | Tổng số | 30", "received = 30 in 'S'!C4", ""},
		"a total above": {header + " | Tổng số | 30\n1 | Đất đai | 10\n2 | Nhà | 20", "received = 30 in 'S'!C2", ""},
		"subtotals":     {header + "I | Sở | 30\n1 | Đất đai | 10\n2 | Nhà | 20\nII | Huyện | 5\n1 | Xe | 5", "received = 35 in 'S'!C3:C6", ""},
		"parts":         {header + "1 | Đất đai | 10\n | - Giao | 4\n | - Thuê | 6\n2 | Nhà | 20", "received = 30 in 'S'!C2:C5", ""},
		"a blank is not 0": {header + "1 | Đất đai | -\n2 | Nhà | 20", "received = 20 in 'S'!C3",
			`warning 'S'!C2: 1 row without a figure in the column "Tiếp nhận", the first in row 2: the sum is of the others, and blank is not 0; fill them in, with 0 where there is none [blank-required]`},
		"all blank": {header + "1 | Đất đai | -\n2 | Nhà | ", `received missing (blank-required): Cross has no figure in its column "Tiếp nhận"`, ""},
		"a blank total": {header + "1 | Đất đai | 10\n | Tổng số | ", "received = 10 in 'S'!C2",
			`warning 'S'!C3: row 3 "Tổng số" is blank in the column "Tiếp nhận": the sum of the rows is used; fill it in [blank-required]`},
		"another total": {header + "1 | Đất đai | 10\n2 | Nhà | 20\n | Tổng số | 31", `received invalid: row 4 "Tổng số" is 31, and the 2 figures in rows 2 to 3 add up to 30, a difference of 1: mend the sum or its rows`,
			`error 'S'!C4: row 4 "Tổng số" is 31, and the 2 figures in rows 2 to 3 add up to 30, a difference of 1: mend the sum or its rows [total-mismatch]`},
		"one of each group": {header + "1 | Đất đai | 10\nCộng | | 10\n1 | Nhà | 20\n2 | Xe | 3\nCộng | | 23\nTổng cộng | | 33", "received = 33 in 'S'!C7", ""},
		"the whole first":   {header + "Tổng cộng | | 33\n1 | Đất đai | 10\nCộng | | 10\n1 | Nhà | 20\n2 | Xe | 3\nCộng | | 23", "received = 33 in 'S'!C2", ""},
		"of each group, and the whole is wrong": {header + "1 | Đất đai | 10\nCộng | | 10\n1 | Nhà | 20\nCộng | | 20\nTổng cộng | | 40", `received invalid: row 6 "Tổng cộng" is 40, and the 2 figures in rows 2 to 4 add up to 30, a difference of 10: mend the sum or its rows`,
			`error 'S'!C6: row 6 "Tổng cộng" is 40, and the 2 figures in rows 2 to 4 add up to 30, a difference of 10: mend the sum or its rows [total-mismatch]`},
		"nobody knows which": {header + "1 | Đất đai | 10\nCộng | | 11\n1 | Nhà | 20\nCộng | | 21\nTổng cộng | | 40",
			`received invalid: row 3 "Cộng" is 11, and the figure in row 2 is 10, a difference of 1: mend the sum or its rows`,
			`error 'S'!C3: row 3 "Cộng" is 11, and the figure in row 2 is 10, a difference of 1: mend the sum or its rows [total-mismatch]
error 'S'!C5: row 5 "Cộng" is 21, and the figure in row 4 is 20, a difference of 1: mend the sum or its rows [total-mismatch]
error 'S'!C6: row 6 "Tổng cộng" is 40, and the 2 figures in rows 2 to 4 add up to 30, a difference of 10: mend the sum or its rows [total-mismatch]`},
		"another table below": {header + "1 | Đất đai | 10\n2 | Nhà | 20\n | Tổng số | 30\n\nSTT | Phòng | Nam\n1 | Phòng A | 3\n | Tổng số | 3", "received = 30 in 'S'!C4",
			"warning 'S'!7:8: 2 rows with figures below the end of Cross, the first in row 7: they are not counted; move what stands there to another sheet [ambiguous-table]"},
		"signatures": {header + "1 | Đất đai | 10\n2 | Nhà | 20\n\n | | Quảng Nam, ngày 31/12/2023\n | Người lập biểu | Thủ trưởng", "received = 30 in 'S'!C2:C3", ""},
		"no label": {header + "1 | Đất đai | 10\n2 | Nhà | 20\n | | 30", "received = 30 in 'S'!C2:C3",
			"error 'S'!4:4: 1 row of Cross with figures and no label, the first in row 4: they are not counted; label them or clear them [blank-required]"},
		"a total left of the label": {"Mã | Lĩnh vực | Tiếp nhận\n1 | Đất đai | 10\n2 | Nhà | 20\nTổng số | | 30", "received = 30 in 'S'!C4", ""},
		"a page later":              {header + "1 | 2 | 3\n1 | Đất đai | 10\n" + header + "1 | 2 | 3\n2 | Nhà | 20", "received = 30 in 'S'!C3:C6", ""},
		"a text that is no number": {header + "1 | Đất đai | 10\n2 | Nhà | hai mươi", `received invalid: 'S'!C3: "hai mươi" is no number`,
			`error 'S'!C3: "hai mươi" is no number [not-a-number]`},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, crossPlan, c.text)
			wantText(t, factsOf(r, "received"), c.want)
			wantText(t, printFindings(r), c.findings)
		})
	}
}

// What is said of parts and details is part of how a sum was made.
func TestSumSaysWhatItLeftOut(t *testing.T) {
	r := read(t, crossPlan, "STT | Lĩnh vực | Tiếp nhận\n1 | Đất đai | 10\n | - Giao đất | 4\n2 | Nhà | 20")
	how := r.Sets[0].Find("received").Sources[0].How.In(lang.EN)
	if want := `sum of the detail rows of "Cross", without 1 row that are parts of the rows above them`; how != want {
		t.Errorf("%s, want %s", how, want)
	}
}

// The same table in two sheets: a cell may be in either, a total cannot.
func TestTableInTwoSheets(t *testing.T) {
	r := read(t, crossPlan, `
== A
STT | Lĩnh vực | Tiếp nhận
1 | Nhà | 10
== B
STT | Lĩnh vực | Tiếp nhận
1 | Đất đai | 20
`)
	wantText(t, printFacts(r), `
received invalid: the table "Cross" stands in two places, 'A' and 'B': keep one
land = 20 in 'B'!C2`)
	wantText(t, printFindings(r), `error 'B': the table "Cross" stands in two places, 'A' and 'B': keep one [ambiguous-table]`)
}

// Labels and figures whose headers are merged over several columns.
func TestWideHeaders(t *testing.T) {
	const header = "STT | Lĩnh vực | | Tiếp nhận |\nmerge B1:C1\nmerge D1:E1\n"
	for text, want := range map[string]string{
		"1 | Đất đai | | 10\nmerge B2:C2\nmerge D2:E2": "land = 10 in 'S'!D2",
		"1 | Đất đai | | | 10":                         "land = 10 in 'S'!E2",
		"1 | | Đất đai | 10":                           "land = 10 in 'S'!D2",
		"1 | Đất đai | | 10 | 20":                      `land invalid: several cells under the header "Tiếp nhận" are filled in row 2: it cannot be told which one counts`,
	} {
		r := read(t, crossPlan, header+text)
		wantText(t, factsOf(r, "land"), want)
		wantText(t, printFindings(r), "")
	}
}
