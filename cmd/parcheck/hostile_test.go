package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"compress/flate"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// The namespaces of a workbook that a test writes by hand.
const (
	mainNS  = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relNS   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	fileNS  = "http://schemas.openxmlformats.org/package/2006/relationships"
	typesNS = "http://schemas.openxmlformats.org/package/2006/content-types"
)

var hostileDir = flag.String("hostile", "", "write the hostile files to this folder")

// A hostile file is small and asks for much work: its parts pack a thousand to
// one. Each stands for a kind of shape that some part of the program once had,
// or might have, no bound for.

// maxHostile is the largest of the files, in bytes.
const maxHostile = 100_000

// hostile is a file of n parts of one shape. Workbooks are filled up to
// maxHostile with a part that nobody reads: what may be held of a file grows with
// its size.
type hostile struct {
	name string
	n    int
	file func(n int) []byte
}

const (
	statHeader = "STT|Chỉ tiêu thống kê|Số liệu|Số liệu năm 2022"
	knownLabel = "Tổng số hồ sơ thủ tục hành chính tiếp nhận trong kỳ"
	listHead   = "STT|Mã hồ sơ|Cơ quan, đơn vị|Ngày tiếp nhận|Ngày hẹn trả|Ngày trả kết quả|Mức độ DVC|Hình thức nộp|Số hóa hồ sơ"
	handling   = "TT|Lĩnh vực|Tiếp nhận||||Số lượng hồ sơ đã giải quyết||||Số lượng hồ sơ đang giải quyết||\n" +
		"||Tổng số|Trong kỳ||Từ kỳ trước|Tổng số|Trước hạn|Đúng hạn|Quá hạn|Tổng số|Trong hạn|Quá hạn\n|||Trực tuyến|Trực tiếp\n"
)

