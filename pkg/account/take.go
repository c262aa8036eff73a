package account

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/parcheck/parcheck/pkg/label"
)

// Options says what else is known of a table.
type Options struct {
	Totals []string // labels of its total rows, beside the usual ones
	Added  bool     // its rows are added up; those of a form are not, and only headings and parts are told
}

// Take makes the account of the rows of a table.
func Take(rows []Row, columns []Column, opt Options) *Account {
	t := &table{rows: rows, columns: columns, marks: make([]mark, len(rows))}
	says := make([]saying, len(rows))
	for i := range rows {
		r := &rows[i]
		t.marks[i] = r.mark()
		t.numbers = t.numbers || t.marks[i].numbered()
		if !r.Known {
			says[i] = say(r.key(), opt.Totals)
		}
		if isStar(r.Code) {
			says[i] = saysNote
		}
		if says[i] == saysSum && !opt.Added {
			says[i] = saysNothing
		}
	}
	mendLetters(t.marks, rows)
	if !opt.Added {
		return newOutline(t, says).form().account()
	}
	t.sayClosing(says)
	return decide(t, says).account()
}

// sayClosing notes the rows that close a group by the name of its heading:
// "Giao thông" above and, with its figures, below the rows of the group.
func (t *table) sayClosing(says []saying) {
	heads := map[string]bool{}
	for i := range t.rows {
		r := &t.rows[i]
		switch {
		case r.Role == Heading && r.key() != "":
			heads[r.key()] = true
		case r.Role == Detail && says[i] == saysNothing && !r.Known && t.marks[i].none() && heads[r.key()]:
			says[i] = saysSum
		}
	}
}

func isStar(code string) bool {
	stars := 0
	for _, c := range code {
		switch c {
		case '*':
			stars++
		case '(', ')', ' ':
		default:
			return false
		}
	}
	return stars > 0
}

// mendLetters mends marks that are Roman numerals by themselves and letters in
// their row: I behind H.
func mendLetters(marks []mark, rows []Row) {
	last := 0 // of the letters
	for i := range marks {
		switch m := &marks[i]; {
		case m.rank == rankLetter:
			last = m.seq
		case m.rank == rankRoman && last > 0 && len(rows[i].Code) == 1 && order(rows[i].Code) == last+1 && m.seq != 1:
			m.rank, m.seq = rankLetter, order(rows[i].Code)
			last = m.seq
		case m.rank == rankRoman && last == order("H") && rows[i].Code == "I":
			m.rank, m.seq = rankLetter, order("I")
			last = m.seq
		}
	}
}

// form settles an outline whose rows are figures of their own.
func (o *outline) form() *outline {
	for i := len(o.rows) - 1; i >= 0; i-- {
		parts := o.firm[i]
		for _, k := range o.kids[i] {
			if o.role[i] == Detail && (parts || o.marks[k].none() && o.marks[i].numbered() || o.marks[k].dashed() && !o.marks[i].dashed()) {
				o.makePart(k)
			}
		}
	}
	return o
}

// decide finds the outline that the words and the figures agree on.
func decide(t *table, says []saying) *outline {
	o := try(t, says)
	for range 2 { // words that the figures do not bear out are none
		less := slices.Clone(says)
		if !o.demote(less) {
			break
		}
		says = less
		o = try(t, says)
	}
	if o.grand < 0 && o.stated() {
		if better := o.others(says); better != nil {
			o = better
		}
	}
	o.judge()
	return o
}

// try builds one outline and looks for its totals.
func try(t *table, says []saying) *outline {
	o := newOutline(t, says)
	o.settle()
	o.matchTotals()
	return o
}

// stated reports whether some total row has a figure.
func (o *outline) stated() bool {
	return slices.ContainsFunc(o.totals, func(i int) bool { return o.rows[i].has() })
}

// demote takes their meaning from words that may be others', where the figures
// say so. It reports whether it did.
func (o *outline) demote(says []saying) bool {
	some := false
	for i, s := range o.says {
		switch {
		case s == saysSum && o.witness[i]&Arithmetic == 0 && o.rows[i].has() && (!o.atEdge(i) || i != o.lastFigure() && isAbbreviation(o.rows[i].key())) && !beginsWith(bareTotal(label.Key(o.rows[i].Label)), []string{"tổng", "cộng", "total"}),
			s == saysMean && o.role[i] == Aside && !o.belowTotal(i) && !o.isMean(i):
			says[i] = saysNothing
			some = true
		}
	}
	return some
}

