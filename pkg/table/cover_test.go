package table

import (
	"math/rand/v2"
	"testing"

	"github.com/parcheck/parcheck/pkg/diag"
)

// Cover says of every cell what looking at every merge says.
func TestCover(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var merges []diag.Area
		overlaps := func(a diag.Area) bool {
			for _, m := range merges {
				if a.Row <= m.ToRow && m.Row <= a.ToRow && a.Col <= m.ToCol && m.Col <= a.ToCol {
					return true
				}
			}
			return false
		}
		for range 20 {
			row, col := 1+rnd.IntN(12), 1+rnd.IntN(8)
			if a := (diag.Area{Row: row, Col: col, ToRow: row + rnd.IntN(3), ToCol: col + rnd.IntN(3)}); !overlaps(a) {
				merges = append(merges, a)
			}
		}
		c := NewCover(merges)
		for row := 1; row <= 15; row += 1 + rnd.IntN(2) {
			c.Walk(row)
			for col := 1; col <= 12; col++ {
				want := diag.Area{}
				for _, m := range merges {
					if row >= m.Row && row <= m.ToRow && col >= m.Col && col <= m.ToCol && (row != m.Row || col != m.Col) {
						want = m
					}
				}
				if got, hidden := c.Under(col); hidden != !want.IsZero() || hidden && got != want {
					t.Fatalf("%v: %s: %v %v, want %v", merges, diag.A1(row, col), got, hidden, want)
				}
			}
		}
	}
}

// Overlapping merges, as only damaged files have, cost no more than others.
func TestCoverOfOverlaps(t *testing.T) {
	var merges []diag.Area
	for i := range 1 << 18 {
		merges = append(merges, diag.Area{Row: 1 + i%3, Col: 1, ToRow: 1 << 20, ToCol: 1 << 14})
	}
	c := NewCover(merges)
	for row := 1; row <= 1000; row++ {
		c.Walk(row)
		if m, hidden := c.Under(2); !hidden || m.Row != 1 {
			t.Fatalf("row %d: %v %v", row, m, hidden)
		}
	}
	if _, hidden := c.Under(MaxColumns + 1); hidden {
		t.Error("a column that no table reads is under a merge")
	}
}
