package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// damage is a file that is refused: the rows of its sheet, or the parts that
// differ from a sound file's.
type damage struct {
	name  string
	rows  string
	parts parts
	want  string
}

const saveIt = ": open the file in a spreadsheet program, check it, and save it as .xlsx [unreadable]"
const askIt = ": the file is damaged: ask the sender for it again [unreadable]"
const splitIt = ": remove what is not needed or split the workbook, and save it as .xlsx [unreadable]"

var damages = []damage{
	// Numbers.
	{name: "NaN", rows: `<row r="1"><c r="A1"><v>NaN</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: "NaN" is no number that a spreadsheet can hold` + saveIt},
	{name: "infinity", rows: `<row r="1"><c r="A1"><v>INF</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: "INF" is no number that a spreadsheet can hold` + saveIt},
	{name: "hexadecimal", rows: `<row r="1"><c r="A1"><v>0x1F</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: "0x1F" is no number that a spreadsheet can hold` + saveIt},
	{name: "underscore", rows: `<row r="1"><c r="A1"><v>1_000</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: "1_000" is no number that a spreadsheet can hold` + saveIt},
	{name: "too large", rows: `<row r="1"><c r="A1"><v>1e400</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: "1e400" is no number that a spreadsheet can hold` + saveIt},
	{name: "too small", rows: `<row r="1"><c r="A1"><v>1e-400</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: "1e-400" is no number that a spreadsheet can hold` + saveIt},
	{name: "comma", rows: `<row r="1"><c r="A1"><v>65,5</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: "65,5" is no number that a spreadsheet can hold` + saveIt},
	{name: "boolean", rows: `<row r="1"><c r="A1" t="b"><v>yes</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: "yes" is no boolean (0 or 1)` + saveIt},
	{name: "error value", rows: `<row r="1"><c r="A1" t="e"><v>12</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: "12" is no error value such as #REF!` + saveIt},
	{name: "ISO date", rows: `<row r="1"><c r="A1" t="d"><v>31/12/2023</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: "31/12/2023" is no ISO 8601 date` + saveIt},
	{name: "unknown type", rows: `<row r="1"><c r="A1" t="z"><v>1</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: the cell is of the unknown type "z"` + saveIt},

	// Places.
	{name: "rows out of order", rows: `<row r="2"/><row r="1"/>`,
		want: `test.xlsx:'Sheet1'!2:2: row 1 comes after row 2` + saveIt},
	{name: "row repeated", rows: `<row r="2"/><row r="2"/>`,
		want: `test.xlsx:'Sheet1'!2:2: row 2 comes after row 2` + saveIt},
	{name: "row 0", rows: `<row r="0"/>`,
		want: `test.xlsx:'Sheet1': "0" is no row number` + saveIt},
	{name: "negative row", rows: `<row r="-1"/>`,
		want: `test.xlsx:'Sheet1': "-1" is no row number` + saveIt},
	{name: "row beyond the last", rows: `<row r="1048577"/>`,
		want: `test.xlsx:'Sheet1': "1048577" is no row number` + saveIt},
	{name: "implied row beyond the last", rows: `<row r="1048576"/><row/>`,
		want: `test.xlsx:'Sheet1'!1048576:1048576: a row after row 1048576` + saveIt},
	{name: "cells out of order", rows: `<row r="1"><c r="B1"/><c r="A1"/></row>`,
		want: `test.xlsx:'Sheet1'!A1: the cell A1 comes after column B` + saveIt},
	{name: "cell repeated", rows: `<row r="1"><c r="B1"/><c r="B1"/></row>`,
		want: `test.xlsx:'Sheet1'!B1: the cell B1 comes after column B` + saveIt},
	{name: "cell outside its row", rows: `<row r="1"><c r="A2"/></row>`,
		want: `test.xlsx:'Sheet1'!A1: the cell A2 stands in row 1` + saveIt},
	{name: "no address", rows: `<row r="1"><c r="1A"/></row>`,
		want: `test.xlsx:'Sheet1'!A1: "1A" is no cell address` + saveIt},
	{name: "absolute address", rows: `<row r="1"><c r="$A$1"/></row>`,
		want: `test.xlsx:'Sheet1'!A1: "$A$1" is no cell address` + saveIt},
	{name: "address with a leading zero", rows: `<row r="1"><c r="A01"/></row>`,
		want: `test.xlsx:'Sheet1'!A1: "A01" is no cell address` + saveIt},
	{name: "column beyond the last", rows: `<row r="1"><c r="XFE1"/></row>`,
		want: `test.xlsx:'Sheet1'!A1: "XFE1" is no cell address` + saveIt},
	{name: "implied column beyond the last", rows: `<row r="1"><c r="XFD1"/><c/></row>`,
		want: `test.xlsx:'Sheet1'!XFD1: a cell after column XFD` + saveIt},
	{name: "merge that is no range", parts: parts{sheetPart: strings.Replace(sheet(""), "</sheetData>", `</sheetData><mergeCells><mergeCell ref="B2:A1"/></mergeCells>`, 1)},
		want: `test.xlsx:'Sheet1': the merged cells "B2:A1" are no range` + saveIt},

	// Indexes.
	{name: "string index beyond the last", rows: `<row r="1"><c r="A1" t="s"><v>2</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: the cell refers to string "2" of the string table, which holds 2` + saveIt},
	{name: "string index that is none", rows: `<row r="1"><c r="A1" t="s"><v>-1</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: the cell refers to string "-1" of the string table, which holds 2` + saveIt},
	{name: "style index beyond the last", rows: `<row r="1"><c r="A1" s="5"><v>1</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: the cell has the style "5", and the workbook has 5 styles` + saveIt},
	{name: "style index beyond the last of a cell that holds nothing", rows: `<row r="1"><c r="A1" s="5"/></row><!--` + strings.Repeat(" ", longestRowTag) + `-->`,
		want: `test.xlsx:'Sheet1'!A1: the cell has the style "5", and the workbook has 5 styles` + saveIt},
	{name: "style index beyond the last of an empty cell", rows: `<row r="1"><c r="A1" s="5"></c></row><!--` + strings.Repeat(" ", longestRowTag) + `-->`,
		want: `test.xlsx:'Sheet1'!A1: the cell has the style "5", and the workbook has 5 styles` + saveIt},
	{name: "no string table", rows: `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`,
		parts: parts{bookRels: relations("rId1 worksheet worksheets/sheet1.xml")},
		want:  `test.xlsx:'Sheet1'!A1: the workbook has no string table, and a cell refers to it` + askIt},

	// What would be lost.
	{name: "row in a foreign element", rows: `<x:w xmlns:x="urn:x"><row r="1"><c r="A1"><v>65</v></c></row></x:w>`,
		want: `test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" holds <row> inside <w>, where it would be lost` + saveIt},
	{name: "cell in an extension", rows: `<row r="1"><extLst><ext uri="u"><c r="A1"><v>65</v></c></ext></extLst></row>`,
		want: `test.xlsx:'Sheet1'!1:1: the part "xl/worksheets/sheet1.xml" holds <c> inside <extLst>, where it would be lost` + saveIt},
	{name: "value of another namespace", rows: `<row r="1"><c r="A1"><x:v xmlns:x="urn:x">65</x:v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: the part "xl/worksheets/sheet1.xml" holds a <v> that is not written as spreadsheet programs write it` + saveIt},
	{name: "value in a version for others", rows: `<row r="1"><c r="A1"><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x="urn:x"><mc:Choice Requires="x"><v>65</v></mc:Choice></mc:AlternateContent></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: the part "xl/worksheets/sheet1.xml" holds <v> in a version that only some programs read (mc:AlternateContent), and in no other` + saveIt},
	{name: "version outside of versions", rows: `<mc:Fallback xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><row r="1"/></mc:Fallback>`,
		want: `test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" holds <Fallback> where no versions of a content stand` + saveIt},
	{name: "string in a foreign element", rows: `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`,
		parts: parts{stringsPart: `<sst ` + mainSpace + `><x:w xmlns:x="urn:x"><si><t>a</t></si></x:w><si><t>b</t></si></sst>`},
		want:  `test.xlsx:'Sheet1'!A1: the part "xl/sharedStrings.xml" holds <si> inside <w>, where it would be lost` + saveIt},
	{name: "cell format in an extension", parts: parts{stylesPart: `<styleSheet ` + mainSpace + `><cellXfs><extLst><xf numFmtId="9"/></extLst><xf/></cellXfs></styleSheet>`},
		want: `test.xlsx: the part "xl/styles.xml" holds <xf> inside <extLst>, where it would be lost` + saveIt},
	{name: "a number format in two ways", parts: parts{stylesPart: `<styleSheet ` + mainSpace + `><numFmts><numFmt numFmtId="170" formatCode="0%"/><numFmt numFmtId="170" formatCode="0"/><numFmt numFmtId="170" formatCode="#,##0"/></numFmts><cellXfs><xf numFmtId="170"/></cellXfs></styleSheet>`},
		want: `test.xlsx: the number format 170 is defined twice, in two ways` + saveIt},
	{name: "number formats in a foreign element", parts: parts{stylesPart: `<styleSheet ` + mainSpace + `><x:w xmlns:x="urn:x"><numFmts/></x:w></styleSheet>`},
		want: `test.xlsx: the part "xl/styles.xml" holds <numFmts> inside <w>, where it would be lost` + saveIt},
	{name: "epoch of another namespace", parts: parts{bookPart: `<workbook ` + mainSpace + `><x:workbookPr xmlns:x="urn:x" date1904="1"/></workbook>`},
		want: `test.xlsx: the part "xl/workbook.xml" holds a <workbookPr> that is not written as spreadsheet programs write it` + saveIt},

	// Content of cells.
	{name: "two figures", rows: `<row r="1"><c r="A1" t="inlineStr"><v>64</v><is><t>65</t></is></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: the cell holds two figures, "65" and "64"` + saveIt},
	{name: "number with a style that is not in the file", rows: `<row r="1"><c r="A1" s="1"><v>45291</v></c></row>`, parts: parts{stylesPart: ""},
		want: `test.xlsx:'Sheet1'!A1: the cell has the style "1", and the workbook has 0 styles` + saveIt},
	{name: "no main part", parts: parts{rootRels: relations("rId1 thumbnail docProps/thumbnail.jpeg")},
		want: `test.xlsx: the file does not say which of its parts is the workbook` + askIt},
	{name: "half a letter of UTF-16", parts: parts{sheetPart: "\xff\xfe" + wide("<worksheet "+mainSpace+"/>") + "<"},
		want: `test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" is no well-formed XML at byte 81: a byte that is no UTF-16 or a character that XML does not allow` + saveIt},
	{name: "encoding that is not the declared one", parts: parts{sheetPart: "\xff\xfe" + wide(sheet(""))},
		want: `test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" says that its letters are written in the encoding "UTF-8"; only UTF-8 and UTF-16, which spreadsheet programs write, are read` + saveIt},
	{name: "two values", rows: `<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: the cell holds two <v>` + saveIt},
	{name: "two formulas", rows: `<row r="1"><c r="A1"><f>1</f><f>2</f><v>2</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: the cell holds two <f>` + saveIt},
	{name: "inline text in a number", rows: `<row r="1"><c r="A1"><is><t>1</t></is></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: the cell's type and what it holds do not fit` + saveIt},
	{name: "element in a value", rows: `<row r="1"><c r="A1"><v><b/>1</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: <b> stands inside a value in "xl/worksheets/sheet1.xml"` + saveIt},
	{name: "text between cells", rows: `<row r="1">5<c r="A1"/></row>`,
		want: `test.xlsx:'Sheet1'!1:1: the text "5" stands between elements in "xl/worksheets/sheet1.xml"` + saveIt},
	{name: "cell outside a row", rows: `<c r="A1"><v>1</v></c>`,
		want: `test.xlsx:'Sheet1': <c> stands where <row> is expected in "xl/worksheets/sheet1.xml"` + saveIt},
	{name: "row in a row", rows: `<row r="1"><row r="2"/></row>`,
		want: `test.xlsx:'Sheet1'!1:1: <row> stands where <c> is expected in "xl/worksheets/sheet1.xml"` + saveIt},
	{name: "attribute twice", rows: `<row r="1"><c r="A1" r="B1"/></row>`,
		want: `test.xlsx:'Sheet1'!A1: the part "xl/worksheets/sheet1.xml" is no well-formed XML at byte 173: the attribute "r" stands twice in a tag` + saveIt},
	{name: "long text", rows: `<row r="1"><c r="A1" t="inlineStr"><is><t>` + strings.Repeat("x", maxText+1) + `</t></is></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: a text of more than 131072 bytes; a cell holds at most 32,767 characters` + splitIt},

	// XML.
	{name: "sheet cut off", parts: parts{sheetPart: `<worksheet ` + mainSpace + `><sheetData><row r="1"><c r="A1"><v>1</v></c></row>`},
		want: `test.xlsx:'Sheet1'!1:1: the part "xl/worksheets/sheet1.xml" ends too early, at byte 127, with elements open` + askIt},
	{name: "wrong end tag", rows: `<row r="1"><c r="A1"><v>1</c></v></row>`,
		want: `test.xlsx:'Sheet1'!A1: the part "xl/worksheets/sheet1.xml" is no well-formed XML at byte 169: </c> closes what is not open` + saveIt},
	{name: "attribute without quotes", rows: `<row r=1/>`,
		want: `test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" is no well-formed XML at byte 144: an attribute without quotes` + saveIt},
	{name: "unknown entity", rows: `<row r="1"><c r="A1" t="str"><v>&nbsp;</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: the part "xl/worksheets/sheet1.xml" is no well-formed XML at byte 176: an entity that XML does not define, or "]]>" in a text` + saveIt},
	{name: "character that is none", rows: `<row r="1"><c r="A1" t="str"><v>&#xB;</v></c></row>`,
		want: `test.xlsx:'Sheet1'!A1: the part "xl/worksheets/sheet1.xml" is no well-formed XML at byte 176: an entity that XML does not define, or "]]>" in a text` + saveIt},
	{name: "no UTF-8", rows: "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\xff</v></c></row>",
		want: `test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" is no well-formed XML at byte 176: a byte that is no UTF-8 or a character that XML does not allow` + saveIt},
	{name: "prefix not declared", rows: `<x:row r="1"/>`,
		want: `test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" is no well-formed XML at byte 144: the prefix of <x:row> is not declared` + saveIt},
	{name: "DOCTYPE", parts: parts{sheetPart: `<!DOCTYPE worksheet [<!ENTITY a "65">]>` + sheet("")[len(declaration):]},
		want: `test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" has a document type (DOCTYPE), which no spreadsheet program writes` + saveIt},
	{name: "declared encoding", parts: parts{sheetPart: strings.Replace(sheet(""), "UTF-8", "windows-1258", 1)},
		want: `test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" says that its letters are written in the encoding "windows-1258"; only UTF-8 and UTF-16, which spreadsheet programs write, are read` + saveIt},
	{name: "deep XML", rows: strings.Repeat(`<row r="1">`, 100),
		want: `test.xlsx:'Sheet1'!1:1: <row> stands where <c> is expected in "xl/worksheets/sheet1.xml"` + saveIt},
	{name: "deep foreign XML", rows: `<x xmlns="urn:x">` + strings.Repeat(`<x>`, 100),
		want: `test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" is no well-formed XML at byte 344: more than 64 elements inside each other` + saveIt},
	{name: "long attribute", rows: `<row r="1" x="` + strings.Repeat(" ", 2*maxToken) + `"/>`,
		want: `test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" is no well-formed XML at byte 144: a tag or a text of more than 1048576 bytes` + saveIt},
	{name: "text after the end", parts: parts{sheetPart: sheet("") + "65"},
		want: `test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" is no well-formed XML at byte 168: text outside the root element` + saveIt},
	{name: "second root", parts: parts{sheetPart: sheet("") + "<a/>"},
		want: `test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" is no well-formed XML at byte 168: a second root element` + saveIt},

	// Parts.
	{name: "sheet without part", parts: parts{sheetPart: ""},
		want: `test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" with the sheet is not in the file` + askIt},
	{name: "sheet without relationship", parts: parts{bookRels: relations("rId9 worksheet worksheets/sheet1.xml")},
		want: `test.xlsx:'Sheet1': the workbook lists the sheet and does not say where it is` + askIt},
	{name: "no relationships at all", parts: parts{bookRels: ""},
		want: `test.xlsx:'Sheet1': the workbook lists the sheet and does not say where it is` + askIt},
	{name: "no workbook", parts: parts{bookPart: ""},
		want: `test.xlsx: the part "xl/workbook.xml" with the workbook is not in the file` + askIt},
	{name: "sheet that is none", parts: parts{sheetPart: `<chartsheet ` + mainSpace + `/>`},
		want: `test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" should hold <worksheet> and holds <chartsheet>` + saveIt},
	{name: "sheet of another namespace", parts: parts{sheetPart: `<worksheet xmlns="urn:x"><sheetData/></worksheet>`},
		want: `test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" holds a <worksheet> of the namespace "urn:x", which is that of no spreadsheet program` + saveIt},
	{name: "no rows section", parts: parts{sheetPart: `<worksheet ` + mainSpace + `/>`},
		want: `test.xlsx:'Sheet1': the sheet has no rows section (sheetData)` + askIt},
	{name: "two rows sections", parts: parts{sheetPart: `<worksheet ` + mainSpace + `><sheetData/><sheetData/></worksheet>`},
		want: `test.xlsx:'Sheet1': the sheet has two rows sections (sheetData)` + saveIt},
	{name: "no sheets", parts: parts{bookPart: `<workbook ` + mainSpace + `><sheets/></workbook>`},
		want: `test.xlsx: the workbook has no sheets` + askIt},
	{name: "two sheets of one name", parts: parts{bookPart: `<workbook ` + mainSpace + ` ` + relSpace + `><sheets><sheet name="Quý 1" r:id="rId1"/><sheet name="QUÝ 1" r:id="rId2"/></sheets></workbook>`},
		want: `test.xlsx:'QUÝ 1': two sheets have the name "QUÝ 1"` + saveIt},
	{name: "two sheets of one part", parts: parts{bookPart: `<workbook ` + mainSpace + ` ` + relSpace + `><sheets><sheet name="A" r:id="rId1"/><sheet name="B" r:id="rId1"/></sheets></workbook>`},
		want: `test.xlsx:'B': the sheet has the same part as the sheet "A"` + saveIt},
	{name: "unknown state", parts: parts{bookPart: `<workbook ` + mainSpace + ` ` + relSpace + `><sheets><sheet name="A" state="gone" r:id="rId1"/></sheets></workbook>`},
		want: `test.xlsx:'A': the state of the sheet is "gone", and should be visible, hidden or veryHidden` + saveIt},
	{name: "epoch that is none", parts: parts{bookPart: `<workbook ` + mainSpace + `><workbookPr date1904="maybe"/></workbook>`},
		want: `test.xlsx: the attribute date1904 of <workbookPr> in "xl/workbook.xml" is "maybe", and should be 0 or 1` + saveIt},
	{name: "two string tables", parts: parts{bookRels: relations("rId1 worksheet worksheets/sheet1.xml", "rId2 sharedStrings sharedStrings.xml", "rId4 sharedStrings sharedStrings.xml")},
		want: `test.xlsx: the workbook has two parts of one kind, where one is "sharedStrings.xml"` + saveIt},
	{name: "20,000 sheets", parts: parts{bookPart: `<workbook ` + mainSpace + ` ` + relSpace + `><sheets>` + strings.Repeat(`<sheet name="A" r:id="rId1"/>`, 20_000) + `</sheets></workbook>`},
		want: `test.xlsx: the workbook has more than 20 sheets` + splitIt},
	{name: "two million fonts", parts: parts{stylesPart: `<styleSheet ` + mainSpace + `><fonts>` + strings.Repeat(`<font/>`, 2_000_000) + `</fonts></styleSheet>`},
		want: `test.xlsx: the part "xl/styles.xml" has more than 65536 <font>` + splitIt},
	{name: "names that differ in case", parts: parts{"XL/WORKBOOK.xml": "<a/>"},
		want: `test.xlsx: the file holds two parts named "XL/WORKBOOK.xml" and "xl/workbook.xml"` + askIt},
}

