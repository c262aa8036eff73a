package xls

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

const (
	hurt  = ": the file is damaged: ask the sender for it again [unreadable]"
	badly = ": open the file in a spreadsheet program, check it, and save it as .xlsx [unreadable]"
	much  = ": remove what is not needed or split the workbook, and save it as .xlsx [unreadable]"
	save  = ": open it in a spreadsheet program and save it as .xlsx [unreadable]"
	ole   = "f.xls: this is an Office 97-2003 or password-protected file, and it is damaged ("
	again = "): ask the sender for it again [unreadable]"
)

// patch is a file with other bytes at a place.
func patch(b []byte, at int, parts ...any) []byte {
	b = slices.Clone(b)
	copy(b[at:], pack(parts...))
	return b
}

// large is a workbook whose stream does not lie in small sectors: its sectors are
// 2 and those behind it.
func large() []byte {
	var records [][]byte
	for row := range 500 {
		records = append(records, numberAt(row, 0, 0, float64(row)))
	}
	return one(records...).file()
}

// link is where the allocation table of a small file says what follows a sector.
func link(n int) int { return headerSize + 4*n }

// inBook is a book with other records about the workbook.
func inBook(globals ...[]byte) []byte {
	b := one(numberAt(0, 0, 0, 1))
	b.globals = globals
	return b.file()
}

func withTexts(sst ...[]byte) []byte {
	b := one(shared(1, 2, 0, 0))
	b.sst = sst
	return b.file()
}

