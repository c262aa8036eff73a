//go:build unix

package xlsx

import (
	"archive/zip"
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

var benchRows = flag.Int("rows", 10_000, "rows of the lists that the benchmarks read")

// Columns of the list that the benchmarks make, as one-stop systems export
// them: the wanted ones are those that a plan asks for.
var benchWanted = []int{1, 3, 6, 7, 8, 10}

const benchColumns = 12

// BenchmarkScan reads a list of -rows rows by 12 columns, with half of the
// columns wanted and with all, and with excelize, and reports the cost beside
// that of inflating the same parts with archive/zip.
func BenchmarkScan(b *testing.B) {
	for _, inline := range []bool{false, true} {
		name := "shared"
		if inline {
			name = "inline"
		}
		file := benchList(b, *benchRows, inline)
		for _, reader := range []struct {
			name string
			read func(b *testing.B, file []byte) (rows int)
		}{
			{"six", func(b *testing.B, file []byte) int { return scanList(b, file, benchWanted) }},
			{"all", func(b *testing.B, file []byte) int { return scanList(b, file, nil) }},
			{"excelize", excelizeList},
		} {
			b.Run(name+"/"+reader.name, func(b *testing.B) {
				inflateWall, inflateCPU, size := inflateAll(b, file)
				b.SetBytes(size)
				b.ReportAllocs()
				b.ResetTimer()
				start, cpu := time.Now(), cpuTime()
				for b.Loop() {
					if n := reader.read(b, file); n != *benchRows+1 {
						b.Fatalf("%d rows", n)
					}
				}
				n := float64(b.N)
				b.ReportMetric(float64(cpuTime()-cpu)/n/float64(inflateCPU), "cpu/inflate")
				b.ReportMetric(float64(time.Since(start))/n/float64(inflateWall), "wall/inflate")
			})
		}
	}
}

// scanList counts the rows of a list as parcheck reads them.
func scanList(b *testing.B, file []byte, wanted []int) (n int) {
	f, err := openBytes(file)
	if err != nil {
		b.Fatal(err)
	}
	rows, err := f.Scan(b.Context(), 0)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	if wanted != nil {
		rows.Only(wanted)
	}
	for rows.Next() {
		n++
	}
	if rows.Err() != nil {
		b.Fatal(rows.Err())
	}
	return n
}

// excelizeList counts the rows of a list as excelize reads them.
func excelizeList(b *testing.B, file []byte) (n int) {
	f, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			b.Fatal(err)
		}
		n++
	}
	return n
}

// BenchmarkInflate inflates the parts of the same list.
func BenchmarkInflate(b *testing.B) {
	file := benchList(b, *benchRows, false)
	b.Run("archive-zip", func(b *testing.B) {
		z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			b.SetBytes(inflateZip(b, z))
		}
	})
	b.Run("parcheck", func(b *testing.B) {
		f, err := openBytes(file)
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			var size int64
			for _, name := range []string{sheetPart, stringsPart} {
				size += inflatePart(b, f.archive, f.archive.part(name))
			}
			b.SetBytes(size)
		}
	})
}

