// Package sheets writes workbooks (ECMA-376): sheets whose rows are streamed
// from top to bottom, styles, native charts, and what printing needs. It is the
// only writer of whole workbooks in the program.
//
// A Book opens no file. The same calls give the same bytes. No text ever
// becomes a formula, and every text is cleaned of what a cell cannot hold.
package sheets

import (
	"bytes"
	"encoding/xml"
	"io"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/lang"
)

// Book is a workbook that is being written, sheet after sheet. The first error
// sticks, and Write returns it.
type Book struct {
	Lang   lang.Lang
	f      *excelize.File
	theme  Theme
	styles map[Style]int
	dxfs   map[Style]int
	names  names
	sheets int
	core   []byte // the part of the properties
	err    error
}

// New starts a workbook.
func New(l lang.Lang, t Theme) *Book {
	b := Within(excelize.NewFile(), l, t)
	b.names, b.sheets = names{}, 0 // its only sheet becomes the first of ours
	return b
}

// Within adds sheets to an existing workbook, under names that it does not
// use yet. The caller writes the workbook.
func Within(f *excelize.File, l lang.Lang, t Theme) *Book {
	b := &Book{Lang: l, f: f, theme: t, styles: map[Style]int{}, dxfs: map[Style]int{}, names: names{}}
	for _, name := range f.GetSheetList() {
		b.Take(name)
		b.sheets++
	}
	return b
}

// Err is the first error.
func (b *Book) Err() error { return b.err }

// Say chooses the text of the book's language.
func (b *Book) Say(en, vi string) string { return lang.T(en, vi).In(b.Lang) }

// Name makes a sheet name from a title that no other sheet of the book has.
func (b *Book) Name(title string) string { return b.names.make(title) }

// Take reserves a Legal name, unless a sheet has it already, ignoring case.
func (b *Book) Take(name string) bool { return b.names.take(name) }

// Fail keeps an error, unless there is one already.
func (b *Book) Fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// Properties are the document's own. The day stands for when it was made, so
// that the same input gives the same bytes.
type Properties struct {
	Title, Subject, Creator string
	Day                     date.Date
}

// Write finishes the workbook. The book cannot be used after it.
func (b *Book) Write(w io.Writer, p Properties) error {
	b.core = p.part(b.Lang)
	b.Fail(b.f.SetAppProps(&excelize.AppProperties{Application: Clean(p.Creator)}))
	b.f.SetZipWriter(Archive(b.settle))
	if b.err == nil {
		b.Fail(b.f.Write(w))
	}
	b.Fail(b.f.Close())
	return b.err
}

// part is the properties as the package stores them (ECMA-376 part 2, 11),
// under the prefixes that all programs use: exceljs knows the names by these.
func (p *Properties) part(l lang.Lang) []byte {
	stamp := p.Day.String()
	if p.Day.IsZero() {
		stamp = "2000-01-01"
	}
	var b bytes.Buffer
	b.WriteString(xml.Header + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	for _, e := range [][2]string{
		{"dc:title", p.Title}, {"dc:subject", p.Subject}, {"dc:creator", p.Creator}, {"cp:lastModifiedBy", p.Creator}, {"dc:language", l.String()},
	} {
		b.WriteString("<" + e[0] + ">")
		_ = xml.EscapeText(&b, []byte(Clean(e[1]))) // a buffer takes everything
		b.WriteString("</" + e[0] + ">")
	}
	for _, name := range []string{"created", "modified"} {
		b.WriteString(`<dcterms:` + name + ` xsi:type="dcterms:W3CDTF">` + stamp + `T00:00:00Z</dcterms:` + name + `>`)
	}
	b.WriteString("</cp:coreProperties>")
	return b.Bytes()
}

func (b *Book) define(name, refersTo, scope string) {
	b.Fail(b.f.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: refersTo, Scope: scope}))
}
