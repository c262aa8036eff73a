package fact

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/diag"
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
[0 1]`)
}

func TestFormOfTheNextYearIsOfTheSameKind(t *testing.T) {
	wantText(t, readMapped(t, mappedForms[:1], `
TT | Nội dung | Kết quả năm 2023 | Kết quả năm 2024
1 | Đã nhận | 5 | 6
`), `
a = 6 in 'S'!D2 (mapped)
b missing (missing-row): no row "Hồ sơ trả" in 'S'
c missing (missing-table): no table "Money"
[0]`)
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
[0]`)
}
