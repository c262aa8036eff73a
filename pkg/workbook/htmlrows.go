package workbook

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/numfmt"
)

// The bounds of a sheet that is not read from an .xlsx file.
const (
	maxSheetRow = 1 << 20  // rows
	maxSheetCol = 1 << 14  // columns
	maxCellText = 1 << 17  // bytes of one cell
	maxRowText  = 16 << 20 // bytes of one row
	maxMerges   = 1 << 18  // merged areas of a sheet
	maxRowSpans = 1 << 10  // cells of earlier rows that reach into one row
)

// htmlScanner reads the rows of one table.
type htmlScanner struct {
	file  *htmlFile
	table htmlTable
	sheet string
	page  *pageReader

	row     cell.Row
	number  int    // of the last row
	text    []byte // of the cells of the row
	line    []byte // text that stands in no cell
	inRow   bool
	rowMark cell.Mark
	inCell  bool
	cell    openCell
	col     int // the last column that the row has filled

	spans  []rowSpan // of earlier rows, by column
	fresh  []rowSpan // of this row
	next   int       // the first of spans that lies behind col
	merges []diag.Area

	columns
	cells int64
	done  bool
	err   error
}

// openCell is the cell that is being read.
type openCell struct {
	col, to int // columns
	tag     tag
	from    int       // in the text of the row
	mark    cell.Mark // the worst of its texts
	link    int64     // where the first link with a digit begins
	linked  bool      // there is one
	free    bool      // a digit stands in none, or in another
	digits  int       // texts with a digit, those that no tag parts being one
	tags    int       // pageReader.tags at the last of them
	options int       // choices of a drop-down list that hold something
	level   bool      // a text is neither superscript nor subscript
	raised  []piece   // those that are
}

// piece is a superscript or subscript part of a text, by the places of its bytes
// in the text of the row.
type piece struct {
	from, to int
	lowered  bool
}

// add records how a text of the cell is marked. A link around a whole cell is a
// figure that leads to its records; a link behind a figure is a reference.
func (c *openCell) add(text []byte, m cell.Mark, from int64, tags int) {
	c.level = c.level || m != cell.Raised && !label.IsEmpty(text)
	if hasDigit(text) && (c.digits == 0 || c.tags != tags) {
		c.digits, c.tags = c.digits+1, tags
	}
	switch {
	case m == cell.Raised:
	case m == cell.Linked && hasDigit(text):
		c.free = c.free || c.linked && c.link != from
		c.link, c.linked = from, true
	case m == cell.Linked:
	case m == cell.Options && !label.IsEmpty(text):
		c.options++
	case m == cell.Plain:
		c.free = c.free || hasDigit(text)
	case text == nil || !label.IsEmpty(text):
		c.mark = max(c.mark, m)
	}
}

// marked returns the mark of the whole cell.
func (c *openCell) marked() cell.Mark {
	m := max(c.mark, c.tag.mark)
	if c.digits > 1 {
		m = max(m, cell.Parts)
	}
	if c.level && len(c.raised) > 0 {
		m = max(m, cell.Raised)
	}
	if c.linked && c.free {
		m = max(m, cell.Linked)
	}
	if c.options > 1 || c.options > 0 && c.free {
		m = max(m, cell.Options)
	}
	return m
}

// withRaised returns the text of the cell, in which the digits of raised parts
// are written as such, unless all is raised.
func (c *openCell) withRaised(text []byte) []byte {
	if !c.level || len(c.raised) == 0 {
		return text
	}
	var out []byte
	done := 0
	for _, p := range c.raised {
		from, to := min(p.from-c.from, len(text)), min(p.to-c.from, len(text))
		out = append(out, text[done:from]...)
		out = cell.AppendRaised(out, text[from:to], p.lowered)
		done = to
	}
	return append(out, text[done:]...)
}

func hasDigit(text []byte) bool {
	for _, b := range text {
		if b >= '0' && b <= '9' {
			return true
		}
	}
	return false
}

// rowSpan is the part of a cell that reaches into later rows.
type rowSpan struct {
	from, to int // columns
	last     int // row
	merge    int // its index in merges
}

// columns are those that were asked for; none is all of them.
type columns []bool

// Only leaves all columns but these out.
func (c *columns) Only(cols []int) {
	*c = columns{}
	for _, col := range cols {
		for len(*c) <= col {
			*c = append(*c, false)
		}
		(*c)[col] = true
	}
}

func (c columns) want(col int) bool { return c == nil || col < len(c) && c[col] }

