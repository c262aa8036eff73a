package form

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/workbook"
	"github.com/parcheck/parcheck/targets"
)

// province returns the built-in plan and its roster.
func province(t testing.TB) (*plan.Plan, *plan.Roster) {
	t.Helper()
	file, data, _ := targets.Plan("quang-nam-2023")
	p := parsed(t, file, data)
	var levels []string
	for _, l := range p.Levels {
		levels = append(levels, l.ID)
	}
	file, data, _ = targets.Roster(p.ID)
	roster, mistakes := plan.ParseRoster(file, data, levels)
	if mistakes.HasErrors() {
		t.Fatal(mistakes)
	}
	return p, roster
}

func parsed(t testing.TB, file string, data []byte) *plan.Plan {
	t.Helper()
	p, mistakes := plan.ParseBeside(file, data, targets.Named)
	if mistakes.HasErrors() {
		for _, d := range mistakes {
			t.Error(d.In(lang.EN))
		}
		t.FailNow()
	}
	return p
}

// planFile reads a plan of the repository.
func planFile(t testing.TB, name string) *plan.Plan {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return parsed(t, name, data)
}

// order asks for the template of a unit.
func order(p *plan.Plan, roster *plan.Roster, unit string, l lang.Lang) Order {
	o := Order{Plan: p, Period: p.Period, Lang: l, Program: "parcheck test"}
	if unit != "" {
		o.Unit, _ = fact.FindUnit(p, roster, unit, "")
	}
	return o
}

