package fact

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/account"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
	"github.com/parcheck/parcheck/pkg/table"
)

// A header block that is none of the plan has an account of its rows, too, and a
// unit of money: a person who maps it sees what its rows will be taken as. Its
// columns of numbers are read as if all of them were added up.

// takeUnread tells what the rows of a block are taken as that is not read, and
// what its amounts are counted in. Findings on it are nobody's.
func (c *content) takeUnread(b *Block, s *sheet, end int) {
	if !s.whole || len(s.grid.Rows) > maxBlockRows || b.label < 0 {
		return
	}
	known := len(c.diags)
	t := c.unreadBody(b, s, end)
	t.rows, _ = table.Body(&s.grid, t.header, t.spec, end)
	c.takeAccount(t)
	c.findScales(t)
	c.diags = c.diags[:known]
	for i := range t.rows {
		b.take(&t.rows[i])
	}
	for i := range t.Columns {
		if sc, ok := t.scales[t.Columns[i].ID]; ok && sc.known() && sc.said {
			b.Money.add(scaleTitle(t.Table, sc))
		}
		if sc, ok := t.scales[t.Columns[i].ID]; ok && !sc.known() {
			b.Money.Asked, b.Money.Unclear = true, true
		}
	}
}

// unreadBody makes a table of a block by what its columns hold.
func (c *content) unreadBody(b *Block, s *sheet, end int) *body {
	pt := &plan.Table{Shape: plan.Cross, Scale: moneyScale}
	h := table.Header{Top: b.Area.Row, Bottom: b.Area.ToRow}
	_, cols := s.head.Headings(b.Area.Row, b.Area.ToRow)
	for i, heading := range b.Layout {
		col := plan.Column{ID: diag.ColumnName(cols[i]), Headers: []string{heading}}
		switch {
		case i == b.label:
			col.Role = plan.LabelRole
		case records.IsNumbering(heading):
			col.Role = plan.CodeRole
		case b.Contents[i] == NumberContent:
			col.Type = plan.Number
		}
		pt.Columns = append(pt.Columns, col)
		h.Columns = append(h.Columns, table.Found{Col: cols[i], Path: heading})
	}
	spec := newSpec(pt, anyPeriod)
	h.Numbers = table.NumberRow(&s.grid, h, spec)
	return &body{located: &located{Table: pt, sheet: s, spec: spec, header: h, end: end}}
}

// moneyScale is what amounts may be counted in of which no plan says it.
var moneyScale = []plan.Scale{
	{Names: []string{"đồng"}, Times: number.Int(1)}, {Names: []string{"nghìn đồng"}, Times: number.Int(1000)},
	{Names: []string{"triệu đồng"}, Times: number.Int(1_000_000)}, {Names: []string{"tỷ đồng"}, Times: number.Int(1_000_000_000)},
}

// nextBelow is the row of the next header below one, or 0.
func nextBelow(blocks []table.Block, area diag.Area) int {
	next := 0
	for _, b := range blocks {
		if b.Area.Row > area.ToRow && (next == 0 || b.Area.Row < next) {
			next = b.Area.Row
		}
	}
	return next
}

// take counts a row by what it is taken as.
func (b *Block) take(r *table.Row) (counts bool) {
	switch r.Role {
	case account.Nothing, account.Beyond, account.Note, account.Unnamed, account.Heading:
		return false
	case account.Total:
		b.Totals = append(b.Totals, r.Label)
		b.Taken.Totals++
	case account.Subtotal:
		b.Taken.Subtotals++
	case account.Detail:
		b.Taken.Details++
	case account.Part, account.Aside:
	}
	return true
}

// Add takes what another table states.
func (m *Money) Add(o Money) {
	m.Asked, m.Unclear, m.Silent = m.Asked || o.Asked, m.Unclear || o.Unclear, m.Silent || o.Silent
	for _, unit := range o.Units {
		m.add(unit)
	}
}

// add notes a unit of money that a table states.
func (m *Money) add(unit string) {
	m.Asked = true
	if !slices.Contains(m.Units, unit) {
		m.Units = append(m.Units, unit)
	}
}
