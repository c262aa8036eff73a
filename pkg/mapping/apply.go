package mapping

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/term"
)

// Applied is a mapping as it is used: what was confirmed, held against a plan
// and a roster.
type Applied struct {
	Forms   []fact.Form
	Roster  *plan.Roster // with the names of units that were confirmed
	sources []*Form      // of Forms, as the mapping has them
	rules   []rule
	mapping *Mapping
	plan    *plan.Plan
}

// Apply holds a mapping against a plan and a roster, which may be nil. Where
// there are errors, nothing of it may be used.
func (m *Mapping) Apply(p *plan.Plan, roster *plan.Roster) (*Applied, diag.List) {
	c := checker{plan: p, roster: roster}
	if m.Plan != p.ID {
		return nil, diag.List{m.wrongPlan(p)}
	}
	out := &Applied{mapping: m, plan: p, Roster: c.names(m.Units)}
	c.roster = out.Roster
	for i := range m.Forms {
		if f, ok := c.form(&m.Forms[i]); ok {
			out.Forms, out.sources = append(out.Forms, f), append(out.sources, &m.Forms[i])
		}
	}
	c.once(m.Forms)
	out.rules = c.rules(m.Files)
	c.list.Sort()
	return out, c.list
}

func (m *Mapping) wrongPlan(p *plan.Plan) diag.Diagnostic {
	return diag.New(diag.WrongPlan, m.PlanPos, lang.F(
		"the mapping was made for the plan %q and is used with the plan %q: nothing of it is applied; choose its plan with --plan, or make a mapping of this one with `parcheck map`",
		"bảng đối chiếu được lập cho kế hoạch %q nhưng đang dùng với kế hoạch %q: không áp dụng mục nào; hãy chọn đúng kế hoạch bằng --plan, hoặc lập bảng đối chiếu mới bằng `parcheck map`",
		m.Plan, p.ID))
}

// checker holds a mapping against a plan.
type checker struct {
	plan   *plan.Plan
	roster *plan.Roster
	list   diag.List
}

func (c *checker) fail(pos diag.Pos, text lang.Text, related ...diag.Related) {
	if len(c.list) < maxMistakes {
		c.list.Add(diag.PlanName, pos, text, related...)
	}
}

// unknown reports an id that the plan or the roster has not.
func (c *checker) unknown(pos diag.Pos, what lang.Text, id string, known []string) {
	near := lang.Text{}
	if len(c.list) < maxMistakes {
		if n := label.Nearest(id, known); n != "" {
			near = lang.F("; did you mean %q?", "; có phải là %q?", n)
		}
	}
	c.fail(pos, lang.F("there is no %s %q%s", "không có %s %q%s", what, id, near))
}

// form makes what workbooks are searched for of a form; ok is false where
// nothing of it was confirmed.
func (c *checker) form(f *Form) (out fact.Form, ok bool) {
	id := f.Table.active()
	if id == "" {
		return out, false
	}
	t := c.plan.FindTable(id)
	if t == nil {
		c.unknown(f.Pos, term.Table, id, idsOf(c.plan.Tables, func(t *plan.Table) string { return t.ID }))
		return out, false
	}
	out = fact.Form{Layout: f.Layout(), Table: id, Money: f.Money, Each: f.each(), Place: f.Pos}
	first := map[string]*Column{}
	for i := range f.Columns {
		col := &f.Columns[i]
		to := col.active()
		out.Columns = append(out.Columns, to)
		if to == "" {
			continue
		}
		if t.FindColumn(to) == nil {
			c.unknown(col.Pos, lang.F("column of %q named", "cột nào của bảng %q tên", t.Title), to, idsOf(t.Columns, func(c *plan.Column) string { return c.ID }))
		}
		if one := first[to]; one != nil {
			c.fail(col.Pos, lang.F("%q and %q are both said to be the column %q: one column of a form answers to one of the plan",
				"cả %q và %q đều được ghi là cột %q: mỗi cột của biểu chỉ ứng với một cột của kế hoạch", one.Heading, col.Heading, columnName(t.FindColumn(to), to)),
				diag.Related{Pos: one.Pos, Message: lang.T("the first", "cột thứ nhất")})
		}
		first[to] = col
	}
	if f.Money != "" && !isOneUnit(f.Money) {
		c.fail(f.Pos, lang.F("%q is no unit of money: want one such as %q", "%q không phải đơn vị tiền: cần đơn vị như %q", f.Money, "triệu đồng"))
	}
	c.rows(f, t, &out)
	c.values(f, t, &out)
	return out, true
}

