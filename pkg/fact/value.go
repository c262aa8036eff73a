package fact

import (
	"errors"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// value is what one cell says, read by its column's type.
type value struct {
	state  State
	number number.Exact // Number, Share
	choice string       // Choice
	how    lang.Text    // how it was read
	check  diag.CheckID // what is wrong; "" where nothing is
	reason lang.Text    // what is wrong, and what is wanted; of a typed number see said
	typed  string       // the text of a number that is typed as text
	share  bool

	converted bool   // the number is an amount that the cell shows and does not store
	shown     string // what the cell shows, where that is another number than it stores
}

// said words what is wrong with the value.
func (v value) said() lang.Text {
	if v.typed == "" || !v.reason.IsZero() {
		return v.reason
	}
	shown := number.Short(v.number, 12)
	if v.share {
		shown = number.Percent(v.number, 12)
	}
	return lang.F("the number is typed as text, %q: read as %s; type it as a number",
		"số được gõ dạng chữ, %q: đọc là %s; nên nhập dạng số", clip(v.typed), shown)
}

// read is how the value was read.
func (v value) read() lang.Text {
	if v.typed == "" {
		return v.how
	}
	return lang.F("%s, typed as text", "%s, gõ dạng chữ", number.Short(v.number, 12))
}

func wrong(check diag.CheckID, reason lang.Text) value {
	return value{state: Invalid, check: check, reason: reason}
}

var (
	asNumber  = lang.T("number", "số")
	asPercent = lang.T("number shown as a percentage", "số hiển thị dạng phần trăm")
)

// readCell reads a cell of a column. A blank and a placeholder are missing,
// never 0.
func readCell(c cell.Cell, col *plan.Column, m *money) value {
	return unseen(c, readAny(c, col, m))
}

// unseen doubts a value that nobody sees in its cell.
func unseen(c cell.Cell, v value) value {
	if c.Mark == cell.Unseen && v.state == Reported && (v.choice != "" || !v.number.IsZero()) {
		v.typed, v.check, v.reason = "", diag.ShownOtherwise, lang.F(
			"%q is written in the colour of its cell, such as white on white, so that nobody sees it: it is counted all the same; give it another colour",
			"%q có màu chữ trùng màu nền (như chữ trắng trên nền trắng) nên không ai thấy: vẫn được tính; hãy đặt lại màu chữ", clip(string(c.Raw)))
	}
	return v
}

func readAny(c cell.Cell, col *plan.Column, m *money) value {
	if c.Kind == cell.Number && col.Type == plan.Number && c.Mark <= cell.Unseen { // most figures
		if x, err := number.ParseCell(c.Raw); err == nil && (c.Format.Plain() || m.showsItself(c.Format.Section(x))) {
			return value{state: Reported, number: x, how: asNumber}
		}
	}
	text := strings.TrimSpace(string(c.Content(nil)))
	switch {
	case c.Formula == cell.Uncalculated:
		return wrong(diag.NotCalculated, lang.T(
			"the formula is not calculated: open the file and save it in a spreadsheet program",
			"công thức chưa được tính: hãy mở và lưu lại tệp bằng phần mềm bảng tính"))
	case c.Kind == cell.Error:
		return wrong(diag.ErrorCell, lang.F("the cell holds the error %s: mend its formula", "ô chứa lỗi %s: hãy sửa công thức", text))
	case c.Kind == cell.Blank || text == "":
		return value{state: Missing, reason: lang.T("the cell is blank", "ô để trống")}
	case c.Kind == cell.Text && number.IsPlaceholder(text) && !choosable(col, text):
		return value{state: Missing, reason: lang.F("%q stands for \"not reported\"", "%q nghĩa là không báo cáo", text)}
	}
	if c.Mark > cell.Unseen && (col.Type == plan.Number || col.Type == plan.Share) || c.Mark.Withdrawn() && col.Type == plan.Choice {
		return wrong(diag.MarkedText, marked(c.Mark, text))
	}
	switch col.Type {
	case plan.Number:
		return readNumber(c, text, col, m)
	case plan.Share:
		return readShare(c, text, col)
	case plan.Choice:
		return readChoice(c, text, col)
	case plan.Text, plan.Date: // of a day see readDay, which knows how the workbook counts days
	}
	return value{state: Reported, how: lang.T("text", "chữ")}
}

// marked says why a text or number whose parts are shown differently is no
// figure.
func marked(m cell.Mark, text string) lang.Text {
	what := lang.T("parts that look different", "nhiều phần trình bày khác nhau")
	switch m {
	case cell.Plain, cell.Unseen, cell.Parts:
	case cell.Linked:
		what = lang.T("a link, which may be a reference to a note", "liên kết, có thể là dấu chú thích")
	case cell.Raised:
		what = lang.T("a superscript or subscript part, such as a reference to a note", "phần là chỉ số trên hoặc chỉ số dưới, chẳng hạn dấu chú thích")
	case cell.Options:
		what = lang.T("the choices of a drop-down list", "các lựa chọn của danh sách thả xuống")
	case cell.PartHidden:
		what = lang.T("a part that is not shown", "phần bị ẩn")
	case cell.StruckOut:
		return lang.F("%q is struck out, in part or as a whole: nobody can tell whether it counts; clear what does not, and type the figure alone without the line",
			"%q bị gạch bỏ, một phần hay toàn bộ: không xác định được có tính hay không; hãy xóa phần không tính và chỉ nhập số, không gạch", clip(text))
	}
	return lang.F("%q has %s: nobody can tell which of its characters make the figure; type the figure alone",
		"%q có %s: không xác định được ký tự nào là số liệu; hãy chỉ nhập số", clip(text), what)
}

func readNumber(c cell.Cell, text string, col *plan.Column, m *money) value {
	switch c.Kind {
	case cell.Number:
		x, err := number.ParseCell(c.Raw)
		if err != nil {
			return notNumber(text)
		}
		return readShown(c, x, text, col, m)
	case cell.Text:
		x, percent, err := number.ParseText(text, col.Style)
		if err != nil || percent {
			return badText(text, err)
		}
		v := value{state: Reported, number: x, check: diag.TextNumber, typed: text}
		if number.ThreeDecimals(text, col.Style) {
			v.check = diag.DoubtfulNumber
			v.reason = lang.F("%q is read as %s, for the column's decimals stand behind that mark: are thousands meant? type it as a number",
				"%q được đọc là %s vì cột dùng dấu này cho phần thập phân: có phải là hàng nghìn không? hãy nhập dạng số", clip(text), number.Short(x, 12))
		}
		return v
	case cell.Date:
		return wrong(diag.NotNumber, lang.F("%s is a date, a number is wanted", "%s là ngày tháng, cần một số", clip(text)))
	case cell.Blank, cell.Bool, cell.Error:
	}
	return notNumber(text)
}

func readChoice(c cell.Cell, text string, col *plan.Column) value {
	id, ok := choiceOf(col, text)
	if shown := c.Words(); shown != "" { // "Có" of a 1
		if other, known := choiceOf(col, shown); known {
			if ok && other != id {
				return refuseShown(text, shown)
			}
			id, ok = other, true
		}
	}
	if ok {
		return value{state: Reported, choice: id, how: lang.F("choice %q", "lựa chọn %q", choiceTitle(col.Values, id))}
	}
	var names []string
	for _, v := range col.Values {
		names = append(names, v.Names[0])
	}
	return wrong(diag.UnknownChoice, lang.F("%q is no known choice: want one of %s", "%q không phải lựa chọn đã biết: cần một trong %s", clip(text), quoted(names)))
}

// choosable reports whether a column has a choice that is written like a
// placeholder: "x" for yes.
func choosable(col *plan.Column, text string) bool {
	_, ok := choiceOf(col, text)
	return ok
}

func choiceOf(col *plan.Column, text string) (string, bool) {
	if col.Type != plan.Choice {
		return "", false
	}
	id, ok := col.Choices[label.Key(text)]
	return id, ok
}

// checkKind looks whether a value is one that a fact of its kind can have.
func checkKind(v value, kind plan.FactKind) value {
	switch {
	case v.state != Reported || kind == plan.ChoiceFact || kind == plan.ShareFact || kind == plan.DateFact:
		return v
	case v.number.Sign() < 0:
		return wrong(diag.Negative, lang.F("%s is below 0", "%s nhỏ hơn 0", number.Short(v.number, 12)))
	case kind != plan.AmountFact && v.check == diag.DoubtfulNumber:
		return wrong(diag.AmbiguousText, lang.F(
			"%q has three decimals, and a whole number is wanted: thousands may be meant; type it as a number",
			"%q có ba chữ số thập phân, trong khi cần số nguyên: có thể là hàng nghìn; hãy nhập dạng số", clip(v.typed)))
	case kind != plan.AmountFact && !v.number.IsInt():
		return wrong(diag.NotNumber, lang.F("%s is no whole number", "%s không phải số nguyên", number.Short(v.number, 12)))
	case kind == plan.RankFact && v.number.IsZero():
		return wrong(diag.NotNumber, lang.T("0 is no rank: 1 is the best", "0 không phải thứ hạng: 1 là cao nhất"))
	}
	return v
}

// checkAddend is checkKind for one of several values that are added up: an
// amount among them may be a deduction, which is a finding.
func checkAddend(v value, kind plan.FactKind, addend bool) value {
	out := checkKind(v, kind)
	if addend && kind == plan.AmountFact && out.check == diag.Negative {
		v.check, v.typed = diag.Negative, ""
		v.reason = lang.F("%s is below 0: it is taken off the sum", "%s nhỏ hơn 0: được trừ khỏi tổng", number.Short(v.number, 12))
		return v
	}
	return out
}

func notNumber(text string) value {
	return wrong(diag.NotNumber, lang.F("%q is no number", "%q không phải là số", clip(text)))
}

func badText(text string, err error) value {
	if errors.Is(err, number.ErrAmbiguous) {
		return wrong(diag.AmbiguousText, lang.F(
			"%q can be read in two ways: type it as a number, or declare the column's style in the plan",
			"%q có hai cách đọc: hãy nhập ở dạng số, hoặc khai báo style của cột trong kế hoạch", clip(text)))
	}
	if err == nil {
		return wrong(diag.NotNumber, lang.F("%q is a percentage, a count or an amount is wanted", "%q là phần trăm, cần số lượng hoặc số tiền", clip(text)))
	}
	return notNumber(text)
}
