package mapping

import (
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Line is a line of an account; a text from a file may be in it.
type Line struct {
	Indent int
	Text   string
}

// Lines are the account in words.
func (a *Account) Lines(p *plan.Plan, l lang.Lang) []Line {
	t := teller{plan: p, lang: l}
	own := 0
	for i := range a.Kinds {
		if a.Kinds[i].Own && !a.Kinds[i].Open() {
			own++
		}
	}
	t.say(0, lang.F("%s in %s; read by the plan's own names: %d", "%s trong %s; kế hoạch tự đọc được %d loại",
		number.Count(int64(len(a.Kinds)), "kind of header", "kinds of header", "loại tiêu đề bảng"), number.Count(int64(len(a.Files)), "file", "files", "tệp"), own))
	for i := range a.Kinds {
		t.say(0, lang.Text{})
		t.kind(i+1, &a.Kinds[i])
	}
	t.say(0, lang.Text{})
	t.files(a.Files)
	return t.lines
}

// teller puts an account into words.
type teller struct {
	plan  *plan.Plan
	lang  lang.Lang
	lines []Line
}

func (t *teller) say(indent int, text lang.Text) {
	t.lines = append(t.lines, Line{indent, text.In(t.lang)})
}

func (t *teller) kind(n int, k *Kind) {
	s := k.Form.Seen
	where := lang.Same(diag.QuoteSheet(s.Sheet) + "!" + s.Area)
	t.say(0, lang.F("%d. %s, such as %s: %s", "%d. %s, ví dụ %s: %s", n, number.Count(int64(s.Files), "file", "files", "tệp"), s.File, where))
	switch {
	case k.Mapped:
		t.say(3, lang.F("is %q, by the mapping", "là %q, theo bảng đối chiếu", tableTitle(t.plan, k.Form.Table.To)))
	case k.Own:
		t.say(3, lang.F("is %q, by the plan's own names", "là %q, theo tên của kế hoạch", tableTitle(t.plan, k.Form.Table.To)))
	case k.Form.Table.State == Near:
		t.say(3, lang.F("is near %q", "gần giống %q", tableTitle(t.plan, k.Form.Table.To)))
	case len(k.Rivals) > 1:
		t.say(3, lang.F("is like %q and %q alike: choose the table, then run map with this mapping to see its columns",
			"giống bảng %q và bảng %q như nhau: hãy chọn bảng, rồi chạy lại map với bảng đối chiếu này để xem các cột",
			tableTitle(t.plan, k.Rivals[0]), tableTitle(t.plan, k.Rivals[1])))
	default:
		t.say(3, lang.T("is like no table of the plan", "không giống bảng nào của kế hoạch"))
	}
	if k.Own && !k.Open() && !k.Mapped {
		t.values(k)
		t.money(&k.Money)
		t.taken(k)
		return
	}
	t.columns(k)
	t.rows(k)
	t.values(k)
	if len(k.Lacks) > 0 {
		t.say(3, lang.F("lacks: %s", "thiếu: %s", strings.Join(k.Lacks, "; ")))
	}
	t.money(&k.Money)
	t.taken(k)
	t.sheets(k)
}

// sheets says what the sheets of one file stand for that hold a kind.
func (t *teller) sheets(k *Kind) {
	if len(k.Sheets) < 2 {
		return
	}
	what, each := lang.Text{}, k.Form.Each
	if table := t.plan.FindTable(k.Form.Table.To); each == plan.SheetsAlike && table != nil {
		each = table.Each
	}
	switch {
	case each != plan.SheetsAlike && !k.Form.Guessed:
		what = lang.F("✓ each is %s", "✓ mỗi trang tính là %s", sheetWords[each])
	case k.Form.Guessed:
		what = lang.F("≈ each may be %s", "≈ mỗi trang tính có thể là %s", sheetWords[each])
	case k.Stands.Copies:
		what = lang.T("? two of them hold the same: keep one, or declare what they stand for",
			"? có hai trang tính giống hệt nhau: hãy giữ một, hoặc ghi rõ mỗi trang tính là gì")
	case k.Stands.Twice:
		what = lang.T("? two of them name the same unit or month, perhaps as copies: keep one, or declare what they stand for",
			"? có hai trang tính ghi cùng một đơn vị hoặc một tháng, có thể là bản sao: hãy giữ một, hoặc ghi rõ mỗi trang tính là gì")
	case k.Stands.AreMonths():
		what = lang.T("? each is one month: declare whether months are added up, or grow and the last counts",
			"? mỗi trang tính là một tháng: cần ghi rõ cộng các tháng, hay số lũy kế và lấy tháng cuối")
	default:
		what = lang.T("? declare what they stand for", "? cần ghi rõ mỗi trang tính là gì")
	}
	t.say(3, lang.F("stands in %d sheets of one file, %s: %s", "có ở %d trang tính của một tệp, %s: %s", len(k.Sheets), listed(k.Sheets), what))
}

// money says what the amounts of a kind are counted in.
func (t *teller) money(m *fact.Money) {
	var parts []lang.Text
	for _, name := range m.Units {
		parts = append(parts, lang.Same(name))
	}
	if m.Silent {
		parts = append(parts, lang.T("not stated everywhere: taken as the figures stand", "có chỗ chưa ghi: số liệu được lấy nguyên như đã ghi"))
		if len(m.Units) == 0 && !m.Unclear {
			parts = []lang.Text{lang.T("not stated: taken as the figures stand", "chưa ghi: số liệu được lấy nguyên như đã ghi")}
		}
	}
	if m.Unclear {
		parts = append(parts, lang.T("not known in some places", "có chỗ không xác định được"))
	}
	if m.Asked {
		t.say(3, lang.F("unit of money: %s", "đơn vị tính tiền: %s", lang.Join(parts, "; ")))
	}
}

// taken says what the rows of a kind are taken as.
func (t *teller) taken(k *Kind) {
	n := k.Taken
	if table := t.plan.FindTable(k.Form.Table.To); n == (fact.Taken{}) || table != nil && table.Shape != plan.Cross {
		return // the rows of a form are never added
	}
	totals := number.Count(int64(n.Totals), "total", "totals", "dòng tổng")
	if len(k.Totals) > 0 {
		totals = lang.F("%s (%s)", "%s (%s)", totals, quotedAll(k.Totals))
	}
	t.say(3, lang.F("rows are taken as %s, %s and %s", "các dòng được coi là: %s, %s, %s",
		number.Count(int64(n.Details), "detail", "details", "dòng chi tiết"),
		number.Count(int64(n.Subtotals), "subtotal", "subtotals", "dòng cộng nhóm"), totals))
}

// quotedAll quotes some texts from files, the first of them.
func quotedAll(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = "“" + n + "”"
	}
	return listed(out)
}

