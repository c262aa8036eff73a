package records

import (
	"fmt"
	"hash/maphash"
	"testing"
)

// Ids that occur twice are suspected however many there are and wherever they
// stand.
func TestSuspects(t *testing.T) {
	for _, n := range []int{0, 1, 10, hashChunk/hashBytes - 1, hashChunk / hashBytes, hashChunk/hashBytes + 1, 5 * hashChunk / hashBytes} {
		s := idSet{seed: maphash.MakeSeed()}
		for i := range n {
			s.add(fmt.Appendf(nil, "H47-%d", i))
		}
		if got := len(suspect(s.chunks)); got > 1 { // hashes may be equal, once in 10,000 runs
			t.Errorf("%d ids: %d suspects", n, got)
		}
		if n == 0 {
			continue
		}
		s.add([]byte(" H47-0 "))
		s.add(fmt.Appendf(nil, "H47-%d", n-1))
		got := suspect(s.chunks)
		if !got[s.hash([]byte("H47-0"))] || !got[s.hash(fmt.Appendf(nil, "H47-%d", n-1))] || len(got) > 3 {
			t.Errorf("%d ids and two again: %d suspects", n, len(got))
		}
	}
}
