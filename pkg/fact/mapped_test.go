package fact

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
	"github.com/parcheck/parcheck/pkg/workbook"
)

const mappedPlan = `
tables:
  form:
    shape: form
    title: Form
    columns:
      label: {headers: [Chỉ tiêu], role: label}
      value: {headers: [Số liệu], type: number, style: vi}
  money:
    shape: cross
    title: Money
    scale: {đồng: 1, triệu đồng: 1000000}
    columns:
      project: {headers: [Dự án], role: label}
      planned: {headers: [Kế hoạch], type: number, style: vi}
      paid: {headers: [Đã chi], type: number, style: vi}
facts:
  a: {title: A, from: [{cell: form, row: {label: [Hồ sơ tiếp nhận]}, column: value}]}
  b: {title: B, from: [{cell: form, row: {label: [Hồ sơ trả]}, column: value}]}
  c: {title: C, kind: amount, from: [{total: money, column: paid}]}
`

// mappedForms are two foreign forms, as a person confirmed them.
var mappedForms = []Form{
	{
		Layout: table.Layout{"TT", "Nội dung", "Kết quả năm 2022", "Kết quả năm 2023"}, Table: "form",
		Columns: []string{"", "label", "", "value"},
		Rows:    []RowName{{"Đã nhận", "Hồ sơ tiếp nhận"}},
		Place:   diag.Pos{File: "m.yaml", Line: 3},
	},
	{
		Layout: table.Layout{"Công trình", "Vốn / Giao", "Vốn / Chi"}, Table: "money",
		Columns: []string{"project", "planned", "paid"}, Totals: []string{"Gộp cả năm"}, Money: "triệu đồng",
		Place: diag.Pos{File: "m.yaml", Line: 9},
	},
}

