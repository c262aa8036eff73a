package account

import (
	"math/bits"
	"slices"
)

// relation is how a row relates to the sum of others.
type relation uint8

const (
	silent relation = iota // they have no column in common
	equal
	below // the sum is less in some column, and more in none
	above // the sum is more in some column
)

// tally is figures that are added up.
type tally struct {
	sum  int64
	last int64 // the steps of their last decimals, added up
	n    int   // how many they are
	bad  int   // how many more cannot be read
}

func (t *tally) add(u tally) {
	t.sum, t.last, t.n, t.bad = t.sum+u.sum, t.last+u.last, t.n+u.n, t.bad+u.bad
}

func (f Figure) tally() tally {
	switch f.State {
	case Known:
		return tally{sum: f.N, last: f.step(), n: 1}
	case Unreadable:
		return tally{bad: 1}
	case Blank:
	}
	return tally{}
}

func (f Figure) step() int64 { return max(f.Last, 1) }

// total adds up what a row or those below it have in a column.
func (o *outline) total(i, column int) tally {
	sum := tally{}
	switch o.role[i] {
	case Detail, Heading, Subtotal:
	case Nothing, Total, Part, Aside, Note, Unnamed, Beyond:
		return sum
	}
	for _, k := range o.kids[i] {
		sum.add(o.total(k, column))
	}
	if sum.n > 0 || sum.bad > 0 {
		return sum
	}
	return o.figure(i, column).tally()
}

func (t *table) figure(i, column int) Figure {
	if t.rows[i].Figures == nil {
		return Figure{}
	}
	return t.rows[i].Figures[column]
}

// compare holds a row against the sum of others, as if they were no parts. It
// returns the first column that shows the relation.
func (o *outline) compare(i int, rows []int) (rel relation, column int, sum int64) {
	for c := range o.columns {
		own := o.figure(i, c)
		if own.State != Known {
			continue
		}
		t := tally{}
		for _, k := range rows {
			was := o.role[k]
			if was == Part {
				o.role[k] = Detail
			}
			t.add(o.total(k, c))
			o.role[k] = was
		}
		if t.n == 0 || t.bad > 0 {
			continue
		}
		switch {
		case o.agree(c, own, t):
			if rel == silent {
				rel, column, sum = equal, c, t.sum
			}
		case t.sum > own.N:
			return above, c, t.sum
		case rel != below:
			rel, column, sum = below, c, t.sum
		}
	}
	return rel, column, sum
}

// agree reports whether a stated figure is the sum of others: exactly, or
// within half of the last decimal of each of them and of itself.
func (t *table) agree(column int, stated Figure, sum tally) bool {
	diff := stated.N - sum.sum
	return max(diff, -diff) <= t.slack(column, stated, sum)
}

// slack is how far a sum may lie from the stated one.
func (t *table) slack(column int, stated Figure, sum tally) int64 {
	if !t.columns[column].Rounded || sum.n < 2 {
		return 0
	}
	return (stated.step() + sum.last) / 2
}

// match is a row that is the sum of a run of rows beside it.
type match struct {
	row   int
	run   []int // in order
	bits  int   // how unlikely it is that the figures agree by chance, as a power of two
	whole bool  // the run is all the other rows of the list
}

// discover looks in a list of siblings for rows that are the sums of others
// beside them: short runs first, which then stand for their rows. least is how
// telling a match must be at least.
func (o *outline) discover(list []int, least int) []match {
	d := newDiscovery(o, list)
	if n := len(d.active); n >= 3 {
		for _, w := range [][2]int{{0, 1}, {n - 1, 0}} {
			if m, ok := d.whole(w[0], w[1], w[1]+n-1, least); ok {
				return []match{m}
			}
		}
	}
	var found []match
	for {
		round := d.round(least)
		if len(round) == 0 {
			if m, ok := d.beyond(least); ok && (len(found) == 0 || !found[len(found)-1].whole) {
				found = append(found, m)
			}
			return found
		}
		found = append(found, round...)
	}
}

