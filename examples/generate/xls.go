package main

import (
	"bytes"
	"encoding/binary"
	"time"
	"unicode/utf16"

	"github.com/parcheck/parcheck/pkg/sheets"
)

// xls writes the workbook as Excel 97-2003 stores it: records ([MS-XLS]) in a
// stream of a compound file ([MS-CFB]).
func (b *book) xls() ([]byte, error) {
	w := xlsWriter{texts: map[string]int{}, looks: map[look]int{}}
	var pages [][]byte
	for _, s := range b.sheets {
		pages = append(pages, w.page(s))
	}
	return compound(w.workbook(b, pages)), nil
}

// xlsWriter collects what the sheets share.
type xlsWriter struct {
	texts map[string]int // each text's place in the table
	order []string
	uses  int
	looks map[look]int // each look's number among the cell formats
	list  []look
}

// look is what a cell looks like, as far as an old export keeps it.
type look struct {
	bold   bool
	format int
}

// The number formats, in the order of their numbers: from firstFormat on they
// are the file's own.
var xlsFormats = []string{"0.0%", "0.0", "dd/mm/yyyy"}

const (
	groupedFormat = 3
	firstFormat   = 164
	firstLook     = 16 // formats of styles come before those of cells
	boldFont      = 5  // the fifth: no font is called 4
)

// rec is a record: its type, the length of its body, and the body. An int is
// two bytes.
func rec(kind int, parts ...any) []byte {
	body := packed(parts...)
	return append(packed(kind, len(body)), body...)
}

func packed(parts ...any) []byte {
	var b []byte
	for _, p := range parts {
		switch p := p.(type) {
		case int:
			b = binary.LittleEndian.AppendUint16(b, uint16(p))
		case string:
			b = append(b, p...)
		default: // a number of fixed size, or several
			b, _ = binary.Append(b, binary.LittleEndian, p)
		}
	}
	return b
}

// utf16Text is a text in characters of two bytes, behind its length in size bytes.
func utf16Text(s string, size int) []byte {
	units := utf16.Encode([]rune(s))
	return packed(packed(len(units))[:size], uint8(1), units)
}

func beginning(group int) []byte {
	return rec(0x0809, 0x0600, group, 0x0dbb, 0x07cc, uint32(0), uint32(6))
}

// page is the group of records of a sheet.
func (w *xlsWriter) page(s *sheet) []byte {
	out := beginning(0x0010)
	for i, width := range s.widths {
		out = append(out, rec(0x007d, i, i, int(width*256), firstLook, 0, 0)...)
	}
	for row := 1; row <= s.row; row++ {
		for col, c := range s.rows[row] {
			out = append(out, w.cell(row-1, col, c)...)
		}
	}
	out = append(out, rec(0x023e, 0x06b6, 0, 0, uint32(64), 0, 0, uint32(0))...) // how it is seen
	merges := packed(len(s.merges))
	for _, m := range s.merges {
		merges = append(merges, packed(m[0]-1, m[2]-1, m[1]-1, m[3]-1)...)
	}
	return append(append(out, rec(0x00e5, merges)...), rec(0x000a)...)
}

// cell is the record of a cell.
func (w *xlsWriter) cell(row, col int, c cell) []byte {
	number := func(x float64, format int) []byte { return rec(0x0203, row, col, w.look(c.style, format), x) }
	switch v := c.value.(type) {
	case string:
		return rec(0x00fd, row, col, w.look(c.style, 0), uint32(w.text(v)))
	case int:
		return number(float64(v), groupedFormat)
	case float64:
		for i, code := range xlsFormats {
			if c.style.Num == code {
				return number(v, firstFormat+i)
			}
		}
		return number(v, 0)
	case time.Time:
		return number(float64(v.Unix()/86400+25569), firstFormat+2)
	}
	return rec(0x0201, row, col, w.look(c.style, 0))
}

func (w *xlsWriter) look(st sheets.Style, format int) int {
	l := look{st.Bold, format}
	n, ok := w.looks[l]
	if !ok {
		n = firstLook + len(w.list)
		w.looks[l], w.list = n, append(w.list, l)
	}
	return n
}