// readMapped reads a workbook with a mapping, and says of each figure whether it
// came through it.
func readMapped(t *testing.T, forms []Form, bookText string) string {
	t.Helper()
	file := parseBook(t, bookText).xlsx()
	w, err := workbook.Open(context.Background(), "f.xlsx", bytes.NewReader(file), int64(len(file)), workbook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	q := Prepare(parsePlan(t, mappedPlan), nil)
	q.Map(forms)
	r, err := q.Collect(context.Background(), w, Input{File: w.Name}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, f := range r.Sets[0].Facts {
		if f.ID == "dummy" {
			continue
		}
		out.WriteString(printFact(&f))
		for _, s := range f.Sources {
			if s.Mapped {
				out.WriteString(" (mapped)")
			}
		}
		out.WriteString("\n")
	}
	return out.String() + printFindings(r) + fmt.Sprint(r.Forms)
}

func TestFormIsReadByTheMapping(t *testing.T) {
	wantText(t, readMapped(t, mappedForms, `
TT | Nội dung | Kết quả năm 2022 | Kết quả năm 2023
1 | Đã nhận | 5 | 6
2 | Hồ sơ trả | 7 | 8
== M
Công trình | Vốn |
 | Giao | Chi
merge B1:C1
Cầu | 10 | 4
Đường | 20 | 5
Gộp cả năm | 30 | 9
`), `
a = 6 in 'S'!D2 (mapped)
b = 8 in 'S'!D3 (mapped)
c = 9000000 in 'M'!C5 (mapped)
[{0 [đã nhận] [] false} {1 [gộp cả năm] [] false}]`)
}

func TestFormOfTheNextYearIsOfTheSameKind(t *testing.T) {
	wantText(t, readMapped(t, mappedForms[:1], `
TT | Nội dung | Kết quả năm 2023 | Kết quả năm 2024
1 | Đã nhận | 5 | 6
`), `
a = 6 in 'S'!D2 (mapped)
b missing (missing-row): no row "Hồ sơ trả" in 'S'
c missing (missing-table): no table "Money"
[{0 [đã nhận] [] false}]`)
}

func TestYearsExchangedAreAnotherForm(t *testing.T) {
	wantText(t, readMapped(t, mappedForms[:1], `
TT | Nội dung | Kết quả năm 2023 | Kết quả năm 2022
1 | Đã nhận | 6 | 5
`), `
a missing (missing-table): no table "Form"
b missing (missing-table): no table "Form"
c missing (missing-table): no table "Money"
error 'S'!D1: the title speaks of 2022, the plan "Plan" is for 2023: send the file of that period, or choose another plan [wrong-period]
[]`)
}

func TestMappingThatContradictsThePlanIsNotApplied(t *testing.T) {
	contrary := []Form{{
		Layout: table.Layout{"Chỉ tiêu", "Số liệu", "Ghi chú"}, Table: "form", Columns: []string{"label", "", "value"},
		Place: diag.Pos{File: "m.yaml", Line: 3},
	}}
	wantText(t, readMapped(t, contrary, `
Chỉ tiêu | Số liệu | Ghi chú
Hồ sơ tiếp nhận | 5 | 6
`), `
a = 5 in 'S'!B2
b missing (missing-row): no row "Hồ sơ trả" in 'S'
c missing (missing-table): no table "Money"
error 'S'!A1:B1: "Số liệu" is column B by the plan's own names, headed "Số liệu", and column C by the mapping, headed "Ghi chú": the mapping is not applied here; mend its entry [mapping-contradicts]
[]`)
}

func TestUnitOfMoneyOfTheMappingMustAgree(t *testing.T) {
	wantText(t, readMapped(t, mappedForms[1:], `
ĐVT: đồng
Công trình | Vốn |
 | Giao | Chi
merge B2:C2
Cầu | 10 | 4
Gộp cả năm | 10 | 4
`), `
a missing (missing-table): no table "Form"
b missing (missing-table): no table "Form"
c invalid: the unit of money is "triệu đồng" by the mapping, and another one here: which one holds cannot be told; mend the mapping or the form (mapped)
error 'S'!A1: the unit of money is "triệu đồng" by the mapping, and another one here: which one holds cannot be told; mend the mapping or the form [mapping-contradicts]
[{0 [gộp cả năm] [] false}]`)
}

// declaredForm is the form of a month, of a year's, or of a unit's sheet.
func declaredForm(m plan.SheetMeaning) []Form {
	return []Form{{
		Layout: table.Layout{"TT", "Nội dung", "Kết quả"}, Table: "form", Columns: []string{"", "label", "value"},
		Rows: []RowName{{"Đã nhận", "Hồ sơ tiếp nhận"}, {"Đã trả", "Hồ sơ trả"}}, Each: m, Place: diag.Pos{File: "m.yaml", Line: 3},
	}}
}

const threeMonths = `
== Tháng 1
Kỳ báo cáo: Tháng 1 năm 2023
TT | Nội dung | Kết quả
1 | Đã nhận | 5
2 | Đã trả | 4
== T2
TT | Nội dung | Kết quả
1 | Đã nhận | 7
2 | Đã trả |
== 03.2023
TT | Nội dung | Kết quả
1 | Đã nhận | 9
2 | Đã trả | 8
`

func TestMonthsAreAddedUpWhereTheMappingSaysSo(t *testing.T) {
	wantText(t, readMapped(t, declaredForm(plan.SheetsAreMonths), threeMonths), `
a = 21 in 'Tháng 1'!C3, 'T2'!C2, '03.2023'!C2 (mapped)
b = 12 in 'Tháng 1'!C4, '03.2023'!C3 (mapped)
c missing (missing-table): no table "Money"
warning 'T2': B: month 2 has no figure, and what is not reported is not 0: the sum is of the other months [blank-required]
[{0 [đã nhận đã trả] [] false}]`)
}

func TestLastMonthCountsWhereFiguresGrow(t *testing.T) {
	wantText(t, readMapped(t, declaredForm(plan.SheetsGrow), threeMonths), `
a = 9 in '03.2023'!C2 (mapped)
b = 8 in '03.2023'!C3 (mapped)
c missing (missing-table): no table "Money"
[{0 [đã nhận đã trả] [] false}]`)
}

func TestSheetsAreNeverTakenForMonthsUndeclared(t *testing.T) {
	got := readMapped(t, declaredForm(plan.SheetsAlike), threeMonths)
	for _, want := range []string{"a invalid: A stands in ", "b invalid: B stands in "} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in:\n%s", want, got)
		}
	}
}

