package xls

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// rec is a record: its kind and body, little-endian. An int is two bytes.
func rec(k kind, parts ...any) []byte {
	body := pack(parts...)
	return append(pack(int(k), len(body)), body...)
}

func pack(parts ...any) []byte {
	var b []byte
	for _, p := range parts {
		switch p := p.(type) {
		case int:
			b = binary.LittleEndian.AppendUint16(b, uint16(p))
		case string:
			b = append(b, p...)
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

// wide is a text as UTF-16.
func wide(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// text8 is a text of BIFF8 with its options, after its length in two bytes or
// in one.
func text8(s string, size int) []byte {
	units := utf16.Encode([]rune(s))
	b := pack(len(units))[:size]
	for _, u := range units {
		if u > 0xff {
			return append(append(b, 1), wide(s)...)
		}
	}
	b = append(b, 0)
	for _, u := range units {
		b = append(b, byte(u))
	}
	return b
}

// book is a workbook to be written.
type book struct {
	old     bool     // BIFF5
	globals [][]byte // records behind the usual ones
	texts   []string // of the string table
	sst     [][]byte // the string table as it stands, instead
	sheets  []page
	last    []byte // behind the last sheet
}

// page is a sheet to be written.
type page struct {
	name    string
	state   uint8
	what    uint8
	records [][]byte
	at      int // where the workbook says that it begins, if not where it does
}

func (b book) version() int {
	if b.old {
		return 0x0500
	}
	return 0x0600
}

func (b book) bof(group int) []byte {
	if b.old {
		return rec(recBOF, b.version(), group, 0, 0)
	}
	return rec(recBOF, b.version(), group, 0x0dbb, 0x07cc, uint32(0), uint32(6))
}

// name is a text after its length in size bytes.
func (b book) name(s string, size int) []byte {
	if b.old {
		return append(pack(len(s))[:size], s...)
	}
	return text8(s, size)
}

func (b book) font(name string, flags, raised int, charset uint8) []byte {
	return rec(recFont, 200, flags, 0x7fff, 400, raised, uint8(0), uint8(0), charset, uint8(0), b.name(name, 1))
}

func (b book) format(id int, code string) []byte {
	size := 2
	if b.old {
		size = 1
	}
	return rec(recFormat, id, b.name(code, size))
}

func (b book) xf(font, format int) []byte {
	if b.old {
		return rec(recXF, font, format, make([]byte, 12))
	}
	return rec(recXF, font, format, make([]byte, 16))
}

// The styles of every book.
const (
	plainStyle = iota
	dateStyle
	percentStyle
	tcvn3Style
	vniStyle
	struckStyle
	raisedStyle
	vietnameseStyle // its font has the Vietnamese letters
	zeroStyle       // a format of the file
)

// stream is the workbook as its records.
func (b book) stream() []byte {
	head := [][]byte{b.bof(bookGroup)}
	if b.old {
		head = append(head, rec(recCodePage, 1252))
	} else {
		head = append(head, rec(recCodePage, 1200))
	}
	head = append(head,
		b.font("Arial", 0, 0, 0), b.font(".VnTime", 0, 0, 0), b.font("VNI-Times", 0, 0, 0), b.font("Arial", 8, 0, 0),
		b.font("Arial", 0, superscript, 0), b.font("Arial", 0, 0, 163), b.font("Arial", 0, subscript, 0),
		b.format(164, "dd/mm/yyyy"), b.format(165, `[=0]"-";0.0%`), rec(recRecalcID, 0x01c1, 0, uint32(0)),
		b.xf(0, 0), b.xf(0, 164), b.xf(0, 10), b.xf(1, 0), b.xf(2, 0), b.xf(3, 0), b.xf(5, 0), b.xf(6, 0), b.xf(0, 165))
	head = append(head, b.globals...)
	var tail [][]byte
	if b.sst != nil {
		tail = b.sst
	} else if len(b.texts) > 0 {
		tail = append(tail, sst(b.texts...)...)
	}
	tail = append(tail, rec(recEOF))

	at := len(bytes.Join(head, nil)) + len(bytes.Join(tail, nil))
	for _, p := range b.sheets {
		at += len(rec(recBoundSheet, uint32(0), uint16(0), b.name(p.name, 1)))
	}
	var sheets [][]byte
	for _, p := range b.sheets {
		begins := at
		if p.at != 0 {
			begins = p.at
		}
		head = append(head, rec(recBoundSheet, uint32(begins), p.state, p.what, b.name(p.name, 1)))
		group := sheetGroup
		if p.what == 2 {
			group = 0x20
		}
		all := append(append([][]byte{b.bof(group)}, p.records...), rec(recEOF))
		sheets = append(sheets, bytes.Join(all, nil))
		at += len(sheets[len(sheets)-1])
	}
	return bytes.Join(append(append(head, tail...), append(sheets, b.last)...), nil)
}

// sst is a string table whose texts may run over into CONTINUE records.
func sst(texts ...string) [][]byte {
	const most = 8224
	var out [][]byte
	body := pack(uint32(len(texts)), uint32(len(texts)))
	flush := func() {
		k := recContinue
		if len(out) == 0 {
			k = recSST
		}
		out, body = append(out, rec(k, body)), nil
	}
	for _, s := range texts {
		t := text8(s, 2)
		if len(body)+3 > most {
			flush()
		}
		width := 1 + int(t[2]&1)
		body, t = append(body, t[:3]...), t[3:]
		for options := out; len(t) > 0; {
			_ = options
			if len(body)+width > most {
				flush()
				body = append(body, byte(width-1))
			}
			n := min(len(t), (most-len(body))/width*width)
			body, t = append(body, t[:n]...), t[n:]
		}
	}
	flush()
	return out
}

// file is the workbook in a compound file.
func (b book) file() []byte {
	name := "Workbook"
	if b.old {
		name = "Book"
	}
	return compoundFile(storedStream{name, b.stream()})
}

// one is a workbook of one sheet with these records.
func one(records ...[]byte) book {
	return book{sheets: []page{{name: "Sheet1", records: records}}}
}

func oldOne(records ...[]byte) book {
	b := one(records...)
	b.old = true
	return b
}

type storedStream struct {
	name    string
	content []byte
}

const (
	freeSector  = 0xffffffff
	tableSector = 0xfffffffd
)

// compoundFile is a compound file with these streams: the allocation table
// first, then the directory, the table of small sectors, the small sectors, and
// the large streams in the order in which they are given.
func compoundFile(streams ...storedStream) []byte { return compoundOf(512, streams...) }

// compoundOf is a compound file with sectors of so many bytes.
func compoundOf(size int, streams ...storedStream) []byte {
	pad := func(b []byte, to int) []byte { return append(b, make([]byte, (to-len(b)%to)%to)...) }
	var small []byte
	var smallTable []uint32
	starts := make([]uint32, len(streams))
	for i, s := range streams {
		if len(s.content) >= smallStream || len(s.content) == 0 {
			continue
		}
		starts[i] = uint32(len(small) / smallSector)
		small = pad(append(small, s.content...), smallSector)
		for n := len(smallTable); n < len(small)/smallSector; n++ {
			smallTable = append(smallTable, uint32(n+1))
		}
		smallTable[len(smallTable)-1] = endOfChain
	}
	sectors := func(n int) int { return (n + size - 1) / size }
	body := sectors(entrySize*(len(streams)+1)) + sectors(4*len(smallTable)) + sectors(len(small))
	for _, s := range streams {
		if len(s.content) >= smallStream {
			body += sectors(len(s.content))
		}
	}
	// Sectors of the allocation table, and sectors that list those which the
	// header does not.
	tables, lists := 0, 0
	for tables*size/4 < body+tables+lists {
		tables++
		lists = (max(0, tables-headerSlots) + size/4 - 2) / (size/4 - 1)
	}

	table := make([]uint32, 0, tables*size/4)
	for range tables {
		table = append(table, tableSector)
	}
	var data []byte
	put := func(b []byte) uint32 {
		if len(b) == 0 {
			return endOfChain
		}
		start := uint32(len(table))
		data = pad(append(data, b...), size)
		for len(table) < tables+len(data)/size {
			table = append(table, uint32(len(table)+1))
		}
		table[len(table)-1] = endOfChain
		return start
	}
	entries := make([]byte, 0, entrySize*(len(streams)+1))
	entries = pad(append(entries, make([]byte, entrySize*(len(streams)+1))...), size)
	directory := put(entries)
	smallTableAt := put(pad(pack(smallTable), size))
	root := put(small)
	for i, s := range streams {
		if len(s.content) >= smallStream {
			starts[i] = put(s.content)
		}
	}
	write := func(n int, name string, kind byte, right, child, start uint32, length int) {
		e := data[n*entrySize:]
		u := wide(name)
		copy(e, u)
		copy(e[entryNameLength:], pack(len(u)+2, kind, byte(1), uint32(noEntry), right, child))
		copy(e[entryStart:], pack(start, uint32(length), uint32(0)))
	}
	write(0, "Root Entry", rootEntry, noEntry, 1, root, len(small))
	for i, s := range streams {
		next := uint32(i + 2)
		if i == len(streams)-1 {
			next = noEntry
		}
		write(i+1, s.name, streamEntry, next, noEntry, starts[i], len(s.content))
	}
	firstList := uint32(len(table))
	for i := range lists {
		for j := range size/4 - 1 {
			n := uint32(freeSector)
			if at := headerSlots + i*(size/4-1) + j; at < tables {
				n = uint32(at)
			}
			data = append(data, pack(n)...)
		}
		next := firstList + uint32(i) + 1
		if i == lists-1 {
			next = endOfChain
		}
		data, table = append(data, pack(next)...), append(table, 0xfffffffc)
	}
	if lists == 0 {
		firstList = endOfChain
	}
	for len(table) < cap(table) {
		table = append(table, freeSector)
	}
	shift := 9
	if size == 4096 {
		shift = 12
	}
	header := pack(compoundMagic, make([]byte, 16), 0x3e, 3+(shift-9)/3, 0xfffe, shift, 6, make([]byte, 6), uint32(0), uint32(tables), directory, uint32(0),
		uint32(smallStream), smallTableAt, uint32(sectors(4*len(smallTable))), firstList, uint32(lists))
	for i := range headerSlots {
		n := uint32(freeSector)
		if i < tables {
			n = uint32(i)
		}
		header = append(header, pack(n)...)
	}
	return append(append(pad(header, size), pack(table)...), data...)
}

// read prints what a file holds.
func read(b []byte) (string, error) { return readWithin(b, cell.Limits{}) }

func readWithin(b []byte, limits cell.Limits) (string, error) {
	ctx := context.Background()
	f, err := Open(ctx, "f.xls", bytes.NewReader(b), int64(len(b)), limits, nil)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for i, s := range f.Sheets {
		fmt.Fprintf(&out, "[%s]%s\n", s.Name, map[cell.State]string{cell.Hidden: " hidden", cell.VeryHidden: " very hidden"}[s.State])
		if err := printSheet(ctx, &out, f, i); err != nil {
			return out.String(), err
		}
	}
	if f.Stale != cell.Fresh {
		fmt.Fprintln(&out, []string{"", "calculated on load", "calculated by hand", "not calculated to the end"}[f.Stale])
	}
	for _, d := range f.Warnings {
		fmt.Fprintln(&out, d.In(lang.EN))
	}
	return out.String(), nil
}

func printSheet(ctx context.Context, out *strings.Builder, f *File, sheet int) error {
	rows, err := f.Scan(ctx, sheet)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var cells []string
		for _, c := range rows.Row().Cells {
			cells = append(cells, diag.Cell(rows.Row().Number, c.Col).String()+"="+printCell(c))
		}
		fmt.Fprint(out, strings.Join(cells, " | "))
		if rows.Row().Hidden {
			fmt.Fprint(out, " (hidden)")
		}
		fmt.Fprintln(out)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, m := range rows.Tail().Merges {
		fmt.Fprintf(out, "merged %s\n", m)
	}
	for _, m := range rows.Tail().HiddenColumns {
		fmt.Fprintf(out, "hidden columns %d to %d\n", m.Col, m.ToCol)
	}
	return nil
}

func printCell(c cell.Cell) string {
	s := string(c.Raw)
	switch c.Kind {
	case cell.Text:
		s = "'" + s
	case cell.Bool:
		s += " bool"
	case cell.Date:
		s += " date"
	case cell.Blank, cell.Number, cell.Error:
	}
	s += []string{"", " formula", " subtotal", " uncalculated"}[c.Formula]
	s += []string{"", " TCVN3", " VNI"}[c.Font]
	s += []string{"", " white", " parts", " link", " raised", " options", " hidden", " struck"}[c.Mark]
	if c.Percent() {
		s += " %"
	}
	return s
}

// describe prints a refusal with its place.
func describe(err error) string {
	var r *diag.Refusal
	if errors.As(err, &r) {
		return r.Diagnostic.In(lang.EN)
	}
	return err.Error()
}