// isOneUnit reports whether a text is one unit of money.
func isOneUnit(text string) bool {
	powers, foreign := label.Money(text)
	return len(powers) == 1 && !foreign && label.IsMoney(text)
}

// rows takes the confirmed rows of a form.
func (c *checker) rows(f *Form, t *plan.Table, out *fact.Form) {
	wanted := WantedRows(c.plan, t)
	seen, meant := map[string]*Row{}, map[string]*Row{}
	for i := range f.Rows {
		r := &f.Rows[i]
		if one := seen[label.Key(r.Label)]; one != nil {
			c.fail(r.Pos, lang.F("the row %q stands twice in the mapping", "dòng %q xuất hiện hai lần trong bảng đối chiếu", r.Label),
				diag.Related{Pos: one.Pos, Message: lang.T("the first", "lần đầu")})
		}
		seen[label.Key(r.Label)] = r
		if r.Total {
			out.Totals = append(out.Totals, r.Label)
		}
		name := r.active()
		if name == "" {
			continue
		}
		key := label.Key(name)
		if !slices.ContainsFunc(wanted, func(w Wanted) bool { return w.has(key) }) {
			c.unknown(r.Pos, lang.F("row of %q named", "dòng nào của bảng %q tên", t.Title), name, namesOf(wanted))
		}
		if one := meant[key]; one != nil {
			c.fail(r.Pos, lang.F("%q and %q are both said to be the row %q: one row of a form answers to one of the plan",
				"cả %q và %q đều được ghi là dòng %q: mỗi dòng của biểu chỉ ứng với một dòng của kế hoạch", one.Label, r.Label, name),
				diag.Related{Pos: one.Pos, Message: lang.T("the first", "dòng thứ nhất")})
		}
		meant[key] = r
		out.Rows = append(out.Rows, fact.RowName{Label: r.Label, Name: name})
	}
}

// values takes the confirmed spellings of choices.
func (c *checker) values(f *Form, t *plan.Table, out *fact.Form) {
	type spelling struct{ column, key string }
	seen := map[spelling]*Value{}
	for i := range f.Values {
		v := &f.Values[i]
		id := v.active()
		if id == "" {
			continue
		}
		col := t.FindColumn(v.Column)
		if col == nil || col.Type != plan.Choice {
			c.unknown(v.Pos, lang.F("column of choices of %q named", "cột lựa chọn nào của bảng %q tên", t.Title), v.Column, choiceColumns(t))
			continue
		}
		known := idsOf(col.Values, func(v *plan.ChoiceValue) string { return v.ID })
		if !slices.Contains(known, id) {
			c.unknown(v.Pos, lang.F("choice of %q named", "lựa chọn nào của %q tên", columnName(col, col.ID)), id, known)
			continue
		}
		key := spelling{col.ID, label.Key(v.Text)}
		if own, ok := col.Choices[key.key]; ok && own != id {
			c.fail(v.Pos, lang.F("%q is the choice %q by the plan's own spelling, and %q by the mapping: take the entry out of it",
				"theo kế hoạch %q là lựa chọn %q, còn theo bảng đối chiếu là %q: hãy bỏ mục này", v.Text, own, id))
			continue
		}
		if one := seen[key]; one != nil && one.To != id {
			c.fail(v.Pos, lang.F("%q is said to be two choices, %q and %q", "%q được ghi là hai lựa chọn, %q và %q", v.Text, one.To, id),
				diag.Related{Pos: one.Pos, Message: lang.T("the first", "lần đầu")})
			continue
		}
		seen[key] = v
		out.Values = append(out.Values, fact.ValueName{Column: col.ID, Text: v.Text, Choice: id})
	}
}

func choiceColumns(t *plan.Table) []string {
	var ids []string
	for i := range t.Columns {
		if t.Columns[i].Type == plan.Choice {
			ids = append(ids, t.Columns[i].ID)
		}
	}
	return ids
}

