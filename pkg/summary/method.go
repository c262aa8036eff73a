package summary

import (
	"fmt"
	"strings"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

// writeMethod says what the figures rest on: the plan and its words, how each
// target is judged, what is rounded, and which files were read.
func (x *writer) writeMethod() {
	s := x.sheet(x.method, sheets.Page{
		Widths: []float64{5, 7, 36, 42, 36, 12, 8, 36, 32}, Last: x.methodRows(), Tab: midGrey, HideGrid: true, PrintRows: x.printedMethod(),
	})
	x.headline(s, x.title(term.Method))
	s.Skip(1)
	x.methodFacts(s)
	x.methodRules(s)
	x.methodTargets(s)
	x.methodInputs(s)
	s.End()
}

// methodRows is how many rows the sheet has.
func (x *writer) methodRows() int {
	return 4 + len(x.planFacts()) + 2 + len(x.rules()) + 3 + len(x.s.targets) + 3 + max(len(x.s.in.Cards), 1)
}

// printedMethod is the rows of it that are pages of the printed book: over many
// units the lists of targets and files are looked up.
func (x *writer) printedMethod() int {
	if x.alone {
		return x.methodRows()
	}
	return 4 + len(x.planFacts()) + 2 + len(x.rules())
}

// entry is a title and what it stands for.
type entry struct{ title, text string }

func (x *writer) planFacts() []entry {
	p := x.s.in.Plan
	list := []entry{
		{x.title(term.Plan), p.Title.In(x.Lang) + " (" + p.ID + ")"},
		{x.Say("Issuer", "Cơ quan ban hành"), p.Issuer.In(x.Lang)},
		{x.title(term.Document), lang.F("%s of %s", "%s ngày %s", p.Document.Number, p.Document.Date.Shown()).In(x.Lang)},
		{x.title(term.Period), lang.F("%s to %s", "%s đến %s", x.s.Period.From.Shown(), x.s.Period.To.Shown()).In(x.Lang)},
		{x.Say("Judged as of", "Đánh giá tính đến ngày"), x.s.AsOf.Shown().In(x.Lang)},
		{x.Say("Note of the plan", "Ghi chú của kế hoạch"), p.Note.In(x.Lang)},
		{x.Say("SHA-256 of the plan", "SHA-256 của kế hoạch"), p.SHA256},
	}
	if r := x.s.in.Roster; r != nil {
		list = append(list,
			entry{x.title(term.Roster), fmt.Sprintf("%s (%s)", r.Title.In(x.Lang), r.ID)},
			entry{x.Say("SHA-256 of the roster", "SHA-256 của danh sách"), r.SHA256})
	}
	return append(list, entry{x.Say("Program", "Chương trình"), x.s.in.Program})
}

// rules are the rules that hold for all targets.
func (x *writer) rules() []entry {
	rules := []entry{
		{x.title(term.Outcome), x.Say(
			"Exact: counts are held against the goal by cross products (numerator × 20 ≥ denominator × 13 for 65%), never by a rounded share. A part above its whole is invalid.",
			"Chính xác tuyệt đối: so sánh bằng tích chéo của số đếm (tử số × 20 ≥ mẫu số × 13 với 65%), không so sánh tỷ lệ đã làm tròn. Tử số lớn hơn mẫu số thì không dùng được.")},
		{x.title(term.Missing), x.Say(
			"A figure that was due and is not there stays missing, earns what the plan says (mostly nothing), and counts among the points that could be earned.",
			"Số liệu phải có mà không có thì vẫn ghi là thiếu, được điểm theo kế hoạch (thường là không có điểm), và vẫn tính vào điểm tối đa.")},
		{x.title(term.Score), x.Say(
			"Points / points that the applicable targets can earn. Applicable: met, missed, missing and invalid. Pending and not applicable targets are left out.",
			"Điểm đạt / điểm tối đa của chỉ tiêu áp dụng. Áp dụng: đạt, không đạt, thiếu số liệu, không dùng được. Chỉ tiêu chưa đến hạn và không áp dụng thì không tính.")},
		{x.title(term.Coverage), x.Say(
			"Share of those points whose targets could be evaluated (met or missed). A score with a low coverage says little.",
			"Tỷ lệ điểm tối đa của các chỉ tiêu đánh giá được (đạt hoặc không đạt). Độ phủ thấp thì điểm số ít ý nghĩa.")},
		{x.Say("Rounding", "Làm tròn"), x.Say(
			"Nothing is rounded before it is judged or added up. Cells show at least two decimals, and more where fewer would make a figure look like its goal. Scores are rounded to twelve decimals to be ranked, so that the noise of calculated digits breaks no tie.",
			"Không làm tròn trước khi đánh giá hoặc cộng điểm. Ô hiển thị ít nhất hai chữ số thập phân, nhiều hơn khi cần để không bị nhầm với mục tiêu. Khi xếp hạng, điểm số được làm tròn đến 12 chữ số thập phân để sai số tính toán không tách các điểm bằng nhau.")},
	}
	if !x.alone {
		rules = append(rules,
			entry{x.Say("Printing", "In"), x.Say(
				"The printed book is the overview, charts, rankings, the tables for signature, findings by kind, figures of groups and this page. Evidence, findings, matrix and areas are looked up: to print such a sheet, clear its print area (Page Layout, Print Area, Clear).",
				"Bản in gồm tổng quan, biểu đồ, xếp hạng, các bảng để ký, phát hiện theo loại, số liệu nhóm và trang này. Căn cứ số liệu, phát hiện, ma trận và các lĩnh vực dùng để tra cứu: muốn in trang tính đó thì xóa vùng in (Bố trí Trang, Vùng In, Xóa Vùng In).")},
			entry{x.Say("Equal scores", "Điểm bằng nhau"), x.tieRule()},
			entry{x.Say("Groups", "Nhóm"), x.officialRule()},
			entry{x.title(term.Several), x.Say(
				"A unit with two submissions that differ is not ranked until one is withdrawn; copies of one file count once. A submission of nobody on the roster is shown without a rank.",
				"Đơn vị nộp hai bản khác nhau thì chưa xếp hạng cho đến khi chỉ còn một bản; bản sao giống hệt chỉ tính một lần. Bản nộp ngoài danh sách chỉ hiển thị, không xếp hạng.")})
	}
	return append(rules, entry{x.Say("Formulas", "Công thức"), x.Say(
		"Blue figures are as submitted; what follows from them is a formula. Other readings, notes and the figures of earlier periods are stored texts and figures, and do not follow.",
		"Số màu xanh là số liệu được báo cáo; phần còn lại là công thức tính từ đó. Cách hiểu khác, ghi chú và số liệu kỳ trước là nội dung lưu sẵn, không tính lại.")})
}

func (x *writer) methodFacts(s *sheets.Sheet) {
	for _, e := range x.planFacts() {
		x.methodEntry(s, e)
	}
}

func (x *writer) methodEntry(s *sheets.Sheet, e entry) {
	s.Across(sheets.Style{Bold: true, Color: navy}, e.title, 3)
	s.Across(sheets.Style{Wrap: true}, e.text, 6)
	s.EndRow(0)
}

func (x *writer) methodSection(s *sheets.Sheet, title lang.Text) {
	s.Skip(1)
	s.Text(section, x.title(title))
	s.Blank(section, 8)
	s.EndRow(20)
}

func (x *writer) methodRules(s *sheets.Sheet) {
	x.methodSection(s, lang.T("Rules", "Quy tắc"))
	for _, e := range x.rules() {
		x.methodEntry(s, e)
	}
}

func (x *writer) methodTargets(s *sheets.Sheet) {
	x.methodSection(s, term.Targets.Capital())
	top := centered.With(func(st *sheets.Style) { st.Top, st.Wrap = true, true })
	text := func(st sheets.Style, of func(*targetRow) string) func(*sheets.Sheet, *targetRow) {
		return func(s *sheets.Sheet, t *targetRow) { s.Text(st, of(t)) }
	}
	table := sheets.Table[*targetRow]{
		{Title: x.title(term.Ordinal), Cell: func(s *sheets.Sheet, t *targetRow) { s.Int(top, t.no) }},
		{Title: x.title(term.Clause), Cell: text(top, func(t *targetRow) string { return t.target.Clause })},
		{Title: x.title(term.Target), Head: headLeft, Cell: text(wrapped, func(t *targetRow) string {
			return t.target.Title.In(x.Lang) + "\n" + x.commitment(t.target.Commitment) + " · " + x.s.in.Plan.Whom(t.target).In(x.Lang)
		})},
		{Title: x.Say("The document's words", "Nguyên văn văn bản"), Head: headLeft, Cell: text(wrapped, func(t *targetRow) string { return t.target.Quote })},
		{Title: x.title(term.Measure), Head: headLeft, Cell: text(wrapped, func(t *targetRow) string { return x.measureText(t.target.Measure, true) })},
		{Title: x.title(term.Goal), Cell: text(top, func(t *targetRow) string {
			switch {
			case t.sample == nil:
				return "–"
			case !t.uniform:
				return term.ByLevel.In(x.Lang)
			}
			return t.sample.Goal.Shown.In(x.Lang)
		})},
		{Title: x.title(term.PointsAtMost), Cell: func(s *sheets.Sheet, t *targetRow) { x.worth(s, top, t) }},
		{Title: x.Say("How points are earned; when nothing is reported", "Cách tính điểm; khi không có số liệu"), Head: headLeft,
			Cell: text(wrapped, func(t *targetRow) string {
				credit := ""
				if t.sample != nil {
					credit = x.title(t.sample.Credit)
				}
				if len(t.target.Requires) > 0 {
					credit += x.Say("; no points unless met: ", "; chỉ tính điểm khi đạt: ") + x.targetTitles(t.target.Requires)
				}
				return credit + "\n" + x.absence(t.target)
			})},
		{Title: x.Say("Adopted reading, and others", "Cách hiểu áp dụng và cách hiểu khác"), Head: headLeft,
			Cell: text(wrapped, func(t *targetRow) string { return x.readings(t.target) })},
	}.Place(head)
	table.Header(s, 32)
	for i := range x.s.targets {
		table.Row(s, &x.s.targets[i], 0)
	}
}

// measureText writes out what a measure is made of, in the facts' own names.
func (x *writer) measureText(m plan.Measure, outer bool) string {
	var args []string
	for _, a := range m.Args {
		args = append(args, x.measureText(a, false))
	}
	switch m.Op {
	case plan.ValueOf:
		return x.factTitle(m.Fact)
	case plan.ShareOf:
		return bracketed(x.factTitle(m.Part)+" / "+x.factTitle(m.Whole), outer)
	case plan.OneMinus:
		return bracketed("100% − "+args[0], outer)
	case plan.GrowthOf:
		return bracketed(strings.Join(args, " / ")+" − 100%", outer)
	case plan.ChangeOf:
		return bracketed(strings.Join(args, " − "), outer)
	case plan.SumOf:
		return bracketed(strings.Join(args, " + "), outer)
	case plan.MetOf:
		return x.metText(m)
	case plan.MinOf:
		return x.Say("the least of: ", "nhỏ nhất của: ") + strings.Join(args, "; ")
	case plan.MaxOf:
		return x.Say("the greatest of: ", "lớn nhất của: ") + strings.Join(args, "; ")
	case plan.MeanOf:
		return x.Say("the mean of: ", "trung bình của: ") + strings.Join(args, "; ")
	case plan.ProductOf:
		return bracketed(strings.Join(args, " × "), outer)
	case plan.QuotientOf, plan.FractionOf:
		return bracketed(strings.Join(args, " / "), outer)
	case plan.RatioOf:
		if m.Per != nil {
			args[1] += " × " + number.Short(*m.Per, 6).In(x.Lang)
		}
		return bracketed(strings.Join(args, " / "), outer)
	case plan.FirstOf:
		return x.Say("the first that is not 0 of: ", "đại lượng đầu tiên khác 0 trong: ") + strings.Join(args, "; ")
	case plan.ConstantOf:
		return number.Shown(m.Value, m.Percent).In(x.Lang)
	case plan.ParamOf:
		if q := x.s.in.Plan.FindParam(m.Param); q != nil {
			return q.Name().In(x.Lang)
		}
		return m.Param
	}
	return ""
}

// metText names the targets that a measure counts.
func (x *writer) metText(m plan.Measure) string {
	if m.Of == plan.Applicable {
		return x.Say("targets met, of those that apply: ", "số chỉ tiêu đạt trên số chỉ tiêu có áp dụng: ") + x.targetTitles(m.Targets)
	}
	return x.Say("targets met, of: ", "số chỉ tiêu đạt trong: ") + x.targetTitles(m.Targets)
}

func (x *writer) targetTitles(ids []string) string {
	var titles []string
	for _, id := range ids {
		title := id
		if t := x.s.in.Plan.FindTarget(id); t != nil {
			title = t.Title.In(x.Lang)
		}
		titles = append(titles, title)
	}
	return strings.Join(titles, "; ")
}

func bracketed(s string, outer bool) string {
	if outer {
		return s
	}
	return "(" + s + ")"
}

func (x *writer) factTitle(id string) string {
	if f := x.s.in.Plan.FindFact(id); f != nil && !f.Title.IsZero() {
		return f.Title.In(x.Lang)
	}
	for i := range x.s.Units {
		if c := x.s.Units[i].Card; c != nil {
			for j := range c.Facts {
				if f := &c.Facts[j]; f.ID == id && !f.Title.IsZero() {
					return f.Title.In(x.Lang)
				}
			}
		}
	}
	return id
}

// absence says what the plan takes missing figures and empty denominators as.
func (x *writer) absence(t *plan.Target) string {
	as := func(a plan.Absent) string { return score.WhenAbsent(a).Title().In(x.Lang) }
	text := x.Say("Missing figure: ", "Không có số liệu: ") + as(t.WhenMissing)
	if t.Measure.Op == plan.ShareOf {
		text += x.Say("; denominator 0: ", "; mẫu số bằng 0: ") + as(t.WhenEmpty)
	}
	if !t.Published.IsZero() {
		text += x.Say("; not due before ", "; chưa đến hạn trước ngày ") + t.Published.Shown().In(x.Lang)
	}
	return text
}

func (x *writer) readings(t *plan.Target) string {
	var parts []string
	if !t.Adopted.IsZero() {
		parts = append(parts, x.Say("Adopted: ", "Áp dụng: ")+t.Adopted.In(x.Lang))
	}
	for _, r := range t.Readings {
		note := r.Note.In(x.Lang)
		if note == "" {
			note = x.measureText(r.Measure, true)
		}
		parts = append(parts, x.Say("Other: ", "Khác: ")+note)
	}
	return strings.Join(parts, "\n")
}

func (x *writer) methodInputs(s *sheets.Sheet) {
	x.methodSection(s, lang.T("Files read", "Các tệp đã đọc"))
	s.Text(head, x.title(term.Ordinal))
	s.Say(head, "Kind", "Loại")
	s.Text(headLeft, x.title(term.Unit))
	s.Text(headLeft, x.title(term.File))
	s.Text(headLeft, x.title(term.Period))
	s.Say(head, "Bytes", "Số byte")
	s.Blank(head, 1)
	s.Across(headLeft, "SHA-256", 2)
	s.EndRow(20)
	for i := range x.s.in.Cards {
		c := &x.s.in.Cards[i]
		s.Int(centered, i+1)
		s.Text(centered, string(c.Input.Kind))
		s.Text(body, nameOf(c).In(x.Lang))
		s.Text(body, c.Input.File)
		s.Text(body, x.title(c.Period.Title()))
		s.Num(whole, number.Int(c.Input.Bytes))
		s.Blank(body, 1)
		s.Across(body.With(func(st *sheets.Style) { st.Size = 8 }), c.Input.SHA256, 2)
		s.EndRow(0)
	}
}