func TestMonthsThatCannotBeToldAreNotAdded(t *testing.T) {
	got := readMapped(t, declaredForm(plan.SheetsAreMonths), strings.ReplaceAll(threeMonths, "== T2", "== Thêm"))
	for _, want := range []string{"a invalid: the sheet 'Thêm' tells no month", "error 'Thêm': each sheet with \"Form\" is declared to be one month, and the sheet's name tells none"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in:\n%s", want, got)
		}
	}
	got = readMapped(t, declaredForm(plan.SheetsAreMonths), strings.ReplaceAll(threeMonths, "== T2", "== Tháng 01"))
	if want := "a invalid: two sheets are those of month 1"; !strings.Contains(got, want) {
		t.Errorf("no %q in:\n%s", want, got)
	}
	got = readMapped(t, declaredForm(plan.SheetsAreMonths), strings.ReplaceAll(threeMonths, "== T2", "== T5"))
	if want := "warning f.xlsx: no sheet of month 2 holds \"Form\": the sum is of the other months"; !strings.Contains(got, "no sheet of month 2 holds") {
		t.Errorf("no %q in:\n%s", want, got)
	}
}

func TestSheetsAreUnitsWhereTheMappingSaysSo(t *testing.T) {
	file := parseBook(t, `
== Sở Y tế
TT | Nội dung | Kết quả
1 | Đã nhận | 5
== Quế Sơn
UBND HUYỆN QUẾ SƠN
TT | Nội dung | Kết quả
1 | Đã nhận | 7
`).xlsx()
	w, err := workbook.Open(context.Background(), "f.xlsx", bytes.NewReader(file), int64(len(file)), workbook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	q := Prepare(parsePlan(t, mappedPlan), parseRoster(t, rosterText))
	q.Map(declaredForm(plan.SheetsAreUnits))
	r, err := q.Collect(context.Background(), w, Input{File: w.Name}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	wantText(t, printFacts(r)+printFindings(r), `
Department of Health:
a = 5 in 'Sở Y tế'!C2
b missing (missing-row): no row "Hồ sơ trả" in 'Sở Y tế'
c missing (missing-table): no table "Money"
Quế Sơn:
a = 7 in 'Quế Sơn'!C3
b missing (missing-row): no row "Hồ sơ trả" in 'Quế Sơn'
c missing (missing-table): no table "Money"`)
}

const choicePlan = `
tables:
  tasks:
    shape: form
    title: Tasks
    columns:
      task: {headers: [Nhiệm vụ], role: label}
      status: {headers: [Kết quả], type: choice, values: {done: [Xong], open: [Chưa]}}
facts:
  a: {title: A, kind: choice, from: [{cell: tasks, row: {task: [Kế hoạch]}, column: status}]}
  b: {title: B, kind: choice, from: [{cell: tasks, row: {task: [Báo cáo]}, column: status}]}
`

// A spelling of a choice that a person confirmed is read in its form, and only what
// it helped to read is told as mapped.
func TestSpellingsOfChoicesAreMapped(t *testing.T) {
	file := parseBook(t, `
== A
Nhiệm vụ | Kết quả
Kế hoạch | Đã giải quyết xong
Báo cáo | Chưa`).xlsx()
	w, err := workbook.Open(context.Background(), "f.xlsx", bytes.NewReader(file), int64(len(file)), workbook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for _, mapped := range []bool{false, true} {
		q := Prepare(parsePlan(t, choicePlan), nil)
		if mapped {
			q.Map([]Form{{
				Layout: table.Layout{"Nhiệm vụ", "Kết quả"}, Table: "tasks", Columns: []string{"task", "status"},
				Values: []ValueName{{"status", "ĐÃ giải quyết xong", "done"}},
			}})
		}
		r, err := q.Collect(context.Background(), w, Input{File: w.Name}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		a, b := r.Sets[0].Find("a"), r.Sets[0].Find("b")
		if want := map[bool]State{false: Invalid, true: Reported}[mapped]; a.State != want || mapped && (a.Choice != "done" || !a.Sources[0].Mapped) {
			t.Errorf("mapped %t: a is %s, %q", mapped, a.State, a.Choice)
		}
		if b.Choice != "open" || b.Sources[0].Mapped {
			t.Errorf("mapped %t: b is %s, %q, mapped %t", mapped, b.State, b.Choice, b.Sources[0].Mapped)
		}
	}
}
