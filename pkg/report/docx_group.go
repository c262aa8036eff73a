package report

import (
	"fmt"
	"slices"

	"github.com/parcheck/parcheck/pkg/docx"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// group writes the report over several units: who submitted, how they rank, how
// each target went, and what each unit did not reach.
func (o *official) group(doc *Document) {
	issuer := ""
	if len(doc.Cards) > 0 {
		issuer = o.in(doc.Cards[0].Plan.Issuer)
	}
	o.letterhead(issuer, "")
	if len(doc.Cards) == 0 {
		o.subject(o.say("Results of the targets", "Kết quả thực hiện các chỉ tiêu"))
	} else {
		c := &doc.Cards[0]
		o.subject(o.about(c)...)
		o.para(o.basis(c, lang.Same("……………………")))
	}
	o.heading("I", "SUBMISSIONS", "TÌNH HÌNH NỘP BÁO CÁO")
	o.ledger(doc)
	o.heading("II", "RESULTS AND RANKING", "KẾT QUẢ VÀ XẾP HẠNG")
	graded := gradedBy(doc.Cards)
	for _, l := range leagues(doc.Cards) {
		o.league(&l, len(graded) > 0)
	}
	for i := range doc.Cards {
		if c := &doc.Cards[i]; c.RolledUp != nil {
			o.para(lang.F("The results of %s are made of %s.", "Kết quả của %s tổng hợp từ %s.", unitName(c), madeOf(c)))
		}
	}
	made := below(doc.Cards)
	if slices.ContainsFunc(made, func(list []*score.Card) bool { return len(list) > 0 }) {
		o.para(lang.F("In the counts and spreads below, %s", "Trong các bảng đếm và phân bố dưới đây, %s", term.CountedOnce))
	}
	o.grades(doc.Cards, made, graded)
	o.areasOfAll(doc.Cards, made)
	o.heading("III", "RESULTS OF EACH TARGET", "KẾT QUẢ TỪNG CHỈ TIÊU")
	o.targetsOfAll(doc.Cards, made)
	o.heading("IV", "PROPOSALS", "KIẾN NGHỊ, ĐỀ XUẤT")
	o.d.Paragraph(paperBody, "……………………………………")
	o.para(lang.T("This is the report on the results of the targets./.", "Trên đây là báo cáo kết quả thực hiện các chỉ tiêu./."))
	o.signature(o.say("- the units named above;", "- Các đơn vị nêu trên;"), "- ……………………;", o.in(term.Archive))
	o.appendix("TARGETS NOT REACHED, BY UNIT", "CHỈ TIÊU CHƯA ĐẠT THEO ĐƠN VỊ")
	o.missed(doc.Cards)
	if len(doc.Diagnostics) > 0 {
		o.findings(doc.Diagnostics, "")
	}
}

// below lists for each card the others that it is made of, of its plan and period.
func below(cards []score.Card) [][]*score.Card {
	type rules struct {
		plan   string
		period plan.Period
	}
	of := map[rules][]int{}
	for i := range cards {
		r := rules{cards[i].Plan.SHA256, cards[i].Period}
		of[r] = append(of[r], i)
	}
	out := make([][]*score.Card, len(cards))
	for _, list := range of {
		same, ids := make([]*score.Card, len(list)), make([]string, len(list))
		for k, i := range list {
			same[k], ids[k] = &cards[i], cards[i].Unit.ID
		}
		for k, made := range score.MadeOf(same, ids) {
			for _, j := range made {
				out[list[k]] = append(out[list[k]], same[j])
			}
		}
	}
	return out
}

// ledger counts the units by how they stand with their submission.
func (o *official) ledger(doc *Document) {
	if doc.Ledger == nil {
		o.para(lang.F("The report is over the results of %d submissions.", "Báo cáo tổng hợp kết quả của %d bản nộp.", len(doc.Cards)))
		return
	}
	l := doc.Ledger
	var parts []lang.Text
	var rows [][]docx.Cell
	for _, s := range score.LedgerOrder {
		if l.Of(s) > 0 {
			parts = append(parts, lang.F("%s %d", "%s %d", s.Title(), l.Of(s)))
		}
		rows = append(rows, []docx.Cell{docx.Text(cellLeft, o.title(s.Title())), o.number(l.Of(s))})
	}
	o.para(lang.F("%d units owe a submission: %s. Besides, %d that are not on the roster submitted.",
		"Có %d đơn vị phải nộp báo cáo: %s. Ngoài ra, có %d đơn vị không có trong danh sách đã nộp.", l.Units, lang.Join(parts, ", "), l.OffRoster))
	rows = append(rows, []docx.Cell{docx.Text(cellStrong, o.say("On the roster, together", "Cộng trong danh sách")), o.number(l.Units)},
		[]docx.Cell{docx.Text(cellLeft, o.title(score.OffRoster.Title())), o.number(l.OffRoster)})
	o.table(term.Submissions, []int{6354, 3000}, []lang.Text{lang.T("state", "tình trạng"), term.UnitCount}, rows)
}

// league ranks the units of one group, or lists those without a rank and why.
func (o *official) league(l *league, graded bool) {
	widths := []int{780, 2474, 850, 850, 950, 950, 750, 850, 900}
	titles := []lang.Text{term.Rank, term.Unit, term.Points, term.AtMost, term.Score, term.Coverage,
		score.Met.Title(), score.Missed.Title(), lang.T("no figure", "thiếu, hỏng")}
	const afterScore = 5
	if graded {
		widths = slices.Insert([]int{680, 2224, 800, 800, 900, 900, 650, 700, 700}, afterScore, 1000)
		titles = slices.Insert(titles, afterScore, term.Grade)
	}
	var rows [][]docx.Cell
	for _, s := range l.Rows {
		y := &s.Card.Total
		name := docx.Cell{Lines: []string{o.in(unitName(s.Card))}, Style: cellLeft}
		if !s.Why.IsZero() {
			name.Lines = append(name.Lines, "("+o.in(s.Why)+")")
		}
		row := []docx.Cell{o.cell(cellMiddle, s.Place()), name, o.cell(cellRight, y.Points.Shown), o.cell(cellRight, y.Max.Shown),
			o.cell(cellRight, figure(y.Score)), o.cell(cellRight, figure(y.Coverage)), o.number(y.Met), o.number(y.Missed), o.number(y.Missing + y.Invalid)}
		if graded {
			row = slices.Insert(row, afterScore, o.grade(s.Card))
		}
		rows = append(rows, row)
	}
	group := l.Group
	if group.IsZero() {
		group = term.NotRanked
	}
	o.table(group, widths, titles, rows)
}

// grade names a card's grade.
func (o *official) grade(c *score.Card) docx.Cell {
	if c.Grade == nil {
		return docx.Text(cellMiddle, "–")
	}
	return o.cell(cellMiddle, c.Grade.Title)
}

// gradedBy returns the grades of the plan by which cards are graded; none: it has
// none.
func gradedBy(cards []score.Card) []plan.Grade {
	for i := range cards {
		if len(cards[i].Grades) > 0 {
			return cards[i].Grades
		}
	}
	return nil
}

// grades counts the units by their grades, and says what keeps units from a
// better one.
func (o *official) grades(cards []score.Card, made [][]*score.Card, grades []plan.Grade) {
	if len(grades) == 0 {
		return
	}
	counts := map[string]int{}
	var kept []lang.Text
	units := 0
	for i := range cards {
		if len(made[i]) > 0 {
			continue
		}
		units++
		if g := cards[i].Grade; g != nil {
			counts[g.ID]++
			if !g.Kept.IsZero() {
				kept = append(kept, lang.F("%s: %s", "%s: %s", unitName(&cards[i]), g.Kept))
			}
		}
	}
	var rows [][]docx.Cell
	for _, g := range grades {
		rows = append(rows, []docx.Cell{docx.Text(cellLeft, o.title(g.Title)), o.number(counts[g.ID])})
	}
	if without := units - total(counts); without > 0 {
		rows = append(rows, []docx.Cell{docx.Text(cellLeft, o.say("No grade", "Không xếp loại")), o.number(without)})
	}
	o.table(term.UnitsByGrade, []int{6354, 3000}, []lang.Text{term.Grade, term.UnitCount}, rows)
	for _, t := range kept {
		o.para(t)
	}
}

func total(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

// areasOfAll tells the scores of the units by area: the lowest, the median and the
// highest of those to which the area applies.
func (o *official) areasOfAll(cards []score.Card, made [][]*score.Card) {
	var order []score.Area
	in := map[string][]*score.Card{} // a card of each unit that holds nothing but the area
	for i := range cards {
		for _, a := range score.Areas(&cards[i]) {
			if slices.ContainsFunc(made[i], func(c *score.Card) bool {
				return slices.ContainsFunc(score.Areas(c), func(b score.Area) bool { return b.ID == a.ID })
			}) {
				continue
			}
			if in[a.ID] == nil {
				order = append(order, a)
			}
			in[a.ID] = append(in[a.ID], &score.Card{Total: a.Tally})
		}
	}
	if len(order) < 2 {
		return
	}
	var rows [][]docx.Cell
	for i, a := range order {
		p := score.SpreadOf(in[a.ID])
		row := []docx.Cell{docx.Text(cellMiddle, fmt.Sprint(i+1)), docx.Text(cellLeft, o.title(indented(&a))), o.number(p.Units)}
		for _, f := range []*score.Figure{&p.Lowest, &p.Median, &p.Highest} {
			row = append(row, o.cell(cellRight, figure(f)))
		}
		rows = append(rows, row)
	}
	o.table(lang.T("Scores by area", "Điểm số theo lĩnh vực"), []int{480, 4474, 1000, 1100, 1150, 1150},
		[]lang.Text{term.Ordinal, term.Area, term.UnitCount, lang.T("lowest", "thấp nhất"), lang.T("median", "trung vị"), lang.T("highest", "cao nhất")}, rows)
}

// reached is how one target went over several units.
type reached struct {
	result *score.Result // of the first unit
	counts map[score.Outcome]int
}

// targetsOfAll counts the units by how each target went, in the plan's order.
func (o *official) targetsOfAll(cards []score.Card, made [][]*score.Card) {
	var order []*reached
	at := map[string]*reached{}
	for i := range cards {
		for j := range cards[i].Results {
			r := &cards[i].Results[j]
			if slices.ContainsFunc(made[i], func(c *score.Card) bool {
				below := c.Find(r.Target)
				return below != nil && below.Outcome != score.NotApplicable
			}) {
				continue
			}
			s := at[r.Target]
			if s == nil {
				s = &reached{result: r, counts: map[score.Outcome]int{}}
				at[r.Target] = s
				order = append(order, s)
			}
			s.counts[r.Outcome]++
		}
	}
	var rows [][]docx.Cell
	for i, s := range order {
		row := []docx.Cell{docx.Text(cellMiddle, fmt.Sprint(i+1)), o.target(s.result)}
		for _, outcome := range counted {
			row = append(row, o.number(s.counts[outcome]))
		}
		rows = append(rows, row)
	}
	head := []lang.Text{term.Ordinal, term.Target}
	for _, outcome := range counted {
		head = append(head, outcome.Title())
	}
	o.table(lang.T("Units by how each target went", "Số đơn vị theo kết quả của từng chỉ tiêu"), []int{480, 3624, 800, 900, 850, 850, 900, 950}, head, rows)
}

// missed lists what each unit did not reach.
func (o *official) missed(cards []score.Card) {
	widths := []int{480, 4074, 1500, 1600, 1700}
	var rows [][]docx.Cell
	for i := range cards {
		c := &cards[i]
		list := pick(c, needsWork)
		if len(list) == 0 {
			continue
		}
		rows = append(rows, band(o.in(unitName(c)), len(widths)))
		for k, r := range list {
			value := valueOf(r)
			if value.IsZero() {
				value = r.Outcome.Title()
			}
			rows = append(rows, []docx.Cell{docx.Text(cellMiddle, fmt.Sprint(k+1)), o.target(r), o.cell(cellMiddle, value),
				o.cell(cellMiddle, r.Goal.Shown), o.cell(cellMiddle, figure(r.Gap))})
		}
	}
	o.table(lang.T("Targets not reached, by unit", "Chỉ tiêu chưa đạt theo đơn vị"), widths, []lang.Text{term.Ordinal, term.Target, term.Value, term.Goal, term.Gap}, rows)
}
