package mapping

import (
	"bytes"
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// What the sheets of a file stand for is suggested where they name it, and whether
// months are added up, where the headings say so.
func TestMeaningOfSheetsIsSuggested(t *testing.T) {
	p, _ := builtIn(t)
	months := []fact.Block{{Month: 1, Unit: "a"}, {Month: 2, Unit: "a"}}
	for _, test := range []struct {
		name    string
		sheets  []fact.Block
		heading string
		want    plan.SheetMeaning
	}{
		{"a unit each", []fact.Block{{Unit: "a"}, {Unit: "b"}}, "Số liệu", plan.SheetsAreUnits},
		{"one unit twice", []fact.Block{{Unit: "a"}, {Unit: "a"}}, "Số liệu", plan.SheetsAlike},
		{"a unit that is not known", []fact.Block{{Unit: "a"}, {}}, "Số liệu", plan.SheetsAlike},
		{"a month each, by itself", months, "Phát sinh trong tháng", plan.SheetsAreMonths},
		{"a month each, up to it", months, "Lũy kế từ đầu năm", plan.SheetsGrow},
		{"a month each, and no word", months, "Số liệu", plan.SheetsAlike},
		{"copies of one unit", []fact.Block{{Unit: "a", Digest: "x"}, {Unit: "a", Digest: "x"}}, "Số liệu", plan.SheetsAreCopies},
		{"two copies and another", []fact.Block{{Digest: "x"}, {Digest: "x"}, {Digest: "y"}}, "Số liệu", plan.SheetsAlike},
		{"one month twice", []fact.Block{{Month: 1}, {Month: 1}}, "Phát sinh trong tháng", plan.SheetsAlike},
	} {
		k := Kind{Form: Form{Table: Choice{"statistics", Near}, Columns: []Column{{Heading: test.heading, Choice: Choice{"value", Near}}}}}
		var file Stands
		for i := range test.sheets {
			file.note(&test.sheets[i])
		}
		k.Stands.add(&file)
		if k.suggestEach(p); k.Form.Each != test.want || k.Form.Guessed != (test.want != plan.SheetsAlike) {
			t.Errorf("%s: %q, guessed %t: want %q", test.name, k.Form.Each, k.Form.Guessed, test.want)
		}
	}
}

// The sheet of files tells what each file says itself, which is no rule of the
// mapping.
func TestSheetOfFilesShowsWhatWasRead(t *testing.T) {
	p, roster := builtIn(t)
	m := &Mapping{Plan: p.ID, Files: []FileRule{{File: "b.xlsx", Unit: Choice{"so-y-te", Near}}}}
	seen := []FileSeen{
		{Name: "a.xlsx", Known: true, Unit: fact.Unit{ID: "so-xay-dung", Name: roster.Find("so-xay-dung").Name, From: lang.Same("'PL'!A2")}, Period: p.Period, Money: fact.Money{Asked: true, Units: []string{"triệu đồng"}}},
		{Name: "b.xlsx", Period: p.Period},
		{Name: "c.xlsx", Sheets: []string{"UBND huyện Đại Lộc", "UBND huyện Duy Xuyên"}, Period: p.Period},
	}
	var b bytes.Buffer
	if err := m.WriteWorkbook(&b, p, roster, lang.VI, seen...); err != nil {
		t.Fatal(err)
	}
	back, mistakes := ParseWorkbook("m.xlsx", b.Bytes(), p, roster)
	if d := cmp.Diff(m, back, noPositions, cmpopts.EquateEmpty()); d != "" || len(mistakes) > 0 {
		t.Error(d, mistakes)
	}
	book, err := workbook.Open(context.Background(), "m.xlsx", bytes.NewReader(b.Bytes()), int64(b.Len()), workbook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	r := &bookReader{file: "m.xlsx"}
	for i := range book.Sheets {
		if book.Sheets[i].Name != "Tệp" {
			continue
		}
		page, err := r.page(context.Background(), book, i)
		if err != nil {
			t.Fatal(err)
		}
		for row, want := range map[int][4]string{
			2: {"b.xlsx", "? Sở Y tế", "", ""},
			3: {"a.xlsx", "", "Sở Xây dựng", "triệu đồng"},
			4: {"c.xlsx", "", "mỗi trang tính một đơn vị: UBND huyện Đại Lộc, UBND huyện Duy Xuyên", ""},
		} {
			if got := [4]string{page.at(row, 1), page.at(row, 2), page.at(row, 5), page.at(row, 9)}; got != want {
				t.Errorf("row %d: %q, want %q", row, got, want)
			}
		}
	}
}
