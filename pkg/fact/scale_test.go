package fact

import (
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
)

const moneyPlan = `
tables:
  money:
    shape: cross
    title: Money
    scale: {đồng: 1, nghìn đồng: 1000, triệu đồng: 1000000, tỷ đồng: 1000000000}
    columns:
      label: {headers: [Dự án], role: label}
      planned: {headers: [Kế hoạch], type: number, style: vi}
      people: {headers: [Số người], type: number, style: vi, optional: true}
  more:
    shape: cross
    title: More
    scale: {đồng: 1, triệu đồng: 1000000}
    columns:
      label: {headers: [Khoản chi], role: label}
      spent: {headers: [Đã chi], type: number, style: vi}
facts:
  planned: {title: Planned, kind: amount, from: [{cell: money, row: {label: [Cầu]}, column: planned}]}
  all: {title: All, kind: amount, from: [{total: money, column: planned}]}
  people: {title: People, from: [{cell: money, row: {label: [Cầu]}, column: people}]}
  spent: {title: Spent, kind: amount, from: [{cell: more, row: {label: [Điện]}, column: spent}]}
`

func TestScaleOfCaption(t *testing.T) {
	const body = "\nDự án | Kế hoạch | Số người\nCầu | 1.5 | 3\nĐường | 2 | 4\n"
	for name, c := range map[string]struct{ titles, factor, findings string }{
		"millions":                     {"ĐVT: triệu đồng", "000000", ""},
		"thousands":                    {"(Đơn vị tính: Nghìn đồng)", "000", ""},
		"capitals, at right":           {"Biểu số 1 | | Đvt : TRIỆU ĐỒNG", "000000", ""},
		"next cell":                    {"| ĐVT: | tỷ đồng", "000000000", ""},
		"more follows":                 {"ĐVT: triệu đồng, %", "000000", ""},
		"another line":                 {`BIỂU 1\nĐVT: triệu đồng`, "000000", ""},
		"the word alone":               {"Đơn vị: triệu đồng", "000000", ""},
		"said twice":                   {"ĐVT: triệu đồng\nĐVT: Tr.đ", "000000", ""},
		"abbreviated":                  {"ĐVT: Tr.đ", "000000", ""},
		"in digits":                    {"Đvt: 1.000 đồng", "000", ""},
		"another currency's letters":   {"ĐVT: Triệu VNĐ", "000000", ""},
		"behind another unit":          {"Đơn vị tính: %, triệu đồng", "000000", ""},
		"without accents":              {"DVT: trieu dong", "000000", ""},
		"for each":                     {"ĐVT: Triệu đồng/dự án", "000000", ""},
		"no colon":                     {"Đơn vị tính (triệu đồng)", "000000", ""},
		"no caption":                   {"(triệu đồng)", "000000", ""},
		"at the end of a title":        {"BIỂU GIẢI NGÂN VỐN (ĐVT: triệu đồng)", "000000", ""},
		"announced in a title":         {"BIỂU GIẢI NGÂN VỐN - ĐVT: tỷ đồng", "000000000", ""},
		"a title that speaks of money": {"DỰ ÁN CÓ TỔNG MỨC ĐẦU TƯ TRÊN 100 TỶ ĐỒNG\nĐVT: triệu đồng", "000000", ""},
		"of dossiers, before":          {"Đơn vị: Sở Tài chính\nĐVT: triệu đồng", "000000", ""},
		"none": {"Biểu 1", "",
			`warning 'S'!A2:C2: Money does not say its unit of money: its figures are taken as they stand; write the unit above the table, such as "ĐVT: đồng" [not-a-number]`},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, moneyPlan, c.titles+body)
			f := r.Sets[0].Find("planned")
			want := "3/2" // 1.5 as it stands
			if c.factor != "" {
				want = "15" + c.factor[1:]
			}
			if got := f.Value.String(); got != want {
				t.Errorf("planned is %s, want %s", got, want)
			}
			if got := r.Sets[0].Find("people").Value.String(); got != "3" {
				t.Errorf("a count is scaled: %s", got)
			}
			wantText(t, printFindings(r), c.findings)
		})
	}
}

