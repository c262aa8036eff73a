package account

// outline is a table's rows as a tree. It is built from numbering and indents,
// and then corrected where the figures show another structure.
type outline struct {
	*table
	role   []Role
	says   []saying
	parent []int
	kids   [][]int
	tops   []int // the rows without a parent that sums are made of
	totals []int // the rows whose words say that they are totals

	firm     []bool // by row: its kids are parts by their words
	doubts   []Doubt
	witness  []Witness    // by row
	span     [][2]int     // of sums: the first and last row that they are made of
	conflict []int        // rows with kids that are not their sum
	promoted map[int]int  // rows without a number, by the row above that has one
	partly   map[int]bool // totals that are the sum of their rows in most columns only
	grand    int          // the row that totals the table, or -1
}

// table holds what all outlines of a table share.
type table struct {
	rows    []Row
	columns []Column
	marks   []mark
	numbers bool // some row has a number or a letter
}

// newOutline builds the tree of the rows from their words and marks.
func newOutline(t *table, says []saying) *outline {
	n := len(t.rows)
	o := &outline{
		table: t, says: says, grand: -1,
		role: make([]Role, n), parent: make([]int, n), kids: make([][]int, n),
		firm: make([]bool, n), witness: make([]Witness, n), span: make([][2]int, n),
		promoted: map[int]int{}, partly: map[int]bool{},
	}
	for i := range t.rows {
		o.role[i], o.parent[i] = t.rows[i].Role, -1
	}
	o.grow()
	return o
}

// grow reads the rows from the top down. open are the rows that further ones
// may stand below.
func (o *outline) grow() {
	type level struct{ rank, row int }
	var open []level
	last, noted := -1, false // the last row that holds figures or heads others
	for i := range o.rows {
		switch o.role[i] {
		case Detail, Heading:
		case Nothing, Subtotal, Total, Part, Aside, Note, Unnamed, Beyond:
			continue
		}
		if noted && o.says[i] != saysTotal {
			o.note(i)
			continue
		}
		rank := o.marks[i].rank
		switch o.says[i] {
		case saysTotal, saysSum:
			o.role[i] = Total
			o.totals = append(o.totals, i)
			open, last = nil, i
			continue
		case saysMean, saysAside:
			if o.role[i] == Detail {
				o.role[i] = Aside
				continue
			}
		case saysNote:
			noted = noted || o.role[i] == Heading && last >= 0
			o.role[i] = Note
			continue
		case saysParts:
			if !o.marks[i].numbered() {
				rank = rankPart
			}
		case saysNothing:
		}
		switch {
		case o.says[i] == saysParts:
		case o.marks[i].none(), o.marks[i].rank == rankOther:
			rank = o.unmarked(i)
		case rank == rankSmall && o.headsNumbers(i):
			rank = rankNumber - 1
		}
		for len(open) > 0 && open[len(open)-1].rank >= rank {
			open = open[:len(open)-1]
		}
		switch {
		case len(open) > 0:
			o.adopt(open[len(open)-1].row, i)
		case rank == rankPart && last >= 0 && o.role[last] == Total:
			o.adopt(last, i)
		default:
			o.tops = append(o.tops, i)
		}
		if o.says[i] == saysParts && o.parent[i] >= 0 {
			o.firm[o.parent[i]] = true
		}
		if rank == rankPart && o.role[i] == Heading && o.parent[i] == last && last >= 0 && o.role[last] == Total && o.closesList(last) {
			rank = rankNone - 1 // the rows without a number below it are parts of the total
		}
		if rank != rankPart || o.role[i] == Heading {
			open = append(open, level{rank, i}) // "trong đó: A 4" heads no rows: those below stand beside it
		}
		last = i
	}
}

// note excludes a row below the notes of a table from the sums.
func (o *outline) note(i int) {
	if o.role[i] == Detail && o.says[i] != saysNote {
		o.doubts = append(o.doubts, Doubt{Kind: Outside, Row: i, Column: -1})
	}
	o.role[i] = Note
}

func (o *outline) adopt(parent, kid int) {
	o.parent[kid] = parent
	o.kids[parent] = append(o.kids[parent], kid)
}

