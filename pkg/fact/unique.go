package fact

import (
	"bytes"
	"context"
	"hash/maphash"
	"slices"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// idSet finds ids that occur twice among a million without keeping their
// texts: it keeps 64-bit hashes, and what it suspects is compared letter by
// letter in a second pass. So a collision of hashes never reaches a result.
type idSet struct {
	seed      maphash.Seed
	hashes    []uint64
	suspected map[uint64]bool
	twice     []repeated // confirmed by the second pass
}

// repeated is a record whose id another record above it has.
type repeated struct {
	row, first int
}

func newIDSet() *idSet { return &idSet{seed: maphash.MakeSeed()} }

func (s *idSet) hash(id []byte) uint64 { return maphash.Bytes(s.seed, bytes.TrimSpace(id)) }

// add notes an id.
func (s *idSet) add(id []byte) { s.hashes = append(s.hashes, s.hash(id)) }

// suspect finds the hashes that occur twice. Sorting them once costs a third
// of what a hash table costs that is too large for the processor's cache.
func (s *idSet) suspect() {
	slices.Sort(s.hashes)
	s.suspected = map[uint64]bool{}
	for i := 1; i < len(s.hashes); i++ {
		if s.hashes[i] == s.hashes[i-1] {
			s.suspected[s.hashes[i]] = true
		}
	}
	s.hashes = nil
}

// reportTwice reads the ids once more and compares those whose hashes were
// equal.
func (c *collector) reportTwice(ctx context.Context, index int, t *located) error {
	l := t.list
	l.ids.suspect()
	if len(l.ids.suspected) == 0 {
		return nil
	}
	key := l.columns[l.keyed]
	first := map[string]int{}
	err := c.eachRow(ctx, index, t, []int{key.at}, func(row *cell.Row) {
		id := bytes.TrimSpace(row.At(key.at).Raw)
		if len(id) == 0 || !l.ids.suspected[l.ids.hash(id)] {
			return
		}
		if at, ok := first[string(id)]; ok {
			l.ids.twice = append(l.ids.twice, repeated{row.Number, at})
			return
		}
		first[string(id)] = row.Number
	})
	if err != nil || len(l.ids.twice) == 0 {
		return err
	}
	const most = 10
	for _, r := range l.ids.twice[:min(most, len(l.ids.twice))] {
		d := diag.New(diag.NotUnique, c.at(t.sheet, r.row, key.at), lang.F(
			"the id in the column %q is that of row %d: each record has its own", "mã ở cột %q trùng với hàng %d: mỗi hồ sơ có mã riêng", key.path, r.first))
		d.Related = []diag.Related{{Pos: c.at(t.sheet, r.first, key.at), Message: lang.T("the first record with it", "hồ sơ đầu tiên có mã này")}}
		c.diags = append(c.diags, d)
	}
	if n := len(l.ids.twice); n > most {
		rows := slices.Clone(l.ids.twice[most:])
		c.diags.Add(diag.NotUnique, c.at(t.sheet, rows[0].row, key.at), lang.F(
			"and %d more records with an id that occurs above", "và %d hồ sơ nữa có mã đã xuất hiện ở trên", len(rows)))
	}
	return nil
}
