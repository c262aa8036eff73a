package plan

import (
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/term"
)

func (f *Fact) yaml() entry {
	return entry{id(&f.ID), &f.Pos, mapping(f, term.Fact, f.keys)}
}

func (f *Fact) keys() []key {
	return []key{
		required("title", text(&f.Title), "its name", "tên số liệu"),
		optional("unit", text(&f.Unit), "what is counted: hồ sơ", "đơn vị tính: hồ sơ"),
		optional("kind", option(&f.Kind, factKindNames), "count (default), amount, share, rank, choice or date", "loại: count (mặc định), amount, share, rank, choice hoặc date"),
		optional("from", f.from(), "where it stands, in order of authority", "nguồn số liệu, theo thứ tự ưu tiên"),
		optional("row", f.row(), "its row in the form of its kind, in place of from", "dòng của nó trong bảng dùng cho loại số liệu này, thay cho from"),
	}
}

// from reads a list of sources, or only one.
func (f *Fact) from() value {
	return byKind(&f.From, map[yaml.Kind]value{
		yaml.SequenceNode: list(&f.From, (*Source).yaml),
		yaml.MappingNode:  alone(&f.From, (*Source).yaml),
	})
}

// alone reads the only item of a list.
func alone[T any](into *[]T, bind func(*T) value) value {
	return value{into,
		func(r *reader, n *yaml.Node) bool {
			*into = make([]T, 1)
			return bind(&(*into)[0]).read(r, n)
		},
		func(d definitions) schema { return bind(new(T)).schema(d) },
	}
}

// row reads the shorthand row of a fact, which is found in the form for its
// kind.
func (f *Fact) row() value {
	return value{rowOf{f},
		func(r *reader, n *yaml.Node) bool {
			if child := r.at(&f.From); len(f.From) > 0 {
				r.fail(diag.PlanKey, r.pos(n), lang.T(`the fact has both "from" and "row": want only one`, `số liệu có cả "from" và "row": chỉ chọn một`),
					diag.Related{Pos: child, Message: firstHere})
				return false
			}
			f.From = []Source{{Op: CellSource, Pos: r.pos(n)}}
			return f.From[0].row().read(r, n)
		},
		new(Source).row().schema,
	}
}

// rowOf is the address of a fact's row.
type rowOf struct{ of *Fact }

// only reads a place where just one word is allowed.
func only(of *Source, word string) value {
	return value{onlyWord{of},
		func(r *reader, n *yaml.Node) bool {
			if n.Kind == yaml.ScalarNode && n.Value == word {
				return true
			}
			r.wrongKind(n, lang.Same(quoted(word)))
			return false
		},
		func(definitions) schema { return schema{"enum": []string{word}} },
	}
}

// onlyWord is the address of such a word.
type onlyWord struct{ of *Source }

// rowGroup is the key of a row that names no column.
const rowGroup = "under"

// row reads how a row is found: texts by column, and under, the labels of the
// group row above.
func (s *Source) row() value {
	labels := func(names func(*[]string) value) value {
		return value{&s.Row,
			func(r *reader, n *yaml.Node) bool {
				s.Row = make([]RowMatch, 1)
				return names(&s.Row[0].Names).read(r, n)
			},
			func(d definitions) schema { return names(new([]string)).schema(d) },
		}
	}
	return named("row", byKind(&s.Row, map[yaml.Kind]value{
		yaml.ScalarNode:   labels(func(into *[]string) value { return alone(into, word) }),
		yaml.SequenceNode: labels(words),
		yaml.MappingNode:  s.rowByColumns(),
	}))
}

func (s *Source) rowByColumns() value {
	var under []string
	match := entries(&s.Row, (*RowMatch).yaml)
	return value{&s.Row,
		func(r *reader, n *yaml.Node) bool {
			columns := *n
			columns.Content = nil
			ok := true
			for i := 0; i+1 < len(n.Content); i += 2 {
				if n.Content[i].Value == rowGroup {
					ok = words(&under).read(r, n.Content[i+1])
					continue
				}
				columns.Content = append(columns.Content, n.Content[i:i+2]...)
			}
			ok = match.parse(r, &columns) && ok
			for i := range s.Row {
				s.Row[i].Under = under
			}
			return ok
		},
		func(d definitions) schema {
			var w []string
			m := match.schema(d)
			m["properties"] = schema{rowGroup: words(&w).schema(d)}
			return m
		},
	}
}