// hostiles are the shapes.
var hostiles = []hostile{
	{"one-label", 27_000, figures(func(int) string { return "1|" + knownLabel + "|#5|#4" })},
	{"one-label-other-figures", 16_000, figures(func(i int) string { return fmt.Sprintf("1|%s|#%d|#%d", knownLabel, i, i) })},
	{"one-label-typed", 27_000, figures(func(int) string { return "1|" + knownLabel + "|1.234|4.321" })},
	{"one-label-words", 27_000, figures(func(int) string { return "1|" + knownLabel + "|nhiều|ít" })},
	{"one-label-errors", 27_000, figures(func(int) string { return "1|" + knownLabel + "|!#REF!|!#N/A" })},
	{"no-labels", 27_000, figures(func(int) string { return "||#5|#4" })},
	{"near-labels", 16_000, figures(func(i int) string { return fmt.Sprintf("#%d|%s %d|#5", i, knownLabel, i) })},
	{"long-labels", 500, figures(func(i int) string {
		return fmt.Sprintf("#%d|%s %d|#5", i, strings.Repeat(knownLabel+" ", 200), i)
	})},
	{"totals", 27_000, figures(func(int) string { return "|Tổng số|#5|#4" })},
	{"deep-codes", 27_000, figures(func(i int) string { return "'" + strings.Repeat("1.", i%120) + "1|x|#5" })},
	{"deeper-codes", 3_000, figures(func(i int) string { return "'" + strings.Repeat("1.", i) + "1|x|#5" })},
	{"parts", 27_000, figures(func(int) string { return "|- Trong đó: x|#5" })},
	{"choices", 27_000, rowsUnder("STT|Nhiệm vụ|Kết quả", func(i int) string {
		return "1|Ban hành kế hoạch cải cách hành chính|gì đó " + fmt.Sprint(i%7)
	})},
	{"headers", 27_000, rowsUnder(statHeader, func(int) string { return statHeader })},
	{"wide-headers", 16_000, func(n int) []byte {
		return onePage("<row>"+cells("STT|Chỉ tiêu thống kê")+strings.Repeat(cells("Số liệu"), n)+"</row><row>"+cells("1|"+knownLabel)+strings.Repeat(cells("#5"), n)+"</row>", "")
	}},
	{"wide-other-headers", 16_000, func(n int) []byte {
		var b strings.Builder
		b.WriteString("<row>" + cells("STT|Chỉ tiêu thống kê"))
		for i := range n {
			b.WriteString(cells(fmt.Sprintf("Số liệu của năm %d", i)))
		}
		return onePage(b.String()+"</row>", "")
	}},
	{"long-headers", 400, func(n int) []byte {
		text := strings.Repeat("Số liệu ", 4000)
		return onePage("<row>"+cells("STT|Chỉ tiêu thống kê|Số liệu")+strings.Repeat(cells(text), n)+"</row><row>"+cells("1|x|#5")+"</row>", "")
	}},
	{"merges", 12_000, func(n int) []byte {
		var m strings.Builder
		for i := range n {
			fmt.Fprintf(&m, `<mergeCell ref="A%d:D%d"/>`, 2*i+3, 2*i+4)
		}
		return onePage(row(statHeader)+strings.Repeat(row("1|"+knownLabel+"|#5|#6"), 40_000), "<mergeCells>"+m.String()+"</mergeCells>")
	}},
	{"one-merge-often", 250_000, func(n int) []byte {
		return onePage(row(statHeader)+strings.Repeat(row("1|x|#5|#6"), 10_000), "<mergeCells>"+strings.Repeat(`<mergeCell ref="A1:XFD1048576"/>`, n)+"</mergeCells>")
	}},
	{"hidden-columns", 16_000, func(n int) []byte {
		return workbookOf("<cols>"+strings.Repeat(`<col min="1" max="16384" hidden="1"/>`, n)+"</cols><sheetData>"+row(statHeader)+strings.Repeat(row("1|"+knownLabel+"|#5|#6"), 1000)+"</sheetData>", nil)
	}},
	{"hidden-rows", 27_000, func(n int) []byte {
		r := row("1|" + knownLabel + "|#5|#6")
		return onePage(row(statHeader)+strings.Repeat(strings.Replace(r, "<row", `<row hidden="1"`, 1)+r, n/2), "")
	}},
	{"sheets", 240, func(n int) []byte {
		return workbookOf("", sheetsOf(n, "<sheetData>"+row(statHeader)+row("1|"+knownLabel+"|#5|#6")+"</sheetData>"))
	}},
	{"large-sheets", 4, func(n int) []byte {
		return workbookOf("", sheetsOf(n, "<sheetData>"+strings.Repeat("<row>"+strings.Repeat(cells("#1"), 300)+"</row>", 200)+"</sheetData>"))
	}},
	{"sheets-of-all-tables", 150, func(n int) []byte {
		return workbookOf("", sheetsOf(n, "<sheetData>"+row(statHeader)+row("1|x|#5")+row("STT|Nhiệm vụ|Kết quả")+row("1|x|Có")+row("")+allRows(handling)+row("1|x|#5|#1|#1")+row(listHead)+"</sheetData>"))
	}},
	{"wide-grid", 190_000, func(n int) []byte {
		return onePage(row(statHeader)+strings.Repeat("<row>"+strings.Repeat(cells("#1"), 1000)+"</row>", n/1000), "")
	}},
	{"captions", 30_000, func(n int) []byte {
		var b strings.Builder
		for i := range min(n/500+1, 199) {
			b.WriteString("<row>")
			for j := range 500 {
				b.WriteString(cells(fmt.Sprintf("Đơn vị báo cáo: Sở %d", 500*i+j)))
			}
			b.WriteString("</row>")
		}
		return onePage(b.String(), "")
	}},
	{"periods", 100_000, func(n int) []byte {
		var b strings.Builder
		for i := range min(n/500+1, 199) {
			b.WriteString("<row>")
			for j := range 500 {
				b.WriteString(cells(fmt.Sprintf("Kỳ báo cáo: Năm %d", 2000+(i+j)%90)))
			}
			b.WriteString("</row>")
		}
		return onePage(b.String(), "")
	}},
	{"lines", 32_000, func(n int) []byte {
		return onePage(row(strings.Repeat("Đơn vị báo cáo: X&#10;", n/22)+"|"+strings.Repeat("Kỳ báo cáo: Năm 2023&#10;", n/26))+row(statHeader), "")
	}},
	{"sums", 15_000, func(n int) []byte {
		return onePage(allRows(handling)+strings.Repeat(row("1|Đất đai|#9|#1|#1|#1|#8|#1|#1|#1|#7|#1|#1"), n), "")
	}},
	{"fields", 15_000, func(n int) []byte {
		var b strings.Builder
		for i := range n {
			b.WriteString(row(fmt.Sprintf("#%d|Lĩnh vực %d|#3|#1|#1|#1|#3|#1|#1|#1", i, i)))
		}
		return onePage(allRows(handling)+b.String(), "")
	}},
	{"one-id", 50_000, rowsUnder(listHead, func(int) string {
		return "1|H1|Sở Xây dựng|15/01/2023|20/01/2023|18/01/2023|Một phần|Trực tuyến|Có"
	})},
	{"no-dates", 4_000, rowsUnder(listHead, func(i int) string {
		return fmt.Sprintf("#%d|H%d|Sở Xây dựng|ngày %d|hôm %d|mai %d|mức %d|kênh %d|có lẽ %d", i, i, i, i, i, i, i, i)
	})},
	{"units", 300, rowsUnder(listHead, func(i int) string {
		return fmt.Sprintf("#%d|H%d|Sở %d|15/01/2023|20/01/2023|18/01/2023|Một phần|Trực tuyến|Có", i, i, i)
	})},
	{"unknown-units", 300, rowsUnder(listHead, func(i int) string {
		return fmt.Sprintf("#%d|H%d|Đơn vị %d|15/01/2023|20/01/2023|18/01/2023|Một phần|Trực tuyến|Có", i, i, i)
	})},
	{"csv", 1_250, func(n int) []byte {
		return []byte(strings.ReplaceAll(statHeader, "|", ",") + "\n" + strings.Repeat("1,"+knownLabel+",5,4\n", n))
	}},
	{"csv-wide", 77_000, func(n int) []byte {
		return []byte("STT,Chỉ tiêu thống kê" + strings.Repeat(",Số liệu", n/10) + "\n")
	}},
	{"csv-commas", 86_000, func(n int) []byte {
		return []byte(strings.ReplaceAll(statHeader, "|", ",") + "\n" + strings.Repeat(",", n/2) + "\n" + strings.Repeat("\n", n/2))
	}},
	{"html", 1_000, func(n int) []byte {
		return page("<table><tr><td>" + strings.ReplaceAll(statHeader, "|", "<td>") + strings.Repeat("<tr><td>1<td>"+knownLabel+"<td>5<td>4", n))
	}},
	{"html-spans", 2_600, func(n int) []byte {
		return page("<table><tr><td>" + strings.ReplaceAll(statHeader, "|", "<td>") + strings.Repeat("<tr><td rowspan=60000 colspan=1000>1", n))
	}},
	{"html-tables", 6_000, func(n int) []byte {
		return page(strings.Repeat("<table><tr><td>x", n))
	}},
	{"html-styles", 20_000, func(n int) []byte {
		return page("<style>" + strings.Repeat("/**/", n) + ".a{display:none}</style><table><tr><td class=a>1</table>")
	}},
	{"html-marks", 90, func(n int) []byte {
		return page("<table><tr><td>" + strings.Repeat(strings.Repeat("<s>", n)+strings.Repeat("1<sup>2</sup>", n/2), n/2))
	}},
	{"ods-cells", 350_000, func(n int) []byte { return spreadsheetOf(1, n/1000, 1000, 1, 1) }},
	{"ods-repeated-cells", 60, func(n int) []byte { return spreadsheetOf(1, n, 1, 16_000, 1) }},
	{"ods-repeated-rows", 60, func(n int) []byte { return spreadsheetOf(1, n, 1, 1, 16_000) }},
	{"ods-sheets", 900, func(n int) []byte { return spreadsheetOf(n, 1, 150, 1, 1) }},
	{"ods-repeats-on-sheets", 1_000, func(n int) []byte { return spreadsheetOf(n, 1, 1, 1000, 1) }},
}

