package xlsx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
)

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace   = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relSpace    = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relType     = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	sheetPart   = "xl/worksheets/sheet1.xml"
	stringsPart = "xl/sharedStrings.xml"
	stylesPart  = "xl/styles.xml"
	bookPart    = "xl/workbook.xml"
	bookRels    = "xl/_rels/workbook.xml.rels"
	rootRels    = "_rels/.rels"
	typesPart   = "[Content_Types].xml"
)

// parts is a file as the texts of its parts.
type parts map[string]string

// soundParts is a workbook of one sheet with these rows and shared strings, as
// spreadsheet programs write it.
func soundParts(rows string, texts ...string) parts {
	var sst strings.Builder
	for _, s := range texts {
		fmt.Fprintf(&sst, "<si><t>%s</t></si>", s)
	}
	return parts{
		typesPart: declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		rootRels: relations("rId1 officeDocument xl/workbook.xml"),
		bookPart: declaration + `<workbook ` + mainSpace + ` ` + relSpace + `><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		bookRels: relations("rId1 worksheet worksheets/sheet1.xml", "rId2 sharedStrings sharedStrings.xml", "rId3 styles styles.xml"),
		stylesPart: declaration + `<styleSheet ` + mainSpace + `>` +
			`<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>` +
			`<fonts count="3"><font><name val="Calibri"/></font><font><sz val="11"/><name val=".VnTime"/></font><font><name val="VNI-Times"/></font></fonts>` +
			`<cellXfs count="5"><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="0"/><xf numFmtId="10" fontId="0"/><xf numFmtId="0" fontId="1"/><xf numFmtId="0" fontId="2"/></cellXfs></styleSheet>`,
		stringsPart: declaration + `<sst ` + mainSpace + `>` + sst.String() + `</sst>`,
		sheetPart:   sheet(rows),
	}
}

func sheet(rows string) string {
	return declaration + `<worksheet ` + mainSpace + `><sheetData>` + rows + `</sheetData></worksheet>`
}

// relations writes a .rels part from lines "id kind target".
func relations(lines ...string) string {
	var b strings.Builder
	b.WriteString(declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, line := range lines {
		f := strings.Fields(line)
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s%s" Target="%s"/>`, f[0], relType, f[1], f[2])
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

// with returns the parts with others in place of some; an empty text takes a
// part away.
func (p parts) with(other parts) parts {
	p = maps.Clone(p)
	for name, text := range other {
		if p[name] = text; text == "" {
			delete(p, name)
		}
	}
	return p
}

// zip writes the parts, sorted by name, deflated.
func (p parts) zip(t testing.TB) []byte { return p.zipWith(t, zip.Deflate) }

func (p parts) zipWith(t testing.TB, method uint16) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err == nil {
			_, err = io.WriteString(f, p[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// testLimits are those of a default run, with a few sheets only.
func testLimits() cell.Limits {
	return cell.Limits{FileBytes: 512 << 20, InflatedBytes: 2<<30 - 1, Cells: 100_000_000, StringBytes: 256 << 20, Sheets: 20}
}

func openBytes(b []byte) (*File, error) {
	return Open(context.Background(), "test.xlsx", bytes.NewReader(b), int64(len(b)), testLimits(), nil)
}

// read opens a file and prints all that it holds.
func read(b []byte) (string, error) {
	f, err := openBytes(b)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for i := range f.Sheets {
		if err := readSheet(&out, f, i); err != nil {
			return "", err
		}
	}
	return out.String(), nil
}

func readSheet(out *strings.Builder, f *File, i int, only ...int) error {
	s := f.Sheets[i]
	printSheet(out, s.Name, s.State, f.Epoch1904)
	rows, err := f.Scan(context.Background(), i)
	if err != nil {
		return err
	}
	defer rows.Close()
	if len(only) > 0 {
		rows.Only(only)
	}
	for rows.Next() {
		printRow(out, rows.Row())
	}
	if rows.Err() != nil {
		return rows.Err()
	}
	printTail(out, rows.Tail().Merges, rows.Tail().HiddenColumns)
	return nil
}

// The printed form of what a file holds: a line for each sheet and each cell,
// such as `A1 number "0.65" as 0.00%`.

func printSheet(out *strings.Builder, name string, state cell.State, epoch1904 bool) {
	fmt.Fprintf(out, "sheet %q", name)
	if state != cell.Visible {
		fmt.Fprintf(out, " %s", [...]string{"", "hidden", "veryHidden"}[state])
	}
	if epoch1904 {
		out.WriteString(" 1904")
	}
	out.WriteByte('\n')
}

func printRow(out *strings.Builder, row *cell.Row) {
	for _, c := range row.Cells {
		fmt.Fprintf(out, "%s %s", diag.A1(row.Number, c.Col),
			[...]string{"blank", "number", "text", "bool", "error", "date"}[c.Kind])
		if c.Kind != cell.Blank {
			fmt.Fprintf(out, " %q", c.Raw)
		}
		fmt.Fprint(out, [...]string{"", " calculated", " of-visible-rows", " uncalculated"}[c.Formula])
		if c.Format.Code() != "General" {
			fmt.Fprintf(out, " as %s", c.Format.Code())
		}
		fmt.Fprint(out, [...]string{"", " TCVN3", " VNI"}[c.Font])
		fmt.Fprint(out, [...]string{cell.Plain: "", cell.Unseen: " white", cell.Parts: " in-parts", cell.Raised: " raised", cell.StruckOut: " struck-out"}[c.Mark])
		if row.Hidden {
			out.WriteString(" hidden")
		}
		out.WriteByte('\n')
	}
}

func printTail(out *strings.Builder, merges, hidden []diag.Area) {
	for _, m := range merges {
		fmt.Fprintf(out, "merge %v\n", m)
	}
	slices.SortFunc(hidden, func(a, b diag.Area) int { return cmp.Compare(a.Col, b.Col) })
	for _, h := range hidden {
		fmt.Fprintf(out, "hidden %v\n", h)
	}
}