func listed(names []string) string {
	const most = 4
	if len(names) > most {
		return strings.Join(names[:most], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}

func (t *teller) columns(k *Kind) {
	table := t.plan.FindTable(k.Form.Table.To)
	for i := range k.Form.Columns {
		c := &k.Form.Columns[i]
		sign, what := t.choice(c.Choice, k.Sure[i])
		if table != nil && c.To != "" {
			what = lang.F("%s “%s”", "%s “%s”", what, columnName(table.FindColumn(c.To), c.To))
		}
		t.say(5, lang.F("%s “%s”: %s", "%s “%s”: %s", sign, c.Heading, what))
	}
}

// choice words a choice: a sign, and what it is.
func (t *teller) choice(c Choice, sure bool) (sign string, what lang.Text) {
	switch c.State {
	case Confirmed:
		if sure {
			return "✓", lang.T("fits", "khớp")
		}
		return "✓", lang.T("is confirmed:", "đã xác nhận:")
	case Near:
		return "≈", lang.T("is near", "gần giống")
	case Unused:
		return "·", lang.T("is not used", "không dùng")
	case Unknown:
	}
	return "?", lang.T("not known", "chưa rõ")
}

func (t *teller) rows(k *Kind) {
	if len(k.Form.Rows) == 0 {
		return
	}
	t.say(3, lang.T("rows:", "các dòng:"))
	for i := range k.Form.Rows {
		r := &k.Form.Rows[i]
		sign, what := t.choice(r.Choice, false)
		if r.To != "" {
			what = lang.F("%s “%s”", "%s “%s”", what, r.To)
		}
		if r.Total {
			what = lang.F("%s, a total", "%s, dòng tổng", what)
		}
		t.say(5, lang.F("%s “%s”: %s", "%s “%s”: %s", sign, r.Label, what))
	}
}

func (t *teller) values(k *Kind) {
	if len(k.Form.Values) == 0 {
		return
	}
	t.say(3, lang.T("spellings of choices that the plan does not know:", "cách ghi lựa chọn mà kế hoạch chưa biết:"))
	table := t.plan.FindTable(k.Form.Table.To)
	for i := range k.Form.Values {
		v := &k.Form.Values[i]
		sign, what := t.choice(v.Choice, false)
		col := table.FindColumn(v.Column)
		if v.To != "" {
			what = lang.F("%s “%s”", "%s “%s”", what, choiceName(col, v.To))
		}
		t.say(5, lang.F("%s “%s” (%s) of “%s”: %s", "%s “%s” (%s) ở cột “%s”: %s", sign, v.Text,
			number.Count(int64(v.Times), "cell", "cells", "ô"), columnName(col, v.Column), what))
	}
}

func (t *teller) files(files []FileSeen) {
	for i := range files {
		f := &files[i]
		switch {
		case f.Failed:
			t.say(0, lang.F("✗ %s: cannot be read", "✗ %s: không đọc được", f.Name))
		case len(f.Sheets) > 0:
			t.say(0, lang.F("≈ %s: each sheet names a unit of its own, %s; %s (%s)", "≈ %s: mỗi trang tính ghi một đơn vị riêng, %s; %s (%s)",
				f.Name, listed(f.Sheets), f.Period.Words(), f.From))
		case f.Known:
			t.say(0, lang.F("✓ %s: %s (%s), %s (%s)", "✓ %s: %s (%s), %s (%s)", f.Name, f.Unit.Name, f.Unit.From, f.Period.Words(), f.From))
		case f.Near != nil:
			t.say(0, lang.F("≈ %s: %q (%s) is not on the roster, near %q; %s (%s)", "≈ %s: %q (%s) không có trong danh sách, gần giống %q; %s (%s)",
				f.Name, f.Unit.Name, f.Unit.From, f.Near.Name, f.Period.Words(), f.From))
		default:
			t.say(0, lang.F("? %s: %q (%s) is not on the roster; %s (%s)", "? %s: %q (%s) không có trong danh sách; %s (%s)",
				f.Name, f.Unit.Name, f.Unit.From, f.Period.Words(), f.From))
		}
	}
}

// Counted says how many choices wait for a person.
func (m *Mapping) Counted() lang.Text {
	n := len(m.Suggestions())
	if n == 0 {
		return lang.T("nothing waits to be confirmed", "không còn mục nào chờ xác nhận")
	}
	return lang.F("%s to be confirmed; until then they are not used", "%s chờ xác nhận; chưa xác nhận thì chưa được dùng",
		number.Count(int64(n), "suggestion waits", "suggestions wait", "gợi ý"))
}