// unmarked returns the rank of a row whose mark orders nothing: where numbers begin anew
// below it, it heads them.
func (o *outline) unmarked(i int) int {
	rank := o.marks[i].rank
	next := o.next(i)
	if next >= 0 && o.marks[next].seq == 1 && o.marks[next].rank < rankNone {
		return o.marks[next].rank - 1
	}
	if o.role[i] == Heading && (next < 0 || !o.marks[next].dashed()) && o.numbers {
		return rankLetter + 1
	}
	return rank
}

// closesList reports whether details stand above a total.
func (o *outline) closesList(total int) bool {
	for i := range total {
		if o.role[i] == Detail && o.rows[i].has() {
			return true
		}
	}
	return false
}

// headsNumbers reports whether numbers begin anew right below a row.
func (o *outline) headsNumbers(i int) bool {
	next := o.next(i)
	return next >= 0 && o.marks[next].seq == 1 && o.marks[next].rank == rankNumber
}

// next returns the next row that is a part of the outline, or -1.
func (o *outline) next(i int) int {
	for i++; i < len(o.rows); i++ {
		if r := o.rows[i].Role; r == Detail || r == Heading {
			return i
		}
	}
	return -1
}

// settle decides from the bottom up what each row with kids is.
func (o *outline) settle() {
	for i := len(o.rows) - 1; i >= 0; i-- {
		if len(o.kids[i]) > 0 {
			o.settleKids(i)
		}
	}
	o.settleOpenParts()
	o.lift()
}

// lift moves the last row of the table to the top if it has no number and
// follows a row that has one: it may be the total.
func (o *outline) lift() {
	last := o.lastFigure()
	if last < 0 || o.role[last] != Detail || !o.marks[last].none() || len(o.kids[last]) > 0 {
		return
	}
	p := o.parent[last]
	if p < 0 || o.marks[p].none() {
		return
	}
	o.remove(last, []int{last})
	o.parent[last] = -1
	o.tops = append(o.tops, last)
	o.promoted[last] = p
}

// lastFigure returns the last row that may count, or -1.
func (o *outline) lastFigure() int {
	for i := len(o.rows) - 1; i >= 0; i-- {
		if (o.role[i] == Detail || o.role[i] == Subtotal || o.role[i] == Part || o.role[i] == Total) && o.rows[i].has() {
			return i
		}
	}
	return -1
}

func (o *outline) settleKids(i int) {
	kids := o.kids[i]
	if o.role[i] == Total {
		for _, k := range kids {
			o.makePart(k)
		}
		return
	}
	if o.role[i] != Detail || !o.anyFigure(kids) {
		return
	}
	loose := o.marks[i].numbered() && !o.firm[i] // its kids are parts only if they add up
	dashed := o.firm[i]
	for _, k := range kids {
		loose = loose && o.marks[k].none()
		dashed = dashed || o.marks[k].dashed() && !o.marks[i].dashed()
	}
	switch rel, column, sum := o.compare(i, kids); {
	case dashed && (rel == equal || rel == below):
		o.makeParts(kids, Words|Arithmetic)
	case dashed:
		o.makeParts(kids, Words)
		if rel == above {
			o.doubts = append(o.doubts, Doubt{Kind: Exceeding, Row: i, First: kids[0], Last: kids[len(kids)-1], Column: column, Sum: sum, Addends: len(kids)})
		}
	case loose:
		o.settleLoose(i, kids)
	case rel == equal || rel == silent:
		o.makeSum(i, Words|Arithmetic, i+1, o.lastOf(i))
	default:
		o.makeSum(i, Words, i+1, o.lastOf(i))
		o.conflict = append(o.conflict, i)
	}
}

// settleLoose decides of rows without a number below one that has one: several
// that add up to it are its parts, the others stand beside it.
func (o *outline) settleLoose(i int, kids []int) {
	parts := 0
	for m := len(kids); m >= 2; m-- {
		if rel, _, _ := o.compare(i, kids[:m]); rel == equal {
			parts = m
			break
		}
	}
	o.makeParts(kids[:parts], Arithmetic)
	rest := kids[parts:]
	o.kids[i] = kids[:parts:parts]
	for _, k := range rest {
		o.promoted[k] = i
	}
	o.promote(i, rest)
}

// promote moves rows from below one to beside it, behind it.
func (o *outline) promote(i int, rows []int) {
	p := o.parent[i]
	list := &o.tops
	if p >= 0 {
		list = &o.kids[p]
	}
	var out []int
	for _, k := range *list {
		out = append(out, k)
		if k == i {
			out = append(out, rows...)
		}
	}
	*list = out
	for _, k := range rows {
		o.parent[k] = p
	}
}

