package fact

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/account"
	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
	"github.com/parcheck/parcheck/pkg/table"
)

// source reads one source of a fact for the unit: once or, where columns make
// up its time in several ways, in each of them.
func (r *reader) source(pf *plan.Fact, src *plan.Source) []sourced {
	if src.Over != plan.Unsaid && !src.Op.OfRecords() {
		return r.told(func() []sourced { return r.overTime(pf, src) })
	}
	return r.told(func() []sourced { return []sourced{r.sourceOf(pf, src)} })
}

// told reads a source, and records whether a mapping helped to find it.
func (r *reader) told(read func() []sourced) []sourced {
	outer := r.mapped
	r.mapped = false
	out := read()
	for i := range out {
		if s := &out[i]; r.mapped {
			if s.Mapped = true; len(s.parts) == 0 && !s.How.IsZero() {
				s.How = lang.F("%s, %s", "%s, %s", s.How, throughMapping)
			}
		}
	}
	r.mapped = outer || r.mapped
	return out
}

func (r *reader) sourceOf(pf *plan.Fact, src *plan.Source) sourced {
	if src.Over == plan.Unsaid {
		if sum, ok := r.monthly(pf, src); ok {
			return sum
		}
	}
	switch src.Op {
	case plan.AddSource, plan.SubtractSource, plan.DaysSource:
		return r.derived(pf, src)
	case plan.CellSource:
		return r.cell(pf, src)
	case plan.TotalSource:
		return r.total(pf, src)
	case plan.CountSource, plan.SumSource, plan.DistinctSource, plan.MeanSource, plan.LeastSource, plan.MostSource:
		return r.records(pf, src)
	case plan.PreviousSource:
		return r.earlier(pf, src)
	case plan.SubmissionSource:
		return r.receipt()
	case plan.RosterSource:
		return r.deadline()
	}
	return sourced{}
}

// missing is a source without a figure; lacks is the check that says what is
// missing.
func missing(lacks diag.CheckID, reason lang.Text) sourced {
	return sourced{state: Missing, lacks: lacks, reason: reason}
}

func invalid(reason lang.Text, how lang.Text, e ...Evidence) sourced {
	return sourced{Source: Source{How: how, Evidence: e}, state: Invalid, reason: reason}
}

// tablesFor lists the tables of a source that hold figures of the unit: those with
// a column of units and, for the unit that reports, the others.
func (r *reader) tablesFor(id string) []*body {
	var out []*body
	tables := r.tables
	if r.only != nil {
		tables = r.only
	}
	for _, t := range tables {
		if t.sheetUnit != nil {
			if t.ID == id && t.sheetUnit.is(r.unit.Unit) {
				out = append(out, t)
			}
			continue
		}
		if named := t.unitColumn().Col > 0; t.ID == id && (named && !r.unit.absent || !named && r.unit.reporting) {
			out = append(out, t)
		}
	}
	return out
}

// noUnit says that a table has no rows of the unit.
func (r *reader) noUnit(id string) sourced {
	t := r.plan.FindTable(id)
	return missing(diag.MissingRow, lang.F("the table %q has nothing of this unit", "bảng %q không có số liệu của đơn vị này", t.Title))
}

// noTable says which table was looked for.
func (r *reader) noTable(id string) sourced {
	t := r.plan.FindTable(id)
	if slices.ContainsFunc(r.tables, func(t *body) bool { return t.ID == id }) {
		return r.noUnit(id)
	}
	if len(t.Sheets) > 0 {
		return missing(diag.MissingTable, lang.F("no table %q (sheets named %s)", "không có bảng %q (trang tính tên %s)", t.Title, quoted(t.Sheets)))
	}
	return missing(diag.MissingTable, lang.F("no table %q", "không có bảng %q", t.Title))
}

// noColumn says which column was looked for.
func (c *content) noColumn(t *body, id string) sourced {
	period := t.time
	if t.time == (plan.Period{}) {
		period = c.period
	}
	names := ColumnNames(t.FindColumn(id), period)
	if len(names) == 0 {
		return missing(diag.MissingColumn, lang.F("%s has no column for %s", "bảng %s không có cột cho kỳ %s", t.Title, period.Words()))
	}
	return missing(diag.MissingColumn, lang.F("no column %s in %s", "không có cột %s trong %s", quoted(names), diag.QuoteSheet(t.sheet.Name)))
}

