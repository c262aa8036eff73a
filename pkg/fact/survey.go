package fact

import (
	"cmp"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/account"
	"github.com/parcheck/parcheck/pkg/term"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
)

// Survey is what was found where in a workbook, and what was not: what
// `parcheck inspect` shows before anyone scores.
type Survey struct {
	Unit       Unit          `json:"unit"`
	Told       bool          `json:"-"` // the workbook says whose it is, and not its name alone
	Period     plan.Period   `json:"period"`
	PeriodFrom lang.Text     `json:"periodFrom"`
	Sheets     []SheetSurvey `json:"sheets"`
	Tables     []TableSurvey `json:"tables"`               // in the plan's order, those not found too
	MoreTables int           `json:"moreTables,omitempty"` // further places of tables that stand in many
	Seen       []HeaderSeen  `json:"seen,omitempty"`       // where tables are not found: headers of other tables; see Options.Survey
	MoreSeen   int           `json:"moreSeen,omitempty"`   // further such headers
}

// SheetSurvey is one sheet.
type SheetSurvey struct {
	Name  string `json:"name"`
	State string `json:"state"` // "visible", "hidden", "very hidden"
	Used  bool   `json:"used"`  // a table of the plan was found in it
}

// HeaderSeen is what looks like the header of a table, and is none of the plan.
type HeaderSeen struct {
	Sheet string      `json:"sheet"`
	Area  string      `json:"area"`           // A1 notation
	Texts []string    `json:"texts"`          // of its columns, from the left: "Tiếp nhận / Trong kỳ"
	Fits  []HeaderFit `json:"fits,omitempty"` // the tables that it resembles, the likeliest first
}

// HeaderFit tells how many of the columns that a table must have a header has.
type HeaderFit struct {
	Table   string    `json:"table"`
	Title   lang.Text `json:"title"`
	Found   int       `json:"found"`
	Of      int       `json:"of"`
	Missing []string  `json:"missing,omitempty"` // their first names
	Wanted  []string  `json:"wanted,omitempty"`  // the names of sheets that the table must have, where this one has none of them
}

// TableSurvey is one table of the plan, and where it was found.
type TableSurvey struct {
	ID       string         `json:"id"`
	Title    lang.Text      `json:"title"`
	Sheet    string         `json:"sheet,omitempty"`    // empty: not found
	Header   string         `json:"header,omitempty"`   // area of the header
	Relation string         `json:"relation,omitempty"` // of a list in a database: what its records stand in
	Queries  []Query        `json:"queries,omitempty"`  // likewise: what databases were asked
	Mapped   bool           `json:"mapped,omitempty"`   // a mapping tells what the header is
	Records  int64          `json:"records"`            // rows of a list, detail rows of another table
	Wanted   []string       `json:"wanted,omitempty"`   // patterns of sheet names that were looked for
	Columns  []ColumnSurvey `json:"columns"`
	Rows     []RowSurvey    `json:"-"` // the row account of a form or a cross-table: rows that hold words or figures
}

