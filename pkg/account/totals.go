package account

import (
	"slices"
)

// matchTotals finds for each total row the rows that it is the sum of.
func (o *outline) matchTotals() {
	if len(o.totals) == 0 {
		return
	}
	p := o.prefix()
	for k, t := range o.totals {
		if !o.rows[t].has() {
			continue
		}
		lo, hi, ok := o.reach(p, k)
		if !ok {
			if lo, hi, ok = o.mostly(p, k); !ok {
				continue
			}
			o.partly[t] = true
		}
		lo, hi = p.trim(lo, hi)
		o.role[t], o.witness[t], o.span[t] = Subtotal, Words|Arithmetic, [2]int{lo, hi}
		if p.count(lo, hi) == p.count(0, len(o.rows)-1) {
			o.role[t], o.grand = Total, t
		}
	}
	if o.grand < 0 {
		o.grandBeside(p)
	}
}

// grandBeside accepts a total before or after all the rows that it sums, while
// other rows lie outside; these are reported.
func (o *outline) grandBeside(p *prefix) {
	for _, t := range o.totals {
		s := o.span[t]
		if o.witness[t]&Arithmetic == 0 || p.count(s[0], s[1]) < 2 || t < s[0] && s[0] != t+1 {
			continue
		}
		before, after := p.count(0, s[0]-1), p.count(s[1]+1, len(o.rows)-1)
		lastTotal := o.totals[len(o.totals)-1] == t && (len(o.totals) == 1 || s[1] < t && before == 0)
		if lastTotal && before == 0 && after > 0 && (s[1] < t && o.apart(s[1]+1, t) || t < s[0]) {
			o.role[t], o.grand = Total, t
			o.outside(s[1] + 1)
			return
		}
	}
}

// apart reports whether nothing that counts stands between two rows.
func (o *outline) apart(from, to int) bool {
	for i := from; i < to; i++ {
		if o.role[i] == Detail || o.role[i] == Subtotal {
			return false
		}
	}
	return true
}

// outside takes the rows from one on out of the sums.
func (o *outline) outside(from int) {
	for i := from; i < len(o.rows); i++ {
		if o.role[i] == Detail || o.role[i] == Subtotal && o.witness[i] != 0 && index(o.totals, i) < 0 {
			if o.rows[i].has() && !ofYear.MatchString(o.rows[i].key()) {
				o.doubts = append(o.doubts, Doubt{Kind: Outside, Row: i, Column: -1})
			}
			o.role[i] = Aside
		}
	}
}

// prefix is the running sums of the addends of each column.
type prefix struct {
	tally [][]tally // by column and row: the addends before the row
	rows  []int     // how many rows before the row hold an addend
}

// of adds up the addends of a column from lo to hi.
func (p *prefix) of(column, lo, hi int) tally {
	a, b := p.tally[column][lo], p.tally[column][hi+1]
	return tally{b.sum - a.sum, b.last - a.last, b.n - a.n, b.bad - a.bad}
}

func (o *outline) prefix() *prefix {
	n := len(o.rows)
	p := &prefix{rows: make([]int, n+1)}
	holds := make([]bool, n)
	for c := range o.columns {
		sums, addend := make([]tally, n+1), make([]bool, n)
		for _, i := range o.tops {
			o.markAddends(i, c, addend)
		}
		for i := range n {
			sums[i+1] = sums[i]
			if addend[i] {
				holds[i] = true
				sums[i+1].add(o.figure(i, c).tally())
			}
		}
		p.tally = append(p.tally, sums)
	}
	for i := range n {
		p.rows[i+1] = p.rows[i]
		if holds[i] {
			p.rows[i+1]++
		}
	}
	return p
}

// markAddends marks the rows that add up to a column's sum.
func (o *outline) markAddends(i, c int, addend []bool) bool {
	switch o.role[i] {
	case Detail, Heading, Subtotal:
	case Nothing, Total, Part, Aside, Note, Unnamed, Beyond:
		return false
	}
	some := false
	for _, k := range o.kids[i] {
		some = o.markAddends(k, c, addend) || some
	}
	if !some && o.figure(i, c).State != Blank {
		addend[i], some = true, true
	}
	return some
}

