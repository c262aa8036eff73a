package fact

import "testing"

const rowWherePlan = `
tables:
  form:
    shape: form
    title: Form
    columns:
      label: {headers: [Việc], role: label}
      done: {headers: [Kết quả], type: choice, values: {yes: [Xong], no: [Chưa]}}
      value: {headers: [Số liệu], type: number}
      number: {headers: [Số văn bản]}
      day: {headers: [Ngày ban hành], type: date, optional: true}
facts:
  issued: {title: Issued, kind: choice, from: [{cell: form, row: {label: [Kế hoạch]}, column: done, where: {any_of: [{done: {not: [yes]}}, {number: filled}]}}]}
  trained: {title: Trained, from: [{cell: form, row: {label: [Tập huấn]}, column: value, where: {number: filled, day: {not_after: 2023-06-30}}}]}
`

// The figure of a form counts only with what its row must hold besides.
func TestRowsOfFormsCountUnderConditions(t *testing.T) {
	const header = "Việc | Kết quả | Số liệu | Số văn bản | Ngày ban hành\n"
	for name, c := range map[string]struct{ fact, text, want string }{
		"the condition holds": {"issued", "Kế hoạch | Xong | | 12/KH | 2023-02-01", "issued = yes in 'S'!B2"},
		"another alternative": {"issued", "Kế hoạch | Chưa | | |", "issued = no in 'S'!B2"},
		"it does not": {"issued", "Kế hoạch | Xong | | - |",
			`issued missing (blank-required): row 2 in 'S' ("Kế hoạch") does not count: it counts only with one of ("Kết quả" ≠ Xong; "Số văn bản" filled)`},
		"both hold": {"trained", "Tập huấn | | 5 | 3/KH | 2023-06-30", "trained = 5 in 'S'!C2"},
		"a day too late": {"trained", "Tập huấn | | 5 | 3/KH | 2023-07-01",
			`trained missing (blank-required): row 2 in 'S' ("Tập huấn") does not count: it counts only with "Số văn bản" filled and "Ngày ban hành" ≤ 2023-06-30`},
		"no day that can be read": {"trained", "Tập huấn | | 5 | 3/KH | 31/02/2023",
			`trained invalid: it cannot be told whether row 2 counts: the column "Ngày ban hành" cannot be read there (see the findings)`},
		"a day that does not decide": {"trained", "Tập huấn | | 5 | | 31/02/2023",
			`trained missing (blank-required): row 2 in 'S' ("Tập huấn") does not count: it counts only with "Số văn bản" filled and "Ngày ban hành" ≤ 2023-06-30`},
		"the one of two rows that counts": {"trained", "Tập huấn | | 7 | |\nTập huấn | | 5 | 3/KH | 2023-06-30", "trained = 5 in 'S'!C3"},
		"under merged cells": {"trained", "Kế hoạch | Xong | | 12/KH | 2023-02-01\nTập huấn | | 5 | | 2023-02-01\nmerge D2:D3",
			`trained invalid: it cannot be told whether row 3 counts: the column "Số văn bản" cannot be read there (see the findings)`},
	} {
		t.Run(name, func(t *testing.T) {
			wantText(t, factsOf(read(t, rowWherePlan, header+c.text), c.fact), c.want)
		})
	}
	lacking := read(t, rowWherePlan, "Việc | Kết quả | Số liệu | Số văn bản\nTập huấn | | 5 | 3/KH")
	wantText(t, factsOf(lacking, "trained"), `trained missing (missing-column): no column "Ngày ban hành" in 'S'`)
	r := read(t, rowWherePlan, header+"Tập huấn | | 5 | 3/KH | 31/02/2023")
	wantText(t, printFindings(r), `error 'S'!E2: it cannot be told whether the row counts: 1 record with "31/02/2023" in "Ngày ban hành": there is no such day: want day/month/year [not-a-date]`)
}
