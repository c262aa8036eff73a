package form

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// book is a workbook that is being written. The first error sticks, and write
// returns it.
type book struct {
	f     *excelize.File
	lang  lang.Lang
	looks map[look]int
	taken map[string]bool // names of sheets, folded
	err   error
}

func newBook(l lang.Lang) *book {
	return &book{f: excelize.NewFile(), lang: l, looks: map[look]int{}, taken: map[string]bool{}}
}

func (b *book) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

// say chooses the text of the book's language.
func (b *book) say(en, vi string) string { return lang.T(en, vi).In(b.lang) }

// properties are the document's own. The day stands for when it was made.
type properties struct {
	title, subject, creator string
	day                     date.Date
}

func (b *book) write(w io.Writer, p properties) error {
	stamp := p.day.String() + "T00:00:00Z"
	b.keep(b.f.SetDocProps(&excelize.DocProperties{
		Title: clean(p.title), Subject: clean(p.subject), Creator: clean(p.creator), LastModifiedBy: clean(p.creator),
		Created: stamp, Modified: stamp, Language: b.lang.String(),
	}))
	b.f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return newArchive(w, storeEmpty) })
	if b.err == nil {
		b.keep(b.f.Write(w))
	}
	b.keep(b.f.Close())
	return b.err
}

// archive is a zip file whose parts are written in the order of their names:
// excelize hands streamed sheets over in the order of a map.
type archive struct {
	w     io.Writer
	mend  func(name string, data []byte) []byte // what excelize wrote; may be nil
	parts map[string]*bytes.Buffer
}

func newArchive(w io.Writer, mend func(string, []byte) []byte) *archive {
	return &archive{w: w, mend: mend, parts: map[string]*bytes.Buffer{}}
}

// storeEmpty gives formulas that result in an empty text the stored result that
// excelize leaves out: without one they count as not calculated.
func storeEmpty(name string, data []byte) []byte {
	if !strings.HasPrefix(name, "xl/worksheets/") {
		return data
	}
	return bytes.ReplaceAll(data, []byte("</f></c>"), []byte("</f><v></v></c>"))
}

// Create starts a part.
func (a *archive) Create(name string) (io.Writer, error) {
	a.parts[name] = new(bytes.Buffer)
	return a.parts[name], nil
}

// AddFS is not needed, and refuses.
func (a *archive) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close writes the parts.
func (a *archive) Close() error {
	zw := zip.NewWriter(a.w)
	for _, name := range slices.Sorted(maps.Keys(a.parts)) {
		w, err := zw.Create(name)
		if err != nil {
			return err
		}
		data := a.parts[name].Bytes()
		if a.mend != nil {
			data = a.mend(name, data)
		}
		if _, err := w.Write(data); err != nil {
			return err
		}
	}
	return zw.Close()
}

// page is how a sheet looks as a whole.
type page struct {
	widths               []float64 // of the columns, in characters
	freezeRow, freezeCol int       // rows and columns that stay in view
	titles               [2]int    // rows that are repeated on each printed page
	landscape            bool
	footer               string
}

// paper is one worksheet. Its rows are streamed, top to bottom.
type paper struct {
	*book
	name  string
	sw    *excelize.StreamWriter
	row   int // last row written
	cells []any
}

// paper starts a worksheet; index 0 is the one that every new workbook has.
func (b *book) paper(name string, index int, p page) *paper {
	s := &paper{book: b, name: name}
	if index == 0 {
		b.keep(b.f.SetSheetName("Sheet1", name))
	} else {
		_, err := b.f.NewSheet(name)
		b.keep(err)
	}
	if b.err != nil {
		return s
	}
	b.keep(b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: new(true)}))
	b.keep(b.f.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: new(false)}))
	s.setUp(p)
	sw, err := b.f.NewStreamWriter(name)
	b.keep(err)
	if b.err != nil {
		return s
	}
	s.sw = sw
	for i, w := range p.widths {
		b.keep(sw.SetColWidth(i+1, i+1, w))
	}
	if p.freezeRow > 0 {
		corner := diag.A1(p.freezeRow+1, p.freezeCol+1)
		pane := "bottomRight"
		if p.freezeCol == 0 {
			pane = "bottomLeft"
		}
		b.keep(sw.SetPanes(&excelize.Panes{
			Freeze: true, XSplit: p.freezeCol, YSplit: p.freezeRow, TopLeftCell: corner, ActivePane: pane,
			Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: pane}},
		}))
	}
	return s
}

