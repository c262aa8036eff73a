package workbook

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/label"
)

// The bounds of a page.
const (
	maxToken     = 1 << 20 // bytes of one tag or text
	maxNesting   = 16      // tables inside each other
	maxNames     = 1000    // names of sheets
	checkContext = 1 << 10 // tokens between two looks at the context
)

// event is what pageReader finds in a page. Tags that may be left out (</td>,
// <tr>, <tbody>) give their events all the same.
type event struct {
	kind  eventKind
	depth int // the tables that are open, with the one that begins or ends
	tag   tag // of tableStart, rowStart and cellStart
}

type eventKind uint8

const (
	pageEnd eventKind = iota
	tableStart
	tableEnd
	rowGroup // thead, tbody, tfoot: their beginning or end
	rowStart
	rowEnd
	cellStart
	cellEnd
	textRun   // pageReader.text
	textBreak // the beginning or end of a block, or <br>
)

// pageReader walks over the tags of a page in one pass, holding no more than
// one of them, and tells apart what belongs to which table. It follows the
// rules of HTML for tables whose tags are left out, and knows no others.
type pageReader struct {
	ctx    context.Context
	z      *html.Tokenizer
	tokens int

	start, end int64     // of the present tag or text, from where reading began
	opening    bool      // the present tag is the beginning of an element
	queue      []event   // of the present tag or text
	taken      int       // of the queue
	text       []byte    // of textRun
	mark       cell.Mark // of the text, by the elements around it
	lowered    bool      // it is a subscript
	tags       int       // beginnings and ends of inline elements in the open cell
	markedFrom int64     // where the one that marks it begins

	levels    []level // the open tables, outermost first
	hidden    *element
	marked    []element // in the open cell, the elements that mark their text
	styles    styles    // of the page
	collects  bool      // styles are added to
	muted     string    // the element whose text is nobody's
	inName    int       // 1 inside of <x:ExcelWorksheet>, 2 inside of its <x:Name>
	names     []string  // of sheets, from Excel's part of the page
	inComment bool      // what is read is a comment of a page
	finished  bool
	err       error
}

// level is an open table.
type level struct {
	row, cell         bool // is open
	hidden, hiddenRow bool // the table, the open row is not shown
}

// element is an element that hides what is in it.
type element struct {
	name  string // "" for a cell
	depth int    // elements of that name inside each other
	level int    // open tables around it
	mark  cell.Mark
	start int64 // where it begins

	lowered bool
}

// maxMarked is how many elements that mark their text may be open; further ones
// mark together.
const maxMarked = 64

var errNesting = errors.New("too many tables inside each other")

// tag is what the attributes of a table, row or cell say.
type tag struct {
	colspan, rowspan int // 0 when not given
	hidden           bool
	mark             cell.Mark
	lowered          bool // raised the other way: a subscript
	stored           *stored
}

// stored is the exact value that a page carries beside the text that it shows.
type stored struct {
	kind byte   // as SheetJS has it: 'n' number, 'b' boolean; 0 for none
	raw  string // "" when the text is the value
	code string // the number format, where it is given
}

func newPageReader(ctx context.Context, r io.Reader) *pageReader {
	p := &pageReader{ctx: ctx, z: html.NewTokenizer(r)}
	p.z.SetMaxBuf(maxToken)
	return p
}

// next moves to the next event; it is pageEnd at the end and on an error.
func (p *pageReader) next() event {
	for p.taken == len(p.queue) {
		if p.finished {
			return event{}
		}
		p.readToken()
	}
	p.taken++
	return p.queue[p.taken-1]
}

// unread makes the present event the next one again.
func (p *pageReader) unread() { p.taken-- }

func (p *pageReader) emit(kind eventKind) { p.emitTag(kind, tag{}) }

func (p *pageReader) emitTag(kind eventKind, t tag) {
	p.queue = append(p.queue, event{kind, len(p.levels), t})
}

