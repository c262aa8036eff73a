package workbook

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
)

const (
	oddNested = "f.xls:'%s': the table lies inside a cell of another table: it is read as a sheet of its own [odd-file]"
	oddHidden = "f.xls:'Bảng 1'!%[1]d:%[1]d: a cell of this row is not shown (display:none): it is left out [odd-file]"
	oddSpan   = "f.xls:'Bảng 1'!%s: the cell spans columns that a cell above reaches into: it is cut before them [odd-file]"
	cutOff    = "f.xls: the page ends inside a table, as when a file was cut off" + export
)

var pages = []struct {
	what, data string
	want       []string
}{
	{"as web systems export it",
		`<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets>` +
			`<x:ExcelWorksheet><x:Name>Thống kê</x:Name><x:WorksheetOptions/></x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]-->` +
			`<style>td { mso-number-format:"\@" } </style><title>báo cáo</title></head><body>
			<table border=1><tr><th>STT</th><th>Tên &amp; đơn&nbsp;vị</th></tr>
			<tr><td>1</td><td>Sở N&#7897;i v&#x1EE5;</td></tr></table></body></html>`,
		[]string{"html", "[Thống kê]", "A1=STT | B1=Tên & đơn\u00a0vị", "A2=1 | B2=Sở Nội vụ"}},
	{"no more than a table", `<table><tr><td>1.234,5</td></tr></table>`, []string{"html", "[Bảng 1]", "A1=1.234,5"}},
	{"tags left out", `<TABLE><TR><TD>a<TD>b<TR><TD>c</TABLE>`, []string{"html", "[Bảng 1]", "A1=a | B1=b", "A2=c"}},
	{"a cell without a row", `<table><td>a</td><td>b</td><tr><td>c</td></tr></table>`, []string{"html", "[Bảng 1]", "A1=a | B1=b", "A2=c"}},
	{"ends that match nothing", `</td></tr></table><table></td><tr></tr></tr><tr><td>a</td></td></tr></table></table>`,
		[]string{"html", "[Bảng 1]", "A2=a"}},
	{"white space and lines", "<table><tr><td>  a \n\t b <br> <b>c</b>d<p>e</p><p></p><div>f</div> </td><td>&nbsp;</td><td>\u200b</td><td>\u00a0g </td></tr></table>",
		[]string{"html", "[Bảng 1]", "A1=a b⏎cd⏎e⏎f | D1=\u00a0g"}},
	{"scripts and styles", `<table><tr><td>a<script>document.write("<td>x</td>")</script><style>td{}</style><!-- c -->b</td></tr></table>`,
		[]string{"html", "[Bảng 1]", "A1=ab"}},
	{"an element that is never closed", `<xml><table><tr><td>a<xml></td><td>b</td></tr></table>`, []string{"html", "[Bảng 1]", "A1=a | B1=b"}},

	{"rowspan and colspan", `<table>
		<tr><th rowspan=2>TT</th><th colspan="2">Tiếp nhận</th><th rowspan=2>Ghi chú</th></tr>
		<tr><th>Trực tuyến</th><th>Trực tiếp</th></tr>
		<tr><td>1</td><td>2</td><td>3</td><td>4</td></tr></table>`,
		[]string{"html", "[Bảng 1]", "A1=TT | B1=Tiếp nhận | D1=Ghi chú", "B2=Trực tuyến | C2=Trực tiếp", "A3=1 | B3=2 | C3=3 | D3=4",
			"merge A1:A2", "merge B1:C1", "merge D1:D2"}},
	{"spans of both kinds", `<table><tr><td rowspan=3 colspan=2>a<td>b<tr><td>c<tr><td>d<tr><td>e<td>f</table>`,
		[]string{"html", "[Bảng 1]", "A1=a | C1=b", "C2=c", "C3=d", "A4=e | B4=f", "merge A1:B3"}},
	{"a row that is filled from above", `<table><tr><td rowspan=2>a<tr><tr><td>b</table>`,
		[]string{"html", "[Bảng 1]", "A1=a", "A3=b", "merge A1:A2"}},
	{"a rowspan beyond the table", `<table><tr><td rowspan=9>a<td>b<tr><td>c</table>`,
		[]string{"html", "[Bảng 1]", "A1=a | B1=b", "B2=c", "merge A1:A2"}},
	{"a rowspan beyond the only row", `<table><tr><td rowspan=9>a<td>b</table>`, []string{"html", "[Bảng 1]", "A1=a | B1=b"}},
	{"a rowspan to the end of its group", `<table><thead><tr><td rowspan=0>a<td>b<tr><td>c</thead><tbody><tr><td>d</table>`,
		[]string{"html", "[Bảng 1]", "A1=a | B1=b", "B2=c", "A3=d", "merge A1:A2"}},
	{"spans that lie upon each other", `<table><tr><td>a<td rowspan=2>b<tr><td colspan=3>c<td>d</table>`,
		[]string{"html", "[Bảng 1]", "A1=a | B1=b", "A2=c | C2=d", "merge B1:B2", fmt.Sprintf(oddSpan, "A2")}},
	{"spans that are no numbers", `<table><tr><td colspan=x rowspan=-1>a<td colspan=0>b<td colspan=1.5>c</table>`,
		[]string{"html", "[Bảng 1]", "A1=a | B1=b | C1=c"}},
	{"a colspan wider than a sheet", `<table><tr><td>a<td colspan=99999>b</table>`,
		[]string{"html", "[Bảng 1]", "A1=a | B1=b", "merge B1:XFD1"}},
	{"a cell beyond the widest sheet", `<table><tr><td colspan=16384>a<td>b</table>`,
		[]string{"html", "[Bảng 1]", "f.xls:'Bảng 1'!1:1: the row has more than 16384 columns" + export}},

	{"text around tables", `<p>Đơn vị báo cáo: <b>Sở Xây dựng</b></p><div>Kỳ báo cáo: Quý I<br>ĐVT: triệu đồng</div>
		<table><caption>Biểu 1</caption><tr><td>a</td></tr></table>giữa<table><tr><td>b</td></tr></table><p>Người lập</p>ký tên`,
		[]string{"html", "[Bảng 1]", "A1=Đơn vị báo cáo: Sở Xây dựng", "A2=Kỳ báo cáo: Quý I", "A3=ĐVT: triệu đồng", "A4=Biểu 1", "A5=a",
			"[Bảng 2]", "A1=giữa", "A2=b", "A3=Người lập", "A4=ký tên"}},
	{"text between rows", `<table><tr>x<td rowspan=2>a<td>b</tr>y<tr><td>c</tr></table>`,
		[]string{"html", "[Bảng 1]", "A1=a | B1=b", "B2=c", "A3=xy", "merge A1:A2"}},
	{"text before the first tag", `Warning: undefined index <br><table><tr><td>a</td></tr></table>`,
		[]string{"html", "[Bảng 1]", "A1=Warning: undefined index", "A2=a"}},

	{"a table in a cell", `<table><tr><td>a<table><tr><td>in<td>side</table>b</td><td>c</td></tr></table>`,
		[]string{"html", "[Bảng 1]", "A1=ab | B1=c", "[Bảng 2]", "A1=in | B1=side", fmt.Sprintf(oddNested, "Bảng 2")}},
	{"tables for the layout", `<table><tr><td>Tiêu đề<table><tr><td>x</table></td></tr><tr><td><table><tr><td><table><tr><td>y</table></table></td></tr></table><table><tr><td>z</table>`,
		[]string{"html", "[Bảng 1]", "A1=Tiêu đề", "[Bảng 2]", "A1=x", "[Bảng 3]", "[Bảng 4]", "A1=y", "[Bảng 5]", "A1=z",
			fmt.Sprintf(oddNested, "Bảng 2"), fmt.Sprintf(oddNested, "Bảng 3"), fmt.Sprintf(oddNested, "Bảng 4")}},
	{"a table that ends the one before", `<table><tr><td>a</td></tr><table><tr><td>b</td></tr></table>`,
		[]string{"html", "[Bảng 1]", "A1=a", "[Bảng 2]", "A1=b"}},
	{"names for all", `<xml><x:ExcelWorksheet><x:Name>Một</x:Name></x:ExcelWorksheet><x:ExcelWorksheet><x:Name>Hai</x:Name></x:ExcelWorksheet>` +
		`<x:ExcelName><x:Name>Print_Area</x:Name></x:ExcelName></xml><table><tr><td>a<table><tr><td>in</table></table><table><tr><td>b</table>`,
		[]string{"html", "[Một]", "A1=a", "[Bảng 2]", "A1=in", "[Hai]", "A1=b", fmt.Sprintf(oddNested, "Bảng 2")}},
	{"a name for the first", `<xml><x:ExcelWorksheet><x:Name>Một</x:Name></x:ExcelWorksheet></xml><table><tr><td>a</table><table><tr><td>b</table>`,
		[]string{"html", "[Một]", "A1=a", "[Bảng 2]", "A1=b"}},
	{"one name twice", `<xml><x:ExcelWorksheet><x:Name>Một</x:Name></x:ExcelWorksheet><x:ExcelWorksheet><x:Name>MỘT</x:Name></x:ExcelWorksheet></xml><table><tr><td>a</table><table><tr><td>b</table>`,
		[]string{"html", "[Một]", "A1=a", "[Bảng 2]", "A1=b"}},

	{"hidden rows, cells and tables", `<table><tr style="DISPLAY: none"><td>a</td></tr><tr><td>b</td><td style='display:none'>no</td><td>c</td></tr></table>
		<table style="display:none"><tr><td>d</table><div style="display:none"><p>no</p><div></div><table><tr><td>e</table></div><table hidden><tr><td>f</table><table><tr><td>g</table>`,
		[]string{"html", "[Bảng 1]", "A1=a (hidden)", "A2=b | B2=c", "[Bảng 2] hidden", "A1=d", "[Bảng 3] hidden", "A1=e", "[Bảng 4] hidden", "A1=f", "[Bảng 5]", "A1=g",
			fmt.Sprintf(oddHidden, 2)}},
	{"hidden keys to sort by", `<table><tr><td><span style="display:none">20230102<span>x</span>y</span>02/01/2023</td><td><i hidden>no<td>yes</td></tr></table>`,
		[]string{"html", "[Bảng 1]", "A1=02/01/2023 | C1=yes"}},
	{"a table in a hidden cell", `<table><tr><td hidden>a<table><tr><td>b</table></td><td>c</table>`,
		[]string{"html", "[Bảng 1]", "A1=c", "[Bảng 2] hidden", "A1=b", fmt.Sprintf(oddNested, "Bảng 2"), fmt.Sprintf(oddHidden, 1)}},

	{"numbers that the page types", `<table><tr><td x:num>12</td><td x:num="0.655">65,5%</td><td x:num="1234.5">1.234,5</td><td x:num="45291">31/12/2023</td>` +
		`<td x:num>1.234,5</td><td x:num="NaN">x</td><td x:num=""></td></tr></table>`,
		[]string{"html", "[Bảng 1]", "A1=12 # | B1=0.655 #% | C1=1234.5 # | D1=45291 date | E1=1.234,5 | F1=x"}},
	{"numbers that LibreOffice types", `<table><tr><td sdval="649.6" sdnum="1033;0;0">650</td><td sdval="0.895" sdnum="1033;0;0%">90%</td><td sdval="45291" sdnum="1033;0;DD/MM/YYYY">31/12/2023</td>` +
		`<td sdval="1" sdnum="1033;0;BOOLEAN">TRUE</td><td sdnum="1033;0;@">007</td><td sdval="">7</td></tr></table>`,
		[]string{"html", "[Bảng 1]", "A1=649.6 # | B1=0.895 #% | C1=45291 date | D1=1 bool | E1=007 | F1=7"}},
	{"numbers that SheetJS types", `<table><tr><td data-t="n" data-v="649.6" data-z="0">650</td><td data-t="n" data-v="0.895" data-z="0%">90%</td><td data-t="s" data-v="12">12</td>` +
		`<td data-t="b" data-v="false">FALSE</td><td data-v="12">13</td><td data-t="d" data-v="2024-01-04T17:00:00.000Z">05/01/2024</td><td data-t="e" data-v="#N/A">#N/A</td></tr></table>`,
		[]string{"html", "[Bảng 1]", "A1=649.6 # | B1=0.895 #% | C1=12 | D1=0 bool | E1=13 | F1=05/01/2024 | G1=#N/A"}},
	{"numbers that the page shows otherwise", `<table><tr><td x:num="1234">1.234</td><td x:num="1.234">1.23</td><td x:num="100000000000">100.000</td><td x:num="12">13</td><td x:num="0.12">13%</td>` +
		`<td sdval="12" sdnum="1066;0;0&quot;%&quot;">12%</td><td sdval="12" sdnum="1066;1033;0&quot;%&quot;">12%</td><td x:num="5">5 hồ sơ</td></tr></table>`,
		[]string{"html", "[Bảng 1]", "A1=1234 # | B1=1.234 # | C1=100000000000 # {0,,} | D1=12 # {\"13\"} | E1=0.12 # {\"13%\"} | F1=12 # {\"12%\"} | G1=12 # {0\"%\"} | H1=5 #"}},
	{"text that is struck out", `<table><tr><td><del>60</del>65</td><td>6<S>4</S>5</td><td><strike>6</strike></td><td><span style="text-decoration: underline line-through">6</span>5</td>` +
		`<td style="text-decoration:line-through">65</td><td><s> </s>65</td></tr><tr style="text-decoration-line:line-through"><td>7<td x:num>8</tr><tr><td>9</table>`,
		[]string{"html", "[Bảng 1]", "A1=6065 ~struck | B1=645 ~struck | C1=6 ~struck | D1=65 ~struck | E1=65 ~struck | F1=65", "A2=7 ~struck | B2=8 # ~struck", "A3=9"}},
	{"text that is raised", `<table><tr><td>64<sup>1</sup></td><td>64<sub>1</sub></td><td>64<font style="vertical-align:super;font-size:9px">1</font></td><td style="vertical-align:top">64</td><td>64<sup></sup></td><td><sup>64</sup></td><td>6<span style="vertical-align:sub">(1)</span>5</table>`,
		[]string{"html", "[Bảng 1]", "A1=64¹ ~raised | B1=64₁ ~raised | C1=64¹ ~raised | D1=64 | E1=64 | F1=64 | G1=6₍₁₎5 ~raised"}},
	{"text that cannot be seen", `<table><tr><td>6<span style="visibility: hidden">5</span></td><td>6<i style="font-size:0px">5</i></td><td>6<font style='mso-hide:all'>5</font></td><td style="visibility:hidden">65</td>` +
		`<td>6<b style="font-size:0.8em">5</b></td><td>6<b hidden>5</b></td><td><b style="display:none">20230102</b>65</td><td>6<i style="opacity:0 !important">5</i></td></tr><tr style="visibility:collapse"><td>7</table>`,
		[]string{"html", "[Bảng 1]", "A1=65 ~hidden | B1=65 ~hidden | C1=65 ~hidden | D1=65 ~hidden | E1=65 ~parts | F1=6 ~hidden | G1=65 | H1=65 ~hidden", "A2=7 (hidden)"}},
	{"by the style sheet", `<style><!-- td {color:red} .a, span.b{ /* old */ text-decoration:line-through } .c{display:none} .h .d {display:none} @media print { .e {display:none} } #f{mso-hide:all} --></style>` +
		`<table><tr><td class="x a">65</td><td>6<span class=b>5</span></td><td>6<i class=b>5</i></td><td>6<i class=c>5</i></td><td>6<i class=d>5</i></td><td>6<i class=e>5</i></td><td id=f>6</td></table>`,
		[]string{"html", "[Bảng 1]", "A1=65 ~struck | B1=65 ~struck | C1=65 ~parts | D1=6 | E1=65 ~parts | F1=65 ~parts | G1=6 ~hidden"}},
	{"choices", `<table><tr><td><select><option>1<option selected>2</select></td><td><select><option>12</option></select></td><td><select><option></option><option>12</option></select></td></table>`,
		[]string{"html", "[Bảng 1]", "A1=12 ~options | B1=12 | C1=12"}},
	{"links", `<table><tr><td>65<a href="#n1">1</a></td><td><a href="list">65</a></td><td><a>65</a> hồ sơ</td><td>65<a>*</a></td><td><a>6</a><a>5</a></td></table>`,
		[]string{"html", "[Bảng 1]", "A1=651 ~link | B1=65 | C1=65 hồ sơ | D1=65* | E1=65 ~link"}},
	{"text in the colour of its cell", `<style>.w{color:#FFF}</style><table><tr><td style="color:white;background:#ffffff">65</td><td class=w style="background-color:white">6</td><td style="color:white">65</td><td style="color:white;background:red">65</td></table>`,
		[]string{"html", "[Bảng 1]", "A1=65 ~white | B1=6 ~white | C1=65 | D1=65"}},
	{"digits in several elements", `<table><tr><td>6<b>5</b></td><td><b>65</b>%</td><td>65<!-- -->0</td><td><span>6</span><span>5</span></td><td>65<small>1</small></td><td>6<wbr>5</td><td>65<br></td>` +
		`<td>64<ruby>5<rt>1</rt></ruby></td><td><bdo dir=rtl>65</bdo></td><td>6<template>5</template></td><td><math><mn>65</mn></math></td></table>`,
		[]string{"html", "[Bảng 1]", "A1=65 ~parts | B1=65% | C1=650 | D1=65 ~parts | E1=651 ~parts | F1=65 | G1=65 | H1=645¹ ~raised | I1=65 ~parts | J1=6 | K1=65 ~parts"}},
	{"numbers with marks", `<table><tr><td x:num="64">64<sup>1</sup></td><td x:num><del>64</del></td><td sdval="64" sdnum="1033;0;0">6<b>4</b></td></table>`,
		[]string{"html", "[Bảng 1]", "A1=64 # | B1=64 # ~struck | C1=64 #"}},
	{"marks end with their cell", `<table><tr><td><del>60<td>65</td><td><span>a<span class=q><s>b</span></span>c</s>d</td><td>e</table>`,
		[]string{"html", "[Bảng 1]", "A1=60 ~struck | B1=65 | C1=abcd ~struck | D1=e"}},
	{"marks very deep", "<table><tr><td>" + strings.Repeat("<s>", 1000) + "6" + strings.Repeat("</s>", 999) + "5</s>4<td>3</table>", []string{"html", "[Bảng 1]", "A1=654 ~struck | B1=3"}},
	{"numbers that are typed", `<table><tr><td>12</td><td>65,5%</td></tr></table>`, []string{"html", "[Bảng 1]", "A1=12 | B1=65,5%"}},

	{"comments inside each other", strings.Repeat("<!--", 1000) + "<x:ExcelWorksheet><x:Name>a</x:Name>--><table><tr><td>b</table>",
		[]string{"html", "[Bảng 1]", "A1=b"}},
	{"an empty table", `<table></table>`, []string{"html", "[Bảng 1]"}},
	{"cut in a cell", `<table><tr><td>a</td></tr><tr><td>12`, []string{cutOff}},
	{"cut in a tag", `<table><tr><td>a</td></tr></tab`, []string{cutOff}},
	{"cut in a comment", `<table><tr><td>a</td></tr><!-- </table>`, []string{cutOff}},
	{"not UTF-8", "<table>\n<tr><td>\nS\xe8 li\xd6u</td></tr></table>",
		[]string{"f.xls:3: the text is not in UTF-8 (it may be in windows-1258, TCVN3 or VNI)" + export}},
	{"a character cut at the end", "<table><tr><td>a</table>\xe1\xbb",
		[]string{"f.xls:1: the text is not in UTF-8 (it may be in windows-1258, TCVN3 or VNI)" + export}},
	{"tables very deep", strings.Repeat("<table><tr><td>", 17), []string{"f.xls: tables lie more than 16 deep inside each other" + export}},
	{"too many tables", strings.Repeat("<table></table>", 1001), []string{"f.xls: the page holds more than 1000 tables" + export}},
	{"a very long tag", "<table><td title='" + strings.Repeat("x", maxToken) + "'></table>",
		[]string{"f.xls: one tag or text of the page is longer than 1048576 bytes" + export}},
	{"a very long cell", "<table><td>" + strings.Repeat("x<b>", maxCellText+1) + "</table>",
		[]string{"html", "[Bảng 1]", "f.xls:'Bảng 1'!A1: a cell holds more than 131072 bytes of text" + export}},
	{"very many rows", "<table>" + strings.Repeat("<tr>", maxSheetRow+1) + "</table>",
		[]string{"html", "[Bảng 1]", "f.xls:'Bảng 1'!1048577:1048577: the table has more than 1048576 rows" + export}},
	{"very many spans", "<table><tr>" + strings.Repeat("<td rowspan=2>", maxRowSpans+1) + "<tr></table>",
		[]string{"html", "[Bảng 1]", "f.xls:'Bảng 1'!1:1: more than 1024 cells span this row and the next" + export}},
}

