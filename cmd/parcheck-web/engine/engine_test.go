package engine_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/cmd/parcheck-web/engine"
	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/mapping"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/targets"
)

func newEngine() *engine.Engine {
	return &engine.Engine{Today: func() date.Date { d, _ := date.Parse("2024-01-31"); return d }}
}

func file(name string, data []byte) engine.File {
	return engine.File{Name: name, Size: int64(len(data)), Open: func() batch.Content { return batch.Bytes(data) }}
}

func example(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../../examples", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func ask(t *testing.T, e *engine.Engine, r engine.Request, files ...engine.File) *engine.Answer {
	t.Helper()
	if r.Settings.Lang == "" {
		r.Settings.Lang = "en"
	}
	if r.Settings.Plan == "" {
		r.Settings.Plan = "quang-nam-2023"
	}
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	a := e.Answer(context.Background(), text, files)
	if a.Fault != "" {
		t.Fatal(a.Fault)
	}
	return a
}

// What a person says wrongly is refused, with the nearest name, and never gives
// another score.
func TestWishesThatCannotBeMet(t *testing.T) {
	agency := file("agency.xlsx", example(t, "department/agency.xlsx"))
	for want, r := range map[string]engine.Request{
		`unit "Sở Xây dựn": nobody on the roster is called so, and a unit off the roster needs a level; did you mean "Sở Xây dựng"?`: {
			Do: "score", Settings: engine.Settings{Unit: "Sở Xây dựn"}},
		`period: "quý mấy"`:    {Do: "score", Settings: engine.Settings{Period: "quý mấy"}},
		`day of the judgement`: {Do: "score", Settings: engine.Settings{AsOf: "31/13/2024"}},
		`no plan "ninh-binh"`:  {Do: "score", Settings: engine.Settings{Plan: "ninh-binh"}},
		`level "tỉnh"`:         {Do: "score", Settings: engine.Settings{Level: "tỉnh"}},
		`nothing was scored`:   {Do: "save", Format: "json"},
		`the plan, the roster or the mapping has mistakes`: {
			Do: "score", Settings: engine.Settings{Texts: []engine.Source{{Name: "plan.yaml", Data: []byte("id: x\n")}}}},
		`the plan quang-nam-2023 is for 2023, not for 2031`: {Do: "template", Settings: engine.Settings{Period: "2031"}},
		`no file "other.xlsx"`:                              {Do: "annotate", File: "other.xlsx"},
		`no form was looked at`:                             {Do: "remap"},
	} {
		if got := ask(t, newEngine(), r, agency).Error; !strings.HasPrefix(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A file that a tab cannot hold is refused before a byte of it is read.
func TestLargeFileIsRefusedUnread(t *testing.T) {
	large := engine.File{Name: "large.xlsx", Size: engine.MaxFile + 1, Open: func() batch.Content {
		t.Error("the file is opened")
		return batch.Bytes(nil)
	}}
	a := ask(t, newEngine(), engine.Request{Do: "score"}, large, file("agency.xlsx", example(t, "department/agency.xlsx")))
	if a.Outcome == nil || a.Outcome.Unread != 1 || len(a.Outcome.Cards) != 1 {
		t.Fatalf("%+v", a)
	}
	const want = "cannot be read: it has 536870913 bytes, and a page in a browser reads at most 536870912: use the program parcheck for it"
	i := slices.IndexFunc(a.Outcome.Findings, func(f engine.Finding) bool { return f.File == "large.xlsx" })
	if i < 0 || a.Outcome.Findings[i].Message != want {
		t.Errorf("%+v", a.Outcome.Findings)
	}
}

// In a folder, files are what their names and heads say; outside of one a file
// is read whatever it is called.
func TestFolder(t *testing.T) {
	agency := example(t, "department/agency.xlsx")
	a := ask(t, newEngine(), engine.Request{Do: "score"},
		file("nop/b/agency.xlsx", agency), file("nop/~$agency.xlsx", agency), file("nop/.git/x.xlsx", agency), file("nop/Thumbs.db", nil),
		file("nop/So Tu phap.pdf", []byte("%PDF-1.4")),
		file("nop/a.html", []byte(`<html><meta name="generator" content="parcheck 0.1.0">`)))
	var got []string
	for _, f := range a.Outcome.Findings {
		if f.Check == "wrong-format" || f.Check == "own-page" {
			got = append(got, f.File+" "+f.Check)
		}
	}
	if diff := cmp.Diff([]string{"nop/So Tu phap.pdf wrong-format", "nop/a.html own-page"}, got); diff != "" || len(a.Outcome.Cards) != 1 {
		t.Errorf("%d cards, findings (-want +got):\n%s", len(a.Outcome.Cards), diff)
	}
}

// The row of a finding is shown as its cells hold it.
func TestRow(t *testing.T) {
	data := []byte("Đơn vị báo cáo: Sở Xây dựng\nSTT,Chỉ tiêu,Số liệu\n1,Hồ sơ,120\n")
	a := ask(t, newEngine(), engine.Request{Do: "row", File: "a.csv", Sheet: "a", Row: 3}, file("a.csv", data))
	want := []engine.Cell{{Ref: "A3", Text: "1", Col: 1}, {Ref: "B3", Text: "Hồ sơ", Col: 2}, {Ref: "C3", Text: "120", Col: 3}}
	if diff := cmp.Diff(want, a.Row); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if a := ask(t, newEngine(), engine.Request{Do: "row", File: "a.csv", Sheet: "a", Row: 9}, file("a.csv", data)); a.Error != "" || len(a.Row) != 0 {
		t.Errorf("%+v", a)
	}
}

const foreign = "Đơn vị báo cáo: Sở Xây dựng,,\nKỳ báo cáo: Năm 2023,,\n,,\nTT,Nội dung công việc,Con số\n" +
	"1,Hồ sơ TTHC đã tiếp nhận,120\n2,Hồ sơ một phần đã xử lý,90\n3,Hồ sơ đã số hóa,80\n"

// A form that is not the plan's is mapped by hand: nothing of it counts before,
// its figures are read after, and the mapping that is saved does the same.
func TestMappingByHand(t *testing.T) {
	e := newEngine()
	form := file("so-xay-dung.csv", []byte(foreign))
	figures := func(s engine.Settings) int {
		t.Helper()
		ask(t, e, engine.Request{Do: "score", Settings: s}, form)
		var doc struct {
			Cards []struct {
				Facts []struct {
					State string `json:"state"`
				} `json:"facts"`
			} `json:"cards"`
		}
		if err := json.Unmarshal(ask(t, e, engine.Request{Do: "save", Format: "json", Settings: s}).Data, &doc); err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, c := range doc.Cards {
			for _, f := range c.Facts {
				if f.State == "reported" {
					n++
				}
			}
		}
		return n
	}
	before := figures(engine.Settings{})
	seen := ask(t, e, engine.Request{Do: "look"}, form).Mapped
	if seen == nil || len(seen.Forms) != 1 || seen.Open == 0 {
		t.Fatalf("%+v", seen)
	}
	f := seen.Forms[0]
	if f.Place != "so-xay-dung.csv, 'so-xay-dung'!A4:C4" || f.Columns[1].Text != "Nội dung công việc" || f.Columns[1].State != "near" || len(f.Fields) == 0 || len(f.Rows) != 3 {
		t.Errorf("%+v", f)
	}
	done := ask(t, e, engine.Request{Do: "remap", Edits: []engine.Edit{
		{Part: "all"}, {Part: "row", Index: 2, State: "unused"}, {Part: "column", Index: 99}, {Form: 7, Part: "all"},
	}}).Mapped
	if done.Open != 0 || done.Forms[0].Rows[2].State != "unused" {
		t.Errorf("%+v", done)
	}
	after := figures(engine.Settings{Mapping: &engine.Source{Name: "mapping.yaml", Data: []byte(done.YAML)}})
	if before >= after || after == 0 {
		t.Errorf("%d figures before the mapping, %d after", before, after)
	}
	other := ask(t, e, engine.Request{Do: "remap", Edits: []engine.Edit{{Part: "table", To: "", State: "unused"}}}).Mapped
	if f := other.Forms[0]; f.Table.State != "unused" || f.Columns[0].To != "" || f.Fields != nil {
		t.Errorf("%+v", f)
	}
}

// The workbook of a mapping does what its YAML does, byte by byte, and a workbook
// that is no mapping is told under the settings.
func TestMappingWorkbook(t *testing.T) {
	e := newEngine()
	form := file("so-xay-dung.csv", []byte(foreign))
	ask(t, e, engine.Request{Do: "look"}, form)
	yaml := []byte(ask(t, e, engine.Request{Do: "remap", Edits: []engine.Edit{{Part: "all"}, {Part: "row", Index: 2, State: "unused"}}}).Mapped.YAML)
	setup := func(data []byte) *engine.Setup {
		t.Helper()
		return ask(t, e, engine.Request{Do: "setup", Settings: engine.Settings{Mapping: &engine.Source{Name: "mapping.xlsx", Data: data}}}).Setup
	}
	result := func(name string, data []byte) []byte {
		t.Helper()
		s := engine.Settings{Mapping: &engine.Source{Name: name, Data: data}}
		if a := ask(t, e, engine.Request{Do: "score", Settings: s}, form); a.Error != "" {
			t.Fatal(a.Error)
		}
		return ask(t, e, engine.Request{Do: "save", Format: "csv", Settings: s}).Data
	}
	book := mappingWorkbook(t, yaml)
	if s := setup(book); !s.Sound || len(s.Findings) != 0 {
		t.Errorf("%+v", s)
	}
	got, want := result("mapping.xlsx", book), result("mapping.yaml", yaml)
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("(-YAML +workbook):\n%s", diff)
	}
	ask(t, e, engine.Request{Do: "score"}, form)
	if bytes.Equal(got, ask(t, e, engine.Request{Do: "save", Format: "csv"}).Data) {
		t.Error("the mapping changes nothing")
	}
	again := ask(t, e, engine.Request{Do: "look", Settings: engine.Settings{Mapping: &engine.Source{Name: "mapping.xlsx", Data: book}}}, form).Mapped
	if again == nil || again.Open != 0 || again.Forms[0].Rows[2].State != "unused" {
		t.Errorf("%+v", again)
	}
	for message, data := range map[string][]byte{
		`no cell is headed "Id of the plan": this is no mapping that parcheck wrote`: example(t, "department/agency.xlsx"),
		`the zip directory at the end of the file is missing or damaged`:             []byte("PK\x03\x04\xff"),
	} {
		s := setup(data)
		if s.Sound || len(s.Findings) != 1 || s.Findings[0].Place != "mapping.xlsx" || !strings.HasPrefix(s.Findings[0].Message, message) {
			t.Errorf("%+v, want %q", s.Findings, message)
		}
	}
}

// A mapping that was dropped among the submissions is named, so that the page
// takes it as the mapping.
func TestDroppedMappingWorkbook(t *testing.T) {
	book := mappingWorkbook(t, []byte("mapping: quang-nam-2023\n"))
	a := ask(t, newEngine(), engine.Request{Do: "score"}, file("doi-chieu.xlsx", book), file("so-xay-dung.csv", []byte(foreign)))
	if diff := cmp.Diff([]string{"doi-chieu.xlsx"}, a.Outcome.Mappings); diff != "" || len(a.Outcome.Cards) != 1 {
		t.Errorf("%d cards, mappings (-want +got):\n%s", len(a.Outcome.Cards), diff)
	}
}

// mappingWorkbook gives the workbook of a mapping, as `parcheck map` writes it.
func mappingWorkbook(t *testing.T, yaml []byte) []byte {
	t.Helper()
	name, data, _ := targets.Plan("quang-nam-2023")
	p, _ := plan.ParseBeside(name, data, targets.Named)
	m, mistakes := mapping.ParseYAML("mapping.yaml", yaml)
	if p == nil || mistakes.HasErrors() {
		t.Fatal(mistakes)
	}
	name, data, _ = targets.Roster(p.ID)
	roster, _ := plan.ParseRoster(name, data, p.LevelIDs())
	var book bytes.Buffer
	if err := m.WriteWorkbook(&book, p, roster, lang.VI); err != nil {
		t.Fatal(err)
	}
	return book.Bytes()
}

// A plan of one's own is linted, with the places of what is wrong.
func TestSetup(t *testing.T) {
	plan := example(t, "own-plan/plan.yaml")
	s := ask(t, newEngine(), engine.Request{Do: "setup", Settings: engine.Settings{Texts: []engine.Source{{Name: "plan.yaml", Data: plan}}}}).Setup
	if !s.Sound || s.Title == "" || len(s.Levels) == 0 || len(s.Plans) == 0 || s.Today != "2024-01-31" {
		t.Errorf("%+v", s)
	}
	broken := bytes.Replace(plan, []byte("targets:"), []byte("tagets:"), 1)
	s = ask(t, newEngine(), engine.Request{Do: "setup", Settings: engine.Settings{Texts: []engine.Source{{Name: "plan.yaml", Data: broken}}}}).Setup
	if s.Sound || len(s.Findings) == 0 || !strings.HasPrefix(s.Findings[0].Place, "plan.yaml:") {
		t.Errorf("%+v", s)
	}
}

// A fault is an answer with the place of the fault, and the next one is sound.
func TestFault(t *testing.T) {
	e := newEngine()
	torn := engine.File{Name: "a.xlsx", Size: 9, Open: func() batch.Content { panic("no page") }}
	a := e.Answer(context.Background(), []byte(`{"do":"score","settings":{"lang":"vi","plan":"quang-nam-2023"}}`), []engine.File{torn})
	if !strings.HasPrefix(a.Fault, "a.xlsx: no page\n") {
		t.Errorf("%+v", a)
	}
	if a := ask(t, e, engine.Request{Do: "score"}, file("agency.xlsx", example(t, "department/agency.xlsx"))); a.Outcome == nil {
		t.Errorf("%+v", a)
	}
	for _, request := range []string{"", `{"do":"nothing"}`, `{"do":"setup","settings":{"lang":"fr"}}`} {
		if a := e.Answer(context.Background(), []byte(request), nil); a.Fault == "" {
			t.Errorf("%q: %+v", request, a)
		}
	}
}
