package sheets

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/lang"
)

var testTheme = Theme{Font: "Calibri", Size: 10, Ink: "000000", Line: "808080", Title: "000000", Narrow: 1, Leading: 13}

// sample is a workbook of a streamed sheet with a chart and a sheet that is
// held in memory.
func sample(t testing.TB, rows int) []byte {
	t.Helper()
	b := New(lang.VI, testTheme)
	s := b.Sheet(b.Name("Điểm"), Page{Widths: []float64{10, 20, 30}, Last: rows + 1, FreezeRow: 1})
	for _, title := range []string{"a", "b", "c"} {
		s.Text(Style{Bold: true}, title)
	}
	s.EndRow(0)
	for i := range rows {
		s.Int(Style{}, i)
		s.Text(Style{}, fmt.Sprintf("=%d", i))
		s.Formula(Style{}, `IF(A1="","","")`, "")
		s.EndRow(0)
	}
	s.Chart(Chart{Kind: Bars, Categories: "'Điểm'!$A$2:$A$3", Series: []Series{{Name: "'Điểm'!$A$1", Values: "'Điểm'!$A$2:$A$3", Color: "000000"}}, Row: rows + 3, Col: 1, Width: 300, Height: 200})
	s.End()
	s = b.Sheet(b.Name("Form"), Page{Widths: []float64{10, 20}, FreezeRow: 1, Shared: true})
	s.Across(Style{Wrap: true}, "a <title> & more", 2)
	s.EndRow(0)
	s.Formula(Style{Num: "0.00"}, "1+1", 2)
	s.EndRow(30)
	s.End()
	day, _ := date.Of(2024, 1, 31)
	var out bytes.Buffer
	if err := b.Write(&out, Properties{Title: "A & B", Creator: "parcheck\x00", Day: day}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func unpacked(t testing.TB, data []byte) map[string]string {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range zr.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(part)
	}
	return out
}

// TestPartsAsOtherProgramsWriteThem holds what exceljs wants: the usual
// prefixes of properties and drawings, and columns from left to right.
func TestPartsAsOtherProgramsWriteThem(t *testing.T) {
	parts := unpacked(t, sample(t, 2))
	const core = `<dc:title>A &amp; B</dc:title><dc:subject></dc:subject><dc:creator>parcheck</dc:creator>` +
		`<cp:lastModifiedBy>parcheck</cp:lastModifiedBy><dc:language>vi</dc:language>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">2024-01-31T00:00:00Z</dcterms:created>` +
		`<dcterms:modified xsi:type="dcterms:W3CDTF">2024-01-31T00:00:00Z</dcterms:modified></cp:coreProperties>`
	if got := parts["docProps/core.xml"]; !strings.HasSuffix(got, core) {
		t.Errorf("properties are\n%s\nwant an end of\n%s", got, core)
	}
	if got := parts["xl/worksheets/sheet1.xml"]; !strings.Contains(got, `<drawing r:id="rId1">`) {
		t.Errorf("the sheet has no drawing by the usual prefix: %.300s", got[strings.Index(got, "</sheetData>"):])
	}
	columns := regexp.MustCompile(`<col [^>]*min="(\d+)"`)
	for _, name := range []string{"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"} {
		var mins []int
		for _, m := range columns.FindAllStringSubmatch(parts[name], -1) {
			n, _ := strconv.Atoi(m[1])
			mins = append(mins, n)
		}
		if len(mins) < 2 || !slices.IsSorted(mins) {
			t.Errorf("%s has columns in the order %v", name, mins)
		}
	}
}

// TestEveryFormulaHasItsResult holds that a formula without a stored result is
// not written, in any piece of a large sheet.
func TestEveryFormulaHasItsResult(t *testing.T) {
	const rows = 20000
	data := sample(t, rows)
	sheet := unpacked(t, data)["xl/worksheets/sheet1.xml"]
	if len(sheet) < 2*piece {
		t.Fatalf("the sheet has %d bytes: too few to come in pieces", len(sheet))
	}
	if n := strings.Count(sheet, "</f><v></v></c>"); n != rows || strings.Contains(sheet, "</f></c>") {
		t.Errorf("%d of %d formulas have a result", n, rows)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for at, want := range map[string]string{"A2": "0", "B20001": "=19999", "A20001": "19999"} {
		if got, err := f.GetCellValue("Điểm", at); err != nil || got != want {
			t.Errorf("%s holds %q, %v; want %q", at, got, err, want)
		}
	}
	if got, err := f.GetCellValue("Form", "A1"); err != nil || got != "a <title> & more" {
		t.Errorf("a shared text is %q, %v", got, err)
	}
	if !bytes.Equal(data, sample(t, rows)) {
		t.Error("the same calls give other bytes")
	}
}

// TestLines holds how many lines texts take by words, in columns of a width.
func TestLines(t *testing.T) {
	for _, tt := range []struct {
		text  string
		width float64
		style Style
		want  int
	}{
		{"", 10, Style{}, 1},
		{"một hai ba", 11, Style{}, 1},
		{"một hai ba", 10, Style{}, 2},
		{"một hai ba", 11, Style{Bold: true}, 2},
		{"một hai ba", 11, Style{Size: 20}, 3},
		{"một\nhai ba", 20, Style{}, 2},
		{"abcdefghijklmnopqrst", 11, Style{}, 2},
		{"a", 0, Style{}, 1},
	} {
		if got := testTheme.Lines(tt.text, tt.width, tt.style); got != tt.want {
			t.Errorf("%q in %v takes %d lines, want %d", tt.text, tt.width, got, tt.want)
		}
	}
}

// A formula that is longer or nests deeper than Excel takes would make it refuse the
// whole file: its value alone is written.
func TestFormulasThatExcelRefuses(t *testing.T) {
	for _, tt := range []struct {
		formula string
		taken   bool
	}{
		{strings.Repeat("1+", 3999) + "1", true},
		{strings.Repeat("1+", 4000) + "1", false},
		{strings.Repeat("IF(A1,1,", 60) + "0" + strings.Repeat(")", 60), true},
		{strings.Repeat("IF(A1,1,", 61) + "0" + strings.Repeat(")", 61), false},
	} {
		b := New(lang.EN, testTheme)
		s := b.Sheet(b.Name("S"), Page{Widths: []float64{10}})
		s.Formula(Style{}, tt.formula, 7)
		s.EndRow(0)
		s.End()
		var out bytes.Buffer
		if err := b.Write(&out, Properties{}); err != nil {
			t.Fatal(err)
		}
		sheet := unpacked(t, out.Bytes())["xl/worksheets/sheet1.xml"]
		if strings.Contains(sheet, "<f>") != tt.taken || !strings.Contains(sheet, "<v>7</v>") {
			t.Errorf("%.20s… of %d characters: %s", tt.formula, len(tt.formula), sheet[:min(len(sheet), 300)])
		}
	}
}
