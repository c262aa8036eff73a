package account

import (
	"cmp"
	"math/bits"
	"slices"
)

// lists are the rows that stand side by side, of those groups that no stated
// sum has confirmed.
func (o *outline) lists() [][]int {
	out := [][]int{o.tops}
	for i := range o.rows {
		if o.role[i] == Heading && len(o.kids[i]) > 1 && !o.firm[i] {
			out = append(out, o.kids[i])
		}
	}
	return out
}

// applyAll takes every row that is the sum of others beside it as their sum.
func (o *outline) applyAll(least int) {
	for _, list := range o.lists() {
		for _, m := range o.discover(slices.Clone(list), least) {
			o.apply(m)
		}
	}
}

// apply makes a row the sum of a run of rows beside it.
func (o *outline) apply(m match) {
	o.remove(m.row, m.run)
	for _, k := range m.run {
		o.parent[k] = m.row
	}
	o.kids[m.row] = append(append([]int(nil), m.run...), o.kids[m.row]...)
	delete(o.promoted, m.row)
	o.makeSum(m.row, Arithmetic, m.run[0], m.run[len(m.run)-1])
}

// How telling figures must be, as powers of two, before a row whose words do
// not say so is taken as the sum of rows beside it, or doubted.
const (
	certain    = 12 // a row without a number: it is taken so, and told
	doubtful   = 5  // it may be so: the figure is not given
	contrary   = 14 // a row that is numbered as a detail: the figure is not given
	wholeBonus = 8  // the row is the first or last of the table, and the sum of all others
	groupBonus = 3  // the same, of a group
	coverBonus = 8  // all rows of the list are sums or their addends
	chance     = 3  // of less, many rows are sums of others by chance
)

// judge looks for sums that no words announce, if no total has confirmed the
// outline, and collects what must be reported.
func (o *outline) judge() {
	if o.grand < 0 && !o.stated() {
		for i, list := range o.lists() {
			bonus := groupBonus
			if i == 0 {
				bonus = wholeBonus
			}
			o.judgeList(list, bonus)
		}
	}
	o.tellTotals()
	o.tellConflicts()
	o.tellShort()
	o.tellUncovered()
	o.tellUnsaid()
	o.tellUnnumbered()
	slices.SortStableFunc(o.doubts, func(a, b Doubt) int { return cmp.Or(a.Row-b.Row, int(a.Kind)-int(b.Kind)) })
}

func (o *outline) judgeList(list []int, bonus int) {
	list = slices.Clone(list)
	if len(list) < 3 {
		return
	}
	found := o.discover(list, 1)
	if !o.covers(list, found) {
		found = o.discover(list, chance)
	}
	if bonus == wholeBonus && !slices.ContainsFunc(found, func(m match) bool { return m.whole }) {
		o.judgeMostly(list)
	}
	if len(found) == 0 {
		return
	}
	price := bits.Len(uint(4 * len(list)))
	score, firm := 0, 0
	var loose []match
	for _, m := range found {
		worth := m.bits - price
		if m.whole {
			worth = m.bits - 1 + bonus
		}
		if o.isFirm(list, m.row) {
			if worth >= contrary && len(o.kids[m.row]) == 0 {
				o.doubts = append(o.doubts, o.doubtOf(Contrary, m))
				firm++
			}
			continue
		}
		score += worth
		loose = append(loose, m)
	}
	if len(loose) == 0 || firm > 0 {
		return
	}
	if len(loose) == len(found) && len(found) > 1 && o.covers(list, found) {
		score += coverBonus
	}
	if score < certain && len(loose) > 1 { // the most telling of them alone
		loose = slices.DeleteFunc(loose, func(m match) bool {
			return !m.whole && m.bits-price < doubtful
		})
		score = 0
		for _, m := range loose {
			score = max(score, m.bits-price)
			if m.whole {
				score = max(score, m.bits-1+bonus)
			}
		}
	}
	switch {
	case len(loose) == 0 || score < doubtful:
	case score < certain:
		for _, m := range loose {
			o.doubts = append(o.doubts, o.doubtOf(Unclear, m))
		}
	default:
		for _, m := range loose {
			o.apply(m)
		}
		for _, m := range loose {
			if !m.whole {
				continue
			}
			if bonus == wholeBonus || len(o.tops) == 1 { // otherwise it is the sum of one group
				o.role[m.row] = Total
				o.grand = m.row
			}
			o.leaveOut(list, m.row)
		}
	}
}

// leaveOut takes the rows of a list that are not in its total out of it.
func (o *outline) leaveOut(list []int, total int) {
	beside := o.siblings(total)
	for _, i := range list {
		if i != total && o.role[i] == Detail && index(beside, i) >= 0 {
			o.role[i] = Aside
			o.doubts = append(o.doubts, Doubt{Kind: Outside, Row: i, Column: -1})
		}
	}
}

// judgeMostly doubts a first or last row that is the sum of all others in most
// columns: the others may hold mistakes.
func (o *outline) judgeMostly(list []int) {
	d := newDiscovery(o, list)
	n := len(d.active)
	if n < 3 {
		return
	}
	for _, at := range []int{0, n - 1} {
		run := d.active[1:]
		if at > 0 {
			run = d.active[:at]
		}
		m, agreed, differs := d.hold(d.active[at], run)
		telling := m.bits - 1 + wholeBonus
		if (agreed >= 2 && agreed >= 2*differs && telling >= doubtful || agreed >= differs && telling >= 2*doubtful) && !o.isFirm(list, m.row) {
			o.doubts = append(o.doubts, o.doubtOf(Unclear, m))
			return
		}
	}
}

func (o *outline) doubtOf(kind DoubtKind, m match) Doubt {
	return Doubt{Kind: kind, Row: m.row, First: m.run[0], Last: m.run[len(m.run)-1], Column: -1, Addends: len(m.run)}
}

// covers reports whether every row of a list is a sum or an addend of one.
func (o *outline) covers(list []int, found []match) bool {
	in := map[int]bool{}
	for _, m := range found {
		in[m.row] = true
		for _, k := range m.run {
			in[k] = true
		}
	}
	for _, i := range list {
		if !in[i] && o.anyFigure([]int{i}) {
			return false
		}
	}
	return len(found) > 0
}

// isFirm reports whether the words of a row say that it is a detail: its
// number follows that of the row before or comes before the next, or it is
// known by name.
func (o *outline) isFirm(list []int, row int) bool {
	if o.rows[row].Known || o.role[row] == Subtotal && o.witness[row] == Words|Arithmetic {
		return true
	}
	m := o.marks[row]
	if !m.numbered() {
		return false
	}
	at := index(list, row)
	for _, beside := range []int{at - 1, at + 1} {
		if beside < 0 || beside >= len(list) {
			continue
		}
		o := o.marks[list[beside]]
		if o.rank == m.rank && o.seq-m.seq == beside-at {
			return true
		}
	}
	return false
}
