package form

import (
	"cmp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

// tint is the meaning of a cell's fill, the worst first.
type tint uint8

const (
	errorTint tint = iota
	warningTint
	missedTint // a figure behind a missed target
	noteTint
)

// tints are the fills and their names: colour is never the only sign.
var tints = [...]struct {
	fill          string
	name, meaning lang.Text
}{
	errorTint: {"F4B6A6", term.Error.Capital(),
		lang.T("the figure cannot be used, or is not there", "số liệu không dùng được hoặc không có")},
	warningTint: {"FFE08A", term.Warning.Capital(),
		lang.T("the figure is used, and somebody should look", "số liệu được dùng nhưng cần xem lại")},
	missedTint: {"D9CCE8", term.Missed.Capital(),
		lang.T("a figure behind a target that was missed", "số liệu làm căn cứ của chỉ tiêu không đạt")},
	noteTint: {"CFE2F3", term.Note.Capital(),
		term.Knowing},
}

func tintOf(s diag.Severity) tint {
	switch s {
	case diag.Warning:
		return warningTint
	case diag.Note:
		return noteTint
	case diag.Error:
	}
	return errorTint
}

// mark is the note on one cell.
type mark struct {
	row, col int
	anchor   [2]int // of the merged cells that hide it
	tint     tint
	lines    []string
}

func (k *mark) cell() string { return diag.A1(k.row, k.col) }

// sheetMarks are the marks of one sheet.
type sheetMarks struct {
	at    map[[2]int]*mark // by row and column
	marks []*mark          // in the order in which they were made
}

func (m *sheetMarks) say(row, col int, t tint, line string) {
	k := m.at[[2]int{row, col}]
	if k == nil {
		k = &mark{row: row, col: col, tint: noteTint}
		m.at[[2]int{row, col}] = k
		m.marks = append(m.marks, k)
	}
	k.tint = min(k.tint, t)
	if !slices.Contains(k.lines, line) {
		k.lines = append(k.lines, line)
	}
}

// onVisible moves the marks of cells hidden in a merged area to its visible
// cell, and sorts the marks.
func (m *sheetMarks) onVisible(merges []diag.Area) {
	all := m.marks
	slices.SortFunc(all, func(a, b *mark) int { return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.col, b.col)) })
	for _, area := range merges {
		i, _ := slices.BinarySearchFunc(all, area.Row, func(k *mark, row int) int { return cmp.Compare(k.row, row) })
		for ; i < len(all) && all[i].row <= area.ToRow; i++ {
			if k := all[i]; k.col >= area.Col && k.col <= area.ToCol {
				k.anchor = [2]int{area.Row, area.Col}
			}
		}
	}
	out := sheetMarks{at: map[[2]int]*mark{}}
	for _, k := range all {
		row, col := k.row, k.col
		if k.anchor != [2]int{} {
			row, col = k.anchor[0], k.anchor[1]
		}
		for _, line := range k.lines {
			out.say(row, col, k.tint, line)
		}
	}
	*m = out
}

// marks collects the notes on the cells of the submission.
func (s Submission) marks() map[string]*sheetMarks {
	out := map[string]*sheetMarks{}
	say := func(sheet string, area diag.Area, t tint, text string) {
		if sheet == "" {
			return
		}
		if out[sheet] == nil {
			out[sheet] = &sheetMarks{at: map[[2]int]*mark{}}
		}
		// Of an area the first cell is marked; of whole rows and columns too.
		out[sheet].say(max(area.Row, 1), max(area.Col, 1), t, tints[t].name.In(s.Lang)+": "+within(area)+text)
	}
	found := s.findings()
	for _, d := range found[:min(len(found), maxFindings)] {
		say(d.Pos.Sheet, d.Pos.Area, tintOf(d.Severity), d.Message.In(s.Lang)+" ["+string(d.Check)+"]")
	}
	for i := range s.Cards {
		c := &s.Cards[i]
		for j := range c.Results {
			r := &c.Results[j]
			if r.Outcome != score.Missed {
				continue
			}
			text := r.Title.In(s.Lang) + " (" + r.Clause + "): " + r.Reason.In(s.Lang)
			for _, e := range evidence(c, r) {
				for _, cells := range strings.Split(e.Cells, ",") {
					if a, ok := diag.ParseArea(cells); ok {
						say(e.Sheet, a, missedTint, text)
					}
				}
			}
		}
	}
	return out
}

// within names the area that a mark on its first cell is about.
func within(a diag.Area) string {
	if a.Row == a.ToRow && a.Col == a.ToCol || a.IsZero() {
		return ""
	}
	return a.String() + ": "
}

