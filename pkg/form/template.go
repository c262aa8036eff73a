package form

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/sheets"
)

// Rows of the captions above each table.
const (
	titleRow = iota + 1
	planRow
	periodRow
	unitRow
	versionRow
	hintRow
	captionRows = hintRow
)

// tableWriter writes one table of a template on its sheet.
type tableWriter struct {
	*sheets.Sheet
	*sheet
	order   Order
	lists   *choiceLists
	first   string // the cell that names the unit
	bodyRow int    // the first row of the body
	last    int    // the last one
	wants   []want
}

func (w *tableWriter) write(b *sheets.Book, index int) {
	depth := w.depth()
	w.bodyRow = captionRows + depth + 1
	numbered := w.table.Shape == plan.Cross && len(w.columns) >= 3
	if numbered {
		w.bodyRow++
	}
	w.Sheet = b.Sheet(w.title, sheets.Page{
		Widths: w.widths(), FreezeRow: w.bodyRow - 1, FreezeCol: w.labelColumn(), TitleFirst: captionRows + 1,
		Portrait: w.table.Shape == plan.Form && w.width() <= 150, HideGrid: true, Footer: fact.TemplateLine(w.order.Plan),
	})
	if w.table.Shape == plan.List {
		w.columnStyles()
	}
	w.captions(index)
	w.header(depth)
	if numbered {
		w.numbers()
	}
	w.body()
	w.signature()
	w.validate()
	w.End()
}

// words chooses the text of the template's language.
func (w *tableWriter) words(en, vi string) string { return lang.T(en, vi).In(w.order.Lang) }

// captions writes the captions above the table, from which the unit, the
// period, the unit of money and the template are read back.
func (w *tableWriter) captions(index int) {
	o, last := w.order, len(w.columns)
	line := func(st sheets.Style, text string) {
		w.Across(st, text, last)
		w.EndRow(0)
	}
	line(titleStyle, w.table.Title.In(o.Lang))
	line(middleStyle, planText(o.Plan).In(o.Lang))
	line(middleStyle, w.words("Reporting period", "Kỳ báo cáo")+": "+periodText(w.period()).In(o.Lang))
	w.unitCaption(index)
	w.versionCaption()
	line(hint, w.words("Fill in the yellow cells. Grey cells are calculated: do not type over them. A blank is not reported, it is not 0.",
		"Nhập số liệu vào ô nền vàng. Ô nền xám được tính tự động, không gõ đè. Ô để trống là không báo cáo, không phải là 0."))
}

// period is that of the sheet.
func (w *tableWriter) period() plan.Period {
	if w.month == 0 {
		return w.order.Period
	}
	p, _ := plan.Period{From: w.order.Period.From, To: w.order.Period.To}.Part(fmt.Sprintf("m%d", w.month))
	return p
}

// unitCaption writes the caption with the unit. If the unit is open, it is
// filled in once: the other sheets refer to the first.
func (w *tableWriter) unitCaption(index int) {
	last := len(w.columns)
	caption := w.words("Reporting unit", "Đơn vị báo cáo") + ":"
	if name := w.order.Unit.Name.In(w.order.Lang); name != "" || last == 1 {
		w.Across(bold, caption+" "+name, last)
		w.EndRow(0)
		return
	}
	from, row := w.unitCell(), w.Next()
	w.Across(bold.With(right), caption, from-1)
	open := bold
	if index == 0 {
		open = filled(bold)
		w.Blank(open, 1)
	} else {
		w.Formula(open, "IF("+w.first+"=\"\",\"\","+w.first+")", "")
	}
	w.Blank(open, last-from)
	w.EndRow(0)
	w.Merge(row, from, row, last)
}

// unitCell is the column in which a unit's name is typed.
func (s *sheet) unitCell() int { return min(max(s.labelColumn(), 1), len(s.columns)-1) + 1 }

// versionCaption writes which template this is, and the unit of money where the
// table has one: a list of those that the plan knows.
func (w *tableWriter) versionCaption() {
	last := len(w.columns)
	from := max(last-1, 2) // of the unit of money
	w.Text(small, w.words("Template", "Biểu mẫu")+": "+fact.TemplateLine(w.order.Plan))
	if units := w.moneyUnits(); len(units) == 0 || last < 2 {
		w.Blank(small, last-1)
	} else {
		w.Blank(small, from-2)
		w.Across(scaleStyle, units[0], last-from+1)
		w.wants = append(w.wants, want{kind: chooseFrom, choices: units, at: []diag.Area{diag.Cell(versionRow, from)}})
	}
	w.EndRow(0)
}

// moneyUnits lists the captions that may name the unit of money.
func (s *sheet) moneyUnits() []string {
	var out []string
	for _, u := range s.table.Scale {
		out = append(out, "ĐVT: "+u.Names[0])
	}
	return out
}

// heading is one header: a column's own, or one that several columns share.
type heading struct {
	text string
	area diag.Area // rows are counted from 1 at the top of the header
}

