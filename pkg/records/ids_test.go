package records

import (
	"fmt"
	"testing"
)

// However ids are written, the fold is one of its own kind: it is found again,
// and two ids that look the same have the same.
func FuzzFoldID(f *testing.F) {
	for _, s := range []string{"HS01", "hs 01", "HS\u200b01", " a\u00a0 b ", "\xff", "HỒ", "–"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := string(foldID(nil, []byte(s)))
		for _, other := range []string{" " + s + "\u00a0", "\u200b" + s, once} {
			if got := string(foldID(nil, []byte(other))); got != once {
				t.Fatalf("%q is %q, and %q %q", s, once, other, got)
			}
		}
	})
}

func BenchmarkFoldID(b *testing.B) {
	ids := make([][]byte, 1000)
	for i := range ids {
		ids[i] = fmt.Appendf(nil, "SXD-2023-%05d", i)
	}
	buf := make([]byte, 64)
	for b.Loop() {
		for _, id := range ids {
			foldID(buf, id)
		}
	}
}
