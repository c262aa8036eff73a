package xlsx

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestStringTable keeps strings of many lengths, over several blocks and groups,
// some of them far from the first of their group.
func TestStringTable(t *testing.T) {
	for name, most := range map[string]int{"short": 20, "middling": 1500, "long": 6000} {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, 2))
			n := min(3*stepBlock/2, 6<<20/most)
			table := newStringTable(int64(n) * int64(most))
			text := func(i int) []byte {
				b := fmt.Appendf(nil, "%d ", i)
				return append(b, bytes.Repeat([]byte{'a' + byte(i%26)}, i*7919%most)...)
			}
			for i := range n {
				table.add(text(i))
			}
			for range n {
				if i := random.IntN(n); !bytes.Equal(table.at(i), text(i)) {
					t.Fatalf("string %d is %q", i, table.at(i))
				}
			}
			if far := len(table.far) > 0; far != (most > group) {
				t.Errorf("%d strings are far from the first of their group", len(table.far))
			}
		})
	}
}
