package summary

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/score"
)

// book is a workbook that is being written, sheet after sheet. The first
// error sticks, and Write returns it.
type book struct {
	f      *excelize.File
	lang   lang.Lang
	footer string // of every page
	styles map[style]int
	dxfs   map[style]int
	words  [score.Invalid + 1]string // of the outcomes
	names  sheetNames
	sheets int
	err    error
}

func newBook(l lang.Lang, footer string) *book {
	b := &book{
		f: excelize.NewFile(), lang: l, footer: footer,
		styles: map[style]int{}, dxfs: map[style]int{}, names: sheetNames{},
	}
	for o := range b.words {
		b.words[o] = sentence(score.Outcome(o).Title().In(l))
	}
	return b
}

// say chooses the text of the book's language.
func (b *book) say(en, vi string) string { return lang.T(en, vi).In(b.lang) }

// title is a name as cells show it, and as formulas that look for it say it:
// these take no more than 255 characters.
func (b *book) title(t lang.Text) string { return cut(sentence(clean(t.In(b.lang))), 200) }

func (b *book) fail(err error) {
	if b.err == nil && err != nil {
		b.err = err
	}
}

// properties are the document's own; the day stands for when it was made, so
// that the same input gives the same bytes.
type properties struct {
	title, subject, creator string
	day                     date.Date
}

// write finishes the workbook. The book cannot be used after it.
func (b *book) write(w io.Writer, p properties) error {
	stamp := p.day.String() + "T00:00:00Z"
	if p.day.IsZero() {
		stamp = "2000-01-01T00:00:00Z"
	}
	b.fail(b.f.SetDocProps(&excelize.DocProperties{
		Title: clean(p.title), Subject: clean(p.subject), Creator: clean(p.creator), LastModifiedBy: clean(p.creator),
		Created: stamp, Modified: stamp, Language: b.lang.String(),
	}))
	b.fail(b.f.SetAppProps(&excelize.AppProperties{Application: clean(p.creator)}))
	b.f.SetZipWriter(newArchive)
	if b.err == nil {
		b.fail(b.f.Write(w))
	}
	b.fail(b.f.Close())
	return b.err
}

// page is how a sheet looks as a whole.
type page struct {
	widths     []float64 // of the columns, in characters
	last       int       // last row that is written
	freezeRow  int       // rows that stay in view and are repeated on each printed page
	freezeCol  int       // columns that do
	printCols  int       // columns that are printed; 0: all
	pagesWide  int       // 0: one
	tab        string    // colour of the tab
	hideGrid   bool
	zoom       float64 // 0: 100 %
	scale      uint    // of the printed page, in percent; 0: as wide as the paper
	titleFirst int     // first of the repeated rows; 0: 1
}

// sheet is one worksheet of a book. Its rows are streamed, top to bottom.
type sheet struct {
	book   *book
	name   string
	sw     *excelize.StreamWriter
	row    int     // last row written
	tall   float64 // points that the rows above take
	need   float64 // lines that the fullest wrapped cell of the row needs
	widths []float64
	cells  []excelize.Cell
	vals   []any
}

// sheet starts a worksheet whose name was taken with names.take.
func (b *book) sheet(name string, p page) *sheet {
	s := &sheet{book: b, name: name, widths: p.widths}
	if b.sheets++; b.sheets == 1 {
		b.fail(b.f.SetSheetName("Sheet1", name))
	} else {
		_, err := b.f.NewSheet(name)
		b.fail(err)
	}
	if b.err != nil {
		return s
	}
	last := diag.A1(max(p.last, 1), max(len(p.widths), 1))
	b.fail(b.f.SetSheetDimension(name, "A1:"+last))
	b.fail(b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: new(p.scale == 0), TabColorRGB: opaque(p.tab)}))
	sw, err := b.f.NewStreamWriter(name)
	b.fail(err)
	if b.err != nil {
		return s
	}
	s.sw = sw
	s.view(p)
	s.paper(p)
	for i, w := range p.widths {
		b.fail(sw.SetColWidth(i+1, i+1, w))
	}
	// No green corners: targets of one column have formulas of several kinds.
	for _, kind := range []excelize.IgnoredErrorsType{excelize.IgnoredErrorsFormula, excelize.IgnoredErrorsFormulaRange, excelize.IgnoredErrorsNumberStoredAsText} {
		b.fail(b.f.AddIgnoredErrors(name, "A1:"+last, kind))
	}
	return s
}

func (s *sheet) view(p page) {
	b := s.book
	zoom := p.zoom
	if zoom == 0 {
		zoom = 100
	}
	b.fail(b.f.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: new(!p.hideGrid), ZoomScale: &zoom}))
	if p.freezeRow == 0 && p.freezeCol == 0 {
		return
	}
	pane := "bottomRight"
	switch {
	case p.freezeCol == 0:
		pane = "bottomLeft"
	case p.freezeRow == 0:
		pane = "topRight"
	}
	corner := diag.A1(p.freezeRow+1, p.freezeCol+1)
	b.fail(s.sw.SetPanes(&excelize.Panes{
		Freeze: true, XSplit: p.freezeCol, YSplit: p.freezeRow, TopLeftCell: corner, ActivePane: pane,
		Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: pane}},
	}))
}