func (m *RowMatch) yaml() entry {
	return entry{key: word(&m.Column), value: words(&m.Names)}
}

func (c *Condition) yaml() entry {
	lead := func(op ConditionOp, v value, en, vi string) key {
		return required(op.String(), setting(&c.Op, op, v), en, vi)
	}
	standing := names[ConditionOp]{IsFilled: IsFilled.String(), IsBlank: IsBlank.String()}
	return entry{word(&c.Column), &c.Pos, c.alternatives(named("condition", byKind(c, map[yaml.Kind]value{
		yaml.SequenceNode: setting(&c.Op, IsOneOf, words(&c.Values)),
		yaml.ScalarNode:   optionOr(&c.Op, standing, lang.T("a list such as [a, b]", "danh sách như [a, b]")),
		yaml.MappingNode: oneOf(c, term.Cond, func() [][]key {
			variants := [][]key{
				{lead(IsNotOneOf, words(&c.Values), "it is none of these", "không thuộc các giá trị này")},
				{lead(NotAfter, c.dayOrColumn(), "its day is not after a day, or that of another column", "ngày không sau một ngày, hoặc ngày ở cột kia")},
				{lead(After, c.dayOrColumn(), "its day is after a day, or that of another column", "ngày sau một ngày, hoặc ngày ở cột kia")},
				{lead(Before, c.dayOrColumn(), "its day is before a day, or that of another column", "ngày trước một ngày, hoặc ngày ở cột kia")},
				{lead(NotBefore, c.dayOrColumn(), "its day is not before a day, or that of another column", "ngày không trước một ngày, hoặc ngày ở cột kia")},
			}
			for _, k := range comparisons(&c.Cmp, &c.Bounds) {
				k.value = setting(&c.Op, Compares, k.value)
				variants = append(variants, []key{k})
			}
			return variants
		}),
	})))}
}

// whereAll reads conditions by column, all of which must hold, and beside them
// any_of and none_of, the alternatives.
func whereAll(into *[]Condition) value {
	v := entries(into, (*Condition).yaml)
	describe := v.schema
	v.schema = func(d definitions) schema {
		if _, ok := d["where"]; !ok {
			d["where"] = nil // being described
			s := describe(d)
			list := schema{"type": "array", "minItems": 1, "items": schema{"$ref": "#/$defs/where"}}
			s["properties"] = schema{AnyOf.String(): list, NoneOf.String(): list}
			d["where"] = s
		}
		return schema{"$ref": "#/$defs/where"}
	}
	return v
}

// alternatives reads the alternatives of any_of and none_of, which stand where a
// column does; every other condition as it is.
func (c *Condition) alternatives(v value) value {
	parse := v.parse
	v.parse = func(r *reader, n *yaml.Node) bool {
		for _, op := range []ConditionOp{AnyOf, NoneOf} {
			if c.Column == op.String() {
				c.Op = op
				return list(&c.Any, whereAll).parse(r, n)
			}
		}
		return parse(r, n)
	}
	return v
}

// dayOrColumn reads a day, the id of a column, or an amount of a day, which may
// count from that of a column.
func (c *Condition) dayOrColumn() value {
	amount := single(&c.Bounds)
	column := word(&c.Other)
	scalar := column.parse
	column.parse = func(r *reader, n *yaml.Node) bool {
		if n.Kind == yaml.ScalarNode && dayLike.MatchString(n.Value) {
			return day(&c.Day).parse(r, n)
		}
		return scalar(r, n)
	}
	read := amount.parse
	amount.parse = func(r *reader, n *yaml.Node) bool {
		ok := read(r, n)
		if b := &c.Bounds[0]; b.Op == ShiftedDay && len(b.Args) == 1 && b.Args[0].Op == FactAmount {
			r.places[&c.Other] = r.places[&b.Args[0]]
			c.Other, c.Plus, c.Bounds = b.Args[0].Fact, b.Plus, nil
		}
		return ok
	}
	return byKind(c, map[yaml.Kind]value{yaml.ScalarNode: column, yaml.MappingNode: amount})
}

// dayLike tells days from ids of columns.
var dayLike = regexp.MustCompile(`^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$`)

func (c *checker) inheritAll() {
	done := map[string]bool{}
	for i := range c.plan.Facts {
		c.inherit(&c.plan.Facts[i], done)
	}
}

