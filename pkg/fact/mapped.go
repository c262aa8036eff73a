package fact

import (
	"cmp"
	"maps"
	"slices"

	"github.com/parcheck/parcheck/pkg/account"
	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
	"github.com/parcheck/parcheck/pkg/term"
)

// Form says how a header block that is not the plan's own corresponds to a
// table of the plan, as a person confirmed it. It adds names for what the plan
// looks for, in this form only; every check still applies.
type Form struct {
	Layout  table.Layout // its headings
	Table   string       // the id of the plan's table
	Columns []string     // of each heading the id of the plan's column; "" where it is none
	Rows    []RowName
	Values  []ValueName
	Totals  []string // further labels of its total rows
	Money   string   // the unit of money of its amounts, where the form does not say it
	Each    plan.SheetMeaning
	Place   diag.Pos // where the mapping says so
}

// RowName is a label of a form's row, and the plan's name for that row.
type RowName struct{ Label, Name string }

// ValueName is a spelling of a choice in a column of the plan.
type ValueName struct{ Column, Text, Choice string }

// forms are the forms of a mapping, prepared for the search in workbooks.
type forms struct {
	list  []knownForm
	names *table.Vocabulary
}

type knownForm struct {
	Form
	table     *plan.Table
	spelled   *plan.Table       // the table with the form's spellings of choices; nil: there are none
	index     int               // among the forms
	spec      int               // index of the table
	positions []int             // of each column of the plan: its heading's position, or -1
	rows      map[string]string // the plan's names of rows by the form's labels, folded
}

// Map adds the forms of a mapping to the search. Their tables and columns must
// be the plan's. It must be called before the first workbook is read.
func (q *Questions) Map(list []Form) {
	if len(list) == 0 {
		return
	}
	q.forms = &forms{}
	var layouts []table.Layout
	for _, f := range list {
		own := knownForm{Form: f, index: len(q.forms.list), rows: map[string]string{}}
		own.spec = slices.IndexFunc(q.plan.Tables, func(t plan.Table) bool { return t.ID == f.Table })
		own.table = &q.plan.Tables[own.spec]
		for i := range own.table.Columns {
			id := own.table.Columns[i].ID
			own.positions = append(own.positions, slices.Index(f.Columns, id))
		}
		for _, r := range f.Rows {
			own.rows[label.Key(r.Label)] = label.Key(r.Name)
		}
		own.spelled = withSpellings(own.table, f.Values)
		q.forms.list = append(q.forms.list, own)
		layouts = append(layouts, f.Layout)
	}
	q.forms.names = table.LayoutVocabulary(layouts)
}

// withSpellings copies a table with further spellings of its choices.
func withSpellings(t *plan.Table, values []ValueName) *plan.Table {
	if len(values) == 0 {
		return nil
	}
	out := *t
	out.Columns = slices.Clone(t.Columns)
	for i := range out.Columns {
		c := &out.Columns[i]
		c.Values, c.Choices = slices.Clone(c.Values), maps.Clone(c.Choices)
		for _, v := range values {
			at := slices.IndexFunc(c.Values, func(o plan.ChoiceValue) bool { return o.ID == v.Choice })
			if v.Column == c.ID && at >= 0 {
				c.Values[at].Names = append(slices.Clone(c.Values[at].Names), v.Text)
				c.Choices[label.Key(v.Text)] = v.Choice
			}
		}
	}
	return &out
}

// spelled is the table with the spellings of choices that its form has.
func (t *located) spelled() *plan.Table {
	if t.form != nil && t.form.spelled != nil {
		return t.form.spelled
	}
	return t.Table
}

// mapsChoice reports whether only the mapping, not the plan, knows the spelling
// in a cell of a column of choices.
func (t *located) mapsChoice(id, text string) bool {
	own, known := t.FindColumn(id), false
	if own != nil {
		_, known = own.Choices[label.Key(text)]
	}
	return own != nil && own.Type == plan.Choice && !known && t.spelled() != t.Table && t.spelled().FindColumn(id).Choices[label.Key(text)] != ""
}

// locateForms finds the header blocks of the mapping's forms.
func (c *found) locateForms() {
	if c.forms == nil {
		return
	}
	for _, s := range c.sheets {
		s.forms = table.NewHead(&s.grid, c.forms.names)
		for i := range c.forms.list {
			f := &c.forms.list[i]
			top, bottom, ok := s.forms.FindLayout(i)
			switch {
			case !ok:
			case s.State != cell.Visible:
				c.reportHiddenTable(s, f.table)
			default:
				c.standForm(s, f, s.forms.Place(c.specs[f.spec], top, bottom, f.positions))
			}
		}
	}
}

