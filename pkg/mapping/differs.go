package mapping

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Differs says, form by form, how the forms of the mapping differ from the tables
// that a template of the plan has: what they call otherwise, what they lack, and
// what the template has no place for.
func (a *Applied) Differs() []lang.Text {
	var out []lang.Text
	for _, f := range a.sources {
		out = append(out, f.differs(a.plan.FindTable(f.Table.To)))
	}
	return out
}

func (f *Form) differs(t *plan.Table) lang.Text {
	var others, none, lacks []string
	for i := range f.Columns {
		c := &f.Columns[i]
		col := t.FindColumn(c.active())
		switch {
		case col == nil:
			none = append(none, "“"+c.Heading+"”")
		case !slices.ContainsFunc(namesOfColumn(col), func(n string) bool { return label.Match(n, c.Heading) }):
			others = append(others, fmt.Sprintf("“%s” = “%s”", c.Heading, columnName(col, col.ID)))
		}
	}
	for i := range t.Columns {
		col := &t.Columns[i]
		if !col.Optional && !slices.ContainsFunc(f.Columns, func(c Column) bool { return c.active() == col.ID }) {
			lacks = append(lacks, "“"+columnName(col, col.ID)+"”")
		}
	}
	rows := 0
	for i := range f.Rows {
		if f.Rows[i].active() != "" {
			rows++
		}
	}
	var parts []lang.Text
	say := func(list []string, en, vi string) {
		if len(list) > 0 {
			parts = append(parts, lang.F(en, vi, strings.Join(list, ", ")))
		}
	}
	say(others, "it calls columns otherwise: %s", "tên cột khác: %s")
	say(lacks, "it lacks %s", "còn thiếu %s")
	say(none, "the template has no place for %s", "biểu mẫu không có chỗ cho %s")
	if rows > 0 {
		parts = append(parts, lang.F("%s called otherwise", "%s có tên khác", number.Count(int64(rows), "row is", "rows are", "dòng")))
	}
	what := lang.T("it has the columns of the template", "có đủ các cột của biểu mẫu")
	if len(parts) > 0 {
		what = lang.Join(parts, "; ")
	}
	return lang.F("%q and the form in %s: %s", "%q và biểu ở %s: %s", t.Title, f.where(), what)
}

// where is where a form was found or, of one written by hand, its first heading.
func (f *Form) where() string {
	if f.Seen.File == "" {
		return "“" + f.Columns[0].Heading + "”…"
	}
	return f.Seen.File + ":" + diag.QuoteSheet(f.Seen.Sheet) + "!" + f.Seen.Area
}
