package sheets

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/number"
)

// Page is how a sheet looks as a whole.
type Page struct {
	Widths     []float64 // of the columns, in characters
	Last       int       // last row that is written; 0: unknown
	FreezeRow  int       // rows that stay in view and are repeated on each printed page
	FreezeCol  int       // columns that do
	PrintCols  int       // columns that are printed; 0: all
	PrintRows  int       // rows that are printed; 0: all
	LookedUp   bool      // it is an appendix to look things up in, and no page of the printed book
	PagesWide  int       // 0: one
	Tab        string    // colour of the tab
	HideGrid   bool
	Hidden     bool    // it is no first sheet
	Zoom       float64 // 0: 100 %
	OnePage    bool    // all of it is printed on one page; otherwise it is as wide as the paper
	TitleFirst int     // first of the repeated rows; 0: 1
	Portrait   bool    // the printed page stands upright
	Shared     bool    // texts stand in the workbook's table of strings, as office programs store them; the sheet is held in memory
	Footer     string  // at the left of each page's foot
}

// Sheet is one worksheet of a book. Its rows are streamed, top to bottom.
type Sheet struct {
	Name   string
	book   *Book
	out    *rows   // nil where the book has failed
	row    int     // last row written
	need   float64 // points that the fullest cell of the row needs
	widths []float64
	cells  []excelize.Cell
	vals   []any
}

// Sheet starts a worksheet whose name was made with Name.
func (b *Book) Sheet(name string, p Page) *Sheet {
	s := &Sheet{book: b, Name: name, widths: p.Widths}
	if b.sheets++; b.sheets == 1 {
		b.Fail(b.f.SetSheetName("Sheet1", name))
	} else {
		_, err := b.f.NewSheet(name)
		b.Fail(err)
	}
	if b.err != nil {
		return s
	}
	all := "A1:" + diag.A1(max(p.Last, 1), max(len(p.Widths), 1))
	if p.Hidden {
		b.Fail(b.f.SetSheetVisible(name, false))
	}
	if p.Last > 0 {
		b.Fail(b.f.SetSheetDimension(name, all))
	}
	b.Fail(b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: new(true), TabColorRGB: opaque(p.Tab)}))
	out, err := b.rows(name, p.Shared)
	b.Fail(err)
	if b.err != nil {
		return s
	}
	s.out = out
	s.view(p)
	s.paper(p)
	for i := len(p.Widths); i > 0; i-- { // excelize puts the last that it is told first
		b.Fail(out.SetColWidth(i, i, p.Widths[i-1]))
	}
	// No green corners: columns may hold formulas of several kinds.
	if p.Last > 0 {
		for _, kind := range []excelize.IgnoredErrorsType{excelize.IgnoredErrorsFormula, excelize.IgnoredErrorsFormulaRange, excelize.IgnoredErrorsNumberStoredAsText} {
			b.Fail(b.f.AddIgnoredErrors(name, all, kind))
		}
	}
	return s
}

func (s *Sheet) view(p Page) {
	b := s.book
	zoom := cmp.Or(p.Zoom, 100)
	b.Fail(b.f.SetSheetView(s.Name, 0, &excelize.ViewOptions{ShowGridLines: new(!p.HideGrid), ZoomScale: &zoom}))
	if p.FreezeRow == 0 && p.FreezeCol == 0 {
		return
	}
	pane := "bottomRight"
	switch {
	case p.FreezeCol == 0:
		pane = "bottomLeft"
	case p.FreezeRow == 0:
		pane = "topRight"
	}
	corner := diag.A1(p.FreezeRow+1, p.FreezeCol+1)
	b.Fail(s.out.SetPanes(&excelize.Panes{
		Freeze: true, XSplit: p.FreezeCol, YSplit: p.FreezeRow, TopLeftCell: corner, ActivePane: pane,
		Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: pane}},
	}))
}

