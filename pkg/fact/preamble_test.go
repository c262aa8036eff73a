package fact

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

const formPlan = `
tables:
  form:
    shape: form
    title: Form
    columns:
      code: {headers: [STT], role: code, optional: true}
      label: {headers: [Chỉ tiêu], role: label}
      value: {headers: [Số liệu], type: number, style: vi}
facts:
  a: {title: A, from: [{cell: form, row: {label: [A]}, column: value}]}
  b: {title: B, from: [{cell: form, row: {label: [B]}, column: value}]}
`

// form is a form below some titles; the titles are in text form.
func form(titles string) string {
	return strings.Trim(titles, "\n") + "\nSTT | Chỉ tiêu | Số liệu\n1 | A | 5\n2 | B | 6\n"
}

// speaks prints which unit and period a reading speaks for.
func speaks(r *Reading) string {
	u := r.Survey.Unit
	out := fmt.Sprintf("%s; %s; %s from %s", u.Name.In(lang.VI), u.ID, u.Level, u.From.In(lang.EN))
	return out + fmt.Sprintf("\n%s from %s\n", r.Survey.Period.Words().In(lang.EN), r.Survey.PeriodFrom.In(lang.EN))
}

const rosterText = `
roster: r
title: R
groups: {g: {title: G}}
units:
  - {id: so-y-te, name: {vi: Sở Y tế, en: Department of Health}, level: office, group: g, code: H47.08, aliases: [SYT, Ngành Y tế]}
  - {id: que-son, name: {vi: UBND huyện Quế Sơn, en: Quế Sơn}, level: district, group: g}
`

func TestUnitOfCaption(t *testing.T) {
	for name, c := range map[string]struct{ titles, want string }{
		"in its own cell":        {"Đơn vị báo cáo: Sở Xây dựng", "Sở Xây dựng; ; office from 'S'!A1"},
		"dash and capitals":      {"- ĐƠN VỊ BÁO CÁO : Sở Xây dựng.", "Sở Xây dựng; ; office from 'S'!A1"},
		"full-width colon":       {"Đơn vị báo cáo：Sở Xây dựng", "Sở Xây dựng; ; office from 'S'!A1"},
		"in parentheses":         {"(Đơn vị báo cáo: Sở Xây dựng)", "Sở Xây dựng; ; office from 'S'!A1"},
		"with parentheses":       {"Đơn vị báo cáo: UBND huyện Đông Giang (mới)", "UBND huyện Đông Giang (mới); ; district from 'S'!A1"},
		"in the next cell":       {"Đơn vị báo cáo: | Sở Xây dựng", "Sở Xây dựng; ; office from 'S'!B1"},
		"behind a merge":         {"Đơn vị báo cáo: | | | Cục Thuế\nmerge A1:C1", "Cục Thuế; ;  from 'S'!D1"},
		"without a colon":        {"Đơn vị báo cáo | Sở Xây dựng", "Sở Xây dựng; ; office from 'S'!B1"},
		"no unit behind it":      {"Đơn vị báo cáo: | | Mẫu số 01", "f; ;  from the file's name"},
		"a caption behind it":    {"Đơn vị báo cáo: | Đơn vị nhận báo cáo: Sở Nội vụ", "f; ;  from the file's name"},
		"dots to be filled in":   {"Đơn vị báo cáo: ..............", "f; ;  from the file's name"},
		"the receiver":           {"Đơn vị nhận báo cáo: UBND huyện Quế Sơn", "f; ;  from the file's name"},
		"two lines of a cell":    {`- Đơn vị báo cáo: Sở Y tế\n- Đơn vị nhận báo cáo: Sở Nội vụ`, "Sở Y tế; ; office from 'S'!A1"},
		"the receiver first":     {`- Đơn vị nhận báo cáo: Sở Nội vụ\n- Đơn vị báo cáo: Sở Y tế`, "Sở Y tế; ; office from 'S'!A1"},
		"two captions of a line": {`Đơn vị báo cáo: Sở Y tế; Đơn vị nhận báo cáo: Sở Nội vụ`, "Sở Y tế; ; office from 'S'!A1"},
		"agency":                 {"Cơ quan báo cáo: Sở Y tế", "Sở Y tế; ; office from 'S'!A1"},
		"a word that is a unit":  {"Đơn vị: Sở Y tế", "Sở Y tế; ; office from 'S'!A1"},
		"a word that is none":    {"Đơn vị: hồ sơ", "f; ;  from the file's name"},
		"the unit of a figure":   {"Đơn vị tính: Sở", "f; ;  from the file's name"},
		"the sure one first":     {"Cơ quan: Sở Nội vụ\nĐơn vị báo cáo: Sở Y tế", "Sở Y tế; ; office from 'S'!A2"},
		"a hidden sheet":         {"== H (hidden)\nĐơn vị báo cáo: Sở Y tế\n== S", "f; ;  from the file's name"},
		"a cover":                {"== Bìa\nĐơn vị báo cáo: Sở Y tế\n== S", "Sở Y tế; ; office from 'Bìa'!A1"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, titles := range []string{c.titles, norm.NFD.String(c.titles)} {
				got, _, _ := strings.Cut(speaks(read(t, formPlan, form(titles))), "\n")
				if want := c.want; norm.NFC.String(got) != want {
					t.Errorf("got %q, want %q", got, want)
				}
			}
		})
	}
}

