package fact

import (
	"fmt"
	"strings"
	"testing"
)

// A row that may be meant as a record, and is taken as none, is told.
func TestRowsThatMayBeRecords(t *testing.T) {
	const (
		header  = "STT | Mã hồ sơ | Tên | Ngày trả | Phí"
		first   = "1 | H1 | An | 2023-01-05 | 10"
		second  = "2 | H2 | Bình | 2023-01-06 | 20"
		unread  = "3 | | Chi | 31/02/2023 | 30"
		heading = "I | | Đất đai"
	)
	loose := func(area, count, first string) string {
		return fmt.Sprintf("warning 'S'!%s: %s among the records without an id, a date or a choice that can be read, the first in row %s: taken as headings or totals, not as records [blank-required]", area, count, first)
	}
	for name, c := range map[string]struct {
		rows     []string
		findings string
	}{
		"between":              {[]string{header, first, unread, second}, loose("3:3", "1 row", "3")},
		"at the end":           {[]string{header, first, second, unread}, loose("4:4", "1 row", "4")},
		"at the end, apart":    {[]string{header, first, second, "", unread}, loose("5:5", "1 row", "5")},
		"at the beginning":     {[]string{header, unread, first, second}, loose("2:2", "1 row", "2")},
		"two":                  {[]string{header, first, unread, second, "", unread}, loose("3:6", "2 rows", "3")},
		"a name and a fee":     {[]string{header, first, "3 | | Chi | | 30", second}, loose("3:3", "1 row", "3")},
		"an error":             {[]string{header, first, "3 | | | #N/A", second}, loose("3:3", "1 row", "3")},
		"a formula":            {[]string{header, first, "3 | | | =D2+1", second}, loose("3:3", "1 row", "3")},
		"words between":        {[]string{header, first, "", "3 | | Chi | sớm", second}, loose("4:4", "1 row", "4")},
		"words that follow":    {[]string{header, first, second, "3 | | Chi | sớm"}, loose("4:4", "1 row", "4")},
		"words below":          {[]string{header, first, second, "", " | | Người lập | Thủ trưởng"}, ""},
		"words below words":    {[]string{header, first, second, "", " | | Người lập | Thủ trưởng", "", "", " | | Chi | Dũng"}, ""},
		"headings":             {[]string{header, heading, first, heading, second}, ""},
		"totals":               {[]string{header, first, " | | | | 10", second, " | | Cộng | | 20", " | | | | 30"}, ""},
		"an id like a heading": {[]string{header, first, "", " | X | Chi", second}, "warning 'S'!4:4: 1 row among the records with neither a date, a choice nor a number, the first in row 4: taken as headings, not as records [blank-required]"},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, idPlan, strings.Join(c.rows, "\n"))
			for id, want := range map[string]string{"all": "2", "out": "2", "fees": "30"} {
				if f := r.Sets[0].Find(id); f.State != Reported || f.Value.String() != want {
					t.Errorf("%s, want %s", printFact(f), want)
				}
			}
			wantText(t, printFindings(r), c.findings)
		})
	}
}

// A record that may be a heading or a total is counted, and told.
func TestRecordsThatMayBeNone(t *testing.T) {
	const (
		header = "Mã hồ sơ | Tên | Ngày trả | Phí\n"
		first  = "H1 | An | 2023-01-05 | 10\n"
		second = "H2 | Bình | 2023-01-06 | 20\n"
		odd    = "warning 'S'!%d:%d: %s without a date, a choice or a number of its own, unlike the others, the first in row %[1]d: counted as records; clear what is a heading or a total, or label it as one [blank-required]"
	)
	for name, c := range map[string]struct{ text, all, findings string }{
		"a subtotal":            {header + first + "Cộng đất đai | | | 10\n" + second + "Cộng nhà ở | | | 20", "4", fmt.Sprintf(odd, 3, 5, "2 rows")},
		"a group with its sum":  {header + "I | Đất đai | | 10\n" + first + second, "3", fmt.Sprintf(odd, 2, 2, "1 row")},
		"with a date":           {header + first + "X | Chi | 2023-01-07 | 5\n" + second, "3", ""},
		"without an id":         {header + first + " | Chi | 2023-01-07 | 5\n" + second, "3", ""},
		"no id has a digit":     {header + "A | An | | 10\nB | Bình | | 20", "2", ""},
		"nor has it, but a day": {header + "A | An | 2023-01-05 | 10\nB | Bình | | 20", "2", fmt.Sprintf(odd, 3, 3, "1 row")},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, idPlan, c.text)
			if f := r.Sets[0].Find("all"); f.Value.String() != c.all {
				t.Errorf("%s, want %s", printFact(f), c.all)
			}
			wantText(t, printFindings(r), c.findings)
		})
	}
}

