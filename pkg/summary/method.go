package summary

import (
	"fmt"
	"strings"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// writeMethod says what the figures rest on: the plan and its words, how each
// target is judged, what is rounded, and which files were read.
func (x *writer) writeMethod() {
	s := x.sheet(x.method, page{
		widths: []float64{5, 7, 36, 42, 36, 12, 8, 36, 32}, last: x.methodRows(), tab: midGrey, hideGrid: true,
	})
	x.headline(s, x.say("Method", "Phương pháp"))
	s.skip(1)
	x.methodFacts(s)
	x.methodRules(s)
	x.methodTargets(s)
	x.methodInputs(s)
	s.end()
}

// methodRows is how many rows the sheet has.
func (x *writer) methodRows() int {
	return 4 + len(x.planFacts()) + 2 + len(x.rules()) + 3 + len(x.s.targets) + 3 + max(len(x.s.in.Cards), 1)
}

// entry is a title and what it stands for.
type entry struct{ title, text string }

func (x *writer) planFacts() []entry {
	p := x.s.in.Plan
	list := []entry{
		{x.say("Plan", "Kế hoạch"), p.Title.In(x.lang) + " (" + p.ID + ")"},
		{x.say("Issuer", "Cơ quan ban hành"), p.Issuer.In(x.lang)},
		{x.say("Document", "Văn bản"), lang.F("%s of %s", "%s ngày %s", p.Document.Number, day(p.Document.Date)).In(x.lang)},
		{x.say("Period", "Kỳ báo cáo"), lang.F("%s to %s", "%s đến %s", day(x.s.Period.From), day(x.s.Period.To)).In(x.lang)},
		{x.say("Judged as of", "Đánh giá tính đến ngày"), day(x.s.AsOf).In(x.lang)},
		{x.say("Note of the plan", "Ghi chú của kế hoạch"), p.Note.In(x.lang)},
		{x.say("SHA-256 of the plan", "SHA-256 của kế hoạch"), p.SHA256},
	}
	if r := x.s.in.Roster; r != nil {
		list = append(list,
			entry{x.say("Roster", "Danh sách đơn vị"), fmt.Sprintf("%s (%s)", r.Title.In(x.lang), r.ID)},
			entry{x.say("SHA-256 of the roster", "SHA-256 của danh sách"), r.SHA256})
	}
	return append(list, entry{x.say("Program", "Chương trình"), x.s.in.Program})
}

// rules are the rules that hold for all targets.
func (x *writer) rules() []entry {
	rules := []entry{
		{x.say("Outcome", "Đánh giá"), x.say(
			"Exact: counts are held against the goal by cross products (numerator × 20 ≥ denominator × 13 for 65%), never by a rounded share. A part above its whole is invalid.",
			"Chính xác tuyệt đối: so sánh bằng tích chéo của số đếm (tử số × 20 ≥ mẫu số × 13 với 65%), không so sánh tỷ lệ đã làm tròn. Tử số lớn hơn mẫu số thì không dùng được.")},
		{x.say("Missing", "Thiếu số liệu"), x.say(
			"A figure that was due and is not there stays missing, earns what the plan says (mostly nothing), and counts among the points that could be earned.",
			"Số liệu phải có mà không có thì vẫn ghi là thiếu, được điểm theo kế hoạch (thường là không có điểm), và vẫn tính vào điểm tối đa.")},
		{x.say("Score", "Điểm số"), x.say(
			"Points / points that the applicable targets can earn. Applicable: met, missed, missing and invalid. Pending and not applicable targets are left out.",
			"Điểm đạt / điểm tối đa của chỉ tiêu áp dụng. Áp dụng: đạt, không đạt, thiếu số liệu, không dùng được. Chỉ tiêu chưa đến hạn và không áp dụng thì không tính.")},
		{x.say("Coverage", "Độ phủ"), x.say(
			"Share of those points whose targets could be evaluated (met or missed). A score with a low coverage says little.",
			"Tỷ lệ điểm tối đa của các chỉ tiêu đánh giá được (đạt hoặc không đạt). Độ phủ thấp thì điểm số ít ý nghĩa.")},
		{x.say("Rounding", "Làm tròn"), x.say(
			"Nothing is rounded before it is judged or added up. Cells show at least two decimals, and more where fewer would make a figure look like its goal. Scores are rounded to twelve decimals to be ranked, so that the noise of calculated digits breaks no tie.",
			"Không làm tròn trước khi đánh giá hoặc cộng điểm. Ô hiển thị ít nhất hai chữ số thập phân, nhiều hơn khi cần để không bị nhầm với mục tiêu. Khi xếp hạng, điểm số được làm tròn đến 12 chữ số thập phân để sai số tính toán không tách các điểm bằng nhau.")},
	}
	if !x.alone {
		rules = append(rules,
			entry{x.say("Equal scores", "Điểm bằng nhau"), x.tieRule()},
			entry{x.say("Groups", "Nhóm"), x.officialRule()},
			entry{x.say("Several submissions", "Nộp nhiều bản"), x.say(
				"A unit with two submissions that differ is not ranked until one is withdrawn; copies of one file count once. A submission of nobody on the roster is shown without a rank.",
				"Đơn vị nộp hai bản khác nhau thì chưa xếp hạng cho đến khi chỉ còn một bản; bản sao giống hệt chỉ tính một lần. Bản nộp ngoài danh sách chỉ hiển thị, không xếp hạng.")})
	}
	return append(rules, entry{x.say("Formulas", "Công thức"), x.say(
		"Blue figures are as submitted; what follows from them is a formula. Other readings, notes and the figures of earlier periods are stored texts and figures, and do not follow.",
		"Số màu xanh là số liệu được báo cáo; phần còn lại là công thức tính từ đó. Cách hiểu khác, ghi chú và số liệu kỳ trước là nội dung lưu sẵn, không tính lại.")})
}

func (x *writer) methodFacts(s *sheet) {
	for _, e := range x.planFacts() {
		x.methodEntry(s, e)
	}
}

func (x *writer) methodEntry(s *sheet, e entry) {
	row := s.next()
	s.text(style{bold: true, color: navy}, e.title)
	s.blank(plain, 2)
	s.text(style{wrap: true}, e.text)
	s.merge(row, 1, row, 3)
	s.merge(row, 4, row, 9)
	s.endRow(lines(e.text, 170)*linePoints + 3)
}

func (x *writer) methodSection(s *sheet, en, vi string) {
	s.skip(1)
	s.say(section, en, vi)
	s.blank(section, 8)
	s.endRow(20)
}

func (x *writer) methodRules(s *sheet) {
	x.methodSection(s, "Rules", "Quy tắc")
	for _, e := range x.rules() {
		x.methodEntry(s, e)
	}
}

func (x *writer) methodTargets(s *sheet) {
	x.methodSection(s, "Targets", "Chỉ tiêu")
	s.say(head, "No", "Số")
	s.say(head, "Clause", "Mục")
	s.say(headLeft, "Target", "Chỉ tiêu")
	s.say(headLeft, "The document's words", "Nguyên văn văn bản")
	s.say(headLeft, "Measure", "Cách đo")
	s.say(head, "Goal", "Mục tiêu")
	s.say(head, "Points at most", "Điểm tối đa")
	s.say(headLeft, "How points are earned; when nothing is reported", "Cách tính điểm; khi không có số liệu")
	s.say(headLeft, "Adopted reading, and others", "Cách hiểu áp dụng và cách hiểu khác")
	s.endRow(32)
	for i := range x.s.targets {
		x.methodTarget(s, &x.s.targets[i])
	}
}

func (x *writer) methodTarget(s *sheet, t *targetRow) {
	top := centered.with(func(st *style) { st.top, st.wrap = true, true })
	s.int(top, t.no)
	s.text(top, t.target.Clause)
	s.text(wrapped, t.target.Title.In(x.lang)+"\n"+x.commitment(t.target.Commitment)+" · "+x.bound(t.target))
	s.text(wrapped, t.target.Quote)
	s.text(wrapped, x.measureText(t.target.Measure, true))
	switch {
	case t.sample == nil:
		s.text(top, "–")
	case !t.uniform:
		s.say(top, "by level", "theo cấp")
	default:
		s.text(top, t.sample.Goal.Shown.In(x.lang))
	}
	s.num(top.format(pointsFormat(t.target.Points)), t.target.Points)
	credit := ""
	if t.sample != nil {
		credit = x.title(t.sample.Credit)
	}
	s.text(wrapped, strings.Trim(credit+"\n"+x.absence(t.target), "\n"))
	s.text(wrapped, x.readings(t.target))
	s.endRow(0)
}

// bound says whom a target binds.
func (x *writer) bound(t *plan.Target) string {
	var whom []string
	for _, id := range t.Levels {
		title := id
		if l := x.s.in.Plan.FindLevel(id); l != nil && !l.Title.IsZero() {
			title = l.Title.In(x.lang)
		}
		whom = append(whom, title)
	}
	return strings.Join(append(whom, t.Units...), ", ")
}

// measureText writes out what a measure is made of, in the facts' own names.
func (x *writer) measureText(m plan.Measure, outer bool) string {
	switch m.Op {
	case plan.ValueOf:
		return x.factTitle(m.Fact)
	case plan.ShareOf:
		return bracketed(x.factTitle(m.Part)+" / "+x.factTitle(m.Whole), outer)
	case plan.OneMinus:
		return bracketed("100% − "+x.measureText(m.Args[0], false), outer)
	}
	var args []string
	for _, a := range m.Args {
		args = append(args, x.measureText(a, false))
	}
	switch m.Op {
	case plan.GrowthOf:
		return bracketed(strings.Join(args, " / ")+" − 100%", outer)
	case plan.ChangeOf:
		return bracketed(strings.Join(args, " − "), outer)
	case plan.SumOf:
		return bracketed(strings.Join(args, " + "), outer)
	case plan.MinOf:
		return x.say("the least of: ", "nhỏ nhất của: ") + strings.Join(args, "; ")
	case plan.MaxOf:
		return x.say("the greatest of: ", "lớn nhất của: ") + strings.Join(args, "; ")
	}
	return x.say("the mean of: ", "trung bình của: ") + strings.Join(args, "; ")
}

func bracketed(s string, outer bool) string {
	if outer {
		return s
	}
	return "(" + s + ")"
}

func (x *writer) factTitle(id string) string {
	if f := x.s.in.Plan.FindFact(id); f != nil && !f.Title.IsZero() {
		return f.Title.In(x.lang)
	}
	for i := range x.s.Units {
		if c := x.s.Units[i].Card; c != nil {
			for j := range c.Facts {
				if f := &c.Facts[j]; f.ID == id && !f.Title.IsZero() {
					return f.Title.In(x.lang)
				}
			}
		}
	}
	return id
}

// absence says what the plan takes missing figures and empty denominators as.
func (x *writer) absence(t *plan.Target) string {
	if x.s.cardOnly {
		return ""
	}
	as := func(a plan.Absent) string {
		return [...]score.Outcome{plan.AsMissing: score.Missing, plan.AsNotApplicable: score.NotApplicable,
			plan.AsMet: score.Met, plan.AsMissed: score.Missed}[a].Title().In(x.lang)
	}
	text := x.say("Missing figure: ", "Không có số liệu: ") + as(t.WhenMissing)
	if t.Measure.Op == plan.ShareOf {
		text += x.say("; denominator 0: ", "; mẫu số bằng 0: ") + as(t.WhenEmpty)
	}
	if !t.Published.IsZero() {
		text += x.say("; not due before ", "; chưa đến hạn trước ngày ") + day(t.Published).In(x.lang)
	}
	return text
}

func (x *writer) readings(t *plan.Target) string {
	var parts []string
	if !t.Adopted.IsZero() {
		parts = append(parts, x.say("Adopted: ", "Áp dụng: ")+t.Adopted.In(x.lang))
	}
	for _, r := range t.Readings {
		note := r.Note.In(x.lang)
		if note == "" {
			note = x.measureText(r.Measure, true)
		}
		parts = append(parts, x.say("Other: ", "Khác: ")+note)
	}
	return strings.Join(parts, "\n")
}

func (x *writer) methodInputs(s *sheet) {
	x.methodSection(s, "Files read", "Các tệp đã đọc")
	s.say(head, "No", "Số")
	s.say(head, "Kind", "Loại")
	s.say(headLeft, "Unit", "Đơn vị")
	s.say(headLeft, "File", "Tệp")
	s.say(headLeft, "Period", "Kỳ báo cáo")
	s.say(head, "Bytes", "Số byte")
	s.blank(head, 1)
	s.say(headLeft, "SHA-256", "SHA-256")
	s.blank(head, 1)
	s.merge(s.next(), 8, s.next(), 9)
	s.endRow(20)
	for i := range x.s.in.Cards {
		c := &x.s.in.Cards[i]
		s.int(centered, i+1)
		s.text(centered, string(c.Input.Kind))
		s.text(body, nameOf(c).In(x.lang))
		s.text(body, c.Input.File)
		s.text(body, x.title(periodTitle(c.Period)))
		s.num(whole, number.Int(c.Input.Bytes))
		s.blank(body, 1)
		s.text(body.with(func(st *style) { st.size = 8 }), c.Input.SHA256)
		s.blank(body, 1)
		s.merge(s.next(), 8, s.next(), 9)
		s.endRow(0)
	}
}
