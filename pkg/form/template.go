package form

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
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
	*paper
	*sheet
	order   Order
	lists   *choiceLists
	first   string // the cell that names the unit
	bodyRow int    // the first row of the body
	last    int    // the last one
	wants   []want
}

func (w *tableWriter) write(b *book, index int) {
	depth := w.depth()
	w.bodyRow = captionRows + depth + 1
	numbered := w.table.Shape == plan.Cross && len(w.columns) >= 3
	if numbered {
		w.bodyRow++
	}
	w.paper = b.paper(w.title, index, page{
		widths: w.widths(), freezeRow: w.bodyRow - 1, freezeCol: w.labelColumn(), titles: [2]int{captionRows + 1, w.bodyRow - 1},
		landscape: w.table.Shape != plan.Form || w.width() > 150, footer: fact.TemplateLine(w.order.Plan) + " · " + w.title,
	})
	if w.table.Shape == plan.List {
		w.columnLooks()
	}
	w.captions(index)
	w.header(depth)
	if numbered {
		w.numbers()
	}
	w.body()
	w.signature()
	w.validate()
	w.end()
}

// captions writes what stands above the table: by it the reader tells the unit,
// the period, the unit of money and the template.
func (w *tableWriter) captions(index int) {
	o, last := w.order, len(w.columns)
	line := func(l look, text string, height float64) {
		w.add(l, text)
		w.blank(l, last-1)
		w.endRow(height)
		w.merge(w.row, 1, w.row, last)
	}
	title := w.table.Title.In(o.Lang)
	line(titleLook, title, 19*float64(lines(title, w.width()*0.75))+4)
	about := planText(o.Plan).In(o.Lang)
	line(middleLook, about, tall(lines(about, w.width())))
	line(middleLook, w.say("Reporting period", "Kỳ báo cáo")+": "+periodText(o.Period).In(o.Lang), tall(1))
	w.unitCaption(index)
	w.versionCaption()
	hint := w.say("Fill in the yellow cells. Grey cells are calculated: do not type over them. A blank is not reported, it is not 0.",
		"Nhập số liệu vào ô nền vàng. Ô nền xám được tính tự động, không gõ đè. Ô để trống là không báo cáo, không phải là 0.")
	line(hintLook, hint, 13*float64(lines(hint, w.width()*1.2)))
}

// unitCaption writes who reports. Where it is left open, it is filled in once:
// the other sheets follow the first.
func (w *tableWriter) unitCaption(index int) {
	last := len(w.columns)
	caption := w.say("Reporting unit", "Đơn vị báo cáo") + ":"
	if name := w.order.Unit.Name.In(w.order.Lang); name != "" || last == 1 {
		w.add(unitLook, strings.TrimSpace(caption+" "+name))
		w.blank(unitLook, last-1)
		w.endRow(tall(1))
		w.merge(w.row, 1, w.row, last)
		return
	}
	from := w.unitCell()
	label, open := unitLook, unitLook
	label.right = true
	w.add(label, caption)
	w.blank(label, from-2)
	if index == 0 {
		open.fill = typed
		w.add(open, nil)
	} else {
		w.calculate(open, "IF("+w.first+"=\"\",\"\","+w.first+")")
	}
	w.blank(open, last-from)
	w.endRow(tall(1))
	w.merge(w.row, 1, w.row, from-1)
	w.merge(w.row, from, w.row, last)
}

// unitCell is the column in which a unit's name is typed.
func (s *sheet) unitCell() int { return min(max(s.labelColumn(), 1), len(s.columns)-1) + 1 }

// versionCaption writes which template this is, and the unit of money where the
// table has one: a list of those that the plan knows.
func (w *tableWriter) versionCaption() {
	last := len(w.columns)
	from := max(last-1, 2) // of the unit of money
	w.add(smallLook, w.say("Template", "Biểu mẫu")+": "+fact.TemplateLine(w.order.Plan))
	if units := w.moneyUnits(); len(units) == 0 || last < 2 {
		w.blank(smallLook, last-1)
	} else {
		w.blank(smallLook, from-2)
		w.add(scaleLook, units[0])
		w.blank(scaleLook, last-from)
		w.merge(versionRow, from, versionRow, last)
		w.wants = append(w.wants, want{kind: chooseFrom, choices: units, at: []diag.Area{diag.Cell(versionRow, from)}})
	}
	w.endRow(tall(1))
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
					height = max(height, (lines(text, w.columnWidth(i)*0.85)+rows-1)/rows)
				}
			}
			w.add(headLook, text)
		}
		w.endRow(tall(height))
	}
	for _, h := range all {
		w.merge(captionRows+h.area.Row, h.area.Col, captionRows+h.area.ToRow, h.area.ToCol)
	}
}

// numbers writes the row of column numbers, with the arithmetic of the form:
// "3=4+5+6".
func (w *tableWriter) numbers() {
	number := func(id string) string { return fmt.Sprint(1 + w.index(id)) }
	height := 1
	for i := range w.columns {
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
		height = max(height, lines(text, w.columnWidth(i)))
		w.add(numberLook, text)
	}
	w.endRow(tall(height))
}

// periodText names a period and its days: "Quý III năm 2023 (Từ ngày
// 01/07/2023 đến ngày 30/09/2023)".
func periodText(p plan.Period) lang.Text {
	days := lang.F("%s", "%s", "Từ ngày "+fact.Day(p.From)+" đến ngày "+fact.Day(p.To))
	name := fact.PeriodText(p)
	if strings.Contains(name.In(lang.VI), " đến ") {
		return days
	}
	return lang.T(sentence(name.In(lang.EN))+" ("+days.In(lang.EN)+")", sentence(name.In(lang.VI))+" ("+days.In(lang.VI)+")")
}

// planText names a plan and its document.
func planText(p *plan.Plan) lang.Text {
	if p.Document.Number == "" {
		return p.Title
	}
	return lang.F("%s (%s)", "%s (%s)", p.Title, p.Document.Number)
}

// sentence begins a text with a capital.
func sentence(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

func (s *sheet) depth() int {
	depth := 1
	for _, c := range s.columns {
		depth = max(depth, len(c.path))
	}
	return depth
}

// index returns the place of a column, or -1.
func (s *sheet) index(id string) int {
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

// labelColumn is the number of the column of labels, or 0: what stands at its
// left stays in view with it.
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