func figures(line func(i int) string) func(n int) []byte { return rowsUnder(statHeader, line) }

func rowsUnder(header string, line func(i int) string) func(n int) []byte {
	return func(n int) []byte {
		var b strings.Builder
		b.WriteString(row(header))
		for i := range n {
			b.WriteString(row(line(i)))
		}
		return onePage(b.String(), "")
	}
}

// row writes a row: text, '12 for text of digits, #12 for a number, !#REF! for
// an error.
func row(line string) string { return "<row>" + cells(line) + "</row>" }

func allRows(lines string) string {
	var b strings.Builder
	for line := range strings.Lines(lines) {
		b.WriteString(row(strings.TrimSuffix(line, "\n")))
	}
	return b.String()
}

func cells(line string) string {
	var b strings.Builder
	for text := range strings.SplitSeq(line, "|") {
		switch {
		case text == "":
			b.WriteString("<c/>")
		case text[0] == '#':
			b.WriteString("<c><v>" + text[1:] + "</v></c>")
		case text[0] == '!':
			b.WriteString(`<c t="e"><v>` + text[1:] + "</v></c>")
		default:
			b.WriteString(`<c t="inlineStr"><is><t>` + strings.TrimPrefix(text, "'") + "</t></is></c>")
		}
	}
	return b.String()
}

