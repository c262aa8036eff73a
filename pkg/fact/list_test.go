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

// idPlan counts ids, dates and fees of records; its lists may have any other
// columns.
const idPlan = `
tables:
  list:
    shape: list
    title: List
    totals: [Toàn khối]
    columns:
      id: {headers: [Mã hồ sơ], role: key}
      out: {headers: [Ngày trả], type: date, optional: true}
      fee: {headers: [Phí], type: number, style: vi, optional: true}
facts:
  all: {title: All, from: [{count: list}]}
  out: {title: Out, from: [{count: list, during: out}]}
  fees: {title: Fees, kind: amount, from: [{sum: list, column: fee}]}
`

// What stands in a list and is no record is not counted.
func TestRowsThatAreNoRecords(t *testing.T) {
	const note = `note 'S'!%s: 1 row with something in "Mã hồ sơ" and nothing else, the first in row %s: taken as headings, not as records [blank-required]`
	headings := func(row string) string { return fmt.Sprintf(note, "B"+row, row) }
	const header = "STT | Mã hồ sơ | Tên | Ngày trả | Phí"
	const first, second = "1 | H1 | An | 2023-01-05 | 10\n", "2 | H2 | Bình | 2023-01-06 | 20\n"
	for name, c := range map[string]struct{ text, findings string }{
		"blank rows":               {header + "\n\n" + first + "\n\n" + second, ""},
		"column numbers":           {header + "\n1 | 2 | 3 | 4 | 5\n" + first + second, ""},
		"a group":                  {header + "\nI | Đất đai\n" + first + second, headings("2")},
		"a total":                  {header + "\n" + first + second + " | Tổng cộng | | | 30", ""},
		"a total of all columns":   {header + "\n" + first + second + " | Tổng số: | 2 | 2 | 30", ""},
		"a total with a count":     {header + "\n" + first + second + " | Tổng cộng: 2 hồ sơ | | | 30", ""},
		"the plan's own total":     {header + "\n" + first + second + " | TOÀN KHỐI | | | 30", ""},
		"a total by its number":    {header + "\n" + first + second + "Tổng cộng | | | | 30", ""},
		"a total without a label":  {header + "\n" + first + second + " | | | | 30", ""},
		"a total above":            {header + "\n | Tổng số | | | 30\n" + first + second, ""},
		"the header again":         {header + "\n" + first + header + "\n" + second, ""},
		"the header, other lines":  {header + "\n" + first + `STT | Mã\nhồ  sơ | Tên | Ngày\ntrả | Phí` + "\n" + second, ""},
		"header and numbers again": {header + "\n1 | 2 | 3 | 4 | 5\n" + first + header + "\n1 | 2 | 3 | 4 | 5\n" + second, ""},
		"signatures": {header + "\n" + first + second + "\n | | | Quảng Nam, ngày 31 tháng 12 năm 2023\n | NGƯỜI LẬP BIỂU | | THỦ TRƯỞNG\n | Nguyễn Văn A | | Trần Thị B",
			`note 'S'!6:7: 2 rows below the records with neither a date, a choice nor a number, the first in row 6: taken as signatures, not as records [blank-required]`},
		"signatures at the left": {header + "\n" + first + second + "\n | NGƯỜI LẬP BIỂU | THỦ TRƯỞNG",
			`note 'S'!5:5: 1 row below the records with neither a date, a choice nor a number, the first in row 5: taken as signatures, not as records [blank-required]`},
		"a name below": {header + "\n" + first + second + "\n | Nguyễn Văn A", headings("5")},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, idPlan, c.text)
			for id, want := range map[string]string{"all": "2", "out": "2", "fees": "30"} {
				if f := r.Sets[0].Find(id); f.State != Reported || f.Value.String() != want {
					t.Errorf("%s, want %s", printFact(f), want)
				}
			}
			wantText(t, printFindings(r), c.findings)
		})
	}
}