// cell reads one cell of a form or a cross-table.
func (r *reader) cell(pf *plan.Fact, src *plan.Source) sourced {
	tables := r.tablesFor(src.Table)
	if len(tables) == 0 {
		return r.noTable(src.Table)
	}
	var hits []hit
	columns := 0
	for _, t := range tables {
		if _, f := t.column(src.Column); f.Col == 0 {
			continue
		}
		columns++
		for _, i := range r.matching(t, src) {
			if row := &t.rows[i]; row.Role != account.Nothing && row.Role != account.Beyond {
				hits = append(hits, hit{table: t, row: row})
			}
		}
	}
	if columns == 0 {
		return r.noColumn(tables[0], src.Column)
	}
	hits, why, ok := r.counting(src, hits)
	if !ok {
		return why
	}
	switch len(hits) {
	case 0:
		return r.noRow(tables, src)
	case 1:
		return r.readOne(pf, src, hits[0])
	}
	return r.oneOf(pf, src, hits)
}

// readOne is read that also explains a cell that is blank because a merge
// covers it.
func (r *reader) readOne(pf *plan.Fact, src *plan.Source, h hit) sourced {
	s := r.read(pf, src, h)
	if _, f := h.table.column(src.Column); s.state == Missing && h.table.sheet.under(h.row.Number, f.Col) {
		s.reason = lang.F("%s lies under merged cells", "%s nằm dưới ô gộp", s.where())
	}
	return s
}

// hit is a row that matches a source.
type hit struct {
	table  *body
	row    *table.Row
	addend bool // it is one of several that are added up
}

// maxEvidence bounds the rows that are listed one by one as evidence of the
// figure that they all state.
const maxEvidence = 5

// oneOf accepts several rows for one label only if all that are filled state
// the same figure.
func (r *reader) oneOf(pf *plan.Fact, src *plan.Source, hits []hit) sourced {
	first := r.readOne(pf, src, hits[0])
	var rest []hit // the rows that state the same figure, beyond those that are named
	for _, h := range hits[1:] {
		s := r.readOne(pf, src, h)
		switch {
		case s.state == Missing:
			continue
		case first.state == Missing:
			first = s
			continue
		case s.state == first.state && s.Choice == first.Choice && s.Value.Equal(first.Value):
			if len(first.Evidence) < maxEvidence {
				first.Evidence = append(first.Evidence, s.Evidence...)
			} else {
				rest = append(rest, h)
			}
			continue
		}
		d := diag.New(diag.TwoRows, r.at(h.table.sheet, h.row.Number, 1), lang.F(
			"%s stands in %s with different figures, %s and %s%s: keep one",
			"%s có ở %s với số liệu khác nhau, %s và %s%s: hãy giữ một dòng", pf.Title, howMany(len(hits)), first.where(), s.where(), among(len(hits))))
		d.Related = []diag.Related{{Pos: r.place(first.Source), Message: lang.T("the other row", "dòng kia")}}
		r.diags = append(r.diags, d)
		return invalid(d.Message, first.How, append(first.Evidence, s.Evidence...)...)
	}
	if len(rest) > 0 {
		first.Evidence = append(first.Evidence, r.further(src, rest))
		d := diag.New(diag.TwoRows, r.at(hits[0].table.sheet, hits[0].row.Number, 1), lang.F(
			"%s stands in %s with the same figure, the first at %s: it is counted once; keep one",
			"%s có ở %s với cùng số liệu, đầu tiên ở %s: chỉ tính một lần; hãy giữ một dòng", pf.Title, rowCount(int64(len(hits))), first.where()))
		d.Severity = diag.Note
		r.diags = append(r.diags, d)
	}
	return first
}

// further is the evidence of rows that state the same figure, taken together:
// their place is that of those in the first one's sheet.
func (r *reader) further(src *plan.Source, rest []hit) Evidence {
	first := rest[0].table
	area := records.Span{}
	for _, h := range rest {
		if h.table.sheet == first.sheet {
			area.Add(h.row.Number)
		}
	}
	_, f := first.column(src.Column)
	n := int64(len(rest))
	return Evidence{
		File: r.file, Sheet: first.sheet.Name, Cells: area.Area(f.Col).String(), Count: n,
		Read: lang.F("the same figure in %s more", "cùng số liệu ở %s nữa", rowCount(n)),
	}
}

// howMany counts rows of one name.
func howMany(n int) lang.Text {
	if n == 2 {
		return lang.T("two rows", "hai dòng")
	}
	return rowCount(int64(n))
}