func (c *checker) fact(f *Fact) {
	if !c.sound(&f.Kind) {
		return
	}
	if len(f.From) == 0 && c.sound(&f.From, rowOf{f}) {
		c.fail(diag.PlanKey, f.Pos, lang.F(`the fact %q has neither "from" nor "row": say where it stands`, `số liệu %q chưa có "from" hoặc "row": hãy ghi nguồn`, f.ID))
	}
	for i := range f.From {
		switch s := &f.From[i]; sources[s.Op].basis {
		case ofFacts:
			c.derived(f, s)
		case ofResult:
			c.earlier(f, s)
		case ofDay:
			c.gives(f, s)
		case ofDays:
			c.daysAfter(f, s)
		case ofTable:
			if c.defaultForm(f, s) && c.known(&s.Table, nounTable, c.tables) {
				c.source(f, s, c.plan.FindTable(s.Table))
			}
		}
	}
}

// inherit gives a fact without a kind or unit those of its first source: of the
// table, or of the first fact that it is derived from.
func (c *checker) inherit(f *Fact, done map[string]bool) {
	if done[f.ID] || len(f.From) == 0 {
		return
	}
	done[f.ID] = true
	s := &f.From[0]
	kind, unit := CountFact, lang.Text{}
	switch sources[s.Op].basis {
	case ofTable:
		t := c.plan.FindTable(s.Table)
		if t == nil || !c.sound(&t.Kind) {
			return
		}
		kind, unit = c.kindIn(t, s), t.Unit
	case ofFacts:
		if len(s.Facts) == 0 {
			return
		}
		part := c.plan.FindFact(s.Facts[0])
		if part == nil || !c.sound(&part.Kind) {
			return
		}
		c.inherit(part, done)
		kind, unit = part.Kind, part.Unit
	case ofResult:
		return
	case ofDay:
		kind = DateFact
	case ofDays:
		unit = s.Between.unit()
	}
	if !c.written(&f.Kind) && c.sound(&f.Kind) {
		f.Kind = kind
	}
	if f.Unit.IsZero() && (f.Kind == CountFact || f.Kind == AmountFact) && c.sound(&f.Unit) {
		f.Unit = unit
	}
}

// kindIn is the kind of a fact that declares none, as its source and column
// imply it. A mean is an amount even of whole numbers.
func (c *checker) kindIn(t *Table, s *Source) FactKind {
	col := t.FindColumn(s.Column)
	if s.Column == "" && s.Op == CellSource {
		col = t.onlyFigure()
	}
	if col == nil || !c.sound(&col.Type) || s.Op != CellSource && (!s.Op.OfNumbers() || s.Op == SumSource) {
		return t.Kind
	}
	switch {
	case col.Type == Share:
		return ShareFact
	case col.Type == Date:
		return DateFact
	case col.Type == Choice && s.Op == CellSource:
		return ChoiceFact
	case s.Op == MeanSource && t.Kind == CountFact:
		return AmountFact
	}
	return t.Kind
}

// onlyFigure is the column of figures of a form that has one, or nil.
func (t *Table) onlyFigure() *Column {
	var only *Column
	for i := range t.Columns {
		c := &t.Columns[i]
		if c.Role != NoRole || c.Optional || c.Type == Text {
			continue
		}
		if only != nil {
			return nil
		}
		only = c
	}
	return only
}

// defaultForm gives a row without a table the form for the fact's kind.
func (c *checker) defaultForm(f *Fact, s *Source) bool {
	if s.Table != "" || !c.sound(s, &s.Table) {
		return true
	}
	if form := find(c.plan.Defaults.Forms, func(d *FormOf) bool { return d.Kind == f.Kind }); form != nil {
		s.Table = form.Table
		return true
	}
	c.fail(diag.PlanKey, s.Pos, lang.F(`no form is named for the rows of facts of kind %q: write "defaults: {forms: {%s: TABLE}}", or "from" with the table`,
		`chưa nêu bảng cho dòng của số liệu loại %q: hãy ghi "defaults: {forms: {%s: BẢNG}}", hoặc "from" kèm bảng`, f.Kind, f.Kind))
	return false
}