// Rows that stand on the header are printed again with it.
func TestUpperHeadersAgain(t *testing.T) {
	const upper = "DANH SÁCH\nHồ sơ | Công dân | Thời gian |\n"
	const header = "Mã hồ sơ | Tên | Ngày trả | Phí\n"
	r := read(t, idPlan, "Sở Y tế\n\n"+upper+header+"H1 | An | 2023-01-05 | 10\n"+upper+header+"H2 | Bình | 2023-01-06 | 20\nSở Y tế | x")
	wantText(t, factsOf(r, "all", "out", "fees"), "all = 3 in 'S'!A6:A11\nout = 2 in 'S'!C6:C10\nfees = 30 in 'S'!D6:D11")
	wantText(t, printFindings(r), "warning 'S'!11:11: 1 row without a date, a choice or a number of its own, unlike the others, the first in row 11: counted as records; clear what is a heading or a total, or label it as one [blank-required]")
}

// Without ids, a row of numbers only is a total, and a single date no record:
// both are told.
func TestRowsThatMayBeRecordsWithoutIDs(t *testing.T) {
	const plan = `
tables:
  list:
    shape: list
    title: List
    columns:
      day: {headers: [Ngày], type: date}
      fee: {headers: [Phí], type: number, optional: true}
      paid: {headers: [Đã nộp], type: number, optional: true}
facts:
  all: {title: All, from: [{count: list}]}
  fees: {title: Fees, kind: amount, from: [{sum: list, column: fee}]}
`
	r := read(t, plan, `
STT | Nội dung | Ngày | Phí | Đã nộp
1 | Họp tổ | 2023-01-05 | 5 | 5
 | | 2023-01-05
2 | Họp xã | 2023-01-05 | 6 | 4
 | | | 11 | 9
`)
	wantText(t, printFacts(r), "all = 2 in 'S'!A2:A4\nfees = 11 in 'S'!D2:D4")
	wantText(t, printFindings(r), `warning 'S'!3:5: 2 rows among the records with a single cell or only numbers, the first in row 3: taken as headings or totals, not as records [blank-required]`)
}

// Whether a record without an id is one does not depend on what facts ask: its
// days and choices are read though no fact needs them.
func TestDaysThatNoFactNeeds(t *testing.T) {
	const plan = `
tables:
  list:
    shape: list
    title: List
    columns:
      id: {headers: [Mã hồ sơ], role: key}
      name: {headers: [Tên], required: true}
      place: {headers: [Nơi], required: true}
      fee: {headers: [Phí], type: number, required: true}
      day: {headers: [Ngày trả], type: date}
facts:
  all: {title: All, from: [{count: list}]}
`
	r := read(t, plan, "Mã hồ sơ | Tên | Nơi | Phí | Ngày trả\nH1 | An | A | 5 | 2023-01-05\n | | | 6 | 2023-01-06")
	wantText(t, printFacts(r), "all = 2 in 'S'!A2:A3")
}

