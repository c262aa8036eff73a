package account

import (
	"math/bits"
)

// relation is how a row stands to the sum of others.
type relation uint8

const (
	silent relation = iota // they have no column in common
	equal
	below // the sum is less in some column, and more in none
	above // the sum is more in some column
)

// total adds up what a row or those below it have in a column. It returns how
// many addends there are; unreadable reports that one cannot be read.
func (o *outline) total(i, column int) (sum int64, n int, unreadable bool) {
	switch o.role[i] {
	case Detail, Heading, Subtotal:
	case Nothing, Total, Part, Aside, Note, Unnamed, Beyond:
		return 0, 0, false
	}
	return o.inner(i, column)
}

func (o *outline) inner(i, column int) (sum int64, n int, unreadable bool) {
	for _, k := range o.kids[i] {
		s, m, bad := o.total(k, column)
		sum, n, unreadable = sum+s, n+m, unreadable || bad
	}
	if n > 0 || unreadable {
		return sum, n, unreadable
	}
	switch f := o.figure(i, column); f.State {
	case Known:
		return f.N, 1, false
	case Unreadable:
		return 0, 0, true
	case Blank:
	}
	return 0, 0, false
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
		s, n, bad := int64(0), 0, false
		for _, k := range rows {
			was := o.role[k]
			if was == Part {
				o.role[k] = Detail
			}
			t, m, u := o.total(k, c)
			o.role[k] = was
			s, n, bad = s+t, n+m, bad || u
		}
		if n == 0 || bad {
			continue
		}
		switch {
		case o.agree(c, own.N, s, n):
			if rel == silent {
				rel, column, sum = equal, c, s
			}
		case s > own.N:
			return above, c, s
		case rel != below:
			rel, column, sum = below, c, s
		}
	}
	return rel, column, sum
}

// agree reports whether a stated figure is the sum of n others: exactly, or
// within half of the last decimal for each of them.
func (t *table) agree(column int, stated, sum int64, n int) bool {
	diff := stated - sum
	if diff < 0 {
		diff = -diff
	}
	return diff <= t.slack(column, n)
}

// slack is how far a sum of n figures may lie from the stated one.
func (t *table) slack(column, n int) int64 {
	if !t.columns[column].Rounded || n < 2 {
		return 0
	}
	return int64(n+1) / 2
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
	var found []match
	for {
		round := d.round(least)
		if len(round) == 0 {
			return found
		}
		found = append(found, round...)
	}
}

// discovery is the rows of a list that stand for themselves or, once a sum is
// found, for those that it is made of.
type discovery struct {
	*outline
	active  []int
	sums    map[int][]int64 // by row: its sum in each column
	known   map[int][]bool
	unit    []int64 // by column: what all its figures are multiples of
	signed  []bool  // by column: some figure is below 0
	columns []int
	work    int // bounds the comparisons
}

// maxWork bounds the comparisons of one discovery.
const maxWork = 4_000_000

func newDiscovery(o *outline, list []int) *discovery {
	d := &discovery{
		outline: o, sums: map[int][]int64{}, known: map[int][]bool{},
		unit: make([]int64, len(o.table.columns)), signed: make([]bool, len(o.table.columns)), work: maxWork,
	}
	for c := range o.table.columns {
		d.columns = append(d.columns, c)
	}
	for _, i := range list {
		sums, known, any := make([]int64, len(d.columns)), make([]bool, len(d.columns)), false
		for c := range d.columns {
			s, n, bad := o.total(i, c)
			sums[c], known[c] = s, n > 0 && !bad
			any = any || known[c]
			d.unit[c] = gcd(d.unit[c], s)
			d.signed[c] = d.signed[c] || s < 0
		}
		if any {
			d.active = append(d.active, i)
			d.sums[i], d.known[i] = sums, known
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
	sums := make([]int64, len(d.columns))
	seen := make([]int, len(d.columns))    // addends
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
			if d.known[row][c] {
				sums[c] += d.sums[row][c]
				seen[c]++
				if d.sums[row][c] != 0 {
					several[c]++
				}
			}
			if !d.known[i][c] || seen[c] == 0 {
				continue
			}
			own := d.sums[i][c]
			if !d.agree(c, own, sums[c], seen[c]) {
				fits = false
				over = over || !d.signed[c] && sums[c] > own+d.slack(c, seen[c])+1
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
		if m.bits = d.bits(i, sums, seen, several); m.bits >= least {
			return m, true
		}
	}
	return match{}, false
}

// bits tells how unlikely a match by chance is: the digits of the figures that
// agree, without what all figures of a column have in common. Two columns with
// the same figures tell it once.
func (d *discovery) bits(i int, sums []int64, seen, several []int) int {
	out := 0
	for c := range d.columns {
		if !d.known[i][c] || several[c] < 2 {
			continue
		}
		twin := false
		for e := range c {
			twin = twin || d.known[i][e] && several[e] >= 2 && d.sums[i][e] == d.sums[i][c] && sums[e] == sums[c]
		}
		if twin {
			continue
		}
		v := d.sums[i][c]
		if v < 0 {
			v = -v
		}
		slack := d.slack(c, seen[c])
		if d.unit[c] > 1 {
			v /= d.unit[c]
			slack = 0
		}
		out += max(bits.Len64(uint64(v))-bits.Len64(uint64(2*slack)), 0)
	}
	return out
}
