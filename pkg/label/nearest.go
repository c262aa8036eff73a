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
	best, bestDistance, contained := "", -1, ""
	for _, c := range candidates {
		b := letters(Key(c))
		limit := 2*max(len(a), len(b))/3 + 1
		if bestDistance >= 0 {
			limit = min(limit, bestDistance-1)
		}
		if 2*max(len(a)-len(b), len(b)-len(a)) <= limit {
			if d := distance(a, b); d <= limit {
				best, bestDistance = c, d
			}
		}
		if contained == "" && contains(a, b) {
			contained = c
		}
	}
	if best == "" {
		return contained
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
	var all []letter
	for _, r := range key {
		if len(all) == maxCompared {
			break
		}
		base := r
		if r == 'đ' {
			base = 'd'
		}
		for _, first := range norm.NFD.String(string(base)) {
			all = append(all, letter{r, first})
			break
		}
	}
	return all
}

// distance counts insertions, deletions, replacements and swaps of neighbours
// as 2 each and a difference of diacritics as 1.
func distance(a, b []letter) int {
	before, last, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range now {
		last[j] = 2 * j
	}
	for i := range a {
		now[0] = 2 * (i + 1)
		for j := range b {
			now[j+1] = min(last[j+1]+2, now[j]+2, last[j]+replacement(a[i], b[j]))
			if i > 0 && j > 0 && a[i].r == b[j-1].r && a[i-1].r == b[j].r {
				now[j+1] = min(now[j+1], before[j-1]+2)
			}
		}
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
