package workbook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// openBytes opens a file of these bytes.
func openBytes(name, data string, limits cell.Limits) (*Workbook, error) {
	return Open(context.Background(), name, strings.NewReader(data), int64(len(data)), Options{Limits: limits})
}

// dump prints what a file holds, or why it is refused, as text.
func dump(name, data string) string {
	w, err := openBytes(name, data, cell.Limits{})
	if err != nil {
		return describe(err)
	}
	defer w.Close()
	var b strings.Builder
	fmt.Fprintln(&b, w.Kind)
	for i, s := range w.Sheets {
		fmt.Fprintf(&b, "[%s]%s\n", s.Name, map[cell.State]string{cell.Hidden: " hidden"}[s.State])
		if err := dumpSheet(&b, w, i); err != nil {
			fmt.Fprintln(&b, describe(err))
		}
	}
	for _, d := range w.Warnings {
		fmt.Fprintln(&b, d.In(lang.EN))
	}
	return b.String()
}

func describe(err error) string {
	var r *diag.Refusal
	if errors.As(err, &r) {
		return r.Diagnostic.In(lang.EN)
	}
	return err.Error()
}

func dumpSheet(b *strings.Builder, w *Workbook, sheet int) error {
	sc, err := w.Scan(context.Background(), sheet)
	if err != nil {
		return err
	}
	defer sc.Close()
	for sc.Next() {
		var cells []string
		for _, c := range sc.Row().Cells {
			cells = append(cells, dumpCell(sc.Row().Number, c))
		}
		fmt.Fprint(b, strings.Join(cells, " | "))
		if sc.Row().Hidden {
			fmt.Fprint(b, " (hidden)")
		}
		fmt.Fprintln(b)
	}
	if sc.Err() == nil {
		for _, m := range sc.Tail().Merges {
			fmt.Fprintf(b, "merge %s\n", m)
		}
	}
	return sc.Err()
}

func dumpCell(row int, c cell.Cell) string {
	text := strings.ReplaceAll(string(c.Raw), "\n", "⏎")
	kind := map[cell.Kind]string{cell.Number: " #", cell.Date: " date", cell.Bool: " bool", cell.Error: " error"}[c.Kind]
	if c.Percent() {
		kind += "%"
	}
	if c.Kind == cell.Number && !c.Percent() && !c.Format.Plain() {
		kind += " {" + c.Format.Code() + "}"
	}
	if c.Mark != cell.Plain {
		kind += " ~" + []string{"", "white", "parts", "link", "raised", "options", "hidden", "struck"}[c.Mark]
	}
	return diag.A1(row, c.Col) + "=" + text + kind
}

// lines joins lines, each with its end.
func lines(s ...string) string { return strings.Join(s, "\n") + "\n" }

const oleMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// compound makes a compound file ([MS-CFB]) whose directory lists these
// streams, far enough behind for the allocation table to be needed.
func compound(streams ...string) string {
	const size = 512
	le := func(n uint32) string { return string([]byte{byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24)}) }
	const free, end = 0xffffffff, 0xfffffffe
	header := oleMagic + strings.Repeat("\x00", 16) + "\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00" + strings.Repeat("\x00", 6) +
		le(0) + le(1) + le(1) + le(0) + le(4096) + le(end) + le(0) + le(end) + le(0) + le(0) + strings.Repeat(le(free), 108)
	// Each entry is the right sibling of the one before it.
	entry := func(name string, kind byte, right, child uint32) string {
		var b bytes.Buffer
		for _, r := range name {
			b.WriteString(string([]byte{byte(r), byte(r >> 8)}))
		}
		used := b.Len() + 2
		b.WriteString(strings.Repeat("\x00", 64-b.Len()))
		b.WriteString(string([]byte{byte(used), 0, kind, 1}) + le(free) + le(right) + le(child))
		b.WriteString(strings.Repeat("\x00", 128-b.Len()))
		return b.String()
	}
	directory := entry("Root Entry", 5, free, 1)
	for i, s := range streams {
		next := uint32(i + 2)
		if i == len(streams)-1 {
			next = free
		}
		directory += entry(s, 2, next, free)
	}
	for len(directory)%size != 0 {
		directory += entry("", 0, free, free)
	}
	// Sector 0 is the allocation table, 1 and every second one after it the
	// directory.
	table, body := le(0xfffffffd), ""
	for n := 0; n < len(directory)/size; n++ {
		next := uint32(2*n + 3)
		if n == len(directory)/size-1 {
			next = end
		}
		table += le(next) + le(free)
		body += directory[n*size:(n+1)*size] + strings.Repeat("\xee", size)
	}
	table += strings.Repeat(le(free), size/4-len(table)/4)
	return header + table + body
}
