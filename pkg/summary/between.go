package summary

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
)

// The outcomes of other targets that a row depends on stand in cells of it,
// behind its figures: first of those that its measure counts, then of those that
// it requires.

// others lists these targets by their ids.
func (t *targetRow) others() []string {
	return slices.Concat(t.target.Measure.Others(), t.target.Requires)
}

// facts lists the facts of a row, in the order of their cells.
func (t *targetRow) facts() []string { return t.target.Facts() }

// related is a cell that holds the outcome of another target of the same unit.
type related struct {
	formula string // none: the target does not bind the unit
	outcome score.Outcome
}

// relatedTo finds the outcomes that a row depends on. Another row is found by its
// key, wherever sorting has put it, and by an offset: the range of all outcomes
// holds the one that depends on this cell, which would be a circle.
func (x *writer) relatedTo(l *line, a *areaSheet, row int) []related {
	var list []related
	for _, id := range l.target.others() {
		i := slices.IndexFunc(x.s.targets, func(t targetRow) bool { return t.target.ID == id })
		if i < 0 {
			continue
		}
		t := &x.s.targets[i]
		r := x.s.result(l.unit, i)
		if r == nil || unbound(r, t.target, l.unit) {
			list = append(list, related{outcome: score.NotApplicable})
			continue
		}
		b := x.areaOf(t)
		wanted, keys := fmt.Sprint(t.no), b.col.no
		if b.col.key > 0 {
			wanted, keys = fmt.Sprintf("$%s%+d", diag.A1(row, a.col.key), (t.no-l.target.no)*keyStep), b.col.key
		}
		head := diag.QuoteSheet(b.name) + "!" + sheets.Range(b.top, b.col.outcome, b.top, b.col.outcome)
		head, _, _ = strings.Cut(head, ":")
		list = append(list, related{fmt.Sprintf("OFFSET(%s,MATCH(%s,%s,0),0)", head, wanted, b.column(keys)), r.Outcome})
	}
	return list
}

// areaOf is the sheet that a target's rows stand on. It copies no line, for others
// are being compiled beside it.
func (x *writer) areaOf(t *targetRow) *areaSheet {
	for _, a := range x.areas {
		for i := range a.lines {
			if a.lines[i].target.no == t.no {
				return a
			}
		}
	}
	return nil
}

// earnedOn is the points of a result, or those that a closed gate withholds.
func earnedOn(r *score.Result) number.Exact {
	if r.Withheld != nil {
		return r.Withheld.Exact
	}
	return r.Points.Exact
}
