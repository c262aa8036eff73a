package account

// tellTotals reports total rows that are not the sums of their rows.
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

// tellMismatch reports the columns in which a row is not the sum of the addends
// from lo to hi.
func (o *outline) tellMismatch(p *prefix, t, lo, hi int) {
	for c := range o.columns {
		own, sum := o.figure(t, c), p.of(c, lo, hi)
		if own.State == Known && sum.n > 0 && sum.bad == 0 && !o.agree(c, own, sum) {
			o.doubts = append(o.doubts, Doubt{Kind: Mismatch, Row: t, First: lo, Last: hi, Column: c, Sum: sum.sum, Addends: sum.n})
		}
	}
}

// tellUnchecked reports the columns in which a total cannot be compared with
// its rows: a figure of theirs cannot be read, or none of them has one.
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

// tellConflicts reports rows with a number that are not the sum of those below
// them.
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

// tellShort reports parts that add up to less than their whole although all
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

// tellUncovered reports rows outside all totals of a table that has no total of
// all rows: what these totals cover is unknown.
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

// tellUnsaid reports rows that are sums by their figures alone.
func (o *outline) tellUnsaid() {
	for i := range o.rows {
		if (o.role[i] == Subtotal || o.role[i] == Total) && o.witness[i] == Arithmetic {
			o.doubts = append(o.doubts, Doubt{Kind: Unsaid, Row: i, First: o.span[i][0], Last: o.span[i][1], Column: -1, Addends: len(o.kids[i])})
		}
	}
}

// tellUnnumbered reports details without a number where others have one.
func (o *outline) tellUnnumbered() {
	for i := range o.rows {
		if _, ok := o.promoted[i]; ok && o.role[i] == Detail && !o.rows[i].Owned && o.rows[i].has() && o.grand < 0 {
			o.doubts = append(o.doubts, Doubt{Kind: Unnumbered, Row: i, Column: -1})
		}
	}
}
