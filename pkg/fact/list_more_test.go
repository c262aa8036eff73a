package fact

import (
	"fmt"
	"strings"
	"testing"
)

// uniquePlan has a list with ids and another column in which no two records
// have the same.
const uniquePlan = `
tables:
  list:
    shape: list
    title: List
    columns:
      id: {headers: [Mã hồ sơ], role: key, unique: true}
      receipt: {headers: [Số biên lai], unique: true, optional: true}
      fee: {headers: [Phí], type: number, optional: true}
facts:
  all: {title: All, from: [{count: list}]}
  fees: {title: Fees, from: [{sum: list, column: fee}]}
`

func TestIDsTwice(t *testing.T) {
	r := read(t, uniquePlan, `
Mã hồ sơ | Tên | Phí
H1 | An | 1
H2 | Bình | 2
 H1 | Chi | 3
123 | Dũng | 4
'123 | Em | 5
- | Giang | 6
- | Hà | 7
h1 | I | 8
`)
	wantText(t, printFacts(r), `
all invalid: 2 records with an id that another one has: it cannot be told how many there are (see the findings)
fees invalid: 2 records with an id that another one has: it cannot be told how many there are (see the findings)`)
	wantText(t, printFindings(r), `
error 'S'!A4: the id in the column "Mã hồ sơ" is that of row 2: each record has its own [not-unique]
error 'S'!A6: the id in the column "Mã hồ sơ" is that of row 5: each record has its own [not-unique]
warning 'S'!7:8: 2 rows among the records without an id, a date or a choice that can be read, the first in row 7: taken as headings or totals, not as records [blank-required]
warning 'S'!A9: 1 record whose "Mã hồ sơ" differs from that of another one only by capitals, the first in row 9: are they the same? write ids alike [odd-id]`)
}

// A list may stand in several sheets; a record may stand in one.
func TestIDsTwiceInTwoSheets(t *testing.T) {
	const sheets = "== A\nMã hồ sơ | Tên | Phí\nH1 | An\nH2 | Bình\n== B\nMã hồ sơ | Tên | Phí\nH3 | Chi\n%s | Dũng"
	r := read(t, uniquePlan, fmt.Sprintf(sheets, "H4"))
	wantText(t, factsOf(r, "all"), "all = 4 in 'A'!A2:A3, 'B'!A2:A3")
	wantText(t, printFindings(r), "")
	r = read(t, uniquePlan, fmt.Sprintf(sheets, "H1"))
	wantText(t, factsOf(r, "all"), "all invalid: 1 record with an id that another one has: it cannot be told how many there are (see the findings)")
	wantText(t, printFindings(r), `error 'B'!A3: the id in the column "Mã hồ sơ" is that of row 2 in 'A': each record has its own [not-unique]`)
}

// A value that should be another in every record is told; only ids tell how
// many records there are.
func TestValuesTwice(t *testing.T) {
	r := read(t, uniquePlan, "Mã hồ sơ | Số biên lai\nH1 | 7\nH2 | 7\nH3 |\nH4 |")
	wantText(t, factsOf(r, "all"), "all = 4 in 'S'!A2:A5")
	wantText(t, printFindings(r), `error 'S'!B3: the value in the column "Số biên lai" is that of row 2: no two records have the same [not-unique]`)
}

func TestManyIDsTwice(t *testing.T) {
	text := "Mã hồ sơ | Tên | Phí\n" + strings.Repeat("H1 | An\n", 300)
	r := read(t, uniquePlan, text)
	wantText(t, factsOf(r, "all"), "all invalid: 299 records with an id that another one has: it cannot be told how many there are (see the findings)")
	lines := strings.Split(strings.TrimSpace(printFindings(r)), "\n")
	if want := `error 'S'!A13:A301: and 289 records more whose "Mã hồ sơ" occurs above [not-unique]`; len(lines) != 11 || lines[10] != want {
		t.Errorf("%d findings, the last is %s, want %s", len(lines), lines[len(lines)-1], want)
	}
}

// A column that several have the header of is not read.
func TestAmbiguousColumnsOfLists(t *testing.T) {
	for text, want := range map[string]string{
		"Mã hồ sơ | Phí | Phí\nH1 | 1 | 2":                           "all = 1 in 'S'!A2\nfees invalid: several columns of List are headed \"Phí\"",
		"Mã hồ sơ | Phí | \nH1 | 1 | 2\nmerge B1:C1":                 "all = 1 in 'S'!A2\nfees invalid: several columns of List are headed \"Phí\"",
		"Mã hồ sơ | Phí | Mã hồ sơ\nH1 | 1 | H2":                     "all invalid: several columns of List are headed \"Mã hồ sơ\"\nfees invalid: several columns of List are headed \"Mã hồ sơ\"",
		"Mã hồ sơ | Số biên lai | Số biên lai | Phí\nH1 | 1 | 2 | 3": "all = 1 in 'S'!A2\nfees = 3 in 'S'!D2",
	} {
		wantText(t, printFacts(read(t, uniquePlan, text)), want)
	}
}

