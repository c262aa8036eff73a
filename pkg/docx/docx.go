// Package docx writes documents for Word in the form that Decree 30/2020/NĐ-CP
// prescribes: A4, margins of 20, 20, 30 and 15 mm, Times New Roman, pages
// numbered at the top from the second on. It knows paragraphs, tables and page
// breaks, and nothing of what they say. Text is escaped; what XML cannot hold
// is replaced. The same calls give the same bytes: no clock takes part.
package docx

import (
	"archive/zip"
	"io"
	"strconv"
)

// TextWidth is how wide the text of a page is, in twentieths of a point.
const TextWidth = 9354

// Align is how lines stand between the margins.
type Align uint8

// The alignments.
const (
	Left Align = iota
	Center
	Right
	Justify
)

// word is the alignment as the format names it.
func (a Align) word() string {
	switch a {
	case Center:
		return "center"
	case Right:
		return "right"
	case Justify:
		return "both"
	case Left:
	}
	return "left"
}

// Style is how a paragraph looks. The zero value is text of size 13 at the left.
type Style struct {
	Align        Align
	Bold, Italic bool
	Size         int  // of the letters, in points; 0: 13
	Before       int  // room above, in points
	Indented     bool // the first line, by 1 cm
	Keep         bool // on the page of what follows
	Level        int  // of a heading, from 1, as Word's outline shows it; 0: none
	Page         bool // starts a page
}

// Cell is a cell of a table: its paragraphs, in one style.
type Cell struct {
	Lines []string
	Style Style
	Span  int    // columns; 0 counts as 1
	Fill  string // colour, as RRGGBB; none: no colour
}

// Text is a cell of one paragraph.
func Text(st Style, text string) Cell { return Cell{Lines: []string{text}, Style: st} }

// Table is a table. The header rows are repeated on every page.
type Table struct {
	Widths []int // of the columns, in twentieths of a point; one that would break a word takes room from the others
	Plain  bool  // no lines: a table that only places its cells
	Header int   // rows at the top that are a header
	Rows   [][]Cell
}

// Document is a document that is being made, from the top down.
type Document struct {
	title, language string
	body            xmlWriter
	tabled          bool // the last block is a table
}

// New starts a document. Its title stands in the file's properties; language is
// that of its words, such as "vi-VN", for the spelling checker.
func New(title, language string) *Document { return &Document{title: title, language: language} }

// Paragraph adds a paragraph. A line feed starts a line in it.
func (d *Document) Paragraph(st Style, text string) {
	d.body.paragraph(st, text)
	d.tabled = false
}

// Rule adds a thin line in the middle of the page, as wide as a part of it.
func (d *Document) Rule(width int) {
	d.body.rule((TextWidth - width) / 2)
	d.tabled = false
}

// Table adds a table. Two tables never touch: Word would make them one.
func (d *Document) Table(t Table) {
	if d.tabled {
		d.body.paragraph(Style{Size: 6}, "")
	}
	t.Widths = t.fitted()
	d.body.table(&t)
	d.tabled = true
}

// Letterhead adds the two sides of the head of an official document: paragraphs
// of one agency at the left and of the state at the right, each side with a thin
// line below the given number of lines.
func (d *Document) Letterhead(left, right Side) {
	d.body.letterhead(left, right)
	d.tabled = true
}

// Side is one side of a letterhead.
type Side struct {
	Width int    // of the column
	Lines []Line // above the thin line
	Rule  int    // how wide the thin line is
	Below []Line // below it
}

// Line is a paragraph.
type Line struct {
	Style Style
	Text  string
}

// Write writes the file.
func (d *Document) Write(w io.Writer) error {
	zw := zip.NewWriter(w)
	for _, p := range d.parts() {
		f, err := zw.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, p.data); err != nil {
			return err
		}
	}
	return zw.Close()
}

type part struct{ name, data string }

// parts are the files of the archive, in the order in which readers of streams
// want them.
func (d *Document) parts() []part {
	if d.tabled { // a document ends with a paragraph
		d.Paragraph(Style{Size: 2}, "")
	}
	var title, language xmlWriter
	title.escape(d.title)
	language.escape(d.language)
	return []part{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRelations},
		{"docProps/core.xml", core1 + title.String() + core2},
		{"word/_rels/document.xml.rels", documentRelations},
		{"word/document.xml", documentStart + d.body.String() + documentEnd},
		{"word/header1.xml", pageNumber},
		{"word/settings.xml", settings},
		{"word/styles.xml", styles1 + language.String() + styles2},
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