// A formula that failed stands for a value or for none: nobody knows.
func TestFormulasThatFailed(t *testing.T) {
	const rows = `
Mã | Ngày nhận | Hạn | Ngày trả | Mức | Ghi chú | Phí
H1 | 2023-01-02 | 2023-01-10 | 2023-01-10 | Một phần | ok | 1
H2 | 2023-01-02 | 2023-01-10 | %s | Một phần | %[1]s | 2
`
	for cell, want := range map[string]string{
		"sớm": "open = 0 in 'S'!D:D\nnoted = 2 in 'S'!F2:F3",
		"#N/A": `
open invalid: it cannot be told whether 1 record counts: the column "Ngày trả" cannot be read there (see the findings)
noted invalid: it cannot be told whether 1 record counts: the column "Ghi chú" cannot be read there (see the findings)`,
		"=A1": `
open invalid: it cannot be told whether 1 record counts: the column "Ngày trả" cannot be read there (see the findings)
noted invalid: it cannot be told whether 1 record counts: the column "Ghi chú" cannot be read there (see the findings)`,
		"=A1 -> #N/A": `
open invalid: it cannot be told whether 1 record counts: the column "Ngày trả" cannot be read there (see the findings)
noted invalid: it cannot be told whether 1 record counts: the column "Ghi chú" cannot be read there (see the findings)`,
		"^#N/A": `
open invalid: it cannot be told whether 1 record counts: the column "Ngày trả" cannot be read there (see the findings)
noted invalid: it cannot be told whether 1 record counts: the column "Ghi chú" cannot be read there (see the findings)`,
		"^#số 1": "open = 0 in 'S'!D:D\nnoted = 2 in 'S'!F2:F3",
	} {
		wantText(t, factsOf(read(t, listPlan, fmt.Sprintf(rows, cell)), "open", "noted"), want)
	}
}

// What cannot be seen is blank, and what can be seen is not.
func TestMarksInLists(t *testing.T) {
	r := read(t, listPlan, `
Mã | Ngày nhận | Hạn | Ngày trả | Mức | Ghi chú | Phí
H1 | 2023-01-02 | 2023-01-10 | ^`+"\u200b"+` | Một phần | ^`+"\u200b\u00a0"+` | ^`+"\ufeff"+`
H2 | 2023-01-02 | 2023-01-10 | 30/12/1899 | * | * | 2
H3 | 2023-01-02 | 2023-01-10 | 2023-01-05 | : | : | 3
`)
	wantText(t, factsOf(r, "open", "p", "noted", "fees"), `
open = 1 in 'S'!D2
p invalid: it cannot be told whether 2 records count: the column "Mức" cannot be read there (see the findings)
noted = 2 in 'S'!F3:F4
fees = 5 in 'S'!G2:G4`)
	wantText(t, printFindings(r), `
warning 'S'!D3: 1 record with "Ngày trả" before "Ngày nhận", the first in row 3: one of the two dates is wrong [date-order]
note 'S'!D3: 1 record with a date outside 2023, the first in row 3: they do not count for that period [outside-period]
error 'S'!E3: 1 record with "*" in "Mức", the first in row 3: want one of "Một phần", "Toàn trình", "Không" [unknown-choice]
error 'S'!E4: 1 record with ":" in "Mức", the first in row 4: want one of "Một phần", "Toàn trình", "Không" [unknown-choice]`)
}

// What stands for a missing name names no agency.
func TestPlaceholdersAreNoUnits(t *testing.T) {
	r := read(t, unitsPlan, `
== List
Mã | Đơn vị | Mức
H1 | Sở Y tế | Một phần
H2 | - | Một phần
H3 | #N/A | Một phần
H4 | ... | Một phần
== Cross
Đơn vị | Yêu cầu
Sở Y tế | 5
... | 7
`)
	wantText(t, values(r), "Sở Y tế (office): p=1 asked=5 staff=missing")
	wantText(t, printFindings(r), `
error 'Cross'!A3: 1 row with nothing in "Đơn vị", the first in row 3: they count for no unit; fill it in [blank-required]
error 'List'!B3:B5: 2 records with nothing in "Đơn vị", the first in row 3: they count for no unit; fill it in [blank-required]
error 'List'!B4: 1 cell in "Đơn vị" with the error #N/A, the first in row 4: mend their formulas [error-cell]`)
}