// readToken reads one tag or text and puts its events, if any, into the queue.
func (p *pageReader) readToken() {
	p.queue, p.taken = p.queue[:0], 0
	if p.tokens++; p.tokens%checkContext == 0 {
		if p.err = p.ctx.Err(); p.err != nil {
			p.finished = true
			return
		}
	}
	kind := p.z.Next()
	p.opening = kind == html.StartTagToken || kind == html.SelfClosingTagToken
	p.start, p.end = p.end, p.end+int64(len(p.z.Raw()))
	switch kind {
	case html.ErrorToken:
		p.finished = true
		if err := p.z.Err(); !errors.Is(err, io.EOF) {
			p.err = err
		}
	case html.TextToken:
		p.readText(p.z.Text())
	case html.CommentToken:
		p.readComment(p.z.Text())
	case html.StartTagToken, html.SelfClosingTagToken:
		name, more := p.z.TagName()
		p.openTag(name, more)
	case html.EndTagToken:
		name, _ := p.z.TagName()
		p.closeTag(name)
	}
}

func (p *pageReader) readText(text []byte) {
	switch {
	case p.muted == "style" && p.collects:
		p.styles.add(text)
	case p.inName == 2:
		if name := strings.TrimSpace(string(text)); name != "" && len(p.names) < maxNames {
			p.names = append(p.names, name)
		}
	case p.muted == "" && (p.hidden == nil || p.hidden.level < len(p.levels)):
		p.text, p.mark = text, cell.Plain
		for _, e := range p.marked {
			if e.mark > p.mark {
				p.mark, p.lowered, p.markedFrom = e.mark, e.name == "sub" || e.lowered, e.start
			}
		}
		p.emit(textRun)
	case p.muted == "" && p.hidden.mark != cell.Plain && !label.IsEmpty(text):
		p.text, p.mark = nil, p.hidden.mark
		p.emit(textRun)
	}
}

// openTag takes the beginning of an element.
func (p *pageReader) openTag(name []byte, more bool) {
	a := p.attributes(string(name), more)
	a.hidden = a.hidden || string(name) == "template" || string(name) == "datalist"
	if p.hidden != nil && p.hidden.name == string(name) {
		p.hidden.depth++
	}
	switch string(name) {
	case "table":
		p.openTable(a)
	case "tr":
		if p.leaveRow() {
			p.openRow(a)
		}
	case "td", "th":
		p.openCell(a)
	case "thead", "tbody", "tfoot", "caption":
		if p.leaveRow() {
			p.emit(rowGroup)
		}
	case "script", "style", "title", "noscript", "iframe", "noembed", "noframes", "xml":
		p.muted = string(name)
	case "x:excelworksheet":
		p.inName = 1
	case "x:name":
		if p.inName == 1 {
			p.inName = 2
		}
	default:
		if isBlock(name) {
			p.emit(textBreak)
		}
		if t := p.top(); a.hidden && p.hidden == nil && !isVoid(name) && (t == nil || t.cell) {
			p.hidden = &element{string(name), 1, len(p.levels), a.mark, p.start, false}
		} else if t != nil && t.cell && !isVoid(name) {
			p.tags++
			p.openMarked(string(name), max(a.mark, markOf(name)), a.lowered)
		}
	}
}

// markOf is how an element marks its text by its name alone.
func markOf(name []byte) cell.Mark {
	switch string(name) {
	case "del", "s", "strike":
		return cell.StruckOut
	case "option":
		return cell.Options
	case "sup", "sub", "rt":
		return cell.Raised
	case "bdo", "math", "svg": // not one character after the other
		return cell.Parts
	case "a":
		return cell.Linked
	}
	return cell.Plain
}