// damages are files that are refused, each with its message.
var damages = []struct {
	name string
	file []byte
	want string
}{
	// The compound file.
	{"nothing but the first bytes", []byte(compoundMagic), ole + "it is cut off" + again},
	{"cut inside the header", large()[:500], ole + "it is cut off" + again},
	{"cut inside the allocation table", large()[:600], ole + "it is cut off" + again},
	{"cut inside the directory", large()[:1100], ole + "it is cut off" + again},
	{"cut inside the workbook", large()[:4000], ole + "it is cut off" + again},
	{"sectors of 1024 bytes", patch(large(), 0x1e, 10), ole + "its sectors have 2^10 bytes, which they never have" + again},
	{"a chain in a circle", patch(large(), link(5), uint32(2)), ole + "its sector 2 is used twice: a chain of sectors runs in a circle, or two chains share it" + again},
	{"a sector that follows itself", patch(large(), link(7), uint32(7)), ole + "its sector 7 is used twice: a chain of sectors runs in a circle, or two chains share it" + again},
	{"the directory in a circle", patch(large(), link(1), uint32(1)), ole + "its sector 1 is used twice: a chain of sectors runs in a circle, or two chains share it" + again},
	{"a workbook that lies in the directory", patch(large(), 1024+entrySize+entryStart, uint32(1)), ole + "its sector 1 is used twice: a chain of sectors runs in a circle, or two chains share it" + again},
	{"a chain that leaves the file", patch(large(), link(5), uint32(5000)), ole + "it is cut off" + again},
	{"a chain that ends early", patch(large(), link(5), uint32(endOfChain)), ole + "it is cut off" + again},
	{"a chain into a free sector", patch(large(), link(5), uint32(freeSector)), ole + "it is cut off" + again},
	{"a stream larger than the file", patch(large(), 1024+entrySize+entryStreamSize, uint32(1<<30)), ole + "it is cut off" + again},
	{"an allocation table that is listed twice", patch(patch(large(), 0x4c+4, uint32(0)), 0x2c, uint32(2)), ole + "its sector 0 is used twice: a chain of sectors runs in a circle, or two chains share it" + again},
	{"no directory", patch(large(), 0x30, uint32(endOfChain)), ole + "its directory has 0 bytes" + again},
	{"a directory that is its own child", patch(large(), 1024+entryChild, uint32(0)), ole + "entry 0 of its directory is not there, or twice" + again},
	{"a directory in a circle", patch(large(), 1024+entrySize+entryRight, uint32(1)), ole + "entry 1 of its directory is not there, or twice" + again},
	{"an entry that is not there", patch(large(), 1024+entryChild, uint32(77)), ole + "entry 77 of its directory is not there, or twice" + again},
	{"two workbooks", compoundFile(storedStream{"Workbook", one().stream()}, storedStream{"WORKBOOK", one().stream()}), ole + `it holds two streams named "Workbook"` + again},
	{"small sectors in a circle", patch(one(numberAt(0, 0, 0, 1)).file(), 1536, uint32(1), uint32(0)), ole + "its small sector 0 is used twice: a chain of sectors runs in a circle" + again},
	{"a small sector that is not there", patch(one(numberAt(0, 0, 0, 1)).file(), 1536, uint32(900)), ole + "it is cut off" + again},
	{"an empty workbook", compoundFile(storedStream{"Workbook", nil}), "f.xls: the workbook inside the file is empty" + hurt},

	// The records.
	{"no workbook in the stream", compoundFile(storedStream{"Workbook", []byte("Kính gửi Sở Nội vụ")}), "f.xls: the workbook inside the file ends at byte 27, inside a record" + hurt},
	{"another beginning", compoundFile(storedStream{"Workbook", rec(recEOF)}), "f.xls: the workbook inside the file does not begin as one" + hurt},
	{"cut inside a record", compoundFile(storedStream{"Workbook", one().stream()[:101]}), "f.xls: the workbook inside the file ends at byte 101, inside a record" + hurt},
	{"cut between records", compoundFile(storedStream{"Workbook", one().stream()[:20]}), "f.xls: the workbook inside the file ends at byte 20, before its end is marked" + hurt},
	{"no end of the last sheet", compoundFile(storedStream{"Workbook", bytes.TrimSuffix(one(numberAt(0, 0, 0, 1)).stream(), rec(recEOF))}),
		"f.xls:'Sheet1': the workbook inside the file ends at byte 535, before its end is marked" + hurt},
	{"a record longer than the stream", compoundFile(storedStream{"Workbook", append(bytes.TrimSuffix(one().stream(), rec(recEOF)), 0x03, 0x02, 0xff, 0xff)}),
		"f.xls:'Sheet1': the workbook inside the file ends at byte 521, inside a record" + hurt},

	// The versions.
	{"Excel 4.0", compoundFile(storedStream{"Book", rec(recBOF4, 0x0400, 0x0010, 0)}), "f.xls: this is a workbook of Excel 4.0 or older (.xls)" + save},
	{"Excel 3.0", compoundFile(storedStream{"Book", rec(recBOF3, 0x0300, 0x0010, 0)}), "f.xls: this is a workbook of Excel 4.0 or older (.xls)" + save},
	{"Excel 2.0", compoundFile(storedStream{"Book", rec(recBOF2, 0x0200, 0x0010)}), "f.xls: this is a workbook of Excel 4.0 or older (.xls)" + save},
	{"the version of Excel 2.0 in a later record", compoundFile(storedStream{"Book", rec(recBOF, 0x0002, 0x0010)}), "f.xls: this is a workbook of Excel 4.0 or older (.xls)" + save},
	{"an unknown version", compoundFile(storedStream{"Workbook", rec(recBOF, 0x0700, 5, 0, 0)}), "f.xls: the workbook is of the unknown version 0x0700" + badly},
	{"a chart alone", compoundFile(storedStream{"Workbook", rec(recBOF, 0x0600, 0x20, 0, 0)}), "f.xls: the file holds a chart or macros and no sheet" + save},
	{"a password", inBook(rec(recFilePass, 1, 1, 1, make([]byte, 48))),
		"f.xls: the workbook is protected with a password: open it with the password and save it as .xlsx without one [unreadable]"},
	{"a sheet with a password", one(rec(recFilePass, 1, 2)).file(),
		"f.xls:'Sheet1': the workbook is protected with a password: open it with the password and save it as .xlsx without one [unreadable]"},

	// The workbook.
	{"no sheets", book{}.file(), "f.xls: the workbook has no sheets" + hurt},
	{"no end of the settings", inBook(rec(recBOF, 0x0600, 0x10, 0, 0)), "f.xls: the end of the workbook's settings is not marked" + hurt},
	{"two sheets of one name", book{sheets: []page{{name: "Biểu 1"}, {name: "biểu 1"}}}.file(), `f.xls:'biểu 1': two sheets have the name "biểu 1"` + badly},
	{"a sheet without a name", book{sheets: []page{{}}}.file(), "f.xls: sheet 1 has no name" + badly},
	{"an unknown state", book{sheets: []page{{name: "S", state: 3}}}.file(), "f.xls:'S': the state of the sheet is 3, and should be 0, 1 or 2" + badly},
	{"a sheet that begins nowhere", book{sheets: []page{{name: "S", at: 40}}}.file(), "f.xls:'S': no sheet begins at byte 40, where the workbook says that it does" + hurt},
	{"a sheet behind the end", book{sheets: []page{{name: "S", at: 1 << 30}}}.file(), "f.xls:'S': no sheet begins at byte 1073741824, where the workbook says that it does" + hurt},
	{"two sheets at one place", book{sheets: []page{{name: "A", at: 500}, {name: "B", at: 500}}}.file(), `f.xls:'B': this sheet begins where the sheet "A" does` + badly},
	{"a chart that is called a sheet", func() []byte {
		b := one(numberAt(0, 0, 0, 1)).stream()
		i := bytes.LastIndex(b, book{}.bof(sheetGroup))
		return compoundFile(storedStream{"Workbook", patch(b, i+recordHeader+2, 0x20)})
	}(), "f.xls:'Sheet1': the workbook calls this a sheet of cells, and it holds a chart or macros" + badly},
	{"a short font", inBook(rec(recFont, 1, 2, 3)), "f.xls: the record of a font (FONT) at byte 475 has 6 bytes and needs 15" + hurt},
	{"a short cell format", inBook(rec(recXF, 1)), "f.xls: the record of a cell format (XF) at byte 475 has 2 bytes and needs 4" + hurt},
	{"a short sheet", inBook(rec(recBoundSheet, 1)), "f.xls: the record of a sheet (BOUNDSHEET) at byte 475 has 2 bytes and needs 7" + hurt},
	{"a short setting", inBook(rec(recDateMode)), "f.xls: the record of a setting at byte 475 has 0 bytes and needs 2" + hurt},
	{"a cut number format", inBook(rec(recFormat, 166, 20, uint8(0), "0.0")), "f.xls: the text at byte 475 is cut short" + hurt},
	{"a number format in two ways", inBook(book{}.format(166, "0"), book{}.format(166, "0%"), book{}.xf(0, 166)), "f.xls: the number format 166 is defined twice, in two ways" + badly},
	{"number formats without end", inBook(func() (all [][]byte) {
		for i := range 2100 {
			all = append(all, book{}.format(1000+i, fmt.Sprintf("%0250d", i)), book{}.xf(0, 1000+i))
		}
		return all
	}()...), "f.xls: the number formats of cells are longer than 524288 bytes" + much},

	// The string table.
	{"two string tables", withTexts(append(sst("a"), sst("b")...)...), "f.xls: the workbook has two string tables (SST)" + badly},
	{"a short string table", withTexts(rec(recSST, 1)), "f.xls: the record of the string table (SST) at byte 493 has 2 bytes and needs 8" + hurt},
	{"a text that is cut", withTexts(rec(recSST, uint32(1), uint32(1), 50, uint8(0), "abc")), "f.xls: the text at byte 493 is cut short" + hurt},
	{"half a character", withTexts(rec(recSST, uint32(1), uint32(1), 2, uint8(1), "abc")), "f.xls: the text at byte 493 is cut short" + hurt},
	{"runs that are cut", withTexts(rec(recSST, uint32(1), uint32(1), 2, uint8(8), 9, "ab", 1, 2)), "f.xls: the text at byte 493 is cut short" + hurt},
	{"a pronunciation that is cut", withTexts(rec(recSST, uint32(1), uint32(1), 2, uint8(4), uint32(math.MaxUint32), "ab", 1, 2)), "f.xls: the text at byte 493 is cut short" + hurt},
	{"a text that goes on in another kind of record", withTexts(rec(recSST, uint32(1), uint32(1), 4, uint8(0), "ab"), rec(0x00ff, uint8(0), "cd")), "f.xls: the text at byte 493 is cut short" + hurt},
	{"a text without end", withTexts(func() [][]byte {
		all := [][]byte{rec(recSST, uint32(1), uint32(1), 0xffff, uint8(1))}
		for range 17 {
			all = append(all, rec(recContinue, uint8(1), wide(strings.Repeat("ệ", 4000))))
		}
		return all
	}()...), "f.xls: a text of more than 131072 bytes; a cell holds at most 32,767 characters" + much},
	{"a text that is not there", book{texts: []string{"a"}, sheets: []page{{name: "S", records: [][]byte{shared(1, 2, 0, 1)}}}}.file(),
		"f.xls:'S'!C2: the cell refers to text 2 of the string table, which holds 1" + badly},
	{"no string table", one(shared(1, 2, 0, 0)).file(), "f.xls:'Sheet1'!C2: the cell refers to text 1 of the string table, which holds 0" + badly},
	{"fewer texts than are said, one that is missing", withTexts(rec(recSST, uint32(9), uint32(9))), "f.xls:'Sheet1'!C2: the cell refers to text 1 of the string table, which holds 0" + badly},

	// The cells.
	{"a cell twice", one(numberAt(0, 0, 0, 1), numberAt(0, 0, 0, 2)).file(), "f.xls:'Sheet1'!A1: the cell stands twice in the file, and not with the same content" + badly},
	{"a cell twice, far apart", one(numberAt(4, 2, 0, 1), numberAt(9, 0, 0, 1), numberAt(4, 2, 0, 7)).file(), "f.xls:'Sheet1'!C5: the cell stands twice in the file, and not with the same content" + badly},
	{"a number twice, shown in two ways", one(numberAt(4, 2, 0, 1), numberAt(4, 2, percentStyle, 1)).file(), "f.xls:'Sheet1'!C5: the cell stands twice in the file, and not with the same content" + badly},
	{"a formula twice", one(formula(4, 2, 0, special(textResult, 0), 0, ""), rec(recString, text8("a", 2)), formula(4, 2, 0, special(textResult, 0), 0, ""), rec(recString, text8("b", 2))).file(),
		"f.xls:'Sheet1'!C5: the cell stands twice in the file, and not with the same content" + badly},
	{"a cell that becomes blank", one(numberAt(4, 2, 0, 1), blank(4, 2)).file(), "f.xls:'Sheet1'!C5: the cell stands twice in the file, and not with the same content" + badly},
	{"a cell under a run of others", one(rec(recMulRK, 4, 1, 0, whole(7, 2), 0, whole(8, 2), 2), numberAt(4, 2, 0, 9)).file(), "f.xls:'Sheet1'!C5: the cell stands twice in the file, and not with the same content" + badly},
	{"a cell beyond the last column", one(numberAt(0, 256, 0, 1)).file(), "f.xls:'Sheet1'!IV1: a cell in column 257; a sheet of this kind has 256 columns" + badly},
	{"a cell beyond the last row", oldOne(numberAt(16384, 0, 0, 1)).file(), "f.xls:'Sheet1'!A16385: a cell in row 16385; a sheet of this kind has 16384 rows" + badly},
	{"a cell that is cut", one(rec(recNumber, 0, 0, 0, uint32(1))).file(), "f.xls:'Sheet1'!A1: the record of a cell at byte 517 has 10 bytes and needs 14" + hurt},
	{"a cell without a place", one(rec(recNumber, 0)).file(), "f.xls:'Sheet1': the record of a cell at byte 517 has 2 bytes and needs 6" + hurt},
	{"a run of cells that is too short", one(rec(recMulRK, 4, 1, 0, whole(7, 2), 2)).file(), "f.xls:'Sheet1'!B5: a record of 12 bytes cannot hold the cells from column 2 to 3" + hurt},
	{"a run of blanks that goes back", one(rec(recMulBlank, 4, 3, 0, 0, 1)).file(), "f.xls:'Sheet1'!D5: a record of 10 bytes cannot hold the cells from column 4 to 2" + hurt},
	{"a style that is not there", one(numberAt(3, 1, 77, 1)).file(), "f.xls:'Sheet1'!B4: the cell has the style 77, and the workbook has 9 styles" + badly},
	{"not a number", one(numberAt(3, 1, 0, math.NaN())).file(), "f.xls:'Sheet1'!B4: the cell holds what is no number that a spreadsheet can show (NaN)" + badly},
	{"infinite", one(numberAt(3, 1, 0, math.Inf(-1))).file(), "f.xls:'Sheet1'!B4: the cell holds what is no number that a spreadsheet can show (-Inf)" + badly},
	{"too small", one(numberAt(3, 1, 0, math.SmallestNonzeroFloat64)).file(), "f.xls:'Sheet1'!B4: the cell holds what is no number that a spreadsheet can show (5e-324)" + badly},
	{"infinite in short", one(rk(3, 1, 0x7ff00000)).file(), "f.xls:'Sheet1'!B4: the cell holds what is no number that a spreadsheet can show (+Inf)" + badly},
	{"an unknown error", one(rec(recBoolErr, 3, 1, 0, uint8(99), uint8(1))).file(), "f.xls:'Sheet1'!B4: the cell holds the unknown error 99" + badly},
	{"a boolean of 2", one(rec(recBoolErr, 3, 1, 0, uint8(2), uint8(0))).file(), "f.xls:'Sheet1'!B4: the cell holds 2 as a boolean (0 or 1)" + badly},
	{"an unknown result", one(formula(3, 1, 0, special(9, 0), 0, "")).file(), "f.xls:'Sheet1'!B4: the formula's result is of the unknown kind 9" + badly},
	{"a result without its text", one(formula(3, 1, 0, special(textResult, 0), 0, ""), numberAt(4, 0, 0, 1)).file(), "f.xls:'Sheet1'!B4: the text that the formula results in is not there" + hurt},
	{"a result whose text is cut", one(formula(3, 1, 0, special(textResult, 0), 0, ""), rec(recString, 9, uint8(0), "abc")).file(), "f.xls:'Sheet1'!B4: the text at byte 543 is cut short" + hurt},
	{"a short formula", one(rec(recFormula, 3, 1, 0, 1.0)).file(), "f.xls:'Sheet1': the record of a formula (FORMULA) at byte 517 has 14 bytes and needs 22" + hurt},
	{"a text that is cut in its cell", one(rec(recLabel, 3, 1, 0, 9, uint8(1), "abc")).file(), "f.xls:'Sheet1'!B4: the text at byte 517 is cut short" + hurt},
	{"a cell of Excel 2.0", one(rec(recInteger2, 3, 1, uint8(0), uint8(0), uint8(0), 5)).file(), "f.xls:'Sheet1': the sheet holds a cell as Excel 4.0 and older wrote it (record 0x0002)" + badly},
	{"letters of no code page", func() []byte {
		b := oldOne(label5(0, 0, 0, "T\xe6ng"))
		b.globals = [][]byte{rec(recCodePage, 0)}
		return b.file()
	}(), "f.xls:'Sheet1'!A1: the text has letters beyond ASCII, and the file does not say which (no code page)" + badly},
	{"letters of an unknown code page", func() []byte {
		b := oldOne(label5(0, 0, 0, "T\xe6ng"))
		b.globals = [][]byte{rec(recCodePage, 10029)}
		return b.file()
	}(), "f.xls:'Sheet1'!A1: the text is in code page 10029, which is not read" + badly},
	{"letters that the code page does not have", oldOne(label5(0, 0, vietnameseStyle, "T\x90")).file(), "f.xls:'Sheet1'!A1: the text holds bytes that its code page 1258 does not have" + badly},

	// What stands beside the cells.
	{"a short row", one(rec(recRow, 1)).file(), "f.xls:'Sheet1': the record of a row (ROW) at byte 517 has 2 bytes and needs 14" + hurt},
	{"short columns", one(rec(recColInfo, 1)).file(), "f.xls:'Sheet1': the record of columns (COLINFO) at byte 517 has 2 bytes and needs 10" + hurt},
	{"hidden columns that go back", one(rec(recColInfo, 9, 2, 0, 0, 1)).file(), "f.xls:'Sheet1': the hidden columns from 10 to 3 are no columns" + badly},
	{"merged cells that are cut", one(rec(recMergeCells, 9, 0, 1, 0, 1)).file(), "f.xls:'Sheet1': the record of merged cells (MERGEDCELLS) at byte 517 has 10 bytes and needs 74" + hurt},
	{"merged cells that go back", one(rec(recMergeCells, 1, 5, 1, 0, 1)).file(), "f.xls:'Sheet1': the merged cells from row 6, column 1 to row 2, column 2 are no range" + badly},
	{"charts without end", one(bytes.Repeat(rec(recBOF, 0x0600, 0x20), 70)).file(), "f.xls:'Sheet1': charts lie more than 64 deep inside each other" + much},
	{"a sheet that runs into the next", func() []byte {
		b := book{sheets: []page{{name: "A", records: [][]byte{numberAt(0, 0, 0, 1)}}, {name: "B"}}}.stream()
		i := bytes.LastIndex(b, book{}.bof(sheetGroup))
		return compoundFile(storedStream{"Workbook", patch(b, i-recordHeader, 0x00fe)})
	}(), "f.xls:'A': the sheet has no end before the next one begins, at byte 547" + hurt},
}