// A column may have a unit of its own, in its header or below that.
func TestScaleOfColumn(t *testing.T) {
	const plan = `
tables:
  money:
    shape: cross
    title: Money
    scale: {đồng: 1, triệu đồng: 1000000}
    columns:
      label: {headers: [Dự án], role: label}
      planned: {headers: [Kế hoạch], type: number, style: vi}
      paid: {headers: [Giải ngân], type: number, style: vi}
facts:
  planned: {title: Planned, kind: amount, from: [{total: money, column: planned}]}
  paid: {title: Paid, kind: amount, from: [{total: money, column: paid}]}
`
	for name, c := range map[string]struct{ text, planned, paid, findings string }{
		"in headers":                  {"Dự án | Kế hoạch (tỷ đồng) | Giải ngân (triệu đồng)\nCầu | 2 | 90", "2000000000", "90000000", ""},
		"below":                       {"Dự án | Kế hoạch | Giải ngân\n | tỷ đồng | triệu đồng\nCầu | 2 | 90", "2000000000", "90000000", ""},
		"below, and column numbers":   {"Dự án | Kế hoạch | Giải ngân\n | (tỷ đồng) | (Tr.đ)\n(1) | (2) | (3)\nCầu | 2 | 90", "2000000000", "90000000", ""},
		"below column numbers":        {"Dự án | Kế hoạch | Giải ngân\n(1) | (2) | (3)\n | tỷ đồng | triệu đồng\nCầu | 2 | 90", "2000000000", "90000000", ""},
		"one, and a caption":          {"ĐVT: tỷ đồng\nDự án | Kế hoạch | Giải ngân, tỷ đồng\nCầu | 2 | 90", "2000000000", "90000000000", ""},
		"that the plan does not list": {"Dự án | Kế hoạch (nghìn đồng) | Giải ngân (1.000đ)\nCầu | 2 | 90", "2000", "90000", ""},
		"of one column only": {"Dự án | Kế hoạch (tỷ đồng) | Giải ngân\nCầu | 2 | 90", "2000000000", "90",
			`warning 'S'!A1:C1: Money in its column "Giải ngân" does not say its unit of money: its figures are taken as they stand; write the unit above the table, such as "ĐVT: đồng" [not-a-number]`},
		"another than the caption": {"ĐVT: triệu đồng\nDự án | Kế hoạch (tỷ đồng) | Giải ngân\nCầu | 2 | 90", "none", "90000000",
			`error 'S'!B2: the column "Kế hoạch (tỷ đồng)" is in "(tỷ đồng)", and the line above the table gives another unit of money: which one holds cannot be told; mend one of them [not-a-number]`},
		"two in a header": {"Dự án | Kế hoạch (triệu đồng) | Giải ngân (triệu đồng)\n | tỷ đồng | triệu đồng\nCầu | 2 | 90", "none", "90000000",
			`error 'S'!B1: the header "Kế hoạch (triệu đồng)" names two units of money, "(triệu đồng)" and "tỷ đồng": keep one [not-a-number]`},
		"of another currency": {"Dự án | Kế hoạch | Giải ngân\n | triệu đồng | tỷ đồng, USD\nCầu | 2 | 90", "2000000", "none",
			`error 'S'!C1: "tỷ đồng, USD" names several units of money: which one holds cannot be told; keep one [not-a-number]`},
		"two captions": {"ĐVT: đồng\nĐVT: triệu đồng\nDự án | Kế hoạch | Giải ngân\nCầu | 2 | 90", "none", "none",
			`error 'S'!A1: the unit of money is "đồng" here, and another one in 'S'!A2: which one holds cannot be told; keep one [not-a-number]`},
		"a caption of two": {"ĐVT: triệu đồng, tỷ đồng\nDự án | Kế hoạch | Giải ngân\nCầu | 2 | 90", "none", "none",
			`error 'S'!A1: "triệu đồng, tỷ đồng" names several units of money: which one holds cannot be told; keep one [not-a-number]`},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, plan, c.text)
			for id, want := range map[string]string{"planned": c.planned, "paid": c.paid} {
				f := r.Sets[0].Find(id)
				got := "none"
				if f.State == Reported {
					got = f.Value.String()
				}
				if got != want {
					t.Errorf("%s is %s, want %s", id, got, want)
				}
			}
			wantText(t, printFindings(r), c.findings)
		})
	}
}