// belowTotal reports whether a row without a number stands below a total, and
// no detail between them.
func (o *outline) belowTotal(i int) bool {
	if !o.marks[i].none() {
		return false
	}
	for k := i - 1; k >= 0; k-- {
		switch {
		case o.says[k] == saysTotal && o.rows[k].has():
			return true
		case o.role[k] == Detail || o.role[k] == Subtotal:
			return false
		}
	}
	return false
}

// atEdge reports whether a row without a number is the first or the last one
// that has figures, where a total stands.
func (o *outline) atEdge(i int) bool {
	if !o.marks[i].none() {
		return false
	}
	first := 0
	for first < len(o.rows) && !o.rows[first].has() {
		first++
	}
	return i == first || i == o.lastFigure()
}

// isMean reports whether a row is the mean of rows above it: of all details,
// or of some run of them.
func (o *outline) isMean(i int) bool {
	if o.grand >= 0 {
		return true // the total does without it
	}
	var groups, details []int
	for _, k := range o.tops {
		if k < i && o.anyFigure([]int{k}) {
			groups = append(groups, k)
		}
	}
	for k := range i {
		if o.role[k] == Detail && o.rows[k].has() {
			details = append(details, k)
		}
	}
	for _, above := range [][]int{groups, details} {
		if o.isMeanOf(i, above) || len(above) > 0 && o.isMeanOf(i, above[:len(above)-1]) { // a total may stand between
			return true
		}
	}
	return false
}

// isMeanOf reports whether a row is in every column the mean of the last so many
// of some rows.
func (o *outline) isMeanOf(i int, rows []int) bool {
	checked := false
	for c := range o.columns {
		own := o.figure(i, c)
		if own.State != Known {
			continue
		}
		sum, ok := tally{}, false
		for n := 1; n <= len(rows) && !ok && sum.bad == 0; n++ {
			sum.add(o.total(rows[len(rows)-n], c))
			diff := own.N*int64(n) - sum.sum
			ok = n > 1 && sum.bad == 0 && max(diff, -diff) <= int64(n)*own.step()
		}
		if !ok {
			return false
		}
		checked = true
	}
	return checked
}

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

