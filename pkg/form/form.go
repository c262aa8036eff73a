// Package form writes the workbooks that agencies work in: a blank template
// that is made from the plan alone, and a copy of a submission that shows what
// was found in it. It opens no file. The same input gives the same bytes, and
// no text that a plan or a submission holds ever becomes a formula.
package form

import (
	"fmt"
	"io"
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/sheets"
)

// Order describes the template that is wanted.
type Order struct {
	Plan    *plan.Plan
	Unit    fact.Unit   // without a name, the caption is left open; without a level, all levels' rows are there
	Period  plan.Period // that is reported on
	Lang    lang.Lang   // of captions, hints and units of measure; headers and labels are the plan's own
	Program string      // "parcheck 1.2.0"
}

// Template writes a blank workbook (ECMA-376) with a sheet for each table that
// the plan wants of the unit. Filled in, it is read without a finding. The
// error says why none can be made: a table without a column for the period, two
// tables that the plan wants on one sheet.
func Template(w io.Writer, o Order) error {
	tables, err := o.sheets()
	if err != nil {
		return err
	}
	b := sheets.New(o.Lang, theme)
	for i := range tables {
		if tables[i].title, err = nameFor(b, &tables[i]); err != nil {
			return err
		}
	}
	lists := choiceListsOf(b, tables)
	first := fmt.Sprintf("%s!$%s$%d", diag.QuoteSheet(tables[0].title), diag.ColumnName(tables[0].unitCell()), unitRow)
	for i := range tables {
		w := tableWriter{sheet: &tables[i], order: o, lists: lists, first: first}
		w.write(b, i)
	}
	lists.write(b)
	return b.Write(w, sheets.Properties{
		Title:   o.Plan.Title.In(o.Lang),
		Subject: fact.TemplateLine(o.Plan),
		Creator: o.Program,
		Day:     o.Plan.Period.To,
	})
}

// sheets lays out the tables that are wanted, in the plan's order.
func (o Order) sheets() ([]sheet, error) {
	wishes := o.wishes()
	var out []sheet
	for _, t := range o.tables(wishes) {
		s, err := o.layOut(t, wishes)
		if err != nil {
			return nil, err
		}
		out = append(out, o.eachMonth(s, wishes)...)
	}
	if len(out) == 0 {
		return nil, lang.Errorf("the plan %s asks for no table of this level or unit", "kế hoạch %s không yêu cầu bảng nào đối với cấp hoặc đơn vị này", o.Plan.ID)
	}
	return out, nil
}

// eachMonth lays a table out once for each month of the period, or of the year to
// its end, where its sheets are months; where figures grow, the last month says all.
func (o Order) eachMonth(s sheet, wishes []wish) []sheet {
	var out []sheet
	first, last := o.Period.From.Month, o.Period.To.Month
	if slices.ContainsFunc(wishes, func(w wish) bool {
		return slices.ContainsFunc(w.From, func(src plan.Source) bool { return src.Table == s.table.ID && src.Over == plan.YearToDate })
	}) {
		first = 1
	}
	for month := first; month <= last; month++ {
		switch s.table.Each {
		case plan.SheetsAlike, plan.SheetsAreUnits, plan.SheetsAreCopies:
			return []sheet{s}
		case plan.SheetsGrow:
			month = last
		case plan.SheetsAreMonths:
		}
		s.month = month
		out = append(out, s)
	}
	return out
}
