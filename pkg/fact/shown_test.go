package fact

import (
	"fmt"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

const shownPlan = `
tables:
  form:
    shape: form
    title: Form
    columns:
      label: {headers: [Chỉ tiêu], role: label}
      value: {headers: [Số liệu], type: number, style: vi, optional: true}
      percents: {headers: [Tỷ lệ], type: share, style: vi, scale: percents, optional: true}
      ones: {headers: [Tỷ số], type: share, style: vi, scale: ones, optional: true}
      done:
        headers: [Kết quả]
        type: choice
        optional: true
        values:
          "yes": {names: ["Có", "1"], title: "Yes"}
          "no": {names: ["Không"], title: "No"}
  money:
    shape: cross
    title: Money
    scale: {đồng: 1, triệu đồng: 1000000, tỷ đồng: 1000000000}
    columns:
      label: {headers: [Dự án], role: label}
      paid: {headers: [Giải ngân], type: number, style: vi}
facts:
  count: {title: Count, kind: count, from: [{cell: form, row: {label: [Hồ sơ]}, column: value}]}
  percents: {title: Percents, kind: share, from: [{cell: form, row: {label: [Hồ sơ]}, column: percents}]}
  ones: {title: Ones, kind: share, from: [{cell: form, row: {label: [Hồ sơ]}, column: ones}]}
  done: {title: Done, kind: choice, from: [{cell: form, row: {label: [Hồ sơ]}, column: done}]}
  paid: {title: Paid, kind: amount, unit: đồng, from: [{cell: money, row: {label: [Cầu]}, column: paid}]}
`

// shownCase is a cell and what is read of it: the value, or "none", and the
// checks that tell something.
type shownCase struct{ cell, value, told string }

func (c shownCase) check(t *testing.T, fact, book string) {
	t.Helper()
	r := read(t, shownPlan, book)
	f := r.Sets[0].Find(fact)
	value := "none"
	switch {
	case f.State == Reported && f.Choice != "":
		value = f.Choice
	case f.State == Reported:
		value = f.Value.String()
	}
	var told []string
	for _, d := range r.Sets[0].Diagnostics {
		if strings.Contains(d.Pos.Sheet, "S") && d.Pos.Area.Row > 1 {
			told = append(told, fmt.Sprintf("%s %s", d.Severity, d.Check))
		}
	}
	if got := (shownCase{c.cell, value, strings.Join(told, ", ")}); got != c {
		t.Errorf("got %q, want %q", got, c)
	}
}

const (
	warned  = "warning shown-otherwise"
	refused = "error ambiguous-number"
	percent = "error not-a-number"
)

func TestCountIsReadAsItIsShown(t *testing.T) {
	for _, c := range []shownCase{
		{"700", "700", ""},
		{"700{#,##0}", "700", ""},
		{`700{0" hồ sơ"}`, "700", ""},
		{`700{0" (2023)"}`, "700", ""},
		{`700{0" m2"}`, "700", ""},
		{`700{"Năm "0}`, "700", ""},
		{"700{# ##0}", "700", ""},
		{"700{[<1]hh:mm;0}", "700", ""},
		{"700{[Red]0}", "700", ""},
		{"0{#,##0;-#,##0;}", "0", ""},
		{`0{[=0]"-";0%}`, "0", ""},
		{"0{#}", "0", ""},
		{`0{_-* #,##0\ _₫_-;\-* #,##0\ _₫_-;_-* "-"??\ _₫_-;_-@_-}`, "0", ""},
		{"1200000{0.0,,\"M\"}", "1200000", ""},
		{`1200000{0.0,," triệu"}`, "1200000", ""},
		{`700{"700"}`, "700", ""},

		{"65{0\"%\"}", "none", percent},
		{`65{0\%}`, "none", percent},
		{`1{[=0]"-";0%}`, "none", percent},
		{"1{[>1]0;0%}", "none", percent},

		{"700{;;;}", "700", warned},
		{`700{0;0;0;@}`, "700", ""},
		{`700{[>100]"nhiều";0}`, "700", warned},
		{`700{"-"}`, "700", warned},
		{`0{0;-0;"chưa có"}`, "0", warned},

		{`70{0"0"}`, "none", refused},
		{`70{0"."0}`, "none", refused},
		{`70{0" / 100"}`, "70", "warning shown-otherwise"},
		{`70{0" / km2"}`, "70", ""},
		{`7{0" 000"}`, "none", refused},
		{`700{"500"}`, "none", refused},
		{"700{-0}", "none", refused},
		{"700{(0)}", "none", refused},
		{"7000{0,}", "none", refused},
		{"7{0-}", "none", refused},
		{`7{">"0}`, "7", warned},
		{`7{"~ "0}`, "7", warned},
		{`7{0"+"}`, "7", warned},
		{`65{0" phần trăm"}`, "none", percent},
		{`65{0"‰"}`, "none", percent},
		{`7{0" triệu"}`, "none", refused},
		{"1234567{000-0000}", "1234567", warned},
	} {
		c.check(t, "count", "Chỉ tiêu | Số liệu\nHồ sơ | "+c.cell)
	}
}

func TestShareIsReadByTheSectionOfItsValue(t *testing.T) {
	for _, c := range []struct {
		column string
		shownCase
	}{
		{"Tỷ lệ", shownCase{`0.65{[=0]"-";0.0%}`, "13/20", ""}},
		{"Tỷ lệ", shownCase{`0{[=0]"-";0.0%}`, "0", ""}},
		{"Tỷ lệ", shownCase{"0.95{[>1]0;0%}", "19/20", ""}},
		{"Tỷ lệ", shownCase{"95{[>1]0;0%}", "19/20", ""}},
		{"Tỷ lệ", shownCase{`95{[<=1]0%;0"%"}`, "19/20", ""}},
		{"Tỷ lệ", shownCase{`95{0"%"}`, "19/20", ""}},
		{"Tỷ lệ", shownCase{`95{0.0\ \%}`, "19/20", ""}},
		{"Tỷ lệ", shownCase{"95{0.0}", "19/20", ""}},
		{"Tỷ số", shownCase{`95{0"%"}`, "19/20", ""}},
		{"Tỷ số", shownCase{`0.95{0.00" %"}`, "none", refused}},
		{"Tỷ lệ", shownCase{"0.95{0%%}", "none", refused}},
		{"Tỷ lệ", shownCase{"95{;;;}", "19/20", warned}},
		{"Tỷ lệ", shownCase{`95{"100%"}`, "none", refused}},
		{"Tỷ lệ", shownCase{`95{0" phần trăm"}`, "19/20", ""}},
		{"Tỷ lệ", shownCase{`95{0"‰"}`, "none", refused}},
		{"Tỷ lệ", shownCase{`9{0"0"}`, "none", refused}},
	} {
		c.check(t, map[string]string{"Tỷ lệ": "percents", "Tỷ số": "ones"}[c.column], "Chỉ tiêu | Số liệu | "+c.column+"\nHồ sơ | | "+c.cell)
	}
}

func TestChoiceIsReadAsItIsShown(t *testing.T) {
	for _, c := range []shownCase{
		{`1{"Có";;"Không"}`, "yes", ""},
		{`0{"Có";;"Không"}`, "no", ""},
		{`1{[=1]"Không";[=0]"Có"}`, "none", refused},
		{"1{0}", "yes", ""},
		{"5{0}", "none", "error unknown-choice"},
	} {
		c.check(t, "done", "Chỉ tiêu | Số liệu | Kết quả\nHồ sơ | | "+c.cell)
	}
}

func TestAmountIsReadByItsColumnsUnitAndItsFormat(t *testing.T) {
	for _, c := range []struct {
		unit string
		shownCase
	}{
		{"triệu đồng", shownCase{"1000{#,##0}", "1000000000", ""}},
		{"triệu đồng", shownCase{"1000000000{#,##0,,}", "1000000000", warned}},
		{"triệu đồng", shownCase{"600400000{#,##0,,}", "600400000", warned}},
		{"triệu đồng", shownCase{`1000000000{#,##0,," triệu"}`, "1000000000", warned}},
		{"triệu đồng", shownCase{`1500{0.0," tỷ"}`, "1500000000", ""}},
		{"triệu đồng", shownCase{`1000{#,##0" triệu đồng"}`, "1000000000", ""}},
		{"triệu đồng", shownCase{`1000{#,##0" tr.đ"}`, "1000000000", ""}},
		{"đồng", shownCase{`1000000000{0.0,,," tỷ"}`, "1000000000", ""}},
		{"đồng", shownCase{`1000000000{#,##0\ "₫"}`, "1000000000", ""}},
		{"đồng", shownCase{"1000000000{#,##0\\ [$₫-42A]}", "1000000000", ""}},
		{"triệu đồng", shownCase{"0{#,##0,,}", "0", ""}},

		{"triệu đồng", shownCase{`0.99{0.00" tỷ"}`, "none", refused}},
		{"triệu đồng", shownCase{"1000{#,##0\\ [$₫-42A]}", "none", refused}},
		{"triệu đồng", shownCase{"1000000{#,##0,}", "none", refused}},
		{"đồng", shownCase{"1000000000{#,##0,,}", "none", refused}},
		{"triệu đồng", shownCase{`1000{[$$-409]#,##0}`, "1000000000", warned}},
		{"triệu đồng", shownCase{"1000{;;;}", "1000000000", warned}},
		{"", shownCase{`1.5{0.0" tỷ"}`, "1500000000", warned}},
		{"", shownCase{"1000000000{#,##0,,}", "none", refused}},
	} {
		caption := "\n"
		if c.unit != "" {
			caption = "ĐVT: " + c.unit + "\n"
		}
		c.check(t, "paid", caption+"Dự án | Giải ngân\nCầu | "+c.cell)
	}
}

func TestWhatIsSaidOfShownFigures(t *testing.T) {
	r := read(t, shownPlan, `
== S
Chỉ tiêu | Số liệu
Hồ sơ | 70{0"0"}
== T
ĐVT: triệu đồng
Dự án | Giải ngân
Cầu | 1000000000{#,##0,,}`)
	wantText(t, printFacts(r), `
count invalid: 'S'!B2: the cell stores 70 and shows "700", by its number format: nobody can tell which of the two is meant; type the figure and give the cell an ordinary number format
percents missing (missing-column): no column "Tỷ lệ" in 'S'
ones missing (missing-column): no column "Tỷ số" in 'S'
done missing (missing-column): no column "Kết quả" in 'S'
paid = 1000000000 in 'T'!B3`)
	wantText(t, printFindings(r), `
error 'S'!B2: the cell stores 70 and shows "700", by its number format: nobody can tell which of the two is meant; type the figure and give the cell an ordinary number format [ambiguous-number]
warning 'T'!B3: the cell stores 1000000000 and shows "1,000", which its number format divides: read as shown, in the unit of its column; type the figures in that unit [shown-otherwise]`)
	if got := r.Sets[0].Find("paid").Sources[0].Evidence[0].Read.In(lang.EN); got != `number, shown as "1,000"` {
		t.Errorf("the evidence says %s", got)
	}
}

// Records are read as cells are: a blank is one that shows nothing of a zero.
func TestRecordsAreReadAsTheyAreShown(t *testing.T) {
	const plan = `
tables:
  list:
    shape: list
    title: List
    columns:
      id: {headers: [Mã], role: key}
      received: {headers: [Ngày nhận], type: date}
      answered: {headers: [Ngày trả], type: date, optional: true}
      fee: {headers: [Lệ phí], type: number, style: vi, optional: true}
facts:
  open: {title: Open, kind: count, from: [{count: list, where: {answered: blank}}]}
  fees: {title: Fees, kind: amount, from: [{sum: list, column: fee}]}
`
	r := read(t, plan, `
Mã | Ngày nhận | Ngày trả | Lệ phí
A1 | 45300{[=0]"";dd/mm/yyyy} | 0{[=0]"";dd/mm/yyyy} | 100{#,##0" đ"}
A2 | 45300{dd/mm/yyyy;@} | 45301{[=0]"";dd/mm/yyyy} | 50{;;;}
A3 | 45300{yyyy"年"m"月"d"日"} | 45301{[$-42A]dd mmmm yyyy} | 5{0" hồ sơ"}
A4 | 45300{"Ngày 1: "dd/mm/yyyy} | 45301{dd/mm/"2023"} | 6{0"0"}`)
	wantText(t, printFacts(r), `
open = 1 in 'S'!C2
fees invalid: it cannot be told whether 1 record counts: the column "Lệ phí" cannot be read there (see the findings)`)
	wantText(t, printFindings(r), `
warning 'S'!D3: 1 cell in "Lệ phí" shown as something else than they store, or as nothing, by their number format or a white font, the first in row 3; give them an ordinary format [shown-otherwise]
error 'S'!C5: 1 record with "45301" in "Ngày trả", which is no date, the first in row 5: want dd/mm/yyyy [not-a-date]
error 'S'!D5: 1 cell in "Lệ phí" with a number that can be read in two ways, as it is typed or as it is shown, the first in row 5: "60" [ambiguous-number]`)
	r = read(t, plan, `
Mã | Ngày nhận | Ngày trả | Lệ phí
A1 | 45300{dd/mm/yyyy} | 0{[=0]"";dd/mm/yyyy} | 100{#,##0" đ"}
A2 | 45300{dd/mm/yyyy} | 45301{dd/mm/yyyy} | 55{#,##0" hồ sơ"}`)
	wantText(t, printFacts(r), "open = 1 in 'S'!C2\nfees = 155 in 'S'!D2:D3")
	wantText(t, printFindings(r), "")
}

func TestFigureInWhiteIsCountedAndTold(t *testing.T) {
	p := parsePlan(t, shownPlan)
	col := p.FindTable("form").FindColumn("value")
	for _, c := range []struct {
		kind cell.Kind
		raw  string
		want diag.CheckID
	}{
		{cell.Number, "700", diag.ShownOtherwise},
		{cell.Text, "700", diag.ShownOtherwise},
		{cell.Number, "0", ""},
	} {
		v := readCell(cell.Cell{Kind: c.kind, Raw: []byte(c.raw), Mark: cell.Unseen}, col, &money{})
		if v.state != Reported || v.number.String() != c.raw || v.check != c.want {
			t.Errorf("%s is %v, %v with %q", c.raw, v.state, v.number, v.check)
		}
	}
}

// A label and a choice may be numbers that a format puts into words.
func TestNumbersInWordsAreReadAsTheyAreShown(t *testing.T) {
	const plan = `
tables:
  form:
    shape: form
    title: Form
    columns:
      label: {headers: [Chỉ tiêu], role: label}
      value: {headers: [Năm 2023], type: number}
      done: {headers: [Kết quả], type: choice, values: {first: {names: [Quý 1], title: First}}}
facts:
  one: {title: One, from: [{cell: form, row: {label: [Mục 1]}, column: value}]}
  done: {title: Done, kind: choice, from: [{cell: form, row: {label: [Mục 1]}, column: done}]}
`
	r := read(t, plan, "Chỉ tiêu | Năm 2023 | Kết quả\n1{\"Mục \"0} | 5 | 1{\"Quý \"0}\n2{\"Mục \"0} | 6 | 1{\"Quý \"0}")
	wantText(t, printFacts(r), "one = 5 in 'S'!B2\ndone = first in 'S'!C2")
	wantText(t, printFindings(r), "")
}