// Records and rows that name no agency are told where any table names one.
func TestNamelessAmongUnits(t *testing.T) {
	const list = "== List %s\nMã | Đơn vị | Mức\n%s | %s | Một phần\n"
	r := read(t, unitsPlan, fmt.Sprintf(list, "1", "H1", "Sở Y tế")+fmt.Sprintf(list, "2", "H2", ""))
	wantText(t, values(r), "Sở Y tế (office): p=1 asked=missing staff=missing")
	wantText(t, printFindings(r), `error 'List 2'!B2: 1 record with nothing in "Đơn vị", the first in row 2: they count for no unit; fill it in [blank-required]`)

	const cross = `
tables:
  cross:
    shape: cross
    title: Cross
    columns:
      unit: {headers: [Đơn vị], role: unit}
      label: {headers: [Lĩnh vực], role: label}
      asked: {headers: [Yêu cầu], type: number}
facts:
  asked: {title: Asked, from: [{total: cross, column: asked}]}
`
	r = read(t, cross, "Đơn vị | Lĩnh vực | Yêu cầu\nSở Y tế | Đất | 5\n | Nhà | 6")
	wantText(t, values(r), "Sở Y tế (office): asked=5")
	wantText(t, printFindings(r), `error 'S'!A3: 1 row with nothing in "Đơn vị", the first in row 3: they count for no unit; fill it in [blank-required]`)

	required := strings.Replace(unitsPlan, "role: unit, optional: true", "role: unit, required: true", 1)
	r = read(t, required, fmt.Sprintf(list, "1", "H1", ""))
	wantText(t, printFindings(r), `error 'List 1'!B2: 1 record with nothing in "Đơn vị", the first in row 2: fill it in [blank-required]`)
}

// A column that one sheet of a list has and another lacks gives no count, and
// nothing may stand in for it; a sheet without records is none.
func TestUnevenLists(t *testing.T) {
	const (
		with    = "Mã hồ sơ | Số biên lai | Phí\nH1 | 1 | 10\n"
		without = "Mã hồ sơ | Số biên lai\nH2 | 2\n"
		bare    = "Mã hồ sơ | Số biên lai\n"
		lacks   = `error '%s'!A1:B1: List has no column "Phí" here, and has one in '%s': its records cannot be counted by it; add it [missing-column]`
	)
	for name, c := range map[string]struct{ text, want, findings string }{
		"in the second":       {"== A\n" + with + "== B\n" + without, "all = 2 in 'A'!A2, 'B'!A2\nfees invalid: no column \"Phí\" in 'B'", fmt.Sprintf(lacks, "B", "A")},
		"in the first":        {"== A\n" + without + "== B\n" + with, "all = 2 in 'A'!A2, 'B'!A2\nfees invalid: no column \"Phí\" in 'A'", fmt.Sprintf(lacks, "A", "B")},
		"in both":             {"== A\n" + without + "== B\n" + strings.Replace(without, "H2 | 2", "H3 | 3", 1), "all = 2 in 'A'!A2, 'B'!A2\nfees missing (missing-column): no column \"Phí\" in 'A'", ""},
		"in one that's empty": {"== A\n" + with + "== B\n" + bare, "all = 1 in 'A'!A2\nfees = 10 in 'A'!C2", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, uniquePlan, c.text)
			wantText(t, printFacts(r), c.want)
			wantText(t, printFindings(r), c.findings)
		})
	}
}

// Only records have ids: a column's number, a heading and a value under a
// merge have none.
func TestIDsTwiceAreOfRecords(t *testing.T) {
	r := read(t, uniquePlan, `
STT | Mã hồ sơ | Tên | Phí
1 | 2 | 3 | 4
 | 5
1 | 2 | An | 10
2 | 2 | Bình | 20
3 | 5 | Chi | 30
4 | 7 | Dũng | 40
5 | 7 | Em | 50
merge B7:B8
`)
	wantText(t, factsOf(r, "all"), "all invalid: 1 record with an id that another one has: it cannot be told how many there are (see the findings)")
	wantText(t, printFindings(r), `
note 'S'!B3: 1 row with something in "Mã hồ sơ" and nothing else, the first in row 3: taken as headings, not as records [blank-required]
error 'S'!B5: the id in the column "Mã hồ sơ" is that of row 4: each record has its own [not-unique]
warning 'S'!8:8: 1 row among the records without an id, a date or a choice that can be read, the first in row 8: taken as headings or totals, not as records [blank-required]
warning 'S'!B8: a value is hidden under the merged cells B7:B8: it is not counted; unmerge them or clear it [under-merge]`)
}

