package form

import (
	"fmt"
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/sheets"
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

// expect collects the rule for a cell.
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
	case plan.CountFact, plan.ChoiceFact, plan.DateFact:
	}
	return wholeNumber
}

// validate adds the rules to the sheet.
func (w *tableWriter) validate() {
	for i := range w.wants {
		n := &w.wants[i]
		a := w.accepted(n.kind)
		if a.Choices = n.choices; n.kind == chooseFrom {
			a.List = w.lists.ref(n.choices)
		}
		w.Accept(a, n.at...)
	}
}

func (w *tableWriter) accepted(r rule) sheets.Accept {
	switch r {
	case placeNumber:
		return sheets.Accept{Kind: sheets.AcceptWhole, From: 1,
			Refusal: w.words("Type a rank: a whole number, 1 or more.", "Hãy nhập thứ hạng: số nguyên từ 1 trở lên.")}
	case amountNumber:
		return sheets.Accept{Kind: sheets.AcceptDecimal,
			Refusal: w.words("Type a number, 0 or more. Leave the cell blank if there is nothing to report.",
				"Hãy nhập số từ 0 trở lên. Không có số liệu thì để trống.")}
	case shareNumber:
		return sheets.Accept{Kind: sheets.AcceptDecimal, To: 1,
			Refusal: w.words("Type a share from 0% to 100%, with the percent sign: 65%.", "Hãy nhập tỷ lệ từ 0% đến 100%, kèm dấu %: 65%.")}
	case dayNumber:
		const year1900, year2100 = 1, 73051
		return sheets.Accept{Kind: sheets.AcceptDate, From: year1900, To: year2100,
			Refusal: w.words("Type a date: dd/mm/yyyy.", "Hãy nhập ngày theo dạng dd/mm/yyyy.")}
	case chooseFrom:
		return sheets.Accept{Kind: sheets.AcceptChoice, Refusal: w.words("Choose one of the list.", "Hãy chọn một giá trị trong danh sách.")}
	case wholeNumber, anything: // the latter is not noted
	}
	return sheets.Accept{Kind: sheets.AcceptWhole,
		Refusal: w.words("Type a whole number, 0 or more. Leave the cell blank if there is nothing to report.",
			"Hãy nhập số nguyên từ 0 trở lên. Không có số liệu thì để trống.")}
}

// choiceLists are the lists of choices that do not fit into a cell's own rule:
// those stand on a sheet of their own, one column each.
type choiceLists struct {
	name  string
	lists [][]string
}

// choiceListsOf collects the lists that need the sheet.
func choiceListsOf(b *sheets.Book, tables []sheet) *choiceLists {
	out := &choiceLists{}
	add := func(choices []string) {
		if !sheets.Inline(choices) && out.find(choices) < 0 {
			out.lists = append(out.lists, choices)
		}
	}
	for _, s := range tables {
		add(s.moneyUnits())
		for i := range s.columns {
			add(s.columns[i].choices())
		}
	}
	if len(out.lists) > 0 {
		out.name = b.Name(b.Say("Choices", "Danh mục lựa chọn"))
	}
	return out
}

func (l *choiceLists) find(choices []string) int {
	return slices.IndexFunc(l.lists, func(have []string) bool { return slices.Equal(have, choices) })
}

// ref is the range of a list, or "".
func (l *choiceLists) ref(choices []string) string {
	i := l.find(choices)
	if i < 0 {
		return ""
	}
	col := diag.ColumnName(i + 1)
	return fmt.Sprintf("%s!$%s$2:$%s$%d", diag.QuoteSheet(l.name), col, col, len(choices)+1)
}

// write writes the sheet of choices, where one is needed.
func (l *choiceLists) write(b *sheets.Book) {
	if l.name == "" {
		return
	}
	var widths []float64
	longest := 0
	for _, list := range l.lists {
		widths = append(widths, 36)
		longest = max(longest, len(list))
	}
	s := b.Sheet(l.name, sheets.Page{Widths: widths, HideGrid: true})
	s.Text(hint.With(func(st *sheets.Style) { st.Wrap = false }), b.Say("The values that the lists of the other sheets offer.", "Các giá trị cho danh sách chọn ở những trang khác."))
	s.EndRow(0)
	for i := range longest {
		for _, list := range l.lists {
			if i < len(list) {
				s.Text(textStyle, list[i])
			} else {
				s.Blank(plain, 1)
			}
		}
		s.EndRow(0)
	}
	s.End()
}
