package inflate

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// block is the size of a block that readers of workbooks ask for.
const block = 256 << 10

// sheet is text like that of a worksheet.
func sheet(rows int) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><worksheet><sheetData>`)
	for i := range rows {
		fmt.Fprintf(&b, `<row r="%d"><c r="A%[1]d"><v>%[1]d</v></c><c r="B%[1]d" t="s"><v>%d</v></c><c r="C%[1]d" s="2"><v>%d</v></c></row>`, i+1, i*7%101, 44927+i*31%365)
	}
	b.WriteString(`</sheetData></worksheet>`)
	return b.String()
}

// inflateBlocks inflates with blocks of a size.
func inflateBlocks(b []byte, size int) ([]byte, error) {
	var z Reader
	z.Reset(bytes.NewReader(b))
	var out []byte
	room := make([]byte, Window+size)
	for {
		n, err := z.Inflate(room, Window)
		out = append(out, room[Window:Window+n]...)
		if err != nil {
			if err == io.EOF {
				err = nil
			}
			return out, err
		}
	}
}

// checkInflate holds the oracle: what compress/flate does.
func checkInflate(t *testing.T, b []byte, size int) {
	t.Helper()
	want, wantErr := io.ReadAll(flate.NewReader(bytes.NewReader(b)))
	got, err := inflateBlocks(b, size)
	if (err == nil) != (wantErr == nil) {
		t.Fatalf("got %v, compress/flate %v", err, wantErr)
	}
	if wantErr == nil && !bytes.Equal(got, want) {
		t.Fatalf("%d bytes that are not the %d of compress/flate", len(got), len(want))
	}
}

// TestInflate inflates texts of many kinds, whole and cut, into blocks of many
// sizes.
func TestInflate(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 70_000)
	for i := range noise {
		noise[i] = byte(rng.Uint32())
	}
	few := make([]byte, 70_000)
	for i := range few {
		few[i] = "abcd"[rng.IntN(4)]
	}
	texts := [][]byte{nil, []byte("a"), []byte(strings.Repeat("a", 70_000)), []byte(strings.Repeat("abcdefghijk", 6_000)),
		noise, few, []byte(sheet(2000)), append(bytes.Clone(noise[:40_000]), noise[:40_000]...)}
	for _, text := range texts {
		for _, level := range []int{flate.HuffmanOnly, flate.NoCompression, flate.BestSpeed, flate.BestCompression} {
			var b bytes.Buffer
			w, err := flate.NewWriter(&b, level)
			if err != nil {
				t.Fatal(err)
			}
			w.Write(text[:len(text)/2])
			w.Flush()
			w.Write(text[len(text)/2:])
			w.Close()
			for _, size := range []int{1, 7, 300, 5000, block} {
				if size > 100 || len(text) < 100 {
					checkInflate(t, b.Bytes(), size)
				}
			}
			for n := range 5 {
				checkInflate(t, b.Bytes()[:b.Len()*n/5], block)
			}
		}
	}
}

// FuzzInflate inflates any bytes.
func FuzzInflate(f *testing.F) {
	for _, text := range []string{"", "a", strings.Repeat("ab", 500), "Tổng số hồ sơ TTHC đã giải quyết", sheet(20)} {
		for _, level := range []int{flate.HuffmanOnly, flate.NoCompression, flate.BestSpeed, flate.BestCompression} {
			var b bytes.Buffer
			w, err := flate.NewWriter(&b, level)
			if err != nil {
				f.Fatal(err)
			}
			io.WriteString(w, text)
			w.Close()
			f.Add(b.Bytes(), uint16(300))
		}
	}
	f.Fuzz(func(t *testing.T, b []byte, size uint16) { checkInflate(t, b, max(int(size), 1)) })
}
