package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// Inspected is what was found in one workbook, before anything is judged.
type Inspected struct {
	File        string      `json:"file"`
	Survey      fact.Survey `json:"survey"`
	Facts       []fact.Fact `json:"facts,omitempty"`
	Units       []UnitFacts `json:"units,omitempty"`     // whose facts these are, in their order, where there are several
	MoreUnits   int         `json:"moreUnits,omitempty"` // units of the file whose facts are left out
	Diagnostics diag.List   `json:"diagnostics"`
}

// UnitFacts is how many of the facts are a unit's.
type UnitFacts struct {
	Unit  lang.Text `json:"unit"`
	Facts int       `json:"facts"`
}

// InspectJSON writes what was found as JSON.
func InspectJSON(w io.Writer, found []Inspected, _ Options) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(struct {
		Schema string      `json:"schema"`
		Files  []Inspected `json:"files"`
	}{"parcheck/inspect/v1", found})
}

// InspectText writes what was found where, and what was not and what comes
// nearest to it.
func InspectText(w io.Writer, found []Inspected, opt Options) error {
	p := &surveyPrinter{w: w, lang: opt.Lang, verbose: opt.Verbose}
	for i := range found {
		if i > 0 {
			p.line("", lang.Text{})
		}
		p.file(&found[i])
	}
	return p.err
}

type surveyPrinter struct {
	w       io.Writer
	lang    lang.Lang
	verbose bool
	err     error
}

func (p *surveyPrinter) line(indent string, t lang.Text) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.w, indent+Plain(t.In(p.lang)))
	}
}

func (p *surveyPrinter) file(f *Inspected) {
	p.line("", lang.Same(f.File))
	if len(f.Survey.Sheets) > 0 {
		p.line("  ", lang.F("unit:   %s, level %s (from %s)", "đơn vị:     %s – %s (theo %s)", f.Survey.Unit.Name, level(f.Survey.Unit), f.Survey.Unit.From))
		p.line("  ", lang.F("period: %s (from %s)", "kỳ báo cáo: %s (theo %s)", f.Survey.Period.Words(), f.Survey.PeriodFrom))
		p.sheets(f.Survey.Sheets)
	}
	for i := range f.Survey.Tables {
		p.table(&f.Survey.Tables[i])
	}
	p.seen(&f.Survey)
	if f.Survey.MoreTables > 0 {
		p.line("  ", lang.F("and %d more places of these tables", "và %d chỗ khác có các bảng này", f.Survey.MoreTables))
	}
	switch rest := f.Facts; {
	case len(rest) == 0:
	case len(f.Units) == 0:
		p.facts(lang.T("facts", "số liệu"), rest)
	default:
		for _, u := range f.Units {
			p.facts(lang.F("facts of %s", "số liệu của %s", u.Unit), rest[:u.Facts])
			rest = rest[u.Facts:]
		}
	}
	if f.MoreUnits > 0 {
		p.line("  ", lang.F("the figures of %d more units are not shown: name one with --unit", "số liệu của %d đơn vị khác không nêu ở đây: chọn một đơn vị bằng --unit", f.MoreUnits))
	}
	for _, d := range f.Diagnostics {
		p.line("  ", lang.F("%s: %s", "%s: %s", d.Severity.Title(), d))
	}
}

func level(u fact.Unit) lang.Text {
	if u.LevelTitle.IsZero() {
		return lang.T("unknown", "chưa rõ cấp")
	}
	return u.LevelTitle
}

func (p *surveyPrinter) sheets(sheets []fact.SheetSurvey) {
	var parts []lang.Text
	for _, s := range sheets {
		note := lang.Same("")
		switch {
		case s.State != "visible":
			note = lang.T(" (hidden: not counted)", " (ẩn: không tính)")
		case !s.Used:
			note = lang.T(" (no table of the plan)", " (không có bảng của kế hoạch)")
		}
		parts = append(parts, lang.F("%s%s", "%s%s", diag.QuoteSheet(s.Name), note))
	}
	p.line("  ", lang.F("sheets: %s", "trang tính: %s", lang.Join(parts, ", ")))
}

