package xlsx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/cell"
)

// hostile is a file of about 100 kB that is made to cost much: one part is a
// piece of XML again and again. What it says is "" when it is read.
type hostile struct {
	name              string
	part              string
	head, piece, tail string
	n                 int
	want              string
}

const (
	sheetHead = `<worksheet ` + mainSpace + `><sheetData>`
	sheetTail = `</sheetData></worksheet>`
	inRow     = `<row r="1">`
)

var hostiles = []hostile{
	{name: "sparse rows", part: sheetPart, head: sheetHead, piece: `<row><c><v>1</v></c></row>`, n: 1 << 20, tail: sheetTail},
	{name: "rows with the last cell", part: sheetPart, head: sheetHead, piece: "<row r=\"%[1]d\"><c r=\"XFD%[1]d\"><v>1</v></c></row>", n: 20_000, tail: sheetTail},
	{name: "three million empty rows", part: sheetPart, head: sheetHead, piece: `<row/>`, n: 3_000_000, tail: sheetTail,
		want: `a row after row 1048576`},
	{name: "blank cells", part: sheetPart, head: sheetHead, piece: `<row>` + strings.Repeat(`<c/>`, 1000) + `</row>`, n: 25_000, tail: sheetTail},
	{name: "blanks", part: sheetPart, head: sheetHead, piece: strings.Repeat(" ", 1<<20), n: 95, tail: sheetTail,
		want: `a tag or a text of more than 1048576 bytes`},
	{name: "comments", part: sheetPart, head: sheetHead, piece: `<!---->`, n: 14_000_000, tail: sheetTail},
	{name: "instructions", part: sheetPart, head: sheetHead, piece: `<?a?>`, n: 20_000_000, tail: sheetTail},
	{name: "foreign elements", part: sheetPart, head: sheetHead, piece: `<a xmlns="u"/>`, n: 7_000_000, tail: sheetTail},
	{name: "foreign prefixes", part: sheetPart, head: sheetHead, piece: `<row xmlns:a="u"/>`, n: 1 << 20, tail: sheetTail},
	{name: "prefixes of one element", part: sheetPart, head: sheetHead + `<row `, piece: `xmlns:a%d="u" `, n: 20_000, tail: `/>` + sheetTail,
		want: `a tag that cannot be read`},
	{name: "attributes", part: sheetPart, head: sheetHead, piece: `<row ` + strings.Repeat(`a="" `, maxAttributes-1) + `/>`, n: 75_000, tail: sheetTail},
	{name: "entities", part: sheetPart, head: sheetHead + inRow, piece: `<c t="inlineStr"><is><t>` + strings.Repeat("&lt;", 20_000) + `</t></is></c>`, n: 1_000, tail: `</row>` + sheetTail,
		want: `a row with more than 8388608 bytes of text`},
	{name: "escapes", part: sheetPart, head: sheetHead, piece: `<row><c t="str"><v>` + strings.Repeat("_x0041_", 10_000) + `</v></c></row>`, n: 1_400, tail: sheetTail},
	{name: "formulas", part: sheetPart, head: sheetHead, piece: `<row><c><f>1</f></c></row>`, n: 1 << 20, tail: sheetTail},
	{name: "merges", part: sheetPart, head: sheetHead + `</sheetData><mergeCells>`, piece: `<mergeCell ref="A1:B2"/>`, n: 4_000_000, tail: `</mergeCells></worksheet>`,
		want: `the part "xl/worksheets/sheet1.xml" has more than 262144 <mergeCell>`},
	{name: "columns", part: sheetPart, head: `<worksheet ` + mainSpace + `><cols>`, piece: `<col min="1" max="1" hidden="1"/>`, n: 3_000_000, tail: `</cols><sheetData/></worksheet>`,
		want: `the part "xl/worksheets/sheet1.xml" has more than 16384 <col>`},
	{name: "empty strings", part: stringsPart, head: `<sst ` + mainSpace + `>`, piece: `<si/>`, n: 20_000_000, tail: `</sst>`,
		want: `the string table takes more than `},
	{name: "long strings", part: stringsPart, head: `<sst ` + mainSpace + `>`, piece: `<si><t>` + strings.Repeat("a", 100_000) + `</t></si>`, n: 1_000, tail: `</sst>`,
		want: `the string table takes more than `},
	{name: "runs in legacy fonts", part: stringsPart, head: `<sst ` + mainSpace + `>`, piece: `<si><r><rPr><rFont val=".Vn"/></rPr></r></si>`, n: 2_200_000, tail: `</sst>`,
		want: `the string table takes more than `},
	{name: "a string of a megabyte", part: stringsPart, head: `<sst ` + mainSpace + `>`, piece: `<si><t>` + strings.Repeat("a", 1_000_000) + `</t></si>`, n: 1, tail: `</sst>`,
		want: `a text of more than 131072 bytes; a cell holds at most 32,767 characters`},
	{name: "fonts", part: stylesPart, head: `<styleSheet ` + mainSpace + `><fonts>`, piece: `<font/>`, n: 2_000_000, tail: `</fonts></styleSheet>`,
		want: `the part "xl/styles.xml" has more than 65536 <font>`},
	{name: "lists of fonts", part: stylesPart, head: `<styleSheet ` + mainSpace + `>`, piece: `<fonts><font/></fonts>`, n: 2_000_000, tail: `</styleSheet>`,
		want: `the part "xl/styles.xml" has more than 65536 <font>`},
	{name: "number formats", part: stylesPart, head: `<styleSheet ` + mainSpace + `><numFmts>`, piece: `<numFmt numFmtId="%d" formatCode="` + strings.Repeat("0", 900) + `"/>`, n: 60_000, tail: `</numFmts></styleSheet>`},
	{name: "number formats of cells", part: stylesPart, head: `<styleSheet ` + mainSpace + `>`,
		piece: `<numFmts><numFmt numFmtId="%[1]d" formatCode="%0900[1]d"/></numFmts><cellXfs><xf numFmtId="%[1]d"/></cellXfs>`, n: 10_000, tail: `</styleSheet>`,
		want: `the number formats of cells are longer than 524288 bytes`},
	{name: "styles", part: stylesPart, head: `<styleSheet ` + mainSpace + `><cellXfs>`, piece: `<xf/>`, n: 10_000_000, tail: `</cellXfs></styleSheet>`,
		want: `the part "xl/styles.xml" has more than 65536 <xf>`},
	{name: "sheets", part: bookPart, head: `<workbook ` + mainSpace + `><sheets>`, piece: `<sheet name="a"/>`, n: 3_000_000, tail: `</sheets></workbook>`,
		want: `the workbook has more than 20 sheets`},
	{name: "defined names", part: bookPart, head: `<workbook ` + mainSpace + ` ` + relSpace + `><sheets><sheet name="Sheet1" r:id="rId1"/></sheets><definedNames>`, piece: `<definedName name="a">A1</definedName>`, n: 1_700_000, tail: `</definedNames></workbook>`},
	{name: "relationships", part: bookRels, head: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`, piece: `<Relationship Id="%d" Type="a" Target="b"/>`, n: 20_000, tail: `</Relationships>`,
		want: `the part "xl/_rels/workbook.xml.rels" lists more than 10000 relationships`},
	{name: "content types", part: typesPart, head: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`, piece: `<Override PartName="/a" ContentType="application/xml"/>`, n: 1_000_000, tail: `<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`},
	{name: "calculation chain", part: "xl/calcChain.xml", head: `<calcChain>`, piece: `<c r="A1" i="1"/>`, n: 5_000_000, tail: `</calcChain>`},
	{name: "depth", part: sheetPart, head: sheetHead, piece: `<a xmlns="u">`, n: 1_000_000, tail: ``,
		want: `more than 64 elements inside each other`},
}

