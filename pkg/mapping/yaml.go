package mapping

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/term"
)

// ParseYAML reads a mapping; the mistakes are those of the file alone. It may
// not be used where they are errors.
func ParseYAML(file string, data []byte) (*Mapping, diag.List) {
	m := &Mapping{}
	mistakes := plan.ReadYAML(file, data, m.yaml())
	return m, mistakes
}

// MendYAML changes what is wrong with a mapping and can only be meant in one way,
// as plan.Mend does.
func MendYAML(file string, data []byte) ([]byte, []plan.Change) {
	return plan.MendYAML(file, data, func() plan.Value { return new(Mapping).yaml() })
}

// mappingKey is a key that only mappings have at their top.
var mappingKey = regexp.MustCompile(`(?m)^mapping *:`)

// IsYAML reports whether a file is meant as a mapping, by its keys at the left
// margin.
func IsYAML(data []byte) bool { return mappingKey.Match(data) }

// Schema returns the JSON Schema of the YAML file.
func Schema() []byte { return plan.SchemaOf(new(Mapping).yaml(), "parcheck mapping") }

func (m *Mapping) yaml() plan.Value {
	return plan.Keys(&m.PlanPos, wordMapping, func() []plan.Key {
		return []plan.Key{
			plan.Required("mapping", plan.ID(&m.Plan), "the id of the plan", "mã của kế hoạch"),
			plan.Optional("units", plan.Items(&m.Units, (*UnitName).yaml), "other names of units", "tên gọi khác của đơn vị"),
			plan.Optional("files", plan.Items(&m.Files, (*FileRule).yaml), "whose files are, and of which period", "tệp của đơn vị nào, kỳ nào"),
			plan.Optional("forms", plan.Items(&m.Forms, (*Form).yaml), "kinds of header", "các loại biểu"),
		}
	})
}

var wordMapping = term.Mapping

// keys are those of a choice: the first is what a person confirmed.
func (c *Choice) keys(name string, en, vi string) []plan.Key {
	var unused bool
	one := lang.F(`a choice has one of %q, "near" and "unused": want only one of them`, `mỗi lựa chọn chỉ có một trong %q, "near" và "unused": chỉ giữ một`, name)
	return []plan.Key{
		plan.Optional(name, plan.OneSetting(&c.State, Confirmed, one, plan.Word(&c.To)), en, vi),
		plan.Optional("near", plan.OneSetting(&c.State, Near, one, plan.Word(&c.To)), "what is suggested, and not used", "gợi ý, chưa được dùng"),
		plan.Optional("unused", plan.OneSetting(&c.State, Unused, one, plan.Yes(&unused)), "true: it is none of the plan", "true: kế hoạch không dùng"),
	}
}

var oneMeaning = lang.T(`a form has one of "each_sheet" and "each_sheet_near": want only one of them`,
	`mỗi biểu chỉ có một trong "each_sheet" và "each_sheet_near": chỉ giữ một`)

func (f *Form) yaml() plan.Value {
	return plan.Keys(&f.Pos, lang.T("form", "biểu"), func() []plan.Key {
		var each State
		return append(f.Table.keys("table", "the plan's table, by id", "bảng của kế hoạch, theo mã"),
			plan.Optional("money", plan.Word(&f.Money), "the unit of money of its amounts", "đơn vị tính tiền"),
			plan.Optional("each_sheet", plan.OneSetting(&each, Confirmed, oneMeaning, plan.EachSheet(&f.Each)), "what each sheet with it is", "mỗi trang tính là gì"),
			plan.Optional("each_sheet_near", plan.OneSetting(&each, Near, oneMeaning, plan.Setting(&f.Guessed, true, plan.EachSheet(&f.Each))), "what it may be, and is not used", "gợi ý, chưa được dùng"),
			plan.Optional("seen", f.Seen.yaml(), "where it was found", "nơi tìm thấy"),
			plan.Required("columns", plan.Items(&f.Columns, (*Column).yaml), "its columns from the left", "các cột từ trái sang"),
			plan.Optional("rows", plan.Items(&f.Rows, (*Row).yaml), "its rows", "các dòng"),
			plan.Optional("values", plan.Items(&f.Values, (*Value).yaml), "how its cells spell choices", "cách ghi các lựa chọn"),
		)
	})
}

func (s *Seen) yaml() plan.Value {
	var at diag.Pos
	return plan.Keys(&at, lang.T("seen", "nơi tìm thấy"), func() []plan.Key {
		return []plan.Key{
			plan.Required("file", plan.Word(&s.File), "a file that has it", "một tệp có biểu này"),
			plan.Optional("sheet", plan.Word(&s.Sheet), "its sheet", "trang tính"),
			plan.Optional("area", plan.Word(&s.Area), "the cells of the header", "ô của tiêu đề"),
			plan.Optional("files", plan.Count(&s.Files), "how many files have it", "số tệp có biểu này"),
		}
	})
}

func (c *Column) yaml() plan.Value {
	return plan.Keys(&c.Pos, term.Column, func() []plan.Key {
		return append(c.keys("column", "the plan's column, by id", "cột của kế hoạch, theo mã"),
			plan.Required("heading", plan.Word(&c.Heading), "its heading", "tiêu đề cột"))
	})
}

func (r *Row) yaml() plan.Value {
	return plan.Keys(&r.Pos, lang.T("row", "dòng"), func() []plan.Key {
		return append(r.keys("row", "the plan's name of the row", "tên dòng trong kế hoạch"),
			plan.Required("label", plan.Word(&r.Label), "its label", "tên dòng trong biểu"),
			plan.Optional("total", plan.Truth(&r.Total), "it is a total row", "là dòng tổng"))
	})
}