// Below the header, a text is a caption only when its name can mean nothing
// else: lists hold all kinds of text.
func TestCaptionsInData(t *testing.T) {
	r := read(t, formPlan, `
STT | Chỉ tiêu | Số liệu
1 | A | 5
2 | Đơn vị: Sở Y tế | 6
3 | Nghỉ phép từ ngày 01/02/2023 đến ngày 05/02/2023 | 7
4 | Kỳ: Quý I năm 2022 | 8

Đơn vị báo cáo: Sở Xây dựng
`)
	wantText(t, speaks(r), `
Sở Xây dựng; ; office from 'S'!A7
2023 from the plan`)
}

func TestUnitOfRoster(t *testing.T) {
	roster := parseRoster(t, rosterText)
	for name, c := range map[string]struct {
		titles string
		opt    Options
		want   string
	}{
		"name":         {"Đơn vị báo cáo: SỞ Y TẾ", Options{}, "Sở Y tế; so-y-te; office from 'S'!A1"},
		"alias":        {"Đơn vị báo cáo: SYT", Options{}, "Sở Y tế; so-y-te; office from 'S'!A1"},
		"code":         {"Đơn vị báo cáo: H47.08", Options{}, "Sở Y tế; so-y-te; office from 'S'!A1"},
		"a word":       {"Cơ quan: Ngành y tế", Options{}, "Sở Y tế; so-y-te; office from 'S'!A1"},
		"flag":         {"Đơn vị báo cáo: Sở Y tế", Options{Unit: "que-son"}, "UBND huyện Quế Sơn; que-son; district from --unit"},
		"level":        {"Đơn vị báo cáo: Sở Y tế", Options{Level: "district"}, "Sở Y tế; so-y-te; district from 'S'!A1"},
		"unknown":      {"Đơn vị báo cáo: Sở Y té", Options{}, "Sở Y té; ; office from 'S'!A1"},
		"unknown flag": {"", Options{Unit: "Phòng Kế hoạch", Level: "office"}, "Phòng Kế hoạch; ; office from --unit"},
	} {
		t.Run(name, func(t *testing.T) {
			r := request{plan: parsePlan(t, formPlan), roster: roster, file: parseBook(t, form(c.titles)).xlsx(), opt: c.opt}.mustCollect(t)
			if got, _, _ := strings.Cut(speaks(r), "\n"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	r := request{plan: parsePlan(t, formPlan), roster: roster, file: parseBook(t, form("Đơn vị báo cáo: Sở Y té\nĐơn vị báo cáo: SYT")).xlsx()}.mustCollect(t)
	wantText(t, printFindings(r), `
warning the unit "Sở Y té" ('S'!A1) is not on the roster; did you mean "Sở Y tế"? [unknown-unit]
warning 'S'!A2: the unit here is "SYT", and "Sở Y té" in 'S'!A1: the first is used; one file speaks for one unit [unknown-unit]`)
}

func TestPeriodOfCaption(t *testing.T) {
	for name, c := range map[string]struct{ titles, want, findings string }{
		"in its own cell":  {"Kỳ báo cáo: Quý III năm 2023", "quarter 3 of 2023 from 'S'!A1", ""},
		"in the next cell": {"Kỳ báo cáo: | Năm 2023", "2023 from 'S'!B1", ""},
		"a number":         {"Kỳ báo cáo: | 2023", "2023 from 'S'!B1", ""},
		"without a colon":  {"Kỳ báo cáo | Năm 2023", "2023 from 'S'!B1", ""},
		"a word":           {"Kỳ: Tháng 6/2023", "month 6 of 2023 from 'S'!A1", ""},
		"a title":          {"KẾT QUẢ GIẢI QUYẾT (Từ ngày 01/01/2023 đến ngày 30/06/2023)", "the first 6 months of 2023 from 'S'!A1", ""},
		"dots":             {"Kỳ báo cáo: .....", "2023 from the plan", ""},
		"unreadable": {"Kỳ báo cáo: Quý I và II năm 2023", "2023 from the plan",
			`warning 'S'!A1: the period "Quý I và II năm 2023" cannot be read: write it as "Năm 2023", "Quý III năm 2023" or "Từ ngày 01/07/2023 đến ngày 30/09/2023" [no-period]`},
		"unreadable, and a title": {"Kỳ báo cáo: năm nay\n(Từ ngày 01/01/2023 đến ngày 31/12/2023)", "2023 from 'S'!A2",
			`warning 'S'!A1: the period "năm nay" cannot be read: write it as "Năm 2023", "Quý III năm 2023" or "Từ ngày 01/07/2023 đến ngày 30/09/2023" [no-period]`},
		"a day that is none": {"Kỳ báo cáo: Từ ngày 01/01/2023 đến ngày 31/06/2023", "2023 from the plan",
			`warning 'S'!A1: the period "Từ ngày 01/01/2023 đến ngày 31/06/2023" cannot be read: write it as "Năm 2023", "Quý III năm 2023" or "Từ ngày 01/07/2023 đến ngày 30/09/2023" [no-period]`},
		"another year": {"Kỳ báo cáo: Năm 2022", "2022 from 'S'!A1",
			`error 'S'!A1: the file reports on 2022, the plan "Plan" is for 2023: send the file of that period, or choose another plan [wrong-period]`},
		"twice the same": {"Kỳ báo cáo: Năm 2023\n(Từ ngày 01/01/2023 đến ngày 31/12/2023)", "2023 from 'S'!A1", ""},
		"two periods": {"== A\nKỳ báo cáo: Quý I năm 2023\n== S\n(Từ ngày 01/01/2023 đến ngày 30/06/2023)", "quarter 1 of 2023 from 'A'!A1",
			"error 'S'!A1: the period here is the first 6 months of 2023, and quarter 1 of 2023 in 'A'!A1: the first is used for the whole file; one file reports on one period [wrong-period]"},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, formPlan, form(c.titles))
			if _, got, _ := strings.Cut(strings.TrimSpace(speaks(r)), "\n"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			wantText(t, printFindings(r), c.findings)
		})
	}
}

func TestPeriodOfFlag(t *testing.T) {
	p, err := plan.ParsePeriod("2023-Q2")
	if err != nil {
		t.Fatal(err)
	}
	r := request{plan: parsePlan(t, formPlan), file: parseBook(t, form("Kỳ báo cáo: Quý I năm 2022")).xlsx(), opt: Options{Period: &p}}.mustCollect(t)
	wantText(t, speaks(r), "f; ;  from the file's name\nquarter 2 of 2023 from --period")
}

// The period picks the column of a form that has one a period; the titles are
// above the table whichever column that is.
func TestColumnOfPeriod(t *testing.T) {
	const periods = `
tables:
  form:
    shape: form
    title: Form
    columns:
      label: {headers: [Chỉ tiêu], role: label}
      value: {periods: {q1: [Quý I], q2: [Quý II], h1: [6 tháng], year: [Cả năm, Lũy kế]}, type: number}
facts:
  a: {title: A, from: [{cell: form, row: {label: [A]}, column: value}]}
`
	for period, want := range map[string]string{
		"Quý I năm 2023":         "a = 1 in 'S'!B3",
		"Quý II/2023":            "a = 20 in 'S'!C3",
		"6 tháng đầu năm 2023":   "a = 300 in 'S'!D3",
		"Năm 2023":               "a = 4000 in 'S'!E3",
		"9 tháng đầu năm 2023":   `a missing (missing-column): Form has no column for the first 9 months of 2023`,
		"Tháng 1/2023":           `a missing (missing-column): Form has no column for month 1 of 2023`,
		"Từ 1/1/2023 - 2/1/2023": `a missing (missing-column): Form has no column for 2023-01-01 to 2023-01-02`,
	} {
		r := read(t, periods, "Kỳ báo cáo: "+period+"\nChỉ tiêu | Quý I | Quý II | 6 tháng | Lũy kế\nA | 1 | 20 | 300 | 4000")
		wantText(t, printFacts(r), want)
	}
}
