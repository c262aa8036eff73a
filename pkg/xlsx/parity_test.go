package xlsx

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
)

// TestSameAsExcelize reads sound files that excelize has written: each cell
// must have excelize's raw value, and none may be missing.
func TestSameAsExcelize(t *testing.T) {
	for name, make := range map[string]func(*testing.T, *excelize.File){
		"cells":  variousCells,
		"stream": streamedCells,
	} {
		t.Run(name, func(t *testing.T) {
			f := excelize.NewFile()
			defer f.Close()
			make(t, f)
			buf, err := f.WriteToBuffer()
			if err != nil {
				t.Fatal(err)
			}
			want := excelizeValues(t, buf.Bytes())
			if len(want) < 20 {
				t.Fatalf("only %d cells", len(want))
			}
			if diff := cmp.Diff(want, ourValues(t, buf.Bytes())); diff != "" {
				t.Errorf("-excelize +parcheck:\n%s", diff)
			}
			checkAgainstSlow(t, buf.Bytes())
		})
	}
}

// variousCells fills two sheets with values of all kinds.
func variousCells(t *testing.T, f *excelize.File) {
	if _, err := f.NewSheet("Quý 3 & 'khác' nữa"); err != nil {
		t.Fatal(err)
	}
	values := []any{
		"Tổng số hồ sơ", " hai đầu trống ", "<b>&amp;</b>", "_x000D_ và _x0041_", "dòng 1\ndòng 2", "😀", "a\tb", "",
		0, 1, -17, 0.65, 0.65000000000000002, 1e300, 1.5e-7, 123456789012345678, 3.14159265358979,
		true, false, time.Date(2023, 12, 31, 0, 0, 0, 0, time.UTC), time.Date(2023, 1, 1, 17, 30, 0, 0, time.UTC),
		90 * time.Minute, nil,
	}
	for _, sheet := range f.GetSheetList() {
		for i, v := range values {
			for _, col := range []string{"A", "C", "AB"} {
				if err := f.SetCellValue(sheet, fmt.Sprintf("%s%d", col, 2*i+1), v); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := f.MergeCell(sheet, "D1", "F3"); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellRichText(sheet, "H1", []excelize.RichTextRun{{Text: "đậm ", Font: &excelize.Font{Bold: true}}, {Text: "thường"}}); err != nil {
			t.Fatal(err)
		}
	}
}

// streamedCells writes a list as excelize's stream writer does, with inline
// strings.
func streamedCells(t *testing.T, f *excelize.File) {
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for r := range 500 {
		row := []any{fmt.Sprintf("H47.%05d", r), r, float64(r) / 7, r%2 == 0, "Trực tuyến & một phần ", nil}
		if err := w.SetRow(fmt.Sprintf("A%d", r+1), row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
}

// excelizeValues returns each cell's raw value that is not empty, by place.
func excelizeValues(t *testing.T, b []byte) map[string]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	values := map[string]string{}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, v := range row {
				if v != "" {
					values[diag.At("", sheet, r+1, c+1).String()] = v
				}
			}
		}
	}
	return values
}

// ourValues returns the same as parcheck reads it.
func ourValues(t *testing.T, b []byte) map[string]string {
	t.Helper()
	f, err := openBytes(b)
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]string{}
	for i, s := range f.Sheets {
		rows, err := f.Scan(t.Context(), i)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			for _, c := range rows.Row().Cells {
				if len(c.Raw) > 0 || c.Kind == cell.Blank {
					values[diag.At("", s.Name, rows.Row().Number, c.Col).String()] = string(c.Raw)
				}
			}
		}
		if rows.Err() != nil {
			t.Fatal(rows.Err())
		}
		rows.Close()
	}
	return values
}