func (v *Value) yaml() plan.Value {
	return plan.Keys(&v.Pos, lang.T("value", "giá trị"), func() []plan.Key {
		return append(v.keys("choice", "the plan's choice, by id", "lựa chọn của kế hoạch, theo mã"),
			plan.Required("column", plan.Word(&v.Column), "the plan's column, by id", "cột của kế hoạch, theo mã"),
			plan.Required("value", plan.Word(&v.Text), "as cells have it", "giá trị ghi trong ô"),
			plan.Optional("times", plan.Count(&v.Times), "cells that have it", "số ô có giá trị này"))
	})
}

func (u *UnitName) yaml() plan.Value {
	return plan.Keys(&u.Pos, lang.T("name of a unit", "tên đơn vị"), func() []plan.Key {
		return append(u.keys("unit", "the unit's id", "mã đơn vị"),
			plan.Required("name", plan.Word(&u.Name), "as files have it", "tên ghi trong tệp"))
	})
}

func (f *FileRule) yaml() plan.Value {
	return plan.Keys(&f.Pos, lang.T("rule of files", "quy tắc tệp"), func() []plan.Key {
		return append(f.Unit.keys("unit", "the unit's id", "mã đơn vị"),
			plan.Required("file", plan.Word(&f.File), "a name, or a pattern of one", "tên tệp hoặc mẫu tên tệp"),
			plan.Optional("period", plan.Word(&f.Period), "2023, 2023-Q3 or the like", "2023, 2023-Q3 hoặc tương tự"),
			plan.Optional("received", plan.Day(&f.Received), "the day on which it came", "ngày nhận"))
	})
}

// yamlHead explains the file to those who meet it first.
const yamlHead = `# How other people's forms answer to the plan. Only what was confirmed is used:
# "column", "row", "choice", "table" and "unit". What is "near" is a suggestion
# and is not used; "unused" is none of the plan. The same file as a workbook,
# for those who prefer one: parcheck map --mapping THIS.yaml -o THIS.xlsx
`

// YAML writes the mapping; ParseYAML reads the same back.
func (m *Mapping) YAML() []byte {
	var b strings.Builder
	b.WriteString(yamlHead)
	fmt.Fprintf(&b, "mapping: %s\n", plan.Quote(m.Plan))
	writeItems(&b, "units", m.Units, func(u *UnitName) string { return flow("name", u.Name) + u.flow("unit") })
	writeItems(&b, "files", m.Files, func(f *FileRule) string {
		out := flow("file", f.File) + f.Unit.flow("unit")
		if f.Period != "" {
			out += ", " + flow("period", f.Period)
		}
		if f.Received != (date.Date{}) {
			out += ", received: " + f.Received.String()
		}
		return out
	})
	if len(m.Forms) > 0 {
		b.WriteString("forms:\n")
	}
	for i := range m.Forms {
		m.Forms[i].write(&b)
	}
	return []byte(b.String())
}

func (f *Form) write(b *strings.Builder) {
	indent := "  - "
	line := func(text string) {
		b.WriteString(indent + text + "\n")
		indent = "    "
	}
	if s := f.Seen; s.File != "" {
		text := flow("file", s.File)
		if s.Sheet != "" {
			text += ", " + flow("sheet", s.Sheet)
		}
		if s.Area != "" {
			text += ", " + flow("area", s.Area)
		}
		if s.Files > 0 {
			text += fmt.Sprintf(", files: %d", s.Files)
		}
		line("seen: {" + text + "}")
	}
	if text := strings.TrimPrefix(f.Table.flow("table"), ", "); text != "" {
		line(text)
	}
	if f.Money != "" {
		line(flow("money", f.Money))
	}
	switch {
	case f.Each == plan.SheetsAlike:
	case f.Guessed:
		line("each_sheet_near: " + f.Each.String())
	default:
		line("each_sheet: " + f.Each.String())
	}
	line("columns:")
	for i := range f.Columns {
		c := &f.Columns[i]
		line("  - {" + flow("heading", c.Heading) + c.flow("column") + "}")
	}
	if len(f.Rows) > 0 {
		line("rows:")
	}
	for i := range f.Rows {
		r := &f.Rows[i]
		text := flow("label", r.Label) + r.flow("row")
		if r.Total {
			text += ", total: true"
		}
		line("  - {" + text + "}")
	}
	if len(f.Values) > 0 {
		line("values:")
	}
	for i := range f.Values {
		line("  - {" + f.Values[i].write() + "}")
	}
}

func (v *Value) write() string {
	text := flow("column", v.Column) + ", " + flow("value", v.Text) + v.flow("choice")
	if v.Times > 0 {
		text += fmt.Sprintf(", times: %d", v.Times)
	}
	return text
}

func writeItems[T any](b *strings.Builder, name string, items []T, text func(*T) string) {
	if len(items) > 0 {
		b.WriteString(name + ":\n")
	}
	for i := range items {
		b.WriteString("  - {" + text(&items[i]) + "}\n")
	}
}

// flow writes a choice behind others of its line.
func (c Choice) flow(name string) string {
	switch c.State {
	case Confirmed:
		return ", " + flow(name, c.To)
	case Near:
		return ", " + flow("near", c.To)
	case Unused:
		return ", unused: true"
	case Unknown:
	}
	return ""
}

func flow(key, value string) string { return key + ": " + plan.Quote(value) }
