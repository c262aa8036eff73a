package fact

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/account"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
	"github.com/parcheck/parcheck/pkg/table"
	"github.com/parcheck/parcheck/pkg/term"
)

// maxUnknown bounds the agencies of one workbook that are not on the roster.
const maxUnknown = 300

// unit is one agency that the workbook reports of.
type unit struct {
	Unit
	keys      []string // its names in the unit columns, folded; none when no table has such a column
	reporting bool     // it is the one that sent the workbook
	absent    bool     // there are unit columns, and none names it
}

// is reports whether two units are the same: by the roster or, where that does
// not know them, by name.
func (u Unit) is(other Unit) bool {
	if u.ID != "" || other.ID != "" {
		return u.ID == other.ID
	}
	return u.key() == other.key()
}

// unitKey tells units apart: two are the same if their keys are.
type unitKey struct{ id, name string }

func (u Unit) key() unitKey {
	if u.ID != "" {
		return unitKey{id: u.ID}
	}
	return unitKey{name: label.Key(u.Name.In(lang.VI))}
}

// units lists the agencies of the workbook: those that a unit column names, by
// whatever names, and the one that reports, where it is said to and has tables
// of its own.
func (c *content) units(opt Options) []unit {
	c.reportNameless()
	return c.sheetUnits(c.columnUnits(opt))
}

// columnUnits are the agencies without those that sheets stand for.
func (c *content) columnUnits(opt Options) []unit {
	if len(c.unitNames) == 0 {
		return []unit{{Unit: c.reporting, reporting: true}}
	}
	var out []unit
	for _, name := range c.unitNames {
		u := c.resolve(name, opt.Level, term.ColumnOfUnits)
		if opt.Unit != "" && opt.UnitFrom == nil && !u.is(c.reporting) {
			continue // --unit asks for one
		}
		i := slices.IndexFunc(out, func(o unit) bool { return o.is(u) })
		if i < 0 {
			i = len(out)
			out = append(out, unit{Unit: u, reporting: u.is(c.reporting)})
		}
		out[i].keys = append(out[i].keys, label.Key(name))
	}
	named := slices.ContainsFunc(out, func(u unit) bool { return u.reporting })
	own := slices.ContainsFunc(c.tables, func(t *body) bool { return t.unitColumn().Col == 0 && t.sheetUnit == nil })
	if !named && (opt.Unit != "" || c.told && own) {
		out = append([]unit{{Unit: c.reporting, reporting: true, absent: true}}, out...)
	}
	return out
}

// unitColumn returns where the table has the names of the units that its rows
// belong to.
func (t *located) unitColumn() table.Found {
	for i := range t.Columns {
		if t.Columns[i].Role == plan.UnitRole {
			return t.header.Columns[i]
		}
	}
	return table.Found{}
}

// noteUnits collects the names that a table's unit column holds.
func (c *content) noteUnits(t *body) error {
	f := t.unitColumn()
	if f.Col == 0 {
		return nil
	}
	t.unitOf = make([]string, len(t.rows))
	cover, above := table.NewCover(t.sheet.tail.Merges), ""
	names := make([]string, len(t.rows))
	for i := range t.rows {
		r := &t.rows[i]
		cover.Walk(r.Number)
		cl, _ := f.Cell(r.Row)
		name := records.UnitName(cl)
		if m, hidden := cover.Under(f.Col); hidden && m.Col == f.Col {
			name = above // one name for several rows
		} else {
			above = name
		}
		t.unitOf[i], names[i] = c.keys.Key(name), name
	}
	levels := c.levelsIn(t, names)
	for i, name := range names {
		// A unit without any figure looks like a heading: it is told by its level, which
		// others of the table have, too.
		role := t.rows[i].Role
		if role == account.Detail || role == account.Heading && levels != nil && levels[c.named(name, "", lang.Text{}).Level] {
			if err := c.noteUnit(t, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// levelsIn are the levels of the units that rows of figures name; nil where no row
// is a heading.
func (c *content) levelsIn(t *body, names []string) map[string]bool {
	if !slices.ContainsFunc(t.rows, func(r table.Row) bool { return r.Role == account.Heading }) {
		return nil
	}
	levels, seen := map[string]bool{}, map[string]bool{}
	for i, name := range names {
		if t.rows[i].Role == account.Detail && !seen[name] {
			seen[name] = true
			levels[c.named(name, "", lang.Text{}).Level] = true
		}
	}
	delete(levels, "")
	return levels
}

// reportNameless reports the records and the rows of figures that name no
// unit, where others do or the plan says that all must.
func (c *content) reportNameless() {
	for _, t := range c.tables {
		f := t.unitColumn()
		if f.Col == 0 {
			continue
		}
		nameless, what := records.Span{}, rowCount
		if t.list != nil {
			nameless, what = t.list.Unitless, recordCount
		}
		for i, key := range t.unitOf {
			if key == "" && t.rows[i].Role == account.Detail {
				nameless.Add(t.rows[i].Number)
			}
		}
		pos := diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: nameless.Area(f.Col)}
		switch {
		case nameless.N == 0:
		case len(c.unitNames) > 0:
			c.diags.Add(diag.BlankCell, pos, lang.F(
				"%s with nothing in %q%s: they count for no unit; fill it in",
				"%s để trống cột %q%s: không được tính cho đơn vị nào; hãy điền", what(nameless.N), f.Path, firstRow(nameless)))
		case t.list != nil && t.list.Units.Required:
			c.diags.Add(diag.BlankCell, pos, problemText(t.list.Units.Column, &records.Problem{Check: diag.BlankCell, Span: nameless}))
		}
	}
}

// noteUnit collects a name of a unit column.
func (c *content) noteUnit(t *body, name string) error {
	key := label.Key(name)
	if key == "" || c.unitKeys[key] {
		return nil
	}
	if c.unitKeys == nil {
		c.unitKeys = map[string]bool{}
	}
	c.unitKeys[key] = true
	c.unitNames = append(c.unitNames, name)
	if c.roster.Find(name) == nil {
		c.unknown++
	}
	if len(c.unitNames) > records.MaxUnits || c.unknown > maxUnknown {
		return tooManyUnits(c.file, t)
	}
	return nil
}

func tooManyUnits(file string, t *body) error {
	f := t.unitColumn()
	return &diag.Refusal{Diagnostic: diag.New(diag.Unreadable, diag.At(file, t.sheet.Name, t.header.Bottom, f.Col), lang.F(
		"the column %q names more than %d agencies, or more than %d that are on no roster: give it another header if it is no column of agencies, or else --roster",
		"cột %q có hơn %d đơn vị, hoặc hơn %d đơn vị không có trong danh sách: nếu không phải cột tên đơn vị hãy đặt tiêu đề khác, nếu phải hãy dùng --roster", f.Path, records.MaxUnits, maxUnknown))}
}
