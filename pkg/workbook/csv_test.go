package workbook

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/label"
)

const (
	bareQuote = `a quotation mark (") stands in the middle of a field: fields that hold one are put in quotes and theirs are doubled` + export
	openQuote = `a quotation mark (") of the record that begins here is never closed` + export
	badText   = "the text is not in UTF-8 (it may be in windows-1258, TCVN3 or VNI)" + export
)

var tables = []struct {
	what, data string
	want       []string
}{
	{"comma", "Mã,Số\nA,1\n", []string{"csv", "[hồ sơ]", "A1=Mã | B1=Số", "A2=A | B2=1"}},
	{"semicolon, byte order mark, decimal commas", "\ufeffMã;Tỷ lệ\r\nA;65,5\r\nB;70,2\r\n",
		[]string{"csv", "[hồ sơ]", "A1=Mã | B1=Tỷ lệ", "A2=A | B2=65,5", "A3=B | B3=70,2"}},
	{"semicolon where commas do as well", "A;65,5\nB;70,2\n", []string{"csv", "[hồ sơ]", "A1=A | B1=65,5", "A2=B | B2=70,2"}},
	{"tab", "Mã\tTên\nA\tx, y; z\nB\tu, v; w\n", []string{"tsv", "[hồ sơ]", "A1=Mã | B1=Tên", "A2=A | B2=x, y; z", "A3=B | B3=u, v; w"}},
	{"sep=", "sep=|\r\nMã|Số\r\nA|1", []string{"csv", "[hồ sơ]", "A1=Mã | B1=Số", "A2=A | B2=1"}},
	{"sep= in quotes, one column", "\"sep=;\"\nMã\nA\n", []string{"csv", "[hồ sơ]", "A1=Mã", "A2=A"}},
	{"one record", "Mã;Số", []string{"csv", "[hồ sơ]", "A1=Mã | B1=Số"}},
	{"title rows", "Báo cáo,,\n,,\nMã,Số,Ghi chú\nA,1,\n", []string{"csv", "[hồ sơ]", "A1=Báo cáo", "A3=Mã | B3=Số | C3=Ghi chú", "A4=A | B4=1"}},
	{"blank lines are rows", "a,b\n\n\r\nc,d\n", []string{"csv", "[hồ sơ]", "A1=a | B1=b", "A4=c | B4=d"}},
	{"ends of lines", "a,b\rc,d\r\ne,f\n", []string{"csv", "[hồ sơ]", "A1=a | B1=b", "A2=c | B2=d", "A3=e | B3=f"}},
	{"quotes", "\"a\",\"b;\"\"c\"\"\"\n\"d\r\ne\",\"\"\nf,\" g\"\n",
		[]string{"csv", "[hồ sơ]", "A1=a | B1=b;\"c\"", "A2=d⏎e", "A3=f | B3= g"}},
	{"a break in quotes is no row", "a,b\n\"c\nd\",e\nf,g\n", []string{"csv", "[hồ sơ]", "A1=a | B1=b", "A2=c⏎d | B2=e", "A3=f | B3=g"}},
	{"white space is blank", "a,b\n \u00a0,c\n", []string{"csv", "[hồ sơ]", "A1=a | B1=b", "B2=c"}},
	{"numbers are texts", "a,b\n1,=1+1\n", []string{"csv", "[hồ sơ]", "A1=a | B1=b", "A2=1 | B2==1+1"}},
	{"rows of many lengths", "a,b,c\nd,e,f\ng\nh,i,j,k\n", []string{"csv", "[hồ sơ]", "A1=a | B1=b | C1=c", "A2=d | B2=e | C2=f", "A3=g", "A4=h | B4=i | C4=j | D4=k"}},

	{"a bare quote", "a,b\nc,d\ne,5\" nhỏ\n", []string{"csv", "[hồ sơ]", "A1=a | B1=b", "A2=c | B2=d", "hồ sơ.txt:3: " + bareQuote}},
	{"a bare quote in every line", "a,1\"\nb,2\"\nc,d\ne,f", []string{"csv", "[hồ sơ]", "hồ sơ.txt:1: " + bareQuote}},
	{"formulas of a text", "=\"00123\",b\r\n\"=\"\"0;0\"\"\",=\"\"\nc,=\"d e\"",
		[]string{"csv", "[hồ sơ]", "A1=00123 | B1=b", "A2=0;0", "A3=c | B3=d e"}},
	{"other formulas", "a,b\n\"=\"\"0\"\"&\"\"1\"\"\",=A1\n=,==\n",
		[]string{"csv", "[hồ sơ]", "A1=a | B1=b", `A2=="0"&"1" | B2==A1`, "A3== | B3==="}},
	{"a formula of a text with the separator", "a,b\nc,d\n=\"0,1\",c\n", []string{"csv", "[hồ sơ]", "A1=a | B1=b", "A2=c | B2=d", "hồ sơ.txt:3: " + bareQuote}},
	{"a formula of two texts", "a,b\nc,d\n=\"0\"&\"1\",c\n", []string{"csv", "[hồ sơ]", "A1=a | B1=b", "A2=c | B2=d", "hồ sơ.txt:3: " + bareQuote}},
	{"text behind a quoted field", "a,b\n\"c\nd\" x,e\nf,g\n", []string{"csv", "[hồ sơ]", "A1=a | B1=b", "hồ sơ.txt:3: " + bareQuote}},
	{"a quote that is not closed", "a,b\n\"x\ny\",d\ne,\"f\ng,h\n", []string{"csv", "[hồ sơ]", "A1=a | B1=b", "A2=x⏎y | B2=d", "hồ sơ.txt:4: " + openQuote}},
	{"not UTF-8", "a,b\nc,S\xe8 li\xd6u\n", []string{"hồ sơ.txt:2: " + badText}},
	{"a character cut at the end", "a,b\nc,d\nx,\xe1\xbb", []string{"csv", "[hồ sơ]", "A1=a | B1=b", "A2=c | B2=d", "hồ sơ.txt:3: " + badText}},
	{"not UTF-8 far behind", strings.Repeat(",\n", headSize) + "a,\xff\n", []string{"csv", "[hồ sơ]", "hồ sơ.txt:65537: " + badText}},
	{"a long field", "a,b\nc,d\nx," + strings.Repeat("y", maxCellText+1), []string{"csv", "[hồ sơ]", "A1=a | B1=b", "A2=c | B2=d",
		"hồ sơ.txt:3: a cell holds more than 131072 bytes of text" + export}},
	{"a long record", "a,b\nc,d\n\"" + strings.Repeat("\n", maxRowText+2*csvBuffer), []string{"csv", "[hồ sơ]", "A1=a | B1=b", "A2=c | B2=d",
		"hồ sơ.txt:3: the record is longer than 16777216 bytes" + export}},
	{"many fields", "a,b\nc,d\n" + strings.Repeat(",", maxSheetCol), []string{"csv", "[hồ sơ]", "A1=a | B1=b", "A2=c | B2=d",
		"hồ sơ.txt:3: the record has more than 16384 fields" + export}},
	{"many rows", strings.Repeat(",\n", maxSheetRow+1), []string{"csv", "[hồ sơ]", "hồ sơ.txt:1048577: the table has more than 1048576 rows" + export}},
}

