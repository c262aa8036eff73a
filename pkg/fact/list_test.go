package fact

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// listPlan has a fact for each kind of count and condition.
const listPlan = `
tables:
  list:
    shape: list
    title: List
    columns:
      id: {headers: [Mã], role: key, unique: true}
      in: {headers: [Ngày nhận], type: date}
      due: {headers: [Hạn], type: date, not_before: in}
      out: {headers: [Ngày trả], type: date, not_before: in}
      level: {headers: [Mức], type: choice, values: {p: [Một phần, Mức 3], f: [Toàn trình], n: [Không, x]}}
      note: {headers: [Ghi chú], optional: true}
      fee: {headers: [Phí], type: number, style: vi, optional: true}
facts:
  all: {title: All, from: [{count: list}]}
  out: {title: Out, from: [{count: list, during: out}]}
  p: {title: P, from: [{count: list, where: {level: [p]}}]}
  pf: {title: PF, from: [{count: list, where: {level: [p, f]}}]}
  notp: {title: Not P, from: [{count: list, where: {level: {not: [p]}}}]}
  late: {title: Late, from: [{count: list, where: {out: {after: due}}}]}
  timely: {title: Timely, from: [{count: list, where: {out: {not_after: due}}}]}
  open: {title: Open, from: [{count: list, where: {out: blank}}]}
  noted: {title: Noted, from: [{count: list, where: {note: filled}}]}
  void: {title: Void, from: [{count: list, where: {note: [Hủy, Trả lại]}}]}
  valid: {title: Valid, from: [{count: list, where: {note: {not: [Hủy, Trả lại]}}}]}
  fees: {title: Fees, kind: amount, from: [{sum: list, column: fee}]}
  pfees: {title: P fees, kind: amount, from: [{sum: list, column: fee, during: out, where: {level: [p]}}]}
`

// factsOf prints some of the facts of a reading.
func factsOf(r *Reading, ids ...string) string {
	var b strings.Builder
	for _, id := range ids {
		b.WriteString(printFact(r.Sets[0].Find(id)) + "\n")
	}
	return b.String()
}

func TestConditions(t *testing.T) {
	r := read(t, listPlan, `
Mã | Ngày nhận | Hạn | Ngày trả | Mức | Ghi chú | Phí
H1 | 2023-01-02 | 2023-01-10 | 2023-01-10 | Một phần | | 1000
H2 | 2023-01-02 | 2023-01-10 | 2023-01-11 | MỨC  3 | Hủy | 2.5
H3 | 2023-01-02 | 2023-01-10 | | Toàn trình | - | 4
H4 | 2023-01-02 | | 2022-12-31 | Không | TRẢ LẠI. | -500
H5 | 2023-01-02 | 2024-01-10 | 2024-01-09 | x | khác | '1.234,5
H6 | 2023-01-02 | 2023-12-31 | 2023-12-31 | - | hủy |
`)
	wantText(t, printFacts(r), `
all = 6 in 'S'!A2:A7
out = 3 in 'S'!D2:D7
p = 2 in 'S'!E2:E3
pf = 3 in 'S'!E2:E4
notp = 4 in 'S'!E4:E7
late = 1 in 'S'!D3
timely = 3 in 'S'!D2:D7
open = 1 in 'S'!D4
noted = 4 in 'S'!F3:F7
void = 3 in 'S'!F3:F7
valid = 3 in 'S'!F2:F6
fees = 1741 in 'S'!G2:G7
pfees = 2005/2 in 'S'!G2:G3
`)
	wantText(t, printFindings(r), `
warning 'S'!D5: 1 record with "Ngày trả" before "Ngày nhận", the first in row 5: one of the two dates is wrong [date-order]
note 'S'!D5:D6: 2 records with a date outside 2023, the first in row 5: they do not count for that period [outside-period]
note 'S'!G6: 1 number in "Phí" typed as text, the first in row 6: type them as numbers [text-number]
`)
}

// What a person types in place of a value is no value.
func TestPlaceholdersInLists(t *testing.T) {
	r := read(t, listPlan, `
Mã | Ngày nhận | Hạn | Ngày trả | Mức | Ghi chú | Phí
H1 | 2023-01-02 | - | ... | … | – | x
H2 | 2023-01-02 | không có số liệu | / | N/A | _ | -
H3 | 2023-01-02 | 2023-01-10 | 2023-01-09 | p | có | 3
- | 2023-01-02 | | | Một phần | x |
`)
	wantText(t, factsOf(r, "all", "out", "late", "open", "noted", "fees"), `
all = 4 in 'S'!A2:A5
out = 1 in 'S'!D4
late = 0 in 'S'!D:D
open = 3 in 'S'!D2:D5
noted = 2 in 'S'!F4:F5
fees = 3 in 'S'!G2:G5
`)
}

func TestManyChoices(t *testing.T) {
	var values, rows strings.Builder
	for i := range 70 {
		fmt.Fprintf(&values, "c%d: [Lựa chọn %d], ", i, i)
		fmt.Fprintf(&rows, "H%d | Lựa chọn %d\n", i, i)
	}
	plan := `
tables:
  list:
    shape: list
    title: List
    columns:
      id: {headers: [Mã], role: key}
      c: {headers: [Loại], type: choice, values: {` + strings.TrimSuffix(values.String(), ", ") + `}}
facts:
  last: {title: Last, from: [{count: list, where: {c: [c1, c69]}}]}
  others: {title: Others, from: [{count: list, where: {c: {not: [c1, c69]}}}]}
`
	wantText(t, printFacts(read(t, plan, "Mã | Loại\n"+rows.String())), "last = 2 in 'S'!B3:B71\nothers = 68 in 'S'!B2:B70")
}

// Text conditions fold texts as labels are folded.
func TestTextConditionsFold(t *testing.T) {
	text := `
Mã | Ngày nhận | Hạn | Ngày trả | Mức | Ghi chú
H1 | | | | Một phần | HUỶ
H2 | | | | Một phần |  trả   lại:
H3 | | | | Một phần | Hủy bỏ
`
	for _, text := range []string{text, norm.NFD.String(text)} {
		r := read(t, listPlan, text)
		wantText(t, factsOf(r, "void", "valid"), "void = 2 in 'S'!F2:F3\nvalid = 1 in 'S'!F4")
	}
}
