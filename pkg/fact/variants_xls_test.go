package fact

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/parcheck/parcheck/pkg/diag"
)

// biff writes a workbook of Excel 97-2003 ([MS-XLS]), record by record. An int
// is two bytes.
type biff struct{ bytes.Buffer }

func little(parts ...any) []byte {
	var b []byte
	for _, p := range parts {
		switch p := p.(type) {
		case int:
			b = binary.LittleEndian.AppendUint16(b, uint16(p))
		case string: // its characters
			for _, u := range utf16.Encode([]rune(p)) {
				b = binary.LittleEndian.AppendUint16(b, u)
			}
		case []byte:
			b = append(b, p...)
		default:
			var err error
			if b, err = binary.Append(b, binary.LittleEndian, p); err != nil {
				panic(err)
			}
		}
	}
	return b
}

func (w *biff) record(kind int, parts ...any) {
	body := little(parts...)
	w.Write(little(kind, len(body), body))
}

// units is how long a text is in UTF-16.
func units(s string) int { return len(utf16.Encode([]rune(s))) }

// xls returns the book as an .xls file of Excel 97-2003.
func (b book) xls() []byte {
	const wide = byte(1)
	var sheets []biff
	for _, p := range b.sheets {
		var w biff
		w.record(0x809, 0x600, 0x10, 0x0dbb, 0x07cc, uint32(0), uint32(6))
		b.xlsSheet(&w, p)
		w.record(0x0a)
		sheets = append(sheets, w)
	}
	globals := func(at []int) *biff {
		w := &biff{}
		w.record(0x809, 0x600, 0x05, 0x0dbb, 0x07cc, uint32(0), uint32(6))
		w.record(0x42, 1200)
		if b.epoch1904 {
			w.record(0x22, 1)
		}
		w.record(0x31, 200, 0, 0x7fff, 400, 0, make([]byte, 4), byte(units("Arial")), wide, "Arial")
		for i, code := range []string{"dd/mm/yyyy", "0.00%"} {
			w.record(0x41e, 164+i, units(code), wide, code)
		}
		for _, format := range []int{0, 164, 165} {
			w.record(0xe0, 0, format, make([]byte, 16))
		}
		for i, p := range b.sheets {
			state := byte(0)
			if p.hidden {
				state = 1
			}
			w.record(0x85, uint32(at[i]), state, byte(0), byte(units(p.name)), wide, p.name)
		}
		w.record(0x0a)
		return w
	}
	at := make([]int, len(sheets))
	next := globals(at).Len()
	for i := range sheets {
		at[i] = next
		next += sheets[i].Len()
	}
	stream := globals(at).Bytes()
	for i := range sheets {
		stream = append(stream, sheets[i].Bytes()...)
	}
	return compound(stream)
}

func (b book) xlsSheet(w *biff, p page) {
	for _, c := range p.hiddenCols {
		a, _ := diag.ParseArea(c)
		w.record(0x7d, a.Col-1, a.ToCol-1, 2048, 0, 1, 0)
	}
	for i := range p.rows {
		if p.hiddenRows[i+1] {
			w.record(0x208, i, 0, 256, 255, 0, 0, uint32(0x120))
		}
	}
	for i, row := range p.rows {
		for j, text := range row {
			if text != "" {
				b.xlsCell(w, i, j, text)
			}
		}
	}
	for _, m := range p.merges {
		a, _ := diag.ParseArea(m)
		w.record(0xe5, 1, a.Row-1, a.ToRow-1, a.Col-1, a.ToCol-1)
	}
}