// openMarked opens an element of the open cell that marks its text, or that is
// nested in one of the same name.
func (p *pageReader) openMarked(name string, m cell.Mark, lowered bool) {
	if m != cell.Plain && len(p.marked) < maxMarked {
		p.marked = append(p.marked, element{name, 1, len(p.levels), m, p.start, lowered})
		return
	}
	if i := p.lastMarked(name); i >= 0 {
		p.marked[i].depth++
		p.marked[i].mark = max(p.marked[i].mark, m)
	}
}

// lastMarked returns the index of the innermost marking element of a name in
// the present table, or -1.
func (p *pageReader) lastMarked(name string) int {
	for i := len(p.marked) - 1; i >= 0 && p.marked[i].level == len(p.levels); i-- {
		if p.marked[i].name == name {
			return i
		}
	}
	return -1
}

// closeMarked takes the end of an element of a name.
func (p *pageReader) closeMarked(name string) {
	if i := p.lastMarked(name); i >= 0 {
		if p.marked[i].depth--; p.marked[i].depth == 0 {
			p.marked = slices.Delete(p.marked, i, i+1)
		}
	}
}

// closeTag takes the end of an element.
func (p *pageReader) closeTag(name []byte) {
	if h := p.hidden; h != nil && h.name == string(name) {
		if h.depth--; h.depth == 0 {
			p.hidden = nil
		}
	} else {
		p.tags++
		if len(p.marked) > 0 {
			p.closeMarked(string(name))
		}
	}
	switch string(name) {
	case "table":
		p.closeTable()
	case "tr":
		p.leaveRow()
	case "td", "th":
		p.leaveCell()
	case "thead", "tbody", "tfoot", "caption":
		if p.leaveRow() {
			p.emit(rowGroup)
		}
	case p.muted:
		p.muted = ""
	case "x:excelworksheet":
		p.inName = 0
	case "x:name":
		p.inName = min(p.inName, 1)
	default:
		if isBlock(name) {
			p.emit(textBreak)
		}
	}
}

// top is the innermost open table, or nil.
func (p *pageReader) top() *level {
	if len(p.levels) == 0 {
		return nil
	}
	return &p.levels[len(p.levels)-1]
}

// isHidden reports whether what is read now is not shown.
func (p *pageReader) isHidden() bool {
	t := p.top()
	return p.hidden != nil || t != nil && (t.hidden || t.hiddenRow)
}

func (p *pageReader) openTable(a tag) {
	if t := p.top(); t != nil && !t.cell {
		p.closeTable() // tables stand inside of cells only
	}
	if len(p.levels) == maxNesting {
		p.queue, p.finished, p.err = p.queue[:p.taken], true, errNesting
		return
	}
	a.hidden = a.hidden || p.isHidden()
	p.levels = append(p.levels, level{hidden: a.hidden})
	p.muted = "" // an element that was never closed
	p.emitTag(tableStart, a)
}

func (p *pageReader) closeTable() {
	if p.leaveRow() {
		p.emit(tableEnd)
		p.levels = p.levels[:len(p.levels)-1]
	}
}

func (p *pageReader) openRow(a tag) {
	t := p.top()
	t.row, t.hiddenRow = true, a.hidden
	p.emitTag(rowStart, a)
}

// leaveRow ends the row that is open, if any; it returns false when no table
// is.
func (p *pageReader) leaveRow() bool {
	p.leaveCell()
	t := p.top()
	if t != nil && t.row {
		t.row, t.hiddenRow = false, false
		p.emit(rowEnd)
	}
	return t != nil
}

func (p *pageReader) openCell(a tag) {
	t := p.top()
	if t == nil {
		return
	}
	p.leaveCell()
	if !t.row {
		p.openRow(tag{})
	}
	t.cell = true
	p.emitTag(cellStart, a)
	if a.hidden && p.hidden == nil {
		p.hidden = &element{"", 1, len(p.levels), cell.Plain, p.start, false}
	}
}

