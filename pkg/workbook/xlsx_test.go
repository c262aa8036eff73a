package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/numfmt"
)

// submission is a workbook as excelize writes it: two sheets, one hidden.
func submission(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	percent, err := f.NewStyle(&excelize.Style{NumFmt: 10})
	if err == nil {
		_, err = f.NewSheet("Ẩn")
	}
	for _, err := range []error{
		err,
		f.SetSheetVisible("Ẩn", false, true),
		f.SetCellValue("Ẩn", "A1", 7),
		f.SetCellValue("Sheet1", "A1", "Tỷ lệ"),
		f.SetCellValue("Sheet1", "B1", 0.945),
		f.SetCellStyle("Sheet1", "B1", "B1", percent),
		f.SetCellFormula("Sheet1", "C1", "B1*2"),
		f.SetRowVisible("Sheet1", 1, false),
		f.MergeCell("Sheet1", "D1", "E2"),
		f.SetColVisible("Sheet1", "F", false),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	buf, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func openSubmission(t *testing.T, b []byte, limits cell.Limits) (*Workbook, error) {
	t.Helper()
	return Open(t.Context(), "agency.xlsx", bytes.NewReader(b), int64(len(b)), Options{Limits: limits})
}

func TestOpenXLSX(t *testing.T) {
	w, err := openSubmission(t, submission(t), cell.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if w.Name != "agency.xlsx" || w.Kind != "xlsx" || w.Bytes == 0 || len(w.Warnings) != 0 {
		t.Errorf("got %q, %q, %d bytes, %v", w.Name, w.Kind, w.Bytes, w.Warnings)
	}
	if diff := cmp.Diff([]Sheet{{Index: 0, Name: "Sheet1"}, {Index: 1, Name: "Ẩn", State: cell.VeryHidden}}, w.Sheets); diff != "" {
		t.Errorf("sheets: -want +got:\n%s", diff)
	}
	s, err := w.Scan(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var rows []cell.Row
	for s.Next() {
		row := *s.Row()
		row.Cells = slices.Clone(row.Cells)
		for i, c := range row.Cells {
			row.Cells[i].Raw = bytes.Clone(c.Raw)
		}
		rows = append(rows, row)
	}
	want := []cell.Row{{Number: 1, Hidden: true, Cells: []cell.Cell{
		{Col: 1, Kind: cell.Text, Raw: []byte("Tỷ lệ"), Shared: 1},
		{Col: 2, Kind: cell.Number, Raw: []byte("0.945"), Format: numfmt.Builtin(10)},
		{Col: 3, Formula: cell.Uncalculated},
	}}}
	if diff := cmp.Diff(want, rows); diff != "" || s.Err() != nil {
		t.Errorf("%v; -want +got:\n%s", s.Err(), diff)
	}
	wantTail := cell.Tail{Merges: []diag.Area{{Row: 1, Col: 4, ToRow: 2, ToCol: 5}}, HiddenColumns: []diag.Area{{Col: 6, ToCol: 6}}}
	if diff := cmp.Diff(wantTail, s.Tail()); diff != "" {
		t.Errorf("tail: -want +got:\n%s", diff)
	}
}

func TestXLSXRefusals(t *testing.T) {
	b := submission(t)
	for _, tt := range []struct {
		name   string
		bytes  []byte
		limits cell.Limits
		want   string
	}{
		{"cut off", b[:len(b)-100], cell.Limits{},
			"agency.xlsx: the zip directory at the end of the file is missing or damaged, as when a file was cut off: the file is damaged: ask the sender for it again [unreadable]"},
		{"large", b, cell.Limits{FileBytes: 1000},
			fmt.Sprintf("agency.xlsx: the file has %d bytes; at most 1000 are read: remove what is not needed or split the workbook, and save it as .xlsx [unreadable]", len(b))},
		{"sheets", b, cell.Limits{Sheets: 1},
			"agency.xlsx: the workbook has more than 1 sheets: remove what is not needed or split the workbook, and save it as .xlsx [unreadable]"},
		{"cells", b, cell.Limits{Cells: 2},
			"agency.xlsx:'Sheet1'!B1: the workbook has more than 2 cells: remove what is not needed or split the workbook, and save it as .xlsx [unreadable]"},
		{"inflated", b, cell.Limits{InflatedBytes: 1000},
			"agency.xlsx: the parts of the file that are needed have "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w, err := openSubmission(t, tt.bytes, tt.limits)
			if err == nil {
				var s Scanner
				if s, err = w.Scan(t.Context(), 0); err == nil {
					for s.Next() {
					}
					err = s.Err()
				}
			}
			var r *diag.Refusal
			if !errors.As(err, &r) {
				t.Fatalf("not refused: %v", err)
			}
			if got := r.Diagnostic.In(lang.EN); !strings.HasPrefix(got, tt.want) {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}