// standForm takes a header block as the table that the mapping names. What the
// plan finds there by its own names must not contradict it.
func (c *found) standForm(s *sheet, f *knownForm, h table.Header) {
	for _, t := range c.tables {
		if t.sheet == s && overlap(t.header, h) && t.complete && c.contradicts(t, f, h) {
			return
		}
	}
	found := &located{Table: f.table, sheet: s, spec: c.specs[f.spec], form: f}
	c.tables = slices.DeleteFunc(c.tables, func(t *located) bool {
		own := t.sheet == s && overlap(t.header, h)
		if own && t.Table == f.table {
			found.plain = t.header.Columns
		}
		return own && (t.Table == f.table || !t.complete)
	})
	found.spec.Totals = slices.Concat(found.spec.Totals, f.Totals)
	found.standsAt(found.withPlain(h), len(h.Missing(found.spec)) == 0)
	found.complete = len(found.header.Missing(found.spec)) == 0
	c.tables = append(c.tables, found)
}

// FormUse is a form of the mapping that a workbook holds, and the parts of it
// that the workbook needs.
type FormUse struct {
	Form   int         // its index
	Labels []string    // of its rows and totals, those that stand there, folded
	Values []ValueName // spellings of choices, those that stand there
	Unread bool        // its rows were not read by their labels: which are there is not known
}

// formsUsed lists the forms of the mapping that the workbook holds.
func (c *content) formsUsed() []FormUse {
	var out []FormUse
	for _, t := range c.found.tables {
		if t.form != nil && !slices.ContainsFunc(out, func(u FormUse) bool { return u.Form == t.form.index }) {
			out = append(out, FormUse{Form: t.form.index})
		}
	}
	slices.SortFunc(out, func(a, b FormUse) int { return cmp.Compare(a.Form, b.Form) })
	for _, t := range c.tables {
		if t.form == nil {
			continue
		}
		if i := slices.IndexFunc(out, func(u FormUse) bool { return u.Form == t.form.index }); i >= 0 {
			out[i].note(t)
		}
	}
	return out
}

// note records what a table needs from its form.
func (u *FormUse) note(t *body) {
	u.Unread = u.Unread || t.Shape == plan.List || !t.complete
	u.noteValues(t)
	if len(t.form.Rows)+len(t.form.Totals) == 0 {
		return
	}
	add := func(key string) {
		if !slices.Contains(u.Labels, key) {
			u.Labels = append(u.Labels, key)
		}
	}
	for i := range t.rows {
		text := t.rows[i].Label
		full := label.Key(text)
		for _, key := range []string{full, label.Key(bare(text))} {
			if t.form.rows[key] != "" {
				add(key)
			}
		}
		for _, total := range t.form.Totals {
			if key := label.Key(total); key == full || !account.IsTotal(text, nil) && account.IsTotal(text, []string{total}) {
				add(key)
			}
		}
	}
}

// noteValues records the spellings of choices that a table needs from its form.
func (u *FormUse) noteValues(t *body) {
	for _, v := range t.form.Values {
		_, f := t.column(v.Column)
		stands := func(r table.Row) bool {
			c, _ := f.Cell(r.Row)
			return label.Key(table.Text(c)) == label.Key(v.Text)
		}
		if !slices.Contains(u.Values, v) && slices.ContainsFunc(t.rows, stands) {
			u.Values = append(u.Values, v)
		}
	}
}

// withPlain adds the columns that the plan finds by its own names to those of
// the mapping.
func (t *located) withPlain(h table.Header) table.Header {
	for i, f := range t.plain {
		taken := slices.ContainsFunc(h.Columns, func(o table.Found) bool { return f.Col > 0 && o.Col == f.Col })
		if h.Columns[i].Col == 0 && !taken {
			h.Columns[i] = f
		}
	}
	return h
}

// contradicts reports a header block that the plan reads as one table by its
// own names, and the mapping as another.
func (c *found) contradicts(t *located, f *knownForm, h table.Header) bool {
	pos := c.headerAt(t)
	related := diag.Related{Pos: f.Place, Message: term.MappingHas}
	if t.Table != f.table {
		if beside(t.header, h) {
			return false
		}
		c.diags.Add(diag.MappingContradicts, pos, lang.F(
			"the header is that of %q by the plan's own names, and the mapping says that it is %q: the mapping is not applied here; take the entry out of it, or mend it",
			"theo tên cột của kế hoạch đây là bảng %q, còn bảng đối chiếu ghi là %q: không áp dụng bảng đối chiếu ở đây; hãy bỏ hoặc sửa mục đó",
			t.Title, f.table.Title), related)
		return true
	}
	for i := range h.Columns {
		was, is := t.header.Columns[i], h.Columns[i]
		if was.Col == 0 || is.Col == 0 || was.Col == is.Col || len(was.Also) > 0 {
			continue
		}
		c.diags.Add(diag.MappingContradicts, pos, lang.F(
			"%q is column %s by the plan's own names, headed %q, and column %s by the mapping, headed %q: the mapping is not applied here; mend its entry",
			"theo tên của kế hoạch, %q là cột %s, tiêu đề %q; theo bảng đối chiếu là cột %s, tiêu đề %q: không áp dụng bảng đối chiếu ở đây; hãy sửa mục đó",
			columnName(&f.table.Columns[i]), diag.ColumnName(was.Col), clip(was.Path), diag.ColumnName(is.Col), clip(is.Path)), related)
		return true
	}
	return false
}

