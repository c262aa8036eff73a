package form

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
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

// board is the first sheet of a copy: what was found, with links, the results,
// and what the colours mean. Its headers are none that a table of a plan is
// likely to have: a copy that comes back is read as the submission was.
type board struct {
	*paper
	c     *copier
	links []link
}

type link struct {
	row    int
	target string
	tip    string
}

func (c *copier) writeBoard(b *book) {
	if b.err != nil {
		return
	}
	s := board{c: c}
	s.paper = b.paper(b.sheetName("parcheck"), len(c.original.sheets), page{widths: boardWidths[:], landscape: true, footer: path.Base(c.Name)})
	s.head()
	s.legend()
	s.findings()
	for i := range c.Cards {
		s.results(&c.Cards[i])
	}
	for _, l := range s.links {
		if s.sw != nil {
			tip := cut(clean(l.tip), 250)
			b.keep(b.f.SetCellHyperLink(s.name, diag.A1(l.row, boardPlace+1), l.target, "Location", excelize.HyperlinkOpts{Tooltip: &tip}))
		}
	}
	s.end()
	b.moveToFront()
}

// moveToFront makes the last sheet the first and the one in view. What counts
// sheets by their place is moved with them. excelize's own MoveSheet would take
// every sheet apart and write it anew.
func (b *book) moveToFront() {
	wb := b.f.WorkBook
	if b.err != nil || wb == nil {
		return
	}
	sheets := wb.Sheets.Sheet
	last := len(sheets) - 1
	moved := sheets[last]
	copy(sheets[1:], sheets[:last])
	sheets[0] = moved
	if wb.DefinedNames != nil {
		for _, n := range wb.DefinedNames.DefinedName {
			if at := n.LocalSheetID; at != nil {
				*at = (*at + 1) % (last + 1)
			}
		}
	}
	if wb.BookViews != nil {
		for i := range wb.BookViews.WorkBookView {
			wb.BookViews.WorkBookView[i].ActiveTab, wb.BookViews.WorkBookView[i].FirstSheet = 0, 0
		}
	}
}

var selected = regexp.MustCompile(` tabSelected="(1|true)"`)

// unselect takes the selection off the sheets: with two that are selected,
// what is typed into one goes into both.
func unselect(name string, data []byte) []byte {
	end := bytes.Index(data, []byte("sheetData"))
	if end < 0 || !strings.HasSuffix(name, ".xml") {
		return data
	}
	return append(selected.ReplaceAll(data[:end], nil), data[end:]...)
}

// line writes a text over the width of the sheet.
func (s *board) line(l look, text string, height float64) {
	s.add(l, text)
	s.endRow(height)
	s.merge(s.row, 1, s.row, boardColumns)
}

func (s *board) head() {
	s.line(look{bold: true, size: 14}, s.say("What parcheck found in this workbook", "Kết quả rà soát bằng parcheck"), 22)
	for i := range s.c.Cards {
		c := &s.c.Cards[i]
		s.line(look{bold: true}, sentence(c.Unit.Name.In(s.lang))+" · "+c.Plan.Title.In(s.lang)+" · "+fact.PeriodText(c.Period).In(s.lang), tall(1))
		s.line(look{}, s.tally(c), tall(1))
	}
	var from string
	if len(s.c.Cards) > 0 {
		from = ", SHA-256 " + s.c.Cards[0].Input.SHA256
	}
	s.line(smallLook, s.c.Name+from+" · "+s.c.Program, tall(1))
	s.line(hintLook, s.say(
		"This is a copy to look at; the submission itself is unchanged. Mend the submission, not this copy. Of an area the first cell is marked.",
		"Đây là bản sao để xem; tệp gốc không bị thay đổi. Hãy sửa ở tệp gốc, không sửa ở bản sao này. Với một vùng ô, ô đầu tiên được đánh dấu."), tall(1))
	s.left(s.c.large, "%s has too many cells to be marked: what was found there is only listed here",
		"%s có quá nhiều ô nên không đánh dấu: phát hiện ở đó chỉ được liệt kê tại đây")
	s.left(s.c.silent, "%s has notes that new ones would harm: its cells are filled, and what was found is listed here",
		"%s có sẵn ghi chú có thể bị ảnh hưởng: ô vẫn được tô màu, còn nội dung được liệt kê tại đây")
}

// left says which sheets were not wholly marked.
func (s *board) left(sheets map[string]bool, en, vi string) {
	for _, e := range s.c.original.sheets {
		if sheets[e.name] {
			s.line(look{italic: true}, lang.F(en, vi, diag.QuoteSheet(e.name)).In(s.lang), tall(1))
		}
	}
}

// tally sums a card up in a line.
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
	return sentence(strings.Join(parts, " · "))
}

func (s *board) legend() {
	s.row++
	s.line(look{bold: true, size: 12}, s.say("What the colours mean", "Ý nghĩa màu sắc"), tall(1))
	for _, t := range tints {
		s.blank(look{}, 1)
		s.add(look{fill: t.fill, boxed: true, center: true}, t.name.In(s.lang))
		s.add(look{}, sentence(t.meaning.In(s.lang)))
		s.endRow(tall(1))
	}
}

