package mapping

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/targets"
)

func builtIn(t testing.TB) (*plan.Plan, *plan.Roster) {
	t.Helper()
	file, data, ok := targets.Plan("quang-nam-2023")
	if !ok {
		t.Fatal("no plan")
	}
	p, mistakes := plan.ParseBeside(file, data, targets.Named)
	if mistakes.HasErrors() {
		t.Fatal(mistakes[0].In(lang.EN))
	}
	file, data, _ = targets.Roster(p.ID)
	roster, mistakes := plan.ParseRoster(file, data, nil)
	if mistakes.HasErrors() {
		t.Fatal(mistakes[0].In(lang.EN))
	}
	return p, roster
}

// oddTexts are what headings, labels and names of files may be.
var oddTexts = []string{
	"Nội dung", "Tiếp nhận / Trong kỳ", `"Trích dẫn" \ gạch chéo`, "=1+1", "?", "# không phải chú thích", "2023", "true", "null", "- gạch", "a: b",
	"'nháy'", "{x}", "[y]", "*", "&neo", "%", "Năm 2023 (triệu đồng)", "x", "đồng ý", "Tệp", "Bảng của kế hoạch", "🙂 biểu", "0012", "1,5",
}

// randomMapping makes any mapping of the plan.
func randomMapping(r *rand.Rand, p *plan.Plan, roster *plan.Roster) *Mapping {
	m := &Mapping{Plan: p.ID}
	text := func() string { return fmt.Sprintf("%s %d", oddTexts[r.IntN(len(oddTexts))], r.IntN(1000)) }
	choice := func(ids []string) Choice {
		switch s := State(r.IntN(4)); {
		case s == Unused || s == Unknown || len(ids) == 0:
			return Choice{State: map[bool]State{true: Unused, false: Unknown}[s == Unused]}
		default:
			return Choice{ids[r.IntN(len(ids))], s}
		}
	}
	units := idsOf(roster.Units, func(u *plan.Unit) string { return u.ID })
	for range r.IntN(4) {
		f := Form{Seen: Seen{text(), text(), "A1:B2", 1 + r.IntN(30)}, Each: plan.SheetMeaning(r.IntN(5))}
		f.Guessed = f.Each != plan.SheetsAlike && r.IntN(2) == 0
		f.Table = choice(idsOf(p.Tables, func(t *plan.Table) string { return t.ID }))
		if r.IntN(2) == 0 {
			f.Money = "triệu đồng"
		}
		var columns, rows []string
		if t := p.FindTable(f.Table.To); t != nil {
			columns = idsOf(t.Columns, func(c *plan.Column) string { return c.ID })
			rows = namesOf(WantedRows(p, t))
		}
		for range 1 + r.IntN(6) {
			f.Columns = append(f.Columns, Column{Heading: text(), Choice: choice(columns)})
		}
		for range r.IntN(6) {
			f.Rows = append(f.Rows, Row{Label: text(), Choice: choice(rows), Total: r.IntN(3) == 0})
		}
		if t := p.FindTable(f.Table.To); t != nil && len(choiceColumns(t)) > 0 {
			for range r.IntN(4) {
				col := t.FindColumn(choiceColumns(t)[r.IntN(len(choiceColumns(t)))])
				choices := idsOf(col.Values, func(v *plan.ChoiceValue) string { return v.ID })
				f.Values = append(f.Values, Value{Column: col.ID, Text: text(), Choice: choice(choices), Times: r.IntN(3)})
			}
		}
		m.Forms = append(m.Forms, f)
	}
	for range r.IntN(4) {
		m.Units = append(m.Units, UnitName{Name: text(), Choice: choice(units)})
	}
	for range r.IntN(4) {
		f := FileRule{File: text(), Unit: choice(units)}
		if r.IntN(2) == 0 {
			f.Period, f.Received = "2023-Q3", date.Date{Year: 2023, Month: 10, Day: 1 + r.IntN(28)}
		}
		m.Files = append(m.Files, f)
	}
	return m
}

var noPositions = cmpopts.IgnoreTypes(diag.Pos{})