func blank(t testing.TB, o Order) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := Template(&buf, o); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// collect reads a workbook as `parcheck validate` does.
func collect(t testing.TB, p *plan.Plan, roster *plan.Roster, data []byte) (*fact.Set, diag.List) {
	t.Helper()
	ctx := context.Background()
	w, err := workbook.Open(ctx, "filled.xlsx", bytes.NewReader(data), int64(len(data)), workbook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	reading, err := fact.Collect(ctx, p, roster, w, fact.Input{File: "filled.xlsx"}, fact.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(reading.Sets) != 1 {
		t.Fatalf("%d units, want 1", len(reading.Sets))
	}
	set := &reading.Sets[0]
	found := slices.Concat(reading.Diagnostics, set.Diagnostics)
	return set, append(found, fact.Complete(p, set, &reading.Survey, date.Date{Year: 2026, Month: 1, Day: 1})...)
}

// filler is an agency that fills a template in: what it types in a cell that
// asks for something. It sees the sheet, the cell's column and the texts of
// its row.
type filler func(sheet, column, row, kind string, choices []string) any

// fill types into every cell that has a rule for what may be typed, calculates
// the formulas, and stores their results as a spreadsheet program does.
func fill(t testing.TB, data []byte, what filler, more ...func(*excelize.File) error) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rules, err := f.GetDataValidations(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, rule := range rules {
			choices := strings.Split(strings.Trim(rule.Formula1, `"`), ",")
			for _, ref := range strings.Fields(rule.Sqref) {
				typeInto(t, f, sheet, ref, rule.Type, choices, what)
			}
		}
	}
	for _, do := range more {
		if err := do(f); err != nil {
			t.Fatal(err)
		}
	}
	results := map[string]map[string]string{}
	for i, sheet := range f.GetSheetList() {
		results[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = calculated(t, f, sheet)
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return store(t, buf.Bytes(), results)
}

func typeInto(t testing.TB, f *excelize.File, sheet, ref, kind string, choices []string, what filler) {
	t.Helper()
	a, ok := diag.ParseArea(ref)
	if !ok {
		t.Fatalf("no area: %q", ref)
	}
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for row := a.Row; row <= min(a.ToRow, a.Row+100); row++ {
		texts := ""
		if row <= len(rows) {
			texts = strings.Join(rows[row-1], " | ")
		}
		if v := what(sheet, diag.ColumnName(a.Col), texts, kind, choices); v != nil {
			if err := f.SetCellValue(sheet, diag.A1(row, a.Col), v); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// calculated returns the results of a sheet's formulas.
func calculated(t testing.TB, f *excelize.File, sheet string) map[string]string {
	t.Helper()
	out := map[string]string{}
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		for col := 1; col <= 20; col++ {
			at := diag.A1(i+1, col)
			formula, err := f.GetCellFormula(sheet, at)
			if err != nil {
				t.Fatal(err)
			}
			if formula == "" {
				continue
			}
			if out[at], err = f.CalcCellValue(sheet, at, excelize.Options{RawCellValue: true}); err != nil {
				t.Fatalf("%s!%s =%s: %v", sheet, at, formula, err)
			}
		}
	}
	return out
}

var formulaCell = regexp.MustCompile(`<c r="([A-Z]+[0-9]+)"( s="\d+")?(?: t="str")?><f>([^<]*)</f>(?:<v>[^<]*</v>)?</c>`)

// store puts the results of formulas into a workbook, or takes them out.
func store(t testing.TB, data []byte, results map[string]map[string]string) []byte {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	zw := zip.NewWriter(&buf)
	for _, part := range zr.File {
		raw := content(t, part)
		raw = formulaCell.ReplaceAllFunc(raw, func(cell []byte) []byte {
			m := formulaCell.FindSubmatch(cell)
			if results == nil {
				return fmt.Appendf(nil, `<c r="%s"%s><f>%s</f></c>`, m[1], m[2], m[3])
			}
			v := results[part.Name][string(m[1])]
			kind := ""
			if strings.Trim(v, "0123456789.eE+-") != "" || v == "" {
				kind = ` t="str"`
			}
			return fmt.Appendf(nil, `<c r="%s"%s%s><f>%s</f><v>%s</v></c>`, m[1], m[2], kind, m[3], v)
		})
		w, err := zw.Create(part.Name)
		if err == nil {
			_, err = w.Write(raw)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func content(t testing.TB, part *zip.File) []byte {
	t.Helper()
	r, err := part.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var buf bytes.Buffer
	if _, err := buf.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// department is a filler whose figures agree with each other: the forms say the
// same, parts are not larger than wholes, and the form's arithmetic holds.
func department(sheet, column, row, kind string, choices []string) any {
	switch {
	case kind == "list":
		return choices[0]
	case kind == "date":
		return nil
	case strings.HasPrefix(sheet, "Biểu II.06a"), strings.HasPrefix(sheet, "Form II.06a"):
		// 3 = 4+5+6 = 7+11 in each of the 15 rows: 6 = 1+2+3 = (1+1+2) + (1+1)
		return map[string]any{"D": 1, "E": 2, "F": 3, "H": 1, "I": 1, "J": 2, "L": 1, "M": 1}[column]
	case strings.Contains(row, "hồ sơ thủ tục hành chính tiếp nhận"):
		return 45
	case strings.Contains(row, "hồ sơ thủ tục hành chính đã giải quyết"):
		return 60
	case strings.Contains(row, "bí mật"):
		return 0
	}
	return 7
}

// TestRoundTrip fills templates in and reads them: no finding, and every fact
// for which the template has a place is there.
func TestRoundTrip(t *testing.T) {
	p, roster := province(t)
	for _, unit := range []string{"Sở Xây dựng", "Sở Nội vụ", "Sở Y tế", "Sở Tài chính", "Văn phòng UBND tỉnh", "UBND huyện Phú Ninh", "UBND xã Tam Phú", "UBND tỉnh Quảng Nam"} {
		for _, l := range []lang.Lang{lang.VI, lang.EN} {
			if l == lang.EN && unit != "Sở Xây dựng" && unit != "UBND tỉnh Quảng Nam" {
				continue // captions are the same on all
			}
			t.Run(unit+" "+l.String(), func(t *testing.T) {
				roster := roster
				if strings.HasPrefix(unit, "UBND xã") {
					roster = nil // which names no communes
				}
				o := order(p, roster, unit, l)
				set, found := collect(t, p, roster, fill(t, blank(t, o), department))
				for _, d := range found {
					t.Error(d.In(lang.EN))
				}
				places := o.tables(o.wishes())
				for _, f := range set.Facts {
					if f.State != fact.Reported && placed(p, p.FindFact(f.ID), places) {
						t.Errorf("%s is %s: %s", f.ID, f.State, f.Reason.In(lang.EN))
					}
				}
				if set.Unit.Level != o.Unit.Level || set.Period != p.Period {
					t.Errorf("read as level %q for %v", set.Unit.Level, set.Period)
				}
			})
		}
	}
}

// TestOpenUnit fills in who reports once: the other sheets follow.
func TestOpenUnit(t *testing.T) {
	p, roster := province(t)
	for _, l := range []lang.Lang{lang.VI, lang.EN} {
		o := order(p, roster, "", l)
		o.Unit.Level = "department"
		data := fill(t, blank(t, o), department, func(f *excelize.File) error {
			return f.SetCellStr(f.GetSheetName(0), "C4", "Sở Y tế")
		})
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for _, sheet := range f.GetSheetList() {
			if v, err := f.GetCellValue(sheet, "C4"); v != "Sở Y tế" || err != nil {
				t.Errorf("%s!C4 is %q (%v)", sheet, v, err)
			}
		}
		set, _ := collect(t, p, roster, data)
		for _, d := range set.Diagnostics {
			t.Error(d.In(lang.EN))
		}
		if set.Unit.ID != "so-y-te" {
			t.Errorf("read as of %q", set.Unit.ID)
		}
	}
}

// TestNamesAreFound holds that the names which templates write are those that
// the plan looks for.
func TestNamesAreFound(t *testing.T) {
	p, _ := province(t)
	check := func(names []string) {
		for _, n := range names {
			for _, part := range strings.Split(n, " / ") {
				if name := literal(part); !label.Match(part, name) {
					t.Errorf("%q is not found by %q", name, part)
				}
			}
		}
	}
	for _, table := range p.Tables {
		check(table.Sheets)
		for _, c := range table.Columns {
			check(c.Headers)
		}
	}
	for _, f := range p.Facts {
		for _, s := range f.From {
			for _, m := range s.Row {
				check(m.Names)
				check(m.Under)
			}
		}
	}
}

// placed reports whether the tables have a place for a fact.
func placed(p *plan.Plan, f *plan.Fact, tables []*plan.Table) bool {
	return slices.ContainsFunc(f.From, func(s plan.Source) bool {
		if len(s.Facts) > 0 {
			return !slices.ContainsFunc(s.Facts, func(id string) bool { return !placed(p, p.FindFact(id), tables) })
		}
		return slices.ContainsFunc(tables, func(t *plan.Table) bool { return t.ID == s.Table })
	})
}

// TestBlank reads templates as they are: nothing is reported, not 0.
func TestBlank(t *testing.T) {
	p, roster := province(t)
	for _, unit := range []string{"Sở Xây dựng", "UBND huyện Phú Ninh"} {
		set, _ := collect(t, p, roster, blank(t, order(p, roster, unit, lang.VI)))
		for _, d := range set.Diagnostics {
			t.Errorf("%s: %s", unit, d.In(lang.EN))
		}
		for _, f := range set.Facts {
			if f.State != fact.Missing {
				t.Errorf("%s: %s is %s, want missing", unit, f.ID, f.State)
			}
		}
	}
}

func TestDeterministic(t *testing.T) {
	p, roster := province(t)
	for _, l := range []lang.Lang{lang.VI, lang.EN} {
		o := order(p, roster, "Sở Nội vụ", l)
		if first := blank(t, o); !bytes.Equal(first, blank(t, o)) {
			t.Errorf("%s: the same order gives other bytes", l)
		}
	}
}

// TestPeriod picks the column of the period asked for, and says when a table
// has none.
func TestPeriod(t *testing.T) {
	p := planFile(t, "../../examples/own-plan/plan.yaml")
	o := order(p, nil, "Cục Thống kê", lang.VI)
	o.Period, _ = p.Period.Part("q3")
	set, found := collect(t, p, nil, fill(t, blank(t, o), func(_, column, _, kind string, choices []string) any {
		switch {
		case kind == "list":
			return choices[0]
		case kind == "date" || column == "B" && kind == "":
			return nil
		}
		return 5
	}))
	if f := set.Find("training-hours"); f.State != fact.Reported || f.Value.String() != "5" || set.Period != o.Period {
		t.Errorf("training hours of %v: %s %s", set.Period, f.State, f.Value)
	}
	for _, d := range found {
		t.Log(d.In(lang.EN))
	}
	o.Period, _ = p.Period.Part("h1")
	var told *lang.Error
	if err := Template(&bytes.Buffer{}, o); !errors.As(err, &told) {
		t.Fatalf("got %v", err)
	}
	for l, want := range map[lang.Lang]string{
		lang.EN: `the table "Training in reporting" has no column for the first 6 months of 2024: choose another period`,
		lang.VI: `bảng "Tập huấn nghiệp vụ báo cáo" không có cột cho kỳ 6 tháng đầu năm 2024: hãy chọn kỳ khác`,
	} {
		if got := told.In(l); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestLiteral(t *testing.T) {
	for _, test := range []struct{ pattern, want string }{
		{"Thống kê", "Thống kê"},
		{"Thống kê*", "Thống kê"},
		{"Trực tiếp*", "Trực tiếp"},
		{"* của tỉnh", "… của tỉnh"},
		{"Số * hồ sơ", "Số … hồ sơ"},
		{"*", "…"},
	} {
		if got := literal(test.pattern); got != test.want {
			t.Errorf("%q: %q, want %q", test.pattern, got, test.want)
		}
	}
}

func TestRoman(t *testing.T) {
	want := []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV"}
	var got []string
	for n := range want {
		got = append(got, roman(n+1))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestOddPlan lays out what plans may ask for: groups of rows, a total row that
// is named, a row that two facts call by different names, choices that need a
// sheet, texts that look like formulas.
func TestOddPlan(t *testing.T) {
	p := planFile(t, "testdata/odd.yaml")
	data := blank(t, order(p, nil, "Cục Một", lang.VI))
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if diff := cmp.Diff([]string{"Vụ việc", "Xếp loại", "Tiền", "Sổ", "Danh mục lựa chọn"}, f.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	want := map[string][]string{
		f.GetSheetName(0): {
			"STT|Loại …|Vụ việc|||Tỷ lệ mới (%)|Chi phí",
			"||Tổng số|Trong đó",
			"|||Mới|Cũ",
			"1|2|3=4+5|4|5|6=4/3|7",
			"1|Khác",
			"2", "3", "4", "5", "6", "7", "8", "9", "10", "11",
			"I|Phía bắc",
			"1|Đất đai",
			"II|Phía nam",
			"1|Đất đai",
			"|Toàn cục",
		},
		"Xếp loại": {
			"Nội dung|Mức|Đã chi|Được giao|Cộng",
			"Kết quả chung", // under no headings: an area is called like the next row
			"Kinh phí",
		},
		"Tiền": {"Khoản|Số tiền", "Chi …"},
		"Sổ":   {"Mã|Ngày|Kiểu"},
	}
	for sheet, lines := range want {
		if diff := cmp.Diff(lines, rowsFrom(t, f, sheet, captionRows+1, len(lines))); diff != "" {
			t.Errorf("%s: %s", sheet, diff)
		}
	}
	set, found := collect(t, p, nil, fill(t, data, func(sheet, column, row, kind string, choices []string) any {
		switch {
		case sheet == "Sổ", sheet == "Tiền" && kind == "list":
			return nil // a record below; the unit of money stays
		case kind == "list":
			return "Tốt, đúng hạn"
		case kind == "date":
			return nil
		case strings.HasPrefix(row, "I"):
			return nil
		}
		return 2
	}, func(f *excelize.File) error {
		const day = 45000 // 15/03/2023
		return firstOf(f.SetSheetRow("Sổ", "A8", &[]any{"012", day, "A"}), f.SetSheetRow("Sổ", "A9", &[]any{"013", day, "B, C"}))
	}))
	for _, d := range found {
		t.Error(d.In(lang.EN))
	}
	for id, want := range map[string]string{"new": "26", "all": "52", "land-north": "2", "land-south": "2", "other-cost": "2", "paid": "2", "given": "2", "both": "4", "spent": "2000", "logged": "2", "logged-b": "1"} {
		if got := set.Find(id); got.State != fact.Reported || got.Value.String() != want {
			t.Errorf("%s: %s %s, want %s (%s)", id, got.State, got.Value, want, got.Reason.In(lang.EN))
		}
	}
}

// rowsFrom reads rows as texts parted by bars.
func rowsFrom(t testing.TB, f *excelize.File, sheet string, first, n int) []string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range rows[first-1 : min(first-1+n, len(rows))] {
		out = append(out, strings.TrimRight(strings.Join(r, "|"), "|"))
	}
	return out
}