// paper sets the sheet up for printing on A4.
func (s *Sheet) paper(p Page) {
	const a4 = 9
	b := s.book
	layout := excelize.PageLayoutOptions{Size: new(a4), Orientation: new("landscape")}
	if p.Portrait {
		layout.Orientation = new("portrait")
	}
	layout.FitToWidth, layout.FitToHeight = new(max(p.PagesWide, 1)), new(0)
	if p.OnePage {
		layout.FitToHeight = new(1)
	}
	if p.PagesWide > 1 {
		layout.PageOrder = new("overThenDown")
	}
	b.Fail(b.f.SetPageLayout(s.Name, &layout))
	b.Fail(b.f.SetPageMargins(s.Name, &excelize.PageLayoutMarginsOptions{
		Left: new(0.4), Right: new(0.4), Top: new(0.5), Bottom: new(0.6), Header: new(0.25), Footer: new(0.25),
		Horizontally: new(true),
	}))
	foot := p.Footer
	if p.Portrait {
		foot = Cut(foot, 50) // what fits beside the sheet's name
	}
	// The blank after a size keeps a text that begins with a digit out of it.
	b.Fail(b.f.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{
		OddFooter: "&L&8 " + headerText(foot) + "&C&8 " + headerText(s.Name) + "&R&8 " + b.Say("Page", "Trang") + " &P/&N",
	}))
	var titles []string
	if p.FreezeCol > 0 && !p.LookedUp {
		titles = append(titles, s.Ref()+"!$A:$"+diag.ColumnName(p.FreezeCol))
	}
	if p.FreezeRow > 0 && !p.LookedUp {
		titles = append(titles, fmt.Sprintf("%s!$%d:$%d", s.Ref(), max(p.TitleFirst, 1), p.FreezeRow))
	}
	if len(titles) > 0 {
		b.define("_xlnm.Print_Titles", strings.Join(titles, ","), s.Name)
	}
	if area := p.printed(); area != "" {
		b.define("_xlnm.Print_Area", s.Ref()+"!"+area, s.Name)
	}
}

// printed is the area that is printed; "" is all of the sheet. Programs print
// nothing of a sheet whose area is a blank cell, until somebody clears the area.
func (p Page) printed() string {
	switch beyond := len(p.Widths) + 2; {
	case p.LookedUp:
		return Range(1, beyond, 1, beyond)
	case p.PrintCols > 0 || p.PrintRows > 0:
		return Range(1, 1, cmp.Or(p.PrintRows, p.Last), cmp.Or(p.PrintCols, len(p.Widths)))
	}
	return ""
}

// ColumnStyle gives a style to the cells of a column that are not written. It
// is called before the first row.
func (s *Sheet) ColumnStyle(col int, st Style) {
	if s.out != nil {
		s.book.Fail(s.out.SetColStyle(col, col, s.book.style(st)))
	}
}

// Ref is the sheet's name as formulas write it.
func (s *Sheet) Ref() string { return diag.QuoteSheet(s.Name) }

// End finishes the sheet.
func (s *Sheet) End() {
	if s.out != nil {
		s.book.Fail(s.out.Flush())
	}
}

// Text adds a cell of text. It is stored as a string, whatever it looks like.
func (s *Sheet) Text(st Style, t string) {
	s.Across(st, t, 1)
}

// Across adds a text over several columns, as one cell.
func (s *Sheet) Across(st Style, t string, cols int) {
	t = Clean(t)
	col := len(s.cells)
	th, n := &s.book.theme, 1
	if st.Wrap && col+cols <= len(s.widths) {
		width := 0.0
		for _, w := range s.widths[col : col+cols] {
			width += w
		}
		n = th.Lines(t, width, st)
	}
	if n > 1 || st.Size > th.Size {
		s.need = max(s.need, float64(n)*th.Leading*cmp.Or(st.Size, th.Size)/th.Size+3)
	}
	s.add(st, "", t)
	s.Blank(st, cols-1)
	s.Merge(s.Next(), col+1, s.Next(), col+cols)
}

// Say adds a cell of text in the book's language.
func (s *Sheet) Say(st Style, en, vi string) { s.Text(st, s.book.Say(en, vi)) }

// Num adds a number.
func (s *Sheet) Num(st Style, x number.Exact) { s.add(st, "", Stored(x)) }

// Int adds a whole number.
func (s *Sheet) Int(st Style, n int) { s.add(st, "", n) }

// Formula adds a formula with the value that it has now: a number or a text.
// Without a formula, or with one that Excel does not take, it adds the value alone.
func (s *Sheet) Formula(st Style, formula string, value any) {
	if !taken(formula) {
		formula = ""
	}
	if text, ok := value.(string); ok && formula == "" {
		s.Text(st, text)
		return
	}
	s.add(st, formula, value)
}

// Excel takes formulas of so many characters, and functions in functions so deep,
// with some room to spare.
const (
	longest = 8000
	deepest = 60
)