func TestRefusals(t *testing.T) {
	for _, d := range damages {
		t.Run(d.name, func(t *testing.T) {
			b := soundParts(d.rows, "một", "hai").with(d.parts).zip(t)
			if got := refusalOf(t, b); got != d.want {
				t.Errorf("got  %s\nwant %s", got, d.want)
			}
		})
	}
}

// refusalOf prints the diagnostic with which a file is refused.
func refusalOf(t testing.TB, b []byte) string {
	t.Helper()
	out, err := read(b)
	if err == nil {
		t.Fatalf("read:\n%s", out)
	}
	var r *diag.Refusal
	if !errors.As(err, &r) {
		t.Fatalf("not a refusal: %v", err)
	}
	if vi := r.Diagnostic.Message.In(lang.VI); vi == "" || vi == r.Diagnostic.Message.In(lang.EN) {
		t.Errorf("the message is not in Vietnamese: %q", vi)
	}
	return r.Diagnostic.In(lang.EN)
}

// TestDamagedZip damages the container of a sound file.
func TestDamagedZip(t *testing.T) {
	sound := soundParts(`<row r="1"><c r="A1"><v>65</v></c></row>`)
	stored := sound.zipWith(t, zip.Store)
	deflated := sound.zip(t)
	central := func(b []byte, name string) int { return bytes.LastIndex(b, []byte(name)) - entrySize }
	local := func(b []byte, name string) int { return bytes.Index(b, []byte(name)) - localSize }
	change := func(b []byte, f func([]byte)) []byte {
		b = bytes.Clone(b)
		f(b)
		return b
	}
	tests := []struct {
		name  string
		bytes []byte
		want  string
	}{
		{"65 becomes 95", bytes.Replace(stored, []byte("<v>65"), []byte("<v>95"), 1),
			`test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" is not as it was written: its checksum is `},
		{"declared longer", change(stored, func(b []byte) { b[central(b, sheetPart)+24]++ }),
			`test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" declares 209 bytes, which its 208 compressed bytes cannot hold` + askIt},
		{"declared shorter", change(deflated, func(b []byte) { b[central(b, sheetPart)+24]-- }),
			`test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" is longer than the 207 bytes that the zip directory says` + askIt},
		{"declared 3 GiB", change(deflated, func(b []byte) { b[central(b, sheetPart)+27] = 0xc0 }),
			`test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" declares 3221225680 bytes, which its 168 compressed bytes cannot hold` + askIt},
		{"deflate stream cut", change(deflated, func(b []byte) {
			b[central(b, sheetPart)+20] -= 10
			b[local(b, sheetPart)+18] -= 10
		}), `test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" is cut off after 186 of 208 bytes` + askIt},
		{"encrypted", change(deflated, func(b []byte) { b[central(b, sheetPart)+8] |= flagEncrypted }),
			`test.xlsx: the workbook is protected with a password: open it with the password and save it as .xlsx without one [unreadable]`},
		{"unknown method", change(deflated, func(b []byte) { b[central(b, sheetPart)+10] = 14 }),
			`test.xlsx:'Sheet1': the part "xl/worksheets/sheet1.xml" is compressed in a way that spreadsheet programs do not use (method 14)` + saveIt},
		{"local header of another name", change(deflated, func(b []byte) { b[local(b, sheetPart)+localSize] = 'y' }),
			`test.xlsx:'Sheet1': the header of the part "xl/worksheets/sheet1.xml" is not what the zip directory says` + askIt},
		{"parts upon each other", change(deflated, func(b []byte) { b[central(b, sheetPart)+42] -= 40 }),
			`test.xlsx: the part "xl/workbook.xml" reaches into what follows it` + askIt},
		{"two parts of one name", appended(t, deflated, sheetPart, sound[sheetPart]),
			`test.xlsx: the file holds two parts named "xl/worksheets/sheet1.xml" and "xl/worksheets/sheet1.xml"` + askIt},
		{"no directory", stored[:len(stored)/2],
			`test.xlsx: the zip directory at the end of the file is missing or damaged, as when a file was cut off` + askIt},
		{"beginning cut off", stored[100:],
			`test.xlsx: the zip directory at the end of the file is missing or damaged, as when a file was cut off` + askIt},
		{"10,001 parts", manyParts(t, maxParts+1),
			`test.xlsx: the file holds 10001 parts; at most 10000 are read` + splitIt},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := refusalOf(t, tt.bytes); !strings.HasPrefix(got, tt.want) {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func manyParts(t *testing.T, n int) []byte {
	p := parts{}
	for i := range n {
		p[fmt.Sprintf("xl/worksheets/sheet%d.xml", i)] = ""
	}
	return p.zip(t)
}