func (b book) xlsCell(w *biff, row, col int, text string) {
	const number, formula, label, truth = 0x203, 0x06, 0x204, 0x205
	isFormula, calculated := false, false
	if f, ok := strings.CutPrefix(text, "="); ok {
		isFormula = true
		_, text, calculated = strings.Cut(f, " -> ")
	}
	// special is a result of a formula that is no number.
	special := func(kind, value byte) []byte { return []byte{kind, 0, value, 0, 0, 0, 0xff, 0xff} }
	result := func(style int, value []byte) {
		w.record(formula, row, col, style, value, 0, uint32(0), 3, []byte{0x1e, 1, 0})
	}
	put := func(style int, x float64) {
		if isFormula {
			result(style, little(math.Float64bits(x)))
			return
		}
		w.record(number, row, col, style, x)
	}
	switch {
	case isFormula && !calculated:
		result(0, special(3, 0))
		return
	case text == "":
	case text[0] == '\'' || text[0] == '^':
		text = text[1:]
	case isNumber.MatchString(text):
		x, _ := strconv.ParseFloat(text, 64)
		put(0, x)
		return
	case isShare.MatchString(text):
		x, _ := strconv.ParseFloat(shiftPoint(strings.TrimSuffix(text, "%")), 64)
		put(2, x)
		return
	case isDay.MatchString(text):
		put(1, float64((&writer{book: b}).serial(text)))
		return
	case isError.MatchString(text):
		value := map[string]byte{"#DIV/0!": 0x07, "#VALUE!": 0x0f, "#REF!": 0x17, "#NAME?": 0x1d, "#N/A": 0x2a}[text]
		if isFormula {
			result(0, special(2, value))
		} else {
			w.record(truth, row, col, 0, value, byte(1))
		}
		return
	case text == "TRUE" || text == "FALSE":
		value := map[string]byte{"TRUE": 1}[text]
		if isFormula {
			result(0, special(1, value))
		} else {
			w.record(truth, row, col, 0, value, byte(0))
		}
		return
	}
	if isFormula {
		result(0, special(0, 0))
		w.record(0x207, units(text), byte(1), text)
		return
	}
	w.record(label, row, col, 0, units(text), byte(1), text)
}

// compound puts a stream named Workbook into a compound file ([MS-CFB]) of
// sectors of 512 bytes: the allocation table, the directory, the stream.
func compound(stream []byte) []byte {
	const size, end, free, table = 512, 0xfffffffe, 0xffffffff, 0xfffffffd
	for len(stream) < 4096 { // shorter ones lie elsewhere
		stream = append(stream, 0)
	}
	length := len(stream)
	stream = append(stream, make([]byte, (size-length%size)%size)...)
	data := len(stream) / size
	tables := 1
	for tables*size/4 < tables+1+data {
		tables++
	}
	sectors := make([]uint32, tables*size/4)
	for i := range sectors {
		switch {
		case i < tables:
			sectors[i] = table
		case i == tables, i == tables+data:
			sectors[i] = end
		case i < tables+data:
			sectors[i] = uint32(i + 1)
		default:
			sectors[i] = free
		}
	}
	entry := func(name string, kind byte, child, start uint32, length int) []byte {
		b := little(name)
		n := len(b) + 2
		b = append(b, make([]byte, 64-len(b))...)
		if name == "" {
			n = 0
		}
		return little(b, n, kind, byte(1), uint32(free), uint32(free), child, make([]byte, 36), start, uint32(length), uint32(0))
	}
	directory := entry("Root Entry", 5, 1, end, 0)
	directory = append(directory, entry("Workbook", 2, free, uint32(tables+1), length)...)
	directory = append(directory, entry("", 0, free, 0, 0)...)
	directory = append(directory, entry("", 0, free, 0, 0)...)
	header := little([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 16), 0x3e, 3, 0xfffe, 9, 6, make([]byte, 6), uint32(0), uint32(tables), uint32(tables), uint32(0),
		uint32(4096), uint32(end), uint32(0), uint32(end), uint32(0))
	for i := range 109 {
		n := uint32(free)
		if i < tables {
			n = uint32(i)
		}
		header = append(header, little(n)...)
	}
	return bytes.Join([][]byte{header, little(sectors), directory, stream}, nil)
}