func TestFacesConvertWithoutLoss(t *testing.T) {
	p, roster := builtIn(t)
	for seed := range uint64(40) {
		m := randomMapping(rand.New(rand.NewPCG(seed, 1)), p, roster)
		fromYAML, mistakes := ParseYAML("m.yaml", m.YAML())
		if len(mistakes) > 0 {
			t.Fatalf("seed %d: %s\n%s", seed, mistakes[0].In(lang.EN), m.YAML())
		}
		if d := cmp.Diff(m, fromYAML, noPositions); d != "" {
			t.Fatalf("seed %d: YAML loses something (-written +read):\n%s\n%s", seed, d, m.YAML())
		}
		for _, l := range []lang.Lang{lang.VI, lang.EN} {
			var b bytes.Buffer
			if err := m.WriteWorkbook(&b, p, roster, l); err != nil {
				t.Fatal(err)
			}
			fromBook, mistakes := ParseWorkbook("m.xlsx", b.Bytes(), p, roster)
			if len(mistakes) > 0 {
				t.Fatalf("seed %d: %s", seed, mistakes[0].In(lang.EN))
			}
			if d := cmp.Diff(m, fromBook, noPositions, cmpopts.EquateEmpty()); d != "" {
				t.Fatalf("seed %d: the workbook loses something (-written +read):\n%s", seed, d)
			}
		}
	}
}

func TestListsFollowTheTableThatIsChosen(t *testing.T) {
	p, roster := builtIn(t)
	for _, l := range []lang.Lang{lang.VI, lang.EN} {
		b := &bookWriter{plan: p, names: newDictionary(p, roster, l), listName: "Danh mục dòng"}
		const most = 255 // characters of such a formula
		if f := b.following("Danh mục dòng", 3); len([]rune(f)) > most {
			t.Errorf("%d characters: %s", len([]rune(f)), f)
		}
		for _, n := range b.names.columns {
			if len(n.names) > maxListed {
				t.Errorf("more names than are listed: %d", len(n.names))
			}
		}
	}
}

func TestSuggestionsOfNames(t *testing.T) {
	names := []string{
		"Tổng số hồ sơ thủ tục hành chính tiếp nhận trong kỳ", "Tổng số hồ sơ thủ tục hành chính đã giải quyết",
		"Số hồ sơ giải quyết theo dịch vụ công trực tuyến một phần", "Số hồ sơ giải quyết theo dịch vụ công trực tuyến toàn trình",
		"Quá hạn", "Đúng hạn", "Trước hạn", "Trực tuyến", "Trực tiếp, dịch vụ bưu chính", "Rất hài lòng", "Rất không hài lòng",
	}
	for name, want := range map[string]string{
		"Tổng hồ sơ TTHC nhận trong năm":     names[0],
		"HS TTHC đã xử lý":                   names[1],
		"HS xử lý qua DVCTT một phần":        names[2],
		"HS xử lý qua DVCTT toàn trình":      names[3],
		"Số hồ sơ trả quá hạn":               "Quá hạn",
		"Trả trễ hạn":                        "Quá hạn",
		"Nộp online":                         "Trực tuyến",
		"Trực tiếp, bưu chính":               "Trực tiếp, dịch vụ bưu chính",
		"Ghi chú":                            "",
		"Họ và tên":                          "",
		"Tỷ lệ giới thiệu việc làm cho nông": "",
	} {
		best, like := "", leastLikeness
		w := newWording(name)
		for _, n := range names {
			if o := newWording(n); !w.contrary(o) && w.likeness(o) > like {
				best, like = n, w.likeness(o)
			}
		}
		if best != want {
			t.Errorf("%q: got %q, want %q", name, best, want)
		}
	}
}

func TestSuggestionsOfChoices(t *testing.T) {
	p, _ := builtIn(t)
	status, level := p.FindTable("checklist").FindColumn("status"), p.FindTable("dossiers").FindColumn("level")
	for _, test := range []struct {
		col        *plan.Column
		text, want string
	}{
		{status, "Đã giải quyết xong", "done"},
		{status, "Đã hoàn thành đúng hạn", "done"},
		{status, "Chưa xong", "not-done"},
		{status, "Không hoàn thành", "not-done"},
		{status, "Đang làm", "in-progress"},
		{status, "Theo kế hoạch", ""},
		{level, "DVC trực tuyến một phần", "partial"},
		{level, "Dịch vụ công toàn trình", "full"},
		{level, "M4", ""},
	} {
		if got := likestChoice(test.col, test.text); got.To != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got.To, test.want)
		}
	}
}

