package ods_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/cell"
)

const (
	saveAgain = ": open the file in a spreadsheet program, check it, and save it as .xlsx [unreadable]"
	askAgain  = ": the file is damaged: ask the sender for it again [unreadable]"
	splitUp   = ": remove what is not needed or split the workbook, and save it as .xlsx [unreadable]"
)

// cells are rows and what is read of them.
var cells = []struct {
	what, rows string
	want       []string
}{
	{"numbers", row(num("1") + num("-0.5") + num("1.5E+20") + num("0.65000000000000002")), []string{"A1=1 # | B1=-0.5 # | C1=1.5E+20 # | D1=0.65000000000000002 #"}},
	{"texts", row(str("a") + str("007") + str("x &amp; y")), []string{"A1=a | B1=007 | C1=x & y"}},
	{"blanks in texts", row(str(" a  b\n<text:s text:c=\"2\"/>c<text:tab/>d<text:line-break/>e ") + str("a</text:p><text:p>b")), []string{"A1=a b   c⇥d⏎e  | B1=a⏎b"}},
	{"a text of its attribute", row(`<table:table-cell office:value-type="string" office:string-value="007"><text:p>7</text:p></table:table-cell>`), []string{"A1=007"}},
	{"a text without a type", row(`<table:table-cell><text:p>12</text:p></table:table-cell>`), []string{"A1=12"}},
	{"shares and money", row(`<table:table-cell office:value-type="percentage" office:value="0.65"/><table:table-cell office:value-type="currency" office:currency="VND" office:value="5"/>`),
		[]string{"A1=0.65 # {0%} | B1=5 #"}},
	{"dates", row(`<table:table-cell office:value-type="date" office:date-value="2024-02-29"/><table:table-cell office:value-type="date" office:date-value="2024-01-05T10:30:00.5"/>` +
		`<table:table-cell office:value-type="date" office:date-value="1899-12-30T12:00:00"/>`), []string{"A1=45351 date {m/d/yyyy} | B1=45296.437505787037037 date {m/d/yyyy} | C1=0.5 date {m/d/yyyy}"}},
	{"times", row(`<table:table-cell office:value-type="time" office:time-value="PT10H30M00S"/><table:table-cell office:value-type="time" office:time-value="-PT36H"/>` +
		`<table:table-cell office:value-type="time" office:time-value="PT00H00M01.5S"/>`), []string{"A1=0.4375 date {[h]:mm:ss} | B1=-1.5 date {[h]:mm:ss} | C1=0.000017361111111 date {[h]:mm:ss}"}},
	{"booleans", row(`<table:table-cell office:value-type="boolean" office:boolean-value="true"/><table:table-cell office:value-type="boolean" office:boolean-value="false"/>` +
		`<table:table-cell table:formula="of:=TRUE()" office:value-type="float" office:value="1"><text:p>TRUE</text:p></table:table-cell>`), []string{"A1=1 bool | B1=0 bool | C1==1 bool"}},
	{"formulas", row(`<table:table-cell table:formula="of:=1+2" office:value-type="float" office:value="3"/><table:table-cell table:formula="of:=SUBTOTAL(9;[.A1:.A2])" office:value-type="float" office:value="3"/>` +
		`<table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""/><table:table-cell table:formula="of:=A9"/><table:table-cell table:formula="of:=&quot;&quot;"><text:p/></table:table-cell>`),
		[]string{"A1==3 # | B1==visible 3 # | C1== | D1==?  blank | E1=="}},
	{"errors", row(`<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>` +
		`<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>#REF!</text:p></table:table-cell>` + str("#REF!")), []string{"A1==#DIV/0! error | B1==#REF! error | C1=#REF!"}},
	{"blank cells", row(`<table:table-cell/><table:table-cell office:value-type="string"/><table:table-cell office:value-type="string"><text:p/></table:table-cell>` + num("1")), []string{"D1=1 #"}},
	{"notes and drawings", row(`<table:table-cell office:value-type="float" office:value="6"><office:annotation><text:p>7</text:p></office:annotation><draw:frame><text:p>8</text:p></draw:frame><text:p>6<office:annotation><text:p>9</text:p></office:annotation></text:p></table:table-cell>`),
		[]string{"A1=6 #"}},
	{"unknown elements in texts", row(str(`6<foreign:x>5</foreign:x>`) + `<table:table-cell office:value-type="float" office:value="6"><foreign:x/><table:detective/><text:p>6</text:p></table:table-cell>`), []string{"A1=65 | B1=6 #"}},
	{"a style that is not defined", row(`<table:table-cell table:style-name="ce1" office:value-type="float" office:value="1"/><table:table-cell table:style-name="ce1" office:value-type="float" office:value="1"/>` +
		`<table:table-cell table:style-name="ce2" office:value-type="string"><text:p>a</text:p></table:table-cell><table:table-cell table:style-name="Default" office:value-type="float" office:value="1"/>`),
		[]string{"A1=1 # | B1=1 # | C1=a | D1=1 #", "f.ods:'S'!A1: the cell has the style \"ce1\", which the file does not define: how its number is shown is not known; open and save the file in a spreadsheet program [odd-file]"}},
	{"links", row(str(`65<text:a>1</text:a>`) + str(`<text:a>65</text:a>`) + str(`<text:span>a</text:span>`)), []string{"A1=651 ~link | B1=65 | C1=a"}},

	{"repeated cells", row(`<table:table-cell table:number-columns-repeated="3" office:value-type="string"><text:p>a</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"/>` + num("1")),
		[]string{"A1=a | B1=a | C1=a | F1=1 #"}},
	{"repeated rows", `<table:table-row table:number-rows-repeated="3">` + num("1") + `</table:table-row>` + row(num("2")), []string{"A1=1 #", "A2=1 #", "A3=1 #", "A4=2 #"}},
	{"blanks to the ends", row(num("1")+`<table:table-cell table:number-columns-repeated="16383"/>`) +
		`<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>` + row(num("2")), []string{"A1=1 #", "A1048576=2 #"}},
	{"blanks beyond the ends", row(num("1")+`<table:table-cell table:number-columns-repeated="2000000000"/>`) +
		`<table:table-row table:number-rows-repeated="2000000000"><table:table-cell/></table:table-row>`, []string{"A1=1 #"}},
	{"groups and headers", `<table:table-header-rows>` + row(num("1")) + `</table:table-header-rows><table:table-row-group>` + row(num("2")) + `<table:table-row-group table:display="false">` + row(num("3")) +
		`</table:table-row-group></table:table-row-group><table:table-rows>` + row(num("4")) + `</table:table-rows>`, []string{"A1=1 #", "A2=2 #", "A3=3 # (hidden)", "A4=4 #"}},
	{"hidden rows and columns", `<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column-group><table:table-column table:number-columns-repeated="2" table:visibility="filter"/></table:table-column-group>` +
		`<table:table-column table:number-columns-repeated="16380"/><table:table-row table:visibility="filter">` + num("1") + `</table:table-row><table:table-row table:visibility="collapse">` + num("2") + `</table:table-row>`,
		[]string{"A1=1 # (hidden)", "A2=2 # (hidden)", "hidden B:D"}},
	{"merged cells", row(`<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2" office:value-type="string"><text:p>a</text:p></table:table-cell><table:covered-table-cell office:value-type="float" office:value="5"/>`+num("1")) +
		row(`<table:covered-table-cell table:number-columns-repeated="2"/>`+num("2")), []string{"A1=a | B1=5 # | C1=1 #", "C2=2 #", "merge A1:B2"}},
	{"a merge in repeated rows", `<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-spanned="2"/><table:covered-table-cell/></table:table-row>`, []string{"merge A1:B1", "merge A2:B2"}},
	{"what stands beside the rows", `<table:title>t</table:title><office:forms/><table:shapes><draw:frame><text:p>x</text:p></draw:frame></table:shapes><text:soft-page-break/>` + row(num("1")) + `<calcext:conditional-formats><calcext:conditional-format/></calcext:conditional-formats><table:named-expressions/>`,
		[]string{"A1=1 #"}},
	{"a linked sheet", `<table:table-source/>` + row(num("1")), []string{"A1=1 #", "f.ods:'S': the sheet is linked to another file; no link is followed, the stored values are read [external-link]"}},
}