// trim leaves out the rows at both ends that hold no addend.
func (p *prefix) trim(lo, hi int) (int, int) {
	for lo < hi && p.rows[lo+1] == p.rows[lo] {
		lo++
	}
	for hi > lo && p.rows[hi+1] == p.rows[hi] {
		hi--
	}
	return lo, hi
}

// count returns how many rows from lo to hi hold an addend.
func (p *prefix) count(lo, hi int) int {
	if hi < lo {
		return 0
	}
	return p.rows[hi+1] - p.rows[lo]
}

// fit counts the columns in which a row is the sum of the addends from lo to
// hi, and those in which it is not.
func (o *outline) fit(p *prefix, row, lo, hi int) (agreed, differs int) {
	for c := range o.columns {
		own := o.figure(row, c)
		t := p.of(c, lo, hi)
		if own.State != Known || t.n == 0 || t.bad > 0 {
			continue
		}
		if o.agree(c, own, t) {
			agreed++
			continue
		}
		differs++
	}
	return agreed, differs
}

// maxReach bounds the rows at which the run of a total is looked for.
const maxReach = 20_000

// reach finds the run of rows beside the k-th total that it is the sum of: all
// others, those above it, those since a total before, those below it.
func (o *outline) reach(p *prefix, k int) (lo, hi int, ok bool) {
	t, last := o.totals[k], len(o.rows)-1
	best := 0
	look := func(a, b int) bool {
		if b < a || p.count(a, b) <= best {
			return false
		}
		agreed, differs := o.fit(p, t, a, b)
		if agreed == 0 || differs > 0 {
			return false
		}
		lo, hi, best, ok = a, b, p.count(a, b), true
		return true
	}
	if look(0, t-1) {
		return lo, hi, ok
	}
	for j := k; j > 0 && k-j < 4; j-- {
		if look(o.totals[j-1]+1, t-1) {
			return lo, hi, ok
		}
	}
	look(t+1, last)
	if k+1 < len(o.totals) {
		look(t+1, o.totals[k+1]-1)
	}
	if ok {
		return lo, hi, ok
	}
	for _, a := range slices.Backward(o.tops) {
		if a < t && t-a < maxReach && look(a, t-1) && p.count(a, t-1) >= 2 {
			return lo, hi, ok
		}
	}
	for i, a := range o.tops {
		end := last
		if i+1 < len(o.tops) {
			end = o.tops[i+1] - 1
		}
		if a > t && a-t < maxReach && look(t+1, end) && p.count(t+1, end) >= 2 {
			return lo, hi, ok
		}
	}
	return lo, hi, ok
}

// mostly is reach for a total that is the sum of rows beside it in most
// columns: the others hold mistakes.
func (o *outline) mostly(p *prefix, k int) (lo, hi int, ok bool) {
	lo, hi = o.nearest(p, k)
	if hi < lo {
		return 0, 0, false
	}
	agreed, differs := o.fit(p, o.totals[k], lo, hi)
	return lo, hi, agreed >= 2 && agreed >= 2*differs
}

// nearest returns the run that a total row most likely means: that with which
// it agrees in the most columns, and of several the one that comes nearest.
func (o *outline) nearest(p *prefix, k int) (lo, hi int) {
	t, last := o.totals[k], len(o.rows)-1
	runs := [][2]int{{0, t - 1}, {t + 1, last}}
	if k > 0 {
		runs = append(runs, [2]int{o.totals[k-1] + 1, t - 1})
	}
	if k+1 < len(o.totals) {
		runs = append(runs, [2]int{t + 1, o.totals[k+1] - 1})
	}
	best, least := -1, int64(0)
	for _, r := range runs {
		if p.count(r[0], r[1]) == 0 {
			continue
		}
		agreed, _ := o.fit(p, t, r[0], r[1])
		away := o.away(p, t, r[0], r[1])
		if agreed > best || agreed == best && away < least {
			best, least, lo, hi = agreed, away, r[0], r[1]
		}
	}
	if best < 0 {
		return 0, -1
	}
	return lo, hi
}

// away is how far a row is from the sum of the addends from lo to hi, over all
// columns.
func (o *outline) away(p *prefix, row, lo, hi int) int64 {
	away := int64(0)
	for c := range o.columns {
		if own, sum := o.figure(row, c), p.of(c, lo, hi); own.State == Known && sum.n > 0 {
			diff := own.N - sum.sum
			away += max(diff, -diff) / int64(len(o.columns)) // never more than a figure
		}
	}
	return away
}
