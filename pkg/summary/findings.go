package summary

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

// maxFindings is how many findings a sheet lists; a worksheet has 1,048,576
// rows.
const maxFindings = 100_000

const findingsTop = 5 // header row

// writeFindings lists everything that was found, each with its place.
func (x *writer) writeFindings() {
	found := x.s.Found
	left := max(len(found)-maxFindings, 0)
	found = found[:len(found)-left]
	end := findingsTop + max(len(found), 1)
	top := body.With(func(st *sheets.Style) { st.Top = true })
	text := func(st sheets.Style, of func(*diag.Diagnostic) string) func(*sheets.Sheet, *diag.Diagnostic) {
		return func(s *sheets.Sheet, d *diag.Diagnostic) { s.Text(st, of(d)) }
	}
	table := sheets.Table[*diag.Diagnostic]{
		{Title: x.title(term.Severity), Width: 12, Cell: text(top, func(d *diag.Diagnostic) string { return x.severity(d.Severity) })},
		{Title: x.title(term.Wanted), Width: 34, Cell: text(wrapped, func(d *diag.Diagnostic) string { return x.wanted(d.Check) })},
		{Title: x.title(term.Unit), Width: 34, Cell: text(wrapped, func(d *diag.Diagnostic) string { return d.Unit })},
		{Title: x.title(term.File), Width: 30, Cell: text(wrapped, func(d *diag.Diagnostic) string { return d.Pos.File })},
		{Title: x.Say("Sheet", "Trang tính"), Width: 24, Cell: text(wrapped, func(d *diag.Diagnostic) string { return d.Pos.Sheet })},
		{Title: x.title(term.Cells), Width: 14, Cell: text(top, cellsOf)},
		{Title: x.Say("What is wrong", "Vấn đề"), Width: 80, Cell: text(wrapped, x.finding)},
	}.Place(headLeft)
	s := x.sheet(x.findings, sheets.Page{
		Widths: table.Widths(), Last: end, FreezeRow: findingsTop, TitleFirst: findingsTop, Tab: rust, LookedUp: !x.alone,
	})
	x.headline(s, x.title(term.Findings))
	s.Text(sheets.Style{Italic: true, Color: midGrey}, x.countFindings(left))
	s.EndRow(15)
	table.Header(s, 20)
	for i := range found {
		table.Row(s, &found[i], 0)
	}
	if len(found) == 0 {
		s.Text(body, x.title(term.None))
		s.Blank(body, len(table)-1)
		s.EndRow(0)
	}
	s.Filter(findingsTop, 1, end, len(table))
	first := "$" + diag.A1(findingsTop+1, 1)
	s.Rules(findingsTop+1, 1, end, 1, x.severityRules(first)...)
	s.End()
}

func (x *writer) severity(s diag.Severity) string {
	switch s {
	case diag.Error:
		return x.title(term.Error)
	case diag.Warning:
		return x.title(term.Warning)
	case diag.Note:
	}
	return x.title(term.Note)
}

// cellsOf is where a finding stands: cells, or a line of a text file.
func cellsOf(d *diag.Diagnostic) string {
	if d.Pos.Line > 0 {
		return strconv.Itoa(d.Pos.Line) + ":" + strconv.Itoa(d.Pos.Col)
	}
	return d.Pos.Area.String()
}

// finding is the message, followed by one line for each related place.
func (x *writer) finding(d *diag.Diagnostic) string {
	message := lang.Sentence(sheets.Clean(d.Message.In(x.Lang)))
	for _, r := range d.Related {
		message += "\n" + r.Pos.String() + ": " + r.Message.In(x.Lang)
	}
	return message
}

// wanted is what a check wants, in words: its id is for programs.
func (x *writer) wanted(id diag.CheckID) string {
	if c, ok := diag.FindCheck(id); ok {
		return x.title(c.Meaning)
	}
	return string(id)
}

