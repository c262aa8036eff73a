package xls

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/parcheck/parcheck/pkg/cell"
)

// hostiles are files of about 100 kB that are made to cost much. What they say
// is "" when they are read.
var hostiles = []struct {
	name string
	file func() []byte
	want string
}{
	{"cells in reverse", func() []byte {
		var all [][]byte
		for i := range 7000 {
			all = append(all, rk(6999-i, 255-i%256, whole(int32(i), 2)))
		}
		return one(all...).file()
	}, ""},
	{"runs of cells in reverse", func() []byte {
		var all [][]byte
		for i := range 64 {
			all = append(all, rec(recMulRK, 63-i, 0, bytes.Repeat(pack(0, whole(5, 2)), 256), 255))
		}
		return one(all...).file()
	}, ""},
	{"runs of blanks", func() []byte {
		var all [][]byte
		for i := range 190 {
			all = append(all, rec(recMulBlank, 65535-i, 0, make([]byte, 512), 255))
		}
		return one(all...).file()
	}, ""},
	{"one long text in every cell", func() []byte {
		var all [][]byte
		for i := range 3000 {
			all = append(all, shared(i, i%256, 0, 0))
		}
		b := one(all...)
		b.texts = []string{strings.Repeat("Tổng số ", 4000)}
		return b.file()
	}, ""},
	{"empty texts", func() []byte {
		b := one(shared(0, 0, 0, 0))
		b.sst = table(33_000, text8("", 2))
		return b.file()
	}, ""},
	{"texts of runs", func() []byte {
		b := one(shared(0, 0, 0, 0))
		var runs []byte
		for i := range 2000 {
			runs = append(runs, pack(i%1990, i%8)...)
		}
		b.sst = table(8, pack(1999, uint8(8), 2000, strings.Repeat("1", 1999), runs))
		return b.file()
	}, ""},
	{"texts that repeat themselves", func() []byte {
		b := one(shared(0, 0, 0, 0))
		b.sst = [][]byte{rec(recSST, uint32(1<<31), uint32(1<<31), 1, uint8(0), "a")}
		return b.file()
	}, ""},
	{"records of nothing", func() []byte { return one(bytes.Repeat(rec(0x00ff), 25_000)).file() }, ""},
	{"continued by nothing", func() []byte {
		b := one(shared(0, 0, 0, 0))
		b.sst = [][]byte{rec(recSST, uint32(1), uint32(1), 2, uint8(0), "a"), bytes.Repeat(rec(recContinue), 20_000), rec(recContinue, uint8(0), "b")}
		return b.file()
	}, ""},
	{"a thousand sheets", func() []byte {
		var b book
		for i := range 1000 {
			b.sheets = append(b.sheets, page{name: fmt.Sprintf("Biểu %d", i), records: [][]byte{numberAt(65535, 255, 0, 1)}})
		}
		return b.file()
	}, ""},
	{"sheets inside each other", func() []byte {
		var b book
		for i := range 900 {
			b.sheets = append(b.sheets, page{name: fmt.Sprint(i), records: [][]byte{b.bof(sheetGroup)}})
		}
		return b.file()
	}, "the sheet has no end before the next one begins"},
	{"merges of everything", func() []byte {
		area := pack(0, 65535, 0, 255)
		return one(numberAt(0, 0, 0, 1), bytes.Repeat(rec(recMergeCells, 1020, bytes.Repeat(area, 1020)), 12)).file()
	}, ""},
	{"merges without end", func() []byte {
		area := pack(0, 1, 0, 1)
		return one(bytes.Repeat(rec(recMergeCells, 1020, bytes.Repeat(area, 1020)), 300)).file()
	}, "the sheet has more than 262144 merged cells"},
	{"hidden columns", func() []byte { return one(bytes.Repeat(rec(recColInfo, 0, 255, 0, 0, 1, 0), 6000)).file() }, ""},
	{"fonts", func() []byte {
		return globalsOf(bytes.Repeat(book{}.font("Arial", 0, 0, 0), 4000))
	}, ""},
	{"cell formats", func() []byte { return globalsOf(bytes.Repeat(book{}.xf(0, 0), 4000)) }, ""},
	{"number formats", func() []byte {
		var all []byte
		for i := range 390 {
			all = append(append(all, book{}.format(1000+i, fmt.Sprintf("%d%s", i, strings.Repeat(`[>1]"x`, 40)))...), book{}.xf(0, 1000+i)...)
		}
		return globalsOf(all)
	}, ""},
	{"results of several records", func() []byte {
		var all [][]byte
		for i := range 20 {
			all = append(all, formula(i, 0, 0, special(textResult, 0), 0, ""), bytes.Repeat(rec(recShared, 0, 0, 0, 0, 0), 300))
		}
		return one(append(all, rec(recString, text8("a", 2)))...).file()
	}, "the text that the formula results in is not there"},
}

func globalsOf(records []byte) []byte {
	b := one(numberAt(0, 0, 0, 1))
	b.globals = [][]byte{records}
	return b.file()
}

// table is a string table of n equal texts, in as many records as it takes.
func table(n int, text []byte) [][]byte {
	k, body := recSST, pack(uint32(n), uint32(n))
	var out [][]byte
	for range n {
		if len(body)+len(text) > 8224 {
			out = append(out, rec(k, body))
			k, body = recContinue, nil
		}
		body = append(body, text...)
	}
	return append(out, rec(k, body))
}

// drain reads all cells of a file.
func drain(b []byte) error {
	ctx := context.Background()
	f, err := Open(ctx, "f.xls", bytes.NewReader(b), int64(len(b)), cell.Limits{}, nil)
	if err != nil {
		return err
	}
	for i := range f.Sheets {
		rows, err := f.Scan(ctx, i)
		if err != nil {
			return err
		}
		for rows.Next() {
		}
		if err := rows.Err(); err != nil {
			return err
		}
		rows.Close()
	}
	return nil
}

// Files that are made to cost much cost little: memory in proportion to their
// size, and far less than a second. With PARCHECK_KEEP they are kept in a folder.
func TestHostileFilesAreCheap(t *testing.T) {
	for _, h := range hostiles {
		b := h.file()
		if dir := os.Getenv("PARCHECK_KEEP"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, strings.ReplaceAll(h.name, " ", "-")+".xls"), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		took := time.Hour
		var before, after runtime.MemStats
		for range 3 {
			runtime.ReadMemStats(&before)
			began := time.Now()
			err := drain(b)
			took = min(took, time.Since(began))
			runtime.ReadMemStats(&after)
			got := ""
			if err != nil {
				got = describe(err)
			}
			if (h.want == "") != (err == nil) || !strings.Contains(got, h.want) {
				t.Errorf("%s: got %s, want %s", h.name, got, h.want)
			}
		}
		allocated := after.TotalAlloc - before.TotalAlloc
		t.Logf("%-30s %7d bytes: %v, %d kB", h.name, len(b), took, allocated>>10)
		if most := uint64(200*len(b) + 32<<20); allocated > most {
			t.Errorf("%s: %d bytes are allocated for a file of %d", h.name, allocated, len(b))
		}
	}
}