// A condition on the column of units sees the name that is written once for
// several records.
func TestConditionOnMergedUnits(t *testing.T) {
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
  mine: {title: Mine, from: [{count: list, where: {unit: [Sở A]}}]}
  none: {title: None, from: [{count: list, where: {unit: blank}}]}
`
	for _, more := range []int{0, 300} {
		text := lengthen("Đơn vị | Mã hồ sơ | Ngày\nSở A | H1 | 2023-01-05\n | H2 | 2023-01-05\n | H3 | 2023-01-05\nmerge A2:A4\n", more, "Sở C | H | 2023-01-05")
		got, _, _ := strings.Cut(strings.TrimPrefix(printFacts(read(t, plan, text)), "Sở A:\n"), "Sở C")
		wantText(t, got, "mine = 3 in 'S'!A2:A4\nnone = 0 in 'S'!A:A")
	}
}

// What is merged over several records may be of each or of one: nobody knows. An
// amount is of all together.
func TestCellsMergedDownwards(t *testing.T) {
	const merged = "%s 'S'!%s: %s in %q merged with one above, the first in row %d: it cannot be told whether what stands there is of each record; unmerge them and fill in each [under-merge]"
	rows := `
Mã | Ngày nhận | Hạn | Ngày trả | Mức | Ghi chú | Phí
H1 | 2023-01-02 | 2023-01-10 | 2023-01-10 | Một phần | Hủy | 30
H2 | 2023-01-02 | 2023-01-10 |            |          |     |
H3 | 2023-01-02 | 2023-01-10 |            |          |     |
`
	for merge, c := range map[string]struct{ ids, want, findings string }{
		"D2:D4": {"all out open", `
all = 3 in 'S'!A2:A4
out invalid: it cannot be told whether 2 records count: the column "Ngày trả" cannot be read there (see the findings)
open invalid: it cannot be told whether 2 records count: the column "Ngày trả" cannot be read there (see the findings)`,
			fmt.Sprintf(merged, "warning", "D3:D4", "2 cells", "Ngày trả", 3)},
		"E3:E4": {"p", "p = 1 in 'S'!E2", ""}, // nothing stands there
		"E2:E3": {"p", `p invalid: it cannot be told whether 1 record counts: the column "Mức" cannot be read there (see the findings)`,
			fmt.Sprintf(merged, "warning", "E3", "1 cell", "Mức", 3)},
		"F2:F4": {"void", `void invalid: it cannot be told whether 2 records count: the column "Ghi chú" cannot be read there (see the findings)`,
			fmt.Sprintf(merged, "warning", "F3:F4", "2 cells", "Ghi chú", 3)},
		"G2:G4": {"fees", "fees = 30 in 'S'!G2:G4", ""},
	} {
		for _, more := range []int{0, 300} {
			r := read(t, listPlan, lengthen(rows+"merge "+merge+"\n", more, " | 2023-01-02 | 2024-01-01 | 2024-01-01 | Không | x | 0"))
			if more > 0 { // the others have their own
				c.want = strings.NewReplacer("all = 3 in 'S'!A2:A4", "all = 303 in 'S'!A2:A304", "G2:G4", "G2:G304").Replace(c.want)
			}
			wantText(t, factsOf(r, strings.Fields(c.ids)...), c.want)
			if more == 0 {
				wantText(t, printFindings(r), c.findings)
			}
		}
	}
	r := read(t, listPlan, strings.ReplaceAll(strings.ReplaceAll(rows, "H2", ""), "H3", "")+"merge A2:A4")
	wantText(t, factsOf(r, "all"), "all = 3 in 'S'!A2:A4")
	wantText(t, printFindings(r), fmt.Sprintf(merged, "warning", "A3:A4", "2 cells", "Mã", 3))
}
