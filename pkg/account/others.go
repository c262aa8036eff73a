package account

import (
	"slices"
)

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
		o.makeParts(o.kids[i], Words)
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