// paper sets the sheet up for printing on A4.
func (s *sheet) paper(p page) {
	const a4 = 9
	b := s.book
	layout := excelize.PageLayoutOptions{Size: new(a4), Orientation: new("landscape")}
	if p.scale > 0 {
		layout.AdjustTo = &p.scale
	} else {
		layout.FitToWidth, layout.FitToHeight = new(max(p.pagesWide, 1)), new(0)
	}
	if p.pagesWide > 1 {
		layout.PageOrder = new("overThenDown")
	}
	b.fail(b.f.SetPageLayout(s.name, &layout))
	b.fail(b.f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
		Left: new(0.4), Right: new(0.4), Top: new(0.5), Bottom: new(0.6), Header: new(0.25), Footer: new(0.25),
		Horizontally: new(true),
	}))
	b.fail(b.f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{
		OddFooter: "&L&8 " + headerText(b.footer) + "&C&8 " + headerText(s.name) + "&R&8 " + b.say("Page", "Trang") + " &P/&N",
	}))
	var titles []string
	if p.freezeCol > 0 {
		titles = append(titles, s.ref()+"!$A:$"+diag.ColumnName(p.freezeCol))
	}
	if p.freezeRow > 0 {
		titles = append(titles, fmt.Sprintf("%s!$%d:$%d", s.ref(), max(p.titleFirst, 1), p.freezeRow))
	}
	if len(titles) > 0 {
		b.define("_xlnm.Print_Titles", strings.Join(titles, ","), s.name)
	}
	if p.printCols > 0 {
		b.define("_xlnm.Print_Area", s.ref()+"!"+area(1, 1, p.last, p.printCols), s.name)
	}
}

func (b *book) define(name, refersTo, scope string) {
	b.fail(b.f.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: refersTo, Scope: scope}))
}

// ref is the sheet's name as formulas write it.
func (s *sheet) ref() string { return diag.QuoteSheet(s.name) }

// end finishes the sheet.
func (s *sheet) end() {
	if s.sw != nil {
		s.book.fail(s.sw.Flush())
	}
}

// text adds a cell of text. It is stored as a string, whatever it looks like.
func (s *sheet) text(st style, t string) {
	t = clean(t)
	if col := len(s.cells); st.wrap && col < len(s.widths) {
		s.need = max(s.need, lines(t, int(s.widths[col]*charsPerUnit)))
	}
	s.add(st, "", t)
}

// charsPerUnit is how many characters of running text stand on a unit of a
// column's width, which is that of a digit.
const charsPerUnit = 1.15

// lines estimates on how many lines a text stands in a column of so many
// characters. Not every program sizes wrapped rows by itself.
func lines(text string, width int) float64 {
	n := 0
	for part := range strings.SplitSeq(text, "\n") {
		n += max((utf8.RuneCountInString(part)+width-1)/width, 1)
	}
	return float64(n)
}

// say adds a cell of text in the book's language.
func (s *sheet) say(st style, en, vi string) { s.text(st, s.book.say(en, vi)) }

// num adds a number.
func (s *sheet) num(st style, x number.Exact) { s.add(st, "", stored(x)) }

// int adds a whole number.
func (s *sheet) int(st style, n int) { s.add(st, "", n) }

// formula adds a formula with the value that it has now: a number or a text.
func (s *sheet) formula(st style, formula string, value any) { s.add(st, formula, value) }

// blank adds empty cells.
func (s *sheet) blank(st style, n int) {
	for range n {
		s.add(st, "", nil)
	}
}

func (s *sheet) add(st style, formula string, value any) {
	if formula == "" && value == "" {
		value = nil
	}
	s.cells = append(s.cells, excelize.Cell{StyleID: s.book.style(st), Formula: formula, Value: value})
}

// next is the number of the row that is being filled.
func (s *sheet) next() int { return s.row + 1 }

const (
	rowPoints  = 15 // of a row that holds one line
	linePoints = 13
	maxPoints  = 409 // that a row can be high
)

// endRow writes the row. A height of 0 is what its wrapped texts need.
func (s *sheet) endRow(height float64) {
	s.row++
	if height == 0 && s.need > 1 {
		height = min(s.need*linePoints+3, maxPoints)
	}
	s.need = 0
	s.tall += cmp.Or(height, rowPoints)
	s.vals = s.vals[:0]
	for i := range s.cells {
		s.vals = append(s.vals, &s.cells[i])
	}
	if s.sw != nil && len(s.vals) > 0 {
		s.book.fail(s.sw.SetRow(diag.A1(s.row, 1), s.vals, excelize.RowOpts{Height: height}))
	}
	s.cells = s.cells[:0]
}

// skip leaves rows empty.
func (s *sheet) skip(rows int) {
	s.row += rows
	s.tall += float64(rows * rowPoints)
}

