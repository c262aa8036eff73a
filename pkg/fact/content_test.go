package fact

import "testing"

// Some programs store 4 as 4.0: it is 4 in conditions, ids, choices, codes and
// headers. TRUE is TRUE.
func TestNumbersAreTheirShortestText(t *testing.T) {
	const list = `
tables:
  list:
    shape: list
    title: List
    columns:
      id: {headers: [Mã], role: key, unique: true}
      kind: {headers: [Mức]}
      level: {headers: [Loại], type: choice, values: {one: ["1"], two: ["2", "TRUE"]}, optional: true}
facts:
  four: {title: Four, from: [{count: list, where: {kind: ["4"]}}]}
  other: {title: Other, from: [{count: list, where: {kind: {not: ["4"]}}}]}
  two: {title: Two, from: [{count: list, where: {level: [two]}}]}
`
	r := read(t, list, "Mã | Mức | Loại\nH1 | 4.0 | 1.0\nH2 | 4 | 2E0\nH3 | 4.0000000000000002 | TRUE\nH4 | '4 | FALSE\nH5 | 3.0 | '2")
	wantText(t, printFacts(r), "four = 4 in 'S'!B2:B5\nother = 1 in 'S'!B6\ntwo invalid: it cannot be told whether 1 record counts: the column \"Loại\" cannot be read there (see the findings)")
	wantText(t, printFindings(r), `error 'S'!C5: 1 record with "FALSE" in "Loại", the first in row 5: want one of "1", "2" [unknown-choice]`)

	const form = `
tables:
  form:
    shape: form
    title: Form
    columns:
      label: {headers: [Chỉ tiêu], role: label}
      code: {headers: [Mã số]}
      value: {headers: ["2023"], type: number}
      done: {headers: [Xong], type: choice, values: {"yes": [Có, "TRUE"], "no": [Không, "FALSE"]}, optional: true}
facts:
  a: {title: A, from: [{cell: form, row: {code: ["1.1"]}, column: value}]}
  b: {title: B, from: [{cell: form, row: {code: ["2"]}, column: value}]}
  c: {title: C, kind: choice, from: [{cell: form, row: {code: ["2"]}, column: done}]}
`
	r = read(t, form, "Chỉ tiêu | Mã số | 2023.0 | Xong\nX | 1.1000000000000001 | 5 | \nY | 2.0 | TRUE | TRUE")
	wantText(t, printFacts(r), "a = 5 in 'S'!C2\nb invalid: 'S'!C3: \"TRUE\" is no number\nc = yes in 'S'!D3")
}