// among says that there are more places than the two that are named.
func among(n int) lang.Text {
	if n == 2 {
		return lang.Text{}
	}
	return lang.T(" among them", " trong số đó")
}

// read reads the figure of a row.
func (r *reader) read(pf *plan.Fact, src *plan.Source, h hit) sourced {
	col, f := h.table.column(src.Column)
	c, crowded := f.Cell(h.row.Row)
	r.mapped = r.mapped || h.table.mapsFigure(src, h.row) || h.table.mapsChoice(src.Column, table.Text(c))
	how := cellText(h)
	if len(src.Where) > 0 {
		how = lang.F("%s, counted with %s", "%s, được tính khi có %s", how, conditionsText(h.table.Table, src))
	}
	if header := h.table.doubtful(src); header != "" {
		return invalid(twoColumns(h.table, header), how, r.evidence(h, c, lang.Text{}))
	}
	if crowded {
		return invalid(lang.F("several cells under the header %q are filled in row %d: it cannot be told which one counts",
			"có nhiều ô dưới tiêu đề %q ở hàng %d: không xác định được ô nào được tính", f.Path, h.row.Number), how, r.evidence(h, c, lang.Text{}))
	}
	r.noteFormula(h.table.sheet, h.row.Number, c)
	v := readCell(c, col, h.table.money[col.ID])
	if v.state == Reported && col.Type == plan.Date {
		v = unseen(c, readDay(&c, h.table.sheet.grid.Epoch1904))
	}
	if v.converted && pf.Kind != plan.AmountFact {
		v = refuseShown(string(c.Raw), v.shown)
	}
	v = r.checkShown(checkAddend(v, pf.Kind, h.addend), h, c, src.Column)
	e := r.evidence(h, c, v.read())
	if v.check != "" {
		r.report(v, h.table.sheet, h.row.Number, c.Col)
	}
	if v.state == Reported {
		r.checkName(h)
	}
	s := sourced{Source: Source{Value: v.number, Choice: v.choice, How: how, Evidence: []Evidence{e}}, state: v.state, lacks: diag.BlankCell}
	switch {
	case v.state != Reported:
		s.reason = lang.F("%s: %s", "%s: %s", e.Where(), v.reason)
	case pf.Kind == plan.AmountFact && !h.table.scaleOf(col.ID).known():
		s.state, s.reason = Invalid, h.table.scaleOf(col.ID).why
	case pf.Kind == plan.AmountFact:
		s.Value = v.number.Mul(h.table.scaleOf(col.ID).times)
	}
	return s
}

// checkName warns of a figure whose row has a name that is struck out or hidden.
func (r *reader) checkName(h hit) {
	for i := range h.table.Columns {
		if h.table.Columns[i].Role != plan.LabelRole {
			continue
		}
		cl, _ := h.table.header.Columns[i].Cell(h.row.Row)
		at := reportedAt{diag.MarkedText, h.table.sheet, h.row.Number, cl.Col}
		if !cl.Mark.Withdrawn() || r.reported[at] {
			continue
		}
		r.noteReported(at)
		d := diag.New(diag.MarkedText, r.at(h.table.sheet, h.row.Number, cl.Col), lang.F(
			"%q is struck out or not shown, in part or as a whole, and its figures count: clear the row, or show its name without the line",
			"%q bị gạch bỏ hoặc bị ẩn, một phần hay toàn bộ, mà số liệu vẫn được tính: hãy xóa dòng, hoặc bỏ gạch và hiện tên dòng", clip(table.Text(cl))))
		d.Severity = diag.Warning
		r.diags = append(r.diags, d)
	}
}

func twoColumns(t *body, header string) lang.Text {
	return lang.F("several columns of %s are headed %q", "có nhiều cột của bảng %s cùng có tiêu đề %q", t.Title, header)
}

// report adds the finding on a value; once, where several facts read one cell.
func (r *reader) report(v value, s *sheet, row, col int) {
	at := reportedAt{v.check, s, row, col}
	if r.reported[at] {
		return
	}
	r.noteReported(at)
	r.repeated.add(diag.New(v.check, r.at(s, row, col), v.said()))
}

func (r *reader) noteReported(at reportedAt) {
	if r.reported == nil {
		r.reported = map[reportedAt]bool{}
	}
	r.reported[at] = true
}

// reportedAt is a finding at a cell.
type reportedAt struct {
	check    diag.CheckID
	sheet    *sheet
	row, col int
}

