// Package ods reads OpenDocument spreadsheets (.ods and .ots, ODF 1.0 to 1.4,
// OASIS) as streams of typed cells, with the zip and XML readers of pkg/xlsx.
//
// It refuses rather than guesses, as pkg/xlsx does, and what it costs is
// bounded. A sheet of this format is one long sequence in which blank and
// alike cells and rows are written once with a count,
//
//	<table:table-row table:number-rows-repeated="1048570">
//	  <table:table-cell table:number-columns-repeated="16384"/>
//
// so blank repeats cost nothing, and the cells that repeats of filled ones make
// are counted and limited.
//
// All sheets stand in one part, content.xml, which can only be read from its
// beginning. Open reads it once, strictly and whole, and keeps the rows while
// they fit into a few dozen MiB; most files do. Of larger sheets it keeps the
// first rows: the others are read again when they are scanned, going on from
// where the last scan ended when sheets are asked for in order.
package ods

import (
	"context"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/xlsx"
)

// Sheet is one sheet, in the order of the tabs.
type Sheet struct {
	Name   string
	Hidden bool

	kept *keptSheet
}

// File is an open spreadsheet. Its methods may not be called concurrently.
type File struct {
	Epoch1904 bool
	Sheets    []Sheet
	// Warnings is what is odd and read.
	Warnings diag.List

	name   string
	pack   *xlsx.Package
	limits cell.Limits
	styles styles
	room   int64 // bytes of rows that may still be kept

	lacking map[string]bool // styles that cells name and the file does not define

	cells   int64 // that have been read
	repeats int64 // cells that counts may still make
	spaces  int   // blanks that have been written as counts
	rereads int64 // bytes of content.xml that may still be read again
	cursor  *cursor
}

// The parts of a spreadsheet (ODF 1.3 part 2, 2.2).
const (
	mimetype     = "mimetype"
	contentPart  = "content.xml"
	stylesPart   = "styles.xml"
	manifestPart = "META-INF/manifest.xml"
)

// isSpreadsheet reports whether a media type is that of a spreadsheet.
func isSpreadsheet(media string) bool {
	media = strings.TrimSpace(media)
	return media == "application/vnd.oasis.opendocument.spreadsheet" || media == "application/vnd.oasis.opendocument.spreadsheet-template"
}

// Open reads a spreadsheet of size bytes. name is used in diagnostics only;
// progress is told how many compressed bytes have been read, all readings
// together, and may be nil. An error is a *diag.Refusal, the context's error,
// or xlsx.ErrNotWorkbook for a zip file that is no spreadsheet.
func Open(ctx context.Context, name string, r io.ReaderAt, size int64, limits cell.Limits, progress func(int64)) (*File, error) {
	f := &File{name: name, limits: limits}
	if err := f.open(ctx, r, size, progress); err != nil {
		return nil, xlsx.Refuse(err, diag.InFile(name))
	}
	return f, nil
}

func (f *File) open(ctx context.Context, r io.ReaderAt, fileSize int64, progress func(int64)) (err error) {
	if f.pack, err = xlsx.OpenPackage(f.name, r, fileSize, f.limits, progress); err != nil {
		return err
	}
	if !f.pack.Has(mimetype) {
		return xlsx.ErrNotWorkbook
	}
	media, err := f.pack.Text(ctx, mimetype, maxMimetype)
	if err != nil {
		return err
	}
	if !isSpreadsheet(media) {
		return xlsx.ErrNotWorkbook
	}
	if err := f.readManifest(ctx); err != nil {
		return err
	}
	f.Warnings = f.pack.Warnings()
	size, packed := f.pack.Size(contentPart), f.pack.Packed(contentPart)
	if size > freeContent+maxContentRatio*packed {
		return diag.TooMuch("the part %q has %d bytes, far more than its %d compressed ones hold in a spreadsheet",
			"thành phần %q có %d byte, nhiều hơn hẳn mức mà %d byte nén của một bảng tính chứa", contentPart, size, packed)
	}
	f.room = min(freeKept+maxKeptRatio*packed, maxKept)
	f.repeats = freeRepeated + repeatedRatio*packed
	f.rereads = maxRereads * size
	f.styles = newStyles()
	if f.pack.Has(stylesPart) {
		if err := f.readStyles(ctx); err != nil {
			return err
		}
	}
	return f.readContent(ctx)
}

// readManifest refuses a file whose manifest says that parts are encrypted, or
// the whole package is (ODF 1.3 part 2, 3.4; LibreOffice from 24.2 on), and one
// that has lost its styles. A manifest that cannot be read says nothing: no part
// is found by it.
func (f *File) readManifest(ctx context.Context) error {
	if f.pack.Has("encrypted-package") || f.pack.CheckPassword() != nil {
		return xlsx.Password()
	}
	if !f.pack.Has(manifestPart) {
		return nil
	}
	x, err := f.pack.XML(ctx, manifestPart)
	if err != nil {
		return ctx.Err()
	}
	defer x.Close()
	for {
		switch x.Next() {
		case xlsx.Start:
			path, _ := x.Get(xlsx.ODFManifest, "full-path")
			switch {
			case x.Is(xlsx.ODFManifest, "encryption-data"):
				return xlsx.Password()
			case string(path) == stylesPart && !f.pack.Has(stylesPart):
				return diag.Damaged("the part %q is not in the file", "tệp thiếu thành phần %q", stylesPart)
			}
		case xlsx.Failed, xlsx.EOF:
			return ctx.Err()
		case xlsx.End, xlsx.Chars:
		}
	}
}

