package records

import (
	"cmp"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/plan"
)

// RowConditions decides whether a row of a form counts, by the rules for
// records of lists.
type RowConditions struct {
	list  *List
	conds []condition
}

// NewRowConditions compiles the conditions of a source on the rows of a form. It
// returns nil where the sheet lacks a column of them.
func NewRowConditions(spec Spec, src *plan.Source) *RowConditions {
	l := &List{calendar: cmp.Or(spec.Working, &date.Calendar{}), from: dayNumber(spec.Period.From), to: dayNumber(spec.Period.To)}
	lacks := false
	conds := l.conditions(src.Where, func(id string) *Column {
		col := l.use(&spec, id)
		lacks = lacks || col == nil
		return col
	})
	if lacks {
		return nil
	}
	return &RowConditions{list: l, conds: conds}
}

// Columns lists the columns that the conditions look at.
func (c *RowConditions) Columns() []*Column { return c.list.Columns }

// Holds reports whether a row meets the conditions. Where that is undecided,
// because is the unreadable column, and Wrong says why. merged reports whether
// merged cells cover a column of the row.
func (c *RowConditions) Holds(row *cell.Row, merged func(col int) bool) (holds bool, because *Column) {
	c.list.read(row)
	for _, col := range c.list.Columns {
		if col.state == Blank && merged(col.At) {
			col.bad(diag.UnderMerge, nil)
		}
	}
	switch a, why := everyOne(c.conds); a {
	case unsure:
		return false, why
	case yes:
		return true, nil
	case no:
	}
	return false, nil
}

// Wrong says what is wrong with the cell that was read last.
func (c *Column) Wrong() (check diag.CheckID, shown string) { return c.check, string(c.shown) }
