package label

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// maxCompared is how many characters of a name Nearest looks at.
const maxCompared = 200

// Nearest returns the candidate that is most like name, for "did you mean";
// "" when none is like enough. The likeness is the Damerau-Levenshtein
// distance of the keys, where a letter that lacks its diacritics is half a
// mistake; about one mistake in three letters is let pass. Failing that, a
// name that contains the other will do. The first of equals is returned.
func Nearest(name string, candidates []string) string {
	a := letters(Key(name))
	best, bestDistance := "", -1
	for _, c := range candidates {
		b := letters(Key(c))
		limit := 2*max(len(a), len(b))/3 + 1
		if bestDistance >= 0 {
			limit = min(limit, bestDistance-1)
		}
		if 2*max(len(a)-len(b), len(b)-len(a)) > limit {
			continue
		}
		if d := distance(a, b, limit); d <= limit {
			best, bestDistance = c, d
		}
	}
	for i := 0; best == "" && i < len(candidates); i++ {
		if contains(a, letters(Key(candidates[i]))) {
			best = candidates[i]
		}
	}
	return best
}

// contains reports whether the longer name has the shorter one in it as whole
// words, when that is long enough to mean something.
func contains(a, b []letter) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	return len(b) >= 5 && strings.Contains(" "+bare(a)+" ", " "+bare(b)+" ")
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
		base := r
		if int(r) < len(bases) {
			base = bases[r]
		}
		all = append(all, letter{r, base})
	}
	return all
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
// number above the limit.
func distance(a, b []letter, limit int) int {
	before, last, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range now {
		last[j] = 2 * j
	}
	lastLeast := 0
	for i := range a {
		now[0] = 2 * (i + 1)
		least := now[0]
		for j := range b {
			now[j+1] = min(last[j+1]+2, now[j]+2, last[j]+replacement(a[i], b[j]))
			if i > 0 && j > 0 && a[i].r == b[j-1].r && a[i-1].r == b[j].r {
				now[j+1] = min(now[j+1], before[j-1]+2)
			}
			least = min(least, now[j+1])
		}
		if least > limit && lastLeast > limit { // a swap reaches back two rows
			return limit + 1
		}
		lastLeast = least
		before, last, now = last, now, before
	}
	return last[len(b)]
}

func replacement(a, b letter) int {
	switch {
	case a.r == b.r:
		return 0
	case a.base == b.base:
		return 1
	}
	return 2
}