func (p *pageReader) leaveCell() {
	t := p.top()
	if t == nil || !t.cell {
		return
	}
	t.cell = false
	if p.hidden != nil && p.hidden.level >= len(p.levels) {
		p.hidden = nil // what the cell hides ends with it
	}
	if len(p.marked) > 0 {
		p.marked = slices.DeleteFunc(p.marked, func(e element) bool { return e.level >= len(p.levels) })
	}
	p.muted = ""
	p.emit(cellEnd)
}

// attributes reads those that matter of the element name.
func (p *pageReader) attributes(name string, more bool) tag {
	var a tag
	if !more {
		return a
	}
	var l look
	var classes, id []byte
	var s stored
	for more {
		var key, value []byte
		key, value, more = p.z.TagAttr()
		switch string(key) {
		case "colspan":
			a.colspan = spanOf(value)
		case "rowspan":
			a.rowspan = spanOf(value)
			if a.rowspan == 0 {
				a.rowspan = maxSheetRow // to the end of the group
			}
		case "hidden": // not known to spreadsheet programs: who sees what is not known
			a.hidden, a.mark = true, cell.PartHidden
		case "style":
			l = l.with(parseLook(string(value)))
		case "class":
			classes = bytes.Clone(value)
		case "id":
			id = bytes.Clone(value)
		default:
			s.attribute(string(key), value)
		}
	}
	l = l.with(p.styles.of(name, classes, id))
	a.hidden = a.hidden || l.gone || l.unseen && (name == "tr" || len(p.levels) == 0)
	a.mark, a.lowered = max(a.mark, l.mark()), l.lowered
	if s.kind != 0 {
		kept := s
		a.stored = &kept
	}
	return a
}

// attribute reads an attribute that carries an exact value: x:num of Excel,
// sdval and sdnum of LibreOffice, data-t, data-v and data-z of SheetJS.
func (s *stored) attribute(key string, value []byte) {
	switch key {
	case "x:num":
		s.kind, s.raw = 'n', string(value)
	case "sdval":
		if len(value) > 0 {
			s.kind, s.raw = 'n', string(value)
		}
	case "sdnum":
		s.code = codeOf(string(value))
	case "data-t":
		if t := string(value); t == "n" || t == "b" {
			s.kind = t[0]
		}
	case "data-v":
		s.raw = string(value)
	case "data-z":
		s.code = string(value)
	}
}

// codeOf reads the number format of sdnum="LANGUAGE;FORMAT'S LANGUAGE;CODE",
// where the code is written as in English; the languages are Windows' numbers.
func codeOf(sdnum string) string {
	parts := strings.SplitN(sdnum, ";", 3)
	if len(parts) < 3 {
		return ""
	}
	language := parts[1]
	if language == "" || language == "0" {
		language = parts[0]
	}
	const english, mask = 9, 0x3ff
	if n, err := strconv.Atoi(language); err != nil || n&mask != english {
		return ""
	}
	return parts[2]
}

// spanOf reads a colspan or rowspan; what is no number is 1.
func spanOf(value []byte) int {
	n, err := strconv.ParseUint(strings.TrimSpace(string(value)), 10, 31)
	if err != nil {
		return 1
	}
	return int(n)
}

// readComment looks for the names of sheets in the comment that Excel puts
// its part of a page into.
func (p *pageReader) readComment(text []byte) {
	if p.inComment || !bytes.Contains(text, []byte("<x:ExcelWorksheet>")) {
		return
	}
	inner := newPageReader(p.ctx, bytes.NewReader(text))
	inner.inComment = true
	for inner.next().kind != pageEnd {
	}
	p.names = append(p.names, inner.names[:min(len(inner.names), maxNames-len(p.names))]...)
}

// isBlock reports whether an element begins a new line.
func isBlock(name []byte) bool {
	switch string(name) {
	case "br", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "hr", "pre",
		"center", "address", "section", "article", "header", "footer", "blockquote", "form", "fieldset", "body":
		return true
	}
	return false
}

// isVoid reports whether an element has no end.
func isVoid(name []byte) bool {
	switch string(name) {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr":
		return true
	}
	return false
}
