package form

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/plan"
)

// rule is what may be typed in a cell.
type rule uint8

const (
	anything rule = iota
	wholeNumber
	placeNumber // 1 or more
	amountNumber
	shareNumber
	dayNumber
	chooseFrom
)

// want is a rule and the cells that it is for.
type want struct {
	kind    rule
	choices []string // chooseFrom
	at      []diag.Area
}

// expect notes what may be typed in a cell.
func (w *tableWriter) expect(c *column, kind plan.FactKind, at diag.Area) {
	n := want{kind: ruleOf(c, kind)}
	if n.kind == anything {
		return
	}
	n.choices = c.choices()
	for i := range w.wants {
		old := &w.wants[i]
		if old.kind == n.kind && slices.Equal(old.choices, n.choices) {
			old.add(at)
			return
		}
	}
	n.at = []diag.Area{at}
	w.wants = append(w.wants, n)
}

// choices lists how a column's values are spelled.
func (c *column) choices() []string {
	var out []string
	for _, v := range c.Values {
		out = append(out, v.Names[0])
	}
	return out
}

// add adds a cell; one below the last widens its area.
func (n *want) add(at diag.Area) {
	for i := range n.at {
		if a := &n.at[i]; a.Col == at.Col && a.ToCol == at.ToCol && a.ToRow+1 == at.Row {
			a.ToRow = at.ToRow
			return
		}
	}
	n.at = append(n.at, at)
}

func ruleOf(c *column, kind plan.FactKind) rule {
	switch c.Type {
	case plan.Text:
		return anything
	case plan.Date:
		return dayNumber
	case plan.Choice:
		return chooseFrom
	case plan.Share:
		return shareNumber
	case plan.Number:
	}
	switch kind {
	case plan.AmountFact:
		return amountNumber
	case plan.RankFact:
		return placeNumber
	case plan.ShareFact:
		return shareNumber
	case plan.CountFact, plan.ChoiceFact:
	}
	return wholeNumber
}

// validate tells the spreadsheet program what may be typed.
func (w *tableWriter) validate() {
	for _, n := range w.wants {
		if w.sw == nil || n.kind == chooseFrom && len(n.choices) == 0 {
			continue
		}
		dv := excelize.NewDataValidation(true)
		for _, a := range n.at {
			dv.SetSqref(a.String())
		}
		w.keep(w.restrict(dv, n))
		w.keep(w.f.AddDataValidation(w.name, dv))
	}
}

func (w *tableWriter) restrict(dv *excelize.DataValidation, n want) error {
	refuse := func(en, vi string) {
		dv.SetError(excelize.DataValidationErrorStyleStop, w.say("Not accepted", "Không hợp lệ"), w.say(en, vi))
	}
	const (
		atLeast = excelize.DataValidationOperatorGreaterThanOrEqual
		between = excelize.DataValidationOperatorBetween
	)
	switch n.kind {
	case wholeNumber:
		refuse("Type a whole number, 0 or more. Leave the cell blank if there is nothing to report.",
			"Hãy nhập số nguyên từ 0 trở lên. Không có số liệu thì để trống.")
		return dv.SetRange(0, 0, excelize.DataValidationTypeWhole, atLeast)
	case placeNumber:
		refuse("Type a rank: a whole number, 1 or more.", "Hãy nhập thứ hạng: số nguyên từ 1 trở lên.")
		return dv.SetRange(1, 0, excelize.DataValidationTypeWhole, atLeast)
	case amountNumber:
		refuse("Type a number, 0 or more. Leave the cell blank if there is nothing to report.",
			"Hãy nhập số từ 0 trở lên. Không có số liệu thì để trống.")
		return dv.SetRange(0, 0, excelize.DataValidationTypeDecimal, atLeast)
	case shareNumber:
		refuse("Type a share from 0% to 100%, with the percent sign: 65%.", "Hãy nhập tỷ lệ từ 0% đến 100%, kèm dấu %: 65%.")
		return dv.SetRange(0, 1, excelize.DataValidationTypeDecimal, between)
	case dayNumber:
		const year1900, year2100 = 1, 73051
		refuse("Type a date: dd/mm/yyyy.", "Hãy nhập ngày theo dạng dd/mm/yyyy.")
		return dv.SetRange(year1900, year2100, excelize.DataValidationTypeDate, between)
	case chooseFrom:
		refuse("Choose one of the list.", "Hãy chọn một giá trị trong danh sách.")
		if ref := w.lists.ref(n.choices); ref != "" {
			dv.SetSqrefDropList(ref)
			return nil
		}
		return dv.SetDropList(n.choices)
	case anything:
	}
	return nil
}

// choiceLists are the lists of choices that do not fit into a cell's own rule:
// those stand on a sheet of their own, one column each.
type choiceLists struct {
	name  string
	lists [][]string
}

// maxInline is how many characters of choices a cell's own rule can hold.
const maxInline = 255

// inline reports whether choices can stand in a cell's own rule: commas part
// them there, and a text that begins with "=" would be a formula.
func inline(choices []string) bool {
	return len([]rune(strings.Join(choices, ","))) <= maxInline && !slices.ContainsFunc(choices, func(c string) bool {
		return strings.ContainsAny(c, ",\n") || strings.HasPrefix(c, "=") || strings.TrimSpace(c) != c
	})
}

// choiceLists collects the lists that need the sheet.
func (b *book) choiceLists(sheets []sheet) *choiceLists {
	out := &choiceLists{}
	add := func(choices []string) {
		if !inline(choices) && out.find(choices) < 0 {
			out.lists = append(out.lists, choices)
		}
	}
	for _, s := range sheets {
		add(s.moneyUnits())
		for i := range s.columns {
			add(s.columns[i].choices())
		}
	}
	if len(out.lists) > 0 {
		out.name = b.sheetName(b.say("Choices", "Danh mục lựa chọn"))
	}
	return out
}

func (l *choiceLists) find(choices []string) int {
	return slices.IndexFunc(l.lists, func(have []string) bool { return slices.Equal(have, choices) })
}

// ref is where a list stands, or "".
func (l *choiceLists) ref(choices []string) string {
	i := l.find(choices)
	if i < 0 {
		return ""
	}
	col := diag.ColumnName(i + 1)
	return fmt.Sprintf("%s!$%s$2:$%s$%d", diag.QuoteSheet(l.name), col, col, len(choices)+1)
}

// writeLists writes the sheet of choices, where one is needed.
func (b *book) writeLists(l *choiceLists) {
	if l.name == "" {
		return
	}
	var widths []float64
	longest := 0
	for _, list := range l.lists {
		widths = append(widths, 36)
		longest = max(longest, len(list))
	}
	p := b.paper(l.name, 1, page{widths: widths, landscape: true})
	p.add(hintLook, b.say("The values that the lists of the other sheets offer.", "Các giá trị cho danh sách chọn ở những trang khác."))
	p.endRow(tall(1))
	for i := range longest {
		for _, list := range l.lists {
			if i < len(list) {
				p.add(textLook, list[i])
			} else {
				p.blank(look{}, 1)
			}
		}
		p.endRow(0)
	}
	p.end()
}