// locateAgain finds the header of a table once the merges of its sheet are
// known.
func (c *found) locateAgain(t *located) (h table.Header, complete, ok bool) {
	s := t.sheet
	if t.form == nil {
		return table.Locate(&s.grid, t.spec)
	}
	s.forms = table.NewHead(&s.grid, c.forms.names)
	top, bottom, ok := s.forms.FindLayout(t.form.index)
	if !ok {
		return table.Header{}, false, false
	}
	h = t.withPlain(s.forms.Place(t.spec, top, bottom, t.form.positions))
	return h, len(h.Missing(t.spec)) == 0, true
}

// mapsColumn reports whether a column of the plan was found by the mapping, and
// not by the plan's own names.
func (t *located) mapsColumn(id string) bool {
	if t.form == nil || !slices.Contains(t.form.Columns, id) {
		return false
	}
	i := slices.IndexFunc(t.Columns, func(c plan.Column) bool { return c.ID == id })
	return t.plain == nil || t.plain[i].Col == 0
}

// mapsFigure reports whether the mapping helped to find a figure: its table, its
// column, its row, or the unit of its money.
func (t *body) mapsFigure(src *plan.Source, row *table.Row) bool {
	if t.form == nil {
		return false
	}
	if t.plain == nil || t.moneyMapped || t.mapsColumn(src.Column) {
		return true
	}
	for i := range t.Columns { // by which rows are told
		if col := &t.Columns[i]; t.mapsColumn(col.ID) && (col.Role == plan.LabelRole || col.Role == plan.UnitRole) {
			return true
		}
	}
	key := label.Key(row.Label)
	return slices.ContainsFunc(t.form.Totals, func(total string) bool { return label.Key(total) == key }) ||
		slices.ContainsFunc(src.Row, func(m plan.RowMatch) bool { return t.mapsColumn(m.Column) }) ||
		len(src.Row) > 0 && t.mappedName(rowKeys{full: key, bare: label.Key(bare(row.Label))}) != ""
}

// mappedName returns the plan's name of a row that a form calls otherwise.
func (t *located) mappedName(k rowKeys) string {
	if t.form == nil {
		return ""
	}
	if name, ok := t.form.rows[k.full]; ok {
		return name
	}
	return t.form.rows[k.bare]
}

// throughMapping says that the mapping helped to find a figure.
var throughMapping = term.ByMapping

// holdUnit compares the unit that a rule of the mapping gives a file with the
// unit that the file names.
func (c *found) holdUnit(u Unit, rule diag.Pos) {
	said := c.unitsNamed()
	for _, l := range slices.Concat(c.letterheads(), c.namesOfSheets()) {
		said = append(said, caption{value: l.name, pos: l.pos})
	}
	for _, cp := range said {
		if other := c.named(cp.value, "", lang.Text{}); other.ID != "" && other.ID != u.ID && (cp.sure || other.Level == u.Level) {
			c.diags.Add(diag.MappingContradicts, cp.pos, lang.F(
				"the unit here is %q, and the mapping says that the file is that of %q: the mapping is followed; mend its rule, or the file",
				"đơn vị ở đây là %q, còn bảng đối chiếu ghi tệp này của %q: dùng theo bảng đối chiếu; hãy sửa quy tắc, hoặc sửa tệp", clip(cp.value), u.Name),
				diag.Related{Pos: rule, Message: lang.T("the rule", "quy tắc")})
			return
		}
	}
}

// holdPeriod compares the period that a rule of the mapping gives a file with
// the captions of the file.
func (c *found) holdPeriod(p plan.Period, captions []periodCaption, rule diag.Pos) {
	for _, cp := range captions {
		if cp.period != p {
			c.diags.Add(diag.MappingContradicts, cp.pos, lang.F(
				"the period here is %s, and the mapping says that the file is for %s: the mapping is followed; mend its rule, or the file",
				"kỳ ở đây là %s, còn bảng đối chiếu ghi tệp này của %s: dùng theo bảng đối chiếu; hãy sửa quy tắc, hoặc sửa tệp", cp.period.Words(), p.Words()),
				diag.Related{Pos: rule, Message: lang.T("the rule", "quy tắc")})
			return
		}
	}
}
