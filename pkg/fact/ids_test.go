package fact

import (
	"strings"
	"testing"
)

const typedIDPlan = `
tables:
  list:
    shape: list
    title: List
    columns:
      id: {headers: [Mã], role: key, unique: true}
      in: {headers: [Ngày], type: date}
facts:
  all: {title: All, from: [{count: list}]}
`

// Ids that a spreadsheet program or copying has changed are told, each kind
// with its reason.
func TestIDsThatAreNotAsTyped(t *testing.T) {
	const day = " | 2023-01-05"
	for name, c := range map[string]struct{ ids, findings string }{
		"sound":               {"HS-1\nHS-2\n123\n123456789012345\nA+B\nE+1", ""},
		"numbers, alike":      {"1001.0\n1001", `error 'S'!A3: the id in the column "Mã" is that of row 2: each record has its own [not-unique]`},
		"a number and a text": {"1001\n'1001", `error 'S'!A3: the id in the column "Mã" is that of row 2: each record has its own [not-unique]`},
		"exponents, alike":    {"123\n^1.23E2", ""}, // a text
		"dates": {"2023-01-02\n15-40\n2023-01-03",
			`warning 'S'!A2:A4: 2 dates in "Mã", the first in row 2: an id such as 1-2 becomes a date when it is typed; type it as text, with an apostrophe before it [odd-id]`},
		"more than 15 digits": {"123456789012345000\n123456789012346000\n'123456789012347000",
			`warning 'S'!A2:A3: 2 numbers of more than 15 digits in "Mã", the first in row 2: spreadsheet programs keep 15, the others are lost; type ids as text, or export them again as text [odd-id]`},
		"in exponent form": {"^1.23457E+11\n^1E+12\nHS-3",
			`warning 'S'!A2:A3: 2 ids in exponent form in "Mã", the first in row 2: the last digits are lost; export the column again as text [odd-id]`},
		"zeros by format": {"123{000000}\n124{000000}",
			`warning 'S'!A2:A3: 2 numbers shown with zeros or letters that their format adds in "Mã", the first in row 2: they are not in the cells, and are lost when the list is exported; type ids as text [odd-id]`},
		"zeros by format and typed": {"123{000000}\n'000123", `
warning 'S'!A2: 1 number shown with zeros or letters that its format adds in "Mã", the first in row 2: they are not in the cells, and are lost when the list is exported; type ids as text [odd-id]
error 'S'!A3: the id in the column "Mã" is that of row 2: each record has its own [not-unique]`},
		"groups by format": {"1234{#,##0}\n1235{0.00}", ""},
		"a zero-width space": {"HS01\nHS\u200b01",
			`error 'S'!A3: the id in the column "Mã" is that of row 2: each record has its own; they differ only by what cannot be seen, such as spaces or zero-width characters: type one of them again [not-unique]`},
		"a no-break space": {"HS 01\nHS\u00a001",
			`error 'S'!A3: the id in the column "Mã" is that of row 2: each record has its own; they differ only by what cannot be seen, such as spaces or zero-width characters: type one of them again [not-unique]`},
		"a dash": {"HS-01\nHS–01",
			`error 'S'!A3: the id in the column "Mã" is that of row 2: each record has its own; they differ only by what cannot be seen, such as spaces or zero-width characters: type one of them again [not-unique]`},
		"composed and not": {"H\u1ed21\nHO\u0302\u03001",
			`error 'S'!A3: the id in the column "Mã" is that of row 2: each record has its own; they differ only by what cannot be seen, such as spaces or zero-width characters: type one of them again [not-unique]`},
		"capitals": {"HS01\nhs01\nHs01",
			`warning 'S'!A3:A4: 2 records whose "Mã" differs from that of another one only by capitals, the first in row 3: are they the same? write ids alike [odd-id]`},
		"a letter of another script": {"HC-01\nНС-01",
			`error 'S'!A3: the id in the column "Mã" is that of row 2: each record has its own; they differ only by what cannot be seen, such as spaces or zero-width characters: type one of them again [not-unique]`},
		"fractions": {"1.5\n1.6\nHS-3",
			`warning 'S'!A2:A3: 2 truth values, fractions or negative numbers in "Mã", the first in row 2: an id such as 1.5 or TRUE is taken for something else when it is typed; type ids as text [odd-id]`},
		"another letter": {"HĐ01\nHD01\nHĐ02", ""},
	} {
		t.Run(name, func(t *testing.T) {
			rows := strings.ReplaceAll(c.ids, "\n", day+"\n") + day
			r := read(t, typedIDPlan, "Mã | Ngày\n"+rows)
			wantText(t, printFindings(r), c.findings)
		})
	}
}

// The numbers 1.1 and 1.2 of rows become dates when they are typed.
func TestNumbersOfRowsThatBecameDates(t *testing.T) {
	const plan = `
tables:
  pay:
    shape: cross
    title: Pay
    columns:
      code: {headers: [TT], role: code}
      name: {headers: [Dự án], role: label}
      paid: {headers: [Giải ngân], type: number}
facts:
  paid: {title: Paid, kind: amount, from: [{total: pay, column: paid}]}
  one: {title: One, kind: amount, from: [{cell: pay, row: {code: ["1.2"]}, column: paid}]}
`
	r := read(t, plan, "TT | Dự án | Giải ngân\n1 | Chương trình I | 1500\n2023-01-01 | Đường A | 1000\n2023-02-01 | Cầu B | 500\n2 | Chương trình II | 100")
	wantText(t, printFacts(r), "paid = 1600 in 'S'!C3:C5\none = 500 in 'S'!C4")
	wantText(t, printFindings(r), `warning 'S'!A3:A4: 2 dates in "TT", the first in row 3: a number such as "1.1" becomes a date when it is typed, and is read as that; type it as text, with an apostrophe before it [odd-id]`)
}