// zip writes the file.
func (h *hostile) zip(t testing.TB) []byte {
	p := soundParts(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, "a")
	if h.part == sheetPart {
		delete(p, stringsPart) // no need to read it
		p[bookRels] = relations("rId1 worksheet worksheets/sheet1.xml")
	}
	delete(p, h.part)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		f, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(f, p[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	header := zip.FileHeader{Name: h.part, Method: zip.Deflate}
	data := h.deflate(&header)
	f, err := w.CreateRaw(&header)
	if err == nil {
		_, err = f.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// deflate writes the part's compressed bytes. Pieces that are all alike are
// compressed once, a mebibyte of them, and repeated as they are.
func (h *hostile) deflate(header *zip.FileHeader) []byte {
	var out bytes.Buffer
	write := func(text []byte, times int, last bool) {
		var b bytes.Buffer
		z, err := flate.NewWriter(&b, flate.BestCompression)
		if err != nil {
			panic(err)
		}
		z.Write(text)
		z.Flush() // up to a whole byte; with a fresh window, so that it stands alone
		if last {
			z.Close()
		}
		for range times {
			out.Write(b.Bytes())
			header.CRC32 = crc32.Update(header.CRC32, crc32.IEEETable, text)
			header.UncompressedSize64 += uint64(len(text))
		}
	}
	write([]byte(h.head), 1, false)
	if strings.Contains(h.piece, "%") {
		var b bytes.Buffer
		for i := range h.n {
			fmt.Fprintf(&b, h.piece, i+1)
		}
		write(b.Bytes(), 1, false)
	} else {
		k := min(h.n, 1<<20/len(h.piece)+1)
		write(bytes.Repeat([]byte(h.piece), k), h.n/k, false)
		write(bytes.Repeat([]byte(h.piece), h.n%k), 1, false)
	}
	write([]byte(h.tail), 1, true)
	header.CompressedSize64 = uint64(out.Len())
	return out.Bytes()
}

// walk reads a whole file and keeps nothing.
func walk(ctx context.Context, b []byte, limits cell.Limits) error {
	f, err := Open(ctx, "test.xlsx", bytes.NewReader(b), int64(len(b)), limits, nil)
	if err != nil {
		return err
	}
	for i := range f.Sheets {
		rows, err := f.Scan(ctx, i)
		if err != nil {
			return err
		}
		for rows.Next() {
		}
		err = errors.Join(rows.Err(), rows.Close())
		if err != nil {
			return err
		}
	}
	return nil
}

// TestBounded reads each hostile file, a fiftieth as large where it is read to
// its end, with less than 100 MiB: all that it allocates, freed or not.
func TestBounded(t *testing.T) {
	for _, h := range hostiles {
		t.Run(h.name, func(t *testing.T) {
			if h.want == "" {
				h.n /= 50
			}
			b := h.zip(t)
			limits := testLimits()
			limits.StringBytes = 8 << 20
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err := walk(t.Context(), b, limits)
			runtime.ReadMemStats(&after)
			if (err == nil) != (h.want == "") || err != nil && !strings.Contains(err.Error(), h.want) {
				t.Errorf("got %v, want %q", err, h.want)
			}
			if n := after.TotalAlloc - before.TotalAlloc; n > 100<<20 {
				t.Errorf("%d bytes allocated for a file of %d", n, len(b))
			}
		})
	}
}

// BenchmarkHostile reads each hostile file.
func BenchmarkHostile(b *testing.B) {
	for _, h := range hostiles {
		file := h.zip(b)
		b.Run(h.name, func(b *testing.B) {
			b.ReportAllocs()
			b.ReportMetric(float64(len(file))/1000, "kB")
			for b.Loop() {
				if err := walk(b.Context(), file, testLimits()); (err == nil) != (h.want == "") {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestDeclaredSizes refuses, or never touches, parts that would be too large.
func TestDeclaredSizes(t *testing.T) {
	sound := soundParts(`<row r="1"><c r="A1"><v>1</v></c></row>`)
	for _, tt := range []struct {
		name, part string
		want       string
	}{
		{"a picture of 5 GiB", "xl/media/image1.png", ""},
		{"a sheet of 5 GiB", sheetPart, "the parts of the file that are needed have 536871"},
		{"styles of 5 GiB", stylesPart, `the part "xl/styles.xml" is longer than 67108864 bytes`},
	} {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for name, text := range sound.with(parts{tt.part: ""}) {
			f, err := w.Create(name)
			if err == nil {
				_, err = io.WriteString(f, text)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		const size = 5 << 30
		f, err := w.CreateRaw(&zip.FileHeader{Name: tt.part, Method: zip.Deflate, UncompressedSize64: size, CompressedSize64: size / 1000})
		if err == nil {
			_, err = io.CopyN(f, zeros{}, size/1000)
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		err = walk(t.Context(), b.Bytes(), testLimits())
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}
