package form

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"path"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// Submission is a workbook that an agency sent in, and what was found in it.
type Submission struct {
	Name    string // as it is shown
	Data    []byte // the file
	Cards   []score.Card
	Found   diag.List // beside the diagnostics of the cards
	Lang    lang.Lang
	Program string // "parcheck 1.2.0"
}

// Bounds of what is copied. Reading a file has its own; copying holds all of it
// in memory.
const (
	maxInflated   = 256 << 20 // bytes of all parts together
	maxStructured = 16 << 20  // bytes of a part that is neither a sheet, the string table nor a picture
	maxPart       = 32 << 20  // bytes of another part, unless it is packed by less than maxRatio
	maxRatio      = 100       // inflated to packed bytes: sheets of figures have 5 to 20
	maxMarked     = 500_000   // cells, blank ones between included, of the sheets that are marked
	maxFindings   = 2_000     // that are marked and listed
)

// Annotate writes a copy of a submission that shows what was found: the cells
// of findings and of missed targets are filled and carry a note, and a first
// sheet lists findings and results with links to their cells. The copy holds
// the same figures as the submission: that is looked at before it is written.
// A sheet that is too large, or whose own notes would suffer, is left as it is;
// the first sheet says so.
//
// The error is the context's, a *diag.Refusal, or says why no copy can be
// made of a file that can be read.
func Annotate(ctx context.Context, w io.Writer, s Submission) error {
	original, err := survey(ctx, s.Name, s.Data)
	if err != nil {
		return err
	}
	if err := copyable(s.Data, original.kind); err != nil {
		return err
	}
	c := copier{Submission: s, original: original, marks: s.marks()}
	c.spare()
	for {
		data, spoilt, err := c.attempt()
		if err != nil {
			return err
		}
		if spoilt == "" {
			spoilt, err = c.spoilt(data)
			if err != nil {
				return err
			}
		}
		if spoilt != "" {
			c.silent[spoilt] = true // and once more, without notes on that sheet
			continue
		}
		if err := c.same(ctx, data); err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	}
}

// copier makes the copy of one submission.
type copier struct {
	Submission
	original *extent
	marks    map[string]*sheetMarks // by sheet
	large    map[string]bool        // sheets that are not marked: too large
	silent   map[string]bool        // sheets that get no notes
}

// copyable refuses what excelize would not copy faithfully, or at a cost that
// the file's size does not tell. Every part is inflated once, and its checksum
// looked at.
func copyable(data []byte, kind workbook.Kind) error {
	switch kind {
	case workbook.XLSX:
	case workbook.XLSM:
		return lang.Errorf("a copy of a workbook with macros (.xlsm) cannot be vouched for: save it as .xlsx", "không bảo đảm được bản sao của tệp có macro (.xlsm): hãy lưu lại dạng .xlsx")
	case workbook.XLS, workbook.ODS, workbook.HTML, workbook.CSV, workbook.TSV:
		return lang.Errorf(
			"only .xlsx workbooks are copied, this is %s: open it in a spreadsheet program and save it as .xlsx first",
			"chỉ sao chép được tệp .xlsx, đây là %s: hãy mở bằng phần mềm bảng tính và lưu lại dạng .xlsx trước", kind.Title())
	}
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	left := int64(maxInflated)
	for _, f := range zr.File {
		r, err := f.Open()
		if err != nil {
			return damaged(f.Name, err)
		}
		most := min(left, max(maxPart, int64(min(f.CompressedSize64, maxInflated))*maxRatio))
		if structured(f.Name) {
			most = min(left, maxStructured)
		}
		n, err := io.Copy(io.Discard, io.LimitReader(r, most+1))
		r.Close()
		if n > most {
			return lang.Errorf(
				"the part %s is too large to be copied (more than %d MiB): `parcheck validate` lists what is wrong",
				"phần %s quá lớn, không sao chép được (hơn %d MiB): xem bằng `parcheck validate`", f.Name, most>>20)
		}
		if err != nil {
			return damaged(f.Name, err)
		}
		left -= n
	}
	return nil
}

func damaged(part string, err error) error {
	return lang.Errorf(
		"the part %s is damaged (%v): open the file in a spreadsheet program and save it again",
		"phần %s bị hỏng (%v): hãy mở tệp bằng phần mềm bảng tính và lưu lại", part, err)
}

// structured reports whether a part is one that excelize takes apart whole and
// that no honest file has in great size.
func structured(name string) bool {
	name = strings.ToLower(name)
	switch path.Ext(name) {
	case ".xml", ".rels", ".vml":
		return !strings.Contains(name, "/worksheets/sheet") && !strings.HasSuffix(name, "sharedstrings.xml") && !strings.Contains(name, "/pivotcache/")
	}
	return false
}

// spare leaves the sheets alone whose cells are too many to be held in memory,
// and moves the marks of the others to cells that show.
func (c *copier) spare() {
	c.large, c.silent = map[string]bool{}, map[string]bool{}
	left := int64(maxMarked)
	for _, s := range c.original.sheets {
		if c.marks[s.name] == nil {
			continue
		}
		c.marks[s.name].onVisible(s.merges)
		if s.cells > left {
			c.large[s.name] = true
			delete(c.marks, s.name)
			continue
		}
		left -= s.cells
	}
}

