package xls

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/cell"
)

// What is odd, and chooses between no two figures, is read.
func TestOddAndRead(t *testing.T) {
	merge := rec(recMergeCells, 1, 0, 1, 0, 3)
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"cells out of order", one(numberAt(2, 1, 0, 4), numberAt(0, 3, 0, 2), numberAt(2, 0, 0, 3), numberAt(0, 1, 0, 1), rec(recMulRK, 1, 2, 0, whole(7, 2), 0, whole(8, 2), 3)).file(),
			"[Sheet1]\nB1=1 | D1=2\nC2=7 | D2=8\nA3=3 | B3=4\n"},
		{"rows and merges anywhere", one(merge, numberAt(0, 0, 0, 1), rec(recRow, 1, 0, 1, 255, 0, 0, 0x20, 0), rec(recRow, 0, 0, 1, 255, 0, 0, 0x100, 0), numberAt(1, 0, 0, 2), rec(recColInfo, 3, 4, 2000, 0, 1)).file(),
			"[Sheet1]\nA1=1\nA2=2 (hidden)\nmerged A1:D2\nhidden columns 4 to 5\n"},
		{"a row of no height", one(numberAt(0, 0, 0, 1), numberAt(1, 0, 0, 2), rec(recRow, 0, 0, 1, 0, 0, 0, 0x140, 0), rec(recRow, 1, 0, 1, 0, 0, 0, 0x100, 0)).file(), "[Sheet1]\nA1=1 (hidden)\nA2=2\n"},
		{"rows hidden by default", one(rec(recDefaultRow, 2, 255), rec(recRow, 1, 0, 1, 255, 0, 0, 0, 0), numberAt(0, 0, 0, 1), numberAt(1, 0, 0, 2)).file(), "[Sheet1]\nA1=1 (hidden)\nA2=2\n"},
		{"columns of no width", one(rec(recColInfo, 0, 256, 0, 0, 0)).file(), "[Sheet1]\nhidden columns 1 to 256\n"},
		{"sizes that lie", one(rec(0x0200, uint32(0), uint32(1<<31), 0, 0xffff, 0), numberAt(9, 9, 0, 1)).file(), "[Sheet1]\nJ10=1\n"},
		{"blank before its value", one(blank(0, 0), numberAt(0, 0, 0, 1), rec(recMulBlank, 1, 0, 0, 0, 0, 2), numberAt(1, 1, 0, 2)).file(), "[Sheet1]\nA1=1\nB2=2\n"},
		{"the same cell twice", one(numberAt(4, 2, 0, 1), numberAt(9, 0, 0, 1), numberAt(4, 2, 0, 1), numberAt(4, 2, 0, 1)).file(), "[Sheet1]\nC5=1\nA10=1\n"},
		{"a chart inside a sheet", one(numberAt(0, 0, 0, 1), rec(recBOF, 0x0600, 0x20, 0, 0), numberAt(5, 5, 0, 9), rec(recEOF), numberAt(1, 0, 0, 2)).file(), "[Sheet1]\nA1=1\nA2=2\n"},
		{"hidden sheets, charts and macros", book{sheets: []page{{name: "A"}, {name: "B", state: 1, records: [][]byte{numberAt(0, 0, 0, 1)}}, {name: "C", state: 2}, {name: "D", what: 2}, {name: "E", what: 1, records: [][]byte{numberAt(0, 0, 0, 1)}}, {name: "F", what: 6}}}.file(),
			"[A]\n[B] hidden\nA1=1\n[C] very hidden\n[D]\n[E]\n[F]\nf.xls:'E': this is a sheet of macros: its cells are not read [odd-file]\n"},
		{"other workbooks", func() []byte {
			b := one()
			b.globals = [][]byte{rec(recSupBook, 1, 0x0401), rec(recSupBook, 0, 0x3a01), rec(recSupBook, 1, text8("\x01a.xls", 2))}
			return b.file()
		}(), "[Sheet1]\nf.xls: the workbook links to 1 other workbooks, programs (DDE) or data sources; no link is followed, the stored values are read [external-link]\n"},
		{"more texts than are said", withTexts(rec(recSST, uint32(1), uint32(1), text8("a", 2), text8("b", 2))), "[Sheet1]\nC2='a\n"},
		{"fewer texts than are said", withTexts(rec(recSST, uint32(9), uint32(9), text8("a", 2))),
			"[Sheet1]\nC2='a\nf.xls: the string table says that it holds 9 texts, and holds 1 [odd-file]\n"},
		{"runs and pronunciation", withTexts(rec(recSST, uint32(2), uint32(2), 3, uint8(12), 1, uint32(4), "641", 2, 5, "\x01\x02\x03\x04", text8("b", 2))), "[Sheet1]\nC2='64¹ raised\n"},
		{"a run of the whole text", withTexts(rec(recSST, uint32(1), uint32(1), 3, uint8(8), 2, "641", 0, 0, 3, 5)), "[Sheet1]\nC2='641\n"},
		{"runs that look the same", withTexts(rec(recSST, uint32(1), uint32(1), 3, uint8(8), 2, "641", 0, 0, 2, 6)), "[Sheet1]\nC2='641\n"},
		{"runs that look different", withTexts(rec(recSST, uint32(1), uint32(1), 3, uint8(8), 1, "641", 1, 2)), "[Sheet1]\nC2='641 VNI parts\n"},
		{"a subscript, and blanks", withTexts(rec(recSST, uint32(1), uint32(1), 6, uint8(8), 3, "x(1) y", 0, 0, 1, 7, 4, 0)), "[Sheet1]\nC2='x₍₁₎ y raised\n"},
		{"all raised", withTexts(rec(recSST, uint32(1), uint32(1), 3, uint8(8), 2, "64 ", 0, 5, 2, 0)), "[Sheet1]\nC2='64 \n"},
		{"a part struck out", withTexts(rec(recSST, uint32(1), uint32(1), 3, uint8(8), 1, "64 ", 1, 3)), "[Sheet1]\nC2='64  struck\n"},
		{"raised behind letters of two units", withTexts(rec(recSST, uint32(1), uint32(1), 3, uint8(9), 1, wide("😀1"), 2, 5)), "[Sheet1]\nC2='😀¹ raised\n"},
		{"a font that is not there", withTexts(rec(recSST, uint32(1), uint32(1), 3, uint8(8), 1, "641", 0, 99)), "[Sheet1]\nC2='641\n"},
		{"half of a pair", withTexts(rec(recSST, uint32(1), uint32(1), 3, uint8(1), 0xd83d, 0x61, 0xde00)), "[Sheet1]\nC2='\ufffda\ufffd\n"},
		{"a pair over two records", withTexts(rec(recSST, uint32(1), uint32(1), 2, uint8(1), 0xd83d), rec(recContinue, uint8(1), 0xde00)), "[Sheet1]\nC2='😀\n"},
		{"formulas of a library that calculates nothing", one(formula(0, 0, 0, special(emptyResult, 0), 3, ""), formula(1, 0, 0, pack(0.0), 3, ""), numberAt(2, 0, 0, 3)).file(),
			"[Sheet1]\nA1= uncalculated\nA2= uncalculated\nA3=3\ncalculated on load\n"},
		{"formulas of a library that calculates some", one(formula(0, 0, 0, pack(7.0), 3, ""), formula(1, 0, 0, pack(0.0), 3, "")).file(),
			"[Sheet1]\nA1=7 formula\nA2=0 formula\ncalculated on load\n"},
		{"formulas that give nothing", one(formula(0, 0, 0, special(emptyResult, 0), 0, "")).file(), "[Sheet1]\nA1=' formula\n"},
		{"formulas that OpenOffice calculated", func() []byte {
			b := one(formula(0, 0, 0, pack(0.0), 2, ""), formula(1, 0, 0, special(emptyResult, 0), 2, ""))
			b.globals = [][]byte{rec(recWriteAccess, text8("Calc"+strings.Repeat(" ", 50), 2))}
			return b.file()
		}(), "[Sheet1]\nA1=0 formula\nA2=' formula\n"},
		{"calculated by hand", one(rec(recCalcMode, 0), formula(0, 0, 0, pack(7.0), 0, "")).file(), "[Sheet1]\nA1=7 formula\ncalculated by hand\n"},
		{"by hand, and no formulas", one(rec(recCalcMode, 0), numberAt(0, 0, 0, 7)).file(), "[Sheet1]\nA1=7\n"},
		{"calculated but for tables", one(rec(recCalcMode, 0xffff), formula(0, 0, 0, pack(7.0), 0, "")).file(), "[Sheet1]\nA1=7 formula\n"},
		{"saved unfinished", one(rec(recUncalced, 0), formula(0, 0, 0, pack(7.0), 0, "")).file(), "[Sheet1]\nA1=7 formula\nnot calculated to the end\n"},
		{"a stream that stands alone", rawSheet(), "[f]\nA1=5 | B1='abc\n"},
		{"a workbook that stands alone", oldOne(numberAt(0, 0, 0, 5)).stream(), "[Sheet1]\nA1=5\n"},
		{"sheets of Excel 5.0 that Excel 97 wrote", func() []byte {
			b := oldOne(label5(0, 0, 0, "abc")).stream()
			i := bytes.LastIndex(b, book{old: true}.bof(sheetGroup))
			return compoundFile(storedStream{"Book", patch(b, i+recordHeader, 0x0600)})
		}(), "[Sheet1]\nA1='abc\n"},
		{"zeros behind the end", append(one(numberAt(0, 0, 0, 5)).file(), make([]byte, 700)...), "[Sheet1]\nA1=5\n"},
		{"two workbooks for two versions", compoundFile(storedStream{"Book", oldOne(numberAt(0, 0, 0, 1)).stream()}, storedStream{"Workbook", one(numberAt(0, 0, 0, 1)).stream()}),
			"[Sheet1]\nA1=1\nf.xls: the file holds the workbook twice, for Excel 97 and for Excel 5.0: the first is read [odd-file]\n"},
		{"a workbook of Excel 97 that stands alone", one(numberAt(0, 0, 0, 5)).stream(), "[Sheet1]\nA1=5\n"},
		{"a number format in letters of no code page", func() []byte {
			b := oldOne(numberAt(0, 0, 0, 5))
			b.globals = [][]byte{rec(recCodePage, 0), b.format(170, "0 \"\xd0VT\"")}
			return b.file()
		}(), "[Sheet1]\nA1=5\n"},
		{"a number format in two ways that show the same", inBook(book{}.format(166, "0"), book{}.format(166, "0.00"), book{}.xf(0, 166)), "[Sheet1]\nA1=1\n"},
		{"a number format in two ways that nothing has", inBook(book{}.format(166, "0"), book{}.format(166, "0%")), "[Sheet1]\nA1=1\n"},
		{"white on white", coloured(9, 0, 0), "[Sheet1]\nA1=5 white\n"},
		{"white on blue", coloured(9, 1, 12), "[Sheet1]\nA1=5\n"},
		{"blue on blue", coloured(12, 1, 12), "[Sheet1]\nA1=5 white\n"},
		{"blue of the first screens on blue", coloured(4, 1, 12), "[Sheet1]\nA1=5 white\n"},
		{"black on white", coloured(0x7fff, 0, 64), "[Sheet1]\nA1=5\n"},
		{"white on a pattern", coloured(9, 3, 9), "[Sheet1]\nA1=5\n"},
		{"a number of white that the file calls red", coloured(9, 0, 0, rec(recPalette, 2, uint32(0), uint32(0x0000ff))), "[Sheet1]\nA1=5\n"},
		{"a number of blue that the file calls white", coloured(12, 0, 0, rec(recPalette, 5, []uint32{0, 0, 0, 0, 0xffffff})), "[Sheet1]\nA1=5 white\n"},
		{"Excel 5.0: white on white", func() []byte {
			b := oldOne(numberAt(0, 0, 9, 5), numberAt(0, 1, 10, 6))
			b.globals = [][]byte{rec(recFont, 200, 0, 9, 400, 0, uint32(0), b.name("Arial", 1)), rec(recXF, 8, 0, 0, 0, uint32(0), uint32(0)), rec(recXF, 8, 0, 0, 0, uint32(12|1<<16), uint32(0))}
			return b.file()
		}(), "[Sheet1]\nA1=5 white | B1=6\n"},
		{"a name in capitals", compoundFile(storedStream{"WORKBOOK", one(numberAt(0, 0, 0, 1)).stream()}), "[Sheet1]\nA1=1\n"},
	} {
		got, err := read(c.file)
		if err != nil {
			got = describe(err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// coloured is a cell whose text and fill have colours of these numbers.
func coloured(text, pattern, fill int, globals ...[]byte) []byte {
	b := one(numberAt(0, 0, 9, 5))
	b.globals = append(globals, rec(recFont, 200, 0, text, 400, 0, uint32(0), text8("Arial", 1)),
		rec(recXF, 8, 0, 0, 0, 0, uint32(0), uint32(pattern)<<26, fill))
	return b.file()
}

// rawSheet is a sheet as simple programs write it: no compound file, no
// workbook round it.
func rawSheet() []byte {
	return bytes.Join([][]byte{rec(recBOF, 0, 0x10, 0, 0), rec(recNumber, 0, 0, 0, 5.0), rec(recLabel, 0, 1, 0, 3, "abc"), rec(recEOF)}, nil)
}

// Sectors of both sizes are read, small streams and large ones, and files whose
// allocation table is larger than the header can list.
func TestSectors(t *testing.T) {
	if testing.Short() {
		t.Skip("makes files of 16 MB")
	}
	for _, rows := range []int{1, 100, 300, 60_000} {
		var records [][]byte
		for row := range rows {
			records = append(records, rec(recMulRK, row, 0, bytes.Repeat(pack(0, whole(int32(row), 2)), 40), 39))
		}
		stream := one(records...).stream()
		for _, size := range []int{512, 4096} {
			file := compoundOf(size, storedStream{"Other", make([]byte, 5000)}, storedStream{"Workbook", stream}, storedStream{"Small", make([]byte, 100)})
			c, err := openCompound(bytes.NewReader(file), int64(len(file)))
			if err != nil {
				t.Fatal(err)
			}
			entries, err := c.top()
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				if e.name() != "Workbook" {
					continue
				}
				s, err := c.open(e)
				if err != nil {
					t.Fatal(err)
				}
				got := make([]byte, s.size)
				if _, err := s.ReadAt(got, 0); err != nil || !bytes.Equal(got, stream) {
					t.Errorf("%d rows in sectors of %d bytes: %v, %d bytes", rows, size, err, len(got))
				}
				if other, err := slowStream(file); err != nil || !bytes.Equal(other, stream) {
					t.Errorf("%d rows in sectors of %d bytes: the other library: %v", rows, size, err)
				}
			}
			if err := drain(file); err != nil {
				t.Error(describe(err))
			}
		}
	}
}

// A workbook inside a document of another kind is not taken for the document.
func TestOtherDocuments(t *testing.T) {
	book := one(numberAt(0, 0, 0, 1)).stream()
	for _, c := range []struct {
		streams []storedStream
		want    []string
	}{
		{[]storedStream{{"WordDocument", []byte("x")}, {"Data", book}}, []string{"Data", "WordDocument"}},
		{[]storedStream{{"Workbook", book}, {"WordDocument", []byte("x")}}, []string{"WordDocument", "Workbook"}},
		{[]storedStream{{"Workbook", book}, {"\tDRMContent", []byte("x")}}, []string{"\tDRMContent", "Workbook"}},
		{[]storedStream{{"EncryptedPackage", book}, {"EncryptionInfo", book}}, []string{"EncryptedPackage", "EncryptionInfo"}},
	} {
		_, err := read(compoundFile(c.streams...))
		var other *NotWorkbook
		if !errors.As(err, &other) || !slices.Equal(other.Streams, c.want) {
			t.Errorf("got %v, want %v", err, c.want)
		}
	}
}

// Wherever a text is cut into CONTINUE records, and in whichever width each part
// is written, it is the same text.
func TestTextOverRecords(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	texts := []string{"Tổng số hồ sơ", "", "abc", "café", "x😀y", strings.Repeat("Núi Thành ", 20), "kết"}
	want := ""
	for i, s := range texts {
		want += fmt.Sprintf("A%d='%s\n", i+1, s)
	}
	var records [][]byte
	for i := range texts {
		records = append(records, shared(i, 0, 0, i))
	}
	for range 2000 {
		b := one(records...)
		b.sst = brokenTable(random, texts)
		got, err := read(b.file())
		if err != nil {
			t.Fatal(describe(err))
		}
		if got != "[Sheet1]\n"+want {
			t.Fatalf("%s", cmp.Diff("[Sheet1]\n"+want, got))
		}
	}
}

// brokenTable is a string table that goes on in another record at any place
// where it may.
func brokenTable(random *rand.Rand, texts []string) [][]byte {
	bodies := [][]byte{pack(uint32(len(texts)), uint32(len(texts)))}
	put := func(b ...byte) { bodies[len(bodies)-1] = append(bodies[len(bodies)-1], b...) }
	cut := func() bool {
		if random.IntN(8) > 0 {
			return false
		}
		bodies = append(bodies, nil)
		return true
	}
	for _, s := range texts {
		units := utf16.Encode([]rune(s))
		narrow := func(from int) bool {
			return !slices.ContainsFunc(units[from:], func(u uint16) bool { return u > 0xff }) && random.IntN(2) == 0
		}
		cut()
		options := byte(1)
		if narrow(0) {
			options = 0
		}
		runs, sound := random.IntN(3), random.IntN(5)
		if runs > 0 {
			options |= 8
		}
		if sound > 0 {
			options |= 4
		}
		put(pack(len(units))...)
		put(options)
		if runs > 0 {
			put(pack(runs)...)
		}
		if sound > 0 {
			put(pack(uint32(sound))...)
		}
		wideNow := options&1 != 0
		for i, u := range units {
			if cut() {
				wideNow = !narrow(i)
				put(map[bool]byte{true: 1}[wideNow])
			}
			put(byte(u))
			if wideNow {
				put(byte(u >> 8))
			}
		}
		for range runs {
			cut()
			put(pack(0)...)
			cut()
			put(pack(0)...)
		}
		for range sound {
			cut()
			put(9)
		}
	}
	var out [][]byte
	for i, b := range bodies {
		out = append(out, rec(map[bool]kind{true: recSST, false: recContinue}[i == 0], b))
	}
	return out
}

// The order of a sheet's records changes nothing.
func TestOrderOfRecords(t *testing.T) {
	records := [][]byte{rec(recMergeCells, 1, 0, 1, 0, 3), rec(recRow, 1, 0, 1, 255, 0, 0, 0x20, 0), rec(recColInfo, 3, 4, 2000, 0, 1),
		numberAt(0, 0, 0, 1), rk(1, 3, whole(5, 2)), rec(recMulRK, 1, 0, 0, whole(7, 2), 0, whole(8, 3), 1), label8(2, 0, 0, "ổ"), label8(0, 255, 0, "a"),
		slices.Concat(formula(5, 5, 0, special(textResult, 0), 0, ""), rec(recString, text8("Đạt", 2))), rec(recBoolErr, 65535, 255, 0, uint8(1), uint8(0))}
	want, err := read(one(records...).file())
	if err != nil {
		t.Fatal(describe(err))
	}
	random := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		random.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
		if got, err := read(one(records...).file()); err != nil || got != want {
			t.Fatalf("%v\n%s", err, cmp.Diff(want, got))
		}
	}
}

// What Only leaves out is not given, and the rest is the same.
func TestOnly(t *testing.T) {
	b := one(numberAt(0, 0, 0, 1), rec(recMulRK, 0, 1, 0, whole(7, 2), 0, whole(8, 2), 2), numberAt(0, 3, 77, 9), numberAt(1, 3, 0, 9), label8(2, 1, 0, "x")).file()
	f, err := Open(context.Background(), "f.xls", bytes.NewReader(b), int64(len(b)), cell.Limits{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.Scan(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	rows.Only([]int{1, 3, 999, -1})
	got := ""
	for rows.Next() {
		got += fmt.Sprint(rows.Row().Number)
		for _, c := range rows.Row().Cells {
			got += fmt.Sprintf(" %d=%s", c.Col, c.Raw)
		}
		got += "\n"
	}
	if rows.Err() != nil || got != "1 1=1 3=8\n" {
		t.Errorf("%v, got %s", rows.Err(), got)
	}
}

// Two sheets may be read side by side, and one again.
func TestTwoReadings(t *testing.T) {
	b := book{sheets: []page{{name: "A", records: [][]byte{numberAt(0, 0, 0, 1), numberAt(1, 0, 0, 2)}}, {name: "B", records: [][]byte{label8(0, 0, 0, "x"), label8(1, 0, 0, "y")}}}}.file()
	ctx := context.Background()
	f, err := Open(ctx, "f.xls", bytes.NewReader(b), int64(len(b)), cell.Limits{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		one, err1 := f.Scan(ctx, 0)
		two, err2 := f.Scan(ctx, 1)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		got := ""
		for one.Next() && two.Next() {
			got += string(one.Row().Cells[0].Raw) + string(two.Row().Cells[0].Raw) + " "
		}
		if got != "1x 2y " {
			t.Errorf("got %q", got)
		}
		one.Close()
		two.Close()
	}
}
