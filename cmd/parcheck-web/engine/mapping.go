package engine

import (
	"context"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/mapping"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/report"
)

// Mapped is what a person sees of the forms that are not the plan's, and the
// mapping as it is saved.
type Mapped struct {
	Forms []MappedForm `json:"forms"`
	Open  int          `json:"open"` // choices that wait for a person
	YAML  string       `json:"yaml"`
}

// MappedForm is a kind of form, with what can be chosen for its parts.
type MappedForm struct {
	Place   string       `json:"place"`
	Files   int          `json:"files"`
	Table   MappedPart   `json:"table"`
	Tables  []Choice     `json:"tables"`
	Columns []MappedPart `json:"columns"`
	Fields  []Choice     `json:"fields"` // columns of the table that was chosen
	Rows    []MappedPart `json:"rows"`
	Names   []Choice     `json:"names"` // rows of that table
}

// MappedPart is a column or a row of a form, as it looks in the file, and what
// it is in the plan.
type MappedPart struct {
	Index int    `json:"index"` // among the columns or rows of the form
	Text  string `json:"text"`
	To    string `json:"to"`
	State string `json:"state"` // unknown, near, confirmed, unused
}

// Edit is one choice that a person made.
type Edit struct {
	Form  int    `json:"form"`
	Part  string `json:"part"` // table, column, row, or all: every suggestion of the form
	Index int    `json:"index"`
	To    string `json:"to"`
	State string `json:"state"`
}

var states = map[mapping.State]string{
	mapping.Unknown: "unknown", mapping.Near: "near", mapping.Confirmed: "confirmed", mapping.Unused: "unused",
}

func stateNamed(name string) mapping.State {
	for state, n := range states {
		if n == name {
			return state
		}
	}
	return mapping.Unknown
}

// applied reads the mapping and holds it against the plan and the roster.
func (s *Settings) applied(p *plan.Plan, roster *plan.Roster) (*mapping.Applied, diag.List) {
	if s.Mapping == nil {
		return nil, nil
	}
	m, found := mapping.Parse(s.Mapping.Name, s.Mapping.Data, p, roster)
	if found.HasErrors() {
		return nil, found
	}
	applied, more := m.Apply(p, roster)
	return applied, append(found, more...)
}

// look finds the forms in files and what they may be in the plan.
func (e *Engine) look(ctx context.Context, r *Request, files []File) (*Answer, error) {
	b, err := e.prepare(&r.Settings, files)
	if err != nil {
		return nil, err
	}
	var old *mapping.Mapping
	if r.Settings.Mapping != nil {
		old, _ = mapping.Parse(r.Settings.Mapping.Name, r.Settings.Mapping.Data, b.Plan, b.Roster) // prepare has told its mistakes
	}
	b.Options = fact.Options{Blocks: true}
	readings, err := b.Read(ctx)
	if err != nil {
		return nil, err
	}
	var seen []mapping.File
	for i := range readings {
		if !readings[i].Mapping {
			seen = append(seen, mapping.File{Name: readings[i].File, Reading: readings[i].Reading})
		}
	}
	e.mapping, e.mapped = mapping.Look(b.Plan, b.Roster, seen, old).Mapping(b.Plan, old), b.Plan
	return &Answer{Mapped: e.describeMapping()}, nil
}

// remap takes the choices that a person made.
func (e *Engine) remap(_ context.Context, r *Request, _ []File) (*Answer, error) {
	if e.mapping == nil {
		return nil, lang.Errorf("no form was looked at yet", "chưa xem biểu nào")
	}
	for _, edit := range r.Edits {
		if edit.Form < 0 || edit.Form >= len(e.mapping.Forms) {
			continue
		}
		e.edit(&e.mapping.Forms[edit.Form], edit)
	}
	return &Answer{Mapped: e.describeMapping()}, nil
}

func (e *Engine) edit(f *mapping.Form, edit Edit) {
	choice := mapping.Choice{To: edit.To, State: stateNamed(edit.State)}
	switch {
	case edit.Part == "all":
		one := mapping.Mapping{Forms: []mapping.Form{*f}}
		one.AcceptNear()
		*f = one.Forms[0]
	case edit.Part == "column" && edit.Index < len(f.Columns):
		f.Columns[edit.Index].Choice = choice
	case edit.Part == "row" && edit.Index < len(f.Rows):
		f.Rows[edit.Index].Choice = choice
	case edit.Part == "table":
		if f.Table.To != edit.To { // its columns and rows were those of another table
			for i := range f.Columns {
				f.Columns[i].Choice = mapping.Choice{}
			}
			for i := range f.Rows {
				f.Rows[i].Choice = mapping.Choice{}
			}
		}
		f.Table = choice
	}
}

// maxRows is how many rows of a form are shown to be mapped.
const maxRows = 200

func (e *Engine) describeMapping() *Mapped {
	out := &Mapped{Open: len(e.mapping.Suggestions()), YAML: string(e.mapping.YAML()), Forms: []MappedForm{}}
	var tables []Choice
	for i := range e.mapped.Tables {
		t := &e.mapped.Tables[i]
		tables = append(tables, Choice{t.ID, e.titled(t.Title, t.ID)})
	}
	for i := range e.mapping.Forms {
		f := &e.mapping.Forms[i]
		form := MappedForm{
			Place: report.Plain(f.Seen.File + ", " + diag.QuoteSheet(f.Seen.Sheet) + "!" + f.Seen.Area), Files: f.Seen.Files,
			Table: part(0, "", f.Table), Tables: tables,
		}
		for j, c := range f.Columns {
			form.Columns = append(form.Columns, part(j, c.Heading, c.Choice))
		}
		for j := range f.Rows {
			if r := &f.Rows[j]; !r.Total && j < maxRows {
				form.Rows = append(form.Rows, part(j, r.Label, r.Choice))
			}
		}
		if t := e.mapped.FindTable(f.Table.To); t != nil {
			for _, c := range t.Columns {
				form.Fields = append(form.Fields, Choice{c.ID, e.column(&c)})
			}
			for _, w := range mapping.WantedRows(e.mapped, t) {
				form.Names = append(form.Names, Choice{w.Names[0], w.Names[0]})
			}
		}
		out.Forms = append(out.Forms, form)
	}
	return out
}

func part(index int, text string, c mapping.Choice) MappedPart {
	return MappedPart{index, report.Plain(text), c.To, states[c.State]}
}

func (e *Engine) titled(title lang.Text, id string) string {
	if title.IsZero() {
		return id
	}
	return e.say(title)
}

// column names a column of the plan by its usual header.
func (e *Engine) column(c *plan.Column) string {
	if len(c.Headers) > 0 {
		return c.Headers[0]
	}
	return c.ID
}