// attempt makes a copy. spoilt names a sheet whose own notes stand in the way
// of new ones.
func (c *copier) attempt() (data []byte, spoilt string, err error) {
	defer func() {
		if p := recover(); p != nil { // it has met a part that it does not expect
			err = lang.Errorf(
				"the file cannot be copied (%v): open it in a spreadsheet program and save it again",
				"không sao chép được tệp (%v): hãy mở bằng phần mềm bảng tính và lưu lại", p)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(c.Data), excelize.Options{UnzipSizeLimit: maxInflated, UnzipXMLSizeLimit: maxInflated})
	if err != nil {
		return nil, "", lang.Errorf("the file cannot be copied: %v", "không sao chép được tệp: %v", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	p := painter{f: f, lang: c.Lang, styles: map[painted]int{}}
	for _, s := range c.original.sheets {
		if m := c.marks[s.name]; m != nil {
			if !p.paint(s.name, m, !c.silent[s.name]) {
				return nil, s.name, nil
			}
		}
	}
	b := sheets.Within(f, c.Lang, theme)
	c.writeBoard(b)
	if err := cmp.Or(p.err, b.Err()); err != nil {
		return nil, "", err
	}
	moveToFront(f)
	f.SetZipWriter(sheets.Archive(unselect))
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		return nil, "", err
	}
	return buf.Bytes(), "", nil
}

// moveToFront makes the last sheet the first and the one in view. What counts
// sheets by their place is moved with them. excelize's own MoveSheet would take
// every sheet apart and write it anew.
func moveToFront(f *excelize.File) {
	wb := f.WorkBook
	sheets := wb.Sheets.Sheet
	last := len(sheets) - 1
	moved := sheets[last]
	copy(sheets[1:], sheets[:last])
	sheets[0] = moved
	if wb.DefinedNames != nil {
		for _, n := range wb.DefinedNames.DefinedName {
			if at := n.LocalSheetID; at != nil {
				*at = (*at + 1) % (last + 1)
			}
		}
	}
	if wb.BookViews != nil {
		for i := range wb.BookViews.WorkBookView {
			wb.BookViews.WorkBookView[i].ActiveTab, wb.BookViews.WorkBookView[i].FirstSheet = 0, 0
		}
	}
}

var selected = regexp.MustCompile(` tabSelected="(1|true)"`)

// unselect takes the selection off the sheets: with two that are selected,
// what is typed into one goes into both.
func unselect(name string, data []byte) []byte {
	end := bytes.Index(data, []byte("sheetData"))
	if end < 0 || !strings.HasSuffix(name, ".xml") {
		return data
	}
	return append(selected.ReplaceAll(data[:end], nil), data[end:]...)
}

// same looks whether the copy holds the cells of the submission, each as it
// was: the strict reader reads both.
func (c *copier) same(ctx context.Context, data []byte) error {
	made, err := survey(ctx, c.Name, data)
	if err != nil {
		return lang.Errorf("the copy would not be sound: %v", "bản sao sẽ không đúng: %v", err)
	}
	if len(made.sheets) != len(c.original.sheets)+1 {
		return lang.Errorf("the copy would have %d sheets of %d", "bản sao sẽ chỉ có %d trong %d trang tính", len(made.sheets)-1, len(c.original.sheets))
	}
	for i, was := range c.original.sheets {
		is := made.sheets[i+1]
		if was.name != is.name || was.state != is.state || was.sum != is.sum {
			return lang.Errorf(
				"the copy would not hold the same cells on the sheet %s: save the file anew in a spreadsheet program, and try again",
				"bản sao sẽ không giữ đúng các ô của trang tính %s: hãy lưu lại tệp bằng phần mềm bảng tính rồi chạy lại", diag.QuoteSheet(was.name))
		}
	}
	return nil
}

// extent is what a strict reading of a workbook tells of its sheets.
type extent struct {
	kind   workbook.Kind
	sheets []sheetExtent
}

type sheetExtent struct {
	name   string
	state  cell.State
	cells  int64    // that a program holds in memory: rows to the last, each to its last cell
	sum    [32]byte // SHA-256 of all cells that hold something
	merges []diag.Area
}

// survey reads every cell of a workbook strictly.
func survey(ctx context.Context, name string, data []byte) (*extent, error) {
	w, err := workbook.Open(ctx, name, bytes.NewReader(data), int64(len(data)), workbook.Options{})
	if err != nil {
		return nil, err
	}
	defer w.Close()
	out := &extent{kind: w.Kind}
	for i, s := range w.Sheets {
		e, err := surveySheet(ctx, w, i)
		if err != nil {
			return nil, err
		}
		e.name, e.state = s.Name, s.State
		out.sheets = append(out.sheets, e)
	}
	return out, nil
}