// once reports two forms with one header: which one holds could not be told.
func (c *checker) once(forms []Form) {
	first := map[string]*Form{}
	for i := range forms {
		f := &forms[i]
		kind := f.Layout().Kind()
		if one := first[kind]; one != nil {
			c.fail(f.Pos, lang.F("a second entry for the same header, %q and so on: which of them holds cannot be told; keep one",
				"mục thứ hai cho cùng một tiêu đề, %q và tiếp theo: không xác định được mục nào đúng; hãy giữ một mục", f.Columns[0].Heading),
				diag.Related{Pos: one.Pos, Message: lang.T("the first", "mục thứ nhất")})
			continue
		}
		first[kind] = f
	}
}

// names gives the roster the confirmed names of units.
func (c *checker) names(units []UnitName) *plan.Roster {
	further := map[string][]string{}
	for i := range units {
		u := &units[i]
		id := u.active()
		switch {
		case id == "":
			continue
		case !c.knownUnit(u.Pos, id):
			continue
		}
		if other := c.roster.Find(u.Name); other != nil {
			if other.ID != id {
				c.fail(u.Pos, lang.F("%q already means %q on the roster, and the mapping says that it is %q: one name means one unit",
					"%q đã là tên của %q trong danh sách đơn vị, còn bảng đối chiếu ghi là %q: mỗi tên chỉ được chỉ một đơn vị", u.Name, other.Name, id))
			}
			continue
		}
		further[id] = append(further[id], u.Name)
	}
	first := map[string]*UnitName{}
	for i := range units {
		u := &units[i]
		key := label.Key(u.Name)
		switch one := first[key]; {
		case u.active() == "":
		case one == nil:
			first[key] = u
		case one.active() != u.active():
			c.fail(u.Pos, lang.F("%q is said to be two units, %q and %q", "%q được ghi là hai đơn vị, %q và %q", u.Name, one.To, u.To),
				diag.Related{Pos: one.Pos, Message: lang.T("the first", "lần đầu")})
		}
	}
	if c.roster == nil || len(further) == 0 {
		return c.roster
	}
	return c.roster.With(further)
}

// knownUnit reports whether the roster has a unit; without a roster it has
// none.
func (c *checker) knownUnit(pos diag.Pos, id string) bool {
	if c.roster == nil {
		c.fail(pos, lang.F("the unit %q is named, and there is no roster: give --roster", "có nêu đơn vị %q nhưng không có danh sách đơn vị: hãy dùng --roster", id))
		return false
	}
	ids := idsOf(c.roster.Units, func(u *plan.Unit) string { return u.ID })
	if !slices.Contains(ids, id) {
		c.unknown(pos, term.Unit, id, ids)
		return false
	}
	return true
}

func idsOf[T any](list []T, id func(*T) string) []string {
	out := make([]string, len(list))
	for i := range list {
		out[i] = id(&list[i])
	}
	return out
}

// Wanted is a row of a table that figures of the plan are read from.
type Wanted struct {
	Names []string // that the plan knows, the usual one first
	keys  []string
}

func (w *Wanted) has(key string) bool { return slices.Contains(w.keys, key) }

func namesOf(wanted []Wanted) []string {
	return idsOf(wanted, func(w *Wanted) string { return w.Names[0] })
}

// WantedRows lists the rows of a table that figures of the plan are read from
// by their labels.
func WantedRows(p *plan.Plan, t *plan.Table) []Wanted {
	var out []Wanted
	seen := map[string]bool{}
	for i := range p.Facts {
		for j := range p.Facts[i].From {
			src := &p.Facts[i].From[j]
			if src.Table != t.ID {
				continue
			}
			for _, m := range src.Row {
				col := t.FindColumn(m.Column)
				if col == nil || col.Role != plan.LabelRole || seen[label.Key(m.Names[0])] {
					continue
				}
				w := Wanted{Names: m.Names}
				for _, n := range m.Names {
					w.keys = append(w.keys, label.Key(n))
				}
				seen[w.keys[0]] = true
				out = append(out, w)
			}
		}
	}
	return out
}

// columnName is what people call a column of the plan.
func columnName(col *plan.Column, id string) string {
	if col == nil || len(col.Headers) == 0 {
		return id
	}
	return col.Headers[0]
}
