package fact

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/account"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// Survey is what was found where in a workbook, and what was not: what
// `parcheck inspect` shows before anyone scores.
type Survey struct {
	Unit       Unit          `json:"unit"`
	Period     plan.Period   `json:"period"`
	PeriodFrom lang.Text     `json:"periodFrom"`
	Sheets     []SheetSurvey `json:"sheets"`
	Tables     []TableSurvey `json:"tables"`               // in the plan's order, those not found too
	MoreTables int           `json:"moreTables,omitempty"` // further places of tables that stand in many
}

// SheetSurvey is one sheet.
type SheetSurvey struct {
	Name  string `json:"name"`
	State string `json:"state"` // "visible", "hidden", "very hidden"
	Used  bool   `json:"used"`  // a table of the plan was found in it
}

// TableSurvey is one table of the plan, and where it was found.
type TableSurvey struct {
	ID      string         `json:"id"`
	Title   lang.Text      `json:"title"`
	Sheet   string         `json:"sheet,omitempty"`  // empty: not found
	Header  string         `json:"header,omitempty"` // area of the header
	Records int64          `json:"records"`          // rows of a list, detail rows of another table
	Wanted  []string       `json:"wanted,omitempty"` // patterns of sheet names that were looked for
	Columns []ColumnSurvey `json:"columns"`
}

// ColumnSurvey is one column of a table.
type ColumnSurvey struct {
	ID       string    `json:"id"`
	Column   string    `json:"column,omitempty"` // letters; empty: not found
	Header   string    `json:"header,omitempty"` // as the sheet has it
	Headers  []string  `json:"headers"`          // the names that were looked for
	Also     []string  `json:"also,omitempty"`   // further columns with that name
	Nearest  string    `json:"nearest,omitempty"`
	Near     lang.Text `json:"near,omitzero"` // in words: "; the nearest is ..."
	Optional bool      `json:"optional,omitempty"`
}

var sheetStates = [...]string{workbook.Visible: "visible", workbook.Hidden: "hidden", workbook.VeryHidden: "very hidden"}

// maxSurveyed bounds the places of one table that are surveyed.
const maxSurveyed = 50

func (c *collector) survey(u Unit) Survey {
	s := Survey{Unit: u, Period: c.period, PeriodFrom: c.periodFrom}
	for _, sh := range c.sheets {
		used := slices.ContainsFunc(c.tables, func(t *located) bool { return t.sheet == sh })
		s.Sheets = append(s.Sheets, SheetSurvey{Name: sh.Name, State: sheetStates[sh.State], Used: used})
	}
	for i := range c.plan.Tables {
		pt := &c.plan.Tables[i]
		found := 0
		for _, t := range c.tables {
			switch {
			case t.Table != pt:
				continue
			case found < maxSurveyed:
				s.Tables = append(s.Tables, c.surveyTable(t))
			default:
				s.MoreTables++
			}
			found++
		}
		if found == 0 {
			s.Tables = append(s.Tables, TableSurvey{ID: pt.ID, Title: pt.Title, Wanted: pt.Sheets})
		}
	}
	return s
}

func (c *collector) surveyTable(t *located) TableSurvey {
	out := TableSurvey{ID: t.ID, Title: t.Title, Sheet: t.sheet.Name, Wanted: t.Sheets}
	left := t.header.Right()
	for i, f := range t.header.Columns {
		col := ColumnSurvey{ID: t.Columns[i].ID, Header: f.Path, Headers: t.spec.Columns[i].Headers, Optional: t.spec.Columns[i].Optional}
		if f.Col > 0 {
			left = min(left, f.Col)
			col.Column = diag.ColumnName(f.Col)
		} else {
			near, _ := c.nearest(t, col.Headers)
			col.Nearest, col.Near = clip(near), c.nearestHeader(t, col.Headers)
		}
		for _, o := range f.Also {
			col.Also = append(col.Also, diag.ColumnName(o))
		}
		out.Columns = append(out.Columns, col)
	}
	out.Header = diag.Area{Row: t.header.Top, Col: left, ToRow: t.header.Bottom, ToCol: t.header.Right()}.String()
	if t.list != nil {
		out.Records = t.list.records
	}
	for _, r := range t.rows {
		if r.Role == account.Detail {
			out.Records++
		}
	}
	return out
}