func (w *xlsWriter) text(s string) int {
	w.uses++
	n, ok := w.texts[s]
	if !ok {
		n = len(w.order)
		w.texts[s], w.order = n, append(w.order, s)
	}
	return n
}

// workbook is the stream: the group of the workbook, then those of the sheets.
func (w *xlsWriter) workbook(b *book, pages [][]byte) []byte {
	head := append(beginning(0x0005), rec(0x0042, 1200)...)
	for i := range boldFont {
		weight := 400
		if i == boldFont-1 {
			weight = 700
		}
		head = append(head, rec(0x0031, 240, 0, 0x7fff, weight, 0, uint32(0), utf16Text(theme.Font, 1))...)
	}
	for i, code := range xlsFormats {
		head = append(head, rec(0x041e, firstFormat+i, utf16Text(code, 2))...)
	}
	for range firstLook {
		head = append(head, rec(0x00e0, 0, 0, 0xfff5, 0x20, 0, uint32(0), uint32(0), 0x20c0)...)
	}
	for _, l := range w.list {
		font := 0
		if l.bold {
			font = boldFont
		}
		head = append(head, rec(0x00e0, font, l.format, 1, 0x28, 0, uint32(0), uint32(0), 0x20c0)...)
	}
	tail := append(w.table(), rec(0x000a)...)
	place := func(at int, s *sheet) []byte {
		hidden := 0
		if s.hidden {
			hidden = 1
		}
		return rec(0x0085, uint32(at), hidden, utf16Text(s.name, 1))
	}
	at := len(head) + len(tail)
	for _, s := range b.sheets {
		at += len(place(0, s))
	}
	for i, s := range b.sheets {
		head = append(head, place(at, s)...)
		at += len(pages[i])
	}
	return bytes.Join(append([][]byte{head, tail}, pages...), nil)
}

// table is the table of texts. A text that does not fit any more begins another
// record.
func (w *xlsWriter) table() []byte {
	const sst, next, most = 0x00fc, 0x003c, 8224
	kind, body := sst, packed(uint32(w.uses), uint32(len(w.order)))
	var out []byte
	for _, s := range w.order {
		text := utf16Text(s, 2)
		if len(body)+len(text) > most {
			out = append(out, rec(kind, body)...)
			kind, body = next, nil
		}
		body = append(body, text...)
	}
	return append(out, rec(kind, body)...)
}

// compound is a compound file with one stream, "Workbook": a header, the
// allocation table, one sector of the directory, the stream.
func compound(stream []byte) []byte {
	const sector, least, end, free, isTable = 512, 4096, 0xfffffffe, 0xffffffff, 0xfffffffd
	stream = append(stream, make([]byte, max(least-len(stream), (sector-len(stream)%sector)%sector))...)
	body := 1 + len(stream)/sector
	tables := 1
	for tables*sector/4 < body+tables {
		tables++
	}
	table := make([]uint32, tables*sector/4)
	for i := range table {
		switch {
		case i < tables:
			table[i] = isTable
		case i == tables || i == tables+body-1:
			table[i] = end
		case i < tables+body:
			table[i] = uint32(i + 1)
		default:
			table[i] = free
		}
	}
	entry := func(name string, kind, child, start uint32, size int) []byte {
		b := make([]byte, 64)
		units := utf16.Encode([]rune(name))
		copy(b, packed(units))
		return packed(b, 2*len(units)+2, int(kind|0x100), uint32(free), uint32(free), child, make([]byte, 36), start, uint32(size), uint32(0))
	}
	directory := append(entry("Root Entry", 5, 1, end, 0), entry("Workbook", 2, free, uint32(tables+1), len(stream))...)
	directory = append(directory, make([]byte, sector-len(directory))...)
	header := packed("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", make([]byte, 16), 0x3e, 3, 0xfffe, 9, 6, make([]byte, 10), uint32(tables), uint32(tables), uint32(0),
		uint32(least), uint32(end), uint32(0), uint32(end), uint32(0))
	for i := range 109 {
		n := uint32(free)
		if i < tables {
			n = uint32(i)
		}
		header = append(header, packed(n)...)
	}
	return bytes.Join([][]byte{header, packed(table), directory, stream}, nil)
}