// RowSurvey is what a row of a table was taken as, and why.
type RowSurvey struct {
	Row   int       // 1-based, as the spreadsheet program shows it
	Depth int       // how many rows head it
	Role  lang.Text // "detail", "subtotal"
	Label string    // numbering and name, as the sheet has them
	Why   lang.Text // of a sum or a part: the rows that it is made of, and what says so; may be empty
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

var sheetStates = [...]string{cell.Visible: "visible", cell.Hidden: "hidden", cell.VeryHidden: "very hidden"}

// maxSurveyed bounds the places of one table that are surveyed.
const maxSurveyed = 50

func (c *content) survey() Survey {
	s := Survey{Unit: c.reporting, Told: c.told, Period: c.period, PeriodFrom: c.periodFrom}
	for _, sh := range c.sheets {
		used := slices.ContainsFunc(c.tables, func(t *body) bool { return t.sheet == sh })
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

// Bounds of the list of headers that are none of the plan.
const (
	maxSeen = 30 // headers of a file
	maxFits = 3  // tables that one resembles
)

// seen lists the headers of visible sheets that are none of the plan, where a
// table of the plan is not found.
func (c *content) seen(s *Survey) {
	lacks := func(id string) bool {
		return !slices.ContainsFunc(c.tables, func(t *body) bool { return t.ID == id && t.complete })
	}
	if !slices.ContainsFunc(c.plan.Tables, func(t plan.Table) bool { return lacks(t.ID) }) {
		return
	}
	for _, sh := range c.sheets {
		if sh.State != cell.Visible {
			continue
		}
		blocks, further := sh.head.Blocks()
		s.MoreSeen += further
		for _, b := range blocks {
			seen := c.newSeen(sh, b, lacks)
			switch {
			case c.reads(sh, b, seen):
			case len(s.Seen) == maxSeen:
				s.MoreSeen++
			default:
				s.Seen = append(s.Seen, seen)
			}
		}
	}
}

// reads reports whether a header is that of a table of the plan, or stands in
// the body of one and resembles no other.
func (c *content) reads(sh *sheet, b table.Block, seen HeaderSeen) bool {
	like := len(seen.Fits) > 0 && 2*seen.Fits[0].Found >= seen.Fits[0].Of
	return slices.ContainsFunc(c.tables, func(t *body) bool {
		own := t.header.Top <= b.Area.ToRow && b.Area.Row <= t.header.Bottom
		return t.sheet == sh && t.complete && (own || !like && b.Area.Row > t.header.Bottom)
	})
}

func (c *content) newSeen(sh *sheet, b table.Block, lacks func(id string) bool) HeaderSeen {
	out := HeaderSeen{Sheet: sh.Name, Area: b.Area.String()}
	for _, text := range b.Texts {
		out.Texts = append(out.Texts, clip(text))
	}
	for _, f := range b.Fits {
		t := &c.plan.Tables[f.Spec]
		if !lacks(t.ID) {
			continue
		}
		fit := HeaderFit{Table: t.ID, Title: t.Title, Found: f.Found, Of: f.Of}
		for _, col := range f.Missing {
			fit.Missing = append(fit.Missing, col.Headers[0])
		}
		if !c.namedFor(t, sh.Name) {
			fit.Wanted = t.Sheets
		}
		out.Fits = append(out.Fits, fit)
	}
	slices.SortStableFunc(out.Fits, func(a, b HeaderFit) int {
		return cmp.Or(b.Found*a.Of-a.Found*b.Of, b.Found-a.Found)
	})
	out.Fits = out.Fits[:min(len(out.Fits), maxFits)]
	return out
}

func (c *content) surveyTable(t *body) TableSurvey {
	out := TableSurvey{ID: t.ID, Title: t.Title, Sheet: t.sheet.Name, Wanted: t.Sheets, Mapped: t.form != nil}
	left := t.header.Right()
	for i, f := range t.header.Columns {
		col := ColumnSurvey{ID: t.Columns[i].ID, Header: f.Path, Headers: t.spec.Columns[i].Headers, Optional: t.spec.Columns[i].Optional}
		if f.Col > 0 {
			left = min(left, f.Col)
			col.Column = diag.ColumnName(f.Col)
		} else {
			near, _ := c.nearest(t.located, col.Headers)
			col.Nearest, col.Near = clip(near), c.nearestHeader(t.located, col.Headers)
		}
		for _, o := range f.Also {
			col.Also = append(col.Also, diag.ColumnName(o))
		}
		out.Columns = append(out.Columns, col)
	}
	out.Header = diag.Area{Row: t.header.Top, Col: left, ToRow: t.header.Bottom, ToCol: t.header.Right()}.String()
	if t.list != nil {
		out.Records = t.list.Records
	}
	for i := range t.rows {
		if t.rows[i].Role == account.Detail {
			out.Records++
		}
		if t.rows[i].Role != account.Nothing {
			out.Rows = append(out.Rows, t.surveyRow(i))
		}
	}
	return out
}

var roleTitles = [...]lang.Text{
	account.Nothing:  lang.T("nothing", "không tính"),
	account.Detail:   lang.T("detail", "chi tiết"),
	account.Heading:  lang.T("heading", "đề mục"),
	account.Subtotal: lang.T("subtotal", "cộng nhóm"),
	account.Total:    lang.T("total", "tổng"),
	account.Part:     lang.T("part", "trong đó"),
	account.Aside:    lang.T("not added", "không cộng"),
	account.Note:     term.Note,
	account.Unnamed:  lang.T("no name", "không tên"),
	account.Beyond:   lang.T("below the table", "ngoài bảng"),
}

// surveyRow says what a row was taken as.
func (t *body) surveyRow(i int) RowSurvey {
	r, e := &t.rows[i], t.account.Entries[i]
	out := RowSurvey{
		Row: r.Number, Depth: len(t.account.Above(i)), Role: roleTitles[e.Role],
		Label: clip(strings.TrimSpace(r.Code + " " + strings.TrimSpace(r.Label))),
	}
	by := lang.Text{}
	switch e.Witnesses {
	case account.Words:
		by = lang.T("by its words", "theo tên dòng")
	case account.Arithmetic:
		by = lang.T("by its figures", "theo số liệu")
	case account.Words | account.Arithmetic:
		by = lang.T("by its words and figures", "theo tên dòng và số liệu")
	default:
		return out
	}
	switch {
	case e.Role == account.Part:
		out.Why = by
	case (e.Role == account.Subtotal || e.Role == account.Total) && e.Last > 0:
		out.Why = lang.F("of %s, %s", "của %s, %s", t.run(e.First, e.Last), by)
	}
	return out
}