// defaultColumns fills in the columns that a cell leaves out: the label column,
// and the column of the figure where there is only one candidate.
func (c *checker) defaultColumns(f *Fact, s *Source, t *Table) {
	if s.Column == "" && s.Op == CellSource && c.sound(&s.Column) {
		var fit []string
		for i := range t.Columns {
			if col := &t.Columns[i]; col.Type == columnOf[f.Kind] && !col.Optional {
				fit = append(fit, col.ID)
			}
		}
		if len(fit) == 1 {
			s.Column = fit[0]
		} else {
			c.fail(diag.PlanKey, s.Pos, lang.F(`the cell has no "column", and table %q has not just one of type %q that must be there%s`,
				`ô chưa có "column", và bảng %q không có đúng một cột bắt buộc thuộc kiểu %q%s`, t.ID, columnOf[f.Kind], choices("", fit)))
		}
	}
	for i := range s.Row {
		m := &s.Row[i]
		switch label := t.withRole(LabelRole); {
		case m.Column != "" || !c.sound(&m.Column):
		case label != nil:
			m.Column = label.ID
		default:
			c.fail(diag.PlanKey, s.Pos, lang.F(`the row names no column, and table %q has none with "role: label": write row: {COLUMN: [...]}`,
				`dòng chưa nêu cột, và bảng %q không có cột "role: label": hãy ghi row: {CỘT: [...]}`, t.ID))
		}
	}
}

// columnOf is the type of the columns that hold facts of a kind.
var columnOf = map[FactKind]ColumnType{
	CountFact: Number, AmountFact: Number, ShareFact: Share, RankFact: Number, ChoiceFact: Choice, DateFact: Date,
}

// gives checks that an operation can give a fact of its kind.
func (c *checker) gives(f *Fact, s *Source) bool {
	if slices.Contains(sources[s.Op].gives, f.Kind) {
		return true
	}
	if s.Op == MeanSource && f.Kind == CountFact {
		c.fail(diag.PlanValue, s.Pos, lang.T("a mean is seldom a whole number: want kind: amount", "giá trị trung bình thường không phải số nguyên: cần kind: amount"))
		return false
	}
	c.fail(diag.PlanValue, s.Pos, lang.F("a fact of kind %q cannot come from %q: want %s",
		"số liệu loại %q không thể lấy bằng %q: cần %s", f.Kind, s.Op, either(sourcesOf(f.Kind))))
	return false
}

// source checks one place of a fact in a table.
func (c *checker) source(f *Fact, s *Source, t *Table) {
	fits := c.gives(f, s) && c.shape(s, t)
	if fits {
		c.defaultColumns(f, s, t)
	}
	switch {
	case !fits || s.Op == CountSource:
	case s.Op == DistinctSource:
		c.distinctColumn(t, s)
	default:
		if c.column(t, &s.Column, columnOf[f.Kind]) && f.Kind == ChoiceFact {
			c.choiceFact(f, s, t.FindColumn(s.Column))
		}
	}
	if s.During != "" {
		c.column(t, &s.During, Date)
	}
	if fits {
		c.overTime(f, s, t)
	}
	for i := range s.Where {
		c.condition(t, &s.Where[i])
	}
	for i := range s.Row {
		c.column(t, &s.Row[i].Column, Text)
	}
	switch {
	case s.Op == CellSource && len(s.Row) == 0 && c.sound(&s.Row) && t.withRole(UnitRole) == nil:
		c.fail(diag.PlanKey, s.Pos, lang.F(`the cell has no "row": say which row of table %q it stands in`,
			`ô chưa có "row": hãy ghi dòng nào của bảng %q`, t.ID))
	case s.Op == TotalSource && fits && t.withRole(LabelRole) == nil && t.withRole(UnitRole) == nil && c.sound(&t.Columns):
		c.fail(diag.PlanValue, c.at(&s.Table), lang.F(`table %q has no column with "role: label", by which its total row is told`,
			`bảng %q chưa có cột "role: label" để nhận ra dòng tổng`, t.ID))
	}
}

// distinctColumn checks a column whose different values are counted. An id
// column is refused: its values differ anyway.
func (c *checker) distinctColumn(t *Table, s *Source) {
	if !c.column(t, &s.Column, Choice, Text) {
		return
	}
	if col := t.FindColumn(s.Column); c.sound(&col.Role) && c.sound(&col.Unique) && (col.Role == KeyRole || col.Unique) {
		c.fail(diag.PlanValue, c.at(&s.Column), lang.F(`no two records have the same in the column %q: write "count: %s" to count the records`,
			`mỗi hồ sơ có một giá trị riêng ở cột %q: hãy ghi "count: %s" để đếm hồ sơ`, s.Column, t.ID))
	}
}