func TestMappingOfAnotherPlanIsNotApplied(t *testing.T) {
	p, roster := builtIn(t)
	m := &Mapping{Plan: "another", Forms: []Form{{Table: Choice{"statistics", Confirmed}, Columns: []Column{{Heading: "A", Choice: Choice{"label", Confirmed}}}}}}
	applied, mistakes := m.Apply(p, roster)
	if applied != nil || !mistakes.HasErrors() || !strings.Contains(mistakes[0].In(lang.EN), "nothing of it is applied") {
		t.Errorf("got %v, %v", applied, mistakes)
	}
}

func TestRulesOfOneFileMustAgree(t *testing.T) {
	p, roster := builtIn(t)
	m := &Mapping{Plan: p.ID, Files: []FileRule{
		{File: "so-*.xlsx", Unit: Choice{"so-xay-dung", Confirmed}},
		{File: "*xay-dung.xlsx", Unit: Choice{"so-y-te", Confirmed}},
		{File: "so-y-te.xlsx", Unit: Choice{"so-y-te", Near}, Period: "2023-Q3"},
	}}
	a, mistakes := m.Apply(p, roster)
	if len(mistakes) > 0 {
		t.Fatal(mistakes[0].In(lang.EN))
	}
	if got, list := a.Of("in/so-xay-dung.xlsx"); got.Unit != nil || len(list) != 1 || list[0].Check != diag.MappingContradicts {
		t.Errorf("two rules: got %v, %v", got, list)
	}
	if got, list := a.Of("in/so-tu-phap.xlsx"); got.Unit == nil || got.Unit.ID != "so-xay-dung" || len(list) > 0 {
		t.Errorf("a pattern: got %v, %v", got, list)
	}
	if got, _ := a.Of("other.xlsx"); got.Unit != nil {
		t.Errorf("no rule: got %v", got)
	}
}

// TestHostileWorkbooksCostLittle gives the reader a workbook of very many
// choices that are none.
func TestHostileWorkbooksCostLittle(t *testing.T) {
	p, roster := builtIn(t)
	m := &Mapping{Plan: p.ID}
	f := Form{Table: Choice{"statistics", Confirmed}, Columns: []Column{{Heading: "A", Choice: Choice{"label", Confirmed}}}}
	for i := range 3000 {
		m.Units = append(m.Units, UnitName{Name: fmt.Sprint("Sở ", i), Choice: Choice{"none-such-unit", Confirmed}})
		f.Rows = append(f.Rows, Row{Label: fmt.Sprint("Dòng ", i), Choice: Choice{"Tổng số hồ sơ không có", Confirmed}})
	}
	m.Forms = []Form{f}
	var b bytes.Buffer
	if err := m.WriteWorkbook(&b, p, roster, lang.VI); err != nil {
		t.Fatal(err)
	}
	if _, mistakes := ParseWorkbook("m.xlsx", b.Bytes(), p, roster); len(mistakes) != maxMistakes {
		t.Errorf("%d mistakes: want %d", len(mistakes), maxMistakes)
	}
	if _, mistakes := m.Apply(p, roster); len(mistakes) != maxMistakes {
		t.Errorf("%d mistakes: want %d", len(mistakes), maxMistakes)
	}
}

func FuzzParseYAML(f *testing.F) {
	p, roster := builtIn(f)
	f.Add([]byte("mapping: quang-nam-2023\nforms:\n  - table: statistics\n    columns:\n      - {heading: A, column: label}\n"))
	f.Add([]byte("mapping: x\nunits: [{name: A, near: b}]\nfiles: [{file: '*', unit: so-y-te, period: 2023-Q9}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, mistakes := ParseYAML("m.yaml", data)
		if mistakes.HasErrors() {
			return
		}
		again, mistakes := ParseYAML("m.yaml", m.YAML())
		if mistakes.HasErrors() {
			t.Fatalf("%s\n%s", mistakes[0].In(lang.EN), m.YAML())
		}
		if d := cmp.Diff(string(m.YAML()), string(again.YAML())); d != "" { // runs of blanks are one
			t.Fatal(d)
		}
		m.Apply(p, roster)
	})
}

// What is not unused is left out: "unused: false" must not mean the opposite.
func TestUnusedIsTrueOrLeftOut(t *testing.T) {
	_, list := ParseYAML("m.yaml", []byte("mapping: p\nforms:\n  - table: a\n    columns: [{heading: A, unused: false}]\n"))
	if len(list) != 1 || list[0].In(lang.EN) != `m.yaml:4:36: "false" stands here: want true, or leave the key out [plan-value]` {
		t.Error(list)
	}
}