func TestDamage(t *testing.T) {
	for _, d := range damages {
		got, err := read(d.file)
		if err == nil {
			t.Errorf("%s: read:\n%s", d.name, got)
			continue
		}
		if got := describe(err); got != d.want {
			t.Errorf("%s:\n got %s\nwant %s", d.name, got, d.want)
			continue
		}
		var r *diag.Refusal
		errors.As(err, &r)
		if vi := r.Diagnostic.In(lang.VI); vi == d.want || r.Diagnostic.Check != diag.Unreadable {
			t.Errorf("%s: %s", d.name, vi)
		}
	}
}

// A file that is cut anywhere is refused.
func TestCutAnywhere(t *testing.T) {
	whole := book{texts: []string{"Tổng số", "b"}, sheets: []page{
		{name: "A", records: [][]byte{shared(0, 0, 0, 0), numberAt(1, 0, 0, 1), formula(2, 0, 0, special(textResult, 0), 0, ""), rec(recString, text8("ổ", 2))}},
		{name: "B", records: [][]byte{rk(0, 0, whole(5, 2))}},
	}}.stream()
	for n := range whole {
		if got, err := read(compoundFile(storedStream{"Workbook", whole[:n]})); err == nil {
			t.Fatalf("cut at byte %d of %d: read:\n%s", n, len(whole), got)
		}
	}
}

