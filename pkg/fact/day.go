package fact

import (
	"errors"
	"fmt"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
)

// readDay reads a cell of a column of days that is not blank, by the rules of
// lists.
func readDay(c *cell.Cell, epoch1904 bool) value {
	text := strings.TrimSpace(string(c.Content(nil)))
	day, state, check := records.ReadDay(c, epoch1904)
	switch state {
	case records.Blank:
		return value{state: Missing, reason: lang.T("the cell is blank", "ô để trống")}
	case records.Readable:
		how := asDay
		if c.Kind == cell.Text {
			how = lang.T("date, typed as text", "ngày, gõ dạng chữ")
		}
		return value{state: Reported, number: plan.OfDay(day), how: how}
	case records.Unreadable:
	}
	if check == diag.MarkedText {
		return wrong(check, marked(c.Mark, text))
	}
	return wrong(check, lang.F("%q: %s", "%q: %s", clip(text), notDay(c, text)))
}

var asDay = lang.T("date", "ngày")

// notDay explains why a cell does not hold a day.
func notDay(c *cell.Cell, text string) lang.Text {
	var mistake *date.TextError
	if _, err := date.ParseText(text); c.Kind == cell.Text && errors.As(err, &mistake) {
		return lang.T(mistake.In(lang.EN), mistake.In(lang.VI))
	}
	if c.Kind == cell.Date {
		return lang.T("the cell shows another day than it stores: type the date again", "ô hiển thị ngày khác với ngày được lưu: hãy nhập lại ngày")
	}
	return lang.T("no date: want dd/mm/yyyy", "không phải ngày: cần dd/mm/yyyy")
}

// Receipt is when a submission came, and the source of that.
type Receipt struct {
	Unit string    // as it is called there
	Day  date.Date // zero: nobody says
	From diag.Pos  // the line of a file
}

// Received returns when the submission of a unit came.
type Received func(Unit) Receipt

// receipt is the day on which the submission came.
func (r *reader) receipt() sourced {
	var at Receipt
	if r.received != nil {
		at = r.received(r.unit.Unit)
	}
	if at.Day.IsZero() {
		return missing(diag.MissingRow, lang.T("nobody says when the submission came: give the day with --received or --files",
			"chưa có ngày nhận bản nộp: đưa vào bằng --received hoặc --files"))
	}
	return dayFrom(at.Day, at.From, lang.T("day of receipt", "ngày nhận"))
}

// deadline is the day by which the unit has to submit, from the roster.
func (r *reader) deadline() sourced {
	if r.roster == nil {
		return missing(diag.MissingTable, lang.T("there is no roster, which tells the deadline: give it with --roster", "không có danh sách đơn vị ghi hạn nộp: đưa vào bằng --roster"))
	}
	u := r.roster.Find(r.unit.ID)
	if u == nil {
		return missing(diag.MissingRow, lang.T("the unit is not on the roster, which tells the deadline", "đơn vị không có trong danh sách ghi hạn nộp"))
	}
	if !u.Deadline.IsZero() {
		return dayFrom(u.Deadline, u.Pos, lang.T("deadline of the unit on the roster", "hạn nộp của đơn vị trong danh sách"))
	}
	if r.roster.Deadline.IsZero() {
		return missing(diag.BlankCell, lang.T("the roster gives the unit no deadline", "danh sách không ghi hạn nộp của đơn vị"))
	}
	return dayFrom(r.roster.Deadline, diag.InFile(r.roster.File), lang.T("deadline of the roster", "hạn nộp trong danh sách"))
}

// dayFrom is a day that a file beside the submission tells.
func dayFrom(day date.Date, at diag.Pos, how lang.Text) sourced {
	where := at.File
	if at.Line > 0 {
		where = fmt.Sprintf("%s:%d", at.File, at.Line)
	}
	evidence := Evidence{File: at.File, Cells: where, Count: 1, Raw: day.String(), Kind: kindNames[cell.Date], Read: asDay}
	return sourced{Source: Source{Value: plan.OfDay(day), How: how, Evidence: []Evidence{evidence}}, state: Reported}
}