// grandBeside takes the total that stands behind or before all that it sums,
// while some rows lie outside: they are told.
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
			o.outside(s[1]+1, p)
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
func (o *outline) outside(from int, p *prefix) {
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

// markAddends marks the rows that a column's sum is made of.
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
// hi, and those in which it is not; first is the first of those.
func (o *outline) fit(p *prefix, row, lo, hi int) (agreed, differs, first int) {
	first = -1
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
		if first < 0 {
			first = c
		}
	}
	return agreed, differs, first
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
		agreed, differs, _ := o.fit(p, t, a, b)
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

// others looks for another outline in which the stated total is the sum: rows
// that are the sums of others and do not say so; rows below others that are
// their parts; rows without a number that are parts.
func (o *outline) others(says []saying) *outline {
	changes := []func(*outline){
		func(x *outline) { x.numberedParts(); x.matchTotals() },
		func(x *outline) { x.flipConflicts(); x.matchTotals() },
		func(x *outline) { x.demotePromoted(); x.matchTotals() },
		func(x *outline) { x.applyAll(1); x.matchTotals() },
		func(x *outline) { x.flipConflicts(); x.applyAll(1); x.matchTotals() },
		func(x *outline) { x.breakdowns() },
	}
	for _, change := range changes {
		x := newOutline(o.table, says)
		x.settle()
		change(x)
		if x.grand >= 0 && !slices.ContainsFunc(x.doubts, func(d Doubt) bool { return d.Kind == Outside }) {
			return x
		}
	}
	return nil
}

// numberedParts takes the rows that say that they are parts and are numbered
// all the same as parts of the row above them.
func (o *outline) numberedParts() {
	o.doubts = slices.DeleteFunc(o.doubts, func(d Doubt) bool {
		if d.Kind != OpenParts || !o.marks[d.Row].numbered() {
			return false
		}
		o.makePart(d.Row)
		return true
	})
}

// flipConflicts takes the rows below one that is not their sum as its parts.
func (o *outline) flipConflicts() {
	for _, i := range o.conflict {
		o.role[i], o.witness[i] = Detail, 0
		o.makeParts(i, o.kids[i], Words)
		o.doubts = append(o.doubts, Doubt{Kind: AsParts, Row: i, First: o.kids[i][0], Last: o.lastOf(i), Column: -1, Addends: len(o.kids[i])})
	}
	o.conflict = nil
}

// demotePromoted takes the rows without a number as parts of those above them.
func (o *outline) demotePromoted() {
	for k := range o.promoted {
		o.makePart(k)
	}
	o.promoted = map[int]int{}
}

// breakdowns takes the rows that each divide the total again, "chia theo trình
// độ", "chia theo giới tính", as parts of it.
func (o *outline) breakdowns() {
	for _, t := range o.totals {
		if !o.rows[t].has() {
			continue
		}
		all := true
		for _, i := range o.tops {
			if o.says[i] != saysParts || i < t {
				all = false
				continue
			}
			rel, _, _ := o.compare(t, []int{i})
			all = all && (rel == equal || rel == silent)
		}
		if all && len(o.tops) > 0 {
			for _, i := range o.tops {
				o.makePart(i)
				o.parent[i] = t
			}
			o.role[t], o.witness[t], o.grand = Total, Words|Arithmetic, t
			o.span[t] = [2]int{o.tops[0], o.lastOf(o.tops[0])}
			return
		}
	}
}

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

// judge looks for sums that no words tell, where no total has confirmed the
// outline, and gathers what is to be told.
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

// tellTotals tells of total rows that are not the sums of their rows.
func (o *outline) tellTotals() {
	if len(o.totals) == 0 {
		return
	}
	p := o.prefix()
	if o.grand >= 0 {
		o.tellUnchecked(p, o.grand)
	}
	for k, t := range o.totals {
		if !o.rows[t].has() || o.witness[t]&Arithmetic != 0 && !o.partly[t] {
			continue
		}
		if o.partly[t] {
			o.tellMismatch(p, t, o.span[t][0], o.span[t][1])
			continue
		}
		lo, hi := o.nearest(p, k)
		if p.count(lo, hi) == 0 {
			continue // a total without details: nothing contradicts it
		}
		if o.grand < 0 && p.count(lo, hi) == p.count(0, len(o.rows)-1) {
			o.role[t], o.grand = Total, t
		} else if o.grand >= 0 {
			o.role[t] = Subtotal
		}
		lo, hi = p.trim(lo, hi)
		o.witness[t], o.span[t] = Words, [2]int{lo, hi}
		o.tellMismatch(p, t, lo, hi)
	}
	if o.grand < 0 {
		o.loneTotal(p)
	}
}

// tellMismatch tells of the columns in which a row is not the sum of the
// addends from lo to hi.
func (o *outline) tellMismatch(p *prefix, t, lo, hi int) {
	for c := range o.columns {
		own, sum := o.figure(t, c), p.of(c, lo, hi)
		if own.State == Known && sum.n > 0 && sum.bad == 0 && !o.agree(c, own, sum) {
			o.doubts = append(o.doubts, Doubt{Kind: Mismatch, Row: t, First: lo, Last: hi, Column: c, Sum: sum.sum, Addends: sum.n})
		}
	}
}

// mostly is reach for a total that is the sum of rows beside it in most
// columns: the others hold mistakes.
func (o *outline) mostly(p *prefix, k int) (lo, hi int, ok bool) {
	lo, hi = o.nearest(p, k)
	if hi < lo {
		return 0, 0, false
	}
	agreed, differs, _ := o.fit(p, o.totals[k], lo, hi)
	return lo, hi, agreed >= 2 && agreed >= 2*differs
}

// tellUnchecked tells of the columns in which a total is not held against its
// rows: a figure of theirs cannot be read, or none of them has one.
func (o *outline) tellUnchecked(p *prefix, t int) {
	lo, hi := o.span[t][0], o.span[t][1]
	for c := range o.columns {
		sum := p.of(c, lo, hi)
		if o.figure(t, c).State != Known || o.figure(t, c).N == 0 || sum.bad == 0 && sum.n > 0 {
			continue
		}
		for i := lo; i <= hi; i++ {
			if o.role[i] == Detail && o.figure(i, c).State != Known {
				o.doubts = append(o.doubts, Doubt{Kind: Unchecked, Row: t, First: i, Last: i, Column: c})
				break
			}
		}
	}
}

// loneTotal takes the only total row of a table that has no details: nothing
// contradicts it.
func (o *outline) loneTotal(p *prefix) {
	if len(o.totals) == 1 && p.count(0, len(o.rows)-1) == 0 {
		o.grand = o.totals[0]
		o.role[o.grand] = Total
	}
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
		agreed, _, _ := o.fit(p, t, r[0], r[1])
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

// tellConflicts tells of rows with a number that are not the sum of those
// below them.
func (o *outline) tellConflicts() {
	for _, i := range o.conflict {
		for c := range o.columns {
			own, sum := o.figure(i, c), tally{}
			for _, k := range o.kids[i] {
				sum.add(o.total(k, c))
			}
			if own.State == Known && sum.n > 0 && sum.bad == 0 && !o.agree(c, own, sum) {
				o.doubts = append(o.doubts, Doubt{Kind: Mismatch, Row: i, First: o.span[i][0], Last: o.span[i][1], Column: c, Sum: sum.sum, Addends: sum.n})
			}
		}
	}
}

// tellShort tells of parts that add up to less than their whole, where all
// others of the table add up: one of them may be wrong.
func (o *outline) tellShort() {
	if o.grand >= 0 {
		return
	}
	whole := 0
	var short []Doubt
	for i := range o.rows {
		kids := o.kids[i]
		if o.role[i] != Detail || len(kids) < 2 || o.firm[i] || !o.marks[kids[0]].dashed() {
			continue
		}
		switch rel, column, sum := o.compare(i, kids); rel {
		case equal:
			whole++
		case below:
			short = append(short, Doubt{Kind: Short, Row: i, First: kids[0], Last: kids[len(kids)-1], Column: column, Sum: sum, Addends: len(kids)})
		case silent, above:
		}
	}
	if whole > 0 {
		o.doubts = append(o.doubts, short...)
	}
}

// tellUncovered tells of rows that are in none of the totals of a table, of
// which none is that of all rows: what the totals are of is not known.
func (o *outline) tellUncovered() {
	if o.grand >= 0 {
		return
	}
	covered, some := make([]bool, len(o.rows)), false
	for _, t := range o.totals {
		if o.witness[t]&Arithmetic == 0 || o.role[t] != Subtotal {
			continue
		}
		some = true
		for i := o.span[t][0]; i <= o.span[t][1]; i++ {
			covered[i] = true
		}
	}
	if !some {
		return
	}
	for i := range o.rows {
		if o.role[i] == Detail && !covered[i] && o.rows[i].has() {
			o.doubts = append(o.doubts, Doubt{Kind: Uncovered, Row: i, First: i, Last: i, Column: -1})
			return
		}
	}
}

// tellUnsaid tells of rows that are sums by their figures alone.
func (o *outline) tellUnsaid() {
	for i := range o.rows {
		if (o.role[i] == Subtotal || o.role[i] == Total) && o.witness[i] == Arithmetic {
			o.doubts = append(o.doubts, Doubt{Kind: Unsaid, Row: i, First: o.span[i][0], Last: o.span[i][1], Column: -1, Addends: len(o.kids[i])})
		}
	}
}

// tellUnnumbered tells of details without a number where others have one.
func (o *outline) tellUnnumbered() {
	for i := range o.rows {
		if _, ok := o.promoted[i]; ok && o.role[i] == Detail && !o.rows[i].Owned && o.rows[i].has() && o.grand < 0 {
			o.doubts = append(o.doubts, Doubt{Kind: Unnumbered, Row: i, Column: -1})
		}
	}
}

// account is what others are told of an outline.
func (o *outline) account() *Account {
	a := &Account{Entries: make([]Entry, len(o.rows)), Total: o.grand, Doubts: o.doubts, rows: o.rows, kids: o.kids, tops: o.tops}
	if a.Total < 0 {
		for _, t := range o.totals {
			if o.role[t] == Total && (a.Total < 0 || o.rows[t].has()) {
				a.Total = t // blank, or the only one
			}
		}
		if len(o.totals) > 1 && a.Total >= 0 && o.rows[a.Total].has() && o.witness[a.Total]&Arithmetic == 0 {
			a.Total = -1
		}
	}
	for i := range o.rows {
		a.Entries[i] = Entry{Role: o.role[i], Parent: o.parent[i], Witnesses: o.witness[i], First: o.span[i][0], Last: o.span[i][1]}
	}
	return a
}