// taken reports whether Excel takes a formula. Brackets in its texts count, too.
func taken(formula string) bool {
	depth := 0
	for i := range len(formula) {
		switch formula[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth > deepest {
			return false
		}
	}
	return len(formula) <= longest
}

// Blank adds empty cells.
func (s *Sheet) Blank(st Style, n int) {
	for range n {
		s.add(st, "", nil)
	}
}

func (s *Sheet) add(st Style, formula string, value any) {
	if formula == "" && value == "" {
		value = nil
	}
	s.cells = append(s.cells, excelize.Cell{StyleID: s.book.style(st), Formula: formula, Value: value})
}

// Next is the number of the row that is being filled.
func (s *Sheet) Next() int { return s.row + 1 }

// At is the address of a cell of the row that is being filled.
func (s *Sheet) At(col int) string { return diag.A1(s.Next(), col) }

// Filled is how many cells the row that is being filled has.
func (s *Sheet) Filled() int { return len(s.cells) }

const maxPoints = 409 // that a row can be high

// EndRow writes the row. A height of 0 is what its wrapped texts need.
func (s *Sheet) EndRow(height float64) {
	s.row++
	if height == 0 {
		height = min(max(s.need, s.book.theme.Row), maxPoints)
	}
	s.need = 0
	s.vals = s.vals[:0]
	for i := range s.cells {
		s.vals = append(s.vals, &s.cells[i])
	}
	if s.out != nil && (len(s.vals) > 0 || height > 0) {
		s.book.Fail(s.out.SetRow(diag.A1(s.row, 1), s.vals, excelize.RowOpts{Height: height}))
	}
	s.cells = s.cells[:0]
}

// Skip leaves rows empty.
func (s *Sheet) Skip(rows int) { s.row += rows }

// Merge makes one cell of several.
func (s *Sheet) Merge(row, col, toRow, toCol int) {
	if s.out != nil && (row != toRow || col != toCol) {
		s.book.Fail(s.out.MergeCell(diag.A1(row, col), diag.A1(toRow, toCol)))
	}
}

// Link makes a cell lead to a place of this workbook.
func (s *Sheet) Link(row, col int, location, tooltip string) {
	if s.out == nil {
		return
	}
	tip := Cut(Clean(tooltip), 250)
	s.book.Fail(s.book.f.SetCellHyperLink(s.Name, diag.A1(row, col), location, "Location", excelize.HyperlinkOpts{Tooltip: &tip}))
}

// Filter puts an automatic filter on a header row and the rows below it.
func (s *Sheet) Filter(row, col, toRow, toCol int) {
	if s.out != nil && toRow > row {
		s.book.Fail(s.book.f.AutoFilter(s.Name, diag.A1(row, col)+":"+diag.A1(toRow, toCol), nil))
	}
}

// Rule is a conditional format: a style where a formula, written for the
// first cell of the range, is true.
type Rule struct {
	when string
	st   Style
}

// When is the rule that a style holds where a formula is true.
func When(formula string, st Style) Rule { return Rule{formula, st} }

// Rules sets the conditional formats of a range. The first that holds counts.
func (s *Sheet) Rules(row, col, toRow, toCol int, rules ...Rule) {
	if s.out == nil || toRow < row || toCol < col {
		return
	}
	var opts []excelize.ConditionalFormatOptions
	for _, r := range rules {
		id := s.book.dxf(r.st)
		opts = append(opts, excelize.ConditionalFormatOptions{Type: "formula", Criteria: r.when, Format: &id, StopIfTrue: true})
	}
	s.book.Fail(s.book.f.SetConditionalFormat(s.Name, diag.A1(row, col)+":"+diag.A1(toRow, toCol), opts))
}

// Range writes an absolute range, "$A$1:$C$9".
func Range(row, col, toRow, toCol int) string {
	return "$" + diag.ColumnName(col) + "$" + strconv.Itoa(row) + ":$" + diag.ColumnName(toCol) + "$" + strconv.Itoa(toRow)
}

// Stored is a number as a cell stores it.
func Stored(x number.Exact) any {
	if n, ok := x.Int64(); ok {
		return n
	}
	f, _ := x.Rat().Float64()
	return f
}

// opaque is a colour with its alpha channel.
func opaque(color string) *string {
	if color == "" {
		return nil
	}
	return new("FF" + color)
}
