package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/lang"
)

// odd is a file that is read, however unusual it looks.
type odd struct {
	name  string
	rows  string
	texts []string
	parts parts
	want  string // after the line `sheet "Sheet1"` unless it begins with "sheet"
	warn  string // the warnings
}

var odds = []odd{
	// Numbers, and what they are shown as.
	{name: "numbers", rows: `<row r="1"><c r="A1"><v>0.65000000000000002</v></c><c r="B1" t="n"><v>-1.5E-7</v></c><c r="C1"><v> 12 </v></c><c r="D1"><v>.5</v></c><c r="E1"><v>1e308</v></c></row>`,
		want: "A1 number \"0.65000000000000002\"\nB1 number \"-1.5E-7\"\nC1 number \"12\"\nD1 number \".5\"\nE1 number \"1e308\"\n"},
	{name: "formats", rows: `<row r="1"><c r="A1" s="1"><v>45291</v></c><c r="B1" s="2"><v>0.945</v></c></row>`,
		want: "A1 date \"45291\" as dd/mm/yyyy\nB1 number \"0.945\" as 0.00%\n"},
	{name: "legacy fonts", rows: `<row r="1"><c r="A1" s="3" t="inlineStr"><is><t>Hå s¬</t></is></c><c r="B1" s="4" t="inlineStr"><is><t>Hoà sô</t></is></c></row>`,
		want: "A1 text \"Hå s¬\" TCVN3\nB1 text \"Hoà sô\" VNI\n"},
	{name: "a run in a legacy font", rows: `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`,
		parts: parts{stringsPart: `<sst ` + mainSpace + `><si><r><t xml:space="preserve">1. </t></r><r><rPr><rFont val=".VnArial"/></rPr><t>Hå s¬</t></r></si></sst>`},
		want:  "A1 text \"1. Hå s¬\" TCVN3 in-parts\n"},
	{name: "booleans and errors", rows: `<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>false</v></c><c r="C1" t="e"><v>#DIV/0!</v></c><c r="D1" t="e"><v>Err:508</v></c></row>`,
		want: "A1 bool \"1\"\nB1 bool \"0\"\nC1 error \"#DIV/0!\"\nD1 error \"Err:508\"\n"},
	{name: "ISO dates", rows: `<row r="1"><c r="A1" t="d"><v>2023-12-31</v></c><c r="B1" t="d"><v>2023-12-31T17:30:00.25Z</v></c></row>`,
		want: "A1 date \"2023-12-31\"\nB1 date \"2023-12-31T17:30:00.25Z\"\n"},
	{name: "1904", rows: `<row r="1"><c r="A1" s="1"><v>0</v></c></row>`,
		parts: parts{bookPart: `<workbook ` + mainSpace + ` ` + relSpace + `><workbookPr date1904="true"/><sheets><sheet name="Sheet1" r:id="rId1"/></sheets></workbook>`},
		want:  "sheet \"Sheet1\" 1904\nA1 date \"0\" as dd/mm/yyyy\n"},

	// Formulas.
	{name: "formulas", rows: `<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1</f><v>2</v></c><c r="C1" t="str"><f>""</f><v></v></c></row><row r="2"><c r="B2"><f t="shared" si="0"/><v>3</v></c><c r="C2" t="str"><f>"a"</f><v>a</v></c></row>`,
		want: "A1 number \"2\" calculated\nB1 number \"2\" calculated\nC1 text \"\" calculated\nB2 number \"3\" calculated\nC2 text \"a\" calculated\n"},
	{name: "formulas without results", rows: `<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v></v></c><c r="C1"><f>1+1</f><v/></c><c r="D1" t="str"><f>"a"</f></c></row>`,
		want: "A1 blank uncalculated\nB1 blank uncalculated\nC1 blank uncalculated\nD1 blank uncalculated\n"},
	{name: "results of another program", rows: `<row r="1"><c r="A1"><f>1</f></c><c r="B1"><f>A1</f><v>0</v></c></row>`,
		parts: parts{bookPart: `<workbook ` + mainSpace + ` ` + relSpace + `><sheets><sheet name="Sheet1" r:id="rId1"/></sheets><calcPr fullCalcOnLoad="1"/></workbook>`},
		want:  "A1 blank uncalculated\nB1 number \"0\" calculated\n"},
	{name: "formulas of what is shown", rows: `<row r="1"><c r="A1"><f>SUBTOTAL(9,B1:B2)</f><v>2</v></c><c r="B1"><f>1+_xlfn.AGGREGATE (9,5,B1:B2)</f><v>2</v></c><c r="C1"><f>MYSUBTOTAL(1)</f><v>2</v></c><c r="D1"><f>subtotal</f><v>2</v></c></row>` +
		`<row r="2"><c r="A2"><f t="shared" si="3" ref="A2:B2">SubTotal(109,B1:B2)/1000</f><v>3</v></c><c r="B2"><f t="shared" si="3"/><v>4</v></c><c r="C2"><f t="shared" si="4"/><v>5</v></c></row>`,
		want: "A1 number \"2\" of-visible-rows\nB1 number \"2\" of-visible-rows\nC1 number \"2\" calculated\nD1 number \"2\" calculated\nA2 number \"3\" of-visible-rows\nB2 number \"4\" of-visible-rows\nC2 number \"5\" calculated\n"},

	// Texts in parts.
	{name: "a footnote mark", rows: `<row r="1"><c r="A1" t="inlineStr"><is><r><t>64</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></is></c><c r="B1" t="s"><v>0</v></c></row>`,
		parts: parts{stringsPart: `<sst ` + mainSpace + `><si><r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r><r><t>65</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>(10)</t></r></si></sst>`},
		want:  "A1 text \"64¹\" raised\nB1 text \"₂65⁽¹⁰⁾\" raised\n"},
	{name: "raised as a whole", rows: `<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><vertAlign val="superscript"/></rPr><t>64</t></r><r><t xml:space="preserve"> </t></r></is></c></row>`,
		want: "A1 text \"64 \"\n"},
	{name: "runs that look as their cell does", rows: `<row r="1"><c r="A1" t="s" s="1"><v>0</v></c><c r="B1" t="s" s="2"><v>0</v></c><c r="C1" t="s" s="1"><v>1</v></c>` +
		`<c r="D1" t="inlineStr" s="1"><is><r><t>64</t></r><r><rPr><rFont val="Calibri"/><sz val="11.0"/><color theme="1"/></rPr><t>0</t></r></is></c>` +
		`<c r="E1" t="inlineStr" s="1"><is><r><rPr><b/><sz val="11"/></rPr><t>64</t></r><r><rPr><sz val="11"/><b val="1"/><vertAlign val="baseline"/></rPr><t>0</t></r></is></c>` +
		`<c r="F1" t="inlineStr" s="1"><is><r><t>6</t></r><r><rPr><sz val="11"/><rFont val="Calibri"/></rPr><t>4</t></r><r><rPr><sz val="1"/><rFont val="Calibri"/></rPr><t>0</t></r></is></c></row>`,
		parts: parts{stringsPart: `<sst ` + mainSpace + `><si><r><rPr><sz val="11"/><rFont val="Calibri"/></rPr><t>64</t></r><r><t>0</t></r></si><si><r><t>64</t></r><r><rPr><b/><sz val="11"/><rFont val="Calibri"/></rPr><t>0</t></r></si></sst>`,
			stylesPart: `<styleSheet ` + mainSpace + `><fonts><font/><font><name val="Calibri"/><family val="2"/><sz val="11"/><color theme="1"/></font><font><sz val="14"/><name val="Calibri"/></font></fonts><cellXfs><xf/><xf fontId="1"/><xf fontId="2"/></cellXfs></styleSheet>`},
		want: "A1 text \"640\"\nB1 text \"640\" in-parts\nC1 text \"640\" in-parts\nD1 text \"640\"\nE1 text \"640\"\nF1 text \"640\" in-parts\n"},
	{name: "a number format twice, of the same figures", rows: `<row r="1"><c r="A1" s="1"><v>1</v></c></row>`,
		parts: parts{stylesPart: `<styleSheet ` + mainSpace + `><numFmts><numFmt numFmtId="170" formatCode="0"/><numFmt numFmtId="171" formatCode="0%"/><numFmt numFmtId="170" formatCode="#,##0"/><numFmt numFmtId="171" formatCode="0"/></numFmts><cellXfs><xf/><xf numFmtId="170"/></cellXfs></styleSheet>`},
		want:  "A1 number \"1\" as #,##0\n"},
	{name: "white on white", rows: `<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" s="2"><v>2</v></c><c r="C1" s="3"><v>3</v></c><c r="D1" s="4"><v>4</v></c><c r="E1" s="5"><v>5</v></c><c r="F1" s="6"><v>6</v></c><c r="G1" s="7"><v>7</v></c><c r="H1" s="8"><v>8</v></c></row>`,
		parts: parts{stylesPart: `<styleSheet ` + mainSpace + `><fonts><font/><font><color rgb="FFFFFFFF"/></font><font><color theme="0"/></font><font><color theme="0" tint="-0.35"/></font><font><color indexed="9"/></font><font><color rgb="FF0070C0"/></font></fonts>` +
			`<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF0070C0"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor indexed="9"/></patternFill></fill><fill><gradientFill/></fill></fills>` +
			`<cellXfs><xf/><xf fontId="1"/><xf fontId="1" fillId="1"/><xf fontId="2" fillId="0"/><xf fontId="3"/><xf fontId="4" fillId="2"/><xf fontId="4" fillId="3"/><xf fontId="0" fillId="1"/><xf fontId="5" fillId="1"/></cellXfs></styleSheet>`},
		want: "A1 number \"1\" white\nB1 number \"2\"\nC1 number \"3\" white\nD1 number \"4\"\nE1 number \"5\" white\nF1 number \"6\"\nG1 number \"7\"\nH1 number \"8\" white\n"},
	{name: "struck out", rows: `<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><strike/></rPr><t>60</t></r><r><t>65</t></r></is></c><c r="B1" t="inlineStr"><is><r><rPr><strike val="0"/></rPr><t>60</t></r><r><t>65</t></r></is></c><c r="C1" s="1"><v>65</v></c></row>`,
		parts: parts{stylesPart: `<styleSheet ` + mainSpace + `><fonts><font/><font><strike/><name val="Calibri"/></font></fonts><cellXfs><xf/><xf fontId="1"/></cellXfs></styleSheet>`},
		want:  "A1 text \"6065\" struck-out\nB1 text \"6065\"\nC1 number \"65\" struck-out\n"},
	{name: "runs that look alike and runs that do not", rows: `<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><b val="0"/><sz val="11"/></rPr><t>6</t></r><r><rPr><sz val="11"/><family val="2"/></rPr><t>5</t></r></is></c><c r="B1" t="inlineStr"><is><r><rPr><sz val="11"/></rPr><t>6</t></r><r><rPr><sz val="8"/></rPr><t>5</t></r></is></c></row>`,
		want: "A1 text \"65\"\nB1 text \"65\" in-parts\n"},

	// Several versions.
	{name: "versions of rows and cells", rows: alternate(`<row r="1"><c r="A1"><v>1</v></c></row>`, `<row r="1"><c r="A1"><v>65</v></c></row>`) +
		`<row r="2"><c r="A2"><v>66</v></c>` + alternate(``, `<c r="B2"><v>67</v></c><c r="C2"/>`) + `<c r="D2">` + alternate(`<v>1</v>`, `<v>68</v>`) + `</c></row>` + alternate(``, ``) +
		`<row r="3"><c r="A3"><v>69</v></c></row>`,
		want: "A1 number \"65\"\nA2 number \"66\"\nB2 number \"67\"\nD2 number \"68\"\nA3 number \"69\"\n",
		warn: oddVersionsOf(sheetPart)},
	{name: "versions inside versions", rows: alternate(`<row r="1"/>`, alternate(`<row r="1"/>`, `<row r="1"><c r="A1"><v>65</v></c></row>`)+`<row r="2"><c r="A2"><v>66</v></c></row>`),
		want: "A1 number \"65\"\nA2 number \"66\"\n",
		warn: oddVersionsOf(sheetPart)},
	{name: "versions of cell formats", rows: `<row r="1"><c r="A1" s="1"><v>0.65</v></c></row>`,
		parts: parts{stylesPart: `<styleSheet ` + mainSpace + `><cellXfs><xf/>` + alternate(`<xf numFmtId="0"/>`, `<xf numFmtId="9"/>`) + `<xf numFmtId="14"/></cellXfs></styleSheet>`},
		want:  "A1 number \"0.65\" as 0%\n",
		warn:  oddVersionsOf(stylesPart)},
	{name: "a version that is understood", rows: `<row r="1"><c r="A1">` + strings.Replace(alternate(`<m:v>65</m:v>`, `<v>1</v>`), `Requires="x"`, `xmlns:m="http://schemas.openxmlformats.org/spreadsheetml/2006/main" Requires="m"`, 1) + `</c></row>`,
		want: "A1 number \"65\"\n",
		warn: oddVersionsOf(sheetPart)},
	{name: "versions of what is not read", parts: parts{
		sheetPart: `<worksheet ` + mainSpace + `><sheetData/>` + strings.Replace(alternate(`<controls/>`, ``), `<mc:Fallback></mc:Fallback>`, ``, 1) + `<extLst><ext><x:row xmlns:x="urn:x"/></ext></extLst></worksheet>`},
		want: ""},

	// What is odd.
	{name: "strict seconds and durations", rows: `<row r="1"><c r="A1" t="d"><v>2009-01-01T11:00:00.00000020954757600</v></c><c r="B1" t="d"><v>PT24H0M0.000S</v></c><c r="C1" t="d"><v>P1Y2M3DT4.5S</v></c></row>`,
		want: "A1 date \"2009-01-01T11:00:00.00000020954757600\"\nB1 date \"PT24H0M0.000S\"\nC1 date \"P1Y2M3DT4.5S\"\n"},
	{name: "a string index that is empty", rows: `<row r="1"><c r="A1" t="s"><v/></c><c r="B1"><v>1</v></c><c r="C1" t="s"><f>1</f><v/></c></row>`,
		want: "B1 number \"1\"\nC1 blank uncalculated\n",
		warn: `test.xlsx:'Sheet1'!A1: the cell refers to no text of the string table: it is read as blank [odd-file]`},
	{name: "addresses in small letters", rows: `<row r="1"><c r="a1"><v>1</v></c><c r="ab1"><v>2</v></c></row>`,
		want: "A1 number \"1\"\nAB1 number \"2\"\n",
		warn: `test.xlsx:'Sheet1'!A1: the address "a1" is not written in capitals; it is read all the same [odd-file]`},
	{name: "a string table that is absent and not needed", rows: `<row r="1"><c r="A1"><v>1</v></c></row>`, parts: parts{stringsPart: ""},
		want: "A1 number \"1\"\n"},
	{name: "merged columns and rows", parts: parts{sheetPart: `<worksheet ` + mainSpace + `><sheetData/><mergeCells><mergeCell ref="A:B"/><mergeCell ref="3:4"/></mergeCells></worksheet>`},
		want: "merge A1:B1048576\nmerge A3:XFD4\n"},
	{name: "inline texts with values", rows: `<row r="1"><c r="A1" t="inlineStr"><v>1.0</v><is><t>text</t></is></c><c r="B1" t="inlineStr"><is><t>64</t></is><v>64</v></c><c r="C1" t="inlineStr"><v>a_x0041_</v></c></row>`,
		want: "A1 text \"text\"\nB1 text \"64\"\nC1 text \"aA\"\n",
		warn: `test.xlsx:'Sheet1'!A1: the cell's text does not stand where its type says, as some programs write it: it is read all the same [odd-file]`},
	{name: "an empty style index", rows: `<row r="1"><c r="A1" s=""><v>1</v></c></row>`,
		want: "A1 number \"1\"\n",
		warn: `test.xlsx:'Sheet1'!A1: the cell names no style where one should stand (s=""): it is read as without one [odd-file]`},
	{name: "fonts that are not there", rows: `<row r="1"><c r="A1" s="0"><v>1</v></c><c r="B1" s="1"><v>0.5</v></c></row>`,
		parts: parts{stylesPart: `<styleSheet ` + mainSpace + `><fonts><font/></fonts><cellXfs><xf fontId="1"/><xf fontId="4294934528" numFmtId="9"/></cellXfs></styleSheet>`},
		want:  "A1 number \"1\"\nB1 number \"0.5\" as 0%\n",
		warn:  `test.xlsx: the part "xl/styles.xml" refers to a font that it does not hold: cells are read as without one [odd-file]`},
	{name: "styles that are absent", rows: `<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="3" t="inlineStr"><is><t>a</t></is></c></row>`, parts: parts{stylesPart: ""},
		want: "A1 number \"1\"\nB1 text \"a\"\n",
		warn: `test.xlsx: the part "xl/styles.xml" with the styles is not in the file: cells are read as without a format [odd-file]`},
	{name: "a macro module", rows: `<row r="1"><c r="A1"><v>1</v></c></row>`,
		parts: parts{bookPart: `<workbook ` + mainSpace + ` ` + relSpace + `><sheets><sheet name="Sheet1" r:id="rId1"/><sheet name="Module1" state="veryHidden" r:id=""/></sheets></workbook>`},
		want:  "A1 number \"1\"\nsheet \"Module1\" veryHidden\n",
		warn:  `test.xlsx:'Module1': the workbook lists the sheet without any content, as it does macro modules: nothing is read of it [odd-file]`},
	{name: "UTF-16", parts: parts{sheetPart: "\xff\xfe" + wide(strings.Replace(sheet(`<row r="1"><c r="A1" t="inlineStr"><is><t>Hồ sơ 😀</t></is></c></row>`), "UTF-8", "UTF-16", 1))},
		want: "A1 text \"Hồ sơ 😀\"\n"},

	// Texts.
	{name: "shared strings", rows: `<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>`, texts: []string{"một", "hai"},
		want: "A1 text \"hai\"\nB1 text \"một\"\n"},
	{name: "runs and phonetic runs", rows: `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></is></c></row>`,
		parts: parts{stringsPart: `<sst ` + mainSpace + `><si><r><t>課</t></r><r><t>長</t></r><rPh sb="0" eb="2"><t>カチョウ</t></rPh><phoneticPr fontId="1"/></si></sst>`},
		want:  "A1 text \"課長\"\nB1 text \"ab\" in-parts\n"},
	{name: "entities, CDATA and comments", rows: `<row r="1"><c r="A1" t="inlineStr"><is><t>&lt;a&gt;&amp;&#x110;&#273;<![CDATA[<b>&amp;]]><!-- no -->c</t></is></c><c r="B1"><v>1<!-- -->2<![CDATA[3]]></v></c></row>`,
		want: "A1 text \"<a>&Đđ<b>&amp;c\"\nB1 number \"123\"\n"},
	{name: "escapes", rows: `<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D_b_x005F_x000D__xD83D__xDE00__x00e9_ _xZZZZ_ _x41_</t></is></c><c r="B1" t="str"><v>_x0041_</v></c></row>`,
		want: "A1 text \"a\\rb_x000D_😀é _xZZZZ_ _x41_\"\nB1 text \"A\"\n"},
	{name: "half a surrogate pair", rows: `<row r="1"><c r="A1" t="inlineStr"><is><t>_xD83D_x_xDE00_</t></is></c></row>`,
		want: "A1 text \"\ufffdx\ufffd\"\n"},
	{name: "white space", rows: `<row r="1"><c r="A1" t="inlineStr"><is><t> a </t></is></c><c r="B1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c><c r="C1" t="inlineStr"><is xml:space="preserve"><t> a </t></is></c></row>`,
		want: "A1 text \"a\"\nB1 text \" a \"\nC1 text \" a \"\n"},
	{name: "line ends", rows: "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a\r\nb\rc\nd</t></is></c></row>",
		want: "A1 text \"a\\nb\\nc\\nd\"\n"},
	{name: "empty texts", rows: `<row r="1"><c r="A1" t="inlineStr"><is/></c><c r="B1" t="inlineStr"><is><t/></is></c><c r="C1" t="s"><v>0</v></c></row>`, texts: []string{""},
		want: "A1 text \"\"\nB1 text \"\"\nC1 text \"\"\n"},

	// Places.
	{name: "implied places", rows: `<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>`,
		want: "A1 number \"1\"\nB1 number \"2\"\nC5 number \"3\"\nD5 number \"4\"\nA6 number \"5\"\n"},
	{name: "the last cell", rows: `<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`,
		want: "XFD1048576 number \"1\"\n"},
	{name: "blank cells", rows: `<row r="1"><c r="A1" s="1"/><c r="B1" t="s"/><c r="C1"><v/></c></row><row r="2"/>`, want: ""},
	{name: "hidden rows", rows: `<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2" ht="0" customHeight="1"><c r="A2"><v>1</v></c></row><row r="3" hidden="false" ht="0.5"><c r="A3"><v>1</v></c></row>`,
		want: "A1 number \"1\" hidden\nA2 number \"1\" hidden\nA3 number \"1\"\n"},
	{name: "hidden columns and merges", parts: parts{sheetPart: `<worksheet ` + mainSpace + `><cols><col min="1" max="1" width="9"/><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0" customWidth="1"/></cols><sheetData/><mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="XFD1048576"/></mergeCells></worksheet>`},
		want: "merge A1:B2\nmerge XFD1048576\nhidden B:C\nhidden E:E\n"},

	// Writers.
	{name: "prefixes", parts: parts{
		sheetPart:   `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
		stringsPart: `<x:sst xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:si><x:t>a</x:t></x:si></x:sst>`,
		bookPart:    `<x:workbook xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:rel="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><x:sheets><x:sheet name="Sheet1" rel:id="rId1"/></x:sheets></x:workbook>`},
		want: "A1 text \"a\"\n"},
	{name: "prefixes that change", parts: parts{sheetPart: `<worksheet ` + mainSpace + `><other xmlns="urn:other"><a:sheetPr xmlns:a="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="1"/></other>` +
		`<s:sheetData xmlns:s="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><s:row xmlns="urn:other" r="1"><other><v>9</v></other><s:c r="A1"><s:v>1</s:v></s:c></s:row></s:sheetData></worksheet>`},
		want: "A1 number \"1\"\n"},
	{name: "foreign elements", rows: `<x:note xmlns:x="urn:x" r="1"><x:c r="A1"/></x:note><row r="1" xmlns:x="urn:x"><x:note r="A1"/><c r="A1"><x:note>9</x:note><v>1</v><extLst><ext><x:v>8</x:v></ext></extLst></c><extLst/></row>`,
		want: "A1 number \"1\"\n"},
	{name: "strict form", parts: parts{
		sheetPart: `<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`,
		bookPart:  `<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships" conformance="strict"><sheets><sheet name="Sheet1" r:id="rId1"/></sheets></workbook>`,
		bookRels:  strings.ReplaceAll(relations("rId1 worksheet worksheets/sheet1.xml"), relType, "http://purl.oclc.org/ooxml/officeDocument/relationships/"),
		rootRels:  strings.ReplaceAll(relations("rId1 officeDocument /xl/workbook.xml"), relType, "http://purl.oclc.org/ooxml/officeDocument/relationships/")},
		want: "A1 number \"1\"\n"},
	{name: "unusual places of parts", parts: parts{
		typesPart: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="book" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		rootRels:  relations("rId1 officeDocument ./a/../content/my.book"), bookPart: "", bookRels: "", sheetPart: "",
		"content/my.book":            `<workbook ` + mainSpace + ` ` + relSpace + `><sheets><sheet name="Sheet1" r:id="a"/></sheets></workbook>`,
		"content/_rels/my.book.rels": relations("a worksheet /data/B%E1%BA%A3ng%201.XML"),
		"Data/B\u1ea3ng 1.xml":       sheet(`<row r="1"><c r="A1"><v>1</v></c></row>`)},
		want: "A1 number \"1\"\n"},
	{name: "byte order mark", parts: parts{sheetPart: "\xef\xbb\xbf" + sheet(`<row r="1"><c r="A1"><v>1</v></c></row>`)},
		want: "A1 number \"1\"\n"},
	{name: "white space, comments, apostrophes and instructions", parts: parts{sheetPart: "<?xml version='1.0'?>\n<!-- a - b -->\n<?mso-application progid=\"Excel.Sheet\"?>\n<worksheet\n xmlns = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main' >\n<sheetData >\n <row r = '1'\t>\n  <c r='A1'\n><v\n>1</v ></c >\n </row>\n</sheetData>\n</worksheet>\n<!-- c -->\n"},
		want: "A1 number \"1\"\n"},
	{name: "backslashes", parts: parts{sheetPart: "", `xl\worksheets\sheet1.xml`: sheet(`<row r="1"><c r="A1"><v>1</v></c></row>`)},
		want: "A1 number \"1\"\n",
		warn: `test.xlsx: the names of the parts are not written as the standard says; they are read all the same [odd-file]`},
	{name: "hidden sheets and a chart", parts: parts{
		bookPart:                   `<workbook ` + mainSpace + ` ` + relSpace + `><sheets><sheet name="Quý &amp; 1" state="hidden" r:id="rId1"/><sheet name="V" state="veryHidden" r:id="rId2"/><sheet name="C" r:id="rId3"/></sheets></workbook>`,
		bookRels:                   relations("rId1 worksheet worksheets/sheet1.xml", "rId2 worksheet worksheets/sheet2.xml", "rId3 chartsheet chartsheets/sheet1.xml"),
		"xl/worksheets/sheet2.xml": sheet(`<row r="1"><c r="A1"><v>1</v></c></row>`), "xl/chartsheets/sheet1.xml": "<not read"},
		want: "sheet \"Quý & 1\" hidden\nsheet \"V\" veryHidden\nA1 number \"1\"\nsheet \"C\"\n"},
	{name: "links", rows: `<row r="1"><c r="A1"><f>[1]Sheet1!A1</f><v>7</v></c></row>`,
		parts: parts{bookRels: relations("rId1 worksheet worksheets/sheet1.xml", "rId2 externalLink externalLinks/externalLink1.xml", "rId3 connections connections.xml")},
		want:  "A1 number \"7\" calculated\n",
		warn:  `test.xlsx: the workbook links to 2 other workbooks, programs (DDE) or data sources; no link is followed, the stored values are read [external-link]`},
	{name: "macros", parts: parts{"xl/vbaProject.bin": "\xd0\xcf\x11\xe0", sheetPart: sheet(`<row r="1"><c r="A1"><v>1</v></c></row>`),
		typesPart: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>`},
		want: "A1 number \"1\"\n"},
	{name: "no styles and no strings", rows: `<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="0"><v>2</v></c></row>`,
		parts: parts{stylesPart: "", stringsPart: "", bookRels: relations("rId1 worksheet worksheets/sheet1.xml")},
		want:  "A1 number \"1\"\nB1 number \"2\"\n"},
}

// alternate is content in two versions: for programs that know x, and for all.
func alternate(choice, fallback string) string {
	return `<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x="urn:x"> <mc:Choice Requires="x">` +
		choice + `</mc:Choice><mc:Fallback>` + fallback + `</mc:Fallback></mc:AlternateContent>`
}

func oddVersionsOf(part string) string {
	return fmt.Sprintf("test.xlsx: the part %q is written in several versions for different programs (mc:AlternateContent), which may show different figures; "+
		"the version for all programs is read: open the file in a spreadsheet program, check it, and save it again [odd-file]", part)
}

// wide is a text in UTF-16, little end first.
func wide(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = le.AppendUint16(b, u)
	}
	return string(b)
}

func TestReadRightly(t *testing.T) {
	for _, o := range odds {
		t.Run(o.name, func(t *testing.T) {
			f, err := openBytes(o.zip(t))
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			for i := range f.Sheets {
				if err := readSheet(&out, f, i); err != nil {
					t.Fatal(err)
				}
			}
			want := o.want
			if !strings.HasPrefix(want, "sheet") {
				want = "sheet \"Sheet1\"\n" + want
			}
			if diff := cmp.Diff(want, out.String()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			var warnings []string
			for _, d := range f.Warnings {
				warnings = append(warnings, d.In(lang.EN))
			}
			if diff := cmp.Diff(o.warn, strings.Join(warnings, "\n")); diff != "" {
				t.Errorf("warnings: -want +got:\n%s", diff)
			}
		})
	}
}

func (o odd) zip(t testing.TB) []byte { return soundParts(o.rows, o.texts...).with(o.parts).zip(t) }

// TestReadableZip reads containers that are unusual and sound.
func TestReadableZip(t *testing.T) {
	b := soundParts(`<row r="1"><c r="A1"><v>65</v></c></row>`).zip(t)
	commented := append(bytes.Clone(b), "a comment"...)
	le.PutUint16(commented[len(b)-2:], uint16(len("a comment")))
	for _, tt := range []struct {
		name  string
		bytes []byte
		warn  string
	}{
		{"zip64", zip64(b), ""},
		{"a comment", commented, ""},
		{"more behind the end", append(bytes.Clone(b), "<html>"...),
			"test.xlsx: 6 bytes stand behind the end of the workbook; they are not read [odd-file]"},
		{"much more behind the end", append(bytes.Clone(b), bytes.Repeat([]byte("PK\x05\x06"), 1000)...),
			"test.xlsx: 4000 bytes stand behind the end of the workbook; they are not read [odd-file]"},
	} {
		f, err := openBytes(tt.bytes)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var out strings.Builder
		if err := readSheet(&out, f, 0); err != nil || out.String() != "sheet \"Sheet1\"\nA1 number \"65\"\n" {
			t.Errorf("%s: %q, %v", tt.name, &out, err)
		}
		var warnings []string
		for _, d := range f.Warnings {
			warnings = append(warnings, d.In(lang.EN))
		}
		if got := strings.Join(warnings, "\n"); got != tt.warn {
			t.Errorf("%s: warns %q, want %q", tt.name, got, tt.warn)
		}
	}
}

// TestRowTags reads rows whose tags have many lengths and attributes, as they
// are read in place and as the general reader reads them.
func TestRowTags(t *testing.T) {
	const cells = `<c r="A7"><v>1</v></c></row>`
	end := "<!--" + strings.Repeat(" ", longestRowTag) + "-->"
	for _, attributes := range []string{``, ` s="1" customFormat="1"`, ` ht="15.75" customHeight="1"`, ` ht="0"`, ` ht="0.75"`, ` ht="1" ht="1"`,
		` hidden="1"`, ` x14ac:dyDescent="0.25" hidden="true"`, ` customHeight="1" x14ac:dyDescent="0.25"`, ` s="1`, ` s=1`, ` r="8"`, ` spans="1" spans="2"`} {
		for n := 0; n < longestRowTag+20; n++ {
			if n == 4 {
				n = lastRowAttribute - 60
			}
			tag := `<row r="7" spans="` + strings.Repeat("1", n) + `"` + attributes + `>`
			says := func(tag string) string { return parcheckSays(soundParts(tag+cells+end).zipWith(t, zip.Store)) }
			if got, want := says(tag), says(strings.Replace(tag, `"7"`, `'7'`, 1)); got != want {
				t.Fatalf("%s: %s\nwith single quotes: %s", tag, got, want)
			}
		}
	}
}

// zip64 writes the end of a zip file as for one that is larger than 4 GiB.
func zip64(b []byte) []byte {
	at := len(b) - endSize
	end := make([]byte, end64Size+locatorSize)
	copy(end, "PK\x06\x06")
	le.PutUint64(end[4:], end64Size-12)
	le.PutUint64(end[24:], uint64(le.Uint16(b[at+8:])))
	le.PutUint64(end[32:], uint64(le.Uint16(b[at+10:])))
	le.PutUint64(end[40:], uint64(le.Uint32(b[at+12:])))
	le.PutUint64(end[48:], uint64(le.Uint32(b[at+16:])))
	copy(end[end64Size:], "PK\x06\x07")
	le.PutUint64(end[end64Size+8:], uint64(at))
	le.PutUint32(end[end64Size+16:], 1)
	out := slices.Concat(b[:at], end, b[at:])
	last := out[len(out)-endSize:]
	for i := 8; i < 20; i++ {
		last[i] = 0xff
	}
	return out
}

func TestDatesAndDurations(t *testing.T) {
	for s, want := range map[string]bool{
		"2023-12-31": true, "2023-12-31T17:30": true, "2009-01-01T11:00:00.00000020954757600": true, "17:30:00": true, "2023-12-31T17:30:00Z": true,
		"PT24H0M0.000S": true, "P1Y2M3DT4H5M6S": true, "P2M": true, "PT2M": true, "P1DT0.5S": true,
		"P": false, "PT": false, "P1DT": false, "P1": false, "P1H": false, "PT1D": false, "P1M1Y": false, "PT1S1H": false, "PT1ST1H": false, "P1.5D": false,
		"PT.5S": false, "PT1.5.5S": false, "P-1D": false, "31/12/2023": false, "2023-12-31T17:30:00.": false, "2023-1-1": false, "P" + strings.Repeat("1", maxNumber) + "Y": false,
	} {
		if got := validISODate([]byte(s)); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}