func TestCSV(t *testing.T) {
	for _, c := range tables {
		got := strings.TrimSuffix(dump("thư mục/hồ sơ.txt", c.data), "\n")
		got = strings.ReplaceAll(got, "thư mục/", "")
		if diff := cmp.Diff(c.want, strings.Split(got, "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}
}

func TestCSVLimitOfCells(t *testing.T) {
	w, err := openBytes("f.csv", "a,b\nc,d\n", cell.Limits{Cells: 3})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	err = dumpSheet(&b, w, 0)
	if got, want := describe(err), "f.csv:2: the table has more than 3 cells"+export; got != want || b.String() != "A1=a | B1=b\n" {
		t.Errorf("%q and %s", b.String(), got)
	}
}

// slowly reads a byte or two at a time.
type slowly struct {
	r *strings.Reader
	n int
}

func (s *slowly) ReadAt(b []byte, at int64) (int, error) {
	s.n++
	if len(b) > 1+s.n%2 && at > 0 {
		b = b[:1+s.n%2]
		n, err := s.r.ReadAt(b, at)
		return n, err
	}
	return s.r.ReadAt(b, at)
}

// Where the buffer is cut makes no difference.
func TestCSVInPieces(t *testing.T) {
	for _, c := range tables {
		if len(c.data) > 1000 {
			continue
		}
		w, err := Open(context.Background(), "hồ sơ.txt", strings.NewReader(c.data), int64(len(c.data)), Options{})
		if err != nil {
			continue
		}
		f := w.impl.(*csvFile)
		var whole, pieces strings.Builder
		errWhole := dumpSheet(&whole, w, 0)
		at := int64(strings.Index(c.data, readAll(t, f.content)))
		f.content.r = offset{&slowly{r: strings.NewReader(c.data)}, at}
		errPieces := dumpSheet(&pieces, w, 0)
		if whole.String() != pieces.String() || fmt.Sprint(errWhole) != fmt.Sprint(errPieces) {
			t.Errorf("%s: whole\n%s%v\nin pieces\n%s%v", c.what, whole.String(), errWhole, pieces.String(), errPieces)
		}
	}
}

type offset struct {
	io.ReaderAt
	at int64
}

func (o offset) ReadAt(b []byte, at int64) (int, error) { return o.ReaderAt.ReadAt(b, at+o.at) }

func readAll(t *testing.T, c *content) string {
	t.Helper()
	b, err := io.ReadAll(c.reader(0))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The cells are those that encoding/csv reads, or both refuse.
func FuzzCSV(f *testing.F) {
	for _, c := range tables {
		if len(c.data) < 1000 {
			f.Add([]byte(c.data), byte(','))
			f.Add([]byte(c.data), byte(';'))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, comma byte) {
		if bytes.Contains(bytes.ReplaceAll(data, []byte("\r\n"), nil), []byte("\r")) || bytes.ContainsRune(data, 0xfeff) {
			return // encoding/csv takes a lone return for text, and drops no mark
		}
		if bytes.Contains(data, []byte(`="`)) {
			return // nor does it know ="text"
		}
		if !strings.ContainsRune(";,\t", rune(comma)) {
			return
		}
		w := &Workbook{Name: "f.csv"}
		c := &content{name: "f.csv", r: bytes.NewReader(data), size: int64(len(data)), opt: Options{Limits: DefaultLimits()}}
		w.impl = &csvFile{Workbook: w, content: c, comma: comma, line: 1}
		got, err := readScan(w, 0)
		if len(data) > maxCellText {
			return
		}
		want, wantErr := readStandard(data, comma)
		if wantErr != nil {
			if err == nil {
				t.Errorf("%q is read, and encoding/csv says %v", data, wantErr)
			}
			return
		}
		if err != nil {
			t.Fatalf("%q: %s, and encoding/csv reads it", data, describe(err))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-encoding/csv +got):\n%s", data, diff)
		}
	})
}

// readStandard reads with encoding/csv what readScan gives: the fields that
// hold something, of the records that have one.
func readStandard(data []byte, comma byte) ([][]string, error) {
	if n := validLength(data); n < len(data) {
		return nil, errNotUTF8
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.FieldsPerRecord = rune(comma), -1
	var rows [][]string
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		var texts []string
		for _, text := range record {
			if !label.IsEmpty([]byte(text)) {
				texts = append(texts, strings.Join(strings.Fields(text), ""))
			}
		}
		if texts != nil {
			rows = append(rows, texts)
		}
	}
}

func BenchmarkCSV(b *testing.B) {
	data := []byte("Mã;Ngày tiếp nhận;Ngày hẹn trả;Ngày trả kết quả;Mức độ;Đơn vị\n" +
		strings.Repeat("H47.01-230102-0001;02/01/2023;09/01/2023;08/01/2023;Toàn trình;\"Sở Nội vụ\"\n", 100_000))
	benchmarkScan(b, "f.csv", data)
}

func BenchmarkHTML(b *testing.B) {
	data := []byte("<table><tr><th>Mã<th>Ngày tiếp nhận<th>Ngày hẹn trả<th>Ngày trả kết quả<th>Mức độ<th>Đơn vị</tr>" +
		strings.Repeat("<tr><td>H47.01-230102-0001</td><td>02/01/2023</td><td>09/01/2023</td><td>08/01/2023</td><td>Toàn trình</td><td>Sở Nội vụ</td></tr>\n", 100_000) + "</table>")
	benchmarkScan(b, "f.xls", data)
}

func benchmarkScan(b *testing.B, name string, data []byte) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		w, err := Open(context.Background(), name, bytes.NewReader(data), int64(len(data)), Options{})
		if err != nil {
			b.Fatal(err)
		}
		sc, err := w.Scan(context.Background(), 0)
		if err != nil {
			b.Fatal(err)
		}
		rows := 0
		for sc.Next() {
			rows++
		}
		if sc.Err() != nil || rows != 100_001 {
			b.Fatal(rows, sc.Err())
		}
	}
}