func TestSums(t *testing.T) {
	const header = "Mã hồ sơ | Phí\n"
	for name, c := range map[string]struct{ text, want string }{
		"whole numbers":   {"H1 | 1\nH2 | 2", "fees = 3 in 'S'!B2:B3"},
		"a blank":         {"H1 | 1\nH2 | ", "fees = 1 in 'S'!B2:B3"},
		"all blank":       {"H1 | \nH2 | -", `fees missing (blank-required): 2 records of "List" have no figure in the column "Phí"`},
		"a word":          {"H1 | 1\nH2 | hai", `fees invalid: it cannot be told whether 1 record counts: the column "Phí" cannot be read there (see the findings)`},
		"a share":         {"H1 | 1\nH2 | 50%", `fees invalid: it cannot be told whether 1 record counts: the column "Phí" cannot be read there (see the findings)`},
		"halves":          {"H1 | 0.5\nH2 | 0.5", "fees = 1 in 'S'!B2:B3"},
		"a half":          {"H1 | 1\nH2 | 0.5", "fees invalid: 1.5 is no whole number"},
		"below 0":         {"H1 | 1\nH2 | -2", "fees invalid: -1 is below 0"},
		"large":           {"H1 | 9000000000000000\nH2 | 900000000000000000", "fees = 909000000000000000 in 'S'!B2:B3"},
		"very large":      {"H1 | 9e18\nH2 | 9e18\nH3 | 9e18", "fees = 27000000000000000000 in 'S'!B2:B4"},
		"tenths":          {"H1 | 0.1\nH2 | 0.2\nH3 | 0.7", "fees = 1 in 'S'!B2:B4"},
		"noise of floats": {"H1 | 0.10000000000000001\nH2 | 0.20000000000000001\nH3 | 0.69999999999999996", "fees = 1 in 'S'!B2:B4"},
		"a formula":       {"H1 | =1+1 -> 2\nH2 | 3", "fees = 5 in 'S'!B2:B3"},
	} {
		t.Run(name, func(t *testing.T) {
			wantText(t, factsOf(read(t, uniquePlan, header+c.text), "fees"), c.want)
		})
	}
}

// A sheet that nearly is one more of the list is not left out in silence.
func TestPartOfAListIsLeftOut(t *testing.T) {
	r := read(t, listPlan, `
== A
Mã | Ngày nhận | Hạn | Ngày trả | Mức
H1 | 2023-01-02 | 2023-01-10 | 2023-01-10 | Một phần
== B
Mã | Ngày nhận | Hạn | Ngày trà | Mức
H2 | 2023-01-02 | 2023-01-10 | 2023-01-10 | Một phần
`)
	wantText(t, factsOf(r, "all"), "all = 1 in 'A'!A2")
	wantText(t, printFindings(r), `warning 'B'!A1:E1: this looks like "List", and has no column "Ngày trả"; the nearest is "Ngày trà": it is not counted; mend the header, or rename the others [missing-column]`)
}

// A form and a list may share a sheet, however long the list is.
func TestFormAndListInOneSheet(t *testing.T) {
	plan := strings.Replace(uniquePlan, "\nfacts:", `
  form:
    shape: form
    title: Form
    columns: {label: {headers: [Chỉ tiêu], role: label}, value: {headers: [Số liệu], type: number}}
facts:
  a: {title: A, from: [{cell: form, row: {label: [A]}, column: value}]}`, 1)
	list := "Mã hồ sơ | Tên | Phí\n"
	for i := range 300 {
		list += fmt.Sprintf("H%d | An\n", i)
	}
	r := read(t, plan, "Chỉ tiêu | Số liệu\nA | 5\n\n"+list)
	wantText(t, factsOf(r, "a", "all"), "a = 5 in 'S'!B2\nall = 300 in 'S'!A5:A304")
	r = read(t, plan, "Mã hồ sơ | Tên | Phí\nH1 | An\n\nChỉ tiêu | Số liệu\nB | 1\n"+strings.Repeat("x | 2\n", 300)+"A | 5")
	wantText(t, factsOf(r, "a", "all"), "a = 5 in 'S'!B306\nall = 1 in 'S'!A2")
}

