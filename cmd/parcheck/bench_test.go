//go:build unix

package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

var (
	benchRows = flag.Int("rows", 10_000, "records of the benchmarks' lists")
	excel     = flag.Bool("excelize", false, "also read the benchmarks' lists with excelize, for comparison")
)

// BenchmarkScoreList scores a record list with the Quảng Nam plan, every check
// on, and reports the cost as multiples of inflating the same file with
// archive/zip in the same run.
func BenchmarkScoreList(b *testing.B) {
	for _, shared := range []bool{true, false} {
		name := "inline"
		if shared {
			name = "shared"
		}
		b.Run(fmt.Sprintf("%s/%d", name, *benchRows), func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "list.xlsx")
			if err := writeList(path, *benchRows, shared); err != nil {
				b.Fatal(err)
			}
			var inflate, scoring, other cost
			for b.Loop() {
				inflate.add(func() { inflateAll(b, path) })
				scoring.add(func() { scoreQuietly(b, path) })
				if *excel {
					other.add(func() { readWithExcelize(b, path) })
				}
			}
			b.ReportMetric(ratio(scoring.cpu, inflate.cpu), "cpu/inflate")
			b.ReportMetric(ratio(scoring.wall, inflate.wall), "wall/inflate")
			if *excel {
				b.ReportMetric(ratio(other.cpu, scoring.cpu), "excelize-cpu/cpu")
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

var listsDir = flag.String("lists", "", "write lists of 100,000 and 1,000,000 dossiers to this folder, for the benchmark of the page")

// TestLists writes the lists that the page is measured with.
func TestLists(t *testing.T) {
	if *listsDir == "" {
		t.Skip("-lists names no folder")
	}
	for _, n := range []int{100_000, 1_000_000} {
		if err := writeList(filepath.Join(*listsDir, fmt.Sprintf("%d.xlsx", n)), n, true); err != nil {
			t.Fatal(err)
		}
	}
}

// BenchmarkScoreMany scores the workbooks of 300 agencies, of fifteen forms
// each, and reports what part of the processor time that is that excelize takes
// to read them: by the size of the forms that are none of the plan's. The
// largest have a row for each of a province's communes.
func BenchmarkScoreMany(b *testing.B) {
	for _, size := range []formSize{{60, 6}, {60, 15}, {240, 15}} {
		b.Run(fmt.Sprintf("%dx%d", size.rows, size.columns), func(b *testing.B) {
			beside(b, size, func(dir, roster string) []string {
				return []string{"score", dir, "--roster", roster, "--format", "csv", "--fail-on", "never"}
			})
		})
	}
}

// BenchmarkSummarise makes the annual workbook of the same 300 agencies.
// seconds-over-tenth is the processor time beyond a tenth of what excelize
// takes only to read them.
func BenchmarkSummarise(b *testing.B) {
	beside(b, formSize{60, 6}, func(dir, roster string) []string {
		return []string{"summary", dir, "--roster", roster, "-o", filepath.Join(b.TempDir(), "summary.xlsx")}
	})
}

type formSize struct{ rows, columns int }

// beside runs a command over the workbooks of 300 agencies, and excelize.
func beside(b *testing.B, size formSize, args func(dir, roster string) []string) {
	const files = 300
	dir := b.TempDir()
	roster := filepath.Join(b.TempDir(), "roster.yaml")
	if err := writeAgencies(dir, roster, files, size); err != nil {
		b.Fatal(err)
	}
	line := append(args(dir, roster), "--as-of", "2024-02-01")
	var ours, other cost
	for b.Loop() {
		ours.add(func() { runQuietly(b, line) })
		other.add(func() {
			for i := range files {
				readWithExcelize(b, filepath.Join(dir, fmt.Sprintf("%03d.xlsx", i)))
			}
		})
	}
	b.ReportMetric(ratio(ours.cpu, other.cpu), "cpu/excelize-cpu")
	b.ReportMetric((ours.cpu-other.cpu/10).Seconds()/float64(b.N), "seconds-over-tenth")
	b.ReportMetric(0, "ns/op")
}

// cost is processor and wall time.
type cost struct{ cpu, wall time.Duration }

func (c *cost) add(fn func()) {
	start, before := time.Now(), processorTime()
	fn()
	c.cpu += processorTime() - before
	c.wall += time.Since(start)
}

func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

func inflateAll(b *testing.B, path string) {
	z, err := zip.OpenReader(path)
	if err != nil {
		b.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			b.Fatal(err)
		}
		r.Close()
	}
}

func scoreQuietly(b *testing.B, path string) {
	runQuietly(b, []string{"score", path, "--unit", "so-xay-dung", "--as-of", "2024-02-01", "--format", "csv", "--fail-on", "never"})
}

func runQuietly(b *testing.B, args []string) {
	var stderr bytes.Buffer
	if code := execute(args, nil, io.Discard, &stderr); code != exitOK {
		b.Fatalf("exit code %d: %s", code, stderr.String())
	}
}

func readWithExcelize(b *testing.B, path string) {
	f, err := excelize.OpenFile(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.Rows(sheet)
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			if _, err := rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
				b.Fatal(err)
			}
		}
		rows.Close()
	}
}

