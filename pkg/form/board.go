package form

import (
	"fmt"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

// Columns of the first sheet. Findings and results share them.
const (
	boardNumber = iota
	boardKind   // severity, or outcome
	boardPlace  // a link
	boardText
	boardCheck // check, or value
	boardGoal
	boardGap
	boardColumns
)

var boardWidths = [boardColumns]float64{5, 14, 30, 70, 20, 13, 24}

// board is the first sheet of an annotated copy: the findings with links, the
// results, and a legend of the colours. Its headers differ from those that a
// plan's tables are likely to have, so that a copy that is handed in again is
// read as the original submission was.
type board struct {
	*sheets.Sheet
	c    *copier
	lang lang.Lang
}

func (c *copier) writeBoard(b *sheets.Book) {
	s := board{c: c, lang: b.Lang}
	s.Sheet = b.Sheet(b.Name("parcheck"), sheets.Page{Widths: boardWidths[:], HideGrid: true, Footer: c.file()})
	s.head()
	s.legend()
	s.findings()
	for i := range c.Cards {
		s.results(&c.Cards[i])
	}
	s.End()
}

// file returns the name of the submission without its folders: the copy goes
// back to the agency, and the folders do not concern it.
func (c *copier) file() string { return c.Name[strings.LastIndexAny(c.Name, `/\`)+1:] }

// words returns the text in the language of the copy.
func (s *board) words(en, vi string) string { return lang.T(en, vi).In(s.lang) }

// line writes a text across the width of the sheet.
func (s *board) line(st sheets.Style, text string) {
	s.Across(st, text, boardColumns)
	s.EndRow(0)
}

// section starts a section of the sheet.
func (s *board) section(title string) {
	s.Skip(1)
	s.line(section, title)
}

func (s *board) head() {
	s.line(sheets.Style{Bold: true, Size: 14}, s.words("What parcheck found in this workbook", "Kết quả rà soát bằng parcheck"))
	for i := range s.c.Cards {
		c := &s.c.Cards[i]
		s.line(bold, lang.Sentence(c.Unit.Name.In(s.lang))+" · "+c.Plan.Title.In(s.lang)+" · "+c.Period.Words().In(s.lang))
		s.line(plain, s.tally(c))
	}
	var from string
	if len(s.c.Cards) > 0 {
		from = ", SHA-256 " + s.c.Cards[0].Input.SHA256
	}
	s.line(small, s.c.file()+from+" · "+s.c.Program)
	s.line(hint, s.words(
		"This copy is for reading; the submission itself is unchanged. Mend the submission, not this copy. Where a finding covers several cells, only the first is marked.",
		"Đây là bản sao để xem; tệp gốc không bị thay đổi. Hãy sửa ở tệp gốc, không sửa ở bản sao này. Với một vùng ô, ô đầu tiên được đánh dấu."))
	s.left(s.c.large, "%s has too many cells to be marked: what was found there is only listed here",
		"%s có quá nhiều ô nên không đánh dấu: phát hiện ở đó chỉ được liệt kê tại đây")
	s.left(s.c.silent, "%s has notes that new ones would harm: its cells are filled, and what was found is listed here",
		"%s có sẵn ghi chú có thể bị ảnh hưởng: ô vẫn được tô màu, còn nội dung được liệt kê tại đây")
}

// left reports which sheets could not be marked completely.
func (s *board) left(unmarked map[string]bool, en, vi string) {
	for _, e := range s.c.original.sheets {
		if unmarked[e.name] {
			s.line(sheets.Style{Italic: true}, lang.F(en, vi, diag.QuoteSheet(e.name)).In(s.lang))
		}
	}
}

// tally summarises a card in one line.
func (s *board) tally(c *score.Card) string {
	t := &c.Total
	var parts []string
	if t.Score != nil {
		parts = append(parts, lang.F("score %s (%s of %s points)", "điểm số %s (%s/%s điểm)", t.Score.Shown, t.Points.Shown, t.Max.Shown).In(s.lang))
	}
	if t.Coverage != nil {
		parts = append(parts, lang.F("coverage %s", "độ phủ %s", t.Coverage.Shown).In(s.lang))
	}
	for _, n := range []struct {
		outcome score.Outcome
		count   int
	}{{score.Met, t.Met}, {score.Missed, t.Missed}, {score.Missing, t.Missing}, {score.Invalid, t.Invalid}, {score.Pending, t.Pending}, {score.NotApplicable, t.NotApplicable}} {
		if n.count > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", n.outcome.Title().In(s.lang), n.count))
		}
	}
	return lang.Sentence(strings.Join(parts, " · "))
}

func (s *board) legend() {
	s.section(s.words("What the colours mean", "Ý nghĩa màu sắc"))
	for _, t := range tints {
		s.Blank(plain, 1)
		s.Text(sheets.Style{Fill: t.fill, Boxed: true, Center: true}, t.name.In(s.lang))
		s.Text(plain, lang.Sentence(t.meaning.In(s.lang)))
		s.EndRow(0)
	}
}

// header writes the header of a section.
func (s *board) header(titles ...lang.Text) {
	for _, t := range titles {
		s.Text(head, t.In(s.lang))
	}
	s.EndRow(0)
}

func (s *board) findings() {
	found := s.c.findings()
	s.section(term.Findings.Capital().In(s.lang) + ": " + fmt.Sprint(len(found)))
	if len(found) == 0 {
		return
	}
	s.header(lang.Same("#"), term.Severity.Capital(), term.Place.Capital(), lang.T("What, and what to do", "Phát hiện, cách xử lý"), term.Check.Capital())
	for i, d := range found {
		if i == maxFindings {
			s.line(sheets.Style{Italic: true}, lang.F("… and %d more: `parcheck validate` lists them", "… và %d phát hiện khác: xem bằng `parcheck validate`", len(found)-maxFindings).In(s.lang))
			return
		}
		t := tints[tintOf(d.Severity)]
		message := lang.Sentence(d.Message.In(s.lang))
		if d.Unit != "" && len(s.c.Cards) > 1 {
			message = d.Unit + ": " + message
		}
		s.Int(cellStyle.With(centered), i+1)
		s.Text(cellStyle.With(func(st *sheets.Style) { st.Center, st.Fill = true, t.fill }), t.name.In(s.lang))
		s.place(d.Pos.Sheet, d.Pos.Area)
		s.Text(cellStyle, message)
		s.Text(cellStyle.With(func(st *sheets.Style) { st.Size, st.Color = 9, midGrey }), string(d.Check))
		s.EndRow(0)
	}
}

// place adds a cell that links to cells of the submission.
func (s *board) place(sheet string, area diag.Area) {
	if sheet == "" {
		s.Text(cellStyle, s.words("the whole file", "cả tệp"))
		return
	}
	text := diag.Pos{Sheet: sheet, Area: area}.InSheet()
	first := diag.A1(max(area.Row, 1), max(area.Col, 1))
	s.Text(cellStyle.With(func(st *sheets.Style) { st.Underlined, st.Color = true, linkBlue }), text)
	s.Link(s.Next(), s.Filled(), diag.QuoteSheet(sheet)+"!"+first, text)
}

// results lists the targets of a card; those that need work come first.
func (s *board) results(c *score.Card) {
	s.section(s.words("Judgement", "Kết luận") + " · " + lang.Sentence(c.Unit.Name.In(s.lang)))
	s.header(lang.Same("#"), term.Outcome.Capital(), lang.T("Figures at", "Ô căn cứ"), lang.T("Promise and reasoning", "Nội dung, cách tính"),
		term.Value.Capital(), term.Goal.Capital(), term.Gap.Capital())
	n := 0
	for _, failing := range []bool{true, false} {
		for i := range c.Results {
			if r := &c.Results[i]; r.Outcome != score.NotApplicable && r.Outcome.Failing() == failing {
				n++
				s.result(c, r, n)
			}
		}
	}
}

func (s *board) result(c *score.Card, r *score.Result, n int) {
	outcome := cellStyle.With(centered)
	switch r.Outcome {
	case score.Missed:
		outcome.Fill = tints[missedTint].fill
	case score.Missing, score.Invalid:
		outcome.Fill = tints[errorTint].fill
	case score.Met, score.Pending, score.NotApplicable, score.Tracked:
	}
	text := r.Title.In(s.lang) + " (" + r.Clause + ")\n" + lang.Sentence(r.Reason.In(s.lang))
	s.Int(cellStyle.With(centered), n)
	s.Text(outcome, lang.Sentence(r.Outcome.Title().In(s.lang)))
	if e := append(evidence(c, r), unfilled(c, r)...); len(e) > 0 {
		first, _, _ := strings.Cut(e[0].Cells, ",")
		area, _ := diag.ParseArea(first)
		s.place(e[0].Sheet, area)
	} else {
		s.Blank(boxed, 1)
	}
	s.Text(cellStyle, text)
	s.Text(cellStyle.With(right), shown(r.Value, s.lang))
	s.Text(cellStyle.With(right), r.Goal.Shown.In(s.lang))
	s.Text(cellStyle.With(right), shown(r.Gap, s.lang))
	s.EndRow(0)
}

func shown(f *score.Figure, l lang.Lang) string {
	if f == nil {
		return ""
	}
	return f.Shown.In(l)
}