// headings lays out the headers: one that neighbours share lies across them,
// and a column's own reaches down to the body.
func (s *sheet) headings() []heading {
	depth := s.depth()
	var out []heading
	for i := range s.columns {
		path := s.columns[i].path
		for level, text := range path {
			if i > 0 && s.shared(i-1, level) >= i {
				continue // it lies across this column too
			}
			area := diag.Area{Row: level + 1, Col: i + 1, ToRow: level + 1, ToCol: s.shared(i, level) + 1}
			if level == len(path)-1 {
				area.ToRow = depth
			}
			out = append(out, heading{text, area})
		}
	}
	return out
}

// shared returns the last column that stands under one header with column i.
func (s *sheet) shared(i, level int) int {
	path := s.columns[i].path
	if level >= len(path)-1 {
		return i // the lowest header is the column's own
	}
	for i+1 < len(s.columns) {
		next := s.columns[i+1].path
		if len(next) <= level+1 || !slices.Equal(next[:level+1], path[:level+1]) {
			break
		}
		i++
	}
	return i
}

// header writes the headers, each row as high as its texts need.
func (w *tableWriter) header(depth int) {
	all := w.headings()
	for level := range depth {
		height := 1
		for i := range w.columns {
			text := ""
			for _, h := range all {
				if h.area.Row != level+1 || h.area.Col != i+1 {
					continue
				}
				text = h.text
				if h.area.Col == h.area.ToCol {
					rows := h.area.ToRow - level
					height = max(height, (theme.Lines(text, w.columnWidth(i), head)+rows-1)/rows)
				}
			}
			w.Text(head, text)
		}
		w.EndRow(theme.Tall(height))
	}
	for _, h := range all {
		w.Merge(captionRows+h.area.Row, h.area.Col, captionRows+h.area.ToRow, h.area.ToCol)
	}
}

// numbers writes the row of column numbers, with the arithmetic of the form:
// "3=4+5+6".
func (w *tableWriter) numbers() {
	for i := range w.columns {
		number := func(id string) string { return fmt.Sprint(1 + w.index(id, w.columns[i].time)) }
		text := fmt.Sprint(i + 1)
		if f := w.formula(w.columns[i].ID); f != nil {
			sep := "+"
			if f.Sum == nil {
				sep = "/"
			}
			var parts []string
			for _, id := range f.Inputs() {
				parts = append(parts, number(id))
			}
			text += "=" + strings.Join(parts, sep)
		}
		w.Text(numberStyle, text)
	}
	w.EndRow(0)
}

// periodText names a period and its days: "Quý III năm 2023 (Từ ngày
// 01/07/2023 đến ngày 30/09/2023)".
func periodText(p plan.Period) lang.Text {
	days := "Từ ngày " + p.From.Shown().In(lang.VI) + " đến ngày " + p.To.Shown().In(lang.VI) // in every language: readers look for it
	if p.Key() == "" {
		return lang.Same(days)
	}
	name := p.Words()
	return lang.T(lang.Sentence(name.In(lang.EN))+" ("+days+")", lang.Sentence(name.In(lang.VI))+" ("+days+")")
}

// planText names a plan and its document.
func planText(p *plan.Plan) lang.Text {
	if p.Document.Number == "" {
		return p.Title
	}
	return lang.F("%s (%s)", "%s (%s)", p.Title, p.Document.Number)
}

func (s *sheet) depth() int {
	depth := 1
	for _, c := range s.columns {
		depth = max(depth, len(c.path))
	}
	return depth
}

// index returns the place of a column, that of a time where it has several, or -1.
func (s *sheet) index(id string, time plan.Period) int {
	if i := slices.IndexFunc(s.columns, func(c column) bool { return c.ID == id && c.time == time }); i >= 0 {
		return i
	}
	return slices.IndexFunc(s.columns, func(c column) bool { return c.ID == id })
}

func (s *sheet) formula(id string) *plan.Formula {
	for i := range s.formulas {
		if s.formulas[i].Column == id {
			return &s.formulas[i]
		}
	}
	return nil
}

// labelColumn is the number of the column of labels, or 0. The columns up to it
// are frozen.
func (s *sheet) labelColumn() int {
	for i := range s.columns {
		if s.columns[i].Role == plan.LabelRole || s.columns[i].Role == plan.KeyRole {
			return i + 1
		}
	}
	return 0
}

// columnWidth is a column's width in characters.
func (s *sheet) columnWidth(i int) float64 {
	c := &s.columns[i]
	form := s.table.Shape == plan.Form
	switch {
	case c.Role == plan.CodeRole:
		return 6
	case c.Role == plan.LabelRole && form:
		return 58
	case c.Role == plan.LabelRole, c.Role == plan.UnitRole:
		return 36
	case c.Role == plan.KeyRole:
		return 24
	case c.measures:
		return 13
	}
	switch c.Type {
	case plan.Choice:
		return 20
	case plan.Date:
		return 14
	case plan.Text:
		return 24
	case plan.Number, plan.Share:
	}
	if c.kind == plan.AmountFact || form {
		return 17
	}
	return 12
}

func (s *sheet) widths() []float64 {
	out := make([]float64, len(s.columns))
	for i := range out {
		out[i] = s.columnWidth(i)
	}
	return out
}

func (s *sheet) width() float64 {
	sum := 0.0
	for _, w := range s.widths() {
		sum += w
	}
	return sum
}