// evidence lists the cells behind a result, each once: the cells of the adopted
// sources.
func evidence(c *score.Card, r *score.Result) []fact.Evidence {
	var out []fact.Evidence
	for _, id := range r.Facts {
		for i := range c.Facts {
			f := &c.Facts[i]
			if f.ID != id || len(f.Sources) == 0 {
				continue
			}
			for _, e := range f.Sources[0].Evidence {
				if !slices.ContainsFunc(out, func(o fact.Evidence) bool { return o.Sheet == e.Sheet && o.Cells == e.Cells }) {
					out = append(out, e)
				}
			}
		}
	}
	return out
}

// unfilled lists the empty cells that should hold the figures of a result.
func unfilled(c *score.Card, r *score.Result) []fact.Evidence {
	var out []fact.Evidence
	for i := range c.Facts {
		if f := &c.Facts[i]; f.Blank != nil && slices.Contains(r.Facts, f.ID) {
			out = append(out, *f.Blank)
		}
	}
	return out
}

// findings lists every finding once, the worst first.
func (s Submission) findings() diag.List {
	out := slices.Clone(s.Found)
	for i := range s.Cards {
		out = append(out, s.Cards[i].Diagnostics...)
	}
	out.Sort()
	slices.SortStableFunc(out, func(a, b diag.Diagnostic) int { return cmp.Compare(a.Severity, b.Severity) })
	return slices.CompactFunc(out, func(a, b diag.Diagnostic) bool {
		return a.Check == b.Check && a.Pos == b.Pos && a.Message.Equal(b.Message)
	})
}

// painter fills cells and adds notes to them.
type painter struct {
	f      *excelize.File
	lang   lang.Lang
	styles map[painted]int
	err    error // the first
}

func (p *painter) keep(err error) { p.err = cmp.Or(p.err, err) }

// painted identifies a style of the submission with another fill.
type painted struct {
	style int
	tint  tint
}

// paint marks a sheet. It returns false if the sheet's own notes prevent new
// ones.
func (p *painter) paint(sheet string, m *sheetMarks, notes bool) bool {
	own := map[string]bool{}
	if notes {
		list, err := p.f.GetComments(sheet)
		p.keep(err)
		for _, c := range list {
			own[c.Cell] = true
		}
	}
	for _, k := range m.marks {
		p.fill(sheet, k.cell(), k.tint)
	}
	for _, k := range m.marks {
		if notes && !own[k.cell()] && !p.note(sheet, k) {
			return false
		}
	}
	return true
}

// fill changes only the fill of a cell's style.
func (p *painter) fill(sheet, at string, t tint) {
	id, err := p.f.GetCellStyle(sheet, at)
	p.keep(err)
	key := painted{id, t}
	styled, ok := p.styles[key]
	if !ok {
		styled = p.repaint(key)
		p.styles[key] = styled
	}
	p.keep(p.f.SetCellStyle(sheet, at, at, styled))
}

// repaint copies a style as it stands in the file, with another fill.
// excelize's own GetStyle and NewStyle would lose what they do not know.
func (p *painter) repaint(key painted) int {
	bare, err := p.f.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{tints[key.tint].fill}}})
	p.keep(err)
	all := p.f.Styles.CellXfs
	if p.err != nil || key.style >= len(all.Xf) {
		return bare
	}
	xf := all.Xf[key.style]
	xf.FillID, xf.ApplyFill = all.Xf[bare].FillID, new(true)
	all.Xf = append(all.Xf, xf)
	all.Count = len(all.Xf)
	return all.Count - 1
}

// Bounds of a note.
const (
	maxNoteLines = 6
	maxNoteLine  = 400 // UTF-16 units
)

// note adds a note to a cell.
func (p *painter) note(sheet string, k *mark) bool {
	lines := k.lines
	if more := len(lines) - maxNoteLines; more > 0 {
		lines = append(slices.Clone(lines[:maxNoteLines]), lang.F("… and %d more: see the first sheet", "… và %d nội dung khác: xem trang đầu", more).In(p.lang))
	}
	text := ""
	for i, line := range lines {
		if i > 0 {
			text += "\n"
		}
		text += sheets.Cut(sheets.Clean(line), maxNoteLine)
	}
	n := 0
	for _, line := range strings.Split(text, "\n") {
		n += 1 + len([]rune(line))/48
	}
	return p.f.AddComment(sheet, excelize.Comment{
		Cell: k.cell(), Author: "parcheck", Width: 340, Height: uint(min(20+16*n, 420)),
		Paragraph: []excelize.RichTextRun{{Text: text, Font: &excelize.Font{Family: "Tahoma", Size: 9, Color: "000000"}}},
	}) == nil
}
