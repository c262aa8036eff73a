// Package mapping says how the headers, rows and units of somebody else's forms
// answer to the tables of a plan: names only, never figures. A mapping has two
// faces, YAML and a workbook, and only what a person confirmed in it is used.
//
//	the form, as it was handed in            the plan's table "statistics"
//	TT | Nội dung        | Kết quả           code | label          | value
//	1  | Hồ sơ đã nhận   | 120               Tổng số hồ sơ TTHC tiếp nhận trong kỳ
//
//	columns: TT is code, Nội dung is label, Kết quả is value
//	rows:    "Hồ sơ đã nhận" is "Tổng số hồ sơ TTHC tiếp nhận trong kỳ"
//
// The package does no input or output.
package mapping

import (
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
)

// Mapping is what people confirmed, and what waits for it.
type Mapping struct {
	Plan    string // the id of the plan whose names it gives
	PlanPos diag.Pos
	Forms   []Form
	Units   []UnitName
	Files   []FileRule
}

// State is how far an entry is settled. The zero value is the honest one.
type State uint8

// The states.
const (
	Unknown   State = iota // nothing of the plan comes near
	Near                   // the program suggests it
	Confirmed              // a person, or the plan's own name, says so
	Unused                 // a person says that it is none of the plan
)

// Choice is what something of a form is in the plan.
type Choice struct {
	To    string // an id or, of a row, the plan's name for it; "" where State is Unknown or Unused
	State State
}

// active returns what was confirmed, or "".
func (c Choice) active() string {
	if c.State == Confirmed {
		return c.To
	}
	return ""
}

// Form is a kind of header block.
type Form struct {
	Table   Choice // the plan's table, by id
	Columns []Column
	Rows    []Row
	Values  []Value
	Money   string // the unit of money of its amounts, where the form does not say it
	Each    plan.SheetMeaning
	Guessed bool // Each is only suggested
	Seen    Seen
	Pos     diag.Pos
}

// Seen is where a form was found: it explains the entry and decides nothing.
type Seen struct {
	File, Sheet, Area string
	Files             int
}

// Column is a column of a form.
type Column struct {
	Heading string // as the form has it: "Tiếp nhận / Trong kỳ"
	Choice         // the plan's column, by id
	Pos     diag.Pos
}

// Row is a row of a form, by its label.
type Row struct {
	Label  string
	Choice      // the plan's name of the row
	Total  bool // it is a total of the rows
	Pos    diag.Pos
}

// Value is how cells of a form spell a choice.
type Value struct {
	Column string // the plan's column, by id
	Text   string // as the form has it
	Choice        // the plan's choice, by id
	Times  int    // cells that have it, as far as they were counted; it decides nothing
	Pos    diag.Pos
}

// UnitName is another name of a unit of the roster.
type UnitName struct {
	Name   string
	Choice // the unit's id
	Pos    diag.Pos
}

// FileRule says whose some files are, and of which period.
type FileRule struct {
	File     string // a name, or a pattern of one: "*" stands for any run of characters
	Unit     Choice // the unit's id
	Period   string // as --period takes it; "": as the file says
	Received date.Date
	Pos      diag.Pos
}

// each is what sheets with the form are confirmed to stand for.
func (f *Form) each() plan.SheetMeaning {
	if f.Guessed {
		return plan.SheetsAlike
	}
	return f.Each
}

// Layout is the form's headings.
func (f *Form) Layout() table.Layout {
	out := make(table.Layout, len(f.Columns))
	for i := range f.Columns {
		out[i] = f.Columns[i].Heading
	}
	return out
}

// Suggestion is an entry that waits for a person.
type Suggestion struct {
	Says lang.Text // "Nội dung" is "label"
	Pos  diag.Pos
	take func() // confirms it
}

// Suggestions lists the entries that wait for a person.
func (m *Mapping) Suggestions() []Suggestion {
	var out []Suggestion
	add := func(name string, pos diag.Pos, c *Choice) {
		if c.State == Near {
			out = append(out, Suggestion{lang.F("%q is %q", "%q là %q", name, c.To), pos, func() { c.State = Confirmed }})
		}
	}
	for i := range m.Forms {
		f := &m.Forms[i]
		add(f.name(), f.Pos, &f.Table)
		if f.Guessed {
			out = append(out, Suggestion{lang.F("each sheet with it is %s", "mỗi trang tính có biểu này là %s", sheetWords[f.Each]), f.Pos, func() { f.Guessed = false }})
		}
		for j := range f.Columns {
			add(f.Columns[j].Heading, f.Columns[j].Pos, &f.Columns[j].Choice)
		}
		for j := range f.Rows {
			add(f.Rows[j].Label, f.Rows[j].Pos, &f.Rows[j].Choice)
		}
		for j := range f.Values {
			add(f.Values[j].Text, f.Values[j].Pos, &f.Values[j].Choice)
		}
	}
	for i := range m.Units {
		add(m.Units[i].Name, m.Units[i].Pos, &m.Units[i].Choice)
	}
	for i := range m.Files {
		add(m.Files[i].File, m.Files[i].Pos, &m.Files[i].Unit)
	}
	return out
}

// name is where the form was found or, where that is not told, its first heading.
func (f *Form) name() string {
	switch {
	case f.Seen.File != "":
		return f.Seen.File + " " + diag.QuoteSheet(f.Seen.Sheet) + "!" + f.Seen.Area
	case len(f.Columns) > 0:
		return f.Columns[0].Heading
	}
	return ""
}

// AcceptNear confirms every suggestion, and returns how many there were.
func (m *Mapping) AcceptNear() int {
	list := m.Suggestions()
	for _, s := range list {
		s.take()
	}
	return len(list)
}

// Waiting notes each suggestion: nothing of it is used before a person confirms
// it.
func (m *Mapping) Waiting() diag.List {
	var list diag.List
	all := m.Suggestions()
	for _, s := range all[:min(len(all), maxMistakes)] {
		list.Add(diag.MappingNear, s.Pos, lang.F("%s: a suggestion, which is not used until somebody confirms it", "%s: gợi ý, chưa được dùng cho đến khi có người xác nhận", s.Says))
	}
	if more := len(all) - len(list); more > 0 {
		list.Add(diag.MappingNear, m.PlanPos, lang.F("%s more", "còn %s", number.Count(int64(more), "suggestion", "suggestions", "gợi ý")))
	}
	return list
}

// tableTitle names a table of a plan.
func tableTitle(p *plan.Plan, id string) lang.Text {
	if t := p.FindTable(id); t != nil {
		return t.Title
	}
	return lang.Same(id)
}

// MaxBytes bounds the file of a mapping.
const MaxBytes = 8 << 20
