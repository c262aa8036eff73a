package workbook

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/numfmt"
)

// maxWarnings is how many warnings one file may have.
const maxWarnings = 100

// htmlFile is a page with tables. Each table is a sheet: first the lines of
// text that stand before it (after the table before), each in a row of its
// own, then its rows; the last one has the text behind it too. A table inside
// a cell is a sheet of its own, and its text is no part of the cell.
//
// Nothing of the page is kept: a scanner reads it again from where its table
// begins.
type htmlFile struct {
	*Workbook
	content *content
	tables  []htmlTable
	styles  styles
	formats map[string]*numfmt.Format // of the cells, by code
}

// htmlTable is where a table lies in the page.
type htmlTable struct {
	from   int64 // where reading begins
	last   bool  // the text behind it is its own
	nested bool  // it lies in a cell of another one
	hidden bool
}

// openHTML finds the tables of a page.
func openHTML(ctx context.Context, c *content) (*Workbook, error) {
	f := &htmlFile{&Workbook{Name: c.name, Kind: HTML, Bytes: c.size}, c, nil, styles{}, map[string]*numfmt.Format{}}
	f.impl = f
	text := &utf8Reader{r: c.reader(0)}
	p := newPageReader(ctx, text)
	p.styles, p.collects = f.styles, true
	if err := f.findTables(p); err != nil {
		return nil, err
	}
	if err := f.pageError(p, text.line+1); err != nil {
		return nil, err
	}
	if len(f.tables) == 0 {
		return nil, c.refuse(lang.T("this is a web page (HTML) without a table", "đây là trang web (HTML) không có bảng"), exportAgain)
	}
	f.nameSheets(p.names)
	return f.Workbook, nil
}

// findTables lists the tables in the order in which they begin.
func (f *htmlFile) findTables(p *pageReader) error {
	outer, from := -1, int64(0) // the last table that is in no other, and where it ended
	for e := p.next(); e.kind != pageEnd; e = p.next() {
		switch {
		case e.kind == tableStart && len(f.tables) == f.content.opt.Limits.Sheets:
			return f.content.refuse(lang.F("the page holds more than %d tables", "trang có hơn %d bảng", len(f.tables)), exportAgain)
		case e.kind == tableStart && e.depth > 1:
			f.tables = append(f.tables, htmlTable{from: p.start, nested: true, hidden: e.tag.hidden})
		case e.kind == tableStart:
			outer = len(f.tables)
			f.tables = append(f.tables, htmlTable{from: from, hidden: e.tag.hidden})
		case e.kind == tableEnd && e.depth == 1:
			from = p.end
			if p.opening { // of the next table, which ends this one
				from = p.start
			}
		}
	}
	if outer >= 0 {
		f.tables[outer].last = true
	}
	return nil
}

// pageError is why reading ended, nil when the page ended as it should.
func (f *htmlFile) pageError(p *pageReader, line int) error {
	c := f.content
	switch {
	case p.err == nil && len(p.levels) == 0:
		return nil
	case p.err == nil:
		return c.refuse(lang.T("the page ends inside a table, as when a file was cut off", "trang kết thúc giữa bảng, như khi tệp bị cắt ngắn"), exportAgain)
	case errors.Is(p.err, context.Canceled) || errors.Is(p.err, context.DeadlineExceeded):
		return p.err
	case errors.Is(p.err, errNotUTF8):
		return notUTF8(diag.Pos{File: c.name, Line: line})
	case errors.Is(p.err, html.ErrBufferExceeded):
		return c.refuse(lang.F("one tag or text of the page is longer than %d bytes", "một thẻ hoặc đoạn chữ của trang dài hơn %d byte", maxToken), exportAgain)
	case errors.Is(p.err, errNesting):
		return c.refuse(lang.F("tables lie more than %d deep inside each other", "bảng lồng nhau quá %d lớp", maxNesting), exportAgain)
	}
	return cannotRead(c.name, p.err)
}

// nameSheets gives the tables the names that Excel wrote into the page, if it
// wrote as many as there are tables, or one; the others are numbered.
func (f *htmlFile) nameSheets(names []string) {
	outer := 0
	for _, t := range f.tables {
		if !t.nested {
			outer++
		}
	}
	if len(names) != outer && len(names) > 1 {
		names = nil
	}
	for i, t := range f.tables {
		s := Sheet{Index: i, Name: "Bảng " + strconv.Itoa(i+1)}
		if !t.nested && len(names) > 0 {
			s.Name, names = f.unused(names[0], s.Name), names[1:]
		}
		if t.hidden {
			s.State = cell.Hidden
		}
		f.Sheets = append(f.Sheets, s)
		if t.nested {
			f.warn(diag.Pos{File: f.Name, Sheet: s.Name}, lang.T(
				"the table lies inside a cell of another table: it is read as a sheet of its own",
				"bảng nằm trong một ô của bảng khác: được đọc thành một trang tính riêng"))
		}
	}
}

// unused returns name, or other when a sheet has that name already.
func (f *htmlFile) unused(name, other string) string {
	if slices.ContainsFunc(f.Sheets, func(s Sheet) bool { return strings.EqualFold(s.Name, name) }) {
		return other
	}
	return name
}

// warn adds a warning, once and not too many.
func (f *htmlFile) warn(pos diag.Pos, message lang.Text) {
	same := func(d diag.Diagnostic) bool { return d.Pos == pos && d.Message.Equal(message) }
	if len(f.Warnings) < maxWarnings && !slices.ContainsFunc(f.Warnings, same) {
		f.Warnings.Add(diag.OddFile, pos, message)
	}
}

func (f *htmlFile) scan(ctx context.Context, sheet int) (Scanner, error) {
	t := f.tables[sheet]
	page := newPageReader(ctx, f.content.reader(t.from))
	page.styles = f.styles
	return &htmlScanner{file: f, table: t, sheet: f.Sheets[sheet].Name, page: page}, nil
}

func (f *htmlFile) close() error { return nil }
