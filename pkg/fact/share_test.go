package fact

import (
	"strings"
	"testing"
)

const sharePlan = `
tables:
  form:
    shape: form
    title: Form
    columns:
      label: {headers: [Chỉ tiêu], role: label}
      percents: {headers: [Tỷ lệ (%)], type: share, style: vi, scale: percents, optional: true}
      ones: {headers: [Hệ số], type: share, style: vi, scale: ones, optional: true}
      bare: {headers: [Mức], type: share, optional: true}
facts:
  r: {title: R, kind: share, from: [{cell: form, row: {label: [Đúng hạn]}, column: percents}]}
`

// Shares as people write them; what may be meant otherwise is told.
func TestSharesAsPeopleWriteThem(t *testing.T) {
	const doubt = "warning 'S'!B2: "
	for typed, want := range map[string]struct{ value, finding string }{
		"98.5":                 {"197/200", ""},
		"'98,5%":               {"197/200", "note"},
		"'98,5 %":              {"197/200", "note"},
		"'98,5":                {"197/200", "note"},
		"'98.5%":               {"197/200", "note"},
		"'98.5":                {"197/200", "note"},
		"'98,5 phần trăm":      {"197/200", "note"},
		"'98,5%(*)":            {"197/200", "note"},
		"'98,5%.":              {"197/200", "note"},
		"'98,5% (*)":           {"197/200", "note"},
		"'98,5%**":             {"197/200", "note"},
		"'98,5%¹":              {"197/200", "note"},
		"'98,5%(1)":            {"197/200", "note"},
		"'100% (45/45)":        {"1", "note"},
		`'100%\n(45/45 hồ sơ)`: {"1", "note"},
		"'98,5% (1.970/2.000)": {"197/200", "note"},
		"'98,5% (197 / 200)":   {"197/200", "note"},
		"'90% (45/45)":         {"invalid", `error 'S'!B2: "90% (45/45)" states a share and counts that give another one`},
		"'98,5% (tăng 2%)":     {"invalid", `error 'S'!B2: "98,5% (tăng 2%)" is no number`},
		"'Đạt 98,5%":           {"invalid", `error 'S'!B2: "Đạt 98,5%" is no number`},
		"'trên 98%":            {"invalid", `error 'S'!B2: "trên 98%" is no number`},
		"'98-99%":              {"invalid", `error 'S'!B2: "98-99%" is no number`},
		"'98.500%":             {"invalid", "error 'S'!B2: 98.500% is 98,500%"},
		"'1.000%":              {"invalid", "error 'S'!B2: 1.000% is 1,000%"},
		"0":                    {"0", ""},
		"100":                  {"1", ""},
		"1.5":                  {"3/200", ""},
		"0.65":                 {"13/2000", doubt + "0.65 is read as 0.65%, for the column states percents: is 65% meant?"},
		"1":                    {"1/100", doubt + "1 is read as 1%, for the column states percents: is 100% meant?"},
		"'0,985":               {"197/20000", doubt + "0,985 is read as 0.985%, for the column states percents: is 98.5% meant?"},
		"'0.985":               {"197/20000", doubt + "0.985 is read as 0.985%, for the column states percents: is 98.5% meant?"},
		"'0,65%":               {"13/2000", "note"},
		"-0.5":                 {"invalid", "error 'S'!B2: -0.5 is -0.5%"},
	} {
		r := read(t, sharePlan, "Chỉ tiêu | Tỷ lệ (%)\nĐúng hạn | "+typed)
		f := r.Sets[0].Find("r")
		got := "invalid"
		if f.State == Reported {
			got = f.Value.String()
		}
		if got != want.value {
			t.Errorf("%s: %s, want %s", typed, got, want.value)
		}
		if found := strings.TrimSpace(printFindings(r)); !strings.HasPrefix(found, want.finding) || want.finding == "" && found != "" {
			t.Errorf("%s: %q, want %q", typed, found, want.finding)
		}
	}
}

// A stated share that cannot be read is not held against its counts, and that
// is told.
func TestStatedShareThatCannotBeRead(t *testing.T) {
	const plan = `
tables:
  pay:
    shape: cross
    title: Pay
    columns:
      name: {headers: [Dự án], role: label}
      planned: {headers: [Kế hoạch], type: number, style: vi}
      paid: {headers: [Giải ngân], type: number, style: vi}
      rate: {headers: [Tỷ lệ], type: share, style: vi, scale: percents, optional: true}
    ratios: [{column: rate, part: paid, whole: planned}]
facts:
  paid: {title: Paid, kind: amount, from: [{total: pay, column: paid}]}
`
	r := read(t, plan, "Dự án | Kế hoạch | Giải ngân | Tỷ lệ\nCầu | 100 | 90 | '90.0%\nĐường | 200 | 150 | 'khoảng 75%\nChợ | 100 | 50 | 'một nửa\nKè | 10 | 5 | ")
	wantText(t, printFindings(r), `
warning 'S'!D3:D4: 2 stated shares cannot be read and held against the counts, the first in row 3: "khoảng 75%" is no number [stated-ratio]`)
	r = read(t, plan, "Dự án | Kế hoạch | Giải ngân | Tỷ lệ\nCầu | 100 | 90 | '55.5%")
	wantText(t, printFindings(r), `
warning 'S'!D2: the stated share is 55.5%, its counts give 90 / 100 = 90%: the counts are used [stated-ratio]`)
}

// Three decimals of a number that is typed as text may be thousands.
func TestThousandsTypedWithTheOtherMark(t *testing.T) {
	for _, c := range []struct{ typed, count, amount string }{
		{"'1,000", "invalid", "1"},
		{"'12,000", "invalid", "12"},
		{"'12,500", "invalid", "25/2"},
		{"'12.500", "12500", "12500"},
		{"'12,5", "invalid", "25/2"},
		{"'12,00", "12", "12"},
		{"'1.234,500", "invalid", "2469/2"},
		{"'0,125", "invalid", "1/8"},
		{"12.5", "invalid", "25/2"},
	} {
		const plan = `
tables:
  form:
    shape: form
    title: Form
    columns:
      label: {headers: [Chỉ tiêu], role: label}
      value: {headers: [Số liệu], type: number, style: vi}
facts:
  n: {title: N, from: [{cell: form, row: {label: [A]}, column: value}]}
  m: {title: M, kind: amount, from: [{cell: form, row: {label: [A]}, column: value}]}
`
		r := read(t, plan, "Chỉ tiêu | Số liệu\nA | "+c.typed)
		for id, want := range map[string]string{"n": c.count, "m": c.amount} {
			f := r.Sets[0].Find(id)
			got := "invalid"
			if f.State == Reported {
				got = f.Value.String()
			}
			if got != want {
				t.Errorf("%s of %s: %s, want %s", id, c.typed, got, want)
			}
		}
	}
	const list = `
tables:
  list:
    shape: list
    title: List
    columns:
      id: {headers: [Mã], role: key}
      fee: {headers: [Phí], type: number, style: vi}
facts:
  fees: {title: Fees, kind: amount, from: [{sum: list, column: fee}]}
`
	r := read(t, list, "Mã | Phí\nA1 | '12,500\nA2 | '12.500\nA3 | '7,250")
	wantText(t, printFindings(r), `
warning 'S'!B2:B4: 2 numbers in "Phí" with three decimals, typed as text, the first in row 2: "12,500"; are thousands meant? type them as numbers [doubtful-number]
note 'S'!B3: 1 number in "Phí" typed as text, the first in row 3: type them as numbers [text-number]`)
}
