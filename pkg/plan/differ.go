package plan

import (
	"slices"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// DifferenceKind says how two plans differ.
type DifferenceKind uint8

// The kinds.
const (
	Changed DifferenceKind = iota // both plans have the thing, and a key of it differs
	Added                         // only the new plan has it
	Removed                       // only the old plan had it
)

var differenceNames = names[DifferenceKind]{Changed: "changed", Added: "added", Removed: "removed"}

// String returns "changed", "added" or "removed".
func (k DifferenceKind) String() string { return differenceNames.of(k) }

// MarshalText writes the kind's name.
func (k DifferenceKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Part is what of a plan a difference is in.
type Part uint8

// The parts.
const (
	PlanPart Part = iota // the plan itself
	LevelPart
	AreaPart
	ParamPart
	TablePart
	ColumnPart
	FactPart
	TargetPart
)

var partNames = names[Part]{PlanPart: "plan", LevelPart: "level", AreaPart: "area", ParamPart: "param", TablePart: "table",
	ColumnPart: "column", FactPart: "fact", TargetPart: "target"}

// String returns "plan", "level", "area", "param", "table", "column", "fact" or
// "target".
func (p Part) String() string { return partNames.of(p) }

// MarshalText writes the part's name.
func (p Part) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Parts lists the parts in the order of a plan file.
func Parts() []Part {
	return []Part{PlanPart, LevelPart, AreaPart, ParamPart, TablePart, ColumnPart, FactPart, TargetPart}
}

// Difference is one difference between two plans.
type Difference struct {
	Kind  DifferenceKind `json:"kind"`
	Part  Part           `json:"part"`
	ID    string         `json:"id"` // of a column "table.column"; of the plan itself its id
	Title lang.Text      `json:"title"`
	Key   string         `json:"key,omitempty"` // of a Changed thing: the key that differs
	Old   lang.Text      `json:"old"`           // its value, as plans write it; zero: not written
	New   lang.Text      `json:"new"`
}

// Differences lists how a new plan differs from an old one, part by part: in
// the order of the new plan, then what was removed. Things are matched by id.
// Their positions in the file do not matter, nor does the choice between
// equivalent notations.
func Differences(old, new *Plan) []Difference {
	var list []Difference
	add := func(part Part, was, is []thing) { list = append(list, differ(part, was, is)...) }
	// Another plan's id is a difference, and no other plan.
	add(PlanPart, []thing{{id: "", title: new.Title, keys: old.keys()}}, []thing{{id: "", title: new.Title, keys: new.keys()}})
	for i := range list {
		list[i].ID = new.ID
	}
	add(LevelPart, things(old.Levels, (*Level).thing), things(new.Levels, (*Level).thing))
	add(AreaPart, things(old.Areas, (*Area).thing), things(new.Areas, (*Area).thing))
	add(ParamPart, things(old.Params, (*Param).thing), things(new.Params, (*Param).thing))
	add(TablePart, things(old.Tables, (*Table).thing), things(new.Tables, (*Table).thing))
	add(ColumnPart, old.columns(), new.columns())
	add(FactPart, things(old.Facts, (*Fact).thing), things(new.Facts, (*Fact).thing))
	add(TargetPart, things(old.Targets, (*Target).thing), things(new.Targets, (*Target).thing))
	return list
}

// thing is a part of a plan in comparable form: its keys with their values.
type thing struct {
	id    string
	title lang.Text
	keys  []keyValue
}

// keyValue is the value of a key as plans write it; zero when it says nothing.
type keyValue struct {
	key   string
	value lang.Text
}

func things[T any](list []T, of func(*T) thing) []thing {
	all := make([]thing, len(list))
	for i := range list {
		all[i] = of(&list[i])
	}
	return all
}

func differ(part Part, old, new []thing) []Difference {
	var list []Difference
	for _, is := range new {
		was := find(old, func(t *thing) bool { return t.id == is.id })
		if was == nil {
			list = append(list, Difference{Kind: Added, Part: part, ID: is.id, Title: is.title})
			continue
		}
		for _, key := range keysOf(*was, is) {
			before, after := was.value(key), is.value(key)
			if !before.Equal(after) {
				list = append(list, Difference{Part: part, ID: is.id, Title: is.title, Key: key, Old: before, New: after})
			}
		}
	}
	for _, was := range old {
		if find(new, func(t *thing) bool { return t.id == was.id }) == nil {
			list = append(list, Difference{Kind: Removed, Part: part, ID: was.id, Title: was.title})
		}
	}
	return list
}

// keysOf lists the keys of two things, each once: those of the second first.
func keysOf(old, new thing) []string {
	var keys []string
	for _, k := range slices.Concat(new.keys, old.keys) {
		if !slices.Contains(keys, k.key) {
			keys = append(keys, k.key)
		}
	}
	return keys
}

func (t thing) value(key string) lang.Text {
	for _, k := range t.keys {
		if k.key == key {
			return k.value
		}
	}
	return lang.Text{}
}

// written collects the keys of a thing that say something.
type written []keyValue

func (w *written) text(key string, t lang.Text) {
	if !t.IsZero() {
		*w = append(*w, keyValue{key, t})
	}
}

func (w *written) word(key, s string) {
	if s != "" {
		w.text(key, lang.Same(s))
	}
}

func (w *written) words(key string, list []string) {
	if len(list) > 0 {
		w.word(key, texts(list))
	}
}

func (w *written) truth(key string, b bool) {
	if b {
		w.word(key, "true")
	}
}

func (w *written) figure(key string, x *number.Exact) {
	if x != nil {
		w.word(key, decimal(*x, false))
	}
}

func (w *written) decimals(key string, d *Decimals) {
	if d != nil {
		w.word(key, strconv.Itoa(int(*d)))
	}
}

func (p *Plan) keys() []keyValue {
	var w written
	w.word("plan", p.ID)
	w.text("title", p.Title)
	w.text("issuer", p.Issuer)
	w.word("document", group("number", p.Document.Number, "date", p.Document.Date.String()))
	w.word("period", group("from", p.Period.From.String(), "to", p.Period.To.String()))
	w.text("note", p.Note)
	w.word("official", p.Official.String())
	w.word("ties", p.Ties.String())
	w.word("when_units_missing", p.Defaults.UnitsLack.String())
	w.decimals("round", p.Round)
	w.word("fallen", p.Fallen.String())
	for i := range p.Grades {
		g := &p.Grades[i]
		w.text("grades."+g.ID+".title", g.Title)
		if g.AtLeast != nil {
			w.word("grades."+g.ID+".at_least", decimal(*g.AtLeast, g.Percent))
		}
		w.words("grades."+g.ID+".unless", g.names())
	}
	w.words("holidays", idsOf(p.Holidays, (*Holiday).String))
	w.words("working_days", idsOf(p.Worked, func(d *date.Date) string { return d.String() }))
	for _, check := range sorted(p.Severities) {
		w.word("severities."+string(check), p.Severities[check].String())
	}
	w.words("order of areas", idsOf(p.Areas, func(a *Area) string { return a.ID }))
	w.words("order of levels", idsOf(p.Levels, func(l *Level) string { return l.ID }))
	return w
}

func (l *Level) thing() thing {
	var w written
	w.text("title", l.Title)
	w.words("names", l.Names)
	return thing{l.ID, l.Title, w}
}

func (a *Area) thing() thing {
	var w written
	w.text("title", a.Title)
	w.word("within", a.Within)
	w.figure("cap", a.Cap)
	w.figure("floor", a.Floor)
	w.figure("weight", a.Weight)
	w.decimals("round", a.Round)
	if a.Fallen != nil {
		w.word("fallen", a.Fallen.String())
	}
	return thing{a.ID, a.Title, w}
}

func (q *Param) thing() thing {
	var w written
	w.text("title", q.Title)
	if q.Value != nil {
		w.word("value", formOf(q.Percent, q.Day).write(*q.Value))
	}
	for i := range q.Values {
		v := &q.Values[i]
		w.text("value "+v.Words().In(lang.EN), lang.Same(formOf(v.Percent, v.Day).write(v.Value)))
	}
	w.text("source", q.Source)
	return thing{q.ID, q.Name(), w}
}

func (t *Table) thing() thing {
	var w written
	w.word("shape", t.Shape.String())
	w.text("title", t.Title)
	w.words("sheets", t.Sheets)
	if t.Each != SheetsAlike {
		w.word("each_sheet", t.Each.String())
	}
	w.words("levels", t.Levels)
	w.words("totals", t.Totals)
	if t.Kind != CountFact {
		w.word("kind", t.Kind.String())
	}
	w.text("unit", t.Unit)
	for _, s := range t.Scale {
		w.word("scale of "+strings.Join(s.Names, ", "), s.Times.String())
	}
	for _, s := range t.Sums {
		w.word("sum of "+s.Column+" as "+texts(s.Of), s.Column)
	}
	for _, r := range t.Ratios {
		w.word("ratio "+r.Column, group("part", r.Part, "whole", r.Whole))
	}
	w.words("order of columns", t.columnIDs())
	return thing{t.ID, t.Title, w}
}

func (p *Plan) columns() []thing {
	var all []thing
	for i := range p.Tables {
		t := &p.Tables[i]
		for j := range t.Columns {
			c := t.Columns[j].thing()
			c.id = t.ID + "." + c.id
			all = append(all, c)
		}
	}
	return all
}

func (c *Column) thing() thing {
	var w written
	w.words("headers", c.Headers)
	for _, key := range periodKeys {
		w.words("periods."+key, c.Periods[key])
	}
	w.word("type", c.Type.String())
	w.word("style", styleNames.of(c.Style))
	w.word("scale", c.Scale.String())
	w.word("role", c.Role.String())
	w.truth("unique", c.Unique)
	w.truth("required", c.Required)
	w.truth("optional", c.Optional)
	for _, v := range c.Values {
		w.words("values."+v.ID, v.Names)
		w.text("values."+v.ID+".title", v.Title)
	}
	w.word("not_before", c.NotBefore)
	return thing{c.ID, lang.Same(strings.Join(first(c.Headers), "")), w}
}

func (f *Fact) thing() thing {
	var w written
	w.text("title", f.Title)
	w.text("unit", f.Unit)
	w.word("kind", f.Kind.String())
	w.word("from", flow(f.From))
	return thing{f.ID, f.Title, w}
}

func (t *Target) thing() thing {
	var w written
	w.word("area", t.Area)
	w.text("title", t.Title)
	w.word("clause", t.Clause)
	w.word("quote", t.Quote)
	w.text("note", t.Note)
	w.word("commitment", t.Commitment.String())
	w.words("levels", t.Levels)
	w.words("units", t.Units)
	if len(t.AppliesIf) > 0 {
		w.word("applies_if", where(t.AppliesIf))
	}
	w.words("requires", t.Requires)
	w.word("measure", t.Measure.String())
	if !t.Tracked() {
		w.word("goal", t.Goal.String())
	}
	for _, level := range sorted(t.LevelGoals) {
		w.word("level_goals."+level, t.LevelGoals[level].String())
	}
	w.word("points", t.pointsWritten())
	w.decimals("round", t.Round)
	if t.Adjust == NoAdjustment {
		w.word("credit", t.Credit.String())
	} else {
		w.word(t.Adjust.String(), t.Credit.String())
	}
	w.figure("most", t.Most)
	w.word("when_empty", t.WhenEmpty.String())
	w.word("when_missing", t.WhenMissing.String())
	w.word("rollup", t.Rollup.String())
	if !t.Published.IsZero() {
		w.word("published", t.Published.String())
	}
	w.words("also", t.Also)
	w.text("adopted", t.Adopted)
	for _, r := range t.Readings {
		w.text("readings."+r.ID+".note", r.Note)
		if m := r.Measure.String(); m != t.Measure.String() {
			w.word("readings."+r.ID+".measure", m)
		}
		if g := r.Goal.String(); g != t.Goal.String() {
			w.word("readings."+r.ID+".goal", g)
		}
	}
	w.text("remedy", t.Remedy)
	return thing{t.ID, t.Title, w}
}
