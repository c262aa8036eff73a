package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// TestWhyOurOwnReader holds why parcheck does not read with excelize: for each
// kind of damage, what parcheck says beside what excelize reads from the same
// bytes. It fails on the day that excelize refuses them too.
func TestWhyOurOwnReader(t *testing.T) {
	const table = `<row r="1"><c r="A1"><v>65</v></c><c r="B1"><v>100</v></c></row>` +
		`<row r="2"><c r="A2"><v>60</v></c><c r="B2"><v>100</v></c></row>`
	sound := soundParts(table, "một", "hai")
	other := soundParts(strings.ReplaceAll(table, ">65<", ">95<"))
	with := func(old, new string) []byte {
		return sound.with(parts{sheetPart: strings.Replace(sound[sheetPart], old, new, 1)}).zip(t)
	}
	for _, tt := range []struct {
		damage   string
		bytes    []byte
		parcheck string
		excelize string
	}{
		{"none", sound.zip(t),
			`A1 number "65"|B1 number "100"|A2 number "60"|B2 number "100"`,
			"65 100|60 100"},
		{"the sheet ends after half of its rows",
			with(`<row r="2"><c r="A2"><v>60</v></c><c r="B2"><v>100</v></c></row></sheetData></worksheet>`, ""),
			`test.xlsx:'Sheet1'!1:1: the part "xl/worksheets/sheet1.xml" ends too early, at byte 208, with elements open` + askIt,
			"65 100"},
		{"a stored 65 is changed to 95 after zipping",
			bytes.Replace(sound.zipWith(t, zip.Store), []byte("<v>65"), []byte("<v>95"), 1),
			`test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" is not as it was written: its checksum is 35094715 and should be ea782355` + askIt,
			"95 100|60 100"},
		{"the workbook holds a second sheet under the name of the first", appended(t, sound.zip(t), sheetPart, other[sheetPart]),
			`test.xlsx: the file holds two parts named "xl/worksheets/sheet1.xml" and "xl/worksheets/sheet1.xml"` + askIt,
			"95 100|60 100"},
		{"cells out of order",
			with(`<c r="A1"><v>65</v></c><c r="B1"><v>100</v></c>`, `<c r="B1"><v>100</v></c><c r="A1"><v>65</v></c>`),
			`test.xlsx:'Sheet1'!A1: the cell A1 comes after column B` + saveIt,
			" 100 65|60 100"},
		{"a cell stands in another row", with(`r="A2"`, `r="A1"`),
			`test.xlsx:'Sheet1'!A2: the cell A1 stands in row 2` + saveIt,
			"65 100|60 100"},
		{"a row repeated", with(`<row r="2"><c r="A2"><v>60</v></c><c r="B2">`, `<row r="1"><c r="A1"><v>60</v></c><c r="B1">`),
			`test.xlsx:'Sheet1'!1:1: row 1 comes after row 1` + saveIt,
			"65 100 60 100"},
		{"a string index that the table does not have", with(`<c r="A1"><v>65`, `<c r="A1" t="s"><v>65`),
			`test.xlsx:'Sheet1'!A1: the cell refers to string "65" of the string table, which holds 2` + saveIt,
			" 100|60 100"},
		{"an empty style index", with(`<c r="A1">`, `<c r="A1" s="">`),
			`A1 number "65"|B1 number "100"|A2 number "60"|B2 number "100"`,
			" 100|60 100"},
		{"a formula whose result is not stored", with(`<v>65</v>`, `<f>13*5</f>`),
			`A1 blank uncalculated|B1 number "100"|A2 number "60"|B2 number "100"`,
			" 100|60 100"},
		{"two values in a cell", with(`<v>65</v>`, `<v>65</v><v>95</v>`),
			`test.xlsx:'Sheet1'!A1: the cell holds two <v>` + saveIt,
			"95 100|60 100"},
		{"a value that is no number", with(`<v>65</v>`, `<v>NaN</v>`),
			`test.xlsx:'Sheet1'!A1: "NaN" is no number that a spreadsheet can hold` + saveIt,
			"NaN 100|60 100"},
		{"a value of a foreign namespace", with(`<v>65</v>`, `<v>65</v><x:v xmlns:x="urn:x">95</x:v>`),
			`test.xlsx:'Sheet1'!A1: the part "xl/worksheets/sheet1.xml" holds a <v> that is not written as spreadsheet programs write it` + saveIt,
			"95 100|60 100"},
		{"0.945 shown with a format without decimals",
			sound.with(parts{
				sheetPart:  strings.Replace(sound[sheetPart], `<c r="A1"><v>65`, `<c r="A1" s="2"><v>0.945`, 1),
				stylesPart: strings.Replace(sound[stylesPart], `numFmtId="10"`, `numFmtId="9"`, 1)}).zip(t),
			`A1 number "0.945" as 0%|B1 number "100"|A2 number "60"|B2 number "100"`,
			"95% 100|60 100"},
	} {
		t.Run(tt.damage, func(t *testing.T) {
			if diff := cmp.Diff(tt.parcheck, parcheckSays(tt.bytes)); diff != "" {
				t.Errorf("parcheck: -want +got:\n%s", diff)
			}
			if diff := cmp.Diff(tt.excelize, excelizeReads(tt.bytes)); diff != "" {
				t.Errorf("excelize: -want +got:\n%s", diff)
			}
		})
	}
}

// parcheckSays prints the cells or the refusal of a file.
func parcheckSays(b []byte) string {
	out, err := read(b)
	var r *diag.Refusal
	if errors.As(err, &r) {
		return r.Diagnostic.In(lang.EN)
	}
	_, cells, _ := strings.Cut(out, "\n")
	return strings.ReplaceAll(strings.TrimSpace(cells), "\n", "|")
}

// excelizeReads prints the rows that excelize reads, as people use it.
func excelizeReads(b []byte) string {
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		return "refused: " + err.Error()
	}
	defer f.Close()
	rows, err := f.GetRows("Sheet1")
	if err != nil {
		return "refused: " + err.Error()
	}
	var lines []string
	for _, row := range rows {
		lines = append(lines, strings.Join(row, " "))
	}
	return strings.Join(lines, "|")
}

// appended adds another part to a zip file.
func appended(t *testing.T, b []byte, name, text string) []byte {
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	f, err := w.Create(name)
	if err == nil {
		_, err = fmt.Fprint(f, text)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
