package fact

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// unitsPlan has a list and a cross-table that name units, and a form that
// speaks for the one that reports.
const unitsPlan = `
tables:
  list:
    shape: list
    title: List
    sheets: [List*]
    columns:
      id: {headers: [Mã], role: key}
      unit: {headers: [Đơn vị], role: unit, optional: true}
      level: {headers: [Mức], type: choice, values: {p: [Một phần], f: [Toàn trình]}}
  cross:
    shape: cross
    title: Cross
    sheets: [Cross*]
    columns:
      unit: {headers: [Đơn vị], role: unit}
      asked: {headers: [Yêu cầu], type: number}
  form:
    shape: form
    title: Form
    sheets: [Form*]
    columns:
      label: {headers: [Chỉ tiêu], role: label}
      value: {headers: [Số liệu], type: number}
facts:
  p: {title: P, from: [{count: list, where: {level: [p]}}]}
  asked: {title: Asked, from: [{cell: cross, column: asked}]}
  staff: {title: Staff, from: [{cell: form, row: {label: [Biên chế]}, column: value}]}
`

// values prints the units of a reading with the facts that they report.
func values(r *Reading) string {
	var b strings.Builder
	for _, s := range r.Sets {
		fmt.Fprintf(&b, "%s (%s):", s.Unit.Name.In(lang.VI), s.Unit.Level)
		for _, f := range s.Facts {
			if f.ID != "dummy" {
				fmt.Fprintf(&b, " %s=%s", f.ID, strings.TrimPrefix(fmt.Sprintf("%s %s", f.State, f.Value), "reported "))
			}
		}
		b.WriteString("\n")
	}
	return strings.NewReplacer("missing 0", "missing", "invalid 0", "invalid").Replace(b.String())
}

const unitsBook = `
== List
Mã | Đơn vị | Mức
H1 | Sở Y tế | Một phần
H2 | UBND huyện Quế Sơn | Một phần
H3 | SYT | Một phần
H4 | SỞ  Y TẾ | Toàn trình
== Cross
Đơn vị | Yêu cầu
Sở Y tế | 5
Sở Nội vụ | 7
Tổng số | 12
`

const unitsForm = `
== Form
Đơn vị báo cáo: %s
Chỉ tiêu | Số liệu
Biên chế | 30
`

func TestUnits(t *testing.T) {
	roster := strings.Replace(rosterText, "units:\n", "units:\n  - {id: so-noi-vu, name: Sở Nội vụ, level: office, group: g}\n", 1)
	for name, c := range map[string]struct {
		book   string
		roster string
		opt    Options
		want   string
	}{
		"by name": {unitsBook, "", Options{}, `
Sở Y tế (office): p=1 asked=5 staff=missing
UBND huyện Quế Sơn (district): p=1 asked=missing staff=missing
SYT (): p=1 asked=missing staff=missing
Sở Nội vụ (office): p=missing asked=7 staff=missing`},
		"by the roster": {unitsBook, roster, Options{}, `
Sở Y tế (office): p=2 asked=5 staff=missing
UBND huyện Quế Sơn (district): p=1 asked=missing staff=missing
Sở Nội vụ (office): p=missing asked=7 staff=missing`},
		"one that is asked for": {unitsBook, roster, Options{Unit: "so-y-te"}, `
Sở Y tế (office): p=2 asked=5 staff=missing`},
		"asked for in capitals": {unitsBook, "", Options{Unit: "SỞ Y TẾ"}, `
Sở Y tế (office): p=1 asked=5 staff=missing`},
		"asked for, and not there": {unitsBook, roster, Options{Unit: "Thanh tra", Level: "office"}, `
Thanh tra (office): p=missing asked=missing staff=missing`},
		"all of a level": {unitsBook, roster, Options{Level: "district"}, `
Sở Y tế (district): p=2 asked=5 staff=missing
UBND huyện Quế Sơn (district): p=1 asked=missing staff=missing
Sở Nội vụ (district): p=missing asked=7 staff=missing`},
		"the one that reports is named": {unitsBook + fmt.Sprintf(unitsForm, "SYT"), roster, Options{}, `
Sở Y tế (office): p=2 asked=5 staff=30
UBND huyện Quế Sơn (district): p=1 asked=missing staff=missing
Sở Nội vụ (office): p=missing asked=7 staff=missing`},
		"the one that reports is not named": {unitsBook + fmt.Sprintf(unitsForm, "Sở Xây dựng"), "", Options{}, `
Sở Xây dựng (office): p=missing asked=missing staff=30
Sở Y tế (office): p=1 asked=5 staff=missing
UBND huyện Quế Sơn (district): p=1 asked=missing staff=missing
SYT (): p=1 asked=missing staff=missing
Sở Nội vụ (office): p=missing asked=7 staff=missing`},
		"the one that reports has no table of its own": {"== List\nĐơn vị báo cáo: Sở Xây dựng\nMã | Đơn vị | Mức\nH1 | Sở Y tế | Một phần", "", Options{}, `
Sở Y tế (office): p=1 asked=missing staff=missing`},
		"no names": {"== List\nĐơn vị báo cáo: Sở Xây dựng\nMã | Đơn vị | Mức\nH1 | | Một phần\nH2 | | Một phần", "", Options{}, `
Sở Xây dựng (office): p=2 asked=missing staff=missing`},
		"one cross-table, names merged downwards": {"== Cross\nĐơn vị | Yêu cầu\nSở Y tế | 5\n | 5\nSở Nội vụ | 7\nmerge A2:A3", "", Options{}, `
Sở Y tế (office): p=missing asked=5 staff=missing
Sở Nội vụ (office): p=missing asked=7 staff=missing`},
	} {
		t.Run(name, func(t *testing.T) {
			q := request{plan: parsePlan(t, unitsPlan), file: parseBook(t, c.book).xlsx(), opt: c.opt}
			if c.roster != "" {
				q.roster = parseRoster(t, c.roster)
			}
			wantText(t, values(q.mustCollect(t)), c.want)
		})
	}
}