// A unit that the plan does not know makes the amounts useless, and not ones.
func TestUnknownScale(t *testing.T) {
	r := read(t, moneyPlan, "ĐVT: USD\nDự án | Kế hoạch | Số người\nCầu | 15 | 3")
	wantText(t, printFacts(r), `
planned invalid: the unit of money "USD" is not known: want one of "đồng", "nghìn đồng", "triệu đồng", "tỷ đồng"
all invalid: the unit of money "USD" is not known: want one of "đồng", "nghìn đồng", "triệu đồng", "tỷ đồng"
people = 3 in 'S'!C3
spent missing (missing-table): no table "More"`)
	wantText(t, printFindings(r), `
error 'S'!A1: the unit of money "USD" is not known: want one of "đồng", "nghìn đồng", "triệu đồng", "tỷ đồng" [not-a-number]`)
}

// Each table of a sheet has the caption that stands between it and the table
// above; without one, that of the table above.
func TestScaleOfEachTable(t *testing.T) {
	for name, c := range map[string]struct{ between, want string }{
		"its own":     {"ĐVT: đồng", "7"},
		"inherited":   {"", "7000000"},
		"of dossiers": {"Đơn vị tính: hồ sơ", "unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, moneyPlan, "ĐVT: triệu đồng\nDự án | Kế hoạch\nCầu | 15\n\n"+c.between+"\nKhoản chi | Đã chi\nĐiện | 7")
			f := r.Sets[0].Find("spent")
			got := f.Value.String()
			if f.State == Invalid && strings.Contains(f.Reason.In(lang.EN), `"hồ sơ" is not known`) {
				got = "unknown"
			}
			if got != c.want {
				t.Errorf("spent is %s, want %s", got, c.want)
			}
			if got := r.Sets[0].Find("planned").Value.String(); got != "15000000" {
				t.Errorf("planned is %s", got)
			}
		})
	}
}

// Amounts of a list are scaled, whole numbers that it adds up are not.
func TestScaleOfList(t *testing.T) {
	const plan = `
tables:
  list:
    shape: list
    title: List
    scale: {đồng: 1, triệu đồng: 1000000}
    columns:
      id: {headers: [Mã], role: key}
      fee: {headers: [Phí], type: number}
      pages: {headers: [Số trang], type: number}
facts:
  fees: {title: Fees, kind: amount, from: [{sum: list, column: fee}]}
  pages: {title: Pages, from: [{sum: list, column: pages}]}
`
	r := read(t, plan, "ĐVT: triệu đồng\nMã | Phí | Số trang\nH1 | 0.5 | 3\nH2 | 1.25 | 4")
	wantText(t, printFacts(r), "fees = 1750000 in 'S'!B3:B4\npages = 7 in 'S'!C3:C4")
	r = read(t, plan, "ĐVT: xu\nMã | Phí | Số trang\nH1 | 0.5 | 3\nH2 | 1.25 | 4")
	wantText(t, printFacts(r), "fees invalid: the unit of money \"xu\" is not known: want one of \"đồng\", \"triệu đồng\"\npages = 7 in 'S'!C3:C4")
}

// A column of units beside the amounts is heard as a line above the table is.
func TestScaleOfRows(t *testing.T) {
	for name, c := range map[string]struct{ above, first, second, want, finding string }{
		"all alike":         {"Biểu 1", "tỷ đồng", "Tỷ VNĐ", "3000000000", ""},
		"with another kind": {"Biểu 1", "tỷ đồng", "km", "3000000000", ""},
		"as above":          {"ĐVT: triệu đồng", "triệu đồng", "Tr.đ", "3000000", ""},
		"two units":         {"Biểu 1", "tỷ đồng", "triệu đồng", "", `amounts of several units are not added up`},
		"not as above":      {"ĐVT: triệu đồng", "tỷ đồng", "tỷ đồng", "", `the unit of money is "tỷ đồng" here, and another one in 'S'!A1`},
		"no money":          {"ĐVT: triệu đồng", "km", "dự án", "3000000", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, moneyPlan, c.above+"\nDự án | ĐVT | Kế hoạch\nCầu | "+c.first+" | 1\nĐường | "+c.second+" | 2\n")
			f := r.Sets[0].Find("all")
			got := ""
			if f.State == Reported {
				got = f.Value.String()
			}
			if got != c.want {
				t.Errorf("all is %q, want %q", got, c.want)
			}
			findings := printFindings(r)
			if c.finding == "" && strings.Contains(findings, "unit") || !strings.Contains(findings, c.finding) {
				t.Errorf("the findings are %s, want %q", findings, c.finding)
			}
		})
	}
}