func (s *htmlScanner) Row() *cell.Row { return &s.row }

func (s *htmlScanner) Err() error { return s.err }

func (s *htmlScanner) Close() error {
	s.done = true
	return nil
}

// Tail returns the areas of the cells that span more than one.
func (s *htmlScanner) Tail() cell.Tail {
	merges := slices.DeleteFunc(slices.Clone(s.merges), func(a diag.Area) bool { return a.Row == a.ToRow && a.Col == a.ToCol })
	return cell.Tail{Merges: merges}
}

func (s *htmlScanner) Next() bool {
	for !s.done {
		e := s.page.next()
		if e.depth > 1 {
			continue // the table inside a cell is another sheet
		}
		if s.take(e) {
			return s.err == nil
		}
	}
	return false
}

// take does what an event asks for and reports whether a row is complete.
func (s *htmlScanner) take(e event) bool {
	switch e.kind {
	case pageEnd:
		s.done = true
		if err := s.file.pageError(s.page, 0); err != nil {
			s.err = err
			return false
		}
		return s.takeLine()
	case tableStart, rowStart:
		if s.takeLine() {
			s.page.unread()
			return true
		}
		if e.kind == rowStart {
			s.beginRow(e.tag)
		}
	case rowEnd:
		return s.endRow()
	case cellStart:
		s.beginCell(e.tag)
	case cellEnd:
		s.endCell()
	case rowGroup:
		s.clipSpans()
	case tableEnd:
		s.clipSpans()
		s.done = !s.table.last
		return s.takeLine()
	case textRun:
		if s.inCell {
			s.cell.add(s.page.text, s.page.mark, s.page.markedFrom, s.page.tags)
		}
		from := len(s.text)
		s.addText()
		if s.inCell && s.page.mark == cell.Raised && !label.IsEmpty(s.page.text) {
			s.cell.raised = append(s.cell.raised, piece{from, len(s.text), s.page.lowered})
		}
	case textBreak:
		return s.breakLine()
	}
	return false
}

// fail ends the scan with a refusal at a cell of the present row.
func (s *htmlScanner) fail(col int, what lang.Text) {
	s.err = refuseAt(diag.At(s.file.Name, s.sheet, s.number, col), what, exportAgain)
	s.done = true
}

// addText adds to the open cell or to the line that stands in none. What Only
// leaves out is not kept.
func (s *htmlScanner) addText() {
	switch {
	case !s.inCell:
		s.line = appendText(s.line, 0, s.page.text)
		if len(s.line) > maxCellText {
			s.fail(1, tooLong(maxCellText))
		}
	case !s.cell.tag.hidden:
		s.text = appendText(s.text, s.cell.from, s.page.text)
		if len(s.text)-s.cell.from > maxCellText {
			s.fail(s.cell.col, tooLong(maxCellText))
		}
	}
}

func tooLong(most int) lang.Text {
	return lang.F("a cell holds more than %d bytes of text", "một ô chứa hơn %d byte chữ", most)
}

// appendText adds text as a page shows it: white space as one space, and none
// at the beginning of what starts at from.
func appendText(b []byte, from int, text []byte) []byte {
	for _, c := range text {
		switch c {
		case ' ', '\t', '\n', '\r', '\f':
			if len(b) > from && b[len(b)-1] != ' ' && b[len(b)-1] != '\n' {
				b = append(b, ' ')
			}
		default:
			b = append(b, c)
		}
	}
	return b
}

// breakLine ends a line of text. In a cell it becomes a line break.
func (s *htmlScanner) breakLine() bool {
	if !s.inCell {
		return s.takeLine()
	}
	s.text = s.text[:s.cell.from+len(bytes.TrimRight(s.text[s.cell.from:], " \n"))]
	if len(s.text) > s.cell.from {
		s.text = append(s.text, '\n')
	}
	return false
}

// takeLine makes a row of the text that stands in no cell, if there is any. It
// waits while a row is open or cells reach into rows to come.
func (s *htmlScanner) takeLine() bool {
	if s.inRow || len(s.spans)+len(s.fresh) > 0 {
		return false
	}
	line := bytes.TrimRight(s.line, " \n")
	s.line = nil
	if label.IsEmpty(line) || !s.nextRow(false) || !s.count(1) {
		return false
	}
	if s.want(1) {
		s.row.Cells = append(s.row.Cells, textCell(1, line))
	}
	return len(s.row.Cells) > 0
}

func textCell(col int, text []byte) cell.Cell {
	return cell.Cell{Col: col, Kind: cell.Text, Raw: text}
}