var kindNames = [...]string{cell.Blank: "blank", cell.Number: "number", cell.Text: "text", cell.Bool: "boolean", cell.Error: "error", cell.Date: "date"}

// stored is the content of a cell as the file stores it; a boolean as it is
// shown.
func stored(c cell.Cell) string {
	if c.Kind == cell.Bool {
		return table.Text(c)
	}
	return string(c.Raw)
}

func (r *reader) evidence(h hit, c cell.Cell, how lang.Text) Evidence {
	return Evidence{
		File: r.file, Sheet: h.table.sheet.Name, Cells: diag.A1(h.row.Number, c.Col), Count: 1,
		Raw: clip(stored(c)), Kind: kindNames[c.Kind], Read: how, Formula: c.Formula != cell.NoFormula,
	}
}

// derived adds or subtracts other facts.
func (r *reader) derived(pf *plan.Fact, src *plan.Source) sourced {
	s := sourced{state: Reported, parts: src.Facts}
	var words []lang.Text
	for i, id := range src.Facts {
		part := r.fact(r.Questions.facts[id])
		r.mapped = r.mapped || len(part.Sources) > 0 && part.Sources[0].Mapped
		words = append(words, part.Title)
		if part.State != Reported {
			if s.state == Reported || part.State == Invalid {
				s.state, s.lacks = part.State, part.Lacks
				s.reason = lang.F("%s: %s", "%s: %s", part.Title, part.Reason)
			}
			continue
		}
		switch {
		case i == 0:
			s.Value = part.Value
		case src.Op == plan.SubtractSource:
			s.Value = s.Value.Sub(part.Value)
		case src.Op == plan.DaysSource:
			s.Value = src.Between.Of(s.Value, part.Value, r.plan.WorkingDays())
		default:
			s.Value = s.Value.Add(part.Value)
		}
		s.Evidence = append(s.Evidence, part.Sources[0].Evidence...)
	}
	sep := " + "
	if src.Op == plan.SubtractSource {
		sep = " − "
	}
	s.How = lang.Join(words, sep)
	if src.Op == plan.DaysSource {
		s.How = src.Words(r.plan)
		if src.Between.Fact == "" {
			s.Value = src.Between.Of(s.Value, plan.OfDay(src.Between.Literal), r.plan.WorkingDays())
		}
	}
	if s.state == Reported && s.Value.Sign() < 0 {
		v := checkKind(value{state: Reported, number: s.Value}, pf.Kind)
		s.state, s.reason = Invalid, v.reason
		r.diags.Add(diag.Negative, r.place(s.Source), lang.F("%s (%s): %s", "%s (%s): %s", pf.Title, s.How, v.reason))
	}
	return s
}

// total reads the total row of a cross-table; without one, the sum of its
// detail rows.
func (r *reader) total(pf *plan.Fact, src *plan.Source) sourced {
	tables := r.tablesFor(src.Table)
	if len(tables) == 0 {
		return r.noTable(src.Table)
	}
	if len(tables) > 1 {
		return r.twoPlaces(tables[0], tables[1])
	}
	t := tables[0]
	_, f := t.column(src.Column)
	if f.Col == 0 {
		return r.noColumn(t, src.Column)
	}
	k := t.addedColumn(src.Column)
	if t.unitOf == nil || len(r.unit.keys) == 0 {
		s := sourced{}
		if i := t.account.Total; i >= 0 {
			s = r.readOne(pf, src, hit{table: t, row: &t.rows[i]})
		}
		s.How = lang.F("total row of %q", "dòng tổng của bảng %q", t.Title)
		if k >= 0 && s.state != Invalid {
			if reason, ok := t.undecided(k); ok {
				return invalid(reason, s.How, s.Evidence...)
			}
		}
		if t.account.Total >= 0 {
			if s.state != Missing || k < 0 {
				return s
			}
			if sum := r.sumRows(pf, src, t, f, k); sum.state != Missing {
				return sum
			}
			return s // neither has a figure
		}
	}
	return r.sumRows(pf, src, t, f, k)
}

