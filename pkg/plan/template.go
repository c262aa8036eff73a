package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/lang"
)

// templateLayout is incremented when the layout of templates changes, because
// formulas then move.
const templateLayout = "1"

// templateDigits is how many hexadecimal digits of a hash name a version.
const templateDigits = 8

// TemplateVersion names the version of the templates that are made of the plan:
// 8 hexadecimal digits of a hash over what stands on them. That is the period,
// the tables with their columns, sums and ratios, the rows that facts are read
// from, the units of measure, the titles of areas, and whom the targets bind.
// Goals, points, notes and remedies are on no template, and other spellings
// than the first of a sheet, a header, a row or a choice neither: they may change.
func (p *Plan) TemplateVersion() string {
	lines := []string{
		"layout " + templateLayout, "plan " + p.ID, "title " + texts([]string{p.Title.Written(lang.VI), p.Title.Written(lang.EN), p.Document.Number}),
		"period " + p.Period.From.String() + " " + p.Period.To.String(),
	}
	for i := range p.Tables {
		lines = append(lines, p.Tables[i].onTemplate()...)
	}
	for _, a := range p.Areas {
		lines = append(lines, "area "+a.ID+" "+texts([]string{a.Title.Written(lang.VI), a.Title.Written(lang.EN)}))
	}
	for i := range p.Facts {
		lines = append(lines, p.Facts[i].onTemplate()...)
	}
	for i := range p.Targets {
		t := &p.Targets[i]
		lines = append(lines, "target "+t.ID+" "+t.Area+" "+texts(t.Levels)+texts(t.Units)+texts(t.Needs()))
	}
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:])[:templateDigits]
}

func (t *Table) onTemplate() []string {
	lines := []string{"table " + t.ID + " " + t.Shape.String() + texts([]string{t.Title.Written(lang.VI), t.Title.Written(lang.EN)}) + texts(first(t.Sheets)) + texts(t.Levels) + texts(first(t.Totals))}
	if t.Each != SheetsAlike {
		lines = append(lines, "each sheet "+t.Each.String())
	}
	for _, s := range t.Scale {
		lines = append(lines, "scale "+texts(s.Names))
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		line := []string{"column " + c.ID, c.Type.String(), c.Role.String(), texts(first(c.Headers))}
		for _, key := range periodKeys {
			line = append(line, texts(first(c.Periods[key])))
		}
		for _, v := range c.Values {
			line = append(line, v.ID, texts(first(v.Names)))
		}
		if c.Optional {
			line = append(line, "optional")
		}
		lines = append(lines, strings.Join(line, " "))
	}
	for _, s := range t.Sums {
		lines = append(lines, "sum "+s.Column+" "+texts(s.Of))
	}
	for _, r := range t.Ratios {
		lines = append(lines, "ratio "+r.Column+" "+r.Part+" "+r.Whole)
	}
	return lines
}

func (f *Fact) onTemplate() []string {
	lines := []string{"fact " + f.ID + " " + f.Kind.String() + texts([]string{f.Unit.Written(lang.VI), f.Unit.Written(lang.EN)})}
	for _, s := range f.From {
		line := s.Op.String() + " " + s.Table + " " + s.Column + texts(s.Facts)
		if s.Over != Unsaid {
			line += " over " + s.Over.String()
		}
		for _, m := range s.Row {
			line += " " + m.Column + texts(first(m.Names)) + texts(first(m.Under))
		}
		lines = append(lines, line)
	}
	return lines
}

// Needs lists the facts that a target asks a unit for, each once: those that it
// measures, in any reading, those that tell whether it applies, and those that it
// shows beside.
func (t *Target) Needs() []string {
	lists := [][]string{t.Measure.Facts()}
	for _, r := range t.Readings {
		lists = append(lists, r.Measure.Facts())
	}
	return once(append(lists, t.AppliesFacts(), t.GoalFacts(), t.Also)...)
}

// Facts lists the facts that decide a target's result, each once: those of its
// measure, those that tell whether it applies, and those that its goal names.
func (t *Target) Facts() []string {
	return once(t.Measure.Facts(), t.AppliesFacts(), t.GoalFacts())
}

// once joins lists of ids; of an id that recurs it keeps the first.
func once(lists ...[]string) []string {
	var ids []string
	for _, id := range slices.Concat(lists...) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Formula is how a column of a template is calculated from others of its row.
type Formula struct {
	Column      string
	Sum         []string // the columns that are added
	Part, Whole string   // or those whose share it is
}

// Inputs lists the columns that a formula reads.
func (f Formula) Inputs() []string {
	if f.Sum != nil {
		return f.Sum
	}
	return []string{f.Part, f.Whole}
}

// Formulas lists the columns that a template of the table calculates, among the
// columns that it has: by their sums first and then by their ratios, each
// column by its first rule, and none by itself in a circle. In a list nothing
// is calculated.
func (t *Table) Formulas(has func(column string) bool) []Formula {
	if t.Shape == List {
		return nil
	}
	var out []Formula
	add := func(f Formula) {
		lacks := slices.ContainsFunc(f.Inputs(), func(id string) bool { return !has(id) || needs(out, id, f.Column) })
		if has(f.Column) && !lacks && !slices.ContainsFunc(out, func(o Formula) bool { return o.Column == f.Column }) {
			out = append(out, f)
		}
	}
	for _, s := range t.Sums {
		add(Formula{Column: s.Column, Sum: s.Of})
	}
	for _, r := range t.Ratios {
		add(Formula{Column: r.Column, Part: r.Part, Whole: r.Whole})
	}
	return out
}

// needs reports whether a column is another, or is calculated from it.
func needs(formulas []Formula, column, other string) bool {
	if column == other {
		return true
	}
	return slices.ContainsFunc(formulas, func(f Formula) bool {
		return f.Column == column && slices.ContainsFunc(f.Inputs(), func(id string) bool { return needs(formulas, id, other) })
	})
}