// nextRow begins a row; it returns false when there are too many.
func (s *htmlScanner) nextRow(hidden bool) bool {
	s.number++
	if s.number > maxSheetRow {
		s.fail(0, lang.F("the table has more than %d rows", "bảng có hơn %d hàng", maxSheetRow))
		return false
	}
	s.row = cell.Row{Number: s.number, Hidden: hidden, Cells: s.row.Cells[:0]}
	s.text = s.text[:0]
	return true
}

// count counts a cell that holds something.
func (s *htmlScanner) count(col int) bool {
	s.cells++
	if most := s.file.content.opt.Limits.Cells; s.cells > most {
		s.fail(col, lang.F("the table has more than %d cells", "bảng có hơn %d ô", most))
		return false
	}
	return true
}

func (s *htmlScanner) beginRow(t tag) {
	if !s.nextRow(t.hidden) {
		return
	}
	s.inRow, s.col, s.next = true, 0, 0
	s.rowMark = cell.Plain
	if t.mark == cell.StruckOut {
		s.rowMark = t.mark
	}
	s.spans = slices.DeleteFunc(s.spans, func(r rowSpan) bool { return r.last < s.number })
}

// endRow reports whether the row holds a cell.
func (s *htmlScanner) endRow() bool {
	s.inRow = false
	if len(s.fresh) > 0 {
		s.spans = append(s.spans, s.fresh...)
		s.fresh = s.fresh[:0]
		slices.SortFunc(s.spans, func(a, b rowSpan) int { return cmp.Compare(a.from, b.from) })
		if len(s.spans) > maxRowSpans {
			s.fail(0, lang.F("more than %d cells span this row and the next", "hơn %d ô gộp kéo qua hàng này và hàng sau", maxRowSpans))
		}
	}
	return len(s.row.Cells) > 0
}

// beginCell finds the place of a cell: the next column that no cell of an
// earlier row reaches into.
func (s *htmlScanner) beginCell(t tag) {
	s.inCell = true
	s.cell = openCell{tag: t, from: len(s.text)}
	if t.hidden {
		s.file.warn(diag.Pos{File: s.file.Name, Sheet: s.sheet, Area: diag.Area{Row: s.number, ToRow: s.number}}, lang.T(
			"a cell of this row is not shown (display:none): it is left out", "một ô của hàng này bị ẩn (display:none): không được đọc"))
		return
	}
	col := s.col + 1
	for ; s.next < len(s.spans) && s.spans[s.next].from <= col; s.next++ {
		col = max(col, s.spans[s.next].to+1)
	}
	if col > maxSheetCol {
		s.fail(0, lang.F("the row has more than %d columns", "hàng có hơn %d cột", maxSheetCol))
		return
	}
	to := min(col+max(t.colspan, 1)-1, maxSheetCol)
	if s.next < len(s.spans) && s.spans[s.next].from <= to {
		to = s.spans[s.next].from - 1
		s.file.warn(diag.At(s.file.Name, s.sheet, s.number, col), lang.T(
			"the cell spans columns that a cell above reaches into: it is cut before them",
			"ô gộp chồng lên ô gộp ở hàng trên: chỉ lấy phần phía trước"))
	}
	s.cell.col, s.cell.to, s.col = col, to, to
}

// endCell adds the cell to its row, with the area that it spans.
func (s *htmlScanner) endCell() {
	s.inCell = false
	c := s.cell
	if c.tag.hidden || s.err != nil {
		return
	}
	s.span(c)
	text := bytes.TrimRight(s.text[c.from:], " \n")
	if label.IsEmpty(text) || !s.count(c.col) {
		return
	}
	if len(s.text) > maxRowText {
		s.fail(c.col, lang.F("the row holds more than %d bytes of text", "hàng chứa hơn %d byte chữ", maxRowText))
		return
	}
	if s.want(c.col) {
		out := s.file.typedCell(c.col, c.withRaised(text), c.tag.stored)
		out.Mark = max(c.marked(), s.rowMark)
		if out.Kind != cell.Text && !out.Mark.Withdrawn() {
			out.Mark = cell.Plain // how the text looks says nothing of the stored number
		}
		s.row.Cells = append(s.row.Cells, out)
	}
}

