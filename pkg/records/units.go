package records

import (
	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/table"
)

// UnitName is what a cell of a unit column says; "" where it is not reported,
// or an error.
func UnitName(cl cell.Cell) string {
	if name := table.Text(cl); cl.Kind != cell.Error && !spellsError(cl.Raw) && !noText([]byte(name)) {
		return name
	}
	return ""
}

// MaxUnits bounds the agencies of one workbook: a column that names more is no
// column of agencies. A province has some 30 departments and 250 communes.
const MaxUnits = 1000

// Units reads the column that names each record's unit.
type Units struct {
	*Column
	Names []string // as they appear first; "" among them if some record names none
	Many  bool     // there are more than MaxUnits

	keys   map[string]int // folded name to index
	shared map[int]int    // index in the workbook's string table to index

	named int    // the last row that names a unit
	name  string // that unit
	above string // the unit of a row that a merge covers together with the rows above
}

func newUnits(c *Column) *Units {
	return &Units{Column: c, keys: map[string]int{}, shared: map[int]int{}}
}

// of reads the unit of a record, and returns its index. An unreadable cell
// names none.
func (u *Units) of(c cell.Cell) int {
	if u.above != "" {
		c = cell.Cell{Kind: cell.Text, Raw: []byte(u.above)}
	}
	u.clear()
	if u.read(&c); u.state != Readable {
		c = cell.Cell{}
	}
	if c.Shared > 0 {
		if i, ok := u.shared[c.Shared]; ok {
			return i
		}
	}
	name := table.Text(c)
	key := label.Key(name)
	i, ok := u.keys[key]
	switch {
	case ok:
	case len(u.Names) > MaxUnits:
		u.Many = true
		return 0
	default:
		i = len(u.Names)
		u.Names, u.keys[key] = append(u.Names, name), i
	}
	if c.Shared > 0 {
		u.shared[c.Shared] = i
	}
	return i
}

// OwnerNamed returns the owner of records whose unit is named by a text.
func OwnerNamed(unit string) string {
	return label.Key(UnitName(cell.Cell{Kind: cell.Text, Raw: []byte(unit)}))
}

// Owner returns the folded name of the unit of the record that was read last;
// "" where the record names none, or the list has no column of units.
func (l *List) Owner(row *cell.Row) string {
	if l.Units == nil {
		return ""
	}
	i := l.Units.of(row.At(l.Units.At))
	if l.Units.state != Readable || l.Units.Many {
		return ""
	}
	return label.Key(l.Units.Names[i])
}
