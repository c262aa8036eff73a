package mapping

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/lang"
)

// A workbook that people or programs changed where they should not gives a clear
// mistake at its cell, and nothing of it is applied.
func TestChangedWorkbooksAreRefused(t *testing.T) {
	p, roster := builtIn(t)
	m := &Mapping{Plan: p.ID, Forms: []Form{{
		Seen:  Seen{"a.xlsx", "Sheet1", "A1:B1", 1},
		Table: Choice{"statistics", Confirmed},
		Columns: []Column{
			{Heading: "Nội dung", Choice: Choice{"label", Confirmed}}, {Heading: "Kết quả", Choice: Choice{"value", Near}},
		},
		Rows: []Row{{Label: "Đã trả", Choice: Choice{"Tổng số hồ sơ TTHC đã giải quyết", Near}}},
	}}}
	var b bytes.Buffer
	if err := m.WriteWorkbook(&b, p, roster, lang.EN); err != nil {
		t.Fatal(err)
	}
	const form = "1. a"
	set := func(f *excelize.File, caption string, right int, value any) error {
		at, err := f.SearchSheet(form, caption)
		if err != nil || len(at) != 1 {
			t.Fatalf("%q: %v, %v", caption, at, err)
		}
		col, row, _ := excelize.CellNameToCoordinates(at[0])
		cell, _ := excelize.CoordinatesToCellName(col+right, row)
		if formula, ok := value.(formulaText); ok {
			return f.SetCellFormula(form, cell, string(formula))
		}
		return f.SetCellValue(form, cell, value)
	}
	for _, test := range []struct {
		name   string
		change func(*excelize.File) error
		want   string
	}{
		{"nothing", func(*excelize.File) error { return nil }, ""},
		{"a heading", func(f *excelize.File) error { return set(f, "Heading in full (do not change)", 1, "Khác") },
			`m.xlsx:'1. a'!A10: the headings in the row "Heading in full (do not change)" were changed, by which the form is told: put them back, or make the mapping anew [plan-value]`},
		{"the caption of the headings", func(f *excelize.File) error { return set(f, "Heading in full (do not change)", 0, "x") },
			`m.xlsx:'1. a'!A2: the row "Heading in full (do not change)" is gone, by which the form is told: make the mapping anew [plan-value]`},
		{"a hidden sheet", func(f *excelize.File) error { return f.SetSheetVisible(form, false) },
			`m.xlsx:'1. a'!A1: the sheet is hidden, and what is chosen on it would be used unseen: show it, or delete it [plan-value]`},
		{"a formula that agrees", func(f *excelize.File) error {
			return set(f, "Confirm all suggestions of this sheet", 1, formulaText(`"yes"`))
		},
			`m.xlsx:'1. a'!B6: a formula stands here: choose an entry of the list, or type the text [plan-value]`},
		{"a table that is none", func(f *excelize.File) error { return set(f, "Table of the plan", 1, "Bảng lạ") },
			`m.xlsx:'1. a'!B3: "Bảng lạ" is no entry of the list [plan-value]`},
		{"a row without its label", func(f *excelize.File) error { return set(f, "Đã trả", 0, "") },
			`m.xlsx:'1. a'!B14: the label of the row is gone [plan-value]`},
	} {
		f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if err := test.change(f); err != nil {
			t.Fatal(err)
		}
		changed, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		_, list := ParseWorkbook("m.xlsx", changed.Bytes(), p, roster)
		var got []string
		for _, d := range list {
			got = append(got, d.In(lang.EN))
		}
		if s := strings.Join(got, "\n"); s != test.want {
			t.Errorf("%s: got %q, want %q", test.name, s, test.want)
		}
	}
}

type formulaText string