func TestHTML(t *testing.T) {
	for _, c := range pages {
		got := strings.TrimSuffix(dump("f.xls", c.data), "\n")
		if diff := cmp.Diff(c.want, strings.Split(got, "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}
}

func TestHTMLCells(t *testing.T) {
	w, err := openBytes("f.xls", "<table><tr><td>a<td>b<td>c<tr><td>d<td>e</table>", cell.Limits{Cells: 4})
	if err != nil {
		t.Fatal(err)
	}
	sc, err := w.Scan(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	sc.Next()
	if got, want := sc.Row().At(2), (cell.Cell{Col: 2, Kind: cell.Text, Raw: []byte("b")}); !cmp.Equal(got, want) {
		t.Errorf("B1 is %v", got)
	}
	sc.Only([]int{2})
	if sc.Next() {
		t.Error("a row beyond the limit is read")
	}
	if got, want := describe(sc.Err()), "f.xls:'Bảng 1'!B2: the table has more than 4 cells"+export; got != want {
		t.Errorf("got %s", got)
	}
}

// Only leaves columns out, and rows that hold no other.
func TestOnly(t *testing.T) {
	for name, data := range map[string]string{
		"f.xls": "<table><tr><td>a<td>b<td>c<tr><td>d<tr><td>e<td>f</table>",
		"f.csv": "a,b,c\nd\ne,f,\n",
	} {
		w, err := openBytes(name, data, cell.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		sc, err := w.Scan(context.Background(), 0)
		if err != nil {
			t.Fatal(err)
		}
		sc.Only([]int{2, 7})
		var got []string
		for sc.Next() {
			got = append(got, fmt.Sprint(sc.Row().Number, " ", string(sc.Row().Cells[0].Raw), " ", len(sc.Row().Cells)))
		}
		if diff := cmp.Diff([]string{"1 b 1", "3 f 1"}, got); diff != "" || sc.Err() != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, sc.Err(), diff)
		}
	}
}

// The progress ends at the bytes of all readings.
func TestProgress(t *testing.T) {
	for name, data := range map[string]string{"f.xls": "<table><tr><td>a</table>", "f.csv": "a;b\nc;d\n"} {
		var last int64
		w, err := Open(context.Background(), name, strings.NewReader(data), int64(len(data)), Options{Progress: func(done int64) {
			if done < last {
				t.Errorf("%s: %d after %d", name, done, last)
			}
			last = done
		}})
		if err != nil {
			t.Fatal(err)
		}
		if err := dumpSheet(&strings.Builder{}, w, 0); err != nil {
			t.Fatal(err)
		}
		readings := map[string]int64{"f.xls": 2, "f.csv": 1}[name] // the tables of a page are found first
		if want := readings * int64(len(data)); last != want {
			t.Errorf("%s: %d bytes, want %d", name, last, want)
		}
	}
}

// A context that is done ends both kinds of scan with its error.
func TestScanCanceled(t *testing.T) {
	for name, data := range map[string]string{
		"f.xls": "<table>" + strings.Repeat("<tr><td>a", 10_000) + "</table>",
		"f.csv": strings.Repeat("a;b\n", 100_000),
	} {
		w, err := openBytes(name, data, cell.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		sc, err := w.Scan(ctx, 0)
		if err != nil {
			t.Fatal(err)
		}
		sc.Next()
		cancel()
		rows := 0
		for sc.Next() {
			rows++
		}
		if !errors.Is(sc.Err(), context.Canceled) || rows > 50_000 {
			t.Errorf("%s: %v after %d rows", name, sc.Err(), rows)
		}
		if sc.Close() != nil || sc.Next() {
			t.Errorf("%s: reads on when closed", name)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	data := "<table>" + strings.Repeat("<tr><td>a", 10_000) + "</table>"
	if _, err := Open(ctx, "f.xls", strings.NewReader(data), int64(len(data)), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Open: %v", err)
	}
}

// readTree is a second reading of a page, by the parser of x/net/html: the
// texts of each row of each table, in no column.
func readTree(t *testing.T, data string) [][][]string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var tables [][][]string
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "table" {
			tables = append(tables, readTable(n))
		}
	}
	return tables
}

func readTable(table *html.Node) [][]string {
	var rows [][]string
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := range n.ChildNodes() {
			switch {
			case c.Type != html.ElementNode || c.Data == "table":
			case c.Data == "tr":
				rows = append(rows, nil)
				walk(c)
			case c.Data == "td" || c.Data == "th":
				if text := strings.Join(strings.Fields(readCell(c)), ""); text != "" {
					rows[len(rows)-1] = append(rows[len(rows)-1], text)
				}
			default:
				walk(c)
			}
		}
	}
	walk(table)
	return rows
}

func readCell(n *html.Node) string {
	var b strings.Builder
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.Type == html.ElementNode && c.Data != "table":
			b.WriteString(readCell(c))
		}
	}
	return b.String()
}

// Nothing that a page holds makes the reader panic or give a row twice.
func FuzzHTML(f *testing.F) {
	for _, c := range pages {
		if len(c.data) < 4096 {
			f.Add(c.data)
		}
	}
	f.Fuzz(func(t *testing.T, data string) {
		w, err := openBytes("f.xls", "<table>"+data, cell.Limits{})
		if err != nil || w.Kind != "html" {
			return
		}
		for i := range w.Sheets {
			_, err := readScan(w, i)
			if r := (*diag.Refusal)(nil); err != nil && !errors.As(err, &r) {
				t.Fatal(err)
			}
		}
	})
}

// However rows, cells and tables are opened and closed, the reader finds the
// cells that the parser of x/net/html finds.
func FuzzHTMLTags(f *testing.F) {
	f.Add([]byte("\x00\x01\x02\x03\x04\x05\x06\x07\x08"))
	f.Add([]byte("\x02\x08\x06\x00\x02\x08\x07\x08\x03\x08"))
	f.Fuzz(func(t *testing.T, choices []byte) {
		if len(choices) > 200 {
			return
		}
		data := tagSoup(choices)
		w, err := openBytes("f.xls", data, cell.Limits{})
		if err != nil {
			if got := describe(err); got != cutOff && !strings.Contains(got, "deep inside") {
				t.Fatalf("%s: %s", data, got)
			}
			return
		}
		var got [][][]string
		for i := range w.Sheets {
			rows, err := readScan(w, i)
			if err != nil {
				t.Fatalf("%s: %v", data, err)
			}
			got = append(got, rows)
		}
		if diff := cmp.Diff(dropEmpty(readTree(t, data)), dropEmpty(got)); diff != "" {
			t.Errorf("%s (-tree +scan):\n%s", data, diff)
		}
	})
}

// tagSoup makes a page of the tags that the bytes choose. Letters stand in
// cells only: what the parser does with others is of no interest.
func tagSoup(choices []byte) string {
	tags := []string{"<tr>", "</tr>", "<td>", "</td>", "<th>", "</th>", "<table>", "</table>", "x", "<tbody>", "</tbody>", "<b>", "</b>", "<p>"}
	b := strings.Builder{}
	b.WriteString("<!DOCTYPE html><body><table>")
	cells := []bool{false} // for each open table, whether a cell is
	for i, c := range choices {
		tag := tags[int(c)%len(tags)]
		inCell := len(cells) > 0 && cells[len(cells)-1]
		switch tag {
		case "x":
			if inCell {
				fmt.Fprintf(&b, "x%d", i)
			}
			continue
		case "<b>", "</b>", "<p>":
			if !inCell {
				continue
			}
		case "<table>":
			if inCell || len(cells) == 0 {
				cells = append(cells, false)
			} else {
				cells[len(cells)-1] = false // it ends the one before
			}
		case "</table>":
			cells = cells[:max(len(cells)-1, 0)]
		case "<td>", "<th>":
			if len(cells) > 0 {
				cells[len(cells)-1] = true
			}
		case "</td>", "</th>":
			if inCell {
				tag = "</td></th>" // one of them ends the cell
				cells[len(cells)-1] = false
			}
		default:
			if len(cells) > 0 {
				cells[len(cells)-1] = false
			}
		}
		b.WriteString(tag)
	}
	b.WriteString(strings.Repeat("</table>", len(cells)))
	return b.String()
}

func dropEmpty(tables [][][]string) [][][]string {
	var out [][][]string
	for _, rows := range tables {
		var kept [][]string
		for _, r := range rows {
			if len(r) > 0 {
				kept = append(kept, r)
			}
		}
		out = append(out, kept)
	}
	return out
}

func readScan(w *Workbook, sheet int) ([][]string, error) {
	sc, err := w.Scan(context.Background(), sheet)
	if err != nil {
		return nil, err
	}
	defer sc.Close()
	var rows [][]string
	last := 0
	for sc.Next() {
		if sc.Row().Number <= last {
			return nil, errors.New("a row is given twice")
		}
		last = sc.Row().Number
		var texts []string
		col := 0
		for _, c := range sc.Row().Cells {
			if c.Col <= col {
				return nil, errors.New("a cell is given twice")
			}
			col = c.Col
			texts = append(texts, strings.Join(strings.Fields(string(c.Raw)), ""))
		}
		rows = append(rows, texts)
	}
	return rows, sc.Err()
}