// Days are days, however they are stored.
func TestDaysOfLists(t *testing.T) {
	const rows = `
Mã hồ sơ | Ngày trả
H1 | 2023-12-31
H2 | 31/12/2023
H3 | 31-12-2023
H4 | 2023-12-31 23:59
H5 | 31/12/2023 08:30
H6 | 1/1/2023
H7 | 01/01/2024
H8 | 2024-01-01
H9 | 2022-12-31
`
	for _, epoch := range []string{"", "1904\n"} {
		r := read(t, idPlan, epoch+strings.TrimSpace(rows))
		wantText(t, factsOf(r, "all", "out"), "all = 9 in 'S'!A2:A10\nout = 6 in 'S'!B2:B7")
		wantText(t, printFindings(r), `note 'S'!B8:B10: 3 records with a date outside 2023, the first in row 8: they do not count for that period [outside-period]`)
	}
	r := read(t, idPlan, `
Mã hồ sơ | Ngày trả
H1 | 45000
H2 | 31/02/2023
H3 | 31/12/23
H4 | 60{dd/mm/yyyy}
H5 | -1{dd/mm/yyyy}
H6 | 45291.99999{dd/mm/yyyy hh:mm}
H7 | 4.5291e4{dd/mm/yyyy}
H8 | TRUE
`)
	wantText(t, factsOf(r, "out"), `out invalid: it cannot be told whether 6 records count: the column "Ngày trả" cannot be read there (see the findings)`)
	wantText(t, printFindings(r), `
error 'S'!B2: 1 record with "45000" in "Ngày trả", which is no date, the first in row 2: want dd/mm/yyyy [not-a-date]
error 'S'!B3: 1 record with "31/02/2023" in "Ngày trả", the first in row 3: there is no such day: want day/month/year [not-a-date]
error 'S'!B4: 1 record with "31/12/23" in "Ngày trả", the first in row 4: the year has two digits: write all four [not-a-date]
error 'S'!B5: 1 record with "60" in "Ngày trả", which is no date, the first in row 5: want dd/mm/yyyy [not-a-date]
error 'S'!B6: 1 record with "-1" in "Ngày trả", which is no date, the first in row 6: want dd/mm/yyyy [not-a-date]
error 'S'!B9: 1 record with "1" in "Ngày trả", which is no date, the first in row 9: want dd/mm/yyyy [not-a-date]`)
}

// A condition on a cell that cannot be read makes the count useless, unless
// another condition already excludes the record.
func TestUnsure(t *testing.T) {
	r := read(t, listPlan, `
Mã | Ngày nhận | Hạn | Ngày trả | Mức | Ghi chú | Phí
H1 | 2023-01-02 | 2023-01-10 | 2023-01-10 | Một phần | | 1
H2 | 2023-01-02 | sớm | 2023-01-11 | Mot phan | | 2
H3 | 2023-01-02 | 2023-01-10 | 2024-01-11 | Toan trinh | | x
`)
	wantText(t, printFacts(r), `
all = 3 in 'S'!A2:A4
out = 2 in 'S'!D2:D3
p invalid: it cannot be told whether 2 records count: the column "Mức" cannot be read there (see the findings)
pf invalid: it cannot be told whether 2 records count: the column "Mức" cannot be read there (see the findings)
notp invalid: it cannot be told whether 2 records count: the column "Mức" cannot be read there (see the findings)
late invalid: it cannot be told whether 1 record counts: the column "Hạn" cannot be read there (see the findings)
timely invalid: it cannot be told whether 1 record counts: the column "Hạn" cannot be read there (see the findings)
open = 0 in 'S'!D:D
noted = 0 in 'S'!F:F
void = 0 in 'S'!F:F
valid = 3 in 'S'!F2:F4
fees = 3 in 'S'!G2:G4
pfees invalid: it cannot be told whether 1 record counts: the column "Mức" cannot be read there (see the findings)`)
}

// Twenty different values that cannot be read are told one by one.
func TestManyProblems(t *testing.T) {
	text := "Mã hồ sơ | Ngày trả\n"
	for i := range 30 {
		text += fmt.Sprintf("H%d | ngày %d\n", i, i)
	}
	lines := strings.Split(strings.TrimSpace(printFindings(read(t, idPlan, text))), "\n")
	if want := `error 'S'!B22:B31: 10 records with "…" in "Ngày trả", which is no date, the first in row 22: want dd/mm/yyyy [not-a-date]`; len(lines) != 21 || lines[20] != want {
		t.Errorf("%d findings, the last is %s", len(lines), lines[len(lines)-1])
	}
}