// header writes the header of a section.
func (s *board) header(titles ...lang.Text) {
	for _, t := range titles {
		s.add(headLook, t.In(s.lang))
	}
	s.endRow(tall(1))
}

func (s *board) findings() {
	found := s.c.findings()
	s.row++
	s.line(look{bold: true, size: 12}, s.say("Findings", "Phát hiện")+": "+fmt.Sprint(len(found)), tall(1))
	if len(found) == 0 {
		return
	}
	s.header(lang.Same("#"), lang.T("Weight", "Mức"), lang.T("Where", "Vị trí"), lang.T("What, and what to do", "Phát hiện, cách xử lý"), lang.T("Check id", "Mã kiểm tra"))
	for i, d := range found {
		if i == maxFindings {
			s.line(look{italic: true}, lang.F("… and %d more: `parcheck validate` lists them", "… và %d phát hiện khác: xem bằng `parcheck validate`", len(found)-maxFindings).In(s.lang), tall(1))
			return
		}
		t := tints[tintOf(d.Severity)]
		message := sentence(d.Message.In(s.lang))
		if d.Unit != "" && len(s.c.Cards) > 1 {
			message = d.Unit + ": " + message
		}
		s.add(look{boxed: true, center: true, top: true}, i+1)
		s.add(look{boxed: true, center: true, top: true, fill: t.fill}, t.name.In(s.lang))
		s.place(d.Pos.Sheet, d.Pos.Area)
		s.add(look{boxed: true, wrap: true, top: true}, message)
		s.add(look{boxed: true, top: true, wrap: true, size: 9, color: midGrey}, string(d.Check))
		s.endRow(tall(max(lines(message, boardWidths[boardText]), lines(d.Pos.InSheet(), boardWidths[boardPlace]))))
	}
}

// place adds a cell that leads to cells of the submission.
func (s *board) place(sheet string, area diag.Area) {
	l := look{boxed: true, wrap: true, top: true}
	if sheet == "" {
		s.add(l, s.say("the whole file", "cả tệp"))
		return
	}
	text := diag.Pos{Sheet: sheet, Area: area}.InSheet()
	l.link, l.color = true, "1F4E9E"
	s.add(l, text)
	first := diag.A1(max(area.Row, 1), max(area.Col, 1))
	s.links = append(s.links, link{s.row + 1, diag.QuoteSheet(sheet) + "!" + first, text})
}

// results lists the targets of a card, those that need work first.
func (s *board) results(c *score.Card) {
	s.row++
	s.line(look{bold: true, size: 12}, s.say("Judgement", "Kết luận")+" · "+sentence(c.Unit.Name.In(s.lang)), tall(1))
	s.header(lang.Same("#"), lang.T("Outcome", "Mức đạt"), lang.T("Figures at", "Ô căn cứ"), lang.T("Promise and reasoning", "Nội dung, cách tính"),
		lang.T("Reached", "Đạt được"), lang.T("Wanted", "Yêu cầu"), lang.T("Short of", "Còn thiếu"))
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
	outcome := look{boxed: true, center: true, top: true, wrap: true}
	switch r.Outcome {
	case score.Missed:
		outcome.fill = tints[missedTint].fill
	case score.Missing, score.Invalid:
		outcome.fill = tints[errorTint].fill
	case score.Met, score.Pending, score.NotApplicable:
	}
	text := r.Title.In(s.lang) + " (" + r.Clause + ")\n" + sentence(r.Reason.In(s.lang))
	right := look{boxed: true, right: true, top: true, wrap: true}
	s.add(look{boxed: true, center: true, top: true}, n)
	s.add(outcome, sentence(r.Outcome.Title().In(s.lang)))
	place := ""
	if e := append(evidence(c, r), unfilled(c, r)...); len(e) > 0 {
		first, _, _ := strings.Cut(e[0].Cells, ",")
		area, _ := diag.ParseArea(first)
		place = e[0].Where()
		s.place(e[0].Sheet, area)
	} else {
		s.add(look{boxed: true}, nil)
	}
	s.add(look{boxed: true, wrap: true, top: true}, text)
	s.add(right, shown(r.Value, s.lang))
	s.add(right, r.Goal.Shown.In(s.lang))
	s.add(right, shown(r.Gap, s.lang))
	height := max(lines(text, boardWidths[boardText]), lines(place, boardWidths[boardPlace]), lines(shown(r.Gap, s.lang), boardWidths[boardGap]),
		lines(r.Goal.Shown.In(s.lang), boardWidths[boardGoal]), lines(shown(r.Value, s.lang), boardWidths[boardCheck]))
	s.endRow(tall(height))
}

func shown(f *score.Figure, l lang.Lang) string {
	if f == nil {
		return ""
	}
	return f.Shown.In(l)
}