// settleOpenParts finds the rows behind a "trong đó" that stand in line with
// the row above it: as many as add up to that.
func (o *outline) settleOpenParts() {
	for i := range o.rows {
		if o.says[i] == saysParts && o.isNumberedPart(i) {
			list := o.siblings(i)
			o.doubts = append(o.doubts, Doubt{Kind: OpenParts, Row: i, First: list[max(index(list, i)-1, 0)], Last: i, Column: -1})
			continue
		}
		if o.says[i] != saysParts || o.role[i] == Total || !o.open(i) {
			continue
		}
		whole := o.parent[i]
		list := o.siblings(whole)
		at := index(list, whole)
		var run []int
		if o.rows[i].has() {
			run = append(run, i)
		}
		found := 0
		for k := at + 1; k < len(list) && o.marks[list[k]].rank == o.marks[whole].rank && o.rows[list[k]].has(); k++ {
			run = append(run, list[k])
			if rel, _, _ := o.compare(whole, run); rel == equal {
				found = k - at
				break
			} else if rel == above {
				break
			}
		}
		if found == 0 {
			if at+1 < len(list) && !o.rows[i].has() {
				o.doubts = append(o.doubts, Doubt{Kind: OpenParts, Row: i, First: whole, Last: list[at+1], Column: -1})
			}
			continue
		}
		moved := append([]int(nil), list[at+1:at+1+found]...)
		o.remove(whole, moved)
		for _, k := range moved {
			o.adopt(whole, k)
		}
		o.makeParts(moved, Words|Arithmetic)
	}
}

// isNumberedPart reports whether a row that says that it is a part is numbered
// as if it were none.
func (o *outline) isNumberedPart(i int) bool {
	return o.role[i] == Detail && o.marks[i].seq > 1 && len(o.kids[i]) == 0 && o.rows[i].has()
}

// open reports whether the end of the parts that a row heads is unknown: no row
// is below it in the tree, and it is below one without a number.
func (o *outline) open(i int) bool {
	whole := o.parent[i]
	return whole >= 0 && len(o.kids[i]) == 0 && o.role[whole] != Total && o.rows[whole].has() &&
		len(o.kids[whole]) == 1 && o.marks[whole].none()
}

// siblings returns the list that contains a row.
func (o *outline) siblings(i int) []int {
	if p := o.parent[i]; p >= 0 {
		return o.kids[p]
	}
	return o.tops
}

// remove removes rows from the list that contains a row.
func (o *outline) remove(i int, rows []int) {
	list := &o.tops
	if p := o.parent[i]; p >= 0 {
		list = &o.kids[p]
	}
	var out []int
	for _, k := range *list {
		if index(rows, k) < 0 {
			out = append(out, k)
		}
	}
	*list = out
}

func index(list []int, x int) int {
	for i, y := range list {
		if x == y {
			return i
		}
	}
	return -1
}

// makeParts makes rows parts of the row above them.
func (o *outline) makeParts(kids []int, w Witness) {
	for _, k := range kids {
		o.makePart(k)
		o.witness[k] = w
	}
}

func (o *outline) makePart(i int) {
	if o.role[i] == Detail || o.role[i] == Subtotal || o.role[i] == Heading && o.says[i] == saysParts {
		o.role[i] = Part
	}
	for _, k := range o.kids[i] {
		o.makePart(k)
	}
}

// makeSum makes a row the sum of its kids.
func (o *outline) makeSum(i int, w Witness, first, last int) {
	o.role[i], o.witness[i], o.span[i] = Subtotal, w, [2]int{first, last}
}

// lastOf returns the last row below a row.
func (o *outline) lastOf(i int) int {
	for len(o.kids[i]) > 0 {
		i = o.kids[i][len(o.kids[i])-1]
	}
	return i
}

// anyFigure reports whether one of the rows, or one below them, has a figure.
func (o *outline) anyFigure(rows []int) bool {
	for _, i := range rows {
		if o.rows[i].has() || o.anyFigure(o.kids[i]) {
			return true
		}
	}
	return false
}

// has reports whether a row has a figure in some column.
func (r *Row) has() bool {
	for _, f := range r.Figures {
		if f.State != Blank {
			return true
		}
	}
	return false
}