func TestCells(t *testing.T) {
	for _, c := range cells {
		got := strings.Split(strings.TrimSuffix(dump(file(t, one(c.rows)), cell.Limits{}), "\n"), "\n")
		if diff := cmp.Diff(append([]string{"[S]"}, c.want...), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}
}

// formats are data styles and the codes that they are read as.
var formats = []struct{ data, want string }{
	{`<number:number-style style:name="N"><number:number number:min-integer-digits="1"/></number:number-style>`, ""},
	{`<number:number-style style:name="N"><number:number number:decimal-places="2" number:min-integer-digits="1"/></number:number-style>`, "0.00"},
	{`<number:number-style style:name="N"><number:number number:decimal-places="3" number:min-decimal-places="1" number:min-integer-digits="1" number:grouping="true"/></number:number-style>`, "#,##0.0##"},
	{`<number:number-style style:name="N"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true" number:display-factor="1000000"/></number:number-style>`, "#,##0,,"},
	{`<number:number-style style:name="N"><number:number number:decimal-places="0" number:min-integer-digits="1"/><number:text>%</number:text></number:number-style>`, `0"%"`},
	{`<number:number-style style:name="N"><number:number number:decimal-places="1" number:min-integer-digits="1"/><number:text> tỷ "VND"</number:text></number:number-style>`, `0.0" tỷ "\""VND"\"`},
	{`<number:number-style style:name="N"><number:number number:decimal-places="0" number:min-integer-digits="5"/></number:number-style>`, "00000"},
	{`<number:number-style style:name="N"><number:number number:decimal-places="0" number:min-integer-digits="6"><number:embedded-text number:position="3">x</number:embedded-text></number:number></number:number-style>`, `000"x"000`},
	{`<number:number-style style:name="N"><number:scientific-number number:decimal-places="2" number:min-integer-digits="1" number:min-exponent-digits="2"/></number:number-style>`, "0.00E+00"},
	{`<number:number-style style:name="N"><number:fraction number:min-integer-digits="0" number:min-numerator-digits="1" number:min-denominator-digits="2"/></number:number-style>`, "# ?/??"},
	{`<number:number-style style:name="N"/>`, `""`},
	{`<number:number-style style:name="N"><number:text/></number:number-style>`, `""`},
	{`<number:percentage-style style:name="N"><number:number number:decimal-places="1" number:min-integer-digits="1"/><number:text> %</number:text></number:percentage-style>`, "0.0 %"},
	{`<number:currency-style style:name="N"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/><number:text> </number:text><number:currency-symbol>₫</number:currency-symbol></number:currency-style>`, `#,##0 "₫"`},
	{`<number:date-style style:name="N"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/><number:text> </number:text><number:hours/><number:text>:</number:text><number:minutes number:style="long"/></number:date-style>`, "dd/mm/yyyy h:mm"},
	{`<number:date-style style:name="N"><number:day-of-week number:style="long"/><number:text>, </number:text><number:month number:textual="true" number:style="long"/><number:year/></number:date-style>`, `dddd", "mmmmyy`},
	{`<number:time-style style:name="N" number:truncate-on-overflow="false"><number:hours/><number:text>:</number:text><number:minutes number:style="long"/><number:text>:</number:text><number:seconds number:style="long" number:decimal-places="1"/></number:time-style>`, "[h]:mm:ss.0"},
	{`<number:text-style style:name="N"><number:text-content/></number:text-style>`, "@"},
	{`<number:number-style style:name="P"><number:number number:decimal-places="0" number:min-integer-digits="1"/></number:number-style>` +
		`<number:number-style style:name="N"><style:text-properties fo:color="#ff0000"/><number:text>-</number:text><number:number number:decimal-places="0" number:min-integer-digits="1"/><style:map style:condition="value()&gt;=0" style:apply-style-name="P"/></number:number-style>`, "0;[Red]-0"},
	{`<number:number-style style:name="P"><number:text>-</number:text></number:number-style>` +
		`<number:percentage-style style:name="N"><number:number number:decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text><style:map style:condition="value()=0" style:apply-style-name="P"/></number:percentage-style>`, "[=0]-;0.0%"},
	{`<number:number-style style:name="N"><number:number number:decimal-places="0" number:min-integer-digits="1"/><style:map style:condition="is-true" style:apply-style-name="P"/><style:map style:condition="value()&lt;0" style:apply-style-name="none"/></number:number-style>`, "0"},
}

func TestDataStylesAreFormatCodes(t *testing.T) {
	for _, c := range formats {
		content := document(c.data+`<style:style style:name="c" style:family="table-cell" style:data-style-name="N"/>`,
			sheet("S", row(`<table:table-cell table:style-name="c" office:value-type="string"><text:p>x</text:p></table:table-cell>`)))
		want := "[S]\nA1=x"
		if c.want != "" {
			want += " {" + c.want + "}"
		}
		if got := dump(file(t, content), cell.Limits{}); got != want+"\n" {
			t.Errorf("%s\n got %swant %s", c.data, got, want)
		}
	}
}

// styled are styles, a sheet, and what is read.
func TestStylesOfCellsAndTexts(t *testing.T) {
	const (
		cellStyle = `<style:style style:name="%s" style:family="table-cell" style:parent-style-name="%s"%s><style:text-properties %s/></style:style>`
		textStyle = `<style:style style:name="%s" style:family="text"><style:text-properties %s/></style:style>`
		percent   = `<number:percentage-style style:name="N10"><number:number number:decimal-places="0" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>`
	)
	styles := percent + fmt.Sprintf(cellStyle, "base", "", ` style:data-style-name="N10"`, `style:font-name="VN"`) +
		fmt.Sprintf(cellStyle, "child", "base", "", "") +
		fmt.Sprintf(cellStyle, "loop", "loop2", "", "") + fmt.Sprintf(cellStyle, "loop2", "loop", "", "") +
		fmt.Sprintf(cellStyle, "struck", "child", "", `style:text-line-through-style="solid" fo:font-family="Arial" style:font-name="Arial"`) +
		fmt.Sprintf(cellStyle, "unstruck", "struck", "", `style:text-line-through-style="none" style:text-line-through-type="none"`) +
		fmt.Sprintf(textStyle, "s", `style:text-line-through-type="single"`) + fmt.Sprintf(textStyle, "up", `style:text-position="super 58%"`) +
		fmt.Sprintf(textStyle, "up2", `style:text-position="33% 58%"`) + fmt.Sprintf(textStyle, "level", `style:text-position="0% 100%"`) +
		fmt.Sprintf(textStyle, "down", `style:text-position="-33% 58%"`) + fmt.Sprintf(textStyle, "bold", `fo:font-weight="bold"`) + fmt.Sprintf(textStyle, "none", `text:display="none"`) + fmt.Sprintf(textStyle, "vn", `fo:font-family="'.VnTime'"`) +
		`<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>` +
		`<style:style style:name="flat" style:family="table-row"><style:table-row-properties style:row-height="0cm"/></style:style>` +
		`<style:style style:name="thin" style:family="table-column"><style:table-column-properties style:column-width="0.00in"/></style:style>`
	styled := func(style string) string {
		return `<table:table-cell table:style-name="` + style + `" office:value-type="float" office:value="1"/>`
	}
	span := func(style string) string {
		return str(`64<text:span text:style-name="` + style + `">1</text:span>`)
	}
	body := `<table:table table:name="S" table:style-name="hidden"><table:table-column table:default-cell-style-name="child"/><table:table-column table:style-name="thin"/>` +
		row(styled("base")+styled("child")+styled("loop")+styled("struck")+styled("unstruck")+styled("Default")) +
		row(num("1")+num("2")) + `<table:table-row table:default-cell-style-name="struck" table:style-name="flat">` + num("1") + `</table:table-row>` +
		row(span("s")+span("up")+span("up2")+span("level")+span("none")+span("vn")+str(`64<text:span text:style-name="s"> </text:span>`)+
			str(`<text:span text:style-name="up">64</text:span>`)+str(`64<text:span text:style-name="down">(1)</text:span>5`)+span("bold")) + `</table:table>`
	content := strings.Replace(document(styles, body), "<office:automatic-styles>",
		`<office:font-face-decls><style:font-face style:name="VN" svg:font-family="&apos;.VnArial&apos;"/></office:font-face-decls><office:automatic-styles>`, 1)
	want := []string{"[S] hidden",
		"A1=1 # {0%} font1 | B1=1 # {0%} font1 | C1=1 # | D1=1 # {0%} ~struck | E1=1 # {0%} | F1=1 #",
		"A2=1 # {0%} font1 | B2=2 #",
		"A3=1 # {0%} ~struck (hidden)",
		"A4=641 {0%} ~struck font1 | B4=64¹ ~raised | C4=64¹ ~raised | D4=641 | E4=641 ~hidden | F4=641 ~parts font1 | G4=64  | H4=64 | I4=64₍₁₎5 ~raised | J4=641 ~parts",
		"hidden B:B"}
	got := strings.Split(strings.TrimSuffix(dump(file(t, content), cell.Limits{}), "\n"), "\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Figures in the colour of their cell are told.
func TestFiguresThatCannotBeSeen(t *testing.T) {
	var styles, cells strings.Builder
	for i, s := range [][2]string{{"#ffffff", ""}, {"#FFFFFF", "transparent"}, {"#ffffff", "#0000ff"}, {"#0000ff", "#0000ff"}, {"#000000", ""}, {"", ""}} {
		text, back := "", ""
		if s[0] != "" {
			text = ` fo:color="` + s[0] + `"`
		}
		if s[1] != "" {
			back = ` fo:background-color="` + s[1] + `"`
		}
		fmt.Fprintf(&styles, `<style:style style:name="c%d" style:family="table-cell"><style:table-cell-properties%s/><style:text-properties%s/></style:style>`, i, back, text)
		fmt.Fprintf(&cells, `<table:table-cell table:style-name="c%d" office:value-type="float" office:value="1"/>`, i)
	}
	got := dump(file(t, document(styles.String(), sheet("S", row(cells.String())))), cell.Limits{})
	if want := "[S]\nA1=1 # ~white | B1=1 # ~white | C1=1 # | D1=1 # ~white | E1=1 # | F1=1 #\n"; got != want {
		t.Errorf("got %swant %s", got, want)
	}
}

// The styles that sheets have in common stand in a part of their own; those of
// headers and footers do not count.
func TestCommonStyles(t *testing.T) {
	common := "<office:document-styles " + spaces + `><office:styles><style:default-style style:family="table-cell"><style:text-properties fo:font-family=".VnTime"/></style:default-style>` +
		`<number:number-style style:name="N2"><number:number number:decimal-places="2" number:min-integer-digits="1"/></number:number-style>` +
		`<style:style style:name="Default" style:family="table-cell"/><style:style style:name="two" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="N2"/></office:styles>` +
		`<office:automatic-styles><style:style style:name="ce1" style:family="table-cell" style:data-style-name="N2"/></office:automatic-styles></office:document-styles>`
	content := one(row(`<table:table-cell table:style-name="two" office:value-type="float" office:value="1"/><table:table-cell table:style-name="ce1" office:value-type="float" office:value="1"/>` + num("1")))
	got := dump(pack(t, "mimetype", spreadsheet, "styles.xml", common, "content.xml", content), cell.Limits{})
	if want := "[S]\nA1=1 # {0.00} font1 | B1=1 # font1 | C1=1 # font1\nf.ods:'S'!B1: the cell has the style \"ce1\""; !strings.HasPrefix(got, want) {
		t.Errorf("got %swant %s", got, want)
	}
}

var refused = []struct{ what, content, want string }{
	{"no sheets", document("", ""), "f.ods: the spreadsheet has no sheets" + askAgain},
	{"cut", one(row(num("1")))[:1000], "f.ods: the part \"content.xml\" ends too early"},
	{"another root", "<office:document " + spaces + "/>", `f.ods: the part "content.xml" should hold <office:document-content> and holds <document> of another kind` + saveAgain},
	{"a sheet without a name", document("", "<table:table/>"), "f.ods: sheet 1 has no name" + saveAgain},
	{"two sheets of a name", document("", sheet("A", "")+sheet("a", "")), "f.ods:'a': two sheets have the name \"a\"" + saveAgain},
	{"another null date", document("", `<table:calculation-settings><table:null-date table:date-value="1900-01-01"/></table:calculation-settings>`+sheet("S", "")), "f.ods: days are counted from \"1900-01-01\"; only 1899-12-30 and 1904-01-01 are read" + saveAgain},
	{"text between cells", one(row(num("1") + "x")), "f.ods:'S'!A1: text stands outside of the cells" + saveAgain},
	{"text in a cell", one(row("<table:table-cell>x</table:table-cell>")), "f.ods:'S'!A1: text stands outside of the cells" + saveAgain},
	{"no number", one(row(num("1,5"))), "f.ods:'S'!A1: \"1,5\" is no number" + saveAgain},
	{"a number without a value", one(row(num("1") + `<table:table-cell office:value-type="float"><text:p>12</text:p></table:table-cell>`)), "f.ods:'S'!B1: the cell is of the type \"float\" and has no value" + saveAgain},
	{"a value without a type", one(row(`<table:table-cell office:value="1"><text:p>12</text:p></table:table-cell>`)), "f.ods:'S'!A1: the cell has a value and no type" + saveAgain},
	{"no date", one(row(`<table:table-cell office:value-type="date" office:date-value="2023-02-29"/>`)), "f.ods:'S'!A1: \"2023-02-29\" is no date" + saveAgain},
	{"no time", one(row(`<table:table-cell office:value-type="time" office:time-value="10:30"/>`)), "f.ods:'S'!A1: \"10:30\" is no time" + saveAgain},
	{"no boolean", one(row(`<table:table-cell office:value-type="boolean" office:boolean-value="yes"/>`)), "f.ods:'S'!A1: \"yes\" is no boolean" + saveAgain},
	{"no type", one(row(`<table:table-cell office:value-type="money" office:value="1"/>`)), "f.ods:'S'!A1: the cell is of the type \"money\" and has no value" + saveAgain},
	{"two values", one(row(`<table:table-cell xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:value-type="float" office:value="1" o:value="2"/>`)), "f.ods:'S'!A1: the attribute \"value\" stands twice in a tag" + saveAgain},
	{"no repeats", one(row(`<table:table-cell table:number-columns-repeated="0"/>`)), "f.ods:'S'!A1: the attribute number-columns-repeated is \"0\", and should be a number from 1 on" + saveAgain},
	{"repeats that are no number", one(`<table:table-row table:number-rows-repeated="-1"/>`), "f.ods:'S'!1:1: the attribute number-rows-repeated is \"-1\", and should be a number from 1 on" + saveAgain},
	{"a cell behind the last column", one(row(`<table:table-cell table:number-columns-repeated="16384"/>` + num("1"))), "f.ods:'S'!XFD1: a cell after column XFD" + saveAgain},
	{"a row behind the last one", one(`<table:table-row table:number-rows-repeated="1048576"/>` + row(num("1"))), "f.ods:'S'!1048577:1048577: a row after row 1048576" + saveAgain},
	{"very many repeated cells", one(`<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>`),
		"f.ods:'S'!1:1: repeats of rows and columns make more cells that hold something than a file of this size may have" + splitUp},
	{"a table in a cell", one(row("<table:table-cell>" + sheet("T", row(num("1"))) + "</table:table-cell>")), "f.ods:'S'!A1: a table stands inside of the cell" + saveAgain},
	{"a table in a table", one(sheet("T", row(num("1")))), "f.ods:'S': a table stands inside of the table" + saveAgain},
	{"a row in an unknown element", one("<foreign:x>" + row(num("1")) + "</foreign:x>"), "f.ods:'S': <x> holds rows, cells or texts, and is not known" + saveAgain},
	{"a cell in an unknown element", one(row(num("1") + "<foreign:x>" + num("1") + "</foreign:x>")), "f.ods:'S'!A1: <x> holds rows, cells or texts, and is not known" + saveAgain},
	{"a text in an unknown element", one(row("<table:table-cell office:value-type=\"string\"><foreign:x><text:p>5</text:p></foreign:x></table:table-cell>")), "f.ods:'S'!A1: <x> holds rows, cells or texts, and is not known" + saveAgain},
	{"a sheet in an unknown element", document("", sheet("S", "")+"<foreign:x>"+sheet("T", row(num("1")))+"</foreign:x>"), "f.ods: <x> holds rows, cells or texts, and is not known" + saveAgain},
	{"a merged cell that is repeated", one(row(`<table:table-cell table:number-columns-repeated="2" table:number-columns-spanned="2"/>`)), "f.ods:'S'!A1: a cell that spans others is repeated" + saveAgain},
	{"very many blanks", one(row(str(`<text:s text:c="1000000"/>`))), "f.ods:'S'!A1: \"1000000\" is no number of blanks" + saveAgain},
	{"a very long text", one(row(str(strings.Repeat(`<text:s text:c="1000"/>`, 140)))), "f.ods:'S'!A1: a cell holds more than 131072 bytes of text" + splitUp},
	{"very many blanks together", one(row(strings.Repeat(str(strings.Repeat(`<text:s text:c="1000"/>`, 130)), 70))), "f.ods:'S'!AG1: the texts hold more than 4194304 blanks" + splitUp},
	{"a row of very long texts", one(row(strings.Repeat(str(strings.Repeat("x", 130_000)), 70))), "f.ods:'S'!BM1: the row holds more than 8388608 bytes of text" + splitUp},
	{"a document type", "<!DOCTYPE x>" + one(""), `f.ods: the part "content.xml" has a document type (DOCTYPE), which no spreadsheet program writes` + saveAgain},
}

func TestRefusals(t *testing.T) {
	for _, c := range refused {
		got := strings.TrimSuffix(dump(file(t, c.content), cell.Limits{}), "\n")
		if got != c.want && !(c.what == "cut" && strings.HasPrefix(got, c.want)) {
			t.Errorf("%s:\n got %s\nwant %s", c.what, got, c.want)
		}
	}
}

func TestPasswordAndOtherFiles(t *testing.T) {
	const locked = "f.ods: the workbook is protected with a password: open it with the password and save it as .xlsx without one [unreadable]"
	manifest := `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`
	for _, c := range []struct {
		what  string
		parts []string
		want  string
	}{
		{"encrypted parts", []string{"mimetype", spreadsheet, "META-INF/manifest.xml", manifest, "content.xml", "\x00\x01"}, locked},
		{"an encrypted package", []string{"mimetype", spreadsheet, "encrypted-package", "\x00"}, locked},
		{"a manifest with a document type", []string{"mimetype", spreadsheet, "META-INF/manifest.xml", "<!DOCTYPE x>" + manifest, "content.xml", one("")}, "[S]"},
		{"no content", []string{"mimetype", spreadsheet}, `f.ods: the part "content.xml" is not in the file` + askAgain},
		{"styles that are lost", []string{"mimetype", spreadsheet, "META-INF/manifest.xml", strings.ReplaceAll(strings.ReplaceAll(manifest, "content.xml", "styles.xml"), "<manifest:encryption-data/>", ""), "content.xml", one("")},
			`f.ods: the part "styles.xml" is not in the file` + askAgain},
		{"a template", []string{"mimetype", spreadsheet + "-template\n", "content.xml", one("")}, "[S]"},
		{"a text document", []string{"mimetype", "application/vnd.oasis.opendocument.text", "content.xml", one("")}, "no Office Open XML workbook"},
		{"another zip file", []string{"a.txt", "x"}, "no Office Open XML workbook"},
		{"a long media type", []string{"mimetype", strings.Repeat("x", 2000)}, `f.ods: the part "mimetype" is longer than 1024 bytes` + splitUp},
	} {
		if got := strings.TrimSuffix(dump(pack(t, c.parts...), cell.Limits{}), "\n"); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.what, got, c.want)
		}
	}
}

func TestLimits(t *testing.T) {
	data := file(t, document("", sheet("A", row(num("1")+num("2")))+sheet("B", row(num("3")))))
	for _, c := range []struct {
		limits cell.Limits
		want   string
	}{
		{cell.Limits{FileBytes: 10}, fmt.Sprintf("f.ods: the file has %d bytes; at most 10 are read", len(data)) + splitUp},
		{cell.Limits{Cells: 2}, "f.ods:'B'!1:1: the workbook has more than 2 cells" + splitUp},
		{cell.Limits{Sheets: 1}, "f.ods: the workbook has more than 1 sheets" + splitUp},
		{cell.Limits{InflatedBytes: 100}, "f.ods: the parts of the file that are needed have"},
	} {
		if got := strings.TrimSuffix(dump(data, c.limits), "\n"); !strings.HasPrefix(got, c.want) {
			t.Errorf("got %s\nwant %s", got, c.want)
		}
	}
}