// A byte that is changed anywhere makes no panic.
func TestAnyByteChanged(t *testing.T) {
	file := book{texts: []string{"Tổng số", "b"}, sheets: []page{{name: "A", records: [][]byte{
		shared(0, 0, 0, 0), numberAt(1, 0, 0, 1), rec(recMulRK, 2, 1, 0, whole(7, 2), 0, whole(8, 2), 2), rec(recMergeCells, 1, 0, 1, 0, 1)}}}}.file()
	for at := range file {
		for _, with := range []byte{0x00, 0x01, 0x7f, 0xff, file[at] ^ 0x10} {
			if with != file[at] {
				checkAgainstSlow(t, patch(file, at, []byte{with}))
			}
		}
	}
}

func TestLimits(t *testing.T) {
	b := book{texts: []string{strings.Repeat("a", 2000)}, sheets: []page{{name: "A", records: [][]byte{numberAt(0, 0, 0, 1), numberAt(0, 1, 0, 1)}}, {name: "B"}}}.file()
	for _, c := range []struct {
		limits cell.Limits
		want   string
	}{
		{cell.Limits{FileBytes: 100}, "f.xls: the file has 5120 bytes; at most 100 are read" + much},
		{cell.Limits{InflatedBytes: 100}, "f.xls: the workbook in the file has 2604 bytes; at most 100 are read" + much},
		{cell.Limits{Sheets: 1}, "f.xls: the workbook has more than 1 sheets" + much},
		{cell.Limits{StringBytes: 100}, "f.xls: the string table takes more than 100 bytes" + much},
		{cell.Limits{Cells: 1}, "f.xls:'A'!B1: the workbook has more than 1 cells" + much},
	} {
		_, err := readWithin(b, c.limits)
		if err == nil || describe(err) != c.want {
			t.Errorf("%+v:\n got %v\nwant %s", c.limits, err, c.want)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	b := large()
	f, err := Open(ctx, "f.xls", bytes.NewReader(b), int64(len(b)), cell.Limits{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := f.Scan(ctx, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("Scan: %v", err)
	}
	if _, err := Open(ctx, "f.xls", bytes.NewReader(b), int64(len(b)), cell.Limits{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Open: %v", err)
	}
}

// A disk that fails is told as such.
func TestReadErrors(t *testing.T) {
	b := large()
	for _, at := range []int64{0, 600, 1100, 3000} {
		_, err := Open(context.Background(), "f.xls", badDisk{b, at}, int64(len(b)), cell.Limits{}, nil)
		if err == nil {
			t.Errorf("byte %d cannot be read: no error", at)
			continue
		}
		if want := "f.xls: the file cannot be read (bad sector): check the disk or copy the file again [unreadable]"; describe(err) != want {
			t.Errorf("byte %d: %s", at, describe(err))
		}
	}
}

type badDisk struct {
	b  []byte
	at int64
}

func (d badDisk) ReadAt(b []byte, at int64) (int, error) {
	if at <= d.at && d.at < at+int64(len(b)) {
		return 0, errors.New("bad sector")
	}
	return bytes.NewReader(d.b).ReadAt(b, at)
}
