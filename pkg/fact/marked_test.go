package fact

import (
	"strings"
	"testing"
)

const markedPlan = `
tables:
  form:
    shape: form
    title: Form
    columns:
      label: {headers: [Chỉ tiêu], role: label}
      value: {headers: [Số liệu], type: number, style: vi, optional: true}
      done: {headers: [Kết quả], type: choice, optional: true, values: {"yes": {names: [Có]}, "no": {names: [Không]}}}
facts:
  count: {title: Count, from: [{cell: form, row: {label: [Số hồ sơ]}, column: value}]}
  done: {title: Done, kind: choice, from: [{cell: form, row: {label: [Số hồ sơ]}, column: done}]}
`

// A number in parts is none; a footnote mark in a name does not count; what is
// struck out is no choice.
func TestMarkedText(t *testing.T) {
	const header = "Chỉ tiêu | Số liệu | Kết quả\n"
	for name, c := range map[string]struct{ text, want, findings string }{
		"a footnote mark": {header + "Số hồ sơ | 64<sup>1</sup> | Có",
			"count invalid: 'S'!B2: \"64¹\" has a superscript or subscript part, such as a reference to a note: nobody can tell which of its characters make the figure; type the figure alone\ndone = yes in 'S'!C2",
			`error 'S'!B2: "64¹" has a superscript or subscript part, such as a reference to a note: nobody can tell which of its characters make the figure; type the figure alone [marked-text]`},
		"an index": {header + "Số hồ sơ | 65<sub>2</sub> | Có",
			"count invalid: 'S'!B2: \"65₂\" has a superscript or subscript part, such as a reference to a note: nobody can tell which of its characters make the figure; type the figure alone\ndone = yes in 'S'!C2",
			`error 'S'!B2: "65₂" has a superscript or subscript part, such as a reference to a note: nobody can tell which of its characters make the figure; type the figure alone [marked-text]`},
		"struck out": {header + "Số hồ sơ | <s>60</s>65 | <s>Có</s>",
			"count invalid: 'S'!B2: \"6065\" is struck out, in part or as a whole: nobody can tell whether it counts; clear what does not, and type the figure alone without the line\n" +
				"done invalid: 'S'!C2: \"Có\" is struck out, in part or as a whole: nobody can tell whether it counts; clear what does not, and type the figure alone without the line",
			"error 'S'!B2: \"6065\" is struck out, in part or as a whole: nobody can tell whether it counts; clear what does not, and type the figure alone without the line [marked-text]\n" +
				`error 'S'!C2: "Có" is struck out, in part or as a whole: nobody can tell whether it counts; clear what does not, and type the figure alone without the line [marked-text]`},
		"parts that look different": {header + "Số hồ sơ | 6<b>5</b> | Có",
			"count invalid: 'S'!B2: \"65\" has parts that look different: nobody can tell which of its characters make the figure; type the figure alone\ndone = yes in 'S'!C2",
			`error 'S'!B2: "65" has parts that look different: nobody can tell which of its characters make the figure; type the figure alone [marked-text]`},
		"a name that is struck out": {header + "<s>Số hồ sơ</s> | 64 | Có", "count = 64 in 'S'!B2\ndone = yes in 'S'!C2",
			`warning 'S'!A2: "Số hồ sơ" is struck out or not shown, in part or as a whole, and its figures count: clear the row, or show its name without the line [marked-text]`},
		"notes in names":              {"Chỉ tiêu<sup>1</sup> | Số liệu<sup>(2)</sup> | Kết quả\nSố hồ sơ<sup>3</sup> | 64 | Có<sup>4</sup>", "count = 64 in 'S'!B2\ndone = yes in 'S'!C2", ""},
		"a name in parts":             {"Chỉ tiêu | Số <b>liệu</b> | Kết quả\n<b>Số</b> hồ sơ | 64 | <b>C</b>ó", "count = 64 in 'S'!B2\ndone = yes in 'S'!C2", ""},
		"a text in parts, no number":  {header + "Số hồ sơ | <b>-</b> | Có", "count missing (blank-required): 'S'!B2: \"-\" stands for \"not reported\"\ndone = yes in 'S'!C2", ""},
		"white space in another look": {header + "Số hồ sơ | 64<b> </b> | Có", "count = 64 in 'S'!B2\ndone = yes in 'S'!C2", "note 'S'!B2: the number is typed as text, \"64\": read as 64; type it as a number [text-number]"},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, markedPlan, c.text)
			wantText(t, printFacts(r), c.want)
			wantText(t, printFindings(r), c.findings)
		})
	}
}