func (p *surveyPrinter) table(t *fact.TableSurvey) {
	if t.Relation != "" {
		p.line("  ", lang.F("✓ %s%s: %s in the database, %s", "✓ %s%s: %s trong cơ sở dữ liệu, %s",
			t.Title, p.id(t.ID), t.Relation, number.Count(t.Records, "record", "records", "hồ sơ")))
		for i := range t.Columns {
			p.bound(&t.Columns[i])
		}
		for i := range t.Queries {
			p.query(&t.Queries[i])
		}
		return
	}
	if t.Sheet == "" {
		want := lang.T("in any sheet", "ở mọi trang tính")
		if len(t.Wanted) > 0 {
			want = lang.F("in sheets named %s", "ở trang tính tên %s", strings.Join(t.Wanted, ", "))
		}
		p.line("  ", lang.F("✗ %s%s: not found; looked for %s", "✗ %s%s: không thấy; đã tìm %s", t.Title, p.id(t.ID), want))
		return
	}
	p.line("  ", lang.F("✓ %s%s: %s, header %s, %d rows of figures%s", "✓ %s%s: %s, tiêu đề %s, %d dòng số liệu%s",
		t.Title, p.id(t.ID), diag.QuoteSheet(t.Sheet), t.Header, t.Records, byMapping(t.Mapped)))
	for _, c := range t.Columns {
		p.column(&c)
	}
	if p.verbose {
		p.rows(t.Rows)
	}
}

// byMapping says that the mapping tells what a header is.
func byMapping(mapped bool) lang.Text {
	if !mapped {
		return lang.Text{}
	}
	return lang.T(", by the mapping", ", theo bảng đối chiếu")
}

// query prints what a database was asked.
func (p *surveyPrinter) query(q *fact.Query) {
	p.line("      ", lang.F("%s: %s in %s; statement SHA-256 %s", "%s: %s, %s; câu lệnh có SHA-256 %s",
		q.Source, number.Count(q.Records, "record", "records", "hồ sơ"), number.Count(int64(q.Groups), "group", "groups", "nhóm"), q.SHA256))
	if p.verbose {
		p.line("        ", lang.F("%s, snapshot %s", "%s, trạng thái dữ liệu %s", q.Server, q.Snapshot))
	}
}

// bound prints what a column of a list in a database is bound to.
func (p *surveyPrinter) bound(c *fact.ColumnSurvey) {
	switch {
	case c.Header != "":
		p.line("      ", lang.F("✓ %s: %s", "✓ %s: %s", c.ID, c.Header))
	case !c.Optional:
		p.line("      ", lang.F("✗ %s: not bound", "✗ %s: chưa liên kết", c.ID))
	case p.verbose:
		p.line("      ", lang.F("– %s: not bound, and optional", "– %s: chưa liên kết, không bắt buộc", c.ID))
	}
}

// maxRows bounds the rows of an account that are printed.
const maxRows = 2000

// rows prints what each row was taken as.
func (p *surveyPrinter) rows(rows []fact.RowSurvey) {
	for i, r := range rows {
		if i == maxRows {
			p.line("      ", lang.F("… and %d more rows", "… và %d hàng nữa", len(rows)-i))
			return
		}
		why := lang.Text{}
		if !r.Why.IsZero() {
			why = lang.F(" (%s)", " (%s)", r.Why)
		}
		p.line("      ", lang.F("row %d%s: %s%s%s", "hàng %d%s: %s%s%s", r.Row, strings.Repeat("  ", r.Depth), r.Role, quotedLabel(r.Label), why))
	}
}

func quotedLabel(label string) string {
	if label == "" {
		return ""
	}
	return " “" + label + "”"
}

// seen prints the headers that are none of the plan, and which tables they
// resemble.
func (p *surveyPrinter) seen(s *fact.Survey) {
	for _, h := range s.Seen {
		texts := h.Texts
		more := ""
		const most = 8
		if len(texts) > most && !p.verbose {
			texts, more = texts[:most], ", …"
		}
		p.line("  ", lang.F("? a header of no table: %s!%s “%s”%s", "? tiêu đề không thuộc bảng nào: %s!%s “%s”%s",
			diag.QuoteSheet(h.Sheet), h.Area, strings.Join(texts, "”, “"), more))
		for _, f := range h.Fits {
			p.line("      ", lang.F("%d of %d columns of “%s”%s%s", "có %d trong %d cột của “%s”%s%s", f.Found, f.Of, f.Title, missingColumns(f), wantedSheets(f)))
		}
	}
	if s.MoreSeen > 0 {
		p.line("  ", lang.F("and %d more headers of no table", "và %d tiêu đề khác không thuộc bảng nào", s.MoreSeen))
	}
}

