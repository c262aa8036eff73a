package label

import (
	"hash/maphash"
	"sync"
)

// maxSpelt bounds what a Speller remembers: names of all its lists.
const maxSpelt = 1 << 14

// Speller makes Candidates with a memory: agencies fill in the same form, and
// lack the same rows of it. It may be used concurrently.
type Speller struct {
	mu    sync.Mutex
	seed  maphash.Seed
	lists map[uint64]*Candidates
	names int
}

// Candidates returns NewCandidates(names), or an earlier list of the same
// names. They are not to be changed.
func (s *Speller) Candidates(names []string) *Candidates {
	names = names[:min(len(names), maxListed)]
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lists == nil {
		s.lists, s.seed = map[uint64]*Candidates{}, maphash.MakeSeed()
	}
	var h maphash.Hash
	h.SetSeed(s.seed)
	for _, n := range names {
		h.WriteString(n)
		h.WriteByte(0)
	}
	list, ok := s.lists[h.Sum64()]
	if !ok {
		list = NewCandidates(names)
		if s.names += len(names); s.names <= maxSpelt {
			s.lists[h.Sum64()] = list
		}
	}
	return list
}
