package label

import (
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// Bounds of a search for the nearest name. They are far above the lists that
// people write; a hostile list costs no more than they say.
const (
	maxCompared   = 200  // characters of a name that are looked at
	maxCandidates = 1000 // different names of a list that are looked at,
	maxListed     = 5000 // of its first ones
	maxDistances  = 12   // names of a list whose distance to one name is measured
)

// Nearest returns the candidate that is most like name, for "did you mean";
// "" when none is like enough. See Candidates.Nearest.
func Nearest(name string, candidates []string) string {
	return NewCandidates(candidates).Nearest(name)
}

// Candidates is a list of names in which the nearest to others is searched.
// Each name is folded once, however many searches there are. At most a thousand
// different names are compared. It may be used concurrently.
type Candidates struct {
	names []string
	fold  sync.Once
	list  []candidate
	asked map[string]string // the answers of Nearest
	mu    sync.Mutex        // of asked
	work  int               // how many letters have been compared with letters, for tests
}

// candidate is a name that is folded.
type candidate struct {
	name string
	bare string // its letters without their marks
	profile
	letters []letter
}

// NewCandidates makes a list of names; they are folded when one is looked for.
func NewCandidates(names []string) *Candidates { return &Candidates{names: names} }

// Nearest returns the first of the candidates that are most like name; "" when
// none is like enough. The likeness is the Damerau-Levenshtein distance of the
// keys, where a letter that lacks its diacritics is half a mistake; about one
// mistake in three letters is let pass. Failing that, a name that contains the
// other will do.
//
// Which letters two names consist of bounds their distance from below. By that
// bound the names that cannot be near are left out, and of the others the
// likeliest are measured, maxDistances at most.
func (c *Candidates) Nearest(name string) string {
	c.fold.Do(c.foldAll)
	c.mu.Lock()
	defer c.mu.Unlock()
	answer, ok := c.asked[name]
	if !ok {
		answer = c.search(Key(name))
		c.asked[name] = answer
	}
	return answer
}

func (c *Candidates) foldAll() {
	c.asked = map[string]string{}
	seen := map[string]bool{}
	for _, name := range c.names[:min(len(c.names), maxListed)] {
		if len(c.list) == maxCandidates {
			break
		}
		key := Key(name)
		if seen[key] {
			continue
		}
		seen[key] = true
		l := letters(key)
		c.list = append(c.list, candidate{name, bare(l), newProfile(l), l})
	}
	c.names = nil
}

// likely is a candidate that may be near, and the least that its distance is.
type likely struct {
	least int
	index int
}

// likeliest are the likeliest of a list, in order of the least that their
// distance is.
type likeliest struct {
	list [maxDistances]likely
	n    int
}

func (l *likeliest) add(x likely) {
	if l.n < len(l.list) {
		l.n++
	} else if l.list[l.n-1].least <= x.least {
		return
	}
	i := l.n - 1
	for ; i > 0 && l.list[i-1].least > x.least; i-- {
		l.list[i] = l.list[i-1]
	}
	l.list[i] = x
}

func (c *Candidates) search(key string) string {
	a := letters(key)
	p := newProfile(a)
	var near likeliest
	for i := range c.list {
		b := &c.list[i]
		if least := p.leastDistance(&b.profile); least <= allowed(a, b.letters) {
			near.add(likely{least, i})
		}
	}
	best, bestDistance := -1, 0
	for _, l := range near.list[:near.n] {
		b := &c.list[l.index]
		limit := allowed(a, b.letters)
		if best >= 0 {
			if l.least > bestDistance {
				break
			}
			limit = min(limit, bestDistance)
		}
		c.work += len(a) * len(b.letters)
		d := distance(a, b.letters, limit)
		if d <= limit && (best < 0 || d < bestDistance || l.index < best) {
			best, bestDistance = l.index, d
		}
	}
	if best >= 0 {
		return c.list[best].name
	}
	whole := bare(a)
	for i := range c.list {
		if b := &c.list[i]; p.within(&b.profile) || b.within(&p) {
			c.work += len(whole) + len(b.bare)
			if contains(whole, b.bare) {
				return b.name
			}
		}
	}
	return ""
}

// allowed is the largest distance of two names that are like enough.
func allowed(a, b []letter) int { return 2*max(len(a), len(b))/3 + 1 }

// profile counts the letters of a name without their marks, in some classes.
type profile [32]uint8

func newProfile(letters []letter) profile {
	p := profile{}
	for _, l := range letters {
		p[uint32(l.base)%uint32(len(p))]++ // at most maxCompared
	}
	return p
}

// leastDistance is a bound of the distance: a letter that the other name lacks
// is a mistake.
func (p *profile) leastDistance(q *profile) int {
	more, less := 0, 0
	for i := range p {
		d := int(p[i]) - int(q[i])
		more += max(d, 0)
		less += max(-d, 0)
	}
	return 2 * max(more, less)
}

// within reports whether the other name has all these letters.
func (p *profile) within(q *profile) bool {
	for i := range p {
		if p[i] > q[i] {
			return false
		}
	}
	return true
}

// contains reports whether the longer name has the shorter one in it as whole
// words, when that is long enough to mean something. Both are without marks.
func contains(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	const shortest = 5
	for at := 0; len(b) >= shortest; {
		i := strings.Index(a[at:], b)
		if i < 0 {
			return false
		}
		at += i
		if end := at + len(b); (at == 0 || a[at-1] == ' ') && (end == len(a) || a[end] == ' ') {
			return true
		}
		at++
	}
	return false
}

func bare(letters []letter) string {
	var b strings.Builder
	for _, l := range letters {
		b.WriteRune(l.base)
	}
	return b.String()
}

// letter is one character of a key, and what is left of it without marks.
type letter struct{ r, base rune }

func letters(key string) []letter {
	all := make([]letter, 0, min(len(key), maxCompared))
	for _, r := range key {
		if len(all) == maxCompared {
			break
		}
		all = append(all, letter{r, base(r)})
	}
	return all
}

// base is a letter without its marks.
func base(r rune) rune {
	if int(r) < len(bases) {
		return bases[r]
	}
	return r
}

// bases are the letters of Latin script without their marks.
var bases = func() (t [0x1F00]rune) {
	for r := range rune(len(t)) {
		t[r] = r
		for _, first := range norm.NFD.String(string(r)) {
			t[r] = first
			break
		}
	}
	t['đ'] = 'd'
	return t
}()

// distance counts insertions, deletions, replacements and swaps of neighbours
// as 2 each and a difference of diacritics as 1. Above the limit it is any
// number above the limit. Neither name is longer than maxCompared.
func distance(a, b []letter, limit int) int {
	var rows [3][maxCompared + 1]int32
	before, last, now := &rows[0], &rows[1], &rows[2]
	for j := range b {
		last[j+1] = int32(2 * (j + 1))
	}
	most, lastLeast := int32(limit), int32(0)
	for i := range a {
		now[0] = int32(2 * (i + 1))
		least := now[0]
		for j := range b {
			d := min(last[j+1], now[j]) + 2
			if a[i].r == b[j].r {
				d = min(d, last[j])
			} else if a[i].base == b[j].base {
				d = min(d, last[j]+1)
			} else {
				d = min(d, last[j]+2)
			}
			if i > 0 && j > 0 && a[i].r == b[j-1].r && a[i-1].r == b[j].r {
				d = min(d, before[j-1]+2)
			}
			now[j+1] = d
			least = min(least, d)
		}
		if least > most && lastLeast > most { // a swap reaches back two rows
			return limit + 1
		}
		lastLeast = least
		before, last, now = last, now, before
	}
	return int(last[len(b)])
}

// Bare returns the key of a name without the marks of its letters: "so hoa ho
// so" for "Số hóa hồ sơ". It understands what is typed without a Vietnamese
// keyboard.
func Bare(name string) string {
	return strings.Map(base, Key(name))
}