// span records the area of a cell that spans several.
func (s *htmlScanner) span(c openCell) {
	last := min(s.number+max(c.tag.rowspan, 1)-1, maxSheetRow)
	if c.to == c.col && last == s.number {
		return
	}
	if len(s.merges) == maxMerges {
		s.fail(c.col, lang.F("the table has more than %d merged cells", "bảng có hơn %d ô gộp", maxMerges))
		return
	}
	if last > s.number {
		s.fresh = append(s.fresh, rowSpan{c.col, c.to, last, len(s.merges)})
	}
	s.merges = append(s.merges, diag.Area{Row: s.number, Col: c.col, ToRow: last, ToCol: c.to})
}

// clipSpans ends what reaches beyond the rows of a group or of the table.
func (s *htmlScanner) clipSpans() {
	for _, r := range s.spans {
		s.merges[r.merge].ToRow = min(r.last, s.number)
	}
	s.spans = s.spans[:0]
}

// typedCell is a cell as the page types it: by the exact value that it carries,
// and else the text that somebody or some program typed.
func (f *htmlFile) typedCell(col int, text []byte, s *stored) cell.Cell {
	c := textCell(col, text)
	if s == nil {
		return c
	}
	raw := []byte(s.raw)
	if len(raw) == 0 {
		raw = text
	}
	shown := strings.ToUpper(string(text))
	switch {
	case s.kind == 'b' && strings.EqualFold(s.raw, "true"), s.raw == "1" && shown == "TRUE":
		c.Kind, c.Raw = cell.Bool, []byte("1")
		return c
	case s.kind == 'b' && strings.EqualFold(s.raw, "false"), s.raw == "0" && shown == "FALSE":
		c.Kind, c.Raw = cell.Bool, []byte("0")
		return c
	}
	if _, err := number.ParseCell(raw); err != nil {
		return c
	}
	c.Format = f.format(s, raw, text)
	c.Kind, c.Raw = cell.NumberKind(c.Format, raw), raw
	return c
}

// maxFormats is how many number formats of a page are compiled once.
const maxFormats = 1 << 12

// format is the number format of a stored number: the one that the page names,
// or one that shows the text.
func (f *htmlFile) format(s *stored, raw, text []byte) *numfmt.Format {
	if s.code == "" {
		return formatShowing(raw, text)
	}
	format, ok := f.formats[s.code]
	if !ok {
		format = numfmt.Parse(s.code)
		if len(f.formats) < maxFormats {
			f.formats[s.code] = format
		}
	}
	return format
}

// formatShowing returns a format by which a stored number is shown as the text,
// in either way to write numbers: rounded, as a share, scaled down by
// thousands, or as a date. Another number is a fixed text, whatever is stored;
// other texts say nothing of the format.
func formatShowing(raw, text []byte) *numfmt.Format {
	if _, err := date.ParseText(string(text)); err == nil {
		return numfmt.Builtin(shortDate)
	}
	x, _ := number.ParseCell(raw)
	isNumber := false
	for commas := range 4 { // no style may be taken for another one that is scaled
		for _, style := range []number.Style{number.StyleEN, number.StyleVI} {
			shown, percent, err := number.ParseText(string(text), style)
			if err != nil {
				continue
			}
			isNumber = true
			switch n := decimals(text, style); {
			case percent && commas == 0 && within(x, shown, n+2):
				return percentFormat(n)
			case percent || !within(x, shown, n):
			case commas == 0:
				return nil
			default:
				return numfmt.Parse(digitCode(n) + strings.Repeat(",", commas))
			}
		}
		x = x.Quo(number.Int(1000))
	}
	if !isNumber {
		return nil
	}
	return numfmt.Parse(`"` + strings.ReplaceAll(string(text), `"`, `""`) + `"`)
}

// within reports whether x is shown as a number with some decimals.
func within(x, shown number.Exact, decimals int) bool {
	low, high := number.Interval(shown, decimals)
	return x.Cmp(low) >= 0 && x.Cmp(high) <= 0
}

const shortDate = 14 // the number of a date's format

// percentFormat is the format of a share that is shown with so many decimals.
func percentFormat(decimals int) *numfmt.Format { return numfmt.Parse(digitCode(decimals) + "%") }

// digitCode is the format code of a number with so many decimals.
func digitCode(decimals int) string {
	if decimals == 0 {
		return "0"
	}
	return "0." + strings.Repeat("0", decimals)
}

// decimals counts the digits behind the decimal separator of a style.
func decimals(shown []byte, style number.Style) int {
	point := "."
	if style == number.StyleVI {
		point = ","
	}
	_, behind, _ := bytes.Cut(shown, []byte(point))
	n := 0
	for n < len(behind) && behind[n] >= '0' && behind[n] <= '9' {
		n++
	}
	return n
}