func (s *sheet) merge(row, col, toRow, toCol int) {
	if s.sw != nil && (row != toRow || col != toCol) {
		s.book.fail(s.sw.MergeCell(diag.A1(row, col), diag.A1(toRow, toCol)))
	}
}

// link makes a cell lead to a place of this workbook.
func (s *sheet) link(row, col int, location, tooltip string) {
	if s.sw == nil {
		return
	}
	tip := cut(clean(tooltip), 250)
	s.book.fail(s.book.f.SetCellHyperLink(s.name, diag.A1(row, col), location, "Location", excelize.HyperlinkOpts{Tooltip: &tip}))
}

// filter puts an automatic filter on a header row and the rows below it.
func (s *sheet) filter(row, col, toRow, toCol int) {
	if s.sw != nil && toRow > row {
		s.book.fail(s.book.f.AutoFilter(s.name, diag.A1(row, col)+":"+diag.A1(toRow, toCol), nil))
	}
}

// pageBreak starts a printed page with a row. Programs heed it where the page
// has a scale, not where it is fitted to the paper.
func (s *sheet) pageBreak(row int) {
	if s.sw != nil {
		s.book.fail(s.sw.InsertPageBreak(diag.A1(row, 1)))
	}
}

// rule is a conditional format: a style where a formula, written for the
// first cell of the range, is true.
type rule struct {
	when string
	st   style
}

func (s *sheet) rules(row, col, toRow, toCol int, rules ...rule) {
	if s.sw == nil || toRow < row || toCol < col {
		return
	}
	var opts []excelize.ConditionalFormatOptions
	for _, r := range rules {
		id := s.book.dxf(r.st)
		opts = append(opts, excelize.ConditionalFormatOptions{Type: "formula", Criteria: r.when, Format: &id, StopIfTrue: true})
	}
	s.book.fail(s.book.f.SetConditionalFormat(s.name, diag.A1(row, col)+":"+diag.A1(toRow, toCol), opts))
}

// area writes an absolute range, "$A$1:$C$9".
func area(row, col, toRow, toCol int) string {
	return "$" + diag.ColumnName(col) + "$" + strconv.Itoa(row) + ":$" + diag.ColumnName(toCol) + "$" + strconv.Itoa(toRow)
}

// stored is a number as a cell stores it.
func stored(x number.Exact) any {
	if n, ok := x.Int64(); ok {
		return n
	}
	f, _ := x.Rat().Float64()
	return f
}

// maxText is how many UTF-16 units a cell holds.
const maxText = 32767

// clean makes a text fit for a cell: no control characters, no marks that turn
// the direction of what follows, valid UTF-8, no longer than a cell holds.
func clean(s string) string {
	ok := utf8.ValidString(s)
	for _, r := range s {
		if r < ' ' && r != '\n' || unprintable(r) {
			ok = false
			break
		}
	}
	if !ok {
		s = strings.Map(func(r rune) rune {
			switch {
			case r == '\t' || r == '\r':
				return ' '
			case r < ' ' && r != '\n' || unprintable(r):
				return -1
			}
			return r
		}, strings.ToValidUTF8(s, "\uFFFD"))
	}
	return cut(strings.Trim(s, " \n"), maxText)
}

func unprintable(r rune) bool {
	return r >= 0x7F && r <= 0x9F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 ||
		r == 0xFFFE || r == 0xFFFF || r == 0xFEFF
}

// cut shortens a text to a number of UTF-16 units, between words where it can.
func cut(s string, units int) string {
	if len(s) <= units {
		return s
	}
	n, end := 0, 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n < units {
			end = i + utf8.RuneLen(r)
		}
	}
	if n <= units {
		return s
	}
	if i := strings.LastIndexByte(s[:end], ' '); i > end*2/3 {
		end = i
	}
	return strings.TrimRight(s[:end], " ,;-") + "…"
}

// headerText escapes a text for a page's header or footer.
func headerText(s string) string {
	return strings.ReplaceAll(cut(clean(s), 90), "&", "&&")
}

// opaque is a colour with its alpha channel.
func opaque(color string) *string {
	if color == "" {
		return nil
	}
	return new("FF" + color)
}

// sheetNames are the names that a workbook's sheets have taken, folded.
type sheetNames map[string]bool

// take makes a sheet name of a title: at most 31 UTF-16 units, none of the
// characters that spreadsheet programs refuse, not yet taken in any case. An
// apostrophe is replaced too: not every writer of references doubles it.
func (n sheetNames) take(title string) string {
	const limit = 31
	name := strings.Map(func(r rune) rune {
		switch {
		case r == '\'':
			return '’'
		case strings.ContainsRune(`:\/?*[]`, r):
			return '-'
		case r == '\n':
			return ' '
		}
		return r
	}, clean(title))
	if name == "" || strings.EqualFold(name, "history") {
		name += "-"
	}
	base := cut(name, limit)
	for i := 2; n[strings.ToLower(base)]; i++ {
		suffix := fmt.Sprintf(" (%d)", i)
		base = cut(name, limit-len(suffix)) + suffix
	}
	n[strings.ToLower(base)] = true
	return base
}