func onePage(rows, tail string) []byte {
	return workbookOf("<sheetData>"+rows+"</sheetData>"+tail, nil)
}

func sheetsOf(n int, sheet string) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = sheet
	}
	return out
}

// workbookOf packs a workbook of one sheet, or of several.
func workbookOf(first string, sheets []string) []byte {
	if sheets == nil {
		sheets = []string{first}
	}
	const entry = 200 // bytes of the part's place in the archive
	return pack(sheets, maxHostile-entry-len(pack(sheets, 0)))
}

func pack(sheets []string, noise int) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.DefaultCompression) })
	put := func(name, text string) {
		p, err := z.Create(name)
		if err != nil {
			panic(err)
		}
		w := bufio.NewWriterSize(p, 1<<16)
		w.WriteString(text)
		w.Flush()
	}
	var types, list, relations strings.Builder
	for i := range sheets {
		fmt.Fprintf(&types, `<Override PartName="/s%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i)
		fmt.Fprintf(&list, `<sheet name="S%d" sheetId="%d" r:id="r%d"/>`, i, i+1, i)
		fmt.Fprintf(&relations, `<Relationship Id="r%d" Type="%s/worksheet" Target="s%d.xml"/>`, i, relNS, i)
	}
	put("[Content_Types].xml", `<Types xmlns="`+typesNS+`"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/w.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>`+types.String()+`</Types>`)
	put("_rels/.rels", `<Relationships xmlns="`+fileNS+`"><Relationship Id="r" Type="`+relNS+`/officeDocument" Target="w.xml"/></Relationships>`)
	put("w.xml", `<workbook xmlns="`+mainNS+`" xmlns:r="`+relNS+`"><sheets>`+list.String()+`</sheets></workbook>`)
	put("_rels/w.xml.rels", `<Relationships xmlns="`+fileNS+`">`+relations.String()+`</Relationships>`)
	for i, s := range sheets {
		put(fmt.Sprintf("s%d.xml", i), `<worksheet xmlns="`+mainNS+`">`+s+`</worksheet>`)
	}
	if noise > 0 {
		p, err := z.CreateHeader(&zip.FileHeader{Name: "noise", Method: zip.Store})
		if err != nil {
			panic(err)
		}
		filling := make([]byte, noise)
		rand.NewChaCha8([32]byte{}).Read(filling)
		p.Write(filling)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// spreadsheetOf is an .ods file of sheets, rows and cells, each cell and row
// being repeated.
func spreadsheetOf(sheets, rows, cells, repeatCell, repeatRow int) []byte {
	const space = "urn:oasis:names:tc:opendocument:xmlns:"
	row := fmt.Sprintf(`<t:table-row t:number-rows-repeated="%d">%s</t:table-row>`, repeatRow,
		strings.Repeat(fmt.Sprintf(`<t:table-cell t:number-columns-repeated="%d" o:value-type="float" o:value="1"/>`, repeatCell), cells))
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, _ := z.Create("mimetype")
	io.WriteString(w, "application/vnd.oasis.opendocument.spreadsheet")
	w, _ = z.Create("content.xml")
	fmt.Fprintf(w, `<o:document-content xmlns:o="%soffice:1.0" xmlns:t="%[1]stable:1.0"><o:body><o:spreadsheet>`, space)
	for i := range sheets {
		fmt.Fprintf(w, `<t:table t:name="S%d">`, i)
		for range rows {
			io.WriteString(w, row)
		}
		io.WriteString(w, "</t:table>")
	}
	io.WriteString(w, "</o:spreadsheet></o:body></o:document-content>")
	z.Close() // a bytes.Buffer takes everything
	return b.Bytes()
}

func page(body string) []byte {
	return []byte(`<html><head><meta charset="utf-8"></head><body>` + body + "</body></html>")
}

// What a small file may cost at most: bytes that are printed, and bytes that
// are allocated in all, which counts work and not time.
const (
	mostPrinted   = 2_000_000
	mostAllocated = 250 << 20
	mostOfCard    = 350_000 // bytes of JSON: a file has a card for each unit that it names
)

var scoreHostile = []string{"score", "--format", "json", "--fail-on", "never", "--unit", "UBND huyện Thăng Bình", "--level", "district"}

func TestSmallFilesCostLittle(t *testing.T) {
	if testing.Short() {
		t.Skip("makes fifty files and reads each twice")
	}
	modes := [][]string{scoreHostile, {"inspect", "--format", "json"}}
	if *hostileDir != "" {
		modes = append(modes, []string{"score", "--format", "json", "--fail-on", "never"})
	}
	for _, h := range hostiles {
		path := h.write(t, cmp.Or(*hostileDir, t.TempDir()))
		for i, args := range modes {
			var printed counter
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			execute(append(args, path), nil, &printed, io.Discard)
			runtime.ReadMemStats(&after)
			most := mostPrinted
			if strings.HasSuffix(h.name, "units") && args[0] == "score" {
				most = max(most, h.n*mostOfCard)
			}
			if int(printed) > most {
				t.Errorf("%s: %s prints %d bytes, want at most %d", h.name, args[0], printed, most)
			}
			if allocated := after.TotalAlloc - before.TotalAlloc; i == 0 && allocated > mostAllocated {
				t.Errorf("%s: %d MiB are allocated, want at most %d", h.name, allocated>>20, mostAllocated>>20)
			}
		}
	}
}

// write writes the file into a folder, with the extension that it should have.
func (h hostile) write(t testing.TB, dir string) string {
	t.Helper()
	file := h.file(h.n)
	if len(file) > maxHostile {
		t.Fatalf("%s has %d bytes", h.name, len(file))
	}
	path := filepath.Join(dir, h.name+".csv")
	switch {
	case bytes.HasPrefix(file, []byte("PK")) && strings.HasPrefix(h.name, "ods"):
		path = filepath.Join(dir, h.name+".ods")
	case bytes.HasPrefix(file, []byte("PK")):
		path = filepath.Join(dir, h.name+".xlsx")
	case bytes.HasPrefix(file, []byte("<html")):
		path = filepath.Join(dir, h.name+".html")
	}
	if err := os.WriteFile(path, file, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// counter counts what is written to it.
type counter int

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// BenchmarkSmallFiles tells the time that each shape takes.
func BenchmarkSmallFiles(b *testing.B) {
	for _, h := range hostiles {
		b.Run(h.name, func(b *testing.B) {
			path := h.write(b, b.TempDir())
			for b.Loop() {
				execute(append(scoreHostile, path), nil, io.Discard, io.Discard)
			}
		})
	}
}