// Records are records whatever they lack.
func TestRowsThatAreRecords(t *testing.T) {
	for name, c := range map[string]struct{ row, all, out string }{
		"an id and a name":       {" | H3 | Chi", "3", "2"},
		"an id and a fee":        {" | H3 | | | 0", "3", "2"},
		"no id":                  {" | | Chi | 2023-01-07", "3", "3"},
		"no name":                {" | H3 | | 2023-01-07", "3", "3"},
		"an odd id":              {" | Cộng đồng 3 | Chi | 2023-01-07", "3", "3"},
		"an id that is a number": {" | 3 | Chi | 2023-01-07", "3", "3"},
		"next to the others, an id without a digit": {" | X | Chi", "3", "2"},
	} {
		r := read(t, idPlan, "STT | Mã hồ sơ | Tên | Ngày trả | Phí\n1 | H1 | An | 2023-01-05 | 10\n2 | H2 | Bình | 2023-01-06 | 20\n"+c.row)
		got := r.Sets[0].Find("all").Value.String() + " " + r.Sets[0].Find("out").Value.String()
		if got != c.all+" "+c.out {
			t.Errorf("%s: %s, want %s %s", name, got, c.all, c.out)
		}
	}
}

// Ids need no digits where no record has any.
func TestIDsWithoutDigits(t *testing.T) {
	r := read(t, idPlan, "Mã hồ sơ | Tên | Phí\nMột | An\n\nHai | Bình | 5\n\nBa | Chi")
	wantText(t, printFacts(r), `
all = 3 in 'S'!A2:A6
out missing (missing-column): no column "Ngày trả" in 'S'
fees = 5 in 'S'!C2:C6`)
}

// A list without a column of ids counts the rows with two filled cells.
func TestListWithoutIDs(t *testing.T) {
	const plan = `
tables:
  list:
    shape: list
    title: List
    columns:
      day: {headers: [Ngày], type: date}
      fee: {headers: [Phí], type: number, optional: true}
facts:
  all: {title: All, from: [{count: list}]}
  fees: {title: Fees, kind: amount, from: [{sum: list, column: fee}]}
`
	r := read(t, plan, `
STT | Nội dung | Ngày | Phí
A | B | 1 | 2
I | Họp
1 | Họp tổ | 2023-01-05 | 5
2 | Họp xã | 2023-01-05 | 6
STT | Nội dung | Ngày | Phí
A | B | 1 | 2
3 | Họp huyện | 2023-01-07 | 7
Tổng cộng | | | 18
 | Tổng số | | 18

 | Người lập | Thủ trưởng
`)
	wantText(t, printFacts(r), "all = 3 in 'S'!A4:A8\nfees = 18 in 'S'!D4:D8")
}

// A template whose list nobody filled in is no source: it does not say 0.
func TestEmptyList(t *testing.T) {
	plan := strings.Replace(idPlan, "[{count: list, during: out}]", "[{count: list, during: out}, {cell: form, row: {label: [Đã giải quyết]}, column: value}]", 1)
	plan = strings.Replace(plan, "\nfacts:", `
  form:
    shape: form
    title: Form
    columns: {label: {headers: [Chỉ tiêu], role: label}, value: {headers: [Số liệu], type: number}}
facts:`, 1)
	r := read(t, plan, "== A\nMã hồ sơ | Ngày trả | Phí\n\n | Người lập\n== B\nChỉ tiêu | Số liệu\nĐã giải quyết | 1234")
	wantText(t, printFacts(r), `
all missing (blank-required): List in 'A' holds no record
out = 1234 in 'B'!B2
fees missing (blank-required): List in 'A' holds no record`)
	wantText(t, printFindings(r), "")
}

// What is wrong with a row that is no record is not told, and what is wrong
// with a record is not taken back by the row below it.
func TestProblemsAreOfRecords(t *testing.T) {
	r := read(t, idPlan, `
Mã hồ sơ | Ngày trả | Phí
H1 | 31/02/2023 | mười
Mã hồ sơ
H2 | #N/A | =A1+1

 | Người lập | Kế toán
`)
	wantText(t, printFacts(r), `
all = 2 in 'S'!A2:A4
out invalid: it cannot be told whether 2 records count: the column "Ngày trả" cannot be read there (see the findings)
fees invalid: it cannot be told whether 2 records count: the column "Phí" cannot be read there (see the findings)`)
	wantText(t, printFindings(r), `
error 'S'!B2: 1 record with "31/02/2023" in "Ngày trả", the first in row 2: there is no such day: want day/month/year [not-a-date]
error 'S'!C2: 1 cell in "Phí" without a number that can be used, the first in row 2: "mười" [not-a-number]
error 'S'!B4: 1 cell in "Ngày trả" with the error #N/A, the first in row 4: mend their formulas [error-cell]
error 'S'!C4: 1 formula in "Phí" not calculated, the first in row 4: open the file and save it in a spreadsheet program [not-calculated]`)
}