// countFindings counts them all; left is how many the list leaves out.
func (x *writer) countFindings(left int) string {
	errors, warnings := x.s.Found.Count(diag.Error), x.s.Found.Count(diag.Warning)
	text := lang.F("%d errors, %d warnings, %d notes.", "%d lỗi, %d cảnh báo, %d lưu ý.",
		errors, warnings, len(x.s.Found)-errors-warnings).In(x.Lang)
	if left > 0 {
		text += lang.F(" The last %d are left out.", " Không liệt kê %d mục cuối.", left).In(x.Lang)
	}
	return text
}

// kind is all findings of one check and severity.
type kind struct {
	check    diag.CheckID
	severity diag.Severity
	count    int
	units    map[string]bool
	first    *diag.Diagnostic
}

// kinds groups the findings, the worst and then the most frequent first.
func (s *Summary) kinds() []*kind {
	var out []*kind
	for i := range s.Found {
		d := &s.Found[i]
		at := slices.IndexFunc(out, func(k *kind) bool { return k.check == d.Check && k.severity == d.Severity })
		if at < 0 {
			at = len(out)
			out = append(out, &kind{check: d.Check, severity: d.Severity, units: map[string]bool{}, first: d})
		}
		out[at].count++
		if who := cmp.Or(d.Unit, d.Pos.File); who != "" {
			out[at].units[who] = true
		}
	}
	slices.SortStableFunc(out, func(a, b *kind) int {
		return cmp.Or(cmp.Compare(a.severity, b.severity), cmp.Compare(b.count, a.count))
	})
	return out
}

// writeKinds writes how many findings there are of each kind. The findings
// themselves have a sheet of their own, which is not printed.
func (x *writer) writeKinds() {
	kinds := x.s.kinds()
	text := func(of func(*kind) string) func(*sheets.Sheet, *kind) {
		return func(s *sheets.Sheet, k *kind) { s.Text(wrapped, of(k)) }
	}
	number := func(of func(*kind) int) func(*sheets.Sheet, *kind) {
		return func(s *sheets.Sheet, k *kind) {
			s.Int(whole.With(func(st *sheets.Style) { st.Top, st.Center, st.Right = true, true, false }), of(k))
		}
	}
	table := sheets.Table[*kind]{
		{Title: x.title(term.Severity), Width: 12, Cell: text(func(k *kind) string { return x.severity(k.severity) })},
		{Title: x.title(term.Wanted), Width: 44, Cell: text(func(k *kind) string { return x.wanted(k.check) })},
		{Title: x.title(term.Findings), Width: 10, Cell: number(func(k *kind) int { return k.count })},
		{Title: x.title(term.UnitCount), Width: 9, Cell: number(func(k *kind) int { return len(k.units) })},
		{Title: x.Say("One of them", "Ví dụ"), Width: 80, Cell: text(func(k *kind) string { return x.title(k.first.Message) })},
	}.Place(headLeft)
	end := findingsTop + max(len(kinds), 1)
	s := x.sheet(x.kinds, sheets.Page{Widths: table.Widths(), Last: end, FreezeRow: findingsTop, TitleFirst: findingsTop, Tab: rust})
	x.headline(s, x.title(term.ByKind))
	s.Text(sheets.Style{Italic: true, Color: midGrey}, x.countFindings(0))
	s.EndRow(15)
	table.Header(s, 20)
	table.Rows(s, kinds, body)
	first := "$" + diag.A1(findingsTop+1, 1)
	s.Rules(findingsTop+1, 1, end, 1, x.severityRules(first)...)
	s.End()
}

func (x *writer) severityRules(cell string) []sheets.Rule {
	return []sheets.Rule{
		sheets.When(cell+"="+quote(x.severity(diag.Error)), sheets.Style{Fill: amber, Color: darkRust, Bold: true}),
		sheets.When(cell+"="+quote(x.severity(diag.Warning)), sheets.Style{Fill: yellow, Color: brown}),
	}
}