// twoPlaces reports a table that stands in a workbook twice: which one is meant
// cannot be known.
func (r *reader) twoPlaces(a, b *body) sourced {
	reason := lang.F("the table %q stands in two places, %s and %s: keep one", "bảng %q có ở hai nơi, %s và %s: hãy giữ một",
		a.Title, r.placeOf(a, b), r.placeOf(b, a))
	pos := r.headerAt(b.located)
	if a.sheet != b.sheet {
		pos = diag.Pos{File: r.file, Sheet: b.sheet.Name}
	}
	at := reportedAt{diag.TwoTables, b.sheet, b.header.Top, 0}
	if !r.reported[at] {
		r.noteReported(at)
		r.diags.Add(diag.TwoTables, pos, reason)
	}
	return invalid(reason, lang.Text{})
}

// placeOf names where a table stands, beside another: the sheet, or its header.
func (r *reader) placeOf(t, beside *body) string {
	if t.sheet != beside.sheet {
		return diag.QuoteSheet(t.sheet.Name)
	}
	return diag.QuoteSheet(t.sheet.Name) + "!" + r.headerAt(t.located).Area.String()
}

// sumRows adds the detail rows of the unit up: column is that of the account.
func (r *reader) sumRows(pf *plan.Fact, src *plan.Source, t *body, f table.Found, column int) sourced {
	s := sourced{state: Missing, Source: Source{How: lang.F("sum of the detail rows of %q", "tổng các dòng chi tiết của bảng %q", t.Title)}}
	if header := t.doubtful(src); header != "" {
		return invalid(twoColumns(t, header), s.How)
	}
	sums := t.summed(column)
	var addends, parts, blank records.Span
	for i := range r.rowsOf(t) {
		row := &t.rows[i]
		switch sums[i] {
		case aPart:
			parts.Add(row.Number)
			continue
		case aBlank:
			blank.Add(row.Number)
			continue
		case anOther:
			continue
		case anAddend:
		}
		one := r.read(pf, src, hit{table: t, row: row, addend: true})
		if one.state == Invalid {
			return one
		}
		if one.state == Reported {
			s.state, s.Value = Reported, s.Value.Add(one.Value)
			addends.Add(row.Number)
		}
	}
	if parts.N > 0 {
		s.How = lang.F("%s, without %s that are parts of the rows above them", "%s, không gồm %s là một phần của dòng trên", s.How, rowCount(parts.N))
	}
	s.Evidence = []Evidence{{File: r.file, Sheet: t.sheet.Name, Cells: addends.Area(f.Col).String(), Count: addends.N, Read: asNumber}}
	if v := checkKind(value{state: Reported, number: s.Value}, pf.Kind); s.state == Reported && v.state == Invalid {
		s.state, s.reason = Invalid, v.reason
	}
	if s.state == Missing {
		return missing(diag.BlankCell, lang.F("%s has no figure in its column %q", "bảng %s không có số liệu ở cột %q", t.Title, f.Path))
	}
	if blank.N > 0 {
		r.reportBlanks(t, f, blank)
	}
	if i := t.account.Total; i >= 0 && (t.unitOf == nil || len(r.unit.keys) == 0) {
		r.reportBlankTotal(t, f, i)
	}
	return s
}

// reportBlankTotal tells of a total row that is blank in a column whose details
// are not.
func (r *reader) reportBlankTotal(t *body, f table.Found, total int) {
	r.warnOnce(r.at(t.sheet, t.rows[total].Number, f.Col), lang.F(
		"%s is blank in the column %q: the sum of the rows is used; fill it in",
		"%s để trống ở cột %q: dùng tổng các dòng; hãy điền", t.rowName(total), f.Path))
}

// warnOnce tells of a blank cell, however many facts read it.
func (r *reader) warnOnce(pos diag.Pos, text lang.Text) {
	if slices.ContainsFunc(r.diags, func(d diag.Diagnostic) bool { return d.Check == diag.BlankCell && d.Pos == pos }) {
		return
	}
	d := diag.New(diag.BlankCell, pos, text)
	d.Severity = diag.Warning
	r.diags = append(r.diags, d)
}

// reportBlanks tells of details without a figure in a column that is added up:
// what is not reported is not 0.
func (r *reader) reportBlanks(t *body, f table.Found, blank records.Span) {
	r.warnOnce(r.at(t.sheet, blank.First, f.Col), lang.F(
		"%s without a figure in the column %q, the first in row %d: the sum is of the others, and blank is not 0; fill them in, with 0 where there is none",
		"%s để trống ở cột %q, đầu tiên ở hàng %d: tổng chỉ gồm các dòng còn lại, để trống không phải là 0; hãy điền, ghi 0 nếu không có",
		rowCount(blank.N), f.Path, blank.First))
}