// A record that names no unit is counted for none, and told.
func TestRecordsWithoutUnit(t *testing.T) {
	r := read(t, unitsPlan, "== List\nMã | Đơn vị | Mức\nH1 | Sở Y tế | Một phần\nH2 | | Một phần\nH3 | | Toàn trình")
	wantText(t, values(r), "Sở Y tế (office): p=1 asked=missing staff=missing")
	wantText(t, printFindings(r), `error 'List'!B3:B4: 2 records with nothing in "Đơn vị", the first in row 3: they count for no unit; fill it in [blank-required]`)
}

// What a unit lacks is said in the words of the table.
func TestUnitThatIsNotThere(t *testing.T) {
	r := read(t, unitsPlan, unitsBook)
	wantText(t, printFact(r.Sets[3].Find("p")), `p missing (missing-row): the table "List" has nothing of this unit`)
	wantText(t, printFact(r.Sets[1].Find("asked")), `asked missing (missing-row): no row of "UBND huyện Quế Sơn" in 'Cross'`)
	wantText(t, printFact(r.Sets[1].Find("staff")), `staff missing (missing-table): no table "Form" (sheets named "Form*")`)
}

// A column that names thousands is no column of agencies.
func TestTooManyUnits(t *testing.T) {
	for name, want := range map[string]string{
		"List":  `the column "Đơn vị" names more than 1000 agencies, or more than 300 that are on no roster: give it another header if it is no column of agencies, or else --roster`,
		"Cross": `the column "Đơn vị" names more than 1000 agencies, or more than 300 that are on no roster: give it another header if it is no column of agencies, or else --roster`,
	} {
		text := "== " + name + "\nMã | Đơn vị | Mức | Yêu cầu\n"
		for i := range 1200 {
			text += fmt.Sprintf("H%d | Ông %d | Một phần | 1\n", i, i)
		}
		_, err := request{plan: parsePlan(t, unitsPlan), file: parseBook(t, text).xlsx()}.collect(t)
		var refusal *diag.Refusal
		if !errors.As(err, &refusal) || refusal.Diagnostic.Message.In(lang.EN) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// An id that two records have makes the figures of their units invalid, and not
// those of others.
func TestRepeatedIDIsJudgedByUnit(t *testing.T) {
	roster := strings.Replace(rosterText, "units:\n", "units:\n  - {id: so-noi-vu, name: Sở Nội vụ, level: office, group: g}\n", 1)
	text := strings.Replace(unitsPlan, "role: key}", "role: key, unique: true}", 1)
	for name, c := range map[string]struct{ rows, want string }{
		"in one unit": {"H1 | Sở Y tế | Một phần\nH1 | Sở Y tế | Một phần\nH3 | Sở Nội vụ | Một phần", `
Sở Y tế (office): p=invalid asked=missing staff=missing
Sở Nội vụ (office): p=1 asked=missing staff=missing
`},
		"in two units": {"H1 | Sở Y tế | Một phần\nH3 | Sở Nội vụ | Một phần\nH1 | UBND huyện Quế Sơn | Một phần\nH1 | UBND huyện Quế Sơn | Một phần", `
Sở Y tế (office): p=invalid asked=missing staff=missing
Sở Nội vụ (office): p=1 asked=missing staff=missing
UBND huyện Quế Sơn (district): p=invalid asked=missing staff=missing
`},
		"by another name of the unit": {"H1 | Sở Y tế | Một phần\nH3 | Sở Nội vụ | Một phần\nh1 | SYT | Một phần\nH1 | SYT | Một phần", `
Sở Y tế (office): p=invalid asked=missing staff=missing
Sở Nội vụ (office): p=1 asked=missing staff=missing
`},
		"once of no unit": {"H1 | Sở Y tế | Một phần\nH3 | Sở Nội vụ | Một phần\nH1 | | Một phần", `
Sở Y tế (office): p=invalid asked=missing staff=missing
Sở Nội vụ (office): p=1 asked=missing staff=missing
`},
	} {
		t.Run(name, func(t *testing.T) {
			file := parseBook(t, "== List\nMã | Đơn vị | Mức\n"+c.rows).xlsx()
			wantText(t, values(request{plan: parsePlan(t, text), roster: parseRoster(t, roster), file: file}.mustCollect(t)), c.want)
		})
	}
}
