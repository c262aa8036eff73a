package xlsx

import (
	"bytes"
	"context"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
)

// TestSameAsExcelize reads sound files that excelize has written: each cell
// must have excelize's raw value.
func TestSameAsExcelize(t *testing.T) {
	f := excelize.NewFile()
	put := func(axis string, v any) {
		if err := f.SetCellValue("Sheet1", axis, v); err != nil {
			t.Fatal(err)
		}
	}
	put("A1", "Chỉ tiêu")
	put("B1", 0.65)
	put("C1", true)
	put("D3", "_x000D_ & <ok> ")
	put("XFD1048576", 12345678901234567)
	if err := f.SetCellFormula("Sheet1", "E5", "SUM(B1:B2)"); err != nil {
		t.Fatal(err)
	}
	buf, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	compareWithExcelize(t, buf.Bytes())
}

func compareWithExcelize(t *testing.T, b []byte) {
	t.Helper()
	x, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	f, err := Open(context.Background(), "test.xlsx", bytes.NewReader(b), int64(len(b)), Limits{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range f.Sheets {
		rows, err := f.Scan(context.Background(), i)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for rows.Next() {
			for _, c := range rows.Row().Cells {
				axis := diag.A1(rows.Row().Number, c.Col)
				want, err := x.GetCellValue(s.Name, axis, excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatal(err)
				}
				if c.Formula != cell.Uncalculated && string(c.Raw) != want {
					t.Errorf("%s!%s is %q, excelize reads %q", s.Name, axis, c.Raw, want)
				}
				n++
			}
		}
		if rows.Err() != nil {
			t.Fatal(rows.Err())
		}
		t.Logf("%d cells", n)
	}
}
