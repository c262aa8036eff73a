package xls

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Records of cells, for tables: the place is 0-based.
func numberAt(row, col, style int, x float64) []byte { return rec(recNumber, row, col, style, x) }
func blank(row, col int) []byte                      { return rec(recBlank, row, col, 0) }
func rk(row, col int, x uint32) []byte               { return rec(recRK, row, col, 0, x) }
func shared(row, col, style, i int) []byte           { return rec(recLabelSST, row, col, style, uint32(i)) }
func label8(row, col, style int, s string) []byte    { return rec(recLabel, row, col, style, text8(s, 2)) }
func label5(row, col, style int, s string) []byte    { return rec(recLabel, row, col, style, len(s), s) }

// whole is a whole number in short form, with the flags of an RK.
func whole(n int32, flags uint32) uint32 { return uint32(n)<<2 | flags }

func formula(row, col, style int, result []byte, flags int, tokens string) []byte {
	return rec(recFormula, row, col, style, result, flags, uint32(0), len(tokens), tokens)
}

// special is a result that is no number.
func special(what, value byte) []byte { return []byte{what, 0, value, 0, 0, 0, 0xff, 0xff} }

var long = strings.Repeat("Huyện Núi Thành ", 2000)[:8000]

// sounds are books that are read.
var sounds = []struct {
	name string
	book book
	want string
}{
	{"numbers", one(numberAt(0, 0, plainStyle, 1), numberAt(0, 1, plainStyle, 0.65), numberAt(0, 2, plainStyle, -12.5), numberAt(0, 3, dateStyle, 45291),
		numberAt(0, 4, percentStyle, 0.655), numberAt(0, 5, plainStyle, math.Copysign(0, -1)), numberAt(0, 6, plainStyle, math.Nextafter(0.3, 1)), numberAt(0, 7, zeroStyle, 0.65)),
		"A1=1 | B1=0.65 | C1=-12.5 | D1=45291 date | E1=0.655 % | F1=0 | G1=0.30000000000000004 | H1=0.65 %"},
	{"short numbers", one(rk(0, 0, 1000<<2|2), rk(0, 1, whole(-1000, 2)), rk(0, 2, 1234<<2|3), rk(0, 3, 0x3ff80000), rk(0, 4, 0x40590000|1), rk(0, 5, whole(-7, 3))),
		"A1=1000 | B1=-1000 | C1=12.34 | D1=1.5 | E1=1 | F1=-0.07"},
	{"several short numbers", one(rec(recMulRK, 4, 1, plainStyle, uint32(7<<2|2), percentStyle, uint32(65<<2|3), plainStyle, uint32(0x3ff80000), 3)),
		"B5=7 | C5=0.65 % | D5=1.5"},
	{"blanks hold nothing", one(blank(0, 0), rec(recMulBlank, 0, 1, 0, 0, 2), numberAt(0, 3, 0, 5), rec(recMulBlank, 1, 0, 0, 0, 1)), "D1=5"},
	{"shared texts", book{texts: []string{"Tổng số", "abc", ""}, sheets: []page{{name: "S", records: [][]byte{shared(0, 0, 0, 1), shared(0, 1, tcvn3Style, 0), shared(2, 0, vniStyle, 2)}}}},
		"A1='abc | B1='Tổng số TCVN3\nA3=' VNI"},
	{"texts of their own", one(label8(0, 0, 0, "Sở Xây dựng"), rec(recRString, 0, 1, 0, text8("641", 2), 1, 2, 5), label8(0, 2, struckStyle, "5"), label8(0, 3, raisedStyle, "1")),
		"A1='Sở Xây dựng | B1='64¹ raised | C1='5 struck | D1='1"},
	{"a number that is struck out", one(numberAt(0, 0, struckStyle, 64)), "A1=64 struck"},
	{"booleans and errors", one(rec(recBoolErr, 0, 0, 0, uint8(1), uint8(0)), rec(recBoolErr, 0, 1, 0, uint8(0), uint8(0)), rec(recBoolErr, 0, 2, 0, uint8(0x17), uint8(1))),
		"A1=1 bool | B1=0 bool | C1=#REF!"},
	{"formulas", one(formula(0, 0, percentStyle, pack(0.5), 0, ""), formula(0, 1, 0, special(boolResult, 1), 0, ""), formula(0, 2, 0, special(errorResult, 7), 0, ""),
		formula(0, 3, 0, special(emptyResult, 0), 0, ""), formula(0, 4, 0, special(textResult, 0), 0, ""), rec(recString, text8("Đạt", 2)), numberAt(0, 5, 0, 3)),
		"A1=0.5 formula % | B1=1 bool formula | C1=#DIV/0! formula | D1=' formula | E1='Đạt formula | F1=3"},
	{"shared formulas and arrays", one(
		formula(0, 0, 0, special(textResult, 0), 8, "\x01\x00\x00\x00\x00"), rec(recShared, 0, 1, uint8(0), uint8(0), 0, 0, ""), rec(recString, text8("a", 2)),
		formula(1, 0, 0, special(textResult, 0), 8, "\x01\x00\x00\x00\x00"), rec(recString, text8("b", 2)),
		formula(2, 0, 0, pack(1.0), 0, "\x01\x02\x00\x00\x00"), rec(recArray, 2, 2, uint8(0), uint8(0), 0, uint32(0), 0), numberAt(3, 0, 0, 2)),
		"A1='a formula\nA2='b formula\nA3=1 formula\nA4=2"},
	{"a result of several records", one(formula(0, 0, 0, special(textResult, 0), 0, ""), rec(recString, len([]rune(long)), "\x01", wide(string([]rune(long)[:4000]))),
		rec(recContinue, "\x01", wide(string([]rune(long)[4000:])))), "A1='" + long + " formula"},
	{"SUBTOTAL leaves out hidden rows", one(formula(0, 0, 0, pack(5.0), 0, "\x24\x00\x00\x00\x00\x1e\x09\x00\x42\x02\x58\x01"), formula(1, 0, 0, pack(5.0), 0, "\x42\x02\x57\x01"),
		formula(2, 0, 0, pack(5.0), 8, "\x01\x02\x00\x00\x00"), rec(recShared, 2, 3, uint8(0), uint8(0), uint8(0), uint8(2), 4, "\x42\x02\x58\x01"),
		formula(3, 0, 0, pack(6.0), 8, "\x01\x02\x00\x00\x00")),
		"A1=5 subtotal\nA2=5 formula\nA3=5 subtotal\nA4=6 subtotal"},
	{"dates from 1904", func() book {
		b := one(numberAt(0, 0, dateStyle, 1))
		b.globals = [][]byte{rec(recDateMode, 1)}
		return b
	}(), "A1=1 date"},

	{"Excel 5.0: texts", oldOne(label5(0, 0, 0, "So cong"), label5(0, 1, tcvn3Style, "T\xe6ng s\xe8"), label5(0, 2, vietnameseStyle, "S\xf4\xec 5"),
		rec(recRString, 0, 3, 0, 3, "641", uint8(1), uint8(2), uint8(5)), label5(0, 4, 0, "caf\xe9")),
		"A1='So cong | B1='Tæng sè TCVN3 | C1='Số 5 | D1='64¹ raised | E1='café"},
	{"Excel 5.0: formulas", oldOne(formula(0, 0, 0, special(textResult, 0), 0, ""), rec(recString, 3, "abc"), formula(0, 1, 0, pack(2.0), 0, ""), rk(0, 2, 5<<2|2)),
		"A1='abc formula | B1=2 formula | C1=5"},
}

// Each kind of cell gives what Excel shows.
func TestCells(t *testing.T) {
	for _, c := range sounds {
		got, err := read(c.book.file())
		if err != nil {
			t.Errorf("%s: %s", c.name, describe(err))
			continue
		}
		_, got, _ = strings.Cut(got, "\n")
		if diff := cmp.Diff(c.want+"\n", got); diff != "" {
			t.Errorf("%s (-want +got):\n%.2000s", c.name, diff)
		}
	}
}
