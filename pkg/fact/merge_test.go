package fact

import (
	"fmt"
	"strings"
	"testing"
)

// lengthen puts so many records below those of a list, so that its sheet is
// longer than what is read of every sheet.
func lengthen(text string, n int, row string) string {
	return text + strings.Repeat(row+"\n", n)
}

// A value that a merge hides counts nowhere, in a short sheet and in a long
// one, whose merges are known only at its end.
func TestValuesUnderMerges(t *testing.T) {
	const list = `
Mã hồ sơ | Ngày trả | Phí | Tên
H1 | 2023-01-05 | 10 | An
H2 | 2023-01-06 | 20 | Bình
H3 | 2023-01-07 | 30 | Chi
merge C2:C3
merge A4:B4
`
	for _, more := range []int{0, 300} {
		r := read(t, idPlan, lengthen(list, more, "K | | | D"))
		wantText(t, factsOf(r, "out", "fees"), fmt.Sprintf("out = 2 in 'S'!B2:B3\nfees = 40 in 'S'!C2:C%d", 4+more))
		wantText(t, printFindings(r), `
warning 'S'!C3: a value is hidden under the merged cells C2:C3: it is not counted; unmerge them or clear it [under-merge]
warning 'S'!B4: a value is hidden under the merged cells A4:B4: it is not counted; unmerge them or clear it [under-merge]`)
	}

	r := read(t, formPlan, `
STT | Chỉ tiêu | Số liệu | Ghi chú
1 | A | 5
2 | B | 6
3 | C | 7 | x
4 | D | 8 | y
merge C2:C4
merge D4:D5
`)
	wantText(t, printFacts(r), "a = 5 in 'S'!C2\nb missing (blank-required): 'S'!C3 lies under merged cells")
	wantText(t, printFindings(r), `
warning 'S'!C3:C4: 2 values of the column "Số liệu" are hidden under merged cells, the first under C2:C4: they are not counted; unmerge them or clear them [under-merge]`)
}

// The merges of a long list may show that its header reads otherwise than its
// blanks say.
func TestLongListWithMergedHeader(t *testing.T) {
	const plan = `
tables:
  list:
    shape: list
    title: List
    columns:
      id: {headers: [Mã hồ sơ], role: key}
      in: {headers: [Ngày / Nhận], type: date}
      out: {headers: [Ngày / Trả], type: date}
      paid: {headers: [Lệ phí / Trả], type: date}
facts:
  in: {title: In, from: [{count: list, during: in}]}
  out: {title: Out, from: [{count: list, during: out}]}
  paid: {title: Paid, from: [{count: list, during: paid}]}
`
	text := `
Danh sách
STT | Mã hồ sơ | Ngày | | Lệ phí |
 | | Nhận | Trả | Mức | Trả
merge A2:A3
merge B2:B3
merge C2:D2
merge E2:F2
1 | 2 | 3 | 4 | 5 | 6
`
	for i := range 300 {
		text += fmt.Sprintf("%d | H%d | 2023-01-05 | %s | 10 | %s\n", i+1, i, []string{"2023-02-05", ""}[i%2], []string{"2022-01-01", "2023-02-05", ""}[i%3])
	}
	r := read(t, plan, text)
	wantText(t, printFacts(r), `
in = 300 in 'S'!C5:C304
out = 150 in 'S'!D5:D303
paid = 100 in 'S'!F6:F303`)
}

// An agency that is written once for several records, in cells merged
// downwards, is the agency of them all.
func TestMergedUnits(t *testing.T) {
	const plan = `
tables:
  list:
    shape: list
    title: List
    columns:
      unit: {headers: [Đơn vị], role: unit}
      id: {headers: [Mã hồ sơ], role: key}
      day: {headers: [Ngày], type: date}
facts:
  all: {title: All, from: [{count: list}]}
`
	for _, more := range []int{0, 300} {
		text := lengthen("Đơn vị | Mã hồ sơ | Ngày\nSở A | H1 | 2023-01-05\n | H2 | 2023-01-05\n | H3 | 2023-01-05\nSở B | H4 | 2023-01-05\nmerge A2:A4\n", more, "Sở C | H | 2023-01-05")
		r := read(t, plan, text)
		got, _, _ := strings.Cut(printFacts(r), "Sở C")
		wantText(t, got, "Sở A:\nall = 3 in 'S'!B2:B4\nSở B:\nall = 1 in 'S'!B5")
	}
}
