package xlsx

import (
	"bytes"
	"compress/flate"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// inflateBlocks inflates with blocks of a size.
func inflateBlocks(b []byte, size int) ([]byte, error) {
	var z inflater
	z.reset(bytes.NewReader(b))
	var out []byte
	block := make([]byte, windowSize+size)
	for {
		n, err := z.inflate(block, windowSize)
		out = append(out, block[windowSize:windowSize+n]...)
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
		noise, few, []byte(listParts(2000)[sheetPart]), append(bytes.Clone(noise[:40_000]), noise[:40_000]...)}
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
			for _, size := range []int{1, 7, 300, 5000, blockSize} {
				if size > 100 || len(text) < 100 {
					checkInflate(t, b.Bytes(), size)
				}
			}
			for n := range 5 {
				checkInflate(t, b.Bytes()[:b.Len()*n/5], blockSize)
			}
		}
	}
}

// FuzzInflate inflates any bytes.
func FuzzInflate(f *testing.F) {
	for _, text := range []string{"", "a", strings.Repeat("ab", 500), "Tổng số hồ sơ TTHC đã giải quyết", listParts(20)[sheetPart]} {
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