// setUp readies the sheet for printing on A4.
func (s *paper) setUp(p page) {
	const a4 = 9
	orientation := "portrait"
	if p.landscape {
		orientation = "landscape"
	}
	s.keep(s.f.SetPageLayout(s.name, &excelize.PageLayoutOptions{
		Size: new(a4), Orientation: &orientation, FitToWidth: new(1), FitToHeight: new(0),
	}))
	s.keep(s.f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
		Left: new(0.6), Right: new(0.4), Top: new(0.6), Bottom: new(0.6), Header: new(0.3), Footer: new(0.3), Horizontally: new(true),
	}))
	s.keep(s.f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{
		OddFooter: "&L&8" + headerText(p.footer) + "&R&8" + s.say("Page", "Trang") + " &P/&N",
	}))
	if p.titles[1] > 0 {
		s.keep(s.f.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: fmt.Sprintf("%s!$%d:$%d", diag.QuoteSheet(s.name), p.titles[0], p.titles[1]),
		}))
	}
}

// add puts a cell at the end of the row that is being filled. A text is stored
// as text, whatever it looks like.
func (s *paper) add(l look, value any) {
	if text, ok := value.(string); ok {
		if value = clean(text); value == "" {
			value = nil
		}
	}
	s.cells = append(s.cells, excelize.Cell{StyleID: s.look(l), Value: value})
}

// calculate adds a cell with a formula whose result is an empty text now.
func (s *paper) calculate(l look, formula string) {
	s.cells = append(s.cells, excelize.Cell{StyleID: s.look(l), Formula: formula})
}

// blank adds empty cells.
func (s *paper) blank(l look, n int) {
	for range n {
		s.add(l, nil)
	}
}

// endRow ends the row. A height of 0 leaves it to the program that opens the
// file.
func (s *paper) endRow(height float64) {
	s.row++
	if s.sw != nil && (len(s.cells) > 0 || height > 0) {
		s.keep(s.sw.SetRow(diag.A1(s.row, 1), s.cells, excelize.RowOpts{Height: height}))
	}
	s.cells = s.cells[:0]
}

func (s *paper) merge(row, col, toRow, toCol int) {
	if s.sw != nil && (row != toRow || col != toCol) {
		s.keep(s.sw.MergeCell(diag.A1(row, col), diag.A1(toRow, toCol)))
	}
}

func (s *paper) end() {
	if s.sw != nil {
		s.keep(s.sw.Flush())
	}
}

// maxText is how many UTF-16 units a cell holds.
const maxText = 32767

// clean makes a text fit for a cell: no control characters, no marks that turn
// the direction of what follows, valid UTF-8, no longer than a cell holds.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\r':
			return ' '
		case r < ' ' && r != '\n', r >= 0x7F && r <= 0x9F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0xFFFE, r == 0xFFFF, r == 0xFEFF:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return cut(s, maxText)
}

// cut shortens a text to a number of UTF-16 units, between words where it can.
func cut(s string, units int) string {
	n, end := 0, 0
	for i, r := range s {
		n += utf16.RuneLen(r)
		if n < units {
			end = i + utf8.RuneLen(r) // room is left for the ellipsis
		}
		if n > units {
			if space := strings.LastIndexByte(s[:end], ' '); space > end/2 {
				end = space
			}
			return strings.TrimRight(s[:end], " ,;-") + "…"
		}
	}
	return s
}

// headerText escapes a text for a page's header or footer.
func headerText(s string) string { return strings.ReplaceAll(cut(clean(s), 120), "&", "&&") }

// maxSheetName is how many UTF-16 units the name of a sheet has at most.
const maxSheetName = 31

// legal makes a sheet name of a title: none of the characters that spreadsheet
// programs refuse. An apostrophe is replaced too: not every writer of
// references doubles it. Of a long title the part before a colon will do.
func legal(title string) string {
	if short, _, ok := strings.Cut(title, ": "); ok && len([]rune(title)) > maxSheetName {
		title = short
	}
	name := strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r == '\'':
			return '’'
		case strings.ContainsRune(`:\/?*[]`, r):
			return '-'
		case r == '\n':
			return ' '
		}
		return r
	}, clean(title)), " ")
	if name == "" || strings.EqualFold(name, "history") {
		name += "-"
	}
	return cut(name, maxSheetName)
}

// take takes a legal name that no sheet has yet, in any case.
func (b *book) take(name string) bool {
	key := strings.ToLower(name)
	if b.taken[key] {
		return false
	}
	b.taken[key] = true
	return true
}

// sheetName makes a name for a sheet that no other sheet has.
func (b *book) sheetName(title string) string {
	name := legal(title)
	for i := 2; !b.take(name); i++ {
		name = numbered(legal(title), i)
	}
	return name
}

func numbered(name string, n int) string {
	suffix := fmt.Sprintf(" (%d)", n)
	return cut(name, maxSheetName-len(suffix)) + suffix
}
