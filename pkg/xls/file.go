// Package xls reads workbooks of Excel 97-2003 (BIFF8) and of Excel 5.0 and 95
// (BIFF5) as streams of typed cells, the same cells that package xlsx gives of
// the same workbook as .xlsx.
//
// Such a file is a compound file whose stream "Workbook" ("Book" in Excel 5.0
// and 95) is a row of records: a type, a length of at most 8,224 bytes, a body
// ([MS-XLS] 2.1.4). Records come in groups from BOF to EOF, first that of the
// workbook, then one for each sheet:
//
//	BOF FONT... FORMAT... XF... BOUNDSHEET... SST CONTINUE... EOF
//	BOF COLINFO... ROW... cells... MERGEDCELLS... EOF
//	BOF ...
//
// A cell names its place, one of the XF, and what it holds: a number (NUMBER,
// or shortened RK and MULRK), a text of the string table SST (LABELSST) or of
// its own (LABEL, RSTRING), a boolean or error (BOOLERR), a formula with its
// result (FORMULA, and STRING behind it when that is a text).
//
// The records of a sheet may stand in any order. A first reading looks at where
// the cells lie, which rows and columns are hidden and what is merged; it is
// cheap, since it decodes no cell. Only if the cells of a sheet are not in order
// is their order kept in memory.
//
// The package refuses rather than guesses, as package xlsx does: what is cut,
// damaged or ambiguous is a Refusal with the place and the remedy. What it
// costs is bounded by named limits, and memory never grows with a coordinate or
// a declared count. It never runs a macro and never follows a link.
package xls

