package fact

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// collect reads the facts that the targets of a unit need.
func (u unit) collect(c *content, old *oldResults, opt Options, set *Set) {
	needed := make([]bool, len(c.plan.Facts))
	for i := range c.plan.Targets {
		t := &c.plan.Targets[i]
		if u.Level != "" && !t.Binds(u.Level, u.ID) {
			continue // of a unit whose level is not known, every fact is read
		}
		for _, fact := range c.shown[i] {
			needed[fact] = true
		}
	}
	r := reader{content: c, unit: u, previous: opt.Previous, received: opt.Received, old: old, facts: make([]Fact, len(c.plan.Facts))}
	for i := range needed {
		if needed[i] {
			r.fact(i)
		}
	}
	set.Facts = slices.DeleteFunc(r.facts, func(f Fact) bool { return f.ID == "" })
	set.Diagnostics = append(r.diags, r.repeated.list...)
	for i := range set.Diagnostics {
		set.Diagnostics[i].Unit = u.Name.In(lang.VI)
	}
}

// reader reads the facts of one unit.
type reader struct {
	*content
	unit     unit
	previous Previous
	received Received
	old      *oldResults // of all units
	facts    []Fact      // in the plan's order; those that nobody asked for have no id
	diags    diag.List
	repeated findings // of which there may be one in each row
	reported map[reportedAt]bool
	only     []*body // the tables that are read, of several whose figures make one; nil: all
	mapped   bool    // the source that is being read was found with the help of a mapping
}

// fact reads all sources of a fact, and those of the facts it is derived from.
func (r *reader) fact(i int) *Fact {
	pf, f := &r.plan.Facts[i], &r.facts[i]
	if f.ID != "" {
		return f
	}
	*f = Fact{ID: pf.ID, Title: pf.Title, Unit: pf.Unit, Kind: pf.Kind}
	var readings []sourced
	for i := range pf.From {
		src := &pf.From[i]
		b := r.boundList(src)
		if b != nil {
			readings = append(readings, r.boundRecords(pf, src, b))
		}
		if b == nil || len(r.tablesFor(src.Table)) > 0 {
			readings = append(readings, r.source(pf, src)...)
		}
	}
	f.adopt(readings)
	if f.State == Reported {
		f.Shown = show(pf, f)
		if f.Kind == plan.DateFact {
			f.Day = plan.DayAt(f.Value)
		}
	}
	r.agree(f)
	return f
}

// sourced is what one source of a fact gave.
type sourced struct {
	Source
	state  State
	lacks  diag.CheckID // of missing: what is not there
	reason lang.Text    // of missing and invalid
	parts  []string
}

// adopt takes the first source that is in the workbook, in the plan's order of
// authority. One that is there and cannot be used makes the fact invalid: no
// other source may silently stand in for it.
func (f *Fact) adopt(readings []sourced) {
	var reasons []lang.Text
	for _, s := range readings {
		switch {
		case f.State != Missing:
			if s.state == Reported {
				f.Sources = append(f.Sources, s.Source)
			}
			continue
		case s.state == Missing:
			reasons = append(reasons, s.reason)
			if f.Lacks == "" || f.Lacks == diag.MissingTable {
				f.Lacks = s.lacks // the most that was found
				if len(s.Evidence) > 0 {
					f.Blank = &s.Evidence[0]
				}
			}
			continue
		}
		f.State, f.Reason, f.Parts = s.state, s.reason, s.parts
		if s.state == Reported {
			f.Value, f.Choice = s.Value, s.Choice
		}
		f.Sources = append(f.Sources, s.Source)
	}
	if f.State != Missing {
		f.Lacks = ""
		return
	}
	f.Reason = lang.Join(reasons, "; ")
}

// agree reports sources of one fact that contradict the adopted one.
func (r *reader) agree(f *Fact) {
	if f.State != Reported {
		return
	}
	first := f.Sources[0]
	for _, s := range f.Sources[1:] {
		if s.Value.Equal(first.Value) && s.Choice == first.Choice {
			continue
		}
		d := diag.New(diag.SourcesDisagree, r.place(first), lang.F(
			"%s: %s here (%s), %s in %s (%s): the first is used; make them agree",
			"%s: ở đây là %s (%s), ở %[5]s là %[4]s (%[6]s): số thứ nhất được dùng; cần thống nhất hai nguồn",
			f.Title, r.saidOf(f, first), first.How, r.saidOf(f, s), s.where(), s.How))
		d.Related = []diag.Related{{Pos: r.place(s), Message: s.How}}
		r.diags = append(r.diags, d)
	}
}

// saidOf is what a source says of a fact, in words.
func (r *reader) saidOf(f *Fact, s Source) lang.Text {
	if s.Choice != "" {
		return choiceTitle(r.plan.Facts[r.Questions.facts[f.ID]].Values, s.Choice)
	}
	if f.Kind == plan.DateFact {
		return plan.ShownDay(s.Value)
	}
	return number.Short(s.Value, 12)
}

// choiceTitle is what people call a choice.
func choiceTitle(values []plan.ChoiceValue, id string) lang.Text {
	for i := range values {
		if values[i].ID == id {
			return values[i].Name()
		}
	}
	return lang.Same(id)
}

func (s Source) where() string {
	if len(s.Evidence) == 0 {
		return ""
	}
	return s.Evidence[0].Where()
}

func (r *reader) place(s Source) diag.Pos { return place(r.file, s) }

// place is where a source stands: its first evidence.
func place(file string, s Source) diag.Pos {
	if len(s.Evidence) == 0 {
		return diag.InFile(file)
	}
	return s.Evidence[0].pos(file)
}

func (e Evidence) pos(file string) diag.Pos {
	if e.Relation != "" {
		return diag.Pos{File: e.File, Line: e.Line}
	}
	area, _ := diag.ParseArea(e.Cells)
	return diag.Pos{File: file, Sheet: e.Sheet, Area: area}
}

// show prints a fact's value by its kind.
func show(pf *plan.Fact, f *Fact) lang.Text {
	switch pf.Kind {
	case plan.ChoiceFact:
		return choiceTitle(pf.Values, f.Choice)
	case plan.ShareFact:
		return number.Percent(f.Value, 4)
	case plan.DateFact:
		return plan.ShownDay(f.Value)
	case plan.CountFact, plan.AmountFact, plan.RankFact:
	}
	return number.Short(f.Value, 4)
}