// shape checks that a table has the shape that an operation needs.
func (c *checker) shape(s *Source, t *Table) bool {
	wanted := sources[s.Op].shapes
	if !c.sound(&t.Shape) {
		return false
	}
	if slices.Contains(wanted, t.Shape) {
		return true
	}
	written := make([]string, len(wanted))
	for i, w := range wanted {
		written[i] = w.String()
	}
	c.fail(diag.PlanValue, c.at(&s.Table), lang.F("table %q is of shape %q: %q needs %s",
		"bảng %q có dạng %q: %q cần %s", t.ID, t.Shape, s.Op, either(written)))
	return false
}

// choiceFact gives a choice fact its values, which all its sources must share.
func (c *checker) choiceFact(f *Fact, s *Source, col *Column) {
	ids := func(v *ChoiceValue) string { return v.ID }
	switch {
	case f.Values == nil:
		f.Values = col.Values
	case !slices.Equal(idsOf(f.Values, ids), idsOf(col.Values, ids)):
		c.fail(diag.PlanValue, c.at(&s.Column), lang.F("column %q has other choices than the fact's first source: want %s",
			"cột %q có các lựa chọn khác với nguồn đầu tiên: cần %s", col.ID, either(idsOf(f.Values, ids))))
	}
}

// condition checks which records count.
func (c *checker) condition(t *Table, w *Condition) {
	switch w.Op {
	case IsFilled, IsBlank:
		c.column(t, &w.Column)
	case NotAfter, After, Before, NotBefore:
		c.daysCompared(t, w)
	case AnyOf, NoneOf:
		for _, all := range w.Any {
			for i := range all {
				c.condition(t, &all[i])
			}
		}
	case Compares:
		c.compares(t, w)
	case IsOneOf, IsNotOneOf:
		if !c.column(t, &w.Column, Choice, Text) {
			return
		}
		col := t.FindColumn(w.Column)
		if col.Type != Choice || !c.sound(&col.Values) {
			return
		}
		all := idsOf(col.Values, func(v *ChoiceValue) string { return v.ID })
		for i := range w.Values {
			c.known(&w.Values[i], nounChoice, all)
		}
	}
}

// compares checks a condition on a number: literals, in percents where the
// column holds shares.
func (c *checker) compares(t *Table, w *Condition) {
	if !c.column(t, &w.Column, Number, Share) {
		return
	}
	q := quantity{kind: AmountKind}
	if t.FindColumn(w.Column).Type == Share {
		q = quantity{kind: ShareKind, share: true}
	}
	for i := range w.Bounds {
		if !c.ofPlan(&w.Bounds[i]) {
			return
		}
	}
	c.comparison(w.Cmp, w.Bounds, q)
}

// derived checks a fact that is derived from others.
func (c *checker) derived(f *Fact, s *Source) {
	if !c.gives(f, s) {
		return
	}
	for i := range s.Facts {
		id := &s.Facts[i]
		if !c.known(id, nounFact, c.facts) {
			continue
		}
		if part := c.plan.FindFact(*id); part.Kind != f.Kind && c.sound(&part.Kind) {
			c.fail(diag.PlanValue, c.at(id), lang.F("%q is of kind %q: a fact of kind %q is made of its like",
				"%q thuộc loại %q: số liệu loại %q chỉ gồm các số liệu cùng loại", *id, part.Kind, f.Kind))
		}
	}
}

// cycles reports facts that are derived from themselves.
func (c *checker) cycles() {
	done := map[string]bool{}
	var path []string
	var visit func(id string, from *Source)
	visit = func(id string, from *Source) {
		if i := slices.Index(path, id); i >= 0 {
			c.fail(diag.PlanValue, from.Pos, lang.F("the fact %q is made of itself: %s", "số liệu %q được tính từ chính nó: %s",
				id, strings.Join(append(path[i:], id), " → ")))
			return
		}
		f := c.plan.FindFact(id)
		if f == nil || done[id] {
			return
		}
		path = append(path, id)
		for i := range f.From {
			for _, part := range f.From[i].Facts {
				visit(part, &f.From[i])
			}
		}
		path = path[:len(path)-1]
		done[id] = true
	}
	for _, id := range c.facts {
		visit(id, nil)
	}
}