import (
	"bytes"
	"context"
	"io"
	"path"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// Sheet is one sheet, in the order of the tabs.
type Sheet struct {
	Name  string
	State cell.State

	at    int64 // where it begins in the stream
	cells bool  // a worksheet; charts and modules have no cells, those of macro sheets are not read
}

// File is an open workbook. Its methods may not be called concurrently.
type File struct {
	Epoch1904 bool
	Sheets    []Sheet
	// Stale is known of the sheets of which reading has begun.
	Stale cell.Stale
	// Warnings is what is odd and read. It may grow while sheets are read.
	Warnings diag.List

	name     string
	limits   cell.Limits
	progress func(int64)
	taken    int64 // bytes read
	content  io.ReaderAt
	size     int64 // of the content
	biff8    bool
	window   []byte // of the last reading, for the next one
	bytes    []byte // of a text that is being read
	runList  []run  // of a text that is being read

	codePage  int
	fonts     []font
	codes     map[int][]string // of number formats, by number; the last of several
	formats   int              // how many codes there are
	styles    []style
	palette   []uint32 // colours, where the file has its own
	table     stringTable
	stringsAt int64 // where the string table lies; 0 when there is none
	links     int   // to other workbooks and programs
	recalcID  bool  // the file says which version of a program calculated it
	calc      bool  // OpenOffice or LibreOffice wrote it: each result is calculated
	cells     int64
}

// Open reads the directory, the styles and the string table of a workbook of
// size bytes. name is used in diagnostics only; progress is told how many bytes
// have been read, all readings together, and may be nil. An error is a
// *diag.Refusal, the context's error, or *NotWorkbook for a compound file of
// another kind.
func Open(ctx context.Context, name string, r io.ReaderAt, size int64, limits cell.Limits, progress func(int64)) (*File, error) {
	f := &File{name: name, limits: limits, progress: progress, codes: map[int][]string{}}
	if err := f.open(ctx, r, size); err != nil {
		return nil, refuse(err, diag.InFile(name))
	}
	return f, nil
}

// Begins reports whether the first bytes of a file are those of a file that
// Open is for: a compound file, or a workbook of Excel 5.0 and later that
// stands outside one, as simple programs write it.
func Begins(head []byte) bool {
	return bytes.HasPrefix(head, []byte(compoundMagic)) || bytes.HasPrefix(head, []byte(bareMagic5)) || bytes.HasPrefix(head, []byte(bareMagic8))
}

// The beginnings of the record BOF, in Excel 5.0 and in Excel 97.
const (
	bareMagic5 = "\x09\x08\x08\x00"
	bareMagic8 = "\x09\x08\x10\x00"
)

func (f *File) open(ctx context.Context, r io.ReaderAt, size int64) error {
	if most := f.limits.FileBytes; most > 0 && size > most {
		return diag.TooMuch("the file has %d bytes; at most %d are read", "tệp có %d byte; chỉ đọc tối đa %d", size, most)
	}
	f.content, f.size = r, size
	magic := make([]byte, len(compoundMagic))
	if err := readFull(r, magic, 0); err != nil {
		return err
	}
	if string(magic) == compoundMagic {
		if err := f.openContent(r, size); err != nil {
			return err
		}
	}
	most := int64(maxStream)
	if l := f.limits.InflatedBytes; l > 0 {
		most = min(most, l)
	}
	if f.size > most {
		return diag.TooMuch("the workbook in the file has %d bytes; at most %d are read", "sổ bảng tính trong tệp có %d byte; chỉ đọc tối đa %d", f.size, most)
	}
	return f.readWorkbook(ctx)
}

// openContent finds the workbook in a compound file.
func (f *File) openContent(r io.ReaderAt, size int64) error {
	c, err := openCompound(r, size)
	if err != nil {
		return err
	}
	entries, err := c.top()
	if err != nil {
		return err
	}
	var book, book5 entry
	other := &NotWorkbook{}
	for _, e := range entries {
		name := e.name()
		other.Streams = append(other.Streams, name)
		switch is := func(want string) bool { return e[entryKind] == streamEntry && strings.EqualFold(name, want) }; {
		case is("Workbook") && book == nil:
			book = e
		case is("Book") && book5 == nil:
			book5 = e
		case is("Workbook") || is("Book"):
			return errCompound("it holds two streams named %q", "tệp có hai luồng cùng tên %q", name)
		}
	}
	if book == nil {
		book, book5 = book5, nil
	}
	// Beside a protected document a workbook says that it is protected.
	if book == nil || contains(other.Streams, "EncryptedPackage", "\tDRMContent", "WordDocument", "PowerPoint Document") {
		return other
	}
	if book5 != nil {
		f.warn(diag.OddFile, diag.InFile(f.name), "the file holds the workbook twice, for Excel 97 and for Excel 5.0: the first is read",
			"tệp chứa sổ bảng tính hai lần, cho Excel 97 và Excel 5.0: chỉ đọc bản thứ nhất")
	}
	s, err := c.open(book)
	if err != nil {
		return err
	}
	f.content, f.size = s, s.size
	return nil
}

func contains(names []string, any ...string) bool {
	for _, n := range names {
		for _, a := range any {
			if n == a {
				return true
			}
		}
	}
	return false
}

// records starts to read the content at a place. It takes the window of an
// earlier reading, which release gave back.
func (f *File) records(at int64) *records {
	r := &records{src: f.content, size: f.size, at: at, window: f.window[:0], taken: f.took}
	f.window = nil
	return r
}

func (f *File) release(r *records) { f.window, r.window = r.window, nil }

// took is told of bytes that have been read.
func (f *File) took(n int64) {
	f.taken += n
	if f.progress != nil {
		f.progress(f.taken)
	}
}

// warn adds something odd, and not too many.
func (f *File) warn(check diag.CheckID, pos diag.Pos, en, vi string, args ...any) {
	if len(f.Warnings) < maxWarnings {
		f.Warnings.Add(check, pos, lang.F(en, vi, args...))
	}
}

// onlyName is the name of the sheet of a workbook that has none: that of the
// file, as Excel has it.
func (f *File) onlyName() string {
	base := path.Base(strings.ReplaceAll(f.name, `\`, "/"))
	return strings.TrimSuffix(base, path.Ext(base))
}
