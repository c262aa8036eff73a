package fact

import (
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
)

// rowIndex finds the rows of a table by their text in one column.
type rowIndex struct {
	keys  []rowKeys        // of each row
	byKey map[string][]int // the rows of a key, in order
}

// rowKeys is a row's text, folded: as it stands, without the dash or the number
// that forms put before a label, and as the plan calls it where a mapping says
// so.
type rowKeys struct{ full, bare, mapped string }

func (k rowKeys) fit(names []label.Pattern) bool {
	return k.full != "" && slices.ContainsFunc(names, func(p label.Pattern) bool {
		return p.Fits(k.full) || p.Fits(k.bare) || k.mapped != "" && p.Fits(k.mapped)
	})
}

func (c *job) newKeys(text string) rowKeys {
	full := c.keys.Key(text)
	stripped := bare(text)
	if stripped == text {
		return rowKeys{full: full, bare: full}
	}
	return rowKeys{full: full, bare: c.keys.Key(stripped)}
}

// bare strips the dash, the bullet or the number before a label.
func bare(text string) string {
	s := strings.TrimLeft(text, "-–+•*. ")
	if i := strings.IndexAny(s, ".)"); i > 0 && i <= 5 && isNumbering(s[:i]) {
		s = strings.TrimLeft(s[i+1:], " .)0123456789")
	}
	return s
}

// isNumbering reports whether a text numbers a row: "1", "a", "IV".
func isNumbering(s string) bool {
	return strings.Trim(s, "0123456789") == "" || len(s) == 1 || strings.Trim(s, "IVX") == ""
}

// index returns the index of a column of a table; it is made once.
func (c *content) index(t *body, column string) *rowIndex {
	if x, ok := t.indexes[column]; ok {
		return x
	}
	col, f := t.column(column)
	x := &rowIndex{keys: make([]rowKeys, len(t.rows)), byKey: map[string][]int{}}
	for i := range t.rows {
		row := &t.rows[i]
		text := row.Label
		if col.Role != plan.LabelRole {
			c, _ := f.Cell(row.Row)
			if text = table.Text(c); row.Dated && col.Role == plan.CodeRole {
				text = row.Code
			}
		}
		k := c.newKeys(text)
		if col.Role == plan.LabelRole {
			k.mapped = t.mappedName(k)
		}
		x.keys[i] = k
		x.byKey[k.full] = append(x.byKey[k.full], i)
		if k.bare != k.full {
			x.byKey[k.bare] = append(x.byKey[k.bare], i)
		}
		if k.mapped != "" && k.mapped != k.full && k.mapped != k.bare {
			x.byKey[k.mapped] = append(x.byKey[k.mapped], i)
		}
	}
	if t.indexes == nil {
		t.indexes = map[string]*rowIndex{}
	}
	t.indexes[column] = x
	return x
}

// findRows lists the rows that satisfy all matches, in order; all rows if there
// is no match.
func (c *content) findRows(t *body, want []plan.RowMatch) []int {
	var rows []int
	for i := range want {
		m := &want[i]
		if _, f := t.column(m.Column); f.Col == 0 {
			return nil
		}
		x := c.index(t, m.Column)
		if i == 0 {
			rows = x.rows(c.matches[m].names)
		}
		rows = slices.DeleteFunc(rows, func(r int) bool { return !c.fits(x, t, r, c.matches[m]) })
	}
	if len(want) == 0 {
		for i := range t.rows {
			rows = append(rows, i)
		}
	}
	return rows
}

// rows lists the rows that one of the names may mean: by the index, or all rows
// where a name is a pattern.
func (x *rowIndex) rows(names []label.Pattern) []int {
	var out []int
	for _, n := range names {
		key, literal := n.Literal()
		if !literal {
			out = out[:0]
			for i := range x.keys {
				out = append(out, i)
			}
			return out
		}
		if key != "" {
			out = append(out, x.byKey[key]...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (c *content) fits(x *rowIndex, t *body, row int, m rowMatch) bool {
	if !x.keys[row].fit(m.names) {
		return false
	}
	return len(m.under) == 0 || slices.ContainsFunc(t.rows[row].Above, func(above string) bool {
		k := c.newKeys(above)
		k.mapped = t.mappedName(k)
		return k.fit(m.under)
	})
}
