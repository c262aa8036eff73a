package account

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/label"
)

// Options is what else is known of a table.
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

// belowTotal reports whether a row without a number follows a total, with no
// detail between them.
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

// account is the result of an outline.
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