func inflatePart(b *testing.B, a *archive, p *part) (size int64) {
	s, err := a.open(p)
	if err != nil {
		b.Fatal(err)
	}
	defer s.close()
	for {
		block, err := s.next(b.Context())
		if err == nil {
			size += int64(block.n)
			err = block.err
			s.release(block)
		}
		if err == io.EOF {
			return size
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

// inflateZip inflates the sheet and the string table with archive/zip.
func inflateZip(b *testing.B, z *zip.Reader) (size int64) {
	for _, name := range []string{sheetPart, stringsPart} {
		r, err := z.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		n, err := io.Copy(io.Discard, r)
		if err != nil {
			b.Fatal(err)
		}
		size += n
	}
	return size
}

// inflateAll measures inflateZip; the best of three.
func inflateAll(b *testing.B, file []byte) (wall, cpu time.Duration, size int64) {
	for range 3 {
		start, before := time.Now(), cpuTime()
		z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			b.Fatal(err)
		}
		size = inflateZip(b, z)
		if d := time.Since(start); wall == 0 || d < wall {
			wall = d
		}
		if d := cpuTime() - before; cpu == 0 || d < cpu {
			cpu = d
		}
	}
	return wall, max(cpu, 1), size
}

// cpuTime is what the process has used, of all processors.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// benchList writes a list of dossiers.
func benchList(b *testing.B, rows int, inline bool) []byte {
	b.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	l := listWriter{inline: inline, index: map[string]int{}}
	part := func(name string, write func(*bufio.Writer)) {
		w, err := z.Create(name)
		if err != nil {
			b.Fatal(err)
		}
		buf := bufio.NewWriterSize(w, 1<<16)
		write(buf)
		if err := buf.Flush(); err != nil {
			b.Fatal(err)
		}
	}
	p := soundParts("")
	for _, name := range []string{typesPart, rootRels, bookPart, bookRels, stylesPart} {
		part(name, func(w *bufio.Writer) { w.WriteString(p[name]) })
	}
	part(sheetPart, func(w *bufio.Writer) { l.sheet(w, rows) })
	part(stringsPart, l.strings)
	if err := z.Close(); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// listWriter writes the XML of a list as spreadsheet programs do.
type listWriter struct {
	inline bool
	index  map[string]int
	texts  []string
	buf    []byte
	row    int
	col    int
}

func (l *listWriter) sheet(w *bufio.Writer, rows int) {
	w.WriteString(declaration + `<worksheet ` + mainSpace + `><sheetData>`)
	for l.row = 1; l.row <= rows+1; l.row++ {
		l.buf = append(l.buf[:0], `<row r="`...)
		l.buf = strconv.AppendInt(l.buf, int64(l.row), 10)
		l.buf = append(l.buf, `" spans="1:12">`...)
		l.col = 0
		l.cells()
		l.buf = append(l.buf, `</row>`...)
		w.Write(l.buf)
	}
	w.WriteString(`</sheetData></worksheet>`)
}

func (l *listWriter) cells() {
	if l.row == 1 {
		for c := range benchColumns {
			l.text("Cột " + strconv.Itoa(c+1))
		}
		return
	}
	n := l.row * 7919 % 1_000_003 // scattered, the same every time
	l.text(fmt.Sprintf("H%02d.%02d.%02d-%06d-%07d", 17+n%18, n%13, n%29, 230000+n%366, l.row))
	l.text([]string{"Sở Nội vụ", "Sở Xây dựng", "UBND huyện Núi Thành", "UBND thành phố Hội An"}[n%4])
	l.text([]string{"Một phần", "Toàn trình", "Không trực tuyến"}[n%3])
	l.text("1.0" + strconv.Itoa(10000+n%300) + ".000.00.00.H47")
	l.text("Cấp giấy phép xây dựng mới đối với công trình số " + strconv.Itoa(n%300))
	day := 44927 + n%365
	l.number("1", strconv.Itoa(day)+".3"+strconv.Itoa(n%1000))
	l.number("1", strconv.Itoa(day+7))
	l.number("1", strconv.Itoa(day+n%9))
	l.number("0", strconv.Itoa(n%50*10000))
	l.text([]string{"Đúng hạn", "Trước hạn", "Quá hạn"}[n%3])
	l.number("0", strconv.Itoa(n%2))
	l.number("2", "0."+strconv.Itoa(n%100))
}

func (l *listWriter) open(style string) {
	l.col++
	l.buf = append(l.buf, `<c r="`...)
	l.buf = append(l.buf, byte('A'+l.col-1))
	l.buf = strconv.AppendInt(l.buf, int64(l.row), 10)
	l.buf = append(l.buf, `" s="`...)
	l.buf = append(l.buf, style...)
}

func (l *listWriter) number(style, value string) {
	l.open(style)
	l.buf = append(l.buf, `"><v>`...)
	l.buf = append(l.buf, value...)
	l.buf = append(l.buf, `</v></c>`...)
}

func (l *listWriter) text(s string) {
	l.open("0")
	if l.inline {
		l.buf = append(l.buf, `" t="inlineStr"><is><t>`...)
		l.buf = append(l.buf, s...)
		l.buf = append(l.buf, `</t></is></c>`...)
		return
	}
	i, ok := l.index[s]
	if !ok {
		i = len(l.texts)
		l.index[s] = i
		l.texts = append(l.texts, s)
	}
	l.buf = append(l.buf, `" t="s"><v>`...)
	l.buf = strconv.AppendInt(l.buf, int64(i), 10)
	l.buf = append(l.buf, `</v></c>`...)
}

func (l *listWriter) strings(w *bufio.Writer) {
	w.WriteString(declaration + `<sst ` + mainSpace + `>`)
	for _, s := range l.texts {
		w.WriteString(`<si><t>` + s + `</t></si>`)
	}
	w.WriteString(`</sst>`)
}

// BenchmarkForms reads a workbook of fifteen small forms, beside excelize.
func BenchmarkForms(b *testing.B) {
	f := excelize.NewFile()
	defer f.Close()
	for s := range 15 {
		name := fmt.Sprintf("Biểu %d", s+1)
		if _, err := f.NewSheet(name); err != nil {
			b.Fatal(err)
		}
		for r := range 40 {
			row := []any{r + 1, fmt.Sprintf("Chỉ tiêu số %d của biểu", r), r * 17, float64(r) / 3, "hồ sơ", "Ghi chú"}
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", r+1), &row); err != nil {
				b.Fatal(err)
			}
		}
	}
	buf, err := f.WriteToBuffer()
	if err != nil {
		b.Fatal(err)
	}
	file := buf.Bytes()
	b.Run("parcheck", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := walk(b.Context(), file, testLimits()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("excelize", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			x, err := excelize.OpenReader(bytes.NewReader(file))
			if err != nil {
				b.Fatal(err)
			}
			for _, name := range x.GetSheetList() {
				if _, err := x.GetRows(name, excelize.Options{RawCellValue: true}); err != nil {
					b.Fatal(err)
				}
			}
			x.Close()
		}
	})
}