// readStyles reads the styles that sheets have in common.
func (f *File) readStyles(ctx context.Context) error {
	x, err := f.pack.XML(ctx, stylesPart)
	if err != nil {
		return err
	}
	defer x.Close()
	if !root(x, stylesPart, "document-styles") {
		return x.Err()
	}
	return children(x, func() bool {
		switch {
		case x.Is(xlsx.ODFOffice, "font-face-decls"):
			return f.styles.readFonts(x)
		case x.Is(xlsx.ODFOffice, "styles"): // automatic ones are of headers and footers
			return f.styles.read(x)
		}
		return x.Skip()
	})
}

// root reads up to the root element of a part, which must have a name.
func root(x *xlsx.XML, part, name string) bool {
	if x.Next() != xlsx.Start {
		return false
	}
	if !x.Is(xlsx.ODFOffice, name) {
		x.Fail(diag.Wrong("the part %q should hold <office:%s> and holds <%s> of another kind", "thành phần %q phải chứa <office:%s> nhưng lại chứa <%s> khác loại",
			part, name, xlsx.Shorten(x.Name())))
		return false
	}
	return true
}

// children calls visit at the start of each child of the root, and reads the
// part to its end; visit leaves the child.
func children(x *xlsx.XML, visit func() bool) error {
	for {
		switch x.Next() {
		case xlsx.Failed, xlsx.EOF:
			return x.Err()
		case xlsx.Start:
			if !visit() {
				return x.Err()
			}
		}
	}
}

// each calls visit at the start of each child of the present element; visit
// leaves the child.
func each(x *xlsx.XML, visit func() bool) bool {
	for {
		switch x.Next() {
		case xlsx.Failed, xlsx.EOF:
			return false
		case xlsx.End:
			return true
		case xlsx.Start:
			if !visit() {
				return false
			}
		}
	}
}

// readContent reads content.xml for the first time: its styles, then the rows
// of every sheet.
func (f *File) readContent(ctx context.Context) error {
	x, err := f.pack.XML(ctx, contentPart)
	if err != nil {
		return err
	}
	defer x.Close()
	if !root(x, contentPart, "document-content") {
		return x.Err()
	}
	if err := children(x, func() bool {
		switch {
		case x.Is(xlsx.ODFOffice, "font-face-decls"):
			return f.styles.readFonts(x)
		case x.Is(xlsx.ODFOffice, "automatic-styles"):
			return f.styles.read(x)
		case x.Is(xlsx.ODFOffice, "body"):
			return each(x, func() bool {
				if x.Is(xlsx.ODFOffice, "spreadsheet") {
					return f.readSpreadsheet(x)
				}
				return x.Skip()
			})
		}
		return x.Skip()
	}); err != nil {
		return err
	}
	if len(f.Sheets) == 0 {
		return diag.Damaged("the spreadsheet has no sheets", "bảng tính không có trang tính nào")
	}
	return nil
}

// readSpreadsheet reads <office:spreadsheet>.
func (f *File) readSpreadsheet(x *xlsx.XML) bool {
	seen := map[string]bool{}
	return each(x, func() bool {
		switch {
		case x.Is(xlsx.ODFTable, "calculation-settings"):
			return each(x, func() bool {
				if x.Is(xlsx.ODFTable, "null-date") && !f.nullDate(x) {
					return false
				}
				return x.Skip()
			})
		case x.Is(xlsx.ODFTable, "table"):
			return f.readSheet(x, seen)
		case x.Is(xlsx.ODFTable, "tracked-changes"), x.Is(xlsx.ODFTable, "dde-links"):
			return x.Skip() // they hold what the cells held before, and what others hold
		}
		return pass(x, func(err error) bool {
			x.Fail(err)
			return false
		})
	})
}

// nullDate reads the day from which serials count (ODF 1.3 part 3, 9.4.3).
func (f *File) nullDate(x *xlsx.XML) bool {
	day, given := x.Get(xlsx.ODFTable, "date-value")
	switch string(day) {
	case "1904-01-01":
		f.Epoch1904 = true
	case "1899-12-30":
	default:
		if given {
			x.Fail(diag.Wrong("days are counted from %q; only 1899-12-30 and 1904-01-01 are read",
				"ngày được đếm từ %q; chỉ đọc mốc 1899-12-30 và 1904-01-01", xlsx.Shorten(day)))
			return false
		}
	}
	return true
}

// readSheet reads a sheet for the first time.
func (f *File) readSheet(x *xlsx.XML, seen map[string]bool) bool {
	raw, _ := x.Get(xlsx.ODFTable, "name")
	name := string(raw)
	folded := strings.ToLower(name)
	switch most := f.limits.Sheets; {
	case name == "" || !utf8.ValidString(name):
		x.Fail(diag.Wrong("sheet %d has no name", "trang tính thứ %d không có tên", len(f.Sheets)+1))
	case seen[folded]:
		x.Fail(xlsx.Refuse(diag.Wrong("two sheets have the name %q", "hai trang tính trùng tên %q", name), diag.Pos{File: f.name, Sheet: name}))
	case most > 0 && len(f.Sheets) == most:
		x.Fail(diag.TooMuch("the workbook has more than %d sheets", "sổ bảng tính có hơn %d trang tính", most))
	}
	if x.Err() != nil {
		return false
	}
	seen[folded] = true
	style, _ := x.Get(xlsx.ODFTable, "style-name")
	f.Sheets = append(f.Sheets, Sheet{Name: name, Hidden: f.styles.hides(tableFamily, string(style))})
	return f.keepSheet(x, len(f.Sheets)-1)
}