func missingColumns(f fact.HeaderFit) lang.Text {
	if len(f.Missing) == 0 {
		return lang.Text{}
	}
	return lang.F("; missing: “%s”", "; thiếu: “%s”", strings.Join(f.Missing, "”, “"))
}

func wantedSheets(f fact.HeaderFit) lang.Text {
	if len(f.Wanted) == 0 {
		return lang.Text{}
	}
	return lang.F("; the sheet would have to be named %s", "; trang tính phải có tên %s", strings.Join(f.Wanted, ", "))
}

// id is the plan's own name of a table or a column, for those who write plans.
func (p *surveyPrinter) id(id string) string {
	if p.verbose {
		return " (" + id + ")"
	}
	return ""
}

func (p *surveyPrinter) column(c *fact.ColumnSurvey) {
	name := "“" + c.ID + "”"
	if len(c.Headers) > 0 {
		name = "“" + c.Headers[0] + "”"
	}
	name += p.id(c.ID)
	switch {
	case c.Column == "" && c.Optional && c.Nearest == "":
		if p.verbose {
			p.line("      ", lang.F("– %s: not there (optional)", "– %s: không có (không bắt buộc)", name))
		}
	case c.Column == "":
		other := lang.Text{}
		if len(c.Headers) > 1 {
			other = lang.F(", nor “%s”", ", cũng không có “%s”", strings.Join(c.Headers[1:], "”, “"))
		}
		p.line("      ", lang.F("✗ no column %s%s%s", "✗ không có cột %s%s%s", name, other, c.Near))
	case len(c.Also) > 0:
		p.line("      ", lang.F("! %s: columns %s, %s have the same header “%s”", "! %s: các cột %s, %s cùng tiêu đề “%s”", name, c.Column, strings.Join(c.Also, ", "), c.Header))
	default:
		headed := lang.Text{}
		if len(c.Headers) == 0 || c.Header != c.Headers[0] {
			headed = lang.F(", headed “%s”", ", tiêu đề “%s”", c.Header)
		}
		p.line("      ", lang.F("✓ %s: column %s%s", "✓ %s: cột %s%s", name, c.Column, headed))
	}
}

func (p *surveyPrinter) facts(whose lang.Text, facts []fact.Fact) {
	n := 0
	for i := range facts {
		f := &facts[i]
		if f.State == fact.Reported {
			n++
		}
	}
	p.line("  ", lang.F("%s: %d of %d found", "%s: tìm thấy %d trong %d", whose, n, len(facts)))
	for i := range facts {
		f := &facts[i]
		switch {
		case f.State == fact.Reported:
			where := ""
			if len(f.Sources) > 0 && len(f.Sources[0].Evidence) > 0 {
				where = " = " + f.Sources[0].Evidence[0].Where()
			}
			p.line("      ", lang.F("✓ %s: %s%s", "✓ %s: %s%s", f.Title, f.Shown, where))
		case f.State == fact.Invalid:
			p.line("      ", lang.F("! %s: %s", "! %s: %s", f.Title, f.Reason))
		case p.verbose || f.Lacks != diag.MissingTable: // those are said by their table
			p.line("      ", lang.F("✗ %s: %s", "✗ %s: %s", f.Title, f.Reason))
		}
	}
}

// Plain makes a text that a file controls safe to show on one line of a
// terminal or a log. What the log of a CI system would take for a command is
// broken with a space: GitHub's runners read "::error ::" at the start of a
// line, which wrapping may make of any word, and "##[error]" anywhere.
func Plain(s string) string {
	s = plain(s)
	if !strings.Contains(s, "::") && !strings.Contains(s, "##[") {
		return s
	}
	return strings.TrimPrefix(logCommands.Replace(" "+s), " ")
}

var logCommands = strings.NewReplacer(" ::", " : :", "\u00a0::", "\u00a0: :", "##[", "## [")