// writeList writes a list of n dossiers in 12 columns, 65 in a hundred of them
// filed online, as spreadsheet programs write it: shared strings, or inline.
func writeList(path string, n int, shared bool) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := &listWriter{z: zip.NewWriter(f), shared: shared}
	w.write(n)
	if err := w.z.Close(); err != nil {
		return err
	}
	return f.Close()
}

type listWriter struct {
	z      *zip.Writer
	shared bool
}

func (w *listWriter) part(name, text string) {
	p, err := w.z.Create(name)
	if err != nil {
		panic(err)
	}
	if _, err := io.WriteString(p, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+text); err != nil {
		panic(err)
	}
}

var listHeader = strings.Split("STT|Mã hồ sơ|Chủ hồ sơ|Ngày tiếp nhận|Ngày hẹn trả|Ngày trả kết quả|Mức độ DVC|Hình thức nộp|Số hóa hồ sơ|Số hóa kết quả|Đồng bộ|Thanh toán", "|")

var listChoices = strings.Split("Một phần|Toàn trình|Trực tuyến|Trực tiếp|Có|Không|Không thu phí", "|")

func (w *listWriter) write(n int) {
	w.part("[Content_Types].xml", `<Types xmlns="`+typesNS+`"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`)
	w.part("_rels/.rels", `<Relationships xmlns="`+fileNS+`"><Relationship Id="rId1" Type="`+relNS+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	w.part("xl/workbook.xml", `<workbook xmlns="`+mainNS+`" xmlns:r="`+relNS+`"><sheets><sheet name="Danh sách hồ sơ" sheetId="1" r:id="rId1"/></sheets></workbook>`)
	w.part("xl/_rels/workbook.xml.rels", `<Relationships xmlns="`+fileNS+`"><Relationship Id="rId1" Type="`+relNS+`/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="`+relNS+`/styles" Target="styles.xml"/><Relationship Id="rId3" Type="`+relNS+`/sharedStrings" Target="sharedStrings.xml"/></Relationships>`)
	w.part("xl/styles.xml", `<styleSheet xmlns="`+mainNS+`"><fonts count="1"><font><name val="Times New Roman"/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellXfs count="2"><xf numFmtId="0" fontId="0"/><xf numFmtId="14" fontId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`)
	w.sheet(n)
	w.strings(n)
}

func (w *listWriter) create(name string) *bufio.Writer {
	p, err := w.z.Create(name)
	if err != nil {
		panic(err)
	}
	return bufio.NewWriterSize(p, 1<<16)
}

func (w *listWriter) sheet(n int) {
	out := w.create("xl/worksheets/sheet1.xml")
	fmt.Fprintf(out, `<worksheet xmlns="%s"><sheetData><row r="1">`, mainNS)
	for i, h := range listHeader {
		w.text(out, i, 1, i, h)
	}
	out.WriteString("</row>")
	first := len(listHeader) + len(listChoices)
	choice := func(col, row, i int) { w.text(out, col, row, len(listHeader)+i, listChoices[i]) }
	for i := range n {
		row := i + 2
		fmt.Fprintf(out, `<row r="%d" spans="1:12"><c r="A%d"><v>%d</v></c>`, row, row, i+1)
		w.text(out, 1, row, first+i, dossierID(i))
		w.text(out, 2, row, first+n+i%1000, ownerName(i))
		received := 44927 + i%300
		for c, day := range []int{received, received + 20, received + 7 + i%25} {
			fmt.Fprintf(out, `<c r="%c%d" s="1"><v>%d</v></c>`, 'D'+c, row, day)
		}
		choice(6, row, i%2)
		choice(7, row, 2+pick(i%100 >= 65))
		choice(8, row, 4+pick(i%100 >= 60))
		choice(9, row, 4+pick(i%10 == 0))
		choice(10, row, 4+pick(i%1000 == 0))
		choice(11, row, []int{2, 3, 6}[i%3])
		out.WriteString("</row>")
	}
	out.WriteString("</sheetData></worksheet>")
	out.Flush()
}

func (w *listWriter) text(out *bufio.Writer, col, row, index int, text string) {
	if w.shared {
		fmt.Fprintf(out, `<c r="%c%d" t="s"><v>%d</v></c>`, 'A'+col, row, index)
		return
	}
	fmt.Fprintf(out, `<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+col, row, text)
}

func (w *listWriter) strings(n int) {
	out := w.create("xl/sharedStrings.xml")
	fmt.Fprintf(out, `<sst xmlns="%s">`, mainNS)
	item := func(s string) { fmt.Fprintf(out, "<si><t>%s</t></si>", s) }
	for _, s := range append(append([]string{}, listHeader...), listChoices...) {
		item(s)
	}
	if w.shared {
		for i := range n {
			item(dossierID(i))
		}
		for i := range 1000 {
			item(ownerName(i))
		}
	}
	out.WriteString("</sst>")
	out.Flush()
}

func dossierID(i int) string { return fmt.Sprintf("H47.%02d-230%03d-%07d", i%90+10, i%365, i) }

func ownerName(i int) string { return fmt.Sprintf("Nguyễn Văn %c%03d", 'A'+i%26, i%1000) }

func pick(second bool) int {
	if second {
		return 1
	}
	return 0
}

// writeAgencies writes the workbooks of n agencies, 000.xlsx and so on, and
// their roster.
func writeAgencies(dir, roster string, n int, size formSize) error {
	const district = "Thăng Bình"
	pattern := filepath.Join(dir, "pattern.xlsx")
	if err := writeForms(pattern, 15, size); err != nil {
		return err
	}
	units := "roster: agencies\ntitle: Agencies\nunits:\n"
	for i := range n {
		name := fmt.Sprintf("Số %03d", i)
		if err := copyRenamed(filepath.Join(dir, fmt.Sprintf("%03d.xlsx", i)), pattern, district, name); err != nil {
			return err
		}
		units += fmt.Sprintf("  - {id: agency-%03d, name: UBND huyện %s, level: district}\n", i, name)
	}
	return errors.Join(os.Remove(pattern), os.WriteFile(roster, []byte(units), 0o644))
}

// copyRenamed copies a workbook and puts one name for another in its texts.
func copyRenamed(to, from, old, name string) error {
	z, err := zip.OpenReader(from)
	if err != nil {
		return err
	}
	defer z.Close()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		if f.Name != "xl/sharedStrings.xml" {
			if err := w.Copy(f); err != nil {
				return err
			}
			continue
		}
		r, err := f.Open()
		if err != nil {
			return err
		}
		text, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		p, err := w.Create(f.Name)
		if err != nil {
			return err
		}
		if _, err := p.Write(bytes.ReplaceAll(text, []byte(old), []byte(name))); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(to, out.Bytes(), 0o644)
}

// writeForms writes the forms of the district's example and, up to the number
// of sheets, forms that are none of the plan's.
func writeForms(path string, sheets int, size formSize) error {
	f, err := excelize.OpenFile(filepath.Join("..", "..", "examples", "district", "district.xlsx"))
	if err != nil {
		return err
	}
	defer f.Close()
	for i := f.SheetCount; i < sheets; i++ {
		name := fmt.Sprintf("Phụ lục %d", i+1)
		if _, err := f.NewSheet(name); err != nil {
			return err
		}
		header := []any{"STT", "Nội dung công việc", "Đơn vị chủ trì", "Thời gian", "Số lượng", "Kinh phí"}
		for c := len(header); c < size.columns; c++ {
			header = append(header, fmt.Sprintf("Kết quả %d", c))
		}
		if err := f.SetSheetRow(name, "A4", &header); err != nil {
			return err
		}
		for j := range size.rows {
			row := []any{j + 1, fmt.Sprintf("Nhiệm vụ số %d của phần %d", j+1, i+1), "Phòng Nội vụ", "Quý IV", 10*i + j, 1000 * j}
			for c := len(row); c < size.columns; c++ {
				row = append(row, 100*c+j)
			}
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", j+5), &row); err != nil {
				return err
			}
		}
	}
	return f.SaveAs(path)
}
