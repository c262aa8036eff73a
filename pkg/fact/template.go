package fact

import (
	"regexp"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/account"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
	"github.com/parcheck/parcheck/pkg/table"
)

// What a blank template and its reader must agree on: the line that names it,
// the names of its columns, and which of its cells hold formulas.

// FindUnit tells which unit a name means: a roster id, name or alias, or any
// name. The level is the roster's or that of the unit's name; a level that is
// given overrides both. The list says when the roster does not know the unit.
func FindUnit(p *plan.Plan, roster *plan.Roster, name, level string) (Unit, diag.List) {
	c := job{Questions: Prepare(p, roster)}
	u := c.resolve(name, level, lang.Same("--unit"))
	return u, c.diags
}

// ColumnNames lists the headers under which a column is looked for in a report
// of a period; none where it has no column for that period.
func ColumnNames(col *plan.Column, period plan.Period) []string {
	return append(slices.Clone(col.Headers), col.Periods[period.Key()]...)
}

// TotalLabel returns the label of the total row that a template of a table
// ends in, or "" where it has none: some fact is read from it.
func TotalLabel(p *plan.Plan, t *plan.Table) string {
	if t.Shape != plan.Cross {
		return ""
	}
	out := ""
	for i := range p.Facts {
		for _, s := range p.Facts[i].From {
			if s.Table != t.ID {
				continue
			}
			for _, m := range s.Row {
				if c := t.FindColumn(m.Column); c.Role == plan.LabelRole && account.IsTotal(m.Names[0], t.Totals) {
					return m.Names[0]
				}
			}
			if s.Op == plan.TotalSource {
				out = "Tổng số"
			}
		}
	}
	if out != "" && len(t.Totals) > 0 {
		return t.Totals[0]
	}
	return out
}

// TemplateLine prints the line that identifies a template: "id / version".
func TemplateLine(p *plan.Plan) string { return p.ID + " / " + p.TemplateVersion() }

// templateLine is the value of the caption. Other forms have a caption of that
// name too, "Biểu mẫu: 07a/VPCP/KSTT".
var templateLine = regexp.MustCompile(`^([a-z0-9-]+) / ([0-9a-f]{8})$`)

// checkTemplate looks whether the workbook was made from this plan's present
// template, and whether the formulas of that still stand.
func (c *checker) checkTemplate() {
	version, said := "", map[string]bool{}
	for _, cp := range c.captions(templateCaptions) {
		m := templateLine.FindStringSubmatch(cp.value)
		if m == nil {
			continue
		}
		if version == "" {
			version = c.plan.TemplateVersion()
		}
		switch id := m[1]; {
		case id == c.plan.ID && m[2] == version:
			c.checkFormulas(cp.pos.Sheet)
		case said[cp.value]:
		case id != c.plan.ID:
			c.diags.Add(diag.WrongPlan, cp.pos, lang.F(
				"the file was made from a template of the plan %q and is read by the plan %q: choose the plan with --plan, or fill in a template of this one",
				"tệp được lập theo biểu mẫu của kế hoạch %q nhưng đang đọc theo kế hoạch %q: hãy chọn kế hoạch bằng --plan, hoặc lập lại theo biểu mẫu của kế hoạch này",
				clip(id), c.plan.ID))
		default:
			c.diags.Add(diag.WrongTemplate, cp.pos, lang.F(
				"the file was made from version %s of the plan's template, the present one is %s: rows and columns may differ; make a new one with `parcheck template`",
				"tệp được lập theo phiên bản %s của biểu mẫu, phiên bản hiện hành là %s: dòng, cột có thể đã khác; hãy lấy biểu mẫu mới bằng `parcheck template`",
				m[2], version))
		}
		said[cp.value] = true
	}
}

// checkFormulas reports the cells of a sheet that the template calculates and
// that now hold constants, once a column.
func (c *checker) checkFormulas(sheet string) {
	for _, t := range c.tables {
		if t.sheet.Name != sheet {
			continue
		}
		calculated := t.Formulas(func(id string) bool { _, f := t.column(id); return f.Col > 0 })
		var total *table.Row
		if TotalLabel(c.plan, t.Table) != "" {
			total = t.totalRow()
		}
		for i, f := range t.header.Columns {
			col := &t.Columns[i]
			byRow := slices.ContainsFunc(calculated, func(f plan.Formula) bool { return f.Column == col.ID })
			var found records.Span
			for j := range t.rows {
				r := &t.rows[j]
				summed := total != nil && r.Number == total.Number && col.Type == plan.Number
				own := r.Role == account.Detail || r.Role == account.Total // subtotals of groups are the agency's own
				if f.Col > 0 && own && (byRow || summed) && constant(r.At(f.Col)) {
					found.Add(r.Number)
				}
			}
			if found.N > 0 {
				c.diags.Add(diag.Overwritten, c.at(t.sheet, found.First, f.Col), lang.F(
					"%s of the column %q with a typed value where the template has a formula, the first in row %d: copy the formula back from the row above or from a new template",
					"%s của cột %q bị gõ đè lên công thức của biểu mẫu, đầu tiên ở hàng %d: hãy sao chép lại công thức từ hàng khác hoặc từ biểu mẫu mới",
					cellCount(found.N), f.Path, found.First))
			}
		}
	}
}

// constant reports whether a cell holds a value that no formula made.
func constant(c cell.Cell) bool {
	text := strings.TrimSpace(string(c.Raw))
	return c.Formula == cell.NoFormula && c.Kind != cell.Blank && text != "" && !(c.Kind == cell.Text && number.IsPlaceholder(text))
}