// discovery is the rows of a list that stand for themselves or, once a sum is
// found, for those that it is made of.
type discovery struct {
	*outline
	active []int
	sums   map[int][]tally // by row: its sum in each column
	unit   []int64         // by column: what all its figures are multiples of
	signed []bool          // by column: some figure is below 0
	work   int             // bounds the comparisons
}

// maxWork bounds the comparisons of one discovery.
const maxWork = 4_000_000

func newDiscovery(o *outline, list []int) *discovery {
	d := &discovery{
		outline: o, sums: map[int][]tally{},
		unit: make([]int64, len(o.table.columns)), signed: make([]bool, len(o.table.columns)), work: maxWork,
	}
	for _, i := range list {
		sums, any := make([]tally, len(d.columns)), false
		for c := range d.columns {
			t := o.total(i, c)
			sums[c] = t
			any = any || t.n > 0 && t.bad == 0
			d.unit[c] = gcd(d.unit[c], t.sum)
			d.signed[c] = d.signed[c] || t.sum < 0
		}
		if any {
			d.active = append(d.active, i)
			d.sums[i] = sums
		}
	}
	return d
}

func gcd(a, b int64) int64 {
	if b < 0 {
		b = -b
	}
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// beyond finds the first or the last row that is the sum of all but a few of
// the others: those at the far end or, of the last row, between it and the
// addends, such as an average.
func (d *discovery) beyond(least int) (match, bool) {
	const few = 3
	n := len(d.active)
	for left := 1; left <= few; left++ {
		for at := max(n-1-few+left, 3); at < n; at++ {
			if m, ok := d.whole(at, 0, at-left, least); ok && at-left >= 2 {
				return m, true
			}
		}
		if m, ok := d.whole(0, 1, n-left, least); ok && n-left-1 >= 3 {
			return m, true
		}
	}
	return match{}, false
}

// whole reports whether a row is the sum of those from one up to another.
func (d *discovery) whole(at, from, to, least int) (match, bool) {
	if to-from < 2 || !d.rows[d.active[at]].has() {
		return match{}, false // the sum of a heading is that of the rows below it
	}
	m, agreed, differs := d.hold(d.active[at], d.active[from:to])
	m.whole = true
	return m, agreed > 0 && differs == 0 && m.bits >= least
}

// hold compares a row with the sum of others, and counts the columns in which
// they agree and differ. The match lists those in which they agree.
func (d *discovery) hold(i int, run []int) (m match, agreed, differs int) {
	sums, several := make([]tally, len(d.columns)), make([]int, len(d.columns))
	for _, k := range run {
		for c := range d.columns {
			sums[c].add(d.sums[k][c])
			if d.sums[k][c].sum != 0 {
				several[c]++
			}
		}
	}
	for c := range d.columns {
		own := d.sums[i][c]
		switch {
		case own.n == 0 || own.bad > 0 || sums[c].n == 0 || sums[c].bad > 0:
		case d.agrees(c, d.stated(i, c), sums[c]):
			agreed++
		default:
			differs++
			several[c] = 0 // tells nothing
		}
	}
	return match{row: i, run: slices.Clone(run), bits: d.bits(i, sums, several)}, agreed, differs
}

// round finds the matches of the shortest length that do not overlap, and puts
// each sum in the place of its rows.
func (d *discovery) round(least int) []match {
	var all []match
	shortest := len(d.active) + 1
	for at := range d.active {
		for _, step := range []int{1, -1} {
			if m, ok := d.run(at, step, shortest, least); ok {
				if len(m.run) < shortest {
					shortest, all = len(m.run), all[:0]
				}
				all = append(all, m)
			}
		}
	}
	used := map[int]bool{}
	var out []match
	for _, m := range all {
		clash := used[m.row]
		for _, k := range m.run {
			clash = clash || used[k]
		}
		if clash {
			continue
		}
		used[m.row] = true
		for _, k := range m.run {
			used[k] = true
		}
		m.whole = len(m.run)+1 == len(d.active)
		out = append(out, m)
	}
	gone := map[int]bool{}
	for _, m := range out {
		for _, k := range m.run {
			gone[k] = true
		}
	}
	var rest []int
	for _, i := range d.active {
		if !gone[i] {
			rest = append(rest, i)
		}
	}
	d.active = rest
	return out
}

// run looks in one direction for the shortest run of rows beside one that it
// is the sum of; of at most so many.
func (d *discovery) run(at, step, most, least int) (match, bool) {
	i := d.active[at]
	if !d.rows[i].has() {
		return match{}, false
	}
	sums := make([]tally, len(d.columns))
	several := make([]int, len(d.columns)) // addends that are not 0
	for n := 1; n <= most; n++ {
		k := at + n*step
		if k < 0 || k >= len(d.active) || d.work <= 0 {
			break
		}
		d.work--
		row := d.active[k]
		fits, compared, over := n >= 2, 0, false
		for c := range d.columns {
			add := d.sums[row][c]
			sums[c].add(add)
			if add.sum != 0 {
				several[c]++
			}
			own := d.sums[i][c]
			if own.n == 0 || own.bad > 0 || sums[c].n == 0 || sums[c].bad > 0 {
				continue
			}
			if stated := d.stated(i, c); !d.agrees(c, stated, sums[c]) {
				fits = false
				over = over || !d.signed[c] && sums[c].sum > stated.N+d.wide(c, stated, sums[c])+1
			}
			compared++
		}
		if over {
			break
		}
		if !fits || compared == 0 {
			continue
		}
		m := match{row: i}
		for j := 1; j <= n; j++ {
			m.run = append(m.run, d.active[at+j*step])
		}
		if step < 0 {
			for a, b := 0, len(m.run)-1; a < b; a, b = a+1, b-1 {
				m.run[a], m.run[b] = m.run[b], m.run[a]
			}
		}
		if m.bits = d.bits(i, sums, several); m.bits >= least {
			return m, true
		}
	}
	return match{}, false
}

// bits is how unlikely a match by chance is: the digits of the figures that
// agree, without what all figures of a column have in common. Two columns with
// the same figures count once.
func (d *discovery) bits(i int, sums []tally, several []int) int {
	out := 0
	for c := range d.columns {
		own := d.sums[i][c]
		if own.n == 0 || own.bad > 0 || sums[c].bad > 0 || several[c] < 2 {
			continue
		}
		twin := false
		for e := range c {
			twin = twin || several[e] >= 2 && d.sums[i][e].sum == own.sum && sums[e].sum == sums[c].sum
		}
		if twin {
			continue
		}
		v := max(own.sum, -own.sum) / max(d.unit[c], 1)
		slack := d.wide(c, d.stated(i, c), sums[c]) / max(d.unit[c], 1)
		out += max(bits.Len64(uint64(v))-bits.Len64(uint64(2*slack)), 0)
	}
	return out
}

// stated is the figure of a row itself in a column.
func (d *discovery) stated(i, column int) Figure {
	if f := d.figure(i, column); f.State == Known {
		return f
	}
	return Figure{State: Known, N: d.sums[i][column].sum}
}

// agrees reports whether a stated figure is a sum within what rounding allows
// where all figures of the column are rounded alike, as to tens.
func (d *discovery) agrees(column int, stated Figure, sum tally) bool {
	diff := stated.N - sum.sum
	return max(diff, -diff) <= d.wide(column, stated, sum)
}

func (d *discovery) wide(column int, stated Figure, sum tally) int64 {
	slack := d.slack(column, stated, sum)
	if unit := d.unit[column]; slack > 0 && isRoundUnit(unit) {
		slack = max(slack, unit*int64(sum.n+1)/2)
	}
	return slack
}

// isRoundUnit reports whether figures are rounded to multiples of a number: 5,
// 10, 50, 100 and so on.
func isRoundUnit(unit int64) bool {
	if unit < 5 {
		return false
	}
	for unit%10 == 0 {
		unit /= 10
	}
	return unit == 1 || unit == 5
}
