package report

import (
	"fmt"
	"strings"

	"github.com/parcheck/parcheck/pkg/docx"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// unit writes the report of one unit.
func (o *official) unit(c *score.Card) {
	name := o.in(unitName(c))
	issuer := o.in(c.Plan.Issuer)
	if strings.EqualFold(c.Plan.Issuer.In(lang.EN), unitName(c).In(lang.EN)) {
		issuer = "" // it may be abbreviated in Vietnamese
	}
	o.letterhead(issuer, name)
	o.subject(o.about(c)...)
	o.para(o.basis(c, unitName(c)))
	o.heading("I", "GENERAL RESULTS", "KẾT QUẢ CHUNG")
	for _, t := range inWords(c) {
		o.para(t)
	}
	o.areas(c)
	o.heading("II", "RESULTS OF EACH TARGET", "KẾT QUẢ TỪNG CHỈ TIÊU")
	o.targets(c)
	o.heading("III", "TARGETS NOT REACHED, AND WHAT TO DO", "CHỈ TIÊU CHƯA ĐẠT VÀ VIỆC CẦN LÀM")
	o.remedies(c)
	o.heading("IV", "QUALITY OF THE FIGURES", "CHẤT LƯỢNG SỐ LIỆU")
	o.quality(c)
	o.heading("V", "PROPOSALS", "KIẾN NGHỊ, ĐỀ XUẤT")
	o.d.Paragraph(paperBody, "……………………………………")
	o.para(lang.F("This is the report of %s on the results of its targets./.", "Trên đây là báo cáo kết quả thực hiện các chỉ tiêu của %s./.", unitName(c)))
	o.signature("- "+o.in(c.Plan.Issuer)+o.say(" (for report);", " (để b/c);"), "- ……………………;", o.in(term.Archive))
	o.appendix("EVIDENCE", "CĂN CỨ SỐ LIỆU")
	o.evidence(c)
}

// inWords says how a unit did: the counts, the score, its place.
func inWords(c *score.Card) []lang.Text {
	y := &c.Total
	out := []lang.Text{lang.F("Targets that apply: %d, of which met %d, missed %d, without figures %d, with figures that cannot be used %d. Besides, not due yet: %d; not applicable: %d.",
		"Trong %d chỉ tiêu áp dụng, có %d chỉ tiêu đạt, %d chỉ tiêu không đạt, %d chỉ tiêu thiếu số liệu và %d chỉ tiêu có số liệu không dùng được. Ngoài ra, %d chỉ tiêu chưa đến hạn và %d chỉ tiêu không áp dụng.",
		y.Applicable(), y.Met, y.Missed, y.Missing, y.Invalid, y.Pending, y.NotApplicable)}
	if y.Score != nil {
		out = append(out, lang.F("The score is %s (%s of %s points); figures for %s of the points could be evaluated.",
			"Điểm số đạt %s (%s trên %s điểm); số điểm đánh giá được chiếm %s.", y.Score.Shown, y.Points.Shown, y.Max.Shown, figure(y.Coverage)))
	}
	if note := pointsNote(c); !note.IsZero() {
		out = append(out, lang.F("%s.", "%s.", note))
	}
	if made := madeOf(c); !made.IsZero() {
		out = append(out, lang.F("Made of %s.", "Tổng hợp từ %s.", made))
	}
	if grade := gradeOf(c); !grade.IsZero() {
		out = append(out, lang.F("Grade: %s.", "Xếp loại: %s.", grade))
	}
	if c.Standing != nil && c.Standing.Rank > 0 {
		out = append(out, lang.F("Its rank among %s is %d.", "Xếp hạng trong nhóm %s: thứ %d.", c.Standing.Group, c.Standing.Rank))
	}
	return append(out, nonEmpty(c.Plan.Note)...)
}

// counted are the outcomes in the order of the tables.
var counted = []score.Outcome{score.Met, score.Missed, score.Missing, score.Invalid, score.Pending, score.NotApplicable}

// areas counts the targets of each area, and all of them.
func (o *official) areas(c *score.Card) {
	row := func(st docx.Style, title string, y score.Tally) []docx.Cell {
		var counts []docx.Cell
		all := 0
		for _, n := range append(countsOf(y), outcomeCount{score.NotApplicable, y.NotApplicable}) {
			all += n.N
			counts = append(counts, o.number(n.N))
		}
		return append([]docx.Cell{docx.Text(st, title), o.number(all)}, counts...)
	}
	var rows [][]docx.Cell
	for _, a := range score.Areas(c) {
		rows = append(rows, row(cellLeft, o.title(a.Title), a.Tally))
	}
	rows = append(rows, row(cellStrong, o.title(term.AllTargets), c.Total))
	head := []lang.Text{term.Area, term.Targets}
	for _, outcome := range counted {
		head = append(head, outcome.Title())
	}
	o.table(term.ResultsByArea, []int{3104, 850, 800, 900, 900, 900, 950, 950}, head, rows)

	rows = nil
	for _, y := range talliesByArea(c) {
		rows = append(rows, []docx.Cell{docx.Text(cellLeft, o.title(y.Word)), o.cell(cellRight, y.Tally.Points.Shown), o.cell(cellRight, y.Tally.Max.Shown),
			o.cell(cellRight, figure(y.Tally.Score)), o.cell(cellRight, figure(y.Tally.Coverage))})
	}
	o.table(term.Points, []int{3554, 1400, 1400, 1500, 1500},
		[]lang.Text{term.Target, term.Points, term.AtMost, term.Score, term.Coverage}, rows)
}

// targets lists every target that applies, by area; those that do not are
// counted in the words above.
func (o *official) targets(c *score.Card) {
	widths := []int{480, 2724, 1650, 1100, 1150, 1050, 1200}
	var rows [][]docx.Cell
	n := 0
	for _, a := range byArea(c, applies) {
		rows = append(rows, band(o.title(a.Title), len(widths)))
		for _, r := range a.Results {
			n++
			figures := shareOf(r)
			if figures.IsZero() && !r.Unit.IsZero() {
				figures = r.Unit
			}
			rows = append(rows, []docx.Cell{docx.Text(cellMiddle, fmt.Sprint(n)), o.target(r), o.cell(cellMiddle, figures), o.cell(cellMiddle, valueOf(r)),
				o.cell(cellMiddle, r.Goal.Shown), o.cell(cellMiddle, pointsOf(r)), docx.Text(cellMiddle, o.title(judgedAs(r)))})
		}
	}
	o.table(lang.T("Results of each target", "Kết quả từng chỉ tiêu"), widths,
		[]lang.Text{term.Ordinal, term.Target, term.Figures, term.Value, term.Goal, term.Points, term.Outcome}, rows)
}

// target names a target, with its clause and what sets it apart.
func (o *official) target(r *score.Result) docx.Cell {
	lines := []string{o.in(r.Title)}
	var also []lang.Text
	if r.Clause != "" {
		also = append(also, lang.F("%s %s", "%s %s", term.Clause, r.Clause))
	}
	if aspired(r) {
		also = append(also, term.Aspirational)
	}
	if r.Waiver != nil {
		also = append(also, term.Waived)
	}
	if r.Closed() {
		also = append(also, term.Withheld)
	}
	if len(also) > 0 {
		lines = append(lines, "("+o.in(lang.Join(also, "; "))+")")
	}
	return docx.Cell{Lines: lines, Style: cellLeft}
}

// remedies lists what was not reached: by how much, why, and what helps.
func (o *official) remedies(c *score.Card) {
	list := pick(c, needsWork)
	if len(list) == 0 {
		o.para(lang.T("All targets that apply are met.", "Các chỉ tiêu áp dụng đều đạt."))
		return
	}
	var rows [][]docx.Cell
	for i, r := range list {
		rows = append(rows, []docx.Cell{docx.Text(cellMiddle, fmt.Sprint(i+1)), o.target(r), o.cell(cellMiddle, figure(r.Gap)),
			docx.Text(cellLeft, o.title(r.Reason)), docx.Text(cellLeft, o.title(r.Remedy))})
	}
	o.table(lang.T("Targets not reached", "Chỉ tiêu chưa đạt"), []int{480, 2474, 1200, 2700, 2500},
		[]lang.Text{term.Ordinal, term.Target, term.Gap, lang.T("arithmetic or reason", "cách tính, lý do"), term.ToDo}, rows)
}

// quality tells readings that disagree, remarks and findings.
func (o *official) quality(c *score.Card) {
	for _, r := range pick(c, func(r *score.Result) bool { return r.Disagree }) {
		for i := range r.Readings {
			if x := &r.Readings[i]; x.Outcome != r.Outcome {
				o.para(lang.F("%s: under another reading of the clause (%s), the target is %s.",
					"%s: theo cách hiểu khác của điều khoản (%s), chỉ tiêu này %s.", r.Title, x.Note, x.Outcome.Title()))
			}
		}
	}
	for _, t := range remarks(c) {
		o.para(t)
	}
	if len(c.Diagnostics) == 0 {
		o.para(lang.T("Nothing was found wrong with the figures that were submitted.", "Không phát hiện sai sót trong số liệu đã nộp."))
		return
	}
	o.findings(c.Diagnostics, c.Input.File)
}

// evidence lists every figure, with the cells that it was read from.
func (o *official) evidence(c *score.Card) {
	var rows [][]docx.Cell
	for i := range c.Facts {
		f := &c.Facts[i]
		if len(f.Sources) == 0 {
			rows = append(rows, []docx.Cell{docx.Text(cellLeft, o.title(f.Title)), o.cell(cellRight, factShown(f)), docx.Text(cellMiddle, "–"),
				o.cell(cellLeft, lang.Join(append(nonEmpty(f.Reason), factTitles(c, f.Parts)...), "; "))})
		}
		for j := range f.Sources {
			s := &f.Sources[j]
			shown := factShown(f)
			if !agrees(f, s) {
				shown = sourceShown(f, s)
			}
			how := howRead(c, f, s)
			if f.State != fact.Reported {
				how = lang.Join(nonEmpty(f.Reason, how), "; ")
			}
			rows = append(rows, []docx.Cell{docx.Text(cellLeft, o.title(f.Title)), o.cell(cellRight, shown), o.cell(cellLeft, where(s)), o.cell(cellLeft, how)})
		}
	}
	o.d.Paragraph(docx.Style{Size: 11, Before: 3}, o.in(lang.F("File: %s; SHA-256: %s.", "Tệp: %s; SHA-256: %s.", baseName(c.Input.File), c.Input.SHA256)))
	o.table(lang.T("Figures and the cells that they stand in", "Số liệu và nơi ghi"), []int{2554, 1400, 2200, 3200},
		[]lang.Text{term.Figures, term.Value, term.Place, term.HowRead}, rows)
}

// baseName is a file's name without its folders, which are the writer's own.
func baseName(file string) string { return file[strings.LastIndexAny(file, `/\`)+1:] }