// Results that the file itself calls old are told once, where they count.
func TestOldResults(t *testing.T) {
	const table = "STT | Lĩnh vực | Tiếp nhận\n1 | Đất đai | =5+5 -> 10\n2 | Nhà | 20\n | Tổng số | =C2+C3 -> 30\n"
	const both = ": 2 results of formulas that count may be old, the first here; open the file in a spreadsheet program, let it calculate, and save it [old-result]"
	for name, c := range map[string]struct{ text, want string }{
		"on load":              {table + `calc fullCalcOnLoad="1"`, "warning 'S'!C2: the file asks to be calculated again when it is opened" + both},
		"by hand":              {table + `calc calcMode="manual"`, "warning 'S'!C2: the file is set to be calculated by hand" + both},
		"by hand and on save":  {table + `calc calcMode="manual" calcOnSave="1"`, ""},
		"not to the end":       {table + `calc calcCompleted="0"`, "warning 'S'!C2: the file was saved before it was calculated to the end" + both},
		"automatic":            {table + `calc calcId="191029"`, ""},
		"no formula":           {"STT | Lĩnh vực | Tiếp nhận\n1 | Đất đai | 10\n" + `calc fullCalcOnLoad="1"`, ""},
		"a formula elsewhere":  {"STT | Lĩnh vực | Tiếp nhận | Khác\n1 | Đất đai | 10 | =1+1 -> 2\n" + `calc fullCalcOnLoad="1"`, ""},
		"a formula of another": {"STT | Lĩnh vực | Tiếp nhận\n1 | Đất đai | 10\n | Tổng số | =C2 -> 10\n" + `calc fullCalcOnLoad="0" calcMode="auto"`, ""},
	} {
		t.Run(name, func(t *testing.T) { wantText(t, printFindings(read(t, crossPlan, c.text)), c.want) })
	}
	wantText(t, printFindings(read(t, `
tables:
  list:
    shape: list
    title: List
    columns:
      id: {headers: [Mã hồ sơ], role: key, unique: true}
      fee: {headers: [Lệ phí], type: number}
      note: {headers: [Ghi chú], optional: true}
facts:
  fees: {title: Fees, kind: amount, from: [{sum: list, column: fee}]}
`, "Mã hồ sơ | Lệ phí | Ghi chú\nA1 | =1+1 -> 2 | a\nA2 | 3 | =1 -> b\nA3 | =2+2 -> 4 | c\ncalc fullCalcOnLoad=\"1\"")),
		"warning 'S'!B2: the file asks to be calculated again when it is opened"+both)
}

// A total that leaves hidden rows out decides nothing where rows are hidden,
// unless it is the sum of all of them.
func TestTotalsOfVisibleRows(t *testing.T) {
	const head, formula = "STT | Lĩnh vực | Tiếp nhận\n1 | Đất đai | 10\n2 | Nhà | 20\n | Tổng số | ", "=SUBTOTAL(9,C2:C3) -> "
	const hidden = "warning 'S'!3:3: 1 row of Cross hidden, by hand or by a filter: counted all the same; show them, so that everybody sees what is reported [hidden-row]"
	for name, c := range map[string]struct{ text, want, findings string }{
		"nothing hidden": {head + formula + "30", "received = 30 in 'S'!C4", ""},
		"a part": {head + formula + "10\nhide 3", "received invalid: 'S'!C4: the formula leaves hidden rows out (SUBTOTAL or AGGREGATE), and Cross has 1 row hidden, by hand or by a filter: show all rows, or use SUM, and save the file again",
			hidden + "\nerror 'S'!C4: the formula leaves hidden rows out (SUBTOTAL or AGGREGATE), and Cross has 1 row hidden, by hand or by a filter: show all rows, or use SUM, and save the file again [partial-total]"},
		"the whole all the same": {head + formula + "30\nhide 3", "received = 30 in 'S'!C4", hidden},
		"hidden elsewhere": {head + formula + "29\n== Khác\na\nb\nhide 2", `received invalid: row 4 "Tổng số" is 29, and the 2 figures in rows 2 to 3 add up to 30, a difference of 1: mend the sum or its rows`,
			"warning 'S'!C4: the formula leaves hidden rows out (SUBTOTAL or AGGREGATE), and 'Khác' has hidden rows: look whether they belong to it; show all rows, or use SUM, and save the file again [partial-total]"},
		"of another formula": {head + "=SUM(C2:C3) -> 30\nhide 3", "received = 30 in 'S'!C4", hidden},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, crossPlan, c.text)
			wantText(t, factsOf(r, "received"), c.want)
			got := printFindings(r)
			wantText(t, without(got, "total-mismatch"), c.findings)
		})
	}
}

// A figure may be about a sheet in which no table of the plan is.
func TestFiguresOfVisibleRowsElsewhere(t *testing.T) {
	const form = "STT | Lĩnh vực | Tiếp nhận\n1 | Đất đai | =SUBTOTAL(3,Khác!A:A) -> 300\n== Khác\na"
	list := form + strings.Repeat("\na", 300)
	for name, c := range map[string]struct{ text, findings string }{
		"nothing hidden": {list, ""},
		"hidden far below": {list + "\nhide 290",
			"warning 'S'!C2: the formula leaves hidden rows out (SUBTOTAL or AGGREGATE), and 'Khác' has hidden rows: look whether they belong to it; show all rows, or use SUM, and save the file again [partial-total]"},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, crossPlan, c.text)
			wantText(t, factsOf(r, "land"), "land = 300 in 'S'!C2")
			wantText(t, printFindings(r), c.findings)
		})
	}
}

// without leaves out the lines of a check.
func without(lines, check string) string {
	var out []string
	for _, line := range strings.Split(lines, "\n") {
		if !strings.Contains(line, "["+check+"]") {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}
